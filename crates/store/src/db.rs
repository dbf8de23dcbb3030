//! The connection: reading from the pool, writing in one unit of work.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use domain::ids::InstitutionId;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::OnceCell;

use crate::chart::{self, Chart};
use crate::engine::{copies, postgres, sqlite};
pub use crate::fault::Fault;
use crate::keyring::Keyring;
use crate::migrations::{self, Kind};
use crate::row::{FromRow, Row, Value};
use crate::working_copy;

/// What the keyring is called in its folder (R-WRD-7).
pub const KEYRING: &str = "keyring.db";

/// How careful writes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Every commit is on the disk before it is acknowledged.
    Full,
    /// For tests and for filling a fresh sample: fast, and lost if the machine fails meanwhile.
    Sample,
}

/// The store: one database, and its organisation chart as last read.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) engine: Arc<Engine>,
    kept: Kept,
    keyring: Arc<Keyring>,
}

type Kept = Arc<RwLock<Arc<Chart>>>;

/// Which of the two databases.
#[derive(Debug)]
pub(crate) enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Which kind of database, for the few things that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite, in a file.
    Sqlite,
    /// PostgreSQL, on a server.
    Postgres,
}

/// A place to run statements: outside, or in a unit of work.
#[derive(Debug)]
pub struct Db {
    at: At,
    kept: Kept,
    keyring: Arc<Keyring>,
    chart: OnceCell<Arc<Chart>>,
}

#[derive(Debug)]
enum At {
    /// Reads outside a unit of work.
    Outside(Arc<Engine>),
    /// Everything inside a unit of work, on SQLite.
    Sqlite(sqlite::Unit),
    /// The same on PostgreSQL.
    Postgres(Box<postgres::Unit>),
}

impl Store {
    /// Opens the SQLite database at `file`, makes it if need be, and brings it up to date. Its keyring lies beside it.
    ///
    /// # Errors
    /// When it cannot be opened or migrated.
    pub async fn open(file: &Path, care: Care) -> Result<Self, Fault> {
        let keyring = Keyring::at(file.with_file_name(KEYRING), care);
        Self::up_to_date(Engine::Sqlite(sqlite::Sqlite::open(file, care)?), keyring).await
    }

    /// Opens the PostgreSQL database at `url`, else the SQLite database at `file`, as it stands: not brought up to date.
    ///
    /// # Errors
    /// When it cannot be opened, or another version has written it.
    pub async fn look(file: &Path, url: Option<&str>) -> Result<Self, Fault> {
        let engine = match url {
            Some(url) => Engine::Postgres(postgres::Postgres::open(url, Care::Full).await?),
            None => Engine::Sqlite(sqlite::Sqlite::open(file, Care::Full)?),
        };
        let store = Self::of(engine, Keyring::at(file.with_file_name(KEYRING), Care::Full));
        migrations::current(&store.read()).await?;
        working_copy::renew(&store, false).await?;
        Ok(store)
    }

    /// Opens the PostgreSQL database at `postgres://…` and brings it up to date. Its keyring lies in a folder of this machine.
    ///
    /// # Errors
    /// When it cannot be reached or migrated.
    pub async fn connect(url: &str, folder: &Path, care: Care) -> Result<Self, Fault> {
        let keyring = Keyring::at(folder.join(KEYRING), care);
        Self::up_to_date(Engine::Postgres(postgres::Postgres::open(url, care).await?), keyring).await
    }

    fn of(engine: Engine, keyring: Keyring) -> Self {
        Self { engine: Arc::new(engine), kept: Kept::default(), keyring: Arc::new(keyring) }
    }

    async fn up_to_date(engine: Engine, keyring: Keyring) -> Result<Self, Fault> {
        let store = Self::of(engine, keyring);
        migrations::up(&store).await?;
        working_copy::renew(&store, true).await?;
        Ok(store)
    }

    /// Keys of the outer layer, in a file of their own.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Mends what a break-down of the database server takes away: the working copy of who takes part.
    ///
    /// # Errors
    /// A fault of the database or the keyring.
    pub async fn mend(&self) -> Result<(), Fault> {
        working_copy::renew(self, false).await
    }

    /// Writes what was deleted out of the files beside the database too.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn settle(&self) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.settle().await,
            // Its server sees to its own files.
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Which kind of database it is.
    pub fn dialect(&self) -> Dialect {
        match *self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Puts a copy of a database in a file beside it, named by how many steps it has had (R-RUN-7).
    ///
    /// # Errors
    /// When there is no room for it.
    pub(crate) async fn keep_copy(&self, steps: usize) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.keep_copy(steps).await,
            // Its keeper copies it with the tools of PostgreSQL.
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Removes copies that were made before an upgrade and before an instant (R-RET-2).
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn clear_copies(&self, before: Timestamp) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => copies::drop_older(sqlite.file(), before),
            Engine::Postgres(_) => Ok(()),
        }
    }

    /// Removes the copies of other upgrades.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub(crate) fn drop_other_copies(&self, steps: usize) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => copies::drop_others(sqlite.file(), steps),
            Engine::Postgres(_) => Ok(()),
        }
    }

    fn db(&self, at: At) -> Db {
        Db { at, kept: Arc::clone(&self.kept), keyring: Arc::clone(&self.keyring), chart: OnceCell::new() }
    }

    /// Reads as things stand.
    pub fn read(&self) -> Db {
        self.db(At::Outside(Arc::clone(&self.engine)))
    }

    /// Reads as things stand, with a chart that was found to hold a moment ago.
    pub fn read_with(&self, chart: &Arc<Chart>) -> Db {
        Db { chart: OnceCell::new_with(Some(Arc::clone(chart))), ..self.read() }
    }

    /// Begins a unit of work. It takes the write lock at once, so that what it reads stays true until it commits;
    /// dropped without [`Db::commit`], nothing of it happened.
    ///
    /// # Errors
    /// When the lock cannot be had.
    pub async fn write(&self) -> Result<Db, Fault> {
        let at = match &*self.engine {
            Engine::Sqlite(sqlite) => At::Sqlite(sqlite.begin().await?),
            Engine::Postgres(postgres) => At::Postgres(Box::new(postgres.begin().await?)),
        };
        Ok(self.db(at))
    }

    /// Closes the database after what is under way.
    ///
    /// # Errors
    /// When it cannot be closed.
    pub async fn close(self) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.close().await,
            Engine::Postgres(postgres) => {
                postgres.close();
                Ok(())
            }
        }
    }
}

impl Db {
    /// Keys of the outer layer.
    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Which kind of database it is.
    pub(crate) fn dialect(&self) -> Dialect {
        match &self.at {
            At::Outside(engine) => match **engine {
                Engine::Sqlite(_) => Dialect::Sqlite,
                Engine::Postgres(_) => Dialect::Postgres,
            },
            At::Sqlite(_) => Dialect::Sqlite,
            At::Postgres(_) => Dialect::Postgres,
        }
    }

    /// An institution's organisation chart as it stands, read once for each `Db`: in a unit of work it stays true until
    /// that commits, but does not show what the same unit changed.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn chart(&self, institution: InstitutionId) -> Result<Arc<Chart>, Fault> {
        if let Some(chart) = self.chart.get().filter(|chart| chart.institution == Some(institution)) {
            return Ok(Arc::clone(chart));
        }
        let version = chart::version(self, institution).await?;
        let chart = self.chart_of(institution, version).await?;
        // The first one asked for is remembered; a second institution in one program is read each time.
        let first = self.chart.get_or_init(|| async { Arc::clone(&chart) }).await;
        Ok(if first.institution == Some(institution) { Arc::clone(first) } else { chart })
    }

    /// The chart of a version that was just read along with something else.
    pub(crate) async fn chart_of(&self, institution: InstitutionId, version: i64) -> Result<Arc<Chart>, Fault> {
        let kept = Arc::clone(&self.kept.read().unwrap_or_else(PoisonError::into_inner));
        if kept.version == version && kept.institution == Some(institution) {
            return Ok(kept);
        }
        let fresh = Arc::new(chart::load(self, institution, version).await?);
        // What a unit of work read may never be committed, so only reads outside are kept for others.
        if matches!(self.at, At::Outside(_)) {
            *self.kept.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&fresh);
        }
        Ok(fresh)
    }

    /// Ends a unit of work: all of it happened.
    ///
    /// # Errors
    /// When it could not be saved: then nothing of it happened.
    pub async fn commit(self) -> Result<(), Fault> {
        match self.at {
            At::Outside(_) => Ok(()),
            At::Sqlite(unit) => unit.commit(),
            At::Postgres(unit) => unit.commit().await,
        }
    }

    pub(crate) async fn all<T: FromRow, const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Vec<T>, Fault> {
        match &self.at {
            At::Outside(engine) => match &**engine {
                Engine::Sqlite(sqlite) => sqlite.all(sql, &values),
                Engine::Postgres(postgres) => postgres.all(sql, &values).await,
            },
            At::Sqlite(unit) => unit.all(sql, &values),
            At::Postgres(unit) => unit.all(sql, &values).await,
        }
    }

    pub(crate) async fn first<T: FromRow, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<T>, Fault> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// Rows as they are stored, cell by cell.
    pub(crate) async fn cells(
        &self,
        sql: &str,
        values: [Value; 2],
        columns: &[(&'static str, Kind)],
    ) -> Result<Vec<Vec<Value>>, Fault> {
        let read = |row: &Row<'_>| columns.iter().map(|(name, kind)| row.cell(name, *kind)).collect();
        match &self.at {
            At::Outside(_) => Err(Fault::Missing("unit of work")),
            At::Sqlite(unit) => unit.each(sql, &values, read),
            At::Postgres(unit) => unit.each(sql, &values, read).await,
        }
    }

    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, Fault> {
        self.execute(sql, &values).await
    }

    /// Runs one statement for many rows: `sql` ends in `VALUES`, each row has the same columns.
    pub(crate) async fn insert_all(&self, sql: &str, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        for some in rows.chunks(64) {
            let mut place = 0;
            let mut tuples = Vec::new();
            for row in some {
                let marks: Vec<String> = row
                    .iter()
                    .map(|_| {
                        place += 1;
                        format!("${place}")
                    })
                    .collect();
                tuples.push(format!("({})", marks.join(", ")));
            }
            let sql = format!("{sql} {}", tuples.join(", "));
            self.execute(&sql, &some.concat()).await?;
        }
        Ok(())
    }

    pub(crate) async fn execute(&self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        match &self.at {
            At::Outside(engine) => match &**engine {
                Engine::Sqlite(sqlite) => sqlite.run(sql, values),
                Engine::Postgres(postgres) => postgres.run(sql, values).await,
            },
            At::Sqlite(unit) => unit.run(sql, values),
            At::Postgres(unit) => unit.run(sql, values).await,
        }
    }
}

/// An instant as it is stored: seconds since 1970.
pub(crate) fn seconds(at: Timestamp) -> Value {
    at.as_second().into()
}

/// A stored instant.
pub(crate) fn instant(seconds: i64) -> Result<Timestamp, Fault> {
    Timestamp::from_second(seconds).map_err(|_| Fault::Unreadable("time"))
}

/// A stored day.
pub(crate) fn day(text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| Fault::Unreadable("day"))
}

/// An identifier as it is stored.
pub(crate) fn id(id: impl Into<uuid::Uuid>) -> Value {
    Value::from(id.into())
}

/// An identifier that may be missing, as it is stored.
pub(crate) fn maybe_id<T: Into<uuid::Uuid>>(id: Option<T>) -> Value {
    Value::from(id.map(Into::into))
}

/// The institution, which leads every key.
pub(crate) fn of(institution: InstitutionId) -> Value {
    id(institution)
}
