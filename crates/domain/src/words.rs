//! What is said in a thread, by its kinds. Nothing here knows a word of it: rules R-WRD-9 and R-WRD-12.

use crate::support::{Party, choices};

/// A thread holds at most so many files (R-WRD-12).
pub const MOST_FILES: usize = 40;

choices! {
    /// What an item is.
    Kind {
        /// What one says to the other.
        Message = "message", "Message";
        /// What was said when the two met.
        Meeting = "meeting", "Notes of a meeting";
        /// What somebody prepares; the other reads it too, so that there is no secret file.
        Preparation = "preparation", "Preparation";
        /// A file that comes with it.
        File = "file", "File";
        /// Why somebody asks, in their own words (REF-11).
        Request = "request", "The request";
        /// What the teacher wants to be able to do (COA-02).
        Goal = "goal", "Goal";
        /// A goal that the practitioner proposes (COA-02).
        Proposal = "proposal", "Proposed goal";
        /// Something tried in a lesson: what happened, and whether to keep it (COA-10).
        Trial = "trial", "Trial";
        /// What was said with an earlier practitioner, handed over by the teacher.
        Earlier = "earlier", "Handed over";
        /// What the teacher would like to be looked at in a lesson.
        Focus = "focus", "What to look at";
        /// What somebody noted while watching a lesson.
        Notes = "notes", "Notes of a lesson";
        /// What somebody says after watching one, in words (OBS-04).
        Feedback = "feedback", "Feedback";
    }
}

impl Kind {
    /// R-WRD-9: the plan is the teacher's own, and so is what the request says; a practitioner proposes.
    pub const fn may_be_written_by(self, party: Party) -> bool {
        match self {
            Self::Message | Self::Meeting | Self::Preparation | Self::File | Self::Notes | Self::Feedback => true,
            Self::Request | Self::Goal | Self::Trial | Self::Earlier | Self::Focus => matches!(party, Party::Teacher),
            Self::Proposal => matches!(party, Party::Practitioner),
        }
    }

    /// R-WRD-9: the teacher keeps the plan while the thread is on, whether or not the other one can be reached.
    pub const fn is_the_teachers_own(self) -> bool {
        matches!(self, Self::Goal | Self::Trial)
    }

    /// R-OBS-5: whether it is for whoever watches a lesson.
    pub const fn is_by_whoever_watches(self) -> bool {
        matches!(self, Self::Notes | Self::Feedback)
    }

    /// Whether the other one is told by mail that something waits.
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Goal | Self::Trial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEACHERS: [&str; 11] = [
        "message",
        "meeting",
        "preparation",
        "file",
        "request",
        "goal",
        "trial",
        "earlier",
        "focus",
        "notes",
        "feedback",
    ];

    /// R-WRD-9 R-OBS-5
    #[test]
    fn the_plan_is_the_teachers_and_a_practitioner_proposes() {
        let kinds = |party| Kind::ALL.iter().filter(move |kind| kind.may_be_written_by(party)).map(|kind| kind.code());
        let teacher: Vec<_> = kinds(Party::Teacher).collect();
        let practitioner: Vec<_> = kinds(Party::Practitioner).collect();
        assert_eq!(teacher, TEACHERS);
        assert_eq!(practitioner, ["message", "meeting", "preparation", "file", "proposal", "notes", "feedback"]);
    }
}
