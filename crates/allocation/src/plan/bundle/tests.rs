//! The packer beside brute force.

use super::*;
use crate::plan::chance::Chance;

fn number(chance: &mut Chance, low: i64, high: i64) -> i64 {
    low + i64::try_from(chance.below(usize::try_from(high - low + 1).unwrap())).unwrap()
}

fn means(chance: &mut Chance) -> Means {
    let blocks = 1 + chance.below(3);
    let caps: Vec<i64> = (0..blocks).map(|_| number(chance, 0, 5)).collect();
    let cap =
        |set: u16| -> i64 { caps.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, cap)| cap).sum() };
    let full = (1_u16 << blocks) - 1;
    let hours = cap(full).min(number(chance, 3, 12));
    let sets = (1..full).map(|set| (set, cap(set))).collect();
    let steep = number(chance, 0, 40);
    let load = (0..=hours).map(|units| (units - hours / 2).max(0) * steep).collect();
    Means { hours, sets, travel: number(chance, 0, 200), sites: number(chance, 0, 3), load }
}

fn items(chance: &mut Chance, count: usize, forced: bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut place = 0;
    for edge in 0..count {
        place += u32::from(chance.below(2) == 0);
        let least = number(chance, 1, 3);
        items.push(Item {
            edge: u32::try_from(edge).unwrap(),
            place,
            least,
            most: least + number(chance, 0, 3),
            way: 0,
            compat: 1 + u16::try_from(chance.below(7)).unwrap(),
            forced: forced && chance.below(5) == 0,
            gain: number(chance, -50, 400) * GRID + number(chance, 0, 255),
            unit: number(chance, -20, 100) * GRID,
            setup: 0,
        });
    }
    let ways: Vec<(i64, i64)> = (0..=place).map(|_| (number(chance, 0, 40), number(chance, 0, 100) * GRID)).collect();
    for item in &mut items {
        (item.way, item.setup) = ways[item.place as usize];
    }
    items
}

/// What every way of taking them is worth at best.
fn brute(items: &[Item], means: &Means) -> Option<i64> {
    fn go(items: &[Item], means: &Means, chosen: &mut Vec<i64>, best: &mut Option<i64>) {
        let Some(item) = items.get(chosen.len()) else {
            if let Some(value) = judge(items, means, chosen) {
                *best = Some(best.map_or(value, |best| best.max(value)));
            }
            return;
        };
        for units in std::iter::once(0).filter(|_| !item.forced).chain(item.least..=item.most) {
            chosen.push(units);
            go(items, means, chosen, best);
            chosen.pop();
        }
    }
    let mut best = None;
    go(items, means, &mut Vec::new(), &mut best);
    best
}

fn judge(items: &[Item], means: &Means, chosen: &[i64]) -> Option<i64> {
    let all = || items.iter().zip(chosen).filter(|(_, units)| **units > 0);
    let hours: i64 = chosen.iter().sum();
    let travel: i64 = all().map(|(item, units)| item.way * units).sum();
    let mut places: Vec<(u32, i64)> = all().map(|(item, _)| (item.place, item.setup)).collect();
    places.sort_unstable();
    places.dedup();
    let within = |set: u16| all().filter(|(item, _)| item.compat & !set == 0).map(|(_, units)| units).sum::<i64>();
    let fits = hours <= means.hours
        && travel <= means.travel
        && i64::try_from(places.len()).unwrap() <= means.sites
        && means.sets.iter().all(|(set, cap)| within(*set) <= *cap);
    let gain: i64 = all().map(|(item, units)| item.gain + item.unit * (units - item.least)).sum();
    let setup: i64 = places.iter().map(|(_, setup)| setup).sum();
    fits.then(|| gain - setup - means.load[usize::try_from(hours).unwrap()] * GRID)
}

fn value(items: &[Item], means: &Means, bundle: &[(u32, i64)]) -> Option<i64> {
    let units = |item: &Item| bundle.iter().find(|(edge, _)| *edge == item.edge).map_or(0, |(_, units)| *units);
    judge(items, means, &items.iter().map(units).collect::<Vec<i64>>())
}

/// R-ALL-5
#[test]
fn the_best_bundle_is_that_of_brute_force_and_the_bound_is_never_below_it() {
    let mut packer = Packer::default();
    for seed in 0..6_000 {
        let mut chance = Chance::new(seed);
        let means = means(&mut chance);
        let count = 1 + chance.below(6);
        let items = items(&mut chance, count, seed % 3 == 0);
        let best = brute(&items, &means);
        let mut rates = Rates {
            sets: Vec::new(),
            travel: if seed % 7 == 0 { 1_000_000_000 } else { number(&mut chance, 0, 500) },
            sites: 0,
            hours: number(&mut chance, 0, 9_000),
        };
        for (steps, again) in [(0, false), (3, false), (100_000, true)] {
            packer.items.clone_from(&items);
            packer.hint.clear();
            if chance.below(2) == 0 {
                packer.hint = packer.best.clone();
            }
            let effort = Effort { rates: 2, steps, again, slack: if again { 0 } else { GRID }, target: NEVER };
            let answer = packer.solve(&means, &mut rates, effort);
            assert!(answer.bound >= best.unwrap_or(NEVER), "{seed} {steps}: {answer:?} {best:?}");
            if answer.value > NEVER {
                assert_eq!(value(&items, &means, &packer.best), Some(answer.value), "{seed} {steps}");
            }
            let target = best.unwrap_or(0) + number(&mut chance, -3, 3) * GRID;
            packer.items.clone_from(&items);
            let asked = packer.solve(&means, &mut rates, Effort { target, slack: 0, again: true, ..effort });
            assert!(asked.bound >= best.unwrap_or(NEVER), "{seed} {steps}");
            if again {
                assert_eq!(
                    asked.bound <= target,
                    best.is_none_or(|best| best <= target),
                    "{seed} {target} {asked:?} {best:?}"
                );
            }
            if again {
                assert_eq!(answer.value, best.unwrap_or(NEVER), "{seed}");
                assert!(best.is_none() || answer.bound == answer.value, "{seed} {answer:?}");
            }
        }
    }
}
