//! Role targets: what a practitioner works towards in the role, agreed with the programme lead. Rules R-BOU-5 to R-BOU-7 in
//! `docs/rules/boundaries.md`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::text::one_line;

/// At most so many characters (R-BOU-5).
pub const MOST: usize = 200;
/// So many at most that have not ended.
pub const MOST_AT_ONCE: usize = 6;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RoleTargetRefused {
    /// R-BOU-5.
    #[error("Write what it is to be.")]
    Empty,
    /// R-BOU-5.
    #[error("Write at most {MOST} characters. It has {0} now.")]
    Long(usize),
    /// R-BOU-5.
    #[error("Choose a day after today and within two years.")]
    Day,
    /// R-BOU-5.
    #[error("Six at once are enough. End one first.")]
    Many,
    /// R-BOU-5.
    #[error("The other one of you agrees to it, not whoever proposed it.")]
    Own,
    /// R-BOU-7.
    #[error("That was changed meanwhile. This is how it stands now.")]
    Stale,
}

/// Checks a role target; gives its text without space around it (R-BOU-5).
///
/// # Errors
/// The first rule that says no.
pub fn check(text: &str, until: Date, today: Date) -> Result<String, RoleTargetRefused> {
    let text = one_line(text);
    let length = text.chars().count();
    if text.is_empty() {
        return Err(RoleTargetRefused::Empty);
    }
    if length > MOST {
        return Err(RoleTargetRefused::Long(length));
    }
    if until <= today || until > today.saturating_add(2.years()) {
        return Err(RoleTargetRefused::Day);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BOU-5
    #[test]
    fn a_role_target_has_some_words_and_a_day_within_two_years() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let today = day("2026-11-24");
        let may = |text: &str, until: &str| check(text, day(until), today);
        assert_eq!(may("  Two communities \n that meet ", "2027-07-01"), Ok("Two communities that meet".to_owned()));
        assert_eq!(may(" \n ", "2027-07-01"), Err(RoleTargetRefused::Empty));
        assert_eq!(may(&"é".repeat(200), "2027-07-01").map(|text| text.chars().count()), Ok(200));
        assert_eq!(may(&"é".repeat(201), "2027-07-01"), Err(RoleTargetRefused::Long(201)));
        for wrong in ["2026-11-24", "2026-11-01", "2028-11-25"] {
            assert_eq!(may("Something", wrong), Err(RoleTargetRefused::Day), "{wrong}");
        }
    }
}
