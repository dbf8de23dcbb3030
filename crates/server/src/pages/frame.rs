//! The frame of the role, kept by the programme lead.

use actions::frame::{self, Agreement, KeepRefused, Priority};
use actions::{Stop, ceiling};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::frame::{FrameRefused, SetBy};
use domain::ids::{PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::relations::RelationRefused;
use domain::remission::{Amount, Base, RemissionRefused, Unit};
use jiff::civil::Date;

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::frame_view::{self, View};
use crate::pages::whom;
use crate::visit::{Visit, on_to};

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a str, &'a Fields);

/// `GET /programme/frame`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn show(visit: Visit) -> Result<Response, Problem> {
    shown(&visit, (StatusCode::OK, &[], "", &Fields::default())).await
}

async fn shown(visit: &Visit, (status, wrong, form, typed): Wrong<'_>) -> Result<Response, Problem> {
    let frame = frame::see(&visit.desk, &visit.visitor.person).await?;
    let statements = frame::statements(&visit.desk, &visit.visitor.person).await?;
    let share = ceiling::published(&visit.desk).await.map_err(|fault| Problem::Fault(fault.into()))?;
    let view = View { visit, frame: &frame, now: statements.first(), share, wrong, form, typed };
    Ok((status, view.page()).into_response())
}

async fn done(
    (sent, form): (&Sent, &str),
    result: Result<(), Stop<KeepRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to("/programme/frame", said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(form, &refused), refused.to_string())];
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, form, &sent.fields)).await
        }
    }
}

/// At which field of a form a refusal belongs.
fn field<'a>(form: &'a str, refused: &KeepRefused) -> &'a str {
    match refused {
        KeepRefused::Remission(RemissionRefused::Weeks) => "weeks",
        KeepRefused::Remission(RemissionRefused::HalfDay) => "half_day",
        KeepRefused::Remission(RemissionRefused::Floor(_)) => "floor",
        KeepRefused::Remission(RemissionRefused::Caseload) | KeepRefused::Caseload => "caseload",
        KeepRefused::Remission(_) => "amount",
        KeepRefused::Relation(RelationRefused::Day) if form == "standing-down" => "standing-down-from",
        KeepRefused::Relation(RelationRefused::Day) => "appoint-from",
        KeepRefused::Frame(FrameRefused::ManyPriorities | FrameRefused::NotAPractitioner) => "priorities",
        KeepRefused::Relation(_) | KeepRefused::NotOnTheList | KeepRefused::Frame(_) => form,
    }
}

/// Hours as a form gives them, to the minute.
fn hours(fields: &Fields, name: &str) -> Option<Minutes> {
    Amount::read(fields.one(name)).map(|amount| Minutes((amount.0 * 60 + 5_000) / 10_000))
}

/// `POST /programme/frame`: what remission is counted against, and the floor.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update(sent: Sent) -> Result<Response, Problem> {
    let fields = &sent.fields;
    let base = Base {
        caseload: hours(fields, "caseload").unwrap_or_default(),
        weeks: fields.read("weeks").unwrap_or_default(),
        half_day: hours(fields, "half_day").unwrap_or_default(),
    };
    // What cannot be read is refused like what is too little.
    let floor = if fields.one("floor").is_empty() { None } else { Some(hours(fields, "floor").unwrap_or(Minutes(-1))) };
    let result = frame::set(&sent.visit.desk, sent.visit.visitor.person.id, (base, floor)).await;
    done((&sent, "base"), result, "saved").await
}

/// `POST /programme/ceiling`: the share of time that required support may take.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update_ceiling(sent: Sent) -> Result<Response, Problem> {
    let result = ceiling::set_share(&sent.visit.desk, sent.visit.visitor.person.id, sent.fields.one("share")).await;
    match result {
        Ok(()) => Ok(on_to("/programme/frame", "saved")),
        Err(stop) => {
            let wrong = [("share", Problem::refusal(stop)?.to_string())];
            shown(&sent.visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, "ceiling", &sent.fields)).await
        }
    }
}

/// `POST /programme/practitioners/{person}/required`: whether they are open to required support.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn update_barred(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let barred = sent.fields.one("barred") == "yes";
    ceiling::set_barred(&sent.visit.desk, sent.visit.visitor.person.id, (of, barred)).await?;
    Ok(on_to(&format!("/programme/practitioners/{of}"), "saved"))
}

/// `POST /programme/statement`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_statement(sent: Sent) -> Result<Response, Problem> {
    let result = frame::publish(&sent.visit.desk, sent.visit.visitor.person.id, sent.fields.one("text")).await;
    done((&sent, "statement"), result, "published").await
}

/// `POST /programme/priorities`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update_priorities(sent: Sent) -> Result<Response, Problem> {
    let leads = |theme: &ThemeId| sent.fields.read::<PersonId>(&format!("lead-{theme}")).into_iter().collect();
    let ticked: Vec<ThemeId> = sent.fields.read_all("theme");
    let set_by = |theme: &ThemeId| SetBy::from_code(sent.fields.one(&format!("set-by-{theme}")));
    let wanted = |theme| Priority { set_by: set_by(&theme), leads: leads(&theme), theme };
    let wanted: Vec<Priority> = ticked.into_iter().map(wanted).collect();
    let result = frame::set_priorities(&sent.visit.desk, sent.visit.visitor.person.id, &wanted).await;
    done((&sent, "priorities"), result, "saved").await
}

/// `POST /programme/practitioners`: somebody becomes a practitioner.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_practitioner(sent: Sent) -> Result<Response, Problem> {
    let visit = &sent.visit;
    let seen = frame::see(&visit.desk, &visit.visitor.person).await?;
    let chosen = match whom::found(&seen.candidates, sent.fields.one("whom"), "whose account is on") {
        Ok(found) => found.id,
        Err(words) => {
            let words = if sent.fields.one("whom").is_empty() { KeepRefused::NotOnTheList.to_string() } else { words };
            let wrong = [("appoint", words)];
            return shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, "appoint", &sent.fields)).await;
        }
    };
    let from: Option<Date> = sent.fields.read("from");
    match frame::appoint(&visit.desk, visit.visitor.person.id, (chosen, from)).await {
        Ok(()) => Ok(on_to(&format!("/programme/practitioners/{chosen}"), "appointed")),
        refused => done((&sent, "appoint"), refused, "appointed").await,
    }
}

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /programme/practitioners/{person}`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn show_practitioner(visit: Visit, Path(of): Path<String>) -> Result<Response, Problem> {
    one(&visit, person_id(&of)?, (StatusCode::OK, &[], "", &Fields::default())).await
}

pub(super) async fn one(
    visit: &Visit,
    of: PersonId,
    (status, wrong, form, typed): Wrong<'_>,
) -> Result<Response, Problem> {
    let frame = frame::see(&visit.desk, &visit.visitor.person).await?;
    let given = frame.given.iter().find(|given| given.person == of).ok_or(Problem::NotFound)?;
    let barred = ceiling::barred(&visit.desk, &visit.visitor.person).await?;
    let barred = barred.iter().find(|(person, _)| *person == of).map(|(_, since)| *since);
    let view = View { visit, frame: &frame, now: None, share: 0, wrong, form, typed };
    Ok((status, frame_view::practitioner(&view, (given, barred))).into_response())
}

async fn done_one(
    (sent, of, form): (&Sent, PersonId, &str),
    result: Result<(), Stop<KeepRefused>>,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => {
            Ok(on_to(&format!("/programme/practitioners/{of}"), if form == "remission" { "saved" } else { "dated" }))
        }
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let wrong = [(field(form, &refused), refused.to_string())];
            one(&sent.visit, of, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, form, &sent.fields)).await
        }
    }
}

/// `POST /programme/practitioners/{person}/remission`.
///
/// # Errors
/// Not found for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn update_remission(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (of, fields) = (person_id(&of)?, &sent.fields);
    let agreed = Agreement {
        amount: Amount::read(fields.one("amount")),
        unit: Unit::from_code(fields.one("unit")),
        caseload: hours(fields, "caseload"),
        nominated: fields.read_all("area"),
    };
    let result = frame::set_remission(&sent.visit.desk, sent.visit.visitor.person.id, (of, &agreed)).await;
    done_one((&sent, of, "remission"), result).await
}

/// `POST /programme/practitioners/{person}/standing-down`.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn create_standing_down(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let result =
        frame::stand_down(&sent.visit.desk, sent.visit.visitor.person.id, (of, sent.fields.read("from"))).await;
    match result {
        // Whoever stood down today is on the list no more.
        Ok(()) => Ok(on_to("/programme/frame", "dated")),
        refused => done_one((&sent, of, "standing-down"), refused).await,
    }
}
