//! The entry for the command line: a file with cases in, the same file with our own results out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::indicators::{Indicator, Minimum, Year};
use super::reading::{Match, Outcome, Reading, read};
use super::{Model, ModelError};

/// Cases of years; results that stand in it already are not read.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct File {
    /// How much there must be; as usual where left out.
    #[serde(default)]
    pub minimum: Minimum,
    /// How far a score may lie off, for whoever compares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<f64>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// One year.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Case {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Why it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What the college declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Model>,
    /// The year.
    pub input: Year,
    /// The result.
    #[serde(skip_deserializing)]
    pub expected: Option<Expected>,
}

/// What a year reads as, or of what there is too little.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Expected {
    /// Nothing can be read.
    TooLittleData {
        /// Always too little data.
        reading: Reading,
        /// Of what.
        below_minimum: Vec<&'static str>,
    },
    /// Read.
    Read {
        /// By model, to four decimals; null where too little is known.
        scores: BTreeMap<Model, Option<f64>>,
        /// What it reads as.
        reading: Reading,
        /// What was declared.
        declared: Option<Model>,
        /// How the two go together.
        #[serde(rename = "match")]
        match_with: Option<Match>,
        /// At most three, farthest first.
        furthest_from_declared: Vec<Indicator>,
    },
}

/// The file with our own results (R-LIV-8).
///
/// # Errors
/// The first number that cannot be, with the name of its case.
pub fn answer(file: &File) -> Result<File, ModelError> {
    let mut file = file.clone();
    for case in &mut file.cases {
        let outcome = read(&case.input, case.declared, &file.minimum)
            .map_err(|why| ModelError::InCase { name: case.name.clone(), why: Box::new(why) })?;
        case.expected = Some(expected(outcome, case.declared));
    }
    Ok(file)
}

fn expected(outcome: Outcome, declared: Option<Model>) -> Expected {
    let decimals = |score: f64| (score * 10_000.0).round() / 10_000.0;
    match outcome {
        Outcome::TooLittleData(below_minimum) => {
            Expected::TooLittleData { reading: Reading::TooLittleData, below_minimum }
        }
        Outcome::Read(read) => Expected::Read {
            scores: read.scores.into_iter().map(|(model, score)| (model, score.map(decimals))).collect(),
            reading: read.reading,
            declared,
            match_with: read.match_with,
            furthest_from_declared: read.farthest,
        },
    }
}
