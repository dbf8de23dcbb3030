//! Sessions: what is coming, one's own, and each session's page. Rules R-SES-5 to R-SES-16.

use std::collections::BTreeMap;

use actions::communities::Training;
use actions::{Stop, training_people, trainings};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{AreaId, MaterialId, PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::period::{days_after, time_words};
use domain::training::{Material, State};
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::layout::{Place, page};
use crate::pages::training_said;
use crate::pages::training_view::{self, View};
use crate::pages::{kit, whom};
use crate::visit::{Visit, on_to};

/// So many days ahead sessions are listed.
const AHEAD: i64 = 120;
/// So many days back one's own are.
const BACK: i64 = 90;

type Own = BTreeMap<TrainingId, bool>;

/// `GET /sessions`.
///
/// # Errors
/// A fault.
pub async fn index(visit: Visit) -> Result<Markup, Problem> {
    let (desk, me) = (&visit.desk, &visit.visitor.person);
    let today = desk.today();
    let all = trainings::between(desk, me, (days_after(today, -BACK), BACK + AHEAD)).await?;
    let own = training_people::own(desk, me).await?;
    let areas = training_people::own_areas(desk, me).await?;
    let (ahead, past): (Vec<&Training>, Vec<&Training>) =
        all.iter().partition(|one| one.planned.slot.ends() > desk.now);
    let on: Vec<&Training> =
        ahead.into_iter().filter(|one| one.state != State::CalledOff || own.contains_key(&one.id)).collect();
    let (signed, rest): (Vec<&Training>, Vec<&Training>) = on.into_iter().partition(|one| own.contains_key(&one.id));
    let (run, rest): (Vec<&Training>, Vec<&Training>) = rest.into_iter().partition(|one| one.runner == me.id);
    let mine = |one: &&Training| one.planned.areas.iter().any(|area: &AreaId| areas.contains(area));
    let (near, far): (Vec<&Training>, Vec<&Training>) = rest.into_iter().partition(mine);
    let been: Vec<&Training> = past.iter().rev().copied().filter(|one| own.contains_key(&one.id)).collect();
    let said = actions::training_said::own(desk, me).await?;
    let open = |one: &&Training| said.get(&one.id).is_some_and(|own| training_said::is_open(&visit, one, *own));
    let open: Vec<&Training> = all.iter().filter(open).collect();
    let unsaid = past.iter().filter(|one| one.runner == me.id && one.state == State::Planned);
    let unsaid: Vec<&Training> = unsaid.copied().collect();
    let may_plan = visit.is(Role::Practitioner) || visit.is(Role::ProgrammeLead);
    Ok(page(
        &visit,
        ("Sessions", Place::Sessions),
        &html! {
            div.stack-l {
                div.between {
                    div.stack-s {
                        h1 { "Sessions" }
                        p.lede { "Short training that you can come to. That you come is known to whoever runs it and to you." }
                        p { a href="/communities" { "Communities of practice" } " · " a href="#suggest" { "Suggest a theme" } }
                    }
                    @if may_plan { a.btn href="/sessions/new" { "Plan a session" } }
                }
                @if !unsaid.is_empty() { (listed(&visit, ("Did it take place?", &unsaid), &own)) }
                @if !open.is_empty() { (what_was_it_like(&visit, &open)) }
                @if !run.is_empty() { (listed(&visit, ("You run", &run), &own)) }
                @if !signed.is_empty() { (listed(&visit, ("You are coming", &signed), &own)) }
                @if near.is_empty() && run.is_empty() && signed.is_empty() {
                    section.stack-s { h2 { "For your areas" } div.empty { p { "Nothing is planned for your areas at the moment. When something is, it will be here, and one tap signs you up." } a.btn.ghost href="#suggest" { "Suggest a theme" } } }
                } @else if !near.is_empty() { (listed(&visit, ("For your areas", &near), &own)) }
                @if !far.is_empty() { (listed(&visit, ("For other areas: you are welcome", &far), &own)) }
                @if !been.is_empty() {
                    details.more { summary { "Where you have been" } div.stack { @for one in been { (training_view::card(&visit, one, &own)) } } }
                }
                (suggest(&visit).await?)
            }
        },
    ))
}

fn listed(visit: &Visit, (title, all): (&str, &[&Training]), own: &Own) -> Markup {
    html! {
        section.stack {
            h2 { (title) }
            @for one in all { (training_view::card(visit, one, own)) }
        }
    }
}

/// The sessions to which one came and of which one can still say what they were like (R-SES-17).
fn what_was_it_like(visit: &Visit, open: &[&Training]) -> Markup {
    html! {
        section.stack {
            h2 { "What was it like?" }
            @for one in open {
                details.more open[open.len() == 1] {
                    summary { (one.planned.title) ", " (when(visit, one)) }
                    (training_said::form(visit, one, (&[], &Fields::default())))
                }
            }
        }
    }
}

/// Anybody suggests a theme for an area (R-SES-4).
async fn suggest(visit: &Visit) -> Result<Markup, Problem> {
    let themes = actions::directory::themes(&visit.desk, &visit.visitor.person).await?;
    let grid = actions::communities::grid(&visit.desk, &visit.visitor.person).await?;
    let own = training_people::own_areas(&visit.desk, &visit.visitor.person).await?;
    Ok(html! {
        form.card.stack #suggest method="post" action="/sessions/suggestions" {
            (kit::csrf(visit))
            h2 { "What would help?" }
            p { "Suggest a theme for a session. Whose suggestion it was is not kept, not even in the log: only the theme and the area. It stands in the area’s register from next Monday on, with the others of this week, and nobody counts them." }
            div.field { label.f for="area" { "For which area?" } select #area name="area" { @for line in &grid.lines { option value=(line.community.area) selected[own.first() == Some(&line.community.area)] { (line.community.name) } } } }
            div.field { label.f for="theme" { "About what?" } select #theme name="theme" { @for theme in &themes { option value=(theme.id) { (theme.name) } } } }
            button.btn.ghost type="submit" { "Suggest it" }
        }
    })
}

/// `POST /sessions/suggestions`.
///
/// # Errors
/// Not found for an area that is not there.
pub async fn create_suggestion(sent: Sent) -> Result<Response, Problem> {
    let area: AreaId = sent.fields.read("area").ok_or(Problem::NotFound)?;
    let suggested = actions::communities::suggest(
        &sent.visit.desk,
        sent.visit.visitor.person.id,
        (area, sent.fields.read("theme")),
    );
    match suggested.await {
        Ok(()) => Ok(on_to("/sessions", "suggested")),
        // Only choices of the form can be sent; a theme that has gone meanwhile is told as nothing to see.
        Err(stop) => Problem::refusal(stop).and(Err(Problem::NotFound)),
    }
}

pub(super) fn id(text: &str) -> Result<TrainingId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /sessions/{training}`.
///
/// # Errors
/// Not found where there is none.
pub async fn show(visit: Visit, Path(training): Path<String>) -> Result<Response, Problem> {
    shown(&visit, id(&training)?, (StatusCode::OK, &[], &Fields::default())).await
}

async fn shown(
    visit: &Visit,
    training: TrainingId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let seen = trainings::see(&visit.desk, &visit.visitor.person, training).await?;
    let own = training_people::own(&visit.desk, &visit.visitor.person).await?;
    let coming = if seen.runs {
        Some(training_people::coming(&visit.desk, &visit.visitor.person, training).await?)
    } else {
        None
    };
    let opinions = training_said::read(visit, &seen.training).await?;
    let view = View { visit, seen: &seen, own: &own, coming: coming.as_ref(), opinions: &opinions, wrong, typed };
    Ok((status, view.page()).into_response())
}

pub(super) async fn done<R: std::fmt::Display>(
    (sent, training, field): (&Sent, TrainingId, &'static str),
    result: Result<(), Stop<R>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/sessions/{training}"), said)),
        Err(stop) => {
            let wrong = [(field, Problem::refusal(stop)?.to_string())];
            shown(&sent.visit, training, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await
        }
    }
}

pub(super) fn whose(sent: &Sent, training: &str) -> Result<(PersonId, TrainingId), Problem> {
    Ok((sent.visit.visitor.person.id, id(training)?))
}

/// `POST /sessions/{training}/sign-up`.
///
/// # Errors
/// Not found for whoever runs it.
pub async fn create_sign_up(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let result = training_people::sign_up(&sent.visit.desk, which).await;
    done((&sent, which.1, "sign-up"), result, "signed-up").await
}

/// `POST /sessions/{training}/sign-up/removal`.
///
/// # Errors
/// Not found for whoever runs it.
pub async fn destroy_sign_up(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    training_people::take_back(&sent.visit.desk, whose(&sent, &training)?).await?;
    Ok(on_to("/sessions", "signed-out-of"))
}

/// `POST /sessions/{training}/attendance`.
///
/// # Errors
/// Not found for everybody but whoever runs it.
pub async fn update_attendance(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, which) = (&sent.visit, whose(&sent, &training)?);
    let (_, everybody) = training_people::coming(&visit.desk, &visit.visitor.person, which.1).await?;
    let typed = sent.fields.one("whom");
    let more = match typed {
        "" => None,
        typed => match whom::found(&everybody, typed, "or leave the name out") {
            Ok(found) => Some(found.id),
            Err(words) => {
                let wrong = [("whom", words)];
                return shown(visit, which.1, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await;
            }
        },
    };
    let came: Vec<PersonId> = sent.fields.read_all("came");
    let result = training_people::record(&visit.desk, which, (&came, more)).await;
    done((&sent, which.1, "whom"), result, "attendance").await
}

/// `POST /sessions/{training}/holding`.
///
/// # Errors
/// Not found for everybody but whoever runs it.
pub async fn create_holding(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let minutes = |name: &str, without: i64| {
        Minutes(if sent.fields.one(name).is_empty() { without } else { sent.fields.read(name).unwrap_or(-1) })
    };
    let result = trainings::record(&sent.visit.desk, which, (minutes("length", -1), minutes("ready", 0))).await;
    done((&sent, which.1, "length"), result, "session-held").await
}

/// `POST /sessions/{training}/calling-off`.
///
/// # Errors
/// Not found for everybody but whoever runs it and the programme lead.
pub async fn create_calling_off(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let version = sent.fields.read("version").unwrap_or_default();
    let result = trainings::call_off(&sent.visit.desk, which, version).await;
    done((&sent, which.1, "calling-off"), result, "session-off").await
}

/// `POST /sessions/{training}/runner`: the lead passes it on.
///
/// # Errors
/// Not found for everybody but a programme lead.
pub async fn update_runner(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let to: PersonId = sent.fields.read("practitioner").ok_or(Problem::NotFound)?;
    let version = sent.fields.read("version").unwrap_or_default();
    let result = trainings::pass(&sent.visit.desk, which, (to, version)).await;
    done((&sent, which.1, "practitioner"), result, "passed").await
}

/// `POST /sessions/{training}/materials`.
///
/// # Errors
/// Not found for everybody but whoever runs it.
pub async fn create_material(Path(training): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (which, fields) = (whose(&sent, &training)?, &sent.fields);
    let text = |name: &str| fields.one(name).to_owned();
    let material = Material { title: text("title"), link: text("link"), text: text("reading") };
    let result = trainings::add_material(&sent.visit.desk, which, (&material, fields.one("once"))).await;
    done((&sent, which.1, "title"), result, "saved").await
}

/// `POST /sessions/{training}/materials/{material}/removal`.
///
/// # Errors
/// Not found for everybody but whoever runs it.
pub async fn destroy_material(
    Path((training, material)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let which = whose(&sent, &training)?;
    let material: MaterialId = material.parse().map_err(|_| Problem::NotFound)?;
    let result = trainings::remove_material(&sent.visit.desk, which, material).await;
    done((&sent, which.1, "title"), result, "removed").await
}

/// "Fri 27 Nov, 10:30, 10 min".
pub(super) fn when(visit: &Visit, training: &Training) -> String {
    let slot = &training.planned.slot;
    format!("{}, {}", time_words(visit.desk.frame.calendar.local(slot.starts)), kit::length(slot))
}
