//! When practitioners take their remission; the bank of the year, what is carried over, and the balance of home and outreach.
//! Rules R-TIM-5 to R-TIM-10.

use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::pattern::{Bank, BankRefused, CarryState, Pattern, PatternRefused, check_carry, planned_to, sentence};
use domain::period::{Term, academic_year, days_after};
use domain::remission::Base;
use jiff::civil::Date;
use policies::acts::{AnswerCarry, ProposeCarry, SayBalance, SeeOwnHours, SetPattern};
use policies::facts::{On, PersonFacts};
use policies::permit::Permit;
use store::pattern::{self, OfOne};
pub use store::pattern::{Balance, Carry};
use store::{Db, Fault, events, facts, planner};

use crate::desk::{Desk, Never, Stop};
use crate::hours::own_time;

/// Sets the protected half-days and blocks of a practitioner's remission (R-TIM-5).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and for somebody who is no practitioner.
pub async fn set(desk: &Desk, who: PersonId, (of, wanted): (PersonId, &Pattern)) -> Result<(), Stop<PatternRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<SetPattern>(&me, &other, &())?;
    let (year, base) = pattern::agreed(&db, &permit).await?.ok_or(Stop::Denied)?;
    let base = base.unwrap_or_else(|| Base { weeks: weeks(desk), ..Base::default() });
    wanted.check(&desk.frame.calendar, (year, &base)).map_err(Stop::Refused)?;
    let mut kept = wanted.clone();
    kept.half_days.sort_by_key(|one| (one.day, one.half.code()));
    kept.half_days.dedup();
    pattern::set(&db, &permit, &kept).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}

/// Teaching weeks of the present year, if it has as many as a year can have.
fn weeks(desk: &Desk) -> i64 {
    let calendar = &desk.frame.calendar;
    let terms = calendar.terms_of_year(desk.today());
    let weeks: u32 = terms.iter().map(|term| calendar.teaching_weeks(term, term.ends)).sum();
    if (20..=52).contains(&weeks) { i64::from(weeks) } else { domain::remission::WEEKS }
}

/// What of last year can be carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastYear {
    /// What it left.
    pub left: Minutes,
    /// How much the college carries over at most.
    pub most: Minutes,
    /// What was proposed.
    pub carry: Option<Carry>,
    /// Whether it can still be proposed.
    pub open: bool,
}

/// One's own time of the year.
#[derive(Debug)]
pub struct Own {
    /// The bank.
    pub bank: Bank,
    /// Half-days and blocks.
    pub pattern: Pattern,
    /// What last year left; `None` when there was none.
    pub last: Option<LastYear>,
    /// Noted this year as outreach.
    pub outreach: Minutes,
    /// What one has said of the balance.
    pub balance: Option<Balance>,
}

/// One's own bank, half-days and blocks, last year's rest, and balance (R-TIM-7 to R-TIM-10).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let (db, today) = (desk.read(), desk.today());
    let (year, blocks) = own_time(desk, &db, &permit).await?;
    let span = year_of(academic_year(today));
    let last = academic_year(today) - 1;
    let carry = pattern::carry(&db, &permit, last).await?;
    let carried = carry.filter(|one| one.state == CarryState::Agreed).map_or(Minutes(0), |one| one.time);
    let bank = Bank {
        year,
        carried,
        planned: planned_to(&desk.frame.calendar, today, (year, &blocks)),
        used: pattern::noted(&db, &permit, (span, false)).await?,
    };
    let most = planner::assumptions(&db, &permit).await?.0.carry;
    let left = left(desk, &db, (&permit, last)).await?;
    Ok(Own {
        bank,
        pattern: pattern::one(&db, &permit).await?,
        last: left.map(|left| LastYear { left, most, carry, open: (9..=12).contains(&today.month()) }),
        outreach: pattern::noted(&db, &permit, (span, true)).await?,
        balance: pattern::own_balance(&db, &permit).await?,
    })
}

fn year_of(year: i16) -> (Date, Date) {
    (Date::constant(year, 9, 1), Date::constant(year + 1, 8, 31))
}

/// What a year left: what stood as planned on the board at the end of each of its terms, less what was noted. `None` when
/// nothing was planned in it (R-TIM-8).
async fn left<A: OfOne>(desk: &Desk, db: &Db, (permit, year): (&Permit<A>, i16)) -> Result<Option<Minutes>, Fault>
where
    A::On: On<Key = PersonId>,
{
    let span = year_of(year);
    let plans = pattern::plans(db, permit, span).await?;
    if plans.is_empty() {
        return Ok(None);
    }
    let mut planned = Minutes(0);
    let mut before = days_after(span.0, -1);
    for Term { ends, .. } in desk.frame.calendar.terms_of_year(span.1) {
        let mut of_term = plans.iter().filter(|(week, _)| before < *week && week <= ends);
        planned = planned + of_term.next_back().map_or(Minutes(0), |(_, plan)| *plan);
        before = *ends;
    }
    let used = pattern::noted(db, permit, (span, false)).await?;
    Ok(Some((planned - used).or_none()))
}

/// Proposes to carry unused hours of last year into this one (R-TIM-8).
///
/// # Errors
/// A rule that says no; denied for anybody but a practitioner.
pub async fn propose_carry(desk: &Desk, who: PersonId, wanted: Minutes) -> Result<(), Stop<BankRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<ProposeCarry>(&me, &facts::practice(desk.institution(), who), &())?;
    let year = academic_year(desk.today()) - 1;
    if pattern::carry(&db, &permit, year).await?.is_some_and(|one| one.state == CarryState::Agreed) {
        return Err(Stop::Refused(BankRefused::Agreed));
    }
    let left = left(desk, &db, (&permit, year)).await?.unwrap_or_default();
    let most = planner::assumptions(&db, &permit).await?.0.carry;
    check_carry(wanted, (left, most), desk.today()).map_err(Stop::Refused)?;
    pattern::propose(&db, &permit, (year, wanted)).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Agrees to carry a practitioner's hours of last year over, or not; decided on what is left at that moment (R-TIM-8).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and when nothing is proposed.
pub async fn answer_carry(desk: &Desk, who: PersonId, (of, agree): (PersonId, bool)) -> Result<(), Stop<BankRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<AnswerCarry>(&me, &other, &())?;
    let year = academic_year(desk.today()) - 1;
    let proposed = pattern::carry(&db, &permit, year).await?.filter(|one| one.state == CarryState::Proposed);
    let proposed = proposed.ok_or(Stop::Denied)?;
    if agree {
        let left = left(desk, &db, (&permit, year)).await?.unwrap_or_default();
        let most = planner::assumptions(&db, &permit).await?.0.carry;
        check_carry(proposed.time, (left, most), desk.today()).map_err(Stop::Refused)?;
    }
    let state = if agree { CarryState::Agreed } else { CarryState::Declined };
    pattern::answer(&db, &permit, (year, state)).await?;
    events::record(&db, &permit, desk.stamp(), &of.to_string()).await?;
    Ok(db.commit().await?)
}

/// Tells the lead that the balance of home and outreach does not suit; `None` takes it back (R-TIM-10).
///
/// # Errors
/// A rule that says no; denied for anybody but a practitioner.
pub async fn say_balance(desk: &Desk, who: PersonId, said: Option<&str>) -> Result<(), Stop<BankRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SayBalance>(&me, &facts::practice(desk.institution(), who), &())?;
    let said = said.map(sentence).transpose().map_err(Stop::Refused)?;
    pattern::say(&db, &permit, said.as_deref().map(|said| (said, desk.today()))).await?;
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}
