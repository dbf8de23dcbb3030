//! What a participant of a thread has passed to the safeguarding leads. No column points to the thread: this outlives it.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "disclosure",
        columns: &[
            must("id", Id),
            must("discloser", Id),
            // The other one of the thread.
            must("subject", Id),
            must("category", Text),
            // Why the subject is not told at once, and the day on which that is decided again; both or neither.
            may("reason", Text),
            may("review", Text),
            // The day on which those who decide were last reminded of it.
            may("reminded", Text),
            must("made_at", Number),
            // When the leads were last told again that nobody has opened it.
            may("escalated_at", Number),
            may("opened", Text),
            may("opened_by", Id),
            // The day on which the subject was told later.
            may("told", Text),
            must("sealed", Text),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["discloser"], &["subject"]],
        references: &[
            Reference(&["discloser"], "person", &["id"], Never),
            Reference(&["subject"], "person", &["id"], Never),
            Reference(&["opened_by"], "person", &["id"], Never),
        ],
    },
    TableOf {
        name: "disclosure_recipient",
        columns: &[must("disclosure", Id), must("person", Id)],
        key: &["disclosure", "person"],
        unique: &[],
        indexes: &[&["person"]],
        references: &[
            Reference(&["disclosure"], "disclosure", &["id"], Too),
            Reference(&["person"], "person", &["id"], Never),
        ],
    },
    TableOf {
        name: "disclosure_grant",
        columns: &[
            must("disclosure", Id),
            must("person", Id),
            must("kid", Text),
            // Who gives it, with the public keys of that moment: they may make others later.
            must("giver", Id),
            must("giver_kid", Text),
            must("giver_sealing", Text),
            must("giver_signing", Text),
            must("wrapped", Text),
        ],
        key: &["disclosure", "person", "kid"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["disclosure"], "disclosure", &["id"], Too),
            Reference(&["person"], "person", &["id"], Never),
            Reference(&["giver"], "person", &["id"], Never),
        ],
    },
    // Whether to tell, as it was decided: by whom, on which day, and why not; without a reason, to tell.
    TableOf {
        name: "disclosure_decision",
        columns: &[
            must("disclosure", Id),
            must("number", Number),
            must("person", Id),
            must("day", Text),
            may("reason", Text),
        ],
        key: &["disclosure", "number"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["disclosure"], "disclosure", &["id"], Too),
            Reference(&["person"], "person", &["id"], Never),
        ],
    },
    // Whom one telephones when somebody is at risk.
    TableOf {
        name: "safeguarding_route",
        columns: &[must("name", Text), must("telephone", Text)],
        key: &[],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
