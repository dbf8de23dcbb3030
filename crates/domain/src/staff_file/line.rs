//! One line of the file becomes one person.

use super::cells;
use super::columns::Column;
use super::known::{Index, KnownPerson};
use super::layout::Layout;
use super::record::{Field, read_hours, read_lessons, read_spans};
use super::table::{Cell, Row};
use super::{CellError, Expertise, Lesson, Practice, Registers, StaffPerson, Told, Unsaid};
use crate::minutes::Minutes;
use crate::people::{Role, Roles};
use crate::weekly::WeeklySpan;

/// A full-time teaching caseload of a year (TIM-01).
const FULL_CASELOAD: Minutes = Minutes::hours(773);

/// A person whose manager, appraiser and nominated areas are still words.
pub(super) struct Draft {
    pub person: StaffPerson,
    pub manager: Option<Said>,
    pub appraiser: Option<Said>,
    pub nominated: Vec<Said>,
}

/// Words of a cell that another line gives a meaning to.
pub(super) struct Said {
    pub text: String,
    pub line: u32,
    pub column: String,
}

impl Said {
    pub(super) fn wrong(&self, message: String) -> CellError {
        let value = self.text.chars().take(80).collect();
        CellError { line: self.line, column: self.column.clone(), value, message }
    }
}

/// One line being read. What is wrong goes into `errors`, and the reading goes on.
pub(super) struct Line<'a> {
    pub layout: &'a Layout<'a>,
    pub row: &'a Row,
    pub errors: &'a mut Vec<CellError>,
    /// Columns whose cells are empty, or that the file does not have.
    pub unsaid: Unsaid,
}

/// Whether a cell says that there is nothing: an empty cell says nothing at all (R-IMP-4).
fn says_none(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "-" | "–" | "—" | "none" | "n/a")
}

impl Line<'_> {
    pub(super) fn cell(&self, column: Column) -> &Cell {
        self.layout.place(column).and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    pub(super) fn wrong(&mut self, column: Column, message: impl Into<String>) -> Told {
        let (column, value) = (self.layout.title_of(column), self.cell(column).as_written());
        self.errors.push(CellError { line: self.row.line, column, value, message: message.into() });
        Told
    }

    /// What stands in the cell, if anything. A cell that says "none" holds nothing, but it says so.
    fn said(&mut self, column: Column) -> Result<Option<String>, Told> {
        let must =
            matches!(column, Column::Name | Column::FirstName | Column::LastName | Column::Email | Column::Roles);
        let said = match self.cell(column) {
            Cell::Text(text) if !must && says_none(text) => return Ok(None),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => {
                self.unsaid = self.unsaid.with(column);
                return Ok(None);
            }
            Cell::Time(_) | Cell::Date => {
                let message =
                    "The spreadsheet holds a date or a time here: format the cell as text and write the value.";
                return Err(self.wrong(column, message));
            }
            Cell::Formula => {
                let message = "This cell holds a formula: copy the column and paste it back as values.";
                return Err(self.wrong(column, message));
            }
            Cell::Bad(_) => {
                return Err(self.wrong(column, "The spreadsheet shows an error here: write the value as text."));
            }
        };
        if said.trim().is_empty() {
            self.unsaid = self.unsaid.with(column);
            return Ok(None);
        }
        Ok(Some(said))
    }

    /// The cell as `read` understands it; nothing when it is empty.
    pub(super) fn optional<T>(
        &mut self,
        column: Column,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Told> {
        match self.said(column)? {
            None => Ok(None),
            Some(said) => read(&said).map(Some).map_err(|message| self.wrong(column, message)),
        }
    }

    /// As [`optional`](Self::optional), where the error that was told needs nothing more.
    pub(super) fn value<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        self.optional(column, read).ok().flatten()
    }

    pub(super) fn text(&mut self, column: Column, most: usize) -> Option<String> {
        self.value(column, |raw| cells::text(raw, most))
    }

    /// A cell that may not be empty; `missing` says what to do if it is.
    pub(super) fn needed(
        &mut self,
        column: Column,
        missing: &str,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> String {
        match self.optional(column, read) {
            Ok(Some(value)) => value,
            Ok(None) => {
                self.wrong(column, missing);
                String::new()
            }
            Err(Told) => String::new(),
        }
    }

    /// A cell that names somebody.
    pub(super) fn somebody(&mut self, column: Column) -> Option<Said> {
        let text = self.text(column, 254)?;
        Some(Said { text, line: self.row.line, column: self.layout.title_of(column) })
    }

    pub(super) fn list(&mut self, column: Column, most: usize) -> Vec<String> {
        let read = |raw: &str| cells::list(raw).map(|part| cells::text(part, most)).collect::<Result<Vec<_>, _>>();
        self.value(column, read).unwrap_or_default()
    }

    /// The name; of somebody who is there already, the one that is known where the file says none.
    fn name(&mut self, there: Option<&KnownPerson>) -> String {
        const MISSING: &str = "The name is missing: write the name that colleagues use.";
        let columns = [Column::Name, Column::FirstName, Column::LastName];
        if let Some(there) = there
            && columns.iter().all(|column| *self.cell(*column) == Cell::Empty)
        {
            self.unsaid = self.unsaid.with(Column::Name);
            return there.name().to_owned();
        }
        if self.layout.has(Column::Name) || !self.layout.has(Column::FirstName) {
            return self.needed(Column::Name, MISSING, cells::name);
        }
        // A single name may stand in either of the two columns.
        let (first, last) =
            (self.optional(Column::FirstName, cells::name), self.optional(Column::LastName, cells::name));
        match (first, last) {
            (Ok(None), Ok(None)) => {
                self.wrong(Column::FirstName, MISSING);
                String::new()
            }
            (first, last) => {
                let parts: Vec<String> = [first, last].into_iter().filter_map(|part| part.ok().flatten()).collect();
                parts.join(" ")
            }
        }
    }

    /// What only practitioners have; for others, an error for each cell that is filled.
    fn practice(
        &mut self,
        roles: Option<Roles>,
        there: Option<&KnownPerson>,
        names: &mut Registers,
    ) -> Option<Practice> {
        let remitted = self.optional(Column::RemittedHours, cells::hours);
        let caseload = self.value(Column::CaseloadHours, cells::hours);
        if !roles?.has(Role::Practitioner) {
            self.no_practice(remitted.is_ok_and(|hours| hours.is_some_and(|hours| hours > Minutes(0))));
            return None;
        }
        let caseload = caseload.or_else(|| known_hours(there, Field::Caseload)).unwrap_or(FULL_CASELOAD);
        let remitted = remitted.map(|hours| {
            let unsaid = self.unsaid.has(Column::RemittedHours);
            hours.or_else(|| known_hours(there, Field::Remitted).filter(|_| unsaid))
        });
        let remitted = match remitted {
            Ok(Some(hours)) if hours > caseload => {
                self.wrong(
                    Column::RemittedHours,
                    format!("This is more than the caseload of {caseload}: correct one of the two."),
                );
                hours
            }
            Ok(Some(hours)) if hours > Minutes(0) => hours,
            Ok(_) => {
                self.wrong(
                    Column::RemittedHours,
                    "A practitioner needs remitted hours: write the hours of a year, such as 150.",
                );
                Minutes(0)
            }
            Err(Told) => Minutes(0),
        };
        let support_hours = self.value(Column::SupportHours, cells::spans).unwrap_or_default();
        Some(Practice { remitted, caseload, expertise: self.expertise(names), nominated: Vec::new(), support_hours })
    }

    /// For somebody who is no practitioner, an error for each cell that only a practitioner may fill.
    fn no_practice(&mut self, has_hours: bool) {
        if has_hours {
            let message = "Only a practitioner has remitted hours: empty the cell or add the role.";
            self.wrong(Column::RemittedHours, message);
        }
        for column in [Column::Expertise, Column::NominatedAreas, Column::SupportHours] {
            let filled = match self.cell(column) {
                Cell::Empty => false,
                Cell::Text(text) => !says_none(text),
                _ => true,
            };
            if filled {
                let what = column.words().to_lowercase();
                self.wrong(column, format!("Only a practitioner has {what}: empty the cell or add the role."));
            }
        }
    }

    pub(super) fn expertise(&mut self, names: &mut Registers) -> Vec<Expertise> {
        let mut all: Vec<Expertise> = Vec::new();
        for said in self.list(Column::Expertise, 80) {
            let name = said.trim_end_matches('*').trim_end();
            let leads = name.len() < said.len();
            if name.is_empty() {
                self.wrong(Column::Expertise, "A star stands alone: write the theme before it, such as Questioning*.");
                continue;
            }
            let theme = names.themes.add(name);
            match all.iter_mut().find(|known| known.theme == theme) {
                Some(known) => known.leads |= leads,
                None => all.push(Expertise { theme, leads }),
            }
        }
        all
    }

    /// Support hours may not lie in the person's own teaching, neither the file's nor what stays as it is.
    fn check_overlap(&mut self, person: &StaffPerson, there: Option<&KnownPerson>) {
        let known = |column, field| {
            let unsaid = self.unsaid.has(column);
            there.filter(|_| unsaid).and_then(|there| there.record.get(&field)).map_or("", String::as_str)
        };
        let kept: Vec<Lesson> = read_lessons(known(Column::Teaching, Field::Teaching)).unwrap_or_default();
        let open: Vec<WeeklySpan> = read_spans(known(Column::SupportHours, Field::SupportHours)).unwrap_or_default();
        // What stays on both sides was let through before.
        if self.unsaid.has(Column::Teaching) && self.unsaid.has(Column::SupportHours) {
            return;
        }
        let spans = person.practice.iter().flat_map(|practice| practice.support_hours.iter().chain(&open));
        let lessons: Vec<&Lesson> = person.teaching.iter().chain(&kept).collect();
        let clash = spans.flat_map(|span| lessons.iter().map(move |lesson| (span, *lesson)));
        for (span, lesson) in clash.filter(|(span, lesson)| span.overlaps(lesson.span)) {
            let (span, lesson) = (span.from_to(), lesson.span.from_to());
            self.wrong(
                Column::SupportHours,
                format!("{span} overlaps the person's own teaching {lesson}: change one of them."),
            );
        }
    }

    pub(super) fn check_width(&mut self) {
        let beyond = self.row.cells.iter().skip(self.layout.width());
        if let Some(cell) = beyond.into_iter().find(|cell| **cell != Cell::Empty) {
            let value = cell.as_written();
            let message = "This line has more cells than there are titles: look for a comma or a semicolon too many, \
                           or put quotation marks round the cell that holds it.";
            let (line, column) = (self.row.line, String::new());
            self.errors.push(CellError { line, column, value, message: message.to_owned() });
        }
    }
}

/// Hours that are known of somebody already.
fn known_hours(there: Option<&KnownPerson>, field: Field) -> Option<Minutes> {
    there.and_then(|there| there.record.get(&field)).and_then(|words| read_hours(words).ok())
}

/// Reads one line, held against whoever has its staff number or else its address already (R-IMP-4).
pub(super) fn draft(
    (layout, row): (&Layout<'_>, &Row),
    known: &Index<'_>,
    names: &mut Registers,
    errors: &mut Vec<CellError>,
) -> Draft {
    let mut line = Line { layout, row, errors, unsaid: Unsaid::default() };
    line.check_width();
    let email = line.needed(Column::Email, "The e-mail address is missing: write the work address.", cells::email);
    let number = line.text(Column::Number, 40);
    let numbered = number.as_deref().and_then(|number| known.by_number(number));
    let there = numbered.or_else(|| known.by_email(&email));
    if let (Some(one), Some(other)) =
        (there, known.by_email(&email).filter(|other| there.is_some_and(|one| one.id != other.id)))
    {
        let (one, other) = (one.name().to_owned(), other.name().to_owned());
        line.wrong(
            Column::Email,
            format!("This is the address of {other}, and the staff number is that of {one}: correct one of the two."),
        );
    }
    // Everything else goes by the address that somebody has until the file is brought in.
    let (email, new_email) = match there {
        Some(there) if there.email != email && !email.is_empty() => (there.email.clone(), Some(email)),
        _ => (email, None),
    };
    let name = line.name(there);
    let job_title = line.text(Column::JobTitle, 120);
    let area = line.text(Column::Area, 80).map(|area| names.areas.add(&area));
    let site = line.text(Column::Site, 80).map(|site| names.sites.add(&site));
    let (manager, appraiser) = (line.somebody(Column::Manager), line.somebody(Column::Appraiser));
    let teaches = || there.map_or(Roles::NONE.with(Role::Teacher), KnownPerson::roles);
    let roles = line.optional(Column::Roles, cells::roles).map(|roles| roles.unwrap_or_else(teaches)).ok();
    let practice = line.practice(roles, there, names);
    let column = layout.title_of(Column::NominatedAreas);
    let nominated = if practice.is_some() { line.list(Column::NominatedAreas, 80) } else { Vec::new() };
    let nominated = nominated.into_iter().map(|text| Said { text, line: row.line, column: column.clone() }).collect();
    let mut person = StaffPerson {
        line: row.line,
        name,
        email,
        new_email,
        number,
        job_title,
        area,
        site,
        roles: roles.unwrap_or_default(),
        teaching: line.value(Column::Teaching, cells::lessons).unwrap_or_default(),
        about: line.text(Column::About, 600),
        teaches: line.text(Column::Teaches, 120),
        room: line.text(Column::Room, 40),
        practice,
        ..StaffPerson::default()
    };
    line.check_overlap(&person, there);
    person.unsaid = line.unsaid;
    Draft { person, manager, appraiser, nominated }
}
