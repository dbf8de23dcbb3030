//! The best bundle: which needs one practitioner takes, and with how many units each, when every need has a price.
//!
//! It is a knapsack with several resources and a charge for each site. The hours, the charges of sites and the cost of
//! load are met exactly by a table over hours ([`table`]); sets of blocks, travel and the number of sites are priced
//! (Lagrange), which makes the table a bound. A search with that table as its bound then finds the best bundle
//! ([`dive`]). What is left open when its steps run out counts in the bound, so the bound is always one (R-ALL-5).
//!
//! All numbers are whole, in [`GRID`] parts of a point.

mod dive;
mod memory;
mod sieve;
mod start;
mod table;

use super::graph::Means;
use table::Table;

/// Parts of a point in which prices are kept.
pub const GRID: i64 = 256;
/// Less than any value.
pub(super) const NEVER: i64 = i64::MIN / 4;

/// A need that could be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Whose edge it is.
    pub edge: u32,
    /// Which place; items of one place stand together.
    pub place: u32,
    /// Units of the least dose.
    pub least: i64,
    /// The most units.
    pub most: i64,
    /// Minutes of travel a unit, there and back.
    pub way: i64,
    /// Which blocks suit.
    pub compat: u16,
    /// It must be taken.
    pub forced: bool,
    /// Worth of the least dose, less the need's price, in grid parts.
    pub gain: i64,
    /// Worth of each unit above, in grid parts.
    pub unit: i64,
    /// What beginning at the place costs, in grid parts.
    pub setup: i64,
}

/// Prices of what a practitioner has to give, in grid parts a unit; they are kept from one question to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rates {
    /// Of a unit in each set of blocks.
    pub sets: Vec<i64>,
    /// Of a minute of travel.
    pub travel: i64,
    /// Of a site.
    pub sites: i64,
    /// Of a unit of all the hours: only for leaving out what is hopeless before the table is made.
    pub hours: i64,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Times the rates are moved.
    pub rates: u32,
    /// Steps of the search.
    pub steps: u32,
    /// Whether to move the rates further and search longer where that was not enough.
    pub again: bool,
    /// What it need not find: bundles better by at most this, in grid parts. They still count in the bound.
    pub slack: i64,
    /// Whether the best bundle is worth more than this is all that is asked; [`NEVER`] when it is not.
    pub target: i64,
}

impl Effort {
    /// Whether there is still something to find out.
    fn open(&self, answer: &Answer) -> bool {
        let decided = self.target > NEVER && (answer.value > self.target || answer.bound <= self.target);
        !decided && answer.bound > answer.value.saturating_add(self.slack)
    }
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// What the bundle in [`Packer::best`] is worth, in grid parts; [`NEVER`] when forced items do not fit together.
    pub value: i64,
    /// No bundle is worth more.
    pub bound: i64,
    /// Work done, in steps that take about as long everywhere.
    pub work: u64,
}

/// Finds best bundles; keeps its memory between questions.
#[derive(Debug, Default)]
pub struct Packer {
    /// What may be taken; the caller fills it, items of one place together.
    pub items: Vec<Item>,
    /// The best bundle: edges and units.
    pub best: Vec<(u32, i64)>,
    /// A bundle to begin from, such as the last one; what of it cannot be taken is left out.
    pub hint: Vec<(u32, i64)>,
    table: Table,
    dive: dive::Dive,
    mender: start::Mender,
    groups: Vec<(i64, usize, usize)>,
    relaxed: Vec<(u32, i64)>,
    order: Vec<Item>,
}

impl Packer {
    /// Finds the best bundle of [`Packer::items`].
    pub fn solve(&mut self, means: &Means, rates: &mut Rates, effort: Effort) -> Answer {
        rates.sets.resize(means.sets.len(), 0);
        self.best.clear();
        let forced = self.items.iter().filter(|item| item.forced).count();
        let mut answer = Answer { value: if forced == 0 { 0 } else { NEVER }, bound: i64::MAX, work: 8 };
        if self.items.is_empty() {
            answer.bound = 0;
            return answer;
        }
        self.recall(means, false, &mut answer);
        sieve::sift(&mut self.items, means, rates, answer.value.max(effort.target));
        self.sort();
        self.recall(means, true, &mut answer);
        self.settle(means, rates, effort, effort.rates, &mut answer);
        if effort.open(&answer) {
            self.search(means, rates, effort, if effort.again { effort.steps / 8 } else { effort.steps }, &mut answer);
        }
        if effort.open(&answer) && effort.again {
            self.settle(means, rates, effort, effort.rates * 4, &mut answer);
            self.search(means, rates, effort, effort.steps, &mut answer);
        }
        // What was left out because it is worth no more than the target counts in the bound.
        answer.bound = answer.bound.max(effort.target);
        answer
    }

    /// Moves the rates towards the lowest bound, and keeps the best of them.
    fn settle(&mut self, means: &Means, rates: &mut Rates, effort: Effort, turns: u32, answer: &mut Answer) {
        let mut kept = rates.clone();
        let mut lowest = i64::MAX;
        for turn in 0..=turns {
            let bound = self.table.fill(&self.items, means, rates);
            answer.work += self.table.work();
            if bound < lowest {
                lowest = bound;
                rates.hours = self.table.slope();
                kept.clone_from(rates);
            }
            answer.bound = answer.bound.min(bound.max(answer.value));
            self.table.trace(&self.items, &mut self.relaxed);
            let value = self.mender.mend((&self.items, means), (&self.relaxed, true), &mut self.best, answer.value);
            answer.value = answer.value.max(value);
            if !effort.open(answer) {
                break;
            }
            let gap = if answer.value > NEVER { bound - answer.value } else { bound.abs() / 16 };
            if turn < turns && !start::shift(&self.items, means, &self.relaxed, rates, gap, turn) {
                break;
            }
            self.thin(bound, answer.value.max(effort.target));
        }
        if *rates != kept {
            rates.clone_from(&kept);
        }
    }

    /// A bundle that keeps to everything, quickly: the densest first. It gives no bound.
    pub fn guess(&mut self, means: &Means, rates: &mut Rates) -> Answer {
        self.best.clear();
        self.relaxed.clear();
        let dense = |item: &Item| {
            let most = item.gain + (item.unit * (item.most - item.least)).max(0) - item.setup / 2;
            most / if item.unit > 0 { item.most } else { item.least }.max(1)
        };
        self.items.sort_unstable_by_key(|item| (!item.forced, std::cmp::Reverse(dense(item)), item.edge));
        let value = self.mender.mend((&self.items, means), (&self.relaxed, true), &mut self.best, NEVER);
        let item = |edge: u32| self.items.iter().find(|item| item.edge == edge);
        rates.hours = self.best.iter().filter_map(|(edge, _)| item(*edge).map(dense)).min().unwrap_or(0).max(0);
        Answer { value, bound: i64::MAX / 4, work: 4 + u64::try_from(self.items.len()).unwrap_or(0) / 2 }
    }

    /// Begins from the hint.
    fn recall(&mut self, means: &Means, fill: bool, answer: &mut Answer) {
        self.relaxed.clear();
        for (at, item) in self.items.iter().enumerate() {
            if let Some((_, units)) = self.hint.iter().find(|(edge, _)| *edge == item.edge) {
                self.relaxed.push((u32::try_from(at).unwrap_or(0), *units));
            }
        }
        if !self.relaxed.is_empty() {
            let value = self.mender.mend((&self.items, means), (&self.relaxed, fill), &mut self.best, answer.value);
            answer.value = answer.value.max(value);
        }
    }

    /// Searches for bundles near the bound first, then further below it. What is finished without finding any lowers the
    /// bound to where it looked.
    fn search(&mut self, means: &Means, rates: &Rates, effort: Effort, steps: u32, answer: &mut Answer) {
        let root = self.table.fill(&self.items, means, rates);
        answer.work += self.table.work();
        answer.bound = answer.bound.min(root.max(answer.value));
        // Further than the slack, or it would come back with the bound it went out with.
        let mut depth = ((answer.bound - answer.value) / 8).max(2 * effort.slack).max(1);
        let mut left = steps;
        while effort.open(answer) {
            let deep = answer.bound.saturating_sub(depth);
            let floor = answer.value.max(if effort.target > NEVER { effort.target } else { deep });
            self.dive.begin(means, left, effort, floor);
            self.dive.run(&self.items, &self.table, &mut self.best);
            answer.work += self.dive.work();
            left = left.saturating_sub(self.dive.steps());
            answer.value = answer.value.max(self.dive.found());
            if self.dive.cut_short() {
                answer.bound = answer.bound.min(self.dive.bound()).max(answer.value);
                break;
            }
            answer.bound = answer.bound.min(self.dive.bound()).max(answer.value);
            if self.dive.found() > NEVER {
                break;
            }
            depth = depth.saturating_mul(2);
        }
    }

    /// Sites that promise most first, and at each site the needs that do; ties by position, so that it is repeatable.
    fn sort(&mut self) {
        self.order.clear();
        self.order.append(&mut self.items);
        let promise = |item: &Item| item.gain + (item.unit * (item.most - item.least)).max(0);
        let mut groups = std::mem::take(&mut self.groups);
        groups.clear();
        let mut from = 0;
        while from < self.order.len() {
            let place = self.order.get(from).map(|item| item.place);
            let same = |item: &&Item| Some(item.place) == place;
            let rest = self.order.get(from..).unwrap_or_default();
            let count = rest.iter().take_while(same).count().max(1);
            let sum = rest.iter().take(count).map(promise).filter(|promise| *promise > 0).sum();
            groups.push((sum, from, count));
            from += count;
        }
        groups.sort_unstable_by_key(|(sum, from, _)| (std::cmp::Reverse(*sum), *from));
        for (_, from, count) in &groups {
            let Some(group) = self.order.get_mut(*from..*from + *count) else { continue };
            group.sort_unstable_by_key(|item| (std::cmp::Reverse(promise(item)), item.edge));
            self.items.extend_from_slice(group);
        }
        self.groups = groups;
    }

    /// Leaves out what no better bundle can hold: an item adds at most its priced worth to the bound.
    fn thin(&mut self, bound: i64, value: i64) {
        let mut at = 0;
        self.items.retain(|item| {
            let most = self.table.worth(at);
            at += 1;
            item.forced || bound + most > value
        });
    }
}

#[cfg(test)]
mod tests;
