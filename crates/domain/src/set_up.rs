//! A college before it goes live: what the guided steps ask, what is still missing, and the college that comes of it.
//! Rules R-SET-1 to R-SET-7 in `docs/rules/set-up.md`.

mod people;

pub use people::{Practising, PractitionersStep, Runner, RunnersStep, Typed, USUAL_CASELOAD, USUAL_REMISSION};

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};

use crate::people::Role;
use crate::programme::{Model, Title};
use crate::staff_file::{self, Staff, fold};
use crate::year::Year;

/// The longest name of a college, in characters.
pub const LONGEST_NAME: usize = 120;
/// The longest title of the role, site or area, in characters.
pub const LONGEST_WORDS: usize = 80;
/// The most sites, and the most areas.
pub const MOST_PLACES: usize = 200;

/// A step of setting a college up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Name and UKPRN.
    College,
    /// The title of the role and the deployment model.
    Role,
    /// Terms, holidays, census day.
    Year,
    /// The staff file.
    Staff,
    /// Sites and areas.
    Places,
    /// Practitioners and their hours.
    Practitioners,
    /// Programme lead and administrator.
    Runners,
}

impl Step {
    /// Every step, in the order in which they are offered; they can be taken in any.
    pub const ALL: [Self; 7] =
        [Self::College, Self::Role, Self::Year, Self::Staff, Self::Places, Self::Practitioners, Self::Runners];

    /// The name in addresses and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::College => "college",
            Self::Role => "role",
            Self::Year => "year",
            Self::Staff => "staff",
            Self::Places => "places",
            Self::Practitioners => "practitioners",
            Self::Runners => "people",
        }
    }

    /// The name on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::College => "Your college",
            Self::Role => "The role and the model",
            Self::Year => "The year",
            Self::Staff => "Staff",
            Self::Places => "Sites and areas",
            Self::Practitioners => "Practitioners and their hours",
            Self::Runners => "Lead and administrator",
        }
    }

    /// The step with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The one that is offered after this.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().skip_while(|step| *step != self).nth(1)
    }
}

/// What is wrong with a step: the field, and a sentence that says what to do.
pub type Wrong = Vec<(String, String)>;

fn wrong(field: &str, sentence: impl Into<String>) -> (String, String) {
    (field.to_owned(), sentence.into())
}

/// Which college it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollegeStep {
    /// The name.
    pub name: String,
    /// The number in the register of learning providers, if it has one.
    pub ukprn: Option<String>,
}

/// A number of the register of learning providers: eight digits, the first a 1. Spaces are let through (R-SET-2).
///
/// # Errors
/// A sentence.
pub fn ukprn(raw: &str) -> Result<Option<String>, String> {
    let digits: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Ok(None);
    }
    if digits.len() == 8 && digits.starts_with('1') && digits.chars().all(|c| c.is_ascii_digit()) {
        Ok(Some(digits))
    } else {
        Err("A UKPRN has eight digits and begins with 1, such as 10000001. Check it, or leave it empty.".to_owned())
    }
}

impl CollegeStep {
    /// R-SET-2
    ///
    /// # Errors
    /// Sentences at their fields.
    pub fn read(name: &str, number: &str) -> Result<Self, Wrong> {
        let mut all = Vec::new();
        let name = staff_file::text(name, LONGEST_NAME).unwrap_or_else(|sentence| {
            all.push(wrong("name", sentence));
            String::new()
        });
        if name.is_empty() && all.is_empty() {
            all.push(wrong("name", "Write the name of your college."));
        }
        match ukprn(number) {
            Ok(ukprn) if all.is_empty() => Ok(Self { name, ukprn }),
            Ok(_) => Err(all),
            Err(sentence) => {
                all.push(wrong("ukprn", sentence));
                Err(all)
            }
        }
    }
}

/// What the role is called and how the college uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleStep {
    /// One of them.
    pub one: String,
    /// Several of them.
    pub many: String,
    /// The deployment model, by its code.
    pub model: String,
}

impl RoleStep {
    /// The title in the singular gives the plural when that is left empty (GOV-01); a model has to be chosen (GOV-03).
    ///
    /// # Errors
    /// Sentences at their fields.
    pub fn read(one: &str, many: &str, model: &str) -> Result<Self, Wrong> {
        let mut all = Vec::new();
        let mut words = |field: &str, raw: &str| {
            staff_file::text(raw, LONGEST_WORDS).unwrap_or_else(|sentence| {
                all.push(wrong(field, sentence));
                String::new()
            })
        };
        let (one, many) = (words("one", one), words("many", many));
        if one.is_empty() && all.is_empty() {
            all.push(wrong("one", "Write what you call the role, such as Professional Tutor."));
        }
        let Ok(model) = model.parse::<Model>() else {
            all.push(wrong("model", "Choose the one that comes closest. It can be changed later."));
            return Err(all);
        };
        if !all.is_empty() {
            return Err(all);
        }
        let many = if many.is_empty() { Title::from_one(&one).many } else { many };
        Ok(Self { one, many, model: model.code().to_owned() })
    }
}

/// Campuses and curriculum areas beside those of the staff file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlacesStep {
    /// Campuses.
    pub sites: Vec<String>,
    /// Curriculum areas.
    pub areas: Vec<String>,
}

impl PlacesStep {
    /// One a line, none twice (R-SET-3).
    ///
    /// # Errors
    /// Sentences at their fields.
    pub fn read(sites: &str, areas: &str) -> Result<Self, Wrong> {
        let mut all = Vec::new();
        let mut list = |field: &str, raw: &str| {
            lines(raw).unwrap_or_else(|sentence| {
                all.push(wrong(field, sentence));
                Vec::new()
            })
        };
        let step = Self { sites: list("sites", sites), areas: list("areas", areas) };
        if all.is_empty() { Ok(step) } else { Err(all) }
    }
}

/// The lines of a text that are not empty, none twice; "Health & Care" and "health and care" are the same.
fn lines(raw: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    // Looked up and not looked through: a form holds thousands of short lines.
    let mut first_of = HashMap::new();
    for (number, line) in (1..).zip(raw.lines()) {
        let name = staff_file::text(line, LONGEST_WORDS).map_err(|sentence| format!("Line {number}: {sentence}"))?;
        if name.is_empty() {
            continue;
        }
        match first_of.entry(fold(&name)) {
            Entry::Occupied(first) => {
                let first: &usize = first.get();
                return Err(format!("“{name}” stands twice, on lines {first} and {number}: delete one of them."));
            }
            Entry::Vacant(place) => place.insert(number),
        };
        found.push(name);
    }
    if found.len() > MOST_PLACES {
        return Err(format!("These are {} lines: {MOST_PLACES} is the most.", found.len()));
    }
    Ok(found)
}

/// A staff file that was read without errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffStep {
    /// What the file is called.
    pub file: String,
    /// Who is in it.
    pub staff: Staff,
    /// Columns that nobody knows.
    pub ignored: Vec<String>,
    /// Columns dropped at the door.
    pub dropped: Vec<String>,
}

/// A college that is not live yet: what each step has so far.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Which college.
    pub college: Option<CollegeStep>,
    /// The role.
    pub role: Option<RoleStep>,
    /// The year.
    pub year: Option<Year>,
    /// The staff file.
    pub staff: Option<StaffStep>,
    /// Sites and areas beside it.
    pub places: Option<PlacesStep>,
    /// Practitioners.
    pub practitioners: Option<PractitionersStep>,
    /// Lead and administrator.
    pub runners: Option<RunnersStep>,
}

/// Something without which the college cannot go live, with the step that asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Where to put it right.
    pub step: Step,
    /// What is missing.
    pub sentence: String,
}

/// A college with everything that it needs to go live.
#[derive(Debug, Clone, PartialEq)]
pub struct Complete {
    /// Which college.
    pub college: CollegeStep,
    /// What it calls its practitioners.
    pub title: Title,
    /// Its deployment model.
    pub model: Model,
    /// Its year.
    pub year: Year,
    /// Its people, sites and areas.
    pub staff: Staff,
}

impl Draft {
    /// Whether a step has been saved.
    pub const fn has(&self, step: Step) -> bool {
        match step {
            Step::College => self.college.is_some(),
            Step::Role => self.role.is_some(),
            Step::Year => self.year.is_some(),
            Step::Staff => self.staff.is_some(),
            Step::Places => self.places.is_some(),
            Step::Practitioners => self.practitioners.is_some(),
            Step::Runners => self.runners.is_some(),
        }
    }

    /// The people who hold a role, by name and address, as things stand.
    pub fn holders(&self, role: Role) -> Vec<Runner> {
        let holding = self.people().people.into_iter().filter(|person| person.roles.has(role));
        holding.map(|person| Runner { name: person.name, email: person.email }).collect()
    }

    /// What is missing, in the order of the steps (R-SET-4).
    pub fn missing(&self) -> Vec<Missing> {
        let mut all = Vec::new();
        let mut add = |step: Step, sentence: String| all.push(Missing { step, sentence });
        if self.college.is_none() {
            add(Step::College, "Your college has no name yet.".to_owned());
        }
        if self.role.is_none() {
            add(Step::Role, "What the role is called and which model you follow are not chosen yet.".to_owned());
        }
        if self.year.is_none() {
            add(Step::Year, "The year has no terms yet.".to_owned());
        }
        for email in self.strangers() {
            let sentence = format!("{email} is to be a practitioner, but is not in the staff file.");
            add(Step::Practitioners, sentence);
        }
        for (role, sentence) in [
            (Role::ProgrammeLead, "Nobody is programme lead yet."),
            (Role::Administrator, "Nobody is administrator yet."),
        ] {
            if self.holders(role).is_empty() {
                add(Step::Runners, sentence.to_owned());
            }
        }
        all
    }

    /// What should be looked at, though nothing stands in the way, each a sentence with its step.
    pub fn notes(&self) -> Vec<(Step, String)> {
        let people = self.people();
        let mut all = Vec::new();
        if self.staff.is_none() {
            all.push((
                Step::Staff,
                "There is no staff file yet. It can also come in when the college is live.".to_owned(),
            ));
        }
        for (at, area) in people.areas.iter().enumerate() {
            if !people.people.iter().any(|person| person.area == Some(at)) {
                all.push((Step::Places, format!("Nobody is in the area “{area}” yet.")));
            }
        }
        let said_already = [Role::ProgrammeLead, Role::Administrator].map(|role| format!("the role {},", role.words()));
        let look = staff_file::to_look_at(&people).into_iter();
        let look = look.filter(|sentence| !said_already.iter().any(|said| sentence.contains(said)));
        all.extend(look.map(|sentence| (Step::Staff, sentence)));
        all
    }

    /// The college, if nothing is missing.
    ///
    /// # Errors
    /// What is missing.
    pub fn complete(&self) -> Result<Complete, Vec<Missing>> {
        let missing = self.missing();
        match (&self.college, &self.role, &self.year) {
            (Some(college), Some(role), Some(year)) if missing.is_empty() => Ok(Complete {
                college: college.clone(),
                title: Title { one: role.one.clone(), many: role.many.clone() },
                model: role.model.parse().unwrap_or(Model::Developmental),
                year: year.clone(),
                staff: self.people(),
            }),
            _ => Err(missing),
        }
    }
}

#[cfg(test)]
mod tests;
