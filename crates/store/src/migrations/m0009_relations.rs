//! Dated relations of people, and the frame in which practitioners work.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "relation",
        columns: &[
            must("person", Id),
            // Its place in the person's history.
            must("number", Number),
            // account, main-area, area, manager, appraiser, role
            must("kind", Text),
            may("area", Id),
            may("other", Id),
            may("role", Text),
            // The first day on which it holds, and the first on which it no longer does.
            must("starts", Text),
            may("until", Text),
            // Whether it holds today, as of the last change or the day's own work.
            must("holds", Flag),
        ],
        key: &["person", "number"],
        unique: &[],
        indexes: &[&["kind"]],
        references: &[
            Reference(&["person"], "person", &["id"], Too),
            Reference(&["area"], "area", &["id"], Never),
            Reference(&["other"], "person", &["id"], Never),
        ],
    },
    TableOf {
        name: "statement",
        columns: &[must("version", Number), must("published_at", Number), must("text", Text)],
        key: &["version"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "frame",
        columns: &[
            // Minutes of a full-time teacher's year, teaching weeks, minutes of a half-day.
            must("caseload", Number),
            must("weeks", Number),
            must("half_day", Number),
            // Minutes that a practitioner is to go on teaching in a year.
            may("floor", Number),
        ],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "remission",
        columns: &[
            must("person", Id),
            // Ten-thousandths of the unit, exactly as entered.
            must("amount", Number),
            must("unit", Text),
            // What it was counted against when it was entered.
            must("caseload", Number),
            must("weeks", Number),
            must("half_day", Number),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "practice", &["person"], Too)],
    },
    TableOf {
        name: "priority",
        columns: &[must("theme", Id)],
        key: &["theme"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["theme"], "theme", &["id"], Never)],
    },
    TableOf {
        name: "priority_lead",
        columns: &[must("theme", Id), must("person", Id)],
        key: &["theme", "person"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[
            Reference(&["theme"], "priority", &["theme"], Too),
            Reference(&["person"], "practice", &["person"], Never),
        ],
    },
    TableOf {
        name: "specialism",
        columns: &[
            must("person", Id),
            // Its place in the practitioner's own list.
            must("number", Number),
            // subject or aspect
            must("kind", Text),
            must("name", Text),
            must("phase", Text),
            may("youngest", Number),
            may("oldest", Number),
        ],
        key: &["person", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "practice", &["person"], Too)],
    },
];
