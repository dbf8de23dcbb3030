//! What a year reads as, beside what the college declared.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::indicators::{Indicator, Minimum, Year};
use super::ramps::{farthest, score};
use super::{Model, ModelError};

/// From here on a model is clear.
const CLEAR: f64 = 0.55;
/// A second model as near as this is read together with the first.
const NEAR: f64 = 0.15;
/// Sums of ramps are not exact to the last digit.
const SLACK: f64 = 1e-9;

/// What a year reads as (R-LIV-4, R-LIV-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// One model.
    Model(Model),
    /// Two of them, by alphabet.
    Between(Model, Model),
    /// None comes far enough.
    NoClearModel,
    /// Nothing can be read.
    TooLittleData,
}

/// The key in files.
impl std::fmt::Display for Reading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Model(model) => f.write_str(model.key()),
            Self::Between(one, other) => write!(f, "between:{}+{}", one.key(), other.key()),
            Self::NoClearModel => f.write_str("no_clear_model"),
            Self::TooLittleData => f.write_str("too_little_data"),
        }
    }
}

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How declared and read go together (R-LIV-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// They are the same.
    Match,
    /// The declared model is one of the two.
    Partly,
    /// It is not.
    Differs,
}

/// A year that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// By model, not rounded; none where too little is known.
    pub scores: BTreeMap<Model, Option<f64>>,
    /// What it reads as; never too little data.
    pub reading: Reading,
    /// Beside what was declared, if anything was.
    pub match_with: Option<Match>,
    /// At most three, farthest first.
    pub farthest: Vec<Indicator>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Too little of these; "indicators" when no model has enough of its own.
    TooLittleData(Vec<&'static str>),
    /// Read.
    Read(Read),
}

impl Read {
    /// A score as it is shown: in hundredths, to the nearest five (R-LIV-7).
    pub fn shown(&self, model: Model) -> Option<u8> {
        let score = self.scores.get(&model).copied().flatten()?;
        // The twentieth whose middle lies nearest; halves go up.
        (0..=20u8).rev().find(|step| score * 20.0 + 0.5 + SLACK >= f64::from(*step)).map(|step| step * 5)
    }
}

/// Reads a year (R-LIV-2 to R-LIV-6).
///
/// # Errors
/// A number that cannot be.
pub fn read(year: &Year, declared: Option<Model>, minimum: &Minimum) -> Result<Outcome, ModelError> {
    year.indicators.check()?;
    let lacking = minimum.lacking(year)?;
    if !lacking.is_empty() {
        return Ok(Outcome::TooLittleData(lacking));
    }
    let scores: BTreeMap<Model, Option<f64>> =
        Model::ALL.into_iter().map(|model| (model, score(model, &year.indicators))).collect();
    let mut ranked: Vec<(Model, f64)> = scores.iter().filter_map(|(model, score)| Some((*model, (*score)?))).collect();
    // A stable sort over the alphabet: equals stay in its order.
    ranked.sort_by(|one, other| other.1.total_cmp(&one.1));
    let reading = match ranked.as_slice() {
        [] => return Ok(Outcome::TooLittleData(vec!["indicators"])),
        [(_, top), ..] if *top < CLEAR - SLACK => Reading::NoClearModel,
        [(first, top), (second, next), ..] if top - next <= NEAR + SLACK => {
            Reading::Between(*first.min(second), *first.max(second))
        }
        [(first, _), ..] => Reading::Model(*first),
    };
    Ok(Outcome::Read(Read {
        scores,
        reading,
        match_with: declared.map(|declared| beside(declared, reading)),
        farthest: declared.map(|declared| farthest(declared, &year.indicators)).unwrap_or_default(),
    }))
}

fn beside(declared: Model, reading: Reading) -> Match {
    match reading {
        Reading::Model(read) if read == declared => Match::Match,
        Reading::Between(one, other) if one == declared || other == declared => Match::Partly,
        _ => Match::Differs,
    }
}
