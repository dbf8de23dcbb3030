//! What was agreed in each year, for the lead; and one's own hours of a year that is over. Rules R-NEW-6 and R-NEW-8.

use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::period::{academic_year, days_after};
use domain::remission::Remission;
use domain::year::Year;
use jiff::civil::Date;
use policies::acts::{SeeOwnHours, SeeYears};
use policies::facts::PersonFacts;
use store::hours::{self, Entry};
use store::new_year::Agreed;
use store::{facts, new_year, past_years, pattern};

use crate::desk::{Desk, Never, Stop};
use crate::threads::year_span;
use crate::year;

/// Where a year stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// It is over.
    Over,
    /// It is the present one.
    Present,
    /// It has not begun.
    Coming,
}

/// Somebody in the role in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// From which day on, where that lies in the year.
    pub since: Option<Date>,
    /// Until which day, where that lies in the year.
    pub until: Option<Date>,
    /// Hours of the year; `None` where that is not known.
    pub remitted: Option<Minutes>,
    /// The same as it was agreed.
    pub agreed: Option<Remission>,
    /// The areas they looked after, by name.
    pub areas: Vec<String>,
}

/// A year with what was agreed in it.
#[derive(Debug)]
pub struct OneYear {
    /// Its days, terms and holidays.
    pub year: Year,
    /// Where it stands.
    pub when: When,
    /// Whether what is agreed in it is known: not of years from before it was kept, and not of one that nobody has started.
    pub is_known: bool,
    /// Who was in the role, by name.
    pub people: Vec<Somebody>,
}

/// The years, the latest first (R-NEW-6).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Vec<OneYear>, Stop<Never>> {
    let permit = desk.permit::<SeeYears>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let years = year::all(desk, &db).await?;
    let present = years.iter().rposition(|year| year.turns() <= desk.today());
    let (areas, live) = (past_years::areas(&db, &permit).await?, past_years::present(&db, &permit).await?);
    let mut seen = Vec::new();
    for (at, year) in years.into_iter().enumerate().rev() {
        let when = match present {
            Some(present) if at < present => When::Over,
            Some(present) if at == present => When::Present,
            _ => When::Coming,
        };
        let agreed =
            if when == When::Present { live.clone() } else { new_year::kept(&db, &permit, year.number()).await? };
        let is_known = !agreed.is_empty();
        let in_role = past_years::in_role(&db, &permit, (year.starts, year.ends)).await?;
        let somebody = |one: past_years::InRole| {
            let own: Option<&Agreed> = agreed.iter().find(|agreed| agreed.person == one.person);
            let names = own.iter().flat_map(|own| &own.areas).filter_map(|area| areas.get(area).cloned());
            let mut names: Vec<String> = names.collect();
            names.sort();
            Somebody {
                person: one.person,
                since: Some(one.since).filter(|since| year.starts < *since),
                until: one.until.filter(|until| *until <= year.ends),
                name: one.name,
                remitted: own.map(|own| own.remitted),
                agreed: own.and_then(|own| own.agreed),
                areas: names,
            }
        };
        let people = in_role.into_iter().map(somebody).collect();
        seen.push(OneYear { year, when, is_known, people });
    }
    Ok(seen)
}

/// One's own hours of a year that is over.
#[derive(Debug)]
pub struct OwnYear {
    /// Which, by the year in which it starts.
    pub number: i16,
    /// Hours agreed for it; `None` where that is not known.
    pub remitted: Option<Minutes>,
    /// The same as it was agreed.
    pub agreed: Option<Remission>,
    /// Of each of its terms: its name, what stood as planned when it ended, and what was noted.
    pub terms: Vec<(String, Minutes, Minutes)>,
    /// Noted in all of it.
    pub used: Minutes,
    /// The same by what it was for.
    pub purposes: Vec<(Purpose, Minutes)>,
    /// A page of its entries, newest first.
    pub entries: Vec<Entry>,
    /// Whether there are earlier ones.
    pub earlier: bool,
}

/// So many entries stand on a page.
const PER_PAGE: usize = 20;
/// No year is older than the programme can be.
const FIRST_YEAR: i16 = 2000;

/// One's own hours of an academic year that is over, by the year in which it starts; `page` counts from 0 (R-NEW-8).
///
/// # Errors
/// Denied for anybody but a practitioner, and for a year that is not over.
pub async fn own(desk: &Desk, who: &PersonFacts, (number, page): (i16, usize)) -> Result<OwnYear, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    if number < FIRST_YEAR || number >= academic_year(desk.today()) {
        return Err(Stop::Denied);
    }
    let db = desk.read();
    let span = year_span(desk, Date::constant(number, 9, 1))?;
    let days = (span.first, span.last);
    let plans = pattern::plans(&db, &permit, days).await?;
    let mut terms = Vec::new();
    let mut before = days_after(span.first, -1);
    for term in desk.frame.calendar.terms_of_year(span.last) {
        let mut of_term = plans.iter().filter(|(week, _)| before < *week && *week <= term.ends);
        let planned = of_term.next_back().map_or(Minutes(0), |(_, plan)| *plan);
        let noted = pattern::noted(&db, &permit, ((term.starts, term.ends), false)).await?;
        terms.push((term.name.clone(), planned, noted));
        before = term.ends;
    }
    let part = (page.saturating_mul(PER_PAGE), PER_PAGE + 1);
    let mut entries = hours::own(&db, &permit, days, part).await?;
    let earlier = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    let kept = new_year::own_kept(&db, &permit, number).await?;
    Ok(OwnYear {
        number,
        remitted: kept.as_ref().map(|kept| kept.remitted),
        agreed: kept.and_then(|kept| kept.agreed),
        terms,
        used: pattern::noted(&db, &permit, (days, false)).await?,
        purposes: hours::by_purpose(&db, &permit, days).await?,
        entries,
        earlier,
    })
}
