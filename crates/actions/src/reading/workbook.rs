//! Excel workbooks: the first sheet that can be seen.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use domain::staff_file::{Cell, Table};

use super::{Lines, MOST_COLUMNS, MOST_ROWS, Why, package, written};

/// Reads the first visible sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Why> {
    package::check(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| Why::Damaged)?;
    let visible =
        |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let sheets: Vec<String> =
        workbook.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    let name = sheets.first().ok_or(Why::NoSheet)?;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|_| Why::Damaged)?;
    // Cells are taken one by one: a single cell far away must not make a huge sheet of them.
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(|_| Why::Damaged)? {
        let cell = if record.formula.is_some() { Cell::Formula } else { cell(record.value) };
        if cell == Cell::Empty {
            continue;
        }
        let column = usize::try_from(record.pos.1).ok().filter(|column| *column < MOST_COLUMNS);
        let column = column.ok_or(Why::TooManyColumns)?;
        let row = rows.entry(record.pos.0).or_default();
        if row.len() <= column {
            row.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = row.get_mut(column) {
            *place = cell;
        }
        // One more than the lines of staff: the titles.
        if rows.len() > MOST_ROWS + 1 {
            return Err(Why::TooManyRows);
        }
    }
    let mut lines = Lines::default();
    for (row, cells) in rows {
        lines.add(row.saturating_add(1), cells)?;
    }
    let note = (sheets.len() > 1).then(|| format!("Only the first sheet, “{name}”, was read."));
    lines.table(note)
}

/// What a staff file makes of a cell. Dates and times are bad: only text says a time for certain.
fn cell(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => written(&text),
        DataRef::SharedString(text) => written(text),
        DataRef::Int(number) => written(&number.to_string()),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::Bool(truth) => written(if truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            Cell::Bad("a date or time".to_owned())
        }
        DataRef::Error(error) => Cell::Bad(error.to_string()),
    }
}
