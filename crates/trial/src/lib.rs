//! For tests only: a fresh database of the kind the run asks for, and a look at it behind the store's back.
//!
//! A test run is on SQLite, or on PostgreSQL when `ALONGSIDE_TEST_POSTGRES` holds the address of a server on which schemas
//! and databases may be made (each goes with the test that made it); `cargo xtask test` does both in turn.
#![expect(clippy::expect_used, clippy::panic, reason = "a test that has no database cannot go on")]

mod maker;
mod remote;
mod sql;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use store::keyring::Keyring;
use store::{Care, KEYRING, Store};
use tempfile::TempDir;

pub use maker::{BY_KEY, Maker, item};
pub use sealing::Blinded;
pub use sql::{Cell, Column, Foreign, Refused, Row, Sql, Tables};

/// Says on which server to make databases; not set: SQLite.
pub const SERVER: &str = "ALONGSIDE_TEST_POSTGRES";

/// A folder of a test's own, with a database of its own.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
    schema: Option<Schema>,
}

#[derive(Debug)]
struct Schema {
    name: String,
    server: String,
    others: Mutex<Vec<String>>,
}

impl Schema {
    fn on(server: String) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("trial_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        remote::Remote::of(&server).ask(&format!("CREATE SCHEMA {name}")).expect("a schema");
        Self { name, server, others: Mutex::default() }
    }
}

impl Drop for Schema {
    /// Hundreds of them would fill a disk. A test that failed leaves its own for a look.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let remote = remote::Remote::of(&self.server);
        let others = std::mem::take(self.others.get_mut().unwrap_or_else(PoisonError::into_inner));
        let others = others.iter().map(|other| format!("DROP DATABASE IF EXISTS {other} WITH (FORCE)"));
        let quiet = ["SET client_min_messages = error", "SET lock_timeout = '5s'"].map(str::to_owned);
        let own = format!("DROP SCHEMA {} CASCADE", self.name);
        for statement in quiet.into_iter().chain([own]).chain(others) {
            if let Err(Refused(why)) = remote.ask(&statement) {
                eprintln!("left on the server by {statement}: {why}");
            }
        }
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

impl Place {
    /// A fresh one.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, schema: std::env::var(SERVER).ok().map(Schema::on) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where SQLite keeps the database.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("college.db")
    }

    /// The address of the database on PostgreSQL; none on SQLite.
    pub fn url(&self) -> Option<String> {
        self.schema.as_ref().map(|schema| {
            let joined = if schema.server.contains('?') { '&' } else { '?' };
            format!("{}{joined}options=-csearch_path%3D{}", schema.server, schema.name)
        })
    }

    /// The address of a fresh database on the same server, with nothing in it and this place's schema as the one in use; none on SQLite.
    pub fn another_database(&self) -> Option<String> {
        let Schema { name, server, others } = self.schema.as_ref()?;
        let mut others = others.lock().expect("alone");
        let other = format!("{name}_other_{}", others.len());
        remote::Remote::of(server).ask(&format!("CREATE DATABASE {other} TEMPLATE template0")).expect("a database");
        others.push(other.clone());
        let (before, _) = server.rsplit_once('/').expect("an address");
        Some(format!("{before}/{other}?options=-csearch_path%3D{name}"))
    }

    /// Opens the store; a second time as another program would.
    pub async fn store(&self, care: Care) -> Store {
        let opened = match self.url() {
            Some(url) => Store::connect(&url, self.folder(), care).await,
            None => Store::open(&self.file(), care).await,
        };
        opened.unwrap_or_else(|fault| panic!("no store: {fault}"))
    }

    /// The keyring beside the database.
    pub fn keyring(&self) -> Keyring {
        Keyring::at(self.folder().join(KEYRING), Care::Sample)
    }

    /// A connection for plain SQL.
    pub fn sql(&self) -> Sql {
        match self.url() {
            Some(url) => Sql::server(&url),
            None => Sql::file(&self.file()),
        }
    }

    /// Every row of every table.
    pub fn tables(&self) -> Tables {
        self.sql().all()
    }

    /// Whether these bytes stand anywhere in the database: in SQLite's files as they lie there, in PostgreSQL's tables.
    pub fn holds(&self, wanted: &[u8]) -> bool {
        let within = |all: &[u8]| all.windows(wanted.len()).any(|part| part == wanted);
        if self.schema.is_none() {
            let files = [self.file(), self.folder().join("college.db-wal")];
            return files.iter().any(|file| within(&std::fs::read(file).unwrap_or_default()));
        }
        let tables = self.tables();
        let mut cells = tables.values().flatten().flat_map(|row| row.values());
        cells.any(|cell| match cell {
            Cell::Text(text) => within(text.as_bytes()),
            Cell::Bytes(bytes) => within(bytes),
            Cell::Null | Cell::Number(_) => false,
        })
    }

    /// Brings every row of another place over into this one, in whatever order.
    pub fn bring_over(&self, from: &Self) {
        let sql = self.sql();
        let tables = sql.tables();
        let (before, away) = match (&self.schema, &from.schema) {
            (Some(_), Some(away)) => {
                (["SET session_replication_role = replica".to_owned()].to_vec(), away.name.clone())
            }
            _ => {
                let attach = format!("ATTACH '{}' AS away", from.file().display());
                let present = from.file().with_file_name("participants.db");
                let present = format!("ATTACH '{}' AS away_present", present.display());
                (vec![attach, present, "PRAGMA foreign_keys = OFF".to_owned()], "away".to_owned())
            }
        };
        for statement in before {
            sql.run(&statement).expect("ready");
        }
        for table in tables {
            let apart = ["participant", "entry_thread"].contains(&table.as_str()) && self.schema.is_none();
            let away = if apart { "away_present" } else { &away };
            sql.run(&format!("INSERT INTO {table} SELECT * FROM {away}.{table}")).expect("brought over");
        }
    }
}
