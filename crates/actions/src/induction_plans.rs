//! Induction plans by kind of newcomer: proposed until the lead publishes others, in versions. Rule R-IND-1.

use domain::ids::PersonId;
use domain::inductions::{InductionRefused, Kind, Step, plan, proposed};
use policies::Permit;
use policies::acts::{BeginInduction, SeeInductions, SetInductionPlan};
use policies::facts::PersonFacts;
use store::induction_plans::{self, Plan};
use store::{Db, Fault, events};

use crate::desk::{Desk, Never, Stop};

/// A plan as the lead sees it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// For which kind of newcomer.
    pub kind: Kind,
    /// Its version; 0 while it is the proposed one.
    pub version: i64,
    /// Its steps.
    pub steps: Vec<Step>,
}

fn shown(kind: Kind, published: Option<Plan>) -> Shown {
    published.map_or_else(
        || Shown { kind, version: 0, steps: proposed(kind) },
        |plan| Shown { kind, version: plan.version, steps: plan.steps },
    )
}

/// The plan with which an induction begins.
pub(crate) async fn to_begin(db: &Db, permit: &Permit<BeginInduction>, kind: Kind) -> Result<Vec<Step>, Fault> {
    Ok(shown(kind, induction_plans::published(db, permit, kind).await?).steps)
}

/// Every plan, in the order of kinds.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn all(desk: &Desk, who: &PersonFacts) -> Result<Vec<Shown>, Stop<Never>> {
    let permit = desk.permit::<SeeInductions>(who, &desk.frame.programme.facts, &())?;
    let (db, mut plans) = (desk.read(), Vec::new());
    for kind in Kind::ALL {
        plans.push(shown(*kind, induction_plans::published(&db, &permit, *kind).await?));
    }
    Ok(plans)
}

/// One plan.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn one(desk: &Desk, who: &PersonFacts, kind: Kind) -> Result<Shown, Stop<Never>> {
    let permit = desk.permit::<SeeInductions>(who, &desk.frame.programme.facts, &())?;
    Ok(shown(kind, induction_plans::published(&desk.read(), &permit, kind).await?))
}

/// Publishes the next version of a plan. What runs keeps the one with which it began (R-IND-1).
///
/// # Errors
/// A rule that says no; a page that is out of date; denied for anybody but a programme lead.
pub async fn publish(
    desk: &Desk,
    who: PersonId,
    (kind, seen): (Kind, i64),
    steps: Vec<Step>,
) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetInductionPlan>(&me, &desk.frame.programme.facts, &())?;
    let before = shown(kind, induction_plans::published(&db, &permit, kind).await?);
    if before.version != seen {
        return Err(Stop::Refused(InductionRefused::Stale));
    }
    let steps = plan(steps).map_err(Stop::Refused)?;
    if before.version > 0 && before.steps == steps {
        return Err(Stop::Refused(InductionRefused::SamePlan));
    }
    let version = before.version + 1;
    induction_plans::publish(&db, &permit, (desk.ids().fresh(), kind, version), (&steps, desk.now)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{} {version}", kind.code())).await?;
    Ok(db.commit().await?)
}
