//! Work outside the role, and what a practitioner works towards in it. No column points to a thread or holds a verdict.

use super::frame::Gone::Never;
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "duty",
        columns: &[
            must("id", Id),
            // The practitioner whose own record it is.
            must("person", Id),
            must("day", Text),
            must("kind", Text),
            // How long it took; empty when it was refused.
            may("minutes", Number),
            must("noted_at", Number),
            // When it was raised with the programme lead, if it was.
            may("raised_at", Number),
            may("answer", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person", "day"], &["raised_at"]],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
    TableOf {
        name: "role_target",
        columns: &[
            must("id", Id),
            // The practitioner whose it is.
            must("person", Id),
            must("text", Text),
            must("until", Text),
            // Whether the programme lead proposed it; else the practitioner did.
            must("by_lead", Flag),
            must("proposed_at", Number),
            // The days on which the other one agreed, and on which either said that it is over.
            may("agreed", Text),
            may("ended", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
];
