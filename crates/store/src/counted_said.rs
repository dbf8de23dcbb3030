//! What was said of sessions, for a release: numbers by session, and how often the same people answered. It leaves only for the
//! program's own job, and no person, session or practitioner goes with what is kept of it (R-REL-23, R-REL-24).

use std::collections::BTreeMap;

use domain::ids::{PersonId, TrainingId};
use domain::training_said::{Choice, Counts, OPEN, Statement};
use jiff::{Timestamp, ToSpan};
use policies::acts::MakeRelease;
use policies::permit::Permit;
use uuid::Uuid;

use crate::counted::Between;
use crate::db::{Db, Fault, of, seconds};
use crate::row::row;

/// What was said at one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtSession {
    /// Who ran it: so that it is not about them, and for nothing else.
    pub runner: PersonId,
    /// How many have said something of it.
    pub people: u64,
    /// Each statement, with how often each choice was made.
    pub counts: Vec<(Statement, Counts)>,
}

/// Everything that was said of sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Session by session, none of them named.
    pub sessions: Vec<AtSession>,
    /// Of how many of them each of those who said something did; nobody is named.
    pub often: Vec<u64>,
}

row! {
    struct CountRow {
        training: Uuid,
        runner: Uuid,
        statement: String,
        choice: String,
        times: i64,
    }
}

row! {
    struct PersonRow {
        training: Uuid,
        person: Uuid,
    }
}

/// What was said of sessions of which nobody could say anything any more since an instant and by another: each session is in one such
/// time and in no other.
///
/// # Errors
/// A fault of the database.
pub async fn said(db: &Db, permit: &Permit<MakeRelease>, (from, until): Between) -> Result<Said, Fault> {
    let ended = |at: Timestamp| seconds(at.saturating_sub(OPEN.seconds()).unwrap_or(at));
    let values = || [of(permit.institution()), ended(from), ended(until)];
    let sql = "SELECT t.id AS training, t.runner AS runner, s.statement AS statement, s.choice AS choice, s.times AS times \
               FROM training t JOIN training_said s ON s.institution = t.institution AND s.training = t.id \
               WHERE t.institution = $1 AND t.starts_at + t.length * 60 > $2 AND t.starts_at + t.length * 60 <= $3 \
               ORDER BY t.id, s.statement, s.choice";
    let mut all: BTreeMap<TrainingId, AtSession> = BTreeMap::new();
    for row in db.all::<CountRow, 3>(sql, values()).await? {
        let runner = PersonId(row.runner);
        let none = || Statement::ALL.iter().map(|one| (*one, Counts::default())).collect();
        let fresh = || AtSession { runner, people: 0, counts: none() };
        let choice = Choice::from_code(&row.choice).ok_or(Fault::Unreadable("choice"))?;
        let times = u64::try_from(row.times).map_err(|_| Fault::Unreadable("times"))?;
        let one = all.entry(TrainingId(row.training)).or_insert_with(fresh);
        for (statement, counts) in &mut one.counts {
            if statement.code() == row.statement {
                counts.add(choice, times);
            }
        }
    }
    let sql = "SELECT t.id AS training, a.person AS person FROM training t \
               JOIN attendance a ON a.institution = t.institution AND a.training = t.id \
               WHERE t.institution = $1 AND a.said AND t.starts_at + t.length * 60 > $2 AND t.starts_at + t.length * 60 <= $3 \
               ORDER BY t.id, a.person";
    let mut often: BTreeMap<PersonId, u64> = BTreeMap::new();
    for row in db.all::<PersonRow, 3>(sql, values()).await? {
        *often.entry(PersonId(row.person)).or_default() += 1;
        if let Some(one) = all.get_mut(&TrainingId(row.training)) {
            one.people += 1;
        }
    }
    let mut often: Vec<u64> = often.into_values().collect();
    often.sort_unstable();
    Ok(Said { sessions: all.into_values().collect(), often })
}
