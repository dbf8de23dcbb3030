//! How a migration describes tables, so that the institution leads every primary, unique and foreign key: a row can never
//! point into another institution, and the schema can be spread over machines later.

use sea_orm::sea_query::{
    Alias, ColumnDef, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index, IndexCreateStatement, Table,
    TableCreateStatement,
};

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

const INSTITUTION: &str = "institution";

fn column(name: &str, kind: Kind, empty: bool) -> ColumnDef {
    let mut column = ColumnDef::new(Alias::new(name));
    match kind {
        Kind::Id => column.uuid(),
        Kind::Text => column.text(),
        Kind::Number => column.big_integer(),
        Kind::Flag => column.boolean(),
    };
    if empty {
        column.null()
    } else {
        column.not_null()
    };
    column
}

impl TableOf {
    /// The table; with its foreign keys where they cannot be added later (SQLite).
    pub fn create(&self, with_references: bool) -> TableCreateStatement {
        let mut table = Table::create();
        table.table(Alias::new(self.name)).col(column(INSTITUTION, Kind::Id, false));
        for Column(name, kind, empty) in self.columns {
            table.col(column(name, *kind, *empty));
        }
        let mut key = Index::create();
        key.col(Alias::new(INSTITUTION));
        for name in self.key {
            key.col(Alias::new(*name));
        }
        table.primary_key(&mut key);
        if with_references {
            for mut reference in self.foreign_keys() {
                table.foreign_key(&mut reference);
            }
        }
        table
    }

    /// The unique keys and indexes.
    pub fn indexes(&self) -> Vec<IndexCreateStatement> {
        let named = |columns: &[&str], unique: bool| {
            let mut index = Index::create();
            index.name(format!("{}_by_{}", self.name, columns.join("_"))).table(Alias::new(self.name));
            index.col(Alias::new(INSTITUTION));
            for name in columns {
                index.col(Alias::new(*name));
            }
            if unique {
                index.unique();
            }
            index
        };
        let unique = self.unique.iter().map(|columns| named(columns, true));
        unique.chain(self.indexes.iter().map(|columns| named(columns, false))).collect()
    }

    /// The foreign keys, each led by the institution.
    pub fn foreign_keys(&self) -> Vec<ForeignKeyCreateStatement> {
        self.references
            .iter()
            .map(|Reference(from, table, to, gone)| {
                let mut key = ForeignKey::create();
                key.name(format!("{}_{}", self.name, from.join("_")));
                key.from_tbl(Alias::new(self.name)).to_tbl(Alias::new(*table));
                key.from_col(Alias::new(INSTITUTION)).to_col(Alias::new(INSTITUTION));
                for (from, to) in from.iter().zip(*to) {
                    key.from_col(Alias::new(*from)).to_col(Alias::new(*to));
                }
                key.on_delete(match gone {
                    Gone::Too => ForeignKeyAction::Cascade,
                    Gone::Never => ForeignKeyAction::Restrict,
                });
                key
            })
            .collect()
    }
}
