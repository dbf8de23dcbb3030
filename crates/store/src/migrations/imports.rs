//! Tables of files that are brought in, what they changed, and where areas belong.

use super::frame::Gone::{Never, Too};
use super::frame::Kind::{Id, Number, Text};
use super::frame::{Reference, TableOf, may, must};

/// In an order in which each table stands after those it points to.
pub const TABLES: &[TableOf] = &[
    TableOf {
        name: "area_place",
        columns: &[must("area", Id), may("site", Id), may("part_of", Id), may("led_by", Id)],
        key: &["area"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["area"], "area", &["id"], Too),
            Reference(&["site"], "site", &["id"], Never),
            Reference(&["part_of"], "area", &["id"], Never),
            Reference(&["led_by"], "person", &["id"], Never),
        ],
    },
    TableOf {
        name: "import_file",
        columns: &[
            must("id", Id),
            must("kind", Text),
            // What the file was called.
            must("file", Text),
            must("state", Text),
            // Why it cannot be read.
            must("told", Text),
            // Who chose it; nobody for the command line.
            may("person", Id),
            must("at", Number),
            must("added", Number),
            must("changed", Number),
            must("same", Number),
            must("ended", Number),
        ],
        key: &["id"],
        unique: &[],
        indexes: &[&["at"]],
        references: &[Reference(&["person"], "person", &["id"], Never)],
    },
    TableOf {
        name: "import_sheet",
        // Gone as soon as the file is brought in or left, and after a day.
        columns: &[must("file", Id), must("cells", Text), must("matching", Text)],
        key: &["file"],
        unique: &[],
        indexes: &[],
        references: &[Reference(&["file"], "import_file", &["id"], Too)],
    },
    TableOf {
        name: "import_change",
        columns: &[
            must("file", Id),
            must("number", Number),
            may("person", Id),
            may("area", Id),
            must("field", Text),
            may("was", Text),
            may("became", Text),
        ],
        key: &["file", "number"],
        unique: &[],
        indexes: &[],
        references: &[
            Reference(&["file"], "import_file", &["id"], Too),
            Reference(&["person"], "person", &["id"], Never),
            Reference(&["area"], "area", &["id"], Never),
        ],
    },
    TableOf {
        name: "import_heading",
        // What a title was last chosen to be; an empty field leaves it out.
        columns: &[must("kind", Text), must("heading", Text), must("field", Text)],
        key: &["kind", "heading"],
        unique: &[],
        indexes: &[],
        references: &[],
    },
];
