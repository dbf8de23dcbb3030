//! The outbox: mail that is written and not delivered yet. It is written in the unit of work of what causes it and is gone
//! once it is delivered; nothing counts it (R-MAI-5, R-MAI-6).

use domain::calendar::{Invitation, Method};
use domain::ids::{Ids, InstitutionId, InvitationId, MailId, PersonId};
use domain::mail::{Failure, GIVE_UP_HOURS, Matter};
use jiff::{Timestamp, ToSpan};
use policies::acts::{ClearExpired, DeliverMail, SeeMailState};
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::mail::looked;
use crate::participants::chance;
use crate::row::row;

/// A mail as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter<'a> {
    /// For whom.
    pub person: PersonId,
    /// What it is about.
    pub matter: Matter,
    /// The link's secret, or nothing.
    pub secret: &'a str,
    /// A time for the reader's calendar, or nothing.
    pub time: Option<&'a Invitation>,
    /// When it is given up at the latest.
    pub until: Timestamp,
}

impl<'a> Letter<'a> {
    /// A mail without a link.
    pub(crate) fn plain(person: PersonId, matter: Matter, now: Timestamp) -> Self {
        Self { person, matter, secret: "", time: None, until: now.saturating_add(GIVE_UP_HOURS.hours()).unwrap_or(now) }
    }
}

/// Puts a mail into the outbox. Its identifier is chosen here, so that every try sends the same message (R-MAI-6).
///
/// # Errors
/// A fault of the database.
pub(crate) async fn queue(
    db: &Db,
    (institution, ids): (InstitutionId, Ids<'_>),
    letter: Letter<'_>,
    (email, now): (&str, Timestamp),
) -> Result<(), Fault> {
    let sql = "INSERT INTO outbox (institution, id, person, matter, email, secret, written_at, give_up_at, tries, \
                 next_at, failure, given_up, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $7, '', FALSE, $9)";
    let fresh: MailId = ids.fresh();
    let sealed = match letter.time {
        Some(time) => sealed(db, (institution, letter.person), (fresh, time))?,
        None => String::new(),
    };
    let values = [
        of(institution),
        id(fresh),
        id(letter.person),
        letter.matter.code().into(),
        email.into(),
        letter.secret.into(),
        seconds(now),
        seconds(letter.until),
        sealed.into(),
    ];
    db.run(sql, values).await.map(drop)
}

fn place(mail: MailId) -> Context {
    Context::of("time").with("mail", mail.to_string())
}

/// A time in the outbox lies under its reader's key, so that a copy of the database alone does not tell who meets when.
fn sealed(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (mail, time): (MailId, &Invitation),
) -> Result<String, Fault> {
    let pepper = db.keyring().pepper(institution, person, chance()?)?;
    let layer = Layer::of(&pepper).map_err(|_| Fault::Unreadable("key"))?;
    layer.seal(&time.code(), &place(mail), chance()?).map_err(|_| Fault::Unreadable("time"))
}

/// The time of a mail; `None` when its key is gone.
fn opened(db: &Db, institution: InstitutionId, row: &WaitingRow) -> Result<Option<Invitation>, Fault> {
    if row.sealed.is_empty() {
        return Ok(None);
    }
    let Some(pepper) = db.keyring().known_pepper(institution, PersonId(row.person))? else { return Ok(None) };
    let layer = Layer::of(&pepper).map_err(|_| Fault::Unreadable("key"))?;
    let code = layer.open(&row.sealed, &place(MailId(row.id))).ok();
    Ok(code.and_then(|code| Invitation::from_code(&code)))
}

/// Takes mail about the same time of somebody's calendar back that was not delivered yet; whether none about it can have
/// been delivered, so that their calendar does not know of it.
///
/// # Errors
/// A fault of the database or the keyring.
pub(crate) async fn supersede(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (uid, now): (InvitationId, Timestamp),
) -> Result<bool, Fault> {
    let sql = "SELECT id, person, matter, email, secret, written_at, tries, sealed FROM outbox \
               WHERE institution = $1 AND person = $2 AND matter = 'time'";
    let mut unknown = false;
    for row in db.all::<WaitingRow, 2>(sql, [of(institution), id(person)]).await? {
        let Some(time) = opened(db, institution, &row)?.filter(|time| time.uid == uid) else { continue };
        let untouched = row.tries == 0 && row.written_at > now.as_second();
        unknown |= untouched && time.sequence == 0 && time.method == Method::Request;
        db.run("DELETE FROM outbox WHERE institution = $1 AND id = $2", [of(institution), id(MailId(row.id))]).await?;
    }
    Ok(unknown)
}

/// Takes mail with links that are not delivered yet back: a newer one is on its way, or there is nobody to use them.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn drop_links(db: &Db, institution: InstitutionId, person: PersonId) -> Result<(), Fault> {
    let sql = "DELETE FROM outbox WHERE institution = $1 AND person = $2 AND secret <> ''";
    db.run(sql, [of(institution), id(person)]).await.map(drop)
}

/// Takes all mail for somebody back, and forgets that anything was waiting: the account was switched off.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn drop_all(db: &Db, institution: InstitutionId, person: PersonId) -> Result<(), Fault> {
    db.run("DELETE FROM outbox WHERE institution = $1 AND person = $2", [of(institution), id(person)]).await?;
    looked(db, institution, person).await
}

/// A mail that waits to be delivered.
#[derive(Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which; the same at every try.
    pub id: MailId,
    /// What it is about.
    pub matter: Matter,
    /// To which address.
    pub email: String,
    /// The link's secret, or nothing.
    pub secret: String,
    /// A time for the reader's calendar, if it is about one.
    pub time: Option<Invitation>,
    /// When it was written.
    pub written: Timestamp,
    /// How often it was tried.
    pub tries: i64,
}

/// Neither address nor secret comes into a log by accident.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Waiting").finish_non_exhaustive()
    }
}

row! {
    struct WaitingRow {
        id: Uuid,
        person: Uuid,
        matter: String,
        email: String,
        secret: String,
        written_at: i64,
        tries: i64,
        sealed: String,
    }
}

/// Mail to be delivered now, at most so many, in no order of time.
///
/// # Errors
/// A fault of the database.
pub async fn to_deliver(
    db: &Db,
    permit: &Permit<DeliverMail>,
    (now, most): (Timestamp, i64),
) -> Result<Vec<Waiting>, Fault> {
    let sql = "SELECT id, person, matter, email, secret, written_at, tries, sealed FROM outbox \
               WHERE institution = $1 AND next_at <= $2 AND NOT given_up AND give_up_at > $2 \
               ORDER BY id LIMIT CAST($3 AS bigint)";
    let rows = db.all::<WaitingRow, 3>(sql, [of(permit.institution()), seconds(now), most.into()]).await?;
    let waiting = |row: WaitingRow| {
        Ok(Waiting {
            id: MailId(row.id),
            time: opened(db, permit.institution(), &row)?,
            matter: Matter::from_code(&row.matter).ok_or(Fault::Unreadable("mail"))?,
            email: row.email,
            secret: row.secret,
            written: instant(row.written_at)?,
            tries: row.tries,
        })
    };
    rows.into_iter().map(waiting).collect()
}

/// Forgets a mail that was delivered (R-MAI-5).
///
/// # Errors
/// A fault of the database.
pub async fn delivered(db: &Db, permit: &Permit<DeliverMail>, mail: MailId) -> Result<(), Fault> {
    db.run("DELETE FROM outbox WHERE institution = $1 AND id = $2", [of(permit.institution()), id(mail)])
        .await
        .map(drop)
}

/// Notes that a try failed, and when the next one is; `None` gives the mail up (R-MAI-7). That it was about a time is forgotten then.
///
/// # Errors
/// A fault of the database.
pub async fn failed(
    db: &Db,
    permit: &Permit<DeliverMail>,
    mail: MailId,
    (failure, next): (Failure, Option<Timestamp>),
) -> Result<(), Fault> {
    let (institution, mail) = (of(permit.institution()), id(mail));
    let Some(next) = next else {
        let sql = "UPDATE outbox SET tries = tries + 1, failure = $3, given_up = TRUE, secret = '', sealed = '', \
                   matter = CASE WHEN matter = 'time' THEN 'waiting' ELSE matter END \
                   WHERE institution = $1 AND id = $2";
        return db.run(sql, [institution, mail, failure.code().into()]).await.map(drop);
    };
    let sql = "UPDATE outbox SET tries = tries + 1, failure = $3, next_at = $4 WHERE institution = $1 AND id = $2";
    db.run(sql, [institution, mail, failure.code().into(), seconds(next)]).await.map(drop)
}

/// Gives up what is past its time; says whether there was any (R-MAI-7).
///
/// # Errors
/// A fault of the database.
pub async fn give_up(db: &Db, permit: &Permit<DeliverMail>, now: Timestamp) -> Result<bool, Fault> {
    let sql = "UPDATE outbox SET given_up = TRUE, secret = '', sealed = '', \
                 matter = CASE WHEN matter = 'time' THEN 'waiting' ELSE matter END \
               WHERE institution = $1 AND give_up_at <= $2 AND NOT given_up";
    Ok(db.run(sql, [of(permit.institution()), seconds(now)]).await? > 0)
}

/// Whether mail is stuck: no address, no number, no matter (R-MAI-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MailState {
    /// Since when the oldest mail that failed waits.
    pub stuck_since: Option<Timestamp>,
    /// What went wrong last, with what is stuck or was given up.
    pub failure: Option<Failure>,
    /// Whether any was given up in the last thirty days.
    pub given_up: bool,
}

row! {
    struct StateRow {
        written_at: i64,
        failure: String,
        given_up: bool,
    }
}

/// Whether mail is stuck.
///
/// # Errors
/// A fault of the database.
pub async fn state(db: &Db, permit: &Permit<SeeMailState>) -> Result<MailState, Fault> {
    let sql = "SELECT written_at, failure, given_up FROM outbox WHERE institution = $1 AND (tries > 0 OR given_up) \
               ORDER BY written_at";
    let rows = db.all::<StateRow, 1>(sql, [of(permit.institution())]).await?;
    let stuck = rows.iter().find(|row| !row.given_up);
    Ok(MailState {
        stuck_since: stuck.map(|row| instant(row.written_at)).transpose()?,
        failure: rows.iter().rev().find_map(|row| Failure::from_code(&row.failure)),
        given_up: rows.iter().any(|row| row.given_up),
    })
}

/// Clears given-up mail after thirty days, former addresses after three, lines about accounts after a year, rounds after sixty.
///
/// # Errors
/// A fault of the database.
pub async fn clear(db: &Db, permit: &Permit<ClearExpired>, now: Timestamp) -> Result<u64, Fault> {
    let before = |days: i64| seconds(now.saturating_sub((days * 24).hours()).unwrap_or(now));
    let day = |days: i64| {
        let then = now.saturating_sub((days * 24).hours()).unwrap_or(now);
        then.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
    };
    let institution = of(permit.institution());
    let mut gone = 0;
    for (sql, days) in [
        ("DELETE FROM outbox WHERE institution = $1 AND given_up AND give_up_at < $2", 30),
        ("DELETE FROM former_address WHERE institution = $1 AND changed_at < $2", 3),
        ("DELETE FROM account_line WHERE institution = $1 AND at < $2", 365),
    ] {
        gone += db.run(sql, [institution.clone(), before(days)]).await?;
    }
    let rounds = "DELETE FROM mail_round WHERE institution = $1 AND day < $2";
    gone += db.run(rounds, [institution, day(60).into()]).await?;
    Ok(gone)
}
