//! The keyring: keys of the outer layer, in a file of its own beside the database, so that no backup of the database opens
//! anything by itself (R-WRD-7). A local file with PostgreSQL too.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use domain::ids::{InstitutionId, PersonId, SurveyId, ThreadId};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::db::{Care, Fault};

/// A key of the outer layer.
pub type Secret = [u8; 32];

/// The keyring of a data folder; its file is made when the first key is.
#[derive(Debug)]
pub struct Keyring {
    file: PathBuf,
    care: Care,
    open: Mutex<Option<Connection>>,
}

/// What a key is for.
#[derive(Clone, Copy)]
enum Of {
    Thread(ThreadId),
    Person(PersonId),
    /// An academic year, by the calendar year it begins in.
    Year(i16),
    Survey(SurveyId),
}

impl Of {
    fn named(self) -> (&'static str, Uuid) {
        match self {
            Self::Thread(thread) => ("thread", thread.0),
            Self::Person(person) => ("person", person.0),
            Self::Survey(survey) => ("survey", survey.0),
            Self::Year(year) => ("year", Uuid::from_u128(u128::from(year.unsigned_abs()))),
        }
    }
}

// A journal that is emptied, and pages that are overwritten: what was deleted is gone from the disk.
const MADE: &str = "PRAGMA journal_mode = TRUNCATE; PRAGMA secure_delete = ON; \
    CREATE TABLE IF NOT EXISTS secret (institution BLOB NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL, secret BLOB NOT NULL, \
    PRIMARY KEY (institution, kind, id)) WITHOUT ROWID; \
    CREATE TABLE IF NOT EXISTS anchor (institution BLOB NOT NULL PRIMARY KEY, place INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;";

impl Keyring {
    /// The keyring in this file, as careful as the database it goes with.
    pub const fn at(file: PathBuf, care: Care) -> Self {
        Self { file, care, open: Mutex::new(None) }
    }

    /// Where it lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error>) -> Result<T, Fault> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            *open = Some(connect(&self.file, self.care)?);
        }
        let connection = open.as_ref().ok_or(Fault::Missing("keyring"))?;
        Ok(work(connection)?)
    }

    /// Everything in it, as the bytes of its file; nothing if there is none.
    pub(crate) fn bytes(&self) -> Result<Option<Vec<u8>>, Fault> {
        if !self.file.exists() {
            return Ok(None);
        }
        // Through a connection of its own: another program may keep the keyring open too.
        Ok(Some(connect(&self.file, self.care)?.serialize("main")?.to_vec()))
    }

    fn known(&self, institution: InstitutionId, of: Of) -> Result<Option<Secret>, Fault> {
        let found = self.kept(institution, of)?;
        found.map(|secret| Secret::try_from(secret).map_err(|_| Fault::Unreadable("key"))).transpose()
    }

    fn kept(&self, institution: InstitutionId, of: Of) -> Result<Option<Vec<u8>>, Fault> {
        // Looking makes no file: one that is gone must not seem to be there.
        if !self.file.exists() {
            return Ok(None);
        }
        let (kind, id) = of.named();
        let sql = "SELECT secret FROM secret WHERE institution = $1 AND kind = $2 AND id = $3";
        self.with(|at| at.query_row(sql, params![institution.0, kind, id], |row| row.get(0)).optional())
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

    /// Every thread's shred key, by institution and thread.
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub(crate) fn threads(&self) -> Result<HashMap<(Uuid, Uuid), Secret>, Fault> {
        if !self.file.exists() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(Uuid, Uuid, Vec<u8>)> = self.with(|at| {
            let mut statement = at.prepare("SELECT institution, id, secret FROM secret WHERE kind = 'thread'")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            rows.collect()
        })?;
        let secret = |(institution, thread, secret): (Uuid, Uuid, Vec<u8>)| {
            let secret = Secret::try_from(secret).map_err(|_| Fault::Unreadable("key"))?;
            Ok(((institution, thread), secret))
        };
        rows.into_iter().map(secret).collect()
    }

    fn forget(&self, institution: InstitutionId, of: Of) -> Result<(), Fault> {
        if !self.file.exists() {
            return Ok(());
        }
        let (kind, id) = of.named();
        let sql = "DELETE FROM secret WHERE institution = $1 AND kind = $2 AND id = $3";
        self.with(|at| at.execute(sql, params![institution.0, kind, id])).map(drop)
    }

    /// Destroys a thread's shred key: what was sealed under it never opens again (R-RET-2). It is gone from the disk when
    /// this returns.
    ///
    /// # Errors
    /// A keyring that cannot be written.
    pub fn forget_thread(&self, institution: InstitutionId, thread: ThreadId) -> Result<(), Fault> {
        self.forget(institution, Of::Thread(thread))
    }

    /// The key of an academic year, made where there is none yet.
    ///
    /// # Errors
    /// A keyring that cannot be read or written.
    pub fn year(&self, institution: InstitutionId, year: i16, fresh: Secret) -> Result<Secret, Fault> {
        self.get(institution, Of::Year(year), fresh)
    }

    /// The key of an academic year, if it is there.
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub fn known_year(&self, institution: InstitutionId, year: i16) -> Result<Option<Secret>, Fault> {
        self.known(institution, Of::Year(year))
    }

    /// Destroys the key of an academic year (R-RET-5).
    ///
    /// # Errors
    /// A keyring that cannot be written.
    pub fn forget_year(&self, institution: InstitutionId, year: i16) -> Result<(), Fault> {
        self.forget(institution, Of::Year(year))
    }

    /// Keeps the key that signs the tickets of a survey; it is on the disk when this returns.
    ///
    /// # Errors
    /// A keyring that cannot be written.
    pub fn keep_survey(&self, institution: InstitutionId, survey: SurveyId, key: &[u8]) -> Result<(), Fault> {
        let (kind, id) = Of::Survey(survey).named();
        let sql = "INSERT INTO secret (institution, kind, id, secret) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (institution, kind, id) DO UPDATE SET secret = excluded.secret";
        self.with(|at| at.execute(sql, params![institution.0, kind, id, key])).map(drop)
    }

    /// The key that signs the tickets of a survey, if it is there.
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub fn known_survey(&self, institution: InstitutionId, survey: SurveyId) -> Result<Option<Vec<u8>>, Fault> {
        self.kept(institution, Of::Survey(survey))
    }

    /// Destroys the key that signs the tickets of a survey (R-SUR-13).
    ///
    /// # Errors
    /// A keyring that cannot be written.
    pub fn forget_survey(&self, institution: InstitutionId, survey: SurveyId) -> Result<(), Fault> {
        self.forget(institution, Of::Survey(survey))
    }

    /// How far the audit log went when it was last anchored here: the place and hash of its last entry (R-AUD-3).
    ///
    /// # Errors
    /// A keyring that cannot be read.
    pub fn anchor(&self, institution: InstitutionId) -> Result<Option<(i64, String)>, Fault> {
        if !self.file.exists() {
            return Ok(None);
        }
        let sql = "SELECT place, hash FROM anchor WHERE institution = $1";
        self.with(|at| at.query_row(sql, params![institution.0], |row| Ok((row.get(0)?, row.get(1)?))).optional())
    }

    /// Anchors the audit log here.
    ///
    /// # Errors
    /// A keyring that cannot be written.
    pub fn set_anchor(&self, institution: InstitutionId, (place, hash): (i64, &str)) -> Result<(), Fault> {
        let sql = "INSERT INTO anchor (institution, place, hash) VALUES ($1, $2, $3) \
                   ON CONFLICT (institution) DO UPDATE SET place = excluded.place, hash = excluded.hash";
        self.with(|at| at.execute(sql, params![institution.0, place, hash])).map(drop)
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

fn connect(file: &Path, care: Care) -> Result<Connection, Fault> {
    private(file).map_err(|_| Fault::Away)?;
    let connection = Connection::open(file)?;
    let synchronous = if care == Care::Full { "FULL" } else { "OFF" };
    connection.execute_batch(&format!("PRAGMA synchronous = {synchronous}; {MADE}"))?;
    Ok(connection)
}

/// Makes the file, if need be, so that nobody else on the machine reads it.
pub(crate) fn private(file: &Path) -> std::io::Result<()> {
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
        let keyring = Keyring::at(file.clone(), Care::Full);
        assert_eq!(keyring.known_thread(college, thread).unwrap(), None);
        assert!(!file.exists(), "made with the first key, not by looking");
        assert_eq!(keyring.thread(college, thread, [1; 32]).unwrap(), [1; 32]);
        assert_eq!(keyring.thread(college, thread, [2; 32]).unwrap(), [1; 32], "the one there is");
        assert_eq!(
            keyring.pepper(college, PersonId(thread.0), [3; 32]).unwrap(),
            [3; 32],
            "of a person, not of a thread"
        );
        assert_eq!(Keyring::at(file.clone(), Care::Full).known_thread(college, thread).unwrap(), Some([1; 32]));
        assert_eq!(Keyring::at(file.clone(), Care::Full).known_thread(other, thread).unwrap(), None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0, "nobody else reads it");
        }
    }
}
