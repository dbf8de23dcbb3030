//! Testimony: what somebody writes under their own name of what the programme did for them, for leaders to read, with consent that they
//! take back whenever they like. Rules R-TST-1 to R-TST-6 in `docs/rules/testimony.md`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::period::days_after;
use crate::support::choices;

/// At most so many characters (R-TST-1).
pub const LONGEST: usize = 2_000;
/// Consent holds so many years (R-TST-5).
pub const YEARS: i64 = 2;
/// So many days before it lapses the writer is told (R-TST-5).
pub const TOLD_DAYS: i64 = 60;

choices! {
    /// What it is (EVI-14).
    Kind {
        /// For oneself.
        Did = "did", "What it did for me";
        /// A case study.
        Study = "study", "A case study: what we tried, and what came of it";
    }
}

choices! {
    /// How far it may go, as its writer says; each goes as far as the one before, and further (R-TST-2).
    Reach {
        /// The college's leaders.
        Leaders = "leaders", "The college’s leaders";
        /// Governors too.
        Governors = "governors", "Leaders and governors";
        /// Outside too.
        Outside = "outside", "Leaders, governors, and outside the college";
    }
}

impl Reach {
    const fn far(self) -> u8 {
        match self {
            Self::Leaders => 0,
            Self::Governors => 1,
            Self::Outside => 2,
        }
    }

    /// Whether what may go so far may be on a page for others.
    pub const fn includes(self, page: Self) -> bool {
        self.far() >= page.far()
    }

    /// Who would read it, in a sentence.
    pub const fn means(self) -> &'static str {
        match self {
            Self::Leaders => "Programme leads and senior leaders read it here, and nobody else.",
            Self::Governors => "They may also print it for the governors.",
            Self::Outside => {
                "They may also print it for others, such as an inspector or another college. What is printed cannot be called back."
            }
        }
    }
}

/// What somebody has written, with the consent they gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Testimony {
    /// What it is.
    pub kind: Kind,
    /// What is written.
    pub text: String,
    /// How far it may go.
    pub reach: Reach,
    /// The day of the consent.
    pub given: Date,
}

impl Testimony {
    /// The day from which it is gone, unless the consent is given again (R-TST-5).
    pub fn lapses(&self) -> Date {
        self.given.saturating_add(YEARS.years())
    }

    /// Whether the consent still holds.
    pub fn holds(&self, today: Date) -> bool {
        today < self.lapses()
    }

    /// Whether it is time to tell its writer (R-TST-5).
    pub fn ends_soon(&self, today: Date) -> bool {
        self.holds(today) && days_after(self.lapses(), -TOLD_DAYS) <= today
    }
}

/// Consent of this day or before has lapsed by today.
pub fn lapsed_until(today: Date) -> Date {
    today.saturating_sub(YEARS.years())
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TestimonyRefused {
    /// R-TST-1.
    #[error("Write something first; nothing is sent yet.")]
    Empty,
    /// R-TST-1.
    #[error("Write at most {LONGEST} characters. It has {0} now.")]
    Long(usize),
    /// R-TST-1.
    #[error("Choose what it is.")]
    Kind,
    /// R-TST-2.
    #[error("Choose how far it may go.")]
    Reach,
    /// R-TST-2.
    #[error("Tick that you agree, if you do. Without it nothing is kept.")]
    Consent,
}

/// What is written, as it is kept (R-TST-1).
///
/// # Errors
/// A rule that says no.
pub fn text(typed: &str) -> Result<String, TestimonyRefused> {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    match text.chars().count() {
        0 => Err(TestimonyRefused::Empty),
        long if long > LONGEST => Err(TestimonyRefused::Long(long)),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn given(given: Date) -> Testimony {
        Testimony { kind: Kind::Did, text: "It helped.".to_owned(), reach: Reach::Leaders, given }
    }

    /// R-TST-2 EVI-14
    #[test]
    fn each_reach_goes_as_far_as_the_one_before_and_further() {
        for (own, at) in Reach::ALL.iter().enumerate() {
            for (page, to) in Reach::ALL.iter().enumerate() {
                assert_eq!(at.includes(*to), own >= page, "{at:?} {to:?}");
            }
        }
    }

    /// R-TST-5
    #[test]
    fn consent_holds_two_years_and_its_writer_is_told_before() {
        let one = given(date(2024, 11, 24));
        assert_eq!(one.lapses(), date(2026, 11, 24));
        assert!(one.holds(date(2026, 11, 23)) && !one.holds(date(2026, 11, 24)));
        assert!(!one.ends_soon(date(2026, 9, 24)) && one.ends_soon(date(2026, 9, 25)));
        assert!(!one.ends_soon(date(2026, 11, 24)));
        for (today, given_on) in [(date(2026, 11, 24), date(2024, 11, 24)), (date(2026, 2, 28), date(2024, 2, 28))] {
            assert_eq!(lapsed_until(today), given_on);
            assert!(!given(given_on).holds(today));
        }
    }

    /// R-TST-1
    #[test]
    fn what_is_written_is_not_empty_and_not_endless() {
        assert_eq!(text(" \r\n"), Err(TestimonyRefused::Empty));
        assert_eq!(text(&"é".repeat(2_001)), Err(TestimonyRefused::Long(2_001)));
        assert_eq!(text(" Two\r\nlines. "), Ok("Two\nlines.".to_owned()));
    }
}
