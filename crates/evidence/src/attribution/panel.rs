//! A panel out of comma-separated text: one line for each unit and period.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord, Trim};

use super::error::AttributionError as Error;

/// One unit: a curriculum area or a course.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its name in the file.
    pub name: String,
    /// The outcome in each period.
    pub outcomes: Vec<f64>,
    /// Position of the period in which it began; none when it has not begun by the end.
    pub start: Option<usize>,
    /// Hours of practitioners for each teacher, in each period; empty without such a column.
    pub doses: Vec<f64>,
}

/// Units observed in the same periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The periods in order, as the file numbers them.
    pub periods: Vec<i64>,
    /// The units by name.
    pub units: Vec<Unit>,
    /// Units left out because a cell of theirs is missing.
    pub left_out: Vec<String>,
    /// Share of the cells that are missing, of all units and periods; 0 to 1.
    pub missing: f64,
    /// The fewest learners behind a cell, when the file says.
    pub fewest_learners: Option<f64>,
}

/// Names under which a column is found.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("unit", &["unit"]),
    ("period", &["period"]),
    ("outcome", &["outcome", "outcome_percent", "outcome_pct", "outcome_%", "outcome (%)"]),
    ("first_treat", &["first_treat"]),
    ("dose", &["dose"]),
    ("learners", &["learners", "n"]),
];

struct Columns {
    at: BTreeMap<&'static str, usize>,
    percentage: bool,
}

#[derive(Default)]
struct Lines {
    cells: BTreeMap<String, BTreeMap<i64, Cell>>,
    begins: BTreeMap<String, i64>,
    periods: BTreeSet<i64>,
    fewest_learners: Option<f64>,
}

struct Cell {
    outcome: Option<f64>,
    dose: Option<f64>,
}

/// Reads a panel. Columns `unit`, `period`, `outcome`, `first_treat` (0 = never), and if there are any `dose` and `learners`
/// (or `n`), in any order. An outcome called `outcome_percent` must lie between 0 and 100. An empty outcome or a line that is
/// not there is a missing cell: its unit is left out. R-CAU-1, R-CAU-2.
pub fn read(text: &str, needs_start: bool, needs_dose: bool) -> Result<Panel, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(text.as_bytes());
    let columns = columns(reader.headers().map_err(|_| Error::Line { line: 1 })?, needs_start, needs_dose)?;
    let mut lines = Lines::default();
    for (count, record) in (2..).zip(reader.records()) {
        let record =
            record.map_err(|fault| Error::Line { line: fault.position().map_or(count, csv::Position::line) })?;
        let line = record.position().map_or(count, csv::Position::line);
        lines.take(&columns, &record, line)?;
    }
    if lines.cells.is_empty() {
        return Err(Error::Empty);
    }
    Ok(lines.panel(columns.at.contains_key("dose")))
}

fn columns(heading: &StringRecord, needs_start: bool, needs_dose: bool) -> Result<Columns, Error> {
    let mut found = Columns { at: BTreeMap::new(), percentage: false };
    for (at, name) in heading.iter().enumerate() {
        let name = name.to_lowercase();
        let Some((column, _)) = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())) else { continue };
        found.percentage |= *column == "outcome" && name != "outcome";
        if found.at.insert(column, at).is_some() {
            return Err(Error::ColumnTwice { column });
        }
    }
    let needed =
        [("unit", true), ("period", true), ("outcome", true), ("first_treat", needs_start), ("dose", needs_dose)];
    match needed.into_iter().find(|(column, needed)| *needed && !found.at.contains_key(column)) {
        Some((column, _)) => Err(Error::Column { column }),
        None => Ok(found),
    }
}

/// One line of the file with its columns.
struct Line<'a> {
    columns: &'a Columns,
    record: &'a StringRecord,
    line: u64,
}

impl Line<'_> {
    fn text(&self, column: &'static str) -> Option<&str> {
        self.record.get(*self.columns.at.get(column)?).filter(|text| !text.is_empty())
    }

    fn needed(&self, column: &'static str) -> Result<&str, Error> {
        self.text(column).ok_or(Error::Blank { line: self.line, column })
    }

    fn whole(&self, column: &'static str) -> Result<i64, Error> {
        let found = self.needed(column)?;
        // Two whole numbers must be far enough from the ends for their difference to be one.
        let whole = found.parse::<i32>().ok().map(i64::from);
        let decimal = || found.parse::<f64>().ok().filter(|number| number.fract() == 0.0 && number.abs() < 1e9);
        whole.or_else(|| decimal().map(|number| number as i64)).ok_or_else(|| Error::Whole {
            line: self.line,
            column,
            found: found.into(),
        })
    }

    fn number(&self, column: &'static str) -> Result<Option<f64>, Error> {
        let Some(found) = self.text(column) else { return Ok(None) };
        let number = found.parse::<f64>().ok().filter(|number| number.is_finite() && number.abs() < 1e100);
        number.map(Some).ok_or_else(|| Error::Number { line: self.line, column, found: found.into() })
    }

    fn not_negative(&self, column: &'static str) -> Result<Option<f64>, Error> {
        match self.number(column)? {
            Some(number) if number < 0.0 => Err(Error::Negative { line: self.line, column }),
            number => Ok(number),
        }
    }

    fn outcome(&self) -> Result<Option<f64>, Error> {
        let outcome = self.number("outcome")?;
        match outcome.filter(|outcome| self.columns.percentage && !(0.0..=100.0).contains(outcome)) {
            Some(outcome) => Err(Error::Percentage { line: self.line, found: outcome.to_string() }),
            None => Ok(outcome),
        }
    }
}

impl Lines {
    fn take(&mut self, columns: &Columns, record: &StringRecord, line: u64) -> Result<(), Error> {
        let row = Line { columns, record, line };
        let (unit, period) = (row.needed("unit")?.to_string(), row.whole("period")?);
        let second = if columns.at.contains_key("first_treat") { row.whole("first_treat")? } else { 0 };
        if second < 0 {
            return Err(Error::Negative { line, column: "first_treat" });
        }
        let first = *self.begins.entry(unit.clone()).or_insert(second);
        if first != second {
            return Err(Error::Begins { line, unit, first, second });
        }
        let cell = Cell { outcome: row.outcome()?, dose: row.not_negative("dose")? };
        if let Some(learners) = row.not_negative("learners")? {
            self.fewest_learners = Some(self.fewest_learners.map_or(learners, |fewest| fewest.min(learners)));
        }
        self.periods.insert(period);
        if self.cells.entry(unit.clone()).or_default().insert(period, cell).is_some() {
            return Err(Error::Twice { line, unit, period });
        }
        Ok(())
    }

    fn panel(self, dosed: bool) -> Panel {
        let periods: Vec<i64> = self.periods.into_iter().collect();
        let (mut units, mut left_out, mut there) = (Vec::new(), Vec::new(), 0);
        let all = self.cells.len() * periods.len();
        for (name, mut cells) in self.cells {
            let cells: Vec<Cell> = periods.iter().filter_map(|period| cells.remove(period)).collect();
            let whole = |cell: &&Cell| cell.outcome.is_some() && (!dosed || cell.dose.is_some());
            let count = cells.iter().filter(whole).count();
            there += count;
            if count < periods.len() {
                left_out.push(name);
                continue;
            }
            let begins = self.begins.get(&name).copied().unwrap_or_default();
            let start = if begins == 0 { None } else { periods.iter().position(|period| *period >= begins) };
            let outcomes = cells.iter().filter_map(|cell| cell.outcome).collect();
            let doses = cells.iter().filter_map(|cell| cell.dose).collect();
            units.push(Unit { name, outcomes, start, doses });
        }
        let missing = if all == 0 { 1.0 } else { (all - there) as f64 / all as f64 };
        Panel { periods, units, left_out, missing, fewest_learners: self.fewest_learners }
    }
}
