//! The frame of the role, kept by the programme lead: its statement, what remission is counted against, who is a
//! practitioner from when and with how many hours, the college's priorities. Rules R-FRM-1 to R-FRM-9.

use std::collections::BTreeMap;

use domain::frame::{FrameRefused, MOST_PRIORITIES, statement};
use domain::ids::{AreaId, PersonId, ThemeId};
use domain::inductions::Settling;
use domain::minutes::Minutes;
use domain::people::Role;
use domain::relations::{RelationRefused, State, Strand, Tie, change, check_day};
use domain::remission::{Amount, Base, Remission, RemissionRefused, Unit};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{
    AppointPractitioner, PublishStatement, SeeDirectory, SeeFrame, SeeStatement, SetFrame, SetPriorities, SetRemission,
    StandDownPractitioner,
};
use policies::facts::PersonFacts;
use store::directory::{self, Theme};
pub use store::frame::{Given, Priority, Statement};
use store::new_year::Agreed;
use store::people::Colleague;
use store::{Db, Fault, events, frame, new_year, ramps, relations};

use crate::desk::{Desk, Never, Stop};

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefused {
    /// About the statement or the priorities.
    #[error(transparent)]
    Frame(#[from] FrameRefused),
    /// About hours.
    #[error(transparent)]
    Remission(#[from] RemissionRefused),
    /// About days.
    #[error(transparent)]
    Relation(#[from] RelationRefused),
    /// R-FRM-6.
    #[error("Give this colleague’s own full teaching of a year in hours, such as 773, or less for part-time work.")]
    Caseload,
    /// R-FRM-9.
    #[error("Choose a colleague from the list whose account is on and who is not a practitioner yet.")]
    NotOnTheList,
}

impl From<FrameRefused> for Stop<KeepRefused> {
    fn from(refused: FrameRefused) -> Self {
        Self::Refused(refused.into())
    }
}

impl From<RemissionRefused> for Stop<KeepRefused> {
    fn from(refused: RemissionRefused) -> Self {
        Self::Refused(refused.into())
    }
}

impl From<RelationRefused> for Stop<KeepRefused> {
    fn from(refused: RelationRefused) -> Self {
        Self::Refused(refused.into())
    }
}

/// Every version of the statement, the newest first, for everybody (R-FRM-1).
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn statements(desk: &Desk, who: &PersonFacts) -> Result<Vec<Statement>, Stop<Never>> {
    let permit = desk.permit::<SeeStatement>(who, &desk.frame.programme.facts, &())?;
    Ok(frame::statements(&desk.read(), &permit).await?)
}

/// Publishes the next version of the statement (R-FRM-1).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn publish(desk: &Desk, who: PersonId, text: &str) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PublishStatement>(&me, &desk.frame.programme.facts, &())?;
    let text = statement(text)?;
    let before = frame::published(&db, &permit).await?;
    if before.as_ref().is_some_and(|(_, published)| *published == text) {
        return Err(FrameRefused::SameStatement.into());
    }
    let version = before.map_or(1, |(version, _)| version + 1);
    frame::publish(&db, &permit, (version, &text), desk.now).await?;
    events::record(&db, &permit, desk.stamp(), &version.to_string()).await?;
    Ok(db.commit().await?)
}

/// The frame as the lead sees it.
#[derive(Debug)]
pub struct Frame {
    /// What remission is counted against.
    pub base: Base,
    /// Whether the lead has set that, or it is proposed.
    pub is_set: bool,
    /// How much practitioners go on teaching at least.
    pub floor: Option<Minutes>,
    /// Everybody who is a practitioner now or will be.
    pub given: Vec<Given>,
    /// Colleagues who are not.
    pub candidates: Vec<Colleague>,
    /// Areas to look after.
    pub areas: Vec<(AreaId, String)>,
    /// The college's themes.
    pub themes: Vec<Theme>,
    /// Its priorities.
    pub priorities: Vec<Priority>,
    /// Slow starts of those who are new in the role.
    pub settling: BTreeMap<PersonId, Settling>,
    /// What is set for the next year, and the day from which it counts (R-NEW-5).
    pub ahead: Option<(Date, Vec<Agreed>)>,
}

/// Looks at the frame.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Frame, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeFrame>(who, programme, &())?;
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    let db = desk.read();
    let set = frame::set_so_far(&db, &permit).await?;
    Ok(Frame {
        is_set: set.is_some(),
        floor: set.and_then(|(_, floor)| floor),
        base: set.map_or_else(|| proposed(desk), |(base, _)| base),
        given: frame::given(&db, &permit, desk.today()).await?,
        candidates: frame::candidates(&db, &permit).await?,
        areas: frame::areas(&db, &permit).await?,
        themes: directory::themes(&db, &directory).await?,
        priorities: frame::priorities(&db, &permit).await?,
        settling: ramps::of_frame(&db, &permit).await?,
        ahead: ahead(&db, &permit).await?,
    })
}

async fn ahead(db: &Db, permit: &Permit<SeeFrame>) -> Result<Option<(Date, Vec<Agreed>)>, Fault> {
    let started = new_year::started(db, permit).await?;
    let Some(next) = started.into_iter().find(|one| !one.done) else { return Ok(None) };
    Ok(new_year::set_for(db, permit, next.year).await?.map(|all| (next.turns, all)))
}

/// The base while the lead has set none: the case study's, with the teaching weeks of the college's own year (R-FRM-5).
fn proposed(desk: &Desk) -> Base {
    let calendar = &desk.frame.calendar;
    let terms = calendar.terms_of_year(desk.today());
    with_weeks(terms.iter().map(|term| calendar.teaching_weeks(term, term.ends)).sum())
}

/// The case study's base with so many teaching weeks, if a year can have as many.
pub(crate) fn with_weeks(weeks: u32) -> Base {
    let usual = Base::default();
    Base { weeks: if (20..=52).contains(&weeks) { i64::from(weeks) } else { usual.weeks }, ..usual }
}

/// Sets what remission is counted against, and the floor (R-FRM-5, R-FRM-6). What was agreed before stays as it was.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(desk: &Desk, who: PersonId, (base, floor): (Base, Option<Minutes>)) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetFrame>(&me, &desk.frame.programme.facts, &())?;
    base.check()?;
    if floor.is_some_and(|floor| floor < Minutes(0) || floor > base.caseload) {
        return Err(RemissionRefused::Floor(base.caseload).into());
    }
    frame::set(&db, &permit, &base, floor).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// What a lead agrees with a practitioner.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    /// How much, as typed; `None` when it cannot be read.
    pub amount: Option<Amount>,
    /// Of what.
    pub unit: Option<Unit>,
    /// Their own full teaching of a year; `None` when it cannot be read.
    pub caseload: Option<Minutes>,
    /// Areas they look after.
    pub nominated: Vec<AreaId>,
}

/// Sets a practitioner's remission, in the unit in which it was agreed, and their nominated areas (R-FRM-3, MAT-02).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and for somebody who is no practitioner.
pub async fn set_remission(
    desk: &Desk,
    who: PersonId,
    (of, agreed): (PersonId, &Agreement),
) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<SetRemission>(&me, &other, &())?;
    if !frame::has_practice(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    let base = frame::base(&db, &permit).await?.unwrap_or_else(|| proposed(desk));
    let amount = agreed.amount.ok_or(RemissionRefused::Unreadable)?;
    let remission = Remission { amount, unit: agreed.unit.unwrap_or(Unit::HoursAYear), base };
    remission.check()?;
    let known = Minutes::hours(1)..=Minutes::hours(1600);
    let caseload = agreed.caseload.filter(|own| known.contains(own)).ok_or(Stop::Refused(KeepRefused::Caseload))?;
    let nominated = frame::known_areas(&db, &permit, &agreed.nominated).await?;
    frame::set_remission(&db, &permit, (&remission, caseload), &nominated).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}

/// Makes somebody a practitioner from a day on (R-FRM-9).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn appoint(
    desk: &Desk,
    who: PersonId,
    (of, from): (PersonId, Option<Date>),
) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<AppointPractitioner>(&me, &other, &())?;
    let from = from.ok_or(RelationRefused::Day)?;
    check_day(from, desk.today())?;
    if !frame::is_active(&db, &permit).await? {
        return Err(Stop::Refused(KeepRefused::NotOnTheList));
    }
    let role = Tie::Role(Role::Practitioner);
    let before = relations::for_change(&db, &permit).await?;
    let after = change(&before, role.strand(), Some(role), from);
    if State::on(&before, from) == State::on(&after, from) {
        return Err(RelationRefused::NoChange.into());
    }
    relations::save(&db, &permit, &after, desk.today()).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    Ok(db.commit().await?)
}

/// Lets somebody stop being a practitioner from a day on (R-FRM-9). Their record of hours stays.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn stand_down(
    desk: &Desk,
    who: PersonId,
    (of, from): (PersonId, Option<Date>),
) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<StandDownPractitioner>(&me, &other, &())?;
    let from = from.ok_or(RelationRefused::Day)?;
    check_day(from, desk.today())?;
    let before = relations::for_change(&db, &permit).await?;
    let after = change(&before, Strand::Role(Role::Practitioner), None, from);
    if after == before {
        return Err(RelationRefused::NoChange.into());
    }
    relations::save(&db, &permit, &after, desk.today()).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    Ok(db.commit().await?)
}

/// Names the college's priorities and who leads on each everywhere (R-FRM-8), in place of the earlier ones.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set_priorities(desk: &Desk, who: PersonId, wanted: &[Priority]) -> Result<(), Stop<KeepRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetPriorities>(&me, &desk.frame.programme.facts, &())?;
    let mut all: Vec<Priority> = Vec::new();
    for one in wanted.iter().filter(|one| !wanted_before(&one.theme, wanted, one)) {
        let mut leads = one.leads.clone();
        leads.sort_unstable();
        leads.dedup();
        all.push(Priority { theme: one.theme, set_by: one.set_by, leads });
    }
    if all.len() > MOST_PRIORITIES {
        return Err(FrameRefused::ManyPriorities.into());
    }
    if !frame::may_lead(&db, &permit, &all).await? {
        return Err(FrameRefused::NotAPractitioner.into());
    }
    frame::set_priorities(&db, &permit, &all).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Whether a theme stands earlier in a list.
fn wanted_before(theme: &ThemeId, wanted: &[Priority], one: &Priority) -> bool {
    wanted.iter().take_while(|other| !std::ptr::eq(*other, one)).any(|other| other.theme == *theme)
}
