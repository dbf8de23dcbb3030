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
        if item.way * room > self.travel {
            room = self.travel / item.way;
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

/// Makes bundles that keep to everything; keeps its memory between them.
#[derive(Debug, Default)]
pub struct Mender {
    left: Left,
    chosen: Vec<(u32, i64)>,
    open: Vec<u32>,
    order: Vec<(bool, i64, u32, i64)>,
    worth: i64,
}

impl Mender {
    /// Makes the bundle of the table keep to everything: its items in order of worth, forced ones first, as far as they fit;
    /// then, if `fill`, others; then more of each where that pays. Puts it into `best` when it beats `value`, and gives its
    /// value. `relaxed` is in order of position.
    pub fn mend(
        &mut self,
        (items, means): (&[Item], &Means),
        (relaxed, fill): (&[(u32, i64)], bool),
        best: &mut Vec<(u32, i64)>,
        value: i64,
    ) -> i64 {
        self.left.begin(means);
        self.chosen.clear();
        self.open.clear();
        self.worth = 0;
        self.order.clear();
        self.order.extend(relaxed.iter().filter_map(|(at, units)| {
            items.get(*at as usize).map(|item| (!item.forced, -item.gain / units.max(&1), *at, *units))
        }));
        self.order.sort_unstable();
        for at in 0..self.order.len() {
            let Some((_, _, at, units)) = self.order.get(at).copied() else { continue };
            if !self.add((items, means), at, units, false) {
                return NEVER;
            }
        }
        if fill && !self.fill((items, means), relaxed) {
            return NEVER;
        }
        self.stretch(items, means);
        let all = items.iter().zip(0..).filter(|(item, _)| item.forced);
        if all.into_iter().any(|(_, at)| !self.chosen.iter().any(|(other, _)| *other == at)) {
            return NEVER;
        }
        if self.worth > value || (best.is_empty() && self.worth >= value) {
            best.clear();
            let edge = |(at, units): &(u32, i64)| items.get(*at as usize).map(|item| (item.edge, *units));
            best.extend(self.chosen.iter().filter_map(edge));
        }
        self.worth
    }

    /// Others, as far as they fit and pay; false when one that is forced does not fit.
    fn fill(&mut self, of: (&[Item], &Means), relaxed: &[(u32, i64)]) -> bool {
        let mut known = relaxed.iter().map(|(at, _)| *at).peekable();
        for (item, at) in of.0.iter().zip(0..) {
            if known.next_if_eq(&at).is_some() || (item.least > self.left.hours && !item.forced) {
                continue;
            }
            if !self.add(of, at, 0, true) {
                return false;
            }
        }
        true
    }

    /// What so many units more cost in load.
    fn load(&self, means: &Means, units: i64) -> i64 {
        let at = |units: i64| usize::try_from(units).ok().and_then(|at| means.load.get(at)).copied().unwrap_or(0);
        let given = means.hours - self.left.hours;
        (at(given + units) - at(given)) * GRID
    }

    /// Takes one item if it fits, and pays where it is `extra`; false when it is forced and does not fit.
    fn add(&mut self, (items, means): (&[Item], &Means), at: u32, units: i64, extra: bool) -> bool {
        let Some(item) = items.get(at as usize) else { return true };
        let units = units.max(item.least).min(self.left.room(item));
        if units < item.least {
            return !item.forced;
        }
        let opens = !self.open.contains(&item.place);
        if opens && self.left.sites < 1 {
            return !item.forced;
        }
        let mut worth = item.gain + item.unit * (units - item.least) - self.load(means, units);
        if opens {
            worth -= item.setup;
        }
        if extra && worth <= 0 && !item.forced {
            return true;
        }
        if opens {
            self.open.push(item.place);
            self.left.sites -= 1;
        }
        self.left.take(item, units);
        self.worth += worth;
        self.chosen.push((at, units));
        true
    }

    /// More of each where that pays.
    fn stretch(&mut self, items: &[Item], means: &Means) {
        let mut chosen = std::mem::take(&mut self.chosen);
        for (at, units) in &mut chosen {
            let Some(item) = items.get(*at as usize) else { continue };
            while *units < item.most && self.left.room(item) > 0 && item.unit > self.load(means, 1) {
                self.worth += item.unit - self.load(means, 1);
                self.left.take(item, 1);
                *units += 1;
            }
        }
        self.chosen = chosen;
    }
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
