//! Links with which a password is chosen: printed by a command, mailed by an administrator's act or because somebody
//! forgot. They are kept as hashes and go to the person alone. Rules R-ACC-5, R-ACC-7, R-ACC-8, R-ACC-10, R-ACC-11.

use domain::ids::PersonId;
use domain::mail::Matter;
use jiff::ToSpan;
use policies::acts::{AskForLink, InviteEverybody, InvitePerson, IssueSetUpLink, UseSetUpLink};
use policies::facts::Actor;
use store::account_lines::Line;
use store::addresses;
use store::links::{self, Mailed};
use store::{Fault, events, facts, people};

use crate::accounts::{AccountRefused, LINK_HOURS, RESET_HOURS, check_new, fold_email, hash};
use crate::chance::{digest, secret};
use crate::desk::{Desk, Never, Stop};

/// A rule that says no to an invitation. The texts go to the administrator as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefused {
    /// R-ACC-11.
    #[error("This account is set up already. Whoever forgot their password has a link sent from the sign-in page.")]
    SetUpAlready,
}

/// Issues a set-up link for an address, for whoever runs commands on the machine (R-ACC-5). `None`: nobody has it.
///
/// # Errors
/// A fault of the database.
pub async fn issue_link(desk: &Desk, email: &str) -> Result<Option<String>, Stop<Never>> {
    let db = desk.write().await?;
    let Some(person) = people::by_email(&db, desk.institution(), &fold_email(email)).await? else { return Ok(None) };
    let account = facts::account(&desk.frame.programme.facts, person);
    let permit = desk.house.gate.permit::<IssueSetUpLink>(&Actor::CommandLine, &account, &())?;
    let token = secret(desk.house.chance.as_ref());
    let expires = desk.now.saturating_add(LINK_HOURS.hours()).unwrap_or(desk.now);
    links::issue(&db, &permit, &digest(&token), expires).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(Some(token))
}

/// A fresh link for a mail: what the mail holds, and what is kept of it.
struct Fresh {
    token: String,
    digest: String,
}

impl Fresh {
    fn of(desk: &Desk) -> Self {
        let token = secret(desk.house.chance.as_ref());
        Self { digest: digest(&token), token }
    }

    fn mailed(&self, desk: &Desk, matter: Matter, line: Line) -> Mailed<'_> {
        let hours = if matter == Matter::Reset { RESET_HOURS } else { LINK_HOURS };
        let until = desk.now.saturating_add(hours.hours()).unwrap_or(desk.now);
        Mailed { token: &self.token, digest: &self.digest, matter, until, line }
    }
}

/// Somebody asks for a link with an address. If an account that is on has it, a mail goes there; whoever asked learns
/// nothing of that (R-ACC-7).
///
/// # Errors
/// A fault of the database; denied for an account that is off.
pub async fn ask_for_link(desk: &Desk, email: &str) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let found = addresses::owner(&db, desk.institution(), &fold_email(email), desk.now).await?;
    let Some(person) = found else { return Ok(()) };
    let who = desk.person(&db, person).await?;
    let account = facts::account(&desk.frame.programme.facts, person);
    let permit = desk.permit::<AskForLink>(&who, &account, &())?;
    let matter = if links::is_set_up(&db, &permit).await? { Matter::Reset } else { Matter::SetUp };
    let fresh = Fresh::of(desk);
    let mailed = fresh.mailed(desk, matter, Line::Asked);
    links::mail(&db, &permit, (person, mailed), (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Has a set-up link mailed to somebody without a password (R-ACC-11). The link is not handed back.
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn invite(desk: &Desk, who: PersonId, person: PersonId) -> Result<(), Stop<InviteRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, person).await?;
    let permit = desk.permit::<InvitePerson>(&me, &other, &())?;
    if !links::is_without(&db, &permit).await? {
        return Err(Stop::Refused(InviteRefused::SetUpAlready));
    }
    let fresh = Fresh::of(desk);
    let mailed = fresh.mailed(desk, Matter::SetUp, Line::Invited);
    links::mail(&db, &permit, (person, mailed), (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), &person.to_string()).await?;
    Ok(db.commit().await?)
}

/// Has a set-up link mailed to everybody who has no password yet, all in one unit of work (R-ACC-11).
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn invite_everybody(desk: &Desk, who: PersonId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<InviteEverybody>(&me, &desk.frame.programme.facts, &())?;
    for person in links::without_password(&db, &permit).await? {
        let fresh = Fresh::of(desk);
        let mailed = fresh.mailed(desk, Matter::SetUp, Line::Invited);
        links::mail(&db, &permit, (person, mailed), (desk.now, desk.ids())).await?;
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Whether a link still works.
///
/// # Errors
/// A fault of the database.
pub async fn link_works(desk: &Desk, token: &str) -> Result<bool, Fault> {
    Ok(links::find(&desk.read(), desk.institution(), &digest(token), desk.now).await?.is_some())
}

/// Chooses a password with a link. If there was one before, the person is told by mail (R-ACC-8).
///
/// # Errors
/// A rule that says no.
pub async fn use_link(desk: &Desk, token: &str, (new, again): (String, String)) -> Result<(), Stop<AccountRefused>> {
    check_new(&new, &again).map_err(Stop::Refused)?;
    let gone = || Stop::Refused(AccountRefused::LinkGone);
    let hash = hash(new, desk.house.chance.bytes()).await?;
    let db = desk.write().await?;
    let found = links::find(&db, desk.institution(), &digest(token), desk.now).await?;
    let person = found.ok_or_else(gone)?;
    let who = desk.person::<AccountRefused>(&db, person).await?;
    let account = facts::account(&desk.frame.programme.facts, person);
    let permit = desk.permit::<UseSetUpLink>(&who, &account, &()).map_err(|_| gone())?;
    links::set_up(&db, &permit, &hash, (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
