//! Figures of the whole college or of an area, of groups of learners too. Rules R-FIG-1 to R-FIG-4, R-FIG-8.

use domain::ids::AreaId;
use domain::indicators::{Figure, Group, Indicator, Place};
use jiff::Timestamp;
use policies::acts::{Act, EnterFigure, MakeRelease, SeeIndicators};
use policies::permit::Permit;

use crate::db::{Db, Fault, day, instant, of};
use crate::row::{Value, row};

row! {
    struct FigureRow {
        indicator: String,
        year: i64,
        term: i64,
        area: String,
        learners: String,
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
        let group = match self.learners.as_str() {
            "" => None,
            group => Some(Group::from_code(group).ok_or_else(unreadable)?),
        };
        let place = Place { indicator, term: (year, self.term), area, group };
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
    let sql = "SELECT indicator, year, term, area, '' AS learners, counted, total, entered \
                 FROM figure WHERE institution = $1 \
               UNION ALL SELECT indicator, year, term, area, learners, counted, total, entered \
                 FROM figure_of_group WHERE institution = $1 \
               ORDER BY indicator, area, learners, year DESC, term DESC";
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

/// What a figure's place is in its table; that of a group has its group behind.
fn place(permit: &Permit<EnterFigure>, place: &Place) -> [Value; 5] {
    let Place { indicator, term: (year, term), .. } = *place;
    [of(permit.institution()), indicator.code().into(), i64::from(year).into(), term.into(), area(place).into()]
}

/// Enters a figure, in the place of an earlier one.
///
/// # Errors
/// A fault of the database.
pub async fn enter(db: &Db, permit: &Permit<EnterFigure>, figure: &Figure) -> Result<(), Fault> {
    let [institution, indicator, year, term, area] = place(permit, &figure.place);
    let (counted, total): (Value, Value) = (figure.counted.into(), figure.of.into());
    let entered: Value = figure.entered.to_string().into();
    let Some(group) = figure.place.group else {
        let sql = "INSERT INTO figure (institution, indicator, year, term, area, counted, total, entered) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                   ON CONFLICT (institution, indicator, year, term, area) \
                   DO UPDATE SET counted = excluded.counted, total = excluded.total, entered = excluded.entered";
        return db.run(sql, [institution, indicator, year, term, area, counted, total, entered]).await.map(drop);
    };
    let sql = "INSERT INTO figure_of_group (institution, indicator, year, term, area, learners, counted, total, entered) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
               ON CONFLICT (institution, indicator, year, term, area, learners) \
               DO UPDATE SET counted = excluded.counted, total = excluded.total, entered = excluded.entered";
    let learners = group.code().into();
    db.run(sql, [institution, indicator, year, term, area, learners, counted, total, entered]).await.map(drop)
}

/// Takes a figure away again.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<EnterFigure>, at: &Place) -> Result<(), Fault> {
    let [institution, indicator, year, term, area] = place(permit, at);
    let Some(group) = at.group else {
        let sql =
            "DELETE FROM figure WHERE institution = $1 AND indicator = $2 AND year = $3 AND term = $4 AND area = $5";
        return db.run(sql, [institution, indicator, year, term, area]).await.map(drop);
    };
    let sql = "DELETE FROM figure_of_group \
               WHERE institution = $1 AND indicator = $2 AND year = $3 AND term = $4 AND area = $5 AND learners = $6";
    db.run(sql, [institution, indicator, year, term, area, group.code().into()]).await.map(drop)
}

row! {
    struct BegunRow {
        at: i64,
    }
}

/// When the college began with the program.
///
/// # Errors
/// A fault of the database.
pub async fn begun(db: &Db, permit: &Permit<SeeIndicators>) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT at FROM event WHERE institution = $1 ORDER BY at LIMIT 1";
    db.first::<BegunRow, 1>(sql, [of(permit.institution())]).await?.map(|row| instant(row.at)).transpose()
}
