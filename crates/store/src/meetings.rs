//! Meetings: booking within the practitioner's diary, and what became of them.

use domain::ids::{InstitutionId, MeetingId, PersonId, ThreadId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::Form;
use domain::support::Slot;
use domain::weekly::WeeklySpan;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{AcceptTime, RecordMeeting, SeeOwnWeek};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::row::row;
use crate::threads::ChangesThread;

row! {
struct SlotRow {
    id: Uuid,
    starts_at: i64,
    length: i64,
}
}

row! {
struct SumRow {
    sum: Option<i64>,
}
}

/// The practitioner's meetings that are booked around a time, but for one that is to be replaced.
///
/// # Errors
/// A fault of the database.
pub async fn booked_around<A: ChangesThread>(
    db: &Db,
    permit: &Permit<A>,
    practitioner: PersonId,
    (slot, but): (&Slot, Option<MeetingId>),
) -> Result<Vec<Slot>, Fault> {
    let sql = "SELECT m.id, m.starts_at, m.length FROM meeting m \
               JOIN participant p ON p.institution = m.institution AND p.thread = m.thread \
               WHERE m.institution = $1 AND p.person = $2 AND m.state = 'booked' AND m.starts_at < $3 AND m.starts_at > $4";
    // No meeting is longer than eight hours.
    let (until, from) = (slot.ends().as_second(), slot.starts.as_second() - 8 * 3600);
    let rows = db
        .all::<SlotRow, 4>(sql, [of(permit.institution()), id(practitioner), until.into(), (from - 1).into()])
        .await?;
    rows.into_iter()
        .filter(|row| Some(MeetingId(row.id)) != but)
        .map(|row| Ok(Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) }))
        .collect()
}

/// Somebody's weekly teaching, with its labels.
///
/// # Errors
/// A fault of the database.
pub async fn teaching(
    db: &Db,
    institution: InstitutionId,
    person: PersonId,
) -> Result<Vec<(WeeklySpan, String)>, Fault> {
    Ok(db.chart(institution).await?.teaching(person).to_vec())
}

/// A practitioner's remission of the year, and what is used and booked of it, but for a meeting that is to be replaced.
///
/// # Errors
/// A fault of the database.
pub async fn taken<A: ChangesThread>(
    db: &Db,
    permit: &Permit<A>,
    practitioner: PersonId,
    (year, but): (&YearSpan, Option<MeetingId>),
) -> Result<(Minutes, Minutes), Fault> {
    let institution = permit.institution();
    let remitted = db.chart(institution).await?.practice(practitioner).map_or(Minutes(0), |practice| practice.remitted);
    let days = (year.first, year.last);
    let (used, booked) = taken_minutes(db, (institution, practitioner), days, (year.from, year.until)).await?;
    let mut taken = used + booked;
    if let Some(but) = but {
        let sql = "SELECT m.length AS sum FROM meeting m WHERE m.institution = $1 AND m.id = $2 AND m.state = 'booked'";
        let row = db.first::<SumRow, 2>(sql, [of(institution), id(but)]).await?;
        taken = taken - Minutes(row.and_then(|row| row.sum).unwrap_or(0));
    }
    Ok((remitted, taken))
}

/// An academic year as days and as instants.
#[derive(Debug, Clone, Copy)]
pub struct YearSpan {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// The first day's midnight.
    pub from: Timestamp,
    /// The midnight after the last day.
    pub until: Timestamp,
}

row! {
struct TakenRow {
    used: Option<i64>,
    booked: Option<i64>,
}
}

/// Minutes noted between two days, and booked between two instants.
pub(crate) async fn taken_minutes(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (first, last): (Date, Date),
    (from, until): (Timestamp, Timestamp),
) -> Result<(Minutes, Minutes), Fault> {
    let sql = "SELECT (SELECT CAST(sum(minutes) AS bigint) FROM hours_entry \
                 WHERE institution = $1 AND person = $2 AND day >= $3 AND day <= $4) AS used, \
               (SELECT CAST(sum(m.length) AS bigint) FROM meeting m \
                 JOIN participant p ON p.institution = m.institution AND p.thread = m.thread AND p.number = 2 \
                 WHERE m.institution = $1 AND p.person = $2 AND m.state = 'booked' \
                   AND m.starts_at >= $5 AND m.starts_at < $6) AS booked";
    let (first, last) = (first.to_string().into(), last.to_string().into());
    let values = [of(institution), id(person), first, last, seconds(from), seconds(until)];
    let row = db.first::<TakenRow, 6>(sql, values).await?;
    let (used, booked) = row.map_or((None, None), |row| (row.used, row.booked));
    Ok((Minutes(used.unwrap_or(0)), Minutes(booked.unwrap_or(0))))
}

/// Books a meeting, for what was offered.
///
/// # Errors
/// A fault of the database.
pub async fn book(
    db: &Db,
    permit: &Permit<AcceptTime>,
    fresh: MeetingId,
    (slot, form): (&Slot, Form),
) -> Result<(), Fault> {
    let sql = "INSERT INTO meeting (institution, id, thread, starts_at, length, state, form) \
               VALUES ($1, $2, $3, $4, $5, 'booked', $6)";
    let (starts, length) = (seconds(slot.starts), slot.length.0.into());
    let values = [of(permit.institution()), id(fresh), id(permit.key()), starts, length, form.code().into()];
    db.run(sql, values).await.map(drop)
}

/// Sets what became of a meeting of the permit's thread.
///
/// # Errors
/// A fault of the database.
pub async fn set_state<A: ChangesThread>(
    db: &Db,
    permit: &Permit<A>,
    meeting: MeetingId,
    state: State,
) -> Result<(), Fault> {
    let sql = "UPDATE meeting SET state = $4 WHERE institution = $1 AND thread = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(meeting), state.code().into()]).await.map(drop)
}

/// Calls off every meeting of a thread that is still ahead.
pub(crate) async fn call_off(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE meeting SET state = 'called-off' WHERE institution = $1 AND thread = $2 AND state = 'booked' AND starts_at > $3";
    db.run(sql, [of(institution), id(thread), seconds(now)]).await.map(drop)
}

/// Sets how long a meeting was.
///
/// # Errors
/// A fault of the database.
pub async fn set_length(
    db: &Db,
    permit: &Permit<RecordMeeting>,
    meeting: MeetingId,
    length: Minutes,
) -> Result<(), Fault> {
    let sql = "UPDATE meeting SET length = $4 WHERE institution = $1 AND thread = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(meeting), length.0.into()]).await.map(drop)
}

/// A meeting in a practitioner's week.
#[derive(Debug, Clone)]
pub struct InWeek {
    /// In which thread.
    pub thread: domain::ids::ThreadId,
    /// When, how long.
    pub slot: Slot,
    /// What became of it.
    pub state: State,
    /// What the two do at it.
    pub form: Form,
    /// The other one's name.
    pub with: String,
    /// Whether the one whose week it is gives support here, rather than having asked for it.
    pub gives: bool,
}

row! {
struct InWeekRow {
    thread: Uuid,
    starts_at: i64,
    length: i64,
    state: String,
    form: String,
    other: Uuid,
    number: i64,
}
}

/// The meetings of a practitioner's week, in order.
///
/// # Errors
/// A fault of the database.
pub async fn week(
    db: &Db,
    permit: &Permit<SeeOwnWeek>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<InWeek>, Fault> {
    // Begins with the week's meetings: a practitioner's threads of all years are many more.
    let sql = "SELECT m.thread, m.starts_at, m.length, m.state, m.form, other.person AS other, me.number \
               FROM meeting m CROSS JOIN participant me CROSS JOIN participant other \
               WHERE m.institution = $1 AND m.starts_at >= $3 AND m.starts_at < $4 AND m.state IN ('booked', 'held', 'missed') \
                 AND me.institution = m.institution AND me.thread = m.thread AND me.number IN (1, 2) AND me.person = $2 \
                 AND other.institution = m.institution AND other.thread = m.thread AND other.number = 3 - me.number \
               ORDER BY m.starts_at, m.id";
    let chart = db.chart(permit.institution()).await?;
    let rows = db
        .all::<InWeekRow, 4>(sql, [of(permit.institution()), id(permit.key()), seconds(from), seconds(until)])
        .await?;
    // A thread that is closed to them since the organisation chart changed is gone from their week too.
    let open = |row: &InWeekRow| row.number == 1 || !chart.stands_above(permit.key(), PersonId(row.other));
    rows.into_iter()
        .filter(open)
        .map(|row| {
            Ok(InWeek {
                thread: domain::ids::ThreadId(row.thread),
                slot: Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) },
                state: State::from_code(&row.state).ok_or(Fault::Unreadable("meeting"))?,
                form: Form::from_code(&row.form).ok_or(Fault::Unreadable("form"))?,
                with: chart.person(PersonId(row.other)).map(|one| one.name.clone()).unwrap_or_default(),
                gives: row.number == 2,
            })
        })
        .collect()
}
