//! The lead's board: one frozen row a practitioner and week.

use domain::hours::{Room, TermHours};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{RecomputeWeek, SeeBoard};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of};
use crate::row::row;

/// What a practitioner has at the moment of recomputing.
#[derive(Debug, Clone)]
pub struct Count {
    /// Who.
    pub person: PersonId,
    /// The year's remission.
    pub remitted: Minutes,
    /// Noted this term.
    pub used: Minutes,
    /// Booked this term.
    pub booked: Minutes,
    /// How many requests wait, those of practitioners left out (R-BRD-2).
    pub waiting: i64,
    /// When the longest waiting one was asked.
    pub since: Option<Timestamp>,
}

row! {
struct WeekRow {
    week: String,
}
}

row! {
struct WaitingRow {
    count: i64,
    since: Option<i64>,
}
}

/// A term as days and as instants.
pub type TermSpan = ((Date, Date), (Timestamp, Timestamp));

/// Whether the week has its rows.
///
/// # Errors
/// A fault of the database.
pub async fn is_computed(db: &Db, permit: &Permit<RecomputeWeek>, week: Date) -> Result<bool, Fault> {
    let sql = "SELECT week FROM board_week WHERE institution = $1 AND week = $2 LIMIT 1";
    let row = db.first::<WeekRow, 2>(sql, [of(permit.institution()), week.to_string().into()]).await?;
    Ok(row.is_some_and(|row| row.week == week.to_string()))
}

/// Counts for every active practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn counts(db: &Db, permit: &Permit<RecomputeWeek>, (days, instants): TermSpan) -> Result<Vec<Count>, Fault> {
    let institution = permit.institution();
    let waiting = "SELECT CAST(count(*) AS bigint) AS count, min(t.asked_at) AS since FROM thread t \
                   JOIN participant b ON b.institution = t.institution AND b.thread = t.id AND b.number = 2 \
                   JOIN participant a ON a.institution = t.institution AND a.thread = t.id AND a.number = 1 \
                   JOIN person p ON p.institution = a.institution AND p.id = a.person \
                   WHERE t.institution = $1 AND b.person = $2 AND t.stage = 'waiting' \
                     AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) AND p.roles NOT LIKE '%practitioner%'";
    let mut counts = Vec::new();
    let chart = db.chart(institution).await?;
    for (one, practice) in chart.practitioners() {
        let who = (institution, one.id);
        let wait = db.first::<WaitingRow, 2>(waiting, [of(institution), id(one.id)]).await?;
        let (waiting, since) = wait.map_or((0, None), |wait| (wait.count, wait.since));
        let (used, booked) = crate::meetings::taken_minutes(db, who, days, instants).await?;
        counts.push(Count {
            person: who.1,
            remitted: practice.remitted,
            used,
            booked,
            waiting,
            since: since.map(instant).transpose()?,
        });
    }
    Ok(counts)
}

/// A practitioner's row on the board.
#[derive(Debug, Clone)]
pub struct Row {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// For which Monday it was computed.
    pub week: Date,
    /// Hours of the term.
    pub hours: TermHours,
    /// How many requests waited.
    pub waiting: u32,
    /// For how many working days the longest one had waited.
    pub longest_days: u32,
}

/// Freezes a practitioner's row for the week.
///
/// # Errors
/// A fault of the database.
pub async fn freeze(
    db: &Db,
    permit: &Permit<RecomputeWeek>,
    (person, week): (PersonId, Date),
    (hours, waiting, longest): (TermHours, i64, i64),
) -> Result<(), Fault> {
    let sql = "INSERT INTO board_week (institution, person, week, plan, used, booked, forecast, waiting, longest_days, room) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let values = [
        of(permit.institution()),
        id(person),
        week.to_string().into(),
        hours.plan.0.into(),
        hours.used.0.into(),
        hours.booked.0.into(),
        hours.forecast.0.into(),
        waiting.into(),
        longest.into(),
        Room::of(&hours).code().into(),
    ];
    db.run(sql, values).await.map(drop)
}

row! {
struct BoardRow {
    person: Uuid,
    name: String,
    week: String,
    plan: i64,
    used: i64,
    booked: i64,
    forecast: i64,
    waiting: i64,
    longest_days: i64,
}
}

/// Says that a week's rows are frozen: whether somebody has room is part of the chart.
///
/// # Errors
/// A fault of the database.
pub async fn frozen(db: &Db, permit: &Permit<RecomputeWeek>) -> Result<(), Fault> {
    crate::chart::changed(db, permit.institution()).await
}

/// The latest frozen rows of the active practitioners, by name.
///
/// # Errors
/// A fault of the database.
pub async fn rows(db: &Db, permit: &Permit<SeeBoard>) -> Result<Vec<Row>, Fault> {
    // Begins with the practitioners: of all years there are many more rows.
    let sql = "SELECT b.person, p.name, b.week, b.plan, b.used, b.booked, b.forecast, b.waiting, b.longest_days \
               FROM practice r CROSS JOIN person p CROSS JOIN board_week b \
               WHERE r.institution = $1 AND p.institution = r.institution AND p.id = r.person \
                 AND p.active AND p.roles LIKE '%practitioner%' AND b.institution = r.institution AND b.person = r.person \
                 AND b.week = (SELECT max(o.week) FROM board_week o WHERE o.institution = r.institution AND o.person = r.person) \
               ORDER BY p.folded, p.id";
    let rows = db.all::<BoardRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Row {
                person: PersonId(row.person),
                name: row.name,
                week: day(&row.week)?,
                hours: TermHours {
                    plan: Minutes(row.plan),
                    used: Minutes(row.used),
                    booked: Minutes(row.booked),
                    forecast: Minutes(row.forecast),
                },
                waiting: u32::try_from(row.waiting).unwrap_or(0),
                longest_days: u32::try_from(row.longest_days).unwrap_or(0),
            })
        })
        .collect()
}
