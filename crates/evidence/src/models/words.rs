//! Readings in plain words: about how the programme runs, never about people.

use super::Model;
use super::indicators::Indicator;
use super::reading::{Match, Reading};

impl Indicator {
    /// What it says, as a page has it (R-LIV-8).
    pub const fn words(self) -> &'static str {
        match self {
            Self::AccessRate => "how many of all staff had support of their own",
            Self::AreaEvenness => "how evenly support reached the areas",
            Self::CoachingHours => "how much of one-to-one time was coaching and developmental observation",
            Self::CrossCuttingHours => "how much time went to priorities that cross areas",
            Self::ExternalActive => "how many practitioners met others outside the college",
            Self::ManagerInitiated => "how much one-to-one support a manager began",
            Self::MandatoryHours => "how much of one-to-one time was required",
            Self::ObservationTriggered => "how often a formal observation was given as the reason",
            Self::PerformanceLinks => "how closely policy ties the role to appraisal and the line",
            Self::ResearchFlow => "how much research was shared out or taken in",
            Self::TeamMeetings => "how many of the team's meetings took place",
        }
    }
}

impl Model {
    /// How a year looks under this model (R-LIV-8).
    pub const fn looks_like(self) -> &'static str {
        match self {
            Self::Deficit => "managers begin most support, and it follows observation and appraisal",
            Self::Developmental => "teachers begin support themselves, and it stays apart from appraisal",
            Self::PanOrganisational => "practitioners work as a team, across areas and with others outside",
            Self::Universal => "support is for everybody, in all areas, with some of it required",
        }
    }

    /// Its name on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deficit => "deficit",
            Self::Developmental => "developmental",
            Self::PanOrganisational => "pan-organisational",
            Self::Universal => "universal",
        }
    }
}

impl Reading {
    /// The outcome as a sentence (R-LIV-8).
    pub fn sentence(self) -> String {
        match self {
            Self::Model(model) => format!("This year reads as {}: {}.", model.name(), model.looks_like()),
            Self::Between(one, other) => {
                format!("This year reads as between {} and {}. Models overlap.", one.name(), other.name())
            }
            Self::NoClearModel => "This year shows no clear model.".to_string(),
            Self::TooLittleData => "There is too little data to read a model.".to_string(),
        }
    }
}

impl Match {
    /// Beside the declared model, as a sentence (R-LIV-8).
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Match => "That is the model the college declared.",
            Self::Partly => "The model the college declared is one of the two.",
            Self::Differs => "The college declared another model. Either the work or the declaration can change.",
        }
    }
}
