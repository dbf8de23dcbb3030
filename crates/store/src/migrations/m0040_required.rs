//! Required support. A track is a thread row of its own at the stage `track`, whose participants are its three (teacher 1,
//! practitioner 2, whoever required it 3), so that they fade with its shred key; here is what belongs to it. What is typed lies
//! under that key too.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "track",
        columns: &[
            must("id", Id),
            must("reason", Text),
            // What ended it.
            may("ending", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["id"], "thread", &["id"], Too)],
    },
    // The threads in which a track's support is given: one for each practitioner who was chosen.
    TableOf {
        name: "track_thread",
        columns: &[must("thread", Id), must("track", Id)],
        key: &["thread"],
        unique: &[],
        indexes: &[&["track"]],
        references: &[Reference(&["thread"], "thread", &["id"], Too), Reference(&["track"], "track", &["id"], Too)],
    },
    // Scope and time in versions.
    TableOf {
        name: "track_scope",
        columns: &[
            must("track", Id),
            must("number", Number),
            must("day", Text),
            must("meetings", Number),
            must("length", Number),
            must("sealed", Text),
        ],
        key: &["track", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["track"], "track", &["id"], Too)],
    },
    // That one of the two questions the scope or the time; not which of them.
    TableOf {
        name: "track_challenge",
        columns: &[
            must("track", Id),
            must("number", Number),
            must("what", Text),
            must("raised", Text),
            may("answer", Text),
            may("answered", Text),
        ],
        key: &["track", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["track"], "track", &["id"], Too)],
    },
    // Whether the time of the opening conversation suits teacher (1) and line manager (3).
    TableOf {
        name: "track_answer",
        columns: &[must("track", Id), must("number", Number), must("suits", Flag)],
        key: &["track", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["track"], "track", &["id"], Too)],
    },
    // Which of the three has said that it may end, by their number.
    TableOf {
        name: "track_signal",
        columns: &[must("track", Id), must("number", Number), must("day", Text)],
        key: &["track", "number"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["track"], "track", &["id"], Too)],
    },
    TableOf {
        name: "track_statement",
        columns: &[must("track", Id), must("day", Text), must("sealed", Text)],
        key: &["track"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["track"], "track", &["id"], Too)],
    },
    // Practitioners who are not open to required support, and since when.
    TableOf {
        name: "track_barred",
        columns: &[must("person", Id), must("day", Text)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
    // The share of all practitioners' remission that required support may take, in percent.
    TableOf {
        name: "track_ceiling",
        columns: &[must("share", Number)],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
