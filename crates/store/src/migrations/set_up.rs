//! Tables of setting a college up and of its years, as their migration makes them.

use super::frame::Kind::{Number, Text};
use super::frame::{TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    // A college that is not live yet, step by step; empty as soon as it is.
    TableOf {
        name: "set_up_step",
        columns: &[must("step", Text), must("content", Text), must("changed_at", Number)],
        key: &["step"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // An academic year: terms and holidays lie between its days.
    TableOf {
        name: "academic_year",
        columns: &[must("starts", Text), must("ends", Text), may("census", Text)],
        key: &["starts"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // Numbers by which others know the college, such as its UKPRN.
    TableOf {
        name: "identifier",
        columns: &[must("kind", Text), must("value", Text)],
        key: &["kind"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
