//! Accounts: credentials and sessions. Tokens are kept as hashes; whoever reads the database cannot use them.

use std::sync::Arc;

use domain::ids::{Ids, InstitutionId, PersonId};
use jiff::Timestamp;
use policies::acts::{
    ChangePassword, ClearExpired, EndOwnSession, ProveKeys, SeeOwnAccount, SetPreferences, SignIn, SignInAsSample,
    SignOutEverywhere,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::account_lines::{self, Line};
use crate::chart::Chart;
use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::row::row;
use crate::{links, mail, outbox};

/// What is known of somebody who gives an e-mail address: enough to check the password.
#[derive(Debug)]
pub struct Credential {
    /// Who.
    pub person: PersonId,
    /// The Argon2id hash; `None` until a password was chosen.
    pub hash: Option<String>,
}

row! {
struct CredentialRow {
    id: Uuid,
    hash: Option<String>,
}
}

/// The credential behind an e-mail address in lower case.
///
/// # Errors
/// A fault of the database.
pub async fn credential(db: &Db, institution: InstitutionId, email: &str) -> Result<Option<Credential>, Fault> {
    let sql = "SELECT p.id, c.hash FROM person p \
               LEFT JOIN credential c ON c.institution = p.institution AND c.person = p.id \
               WHERE p.institution = $1 AND p.email = $2";
    let row = db.first::<CredentialRow, 2>(sql, [of(institution), email.into()]).await?;
    Ok(row.map(|row| Credential { person: PersonId(row.id), hash: row.hash }))
}

/// The credential of somebody who is signed in, to check the old password.
///
/// # Errors
/// A fault of the database.
pub async fn own_hash(db: &Db, permit: &Permit<ChangePassword>) -> Result<Option<String>, Fault> {
    let sql = "SELECT person AS id, hash FROM credential WHERE institution = $1 AND person = $2";
    let row = db.first::<CredentialRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.and_then(|row| row.hash))
}

/// Sets a password's hash.
pub(crate) async fn set_hash(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    hash: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO credential (institution, person, hash, changed_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, person) DO UPDATE SET hash = excluded.hash, changed_at = excluded.changed_at";
    db.run(sql, [of(institution), id(person), hash.into(), seconds(now)]).await.map(drop)
}

/// Changes one's own password; every other session ends, and the change is told by mail (R-ACC-8).
///
/// # Errors
/// A fault of the database.
pub async fn change(
    db: &Db,
    permit: &Permit<ChangePassword>,
    (hash, keep): (&str, &str),
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let whose = (permit.institution(), permit.key());
    set_hash(db, whose, hash, now).await?;
    // Whoever has unlocked the keys and chooses a password is the owner: what a link did before is over (R-ACC-12).
    let sql = "UPDATE credential SET reset_at = NULL WHERE institution = $1 AND person = $2 \
               AND EXISTS (SELECT 1 FROM session WHERE institution = $1 AND token = $3 AND proved)";
    db.run(sql, [of(permit.institution()), id(permit.key()), keep.into()]).await?;
    let sql = "DELETE FROM session WHERE institution = $1 AND person = $2 AND token <> $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), keep.into()]).await?;
    links::tell_password(db, whose, (now, ids)).await?;
    account_lines::put(db, whose, (Line::Password, now)).await
}

/// A session as it stands.
#[derive(Debug, Clone)]
pub struct Session {
    /// Whose.
    pub person: PersonId,
    /// What its forms must carry.
    pub csrf: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// The name for the page's head.
    pub name: String,
    /// What the person does, or else the area, for the page's head.
    pub job: String,
    /// Whether the key `n` notes a conversation.
    pub note_key: bool,
    /// The organisation chart at that moment.
    pub chart: Arc<Chart>,
    /// When a password was chosen with a link before this session, which has not unlocked the keys since; and whether
    /// there are keys to unlock (R-ACC-12).
    pub reset: Option<(Timestamp, bool)>,
}

row! {
struct SessionRow {
    person: Uuid,
    csrf: String,
    began_at: i64,
    seen_at: i64,
    name: String,
    job: String,
    area: Option<String>,
    note_key: bool,
    chart: i64,
    reset_at: Option<i64>,
    keys: Option<Uuid>,
}
}

/// The session with this token's hash.
///
/// # Errors
/// A fault of the database.
pub async fn session(db: &Db, institution: InstitutionId, token: &str) -> Result<Option<Session>, Fault> {
    let sql = "SELECT s.person, s.csrf, s.began_at, s.seen_at, p.name, p.job, a.name AS area, p.note_key, g.chart, \
                 c.reset_at, k.person AS keys FROM session s \
               JOIN programme g ON g.institution = s.institution \
               JOIN person p ON p.institution = s.institution AND p.id = s.person \
               LEFT JOIN area a ON a.institution = p.institution AND a.id = p.area \
               LEFT JOIN credential c ON c.institution = s.institution AND c.person = s.person \
                 AND c.reset_at <= s.began_at AND NOT s.proved \
               LEFT JOIN key_set k ON k.institution = c.institution AND k.person = c.person AND c.reset_at IS NOT NULL \
               WHERE s.institution = $1 AND s.token = $2";
    let Some(row) = db.first::<SessionRow, 2>(sql, [of(institution), token.into()]).await? else { return Ok(None) };
    Ok(Some(Session {
        person: PersonId(row.person),
        csrf: row.csrf,
        began: instant(row.began_at)?,
        seen: instant(row.seen_at)?,
        name: row.name,
        job: if row.job.is_empty() { row.area.unwrap_or_default() } else { row.job },
        note_key: row.note_key,
        chart: db.chart_of(institution, row.chart).await?,
        reset: row.reset_at.map(instant).transpose()?.map(|at| (at, row.keys.is_some())),
    }))
}

/// What a new session is made of: hashes of its token and the text its forms carry.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// The hash of the token.
    pub token: &'a str,
    /// What its forms must carry.
    pub csrf: &'a str,
    /// The browser in rough words (R-ACC-9).
    pub device: &'a str,
    /// When it begins.
    pub now: Timestamp,
}

pub(crate) async fn begin(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    new: NewSession<'_>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO session (institution, token, person, csrf, began_at, seen_at, device) VALUES ($1, $2, $3, $4, $5, $5, $6)";
    let values = [of(institution), new.token.into(), id(person), new.csrf.into(), seconds(new.now), new.device.into()];
    db.run(sql, values).await?;
    mail::looked(db, institution, person).await
}

/// Begins a session after the password was right.
///
/// # Errors
/// A fault of the database.
pub async fn sign_in(db: &Db, permit: &Permit<SignIn>, new: NewSession<'_>) -> Result<(), Fault> {
    begin(db, (permit.institution(), permit.key()), new).await
}

/// Begins a session in the sample college.
///
/// # Errors
/// A fault of the database.
pub async fn sign_in_as_sample(db: &Db, permit: &Permit<SignInAsSample>, new: NewSession<'_>) -> Result<(), Fault> {
    begin(db, (permit.institution(), permit.key()), new).await
}

/// Notes that a session was used, and that its owner has looked at what was waiting. Called at most once a minute for each.
///
/// # Errors
/// A fault of the database.
pub async fn seen(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    token: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE session SET seen_at = $3 WHERE institution = $1 AND token = $2";
    db.run(sql, [of(institution), token.into(), seconds(now)]).await?;
    mail::looked(db, institution, person).await
}

/// A session of one's own, as its list shows it (R-ACC-9).
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// The hash of its token.
    pub token: String,
    /// The browser in rough words.
    pub device: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
}

row! {
    struct OwnSessionRow {
        token: String,
        device: String,
        began_at: i64,
        seen_at: i64,
    }
}

/// One's own sessions, the last used first.
///
/// # Errors
/// A fault of the database.
pub async fn sessions(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<OwnSession>, Fault> {
    let sql = "SELECT token, device, began_at, seen_at FROM session WHERE institution = $1 AND person = $2 \
               ORDER BY seen_at DESC, token";
    let rows = db.all::<OwnSessionRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let session = |row: OwnSessionRow| {
        let (began, seen) = (instant(row.began_at)?, instant(row.seen_at)?);
        Ok(OwnSession { token: row.token, device: row.device, began, seen })
    };
    rows.into_iter().map(session).collect()
}

/// Ends one of one's own sessions.
///
/// # Errors
/// A fault of the database.
pub async fn end_session(db: &Db, permit: &Permit<EndOwnSession>, token: &str) -> Result<(), Fault> {
    let sql = "DELETE FROM session WHERE institution = $1 AND person = $2 AND token = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), token.into()]).await.map(drop)
}

/// Ends one session. Whoever holds its token may end it.
///
/// # Errors
/// A fault of the database.
pub async fn sign_out(db: &Db, institution: InstitutionId, token: &str) -> Result<(), Fault> {
    db.run("DELETE FROM session WHERE institution = $1 AND token = $2", [of(institution), token.into()]).await.map(drop)
}

/// Ends all of somebody's sessions but one.
///
/// # Errors
/// A fault of the database.
pub async fn sign_out_everywhere(db: &Db, permit: &Permit<SignOutEverywhere>, keep: &str) -> Result<(), Fault> {
    let sql = "DELETE FROM session WHERE institution = $1 AND person = $2 AND token <> $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), keep.into()]).await.map(drop)
}

/// Notes that a session has unlocked the keys (R-ACC-12).
///
/// # Errors
/// A fault of the database.
pub async fn proved(db: &Db, permit: &Permit<ProveKeys>, token: &str) -> Result<(), Fault> {
    let sql = "UPDATE session SET proved = TRUE WHERE institution = $1 AND person = $2 AND token = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), token.into()]).await.map(drop)
}

/// Switches the key `n` on or off.
///
/// # Errors
/// A fault of the database.
pub async fn set_note_key(db: &Db, permit: &Permit<SetPreferences>, on: bool) -> Result<(), Fault> {
    let sql = "UPDATE person SET note_key = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key()), on.into()]).await.map(drop)
}

/// Clears sessions, links and mail that are past their date.
///
/// # Errors
/// A fault of the database.
pub async fn clear_expired(
    db: &Db,
    permit: &Permit<ClearExpired>,
    (idle, begun, now): (Timestamp, Timestamp, Timestamp),
) -> Result<u64, Fault> {
    let institution = of(permit.institution());
    let sessions = "DELETE FROM session WHERE institution = $1 AND (seen_at < $2 OR began_at < $3)";
    let mut gone = db.run(sessions, [institution.clone(), seconds(idle), seconds(begun)]).await?;
    let links = "DELETE FROM set_up_link WHERE institution = $1 AND expires_at < $2";
    gone += db.run(links, [institution.clone(), seconds(now)]).await?;
    Ok(gone + outbox::clear(db, permit, now).await?)
}
