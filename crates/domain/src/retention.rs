//! How long what was said is kept: rules R-RET-1 to R-RET-6 in `docs/rules/retention.md`.

use jiff::ToSpan;
use jiff::civil::Date;

/// So many months after a thread ended, it is deleted (R-RET-1).
pub const MONTHS: i64 = 12;
/// The two are told so many days before, and once more (R-RET-1).
pub const WARNINGS_DAYS: [i64; 2] = [30, 7];

/// A thread ends by itself when its teacher's account has been off for so many days (R-RET-6).
pub const LEFT_DAYS: i64 = 28;

/// The day on which a thread that ended on this day is deleted (R-RET-1).
pub fn due(ended: Date) -> Date {
    ended.saturating_add(MONTHS.months())
}

/// Which warning the two should have had by today, if any: so many days before.
pub fn warning(ended: Date, today: Date) -> Option<i64> {
    let left = i64::from(due(ended).since(today).map_or(i32::MAX, |span| span.get_days()));
    WARNINGS_DAYS.into_iter().rfind(|days| left <= *days)
}

/// The last day on which a year's marks may be kept: they are for the year's figures, which are out by then (R-RET-5). `year` is
/// the calendar year in which the academic year begins.
pub fn marks_end(year: i16) -> Date {
    Date::new(year.saturating_add(1), 12, 31).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// R-RET-1
    #[test]
    fn the_two_are_told_thirty_and_seven_days_before() {
        let ended = day("2026-11-24");
        assert_eq!(due(ended), day("2027-11-24"));
        for (today, warned) in [
            ("2027-10-24", None),
            ("2027-10-25", Some(30)),
            ("2027-11-16", Some(30)),
            ("2027-11-17", Some(7)),
            ("2027-11-24", Some(7)),
            ("2028-02-01", Some(7)),
        ] {
            assert_eq!(warning(ended, day(today)), warned, "{today}");
        }
        assert_eq!(due(day("2027-02-28")), day("2028-02-28"));
        assert_eq!(due(day("2028-02-29")), day("2029-02-28"), "a day that the next year does not have");
    }

    /// R-RET-5
    #[test]
    fn marks_of_a_year_go_at_the_end_of_the_next_calendar_year() {
        assert_eq!(marks_end(2026), day("2027-12-31"));
    }
}
