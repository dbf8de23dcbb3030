//! Mail: writing what is due, handing it out to be delivered, and hearing how that went. Nothing here makes an event for
//! each mail, because events would count them (R-MAI-5). Rules R-MAI-1 to R-MAI-8.

use domain::ids::PersonId;
use domain::mail::{Due, next_try, rounds, survey_rounds};
pub use domain::mail::{Failure, Matter, Rhythm};
use policies::Permit;
use policies::acts::{DeliverMail, SeeMailState, SetPreferences};
use policies::facts::{Actor, Job};
use store::mail::{self, Causes};
pub use store::outbox::{MailState, Waiting};
use store::{Db, Fault, events, facts, outbox, survey};

use crate::accounts::Visitor;
use crate::desk::{Desk, Never, Stop};

/// So many mails are taken out of the outbox at a time.
const AT_A_TIME: i64 = 50;

fn permit(desk: &Desk) -> Result<Permit<DeliverMail>, Stop<Never>> {
    Ok(desk.house.gate.permit::<DeliverMail>(&Actor::Job(Job::Mail), &desk.frame.programme.facts, &())?)
}

/// Notes, inside a unit of work, that something is waiting for somebody; never for whoever does it (R-MAI-2).
pub(crate) async fn waits<A: Causes>(desk: &Desk, db: &Db, permit: &Permit<A>, person: PersonId) -> Result<(), Fault> {
    if permit.person() == Some(person) {
        return Ok(());
    }
    mail::waiting(db, permit, person, Due::after(&desk.frame.calendar, desk.now)).await
}

/// Writes the mail that is due: that something is waiting, and the rounds that go by the calendar (R-MAI-3, R-MAI-4).
///
/// # Errors
/// A fault of the database.
pub async fn write_due(desk: &Desk) -> Result<(), Stop<Never>> {
    let permit = permit(desk)?;
    let db = desk.read();
    let mut open = Vec::new();
    let surveys = survey::all(&db, &permit).await?;
    let of_surveys = surveys.iter().flat_map(|one| survey_rounds(one, &desk.frame.calendar, desk.now));
    for round in rounds(&desk.frame.calendar, desk.now).into_iter().chain(of_surveys) {
        if !mail::round_is_done(&db, &permit, round).await? {
            open.push(round);
        }
    }
    if open.is_empty() && mail::due(&db, &permit, desk.now).await?.is_empty() {
        return Ok(());
    }
    let db = desk.write().await?;
    for round in open {
        for person in mail::begin_round(&db, &permit, (round, desk.now)).await? {
            mail::write_waiting(&db, &permit, desk.ids(), (person, desk.now)).await?;
        }
        events::record(&db, &permit, desk.stamp(), &format!("{} {}", round.kind.code(), round.day)).await?;
    }
    for person in mail::due(&db, &permit, desk.now).await? {
        mail::write_waiting(&db, &permit, desk.ids(), (person, desk.now)).await?;
    }
    Ok(db.commit().await?)
}

/// Mail to be delivered now. What is past its time is given up first (R-MAI-7).
///
/// # Errors
/// A fault of the database.
pub async fn to_deliver(desk: &Desk) -> Result<Vec<Waiting>, Stop<Never>> {
    let permit = permit(desk)?;
    outbox::give_up(&desk.read(), &permit, desk.now).await?;
    Ok(outbox::to_deliver(&desk.read(), &permit, (desk.now, AT_A_TIME)).await?)
}

/// Says how a try to deliver went: delivered mail is forgotten, other mail waits longer each time or is given up.
///
/// # Errors
/// A fault of the database.
pub async fn tried(desk: &Desk, mail: &Waiting, how: Result<(), Failure>) -> Result<(), Stop<Never>> {
    let permit = permit(desk)?;
    let db = desk.write().await?;
    match how {
        Ok(()) => outbox::delivered(&db, &permit, mail.id).await?,
        Err(failure) => {
            let next = (!failure.is_final()).then(|| next_try(mail.tries.saturating_add(1), desk.now));
            outbox::failed(&db, &permit, mail.id, (failure, next)).await?;
        }
    }
    Ok(db.commit().await?)
}

/// Whether mail is stuck, for whoever looks after the machine: since when and why, not whose and not how many.
///
/// # Errors
/// A fault of the database.
pub async fn state(desk: &Desk) -> Result<MailState, Stop<Never>> {
    let permit = desk.house.gate.permit::<SeeMailState>(&Actor::CommandLine, &desk.frame.programme.facts, &())?;
    Ok(outbox::state(&desk.read(), &permit).await?)
}

/// Chooses how often one hears that something is waiting (R-MAI-3).
///
/// # Errors
/// A fault of the database.
pub async fn set_rhythm(desk: &Desk, visitor: &Visitor, rhythm: Rhythm) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<SetPreferences>(&who, &facts::account(&desk.frame.programme.facts, who.id), &())?;
    mail::set_rhythm(&db, &permit, (rhythm, rhythm.due(&desk.frame.calendar, desk.now))).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
