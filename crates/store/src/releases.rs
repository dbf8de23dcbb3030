//! The release book as it is kept: nothing in it is ever changed (R-REL-12). Rules R-REL-12 to R-REL-19.

use std::collections::BTreeMap;

use domain::ids::{AreaId, InstitutionId, PersonId};
use domain::people::Role;
use domain::relations::Relation;
use jiff::civil::Date;
use policies::acts::{Act, MakeRelease, SeeIndicators, SeeReleases};
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::db::{Db, Fault, id, maybe_id, of};
use crate::participants::chance;
use crate::row::row;
use crate::{relations, year};

/// The number of the year itself among its releases; terms count from one on.
pub const YEAR: u8 = 0;

/// Acts that read what is released.
pub trait ReadsReleases: Act {}
impl ReadsReleases for SeeReleases {}
impl ReadsReleases for MakeRelease {}
// Time with a practitioner is an indicator, and comes from releases alone (R-FIG-13).
impl ReadsReleases for SeeIndicators {}

row! {
    struct CoverRow {
        year: i64,
        number: i64,
        said: String,
    }
}

/// The cover of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// The academic year, by the calendar year in which it starts.
    pub year: i16,
    /// The term's number in it, or [`YEAR`].
    pub number: u8,
    /// What it says, as JSON.
    pub said: String,
}

/// Every cover, the first one first: years in their order, terms by number, then the year.
///
/// # Errors
/// A fault of the database.
pub async fn covers<A: ReadsReleases>(db: &Db, permit: &Permit<A>) -> Result<Vec<Cover>, Fault> {
    let sql = "SELECT year, number, said FROM release_cover WHERE institution = $1 \
               ORDER BY year, CASE WHEN number = 0 THEN 1 ELSE 0 END, number";
    let rows = db.all::<CoverRow, 1>(sql, [of(permit.institution())]).await?;
    let read = |row: CoverRow| {
        let year = i16::try_from(row.year).map_err(|_| Fault::Unreadable("year"))?;
        let number = u8::try_from(row.number).map_err(|_| Fault::Unreadable("number"))?;
        Ok(Cover { year, number, said: row.said })
    };
    rows.into_iter().map(read).collect()
}

row! {
    struct SaidRow {
        said: String,
    }
}

/// What came out of a measure in a year, as JSON, the first one first.
///
/// # Errors
/// A fault of the database.
pub async fn measure<A: ReadsReleases>(
    db: &Db,
    permit: &Permit<A>,
    (year, measure): (i16, &str),
) -> Result<Vec<String>, Fault> {
    let sql = "SELECT said FROM release_measure WHERE institution = $1 AND year = $2 AND measure = $3 \
               ORDER BY CASE WHEN number = 0 THEN 1 ELSE 0 END, number";
    let values = [of(permit.institution()), i64::from(year).into(), measure.into()];
    Ok(db.all::<SaidRow, 3>(sql, values).await?.into_iter().map(|row| row.said).collect())
}

row! {
    struct AreaRow {
        number: i64,
        area: Option<Uuid>,
        name: String,
    }
}

/// The areas of a year by their numbers, with what they were called.
///
/// # Errors
/// A fault of the database.
pub async fn areas<A: ReadsReleases>(
    db: &Db,
    permit: &Permit<A>,
    year: i16,
) -> Result<BTreeMap<u16, (Option<AreaId>, String)>, Fault> {
    let sql = "SELECT number, area, name FROM release_area WHERE institution = $1 AND year = $2 ORDER BY number";
    let rows = db.all::<AreaRow, 2>(sql, [of(permit.institution()), i64::from(year).into()]).await?;
    let read = |row: AreaRow| {
        let number = u16::try_from(row.number).map_err(|_| Fault::Unreadable("number"))?;
        Ok((number, (row.area.map(AreaId), row.name)))
    };
    rows.into_iter().map(read).collect()
}

row! {
    struct PersonRow {
        number: i64,
        person: Uuid,
    }
}

/// Who has which number in a year's frames, while the year is not out.
///
/// # Errors
/// A fault of the database.
pub async fn numbers(db: &Db, permit: &Permit<MakeRelease>, year: i16) -> Result<BTreeMap<PersonId, usize>, Fault> {
    let sql = "SELECT number, person FROM release_person WHERE institution = $1 AND year = $2 ORDER BY number";
    let rows = db.all::<PersonRow, 2>(sql, [of(permit.institution()), i64::from(year).into()]).await?;
    let read = |row: PersonRow| {
        let number = usize::try_from(row.number).map_err(|_| Fault::Unreadable("number"))?;
        Ok((PersonId(row.person), number))
    };
    rows.into_iter().map(read).collect()
}

/// Everybody's whole history: who stood where on a census day (R-REL-16).
///
/// # Errors
/// A fault of the database.
pub async fn histories(db: &Db, permit: &Permit<MakeRelease>) -> Result<BTreeMap<PersonId, Vec<Relation>>, Fault> {
    relations::of_everybody(db, permit.institution()).await
}

/// The census days that the college has named.
///
/// # Errors
/// A fault of the database.
pub async fn census(db: &Db, permit: &Permit<MakeRelease>) -> Result<Vec<Date>, Fault> {
    Ok(year::bounds(db, permit.institution()).await?.into_iter().filter_map(|(_, _, census)| census).collect())
}

/// The areas there are, by name.
///
/// # Errors
/// A fault of the database.
pub async fn known_areas(db: &Db, permit: &Permit<MakeRelease>) -> Result<Vec<(AreaId, String)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.areas().map(|(name, id)| (id, name.to_owned())).collect())
}

/// Everybody whose account is on.
///
/// # Errors
/// A fault of the database.
pub async fn everybody(db: &Db, permit: &Permit<MakeRelease>) -> Result<Vec<PersonId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.people().iter().filter(|one| one.active).map(|one| one.id).collect())
}

/// How many practitioners there are today, and whether any of them stands in the line of somebody who teaches or appraises them.
///
/// # Errors
/// A fault of the database.
pub async fn practitioners(db: &Db, permit: &Permit<MakeRelease>) -> Result<(usize, bool), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let all: Vec<_> = chart.people().iter().filter(|one| one.active && one.roles.has(Role::Practitioner)).collect();
    let above = all.iter().any(|one| chart.leads_teachers(one.id));
    Ok((all.len(), above))
}

/// A measure of a release to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeasure {
    /// Its code.
    pub measure: &'static str,
    /// What came out, as JSON.
    pub said: String,
    /// Everybody's own value by their number, for the year; nothing once the year is out.
    pub values: Option<Vec<bool>>,
}

fn place(year: i16, (number, measure): (u8, &str)) -> Context {
    let at = Context::of("release-values").with("year", i64::from(year));
    at.with("number", i64::from(number)).with("measure", measure)
}

fn layer(db: &Db, institution: InstitutionId, year: i16) -> Result<Layer, Fault> {
    let secret = db.keyring().year(institution, year, chance::<32>()?)?;
    Layer::of(&secret).map_err(|_| Fault::Unreadable("key"))
}

/// What is kept with a cover: its measures, who is new in the frame, and areas that are new, by their numbers.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The measures.
    pub measures: &'a [NewMeasure],
    /// People by number.
    pub people: &'a [(usize, PersonId)],
    /// Areas by number, with their names.
    pub areas: &'a [(u16, Option<AreaId>, String)],
}

/// Keeps a release. Whoever is new in the frame and areas that are new get their numbers.
///
/// # Errors
/// A fault of the database or the keyring; also when it is out already.
pub async fn keep(db: &Db, permit: &Permit<MakeRelease>, cover: &Cover, kept: Kept<'_>) -> Result<(), Fault> {
    let Kept { measures, people, areas } = kept;
    let (institution, year) = (permit.institution(), i64::from(cover.year));
    let sql = "INSERT INTO release_cover (institution, year, number, said) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(institution), year.into(), i64::from(cover.number).into(), cover.said.as_str().into()]).await?;
    let layer = layer(db, institution, cover.year)?;
    let mut rows = Vec::new();
    for one in measures {
        let sealed = match &one.values {
            Some(values) => {
                // As long for everybody as for nobody.
                let text: String = values.iter().map(|had| if *had { '1' } else { '0' }).collect();
                let at = place(cover.year, (cover.number, one.measure));
                Some(layer.seal(&text, &at, chance()?).map_err(|_| Fault::Unreadable("values"))?)
            }
            None => None,
        };
        let number = i64::from(cover.number).into();
        rows.push(vec![
            of(institution),
            year.into(),
            number,
            one.measure.into(),
            one.said.as_str().into(),
            sealed.into(),
        ]);
    }
    db.insert_all("INSERT INTO release_measure (institution, year, number, measure, said, sealed) VALUES", rows)
        .await?;
    let number = |at: usize| i64::try_from(at).map_err(|_| Fault::Unreadable("number"));
    let mut rows = Vec::new();
    for (at, person) in people {
        rows.push(vec![of(institution), year.into(), number(*at)?.into(), id(*person)]);
    }
    db.insert_all("INSERT INTO release_person (institution, year, number, person) VALUES", rows).await?;
    let rows = areas.iter().map(|(at, area, name)| {
        vec![of(institution), year.into(), i64::from(*at).into(), maybe_id(*area), name.as_str().into()]
    });
    db.insert_all("INSERT INTO release_area (institution, year, number, area, name) VALUES", rows.collect()).await
}

row! {
    struct SealedRow {
        number: i64,
        sealed: Option<String>,
    }
}

/// Everybody's own values of a measure in the terms of a year, by their number; nothing where the year's key is gone.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn values(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (year, measure): (i16, &str),
) -> Result<Option<Vec<Vec<bool>>>, Fault> {
    let Some(secret) = db.keyring().known_year(permit.institution(), year)? else { return Ok(None) };
    let layer = Layer::of(&secret).map_err(|_| Fault::Unreadable("key"))?;
    let sql = "SELECT number, sealed FROM release_measure WHERE institution = $1 AND year = $2 AND measure = $3 ORDER BY number";
    let values = [of(permit.institution()), i64::from(year).into(), measure.into()];
    let opened = |row: SealedRow| {
        let number = u8::try_from(row.number).map_err(|_| Fault::Unreadable("number"))?;
        let sealed = row.sealed.ok_or(Fault::Unreadable("values"))?;
        let text = layer.open(&sealed, &place(year, (number, measure))).map_err(|_| Fault::Unreadable("values"))?;
        Ok(text.chars().map(|mark| mark == '1').collect())
    };
    db.all::<SealedRow, 3>(sql, values).await?.into_iter().map(opened).collect::<Result<_, _>>().map(Some)
}

/// Forgets who had which number and everybody's own values, once the year is out (R-REL-19). Its key is destroyed after that is
/// saved.
///
/// # Errors
/// A fault of the database.
pub async fn forget(db: &Db, permit: &Permit<MakeRelease>, year: i16) -> Result<(), Fault> {
    forget_all(db, permit.institution(), year).await
}

pub(crate) async fn forget_all(db: &Db, institution: InstitutionId, year: i16) -> Result<(), Fault> {
    for sql in [
        "DELETE FROM release_person WHERE institution = $1 AND year = $2",
        "UPDATE release_measure SET sealed = NULL WHERE institution = $1 AND year = $2",
        "DELETE FROM term_use WHERE institution = $1 AND year = $2",
    ] {
        db.run(sql, [of(institution), i64::from(year).into()]).await?;
    }
    Ok(())
}
