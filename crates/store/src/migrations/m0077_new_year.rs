//! What is set for the next year, and what was agreed in the years before.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// A year is named by the year in which its hours begin to be counted.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "new_year",
        columns: &[
            must("year", Number),
            // The form that started it: sent twice, started once.
            must("id", Id),
            must("started_by", Id),
            must("started_at", Number),
            // The day from which hours and areas count, and whether they do.
            must("turns", Text),
            must("done", Flag),
        ],
        key: &["year"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["started_by"], "person", &["id"], Never)],
    },
    // Of a year to come: what is set for it. Of a year that is over: what was agreed when it ended. Of the present one: nothing.
    TableOf {
        name: "year_practice",
        columns: &[
            must("year", Number),
            must("person", Id),
            must("caseload", Number),
            must("remitted", Number),
            // As it was agreed, and what it was counted against; empty when it came with a staff file, or not at all.
            may("amount", Number),
            may("unit", Text),
            may("base", Number),
            may("weeks", Number),
            may("half_day", Number),
        ],
        key: &["year", "person"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["person"], "practice", &["person"], Too)],
    },
    TableOf {
        name: "year_area",
        columns: &[must("year", Number), must("person", Id), must("area", Id)],
        key: &["year", "person", "area"],
        unique: &[],
        indexes: &[&["area"]],
        references: &[
            Reference(&["year", "person"], "year_practice", &["year", "person"], Too),
            Reference(&["area"], "area", &["id"], Never),
        ],
    },
];
