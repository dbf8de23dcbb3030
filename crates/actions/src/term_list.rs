//! The terms there were and will be, numbered as figures of the college are.

use domain::lots::TermOf;
use domain::period::{Calendar, Term, academic_year};

use crate::desk::Desk;

/// So many academic years back a term is still looked at, as for figures (R-FIG-4).
const BACK: i16 = 3;

/// Every term from three years back to the last one that is written down, the first one first: of years before that are not
/// written down, the usual ones.
pub(crate) fn terms(desk: &Desk) -> Vec<TermOf> {
    let calendar = &desk.frame.calendar;
    let this = academic_year(desk.today());
    let written = |year: &i16| calendar.terms.iter().any(|term| academic_year(term.ends) == *year);
    let missing: Vec<i16> = (this - BACK..=this + 1).filter(|year| !written(year)).collect();
    let mut terms: Vec<Term> = Calendar::usual(calendar.zone.clone(), &missing).terms;
    terms.extend(calendar.terms.iter().cloned());
    terms.sort_by_key(|term| term.ends);
    let mut found: Vec<TermOf> = Vec::new();
    for term in terms {
        let year = academic_year(term.ends);
        let number = found.iter().filter(|one| one.at.0 == year).count();
        let number = i64::try_from(number).unwrap_or(i64::MAX).saturating_add(1);
        let words = format!("{} {}", term.name, term.ends.year());
        found.push(TermOf { at: (year, number), words, starts: term.starts, ends: term.ends });
    }
    found.retain(|term| term.at.0 >= this - BACK);
    found
}
