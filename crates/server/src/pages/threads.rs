//! One thread: looking and acting. Each act is a small form; a rule that says no comes back to this page in words.

use actions::desk::Stop;
use actions::threads::{self, Change, ThreadRefused};
use actions::{meetings, words};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{MeetingId, OfferId, PersonId, ThreadId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::support::{Formality, Manner, Party, Place as Where, Slot, Span, SupportRefused};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::thread_view;
use crate::visit::{Visit, on_to};

fn thread_id(text: &str) -> Result<ThreadId, Problem> {
    text.parse().map_err(|_| Problem::NotFound)
}

/// `GET /support/{thread}`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn show(visit: Visit, Path(thread): Path<String>) -> Result<Response, Problem> {
    shown(&visit, thread_id(&thread)?, (StatusCode::OK, &[], &Fields::default())).await
}

/// The page, with what is wrong and what was typed.
pub(super) async fn shown(
    visit: &Visit,
    thread: ThreadId,
    (status, wrong, typed): (StatusCode, &[(&str, String)], &Fields),
) -> Result<Response, Problem> {
    let who = &visit.visitor.person;
    let seen = threads::see(&visit.desk, who, thread).await?;
    let other = if seen.party == Party::Teacher { seen.thread.practitioner.id } else { who.id };
    let all = actions::directory::see(&visit.desk, who).await?;
    let practitioner = all.into_iter().find(|one| one.id == other);
    let others = if seen.party == Party::Teacher {
        let themes: Vec<_> = seen.thread.themes.iter().map(|(theme, _)| *theme).collect();
        match actions::support::suggest(&visit.desk, who, &themes).await {
            Ok(found) => found.list.into_iter().filter(|one| one.practitioner.id != other).collect(),
            Err(Stop::Denied) => Vec::new(),
            Err(stop) => return Err(stop.into()),
        }
    } else {
        Vec::new()
    };
    let passed = actions::safeguarding::own(&visit.desk, who).await?;
    let before = if seen.party == Party::Teacher { words::before(&visit.desk, who, &seen.thread).await? } else { None };
    let view = thread_view::View {
        visit,
        seen: &seen,
        practitioner: practitioner.as_ref(),
        others: &others,
        before: before.as_ref(),
        passed: &passed,
        wrong,
        typed,
    };
    Ok((status, view.page()).into_response())
}

/// What an act comes from.
fn change(sent: &Sent, thread: &str) -> Result<Change, Problem> {
    let version = sent.fields.read("version").unwrap_or(0);
    Ok(Change { who: sent.visit.visitor.person.id, thread: thread_id(thread)?, version })
}

/// Goes on after an act, or shows the thread again with what is wrong.
async fn done(
    (sent, change, field): (&Sent, Change, &str),
    result: Result<(), Stop<ThreadRefused>>,
    said: &str,
) -> Result<Response, Problem> {
    match result {
        Ok(()) => Ok(on_to(&format!("/support/{}", change.thread), said)),
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let stale = refused == ThreadRefused::Support(SupportRefused::Stale);
            let status = if stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            shown(&sent.visit, change.thread, (status, &[(field, refused.to_string())], &sent.fields)).await
        }
    }
}

/// The times ticked and the one typed.
fn slots(visit: &Visit, fields: &Fields) -> Result<Vec<Slot>, (&'static str, String)> {
    let length = Minutes(fields.read("length").unwrap_or(45));
    let ticked = fields.read_all::<i64>("slot").into_iter().filter_map(|at| Timestamp::from_second(at).ok());
    let mut slots: Vec<Slot> = ticked.map(|starts| Slot { starts, length }).collect();
    let (day, time) = (fields.one("day"), fields.one("time"));
    if !day.is_empty() || !time.is_empty() {
        let sentence = || ("day", "Give a day and a time, such as 24 November 2026 and 10:30.".to_owned());
        let day: Date = day.parse().map_err(|_| sentence())?;
        let time: Time = time.parse().map_err(|_| sentence())?;
        if (day - visit.desk.today()).get_days() > 400 {
            return Err(("day", SupportRefused::TooFarAhead.to_string()));
        }
        let minute = i16::from(time.hour()) * 60 + i16::from(time.minute());
        let starts = visit.desk.frame.calendar.instant(day, minute).map_err(|gap| {
            (
                "day",
                format!(
                    "The clocks go forward that night: {} does not exist. Choose another time.",
                    domain::period::time_words(gap.0)
                ),
            )
        })?;
        slots.push(Slot { starts, length });
    }
    Ok(slots)
}

/// `POST /support/{thread}/offers`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create_offers(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    match slots(&sent.visit, &sent.fields) {
        Ok(slots) => {
            let form = Form::from_code(sent.fields.one("form")).unwrap_or(Form::Talk);
            let what = sent.fields.read::<MeetingId>("replaces").map_or(OfferFor::More(form), OfferFor::InPlaceOf);
            let result = threads::offer(&sent.visit.desk, change, (&slots, what)).await;
            done((&sent, change, "offers"), result, "offered").await
        }
        Err(wrong) => {
            shown(&sent.visit, change.thread, (StatusCode::UNPROCESSABLE_ENTITY, &[wrong], &sent.fields)).await
        }
    }
}

/// `POST /support/{thread}/acceptance`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create_acceptance(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let offer: OfferId = sent.fields.read("offer").ok_or(Problem::NotFound)?;
    let result = threads::accept(&sent.visit.desk, change, offer).await;
    done((&sent, change, "times"), result, "agreed").await
}

/// `POST /support/{thread}/withdrawal`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn create_withdrawal(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let result = threads::withdraw(&sent.visit.desk, change).await;
    done((&sent, change, "times"), result, "withdrawn").await
}

/// `POST /support/{thread}/end`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn create_end(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let result = threads::end(&sent.visit.desk, change).await;
    done((&sent, change, "times"), result, "ended").await
}

/// `POST /support/{thread}/end-proposal`.
///
/// # Errors
/// Not found for everybody but the practitioner.
pub async fn create_end_proposal(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let result = threads::propose_end(&sent.visit.desk, change).await;
    done((&sent, change, "times"), result, "proposed").await
}

/// `POST /support/{thread}/reopening`.
///
/// # Errors
/// Not found for everybody but the teacher.
pub async fn create_reopening(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let result = threads::reopen(&sent.visit.desk, change).await;
    done((&sent, change, "times"), result, "reopened").await
}

/// `POST /support/{thread}/kind`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn update_kind(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let fields = &sent.fields;
    let typed = fields.one("meetings");
    // A number that cannot be read is refused like one that is too large.
    let meetings = if typed.is_empty() { None } else { Some(typed.parse().unwrap_or(0)) };
    let manner = Manner {
        formality: Formality::from_code(fields.one("formality")).unwrap_or(Formality::Informal),
        span: Span::from_code(fields.one("span")).unwrap_or(Span::OneTouch),
        meetings,
    };
    let result = threads::set_kind(&sent.visit.desk, change, (manner, Where::from_code(fields.one("place")))).await;
    done((&sent, change, "meetings"), result, "kind").await
}

/// `POST /support/{thread}/practitioner`.
///
/// # Errors
/// Not found when the other one cannot be asked.
pub async fn update_practitioner(Path(thread): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let from = change(&sent, &thread)?;
    let Some(to) = sent.fields.read::<PersonId>("practitioner") else {
        let wrong = [("other", "Choose who you would like to work with instead.".to_owned())];
        return shown(&sent.visit, from.thread, (StatusCode::UNPROCESSABLE_ENTITY, &wrong, &sent.fields)).await;
    };
    match threads::change_practitioner(&sent.visit.desk, from, (to, sent.fields.one("once"))).await {
        Ok(fresh) => Ok(on_to(&format!("/support/{fresh}"), "changed")),
        Err(stop) => done((&sent, from, "other"), Err(stop), "changed").await,
    }
}

/// `POST /support/{thread}/meetings/{meeting}/outcome`.
///
/// # Errors
/// Not found for everybody but the practitioner.
pub async fn create_outcome(Path((thread, meeting)): Path<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let meeting: MeetingId = meeting.parse().map_err(|_| Problem::NotFound)?;
    let outcome = State::from_code(sent.fields.one("outcome")).ok_or(Problem::NotFound)?;
    let length = Minutes(sent.fields.read("length").unwrap_or(0));
    let result = meetings::record(&sent.visit.desk, change, (meeting, outcome, length)).await;
    done((&sent, change, "outcome"), result, if outcome == State::Held { "held" } else { "missed" }).await
}

/// `POST /support/{thread}/meetings/{meeting}/cancellation`.
///
/// # Errors
/// Not found for everybody but the two.
pub async fn create_cancellation(
    Path((thread, meeting)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    let change = change(&sent, &thread)?;
    let meeting: MeetingId = meeting.parse().map_err(|_| Problem::NotFound)?;
    let result = meetings::call_off(&sent.visit.desk, change, meeting).await;
    done((&sent, change, "times"), result, "called-off").await
}
