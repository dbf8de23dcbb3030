//! Opening every page as every kind of sample person, and the processor time a request of each page takes.

use super::accounts::{Accounts, Person};
use super::http::{Answer, Client};
use super::page;
use super::process::Process;
use crate::fault::Fault;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

const WARM_UP: u32 = 30;
const REQUESTS: u32 = 300;

/// How many pages of one pattern are opened for one person; a list may link to hundreds of people.
const OF_ONE_PATTERN: usize = 20;

/// What a request costs.
pub struct Cost {
    /// Method and pattern.
    pub page: String,
    /// In which roles.
    pub seen_as: String,
    /// Processor time of the program, user and system.
    pub cpu: Duration,
    /// The body's size in bytes.
    pub size: usize,
}

/// One person of each set of roles.
pub fn one_of_each(people: &[Person]) -> Vec<&Person> {
    let mut seen = BTreeSet::new();
    people.iter().filter(|person| seen.insert(&person.roles)).collect()
}

/// Opens every page that links lead to from the start, and gives one address of each pattern.
pub fn crawl(client: &mut Client) -> Result<Vec<String>, Fault> {
    let mut opened: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut known = BTreeSet::from(["/".to_string()]);
    let mut waiting = vec!["/".to_string()];
    while let Some(path) = waiting.pop() {
        let answer = client.get(&path)?;
        for next in page::links(&answer.body).into_iter().chain(answer.location.clone()) {
            let of_pattern = known.iter().filter(|other| pattern(other) == pattern(&next)).count();
            if of_pattern < OF_ONE_PATTERN && known.insert(next.clone()) {
                waiting.push(next);
            }
        }
        if is_page(&answer) {
            opened.entry(pattern(&path)).or_default().push(path);
        } else if answer.status >= 400 {
            return Err(Fault(format!("a link leads to {path}, which is answered with {}", answer.status)));
        }
    }
    Ok(opened.into_values().filter_map(|paths| paths.into_iter().next()).collect())
}

fn is_page(answer: &Answer) -> bool {
    answer.status == 200 && answer.kind.starts_with("text/html")
}

/// An address with its ids and values left out, so that the same page of different things is one.
pub fn pattern(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let segment = |segment: &str| {
        if segment.contains(|c: char| c.is_ascii_digit()) { "{id}".into() } else { segment.to_string() }
    };
    let path: Vec<String> = path.split('/').map(segment).collect();
    let keys: Vec<&str> =
        query.split('&').filter_map(|pair| pair.split('=').next()).filter(|key| !key.is_empty()).collect();
    let path = path.join("/");
    if keys.is_empty() { path } else { format!("{path}?{}", keys.join("&")) }
}

/// The processor time of a page, as a mean over many requests on one connection after a warm-up.
pub fn read(client: &mut Client, process: &mut Process, path: &str, seen_as: &str) -> Result<Cost, Fault> {
    let mut size = 0;
    for _ in 0..WARM_UP {
        size = client.get(path)?.body.len();
    }
    let before = settled(process)?;
    for _ in 0..REQUESTS {
        client.get(path)?;
    }
    let cpu = (settled(process)? - before) / REQUESTS;
    Ok(Cost { page: format!("GET {}", pattern(path)), seen_as: seen_as.into(), cpu, size })
}

/// An act that can be done over and over through its form.
pub struct Write {
    /// Whose form: a part of a sample person's note.
    pub who: &'static str,
    /// The page with the form.
    pub page: &'static str,
    /// Where the form is sent.
    pub action: &'static str,
    /// What is filled in beside what the form holds by itself.
    pub fields: &'static [(&'static str, &'static str)],
    /// How often it is done, warm-up included.
    pub times: u32,
}

/// The processor time of a write: only the sending of the form, not the page it is on.
pub fn write(accounts: &Accounts, address: &str, process: &mut Process, write: &Write) -> Result<Cost, Fault> {
    let person = accounts.whose_note_says(write.who)?;
    let mut client = accounts.sign_in(address, person)?;
    let warm_up = write.times / 5;
    let mut spent = Duration::ZERO;
    for time in 0..write.times {
        let shown = client.get(write.page)?;
        let form = page::forms(&shown.body).into_iter().find(|form| form.action == write.action);
        let mut form = form.ok_or_else(|| Fault(format!("{} has no form for {}", write.page, write.action)))?;
        write.fields.iter().for_each(|(name, value)| form.set(name, value));
        let before = settled(process)?;
        let answer = client.post(&form.action, &form.fields)?;
        if answer.status != 303 {
            return Err(Fault(format!("POST {} was answered with {}", write.action, answer.status)));
        }
        if time >= warm_up {
            spent += settled(process)? - before;
        }
    }
    let cpu = spent / (write.times - warm_up).max(1);
    Ok(Cost { page: format!("POST {}", pattern(write.action)), seen_as: person.roles.clone(), cpu, size: 0 })
}

/// The time used once the program rests: what a thread does after answering counts too.
pub fn settled(process: &mut Process) -> Result<Duration, Fault> {
    std::thread::sleep(Duration::from_millis(3));
    process.cpu()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_values_are_left_out_of_patterns() {
        assert_eq!(pattern("/support/0b1e-77/offers?week=2026-11-23&x=1"), "/support/{id}/offers?week&x");
        assert_eq!(pattern("/hours/new"), "/hours/new");
    }
}
