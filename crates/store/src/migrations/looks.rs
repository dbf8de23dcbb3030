//! Who looked at what is about whom.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, must};

/// The day of a look, never its time. What is looked at in a thread names nobody: the participant does.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "thread_look",
        columns: &[must("thread", Id), must("number", Number), must("day", Text)],
        key: &["thread", "number", "day"],
        unique: &[],
        indexes: &[&["day"]],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    TableOf {
        name: "person_look",
        columns: &[must("person", Id), must("looker", Id), must("what", Text), must("day", Text)],
        key: &["person", "looker", "what", "day"],
        unique: &[],
        indexes: &[&["day"], &["looker"]],
        references: &[Reference(&["person"], "person", &["id"], Too), Reference(&["looker"], "person", &["id"], Too)],
    },
];
