//! Backups: the database and the keyring, each as a file of its own, sealed to the recipients that the machine's keeper named
//! (R-BAK-1 to R-BAK-5). Made while everybody goes on working.

pub mod container;
pub mod look;
pub mod shelf;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use policies::Permit;
use policies::acts::BackUp;
use policies::facts::{Actor, Job};
use store::backups::{self, BackupFault, Tool, ToolFault};
use store::{Dialect, Fault, events};

use crate::desk::{Desk, Never, Stop};
use container::{Content, Manifest, Recipient};
use shelf::Sort;

/// A backup of the keyring lives so many days, so that what is deleted cannot be opened for longer than that (R-BAK-4).
pub const KEYRING_DAYS: i64 = 14;

/// The copy of an SQLite database that lies in the data folder while it is sealed.
const COPY: &str = "alongside.db.backing-up";
/// In days, longer than any clock reaches.
const FOR_EVER: i64 = 366 * 20_000;

/// Where backups go, and whom they are sealed to.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The data folder, for what has to lie on the disk for a moment.
    pub data: PathBuf,
    /// The folder of the database's backups.
    pub folder: PathBuf,
    /// The folder of the keyring's.
    pub keyring_folder: PathBuf,
    /// Whom they are sealed to.
    pub recipients: Vec<Recipient>,
    /// After how many days a backup of the database is removed; never without.
    pub keep_days: Option<i64>,
}

/// Who makes a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// A command on the machine.
    Command,
    /// The program at night.
    Job,
}

impl Maker {
    const fn actor(self) -> Actor<'static> {
        match self {
            Self::Command => Actor::CommandLine,
            Self::Job => Actor::Job(Job::Backup),
        }
    }
}

/// Why no backup was made.
#[derive(Debug, thiserror::Error)]
pub enum BackupRefused {
    /// Nobody could open it.
    #[error(
        "No recipient is named, so nobody could open a backup. Make an identity on another machine with \
         `alongside backup --new-identity FILE`, and write the recipient it prints into backup.conf, or give it with --recipient"
    )]
    NoRecipient,
    /// Another backup is being made.
    #[error("Another backup of this folder is being made at this moment. Wait for it, then try again")]
    Busy,
    /// The program was told to stop.
    #[error("The backup was broken off because the program stops; nothing of it is left")]
    BrokenOff,
    /// The folder or the disk says no.
    #[error("The backup could not be written ({0}). See that its folder can be written to and has room")]
    File(std::io::Error),
    /// A tool of PostgreSQL says no.
    #[error("No backup was made: {0}")]
    Tool(#[from] ToolFault),
}

impl From<std::io::Error> for BackupRefused {
    fn from(fault: std::io::Error) -> Self {
        Self::File(fault)
    }
}

impl From<BackupFault> for Stop<BackupRefused> {
    fn from(fault: BackupFault) -> Self {
        match fault {
            BackupFault::Store(fault) => Self::Fault(fault),
            BackupFault::Tool(fault) => Self::Refused(fault.into()),
        }
    }
}

impl From<std::io::Error> for Stop<BackupRefused> {
    fn from(fault: std::io::Error) -> Self {
        Self::Refused(fault.into())
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// How much is inside.
    pub bytes: u64,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The database's.
    pub database: Written,
    /// The keyring's; none before somebody has made keys.
    pub keyring: Option<Written>,
}

type Refusing<T> = Result<T, Stop<BackupRefused>>;

/// Makes a backup of the database and one of the keyring, and removes what is past its days (R-BAK-1, R-BAK-4).
///
/// # Errors
/// Denied; no recipient; a folder, a disk or a tool that says no: then no half of a file is left. One that is whole stays, even
/// if it could not be told of.
pub async fn make(desk: &Desk, maker: Maker, plan: &Plan) -> Result<Made, Stop<BackupRefused>> {
    let house = Arc::clone(&desk.house);
    let permit = house.gate.permit::<BackUp>(&maker.actor(), &desk.frame.programme.facts, &())?;
    if plan.recipients.is_empty() {
        return Err(Stop::Refused(BackupRefused::NoRecipient));
    }
    let content = match house.store.dialect() {
        Dialect::Sqlite => Content::Sqlite,
        Dialect::Postgres => Content::Postgresql,
    };
    let manifest = Manifest {
        content,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made: desk.now,
        institution: desk.institution().0,
        steps: backups::steps(&desk.read(), &permit).await?,
    };
    let alone = alone(&plan.data)?;
    let tool = match content {
        Content::Postgresql => Some(backups::dump(&house.store, &permit).await?),
        Content::Sqlite | Content::Keyring => None,
    };
    let work = Work { desk: desk.clone(), plan: plan.clone(), manifest, permit, _alone: alone };
    // Dropped when the program stops, and what goes on in the other thread ends at its next step.
    let (going, watched) = Going::begin();
    let done = tokio::task::spawn_blocking(move || work.run(tool, &watched)).await;
    let (made, permit) = done.map_err(|_| Fault::Away)??;
    drop(going);
    let db = desk.write().await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(made)
}

/// When the last backup went through that was not made by hand elsewhere.
///
/// # Errors
/// Denied, or a fault of the database.
pub async fn last(desk: &Desk) -> Result<Option<Timestamp>, Stop<Never>> {
    let actor = Maker::Job.actor();
    let permit = desk.house.gate.permit::<BackUp>(&actor, &desk.frame.programme.facts, &())?;
    Ok(backups::last(&desk.read(), &permit).await?)
}

/// Removes backups that are past their days (R-BAK-4).
///
/// # Errors
/// Denied, or a file that cannot be removed.
pub async fn clear(desk: &Desk, plan: &Plan) -> Result<usize, Stop<BackupRefused>> {
    let actor = Maker::Job.actor();
    let _permit: Permit<BackUp> = desk.house.gate.permit(&actor, &desk.frame.programme.facts, &())?;
    let (plan, now) = (plan.clone(), desk.now);
    let done = tokio::task::spawn_blocking(move || {
        // What a program that was killed has left; while somebody is at it, it is theirs.
        if alone(&plan.data).is_ok() {
            shelf::discard(&plan.data.join(COPY));
        }
        clear_past(&plan, now)
    });
    let done = done.await;
    Ok(done.map_err(|_| Fault::Away)??)
}

fn clear_past(plan: &Plan, now: Timestamp) -> std::io::Result<usize> {
    let keyrings = shelf::clear(&plan.keyring_folder, Sort::Keyring, (now, KEYRING_DAYS))?;
    Ok(keyrings + shelf::clear(&plan.folder, Sort::Database, (now, plan.keep_days.unwrap_or(FOR_EVER)))?)
}

/// One backup of a folder at a time; free again when the program ends in any way.
fn alone(data: &Path) -> Refusing<File> {
    shelf::private_folder(data)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(data.join("backup.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Stop::Refused(BackupRefused::Busy)),
        Err(TryLockError::Error(fault)) => Err(fault.into()),
    }
}

/// Whether a backup is still wanted.
struct Going(Arc<AtomicBool>);

impl Going {
    fn begin() -> (Self, Watched) {
        let stopped = Arc::new(AtomicBool::new(false));
        (Self(Arc::clone(&stopped)), Watched(stopped))
    }
}

impl Drop for Going {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Watched(Arc<AtomicBool>);

impl Watched {
    fn still(&self) -> std::io::Result<()> {
        if self.0.load(Ordering::Relaxed) { Err(std::io::Error::other("stopped")) } else { Ok(()) }
    }
}

/// A reader that ends with a fault once nobody waits for it any more.
struct While<'a, R>(R, &'a Watched);

impl<R: Read> Read for While<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.1.still()?;
        self.0.read(into)
    }
}

/// What has to lie on the disk for a moment; gone again afterwards, whatever happens.
struct Passing(PathBuf);

impl Passing {
    fn at(path: PathBuf) -> std::io::Result<Self> {
        // A program that was killed may have left one; `alone` holds others off.
        shelf::discard(&path);
        shelf::private_file(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        shelf::discard(&self.0);
    }
}

/// The part of it that takes its time, in a thread of its own.
struct Work {
    desk: Desk,
    plan: Plan,
    manifest: Manifest,
    permit: Permit<BackUp>,
    /// Held for as long as the thread works, even if nobody waits for it any more.
    _alone: File,
}

impl Work {
    fn run(self, tool: Option<Tool>, watched: &Watched) -> Refusing<(Made, Permit<BackUp>)> {
        let done = self.both(tool, watched);
        if watched.still().is_err() && done.is_err() {
            return Err(Stop::Refused(BackupRefused::BrokenOff));
        }
        done.map(|made| (made, self.permit))
    }

    fn both(&self, tool: Option<Tool>, watched: &Watched) -> Refusing<Made> {
        let database = match tool {
            Some(mut tool) => self.put(Sort::Database, self.manifest.content, |out, seal| {
                let bytes = seal(out, &mut While(&mut tool, watched))?;
                // Only now is it known that nothing is missing at the end.
                tool.finish().map_err(BackupRefused::from)?;
                Ok(bytes)
            })?,
            None => {
                let copy = Passing::at(self.plan.data.join(COPY))?;
                backups::copy(&self.desk.house.store, &self.permit, &copy.0)?;
                let file = File::open(&copy.0)?;
                self.put(Sort::Database, self.manifest.content, |out, seal| Ok(seal(out, &mut While(file, watched))?))?
            }
        };
        // After the database: keys are made before the rows that need them, so that none is missing here.
        let keyring = match backups::keyring(self.desk.house.store.keyring(), &self.permit)? {
            Some(bytes) => Some(self.put(Sort::Keyring, Content::Keyring, |out, seal| {
                Ok(seal(out, &mut While(bytes.as_slice(), watched))?)
            })?),
            None => None,
        };
        clear_past(&self.plan, self.desk.now)?;
        Ok(Made { database, keyring })
    }

    fn put(
        &self,
        sort: Sort,
        content: Content,
        write: impl FnOnce(&File, &dyn Fn(&File, &mut dyn Read) -> std::io::Result<u64>) -> Result<u64, BackupRefused>,
    ) -> Refusing<Written> {
        let folder = match sort {
            Sort::Database => &self.plan.folder,
            Sort::Keyring => &self.plan.keyring_folder,
        };
        let manifest = Manifest { content, ..self.manifest.clone() };
        let seal = |out: &File, content: &mut dyn Read| {
            let mut out = BufWriter::new(out);
            let sealed = container::seal(&mut out, &self.plan.recipients, &manifest, content)?;
            out.flush().map(|()| sealed.bytes)
        };
        let put = shelf::put(folder, (sort, self.manifest.made), |file| write(file, &seal));
        let (path, bytes) = put.map_err(Stop::Refused)?;
        Ok(Written { path, bytes })
    }
}
