//! Who takes part in which thread: the rows that last are sealed under the thread's shred key, so that they fade with it. Beside
//! them lies the working copy (R-RET-4).

use std::collections::HashSet;

use domain::ids::{InstitutionId, PersonId, ThreadId};
use rand::TryRng as _;
use rand::rngs::SysRng;
use sealing::{Context, Layer, Nonce};
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::keyring::Keyring;
use crate::row::row;
use crate::working_copy::Layers;

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
    insert_some(db, (institution, thread), &[(1, teacher), (2, practitioner)]).await
}

/// The same of whoever is known so far, by their number.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn insert_some(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    people: &[(i64, PersonId)],
) -> Result<(), Fault> {
    let layer = layer(db.keyring(), institution, thread)?;
    let (mut lasting, mut clear) = (Vec::new(), Vec::new());
    for &(number, person) in people {
        let text = sealed(&layer, (thread.0, number), person.0)?;
        lasting.push(vec![of(institution), id(thread), number.into(), text.into()]);
        clear.push(vec![of(institution), id(thread), number.into(), id(person)]);
    }
    db.insert_all(SEALED, lasting).await?;
    db.insert_all(CLEAR, clear).await
}

/// Takes one of them away, so that somebody else can take their place.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn remove_one(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    number: i64,
) -> Result<(), Fault> {
    for table in ["sealed_participant", "participant"] {
        let sql = format!("DELETE FROM {table} WHERE institution = $1 AND thread = $2 AND number = $3");
        db.run(&sql, [of(institution), id(thread), number.into()]).await?;
    }
    Ok(())
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
    let mut layers = Layers::default();
    let lasting = rows.iter().map(|row| {
        let layer = layers.of(db.keyring(), (row.institution, row.thread))?;
        let text = sealed(layer, (row.thread, row.number), row.person)?;
        Ok(vec![row.institution.into(), row.thread.into(), row.number.into(), text.into()])
    });
    let lasting = lasting.collect::<Result<Vec<_>, Fault>>()?;
    db.insert_all(SEALED, lasting).await
}

/// Makes the working copy anew, but for rows that are there.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn renew(db: &Db, layers: &Layers) -> Result<(), Fault> {
    let lasting = db.all::<Sealed, 0>("SELECT institution, thread, number, sealed FROM sealed_participant", []).await?;
    let known = db.all::<Clear, 0>("SELECT institution, thread, number, person FROM participant", []).await?;
    let known: HashSet<_> = known.into_iter().map(|row| (row.institution, row.thread, row.number)).collect();
    let opened = lasting.into_iter().filter_map(|Sealed { institution, thread, number, sealed }| {
        let person = layers.known((institution, thread))?.open(&sealed, &place(thread, number)).ok()?;
        let person: Uuid = person.parse().ok()?;
        let missing = !known.contains(&(institution, thread, number));
        missing.then(|| vec![institution.into(), thread.into(), number.into(), person.into()])
    });
    db.insert_all(CLEAR, opened.collect()).await
}
