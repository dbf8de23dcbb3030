//! Small areas are counted together with a fixed partner, chosen by size before anything is known of results (R-REL-6).

use super::Frame;
use crate::bands::FEWEST;
use std::collections::BTreeMap;

/// Which area is counted under which: for every area of the first census day of the year, the area whose name its group has
/// (the smallest number in it). The two smallest groups are joined, equals by number, until none is under ten (R-REL-6).
pub fn partners(first: &Frame) -> BTreeMap<u16, u16> {
    let mut sizes: BTreeMap<u16, u64> = BTreeMap::new();
    for place in first.places.iter().flatten() {
        *sizes.entry(place.area).or_default() += 1;
    }
    let mut groups: Vec<(u64, Vec<u16>)> = sizes.into_iter().map(|(area, size)| (size, vec![area])).collect();
    loop {
        groups.sort();
        match groups.as_slice() {
            [(small, _), _, ..] if *small < FEWEST => {
                let (small, mut areas) = groups.remove(0);
                let (next, others) = groups.remove(0);
                areas.extend(others);
                areas.sort_unstable();
                groups.push((small + next, areas));
            }
            _ => break,
        }
    }
    let named = |areas: Vec<u16>| {
        let name = areas.first().copied().unwrap_or_default();
        areas.into_iter().map(move |area| (area, name))
    };
    groups.into_iter().flat_map(|(_, areas)| named(areas)).collect()
}
