//! Inductions: plans in versions, what runs for whom with its own copy of the steps, and slow starts. Nothing about support.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "induction_plan",
        columns: &[must("id", Id), must("kind", Text), must("version", Number), must("published_at", Number)],
        key: &["id"],
        unique: &[&["kind", "version"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "induction_plan_step",
        columns: &[
            must("plan", Id),
            must("number", Number),
            must("title", Text),
            must("purpose", Text),
            must("week", Number),
            must("company", Text),
        ],
        key: &["plan", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["plan"], "induction_plan", &["id"], Too)],
    },
    TableOf {
        name: "induction",
        columns: &[
            must("id", Id),
            must("newcomer", Id),
            must("kind", Text),
            must("starts", Text),
            must("weeks", Number),
            // The day on which it ends by itself.
            must("until", Text),
            may("mentor", Id),
            may("buddy", Id),
            // The day on which it ended.
            may("ended", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["newcomer"], &["mentor"], &["buddy"]],
        references: &[
            Reference(&["newcomer"], "person", &["id"], Never),
            Reference(&["mentor"], "person", &["id"], Never),
            Reference(&["buddy"], "person", &["id"], Never),
        ],
    },
    // The plan as it stood when the induction began.
    TableOf {
        name: "induction_step",
        columns: &[
            must("induction", Id),
            must("number", Number),
            must("title", Text),
            must("purpose", Text),
            must("week", Number),
            must("company", Text),
            // The day on which somebody said that it is done.
            may("done", Text),
        ],
        key: &["induction", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["induction"], "induction", &["id"], Too)],
    },
    // Hundredths of the remitted hours in each of four half terms.
    TableOf {
        name: "ramp",
        columns: &[
            must("person", Id),
            must("starts", Text),
            must("first", Number),
            must("second", Number),
            must("third", Number),
            must("fourth", Number),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Never)],
    },
];
