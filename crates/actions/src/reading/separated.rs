//! CSV as colleges export it: separated by commas, semicolons or tabs, with or without a "sep=" line.

use domain::staff_file::{Cell, Table, corrected};

use super::{Lines, Progress, Why, text, written};

/// Reads separated values. The number of a line is the one a spreadsheet shows for it.
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Table, Why> {
    let (text, note) = text::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Why::Empty);
    }
    let begin = text.trim_start();
    if begin.starts_with('<') {
        return Err(Why::WebPage);
    }
    let (separator, body, skipped) = separator(&text);
    if let Some(line) = open_quote(body, char::from(separator)) {
        return Err(Why::OpenQuote(line + skipped));
    }
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(separator).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let (mut lines, mut record, mut breaks) = (Lines::new(progress), csv::StringRecord::new(), 0);
    while reader.read_record(&mut record).map_err(|_| Why::NotText)? {
        let line = record.position().map_or(0, |position| number(position, body)) + u64::from(skipped);
        // A spreadsheet shows a cell with line breaks in one line.
        let line = u32::try_from(line.saturating_sub(breaks)).map_err(|_| Why::TooManyRows)?;
        lines.add(line, record.iter().map(cell).collect())?;
        breaks += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
    }
    lines.table(note)
}

/// The line of the text on which a record begins: the reader gives where it began to look, empty lines included.
fn number(position: &csv::Position, body: &str) -> u64 {
    let from = usize::try_from(position.byte()).ok().and_then(|byte| body.get(byte..)).unwrap_or_default();
    let empty = from.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| *byte == b'\n').count();
    position.line() + empty as u64
}

fn cell(text: &str) -> Cell {
    // A file of ours to put right comes back with an apostrophe before what a spreadsheet would have run.
    let text = corrected::plain(text);
    if text.trim_start().starts_with('=') { Cell::Formula } else { written(text) }
}

/// The separator, the text after a "sep=" line, and how many lines that took.
fn separator(text: &str) -> (u8, &str, u32) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some(separator @ (b',' | b';' | b'\t')) = rest.bytes().next()
        && let Some((_, body)) = text.split_once('\n')
    {
        return (separator, body, 1);
    }
    let titles = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in titles.bytes() {
        quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && byte == *separator);
        }
    }
    // On a draw the comma stands: the last of equals wins, so it is asked last.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    (most.map_or(b',', |(separator, _)| separator), text, 0)
}

/// The line on which a quotation mark is opened and never closed.
fn open_quote(text: &str, separator: char) -> Option<u32> {
    let (mut line, mut opened, mut at_start) = (1, None, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, opened) {
            ('"', None) if at_start => opened = Some(line),
            ('"', Some(_)) if chars.peek() == Some(&'"') => {
                chars.next();
            }
            ('"', Some(_)) => opened = None,
            _ => {}
        }
        at_start = opened.is_none() && (c == separator || c == '\n' || c == '\r');
        line += u32::from(c == '\n');
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Table, Why> {
        super::read(bytes, &Progress::default())
    }

    fn table(text: &str) -> Table {
        read(text.as_bytes()).unwrap()
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        for text in [
            "Name,Area\nAnn,Art",
            "Name;Area\r\nAnn;Art\r\n",
            "Name\tArea\nAnn\tArt",
            "sep=;\nName;Area\nAnn;Art",
            "\n\nName,Area\n\nAnn,Art",
        ] {
            let table = table(text);
            assert_eq!(table.header, ["Name", "Area"], "{text:?}");
            assert_eq!(table.rows[0].cells, [written("Ann"), written("Art")]);
        }
        assert_eq!(table("\"Name, first; last\",Area\nAnn,Art; Craft; More").header, ["Name, first; last", "Area"]);
        assert_eq!(table("Name\nAnn").header, ["Name"]);
    }

    #[test]
    fn a_quoted_line_break_stays_in_its_cell_and_lines_are_counted_as_a_spreadsheet_does() {
        let table = table("Name,About\n\"Ann \"\"A\"\" Lee\",\"one\ntwo, three\"\n\nBo,x\n , \nCy,y\n");
        assert_eq!(table.rows[0].cells, [written("Ann \"A\" Lee"), written("one\ntwo, three")]);
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4, 6]);
        assert_eq!(read(b"sep=,\nName\nAnn").unwrap().rows[0].line, 3);
    }

    #[test]
    fn ragged_lines_are_kept_as_they_are() {
        let table = table("Name,Area,Site\nAnn\nBo,Art,North,left over\nCy,,,,\n");
        assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [1, 4, 1]);
    }

    #[test]
    fn formulas_are_seen_and_not_taken_for_names() {
        let table = table("Name,Area\n=A1,\" =HYPERLINK(\"\"x\"\")\"\n");
        assert_eq!(table.rows[0].cells, [Cell::Formula, Cell::Formula]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_told_with_its_line() {
        assert_eq!(read(b"Name,Area\n\"Ann \"\"A\"\"\",x\n\"Bo,Art\nCy,Art\n"), Err(Why::OpenQuote(3)));
        assert_eq!(table("Name,Area\nAnn 6\" ruler,Art\n").rows[0].cells[0], written("Ann 6\" ruler"));
    }

    #[test]
    fn nothing_and_web_pages_are_refused() {
        assert_eq!(read(b""), Err(Why::Empty));
        assert_eq!(read(b"\xEF\xBB\xBF \n , \n"), Err(Why::Empty));
        assert_eq!(read(b"\n<html><table>"), Err(Why::WebPage));
    }
}
