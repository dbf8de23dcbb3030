//! From one year of the programme to the next: which one is next, what is proposed for it, and what each practitioner is
//! given in it. Rules R-NEW-1 to R-NEW-9 in `docs/rules/new-year.md`.

use jiff::Span;
use jiff::civil::Date;

use crate::ids::{AreaId, PersonId};
use crate::period::{Holiday, Term, academic_year, day_words, days_after};
use crate::relations::{RelationRefused, check_day};
use crate::remission::{Amount, Base, Remission, RemissionRefused, Unit};
use crate::year::{Day, Year, bank_holidays};

/// The next year can be started so many days before the present one ends (R-NEW-1).
pub const OPENS_DAYS: i64 = 16 * 7;
/// The lead's board tells of it so many days before the present one ends (R-NEW-1).
pub const TOLD_DAYS: i64 = 8 * 7;
/// A year that has begun can be started for so many days more (R-NEW-1).
pub const LATE_DAYS: i64 = 12 * 7;

impl Year {
    /// The day from which hours and areas of this year count: its first day; of a year that begins in August or September
    /// 1 September, from which hours are counted (R-NEW-5).
    pub fn turns(&self) -> Date {
        if matches!(self.starts.month(), 8 | 9) { Date::constant(self.starts.year(), 9, 1) } else { self.starts }
    }

    /// The academic year in which its hours are counted, by the year in which that starts.
    pub fn number(&self) -> i16 {
        academic_year(self.turns())
    }

    /// The year after this one as a proposal: the same terms and days without teaching, on the same days of the week, with
    /// the bank holidays of England that fall into term (R-NEW-2).
    pub fn following(&self) -> Self {
        let starts = days_after(self.ends, 1);
        let ends = days_after(starts.saturating_add(Span::new().years(1)), -1);
        let first = self.terms.first().map_or(self.starts, |term| term.starts);
        let weeks = if days_after(first, 52 * 7) < starts { 53 } else { 52 };
        let later = |day: Date| days_after(day, weeks * 7);
        let term = |term: &Term| Term {
            name: term.name.clone(),
            starts: later(term.starts),
            ends: later(term.ends).min(ends),
        };
        let declared = bank_holidays(self.starts, self.ends);
        let is_bank = |one: &Holiday| one.starts == one.ends && declared.iter().any(|(day, _)| *day == one.starts);
        let own = self.holidays.iter().filter(|one| !is_bank(one));
        let mut next = Self {
            starts,
            ends,
            terms: self.terms.iter().map(term).collect(),
            holidays: own.map(|one| Holiday { starts: later(one.starts), ends: later(one.ends).min(ends) }).collect(),
            census: None,
        };
        let calendar = next.calendar(jiff::tz::TimeZone::UTC);
        let in_term = bank_holidays(starts, ends).into_iter().filter(|(day, _)| calendar.is_working_day(*day));
        next.holidays.extend(in_term.map(|(day, _)| Holiday { starts: day, ends: day }));
        next.holidays.sort_by_key(|one| one.starts);
        let census = self.census.map(|Day(day)| later(day));
        next.census = census.filter(|day| next.calendar(jiff::tz::TimeZone::UTC).is_working_day(*day)).map(Day);
        next
    }
}

/// The year that comes next, and the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The year before it.
    pub last: Year,
    /// The year, as it is written down or proposed.
    pub next: Year,
    /// Whether it is written down already.
    pub is_known: bool,
}

impl Coming {
    /// Which year comes next on a day; `None` where none has begun that could be rolled over (R-NEW-1). A year that has begun
    /// without having been started is still the next one for twelve weeks. `years` in order of time.
    pub fn on(today: Date, years: &[Year], is_started: impl Fn(i16) -> bool) -> Option<Self> {
        let begun = years.iter().rposition(|year| year.turns() <= today)?;
        let present = years.get(begun)?;
        let before = begun.checked_sub(1).and_then(|at| years.get(at));
        if let Some(last) = before
            && !is_started(present.number())
            && today < days_after(present.turns(), LATE_DAYS)
        {
            return Some(Self { last: last.clone(), next: present.clone(), is_known: true });
        }
        let last = present.clone();
        if let Some(next) = years.get(begun + 1) {
            return Some(Self { last, next: next.clone(), is_known: true });
        }
        let mut next = last.following();
        // Years in which nothing was written down are left out.
        while next.ends < today {
            next = next.following();
        }
        Some(Self { last, next, is_known: false })
    }

    /// The first day on which it can be started (R-NEW-1).
    pub fn opens(&self) -> Date {
        days_after(self.last.ends, 1 - OPENS_DAYS)
    }

    /// Whether it can be started (R-NEW-1).
    pub fn is_open(&self, today: Date) -> bool {
        self.opens() <= today
    }

    /// Whether it has begun, so that what is started counts at once (R-NEW-5).
    pub fn has_begun(&self, today: Date) -> bool {
        self.next.turns() <= today
    }

    /// Whether the lead is told on the board that it waits to be started (R-NEW-1).
    pub fn is_told(&self, today: Date) -> bool {
        days_after(self.last.ends, 1 - TOLD_DAYS) <= today
    }
}

/// A number as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The field is empty.
    Nothing,
    /// It is no number.
    Unreadable,
    /// So much.
    Amount(Amount),
}

impl Written {
    /// What stands in a field.
    pub fn of(text: &str) -> Self {
        if text.is_empty() { Self::Nothing } else { Amount::read(text).map_or(Self::Unreadable, Self::Amount) }
    }
}

/// What the lead wrote for one practitioner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who.
    pub person: PersonId,
    /// How much.
    pub amount: Written,
    /// Of what.
    pub unit: Unit,
    /// The first day without the role; the outer `None`: it cannot be read.
    pub stops: Option<Option<Date>>,
    /// The areas they look after.
    pub areas: Vec<AreaId>,
}

/// Of what a refusal about one practitioner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The number.
    Amount,
    /// The day on which they stop.
    Stops,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NewYearRefused {
    /// R-NEW-3.
    #[error(transparent)]
    Remission(#[from] RemissionRefused),
    /// R-NEW-3.
    #[error("Enter what is agreed for the new year, or the day on which {0} stops.")]
    Empty(String),
    /// R-NEW-3.
    #[error(transparent)]
    Day(#[from] RelationRefused),
    /// R-NEW-3.
    #[error("Choose today or a later day. An earlier one is set on the page of {0}.")]
    Past(String),
    /// R-NEW-3.
    #[error("{0} is in the role only from {1} on. Choose a later day.")]
    BeforeBeginning(String, String),
    /// R-NEW-4.
    #[error("Say that the chart is right, or have the new staff file brought in first.")]
    Chart,
}

/// What is known of a practitioner when the next year is started.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Name.
    pub name: &'a str,
    /// Since when, or from when on, they are in the role.
    pub since: Date,
    /// Whether they have hours this year.
    pub has_hours: bool,
}

impl Wish {
    /// What is agreed for the year that `turns` on a day: `None` for no hours, because none are entered or because they have
    /// stopped by then (R-NEW-3).
    ///
    /// # Errors
    /// The first rule that says no, with its field.
    pub fn check(
        &self,
        known: Known<'_>,
        base: Base,
        (today, turns): (Date, Date),
    ) -> Result<Option<Remission>, (Part, NewYearRefused)> {
        let name = || known.name.to_owned();
        let stops = self.stops.ok_or((Part::Stops, RelationRefused::Day.into()))?;
        if let Some(day) = stops {
            check_day(day, today).map_err(|no| (Part::Stops, no.into()))?;
            if day < today {
                return Err((Part::Stops, NewYearRefused::Past(name())));
            }
            if day <= known.since {
                let since = format!("{} {}", day_words(known.since), known.since.year());
                return Err((Part::Stops, NewYearRefused::BeforeBeginning(name(), since)));
            }
        }
        if self.has_stopped(turns) {
            return Ok(None);
        }
        match self.amount {
            Written::Nothing if known.has_hours => Err((Part::Amount, NewYearRefused::Empty(name()))),
            Written::Nothing => Ok(None),
            Written::Unreadable => Err((Part::Amount, RemissionRefused::Unreadable.into())),
            Written::Amount(amount) => {
                let remission = Remission { amount, unit: self.unit, base };
                remission.check().map_err(|no| (Part::Amount, no.into()))?;
                Ok(Some(remission))
            }
        }
    }

    /// Whether they are in the role no more when the year turns.
    pub fn has_stopped(&self, turns: Date) -> bool {
        self.stops.flatten().is_some_and(|day| day <= turns)
    }
}

#[cfg(test)]
#[path = "new_year_tests.rs"]
mod tests;
