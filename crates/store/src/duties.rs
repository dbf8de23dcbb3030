//! Work outside the role: the practitioner's own record, and what was raised with the programme leads (R-BOU-2 to R-BOU-4).

use domain::duties::{Answer, DutyKind};
use domain::ids::{DutyId, InstitutionId, PersonId};
use domain::minutes::Minutes;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{AnswerDuty, NoteDuty, RaiseDuty, RemoveDuty, SeeOwnAccount, SeeOwnHours, SeeRaisedDuties};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of, seconds};
use crate::row::row;

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Which.
    pub id: DutyId,
    /// The day.
    pub day: Date,
    /// What was asked.
    pub kind: DutyKind,
    /// How long it took; `None` when it was refused.
    pub took: Option<Minutes>,
    /// Whether it was raised with the programme lead.
    pub raised: bool,
    /// What a lead answered.
    pub answer: Option<Answer>,
}

/// A duty that was raised, with whose it is.
#[derive(Debug, Clone)]
pub struct Raised {
    /// The practitioner's name.
    pub name: String,
    /// The duty.
    pub duty: Duty,
}

row! {
    struct DutyRow {
        id: Uuid,
        person: Uuid,
        day: String,
        kind: String,
        minutes: Option<i64>,
        raised_at: Option<i64>,
        answer: Option<String>,
    }
}

const COLUMNS: &str = "id, person, day, kind, minutes, raised_at, answer";

fn duty(row: &DutyRow) -> Result<Duty, Fault> {
    let answer = row.answer.as_deref().map(|code| Answer::from_code(code).ok_or(Fault::Unreadable("answer")));
    Ok(Duty {
        id: DutyId(row.id),
        day: day(&row.day)?,
        kind: DutyKind::from_code(&row.kind).ok_or(Fault::Unreadable("duty"))?,
        took: row.minutes.map(Minutes),
        raised: row.raised_at.is_some(),
        answer: answer.transpose()?,
    })
}

/// Whether a duty is noted already.
///
/// # Errors
/// A fault of the database.
pub async fn is_noted(db: &Db, permit: &Permit<NoteDuty>, duty: DutyId) -> Result<bool, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM duty WHERE institution = $1 AND id = $2");
    Ok(db.first::<DutyRow, 2>(&sql, [of(permit.institution()), id(duty)]).await?.is_some())
}

/// Notes a duty, raised or not.
///
/// # Errors
/// A fault of the database.
pub async fn note(db: &Db, permit: &Permit<NoteDuty>, duty: &Duty, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO duty (institution, id, person, day, kind, minutes, noted_at, raised_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        of(permit.institution()),
        id(duty.id),
        id(permit.key()),
        duty.day.to_string().into(),
        duty.kind.code().into(),
        duty.took.map(|took| took.0).into(),
        seconds(now),
        duty.raised.then(|| now.as_second()).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// One's own duties between two days, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnHours>, days: (Date, Date)) -> Result<Vec<Duty>, Fault> {
    between(db, (permit.institution(), permit.key()), days).await
}

/// One's own duties of all years, newest first: also of whoever is a practitioner no more (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<Duty>, Fault> {
    between(db, (permit.institution(), permit.key()), (Date::ZERO, Date::MAX)).await
}

async fn between(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (first, last): (Date, Date),
) -> Result<Vec<Duty>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM duty WHERE institution = $1 AND person = $2 AND day >= $3 AND day <= $4 \
         ORDER BY day DESC, noted_at DESC, id"
    );
    let values = [of(institution), id(person), first.to_string().into(), last.to_string().into()];
    db.all::<DutyRow, 4>(&sql, values).await?.iter().map(duty).collect()
}

/// Takes a duty of one's own out; says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<RemoveDuty>, duty: DutyId) -> Result<bool, Fault> {
    let sql = "DELETE FROM duty WHERE institution = $1 AND person = $2 AND id = $3";
    Ok(db.run(sql, [of(permit.institution()), id(permit.key()), id(duty)]).await? > 0)
}

/// Raises a duty of one's own with the leads, or takes that back, while nobody has answered; says whether anything changed.
///
/// # Errors
/// A fault of the database.
pub async fn raise(
    db: &Db,
    permit: &Permit<RaiseDuty>,
    (duty, when): (DutyId, Option<Timestamp>),
) -> Result<bool, Fault> {
    let sql = "UPDATE duty SET raised_at = $4 WHERE institution = $1 AND person = $2 AND id = $3 AND answer IS NULL \
                 AND (raised_at IS NULL) = $5";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        id(duty),
        when.map(Timestamp::as_second).into(),
        when.is_some().into(),
    ];
    Ok(db.run(sql, values).await? > 0)
}

/// What was raised, the newest first; what nobody has answered before the rest.
///
/// # Errors
/// A fault of the database.
pub async fn raised(db: &Db, permit: &Permit<SeeRaisedDuties>) -> Result<Vec<Raised>, Fault> {
    let institution = permit.institution();
    let sql = format!(
        "SELECT {COLUMNS} FROM duty WHERE institution = $1 AND raised_at IS NOT NULL \
         ORDER BY CASE WHEN answer IS NULL THEN 0 ELSE 1 END, raised_at DESC, id LIMIT 100"
    );
    let chart = db.chart(institution).await?;
    let rows = db.all::<DutyRow, 1>(&sql, [of(institution)]).await?;
    let named = |row: &DutyRow| {
        let name = chart.person(PersonId(row.person)).map(|one| one.name.clone()).unwrap_or_default();
        Ok(Raised { name, duty: duty(row)? })
    };
    rows.iter().map(named).collect()
}

/// Answers what was raised and not answered yet; says whose it is.
///
/// # Errors
/// A fault of the database.
pub async fn answer(
    db: &Db,
    permit: &Permit<AnswerDuty>,
    (duty, answer): (DutyId, Answer),
) -> Result<Option<PersonId>, Fault> {
    let institution = of(permit.institution());
    let sql =
        "UPDATE duty SET answer = $3 WHERE institution = $1 AND id = $2 AND raised_at IS NOT NULL AND answer IS NULL";
    if db.run(sql, [institution.clone(), id(duty), answer.code().into()]).await? == 0 {
        return Ok(None);
    }
    let sql = format!("SELECT {COLUMNS} FROM duty WHERE institution = $1 AND id = $2");
    Ok(db.first::<DutyRow, 2>(&sql, [institution, id(duty)]).await?.map(|row| PersonId(row.person)))
}
