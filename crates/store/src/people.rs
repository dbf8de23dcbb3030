//! The staff: who works here, in which area and line, and whether their accounts are on. Nothing about support.

use domain::ids::{AreaId, InstitutionId, PersonId, SiteId, SupportHourId, ThemeId};
use domain::people::{Role, Roles};
use domain::weekly::WeeklySpan;
use jiff::civil::Date;
use policies::acts::{FindColleague, SeeBoard, SeePeople};
use policies::permit::Permit;
use uuid::Uuid;

use crate::areas;
use crate::calendar;
use crate::chart::{self, Somebody};
use crate::db::{Db, Fault, id, maybe_id, of};
use crate::facts::roles_text;
use crate::imports::Imports;
use crate::outbox;
use crate::row::{Value, row};

/// A member of staff as the administrator sees them.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Area.
    pub area: String,
    /// The line manager's name.
    pub manager: String,
    /// Roles.
    pub roles: Roles,
    /// Whether the account is on.
    pub active: bool,
}

/// All staff, by name.
///
/// # Errors
/// A fault of the database.
pub async fn members(db: &Db, permit: &Permit<SeePeople>) -> Result<Vec<Member>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let manager = |id| chart.person(id).map(|manager| manager.name.clone());
    let member = |one: &Somebody| Member {
        id: one.id,
        name: one.name.clone(),
        email: one.email.clone(),
        area: one.areas_words(),
        manager: one.manager.and_then(manager).unwrap_or_default(),
        roles: one.roles,
        active: one.active,
    };
    Ok(chart.people().iter().map(member).collect())
}

/// A colleague to name: enough to tell two of the same name apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Area.
    pub area: String,
}

/// All active staff, by name.
///
/// # Errors
/// A fault of the database.
pub async fn colleagues(db: &Db, permit: &Permit<FindColleague>) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let active = chart.people().iter().filter(|one| one.active);
    Ok(active.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect())
}

/// Ends the sessions, links and calendar feed of somebody whose account goes off; threads stay as they are.
pub(crate) async fn sign_out(db: &Db, institution: InstitutionId, person: PersonId) -> Result<(), Fault> {
    let values = || [of(institution), id(person)];
    db.run("DELETE FROM session WHERE institution = $1 AND person = $2", values()).await?;
    db.run("DELETE FROM set_up_link WHERE institution = $1 AND person = $2", values()).await?;
    calendar::drop_feed(db, institution, person).await?;
    outbox::drop_all(db, institution, person).await
}

/// Says that an import is done on `today`: areas, lines, roles and accounts that it changed end or begin on that day
/// (R-PPL-5), and whatever was kept of the chart no longer holds.
///
/// # Errors
/// A fault of the database.
pub async fn imported(db: &Db, permit: &impl Imports, today: Date) -> Result<(), Fault> {
    crate::relations::imported(db, permit, today).await?;
    chart::changed(db, permit.college()).await
}

row! {
struct KnownRow {
    id: Uuid,
    email: String,
}
}

/// Everybody already in the folder, by e-mail address, so that a second file changes rather than doubles them.
///
/// # Errors
/// A fault of the database.
pub async fn known(db: &Db, permit: &impl Imports) -> Result<Vec<(String, PersonId)>, Fault> {
    let sql = "SELECT id, email FROM person WHERE institution = $1 ORDER BY email";
    let rows = db.all::<KnownRow, 1>(sql, [of(permit.college())]).await?;
    Ok(rows.into_iter().map(|row| (row.email, PersonId(row.id))).collect())
}

/// Who has an account, by e-mail address, for the command line.
///
/// # Errors
/// A fault of the database.
pub async fn by_email(db: &Db, institution: InstitutionId, email: &str) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT id, email FROM person WHERE institution = $1 AND email = $2";
    let row = db.first::<KnownRow, 2>(sql, [of(institution), email.into()]).await?;
    Ok(row.map(|row| PersonId(row.id)))
}

/// A named thing of the institution: site, area or theme.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// A campus.
    Site,
    /// A curriculum area.
    Area,
    /// A theme.
    Theme,
}

row! {
struct NameRow {
    id: Uuid,
    name: String,
}
}

/// What is there already, by name.
///
/// # Errors
/// A fault of the database.
pub async fn named(db: &Db, permit: &impl Imports, what: Named) -> Result<Vec<(String, Uuid)>, Fault> {
    let sql = match what {
        Named::Site => "SELECT id, name FROM site WHERE institution = $1",
        Named::Area => "SELECT id, name FROM area WHERE institution = $1",
        Named::Theme => "SELECT id, name FROM theme WHERE institution = $1",
    };
    let rows = db.all::<NameRow, 1>(sql, [of(permit.college())]).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.id)).collect())
}

/// Adds a site, an area or a theme.
///
/// # Errors
/// A fault of the database.
pub async fn add(
    db: &Db,
    permit: &impl Imports,
    what: Named,
    (fresh, name, position): (Uuid, &str, i64),
) -> Result<(), Fault> {
    let institution = of(permit.college());
    match what {
        Named::Site => {
            db.run(
                "INSERT INTO site (institution, id, name) VALUES ($1, $2, $3)",
                [institution, fresh.into(), name.into()],
            )
            .await
        }
        Named::Area => {
            db.run(
                "INSERT INTO area (institution, id, name) VALUES ($1, $2, $3)",
                [institution, fresh.into(), name.into()],
            )
            .await
        }
        Named::Theme => {
            let sql = "INSERT INTO theme (institution, id, name, position) VALUES ($1, $2, $3, $4)";
            db.run(sql, [institution, fresh.into(), name.into(), position.into()]).await
        }
    }
    .map(drop)
}

/// A person as a staff file gives them.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: &'a str,
    /// The name folded for search.
    pub folded: &'a str,
    /// E-mail address in lower case.
    pub email: &'a str,
    /// Job title.
    pub job: &'a str,
    /// Roles.
    pub roles: Roles,
    /// Area.
    pub area: Option<AreaId>,
    /// Campus.
    pub site: Option<SiteId>,
}

/// Adds a person or brings them up to date; the line comes afterwards, when everybody is there.
///
/// # Errors
/// A fault of the database.
pub async fn put(db: &Db, permit: &impl Imports, entry: &Entry<'_>) -> Result<(), Fault> {
    let sql = "INSERT INTO person (institution, id, name, folded, email, job, roles, active, area, site, manager, appraiser, note_key) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE, $8, $9, NULL, NULL, TRUE) \
               ON CONFLICT (institution, id) DO UPDATE SET name = excluded.name, folded = excluded.folded, \
                 job = excluded.job, roles = excluded.roles, area = excluded.area, site = excluded.site";
    let values = [
        of(permit.college()),
        id(entry.id),
        entry.name.into(),
        entry.folded.into(),
        entry.email.into(),
        entry.job.into(),
        roles_text(entry.roles).into(),
        maybe_id(entry.area),
        maybe_id(entry.site),
    ];
    db.run(sql, values).await.map(drop)
}

/// Sets somebody's line manager and appraiser.
///
/// # Errors
/// A fault of the database.
pub async fn set_line(
    db: &Db,
    permit: &impl Imports,
    person: PersonId,
    (manager, appraiser): (Option<PersonId>, Option<PersonId>),
) -> Result<(), Fault> {
    let sql = "UPDATE person SET manager = $3, appraiser = $4 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.college()), id(person), maybe_id(manager), maybe_id(appraiser)]).await.map(drop)
}

/// A practitioner's practice as a staff file gives it.
#[derive(Debug, Clone)]
pub struct PracticeEntry<'a> {
    /// Whose.
    pub person: PersonId,
    /// About, teaches, room.
    pub words: (&'a str, &'a str, &'a str),
    /// Caseload and remission of the year, in minutes.
    pub minutes: (i64, i64),
    /// Themes known, and whether they lead on them.
    pub expertise: Vec<(ThemeId, bool)>,
    /// Nominated areas.
    pub nominated: Vec<AreaId>,
    /// Published support hours.
    pub support_hours: Vec<(SupportHourId, WeeklySpan)>,
}

/// Adds a practice or brings it up to date; what the file leaves empty stays as the practitioner wrote it (R-IMP-4).
///
/// # Errors
/// A fault of the database.
pub async fn put_practice(db: &Db, permit: &impl Imports, entry: &PracticeEntry<'_>) -> Result<(), Fault> {
    let (institution, person) = (of(permit.college()), id(entry.person));
    let sql = "INSERT INTO practice (institution, person, about, teaches, room, caseload, remitted) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (institution, person) DO UPDATE SET \
                 about = CASE WHEN excluded.about = '' THEN practice.about ELSE excluded.about END, \
                 teaches = CASE WHEN excluded.teaches = '' THEN practice.teaches ELSE excluded.teaches END, \
                 room = CASE WHEN excluded.room = '' THEN practice.room ELSE excluded.room END, caseload = excluded.caseload, remitted = excluded.remitted";
    let (about, teaches, room) = entry.words;
    let (caseload, remitted) = entry.minutes;
    let words = [about.into(), teaches.into(), room.into()];
    let [about, teaches, room]: [Value; 3] = words;
    let values = [institution.clone(), person.clone(), about, teaches, room, caseload.into(), remitted.into()];
    db.run(sql, values).await?;
    // An empty cell says nothing: what the practitioner wrote stays.
    for (empty, sql) in [
        (entry.expertise.is_empty(), "DELETE FROM expertise WHERE institution = $1 AND person = $2"),
        (false, "DELETE FROM nomination WHERE institution = $1 AND person = $2"),
        (entry.support_hours.is_empty(), "DELETE FROM support_hour WHERE institution = $1 AND person = $2"),
    ] {
        if !empty {
            db.run(sql, [institution.clone(), person.clone()]).await?;
        }
    }
    let sql = "INSERT INTO expertise (institution, person, theme, leads) VALUES ($1, $2, $3, $4)";
    for (theme, leads) in &entry.expertise {
        db.run(sql, [institution.clone(), person.clone(), id(*theme), (*leads).into()]).await?;
    }
    for area in &entry.nominated {
        let sql = "INSERT INTO nomination (institution, area, person) VALUES ($1, $2, $3)";
        db.run(sql, [institution.clone(), id(*area), person.clone()]).await?;
    }
    let sql =
        "INSERT INTO support_hour (institution, id, person, weekday, starts, length) VALUES ($1, $2, $3, $4, $5, $6)";
    for (fresh, span) in &entry.support_hours {
        let (day, starts, length) = (i64::from(span.weekday().number()), i64::from(span.starts()), span.length().0);
        db.run(sql, [institution.clone(), id(*fresh), person.clone(), day.into(), starts.into(), length.into()])
            .await?;
    }
    Ok(())
}

/// Replaces somebody's teaching week.
///
/// # Errors
/// A fault of the database.
pub async fn put_teaching(
    db: &Db,
    permit: &impl Imports,
    person: PersonId,
    week: &[(Uuid, WeeklySpan, &str)],
) -> Result<(), Fault> {
    let (institution, person) = (of(permit.college()), id(person));
    db.run("DELETE FROM teaching WHERE institution = $1 AND person = $2", [institution.clone(), person.clone()])
        .await?;
    let sql = "INSERT INTO teaching (institution, id, person, weekday, starts, length, label) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    for (fresh, span, label) in week {
        let (day, starts, length) = (i64::from(span.weekday().number()), i64::from(span.starts()), span.length().0);
        let values = [
            institution.clone(),
            (*fresh).into(),
            person.clone(),
            day.into(),
            starts.into(),
            length.into(),
            (*label).into(),
        ];
        db.run(sql, values).await?;
    }
    Ok(())
}

/// A practitioner in the line of teachers (GOV-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLine {
    /// The practitioner's name.
    pub practitioner: String,
    /// The name of a teacher in their line.
    pub teacher: String,
    /// How many other practitioners the teacher could ask.
    pub others: usize,
}

/// Practitioners who are line manager or appraiser of teaching staff: from the organisation chart alone (R-BRD-5, R-BOU-8).
///
/// # Errors
/// A fault of the database.
pub async fn practitioners_in_line(db: &Db, permit: &Permit<SeeBoard>) -> Result<Vec<InLine>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let mut found = Vec::new();
    for (one, _) in chart.practitioners() {
        let below = |other: &&Somebody| {
            other.active
                && other.roles.has(Role::Teacher)
                && (other.manager == Some(one.id) || other.appraiser == Some(one.id))
        };
        for other in chart.people().iter().filter(below) {
            let may = |asked: &Somebody| asked.id != other.id && !chart.stands_above(asked.id, other.id);
            let others = chart.practitioners().filter(|(asked, _)| may(asked)).count();
            found.push(InLine { practitioner: one.name.clone(), teacher: other.name.clone(), others });
        }
    }
    Ok(found)
}

/// Active practitioners who also hold a management post: head of department, or somebody's line manager (R-TIM-14).
///
/// # Errors
/// A fault of the database.
pub async fn practitioners_with_posts(db: &Db, permit: &Permit<SeeBoard>) -> Result<Vec<String>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let manages = |person: PersonId| chart.people().iter().any(|other| other.active && other.manager == Some(person));
    let holds = |one: &Somebody| one.roles.has(Role::HeadOfDepartment) || manages(one.id);
    Ok(chart.practitioners().filter(|(one, _)| holds(one)).map(|(one, _)| one.name.clone()).collect())
}

/// Nominated areas that no active practitioner looks after (R-BRD-4).
///
/// # Errors
/// A fault of the database.
pub async fn uncovered_areas(db: &Db, permit: &Permit<SeeBoard>) -> Result<Vec<String>, Fault> {
    Ok(areas::uncovered(&*db.chart(permit.institution()).await?))
}
