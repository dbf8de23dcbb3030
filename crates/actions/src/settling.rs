//! What becomes of inductions by themselves, and the slow start of those who are new in the role. Rules R-IND-8 to R-IND-12.

use domain::board::Alert;
use domain::ids::PersonId;
use domain::inductions::{InductionRefused, Newcomer, Ramp, Settling, missing};
use domain::period::days_after;
use jiff::ToSpan;
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{KeepInductions, SeeInductions, SetRemission};
use policies::facts::{Actor, Job, PersonFacts};
use store::inductions::{self, Induction, Named};
use store::{Db, Fault, events, frame, induction_people, ramps};

use crate::desk::{Desk, Never, Stop};
use crate::frame::Given;

/// What is kept of an induction goes so many months after its end (R-IND-12).
const MONTHS: i64 = 12;
/// Whoever came into the role within so many days is new in it (R-IND-10).
const NEW_FOR_DAYS: i64 = 84;

/// Ends inductions whose time has come or whose newcomer has left, parts companions who may be so no longer, and deletes what
/// has been over for a year (R-IND-8, R-IND-9, R-IND-12). Says whether anything was done.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn tend(desk: &Desk) -> Result<bool, Stop<Never>> {
    let permit = desk.house.gate.permit::<KeepInductions>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    let today = desk.today();
    let db = desk.write().await?;
    let mut changed = false;
    for one in inductions::to_tend(&db, &permit).await? {
        changed |= tended(&db, &permit, (&one, today)).await?;
    }
    changed |= inductions::forget(&db, &permit, today.saturating_sub(MONTHS.months())).await? > 0;
    if changed {
        events::record(&db, &permit, desk.stamp(), "").await?;
        db.commit().await?;
    }
    Ok(changed)
}

async fn tended(db: &Db, permit: &Permit<KeepInductions>, (one, today): (&Induction, Date)) -> Result<bool, Fault> {
    let newcomer = induction_people::newcomer(db, permit, one.newcomer.0).await?;
    let Some((newcomer, true)) = newcomer else {
        inductions::end_by_itself(db, permit, one.id, today).await?;
        return Ok(true);
    };
    if one.until < today {
        inductions::end_by_itself(db, permit, one.id, one.until).await?;
        return Ok(true);
    }
    let mentor = stays(db, (permit, &newcomer), one, Place::Mentor).await?;
    let buddy = stays(db, (permit, &newcomer), one, Place::Buddy).await?;
    let id = |named: &Option<Named>| named.as_ref().map(|(id, _)| *id);
    if (mentor, buddy) == (id(&one.mentor), id(&one.buddy)) {
        return Ok(false);
    }
    inductions::part(db, permit, one.id, (mentor, buddy)).await?;
    Ok(true)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Mentor,
    Buddy,
}

/// Whoever accompanies in a place, if they still may (R-IND-9).
async fn stays(
    db: &Db,
    (permit, newcomer): (&Permit<KeepInductions>, &Newcomer),
    one: &Induction,
    place: Place,
) -> Result<Option<PersonId>, Fault> {
    let named = if place == Place::Mentor { &one.mentor } else { &one.buddy };
    let Some((who, _)) = named else { return Ok(None) };
    let companion = induction_people::companion(db, permit, *who).await?;
    let may = companion.filter(|companion| match place {
        Place::Mentor => newcomer.mentored_by(companion),
        Place::Buddy => newcomer.accompanied_by(one.kind, companion),
    });
    Ok(may.map(|companion| companion.id))
}

/// What the lead may want to look at: somebody new in the role without an induction, an induction without its mentor
/// (R-IND-9, R-IND-10). Nothing of it comes from what happens inside.
pub(crate) async fn worth_a_look(desk: &Desk, who: &PersonFacts, given: &[Given]) -> Result<Vec<Alert>, Stop<Never>> {
    let permit = desk.permit::<SeeInductions>(who, &desk.frame.programme.facts, &())?;
    let (db, today) = (desk.read(), desk.today());
    let had = induction_people::settled_in(&db, &permit).await?;
    // Whoever was in the role when the college began here is not new in it.
    let first = given.iter().map(|one| one.since).min();
    let is_new = |one: &&Given| {
        one.active
            && Some(one.since) > first
            && one.since > days_after(today, -NEW_FOR_DAYS)
            && !had.contains(&one.person)
    };
    let new = given.iter().filter(is_new);
    let mut alerts: Vec<Alert> =
        new.map(|one| Alert::NewInTheRole { name: one.name.clone(), person: one.person }).collect();
    for one in inductions::all_running(&db, &permit).await? {
        if let Some(missing) = missing(one.kind, (one.mentor.is_some(), one.buddy.is_some())) {
            alerts.push(Alert::Unaccompanied { name: one.newcomer.1, missing });
        }
    }
    Ok(alerts)
}

/// Sets a practitioner's slow start in place of an earlier one; without a first day, takes it away (R-IND-11).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and for somebody who is no practitioner.
pub async fn set_ramp(
    desk: &Desk,
    who: PersonId,
    (of, ramp): (PersonId, Option<(Option<Date>, Ramp)>),
) -> Result<(), Stop<InductionRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<SetRemission>(&me, &other, &())?;
    if !frame::has_practice(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    let settling = ramp.map(|(starts, ramp)| checked(desk, (starts, ramp))).transpose().map_err(Stop::Refused)?;
    ramps::set(&db, &permit, settling.as_ref()).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}

fn checked(desk: &Desk, (starts, ramp): (Option<Date>, Ramp)) -> Result<Settling, InductionRefused> {
    let ramp = ramp.checked()?;
    let starts = starts.ok_or(InductionRefused::Day)?;
    let today = desk.today();
    let near = days_after(today, -366)..=days_after(today, 366);
    if near.contains(&starts) { Ok(Settling { starts, ramp }) } else { Err(InductionRefused::Day) }
}
