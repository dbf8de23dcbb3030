//! `docs/requirements.md`: each row that the product must carry, with the rules that carry it and the tests that show it.
//!
//! The rows, in words of our own, are `docs/requirements.txt`; rules say in `docs/rules` which rows they come from; tests
//! name rules, or a row itself where that is closer.

mod page;
pub mod rows;
pub mod shown;
pub mod told;

use crate::fault::{Fault, While};
use crate::tidy::{self, Text};
use rows::Rows;
use std::path::Path;

/// Where the rows are written, by hand.
pub const LIST: &str = "docs/requirements.txt";
/// Where they stand with their rules and tests.
pub const PAGE: &str = "docs/requirements.md";

/// Writes the page anew.
pub fn requirements(root: &Path) -> Result<(), Fault> {
    let (texts, _) = tidy::read(root)?;
    let Some(list) = texts.iter().find(|text| text.path == LIST) else {
        return Err(Fault(format!("{LIST} is not there")));
    };
    let rows = rows::read(&list.text).map_err(|(line, what)| Fault(format!("{LIST}:{line}: {what}")))?;
    let (page, shown) = written(&texts, &rows);
    std::fs::write(root.join(PAGE), page).on(PAGE)?;
    println!("{PAGE}: {shown} of {} rows shown", rows.all().count());
    Ok(())
}

/// The page as it should be, and how many rows are shown.
pub fn written(texts: &[Text], rows: &Rows) -> (String, usize) {
    page::page(rows, &told::told(texts), &shown::tests(texts))
}
