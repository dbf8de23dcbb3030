//! Threads whose time has come are told of and deleted; the teacher deletes what is over at any time. Rules R-RET-1 to R-RET-6.

use domain::ids::{PersonId, ThreadId};
use domain::period::days_after;
use domain::releases::counted_in;
use domain::required::Ending;
use domain::retention::{LEFT_DAYS, MONTHS, WARNINGS_DAYS, due, marks_end, warning};
use domain::support::Party;
use jiff::ToSpan;
use policies::Permit;
use policies::acts::{ForgetThreads, SeeThread, ShredThread};
use policies::facts::{Actor, Job};
use store::retention::{self, Ended, Forgets};
use store::{Db, Fault, events, facts, tracks, training_people, words};

use crate::calendar;
use crate::desk::{Desk, Never, Stop};
use crate::mail;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShredRefused {
    /// R-RET-3.
    #[error("This is still on. End it first; then you can delete it.")]
    StillOn,
    /// R-RET-3.
    #[error("Tick that you know it cannot be brought back.")]
    Unsure,
}

/// Does what is due: tells the two of a thread that its time will come, deletes those whose time has come, ends those whose
/// teacher has left, forgets who came to sessions, and destroys the marks of years that are over (R-RET-1, R-RET-5, R-RET-6,
/// R-SES-21).
///
/// # Errors
/// A fault; it will be tried again.
pub async fn keep_time(desk: &Desk) -> Result<(), Stop<Never>> {
    let permit = desk.house.gate.permit::<ForgetThreads>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    let today = desk.today();
    // The earliest day on which anything of a thread that ended is due.
    let first = days_after(today.saturating_sub(MONTHS.months()), WARNINGS_DAYS[0] + 3);
    let before = desk.frame.calendar.instant(first, 0).unwrap_or(desk.now);
    let candidates = retention::ended(&desk.read(), &permit, before).await?;
    let mut changed = false;
    let db = desk.write().await?;
    for ended in candidates {
        changed |= one(desk, (&db, &permit), &ended).await?;
    }
    for (thread, stage) in retention::left(&db, &permit, days_after(today, -LEFT_DAYS)).await? {
        // Whatever its stage, one of the two holds.
        let Some(over) = stage.end().or_else(|_| stage.withdraw()).ok() else { continue };
        retention::end(&db, &permit, (thread, over), desk.now).await?;
        calendar::called_off(desk, (&db, &permit), thread).await?;
        tell(desk, (&db, &permit), thread).await?;
        changed = true;
    }
    // Their threads have ended above, like any other.
    for track in tracks::left(&db, &permit, days_after(today, -LEFT_DAYS)).await? {
        for thread in tracks::end(&db, &permit, (track, Ending::Left), desk.now).await? {
            calendar::called_off(desk, (&db, &permit), thread).await?;
        }
        changed = true;
    }
    let years_ago = desk.frame.calendar.instant(today.saturating_sub(MONTHS.months()), 0).unwrap_or(desk.now);
    changed |= training_people::forget(&db, &permit, years_ago).await?;
    for year in retention::marked_years(&db, &permit).await? {
        if marks_end(year) < today {
            retention::end_year(&db, &permit, year).await?;
            changed = true;
        }
    }
    if changed {
        events::record(&db, &permit, desk.stamp(), "").await?;
        db.commit().await?;
    }
    Ok(retention::destroy(&desk.house.store, desk.institution()).await?)
}

/// One thread that ended; says whether something was done.
async fn one(desk: &Desk, (db, permit): (&Db, &Permit<ForgetThreads>), ended: &Ended) -> Result<bool, Fault> {
    let (day, today) = (desk.frame.calendar.day(ended.at), desk.today());
    let told = retention::warnings(db, permit, ended.thread).await?;
    // Nobody's words go unannounced: who was told late still has the whole week.
    let [_, last] = WARNINGS_DAYS;
    let in_time = told.iter().any(|(days, on)| *days == last && days_after(*on, last) <= today);
    if due(day) <= today && (ended.noted || in_time) {
        forget(desk, (db, permit), ended.thread).await?;
        return Ok(true);
    }
    let days = warning(day, today).filter(|days| !ended.noted && !told.iter().any(|(known, _)| known == days));
    let Some(days) = days else { return Ok(false) };
    retention::warn(db, permit, ended.thread, (days, today)).await?;
    tell(desk, (db, permit), ended.thread).await?;
    Ok(true)
}

/// Those of the two who may still see it hear that something waits.
async fn tell(desk: &Desk, (db, permit): (&Db, &Permit<ForgetThreads>), thread: ThreadId) -> Result<(), Fault> {
    let Some(facts) = facts::thread(db, &desk.frame.programme.facts, thread).await? else { return Ok(()) };
    for person in retention::parties(db, permit, thread).await? {
        // Whom the gate keeps out by now hears nothing (R-MAI-2).
        let who = facts::person(db, desk.institution(), person).await?;
        if who.is_some_and(|who| desk.permit::<SeeThread>(&who, &facts, &()).is_ok()) {
            mail::waits(desk, db, permit, person).await?;
        }
    }
    Ok(())
}

/// Deletes a thread; what remains is that its teacher used support in a term (R-RET-5).
async fn forget<A: Forgets>(desk: &Desk, (db, permit): (&Db, &Permit<A>), thread: ThreadId) -> Result<(), Fault> {
    let teacher = retention::parties(db, permit, thread).await?.first().copied();
    let mut terms = Vec::new();
    for at in retention::used(db, permit, thread).await? {
        let Some(due) = counted_in(&desk.frame.calendar, desk.frame.calendar.day(at)) else { continue };
        let one = (due.year, due.starts.to_string());
        // What is out has counted it (R-REL-19).
        if due.out >= desk.today() && !terms.contains(&one) {
            terms.push(one);
        }
    }
    if let Some(teacher) = teacher {
        for (year, term) in &terms {
            retention::mark(db, permit, (teacher, *year, term), desk.ids()).await?;
        }
    }
    retention::forget(db, permit, thread).await
}

/// Deletes a thread that is over, with everything that was said in it, for both (R-RET-3).
///
/// # Errors
/// A rule that says no; denied for anybody but its teacher.
pub async fn shred(desk: &Desk, who: PersonId, (thread, sure): (ThreadId, bool)) -> Result<(), Stop<ShredRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::thread(&db, &desk.frame.programme.facts, thread).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<ShredThread>(&me, &facts, &())?;
    if words::stage(&db, &permit).await?.still_on().is_ok() {
        return Err(Stop::Refused(ShredRefused::StillOn));
    }
    if !sure {
        return Err(Stop::Refused(ShredRefused::Unsure));
    }
    forget(desk, (&db, &permit), thread).await?;
    // Without the thread: nothing remembers which one it was.
    events::in_thread(&db, &permit, desk.stamp(), (None, Party::Teacher)).await?;
    db.commit().await?;
    retention::destroy_soon(&desk.house.store, desk.institution()).await;
    Ok(())
}
