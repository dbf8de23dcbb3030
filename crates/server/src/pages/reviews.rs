//! The strategic review of a term: the list, and one review as it is written, closed and read. Rules R-REV-4 to R-REV-8.

use actions::reviews::{self, NewDecision, Reviews, Said};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::ids::ReviewId;
use domain::period::date_words;
use domain::reviews::ReviewRefused;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::layout::page;
use crate::pages::numbers::Typed;
use crate::pages::{check, kit, review_view as view, road};
use crate::routes::App;
use crate::visit::{Visit, on_to};

const HERE: &str = "/programme/reviews";

/// The pages of reviews, of the self-check and of the road.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(index).post(create))
        .route("/programme/reviews/{review}", get(show))
        .route("/programme/reviews/{review}/priorities", post(update))
        .route("/programme/reviews/{review}/decisions", post(create_decision))
        .route("/programme/reviews/{review}/decisions/{number}/removal", post(destroy_decision))
        .route("/programme/reviews/{review}/decisions/{number}/done", post(update_decision))
        .route("/programme/reviews/{review}/closing", post(create_closing))
        .merge(check::routes())
        .merge(road::routes())
}

/// One line on how it stands with the review of the term, for whoever may read it; nothing for others.
///
/// # Errors
/// A fault of the database.
pub async fn line(visit: &Visit) -> Result<Markup, Problem> {
    let due = reviews::due(&visit.desk, &visit.visitor.person).await;
    let due = due.map_err(|fault| Problem::Fault(fault.into()))?;
    Ok(html! {
        @if let Some(due) = due {
            p.small { (due) " " a href=(HERE) { "Reviews" } " · " a href="/programme/check" { "Self-check" } " · " a href="/programme/road" { "The road" } " · " a href="/programme/testimony" { "Testimony" } }
        }
    })
}

/// `GET /programme/reviews`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    list(&visit, StatusCode::OK, &[]).await
}

async fn list(visit: &Visit, status: StatusCode, wrong: &[(&str, String)]) -> Result<Response, Problem> {
    let seen = reviews::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        (kit::errors(wrong))
        div.narrow.stack-l {
            div.stack-s {
                (check::beside(visit, HERE))
                h1 { "Reviews" }
                p.lede { "Once a term: what the programme looks like, what becomes of its priorities, and what is decided. Half an hour with the sponsor is enough." }
                p { (seen.due) }
            }
            @if seen.may_keep { (opening(visit, &seen)) }
            @if seen.all.is_empty() { div.empty { p { "No review yet. The first one is the easiest: look at the self-check together, and decide one thing." } } }
            @else { (past(visit, &seen)) }
        }
    };
    Ok((status, page(visit, ("Reviews", check::place(visit)), &body)).into_response())
}

fn opening(visit: &Visit, seen: &Reviews) -> Markup {
    html! {
        @if !seen.to_open.is_empty() {
            div.row #term {
                @for (n, (term, title)) in seen.to_open.iter().enumerate() {
                    form method="post" action=(HERE) {
                        (kit::csrf(visit))
                        input type="hidden" name="term" value=(term);
                        button.btn.ghost[n > 0] type="submit" { "Open the " (view::lower(title)) }
                    }
                }
            }
        }
    }
}

fn past(visit: &Visit, seen: &Reviews) -> Markup {
    let today = visit.desk.today();
    html! {
        ul.plain.stack {
            @for review in &seen.all {
                @let left = review.decisions.iter().filter(|one| one.done.is_none());
                li.card.stack-s {
                    h2 { a href={(HERE) "/" (review.id)} { (review.title) } }
                    p.small.soft {
                        @match &review.closed { Some(closed) => { "Closed on " (date_words(closed.day)) } None => { "Open since " (date_words(review.opened)) } }
                        " · " (view::count(review.decisions.len(), "decision"))
                    }
                    @for one in left { p.small { strong { "Still to do: " } (one.text) " " span.soft { (one.who) ", " (one.stands(today)) } } }
                }
            }
        }
    }
}

/// `POST /programme/reviews`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    match reviews::open(&visit.desk, visit.visitor.person.id, sent.fields.read("term")).await {
        Ok(review) => Ok(on_to(&address(review), "review-open")),
        Err(stop) => {
            let wrong = [("term", Problem::refusal(stop)?.to_string())];
            list(visit, StatusCode::UNPROCESSABLE_ENTITY, &wrong).await
        }
    }
}

fn address(review: ReviewId) -> String {
    format!("{HERE}/{review}")
}

fn review_id(text: &str) -> Result<ReviewId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /programme/reviews/{review}`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and where there is none.
pub async fn show(visit: Visit, Path(review): Path<String>) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, review_id(&review)?, (StatusCode::OK, none)).await
}

async fn shown(visit: &Visit, review: ReviewId, (status, typed): (StatusCode, Typed<'_>)) -> Result<Response, Problem> {
    let found = reviews::show(&visit.desk, &visit.visitor.person, review).await?;
    let title = found.review.title.clone();
    let body = view::whole(visit, &found, typed);
    Ok((status, page(visit, (&title, check::place(visit)), &body)).into_response())
}

/// At which field of which form a refusal belongs.
const fn field(refused: &ReviewRefused) -> (&'static str, &'static str) {
    match refused {
        ReviewRefused::Term | ReviewRefused::There | ReviewRefused::Closed => ("main", ""),
        ReviewRefused::LongPriorities(_) | ReviewRefused::NothingToClose => ("priorities", "priorities"),
        ReviewRefused::NoDecision | ReviewRefused::LongDecision(_) | ReviewRefused::Many => ("decision", "decision"),
        ReviewRefused::Who => ("person", "decision"),
        ReviewRefused::LongWho(_) => ("who", "decision"),
        ReviewRefused::By => ("by", "decision"),
        ReviewRefused::Done => ("done", "done"),
    }
}

async fn answer(
    sent: &Sent,
    review: ReviewId,
    (done, said): (Result<(), actions::Stop<ReviewRefused>>, &str),
) -> Result<Response, Problem> {
    let Err(stop) = done else { return Ok(on_to(&address(review), said)) };
    let why = Problem::refusal(stop)?;
    let (at, form) = field(&why);
    let wrong = [(at, why.to_string())];
    // Closing sends no text: what is kept stands in the field.
    let form = if why == ReviewRefused::NothingToClose { "" } else { form };
    let typed = Typed { wrong: &wrong, form, fields: &sent.fields };
    shown(&sent.visit, review, (StatusCode::UNPROCESSABLE_ENTITY, typed)).await
}

/// `POST /programme/reviews/{review}/priorities`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(Path(review): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, review) = (&sent.visit, review_id(&review)?);
    let text = (review, sent.fields.one("priorities"));
    let done = reviews::write(&visit.desk, visit.visitor.person.id, text).await;
    answer(&sent, review, (done, "saved")).await
}

/// `POST /programme/reviews/{review}/decisions`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_decision(Path(review): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, review) = (&sent.visit, &sent.fields, review_id(&review)?);
    let new = NewDecision {
        text: fields.one("decision").to_owned(),
        person: fields.read("person"),
        who: fields.one("who").to_owned(),
        by: fields.read::<Date>("by"),
    };
    let done = reviews::decide(&visit.desk, visit.visitor.person.id, (review, &new)).await;
    answer(&sent, review, (done, "decided")).await
}

fn number(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `POST /programme/reviews/{review}/decisions/{number}/removal`.
///
/// # Errors
/// Not found for everybody but a programme lead, and where there is none.
pub async fn destroy_decision(Path((review, one)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let (visit, review) = (&sent.visit, review_id(&review)?);
    let done = reviews::undecide(&visit.desk, visit.visitor.person.id, (review, number(&one)?)).await;
    answer(&sent, review, (done, "removed")).await
}

/// `POST /programme/reviews/{review}/decisions/{number}/done`.
///
/// # Errors
/// Not found for everybody but a programme lead, and where there is none.
pub async fn update_decision(Path((review, one)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, review) = (&sent.visit, &sent.fields, review_id(&review)?);
    let said = if fields.ticked("undo") { Said::NotDone } else { Said::Done(fields.read("day")) };
    let done = reviews::tick(&visit.desk, visit.visitor.person.id, (review, number(&one)?, said)).await;
    answer(&sent, review, (done, "saved")).await
}

/// `POST /programme/reviews/{review}/closing`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_closing(Path(review): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, review) = (&sent.visit, review_id(&review)?);
    let done = reviews::close(&visit.desk, visit.visitor.person.id, review).await;
    answer(&sent, review, (done, "review-closed")).await
}
