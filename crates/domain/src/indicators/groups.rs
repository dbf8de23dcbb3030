//! Groups of learners, two by two, and the gap between the two of a pair: a range, never one number. Rule R-FIG-8.

use crate::bands::Band;
use crate::support::choices;

choices! {
    /// A group of learners. The list is closed, and goes in pairs (EVI-05).
    Group {
        /// Women.
        Women = "women", "Women";
        /// Men.
        Men = "men", "Men";
        /// Who gets free meals or a bursary.
        Bursary = "bursary", "Free meals or a bursary";
        /// Who does not.
        NoBursary = "no-bursary", "No free meals or bursary";
        /// Who has declared a disability.
        Disability = "disability", "A declared disability";
        /// Who has not.
        NoDisability = "no-disability", "No declared disability";
    }
}

choices! {
    /// Two groups between which there may be a gap.
    Pair {
        /// Women and men.
        Gender = "gender", "Women and men";
        /// With and without free meals or a bursary.
        Bursary = "bursary", "With and without free meals or a bursary";
        /// With and without a declared disability.
        Disability = "disability", "With and without a declared disability";
    }
}

impl Pair {
    /// The two groups. The gap is told of the first, against the second.
    pub const fn groups(self) -> (Group, Group) {
        match self {
            Self::Gender => (Group::Women, Group::Men),
            Self::Bursary => (Group::Bursary, Group::NoBursary),
            Self::Disability => (Group::Disability, Group::NoDisability),
        }
    }

    /// The two groups inside a sentence.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Gender => ("Women", "men"),
            Self::Bursary => ("Learners with free meals or a bursary", "those without"),
            Self::Disability => ("Learners with a declared disability", "those without"),
        }
    }

    /// What a gap says, in one sentence.
    pub fn sentence(self, gap: Gap) -> String {
        let (first, second) = self.names();
        let Gap { low, high } = gap;
        if low >= 0 {
            format!("{first}: {low} to {high} percentage points above {second}")
        } else if high <= 0 {
            format!("{first}: {} to {} percentage points below {second}", -high, -low)
        } else {
            format!("{first}: between {} percentage points below and {high} above {second}", -low)
        }
    }
}

/// How far the share of one group can lie above that of another, in whole percentage points: at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// At least so far above; below where it is less than nothing.
    pub low: i64,
    /// At most so far above.
    pub high: i64,
}

impl Gap {
    /// The gap between what two ranges leave possible, rounded outwards: every pair of numbers in them lies in it.
    pub fn between(first: &Band, second: &Band) -> Option<Self> {
        let number = |it: u64| i64::try_from(it).ok();
        let (of, other) = (number(first.of)?, number(second.of)?);
        let whole = of.checked_mul(other).filter(|whole| *whole > 0)?;
        let points = |one: u64, two: u64| {
            let one = number(one)?.checked_mul(other)?.checked_mul(100)?;
            one.checked_sub(number(two)?.checked_mul(of)?.checked_mul(100)?)
        };
        let low = points(first.low, second.high)?.div_euclid(whole);
        let high = -((-points(first.high, second.low)?).div_euclid(whole));
        Some(Self { low, high })
    }

    /// Whether there may be no gap at all.
    pub const fn may_be_none(self) -> bool {
        self.low <= 0 && self.high >= 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(counted: u64, of: u64) -> Band {
        Band::around(counted, of).unwrap()
    }

    /// R-FIG-8 EVI-05
    #[test]
    fn a_gap_is_a_range_in_which_every_truth_of_both_groups_lies_and_never_one_number() {
        for (of, other) in [(10, 10), (14, 26), (10, 400), (120, 131), (2_000, 1_800)] {
            for (counted, against) in [(0, 0), (of / 2, other / 2), (of, other), (of, 0), (0, other)] {
                let (first, second) = (band(counted, of), band(against, other));
                let gap = Gap::between(&first, &second).unwrap();
                assert!(gap.low < gap.high, "{gap:?}");
                for one in first.low..=first.high {
                    for two in second.low..=second.high {
                        let (one, two) = (i64::try_from(one * other).unwrap(), i64::try_from(two * of).unwrap());
                        let (points, whole) = (100 * (one - two), i64::try_from(of * other).unwrap());
                        assert!(gap.low * whole <= points && points <= gap.high * whole, "{gap:?}");
                    }
                }
            }
        }
    }

    /// R-FIG-8
    #[test]
    fn a_gap_is_told_in_words_from_the_first_group() {
        let told = |low, high| Pair::Gender.sentence(Gap { low, high });
        assert_eq!(told(2, 7), "Women: 2 to 7 percentage points above men");
        assert_eq!(told(-7, -2), "Women: 2 to 7 percentage points below men");
        assert_eq!(told(-3, 5), "Women: between 3 percentage points below and 5 above men");
        assert!(Gap { low: -3, high: 5 }.may_be_none() && !Gap { low: 1, high: 5 }.may_be_none());
        for pair in Pair::ALL {
            let (first, second) = pair.groups();
            assert_ne!(first, second);
            assert!(Group::ALL.contains(&first) && Group::ALL.contains(&second));
        }
    }
}
