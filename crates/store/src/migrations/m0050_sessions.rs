//! Communities of practice, their needs, and their sessions. A session is a `training` here: a session is who is signed in.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    // How many sessions a term each community holds at least, once the lead has said so.
    TableOf {
        name: "community_least",
        columns: &[must("least", Number)],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    // Whom the lead has named where several practitioners look after an area.
    TableOf {
        name: "community",
        columns: &[must("area", Id), must("practitioner", Id)],
        key: &["area"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["area"], "area", &["id"], Too),
            Reference(&["practitioner"], "practice", &["person"], Never),
        ],
    },
    // A need of an area in a term. No column says who entered it: of a suggestion nobody must learn that (R-SES-4).
    TableOf {
        name: "need",
        columns: &[
            must("id", Id),
            must("area", Id),
            must("theme", Id),
            must("title", Text),
            must("source", Text),
            // The term's first day.
            must("term", Text),
            // From this day on it stands in the register.
            must("shown", Text),
            // Which side entered it; nothing of a suggestion.
            may("side", Text),
            must("agreed", Flag),
        ],
        key: &["id"],
        // A suggestion made twice is one: nothing can be counted.
        unique: &[&["area", "term", "theme", "source"]],
        indexes: &[],
        references: &[Reference(&["area"], "area", &["id"], Too), Reference(&["theme"], "theme", &["id"], Never)],
    },
    TableOf {
        name: "training",
        columns: &[
            must("id", Id),
            must("version", Number),
            must("title", Text),
            may("theme", Id),
            must("format", Text),
            must("part", Text),
            must("starts_at", Number),
            must("length", Number),
            must("place", Text),
            must("agreed", Flag),
            must("runner", Id),
            must("state", Text),
            may("room_for", Number),
            must("reminded", Flag),
            // Whether it was said who came.
            must("noted", Flag),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["starts_at"], &["runner", "starts_at"]],
        references: &[
            Reference(&["theme"], "theme", &["id"], Never),
            Reference(&["runner"], "practice", &["person"], Never),
        ],
    },
    TableOf {
        name: "training_area",
        columns: &[must("training", Id), must("area", Id)],
        key: &["training", "area"],
        unique: &[],
        indexes: &[&["area"]],
        references: &[Reference(&["training"], "training", &["id"], Too), Reference(&["area"], "area", &["id"], Too)],
    },
    // Who comes to a session and who came: read by whoever runs it and by the person alone (R-SES-8).
    TableOf {
        name: "attendance",
        columns: &[must("training", Id), must("person", Id), must("came", Flag)],
        key: &["training", "person"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[
            Reference(&["training"], "training", &["id"], Too),
            Reference(&["person"], "person", &["id"], Too),
        ],
    },
    // The entry that a held session made in the record of whoever ran it.
    TableOf {
        name: "training_entry",
        columns: &[must("training", Id), must("entry", Id)],
        key: &["training"],
        unique: &[],
        indexes: &[&["entry"]],
        references: &[
            Reference(&["training"], "training", &["id"], Too),
            Reference(&["entry"], "hours_entry", &["id"], Too),
        ],
    },
    TableOf {
        name: "material",
        columns: &[
            must("id", Id),
            must("training", Id),
            must("number", Number),
            must("title", Text),
            must("link", Text),
            must("text", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["training"]],
        references: &[Reference(&["training"], "training", &["id"], Too)],
    },
];
