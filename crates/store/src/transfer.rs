//! From one database to another, every row, and a look at every row afterwards.

use policies::acts::MoveDatabase;
use policies::permit::Permit;

use crate::db::{Db, Dialect, Fault, Store};
use crate::migrations::{self, Shape};
use crate::row::Value;

/// Rows that are read and written at a time.
const AT_A_TIME: i64 = 500;

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Tables.
    pub tables: usize,
    /// Rows in all. Nobody sees it but whoever moves: it counts everything the program keeps, of every kind.
    pub rows: usize,
}

/// Why nothing was moved.
#[derive(Debug, thiserror::Error)]
pub enum NotMoved {
    /// There is something in the other database already.
    #[error("the other database is not empty, so nothing was moved")]
    NotEmpty,
    /// A row arrived otherwise than it left. Nothing was kept.
    #[error("a row of the table {0} did not arrive as it left, so nothing was moved")]
    Differs(&'static str),
    /// A fault of one of the two.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Copies everything into an empty database, compares row by row, and commits only when all are alike. The source is held
/// as it stands meanwhile: nobody writes to it.
///
/// # Errors
/// A database that is not empty, a row that differs, or a fault; then the other database is as it was.
pub async fn copy(from: &Store, to: &Store, _permit: &Permit<MoveDatabase>) -> Result<Moved, NotMoved> {
    let source = from.write().await?;
    let target = to.write().await?;
    if to.dialect() == Dialect::Postgres {
        // Rows of one table may point to later ones of the same.
        target.run("SET CONSTRAINTS ALL DEFERRED", []).await?;
    } else {
        target.run("PRAGMA defer_foreign_keys = ON", []).await?;
    }
    let shapes = migrations::shapes();
    for shape in &shapes {
        if !page(&target, to.dialect(), shape, 0).await?.is_empty() {
            return Err(NotMoved::NotEmpty);
        }
    }
    let mut moved = Moved { tables: shapes.len(), rows: 0 };
    for shape in &shapes {
        moved.rows += copy_table(&source, from.dialect(), &target, shape).await?;
    }
    for shape in &shapes {
        compare(&source, from.dialect(), (&target, to.dialect()), shape).await?;
    }
    target.commit().await?;
    Ok(moved)
}

async fn copy_table(source: &Db, dialect: Dialect, target: &Db, shape: &Shape) -> Result<usize, Fault> {
    let mut copied = 0;
    loop {
        let rows = page(source, dialect, shape, i64::try_from(copied).unwrap_or(i64::MAX)).await?;
        if rows.is_empty() {
            return Ok(copied);
        }
        copied += rows.len();
        target.insert_all(&format!("INSERT INTO \"{}\" ({}) VALUES", shape.table, shape.names()), rows).await?;
    }
}

async fn compare(source: &Db, of: Dialect, (target, to): (&Db, Dialect), shape: &Shape) -> Result<(), NotMoved> {
    let mut seen = 0;
    loop {
        let (left, arrived) = (page(source, of, shape, seen).await?, page(target, to, shape, seen).await?);
        if left != arrived {
            return Err(NotMoved::Differs(shape.table));
        }
        if left.is_empty() {
            return Ok(());
        }
        seen += i64::try_from(left.len()).unwrap_or(i64::MAX);
    }
}

/// Some rows of a table in the order of its key, from a place on.
async fn page(db: &Db, dialect: Dialect, shape: &Shape, from: i64) -> Result<Vec<Vec<Value>>, Fault> {
    let sql = format!(
        "SELECT {} FROM \"{}\" ORDER BY {} LIMIT $1 OFFSET $2",
        shape.names(),
        shape.table,
        shape.order(dialect)
    );
    db.cells(&sql, [AT_A_TIME.into(), from.into()], &shape.columns).await
}
