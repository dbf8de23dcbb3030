//! Who comes to a session: signing up, taking oneself out, who came, what is one's own, reminders. No event says who.
//! Rules R-SES-7 to R-SES-9, R-SES-12.

use std::collections::BTreeMap;

use domain::ids::{AreaId, PersonId, TrainingId};
use domain::period::days_after;
use domain::support::Party;
use domain::training::{TrainingRefused, reminder_day};
use jiff::Timestamp;
use policies::acts::{
    RecordAttendance, RemindOfTrainings, SeeAttendance, SeeOwnTrainings, SeeOwnWeek, SignUp, TakeSignUpBack,
};
use policies::facts::{Actor, Job, PersonFacts};
use store::people::Colleague;
pub use store::training_people::{Busy, Comes};
use store::{Fault, events, facts, training_people, trainings};

use crate::desk::{Desk, Never, Stop};
use crate::mail;

/// Signs up for a session, until it begins (R-SES-7). The event says neither who nor which.
///
/// # Errors
/// A rule that says no; denied for whoever runs it.
pub async fn sign_up(desk: &Desk, (who, training): (PersonId, TrainingId)) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<SignUp>(&me, &facts, &())?;
    let found = trainings::of_permit(&db, &permit).await?;
    found.state.sign_up(&found.planned.slot, desk.now).map_err(Stop::Refused)?;
    training_people::sign_up(&db, &permit, who).await?;
    events::in_thread(&db, &permit, desk.stamp(), (None, Party::Teacher)).await?;
    Ok(db.commit().await?)
}

/// Takes oneself out of a session: before it, or when somebody said that one came (R-SES-9). Nobody is told.
///
/// # Errors
/// Denied for whoever runs it.
pub async fn take_back(desk: &Desk, (who, training): (PersonId, TrainingId)) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<TakeSignUpBack>(&me, &facts, &())?;
    training_people::take_out(&db, &permit, who).await?;
    events::in_thread(&db, &permit, desk.stamp(), (None, Party::Teacher)).await?;
    Ok(db.commit().await?)
}

/// Who comes to a session, and whom one may add.
///
/// # Errors
/// Denied for anybody but whoever runs it.
pub async fn coming(
    desk: &Desk,
    who: &PersonFacts,
    training: TrainingId,
) -> Result<(Vec<Comes>, Vec<Colleague>), Stop<Never>> {
    let db = desk.read();
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<SeeAttendance>(who, &facts, &())?;
    let list = training_people::list(&db, &permit, who.id).await?;
    Ok((list, training_people::may_add(&db, &permit, who.id).await?))
}

/// Says who came: those ticked, and somebody more by name, who sees it and can take themselves out (R-SES-9).
///
/// # Errors
/// A rule that says no; denied for anybody but whoever runs it.
pub async fn record(
    desk: &Desk,
    (who, training): (PersonId, TrainingId),
    (came, more): (&[PersonId], Option<PersonId>),
) -> Result<(), Stop<TrainingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<RecordAttendance>(&me, &facts, &())?;
    let found = trainings::of_permit(&db, &permit).await?;
    found.state.hold(&found.planned.slot, desk.now).map_err(Stop::Refused)?;
    training_people::set_came(&db, &permit, (came, desk.now)).await?;
    if let Some(more) = more {
        if !training_people::add(&db, &permit, (who, more), desk.now).await? {
            return Err(Stop::Refused(TrainingRefused::UnknownColleague));
        }
        mail::waits(desk, &db, &permit, more).await?;
    }
    events::in_thread(&db, &permit, desk.stamp(), (None, Party::Practitioner)).await?;
    Ok(db.commit().await?)
}

/// The sessions one has signed up for or came to, and whether one came.
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<BTreeMap<TrainingId, bool>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTrainings>(who, who, &())?;
    Ok(training_people::own(&desk.read(), &permit).await?)
}

/// The areas in which one works or which one looks after: their sessions come first.
///
/// # Errors
/// A fault of the database.
pub async fn own_areas(desk: &Desk, who: &PersonFacts) -> Result<Vec<AreaId>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTrainings>(who, who, &())?;
    Ok(training_people::own_areas(&desk.read(), &permit).await?)
}

/// The sessions one runs or has signed up for that begin between two instants: for one's week and for a calendar.
///
/// # Errors
/// A fault of the database.
pub async fn busy(
    desk: &Desk,
    who: &PersonFacts,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Busy>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTrainings>(who, who, &())?;
    Ok(training_people::busy(&desk.read(), &permit, (from, until)).await?)
}

/// How many are coming to each session ahead that a practitioner runs: their own work (R-SES-8).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn counts(desk: &Desk, who: &PersonFacts) -> Result<BTreeMap<TrainingId, usize>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnWeek>(who, &facts::practice(desk.institution(), who.id), &())?;
    Ok(training_people::own_counts(&desk.read(), &permit, desk.now).await?)
}

/// Reminds of sessions the working day before: something is waiting, for those who come and whoever runs it (R-SES-12).
///
/// # Errors
/// A fault of the database.
pub async fn remind(desk: &Desk) -> Result<(), Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<RemindOfTrainings>(&Actor::Job(Job::Tidy), programme, &())?;
    let calendar = &desk.frame.calendar;
    let until = calendar.instant(days_after(desk.today(), 11), 0).map_err(|_| Fault::Unreadable("calendar"))?;
    let is_due = |starts| reminder_day(calendar, calendar.day(starts)) <= desk.today();
    if !training_people::to_remind(&desk.read(), &permit, (desk.now, until)).await?.iter().any(|one| is_due(one.1)) {
        return Ok(());
    }
    let db = desk.write().await?;
    for (training, starts, people) in training_people::to_remind(&db, &permit, (desk.now, until)).await? {
        if !is_due(starts) {
            continue;
        }
        for person in people {
            mail::waits(desk, &db, &permit, person).await?;
        }
        training_people::reminded(&db, &permit, training).await?;
        events::record(&db, &permit, desk.stamp(), &training.to_string()).await?;
    }
    Ok(db.commit().await?)
}
