//! Two surveys beside each other: year on year, or under one model and another.

use serde::Serialize;

use super::interval::{Z, at, difference};
use super::reading::Shown;

/// What two bands of the same statement say of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// More agreed in the later one, whatever the counts within the bands.
    Higher,
    /// Fewer agreed in the later one, whatever the counts within the bands.
    Lower,
    /// The two cannot be told apart.
    NotDistinguishable,
    /// Fewer than thirty answered one of them.
    TooFewToCompare,
}

impl Comparison {
    /// As a page says it (R-SUR-6).
    pub const fn words(self) -> &'static str {
        match self {
            Self::Higher => "more agreed than before",
            Self::Lower => "fewer agreed than before",
            Self::NotDistinguishable => "not distinguishable from before",
            Self::TooFewToCompare => "fewer than 30 answers in one of the two: too few to compare",
        }
    }
}

/// Compares what was shown earlier with what is shown later, by Newcombe's interval for every pair of counts that is possible
/// within the two bands (R-SUR-6). Says nothing about why.
pub fn compare(earlier: &Shown, later: &Shown) -> Comparison {
    if earlier.band.of < 30 || later.band.of < 30 {
        return Comparison::TooFewToCompare;
    }
    let pairs = (later.band.low..=later.band.high)
        .flat_map(|now| (earlier.band.low..=earlier.band.high).map(move |then| (now, then)));
    let (mut all_higher, mut all_lower) = (true, true);
    for (now, then) in pairs {
        let gap = difference(at(now, later.band), at(then, earlier.band), Z);
        all_higher &= gap.lo > 0.0;
        all_lower &= gap.hi < 0.0;
    }
    match (all_higher, all_lower) {
        (true, _) => Comparison::Higher,
        (_, true) => Comparison::Lower,
        _ => Comparison::NotDistinguishable,
    }
}
