//! Excel workbooks: the first sheet that can be seen.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use domain::staff_file::{Cell, Table, letter};

use super::{Lines, MOST_COLUMNS, MOST_ROWS, Progress, Why, package, written};

/// Reads the first visible sheet.
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Table, Why> {
    package::check(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| Why::Damaged)?;
    let visible =
        |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let sheets: Vec<String> =
        workbook.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    let name = sheets.first().ok_or(Why::NoSheet)?;
    let hidden = workbook.sheets_metadata().iter().any(|sheet| sheet.visible != SheetVisible::Visible);
    let merged = merged(&mut workbook, name)?;
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
    let mut lines = Lines::new(progress);
    for (row, cells) in rows {
        lines.add(row.saturating_add(1), cells)?;
    }
    let note = match (sheets.len() > 1, hidden) {
        (true, false) => Some(format!("Only the first sheet, “{name}”, was read.")),
        (true, true) => {
            Some(format!("Only the first visible sheet, “{name}”, was read; hidden sheets are not looked at."))
        }
        (false, true) => Some(format!("Only the visible sheet, “{name}”, was read; hidden sheets are not looked at.")),
        (false, false) => None,
    };
    Ok(Table { sheet: Some(name.clone()), merged, ..lines.table(note)? })
}

/// So many areas of merged cells are told.
const MOST_MERGED: usize = 50;

/// Areas of merged cells, with the line they begin on.
fn merged(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<(u32, String)>, Why> {
    let areas = workbook.merge_cells_by_sheet_name(name).map_err(|_| Why::Damaged)?;
    let place = |(row, column): (u32, u32)| {
        let column = usize::try_from(column).unwrap_or(usize::MAX - 1);
        format!("{}{}", letter(column.min(MOST_COLUMNS)), row.saturating_add(1))
    };
    let words = areas.iter().take(MOST_MERGED);
    Ok(words
        .map(|area| (area.start.0.saturating_add(1), format!("{} to {}", place(area.start), place(area.end))))
        .collect())
}

/// A time of day, which a spreadsheet keeps as a part of a day; anything else it keeps that way is a date.
fn moment(days: f64) -> Cell {
    let minute = format!("{:.0}", days * 1440.0).parse::<u16>().ok();
    minute.filter(|_| (0.0..1.0).contains(&days)).map_or(Cell::Date, Cell::Time)
}

/// What a file makes of a cell.
fn cell(value: DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => written(&text),
        DataRef::SharedString(text) => written(text),
        DataRef::Int(number) => written(&number.to_string()),
        DataRef::Float(number) => Cell::Number(number),
        DataRef::Bool(truth) => written(if truth { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment_) => moment(moment_.as_f64()),
        DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Date,
        DataRef::Error(error) => Cell::Bad(error.to_string()),
    }
}
