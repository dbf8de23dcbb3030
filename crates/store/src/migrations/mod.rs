//! The one migration tree. A released step is never changed; foreign keys among tables come in steps of their own.

mod frame;
mod people;
mod set_up;
mod support;

use crate::db::{Dialect, Fault, Store};
use crate::row::row;
pub(crate) use frame::Kind;
use frame::{Added, TableOf};

/// One step: its name, which is never used again, and what it does.
struct Step(&'static str, Do);

enum Do {
    /// Makes tables; on SQLite with their foreign keys, which it cannot add later.
    Tables(&'static [&'static [TableOf]]),
    /// Adds the foreign keys of tables that stand, except on SQLite.
    References(&'static [&'static [TableOf]]),
    /// Adds columns to a table that stands.
    #[expect(dead_code, reason = "for the steps that follow the first version")]
    Columns(&'static str, &'static [Added]),
}

/// All steps, in order.
const STEPS: &[Step] = &[
    Step("m0001_tables", Do::Tables(&[people::TABLES, support::TABLES])),
    Step("m0002_references", Do::References(&[people::TABLES, support::TABLES])),
    Step("m0005_set_up", Do::Tables(&[set_up::TABLES])),
];

impl Do {
    fn statements(&self, dialect: Dialect) -> Vec<String> {
        let sqlite = dialect == Dialect::Sqlite;
        match self {
            Self::Tables(groups) => {
                let tables = groups.iter().copied().flatten();
                tables.flat_map(|table| [vec![table.create(dialect)], table.indexes()].concat()).collect()
            }
            Self::References(_) if sqlite => Vec::new(),
            Self::References(groups) => groups.iter().copied().flatten().flat_map(TableOf::foreign_keys).collect(),
            Self::Columns(table, columns) => columns.iter().map(|column| column.add(table, dialect)).collect(),
        }
    }
}

row! {
    struct Done {
        name: String,
    }
}

/// Brings a database up to date, in one unit of work.
///
/// # Errors
/// A fault of the database, or a database that a later version has brought further.
pub(crate) async fn up(store: &Store) -> Result<(), Fault> {
    let db = store.write().await?;
    db.run("CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY)", []).await?;
    let done: Vec<Done> = db.all("SELECT name FROM migration", []).await?;
    if done.iter().any(|done| !STEPS.iter().any(|step| step.0 == done.name)) {
        return Err(Fault::Newer);
    }
    for Step(name, what) in STEPS {
        if done.iter().any(|done| done.name == *name) {
            continue;
        }
        for sql in what.statements(store.dialect()) {
            db.run(&sql, []).await?;
        }
        db.run("INSERT INTO migration (name) VALUES ($1)", [(*name).into()]).await?;
    }
    db.commit().await
}

/// A table as all steps leave it.
pub(crate) struct Shape {
    /// Its name.
    pub table: &'static str,
    /// Its columns, the institution first.
    pub columns: Vec<(&'static str, Kind)>,
    /// The columns of its key.
    key: Vec<&'static str>,
}

impl Shape {
    /// The columns' names, for a statement.
    pub(crate) fn names(&self) -> String {
        let names: Vec<String> = self.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        names.join(", ")
    }

    /// The order of the key: byte by byte on both databases.
    pub(crate) fn order(&self, dialect: Dialect) -> String {
        let text = |name: &&str| self.columns.iter().any(|(column, kind)| column == name && matches!(kind, Kind::Text));
        let collated = |name: &&str| match dialect {
            Dialect::Postgres if text(name) => format!("\"{name}\" COLLATE \"C\""),
            _ => format!("\"{name}\""),
        };
        self.key.iter().map(collated).collect::<Vec<_>>().join(", ")
    }
}

/// Every table, in an order in which each stands after those it points to.
pub(crate) fn shapes() -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    for Step(_, what) in STEPS {
        match what {
            Do::Tables(groups) => shapes.extend(groups.iter().copied().flatten().map(TableOf::shape)),
            Do::Columns(table, columns) => {
                let found = shapes.iter_mut().filter(|shape| shape.table == *table);
                found.for_each(|shape| shape.columns.extend(columns.iter().map(Added::named)));
            }
            Do::References(_) => {}
        }
    }
    shapes
}
