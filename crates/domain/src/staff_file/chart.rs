//! Who is managed and appraised by whom: from what a cell says to a line of the file.

use std::collections::HashMap;

use super::columns::{Column, Layout};
use super::line::{Draft, Said};
use super::{CellError, Registers, StaffPerson};

/// Finds managers, appraisers and nominated areas, which may stand anywhere in the file.
pub(super) fn resolve(people: &mut [StaffPerson], drafts: &[Draft], names: &Registers, errors: &mut Vec<CellError>) {
    let finder = Finder::of(people);
    for (index, draft) in drafts.iter().enumerate() {
        let mut find = |said: &Option<Said>, what: &str| {
            let said = said.as_ref()?;
            let found = finder.find(&said.text, people).and_then(|found| {
                if found == index {
                    Err(format!("Nobody can be their own {what}: write somebody else."))
                } else {
                    Ok(found)
                }
            });
            found.map_err(|message| errors.push(said.wrong(message))).ok()
        };
        let (manager, appraiser) = (find(&draft.manager, "line manager"), find(&draft.appraiser, "appraiser"));
        let mut nominated = Vec::new();
        for said in &draft.nominated {
            match names.areas.find(&said.text) {
                Some(area) if nominated.contains(&area) => {}
                Some(area) => nominated.push(area),
                None => {
                    errors.push(said.wrong(format!(
                        "“{}” is nobody's area in this file: write it as in the column Area.",
                        said.text
                    )))
                }
            }
        }
        if let Some(person) = people.get_mut(index) {
            (person.manager, person.appraiser) = (manager, appraiser);
            if let Some(practice) = &mut person.practice {
                practice.nominated = nominated;
            }
        }
    }
}

/// Adds an error for every circle of line management.
pub(super) fn no_circles(people: &[StaffPerson], layout: &Layout<'_>, errors: &mut Vec<CellError>) {
    let managers: Vec<Option<usize>> = people.iter().map(|person| person.manager).collect();
    for circle in circles(&managers) {
        let members: Vec<&StaffPerson> = circle.iter().filter_map(|member| people.get(*member)).collect();
        let Some(first) = members.first() else { continue };
        let shown = members.iter().take(8).map(|person| format!("{} (line {})", person.name, person.line));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = if members.len() > 8 { format!(" and {} more", members.len() - 8) } else { String::new() };
        errors.push(CellError {
            line: first.line,
            column: layout.title_of(Column::Manager),
            value: members.get(1).map(|manager| manager.name.clone()).unwrap_or_default(),
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
        finder
    }

    /// The person with this e-mail address, or the only one with this name.
    fn find(&self, said: &str, people: &[StaffPerson]) -> Result<usize, String> {
        if said.contains('@') {
            let found = self.by_email.get(&said.to_lowercase()).copied();
            return found.ok_or_else(|| {
                "Nobody in this file has this e-mail address: correct it, or add a line for that person.".to_owned()
            });
        }
        match self.by_name.get(&said.to_lowercase()).map_or(&[][..], Vec::as_slice) {
            [] => {
                Err("Nobody in this file has this name: write it as in the column Name, or write the e-mail address."
                    .to_owned())
            }
            [one] => Ok(*one),
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
