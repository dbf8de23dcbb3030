//! How often a wrong password may be tried (R-ACC-3) and a link asked for (R-ACC-7): by address typed and by machine. Kept in memory; what is typed is kept as a hash.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use actions::chance::digest;
use jiff::Timestamp;

/// Wrong tries for one typed address in a quarter of an hour.
const BY_ADDRESS: u32 = 10;
/// Wrong tries from one machine in a quarter of an hour: a college may be behind one.
const BY_MACHINE: u32 = 100;
const WINDOW_SECONDS: i64 = 15 * 60;
/// More keys than this and the oldest go.
const MOST_KEYS: usize = 20_000;

/// Links that may be asked for with one typed address in a quarter of an hour (R-ACC-7).
const ASKED_BY_ADDRESS: u32 = 3;

/// Counts wrong tries, and links asked for.
#[derive(Debug, Default)]
pub struct Limits(Mutex<Counts>);

fn keys(email: &str, machine: &str) -> [(String, u32); 2] {
    let typed: String = email.trim().to_lowercase().chars().take(200).collect();
    [(digest(&format!("address {typed}")), BY_ADDRESS), (digest(&format!("machine {machine}")), BY_MACHINE)]
}

impl Limits {
    /// Whether another try may be made now.
    pub fn may_try(&self, (email, machine): (&str, &str), now: Timestamp) -> bool {
        is_under(&self.0.lock().unwrap_or_else(PoisonError::into_inner), &keys(email, machine), now)
    }

    /// Whether another link may be asked for now, and notes that it was (R-ACC-7).
    pub fn may_ask(&self, (email, machine): (&str, &str), now: Timestamp) -> bool {
        let [(address, _), (machine, by_machine)] = keys(email, machine);
        let keys = [(format!("link {address}"), ASKED_BY_ADDRESS), (format!("link {machine}"), by_machine)];
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let may = is_under(&counts, &keys, now);
        if may {
            count(&mut counts, keys, now);
        }
        may
    }

    /// Whether another answer to a survey may come from a machine: only wrong tickets are counted, so that a right one leaves
    /// nothing behind (R-SUR-12).
    pub fn may_answer(&self, machine: &str, now: Timestamp) -> bool {
        is_under(&self.0.lock().unwrap_or_else(PoisonError::into_inner), &ticket_keys(machine), now)
    }

    /// Notes a wrong ticket.
    pub fn wrong_answer(&self, machine: &str, now: Timestamp) {
        count(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), ticket_keys(machine), now);
    }

    /// Notes a wrong try.
    pub fn wrong(&self, (email, machine): (&str, &str), now: Timestamp) {
        count(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), keys(email, machine), now);
    }
}

fn ticket_keys(machine: &str) -> [(String, u32); 1] {
    [(digest(&format!("ticket {machine}")), BY_MACHINE)]
}

type Counts = HashMap<String, (u32, i64)>;

fn is_under(counts: &Counts, keys: &[(String, u32)], now: Timestamp) -> bool {
    keys.iter().all(|(key, most)| {
        counts.get(key).is_none_or(|(count, since)| *count < *most || now.as_second() - since >= WINDOW_SECONDS)
    })
}

fn count<const N: usize>(counts: &mut Counts, keys: [(String, u32); N], now: Timestamp) {
    let now = now.as_second();
    if counts.len() > MOST_KEYS {
        counts.retain(|_, (_, since)| now - *since < WINDOW_SECONDS);
    }
    for (key, _) in keys {
        let count = counts.entry(key).or_insert((0, now));
        if now - count.1 >= WINDOW_SECONDS {
            *count = (0, now);
        }
        count.0 += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-ACC-3.
    #[test]
    fn ten_wrong_tries_for_an_address_and_then_a_quarter_of_an_hour_of_rest() {
        let limits = Limits::default();
        let at = |minute: i64| Timestamp::from_second(1_800_000_000 + minute * 60).unwrap();
        for _ in 0..10 {
            assert!(limits.may_try(("Sam@college.example", "one"), at(0)));
            limits.wrong(("sam@college.example ", "one"), at(0));
        }
        assert!(!limits.may_try(("sam@college.example", "two"), at(14)));
        assert!(limits.may_try(("priya@college.example", "one"), at(14)));
        assert!(limits.may_try(("sam@college.example", "one"), at(15)));
    }

    /// R-ACC-3.
    #[test]
    fn a_machine_that_tries_many_addresses_is_stopped_too() {
        let limits = Limits::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        for n in 0..100 {
            limits.wrong((&format!("{n}@college.example"), "one"), now);
        }
        assert!(!limits.may_try(("new@college.example", "one"), now));
        assert!(limits.may_try(("new@college.example", "two"), now));
    }

    /// R-ACC-7.
    #[test]
    fn three_links_for_an_address_and_a_hundred_from_a_machine_apart_from_wrong_tries() {
        let limits = Limits::default();
        let at = |minute: i64| Timestamp::from_second(1_800_000_000 + minute * 60).unwrap();
        for _ in 0..3 {
            assert!(limits.may_ask(("Sam@college.example ", "one"), at(0)));
        }
        assert!(!limits.may_ask(("sam@college.example", "two"), at(14)));
        assert!(limits.may_try(("sam@college.example", "one"), at(14)));
        assert!(limits.may_ask(("sam@college.example", "one"), at(15)));
        for n in 0..100 {
            assert!(limits.may_ask((&format!("{n}@college.example"), "three"), at(0)));
        }
        assert!(!limits.may_ask(("new@college.example", "three"), at(0)));
    }
}
