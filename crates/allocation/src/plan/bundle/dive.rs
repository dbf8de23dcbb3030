//! The search: item after item, taken with some units or left, the most promising first, as long as the table promises more
//! than the best so far.

use super::memory::Memory;
use super::start::Left;
use super::table::Table;
use super::{Effort, GRID, Item, Means, NEVER};

/// See the module.
#[derive(Debug, Default)]
pub struct Dive {
    left: Left,
    hours: i64,
    load: Vec<i64>,
    best: i64,
    found: i64,
    short: bool,
    first: bool,
    slack: i64,
    unseen: i64,
    steps: u32,
    most: u32,
    forced: usize,
    taken: Vec<(u32, i64)>,
    later: Vec<usize>,
    memory: Memory,
}

/// Where the search stands.
#[derive(Clone, Copy)]
struct At {
    from: usize,
    priced: i64,
    worth: i64,
    open: u32,
    forced: usize,
}

impl Dive {
    /// Forgets the last search; looks only for what is worth more than `floor`.
    pub fn begin(&mut self, means: &Means, steps: u32, effort: Effort, floor: i64) {
        self.left.begin(means);
        self.hours = means.hours;
        self.load.clone_from(&means.load);
        self.best = floor;
        self.found = NEVER;
        self.slack = effort.slack;
        self.first = effort.target > NEVER;
        self.unseen = NEVER;
        self.steps = 0;
        self.short = false;
        self.most = steps;
        self.taken.clear();
        self.later.clear();
        self.memory.forget(steps);
    }

    /// Searches; puts what is better into `best`.
    pub fn run(&mut self, items: &[Item], table: &Table, best: &mut Vec<(u32, i64)>) {
        self.forced = items.iter().filter(|item| item.forced).count();
        let at = At { from: 0, priced: table.base(), worth: 0, open: u32::MAX, forced: 0 };
        self.down(items, table, at, best);
    }

    /// The best value found above the floor, or [`NEVER`].
    pub const fn found(&self) -> i64 {
        self.found
    }

    /// No bundle is worth more than this.
    pub fn bound(&self) -> i64 {
        self.best.max(self.unseen)
    }

    /// Whether it ran out of steps.
    pub const fn cut_short(&self) -> bool {
        self.short
    }

    /// Steps taken.
    pub const fn steps(&self) -> u32 {
        self.steps
    }

    /// Steps taken, as work.
    pub fn work(&self) -> u64 {
        u64::from(self.steps) * 4 + 16
    }

    fn left_at(&self) -> usize {
        usize::try_from(self.left.hours).unwrap_or(0)
    }

    fn down(&mut self, items: &[Item], table: &Table, at: At, best: &mut Vec<(u32, i64)>) {
        if at.forced == self.forced {
            let load = usize::try_from(self.hours - self.left.hours).unwrap_or(0);
            let value = at.worth - self.load.get(load).copied().unwrap_or(0) * GRID;
            if value > self.best {
                self.best = value;
                self.found = value;
                if self.first {
                    self.most = self.steps;
                }
                best.clear();
                let edge = |(at, units): &(u32, i64)| items.get(*at as usize).map(|item| (item.edge, *units));
                best.extend(self.taken.iter().filter_map(edge));
            }
        }
        let inside = items.get(at.from).is_some_and(|item| item.place == at.open);
        if self.memory.seen(&self.left, at.from, inside, at.worth) {
            return;
        }
        let later = self.later.len();
        for (k, item) in items.iter().enumerate().skip(at.from) {
            let inside = item.place == at.open;
            let promise = at.priced.saturating_add(table.ahead(k, self.left_at(), inside, table.charge(item)));
            if self.closed(promise) {
                break;
            }
            if self.steps >= self.most {
                self.unseen = self.unseen.max(promise);
                self.short = true;
                break;
            }
            if item.forced || self.leads(items, table, k, at, promise) {
                self.take(items, table, k, at, best);
            } else {
                self.later.push(k);
            }
            if item.forced {
                break;
            }
        }
        while self.later.len() > later {
            if let Some(k) = self.later.pop() {
                self.take(items, table, k, at, best);
            }
        }
    }

    /// Whether the table would take this item rather than go past it.
    fn leads(&self, items: &[Item], table: &Table, k: usize, at: At, promise: i64) -> bool {
        let past = items.get(k + 1).map_or_else(
            || table.after(k, self.left_at()),
            |next| table.ahead(k + 1, self.left_at(), next.place == at.open, table.charge(next)),
        );
        at.priced.saturating_add(past) < promise
    }

    /// Whether a promise is too small to look at; what is within the slack is noted for the bound.
    fn closed(&mut self, promise: i64) -> bool {
        if promise <= self.best {
            return true;
        }
        if promise <= self.best + self.slack {
            self.unseen = self.unseen.max(promise);
            return true;
        }
        false
    }

    fn take(&mut self, items: &[Item], table: &Table, k: usize, at: At, best: &mut Vec<(u32, i64)>) {
        let Some(item) = items.get(k) else { return };
        let inside = item.place == at.open;
        if !inside && self.left.sites < 1 {
            return;
        }
        let room = self.left.room(item);
        if room < item.least {
            return;
        }
        let opening = if inside { 0 } else { table.charge(item) };
        let hours = self.left_at();
        let promise = |units: i64| {
            let left = hours - usize::try_from(units).unwrap_or(0);
            (at.priced - opening + table.value(k, item, units)).saturating_add(table.after(k, left))
        };
        let first = (item.least..=room).max_by_key(|units| promise(*units)).unwrap_or(item.least);
        for units in std::iter::once(first).chain((item.least..=room).filter(|units| *units != first)) {
            let promised = promise(units);
            if self.closed(promised) {
                continue;
            }
            if self.steps >= self.most {
                self.unseen = self.unseen.max(promised);
                self.short = true;
                continue;
            }
            self.steps += 1;
            self.left.take(item, units);
            self.left.sites -= i64::from(!inside);
            self.taken.push((u32::try_from(k).unwrap_or(0), units));
            let worth = item.gain + item.unit * (units - item.least) - if inside { 0 } else { item.setup };
            let next = At {
                from: k + 1,
                priced: at.priced - opening + table.value(k, item, units),
                worth: at.worth + worth,
                open: item.place,
                forced: at.forced + usize::from(item.forced),
            };
            self.down(items, table, next, best);
            self.taken.pop();
            self.left.sites += i64::from(!inside);
            self.left.take(item, -units);
        }
    }
}
