//! Bringing in files: what the college holds, to be compared with a file, and setting one field. Nothing about support.

use std::collections::HashMap;

use domain::ids::{AreaId, InstitutionId, PersonId, SiteId, SupportHourId, ThemeId};
use domain::minutes::Minutes;
use domain::people::{Role, Roles};
use domain::staff_file::record::{Field, Record, hours_words, lessons_words, names_words, roles_words, spans_words};
use domain::staff_file::{Known, KnownArea, KnownPerson, Lesson};
use domain::weekly::{Weekday, WeeklySpan};
use policies::acts::{BringIn, ImportStaff, PrepareImport, SeeImports, UndoImport};
use policies::permit::{By, Permit};
use uuid::Uuid;

use crate::addresses::ChangesAddress;
use crate::areas::{self, Area};
use crate::db::{Db, Fault, id, maybe_id, of};
use crate::facts::{roles, roles_text};
use crate::people;
use crate::row::row;

/// A permit with which a file may be compared with what the college holds.
pub trait Compares {
    /// The institution.
    fn college(&self) -> InstitutionId;
    /// Who does it; nobody on the command line.
    fn who(&self) -> Option<PersonId>;
}

/// A permit with which what a file says may be saved, by bringing it in or by undoing it.
pub trait Imports: Compares + ChangesAddress {}

macro_rules! compares {
    ($($act:ident)+) => {$(
        impl Compares for Permit<$act> {
            fn college(&self) -> InstitutionId {
                self.institution()
            }
            fn who(&self) -> Option<PersonId> {
                match self.by() {
                    By::Person(person) => Some(person),
                    By::Job(_) | By::CommandLine | By::SetUp => None,
                }
            }
        }
    )+};
}

compares! { SeeImports PrepareImport BringIn ImportStaff UndoImport }

impl Imports for Permit<BringIn> {}
impl Imports for Permit<ImportStaff> {}
impl Imports for Permit<UndoImport> {}

row! {
    struct PersonRow {
        id: Uuid,
        email: String,
        name: String,
        number: Option<String>,
        job: String,
        roles: String,
        active: bool,
        area: Option<String>,
        site: Option<String>,
        manager: Option<String>,
        appraiser: Option<String>,
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
    }
}

row! {
    struct NamedRow {
        person: Uuid,
        name: String,
        leads: bool,
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

row! { struct NameRow { name: String, } }

/// Everything a file can be compared with, as it stands.
///
/// # Errors
/// A fault of the database.
pub async fn known(db: &Db, permit: &impl Compares) -> Result<Known, Fault> {
    let mut known = Known { people: staff(db, permit).await?, areas: areas(db, permit).await?, ..Known::default() };
    known.sites = names(db, permit, "SELECT name FROM site WHERE institution = $1 ORDER BY name").await?;
    known.themes = names(db, permit, "SELECT name FROM theme WHERE institution = $1 ORDER BY name").await?;
    Ok(known)
}

async fn names(db: &Db, permit: &impl Compares, sql: &str) -> Result<Vec<String>, Fault> {
    let rows: Vec<NameRow> = db.all(sql, [of(permit.college())]).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

async fn areas(db: &Db, permit: &impl Compares) -> Result<Vec<KnownArea>, Fault> {
    let area = |(area, leader): (Area, Option<String>)| {
        let fields = [(Field::AreaSite, area.site), (Field::PartOf, area.part_of), (Field::LedBy, leader)];
        let record = fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
        KnownArea { id: area.id.0, name: area.name, record }
    };
    Ok(areas::load(db, permit.college()).await?.into_iter().map(area).collect())
}

async fn staff(db: &Db, permit: &impl Compares) -> Result<Vec<KnownPerson>, Fault> {
    let sql = "SELECT p.id, p.email, p.name, p.number, p.job, p.roles, p.active, a.name AS area, s.name AS site, \
                 m.email AS manager, r.email AS appraiser FROM person p \
               LEFT JOIN area a ON a.institution = p.institution AND a.id = p.area \
               LEFT JOIN site s ON s.institution = p.institution AND s.id = p.site \
               LEFT JOIN person m ON m.institution = p.institution AND m.id = p.manager \
               LEFT JOIN person r ON r.institution = p.institution AND r.id = p.appraiser \
               WHERE p.institution = $1 ORDER BY p.folded, p.id";
    let rows: Vec<PersonRow> = db.all(sql, [of(permit.college())]).await?;
    let mut practices = practices(db, permit).await?;
    let mut lessons: HashMap<Uuid, Vec<Lesson>> = HashMap::new();
    let sql = "SELECT person, weekday, starts, length, label FROM teaching WHERE institution = $1";
    let taught: Vec<SpanRow> = db.all(sql, [of(permit.college())]).await?;
    for row in taught {
        let lesson = Lesson { span: span(&row)?, label: row.label };
        lessons.entry(row.person).or_default().push(lesson);
    }
    let mut people = Vec::new();
    for row in rows {
        let held = roles(&row.roles);
        let teaching = lessons.remove(&row.id).and_then(|lessons| lessons_words(&lessons));
        let fields = [
            (Field::Name, Some(row.name)),
            (Field::Email, Some(row.email.clone())),
            (Field::Number, row.number),
            (Field::Job, some(row.job)),
            (Field::Roles, some(roles_words(held))),
            (Field::Area, row.area),
            (Field::Site, row.site),
            (Field::Manager, row.manager),
            (Field::Appraiser, row.appraiser),
            (Field::Teaching, teaching),
        ];
        let mut record: Record = fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
        // What is kept of somebody who is no practitioner now comes back with the role, and is not compared until then.
        if held.has(Role::Practitioner) {
            record.extend(practices.remove(&row.id).unwrap_or_default());
        }
        people.push(KnownPerson { id: row.id, email: row.email, active: row.active, record });
    }
    Ok(people)
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

async fn practices(db: &Db, permit: &impl Compares) -> Result<HashMap<Uuid, Record>, Fault> {
    let college = || of(permit.college());
    let mut all: HashMap<Uuid, Record> = HashMap::new();
    let sql = "SELECT person, about, teaches, room, caseload, remitted FROM practice WHERE institution = $1";
    let rows: Vec<PracticeRow> = db.all(sql, [college()]).await?;
    for row in rows {
        let hours = |minutes: i64| (minutes > 0).then(|| hours_words(Minutes(minutes)));
        let fields = [
            (Field::About, some(row.about)),
            (Field::Teaches, some(row.teaches)),
            (Field::Room, some(row.room)),
            (Field::Caseload, hours(row.caseload)),
            (Field::Remitted, hours(row.remitted)),
        ];
        all.insert(row.person, fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect());
    }
    let sql = "SELECT e.person, t.name, e.leads FROM expertise e \
               JOIN theme t ON t.institution = e.institution AND t.id = e.theme WHERE e.institution = $1";
    together(db.all(sql, [college()]).await?, Field::Expertise, &mut all);
    let sql = "SELECT n.person, a.name, FALSE AS leads FROM nomination n \
               JOIN area a ON a.institution = n.institution AND a.id = n.area WHERE n.institution = $1";
    together(db.all(sql, [college()]).await?, Field::Nominated, &mut all);
    let sql = "SELECT person, weekday, starts, length, '' AS label FROM support_hour WHERE institution = $1";
    let mut open: HashMap<Uuid, Vec<WeeklySpan>> = HashMap::new();
    let rows: Vec<SpanRow> = db.all(sql, [college()]).await?;
    for row in rows {
        open.entry(row.person).or_default().push(span(&row)?);
    }
    for (person, spans) in open {
        if let Some(words) = spans_words(&spans) {
            all.entry(person).or_default().insert(Field::SupportHours, words);
        }
    }
    Ok(all)
}

/// Names of several rows as one field of each person.
fn together(rows: Vec<NamedRow>, field: Field, all: &mut HashMap<Uuid, Record>) {
    let mut names: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        names.entry(row.person).or_default().push(if row.leads { format!("{}*", row.name) } else { row.name });
    }
    for (person, names) in names {
        if let Some(words) = names_words(names) {
            all.entry(person).or_default().insert(field, words);
        }
    }
}

fn span(row: &SpanRow) -> Result<WeeklySpan, Fault> {
    let day = u8::try_from(row.weekday).ok().and_then(Weekday::from_number);
    let starts = u16::try_from(row.starts).ok();
    let made = day.zip(starts).and_then(|(day, starts)| WeeklySpan::new(day, starts, Minutes(row.length)).ok());
    made.ok_or(Fault::Unreadable("weekly time"))
}

/// One field of a person, with what it is to hold.
#[derive(Debug, Clone)]
pub enum Set {
    /// Name, and the same folded for search.
    Name(String, String),
    /// Staff number.
    Number(Option<String>),
    /// Job title.
    Job(String),
    /// Roles.
    Roles(Roles),
    /// Area.
    Area(Option<AreaId>),
    /// Site.
    Site(Option<SiteId>),
    /// Line manager.
    Manager(Option<PersonId>),
    /// Appraiser.
    Appraiser(Option<PersonId>),
    /// Remitted minutes of a year.
    Remitted(i64),
    /// Caseload minutes of a year.
    Caseload(i64),
    /// What is said in the profile: about, teaches or room.
    Words(Field, String),
    /// Themes, and whether they are led on.
    Expertise(Vec<(ThemeId, bool)>),
    /// Nominated areas.
    Nominated(Vec<AreaId>),
    /// Published support hours.
    SupportHours(Vec<(SupportHourId, WeeklySpan)>),
    /// The teaching week.
    Teaching(Vec<(Uuid, Lesson)>),
    /// Whether the account is on. Switched off, sessions and links end.
    Account(bool),
}

/// A year's full caseload in minutes (TIM-01), for a practice that is new.
const FULL_CASELOAD: Minutes = Minutes::hours(773);

/// Sets one field of a person.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &impl Imports, person: PersonId, set: &Set) -> Result<(), Fault> {
    let key = || [of(permit.college()), id(person)];
    let column = |name: &str| format!("UPDATE person SET {name} = $3 WHERE institution = $1 AND id = $2");
    let [college, who] = key();
    match set {
        Set::Name(name, folded) => {
            let sql = "UPDATE person SET name = $3, folded = $4 WHERE institution = $1 AND id = $2";
            db.run(sql, [college, who, name.into(), folded.into()]).await
        }
        Set::Number(number) => db.run(&column("number"), [college, who, number.clone().into()]).await,
        Set::Job(job) => db.run(&column("job"), [college, who, job.into()]).await,
        Set::Roles(roles) => db.run(&column("roles"), [college, who, roles_text(*roles).into()]).await,
        Set::Area(area) => db.run(&column("area"), [college, who, maybe_id(*area)]).await,
        Set::Site(site) => db.run(&column("site"), [college, who, maybe_id(*site)]).await,
        Set::Manager(manager) => db.run(&column("manager"), [college, who, maybe_id(*manager)]).await,
        Set::Appraiser(appraiser) => db.run(&column("appraiser"), [college, who, maybe_id(*appraiser)]).await,
        Set::Account(on) => return account(db, permit, person, *on).await,
        Set::Teaching(week) => {
            let week: Vec<_> = week.iter().map(|(id, lesson)| (*id, lesson.span, lesson.label.as_str())).collect();
            return people::put_teaching(db, permit, person, &week).await;
        }
        _ => return practice(db, permit, person, set).await,
    }
    .map(drop)
}

async fn account(db: &Db, permit: &impl Imports, person: PersonId, on: bool) -> Result<(), Fault> {
    let key = || [of(permit.college()), id(person)];
    let [college, who] = key();
    let sql = "UPDATE person SET active = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [college, who, on.into()]).await?;
    if !on {
        db.run("DELETE FROM session WHERE institution = $1 AND person = $2", key()).await?;
        db.run("DELETE FROM set_up_link WHERE institution = $1 AND person = $2", key()).await?;
    }
    Ok(())
}

async fn practice(db: &Db, permit: &impl Imports, person: PersonId, set: &Set) -> Result<(), Fault> {
    let [college, who] = [of(permit.college()), id(person)];
    let sql = "INSERT INTO practice (institution, person, about, teaches, room, caseload, remitted) \
               VALUES ($1, $2, '', '', '', $3, 0) ON CONFLICT (institution, person) DO NOTHING";
    db.run(sql, [college.clone(), who.clone(), FULL_CASELOAD.0.into()]).await?;
    let column = |name: &str| format!("UPDATE practice SET {name} = $3 WHERE institution = $1 AND person = $2");
    match set {
        Set::Remitted(minutes) => db.run(&column("remitted"), [college, who, (*minutes).into()]).await.map(drop),
        Set::Caseload(minutes) => db.run(&column("caseload"), [college, who, (*minutes).into()]).await.map(drop),
        Set::Words(field, words) => {
            let name = match field {
                Field::About => "about",
                Field::Teaches => "teaches",
                _ => "room",
            };
            db.run(&column(name), [college, who, words.into()]).await.map(drop)
        }
        Set::Expertise(themes) => {
            db.run("DELETE FROM expertise WHERE institution = $1 AND person = $2", [college.clone(), who.clone()])
                .await?;
            let rows =
                themes.iter().map(|(theme, leads)| vec![college.clone(), who.clone(), id(*theme), (*leads).into()]);
            db.insert_all("INSERT INTO expertise (institution, person, theme, leads) VALUES", rows.collect()).await
        }
        Set::Nominated(areas) => {
            db.run("DELETE FROM nomination WHERE institution = $1 AND person = $2", [college.clone(), who.clone()])
                .await?;
            let rows = areas.iter().map(|area| vec![college.clone(), id(*area), who.clone()]);
            db.insert_all("INSERT INTO nomination (institution, area, person) VALUES", rows.collect()).await
        }
        Set::SupportHours(spans) => {
            db.run("DELETE FROM support_hour WHERE institution = $1 AND person = $2", [college.clone(), who.clone()])
                .await?;
            let rows = spans.iter().map(|(fresh, span)| {
                let (day, starts) = (i64::from(span.weekday().number()), i64::from(span.starts()));
                vec![college.clone(), id(*fresh), who.clone(), day.into(), starts.into(), span.length().0.into()]
            });
            let sql = "INSERT INTO support_hour (institution, id, person, weekday, starts, length) VALUES";
            db.insert_all(sql, rows.collect()).await
        }
        _ => Ok(()),
    }
}

/// Sets where an area is, what it is a part of and who leads it.
///
/// # Errors
/// A fault of the database.
pub async fn place_area(
    db: &Db,
    permit: &impl Imports,
    area: AreaId,
    (site, part_of, led_by): (Option<SiteId>, Option<AreaId>, Option<PersonId>),
) -> Result<(), Fault> {
    let sql = "INSERT INTO area_place (institution, area, site, part_of, led_by) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, area) DO UPDATE SET site = excluded.site, part_of = excluded.part_of, led_by = excluded.led_by";
    let values = [of(permit.college()), id(area), maybe_id(site), maybe_id(part_of), maybe_id(led_by)];
    db.run(sql, values).await.map(drop)
}

row! { struct CountRow { count: i64, } }

/// Whether anybody is an administrator whose account is on.
///
/// # Errors
/// A fault of the database.
pub async fn has_administrator(db: &Db, permit: &impl Imports) -> Result<bool, Fault> {
    let sql = "SELECT CAST(count(*) AS bigint) AS count FROM person \
               WHERE institution = $1 AND active = TRUE AND roles LIKE '%administrator%'";
    let row: Option<CountRow> = db.first(sql, [of(permit.college())]).await?;
    Ok(row.is_some_and(|row| row.count > 0))
}
