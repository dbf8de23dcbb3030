//! Starting the next year, for the programme lead (R-NEW-1 to R-NEW-7).

use actions::new_year::{self, At, StartRefused, Wanted};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::PersonId;
use domain::new_year::{Part, Wish, Written};
use domain::remission::Unit;
use jiff::civil::Date;

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::new_year_view;
use crate::pages::year_form::{AtFields, Typed};
use crate::visit::{Visit, on_to};

/// What was sent and what is wrong with it; nothing when the page is opened.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// What is wrong, by field.
    pub wrong: &'a [(&'a str, String)],
    /// What was typed.
    pub fields: Option<&'a Fields>,
}

/// `GET /programme/new-year`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn edit(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, StatusCode::OK, Kept { wrong: &[], fields: None }).await
}

async fn shown(visit: &Visit, status: StatusCode, kept: Kept<'_>) -> Result<Response, Problem> {
    let found = new_year::see(&visit.desk, &visit.visitor.person).await?;
    let markup = match &found {
        Some(found) => new_year_view::page_of(visit, found, kept),
        None => new_year_view::nothing(visit),
    };
    Ok((status, markup).into_response())
}

/// The day in a field: nothing, a day, or what cannot be read.
fn day(text: &str) -> Option<Option<Date>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", text).ok()).map(Some),
    }
}

fn wish(fields: &Fields, person: PersonId) -> Wish {
    let one = |name: &str| fields.one(&format!("{name}-{person}")).to_owned();
    Wish {
        person,
        amount: Written::of(&one("amount")),
        unit: Unit::from_code(&one("unit")).unwrap_or(Unit::HoursAYear),
        stops: day(&one("stops")),
        areas: fields.read_all(&format!("area-{person}")),
    }
}

/// The field at which something is wrong.
pub fn field(at: At) -> String {
    match at {
        At::Year(_) => "starts".to_owned(),
        At::Person(person, Part::Amount) => format!("amount-{person}"),
        At::Person(person, Part::Stops) => format!("stops-{person}"),
        At::Chart => "chart".to_owned(),
    }
}

/// `POST /programme/new-year`.
///
/// # Errors
/// Not found for everybody but a programme lead, and while the year cannot be started yet.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let (year, mut wrong) = match Typed::of(fields).read() {
        Ok(year) => (Some(year), AtFields::new()),
        Err(wrong) => (None, wrong),
    };
    let people: Vec<PersonId> = fields.read_all("person");
    let wanted = Wanted {
        number: fields.read("number").unwrap_or_default(),
        year,
        each: people.into_iter().map(|person| wish(fields, person)).collect(),
        chart: fields.ticked("chart"),
        version: fields.one("version").to_owned(),
        once: fields.one("once").to_owned(),
    };
    let status = match new_year::start(&visit.desk, visit.visitor.person.id, &wanted).await {
        Ok(()) => return Ok(on_to("/programme/new-year", "year-started")),
        Err(stop) => match Problem::refusal(stop)? {
            StartRefused::Wrong(more) => {
                wrong.extend(more.into_iter().map(|(at, said)| (field(at), said)));
                StatusCode::UNPROCESSABLE_ENTITY
            }
            outdated @ (StartRefused::Stale | StartRefused::Meanwhile(_)) => {
                wrong = vec![("main".to_owned(), outdated.to_string())];
                StatusCode::CONFLICT
            }
        },
    };
    let wrong: Vec<(&str, String)> = wrong.iter().map(|(field, said)| (field.as_str(), said.clone())).collect();
    shown(visit, status, Kept { wrong: &wrong, fields: Some(fields) }).await
}
