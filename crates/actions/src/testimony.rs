//! Testimony: written, looked after and withdrawn by its writer alone; read by programme leads and senior leaders. Rules R-TST-1 to
//! R-TST-6.

use domain::ids::PersonId;
use domain::people::Role;
use domain::period::days_after;
use domain::retention::LEFT_DAYS;
use domain::testimony::{Kind, Reach, Testimony, TestimonyRefused, lapsed_until, text};
use policies::acts::{Act, EndTestimony, GiveTestimony, ReadTestimony, SeeOwnTestimony, WithdrawTestimony};
use policies::facts::{Actor, Job, PersonFacts};
pub use store::testimony::Signed;
use store::{Fault, events, facts, testimony};

use crate::desk::{Desk, Never, Stop};

/// One's own page.
#[derive(Debug)]
pub struct Own {
    /// What one has written, while the consent holds.
    pub written: Option<Testimony>,
    /// Whether one may write: whoever teaches.
    pub may_give: bool,
    /// Which roles let somebody read it, as the gate says today.
    pub read_by: Vec<Role>,
}

/// Looks at one's own (R-TST-2).
///
/// # Errors
/// Denied for an account that is off.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let account = facts::account(programme, who.id);
    let permit = desk.permit::<SeeOwnTestimony>(who, &account, &())?;
    let may_give = desk.permit::<GiveTestimony>(who, &account, &()).is_ok();
    let written = testimony::own(&desk.read(), &permit).await?.filter(|one| one.holds(desk.today()));
    let reads_it = |act: &&policies::acts::ActInfo| act.name == ReadTestimony::NAME;
    let table = desk.house.gate.role_table(programme).iter();
    let read_by = table.filter(|row| row.programme.iter().any(reads_it)).map(|row| row.role).collect();
    Ok(Own { written, may_give, read_by })
}

/// One's own where its consent lapses soon, for a note to its writer (R-TST-5).
///
/// # Errors
/// A fault of the database.
pub async fn ends_soon(desk: &Desk, who: &PersonFacts) -> Result<Option<Testimony>, Fault> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    let Ok(permit) = desk.permit::<SeeOwnTestimony>(who, &account, &()) else { return Ok(None) };
    Ok(testimony::own(&desk.read(), &permit).await?.filter(|one| one.ends_soon(desk.today())))
}

/// Testimony as it is typed.
#[derive(Debug, Clone, Default)]
pub struct NewTestimony {
    /// What it is.
    pub kind: Option<Kind>,
    /// What is written.
    pub text: String,
    /// How far it may go.
    pub reach: Option<Reach>,
    /// Whether the consent is ticked.
    pub agreed: bool,
}

/// Keeps what somebody has written, in the place of what was there, with the consent of today (R-TST-1, R-TST-2).
///
/// # Errors
/// A rule that says no; denied for anybody who does not teach.
pub async fn give(desk: &Desk, who: PersonId, new: &NewTestimony) -> Result<(), Stop<TestimonyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<GiveTestimony>(&me, &facts::account(&desk.frame.programme.facts, who), &())?;
    let kind = new.kind.ok_or(Stop::Refused(TestimonyRefused::Kind))?;
    let text = text(&new.text).map_err(Stop::Refused)?;
    let reach = new.reach.ok_or(Stop::Refused(TestimonyRefused::Reach))?;
    if !new.agreed {
        return Err(Stop::Refused(TestimonyRefused::Consent));
    }
    let one = Testimony { kind, text, reach, given: desk.today() };
    testimony::give(&db, &permit, &one).await?;
    events::record(&db, &permit, desk.stamp(), reach.code()).await?;
    Ok(db.commit().await?)
}

/// Withdraws one's own: it is gone from every page, and its row is deleted (R-TST-4).
///
/// # Errors
/// Denied where there is none.
pub async fn withdraw(desk: &Desk, who: PersonId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<WithdrawTestimony>(&me, &facts::account(&desk.frame.programme.facts, who), &())?;
    if !testimony::withdraw(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Reads what may go as far as a page does (R-TST-3).
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders.
pub async fn read(desk: &Desk, who: &PersonFacts, page: Reach) -> Result<Vec<Signed>, Stop<Never>> {
    let permit = desk.permit::<ReadTestimony>(who, &desk.frame.programme.facts, &())?;
    let mut all = testimony::all(&desk.read(), &permit, desk.today()).await?;
    all.retain(|one| one.testimony.reach.includes(page));
    Ok(all)
}

/// Deletes testimony whose consent has lapsed, and of whoever has left (R-TST-5, R-TST-6); says whether there was any.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn keep(desk: &Desk) -> Result<bool, Stop<Never>> {
    let permit = desk.house.gate.permit::<EndTestimony>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    let today = desk.today();
    let db = desk.write().await?;
    if !testimony::end(&db, &permit, (lapsed_until(today), days_after(today, -LEFT_DAYS))).await? {
        return Ok(false);
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(true)
}
