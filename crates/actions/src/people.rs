//! The administrator's list of staff: accounts on and off. Nothing here depends on support.

use domain::ids::PersonId;
use policies::acts::SeePeople;
use policies::facts::PersonFacts;
pub use store::areas::Area;
pub use store::links::Progress;
pub use store::people::Member;
use store::{Fault, areas, links, people};

use crate::desk::{Desk, Never, Stop};

/// All staff.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Vec<Member>, Stop<Never>> {
    let permit = desk.permit::<SeePeople>(who, &desk.frame.programme.facts, &())?;
    Ok(people::members(&desk.read(), &permit).await?)
}

/// The curriculum areas: where each is, what it is a part of, who leads and who looks after it.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn areas(desk: &Desk, who: &PersonFacts) -> Result<Vec<Area>, Stop<Never>> {
    let permit = desk.permit::<SeePeople>(who, &desk.frame.programme.facts, &())?;
    Ok(areas::all(&desk.read(), &permit).await?)
}

/// How far accounts are: who has a password, who has a link (R-ACC-11). Nothing of it depends on support.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn progress(desk: &Desk, who: &PersonFacts) -> Result<Progress, Stop<Never>> {
    let permit = desk.permit::<SeePeople>(who, &desk.frame.programme.facts, &())?;
    Ok(links::progress(&desk.read(), &permit, desk.now).await?)
}

/// Switches an account off or on, from today. Switching it to what it is changes nothing and is no mistake.
///
/// # Errors
/// Denied for anybody but an administrator, and for the own account.
pub async fn set_active(desk: &Desk, who: PersonId, (person, active): (PersonId, bool)) -> Result<(), Stop<Never>> {
    match crate::person::switch(desk, who, (person, active, Some(desk.today()))).await {
        Ok(()) | Err(Stop::Refused(_)) => Ok(()),
        Err(Stop::Denied) => Err(Stop::Denied),
        Err(Stop::Fault(fault)) => Err(Stop::Fault(fault)),
    }
}

/// Who has this e-mail address; for the command line.
///
/// # Errors
/// A fault of the database.
pub async fn by_email(desk: &Desk, email: &str) -> Result<Option<PersonId>, Fault> {
    people::by_email(&desk.read(), desk.institution(), &crate::accounts::fold_email(email)).await
}
