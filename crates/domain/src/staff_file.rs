//! The staff file: lines of a spreadsheet become the people of a college, or a list of everything to put right.
//!
//! All or nothing (PRO-03): [`read`] gives the whole college or every error, never a part. Salary and protected
//! characteristics are dropped at the door: their cells are not looked at. Names are composed and trimmed, never re-cased.

pub mod cells;
mod chart;
mod columns;
pub mod corrected;
mod hours;
mod kind;
mod known;
mod layout;
mod line;
mod matching;
pub mod oneroster;
pub mod plan;
pub mod record;
mod structure;
mod table;
mod timetable;
mod warnings;

pub use columns::{Column, PUT_RIGHT, is_never_let_in, titles_among};
pub use kind::{Kind, NotAKind};
pub use known::{Known, KnownArea, KnownPerson, same_number};
pub use matching::{Because, Matching, Remembered, kind_of, remembered_title};
pub use table::{Cell, Row, Table, letter};

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::minutes::Minutes;
use crate::people::Roles;
use crate::weekly::WeeklySpan;
use known::Index;
use layout::Layout;
use line::Draft;

/// The people of a college and the names that they share. Every index points into a list of the same `Staff`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Staff {
    /// Everybody, in the order of the file.
    pub people: Vec<StaffPerson>,
    /// Curriculum areas, in the order in which they first appear.
    pub areas: Vec<String>,
    /// Campuses, in the order in which they first appear.
    pub sites: Vec<String>,
    /// Themes of expertise, in the order in which they first appear.
    pub themes: Vec<String>,
}

/// One person of the file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffPerson {
    /// The line of the file.
    pub line: u32,
    /// As colleagues write it.
    pub name: String,
    /// In lower case; nobody else in the file has it. Of somebody who is there already, the one they have now.
    pub email: String,
    /// The address that somebody who is there already is to have instead.
    pub new_email: Option<String>,
    /// The number that the college's own records know them by.
    pub number: Option<String>,
    /// What the post is called.
    pub job_title: Option<String>,
    /// Index into [`Staff::areas`].
    pub area: Option<usize>,
    /// Index into [`Staff::sites`].
    pub site: Option<usize>,
    /// Index into [`Staff::people`]; following it upwards always ends.
    pub manager: Option<usize>,
    /// Index into [`Staff::people`], where somebody else than the line manager appraises (GOV-08).
    pub appraiser: Option<usize>,
    /// At least one.
    pub roles: Roles,
    /// Weekly lessons, in the order of the week. Lessons may overlap: groups are sometimes taught together.
    pub teaching: Vec<Lesson>,
    /// A sentence or two for the profile.
    pub about: Option<String>,
    /// Such as "Maths, Level 2-5".
    pub teaches: Option<String>,
    /// Where to find the person.
    pub room: Option<String>,
    /// Present exactly for those who have the role of practitioner.
    pub practice: Option<Practice>,
    /// The line manager's e-mail address, where they are at the college already and not in the file.
    pub manager_there: Option<String>,
    /// The same of the appraiser.
    pub appraiser_there: Option<String>,
    /// What the file does not speak of (R-IMP-4).
    pub unsaid: Unsaid,
}

/// Columns that a line says nothing about, because the cell is empty or the file has no such column. What is not said
/// stays as it is; a hyphen or "none" says that there is nothing (R-IMP-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unsaid(u32);

impl Unsaid {
    /// The same with one column more.
    #[must_use]
    pub const fn with(self, column: Column) -> Self {
        Self(self.0 | 1 << column as u32)
    }

    /// Whether the line says nothing about the column.
    pub const fn has(self, column: Column) -> bool {
        self.0 & 1 << column as u32 != 0
    }
}

/// What only a practitioner has.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Practice {
    /// Hours a year taken off the teaching caseload (TIM-02); more than none, never more than the caseload.
    pub remitted: Minutes,
    /// The teaching caseload of a year (TIM-01), 773 hours unless the file says otherwise.
    pub caseload: Minutes,
    /// Themes, in the order of the cell, each once (MAT-06).
    pub expertise: Vec<Expertise>,
    /// Indices into [`Staff::areas`], each once (MAT-02).
    pub nominated: Vec<usize>,
    /// Weekly support hours in the order of the week; they overlap neither each other nor the teaching.
    pub support_hours: Vec<WeeklySpan>,
}

/// A theme that a practitioner offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expertise {
    /// Index into [`Staff::themes`].
    pub theme: usize,
    /// Whether the practitioner leads on it across the college (MAT-03): a trailing `*` in the file.
    pub leads: bool,
}

/// A weekly lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// When.
    pub span: WeeklySpan,
    /// Such as "Maths L3"; may be empty.
    pub label: String,
}

/// A staff file that was read to the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The college.
    pub staff: Staff,
    /// Columns that nobody knows, as "Phone (H)".
    pub ignored: Vec<String>,
    /// Columns dropped at the door because of what they hold, as "Salary (I)".
    pub dropped: Vec<String>,
    /// What was let through and should be looked at, each a sentence; the note of the table comes first.
    pub warnings: Vec<String>,
}

/// Something to put right in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The line of the file.
    pub line: u32,
    /// The column as written and its letter: "Line manager (F)". Empty where a whole line is meant.
    pub column: String,
    /// What the cell holds, at most 80 characters.
    pub value: String,
    /// A sentence that says what is wrong and what to do.
    pub message: String,
}

/// Says that an error has been added to the list already.
#[derive(Debug)]
struct Told;

/// How many errors are told one by one.
const MOST_ERRORS: usize = 500;

/// Reads a staff file for a college that is to be, its columns known by their titles.
///
/// # Errors
/// Everything to put right, in the order of the file; after 500, one last entry says how many more there are.
pub fn read(table: &Table) -> Result<Reading, Vec<CellError>> {
    read_for(table, &Matching::guess(table, Kind::Staff, &[]), &Known::default())
}

/// Reads a staff file with its columns matched, held against what the college holds already.
///
/// # Errors
/// Everything to put right, in the order of the file; after 500, one last entry says how many more there are.
pub fn read_for(table: &Table, matching: &Matching, known: &Known) -> Result<Reading, Vec<CellError>> {
    read_all(table, matching, known).map_err(capped)
}

/// The same without a limit to what is told.
pub(crate) fn read_all(table: &Table, matching: &Matching, known: &Known) -> Result<Reading, Vec<CellError>> {
    let mut errors = Vec::new();
    let there = Index::of(known);
    let of = (table, Kind::Staff, known.people.is_empty());
    let Ok(layout) = Layout::of(of, matching, &mut errors) else { return Err(errors) };
    whole(table, "people", &mut errors);
    let mut names = Registers::default();
    names.areas.spellings = known.areas.iter().map(|area| (fold(&area.name), area.name.clone())).collect();
    names.sites.spellings = known.sites.iter().map(|name| (fold(name), name.clone())).collect();
    names.themes.spellings = known.themes.iter().map(|name| (fold(name), name.clone())).collect();
    let mut drafts: Vec<Draft> =
        table.rows.iter().map(|row| line::draft((&layout, row), &there, &mut names, &mut errors)).collect();
    let mut people: Vec<_> = drafts.iter_mut().map(|draft| std::mem::take(&mut draft.person)).collect();
    told_twice(&people, &layout, &mut errors);
    let gone = chart::resolve(&mut people, &drafts, (&mut names, &there), &mut errors);
    chart::no_circles(&people, &layout, &there, &mut errors);
    if !errors.is_empty() {
        errors.sort_by_key(|error| error.line);
        return Err(errors);
    }
    let staff = Staff { people, areas: names.areas.list, sites: names.sites.list, themes: names.themes.list };
    let warnings = table.note.iter().cloned().chain(gone).chain(warnings::of(&staff, known)).collect();
    Ok(Reading { staff, ignored: layout.ignored, dropped: layout.dropped, warnings })
}

/// Somebody's name, composed and trimmed.
///
/// # Errors
/// A sentence that says what to put right.
pub fn name(raw: &str) -> Result<String, String> {
    cells::name(raw)
}

/// An e-mail address, in lower case.
///
/// # Errors
/// A sentence that says what to put right.
pub fn email(raw: &str) -> Result<String, String> {
    cells::email(raw)
}

/// Hours a year: "150", "77.5", "150 h".
///
/// # Errors
/// A sentence that says what to put right.
pub fn hours(raw: &str) -> Result<Minutes, String> {
    cells::hours(raw)
}

/// A line of text of at most so many characters, composed and trimmed; never re-cased.
///
/// # Errors
/// A sentence that says what to put right.
pub fn text(raw: &str, most: usize) -> Result<String, String> {
    cells::text(raw, most)
}

/// What somebody should look at before these people are taken over, each a sentence.
pub fn to_look_at(staff: &Staff) -> Vec<String> {
    warnings::of(staff, &Known::default())
}

/// Adds errors for a file without lines and for merged cells, of which a spreadsheet fills only the first.
pub(crate) fn whole(table: &Table, what: &str, errors: &mut Vec<CellError>) {
    let mut wrong = |line: u32, value: &str, message: String| {
        errors.push(CellError { line, column: String::new(), value: value.to_owned(), message });
    };
    if table.rows.is_empty() {
        let each = if what == "people" { "person" } else { what };
        let message = format!("There are no {what} below the titles: add one line for each {each}.");
        wrong(table.header_line, "", message);
    }
    for (line, area) in table.merged.iter().filter(|(line, _)| *line >= table.header_line) {
        let message =
            format!("The cells {area} are merged, so all but the first are empty: unmerge them and fill each one.");
        wrong(*line, area, message);
    }
}

/// Names in the order in which they first appear; "&" and "and" are the same, and so are capitals and small letters.
#[derive(Debug, Default)]
struct Register {
    list: Vec<String>,
    places: HashMap<String, usize>,
    /// How names that are there already are spelled.
    spellings: HashMap<String, String>,
}

/// A name of an area, site or theme as it is compared: "Health & Care" is "health and care".
pub fn fold(name: &str) -> String {
    name.to_lowercase().replace('&', " and ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Register {
    /// A name of the file, or one that is there already.
    fn find(&mut self, name: &str) -> Option<usize> {
        if !self.places.contains_key(&fold(name)) && self.spellings.contains_key(&fold(name)) {
            return Some(self.add(name));
        }
        self.places.get(&fold(name)).copied()
    }

    fn add(&mut self, name: &str) -> usize {
        let next = self.list.len();
        let place = *self.places.entry(fold(name)).or_insert(next);
        if place == next {
            let spelled = self.spellings.get(&fold(name)).cloned();
            self.list.push(spelled.unwrap_or_else(|| name.to_owned()));
        }
        place
    }
}

#[derive(Debug, Default)]
struct Registers {
    areas: Register,
    sites: Register,
    themes: Register,
}

/// Adds an error for every address and staff number that two lines have.
fn told_twice(people: &[StaffPerson], layout: &Layout<'_>, errors: &mut Vec<CellError>) {
    let emails = |person: &StaffPerson| [Some(person.email.clone()), person.new_email.clone()];
    let numbers = |person: &StaffPerson| [person.number.as_deref().map(known::same_number), None];
    let mut twice = |column: columns::Column, what: &str, of: &dyn Fn(&StaffPerson) -> [Option<String>; 2]| {
        let mut first_lines: HashMap<String, u32> = HashMap::new();
        for person in people {
            for value in of(person).into_iter().flatten().filter(|value| !value.is_empty()) {
                let first = *first_lines.entry(value.clone()).or_insert(person.line);
                if first != person.line {
                    let message = format!(
                        "Lines {first} and {} have the same {what}: delete one line or correct the {what}.",
                        person.line
                    );
                    errors.push(CellError { line: person.line, column: layout.title_of(column), value, message });
                }
            }
        }
    };
    twice(columns::Column::Email, "e-mail address", &emails);
    twice(columns::Column::Number, "staff number", &numbers);
}

/// In the order of the file, and no more than anybody can read.
fn capped(mut errors: Vec<CellError>) -> Vec<CellError> {
    errors.sort_by_key(|error| error.line);
    if errors.len() > MOST_ERRORS {
        let more = errors.len() - MOST_ERRORS;
        let line = errors.get(MOST_ERRORS).map_or(0, |error| error.line);
        errors.truncate(MOST_ERRORS);
        let message = format!("And {more} more: put these right first, then read the file again.");
        errors.push(CellError { line, column: String::new(), value: String::new(), message });
    }
    errors
}

#[cfg(test)]
mod tests;
