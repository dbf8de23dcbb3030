//! Counts of people are shown as bands, never as numbers (R-REL-1, R-REL-2).

use serde::{Deserialize, Serialize};

/// Under so many people nothing is shown.
pub const FEWEST: u64 = 10;
/// So many values stay possible for every count that is shown.
pub const WIDTH: u64 = 5;

/// So many people, from one number to another, both of them possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Band {
    /// At least so many people.
    pub low: u64,
    /// At most so many people.
    pub high: u64,
    /// Of so many people.
    pub of: u64,
}

/// How many bands there are for so many people.
const fn count(of: u64) -> u64 {
    let whole = of.saturating_add(1) / WIDTH;
    if whole == 0 { 1 } else { whole }
}

const fn nth(of: u64, number: u64) -> Band {
    let low = number * WIDTH;
    let high = if number + 1 == count(of) { of } else { low + WIDTH - 1 };
    Band { low, high, of }
}

/// All bands of so many people, from nobody to everybody (R-REL-1).
pub fn bands(of: u64) -> Vec<Band> {
    (0..count(of)).map(|number| nth(of, number)).collect()
}

impl Band {
    /// The band in which a count lies; none where there are too few people to show one, or fewer than were counted.
    pub fn around(counted: u64, of: u64) -> Option<Self> {
        let number = (counted / WIDTH).min(count(of) - 1);
        (of >= FEWEST && counted <= of).then(|| nth(of, number))
    }

    /// Both ends in whole per cent, rounded half up (R-REL-2); never one number between them.
    pub fn per_cent(&self) -> (u64, u64) {
        let of = u128::from(self.of.max(1));
        let end = |people: u64| u64::try_from((200 * u128::from(people) + of) / (2 * of)).unwrap_or(u64::MAX);
        (end(self.low), end(self.high))
    }

    /// "10–11 %", or "9 %" where both ends are the same.
    pub fn per_cent_words(&self) -> String {
        per_cent_words(self.per_cent())
    }
}

/// "10–11 %", or "9 %" where both ends are the same.
pub fn per_cent_words((low, high): (u64, u64)) -> String {
    if low == high { format!("{low} %") } else { format!("{low}–{high} %") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Deserialize)]
    struct Expected {
        #[serde(rename = "N")]
        of: u64,
        bands: Vec<(u64, u64)>,
        published: bool,
    }

    /// R-REL-1
    #[test]
    fn the_bands_of_every_number_of_people_are_those_of_the_vectors() {
        let text = include_str!("../../../tests/vectors/evidence/disclosure/bands_expected.json");
        let all: Vec<Expected> = serde_json::from_str(text).unwrap();
        assert_eq!(all.len(), 63);
        for expected in all {
            let ours: Vec<_> = bands(expected.of).iter().map(|band| (band.low, band.high)).collect();
            assert_eq!(ours, expected.bands, "{}", expected.of);
            assert_eq!(Band::around(0, expected.of).is_some(), expected.published, "{}", expected.of);
        }
    }

    /// R-REL-1: whoever knows three of the people still has two values left, and among the others neither nobody nor all of
    /// them.
    #[test]
    fn three_known_people_close_no_band() {
        for band in (FEWEST..400).flat_map(bands) {
            for (known, users) in (0..=3).flat_map(|known| (0..=known).map(move |users| (known, users))) {
                let others = band.of - known;
                let (low, high) = (band.low.saturating_sub(users), (band.high.saturating_sub(users)).min(others));
                assert!(high > low, "{band:?}: {users} of {known}");
                assert!(high > 0 && low < others, "{band:?}: {users} of {known}");
            }
        }
    }

    /// R-REL-2
    #[test]
    fn per_cent_are_the_two_ends_rounded() {
        assert_eq!(Band::around(12, 26).map(|band| band.per_cent()), Some((38, 54)));
        assert_eq!(Band::around(26, 26).map(|band| band.per_cent()), Some((77, 100)));
        assert_eq!(Band::around(0, 10).map(|band| band.per_cent()), Some((0, 40)));
    }

    proptest! {
        /// R-REL-1
        #[test]
        fn bands_part_all_counts_and_hold_five_to_nine(of in FEWEST..100_000) {
            let all = bands(of);
            prop_assert_eq!(all.first().map(|band| band.low), Some(0));
            prop_assert_eq!(all.last().map(|band| band.high), Some(of));
            prop_assert!(all.windows(2).all(|two| two[0].high + 1 == two[1].low));
            prop_assert!(all.iter().all(|band| (5..=9).contains(&(band.high - band.low + 1))));
        }

        /// R-REL-1
        #[test]
        fn a_count_lies_in_the_band_around_it(of in 0u64..2_000, counted in 0u64..2_100) {
            let found = Band::around(counted, of);
            prop_assert_eq!(found.is_some(), of >= FEWEST && counted <= of);
            prop_assert!(found.is_none_or(|band| bands(of).contains(&band) && (band.low..=band.high).contains(&counted)));
        }
    }
}
