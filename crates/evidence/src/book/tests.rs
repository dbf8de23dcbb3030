mod pairs;
mod readers;
mod years;

use super::*;
use proptest::prelude::*;

fn frame(areas: u16, roles: u16, people: u16) -> Frame {
    let place = |person: u16| Place { area: person % areas, role: (person / 7) % roles };
    Frame { places: (0..people).map(|person| Some(place(person))).collect() }
}

fn book(frame: &Frame, truths: &[Vec<bool>; 3]) -> Vec<Release> {
    let mut all = Vec::new();
    for (number, truth) in (1..).zip(truths) {
        all.push(term("support", number, &all, frame.clone(), truth).unwrap());
    }
    let [a, b, c] = truths;
    let union: Vec<bool> = a.iter().zip(b).zip(c).map(|((a, b), c)| *a || *b || *c).collect();
    all.push(year("support", &all, &union).unwrap());
    all
}

fn every(people: usize, nth: usize) -> Vec<bool> {
    (0..people).map(|person| person % nth == 0).collect()
}

/// R-REL-6
#[test]
fn small_areas_are_joined_by_size_alone() {
    let sizes = [(0, 4), (1, 12), (2, 3), (3, 20)];
    let places = sizes.iter().flat_map(|(area, size)| vec![Some(Place { area: *area, role: 0 }); *size]).collect();
    let found = partners(&Frame { places });
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [(0, 0), (1, 0), (2, 0), (3, 3)]);
}

/// R-REL-7, R-REL-8
#[test]
fn cells_come_in_their_fixed_order_and_the_year_has_no_roles() {
    let all = book(&frame(4, 3, 60), &[every(60, 3), every(60, 4), every(60, 5)]);
    let groups = |release: &Release| release.shown.iter().map(|shown| shown.group).collect::<Vec<_>>();
    let areas = [Group::Total, Group::Area(0), Group::Area(1), Group::Area(2), Group::Area(3)];
    assert_eq!(groups(&all[3]), areas);
    assert_eq!(groups(&all[0])[..5], areas);
    assert_eq!(groups(&all[0])[5..], [Group::Role(0), Group::Role(1), Group::Role(2)]);
    let role = all[0].shown[7].band.map(|band| (band.low, band.high));
    assert_eq!(role, Some((0, 9)), "a band of its own would pin the total");
}

/// R-REL-10: three terms of nought to four make a year of nought to twelve; ten to twelve would be three values, so that a year
/// from five on is told as one.
#[test]
fn a_range_that_would_tell_too_much_is_joined_with_its_neighbour_before_anything_is_counted() {
    let all = book(&frame(1, 1, 40), &[every(40, 40), every(40, 20), every(40, 13)]);
    let year = |all: &[Release]| all[3].shown[0].band.map(|band| (band.low, band.high));
    assert_eq!(year(&all), Some((5, 14)));
    let fewer = book(&frame(1, 1, 40), &[every(40, 40), every(40, 40), every(40, 20)]);
    assert_eq!(year(&fewer), Some((0, 4)));
    let terms = all[3].proven.iter().filter(|proven| proven.period != Period::Year);
    assert!(terms.clone().all(|proven| (proven.low, proven.high) == (0, 4)), "{:?}", all[3].proven);
    assert_eq!(terms.count(), 9);
}

/// R-REL-11
#[test]
fn what_does_not_fit_is_never_released() {
    let frame = frame(4, 3, 60);
    let first = term("support", 1, &[], frame.clone(), &every(60, 1)).unwrap();
    let found = year("support", std::slice::from_ref(&first), &[false; 60]);
    assert_eq!(found, Err(BookFault::Contradiction), "the year has fewer than its term");
    assert_eq!(term("support", 1, &[first], frame.clone(), &every(60, 1)), Err(BookFault::Order));
    assert_eq!(term("support", 1, &[], frame, &every(59, 1)), Err(BookFault::People));
}

/// R-REL-12
#[test]
fn a_changed_or_missing_release_breaks_the_chain() {
    let mut all = book(&frame(4, 3, 60), &[every(60, 3), every(60, 4), every(60, 5)]);
    assert_eq!(verify(&all), Ok(()));
    assert_eq!(verify(&all[1..]), Err(ChainFault::Broken(1)));
    all[1].shown[0].of += 1;
    assert_eq!(verify(&all), Err(ChainFault::Broken(2)));
    assert!(matches!(year("support", &all[..3], &every(60, 2)), Err(BookFault::Chain(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// R-REL-10
    #[test]
    fn every_shown_cell_keeps_five_values_proven(bits in prop::collection::vec(any::<[bool; 3]>(), 48)) {
        let truths = [0, 1, 2].map(|term| bits.iter().map(|bit| bit[term]).collect::<Vec<bool>>());
        let all = book(&frame(3, 2, 48), &truths);
        for release in &all {
            prop_assert!(release.proven.iter().all(|proven| proven.high - proven.low >= 4));
        }
        let shown = all.iter().flat_map(|release| &release.shown).filter(|shown| shown.band.is_some()).count();
        prop_assert_eq!(all[3].proven.len(), shown);
    }

    /// R-REL-9: other true values with the same bands wherever something is shown give the same release, byte for byte.
    #[test]
    fn what_is_withheld_changes_nothing(one in prop::collection::vec(any::<bool>(), 48), swap in 0_usize..48, with in 0_usize..48) {
        let frame = frame(3, 3, 48);
        let mut other = one.clone();
        other.swap(swap, with);
        let releases = [&one, &other].map(|truth| term("support", 1, &[], frame.clone(), truth).unwrap());
        let seen = |release: &Release| release.shown.iter().map(|shown| shown.band).collect::<Vec<_>>();
        let [one, other] = releases;
        if seen(&one) == seen(&other) {
            prop_assert_eq!(serde_json::to_vec(&one).unwrap(), serde_json::to_vec(&other).unwrap());
        } else {
            let first = one.shown.iter().zip(&other.shown).find(|(a, b)| a.band != b.band);
            prop_assert!(first.is_some_and(|(a, b)| a.band.is_some() && b.band.is_some()), "a band parts them, never a gap");
        }
    }
}
