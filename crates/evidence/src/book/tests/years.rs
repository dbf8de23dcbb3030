//! Small random years: people come, move and leave, and a measure is rare, common or nearly everybody's.

use super::super::*;
use proptest::prelude::*;
use std::ops::RangeInclusive;

/// Who was where and had the measure, term by term.
#[derive(Debug, Clone)]
pub struct Year {
    pub frames: Vec<Frame>,
    pub truths: Vec<Vec<bool>>,
}

impl Year {
    /// Whether each person had the measure in any term.
    pub fn union(&self) -> Vec<bool> {
        let people = self.frames[0].places.len();
        (0..people).map(|person| self.truths.iter().any(|truth| truth[person])).collect()
    }

    /// All releases of the year.
    pub fn book(&self) -> Vec<Release> {
        let mut all = Vec::new();
        for (number, (frame, truth)) in (1..).zip(self.frames.iter().zip(&self.truths)) {
            all.push(term("support", number, &all, frame.clone(), truth).unwrap());
        }
        all.push(year("support", &all, &self.union()).unwrap());
        all
    }

    /// The same people, with other values where they were there.
    pub fn with(&self, values: impl Fn(usize, usize) -> bool) -> Self {
        let frames = self.frames.iter().enumerate();
        let truths = frames.map(|(term, frame)| {
            let places = frame.places.iter().enumerate();
            places.map(|(person, place)| place.is_some() && values(term, person)).collect()
        });
        Self { truths: truths.collect(), frames: self.frames.clone() }
    }
}

type Person = (u16, u16, u16, u8, [u8; 3]);

/// Where somebody is in a term: a few come late, leave, are away, or move.
fn place(person: &Person, term: usize, (areas, roles): (u16, u16)) -> Option<Place> {
    let (area, role, other, fate, _) = *person;
    let there = match fate {
        0 => term < 2,
        1 => term > 0,
        2 => term != 1,
        _ => true,
    };
    let moved = (fate == 3 && term > 0) || (fate == 4 && term > 1);
    let (area, role) = (if moved { other } else { area }, if fate == 5 && term > 0 { role + 1 } else { role });
    there.then_some(Place { area: area % areas, role: role % roles })
}

/// A random year of so many terms.
pub fn years(
    people: RangeInclusive<usize>,
    areas: RangeInclusive<u16>,
    roles: RangeInclusive<u16>,
    terms: usize,
) -> impl Strategy<Value = Year> {
    let person = (0_u16..60, 0_u16..60, 0_u16..60, 0_u8..40, any::<[u8; 3]>());
    let level = prop_oneof![Just(0_u8), 0_u8..60, any::<u8>(), 200_u8..=255];
    (prop::collection::vec(person, people), areas, roles, [level.clone(), level.clone(), level]).prop_map(
        move |(people, areas, roles, levels)| {
            let place = |person: &Person, term| place(person, term, (areas, roles));
            let frame = |term| Frame { places: people.iter().map(|person| place(person, term)).collect() };
            let had = |person: &Person, term: usize| place(person, term).is_some() && person.4[term] < levels[term];
            let truth = |term| people.iter().map(|person| had(person, term)).collect();
            Year { frames: (0..terms).map(frame).collect(), truths: (0..terms).map(truth).collect() }
        },
    )
}

/// Who stands in each line of each release: told again from the rules (R-REL-6, R-REL-8), not with the code under test.
pub fn members(all: &[Release]) -> Vec<Vec<Vec<usize>>> {
    let frames: Vec<&Frame> = all.iter().filter_map(|release| release.frame.as_ref()).collect();
    let partners = partners(frames[0]);
    let area = |place: &Place| partners.get(&place.area).copied().unwrap_or(place.area);
    let at = |release: &Release, person: usize| match &release.frame {
        Some(frame) => frame.places[person],
        None => frames.iter().find_map(|frame| frame.places[person]),
    };
    let stands = |place: Place, group: Group| match group {
        Group::Total => true,
        Group::Area(number) => area(&place) == number,
        Group::Role(number) => place.role == number,
    };
    let people = frames[0].places.len();
    let line = |release: &Release, group| {
        (0..people).filter(|person| at(release, *person).is_some_and(|place| stands(place, group))).collect()
    };
    all.iter().map(|release| release.shown.iter().map(|shown| line(release, shown.group)).collect()).collect()
}
