//! Figures of the whole college or of an area. Rules R-FIG-1 to R-FIG-4.

use domain::ids::AreaId;
use domain::indicators::{Figure, Indicator, Place};
use policies::acts::{Act, EnterFigure, MakeRelease, SeeIndicators};
use policies::permit::Permit;

use crate::db::{Db, Fault, day, of};
use crate::row::row;

row! {
    struct FigureRow {
        indicator: String,
        year: i64,
        term: i64,
        area: String,
        counted: i64,
        total: i64,
        entered: String,
    }
}

impl FigureRow {
    fn figure(self) -> Result<Figure, Fault> {
        let unreadable = || Fault::Unreadable("figure");
        let area: Option<AreaId> = match self.area.as_str() {
            "" => None,
            area => Some(area.parse().map_err(|_| unreadable())?),
        };
        let year = i16::try_from(self.year).map_err(|_| unreadable())?;
        let indicator = Indicator::from_code(&self.indicator).ok_or_else(unreadable)?;
        let place = Place { indicator, term: (year, self.term), area };
        Ok(Figure { place, counted: self.counted, of: self.total, entered: day(&self.entered)? })
    }
}

/// The acts that read figures.
pub trait ReadsFigures: Act {}
impl ReadsFigures for SeeIndicators {}
impl ReadsFigures for EnterFigure {}
impl ReadsFigures for MakeRelease {}

/// Every figure, the latest term first.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsFigures>(db: &Db, permit: &Permit<A>) -> Result<Vec<Figure>, Fault> {
    let sql = "SELECT indicator, year, term, area, counted, total, entered FROM figure WHERE institution = $1 \
               ORDER BY indicator, area, year DESC, term DESC";
    let rows = db.all::<FigureRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(FigureRow::figure).collect()
}

/// The areas there are, by name.
///
/// # Errors
/// A fault of the database.
pub async fn areas<A: ReadsFigures>(db: &Db, permit: &Permit<A>) -> Result<Vec<(AreaId, String)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.areas().map(|(name, id)| (id, name.to_owned())).collect())
}

fn area(place: &Place) -> String {
    place.area.map(|area| area.to_string()).unwrap_or_default()
}

/// Enters a figure, in the place of an earlier one.
///
/// # Errors
/// A fault of the database.
pub async fn enter(db: &Db, permit: &Permit<EnterFigure>, figure: &Figure) -> Result<(), Fault> {
    let Figure { place, counted, of: total, entered } = figure;
    let sql = "INSERT INTO figure (institution, indicator, year, term, area, counted, total, entered) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (institution, indicator, year, term, area) \
               DO UPDATE SET counted = excluded.counted, total = excluded.total, entered = excluded.entered";
    let values = [
        of(permit.institution()),
        place.indicator.code().into(),
        i64::from(place.term.0).into(),
        place.term.1.into(),
        area(place).into(),
        (*counted).into(),
        (*total).into(),
        entered.to_string().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes a figure away again.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<EnterFigure>, place: &Place) -> Result<(), Fault> {
    let sql = "DELETE FROM figure WHERE institution = $1 AND indicator = $2 AND year = $3 AND term = $4 AND area = $5";
    let values = [
        of(permit.institution()),
        place.indicator.code().into(),
        i64::from(place.term.0).into(),
        place.term.1.into(),
        area(place).into(),
    ];
    db.run(sql, values).await.map(drop)
}
