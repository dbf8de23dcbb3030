//! Remitted time in the unit in which a college agreed it, and in every other unit beside it.
//! Rules R-FRM-3 to R-FRM-7 in `docs/rules/frame.md`.

use std::fmt;

use crate::minutes::Minutes;
use crate::support::choices;

/// A full-time teacher's teaching of a year at the case study's college, in hours (TIM-01).
pub const CASELOAD_HOURS: i64 = 773;
/// Teaching weeks of a year while the lead has set none.
pub const WEEKS: i64 = 38;
/// A half-day while the lead has set none, in minutes.
pub const HALF_DAY: i64 = 210;
/// Parts of a whole in an [`Amount`]: four decimal places.
const PARTS: i64 = 10_000;

choices! {
    /// The unit in which remission is agreed (TIM-03).
    Unit {
        /// Hours of the year.
        HoursAYear = "hours-a-year", "hours a year";
        /// Hours of each teaching week.
        HoursAWeek = "hours-a-week", "hours a week";
        /// A share of full-time teaching.
        Fte = "fte", "of full-time (FTE)";
        /// Half-days of each teaching week.
        HalfDays = "half-days", "half-days a week";
    }
}

/// A number with up to four decimal places, held exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub i64);

impl Amount {
    /// Reads "150", "2.5", "0,194" or, as a share, "19.4 %". `None` for anything else, and for more than four decimal
    /// places, which could not be kept exactly.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (digits, scale) = match text.strip_suffix('%') {
            Some(share) => (share.trim(), 100),
            None => (text, 1),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let is_number = |digits: &str| digits.len() <= 7 && digits.chars().all(|c| c.is_ascii_digit());
        if !is_number(whole) || !is_number(part) || (whole.is_empty() && part.is_empty()) || part.len() > 4 {
            return None;
        }
        let number = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i64>().ok() };
        let parts = number(whole)? * PARTS + number(&format!("{part:0<4}"))?;
        (parts % scale == 0).then_some(Self(parts / scale))
    }
}

/// Without zeros that say nothing: "150", "2.5", "0.194".
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / PARTS, self.0 % PARTS);
        let part = format!("{part:04}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}"),
            part => write!(f, "{whole}.{part}"),
        }
    }
}

/// What shares and weeks are counted against; it stands beside every conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// A full-time teacher's teaching of the year.
    pub caseload: Minutes,
    /// Teaching weeks of the year.
    pub weeks: i64,
    /// A half-day.
    pub half_day: Minutes,
}

impl Default for Base {
    fn default() -> Self {
        Self { caseload: Minutes::hours(CASELOAD_HOURS), weeks: WEEKS, half_day: Minutes(HALF_DAY) }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemissionRefused {
    /// R-FRM-3.
    #[error("Give a number with at most four decimal places, such as 150, 2.5 or 0.194.")]
    Unreadable,
    /// R-FRM-3.
    #[error("Give the time in numbers: more than nothing. Remission that is left vague is not kept.")]
    Nothing,
    /// R-FRM-3.
    #[error("That would be {0} a year, more than a full-time teacher's {1}. Check the number and its unit.")]
    TooMuch(Minutes, Minutes),
    /// R-FRM-5.
    #[error("Give between 100 and 1,600 hours.")]
    Caseload,
    /// R-FRM-5.
    #[error("Give between 20 and 52 weeks.")]
    Weeks,
    /// R-FRM-5.
    #[error("Give between 1 and 6 hours for a half-day.")]
    HalfDay,
    /// R-FRM-6.
    #[error("Give hours from 0 up to a full-time teacher's {0}, or leave it empty for no floor.")]
    Floor(Minutes),
}

impl Base {
    /// Checks what a lead entered (R-FRM-5).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(&self) -> Result<(), RemissionRefused> {
        if !(Minutes::hours(100)..=Minutes::hours(1600)).contains(&self.caseload) {
            return Err(RemissionRefused::Caseload);
        }
        if !(20..=52).contains(&self.weeks) {
            return Err(RemissionRefused::Weeks);
        }
        if !(Minutes(60)..=Minutes(360)).contains(&self.half_day) {
            return Err(RemissionRefused::HalfDay);
        }
        Ok(())
    }

    /// Minutes of a year that one of a unit comes to.
    fn one(&self, unit: Unit) -> i64 {
        match unit {
            Unit::HoursAYear => 60,
            Unit::HoursAWeek => 60 * self.weeks,
            Unit::Fte => self.caseload.0,
            Unit::HalfDays => self.half_day.0 * self.weeks,
        }
    }

    /// So much time as an amount of a unit, to the nearest of so many decimal places (at most four).
    pub fn in_unit(&self, time: Minutes, unit: Unit, places: u32) -> Amount {
        let step = PARTS / 10_i64.pow(places.min(4));
        let (of, one) = (i128::from(time.0) * i128::from(PARTS), i128::from(self.one(unit).max(1)));
        let nearest = nearest(of, one * i128::from(step)) * step;
        Amount(nearest)
    }

    /// A share of full-time teaching in tenths of a per cent.
    pub fn per_mille(&self, time: Minutes) -> i64 {
        nearest(i128::from(time.0) * 1000, i128::from(self.caseload.0.max(1)))
    }

    /// "19.4 %".
    pub fn per_cent(&self, time: Minutes) -> String {
        let tenths = self.per_mille(time);
        format!("{}.{} %", tenths / 10, tenths % 10)
    }
}

/// To the nearest whole number, halves up; for numbers from zero on.
fn nearest(of: i128, by: i128) -> i64 {
    i64::try_from((of * 2 + by).div_euclid(by * 2)).unwrap_or(i64::MAX)
}

/// Remission as it was agreed: the number, its unit and what it was counted against then (R-FRM-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remission {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// Counted against this.
    pub base: Base,
}

impl Remission {
    /// Remission of so many minutes a year, as staff files give it.
    pub fn of_year(time: Minutes, base: Base) -> Self {
        Self { amount: base.in_unit(time, Unit::HoursAYear, 4), unit: Unit::HoursAYear, base }
    }

    /// Minutes a year, to the nearest minute: what plans are worked out from (R-FRM-4).
    pub fn year(&self) -> Minutes {
        let all = i128::from(self.amount.0) * i128::from(self.base.one(self.unit));
        Minutes(nearest(all, i128::from(PARTS)))
    }

    /// Checks what a lead entered (R-FRM-3).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(&self) -> Result<(), RemissionRefused> {
        let year = self.year();
        if year <= Minutes(0) {
            return Err(RemissionRefused::Nothing);
        }
        if year > self.base.caseload {
            return Err(RemissionRefused::TooMuch(year, self.base.caseload));
        }
        Ok(())
    }

    /// As it was agreed: "150 hours a year".
    pub fn words(&self) -> String {
        let words = format!("{} {}", self.amount, self.unit.words());
        if self.amount == Amount(PARTS) {
            words.replace("hours", "hour").replace("half-days", "half-day")
        } else {
            words
        }
    }

    /// The same time in every unit: "150 h a year = 19.4 % of 773 h = 0.194 FTE = 3.95 h a week = 1.13 half-days a week"
    /// (R-FRM-4).
    pub fn conversions(&self) -> String {
        let (time, base) = (self.year(), &self.base);
        format!(
            "{time} a year = {} of {} = {} FTE = {} h a week = {} half-days a week",
            base.per_cent(time),
            base.caseload,
            base.in_unit(time, Unit::Fte, 3),
            base.in_unit(time, Unit::HoursAWeek, 2),
            base.in_unit(time, Unit::HalfDays, 2),
        )
    }

    /// What the other units are counted against: "38 teaching weeks, half-days of 3 h 30".
    pub fn base_words(&self) -> String {
        format!("{} teaching weeks, half-days of {}", self.base.weeks, self.base.half_day)
    }

    /// Where it stands beside what colleges told research, as a fact and not as a mark (R-FRM-7). The thousandths of an
    /// FTE that a page shows decide, so that what is read as 0.200 counts as 0.2.
    pub fn beside_others(&self) -> &'static str {
        match self.base.per_mille(self.year()) {
            200..=400 => "Colleges in the research mostly gave 0.2 to 0.4 FTE; this is among them.",
            150..200 => {
                "Colleges in the research mostly gave 0.2 to 0.4 FTE, from 2 hours a week up to 0.5 FTE; this is close to it."
            }
            0..150 => {
                "Colleges in the research gave from 2 hours a week to 0.5 FTE, mostly 0.2 to 0.4; this is at the lower end."
            }
            401..=500 => {
                "Colleges in the research mostly gave 0.2 to 0.4 FTE, up to 0.5 FTE; this is at the upper end."
            }
            _ => "Colleges in the research gave up to 0.5 FTE; this is more.",
        }
    }
}

/// What is left to teach of a practitioner's own full teaching, and whether that is under the floor (R-FRM-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Teaching {
    /// Hours left to teach in the year.
    pub left: Minutes,
    /// By how much that is under the floor; nothing when it is not.
    pub short: Option<Minutes>,
}

impl Teaching {
    /// R-FRM-6.
    pub fn of(caseload: Minutes, remitted: Minutes, floor: Option<Minutes>) -> Self {
        let left = (caseload - remitted).or_none();
        let short = floor.map(|floor| floor - left).filter(|short| *short > Minutes(0));
        Self { left, short }
    }
}

#[cfg(test)]
#[path = "remission_tests.rs"]
mod tests;
