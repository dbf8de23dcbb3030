//! Looking at the database behind the store's back.

use std::path::Path;
use std::sync::Mutex;

use rusqlite::types::FromSql;
use rusqlite::{Connection, Row};

/// A connection of the test's own, for plain SQL.
pub struct Sql(Mutex<Connection>);

/// Rows of which every column is read, in order.
pub trait Columns: Sized {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self>;
}

macro_rules! columns {
    ($($kind:ident $at:tt),+) => {
        impl<$($kind: FromSql),+> Columns for ($($kind,)+) {
            fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(($(row.get::<_, $kind>($at)?,)+))
            }
        }
    };
}
columns!(A 0);
columns!(A 0, B 1);
columns!(A 0, B 1, C 2);
columns!(A 0, B 1, C 2, D 3);

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    pub table: String,
    pub name: String,
    pub kind: String,
}

impl Column {
    /// `table.column`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.table, self.name)
    }
}

/// A foreign key: its columns, and those of the table they point to.
#[derive(Debug)]
pub struct Foreign {
    pub table: String,
    pub to: String,
    pub columns: Vec<(String, String)>,
}

impl Sql {
    pub async fn open(file: &Path) -> Self {
        let connection = Connection::open(file).expect("a connection");
        connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000").expect("settings");
        Self(Mutex::new(connection))
    }

    pub async fn run(&self, sql: &str) -> rusqlite::Result<usize> {
        self.0.lock().expect("alone").execute(sql, [])
    }

    /// Rows of which every column is read.
    pub async fn rows<T: Columns>(&self, sql: &str) -> Vec<T> {
        let connection = self.0.lock().expect("alone");
        let mut statement = connection.prepare(sql).expect(sql);
        let rows = statement.query_map([], |row| T::of(row)).expect(sql);
        rows.map(|row| row.expect(sql)).collect()
    }

    /// The first number of the first row.
    pub async fn number(&self, sql: &str) -> i64 {
        self.rows::<(i64,)>(sql).await.first().expect(sql).0
    }

    /// Every table but SQLite's own and the one that says which migrations were made.
    pub async fn tables(&self) -> Vec<String> {
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                   AND name <> 'migration' ORDER BY name";
        self.rows::<(String,)>(sql).await.into_iter().map(|row| row.0).collect()
    }

    pub async fn columns(&self) -> Vec<Column> {
        let mut columns = Vec::new();
        for table in self.tables().await {
            let sql = format!("SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid");
            for (name, kind) in self.rows::<(String, String)>(&sql).await {
                columns.push(Column { table: table.clone(), name, kind: kind.to_lowercase() });
            }
        }
        columns
    }

    pub async fn foreign_keys(&self) -> Vec<Foreign> {
        let mut keys: Vec<Foreign> = Vec::new();
        for table in self.tables().await {
            let sql = format!(
                "SELECT seq, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('{table}') ORDER BY id, seq"
            );
            for (seq, to, from, target) in self.rows::<(i64, String, String, String)>(&sql).await {
                if seq == 0 {
                    keys.push(Foreign { table: table.clone(), to, columns: Vec::new() });
                }
                keys.last_mut().expect("a key begins with its first column").columns.push((from, target));
            }
        }
        keys
    }
}
