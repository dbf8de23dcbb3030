//! What leaves the program on paper and in files: a [`Document`] as PDF, and [`Rows`] as XLSX or CSV. Rules R-DOC-1 to R-DOC-8
//! in `docs/rules/documents.md`.
//!
//! Nothing here reads the store or decides who may see something: whoever makes a document was let through the gate for the page
//! that says the same. The same document is always the same bytes (R-DOC-3): its date is given, nothing else in it changes.

mod pdf;
mod rows;

use jiff::civil::Date;
use serde::Serialize;

pub use pdf::{Unset, pdf};
pub use rows::{Rows, Unwritten, Value, csv, xlsx};

/// A document: what it is called, and what stands in it from top to bottom. Words are words: nothing in them is markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// What it is called; also what the PDF is called.
    pub title: String,
    /// Who makes it, such as the college with its programme.
    pub of: String,
    /// The day it is of.
    #[serde(serialize_with = "day")]
    pub day: Date,
    /// The day in words.
    pub dated: String,
    /// Whether it is to be one page: its letters become smaller until it fits, down to those of a footnote (R-DOC-8).
    pub one_page: bool,
    /// What stands in it.
    pub parts: Vec<Part>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Part {
    /// A heading.
    Heading {
        /// Its words.
        text: String,
    },
    /// A smaller heading.
    Smaller {
        /// Its words.
        text: String,
    },
    /// The one sentence on top.
    Lede {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// A paragraph that explains.
    Soft {
        /// Its words.
        text: String,
    },
    /// A list.
    Points {
        /// What stands in it: strong words, then the rest; either may be empty.
        points: Vec<(String, String)>,
    },
    /// A table.
    Table {
        /// What each column holds.
        columns: Vec<Column>,
        /// Its rows, with a cell for each column.
        rows: Vec<Vec<Cell>>,
        /// Whether the last row is the sum of the others.
        sum: bool,
    },
    /// A picture that says what words beside it say too.
    Picture {
        /// The picture, as SVG with its own colours.
        svg: String,
        /// How wide it is printed, in millimetres.
        wide: u8,
        /// What can be seen in it (R-DOC-2).
        alt: String,
    },
    /// What somebody wrote, with their name.
    Quote {
        /// Their paragraphs.
        paragraphs: Vec<String>,
        /// Their name and what else stands below it.
        by: String,
    },
}

impl Part {
    /// A heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    /// A paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// A paragraph that explains.
    pub fn soft(text: impl Into<String>) -> Self {
        Self::Soft { text: text.into() }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What it holds.
    pub name: String,
    /// How it is set.
    pub set: Set,
}

impl Column {
    /// A column.
    pub fn new(name: &str, set: Set) -> Self {
        Self { name: name.to_owned(), set }
    }
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Set {
    /// Words, which take the room that is left.
    Words,
    /// Numbers, to the right.
    Numbers,
    /// Drawn: to be looked at, while the words beside it say the same.
    Drawn,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Cell {
    /// Words.
    Words {
        /// The words.
        text: String,
    },
    /// A range between nobody and everybody, in per cent; nothing in it where it is not shown. Never a point (R-REL-2).
    Range {
        /// Its two ends.
        ends: Option<(u64, u64)>,
    },
    /// A bar, in per cent of the longest.
    Bar {
        /// How long.
        long: u64,
    },
}

impl Cell {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self::Words { text: text.into() }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn day<S: serde::Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
    (day.year(), day.month(), day.day()).serialize(to)
}

#[cfg(test)]
mod tests;
