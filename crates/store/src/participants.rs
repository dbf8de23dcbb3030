//! Who takes part in which thread. The rows that last are sealed under the thread's shred key, so that they fade with it; beside
//! them lies a working copy in the clear, made anew whenever the store is opened, which no backup holds: the file
//! `participants.db` beside SQLite's own, an unlogged table on PostgreSQL (R-RET-4).

use std::collections::{HashMap, HashSet};

use domain::ids::{InstitutionId, PersonId, ThreadId};
use rand::TryRng as _;
use rand::rngs::SysRng;
use sealing::{Context, Layer, Nonce};
use uuid::Uuid;

use crate::db::{Db, Dialect, Fault, Store, id, of};
use crate::keyring::{Keyring, Secret};
use crate::row::row;

row! {
    struct Clear {
        institution: Uuid,
        thread: Uuid,
        number: i64,
        person: Uuid,
    }
}

row! {
    struct Sealed {
        institution: Uuid,
        thread: Uuid,
        number: i64,
        sealed: String,
    }
}

row! {
    struct Known {
        institution: Uuid,
        thread: Uuid,
        number: i64,
    }
}

row! {
    struct Counts {
        sealed: i64,
        clear: i64,
    }
}

/// Bytes that nobody can foresee. Keys and nonces never come from a test's seed.
pub(crate) fn chance<const N: usize>() -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| Fault::Missing("chance"))?;
    Ok(bytes)
}

/// A thread's shred key as a layer; made where there is none yet.
pub(crate) fn layer(keyring: &Keyring, institution: InstitutionId, thread: ThreadId) -> Result<Layer, Fault> {
    let secret = keyring.thread(institution, thread, chance::<32>()?)?;
    Layer::of(&secret).map_err(|_| Fault::Unreadable("key"))
}

fn place(thread: Uuid, number: i64) -> Context {
    Context::of("participant").with("thread", thread.to_string()).with("number", number)
}

fn sealed(layer: &Layer, (thread, number): (Uuid, i64), person: Uuid) -> Result<String, Fault> {
    let nonce: Nonce = chance()?;
    layer.seal(&person.to_string(), &place(thread, number), nonce).map_err(|_| Fault::Unreadable("participant"))
}

const SEALED: &str = "INSERT INTO sealed_participant (institution, thread, number, sealed) VALUES";
const CLEAR: &str = "INSERT INTO participant (institution, thread, number, person) VALUES";

/// Saves who takes part: the only place where rows about support name people.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn insert(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    (teacher, practitioner): (PersonId, PersonId),
) -> Result<(), Fault> {
    let layer = layer(db.keyring(), institution, thread)?;
    let (mut lasting, mut clear) = (Vec::new(), Vec::new());
    for (number, person) in [(1, teacher), (2, practitioner)] {
        let text = sealed(&layer, (thread.0, number), person.0)?;
        lasting.push(vec![of(institution), id(thread), number.into(), text.into()]);
        clear.push(vec![of(institution), id(thread), number.into(), id(person)]);
    }
    db.insert_all(SEALED, lasting).await?;
    db.insert_all(CLEAR, clear).await
}

/// Takes the working copy of a thread away; what is sealed goes with the thread.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn remove(db: &Db, (institution, thread): (InstitutionId, ThreadId)) -> Result<(), Fault> {
    let sql = "DELETE FROM participant WHERE institution = $1 AND thread = $2";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
}

/// Seals what stood in the clear before there was a sealed column.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn seal_all(db: &Db) -> Result<(), Fault> {
    let rows = db.all::<Clear, 0>("SELECT institution, thread, number, person FROM participant", []).await?;
    let mut layers: HashMap<Uuid, Layer> = HashMap::new();
    let mut lasting = Vec::new();
    for Clear { institution, thread, number, person } in rows {
        let layer = match layers.remove(&thread) {
            Some(layer) => layer,
            None => layer(db.keyring(), InstitutionId(institution), ThreadId(thread))?,
        };
        let text = sealed(&layer, (thread, number), person)?;
        layers.insert(thread, layer);
        lasting.push(vec![of(InstitutionId(institution)), id(ThreadId(thread)), number.into(), text.into()]);
    }
    db.insert_all(SEALED, lasting).await
}

/// Makes the working copy anew: always, or where it is gone (PostgreSQL empties it when its server breaks down). A thread whose shred key is gone stays without: nobody learns who
/// was in it.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn renew(store: &Store, always: bool) -> Result<(), Fault> {
    let counts =
        "SELECT (SELECT count(*) FROM sealed_participant) AS sealed, (SELECT count(*) FROM participant) AS clear";
    let whole = async |db: &Db| {
        let row = db.first::<Counts, 0>(counts, []).await?.ok_or(Fault::Missing("participant"))?;
        Ok::<bool, Fault>(row.clear > 0 || row.sealed == 0)
    };
    if !always && whole(&store.read()).await? {
        return Ok(());
    }
    let db = store.write().await?;
    if !always && whole(&db).await? {
        return Ok(());
    }
    let secrets: HashMap<(Uuid, Uuid), Secret> = store.keyring().threads()?;
    let rows = db.all::<Sealed, 0>("SELECT institution, thread, number, sealed FROM sealed_participant", []).await?;
    let mut clear = Vec::new();
    for Sealed { institution, thread, number, sealed } in rows {
        let layer = secrets.get(&(institution, thread)).and_then(|secret| Layer::of(secret).ok());
        let person = layer.and_then(|layer| layer.open(&sealed, &place(thread, number)).ok());
        let Some(person) = person.and_then(|text| text.parse::<PersonId>().ok()) else { continue };
        let row = vec![of(InstitutionId(institution)), id(ThreadId(thread)), number.into(), id(person)];
        clear.push(((institution, thread, number), row));
    }
    // Other copies of the program may use a server's database: what they know is not taken away.
    if store.dialect() == Dialect::Sqlite {
        db.run("DELETE FROM participant", []).await?;
    } else {
        let known = db.all::<Known, 0>("SELECT institution, thread, number FROM participant", []).await?;
        let known: HashSet<_> = known.into_iter().map(|row| (row.institution, row.thread, row.number)).collect();
        clear.retain(|(key, _)| !known.contains(key));
    }
    db.insert_all(CLEAR, clear.into_iter().map(|(_, row)| row).collect()).await?;
    db.commit().await
}
