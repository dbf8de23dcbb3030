//! What is said in a thread, sealed: grants of its key, and items. People are numbers here.

use domain::ids::{ItemId, PersonId, ThreadId, TrackId};
use domain::observations::Form;
use domain::support::{Party, Stage};
use jiff::Timestamp;
use policies::acts::{Act, GrantKey, ReadWords, ReturnKey, SeeOwnSupport, ShredThread, WriteWords};
use policies::facts::ThreadFacts;
use policies::permit::Permit;
use sealing::Layer;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, maybe_id, of, seconds};
use crate::row::row;
use crate::threads::party;

/// The key of a thread, wrapped for one person.
#[derive(Debug, Clone)]
pub struct Grant {
    /// Which of the thread's keys, counted from 0.
    pub epoch: i64,
    /// For whom.
    pub party: Party,
    /// By whom.
    pub by: Party,
    /// The thumbprint of the key it is for.
    pub kid: String,
    /// The signed grant, under the outer layer.
    pub wrapped: String,
}

/// One revision of something said.
#[derive(Debug, Clone)]
pub struct Item {
    /// Which.
    pub id: ItemId,
    /// Which revision, counted from 1.
    pub rev: i64,
    /// By which of the thread's keys it is sealed.
    pub epoch: i64,
    /// Who said it.
    pub party: Party,
    /// What kind it is.
    pub kind: String,
    /// The sealed text, a JWE.
    pub sealed: String,
    /// When it was taken.
    pub at: Timestamp,
    /// Where it stands among everything said.
    pub place: i64,
}

row! {
    struct GrantRow {
        epoch: i64,
        number: i64,
        by_number: i64,
        wrapped: String,
    }
}

row! {
    struct ItemRow {
        id: Uuid,
        rev: i64,
        epoch: i64,
        number: i64,
        kind: String,
        sealed: String,
        written_at: i64,
        place: i64,
    }
}

row! {
    struct StageRow {
        stage: String,
    }
}

row! {
    struct FormRow {
        form: String,
    }
}

row! {
    struct LastRow {
        last: Option<i64>,
    }
}

/// Acts on what is said in a thread.
pub trait InWords: Act<On = ThreadFacts> {}
impl InWords for ReadWords {}
impl InWords for WriteWords {}
impl InWords for GrantKey {}
impl InWords for ReturnKey {}
impl InWords for ShredThread {}

/// Acts that give a key of a thread.
pub trait Gives: InWords {}
impl Gives for GrantKey {}
impl Gives for ReturnKey {}

fn thread<A: InWords>(permit: &Permit<A>) -> ThreadId {
    permit.key()
}

/// Where the thread stands.
///
/// # Errors
/// A fault of the database.
pub async fn stage<A: InWords>(db: &Db, permit: &Permit<A>) -> Result<Stage, Fault> {
    let sql = "SELECT stage FROM thread WHERE institution = $1 AND id = $2";
    let row = db.first::<StageRow, 2>(sql, [of(permit.institution()), id(thread(permit))]).await?;
    let stage = row.ok_or(Fault::Missing("thread"))?.stage;
    Stage::from_code(&stage).ok_or(Fault::Unreadable("stage"))
}

/// What the two have ever agreed on doing at a meeting.
///
/// # Errors
/// A fault of the database.
pub async fn agreed(db: &Db, permit: &Permit<WriteWords>) -> Result<Vec<Form>, Fault> {
    let sql = "SELECT DISTINCT form FROM meeting WHERE institution = $1 AND thread = $2";
    let rows = db.all::<FormRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    rows.into_iter().map(|row| Form::from_code(&row.form).ok_or(Fault::Unreadable("form"))).collect()
}

/// The name of somebody who takes part.
///
/// # Errors
/// A fault of the database.
pub async fn name(db: &Db, permit: &Permit<ReadWords>, person: PersonId) -> Result<String, Fault> {
    let chart = db.chart(permit.institution()).await?;
    chart.person(person).map(|one| one.name.clone()).ok_or(Fault::Missing("participant"))
}

/// The grants for a party's present key.
///
/// # Errors
/// A fault of the database.
pub async fn grants<A: InWords>(db: &Db, permit: &Permit<A>, (who, kid): (Party, &str)) -> Result<Vec<Grant>, Fault> {
    // A key of theirs stands beside their name elsewhere: here it goes by a name that fades with the thread (R-RET-4).
    let Some(secret) = db.keyring().known_thread(permit.institution(), thread(permit))? else { return Ok(Vec::new()) };
    let blinded = Layer::blinded(&secret, kid);
    let sql = "SELECT epoch, number, by_number, wrapped FROM thread_grant \
               WHERE institution = $1 AND thread = $2 AND number = $3 AND kid IN ($4, $5) ORDER BY epoch";
    let number = i64::from(who.number());
    let values = [of(permit.institution()), id(thread(permit)), number.into(), blinded.into(), kid.into()];
    let rows = db.all::<GrantRow, 5>(sql, values).await?;
    let grant = |row: GrantRow| {
        let GrantRow { epoch, number, by_number, wrapped } = row;
        Ok(Grant { epoch, party: party(number)?, by: party(by_number)?, kid: kid.to_owned(), wrapped })
    };
    rows.into_iter().map(grant).collect()
}

/// The latest key of the thread that was granted to anybody.
///
/// # Errors
/// A fault of the database.
pub async fn last_epoch<A: InWords>(db: &Db, permit: &Permit<A>) -> Result<Option<i64>, Fault> {
    let sql = "SELECT max(epoch) AS last FROM thread_grant WHERE institution = $1 AND thread = $2";
    let row = db.first::<LastRow, 2>(sql, [of(permit.institution()), id(thread(permit))]).await?;
    Ok(row.and_then(|row| row.last))
}

/// Saves a grant.
///
/// # Errors
/// A fault of the database.
pub async fn grant<A: Gives>(db: &Db, permit: &Permit<A>, grant: &Grant) -> Result<(), Fault> {
    let secret = db.keyring().known_thread(permit.institution(), thread(permit))?.ok_or(Fault::Missing("shred key"))?;
    let sql = "INSERT INTO thread_grant (institution, thread, epoch, number, by_number, kid, wrapped) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(permit.institution()),
        id(thread(permit)),
        grant.epoch.into(),
        i64::from(grant.party.number()).into(),
        i64::from(grant.by.number()).into(),
        Layer::blinded(&secret, &grant.kid).into(),
        (&grant.wrapped).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Everything that was said, in the order in which it was taken.
///
/// # Errors
/// A fault of the database.
pub async fn items(db: &Db, permit: &Permit<ReadWords>) -> Result<Vec<Item>, Fault> {
    let sql = "SELECT id, rev, epoch, number, kind, sealed, written_at, place FROM sealed_item \
               WHERE institution = $1 AND thread = $2 ORDER BY place";
    let rows = db.all::<ItemRow, 2>(sql, [of(permit.institution()), id(thread(permit))]).await?;
    rows.into_iter().map(item).collect()
}

fn item(row: ItemRow) -> Result<Item, Fault> {
    Ok(Item {
        id: ItemId(row.id),
        rev: row.rev,
        epoch: row.epoch,
        party: party(row.number)?,
        kind: row.kind,
        sealed: row.sealed,
        at: instant(row.written_at)?,
        place: row.place,
    })
}

/// The revisions of one thing said, the first one first.
///
/// # Errors
/// A fault of the database.
pub async fn revisions(db: &Db, permit: &Permit<WriteWords>, of_item: ItemId) -> Result<Vec<Item>, Fault> {
    let sql = "SELECT id, rev, epoch, number, kind, sealed, written_at, place FROM sealed_item \
               WHERE institution = $1 AND thread = $2 AND id = $3 ORDER BY rev";
    let rows = db.all::<ItemRow, 3>(sql, [of(permit.institution()), id(thread(permit)), id(of_item)]).await?;
    rows.into_iter().map(item).collect()
}

/// Saves a revision behind everything that was said before; its place is found here.
///
/// # Errors
/// A fault of the database.
pub async fn insert(db: &Db, permit: &Permit<WriteWords>, item: &Item) -> Result<(), Fault> {
    let sql = "SELECT max(place) AS last FROM sealed_item WHERE institution = $1 AND thread = $2";
    let last = db.first::<LastRow, 2>(sql, [of(permit.institution()), id(thread(permit))]).await?;
    let place = last.and_then(|row| row.last).unwrap_or(0) + 1;
    let sql = "INSERT INTO sealed_item (institution, thread, id, rev, epoch, number, kind, sealed, written_at, place) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = [
        of(permit.institution()),
        id(thread(permit)),
        id(item.id),
        item.rev.into(),
        item.epoch.into(),
        i64::from(item.party.number()).into(),
        (&item.kind).into(),
        (&item.sealed).into(),
        seconds(item.at),
        place.into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// The epochs of which a party's present key has no grant.
///
/// # Errors
/// A fault of the database.
pub async fn missing<A: InWords>(db: &Db, permit: &Permit<A>, (who, kid): (Party, &str)) -> Result<Vec<i64>, Fault> {
    let Some(last) = last_epoch(db, permit).await? else { return Ok(Vec::new()) };
    let there: Vec<i64> = grants(db, permit, (who, kid)).await?.iter().map(|grant| grant.epoch).collect();
    Ok((0..=last).filter(|epoch| !there.contains(epoch)).collect())
}

/// How far a party has read: the place of an item, 0 for none.
///
/// # Errors
/// A fault of the database.
pub async fn reading(db: &Db, permit: &Permit<ReadWords>, who: Party) -> Result<i64, Fault> {
    let sql = "SELECT place AS last FROM thread_reading WHERE institution = $1 AND thread = $2 AND number = $3";
    let values = [of(permit.institution()), id(thread(permit)), i64::from(who.number()).into()];
    let row = db.first::<LastRow, 3>(sql, values).await?;
    Ok(row.and_then(|row| row.last).unwrap_or(0))
}

/// Notes how far a party has read, never further back than before nor beyond what there is.
///
/// # Errors
/// A fault of the database.
pub async fn set_reading(db: &Db, permit: &Permit<ReadWords>, (who, place): (Party, i64)) -> Result<(), Fault> {
    let sql = "SELECT max(place) AS last FROM sealed_item WHERE institution = $1 AND thread = $2";
    let last = db.first::<LastRow, 2>(sql, [of(permit.institution()), id(thread(permit))]).await?;
    let place = place.min(last.and_then(|row| row.last).unwrap_or(0));
    if place <= reading(db, permit, who).await? {
        return Ok(());
    }
    let sql = "INSERT INTO thread_reading (institution, thread, number, place) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, thread, number) DO UPDATE SET place = excluded.place";
    let values = [of(permit.institution()), id(thread(permit)), i64::from(who.number()).into(), place.into()];
    db.run(sql, values).await.map(drop)
}

row! {
    struct BeforeRow {
        thread: Uuid,
        other: Uuid,
    }
}

/// The latest thread that ended before another began, in which the same teacher wrote with somebody else.
///
/// # Errors
/// A fault of the database.
pub async fn before(
    db: &Db,
    permit: &Permit<SeeOwnSupport>,
    (asked, track): (Timestamp, Option<TrackId>),
) -> Result<Option<(ThreadId, PersonId)>, Fault> {
    let sql = "SELECT t.id AS thread, other.person AS other FROM participant me \
               JOIN thread t ON t.institution = me.institution AND t.id = me.thread \
               JOIN participant other ON other.institution = t.institution AND other.thread = t.id AND other.number = 2 \
               WHERE me.institution = $1 AND me.person = $2 AND me.number = 1 AND t.ended_at <= $3 AND t.stage NOT IN ('noted', 'track') \
                 AND (EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id AND k.track = $4) \
                   OR $4 IS NULL AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id)) \
                 AND EXISTS (SELECT 1 FROM sealed_item i WHERE i.institution = t.institution AND i.thread = t.id) \
               ORDER BY t.ended_at DESC, t.id LIMIT 1";
    let values = [of(permit.institution()), id(permit.key()), seconds(asked), maybe_id(track)];
    let row = db.first::<BeforeRow, 4>(sql, values).await?;
    Ok(row.map(|row| (ThreadId(row.thread), PersonId(row.other))))
}

/// The name of somebody whom the teacher wrote with.
///
/// # Errors
/// A fault of the database.
pub async fn called(db: &Db, permit: &Permit<SeeOwnSupport>, person: PersonId) -> Result<String, Fault> {
    let chart = db.chart(permit.institution()).await?;
    chart.person(person).map(|one| one.name.clone()).ok_or(Fault::Missing("participant"))
}
