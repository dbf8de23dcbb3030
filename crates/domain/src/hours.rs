//! A practitioner's remitted hours: noting, dividing, planning, forecasting. Rules R-HRS-1 to R-HRS-7 in `docs/rules/hours.md`.

use jiff::civil::Date;

use crate::minutes::Minutes;
use crate::period::{Calendar, Term, academic_year};
use crate::support::choices;

choices! {
    /// What time was for: the five functions of the role (GOV-06) and what keeps it going.
    Purpose {
        /// Voluntary one-to-one support.
        OneToOne = "one-to-one", "One-to-one support";
        /// Sessions and communities of practice.
        Group = "group", "Sessions and communities";
        /// Support that was required.
        Required = "required", "Required support";
        /// Inductions.
        Induction = "induction", "Inductions";
        /// Work on the institution's objectives.
        Strategic = "strategic", "College priorities";
        /// Own learning and the practitioners' meeting.
        Team = "team", "Team and own development";
    }
}

/// An entry may be so long, in minutes (R-HRS-1).
pub const ENTRY: std::ops::RangeInclusive<i64> = 1..=480;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursRefused {
    /// R-HRS-1.
    #[error("Note between 1 minute and 8 hours at a time.")]
    Length,
    /// R-HRS-1.
    #[error("Choose today or an earlier day of this academic year.")]
    Day,
    /// R-HRS-1.
    #[error("Choose what it was for.")]
    NoPurpose,
    /// R-HRS-3.
    #[error("Choose a colleague from the list, or leave the name out.")]
    UnknownColleague,
    /// R-HRS-3.
    #[error("That is you. Choose a colleague, or leave the name out.")]
    Oneself,
}

/// Checks an entry (R-HRS-1).
///
/// # Errors
/// The first rule that says no.
pub fn check(minutes: Minutes, day: Date, today: Date, purposes: &[Purpose]) -> Result<(), HoursRefused> {
    if !ENTRY.contains(&minutes.0) {
        return Err(HoursRefused::Length);
    }
    if day > today || academic_year(day) != academic_year(today) {
        return Err(HoursRefused::Day);
    }
    if purposes.is_empty() { Err(HoursRefused::NoPurpose) } else { Ok(()) }
}

/// Divides minutes over several purposes, so that the parts sum to the whole (R-HRS-2): equal parts, the first ones
/// take what is left over.
pub fn divide(whole: Minutes, parts: usize) -> Vec<Minutes> {
    let Ok(count) = i64::try_from(parts) else { return Vec::new() };
    if count == 0 {
        return Vec::new();
    }
    let (each, left) = (whole.0.div_euclid(count), whole.0.rem_euclid(count));
    (0..count).map(|n| Minutes(each + i64::from(n < left))).collect()
}

/// A practitioner's hours in a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermHours {
    /// The share of the year's remission that falls to the term.
    pub plan: Minutes,
    /// Noted and held.
    pub used: Minutes,
    /// Agreed and still ahead.
    pub booked: Minutes,
    /// Where it is heading by the end of the term.
    pub forecast: Minutes,
}

/// The share of a year's remission that falls to a term, by its teaching weeks (R-HRS-5). The shares of a year's terms
/// sum to the year.
pub fn term_plan(calendar: &Calendar, term: &Term, year: Minutes) -> Minutes {
    let terms = calendar.terms_of_year(term.starts);
    let weeks: Vec<i64> = terms.iter().map(|t| i64::from(calendar.teaching_weeks(t, t.ends))).collect();
    let all: i64 = weeks.iter().sum();
    if all == 0 {
        return Minutes(0);
    }
    let mut before = 0;
    for (other, own) in terms.iter().zip(&weeks) {
        let share = year.0 * (before + own) / all - year.0 * before / all;
        if **other == *term {
            return Minutes(share);
        }
        before += own;
    }
    Minutes(0)
}

/// The forecast for the end of the term (R-HRS-6): what is used, and for the weeks left either what is booked or the
/// pace so far, whichever is more.
pub fn forecast(used: Minutes, booked: Minutes, weeks_gone: u32, weeks_in_all: u32) -> Minutes {
    let left = i64::from(weeks_in_all.saturating_sub(weeks_gone));
    let pace = if weeks_gone == 0 { 0 } else { used.0 * left / i64::from(weeks_gone) };
    used + Minutes(booked.0.max(pace))
}

choices! {
    /// Whether a practitioner has room, recomputed weekly (R-HRS-7).
    Room {
        /// Under four fifths of the term's plan used or booked.
        HasRoom = "has-room", "Has room";
        /// Four fifths or more.
        NearlyFull = "nearly-full", "Nearly full";
        /// All of it.
        Full = "full", "Full this term";
    }
}

impl Room {
    /// R-HRS-7.
    pub fn of(hours: &TermHours) -> Self {
        let taken = hours.used + hours.booked;
        if taken.0 >= hours.plan.0 {
            Self::Full
        } else if taken.0 * 5 >= hours.plan.0 * 4 {
            Self::NearlyFull
        } else {
            Self::HasRoom
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    const TODAY: Date = Date::constant(2026, 11, 24);

    /// R-HRS-1.
    #[test]
    fn an_entry_is_short_enough_in_this_year_and_for_something() {
        let fine = [Purpose::OneToOne];
        assert_eq!(check(Minutes(15), TODAY, TODAY, &fine), Ok(()));
        assert_eq!(check(Minutes(0), TODAY, TODAY, &fine), Err(HoursRefused::Length));
        assert_eq!(check(Minutes(481), TODAY, TODAY, &fine), Err(HoursRefused::Length));
        assert_eq!(check(Minutes(15), date(2026, 11, 25), TODAY, &fine), Err(HoursRefused::Day));
        assert_eq!(check(Minutes(15), date(2026, 8, 31), TODAY, &fine), Err(HoursRefused::Day));
        assert_eq!(check(Minutes(15), date(2026, 9, 1), TODAY, &fine), Ok(()));
        assert_eq!(check(Minutes(15), TODAY, TODAY, &[]), Err(HoursRefused::NoPurpose));
    }

    /// R-HRS-5, with the case study's figure: 150 h a year.
    #[test]
    fn the_terms_share_the_year_and_sum_to_it() {
        let calendar = Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026]);
        let year = Minutes::hours(150);
        let plans: Vec<Minutes> = calendar.terms.iter().map(|t| term_plan(&calendar, t, year)).collect();
        assert_eq!(plans.iter().copied().sum::<Minutes>(), year);
        assert!(plans.iter().all(|plan| (2400..=3700).contains(&plan.0)), "{plans:?}");
    }

    /// R-HRS-6.
    #[test]
    fn the_forecast_follows_the_pace_or_the_bookings_whichever_is_more() {
        assert_eq!(forecast(Minutes(600), Minutes(60), 6, 12), Minutes(1200));
        assert_eq!(forecast(Minutes(600), Minutes(900), 6, 12), Minutes(1500));
        assert_eq!(forecast(Minutes(0), Minutes(90), 0, 12), Minutes(90));
        assert_eq!(forecast(Minutes(600), Minutes(0), 12, 12), Minutes(600));
    }

    /// R-HRS-7.
    #[test]
    fn room_is_told_in_three_words() {
        let of = |used, booked| {
            Room::of(&TermHours {
                plan: Minutes(3000),
                used: Minutes(used),
                booked: Minutes(booked),
                forecast: Minutes(0),
            })
        };
        assert_eq!(of(2000, 399), Room::HasRoom);
        assert_eq!(of(2000, 400), Room::NearlyFull);
        assert_eq!(of(2500, 500), Room::Full);
    }

    proptest::proptest! {
        /// R-HRS-2.
        #[test]
        fn divided_minutes_sum_to_the_whole_and_differ_by_one_at_most(whole in 1i64..480, parts in 1usize..7) {
            let divided = divide(Minutes(whole), parts);
            proptest::prop_assert_eq!(divided.iter().copied().sum::<Minutes>(), Minutes(whole));
            let (most, least) = (divided.iter().max(), divided.iter().min());
            proptest::prop_assert!(most.zip(least).is_some_and(|(m, l)| m.0 - l.0 <= 1));
        }
    }
}
