//! Busy times for the calendar a person keeps elsewhere: a private feed, and invitations by mail to those who want them.
//! Whoever adds something that takes a person's time adds it to [`busy`]. Rules R-CAL-1 to R-CAL-8.

use std::collections::HashMap;

use domain::calendar::{Busy, Invitation, Method, span};
use domain::ids::{MeetingId, ThreadId};
use domain::meetings::State;
use domain::required::Seat;
use domain::support::{Party, Slot};
use jiff::Timestamp;
use policies::Permit;
use policies::acts::{
    CloseCalendarFeed, OpenCalendarFeed, ReadCalendarFeed, SeeOwnAccount, SeeReported, SeeThread, SeeTrack,
    SetPreferences,
};
use policies::facts::{AccountFacts, PersonFacts, ThreadFacts};
use sealing::Layer;
use store::calendar::{self, Invites, Kept};
use store::{Db, Fault, events, facts, seats};

use crate::accounts::Visitor;
use crate::chance::{digest, secret};
use crate::desk::{Desk, Never, Stop};
use crate::threads::whose;
use crate::training_people;

/// What somebody has chosen for their own calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// Since when the feed has its address; `None` when it is off.
    pub since: Option<Timestamp>,
    /// Whether invitations come by mail.
    pub by_mail: bool,
}

fn account(desk: &Desk, who: &PersonFacts) -> AccountFacts {
    facts::account(&desk.frame.programme.facts, who.id)
}

/// What one has chosen for one's own calendar.
///
/// # Errors
/// Denied for anybody who is not active.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let permit = desk.permit::<SeeOwnAccount>(who, &account(desk, who), &())?;
    let db = desk.read();
    Ok(Own { since: calendar::since(&db, &permit).await?, by_mail: calendar::by_mail(&db, &permit).await? })
}

/// Switches one's own feed on, or gives it a new address: the one there was stops at once. The address's secret is handed
/// out here and never again (R-CAL-1).
///
/// # Errors
/// A fault of the database.
pub async fn open(desk: &Desk, visitor: &Visitor) -> Result<String, Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<OpenCalendarFeed>(&who, &account(desk, &who), &())?;
    let token = secret(desk.house.chance.as_ref());
    calendar::open(&db, &permit, &digest(&token), (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(token)
}

/// Switches one's own feed off (R-CAL-1).
///
/// # Errors
/// A fault of the database.
pub async fn close(desk: &Desk, visitor: &Visitor) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<CloseCalendarFeed>(&who, &account(desk, &who), &())?;
    calendar::close(&db, &permit, desk.now).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Chooses whether one's own times come by mail from now on (R-CAL-5).
///
/// # Errors
/// A fault of the database.
pub async fn choose(desk: &Desk, visitor: &Visitor, by_mail: bool) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<SetPreferences>(&who, &account(desk, &who), &())?;
    calendar::choose(&db, &permit, by_mail).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// A feed, by its address: what the person's calendar program reads. Whoever brings the address acts as the person, in this
/// one act (R-CAL-1).
///
/// # Errors
/// Denied for an address that is none, was one, or is of an account that is off.
pub async fn read(desk: &Desk, token: &str) -> Result<String, Stop<Never>> {
    let db = desk.read();
    let owner = calendar::owner(&db, desk.institution(), &digest(token)).await?.ok_or(Stop::Denied)?;
    let who = desk.person(&db, owner).await?;
    let permit = desk.permit::<ReadCalendarFeed>(&who, &account(desk, &who), &())?;
    Ok(domain::calendar::feed(&busy(desk, (&db, &permit), (&who, token)).await?, desk.now))
}

/// What a time is called in one feed: made with the address's secret, which nobody keeps, so that nothing in two feeds, and
/// nothing in the database, leads from one to the other (R-CAL-2).
fn uid(token: &str, what: &str) -> String {
    Layer::blinded(token.as_bytes(), &format!("calendar/{what}"))
}

/// Every time at which somebody is busy, from whatever source: the one place to add another.
async fn busy(
    desk: &Desk,
    (db, permit): (&Db, &Permit<ReadCalendarFeed>),
    (who, token): (&PersonFacts, &str),
) -> Result<Vec<Busy>, Stop<Never>> {
    let mut all = Vec::new();
    for (meeting, slot) in meetings(desk, (db, permit), who).await? {
        all.push(Busy { uid: uid(token, &format!("meeting/{meeting}")), slot });
    }
    for one in training_people::busy(desk, who, span(desk.now)).await? {
        all.push(Busy { uid: uid(token, &format!("training/{}", one.id)), slot: one.slot });
    }
    for (meeting, slot) in openings(desk, (db, permit), who).await? {
        all.push(Busy { uid: uid(token, &format!("meeting/{meeting}")), slot });
    }
    Ok(all)
}

/// The opening conversations of required support to which somebody goes, as one of the three: the gate is asked of each (R-CAL-3,
/// R-REQ-7).
async fn openings(
    desk: &Desk,
    (db, permit): (&Db, &Permit<ReadCalendarFeed>),
    who: &PersonFacts,
) -> Result<Vec<(MeetingId, Slot)>, Fault> {
    let mut found = Vec::new();
    for one in seats::openings(db, permit, (span(desk.now), desk.now)).await? {
        let Some(facts) = facts::track(db, &desk.frame.programme.facts, one.track).await? else { continue };
        let may = match one.seat {
            Seat::Manager => desk.permit::<SeeReported>(who, &facts, &()).is_ok(),
            Seat::Teacher | Seat::Practitioner => desk.permit::<SeeTrack>(who, &facts, &()).is_ok(),
        };
        if may {
            found.push((one.meeting, one.slot));
        }
    }
    Ok(found)
}

/// One's own meetings and nobody else's (R-CAL-7), in threads that one may see as things stand: the gate is asked of each
/// (R-CAL-3).
async fn meetings(
    desk: &Desk,
    (db, permit): (&Db, &Permit<ReadCalendarFeed>),
    who: &PersonFacts,
) -> Result<Vec<(MeetingId, Slot)>, Fault> {
    let (mut seen, mut found) = (HashMap::new(), Vec::new());
    for (thread, meeting, slot) in calendar::meetings(db, permit, span(desk.now)).await? {
        let may = match seen.get(&thread) {
            Some(may) => *may,
            None => {
                let facts = facts::thread(db, &desk.frame.programme.facts, thread).await?;
                let may = facts.is_some_and(|facts| desk.permit::<SeeThread>(who, &facts, &()).is_ok());
                seen.insert(thread, may);
                may
            }
        };
        if may {
            found.push((meeting, slot));
        }
    }
    Ok(found)
}

/// Whether somebody of a thread hears of its times: on, and not kept out by the gate as things stand.
async fn hears<A: Invites>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    (facts, party): (&ThreadFacts, Party),
) -> Result<bool, Fault> {
    let who = store::facts::person(db, permit.institution(), whose(facts, party)).await?;
    Ok(who.is_some_and(|who| desk.permit::<SeeThread>(&who, facts, &()).is_ok()))
}

/// Tells one person's calendar of a time, in a mail of their own.
async fn tell<A: Invites>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    (facts, party): (&ThreadFacts, Party),
    time: Invitation,
) -> Result<(), Fault> {
    if hears(desk, (db, permit), (facts, party)).await? {
        let when = (&desk.frame.calendar, desk.now, desk.ids());
        calendar::write(db, permit, (whose(facts, party), &time), when).await?;
    }
    Ok(())
}

/// The parties in the order in which what is kept of a meeting stands.
const PARTIES: [Party; 2] = [Party::Teacher, Party::Practitioner];

/// Tells the calendars of those who want it of a time just booked, in the place of another one or not; to each under a name
/// of its own (R-CAL-5, R-CAL-6). Whoever has chosen otherwise since the other one loses it.
pub(crate) async fn booked<A: Invites>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    facts: &ThreadFacts,
    (meeting, slot, replaces): (MeetingId, Slot, Option<MeetingId>),
) -> Result<(), Fault> {
    let before = match replaces {
        None => None,
        Some(old) => {
            let moved = calendar::kept(db, permit, (facts.thread, State::Moved)).await?;
            moved.into_iter().find(|(one, ..)| *one == old).map(|(.., kept)| kept)
        }
    };
    let mut kept = match before {
        Some(kept) => Kept { sequence: kept.sequence.saturating_add(1), ..kept },
        None => Kept::fresh()?,
    };
    for ((party, uid), told) in PARTIES.into_iter().zip(kept.names).zip(&mut kept.told) {
        let wants = calendar::wants(db, permit, whose(facts, party)).await?;
        let method = if wants { Method::Request } else { Method::Cancel };
        if wants || *told {
            let time = Invitation { uid, method, sequence: kept.sequence, slot };
            tell(desk, (db, permit), (facts, party), time).await?;
        }
        *told = wants;
    }
    calendar::keep(db, permit, (facts.thread, meeting), &kept).await
}

/// Takes the times of a thread that were called off, or that ended with it, out of the calendars that were told of them.
pub(crate) async fn called_off<A: Invites>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    thread: ThreadId,
) -> Result<(), Fault> {
    let Some(facts) = facts::thread(db, &desk.frame.programme.facts, thread).await? else { return Ok(()) };
    let off = calendar::kept(db, permit, (thread, State::CalledOff)).await?;
    for (meeting, slot, kept) in off.into_iter().filter(|(.., kept)| kept.told.contains(&true)) {
        for ((party, uid), _) in PARTIES.into_iter().zip(kept.names).zip(kept.told).filter(|(_, told)| *told) {
            let sequence = kept.sequence.saturating_add(1);
            let time = Invitation { uid, method: Method::Cancel, sequence, slot };
            tell(desk, (db, permit), (&facts, party), time).await?;
        }
        calendar::keep(db, permit, (thread, meeting), &Kept { told: [false; 2], ..kept }).await?;
    }
    Ok(())
}
