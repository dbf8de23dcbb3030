//! Which hours came of which thread, sealed.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Text};
use super::frame::{Reference, TableOf, must};

/// One table.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "sealed_entry",
    // The entry and its meeting, sealed under the thread's shred key.
    columns: &[must("id", Id), must("thread", Id), must("sealed", Text)],
    key: &["id"],
    unique: &[],
    indexes: &[&["thread"]],
    references: &[Reference(&["thread"], "thread", &["id"], Too)],
}];
