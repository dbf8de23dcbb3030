//! What comes with words: how far each has read, files, and keys that are to be made anew.

use super::frame::Gone::Too;
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Added, Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "thread_reading",
        // How far the participant of this number has read: the place of the last item.
        columns: &[must("thread", Id), must("number", Number), must("place", Number)],
        key: &["thread", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    TableOf {
        name: "sealed_file",
        columns: &[
            must("thread", Id),
            must("id", Id),
            must("epoch", Number),
            // Who sent it: the participant's number.
            must("number", Number),
            must("sealed", Text),
            must("written_at", Number),
        ],
        key: &["thread", "id"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    // Somebody has lost every way to unlock and waits for keys made anew.
    TableOf {
        name: "key_renewal",
        columns: &[must("person", Id), must("asked_at", Number)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "key_set", &["person"], Too)],
    },
];

/// When a password was last chosen with a link in place of another one.
pub const CREDENTIAL: &[Added] = &[Added(may("reset_at", Number), None)];

/// Whether a session has unlocked the keys.
pub const SESSION: &[Added] = &[Added(must("proved", Flag), Some("FALSE"))];
