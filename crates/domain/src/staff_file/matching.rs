//! Which column of a file is which: guessed from what was chosen last time, from the titles, and from the cells.

use super::cells;
use super::columns::{Column, folded, is_never_let_in};
use super::kind::Kind;
use super::table::{Cell, Table};
use crate::weekly::{Weekday, WeeklySpan};

/// Why a column of the file is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Somebody chose it for this file.
    Chosen,
    /// Somebody chose it for an earlier file with the same title.
    Remembered,
    /// The title says so.
    Title,
    /// The cells look like it.
    Cells,
    /// Nothing is known of it: it is left out.
    Unknown,
    /// It holds what is never let in; nobody can choose it.
    Never,
}

/// What each column of a file is, from the left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matching(Vec<(Option<Column>, Because)>);

/// A title, folded, and what it was chosen to be: nothing where it was chosen to be left out.
pub type Remembered = (String, Option<Column>);

/// A title as it is remembered.
pub fn remembered_title(title: &str) -> String {
    folded(title)
}

impl Matching {
    /// Guesses. Two columns are never guessed to be the same thing unless both titles say so outright.
    pub fn guess(table: &Table, kind: Kind, remembered: &[Remembered]) -> Self {
        let mut matching = Self(vec![(None, Because::Unknown); table.header.len()]);
        for (index, title) in table.header.iter().enumerate() {
            let chosen = remembered.iter().find(|(known, _)| !known.is_empty() && *known == folded(title));
            let found = match (is_never_let_in(title), Column::of_title(kind, title), chosen) {
                (true, None, _) => (None, Because::Never),
                (_, _, Some((_, column))) if column.is_none_or(|column| Column::of_kind(kind).contains(&column)) => {
                    (*column, Because::Remembered)
                }
                (_, Some(column), _) => (Some(column), Because::Title),
                _ => (None, Because::Unknown),
            };
            matching.put(index, found);
        }
        for (index, title) in table.header.iter().enumerate() {
            if matching.is_open(index)
                && let Some(column) = Column::inside_title(kind, title).filter(|column| !matching.has(*column))
            {
                matching.put(index, (Some(column), Because::Title));
            }
        }
        matching.by_cells(table, kind);
        matching
    }

    /// What somebody chose, a code for each column from the left; an empty code leaves the column out.
    ///
    /// # Errors
    /// The place of a column that was chosen twice, and what it was chosen to be.
    pub fn chosen<'a>(
        table: &Table,
        kind: Kind,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, Vec<(usize, Column)>> {
        let mut matching = Self(vec![(None, Because::Chosen); table.header.len()]);
        let mut twice = Vec::new();
        for ((index, title), code) in table.header.iter().enumerate().zip(codes) {
            if is_never_let_in(title) && Column::of_title(kind, title).is_none() {
                matching.put(index, (None, Because::Never));
                continue;
            }
            let column = Column::from_code(code).filter(|column| Column::of_kind(kind).contains(column));
            if let Some(column) = column.filter(|column| matching.has(*column)) {
                twice.push((index, column));
            }
            matching.put(index, (column, Because::Chosen));
        }
        if twice.is_empty() { Ok(matching) } else { Err(twice) }
    }

    /// What a column of the file is.
    pub fn column(&self, index: usize) -> Option<Column> {
        self.0.get(index).and_then(|(column, _)| *column)
    }

    /// Why it is taken for that.
    pub fn because(&self, index: usize) -> Because {
        self.0.get(index).map_or(Because::Unknown, |(_, because)| *because)
    }

    /// The codes from the left, as [`chosen`](Self::chosen) reads them.
    pub fn codes(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(column, _)| column.map_or("", Column::code))
    }

    /// Whether a column of the file is this.
    pub fn has(&self, column: Column) -> bool {
        self.0.iter().any(|(known, _)| *known == Some(column))
    }

    fn put(&mut self, index: usize, found: (Option<Column>, Because)) {
        if let Some(place) = self.0.get_mut(index) {
            *place = found;
        }
    }

    fn is_open(&self, index: usize) -> bool {
        self.because(index) == Because::Unknown
    }

    fn by_cells(&mut self, table: &Table, kind: Kind) {
        for (column, looks) in LOOKS {
            let wanted = Column::of_kind(kind).contains(&column) && !self.has(column);
            let named = self.has(Column::FirstName) || self.has(Column::LastName);
            if !wanted || column == Column::Name && (named || kind == Kind::Staff && !self.has(Column::Email)) {
                continue;
            }
            let fits = (0..table.header.len()).find(|index| self.is_open(*index) && most_look(table, *index, looks));
            if let Some(index) = fits {
                self.put(index, (Some(column), Because::Cells));
            }
        }
    }
}

type Looks = fn(&Cell) -> bool;

/// What the cells of a column look like, the surest first.
const LOOKS: [(Column, Looks); 8] = [
    (Column::Email, |cell| text(cell).is_some_and(|text| cells::email(text).is_ok())),
    (Column::Day, |cell| text(cell).is_some_and(|text| text.parse::<Weekday>().is_ok())),
    (Column::From, is_clock),
    (Column::To, is_clock),
    (Column::SupportHours, |cell| text(cell).is_some_and(|text| cells::spans(text).is_ok())),
    (Column::Teaching, |cell| text(cell).is_some_and(|text| WeeklySpan::read_labelled(text).is_ok())),
    (Column::Roles, |cell| text(cell).is_some_and(|text| cells::roles(text).is_ok())),
    (Column::Name, |cell| text(cell).is_some_and(is_like_a_name)),
];

fn text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text.trim()) } else { None }
}

fn is_clock(cell: &Cell) -> bool {
    match cell {
        Cell::Time(_) => true,
        Cell::Text(text) => text.contains([':', '.']) && format!("Mon {text}-24:00").parse::<WeeklySpan>().is_ok(),
        _ => false,
    }
}

fn is_like_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c))
        })
}

/// Whether nine in ten of the filled cells look like it; a few hundred lines tell.
fn most_look(table: &Table, index: usize, looks: Looks) -> bool {
    let filled = table.rows.iter().filter_map(|row| row.cells.get(index)).filter(|cell| **cell != Cell::Empty);
    let (mut all, mut fit) = (0_usize, 0_usize);
    for cell in filled.take(300) {
        all += 1;
        fit += usize::from(looks(cell));
    }
    all > 0 && fit * 10 >= all * 9
}

/// The kind of file that the titles speak of; a staff file where nothing speaks against it.
pub fn kind_of(header: &[String]) -> Kind {
    let has = |kind: Kind, column: Column| header.iter().any(|title| Column::of_title(kind, title) == Some(column));
    if has(Kind::Timetable, Column::Day) && has(Kind::Timetable, Column::From) {
        return Kind::Timetable;
    }
    let people = has(Kind::Staff, Column::Email) || has(Kind::Staff, Column::LastName);
    if !people
        && has(Kind::Structure, Column::Area)
        && (has(Kind::Structure, Column::LedBy) || has(Kind::Structure, Column::PartOf))
    {
        return Kind::Structure;
    }
    let hours = [Column::RemittedHours, Column::SupportHours, Column::NominatedAreas];
    let staff = [Column::Manager, Column::Roles, Column::Area];
    if hours.iter().any(|column| has(Kind::Hours, *column)) && !staff.iter().any(|column| has(Kind::Staff, *column)) {
        return Kind::Hours;
    }
    Kind::Staff
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::staff_file::Row;

    fn table(titles: &[&str], lines: &[&[&str]]) -> Table {
        let row =
            |cells: &&[&str]| Row { line: 2, cells: cells.iter().map(|text| Cell::Text((*text).to_owned())).collect() };
        let header = titles.iter().map(|&title| title.to_owned()).collect();
        Table { header, header_line: 1, rows: lines.iter().map(row).collect(), ..Table::default() }
    }

    fn guessed(table: &Table, kind: Kind, remembered: &[Remembered]) -> Vec<(Option<Column>, Because)> {
        Matching::guess(table, kind, remembered).0
    }

    /// R-IMP-6
    #[test]
    fn titles_are_guessed_outright_in_part_and_by_their_cells() {
        let sheet = table(
            &["Col 1", "Col 2", "Primary work e-mail", "Dept name", "Line manager (name)", "Salary", "Phone"],
            &[&["Ann Lee", "teacher", "ann@college.example", "Art", "Bo Ek", "9", "12"]],
        );
        assert_eq!(
            guessed(&sheet, Kind::Staff, &[]),
            [
                (Some(Column::Name), Because::Cells),
                (Some(Column::Roles), Because::Cells),
                (Some(Column::Email), Because::Title),
                (None, Because::Unknown),
                (Some(Column::Manager), Because::Title),
                (None, Because::Never),
                (None, Because::Unknown),
            ]
        );
    }

    /// R-IMP-6
    #[test]
    fn what_was_chosen_for_a_title_is_taken_again_and_what_was_left_out_stays_out() {
        let sheet = table(&["Name", "Kontakt", "Area"], &[&["Ann Lee", "x", "Art"]]);
        let remembered = [("kontakt".to_owned(), Some(Column::Email)), ("area".to_owned(), None)];
        let guessed = guessed(&sheet, Kind::Staff, &remembered);
        assert_eq!(guessed[1], (Some(Column::Email), Because::Remembered));
        assert_eq!(guessed[2], (None, Because::Remembered));
    }

    /// R-IMP-2
    #[test]
    fn what_is_never_let_in_cannot_be_chosen_nor_remembered() {
        let sheet = table(&["Salary", "Name"], &[]);
        let remembered = [("salary".to_owned(), Some(Column::Room))];
        assert_eq!(guessed(&sheet, Kind::Staff, &remembered)[0], (None, Because::Never));
        let chosen = Matching::chosen(&sheet, Kind::Staff, ["room", "name"]).unwrap();
        assert_eq!((chosen.column(0), chosen.column(1)), (None, Some(Column::Name)));
    }

    #[test]
    fn a_timetable_is_guessed_by_its_cells() {
        let sheet = table(&["Who", "D", "A", "B", "Group"], &[&["Ann Lee", "Tue", "09:00", "10:30", "L3"]]);
        let columns: Vec<_> = guessed(&sheet, Kind::Timetable, &[]).into_iter().map(|(column, _)| column).collect();
        let wanted = [Column::Name, Column::Day, Column::From, Column::To, Column::Lesson];
        assert_eq!(columns, wanted.map(Some));
    }

    #[test]
    fn the_titles_tell_the_kind_of_file() {
        for (titles, kind) in [
            (&["Name", "E-mail", "Area", "Line manager", "Roles", "Remitted hours"][..], Kind::Staff),
            (&["Teacher", "Day", "Start", "End"], Kind::Timetable),
            (&["Area", "Site", "Led by"], Kind::Structure),
            (&["E-mail", "Remission", "Support hours"], Kind::Hours),
            (&["sourcedId", "givenName"], Kind::Staff),
        ] {
            let header: Vec<String> = titles.iter().map(|&title| title.to_owned()).collect();
            assert_eq!(kind_of(&header), kind, "{titles:?}");
        }
    }

    proptest! {
        #[test]
        fn a_guess_taken_over_as_a_choice_says_the_same(titles in prop::collection::vec("[A-Za-z -]{0,14}", 0..8)) {
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            for kind in Kind::ALL {
                let sheet = table(&titles, &[]);
                let guess = Matching::guess(&sheet, kind, &[]);
                if let Ok(chosen) = Matching::chosen(&sheet, kind, guess.codes()) {
                    for index in 0..titles.len() {
                        prop_assert_eq!(chosen.column(index), guess.column(index));
                    }
                }
            }
        }
    }
}
