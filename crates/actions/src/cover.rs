//! Who takes practitioners' classes, and what the role costs. Rules R-TIM-11 to R-TIM-13.

use domain::cover::{Arrangement, CoverRefused, Pence, Per, Training, Typed, away, cost, note};
use domain::ids::{CoverId, PersonId};
use domain::minutes::Minutes;
use policies::acts::{ArrangeCover, EndCover, SeeCosts, SeeOwnHours, SeePlanner, SetCosts};
use policies::facts::PersonFacts;
pub use store::cover::{Costs, Cover};
use store::{cover, events, facts, planner};

use crate::desk::{Desk, Never, Stop};

/// A practitioner, with the arrangements for their class.
#[derive(Debug)]
pub struct Covered {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Remission of the year.
    pub remitted: Minutes,
    /// The arrangements.
    pub covers: Vec<Cover>,
}

/// Every active practitioner with the arrangements for their class, by name (R-TIM-11).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn all(desk: &Desk, who: &PersonFacts) -> Result<Vec<Covered>, Stop<Never>> {
    let permit = desk.permit::<SeePlanner>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let covers = cover::all(&db, &permit).await?;
    let one = |one: planner::Planned| Covered {
        covers: covers.iter().filter(|cover| cover.person == one.person).cloned().collect(),
        person: one.person,
        name: one.name,
        remitted: one.load.given,
    };
    Ok(planner::loads(&db, &permit, None).await?.into_iter().map(one).collect())
}

/// The arrangements for one's own class (R-TIM-11).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Vec<Cover>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    Ok(cover::own(&desk.read(), &permit).await?)
}

/// What is arranged.
#[derive(Debug, Clone, Default)]
pub struct NewCover {
    /// When they are away, as typed.
    pub away: Typed,
    /// Who takes the class.
    pub arrangement: Option<Arrangement>,
    /// About the arrangement.
    pub note: String,
    /// For an added part-time post: whether its teacher is trained (R-TIM-13).
    pub training: Option<Training>,
    /// The form's token: sent twice, arranged once.
    pub once: String,
}

/// Arranges cover for a practitioner's own class, by the lead or by themselves (R-TIM-11, R-TIM-13).
///
/// # Errors
/// A rule that says no; denied for anybody else.
pub async fn arrange(
    desk: &Desk,
    who: PersonId,
    (of, new): (PersonId, &NewCover),
) -> Result<CoverId, Stop<CoverRefused>> {
    let db = desk.write().await?;
    let id: CoverId = desk.once(who, &new.once);
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<ArrangeCover>(&me, &other, &())?;
    if cover::whose(&db, desk.institution(), id).await?.is_some() {
        return Ok(id);
    }
    if !cover::practises(&db, &permit).await? {
        return Err(Stop::Refused(CoverRefused::NotAPractitioner));
    }
    let away = away(&new.away, &desk.frame.calendar).map_err(Stop::Refused)?;
    let arrangement = new.arrangement.ok_or(Stop::Refused(CoverRefused::NoArrangement))?;
    let note = note(&new.note).map_err(Stop::Refused)?;
    let part_time = arrangement == Arrangement::PartTime;
    let training = part_time.then(|| new.training.unwrap_or(Training::NotYet));
    cover::arrange(&db, &permit, &Cover { id, person: of, away, arrangement, note, training }).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    db.commit().await?;
    Ok(id)
}

/// Takes an arrangement off the list.
///
/// # Errors
/// Denied for anybody but the lead and whose class it is.
pub async fn end(desk: &Desk, who: PersonId, which: CoverId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let of = cover::whose(&db, desk.institution(), which).await?.ok_or(Stop::Denied)?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<EndCover>(&me, &other, &())?;
    cover::end(&db, &permit, which).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}

/// What is known of costs (R-TIM-12).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn costs(desk: &Desk, who: &PersonFacts) -> Result<Costs, Stop<Never>> {
    let permit = desk.permit::<SeeCosts>(who, &desk.frame.programme.facts, &())?;
    Ok(cover::costs(&desk.read(), &permit).await?)
}

/// Puts these costs in the place of the earlier ones (R-TIM-12).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set_costs(desk: &Desk, who: PersonId, costs: &Costs) -> Result<(), Stop<CoverRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetCosts>(&me, &desk.frame.programme.facts, &())?;
    for (pence, per) in costs.covers.values() {
        cost(*pence, *per).map_err(Stop::Refused)?;
    }
    for pence in costs.uplifts.values() {
        cost(*pence, Per::Year).map_err(Stop::Refused)?;
    }
    cover::set_costs(&db, &permit, costs).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// What all of it costs in a year, as far as it is known: an hour's cost counts for each hour of remission (R-TIM-12).
pub fn together(all: &[Covered], costs: &Costs, weeks: i64) -> Pence {
    let covers = all.iter().flat_map(|one| &one.covers).filter_map(|cover| {
        let (pence, per) = costs.covers.get(&cover.id)?;
        let times = match cover.away {
            domain::cover::Away::Weekly(_) => weeks,
            domain::cover::Away::Once(..) => 1,
        };
        Some(match per {
            Per::Hour => (pence.0 * cover.away.length().0 * times + 30).div_euclid(60),
            Per::Year => pence.0,
        })
    });
    Pence(covers.sum::<i64>() + costs.uplifts.values().map(|pence| pence.0).sum::<i64>())
}
