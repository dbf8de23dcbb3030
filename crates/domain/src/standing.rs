//! Standing work: what comes back every term and somebody does, beside areas and inductions. Rule R-ALL-14 in
//! `docs/rules/allocation.md`.

use crate::ids::{PersonId, StandingId, ThemeId};
use crate::minutes::Minutes;
use crate::text::one_line;

/// A title has at most so many characters.
pub const LONGEST_TITLE: usize = 80;
/// A programme has at most so much standing work.
pub const MOST: usize = 40;
/// It takes so many hours a term.
pub const HOURS: std::ops::RangeInclusive<i64> = 1..=60;

/// Something that comes back every term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: StandingId,
    /// What it is.
    pub title: String,
    /// Time of a term.
    pub each_term: Minutes,
    /// The theme that whoever does it had best know about, if any.
    pub theme: Option<ThemeId>,
    /// Who does it, while somebody does.
    pub person: Option<PersonId>,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StandingRefused {
    /// R-ALL-14.
    #[error("Say what it is, in at most {LONGEST_TITLE} characters.")]
    Title,
    /// R-ALL-14.
    #[error("Give whole hours a term, from 1 to 60.")]
    Hours,
    /// R-ALL-14.
    #[error("Choose a theme of the list, or none.")]
    Theme,
    /// R-ALL-14.
    #[error("There are {MOST} already. Take one off first.")]
    Many,
}

/// A title, tidied, and time of a term (R-ALL-14).
///
/// # Errors
/// The first rule that says no; `hours` is `None` when it cannot be read.
pub fn check(title: &str, hours: Option<i64>) -> Result<(String, Minutes), StandingRefused> {
    let title = one_line(title);
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(StandingRefused::Title);
    }
    let hours = hours.filter(|hours| HOURS.contains(hours)).ok_or(StandingRefused::Hours)?;
    Ok((title, Minutes::hours(hours)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-ALL-14
    #[test]
    fn standing_work_has_a_title_and_whole_hours() {
        assert_eq!(check("  Open  classrooms ", Some(6)), Ok(("Open classrooms".to_owned(), Minutes::hours(6))));
        assert_eq!(check("  ", Some(6)), Err(StandingRefused::Title));
        assert_eq!(check(&"é".repeat(81), Some(6)), Err(StandingRefused::Title));
        assert!(check(&"é".repeat(80), Some(60)).is_ok());
        for hours in [None, Some(0), Some(-3), Some(61), Some(i64::MAX)] {
            assert_eq!(check("Newsletter", hours), Err(StandingRefused::Hours));
        }
    }
}
