//! Releases: what came out of each term and year (R-REL-12), who was counted by which number until the year is out (R-REL-19),
//! and when it was said that somebody came to a session.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Added, Reference, TableOf, may, must};

/// When it was said that somebody came; what is said late counts late (R-REL-15).
pub const ATTENDANCE: &[Added] = &[Added(may("came_at", Number), None)];

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    // The cover of a release: what it is of, and what in it counts no people by area. Number 0 is the year.
    TableOf {
        name: "release_cover",
        columns: &[must("year", Number), must("number", Number), must("said", Text)],
        key: &["year", "number"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // A measure in it, as it was decided; and everybody's own value by their number, sealed under the year's key, as long as the
    // year needs it.
    TableOf {
        name: "release_measure",
        columns: &[
            must("year", Number),
            must("number", Number),
            must("measure", Text),
            must("said", Text),
            may("sealed", Text),
        ],
        key: &["year", "number", "measure"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // The areas of a year by their numbers in its releases; number 65535 is of whoever has no area.
    TableOf {
        name: "release_area",
        columns: &[must("year", Number), must("number", Number), may("area", Id), must("name", Text)],
        key: &["year", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["area"], "area", &["id"], Never)],
    },
    // Who has which number in a year's frames: public, and gone when the year is out.
    TableOf {
        name: "release_person",
        columns: &[must("year", Number), must("number", Number), must("person", Id)],
        key: &["year", "number"],
        unique: &[&["year", "person"]],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
];
