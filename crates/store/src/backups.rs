//! What goes into a backup and comes out of one: the database, as a file or a stream, and the keyring's bytes.

use std::path::Path;

use domain::ids::ThreadId;
use jiff::Timestamp;
use policies::acts::{BackUp, RestoreBackup};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Care, Db, Engine, Fault, Store, instant, of};
use crate::engine::postgres::Postgres;
pub use crate::engine::tools::{Tool, ToolFault};
use crate::keyring::Keyring;
use crate::migrations;
use crate::row::row;

/// Why a backup could not be taken from the database or put back into it.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// A fault of the database.
    #[error(transparent)]
    Store(#[from] Fault),
    /// A tool of PostgreSQL did not do its work.
    #[error(transparent)]
    Tool(#[from] ToolFault),
}

/// The names of the steps that have made the database what it is, in order of their names.
///
/// # Errors
/// A fault of the database.
pub async fn steps(db: &Db, _permit: &Permit<BackUp>) -> Result<Vec<String>, Fault> {
    migrations::names(db).await
}

/// Whether this version of the program knows a step; one that it does not know comes from a later version.
pub fn knows(step: &str) -> bool {
    migrations::knows(step)
}

row! {
    struct LastRow {
        at: Option<i64>,
    }
}

/// When the last backup was written that went through.
///
/// # Errors
/// A fault of the database.
pub async fn last(db: &Db, permit: &Permit<BackUp>) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT MAX(at) AS at FROM event WHERE institution = $1 AND act = 'BackUp'";
    let row = db.first::<LastRow, _>(sql, [of(permit.institution())]).await?;
    row.and_then(|row| row.at).map(instant).transpose()
}

/// Copies an SQLite database as it stands after the last unit of work into an empty file, beside those who write (R-BAK-2).
/// Takes as long as the disk does: not for a thread that serves.
///
/// # Errors
/// A fault of the database, no room, or a database that is not SQLite.
pub fn copy(store: &Store, _permit: &Permit<BackUp>, file: &Path) -> Result<(), Fault> {
    match &*store.engine {
        Engine::Sqlite(sqlite) => sqlite.copy_into(file),
        Engine::Postgres(_) => Err(Fault::Missing("file of a database")),
    }
}

/// Begins to write out a PostgreSQL database as it stands at this moment (R-BAK-2, R-BAK-3).
///
/// # Errors
/// A fault of the database, no `pg_dump`, or a database that is not PostgreSQL.
pub async fn dump(store: &Store, _permit: &Permit<BackUp>) -> Result<Tool, BackupFault> {
    match &*store.engine {
        Engine::Postgres(postgres) => postgres.dump().await,
        Engine::Sqlite(_) => Err(Fault::Missing("server of a database").into()),
    }
}

/// The whole keyring as the bytes of its file; nothing if there is none yet. Never on the disk on the way (R-BAK-4).
///
/// # Errors
/// A keyring that cannot be read.
pub fn keyring(keyring: &Keyring, _permit: &Permit<BackUp>) -> Result<Option<Vec<u8>>, Fault> {
    keyring.bytes()
}

row! {
    struct GrantedRow {
        thread: Uuid,
    }
}

/// The threads with something under the outer layer, for a keyring to be held against and told to nobody.
///
/// # Errors
/// A fault of the database.
pub async fn granted(db: &Db, permit: &Permit<RestoreBackup>) -> Result<Vec<ThreadId>, Fault> {
    let sql = "SELECT DISTINCT thread FROM sealed_participant WHERE institution = $1";
    let rows = db.all::<GrantedRow, _>(sql, [of(permit.institution())]).await?;
    Ok(rows.into_iter().map(|row| ThreadId(row.thread)).collect())
}

/// Whether the PostgreSQL database at `url` holds no table of anybody's.
///
/// # Errors
/// A fault of the database.
pub async fn is_empty(url: &str) -> Result<bool, Fault> {
    let server = Postgres::open(url, Care::Full).await?;
    let empty = server.is_empty().await;
    server.close();
    empty
}

/// Puts what [`dump`] wrote into the empty PostgreSQL database at `url`: all of it or nothing (R-BAK-6).
///
/// # Errors
/// A fault of the database, or no `pg_restore`.
pub async fn put_back(url: &str, file: &Path, _permit: &Permit<RestoreBackup>) -> Result<(), BackupFault> {
    let server = Postgres::open(url, Care::Full).await?;
    let done = server.put_back(file).await;
    server.close();
    done
}
