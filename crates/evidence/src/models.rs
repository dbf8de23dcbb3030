//! Which model a programme is living, read off a year's work: a mirror, not a grade, and nothing about people.
//! Rules R-LIV-1 to R-LIV-8 in `docs/rules/model-reading.md`.

mod counts;
mod entry;
mod indicators;
mod ramps;
mod reading;
mod words;

pub use counts::{Counts, Share};
pub use entry::{Case, Expected, File, answer};
pub use indicators::{Indicator, Indicators, Minimum, Year};
pub use ramps::score;
pub use reading::{Match, Outcome, Read, Reading, read};

/// The four models (S0, S1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Managers send people.
    Deficit,
    /// Teachers come by themselves.
    Developmental,
    /// Teams, and work with others outside.
    #[serde(alias = "pan-organisational")]
    PanOrganisational,
    /// For everybody, as part of the work.
    Universal,
}

impl Model {
    /// All four, in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Deficit, Self::Developmental, Self::PanOrganisational, Self::Universal];

    /// The key in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::Developmental => "developmental",
            Self::PanOrganisational => "pan_organisational",
            Self::Universal => "universal",
        }
    }
}

/// Numbers that cannot be those of a year. The text says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// A share outside 0 to 1.
    #[error("{} is {value}: give a share from 0 to 1, or leave it out.", .indicator.key())]
    NoShare {
        /// Which.
        indicator: Indicator,
        /// What was given.
        value: f64,
    },
    /// Below nought, or no number.
    #[error("{} is {value}: give a number from 0 on, or leave it out.", .indicator.key())]
    Negative {
        /// Which.
        indicator: Indicator,
        /// What was given.
        value: f64,
    },
    /// A count below nought.
    #[error("{what} is {value}: give a whole number from 0 on.")]
    NegativeCount {
        /// Which.
        what: &'static str,
        /// What was given.
        value: i64,
    },
    /// More counted than there are.
    #[error("{counted} of {of} cannot be: give at most as many as there are.")]
    MoreThanThereAre {
        /// Counted.
        counted: u64,
        /// Of so many.
        of: u64,
    },
    /// In a file with several cases.
    #[error("In the case {name}: {why}")]
    InCase {
        /// The case.
        name: String,
        /// What is wrong.
        why: Box<ModelError>,
    },
}

#[cfg(test)]
mod tests;
