//! How required support goes on: the opening conversation, scope and time, the three signals, the statement, the end. Rules
//! R-REQ-7 to R-REQ-10 and R-REQ-13.

use domain::hours::Purpose;
use domain::ids::{MeetingId, PersonId, ThemeId, TrackId};
use domain::meetings::State;
use domain::observations::Form;
use domain::people::Role;
use domain::required::{Answer, Ending, Plan, Questioned, RequiredRefused, Seat, below_ceiling, text};
use domain::support::{Slot, SupportRefused, check_offers};
use policies::Permit;
use policies::acts::{
    AgreeStatement, AnswerOpening, ChallengeTrack, EndTrack, OfferOpening, RecordOpening, ReviseTrack, SeeReported,
    SeeTrack, SignalConfident, SignalImproved, SignalSatisfied,
};
use policies::facts::{PersonFacts, TrackFacts};
use store::hours::NewEntry;
use store::mail::Causes;
use store::required::Track;
use store::tracks::{self, ChangesTrack, Ends, Signals};
use store::{Db, Fault, ceiling, events};

use crate::desk::{Desk, Stop};
use crate::required::facts_of;
use crate::threads::{diary, year_span};
use crate::{calendar, mail};

/// A change under way: what is known inside the unit of work.
struct Under<A: ChangesTrack> {
    db: Db,
    permit: Permit<A>,
    track: Track,
    facts: TrackFacts,
    me: PersonFacts,
}

/// Begins a change: the gate, then whether it is still on.
async fn change<A>(desk: &Desk, (who, track): (PersonId, TrackId)) -> Result<Under<A>, Stop<RequiredRefused>>
where
    A: ChangesTrack<With = ()>,
{
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts_of(desk, &db, track).await?;
    let permit = desk.permit::<A>(&me, &facts, &())?;
    let track = tracks::for_change(&db, &permit).await?;
    if track.common.ended.is_some() && !A::AFTER_THE_END {
        return Err(RequiredRefused::Over.into());
    }
    Ok(Under { db, permit, track, facts, me })
}

impl<A: ChangesTrack> Under<A> {
    /// Which of the two it is.
    fn seat(&self) -> Seat {
        if self.facts.teacher == self.me.id { Seat::Teacher } else { Seat::Practitioner }
    }

    /// These of the three hear that something is waiting, unless the gate keeps them out as things stand (R-MAI-2).
    async fn hear(&self, desk: &Desk, seats: &[Seat]) -> Result<(), Stop<RequiredRefused>>
    where
        A: Causes,
    {
        for seat in seats {
            let whom = match seat {
                Seat::Teacher => Some(self.facts.teacher),
                Seat::Practitioner => self.facts.practitioner,
                Seat::Manager => self.facts.manager,
            };
            let Some(whom) = whom else { continue };
            let person = desk.person::<RequiredRefused>(&self.db, whom).await?;
            let may = match seat {
                Seat::Manager => desk.permit::<SeeReported>(&person, &self.facts, &()).is_ok(),
                Seat::Teacher | Seat::Practitioner => desk.permit::<SeeTrack>(&person, &self.facts, &()).is_ok(),
            };
            if may {
                mail::waits(desk, &self.db, &self.permit, whom).await?;
            }
        }
        Ok(())
    }

    /// Writes the event and ends the unit of work.
    async fn done(self, desk: &Desk, seat: Seat) -> Result<(), Stop<RequiredRefused>> {
        events::in_track(&self.db, &self.permit, desk.stamp(), (self.permit.key(), seat)).await?;
        Ok(self.db.commit().await?)
    }
}

/// Proposes a time for the opening conversation of the three, in the place of an earlier one (R-REQ-7).
///
/// # Errors
/// A rule that says no; denied for everybody but the practitioner.
pub async fn offer_opening(desk: &Desk, from: (PersonId, TrackId), slot: &Slot) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<OfferOpening>(desk, from).await?;
    if !under.me.roles.has(Role::Practitioner) {
        return Err(RequiredRefused::Unreachable.into());
    }
    let opening = under.track.common.opening.as_ref();
    if opening.is_some_and(|opening| opening.state == State::Held) {
        return Err(RequiredRefused::Held.into());
    }
    check_offers(&[*slot], desk.now).map_err(RequiredRefused::from)?;
    let before = opening.filter(|opening| opening.state == State::Booked).map(|opening| opening.meeting);
    let diary = diary(desk, (&under.db, &under.permit), under.me.id, (slot, before)).await?;
    diary.book(slot, Form::Talk).map_err(RequiredRefused::from)?;
    tracks::offer_opening(&under.db, &under.permit, (desk.ids().fresh(), slot)).await?;
    under.hear(desk, &[Seat::Teacher, Seat::Manager]).await?;
    under.done(desk, Seat::Practitioner).await
}

/// Says whether the proposed time suits, as teacher or as line manager; a no calls it off, and it is free again (R-REQ-7).
///
/// # Errors
/// A rule that says no; denied for everybody else.
pub async fn answer_opening(
    desk: &Desk,
    from: (PersonId, TrackId),
    (meeting, suits): (MeetingId, bool),
) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<AnswerOpening>(desk, from).await?;
    let opening = under.track.common.opening.as_ref();
    let opening = opening.filter(|one| one.meeting == meeting && one.state == State::Booked);
    let opening = opening.ok_or(RequiredRefused::NoOpening)?;
    if opening.slot.starts <= desk.now {
        return Err(RequiredRefused::from(SupportRefused::Past).into());
    }
    let seat = if under.facts.teacher == under.me.id { Seat::Teacher } else { Seat::Manager };
    tracks::answer_opening(&under.db, &under.permit, (seat, suits)).await?;
    under.hear(desk, &[Seat::Practitioner]).await?;
    under.done(desk, seat).await
}

/// Says how the opening conversation went; its minutes go into the practitioner's hours (R-REQ-7, R-HRS-4).
///
/// # Errors
/// A rule that says no; denied for everybody but the practitioner.
pub async fn record_opening(
    desk: &Desk,
    from: (PersonId, TrackId),
    (meeting, outcome): (MeetingId, State),
) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<RecordOpening>(desk, from).await?;
    let opening = under.track.common.opening.as_ref().filter(|one| one.meeting == meeting);
    let opening = opening.ok_or(RequiredRefused::NoOpening)?;
    if opening.state == State::Booked && !opening.was_agreed {
        return Err(RequiredRefused::NotAgreed.into());
    }
    let state = opening.state.record(outcome, opening.slot.starts, desk.now).map_err(RequiredRefused::from)?;
    let themes: Vec<ThemeId> = under.track.common.themes.iter().map(|(theme, _)| *theme).collect();
    let (day, minutes) = (desk.frame.calendar.day(opening.slot.starts), opening.slot.length);
    let purposes = [Purpose::Required];
    let entry = NewEntry { id: desk.ids().fresh(), day, minutes, purposes: &purposes, themes: &themes, now: desk.now };
    let entry = (state == State::Held).then_some(&entry);
    tracks::record_opening(&under.db, &under.permit, (meeting, state), entry).await?;
    under.done(desk, Seat::Practitioner).await
}

/// Says that scope or time is not reasonable. The line manager is told what, and that one of the two says so; not which (R-REQ-8).
///
/// # Errors
/// A rule that says no; denied for everybody but the two.
pub async fn challenge(
    desk: &Desk,
    from: (PersonId, TrackId),
    what: Option<Questioned>,
) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<ChallengeTrack>(desk, from).await?;
    let what = what.ok_or(RequiredRefused::NothingChosen)?;
    if under.track.common.questioned().is_some() {
        return Err(RequiredRefused::AlreadyQuestioned.into());
    }
    let number = under.track.common.challenges.first().map_or(1, |latest| latest.number + 1);
    tracks::challenge(&under.db, &under.permit, (number, what, desk.today())).await?;
    under.hear(desk, &[Seat::Manager]).await?;
    let seat = under.seat();
    under.done(desk, seat).await
}

/// Keeps scope and time as they are, although they are questioned (R-REQ-8).
///
/// # Errors
/// A rule that says no; denied for everybody but the line manager of today.
pub async fn keep(desk: &Desk, from: (PersonId, TrackId)) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<ReviseTrack>(desk, from).await?;
    if under.track.common.questioned().is_none() {
        return Err(RequiredRefused::NothingQuestioned.into());
    }
    tracks::answer(&under.db, &under.permit, (Answer::Kept, desk.today())).await?;
    under.hear(desk, &[Seat::Teacher, Seat::Practitioner]).await?;
    under.done(desk, Seat::Manager).await
}

/// A new version of scope and time; earlier ones stay readable (R-REQ-3, R-REQ-8). `seen` is the version on the page.
///
/// # Errors
/// A rule that says no; denied for everybody but the line manager of today.
pub async fn revise(
    desk: &Desk,
    from: (PersonId, TrackId),
    (seen, plan, typed): (i64, Plan, &str),
) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<ReviseTrack>(desk, from).await?;
    let number = under.track.common.scope().map_or(0, |scope| scope.number);
    if number != seen {
        return Err(RequiredRefused::Stale.into());
    }
    plan.check()?;
    let text = text(typed, RequiredRefused::EmptyScope)?;
    let year = year_span(desk, desk.frame.calendar.day(under.track.common.began))?;
    let known = ceiling::planned(&under.db, &under.permit, (year.from, year.until)).await?;
    // Less than before always fits.
    if under.track.common.scope().is_none_or(|scope| plan.whole() > scope.plan.whole()) {
        below_ceiling(ceiling::share(&under.db, desk.institution()).await?, known, plan.whole())?;
    }
    tracks::revise(&under.db, &under.permit, (number + 1, desk.today()), (plan, &text)).await?;
    tracks::answer(&under.db, &under.permit, (Answer::Revised, desk.today())).await?;
    under.hear(desk, &[Seat::Teacher, Seat::Practitioner]).await?;
    under.done(desk, Seat::Manager).await
}

/// Says, or takes back, that it may end: each of the three for themselves. With the third it ends, and its thread with it, in the
/// same unit of work (R-REQ-9).
///
/// # Errors
/// A rule that says no; denied for everybody but the three.
pub async fn signal(desk: &Desk, from: (PersonId, TrackId), said: bool) -> Result<(), Stop<RequiredRefused>> {
    let facts = facts_of(desk, &desk.read(), from.1).await?;
    // The gate decides; this only says which of the three acts it is.
    if facts.teacher == from.0 {
        say::<SignalConfident>(desk, from, said).await
    } else if facts.manager == Some(from.0) {
        say::<SignalSatisfied>(desk, from, said).await
    } else {
        say::<SignalImproved>(desk, from, said).await
    }
}

async fn say<A>(desk: &Desk, from: (PersonId, TrackId), said: bool) -> Result<(), Stop<RequiredRefused>>
where
    A: Signals + Ends + Causes + ChangesTrack<With = ()>,
{
    let under = change::<A>(desk, from).await?;
    let before = under.track.signals;
    let now = before.with(A::SEAT, said.then(|| before.of(A::SEAT).unwrap_or(desk.today())));
    tracks::signal(&under.db, &under.permit, &now).await?;
    if now.all() {
        end_track(desk, &under, (from.1, Ending::Signals)).await?;
        under.hear(desk, &Seat::ALL).await?;
    }
    under.done(desk, A::SEAT).await
}

/// Ends it, and takes the times of its threads that were called off out of the calendars that were told of them (R-CAL-5).
async fn end_track<A>(desk: &Desk, under: &Under<A>, end: (TrackId, Ending)) -> Result<(), Fault>
where
    A: Ends + ChangesTrack,
{
    for thread in tracks::end(&under.db, &under.permit, end, desk.now).await? {
        calendar::called_off(desk, (&under.db, &under.permit), thread).await?;
    }
    Ok(())
}

/// Agrees the statement that the line manager reads from now on, in place of an earlier one (R-REQ-10).
///
/// # Errors
/// A rule that says no; denied for everybody but the teacher.
pub async fn agree(desk: &Desk, from: (PersonId, TrackId), typed: &str) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<AgreeStatement>(desk, from).await?;
    let text = text(typed, RequiredRefused::EmptyStatement)?;
    tracks::agree(&under.db, &under.permit, (&text, desk.today())).await?;
    under.hear(desk, &[Seat::Manager]).await?;
    under.done(desk, Seat::Teacher).await
}

/// Ends what the college requires no more: the teacher alone, where the model has become developmental (R-REQ-13).
///
/// # Errors
/// A rule that says no; denied for everybody but the teacher, and under every other model.
pub async fn end(desk: &Desk, from: (PersonId, TrackId)) -> Result<(), Stop<RequiredRefused>> {
    let under = change::<EndTrack>(desk, from).await?;
    end_track(desk, &under, (from.1, Ending::Teacher)).await?;
    under.hear(desk, &[Seat::Practitioner, Seat::Manager]).await?;
    under.done(desk, Seat::Teacher).await
}
