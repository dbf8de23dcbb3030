//! The terms there were and will be, numbered as figures of the college are.

use domain::lots::TermOf;
use domain::period::{Calendar, Term, academic_year};

use crate::desk::Desk;

/// So many academic years back a term is still looked at, as for figures (R-FIG-4).
const BACK: i16 = 3;

/// Every term that is written down, and of these years that are not the usual ones, the first one first: the academic year with
/// its number there, what it is called, and the term.
pub(crate) fn numbered(calendar: &Calendar, years: impl Iterator<Item = i16>) -> Vec<((i16, i64), String, Term)> {
    let written = |year: &i16| calendar.terms.iter().any(|term| academic_year(term.ends) == *year);
    let missing: Vec<i16> = years.filter(|year| !written(year)).collect();
    let mut terms = Calendar::usual(calendar.zone.clone(), &missing).terms;
    terms.extend(calendar.terms.iter().cloned());
    terms.sort_by_key(|term| term.ends);
    let mut found: Vec<((i16, i64), String, Term)> = Vec::new();
    for term in terms {
        let year = academic_year(term.ends);
        let number = found.last().filter(|((last, _), ..)| *last == year).map_or(0, |((_, number), ..)| *number);
        found.push(((year, number.saturating_add(1)), format!("{} {}", term.name, term.ends.year()), term));
    }
    found
}

/// Every term from three years back to the last one that is written down, the first one first.
pub(crate) fn terms(desk: &Desk) -> Vec<TermOf> {
    let this = academic_year(desk.today());
    let all = numbered(&desk.frame.calendar, this - BACK..=this + 1);
    let all = all.into_iter().map(|(at, words, term)| TermOf { at, words, starts: term.starts, ends: term.ends });
    all.filter(|term| term.at.0 >= this - BACK).collect()
}
