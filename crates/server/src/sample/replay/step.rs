//! What happens in the sample college, one thing at a time.

use domain::ids::{ThreadId, TrainingId};
use jiff::civil::Date;

use super::required::{Part, Three};

/// What happens next, to whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Somebody asks.
    Ask { teacher: usize, practitioner: usize, timed: bool, answered: bool },
    /// The practitioner answers.
    Answer { thread: ThreadId, teacher: usize, practitioner: usize, more: u8 },
    /// The teacher agrees to what was offered.
    Agree { thread: ThreadId, teacher: usize, practitioner: usize, more: u8 },
    /// The two have met.
    Hold { thread: ThreadId, teacher: usize, practitioner: usize, more: u8 },
    /// A conversation is noted.
    Note { practitioner: usize, colleague: Option<usize>, minutes: i64 },
    /// An induction begins.
    Induct { tale: usize, newcomers: Vec<usize>, who: (Option<usize>, Option<usize>, Option<usize>) },
    /// A step of an induction is done.
    Settle { newcomer: usize },
    /// Required support goes on.
    Required(Three, Part),
    /// What an area needs is entered and agreed.
    Need { area: usize, practitioner: usize, head: Option<usize> },
    /// A session is planned.
    Plan { area: usize, practitioner: usize, day: Date, number: usize },
    /// A session was held.
    Held { training: TrainingId, practitioner: usize, ready: i64 },
    /// A Monday: the board is computed.
    Week,
    /// The end of a year: what is still on comes to its end.
    Year,
    /// A release comes out.
    Release,
    /// Teachers delete what was over by a day.
    Delete(Date),
}

impl Step {
    /// In which thread, if it is in one that is there already.
    pub fn thread(&self) -> Option<ThreadId> {
        match self {
            Self::Answer { thread, .. } | Self::Agree { thread, .. } | Self::Hold { thread, .. } => Some(*thread),
            _ => None,
        }
    }
}
