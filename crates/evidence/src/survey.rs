//! A survey of staff, read beside the figures of 2017: agreement as bands, with the caution that small numbers ask for.
//! Rules R-SUR-1 to R-SUR-9 in `docs/rules/survey.md`.

mod compared;
mod entry;
mod factors;
mod interval;
mod reading;
mod returns;

pub use compared::{Comparison, compare};
pub use entry::{Benchmarks, Input, IntervalCase, PublishedCase, TippingCase, answer};
pub use factors::{Factor, among_ours};
pub use interval::{Counted, Interval, Z, tipping_n, tipping_n_of, wilson, wilson_finite};
pub use reading::{Answers, Group, Outcome, Reading, Shown, TooFew, publish, read};
pub use returns::{Rate, Returns, rate};

/// The five statements of 2017, in the order of its figures, then two of which there is no figure (S0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statement {
    /// Teaching, learning and assessment.
    Teaching,
    /// Confidence to try new techniques.
    Trying,
    /// Support at work.
    Supported,
    /// Belief in oneself, confidence and esteem.
    Belief,
    /// The culture of the organisation.
    Culture,
    /// Engagement with one's work. Not among the published figures.
    Engagement,
    /// Motivation. Not among the published figures.
    Motivation,
}

impl Statement {
    /// All seven. A survey asks the first five or all of them, so that an earlier one keeps its meaning.
    pub const ALL: [Self; 7] = [
        Self::Teaching,
        Self::Trying,
        Self::Supported,
        Self::Belief,
        Self::Culture,
        Self::Engagement,
        Self::Motivation,
    ];

    /// The key in files: S1 to S7.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Teaching => "S1",
            Self::Trying => "S2",
            Self::Supported => "S3",
            Self::Belief => "S4",
            Self::Culture => "S5",
            Self::Engagement => "S6",
            Self::Motivation => "S7",
        }
    }

    /// The statement as it is asked, with the college's own title for practitioners in the plural (R-SUR-1).
    pub fn words(self, practitioners: &str) -> String {
        let done = match self {
            Self::Teaching => "improved teaching, learning and assessment",
            Self::Trying => "given staff more confidence to try new techniques",
            Self::Supported => "helped staff to feel more supported at work",
            Self::Belief => "strengthened the self-belief, confidence and self-esteem of staff",
            Self::Culture => "improved the culture of the organisation",
            Self::Engagement => "helped staff to be more engaged in their work",
            Self::Motivation => "strengthened the motivation of staff",
        };
        format!("In this college, {practitioners} have {done}.")
    }

    /// Whole per cent of staff who were not practitioners and agreed or strongly agreed in 2017 (R-SUR-1). How many were
    /// asked is not known. Of engagement and motivation the study published no figure.
    pub const fn in_2017(self) -> Option<u64> {
        match self {
            Self::Teaching => Some(83),
            Self::Trying => Some(75),
            Self::Supported => Some(69),
            Self::Belief | Self::Culture => Some(66),
            Self::Engagement | Self::Motivation => None,
        }
    }
}

/// Numbers that cannot be those of a survey. The text says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SurveyError {
    /// A number below nought.
    #[error("{0} is below nought: give a whole number from 0 on.")]
    Negative(i64),
    /// More than any survey has.
    #[error("{0} is more than this program reads: give a number up to 10,000,000.")]
    TooMany(i64),
    /// More agreed than answered.
    #[error("{agree} agreed of {n} who answered: give at most as many who agreed as answered.")]
    MoreThanAnswered {
        /// Who agreed.
        agree: i64,
        /// Who answered.
        n: i64,
    },
    /// More answers than people.
    #[error("{n} answers came from {staff} people: give at most as many answers as people.")]
    MoreThanAsked {
        /// Answers.
        n: i64,
        /// People.
        staff: i64,
    },
    /// Nothing to divide by.
    #[error("Nobody answered or nobody was asked: give a number of at least 1.")]
    Nobody,
    /// Not a per cent.
    #[error("{0} is no percentage: give a whole number from 0 to 100.")]
    NoPercentage(i64),
    /// Not a normal quantile.
    #[error("{0} is no width for an interval: give z between 0.1 and 10, or leave it out for 95 %.")]
    Width(f64),
    /// Not twelve different factors.
    #[error("Give each factor once, and at least five of them.")]
    Factors,
    /// Bands of different surveys.
    #[error("All factors are from one survey: give the same number of answers for each.")]
    Mixed,
}

#[cfg(test)]
mod tests;
