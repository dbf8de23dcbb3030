//! A first bundle that keeps to everything, and better rates.

use super::{GRID, Item, Means, NEVER, Rates};

/// What is left of a practitioner's means while a bundle is put together.
#[derive(Debug, Clone, Default)]
pub struct Left {
    /// Units.
    pub hours: i64,
    /// Units in each set of blocks.
    pub sets: Vec<(u16, i64)>,
    /// Minutes.
    pub travel: i64,
    /// Sites.
    pub sites: i64,
}

impl Left {
    /// Everything.
    pub fn begin(&mut self, means: &Means) {
        self.hours = means.hours;
        self.sets.clone_from(&means.sets);
        self.travel = means.travel;
        self.sites = means.sites;
    }

    /// The most units of an item that fit; its site is not looked at.
    #[inline]
    pub fn room(&self, item: &Item) -> i64 {
        let mut room = self.hours.min(item.most);
        if item.way > 0 {
            room = room.min(self.travel / item.way);
        }
        for (set, left) in &self.sets {
            if item.compat & !set == 0 {
                room = room.min(*left);
            }
        }
        room
    }

    /// Takes units of an item, or gives them back where `units` is below nought.
    #[inline]
    pub fn take(&mut self, item: &Item, units: i64) {
        self.hours -= units;
        self.travel -= item.way * units;
        for (set, left) in &mut self.sets {
            if item.compat & !*set == 0 {
                *left -= units;
            }
        }
    }
}

/// Makes the bundle of the table keep to everything: its items in order of worth, forced ones first, as far as they fit,
/// then more of each where that pays. Puts it into `best` when it beats `value`, and gives its value.
pub fn repair(items: &[Item], means: &Means, relaxed: &[(u32, i64)], best: &mut Vec<(u32, i64)>, value: i64) -> i64 {
    let mut left = Left::default();
    left.begin(means);
    let mut chosen: Vec<(u32, i64)> = Vec::with_capacity(relaxed.len() + 4);
    let mut open: Vec<u32> = Vec::new();
    let mut total = 0;
    let marginal = |hours: i64| {
        let at = |units: i64| usize::try_from(units).ok().and_then(|at| means.load.get(at)).copied().unwrap_or(0);
        let given = means.hours - hours;
        move |units: i64| (at(given + units) - at(given)) * GRID
    };
    let mut order: Vec<(bool, i64, u32, i64)> = relaxed
        .iter()
        .filter_map(|(at, units)| {
            items.get(*at as usize).map(|item| (!item.forced, -item.gain / units.max(&1), *at, *units))
        })
        .collect();
    order.sort_unstable();
    let others =
        (0..u32::try_from(items.len()).unwrap_or(0)).filter(|at| !relaxed.iter().any(|(other, _)| other == at));
    let wanted = order.into_iter().map(|(_, _, at, units)| (at, units, false));
    for (at, units, extra) in wanted.chain(others.map(|at| (at, 0, true))) {
        let Some(item) = items.get(at as usize) else { continue };
        let opens = !open.contains(&item.place);
        let units = units.max(item.least).min(left.room(item));
        if units < item.least || (opens && left.sites < 1) {
            if item.forced {
                return NEVER;
            }
            continue;
        }
        let mut worth = item.gain + item.unit * (units - item.least) - marginal(left.hours)(units);
        if opens {
            worth -= item.setup;
        }
        if extra && worth <= 0 && !item.forced {
            continue;
        }
        if opens {
            open.push(item.place);
            left.sites -= 1;
        }
        left.take(item, units);
        total += worth;
        chosen.push((at, units));
    }
    for (at, units) in &mut chosen {
        let Some(item) = items.get(*at as usize) else { continue };
        while *units < item.most && left.room(item) > 0 && item.unit > marginal(left.hours)(1) {
            total += item.unit - marginal(left.hours)(1);
            left.take(item, 1);
            *units += 1;
        }
    }
    if items.iter().enumerate().any(|(at, item)| item.forced && !chosen.iter().any(|(other, _)| *other as usize == at))
    {
        return NEVER;
    }
    if total > value || (best.is_empty() && total >= value) {
        best.clear();
        best.extend(chosen.iter().filter_map(|(at, units)| items.get(*at as usize).map(|item| (item.edge, *units))));
    }
    total
}

/// The highest rate: times the longest way, the most units and every set of blocks it still fits 64 bits.
const DEAREST: f64 = 1e9;

/// Moves the rates against what the table's bundle wants too much of; false when there is nothing to move.
///
/// A subgradient step of Polyak's length, each means measured in shares of itself.
pub fn shift(items: &[Item], means: &Means, relaxed: &[(u32, i64)], rates: &mut Rates, gap: i64, turn: u32) -> bool {
    let chosen = || relaxed.iter().filter_map(|(at, units)| items.get(*at as usize).map(|item| (item, *units)));
    let mut places: Vec<u32> = chosen().map(|(item, _)| item.place).collect();
    places.dedup();
    let share = |asked: i64, cap: i64| (asked - cap) as f64 / (cap.max(1)) as f64;
    let within =
        |set: u16| chosen().filter(move |(item, _)| item.compat & !set == 0).map(|(_, units)| units).sum::<i64>();
    let sets: Vec<f64> = means.sets.iter().map(|(set, cap)| share(within(*set), *cap)).collect();
    let travel = share(chosen().map(|(item, units)| item.way * units).sum(), means.travel);
    let sites = share(i64::try_from(places.len()).unwrap_or(0), means.sites);
    let live = |share: f64, rate: i64| if share > 0.0 || rate > 0 { share } else { 0.0 };
    let square = |share: f64, rate: i64| live(share, rate).powi(2);
    let length: f64 = sets.iter().zip(&rates.sets).map(|(share, rate)| square(*share, *rate)).sum::<f64>()
        + square(travel, rates.travel)
        + square(sites, rates.sites);
    if length <= 1e-12 {
        return false;
    }
    let step = gap as f64 / length * 0.8 / (1.0 + 0.15 * f64::from(turn));
    let moved = |rate: i64, share: f64, cap: i64| {
        (rate as f64 + step * live(share, rate) / cap.max(1) as f64).round().clamp(0.0, DEAREST) as i64
    };
    let before = rates.clone();
    for ((rate, share), (_, cap)) in rates.sets.iter_mut().zip(&sets).zip(&means.sets) {
        *rate = moved(*rate, *share, *cap);
    }
    rates.travel = moved(rates.travel, travel, means.travel);
    rates.sites = moved(rates.sites, sites, means.sites);
    *rates != before
}
