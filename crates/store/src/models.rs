//! Changes of the deployment model: planned, taken back, put into force (R-MOD-2 to R-MOD-5).

use domain::ids::InstitutionId;
use domain::mail::Due;
use domain::models::Change;
use domain::programme::Model;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Act, CancelModelChange, ChangeModel, KeepDates};
use policies::facts::ProgrammeFacts;
use policies::permit::Permit;

use crate::db::{Db, Fault, day, instant, of, seconds};
use crate::mail;
use crate::row::row;

row! {
    struct ChangeRow {
        starts: String,
        model: String,
        announced_at: i64,
        in_force: bool,
    }
}

/// Every change, in order of its day. Public to everybody at the institution.
pub(crate) async fn all(db: &Db, institution: InstitutionId) -> Result<Vec<Change>, Fault> {
    let sql = "SELECT starts, model, announced_at, in_force FROM model_change WHERE institution = $1 ORDER BY starts";
    let read = |row: ChangeRow| {
        let model: Model = row.model.parse().map_err(|_| Fault::Unreadable("model"))?;
        let announced = instant(row.announced_at)?;
        Ok(Change { model, starts: day(&row.starts)?, announced, in_force: row.in_force })
    };
    db.all::<ChangeRow, 1>(sql, [of(institution)]).await?.into_iter().map(read).collect()
}

/// The acts of which everybody hears.
pub trait TellsEverybody: Act<On = ProgrammeFacts> {}
impl TellsEverybody for ChangeModel {}
impl TellsEverybody for CancelModelChange {}

/// Notes for everybody whose account is on that something is waiting, but for whoever does it (R-MOD-2).
///
/// # Errors
/// A fault of the database.
pub async fn tell_everybody<A: TellsEverybody>(db: &Db, permit: &Permit<A>, due: Due) -> Result<(), Fault> {
    let chart = db.chart(permit.institution()).await?;
    for one in chart.people().iter().filter(|one| one.active && permit.person() != Some(one.id)) {
        mail::note(db, (permit.institution(), one.id), due).await?;
    }
    Ok(())
}

/// Plans a change, in the place of one that is planned (R-MOD-3).
///
/// # Errors
/// A fault of the database.
pub async fn plan(
    db: &Db,
    permit: &Permit<ChangeModel>,
    (model, starts): (Model, Date),
    now: Timestamp,
) -> Result<(), Fault> {
    forget_planned(db, permit.institution()).await?;
    let sql =
        "INSERT INTO model_change (institution, starts, model, announced_at, in_force) VALUES ($1, $2, $3, $4, FALSE)";
    let values = [of(permit.institution()), starts.to_string().into(), model.code().into(), seconds(now)];
    db.run(sql, values).await.map(drop)
}

/// Takes a planned change back; says whether there was one.
///
/// # Errors
/// A fault of the database.
pub async fn cancel(db: &Db, permit: &Permit<CancelModelChange>) -> Result<bool, Fault> {
    forget_planned(db, permit.institution()).await
}

async fn forget_planned(db: &Db, institution: InstitutionId) -> Result<bool, Fault> {
    let sql = "DELETE FROM model_change WHERE institution = $1 AND NOT in_force";
    Ok(db.run(sql, [of(institution)]).await? > 0)
}

/// Puts a planned change into force; asking under the deficit model starts closed (R-MOD-4).
///
/// # Errors
/// A fault of the database.
pub async fn keep(db: &Db, permit: &Permit<KeepDates>, change: &Change) -> Result<(), Fault> {
    let institution = of(permit.institution());
    let sql = "UPDATE programme SET model = $2, asking_opened = FALSE WHERE institution = $1";
    db.run(sql, [institution.clone(), change.model.code().into()]).await?;
    let sql = "UPDATE model_change SET in_force = TRUE WHERE institution = $1 AND starts = $2";
    db.run(sql, [institution, change.starts.to_string().into()]).await.map(drop)
}
