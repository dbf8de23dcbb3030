//! Who is managed and appraised by whom: from what a cell says to a line of the file, or to somebody who is there already.

use std::collections::HashMap;

use super::columns::Column;
use super::known::{Index, KnownPerson};
use super::layout::Layout;
use super::line::{Draft, Said};
use super::record::Field;
use super::{CellError, Registers, StaffPerson};

/// Somebody a cell speaks of.
enum Found<'a> {
    /// In the file, by index.
    Here(usize),
    /// At the college, but not in the file.
    There(&'a KnownPerson),
}

/// Finds managers, appraisers and nominated areas, which may stand anywhere in the file or be there already. Gives
/// sentences about managers who have left and stay as they were.
pub(super) fn resolve(
    people: &mut [StaffPerson],
    drafts: &[Draft],
    (names, there): (&mut Registers, &Index<'_>),
    errors: &mut Vec<CellError>,
) -> Vec<String> {
    let finder = Finder::of(people);
    let mut gone = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let known = people.get(index).and_then(|person| there.by_email(&person.email));
        let mut find = |said: &Option<Said>, what: &str, field: Field| {
            let said = said.as_ref()?;
            let found = finder.find(&said.text, people, there).and_then(|found| match found {
                Found::Here(other) if other == index => Err(format!("Nobody can be their own {what}: write somebody else.")),
                found => {
                    let email = match &found {
                        Found::Here(other) => people.get(*other).map_or("", |other| other.email.as_str()),
                        Found::There(other) => other.email.as_str(),
                    };
                    let left = there.by_email(email).filter(|other| !other.active);
                    let as_before = known.and_then(|known| known.record.get(&field)).is_some_and(|before| before == email);
                    match left {
                        Some(left) if !as_before => Err(format!(
                            "The account of {} is off, so nobody can be given to them: write whoever it is now.",
                            left.name()
                        )),
                        Some(left) => {
                            gone.push(format!(
                                "Line {}: the {what}, {}, has an account that is off. Nothing changes; look whether somebody else does it now.",
                                said.line,
                                left.name()
                            ));
                            Ok(found)
                        }
                        None => Ok(found),
                    }
                }
            });
            found.map_err(|message| errors.push(said.wrong(message))).ok()
        };
        let manager = find(&draft.manager, "line manager", Field::Manager);
        let appraiser = find(&draft.appraiser, "appraiser", Field::Appraiser);
        let nominated = nominated(draft, names, there, errors);
        if let Some(person) = people.get_mut(index) {
            (person.manager, person.manager_there) = split(manager);
            (person.appraiser, person.appraiser_there) = split(appraiser);
            if let Some(practice) = &mut person.practice {
                practice.nominated = nominated;
            }
        }
    }
    gone
}

fn split(found: Option<Found<'_>>) -> (Option<usize>, Option<String>) {
    match found {
        Some(Found::Here(index)) => (Some(index), None),
        Some(Found::There(known)) => (None, Some(known.email.clone())),
        None => (None, None),
    }
}

fn nominated(draft: &Draft, names: &mut Registers, there: &Index<'_>, errors: &mut Vec<CellError>) -> Vec<usize> {
    let mut nominated = Vec::new();
    for said in &draft.nominated {
        match names.areas.find(&said.text) {
            Some(area) if nominated.contains(&area) => {}
            Some(area) => nominated.push(area),
            None => {
                let place =
                    if there.known.people.is_empty() { "in this file" } else { "in this file or at the college" };
                let message = format!("“{}” is nobody's area {place}: write it as in the column Area.", said.text);
                errors.push(said.wrong(message));
            }
        }
    }
    nominated
}

/// Adds an error for every circle of line management that the file would close; people who are not in it stand in their
/// line as they do today.
pub(super) fn no_circles(people: &[StaffPerson], layout: &Layout<'_>, there: &Index<'_>, errors: &mut Vec<CellError>) {
    let here: HashMap<&str, usize> = people.iter().enumerate().map(|(at, one)| (one.email.as_str(), at)).collect();
    let others: Vec<&KnownPerson> =
        there.known.people.iter().filter(|known| !here.contains_key(known.email.as_str())).collect();
    let mut places = here.clone();
    places.extend((people.len()..).zip(&others).map(|(at, known)| (known.email.as_str(), at)));
    let of_record = |known: Option<&KnownPerson>| {
        known.and_then(|known| known.record.get(&Field::Manager)).and_then(|email| places.get(email.as_str())).copied()
    };
    let of_person = |person: &StaffPerson| {
        if person.unsaid.has(Column::Manager) {
            return of_record(there.by_email(&person.email));
        }
        person.manager.or_else(|| person.manager_there.as_deref().and_then(|email| places.get(email)).copied())
    };
    let managers: Vec<Option<usize>> =
        people.iter().map(of_person).chain(others.iter().map(|known| of_record(Some(known)))).collect();
    for circle in circles(&managers) {
        let Some(first) = circle.first().and_then(|member| people.get(*member)) else { continue };
        let words = |member: &usize| match people.get(*member) {
            Some(person) => format!("{} (line {})", person.name, person.line),
            None => others.get(*member - people.len()).map_or_else(String::new, |known| known.name().to_owned()),
        };
        let shown = circle.iter().take(8).map(words).collect::<Vec<_>>().join(", ");
        let more = if circle.len() > 8 { format!(" and {} more", circle.len() - 8) } else { String::new() };
        let manager = circle.get(1).map(|member| match people.get(*member) {
            Some(person) => person.name.clone(),
            None => words(member),
        });
        errors.push(CellError {
            line: first.line,
            column: layout.title_of(Column::Manager),
            value: manager.unwrap_or_default(),
            message: format!(
                "Line management goes round in a circle: {shown}{more}. Correct one of these line managers."
            ),
        });
    }
}

/// Finds the people that cells speak of.
struct Finder {
    by_email: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Finder {
    fn of(people: &[StaffPerson]) -> Self {
        let mut finder = Self { by_email: HashMap::new(), by_name: HashMap::new() };
        for (index, person) in people.iter().enumerate() {
            finder.by_email.entry(person.email.clone()).or_insert(index);
            finder.by_name.entry(person.name.to_lowercase()).or_default().push(index);
        }
        // The address that somebody is to have is theirs in the file already.
        for (index, person) in people.iter().enumerate() {
            if let Some(email) = &person.new_email {
                finder.by_email.entry(email.clone()).or_insert(index);
            }
        }
        finder
    }

    /// The person with this e-mail address, or the only one with this name; those of the file come first.
    fn find<'k>(&self, said: &str, people: &[StaffPerson], there: &Index<'k>) -> Result<Found<'k>, String> {
        let founding = there.known.people.is_empty();
        if said.contains('@') {
            let email = said.to_lowercase();
            if let Some(index) = self.by_email.get(&email) {
                return Ok(Found::Here(*index));
            }
            return there.by_email(&email).map(Found::There).ok_or_else(|| {
                let place = if founding { "in this file" } else { "in this file or at the college" };
                format!("Nobody {place} has this e-mail address: correct it, or add a line for that person.")
            });
        }
        match self.by_name.get(&said.to_lowercase()).map_or(&[][..], Vec::as_slice) {
            [] if founding => {
                Err("Nobody in this file has this name: write it as in the column Name, or write the e-mail address."
                    .to_owned())
            }
            [] => there.find(said).map(Found::There),
            [one] => Ok(Found::Here(*one)),
            many => {
                let emails: Vec<&str> =
                    many.iter().take(5).filter_map(|index| people.get(*index)).map(|p| p.email.as_str()).collect();
                Err(format!("{} people have this name: write the e-mail address ({}).", many.len(), emails.join(", ")))
            }
        }
    }
}

/// Every circle of line management, each once, beginning with whoever stands first in the file.
fn circles(managers: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut seen_from: Vec<Option<usize>> = vec![None; managers.len()];
    let mut circles = Vec::new();
    for start in 0..managers.len() {
        let mut at = Some(start);
        while let Some(person) = at {
            match seen_from.get_mut(person) {
                Some(slot @ None) => *slot = Some(start),
                Some(Some(earlier)) if *earlier == start => {
                    circles.push(circle_through(person, managers));
                    break;
                }
                _ => break,
            }
            at = managers.get(person).copied().flatten();
        }
    }
    circles
}

/// The circle that `person` is known to be in, from its first member on.
fn circle_through(person: usize, managers: &[Option<usize>]) -> Vec<usize> {
    let above = |of: &usize| managers.get(*of).copied().flatten();
    let mut circle = vec![person];
    circle.extend(std::iter::successors(above(&person), above).take_while(|next| *next != person));
    let first = circle.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(place, _)| place);
    circle.rotate_left(first);
    circle
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn exactly_those_who_come_back_to_themselves_are_in_a_circle(
            managers in prop::collection::vec(prop::option::of(0..12usize), 12)
        ) {
            let mut told: Vec<usize> = circles(&managers).concat();
            told.sort_unstable();
            let back: Vec<usize> = (0..12)
                .filter(|person| {
                    std::iter::successors(managers[*person], |of| managers[*of]).take(12).any(|above| above == *person)
                })
                .collect();
            prop_assert_eq!(told, back);
        }
    }

    #[test]
    fn a_circle_is_told_once_from_its_first_member() {
        assert_eq!(circles(&[Some(3), None, Some(3), Some(4), Some(2), Some(5)]), vec![vec![2, 3, 4], vec![5]]);
        assert_eq!(circles(&[Some(1), Some(2), None]), Vec::<Vec<usize>>::new());
    }
}
