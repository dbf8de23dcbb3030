//! Tables of the institution, its people and their accounts, as the first migration makes them.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Flag, Id, Number, Text};
use super::frame::{Added, Reference, TableOf, may, must};

/// The number that the college's own records know somebody by.
pub const NUMBER: &[Added] = &[Added(may("number", Text), None)];

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "programme",
        columns: &[
            must("name", Text),
            must("title_one", Text),
            must("title_many", Text),
            must("model", Text),
            must("asking_opened", Flag),
            must("sample", Flag),
            must("zone", Text),
            // Seconds by which the sample college's clock is ahead of the machine's.
            must("clock_ahead", Number),
            // Grows with every change to people, lines and practices.
            must("chart", Number),
        ],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "term",
        columns: &[must("id", Id), must("name", Text), must("starts", Text), must("ends", Text)],
        key: &["id"],
        unique: &[&["starts"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "holiday",
        columns: &[must("starts", Text), must("ends", Text)],
        key: &["starts"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "site",
        columns: &[must("id", Id), must("name", Text)],
        key: &["id"],
        unique: &[&["name"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "area",
        columns: &[must("id", Id), must("name", Text)],
        key: &["id"],
        unique: &[&["name"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "theme",
        columns: &[must("id", Id), must("name", Text), must("position", Number)],
        key: &["id"],
        unique: &[&["name"]],
        indexes: &[],
        references: &[],
    },
    TableOf {
        name: "person",
        columns: &[
            must("id", Id),
            must("name", Text),
            // Folded for search: both databases compare it alike.
            must("folded", Text),
            must("email", Text),
            must("job", Text),
            must("roles", Text),
            must("active", Flag),
            may("area", Id),
            may("site", Id),
            may("manager", Id),
            may("appraiser", Id),
            must("note_key", Flag),
        ],
        key: &["id"],
        unique: &[&["email"]],
        indexes: &[&["manager"], &["folded"]],
        references: &[
            Reference(&["area"], "area", &["id"], Never),
            Reference(&["site"], "site", &["id"], Never),
            Reference(&["manager"], "person", &["id"], Never),
            Reference(&["appraiser"], "person", &["id"], Never),
        ],
    },
    TableOf {
        name: "credential",
        columns: &[must("person", Id), must("hash", Text), must("changed_at", Number)],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "session",
        columns: &[
            must("token", Text),
            must("person", Id),
            must("csrf", Text),
            must("began_at", Number),
            must("seen_at", Number),
        ],
        key: &["token"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "set_up_link",
        columns: &[must("token", Text), must("person", Id), must("expires_at", Number)],
        key: &["token"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "practice",
        columns: &[
            must("person", Id),
            must("about", Text),
            must("teaches", Text),
            must("room", Text),
            must("caseload", Number),
            must("remitted", Number),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Never)],
    },
    TableOf {
        name: "expertise",
        columns: &[must("person", Id), must("theme", Id), must("leads", Flag)],
        key: &["person", "theme"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["person"], "practice", &["person"], Never),
            Reference(&["theme"], "theme", &["id"], Never),
        ],
    },
    TableOf {
        name: "nomination",
        columns: &[must("area", Id), must("person", Id)],
        key: &["area", "person"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[
            Reference(&["area"], "area", &["id"], Never),
            Reference(&["person"], "practice", &["person"], Never),
        ],
    },
    TableOf {
        name: "support_hour",
        columns: &[
            must("id", Id),
            must("person", Id),
            must("weekday", Number),
            must("starts", Number),
            must("length", Number),
        ],
        key: &["id"],
        unique: &[&["person", "weekday", "starts"]],
        indexes: &[],
        references: &[Reference(&["person"], "practice", &["person"], Never)],
    },
    TableOf {
        name: "teaching",
        columns: &[
            must("id", Id),
            must("person", Id),
            must("weekday", Number),
            must("starts", Number),
            must("length", Number),
            must("label", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[Reference(&["person"], "person", &["id"], Never)],
    },
    TableOf {
        name: "avoidance",
        columns: &[must("person", Id), must("practitioner", Id)],
        key: &["person", "practitioner"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["person"], "person", &["id"], Too),
            Reference(&["practitioner"], "person", &["id"], Too),
        ],
    },
];
