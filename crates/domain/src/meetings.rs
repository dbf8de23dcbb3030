//! Meetings: booked within capacity, held, missed, moved. Rules R-MEE-1 to R-MEE-6 in `docs/rules/meetings.md`.

use jiff::Timestamp;

use crate::minutes::Minutes;
use crate::observations::Form;
use crate::support::{Slot, choices};

choices! {
    /// What became of a meeting.
    State {
        /// Agreed and ahead, or not yet said.
        Booked = "booked", "Booked";
        /// It took place.
        Held = "held", "Held";
        /// Somebody did not come. Says nothing about who.
        Missed = "missed", "Did not happen";
        /// Another time took its place.
        Moved = "moved", "Moved";
        /// Called off by one of the two.
        CalledOff = "called-off", "Called off";
    }
}

/// A meeting may last so long, in minutes (R-MEE-3).
pub const LENGTHS: std::ops::RangeInclusive<i64> = 5..=480;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefused {
    /// R-MEE-1, to the practitioner.
    #[error("You are already booked then. Offer another time.")]
    Booked,
    /// R-MEE-1, to the practitioner.
    #[error("You teach then ({0}). Offer another time.")]
    Teaching(String),
    /// R-MEE-2, to the practitioner.
    #[error(
        "That is more than your remitted hours for the year: {left} left of {year}. Note what you do outside them, or speak with the programme lead."
    )]
    NoHoursLeft {
        /// What is neither used nor booked.
        left: Minutes,
        /// The whole year's remission.
        year: Minutes,
    },
    /// R-MEE-1 and R-MEE-2, to the teacher: says nothing of others.
    #[error("That time has just gone. Choose another one, or ask for other times.")]
    JustGone,
    /// R-MEE-3.
    #[error("A meeting lasts between 5 minutes and 8 hours.")]
    Length,
    /// R-MEE-3.
    #[error("That meeting has not begun yet. You can say how it went once it has.")]
    NotYet,
    /// R-MEE-4.
    #[error("That meeting is not booked any more.")]
    NotBooked,
}

/// What is known about a practitioner's time when a meeting is to be booked.
#[derive(Debug, Clone)]
pub struct Diary {
    /// Other meetings that are booked.
    pub booked: Vec<Slot>,
    /// Teaching that day, with its label.
    pub teaching: Vec<(Slot, String)>,
    /// The year's remission.
    pub year: Minutes,
    /// Used and booked of it so far, without a meeting that this one replaces.
    pub taken: Minutes,
}

impl Diary {
    /// Whether `slot` can be booked for this (R-MEE-1, R-MEE-2, R-MEE-3). A lesson of the practitioner's own may fall into
    /// their teaching (R-OBS-3).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn book(&self, slot: &Slot, form: Form) -> Result<(), MeetingRefused> {
        check_length(slot.length)?;
        if self.booked.iter().any(|other| other.overlaps(slot)) {
            return Err(MeetingRefused::Booked);
        }
        let mut teaching = self.teaching.iter().filter(|_| !form.fits_own_teaching());
        if let Some((_, label)) = teaching.find(|(other, _)| other.overlaps(slot)) {
            return Err(MeetingRefused::Teaching(label.clone()));
        }
        if self.taken + slot.length > self.year {
            return Err(MeetingRefused::NoHoursLeft { left: (self.year - self.taken).or_none(), year: self.year });
        }
        Ok(())
    }
}

/// R-MEE-3.
///
/// # Errors
/// A length outside [`LENGTHS`].
pub fn check_length(length: Minutes) -> Result<(), MeetingRefused> {
    if LENGTHS.contains(&length.0) { Ok(()) } else { Err(MeetingRefused::Length) }
}

impl State {
    /// Says how a meeting went (R-MEE-3, R-MEE-4): held or missed, once it has begun; may be corrected later.
    ///
    /// # Errors
    /// Too early, or not a meeting that could have taken place.
    pub fn record(self, outcome: Self, starts: Timestamp, now: Timestamp) -> Result<Self, MeetingRefused> {
        if !matches!(self, Self::Booked | Self::Held | Self::Missed) || !matches!(outcome, Self::Held | Self::Missed) {
            return Err(MeetingRefused::NotBooked);
        }
        if now < starts { Err(MeetingRefused::NotYet) } else { Ok(outcome) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(text: &str, minutes: i64) -> Slot {
        Slot { starts: text.parse().unwrap(), length: Minutes(minutes) }
    }

    fn diary() -> Diary {
        Diary {
            booked: vec![slot("2026-11-24T10:30:00Z", 45)],
            teaching: vec![(slot("2026-11-24T13:00:00Z", 90), "Maths L3".to_owned())],
            year: Minutes::hours(150),
            taken: Minutes::hours(149),
        }
    }

    /// R-MEE-1.
    #[test]
    fn nobody_is_booked_twice_or_while_teaching() {
        assert_eq!(diary().book(&slot("2026-11-24T11:00:00Z", 30), Form::Talk), Err(MeetingRefused::Booked));
        assert_eq!(
            diary().book(&slot("2026-11-24T14:00:00Z", 60), Form::Talk),
            Err(MeetingRefused::Teaching("Maths L3".to_owned()))
        );
        assert_eq!(diary().book(&slot("2026-11-24T11:15:00Z", 60), Form::Talk), Ok(()));
    }

    /// R-OBS-3.
    #[test]
    fn a_lesson_of_ones_own_may_fall_into_ones_teaching_and_into_nothing_else() {
        let (taught, booked) = (slot("2026-11-24T13:00:00Z", 60), slot("2026-11-24T10:30:00Z", 45));
        assert_eq!(diary().book(&taught, Form::PractitionersLesson), Ok(()));
        assert_eq!(diary().book(&taught, Form::Together), Ok(()));
        assert!(diary().book(&taught, Form::TeachersLesson).is_err(), "one is not in two rooms");
        assert_eq!(diary().book(&booked, Form::Together), Err(MeetingRefused::Booked));
    }

    /// R-MEE-2.
    #[test]
    fn the_last_hour_can_be_booked_and_not_a_minute_more() {
        assert_eq!(diary().book(&slot("2026-11-24T15:00:00Z", 60), Form::Talk), Ok(()));
        let refused = diary().book(&slot("2026-11-24T15:00:00Z", 61), Form::Talk);
        assert_eq!(refused, Err(MeetingRefused::NoHoursLeft { left: Minutes(60), year: Minutes::hours(150) }));
    }

    /// R-MEE-3.
    #[test]
    fn a_meeting_lasts_five_minutes_to_eight_hours() {
        for (minutes, fine) in [(4, false), (5, true), (480, true), (481, false), (-5, false)] {
            assert_eq!(check_length(Minutes(minutes)).is_ok(), fine);
        }
    }

    /// R-MEE-3, R-MEE-4.
    #[test]
    fn how_it_went_is_said_once_it_has_begun_and_may_be_corrected() {
        let (before, starts, after) = ("2026-11-24T10:00:00Z", "2026-11-24T10:30:00Z", "2026-11-24T11:30:00Z");
        let (before, starts, after): (Timestamp, Timestamp, Timestamp) =
            (before.parse().unwrap(), starts.parse().unwrap(), after.parse().unwrap());
        assert_eq!(State::Booked.record(State::Held, starts, before), Err(MeetingRefused::NotYet));
        assert_eq!(State::Booked.record(State::Held, starts, after), Ok(State::Held));
        assert_eq!(State::Held.record(State::Missed, starts, after), Ok(State::Missed));
        assert_eq!(State::Moved.record(State::Held, starts, after), Err(MeetingRefused::NotBooked));
        assert_eq!(State::Booked.record(State::Moved, starts, after), Err(MeetingRefused::NotBooked));
    }
}
