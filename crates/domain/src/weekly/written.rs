//! Reading weekly times out of what a college wrote, and refusing with what to write instead.

use std::str::FromStr;

use super::{MIDNIGHT, Weekday, WeeklySpan, clock};
use crate::minutes::Minutes;

/// Why a weekly time cannot be taken. Each sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WeeklyRefused {
    /// Nothing was written.
    #[error("The time is empty: write a day and two times, such as Tue 10:30-11:30.")]
    Empty,
    /// The text does not begin with a day of the week.
    #[error("“{0}” is not a day of the week: begin with Mon, Tue, Wed, Thu, Fri, Sat or Sun, such as Tue 10:30-11:30.")]
    NoDay(String),
    /// A clock time cannot be read.
    #[error("“{0}” is not a time of day: write it on the 24-hour clock, such as Tue 10:30-11:30.")]
    NoTime(String),
    /// There is one time where two are needed.
    #[error("The time has no end: write when it starts and when it ends, such as Tue 10:30-11:30.")]
    NoEnd,
    /// Only one of the two times says am or pm.
    #[error("One time says am or pm and the other does not: write both on the 24-hour clock, such as Tue 13:00-14:00.")]
    HalfClock,
    /// The span lies in the night, most likely an afternoon written on the 12-hour clock.
    #[error("{} is before 06:00: write afternoon times on the 24-hour clock, such as 14:00 for two o'clock.", clock(*.0))]
    Night(u16),
    /// The span ends before or when it starts, or runs past midnight.
    #[error("It must end after it starts and on the same day: write the earlier time first, such as Tue 10:30-11:30.")]
    Backwards,
    /// Something follows the time where nothing is expected.
    #[error("“{0}” stands after the time: separate times with a semicolon, such as Tue 10:30-11:30; Thu 14:00-15:00.")]
    Trailing(String),
}

/// Reads "Tue", "tues", "Tuesday", "Tuesdays" or "Tue.".
impl FromStr for Weekday {
    type Err = WeeklyRefused;
    fn from_str(text: &str) -> Result<Self, WeeklyRefused> {
        let name = text.trim().trim_end_matches('.').to_lowercase();
        let name = if name.ends_with("days") { name.trim_end_matches('s') } else { &name };
        let named = |day: &Self| {
            let whole = day.words().to_lowercase();
            name == whole
                || (name.len() >= 3 && !name.ends_with("day") && whole.starts_with(name))
                || name == "weds" && *day == Self::Wed
        };
        Self::ALL.into_iter().find(named).ok_or_else(|| WeeklyRefused::NoDay(text.trim().to_owned()))
    }
}

impl WeeklySpan {
    /// Reads a span followed by a label, such as "Mon 09:00-10:30 Maths L3"; the label may be empty.
    ///
    /// # Errors
    /// When the day or a time cannot be read or the span is not allowed.
    pub fn read_labelled(text: &str) -> Result<(Self, &str), WeeklyRefused> {
        let text = text.trim();
        if text.is_empty() {
            return Err(WeeklyRefused::Empty);
        }
        let (day, rest) = text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()));
        let weekday = if day.is_empty() { Err(WeeklyRefused::NoDay(text.to_owned())) } else { day.parse() }?;
        let (starts, from_half, rest) =
            read_clock(rest.trim_start_matches(|c: char| ".,:".contains(c) || c.is_whitespace()))?;
        let (ends, to_half, rest) = read_clock(after_dash(rest).ok_or(WeeklyRefused::NoEnd)?)?;
        if from_half != to_half {
            return Err(WeeklyRefused::HalfClock);
        }
        let span = Self::new(weekday, starts, Minutes(i64::from(ends) - i64::from(starts)))?;
        Ok((span, rest.trim_matches(|c: char| c.is_whitespace() || ",:-–—".contains(c))))
    }
}

/// Reads "Tue 10:30-11:30", "Tuesday 10.30 to 11.30", "tues 1030–1130" or "Tue 2pm-3pm".
impl FromStr for WeeklySpan {
    type Err = WeeklyRefused;
    fn from_str(text: &str) -> Result<Self, WeeklyRefused> {
        match Self::read_labelled(text)? {
            (span, "") => Ok(span),
            (_, rest) => Err(WeeklyRefused::Trailing(rest.to_owned())),
        }
    }
}

/// The minute of the day at the front of `text`, whether it said am or pm, and the rest.
fn read_clock(text: &str) -> Result<(u16, bool, &str), WeeklyRefused> {
    let refused =
        || WeeklyRefused::NoTime(text.split_whitespace().next().unwrap_or_default().chars().take(20).collect());
    let (first, rest) = digits(text);
    let (hours, minutes, rest) = match rest.strip_prefix([':', '.']).map(digits) {
        Some((second, rest)) if second.len() == 2 => (first, second, rest),
        Some((second, _)) if !second.is_empty() => return Err(refused()),
        _ if first.len() == 4 => (first.get(..2).unwrap_or_default(), first.get(2..).unwrap_or_default(), rest),
        _ => (first, "00", rest),
    };
    if hours.len() > 2 {
        return Err(refused());
    }
    let number = |digits: &str| digits.parse::<u16>().map_err(|_| refused());
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let (half, rest) = am_or_pm(rest);
    let hours = match half {
        Some(noon) if (1..=12).contains(&hours) => hours % 12 + noon,
        Some(_) => return Err(refused()),
        None => hours,
    };
    let minute = hours * 60 + minutes;
    if minutes > 59 || minute > MIDNIGHT {
        return Err(refused());
    }
    Ok((minute, half.is_some(), rest))
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// The hours that "am" (0) or "pm" (12) at the front of `text` adds, and the rest.
fn am_or_pm(text: &str) -> (Option<u16>, &str) {
    let rest = text.trim_start();
    let word_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(word_end);
    match word.to_lowercase().as_str() {
        "am" => (Some(0), after),
        "pm" => (Some(12), after),
        _ => (None, text),
    }
}

/// What follows the dash, or the word "to" or "until", between two times.
fn after_dash(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let dashes = ["-", "–", "—", "−", "to ", "until ", "till "];
    dashes.into_iter().find_map(|dash| text.strip_prefix(dash)).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_brings_the_reader_down(text in "\\PC{0,40}", day in "[A-Za-z]{2,9}", times in "[0-9:.apmto –-]{0,20}") {
            for text in [text, format!("{day} {times}")] {
                if let Ok((span, _)) = WeeklySpan::read_labelled(&text) {
                    prop_assert_eq!(WeeklySpan::new(span.weekday, span.starts, span.length), Ok(span));
                }
            }
        }
    }

    #[test]
    fn a_span_is_read_however_a_college_writes_it() {
        for text in [
            "Tue 10:30-11:30",
            "Tuesday 10.30 to 11.30",
            "tues 1030–1130",
            "TUESDAYS, 10:30 until 11:30",
            "Tue. 10:30am - 11:30 AM",
            "  Tue  10:30   -   11:30 ",
            "Tue: 10:30—11:30",
        ] {
            assert_eq!(text.parse::<WeeklySpan>().map(WeeklySpan::from_to), Ok("Tue 10:30-11:30".to_owned()), "{text}");
        }
        assert_eq!("Thur 9-12".parse::<WeeklySpan>().map(WeeklySpan::from_to), Ok("Thu 09:00-12:00".to_owned()));
        assert_eq!("Weds 12pm-1pm".parse::<WeeklySpan>().map(WeeklySpan::from_to), Ok("Wed 12:00-13:00".to_owned()));
        assert_eq!("Sat 22:00-24:00".parse::<WeeklySpan>().map(WeeklySpan::ends), Ok(MIDNIGHT));
        assert_eq!("Tue 10:30-11:30".parse::<WeeklySpan>().map(|span| span.to_string()), Ok("Tue 10:30".to_owned()));
    }

    #[test]
    fn a_label_may_follow_and_is_kept_as_written() {
        for (text, label) in [
            ("Mon 09:00-10:30 Maths L3", "Maths L3"),
            ("Mon 09:00-10:30", ""),
            ("Mon 9-10.30, PMLD group 2", "PMLD group 2"),
        ] {
            let read = WeeklySpan::read_labelled(text).map(|(span, label)| (span.from_to(), label));
            assert_eq!(read, Ok(("Mon 09:00-10:30".to_owned(), label)));
        }
    }

    #[test]
    fn a_time_that_cannot_be_taken_says_what_to_do() {
        for (text, refused) in [
            (" ", WeeklyRefused::Empty),
            ("10:30-11:30", WeeklyRefused::NoDay("10:30-11:30".to_owned())),
            ("Tag 10:30-11:30", WeeklyRefused::NoDay("Tag".to_owned())),
            ("T 10:30-11:30", WeeklyRefused::NoDay("T".to_owned())),
            ("Tue", WeeklyRefused::NoTime(String::new())),
            ("Tue afternoon", WeeklyRefused::NoTime("afternoon".to_owned())),
            ("Tue 10:75-11:30", WeeklyRefused::NoTime("10:75-11:30".to_owned())),
            ("Tue 10:5-11:30", WeeklyRefused::NoTime("10:5-11:30".to_owned())),
            ("Tue 10:30-25:00", WeeklyRefused::NoTime("25:00".to_owned())),
            ("Tue 14pm-15pm", WeeklyRefused::NoTime("14pm-15pm".to_owned())),
            ("Tue 10:30", WeeklyRefused::NoEnd),
            ("Tue 1-3pm", WeeklyRefused::HalfClock),
            ("Tue 2:00-3:00", WeeklyRefused::Night(120)),
            ("Tue 11:30-10:30", WeeklyRefused::Backwards),
            ("Tue 10:30-10:30", WeeklyRefused::Backwards),
            ("Tue 10:30-11:30 Thu 14:00-15:00", WeeklyRefused::Trailing("Thu 14:00-15:00".to_owned())),
        ] {
            assert_eq!(text.parse::<WeeklySpan>(), Err(refused.clone()), "{text}");
            assert!(refused.to_string().contains(':'), "says what to do: {refused}");
        }
        assert_eq!(WeeklySpan::new(Weekday::Tue, 1430, Minutes(11)), Err(WeeklyRefused::Backwards));
    }
}
