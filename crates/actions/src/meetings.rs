//! What became of a meeting: held, missed, how long; or called off.

use domain::hours::Purpose;
use domain::ids::{MeetingId, ThemeId};
use domain::meetings::{MeetingRefused, State, check_length};
use domain::minutes::Minutes;
use policies::acts::{CallOffMeeting, RecordMeeting};
use store::hours::{self, NewEntry};
use store::meetings;
use store::threads::Meeting;

use crate::calendar;
use crate::desk::{Desk, Stop};
use crate::threads::{Change, ThreadRefused, Under, change};

fn find<A: store::threads::ChangesThread>(under: &Under<A>, meeting: MeetingId) -> Result<&Meeting, MeetingRefused> {
    under.thread.meetings.iter().find(|one| one.id == meeting).ok_or(MeetingRefused::NotBooked)
}

/// Says how a meeting went. Held: its minutes go into the practitioner's record, once (R-HRS-4); missed: they do not.
/// May be said again to correct it.
///
/// # Errors
/// A rule that says no.
pub async fn record(
    desk: &Desk,
    from: Change,
    (meeting, outcome, length): (MeetingId, State, Minutes),
) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<RecordMeeting>(desk, from).await?;
    let found = find(&under, meeting)?;
    let state = found.state.record(outcome, found.slot.starts, desk.now)?;
    check_length(length)?;
    let day = desk.frame.calendar.day(found.slot.starts);
    let themes: Vec<ThemeId> = under.thread.themes.iter().map(|(theme, _)| *theme).collect();
    let purposes = [if under.facts.required { Purpose::Required } else { Purpose::OneToOne }];
    let entry =
        NewEntry { id: desk.ids().fresh(), day, minutes: length, purposes: &purposes, themes: &themes, now: desk.now };
    let entry = (state == State::Held).then_some(&entry);
    meetings::set_state(&under.db, &under.permit, meeting, state).await?;
    meetings::set_length(&under.db, &under.permit, meeting, length).await?;
    hours::enter_meeting(&under.db, &under.permit, meeting, entry).await?;
    store::threads::touch(&under.db, &under.permit).await?;
    under.done(desk).await
}

/// Calls a booked meeting off; either of the two may (R-MEE-6).
///
/// # Errors
/// A rule that says no.
pub async fn call_off(desk: &Desk, from: Change, meeting: MeetingId) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<CallOffMeeting>(desk, from).await?;
    if find(&under, meeting)?.state != State::Booked {
        return Err(MeetingRefused::NotBooked.into());
    }
    meetings::set_state(&under.db, &under.permit, meeting, State::CalledOff).await?;
    calendar::called_off(desk, (&under.db, &under.permit), under.thread.id).await?;
    store::threads::touch(&under.db, &under.permit).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}
