//! Busy times for a person's own calendar: feeds, who wants invitations, and whose calendar was told of which meeting.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Added, Reference, TableOf, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "calendar_feed",
        columns: &[must("person", Id), must("token", Text), must("since", Number)],
        key: &["person"],
        unique: &[&["token"]],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    // Whoever stands here wants invitations by mail.
    TableOf {
        name: "invitation_choice",
        columns: &[must("person", Id)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
];

/// A time on its way to a calendar, under its reader's key of the outer layer, else empty.
pub const OUTBOX: &[Added] = &[Added(must("sealed", Text), Some("''"))];

/// What the calendars of the two were told of a meeting, under the thread's shred key: there for each meeting alike, so that
/// it does not tell which of the two has chosen what. Of a meeting before there was this, nothing.
pub const MEETING: &[Added] = &[Added(must("told", Text), Some("''"))];
