//! Links with which a password is chosen. They are kept as hashes; a mailed one stands in the outbox until it is delivered.

use std::collections::BTreeSet;

use domain::ids::{Ids, InstitutionId, PersonId};
use domain::mail::Matter;
use jiff::Timestamp;
use policies::acts::{Act, AskForLink, InviteEverybody, InvitePerson, IssueSetUpLink, SeePeople, UseSetUpLink};
use policies::permit::Permit;
use uuid::Uuid;

use crate::account_lines::{self, Line};
use crate::accounts::set_hash;
use crate::addresses;
use crate::db::{Db, Fault, id, of, seconds};
use crate::outbox::{self, Letter};
use crate::row::row;

row! {
    struct PersonRow {
        person: Uuid,
    }
}

async fn replace(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (digest, expires): (&str, Timestamp),
) -> Result<(), Fault> {
    let gone = "DELETE FROM set_up_link WHERE institution = $1 AND person = $2";
    db.run(gone, [of(institution), id(person)]).await?;
    outbox::drop_links(db, institution, person).await?;
    let sql = "INSERT INTO set_up_link (institution, token, person, expires_at) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(institution), digest.into(), id(person), seconds(expires)]).await.map(drop)
}

/// Issues a set-up link; an earlier one stops working (R-ACC-5).
///
/// # Errors
/// A fault of the database.
pub async fn issue(db: &Db, permit: &Permit<IssueSetUpLink>, digest: &str, expires: Timestamp) -> Result<(), Fault> {
    replace(db, (permit.institution(), permit.key()), (digest, expires)).await
}

/// The acts that have a link mailed.
pub trait MailsLink: Act {}
impl MailsLink for AskForLink {}
impl MailsLink for InvitePerson {}
impl MailsLink for InviteEverybody {}

/// A link on its way by mail.
#[derive(Clone, Copy)]
pub struct Mailed<'a> {
    /// The secret, for the mail alone.
    pub token: &'a str,
    /// What is kept of it.
    pub digest: &'a str,
    /// Set-up or reset.
    pub matter: Matter,
    /// Until when it works.
    pub until: Timestamp,
    /// What the owner reads about it.
    pub line: Line,
}

/// Issues a link and puts its mail into the outbox, to the address links go to (R-ACC-10).
///
/// # Errors
/// A fault of the database.
pub async fn mail<A: MailsLink>(
    db: &Db,
    permit: &Permit<A>,
    (person, mailed): (PersonId, Mailed<'_>),
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let institution = permit.institution();
    let email = addresses::for_links(db, institution, person, now).await?.ok_or(Fault::Missing("address"))?;
    replace(db, (institution, person), (mailed.digest, mailed.until)).await?;
    let letter = Letter { person, matter: mailed.matter, secret: mailed.token, time: None, until: mailed.until };
    outbox::queue(db, (institution, ids), letter, (&email, now)).await?;
    account_lines::put(db, (institution, person), (mailed.line, now)).await
}

/// Whose link this is, if it still works.
///
/// # Errors
/// A fault of the database.
pub async fn find(
    db: &Db,
    institution: InstitutionId,
    digest: &str,
    now: Timestamp,
) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT person FROM set_up_link WHERE institution = $1 AND token = $2 AND expires_at > $3";
    let row = db.first::<PersonRow, 3>(sql, [of(institution), digest.into(), seconds(now)]).await?;
    Ok(row.map(|row| PersonId(row.person)))
}

async fn has_password(db: &Db, institution: InstitutionId, person: PersonId) -> Result<bool, Fault> {
    let sql = "SELECT person FROM credential WHERE institution = $1 AND person = $2";
    let row = db.first::<PersonRow, 2>(sql, [of(institution), id(person)]).await?;
    Ok(row.is_some_and(|row| row.person == person.0))
}

/// Whether whoever asks for a link has a password already.
///
/// # Errors
/// A fault of the database.
pub async fn is_set_up(db: &Db, permit: &Permit<AskForLink>) -> Result<bool, Fault> {
    has_password(db, permit.institution(), permit.key()).await
}

/// Whether whoever is to be invited has no password yet.
///
/// # Errors
/// A fault of the database.
pub async fn is_without(db: &Db, permit: &Permit<InvitePerson>) -> Result<bool, Fault> {
    Ok(!has_password(db, permit.institution(), permit.key()).await?)
}

/// Everybody active without a password.
///
/// # Errors
/// A fault of the database.
pub async fn without_password(db: &Db, permit: &Permit<InviteEverybody>) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT p.id AS person FROM person p \
               LEFT JOIN credential c ON c.institution = p.institution AND c.person = p.id \
               WHERE p.institution = $1 AND p.active AND c.person IS NULL ORDER BY p.id";
    let rows = db.all::<PersonRow, 1>(sql, [of(permit.institution())]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

/// How far accounts are, for the list of staff: who has a password, and who has a link that still works.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Those with a password.
    pub set_up: BTreeSet<PersonId>,
    /// Those with a link.
    pub invited: BTreeSet<PersonId>,
}

/// How far accounts are. Depends on nobody's support.
///
/// # Errors
/// A fault of the database.
pub async fn progress(db: &Db, permit: &Permit<SeePeople>, now: Timestamp) -> Result<Progress, Fault> {
    let institution = of(permit.institution());
    let people = |rows: Vec<PersonRow>| rows.into_iter().map(|row| PersonId(row.person)).collect();
    let sql = "SELECT person FROM credential WHERE institution = $1";
    let set_up = people(db.all::<PersonRow, 1>(sql, [institution.clone()]).await?);
    let sql = "SELECT person FROM set_up_link WHERE institution = $1 AND expires_at > $2";
    let invited = people(db.all::<PersonRow, 2>(sql, [institution, seconds(now)]).await?);
    Ok(Progress { set_up, invited })
}

/// Chooses a password with a link, which is then used up; every session ends. If there was a password before, that is
/// told by mail, everywhere the person may look (R-ACC-8).
///
/// # Errors
/// A fault of the database.
pub async fn set_up(
    db: &Db,
    permit: &Permit<UseSetUpLink>,
    hash: &str,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let (institution, person) = (permit.institution(), permit.key());
    let before = has_password(db, institution, person).await?;
    set_hash(db, (institution, person), hash, now).await?;
    for sql in [
        "DELETE FROM set_up_link WHERE institution = $1 AND person = $2",
        "DELETE FROM session WHERE institution = $1 AND person = $2",
    ] {
        db.run(sql, [of(institution), id(person)]).await?;
    }
    outbox::drop_links(db, institution, person).await?;
    if before {
        // From now on a session has to unlock the keys before it shows whom somebody works with (R-ACC-12).
        let sql = "UPDATE credential SET reset_at = $3 WHERE institution = $1 AND person = $2";
        db.run(sql, [of(institution), id(person), seconds(now)]).await?;
        tell_password(db, (institution, person), (now, ids)).await?;
    }
    account_lines::put(db, (institution, person), (if before { Line::Reset } else { Line::SetUp }, now)).await
}

/// Tells somebody that their password was changed.
pub(crate) async fn tell_password(
    db: &Db,
    whose: (InstitutionId, PersonId),
    when: (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    tell(db, whose, Matter::Password, when).await
}

/// Tells somebody about the own account, everywhere they may look.
pub(crate) async fn tell(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    matter: Matter,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    for email in addresses::told_at(db, institution, person, now).await? {
        let letter = Letter::plain(person, matter, now);
        outbox::queue(db, (institution, ids), letter, (&email, now)).await?;
    }
    Ok(())
}
