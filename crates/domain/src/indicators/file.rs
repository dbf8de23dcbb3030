//! Figures from a file: its lines become figures, or sentences that say what to put right. Nothing is entered here.
//! Rules R-FIG-10 and R-FIG-11.

use super::{Figure, FigureRefused, Group, Indicator, MOST, Place, Shown, enter};
use crate::ids::AreaId;
use crate::period::Term;
use crate::staff_file::{Cell, Row, Table};
use jiff::civil::Date;

/// The most lines of figures in a file.
pub const MOST_LINES: usize = 2_000;
/// So many lines from the top may hold the titles.
const TOP: usize = 10;

/// What a file is read against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The terms that are over: as a place names them, what they are called, and their days.
    pub terms: &'a [((i16, i64), String, Term)],
    /// The areas there are.
    pub areas: &'a [(AreaId, String)],
    /// Every figure there is.
    pub figures: &'a [Figure],
    /// The day on which it is read.
    pub today: Date,
}

/// Why nothing of a file is read. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoFigures {
    /// A column is missing.
    #[error(
        "There is no column “{0}”. The file needs the columns Indicator, Term, Counted and Of, and may have Area and Group: the template has them all."
    )]
    Column(&'static str),
    /// Too much.
    #[error("It has more than 2,000 lines: send it in parts.")]
    TooMany,
    /// Nothing to enter.
    #[error("There is no figure in it: fill in Counted and Of, at least on one line.")]
    None,
}

/// A line of a file that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file, counted from 1.
    pub line: u32,
    /// Where the figure belongs.
    pub place: Place,
    /// So many of so many.
    pub counts: (i64, i64),
}

/// What a line would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// There is no figure at its place.
    New,
    /// It takes the place of this one.
    Replaces(Figure),
    /// The same figure stands there.
    Nothing,
}

/// A line as the page tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The line of the file.
    pub line: u32,
    /// What stands on it, cut short.
    pub written: String,
    /// What it would do; else everything to put right.
    pub found: Result<(Figure, Does), Vec<String>>,
}

/// Everything a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// Its lines, in their order.
    pub all: Vec<Judged>,
    /// So many lines have no numbers yet and are left out.
    pub blank: usize,
    /// Titles of columns that were not read.
    pub ignored: Vec<String>,
}

/// Letters and digits in lower case: what a title or a choice is compared by.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The columns, by the titles they may have, folded.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("Indicator", &["indicator", "whatiscounted"]),
    ("Term", &["term"]),
    ("Area", &["area", "where", "curriculumarea"]),
    ("Group", &["group", "groupoflearners"]),
    ("Counted", &["counted", "somany", "number"]),
    ("Of", &["of", "outof", "ofhowmany", "total"]),
];

/// Where each column stands.
type Places = [Option<usize>; 6];

fn places(titles: &[String]) -> Places {
    COLUMNS.map(|(_, names)| titles.iter().position(|title| names.contains(&folded(title).as_str())))
}

/// The titles, the columns by them, and the lines below: a line above the titles is no title.
fn layout(table: &Table) -> Result<(Vec<String>, Places, &[Row]), NoFigures> {
    let text = |row: &Row| row.cells.iter().map(Cell::as_written).collect::<Vec<_>>();
    let tops = table.rows.iter().take(TOP).map(text).enumerate().map(|(at, titles)| (at + 1, titles));
    let all: Vec<(usize, Vec<String>)> = [(0, table.header.clone())].into_iter().chain(tops).collect();
    let many = |titles: &[String]| places(titles).iter().flatten().count();
    // Of equals the last is found, so the first is asked last.
    let best = all.into_iter().rev().max_by_key(|(_, titles)| many(titles));
    let (at, titles) = best.ok_or(NoFigures::Column("Indicator"))?;
    let found = places(&titles);
    for ((name, _), place) in COLUMNS.iter().zip(found) {
        if place.is_none() && !["Area", "Group"].contains(name) {
            return Err(NoFigures::Column(name));
        }
    }
    Ok((titles, found, table.rows.get(at..).unwrap_or_default()))
}

/// Reads the lines of a file and says of each what it would do (R-FIG-10).
///
/// # Errors
/// Where it is no file of figures, has none, or too many.
pub fn read(table: &Table, known: Known<'_>) -> Result<Lines, NoFigures> {
    let (titles, places, rows) = layout(table)?;
    if rows.len() > MOST_LINES {
        return Err(NoFigures::TooMany);
    }
    let ignored = titles.iter().enumerate().filter(|(at, title)| !places.contains(&Some(*at)) && !title.is_empty());
    let ignored = ignored.map(|(_, title)| title.clone()).collect();
    let mut blank = 0;
    let mut said: Vec<Said> = Vec::new();
    for row in rows {
        let cells = cells(row, &places);
        let [_, _, _, _, counted, of] = cells;
        if *counted == Cell::Empty && *of == Cell::Empty {
            blank += 1;
            continue;
        }
        let written: Vec<String> = cells.iter().map(|cell| cell.as_written()).filter(|it| !it.is_empty()).collect();
        said.push((row.line, written.join(" · "), entry(row.line, cells, known)));
    }
    if said.is_empty() {
        return Err(NoFigures::None);
    }
    Ok(Lines { all: judge(said, known), blank, ignored })
}

const NOTHING: &Cell = &Cell::Empty;

fn cells<'a>(row: &'a Row, places: &Places) -> [&'a Cell; 6] {
    places.map(|at| at.and_then(|at| row.cells.get(at)).unwrap_or(NOTHING))
}

/// A line that can be read, or everything that cannot.
fn entry(
    line: u32,
    [indicator, term, area, group, counted, of]: [&Cell; 6],
    known: Known<'_>,
) -> Result<Entry, Vec<String>> {
    let mut wrong = Vec::new();
    let mut keep = |sentence: String| {
        wrong.push(sentence);
    };
    let indicator = read_indicator(indicator).map_err(&mut keep).ok();
    let term = read_term(term, known).map_err(&mut keep).ok();
    let area = read_area(area, known).map_err(&mut keep).ok();
    let group = read_group(group).map_err(&mut keep).ok();
    let counted = read_number("Counted", counted).map_err(&mut keep).ok();
    let of = read_number("Of", of).map_err(&mut keep).ok();
    match (indicator, term, area, group, counted, of) {
        (Some(indicator), Some(term), Some(area), Some(group), Some(counted), Some(of)) => {
            Ok(Entry { line, place: Place { indicator, term, area, group }, counts: (counted, of) })
        }
        _ => Err(wrong),
    }
}

/// The text of a cell that is to hold words, or what to do about it.
fn words(column: &str, cell: &Cell) -> Result<String, String> {
    match cell {
        Cell::Formula => Err(format!("{column} is a formula: copy the column and paste it as values.")),
        Cell::Bad(text) => Err(format!("{column} holds “{text}”: write it out.")),
        Cell::Date | Cell::Time(_) if column == "Term" => Err(
            "The spreadsheet has made a day of the term: write it as “Autumn term 2025”, or set the column to text."
                .to_owned(),
        ),
        other => Ok(other.as_written().split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

fn read_indicator(cell: &Cell) -> Result<Indicator, String> {
    let text = words("Indicator", cell)?;
    if text.is_empty() {
        return Err("Indicator is empty: write what is counted, such as Attendance.".to_owned());
    }
    let found = Indicator::ALL.iter().find(|one| [folded(one.code()), folded(one.words())].contains(&folded(&text)));
    found.copied().ok_or_else(|| format!("There is no indicator “{text}”. The template lists them all."))
}

fn read_term(cell: &Cell, known: Known<'_>) -> Result<(i16, i64), String> {
    let text = words("Term", cell)?;
    let code = |(year, number): &(i16, i64)| format!("{year}-{number}");
    let found = known.terms.iter().find(|(term, called, _)| folded(called) == folded(&text) || code(term) == text);
    found.map(|(term, ..)| *term).ok_or_else(|| {
        let such = known.terms.first().map(|(term, called, _)| format!(" Write it like “{called}” or {}.", code(term)));
        let such = such.unwrap_or_default();
        if text.is_empty() {
            format!("Term is empty.{such}")
        } else {
            format!("“{text}” is no term that is over, of the last three years.{such}")
        }
    })
}

fn read_area(cell: &Cell, known: Known<'_>) -> Result<Option<AreaId>, String> {
    let text = words("Area", cell)?;
    if ["", "wholecollege", "thewholecollege", "college"].contains(&folded(&text).as_str()) {
        return Ok(None);
    }
    let found = known.areas.iter().find(|(_, name)| folded(name) == folded(&text));
    found.map(|(id, _)| Some(*id)).ok_or_else(|| {
        format!(
            "No area is called “{text}”. Write its name as the program does, or leave it empty for the whole college."
        )
    })
}

fn read_group(cell: &Cell) -> Result<Option<Group>, String> {
    let text = words("Group", cell)?;
    if ["", "all", "everybody", "alllearners"].contains(&folded(&text).as_str()) {
        return Ok(None);
    }
    let found = Group::ALL.iter().find(|one| [folded(one.code()), folded(one.words())].contains(&folded(&text)));
    let all = || Group::ALL.iter().map(|one| format!("“{}”", one.words())).collect::<Vec<_>>().join(", ");
    found.map(|one| Some(*one)).ok_or_else(|| format!("There is no group “{text}”. There are {}, or nothing.", all()))
}

/// A whole number: "42", "92,640", or a cell that holds one.
fn read_number(column: &str, cell: &Cell) -> Result<i64, String> {
    let not_whole = |text: &str| {
        Err(format!("{column}: “{text}” is no whole number. Write how many in digits, such as 42, not per cent."))
    };
    let written = match cell {
        Cell::Empty => return Err(format!("{column} is empty: write how many, such as 42.")),
        Cell::Formula => return Err(format!("{column} is a formula: copy the column and paste it as values.")),
        other => other.as_written(),
    };
    let text = written.trim();
    let mut groups = text.split([',', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let thousands = rest.iter().all(|group| group.len() == 3 && digits(group)) && (rest.is_empty() || first.len() <= 3);
    if !digits(first) || !thousands {
        return not_whole(text);
    }
    match format!("{first}{}", rest.concat()).parse::<i64>() {
        Ok(number) if number <= MOST => Ok(number),
        _ => Err(format!("{column}: {text} is more than anybody counts: look at the line again.")),
    }
}

/// A refusal as a line tells of it, with what to do.
fn sentence(refused: &FigureRefused, entry: &Entry) -> String {
    match refused {
        FigureRefused::Stands => {
            "The figure of this term stands: it could be corrected on the day on which it was entered. Delete this line."
                .to_owned()
        }
        FigureRefused::WholeCollege => format!("{refused} Leave Area empty."),
        FigureRefused::Few => format!("{refused} Delete this line, or take areas together."),
        FigureRefused::More => {
            let (counted, of) = entry.counts;
            format!("{counted} of {of} is more than 100 per cent: look whether Counted and Of are the right way round.")
        }
        other => other.to_string(),
    }
}

/// A line with what stands on it, as it could be read.
type Said = (u32, String, Result<Entry, Vec<String>>);

/// What lines would do, together: none twice, and each by the rules of a figure that is typed in (R-FIG-10).
fn judge(said: Vec<Said>, known: Known<'_>) -> Vec<Judged> {
    let mut before: Vec<(Place, u32)> = Vec::new();
    let mut all = Vec::new();
    for (line, written, entry) in said {
        let found = entry.and_then(|entry| {
            if let Some((_, first)) = before.iter().find(|(place, _)| *place == entry.place) {
                return Err(vec![format!("The same figure stands on line {first} already: keep one of the two.")]);
            }
            before.push((entry.place, line));
            judged(&entry, known).map_err(|refused| vec![sentence(&refused, &entry)])
        });
        all.push(Judged { line, written, found });
    }
    all
}

fn judged(entry: &Entry, known: Known<'_>) -> Result<(Figure, Does), FigureRefused> {
    let Entry { place, counts: (counted, of), .. } = *entry;
    let figure = Figure { place, counted, of, entered: known.today };
    let term = known.terms.iter().find(|(term, ..)| *term == place.term).ok_or(FigureRefused::Term)?;
    let earlier = known.figures.iter().find(|one| one.place == place);
    enter(&figure, (earlier, &term.2), known.today)?;
    let does = match earlier {
        None => Does::New,
        // Whether a figure of staff is the same is not said: its range is all that is shown.
        Some(one) if (one.counted, one.of) == (counted, of) && !place.indicator.of_staff() => Does::Nothing,
        Some(one) => Does::Replaces(*one),
    };
    Ok((figure, does))
}

/// Lines that came back with the form: what they would do now.
pub fn again(entries: &[Entry], known: Known<'_>) -> Vec<Judged> {
    let words = |entry: &Entry| (entry.line, entry.place.indicator.words().to_owned(), Ok(*entry));
    judge(entries.iter().map(words).collect(), known)
}

/// What stands between the fields of a line in a form: a sign that a form sends as it is.
const FIELD: char = '.';
/// The same between lines.
const LINE: char = '_';

/// Lines in a form: nothing of a file is kept (R-FIG-11).
pub fn written(entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        let Place { indicator, term: (year, number), area, group } = entry.place;
        let area = area.map(|area| area.to_string()).unwrap_or_default();
        let group = group.map(Group::code).unwrap_or_default();
        let (counted, of) = entry.counts;
        format!("{}.{}.{year}.{number}.{area}.{group}.{counted}.{of}", entry.line, indicator.code())
    };
    entries.iter().map(one).collect::<Vec<_>>().join("_")
}

/// Reads them back; nothing where they are not what was written.
pub fn parsed(text: &str) -> Option<Vec<Entry>> {
    let one = |line: &str| {
        let mut fields = line.split(FIELD);
        let mut next = || fields.next();
        let number = next()?.parse().ok()?;
        let indicator = Indicator::from_code(next()?)?;
        let term = (next()?.parse().ok()?, next()?.parse().ok()?);
        let area = match next()? {
            "" => None,
            area => Some(area.parse().ok()?),
        };
        let group = match next()? {
            "" => None,
            group => Some(Group::from_code(group)?),
        };
        let counts = (next()?.parse().ok()?, next()?.parse().ok()?);
        if next().is_some() {
            return None;
        }
        Some(Entry { line: number, place: Place { indicator, term, area, group }, counts })
    };
    let all: Option<Vec<Entry>> = text.split(LINE).map(one).collect();
    all.filter(|all| all.len() <= MOST_LINES)
}

/// A file to fill in: the titles, and a line for each indicator and for one pair of groups, without numbers.
pub fn template(term: &str) -> String {
    let line = |indicator: Indicator, group: &str| format!("{},{term},,{group},,", indicator.words());
    let titles = "\u{feff}Indicator,Term,Area,Group,Counted,Of".to_owned();
    let all = Indicator::ALL.iter().map(|one| line(*one, ""));
    let pair = [Group::Women, Group::Men].map(|group| line(Indicator::Achievement, group.words()));
    let lines: Vec<String> = [titles].into_iter().chain(all).chain(pair).collect();
    format!("{}\r\n", lines.join("\r\n"))
}

impl Judged {
    /// How a line's figure is shown, beside the one whose place it takes.
    pub fn shown(&self) -> Option<(Shown, Option<Shown>)> {
        let (figure, does) = self.found.as_ref().ok()?;
        let before = match does {
            Does::Replaces(before) => Shown::of(before),
            Does::New | Does::Nothing => None,
        };
        Some((Shown::of(figure)?, before))
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
