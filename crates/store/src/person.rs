//! One person as the administrator keeps them: name, address, job, site, and what the chart says around them.
//! Nothing about support.

use domain::ids::{AreaId, InstitutionId, PersonId, SiteId};
use domain::people::Role;
use domain::relations::Names;
use domain::staff_file::same_number;
use domain::weekly::WeeklySpan;
use jiff::civil::Date;
use policies::acts::{AddPerson, EditPerson, SeeOwnAccount, SeePeople, SeePerson};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::{self, Chart};
use crate::db::{Db, Fault, id, maybe_id, of};
use crate::people::Colleague;
use crate::relations;
use crate::row::row;

/// One person as the administrator sees them.
#[derive(Debug, Clone)]
pub struct Personal {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Staff number; may be empty.
    pub number: String,
    /// Job title.
    pub job: String,
    /// Campus.
    pub site: Option<SiteId>,
    /// Active colleagues whose line manager this is today.
    pub manages: Vec<Colleague>,
    /// Active colleagues whom this person appraises today.
    pub appraises: Vec<Colleague>,
}

/// What there is to choose from when somebody's place is entered.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Areas by name.
    pub areas: Vec<(AreaId, String)>,
    /// Campuses by name.
    pub sites: Vec<(SiteId, String)>,
    /// Everybody by name, to be chosen as manager or appraiser; those who have left are not among them.
    pub people: Vec<Colleague>,
    /// The names of everybody, those who have left included, for histories.
    pub names: Vec<(PersonId, String)>,
}

/// What stands about somebody in the list of staff and the timetable, for themselves (PRO-09).
#[derive(Debug, Clone)]
pub struct Own {
    /// E-mail address.
    pub email: String,
    /// Staff number; may be empty.
    pub number: String,
    /// What has held from a day and until a day, as far as it has begun; an end that is only planned is left out.
    pub history: Vec<(String, Date, Option<Date>)>,
    /// Lessons in the timetable.
    pub teaching: Vec<(WeeklySpan, String)>,
}

row! {
    struct PersonalRow {
        name: String,
        email: String,
        number: Option<String>,
        job: String,
        site: Option<Uuid>,
    }
}

row! {
    struct NameRow {
        id: Uuid,
        name: String,
    }
}

row! {
    struct IdRow {
        id: Uuid,
    }
}

/// One person.
///
/// # Errors
/// A fault of the database.
pub async fn see(db: &Db, permit: &Permit<SeePerson>) -> Result<Personal, Fault> {
    let sql = "SELECT name, email, number, job, site FROM person WHERE institution = $1 AND id = $2";
    let row = db.first::<PersonalRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let row = row.ok_or(Fault::Missing("person"))?;
    let chart = db.chart(permit.institution()).await?;
    let active = || chart.people().iter().filter(|one| one.active);
    let colleague = |one: &chart::Somebody| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() };
    Ok(Personal {
        id: permit.key(),
        name: row.name,
        email: row.email,
        number: row.number.unwrap_or_default(),
        job: row.job,
        site: row.site.map(SiteId),
        manages: active().filter(|one| one.manager == Some(permit.key())).map(colleague).collect(),
        appraises: active().filter(|one| one.appraiser == Some(permit.key())).map(colleague).collect(),
    })
}

/// Areas, campuses and people to choose from.
///
/// # Errors
/// A fault of the database.
pub async fn places(db: &Db, permit: &Permit<SeePeople>) -> Result<Places, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let sql = "SELECT id, name FROM site WHERE institution = $1 ORDER BY name";
    let sites = db.all::<NameRow, 1>(sql, [of(permit.institution())]).await?;
    let active = chart.people().iter().filter(|one| one.active);
    Ok(Places {
        areas: chart.areas().map(|(name, id)| (id, name.to_owned())).collect(),
        sites: sites.into_iter().map(|row| (SiteId(row.id), row.name)).collect(),
        people: active.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect(),
        names: chart.people().iter().map(|one| (one.id, one.name.clone())).collect(),
    })
}

/// A permit with which an address may be given to somebody.
pub trait GivesAddress {
    /// Where.
    fn college(&self) -> InstitutionId;
}

impl GivesAddress for Permit<AddPerson> {
    fn college(&self) -> InstitutionId {
        self.institution()
    }
}

impl GivesAddress for Permit<EditPerson> {
    fn college(&self) -> InstitutionId {
        self.institution()
    }
}

/// Who has this address already.
///
/// # Errors
/// A fault of the database.
pub async fn has_address(db: &Db, permit: &impl GivesAddress, email: &str) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT id FROM person WHERE institution = $1 AND email = $2";
    let row = db.first::<IdRow, 2>(sql, [of(permit.college()), email.into()]).await?;
    Ok(row.map(|row| PersonId(row.id)))
}

row! {
    struct NumberRow {
        id: Uuid,
        number: String,
    }
}

/// Who has this staff number already, however many noughts it begins with.
///
/// # Errors
/// A fault of the database.
pub async fn has_number(db: &Db, permit: &impl GivesAddress, number: &str) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT id, number FROM person WHERE institution = $1 AND number IS NOT NULL";
    let rows = db.all::<NumberRow, 1>(sql, [of(permit.college())]).await?;
    let same = |row: &NumberRow| same_number(&row.number) == same_number(number);
    Ok(rows.into_iter().find(same).map(|row| PersonId(row.id)))
}

/// What an administrator writes of a person.
#[derive(Debug, Clone)]
pub struct Details<'a> {
    /// Name.
    pub name: &'a str,
    /// The name folded for search.
    pub folded: &'a str,
    /// Staff number, if there is one.
    pub number: Option<&'a str>,
    /// Job title.
    pub job: &'a str,
    /// Campus.
    pub site: Option<SiteId>,
}

/// Adds a person whose relations come afterwards; until then the account is off.
///
/// # Errors
/// A fault of the database.
pub async fn add(
    db: &Db,
    permit: &Permit<AddPerson>,
    person: PersonId,
    (details, email): (&Details<'_>, &str),
) -> Result<(), Fault> {
    let sql = "INSERT INTO person (institution, id, name, folded, email, job, roles, active, area, site, manager, appraiser, note_key, number) \
               VALUES ($1, $2, $3, $4, $5, $6, '', FALSE, NULL, $7, NULL, NULL, TRUE, $8)";
    let values = [
        of(permit.institution()),
        id(person),
        details.name.into(),
        details.folded.into(),
        email.into(),
        details.job.into(),
        maybe_id(details.site),
        details.number.map(str::to_owned).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Whether there is a person with this identifier: whether a form was sent before.
///
/// # Errors
/// A fault of the database.
pub async fn exists(db: &Db, permit: &Permit<AddPerson>, person: PersonId) -> Result<bool, Fault> {
    let sql = "SELECT id FROM person WHERE institution = $1 AND id = $2";
    Ok(db.first::<IdRow, 2>(sql, [of(permit.institution()), id(person)]).await?.is_some())
}

/// Changes name, job and campus. The address is changed by [`crate::addresses::change`].
///
/// # Errors
/// A fault of the database.
pub async fn edit(db: &Db, permit: &Permit<EditPerson>, details: &Details<'_>) -> Result<(), Fault> {
    let sql =
        "UPDATE person SET name = $3, folded = $4, job = $5, site = $6, number = $7 WHERE institution = $1 AND id = $2";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        details.name.into(),
        details.folded.into(),
        details.job.into(),
        maybe_id(details.site),
        details.number.map(str::to_owned).into(),
    ];
    db.run(sql, values).await?;
    chart::changed(db, permit.institution()).await
}

impl Names for Chart {
    fn area(&self, area: AreaId) -> &str {
        self.areas().find(|(_, one)| *one == area).map_or("an area that is gone", |(name, _)| name)
    }

    fn person(&self, person: PersonId) -> &str {
        Self::person(self, person).map_or("somebody", |one| one.name.as_str())
    }

    fn role(&self, role: Role) -> String {
        role.words().to_owned()
    }
}

/// What stands about oneself in the list of staff.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnAccount>, today: Date) -> Result<Own, Fault> {
    let (institution, who) = (permit.institution(), permit.key());
    let sql = "SELECT name, email, number, job, site FROM person WHERE institution = $1 AND id = $2";
    let row = db.first::<PersonalRow, 2>(sql, [of(institution), id(who)]).await?.ok_or(Fault::Missing("person"))?;
    let chart = db.chart(institution).await?;
    let begun = relations::own(db, permit).await?.into_iter().filter(|one| one.starts <= today);
    Ok(Own {
        email: row.email,
        number: row.number.unwrap_or_default(),
        history: begun
            .map(|one| (one.tie.words(&*chart), one.starts, one.until.filter(|until| *until <= today)))
            .collect(),
        teaching: chart.teaching(who).to_vec(),
    })
}
