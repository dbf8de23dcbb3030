//! Bringing a backup back to a machine that has no college (R-BAK-6): everything is checked before anything is in its place.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::{Chance, Ids, InstitutionId};
use jiff::Timestamp;
use policies::acts::{ExamineFolder, RestoreBackup};
use policies::facts::{Actor, DraftFacts};
use policies::{Gate, Permit};
use store::backups::{self, BackupFault, ToolFault};
use store::{Care, Fault, KEYRING, Store, audit, events, health, programme};

use crate::backup::container::{self, Content, Identity, Manifest, NotOpened};
use crate::backup::shelf::{discard, private_file, private_folder, settle};
use crate::desk::Stop;

/// Where things lie until all of them are checked.
const WAITING: &str = "restoring";
const DATABASE: &str = "alongside.db";

/// What is brought back, and where to.
pub struct Wanted<'a> {
    /// The backup of the database.
    pub file: &'a Path,
    /// The backup of the keyring, if there is one.
    pub keyring: Option<&'a Path>,
    /// What opens both.
    pub identity: Identity,
    /// The empty data folder.
    pub data: &'a Path,
    /// The empty PostgreSQL database, if the college is to be in one.
    pub url: Option<&'a str>,
}

/// How the keyring came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringState {
    /// Nobody had made keys, so nothing is missing.
    NotNeeded,
    /// It is there with every key that the database needs.
    Whole,
    /// It is there and lacks keys that the database needs.
    Older,
    /// It was not given, and keys in the database need it.
    Missing,
}

/// A college that is back.
#[derive(Debug, Clone)]
pub struct Back {
    /// When the backup was made.
    pub made: Timestamp,
    /// How the keyring came back.
    pub keyring: KeyringState,
}

/// Why nothing was brought back.
#[derive(Debug, thiserror::Error)]
pub enum RestoreRefused {
    /// There is something already.
    #[error("{0} holds something already. Restore into an empty folder, so that nothing is written over")]
    Filled(PathBuf),
    /// There is something in the database already.
    #[error(
        "The PostgreSQL database holds something already. Restore into an empty one, so that nothing is written over"
    )]
    FilledDatabase,
    /// A file says no.
    #[error("{0}: {1}")]
    NotOpened(PathBuf, NotOpened),
    /// A backup of the keyring where the database's belongs.
    #[error("{0} is a backup of the keyring. Give the database's first, and this one with --keyring")]
    IsKeyring(PathBuf),
    /// A backup of the database where the keyring's belongs.
    #[error("{0} is no backup of a keyring; its name begins with keyring-")]
    NoKeyring(PathBuf),
    /// Two colleges.
    #[error(
        "The backup of the keyring belongs to another college than that of the database. Take the one made with it"
    )]
    OtherCollege,
    /// A later version made it.
    #[error("A later version of Alongside made this backup; install that one")]
    Newer,
    /// The wrong kind of database.
    #[error(
        "This backup is of the built-in database. Restore it without --database; `alongside move-database` then moves it to \
         PostgreSQL"
    )]
    OfSqlite,
    /// The wrong kind of database.
    #[error("This backup is of a PostgreSQL database. Give an empty one with --database postgres://…")]
    OfPostgres,
    /// What came out is no college.
    #[error("What is in this backup is no whole college, so nothing of it was used; take another one")]
    NoCollege,
    /// The folder or the disk says no.
    #[error("The folder could not be written to ({0}). See that it belongs to this account and has room")]
    File(std::io::Error),
    /// A tool of PostgreSQL says no.
    #[error("Nothing was restored: {0}")]
    Tool(#[from] ToolFault),
}

impl From<std::io::Error> for Stop<RestoreRefused> {
    fn from(fault: std::io::Error) -> Self {
        Self::Refused(RestoreRefused::File(fault))
    }
}

impl From<BackupFault> for Stop<RestoreRefused> {
    fn from(fault: BackupFault) -> Self {
        match fault {
            BackupFault::Store(fault) => Self::Fault(fault),
            BackupFault::Tool(fault) => Self::Refused(fault.into()),
        }
    }
}

type Refusing<T> = Result<T, Stop<RestoreRefused>>;

/// Whether nothing lies in a folder but what a program that was here for a moment leaves.
fn is_empty(data: &Path) -> std::io::Result<bool> {
    let entries = match std::fs::read_dir(data) {
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        entries => entries?,
    };
    for entry in entries {
        if ![Some("alongside.lock"), Some(WAITING)].contains(&entry?.file_name().to_str()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A folder in which things wait; cleared away whatever happens.
struct Waiting(PathBuf);

impl Waiting {
    fn in_folder(data: &Path) -> std::io::Result<Self> {
        let folder = data.join(WAITING);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        private_folder(&folder).map(|()| Self(folder))
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Err(fault) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(why = %fault.kind(), "what waited to be restored could not be cleared away");
        }
    }
}

/// Opens a backup as far as what it says of itself.
fn manifest(file: &Path, identity: &Identity) -> Refusing<container::Opened<BufReader<File>>> {
    let not = |not| Stop::Refused(RestoreRefused::NotOpened(file.to_owned(), not));
    let opened = File::open(file).map_err(|fault| not(NotOpened::File(fault.kind())))?;
    container::open(BufReader::new(opened), identity).map_err(not)
}

/// Writes out what is in a backup, and says what it says of itself.
fn poured(file: &Path, identity: &Identity, to: &Path) -> Refusing<Manifest> {
    let opened = manifest(file, identity)?;
    let (said, mut out) = (opened.manifest.clone(), private_file(to)?);
    opened.pour(&mut out).map_err(|not| Stop::Refused(RestoreRefused::NotOpened(file.to_owned(), not)))?;
    out.sync_all()?;
    Ok(said)
}

/// Brings a backup back: all of it or nothing (R-BAK-6).
///
/// # Errors
/// Denied; a place that holds something; a file that is damaged, foreign, of a later version or of another kind.
pub async fn bring_back(
    gate: &Gate,
    wanted: &Wanted<'_>,
    (now, chance): (Timestamp, Arc<dyn Chance>),
) -> Result<Back, Stop<RestoreRefused>> {
    let said = manifest(wanted.file, &wanted.identity)?.manifest;
    fits(&said, wanted)?;
    if !is_empty(wanted.data)? {
        return Err(Stop::Refused(RestoreRefused::Filled(wanted.data.to_owned())));
    }
    let filled = match wanted.url {
        Some(url) => !backups::is_empty(url).await?,
        None => false,
    };
    if filled {
        return Err(Stop::Refused(RestoreRefused::FilledDatabase));
    }
    let draft = DraftFacts { institution: InstitutionId(said.institution), live: filled };
    let permit = gate.permit::<RestoreBackup>(&Actor::CommandLine, &draft, &())?;
    let waiting = Waiting::in_folder(wanted.data)?;
    let content = waiting.at(DATABASE);
    poured(wanted.file, &wanted.identity, &content)?;
    if let Some(file) = wanted.keyring {
        let of = poured(file, &wanted.identity, &waiting.at(KEYRING))?;
        if of.content != Content::Keyring {
            return Err(Stop::Refused(RestoreRefused::NoKeyring(file.to_owned())));
        }
        if of.institution != said.institution {
            return Err(Stop::Refused(RestoreRefused::OtherCollege));
        }
    }
    let keyring = match wanted.url {
        None => {
            let store = Store::open(&content, Care::Full).await.map_err(unusable)?;
            let state = settled(gate, &store, &permit, (now, chance)).await?;
            store.close().await?;
            state
        }
        Some(url) => {
            // The tool commits by itself, so the keyring is in its place before.
            place(&waiting, wanted.data, KEYRING)?;
            if let Err(fault) = backups::put_back(url, &content, &permit).await {
                discard(&wanted.data.join(KEYRING));
                return Err(fault.into());
            }
            let store = Store::connect(url, wanted.data, Care::Full).await?;
            let state = settled(gate, &store, &permit, (now, chance)).await?;
            store.close().await?;
            state
        }
    };
    if wanted.url.is_none() {
        place(&waiting, wanted.data, KEYRING)?;
        // The last thing: from now on the folder is filled.
        place(&waiting, wanted.data, DATABASE)?;
    }
    settle(wanted.data)?;
    Ok(Back { made: said.made, keyring })
}

/// Moves something into its place, if it was brought.
fn place(waiting: &Waiting, data: &Path, name: &str) -> std::io::Result<()> {
    let from = waiting.at(name);
    if from.exists() { std::fs::rename(from, data.join(name)) } else { Ok(()) }
}

/// Whether a backup is one that belongs here.
fn fits(said: &Manifest, wanted: &Wanted<'_>) -> Refusing<()> {
    let refused = match (said.content, wanted.url) {
        (Content::Keyring, _) => RestoreRefused::IsKeyring(wanted.file.to_owned()),
        _ if !said.steps.iter().all(|step| backups::knows(step)) => RestoreRefused::Newer,
        (Content::Sqlite, Some(_)) => RestoreRefused::OfSqlite,
        (Content::Postgresql, None) => RestoreRefused::OfPostgres,
        (Content::Sqlite, None) | (Content::Postgresql, Some(_)) => return Ok(()),
    };
    Err(Stop::Refused(refused))
}

/// What is no database of ours is no backup of ours either.
fn unusable(fault: Fault) -> Stop<RestoreRefused> {
    match fault {
        Fault::Newer => Stop::Refused(RestoreRefused::Newer),
        Fault::Database(_) | Fault::Unreadable(_) | Fault::Missing(_) => Stop::Refused(RestoreRefused::NoCollege),
        fault => Stop::Fault(fault),
    }
}

/// Looks whether it is a whole college, notes that it was brought back, and says how its keyring is.
async fn settled(
    gate: &Gate,
    store: &Store,
    permit: &Permit<RestoreBackup>,
    (now, chance): (Timestamp, Arc<dyn Chance>),
) -> Refusing<KeyringState> {
    let db = store.read();
    let college = programme::find(&db).await.map_err(unusable)?;
    let facts = college.map(|college| college.facts).filter(|facts| facts.institution == permit.institution());
    let facts = facts.ok_or(Stop::Refused(RestoreRefused::NoCollege))?;
    let examine: Permit<ExamineFolder> = gate.permit(&Actor::CommandLine, &facts, &())?;
    if !health::whole(&db, &examine).await.map_err(unusable)? {
        return Err(Stop::Refused(RestoreRefused::NoCollege));
    }
    let keyed = health::staffing(&db, &examine).await?.keyed;
    let granted = backups::granted(&db, permit).await?;
    drop(db);
    let db = store.write().await?;
    let at = Timestamp::from_second(now.as_second()).unwrap_or(now);
    events::record(&db, permit, events::Stamp { id: Ids(chance.as_ref()).fresh(), at }, "").await?;
    db.commit().await?;
    let keyring = store.keyring();
    if keyring.file().exists() {
        // The log goes on from here: what came after this backup is not missed, this entry says so.
        audit::anchor_anew(&store.read(), permit).await?;
    }
    if keyed.is_empty() && granted.is_empty() {
        return Ok(KeyringState::NotNeeded);
    }
    if !keyring.file().exists() {
        return Ok(KeyringState::Missing);
    }
    let mut whole = true;
    for person in keyed {
        whole &= keyring.known_pepper(facts.institution, person)?.is_some();
    }
    for thread in granted {
        whole &= keyring.known_thread(facts.institution, thread)?.is_some();
    }
    Ok(if whole { KeyringState::Whole } else { KeyringState::Older })
}
