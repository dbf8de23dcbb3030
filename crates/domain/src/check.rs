//! How the programme is set up, held against seven things that help and four that hinder: a mirror, with what to change. The list is
//! that of the Institute for Employment Studies (2017), in our own words. Rules R-REV-1 to R-REV-4 in `docs/rules/review.md`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::support::choices;
use crate::text::one_line;

mod look;
pub use look::{Reviewed, SetUp, look};

/// Why an answer is so, in at most so many characters (R-REV-3).
pub const LONGEST_BECAUSE: usize = 300;

choices! {
    /// Whether something helps or hinders (EVI-16).
    Side {
        /// It helps.
        Enabler = "enabler", "What helps";
        /// It hinders.
        Barrier = "barrier", "What hinders";
    }
}

choices! {
    /// What the programme is held against: seven that help, four that hinder (EVI-16).
    Point {
        /// Support fits the person.
        Fits = "fits", "Support that fits the person";
        /// Support is for everybody.
        Everybody = "everybody", "Open to everybody who teaches";
        /// Between colleagues.
        Trust = "trust", "Between colleagues, and safe";
        /// Time for the role.
        Time = "time", "Time and means for the role";
        /// The role is clear.
        Clear = "clear", "A role that everybody can picture";
        /// Leaders stand behind it.
        Leaders = "leaders", "Senior leaders behind it";
        /// Practitioners teach.
        Teaching = "teaching", "Practitioners who still teach";
        /// Two who do not get on.
        Clash = "clash", "Two people who do not get on";
        /// Tied to management.
        Managed = "managed", "A role tied to management";
        /// Chosen for teaching alone.
        Chosen = "chosen", "Chosen for good teaching alone";
        /// Lessons that end in a verdict.
        Judged = "judged", "Lessons that end in a verdict";
    }
}

impl Point {
    /// Whether it helps or hinders.
    pub const fn side(self) -> Side {
        match self {
            Self::Fits | Self::Everybody | Self::Trust | Self::Time | Self::Clear | Self::Leaders | Self::Teaching => {
                Side::Enabler
            }
            Self::Clash | Self::Managed | Self::Chosen | Self::Judged => Side::Barrier,
        }
    }

    /// What is so once it is in place, for a list of what is: what hinders is said the other way round.
    pub const fn settled(self) -> &'static str {
        match self {
            Self::Clash => "Nobody bound to somebody they do not get on with",
            Self::Managed => "A role apart from management",
            Self::Chosen => "Chosen for more than their own teaching",
            Self::Judged => "Lessons without a verdict",
            other => other.words(),
        }
    }

    /// What it is, in a line.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Fits => "What somebody gets is what they asked for, at times and places that suit them.",
            Self::Everybody => "Nobody has to be in trouble to ask, and nobody is too good to.",
            Self::Trust => "It bends to what is needed, comes soon, judges nobody, and stays between the two.",
            Self::Time => "The hours given are enough for what is asked, and nobody in the role is left alone.",
            Self::Clear => "What the role is for, and what it is not, is written down and told to all staff.",
            Self::Leaders => "Somebody at the top answers for the programme and looks at it regularly.",
            Self::Teaching => "Whoever teaches next week is believed, and knows what it is like now.",
            Self::Clash => "Where somebody cannot choose with whom they work, a bad fit ends the support.",
            Self::Managed => "Where the role touches appraisal, capability or inspection, people keep away from it.",
            Self::Chosen => "Somebody can teach well and still not listen. The role is for those who do both.",
            Self::Judged => "A verdict on a lesson is what people remember, whatever else is said about it.",
        }
    }
}

/// How something stands, in words; never a number (R-REV-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// It is so.
    #[serde(rename = "in")]
    InPlace,
    /// In part.
    #[serde(rename = "partly")]
    Partly,
    /// It is not.
    #[serde(rename = "not")]
    NotInPlace,
    /// The program cannot see it and nobody has answered.
    #[serde(rename = "unseen")]
    Unseen,
}

impl Standing {
    /// What the lead can answer.
    pub const ANSWERS: [Self; 3] = [Self::InPlace, Self::Partly, Self::NotInPlace];

    /// The name in forms, in the database and for a style.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPlace => "in",
            Self::Partly => "partly",
            Self::NotInPlace => "not",
            Self::Unseen => "unseen",
        }
    }

    /// An answer by its code.
    pub fn answer(code: &str) -> Option<Self> {
        Self::ANSWERS.into_iter().find(|one| one.code() == code)
    }

    /// The words on a page: of what hinders, whether it is out of the way.
    pub const fn words(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::InPlace, Side::Enabler) => "In place",
            (Self::Partly, Side::Enabler) => "Partly in place",
            (Self::NotInPlace, Side::Enabler) => "Not in place",
            (Self::InPlace, Side::Barrier) => "Out of the way",
            (Self::Partly, Side::Barrier) => "Partly out of the way",
            (Self::NotInPlace, Side::Barrier) => "In the way",
            (Self::Unseen, _) => "Cannot be seen from here",
        }
    }

    /// Of several together: what is not seen says nothing about the rest.
    pub fn of_all(all: impl IntoIterator<Item = Self>) -> Self {
        let seen = all.into_iter().filter(|one| *one != Self::Unseen);
        seen.reduce(|one, other| if one == other { one } else { Self::Partly }).unwrap_or(Self::Unseen)
    }
}

choices! {
    /// What the program cannot see (R-REV-3).
    Question {
        /// Times and places.
        Suits = "suits", "Do times and places suit, and does support last as long as it helps?";
        /// Soon.
        Soon = "soon", "Do those who ask hear back within a few days?";
        /// Company.
        Company = "company", "Do practitioners meet as a team, and has each a colleague in the role to turn to?";
        /// A description of the job.
        Described = "described", "Is there a written job description, drawn up for this role and kept to?";
        /// Known to leaders.
        Spoken = "spoken", "Do senior leaders speak for the role in front of all staff?";
        /// Kept out of management.
        Apart = "apart", "Do appraisal and capability at the college leave practitioners out?";
        /// How they are chosen.
        Picked = "picked", "Are they chosen for listening and working with others as much as for their teaching?";
        /// Trained.
        Trained = "trained", "Have they learned to coach and to talk about a lesson they have seen?";
        /// Formal observation.
        Formal = "formal", "Do formal observations at the college do without a verdict?";
    }
}

impl Question {
    /// What it belongs to.
    pub const fn point(self) -> Point {
        match self {
            Self::Suits => Point::Fits,
            Self::Soon => Point::Trust,
            Self::Company => Point::Time,
            Self::Described => Point::Clear,
            Self::Spoken => Point::Leaders,
            Self::Apart => Point::Managed,
            Self::Picked | Self::Trained => Point::Chosen,
            Self::Formal => Point::Judged,
        }
    }

    /// What to change where the answer is no.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::Suits => "Ask each area for its day and time, and let the two decide when they are done.",
            Self::Soon => "Ask practitioners what keeps them; the board shows each week whose hours are full.",
            Self::Company => "Set a fixed hour for the team, and give everybody new in the role a buddy.",
            Self::Described => "Write one page: what the role does, what it does not, and who agreed to it.",
            Self::Spoken => "Ask the sponsor for five minutes at the next training day.",
            Self::Apart => "Have it written into the policies for appraisal and capability.",
            Self::Picked => "Put listening and working with others into the selection, and ask colleagues.",
            Self::Trained => "Plan training in coaching and in feedback after a lesson before anything else.",
            Self::Formal => "Ask whoever leads on quality whether the verdict is worth what it costs.",
        }
    }
}

/// The lead's answer to what the program cannot see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// To what.
    pub question: Question,
    /// How it stands; one of [`Standing::ANSWERS`].
    pub standing: Standing,
    /// Why, in the lead's words; may be empty.
    pub because: String,
    /// On which day.
    pub day: Date,
}

/// One thing that is seen, or asked, of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// How it stands.
    pub standing: Standing,
    /// What is seen, in a sentence.
    pub says: String,
    /// What to change, and where; nothing where nothing has to be changed.
    pub change: Option<(String, Option<&'static str>)>,
    /// The question, where the program cannot see.
    pub question: Option<Question>,
}

/// A point with what is seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Which.
    pub point: Point,
    /// Everything that is seen or asked.
    pub signs: Vec<Sign>,
}

impl Look {
    /// How it stands, from all that is seen or answered.
    pub fn standing(&self) -> Standing {
        Standing::of_all(self.signs.iter().map(|sign| sign.standing))
    }

    /// Whether something of it is neither seen nor answered.
    pub fn is_open(&self) -> bool {
        self.signs.iter().any(|sign| sign.standing == Standing::Unseen)
    }
}

/// A point as it stood on the day on which a review was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// The point's code.
    pub point: String,
    /// How it stood.
    pub standing: Standing,
    /// What was seen and answered, sentence by sentence.
    pub says: Vec<(Standing, String)>,
}

impl Stood {
    /// What is kept of a look.
    pub fn of(look: &Look) -> Self {
        let says = look.signs.iter().map(|sign| (sign.standing, sign.says.clone())).collect();
        Self { point: look.point.code().to_owned(), standing: look.standing(), says }
    }

    /// The point, if this version still knows it.
    pub fn point(&self) -> Option<Point> {
        Point::from_code(&self.point)
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckRefused {
    /// R-REV-3.
    #[error("Choose how it stands: yes, partly or no.")]
    Standing,
    /// R-REV-3.
    #[error("Write at most {LONGEST_BECAUSE} characters. It has {0} now.")]
    Long(usize),
}

/// Why an answer is so, as it is kept.
///
/// # Errors
/// A rule that says no.
pub fn because(text: &str) -> Result<String, CheckRefused> {
    let text = one_line(text);
    match text.chars().count() {
        long if long > LONGEST_BECAUSE => Err(CheckRefused::Long(long)),
        _ => Ok(text),
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
