//! The connection: reading from the pool, writing in one unit of work.

use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use domain::ids::InstitutionId;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, FromQueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;

use tokio::sync::OnceCell;

use crate::chart::{self, Chart};
use crate::migrations::Migrator;

/// A fault of the database or of what is in it. Never shown to people as it is, and holds no parameters.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// Something in the database is not what the program puts there.
    #[error("unreadable {0} in the database")]
    Unreadable(&'static str),
    /// Exactly one row was expected.
    #[error("no {0}")]
    Missing(&'static str),
}

/// How careful writes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Every commit is on the disk before it is acknowledged.
    Full,
    /// For tests: fast, and lost if the machine fails meanwhile.
    Sample,
    /// For filling a fresh sample college: as [`Care::Sample`], on one connection that nobody shares.
    Fill,
}

/// The store: one database, and its organisation chart as last read.
#[derive(Debug, Clone)]
pub struct Store {
    pool: DatabaseConnection,
    kept: Kept,
}

type Kept = Arc<RwLock<Arc<Chart>>>;

/// A place to run statements: the pool, or a unit of work.
#[derive(Debug)]
pub struct Db {
    at: At,
    kept: Kept,
    chart: OnceCell<Arc<Chart>>,
}

#[derive(Debug)]
enum At {
    /// Reads outside a unit of work.
    Pool(DatabaseConnection),
    /// Everything inside a unit of work.
    Unit(DatabaseTransaction),
}

impl Store {
    /// Opens the SQLite database at `file`, makes it if need be, and brings it up to date.
    ///
    /// # Errors
    /// When it cannot be opened or migrated.
    pub async fn open(file: &Path, care: Care) -> Result<Self, Fault> {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(if care == Care::Fill { 1 } else { 4 })
            .min_connections(1)
            .sqlx_logging(false)
            .test_before_acquire(false);
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(std::time::Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", if care == Care::Full { "FULL" } else { "OFF" })
                .pragma("locking_mode", if care == Care::Fill { "EXCLUSIVE" } else { "NORMAL" })
                .pragma("cache_size", "-4000")
                .pragma("secure_delete", "ON")
        });
        let pool = Database::connect(options).await?;
        Migrator::up(&pool, None).await?;
        Ok(Self { pool, kept: Kept::default() })
    }

    /// Reads as things stand.
    pub fn read(&self) -> Db {
        Db { at: At::Pool(self.pool.clone()), kept: Arc::clone(&self.kept), chart: OnceCell::new() }
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
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let unit = self.pool.begin_with_options(options).await?;
        Ok(Db { at: At::Unit(unit), kept: Arc::clone(&self.kept), chart: OnceCell::new() })
    }

    /// Closes the database after what is under way.
    ///
    /// # Errors
    /// When it cannot be closed.
    pub async fn close(self) -> Result<(), Fault> {
        Ok(self.pool.close().await?)
    }
}

impl Db {
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
        if matches!(self.at, At::Pool(_)) {
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
            At::Unit(unit) => Ok(unit.commit().await?),
            At::Pool(_) => Ok(()),
        }
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        let backend = match &self.at {
            At::Pool(pool) => pool.get_database_backend(),
            At::Unit(unit) => unit.get_database_backend(),
        };
        Statement::from_sql_and_values(backend, sql, values)
    }

    pub(crate) async fn all<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Vec<T>, Fault> {
        let statement = self.statement(sql, values.into());
        let rows = match &self.at {
            At::Pool(pool) => pool.query_all_raw(statement).await?,
            At::Unit(unit) => unit.query_all_raw(statement).await?,
        };
        rows.iter().map(|row| T::from_query_result(row, "").map_err(Fault::from)).collect()
    }

    pub(crate) async fn first<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<T>, Fault> {
        let statement = self.statement(sql, values.into());
        let row = match &self.at {
            At::Pool(pool) => pool.query_one_raw(statement).await?,
            At::Unit(unit) => unit.query_one_raw(statement).await?,
        };
        row.map(|row| T::from_query_result(&row, "").map_err(Fault::from)).transpose()
    }

    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, Fault> {
        self.execute(self.statement(sql, values.into())).await
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
            self.execute(self.statement(&sql, some.concat())).await?;
        }
        Ok(())
    }

    async fn execute(&self, statement: Statement) -> Result<u64, Fault> {
        let done = match &self.at {
            At::Pool(pool) => pool.execute_raw(statement).await?,
            At::Unit(unit) => unit.execute_raw(statement).await?,
        };
        Ok(done.rows_affected())
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
