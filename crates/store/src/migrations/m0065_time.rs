//! What is planned of practitioners' time: assumptions, extras, half-days and blocks, what is carried over; cover and costs.

use super::frame::Gone::Too;
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Added, Reference, TableOf, may, must};

/// Whether time was for colleagues beyond the practitioner's own area; none before was said to be.
pub const OUTREACH: &[Added] = &[Added(must("outreach", Flag), Some("FALSE"))];

const OF_PRACTICE: &[Reference] = &[Reference(&["person"], "practice", &["person"], Too)];

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "planner",
        columns: &[
            // Hundredths of an area's staff; the rest in minutes.
            must("asking", Number),
            must("each", Number),
            must("session", Number),
            must("preparation", Number),
            must("induction", Number),
            must("meeting", Number),
            must("priority", Number),
            must("carry", Number),
        ],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "extra",
        columns: &[
            must("person", Id),
            must("trips", Number),
            must("trip", Number),
            must("inductions", Number),
            // Hundredths of the dedicated time.
            may("outreach", Number),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "half_day",
        columns: &[must("person", Id), must("weekday", Number), must("half", Text)],
        key: &["person", "weekday", "half"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "time_block",
        columns: &[must("person", Id), must("starts", Text), must("ends", Text), must("minutes", Number)],
        key: &["person", "starts"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "carry_over",
        columns: &[
            must("person", Id),
            // The academic year the hours come from, by the year in which it starts.
            must("year", Number),
            must("minutes", Number),
            must("state", Text),
        ],
        key: &["person", "year"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "balance",
        columns: &[must("person", Id), must("day", Text), must("sentence", Text)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "cover",
        columns: &[
            must("id", Id),
            must("person", Id),
            // A day of the week or one day, and the minutes of the day at which it begins and ends.
            must("weekday", Number),
            may("day", Text),
            must("starts", Number),
            must("ends", Number),
            must("arrangement", Text),
            must("note", Text),
            may("training", Text),
            may("pence", Number),
            may("per", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person"]],
        references: OF_PRACTICE,
    },
    TableOf {
        name: "uplift",
        columns: &[must("person", Id), must("pence", Number)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: OF_PRACTICE,
    },
];
