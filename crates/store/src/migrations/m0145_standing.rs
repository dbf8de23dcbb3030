//! Standing work with whoever does it (R-ALL-14). Nothing here points to support.

use super::frame::Gone::Never;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// What comes back every term: minutes of a term, the theme it is about, who does it.
pub const TABLES: &[TableOf] = &[TableOf {
    name: "standing",
    columns: &[must("id", Id), must("title", Text), must("minutes", Number), may("theme", Id), may("person", Id)],
    key: &["id"],
    unique: &[],
    indexes: &[&["person"], &["theme"]],
    references: &[Reference(&["theme"], "theme", &["id"], Never), Reference(&["person"], "person", &["id"], Never)],
}];
