//! Who takes a practitioner's own class while they are away from it for the role, and what that costs.
//! Rules R-TIM-11 to R-TIM-13 in `docs/rules/time.md`.

use std::fmt;

use jiff::civil::Date;

use crate::minutes::Minutes;
use crate::period::{Calendar, day_words};
use crate::support::choices;
use crate::text::one_line;
use crate::weekly::{Weekday, WeeklyRefused, WeeklySpan};

/// A note about the arrangement has at most so many characters.
pub const LONGEST_NOTE: usize = 300;

choices! {
    /// Who takes the class (TIM-14).
    Arrangement {
        /// A teacher who is nobody's own.
        Floating = "floating", "A floating teacher";
        /// A post added for part of the week.
        PartTime = "part-time", "An added part-time post";
        /// From day to day.
        Supply = "supply", "Daily supply";
        /// The head.
        Head = "head", "The head takes the class";
        /// There is no class then.
        NotNeeded = "none", "No cover needed";
    }
}

choices! {
    /// Whether the part-time teacher is trained on the protected day of the first term (TIM-15).
    Training {
        /// Not arranged.
        NotYet = "not-yet", "Not arranged yet";
        /// Arranged, or going on.
        Planned = "planned", "Planned for the protected day";
        /// Done.
        Done = "done", "Trained in the first term";
    }
}

choices! {
    /// For what a cost is paid.
    Per {
        /// Each hour away.
        Hour = "hour", "an hour";
        /// The whole year.
        Year = "year", "a year";
    }
}

/// When a practitioner is away from their own class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// Every week.
    Weekly(WeeklySpan),
    /// On one day, from this minute of the day on, for so long.
    Once(Date, WeeklySpan),
}

impl Away {
    /// How long.
    pub const fn length(self) -> Minutes {
        match self {
            Self::Weekly(span) | Self::Once(_, span) => span.length(),
        }
    }
}

/// "Every Tuesday, 10:30–12:00", "Thu 3 Dec, 13:00–16:00".
impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Weekly(span) | Self::Once(_, span)) = self;
        match self {
            Self::Weekly(span) => write!(f, "Every {}", span.weekday().words())?,
            Self::Once(day, _) => f.write_str(&day_words(*day))?,
        }
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, ", {}–{}", clock(span.starts()), clock(span.ends()))
    }
}

/// What somebody typed of when they are away.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed {
    /// Each week on this day.
    pub weekday: Option<Weekday>,
    /// On this day only.
    pub day: Option<Date>,
    /// The minute of the day at which it begins.
    pub starts: Option<u16>,
    /// The minute at which it ends.
    pub ends: Option<u16>,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoverRefused {
    /// R-TIM-11.
    #[error("Choose a day of the week, or give one date.")]
    When,
    /// R-TIM-11.
    #[error("Choose a day of the week or give one date, not both.")]
    Both,
    /// R-TIM-11.
    #[error("Give the time from 06:00 on, and an end that is later on the same day.")]
    Times,
    /// R-TIM-11.
    #[error("There is no teaching on that day, so there is nothing to cover. Choose a day of teaching.")]
    NoTeaching,
    /// R-TIM-11.
    #[error("Choose who takes the class.")]
    NoArrangement,
    /// R-TIM-11.
    #[error("Write at most {LONGEST_NOTE} characters about the arrangement. It has {0} now.")]
    LongNote(usize),
    /// R-TIM-11.
    #[error("Cover is arranged for practitioners only. Choose one from the list.")]
    NotAPractitioner,
    /// R-TIM-12.
    #[error(
        "Give pounds and pence, such as 32.50: at most 500 an hour or 100,000 a year. Leave it empty if it is not known."
    )]
    Cost,
}

/// When somebody is away, if it can be (R-TIM-11).
///
/// # Errors
/// The first rule that says no.
pub fn away(typed: &Typed, calendar: &Calendar) -> Result<Away, CoverRefused> {
    let weekday = match (typed.weekday, typed.day) {
        (None, None) => return Err(CoverRefused::When),
        (Some(_), Some(_)) => return Err(CoverRefused::Both),
        (Some(weekday), None) => weekday,
        (None, Some(day)) => day.weekday().into(),
    };
    let (Some(starts), Some(ends)) = (typed.starts, typed.ends) else { return Err(CoverRefused::Times) };
    let length = Minutes(i64::from(ends) - i64::from(starts));
    let span = WeeklySpan::new(weekday, starts, length).map_err(|_: WeeklyRefused| CoverRefused::Times)?;
    match typed.day {
        Some(day) if calendar.is_working_day(day) => Ok(Away::Once(day, span)),
        Some(_) => Err(CoverRefused::NoTeaching),
        None if matches!(weekday, Weekday::Sat | Weekday::Sun) => Err(CoverRefused::NoTeaching),
        None => Ok(Away::Weekly(span)),
    }
}

/// A note about the arrangement, as it is kept: one line, nothing before or behind (R-TIM-11).
///
/// # Errors
/// When it is too long.
pub fn note(text: &str) -> Result<String, CoverRefused> {
    let text = one_line(text);
    let length = text.chars().count();
    if length > LONGEST_NOTE { Err(CoverRefused::LongNote(length)) } else { Ok(text) }
}

/// Whole pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Pence(pub i64);

impl Pence {
    /// Reads "32", "32.5" or "£1,250.00". `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().trim_start_matches('£').chars().filter(|c| *c != ',' && *c != ' ').collect();
        let (pounds, pence) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str, most: usize| part.len() <= most && part.chars().all(|c| c.is_ascii_digit());
        if pounds.is_empty() || !digits(pounds, 7) || !digits(pence, 2) {
            return None;
        }
        Some(Self(pounds.parse::<i64>().ok()? * 100 + format!("{pence:0<2}").parse::<i64>().ok()?))
    }
}

/// "£32.50", "£2,243".
impl fmt::Display for Pence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pounds, pence) = (self.0 / 100, self.0 % 100);
        match (pounds / 1000, pence) {
            (0, _) => write!(f, "£{pounds}")?,
            (thousands, _) => write!(f, "£{thousands},{:03}", pounds % 1000)?,
        }
        if pence == 0 { Ok(()) } else { write!(f, ".{pence:02}") }
    }
}

/// What a cover costs, if that is a cost somebody could mean (R-TIM-12).
///
/// # Errors
/// Too much.
pub fn cost(pence: Pence, per: Per) -> Result<Pence, CoverRefused> {
    let most = match per {
        Per::Hour => 500,
        Per::Year => 100_000,
    };
    if (0..=most * 100).contains(&pence.0) { Ok(pence) } else { Err(CoverRefused::Cost) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn calendar() -> Calendar {
        Calendar::usual(TimeZone::UTC, &[2026])
    }

    /// R-TIM-11
    #[test]
    fn an_absence_is_a_time_of_the_week_or_of_one_day_of_teaching() {
        let times = Typed { starts: Some(630), ends: Some(720), ..Typed::default() };
        let of = |typed: Typed| away(&typed, &calendar());
        let weekly = of(Typed { weekday: Some(Weekday::Tue), ..times }).unwrap();
        assert_eq!(weekly.to_string(), "Every Tuesday, 10:30–12:00");
        assert_eq!(weekly.length(), Minutes(90));
        let once = of(Typed { day: Some(date(2026, 12, 3)), ..times }).unwrap();
        assert_eq!(once.to_string(), "Thu 3 Dec, 10:30–12:00");
        assert_eq!(of(times), Err(CoverRefused::When));
        let both = Typed { weekday: Some(Weekday::Tue), day: Some(date(2026, 12, 3)), ..times };
        assert_eq!(of(both), Err(CoverRefused::Both));
        assert_eq!(of(Typed { weekday: Some(Weekday::Sun), ..times }), Err(CoverRefused::NoTeaching));
        assert_eq!(of(Typed { day: Some(date(2026, 12, 28)), ..times }), Err(CoverRefused::NoTeaching));
        let backwards = Typed { weekday: Some(Weekday::Tue), starts: Some(720), ends: Some(630), day: None };
        assert_eq!(of(backwards), Err(CoverRefused::Times));
        assert_eq!(of(Typed { ends: None, ..backwards }), Err(CoverRefused::Times));
    }

    /// R-TIM-11
    #[test]
    fn a_note_is_one_line_of_a_length() {
        assert_eq!(note("  The same teacher\r\n all year ").unwrap(), "The same teacher all year");
        assert_eq!(note(&"x".repeat(301)), Err(CoverRefused::LongNote(301)));
    }

    /// R-TIM-12
    #[test]
    fn money_is_whole_pence_or_refused() {
        let read = |text: &str| Pence::read(text).map(|pence| pence.to_string());
        assert_eq!(read("32.5").as_deref(), Some("£32.50"));
        assert_eq!(read("£2,243").as_deref(), Some("£2,243"));
        assert_eq!(read(" 11215.00 ").as_deref(), Some("£11,215"));
        for wrong in ["", "-3", "1.234", "twelve", ".5", "99999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(cost(Pence(50_001), Per::Hour), Err(CoverRefused::Cost));
        assert_eq!(cost(Pence(50_001), Per::Year), Ok(Pence(50_001)));
    }

    /// R-TIM-13
    #[test]
    fn training_has_three_states_in_words() {
        let words: Vec<_> = Training::ALL.iter().map(|one| one.words()).collect();
        assert_eq!(words, ["Not arranged yet", "Planned for the protected day", "Trained in the first term"]);
    }
}
