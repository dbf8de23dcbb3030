//! Figures of groups of learners (R-FIG-8), and the days beside which figures are read (R-FIG-12): no person in either.

use super::frame::Kind::{Id, Number, Text};
use super::frame::{TableOf, must};

/// Of a group as of everybody, with the group in the key; an area is empty where it is the whole college.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "figure_of_group",
        columns: &[
            must("indicator", Text),
            must("year", Number),
            must("term", Number),
            must("area", Text),
            must("learners", Text),
            must("counted", Number),
            must("total", Number),
            must("entered", Text),
        ],
        key: &["indicator", "year", "term", "area", "learners"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "milestone",
        columns: &[must("id", Id), must("day", Text), must("kind", Text), must("words", Text)],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
