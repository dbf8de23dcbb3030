//! What may be said about cause: one question, asked before its answer can be seen, and exactly one of five levels. Rules R-CAU-22 to
//! R-CAU-30.

use actions::cause::{self, Line, Page};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::cause::{CauseRefused, Question};
use domain::ids::QuestionId;
use domain::period::{date_words, time_words};
use jiff::civil::DateTime;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::Sent;
use crate::pages::cause_form;
use crate::pages::cause_view as view;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::lots;
use crate::routes::App;
use crate::visit::{Visit, on_to};

/// The pages of lots and of cause.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/evidence/cause", get(index).post(cause_form::create))
        .route("/evidence/cause/new", get(cause_form::new))
        .route("/evidence/cause/new/{lot}", get(cause_form::new_of_lot))
        .route("/evidence/cause/{question}", get(show))
        .route("/evidence/cause/{question}/smallest", post(create_smallest))
        .route("/evidence/cause/{question}/readings", post(create_reading))
        .merge(lots::routes())
}

/// The levels, and when each is said.
const LEVELS: [(u8, &str); 5] = [
    (0, "Too little data: the lines are shown, and no difference is given."),
    (
        1,
        "Described: chance is not ruled out, or areas differed already, were chosen because of results, or something else changed.",
    ),
    (2, "At the same time: of a whole college that begins at once. It is not asked here."),
    (3, "Consistent with an effect: more than chance, and nothing else stands against it. Not proof."),
    (4, "Evidence: the same, and a recorded lot decided who began when."),
];

/// `GET /evidence/cause`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let seen = cause::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence/lots" { "Who begins first" } }
                h1 { "What may be said about cause" }
                p.lede { "Areas that began are compared with areas that had not. One question, asked before its answer can be seen; one of five levels, with its reason." }
            }
            @if seen.may_ask { p { a.btn href="/evidence/cause/new" { "Ask a question" } } }
            @if seen.all.is_empty() { div.empty { p { "Nothing was asked yet. The best time to ask is before anybody begins." } } }
            @for line in &seen.all { (in_list(line)) }
            (levels())
        }
    };
    Ok(page(&visit, ("What may be said about cause", Place::Evidence), &body))
}

/// "Attendance, Autumn term 2023 to Summer term 2026".
fn title(question: &Question) -> String {
    let ends = question.terms.first().zip(question.terms.last());
    let terms = ends.map(|(first, last)| format!(", {} to {}", first.words, last.words));
    format!("{}{}", question.called, terms.unwrap_or_default())
}

/// Which kind of question it is.
fn kind(question: &Question) -> Markup {
    html! {
        @if question.exploratory == 0 { span.tag { "Named beforehand" } } @else { span.tag { "Exploratory" } }
        @if question.by_lot { " " span.tag { "By lot" } }
    }
}

fn in_list(line: &Line) -> Markup {
    html! {
        section.card.stack-s {
            h2 { a href={"/evidence/cause/" (line.id)} { (title(&line.question)) } }
            p.small.soft { "Asked on " (date_words(line.asked.date())) " " (kind(&line.question)) }
            @match &line.said {
                Some((level, sentence)) => { p { strong { (view::level(*level)) ": " } (sentence) } @if *level > 0 { p.small.soft { "In percentage points." } } },
                None => p.soft { "Nothing is shown yet." },
            }
        }
    }
}

fn levels() -> Markup {
    html! {
        details.more #levels {
            summary { "The five levels" }
            table.cards {
                thead { tr { th.n scope="col" { "Level" } th scope="col" { "What it says" } } }
                tbody { @for (level, words) in LEVELS { tr { td.n data-label="Level" { (level) } td data-label="What it says" { (words) } } } }
            }
            p.small.soft { "Levels are of what may be said, never of a person or an area. No sentence says that there is no effect, that practitioners alone did it, or which area did better or worse." }
        }
    }
}

/// `GET /evidence/cause/{question}`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such question.
pub async fn show(visit: Visit, Path(question): Path<String>) -> Result<Response, Problem> {
    let id = question.parse().map_err(|_| Problem::NotFound)?;
    shown(&visit, id, (StatusCode::OK, None)).await
}

async fn shown(
    visit: &Visit,
    id: QuestionId,
    (status, why): (StatusCode, Option<CauseRefused>),
) -> Result<Response, Problem> {
    let seen = cause::one(&visit.desk, &visit.visitor.person, id).await?;
    let wrong: Vec<(&str, String)> = why.iter().map(|why| ("answer", why.to_string())).collect();
    let title = title(&seen.question);
    let body = html! {
        (kit::errors(&wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/evidence/cause" { "What may be said about cause" } }
                h1 { (title) }
                p.soft { "Asked on " (stamp(seen.asked)) ". Nothing of it has changed since. " (kind(&seen.question)) }
            }
            (answer(visit, &seen))
            div.cols.half { (smallest(visit, &seen)) (asked(&seen.question)) }
        }
    };
    Ok((status, page(visit, (&title, Place::Evidence), &body)).into_response())
}

/// "Tue 24 Nov, 10:30, 2026".
fn stamp(at: DateTime) -> String {
    format!("{}, {}", time_words(at), at.year())
}

fn yes(said: bool) -> &'static str {
    if said { "yes" } else { "no" }
}

/// Hours out of hundredths: "2", "2.5".
pub fn hours_words(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn asked(question: &Question) -> Markup {
    html! {
        section.card.stack aria-labelledby="asked" {
            h2 #asked { "What was asked" }
            dl.facts {
                dt { "May have changed" } dd { (question.called) }
                dt { "An area has begun" } dd { "from the term on in which it first had " (hours_words(question.agreed)) " practitioner hours for each teacher" }
                dt { "Chosen because of results" } dd { (yes(question.chosen)) }
                dt { "Something else changed in all of them" } dd { (yes(question.other)) }
                dt { "Drawn" } dd {
                    @if question.by_lot { "by a recorded lot" }
                    @else if question.lot.is_some() { "no: not every area began when its lot says" }
                    @else { "no" }
                }
                dt { "Known already" } dd {
                    @if question.known == 0 { "nothing: no figure from the first beginning on was entered when it was asked" }
                    @else { (question.known) " of the " (question.of) " figures from the first beginning on were entered when it was asked: whoever asked could have seen them" }
                }
            }
            details.more {
                summary { "When each area began" }
                table.cards {
                    thead { tr { th scope="col" { "Area" } th scope="col" { "Began" } } }
                    tbody { @for unit in &question.areas { tr {
                        td.name data-label="Area" { (unit.area.name) }
                        td data-label="Began" { @match &unit.begins { Some(term) => (term.words), None => "not in these terms" } }
                    } } }
                }
            }
            @if question.exploratory > 0 { p.small.soft { "Exploratory: another question of the same beginnings was asked before. Who asks often enough finds something by chance, so each further question is judged more strictly, and level 3 is the highest it can reach." } }
        }
    }
}

fn smallest(visit: &Visit, seen: &Page) -> Markup {
    html! {
        section.card.stack aria-labelledby="smallest" {
            h2 #smallest { "How small an effect could be seen" }
            @if let Some((found, at)) = &seen.smallest {
                @if let Some(about) = found.about { p.stat { "about " (view::about(about)) } p.small { "percentage points; uncertain" } }
                p { (found.sentence) }
                p.small.soft {
                    "Worked out on " (stamp(*at)) " from " (found.areas) " of " (found.of) " areas and the terms before the first of them began; before anything was shown."
                }
            } @else { p { "Worked out from the terms before the first area began, before anybody sees what came of it: so that “no difference” is not read as “no effect”." } }
            @if seen.may_show && seen.readings.is_empty() {
                @match seen.not_weighed {
                    Some(why) => p.soft { (why) },
                    None => form method="post" action={"/evidence/cause/" (seen.id) "/smallest"} {
                        (kit::csrf(visit))
                        @if seen.smallest.is_some() { button.btn.quiet.small type="submit" { "Work it out again" } }
                        @else { button.btn type="submit" { "Work it out" } }
                    },
                }
            }
        }
    }
}

fn answer(visit: &Visit, seen: &Page) -> Markup {
    let again = !seen.readings.is_empty();
    html! {
        section.stack #answer aria-labelledby="came" {
            h2 #came { "What came of it" }
            @if !again && seen.smallest.is_none() { p { "Nobody has seen it. First comes how small an effect could be seen at all." } }
            @else if !again { p { "Nobody has seen it." } }
            @for (at, (when, said, digest)) in seen.readings.iter().enumerate() {
                (view::reading(&seen.question, (at, said), (&stamp(*when), digest)))
            }
            @if seen.may_show {
                @match seen.not_shown {
                    Some(why) => { @if seen.smallest.is_some() { p.soft { (why) } } },
                    None => form.stack-s method="post" action={"/evidence/cause/" (seen.id) "/readings"} {
                        (kit::csrf(visit))
                        @if again {
                            p.small.soft { "When figures were corrected since, it can be shown once more, beside what was shown before." }
                            button.btn.quiet type="submit" { "Show it once more" }
                        } @else {
                            p { "What is shown is kept as it is, with its time, whatever it says." }
                            button.btn type="submit" { "Show what came of it" }
                        }
                    },
                }
            }
        }
    }
}

async fn acted(
    sent: &Sent,
    id: QuestionId,
    done: Result<(), actions::Stop<CauseRefused>>,
) -> Result<Response, Problem> {
    match done {
        Ok(()) => Ok(on_to(&format!("/evidence/cause/{id}"), "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            shown(&sent.visit, id, (StatusCode::UNPROCESSABLE_ENTITY, Some(why))).await
        }
    }
}

/// `POST /evidence/cause/{question}/smallest`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such question.
pub async fn create_smallest(Path(question): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let id = question.parse().map_err(|_| Problem::NotFound)?;
    let done = cause::weigh(&sent.visit.desk, sent.visit.visitor.person.id, id).await;
    acted(&sent, id, done).await
}

/// `POST /evidence/cause/{question}/readings`.
///
/// # Errors
/// Not found for everybody but a programme lead, and when there is no such question.
pub async fn create_reading(Path(question): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let id = question.parse().map_err(|_| Problem::NotFound)?;
    let done = cause::show(&sent.visit.desk, sent.visit.visitor.person.id, id).await;
    acted(&sent, id, done).await
}
