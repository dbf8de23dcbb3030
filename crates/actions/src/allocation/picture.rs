//! What there is to allocate in a term, as the chart, the planner and the inductions have it. No person of those who ask for
//! support, no hour of it: capacity is what was remitted, work is what is assumed (R-ALL-13).

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use domain::ids::{AreaId, InductionId, NotAnId, PersonId, StandingId};
use domain::period::Term;

/// What somebody can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Which {
    /// To look after an area.
    Area(AreaId),
    /// To accompany an induction that nobody accompanies.
    Induction(InductionId),
    /// To do standing work.
    Standing(StandingId),
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(id) => write!(f, "area-{id}"),
            Self::Induction(id) => write!(f, "induction-{id}"),
            Self::Standing(id) => write!(f, "standing-{id}"),
        }
    }
}

impl FromStr for Which {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (kind, id) = text.split_once('-').ok_or(NotAnId)?;
        match kind {
            "area" => id.parse().map(Self::Area),
            "induction" => id.parse().map(Self::Induction),
            "standing" => id.parse().map(Self::Standing),
            _ => Err(NotAnId),
        }
    }
}

/// Something to be done, by one practitioner.
#[derive(Debug, Clone)]
pub struct Work {
    /// Which.
    pub which: Which,
    /// What it is called.
    pub title: String,
    /// The fewest hours of the term with which it is any use.
    pub least: i64,
    /// The hours it asks for.
    pub most: i64,
    /// Who does it now, by position.
    pub now: Option<usize>,
    /// How well it suits each practitioner, in hundredths; nothing where they may not: they stand above somebody in it.
    pub suits: Vec<Option<i64>>,
    /// Where it is, by position of the area; the last place is the house as a whole.
    pub place: usize,
}

/// A practitioner with the hours there are to give.
#[derive(Debug, Clone)]
pub struct Hand {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Hours of the term for such work: remission, less what the planner assumes for everything else.
    pub hours: i64,
    /// Places they know, by position.
    pub knows: Vec<usize>,
}

/// An area that several look after.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Which.
    pub area: AreaId,
    /// Its name.
    pub title: String,
    /// Who, by position.
    pub hands: Vec<usize>,
}

/// A term as it is to be allocated.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The term.
    pub term: Term,
    /// Practitioners, by name.
    pub hands: Vec<Hand>,
    /// Areas, inductions, standing work, each by name.
    pub work: Vec<Work>,
    /// Areas that several look after: they stay as they are.
    pub shared: Vec<Shared>,
    /// Places, the house included.
    pub places: usize,
}

impl Picture {
    /// Who does what now, by position of the work.
    pub fn now(&self) -> Vec<Option<usize>> {
        self.work.iter().map(|work| work.now).collect()
    }

    /// What it looked like, so that what was looked at is told from what has changed meanwhile.
    pub fn mark(&self) -> String {
        let mut mark = DefaultHasher::new();
        for hand in &self.hands {
            (hand.person, hand.hours).hash(&mut mark);
        }
        for work in &self.work {
            (work.which, &work.title, work.least, work.most, work.now, &work.suits).hash(&mut mark);
        }
        format!("{:016x}", mark.finish())
    }

    /// Who of them somebody is, by position.
    pub fn place_of(&self, person: PersonId) -> Option<usize> {
        self.hands.iter().position(|hand| hand.person == person)
    }
}
