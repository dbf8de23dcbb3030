//! How the programme runs here: the model in force, what it allows, and changing it (R-MOD-1 to R-MOD-5).

use actions::models;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::models::{Change, ModelRefused, NOTICE_DAYS};
use domain::people::Role;
use domain::period::{date_words, days_after};
use domain::programme::Model;
use domain::text::capital;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::day_field;
use crate::visit::{Visit, on_to};

type Wrong<'a> = &'a [(&'a str, String)];

/// The pages on which people arrive.
const FIRST: [&str; 6] = ["/week", "/programme", "/people", "/support", "/practitioners", "/safeguarding"];

/// The latest change, planned or in force.
fn latest(visit: &Visit) -> Option<&Change> {
    visit.desk.frame.programme.changes.last()
}

/// The change that lies ahead.
fn planned(visit: &Visit) -> Option<&Change> {
    latest(visit).filter(|change| !change.in_force)
}

/// What first pages say of a change (R-MOD-2).
pub fn notice(visit: &Visit) -> Markup {
    let news = latest(visit).filter(|change| change.is_news(visit.desk.today()));
    html! {
        @if let Some(change) = news.filter(|_| FIRST.contains(&visit.path.as_str())) {
            div.note.news {
                p {
                    @if change.in_force { "Since " (date_words(change.starts)) " the programme runs by the " }
                    @else { "From " (date_words(change.starts)) " the programme runs by the " }
                    strong { (change.model.words()) } " model. " a href="/model" { "What that means" }
                }
            }
        }
    }
}

/// `GET /model`: for everybody.
pub async fn show(visit: Visit) -> Markup {
    view(&visit, &Fields::default(), &[])
}

fn view(visit: &Visit, typed: &Fields, wrong: Wrong<'_>) -> Markup {
    let programme = &visit.desk.frame.programme;
    let since = programme.changes.iter().rev().find(|change| change.in_force);
    let lead = visit.is(Role::ProgrammeLead);
    page(
        visit,
        ("How the programme runs here", if lead { Place::Programme } else { Place::Practitioners }),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    h1 { "How the programme runs here" }
                    p.lede {
                        (programme.name) " follows the " strong { (programme.facts.model.words()) } " model"
                        @if let Some(since) = since { " since " (date_words(since.starts)) } "."
                    }
                }
                section.card.stack-s {
                    h2 { "What holds today" }
                    (allows(programme.facts.model, programme.facts.asking_opened))
                    p.small.soft { "Whatever the model: what the two of a thread say to each other is theirs alone. " a href="/promise" { "Who sees what" } }
                }
                @if let Some(change) = planned(visit) { (ahead(visit, change)) }
                section.stack-s {
                    h2 { "The four models" }
                    @for model in Model::ALL {
                        details.more {
                            summary { (capital(model.words())) @if model == programme.facts.model { " (in force)" } }
                            (allows(model, false))
                        }
                    }
                }
                @if lead { (form(visit, typed, wrong)) }
                (earlier(visit))
            }
        },
    )
}

fn allows(model: Model, asking_opened: bool) -> Markup {
    html! {
        p { (model.meaning()) }
        dl.facts {
            dt { "Who may ask" } dd { (model.who_asks(asking_opened)) }
            dt { "Who can be sent" } dd { (model.who_is_sent()) }
        }
    }
}

/// What lies ahead, with the way to take it back.
fn ahead(visit: &Visit, change: &Change) -> Markup {
    html! {
        section.card.stack-s #ahead {
            h2 { "From " (date_words(change.starts)) ": " (change.model.words()) }
            (allows(change.model, false))
            p { "What is under way goes on, and nothing that was written opens to anybody else." }
            @if visit.is(Role::ProgrammeLead) {
                form method="post" action="/model/cancellation" {
                    (kit::csrf(visit))
                    button.btn.ghost type="submit" { "Take this back" }
                }
            }
        }
    }
}

fn form(visit: &Visit, typed: &Fields, wrong: Wrong<'_>) -> Markup {
    let now = visit.desk.frame.programme.facts.model;
    let first = days_after(visit.desk.today(), NOTICE_DAYS).to_string();
    let starts = if typed.one("starts").is_empty() { first.as_str() } else { typed.one("starts") };
    html! {
        details.more #change open[!wrong.is_empty()] {
            summary { "Change the model" }
            form.card.stack method="post" action="/model" {
                (kit::csrf(visit))
                fieldset.plain.stack-s #model {
                    legend.f { "The programme is to follow" }
                    (kit::error_at(wrong, "model"))
                    @for model in Model::ALL.into_iter().filter(|model| *model != now) {
                        label.check {
                            input type="radio" name="model" value=(model.code()) checked[typed.one("model") == model.code()];
                            span { strong { (capital(model.words())) } " " span.soft { (model.meaning()) } }
                        }
                    }
                }
                (day_field(("starts", "starts", "From"), starts, wrong))
                p.hint { "Everybody whose account is on hears at once that something is waiting, and reads on their first page what changes and when. Nothing that was written before opens to anybody else, and what is under way goes on. Another change takes the place of one that is planned." }
                button.btn type="submit" { "Change it and tell everybody" }
            }
        }
    }
}

fn earlier(visit: &Visit) -> Markup {
    let changes: Vec<&Change> = visit.desk.frame.programme.changes.iter().filter(|change| change.in_force).collect();
    html! {
        @if !changes.is_empty() {
            section.stack-s {
                h2 { "Which model was in force when" }
                ul.timeline.plain { @for change in changes.iter().rev() { li { (capital(change.model.words())) br; span.small.soft { "from " (date_words(change.starts)) } } } }
            }
        }
    }
}

/// At which field a refusal belongs.
const fn field(refused: &ModelRefused) -> &'static str {
    match refused {
        ModelRefused::Unknown | ModelRefused::Same => "model",
        ModelRefused::Day | ModelRefused::Notice(_) | ModelRefused::TooFar => "starts",
        ModelRefused::NotPlanned => "change",
    }
}

fn refused(sent: &Sent, refused: &ModelRefused) -> Response {
    let wrong = [(field(refused), refused.to_string())];
    (StatusCode::UNPROCESSABLE_ENTITY, view(&sent.visit, &sent.fields, &wrong)).into_response()
}

/// `POST /model`: a change is planned.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let wanted = (sent.fields.one("model").parse::<Model>().ok(), sent.fields.read::<Date>("starts"));
    match models::change(&sent.visit.desk, sent.visit.visitor.person.id, wanted).await {
        Ok(()) => Ok(on_to("/model", "model-changes")),
        Err(stop) => Ok(refused(&sent, &Problem::refusal(stop)?)),
    }
}

/// `POST /model/cancellation`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn destroy(sent: Sent) -> Result<Response, Problem> {
    match models::cancel(&sent.visit.desk, sent.visit.visitor.person.id).await {
        Ok(()) => Ok(on_to("/model", "model-stays")),
        Err(stop) => Ok(refused(&sent, &Problem::refusal(stop)?)),
    }
}
