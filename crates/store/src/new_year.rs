//! What is set for the next year, how it takes effect on its day, and what was agreed in years that are over.
//! Rules R-NEW-3 to R-NEW-7.

use std::collections::BTreeMap;

use domain::ids::{AreaId, InstitutionId, PersonId};
use domain::minutes::Minutes;
use domain::remission::{Amount, Base, Remission, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Act, KeepDates, RecomputeWeek, SeeBoard, SeeFrame, SeeOwnHours, SeePlanner, SeeYears, StartYear};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart;
use crate::db::{Db, Fault, day, id, instant, of, seconds};
use crate::row::{Value, row};

/// The acts that know which years were started.
pub trait KnowsYears: Act {}
impl KnowsYears for StartYear {}
impl KnowsYears for SeeBoard {}
impl KnowsYears for SeeFrame {}
impl KnowsYears for SeeYears {}

/// The acts for which what is set for the next year is read.
pub trait LooksAhead: Act {}
impl LooksAhead for StartYear {}
impl LooksAhead for SeePlanner {}
impl LooksAhead for SeeFrame {}
impl LooksAhead for SeeOwnHours {}
impl LooksAhead for RecomputeWeek {}

/// The acts that put a year into force.
pub trait Turns: Act {}
impl Turns for StartYear {}
impl Turns for KeepDates {}

/// That a year was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// Which, by the year in which its hours begin to be counted.
    pub year: i16,
    /// By which form.
    pub id: Uuid,
    /// By whom, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// From which day on hours and areas count.
    pub turns: Date,
    /// Whether they do.
    pub done: bool,
}

/// What is agreed with a practitioner for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Who.
    pub person: PersonId,
    /// Their own full teaching of the year; nothing while it is not known.
    pub caseload: Minutes,
    /// Minutes remitted a year.
    pub remitted: Minutes,
    /// The same as it was agreed.
    pub agreed: Option<Remission>,
    /// The areas they look after.
    pub areas: Vec<AreaId>,
}

row! {
    struct StartedRow {
        year: i64,
        id: Uuid,
        name: String,
        started_at: i64,
        turns: String,
        done: bool,
    }
}

row! {
    struct AgreedRow {
        person: Uuid,
        caseload: i64,
        remitted: i64,
        amount: Option<i64>,
        unit: Option<String>,
        base: Option<i64>,
        weeks: Option<i64>,
        half_day: Option<i64>,
    }
}

row! {
    struct AreaRow {
        person: Uuid,
        area: Uuid,
    }
}

row! {
    struct YearRow {
        year: i64,
    }
}

/// Every year that was started, in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn started<A: KnowsYears>(db: &Db, permit: &Permit<A>) -> Result<Vec<Started>, Fault> {
    all_started(db, permit.institution()).await
}

async fn all_started(db: &Db, institution: InstitutionId) -> Result<Vec<Started>, Fault> {
    let sql = "SELECT y.year, y.id, p.name, y.started_at, y.turns, y.done FROM new_year y \
               JOIN person p ON p.institution = y.institution AND p.id = y.started_by \
               WHERE y.institution = $1 ORDER BY y.year";
    let rows = db.all::<StartedRow, 1>(sql, [of(institution)]).await?;
    let read = |row: StartedRow| {
        let (year, turns) = (number(row.year)?, day(&row.turns)?);
        Ok(Started { year, id: row.id, by: row.name, at: instant(row.started_at)?, turns, done: row.done })
    };
    rows.into_iter().map(read).collect()
}

fn number(year: i64) -> Result<i16, Fault> {
    i16::try_from(year).map_err(|_| Fault::Unreadable("year"))
}

async fn agreed(db: &Db, institution: InstitutionId, year: i16) -> Result<Vec<Agreed>, Fault> {
    let year = i64::from(year);
    let sql = "SELECT person, caseload, remitted, amount, unit, base, weeks, half_day FROM year_practice \
               WHERE institution = $1 AND year = $2 ORDER BY person";
    let rows = db.all::<AgreedRow, 2>(sql, [of(institution), year.into()]).await?;
    let sql = "SELECT person, area FROM year_area WHERE institution = $1 AND year = $2 ORDER BY person, area";
    let mut areas: BTreeMap<Uuid, Vec<AreaId>> = BTreeMap::new();
    for row in db.all::<AreaRow, 2>(sql, [of(institution), year.into()]).await? {
        areas.entry(row.person).or_default().push(AreaId(row.area));
    }
    let read = |row: AgreedRow| {
        let unit =
            row.unit.as_deref().map(|code| Unit::from_code(code).ok_or(Fault::Unreadable("unit"))).transpose()?;
        let base = row.base.zip(row.weeks).zip(row.half_day);
        let base =
            base.map(|((caseload, weeks), half)| Base { caseload: Minutes(caseload), weeks, half_day: Minutes(half) });
        let agreed = row.amount.zip(unit).zip(base);
        Ok(Agreed {
            person: PersonId(row.person),
            caseload: Minutes(row.caseload),
            remitted: Minutes(row.remitted),
            agreed: agreed.map(|((amount, unit), base)| Remission { amount: Amount(amount), unit, base }),
            areas: areas.remove(&row.person).unwrap_or_default(),
        })
    };
    rows.into_iter().map(read).collect()
}

/// What is set for a year that has not begun; nothing of one that has.
///
/// # Errors
/// A fault of the database.
pub async fn set_for<A: LooksAhead>(db: &Db, permit: &Permit<A>, year: i16) -> Result<Option<Vec<Agreed>>, Fault> {
    ahead(db, permit.institution(), year).await
}

/// The same, for whoever plans a meeting in it.
pub(crate) async fn ahead(db: &Db, institution: InstitutionId, year: i16) -> Result<Option<Vec<Agreed>>, Fault> {
    let sql = "SELECT year FROM new_year WHERE institution = $1 AND year = $2 AND NOT done";
    if db.first::<YearRow, 2>(sql, [of(institution), i64::from(year).into()]).await?.is_none() {
        return Ok(None);
    }
    agreed(db, institution, year).await.map(Some)
}

/// What was agreed when a year ended: who, by name, and what; nothing of the present one.
///
/// # Errors
/// A fault of the database.
pub async fn kept(db: &Db, permit: &Permit<SeeYears>, year: i16) -> Result<Vec<Agreed>, Fault> {
    agreed(db, permit.institution(), year).await
}

/// The same of oneself.
///
/// # Errors
/// A fault of the database.
pub async fn own_kept(db: &Db, permit: &Permit<SeeOwnHours>, year: i16) -> Result<Option<Agreed>, Fault> {
    let all = agreed(db, permit.institution(), year).await?;
    Ok(all.into_iter().find(|one| one.person == permit.key()))
}

/// Sets a year to come, in place of what was set for it before.
///
/// # Errors
/// A fault of the database.
pub async fn set(
    db: &Db,
    permit: &Permit<StartYear>,
    (by, year): (PersonId, &Started),
    all: &[Agreed],
) -> Result<(), Fault> {
    let institution = permit.institution();
    clear(db, institution, year.year).await?;
    let sql = "DELETE FROM new_year WHERE institution = $1 AND year = $2";
    db.run(sql, [of(institution), i64::from(year.year).into()]).await?;
    let sql = "INSERT INTO new_year (institution, year, id, started_by, started_at, turns, done) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(institution),
        i64::from(year.year).into(),
        Value::from(year.id),
        id(by),
        seconds(year.at),
        year.turns.to_string().into(),
        year.done.into(),
    ];
    db.run(sql, values).await?;
    write(db, (institution, year.year), all).await
}

async fn clear(db: &Db, institution: InstitutionId, year: i16) -> Result<(), Fault> {
    for table in ["year_area", "year_practice"] {
        let sql = format!("DELETE FROM {table} WHERE institution = $1 AND year = $2");
        db.run(&sql, [of(institution), i64::from(year).into()]).await?;
    }
    Ok(())
}

async fn write(db: &Db, (institution, year): (InstitutionId, i16), all: &[Agreed]) -> Result<(), Fault> {
    let year = || Value::from(i64::from(year));
    let row = |one: &Agreed| {
        let base = one.agreed.map(|agreed| agreed.base);
        vec![
            of(institution),
            year(),
            id(one.person),
            one.caseload.0.into(),
            one.remitted.0.into(),
            one.agreed.map(|agreed| agreed.amount.0).into(),
            one.agreed.map(|agreed| agreed.unit.code().to_owned()).into(),
            base.map(|base| base.caseload.0).into(),
            base.map(|base| base.weeks).into(),
            base.map(|base| base.half_day.0).into(),
        ]
    };
    let sql = "INSERT INTO year_practice (institution, year, person, caseload, remitted, amount, unit, base, weeks, half_day) VALUES";
    db.insert_all(sql, all.iter().map(row).collect()).await?;
    let areas = all.iter().flat_map(|one| {
        one.areas.iter().map(|area| vec![of(institution), year(), id(one.person), id(*area)]).collect::<Vec<_>>()
    });
    db.insert_all("INSERT INTO year_area (institution, year, person, area) VALUES", areas.collect()).await
}

/// A year that is over: which, and its first and last day.
pub type Over = (i16, Date, Date);

/// Whether what was agreed in a year that is over is still to be kept, or a year that was started is still to take effect.
///
/// # Errors
/// A fault of the database.
pub async fn is_due<A: Turns>(db: &Db, permit: &Permit<A>, (over, today): (Option<Over>, Date)) -> Result<bool, Fault> {
    let institution = permit.institution();
    if !due(db, institution, today).await?.is_empty() {
        return Ok(true);
    }
    match over {
        Some(over) => to_keep(db, institution, over).await,
        None => Ok(false),
    }
}

async fn due(db: &Db, institution: InstitutionId, today: Date) -> Result<Vec<i16>, Fault> {
    let sql = "SELECT year FROM new_year WHERE institution = $1 AND NOT done AND turns <= $2 ORDER BY year";
    let rows = db.all::<YearRow, 2>(sql, [of(institution), today.to_string().into()]).await?;
    rows.into_iter().map(|row| number(row.year)).collect()
}

row! {
    struct PersonRow {
        person: Uuid,
    }
}

/// Everybody who was in the role at some time of a year.
async fn in_role(db: &Db, institution: InstitutionId, (_, first, last): Over) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT DISTINCT person FROM relation WHERE institution = $1 AND kind = 'role' AND role = 'practitioner' \
                 AND starts <= $3 AND (until IS NULL OR until > $2) ORDER BY person";
    let values = [of(institution), first.to_string().into(), last.to_string().into()];
    let rows = db.all::<PersonRow, 3>(sql, values).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

async fn to_keep(db: &Db, institution: InstitutionId, over: Over) -> Result<bool, Fault> {
    let sql = "SELECT person FROM year_practice WHERE institution = $1 AND year = $2 LIMIT 1";
    let there = db.first::<PersonRow, 2>(sql, [of(institution), i64::from(over.0).into()]).await?;
    Ok(there.is_none() && !in_role(db, institution, over).await?.is_empty())
}

/// Keeps what was agreed in the year that is over, once, and puts what was set for the new one into force (R-NEW-5, R-NEW-6).
///
/// # Errors
/// A fault of the database.
pub async fn turn<A: Turns>(db: &Db, permit: &Permit<A>, (over, today): (Option<Over>, Date)) -> Result<(), Fault> {
    let institution = permit.institution();
    if let Some(over) = over
        && to_keep(db, institution, over).await?
    {
        let given = crate::frame::agreed(db, institution).await?;
        let chart = db.chart(institution).await?;
        let all = in_role(db, institution, over).await?.into_iter().filter_map(|person| {
            let practice = chart.practice(person)?;
            let agreed = given.get(&person).filter(|agreed| agreed.year() == practice.remitted).copied();
            let areas = practice.nominated.iter().map(|(area, _)| *area).collect();
            Some(Agreed { person, caseload: practice.caseload, remitted: practice.remitted, agreed, areas })
        });
        write(db, (institution, over.0), &all.collect::<Vec<_>>()).await?;
    }
    for year in due(db, institution, today).await? {
        for one in agreed(db, institution, year).await? {
            put(db, institution, &one).await?;
        }
        clear(db, institution, year).await?;
        let sql = "UPDATE new_year SET done = $3 WHERE institution = $1 AND year = $2";
        db.run(sql, [of(institution), i64::from(year).into(), true.into()]).await?;
    }
    chart::changed(db, institution).await
}

/// Puts what is agreed with one practitioner into force.
async fn put(db: &Db, institution: InstitutionId, one: &Agreed) -> Result<(), Fault> {
    let (place, person) = (of(institution), id(one.person));
    let sql = "UPDATE practice SET caseload = $3, remitted = $4 WHERE institution = $1 AND person = $2";
    db.run(sql, [place.clone(), person.clone(), one.caseload.0.into(), one.remitted.0.into()]).await?;
    match &one.agreed {
        Some(agreed) => crate::frame::write_agreed(db, (institution, one.person), agreed).await?,
        None => {
            let sql = "DELETE FROM remission WHERE institution = $1 AND person = $2";
            db.run(sql, [place.clone(), person.clone()]).await?;
        }
    }
    let sql = "DELETE FROM nomination WHERE institution = $1 AND person = $2";
    db.run(sql, [place.clone(), person.clone()]).await?;
    let rows = one.areas.iter().map(|area| vec![place.clone(), id(*area), person.clone()]).collect();
    db.insert_all("INSERT INTO nomination (institution, area, person) VALUES", rows).await
}
