//! The bank holidays of England as the law has them for every year; a day that is declared once is not known here.

use jiff::civil::{Date, Weekday};

use super::is_weekend;
use crate::period::days_after;

/// The bank holidays of England from one day to another, both included, in order of time. Those that fall on a weekend
/// are moved to the next working day, as the law does.
pub fn bank_holidays(from: Date, to: Date) -> Vec<(Date, &'static str)> {
    let mut all: Vec<(Date, &'static str)> = (from.year()..=to.year()).flat_map(of_year).collect();
    all.retain(|(day, _)| from <= *day && *day <= to);
    all.sort();
    all
}

fn of_year(year: i16) -> Vec<(Date, &'static str)> {
    let easter = easter(year);
    let new_year = next_working_day(Date::constant(year, 1, 1));
    let christmas = Date::constant(year, 12, 25);
    // When Christmas is on a weekend both days are moved behind it.
    let (first, second) = match christmas.weekday() {
        Weekday::Saturday => (days_after(christmas, 2), days_after(christmas, 3)),
        Weekday::Sunday => (days_after(christmas, 2), days_after(christmas, 1)),
        _ => (christmas, next_working_day(days_after(christmas, 1))),
    };
    vec![
        (new_year, "New Year’s Day"),
        (days_after(easter, -2), "Good Friday"),
        (days_after(easter, 1), "Easter Monday"),
        (first_monday(Date::constant(year, 5, 1)), "Early May bank holiday"),
        (last_monday(Date::constant(year, 5, 31)), "Spring bank holiday"),
        (last_monday(Date::constant(year, 8, 31)), "Summer bank holiday"),
        (first, "Christmas Day"),
        (second, "Boxing Day"),
    ]
}

fn next_working_day(mut day: Date) -> Date {
    while is_weekend(day) {
        day = days_after(day, 1);
    }
    day
}

fn first_monday(day: Date) -> Date {
    let to_monday = (7 - i64::from(day.weekday().to_monday_zero_offset())) % 7;
    days_after(day, to_monday)
}

fn last_monday(day: Date) -> Date {
    days_after(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// Easter Sunday by the Gregorian rule: the Sunday after the full moon on or after 21 March.
fn easter(year: i16) -> Date {
    let year_ = i64::from(year);
    let (golden, century) = (year_ % 19, year_ / 100);
    let skipped = century - century / 4 - (8 * century + 13) / 25;
    let epact = (skipped + 19 * golden + 15) % 30;
    let full = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let weekday = (year_ + year_ / 4 + full + 2 - century + century / 4) % 7;
    days_after(Date::constant(year, 3, 28), full - weekday)
}
