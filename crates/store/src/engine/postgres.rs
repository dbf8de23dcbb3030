//! PostgreSQL, for a college group or a network that outgrows one machine.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts};
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::types::ToSql;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::backups::BackupFault;
use crate::db::{Care, Fault};
use crate::engine::tools::{self, Tool};
use crate::row::{FromRow, Row, Value, row};

/// Connections at most.
const MOST: usize = 8;
/// How long to wait for a connection before saying that the database is away.
const PATIENCE: Duration = Duration::from_secs(5);
/// Begins a unit of work. Every writer of this database and schema takes this lock first, so that what a unit of work reads stays true until it
/// commits, as on SQLite.
const WRITING: &str = "BEGIN; SELECT pg_advisory_xact_lock(7311905, hashtext(current_schema()))";

/// A database on a server.
#[derive(Debug)]
pub(crate) struct Postgres {
    pool: Pool,
    config: Box<Config>,
}

/// A unit of work; undone when dropped.
#[derive(Debug)]
pub(crate) struct Unit {
    connection: Option<Object>,
}

impl Postgres {
    /// Connects to `postgres://…`.
    pub(crate) async fn open(url: &str, care: Care) -> Result<Self, Fault> {
        let mut config: Config = url.parse().map_err(|_| Fault::Address)?;
        config.application_name("alongside").connect_timeout(PATIENCE);
        // Parameters never reach the server's log with a fault, and a unit of work that was left behind is undone.
        let own = "-c log_parameter_max_length_on_error=0 -c idle_in_transaction_session_timeout=60000 \
                   -c statement_timeout=60000 -c lock_timeout=10000";
        let own = if care == Care::Full { own.to_owned() } else { format!("{own} -c synchronous_commit=off") };
        let options = config.get_options().map_or_else(|| own.clone(), |given| format!("{own} {given}"));
        config.options(&options);
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config.clone(), MakeRustlsConnect::new(trusted()?), recycling);
        let waits = Timeouts { wait: Some(PATIENCE), create: Some(PATIENCE), recycle: Some(PATIENCE) };
        let pool = Pool::builder(manager).max_size(MOST).runtime(Runtime::Tokio1).timeouts(waits).build();
        let pool = pool.map_err(|_| Fault::Away)?;
        Ok(Self { pool, config: Box::new(config) })
    }

    pub(crate) async fn all<T: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
        all(&self.pool.get().await?, sql, values).await
    }

    pub(crate) async fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        run(&self.pool.get().await?, sql, values).await
    }

    pub(crate) async fn begin(&self) -> Result<Unit, Fault> {
        let connection = self.pool.get().await?;
        let unit = Unit { connection: Some(connection) };
        unit.at()?.batch_execute(WRITING).await?;
        Ok(unit)
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }

    /// Begins to write out the schema that is in use.
    pub(crate) async fn dump(&self) -> Result<Tool, BackupFault> {
        let found = self.all::<SchemaRow>("SELECT current_schema()::text AS schema", &[]).await?;
        let schema = found.into_iter().next().and_then(|row| row.schema).ok_or(Fault::Missing("schema"))?;
        Ok(tools::dump(&self.config, &schema)?)
    }

    /// Whether the schema in use holds no table.
    pub(crate) async fn is_empty(&self) -> Result<bool, Fault> {
        let sql = "SELECT MIN(table_name)::text AS schema FROM information_schema.tables \
                   WHERE table_schema = current_schema()";
        Ok(self.all::<SchemaRow>(sql, &[]).await?.into_iter().all(|row| row.schema.is_none()))
    }

    /// Puts back what was written out.
    pub(crate) async fn put_back(&self, file: &Path) -> Result<(), BackupFault> {
        let (config, file) = (self.config.clone(), file.to_owned());
        let done = tokio::task::spawn_blocking(move || tools::put_back(&config, &file)).await;
        Ok(done.map_err(|_| Fault::Away)??)
    }
}

row! {
    struct SchemaRow {
        schema: Option<String>,
    }
}

impl Unit {
    fn at(&self) -> Result<&Object, Fault> {
        self.connection.as_ref().ok_or(Fault::Away)
    }

    pub(crate) async fn all<T: FromRow>(&self, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
        all(self.at()?, sql, values).await
    }

    pub(crate) async fn run(&self, sql: &str, values: &[Value]) -> Result<u64, Fault> {
        run(self.at()?, sql, values).await
    }

    pub(crate) async fn each<T>(
        &self,
        sql: &str,
        values: &[Value],
        read: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        each(self.at()?, sql, values, read).await
    }

    pub(crate) async fn commit(mut self) -> Result<(), Fault> {
        self.at()?.batch_execute("COMMIT").await?;
        // Only now is the connection fit for others.
        drop(self.connection.take());
        Ok(())
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        // A connection in the middle of a unit of work is closed, and the server undoes it.
        if let Some(connection) = self.connection.take() {
            drop(Object::take(connection));
        }
    }
}

/// Whom to trust on the way to the server: the machine's own certificates.
fn trusted() -> Result<ClientConfig, Fault> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(config.map_err(|_| Fault::Away)?.with_root_certificates(roots).with_no_client_auth())
}

fn given(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| -> &(dyn ToSql + Sync) { value }).collect()
}

async fn all<T: FromRow>(at: &Object, sql: &str, values: &[Value]) -> Result<Vec<T>, Fault> {
    each(at, sql, values, T::from_row).await
}

async fn each<T>(
    at: &Object,
    sql: &str,
    values: &[Value],
    read: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let statement = at.prepare_cached(sql).await?;
    let rows = at.query(&statement, &given(values)).await?;
    rows.iter().map(|row| read(&Row::Postgres(row))).collect()
}

async fn run(at: &Object, sql: &str, values: &[Value]) -> Result<u64, Fault> {
    let statement = at.prepare_cached(sql).await?;
    Ok(at.execute(&statement, &given(values)).await?)
}

impl From<PoolError> for Fault {
    fn from(fault: PoolError) -> Self {
        match fault {
            PoolError::Backend(fault) => fault.into(),
            _ => Self::Away,
        }
    }
}
