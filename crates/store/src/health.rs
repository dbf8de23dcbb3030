//! Whether the database is well. Nothing about anybody is told: a yes, a no, or a fault of the file.

use domain::ids::PersonId;
use domain::people::{Role, Roles};
use jiff::Timestamp;
use policies::acts::ExamineFolder;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Dialect, Fault, instant, of};
use crate::migrations;
use crate::row::row;

/// Whether the database answers and is of this version.
///
/// # Errors
/// When it does not, or is not.
pub async fn answers(db: &Db) -> Result<(), Fault> {
    migrations::current(db).await
}

row! {
    struct CheckRow {
        integrity_check: String,
    }
}

row! {
    struct DanglingRow {
        parent: String,
    }
}

/// Whether the file is whole: every page readable, every index right, every row that is pointed to there. Where it is
/// damaged is not told, as that could tell what is in it. PostgreSQL looks after its own files.
///
/// # Errors
/// A fault of the database.
pub async fn whole(db: &Db, _permit: &Permit<ExamineFolder>) -> Result<bool, Fault> {
    if db.dialect() == Dialect::Postgres {
        return Ok(true);
    }
    let found = db.all::<CheckRow, _>("PRAGMA integrity_check(1)", []).await?;
    let dangling = db.first::<DanglingRow, _>("PRAGMA foreign_key_check", []).await?;
    Ok(found.iter().all(|row| row.integrity_check == "ok") && dangling.is_none_or(|row| row.parent.is_empty()))
}

row! {
    struct LatestRow {
        at: Option<i64>,
    }
}

/// When something outside threads last happened; `None` if nothing has.
///
/// # Errors
/// A fault of the database.
pub async fn latest(db: &Db, permit: &Permit<ExamineFolder>) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT MAX(at) AS at FROM event WHERE institution = $1 AND thread IS NULL AND number IS NULL";
    let row = db.first::<LatestRow, _>(sql, [of(permit.institution())]).await?;
    row.and_then(|row| row.at).map(instant).transpose()
}

/// Whether those are there whom a programme needs: yes or no, never who.
#[derive(Debug, Clone)]
pub struct Staffing {
    /// Roles that some active person holds.
    pub held: Roles,
    /// Whether some active person has no password yet.
    pub without_account: bool,
    /// Whether some active practitioner has published no support hours.
    pub without_hours: bool,
    /// Whether some active practitioner has made no keys yet, so that nothing can be said to them.
    pub without_keys: bool,
    /// Whether some active safeguarding lead has made keys, so that something can be passed to them (R-SAF-9).
    pub safeguarded: bool,
    /// Who has made keys: for the keyring to be held against, and told to nobody.
    pub keyed: Vec<PersonId>,
    /// Whether of some thread it is not known any more who takes part: its key is not in the keyring.
    pub unknown: bool,
}

row! {
    struct SomebodyRow {
        id: Uuid,
    }
}

/// Whether those are there whom a programme needs.
///
/// # Errors
/// A fault of the database.
pub async fn staffing(db: &Db, permit: &Permit<ExamineFolder>) -> Result<Staffing, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let active = chart.people().iter().filter(|one| one.active);
    let held = active.flat_map(|one| one.roles.iter()).collect();
    let without_hours = chart.practitioners().any(|(_, practice)| practice.support_hours.is_empty());
    let sql = "SELECT p.id FROM person p WHERE p.institution = $1 AND p.active AND NOT EXISTS \
               (SELECT 1 FROM credential c WHERE c.institution = p.institution AND c.person = p.id) LIMIT 1";
    let somebody = db.first::<SomebodyRow, _>(sql, [of(permit.institution())]).await?;
    let without_account = somebody.is_some_and(|row| !row.id.is_nil());
    let sql = "SELECT person AS id FROM key_set WHERE institution = $1";
    let keyed = db.all::<SomebodyRow, _>(sql, [of(permit.institution())]).await?;
    let keyed: Vec<PersonId> = keyed.into_iter().map(|row| PersonId(row.id)).collect();
    let without_keys = chart.practitioners().any(|(one, _)| !keyed.contains(&one.id));
    let sql = "SELECT s.thread AS id FROM sealed_participant s \
               LEFT JOIN participant p ON p.institution = s.institution AND p.thread = s.thread AND p.number = s.number \
               WHERE s.institution = $1 AND p.thread IS NULL LIMIT 1";
    let unknown = db.first::<SomebodyRow, _>(sql, [of(permit.institution())]).await?.is_some();
    let active = chart.people().iter().filter(|one| one.active);
    let safeguarded = active.filter(|one| one.roles.has(Role::SafeguardingLead)).any(|one| keyed.contains(&one.id));
    Ok(Staffing { held, without_account, without_hours, without_keys, safeguarded, keyed, unknown })
}
