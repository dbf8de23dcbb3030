//! What those who came say of a session: a number for each choice, and no row for an answer (R-SES-18).

use super::frame::Gone::Too;
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Added, Reference, TableOf, must};

/// How often each choice was made of each statement: no person, no time, no order.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "training_said",
    columns: &[must("training", Id), must("statement", Text), must("choice", Text), must("times", Number)],
    key: &["training", "statement", "choice"],
    unique: &[],
    indexes: &[],
    references: &[Reference(&["training"], "training", &["id"], Too)],
}];

/// That somebody has said it, so that it is once; and that they took themselves out afterwards, when the row must stay for that.
pub const ATTENDANCE: &[Added] =
    &[Added(must("said", Flag), Some("FALSE")), Added(must("taken_out", Flag), Some("FALSE"))];
