//! Signing in and out, passwords, sessions, preferences; links are in [`crate::links`]. Rules R-ACC-1 to R-ACC-11 in
//! `docs/rules/accounts.md`.

use domain::ids::PersonId;
use domain::mail::Rhythm;
use jiff::{Timestamp, ToSpan};
use policies::acts::{
    ChangePassword, EndOwnSession, SeeOwnAccount, SetPreferences, SignIn, SignInAsSample, SignOutEverywhere,
};
use policies::facts::PersonFacts;
pub use store::account_lines::Line;
use store::accounts::{self, NewSession, Session};
pub use store::addresses::HOLD_HOURS;
use store::{Fault, account_lines, events, facts, mail, person};

use crate::chance::{digest, secret};
use crate::desk::{Desk, Never, Stop};
pub use crate::links::{InviteRefused, ask_for_link, invite, invite_everybody, issue_link, link_works, use_link};
pub use crate::passwords::hash;
use crate::passwords::matches;

/// A session ends after so long without use (R-ACC-2).
pub const IDLE_HOURS: i64 = 2;
/// A session ends after so long in any case (R-ACC-2).
pub const ABSOLUTE_HOURS: i64 = 12;
/// A set-up link works for so long (R-ACC-5).
pub const LINK_HOURS: i64 = 72;
/// A link that somebody asked for because they forgot works for so long (R-ACC-7).
pub const RESET_HOURS: i64 = 2;
/// Without keys to unlock, a session begun after a reset waits so long (R-ACC-12).
pub const UNPROVED_HOURS: i64 = 72;
/// A password has at least so many characters (R-ACC-4).
pub const SHORTEST_PASSWORD: usize = 12;
/// And at most so many, so that nobody makes the machine hash a book.
pub const LONGEST_PASSWORD: usize = 200;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefused {
    /// R-ACC-1: the same words whoever it is.
    #[error("That e-mail address and password do not go together. Check both, or ask for a new set-up link.")]
    NotTogether,
    /// R-ACC-4.
    #[error("Choose at least {SHORTEST_PASSWORD} characters. Three or four words are easy to remember.")]
    TooShort,
    /// R-ACC-4.
    #[error("Choose at most {LONGEST_PASSWORD} characters.")]
    TooLong,
    /// R-ACC-4.
    #[error("The two do not match. Type the new password the same way twice.")]
    NotTheSame,
    /// R-ACC-4.
    #[error("Your current password is not right.")]
    WrongPassword,
    /// R-ACC-5.
    #[error("This link has been used or is too old. Ask for a new one.")]
    LinkGone,
}

/// An e-mail address as it is compared.
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Begun {
    /// The secret for the cookie.
    pub token: String,
    /// Whose.
    pub person: PersonId,
}

/// Signs in with e-mail address and password. Known or unknown, right or wrong: the same words and the same work.
///
/// # Errors
/// [`AccountRefused::NotTogether`], whatever the reason.
pub async fn sign_in(desk: &Desk, email: &str, password: String, device: &str) -> Result<Begun, Stop<AccountRefused>> {
    let refused = || Stop::Refused(AccountRefused::NotTogether);
    let found = accounts::credential(&desk.read(), desk.institution(), &fold_email(email)).await?;
    let stored = found.as_ref().and_then(|found| found.hash.clone());
    let password = if password.len() > LONGEST_PASSWORD * 4 { String::new() } else { password };
    let right = matches(password, stored).await;
    let Some(found) = found.filter(|_| right) else { return Err(refused()) };
    let db = desk.write().await?;
    let who = desk.person::<AccountRefused>(&db, found.person).await.map_err(|_| refused())?;
    let account = facts::account(&desk.frame.programme.facts, found.person);
    let permit = desk.permit::<SignIn>(&who, &account, &()).map_err(|_| refused())?;
    let (token, csrf) = (secret(desk.house.chance.as_ref()), secret(desk.house.chance.as_ref()));
    accounts::sign_in(&db, &permit, NewSession { token: &digest(&token), csrf: &csrf, device, now: desk.now }).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(Begun { token, person: found.person })
}

/// Signs in as somebody of the sample college, with one click and without a password (R-ACC-6).
///
/// # Errors
/// Denied anywhere else.
pub async fn sign_in_as_sample(desk: &Desk, person: PersonId, device: &str) -> Result<Begun, Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, person).await?;
    let account = facts::account(&desk.frame.programme.facts, person);
    let permit = desk.permit::<SignInAsSample>(&who, &account, &())?;
    let (token, csrf) = (secret(desk.house.chance.as_ref()), secret(desk.house.chance.as_ref()));
    accounts::sign_in_as_sample(
        &db,
        &permit,
        NewSession { token: &digest(&token), csrf: &csrf, device, now: desk.now },
    )
    .await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    db.commit().await?;
    Ok(Begun { token, person })
}

/// Who comes with a request.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The session.
    pub session: Session,
    /// The session's stored token.
    pub token: String,
    /// Facts about the person.
    pub person: PersonFacts,
}

/// What a session has to do before it shows whom somebody works with, when it began after a password was chosen with a
/// link: a link alone shows nothing (R-ACC-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owes {
    /// Unlock the keys.
    Keys,
    /// Wait until then: there are no keys that could be unlocked.
    Time(Timestamp),
}

impl Visitor {
    /// What this session has to do first, if anything.
    pub fn owes(&self, now: Timestamp) -> Option<Owes> {
        let (reset, keys) = self.session.reset?;
        if keys {
            return Some(Owes::Keys);
        }
        let until = reset.saturating_add(UNPROVED_HOURS.hours()).unwrap_or(Timestamp::MAX);
        (until > now).then_some(Owes::Time(until))
    }

    /// What this session signs to prove that it has unlocked the keys: its own page alone is given it.
    pub fn nonce(&self) -> String {
        digest(&format!("proof {}", self.session.csrf))
    }
}

/// Finds who a cookie's token belongs to, if the session still holds and the account is on (R-ACC-2).
///
/// # Errors
/// A fault of the database.
pub async fn visitor(desk: &Desk, token: &str) -> Result<Option<Visitor>, Fault> {
    let token = digest(token);
    let found = accounts::session(&desk.read(), desk.institution(), &token).await?;
    let Some(session) = found else { return Ok(None) };
    let db = desk.house.store.read_with(&session.chart);
    if session.seen < before(desk.now, IDLE_HOURS) || session.began < before(desk.now, ABSOLUTE_HOURS) {
        return Ok(None);
    }
    let Some(person) = facts::person(&db, desk.institution(), session.person).await? else { return Ok(None) };
    if !person.active {
        return Ok(None);
    }
    if session.seen < desk.now.saturating_sub(1.minute()).unwrap_or(desk.now) {
        accounts::seen(&db, (desk.institution(), session.person), &token, desk.now).await?;
    }
    Ok(Some(Visitor { session, token, person }))
}

/// An instant some hours earlier.
pub(crate) fn before(now: Timestamp, hours: i64) -> Timestamp {
    now.saturating_sub(hours.hours()).unwrap_or(now)
}

/// Ends the session of this cookie. Needs no permit: whoever holds a session may end it.
///
/// # Errors
/// A fault of the database.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<(), Fault> {
    let db = desk.write().await?;
    accounts::sign_out(&db, desk.institution(), &digest(token)).await?;
    db.commit().await
}

/// Ends all other sessions of the visitor.
///
/// # Errors
/// A fault of the database.
pub async fn sign_out_everywhere(desk: &Desk, visitor: &Visitor) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<SignOutEverywhere>(&who, &facts::account(&desk.frame.programme.facts, who.id), &())?;
    accounts::sign_out_everywhere(&db, &permit, &visitor.token).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Whether a new password may be one (R-ACC-4).
pub(crate) fn check_new(new: &str, again: &str) -> Result<(), AccountRefused> {
    let length = new.chars().count();
    if length < SHORTEST_PASSWORD {
        Err(AccountRefused::TooShort)
    } else if length > LONGEST_PASSWORD {
        Err(AccountRefused::TooLong)
    } else if new != again {
        Err(AccountRefused::NotTheSame)
    } else {
        Ok(())
    }
}

/// A session in the list of one's own.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// What its form names it by; of no use to anybody else.
    pub key: String,
    /// The browser in rough words.
    pub device: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// Whether it is this one.
    pub is_this: bool,
}

/// What the owner sees of the own account.
#[derive(Debug)]
pub struct Overview {
    /// How often something waiting is told by mail.
    pub rhythm: Rhythm,
    /// Sessions that hold, the last used first.
    pub sessions: Vec<OwnSession>,
    /// What happened lately, newest first.
    pub lines: Vec<(Timestamp, Line)>,
}

/// The part of a stored token that a form names a session by.
fn session_key(token: &str) -> String {
    digest(token).chars().take(24).collect()
}

/// The own account: how mail comes, where one is signed in, what happened lately (R-ACC-8, R-ACC-9).
///
/// # Errors
/// Denied for anybody who is not active.
pub async fn overview(desk: &Desk, visitor: &Visitor) -> Result<Overview, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, visitor.person.id);
    let permit = desk.permit::<SeeOwnAccount>(&visitor.person, &account, &())?;
    let db = desk.read();
    let (idle, begun) = (before(desk.now, IDLE_HOURS), before(desk.now, ABSOLUTE_HOURS));
    let sessions = accounts::sessions(&db, &permit).await?.into_iter();
    let sessions = sessions.filter(|one| one.seen >= idle && one.began >= begun).map(|one| OwnSession {
        key: session_key(&one.token),
        is_this: one.token == visitor.token,
        device: one.device,
        began: one.began,
        seen: one.seen,
    });
    let sessions = sessions.collect();
    Ok(Overview { rhythm: mail::rhythm(&db, &permit).await?, sessions, lines: account_lines::own(&db, &permit).await? })
}

/// What stands about oneself in the list of staff (PRO-09).
///
/// # Errors
/// A fault of the database.
pub async fn own_entry(desk: &Desk, who: &PersonFacts) -> Result<person::Own, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    let permit = desk.permit::<SeeOwnAccount>(who, &account, &())?;
    Ok(person::own(&desk.read(), &permit, desk.today()).await?)
}

/// Ends one of one's own other sessions; one that has ended meanwhile is none (R-ACC-9).
///
/// # Errors
/// A fault of the database.
pub async fn end_session(desk: &Desk, visitor: &Visitor, key: &str) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let account = facts::account(&desk.frame.programme.facts, who.id);
    let see = desk.permit::<SeeOwnAccount>(&who, &account, &())?;
    let permit = desk.permit::<EndOwnSession>(&who, &account, &())?;
    let all = accounts::sessions(&db, &see).await?;
    let Some(found) = all.into_iter().find(|one| session_key(&one.token) == key) else { return Err(Stop::Denied) };
    accounts::end_session(&db, &permit, &found.token).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Changes one's own password; all other sessions end, and the change is told by mail (R-ACC-8).
///
/// # Errors
/// A rule that says no.
pub async fn change_password(
    desk: &Desk,
    visitor: &Visitor,
    (current, new, again): (String, String, String),
) -> Result<(), Stop<AccountRefused>> {
    check_new(&new, &again).map_err(Stop::Refused)?;
    let account = facts::account(&desk.frame.programme.facts, visitor.person.id);
    let permit = desk.permit::<ChangePassword>(&visitor.person, &account, &())?;
    let stored = accounts::own_hash(&desk.read(), &permit).await?;
    if !matches(current, stored).await {
        return Err(Stop::Refused(AccountRefused::WrongPassword));
    }
    let hash = hash(new, desk.house.chance.bytes()).await?;
    let db = desk.write().await?;
    accounts::change(&db, &permit, (&hash, &visitor.token), (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Switches the key `n` on or off.
///
/// # Errors
/// A fault of the database.
pub async fn set_note_key(desk: &Desk, visitor: &Visitor, on: bool) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let who = desk.person(&db, visitor.person.id).await?;
    let permit = desk.permit::<SetPreferences>(&who, &facts::account(&desk.frame.programme.facts, who.id), &())?;
    accounts::set_note_key(&db, &permit, on).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
