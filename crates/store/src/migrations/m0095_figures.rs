//! Figures of the whole college or of an area for a term (R-FIG-1): no person, and of staff no area.

use super::frame::Kind::{Number, Text};
use super::frame::{TableOf, must};

/// An area is empty where it is the whole college.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "figure",
    columns: &[
        must("indicator", Text),
        // The academic year, by the year in which it starts, and the number of the term in it.
        must("year", Number),
        must("term", Number),
        must("area", Text),
        must("counted", Number),
        must("total", Number),
        must("entered", Text),
    ],
    key: &["indicator", "year", "term", "area"],
    unique: &[],
    indexes: &[],
    references: &[],
}];
