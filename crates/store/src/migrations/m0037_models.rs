//! Changes of the deployment model, planned and in force.

use super::frame::Kind::{Flag, Number, Text};
use super::frame::{TableOf, must};

/// One a day at most; no column says who announced it: the event does.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "model_change",
    columns: &[must("starts", Text), must("model", Text), must("announced_at", Number), must("in_force", Flag)],
    key: &["starts"],
    unique: &[],
    indexes: &[],
    references: &[],
}];
