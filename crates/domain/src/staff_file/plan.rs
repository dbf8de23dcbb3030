//! What a file would change: nothing is written until somebody has seen it.

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::columns::Column;
use super::kind::Kind;
use super::known::{Index, Known, KnownPerson, same_number, spelled};
use super::layout::Layout;
use super::matching::Matching;
use super::record::{
    Change, Field, Record, differences, hours_words, lessons_words, names_words, read_names, roles_words, spans_words,
};
use super::table::Table;
use super::{
    CellError, MOST_ERRORS, Registers, Staff, StaffPerson, fold, hours, read_all, structure, timetable, whole,
};
use crate::people::Role;

/// What a line speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A person, by e-mail address.
    Person(String),
    /// An area, by name.
    Area(String),
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub line: u32,
    pub subject: Subject,
    pub name: String,
    pub said: Vec<(Field, Option<String>)>,
}

/// A person or an area that would be new or would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file.
    pub line: u32,
    /// What it is.
    pub subject: Subject,
    /// Which; nothing for what would be new.
    pub id: Option<Uuid>,
    /// The name people know it by.
    pub name: String,
    /// What changes.
    pub changes: Vec<Change>,
}

impl Entry {
    /// What a new entry holds.
    pub fn record(&self) -> Record {
        self.changes.iter().filter_map(|change| Some((change.field, change.after.clone()?))).collect()
    }
}

/// Somebody of the college who is not in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Who.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// Everything that a file would change, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What the file is about.
    pub kind: Kind,
    /// What would be new or would change.
    pub entries: Vec<Entry>,
    /// How many people or areas the file leaves as they are.
    pub same: usize,
    /// People whose accounts are on and who are not in the file; only a staff file can miss anybody (R-IMP-7).
    pub missing: Vec<Missing>,
    /// Names of areas, sites and themes that would be new.
    pub names: NewNames,
    /// Columns that nobody knows.
    pub ignored: Vec<String>,
    /// Columns dropped at the door.
    pub dropped: Vec<String>,
    /// What should be looked at.
    pub warnings: Vec<String>,
}

/// Names that would be new.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNames {
    /// Areas.
    pub areas: Vec<String>,
    /// Sites.
    pub sites: Vec<String>,
    /// Themes.
    pub themes: Vec<String>,
}

impl Plan {
    /// What would be new.
    pub fn new_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.id.is_none())
    }

    /// What would change.
    pub fn changed(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.id.is_some())
    }

    /// Whether the file says nothing that is not so already.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.names == NewNames::default()
    }

    /// A text that is the same exactly when the plan would do the same: what was seen can be told from what is done.
    pub fn fingerprint(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for entry in &self.entries {
            // Writing to a text does not fail.
            if writeln!(text, "{:?} {:?} {:?}", entry.subject, entry.id, entry.changes).is_err() {
                return String::new();
            }
        }
        for missing in &self.missing {
            text.push_str(&missing.email);
            text.push('\n');
        }
        text
    }
}

/// Works out what a file would change. A file that says nothing new gives an empty plan (R-IMP-5).
///
/// # Errors
/// Everything to put right, in the order of the file, without a limit: see [`told`].
pub fn plan((table, kind): (&Table, Kind), matching: &Matching, known: &Known) -> Result<Plan, Vec<CellError>> {
    if kind == Kind::Staff {
        let reading = read_all(table, matching, known)?;
        let mut plan = of_staff(&reading.staff, known);
        (plan.ignored, plan.dropped) = (reading.ignored, reading.dropped);
        plan.warnings = reading.warnings.into_iter().chain(plan.warnings).collect();
        return Ok(plan);
    }
    let mut errors = Vec::new();
    let there = Index::of(known);
    let layout = match Layout::of((table, kind, known.people.is_empty()), matching, &mut errors) {
        Ok(layout) => layout,
        Err(_) => return Err(errors),
    };
    let what = match kind {
        Kind::Structure => "areas",
        Kind::Timetable => "lessons",
        _ => "practitioners",
    };
    whole(table, what, &mut errors);
    let mut names = Registers::default();
    names.themes.spellings = known.themes.iter().map(|name| (fold(name), name.clone())).collect();
    let (said, warnings) = match kind {
        Kind::Structure => structure::read((table, &layout), &there, &mut errors),
        Kind::Timetable => timetable::read((table, &layout), &there, &mut errors),
        _ => (hours::read((table, &layout), (&mut names, &there), &mut errors), Vec::new()),
    };
    if !errors.is_empty() {
        errors.sort_by_key(|error| error.line);
        return Err(errors);
    }
    let mut plan = of_said(kind, said, &there);
    (plan.ignored, plan.dropped) = (layout.ignored, layout.dropped);
    plan.warnings = table.note.iter().cloned().chain(warnings).collect();
    Ok(plan)
}

/// The first errors, as many as anybody can read, and in one last entry how many more there are.
pub fn told(errors: Vec<CellError>) -> Vec<CellError> {
    super::capped(errors)
}

/// How many errors are told one by one.
pub const MOST_TOLD: usize = MOST_ERRORS;

/// What a list of staff would change.
pub fn of_staff(staff: &Staff, known: &Known) -> Plan {
    let there = Index::of(known);
    let areas: Vec<String> = known.areas.iter().map(|area| area.name.clone()).collect();
    let spell = |names: &[String], there: &[String]| names.iter().map(|name| spelled(there, name)).collect::<Vec<_>>();
    let names = NewNames {
        areas: spell(&staff.areas, &areas),
        sites: spell(&staff.sites, &known.sites),
        themes: spell(&staff.themes, &known.themes),
    };
    let said = staff.people.iter().map(|person| {
        let found = there.by_email(&person.email);
        let said = said_of((staff, person), found, &names);
        Said { line: person.line, subject: Subject::Person(person.email.clone()), name: person.name.clone(), said }
    });
    let mut plan = of_said(Kind::Staff, said.collect(), &there);
    let here: HashSet<&str> = staff.people.iter().map(|person| person.email.as_str()).collect();
    let absent = known.people.iter().filter(|person| person.active && !here.contains(person.email.as_str()));
    plan.missing = absent
        .map(|person| Missing { id: person.id, name: person.name().to_owned(), email: person.email.clone() })
        .collect();
    plan.warnings = warnings(staff, &there);
    plan
}

/// What should be looked at before a file goes into a college that is there.
fn warnings(staff: &Staff, there: &Index<'_>) -> Vec<String> {
    let mut warnings = Vec::new();
    let off = staff.people.iter().filter(|person| there.by_email(&person.email).is_some_and(|known| !known.active));
    match off.count() {
        0 => {}
        1 => warnings.push("1 person in the file has an account that is off. It stays off.".to_owned()),
        many => warnings.push(format!("{many} people in the file have accounts that are off. They stay off.")),
    }
    match staff.people.iter().filter(|person| person.new_email.is_some()).count() {
        0 => {}
        1 => warnings.push("1 person gets another e-mail address. For three days links still go to the one they have now, and both are told.".to_owned()),
        many => warnings.push(format!("{many} people get another e-mail address. For three days links still go to the ones they have now, and both are told.")),
    }
    let new = |person: &&StaffPerson| !there.known.people.is_empty() && there.by_email(&person.email).is_none();
    let homeless = staff.people.iter().filter(new).filter(|person| person.area.is_none());
    let teach = homeless.filter(|person| person.roles.has(Role::Teacher) || person.roles.has(Role::Practitioner));
    match teach.count() {
        0 => {}
        1 => warnings.push(
            "1 new person who teaches or supports has no area, so no practitioner is nominated for them.".to_owned(),
        ),
        many => warnings.push(format!(
            "{many} new people who teach or support have no area, so no practitioner is nominated for them."
        )),
    }
    warnings
}

/// Whether a staff number is the one that is known, however many noughts it begins with.
fn as_known(there: Option<&KnownPerson>, number: Option<&str>) -> bool {
    let known = there.and_then(|there| there.record.get(&Field::Number)).map(|number| same_number(number));
    known == number.map(same_number)
}

fn of_said(kind: Kind, said: Vec<Said>, there: &Index<'_>) -> Plan {
    let mut plan = Plan { kind, names: new_names(&said, there.known), ..Plan::default() };
    for one in said {
        let (id, record) = match &one.subject {
            Subject::Person(email) => there.by_email(email).map(|person| (person.id, &person.record)),
            Subject::Area(name) => there.area(name).map(|area| (area.id, &area.record)),
        }
        .unzip();
        let changes = differences(record.unwrap_or(&Record::new()), &one.said);
        if id.is_some() && changes.is_empty() {
            plan.same += 1;
        } else {
            plan.entries.push(Entry { line: one.line, subject: one.subject, id, name: one.name, changes });
        }
    }
    plan
}

/// Areas, sites and themes that the file speaks of and that are not there.
fn new_names(said: &[Said], known: &Known) -> NewNames {
    let mut seen: HashMap<&str, BTreeSet<String>> = HashMap::new();
    let mut names = NewNames::default();
    let areas: HashSet<String> = known.areas.iter().map(|area| fold(&area.name)).collect();
    let sites: HashSet<String> = known.sites.iter().map(|name| fold(name)).collect();
    let themes: HashSet<String> = known.themes.iter().map(|name| fold(name)).collect();
    let mut add = |what: &'static str, name: &str| {
        let there = match what {
            "area" => &areas,
            "site" => &sites,
            _ => &themes,
        };
        if !there.contains(&fold(name)) && seen.entry(what).or_default().insert(fold(name)) {
            match what {
                "area" => names.areas.push(name.to_owned()),
                "site" => names.sites.push(name.to_owned()),
                _ => names.themes.push(name.to_owned()),
            }
        }
    };
    for one in said {
        if let Subject::Area(name) = &one.subject {
            add("area", name);
        }
        for (field, value) in one.said.iter().filter_map(|(field, value)| Some((*field, value.as_ref()?))) {
            match field {
                Field::Area | Field::PartOf => add("area", value),
                Field::Site | Field::AreaSite => add("site", value),
                Field::Nominated => read_names(value).for_each(|name| add("area", name)),
                Field::Expertise => read_names(value).for_each(|name| add("theme", name.trim_end_matches('*'))),
                _ => {}
            }
        }
    }
    names
}

/// What a line of a staff file says, field by field.
fn said_of(
    (staff, person): (&Staff, &StaffPerson),
    there: Option<&KnownPerson>,
    names: &NewNames,
) -> Vec<(Field, Option<String>)> {
    let email = |index: Option<usize>, outside: &Option<String>| {
        index.and_then(|index| staff.people.get(index)).map(|other| other.email.clone()).or_else(|| outside.clone())
    };
    let area = |index: usize| names.areas.get(index).cloned();
    let site = person.site.and_then(|index| names.sites.get(index)).cloned();
    let roles = roles_words(person.roles);
    let mut said = vec![
        (Column::Name, Field::Name, Some(person.name.clone())),
        (Column::Number, Field::Number, person.number.clone()),
        (Column::JobTitle, Field::Job, person.job_title.clone()),
        (Column::Area, Field::Area, person.area.and_then(area)),
        (Column::Site, Field::Site, site),
        (Column::Manager, Field::Manager, email(person.manager, &person.manager_there)),
        (Column::Appraiser, Field::Appraiser, email(person.appraiser, &person.appraiser_there)),
        (Column::Roles, Field::Roles, Some(roles)),
        (Column::Teaching, Field::Teaching, lessons_words(&person.teaching)),
    ];
    if let Some(email) = &person.new_email {
        said.push((Column::Email, Field::Email, Some(email.clone())));
    }
    if let Some(practice) = &person.practice {
        let theme = |one: &super::Expertise| {
            let name = names.themes.get(one.theme)?;
            Some(if one.leads { format!("{name}*") } else { name.clone() })
        };
        let nominated = practice.nominated.iter().filter_map(|index| area(*index));
        said.extend([
            (Column::RemittedHours, Field::Remitted, Some(hours_words(practice.remitted))),
            (Column::CaseloadHours, Field::Caseload, Some(hours_words(practice.caseload))),
            (Column::Expertise, Field::Expertise, names_words(practice.expertise.iter().filter_map(theme))),
            (Column::NominatedAreas, Field::Nominated, names_words(nominated)),
            (Column::SupportHours, Field::SupportHours, spans_words(&practice.support_hours)),
            (Column::About, Field::About, person.about.clone()),
            (Column::Teaches, Field::Teaches, person.teaches.clone()),
            (Column::Room, Field::Room, person.room.clone()),
        ]);
    }
    // What is not said stays; but nobody is without a role, and no practice without hours.
    let needed = |field: Field| matches!(field, Field::Roles | Field::Remitted | Field::Caseload);
    let holds = |field: Field| there.is_some_and(|there| there.record.contains_key(&field));
    said.into_iter()
        .filter(|(column, field, _)| !person.unsaid.has(*column) || needed(*field) && !holds(*field))
        .filter(|(_, field, value)| *field != Field::Number || !as_known(there, value.as_deref()))
        .map(|(_, field, value)| (field, value))
        .collect()
}
