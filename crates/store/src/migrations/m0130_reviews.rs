//! Reviews of terms with their decisions, answers to what the program cannot see, the road, and testimony (R-REV-3 to R-REV-9,
//! R-TST-1). Nothing here points to a thread.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "check_answer",
        columns: &[must("question", Text), must("standing", Text), must("because", Text), must("day", Text)],
        key: &["question"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "review",
        columns: &[
            must("id", Id),
            // The first day of the term, and what the review was called when it was opened.
            must("term", Text),
            must("title", Text),
            must("priorities", Text),
            must("opened", Text),
            // The day, the programme as it stood then, and the latest release; empty while it is open.
            may("closed", Text),
            may("stood", Text),
            may("latest", Text),
        ],
        key: &["id"],
        unique: &[&["term"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "review_decision",
        columns: &[
            must("review", Id),
            must("number", Number),
            must("text", Text),
            // Who does it: somebody of the list, or in words.
            may("person", Id),
            must("who", Text),
            must("due", Text),
            may("done", Text),
        ],
        key: &["review", "number"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["review"], "review", &["id"], Too), Reference(&["person"], "person", &["id"], Never)],
    },
    // One row: when the programme began, and who of the senior leaders sponsors it.
    TableOf {
        name: "road",
        columns: &[must("began", Text), may("sponsor", Id)],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["sponsor"], "person", &["id"], Never)],
    },
    // What somebody wrote for leaders, with the consent of a day; deleted when they withdraw it.
    TableOf {
        name: "testimony",
        columns: &[
            must("person", Id),
            must("kind", Text),
            must("text", Text),
            must("reach", Text),
            must("given", Text),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
];
