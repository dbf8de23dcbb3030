//! What becomes of something that was passed to the safeguarding leads: read, told, thought of again, closed. Rules R-SAF-3 to
//! R-SAF-8.

use domain::ids::{DisclosureId, PersonId};
use domain::safeguarding::{Route, SafeguardingRefused, again, waits_long};
use policies::Permit;
use policies::acts::{CloseDisclosure, ReadDisclosure, ReturnDisclosureKey, ReviewDisclosure, TellSubject};
use policies::facts::PersonFacts;
use sealing::Layer;
pub use store::disclosures::Decision;
use store::disclosures::{self, Grant, OnDisclosure};
use store::keys::{self, Public, UsesKeys};
use store::safeguarding;
use store::{Db, Fault, events, facts, retention};

use crate::desk::{Desk, Never, Stop};
use crate::mail::waits;
use crate::safeguarding::{Disclosure, DisclosureRefused, Keyed, given, key_name, place};

/// Who looks at a disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eye {
    /// A safeguarding lead it was sealed for.
    Lead,
    /// Who passed it on.
    Discloser,
    /// Whom it is about, once they may know.
    Subject,
}

/// What was passed on, without a word of it, as one of those who may know sees it.
#[derive(Debug)]
pub struct Seen {
    /// It. To whom it is about it does not say why they were not told at once, nor whether a lead has opened it.
    pub disclosure: Disclosure,
    /// Who looks.
    pub eye: Eye,
    /// What was decided on telling; nothing to whom it is about.
    pub decisions: Vec<Decision>,
    /// Whether nobody has opened it for so long, or can, that the telephone is the better way.
    pub unheard: bool,
    /// Whether whom it is about has keys: without, they can be told only that it was passed on.
    pub subject_keyed: bool,
    /// Whom one telephones.
    pub route: Option<Route>,
}

fn eye(disclosure: &Disclosure, who: PersonId) -> Eye {
    if disclosure.subject.0 == who {
        Eye::Subject
    } else if disclosure.discloser.0 == who {
        Eye::Discloser
    } else {
        Eye::Lead
    }
}

/// Looks at it.
///
/// # Errors
/// Denied for everybody but the leads it was sealed for, whoever passed it on, and whom it is about once they may know.
pub async fn see(desk: &Desk, who: &PersonFacts, which: DisclosureId) -> Result<Seen, Stop<Never>> {
    let db = desk.read();
    let facts = facts::disclosure(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReadDisclosure>(who, &facts, &())?;
    let mut disclosure = safeguarding::see(&db, &permit).await?;
    let eye = eye(&disclosure, who.id);
    let heard = disclosure.opened.is_some();
    let holders = holders(&db, &permit, &disclosure).await?;
    let openable = holders.iter().any(|one| one.is_lead && one.holds);
    let unheard = !heard && (waits_long(disclosure.made, desk.now) || !openable);
    let decisions = match eye {
        Eye::Lead | Eye::Discloser => disclosures::decisions(&db, &permit).await?,
        Eye::Subject => {
            (disclosure.kept_back, disclosure.opened) = (None, None);
            Vec::new()
        }
    };
    Ok(Seen {
        eye,
        decisions,
        unheard,
        subject_keyed: keys::public(&db, &permit, disclosure.subject.0).await?.is_some(),
        route: safeguarding::route(&db, desk.institution()).await?,
        disclosure,
    })
}

/// What somebody passed on, and what was passed on about them as far as they may know (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Vec<Seen>, Stop<Never>> {
    let mut all = Vec::new();
    for one in crate::safeguarding::own(desk, who).await? {
        all.push(see(desk, who, one.id).await?);
    }
    Ok(all)
}

/// What a browser needs to open it.
#[derive(Debug)]
pub struct Words {
    /// Who passed it on.
    pub by: Keyed,
    /// Grants for the key that whoever looks has now: signed, by whom, with which public keys.
    pub grants: Vec<(String, PersonId, Public)>,
    /// The sealed text, a JWE.
    pub sealed: String,
    /// Whom it is about with their public keys, when whoever looks can let them open it.
    pub tell: Option<(PersonId, Public)>,
    /// The others it was sealed for; nobody to whom it is about.
    pub holders: Vec<Holder>,
}

/// Somebody for whom it was sealed: a lead, or whoever passed it on.
#[derive(Debug)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Whether they are a safeguarding lead whose account is on.
    pub is_lead: bool,
    /// The public keys they have now.
    pub keys: Option<Public>,
    /// Whether they can open it with these.
    pub holds: bool,
}

/// Everybody it was sealed for who may read it as things stand, but for whom it is about.
async fn holders<A: OnDisclosure + UsesKeys>(
    db: &Db,
    permit: &Permit<A>,
    disclosure: &Disclosure,
) -> Result<Vec<Holder>, Fault> {
    let leads = disclosure.recipients.iter().filter(|one| one.is_lead).map(|one| (one.id, &one.name, true));
    let mut all = Vec::new();
    for (person, name, is_lead) in leads.chain([(disclosure.discloser.0, &disclosure.discloser.1, false)]) {
        let keys = keys::public(db, permit, person).await?;
        let holds = match &keys {
            Some(keys) => !disclosures::grants(db, permit, (person, &keys.kid)).await?.is_empty(),
            None => false,
        };
        all.push(Holder { person, name: name.clone(), is_lead, keys, holds });
    }
    Ok(all)
}

/// Hands out what is sealed. That a lead who can open it does is noted first, once (R-SAF-7).
///
/// # Errors
/// As [`see`].
pub async fn read(desk: &Desk, who: &PersonFacts, which: DisclosureId) -> Result<Words, Stop<Never>> {
    let facts = facts::disclosure(&desk.read(), desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReadDisclosure>(who, &facts, &())?;
    let disclosure = safeguarding::see(&desk.read(), &permit).await?;
    let eye = eye(&disclosure, who.id);
    let grants = open_grants(desk, &desk.read(), &permit, who.id).await?;
    if eye == Eye::Lead && disclosure.opened.is_none() && !grants.is_empty() {
        let db = desk.write().await?;
        if disclosures::open(&db, &permit, (who.id, desk.today())).await? {
            events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
            db.commit().await?;
        }
    }
    let db = desk.read();
    let (discloser, name) = disclosure.discloser.clone();
    let theirs = keys::public(&db, &permit, disclosure.subject.0).await?;
    let tell = match theirs.filter(|_| eye != Eye::Subject) {
        Some(keys) if !holds(&db, &permit, &disclosure, &keys).await? => Some((disclosure.subject.0, keys)),
        _ => None,
    };
    let mut holders = match eye {
        Eye::Subject => Vec::new(),
        Eye::Lead | Eye::Discloser => holders(&db, &permit, &disclosure).await?,
    };
    holders.retain(|one| one.person != who.id);
    Ok(Words {
        by: (discloser, name, keys::public(&db, &permit, discloser).await?),
        grants,
        sealed: disclosures::sealed(&db, &permit).await?,
        tell,
        holders,
    })
}

/// Whether whom it is about can open it with these keys.
async fn holds<A: OnDisclosure>(
    db: &Db,
    permit: &Permit<A>,
    disclosure: &Disclosure,
    keys: &Public,
) -> Result<bool, Fault> {
    let there = disclosures::grants(db, permit, (disclosure.subject.0, &keys.kid)).await?;
    Ok(!there.is_empty() && !disclosure.is_unsafe())
}

/// Somebody's grants with the outer layer taken off.
async fn open_grants(
    desk: &Desk,
    db: &Db,
    permit: &Permit<ReadDisclosure>,
    who: PersonId,
) -> Result<Vec<(String, PersonId, Public)>, Fault> {
    let Some(mine) = keys::public(db, permit, who).await? else { return Ok(Vec::new()) };
    let keyring = desk.house.store.keyring();
    let Some(secret) = keyring.known_thread(desk.institution(), key_name(permit.key()))? else { return Ok(Vec::new()) };
    let layer = Layer::of(&secret).map_err(|_| Fault::Unreadable("keyring"))?;
    let grants = disclosures::grants(db, permit, (who, &mine.kid)).await?.into_iter();
    let open = grants.filter_map(|grant: Grant| {
        let jws = layer.open(&grant.wrapped, &place(permit.key(), grant.person, &grant.kid)).ok()?;
        Some((jws, grant.giver, grant.giver_keys))
    });
    Ok(open.collect())
}

/// Tells whom it is about, with its key for the keys they have now (R-SAF-6). Without keys of theirs they learn that it was
/// passed on, and can be let in later.
///
/// # Errors
/// A rule that says no; denied for everybody but a lead it was sealed for and whoever passed it on.
pub async fn tell(
    desk: &Desk,
    (who, which): (PersonId, DisclosureId),
    signed: &[String],
) -> Result<(), Stop<DisclosureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::disclosure(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<TellSubject>(&me, &facts, &())?;
    let disclosure = safeguarding::see(&db, &permit).await?;
    let subject = disclosure.subject.0;
    match keys::public(&db, &permit, subject).await? {
        Some(keys) if holds(&db, &permit, &disclosure, &keys).await? => {
            return Err(SafeguardingRefused::Told.into());
        }
        Some(keys) => {
            let grants = given(desk, (&db, &permit), (which, who), (signed, vec![(subject, keys.kid)])).await?;
            for grant in &grants {
                disclosures::grant(&db, &permit, (which, grant)).await?;
            }
        }
        None if !disclosure.is_unsafe() => return Err(SafeguardingRefused::Told.into()),
        None if !signed.is_empty() => return Err(DisclosureRefused::Keys.into()),
        None => {}
    }
    if disclosure.is_unsafe() {
        disclosures::tell(&db, &permit, desk.today()).await?;
        disclosures::decide(&db, &permit, (who, desk.today(), None)).await?;
    }
    waits(desk, &db, &permit, subject).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Gives its key back to a lead or to whoever passed it on, for the keys they have now, when those do not open it (R-SAF-10).
///
/// # Errors
/// A rule that says no; denied for everybody but a lead it was sealed for and whoever passed it on.
pub async fn give_back(
    desk: &Desk,
    (who, which): (PersonId, DisclosureId),
    (to, signed): (PersonId, &[String]),
) -> Result<(), Stop<DisclosureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::disclosure(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReturnDisclosureKey>(&me, &facts, &())?;
    let disclosure = safeguarding::see(&db, &permit).await?;
    let all = holders(&db, &permit, &disclosure).await?;
    // Whoever cannot open it has no key to give.
    let gives = all.iter().any(|one| one.person == who && one.holds);
    let lacking = all.into_iter().find(|one| one.person == to && !one.holds && gives);
    let keys = lacking.and_then(|one| one.keys).ok_or(DisclosureRefused::Keys)?;
    let grants = given(desk, (&db, &permit), (which, who), (signed, vec![(to, keys.kid)])).await?;
    for grant in &grants {
        disclosures::grant(&db, &permit, (which, grant)).await?;
    }
    waits(desk, &db, &permit, to).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Keeps it back for fourteen days more, with a reason (R-SAF-6).
///
/// # Errors
/// A rule that says no; denied as [`tell`].
pub async fn review(
    desk: &Desk,
    (who, which): (PersonId, DisclosureId),
    reason: &str,
) -> Result<(), Stop<DisclosureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::disclosure(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReviewDisclosure>(&me, &facts, &())?;
    let disclosure = safeguarding::see(&db, &permit).await?;
    let kept = disclosure.kept_back.filter(|_| disclosure.is_unsafe()).ok_or(SafeguardingRefused::Told)?;
    let (reason, day) = again(kept.1, reason, desk.today())?;
    disclosures::keep_back(&db, &permit, (reason, day)).await?;
    disclosures::decide(&db, &permit, (who, desk.today(), Some(reason))).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Closes what has been dealt with: all of it is deleted, for everybody (R-SAF-8).
///
/// # Errors
/// A rule that says no; denied for everybody but a lead it was sealed for.
pub async fn close(
    desk: &Desk,
    (who, which): (PersonId, DisclosureId),
    sure: bool,
) -> Result<(), Stop<DisclosureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::disclosure(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<CloseDisclosure>(&me, &facts, &())?;
    if !sure {
        return Err(SafeguardingRefused::Unsure.into());
    }
    disclosures::close(&db, &permit, key_name(which)).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    db.commit().await?;
    retention::destroy_soon(&desk.house.store, desk.institution()).await;
    Ok(())
}
