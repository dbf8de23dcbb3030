//! Tables of mail and of what somebody reads about the own account.

use super::frame::Gone::Too;
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Added, Reference, TableOf, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    // Mail that is written and not delivered yet; gone once it is.
    TableOf {
        name: "outbox",
        columns: &[
            must("id", Id),
            must("person", Id),
            must("matter", Text),
            must("email", Text),
            // A link's secret while its mail waits, else empty.
            must("secret", Text),
            must("written_at", Number),
            must("give_up_at", Number),
            must("tries", Number),
            must("next_at", Number),
            must("failure", Text),
            must("given_up", Flag),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["next_at"], &["person"]],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    // Something waits for this person; not what, and not since when.
    TableOf {
        name: "notice",
        columns: &[must("person", Id), must("due_at", Number), must("mailed", Flag)],
        key: &["person"],
        unique: &[],
        indexes: &[&["due_at"]],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "mail_choice",
        columns: &[must("person", Id), must("rhythm", Text)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "mail_round",
        columns: &[must("kind", Text), must("day", Text)],
        key: &["kind", "day"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "former_address",
        columns: &[must("person", Id), must("changed_at", Number), must("email", Text)],
        key: &["person", "changed_at"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    // What the owner reads about the own account.
    TableOf {
        name: "account_line",
        columns: &[must("person", Id), must("at", Number), must("what", Text)],
        key: &["person", "at", "what"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
];

/// What a session's list tells it apart by.
pub const SESSION: &[Added] = &[Added(must("device", Text), Some("''"))];
