//! What bounds required support: the share of practitioners' time that it may take, and who is not open to it. Rules R-REQ-5 and
//! R-REQ-12.

use domain::ids::PersonId;
use domain::required::{RequiredRefused, share};
use jiff::civil::Date;
use policies::acts::{BarFromTracks, SeeFrame, SetCeiling};
use policies::facts::PersonFacts;
use store::{Fault, ceiling, events};

use crate::desk::{Desk, Never, Stop};

/// The share, in percent, of all practitioners' remission that required support may take. It is published (MAN-02).
///
/// # Errors
/// A fault of the database.
pub async fn published(desk: &Desk) -> Result<i64, Fault> {
    ceiling::share(&desk.read(), desk.institution()).await
}

/// Sets that share.
///
/// # Errors
/// A rule that says no; denied for everybody but a programme lead.
pub async fn set_share(desk: &Desk, who: PersonId, typed: &str) -> Result<(), Stop<RequiredRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetCeiling>(&me, &desk.frame.programme.facts, &())?;
    let share = share(typed)?;
    ceiling::set_share(&db, &permit, share).await?;
    events::record(&db, &permit, desk.stamp(), &share.to_string()).await?;
    Ok(db.commit().await?)
}

/// Practitioners who are not open to required support, and since when.
///
/// # Errors
/// Denied for everybody but a programme lead.
pub async fn barred(desk: &Desk, who: &PersonFacts) -> Result<Vec<(PersonId, Date)>, Stop<Never>> {
    let permit = desk.permit::<SeeFrame>(who, &desk.frame.programme.facts, &())?;
    Ok(ceiling::barred(&desk.read(), &permit).await?)
}

/// Says that a practitioner is not open to required support from today on, or is open again. What is on goes on.
///
/// # Errors
/// Denied for everybody but a programme lead, and for somebody who is no practitioner.
pub async fn set_barred(desk: &Desk, who: PersonId, (of, barred): (PersonId, bool)) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<BarFromTracks>(&me, &other, &())?;
    if !ceiling::has_practice(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    ceiling::set_barred(&db, &permit, barred.then(|| desk.today())).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {barred}")).await?;
    Ok(db.commit().await?)
}
