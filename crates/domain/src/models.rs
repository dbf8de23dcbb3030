//! What the four deployment models allow, and changing from one to another with notice. Rules R-MOD-1 to R-MOD-5 in
//! `docs/rules/models.md`.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::period::{date_words, days_after};
use crate::programme::Model;

/// Everybody has so many days' notice of a change (R-MOD-2).
pub const NOTICE_DAYS: i64 = 7;
/// A change is told on first pages for so many days after its day (R-MOD-2).
pub const TOLD_DAYS: i64 = 28;

/// A change of model, planned or in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The model.
    pub model: Model,
    /// From which day on.
    pub starts: Date,
    /// When everybody was told.
    pub announced: Timestamp,
    /// Whether its day has come and it was put into force.
    pub in_force: bool,
}

impl Change {
    /// Whether first pages tell of it today (R-MOD-2).
    pub fn is_news(&self, today: Date) -> bool {
        !self.in_force || today <= days_after(self.starts, TOLD_DAYS)
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelRefused {
    /// R-MOD-1.
    #[error("Choose one of the four.")]
    Unknown,
    /// R-MOD-2.
    #[error("That is the model in force. Choose another one.")]
    Same,
    /// R-MOD-2.
    #[error("Choose a day.")]
    Day,
    /// R-MOD-2.
    #[error("Give everybody at least a week’s notice: choose {} or later.", date_words(*.0))]
    Notice(Date),
    /// R-MOD-2.
    #[error("Choose a day within the coming year.")]
    TooFar,
    /// R-MOD-3.
    #[error("That change is not planned any more.")]
    NotPlanned,
}

/// Checks a change from the model in force to another one (R-MOD-2).
///
/// # Errors
/// The first rule that says no.
pub fn check(now: Model, to: Model, starts: Date, today: Date) -> Result<(), ModelRefused> {
    let first = days_after(today, NOTICE_DAYS);
    if to == now {
        return Err(ModelRefused::Same);
    }
    if starts < first {
        return Err(ModelRefused::Notice(first));
    }
    if starts > today.saturating_add(1.year()) {
        return Err(ModelRefused::TooFar);
    }
    Ok(())
}

impl Model {
    /// Whether teachers may ask by themselves (R-MOD-1, R-SUP-1).
    pub const fn lets_ask(self, asking_opened: bool) -> bool {
        !matches!(self, Self::Deficit) || asking_opened
    }

    /// Whether a line manager may require support (R-MOD-1).
    pub const fn lets_require(self) -> bool {
        !matches!(self, Self::Developmental)
    }

    /// What it means, in a sentence (GOV-03).
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Deficit => {
                "Support goes to those whose teaching was found wanting; colleagues are sent. Asking by oneself is closed unless the lead opens it. Research on 19 providers found that people stay away."
            }
            Self::Developmental => "Whoever wants to get better asks, and nobody is sent.",
            Self::Universal => "Support is for everybody as part of the work; a line manager may also require it.",
            Self::PanOrganisational => "As universal, and practitioners also work with other colleges and schools.",
        }
    }

    /// Who may ask, in plain words.
    pub const fn who_asks(self, asking_opened: bool) -> &'static str {
        match (self.lets_ask(asking_opened), self) {
            (false, _) => "Nobody by themselves, until the programme lead opens asking.",
            (true, Self::Deficit) => "Every teacher: the programme lead has opened asking.",
            (true, _) => "Every teacher, however well or badly things go. Nobody approves it and nobody is told.",
        }
    }

    /// Whether anybody can be sent, in plain words.
    pub const fn who_is_sent(self) -> &'static str {
        if self.lets_require() {
            "A line manager may require support for somebody in their own line. It is apart from what anybody asks for themselves."
        } else {
            "Nobody. No line manager can require support."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    /// R-MOD-2
    #[test]
    fn a_change_gives_a_weeks_notice_and_lies_within_a_year() {
        let (today, now) = (day("2026-11-22"), Model::Universal);
        let change = |to, starts: &str| check(now, to, day(starts), today);
        assert_eq!(change(Model::Universal, "2026-12-01"), Err(ModelRefused::Same));
        let first = day("2026-11-29");
        assert_eq!(change(Model::Deficit, "2026-11-28"), Err(ModelRefused::Notice(first)));
        assert_eq!(change(Model::Deficit, "2026-11-29"), Ok(()));
        assert_eq!(change(Model::Developmental, "2027-11-22"), Ok(()));
        assert_eq!(change(Model::Developmental, "2027-11-23"), Err(ModelRefused::TooFar));
        assert_eq!(
            ModelRefused::Notice(first).to_string(),
            "Give everybody at least a week’s notice: choose 29 Nov 2026 or later."
        );
    }

    /// R-MOD-2
    #[test]
    fn a_change_is_told_until_four_weeks_after_its_day() {
        let planned = Change {
            model: Model::Universal,
            starts: day("2027-01-04"),
            announced: Timestamp::UNIX_EPOCH,
            in_force: false,
        };
        assert!(planned.is_news(day("2026-11-22")));
        let since = Change { in_force: true, ..planned };
        assert!(since.is_news(day("2027-02-01")));
        assert!(!since.is_news(day("2027-02-02")));
    }

    /// R-MOD-1
    #[test]
    fn only_the_deficit_model_closes_asking_and_only_the_developmental_sends_nobody() {
        for model in Model::ALL {
            assert!(model.lets_ask(true));
            assert_eq!(model.lets_ask(false), model != Model::Deficit);
            assert_eq!(model.lets_require(), model != Model::Developmental);
            assert_eq!(model.who_asks(false).starts_with("Nobody"), !model.lets_ask(false));
            assert_eq!(model.who_is_sent().starts_with("Nobody"), !model.lets_require());
        }
    }
}
