//! Days beside which figures are read: the programme lead writes them down. Rule R-FIG-12.

use domain::ids::{MilestoneId, PersonId};
use domain::milestones::{Kind, Milestone, MilestoneRefused, checked};
use jiff::civil::Date;
use policies::acts::KeepMilestone;
use policies::facts::PersonFacts;
use store::{events, milestones};

use crate::desk::{Desk, Never, Stop};

/// A milestone as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// The day; none where it could not be read.
    pub day: Option<Date>,
    /// The kind; none where none was chosen.
    pub kind: Option<Kind>,
    /// What happened.
    pub words: &'a str,
}

/// One milestone, to be changed.
///
/// # Errors
/// Denied for anybody but a programme lead, and where it is not there any more.
pub async fn one(desk: &Desk, who: &PersonFacts, which: MilestoneId) -> Result<Milestone, Stop<Never>> {
    let permit = desk.permit::<KeepMilestone>(who, &desk.frame.programme.facts, &())?;
    let all = milestones::all(&desk.read(), &permit).await?;
    all.into_iter().find(|one| one.id == which).ok_or(Stop::Denied)
}

/// Writes a milestone down: a new one, or what another says from now on.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn keep(
    desk: &Desk,
    who: PersonId,
    (which, typed): (Option<MilestoneId>, Typed<'_>),
) -> Result<(), Stop<MilestoneRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<KeepMilestone>(&me, &desk.frame.programme.facts, &())?;
    let all = milestones::all(&db, &permit).await?;
    if which.is_some_and(|which| !all.iter().any(|one| one.id == which)) {
        return Err(Stop::Refused(MilestoneRefused::Gone));
    }
    let id = which.unwrap_or_else(|| desk.ids().fresh());
    let others = all.iter().filter(|one| one.id != id).count();
    let one = checked(id, (typed.day, typed.kind, typed.words), (desk.today(), others)).map_err(Stop::Refused)?;
    milestones::keep(&db, &permit, &one).await?;
    events::record(&db, &permit, desk.stamp(), one.kind.code()).await?;
    Ok(db.commit().await?)
}

/// Takes a milestone away.
///
/// # Errors
/// Where it is not there any more; denied for anybody but a programme lead.
pub async fn remove(desk: &Desk, who: PersonId, which: MilestoneId) -> Result<(), Stop<MilestoneRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<KeepMilestone>(&me, &desk.frame.programme.facts, &())?;
    if !milestones::remove(&db, &permit, which).await? {
        return Err(Stop::Refused(MilestoneRefused::Gone));
    }
    events::record(&db, &permit, desk.stamp(), "removed").await?;
    Ok(db.commit().await?)
}
