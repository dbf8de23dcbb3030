//! Who looked: noted when a page about one person is opened, read by that person alone. Rules R-LOK-1 to R-LOK-4.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use domain::ids::PersonId;
use domain::looked::Page;
use domain::required::Seat;
use domain::support::Party;
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{Act, SeeConfigurationLog, SeeInductionSteps, SeeThread, SeeWhoLooked};
use policies::facts::PersonFacts;
pub use store::looked::{Entry, Look};
use store::required::OnTrack;
use store::{Fault, looked};
use uuid::Uuid;

use crate::desk::{Desk, Never, Stop};

/// So many changes of each kind stand in the log.
const LATEST: i64 = 50;
/// More than these, and the memory begins anew: nothing is lost by it but a moment.
const MOST: usize = 100_000;

/// At what, by whom, on which page.
type Mark = (Uuid, Uuid, Page);

/// The looks of a day that are noted already, so that looking again costs nothing.
#[derive(Debug, Default)]
pub struct Noted(Mutex<(Option<Date>, HashSet<Mark>)>);

impl Noted {
    fn has(&self, day: Date, look: &Mark) -> bool {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.0 == Some(day) && noted.1.contains(look)
    }

    fn add(&self, day: Date, look: Mark) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.0 != Some(day) || noted.1.len() >= MOST {
            *noted = (Some(day), HashSet::new());
        }
        noted.1.insert(look);
    }
}

/// Notes that the practitioner opened what somebody asked for. The teacher's own looks are nobody's matter.
pub(crate) async fn at_thread(desk: &Desk, permit: &Permit<SeeThread>, party: Party) -> Result<(), Fault> {
    let (day, thread) = (desk.today(), permit.key().0);
    let Some(person) = permit.person().filter(|_| party == Party::Practitioner) else { return Ok(()) };
    let look = (thread, person.0, Page::Request);
    if desk.house.noted.has(day, &look) {
        return Ok(());
    }
    let db = desk.write().await?;
    looked::at_thread(&db, permit, (party, day)).await?;
    db.commit().await?;
    desk.house.noted.add(day, look);
    Ok(())
}

/// Notes that whoever accompanies an induction opened its page. The newcomer's own looks are nobody's matter.
pub(crate) async fn at_induction(
    desk: &Desk,
    permit: &Permit<SeeInductionSteps>,
    newcomer: PersonId,
) -> Result<(), Fault> {
    let day = desk.today();
    let Some(looker) = permit.person().filter(|looker| *looker != newcomer) else { return Ok(()) };
    let look = (newcomer.0, looker.0, Page::Induction);
    if desk.house.noted.has(day, &look) {
        return Ok(());
    }
    let db = desk.write().await?;
    looked::at_induction(&db, permit, (newcomer, looker, day)).await?;
    db.commit().await?;
    desk.house.noted.add(day, look);
    Ok(())
}

/// Notes that practitioner or line manager opened what is required of somebody. The teacher's own looks are nobody's matter.
pub(crate) async fn at_track<A: OnTrack>(desk: &Desk, permit: &Permit<A>, seat: Seat) -> Result<(), Fault> {
    let (day, track) = (desk.today(), permit.key().0);
    let Some(person) = permit.person().filter(|_| seat != Seat::Teacher) else { return Ok(()) };
    let look = (track, person.0, Page::Required);
    if desk.house.noted.has(day, &look) {
        return Ok(());
    }
    let db = desk.write().await?;
    looked::at_track(&db, permit, (person, day)).await?;
    db.commit().await?;
    desk.house.noted.add(day, look);
    Ok(())
}

/// Notes that somebody opened a page about a person; nobody's look at themselves is noted.
///
/// # Errors
/// A fault of the database: then the page is not shown either.
pub async fn at_person<A: Act<On = PersonFacts>>(desk: &Desk, permit: &Permit<A>, page: Page) -> Result<(), Fault> {
    let (day, person): (Date, PersonId) = (desk.today(), permit.key());
    let Some(looker) = permit.person().filter(|looker| *looker != person) else { return Ok(()) };
    let look = (person.0, looker.0, page);
    if desk.house.noted.has(day, &look) {
        return Ok(());
    }
    let db = desk.write().await?;
    looked::at_person(&db, permit, (looker, page, day)).await?;
    db.commit().await?;
    desk.house.noted.add(day, look);
    Ok(())
}

/// Who looked at anything about oneself, the latest first (R-LOK-2).
///
/// # Errors
/// A fault of the database.
pub async fn mine(desk: &Desk, who: &PersonFacts) -> Result<Vec<Look>, Stop<Never>> {
    let permit = desk.permit::<SeeWhoLooked>(who, who, &())?;
    Ok(looked::mine(&desk.read(), &permit).await?)
}

/// The latest changes to how the program is set up (R-LOK-4).
///
/// # Errors
/// Denied for everybody but an administrator.
pub async fn log(desk: &Desk, who: &PersonFacts) -> Result<Vec<Entry>, Stop<Never>> {
    let permit = desk.permit::<SeeConfigurationLog>(who, &desk.frame.programme.facts, &())?;
    Ok(looked::log(&desk.read(), &permit, LATEST).await?)
}
