//! Required support: a line manager's list and form, and the page of a track, for each of the three as much as is theirs.

use actions::Stop;
use actions::required::{self, Require, View as Sight};
use actions::tracks;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{MeetingId, PersonId, ThemeId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::required::{Plan, Questioned, Reason, RequiredRefused};
use domain::support::{Slot, SupportRefused};
use jiff::civil::{Date, Time};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::required_view::View;
use crate::pages::{required_form, required_two};
use crate::visit::{Visit, on_to};

fn track_id(text: &str) -> Result<TrackId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /required`: a line manager's own list.
///
/// # Errors
/// Not found for whoever requires nothing of anybody.
pub async fn index(visit: Visit) -> Result<Response, Problem> {
    let seen = required::requiring(&visit.desk, &visit.visitor.person).await?;
    Ok(required_form::list(&visit, &seen).into_response())
}

/// `GET /required/new`.
///
/// # Errors
/// Not found for whoever cannot require support.
pub async fn new(visit: Visit) -> Result<Response, Problem> {
    form(&visit, (StatusCode::OK, &[], &Fields::default(), false)).await
}

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a Fields, bool);

async fn form(visit: &Visit, (status, wrong, typed, last): Wrong<'_>) -> Result<Response, Problem> {
    let who = &visit.visitor.person;
    let seen = required::requiring(&visit.desk, who).await?;
    let themes = actions::directory::themes(&visit.desk, who).await?;
    let share = actions::ceiling::published(&visit.desk).await.map_err(|fault| Problem::Fault(fault.into()))?;
    let shown = required_form::Form { visit, seen: &seen, themes: &themes, share, wrong, typed, last };
    Ok((status, shown.page()).into_response())
}

fn plan(fields: &Fields) -> Plan {
    // What cannot be read is refused like what is too little.
    Plan { meetings: fields.read("meetings").unwrap_or(0), length: Minutes(fields.read("length").unwrap_or(0)) }
}

/// At which field of the form a refusal belongs.
const fn field(refused: &RequiredRefused) -> &'static str {
    match refused {
        RequiredRefused::NoTeacher | RequiredRefused::AlreadyOn => "teacher",
        RequiredRefused::NoReason => "reason",
        RequiredRefused::EmptyScope | RequiredRefused::Long(_) => "scope",
        RequiredRefused::Plan | RequiredRefused::OverCeiling => "meetings",
        RequiredRefused::LastResort => "read",
        _ => "require",
    }
}

/// `POST /required`.
///
/// # Errors
/// Not found for everybody but the line manager of whom it names.
pub async fn create(sent: Sent) -> Result<Response, Problem> {
    let (visit, fields) = (&sent.visit, &sent.fields);
    let (teacher, reason) = (fields.read::<PersonId>("teacher"), Reason::from_code(fields.one("reason")));
    let missing = [(teacher.is_none(), RequiredRefused::NoTeacher), (reason.is_none(), RequiredRefused::NoReason)];
    let wrong: Vec<_> =
        missing.iter().filter(|(is, _)| *is).map(|(_, refused)| (field(refused), refused.to_string())).collect();
    let (Some(teacher), Some(reason)) = (teacher, reason) else {
        return form(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, fields, false)).await;
    };
    let require = Require {
        teacher,
        reason,
        themes: fields.read_all::<ThemeId>("theme"),
        plan: plan(fields),
        text: fields.one("scope").to_owned(),
        read: fields.ticked("read"),
    };
    match required::start(&visit.desk, visit.visitor.person.id, (&require, fields.one("once"))).await {
        Ok(track) => Ok(on_to(&format!("/required/{track}"), "required")),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let (wrong, last) = ([(field(&refused), refused.to_string())], refused == RequiredRefused::LastResort);
            form(visit, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, fields, last || fields.ticked("read"))).await
        }
    }
}

/// `GET /required/{track}`.
///
/// # Errors
/// Not found for everybody but the three.
pub async fn show(visit: Visit, Path(track): Path<String>) -> Result<Response, Problem> {
    shown(&visit, track_id(&track)?, (StatusCode::OK, &[], &Fields::default())).await
}

async fn shown(
    visit: &Visit,
    track: TrackId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let who = &visit.visitor.person;
    let page = match required::see(&visit.desk, who, track).await? {
        Sight::Manager(reported) => View { visit, common: &reported.common, wrong, typed }.manager(&reported),
        Sight::Two(seen) => {
            let choices = match required::choices(&visit.desk, who, track).await {
                Ok(found) => found,
                Err(Stop::Denied) => Vec::new(),
                Err(stop) => return Err(stop.into()),
            };
            let view = View { visit, common: &seen.track.common, wrong, typed };
            required_two::page_of(&view, (&seen, &choices))
        }
    };
    Ok((status, page).into_response())
}

/// Goes on after an act, or shows the track again with what is wrong.
async fn done(
    (sent, track, field): (&Sent, TrackId, &str),
    result: Result<(), Stop<RequiredRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/required/{track}"), said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let stale = refused == RequiredRefused::Stale;
            // What is over has no field any more.
            let field = if refused == RequiredRefused::Over { "track" } else { field };
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            shown(&sent.visit, track, (status, &[(field, refused.to_string())], &sent.fields)).await
        }
    }
}

fn from(sent: &Sent, track: TrackId) -> (PersonId, TrackId) {
    (sent.visit.visitor.person.id, track)
}

/// `POST /required/{track}/practitioner`.
///
/// # Errors
/// Not found for everybody but the teacher, and for whoever cannot be chosen.
pub async fn update_practitioner(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let result = match sent.fields.read::<PersonId>("practitioner") {
        None => Err(RequiredRefused::NobodyChosen.into()),
        Some(to) => {
            let chosen = (track, to, sent.fields.one("once"));
            required::choose(&sent.visit.desk, sent.visit.visitor.person.id, chosen).await.map(drop)
        }
    };
    done((&sent, track, "practitioner"), result, "chosen").await
}

/// The time that was typed for the opening conversation.
fn slot(visit: &Visit, fields: &Fields) -> Result<Slot, RequiredRefused> {
    let late = || RequiredRefused::Support(SupportRefused::TooFarAhead);
    let day: Date = fields.read("day").ok_or(RequiredRefused::NoOpening)?;
    let time: Time = fields.read("time").ok_or(RequiredRefused::NoOpening)?;
    if (day - visit.desk.today()).get_days() > 400 {
        return Err(late());
    }
    let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
    let starts = visit.desk.frame.calendar.instant(day, minute).map_err(|_| late())?;
    Ok(Slot { starts, length: Minutes(fields.read("length").unwrap_or(45)) })
}

/// `POST /required/{track}/opening`.
///
/// # Errors
/// Not found for everybody but the practitioner.
pub async fn create_opening(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    match slot(&sent.visit, &sent.fields) {
        Ok(slot) => {
            let result = tracks::offer_opening(&sent.visit.desk, from(&sent, track), &slot).await;
            done((&sent, track, "opening"), result, "opening").await
        }
        Err(refused) => {
            let words = match refused {
                RequiredRefused::NoOpening => "Give a day and a time, such as 24 November 2026 and 10:30.".to_owned(),
                other => other.to_string(),
            };
            let wrong = [("opening", words)];
            shown(&sent.visit, track, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await
        }
    }
}

/// `POST /required/{track}/opening/answer`.
///
/// # Errors
/// Not found for everybody but the teacher and the line manager of today.
pub async fn update_opening(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let meeting = sent.fields.read::<MeetingId>("meeting").ok_or(Problem::NotFound)?;
    let suits = sent.fields.one("suits") == "yes";
    let result = tracks::answer_opening(&sent.visit.desk, from(&sent, track), (meeting, suits)).await;
    done((&sent, track, "opening"), result, "said").await
}

/// `POST /required/{track}/opening/outcome`.
///
/// # Errors
/// Not found for everybody but the practitioner.
pub async fn create_outcome(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let meeting = sent.fields.read::<MeetingId>("meeting").ok_or(Problem::NotFound)?;
    let outcome = if sent.fields.one("outcome") == "held" { State::Held } else { State::Missed };
    let result = tracks::record_opening(&sent.visit.desk, from(&sent, track), (meeting, outcome)).await;
    done((&sent, track, "opening"), result, if outcome == State::Held { "held" } else { "missed" }).await
}

/// `POST /required/{track}/challenge`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create_challenge(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let what = Questioned::from_code(sent.fields.one("what"));
    let result = tracks::challenge(&sent.visit.desk, from(&sent, track), what).await;
    done((&sent, track, "challenge"), result, "questioned").await
}

/// `POST /required/{track}/revision`: a new version, or the answer that it stays.
///
/// # Errors
/// Not found for everybody but the line manager of today.
pub async fn create_revision(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (track, fields) = (track_id(&track)?, &sent.fields);
    let seen = fields.read("number").unwrap_or(0);
    let result = if fields.one("answer") == "kept" {
        tracks::keep(&sent.visit.desk, from(&sent, track)).await
    } else {
        tracks::revise(&sent.visit.desk, from(&sent, track), (seen, plan(fields), fields.one("scope"))).await
    };
    done((&sent, track, "revision"), result, "saved").await
}

/// `POST /required/{track}/signal`.
///
/// # Errors
/// Not found for everybody but the three.
pub async fn update_signal(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let said = sent.fields.one("said") == "yes";
    let result = tracks::signal(&sent.visit.desk, from(&sent, track), said).await;
    done((&sent, track, "signal"), result, "saved").await
}

/// `POST /required/{track}/statement`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn update_statement(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let result = tracks::agree(&sent.visit.desk, from(&sent, track), sent.fields.one("statement")).await;
    done((&sent, track, "statement"), result, "stated").await
}

/// `POST /required/{track}/end`.
///
/// # Errors
/// Not found for everybody but the teacher, and while the college requires support.
pub async fn create_end(Path(track): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let track = track_id(&track)?;
    let result = tracks::end(&sent.visit.desk, from(&sent, track)).await;
    done((&sent, track, "track"), result, "saved").await
}
