//! Figures of the college and what staff say, as rows: what their pages show (R-DOC-1).

use actions::indicator_lines::{self, Drawn, Point, Read};
use actions::survey;
use actions::survey_release::{OfSide, Release};
use axum::response::Response;
use documents::{Rows, Value};
use domain::indicators::Shown;
use domain::releases::year_words;
use domain::survey::Side;
use evidence::bands::Band;

use super::{as_csv, as_xlsx};
use crate::error::Problem;
use crate::forms::Question;
use crate::pages::indicator_read::area_of;
use crate::visit::Visit;

async fn read(visit: &Visit, Question(asked): &Question) -> Result<Read, Problem> {
    Ok(indicator_lines::see(&visit.desk, &visit.visitor.person, area_of(asked)?).await?)
}

fn title(read: &Read) -> String {
    let of = read.area.as_ref().map_or("the whole college", |(_, name)| name.as_str());
    format!("Indicators of {of}")
}

/// `GET /evidence/indicators/figures.xlsx`, of the whole college or of an area.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such area.
pub async fn indicators_xlsx(visit: Visit, asked: Question) -> Result<Response, Problem> {
    let read = read(&visit, &asked).await?;
    as_xlsx(&title(&read), visit.desk.today(), &[figures(&read), definitions(&read)])
}

/// `GET /evidence/indicators/figures.csv`, of the whole college or of an area.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders, and when there is no such area.
pub async fn indicators_csv(visit: Visit, asked: Question) -> Result<Response, Problem> {
    let read = read(&visit, &asked).await?;
    as_csv(&title(&read), &figures(&read))
}

/// A figure: both ends in per cent, and of people of how many; a range of people is told in people too.
fn figure(shown: &Shown) -> [Value; 5] {
    let (low, high) = shown.per_cent();
    let (least, most, of) = match shown {
        Shown::Range(band) => (Some(band.low), Some(band.high), band.of),
        Shown::Share(_, of) => (None, None, *of),
    };
    [Some(low), Some(high), least, most, Some(of)].map(Value::count)
}

fn lines(one: &Drawn, whose: &str, points: &[Point]) -> Vec<Vec<Value>> {
    let row = |point: &Point| {
        let words = [one.indicator.part().words(), one.indicator.words(), whose, &point.term].map(Value::words);
        words.into_iter().chain(figure(&point.shown)).collect()
    };
    points.iter().map(row).collect()
}

fn figures(read: &Read) -> Rows {
    let whose = read.area.as_ref().map_or("The whole college", |(_, name)| name.as_str());
    let mut rows = Vec::new();
    for one in &read.drawn {
        rows.extend(lines(one, whose, &one.points));
        rows.extend(lines(one, "The whole college", &one.college));
    }
    let columns =
        ["About", "Indicator", "Of", "Term", "At least, %", "At most, %", "At least", "At most", "Of how many"];
    Rows { name: "Figures".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows }
}

fn definitions(read: &Read) -> Rows {
    let row = |one: &Drawn| [one.indicator.words(), one.indicator.definition()].map(Value::words).to_vec();
    let columns = ["Indicator", "What is counted"].map(str::to_owned).to_vec();
    Rows { name: "What is counted".to_owned(), columns, rows: read.drawn.iter().map(row).collect() }
}

async fn surveys(visit: &Visit) -> Result<Vec<Release>, Problem> {
    let seen = survey::see(&visit.desk, &visit.visitor.person).await?;
    Ok(seen.releases.into_iter().map(|(release, _)| release).collect())
}

/// `GET /programme/survey/figures.xlsx`: every survey that is over.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn survey_xlsx(visit: Visit) -> Result<Response, Problem> {
    let all = surveys(&visit).await?;
    as_xlsx("What staff say", visit.desk.today(), &[said(&all), answers(&all)])
}

/// `GET /programme/survey/figures.csv`: every survey that is over.
///
/// # Errors
/// Not found for everybody but programme leads and senior leaders.
pub async fn survey_csv(visit: Visit) -> Result<Response, Problem> {
    as_csv("What staff say", &said(&surveys(&visit).await?))
}

fn whose(release: &Release, side: &OfSide) -> String {
    if side.side() == Some(Side::Staff) {
        format!("Staff who are not {}", release.title)
    } else {
        release.title.clone()
    }
}

fn ends(band: Option<Band>) -> [Value; 5] {
    let (low, high) = band.as_ref().map(Band::per_cent).unzip();
    [band.map(|band| band.low), band.map(|band| band.high), band.map(|band| band.of), low, high].map(Value::count)
}

fn said(all: &[Release]) -> Rows {
    let mut rows = Vec::new();
    for (release, side) in all.iter().flat_map(|release| release.sides.iter().map(move |side| (release, side))) {
        let start = |kind: &str, line: String| {
            [year_words(release.year), whose(release, side), kind.to_owned(), line].map(Value::Words).to_vec()
        };
        for line in side.lines(None) {
            let mut row = start("Agreed", line.statement.words(&release.title));
            row.extend(ends(line.shown.map(|shown| shown.band)));
            row.push(Value::count(line.beside.and_then(|_| line.statement.in_2017())));
            rows.push(row);
        }
        for (factor, band) in side.factors() {
            let mut row = start("Makes it work", factor.words().to_owned());
            row.extend(ends(Some(band)));
            row.push(Value::None);
            rows.push(row);
        }
    }
    let columns =
        ["Year", "Who", "What", "Line", "At least", "At most", "Of", "At least, %", "At most, %", "In 2017, %"];
    Rows { name: "What staff say".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows }
}

/// How many were asked and answered.
fn answers(all: &[Release]) -> Rows {
    let row = |release: &Release, side: &OfSide| {
        let rate = side.rate().and_then(|rate| i64::try_from(rate).ok());
        vec![
            Value::Words(year_words(release.year)),
            Value::Words(whose(release, side)),
            Value::count(side.returned.map(|_| side.asked)),
            Value::count(side.returned),
            rate.map_or(Value::None, |rate| Value::Hundredths(rate * 10)),
        ]
    };
    let rows = all.iter().flat_map(|release| release.sides.iter().map(move |side| row(release, side)));
    let columns = ["Year", "Who", "Asked", "Answered", "Per cent"].map(str::to_owned).to_vec();
    Rows { name: "How many answered".to_owned(), columns, rows: rows.collect() }
}
