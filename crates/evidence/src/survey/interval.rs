//! Intervals of shares: Wilson's for one, Newcombe's for the difference of two.

use super::SurveyError;

/// The normal quantile of a 95 % interval.
pub const Z: f64 = 1.959_963_984_540_054;
/// No survey is read that is larger.
const LARGEST: i64 = 10_000_000;
/// Beyond so many respondents of 2017 nothing is said.
const FARTHEST: u64 = 1_000_000_000;

/// So many of so many; never more than there are, and of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    agree: u64,
    n: u64,
}

/// A number from outside as one that can be counted.
///
/// # Errors
/// Below nought, or more than any survey has.
pub(super) fn whole(number: i64) -> Result<u64, SurveyError> {
    if number > LARGEST {
        return Err(SurveyError::TooMany(number));
    }
    u64::try_from(number).map_err(|_| SurveyError::Negative(number))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a survey lie far below 2^52")]
pub(super) const fn real(number: u64) -> f64 {
    number as f64
}

impl Counted {
    /// Checks numbers from outside.
    ///
    /// # Errors
    /// Numbers below nought, nobody who answered, or more who agreed than answered.
    pub fn new(agree: i64, n: i64) -> Result<Self, SurveyError> {
        let (agreed, of) = (whole(agree)?, whole(n)?);
        if agreed > of {
            return Err(SurveyError::MoreThanAnswered { agree, n });
        }
        if of == 0 {
            return Err(SurveyError::Nobody);
        }
        Ok(Self { agree: agreed, n: of })
    }

    /// As a share from 0 to 1.
    pub const fn share(self) -> f64 {
        real(self.agree) / real(self.n)
    }

    /// Who agreed.
    pub const fn agree(self) -> u64 {
        self.agree
    }

    /// Who answered.
    pub const fn n(self) -> u64 {
        self.n
    }
}

/// Two ends of a share, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The low end.
    pub lo: f64,
    /// The high end.
    pub hi: f64,
}

/// Wilson's score interval of a share, without any correction for a finite population (R-SUR-4; Wilson 1927).
pub fn wilson(counted: Counted, z: f64) -> Interval {
    around(counted.share(), real(counted.n), z)
}

/// The same with the correction for a college of so many staff, in which everybody's answer leaves no doubt: the number of
/// answers counts n(N−1)/(N−n) times over. For information; the reading never uses it (R-SUR-4).
///
/// # Errors
/// More answers than staff.
pub fn wilson_finite(counted: Counted, staff: u64, z: f64) -> Result<Interval, SurveyError> {
    if counted.n > staff {
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        return Err(SurveyError::MoreThanAsked { n: signed(counted.n), staff: signed(staff) });
    }
    let share = counted.share();
    if counted.n == staff {
        return Ok(Interval { lo: share, hi: share });
    }
    let effective = real(counted.n) * real(staff - 1) / real(staff - counted.n);
    Ok(around(share, effective, z))
}

/// Wilson's interval of a share that stands on `n` answers, which need not be whole.
fn around(share: f64, n: f64, z: f64) -> Interval {
    let squared = z * z;
    let shrink = 1.0 + squared / n;
    let centre = (share + squared / (2.0 * n)) / shrink;
    let half = z * (share * (1.0 - share) / n + squared / (4.0 * n * n)).sqrt() / shrink;
    Interval {
        lo: if share <= 0.0 { 0.0 } else { (centre - half).max(0.0) },
        hi: if share >= 1.0 { 1.0 } else { (centre + half).min(1.0) },
    }
}

/// Newcombe's hybrid score interval of the difference of two shares, the first less the second (Newcombe 1998, method 10).
pub(super) fn difference(ours: Counted, theirs: Counted, z: f64) -> Interval {
    between((ours.share(), wilson(ours, z)), (theirs.share(), wilson(theirs, z)))
}

fn between((one, of_one): (f64, Interval), (two, of_two): (f64, Interval)) -> Interval {
    let gap = one - two;
    Interval { lo: gap - (one - of_one.lo).hypot(of_two.hi - two), hi: gap + (of_one.hi - one).hypot(two - of_two.lo) }
}

/// How many must have answered in 2017 at least for the difference from a published whole per cent to be distinguishable, by
/// Newcombe's interval; none where no number would do (R-SUR-5).
pub fn tipping_n(ours: Counted, per_cent: u64, z: f64) -> Option<u64> {
    let apart = |n: u64| apart_at(ours, per_cent, n, z);
    let mut enough = 1;
    while !apart(enough) {
        enough *= 2;
        if enough > FARTHEST {
            return None;
        }
    }
    let mut short = enough / 2;
    while enough - short > 1 {
        let middle = short.midpoint(enough);
        if apart(middle) { enough = middle } else { short = middle }
    }
    Some(enough)
}

/// Whether a share and a published whole per cent of so many respondents can be told apart.
pub(super) fn apart_at(ours: Counted, per_cent: u64, n: u64, z: f64) -> bool {
    let theirs = real(per_cent.min(100)) / 100.0;
    let gap = between((ours.share(), wilson(ours, z)), (theirs, around(theirs, real(n), z)));
    gap.lo > 0.0 || gap.hi < 0.0
}

/// The tipping number of a published band: enough for every count that is possible within it; none where one of them has none (R-SUR-5).
pub fn tipping_n_of(band: crate::bands::Band, per_cent: u64, z: f64) -> Option<u64> {
    let every = (band.low..=band.high).map(|agree| tipping_n(Counted { agree, n: band.of }, per_cent, z));
    every.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// A count within a band.
pub(super) const fn at(agree: u64, band: crate::bands::Band) -> Counted {
    Counted { agree, n: band.of }
}
