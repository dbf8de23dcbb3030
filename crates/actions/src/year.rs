//! The years of a college once it is live: terms, holidays, census day. Rules R-YEA-1 to R-YEA-5.

use domain::ids::{PersonId, TermId};
use domain::period::academic_year;
use domain::year::{Part, Wrong, Year, years_of};
use jiff::civil::Date;
use policies::acts::SetYear;
use policies::facts::PersonFacts;
use store::{Db, Fault, events, year};

use crate::desk::{Desk, Never, Stop};

/// The years, and the usual one after the last as a proposal.
#[derive(Debug, Clone)]
pub struct Years {
    /// In order of time.
    pub all: Vec<Year>,
    /// The next one as it usually is.
    pub next: Year,
}

/// The years as they are written down, in order of time.
pub(crate) async fn all(desk: &Desk, db: &Db) -> Result<Vec<Year>, Fault> {
    let bounds = year::bounds(db, desk.institution()).await?;
    Ok(years_of(&desk.frame.calendar, &bounds))
}

/// The years, for whoever may change them.
///
/// # Errors
/// Denied for anybody but a programme lead or an administrator.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Years, Stop<Never>> {
    desk.permit::<SetYear>(who, &desk.frame.programme.facts, &()).map(drop)?;
    let all = all(desk, &desk.read()).await?;
    // A year may end a little before or after the end of August.
    let after = |year: &Year| academic_year(year.terms.last().map_or(year.ends, |term| term.ends)).saturating_add(1);
    let next = all.last().map_or_else(|| academic_year(desk.today()), after);
    Ok(Years { next: Year::usual(next), all })
}

/// Sets a year in place of the one that starts on `replaces`, or beside the others.
///
/// # Errors
/// Rules R-YEA-1 to R-YEA-5; denied for anybody but a programme lead or an administrator, and for a year that is not there.
pub async fn set(desk: &Desk, who: PersonId, (replaces, new): (Option<Date>, Year)) -> Result<(), Stop<Wrong>> {
    let new = new.checked().map_err(Stop::Refused)?;
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetYear>(&me, &desk.frame.programme.facts, &())?;
    let all = all(desk, &db).await?;
    let (old, others): (Vec<Year>, Vec<Year>) = all.into_iter().partition(|year| Some(year.starts) == replaces);
    let old = match (replaces, old.first()) {
        (Some(_), None) => return Err(Stop::Denied),
        (_, old) => old,
    };
    new.beside(&others).map_err(|no| Stop::Refused(vec![(Part::Starts, no)]))?;
    let terms: Vec<TermId> = new.terms.iter().map(|_| desk.ids().fresh()).collect();
    year::set(&db, &permit, old, (&new, &terms)).await?;
    events::record(&db, &permit, desk.stamp(), &new.starts.to_string()).await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}
