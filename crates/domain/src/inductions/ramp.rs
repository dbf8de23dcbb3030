//! The slow start of whoever is new in the role: which share of the remitted hours is expected in each half term (R-IND-11).

use jiff::civil::Date;

use super::{InductionRefused, week_of};
use crate::minutes::Minutes;
use crate::period::{Calendar, Term, days_after, monday};

/// A half term of a slow start has so many weeks with teaching.
pub const WEEKS_OF_HALF_TERM: u8 = 6;

/// The share of the remitted hours that is expected in each of four half terms, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ramp(pub [u8; 4]);

impl Ramp {
    /// What is proposed.
    pub const PROPOSED: Self = Self([25, 50, 75, 100]);

    /// Shares as they were typed.
    ///
    /// # Errors
    /// Shares outside 10 to 100, or one that is less than the one before.
    pub fn checked(self) -> Result<Self, InductionRefused> {
        let sound = self.0.iter().all(|share| (10..=100).contains(share)) && self.0.is_sorted();
        if sound { Ok(self) } else { Err(InductionRefused::Ramp) }
    }

    /// The share of a week of the slow start, counted from 1; afterwards, and before it, the whole.
    pub fn share(self, week: u8) -> u8 {
        let half_term = usize::from(week.saturating_sub(1) / WEEKS_OF_HALF_TERM);
        if week == 0 { 100 } else { self.0.get(half_term).copied().unwrap_or(100) }
    }
}

/// Somebody's slow start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settling {
    /// Its first day.
    pub starts: Date,
    /// Its shares.
    pub ramp: Ramp,
}

impl Settling {
    /// The share that holds on a day; nothing where that is the whole.
    pub fn share_on(&self, calendar: &Calendar, day: Date) -> Option<u8> {
        Some(self.ramp.share(week_of(calendar, self.starts, day))).filter(|share| *share < 100)
    }
}

/// A term's plan during a slow start: each of its teaching weeks has an equal part, and of it the share of that week (R-IND-11).
pub fn settled(calendar: &Calendar, term: &Term, plan: Minutes, settling: Option<&Settling>) -> Minutes {
    let Some(settling) = settling else { return plan };
    let (mut week, mut weeks, mut shares) = (monday(term.starts), 0_i64, 0_i64);
    while week <= term.ends {
        if (0..5).any(|day| calendar.is_working_day(days_after(week, day))) {
            weeks += 1;
            shares += i64::from(settling.ramp.share(week_of(calendar, settling.starts, days_after(week, 6))));
        }
        week = days_after(week, 7);
    }
    if weeks == 0 { plan } else { Minutes(plan.0 * shares / (weeks * 100)) }
}
