//! Which entry of hours came of which thread. The rows that last are sealed under the thread's shred key, like who takes part:
//! so no backup leads from a practitioner's record to a thread that was deleted (R-RET-4).

use std::collections::HashSet;

use domain::ids::{EntryId, InstitutionId, MeetingId, ThreadId};
use sealing::{Context, Layer};
use uuid::{Builder, Uuid};

use crate::db::{Db, Fault, id, of};
use crate::participants::{chance, layer};
use crate::row::{Value, row};
use crate::working_copy::Layers;

row! {
    struct Clear {
        institution: Uuid,
        thread: Uuid,
        entry: Uuid,
        meeting: Option<Uuid>,
    }
}

row! {
    struct Sealed {
        institution: Uuid,
        id: Uuid,
        thread: Uuid,
        sealed: String,
    }
}

fn place(thread: Uuid, own: Uuid) -> Context {
    Context::of("entry").with("thread", thread.to_string()).with("id", own.to_string())
}

/// As it is sealed: the entry, then the meeting if it is of one, else zeros, so that its length does not say which.
fn told(entry: Uuid, meeting: Option<Uuid>) -> String {
    format!("{entry} {}", meeting.unwrap_or_default())
}

fn read(text: &str) -> Option<(Uuid, Option<Uuid>)> {
    let (entry, meeting) = text.split_once(' ')?;
    let meeting: Uuid = meeting.parse().ok()?;
    Some((entry.parse().ok()?, Some(meeting).filter(|one| !one.is_nil())))
}

const SEALED: &str = "INSERT INTO sealed_entry (institution, id, thread, sealed) VALUES";
const CLEAR: &str = "INSERT INTO entry_thread (institution, entry, thread, meeting) VALUES";

fn lasting(layer: &Layer, row: &Clear) -> Result<Vec<Value>, Fault> {
    // Chance, and not the entry: its own identifier leads nowhere.
    let own = Builder::from_random_bytes(chance()?).into_uuid();
    let text = layer.seal(&told(row.entry, row.meeting), &place(row.thread, own), chance()?);
    let text = text.map_err(|_| Fault::Unreadable("entry"))?;
    Ok(vec![row.institution.into(), own.into(), row.thread.into(), text.into()])
}

fn clear(row: &Clear) -> Vec<Value> {
    vec![row.institution.into(), row.entry.into(), row.thread.into(), row.meeting.into()]
}

/// Notes that an entry came of a thread, and of a meeting in it.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn insert(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    (entry, meeting): (EntryId, Option<MeetingId>),
) -> Result<(), Fault> {
    let row = Clear { institution: institution.0, thread: thread.0, entry: entry.0, meeting: meeting.map(|one| one.0) };
    let layer = layer(db.keyring(), institution, thread)?;
    db.insert_all(SEALED, vec![lasting(&layer, &row)?]).await?;
    db.insert_all(CLEAR, vec![clear(&row)]).await
}

/// Takes the entries of a meeting away, with the hours.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn remove_of_meeting(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    meeting: MeetingId,
) -> Result<(), Fault> {
    let layer = layer(db.keyring(), institution, thread)?;
    let sql = "SELECT institution, id, thread, sealed FROM sealed_entry WHERE institution = $1 AND thread = $2";
    for row in db.all::<Sealed, 2>(sql, [of(institution), id(thread)]).await? {
        let text = layer.open(&row.sealed, &place(row.thread, row.id)).map_err(|_| Fault::Unreadable("entry"))?;
        let (entry, of_meeting) = read(&text).ok_or(Fault::Unreadable("entry"))?;
        if of_meeting != Some(meeting.0) {
            continue;
        }
        for sql in [
            "DELETE FROM entry_thread WHERE institution = $1 AND entry = $2",
            "DELETE FROM hours_entry WHERE institution = $1 AND id = $2",
        ] {
            db.run(sql, [of(institution), entry.into()]).await?;
        }
        db.run("DELETE FROM sealed_entry WHERE institution = $1 AND id = $2", [of(institution), row.id.into()]).await?;
    }
    Ok(())
}

/// Takes the working copy of a thread away; what is sealed goes with the thread.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn remove(db: &Db, (institution, thread): (InstitutionId, ThreadId)) -> Result<(), Fault> {
    let sql = "DELETE FROM entry_thread WHERE institution = $1 AND thread = $2";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
}

/// Seals what stood in the clear before there was a sealed column.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn seal_all(db: &Db) -> Result<(), Fault> {
    let rows = db.all::<Clear, 0>("SELECT institution, thread, entry, meeting FROM entry_thread", []).await?;
    let mut layers = Layers::default();
    let sealed = rows.iter().map(|row| {
        let layer = layers.of(db.keyring(), (row.institution, row.thread))?;
        lasting(layer, row)
    });
    let sealed = sealed.collect::<Result<Vec<_>, Fault>>()?;
    db.insert_all(SEALED, sealed).await
}

/// Makes the working copy anew, but for rows that are there.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn renew(db: &Db, layers: &Layers) -> Result<(), Fault> {
    let sealed = db.all::<Sealed, 0>("SELECT institution, id, thread, sealed FROM sealed_entry", []).await?;
    let known = db.all::<Clear, 0>("SELECT institution, thread, entry, meeting FROM entry_thread", []).await?;
    let known: HashSet<_> = known.into_iter().map(|row| (row.institution, row.entry)).collect();
    let opened = sealed.into_iter().filter_map(|row| {
        let layer = layers.known((row.institution, row.thread))?;
        let (entry, meeting) = read(&layer.open(&row.sealed, &place(row.thread, row.id)).ok()?)?;
        Some(Clear { institution: row.institution, thread: row.thread, entry, meeting })
    });
    let missing = opened.filter(|row| !known.contains(&(row.institution, row.entry)));
    db.insert_all(CLEAR, missing.map(|row| clear(&row)).collect()).await
}
