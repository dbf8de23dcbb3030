//! Times that come round every week, as a college writes them: "Tue 10:30-11:30".
//!
//! A weekly time has no date and no zone: it is what stands in the timetable.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::minutes::Minutes;

mod written;

pub use written::WeeklyRefused;

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// Every day, Monday first.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// In short: "Tue".
    pub const fn short(self) -> &'static str {
        match self {
            Self::Mon => "Mon",
            Self::Tue => "Tue",
            Self::Wed => "Wed",
            Self::Thu => "Thu",
            Self::Fri => "Fri",
            Self::Sat => "Sat",
            Self::Sun => "Sun",
        }
    }

    /// In full: "Tuesday".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mon => "Monday",
            Self::Tue => "Tuesday",
            Self::Wed => "Wednesday",
            Self::Thu => "Thursday",
            Self::Fri => "Friday",
            Self::Sat => "Saturday",
            Self::Sun => "Sunday",
        }
    }

    /// As ISO 8601 counts, Monday 1 to Sunday 7; the number in the database.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The day with this [`number`](Self::number).
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.number() == number)
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        match day {
            jiff::civil::Weekday::Monday => Self::Mon,
            jiff::civil::Weekday::Tuesday => Self::Tue,
            jiff::civil::Weekday::Wednesday => Self::Wed,
            jiff::civil::Weekday::Thursday => Self::Thu,
            jiff::civil::Weekday::Friday => Self::Fri,
            jiff::civil::Weekday::Saturday => Self::Sat,
            jiff::civil::Weekday::Sunday => Self::Sun,
        }
    }
}

/// "Tue".
impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.short())
    }
}

/// A span of time on one day of every week. Starts at 06:00 or later and ends the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WeeklySpan {
    weekday: Weekday,
    starts: u16,
    length: Minutes,
}

/// The first minute of the day at which a weekly time may start.
const EARLIEST: u16 = 6 * 60;
const MIDNIGHT: u16 = 24 * 60;

impl WeeklySpan {
    /// A span that starts at the minute `starts` of the day and lasts `length`.
    ///
    /// # Errors
    /// When it starts before 06:00, has no length, or does not end on the same day.
    pub fn new(weekday: Weekday, starts: u16, length: Minutes) -> Result<Self, WeeklyRefused> {
        if length.0 <= 0 || length.0 > i64::from(MIDNIGHT) - i64::from(starts) {
            return Err(WeeklyRefused::Backwards);
        }
        if starts < EARLIEST {
            return Err(WeeklyRefused::Night(starts));
        }
        Ok(Self { weekday, starts, length })
    }

    /// Its day.
    pub const fn weekday(self) -> Weekday {
        self.weekday
    }

    /// The minute of the day at which it starts: 630 is 10:30.
    pub const fn starts(self) -> u16 {
        self.starts
    }

    /// How long it lasts.
    pub const fn length(self) -> Minutes {
        self.length
    }

    /// The minute of the day at which it ends; 1440 is midnight.
    pub fn ends(self) -> u16 {
        u16::try_from(self.length.0).map_or(MIDNIGHT, |length| self.starts.saturating_add(length))
    }

    /// Whether the two share at least a minute. Two that only touch do not overlap.
    pub fn overlaps(self, other: Self) -> bool {
        self.weekday == other.weekday && self.starts < other.ends() && other.starts < self.ends()
    }

    /// With its end, as it is written in files: "Tue 10:30-11:30".
    pub fn from_to(self) -> String {
        format!("{self}-{}", clock(self.ends()))
    }
}

/// "Tue 10:30".
impl fmt::Display for WeeklySpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.weekday, clock(self.starts))
    }
}

/// A minute of the day on the 24-hour clock: "09:05".
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_span() -> impl Strategy<Value = WeeklySpan> {
        (0..7u8, EARLIEST..MIDNIGHT, 1..600i64).prop_filter_map("ends the same day", |(day, starts, length)| {
            WeeklySpan::new(Weekday::from_number(day + 1)?, starts, Minutes(length)).ok()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(span in any_span()) {
            prop_assert_eq!(span.from_to().parse(), Ok(span));
        }

        #[test]
        fn two_spans_overlap_exactly_when_they_share_a_minute(one in any_span(), other in any_span(), same_day in any::<bool>()) {
            let other = if same_day { WeeklySpan { weekday: one.weekday, ..other } } else { other };
            let shared = one.weekday == other.weekday
                && (one.starts..one.ends()).any(|minute| (other.starts..other.ends()).contains(&minute));
            prop_assert_eq!(one.overlaps(other), shared);
            prop_assert_eq!(other.overlaps(one), shared);
        }

    }

    #[test]
    fn times_that_only_touch_do_not_overlap() {
        let span = |text: &str| text.parse::<WeeklySpan>().unwrap();
        let lesson = span("Tue 10:30-11:30");
        assert!(!lesson.overlaps(span("Tue 11:30-12:30")) && !lesson.overlaps(span("Tue 09:00-10:30")));
        assert!(lesson.overlaps(span("Tue 11:29-12:30")) && !lesson.overlaps(span("Wed 10:30-11:30")));
    }

    #[test]
    fn the_calendar_and_the_week_agree_on_the_days() {
        for day in Weekday::ALL {
            let iso =
                i8::try_from(day.number()).ok().and_then(|n| jiff::civil::Weekday::from_monday_one_offset(n).ok());
            assert_eq!(iso.map(Weekday::from), Some(day));
            assert_eq!(Weekday::from_number(day.number()), Some(day));
            assert_eq!(day.words().parse(), Ok(day));
            assert_eq!(day.short().parse(), Ok(day));
        }
        assert_eq!(Weekday::from_number(0), None);
        assert_eq!("Mo".parse::<Weekday>(), Err(WeeklyRefused::NoDay("Mo".to_owned())));
    }
}
