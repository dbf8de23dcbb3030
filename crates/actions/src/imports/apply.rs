//! Saving what a plan says, and giving it back: names become identifiers, fields are set one by one.

use std::collections::{HashMap, HashSet};

use domain::ids::{AreaId, Ids, PersonId, SiteId, ThemeId};
use domain::staff_file::plan::{Entry as Planned, Plan, Subject};
use domain::staff_file::record::{Change, Field, Record, read_hours, read_lessons, read_names, read_roles, read_spans};
use domain::staff_file::{Known, fold};
use jiff::Timestamp;
use jiff::civil::Date;
use store::import_files::{Counts, Whom};
use store::imports::{self, Imports, Set};
use store::people::{self, Entry, Named};
use store::{Db, Fault, addresses};
use uuid::Uuid;

/// What was saved, and everything that changed by it.
#[derive(Debug, Clone, Default)]
pub struct Applied {
    /// In numbers.
    pub counts: Counts,
    /// Field by field, for undoing it.
    pub changes: Vec<(Whom, Change)>,
}

/// Saves a plan inside a unit of work: what is new is added, what differs is set, and nobody is removed. With
/// `switch_off`, accounts of people whom the file misses are switched off, but never that of whoever does it.
///
/// # Errors
/// A fault of the database.
pub async fn apply(
    db: &Db,
    permit: &impl Imports,
    (ids, now, today): (Ids<'_>, Timestamp, Date),
    (plan, known, switch_off): (&Plan, &Known, bool),
) -> Result<Applied, Fault> {
    let mut places = Places::of(db, permit, known).await?;
    places.add(db, permit, ids, plan).await?;
    let mut made: Vec<(&Planned, Option<PersonId>)> = Vec::new();
    for entry in &plan.entries {
        let person = match &entry.subject {
            Subject::Person(email) => Some(match entry.id {
                Some(id) => PersonId(id),
                None => {
                    let id = ids.fresh::<PersonId>();
                    places.people.insert(email.clone(), id);
                    id
                }
            }),
            Subject::Area(_) => None,
        };
        if let Some(id) = person.filter(|_| entry.id.is_none()) {
            insert(db, permit, (entry, id), &places).await?;
        }
        made.push((entry, person));
    }
    let mut done = Applied { counts: counts(plan), changes: Vec::new() };
    for (entry, person) in made {
        let whom = match person {
            Some(person) => {
                for change in entry.changes.iter().filter(|change| entry.id.is_some() || !is_inserted(change.field)) {
                    let value = change.after.as_deref();
                    places.save(db, permit, (ids, now), (person, change.field, value)).await?;
                }
                Whom::Person(person)
            }
            None => Whom::Area(places.place(db, permit, entry, known).await?),
        };
        done.changes.extend(entry.changes.iter().map(|change| (whom, change.clone())));
    }
    if switch_off {
        for missing in plan.missing.iter().filter(|missing| Some(PersonId(missing.id)) != permit.who()) {
            let person = PersonId(missing.id);
            imports::set(db, permit, person, &Set::Account(false)).await?;
            let (before, after) = (Some(ON.to_owned()), Some(OFF.to_owned()));
            done.changes.push((Whom::Person(person), Change { field: Field::Account, before, after }));
            done.counts.ended += 1;
        }
    }
    people::imported(db, permit, today).await?;
    Ok(done)
}

/// An account that is on, as a field.
pub(super) const ON: &str = "on";
/// An account that is off, as a field.
pub(super) const OFF: &str = "off";

/// What a plan would do, in numbers.
pub fn counts(plan: &Plan) -> Counts {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Counts {
        added: number(plan.new_entries().count()),
        changed: number(plan.changed().count()),
        same: number(plan.same),
        ended: 0,
    }
}

/// Fields that come with a person who is new; the others are set afterwards, when everybody is there.
const fn is_inserted(field: Field) -> bool {
    matches!(field, Field::Name | Field::Job | Field::Roles | Field::Area | Field::Site)
}

async fn insert(
    db: &Db,
    permit: &impl Imports,
    (entry, id): (&Planned, PersonId),
    places: &Places,
) -> Result<(), Fault> {
    let record = entry.record();
    let text = |field: Field| record.get(&field).map_or("", String::as_str);
    let Subject::Person(email) = &entry.subject else { return Ok(()) };
    let name = text(Field::Name);
    let row = Entry {
        id,
        name,
        folded: &name.to_lowercase(),
        email,
        job: text(Field::Job),
        roles: read_roles(text(Field::Roles)).map_err(|_| Fault::Unreadable("roles"))?,
        area: record.get(&Field::Area).map(|name| places.area(name)).transpose()?,
        site: record.get(&Field::Site).map(|name| places.site(name)).transpose()?,
    };
    people::put(db, permit, &row).await
}

/// Identifiers by the names that files use.
#[derive(Debug, Default)]
pub(super) struct Places {
    areas: HashMap<String, Uuid>,
    sites: HashMap<String, Uuid>,
    themes: HashMap<String, Uuid>,
    people: HashMap<String, PersonId>,
}

impl Places {
    /// What is there.
    pub(super) async fn of(db: &Db, permit: &impl Imports, known: &Known) -> Result<Self, Fault> {
        let named = async |what: Named| {
            let all = people::named(db, permit, what).await?.into_iter();
            Ok::<HashMap<String, Uuid>, Fault>(all.map(|(name, id)| (fold(&name), id)).collect())
        };
        Ok(Self {
            areas: named(Named::Area).await?,
            sites: named(Named::Site).await?,
            themes: named(Named::Theme).await?,
            people: known.people.iter().map(|person| (person.email.clone(), PersonId(person.id))).collect(),
        })
    }

    /// Adds the names that a plan brings.
    async fn add(&mut self, db: &Db, permit: &impl Imports, ids: Ids<'_>, plan: &Plan) -> Result<(), Fault> {
        let names = &plan.names;
        for (what, names, there) in [
            (Named::Site, &names.sites, &mut self.sites),
            (Named::Area, &names.areas, &mut self.areas),
            (Named::Theme, &names.themes, &mut self.themes),
        ] {
            for (position, name) in (100..).zip(names) {
                let id = ids.fresh::<ThemeId>().0;
                people::add(db, permit, what, (id, name, position)).await?;
                there.insert(fold(name), id);
            }
        }
        Ok(())
    }

    fn area(&self, name: &str) -> Result<AreaId, Fault> {
        self.areas.get(&fold(name)).copied().map(AreaId).ok_or(Fault::Missing("area"))
    }

    fn site(&self, name: &str) -> Result<SiteId, Fault> {
        self.sites.get(&fold(name)).copied().map(SiteId).ok_or(Fault::Missing("site"))
    }

    fn person(&self, email: &str) -> Result<PersonId, Fault> {
        self.people.get(email).copied().ok_or(Fault::Missing("person"))
    }

    fn theme(&self, words: &str) -> Result<(ThemeId, bool), Fault> {
        let name = words.trim_end_matches('*').trim_end();
        let id = self.themes.get(&fold(name)).copied().map(ThemeId).ok_or(Fault::Missing("theme"))?;
        Ok((id, name.len() < words.len()))
    }

    /// Sets a field of a person.
    async fn save(
        &self,
        db: &Db,
        permit: &impl Imports,
        (ids, now): (Ids<'_>, Timestamp),
        (person, field, value): (PersonId, Field, Option<&str>),
    ) -> Result<(), Fault> {
        if field == Field::Email {
            // Links go to the former address for three days, and both are told (R-ACC-10).
            let email = value.ok_or(Fault::Missing("address"))?;
            return addresses::change(db, permit, (person, email), (now, ids)).await.map(drop);
        }
        imports::set(db, permit, person, &self.set(ids, field, value)?).await
    }

    /// A field with what it is to hold.
    pub(super) fn set(&self, ids: Ids<'_>, field: Field, value: Option<&str>) -> Result<Set, Fault> {
        let text = value.unwrap_or_default();
        let hours = || if text.is_empty() { Ok(0) } else { read_hours(text).map(|hours| hours.0) };
        let unreadable = |_| Fault::Unreadable("field of an import");
        Ok(match field {
            Field::Name => Set::Name(text.to_owned(), text.to_lowercase()),
            Field::Number => Set::Number(value.map(str::to_owned)),
            Field::Job => Set::Job(text.to_owned()),
            Field::Roles => Set::Roles(read_roles(text).map_err(unreadable)?),
            Field::Area => Set::Area(value.map(|name| self.area(name)).transpose()?),
            Field::Site => Set::Site(value.map(|name| self.site(name)).transpose()?),
            Field::Manager => Set::Manager(value.map(|email| self.person(email)).transpose()?),
            Field::Appraiser => Set::Appraiser(value.map(|email| self.person(email)).transpose()?),
            Field::Remitted => Set::Remitted(hours().map_err(unreadable)?),
            Field::Caseload => Set::Caseload(hours().map_err(unreadable)?),
            Field::About | Field::Teaches | Field::Room => Set::Words(field, text.to_owned()),
            Field::Expertise => {
                Set::Expertise(read_names(text).map(|words| self.theme(words)).collect::<Result<_, _>>()?)
            }
            Field::Nominated => Set::Nominated(read_names(text).map(|name| self.area(name)).collect::<Result<_, _>>()?),
            Field::SupportHours => {
                let spans = read_spans(text).map_err(unreadable)?;
                Set::SupportHours(spans.into_iter().map(|span| (ids.fresh(), span)).collect())
            }
            Field::Teaching => {
                let lessons = read_lessons(text).map_err(unreadable)?;
                Set::Teaching(lessons.into_iter().map(|lesson| (ids.fresh::<ThemeId>().0, lesson)).collect())
            }
            Field::Account => Set::Account(text == ON),
            Field::Email | Field::PartOf | Field::LedBy | Field::AreaSite => {
                return Err(Fault::Unreadable("field of a person"));
            }
        })
    }

    /// Sets what a plan says of an area.
    async fn place(&self, db: &Db, permit: &impl Imports, entry: &Planned, known: &Known) -> Result<Uuid, Fault> {
        let area = self.area(&entry.name)?;
        let there = known.areas.iter().find(|one| one.id == area.0);
        let mut record = there.map(|one| one.record.clone()).unwrap_or_default();
        for change in &entry.changes {
            match &change.after {
                Some(value) => record.insert(change.field, value.clone()),
                None => record.remove(&change.field),
            };
        }
        self.place_area(db, permit, area, &record).await?;
        Ok(area.0)
    }

    /// Sets where an area belongs, as its record says.
    pub(super) async fn place_area(
        &self,
        db: &Db,
        permit: &impl Imports,
        area: AreaId,
        record: &Record,
    ) -> Result<(), Fault> {
        let site = record.get(&Field::AreaSite).map(|name| self.site(name)).transpose()?;
        let part_of = record.get(&Field::PartOf).map(|name| self.area(name)).transpose()?;
        let led_by = record.get(&Field::LedBy).map(|email| self.person(email)).transpose()?;
        imports::place_area(db, permit, area, (site, part_of, led_by)).await
    }
}

/// What was changed by hand or by another file since, and so would be lost by giving the earlier value back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InTheWay {
    /// Whose, or of which area.
    pub name: String,
    /// Which field.
    pub field: Field,
    /// What it holds now.
    pub now: Option<String>,
}

/// What undoing a file comes to.
#[derive(Debug, Clone, Default)]
pub(super) struct Reversal {
    /// People whom the file brought: their accounts are switched off.
    pub off: Vec<PersonId>,
    /// What is given back.
    pub back: Vec<(Whom, Change)>,
    /// What stays, because it has changed since.
    pub stays: Vec<InTheWay>,
}

/// Works out how to undo a file. Nobody is deleted: people whom it brought are switched off (R-IMP-10).
pub(super) fn reversal(changes: &[(Whom, Change)], known: &Known, who: Option<PersonId>) -> Reversal {
    let is_new = |change: &Change| change.field == Field::Name && change.before.is_none();
    let fresh: HashSet<Whom> = changes.iter().filter(|(_, change)| is_new(change)).map(|(whom, _)| *whom).collect();
    let people: HashMap<Uuid, _> = known.people.iter().map(|person| (person.id, person)).collect();
    let areas: HashMap<Uuid, _> = known.areas.iter().map(|area| (area.id, area)).collect();
    let emails: HashMap<&String, Uuid> = known.people.iter().map(|person| (&person.email, person.id)).collect();
    let renamed: HashSet<&String> = changes
        .iter()
        .filter(|(_, change)| change.field == Field::Email)
        .filter_map(|(_, change)| change.before.as_ref())
        .collect();
    let is = |whom: &Whom, other: Uuid| matches!(whom, Whom::Person(person) if person.0 == other);
    let mut reversal = Reversal::default();
    for (whom, change) in changes {
        let (name, now) = match whom {
            Whom::Person(person) => {
                let Some(there) = people.get(&person.0) else { continue };
                if fresh.contains(whom) {
                    if is_new(change) && there.active && Some(*person) != who {
                        reversal.off.push(*person);
                    }
                    continue;
                }
                let account = if there.active { ON } else { OFF };
                let now = if change.field == Field::Account {
                    Some(account.to_owned())
                } else {
                    there.record.get(&change.field).cloned()
                };
                (there.name(), now)
            }
            Whom::Area(area) => {
                let Some(there) = areas.get(area) else { continue };
                (there.name.as_str(), there.record.get(&change.field).cloned())
            }
        };
        let lost = match change.field {
            // Somebody else has the address meanwhile.
            Field::Email => {
                change.before.as_ref().and_then(|email| emails.get(email)).is_some_and(|other| !is(whom, *other))
            }
            // Whoever it was has another address meanwhile, which this file did not give them.
            Field::Manager | Field::Appraiser | Field::LedBy => {
                change.before.as_ref().is_some_and(|email| !emails.contains_key(email) && !renamed.contains(email))
            }
            _ => false,
        };
        if now == change.after && !lost {
            reversal.back.push((*whom, change.clone()));
        } else if now != change.before || lost {
            reversal.stays.push(InTheWay { name: name.to_owned(), field: change.field, now });
        }
    }
    reversal
}

/// Gives back what a reversal says.
///
/// # Errors
/// A fault of the database.
pub(super) async fn give_back(
    db: &Db,
    permit: &impl Imports,
    (ids, now, today): (Ids<'_>, Timestamp, Date),
    (reversal, known): (&Reversal, &Known),
) -> Result<(), Fault> {
    let mut places = Places::of(db, permit, known).await?;
    // Lines and appraisers are given back by the addresses that people had then.
    for (whom, change) in &reversal.back {
        if let (Whom::Person(person), Field::Email, Some(email)) = (whom, change.field, &change.before) {
            places.people.insert(email.clone(), *person);
        }
    }
    for person in &reversal.off {
        imports::set(db, permit, *person, &Set::Account(false)).await?;
    }
    let mut areas: HashMap<Uuid, Record> = HashMap::new();
    for (whom, change) in &reversal.back {
        match whom {
            Whom::Person(person) => {
                let value = change.before.as_deref();
                places.save(db, permit, (ids, now), (*person, change.field, value)).await?;
            }
            Whom::Area(area) => {
                let there = known.areas.iter().find(|one| one.id == *area);
                let record =
                    areas.entry(*area).or_insert_with(|| there.map(|one| one.record.clone()).unwrap_or_default());
                match &change.before {
                    Some(value) => record.insert(change.field, value.clone()),
                    None => record.remove(&change.field),
                };
            }
        }
    }
    for (area, record) in areas {
        places.place_area(db, permit, AreaId(area), &record).await?;
    }
    people::imported(db, permit, today).await
}
