//! Which column is which, and which are never let in.

use super::table::{Table, letter};
use super::{CellError, Told};

/// A column that a staff file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    FirstName,
    LastName,
    Email,
    JobTitle,
    Area,
    Site,
    Manager,
    Appraiser,
    Roles,
    RemittedHours,
    CaseloadHours,
    Expertise,
    NominatedAreas,
    SupportHours,
    Teaching,
    About,
    Teaches,
    Room,
}

/// Every column with its proper title and what else it goes by, as [`folded`] leaves it.
const TITLES: [(Column, &str, &[&str]); 19] = [
    (Column::Name, "Name", &["fullname", "staffname", "displayname", "employeename", "person"]),
    (Column::FirstName, "First name", &["forename", "givenname", "knownas"]),
    (Column::LastName, "Last name", &["surname", "familyname"]),
    (Column::Email, "E-mail", &["emailaddress", "workemail", "mail", "username", "userprincipalname"]),
    (Column::JobTitle, "Job title", &["job", "post", "position"]),
    (Column::Area, "Area", &["curriculumarea", "department", "school", "faculty", "dept"]),
    (Column::Site, "Site", &["campus", "location"]),
    (Column::Manager, "Line manager", &["manager", "linemanageremail", "manageremail", "reportsto", "managedby"]),
    (Column::Appraiser, "Appraiser", &["appraiseremail", "appraisedby", "reviewer"]),
    (Column::Roles, "Roles", &["role"]),
    (Column::RemittedHours, "Remitted hours", &["remission", "remittedhoursayear", "remittedhoursperyear"]),
    (
        Column::CaseloadHours,
        "Caseload hours",
        &["caseload", "teachingcaseload", "annualcaseload", "caseloadhoursayear"],
    ),
    (Column::Expertise, "Expertise", &["themes", "strengths", "specialisms"]),
    (Column::NominatedAreas, "Nominated areas", &["nominatedarea", "nominatedschools"]),
    (Column::SupportHours, "Support hours", &["supporttimes", "weeklysupporthours"]),
    (Column::Teaching, "Teaching", &["timetable", "lessons", "weeklyteaching"]),
    (Column::About, "About", &["profile", "aboutme", "bio"]),
    (Column::Teaches, "Teaches", &["subject", "subjects"]),
    (Column::Room, "Room", &["office", "base"]),
];

impl Column {
    /// The column that goes by this title.
    fn of_title(title: &str) -> Option<Self> {
        let fold = folded(title);
        let called =
            |(_, proper, also): &&(Self, &str, &[&str])| folded(proper) == fold || also.contains(&fold.as_str());
        TITLES.iter().find(called).map(|(column, ..)| *column)
    }

    /// Its proper title, for sentences.
    pub(super) fn words(self) -> &'static str {
        TITLES.iter().find(|(column, ..)| *column == self).map_or("", |(_, proper, _)| proper)
    }
}

/// Letters and digits in lower case: "E-mail address" is "emailaddress".
fn folded(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Parts of titles that give away pay, identity documents or protected characteristics.
const NEVER: [&str; 29] = [
    "salary",
    "payscale",
    "paypoint",
    "paygrade",
    "payroll",
    "allowance",
    "wage",
    "bank",
    "sortcode",
    "birth",
    "gender",
    "ethnic",
    "disab",
    "religio",
    "belief",
    "faith",
    "sexual",
    "orientation",
    "marital",
    "pregnan",
    "maternity",
    "nationality",
    "nationalinsurance",
    "ninumber",
    "passport",
    "righttowork",
    "tradeunion",
    "sickness",
    "medical",
];
/// The same, where the text is too short to look for inside other words.
const NEVER_WORDS: [&str; 13] =
    ["pay", "dob", "age", "sex", "race", "ni", "nino", "health", "union", "pronouns", "absence", "dbs", "uplift"];

/// Whether a column of this title is dropped at the door (PRO-03).
fn is_never_let_in(title: &str) -> bool {
    let whole = folded(title);
    let mut words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).chain([whole.clone()]);
    NEVER.iter().any(|part| whole.contains(part)) || words.any(|word| NEVER_WORDS.contains(&word.as_str()))
}

/// Where each column stands in one file.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    header: &'a [String],
    places: Vec<(Column, usize)>,
    /// Titles nobody knows.
    pub ignored: Vec<String>,
    /// Titles of columns that are never read.
    pub dropped: Vec<String>,
}

impl<'a> Layout<'a> {
    /// Reads the titles; adds an error for each column that is missing or stands twice.
    pub(super) fn of(table: &'a Table, errors: &mut Vec<CellError>) -> Result<Self, Told> {
        let mut layout = Self { header: &table.header, places: Vec::new(), ignored: Vec::new(), dropped: Vec::new() };
        let mut wrong = |column: String, value: &str, message: String| {
            errors.push(CellError { line: table.header_line, column, value: value.to_owned(), message });
        };
        let mut sound = true;
        for (index, title) in table.header.iter().enumerate() {
            match Column::of_title(title) {
                Some(column) if layout.place(column).is_some() => {
                    sound = false;
                    let first = layout.place(column).map(|place| layout.title(place)).unwrap_or_default();
                    let message = format!("This column and {first} both hold {}: delete one.", column.words());
                    wrong(layout.title(index), title, message);
                }
                Some(column) => layout.places.push((column, index)),
                None if is_never_let_in(title) => layout.dropped.push(layout.title(index)),
                None if folded(title).is_empty() && !is_used(table, index) => {}
                None => layout.ignored.push(layout.title(index)),
            }
        }
        let has_name = layout.has(Column::Name) || layout.has(Column::FirstName) && layout.has(Column::LastName);
        let needed = [Column::Email, Column::Area, Column::Manager, Column::Roles];
        let missing = needed.into_iter().filter(|column| !layout.has(*column));
        for column in (!has_name).then_some(Column::Name).into_iter().chain(missing) {
            sound = false;
            let cells = if matches!(column, Column::Name | Column::Email) {
                "fill it for everybody"
            } else {
                "leave cells empty where it does not apply"
            };
            let message = format!("There is no column {0}: add one with the title {0} and {cells}.", column.words());
            wrong(column.words().to_owned(), "", message);
        }
        if sound { Ok(layout) } else { Err(Told) }
    }

    /// Where `column` stands, counted from 0.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// The column as [`title`](Self::title) shows it, or its proper name where the file lacks it.
    pub(super) fn title_of(&self, column: Column) -> String {
        self.place(column).map_or_else(|| column.words().to_owned(), |place| self.title(place))
    }

    /// How many titles there are.
    pub(super) const fn width(&self) -> usize {
        self.header.len()
    }

    /// A column as somebody looking for it sees it: "Line manager (F)".
    pub(super) fn title(&self, index: usize) -> String {
        match self.header.get(index).map(|title| title.trim()) {
            Some(title) if !title.is_empty() => {
                format!("{} ({})", title.chars().take(60).collect::<String>(), letter(index))
            }
            _ => format!("({})", letter(index)),
        }
    }
}

/// Whether any line has something in the column.
fn is_used(table: &Table, index: usize) -> bool {
    table.rows.iter().any(|row| row.cells.get(index).is_some_and(|cell| *cell != super::Cell::Empty))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(header: &[&str]) -> Table {
        Table { header: header.iter().map(|&title| title.to_owned()).collect(), header_line: 1, ..Table::default() }
    }

    #[test]
    fn titles_are_known_whatever_their_case_and_punctuation() {
        let table = table(&["FULL NAME", "e-Mail Address", "Curriculum_Area", "Line-Manager", "role", ""]);
        let layout = Layout::of(&table, &mut Vec::new()).unwrap();
        assert_eq!(layout.place(Column::Email), Some(1));
        assert_eq!(layout.place(Column::Manager), Some(3));
        assert!(layout.ignored.is_empty());
    }

    #[test]
    fn every_title_belongs_to_one_column_and_none_is_shut_out() {
        let titles = TITLES.iter().flat_map(|(column, proper, also)| {
            also.iter().copied().chain([*proper]).map(move |title| (*column, title))
        });
        for (column, title) in titles {
            assert_eq!(Column::of_title(title), Some(column), "{title}");
            assert!(!is_never_let_in(title), "{title}");
            assert!(!column.words().is_empty());
        }
    }

    #[test]
    fn pay_and_protected_characteristics_are_dropped_at_the_door() {
        for title in [
            "Salary",
            "Annual salary (£)",
            "Pay",
            "Pay point",
            "D.O.B.",
            "DOB",
            "Date of Birth",
            "Birth date",
            "Gender",
            "Sex",
            "Ethnic origin",
            "Ethnicity",
            "Disability",
            "Registered disabled",
            "Religion or belief",
            "NI number",
            "National Insurance No",
            "NI",
            "Sexual orientation",
            "Marital status",
            "Nationality",
            "Age",
        ] {
            assert!(is_never_let_in(title), "{title}");
        }
        for title in ["Phone", "Payne Building", "Staff code", "Stage", "Essex campus"] {
            assert!(!is_never_let_in(title), "{title}");
        }
    }
}
