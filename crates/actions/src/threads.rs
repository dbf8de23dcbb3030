//! One thread: looking, offering and agreeing times, withdrawing, ending, opening again, changing to somebody else.

use domain::ids::{MeetingId, OfferId, PersonId, ThreadId};
use domain::meetings::{Diary, MeetingRefused, State};
use domain::observations::OfferFor;
use domain::people::Role;
use domain::period::academic_year;
use domain::support::{Manner, Party, Place, Request, Slot, Stage, SupportRefused, check_offers, weekly_on};
use jiff::civil::Date;
use policies::acts::{
    AcceptTime, AskForSupport, ChangePractitioner, EndSupport, OfferTimes, ProposeEnd, ReopenSupport, SeeThread,
    SeeTrack, SetSupportKind, WithdrawRequest,
};
use policies::facts::{PersonFacts, ThreadFacts};
use policies::{Denied, Permit};
use store::mail::Causes;
use store::meetings::{ReadsDiary, YearSpan};
use store::threads::{self, ChangesThread};
pub use store::threads::{Meeting, Offer, Participant, Thread};
use store::{Db, Fault, began, events, facts, meetings};

use crate::calendar;
use crate::desk::{Desk, Never, Stop};
use crate::looked;
use crate::mail;
use crate::support::begin;

/// A rule that says no in a thread.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThreadRefused {
    /// About the request.
    #[error(transparent)]
    Support(#[from] SupportRefused),
    /// About a meeting.
    #[error(transparent)]
    Meeting(#[from] MeetingRefused),
}

impl From<SupportRefused> for Stop<ThreadRefused> {
    fn from(refused: SupportRefused) -> Self {
        Self::Refused(refused.into())
    }
}

impl From<MeetingRefused> for Stop<ThreadRefused> {
    fn from(refused: MeetingRefused) -> Self {
        Self::Refused(refused.into())
    }
}

/// Whom a change comes from, to which thread, seen at which version (R-SUP-11).
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// Who.
    pub who: PersonId,
    /// Which thread.
    pub thread: ThreadId,
    /// The version on the page.
    pub version: i64,
}

/// A thread and which of the two looks at it.
#[derive(Debug)]
pub struct Seen {
    /// The thread.
    pub thread: Thread,
    /// Who looks.
    pub party: Party,
    /// Whether it can go on as things stand: not when the organisation chart or an account changed so that the gate keeps
    /// the other one out, and not when the practitioner has given the role up (R-SUP-2).
    pub other_reachable: bool,
    /// Whether whoever looks may ask the other one again, once it has ended.
    pub may_reopen: bool,
    /// Whether whoever looks sees the page of the required support it belongs to: not one who was chosen before somebody else.
    pub track_open: bool,
    /// Whether new times can be agreed: not in required support once the college requires none (R-REQ-13).
    pub may_agree: bool,
}

pub(crate) fn party(facts: &ThreadFacts, who: PersonId) -> Party {
    if facts.teacher == who { Party::Teacher } else { Party::Practitioner }
}

/// Who a party of a thread is.
pub(crate) const fn whose(facts: &ThreadFacts, party: Party) -> PersonId {
    match party {
        Party::Teacher => facts.teacher,
        Party::Practitioner => facts.practitioner,
    }
}

/// R-SUP-2: whether the two can go on as things stand, seen by one of them. Not when the gate keeps the other one out, nor
/// when its practitioner has given the role up.
pub(crate) fn reachable(desk: &Desk, (me, other): (&PersonFacts, &PersonFacts), facts: &ThreadFacts) -> bool {
    let practises = if party(facts, me.id) == Party::Teacher { other } else { me };
    practises.roles.has(Role::Practitioner) && desk.permit::<SeeThread>(other, facts, &()).is_ok()
}

/// Looks at a thread.
///
/// # Errors
/// Denied for everybody but the two.
pub async fn see(desk: &Desk, who: &PersonFacts, thread: ThreadId) -> Result<Seen, Stop<Never>> {
    let db = desk.read();
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<SeeThread>(who, &facts, &())?;
    let party = party(&facts, who.id);
    // First noted, then shown: nobody looks without its being noted (R-LOK-1).
    looked::at_thread(desk, &permit, party).await?;
    let other = desk.person::<Never>(&db, whose(&facts, party.other())).await?;
    let other_reachable = reachable(desk, (who, &other), &facts);
    let may_reopen = !facts.required
        && party == Party::Teacher
        && desk.permit::<AskForSupport>(who, &desk.frame.programme.facts, &other).is_ok();
    let thread = threads::see(&db, &permit).await?;
    let track = match thread.track {
        Some(track) => facts::track(&db, &desk.frame.programme.facts, track).await?,
        None => None,
    };
    let track_open = track.is_some_and(|track| desk.permit::<SeeTrack>(who, &track, &()).is_ok());
    let may_agree = desk.permit::<OfferTimes>(who, &facts, &()).is_ok();
    Ok(Seen { thread, party, other_reachable, may_reopen, track_open, may_agree })
}

/// A change under way: what is known inside the unit of work.
pub(crate) struct Under<A: ChangesThread> {
    pub(crate) db: Db,
    pub(crate) permit: Permit<A>,
    pub(crate) thread: Thread,
    pub(crate) party: Party,
    pub(crate) me: PersonFacts,
    pub(crate) facts: ThreadFacts,
}

/// Begins a change: the gate, then the version.
pub(crate) async fn change<A>(desk: &Desk, change: Change) -> Result<Under<A>, Stop<ThreadRefused>>
where
    A: ChangesThread<With = ()>,
{
    let db = desk.write().await?;
    let me = desk.person(&db, change.who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, change.thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<A>(&me, &facts, &())?;
    let thread = threads::for_change(&db, &permit).await?;
    if thread.version != change.version {
        return Err(SupportRefused::Stale.into());
    }
    Ok(Under { db, permit, thread, party: party(&facts, change.who), me, facts })
}

impl<A: ChangesThread> Under<A> {
    /// R-SUP-2: nothing new is agreed with somebody whom the gate keeps out of the thread as things stand, or when its
    /// practitioner has given the role up.
    async fn other_can_go_on(&self, desk: &Desk) -> Result<(), Stop<ThreadRefused>> {
        let other = desk.person::<ThreadRefused>(&self.db, whose(&self.facts, self.party.other())).await?;
        if reachable(desk, (&self.me, &other), &self.facts) { Ok(()) } else { Err(SupportRefused::Unreachable.into()) }
    }

    /// The other one hears that something is waiting, unless the gate keeps them out of the thread (R-MAI-2).
    pub(crate) async fn other_hears(&self, desk: &Desk) -> Result<(), Stop<ThreadRefused>>
    where
        A: Causes,
    {
        let other = whose(&self.facts, self.party.other());
        let facts = desk.person::<ThreadRefused>(&self.db, other).await?;
        if desk.permit::<SeeThread>(&facts, &self.facts, &()).is_ok() {
            mail::waits(desk, &self.db, &self.permit, other).await?;
        }
        Ok(())
    }

    /// Writes the event and ends the unit of work.
    pub(crate) async fn done(self, desk: &Desk) -> Result<(), Stop<ThreadRefused>> {
        events::in_thread(&self.db, &self.permit, desk.stamp(), (Some(self.thread.id), self.party)).await?;
        Ok(self.db.commit().await?)
    }
}

/// Offers the other one times, in place of earlier offers: for one more meeting or in the place of one (R-SUP-6, R-MEE-4).
/// What the two do then is agreed with the time (R-OBS-1, R-OBS-2).
///
/// # Errors
/// A rule that says no.
pub async fn offer(desk: &Desk, from: Change, (slots, what): (&[Slot], OfferFor)) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<OfferTimes>(desk, from).await?;
    under.thread.stage.still_on()?;
    under.other_can_go_on(desk).await?;
    check_offers(slots, desk.now)?;
    for slot in slots {
        domain::meetings::check_length(slot.length)?;
    }
    let (form, replaces) = match what {
        OfferFor::More(form) => (form, None),
        OfferFor::InPlaceOf(meeting) => (booked(&under.thread, meeting)?.form, Some(meeting)),
    };
    if under.party == Party::Practitioner {
        for slot in slots {
            diary(desk, (&under.db, &under.permit), under.facts.practitioner, (slot, replaces))
                .await?
                .book(slot, form)?;
        }
    }
    threads::clear_offers(&under.db, &under.permit).await?;
    for slot in slots {
        let offer = Offer { id: desk.ids().fresh(), by: under.party, slot: *slot, replaces, form };
        threads::offer(&under.db, &under.permit, &offer).await?;
    }
    threads::go_on(&under.db, &under.permit).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}

/// A meeting of the thread, while it is booked.
fn booked(thread: &Thread, meeting: MeetingId) -> Result<&Meeting, MeetingRefused> {
    let mut booked = thread.meetings.iter().filter(|one| one.state == State::Booked);
    booked.find(|one| one.id == meeting).ok_or(MeetingRefused::NotBooked)
}

/// The academic year around a day.
pub(crate) fn year_span(desk: &Desk, day: Date) -> Result<YearSpan, Fault> {
    let year = academic_year(day);
    let (first, last) = (Date::constant(year, 9, 1), Date::constant(year + 1, 8, 31));
    let midnight = |day: Date| desk.frame.calendar.instant(day, 0).map_err(|_| Fault::Unreadable("calendar"));
    Ok(YearSpan { first, last, from: midnight(first)?, until: midnight(Date::constant(year + 1, 9, 1))? })
}

/// The practitioner's diary around a time, read inside the unit of work.
pub(crate) async fn diary<A: ReadsDiary>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    practitioner: PersonId,
    (slot, replaces): (&Slot, Option<MeetingId>),
) -> Result<Diary, Fault> {
    let calendar = &desk.frame.calendar;
    let day = calendar.day(slot.starts);
    let booked = meetings::booked_around(db, permit, practitioner, (slot, replaces)).await?;
    let mut teaching = Vec::new();
    for (span, label) in meetings::teaching(db, desk.institution(), practitioner).await? {
        if calendar.is_working_day(day) {
            teaching
                .extend(weekly_on(calendar, std::iter::once(&span), day).into_iter().map(|slot| (slot, label.clone())));
        }
    }
    let year = year_span(desk, day)?;
    let (year, taken) = meetings::taken(db, permit, practitioner, (&year, replaces)).await?;
    Ok(Diary { booked, teaching, year, taken })
}

/// Agrees to a time the other one offered: the meeting is booked if the practitioner's diary has room for it, decided
/// inside this unit of work, so that of two who want the last hour one gets it (R-MEE-1, R-MEE-2).
///
/// # Errors
/// A rule that says no.
pub async fn accept(desk: &Desk, from: Change, offer: OfferId) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<AcceptTime>(desk, from).await?;
    under.thread.stage.still_on()?;
    under.other_can_go_on(desk).await?;
    let found = under.thread.offers.iter().find(|one| one.id == offer && one.by == under.party.other()).cloned();
    let offer = found.ok_or(SupportRefused::OfferGone)?;
    if offer.slot.starts <= desk.now {
        return Err(SupportRefused::Past.into());
    }
    let whose = under.facts.practitioner;
    let diary = diary(desk, (&under.db, &under.permit), whose, (&offer.slot, offer.replaces)).await?;
    diary.book(&offer.slot, offer.form).map_err(|refused| match under.party {
        Party::Practitioner => refused,
        // The teacher learns nothing of others, only that the time has gone.
        Party::Teacher => MeetingRefused::JustGone,
    })?;
    if let Some(old) = offer.replaces {
        meetings::set_state(&under.db, &under.permit, old, State::Moved).await?;
    }
    let fresh: MeetingId = desk.ids().fresh();
    meetings::book(&under.db, &under.permit, fresh, (&offer.slot, offer.form)).await?;
    let time = (fresh, offer.slot, offer.replaces);
    calendar::booked(desk, (&under.db, &under.permit), &under.facts, time).await?;
    threads::clear_offers(&under.db, &under.permit).await?;
    threads::set_stage(&under.db, &under.permit, Stage::Open, desk.now).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}

/// Takes a request back before it is answered. Whoever was asked sees only that there is nothing to do any more.
///
/// # Errors
/// A rule that says no.
pub async fn withdraw(desk: &Desk, from: Change) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<WithdrawRequest>(desk, from).await?;
    let stage = under.thread.stage.withdraw()?;
    threads::close(&under.db, &under.permit, stage, desk.now).await?;
    under.done(desk).await
}

/// Ends support: the teacher's own decision at any time (COA-12).
///
/// # Errors
/// A rule that says no.
pub async fn end(desk: &Desk, from: Change) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<EndSupport>(desk, from).await?;
    let stage = under.thread.stage.end()?;
    threads::close(&under.db, &under.permit, stage, desk.now).await?;
    calendar::called_off(desk, (&under.db, &under.permit), under.thread.id).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}

/// Proposes an end; the teacher decides.
///
/// # Errors
/// A rule that says no.
pub async fn propose_end(desk: &Desk, from: Change) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<ProposeEnd>(desk, from).await?;
    under.thread.stage.still_on()?;
    threads::propose_end(&under.db, &under.permit).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}

/// Opens what has ended again, unless the two are in touch elsewhere by now (R-SUP-4, R-SUP-10).
///
/// # Errors
/// A rule that says no.
pub async fn reopen(desk: &Desk, from: Change) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<ReopenSupport>(desk, from).await?;
    let stage = under.thread.stage.reopen()?;
    let other = desk.person(&under.db, under.facts.practitioner).await?;
    // Whoever may not be asked any more may not be gone back to either.
    let asking = desk.permit::<AskForSupport>(&under.me, &desk.frame.programme.facts, &other)?;
    if store::support::in_touch(&under.db, &asking).await?.is_some() {
        return Err(SupportRefused::AlreadyInTouch.into());
    }
    threads::set_stage(&under.db, &under.permit, stage, desk.now).await?;
    under.other_hears(desk).await?;
    under.done(desk).await
}

/// Sets the kind of support and the place (REF-04, REF-09, REF-10).
///
/// # Errors
/// A rule that says no.
pub async fn set_kind(
    desk: &Desk,
    from: Change,
    (manner, place): (Manner, Option<Place>),
) -> Result<(), Stop<ThreadRefused>> {
    let under = change::<SetSupportKind>(desk, from).await?;
    under.thread.stage.still_on()?;
    manner.check()?;
    threads::set_kind(&under.db, &under.permit, manner, place).await?;
    under.done(desk).await
}

/// Changes to another practitioner without a reason: the old thread ends as any other, a new one begins. What
/// was tapped when asking goes along, nothing else does (R-SUP-9).
///
/// # Errors
/// A rule that says no.
pub async fn change_practitioner(
    desk: &Desk,
    from: Change,
    (to, once): (PersonId, &str),
) -> Result<ThreadId, Stop<ThreadRefused>> {
    let db = desk.write().await?;
    let fresh: ThreadId = desk.once(from.who, once);
    if store::support::exists(&db, desk.institution(), fresh).await? {
        return Ok(fresh);
    }
    let me = desk.person(&db, from.who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, from.thread).await?.ok_or(Stop::Denied)?;
    let other = desk.person(&db, to).await?;
    let permit: Result<Permit<ChangePractitioner>, Denied> = desk.permit(&me, &facts, &other);
    let permit = permit?;
    let thread = threads::for_change(&db, &permit).await?;
    if thread.version != from.version {
        return Err(SupportRefused::Stale.into());
    }
    thread.stage.still_on()?;
    let request = Request {
        practitioner: to,
        themes: thread.themes.iter().map(|(theme, _)| *theme).collect(),
        why: thread.why,
        manner: thread.manner,
        place: thread.place,
        wish: None,
        began: began::of_left(&db, &permit).await?,
    };
    begin(desk, &db, &permit, (fresh, request)).await.map_err(Stop::widen)?;
    let stage = if thread.stage == Stage::Waiting { Stage::Withdrawn } else { Stage::Ended };
    let under = Under { db, permit, thread, party: Party::Teacher, me, facts };
    threads::close(&under.db, &under.permit, stage, desk.now).await?;
    calendar::called_off(desk, (&under.db, &under.permit), under.thread.id).await?;
    mail::waits(desk, &under.db, &under.permit, to).await?;
    if stage == Stage::Ended {
        under.other_hears(desk).await?;
    }
    events::in_thread(&under.db, &under.permit, desk.stamp(), (Some(fresh), Party::Teacher)).await?;
    under.done(desk).await?;
    Ok(fresh)
}
