//! Setting a college up, step by step, until it goes live. Rules R-SET-1 to R-SET-7 in `docs/rules/set-up.md`.

use std::sync::Arc;

use domain::ids::{Chance, Ids, InstitutionId, PersonId, TermId};
use domain::people::Role;
use domain::set_up::{
    CollegeStep, Complete, Draft, Missing, PlacesStep, PractitionersStep, RoleStep, RunnersStep, StaffStep, Step,
};
use domain::year::Year;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use policies::acts::{GoLive, ImportStaff, SaveSetUp, SeeSetUp};
use policies::facts::{Actor, DraftFacts, ProgrammeFacts};
use policies::{Gate, Permit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::accounts::NewSession;
use store::programme::{self, Programme};
use store::{Db, Fault, Store, events, people, set_up, year};

use crate::accounts::{AccountRefused, Begun, check_new, hash};
use crate::chance::{digest, secret};
use crate::desk::{Never, Stop};
use crate::staff;

/// The time zone of every college.
pub const ZONE: &str = "Europe/London";
/// The step that stands for having begun.
const BEGUN: &str = "begun";

/// A folder in which no college is live yet: what a house is once one is.
pub struct Yard {
    /// The database.
    pub store: Store,
    /// The gate.
    pub gate: Gate,
    /// Where identifiers come from.
    pub chance: Arc<dyn Chance>,
}

/// What a step of setting up holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Which college.
    College(CollegeStep),
    /// The role and the model.
    Role(RoleStep),
    /// The year.
    Year(Year),
    /// The staff file.
    Staff(StaffStep),
    /// Sites and areas.
    Places(PlacesStep),
    /// Practitioners and their hours.
    Practitioners(PractitionersStep),
    /// Lead and administrator.
    Runners(RunnersStep),
}

impl Answer {
    /// Which step it is.
    pub const fn step(&self) -> Step {
        match self {
            Self::College(_) => Step::College,
            Self::Role(_) => Step::Role,
            Self::Year(_) => Step::Year,
            Self::Staff(_) => Step::Staff,
            Self::Places(_) => Step::Places,
            Self::Practitioners(_) => Step::Practitioners,
            Self::Runners(_) => Step::Runners,
        }
    }

    fn written(&self) -> Result<String, Fault> {
        fn json<T: Serialize>(step: &T) -> Result<String, Fault> {
            serde_json::to_string(step).map_err(|_| Fault::Unreadable("step of setting up"))
        }
        match self {
            Self::College(step) => json(step),
            Self::Role(step) => json(step),
            Self::Year(step) => json(step),
            Self::Staff(step) => json(step),
            Self::Places(step) => json(step),
            Self::Practitioners(step) => json(step),
            Self::Runners(step) => json(step),
        }
    }
}

/// A rule that says no to going live. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GoLiveRefused {
    /// R-SET-4
    #[error("Something is still missing.")]
    Incomplete(Vec<Missing>),
    /// R-SET-6
    #[error("Choose who you are: somebody who is programme lead or administrator.")]
    Who,
    /// R-SET-6: the password, as everywhere.
    #[error(transparent)]
    Account(#[from] AccountRefused),
}

impl From<Never> for GoLiveRefused {
    fn from(never: Never) -> Self {
        match never {}
    }
}

/// Whether a college is live in this folder.
///
/// # Errors
/// A fault of the database.
pub async fn is_live(store: &Store) -> Result<bool, Fault> {
    Ok(programme::find(&store.read()).await?.is_some())
}

/// Whether somebody has begun to set a college up in this folder.
///
/// # Errors
/// A fault of the database.
pub async fn is_begun(store: &Store) -> Result<bool, Fault> {
    Ok(set_up::draft(&store.read()).await?.is_some())
}

/// The draft's institution: the one that was begun, or a fresh one.
async fn facts(yard: &Yard, db: &Db) -> Result<DraftFacts, Fault> {
    let live = programme::find(db).await?.is_some();
    let fresh = || DraftFacts { institution: Ids(yard.chance.as_ref()).fresh::<InstitutionId>(), live };
    Ok(set_up::draft(db).await?.unwrap_or_else(fresh))
}

fn stamp(yard: &Yard, at: Timestamp) -> events::Stamp {
    events::Stamp { id: Ids(yard.chance.as_ref()).fresh(), at }
}

/// Begins to set a college up in an empty folder; where that was begun before, nothing happens.
///
/// # Errors
/// Denied when a college is live.
pub async fn begin(yard: &Yard, now: Timestamp) -> Result<(), Stop<Never>> {
    let db = yard.store.write().await?;
    if set_up::draft(&db).await?.is_some_and(|draft| !draft.live) {
        return Ok(());
    }
    let permit = yard.gate.permit::<SaveSetUp>(&Actor::SetUp, &facts(yard, &db).await?, &())?;
    set_up::save(&db, &permit, (BEGUN, "{}"), now).await?;
    events::record(&db, &permit, stamp(yard, now), BEGUN).await?;
    Ok(db.commit().await?)
}

/// What the forms of setting up carry, so that no other site's form is taken for one: the same until the college is live,
/// so that a page stays good when the program is started again.
///
/// # Errors
/// Denied when a college is live.
pub async fn token(yard: &Yard) -> Result<String, Stop<Never>> {
    let draft = facts(yard, &yard.store.read()).await?;
    let permit = yard.gate.permit::<SeeSetUp>(&Actor::SetUp, &draft, &())?;
    Ok(digest(&format!("form of setting up {}", permit.institution())))
}

/// What has been saved so far.
///
/// # Errors
/// Denied when a college is live.
pub async fn see(yard: &Yard) -> Result<Draft, Stop<Never>> {
    let db = yard.store.read();
    let permit = yard.gate.permit::<SeeSetUp>(&Actor::SetUp, &facts(yard, &db).await?, &())?;
    Ok(read(set_up::steps(&db, &permit).await?)?)
}

fn read(steps: Vec<(String, String)>) -> Result<Draft, Fault> {
    fn step<T: DeserializeOwned>(text: &str) -> Result<Option<T>, Fault> {
        serde_json::from_str(text).map(Some).map_err(|_| Fault::Unreadable("step of setting up"))
    }
    let mut draft = Draft::default();
    for (code, content) in steps {
        match Step::from_code(&code) {
            Some(Step::College) => draft.college = step(&content)?,
            Some(Step::Role) => draft.role = step(&content)?,
            Some(Step::Year) => draft.year = step(&content)?,
            Some(Step::Staff) => draft.staff = step(&content)?,
            Some(Step::Places) => draft.places = step(&content)?,
            Some(Step::Practitioners) => draft.practitioners = step(&content)?,
            Some(Step::Runners) => draft.runners = step(&content)?,
            None => {}
        }
    }
    Ok(draft)
}

/// Saves a step in place of what it held (R-SET-6).
///
/// # Errors
/// Denied when a college is live.
pub async fn save(yard: &Yard, answer: &Answer, now: Timestamp) -> Result<(), Stop<Never>> {
    let content = answer.written()?;
    let db = yard.store.write().await?;
    let permit = yard.gate.permit::<SaveSetUp>(&Actor::SetUp, &facts(yard, &db).await?, &())?;
    set_up::save(&db, &permit, (answer.step().code(), &content), now).await?;
    events::record(&db, &permit, stamp(yard, now), answer.step().code()).await?;
    Ok(db.commit().await?)
}

/// Lets the college go live: programme, year, people and the first account in one unit of work, and the draft is gone
/// (R-SET-6, R-SET-7). `who` is the address of a lead or administrator, who is signed in with the password chosen here.
///
/// # Errors
/// A rule that says no; denied when a college is live.
pub async fn go_live(
    yard: &Yard,
    (who, password, again): (&str, String, String),
    now: Timestamp,
) -> Result<Begun, Stop<GoLiveRefused>> {
    let refused = |no: GoLiveRefused| Stop::Refused(no);
    check_new(&password, &again).map_err(|no| refused(no.into()))?;
    let hash = hash(password, yard.chance.bytes()).await?;
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let db = yard.store.write().await?;
    let draft = facts(yard, &db).await?;
    let permit = yard.gate.permit::<GoLive>(&Actor::SetUp, &draft, &())?;
    let complete = read(set_up::last_steps(&db, &permit).await?)?.complete();
    let complete = complete.map_err(|missing| refused(GoLiveRefused::Incomplete(missing)))?;
    let runs = [Role::ProgrammeLead, Role::Administrator];
    let mut running = complete.staff.people.iter().filter(|person| runs.iter().any(|role| person.roles.has(*role)));
    if !running.any(|person| person.email == who) {
        return Err(refused(GoLiveRefused::Who));
    }
    let brought = bring_in(yard, &db, (&draft, &complete), now).await.map_err(Stop::widen)?;
    let person: PersonId =
        people::by_email(&db, draft.institution, who).await?.ok_or(Fault::Missing("first account"))?;
    let (token, csrf) = (secret(yard.chance.as_ref()), secret(yard.chance.as_ref()));
    let session = NewSession { token: &digest(&token), csrf: &csrf, device: "", now };
    set_up::first_account(&db, &permit, (person, &hash), session).await?;
    events::record(&db, &permit, stamp(yard, now), &format!("new {brought}")).await?;
    db.commit().await?;
    Ok(Begun { token, person })
}

/// Everything but the account; says how many people there are.
async fn bring_in(
    yard: &Yard,
    db: &Db,
    (draft, complete): (&DraftFacts, &Complete),
    now: Timestamp,
) -> Result<usize, Stop<Never>> {
    let ids = Ids(yard.chance.as_ref());
    let facts =
        ProgrammeFacts { institution: draft.institution, model: complete.model, asking_opened: false, sample: false };
    let permit: Permit<ImportStaff> = yard.gate.permit(&Actor::SetUp, &facts, &())?;
    let zone = TimeZone::get(ZONE).map_err(|_| Fault::Unreadable("time zone"))?;
    let calendar = complete.year.calendar(zone.clone());
    let programme = Programme {
        facts,
        name: complete.college.name.clone(),
        title: complete.title.clone(),
        zone,
        changes: Vec::new(),
        clock_ahead: 0,
    };
    let today = calendar.day(now);
    let terms: Vec<TermId> = calendar.terms.iter().map(|_| ids.fresh()).collect();
    staff::found(db, &permit, (&programme, &calendar, &terms), ids).await?;
    year::write(db, &permit, &complete.year).await?;
    if let Some(ukprn) = &complete.college.ukprn {
        set_up::identify(db, &permit, ("ukprn", ukprn)).await?;
    }
    let (imported, detail) = staff::bring(db, &permit, (ids, now, today), &complete.staff).await?;
    set_up::clear(db, &permit).await?;
    events::record(db, &permit, stamp(yard, now), &detail).await?;
    Ok(imported.new)
}
