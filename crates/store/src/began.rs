//! How voluntary support began, as the teacher says (R-SUP-16). Apart from [`crate::threads::Thread`], which both of the two
//! are given, so that no page of a thread can show it.

use domain::began::Began;
use domain::ids::ThreadId;
use policies::acts::{ChangePractitioner, SeeOwnSupport};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::row::row;

row! {
struct SaidRow {
    began: Option<String>,
}
}

row! {
struct OwnRow {
    id: Uuid,
    began: String,
}
}

/// What the teacher said of the thread that is left, for the one that takes its place.
///
/// # Errors
/// A fault of the database.
pub async fn of_left(db: &Db, permit: &Permit<ChangePractitioner>) -> Result<Option<Began>, Fault> {
    let sql = "SELECT began FROM thread WHERE institution = $1 AND id = $2";
    let row = db.first::<SaidRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.and_then(|row| row.began).as_deref().and_then(Began::from_code))
}

/// What one said of what one asked for oneself; nothing of threads in which one was asked.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnSupport>) -> Result<Vec<(ThreadId, Began)>, Fault> {
    let sql = "SELECT t.id, t.began FROM thread t \
               JOIN participant p ON p.institution = t.institution AND p.thread = t.id AND p.number = 1 \
               WHERE t.institution = $1 AND p.person = $2 AND t.began IS NOT NULL ORDER BY t.id";
    let rows = db.all::<OwnRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    rows.into_iter()
        .map(|row| Ok((ThreadId(row.id), Began::from_code(&row.began).ok_or(Fault::Unreadable("began"))?)))
        .collect()
}
