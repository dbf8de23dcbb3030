//! Tables of support, hours and what happened, as the first migration makes them. Rows about support name people only
//! through `participant` (thread, number, person), so that this column can be sealed later.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "thread",
        columns: &[
            must("id", Id),
            must("stage", Text),
            must("formality", Text),
            must("span", Text),
            may("meetings", Number),
            may("place", Text),
            may("why", Text),
            must("end_proposed", Flag),
            must("asked_at", Number),
            may("ended_at", Number),
            // Grows with every change; a page that is older is told so (R-SUP-11).
            must("version", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "participant",
        columns: &[must("thread", Id), must("number", Number), must("person", Id)],
        key: &["thread", "number"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["thread"], "thread", &["id"], Too), Reference(&["person"], "person", &["id"], Never)],
    },
    TableOf {
        name: "thread_theme",
        columns: &[must("thread", Id), must("theme", Id)],
        key: &["thread", "theme"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too), Reference(&["theme"], "theme", &["id"], Never)],
    },
    TableOf {
        name: "meeting",
        columns: &[
            must("id", Id),
            must("thread", Id),
            must("starts_at", Number),
            must("length", Number),
            must("state", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["thread", "state", "starts_at"], &["starts_at"]],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    TableOf {
        name: "offer",
        columns: &[
            must("id", Id),
            must("thread", Id),
            // Who offers: the participant's number.
            must("number", Number),
            must("starts_at", Number),
            must("length", Number),
            // The meeting that it would take the place of.
            may("replaces", Id),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["thread"]],
        references: &[
            Reference(&["thread"], "thread", &["id"], Too),
            Reference(&["replaces"], "meeting", &["id"], Too),
        ],
    },
    TableOf {
        name: "hours_entry",
        columns: &[
            must("id", Id),
            // Whose hours: the practitioner's own record, with or without a thread.
            must("person", Id),
            must("day", Text),
            must("minutes", Number),
            must("noted_at", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person", "day"]],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
    TableOf {
        name: "entry_purpose",
        columns: &[must("entry", Id), must("purpose", Text)],
        key: &["entry", "purpose"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["entry"], "hours_entry", &["id"], Too)],
    },
    TableOf {
        name: "entry_theme",
        columns: &[must("entry", Id), must("theme", Id)],
        key: &["entry", "theme"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["entry"], "hours_entry", &["id"], Too),
            Reference(&["theme"], "theme", &["id"], Never),
        ],
    },
    TableOf {
        name: "entry_thread",
        columns: &[must("entry", Id), must("thread", Id), may("meeting", Id)],
        key: &["entry"],
        unique: &[],
        indexes: &[&["thread"], &["meeting"]],
        references: &[
            Reference(&["entry"], "hours_entry", &["id"], Too),
            Reference(&["thread"], "thread", &["id"], Too),
            Reference(&["meeting"], "meeting", &["id"], Too),
        ],
    },
    TableOf {
        name: "board_week",
        columns: &[
            must("person", Id),
            // The Monday for which the row was computed; it does not change until the next one (R-BRD-1).
            must("week", Text),
            must("plan", Number),
            must("used", Number),
            must("booked", Number),
            must("forecast", Number),
            must("waiting", Number),
            must("longest_days", Number),
            must("room", Text),
        ],
        key: &["person", "week"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
    TableOf {
        name: "event",
        columns: &[
            must("id", Id),
            must("at", Number),
            must("act", Text),
            // Who: a person, or in a thread the participant's number; neither for jobs and the command line.
            may("person", Id),
            may("thread", Id),
            may("number", Number),
            must("detail", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["at"]],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
];
