//! Changing the deployment model, with a date and a notice to everybody. Rules R-MOD-2 to R-MOD-4.

use domain::ids::PersonId;
use domain::mail::Due;
use domain::models::{ModelRefused, check};
use domain::programme::Model;
use jiff::civil::Date;
use policies::acts::{CancelModelChange, ChangeModel, KeepDates};
use policies::facts::{Actor, Job};
use store::{events, models};

use crate::desk::{Desk, Never, Stop};

/// Plans a change of model and tells everybody (R-MOD-2, R-MOD-3).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn change(
    desk: &Desk,
    who: PersonId,
    (to, starts): (Option<Model>, Option<Date>),
) -> Result<(), Stop<ModelRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<ChangeModel>(&me, programme, &())?;
    let to = to.ok_or(Stop::Refused(ModelRefused::Unknown))?;
    let starts = starts.ok_or(Stop::Refused(ModelRefused::Day))?;
    check(programme.model, to, starts, desk.today()).map_err(Stop::Refused)?;
    models::plan(&db, &permit, (to, starts), desk.now).await?;
    models::tell_everybody(&db, &permit, Due::after(&desk.frame.calendar, desk.now)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{} {starts}", to.code())).await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// Takes a planned change back and tells everybody (R-MOD-3).
///
/// # Errors
/// Refused when none is planned any more; denied for anybody but a programme lead.
pub async fn cancel(desk: &Desk, who: PersonId) -> Result<(), Stop<ModelRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<CancelModelChange>(&me, &desk.frame.programme.facts, &())?;
    if !models::cancel(&db, &permit).await? {
        return Err(Stop::Refused(ModelRefused::NotPlanned));
    }
    models::tell_everybody(&db, &permit, Due::after(&desk.frame.calendar, desk.now)).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// Puts a planned change into force whose day has come (R-MOD-4). Says whether there was one.
///
/// # Errors
/// A fault of the database.
pub async fn keep(desk: &Desk) -> Result<bool, Stop<Never>> {
    let programme = &desk.frame.programme;
    let permit = desk.house.gate.permit::<KeepDates>(&Actor::Job(Job::Tidy), &programme.facts, &())?;
    let due = programme.changes.iter().find(|change| !change.in_force && change.starts <= desk.today());
    let Some(change) = due else { return Ok(false) };
    let db = desk.write().await?;
    models::keep(&db, &permit, change).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{} {}", change.model.code(), change.starts)).await?;
    db.commit().await?;
    desk.house.refresh().await?;
    Ok(true)
}
