//! The package of a workbook, measured before the workbook is opened.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{MOST_UNPACKED, Why};

/// Refuses what is no workbook, what would unpack to too much, and what claims more texts than it can hold.
pub(super) fn check(bytes: &[u8]) -> Result<(), Why> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Why::Damaged)?;
    let has = |name: &str| package.index_for_name(name).is_some();
    if has("mimetype") {
        return Err(Why::OpenDocument);
    }
    if has("xl/workbook.bin") {
        return Err(Why::BinaryWorkbook);
    }
    if !has("[Content_Types].xml") || !package.file_names_raw().any(|name| name.starts_with(b"xl/")) {
        return Err(Why::NotAWorkbook);
    }
    if package.decompressed_size().is_none_or(|size| size > u128::from(MOST_UNPACKED)) {
        return Err(Why::Unpacks);
    }
    for index in 0..package.len() {
        let mut part = package.by_index(index).map_err(|_| Why::Damaged)?;
        if part.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml") {
            // No part unpacks to more than it says: its reader stops there.
            let mut texts = Vec::new();
            part.read_to_end(&mut texts).map_err(|_| Why::Damaged)?;
            if most_claimed(&texts)? > texts.len() as u64 {
                return Err(Why::Damaged);
            }
        }
    }
    Ok(())
}

/// How many texts a part claims to hold. The reader of workbooks makes room for all of them before it has seen one.
fn most_claimed(texts: &[u8]) -> Result<u64, Why> {
    let texts = std::str::from_utf8(texts).map_err(|_| Why::Damaged)?;
    // Marks of other encodings, in which the claim could hide.
    if texts.contains(['\0', '\u{1b}']) {
        return Err(Why::Damaged);
    }
    let claimed = |after: &str| {
        let digits = after.trim_start_matches(|c: char| c.is_whitespace() || "='\"".contains(c));
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        // A number too long to read is more than anything can hold.
        digits.get(..end).filter(|digits| !digits.is_empty()).map_or(0, |digits| digits.parse().unwrap_or(u64::MAX))
    };
    Ok(texts.split("uniqueCount").skip(1).map(claimed).max().unwrap_or(0))
}
