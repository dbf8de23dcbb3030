//! What the college holds already, for a file to be held against.

use std::collections::HashMap;

use uuid::Uuid;

use super::fold;
use super::record::{Field, Record};
use crate::people::Role;
use crate::people::Roles;

/// The people, areas, sites and themes that are there. Empty for a college that is to be.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Everybody, accounts that are off included.
    pub people: Vec<KnownPerson>,
    /// Areas.
    pub areas: Vec<KnownArea>,
    /// Sites, by name.
    pub sites: Vec<String>,
    /// Themes, by name.
    pub themes: Vec<String>,
}

/// Somebody who is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// Who.
    pub id: Uuid,
    /// E-mail address, in lower case.
    pub email: String,
    /// Whether the account is on.
    pub active: bool,
    /// What is known of them.
    pub record: Record,
}

/// An area that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownArea {
    /// Which.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub record: Record,
}

impl KnownPerson {
    /// The name.
    pub fn name(&self) -> &str {
        self.record.get(&Field::Name).map_or("", String::as_str)
    }

    /// The roles.
    pub fn roles(&self) -> Roles {
        let words = self.record.get(&Field::Roles).map_or("", String::as_str);
        words.split(';').filter_map(|role| role.trim().parse::<Role>().ok()).collect()
    }
}

/// The same, found quickly.
pub(super) struct Index<'a> {
    pub known: &'a Known,
    emails: HashMap<&'a str, usize>,
    numbers: HashMap<String, usize>,
    names: HashMap<String, Vec<usize>>,
    areas: HashMap<String, usize>,
}

impl<'a> Index<'a> {
    pub(super) fn of(known: &'a Known) -> Self {
        let emails = known.people.iter().enumerate().map(|(at, person)| (person.email.as_str(), at)).collect();
        let number = |person: &KnownPerson| person.record.get(&Field::Number).map(|number| same_number(number));
        let numbers = known.people.iter().enumerate().filter_map(|(at, one)| Some((number(one)?, at))).collect();
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, person) in known.people.iter().enumerate() {
            names.entry(person.name().to_lowercase()).or_default().push(at);
        }
        let areas = known.areas.iter().enumerate().map(|(at, area)| (fold(&area.name), at)).collect();
        Self { known, emails, numbers, names, areas }
    }

    pub(super) fn by_email(&self, email: &str) -> Option<&'a KnownPerson> {
        self.emails.get(email).and_then(|at| self.known.people.get(*at))
    }

    pub(super) fn by_number(&self, number: &str) -> Option<&'a KnownPerson> {
        self.numbers.get(&same_number(number)).and_then(|at| self.known.people.get(*at))
    }

    /// Everybody of this name, accounts that are on before those that are off.
    pub(super) fn by_name(&self, name: &str) -> Vec<&'a KnownPerson> {
        let places = self.names.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<_> = places.iter().filter_map(|at| self.known.people.get(*at)).collect();
        if found.iter().any(|person| person.active) {
            found.retain(|person| person.active);
        }
        found
    }

    pub(super) fn area(&self, name: &str) -> Option<&'a KnownArea> {
        self.areas.get(&fold(name)).and_then(|at| self.known.areas.get(*at))
    }

    /// Somebody as a cell names them: by e-mail address, or by the name if only one person has it.
    pub(super) fn find(&self, said: &str) -> Result<&'a KnownPerson, String> {
        if said.contains('@') {
            let found = self.by_email(&said.to_lowercase());
            return found.ok_or_else(|| {
                "Nobody at the college has this e-mail address: correct it, or bring the person in with a staff file first."
                    .to_owned()
            });
        }
        match self.by_name(said).as_slice() {
            [] => Err(
                "Nobody at the college has this name: write it as in the list of staff, or write the e-mail address."
                    .to_owned(),
            ),
            [one] => Ok(one),
            many => {
                let emails: Vec<&str> = many.iter().take(5).map(|person| person.email.as_str()).collect();
                Err(format!("{} people have this name: write the e-mail address ({}).", many.len(), emails.join(", ")))
            }
        }
    }
}

/// A staff number as it is compared: a spreadsheet drops the noughts in front.
pub fn same_number(number: &str) -> String {
    let folded: String = number.split_whitespace().flat_map(str::chars).flat_map(char::to_lowercase).collect();
    match folded.trim_start_matches('0') {
        "" => folded,
        rest => rest.to_owned(),
    }
}

/// The spelling that is there already of a name that means the same, or the name itself.
pub(super) fn spelled<'a>(there: impl IntoIterator<Item = &'a String>, name: &str) -> String {
    let wanted = fold(name);
    there.into_iter().find(|known| fold(known) == wanted).map_or_else(|| name.to_owned(), Clone::clone)
}
