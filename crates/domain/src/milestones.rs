//! Milestones: days of the programme and of the college, beside which figures are read. Rule R-FIG-12 in
//! `docs/rules/indicators.md`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::ids::MilestoneId;
use crate::support::choices;
use crate::text::one_line;

/// A milestone is told in so many characters at most.
pub const LONGEST: usize = 60;
/// There are at most so many.
pub const MOST: usize = 40;
/// The earliest day lies so many years back.
const YEARS: i64 = 10;

choices! {
    /// What kind of day it is.
    Kind {
        /// Of the programme.
        Programme = "programme", "Of the programme";
        /// Of the college, or from outside.
        College = "college", "Of the college, or from outside";
        /// An inspection, which judges the whole institution (EVI-04).
        Inspection = "inspection", "An inspection of the whole college";
    }
}

/// A day, and what happened on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// Which.
    pub id: MilestoneId,
    /// The day.
    pub day: Date,
    /// What kind of day.
    pub kind: Kind,
    /// What happened, or what the inspection said.
    pub words: String,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MilestoneRefused {
    /// No day.
    #[error("Choose the day on which it happened.")]
    Day,
    /// A day to come.
    #[error("That day is still to come: enter it once it has happened.")]
    Ahead,
    /// Too long ago.
    #[error("That is more than ten years ago: no figure goes back so far.")]
    Long,
    /// No kind.
    #[error("Choose what kind of day it was.")]
    Kind,
    /// No words.
    #[error("Write in a few words what happened.")]
    None,
    /// Too many words.
    #[error("This is {0} characters long: shorten it to {LONGEST}.")]
    Words(usize),
    /// Too many of them.
    #[error("There are {MOST} already: remove one that nobody needs any more.")]
    Many,
    /// It is not there any more.
    #[error("This milestone is no longer there. Somebody removed it.")]
    Gone,
}

/// Checks a milestone and gives it as it is kept (R-FIG-12). `others` is how many there are beside it.
///
/// # Errors
/// The first rule that says no.
pub fn checked(
    id: MilestoneId,
    (day, kind, words): (Option<Date>, Option<Kind>, &str),
    (today, others): (Date, usize),
) -> Result<Milestone, MilestoneRefused> {
    let day = day.ok_or(MilestoneRefused::Day)?;
    if day > today {
        return Err(MilestoneRefused::Ahead);
    }
    if day < today.saturating_sub(YEARS.years()) {
        return Err(MilestoneRefused::Long);
    }
    let kind = kind.ok_or(MilestoneRefused::Kind)?;
    let words = one_line(words);
    match words.chars().count() {
        0 => return Err(MilestoneRefused::None),
        many if many > LONGEST => return Err(MilestoneRefused::Words(many)),
        _ => {}
    }
    if others >= MOST {
        return Err(MilestoneRefused::Many);
    }
    Ok(Milestone { id, day, kind, words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn tried(day: Option<&str>, kind: Option<Kind>, words: &str) -> Result<Milestone, MilestoneRefused> {
        let day = day.map(|day| day.parse().unwrap());
        checked(MilestoneId(Uuid::nil()), (day, kind, words), ("2026-11-24".parse().unwrap(), 0))
    }

    /// R-FIG-12
    #[test]
    fn a_milestone_is_a_day_that_has_come_a_kind_and_a_few_words() {
        let kept = tried(Some("2026-11-24"), Some(Kind::Inspection), " Good, for\nteaching ").unwrap();
        assert_eq!((kept.words.as_str(), kept.kind), ("Good, for teaching", Kind::Inspection));
        let some = Some(Kind::Programme);
        for (day, kind, words, why) in [
            (None, some, "x", MilestoneRefused::Day),
            (Some("2026-11-25"), some, "x", MilestoneRefused::Ahead),
            (Some("2016-11-23"), some, "x", MilestoneRefused::Long),
            (Some("2026-11-24"), None, "x", MilestoneRefused::Kind),
            (Some("2026-11-24"), some, " \u{7} ", MilestoneRefused::None),
        ] {
            assert_eq!(tried(day, kind, words), Err(why));
        }
        assert!(tried(Some("2026-11-24"), some, &"é".repeat(LONGEST)).is_ok());
        assert_eq!(tried(Some("2026-11-24"), some, &"é".repeat(LONGEST + 1)), Err(MilestoneRefused::Words(61)));
        let today = "2026-11-24".parse().unwrap();
        let full = checked(MilestoneId(Uuid::nil()), (Some(today), some, "x"), (today, MOST));
        assert_eq!(full, Err(MilestoneRefused::Many));
    }
}
