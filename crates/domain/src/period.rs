//! The college's calendar: terms, weeks, working days, and times as people say them.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A term, both days included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// "Autumn term".
    pub name: String,
    /// First day.
    #[serde(with = "iso")]
    pub starts: Date,
    /// Last day.
    #[serde(with = "iso")]
    pub ends: Date,
}

/// Days without teaching inside or between terms, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// First day.
    #[serde(with = "iso")]
    pub starts: Date,
    /// Last day.
    #[serde(with = "iso")]
    pub ends: Date,
}

/// Days as ISO 8601 texts in what is written down as JSON.
pub mod iso {
    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    /// Writes a day.
    ///
    /// # Errors
    /// When the text cannot be written.
    pub fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(day)
    }

    /// Reads a day.
    ///
    /// # Errors
    /// A text that is no day.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// The terms and holidays of an institution in its time zone.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Where the college's clocks are.
    pub zone: TimeZone,
    /// In order of time, not overlapping.
    pub terms: Vec<Term>,
    /// In any order.
    pub holidays: Vec<Holiday>,
}

/// A wall-clock time that does not exist, because the clocks go forward over it (R-MEE-5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clocks go forward that night: {0} does not exist. Choose another time")]
pub struct NoSuchTime(pub DateTime);

/// The Monday of the week a day is in.
pub fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(Span::new().days(back))
}

/// The day `days` after `day`; stops at the end of time.
pub fn days_after(day: Date, days: i64) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// The academic year a day is in, by the year in which it starts: 1 September to 31 August.
pub fn academic_year(day: Date) -> i16 {
    if day.month() >= 9 { day.year() } else { day.year() - 1 }
}

impl Calendar {
    /// The usual three terms with half-terms and holidays of the academic year starting in September of `year`.
    pub fn usual(zone: TimeZone, years: &[i16]) -> Self {
        let mut calendar = Self { zone, terms: Vec::new(), holidays: Vec::new() };
        for &year in years {
            let first = |y: i16, month: i8, day: i8| monday(Date::constant(y, month, day));
            let (autumn, spring, summer) = (first(year, 9, 7), first(year + 1, 1, 7), first(year + 1, 4, 16));
            for (name, starts, weeks) in
                [("Autumn term", autumn, 15), ("Spring term", spring, 12), ("Summer term", summer, 11)]
            {
                calendar.terms.push(Term { name: name.to_owned(), starts, ends: days_after(starts, weeks * 7 - 3) });
            }
            for half_term in [days_after(autumn, 7 * 7), days_after(spring, 6 * 7), days_after(summer, 6 * 7)] {
                calendar.holidays.push(Holiday { starts: half_term, ends: days_after(half_term, 4) });
            }
        }
        calendar
    }

    /// The day an instant falls on at the college.
    pub fn day(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// The wall clock of an instant at the college.
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at)
    }

    /// The instant of a wall-clock time; of a time that comes twice, the first (R-MEE-5).
    ///
    /// # Errors
    /// [`NoSuchTime`] when the clocks go forward over it.
    pub fn instant(&self, day: Date, minute_of_day: i16) -> Result<Timestamp, NoSuchTime> {
        let minute = minute_of_day.clamp(0, 24 * 60 - 1);
        let time = Time::midnight().saturating_add(i64::from(minute).minutes());
        let wanted = day.to_datetime(time);
        let there = self.zone.to_ambiguous_zoned(wanted);
        match there.offset() {
            AmbiguousOffset::Gap { .. } => Err(NoSuchTime(wanted)),
            _ => there.earlier().map(|zoned| zoned.timestamp()).map_err(|_| NoSuchTime(wanted)),
        }
    }

    /// The term a day is in.
    pub fn term(&self, day: Date) -> Option<&Term> {
        self.terms.iter().find(|term| term.starts <= day && day <= term.ends)
    }

    /// The term a day is in, or else the next one, or else the last one.
    pub fn term_or_next(&self, day: Date) -> Option<&Term> {
        self.terms.iter().find(|term| day <= term.ends).or_else(|| self.terms.last())
    }

    /// Whether a day has teaching: in a term, Monday to Friday, no holiday.
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            && self.term(day).is_some()
            && !self.holidays.iter().any(|holiday| holiday.starts <= day && day <= holiday.ends)
    }

    /// Working days after `from` up to and including `to` (R-SUP-7).
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let mut day = from;
        let mut count = 0;
        while day < to {
            day = days_after(day, 1);
            count += u32::from(self.is_working_day(day));
        }
        count
    }

    /// Teaching weeks of a term up to and including the week of `until`; a week counts when it has a working day.
    pub fn teaching_weeks(&self, term: &Term, until: Date) -> u32 {
        let mut week = monday(term.starts);
        let last = until.min(term.ends);
        let mut count = 0;
        while week <= last {
            count += u32::from((0..5).any(|d| self.is_working_day(days_after(week, d))));
            week = days_after(week, 7);
        }
        count
    }

    /// The terms of the academic year a day is in. A term belongs to the year in which it ends: some begin in August.
    pub fn terms_of_year(&self, day: Date) -> Vec<&Term> {
        let year = academic_year(day);
        self.terms.iter().filter(|term| academic_year(term.ends) == year).collect()
    }

    /// "Autumn term, week 11"; in a holiday or outside terms it says so.
    pub fn week_words(&self, day: Date) -> String {
        let Some(term) = self.term(monday(day)).or_else(|| self.term(day)) else {
            return "Outside term time".to_owned();
        };
        if (0..5).any(|d| self.is_working_day(days_after(monday(day), d))) {
            format!("{}, week {}", term.name, self.teaching_weeks(term, day))
        } else {
            format!("{}, holiday week", term.name)
        }
    }
}

/// "Tue 24 Nov".
pub fn day_words(day: Date) -> String {
    day.strftime("%a %-d %b").to_string()
}

/// "4 Jan 2027".
pub fn date_words(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// "Tue 24 Nov, 10:30".
pub fn time_words(local: DateTime) -> String {
    local.strftime("%a %-d %b, %H:%M").to_string()
}

/// "10:30".
pub fn clock_words(local: DateTime) -> String {
    local.strftime("%H:%M").to_string()
}

/// "today", "tomorrow", "in 3 days", "yesterday", "4 days ago".
pub fn distance_words(day: Date, today: Date) -> String {
    match (day - today).get_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026])
    }

    #[test]
    fn the_usual_year_has_three_terms_and_36_to_38_weeks() {
        let calendar = calendar();
        let weeks: u32 = calendar.terms.iter().map(|t| calendar.teaching_weeks(t, t.ends)).sum();
        assert!((34..=38).contains(&weeks), "{weeks}");
        assert_eq!(calendar.terms.len(), 3);
    }

    #[test]
    fn weeks_are_named_as_people_say_them() {
        let calendar = calendar();
        assert_eq!(calendar.week_words(date(2026, 9, 8)), "Autumn term, week 1");
        assert_eq!(calendar.week_words(date(2026, 10, 28)), "Autumn term, holiday week");
        assert_eq!(calendar.week_words(date(2026, 11, 24)), "Autumn term, week 11");
        assert_eq!(calendar.week_words(date(2026, 12, 28)), "Outside term time");
    }

    /// R-MEE-5.
    #[test]
    fn a_time_the_clocks_skip_is_refused_and_one_that_comes_twice_is_the_first() {
        let calendar = calendar();
        assert!(calendar.instant(date(2027, 3, 28), 90).is_err());
        let twice = calendar.instant(date(2026, 10, 25), 90).unwrap();
        assert_eq!(twice.to_string(), "2026-10-25T00:30:00Z");
        assert_eq!(calendar.instant(date(2026, 10, 26), 600).unwrap().to_string(), "2026-10-26T10:00:00Z");
        assert_eq!(calendar.instant(date(2026, 10, 23), 600).unwrap().to_string(), "2026-10-23T09:00:00Z");
    }

    /// R-SUP-7.
    #[test]
    fn working_days_leave_out_weekends_and_half_term() {
        let calendar = calendar();
        assert_eq!(calendar.working_days_between(date(2026, 11, 20), date(2026, 11, 27)), 5);
        assert_eq!(calendar.working_days_between(date(2026, 10, 23), date(2026, 11, 2)), 1);
    }

    #[test]
    fn days_are_said_from_today() {
        let today = date(2026, 11, 24);
        assert_eq!(distance_words(date(2026, 11, 27), today), "in 3 days");
        assert_eq!(distance_words(date(2026, 11, 23), today), "yesterday");
        assert_eq!(day_words(today), "Tue 24 Nov");
        assert_eq!(time_words(today.at(10, 30, 0, 0)), "Tue 24 Nov, 10:30");
    }

    proptest::proptest! {
        #[test]
        fn every_instant_the_calendar_makes_reads_back_as_the_time_asked_for(offset in 0i64..700, minute in 0i16..1440) {
            let calendar = calendar();
            let day = days_after(date(2026, 9, 1), offset);
            if let Ok(at) = calendar.instant(day, minute) {
                let local = calendar.local(at);
                proptest::prop_assert_eq!(local.date(), day);
                proptest::prop_assert_eq!(local.hour() as i16 * 60 + local.minute() as i16, minute);
            }
        }

        #[test]
        fn the_monday_of_a_day_is_a_monday_at_most_six_days_before(offset in 0i64..5000) {
            let day = days_after(date(2020, 1, 1), offset);
            let first = monday(day);
            proptest::prop_assert_eq!(first.weekday(), Weekday::Monday);
            proptest::prop_assert!((0..7).contains(&(day - first).get_days()));
        }
    }
}
