//! How a migration describes tables, so that the institution leads every primary, unique and foreign key: a row can never
//! point into another institution, and the schema can be spread over machines later.

use super::Shape;
use crate::db::Dialect;

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// An identifier.
    Id,
    /// Text; days as ISO 8601.
    Text,
    /// A whole number; instants as seconds since 1970, spans as minutes.
    Number,
    /// Yes or no.
    Flag,
}

/// A column, and whether it may be empty.
pub struct Column(pub &'static str, pub Kind, pub bool);

/// A column that is always filled.
pub const fn must(name: &'static str, kind: Kind) -> Column {
    Column(name, kind, false)
}

/// A column that may be empty.
pub const fn may(name: &'static str, kind: Kind) -> Column {
    Column(name, kind, true)
}

/// A reference: these columns, behind the institution, point to the key of that table; deleted with it or not at all.
pub struct Reference(pub &'static [&'static str], pub &'static str, pub &'static [&'static str], pub Gone);

/// What happens to a row when the row it points to goes.
#[derive(Clone, Copy)]
pub enum Gone {
    /// The row goes too.
    Too,
    /// The other row may not go.
    Never,
}

/// A table. `institution` is its first column and leads all keys and indexes.
pub struct TableOf {
    /// Its name.
    pub name: &'static str,
    /// Its columns behind `institution`.
    pub columns: &'static [Column],
    /// The primary key behind `institution`.
    pub key: &'static [&'static str],
    /// Unique keys behind `institution`.
    pub unique: &'static [&'static [&'static str]],
    /// Indexes behind `institution`.
    pub indexes: &'static [&'static [&'static str]],
    /// Foreign keys behind `institution`.
    pub references: &'static [Reference],
}

impl Kind {
    const fn word(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (Self::Id, Dialect::Sqlite) => "uuid_blob",
            (Self::Id, Dialect::Postgres) => "uuid",
            (Self::Text, _) => "text",
            (Self::Number, _) => "bigint",
            (Self::Flag, _) => "boolean",
        }
    }
}

impl Column {
    fn words(&self, dialect: Dialect) -> String {
        let Self(name, kind, empty) = self;
        format!("\"{name}\" {}{}", kind.word(dialect), if *empty { "" } else { " NOT NULL" })
    }
}

/// A column that a table gets later, and what stands in the rows that are there already (as SQL).
pub struct Added(pub Column, pub Option<&'static str>);

impl Added {
    /// Its name and what it holds.
    pub(super) const fn named(&self) -> (&'static str, Kind) {
        let Self(Column(name, kind, _), _) = self;
        (name, *kind)
    }

    /// The statement that adds it.
    pub fn add(&self, table: &str, dialect: Dialect) -> String {
        let Self(column, before) = self;
        let before = before.map(|value| format!(" DEFAULT {value}")).unwrap_or_default();
        format!("ALTER TABLE \"{table}\" ADD COLUMN {}{before}", column.words(dialect))
    }
}

/// A copy of the whole database may put rows before those they point to; everything else is checked at once.
const DEFERRABLE: &str = "DEFERRABLE INITIALLY IMMEDIATE";
const INSTITUTION: &str = "institution";

/// Column names in quotes, the institution first.
fn led(columns: &[&str]) -> String {
    let all: Vec<String> = [INSTITUTION].iter().chain(columns).map(|name| format!("\"{name}\"")).collect();
    all.join(", ")
}

/// The statement that makes an index or a unique key of a table.
pub(super) fn index(kind: &str, table: &str, columns: &[&str]) -> String {
    format!("CREATE {kind} \"{table}_by_{}\" ON \"{table}\" ({})", columns.join("_"), led(columns))
}

impl Reference {
    fn words(&self, table: &str) -> String {
        let Self(from, to, target, gone) = self;
        let gone = match gone {
            Gone::Too => "CASCADE",
            Gone::Never => "RESTRICT",
        };
        let name = format!("{table}_{}", from.join("_"));
        let (from, target) = (led(from), led(target));
        format!(
            "CONSTRAINT \"{name}\" FOREIGN KEY ({from}) REFERENCES \"{to}\" ({target}) ON DELETE {gone} {DEFERRABLE}"
        )
    }
}

impl TableOf {
    /// The statement that makes the table; with its foreign keys where they cannot be added later (SQLite).
    pub fn create(&self, dialect: Dialect) -> String {
        let mut parts = vec![must(INSTITUTION, Kind::Id).words(dialect)];
        parts.extend(self.columns.iter().map(|column| column.words(dialect)));
        parts.push(format!("PRIMARY KEY ({})", led(self.key)));
        if dialect == Dialect::Sqlite {
            parts.extend(self.references.iter().map(|reference| reference.words(self.name)));
        }
        format!("CREATE TABLE \"{}\" ({})", self.name, parts.join(", "))
    }

    /// The table as it is made, for whoever copies it.
    pub(super) fn shape(&self) -> Shape {
        let columns = [(INSTITUTION, Kind::Id)].into_iter();
        let columns = columns.chain(self.columns.iter().map(|Column(name, kind, _)| (*name, *kind))).collect();
        Shape { table: self.name, columns, key: [INSTITUTION].iter().chain(self.key).copied().collect() }
    }

    /// The statements that make the unique keys and indexes.
    pub fn indexes(&self) -> Vec<String> {
        let unique = self.unique.iter().map(|columns| index("UNIQUE INDEX", self.name, columns));
        unique.chain(self.indexes.iter().map(|columns| index("INDEX", self.name, columns))).collect()
    }

    /// The statements that add the foreign keys, each led by the institution.
    pub fn foreign_keys(&self) -> Vec<String> {
        let add = |reference: &Reference| format!("ALTER TABLE \"{}\" ADD {}", self.name, reference.words(self.name));
        self.references.iter().map(add).collect()
    }
}
