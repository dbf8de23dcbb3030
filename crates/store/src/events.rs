//! What happened: every change writes one event in its own transaction, and an entry of the audit log. In a thread people are
//! numbers, and times are days.

use domain::ids::{EventId, ThreadId, TrackId};
use domain::required::Seat;
use domain::support::Party;
use jiff::Timestamp;
use policies::acts::Act;
use policies::permit::{By, Permit};

use crate::audit::{self, What};
use crate::db::{Db, Fault, id, maybe_id, of, seconds};
use crate::required::holder;

const DAY_SECONDS: i64 = 86_400;

/// What an event says beside the act: where it happened and when.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// A fresh identifier.
    pub id: EventId,
    /// When.
    pub at: Timestamp,
}

/// Records an act outside a thread. `detail` holds ids and settings, never names or words.
///
/// # Errors
/// A fault of the database.
pub async fn record<A: Act>(db: &Db, permit: &Permit<A>, stamp: Stamp, detail: &str) -> Result<(), Fault> {
    let person = match permit.by() {
        By::Person(person) => Some(person),
        By::Job(_) | By::CommandLine | By::SetUp => None,
    };
    let sql = "INSERT INTO event (institution, id, at, act, person, thread, number, detail) \
               VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6)";
    let values =
        [of(permit.institution()), id(stamp.id), seconds(stamp.at), A::NAME.into(), maybe_id(person), detail.into()];
    db.run(sql, values).await?;
    audit::append(db, permit.institution(), (A::NAME, What::Act(person, detail), stamp.at)).await
}

/// Records an act in a thread: who is the participant's number.
///
/// # Errors
/// A fault of the database.
pub async fn in_thread<A: Act>(
    db: &Db,
    permit: &Permit<A>,
    stamp: Stamp,
    (thread, party): (Option<ThreadId>, Party),
) -> Result<(), Fault> {
    numbered(db, permit, stamp, (thread, party.number().into())).await
}

/// Records an act on a track: who is the number of one of the three.
///
/// # Errors
/// A fault of the database.
pub async fn in_track<A: Act>(
    db: &Db,
    permit: &Permit<A>,
    stamp: Stamp,
    (track, seat): (TrackId, Seat),
) -> Result<(), Fault> {
    numbered(db, permit, stamp, (Some(holder(track)), seat.number())).await
}

async fn numbered<A: Act>(
    db: &Db,
    permit: &Permit<A>,
    stamp: Stamp,
    (thread, number): (Option<ThreadId>, i64),
) -> Result<(), Fault> {
    let sql = "INSERT INTO event (institution, id, at, act, person, thread, number, detail) \
               VALUES ($1, $2, $3, $4, NULL, $5, $6, '')";
    let values = [
        of(permit.institution()),
        id(stamp.id),
        // By the day: when somebody does something in a thread is nobody's matter.
        (stamp.at.as_second().div_euclid(DAY_SECONDS) * DAY_SECONDS).into(),
        A::NAME.into(),
        maybe_id(thread),
        number.into(),
    ];
    db.run(sql, values).await?;
    audit::append(db, permit.institution(), (A::NAME, What::InThread(thread, number), stamp.at)).await
}
