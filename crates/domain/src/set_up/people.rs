//! The people of a college before it goes live: practitioners with their hours, and who runs the programme.

use serde::{Deserialize, Serialize};

use super::{Draft, Wrong, wrong};
use crate::minutes::Minutes;
use crate::people::{Role, Roles};
use crate::staff_file::{self, Practice, Staff, StaffPerson, fold};

/// The teaching hours of a full-time year that are proposed (TIM-01).
pub const USUAL_CASELOAD: Minutes = Minutes::hours(773);
/// The remitted hours of a year that are proposed (TIM-02).
pub const USUAL_REMISSION: Minutes = Minutes::hours(150);

/// A practitioner with the hours of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practising {
    /// Who, by e-mail address.
    pub email: String,
    /// The teaching caseload.
    pub caseload: Minutes,
    /// Hours taken off it for the role.
    pub remitted: Minutes,
}

/// Who the practitioners are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PractitionersStep {
    /// With their hours.
    pub list: Vec<Practising>,
    /// Who is one in the staff file and shall not be, by e-mail address.
    pub left_out: Vec<String>,
}

/// A line of the form: who, whether they are one, caseload and remission as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// By e-mail address.
    pub email: String,
    /// Whether the box is ticked.
    pub is_one: bool,
    /// Hours a year.
    pub caseload: String,
    /// Hours a year.
    pub remitted: String,
}

impl PractitionersStep {
    /// Hours are more than none and no more than the caseload (R-SET-5); `add` names somebody of the staff file.
    ///
    /// # Errors
    /// Sentences at their fields: `caseload-2`, `remitted-2`, `add`.
    pub fn read(lines: &[Typed], add: &str, staff: &Staff) -> Result<Self, Wrong> {
        let mut all = Vec::new();
        let mut step = Self::default();
        for (at, line) in lines.iter().enumerate() {
            if !line.is_one {
                step.left_out.push(line.email.clone());
                continue;
            }
            let mut hours = |field: &str, raw: &str| {
                staff_file::hours(raw).unwrap_or_else(|sentence| {
                    all.push(wrong(&format!("{field}-{at}"), sentence));
                    Minutes(-1)
                })
            };
            let (caseload, remitted) = (hours("caseload", &line.caseload), hours("remitted", &line.remitted));
            if remitted == Minutes(0) {
                all.push(wrong(
                    &format!("remitted-{at}"),
                    "Write the hours of a year, such as 150. Nobody can help in none.",
                ));
            } else if caseload.0 >= 0 && remitted > caseload {
                let sentence = format!("This is more than the {caseload} of teaching: correct one of the two.");
                all.push(wrong(&format!("remitted-{at}"), sentence));
            }
            step.list.push(Practising { email: line.email.clone(), caseload, remitted });
        }
        if !add.trim().is_empty() {
            match found(add, staff) {
                Ok(person) if step.list.iter().any(|one| one.email == person.email) => {
                    all.push(wrong("add", format!("{} is in the list already.", person.name)));
                }
                Ok(person) => {
                    step.left_out.retain(|email| *email != person.email);
                    let (caseload, remitted) = (USUAL_CASELOAD, USUAL_REMISSION);
                    step.list.push(Practising { email: person.email.clone(), caseload, remitted });
                }
                Err(sentence) => all.push(wrong("add", sentence)),
            }
        }
        if all.is_empty() { Ok(step) } else { Err(all) }
    }
}

/// Somebody of the staff file by address, by name, or as "Name <address>".
fn found<'a>(typed: &str, staff: &'a Staff) -> Result<&'a StaffPerson, String> {
    let (name, address) = parted(typed);
    let mut all = staff.people.iter().filter(|person| match &address {
        Some(address) => person.email == *address,
        None => fold(&person.name) == fold(&name),
    });
    match (all.next(), all.next()) {
        (Some(person), None) => Ok(person),
        (Some(_), Some(_)) => Err(format!("Several people are called {name}: write the e-mail address.")),
        (None, _) => Err(format!("“{}” is not in the staff file: write a name or an address from it.", typed.trim())),
    }
}

/// The name and the address in lower case of "Name <address>", of an address, or of a name.
fn parted(typed: &str) -> (String, Option<String>) {
    let typed = typed.trim();
    match typed.split_once('<') {
        Some((name, rest)) => (name.trim().to_owned(), Some(rest.trim_end_matches('>').trim().to_lowercase())),
        None if typed.contains('@') => (String::new(), Some(typed.to_lowercase())),
        None => (typed.to_owned(), None),
    }
}

/// Somebody by name and address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runner {
    /// The name.
    pub name: String,
    /// The e-mail address, in lower case.
    pub email: String,
}

/// Who runs the programme and looks after accounts, beside those whom the staff file names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RunnersStep {
    /// Programme leads.
    pub leads: Vec<Runner>,
    /// Administrators.
    pub administrators: Vec<Runner>,
}

impl RunnersStep {
    /// Each line names somebody of the staff file, or somebody new as "Name <address>".
    ///
    /// # Errors
    /// Sentences at their fields: `leads`, `administrators`.
    pub fn read(leads: &str, administrators: &str, staff: &Staff) -> Result<Self, Wrong> {
        let mut all = Vec::new();
        let mut list = |field: &str, raw: &str| {
            let lines = raw.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| runner(line, staff)).collect::<Result<Vec<_>, _>>().unwrap_or_else(|sentence| {
                all.push(wrong(field, sentence));
                Vec::new()
            })
        };
        let step = Self { leads: list("leads", leads), administrators: list("administrators", administrators) };
        if all.is_empty() { Ok(step) } else { Err(all) }
    }
}

fn runner(typed: &str, staff: &Staff) -> Result<Runner, String> {
    if let Ok(person) = found(typed, staff) {
        return Ok(Runner { name: person.name.clone(), email: person.email.clone() });
    }
    match parted(typed) {
        (name, Some(address)) if !name.is_empty() => {
            let in_words = |sentence: String| format!("“{}”: {sentence}", typed.trim());
            Ok(Runner {
                name: staff_file::name(&name).map_err(in_words)?,
                email: staff_file::email(&address).map_err(in_words)?,
            })
        }
        _ => {
            let sentence = found(typed, staff).err().unwrap_or_default();
            Err(format!("{sentence} Somebody who is not in it is written as Name <name@your.college>."))
        }
    }
}

impl Draft {
    /// Everybody, with the sites and areas of the step beside those of the file, and the roles and hours of the steps in
    /// force.
    pub fn people(&self) -> Staff {
        let mut staff = self.staff.as_ref().map(|step| step.staff.clone()).unwrap_or_default();
        if let Some(places) = &self.places {
            add_names(&mut staff.sites, &places.sites);
            add_names(&mut staff.areas, &places.areas);
        }
        if let Some(step) = &self.practitioners {
            let of = |email: &str| step.list.iter().find(|one| one.email == email);
            for person in &mut staff.people {
                if let Some(one) = of(&person.email) {
                    person.roles = person.roles.with(Role::Practitioner);
                    let practice = person.practice.get_or_insert_with(Practice::default);
                    (practice.caseload, practice.remitted) = (one.caseload, one.remitted);
                } else if step.left_out.contains(&person.email) && person.roles.has(Role::Practitioner) {
                    let rest = person.roles.without(Role::Practitioner);
                    person.roles = if rest == Roles::NONE { rest.with(Role::Teacher) } else { rest };
                    person.practice = None;
                }
            }
        }
        if let Some(step) = &self.runners {
            for (role, list) in [(Role::ProgrammeLead, &step.leads), (Role::Administrator, &step.administrators)] {
                list.iter().for_each(|runner| give(&mut staff, runner, role));
            }
        }
        staff
    }

    /// Who is to be a practitioner and is not among the staff, by address: the file was changed since.
    pub(super) fn strangers(&self) -> Vec<&str> {
        let people = self.staff.iter().flat_map(|step| &step.staff.people);
        let known: Vec<&str> = people.map(|person| person.email.as_str()).collect();
        let listed = self.practitioners.iter().flat_map(|step| &step.list).map(|one| one.email.as_str());
        listed.filter(|email| !known.contains(email)).collect()
    }
}

fn add_names(there: &mut Vec<String>, more: &[String]) {
    for name in more {
        if !there.iter().any(|known| fold(known) == fold(name)) {
            there.push(name.clone());
        }
    }
}

fn give(staff: &mut Staff, runner: &Runner, role: Role) {
    match staff.people.iter_mut().find(|person| person.email == runner.email) {
        Some(person) => person.roles = person.roles.with(role),
        None => staff.people.push(StaffPerson {
            name: runner.name.clone(),
            email: runner.email.clone(),
            roles: Roles::NONE.with(role),
            ..StaffPerson::default()
        }),
    }
}
