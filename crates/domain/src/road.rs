//! The five-year road: where a programme stands by its years, and what not to expect of it yet, so that an early year is not read as
//! failure. Five years is what a head at Runshaw College gave in a case study; what each year is like is our own reading. Rules R-REV-9
//! and R-REV-10 in `docs/rules/review.md`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::check::Point;
use crate::period::{date_words, days_after};

/// So many years it takes until the role is part of the college (GOV-11).
pub const YEARS: usize = 5;
/// A programme cannot have begun more years ago than this.
const LONGEST: i64 = 60;

/// A year of the road.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// Its name, inside a sentence.
    pub name: &'static str,
    /// What is usual in it.
    pub usual: &'static str,
    /// What is not to be expected yet.
    pub not_yet: &'static str,
    /// What is best in place by its end.
    pub asks: &'static [Point],
}

/// The five stages, in order.
pub const STAGES: [Stage; YEARS] = [
    Stage {
        name: "getting known",
        usual: "People find out who is in the role and what it is for. A few ask, mostly about something small. Hours and cover are still being sorted out.",
        not_yet: "Many requests, or any figure that moves. That most people wait and see is how it begins everywhere.",
        asks: &[Point::Clear, Point::Time, Point::Managed],
    },
    Stage {
        name: "being tried",
        usual: "Those who have tried it tell a colleague. Areas have their sessions, newcomers have somebody beside them from the first week.",
        not_yet: "All areas alike. Some begin a year later than others, and results of learners cannot tell you anything yet.",
        asks: &[Point::Everybody, Point::Fits, Point::Trust],
    },
    Stage {
        name: "becoming usual",
        usual: "More come of their own accord than because somebody suggested it. The team knows what it is good at, and what it leaves to others.",
        not_yet: "Reach that grows each term. It may stay the same for a year and be none the worse.",
        asks: &[Point::Chosen, Point::Teaching, Point::Leaders],
    },
    Stage {
        name: "shaping practice",
        usual: "What is worked out between two people reaches others: through sessions, the shelf, and communities across areas.",
        not_yet: "That it runs by itself. Hours that are cut now are missed in a year, not tomorrow.",
        asks: &[Point::Judged, Point::Clash],
    },
    Stage {
        name: "part of the college",
        usual: "Nobody sees a threat in the role any more. Asking is as ordinary as asking who has the key.",
        not_yet: "That it stays so without hours, without new people in the role, and without anybody looking at it.",
        asks: &[Point::Leaders, Point::Time],
    },
];

/// In which year of its road a programme is, from one; nothing before it has begun.
pub fn year_of(began: Date, today: Date) -> Option<usize> {
    if today < began {
        return None;
    }
    let whole = (1_i64..=LONGEST).take_while(|years| began.saturating_add(years.years()) <= today).count();
    Some(whole + 1)
}

/// The stage of a year: after the fifth, the last.
pub fn stage_of(year: usize) -> Option<&'static Stage> {
    STAGES.get(year.clamp(1, YEARS) - 1)
}

/// Where a programme stands by its years, in a line: "Year 3 of about five: becoming usual." (R-REV-10).
pub fn stage_words(began: Date, today: Date) -> String {
    match year_of(began, today).map(|year| (year, stage_of(year))) {
        None => format!("The programme begins on {}.", date_words(began)),
        Some((year, Some(stage))) if year <= YEARS => {
            format!(
                "Year {year} of about five: {}. Elsewhere it took five until the role was part of the college.",
                stage.name
            )
        }
        Some((year, _)) => format!("Year {year}: past the five that it took elsewhere to become part of the college."),
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoadRefused {
    /// R-REV-9.
    #[error("Give the day on which the programme began, or will begin: within a year from now at the latest.")]
    Began,
    /// R-REV-9.
    #[error("Choose a senior leader from the list, or nobody.")]
    Sponsor,
}

/// The day on which the programme began (R-REV-9).
///
/// # Errors
/// A rule that says no.
pub fn began(day: Option<Date>, today: Date) -> Result<Date, RoadRefused> {
    let first = today.saturating_sub(LONGEST.years());
    day.filter(|day| (first..=days_after(today, 366)).contains(day)).ok_or(RoadRefused::Began)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// R-REV-10 GOV-11
    #[test]
    fn a_programme_stands_in_a_year_of_about_five_and_is_told_so_in_words() {
        let start = date(2024, 9, 2);
        for (today, year) in [
            (date(2024, 9, 1), None),
            (date(2024, 9, 2), Some(1)),
            (date(2025, 9, 1), Some(1)),
            (date(2025, 9, 2), Some(2)),
            (date(2026, 11, 24), Some(3)),
            (date(2031, 1, 1), Some(7)),
        ] {
            assert_eq!(year_of(start, today), year, "{today}");
        }
        assert_eq!(year_of(date(2024, 2, 29), date(2025, 2, 28)), Some(2), "a leap day has its year");
        assert_eq!(
            stage_words(start, date(2026, 11, 24)),
            "Year 3 of about five: becoming usual. Elsewhere it took five until the role was part of the college."
        );
        assert_eq!(stage_words(start, date(2024, 1, 1)), "The programme begins on 2 Sep 2024.");
        assert_eq!(
            stage_words(start, date(2031, 1, 1)),
            "Year 7: past the five that it took elsewhere to become part of the college."
        );
    }

    /// R-REV-10 GOV-11
    #[test]
    fn every_stage_says_what_not_to_expect_yet_and_every_point_is_asked_for_somewhere() {
        assert!(STAGES.iter().all(|stage| !stage.not_yet.is_empty() && !stage.asks.is_empty()));
        for point in Point::ALL {
            assert!(STAGES.iter().any(|stage| stage.asks.contains(point)), "{point:?}");
        }
        assert_eq!(stage_of(9), STAGES.last());
    }

    /// R-REV-9
    #[test]
    fn a_programme_began_in_this_lifetime_or_begins_within_a_year() {
        let today = date(2026, 11, 24);
        assert_eq!(began(Some(date(2024, 9, 2)), today), Ok(date(2024, 9, 2)));
        for day in [None, Some(date(1950, 1, 1)), Some(date(2028, 1, 1))] {
            assert_eq!(began(day, today), Err(RoadRefused::Began));
        }
    }
}
