//! Who takes part, sealed; what is deleted; the audit log.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "sealed_participant",
        // The person, sealed under the thread's shred key.
        columns: &[must("thread", Id), must("number", Number), must("sealed", Text)],
        key: &["thread", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    // How many days before a thread is deleted the two were told, and on which day they were.
    TableOf {
        name: "thread_warning",
        columns: &[must("thread", Id), must("days", Number), must("day", Text)],
        key: &["thread", "days"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    // Threads whose shred key is still to be destroyed: for a moment, or until the keyring can be written again.
    TableOf {
        name: "forgotten_thread",
        columns: &[must("thread", Id)],
        key: &["thread"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // That somebody used support in a term, when the thread is gone: sealed under the year's key, without thread or date.
    TableOf {
        name: "term_use",
        columns: &[must("id", Id), must("year", Number), must("sealed", Text)],
        key: &["id"],
        unique: &[],
        indexes: &[&["year"]],
        references: &[],
    },
    // What happened, in a chain: each entry's hash covers the one before it.
    TableOf {
        name: "audit_entry",
        columns: &[
            must("place", Number),
            must("day", Text),
            // What happened; in a thread under its shred key.
            must("content", Text),
            must("hash", Text),
        ],
        key: &["place"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
