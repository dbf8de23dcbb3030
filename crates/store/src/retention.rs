//! What is deleted when its time has come, or when the teacher says so: first the rows, then, once that is saved, the shred key
//! (R-RET-2).

use domain::ids::{Ids, InstitutionId, PersonId, ThreadId};
use domain::support::Stage;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Act, ForgetThreads, ShredThread};
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::counted::USES;
use crate::db::{Db, Fault, Store, day, id, instant, of, seconds};
use crate::entries;
use crate::participants::{self, chance};
use crate::row::row;
use crate::{releases, threads};

/// Acts that delete a thread.
pub trait Forgets: Act {}
impl Forgets for ForgetThreads {}
impl Forgets for ShredThread {}

/// A thread that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub thread: ThreadId,
    /// When.
    pub at: Timestamp,
    /// Whether it is only a name that a practitioner noted, or what stands around the threads of a track: nothing is said there.
    pub noted: bool,
}

row! {
    struct EndedRow {
        id: Uuid,
        ended_at: i64,
        noted: bool,
    }
}

/// Threads that ended before an instant, the first one first.
///
/// # Errors
/// A fault of the database.
pub async fn ended(db: &Db, permit: &Permit<ForgetThreads>, before: Timestamp) -> Result<Vec<Ended>, Fault> {
    let sql = "SELECT id, ended_at, stage IN ('noted', 'track') AS noted FROM thread WHERE institution = $1 AND ended_at < $2 \
                 AND (stage <> 'track' OR NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = thread.institution AND k.track = thread.id)) \
               ORDER BY ended_at, id";
    let rows = db.all::<EndedRow, 2>(sql, [of(permit.institution()), seconds(before)]).await?;
    let ended = |row: EndedRow| Ok(Ended { thread: ThreadId(row.id), at: instant(row.ended_at)?, noted: row.noted });
    rows.into_iter().map(ended).collect()
}

row! {
    struct LeftRow {
        id: Uuid,
        stage: String,
    }
}

/// Threads that are on or wait, and whose teacher's account has been off since a day or earlier (R-RET-6).
///
/// # Errors
/// A fault of the database.
pub async fn left(db: &Db, permit: &Permit<ForgetThreads>, since: Date) -> Result<Vec<(ThreadId, Stage)>, Fault> {
    let sql = "SELECT t.id, t.stage FROM thread t \
               JOIN participant p ON p.institution = t.institution AND p.thread = t.id AND p.number = 1 \
               JOIN person x ON x.institution = p.institution AND x.id = p.person \
               WHERE t.institution = $1 AND t.stage IN ('waiting', 'open') AND NOT x.active AND NOT EXISTS ( \
                 SELECT 1 FROM relation r WHERE r.institution = p.institution AND r.person = p.person \
                 AND r.kind = 'account' AND (r.until IS NULL OR r.until > $2)) ORDER BY t.id";
    let rows = db.all::<LeftRow, 2>(sql, [of(permit.institution()), since.to_string().into()]).await?;
    let read = |row: LeftRow| {
        let stage = Stage::from_code(&row.stage).ok_or(Fault::Unreadable("stage"))?;
        Ok((ThreadId(row.id), stage))
    };
    rows.into_iter().map(read).collect()
}

/// Ends a thread whose teacher has left (R-RET-6).
///
/// # Errors
/// A fault of the database.
pub async fn end(
    db: &Db,
    permit: &Permit<ForgetThreads>,
    (thread, stage): (ThreadId, Stage),
    now: Timestamp,
) -> Result<(), Fault> {
    threads::close_one(db, (permit.institution(), thread), stage, now).await
}

row! {
    struct PersonRow {
        person: Uuid,
    }
}

/// Who takes part in a thread, the teacher first.
///
/// # Errors
/// A fault of the database.
pub async fn parties<A: Forgets>(db: &Db, permit: &Permit<A>, thread: ThreadId) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT person FROM participant WHERE institution = $1 AND thread = $2 ORDER BY number";
    let rows = db.all::<PersonRow, 2>(sql, [of(permit.institution()), id(thread)]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

row! {
    struct WarningRow {
        days: i64,
        day: String,
    }
}

/// Which warnings of a thread the two were told, and on which day.
///
/// # Errors
/// A fault of the database.
pub async fn warnings(db: &Db, permit: &Permit<ForgetThreads>, thread: ThreadId) -> Result<Vec<(i64, Date)>, Fault> {
    let sql = "SELECT days, day FROM thread_warning WHERE institution = $1 AND thread = $2 ORDER BY days";
    let rows = db.all::<WarningRow, 2>(sql, [of(permit.institution()), id(thread)]).await?;
    rows.into_iter().map(|row| Ok((row.days, day(&row.day)?))).collect()
}

/// Notes that the two are told, so many days before, on this day.
///
/// # Errors
/// A fault of the database; also when they were.
pub async fn warn(
    db: &Db,
    permit: &Permit<ForgetThreads>,
    thread: ThreadId,
    (days, on): (i64, Date),
) -> Result<(), Fault> {
    let sql = "INSERT INTO thread_warning (institution, thread, days, day) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(permit.institution()), id(thread), days.into(), on.to_string().into()]).await.map(drop)
}

row! {
    struct AtRow {
        at: i64,
    }
}

/// When a thread was used: on which days it was agreed to, and when it was noted that the two met. Nothing of what was only
/// noted or withdrawn, and nothing of required support (R-REL-17).
///
/// # Errors
/// A fault of the database.
pub async fn used<A: Forgets>(db: &Db, permit: &Permit<A>, thread: ThreadId) -> Result<Vec<Timestamp>, Fault> {
    let sql = format!("SELECT u.at FROM ({USES}) u WHERE u.institution = $1 AND u.thread = $2 ORDER BY u.at");
    let rows = db.all::<AtRow, 2>(&sql, [of(permit.institution()), id(thread)]).await?;
    rows.into_iter().map(|row| instant(row.at)).collect()
}

/// Marks that somebody used support in a term, under the year's key: without thread or date (R-RET-5).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn mark<A: Forgets>(
    db: &Db,
    permit: &Permit<A>,
    (person, year, term): (PersonId, i16, &str),
    ids: Ids<'_>,
) -> Result<(), Fault> {
    let institution = permit.institution();
    let secret = db.keyring().year(institution, year, chance::<32>()?)?;
    let layer = Layer::of(&secret).map_err(|_| Fault::Unreadable("key"))?;
    let own: Uuid = ids.fresh();
    let place = Context::of("term-use").with("id", own.to_string()).with("year", i64::from(year));
    let text = layer.seal(&format!("{person} {term}"), &place, chance()?).map_err(|_| Fault::Unreadable("mark"))?;
    let sql = "INSERT INTO term_use (institution, id, year, sealed) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(institution), id(own), i64::from(year).into(), text.into()]).await.map(drop)
}

/// Deletes a thread with everything in it. Its shred key is destroyed after this is saved: see [`destroy`].
///
/// # Errors
/// A fault of the database.
pub async fn forget<A: Forgets>(db: &Db, permit: &Permit<A>, thread: ThreadId) -> Result<(), Fault> {
    take_out(db, (permit.institution(), thread)).await
}

/// Notes that a key is to be destroyed once this is saved: see [`destroy`].
pub(crate) async fn give_up_key(db: &Db, (institution, thread): (InstitutionId, ThreadId)) -> Result<(), Fault> {
    let sql = "INSERT INTO forgotten_thread (institution, thread) VALUES ($1, $2) ON CONFLICT (institution, thread) DO NOTHING";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
}

pub(crate) async fn take_out(db: &Db, (institution, thread): (InstitutionId, ThreadId)) -> Result<(), Fault> {
    participants::remove(db, (institution, thread)).await?;
    entries::remove(db, (institution, thread)).await?;
    give_up_key(db, (institution, thread)).await?;
    let sql = "DELETE FROM thread WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
}

row! {
    struct ThreadRow {
        thread: Uuid,
    }
}

/// Destroys the shred keys of deleted threads. What cannot be done now is done the next time.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn destroy(store: &Store, institution: InstitutionId) -> Result<(), Fault> {
    let sql = "SELECT thread FROM forgotten_thread WHERE institution = $1 ORDER BY thread";
    let rows = store.read().all::<ThreadRow, 1>(sql, [of(institution)]).await?;
    if rows.is_empty() {
        return Ok(());
    }
    for row in &rows {
        store.keyring().forget_thread(institution, ThreadId(row.thread))?;
    }
    let db = store.write().await?;
    for row in &rows {
        let sql = "DELETE FROM forgotten_thread WHERE institution = $1 AND thread = $2";
        db.run(sql, [of(institution), id(ThreadId(row.thread))]).await?;
    }
    db.commit().await?;
    store.settle().await
}

/// The same right after an act whose rows are saved: what cannot be done now, the program does within a minute.
pub async fn destroy_soon(store: &Store, institution: InstitutionId) {
    if let Err(fault) = destroy(store, institution).await {
        tracing::warn!(%fault, "a key of what was deleted could not be destroyed and will be next time");
    }
}

row! {
    struct YearRow {
        year: i64,
    }
}

/// The years of which marks are kept.
///
/// # Errors
/// A fault of the database.
pub async fn marked_years(db: &Db, permit: &Permit<ForgetThreads>) -> Result<Vec<i16>, Fault> {
    let sql = "SELECT year FROM term_use WHERE institution = $1 \
               UNION SELECT year FROM release_person WHERE institution = $1 ORDER BY year";
    let rows = db.all::<YearRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(|row| i16::try_from(row.year).map_err(|_| Fault::Unreadable("year"))).collect()
}

/// Destroys the marks of a year and whatever else is kept for its release: its key first, so that none opens any more (R-RET-5,
/// R-REL-19).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn end_year(db: &Db, permit: &Permit<ForgetThreads>, year: i16) -> Result<(), Fault> {
    db.keyring().forget_year(permit.institution(), year)?;
    releases::forget_all(db, permit.institution(), year).await
}
