//! Moving everything to another database, from the command line.

use policies::acts::MoveDatabase;
use policies::facts::Actor;
use store::transfer::{self, Moved, NotMoved};
use store::{Store, events};

use crate::desk::{Desk, Stop};

/// Copies everything into an empty database and compares it row by row; nobody writes here meanwhile.
///
/// # Errors
/// Denied for anybody but the command line; a database that is not empty, or a row that did not arrive as it left: then the
/// other database is as it was.
pub async fn to(desk: &Desk, other: &Store) -> Result<Moved, Stop<NotMoved>> {
    let db = desk.write().await?;
    let permit = desk.house.gate.permit::<MoveDatabase>(&Actor::CommandLine, &desk.frame.programme.facts, &())?;
    // Part of what is moved, so both databases tell of it.
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    transfer::copy(&desk.house.store, other, &permit).await.map_err(Stop::Refused)
}
