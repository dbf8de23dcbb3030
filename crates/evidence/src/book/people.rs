//! From frames to a system: people who stand in the same groups in every period are one class.

use super::{Frame, Group, Period, Place, Release, areas::partners};
use crate::bands::FEWEST;
use crate::solve::System;
use std::collections::{BTreeMap, BTreeSet};

/// A cell that is shown already.
pub struct Published {
    pub period: Period,
    pub group: Group,
    pub row: usize,
}

/// A cell to be decided, and the numbers of its people.
pub struct Next {
    pub group: Group,
    pub row: usize,
    pub people: Vec<usize>,
}

/// What the decision starts from. It holds nobody's true value.
pub struct Built {
    pub people: usize,
    pub period: Period,
    pub system: System,
    pub published: Vec<Published>,
    pub next: Vec<Next>,
}

/// A term on its own: until the year is out nothing ties it to another one.
pub fn of_term(frame: &Frame, partners: &BTreeMap<u16, u16>, period: Period) -> Built {
    let grouped: Vec<Option<Place>> = frame.places.iter().map(|place| place.map(|at| group(at, partners))).collect();
    let mut classes: BTreeMap<Place, i64> = BTreeMap::new();
    grouped.iter().flatten().for_each(|place| *classes.entry(*place).or_default() += 1);
    let mut system = System::default();
    let members: Vec<(Place, usize)> = classes.iter().map(|(place, size)| (*place, system.variable(*size))).collect();
    let rows = rows_of(&mut system, &members, true);
    let people = grouped.iter().flatten().count();
    let next = in_order(&rows, &grouped);
    Built { people, period, system, published: Vec::new(), next }
}

/// The whole year over all terms that are out. A person's area is the one of the first term they were there.
pub fn of_year(earlier: &[Release]) -> Built {
    let frames: Vec<&Frame> = earlier.iter().filter_map(|release| release.frame.as_ref()).collect();
    let partners = frames.first().map(|first| partners(first)).unwrap_or_default();
    let roles: Vec<BTreeSet<u16>> = earlier.iter().map(shown_roles).collect();
    let most = frames.iter().map(|frame| frame.places.len()).max().unwrap_or_default();
    let mut year: Vec<Option<Place>> = Vec::new();
    let mut classes: BTreeMap<Vec<Option<Place>>, i64> = BTreeMap::new();
    for person in 0..most {
        let terms: Vec<Option<Place>> = frames
            .iter()
            .zip(&roles)
            .map(|(frame, roles)| {
                let place = group(frame.places.get(person).copied().flatten()?, &partners);
                Some(Place { role: if roles.contains(&place.role) { place.role } else { u16::MAX }, ..place })
            })
            .collect();
        let first = terms.iter().flatten().next().map(|place| Place { role: u16::MAX, ..*place });
        year.push(first);
        if first.is_some() {
            *classes.entry(terms).or_default() += 1;
        }
    }
    let mut system = System::default();
    let mut members: Vec<Vec<(Place, usize)>> = vec![Vec::new(); frames.len()];
    let mut of_year: Vec<(Place, usize)> = Vec::new();
    for (terms, size) in &classes {
        let whole = system.variable(*size);
        let mut union = vec![(whole, 1)];
        for (place, members) in terms.iter().zip(&mut members) {
            let Some(place) = place else { continue };
            let part = system.variable(*size);
            members.push((*place, part));
            system.row(vec![(part, 1), (whole, -1)], -size, 0);
            union.push((part, -1));
        }
        let parts = i64::try_from(union.len()).unwrap_or(i64::MAX / 4);
        system.row(union, -(parts * size), 0);
        let first = terms.iter().flatten().next();
        of_year.extend(first.map(|place| (Place { role: u16::MAX, ..*place }, whole)));
    }
    let mut published = Vec::new();
    for (release, members) in earlier.iter().zip(&members) {
        let rows = rows_of(&mut system, members, false);
        for shown in &release.shown {
            if let (Some(band), Some(row)) = (shown.band, rows.get(&shown.group)) {
                system.limit(*row, whole(band.low), whole(band.high));
                published.push(Published { period: release.period, group: shown.group, row: *row });
            }
        }
    }
    let rows = rows_of(&mut system, &of_year, false);
    let next = in_order(&rows, &year).into_iter().filter(|next| !matches!(next.group, Group::Role(_))).collect();
    Built { people: year.iter().flatten().count(), period: Period::Year, system, published, next }
}

fn whole(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX / 4)
}

fn shown_roles(release: &Release) -> BTreeSet<u16> {
    let role = |group: &Group| if let Group::Role(role) = group { Some(*role) } else { None };
    release.shown.iter().filter(|shown| shown.band.is_some()).filter_map(|shown| role(&shown.group)).collect()
}

fn group(place: Place, partners: &BTreeMap<u16, u16>) -> Place {
    Place { area: partners.get(&place.area).copied().unwrap_or(place.area), ..place }
}

/// A row for every group of a period, free so far, and the sums that tie them.
fn rows_of(system: &mut System, members: &[(Place, usize)], all_roles: bool) -> BTreeMap<Group, usize> {
    let mut terms: BTreeMap<Group, Vec<(usize, i64)>> = BTreeMap::new();
    for (place, variable) in members {
        for group in [Group::Total, Group::Area(place.area), Group::Role(place.role)] {
            if all_roles || group != Group::Role(u16::MAX) {
                terms.entry(group).or_default().push((*variable, 1));
            }
        }
    }
    let mut rows = BTreeMap::new();
    for (group, terms) in terms {
        let size = terms.iter().filter_map(|(variable, _)| system.most().get(*variable)).sum();
        rows.insert(group, system.row(terms, 0, size));
    }
    let areas: Vec<usize> =
        rows.iter().filter(|(group, _)| matches!(group, Group::Area(_))).map(|(_, row)| *row).collect();
    let roles: Vec<usize> =
        rows.iter().filter(|(group, _)| matches!(group, Group::Role(_))).map(|(_, row)| *row).collect();
    if let Some(total) = rows.get(&Group::Total) {
        system.whole(*total, areas);
        if all_roles {
            system.whole(*total, roles);
        }
    }
    rows
}

/// The groups of at least ten: total, areas by size and then number, roles likewise (R-REL-7).
fn in_order(rows: &BTreeMap<Group, usize>, places: &[Option<Place>]) -> Vec<Next> {
    let stands = |place: &Place, group: &Group| match group {
        Group::Total => true,
        Group::Area(area) => place.area == *area,
        Group::Role(role) => place.role == *role,
    };
    let mut next: Vec<Next> = Vec::new();
    for (group, row) in rows {
        let all = places.iter().enumerate().filter(|(_, place)| place.is_some_and(|place| stands(&place, group)));
        let people: Vec<usize> = all.map(|(person, _)| person).collect();
        if people.len() as u64 >= FEWEST {
            next.push(Next { group: *group, row: *row, people });
        }
    }
    let kind = |group: &Group| match group {
        Group::Total => 0,
        Group::Area(_) => 1,
        Group::Role(_) => 2,
    };
    next.sort_by_key(|next| (kind(&next.group), std::cmp::Reverse(next.people.len()), next.group));
    next
}
