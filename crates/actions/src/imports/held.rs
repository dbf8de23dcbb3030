//! The lines of a file as they are kept while somebody looks through them. What is never let in is not kept either.

use domain::staff_file::{Cell, PUT_RIGHT, Row, Table, is_never_let_in};
use store::Fault;

type Merged = Vec<(u32, String)>;
type Lines = Vec<(u32, Vec<Option<String>>)>;
type Held = (Vec<String>, u32, Option<String>, Option<String>, Merged, Lines);

/// Writes a table down, without the cells of columns that are never let in (R-IMP-2).
///
/// # Errors
/// A table that cannot be written.
pub(super) fn write(table: &Table) -> Result<String, Fault> {
    let never: Vec<bool> = table.header.iter().map(|title| is_never_let_in(title) || title == PUT_RIGHT).collect();
    let cell = |(index, cell): (usize, &Cell)| {
        if never.get(index).copied().unwrap_or_default() {
            return None;
        }
        match cell {
            Cell::Empty => None,
            Cell::Text(text) => Some(format!("t{text}")),
            Cell::Number(number) => Some(format!("n{number}")),
            Cell::Time(minute) => Some(format!("c{minute}")),
            Cell::Date => Some("d".to_owned()),
            Cell::Formula => Some("f".to_owned()),
            Cell::Bad(text) => Some(format!("b{text}")),
        }
    };
    let rows = table.rows.iter().map(|row| (row.line, row.cells.iter().enumerate().map(cell).collect()));
    let held: Held = (
        table.header.clone(),
        table.header_line,
        table.note.clone(),
        table.sheet.clone(),
        table.merged.clone(),
        rows.collect(),
    );
    serde_json::to_string(&held).map_err(|_| Fault::Unreadable("file"))
}

/// Reads a table that was written down.
///
/// # Errors
/// A text that is none.
pub(super) fn read(text: &str) -> Result<Table, Fault> {
    let (header, header_line, note, sheet, merged, lines): Held =
        serde_json::from_str(text).map_err(|_| Fault::Unreadable("file"))?;
    let cell = |held: Option<String>| {
        let Some(held) = held else { return Some(Cell::Empty) };
        let mut letters = held.chars();
        let kind = letters.next()?;
        let rest = letters.as_str();
        Some(match kind {
            't' => Cell::Text(rest.to_owned()),
            'n' => Cell::Number(rest.parse().ok()?),
            'c' => Cell::Time(rest.parse().ok()?),
            'd' => Cell::Date,
            'f' => Cell::Formula,
            _ => Cell::Bad(rest.to_owned()),
        })
    };
    let mut rows = Vec::new();
    for (line, cells) in lines {
        let cells: Option<Vec<Cell>> = cells.into_iter().map(cell).collect();
        rows.push(Row { line, cells: cells.ok_or(Fault::Unreadable("file"))? });
    }
    Ok(Table { header, header_line, rows, note, sheet, merged })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-IMP-2
    #[test]
    fn what_is_kept_is_what_was_read_without_pay() {
        let cells = vec![
            Cell::Text("Ann".to_owned()),
            Cell::Number(31_234.5),
            Cell::Time(540),
            Cell::Date,
            Cell::Formula,
            Cell::Bad("#N/A".to_owned()),
            Cell::Empty,
            Cell::Number(0.1),
        ];
        let header = ["Name", "Salary", "A", "B", "C", "D", "E", "F"].map(str::to_owned).to_vec();
        let table = Table {
            header,
            header_line: 3,
            rows: vec![Row { line: 4, cells }],
            note: Some("Guessed.".to_owned()),
            sheet: Some("Staff".to_owned()),
            merged: vec![(4, "A4 to A5".to_owned())],
        };
        let held = write(&table).unwrap();
        assert!(!held.contains("31234"), "{held}");
        let mut wanted = table;
        wanted.rows[0].cells[1] = Cell::Empty;
        assert_eq!(read(&held).unwrap(), wanted);
        assert!(read("nonsense").is_err());
    }
}
