//! The kinds of file that can be brought in.

use std::fmt;
use std::str::FromStr;

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// People, a line for each.
    #[default]
    Staff,
    /// Areas, a line for each: where they are, who leads them, what they are a part of.
    Structure,
    /// Teaching, a line for each weekly lesson.
    Timetable,
    /// Practitioners' remission, support hours and nominated areas, a line for each practitioner.
    Hours,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Staff, Self::Structure, Self::Timetable, Self::Hours];

    /// The code on the command line, in forms and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Structure => "structure",
            Self::Timetable => "timetable",
            Self::Hours => "hours",
        }
    }

    /// The name on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Staff => "Staff",
            Self::Structure => "Areas and sites",
            Self::Timetable => "Timetable",
            Self::Hours => "Practitioners’ hours",
        }
    }

    /// What stands in such a file, for whoever chooses one.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Staff => "A line for each person: name, e-mail, area, line manager, roles. OneRoster files too.",
            Self::Structure => "A line for each area: its site, who leads it, what it is a part of.",
            Self::Timetable => "A line for each weekly lesson: who, day, from, to.",
            Self::Hours => "A line for each practitioner: remitted hours, support hours, nominated areas.",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that names no kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("choose staff, structure, timetable or hours")]
pub struct NotAKind;

impl FromStr for Kind {
    type Err = NotAKind;
    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == text).ok_or(NotAKind)
    }
}
