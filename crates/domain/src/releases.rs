//! What is counted for leaders, of whom, and when it comes out. Rules R-REL-14 to R-REL-18 in `docs/rules/releases.md`; how it
//! is decided what may be shown stands in the crate `evidence`.

use jiff::civil::Date;

use crate::people::{Role, Roles};
use crate::period::{Calendar, Term, academic_year, days_after};
use crate::support::choices;

/// A term comes out so many days after its last day: what is entered until then counts in it (R-REL-14).
pub const GRACE_DAYS: i64 = 14;
/// Between two releases lie at least so many days (R-REL-14).
pub const APART_DAYS: i64 = 56;
/// First pages tell of a release for so many days (R-REL-27).
pub const NEWS_DAYS: i64 = 28;
/// Who is counted is who is there so many days after a term's first day, where the college names no day (R-REL-16).
pub const CENSUS_DAYS: i64 = 42;

choices! {
    /// What is counted of people (R-REL-17). The order is the one in which a page shows it.
    Measure {
        /// Met a practitioner because they had asked, or had their request agreed to.
        Support = "support", "Voluntary one-to-one support";
        /// Came to a session that is no meeting of a community.
        Session = "session", "Sessions";
        /// Came to a meeting of a community.
        Community = "community", "Communities of practice";
        /// Had an induction with a mentor in the role.
        Induction = "induction", "Inductions";
    }
}

impl Measure {
    /// Of whom it is said, as a page has it.
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Support => {
                "Staff who asked and were answered with a time, or who met. Required support is not in it."
            }
            Self::Session => "Staff who came to at least one session, a training day included.",
            Self::Community => "Staff who came to at least one meeting of a community of practice.",
            Self::Induction => "Staff whose induction ran with a mentor in the role.",
        }
    }
}

choices! {
    /// As what somebody is counted (R-REL-16).
    Standing {
        /// Teaches.
        Teacher = "teacher", "Teachers";
        /// Leads an area.
        Head = "head", "Heads of department";
        /// Has the role.
        Practitioner = "practitioner", "In the role";
    }
}

impl Standing {
    /// As what somebody with these roles is counted; nobody else is (R-REL-16).
    pub const fn of(roles: Roles) -> Option<Self> {
        if roles.has(Role::Practitioner) {
            Some(Self::Practitioner)
        } else if !roles.has(Role::Teacher) {
            None
        } else if roles.has(Role::HeadOfDepartment) {
            Some(Self::Head)
        } else {
            Some(Self::Teacher)
        }
    }

    /// Its number in a release.
    pub const fn number(self) -> u16 {
        match self {
            Self::Teacher => 0,
            Self::Head => 1,
            Self::Practitioner => 2,
        }
    }
}

/// A term, or terms close to each other, as one release of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The academic year, by the calendar year in which it starts.
    pub year: i16,
    /// Its number in the year, from one on.
    pub number: u8,
    /// "Autumn term 2025"; of terms that are counted together, both.
    pub name: String,
    /// The first day of its first term.
    pub starts: Date,
    /// The day on which the frame is read.
    pub census: Date,
    /// The day on which it comes out: what is entered before that day counts.
    pub out: Date,
}

/// What comes out of an academic year, term by term (R-REL-14, R-REL-16). `census` are the days that the college has named.
pub fn dues(calendar: &Calendar, year: i16, census: &[Date]) -> Vec<Due> {
    let mut terms: Vec<&Term> = calendar.terms.iter().filter(|term| academic_year(term.ends) == year).collect();
    terms.sort_by_key(|term| term.ends);
    // From the last one back, so that the year always ends with a release.
    let mut outs: Vec<Date> = Vec::new();
    for term in terms.iter().rev() {
        let out = days_after(term.ends, GRACE_DAYS);
        if outs.last().is_none_or(|next| days_after(out, APART_DAYS) <= *next) {
            outs.push(out);
        }
    }
    outs.reverse();
    let mut all = Vec::new();
    let mut left = terms.as_slice();
    for (number, out) in (1..).zip(outs) {
        let count = left.iter().take_while(|term| days_after(term.ends, GRACE_DAYS) <= out).count();
        let (together, rest) = left.split_at(count);
        left = rest;
        let (Some(first), Some(last)) = (together.first(), together.last()) else { continue };
        let named = |term: &Term| format!("{} {}", term.name, term.ends.year());
        let name = together.iter().map(|term| named(term)).collect::<Vec<_>>().join(" and ");
        let usual = days_after(first.starts, CENSUS_DAYS).min(last.ends);
        let own = census.iter().copied().find(|day| (first.starts..=last.ends).contains(day));
        all.push(Due { year, number, name, starts: first.starts, census: own.unwrap_or(usual), out });
    }
    all
}

/// The day on which the year comes out, eight weeks after its last term did (R-REL-14).
pub fn year_out(dues: &[Due]) -> Option<Date> {
    dues.last().map(|last| days_after(last.out, APART_DAYS))
}

/// In which release what happened on a day is counted: the first one that comes out after it (R-REL-15).
pub fn counted_in(calendar: &Calendar, day: Date) -> Option<Due> {
    let year = academic_year(day);
    let mut all: Vec<Due> = (year..=year.saturating_add(1)).flat_map(|year| dues(calendar, year, &[])).collect();
    all.sort_by_key(|due| due.out);
    all.into_iter().find(|due| day < due.out)
}

/// "2025/26".
pub fn year_words(year: i16) -> String {
    format!("{year}/{:02}", year.saturating_add(1).rem_euclid(100))
}

#[cfg(test)]
#[path = "releases_tests.rs"]
mod tests;
