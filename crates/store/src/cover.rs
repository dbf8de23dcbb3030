//! Who takes practitioners' classes, and what the role costs. Costs are for reports and are read by the lead alone.

use std::collections::BTreeMap;

use domain::cover::{Arrangement, Away, Pence, Per, Training};
use domain::ids::{CoverId, InstitutionId, PersonId};
use domain::minutes::Minutes;
use domain::weekly::{Weekday, WeeklySpan};
use policies::acts::{ArrangeCover, EndCover, SeeCosts, SeeOwnHours, SeePlanner, SetCosts};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

/// An arrangement for the class of a practitioner who is away from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Which.
    pub id: CoverId,
    /// Whose class.
    pub person: PersonId,
    /// When.
    pub away: Away,
    /// Who takes it.
    pub arrangement: Arrangement,
    /// About the arrangement, never about somebody.
    pub note: String,
    /// For an added part-time post: whether its teacher is trained.
    pub training: Option<Training>,
}

row! {
    struct CoverRow {
        id: Uuid,
        person: Uuid,
        weekday: i64,
        day: Option<String>,
        starts: i64,
        ends: i64,
        arrangement: String,
        note: String,
        training: Option<String>,
    }
}

impl CoverRow {
    fn read(self) -> Result<Cover, Fault> {
        let broken = || Fault::Unreadable("cover");
        let weekday = u8::try_from(self.weekday).ok().and_then(Weekday::from_number).ok_or_else(broken)?;
        let starts = u16::try_from(self.starts).map_err(|_| broken())?;
        let span = WeeklySpan::new(weekday, starts, Minutes(self.ends - self.starts)).map_err(|_| broken())?;
        Ok(Cover {
            id: CoverId(self.id),
            person: PersonId(self.person),
            away: match self.day {
                Some(text) => Away::Once(day(&text)?, span),
                None => Away::Weekly(span),
            },
            arrangement: Arrangement::from_code(&self.arrangement).ok_or_else(broken)?,
            note: self.note,
            training: self.training.map(|code| Training::from_code(&code).ok_or_else(broken)).transpose()?,
        })
    }
}

/// Every arrangement, by time of the week; those of one day behind, in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn all(db: &Db, permit: &Permit<SeePlanner>) -> Result<Vec<Cover>, Fault> {
    read(db, permit.institution()).await
}

/// Those for one's own class.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<Vec<Cover>, Fault> {
    let mut all = read(db, permit.institution()).await?;
    all.retain(|one| one.person == permit.key());
    Ok(all)
}

async fn read(db: &Db, institution: InstitutionId) -> Result<Vec<Cover>, Fault> {
    let sql = "SELECT id, person, weekday, day, starts, ends, arrangement, note, training FROM cover \
               WHERE institution = $1 ORDER BY day IS NOT NULL, day, weekday, starts, id";
    let rows = db.all::<CoverRow, 1>(sql, [of(institution)]).await?;
    rows.into_iter().map(CoverRow::read).collect()
}

row! {
    struct WhoseRow {
        person: Uuid,
    }
}

/// Whose class an arrangement is for: for the gate, before it says anything.
///
/// # Errors
/// A fault of the database.
pub async fn whose(db: &Db, institution: InstitutionId, cover: CoverId) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT person FROM cover WHERE institution = $1 AND id = $2";
    let row = db.first::<WhoseRow, 2>(sql, [of(institution), id(cover)]).await?;
    Ok(row.map(|row| PersonId(row.person)))
}

/// Whether somebody is a practitioner who has a class of their own to be covered.
///
/// # Errors
/// A fault of the database.
pub async fn practises(db: &Db, permit: &Permit<ArrangeCover>) -> Result<bool, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.practitioners().any(|(one, _)| one.id == permit.key()))
}

/// Saves an arrangement.
///
/// # Errors
/// A fault of the database.
pub async fn arrange(db: &Db, permit: &Permit<ArrangeCover>, cover: &Cover) -> Result<(), Fault> {
    let (Away::Weekly(span) | Away::Once(_, span)) = cover.away;
    let day = match cover.away {
        Away::Weekly(_) => None,
        Away::Once(day, _) => Some(day.to_string()),
    };
    let sql = "INSERT INTO cover (institution, id, person, weekday, day, starts, ends, arrangement, note, training) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (institution, id) DO NOTHING";
    let values = [
        of(permit.institution()),
        id(cover.id),
        id(permit.key()),
        i64::from(span.weekday().number()).into(),
        day.into(),
        i64::from(span.starts()).into(),
        i64::from(span.ends()).into(),
        cover.arrangement.code().into(),
        cover.note.as_str().into(),
        cover.training.map(Training::code).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes an arrangement off the list, with its cost.
///
/// # Errors
/// A fault of the database.
pub async fn end(db: &Db, permit: &Permit<EndCover>, cover: CoverId) -> Result<(), Fault> {
    let sql = "DELETE FROM cover WHERE institution = $1 AND id = $2 AND person = $3";
    db.run(sql, [of(permit.institution()), id(cover), id(permit.key())]).await.map(drop)
}

/// What is known of costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    /// Of arrangements.
    pub covers: BTreeMap<CoverId, (Pence, Per)>,
    /// Salary uplift of a year, by practitioner.
    pub uplifts: BTreeMap<PersonId, Pence>,
}

row! {
    struct CostRow {
        id: Uuid,
        pence: i64,
        per: String,
    }
}

row! {
    struct UpliftRow {
        person: Uuid,
        pence: i64,
    }
}

/// What is known of costs.
///
/// # Errors
/// A fault of the database.
pub async fn costs(db: &Db, permit: &Permit<SeeCosts>) -> Result<Costs, Fault> {
    let mut found = Costs::default();
    let sql = "SELECT id, pence, per FROM cover WHERE institution = $1 AND pence IS NOT NULL AND per IS NOT NULL";
    for row in db.all::<CostRow, 1>(sql, [of(permit.institution())]).await? {
        let per = Per::from_code(&row.per).ok_or(Fault::Unreadable("cover"))?;
        found.covers.insert(CoverId(row.id), (Pence(row.pence), per));
    }
    let sql = "SELECT person, pence FROM uplift WHERE institution = $1";
    for row in db.all::<UpliftRow, 1>(sql, [of(permit.institution())]).await? {
        found.uplifts.insert(PersonId(row.person), Pence(row.pence));
    }
    Ok(found)
}

/// Puts these costs in the place of the earlier ones; arrangements and practitioners that are not there are left out.
///
/// # Errors
/// A fault of the database.
pub async fn set_costs(db: &Db, permit: &Permit<SetCosts>, costs: &Costs) -> Result<(), Fault> {
    let institution = of(permit.institution());
    db.run("UPDATE cover SET pence = NULL, per = NULL WHERE institution = $1", [institution.clone()]).await?;
    for (cover, (pence, per)) in &costs.covers {
        let sql = "UPDATE cover SET pence = $3, per = $4 WHERE institution = $1 AND id = $2";
        db.run(sql, [institution.clone(), id(*cover), pence.0.into(), per.code().into()]).await?;
    }
    db.run("DELETE FROM uplift WHERE institution = $1", [institution.clone()]).await?;
    let chart = db.chart(permit.institution()).await?;
    let known = costs.uplifts.iter().filter(|(person, _)| chart.practice(**person).is_some());
    let rows = known.map(|(person, pence)| vec![institution.clone(), id(*person), pence.0.into()]).collect();
    db.insert_all("INSERT INTO uplift (institution, person, pence) VALUES", rows).await
}
