//! What is said in a thread, sealed in the browser: grants of its key, and items. The server checks from outside and opens
//! nothing. Rules R-WRD-1 to R-WRD-5.

use domain::ids::{ItemId, PersonId, ThreadId};
use domain::support::{Party, SupportRefused};
use jiff::Timestamp;
use policies::Permit;
use policies::acts::{GrantKey, ReadWords, SeeThread, WriteWords};
use policies::facts::{PersonFacts, ThreadFacts};
use sealing::{Context, Expected, Jwe, Layer, PublicKey, Refused, Wrap};
use store::keys::{self, Public};
use store::words::{self, Grant, InWords, Item};
use store::{Db, Fault, events, facts};

use crate::chance::{nonce, secret_bytes};
use crate::desk::{Desk, Never, Stop};
use crate::looked;
use crate::mail;
use crate::threads::{party, reachable, whose};

/// A message is at most so many bytes long, sealed.
const MOST_SEALED: usize = 40 * 1024;
/// Somebody changes what they said at most so often.
const MOST_REVISIONS: i64 = 50;
/// What can be said now.
const KINDS: [&str; 1] = ["message"];

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsRefused {
    /// R-WRD-1.
    #[error(transparent)]
    Sealed(#[from] Refused),
    /// R-WRD-2.
    #[error(transparent)]
    Support(#[from] SupportRefused),
    /// R-WRD-4.
    #[error("This was changed in another window meanwhile. Load the page again; what you typed is kept.")]
    Revision,
    /// R-WRD-5.
    #[error("The two of you have a key for this already. Load the page again; what you typed is kept.")]
    Granted,
    /// R-WRD-5.
    #[error("Your keys or your colleague’s have changed meanwhile. Load the page again; what you typed is kept.")]
    Keys,
}

impl WordsRefused {
    /// A code that a program can read.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Sealed(refused) => refused.code(),
            Self::Support(_) => "support",
            Self::Revision => "revision",
            Self::Granted => "granted",
            Self::Keys => "keys",
        }
    }

    /// Whether something else was quicker, so that reading again helps.
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::Revision | Self::Granted | Self::Keys)
    }
}

macro_rules! stops {
    ($($refused:ty)+) => {$(
        impl From<$refused> for Stop<WordsRefused> {
            fn from(refused: $refused) -> Self {
                Self::Refused(refused.into())
            }
        }
    )+};
}

stops! { WordsRefused Refused SupportRefused }

/// What a browser needs to show what is said in a thread.
#[derive(Debug)]
pub struct Said {
    /// Which of the two looks.
    pub party: Party,
    /// Whether something may be said now.
    pub may_write: bool,
    /// The other one: who, their name, their public keys if they have made them.
    pub other: (PersonId, String, Option<Public>),
    /// Grants for whoever looks: which key of the thread, who gives it, the signed grant.
    pub grants: Vec<(Grant, String)>,
    /// Everything that was said, with whoever said it.
    pub items: Vec<(Item, PersonId)>,
    /// The thumbprint of the key that the grants are for.
    pub kid: Option<String>,
}

/// Where a wrapped grant lies.
fn place(grant: &Grant, thread: ThreadId) -> Context {
    let context = Context::of("grant").with("thread", thread.to_string()).with("epoch", grant.epoch);
    context.with("kid", grant.kid.as_str()).with("number", i64::from(grant.party.number()))
}

/// Everything that is said in a thread, as it lies: sealed.
///
/// # Errors
/// Denied for everybody but the two.
pub async fn see(desk: &Desk, who: &PersonFacts, thread: ThreadId) -> Result<Said, Stop<Never>> {
    let db = desk.read();
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReadWords>(who, &facts, &())?;
    let party = party(&facts, who.id);
    // First noted, then handed out: nobody looks without its being noted (R-LOK-1).
    looked::at_thread(desk, &desk.permit::<SeeThread>(who, &facts, &())?, party).await?;
    let theirs = whose(&facts, party.other());
    let stage = words::stage(&db, &permit).await?;
    let them = desk.person::<Never>(&db, theirs).await?;
    let may_write = stage.still_on().is_ok() && reachable(desk, (who, &them), &facts);
    let mine = keys::public(&db, &permit, who.id).await?;
    let grants = match &mine {
        Some(mine) => open_grants(desk, &db, &permit, (party, &mine.kid)).await?,
        None => Vec::new(),
    };
    let items = words::items(&db, &permit).await?;
    let name = words::name(&db, &permit, theirs).await?;
    Ok(Said {
        party,
        may_write,
        other: (theirs, name, keys::public(&db, &permit, theirs).await?),
        grants,
        items: items
            .into_iter()
            .map(|item| {
                let by = whose(&facts, item.party);
                (item, by)
            })
            .collect(),
        kid: mine.map(|mine| mine.kid),
    })
}

/// Grants with the outer layer taken off. Once the shred key is gone there are none.
async fn open_grants(
    desk: &Desk,
    db: &Db,
    permit: &Permit<ReadWords>,
    whom: (Party, &str),
) -> Result<Vec<(Grant, String)>, Fault> {
    let Some(shred) = desk.house.keyring.known_thread(desk.institution(), permit.key())? else { return Ok(Vec::new()) };
    let layer = Layer::of(&shred).map_err(|_| Fault::Unreadable("keyring"))?;
    let grants = words::grants(db, permit, whom).await?.into_iter();
    let open = grants.filter_map(|grant| {
        let jws = layer.open(&grant.wrapped, &place(&grant, permit.key())).ok()?;
        Some((grant, jws))
    });
    Ok(open.collect())
}

/// Work in a thread.
struct Under<A: InWords> {
    db: Db,
    permit: Permit<A>,
    facts: ThreadFacts,
    party: Party,
}

async fn under<A>(desk: &Desk, who: PersonId, thread: ThreadId) -> Result<Under<A>, Stop<WordsRefused>>
where
    A: InWords<With = ()>,
{
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<A>(&me, &facts, &())?;
    words::stage(&db, &permit).await?.still_on()?;
    let party = party(&facts, who);
    let them = desk.person::<WordsRefused>(&db, whose(&facts, party.other())).await?;
    if !reachable(desk, (&me, &them), &facts) {
        return Err(SupportRefused::Unreachable.into());
    }
    Ok(Under { db, permit, facts, party })
}

impl<A: InWords> Under<A> {
    async fn done(self, desk: &Desk) -> Result<(), Stop<WordsRefused>> {
        events::in_thread(&self.db, &self.permit, desk.stamp(), (Some(self.permit.key()), self.party)).await?;
        Ok(self.db.commit().await?)
    }
}

/// Gives the next key of a thread to both, as the teacher's browser has made, wrapped and signed it (R-WRD-5).
///
/// # Errors
/// Grants that are not as they should be; a key that was given already.
pub async fn grant(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    (epoch, signed): (i64, &[String]),
) -> Result<(), Stop<WordsRefused>> {
    let under = under::<GrantKey>(desk, who, thread).await?;
    let next = words::last_epoch(&under.db, &under.permit).await?.map_or(0, |last| last + 1);
    // The first one now; later ones come with handing over.
    if epoch != next || next > 0 {
        return Err(WordsRefused::Granted.into());
    }
    let mine = keys::public(&under.db, &under.permit, who).await?.ok_or(WordsRefused::Keys)?;
    let theirs = whose(&under.facts, under.party.other());
    let theirs = keys::public(&under.db, &under.permit, theirs).await?.ok_or(WordsRefused::Keys)?;
    let shred = desk.house.keyring.thread(desk.institution(), thread, secret_bytes(desk.house.chance.as_ref()))?;
    let layer = Layer::of(&shred)?;
    let signing = PublicKey::read(&mine.signing)?;
    let (thread_words, by) = (thread.to_string(), who.to_string());
    let expected = Expected { thread: &thread_words, epoch, by: &by, signed: &signing };
    let mut for_whom = vec![(under.party, &mine.kid), (under.party.other(), &theirs.kid)];
    for jws in signed {
        let read = sealing::Grant::read(jws, &expected)?;
        let at = for_whom.iter().position(|(_, kid)| **kid == read.to).ok_or(WordsRefused::Keys)?;
        let (party, kid) = for_whom.remove(at);
        let mut grant = Grant { epoch, party, by: under.party, kid: kid.clone(), wrapped: String::new() };
        grant.wrapped = layer.seal(jws, &place(&grant, thread), nonce(desk.house.chance.as_ref()))?;
        words::grant(&under.db, &under.permit, &grant).await?;
    }
    // Both or neither.
    if !for_whom.is_empty() {
        return Err(WordsRefused::Keys.into());
    }
    under.done(desk).await
}

/// Something said, as the browser has sealed it.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Which: chosen by the browser, so that sending twice says it once.
    pub id: ItemId,
    /// Which revision, counted from 1.
    pub rev: i64,
    /// By which key of the thread.
    pub epoch: i64,
    /// What kind it is.
    pub kind: String,
    /// The sealed text, a JWE.
    pub sealed: String,
}

/// Takes something said, or a later revision of it (R-WRD-3, R-WRD-4). Sent twice, it is said once; gives when, and whether
/// it is new.
///
/// # Errors
/// What is not sealed as it should be; a revision that is there already or leaves one out.
pub async fn say(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    new: &NewItem,
) -> Result<(Timestamp, bool), Stop<WordsRefused>> {
    let under = under::<WriteWords>(desk, who, thread).await?;
    let jwe = Jwe::read(&new.sealed)?;
    let (thread_words, item, author) = (thread.to_string(), new.id.to_string(), who.to_string());
    let context = sealing::note(&thread_words, (&item, new.rev), (new.epoch, &author, &new.kind));
    jwe.check(Wrap::Key, &context, (MOST_SEALED, true))?;
    if !KINDS.contains(&new.kind.as_str()) {
        return Err(Refused::Context.into());
    }
    let sealed = jwe.text();
    let before = words::revisions(&under.db, &under.permit, new.id).await?;
    if let Some(same) =
        before.iter().find(|item| item.rev == new.rev && item.sealed == sealed && item.party == under.party)
    {
        return Ok((same.at, false));
    }
    let follows = before.last().map_or(1, |last| last.rev + 1);
    if new.rev != follows || new.rev > MOST_REVISIONS || before.iter().any(|item| item.party != under.party) {
        return Err(WordsRefused::Revision.into());
    }
    if words::last_epoch(&under.db, &under.permit).await? != Some(new.epoch) {
        return Err(WordsRefused::Keys.into());
    }
    let NewItem { id, rev, epoch, kind, .. } = new.clone();
    let item = Item { id, rev, epoch, party: under.party, kind, sealed, at: desk.now };
    words::insert(&under.db, &under.permit, &item).await?;
    if new.rev == 1 {
        mail::waits(desk, &under.db, &under.permit, whose(&under.facts, under.party.other())).await?;
    }
    under.done(desk).await?;
    Ok((desk.now, true))
}
