//! The keyring: keys of the outer layer, in a file of its own beside the database, so that no backup of the database opens
//! anything by itself (R-WRD-7). A local file with PostgreSQL too.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::ids::{InstitutionId, PersonId, ThreadId};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::db::Fault;

/// A key of the outer layer.
pub type Secret = [u8; 32];

/// The keyring of a data folder; its file is made when the first key is.
#[derive(Debug)]
pub struct Keyring {
    file: PathBuf,
    open: Mutex<Option<Connection>>,
}

/// What a key is for.
#[derive(Clone, Copy)]
enum Of {
    Thread(ThreadId),
    Person(PersonId),
}

impl Of {
    const fn named(self) -> (&'static str, Uuid) {
        match self {
            Self::Thread(thread) => ("thread", thread.0),
            Self::Person(person) => ("person", person.0),
        }
    }
}

// A journal that is emptied, and pages that are overwritten: what was deleted is gone from the disk.
const MADE: &str = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
    CREATE TABLE IF NOT EXISTS secret (institution BLOB NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL, secret BLOB NOT NULL, \
    PRIMARY KEY (institution, kind, id)) WITHOUT ROWID;";

impl Keyring {
    /// The keyring in this file.
    pub const fn at(file: PathBuf) -> Self {
        Self { file, open: Mutex::new(None) }
    }

    /// Where it lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>) -> Result<T, Fault> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(connect(&self.file)?);
        }
        let connection = open.as_ref().ok_or(Fault::Missing("keyring"))?;
        Ok(work(connection)?)
    }

    fn known(&self, institution: InstitutionId, of: Of) -> Result<Option<Secret>, Fault> {
        // Looking makes no file: one that is gone must not seem to be there.
        if !self.file.exists() {
            return Ok(None);
        }
        let (kind, id) = of.named();
        let sql = "SELECT secret FROM secret WHERE institution = $1 AND kind = $2 AND id = $3";
        let found: Option<Vec<u8>> =
            self.with(|at| at.query_row(sql, params![institution.0, kind, id], |row| row.get(0)).optional())?;
        found.map(|secret| Secret::try_from(secret).map_err(|_| Fault::Unreadable("key"))).transpose()
    }

    fn get(&self, institution: InstitutionId, of: Of, fresh: Secret) -> Result<Secret, Fault> {
        if let Some(secret) = self.known(institution, of)? {
            return Ok(secret);
        }
        let (kind, id) = of.named();
        let sql = "INSERT INTO secret (institution, kind, id, secret) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        self.with(|at| at.execute(sql, params![institution.0, kind, id, fresh]))?;
        // Somebody else may have been quicker: the one that lies there counts.
        self.known(institution, of)?.ok_or(Fault::Missing("key"))
    }

    /// A thread's shred key; `fresh` becomes it where there is none yet. It is on the disk when this returns.
    ///
    /// # Errors
    /// A keyring that cannot be read or written.
    pub fn thread(&self, institution: InstitutionId, thread: ThreadId, fresh: Secret) -> Result<Secret, Fault> {
        self.get(institution, Of::Thread(thread), fresh)
    }

    /// A thread's shred key, if it is there.
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub fn known_thread(&self, institution: InstitutionId, thread: ThreadId) -> Result<Option<Secret>, Fault> {
        self.known(institution, Of::Thread(thread))
    }

    /// A person's pepper; `fresh` becomes it where there is none yet. It is on the disk when this returns.
    ///
    /// # Errors
    /// A keyring that cannot be read or written.
    pub fn pepper(&self, institution: InstitutionId, person: PersonId, fresh: Secret) -> Result<Secret, Fault> {
        self.get(institution, Of::Person(person), fresh)
    }

    /// A person's pepper, if it is there.
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub fn known_pepper(&self, institution: InstitutionId, person: PersonId) -> Result<Option<Secret>, Fault> {
        self.known(institution, Of::Person(person))
    }
}

fn connect(file: &Path) -> Result<Connection, Fault> {
    private(file).map_err(|_| Fault::Away)?;
    let connection = Connection::open(file)?;
    connection.execute_batch(MADE)?;
    Ok(connection)
}

/// Makes the file, if need be, so that nobody else on the machine reads it.
fn private(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-WRD-7
    #[test]
    fn a_key_is_made_once_kept_on_the_disk_and_nobody_elses() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.db");
        let (college, other, thread) =
            (InstitutionId(Uuid::from_u128(1)), InstitutionId(Uuid::from_u128(2)), ThreadId(Uuid::from_u128(3)));
        let keyring = Keyring::at(file.clone());
        assert_eq!(keyring.known_thread(college, thread).unwrap(), None);
        assert!(!file.exists(), "made with the first key, not by looking");
        assert_eq!(keyring.thread(college, thread, [1; 32]).unwrap(), [1; 32]);
        assert_eq!(keyring.thread(college, thread, [2; 32]).unwrap(), [1; 32], "the one there is");
        assert_eq!(
            keyring.pepper(college, PersonId(thread.0), [3; 32]).unwrap(),
            [3; 32],
            "of a person, not of a thread"
        );
        assert_eq!(Keyring::at(file.clone()).known_thread(college, thread).unwrap(), Some([1; 32]));
        assert_eq!(Keyring::at(file.clone()).known_thread(other, thread).unwrap(), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0, "nobody else reads it");
        }
    }
}
