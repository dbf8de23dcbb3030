//! What may be said about cause: rules in `docs/rules/cause.md`.
//!
//! [`attribute`] reads a panel, compares, and gives exactly one level with its sentence. [`mde`] says beforehand how small an
//! effect could be seen, [`lot`] draws who begins when.

mod assignments;
mod did;
mod dose;
mod error;
mod inversion;
mod its;
pub mod lot;
mod panel;
mod power;
mod refusals;
mod sentences;
mod staggered;
mod students;
mod tables;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use did::{Did, Effect, PreTrend, Ri};
pub use dose::Dose;
pub use error::AttributionError;
pub use its::Its;
pub use power::{Mde, Plan, PlannedUnit, mde};
pub use staggered::{Aggregate, AttGt};

/// A difference is shown when chance alone gives it no more often than this.
const LEVEL: f64 = 0.05;
/// A question that is only exploratory is judged more strictly, the first of them at a half of the level, the second at a sixth,
/// the next at a twelfth: together, however many are asked, they are wrong no more often than one. R-CAU-28.
pub(crate) fn strictness(exploratory: u32) -> f64 {
    if exploratory == 0 { LEVEL } else { LEVEL / (f64::from(exploratory) * (f64::from(exploratory) + 1.0)) }
}
/// Areas moved apart before when chance alone gives that no more often than this.
const PRE_TREND: f64 = 0.1;

/// How cause is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Differences in differences for a beginning in steps; the first choice.
    #[default]
    Did,
    /// Whether the outcome goes with the hours; an association.
    Dose,
    /// A whole college that begins at once: its line before and after.
    Its,
}

/// What areas that have begun are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// Areas that have not begun yet, and those that never do.
    #[default]
    Notyet,
    /// Areas that never begin.
    Never,
}

/// What is asked, and what was said at set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// How cause is looked for.
    pub method: Method,
    /// What areas are compared with, in the first method.
    pub control: Control,
    /// Who began when was drawn by a recorded lot ([`lot`]).
    pub lot: bool,
    /// Areas were chosen, or given hours, because of their results.
    pub chosen_on_results: bool,
    /// Something else changed at the same time in all areas that began.
    pub other_change: bool,
    /// Seed of all draws: the same seed gives the same answer.
    pub seed: u64,
    /// 0 for the one outcome that was named beforehand, else the how-manieth exploratory question it is. R-CAU-28.
    pub exploratory: u32,
}

/// Too little data: no difference is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Always 0.
    pub level: u8,
    /// Always true.
    pub refused: bool,
    /// Why, in the short form.
    pub reasons: Vec<String>,
    /// Why, in plain words.
    pub sentence: String,
    /// In how many ways the beginnings could have fallen, where that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignments: Option<u64>,
    /// Units left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

impl Refused {
    fn new(reasons: &[refusals::Reason], assignments: Option<u64>, left_out: Vec<String>) -> Self {
        let (codes, sentence) = (reasons.iter().map(refusals::Reason::code).collect(), sentences::refused(reasons));
        Self { level: 0, refused: true, reasons: codes, sentence, assignments, left_out }
    }
}

/// One answer; which shape depends on the method.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// Too little data.
    Refused(Refused),
    /// A beginning in steps.
    Did(Box<Did>),
    /// Hours.
    Dose(Dose),
    /// A whole college at once.
    Its(Its),
}

impl Answer {
    /// What may be said, 0 to 4.
    pub const fn level(&self) -> u8 {
        match self {
            Self::Refused(refused) => refused.level,
            Self::Did(did) => did.level,
            Self::Dose(dose) => dose.level,
            Self::Its(its) => its.level,
        }
    }

    /// How it is said.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Refused(refused) => &refused.sentence,
            Self::Did(did) => &did.sentence,
            Self::Dose(dose) => &dose.sentence,
            Self::Its(its) => &its.sentence,
        }
    }
}

/// Reads a panel from comma-separated text (`unit, period, outcome, first_treat`, and `dose`, `learners` if there are any) and
/// says what may be said. Fails when the text cannot be read as one; too little data is an answer of level 0.
pub fn attribute(text: &str, options: &Options) -> Result<Answer, AttributionError> {
    let dose = options.method == Method::Dose;
    let panel = panel::read(text, !dose, dose)?;
    match options.method {
        Method::Did => Ok(did::answer(panel, options)),
        Method::Dose => Ok(dose::answer(panel, options)),
        Method::Its => its::answer(panel, options),
    }
}
