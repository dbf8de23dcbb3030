//! Key sets: what a person's browsers need to unlock, and the public keys by which others address them. Nothing here opens anything.

use std::collections::BTreeSet;

use domain::ids::{Ids, PersonId};
use domain::mail::Matter;
use jiff::Timestamp;
use policies::acts::{
    Act, Disclose, GrantKey, KeepOwnKeys, ProveKeys, ReadDisclosure, ReadWords, ReturnDisclosureKey, ReturnKey,
    SeeOwnKeys, SeeSuggestions, TellSubject,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::account_lines::{self, Line};
use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::links;
use crate::row::row;

/// A person's public keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Public {
    /// The thumbprint of the key for sealing.
    pub kid: String,
    /// The public key to seal for, as a JWK.
    pub sealing: String,
    /// The public key to check signatures with, as a JWK.
    pub signing: String,
}

/// A person's keys as they lie here: private parts sealed in the vault.
#[derive(Debug, Clone)]
pub struct KeySet {
    /// The public parts.
    pub public: Public,
    /// The vault, a JWE.
    pub vault: String,
    /// Grows with every change of the vault.
    pub version: i64,
}

/// A way to unlock, under the outer layer.
#[derive(Debug, Clone)]
pub struct Slot {
    /// `words`, `recovery` or `device:…`.
    pub name: String,
    /// The wrapped key, under the outer layer.
    pub wrapped: String,
}

row! {
    struct SetRow {
        kid: String,
        sealing: String,
        signing: String,
        vault: String,
        version: i64,
    }
}

row! {
    struct PublicRow {
        kid: String,
        sealing: String,
        signing: String,
    }
}

row! {
    struct SlotRow {
        slot: String,
        wrapped: String,
    }
}

/// Acts on one's own keys.
pub trait OwnKeys: Act {}
impl OwnKeys for SeeOwnKeys {}
impl OwnKeys for KeepOwnKeys {}
impl OwnKeys for ProveKeys {}

/// The acts for which somebody else's public keys are needed.
pub trait UsesKeys: Act {}
impl UsesKeys for ReadWords {}
impl UsesKeys for GrantKey {}
impl UsesKeys for ReturnKey {}
impl UsesKeys for Disclose {}
impl UsesKeys for ReadDisclosure {}
impl UsesKeys for TellSubject {}
impl UsesKeys for ReturnDisclosureKey {}

/// One's own keys, if they are made.
///
/// # Errors
/// A fault of the database.
pub async fn see<A: OwnKeys>(db: &Db, permit: &Permit<A>, owner: PersonId) -> Result<Option<KeySet>, Fault> {
    let sql = "SELECT kid, sealing, signing, vault, version FROM key_set WHERE institution = $1 AND person = $2";
    let row = db.first::<SetRow, 2>(sql, [of(permit.institution()), id(owner)]).await?;
    Ok(row.map(|SetRow { kid, sealing, signing, vault, version }| KeySet {
        public: Public { kid, sealing, signing },
        vault,
        version,
    }))
}

/// One's own ways to unlock.
///
/// # Errors
/// A fault of the database.
pub async fn slots<A: OwnKeys>(db: &Db, permit: &Permit<A>, owner: PersonId) -> Result<Vec<Slot>, Fault> {
    let sql = "SELECT slot, wrapped FROM unlock_slot WHERE institution = $1 AND person = $2 ORDER BY made_at, slot";
    let rows = db.all::<SlotRow, 2>(sql, [of(permit.institution()), id(owner)]).await?;
    Ok(rows.into_iter().map(|SlotRow { slot, wrapped }| Slot { name: slot, wrapped }).collect())
}

/// Somebody's public keys, if they are made.
///
/// # Errors
/// A fault of the database.
pub async fn public<A: UsesKeys>(db: &Db, permit: &Permit<A>, person: PersonId) -> Result<Option<Public>, Fault> {
    let sql = "SELECT kid, sealing, signing FROM key_set WHERE institution = $1 AND person = $2";
    let row = db.first::<PublicRow, 2>(sql, [of(permit.institution()), id(person)]).await?;
    Ok(row.map(|PublicRow { kid, sealing, signing }| Public { kid, sealing, signing }))
}

/// Saves keys that were just made.
///
/// # Errors
/// A fault of the database; also when there are keys already.
pub async fn insert(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    (owner, now): (PersonId, Timestamp),
    set: &KeySet,
) -> Result<(), Fault> {
    let sql = "INSERT INTO key_set (institution, person, kid, sealing, signing, vault, version, made_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let Public { kid, sealing, signing } = &set.public;
    let values = [
        of(permit.institution()),
        id(owner),
        kid.into(),
        sealing.into(),
        signing.into(),
        (&set.vault).into(),
        set.version.into(),
        seconds(now),
    ];
    db.run(sql, values).await.map(drop)
}

/// Changes the vault.
///
/// # Errors
/// A fault of the database.
pub async fn set_vault(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    owner: PersonId,
    (vault, version): (&str, i64),
) -> Result<(), Fault> {
    let sql = "UPDATE key_set SET vault = $3, version = $4 WHERE institution = $1 AND person = $2";
    db.run(sql, [of(permit.institution()), id(owner), vault.into(), version.into()]).await.map(drop)
}

/// Adds a way to unlock, or puts it in place of the one of the same name.
///
/// # Errors
/// A fault of the database.
pub async fn put_slot(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    (owner, now): (PersonId, Timestamp),
    slot: &Slot,
) -> Result<(), Fault> {
    let sql = "INSERT INTO unlock_slot (institution, person, slot, wrapped, made_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, person, slot) DO UPDATE SET wrapped = excluded.wrapped, made_at = excluded.made_at";
    let values = [of(permit.institution()), id(owner), (&slot.name).into(), (&slot.wrapped).into(), seconds(now)];
    db.run(sql, values).await.map(drop)
}

/// Removes a way to unlock. Says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn remove_slot(db: &Db, permit: &Permit<KeepOwnKeys>, owner: PersonId, name: &str) -> Result<bool, Fault> {
    let sql = "DELETE FROM unlock_slot WHERE institution = $1 AND person = $2 AND slot = $3";
    Ok(db.run(sql, [of(permit.institution()), id(owner), name.into()]).await? > 0)
}

row! {
    struct AskedRow {
        asked_at: i64,
    }
}

/// Since when somebody waits for keys made anew, if they do.
///
/// # Errors
/// A fault of the database.
pub async fn renewal<A: OwnKeys>(db: &Db, permit: &Permit<A>, owner: PersonId) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT asked_at FROM key_renewal WHERE institution = $1 AND person = $2";
    let row = db.first::<AskedRow, 2>(sql, [of(permit.institution()), id(owner)]).await?;
    row.map(|row| instant(row.asked_at)).transpose()
}

/// Begins the wait for keys made anew, and tells the owner.
///
/// # Errors
/// A fault of the database.
pub async fn ask_anew(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    owner: PersonId,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let sql = "INSERT INTO key_renewal (institution, person, asked_at) VALUES ($1, $2, $3)";
    db.run(sql, [of(permit.institution()), id(owner), seconds(now)]).await?;
    told(db, permit, (owner, Line::KeysAsked), (now, ids)).await
}

/// Ends the wait: the keys stay. Says whether there was one.
///
/// # Errors
/// A fault of the database.
pub async fn keep(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    owner: PersonId,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<bool, Fault> {
    let sql = "DELETE FROM key_renewal WHERE institution = $1 AND person = $2";
    let was = db.run(sql, [of(permit.institution()), id(owner)]).await? > 0;
    if was {
        told(db, permit, (owner, Line::KeysKept), (now, ids)).await?;
    }
    Ok(was)
}

/// Takes the old keys away, and every way to unlock them, for new ones to be made; tells the owner.
///
/// # Errors
/// A fault of the database.
pub async fn clear(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    owner: PersonId,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let sql = "DELETE FROM key_set WHERE institution = $1 AND person = $2";
    db.run(sql, [of(permit.institution()), id(owner)]).await?;
    told(db, permit, (owner, Line::KeysAnew), (now, ids)).await
}

async fn told(
    db: &Db,
    permit: &Permit<KeepOwnKeys>,
    (owner, line): (PersonId, Line),
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let whose = (permit.institution(), owner);
    links::tell(db, whose, Matter::Account, (now, ids)).await?;
    account_lines::put(db, whose, (line, now)).await
}

row! {
    struct PersonRow {
        person: Uuid,
    }
}

/// The practitioners who have made keys.
///
/// # Errors
/// A fault of the database.
pub async fn of_practitioners(db: &Db, permit: &Permit<SeeSuggestions>) -> Result<BTreeSet<PersonId>, Fault> {
    let sql = "SELECT k.person FROM key_set k JOIN practice p ON p.institution = k.institution AND p.person = k.person \
               WHERE k.institution = $1";
    let rows = db.all::<PersonRow, 1>(sql, [of(permit.institution())]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}
