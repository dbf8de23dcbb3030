//! What is said in a thread, sealed in the browser: grants of its key, and items. The server checks from outside and opens
//! nothing. Rules R-WRD-1 to R-WRD-5 and R-WRD-9 to R-WRD-11; files are in [`crate::files`].

use domain::ids::{ItemId, PersonId, ThreadId};
use domain::observations;
use domain::support::{Party, SupportRefused};
use domain::words::{Kind, MOST_FILES};
use jiff::Timestamp;
use policies::Permit;
use policies::acts::{ReadWords, SeeOwnSupport, SeeThread, WriteWords};
use policies::facts::{PersonFacts, ThreadFacts};
use sealing::{Context, Jwe, Layer, Refused, Wrap};
use store::keys::{self, Public};
use store::words::{self, Grant, InWords, Item};
use store::{Db, Fault, events, facts};

use crate::desk::{Desk, Never, Stop};
use crate::looked;
use crate::mail;
use crate::threads::{Thread, party, reachable, whose};

/// A message is at most so many bytes long, sealed.
const MOST_SEALED: usize = 40 * 1024;
/// Somebody changes what they said at most so often.
const MOST_REVISIONS: i64 = 50;

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
    /// R-WRD-9.
    #[error("That is your colleague’s to write. Say it as a message, or propose it.")]
    Kind,
    /// R-OBS-5.
    #[error("The two of you have agreed on no lesson that you watch, so there is nothing to note of one here.")]
    NoLesson,
    /// R-WRD-12.
    #[error("There are as many files here as there can be ({MOST_FILES}). Send a link to this one.")]
    Files,
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
            Self::Kind => "kind",
            Self::NoLesson => "no-lesson",
            Self::Files => "files",
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
    /// Whether the plan may be changed now: the teacher's own, while the thread is on (R-WRD-9).
    pub may_plan: bool,
    /// How far whoever looks has read.
    pub read: i64,
    /// The thread's keys that the other one's present key has not been given (R-WRD-10).
    pub missing: Vec<i64>,
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
pub(crate) fn place(grant: &Grant, thread: ThreadId) -> Context {
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
    let on = stage.still_on().is_ok();
    let may_write = on && reachable(desk, (who, &them), &facts);
    let mine = keys::public(&db, &permit, who.id).await?;
    let grants = match &mine {
        Some(mine) => open_grants(desk, &db, &permit, (party, &mine.kid)).await?,
        None => Vec::new(),
    };
    let items = words::items(&db, &permit).await?;
    let other = (theirs, words::name(&db, &permit, theirs).await?, keys::public(&db, &permit, theirs).await?);
    let missing = match &other.2 {
        Some(keys) => words::missing(&db, &permit, (party.other(), &keys.kid)).await?,
        None => Vec::new(),
    };
    Ok(Said {
        party,
        may_write,
        may_plan: on && party == Party::Teacher,
        read: words::reading(&db, &permit, party).await?,
        missing,
        other,
        grants,
        items: items
            .into_iter()
            .map(|item| {
                let by = whose(&facts, item.party);
                Ok((whole(item, thread, by)?, by))
            })
            .collect::<Result<_, Fault>>()?,
        kid: mine.map(|mine| mine.kid),
    })
}

/// An item with the context it was sealed for, which is not kept: it names the author (R-RET-4).
fn whole(mut item: Item, thread: ThreadId, by: PersonId) -> Result<Item, Fault> {
    let (thread, id, author) = (thread.to_string(), item.id.to_string(), by.to_string());
    let context = sealing::note(&thread, (&id, item.rev), (item.epoch, &author, &item.kind));
    item.sealed = Jwe::restored(&item.sealed, &context).map_err(|_| Fault::Unreadable("item"))?;
    Ok(item)
}

/// Grants with the outer layer taken off. Once the shred key is gone there are none.
async fn open_grants(
    desk: &Desk,
    db: &Db,
    permit: &Permit<ReadWords>,
    whom: (Party, &str),
) -> Result<Vec<(Grant, String)>, Fault> {
    let Some(shred) = desk.house.store.keyring().known_thread(desk.institution(), permit.key())? else {
        return Ok(Vec::new());
    };
    let layer = Layer::of(&shred).map_err(|_| Fault::Unreadable("keyring"))?;
    let grants = words::grants(db, permit, whom).await?.into_iter();
    let open = grants.filter_map(|grant| {
        let jws = layer.open(&grant.wrapped, &place(&grant, permit.key())).ok()?;
        Some((grant, jws))
    });
    Ok(open.collect())
}

/// Work in a thread.
pub(crate) struct Under<A: InWords> {
    pub(crate) db: Db,
    pub(crate) permit: Permit<A>,
    pub(crate) facts: ThreadFacts,
    pub(crate) party: Party,
    /// Whether the two can go on as things stand (R-SUP-2).
    reachable: bool,
}

pub(crate) async fn under<A>(desk: &Desk, who: PersonId, thread: ThreadId) -> Result<Under<A>, Stop<WordsRefused>>
where
    A: InWords<With = ()>,
{
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<A>(&me, &facts, &())?;
    let party = party(&facts, who);
    let them = desk.person::<WordsRefused>(&db, whose(&facts, party.other())).await?;
    let reachable = reachable(desk, (&me, &them), &facts);
    Ok(Under { db, permit, facts, party, reachable })
}

impl<A: InWords> Under<A> {
    /// R-WRD-2: while the thread is on and both can be reached.
    pub(crate) async fn goes_on(self) -> Result<Self, Stop<WordsRefused>> {
        words::stage(&self.db, &self.permit).await?.still_on()?;
        if self.reachable { Ok(self) } else { Err(SupportRefused::Unreachable.into()) }
    }

    pub(crate) async fn done(self, desk: &Desk) -> Result<(), Stop<WordsRefused>> {
        events::in_thread(&self.db, &self.permit, desk.stamp(), (Some(self.permit.key()), self.party)).await?;
        Ok(self.db.commit().await?)
    }
}

/// Notes how far somebody has read in a thread (R-WRD-11); only they see it, as a mark on what is new.
///
/// # Errors
/// Denied for everybody but the two.
pub async fn note_reading(desk: &Desk, who: &PersonFacts, (thread, place): (ThreadId, i64)) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReadWords>(who, &facts, &())?;
    words::set_reading(&db, &permit, (party(&facts, who.id), place)).await?;
    Ok(db.commit().await?)
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
    let kind = Kind::from_code(&new.kind).ok_or(Refused::Context)?;
    if !kind.may_be_written_by(under.party) {
        return Err(WordsRefused::Kind.into());
    }
    if kind.is_by_whoever_watches() {
        let agreed = words::agreed(&under.db, &under.permit).await?;
        if !observations::may_write(kind, under.party, &agreed) {
            return Err(WordsRefused::NoLesson.into());
        }
    }
    let under = if kind.is_the_teachers_own() {
        words::stage(&under.db, &under.permit).await?.still_on()?;
        under
    } else {
        under.goes_on().await?
    };
    let jwe = Jwe::read(&new.sealed)?;
    let (thread_words, item, author) = (thread.to_string(), new.id.to_string(), who.to_string());
    let context = sealing::note(&thread_words, (&item, new.rev), (new.epoch, &author, &new.kind));
    jwe.check(Wrap::Key, &context, (MOST_SEALED, true))?;
    let sealed = jwe.kept();
    let before = words::revisions(&under.db, &under.permit, new.id).await?;
    if let Some(same) =
        before.iter().find(|item| item.rev == new.rev && item.sealed == sealed && item.party == under.party)
    {
        return Ok((same.at, false));
    }
    let follows = before.last().map_or(1, |last| last.rev + 1);
    if new.rev != follows
        || new.rev > MOST_REVISIONS
        || before.iter().any(|item| item.party != under.party || item.kind != new.kind)
    {
        return Err(WordsRefused::Revision.into());
    }
    if words::last_epoch(&under.db, &under.permit).await? != Some(new.epoch) {
        return Err(WordsRefused::Keys.into());
    }
    let told = kind.is_told();
    let NewItem { id, rev, epoch, kind, .. } = new.clone();
    let item = Item { id, rev, epoch, party: under.party, kind, sealed, at: desk.now, place: 0 };
    words::insert(&under.db, &under.permit, &item).await?;
    if new.rev == 1 && told {
        mail::waits(desk, &under.db, &under.permit, whose(&under.facts, under.party.other())).await?;
    }
    under.done(desk).await?;
    Ok((desk.now, true))
}

/// The thread before this one in which its teacher wrote with somebody else, and with whom: what was said there can be handed
/// over, chosen and sealed anew by the teacher's own browser (R-WRD-14).
///
/// # Errors
/// A fault of the database.
pub async fn before(
    desk: &Desk,
    who: &PersonFacts,
    thread: &Thread,
) -> Result<Option<(ThreadId, String)>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnSupport>(who, who, &())?;
    let db = desk.read();
    let Some((before, other)) = words::before(&db, &permit, (thread.asked, thread.track)).await? else {
        return Ok(None);
    };
    Ok(Some((before, words::called(&db, &permit, other).await?)))
}
