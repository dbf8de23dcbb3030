//! SQLite, on the thread that asks: a statement costs no change of thread and no copy of a row (docs/decisions/0016).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::OwnedMutexGuard;

use crate::db::{Care, Fault};
use crate::engine::copies;
use crate::keyring::private;
use crate::row::{FromRow, Row, Value};

/// Statements that each connection keeps ready.
const READY: usize = 128;
/// How long a writer waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections for reading that are kept when nobody reads. While a writer waits for the disk another thread takes its place, so
/// more read at a time than there are cores; opening one anew costs more than many statements.
const KEPT: usize = 8;

/// A database file: one connection that writes, and as many that read as there are readers at a time.
#[derive(Debug)]
pub(crate) struct Sqlite {
    file: PathBuf,
    care: Care,
    readers: Mutex<Vec<Connection>>,
    writer: Arc<tokio::sync::Mutex<Connection>>,
}

/// A unit of work; undone when dropped.
#[derive(Debug)]
pub(crate) struct Unit {
    connection: Mutex<OwnedMutexGuard<Connection>>,
    done: bool,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The working copy of who takes part lies in a file of its own, which no backup holds (R-RET-4).
const PRESENT: &str = "PRAGMA present.journal_mode = WAL; PRAGMA present.synchronous = OFF; PRAGMA present.secure_delete = ON; \
    CREATE TABLE IF NOT EXISTS present.participant (institution uuid_blob NOT NULL, thread uuid_blob NOT NULL, \
    number bigint NOT NULL, person uuid_blob NOT NULL, PRIMARY KEY (institution, thread, number)); \
    CREATE INDEX IF NOT EXISTS present.participant_by_person ON participant (institution, person); \
    CREATE TABLE IF NOT EXISTS present.entry_thread (institution uuid_blob NOT NULL, entry uuid_blob NOT NULL, \
    thread uuid_blob NOT NULL, meeting uuid_blob, PRIMARY KEY (institution, entry)); \
    CREATE INDEX IF NOT EXISTS present.entry_thread_by_thread ON entry_thread (institution, thread);";

fn present(file: &Path) -> PathBuf {
    file.with_file_name("participants.db")
}

/// Removes a working copy that a break-down of the machine has damaged: it is made anew.
fn drop_present(file: &Path) -> Result<(), Fault> {
    for end in ["", "-wal", "-shm"] {
        let mut name = present(file).into_os_string();
        name.push(end);
        match std::fs::remove_file(name) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => return Err(Fault::Away),
            _ => {}
        }
    }
    Ok(())
}

fn attach(connection: &Connection, file: &Path) -> Result<(), rusqlite::Error> {
    connection.execute("ATTACH $1 AS present", [present(file).to_string_lossy()])?;
    connection.execute_batch(PRESENT)
}

fn is_damage(fault: &rusqlite::Error) -> bool {
    matches!(fault.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

/// A connection whose working copy is whole; it is not written as carefully as the rest.
fn whole(connection: Connection) -> Result<Connection, rusqlite::Error> {
    let said: String = connection.query_row("PRAGMA present.quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        return Ok(connection);
    }
    Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(said)))
}

fn connect(file: &Path, care: Care) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(READY);
    // Without it, statements would be planned anew whenever their parameters change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    let synchronous = if care == Care::Full { "FULL" } else { "OFF" };
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; \
         PRAGMA cache_size = -1000; PRAGMA secure_delete = ON;"
    ))?;
    attach(&connection, file)?;
    Ok(connection)
}

impl Sqlite {
    pub(crate) fn open(file: &Path, care: Care) -> Result<Self, Fault> {
        for one in [file, &present(file)] {
            private(one).map_err(|_| Fault::Away)?;
        }
        let first = match connect(file, care).and_then(whole) {
            // Perhaps it is only the working copy; if not, the second try says so. Whatever else is the matter, another
            // program may be using the copy, so it stays.
            Err(fault) if is_damage(&fault) => {
                drop_present(file)?;
                connect(file, care)?
            }
            other => other?,
        };
        let writer = Arc::new(tokio::sync::Mutex::new(first));
        Ok(Self { file: file.to_owned(), care, readers: Mutex::default(), writer })
    }

    pub(crate) fn all<T: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
        self.reading(|connection| all(connection, sql, values))
    }

    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        self.reading(|connection| run(connection, sql, values))
    }

    fn reading<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let idle = held(&self.readers).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(&self.file, self.care)?,
        };
        let done = work(&connection);
        let mut readers = held(&self.readers);
        if readers.len() < KEPT {
            readers.push(connection);
        }
        done
    }

    /// Takes the write lock: writers of this program wait in turn, those of others are waited for.
    pub(crate) async fn begin(&self) -> Result<Unit, Fault> {
        let connection = Arc::clone(&self.writer).lock_owned().await;
        let mut waited = Duration::ZERO;
        loop {
            // Asks without waiting, so that no thread stands still while another program writes.
            connection.busy_timeout(Duration::ZERO)?;
            let begun = connection.execute_batch("BEGIN IMMEDIATE");
            connection.busy_timeout(PATIENCE)?;
            match begun {
                Ok(()) => return Ok(Unit { connection: Mutex::new(connection), done: false }),
                Err(fault) if fault.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && waited < PATIENCE => {
                    let pause = Duration::from_millis(10);
                    tokio::time::sleep(pause).await;
                    waited += pause;
                }
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Where it lies.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Puts a whole copy beside it, as it stands after the last unit of work.
    pub(crate) async fn keep_copy(&self, steps: usize) -> Result<(), Fault> {
        let writer = self.writer.lock().await;
        copies::keep(&self.file, steps, |part| {
            writer.execute("VACUUM INTO ?1", [part.to_string_lossy()])?;
            Ok(())
        })
    }

    /// Brings everything into the files themselves, so that nothing that was deleted is left beside them.
    pub(crate) async fn settle(&self) -> Result<(), Fault> {
        let writer = self.writer.lock().await;
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        Ok(writer.query_row(sql, [], |_| Ok(()))?)
    }

    /// Copies it as it stands into an empty file, through a connection of its own, so that nobody waits for it.
    pub(crate) fn copy_into(&self, file: &Path) -> Result<(), Fault> {
        connect(&self.file, self.care)?.execute("VACUUM INTO ?1", [file.to_string_lossy()])?;
        Ok(())
    }

    /// Closes it after what is under way, with everything in the one file.
    pub(crate) async fn close(&self) -> Result<(), Fault> {
        let writer = self.writer.lock().await;
        held(&self.readers).clear();
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        Ok(writer.query_row(sql, [], |_| Ok(()))?)
    }
}

impl Unit {
    pub(crate) fn all<T: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
        all(&held(&self.connection), sql, values)
    }

    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        run(&held(&self.connection), sql, values)
    }

    pub(crate) fn each<T>(
        &self,
        sql: &str,
        values: &[Value],
        read: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        each(&held(&self.connection), sql, values, read)
    }

    pub(crate) fn commit(mut self) -> Result<(), Fault> {
        let commit = || Ok(held(&self.connection).execute_batch("COMMIT")?);
        // Waiting for the disk would hold up whoever else this thread serves.
        let threads = Handle::try_current().is_ok_and(|now| now.runtime_flavor() == RuntimeFlavor::MultiThread);
        let done: Result<(), Fault> = if threads { tokio::task::block_in_place(commit) } else { commit() };
        self.done = done.is_ok();
        done
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        let connection = held(&self.connection);
        if !self.done
            && !connection.is_autocommit()
            && let Err(fault) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(fault = %Fault::from(fault), "a unit of work could not be undone");
        }
    }
}

fn all<T: FromRow>(connection: &Connection, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
    each(connection, sql, values, T::from_row)
}

fn each<T>(
    connection: &Connection,
    sql: &str,
    values: &[Value],
    read: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(&Row::Sqlite(row))?);
    }
    Ok(all)
}

fn run(connection: &Connection, sql: &str, values: &[Value]) -> Result<u64, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let changed = statement.raw_execute()?;
    Ok(u64::try_from(changed).unwrap_or(0))
}

/// SQLite counts `$2` by where it first stands in the text, PostgreSQL by its number; the number holds for both.
fn bind(statement: &mut Statement<'_>, values: &[Value]) -> Result<(), Fault> {
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place).and_then(|name| name.strip_prefix('$'));
        let number: usize = name.and_then(|name| name.parse().ok()).ok_or(Fault::Missing("number of a parameter"))?;
        let value = values.get(number.wrapping_sub(1)).ok_or(Fault::Missing("value of a parameter"))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a full disk says, tried with a limit on the file's size.
    #[tokio::test]
    async fn without_room_nothing_is_half_saved_and_it_is_told_as_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(&folder.path().join("small.db"), Care::Full).unwrap();
        let unit = sqlite.begin().await.unwrap();
        unit.run("CREATE TABLE page (words text)", &[]).unwrap();
        unit.run("INSERT INTO page VALUES ('kept')", &[]).unwrap();
        unit.commit().unwrap();
        let unit = sqlite.begin().await.unwrap();
        held(&unit.connection).execute_batch("PRAGMA max_page_count = 4").unwrap();
        let full = (0..50).find_map(|_| unit.run("INSERT INTO page VALUES ($1)", &["x".repeat(2000).into()]).err());
        assert!(matches!(full, Some(Fault::Full)), "{full:?}");
        drop(unit);
        let count = |sqlite: &Sqlite| {
            sqlite.reading(|at| Ok(at.query_row("SELECT count(*) FROM page", [], |row| row.get::<_, i64>(0))?)).unwrap()
        };
        assert_eq!(count(&sqlite), 1);
        let unit = sqlite.begin().await.unwrap();
        held(&unit.connection).execute_batch("PRAGMA max_page_count = 1000").unwrap();
        unit.run("INSERT INTO page VALUES ('and on')", &[]).unwrap();
        unit.commit().unwrap();
        assert_eq!(count(&sqlite), 2);
    }
}
