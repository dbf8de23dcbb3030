//! One line of the file becomes one person.

use super::cells;
use super::columns::{Column, Layout};
use super::table::{Cell, Row};
use super::{CellError, Expertise, Practice, Registers, StaffPerson, Told};
use crate::minutes::Minutes;
use crate::people::{Role, Roles};

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
    line: u32,
    column: String,
}

impl Said {
    pub(super) fn wrong(&self, message: String) -> CellError {
        let value = self.text.chars().take(80).collect();
        CellError { line: self.line, column: self.column.clone(), value, message }
    }
}

/// One line being read. What is wrong goes into `errors`, and the reading goes on.
struct Line<'a> {
    layout: &'a Layout<'a>,
    row: &'a Row,
    errors: &'a mut Vec<CellError>,
}

impl Line<'_> {
    fn cell(&self, column: Column) -> &Cell {
        self.layout.place(column).and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    fn wrong(&mut self, column: Column, message: impl Into<String>) -> Told {
        let (column, value) = (self.layout.title_of(column), self.cell(column).as_written());
        self.errors.push(CellError { line: self.row.line, column, value, message: message.into() });
        Told
    }

    /// What stands in the cell, if anything.
    fn said(&mut self, column: Column) -> Result<Option<String>, Told> {
        let said = match self.cell(column) {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => return Ok(None),
            Cell::Formula => {
                let message = "This cell holds a formula: copy the column and paste it back as values.";
                return Err(self.wrong(column, message));
            }
            Cell::Bad(_) => {
                return Err(
                    self.wrong(column, "The spreadsheet shows an error or a date here: write the value as text.")
                );
            }
        };
        Ok(if said.trim().is_empty() { None } else { Some(said) })
    }

    /// The cell as `read` understands it; nothing when it is empty.
    fn optional<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Told> {
        match self.said(column)? {
            None => Ok(None),
            Some(said) => read(&said).map(Some).map_err(|message| self.wrong(column, message)),
        }
    }

    /// As [`optional`](Self::optional), where the error that was told needs nothing more.
    fn value<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        self.optional(column, read).ok().flatten()
    }

    fn text(&mut self, column: Column, most: usize) -> Option<String> {
        self.value(column, |raw| cells::text(raw, most))
    }

    /// A cell that may not be empty; `missing` says what to do if it is.
    fn needed(&mut self, column: Column, missing: &str, read: impl Fn(&str) -> Result<String, String>) -> String {
        match self.optional(column, read) {
            Ok(Some(value)) => value,
            Ok(None) => {
                self.wrong(column, missing);
                String::new()
            }
            Err(Told) => String::new(),
        }
    }

    /// A cell that names somebody; "-", "none" and "n/a" name nobody.
    fn somebody(&mut self, column: Column) -> Option<Said> {
        let text = self.text(column, 254)?;
        let nobody = matches!(text.to_lowercase().as_str(), "-" | "–" | "none" | "n/a");
        (!nobody).then(|| Said { text, line: self.row.line, column: self.layout.title_of(column) })
    }

    fn list(&mut self, column: Column, most: usize) -> Vec<String> {
        let read = |raw: &str| cells::list(raw).map(|part| cells::text(part, most)).collect::<Result<Vec<_>, _>>();
        self.value(column, read).unwrap_or_default()
    }

    fn name(&mut self) -> String {
        const MISSING: &str = "The name is missing: write the name that colleagues use.";
        if self.layout.has(Column::Name) {
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
    fn practice(&mut self, roles: Option<Roles>, names: &mut Registers) -> Option<Practice> {
        let remitted = self.optional(Column::RemittedHours, cells::hours);
        let caseload = self.value(Column::CaseloadHours, cells::hours);
        if !roles?.has(Role::Practitioner) {
            if remitted.is_ok_and(|hours| hours.is_some_and(|hours| hours > Minutes(0))) {
                self.wrong(
                    Column::RemittedHours,
                    "Only a practitioner has remitted hours: empty the cell or add the role.",
                );
            }
            for column in [Column::Expertise, Column::NominatedAreas, Column::SupportHours] {
                if *self.cell(column) != Cell::Empty {
                    let what = column.words().to_lowercase();
                    self.wrong(column, format!("Only a practitioner has {what}: empty the cell or add the role."));
                }
            }
            return None;
        }
        let caseload = caseload.unwrap_or(FULL_CASELOAD);
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

    fn expertise(&mut self, names: &mut Registers) -> Vec<Expertise> {
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

    /// Support hours may not lie in the person's own teaching.
    fn check_overlap(&mut self, person: &StaffPerson) {
        let spans = person.practice.iter().flat_map(|practice| &practice.support_hours);
        let clash = spans.flat_map(|span| person.teaching.iter().map(move |lesson| (span, lesson)));
        for (span, lesson) in clash.filter(|(span, lesson)| span.overlaps(lesson.span)) {
            let (span, lesson) = (span.from_to(), lesson.span.from_to());
            self.wrong(
                Column::SupportHours,
                format!("{span} overlaps the person's own teaching {lesson}: change one of them."),
            );
        }
    }

    fn check_width(&mut self) {
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

/// Reads one line.
pub(super) fn draft(layout: &Layout<'_>, row: &Row, names: &mut Registers, errors: &mut Vec<CellError>) -> Draft {
    let mut line = Line { layout, row, errors };
    line.check_width();
    let name = line.name();
    let email = line.needed(Column::Email, "The e-mail address is missing: write the work address.", cells::email);
    let job_title = line.text(Column::JobTitle, 120);
    let area = line.text(Column::Area, 80).map(|area| names.areas.add(&area));
    let site = line.text(Column::Site, 80).map(|site| names.sites.add(&site));
    let (manager, appraiser) = (line.somebody(Column::Manager), line.somebody(Column::Appraiser));
    let roles =
        line.optional(Column::Roles, cells::roles).map(|roles| roles.unwrap_or(Roles::NONE.with(Role::Teacher))).ok();
    let practice = line.practice(roles, names);
    let column = layout.title_of(Column::NominatedAreas);
    let nominated = if practice.is_some() { line.list(Column::NominatedAreas, 80) } else { Vec::new() };
    let nominated = nominated.into_iter().map(|text| Said { text, line: row.line, column: column.clone() }).collect();
    let person = StaffPerson {
        line: row.line,
        name,
        email,
        job_title,
        area,
        site,
        manager: None,
        appraiser: None,
        roles: roles.unwrap_or_default(),
        teaching: line.value(Column::Teaching, cells::lessons).unwrap_or_default(),
        about: line.text(Column::About, 600),
        teaches: line.text(Column::Teaches, 120),
        room: line.text(Column::Room, 40),
        practice,
    };
    line.check_overlap(&person);
    Draft { person, manager, appraiser, nominated }
}
