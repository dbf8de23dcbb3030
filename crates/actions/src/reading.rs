//! Reading a file at the edge: the bytes of a CSV file or an Excel workbook become a [`Table`].
//!
//! What the bytes are decides, not what the file is called. Everything is bounded before it is unpacked (PRO-03).

mod package;
mod roster;
mod separated;
mod text;
mod workbook;

use std::sync::atomic::{AtomicUsize, Ordering};

use domain::staff_file::oneroster::NotStaff;
use domain::staff_file::{Cell, Row, Table, titles_among};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The most lines below the titles.
pub const MOST_ROWS: usize = 50_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 200;
/// The most bytes to which the parts of a workbook may unpack.
pub const MOST_UNPACKED: u64 = 200 * 1024 * 1024;

/// Why a file cannot be read, as a sentence that names the file and says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{file}” cannot be read. {why}")]
pub struct Unreadable {
    /// What the file is called, at most 80 characters.
    pub file: String,
    /// What is in the way.
    pub why: Why,
}

/// What is in the way of reading a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// There is nothing in it.
    #[error("It is empty: save the list again and choose that file.")]
    Empty,
    /// It has more than [`MOST_BYTES`].
    #[error("It is larger than 20 MB: delete pictures and other sheets, or save it as CSV.")]
    TooLarge,
    /// It has more than [`MOST_ROWS`] lines.
    #[error("It has more than 50,000 lines: delete those that are not needed.")]
    TooManyRows,
    /// It has something beyond [`MOST_COLUMNS`].
    #[error("It has more than 200 columns: delete those that are not in the list of columns.")]
    TooManyColumns,
    /// Its parts would unpack to more than [`MOST_UNPACKED`].
    #[error("It would unpack to more than 200 MB: copy the list into a new workbook and save that.")]
    Unpacks,
    /// A workbook of Excel 97-2003, or one with a password.
    #[error("It is an old Excel file (.xls) or protected by a password: save it as .xlsx without a password.")]
    OldWorkbook,
    /// An Excel binary workbook.
    #[error("It is an Excel binary workbook (.xlsb): save it as .xlsx.")]
    BinaryWorkbook,
    /// An OpenDocument file.
    #[error("It is an OpenDocument file: save it as .xlsx or CSV.")]
    OpenDocument,
    /// A ZIP file that is not a workbook.
    #[error("It is not a workbook: save the list as .xlsx or CSV.")]
    NotAWorkbook,
    /// A workbook that cannot be opened.
    #[error("The workbook is damaged: open it in Excel and save it again as .xlsx.")]
    Damaged,
    /// A workbook with no sheet that can be seen.
    #[error("It has no visible sheet: show the sheet with the list and save it again.")]
    NoSheet,
    /// A PDF.
    #[error("It is a PDF: save the list as .xlsx or CSV.")]
    Pdf,
    /// A web page or other markup.
    #[error("It is a web page, though it may be called something else: open it in Excel and save it as .xlsx.")]
    WebPage,
    /// Bytes that are no text.
    #[error("It is not text: save the list as .xlsx or CSV UTF-8.")]
    NotText,
    /// A OneRoster package that holds no staff file.
    #[error("{0}")]
    Roster(#[from] NotStaff),
    /// A quotation mark that never ends.
    #[error("The quotation mark opened on line {0} is never closed: close it or delete it.")]
    OpenQuote(u32),
}

/// How many lines have been read so far; for whoever waits.
#[derive(Debug, Default)]
pub struct Progress(AtomicUsize);

impl Progress {
    /// Lines read so far.
    pub fn lines(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    fn one_more(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Reads a CSV file, an Excel workbook or a OneRoster package. The first line that is not empty holds the titles, unless
/// one of the next few looks more like titles.
///
/// # Errors
/// When the file is something else, is damaged, or is larger than the limits of this module.
pub fn table(file_name: &str, bytes: &[u8]) -> Result<Table, Unreadable> {
    table_with(file_name, bytes, &Progress::default())
}

/// The same, telling how far it is.
///
/// # Errors
/// As [`table`].
pub fn table_with(file_name: &str, bytes: &[u8], progress: &Progress) -> Result<Table, Unreadable> {
    sheet(bytes, progress).map_err(|why| unreadable(file_name, why))
}

/// Why a file cannot be read, with its name.
pub fn unreadable(file_name: &str, why: Why) -> Unreadable {
    Unreadable { file: called(file_name), why }
}

/// What a file is called, without what a name should not have and at most 80 characters.
pub fn called(file_name: &str) -> String {
    let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn sheet(bytes: &[u8], progress: &Progress) -> Result<Table, Why> {
    if bytes.len() > MOST_BYTES {
        return Err(Why::TooLarge);
    }
    match bytes {
        [b'P', b'K', 3, 4, ..] if roster::is_package(bytes) => roster::read(bytes, progress),
        [b'P', b'K', 3, 4, ..] => workbook::read(bytes, progress),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Why::OldWorkbook),
        [b'%', b'P', b'D', b'F', ..] => Err(Why::Pdf),
        _ => separated::read(bytes, progress).and_then(roster::alone),
    }
}

/// Lines of cells, each with its number in the file; becomes a table.
struct Lines<'a> {
    all: Vec<Row>,
    progress: &'a Progress,
}

/// So many lines from the top may hold the titles.
const TOP: usize = 10;

impl<'a> Lines<'a> {
    const fn new(progress: &'a Progress) -> Self {
        Self { all: Vec::new(), progress }
    }

    /// Adds a line. Empty cells at its end, and lines that are all empty, are left out.
    fn add(&mut self, line: u32, mut cells: Vec<Cell>) -> Result<(), Why> {
        let width = cells.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        cells.truncate(width);
        if width > MOST_COLUMNS {
            return Err(Why::TooManyColumns);
        }
        if width == 0 {
            return Ok(());
        }
        // One more than the lines of staff: the titles.
        if self.all.len() > MOST_ROWS {
            return Err(Why::TooManyRows);
        }
        self.progress.one_more();
        self.all.push(Row { line, cells });
        Ok(())
    }

    /// Where the titles stand: on the first line, or on the one of the next few that has more of them.
    fn titles(&self) -> usize {
        let found = |row: &Row| titles_among(&titles_of(row));
        let top = self.all.iter().take(TOP).map(found).enumerate();
        let best = top.rev().max_by_key(|(_, titles)| *titles);
        best.filter(|(_, titles)| *titles >= 2).map_or(0, |(place, _)| place)
    }

    fn table(mut self, note: Option<String>) -> Result<Table, Why> {
        let place = self.titles();
        if self.all.is_empty() {
            return Err(Why::Empty);
        }
        let rows = self.all.split_off(place + 1);
        let titles = self.all.pop().ok_or(Why::Empty)?;
        let above = (place > 0).then(|| format!("What stands above line {} was not read.", titles.line));
        let note = [note, above].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let note = (!note.is_empty()).then_some(note);
        Ok(Table { header: titles_of(&titles), header_line: titles.line, rows, note, ..Table::default() })
    }
}

fn titles_of(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.as_written().trim().to_owned()).collect()
}

/// A cell of text; spaces alone are nothing.
fn written(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
