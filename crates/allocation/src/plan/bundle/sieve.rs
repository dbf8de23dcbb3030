//! What no better bundle can hold, found before any table is made.
//!
//! With a price for hours too, the bound needs no table: each place adds what its items are worth at the prices, less its
//! charge, where that is above nought. Whatever would bring the bound down to a value already found can go.

use super::table::cost;
use super::{GRID, Item, Means, Rates};

/// Leaves out places and items that cannot be in a bundle worth more than `value`. Where something must be taken it leaves
/// everything.
pub fn sift(items: &mut Vec<Item>, means: &Means, rates: &Rates, value: i64) {
    if rates.hours <= 0 || items.iter().any(|item| item.forced) {
        return;
    }
    let idle = means.load.iter().zip(0_i64..).map(|(load, units)| rates.hours * units - load * GRID).max().unwrap_or(0);
    let sets: i64 = means.sets.iter().zip(&rates.sets).map(|((_, cap), rate)| cap * rate).sum();
    let mut bound = idle + sets + means.travel * rates.travel + means.sites * rates.sites;
    let worth: Vec<i64> = items.iter().map(|item| priced(item, means, rates)).collect();
    let mut sums: Vec<(usize, i64)> = Vec::new();
    for (at, (item, priced)) in items.iter().zip(&worth).enumerate() {
        if at == 0 || items.get(at - 1).is_some_and(|before| before.place != item.place) {
            sums.push((at, -item.setup - rates.sites));
        }
        if let Some((_, sum)) = sums.last_mut() {
            *sum += (*priced).max(0);
        }
    }
    bound += sums.iter().map(|(_, sum)| (*sum).max(0)).sum::<i64>();
    let mut group = sums.iter().peekable();
    let mut short = 0;
    let mut at = 0;
    items.retain(|_| {
        if let Some((_, sum)) = group.next_if(|(first, _)| *first == at) {
            short = (*sum).min(0);
        }
        let worth = worth.get(at).copied().unwrap_or(0);
        at += 1;
        bound + short + worth.min(0) > value
    });
}

/// What an item is worth at its best dose when everything has its price.
fn priced(item: &Item, means: &Means, rates: &Rates) -> i64 {
    let each = cost(item, means, rates) + rates.hours;
    item.gain - each * item.least + ((item.unit - each) * (item.most - item.least)).max(0)
}
