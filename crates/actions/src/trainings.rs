//! Sessions: planning, changing, passing on, calling off, holding, and what there is to read. Rules R-SES-5, R-SES-6 and
//! R-SES-10 to R-SES-15. Who comes is in `training_people`.

use domain::hours::{ENTRY, Purpose};
use domain::ids::{MaterialId, PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::period::days_after;
use domain::support::{Slot, weekly_on};
use domain::training::{Around, MOST_MATERIALS, Material, Planned, TrainingRefused};
use policies::Permit;
use policies::acts::{
    Act, CallOffTraining, ChangeTraining, KeepMaterials, PassTraining, PlanTraining, RecordTraining, SeeDirectory,
    SeeTrainings,
};
use policies::facts::{PersonFacts, TrainingFacts};
use store::hours::NewEntry;
use store::materials::{self, Kept};
use store::training_people::{self, Tells};
use store::trainings::{self, Plans, Training};
use store::{Db, Fault, directory, events, facts};

use crate::desk::{Desk, Never, Stop};
use crate::mail;

/// Sessions from a day on, so many days, in order of time.
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn between(
    desk: &Desk,
    who: &PersonFacts,
    (first, days): (jiff::civil::Date, i64),
) -> Result<Vec<Training>, Stop<Never>> {
    let permit = desk.permit::<SeeTrainings>(who, &desk.frame.programme.facts, &())?;
    let midnight = |day| desk.frame.calendar.instant(day, 0).map_err(|_| Fault::Unreadable("calendar"));
    let bounds = (midnight(first)?, midnight(days_after(first, days))?);
    Ok(trainings::between(&desk.read(), &permit, bounds).await?)
}

/// A session as somebody sees it.
#[derive(Debug)]
pub struct Page {
    /// The session.
    pub training: Training,
    /// What there is to read.
    pub materials: Vec<Kept>,
    /// Whether whoever looks runs it.
    pub runs: bool,
    /// Whether they may change it and call it off.
    pub may_change: bool,
    /// Colleagues to whom the lead could pass it on.
    pub pass_to: Vec<(PersonId, String)>,
}

/// Looks at a session.
///
/// # Errors
/// Denied for anybody outside the institution, and for one that is not there.
pub async fn see(desk: &Desk, who: &PersonFacts, training: TrainingId) -> Result<Page, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeTrainings>(who, programme, &())?;
    let db = desk.read();
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let found = trainings::one(&db, &permit, training).await?.ok_or(Stop::Denied)?;
    let mut pass_to = Vec::new();
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    for one in directory::practitioners(&db, &directory).await? {
        let other = desk.person::<Never>(&db, one.id).await?;
        if desk.permit::<PassTraining>(who, &facts, &other).is_ok() {
            pass_to.push((one.id, one.name));
        }
    }
    Ok(Page {
        materials: materials::all(&db, &permit, training).await?,
        training: found,
        runs: desk.permit::<RecordTraining>(who, &facts, &()).is_ok(),
        may_change: desk.permit::<ChangeTraining>(who, &facts, &()).is_ok(),
        pass_to,
    })
}

/// What stands in the way of somebody running a session then, read inside the unit of work (R-SES-6).
async fn fits<A: Plans>(
    desk: &Desk,
    (db, permit): (&Db, &Permit<A>),
    (runner, own): (PersonId, bool),
    (slot, but): (&Slot, Option<TrainingId>),
) -> Result<(), Stop<TrainingRefused>> {
    let calendar = &desk.frame.calendar;
    let day = calendar.day(slot.starts);
    let (meetings, others, weekly) = trainings::in_the_way(db, permit, (runner, own), (slot, but)).await?;
    let mut teaching = Vec::new();
    for (span, label) in weekly.iter().filter(|_| calendar.is_working_day(day)) {
        teaching.extend(weekly_on(calendar, std::iter::once(span), day).into_iter().map(|slot| (slot, label.clone())));
    }
    Around { meetings, trainings: others, teaching }.fits(slot, own).map_err(Stop::Refused)
}

/// Plans a session: a practitioner their own, the programme lead one for a practitioner (R-SES-5, R-SES-6). `like`: what
/// there is to read with that one is there with this one too (R-SES-15).
///
/// # Errors
/// A rule that says no; denied for anybody else.
pub async fn plan(
    desk: &Desk,
    who: PersonId,
    (runner, mut planned): (PersonId, Planned),
    (like, once): (Option<TrainingId>, &str),
) -> Result<TrainingId, Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let fresh: TrainingId = desk.once(who, once);
    if facts::training(&db, desk.institution(), fresh).await?.is_some() {
        return Ok(fresh);
    }
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, runner).await?;
    let permit = desk.permit::<PlanTraining>(&me, &desk.frame.programme.facts, &other)?;
    trainings::known(&db, &permit, &mut planned).await?;
    let planned = planned.check(&desk.frame.calendar, desk.now).map_err(Stop::Refused)?;
    fits(desk, (&db, &permit), (runner, who == runner), (&planned.slot, None)).await?;
    trainings::plan(&db, &permit, (fresh, &planned)).await?;
    // Whoever is to run it hears when somebody else has planned it.
    mail::waits(desk, &db, &permit, runner).await?;
    if let Some(like) = like {
        let see = desk.permit::<SeeTrainings>(&me, &desk.frame.programme.facts, &())?;
        for (number, kept) in (1..).zip(materials::all(&db, &see, like).await?) {
            materials::copy(&db, &permit, (fresh, desk.ids().fresh()), (number, &kept.material)).await?;
        }
    }
    events::record(&db, &permit, desk.stamp(), &fresh.to_string()).await?;
    db.commit().await?;
    Ok(fresh)
}

/// The session of an act, as it stands, after the gate was asked.
async fn under<A>(
    desk: &Desk,
    db: &Db,
    (who, training): (PersonId, TrainingId),
) -> Result<(Permit<A>, Training), Stop<TrainingRefused>>
where
    A: Act<On = TrainingFacts, With = ()>,
{
    let me = desk.person(db, who).await?;
    let facts = facts::training(db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<A>(&me, &facts, &())?;
    let found = trainings::of_permit(db, &permit).await?;
    Ok((permit, found))
}

/// Those who signed up hear that something is waiting (R-SES-11).
async fn tell<A: Tells + store::mail::Causes>(desk: &Desk, db: &Db, permit: &Permit<A>) -> Result<(), Fault> {
    for person in training_people::to_tell(db, permit).await? {
        mail::waits(desk, db, permit, person).await?;
    }
    Ok(())
}

/// Changes a session that is planned; when its time or place changes, those who signed up hear of it (R-SES-11).
///
/// # Errors
/// A rule that says no; denied for anybody but whoever runs it and the programme lead.
pub async fn change(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    (version, mut planned): (i64, Planned),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (permit, before) = under::<ChangeTraining>(desk, &db, (who, training)).await?;
    before.is_at(version).map_err(Stop::Refused)?;
    // One that has begun is not moved: what was said of it stays what was said of that day (R-SES-19).
    before.state.sign_up(&before.planned.slot, desk.now).map_err(|_| Stop::Refused(TrainingRefused::NotPlanned))?;
    trainings::known(&db, &permit, &mut planned).await?;
    let planned = planned.check(&desk.frame.calendar, desk.now).map_err(Stop::Refused)?;
    fits(desk, (&db, &permit), (before.runner, who == before.runner), (&planned.slot, Some(training))).await?;
    trainings::change(&db, &permit, &planned).await?;
    if (planned.slot, &planned.place) != (before.planned.slot, &before.planned.place) {
        tell(desk, &db, &permit).await?;
        mail::waits(desk, &db, &permit, before.runner).await?;
    }
    events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    Ok(db.commit().await?)
}

/// Calls a session off; those who signed up hear that something is waiting (R-SES-11).
///
/// # Errors
/// A rule that says no; denied for anybody but whoever runs it and the programme lead.
pub async fn call_off(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    version: i64,
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (permit, before) = under::<CallOffTraining>(desk, &db, (who, training)).await?;
    before.is_at(version).map_err(Stop::Refused)?;
    before.state.still_planned().map_err(Stop::Refused)?;
    trainings::call_off(&db, &permit).await?;
    tell(desk, &db, &permit).await?;
    mail::waits(desk, &db, &permit, before.runner).await?;
    events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    Ok(db.commit().await?)
}

/// Passes a session that is ahead on to another practitioner (R-SES-13).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and never to themselves.
pub async fn pass(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    (to, version): (PersonId, i64),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (me, other) = (desk.person(&db, who).await?, desk.person(&db, to).await?);
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<PassTraining>(&me, &facts, &other)?;
    let before = trainings::of_permit(&db, &permit).await?;
    before.is_at(version).map_err(Stop::Refused)?;
    before.state.still_planned().map_err(Stop::Refused)?;
    // Past ones stay with whoever ran them, and so does who came.
    before.state.sign_up(&before.planned.slot, desk.now).map_err(|_| Stop::Refused(TrainingRefused::Past))?;
    fits(desk, (&db, &permit), (to, false), (&before.planned.slot, Some(training))).await?;
    trainings::pass(&db, &permit).await?;
    for runner in [to, before.runner] {
        mail::waits(desk, &db, &permit, runner).await?;
    }
    tell(desk, &db, &permit).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{training} {to}")).await?;
    Ok(db.commit().await?)
}

/// Says that a session was held: its time and what it took to get it ready go into the record of whoever runs it, once;
/// said again, they take the place of what was entered before (R-SES-10).
///
/// # Errors
/// A rule that says no; denied for anybody but whoever runs it.
pub async fn record(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    (length, ready): (Minutes, Minutes),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (permit, before) = under::<RecordTraining>(desk, &db, (who, training)).await?;
    before.state.hold(&before.planned.slot, desk.now).map_err(Stop::Refused)?;
    if !domain::training::LENGTHS.contains(&length.0) {
        return Err(Stop::Refused(TrainingRefused::Length));
    }
    let minutes = length + ready;
    if ready < Minutes(0) || !ENTRY.contains(&minutes.0) {
        return Err(Stop::Refused(TrainingRefused::TooLong));
    }
    let themes: Vec<_> = before.planned.theme.into_iter().collect();
    let day = desk.frame.calendar.day(before.planned.slot.starts);
    let entry =
        NewEntry { id: desk.ids().fresh(), day, minutes, purposes: &[Purpose::Group], themes: &themes, now: desk.now };
    trainings::held(&db, &permit).await?;
    training_people::enter(&db, &permit, (who, &entry)).await?;
    events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    Ok(db.commit().await?)
}

/// Puts a link or a short text with a session (R-SES-14).
///
/// # Errors
/// A rule that says no; denied for anybody but whoever runs it.
pub async fn add_material(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    (material, once): (&Material, &str),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (permit, _) = under::<KeepMaterials>(desk, &db, (who, training)).await?;
    let material = material.check().map_err(Stop::Refused)?;
    let there = materials::count(&db, &permit).await?;
    if there >= MOST_MATERIALS {
        return Err(Stop::Refused(TrainingRefused::ManyMaterials));
    }
    let number = i64::try_from(there).unwrap_or(0) + 1;
    materials::add(&db, &permit, (desk.once(who, once), number, &material)).await?;
    events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    Ok(db.commit().await?)
}

/// Takes something to read away.
///
/// # Errors
/// Denied for anybody but whoever runs the session.
pub async fn remove_material(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    material: MaterialId,
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let (permit, _) = under::<KeepMaterials>(desk, &db, (who, training)).await?;
    materials::remove(&db, &permit, material).await?;
    events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    Ok(db.commit().await?)
}
