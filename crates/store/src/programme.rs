//! The programme: name, title, model, terms, clock.

use domain::ids::{InstitutionId, PersonId, TermId};
use domain::models::Change;
use domain::people::Role;
use domain::period::{Calendar, Holiday, Term};
use domain::programme::{Model, Title};
use jiff::tz::TimeZone;
use policies::acts::{FillSample, ImportStaff, MoveClock, SetAsking};
use policies::facts::ProgrammeFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::mail::Causes;
use crate::models;
use crate::row::row;

/// What an institution's programme is called and how it runs.
#[derive(Debug, Clone)]
pub struct Programme {
    /// What the gate knows of it.
    pub facts: ProgrammeFacts,
    /// The institution's name.
    pub name: String,
    /// What it calls its practitioners.
    pub title: Title,
    /// Its time zone.
    pub zone: TimeZone,
    /// Changes of the model, in order of their day (R-MOD-5).
    pub changes: Vec<Change>,
    /// Seconds by which the sample college's clock is ahead of the machine's; 0 in a real one.
    pub clock_ahead: i64,
}

row! {
struct ProgrammeRow {
    institution: Uuid,
    name: String,
    title_one: String,
    title_many: String,
    model: String,
    asking_opened: bool,
    sample: bool,
    zone: String,
    clock_ahead: i64,
}
}

row! {
struct TermRow {
    name: String,
    starts: String,
    ends: String,
}
}

row! {
struct HolidayRow {
    starts: String,
    ends: String,
}
}

/// The programme in this folder; `None` while it is empty.
///
/// # Errors
/// A fault of the database.
pub async fn find(db: &Db) -> Result<Option<Programme>, Fault> {
    let sql = "SELECT institution, name, title_one, title_many, model, asking_opened, sample, zone, clock_ahead \
               FROM programme LIMIT 1";
    let Some(row) = db.first::<ProgrammeRow, 0>(sql, []).await? else { return Ok(None) };
    let model: Model = row.model.parse().map_err(|_| Fault::Unreadable("model"))?;
    let zone = TimeZone::get(&row.zone).map_err(|_| Fault::Unreadable("time zone"))?;
    let institution = InstitutionId(row.institution);
    Ok(Some(Programme {
        facts: ProgrammeFacts { institution, model, asking_opened: row.asking_opened, sample: row.sample },
        name: row.name,
        title: Title { one: row.title_one, many: row.title_many },
        zone,
        changes: models::all(db, institution).await?,
        clock_ahead: row.clock_ahead,
    }))
}

/// The terms and holidays, in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn calendar(db: &Db, programme: &Programme) -> Result<Calendar, Fault> {
    let institution = programme.facts.institution;
    let terms = "SELECT name, starts, ends FROM term WHERE institution = $1 ORDER BY starts";
    let holidays = "SELECT starts, ends FROM holiday WHERE institution = $1 ORDER BY starts";
    let mut calendar = Calendar { zone: programme.zone.clone(), terms: Vec::new(), holidays: Vec::new() };
    for row in db.all::<TermRow, 1>(terms, [of(institution)]).await? {
        calendar.terms.push(Term { name: row.name, starts: day(&row.starts)?, ends: day(&row.ends)? });
    }
    for row in db.all::<HolidayRow, 1>(holidays, [of(institution)]).await? {
        calendar.holidays.push(Holiday { starts: day(&row.starts)?, ends: day(&row.ends)? });
    }
    Ok(calendar)
}

/// Puts a new programme into an empty folder.
///
/// # Errors
/// A fault of the database.
pub async fn insert(
    db: &Db,
    permit: &Permit<ImportStaff>,
    programme: &Programme,
    calendar: (&Calendar, &[TermId]),
) -> Result<(), Fault> {
    let institution = permit.institution();
    let sql = "INSERT INTO programme (institution, name, title_one, title_many, model, asking_opened, sample, zone, clock_ahead, chart) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    let values = [
        of(institution),
        programme.name.as_str().into(),
        programme.title.one.as_str().into(),
        programme.title.many.as_str().into(),
        programme.facts.model.code().into(),
        programme.facts.asking_opened.into(),
        programme.facts.sample.into(),
        programme.zone.iana_name().unwrap_or("Europe/London").into(),
        programme.clock_ahead.into(),
    ];
    db.run(sql, values).await?;
    let (calendar, ids) = calendar;
    let sql = "INSERT INTO term (institution, id, name, starts, ends) VALUES ($1, $2, $3, $4, $5)";
    for (term, term_id) in calendar.terms.iter().zip(ids) {
        let (starts, ends) = (term.starts.to_string(), term.ends.to_string());
        db.run(sql, [of(institution), id(*term_id), term.name.as_str().into(), starts.into(), ends.into()]).await?;
    }
    let sql = "INSERT INTO holiday (institution, starts, ends) VALUES ($1, $2, $3)";
    for holiday in &calendar.holidays {
        db.run(sql, [of(institution), holiday.starts.to_string().into(), holiday.ends.to_string().into()]).await?;
    }
    Ok(())
}

/// Moves the sample college's clock on by seconds, and the sessions with it, so that nobody is signed out by a jump.
///
/// # Errors
/// A fault of the database.
pub async fn move_clock(db: &Db, permit: &Permit<MoveClock>, by: i64) -> Result<(), Fault> {
    let sql = "UPDATE programme SET clock_ahead = clock_ahead + $2 WHERE institution = $1 AND sample";
    db.run(sql, [of(permit.institution()), by.into()]).await?;
    let sql = "UPDATE session SET began_at = began_at + $2, seen_at = seen_at + $2 WHERE institution = $1";
    db.run(sql, [of(permit.institution()), by.into()]).await.map(drop)
}

/// Sets the sample college's clock when it is filled or started with a day.
///
/// # Errors
/// A fault of the database.
pub async fn start_clock(db: &Db, permit: &Permit<FillSample>, ahead: i64) -> Result<(), Fault> {
    let sql = "UPDATE programme SET clock_ahead = $2 WHERE institution = $1 AND sample";
    db.run(sql, [of(permit.institution()), ahead.into()]).await.map(drop)
}

/// Opens or closes asking under the deficit model.
///
/// # Errors
/// A fault of the database.
pub async fn set_asking(db: &Db, permit: &Permit<SetAsking>, opened: bool) -> Result<(), Fault> {
    let sql = "UPDATE programme SET asking_opened = $2 WHERE institution = $1";
    db.run(sql, [of(permit.institution()), opened.into()]).await.map(drop)
}

/// The programme leads whose accounts are on: they hear that something is waiting.
///
/// # Errors
/// A fault of the database.
pub async fn active_leads<A: Causes>(db: &Db, permit: &Permit<A>) -> Result<Vec<PersonId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let leads = chart.people().iter().filter(|one| one.active && one.roles.has(Role::ProgrammeLead));
    Ok(leads.map(|one| one.id).collect())
}

row! {
struct NamedRow {
    name: String,
    roles: String,
}
}

/// Who runs the programme: the names of the active programme leads. Public to everybody at the institution.
///
/// # Errors
/// A fault of the database.
pub async fn leads(db: &Db, programme: &ProgrammeFacts) -> Result<Vec<String>, Fault> {
    let sql = "SELECT name, roles FROM person WHERE institution = $1 AND active AND roles LIKE '%programmeLead%' ORDER BY folded";
    let rows = db.all::<NamedRow, 1>(sql, [of(programme.institution)]).await?;
    Ok(rows
        .into_iter()
        .filter(|row| crate::facts::roles(&row.roles).has(Role::ProgrammeLead))
        .map(|r| r.name)
        .collect())
}
