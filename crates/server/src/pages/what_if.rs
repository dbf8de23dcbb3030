//! What would become of the proposed allocation if somebody had more hours, or fewer (R-ALL-18).

use actions::allocation::{self, AllocationRefused, Row, Seen, Supposed};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::allocation_view::{LEFT_OUT, name, worth};
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::pages::numbers::Typed;
use crate::routes::App;
use crate::visit::Visit;

const ADDRESS: &str = "/programme/allocation/what-if";
const FORM: &str = "what-if";
const FEWER: &str = "fewer";

/// Its address.
pub fn routes() -> Router<App> {
    Router::new().route(ADDRESS, get(show).post(suppose))
}

/// `GET /programme/allocation/what-if`: the question.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, (StatusCode::OK, None), Typed { wrong: &[], form: "", fields: &Fields::default() }).await
}

/// `POST /programme/allocation/what-if`: the answer below the question. Keeps nothing.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn suppose(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let hours = fields.read::<i64>("hours").filter(|hours| *hours > 0);
    let more = hours.map(|hours| if fields.one("way") == FEWER { -hours } else { hours });
    match allocation::suppose(&visit.desk, &visit.visitor.person, (fields.read("whose"), more)).await {
        Ok(supposed) => shown(visit, (StatusCode::OK, Some(&supposed)), Typed { wrong: &[], form: FORM, fields }).await,
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = if refused == AllocationRefused::Whose { "whose" } else { "hours" };
            let wrong = [(at, refused.to_string())];
            let typed = Typed { wrong: &wrong, form: FORM, fields };
            shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, None), typed).await
        }
    }
}

async fn shown(
    visit: &Visit,
    (status, supposed): (StatusCode, Option<&Supposed>),
    typed: Typed<'_>,
) -> Result<Response, Problem> {
    let seen = allocation::see(&visit.desk, &visit.visitor.person).await?;
    let body = html! {
        (kit::errors(typed.wrong))
        div.stack-l {
            div.stack-s {
                p.small { a href="/programme/allocation" { "Allocation" } }
                h1 { "What if somebody had other hours?" }
                p.lede { "Before you agree more remission with somebody, or less: what it would do for the term." }
            }
            (question(visit, &seen, typed))
            @if let Some(supposed) = supposed { (answer(supposed)) }
            (LEFT_OUT)
        }
    };
    Ok((status, page(visit, ("What if", Place::Programme), &body)).into_response())
}

fn question(visit: &Visit, seen: &Seen, typed: Typed<'_>) -> Markup {
    let hands = seen.term.iter().flat_map(|(picture, _)| &picture.hands);
    let mut whose = vec![(String::new(), "choose somebody".to_owned())];
    whose.extend(hands.map(|hand| (hand.person.to_string(), format!("{} · {} h to give", hand.name, hand.hours))));
    let ways = [("more".to_owned(), "more".to_owned()), (FEWER.to_owned(), "fewer".to_owned())];
    html! {
        @if whose.len() < 2 { div.empty { p { "Nobody has hours in a term yet." } a.btn href="/programme/frame" { "The frame of the role" } } }
        @else {
            form.card.stack-s method="post" action=(ADDRESS) novalidate {
                (kit::csrf(visit))
                (typed.select(FORM, ("whose", "Whose hours"), (&whose, "")))
                (typed.number(FORM, ("hours", "Hours of the term", ""), "10"))
                (typed.select(FORM, ("way", "More or fewer"), (&ways, "more")))
                button.btn type="submit" { "Work it out" }
                p.small.soft { "Nothing changes by it, and it is not kept." }
            }
        }
    }
}

fn answer(supposed: &Supposed) -> Markup {
    let picture = &supposed.picture;
    let who = name(picture, Some(supposed.hand)).unwrap_or_default();
    let changes = supposed.changes();
    html! {
        section.card.stack-s #answer {
            h2 { (who) " with " (supposed.more.abs()) " h " @if supposed.more > 0 { "more" } @else { "fewer" } }
            p { strong { (verdict(supposed)) } " " (sure(supposed)) }
            @if changes.is_empty() { p { "The proposal would be the same." } }
            @else {
                table.cards {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Proposed" } th scope="col" { "Then" } } }
                    tbody { @for at in changes { tr {
                        td.name data-label="What" { (picture.work.get(at).map_or("", |work| work.title.as_str())) }
                        td data-label="Proposed" { (line(supposed, supposed.before.rows.get(at))) }
                        td data-label="Then" { (line(supposed, supposed.then.rows.get(at))) }
                    } } }
                }
            }
            p.small.soft { a href="/programme/frame" { "The frame of the role" } " is where hours are changed once they are agreed." }
        }
    }
}

/// What it would bring or cost, in hours of looking after areas.
fn verdict(supposed: &Supposed) -> String {
    let (hours, gain) = (worth(supposed.gain), supposed.gain);
    if hours == "0 h" {
        "It would make no difference worth speaking of.".to_owned()
    } else if gain > 0 {
        format!("It would be worth as much as {hours} of looking after areas.")
    } else {
        format!("It would cost as much as {hours} of looking after areas.")
    }
}

fn sure(supposed: &Supposed) -> String {
    match worth(supposed.doubt).as_str() {
        "0 h" => String::new(),
        doubt => format!("That is sure to within {doubt}."),
    }
}

/// "Zoë Kaya, 12 h", "nobody".
fn line(supposed: &Supposed, row: Option<&Row>) -> String {
    let who = row.and_then(|row| Some((name(&supposed.picture, row.hand)?, row.hours)));
    who.map_or_else(|| "nobody".to_owned(), |(name, hours)| format!("{name}, {hours} h"))
}
