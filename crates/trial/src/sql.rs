//! Plain SQL on either database, and what stands in its catalogue.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::remote::{Answer, Remote};

/// What a cell holds. Flags are 0 or 1, identifiers 16 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row by its columns.
pub type Row = BTreeMap<String, Cell>;
/// Every table but the one that says which migrations were made; rows in order of what they hold.
pub type Tables = BTreeMap<String, Vec<Row>>;

/// What the database said no with; begins with `FOREIGN KEY` or `UNIQUE` when that was why.
#[derive(Debug)]
pub struct Refused(pub String);

impl std::fmt::Display for Refused {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.0)
    }
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// Its kind, in small letters.
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
    /// Its table.
    pub table: String,
    /// The table it points to.
    pub to: String,
    /// Pairs of columns, in order.
    pub columns: Vec<(String, String)>,
}

/// A value that a test wants to read from a cell.
pub trait FromCell: Sized {
    /// Reads it.
    fn of(cell: &Cell) -> Option<Self>;
}

impl FromCell for i64 {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Number(it) = cell { Some(*it) } else { None }
    }
}

impl FromCell for String {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Text(it) = cell { Some(it.clone()) } else { None }
    }
}

impl FromCell for Uuid {
    fn of(cell: &Cell) -> Option<Self> {
        if let Cell::Bytes(it) = cell { Self::from_slice(it).ok() } else { None }
    }
}

/// Cells of a row, in order.
pub trait FromCells: Sized {
    /// Reads them.
    fn of(cells: &[Cell]) -> Option<Self>;
}

macro_rules! from_cells {
    ($($kind:ident $at:tt),+) => {
        impl<$($kind: FromCell),+> FromCells for ($($kind,)+) {
            fn of(cells: &[Cell]) -> Option<Self> {
                Some(($($kind::of(cells.get($at)?)?,)+))
            }
        }
    };
}
from_cells!(A 0);
from_cells!(A 0, B 1);
from_cells!(A 0, B 1, C 2);
from_cells!(A 0, B 1, C 2, D 3);

/// A connection of a test's own.
#[derive(Debug)]
pub struct Sql(At);

#[derive(Debug)]
enum At {
    File(Mutex<Connection>),
    Server(Remote),
}

impl Sql {
    /// A connection to an SQLite file.
    pub fn file(file: &Path) -> Self {
        let connection = Connection::open(file).expect("a connection");
        connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000").expect("settings");
        // Who takes part lies in a file beside it; only the program makes that file.
        let present = file.with_file_name("participants.db");
        if present.exists() {
            connection.execute("ATTACH $1 AS present", [present.to_string_lossy()]).expect("attached");
        }
        Self(At::File(Mutex::new(connection)))
    }

    /// A connection to a PostgreSQL server.
    pub fn server(url: &str) -> Self {
        Self(At::Server(Remote::of(url)))
    }

    /// Which of two texts suits this database.
    fn either(&self, sqlite: &str, postgres: &str) -> String {
        match self.0 {
            At::File(_) => sqlite.to_owned(),
            At::Server(_) => postgres.to_owned(),
        }
    }

    /// An identifier as it is written in a statement.
    pub fn id(&self, id: impl Into<Uuid>) -> String {
        let id = id.into();
        self.either(&format!("x'{}'", id.as_simple()), &format!("'{id}'::uuid"))
    }

    /// What every row of a table can be told by.
    pub fn row(&self) -> String {
        self.either("rowid", "ctid")
    }

    /// Runs a statement that changes something.
    ///
    /// # Errors
    /// What the database said no with.
    pub fn run(&self, sql: &str) -> Result<u64, Refused> {
        match &self.0 {
            At::File(connection) => {
                let done = connection.lock().expect("alone").execute(sql, []);
                // Some statements of settings answer; nobody asked.
                done.or_else(
                    |fault| if matches!(fault, rusqlite::Error::ExecuteReturnedResults) { Ok(0) } else { Err(fault) },
                )
                .map(|changed| changed as u64)
                .map_err(|fault| Refused(fault.to_string()))
            }
            At::Server(server) => Ok(server.ask(sql)?.changed),
        }
    }

    fn answer(&self, sql: &str) -> Answer {
        match &self.0 {
            At::File(connection) => {
                let connection = connection.lock().expect("alone");
                let mut statement = connection.prepare(sql).expect(sql);
                let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
                let rows =
                    statement.query_map([], |row| (0..names.len()).map(|at| row.get_ref(at).map(cell)).collect());
                let rows = rows.expect(sql).map(|row| row.expect(sql)).collect();
                Answer { changed: 0, names, rows }
            }
            At::Server(server) => server.ask(sql).expect(sql),
        }
    }

    /// Rows of which every column is read.
    pub fn rows<T: FromCells>(&self, sql: &str) -> Vec<T> {
        self.answer(sql).rows.iter().map(|cells| T::of(cells).expect(sql)).collect()
    }

    /// The first number of the first row.
    pub fn number(&self, sql: &str) -> i64 {
        self.rows::<(i64,)>(sql).first().expect(sql).0
    }

    fn names(&self, sql: &str) -> Vec<String> {
        self.rows::<(String,)>(sql).into_iter().map(|row| row.0).collect()
    }

    /// Every table of the program's but the one that says which migrations were made.
    pub fn tables(&self) -> Vec<String> {
        self.names(&self.either(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema IN ('main', 'present') \
             AND name NOT LIKE 'sqlite_%' AND name <> 'migration' ORDER BY name",
            "SELECT table_name::text COLLATE \"C\" FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_name <> 'migration' ORDER BY 1",
        ))
    }

    /// Every row of every table.
    pub fn all(&self) -> Tables {
        let whole = |table: String| {
            let Answer { names, rows, .. } = self.answer(&format!("SELECT * FROM \"{table}\""));
            let mut rows: Vec<Row> = rows.into_iter().map(|cells| names.iter().cloned().zip(cells).collect()).collect();
            rows.sort();
            (table, rows)
        };
        self.tables().into_iter().map(whole).collect()
    }

    /// Every column of every table.
    pub fn columns(&self) -> Vec<Column> {
        let of = |table: String| {
            let sql = self.either(
                &format!("SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid"),
                &format!(
                    "SELECT column_name::text, data_type::text FROM information_schema.columns \
                     WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
                ),
            );
            let found = self.rows::<(String, String)>(&sql);
            found.into_iter().map(move |(name, kind)| Column { table: table.clone(), name, kind: kind.to_lowercase() })
        };
        self.tables().into_iter().flat_map(of).collect()
    }

    /// The keys and indexes of a table, with their columns in order; the primary key is called `primary`.
    pub fn keys(&self, table: &str) -> Vec<(String, Vec<String>)> {
        let primary = self.names(&self.either(
            &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"),
            &format!(
                "SELECT a.attname::text FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, place) \
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number \
                 WHERE i.indrelid = '{table}'::regclass AND i.indisprimary ORDER BY k.place"
            ),
        ));
        let indexes = self.names(&self.either(
            &format!("SELECT name FROM pragma_index_list('{table}')"),
            &format!(
                "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                 WHERE i.indrelid = '{table}'::regclass AND NOT i.indisprimary"
            ),
        ));
        let mut keys = vec![("primary".to_owned(), primary)];
        for index in indexes {
            let columns = self.names(&self.either(
                &format!("SELECT name FROM pragma_index_info('{index}') ORDER BY seqno"),
                &format!("SELECT attname::text FROM pg_attribute WHERE attrelid = '{index}'::regclass ORDER BY attnum"),
            ));
            keys.push((index, columns));
        }
        keys
    }

    /// Every foreign key.
    pub fn foreign_keys(&self) -> Vec<Foreign> {
        let mut keys: Vec<Foreign> = Vec::new();
        for table in self.tables() {
            let sql = self.either(
                &format!(
                    "SELECT seq, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('{table}') ORDER BY id, seq"
                ),
                &format!(
                    "SELECT k.place - 1, f.relname::text, a.attname::text, b.attname::text FROM pg_constraint c \
                     JOIN pg_class f ON f.oid = c.confrelid \
                     CROSS JOIN unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (here, there, place) \
                     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.here \
                     JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = k.there \
                     WHERE c.contype = 'f' AND c.conrelid = '{table}'::regclass ORDER BY c.conname, k.place"
                ),
            );
            for (seq, to, from, target) in self.rows::<(i64, String, String, String)>(&sql) {
                if seq == 0 {
                    keys.push(Foreign { table: table.clone(), to, columns: Vec::new() });
                }
                keys.last_mut().expect("a key begins with its first column").columns.push((from, target));
            }
        }
        keys
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(it) => Cell::Number(it),
        ValueRef::Text(it) => Cell::Text(String::from_utf8_lossy(it).into_owned()),
        ValueRef::Blob(it) => Cell::Bytes(it.to_vec()),
        ValueRef::Real(_) => panic!("no column holds fractions"),
    }
}
