//! Lessons that one of the two watches, or that they teach together. Rules R-OBS-1 to R-OBS-5 in
//! `docs/rules/observations.md`. No type here holds a judgement of anybody
//! (R-OBS-8).

use crate::ids::MeetingId;
use crate::support::{Party, choices};
use crate::words::Kind;

choices! {
    /// What the two do at a meeting (R-OBS-1).
    Form {
        /// They talk.
        Talk = "talk", "Talk";
        /// The practitioner watches a lesson of the teacher's.
        TeachersLesson = "teachers-lesson", "The practitioner watches a lesson of the teacher’s";
        /// The teacher watches a lesson of the practitioner's (COA-08).
        PractitionersLesson = "practitioners-lesson", "The teacher watches a lesson of the practitioner’s";
        /// They teach together (COA-08).
        Together = "together", "They teach together";
    }
}

impl Form {
    /// R-OBS-5: whoever watches takes notes and gives feedback; of a lesson together, both.
    pub const fn is_watched_by(self, party: Party) -> bool {
        match self {
            Self::Talk => false,
            Self::TeachersLesson => matches!(party, Party::Practitioner),
            Self::PractitionersLesson => matches!(party, Party::Teacher),
            Self::Together => true,
        }
    }

    /// Whether it is a lesson.
    pub const fn is_lesson(self) -> bool {
        !matches!(self, Self::Talk)
    }

    /// R-OBS-3: whether it can fall into the practitioner's own teaching, because that is where it takes place.
    pub const fn fits_own_teaching(self) -> bool {
        matches!(self, Self::PractitionersLesson | Self::Together)
    }
}

/// What a time is offered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferFor {
    /// One more meeting, and what the two do at it.
    More(Form),
    /// In the place of a meeting that is booked; it stays what it was (R-OBS-2).
    InPlaceOf(MeetingId),
}

/// Whether a party may write words of this kind, as far as lessons go: notes and feedback are for whoever watches a lesson
/// that the two have agreed on (R-OBS-5).
pub fn may_write(kind: Kind, party: Party, agreed: &[Form]) -> bool {
    !kind.is_by_whoever_watches() || agreed.iter().any(|form| form.is_watched_by(party))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-OBS-1
    #[test]
    fn a_talk_is_watched_by_nobody() {
        assert!(!Form::Talk.is_lesson() && Form::ALL.iter().filter(|form| form.is_lesson()).count() == 3);
        assert!([Party::Teacher, Party::Practitioner].iter().all(|party| !Form::Talk.is_watched_by(*party)));
    }

    /// R-OBS-5
    #[test]
    fn whoever_watches_takes_notes_and_gives_feedback() {
        let watched = |party| Form::ALL.iter().filter(move |form| form.is_watched_by(party)).map(|form| form.code());
        assert_eq!(watched(Party::Practitioner).collect::<Vec<_>>(), ["teachers-lesson", "together"]);
        assert_eq!(watched(Party::Teacher).collect::<Vec<_>>(), ["practitioners-lesson", "together"]);
        for kind in [Kind::Notes, Kind::Feedback] {
            assert!(!may_write(kind, Party::Practitioner, &[Form::Talk, Form::PractitionersLesson]));
            assert!(may_write(kind, Party::Practitioner, &[Form::Talk, Form::TeachersLesson]));
            assert!(!may_write(kind, Party::Teacher, &[]));
        }
        assert!(may_write(Kind::Message, Party::Practitioner, &[]), "anything else needs no lesson");
        assert!(may_write(Kind::Focus, Party::Teacher, &[]));
    }

    /// R-OBS-3
    #[test]
    fn only_a_lesson_that_the_practitioner_teaches_may_fall_into_their_teaching() {
        let fits: Vec<_> = Form::ALL.iter().filter(|form| form.fits_own_teaching()).map(|form| form.code()).collect();
        assert_eq!(fits, ["practitioners-lesson", "together"]);
    }
}
