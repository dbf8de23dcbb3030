//! Work outside the role: the practitioner's own page, and what the programme leads are told of (R-BOU-2 to R-BOU-4).

use actions::duties::{self, Duty, NewDuty, Own};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::duties::{Answer, DutyKind, DutyRefused};
use domain::ids::DutyId;
use domain::minutes::Minutes;
use domain::period::day_words;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

type Wrong<'a> = &'a [(&'a str, String)];

const TITLE: &str = "Work outside the role";
const HERE: &str = "/hours/duties";
const RAISED: &str = "/programme/duties";

/// `GET /hours/duties`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    own_page(&visit, &Fields::default(), &[]).await
}

async fn own_page(visit: &Visit, typed: &Fields, wrong: Wrong<'_>) -> Result<Markup, Problem> {
    let own = duties::own(&visit.desk, &visit.visitor.person).await?;
    Ok(page(
        visit,
        (TITLE, Place::Hours),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    p.small { a href="/hours" { "My hours" } }
                    h1 { (TITLE) }
                    p.lede { "What is asked of you as " (visit.desk.frame.programme.title.one) " that is none of the functions of the role. It never counts as your hours, and nobody sees it unless you raise it." }
                }
                (form(visit, typed, wrong))
                (record(visit, &own))
            }
        },
    ))
}

fn form(visit: &Visit, typed: &Fields, wrong: Wrong<'_>) -> Markup {
    let once = if typed.one("once").is_empty() { visit.once() } else { typed.one("once").to_owned() };
    let today = visit.desk.today().to_string();
    let day = if typed.one("day").is_empty() { &today } else { typed.one("day") };
    let refused = typed.one("how") == "refused";
    html! {
        form.card.stack method="post" action=(HERE) novalidate {
            (kit::csrf(visit))
            input type="hidden" name="once" value=(once);
            h2 { "Note it" }
            fieldset.plain #kind {
                legend.f { "What was asked?" }
                p.hint { "No words and no names: the kind is enough." }
                (kit::error_at(wrong, "kind"))
                div.chips {
                    @for kind in DutyKind::ALL {
                        label.chip { input type="radio" name="kind" value=(kind.code()) checked[typed.one("kind") == kind.code()]; span { (kind.words()) } }
                    }
                }
            }
            fieldset.plain.stack-s #how {
                legend.f { "What became of it?" }
                (kit::error_at(wrong, "how"))
                label.check { input type="radio" name="how" value="done" checked[!refused]; span { "I did it" } }
                div.field.bad[kit::is_wrong(wrong, "minutes")] {
                    label.f for="minutes" { "Minutes it took" }
                    (kit::error_at(wrong, "minutes"))
                    input #minutes type="number" name="minutes" min="1" max="480" inputmode="numeric" value=(typed.one("minutes"));
                }
                label.check { input type="radio" name="how" value="refused" checked[refused]; span { "I refused it" } }
            }
            div.field.bad[kit::is_wrong(wrong, "day")] {
                label.f for="day" { "Day" }
                (kit::error_at(wrong, "day"))
                input #day type="date" name="day" value=(day) max=(today);
            }
            label.check { input type="checkbox" name="raise" value="yes" checked[typed.ticked("raise")]; span { strong { "Raise it with the programme lead." } " They see your name, the kind, the day and how long it took." } }
            button.btn type="submit" { "Note it" }
        }
    }
}

fn record(visit: &Visit, own: &Own) -> Markup {
    html! {
        section.stack-s {
            h2 { "This year" }
            @if own.all.is_empty() {
                div.empty { p { "Nothing yet. What you note here shows you, and whoever you raise it with, where time for colleagues goes." } }
            } @else {
                @if !own.by_kind.is_empty() {
                    p { @for (n, (kind, took)) in own.by_kind.iter().enumerate() { @if n > 0 { " · " } (kind.words()) " " strong { (took) } } }
                }
                table.cards {
                    thead { tr { th scope="col" { "Day" } th scope="col" { "What" } th scope="col" { "Took" } th scope="col" { "With the lead" } th scope="col" { span.visually-hidden { "Change" } } } }
                    tbody { @for one in &own.all { (line(visit, one)) } }
                }
            }
        }
    }
}

fn took(duty: &Duty) -> Markup {
    html! { @match duty.took { Some(took) => (took), None => "refused" } }
}

fn line(visit: &Visit, one: &Duty) -> Markup {
    let what = format!("{} of {}", one.kind.words(), day_words(one.day));
    html! {
        tr {
            td data-label="Day" { (day_words(one.day)) }
            td.name data-label="What" { (one.kind.words()) }
            td data-label="Took" { (took(one)) }
            td data-label="With the lead" {
                @match (one.raised, one.answer) {
                    (_, Some(answer)) => { "“" (answer.words()) "”" }
                    (true, None) => span.soft { "raised, not answered yet" }
                    (false, None) => span.soft { "yours alone" }
                }
            }
            td {
                div.row {
                    @if one.answer.is_none() {
                        form method="post" action={(HERE) "/" (one.id) "/raising"} {
                            (kit::csrf(visit))
                            @if !one.raised { input type="hidden" name="raise" value="yes"; }
                            button.btn.ghost.small type="submit" { @if one.raised { "Take back" } @else { "Raise it" } span.visually-hidden { ": " (what) } }
                        }
                    }
                    form method="post" action={(HERE) "/" (one.id) "/removal"} {
                        (kit::csrf(visit))
                        button.btn.ghost.small type="submit" { "Take out" span.visually-hidden { ": " (what) } }
                    }
                }
            }
        }
    }
}

/// At which field a refusal belongs.
const fn field(refused: DutyRefused) -> &'static str {
    match refused {
        DutyRefused::Kind => "kind",
        DutyRefused::Length => "minutes",
        DutyRefused::Day => "day",
        DutyRefused::Answer => "answer",
        DutyRefused::Answered => "main",
    }
}

fn duty_id(text: &str) -> Result<DutyId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

async fn refused_here(sent: &Sent, refused: DutyRefused) -> Result<Response, Problem> {
    let wrong = [(field(refused), refused.to_string())];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, own_page(&sent.visit, &sent.fields, &wrong).await?).into_response())
}

/// `POST /hours/duties`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let fields = &sent.fields;
    // What cannot be read is refused like what is too short.
    let done = || Minutes(fields.read("minutes").unwrap_or_default());
    let new = NewDuty {
        kind: DutyKind::from_code(fields.one("kind")),
        day: fields.read("day"),
        took: (fields.one("how") != "refused").then(done),
        raise: fields.ticked("raise"),
        once: fields.one("once").to_owned(),
    };
    match duties::note(&sent.visit.desk, sent.visit.visitor.person.id, &new).await {
        Ok(()) => Ok(on_to(HERE, if new.raise { "duty-raised" } else { "duty-noted" })),
        Err(stop) => refused_here(&sent, Problem::refusal(stop)?).await,
    }
}

/// `POST /hours/duties/{duty}/raising`.
///
/// # Errors
/// Not found for everybody but a practitioner.
pub async fn update_raising(Path(duty): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let up = sent.fields.ticked("raise");
    match duties::raise(&sent.visit.desk, sent.visit.visitor.person.id, (duty_id(&duty)?, up)).await {
        Ok(()) => Ok(on_to(HERE, if up { "duty-raised" } else { "duty-kept" })),
        Err(stop) => refused_here(&sent, Problem::refusal(stop)?).await,
    }
}

/// `POST /hours/duties/{duty}/removal`.
///
/// # Errors
/// Not found for everybody but a practitioner, and for what is not their own.
pub async fn destroy(Path(duty): Path<String>, sent: Sent) -> Result<Response, Problem> {
    duties::remove(&sent.visit.desk, sent.visit.visitor.person.id, duty_id(&duty)?).await?;
    Ok(on_to(HERE, "removed"))
}

/// `GET /programme/duties`: what was raised.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn raised(visit: Visit) -> Result<Markup, Problem> {
    raised_page(&visit, &[]).await
}

async fn raised_page(visit: &Visit, wrong: Wrong<'_>) -> Result<Markup, Problem> {
    let all = duties::raised(&visit.desk, &visit.visitor.person).await?;
    let (open, answered): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.duty.answer.is_none());
    let title = &visit.desk.frame.programme.title.many;
    Ok(page(
        visit,
        (TITLE, Place::Programme),
        &html! {
            (kit::errors(wrong))
            div.narrow.stack-l {
                div.stack-s {
                    p.small { a href="/programme" { "Programme" } }
                    h1 { (TITLE) }
                    p.lede { "What " (title) " have raised with you: asked of them, and none of the functions of the role. What they have not raised is theirs alone." }
                }
                @if open.is_empty() { div.empty { p { "Nothing waits for an answer." } } }
                @for one in &open {
                    form.card.stack-s method="post" action={(RAISED) "/" (one.duty.id) "/answer"} {
                        (kit::csrf(visit))
                        h2 { (one.duty.kind.words()) }
                        p { (one.name) " · " (day_words(one.duty.day)) " · " (took(&one.duty)) }
                        fieldset.plain.stack-s {
                            legend.f { "What do you answer?" }
                            @for answer in Answer::ALL {
                                label.check { input type="radio" name="answer" value=(answer.code()); span { (answer.words()) } }
                            }
                        }
                        button.btn.ghost type="submit" { "Answer" span.visually-hidden { ": " (one.duty.kind.words()) ", " (one.name) } }
                    }
                }
                @if !answered.is_empty() {
                    section.stack-s {
                        h2 { "Answered" }
                        ul.plain.stack-s {
                            @for one in &answered {
                                li { strong { (one.duty.kind.words()) } " · " (one.name) " · " (day_words(one.duty.day)) br; @if let Some(answer) = one.duty.answer { span.small.soft { "“" (answer.words()) "”" } } }
                            }
                        }
                    }
                }
            }
        },
    ))
}

/// `POST /programme/duties/{duty}/answer`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_answer(Path(duty): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let said = Answer::from_code(sent.fields.one("answer"));
    match duties::answer(&sent.visit.desk, sent.visit.visitor.person.id, (duty_id(&duty)?, said)).await {
        Ok(()) => Ok(on_to(RAISED, "answered")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [("main", refused.to_string())];
            Ok((StatusCode::UNPROCESSABLE_ENTITY, raised_page(&sent.visit, &wrong).await?).into_response())
        }
    }
}
