//! One's own keys, made and unlocked in the browser: what is taken is checked from outside, wrapped keys are kept under the outer layer.
//! Rules R-WRD-6, R-WRD-7 and R-WRD-13, and R-ACC-12.

use domain::ids::PersonId;
use jiff::{Timestamp, ToSpan};
use policies::Permit;
use policies::acts::{KeepOwnKeys, ProveKeys, SeeOwnKeys};
use policies::facts::PersonFacts;
pub use sealing::Refused as SealingRefused;
use sealing::{Context, Jwe, Layer, PublicKey, Refused, Wrap};
use store::keys::{self, KeySet, Public, Slot};
use store::{Db, Fault, accounts, events, facts};

use crate::accounts::Visitor;
use crate::chance::{nonce, secret_bytes};
use crate::desk::{Desk, Never, Stop};

/// The vault holds at most so many bytes: keys, and pins of a few hundred people.
const MOST_VAULT: usize = 128 * 1024;
/// So many ways to unlock at most.
const MOST_SLOTS: usize = 12;
/// Whoever has lost every way to unlock waits so long for new keys; nobody can shorten it (R-WRD-13).
pub const RENEWAL_HOURS: i64 = 72;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeysRefused {
    /// R-WRD-1.
    #[error(transparent)]
    Sealed(#[from] Refused),
    /// R-WRD-6.
    #[error("You have keys already. Load the page again.")]
    There,
    /// R-WRD-6.
    #[error("You have no keys yet. Load the page again and make them first.")]
    None,
    /// R-WRD-6.
    #[error("This was changed in another window. Load the page again.")]
    Stale,
    /// R-WRD-6.
    #[error("There are too many ways to unlock your keys. Remove one first.")]
    TooMany,
    /// R-WRD-6.
    #[error("This is the only way to unlock your keys. Make another one first.")]
    Last,
    /// R-WRD-13.
    #[error("New keys can be made once the three days are over. Load the page again to see when.")]
    Early,
}

impl KeysRefused {
    /// A code that a program can read.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sealed(refused) => refused.code(),
            Self::There => "there",
            Self::None => "none",
            Self::Stale => "stale",
            Self::TooMany => "too-many",
            Self::Last => "last",
            Self::Early => "early",
        }
    }
}

impl From<KeysRefused> for Stop<KeysRefused> {
    fn from(refused: KeysRefused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Refused> for Stop<KeysRefused> {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused.into())
    }
}

/// One's own keys, with the outer layer taken off the ways to unlock them.
#[derive(Debug)]
pub struct Own {
    /// As they lie.
    pub set: KeySet,
    /// The ways to unlock: name, and the wrapped key.
    pub slots: Vec<(String, String)>,
    /// When new keys can be made in place of these, if they were asked for.
    pub renewal: Option<Timestamp>,
}

/// What somebody's browser has made.
#[derive(Debug, Clone)]
pub struct NewKeys {
    /// The thumbprint of the key for sealing.
    pub kid: String,
    /// The public key to seal for, a JWK.
    pub sealing: String,
    /// The public key to check signatures with, a JWK.
    pub signing: String,
    /// The vault, a JWE.
    pub vault: String,
    /// The ways to unlock: name, and a JWE.
    pub slots: Vec<(String, String)>,
}

/// One's own keys, if they are made.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn see(desk: &Desk, who: PersonId) -> Result<Option<Own>, Stop<Never>> {
    let db = desk.read();
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SeeOwnKeys>(&me, &facts::account(&desk.frame.programme.facts, who), &())?;
    let Some(set) = keys::see(&db, &permit, who).await? else { return Ok(None) };
    let pepper = desk.house.store.keyring().known_pepper(desk.institution(), who)?;
    let layer = pepper.map(|pepper| Layer::of(&pepper)).transpose().map_err(|_| Fault::Unreadable("keyring"))?;
    let mut slots = Vec::new();
    for Slot { name, wrapped } in keys::slots(&db, &permit, who).await? {
        // Without its pepper a way to unlock is lost. The page says so when none is left; the doctor says why.
        let open = layer.as_ref().and_then(|layer| layer.open(&wrapped, &place(who, &set.public.kid, &name)).ok());
        slots.extend(open.map(|jwe| (name, jwe)));
    }
    let renewal = keys::renewal(&db, &permit, who).await?.map(due);
    Ok(Some(Own { set, slots, renewal }))
}

/// Whether one has made keys.
///
/// # Errors
/// A fault of the database.
pub async fn are_made(desk: &Desk, who: &PersonFacts) -> Result<bool, Stop<Never>> {
    let permit = desk.permit::<SeeOwnKeys>(who, &facts::account(&desk.frame.programme.facts, who.id), &())?;
    Ok(keys::see(&desk.read(), &permit, who.id).await?.is_some())
}

/// Where a way to unlock lies.
fn place(who: PersonId, kid: &str, slot: &str) -> Context {
    Context::of("slot").with("uid", who.to_string()).with("kid", kid).with("slot", slot)
}

/// Work on one's own keys.
struct Under {
    db: Db,
    permit: Permit<KeepOwnKeys>,
    who: PersonId,
}

async fn under(desk: &Desk, who: PersonId) -> Result<Under, Stop<KeysRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<KeepOwnKeys>(&me, &facts::account(&desk.frame.programme.facts, who), &())?;
    Ok(Under { db, permit, who })
}

impl Under {
    async fn set(&self) -> Result<KeySet, Stop<KeysRefused>> {
        keys::see(&self.db, &self.permit, self.who).await?.ok_or(Stop::Refused(KeysRefused::None))
    }

    /// Checks a way to unlock and keeps it under the outer layer.
    async fn put(&self, desk: &Desk, kid: &str, (name, jwe): (&str, &str)) -> Result<(), Stop<KeysRefused>> {
        let wrap = match name {
            "words" => Wrap::Words,
            "recovery" => Wrap::Key,
            _ if name.strip_prefix("device:").is_some_and(|device| device.parse::<uuid::Uuid>().is_ok()) => Wrap::Key,
            _ => return Err(Refused::Malformed.into()),
        };
        let place = place(self.who, kid, name);
        let jwe = Jwe::read(jwe)?;
        jwe.check(wrap, &place, (32, false))?;
        let pepper = desk.house.store.keyring().pepper(
            desk.institution(),
            self.who,
            secret_bytes(desk.house.chance.as_ref()),
        )?;
        let layer = Layer::of(&pepper)?;
        let wrapped = layer.seal(&jwe.text(), &place, nonce(desk.house.chance.as_ref()))?;
        let slot = Slot { name: name.to_owned(), wrapped };
        Ok(keys::put_slot(&self.db, &self.permit, (self.who, desk.now), &slot).await?)
    }

    async fn done(self, desk: &Desk, what: &str) -> Result<(), Stop<KeysRefused>> {
        events::record(&self.db, &self.permit, desk.stamp(), what).await?;
        Ok(self.db.commit().await?)
    }
}

fn vault(who: PersonId, kid: &str, text: &str) -> Result<String, Refused> {
    let jwe = Jwe::read(text)?;
    let place = Context::of("vault").with("uid", who.to_string()).with("kid", kid);
    jwe.check(Wrap::Key, &place, (MOST_VAULT, true))?;
    Ok(jwe.text())
}

/// Keeps keys that a browser has just made (R-WRD-6).
///
/// # Errors
/// What is not sealed as it should be; keys that are there already.
pub async fn make(desk: &Desk, who: PersonId, new: &NewKeys) -> Result<(), Stop<KeysRefused>> {
    let (sealing, signing) = (PublicKey::read(&new.sealing)?, PublicKey::read(&new.signing)?);
    if sealing.thumbprint() != new.kid {
        return Err(Refused::Key.into());
    }
    let vault = vault(who, &new.kid, &new.vault)?;
    if new.slots.is_empty() {
        return Err(KeysRefused::Last.into());
    }
    if new.slots.len() > MOST_SLOTS {
        return Err(KeysRefused::TooMany.into());
    }
    let under = under(desk, who).await?;
    if keys::see(&under.db, &under.permit, who).await?.is_some() {
        let asked = keys::renewal(&under.db, &under.permit, who).await?.ok_or(KeysRefused::There)?;
        if due(asked) > desk.now {
            return Err(KeysRefused::Early.into());
        }
        keys::clear(&under.db, &under.permit, who, (desk.now, desk.ids())).await?;
    }
    let public = Public { kid: new.kid.clone(), sealing: sealing.text(), signing: signing.text() };
    keys::insert(&under.db, &under.permit, (who, desk.now), &KeySet { public, vault, version: 1 }).await?;
    for (name, jwe) in &new.slots {
        under.put(desk, &new.kid, (name, jwe)).await?;
    }
    under.done(desk, "made").await
}

/// Adds a way to unlock, or puts it in place of the one of the same name (R-WRD-6).
///
/// # Errors
/// What is not sealed as it should be; too many of them.
pub async fn put_slot(desk: &Desk, who: PersonId, (name, jwe): (&str, &str)) -> Result<(), Stop<KeysRefused>> {
    let under = under(desk, who).await?;
    let set = under.set().await?;
    let there = keys::slots(&under.db, &under.permit, who).await?;
    if there.len() >= MOST_SLOTS && !there.iter().any(|slot| slot.name == name) {
        return Err(KeysRefused::TooMany.into());
    }
    under.put(desk, &set.public.kid, (name, jwe)).await?;
    under.done(desk, "slot").await
}

/// Removes a way to unlock, never the last one (R-WRD-6).
///
/// # Errors
/// When it is the last one.
pub async fn remove_slot(desk: &Desk, who: PersonId, name: &str) -> Result<(), Stop<KeysRefused>> {
    let under = under(desk, who).await?;
    let there = keys::slots(&under.db, &under.permit, who).await?;
    if there.iter().all(|slot| slot.name == name) {
        return Err(KeysRefused::Last.into());
    }
    keys::remove_slot(&under.db, &under.permit, who, name).await?;
    under.done(desk, "slot removed").await
}

/// Changes the vault, as read at a version; gives the new one (R-WRD-6).
///
/// # Errors
/// What is not sealed as it should be; a version that is not the latest.
pub async fn set_vault(desk: &Desk, who: PersonId, (version, text): (i64, &str)) -> Result<i64, Stop<KeysRefused>> {
    let under = under(desk, who).await?;
    let set = under.set().await?;
    if set.version != version {
        return Err(KeysRefused::Stale.into());
    }
    let vault = vault(who, &set.public.kid, text)?;
    keys::set_vault(&under.db, &under.permit, who, (&vault, version + 1)).await?;
    under.done(desk, "vault").await?;
    Ok(version + 1)
}

fn due(asked: Timestamp) -> Timestamp {
    asked.saturating_add(RENEWAL_HOURS.hours()).unwrap_or(Timestamp::MAX)
}

/// Begins the wait for keys made anew, for somebody who has lost every way to unlock the old ones; gives when it is over.
/// The owner is told by mail and can end it (R-WRD-13).
///
/// # Errors
/// When there are no keys.
pub async fn ask_anew(desk: &Desk, who: PersonId) -> Result<Timestamp, Stop<KeysRefused>> {
    let under = under(desk, who).await?;
    under.set().await?;
    if let Some(asked) = keys::renewal(&under.db, &under.permit, who).await? {
        return Ok(due(asked));
    }
    keys::ask_anew(&under.db, &under.permit, who, (desk.now, desk.ids())).await?;
    under.done(desk, "anew asked").await?;
    Ok(due(desk.now))
}

/// Ends the wait for new keys: the old ones stay (R-WRD-13).
///
/// # Errors
/// A fault of the database.
pub async fn keep(desk: &Desk, who: PersonId) -> Result<(), Stop<KeysRefused>> {
    let under = under(desk, who).await?;
    if keys::keep(&under.db, &under.permit, who, (desk.now, desk.ids())).await? {
        return under.done(desk, "kept").await;
    }
    Ok(())
}

/// Takes the proof that a session has unlocked the keys: what its own page was given, signed (R-ACC-12).
///
/// # Errors
/// A proof that is not as it should be.
pub async fn prove(desk: &Desk, visitor: &Visitor, jws: &str) -> Result<(), Stop<KeysRefused>> {
    let (db, who) = (desk.write().await?, visitor.person.id);
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<ProveKeys>(&me, &facts::account(&desk.frame.programme.facts, who), &())?;
    let set = keys::see(&db, &permit, who).await?.ok_or(KeysRefused::None)?;
    let key = PublicKey::read(&set.public.signing)?;
    sealing::proof(jws, (&who.to_string(), &visitor.nonce()), &key)?;
    accounts::proved(&db, &permit, &visitor.token).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
