//! A data folder: the database, and in a sample's the list of its people.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::{Care, Fault, Gate, KEYRING, Store};

use crate::cli::CliError;
use crate::cli::lock::{Held, hold};
use crate::sample::{SamplePerson, read_accounts};

/// A data folder, made when it is first written to; its college is in it, or in a PostgreSQL database.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf, Option<Arc<str>>);

/// What is opened to work with.
pub struct Opened {
    /// The database.
    pub store: Store,
    /// The gate, after its self-check.
    pub gate: Gate,
}

fn gate() -> Result<Gate, CliError> {
    Gate::new().map_err(|fault| {
        CliError::said(format!("The access rules did not pass their own check, so nothing is served: {fault}"))
    })
}

impl Folder {
    /// The folder at a path.
    pub const fn at(path: PathBuf) -> Self {
        Self(path, None)
    }

    /// The same with the college in the PostgreSQL database at `url`, if there is one.
    pub fn with(self, url: Option<&str>) -> Self {
        Self(self.0, url.map(Arc::from))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The address of the PostgreSQL database it goes with, if there is one.
    pub fn url(&self) -> Option<&str> {
        self.1.as_deref()
    }

    /// Where its database lies.
    pub fn database(&self) -> PathBuf {
        self.0.join("alongside.db")
    }

    /// The folder inside this one for a sample to look around in before a college is set up.
    pub fn sample(&self) -> PathBuf {
        self.0.join("sample")
    }

    fn accounts(&self) -> PathBuf {
        self.0.join("sample-accounts.json")
    }

    /// Takes it for this program alone, so that no second one writes into it (R-RUN-1).
    ///
    /// # Errors
    /// A sentence: who holds it, or why it cannot be used.
    pub fn hold(&self) -> Result<Held, CliError> {
        hold(&self.0)
    }

    /// Whether there is a college in it, or may be one in the database it goes with.
    pub fn is_filled(&self) -> bool {
        self.1.is_some() || self.database().exists()
    }

    /// Whether nothing was made here yet, so that a sample may be.
    pub fn is_fresh(&self) -> bool {
        !self.accounts().exists() && !self.database().exists()
    }

    async fn opened(&self, care: Care) -> Result<Opened, CliError> {
        std::fs::create_dir_all(&self.0).map_err(|fault| CliError::file(&self.0, &fault))?;
        let store = match &self.1 {
            Some(url) => Store::connect(url, &self.0, care).await?,
            None => Store::open(&self.database(), care).await?,
        };
        Ok(Opened { gate: gate()?, store })
    }

    /// Opens it for serving: what is acknowledged is on the disk (R-RUN-8).
    ///
    /// # Errors
    /// A folder that cannot be used, or rules that fail their check.
    pub async fn open(&self) -> Result<Opened, CliError> {
        self.opened(Care::Full).await
    }

    /// Opens it as it stands, beside a program that may be at work in it: nothing is brought up to date.
    ///
    /// # Errors
    /// Rules that fail their check, or a database that another version of the program has written.
    pub async fn open_beside(&self) -> Result<Opened, CliError> {
        Ok(Opened { store: self.as_it_stands().await?, gate: gate()? })
    }

    /// Its database as it stands: nothing is brought up to date.
    ///
    /// # Errors
    /// A database that cannot be opened, or that another version of the program has written.
    pub async fn as_it_stands(&self) -> Result<Store, Fault> {
        Store::look(&self.database(), self.1.as_deref()).await
    }

    /// Opens it for filling with a sample: fast, because it can be made again.
    ///
    /// # Errors
    /// A folder that cannot be used, or rules that fail their check.
    pub async fn open_fast(&self) -> Result<Opened, CliError> {
        self.opened(Care::Sample).await
    }

    /// The folder inside this one in which a sample is made; an earlier one that was interrupted is cleared away.
    ///
    /// # Errors
    /// A folder that cannot be used.
    pub fn workshop(&self) -> Result<Self, CliError> {
        let inside = self.0.join("filling");
        if inside.exists() {
            std::fs::remove_dir_all(&inside).map_err(|fault| CliError::file(&inside, &fault))?;
        }
        Ok(Self(inside, self.1.clone()))
    }

    /// Moves what was made in the workshop here: from now on this folder is filled.
    ///
    /// # Errors
    /// A file that cannot be moved.
    pub fn take(&self, workshop: &Self) -> Result<(), CliError> {
        let database = self.1.is_none().then(|| (workshop.database(), self.database()));
        // Keys first: a database without them would not know who takes part.
        let keys = (workshop.0.join(KEYRING), self.0.join(KEYRING));
        let keys = keys.0.exists().then_some(keys);
        for (from, to) in [keys, Some((workshop.accounts(), self.accounts())), database].into_iter().flatten() {
            std::fs::rename(&from, &to).map_err(|fault| CliError::file(&from, &fault))?;
        }
        std::fs::remove_dir_all(&workshop.0).map_err(|fault| CliError::file(&workshop.0, &fault))
    }

    /// Writes the sample's people.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write_accounts(&self, people: &[SamplePerson]) -> Result<(), CliError> {
        let path = self.accounts();
        let text = serde_json::to_string_pretty(people).map_err(|fault| CliError::said(fault.to_string()))?;
        std::fs::write(&path, text).map_err(|fault| CliError::file(&path, &fault))
    }

    /// Reads the sample's people.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn read_accounts(&self) -> Result<Vec<SamplePerson>, CliError> {
        read_accounts(&self.accounts())
    }
}
