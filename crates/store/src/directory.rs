//! The practitioners: profiles, expertise, nominated areas, published support hours; and whom somebody avoids.

use domain::frame::Specialism;
use domain::hours::Room;
use domain::ids::{AreaId, PersonId, SupportHourId, ThemeId, ThreadId};
use domain::weekly::WeeklySpan;
use policies::acts::{
    AvoidPractitioner, EditProfile, PublishSupportHours, SeeAvoided, SeeDirectory, SeeOwnWeek, SeeSuggestions,
    StopAvoiding,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::{self, Practice, Somebody};
use crate::db::{Db, Fault, id, of};
use crate::row::row;
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
    /// Further areas.
    pub also: Vec<AreaId>,
    /// The names of all of them.
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
    /// Subjects and aspects they know, with phase and ages.
    pub specialisms: Vec<Specialism>,
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
    /// Whether it is a priority on which they lead in every area, as the programme lead has said (MAT-03).
    pub everywhere: bool,
}

/// A theme that support can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Which.
    pub id: ThemeId,
    /// Its name.
    pub name: String,
}

row! {
struct IdRow {
    id: Uuid,
}
}

/// Every active practitioner, by name.
///
/// # Errors
/// A fault of the database.
pub async fn practitioners(db: &Db, permit: &Permit<SeeDirectory>) -> Result<Vec<Practitioner>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let one = |(one, practice): (&Somebody, &Practice)| Practitioner {
        id: one.id,
        name: one.name.clone(),
        email: one.email.clone(),
        area: one.area,
        also: one.also.iter().map(|(area, _)| *area).collect(),
        area_name: one.areas_words(),
        site: one.site.clone(),
        about: practice.about.clone(),
        teaches: practice.teaches.clone(),
        room: practice.room.clone(),
        expertise: practice.expertise.clone(),
        specialisms: practice.specialisms.clone(),
        nominated: practice.nominated.clone(),
        support_hours: practice.support_hours.clone(),
        has_room: practice.has_room,
    };
    Ok(chart.practitioners().map(one).collect())
}

/// The themes that support can be about, in the institution's order.
///
/// # Errors
/// A fault of the database.
pub async fn themes(db: &Db, permit: &Permit<SeeDirectory>) -> Result<Vec<Theme>, Fault> {
    Ok(db.chart(permit.institution()).await?.themes.clone())
}

/// What ties somebody to practitioners; for their own suggestions only.
#[derive(Debug, Default)]
pub struct Ties {
    /// With whom they have worked, or do.
    pub worked: Vec<PersonId>,
    /// With whom they are in touch now, and in which thread.
    pub in_touch: Vec<(PersonId, ThreadId)>,
    /// Whom they would rather not work with.
    pub avoided: Vec<PersonId>,
}

row! {
struct TieRow {
    person: Uuid,
    thread: Option<Uuid>,
    stage: String,
}
}

/// What ties somebody to practitioners.
///
/// # Errors
/// A fault of the database.
pub async fn ties(db: &Db, permit: &Permit<SeeSuggestions>, own: &Permit<SeeAvoided>) -> Result<Ties, Fault> {
    let sql = "SELECT b.person, t.id AS thread, t.stage FROM participant a \
               JOIN participant b ON b.institution = a.institution AND b.thread = a.thread AND b.number = 2 \
               JOIN thread t ON t.institution = a.institution AND t.id = a.thread \
               WHERE a.institution = $1 AND a.person = $2 AND a.number = 1 AND t.stage IN ('waiting', 'open', 'ended') \
                 AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) \
               UNION ALL SELECT practitioner, NULL, 'avoided' FROM avoidance WHERE institution = $1 AND person = $2";
    let mut ties = Ties::default();
    for row in db.all::<TieRow, 2>(sql, [of(permit.institution()), id(own.key())]).await? {
        let person = PersonId(row.person);
        match (row.stage.as_str(), row.thread) {
            ("avoided", _) => ties.avoided.push(person),
            (stage, Some(thread)) => {
                if stage != "ended" {
                    ties.in_touch.push((person, ThreadId(thread)));
                }
                if stage != "waiting" && !ties.worked.contains(&person) {
                    ties.worked.push(person);
                }
            }
            (_, None) => return Err(Fault::Unreadable("thread")),
        }
    }
    Ok(ties)
}

/// The areas of somebody who looks for support, the main one first.
///
/// # Errors
/// A fault of the database.
pub async fn own_areas(db: &Db, permit: &Permit<SeeSuggestions>, person: PersonId) -> Result<Vec<AreaId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.person(person).map(|one| one.areas().collect()).unwrap_or_default())
}

/// The published hours of the practitioner who is asked.
///
/// # Errors
/// A fault of the database.
pub async fn published_hours(db: &Db, permit: &impl Asks, person: PersonId) -> Result<Vec<WeeklySpan>, Fault> {
    Ok(db
        .chart(permit.pair().0)
        .await?
        .practice(person)
        .map(|practice| practice.support_hours.clone())
        .unwrap_or_default())
}

/// One's own published hours.
///
/// # Errors
/// A fault of the database.
pub async fn own_hours(db: &Db, permit: &Permit<SeeOwnWeek>) -> Result<Vec<WeeklySpan>, Fault> {
    let hours =
        db.chart(permit.institution()).await?.practice(permit.key()).map(|practice| practice.support_hours.clone());
    Ok(hours.unwrap_or_default())
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
    chart::changed(db, permit.institution()).await
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
    /// Subjects and aspects, in order.
    pub specialisms: &'a [Specialism],
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
    db.run("DELETE FROM specialism WHERE institution = $1 AND person = $2", [institution.clone(), person.clone()])
        .await?;
    let row = |(number, one): (i64, &Specialism)| {
        let (youngest, oldest) = (one.ages.map(|ages| ages.0).into(), one.ages.map(|ages| ages.1).into());
        let (kind, name, phase) = (one.about.code().into(), one.name.as_str().into(), one.phase.code().into());
        vec![institution.clone(), person.clone(), number.into(), kind, name, phase, youngest, oldest]
    };
    let sql = "INSERT INTO specialism (institution, person, number, kind, name, phase, youngest, oldest) VALUES";
    db.insert_all(sql, (0..).zip(profile.specialisms).map(row).collect()).await?;
    chart::changed(db, permit.institution()).await
}
