//! The connection: reading from the pool, writing in one unit of work.

use std::path::Path;

use domain::ids::InstitutionId;
use jiff::Timestamp;
use jiff::civil::Date;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, FromQueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
};
use sea_orm_migration::MigratorTrait;

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
    /// For filling a fresh sample college or a test: fast, and lost if the machine fails meanwhile.
    Sample,
}

/// The store: one database.
#[derive(Debug, Clone)]
pub struct Store {
    pool: DatabaseConnection,
}

/// A place to run statements: the pool, or a unit of work.
#[derive(Debug)]
pub enum Db {
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
        options.max_connections(4).min_connections(1).sqlx_logging(false).test_before_acquire(false);
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .foreign_keys(true)
                .busy_timeout(std::time::Duration::from_secs(10))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", if care == Care::Full { "FULL" } else { "OFF" })
                .pragma("cache_size", "-4000")
                .pragma("secure_delete", "ON")
        });
        let pool = Database::connect(options).await?;
        Migrator::up(&pool, None).await?;
        Ok(Self { pool })
    }

    /// Reads as things stand.
    pub fn read(&self) -> Db {
        Db::Pool(self.pool.clone())
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
        Ok(Db::Unit(self.pool.begin_with_options(options).await?))
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
    /// Ends a unit of work: all of it happened.
    ///
    /// # Errors
    /// When it could not be saved: then nothing of it happened.
    pub async fn commit(self) -> Result<(), Fault> {
        match self {
            Self::Unit(unit) => Ok(unit.commit().await?),
            Self::Pool(_) => Ok(()),
        }
    }

    fn statement<const N: usize>(&self, sql: &str, values: [Value; N]) -> Statement {
        let backend = match self {
            Self::Pool(pool) => pool.get_database_backend(),
            Self::Unit(unit) => unit.get_database_backend(),
        };
        Statement::from_sql_and_values(backend, sql, values)
    }

    pub(crate) async fn all<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Vec<T>, Fault> {
        let statement = self.statement(sql, values);
        let rows = match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await?,
            Self::Unit(unit) => unit.query_all_raw(statement).await?,
        };
        rows.iter().map(|row| T::from_query_result(row, "").map_err(Fault::from)).collect()
    }

    pub(crate) async fn first<T: FromQueryResult, const N: usize>(
        &self,
        sql: &str,
        values: [Value; N],
    ) -> Result<Option<T>, Fault> {
        let statement = self.statement(sql, values);
        let row = match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await?,
            Self::Unit(unit) => unit.query_one_raw(statement).await?,
        };
        row.map(|row| T::from_query_result(&row, "").map_err(Fault::from)).transpose()
    }

    pub(crate) async fn run<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, Fault> {
        let statement = self.statement(sql, values);
        let done = match self {
            Self::Pool(pool) => pool.execute_raw(statement).await?,
            Self::Unit(unit) => unit.execute_raw(statement).await?,
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
