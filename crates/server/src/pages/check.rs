//! The self-check: how the programme is set up against what helps and what hinders, with what to change. A mirror in words, for programme
//! leads and senior leaders. Rules R-REV-1 to R-REV-3 and R-REV-11.

use actions::check::{self, Check};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::check::{Answer, CheckRefused, Look, Question, Side, Sign, Standing};
use domain::people::Role;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::visit::{Visit, on_to};

const HERE: &str = "/programme/check";

/// The pages of the self-check.
pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(index)).route("/programme/check/{question}", post(update))
}

/// Where the page stands in the navigation of this visitor.
pub fn place(visit: &Visit) -> Place {
    if visit.is(Role::ProgrammeLead) { Place::Programme } else { Place::Evidence }
}

/// The way between the self-check, the reviews, the road and testimony.
pub fn beside(visit: &Visit, here: &str) -> Markup {
    let lead = visit.is(Role::ProgrammeLead);
    let pages = [
        (HERE, "Self-check"),
        ("/programme/reviews", "Reviews"),
        ("/programme/road", "The road"),
        ("/programme/testimony", "Testimony"),
    ];
    html! {
        p.small data-noprint {
            @if lead { a href="/programme" { "Programme" } } @else { a href="/evidence" { "Evidence" } }
            @for (at, words) in pages { @if at != here { " · " a href=(at) { (words) } } }
        }
    }
}

/// `GET /programme/check`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = check::see(&visit.desk, &visit.visitor.person).await?;
    let of = |side: Side| seen.looks.iter().filter(move |look| look.point.side() == side);
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                (beside(visit, HERE))
                h1 { "How the programme is set up" }
                p.lede { "Seven things that help and four that hinder, as a study of 19 providers found them, beside how it is set up here. A mirror: there is no sum." }
                p.small.soft { "Worked out from the frame of the role, the planner, the model and the list of staff. Nothing of it comes from whether anybody has asked for support. The study: Institute for Employment Studies, for the Education and Training Foundation, 2017; the words are ours." }
            }
            @for side in Side::ALL {
                section.stack aria-labelledby=(side.code()) {
                    h2 id=(side.code()) { (side.words()) }
                    div.cols.half.points { @for look in of(*side) { (one(visit, (&seen, look), typed)) } }
                }
            }
        }
    };
    Ok((status, page(visit, ("How the programme is set up", place(visit)), &body)).into_response())
}

/// The words of a standing, in a colour that says the same.
pub fn standing(standing: Standing, side: Side) -> Markup {
    html! { span.tag.good[standing == Standing::InPlace].warn[matches!(standing, Standing::Partly | Standing::NotInPlace)] { (standing.words(side)) } }
}

fn one(visit: &Visit, (seen, look): (&Check, &Look), typed: Typed<'_>) -> Markup {
    let (code, stands) = (look.point.code(), look.standing());
    html! {
        section.card.stack-s aria-labelledby=(code) {
            div.between { h3 id=(code) { (look.point.words()) } (standing(stands, look.point.side())) }
            p.small.soft { (look.point.about()) }
            ul.signs.stack-s { @for sign in &look.signs { (seen_or_asked(visit, (seen, sign), typed)) } }
            @if look.is_open() && stands != Standing::Unseen { p.small.soft { "As far as it can be seen from here." } }
        }
    }
}

fn seen_or_asked(visit: &Visit, (seen, sign): (&Check, &Sign), typed: Typed<'_>) -> Markup {
    html! {
        li class=(sign.standing.code()) {
            p { (sign.says) }
            @if let Some((words, at)) = &sign.change {
                p.small { strong { "To change: " } (words) " "
                    @if let Some(at) = at.filter(|at| opens(visit, at)) { a href=(at) { "Go there" } }
                }
            }
            @if let Some(question) = sign.question {
                @if seen.may_answer { (answering(visit, (question, seen.answers.iter().find(|one| one.question == question)), typed)) }
                @else if sign.standing == Standing::Unseen { p.small.soft { "The programme lead answers this." } }
            }
        }
    }
}

/// Whether this visitor finds anything there: what the lead keeps, a senior leader only reads of.
fn opens(visit: &Visit, at: &str) -> bool {
    visit.is(Role::ProgrammeLead) || !matches!(at, "/programme" | "/programme/frame" | "/programme/planner")
}

fn answering(visit: &Visit, (question, answer): (Question, Option<&Answer>), typed: Typed<'_>) -> Markup {
    let code = question.code();
    let chosen = typed.kept(code, "standing", answer.map_or("", |one| one.standing.code()));
    let because = typed.kept(code, "because", answer.map_or("", |one| one.because.as_str()));
    let (wrong, sent) = (typed.wrong, typed.form == code);
    let bad = |field: &str| sent && kit::is_wrong(wrong, field);
    html! {
        details.more open[sent] {
            summary { @if answer.is_some() { "Answer again" } @else { "It cannot be seen from here: answer it" } span.visually-hidden { ": " (question.words()) } }
            form.stack-s method="post" action={(HERE) "/" (code)} novalidate {
                (kit::csrf(visit))
                fieldset.plain id={@if sent { "standing" } @else { (code) "-standing" }} {
                    legend.f { (question.words()) }
                    @if bad("standing") { (kit::error_at(wrong, "standing")) }
                    div.chips {
                        @for (one, words) in Standing::ANSWERS.iter().zip(["Yes", "Partly", "No"]) {
                            label.chip { input type="radio" name="standing" value=(one.code()) checked[chosen == one.code()]; span { (words) } }
                        }
                    }
                }
                @let id = if sent { "because".to_owned() } else { format!("{code}-because") };
                div.field.bad[bad("because")] {
                    label.f for=(id) { "Why (if you like)" }
                    p.hint id={(id) "-hint"} { "One sentence, without names. Senior leaders read it." }
                    @if bad("because") { (kit::error_at(wrong, "because")) }
                    input type="text" id=(id) name="because" value=(because) autocomplete="off" aria-describedby={(id) "-hint"};
                }
                button.btn.ghost.small type="submit" { "Keep the answer" }
            }
        }
    }
}

/// `POST /programme/check/{question}`.
///
/// # Errors
/// Not found for everybody but a programme lead, and where there is no such question.
pub async fn update(Path(question): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let question = Question::from_code(&question).ok_or(Problem::NotFound)?;
    let answered = (question, Standing::answer(fields.one("standing")), fields.one("because"));
    match check::answer(&visit.desk, visit.visitor.person.id, answered).await {
        Ok(()) => Ok(on_to(&format!("{HERE}#{}", question.point().code()), "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let field = if why == CheckRefused::Standing { "standing" } else { "because" };
            let wrong = [(field, why.to_string())];
            let typed = Typed { wrong: &wrong, form: question.code(), fields };
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}
