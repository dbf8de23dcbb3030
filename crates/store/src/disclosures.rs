//! One thing that was passed to the safeguarding leads: its sealed text and keys, when it was opened and told, what was decided,
//! and its end. Rules R-SAF-3 to R-SAF-8.

use domain::ids::{DisclosureId, PersonId, ThreadId};
use domain::safeguarding::Reason;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{
    Act, CloseDisclosure, Disclose, EscalateDisclosures, ReadDisclosure, ReturnDisclosureKey, ReviewDisclosure,
    TellSubject,
};
use policies::facts::DisclosureFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of, seconds};
use crate::keys::Public;
use crate::retention;
use crate::row::row;
use crate::safeguarding::{Named, PersonRow, is_lead, name};

/// Acts on one disclosure.
pub trait OnDisclosure: Act<On = DisclosureFacts> {}
impl OnDisclosure for ReadDisclosure {}
impl OnDisclosure for TellSubject {}
impl OnDisclosure for ReviewDisclosure {}
impl OnDisclosure for ReturnDisclosureKey {}

/// Acts with which its key is given.
pub trait Gives: Act {}
impl Gives for Disclose {}
impl Gives for TellSubject {}
impl Gives for ReturnDisclosureKey {}

/// Acts that decide whether to tell.
pub trait Decides: OnDisclosure {}
impl Decides for TellSubject {}
impl Decides for ReviewDisclosure {}

/// Its key, wrapped for one person.
#[derive(Debug, Clone)]
pub struct Grant {
    /// For whom.
    pub person: PersonId,
    /// The thumbprint of the key it is for.
    pub kid: String,
    /// Who gives it.
    pub giver: PersonId,
    /// The giver's public keys at that moment.
    pub giver_keys: Public,
    /// The signed grant, under the outer layer.
    pub wrapped: String,
}

/// Saves a grant of its key, in place of an earlier one for the same key of that person.
///
/// # Errors
/// A fault of the database.
pub async fn grant<A: Gives>(
    db: &Db,
    permit: &Permit<A>,
    (disclosure, grant): (DisclosureId, &Grant),
) -> Result<(), Fault> {
    let sql = "INSERT INTO disclosure_grant \
               (institution, disclosure, person, kid, giver, giver_kid, giver_sealing, giver_signing, wrapped) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        of(permit.institution()),
        id(disclosure),
        id(grant.person),
        (&grant.kid).into(),
        id(grant.giver),
        (&grant.giver_keys.kid).into(),
        (&grant.giver_keys.sealing).into(),
        (&grant.giver_keys.signing).into(),
        (&grant.wrapped).into(),
    ];
    db.run(sql, values).await.map(drop)
}

row! {
    struct SealedRow {
        sealed: String,
    }
}

/// The sealed text.
///
/// # Errors
/// A fault of the database.
pub async fn sealed(db: &Db, permit: &Permit<ReadDisclosure>) -> Result<String, Fault> {
    let sql = "SELECT sealed FROM disclosure WHERE institution = $1 AND id = $2";
    let row = db.first::<SealedRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.ok_or(Fault::Missing("disclosure"))?.sealed)
}

row! {
    struct GrantRow {
        person: Uuid,
        kid: String,
        giver: Uuid,
        giver_kid: String,
        giver_sealing: String,
        giver_signing: String,
        wrapped: String,
    }
}

/// The grants for a key of somebody's.
///
/// # Errors
/// A fault of the database.
pub async fn grants<A: OnDisclosure>(
    db: &Db,
    permit: &Permit<A>,
    (person, kid): (PersonId, &str),
) -> Result<Vec<Grant>, Fault> {
    let sql = "SELECT person, kid, giver, giver_kid, giver_sealing, giver_signing, wrapped FROM disclosure_grant \
               WHERE institution = $1 AND disclosure = $2 AND person = $3 AND kid = $4";
    let values = [of(permit.institution()), id(permit.key()), id(person), kid.into()];
    let grant = |row: GrantRow| Grant {
        person: PersonId(row.person),
        kid: row.kid,
        giver: PersonId(row.giver),
        giver_keys: Public { kid: row.giver_kid, sealing: row.giver_sealing, signing: row.giver_signing },
        wrapped: row.wrapped,
    };
    Ok(db.all::<GrantRow, 4>(sql, values).await?.into_iter().map(grant).collect())
}

/// Notes that a lead has opened it, if nobody had. Says whether this is the first time (R-SAF-7).
///
/// # Errors
/// A fault of the database.
pub async fn open(db: &Db, permit: &Permit<ReadDisclosure>, (who, on): (PersonId, Date)) -> Result<bool, Fault> {
    let sql = "UPDATE disclosure SET opened = $3, opened_by = $4 WHERE institution = $1 AND id = $2 AND opened IS NULL";
    let values = [of(permit.institution()), id(permit.key()), on.to_string().into(), id(who)];
    Ok(db.run(sql, values).await? > 0)
}

/// Notes that the subject is told from this day on.
///
/// # Errors
/// A fault of the database.
pub async fn tell(db: &Db, permit: &Permit<TellSubject>, on: Date) -> Result<(), Fault> {
    let sql = "UPDATE disclosure SET told = $3 WHERE institution = $1 AND id = $2 AND told IS NULL";
    db.run(sql, [of(permit.institution()), id(permit.key()), on.to_string().into()]).await.map(drop)
}

/// Keeps it back until another day.
///
/// # Errors
/// A fault of the database.
pub async fn keep_back(
    db: &Db,
    permit: &Permit<ReviewDisclosure>,
    (reason, review): (Reason, Date),
) -> Result<(), Fault> {
    let sql = "UPDATE disclosure SET reason = $3, review = $4 WHERE institution = $1 AND id = $2";
    let values = [of(permit.institution()), id(permit.key()), reason.code().into(), review.to_string().into()];
    db.run(sql, values).await.map(drop)
}

/// A decision whether to tell: who, on which day, and why not; without a reason, to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided.
    pub who: Named,
    /// When.
    pub day: Date,
    /// Why not.
    pub reason: Option<Reason>,
}

row! {
    struct DecisionRow {
        person: Uuid,
        day: String,
        reason: Option<String>,
    }
}

/// What was decided, the first decision first (R-SAF-6).
///
/// # Errors
/// A fault of the database.
pub async fn decisions<A: OnDisclosure>(db: &Db, permit: &Permit<A>) -> Result<Vec<Decision>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let sql = "SELECT person, day, reason FROM disclosure_decision WHERE institution = $1 AND disclosure = $2 ORDER BY number";
    let rows = db.all::<DecisionRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let read = |row: DecisionRow| {
        let reason = row.reason.as_deref().map(|code| Reason::from_code(code).ok_or(Fault::Unreadable("reason")));
        Ok(Decision { who: name(&chart, PersonId(row.person)), day: day(&row.day)?, reason: reason.transpose()? })
    };
    rows.into_iter().map(read).collect()
}

/// Notes a decision behind those that stand.
///
/// # Errors
/// A fault of the database.
pub async fn decide<A: Decides>(
    db: &Db,
    permit: &Permit<A>,
    (who, on, reason): (PersonId, Date, Option<Reason>),
) -> Result<(), Fault> {
    let number = i64::try_from(decisions(db, permit).await?.len()).unwrap_or(i64::MAX - 1) + 1;
    let sql = "INSERT INTO disclosure_decision (institution, disclosure, number, person, day, reason) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        number.into(),
        id(who),
        on.to_string().into(),
        reason.map(Reason::code).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Deletes all of it. The key of its outer layer is destroyed after this is saved: see [`crate::retention::destroy`].
///
/// # Errors
/// A fault of the database.
pub async fn close(db: &Db, permit: &Permit<CloseDisclosure>, layer: ThreadId) -> Result<(), Fault> {
    retention::give_up_key(db, (permit.institution(), layer)).await?;
    let sql = "DELETE FROM disclosure WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

row! {
    struct WatchRow {
        id: Uuid,
        discloser: Uuid,
        made_at: i64,
        escalated_at: Option<i64>,
        is_opened: bool,
        review: Option<String>,
        reminded: Option<String>,
    }
}

/// What is to be watched of a disclosure that nobody has opened, or that is kept back.
#[derive(Debug, Clone)]
pub struct Watch {
    /// Which.
    pub id: DisclosureId,
    /// Who passed it on.
    pub discloser: PersonId,
    /// The leads it was sealed for who are leads today.
    pub leads: Vec<PersonId>,
    /// When it was passed on.
    pub made: Timestamp,
    /// When the leads were last told again.
    pub escalated: Option<Timestamp>,
    /// Whether a lead has opened it.
    pub is_opened: bool,
    /// The day on which telling is decided again, while it is kept back.
    pub review: Option<Date>,
    /// The day on which those who decide were last reminded.
    pub reminded: Option<Date>,
}

/// What nobody has opened, and what is kept back.
///
/// # Errors
/// A fault of the database.
pub async fn watched(db: &Db, permit: &Permit<EscalateDisclosures>) -> Result<Vec<Watch>, Fault> {
    let sql = "SELECT id, discloser, made_at, escalated_at, (opened IS NOT NULL) AS is_opened, \
                 CASE WHEN told IS NULL THEN review END AS review, reminded FROM disclosure \
               WHERE institution = $1 AND (opened IS NULL OR (reason IS NOT NULL AND told IS NULL)) ORDER BY id";
    let mut found = Vec::new();
    for row in db.all::<WatchRow, 1>(sql, [of(permit.institution())]).await? {
        let chart = db.chart(permit.institution()).await?;
        let sql = "SELECT person FROM disclosure_recipient WHERE institution = $1 AND disclosure = $2 ORDER BY person";
        let people = db.all::<PersonRow, 2>(sql, [of(permit.institution()), id(row.id)]).await?;
        let leads = people.into_iter().map(|row| PersonId(row.person)).filter(|person| is_lead(&chart, *person));
        found.push(Watch {
            id: DisclosureId(row.id),
            discloser: PersonId(row.discloser),
            leads: leads.collect(),
            made: instant(row.made_at)?,
            escalated: row.escalated_at.map(instant).transpose()?,
            is_opened: row.is_opened,
            review: row.review.as_deref().map(day).transpose()?,
            reminded: row.reminded.as_deref().map(day).transpose()?,
        });
    }
    Ok(found)
}

/// Notes that the leads were told again.
///
/// # Errors
/// A fault of the database.
pub async fn escalated(
    db: &Db,
    permit: &Permit<EscalateDisclosures>,
    (disclosure, now): (DisclosureId, Timestamp),
) -> Result<(), Fault> {
    let sql = "UPDATE disclosure SET escalated_at = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(disclosure), seconds(now)]).await.map(drop)
}

/// Notes that those who decide were reminded.
///
/// # Errors
/// A fault of the database.
pub async fn reminded(
    db: &Db,
    permit: &Permit<EscalateDisclosures>,
    (disclosure, on): (DisclosureId, Date),
) -> Result<(), Fault> {
    let sql = "UPDATE disclosure SET reminded = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(disclosure), on.to_string().into()]).await.map(drop)
}
