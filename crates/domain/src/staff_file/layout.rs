//! Where each column stands in one file, once they are matched.

use super::columns::{Column, PUT_RIGHT, folded, is_never_let_in};
use super::kind::Kind;
use super::matching::Matching;
use super::table::{Table, letter};
use super::{CellError, Told};

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
    /// Takes the columns as they are matched; adds an error for each that stands twice or is missing. Into a college
    /// that is there already, a staff file needs only what tells people apart.
    pub(super) fn of(
        (table, kind, founding): (&'a Table, Kind, bool),
        matching: &Matching,
        errors: &mut Vec<CellError>,
    ) -> Result<Self, Told> {
        let mut layout = Self { header: &table.header, places: Vec::new(), ignored: Vec::new(), dropped: Vec::new() };
        let mut wrong = |column: String, value: &str, message: String| {
            errors.push(CellError { line: table.header_line, column, value: value.to_owned(), message });
        };
        let mut sound = true;
        for (index, title) in table.header.iter().enumerate() {
            match matching.column(index) {
                Some(column) if layout.place(column).is_some() => {
                    sound = false;
                    let first = layout.place(column).map(|place| layout.title(place)).unwrap_or_default();
                    let message = format!("This column and {first} both hold {}: delete one.", column.words());
                    wrong(layout.title(index), title, message);
                }
                Some(column) => layout.places.push((column, index)),
                None if is_never_let_in(title) => layout.dropped.push(layout.title(index)),
                None if folded(title).is_empty() && !is_used(table, index) => {}
                None if folded(title) == folded(PUT_RIGHT) => {}
                None => layout.ignored.push(layout.title(index)),
            }
        }
        for column in layout.missing(kind, founding) {
            sound = false;
            let cells = if matches!(column, Column::Name | Column::Email) || kind != Kind::Staff {
                "fill it on every line"
            } else {
                "leave cells empty where it does not apply"
            };
            let message = format!("There is no column {0}: add one with the title {0} and {cells}.", column.words());
            wrong(column.words().to_owned(), "", message);
        }
        if sound { Ok(layout) } else { Err(Told) }
    }

    /// The needed columns that nobody found.
    fn missing(&self, kind: Kind, founding: bool) -> Vec<Column> {
        let absent =
            |columns: &[Column]| columns.iter().copied().filter(|column| !self.has(*column)).collect::<Vec<_>>();
        let has_name = self.has(Column::Name) || self.has(Column::FirstName) && self.has(Column::LastName);
        let someone = if has_name || self.has(Column::Email) { None } else { Some(Column::Email) };
        match kind {
            Kind::Staff if founding => {
                let name = (!has_name).then_some(Column::Name).into_iter();
                name.chain(absent(&[Column::Email, Column::Area, Column::Manager, Column::Roles])).collect()
            }
            Kind::Staff => absent(&[Column::Email]),
            Kind::Structure => absent(&[Column::Area]),
            Kind::Timetable => someone.into_iter().chain(absent(&[Column::Day, Column::From, Column::To])).collect(),
            Kind::Hours => {
                let said = [Column::RemittedHours, Column::CaseloadHours, Column::SupportHours, Column::NominatedAreas];
                let nothing = !said.iter().chain(&[Column::Expertise]).any(|column| self.has(*column));
                someone.into_iter().chain(nothing.then_some(Column::RemittedHours)).collect()
            }
        }
    }

    /// Where `column` stands, counted from 0.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.place(column).is_some()
    }

    /// The first of these columns that the file has, or the first of all.
    pub(super) fn first_of(&self, columns: &[Column]) -> Column {
        let had = columns.iter().copied().find(|column| self.has(*column));
        had.or_else(|| columns.first().copied()).unwrap_or(Column::Name)
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
        let layout =
            Layout::of((&table, Kind::Staff, true), &Matching::guess(&table, Kind::Staff, &[]), &mut Vec::new())
                .unwrap();
        assert_eq!(layout.place(Column::Email), Some(1));
        assert_eq!(layout.place(Column::Manager), Some(3));
        assert!(layout.ignored.is_empty());
    }
}
