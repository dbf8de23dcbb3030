//! A file to put right: the same lines with a column that says what is wrong with each. It opens in a spreadsheet
//! without running anything, and comes back as it went out.

use std::collections::BTreeMap;

use super::CellError;
use super::columns::{PUT_RIGHT, is_never_let_in};
use super::table::{Cell, Table};

/// The lines of a file as CSV with what to put right beside them. Columns that are never let in are not in it.
pub fn csv(table: &Table, errors: &[CellError]) -> String {
    let kept: Vec<usize> =
        table.header.iter().enumerate().filter(|(_, title)| keeps(title)).map(|(index, _)| index).collect();
    let mut told: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for error in errors {
        let place = if error.column.is_empty() { String::new() } else { format!("{}: ", error.column) };
        told.entry(error.line).or_default().push(format!("{place}{}", error.message));
    }
    // The mark tells spreadsheets that this is UTF-8.
    let mut text = String::from('\u{feff}');
    let titles = kept.iter().filter_map(|index| table.header.get(*index)).map(|title| safe(title));
    let above = told.remove(&table.header_line).unwrap_or_default().join(" ");
    line(&mut text, titles.chain([PUT_RIGHT.to_owned()]));
    if !above.is_empty() {
        // What is wrong with the titles themselves has no line of its own: it stands on the first one.
        if let Some(first) = table.rows.first() {
            told.entry(first.line).or_default().insert(0, above);
        }
    }
    for row in &table.rows {
        let wrong = told.remove(&row.line).unwrap_or_default().join(" ");
        let beyond = row.cells.iter().skip(table.header.len()).filter(|cell| **cell != Cell::Empty);
        let cells = kept.iter().map(|index| row.cells.get(*index).map(written).unwrap_or_default());
        line(&mut text, cells.chain([safe(&wrong)]).chain(beyond.map(written)));
    }
    text
}

fn keeps(title: &str) -> bool {
    !is_never_let_in(title) && title.trim() != PUT_RIGHT
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text),
        Cell::Number(number) => number.to_string(),
        Cell::Formula | Cell::Bad(_) | Cell::Empty | Cell::Date => String::new(),
        Cell::Time(_) => cell.as_written(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe in front, which [`plain`] takes away again.
fn safe(text: &str) -> String {
    let alone = text.trim().chars().count() <= 1;
    let risky = text.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\'']);
    if risky && !alone { format!("'{text}") } else { text.to_owned() }
}

/// A text as it was before [`csv`] made it safe.
pub fn plain(text: &str) -> &str {
    let rest = text.trim_start().strip_prefix('\'');
    rest.filter(|rest| rest.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '\''])).unwrap_or(text)
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r', ';', '\t']) || cell.starts_with([' ', '\'']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::staff_file::Row;

    fn table(cells: &[Cell]) -> Table {
        let header = vec!["Name".to_owned(), "Salary".to_owned(), "Area".to_owned()];
        Table { header, header_line: 1, rows: vec![Row { line: 2, cells: cells.to_vec() }], ..Table::default() }
    }

    /// R-IMP-2 R-IMP-9
    #[test]
    fn what_is_wrong_stands_beside_its_line_and_pay_is_gone() {
        let sheet = table(&[Cell::Text("Ann, Lee".to_owned()), Cell::Number(31_000.0), Cell::Formula]);
        let error = CellError {
            line: 2,
            column: "Area (C)".to_owned(),
            value: "a formula".to_owned(),
            message: "Write it.".to_owned(),
        };
        let text = csv(&sheet, &[error]);
        assert_eq!(text, "\u{feff}Name,Area,What to put right\r\n\"Ann, Lee\",,Area (C): Write it.\r\n");
    }

    /// R-IMP-9
    #[test]
    fn nothing_in_it_is_run_by_a_spreadsheet() {
        for text in ["=HYPERLINK(\"x\")", "+44 161", "-2+3", "@SUM(A1)", " =1", "'=1"] {
            let written = safe(text);
            assert!(written.starts_with('\''), "{written}");
            assert_eq!(plain(&written), text);
        }
        assert_eq!((safe("-").as_str(), safe("O'Hara").as_str(), plain("'quoted'")), ("-", "O'Hara", "'quoted'"));
    }

    proptest! {
        #[test]
        fn what_was_made_safe_is_the_same_afterwards(text in "[=+@' a-]{0,6}") {
            let written = safe(&text);
            prop_assert_eq!(plain(&written), text.as_str());
        }
    }
}
