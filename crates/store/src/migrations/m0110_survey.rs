//! The survey of staff: who took a ticket, which tickets are used, and how often each choice was made; never an answer, and
//! nothing that leads from one of the three to another (R-SUR-11 to R-SUR-13).

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, must};

/// A survey of a year, and what comes of it.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "survey",
        columns: &[must("id", Id), must("year", Number), must("first", Text), must("last", Text), must("title", Text)],
        key: &["id"],
        unique: &[&["year"]],
        indexes: &[],
        references: &[],
    },
    // That somebody took a ticket: no time, and of the ticket only what was blinded, hashed.
    TableOf {
        name: "survey_ticket",
        columns: &[must("survey", Id), must("person", Id), must("blinded", Text)],
        key: &["survey", "person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["survey"], "survey", &["id"], Too), Reference(&["person"], "person", &["id"], Too)],
    },
    // That a ticket is used, by its hash: no time, no person, no answer.
    TableOf {
        name: "survey_used",
        columns: &[must("survey", Id), must("ticket", Text)],
        key: &["survey", "ticket"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["survey"], "survey", &["id"], Too)],
    },
    // How often each choice was made: all rows are there from the beginning.
    TableOf {
        name: "survey_count",
        columns: &[
            must("survey", Id),
            must("side", Text),
            must("question", Text),
            must("choice", Text),
            must("times", Number),
        ],
        key: &["survey", "side", "question", "choice"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["survey"], "survey", &["id"], Too)],
    },
    TableOf {
        name: "survey_release",
        columns: &[must("survey", Id), must("text", Text), must("digest", Text)],
        key: &["survey"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["survey"], "survey", &["id"], Too)],
    },
];
