//! What is entered of a year's costs and of what came of it (R-VAL-7, R-VAL-9): amounts and words, no person.

use super::frame::Kind::{Id, Number, Text};
use super::frame::{TableOf, may, must};

/// A year, by the calendar year in which it starts, and its benefits.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "value_year",
        columns: &[
            must("year", Number),
            must("posts", Number),
            must("remitted", Number),
            must("covered", Number),
            may("hour", Number),
            may("uplift", Number),
            may("cover", Number),
            may("travel", Number),
            may("training", Number),
            may("places", Number),
            must("asked", Text),
            must("otherwise", Text),
        ],
        key: &["year"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "value_benefit",
        columns: &[
            must("id", Id),
            must("year", Number),
            must("what", Text),
            must("source", Text),
            must("ground", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
