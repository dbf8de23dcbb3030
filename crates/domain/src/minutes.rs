//! Spans of time in whole minutes, and how people say them.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A span in whole minutes; may be negative when more was used than given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Minutes(pub i64);

impl Minutes {
    /// Whole hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// To the nearest hour, for plans and forecasts, which claim no more.
    pub const fn rounded(self) -> Self {
        Self((self.0 + 30).div_euclid(60) * 60)
    }

    /// Never below zero.
    pub fn or_none(self) -> Self {
        Self(self.0.max(0))
    }
}

impl Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Minutes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|m| m.0).sum())
    }
}

/// As people say it: "45 min", "2 h", "31 h 15".
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "−" } else { "" };
        let (hours, rest) = (self.0.abs() / 60, self.0.abs() % 60);
        match (hours, rest) {
            (0, rest) => write!(f, "{sign}{rest} min"),
            (hours, 0) => write!(f, "{sign}{hours} h"),
            (hours, rest) => write!(f, "{sign}{hours} h {rest:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_rounded_to_the_nearest_hour() {
        assert_eq!([0, 29, 30, 89, 90, -31].map(|m| Minutes(m).rounded().0), [0, 0, 60, 60, 120, -60]);
    }

    #[test]
    fn minutes_read_as_people_say_them() {
        for (minutes, said) in
            [(0, "0 min"), (45, "45 min"), (120, "2 h"), (1875, "31 h 15"), (65, "1 h 05"), (-90, "−1 h 30")]
        {
            assert_eq!(Minutes(minutes).to_string(), said);
        }
    }
}
