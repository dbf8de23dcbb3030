//! Keys and words that are sealed in the browser. Wrapped keys lie here under the outer layer, whose keys lie in the keyring.

use super::frame::Gone::Too;
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "key_set",
        columns: &[
            must("person", Id),
            // The thumbprint of the public key for sealing, by which grants are addressed.
            must("kid", Text),
            must("sealing", Text),
            must("signing", Text),
            must("vault", Text),
            // Grows with every change of the vault.
            must("version", Number),
            must("made_at", Number),
        ],
        key: &["person"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "person", &["id"], Too)],
    },
    TableOf {
        name: "unlock_slot",
        columns: &[must("person", Id), must("slot", Text), must("wrapped", Text), must("made_at", Number)],
        key: &["person", "slot"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["person"], "key_set", &["person"], Too)],
    },
    TableOf {
        name: "thread_grant",
        columns: &[
            must("thread", Id),
            must("epoch", Number),
            // For whom, and by whom: the participants' numbers.
            must("number", Number),
            must("by_number", Number),
            must("kid", Text),
            must("wrapped", Text),
        ],
        key: &["thread", "epoch", "number", "kid"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
    TableOf {
        name: "sealed_item",
        columns: &[
            must("thread", Id),
            must("id", Id),
            must("rev", Number),
            must("epoch", Number),
            // Who wrote it: the participant's number.
            must("number", Number),
            must("kind", Text),
            must("sealed", Text),
            must("written_at", Number),
            // In which order the server took them.
            must("place", Number),
        ],
        key: &["thread", "id", "rev"],
        unique: &[&["thread", "place"]],
        indexes: &[],
        references: &[Reference(&["thread"], "thread", &["id"], Too)],
    },
];
