//! The practitioners: profiles, expertise, nominated areas, published support hours; and whom somebody avoids.

use std::collections::HashMap;

use domain::hours::Room;
use domain::ids::{AreaId, InstitutionId, PersonId, SupportHourId, ThemeId, ThreadId};
use domain::minutes::Minutes;
use domain::weekly::{Weekday, WeeklySpan};
use policies::acts::{
    AvoidPractitioner, EditProfile, PublishSupportHours, SeeAvoided, SeeDirectory, SeeOwnWeek, SeeSuggestions,
    StopAvoiding,
};
use policies::permit::Permit;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::support::Asks;

/// A practitioner as everybody at the institution sees them.
#[derive(Debug, Clone)]
pub struct Practitioner {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Own area.
    pub area: Option<AreaId>,
    /// Its name.
    pub area_name: String,
    /// Campus.
    pub site: String,
    /// What they say about themselves.
    pub about: String,
    /// What they teach.
    pub teaches: String,
    /// Where to find them.
    pub room: String,
    /// Themes they know, and whether they lead on them.
    pub expertise: Vec<Expertise>,
    /// Areas they look after.
    pub nominated: Vec<(AreaId, String)>,
    /// Published weekly support hours.
    pub support_hours: Vec<WeeklySpan>,
    /// Whether they had room at the start of the week.
    pub has_room: Option<Room>,
}

/// A theme that a practitioner knows.
#[derive(Debug, Clone)]
pub struct Expertise {
    /// Which.
    pub theme: ThemeId,
    /// Its name.
    pub name: String,
    /// Whether they lead on it.
    pub leads: bool,
}

/// A theme that support can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Which.
    pub id: ThemeId,
    /// Its name.
    pub name: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    email: String,
    area: Option<Uuid>,
    area_name: Option<String>,
    site: Option<String>,
    about: String,
    teaches: String,
    room: String,
    has_room: Option<String>,
}

#[derive(FromQueryResult)]
struct ExpertiseRow {
    person: Uuid,
    theme: Uuid,
    name: String,
    leads: bool,
}

#[derive(FromQueryResult)]
struct NominationRow {
    person: Uuid,
    area: Uuid,
    name: String,
}

#[derive(FromQueryResult)]
struct SpanRow {
    person: Uuid,
    weekday: i64,
    starts: i64,
    length: i64,
}

#[derive(FromQueryResult)]
struct ThemeRow {
    id: Uuid,
    name: String,
}

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

pub(crate) fn span(weekday: i64, starts: i64, length: i64) -> Result<WeeklySpan, Fault> {
    let day = u8::try_from(weekday).ok().and_then(Weekday::from_number);
    let starts = u16::try_from(starts).ok();
    let made = day.zip(starts).and_then(|(day, starts)| WeeklySpan::new(day, starts, Minutes(length)).ok());
    made.ok_or(Fault::Unreadable("weekly time"))
}

/// Every active practitioner, by name.
///
/// # Errors
/// A fault of the database.
pub async fn practitioners(db: &Db, permit: &Permit<SeeDirectory>) -> Result<Vec<Practitioner>, Fault> {
    let institution = permit.institution();
    let sql = "SELECT p.id, p.name, p.email, p.area, a.name AS area_name, s.name AS site, r.about, r.teaches, r.room, \
                 (SELECT b.room FROM board_week b WHERE b.institution = p.institution AND b.person = p.id \
                  ORDER BY b.week DESC LIMIT 1) AS has_room \
               FROM person p JOIN practice r ON r.institution = p.institution AND r.person = p.id \
               LEFT JOIN area a ON a.institution = p.institution AND a.id = p.area \
               LEFT JOIN site s ON s.institution = p.institution AND s.id = p.site \
               WHERE p.institution = $1 AND p.active AND p.roles LIKE '%practitioner%' ORDER BY p.folded, p.id";
    let mut found: Vec<Practitioner> = Vec::new();
    for row in db.all::<Row, 1>(sql, [of(institution)]).await? {
        found.push(Practitioner {
            id: PersonId(row.id),
            name: row.name,
            email: row.email,
            area: row.area.map(AreaId),
            area_name: row.area_name.unwrap_or_default(),
            site: row.site.unwrap_or_default(),
            about: row.about,
            teaches: row.teaches,
            room: row.room,
            expertise: Vec::new(),
            nominated: Vec::new(),
            support_hours: Vec::new(),
            has_room: row.has_room.as_deref().and_then(Room::from_code),
        });
    }
    fill(db, institution, &mut found).await?;
    Ok(found)
}

async fn fill(db: &Db, institution: InstitutionId, found: &mut [Practitioner]) -> Result<(), Fault> {
    let places: HashMap<Uuid, usize> = found.iter().enumerate().map(|(at, one)| (one.id.0, at)).collect();
    let expertise = "SELECT e.person, e.theme, t.name, e.leads FROM expertise e \
                     JOIN theme t ON t.institution = e.institution AND t.id = e.theme \
                     WHERE e.institution = $1 ORDER BY e.leads DESC, t.position, t.name";
    for row in db.all::<ExpertiseRow, 1>(expertise, [of(institution)]).await? {
        if let Some(one) = places.get(&row.person).and_then(|at| found.get_mut(*at)) {
            one.expertise.push(Expertise { theme: ThemeId(row.theme), name: row.name, leads: row.leads });
        }
    }
    let nominations = "SELECT n.person, n.area, a.name FROM nomination n \
                       JOIN area a ON a.institution = n.institution AND a.id = n.area WHERE n.institution = $1 ORDER BY a.name";
    for row in db.all::<NominationRow, 1>(nominations, [of(institution)]).await? {
        if let Some(one) = places.get(&row.person).and_then(|at| found.get_mut(*at)) {
            one.nominated.push((AreaId(row.area), row.name));
        }
    }
    let hours =
        "SELECT person, weekday, starts, length FROM support_hour WHERE institution = $1 ORDER BY weekday, starts";
    for row in db.all::<SpanRow, 1>(hours, [of(institution)]).await? {
        if let Some(one) = places.get(&row.person).and_then(|at| found.get_mut(*at)) {
            one.support_hours.push(span(row.weekday, row.starts, row.length)?);
        }
    }
    Ok(())
}

/// The themes that support can be about, in the institution's order.
///
/// # Errors
/// A fault of the database.
pub async fn themes(db: &Db, permit: &Permit<SeeDirectory>) -> Result<Vec<Theme>, Fault> {
    let sql = "SELECT id, name FROM theme WHERE institution = $1 ORDER BY position, name";
    let rows = db.all::<ThemeRow, 1>(sql, [of(permit.institution())]).await?;
    Ok(rows.into_iter().map(|row| Theme { id: ThemeId(row.id), name: row.name }).collect())
}

/// With whom somebody has worked before, for their own suggestions only.
///
/// # Errors
/// A fault of the database.
pub async fn worked_with(db: &Db, permit: &Permit<SeeSuggestions>, person: PersonId) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT DISTINCT b.person AS id FROM participant a \
               JOIN participant b ON b.institution = a.institution AND b.thread = a.thread AND b.number = 2 \
               JOIN thread t ON t.institution = a.institution AND t.id = a.thread \
               WHERE a.institution = $1 AND a.person = $2 AND a.number = 1 AND t.stage IN ('open', 'ended')";
    let rows = db.all::<IdRow, 2>(sql, [of(permit.institution()), id(person)]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}

#[derive(FromQueryResult)]
struct TouchRow {
    person: Uuid,
    thread: Uuid,
}

/// With whom somebody is in touch now, and in which thread; for their own suggestions only.
///
/// # Errors
/// A fault of the database.
pub async fn in_touch_with(
    db: &Db,
    permit: &Permit<SeeSuggestions>,
    person: PersonId,
) -> Result<Vec<(PersonId, ThreadId)>, Fault> {
    let sql = "SELECT b.person, t.id AS thread FROM participant a \
               JOIN participant b ON b.institution = a.institution AND b.thread = a.thread AND b.number = 2 \
               JOIN thread t ON t.institution = a.institution AND t.id = a.thread \
               WHERE a.institution = $1 AND a.person = $2 AND a.number = 1 AND t.stage IN ('waiting', 'open')";
    let rows = db.all::<TouchRow, 2>(sql, [of(permit.institution()), id(person)]).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.person), ThreadId(row.thread))).collect())
}

#[derive(FromQueryResult)]
struct AreaRow {
    area: Option<Uuid>,
}

/// The area of somebody who looks for support.
///
/// # Errors
/// A fault of the database.
pub async fn own_area(db: &Db, permit: &Permit<SeeSuggestions>, person: PersonId) -> Result<Option<AreaId>, Fault> {
    let sql = "SELECT area FROM person WHERE institution = $1 AND id = $2";
    let row = db.first::<AreaRow, 2>(sql, [of(permit.institution()), id(person)]).await?;
    Ok(row.and_then(|row| row.area).map(AreaId))
}

async fn hours_of(db: &Db, institution: InstitutionId, person: PersonId) -> Result<Vec<WeeklySpan>, Fault> {
    let sql = "SELECT person, weekday, starts, length FROM support_hour \
               WHERE institution = $1 AND person = $2 ORDER BY weekday, starts";
    let rows = db.all::<SpanRow, 2>(sql, [of(institution), id(person)]).await?;
    rows.into_iter().map(|row| span(row.weekday, row.starts, row.length)).collect()
}

/// The published hours of the practitioner who is asked.
///
/// # Errors
/// A fault of the database.
pub async fn published_hours(db: &Db, permit: &impl Asks, person: PersonId) -> Result<Vec<WeeklySpan>, Fault> {
    let (institution, ..) = permit.pair();
    hours_of(db, institution, person).await
}

/// One's own published hours.
///
/// # Errors
/// A fault of the database.
pub async fn own_hours(db: &Db, permit: &Permit<SeeOwnWeek>) -> Result<Vec<WeeklySpan>, Fault> {
    hours_of(db, permit.institution(), permit.key()).await
}

/// Whom somebody would rather not work with. Theirs alone (R-SUP-9).
///
/// # Errors
/// A fault of the database.
pub async fn avoided(db: &Db, permit: &Permit<SeeAvoided>) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT practitioner AS id FROM avoidance WHERE institution = $1 AND person = $2";
    let rows = db.all::<IdRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}

/// Remembers that somebody would rather not work with a practitioner. No reason is kept.
///
/// # Errors
/// A fault of the database.
pub async fn avoid(db: &Db, permit: &Permit<AvoidPractitioner>) -> Result<(), Fault> {
    let sql = "INSERT INTO avoidance (institution, person, practitioner) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(permit.with_person())]).await.map(drop)
}

/// Forgets it again.
///
/// # Errors
/// A fault of the database.
pub async fn stop_avoiding(db: &Db, permit: &Permit<StopAvoiding>) -> Result<(), Fault> {
    let sql = "DELETE FROM avoidance WHERE institution = $1 AND person = $2 AND practitioner = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(permit.with_person())]).await.map(drop)
}

/// Replaces a practitioner's published support hours.
///
/// # Errors
/// A fault of the database.
pub async fn publish(
    db: &Db,
    permit: &Permit<PublishSupportHours>,
    spans: &[(SupportHourId, WeeklySpan)],
) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    db.run("DELETE FROM support_hour WHERE institution = $1 AND person = $2", [institution.clone(), person.clone()])
        .await?;
    let sql =
        "INSERT INTO support_hour (institution, id, person, weekday, starts, length) VALUES ($1, $2, $3, $4, $5, $6)";
    for (fresh, span) in spans {
        let (day, starts, length) = (i64::from(span.weekday().number()), i64::from(span.starts()), span.length().0);
        db.run(sql, [institution.clone(), id(*fresh), person.clone(), day.into(), starts.into(), length.into()])
            .await?;
    }
    Ok(())
}

/// What a practitioner says in the directory.
#[derive(Debug, Clone)]
pub struct Profile<'a> {
    /// About themselves.
    pub about: &'a str,
    /// What they teach.
    pub teaches: &'a str,
    /// Where to find them.
    pub room: &'a str,
    /// Themes they know, and whether they lead on them.
    pub expertise: &'a [(ThemeId, bool)],
}

/// Replaces a practitioner's profile.
///
/// # Errors
/// A fault of the database.
pub async fn edit_profile(db: &Db, permit: &Permit<EditProfile>, profile: Profile<'_>) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let sql = "UPDATE practice SET about = $3, teaches = $4, room = $5 WHERE institution = $1 AND person = $2";
    let (about, teaches, room) = (profile.about.into(), profile.teaches.into(), profile.room.into());
    db.run(sql, [institution.clone(), person.clone(), about, teaches, room]).await?;
    db.run("DELETE FROM expertise WHERE institution = $1 AND person = $2", [institution.clone(), person.clone()])
        .await?;
    let sql = "INSERT INTO expertise (institution, person, theme, leads) VALUES ($1, $2, $3, $4)";
    for (theme, leads) in profile.expertise {
        db.run(sql, [institution.clone(), person.clone(), id(*theme), (*leads).into()]).await?;
    }
    Ok(())
}
