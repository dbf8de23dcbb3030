//! Rows for a spreadsheet: the same tables that a page shows, as XLSX with a sheet for each, or one as CSV.

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// A table to calculate with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// What it is called, in at most 31 letters without `[]:*?/\`.
    pub name: String,
    /// What each column holds.
    pub columns: Vec<String>,
    /// Its rows, with a value for each column.
    pub rows: Vec<Vec<Value>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    None,
    /// Words.
    Words(String),
    /// A whole number.
    Number(i64),
    /// Hundredths, such as pence of pounds.
    Hundredths(i64),
}

impl Value {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words(text.into())
    }

    /// A number of things, or nothing.
    pub fn count(number: Option<u64>) -> Self {
        number.and_then(|number| i64::try_from(number).ok()).map_or(Self::None, Self::Number)
    }
}

/// A file that could not be written. It is our mistake: any words and numbers can be.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// As CSV.
    #[error("the rows could not be written as CSV: {0}")]
    Csv(#[from] ::csv::Error),
    /// As XLSX.
    #[error("the rows could not be written as XLSX: {0}")]
    Xlsx(#[from] XlsxError),
}

fn hundredths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", number.unsigned_abs() / 100, number.unsigned_abs() % 100)
}

/// Words that a spreadsheet would take for a formula begin with an apostrophe (R-DOC-5).
fn harmless(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// One table as CSV: UTF-8, with its columns' names in the first line.
///
/// # Errors
/// When a row has another number of cells than there are columns.
pub fn csv(rows: &Rows) -> Result<Vec<u8>, Unwritten> {
    // Excel takes a CSV without this mark for one of another alphabet.
    let mut to = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    to.write_record(&rows.columns)?;
    for row in &rows.rows {
        to.write_record(row.iter().map(|value| match value {
            Value::None => String::new(),
            Value::Words(text) => harmless(text),
            Value::Number(number) => number.to_string(),
            Value::Hundredths(number) => hundredths(*number),
        }))?;
    }
    to.into_inner().map_err(|error| Unwritten::Csv(error.into_error().into()))
}

/// Tables as XLSX, a sheet for each. The day is that of what is told, not of today: the same tables are the same bytes (R-DOC-3).
///
/// # Errors
/// When a name cannot be a sheet's.
pub fn xlsx(title: &str, day: Date, all: &[Rows]) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let made =
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let whole = Format::new().set_num_format("#,##0");
    let pounds = Format::new().set_num_format("#,##0.00");
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for rows in all {
        let sheet = book.add_worksheet();
        sheet.set_name(&rows.name)?.set_freeze_panes(1, 0)?;
        for (at, name) in (0..).zip(&rows.columns) {
            sheet.write_string_with_format(0, at, name, &head)?;
            sheet.set_column_width(at, wide(rows, usize::from(at)))?;
        }
        for (down, row) in (1..).zip(&rows.rows) {
            for (at, value) in (0..).zip(row) {
                match value {
                    Value::None => continue,
                    Value::Words(text) => sheet.write_string_with_format(down, at, text, &wrapped)?,
                    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are no others")]
                    Value::Number(number) => sheet.write_number_with_format(down, at, *number as f64, &whole)?,
                    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are no others")]
                    Value::Hundredths(number) => {
                        sheet.write_number_with_format(down, at, *number as f64 / 100.0, &pounds)?
                    }
                };
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Wide enough for its words, up to 60 letters.
fn wide(rows: &Rows, at: usize) -> f64 {
    let long = |value: &Value| match value {
        Value::Words(text) => text.chars().count(),
        _ => 0,
    };
    let name = rows.columns.get(at).map_or(0, |name| name.split(' ').map(str::len).max().unwrap_or(0) + 2);
    let longest = rows.rows.iter().filter_map(|row| row.get(at)).map(long).max().unwrap_or(0);
    f64::from(u8::try_from(longest.max(name).clamp(10, 60)).unwrap_or(60))
}
