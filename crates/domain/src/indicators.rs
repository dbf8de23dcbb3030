//! Figures of the whole college or of an area, never of a person, that the programme may have to do with.
//! Rules R-FIG-1 to R-FIG-11 in `docs/rules/indicators.md`.

pub mod file;
mod groups;

pub use groups::{Gap, Group, Pair};

use jiff::civil::Date;

use crate::bands::{Band, FEWEST};
use crate::ids::AreaId;
use crate::period::Term;
use crate::support::choices;
use crate::text::thousands;

/// No figure is of more than so many.
pub const MOST: i64 = 10_000_000;

choices! {
    /// What is counted (EVI-04, EVI-05, OBS-07).
    Indicator {
        /// Formal observations.
        Observations = "observations", "Formal observations with the outcome “effective”";
        /// Staff who stay.
        Retention = "retention", "Teaching staff who stayed";
        /// Staff who were ill.
        Sickness = "sickness", "Teaching staff absent through sickness";
        /// Attendance of learners.
        Attendance = "attendance", "Attendance";
        /// Punctuality of learners.
        Punctuality = "punctuality", "Punctuality";
        /// Predicted grades.
        Predicted = "predicted", "At or above the predicted grade";
        /// Achievement.
        Achievement = "achievement", "Achievement";
        /// Success rate.
        Success = "success", "Success rate";
        /// Satisfaction of learners.
        Satisfaction = "satisfaction", "Satisfied learners";
        /// Feedback on assessed work.
        Feedback = "feedback", "Feedback on assessed work that helps";
        /// Meetings of the team.
        Team = "team", "The team’s own meetings";
        /// Meetings with others outside.
        Outside = "outside", "Meetings with others outside";
    }
}

impl Indicator {
    /// What is counted of what, and where the figure usually comes from.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Observations => {
                "Formal observations of the term with this outcome, of all formal observations of the term that had one. From the quality team."
            }
            Self::Retention => {
                "Teaching staff of the first day of the term who are still here on the last, of all of the first day. From personnel."
            }
            Self::Sickness => {
                "Teaching staff with at least one day of sickness absence in the term, of all teaching staff. From personnel."
            }
            Self::Attendance => {
                "Sessions attended by learners, of all that they could have attended. From the registers."
            }
            Self::Punctuality => {
                "Sessions that learners came to on time, of all that they attended. From the registers."
            }
            Self::Predicted => {
                "Learners at or above the grade predicted for them, of all with a predicted grade. From the tracking of progress."
            }
            Self::Achievement => "Learners who achieved, of all who completed. From the learner record.",
            Self::Success => "Learners who achieved, of all who started. From the learner record.",
            Self::Satisfaction => {
                "Learners who agree that teaching on their course is good, of all who answered. From the learner survey."
            }
            Self::Feedback => {
                "Pieces of assessed work whose feedback says what to do next, of all that were sampled. From the quality team."
            }
            Self::Team => "Meetings of the team that took place, of all in its calendar. From whoever leads the team.",
            Self::Outside => {
                "Meetings of the team’s members with others outside the college, of all that there are at two for each of them in the term; more count as these. From whoever leads the team."
            }
        }
    }

    /// In which part of the page it stands (R-FIG-9).
    pub const fn part(self) -> Part {
        match self {
            Self::Observations | Self::Feedback | Self::Retention | Self::Sickness | Self::Team | Self::Outside => {
                Part::Teaching
            }
            Self::Attendance | Self::Punctuality | Self::Predicted | Self::Achievement | Self::Success => Part::Results,
            Self::Satisfaction => Part::Said,
        }
    }

    /// Whether it counts learners one by one, so that a group of ten is ten people (R-FIG-8).
    pub const fn of_groups(self) -> bool {
        matches!(self, Self::Predicted | Self::Achievement | Self::Success | Self::Satisfaction)
    }

    /// Whether it counts meetings, for the whole college only: no people, so that few are no matter (R-FIG-6).
    pub const fn of_meetings(self) -> bool {
        matches!(self, Self::Team | Self::Outside)
    }

    /// Whether it is about staff, so that it is held for the whole college only and shown as a range (R-FIG-2).
    pub const fn of_staff(self) -> bool {
        matches!(self, Self::Observations | Self::Retention | Self::Sickness)
    }
}

choices! {
    /// The parts of the page: what is about teaching stands apart from what is about results (EVI-10).
    Part {
        /// What the programme works on.
        Teaching = "teaching", "About teaching";
        /// What learners do and achieve.
        Results = "results", "About results";
        /// What learners think of it.
        Said = "said", "What learners say";
    }
}

/// Where a figure belongs: an indicator, a term, an area or the whole college, and a group of learners or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// What is counted.
    pub indicator: Indicator,
    /// The term, by the academic year in which it lies and its number in it, from one on.
    pub term: (i16, i64),
    /// The area; none for the whole college.
    pub area: Option<AreaId>,
    /// The group of learners; none for all of them.
    pub group: Option<Group>,
}

/// So many of so many, and the day on which it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Where it belongs.
    pub place: Place,
    /// So many …
    pub counted: i64,
    /// … of so many.
    pub of: i64,
    /// The day on which it was entered first.
    pub entered: Date,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FigureRefused {
    /// No indicator.
    #[error("Choose what is counted.")]
    Indicator,
    /// No term, or one that has not ended.
    #[error("Choose a term that is over.")]
    Term,
    /// An area for what is about staff.
    #[error("This is held for the whole college only.")]
    WholeCollege,
    /// A group where none is told apart.
    #[error(
        "Groups are told apart only where learners are counted one by one: predicted grades, achievement, success and satisfaction."
    )]
    Group,
    /// Too few.
    #[error("Of fewer than {FEWEST} nothing is held: somebody could be found in it.")]
    Few,
    /// Not a whole number.
    #[error("Write a whole number, such as 42.")]
    Number,
    /// More than there are.
    #[error("This cannot be more than of how many it is.")]
    More,
    /// It stands.
    #[error("The figure of this term stands: it could be corrected on the day on which it was entered.")]
    Stands,
}

/// Whether a figure may be entered on a day, in the place of an earlier one or of none (R-FIG-2, R-FIG-3, R-FIG-4).
///
/// # Errors
/// A rule that says no.
pub fn enter(wanted: &Figure, (earlier, term): (Option<&Figure>, &Term), today: Date) -> Result<(), FigureRefused> {
    let Figure { place, counted, of, .. } = *wanted;
    if term.ends >= today {
        return Err(FigureRefused::Term);
    }
    if (place.indicator.of_staff() || place.indicator.of_meetings()) && place.area.is_some() {
        return Err(FigureRefused::WholeCollege);
    }
    if place.group.is_some() && !place.indicator.of_groups() {
        return Err(FigureRefused::Group);
    }
    if !(0..=MOST).contains(&counted) || !(0..=MOST).contains(&of) {
        return Err(FigureRefused::Number);
    }
    if place.indicator.of_meetings() && of == 0 {
        return Err(FigureRefused::Number);
    }
    if !place.indicator.of_meetings() && u64::try_from(of).is_ok_and(|of| of < FEWEST) {
        return Err(FigureRefused::Few);
    }
    if counted > of {
        return Err(FigureRefused::More);
    }
    if earlier.is_some_and(|earlier| place.indicator.of_staff() && earlier.entered != today) {
        return Err(FigureRefused::Stands);
    }
    Ok(())
}

/// A figure as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// About staff, or a group of learners: so many of so many, from one number to another.
    Range(Band),
    /// About learners, in whole per cent, of so many.
    Share(u64, u64),
}

impl Shown {
    /// How a figure is shown; nothing where there are too few (R-FIG-2, R-FIG-3, R-FIG-8).
    pub fn of(figure: &Figure) -> Option<Self> {
        let (counted, of) = (u64::try_from(figure.counted).ok()?, u64::try_from(figure.of).ok()?);
        if figure.place.indicator.of_staff() || figure.place.group.is_some() {
            return Some(Self::Range(Band::around(counted, of)?));
        }
        let fewest = if figure.place.indicator.of_meetings() { 1 } else { FEWEST };
        (of >= fewest && counted <= of).then(|| Self::Share((200 * counted + of) / (2 * of), of))
    }

    /// Both ends in whole per cent; the same number twice where it is one.
    pub const fn per_cent(&self) -> (u64, u64) {
        match self {
            Self::Range(band) => band.per_cent(),
            Self::Share(share, _) => (*share, *share),
        }
    }

    /// Whether five numbers or more stay possible, however near each other they lie.
    pub const fn is_range(&self) -> bool {
        matches!(self, Self::Range(_))
    }

    /// "38–54 %"; "91 %" where both ends are the same whole per cent.
    pub fn per_cent_words(&self) -> String {
        let (low, high) = self.per_cent();
        if low == high { format!("{low} %") } else { format!("{low}–{high} %") }
    }

    /// "10–14 of 26 (38–54 %)", "91 % of 1,204".
    pub fn words(&self) -> String {
        match self {
            Self::Range(band) => {
                let (low, high, of) = (thousands(band.low), thousands(band.high), thousands(band.of));
                format!("{low}–{high} of {of} ({})", self.per_cent_words())
            }
            Self::Share(share, of) => format!("{share} % of {}", thousands(*of)),
        }
    }
}

#[cfg(test)]
#[path = "indicators_tests.rs"]
mod tests;
