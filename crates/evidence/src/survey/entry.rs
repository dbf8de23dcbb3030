//! The entry for the command line: a file with cases in, the same file with our own results out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::interval::{Counted, Interval, Z, tipping_n, whole, wilson, wilson_finite};
use super::reading::{Group, Reading, over, publish, read};
use super::{Statement, SurveyError};

/// Whole per cent by statement key.
pub type Benchmarks = BTreeMap<String, i64>;

const fn usual() -> f64 {
    Z
}

fn published() -> Benchmarks {
    let figure = |statement: &Statement| i64::try_from(statement.in_2017()?).ok();
    Statement::ALL.iter().filter_map(|statement| Some((statement.key().to_string(), figure(statement)?))).collect()
}

/// Cases of a survey; what is left out is taken as usual or as no cases. Results that stand in it already are not read.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Input {
    /// The normal quantile of intervals.
    #[serde(default = "usual")]
    pub z: f64,
    /// The figures to compare with.
    #[serde(default = "published")]
    pub benchmark: Benchmarks,
    /// Intervals.
    #[serde(default)]
    pub wilson: Vec<IntervalCase>,
    /// Intervals with the correction for a finite population.
    #[serde(default)]
    pub wilson_fpc: Vec<IntervalCase>,
    /// What is shown.
    #[serde(default)]
    pub published: Vec<PublishedCase>,
    /// How many must have answered in 2017.
    #[serde(default)]
    pub tipping: Vec<TippingCase>,
}

/// One interval.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct IntervalCase {
    /// Who agreed.
    pub agree: i64,
    /// Who answered.
    pub n: i64,
    /// All staff; only with the correction.
    #[serde(rename = "N", default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<i64>,
    /// The low end, as a share.
    #[serde(skip_deserializing)]
    pub lo: f64,
    /// The high end, as a share.
    #[serde(skip_deserializing)]
    pub hi: f64,
}

/// What is shown of one statement.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct PublishedCase {
    /// The statement's key.
    pub q: String,
    /// Who agreed.
    pub agree: i64,
    /// Who answered.
    pub n: i64,
    /// Who answered in the whole published population; left out for all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_all: Option<i64>,
    /// The result.
    #[serde(flatten, skip_deserializing)]
    pub result: Option<PublishedResult>,
}

/// A band with its reading, or why nothing is shown.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum PublishedResult {
    /// Not shown.
    Withheld {
        /// Always null.
        published: Option<()>,
        /// Why.
        reason: String,
    },
    /// Shown.
    Shown {
        /// From and to, of those who answered.
        band: [u64; 2],
        /// The same in whole per cent.
        percent_band: [u64; 2],
        /// The interval over the band, in per cent with one decimal.
        ci95_percent: [f64; 2],
        /// The figure; left out for a question that has none.
        #[serde(skip_serializing_if = "Option::is_none")]
        benchmark: Option<u64>,
        /// How the band lies beside it.
        #[serde(skip_serializing_if = "Option::is_none")]
        reading: Option<Reading>,
    },
}

/// One tipping number.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct TippingCase {
    /// Who agreed.
    pub agree: i64,
    /// Who answered.
    pub n: i64,
    /// The figure, in whole per cent.
    pub benchmark: i64,
    /// How many must have answered it; null where no number would do.
    #[serde(skip_deserializing)]
    pub tipping_n: Option<u64>,
}

fn per_cent(number: i64) -> Result<u64, SurveyError> {
    let whole = u64::try_from(number).map_err(|_| SurveyError::NoPercentage(number))?;
    if whole > 100 { Err(SurveyError::NoPercentage(number)) } else { Ok(whole) }
}

/// The file with our own results (R-SUR-9).
///
/// # Errors
/// The first number that cannot be one of a survey.
pub fn answer(input: &Input) -> Result<Input, SurveyError> {
    let mut file = input.clone();
    if !(0.1..=10.0).contains(&file.z) {
        return Err(SurveyError::Width(file.z));
    }
    for case in file.wilson.iter_mut().chain(&mut file.wilson_fpc) {
        let counted = Counted::new(case.agree, case.n)?;
        let Interval { lo, hi } = match case.staff {
            Some(staff) => wilson_finite(counted, whole(staff)?, file.z)?,
            None => wilson(counted, file.z),
        };
        (case.lo, case.hi) = (lo, hi);
    }
    for case in &mut file.published {
        let benchmark = file.benchmark.get(&case.q).map(|number| per_cent(*number)).transpose()?;
        case.result = Some(show(case, benchmark, file.z)?);
    }
    for case in &mut file.tipping {
        case.tipping_n = tipping_n(Counted::new(case.agree, case.n)?, per_cent(case.benchmark)?, file.z);
    }
    Ok(file)
}

fn show(case: &PublishedCase, benchmark: Option<u64>, z: f64) -> Result<PublishedResult, SurveyError> {
    let answered = whole(case.n)?;
    let group = Group { agreed: whole(case.agree)?, answered, said: answered };
    let shown = match publish(&group, case.n_all.map(whole).transpose()?)? {
        Err(reason) => return Ok(PublishedResult::Withheld { published: None, reason: reason.to_string() }),
        Ok(mut shown) => {
            shown.interval = over(shown.band, z);
            shown
        }
    };
    let (from, to) = shown.band.per_cent();
    let decimal = |share: f64| (share * 1000.0).round() / 10.0;
    Ok(PublishedResult::Shown {
        band: [shown.band.low, shown.band.high],
        percent_band: [from, to],
        ci95_percent: [decimal(shown.interval.lo), decimal(shown.interval.hi)],
        benchmark,
        reading: benchmark.map(|figure| read(&shown, figure)),
    })
}
