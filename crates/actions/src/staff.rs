//! Bringing in the staff: a college out of a file that was read to the end, in one unit of work. Rules R-IMP-1 to R-IMP-4.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::{AreaId, Chance, Ids, InstitutionId, PersonId, SiteId, TermId, ThemeId};
use domain::period::Calendar;
use domain::programme::{Model, Title};
use domain::staff_file::{Staff, StaffPerson, fold};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use policies::acts::ImportStaff;
use policies::facts::{Actor, ProgrammeFacts};
use policies::{Gate, Permit};
use store::people::{self, Entry, Named, PracticeEntry};
use store::programme::{self, Programme};
use store::{Db, Store, events};
use uuid::Uuid;

use crate::desk::{Never, Stop};

/// The themes every college begins with: the case study's topics (CPD-05) and the usual ones. "Something else" is last.
pub const THEMES: [&str; 13] = [
    "Questioning",
    "Behaviour management",
    "Assessment for learning",
    "Growth mindset",
    "Positivity",
    "Body language",
    "Gendered attainment gaps",
    "Digital tools",
    "Maths in my subject",
    "English in my subject",
    "Confidence",
    "Inclusion",
    SOMETHING_ELSE,
];

/// The theme for whatever has no name yet.
pub const SOMETHING_ELSE: &str = "Something else";

/// A college that is to be, when the folder is still empty.
#[derive(Debug, Clone)]
pub struct NewCollege {
    /// Its name.
    pub name: String,
    /// What it calls its practitioners.
    pub title: Title,
    /// Its deployment model.
    pub model: Model,
    /// Whether it is a sample.
    pub sample: bool,
    /// Its time zone.
    pub zone: TimeZone,
    /// The academic years whose usual terms it starts with.
    pub years: Vec<i16>,
    /// Seconds by which a sample's clock is ahead.
    pub clock_ahead: i64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// People who were not there before.
    pub new: usize,
    /// People who were, brought up to date.
    pub known: usize,
}

struct Import<'a> {
    db: &'a Db,
    permit: &'a Permit<ImportStaff>,
    ids: Ids<'a>,
    staff: &'a Staff,
}

/// Brings a staff list in: into an empty folder with `college`, into a college as changes. All of it or nothing (R-IMP-1).
/// Nobody is removed: who is missing from a later file stays as they are (R-IMP-4).
///
/// # Errors
/// A fault of the database; denied never, as the command line may import.
pub async fn import(
    store: &Store,
    (gate, chance): (&Gate, &Arc<dyn Chance>),
    (college, staff): (&NewCollege, &Staff),
    now: Timestamp,
) -> Result<Imported, Stop<Never>> {
    let ids = Ids(chance.as_ref());
    let db = store.write().await?;
    let there = programme::find(&db).await?.map(|programme| programme.facts);
    let is_new = there.is_none();
    // A college that was begun in the browser goes on under the same identifier, and its draft is cleared away.
    let begun = store::set_up::draft(&db).await?.map(|draft| draft.institution);
    let facts = there.unwrap_or_else(|| ProgrammeFacts {
        institution: begun.unwrap_or_else(|| ids.fresh::<InstitutionId>()),
        model: college.model,
        asking_opened: false,
        sample: college.sample,
    });
    let permit = gate.permit::<ImportStaff>(&Actor::CommandLine, &facts, &())?;
    if is_new {
        let calendar = Calendar::usual(college.zone.clone(), &college.years);
        let terms: Vec<TermId> = calendar.terms.iter().map(|_| ids.fresh()).collect();
        let programme = Programme {
            facts,
            name: college.name.clone(),
            title: college.title.clone(),
            zone: college.zone.clone(),
            clock_ahead: college.clock_ahead,
        };
        found(&db, &permit, (&programme, &calendar, &terms), ids).await?;
        store::set_up::clear(&db, &permit).await?;
    }
    let imported = bring(&db, &permit, (ids, staff)).await?;
    let stamp = events::Stamp { id: ids.fresh(), at: now };
    events::record(&db, &permit, stamp, &format!("new {} known {}", imported.new, imported.known)).await?;
    db.commit().await?;
    Ok(imported)
}

/// Puts a programme with its calendar and the usual themes into an empty folder.
pub(crate) async fn found(
    db: &Db,
    permit: &Permit<ImportStaff>,
    (programme, calendar, terms): (&Programme, &Calendar, &[TermId]),
    ids: Ids<'_>,
) -> Result<(), Stop<Never>> {
    programme::insert(db, permit, programme, (calendar, terms)).await?;
    for (position, theme) in (0..).zip(THEMES) {
        // What has no name yet comes last, whatever the college adds.
        let position = if theme == SOMETHING_ELSE { i64::from(u16::MAX) } else { position };
        people::add(db, permit, Named::Theme, (ids.fresh::<ThemeId>().0, theme, position)).await?;
    }
    Ok(())
}

/// Brings everybody of a staff list in.
pub(crate) async fn bring(
    db: &Db,
    permit: &Permit<ImportStaff>,
    (ids, staff): (Ids<'_>, &Staff),
) -> Result<Imported, Stop<Never>> {
    let imported = Import { db, permit, ids, staff }.all().await?;
    people::imported(db, permit).await?;
    Ok(imported)
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

impl Import<'_> {
    async fn all(&self) -> Result<Imported, Stop<Never>> {
        let sites = self.names(Named::Site, &self.staff.sites).await?;
        let areas = self.names(Named::Area, &self.staff.areas).await?;
        let themes = self.names(Named::Theme, &self.staff.themes).await?;
        let known: BTreeMap<String, PersonId> = people::known(self.db, self.permit).await?.into_iter().collect();
        let mut people: Vec<PersonId> = Vec::new();
        for person in &self.staff.people {
            people.push(known.get(&person.email).copied().unwrap_or_else(|| self.ids.fresh()));
        }
        let at = |list: &[Uuid], index: Option<usize>| index.and_then(|index| list.get(index)).copied();
        for (person, id) in self.staff.people.iter().zip(&people) {
            let entry = Entry {
                id: *id,
                name: &person.name,
                folded: &folded(&person.name),
                email: &person.email,
                job: person.job_title.as_deref().unwrap_or_default(),
                roles: person.roles,
                area: at(&areas, person.area).map(AreaId),
                site: at(&sites, person.site).map(SiteId),
            };
            people::put(self.db, self.permit, &entry).await?;
        }
        let who = |index: Option<usize>| index.and_then(|index| people.get(index)).copied();
        for (person, id) in self.staff.people.iter().zip(&people) {
            people::set_line(self.db, self.permit, *id, (who(person.manager), who(person.appraiser))).await?;
            self.practice(person, *id, (&areas, &themes)).await?;
            self.teaching(person, *id).await?;
        }
        let old = people.iter().filter(|id| known.values().any(|there| there == *id)).count();
        Ok(Imported { new: people.len() - old, known: old })
    }

    /// Identifiers for names, those that are new added.
    async fn names(&self, what: Named, names: &[String]) -> Result<Vec<Uuid>, Stop<Never>> {
        let mut there: BTreeMap<String, Uuid> =
            people::named(self.db, self.permit, what).await?.into_iter().map(|(name, id)| (fold(&name), id)).collect();
        let mut ids = Vec::new();
        for (position, name) in (100..).zip(names) {
            let id = match there.get(&fold(name)) {
                Some(id) => *id,
                None => {
                    let id = self.ids.fresh::<ThemeId>().0;
                    people::add(self.db, self.permit, what, (id, name, position)).await?;
                    there.insert(fold(name), id);
                    id
                }
            };
            ids.push(id);
        }
        Ok(ids)
    }

    async fn practice(
        &self,
        person: &StaffPerson,
        id: PersonId,
        (areas, themes): (&[Uuid], &[Uuid]),
    ) -> Result<(), Stop<Never>> {
        let Some(practice) = &person.practice else { return Ok(()) };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (about, teaches, room) = (text(&person.about), text(&person.teaches), text(&person.room));
        let expertise = practice.expertise.iter();
        let entry = PracticeEntry {
            person: id,
            words: (&about, &teaches, &room),
            minutes: (practice.caseload.0, practice.remitted.0),
            expertise: expertise.filter_map(|known| Some((ThemeId(*themes.get(known.theme)?), known.leads))).collect(),
            nominated: practice.nominated.iter().filter_map(|area| areas.get(*area)).copied().map(AreaId).collect(),
            support_hours: practice.support_hours.iter().map(|span| (self.ids.fresh(), *span)).collect(),
        };
        Ok(people::put_practice(self.db, self.permit, &entry).await?)
    }

    async fn teaching(&self, person: &StaffPerson, id: PersonId) -> Result<(), Stop<Never>> {
        let week: Vec<(Uuid, _, &str)> = person
            .teaching
            .iter()
            .map(|lesson| (self.ids.fresh::<ThemeId>().0, lesson.span, lesson.label.as_str()))
            .collect();
        if week.is_empty() {
            return Ok(());
        }
        Ok(people::put_teaching(self.db, self.permit, id, &week).await?)
    }
}
