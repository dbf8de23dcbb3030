//! Files that come with what is said in a thread, sealed.

use domain::ids::FileId;
use domain::support::Party;
use jiff::Timestamp;
use policies::acts::{ReadWords, WriteWords};
use policies::permit::Permit;

use crate::db::{Db, Fault, id, of, seconds};
use crate::row::row;
use crate::threads::party;

/// A file as it lies: sealed.
#[derive(Debug, Clone)]
pub struct File {
    /// Which.
    pub id: FileId,
    /// By which of the thread's keys it is sealed.
    pub epoch: i64,
    /// Who sent it.
    pub party: Party,
    /// The sealed bytes, a JWE.
    pub sealed: String,
}

row! {
    struct FileRow {
        epoch: i64,
        number: i64,
        sealed: String,
    }
}

row! {
    struct CountRow {
        count: i64,
    }
}

/// How many files a thread holds.
///
/// # Errors
/// A fault of the database.
pub async fn count(db: &Db, permit: &Permit<WriteWords>) -> Result<i64, Fault> {
    let sql = "SELECT count(*) AS count FROM sealed_file WHERE institution = $1 AND thread = $2";
    let row = db.first::<CountRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.map_or(0, |row| row.count))
}

/// Whether the file is there, in this thread or another.
///
/// # Errors
/// A fault of the database.
pub async fn known(db: &Db, permit: &Permit<WriteWords>, file: FileId) -> Result<bool, Fault> {
    let sql = "SELECT count(*) AS count FROM sealed_file WHERE institution = $1 AND id = $2 AND thread = $3";
    let row = db.first::<CountRow, 3>(sql, [of(permit.institution()), id(file), id(permit.key())]).await?;
    Ok(row.is_some_and(|row| row.count > 0))
}

/// Saves a file.
///
/// # Errors
/// A fault of the database.
pub async fn insert(db: &Db, permit: &Permit<WriteWords>, (file, now): (&File, Timestamp)) -> Result<(), Fault> {
    let sql = "INSERT INTO sealed_file (institution, thread, id, epoch, number, sealed, written_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        id(file.id),
        file.epoch.into(),
        i64::from(file.party.number()).into(),
        (&file.sealed).into(),
        seconds(now),
    ];
    db.run(sql, values).await.map(drop)
}

/// A file of a thread.
///
/// # Errors
/// A fault of the database.
pub async fn see(db: &Db, permit: &Permit<ReadWords>, file: FileId) -> Result<Option<File>, Fault> {
    let sql = "SELECT epoch, number, sealed FROM sealed_file WHERE institution = $1 AND thread = $2 AND id = $3";
    let row = db.first::<FileRow, 3>(sql, [of(permit.institution()), id(permit.key()), id(file)]).await?;
    row.map(|FileRow { epoch, number, sealed }| Ok(File { id: file, epoch, party: party(number)?, sealed })).transpose()
}
