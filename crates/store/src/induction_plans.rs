//! Induction plans as the lead has published them, in versions. Rule R-IND-1.

use domain::ids::InstitutionId;
use domain::inductions::{Company, Kind, Step};
use jiff::Timestamp;
use policies::acts::{Act, BeginInduction, SeeInductions, SetInductionPlan};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::row::row;

/// A published plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// 1 for the first.
    pub version: i64,
    /// When it was published.
    pub published: Timestamp,
    /// Its steps, in order of weeks.
    pub steps: Vec<Step>,
}

/// Acts that look at the plans.
pub trait SeesPlans: Act {}
impl SeesPlans for SeeInductions {}
impl SeesPlans for SetInductionPlan {}
impl SeesPlans for BeginInduction {}

row! {
    struct PlanRow {
        id: Uuid,
        version: i64,
        published_at: i64,
    }
}

row! {
    struct StepRow {
        title: String,
        purpose: String,
        week: i64,
        company: String,
    }
}

/// What is published for a kind of newcomer; nothing while the proposed plan holds.
///
/// # Errors
/// A fault of the database.
pub async fn published<A: SeesPlans>(db: &Db, permit: &Permit<A>, kind: Kind) -> Result<Option<Plan>, Fault> {
    latest(db, permit.institution(), kind).await
}

async fn latest(db: &Db, institution: InstitutionId, kind: Kind) -> Result<Option<Plan>, Fault> {
    let sql = "SELECT id, version, published_at FROM induction_plan WHERE institution = $1 AND kind = $2 \
               ORDER BY version DESC LIMIT 1";
    let row = db.first::<PlanRow, 2>(sql, [of(institution), kind.code().into()]).await?;
    let Some(PlanRow { id: plan, version, published_at }) = row else { return Ok(None) };
    let sql = "SELECT title, purpose, week, company FROM induction_plan_step \
               WHERE institution = $1 AND plan = $2 ORDER BY number";
    let rows = db.all::<StepRow, 2>(sql, [of(institution), id(plan)]).await?;
    let steps = rows.into_iter().map(|row| step(row.title, row.purpose, (row.week, &row.company)));
    Ok(Some(Plan { version, published: instant(published_at)?, steps: steps.collect::<Result<_, _>>()? }))
}

/// A step as its columns say.
pub(crate) fn step(title: String, purpose: String, (week, company): (i64, &str)) -> Result<Step, Fault> {
    let week = u8::try_from(week).map_err(|_| Fault::Unreadable("week of a step"))?;
    let company = Company::from_code(company).ok_or(Fault::Unreadable("company of a step"))?;
    Ok(Step { title, purpose, week, company })
}

/// Publishes a version.
///
/// # Errors
/// A fault of the database.
pub async fn publish(
    db: &Db,
    permit: &Permit<SetInductionPlan>,
    (plan, kind, version): (Uuid, Kind, i64),
    (steps, now): (&[Step], Timestamp),
) -> Result<(), Fault> {
    let institution = of(permit.institution());
    let sql = "INSERT INTO induction_plan (institution, id, kind, version, published_at) VALUES ($1, $2, $3, $4, $5)";
    db.run(sql, [institution.clone(), id(plan), kind.code().into(), version.into(), seconds(now)]).await?;
    let row = |(number, step): (i64, &Step)| {
        vec![
            institution.clone(),
            id(plan),
            number.into(),
            (&step.title).into(),
            (&step.purpose).into(),
            step.week.into(),
            step.company.code().into(),
        ]
    };
    let rows = (1..).zip(steps).map(row).collect();
    let sql = "INSERT INTO induction_plan_step (institution, plan, number, title, purpose, week, company) VALUES";
    db.insert_all(sql, rows).await
}
