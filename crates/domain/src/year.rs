//! The year of a college: first and last day, terms, holidays, census day. Rules R-YEA-1 to R-YEA-5 in
//! `docs/rules/set-up.md`.

mod england;

pub use england::bank_holidays;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::period::{Calendar, Holiday, Term, academic_year, day_words, days_after, iso};

/// The most terms that a year can have.
pub const MOST_TERMS: usize = 6;
/// The most holidays that a year can have.
pub const MOST_HOLIDAYS: usize = 40;
/// The longest name of a term, in characters.
pub const LONGEST_TERM_NAME: usize = 40;
/// A year has at least so many days: shorter ones are typing errors.
const SHORTEST_DAYS: i32 = 182;
/// And at most so many.
const LONGEST_DAYS: i32 = 400;

/// One academic year as a college keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// First day.
    #[serde(with = "iso")]
    pub starts: Date,
    /// Last day.
    #[serde(with = "iso")]
    pub ends: Date,
    /// Terms, in order of time once the year was checked.
    pub terms: Vec<Term>,
    /// Days without teaching inside terms, none overlapping another once the year was checked.
    pub holidays: Vec<Holiday>,
    /// The day on which staff are counted once a year, if the college has one.
    pub census: Option<Day>,
}

/// A day by itself, where it may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(#[serde(with = "iso")] pub Date);

/// What of a year a refusal is about; numbers count from 0 as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first day.
    Starts,
    /// The last day.
    Ends,
    /// The terms as a whole.
    Terms,
    /// A term's name.
    TermName(usize),
    /// A term's first day.
    TermStarts(usize),
    /// A term's last day.
    TermEnds(usize),
    /// The holidays as a whole.
    Holidays,
    /// A holiday's first day.
    HolidayStarts(usize),
    /// A holiday's last day.
    HolidayEnds(usize),
    /// The census day.
    Census,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearRefused {
    /// R-YEA-1
    #[error("The year ends before it starts. Change one of the two days.")]
    Backwards,
    /// R-YEA-1
    #[error("This year has {0} days. Choose days that are between half a year and thirteen months apart.")]
    Length(i32),
    /// R-YEA-2
    #[error("Write at least one term.")]
    NoTerm,
    /// R-YEA-2
    #[error("A year has at most {MOST_TERMS} terms. Put two together.")]
    TooManyTerms,
    /// R-YEA-2
    #[error("Give this term a name of at most {LONGEST_TERM_NAME} characters, such as “Autumn term”.")]
    TermName,
    /// R-YEA-2
    #[error("This term ends before it starts. Change one of the two days.")]
    TermBackwards,
    /// R-YEA-2
    #[error("{0} is outside the year. Choose a day inside it, or change the year.")]
    OutsideYear(String),
    /// R-YEA-2
    #[error("“{0}” is not over by then: terms may not overlap. Change one of the two.")]
    TermsOverlap(String),
    /// R-YEA-2
    #[error("There is no teaching week in this term: every day of it is a weekend or a holiday.")]
    EmptyTerm,
    /// R-YEA-3
    #[error("This holiday ends before it starts. Change one of the two days.")]
    HolidayBackwards,
    /// R-YEA-3
    #[error("A year has at most {MOST_HOLIDAYS} holidays. Leave out those between terms.")]
    TooManyHolidays,
    /// R-YEA-4
    #[error("{0} is not in a term. Choose a day of teaching.")]
    CensusOutsideTerm(String),
    /// R-YEA-4
    #[error("{0} is a weekend or a holiday. Choose a day of teaching.")]
    CensusNoTeaching(String),
    /// R-YEA-5
    #[error("This year overlaps {0}. Change its first or last day.")]
    YearsOverlap(String),
}

/// What is wrong with a year, each with its place.
pub type Wrong = Vec<(Part, YearRefused)>;

impl Year {
    /// The usual year that starts in September of `year`: three terms, half-terms, the bank holidays that fall into
    /// term, and no census day. A proposal, to be changed.
    pub fn usual(year: i16) -> Self {
        let usual = Calendar::usual(TimeZone::UTC, &[year]);
        let (starts, ends) = (Date::constant(year, 9, 1), Date::constant(year + 1, 8, 31));
        let mut proposed = Self { starts, ends, terms: usual.terms, holidays: usual.holidays, census: None };
        let calendar = proposed.calendar(TimeZone::UTC);
        let in_term = bank_holidays(starts, ends).into_iter().filter(|(day, _)| calendar.is_working_day(*day));
        let more: Vec<Holiday> = in_term.map(|(day, _)| Holiday { starts: day, ends: day }).collect();
        proposed.holidays.extend(more);
        proposed.holidays.sort_by_key(|holiday| holiday.starts);
        proposed
    }

    /// The calendar of this year alone.
    pub fn calendar(&self, zone: TimeZone) -> Calendar {
        Calendar { zone, terms: self.terms.clone(), holidays: self.holidays.clone() }
    }

    /// Weeks with teaching of each term.
    pub fn weeks(&self) -> Vec<u32> {
        let calendar = self.calendar(TimeZone::UTC);
        self.terms.iter().map(|term| calendar.teaching_weeks(term, term.ends)).collect()
    }

    /// "2026/27".
    pub fn words(&self) -> String {
        let first = self.starts.year();
        if self.ends.year() == first {
            first.to_string()
        } else {
            format!("{first}/{:02}", (first + 1).rem_euclid(100))
        }
    }

    /// The year with terms and holidays in order of time and overlapping holidays made one.
    ///
    /// # Errors
    /// Everything that R-YEA-1 to R-YEA-4 refuse, in the order of the form.
    pub fn checked(mut self) -> Result<Self, Wrong> {
        let mut wrong = Vec::new();
        self.check_bounds(&mut wrong);
        // Whether a day is inside a year that is none says nothing.
        let sound_year = wrong.is_empty();
        self.check_terms(sound_year, &mut wrong);
        self.check_holidays(sound_year, &mut wrong);
        if wrong.is_empty() {
            self.check_weeks(&mut wrong);
            self.check_census(&mut wrong);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        self.terms.sort_by_key(|term| term.starts);
        self.holidays = merged(self.holidays);
        Ok(self)
    }

    /// Two years of a college never overlap (R-YEA-5).
    ///
    /// # Errors
    /// The other year, by its words.
    pub fn beside(&self, others: &[Self]) -> Result<(), YearRefused> {
        let overlapping = others.iter().find(|other| other.starts <= self.ends && self.starts <= other.ends);
        overlapping.map_or(Ok(()), |other| Err(YearRefused::YearsOverlap(other.words())))
    }

    fn has(&self, day: Date) -> bool {
        self.starts <= day && day <= self.ends
    }

    /// R-YEA-1
    fn check_bounds(&self, wrong: &mut Wrong) {
        let days = (self.ends - self.starts).get_days();
        if days < 0 {
            wrong.push((Part::Ends, YearRefused::Backwards));
        } else if !(SHORTEST_DAYS..=LONGEST_DAYS).contains(&days) {
            wrong.push((Part::Ends, YearRefused::Length(days + 1)));
        }
    }

    /// R-YEA-2
    fn check_terms(&self, sound_year: bool, wrong: &mut Wrong) {
        match self.terms.len() {
            0 => wrong.push((Part::Terms, YearRefused::NoTerm)),
            many if many > MOST_TERMS => wrong.push((Part::Terms, YearRefused::TooManyTerms)),
            _ => {}
        }
        for (at, term) in self.terms.iter().enumerate() {
            let length = term.name.chars().count();
            if term.name.trim().is_empty() || length > LONGEST_TERM_NAME {
                wrong.push((Part::TermName(at), YearRefused::TermName));
            }
            if term.ends < term.starts {
                wrong.push((Part::TermEnds(at), YearRefused::TermBackwards));
                continue;
            }
            for (part, day) in [(Part::TermStarts(at), term.starts), (Part::TermEnds(at), term.ends)] {
                if sound_year && !self.has(day) {
                    wrong.push((part, YearRefused::OutsideYear(full_words(day))));
                }
            }
            let before = self.terms.iter().take(at);
            if let Some(other) = before.into_iter().find(|other| other.starts <= term.ends && term.starts <= other.ends)
            {
                wrong.push((Part::TermStarts(at), YearRefused::TermsOverlap(other.name.clone())));
            }
        }
    }

    /// R-YEA-3
    fn check_holidays(&self, sound_year: bool, wrong: &mut Wrong) {
        if self.holidays.len() > MOST_HOLIDAYS {
            wrong.push((Part::Holidays, YearRefused::TooManyHolidays));
        }
        for (at, holiday) in self.holidays.iter().enumerate() {
            if holiday.ends < holiday.starts {
                wrong.push((Part::HolidayEnds(at), YearRefused::HolidayBackwards));
                continue;
            }
            for (part, day) in [(Part::HolidayStarts(at), holiday.starts), (Part::HolidayEnds(at), holiday.ends)] {
                if sound_year && !self.has(day) {
                    wrong.push((part, YearRefused::OutsideYear(full_words(day))));
                }
            }
        }
    }

    /// R-YEA-2
    fn check_weeks(&self, wrong: &mut Wrong) {
        for (at, weeks) in self.weeks().into_iter().enumerate() {
            if weeks == 0 {
                wrong.push((Part::TermStarts(at), YearRefused::EmptyTerm));
            }
        }
    }

    /// R-YEA-4
    fn check_census(&self, wrong: &mut Wrong) {
        let Some(Day(day)) = self.census else { return };
        let calendar = self.calendar(TimeZone::UTC);
        if calendar.term(day).is_none() {
            wrong.push((Part::Census, YearRefused::CensusOutsideTerm(full_words(day))));
        } else if !calendar.is_working_day(day) {
            wrong.push((Part::Census, YearRefused::CensusNoTeaching(full_words(day))));
        }
    }
}

/// What is written down of a year beside its terms and holidays: first day, last day, census day.
pub type Bounds = (Date, Date, Option<Date>);

/// The years of a calendar: those that are written down, and for terms that lie in none of them, the academic years they
/// end in. In order of time.
pub fn years_of(calendar: &Calendar, written: &[Bounds]) -> Vec<Year> {
    let mut bounds: Vec<Bounds> = written.to_vec();
    for term in &calendar.terms {
        if !bounds.iter().any(|(starts, ends, _)| *starts <= term.starts && term.ends <= *ends) {
            let year = academic_year(term.ends);
            let starts = Date::constant(year, 9, 1).min(term.starts);
            bounds.push((starts, Date::constant(year + 1, 8, 31), None));
        }
    }
    bounds.sort();
    let inside = |(first, last, _): &Bounds, starts: Date| *first <= starts && starts <= *last;
    let year = |bounds: &Bounds| Year {
        starts: bounds.0,
        ends: bounds.1,
        terms: calendar.terms.iter().filter(|term| inside(bounds, term.starts)).cloned().collect(),
        holidays: calendar.holidays.iter().filter(|holiday| inside(bounds, holiday.starts)).copied().collect(),
        census: bounds.2.map(Day),
    };
    bounds.iter().map(year).collect()
}

/// "Tue 24 Nov 2026": a day whose year matters.
pub fn full_words(day: Date) -> String {
    format!("{} {}", day_words(day), day.year())
}

/// Overlapping and touching holidays made one, in order of time.
fn merged(mut holidays: Vec<Holiday>) -> Vec<Holiday> {
    holidays.sort_by_key(|holiday| (holiday.starts, holiday.ends));
    let mut all: Vec<Holiday> = Vec::new();
    for holiday in holidays {
        match all.last_mut() {
            Some(last) if holiday.starts <= days_after(last.ends, 1) => last.ends = last.ends.max(holiday.ends),
            _ => all.push(holiday),
        }
    }
    all
}

/// Whether a day is Saturday or Sunday.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests;
