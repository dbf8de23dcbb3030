//! Somebody is at risk: what is passed to the safeguarding leads, to whom it goes, and what they are reminded of. Rules R-SAF-1
//! to R-SAF-5, R-SAF-7 and R-SAF-9; what becomes of it is in [`crate::disclosures`].

use domain::ids::{DisclosureId, PersonId, ThreadId};
use domain::mail::Due as MailDue;
pub use domain::safeguarding::{Category, Reason, Route, SafeguardingRefused, waits_long};
use domain::safeguarding::{Due, Lead, escalates, kept_back, reminds};
use policies::Permit;
use policies::acts::{Disclose, EscalateDisclosures, ReadDisclosure, SeeDisclosures, SeeOwnSupport, SetSafeguarding};
use policies::facts::{Actor, Job, PersonFacts};
use sealing::{Context, Expected, Jwe, Layer, PublicKey, Refused, Wrap};
use store::disclosures::{self, Gives, Grant, Watch};
use store::keys::{self, Public, UsesKeys};
use store::safeguarding::{self, New};
pub use store::safeguarding::{Disclosure, Named, Recipient};
use store::{Db, Fault, events, facts, mail, support};

use crate::chance::{nonce, secret_bytes, short_digest};
use crate::desk::{Desk, Never, Stop};
use crate::mail::waits;
use crate::threads::{party, whose};

/// What is passed on is at most so many bytes long, sealed (R-SAF-3).
const MOST_SEALED: usize = 64 * 1024;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureRefused {
    /// R-SAF-3.
    #[error(transparent)]
    Sealed(#[from] Refused),
    /// R-SAF-1, R-SAF-2, R-SAF-4, R-SAF-6, R-SAF-8.
    #[error(transparent)]
    Rule(#[from] SafeguardingRefused),
    /// R-SAF-3.
    #[error("Somebody’s keys have changed meanwhile. Load the page again; if it cannot wait, use the telephone.")]
    Keys,
}

impl DisclosureRefused {
    /// A code that a program can read.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sealed(refused) => refused.code(),
            Self::Keys => "keys",
            Self::Rule(SafeguardingRefused::Category) => "category",
            Self::Rule(SafeguardingRefused::Reason) => "reason",
            Self::Rule(SafeguardingRefused::NoLead) => "no-lead",
            Self::Rule(SafeguardingRefused::Told) => "told",
            Self::Rule(_) => "safeguarding",
        }
    }

    /// Whether something else was quicker, so that reading again helps.
    pub const fn is_conflict(self) -> bool {
        matches!(self, Self::Keys | Self::Rule(SafeguardingRefused::Told))
    }
}

macro_rules! stops {
    ($($refused:ty)+) => {$(
        impl From<$refused> for Stop<DisclosureRefused> {
            fn from(refused: $refused) -> Self {
                Self::Refused(refused.into())
            }
        }
    )+};
}

stops! { DisclosureRefused Refused SafeguardingRefused }

/// Somebody and the public keys they have now.
pub type Keyed = (PersonId, String, Option<Public>);

/// What the page needs on which something is passed on.
#[derive(Debug)]
pub struct Offer {
    /// What it will be called: fresh each time.
    pub disclosure: DisclosureId,
    /// To whom it goes; those without keys get nothing here.
    pub leads: Vec<Keyed>,
    /// Whether they stand above the teacher, because no other lead can open it.
    pub above: bool,
    /// Whom it is about: the other one of the thread.
    pub other: Keyed,
    /// One's own public keys.
    pub mine: Option<Public>,
    /// Whom one telephones.
    pub route: Option<Route>,
}

/// Whom one telephones; everybody at the institution may know (R-SAF-9).
///
/// # Errors
/// A fault of the database.
pub async fn route(desk: &Desk) -> Result<Option<Route>, Fault> {
    safeguarding::route(&desk.read(), desk.institution()).await
}

async fn due(
    db: &Db,
    permit: &Permit<Disclose>,
    (teacher, subject): (PersonId, PersonId),
) -> Result<(Due, Vec<(Lead, String)>), Fault> {
    let all = safeguarding::leads(db, permit, (teacher, subject)).await?;
    let leads: Vec<Lead> = all.iter().map(|(lead, _)| *lead).collect();
    Ok((Due::of(&leads), all))
}

/// What somebody sees before they pass something on: to whom it goes, and the telephone (R-SAF-1, R-SAF-2).
///
/// # Errors
/// Denied for everybody but the two.
pub async fn offer(desk: &Desk, who: &PersonFacts, thread: ThreadId) -> Result<Offer, Stop<Never>> {
    let db = desk.read();
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<Disclose>(who, &facts, &())?;
    let subject = whose(&facts, party(&facts, who.id).other());
    let (due, all) = due(&db, &permit, (facts.teacher, subject)).await?;
    let mut leads = Vec::new();
    for (lead, name) in all.into_iter().filter(|(lead, _)| due.leads.contains(lead)) {
        leads.push((lead.person, name, keys::public(&db, &permit, lead.person).await?));
    }
    let (other, name) = safeguarding::named(&db, &permit, subject).await?;
    Ok(Offer {
        disclosure: desk.ids().fresh(),
        leads,
        above: due.above,
        other: (other, name, keys::public(&db, &permit, other).await?),
        mine: keys::public(&db, &permit, who.id).await?,
        route: safeguarding::route(&db, desk.institution()).await?,
    })
}

/// What somebody passes on, as the browser has sealed it.
#[derive(Debug, Clone)]
pub struct NewDisclosure {
    /// Which: as the page called it, so that sending twice passes it on once.
    pub id: DisclosureId,
    /// What it is.
    pub category: String,
    /// Whether telling could put somebody at risk.
    pub is_unsafe: bool,
    /// Why.
    pub reason: String,
    /// The sealed text, a JWE.
    pub sealed: String,
    /// Its key for each of those it goes to, signed.
    pub grants: Vec<String>,
}

/// The name in the keyring under which the key of its outer layer lies: no thread is called so.
pub(crate) fn key_name(disclosure: DisclosureId) -> ThreadId {
    domain::ids::from_digest(short_digest(&format!("disclosure {disclosure}")))
}

/// Where a wrapped grant lies.
pub(crate) fn place(disclosure: DisclosureId, person: PersonId, kid: &str) -> Context {
    let context = Context::of("disclosure-grant").with("disclosure", disclosure.to_string());
    context.with("person", person.to_string()).with("kid", kid)
}

/// Checks that its key is given to exactly these people, each for the key they have now, and puts each grant under the outer
/// layer (R-SAF-3).
pub(crate) async fn given<A: Gives + UsesKeys>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    (disclosure, giver): (DisclosureId, PersonId),
    (signed, mut to): (&[String], Vec<(PersonId, String)>),
) -> Result<Vec<Grant>, Stop<DisclosureRefused>> {
    let mine = keys::public(db, permit, giver).await?.ok_or(DisclosureRefused::Keys)?;
    let signing = PublicKey::read(&mine.signing)?;
    let (which, by) = (disclosure.to_string(), giver.to_string());
    let expected = Expected { thread: &which, epoch: 0, by: &by, signed: &signing };
    let mut read = Vec::with_capacity(signed.len());
    for jws in signed {
        let grant = sealing::Grant::read(jws, &expected)?;
        let at = to.iter().position(|(_, kid)| *kid == grant.to).ok_or(DisclosureRefused::Keys)?;
        read.push((to.remove(at), jws));
    }
    // All of them or none.
    if !to.is_empty() {
        return Err(DisclosureRefused::Keys.into());
    }
    let keyring = desk.house.store.keyring();
    let secret = keyring.thread(desk.institution(), key_name(disclosure), secret_bytes(desk.house.chance.as_ref()))?;
    let layer = Layer::of(&secret)?;
    let mut grants = Vec::with_capacity(read.len());
    for ((person, kid), jws) in read {
        let wrapped = layer.seal(jws, &place(disclosure, person, &kid), nonce(desk.house.chance.as_ref()))?;
        grants.push(Grant { person, kid, giver, giver_keys: mine.clone(), wrapped });
    }
    Ok(grants)
}

/// Passes something on: to every safeguarding lead who is due, and to whom it is about unless telling could put somebody at
/// risk (R-SAF-1 to R-SAF-5). Sent twice, it is passed on once.
///
/// # Errors
/// A rule that says no, and then nothing is stored; denied for everybody but the two.
pub async fn disclose(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    new: &NewDisclosure,
) -> Result<(), Stop<DisclosureRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<Disclose>(&me, &facts, &())?;
    let subject = whose(&facts, party(&facts, who).other());
    if let Some(there) = facts::disclosure(&db, desk.institution(), new.id).await? {
        let same = (there.discloser, there.subject) == (who, subject);
        return if same { Ok(()) } else { Err(Refused::Context.into()) };
    }
    // A grant for the one must never be one for the other.
    if support::exists(&db, desk.institution(), ThreadId(new.id.0)).await? {
        return Err(Refused::Context.into());
    }
    let category = Category::from_code(&new.category).ok_or(SafeguardingRefused::Category)?;
    let kept_back = kept_back((new.is_unsafe, &new.reason), desk.today())?;
    let recipients = due(&db, &permit, (facts.teacher, subject)).await?.0.recipients()?;
    let jwe = Jwe::read(&new.sealed)?;
    let (which, author) = (new.id.to_string(), who.to_string());
    let context = sealing::note(&which, (&which, 1), (0, &author, "disclosure"));
    jwe.check(Wrap::Key, &context, (MOST_SEALED, true))?;
    let mut to = Vec::new();
    for person in recipients.iter().copied().chain([who]) {
        to.push((person, keys::public(&db, &permit, person).await?.ok_or(DisclosureRefused::Keys)?.kid));
    }
    if kept_back.is_none() {
        to.extend(keys::public(&db, &permit, subject).await?.map(|keys| (subject, keys.kid)));
    }
    let grants = given(desk, (&db, &permit), (new.id, who), (&new.grants, to)).await?;
    let sealed = jwe.text();
    let told = recipients.iter().copied().chain(kept_back.is_none().then_some(subject)).collect::<Vec<_>>();
    let row = New { id: new.id, subject, recipients, category, kept_back, made: desk.now, sealed };
    safeguarding::insert(&db, &permit, &row).await?;
    for grant in &grants {
        disclosures::grant(&db, &permit, (new.id, grant)).await?;
    }
    for person in told {
        waits(desk, &db, &permit, person).await?;
    }
    events::record(&db, &permit, desk.stamp(), &which).await?;
    Ok(db.commit().await?)
}

/// What was passed to a safeguarding lead, the latest first (R-SAF-7).
///
/// # Errors
/// Denied for everybody but a safeguarding lead.
pub async fn inbox(desk: &Desk, who: &PersonFacts) -> Result<Vec<Disclosure>, Stop<Never>> {
    let permit = desk.permit::<SeeDisclosures>(who, &desk.frame.programme.facts, &())?;
    let all = safeguarding::inbox(&desk.read(), &permit).await?;
    Ok(all.into_iter().filter(|one| may_read(desk, who, one)).collect())
}

/// What somebody has passed on, and what was passed on about them as far as they may know (R-SAF-4, R-SAF-5).
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Vec<Disclosure>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnSupport>(who, who, &())?;
    let all = safeguarding::own(&desk.read(), &permit).await?;
    Ok(all.into_iter().filter(|one| may_read(desk, who, one)).collect())
}

fn may_read(desk: &Desk, who: &PersonFacts, one: &Disclosure) -> bool {
    desk.permit::<ReadDisclosure>(who, &one.facts(desk.institution()), &()).is_ok()
}

/// Whom one telephones, for whoever may change it.
///
/// # Errors
/// Denied for everybody but a programme lead or an administrator.
pub async fn settings(desk: &Desk, who: &PersonFacts) -> Result<Option<Route>, Stop<Never>> {
    desk.permit::<SetSafeguarding>(who, &desk.frame.programme.facts, &()).map(drop)?;
    Ok(route(desk).await?)
}

/// Says whom one telephones (R-SAF-9).
///
/// # Errors
/// A rule that says no; denied for everybody but a programme lead or an administrator.
pub async fn set_route(
    desk: &Desk,
    who: PersonId,
    (name, telephone): (&str, &str),
) -> Result<(), Stop<SafeguardingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetSafeguarding>(&me, &desk.frame.programme.facts, &())?;
    let route = Route::read(name, telephone).map_err(Stop::Refused)?;
    safeguarding::set_route(&db, &permit, &route).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Tells the leads again of what nobody has opened, and reminds of what is to be decided again (R-SAF-6, R-SAF-7). The mail is
/// the one that everybody gets.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn watch(desk: &Desk) -> Result<(), Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<EscalateDisclosures>(&Actor::Job(Job::Tidy), programme, &())?;
    for one in disclosures::watched(&desk.read(), &permit).await? {
        let (late, review) = is_due(desk, &one);
        if !late && !review {
            continue;
        }
        let db = desk.write().await?;
        if late {
            let at_once = MailDue::after(&desk.frame.calendar, desk.now).at_once;
            for lead in &one.leads {
                mail::again(&db, &permit, (*lead, at_once)).await?;
            }
            disclosures::escalated(&db, &permit, (one.id, desk.now)).await?;
        }
        if review {
            for person in one.leads.iter().copied().chain([one.discloser]) {
                waits(desk, &db, &permit, person).await?;
            }
            disclosures::reminded(&db, &permit, (one.id, desk.today())).await?;
        }
        events::record(&db, &permit, desk.stamp(), &one.id.to_string()).await?;
        db.commit().await?;
    }
    Ok(())
}

/// Whether nobody has opened it for too long, and whether it is to be decided again.
fn is_due(desk: &Desk, one: &Watch) -> (bool, bool) {
    let late = !one.is_opened && escalates(one.made, one.escalated, desk.now);
    (late, one.review.is_some_and(|review| reminds(review, one.reminded, desk.today())))
}
