//! Slow starts of those who are new in the role: the share of their remitted hours in each half term. Rule R-IND-11.

use std::collections::BTreeMap;

use domain::ids::{InstitutionId, PersonId};
use domain::inductions::{Ramp, Settling};
use policies::acts::{BeginInduction, RecomputeWeek, SeeFrame, SeeOwnHours, SetRemission};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

row! {
    struct RampRow {
        person: Uuid,
        starts: String,
        first: i64,
        second: i64,
        third: i64,
        fourth: i64,
    }
}

fn settling(row: &RampRow) -> Result<Settling, Fault> {
    let share = |share: i64| u8::try_from(share).map_err(|_| Fault::Unreadable("share of a slow start"));
    let ramp = Ramp([share(row.first)?, share(row.second)?, share(row.third)?, share(row.fourth)?]);
    Ok(Settling { starts: day(&row.starts)?, ramp })
}

async fn all(db: &Db, institution: InstitutionId) -> Result<BTreeMap<PersonId, Settling>, Fault> {
    let sql = "SELECT person, starts, first, second, third, fourth FROM ramp WHERE institution = $1";
    let rows = db.all::<RampRow, 1>(sql, [of(institution)]).await?;
    rows.iter().map(|row| Ok((PersonId(row.person), settling(row)?))).collect()
}

/// Everybody's, for whoever works out the week.
///
/// # Errors
/// A fault of the database.
pub async fn of_week(db: &Db, permit: &Permit<RecomputeWeek>) -> Result<BTreeMap<PersonId, Settling>, Fault> {
    all(db, permit.institution()).await
}

/// Everybody's, for whoever keeps the frame of the role.
///
/// # Errors
/// A fault of the database.
pub async fn of_frame(db: &Db, permit: &Permit<SeeFrame>) -> Result<BTreeMap<PersonId, Settling>, Fault> {
    all(db, permit.institution()).await
}

/// One's own.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<Option<Settling>, Fault> {
    let sql = "SELECT person, starts, first, second, third, fourth FROM ramp WHERE institution = $1 AND person = $2";
    let row = db.first::<RampRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    row.as_ref().map(settling).transpose()
}

/// A permit with which a slow start is set.
pub trait SetsRamp {
    /// Where, and whose.
    fn whose(&self) -> (InstitutionId, PersonId);
}

impl SetsRamp for Permit<BeginInduction> {
    fn whose(&self) -> (InstitutionId, PersonId) {
        (self.institution(), self.key())
    }
}

impl SetsRamp for Permit<SetRemission> {
    fn whose(&self) -> (InstitutionId, PersonId) {
        (self.institution(), self.key())
    }
}

/// Sets somebody's slow start in place of an earlier one; `None` takes it away.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &impl SetsRamp, settling: Option<&Settling>) -> Result<(), Fault> {
    let (institution, person) = permit.whose();
    db.run("DELETE FROM ramp WHERE institution = $1 AND person = $2", [of(institution), id(person)]).await?;
    let Some(Settling { starts, ramp: Ramp([first, second, third, fourth]) }) = settling else { return Ok(()) };
    let sql = "INSERT INTO ramp (institution, person, starts, first, second, third, fourth) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let shares = [*first, *second, *third, *fourth].map(Into::into);
    let [first, second, third, fourth] = shares;
    let values = [of(institution), id(person), starts.to_string().into(), first, second, third, fourth];
    db.run(sql, values).await.map(drop)
}
