//! Meetings: booking within the practitioner's diary, and what became of them.

use domain::ids::{InstitutionId, MeetingId, PersonId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::Form;
use domain::support::Slot;
use domain::weekly::WeeklySpan;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{AcceptTime, Act, OfferOpening, RecordMeeting, SeeOwnWeek};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::row::row;
use crate::seats::SINCE_CHOSEN;
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

/// The acts that book a time in a practitioner's diary.
pub trait ReadsDiary: Act {}
impl<A: ChangesThread> ReadsDiary for A {}
impl ReadsDiary for OfferOpening {}

/// The practitioner's meetings that are booked around a time and sessions they run, but for one meeting to be replaced.
///
/// # Errors
/// A fault of the database.
pub async fn booked_around<A: ReadsDiary>(
    db: &Db,
    permit: &Permit<A>,
    practitioner: PersonId,
    (slot, but): (&Slot, Option<MeetingId>),
) -> Result<Vec<Slot>, Fault> {
    let mut taken = meetings_around(db, (permit.institution(), practitioner), (slot, but)).await?;
    let trainings = crate::trainings::around(db, (permit.institution(), practitioner), (slot, None)).await?;
    taken.extend(trainings.into_iter().map(|(slot, _)| slot));
    Ok(taken)
}

/// Somebody's meetings that are booked around a time, but for one that is to be replaced.
pub(crate) async fn meetings_around(
    db: &Db,
    (institution, practitioner): (InstitutionId, PersonId),
    (slot, but): (&Slot, Option<MeetingId>),
) -> Result<Vec<Slot>, Fault> {
    let sql = "SELECT m.id, m.starts_at, m.length FROM meeting m \
               JOIN participant p ON p.institution = m.institution AND p.thread = m.thread AND p.number IN (1, 2) \
               WHERE m.institution = $1 AND p.person = $2 AND m.state = 'booked' AND m.starts_at < $3 AND m.starts_at >= $4";
    // No meeting is longer than eight hours.
    let (until, from) =
        (slot.ends(), slot.starts.saturating_sub(jiff::SignedDuration::from_hours(8)).unwrap_or(slot.starts));
    let who = [of(institution), id(practitioner), seconds(until), seconds(from)];
    let mut around: Vec<(MeetingId, Slot)> = Vec::new();
    for row in db.all::<SlotRow, 4>(sql, who).await? {
        around.push((MeetingId(row.id), Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) }));
    }
    // Of the three of required support the third is whoever is line manager today, once it is agreed; not who required it.
    around.extend(crate::seats::agreed_as_manager(db, (institution, practitioner), (from, until)).await?);
    Ok(around.into_iter().filter(|(meeting, _)| Some(*meeting) != but).map(|(_, slot)| slot).collect())
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
pub async fn taken<A: ReadsDiary>(
    db: &Db,
    permit: &Permit<A>,
    practitioner: PersonId,
    (year, but): (&YearSpan, Option<MeetingId>),
) -> Result<(Minutes, Minutes), Fault> {
    let institution = permit.institution();
    let present = db.chart(institution).await?.practice(practitioner).map_or(Minutes(0), |practice| practice.remitted);
    // A meeting may lie in a year that is set and has not begun (R-NEW-5).
    let ahead = crate::new_year::ahead(db, institution, domain::period::academic_year(year.first)).await?;
    let own = ahead.into_iter().flatten().find(|one| one.person == practitioner);
    let remitted = own.map_or(present, |one| one.remitted);
    let remitted = remitted + carried_into(db, (institution, practitioner), year.first).await?;
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

/// What was agreed to be carried into the academic year of a day (R-TIM-8).
async fn carried_into(db: &Db, who: (InstitutionId, PersonId), day: Date) -> Result<Minutes, Fault> {
    crate::pattern::agreed_from(db, who, domain::period::academic_year(day) - 1).await
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

/// Minutes noted between two days, and booked between two instants: meetings, and sessions that are planned (R-SES-10).
pub(crate) async fn taken_minutes(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (first, last): (Date, Date),
    (from, until): (Timestamp, Timestamp),
) -> Result<(Minutes, Minutes), Fault> {
    let sql = "SELECT (SELECT CAST(sum(minutes) AS bigint) FROM hours_entry \
                 WHERE institution = $1 AND person = $2 AND day >= $3 AND day <= $4) AS used, \
               (SELECT CAST(sum(x.length) AS bigint) FROM ( \
                 SELECT m.length FROM meeting m \
                 JOIN participant p ON p.institution = m.institution AND p.thread = m.thread AND p.number = 2 \
                 WHERE m.institution = $1 AND p.person = $2 AND m.state = 'booked' \
                   AND m.starts_at >= $5 AND m.starts_at < $6 \
                 UNION ALL \
                 SELECT length FROM training WHERE institution = $1 AND runner = $2 AND state = 'planned' \
                   AND starts_at >= $5 AND starts_at < $6) x) AS booked";
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

/// Calls off whatever is booked in a thread.
pub(crate) async fn call_off_all(db: &Db, (institution, thread): (InstitutionId, ThreadId)) -> Result<(), Fault> {
    let sql = "UPDATE meeting SET state = 'called-off' WHERE institution = $1 AND thread = $2 AND state = 'booked'";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
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
    /// The track, when it is the opening conversation of one: it is in no thread that anybody opens.
    pub opens: Option<TrackId>,
    /// Whether all whom it needs have agreed to it: of an opening conversation, the other two.
    pub agreed: bool,
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
    opens: bool,
    agreed: bool,
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
    let sql = format!(
        "SELECT m.thread, m.starts_at, m.length, m.state, m.form, other.person AS other, me.number, \
                 EXISTS (SELECT 1 FROM track k WHERE k.institution = m.institution AND k.id = m.thread) AS opens, \
                 NOT EXISTS (SELECT 1 FROM track k WHERE k.institution = m.institution AND k.id = m.thread) OR 2 = \
                   (SELECT count(*) FROM track_answer a WHERE a.institution = m.institution AND a.track = m.thread AND a.suits) AS agreed \
               FROM meeting m CROSS JOIN participant me CROSS JOIN participant other \
               WHERE m.institution = $1 AND m.starts_at >= $3 AND m.starts_at < $4 AND m.state IN ('booked', 'held', 'missed') \
                 AND me.institution = m.institution AND me.thread = m.thread AND me.number IN (1, 2) AND me.person = $2 \
                 AND other.institution = m.institution AND other.thread = m.thread AND other.number = 3 - me.number \
                 AND (NOT EXISTS (SELECT 1 FROM track k WHERE k.institution = m.institution AND k.id = m.thread) OR {SINCE_CHOSEN}) \
               ORDER BY m.starts_at, m.id"
    );
    let chart = db.chart(permit.institution()).await?;
    let rows = db
        .all::<InWeekRow, 4>(&sql, [of(permit.institution()), id(permit.key()), seconds(from), seconds(until)])
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
                opens: row.opens.then_some(TrackId(row.thread)),
                agreed: row.agreed,
            })
        })
        .collect()
}
