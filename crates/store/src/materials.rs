//! What there is to read with a session: a link or a short text, for everybody signed in (R-SES-14).

use domain::ids::{InstitutionId, MaterialId, TrainingId};
use domain::training::Material;
use policies::acts::{KeepMaterials, PlanTraining, SeeTrainings};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::row::row;

/// Something to read with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub id: MaterialId,
    /// What.
    pub material: Material,
}

row! {
    struct MaterialRow {
        id: Uuid,
        title: String,
        link: String,
        text: String,
    }
}

async fn of_training(db: &Db, (institution, training): (InstitutionId, TrainingId)) -> Result<Vec<Kept>, Fault> {
    let sql = "SELECT id, title, link, text FROM material WHERE institution = $1 AND training = $2 ORDER BY number, id";
    let rows = db.all::<MaterialRow, 2>(sql, [of(institution), id(training)]).await?;
    let kept = |row: MaterialRow| Kept {
        id: MaterialId(row.id),
        material: Material { title: row.title, link: row.link, text: row.text },
    };
    Ok(rows.into_iter().map(kept).collect())
}

/// What there is to read with a session.
///
/// # Errors
/// A fault of the database.
pub async fn all(db: &Db, permit: &Permit<SeeTrainings>, training: TrainingId) -> Result<Vec<Kept>, Fault> {
    of_training(db, (permit.institution(), training)).await
}

/// How many things there are to read already.
///
/// # Errors
/// A fault of the database.
pub async fn count(db: &Db, permit: &Permit<KeepMaterials>) -> Result<usize, Fault> {
    Ok(of_training(db, (permit.institution(), permit.key())).await?.len())
}

async fn put(
    db: &Db,
    (institution, training): (InstitutionId, TrainingId),
    (fresh, number, material): (MaterialId, i64, &Material),
) -> Result<(), Fault> {
    let sql = "INSERT INTO material (institution, id, training, number, title, link, text) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let Material { title, link, text } = material;
    let values = [of(institution), id(fresh), id(training), number.into(), title.into(), link.into(), text.into()];
    db.run(sql, values).await.map(drop)
}

/// Puts something to read with a session.
///
/// # Errors
/// A fault of the database.
pub async fn add(
    db: &Db,
    permit: &Permit<KeepMaterials>,
    (fresh, number, material): (MaterialId, i64, &Material),
) -> Result<(), Fault> {
    put(db, (permit.institution(), permit.key()), (fresh, number, material)).await
}

/// Puts what there is to read with one session with a new one too (R-SES-15).
///
/// # Errors
/// A fault of the database.
pub async fn copy(
    db: &Db,
    permit: &Permit<PlanTraining>,
    (to, fresh): (TrainingId, MaterialId),
    (number, material): (i64, &Material),
) -> Result<(), Fault> {
    put(db, (permit.institution(), to), (fresh, number, material)).await
}

/// Takes something to read away.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<KeepMaterials>, material: MaterialId) -> Result<(), Fault> {
    let sql = "DELETE FROM material WHERE institution = $1 AND training = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(material)]).await.map(drop)
}
