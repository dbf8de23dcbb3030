//! The organisation chart, read once and kept until it changes: people, lines, practices, themes. Nothing about support.
//! Every change to it moves `programme.chart` on in its own transaction, so one number tells whether what is kept still
//! holds, whoever made the change. Rows leave it only through functions that ask for a permit.

use std::collections::{BTreeMap, HashMap};

use domain::frame::{About, Phase, SetBy, Specialism};
use domain::hours::Room;
use domain::ids::{AreaId, InstitutionId, PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::people::{Role, Roles};
use domain::weekly::{Weekday, WeeklySpan};
use uuid::Uuid;

use crate::db::{Db, Fault, of};
use crate::directory::{Expertise, Theme};
use crate::frame::Priority;
use crate::row::row;

/// Somebody who works here.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub roles: Roles,
    pub active: bool,
    pub area: Option<AreaId>,
    pub area_name: String,
    /// Further areas, by name.
    pub also: Vec<(AreaId, String)>,
    pub site: String,
    pub manager: Option<PersonId>,
    pub appraiser: Option<PersonId>,
}

impl Somebody {
    /// Every area they work in, the main one first.
    pub(crate) fn areas(&self) -> impl Iterator<Item = AreaId> {
        self.area.into_iter().chain(self.also.iter().map(|(area, _)| *area))
    }

    /// The names of these areas: "Health & Care, Maths".
    pub(crate) fn areas_words(&self) -> String {
        let main = Some(self.area_name.as_str()).filter(|name| !name.is_empty());
        main.into_iter().chain(self.also.iter().map(|(_, name)| name.as_str())).collect::<Vec<_>>().join(", ")
    }
}

/// What a practitioner has beside.
#[derive(Debug, Clone)]
pub(crate) struct Practice {
    pub about: String,
    pub teaches: String,
    pub room: String,
    pub caseload: Minutes,
    pub remitted: Minutes,
    pub expertise: Vec<Expertise>,
    pub specialisms: Vec<Specialism>,
    pub nominated: Vec<(AreaId, String)>,
    pub support_hours: Vec<WeeklySpan>,
    pub has_room: Option<Room>,
}

/// The chart at one version.
#[derive(Debug, Default)]
pub struct Chart {
    pub(crate) institution: Option<InstitutionId>,
    pub(crate) version: i64,
    people: Vec<Somebody>,
    places: HashMap<PersonId, usize>,
    practices: HashMap<PersonId, Practice>,
    teaching: HashMap<PersonId, Vec<(WeeklySpan, String)>>,
    areas: BTreeMap<String, AreaId>,
    pub(crate) themes: Vec<Theme>,
    pub(crate) priorities: Vec<Priority>,
}

impl Chart {
    /// Everybody, by name.
    pub(crate) fn people(&self) -> &[Somebody] {
        &self.people
    }
    /// One of them.
    pub(crate) fn person(&self, id: PersonId) -> Option<&Somebody> {
        self.places.get(&id).and_then(|at| self.people.get(*at))
    }

    /// Active practitioners with their practices, by name.
    pub(crate) fn practitioners(&self) -> impl Iterator<Item = (&Somebody, &Practice)> {
        let active = self.people.iter().filter(|one| one.active && one.roles.has(Role::Practitioner));
        active.filter_map(|one| Some((one, self.practices.get(&one.id)?)))
    }

    /// Somebody's practice.
    pub(crate) fn practice(&self, id: PersonId) -> Option<&Practice> {
        self.practices.get(&id)
    }

    /// Somebody's teaching week.
    pub(crate) fn teaching(&self, id: PersonId) -> &[(WeeklySpan, String)] {
        self.teaching.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Areas by name.
    pub(crate) fn areas(&self) -> impl Iterator<Item = (&str, AreaId)> {
        self.areas.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// A theme's name.
    pub(crate) fn theme(&self, id: ThemeId) -> Option<&str> {
        self.themes.iter().find(|theme| theme.id == id).map(|theme| theme.name.as_str())
    }

    /// The whole line above somebody, nearest first. A loop ends where it closes.
    pub(crate) fn managers(&self, id: PersonId) -> Vec<PersonId> {
        let mut line = Vec::new();
        let mut next = self.person(id).and_then(|one| one.manager);
        while let Some(manager) = next.filter(|manager| !line.contains(manager)) {
            line.push(manager);
            next = self.person(manager).and_then(|one| one.manager);
        }
        line
    }

    /// Whether active teaching staff who are not practitioners stand below somebody, at any depth, or are appraised by them.
    pub(crate) fn leads_teachers(&self, id: PersonId) -> bool {
        let teaching =
            |one: &&Somebody| one.active && one.roles.has(Role::Teacher) && !one.roles.has(Role::Practitioner);
        self.people.iter().filter(teaching).any(|one| self.stands_above(id, one.id))
    }

    /// Whether anybody who teaches reports to somebody directly.
    pub fn manages_teaching(&self, id: PersonId) -> bool {
        let teaches = |roles: Roles| roles.has(Role::Teacher) || roles.has(Role::Practitioner);
        self.people.iter().any(|one| one.active && one.manager == Some(id) && teaches(one.roles))
    }

    /// Whether a practitioner stands above a teacher or appraises them, so that nothing may pass between the two.
    pub(crate) fn stands_above(&self, practitioner: PersonId, teacher: PersonId) -> bool {
        self.person(teacher).is_some_and(|one| one.appraiser == Some(practitioner))
            || self.managers(teacher).contains(&practitioner)
    }
}

row! {
struct VersionRow {
    chart: i64,
}
}

row! {
struct PersonRow {
    id: Uuid,
    name: String,
    email: String,
    roles: String,
    active: bool,
    area: Option<Uuid>,
    area_name: Option<String>,
    site: Option<String>,
    manager: Option<Uuid>,
    appraiser: Option<Uuid>,
}
}

row! {
struct PracticeRow {
    person: Uuid,
    about: String,
    teaches: String,
    room: String,
    caseload: i64,
    remitted: i64,
    has_room: Option<String>,
}
}

row! {
struct ExpertiseRow {
    person: Uuid,
    theme: Uuid,
    name: String,
    leads: bool,
}
}

row! {
struct NominationRow {
    person: Uuid,
    area: Uuid,
    name: String,
}
}

row! {
    struct SpecialismRow {
        person: Uuid,
        kind: String,
        name: String,
        phase: String,
        youngest: Option<i64>,
        oldest: Option<i64>,
    }
}

row! {
    struct PriorityRow {
        theme: Uuid,
        name: String,
        set_by: Option<String>,
        person: Option<Uuid>,
    }
}

row! {
struct SpanRow {
    person: Uuid,
    weekday: i64,
    starts: i64,
    length: i64,
    label: String,
}
}

row! {
struct NameRow {
    id: Uuid,
    name: String,
}
}

/// The version of an institution's chart as it stands; nothing while the folder is empty.
pub(crate) async fn version(db: &Db, institution: InstitutionId) -> Result<i64, Fault> {
    let sql = "SELECT chart FROM programme WHERE institution = $1";
    let row = db.first::<VersionRow, 1>(sql, [of(institution)]).await?;
    Ok(row.map_or(0, |row| row.chart))
}

/// Moves the version on: what is kept anywhere no longer holds.
pub(crate) async fn changed(db: &Db, institution: InstitutionId) -> Result<(), Fault> {
    db.run("UPDATE programme SET chart = chart + 1 WHERE institution = $1", [of(institution)]).await.map(drop)
}

/// Reads the whole chart.
pub(crate) async fn load(db: &Db, institution: InstitutionId, version: i64) -> Result<Chart, Fault> {
    let mut chart = Chart { institution: Some(institution), version, ..Chart::default() };
    people(db, institution, &mut chart).await?;
    practices(db, institution, &mut chart).await?;
    special(db, institution, &mut chart).await?;
    for row in db
        .all::<NameRow, 1>("SELECT id, name FROM area WHERE institution = $1 ORDER BY name", [of(institution)])
        .await?
    {
        chart.areas.insert(row.name, AreaId(row.id));
    }
    for row in db
        .all::<NameRow, 1>(
            "SELECT id, name FROM theme WHERE institution = $1 ORDER BY position, name",
            [of(institution)],
        )
        .await?
    {
        chart.themes.push(Theme { id: ThemeId(row.id), name: row.name });
    }
    Ok(chart)
}

async fn people(db: &Db, institution: InstitutionId, chart: &mut Chart) -> Result<(), Fault> {
    let sql = "SELECT p.id, p.name, p.email, p.roles, p.active, p.area, a.name AS area_name, s.name AS site, p.manager, p.appraiser \
               FROM person p LEFT JOIN area a ON a.institution = p.institution AND a.id = p.area \
               LEFT JOIN site s ON s.institution = p.institution AND s.id = p.site WHERE p.institution = $1 ORDER BY p.folded, p.id";
    for row in db.all::<PersonRow, 1>(sql, [of(institution)]).await? {
        chart.places.insert(PersonId(row.id), chart.people.len());
        chart.people.push(Somebody {
            id: PersonId(row.id),
            name: row.name,
            email: row.email,
            roles: crate::facts::roles(&row.roles),
            active: row.active,
            area: row.area.map(AreaId),
            area_name: row.area_name.unwrap_or_default(),
            also: Vec::new(),
            site: row.site.unwrap_or_default(),
            manager: row.manager.map(PersonId),
            appraiser: row.appraiser.map(PersonId),
        });
    }
    let sql = "SELECT r.person, r.area, a.name FROM relation r JOIN area a ON a.institution = r.institution AND a.id = r.area \
               WHERE r.institution = $1 AND r.kind = 'area' AND r.holds ORDER BY a.name";
    for row in db.all::<NominationRow, 1>(sql, [of(institution)]).await? {
        let found = chart.places.get(&PersonId(row.person)).and_then(|at| chart.people.get_mut(*at));
        found.into_iter().for_each(|one| one.also.push((AreaId(row.area), row.name.clone())));
    }
    let sql =
        "SELECT person, weekday, starts, length, label FROM teaching WHERE institution = $1 ORDER BY weekday, starts";
    for row in db.all::<SpanRow, 1>(sql, [of(institution)]).await? {
        chart.teaching.entry(PersonId(row.person)).or_default().push((span(&row)?, row.label));
    }
    Ok(())
}

async fn practices(db: &Db, institution: InstitutionId, chart: &mut Chart) -> Result<(), Fault> {
    let sql = "SELECT r.person, r.about, r.teaches, r.room, r.caseload, r.remitted, \
                 (SELECT b.room FROM board_week b WHERE b.institution = r.institution AND b.person = r.person \
                  ORDER BY b.week DESC LIMIT 1) AS has_room FROM practice r WHERE r.institution = $1";
    for row in db.all::<PracticeRow, 1>(sql, [of(institution)]).await? {
        let practice = Practice {
            about: row.about,
            teaches: row.teaches,
            room: row.room,
            caseload: Minutes(row.caseload),
            remitted: Minutes(row.remitted),
            expertise: Vec::new(),
            specialisms: Vec::new(),
            nominated: Vec::new(),
            support_hours: Vec::new(),
            has_room: row.has_room.as_deref().and_then(Room::from_code),
        };
        chart.practices.insert(PersonId(row.person), practice);
    }
    let sql = "SELECT e.person, e.theme, t.name, e.leads FROM expertise e \
               JOIN theme t ON t.institution = e.institution AND t.id = e.theme WHERE e.institution = $1 ORDER BY e.leads DESC, t.position, t.name";
    for row in db.all::<ExpertiseRow, 1>(sql, [of(institution)]).await? {
        if let Some(practice) = chart.practices.get_mut(&PersonId(row.person)) {
            practice.expertise.push(Expertise {
                theme: ThemeId(row.theme),
                name: row.name,
                leads: row.leads,
                everywhere: false,
            });
        }
    }
    let sql = "SELECT n.person, n.area, a.name FROM nomination n \
               JOIN area a ON a.institution = n.institution AND a.id = n.area WHERE n.institution = $1 ORDER BY a.name";
    for row in db.all::<NominationRow, 1>(sql, [of(institution)]).await? {
        if let Some(practice) = chart.practices.get_mut(&PersonId(row.person)) {
            practice.nominated.push((AreaId(row.area), row.name));
        }
    }
    let sql = "SELECT person, weekday, starts, length, '' AS label FROM support_hour WHERE institution = $1 ORDER BY weekday, starts";
    for row in db.all::<SpanRow, 1>(sql, [of(institution)]).await? {
        if let Some(practice) = chart.practices.get_mut(&PersonId(row.person)) {
            practice.support_hours.push(span(&row)?);
        }
    }
    Ok(())
}

/// Subjects and aspects, and who leads on the college's priorities in every area.
async fn special(db: &Db, institution: InstitutionId, chart: &mut Chart) -> Result<(), Fault> {
    let sql =
        "SELECT person, kind, name, phase, youngest, oldest FROM specialism WHERE institution = $1 ORDER BY number";
    for row in db.all::<SpecialismRow, 1>(sql, [of(institution)]).await? {
        let fault = || Fault::Unreadable("specialism");
        let one = Specialism {
            about: About::from_code(&row.kind).ok_or_else(fault)?,
            name: row.name,
            phase: Phase::from_code(&row.phase).ok_or_else(fault)?,
            ages: row.youngest.zip(row.oldest),
        };
        if let Some(practice) = chart.practices.get_mut(&PersonId(row.person)) {
            practice.specialisms.push(one);
        }
    }
    let sql = "SELECT p.theme, t.name, p.set_by, l.person FROM priority p \
               JOIN theme t ON t.institution = p.institution AND t.id = p.theme \
               LEFT JOIN priority_lead l ON l.institution = p.institution AND l.theme = p.theme \
               WHERE p.institution = $1 ORDER BY t.position, t.name, l.person";
    for row in db.all::<PriorityRow, 1>(sql, [of(institution)]).await? {
        let theme = ThemeId(row.theme);
        if chart.priorities.last().is_none_or(|last| last.theme != theme) {
            let set_by = row.set_by.as_deref().map(|code| SetBy::from_code(code).ok_or(Fault::Unreadable("priority")));
            chart.priorities.push(Priority { theme, set_by: set_by.transpose()?, leads: Vec::new() });
        }
        let Some(person) = row.person.map(PersonId) else { continue };
        if let Some(last) = chart.priorities.last_mut() {
            last.leads.push(person);
        }
        if let Some(practice) = chart.practices.get_mut(&person) {
            practice.expertise.retain(|known| known.theme != theme);
            practice.expertise.insert(0, Expertise { theme, name: row.name, leads: true, everywhere: true });
        }
    }
    Ok(())
}

fn span(row: &SpanRow) -> Result<WeeklySpan, Fault> {
    let day = u8::try_from(row.weekday).ok().and_then(Weekday::from_number);
    let starts = u16::try_from(row.starts).ok();
    let made = day.zip(starts).and_then(|(day, starts)| WeeklySpan::new(day, starts, Minutes(row.length)).ok());
    made.ok_or(Fault::Unreadable("weekly time"))
}
