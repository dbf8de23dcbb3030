//! Who said what of required support, and who looked at it: sealed under the track's shred key, since another practitioner or
//! line manager may have the same number tomorrow.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Added, Reference, TableOf, must};

/// Who it was. Of what was said before there was this it is not known.
pub const SAID_BY: &[Added] = &[Added(must("said_by", Text), Some("''"))];

/// The day of a look at a track, never its time, and who looked; its number parts those of one day.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "track_look",
    columns: &[must("track", Id), must("day", Text), must("number", Number), must("sealed", Text)],
    key: &["track", "day", "number"],
    unique: &[],
    indexes: &[&["day"]],
    references: &[Reference(&["track"], "track", &["id"], Too)],
}];
