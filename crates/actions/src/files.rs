//! Files that come with what is said in a thread: sealed in the browser, kept as they came. Rule R-WRD-12.

use domain::ids::{FileId, PersonId, ThreadId};
use domain::words::MOST_FILES;
use policies::acts::{ReadWords, WriteWords};
use policies::facts::PersonFacts;
use sealing::{Context, Jwe, Wrap};
use store::files::{self, File};
use store::{Fault, facts, words};

use crate::desk::{Desk, Never, Stop};
use crate::threads::whose;
use crate::words::{WordsRefused, under};

/// A file has at most ten megabytes; padded it has at most an eighth more.
const MOST_BYTES: usize = 11_800_000;

/// The context that a file is sealed for.
pub fn context(thread: ThreadId, file: FileId, (epoch, author): (i64, PersonId)) -> Context {
    let context = Context::of("file").with("thread", thread.to_string()).with("file", file.to_string());
    context.with("epoch", epoch).with("author", author.to_string())
}

/// Takes a file, as a browser has sealed it. Sent twice, it is there once.
///
/// # Errors
/// What is not sealed as it should be; too many files.
pub async fn send(
    desk: &Desk,
    (who, thread): (PersonId, ThreadId),
    (file, epoch, sealed): (FileId, i64, &str),
) -> Result<(), Stop<WordsRefused>> {
    // Looked at before the write lock is taken: a large text takes a while to read.
    let jwe = Jwe::read(sealed)?;
    jwe.check(Wrap::Key, &context(thread, file, (epoch, who)), (MOST_BYTES, true))?;
    let under = under::<WriteWords>(desk, who, thread).await?.goes_on().await?;
    if words::last_epoch(&under.db, &under.permit).await? != Some(epoch) {
        return Err(WordsRefused::Keys.into());
    }
    if files::known(&under.db, &under.permit, file).await? {
        return Ok(());
    }
    if files::count(&under.db, &under.permit).await? >= i64::try_from(MOST_FILES).unwrap_or(i64::MAX) {
        return Err(WordsRefused::Files.into());
    }
    let kept = File { id: file, epoch, party: under.party, sealed: jwe.kept() };
    files::insert(&under.db, &under.permit, (&kept, desk.now)).await?;
    under.done(desk).await
}

/// A file as it lies, and whoever sent it.
///
/// # Errors
/// Denied for everybody but the two, and when there is none.
pub async fn see(
    desk: &Desk,
    who: &PersonFacts,
    (thread, file): (ThreadId, FileId),
) -> Result<(File, PersonId), Stop<Never>> {
    let db = desk.read();
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ReadWords>(who, &facts, &())?;
    let mut file = files::see(&db, &permit, file).await?.ok_or(Stop::Denied)?;
    let by = whose(&facts, file.party);
    let context = context(thread, file.id, (file.epoch, by));
    file.sealed = Jwe::restored(&file.sealed, &context).map_err(|_| Fault::Unreadable("file"))?;
    Ok((file, by))
}
