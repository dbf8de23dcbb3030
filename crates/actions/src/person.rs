//! One person's place among the staff: seeing it, adding somebody, name and address. Areas, line, roles and account with
//! their days are changed in [`crate::relations`]. Nothing here depends on support. Rules R-PPL-1 to R-PPL-8.

use domain::ids::{AreaId, PersonId, SiteId};
use domain::people::Roles;
use domain::relations::{Relation, RelationRefused, State, check_day};
use domain::staff_file::cells;
use jiff::civil::Date;
use policies::acts::{AddPerson, ChangeRoles, DeactivatePerson, EditPerson, SeePeople, SeePerson};
use policies::facts::PersonFacts;
use store::person::{self, Details, GivesAddress};
pub use store::person::{Personal, Places};
use store::{Db, addresses, events, relations};

use crate::desk::{Desk, Never, Stop};
use crate::looked;
pub use crate::relations::{
    AreaChange, LineChange, cancel, change_areas, change_line, change_roles, further_areas, keep_dates, planned, switch,
};

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonRefused {
    /// R-PPL-7.
    #[error("Write the name that colleagues use: at least one letter, at most 120 characters.")]
    Name,
    /// R-PPL-7.
    #[error("Write a work e-mail address, such as sam.okafor@college.example.")]
    Address,
    /// R-PPL-7.
    #[error("{0} has this address already. Every person needs one of their own.")]
    AddressTaken(String),
    /// R-PPL-7.
    #[error("Write at most 40 characters, such as 10482.")]
    Number,
    /// R-PPL-7.
    #[error("{0} has this staff number already. Correct it, or leave it empty.")]
    NumberTaken(String),
    /// R-PPL-7.
    #[error("Write at most 120 characters.")]
    Job,
    /// R-PPL-7.
    #[error("Choose at least one role. “Teacher” is for everybody who teaches, trains, assesses or supports learners.")]
    NoRole,
    /// R-PPL-3.
    #[error("Choose somebody from the list whose account is on.")]
    NotOnTheList,
    /// R-PPL-2 to R-PPL-4.
    #[error(transparent)]
    Relation(#[from] RelationRefused),
}

impl From<RelationRefused> for Stop<PersonRefused> {
    fn from(refused: RelationRefused) -> Self {
        Self::Refused(refused.into())
    }
}

/// A person's page.
#[derive(Debug)]
pub struct Page {
    /// The person.
    pub person: Personal,
    /// Their history.
    pub history: Vec<Relation>,
    /// What holds today.
    pub today: State,
    /// What there is to choose from.
    pub places: Places,
    /// Whether the visitor may change roles and take changes back: not their own.
    pub may_change_roles: bool,
    /// Whether the visitor may switch the account off and on: not their own.
    pub may_switch: bool,
}

/// Looks at a person's page.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn see(desk: &Desk, who: &PersonFacts, of: PersonId) -> Result<Page, Stop<Never>> {
    let db = desk.read();
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<SeePerson>(who, &other, &())?;
    looked::at_person(desk, &permit, domain::looked::Page::Staff).await?;
    let history = relations::history(&db, &permit).await?;
    Ok(Page {
        person: person::see(&db, &permit).await?,
        today: State::on(&history, desk.today()),
        history,
        places: places(desk, who).await?,
        may_change_roles: desk.permit::<ChangeRoles>(who, &other, &()).is_ok(),
        may_switch: desk.permit::<DeactivatePerson>(who, &other, &()).is_ok(),
    })
}

/// Areas, campuses and people to choose from.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn places(desk: &Desk, who: &PersonFacts) -> Result<Places, Stop<Never>> {
    let permit = desk.permit::<SeePeople>(who, &desk.frame.programme.facts, &())?;
    Ok(person::places(&desk.read(), &permit).await?)
}

/// What an administrator types about a person.
#[derive(Debug, Clone, Default)]
pub struct Typed {
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
}

/// The same, read.
struct Read {
    name: String,
    folded: String,
    email: String,
    number: Option<String>,
    job: String,
    site: Option<SiteId>,
}

impl Read {
    fn of(typed: &Typed) -> Result<Self, PersonRefused> {
        let name = cells::name(&typed.name).map_err(|_| PersonRefused::Name)?;
        let email = cells::email(&typed.email).map_err(|_| PersonRefused::Address)?;
        let number = cells::text(&typed.number, 40).map_err(|_| PersonRefused::Number)?;
        let job = cells::text(&typed.job, 120).map_err(|_| PersonRefused::Job)?;
        Ok(Self {
            folded: name.to_lowercase(),
            name,
            email,
            number: (!number.is_empty()).then_some(number),
            job,
            site: typed.site,
        })
    }

    fn details(&self) -> Details<'_> {
        let number = self.number.as_deref();
        Details { name: &self.name, folded: &self.folded, number, job: &self.job, site: self.site }
    }
}

/// Refuses an address or a staff number that somebody else has (R-PPL-7).
async fn free(
    (desk, db): (&Desk, &Db),
    permit: &impl GivesAddress,
    (read, own): (&Read, PersonId),
    who: &PersonFacts,
) -> Result<(), Stop<PersonRefused>> {
    let address = person::has_address(db, permit, &read.email).await?.filter(|other| *other != own);
    let number = match &read.number {
        Some(number) => person::has_number(db, permit, number).await?.filter(|other| *other != own),
        None => None,
    };
    let Some(other) = address.or(number) else { return Ok(()) };
    let all = places(desk, who).await.map_err(Stop::widen_never)?;
    let name = all.names.into_iter().find(|(id, _)| *id == other).map(|(_, name)| name);
    let name = name.unwrap_or_else(|| "Somebody".to_owned());
    let taken = if address.is_some() { PersonRefused::AddressTaken } else { PersonRefused::NumberTaken };
    Err(Stop::Refused(taken(name)))
}

/// Somebody who is to be added.
#[derive(Debug, Clone, Default)]
pub struct NewPerson {
    /// Name, address, job, campus.
    pub typed: Typed,
    /// Roles.
    pub roles: Roles,
    /// Main area.
    pub area: Option<AreaId>,
    /// Line manager.
    pub manager: Option<PersonId>,
    /// The first day; `None` when what was typed is no day.
    pub from: Option<Date>,
    /// The form's token.
    pub once: String,
}

/// Adds a person from a day on (R-PPL-7). Sending the same form twice adds one.
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn add(desk: &Desk, who: PersonId, new: &NewPerson) -> Result<PersonId, Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AddPerson>(&me, &desk.frame.programme.facts, &())?;
    let id: PersonId = desk.once(who, &new.once);
    if person::exists(&db, &permit, id).await? {
        return Ok(id);
    }
    let read = Read::of(&new.typed).map_err(Stop::Refused)?;
    free((desk, &db), &permit, (&read, id), &me).await?;
    if new.roles == Roles::NONE {
        return Err(Stop::Refused(PersonRefused::NoRole));
    }
    let (today, from) = (desk.today(), new.from.ok_or(RelationRefused::Day)?);
    check_day(from, today)?;
    let listed = places(desk, &me).await.map_err(Stop::widen_never)?;
    let manager = new.manager;
    if manager.is_some_and(|manager| !listed.people.iter().any(|one| one.id == manager)) {
        return Err(Stop::Refused(PersonRefused::NotOnTheList));
    }
    if manager == Some(who) {
        return Err(RelationRefused::OwnHand.into());
    }
    let area = new.area.filter(|area| listed.areas.iter().any(|(known, _)| known == area));
    let state = State { active: true, area, manager, roles: new.roles, ..State::default() };
    let history: Vec<Relation> =
        state.ties().into_iter().map(|tie| Relation { tie, starts: from, until: None }).collect();
    person::add(&db, &permit, id, (&read.details(), &read.email)).await?;
    relations::begin(&db, &permit, id, (&history, today)).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    db.commit().await?;
    Ok(id)
}

/// Changes name, address, staff number, job title and campus (R-PPL-7).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn edit(desk: &Desk, who: PersonId, (of, typed): (PersonId, &Typed)) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<EditPerson>(&me, &other, &())?;
    let read = Read::of(typed).map_err(Stop::Refused)?;
    free((desk, &db), &permit, (&read, of), &me).await?;
    person::edit(&db, &permit, &read.details()).await?;
    // Links go to the former address for three days, and both are told (R-ACC-10).
    addresses::change(&db, &permit, (of, &read.email), (desk.now, desk.ids())).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}
