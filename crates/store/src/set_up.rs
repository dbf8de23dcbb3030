//! A college before it goes live: the steps as they were saved, and what its first day writes.

use domain::ids::{InstitutionId, PersonId};
use jiff::Timestamp;
use policies::acts::{GoLive, ImportStaff, SaveSetUp, SeeSetUp};
use policies::facts::DraftFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::accounts::{self, NewSession};
use crate::db::{Db, Fault, of, seconds};
use crate::programme;
use crate::row::row;

row! {
    struct Begun {
        institution: Uuid,
    }
}

row! {
    struct StepRow {
        step: String,
        content: String,
    }
}

row! {
    struct ValueRow {
        value: String,
    }
}

/// What the gate needs to know of the draft in this folder; nothing when none was begun.
///
/// # Errors
/// A fault of the database.
pub async fn draft(db: &Db) -> Result<Option<DraftFacts>, Fault> {
    let found = db.first::<Begun, 0>("SELECT institution FROM set_up_step LIMIT 1", []).await?;
    let Some(Begun { institution }) = found else { return Ok(None) };
    let live = programme::find(db).await?.is_some();
    Ok(Some(DraftFacts { institution: InstitutionId(institution), live }))
}

/// The steps that were saved, each as it was written.
///
/// # Errors
/// A fault of the database.
pub async fn steps(db: &Db, permit: &Permit<SeeSetUp>) -> Result<Vec<(String, String)>, Fault> {
    of_draft(db, permit.institution()).await
}

/// The same, as the college goes live.
///
/// # Errors
/// A fault of the database.
pub async fn last_steps(db: &Db, permit: &Permit<GoLive>) -> Result<Vec<(String, String)>, Fault> {
    of_draft(db, permit.institution()).await
}

async fn of_draft(db: &Db, institution: InstitutionId) -> Result<Vec<(String, String)>, Fault> {
    let sql = "SELECT step, content FROM set_up_step WHERE institution = $1 ORDER BY step";
    let rows = db.all::<StepRow, 1>(sql, [of(institution)]).await?;
    Ok(rows.into_iter().map(|row| (row.step, row.content)).collect())
}

/// Saves a step in place of what it held.
///
/// # Errors
/// A fault of the database.
pub async fn save(
    db: &Db,
    permit: &Permit<SaveSetUp>,
    (step, content): (&str, &str),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO set_up_step (institution, step, content, changed_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, step) DO UPDATE SET content = excluded.content, changed_at = excluded.changed_at";
    db.run(sql, [of(permit.institution()), step.into(), content.into(), seconds(now)]).await.map(drop)
}

/// Clears the draft away: from now on there is a college.
///
/// # Errors
/// A fault of the database.
pub async fn clear(db: &Db, permit: &Permit<ImportStaff>) -> Result<(), Fault> {
    db.run("DELETE FROM set_up_step WHERE institution = $1", [of(permit.institution())]).await.map(drop)
}

/// Writes down a number by which others know the college.
///
/// # Errors
/// A fault of the database.
pub async fn identify(db: &Db, permit: &Permit<ImportStaff>, (kind, value): (&str, &str)) -> Result<(), Fault> {
    let sql = "INSERT INTO identifier (institution, kind, value) VALUES ($1, $2, $3)";
    db.run(sql, [of(permit.institution()), kind.into(), value.into()]).await.map(drop)
}

/// The college's UKPRN, if it gave one. Public: it stands in a public register.
///
/// # Errors
/// A fault of the database.
pub async fn ukprn(db: &Db, institution: InstitutionId) -> Result<Option<String>, Fault> {
    let sql = "SELECT value FROM identifier WHERE institution = $1 AND kind = 'ukprn'";
    Ok(db.first::<ValueRow, 1>(sql, [of(institution)]).await?.map(|row| row.value))
}

/// Opens the first account: whoever lets the college go live has chosen the password there, and is signed in.
///
/// # Errors
/// A fault of the database.
pub async fn first_account(
    db: &Db,
    permit: &Permit<GoLive>,
    (person, hash): (PersonId, &str),
    session: NewSession<'_>,
) -> Result<(), Fault> {
    accounts::set_hash(db, (permit.institution(), person), hash, session.now).await?;
    accounts::begin(db, (permit.institution(), person), session).await
}
