//! The years of a college: first and last day, census day, terms and holidays.

use domain::ids::{InstitutionId, TermId};
use domain::year::{Bounds, Day, Year};
use policies::acts::{ImportStaff, SetYear};
use policies::permit::Permit;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

row! {
    struct BoundsRow {
        starts: String,
        ends: String,
        census: Option<String>,
    }
}

/// First day, last day and census day of each year that is written down, in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn bounds(db: &Db, institution: InstitutionId) -> Result<Vec<Bounds>, Fault> {
    let sql = "SELECT starts, ends, census FROM academic_year WHERE institution = $1 ORDER BY starts";
    let rows = db.all::<BoundsRow, 1>(sql, [of(institution)]).await?;
    let read = |row: BoundsRow| Ok((day(&row.starts)?, day(&row.ends)?, row.census.as_deref().map(day).transpose()?));
    rows.into_iter().map(read).collect()
}

async fn write_bounds(db: &Db, institution: InstitutionId, year: &Year) -> Result<(), Fault> {
    let sql = "INSERT INTO academic_year (institution, starts, ends, census) VALUES ($1, $2, $3, $4)";
    let census = year.census.map(|Day(day)| day.to_string());
    db.run(sql, [of(institution), year.starts.to_string().into(), year.ends.to_string().into(), census.into()])
        .await
        .map(drop)
}

/// Writes down a college's first year; its terms and holidays come with the programme.
///
/// # Errors
/// A fault of the database.
pub async fn write(db: &Db, permit: &Permit<ImportStaff>, year: &Year) -> Result<(), Fault> {
    write_bounds(db, permit.institution(), year).await
}

/// Writes a year down with its terms and holidays, in place of everything between the days of the one it replaces.
///
/// # Errors
/// A fault of the database.
pub async fn set(
    db: &Db,
    permit: &Permit<SetYear>,
    replaces: Option<&Year>,
    (year, terms): (&Year, &[TermId]),
) -> Result<(), Fault> {
    let institution = permit.institution();
    if let Some(old) = replaces {
        for sql in [
            "DELETE FROM academic_year WHERE institution = $1 AND starts >= $2 AND starts <= $3",
            "DELETE FROM term WHERE institution = $1 AND starts >= $2 AND starts <= $3",
            "DELETE FROM holiday WHERE institution = $1 AND starts >= $2 AND starts <= $3",
        ] {
            db.run(sql, [of(institution), old.starts.to_string().into(), old.ends.to_string().into()]).await?;
        }
    }
    write_bounds(db, institution, year).await?;
    let sql = "INSERT INTO term (institution, id, name, starts, ends) VALUES ($1, $2, $3, $4, $5)";
    for (term, fresh) in year.terms.iter().zip(terms) {
        let (starts, ends) = (term.starts.to_string(), term.ends.to_string());
        db.run(sql, [of(institution), id(*fresh), term.name.as_str().into(), starts.into(), ends.into()]).await?;
    }
    let sql = "INSERT INTO holiday (institution, starts, ends) VALUES ($1, $2, $3)";
    for holiday in &year.holidays {
        db.run(sql, [of(institution), holiday.starts.to_string().into(), holiday.ends.to_string().into()]).await?;
    }
    Ok(())
}
