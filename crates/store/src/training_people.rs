//! Who comes to a session: read by whoever runs it and by the person alone (R-SES-8). No event says who.

use std::collections::BTreeMap;

use domain::ids::{AreaId, EntryId, InstitutionId, PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::support::Slot;
use jiff::Timestamp;
use policies::acts::{
    Act, CallOffTraining, ChangeTraining, ForgetThreads, PassTraining, RecordAttendance, RecordTraining,
    RemindOfTrainings, SeeAttendance, SeeOwnTrainings, SeeOwnWeek, SignUp, TakeSignUpBack,
};
use policies::facts::TrainingFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::hours::NewEntry;
use crate::people::Colleague;
use crate::row::row;

row! {
    struct Whom {
        person: Uuid,
        came: bool,
    }
}

/// Somebody who comes to a session, or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comes {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Areas.
    pub area: String,
    /// Whether it was said that they came.
    pub came: bool,
}

async fn coming(db: &Db, (institution, training): (InstitutionId, TrainingId)) -> Result<Vec<Whom>, Fault> {
    let sql = "SELECT person, came FROM attendance WHERE institution = $1 AND training = $2 AND NOT taken_out";
    let rows = db.all::<Whom, 2>(sql, [of(institution), id(training)]).await?;
    let chart = db.chart(institution).await?;
    // Whoever has left comes no more (R-SES-8).
    let here = |row: &Whom| chart.person(PersonId(row.person)).is_some_and(|one| one.active);
    Ok(rows.into_iter().filter(here).collect())
}

/// Who comes to the permit's session, by name; those above whom whoever runs it stands are left out (R-SES-8).
///
/// # Errors
/// A fault of the database.
pub async fn list(db: &Db, permit: &Permit<SeeAttendance>, runner: PersonId) -> Result<Vec<Comes>, Fault> {
    let rows = coming(db, (permit.institution(), permit.key())).await?;
    let chart = db.chart(permit.institution()).await?;
    let comes = |row: &Whom| {
        let one = chart.person(PersonId(row.person)).filter(|one| !chart.stands_above(runner, one.id))?;
        Some(Comes { person: one.id, name: one.name.clone(), area: one.areas_words(), came: row.came })
    };
    let mut all: Vec<Comes> = rows.iter().filter_map(comes).collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Colleagues whom whoever runs a session may add as having come: everybody at work but themselves and those below them.
///
/// # Errors
/// A fault of the database.
pub async fn may_add(db: &Db, permit: &Permit<SeeAttendance>, runner: PersonId) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let others = chart.people().iter().filter(|one| one.active && one.id != runner);
    let open = others.filter(|one| !chart.stands_above(runner, one.id));
    Ok(open.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect())
}

/// Signs the permit's person up, once.
///
/// # Errors
/// A fault of the database.
pub async fn sign_up(db: &Db, permit: &Permit<SignUp>, person: PersonId) -> Result<(), Fault> {
    let sql = "INSERT INTO attendance (institution, training, person, came) VALUES ($1, $2, $3, FALSE) ON CONFLICT DO NOTHING";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(person)]).await.map(drop)
}

/// Takes the permit's person out, whoever put them in.
///
/// # Errors
/// A fault of the database.
pub async fn take_out(db: &Db, permit: &Permit<TakeSignUpBack>, person: PersonId) -> Result<(), Fault> {
    let whose = [of(permit.institution()), id(permit.key()), id(person)];
    let sql = "DELETE FROM attendance WHERE institution = $1 AND training = $2 AND person = $3 AND NOT said";
    db.run(sql, whose.clone()).await?;
    // Who has said what it was like is on no list any more either, but cannot say it again (R-SES-17).
    let sql =
        "UPDATE attendance SET came = FALSE, taken_out = TRUE WHERE institution = $1 AND training = $2 AND person = $3";
    db.run(sql, whose).await.map(drop)
}

/// Says who of those on the list came: those named did, the others did not. When it was said first stays (R-REL-15).
///
/// # Errors
/// A fault of the database.
pub async fn set_came(
    db: &Db,
    permit: &Permit<RecordAttendance>,
    (came, now): (&[PersonId], Timestamp),
) -> Result<(), Fault> {
    let (institution, training) = (of(permit.institution()), id(permit.key()));
    let sql = "UPDATE training SET noted = TRUE WHERE institution = $1 AND id = $2";
    db.run(sql, [institution.clone(), training.clone()]).await?;
    let sql = "UPDATE attendance SET came = FALSE WHERE institution = $1 AND training = $2";
    db.run(sql, [institution.clone(), training.clone()]).await?;
    let sql = "UPDATE attendance SET came = TRUE, came_at = COALESCE(came_at, $4) \
               WHERE institution = $1 AND training = $2 AND person = $3 AND NOT taken_out";
    for person in came {
        db.run(sql, [institution.clone(), training.clone(), id(*person), seconds(now)]).await?;
    }
    Ok(())
}

/// Adds a colleague who came. Says whether they may be added.
///
/// # Errors
/// A fault of the database.
pub async fn add(
    db: &Db,
    permit: &Permit<RecordAttendance>,
    (runner, person): (PersonId, PersonId),
    now: Timestamp,
) -> Result<bool, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let here = chart.person(person).is_some_and(|one| one.active);
    if !here || person == runner || chart.stands_above(runner, person) {
        return Ok(false);
    }
    let sql = "INSERT INTO attendance (institution, training, person, came, came_at) VALUES ($1, $2, $3, TRUE, $4) \
               ON CONFLICT (institution, training, person) \
               DO UPDATE SET came = TRUE, taken_out = FALSE, came_at = COALESCE(attendance.came_at, excluded.came_at)";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(person), seconds(now)]).await?;
    Ok(true)
}

/// Forgets who came to sessions that began before an instant (R-SES-21); says whether there was somebody.
///
/// # Errors
/// A fault of the database.
pub async fn forget(db: &Db, permit: &Permit<ForgetThreads>, before: Timestamp) -> Result<bool, Fault> {
    let values = || [of(permit.institution()), seconds(before)];
    let sql = "SELECT person, came FROM attendance WHERE institution = $1 AND training IN \
                 (SELECT t.id FROM training t WHERE t.institution = $1 AND t.starts_at < $2) LIMIT 1";
    let found = db.first::<Whom, 2>(sql, values()).await?;
    if found.is_some() {
        let sql = "DELETE FROM attendance WHERE institution = $1 AND training IN \
                     (SELECT t.id FROM training t WHERE t.institution = $1 AND t.starts_at < $2)";
        db.run(sql, values()).await?;
    }
    Ok(found.is_some())
}

/// The acts after which those who signed up hear that something is waiting (R-SES-11).
pub trait Tells: Act<On = TrainingFacts> {}
impl Tells for CallOffTraining {}
impl Tells for ChangeTraining {}
impl Tells for PassTraining {}

/// Who is to hear of it.
///
/// # Errors
/// A fault of the database.
pub async fn to_tell<A: Tells>(db: &Db, permit: &Permit<A>) -> Result<Vec<PersonId>, Fault> {
    let rows = coming(db, (permit.institution(), permit.key())).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

row! {
    struct DueRow {
        id: Uuid,
        starts_at: i64,
        runner: Uuid,
    }
}

/// Sessions between two instants of which nobody was reminded, with who comes and who runs each (R-SES-12).
///
/// # Errors
/// A fault of the database.
pub async fn to_remind(
    db: &Db,
    permit: &Permit<RemindOfTrainings>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(TrainingId, Timestamp, Vec<PersonId>)>, Fault> {
    let sql = "SELECT id, starts_at, runner FROM training WHERE institution = $1 AND state = 'planned' AND NOT reminded \
               AND starts_at > $2 AND starts_at < $3 ORDER BY starts_at, id";
    let mut all = Vec::new();
    for row in db.all::<DueRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await? {
        let training = TrainingId(row.id);
        let coming = coming(db, (permit.institution(), training)).await?;
        let people = coming.into_iter().map(|one| PersonId(one.person)).chain([PersonId(row.runner)]).collect();
        all.push((training, instant(row.starts_at)?, people));
    }
    Ok(all)
}

/// Remembers that they were reminded.
///
/// # Errors
/// A fault of the database.
pub async fn reminded(db: &Db, permit: &Permit<RemindOfTrainings>, training: TrainingId) -> Result<(), Fault> {
    let sql = "UPDATE training SET reminded = TRUE WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(training)]).await.map(drop)
}

row! {
    struct OwnRow {
        training: Uuid,
        came: bool,
    }
}

/// The sessions one has signed up for or came to, and whether one came.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnTrainings>) -> Result<BTreeMap<TrainingId, bool>, Fault> {
    let sql = "SELECT training, came FROM attendance WHERE institution = $1 AND person = $2 AND NOT taken_out";
    let rows = db.all::<OwnRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(rows.into_iter().map(|row| (TrainingId(row.training), row.came)).collect())
}

/// The areas in which one works or which one looks after.
///
/// # Errors
/// A fault of the database.
pub async fn own_areas(db: &Db, permit: &Permit<SeeOwnTrainings>) -> Result<Vec<AreaId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let works = chart.person(permit.key()).into_iter().flat_map(crate::chart::Somebody::areas);
    let looks_after =
        chart.practice(permit.key()).into_iter().flat_map(|own| own.nominated.iter().map(|(area, _)| *area));
    Ok(works.chain(looks_after).collect())
}

/// A session in somebody's own time: run, or signed up for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Which.
    pub id: TrainingId,
    /// When.
    pub slot: Slot,
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// Whether one runs it.
    pub runs: bool,
}

row! {
    struct BusyRow {
        id: Uuid,
        starts_at: i64,
        length: i64,
        title: String,
        place: String,
        runs: bool,
    }
}

/// The sessions one runs or has signed up for that begin between two instants, called-off ones aside: for a calendar.
///
/// # Errors
/// A fault of the database.
pub async fn busy(
    db: &Db,
    permit: &Permit<SeeOwnTrainings>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Busy>, Fault> {
    let sql = "SELECT t.id, t.starts_at, t.length, t.title, t.place, (t.runner = $2) AS runs FROM training t \
               WHERE t.institution = $1 AND t.state <> 'called-off' AND t.starts_at >= $3 AND t.starts_at < $4 \
                 AND (t.runner = $2 OR t.id IN (SELECT training FROM attendance WHERE institution = $1 AND person = $2 AND NOT taken_out)) \
               ORDER BY t.starts_at, t.id";
    let values = [of(permit.institution()), id(permit.key()), seconds(from), seconds(until)];
    let rows = db.all::<BusyRow, 4>(sql, values).await?;
    let read = |row: BusyRow| {
        let slot = Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) };
        Ok(Busy { id: TrainingId(row.id), slot, title: row.title, place: row.place, runs: row.runs })
    };
    rows.into_iter().map(read).collect()
}

row! {
    struct CountRow {
        training: Uuid,
        person: Uuid,
    }
}

/// How many are coming to each session that one runs oneself and that is ahead: one's own work (R-SES-8).
///
/// # Errors
/// A fault of the database.
pub async fn own_counts(
    db: &Db,
    permit: &Permit<SeeOwnWeek>,
    now: Timestamp,
) -> Result<BTreeMap<TrainingId, usize>, Fault> {
    let sql = "SELECT a.training, a.person FROM training t JOIN attendance a ON a.institution = t.institution AND a.training = t.id \
               WHERE t.institution = $1 AND t.runner = $2 AND t.state = 'planned' AND t.starts_at > $3 AND NOT a.taken_out";
    let rows = db.all::<CountRow, 3>(sql, [of(permit.institution()), id(permit.key()), seconds(now)]).await?;
    let chart = db.chart(permit.institution()).await?;
    let mut counts = BTreeMap::new();
    for row in rows {
        let person = PersonId(row.person);
        let counts_here =
            chart.person(person).is_some_and(|one| one.active) && !chart.stands_above(permit.key(), person);
        *counts.entry(TrainingId(row.training)).or_insert(0) += usize::from(counts_here);
    }
    Ok(counts)
}

/// Enters a held session into the record of whoever runs it, in place of what was entered for it before (R-SES-10).
///
/// # Errors
/// A fault of the database.
pub async fn enter(
    db: &Db,
    permit: &Permit<RecordTraining>,
    (runner, entry): (PersonId, &NewEntry<'_>),
) -> Result<(), Fault> {
    let (institution, training) = (of(permit.institution()), id(permit.key()));
    let sql = "DELETE FROM hours_entry WHERE institution = $1 AND id IN \
               (SELECT entry FROM training_entry WHERE institution = $1 AND training = $2)";
    db.run(sql, [institution.clone(), training.clone()]).await?;
    crate::hours::insert(db, (permit.institution(), runner), entry).await?;
    let sql = "INSERT INTO training_entry (institution, training, entry) VALUES ($1, $2, $3)";
    db.run(sql, [institution, training, id(entry.id)]).await.map(drop)
}

/// An identifier's entry, if it came of a session: then it is changed there.
pub(crate) async fn is_of_training(db: &Db, (institution, entry): (InstitutionId, EntryId)) -> Result<bool, Fault> {
    let sql = "SELECT training AS person, TRUE AS came FROM training_entry WHERE institution = $1 AND entry = $2";
    Ok(db.first::<Whom, 2>(sql, [of(institution), id(entry)]).await?.is_some_and(|row| row.came))
}
