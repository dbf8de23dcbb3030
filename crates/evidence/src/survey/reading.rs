//! What of a survey is shown, and how it reads beside a figure of 2017.

use serde::Serialize;

use super::SurveyError;
use super::interval::{Interval, Z, at, tipping_n_of, whole, wilson};
use crate::bands::{Band, FEWEST};

/// Under so many answers nothing is compared.
const FEWEST_TO_COMPARE: u64 = 30;
/// The published whole per cent may have been rounded by so much.
const ROUNDED_BY: f64 = 0.005;

/// How many chose what, for one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Strongly disagree.
    pub strongly_disagree: i64,
    /// Disagree.
    pub disagree: i64,
    /// Neither.
    pub neither: i64,
    /// Agree.
    pub agree: i64,
    /// Strongly agree.
    pub strongly_agree: i64,
    /// Cannot say: no answer, but a person who sent the survey back.
    pub cannot_say: i64,
}

/// Who agreed, who answered, and who chose anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// The top two choices.
    pub agreed: u64,
    /// All choices but "cannot say".
    pub answered: u64,
    /// All choices.
    pub said: u64,
}

impl Answers {
    /// The three numbers of the statement (R-SUR-2).
    ///
    /// # Errors
    /// A number below nought.
    pub fn group(&self) -> Result<Group, SurveyError> {
        let agreed = whole(self.agree)? + whole(self.strongly_agree)?;
        let answered = agreed + whole(self.strongly_disagree)? + whole(self.disagree)? + whole(self.neither)?;
        Ok(Group { agreed, answered, said: answered + whole(self.cannot_say)? })
    }
}

/// How a band lies beside a figure of 2017.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The whole interval lies above.
    Above,
    /// The whole interval lies below.
    Below,
    /// The interval reaches the figure.
    NotDistinguishable,
    /// Fewer than thirty answered.
    TooFewToCompare,
}

impl Reading {
    /// As a page says it (R-SUR-4).
    pub const fn words(self) -> &'static str {
        match self {
            Self::Above => "above the figure of 2017, of which the sample size is unknown",
            Self::Below => "below the figure of 2017, of which the sample size is unknown",
            Self::NotDistinguishable => "not distinguishable from the figure of 2017",
            Self::TooFewToCompare => "fewer than 30 answers: too few to compare",
        }
    }
}

/// Why nothing is shown; says no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TooFew {
    /// Of the group.
    #[error("fewer than 10 answers")]
    Answers,
    /// Of everybody else in the published population.
    #[error("fewer than 10 other answers")]
    Others,
}

/// What is shown of one statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Who agreed, of how many who answered.
    pub band: Band,
    /// Wilson's interval, from the low end's low to the high end's high.
    pub interval: Interval,
}

/// Shown, or why not.
pub type Outcome = Result<Shown, TooFew>;

/// What is shown of a group. `answered_of_all` is how many answered the statement in the whole published population, which is
/// the staff who are not practitioners; practitioners have a survey of their own and are a population by themselves (R-SUR-3).
///
/// # Errors
/// More agreed than answered, or more answered in the group than in the population.
pub fn publish(group: &Group, answered_of_all: Option<u64>) -> Result<Outcome, SurveyError> {
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    if group.agreed > group.answered {
        return Err(SurveyError::MoreThanAnswered { agree: signed(group.agreed), n: signed(group.answered) });
    }
    let all = answered_of_all.unwrap_or(group.answered);
    let Some(others) = all.checked_sub(group.answered) else {
        return Err(SurveyError::MoreThanAsked { n: signed(group.answered), staff: signed(all) });
    };
    let Some(band) = Band::around(group.agreed, group.answered) else { return Ok(Err(TooFew::Answers)) };
    if (1..FEWEST).contains(&others) {
        return Ok(Err(TooFew::Others));
    }
    Ok(Ok(Shown { band, interval: over(band, Z) }))
}

/// From the interval's low end at the band's low end to its high end at the band's high end (R-SUR-4).
pub(super) fn over(band: Band, z: f64) -> Interval {
    Interval { lo: wilson(at(band.low, band), z).lo, hi: wilson(at(band.high, band), z).hi }
}

/// How a shown band lies beside a published whole per cent (R-SUR-4).
pub fn read(shown: &Shown, per_cent: u64) -> Reading {
    let figure = super::interval::real(per_cent) / 100.0;
    if shown.band.of < FEWEST_TO_COMPARE {
        Reading::TooFewToCompare
    } else if shown.interval.lo > figure + ROUNDED_BY {
        Reading::Above
    } else if shown.interval.hi < figure - ROUNDED_BY {
        Reading::Below
    } else {
        Reading::NotDistinguishable
    }
}

impl Shown {
    /// How many must have answered in 2017 for the difference to be distinguishable (R-SUR-5); none where too few answered here.
    pub fn tipping_n(&self, per_cent: u64) -> Option<u64> {
        (self.band.of >= FEWEST_TO_COMPARE).then(|| tipping_n_of(self.band, per_cent, Z)).flatten()
    }
}
