//! Two truths, one book: what is shown so far decides what is shown next, and nothing else does (R-REL-9).

use super::super::*;
use super::years::{Year, years};
use proptest::prelude::*;

/// Two books are the same, byte for byte, up to the first line in which two bands differ; a gap never parts them.
fn parted_by_bands_alone(one: &[Release], other: &[Release]) -> Result<(), TestCaseError> {
    let bytes = |release: &Release| serde_json::to_vec(release).unwrap();
    for (one, other) in one.iter().zip(other) {
        prop_assert_eq!(one.shown.len(), other.shown.len());
        for (a, b) in one.shown.iter().zip(&other.shown) {
            prop_assert_eq!((a.group, a.of), (b.group, b.of));
            if a.band != b.band {
                prop_assert!(a.band.is_some() && b.band.is_some(), "{:?} and {:?}: {:?} {:?}", a, b, one, other);
                return Ok(());
            }
        }
        prop_assert_eq!(bytes(one), bytes(other), "{:?} {:?}", one, other);
    }
    Ok(())
}

/// Every value is handed on to the next person in the same place, so that every count of the terms stays as it was.
fn turned(year: &Year, by: [usize; 3]) -> Year {
    year.with(|term, person| {
        let places = &year.frames[term].places;
        let same: Vec<usize> = (0..places.len()).filter(|other| places[*other] == places[person]).collect();
        let at = same.iter().position(|other| *other == person).unwrap_or_default();
        year.truths[term][same[(at + by[term]) % same.len()]]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// R-REL-9
    #[test]
    fn a_few_other_values_change_nothing_but_bands(
        year in years(20..=60, 2..=5, 2..=3, 3), flips in prop::collection::vec((0_usize..3, 0_usize..60), 1..6),
    ) {
        let other = year.with(|term, person| year.truths[term][person] != flips.contains(&(term, person)));
        parted_by_bands_alone(&year.book(), &other.book())?;
    }

    /// R-REL-9: the same counts in every term give the same terms, whatever the year then shows.
    #[test]
    fn other_people_with_the_same_counts_change_nothing_but_the_year(
        year in years(20..=60, 2..=5, 2..=3, 3), by in [0_usize..9, 0_usize..9, 0_usize..9],
    ) {
        let (one, other) = (year.book(), turned(&year, by).book());
        prop_assert_eq!(&one[..3], &other[..3]);
        parted_by_bands_alone(&one, &other)?;
    }

    /// R-REL-9: two truths that have nothing to do with each other.
    #[test]
    fn any_two_truths_are_parted_by_bands_alone(
        year in years(10..=24, 1..=2, 1..=3, 2), bits in prop::collection::vec(any::<[bool; 2]>(), 24),
    ) {
        parted_by_bands_alone(&year.book(), &year.with(|term, person| bits[person][term]).book())?;
    }

    /// R-REL-9: and all truths of a small year that give the same terms, whatever stands behind them.
    #[test]
    fn whoever_had_it_the_year_follows_from_what_is_shown(
        year in years(12..=20, 1..=2, 1..=2, 3), seeds in prop::collection::vec(any::<[usize; 3]>(), 6),
    ) {
        let all = seeds.iter().map(|by| turned(&year, *by).book()).collect::<Vec<_>>();
        for (one, other) in all.iter().zip(all.iter().skip(1)) {
            parted_by_bands_alone(one, other)?;
        }
    }
}
