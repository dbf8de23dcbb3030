//! The shelf "What works", and outputs of practitioners.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// Nothing here points to a thread: what cites an entry of the shelf is sealed.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "output",
        columns: &[
            must("id", Id),
            // Whose: the practitioner's own.
            must("person", Id),
            must("kind", Text),
            must("day", Text),
            must("title", Text),
            may("theme", Id),
            must("noted_at", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person", "day"]],
        references: &[
            Reference(&["person"], "practice", &["person"], Never),
            Reference(&["theme"], "theme", &["id"], Never),
        ],
    },
    TableOf {
        name: "shelf_entry",
        columns: &[
            must("id", Id),
            must("title", Text),
            must("says", Text),
            must("kind", Text),
            must("address", Text),
            must("added_at", Number),
            may("withdrawn_at", Number),
            // Of what was shared out of an output: which, its licence, and who made it if they want to be named.
            may("output", Id),
            may("licence", Text),
            may("author", Id),
            // Grows with every change; a page that is older is told so.
            must("version", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["output"], &["author"]],
        references: &[Reference(&["output"], "output", &["id"], Too), Reference(&["author"], "person", &["id"], Never)],
    },
    TableOf {
        name: "shelf_theme",
        columns: &[must("entry", Id), must("theme", Id)],
        key: &["entry", "theme"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["entry"], "shelf_entry", &["id"], Too),
            Reference(&["theme"], "theme", &["id"], Never),
        ],
    },
    TableOf {
        name: "output_hours",
        columns: &[must("output", Id), must("entry", Id)],
        key: &["output"],
        unique: &[],
        indexes: &[&["entry"]],
        references: &[
            Reference(&["output"], "output", &["id"], Too),
            Reference(&["entry"], "hours_entry", &["id"], Too),
        ],
    },
    TableOf {
        name: "output_link",
        columns: &[must("output", Id), must("entry", Id)],
        key: &["output"],
        unique: &[],
        indexes: &[&["entry"]],
        references: &[
            Reference(&["output"], "output", &["id"], Too),
            Reference(&["entry"], "shelf_entry", &["id"], Too),
        ],
    },
];
