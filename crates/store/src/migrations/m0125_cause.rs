//! The recorded lot, and questions about what came of the programme with their readings (R-CAU-16 to R-CAU-27): nothing in them is
//! ever changed but what the rules name.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// A lot, a question, and its readings.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "lot",
        columns: &[
            must("id", Id),
            must("opened_at", Number),
            must("opened_by", Id),
            // Areas, terms and how many begin in each, as JSON, closed from then on.
            must("plan", Text),
            must("seed", Text),
            must("commitment", Text),
            may("words", Text),
            may("drawn_at", Number),
            // The areas' names in the order that was drawn, as JSON.
            may("drawn", Text),
            may("given_up", Text),
            may("reason", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["opened_by"], "person", &["id"], Never)],
    },
    TableOf {
        name: "cause_question",
        columns: &[
            must("id", Id),
            must("asked_at", Number),
            may("lot", Id),
            // What was asked, as JSON.
            must("said", Text),
            // How small an effect could be seen, as JSON, and when that was worked out.
            may("smallest", Text),
            may("weighed_at", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["lot"], "lot", &["id"], Never)],
    },
    TableOf {
        name: "cause_reading",
        columns: &[
            must("id", Id),
            must("question", Id),
            must("shown_at", Number),
            // The figures it was made of, and what was said, as JSON, with its hash.
            must("said", Text),
            must("digest", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["question"]],
        references: &[Reference(&["question"], "cause_question", &["id"], Too)],
    },
];
