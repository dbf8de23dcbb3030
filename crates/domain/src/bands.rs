//! Counts of people are shown as bands, never as numbers: at least five values stay possible, none of them alone "nobody" or
//! "everybody". Rule R-FIG-2 in `docs/rules/indicators.md`.

/// Under so many people nothing is shown.
pub const FEWEST: u64 = 10;
/// So many values make a band; the last one takes what is left over.
const WIDTH: u64 = 5;

/// So many people, from one number to another, both of them possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// At least so many.
    pub low: u64,
    /// At most so many.
    pub high: u64,
    /// Of so many.
    pub of: u64,
}

/// How many bands there are for so many people.
const fn count(of: u64) -> u64 {
    let whole = (of + 1) / WIDTH;
    if whole == 0 { 1 } else { whole }
}

const fn nth(of: u64, number: u64) -> Band {
    let low = number * WIDTH;
    let high = if number + 1 == count(of) { of } else { low + WIDTH - 1 };
    Band { low, high, of }
}

/// All bands of so many people, from nobody to everybody.
pub fn bands(of: u64) -> Vec<Band> {
    (0..count(of)).map(|number| nth(of, number)).collect()
}

impl Band {
    /// The band in which a count lies; none where there are too few people to show one, or fewer than were counted.
    pub fn around(counted: u64, of: u64) -> Option<Self> {
        let number = (counted / WIDTH).min(count(of) - 1);
        (of >= FEWEST && counted <= of).then(|| nth(of, number))
    }

    /// Both ends in whole per cent, rounded; never one number between them.
    pub const fn per_cent(&self) -> (u64, u64) {
        if self.of == 0 {
            return (0, 0);
        }
        ((200 * self.low + self.of) / (2 * self.of), (200 * self.high + self.of) / (2 * self.of))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: &str = include_str!("../../../tests/vectors/bands.txt");

    /// R-FIG-2
    #[test]
    fn the_bands_of_every_number_of_people_are_those_of_the_vectors() {
        let mut seen = 0;
        for line in EXPECTED.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let of: u64 = words.next().unwrap().parse().unwrap();
            let shown = words.next() == Some("yes");
            let ours: Vec<String> = bands(of).iter().map(|band| format!("{}-{}", band.low, band.high)).collect();
            assert_eq!(ours, words.collect::<Vec<_>>(), "{of}");
            for counted in 0..=of {
                let found = Band::around(counted, of);
                assert_eq!(found.is_some(), shown, "{counted} of {of}");
                assert!(found.is_none_or(|band| (band.low..=band.high).contains(&counted) && band.of == of));
            }
            seen += 1;
        }
        assert_eq!(seen, 63);
    }

    /// R-FIG-2
    #[test]
    fn every_band_that_is_shown_leaves_at_least_five_numbers_possible() {
        for of in FEWEST..=400 {
            let all = bands(of);
            assert!(all.iter().all(|band| (5..=9).contains(&(band.high - band.low + 1))), "{of}: {all:?}");
            assert!(all.windows(2).all(|two| two[0].high + 1 == two[1].low), "{of}: {all:?}");
        }
        assert_eq!(Band::around(11, 10), None, "more than there are");
    }

    /// R-FIG-2
    #[test]
    fn per_cent_are_the_two_ends_rounded() {
        assert_eq!(Band::around(12, 26).map(|band| band.per_cent()), Some((38, 54)));
        assert_eq!(Band::around(26, 26).map(|band| band.per_cent()), Some((77, 100)));
        assert_eq!(Band::around(0, 10).map(|band| band.per_cent()), Some((0, 40)));
    }
}
