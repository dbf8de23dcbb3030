//! Days beside which figures are read, as the programme lead wrote them down. Rule R-FIG-12.

use domain::ids::MilestoneId;
use domain::milestones::{Kind, Milestone};
use policies::acts::{Act, EnterFigure, KeepMilestone, SeeIndicators};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

row! {
    struct MilestoneRow {
        id: Uuid,
        day: String,
        kind: String,
        words: String,
    }
}

/// The acts that read milestones.
pub trait ReadsMilestones: Act {}
impl ReadsMilestones for SeeIndicators {}
impl ReadsMilestones for EnterFigure {}
impl ReadsMilestones for KeepMilestone {}

/// Every milestone, the first one first.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsMilestones>(db: &Db, permit: &Permit<A>) -> Result<Vec<Milestone>, Fault> {
    let sql = "SELECT id, day, kind, words FROM milestone WHERE institution = $1 ORDER BY day, id";
    let read = |row: MilestoneRow| {
        let kind = Kind::from_code(&row.kind).ok_or(Fault::Unreadable("milestone"))?;
        Ok(Milestone { id: MilestoneId(row.id), day: day(&row.day)?, kind, words: row.words })
    };
    db.all::<MilestoneRow, 1>(sql, [of(permit.institution())]).await?.into_iter().map(read).collect()
}

/// Writes a milestone down, in the place of what it said before.
///
/// # Errors
/// A fault of the database.
pub async fn keep(db: &Db, permit: &Permit<KeepMilestone>, one: &Milestone) -> Result<(), Fault> {
    let sql = "INSERT INTO milestone (institution, id, day, kind, words) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, id) \
               DO UPDATE SET day = excluded.day, kind = excluded.kind, words = excluded.words";
    let values = [
        of(permit.institution()),
        id(one.id),
        one.day.to_string().into(),
        one.kind.code().into(),
        one.words.as_str().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes a milestone away; says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<KeepMilestone>, which: MilestoneId) -> Result<bool, Fault> {
    let sql = "DELETE FROM milestone WHERE institution = $1 AND id = $2";
    Ok(db.run(sql, [of(permit.institution()), id(which)]).await? > 0)
}
