//! The five-year road: where the programme stands by its years and by what is in place, and what not to expect of it yet. Rules R-REV-9
//! and R-REV-10.

use actions::road::{self, Road};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::check::{Look, Standing};
use domain::ids::PersonId;
use domain::period::date_words;
use domain::road::{RoadRefused, STAGES, Stage, YEARS, stage_words, year_of};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::layout::page;
use crate::pages::numbers::Typed;
use crate::pages::{check, kit};
use crate::routes::App;
use crate::visit::{Visit, on_to};

const HERE: &str = "/programme/road";

/// The page of the road.
pub fn routes() -> Router<App> {
    Router::new().route(HERE, get(index).post(create))
}

/// `GET /programme/road`.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let none = Typed { wrong: &[], form: "", fields: &Fields::default() };
    shown(&visit, StatusCode::OK, none).await
}

async fn shown(visit: &Visit, status: StatusCode, typed: Typed<'_>) -> Result<Response, Problem> {
    let seen = road::see(&visit.desk, &visit.visitor.person).await?;
    let today = visit.desk.today();
    let year = seen.began.and_then(|began| year_of(began, today));
    let body = html! {
        (kit::errors(typed.wrong))
        div.narrow.stack-l {
            div.stack-s {
                (check::beside(visit, HERE))
                h1 { "The road" }
                @match seen.began {
                    Some(began) => { p.lede { (stage_words(began, today)) } p.soft { "The programme began on " (date_words(began)) ". " (sponsored(&seen)) } }
                    None => { p.lede { "A programme like this takes about five years until it is part of a college. Say when it began, and this page says where it stands." } p.soft { (sponsored(&seen)) } }
                }
            }
            (drawn(&seen, year))
            ol.plain.stack { @for (n, stage) in STAGES.iter().enumerate() { (one(&seen, stage, (n + 1, year))) } }
            p.small.soft { "Five years is what the head of professional studies gave in a case study of Runshaw College. What each year is like is our own reading, and no college has to follow it." }
            @if seen.may_set { (form(visit, &seen, typed)) }
        }
    };
    Ok((status, page(visit, ("The road", check::place(visit)), &body)).into_response())
}

fn sponsored(seen: &Road) -> String {
    match &seen.sponsor {
        Some(one) => format!("{} sponsors it.", one.name),
        None => "No senior leader is named as its sponsor yet.".to_owned(),
    }
}

/// What a stage asks for, in place or still to do.
fn asked<'a>(seen: &'a Road, stage: &Stage) -> (Vec<&'a Look>, Vec<&'a Look>) {
    let own = seen.looks.iter().filter(|look| stage.asks.contains(&look.point));
    own.partition(|look| look.standing() == Standing::InPlace)
}

/// Where a milestone lies: the road winds upwards.
const MILESTONES: [(i32, i32); YEARS] = [(30, 96), (105, 70), (180, 88), (255, 50), (330, 30)];

fn drawn(seen: &Road, year: Option<usize>) -> Markup {
    let here = year.map(|year| year.min(YEARS));
    let says = match (year, here) {
        (Some(year), _) if year > YEARS => "The programme is past all five.".to_owned(),
        (_, Some(here)) => format!("The programme is in year {here}."),
        _ => "The programme has not begun, or it is not said when it did.".to_owned(),
    };
    let full = |stage: &Stage| asked(seen, stage).1.is_empty();
    let ready: Vec<String> =
        STAGES.iter().enumerate().filter(|(_, stage)| full(stage)).map(|(n, _)| (n + 1).to_string()).collect();
    let ready = match ready.as_slice() {
        [] => "Of no year everything is in place.".to_owned(),
        some => format!("Everything that is best in place is there for year {}.", some.join(", ")),
    };
    html! {
        figure.stack-s {
            svg.road viewBox="0 0 360 128" role="img" aria-labelledby="road-title" aria-describedby="road-desc" {
                title #road-title { "A road with five milestones, one for each year" }
                desc #road-desc { (says) " " (ready) }
                path.way d="M4 104C14 100 20 98 30 96S80 70 105 70S150 88 180 88S230 62 255 50S310 34 330 30S346 28 356 26" {}
                @for (n, (stage, (x, y))) in STAGES.iter().zip(MILESTONES).enumerate() {
                    g.full[full(stage)].here[here == Some(n + 1)] {
                        circle cx=(x) cy=(y) r="13" {}
                        text x=(x) y=(y + 5) text-anchor="middle" { (n + 1) }
                        @if here == Some(n + 1) { text.now x=(x) y=(y + 34) text-anchor=(if n + 1 == YEARS { "end" } else { "middle" }) { "You are here" } }
                    }
                }
            }
            figcaption.small.soft { "A filled milestone: what is best in place by then is in place. " (says) }
        }
    }
}

fn names(all: &[&Look]) -> String {
    all.iter().map(|look| look.point.settled()).collect::<Vec<_>>().join("; ")
}

fn one(seen: &Road, stage: &Stage, (number, year): (usize, Option<usize>)) -> Markup {
    let (there, missing) = asked(seen, stage);
    let here = year.map(|year| year.min(YEARS)) == Some(number);
    html! {
        li.card.stack-s aria-current=[here.then_some("step")] {
            div.between {
                h2 { "Year " (number) ": " (stage.name) }
                @if here { span.tag.good { @if year.is_some_and(|year| year > YEARS) { "And after" } @else { "You are here" } } }
            }
            p { (stage.usual) }
            p { strong { "Not to be expected yet: " } (stage.not_yet) }
            p.small.soft {
                @if !there.is_empty() { "In place: " (names(&there)) ". " }
                @if !missing.is_empty() { "Still to do, or to be answered: " (names(&missing)) ". " }
                @if !missing.is_empty() { a href="/programme/check" { "How" span.visually-hidden { " for year " (number) } } }
            }
        }
    }
}

fn form(visit: &Visit, seen: &Road, typed: Typed<'_>) -> Markup {
    let began = seen.began.map(|day| day.to_string()).unwrap_or_default();
    let sponsor = seen.sponsor.as_ref().map(|one| one.person.to_string()).unwrap_or_default();
    let none = (String::new(), "Nobody yet".to_owned());
    let seniors = seen.seniors.iter().map(|one| (one.person.to_string(), one.name.clone()));
    let seniors: Vec<_> = [none].into_iter().chain(seniors).collect();
    html! {
        form.card.stack #road method="post" action=(HERE) novalidate {
            (kit::csrf(visit))
            h2 { "When it began, and who sponsors it" }
            (typed.input("road", ("began", "First day of the programme", "The day on which the first of them had hours for the role."), ("date", &began)))
            (typed.select("road", ("sponsor", "Senior sponsor"), (&seniors, &sponsor)))
            p.small.soft { "A senior leader who answers for the programme among the others. Ask them first." }
            button.btn type="submit" { "Keep this" }
        }
    }
}

/// `POST /programme/road`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    // An identifier that cannot be read is nobody of the list.
    let typed = fields.one("sponsor");
    let sponsor = if typed.is_empty() { None } else { Some(typed.parse().unwrap_or(PersonId(uuid::Uuid::nil()))) };
    match road::set(&visit.desk, visit.visitor.person.id, (fields.read("began"), sponsor)).await {
        Ok(()) => Ok(on_to(HERE, "saved")),
        Err(stop) => {
            let why = Problem::refusal(stop)?;
            let field = if why == RoadRefused::Began { "began" } else { "sponsor" };
            let wrong = [(field, why.to_string())];
            let typed = Typed { wrong: &wrong, form: "road", fields };
            shown(visit, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
    }
}
