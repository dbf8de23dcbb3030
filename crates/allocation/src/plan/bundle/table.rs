//! The table over hours: for each item and each number of hours left, the most that this item and the later ones can add.
//!
//! `open[k][h]` is for when the place of item `k` has been opened, `rest[p][h]` for when place `p` and the later ones are
//! all still closed:
//!
//! `open[k][h] = max(open[k+1][h], max_x open[k+1][h−x] + w_k(x))`, and `rest[p][h] = max(rest[p+1][h], open[first of p][h] −
//! set-up − price of a site)`, with `rest[end][h] = −load(hours − h)`, `w_k(x) = gain + unit·(x − least) − x·(blocks + way ·
//! minute)`. It is exact in hours, set-up and load, and a bound in everything that is priced (Lagrangian relaxation).
//!
//! Cells are whole numbers in 32-bit floats, which are exact up to 2²⁴ and of which every machine adds and compares four at
//! once. Where worths could outgrow them, all are kept in coarser parts, each rounded up, and each charge down: the bound
//! stays one.

use super::{GRID, Item, Means, NEVER, Rates};

/// Less than any cell can need, however much is added to it.
const LOW: f32 = -1_073_741_824.0;
/// No worth and no sum of worths is more, so that all are exact.
const LARGE: i64 = 1 << 23;

/// See the module.
#[derive(Debug, Default)]
pub struct Table {
    width: usize,
    open: Vec<f32>,
    rest: Vec<f32>,
    rows: Vec<Row>,
    shift: u32,
    site: i64,
    base: i64,
    work: u64,
}

/// What the table knows of an item.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    place: usize,
    first: bool,
    last: bool,
    gain: i64,
    unit: i64,
    worth: i64,
}

/// What an item's units cost at the rates.
pub fn cost(item: &Item, means: &Means, rates: &Rates) -> i64 {
    let mut sum = item.way * rates.travel;
    for ((set, _), rate) in means.sets.iter().zip(&rates.sets) {
        if item.compat & !set == 0 {
            sum += *rate;
        }
    }
    sum
}

/// Rounded up to coarse parts.
const fn up(number: i64, shift: u32) -> i64 {
    -(-number >> shift)
}

/// Into a cell; what is too low to matter counts as very low, which only raises it.
const fn cell(number: i64) -> f32 {
    (if number < -LARGE { -LARGE } else { number }) as f32
}

impl Table {
    /// Fills the table and gives the bound at the root.
    pub fn fill(&mut self, items: &[Item], means: &Means, rates: &Rates) -> i64 {
        self.width = usize::try_from(means.hours).unwrap_or(0) + 1;
        self.site = rates.sites;
        let sets: i64 = means.sets.iter().zip(&rates.sets).map(|((_, cap), rate)| cap * rate).sum();
        self.base = sets + means.travel * rates.travel + means.sites * rates.sites;
        self.ready(items, means, rates);
        let width = self.width;
        let places = self.rows.last().map_or(0, |row| row.place + 1);
        self.rest.resize((places + 1) * width, 0.0);
        self.open.resize(items.len() * width, 0.0);
        self.work = 0;
        if let Some(last) = self.rest.get_mut(places * width..(places + 1) * width) {
            let load = means.load.iter().map(|load| cell(up(-load * GRID, self.shift)));
            last.iter_mut().rev().zip(load).for_each(|(cell, load)| *cell = load);
        }
        for (at, item) in items.iter().enumerate().rev() {
            let Some(row) = self.rows.get(at).copied() else { continue };
            self.row(at, item, row);
            if row.first {
                self.close(at, item, row, items);
            }
        }
        self.wide(self.rest.get(width - 1)).saturating_add(self.base)
    }

    fn wide(&self, cell: Option<&f32>) -> i64 {
        match cell {
            Some(cell) if *cell > LOW / 2.0 => i64::from(*cell as i32) << self.shift,
            _ => NEVER,
        }
    }

    /// Places in the order they stand in, worths, and how coarse the parts must be.
    fn ready(&mut self, items: &[Item], means: &Means, rates: &Rates) {
        self.rows.clear();
        let (mut sum, mut dense, mut musts) = (0, 0, means.load.last().map_or(0, |load| load * GRID));
        let mut place = 0;
        for (at, item) in items.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| items.get(at)).map(|item| item.place);
            let first = before != Some(item.place);
            place += usize::from(first && at > 0);
            let last = items.get(at + 1).is_none_or(|next| next.place != item.place);
            let each = cost(item, means, rates);
            let (gain, unit) = (item.gain - each * item.least, item.unit - each);
            let most = item.most.min(means.hours) - item.least;
            let worth = if most < 0 { NEVER } else { gain + (unit * most).max(0) };
            sum += worth.max(0);
            dense = dense.max(unit).max(gain / item.least.max(1) + 1);
            if item.forced {
                musts += gain.abs() + unit.abs() * most.max(0) + item.setup + self.site;
            }
            self.rows.push(Row { place, first, last, gain, unit, worth });
        }
        self.shift = 0;
        let sum = sum.min(dense.saturating_mul(means.hours)).saturating_add(musts);
        while sum >> self.shift > LARGE {
            self.shift += 1;
        }
    }

    fn row(&mut self, at: usize, item: &Item, row: Row) {
        let (width, shift) = (self.width, self.shift);
        let end = ((at + 1) * width).min(self.open.len());
        let (head, tail) = self.open.split_at_mut(end);
        let next: &[f32] = if row.last {
            self.rest.get((row.place + 1) * width..(row.place + 2) * width).unwrap_or_default()
        } else {
            tail.get(..width).unwrap_or_default()
        };
        let Some(cells) = head.get_mut(at * width..) else { return };
        if item.forced {
            cells.fill(LOW)
        } else {
            cells.copy_from_slice(next)
        }
        // With more hours left there is never less to add, so units that are worth nothing are not tried.
        let most = if row.unit > 0 { item.most } else { item.least };
        for units in item.least..=most.min(i64::try_from(width).unwrap_or(0) - 1) {
            let worth = cell(up(row.gain + row.unit * (units - item.least), shift));
            let skip = usize::try_from(units).unwrap_or(0);
            if let Some(cells) = cells.get_mut(skip..) {
                for (cell, before) in cells.iter_mut().zip(next) {
                    let other = *before + worth;
                    *cell = if other > *cell { other } else { *cell };
                }
            }
            self.work += u64::try_from(width - skip).unwrap_or(0);
        }
    }

    /// All items of a place are in: it is opened or not.
    fn close(&mut self, at: usize, item: &Item, row: Row, items: &[Item]) {
        let width = self.width;
        let opened = self.open.get(at * width..(at + 1) * width).unwrap_or_default();
        let charge = cell(((item.setup + self.site) >> self.shift).min(LARGE));
        let must = items.iter().skip(at).take_while(|other| other.place == item.place).any(|other| other.forced);
        let end = ((row.place + 1) * width).min(self.rest.len());
        let (head, tail) = self.rest.split_at_mut(end);
        let Some(cells) = head.get_mut(row.place * width..) else { return };
        for ((cell, opened), closed) in cells.iter_mut().zip(opened).zip(tail.iter()) {
            let opened = (*opened - charge).max(LOW);
            *cell = if must || opened > *closed { opened } else { *closed };
        }
    }

    /// The most that items from `at` on can add, with so many hours left; `open` when their place has been opened.
    #[inline]
    pub fn ahead(&self, at: usize, hours: usize, open: bool, charge: i64) -> i64 {
        let opened = self.wide(self.open.get(at * self.width + hours));
        if open {
            return opened;
        }
        let place = self.rows.get(at).map_or(0, |row| row.place);
        let closed = self.wide(self.rest.get((place + 1) * self.width + hours));
        closed.max(opened - charge)
    }

    /// The most that items after `at` can add when its place is open.
    #[inline]
    pub fn after(&self, at: usize, hours: usize) -> i64 {
        match self.rows.get(at) {
            Some(row) if row.last => self.wide(self.rest.get((row.place + 1) * self.width + hours)),
            _ => self.wide(self.open.get((at + 1) * self.width + hours)),
        }
    }

    /// What the last hours are worth, each.
    pub fn slope(&self) -> i64 {
        let few = self.hours().min(4);
        let at = |hours: usize| self.wide(self.rest.get(hours));
        let units = i64::try_from(few.max(1)).unwrap_or(1);
        ((at(self.hours()) - at(self.hours() - few)) / units).clamp(0, NEVER.abs() / 1_000_000)
    }

    /// Priced means, all together.
    pub const fn base(&self) -> i64 {
        self.base
    }

    /// What opening costs at an item's place, the price of a site included.
    #[inline]
    pub const fn charge(&self, item: &Item) -> i64 {
        (item.setup + self.site) >> self.shift << self.shift
    }

    /// What an item is worth at the rates, at its best dose.
    pub fn worth(&self, at: usize) -> i64 {
        self.rows.get(at).map_or(0, |row| up(row.worth, self.shift) << self.shift)
    }

    /// Hours, as a position.
    pub const fn hours(&self) -> usize {
        self.width - 1
    }

    /// Cells worked out in the last fill, in steps.
    pub const fn work(&self) -> u64 {
        self.work / 16 + 4
    }

    /// What so many units of an item are worth at the rates.
    #[inline]
    pub fn value(&self, at: usize, item: &Item, units: i64) -> i64 {
        let Some(row) = self.rows.get(at) else { return NEVER };
        up(row.gain + row.unit * (units - item.least), self.shift).max(-LARGE) << self.shift
    }

    /// The bundle that the bound at the root is of: positions of items and units. It may want too much of what is priced.
    pub fn trace(&self, items: &[Item], into: &mut Vec<(u32, i64)>) {
        into.clear();
        let mut hours = self.hours();
        let mut open = None;
        for (at, (item, row)) in items.iter().zip(&self.rows).enumerate() {
            if open != Some(item.place) {
                let now = self.wide(self.rest.get(row.place * self.width + hours));
                let closed = self.wide(self.rest.get((row.place + 1) * self.width + hours));
                let must = || items.iter().skip(at).take_while(|o| o.place == item.place).any(|o| o.forced);
                if !row.first || (now == closed && !must()) {
                    continue;
                }
                open = Some(item.place);
            }
            let now = self.wide(self.open.get(at * self.width + hours));
            if now == self.after(at, hours) && !item.forced {
                continue;
            }
            for units in item.least..=item.most.min(i64::try_from(hours).unwrap_or(0)) {
                let left = hours - usize::try_from(units).unwrap_or(0);
                if self.after(at, left).saturating_add(self.value(at, item, units)) == now {
                    into.push((u32::try_from(at).unwrap_or(0), units));
                    hours = left;
                    break;
                }
            }
        }
    }
}
