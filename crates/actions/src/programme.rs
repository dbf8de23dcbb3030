//! The programme's own settings: asking under the deficit model, the sample college's clock, clearing what is past.

use jiff::Timestamp;
use policies::acts::{ClearExpired, FillSample, MoveClock, SetAsking};
use policies::facts::{Actor, Job};
use store::{accounts, events, import_files, looked, programme};

use domain::ids::PersonId;
use domain::looked::KEPT_DAYS;
use domain::period::days_after;

use crate::accounts::{ABSOLUTE_HOURS, IDLE_HOURS, before};
use crate::desk::{Desk, Never, Stop};

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefused {
    /// The clock only moves on.
    #[error("Choose a later day: the sample clock only moves on.")]
    Backwards,
    /// Terms are known for two years.
    #[error("Choose a day within the sample college's two years.")]
    TooFar,
}

/// Opens or closes asking under the deficit model.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn set_asking(desk: &Desk, who: PersonId, opened: bool) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetAsking>(&me, &desk.frame.programme.facts, &())?;
    programme::set_asking(&db, &permit, opened).await?;
    events::record(&db, &permit, desk.stamp(), if opened { "opened" } else { "closed" }).await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// Moves the sample college's clock on by seconds.
///
/// # Errors
/// A rule that says no; denied in a real college.
pub async fn move_clock(desk: &Desk, who: PersonId, by: i64) -> Result<(), Stop<ClockRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<MoveClock>(&me, &desk.frame.programme.facts, &())?;
    if by <= 0 {
        return Err(Stop::Refused(ClockRefused::Backwards));
    }
    let then = Timestamp::from_second(desk.now.as_second().saturating_add(by)).ok();
    let last = desk.frame.calendar.terms.last().map(|term| term.ends);
    if then.zip(last).is_none_or(|(then, last)| desk.frame.calendar.day(then) > last) {
        return Err(Stop::Refused(ClockRefused::TooFar));
    }
    programme::move_clock(&db, &permit, by).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// Sets the sample college's clock from the command line: `ahead` seconds before the machine's.
///
/// # Errors
/// Denied in a real college.
pub async fn start_clock(desk: &Desk, ahead: i64) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let permit = desk.house.gate.permit::<FillSample>(&Actor::CommandLine, &desk.frame.programme.facts, &())?;
    programme::start_clock(&db, &permit, ahead).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// So many hours a file waits to be brought in (R-IMP-3).
const LOOKED_AT_HOURS: i64 = 24;
/// So many hours what a file changed is kept for undoing it (R-IMP-10).
const KEPT_HOURS: i64 = 30 * 24;

/// Clears sessions, links and looks that are past their date, files that nobody brought in, and what is kept of old ones.
///
/// # Errors
/// A fault of the database.
pub async fn clear_expired(desk: &Desk) -> Result<(), Stop<Never>> {
    let permit = desk.house.gate.permit::<ClearExpired>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    let db = desk.write().await?;
    let (idle, begun) = (before(desk.now, IDLE_HOURS), before(desk.now, ABSOLUTE_HOURS));
    let mut gone = accounts::clear_expired(&db, &permit, (idle, begun, desk.now)).await?;
    gone += looked::clear(&db, &permit, days_after(desk.today(), -KEPT_DAYS)).await?;
    let files = (before(desk.now, LOOKED_AT_HOURS), before(desk.now, KEPT_HOURS));
    gone += import_files::clear_expired(&db, &permit, files).await?;
    if gone > 0 {
        events::record(&db, &permit, desk.stamp(), "").await?;
    }
    Ok(db.commit().await?)
}
