//! One person's place among the staff, kept by the administrator: each change from a day on. Nothing here depends on
//! support.

use actions::Stop;
use actions::person::{self, AreaChange, LineChange, NewPerson, PersonRefused, Typed};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{AreaId, PersonId};
use domain::people::{Role, Roles};
use domain::relations::{RelationRefused, Strand};
use jiff::civil::Date;

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::person_form;
use crate::pages::person_view::View;
use crate::pages::whom;
use crate::visit::{Visit, on_to};

fn person_id(text: &str) -> Result<PersonId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /people/{person}`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn show(visit: Visit, Path(of): Path<String>) -> Result<Response, Problem> {
    shown(&visit, person_id(&of)?, (StatusCode::OK, &[], "", &Fields::default())).await
}

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a str, &'a Fields);

async fn shown(visit: &Visit, of: PersonId, (status, wrong, form, typed): Wrong<'_>) -> Result<Response, Problem> {
    let page = person::see(&visit.desk, &visit.visitor.person, of).await?;
    Ok((status, View { visit, page: &page, wrong, form, typed }.page()).into_response())
}

/// Goes on after a change, or shows the page again with what is wrong at the field of that form.
async fn done(
    (sent, of, form): (&Sent, PersonId, &str),
    result: Result<(), Stop<PersonRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/people/{of}"), said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = field(form, &refused);
            again(sent, of, (form, &field, refused.to_string())).await
        }
    }
}

async fn again(sent: &Sent, of: PersonId, (form, field, words): (&str, &str, String)) -> Result<Response, Problem> {
    let wrong = [(field, words)];
    shown(&sent.visit, of, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, form, &sent.fields)).await
}

/// At which field of a form a refusal belongs.
fn field(form: &str, refused: &PersonRefused) -> String {
    match refused {
        PersonRefused::Relation(RelationRefused::Day) => format!("{form}-from"),
        PersonRefused::Name => "name".to_owned(),
        PersonRefused::Address | PersonRefused::AddressTaken(_) => "email".to_owned(),
        PersonRefused::Number | PersonRefused::NumberTaken(_) => "number".to_owned(),
        PersonRefused::Job => "job".to_owned(),
        PersonRefused::NoRole => "roles".to_owned(),
        PersonRefused::NotOnTheList | PersonRefused::Relation(_) => form.to_owned(),
    }
}

/// The form's day.
fn from(sent: &Sent) -> Option<Date> {
    sent.fields.read("from")
}

/// What was typed about the person.
fn typed(fields: &Fields) -> Typed {
    let text = |name| fields.one(name).to_owned();
    Typed {
        name: text("name"),
        email: text("email"),
        number: text("number"),
        job: text("job"),
        site: fields.read("site"),
    }
}

fn roles(fields: &Fields) -> Roles {
    Role::ALL.into_iter().filter(|role| fields.all("role").any(|code| code == role.code())).collect()
}

/// `GET /people/new`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    new_shown(&visit, (StatusCode::OK, &[], "", &Fields::default())).await
}

async fn new_shown(visit: &Visit, (status, wrong, _, typed): Wrong<'_>) -> Result<Response, Problem> {
    let places = person::places(&visit.desk, &visit.visitor.person).await?;
    Ok((status, person_form::new_page(visit, &places, (wrong, typed))).into_response())
}

/// `POST /people`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let places = person::places(&visit.desk, &visit.visitor.person).await?;
    let manager = match fields.one("manager") {
        "" => None,
        name => match whom::found(&places.people, name, "or leave it empty") {
            Ok(found) => Some(found.id),
            Err(words) => {
                let wrong = [("manager", words)];
                return new_shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, "", fields)).await;
            }
        },
    };
    let new = NewPerson {
        typed: typed(fields),
        roles: roles(fields),
        area: fields.read("area"),
        manager,
        from: from(&sent),
        once: fields.one("once").to_owned(),
    };
    match person::add(&visit.desk, visit.visitor.person.id, &new).await {
        Ok(id) => Ok(on_to(&format!("/people/{id}"), "person-added")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let field = field("new", &refused);
            let wrong = [(field.as_str(), refused.to_string())];
            new_shown(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, "", fields)).await
        }
    }
}

/// `POST /people/{person}/details`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn update_details(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let result = person::edit(&sent.visit.desk, sent.visit.visitor.person.id, (of, &typed(&sent.fields))).await;
    done((&sent, of, "details"), result, "saved").await
}

/// `POST /people/{person}/area`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn update_area(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let area: Option<AreaId> = sent.fields.read("area");
    let (form, what) = match (sent.fields.one("what"), area) {
        ("begins", Some(area)) => ("also", AreaChange::Begins(area)),
        ("ends", Some(area)) => ("also", AreaChange::Ends(area)),
        ("begins" | "ends", None) => {
            return again(&sent, of, ("also", "also", "Choose an area.".to_owned())).await;
        }
        _ => ("area", AreaChange::Main(area)),
    };
    let result = person::change_areas(&sent.visit.desk, sent.visit.visitor.person.id, (of, what, from(&sent))).await;
    done((&sent, of, form), result, "dated").await
}

/// `POST /people/{person}/line/manager` and `POST /people/{person}/line/appraiser`.
///
/// # Errors
/// Not found for everybody but an administrator.
pub async fn update_line(Path((of, form)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let places = person::places(&sent.visit.desk, &sent.visit.visitor.person).await?;
    let chosen = match sent.fields.one("whom") {
        "" => None,
        name => match whom::found(&places.people, name, "or leave it empty for nobody") {
            Ok(found) => Some(found.id),
            Err(words) => return again(&sent, of, (&form, &form, words)).await,
        },
    };
    let what = match form.as_str() {
        "manager" => LineChange::Manager(chosen),
        "appraiser" => LineChange::Appraiser(chosen),
        _ => return Err(Problem::NotFound),
    };
    let result = person::change_line(&sent.visit.desk, sent.visit.visitor.person.id, (of, what, from(&sent))).await;
    done((&sent, of, &form), result, "dated").await
}

/// `POST /people/{person}/roles`.
///
/// # Errors
/// Not found for everybody but an administrator, and for the own roles.
pub async fn update_roles(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let wanted = (of, roles(&sent.fields), from(&sent));
    let result = person::change_roles(&sent.visit.desk, sent.visit.visitor.person.id, wanted).await;
    done((&sent, of, "roles"), result, "dated").await
}

/// `POST /people/{person}/leaving`: the account off, or on again, from a day on.
///
/// # Errors
/// Not found for everybody but an administrator, and for the own account.
pub async fn update_leaving(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let wanted = (of, sent.fields.ticked("on"), from(&sent));
    let result = person::switch(&sent.visit.desk, sent.visit.visitor.person.id, wanted).await;
    done((&sent, of, "leaving"), result, "dated").await
}

/// `POST /people/{person}/cancellation`: takes a change back that has not begun.
///
/// # Errors
/// Not found for everybody but an administrator, and for the own place.
pub async fn create_cancellation(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let of = person_id(&of)?;
    let strand = strand(sent.fields.one("strand")).ok_or(Problem::NotFound)?;
    let on: Date = sent.fields.read("on").ok_or(Problem::NotFound)?;
    let result = person::cancel(&sent.visit.desk, sent.visit.visitor.person.id, (of, strand, on)).await;
    done((&sent, of, "planned"), result, "taken-back").await
}

/// A strand as a form names it.
pub fn strand_code(strand: Strand) -> String {
    match strand {
        Strand::Account => "account".to_owned(),
        Strand::MainArea => "main-area".to_owned(),
        Strand::Area(area) => format!("area {area}"),
        Strand::Manager => "manager".to_owned(),
        Strand::Appraiser => "appraiser".to_owned(),
        Strand::Role(role) => format!("role {}", role.code()),
    }
}

fn strand(code: &str) -> Option<Strand> {
    match code.split_once(' ') {
        Some(("area", id)) => id.parse().ok().map(Strand::Area),
        Some(("role", code)) => code.parse().ok().map(Strand::Role),
        Some(_) => None,
        None => match code {
            "account" => Some(Strand::Account),
            "main-area" => Some(Strand::MainArea),
            "manager" => Some(Strand::Manager),
            "appraiser" => Some(Strand::Appraiser),
            _ => None,
        },
    }
}
