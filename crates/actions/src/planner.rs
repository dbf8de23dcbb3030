//! The planner: what a year asks of each practitioner, against the hours given for it. Rules R-TIM-1 to R-TIM-4, R-TIM-9.

use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::pattern::{CarryState, Pattern};
use domain::period::{academic_year, days_after};
use domain::planner::{Asked, Assumptions, Extras, Length, Load, PlannerRefused, asked};
use domain::programme::Model;
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{SeeOwnHours, SeePlanner, SetExtras, SetPlanner};
use policies::facts::PersonFacts;
pub use store::pattern::{Balance, Carry};
use store::planner::{Planned, Plans};
use store::{Db, Fault, events, facts, new_year, pattern, planner};

use crate::desk::{Desk, Never, Stop};

/// A practitioner's year.
#[derive(Debug)]
pub struct Row {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Their own full teaching of the year; nothing while it is not known.
    pub caseload: Minutes,
    /// What it is worked out from; `given` with what was carried into the year.
    pub load: Load,
    /// What is asked.
    pub asked: Asked,
    /// When it is taken.
    pub pattern: Pattern,
    /// What they would like to carry over from the year before, or have.
    pub carry: Option<Carry>,
    /// What they say of the balance of home and outreach.
    pub balance: Option<Balance>,
}

/// The planner.
#[derive(Debug)]
pub struct Planner {
    /// What is assumed.
    pub assumed: Assumptions,
    /// Whether the lead has set that, or it is proposed.
    pub is_set: bool,
    /// The academic year, by the year in which it starts.
    pub year: i16,
    /// Its terms and weeks.
    pub length: Length,
    /// Whether the calendar holds the year after the present one.
    pub has_next: bool,
    /// One row a practitioner, by name.
    pub rows: Vec<Row>,
}

/// The terms and teaching weeks of the academic year of a day.
fn length(desk: &Desk, day: Date) -> Length {
    let calendar = &desk.frame.calendar;
    let terms = calendar.terms_of_year(day);
    let weeks: u32 = terms.iter().map(|term| calendar.teaching_weeks(term, term.ends)).sum();
    Length { terms: i64::try_from(terms.len()).unwrap_or(0), weeks: i64::from(weeks) }
}

/// What is assumed, and whether the lead has set it: nothing for required support where the model has none.
async fn assumed<A: Plans>(desk: &Desk, (db, permit): (&Db, &Permit<A>)) -> Result<(Assumptions, bool), Fault> {
    let (all, is_set) = planner::assumptions(db, permit).await?;
    let required = if desk.frame.programme.facts.model == Model::Developmental { 0 } else { all.required };
    Ok((Assumptions { required, ..all }, is_set))
}

/// Looks at the year of today, or at the next one (R-TIM-1).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts, next: bool) -> Result<Planner, Stop<Never>> {
    let permit = desk.permit::<SeePlanner>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let later = days_after(desk.today(), 365);
    let has_next = length(desk, later).weeks > 0;
    let day = if next && has_next { later } else { desk.today() };
    let (year, length) = (academic_year(day), length(desk, day));
    let (assumed, is_set) = assumed(desk, (&db, &permit)).await?;
    let mut patterns = pattern::all(&db, &permit).await?;
    let carried = pattern::carried(&db, &permit, year - 1).await?;
    let balances = pattern::balances(&db, &permit).await?;
    // A year that is set and has not begun has its own hours and areas (R-NEW-5).
    let ahead = new_year::set_for(&db, &permit, year).await?;
    let row = |one: Planned| {
        let carry = carried.iter().find(|carry| carry.person == one.person).copied();
        let load = with_carried(one.load, carry);
        Row {
            person: one.person,
            caseload: one.caseload,
            asked: asked(&assumed, length, &load),
            load,
            pattern: patterns.remove(&one.person).unwrap_or_default(),
            carry,
            balance: balances.iter().find(|said| said.person == one.person).cloned(),
            name: one.name,
        }
    };
    let rows = planner::loads(&db, &permit, ahead.as_deref().map(|all| (all, Date::constant(year, 9, 1))))
        .await?
        .into_iter()
        .map(row)
        .collect();
    Ok(Planner { assumed, is_set, year, length, has_next, rows })
}

fn with_carried(load: Load, carry: Option<Carry>) -> Load {
    let more = carry.filter(|carry| carry.state == CarryState::Agreed).map_or(Minutes(0), |carry| carry.time);
    Load { given: load.given + more, ..load }
}

/// What the present year asks of oneself, with what it is worked out from; `None` for who is no active practitioner
/// (R-TIM-15).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Option<(Load, Asked)>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let db = desk.read();
    let (assumed, _) = assumed(desk, (&db, &permit)).await?;
    let carry = pattern::carry(&db, &permit, academic_year(desk.today()) - 1).await?;
    let Some(one) = planner::own_load(&db, &permit).await? else { return Ok(None) };
    let load = with_carried(one.load, carry);
    let asked = asked(&assumed, length(desk, desk.today()), &load);
    Ok(Some((load, asked)))
}

/// Sets what is assumed for everybody alike (R-TIM-4).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(desk: &Desk, who: PersonId, assumed: &Assumptions) -> Result<(), Stop<PlannerRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetPlanner>(&me, &desk.frame.programme.facts, &())?;
    assumed.check().map_err(Stop::Refused)?;
    planner::set(&db, &permit, assumed).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Sets what is asked of one practitioner beside areas and priorities, and the agreed share of outreach (R-TIM-4, R-TIM-9).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and for somebody who is no practitioner.
pub async fn set_extras(
    desk: &Desk,
    who: PersonId,
    (of, extras): (PersonId, &Extras),
) -> Result<(), Stop<PlannerRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<SetExtras>(&me, &other, &())?;
    if !planner::has_practice(&db, &permit).await? {
        return Err(Stop::Denied);
    }
    extras.check().map_err(Stop::Refused)?;
    planner::set_extras(&db, &permit, extras).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}
