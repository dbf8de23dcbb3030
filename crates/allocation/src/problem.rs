//! Who is there and what is asked: integers and indices only, in the names of the format `alongside-alloc/1`.

use std::collections::BTreeSet;
use std::fmt;

/// An area of a college, or a site of a network. Somebody who belongs to none gets a number nobody else has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(pub u32);

/// A theme that support can be about: a subject or an aspect of teaching (MAT-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag(pub u32);

/// A phase of education (MAT-06): a row and a column of [`Problem::phase_quality`]. A college has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Phase(pub u8);

/// How much somebody brings to a theme, beyond what every generalist brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Has worked on it (1 in the format).
    Familiar,
    /// Known for it (2).
    Strong,
    /// Leads on it (3).
    Leads,
    /// Leads on it in every area, on the institution's behalf: areas do not count then (4; MAT-03).
    Everywhere,
}

/// Expertise in one theme. Several a person are usual (MAT-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Skill {
    /// The theme.
    pub tag: Tag,
    /// The phase it was gained in.
    pub phase: Phase,
    /// How much of it.
    pub strength: Strength,
}

/// A set of weekly half-days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HalfDays(u16);

impl HalfDays {
    /// One half-day: `day` counts from Monday = 0 to Sunday = 6. A later day gives the empty set.
    pub const fn one(day: u8, afternoon: bool) -> Self {
        if day < 7 { Self(1 << (2 * day + afternoon as u8)) } else { Self(0) }
    }

    /// The half-days in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The half-days in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Time published for support, the same each week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// When it is.
    pub mask: HalfDays,
    /// Units (hours at a college, half-days in outreach) it offers over the planning horizon.
    pub cap: u32,
}

/// How full somebody is. Worked out outside, once a week for everybody, so that no single request shows in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Room {
    /// Nothing left.
    Full,
    /// A little left.
    NearlyFull,
    /// Enough left.
    HasRoom,
}

/// Somebody who gives support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practitioner {
    /// Names the practitioner in the draw between equals. No two practitioners share one; the same one every time.
    pub key: u64,
    /// The area or site the practitioner belongs to.
    pub home: Site,
    /// Expertise.
    pub skills: Vec<Skill>,
    /// Weekly time for support.
    pub blocks: Vec<Block>,
    /// Areas or sites with a standing relationship: at a college, the nominated areas (MAT-02).
    pub existing: Vec<Site>,
    /// How full the practitioner is this week.
    pub room: Room,
}

/// Everybody who gives support, and how the phases relate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// The practitioners. All lists of practitioners below hold positions in this one.
    pub practitioners: Vec<Practitioner>,
    /// What expertise gained in one phase (row) is worth in another (column), 0 to 100 per cent. What is not in the
    /// table is 100 for the same phase and 0 for another, so a college leaves it empty.
    pub phase_quality: Vec<Vec<u8>>,
}

/// Somebody who may not be proposed for a need, and why. The caller's own number is handed back as it came.
///
/// Never show the reason to anybody but those who may know it: a page says "not available".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Excluded {
    /// Position of the practitioner.
    pub practitioner: usize,
    /// The caller's code of the reason.
    pub reason: u16,
}

/// One request for support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Names the need in the draw between equals. Anything that differs from need to need and stays while it is looked at.
    pub key: u64,
    /// The asker's own area, or the site where support is needed.
    pub site: Site,
    /// The themes asked for; may be none.
    pub tags: BTreeSet<Tag>,
    /// The phase asked for.
    pub phase: Phase,
    /// Least useful dose in units; 1 for a first meeting.
    pub min: u32,
    /// Half-days that suit the asker; `None` when no wish was stated.
    pub mask: Option<HalfDays>,
    /// Practitioners the asker would like, dearest first (REF-08).
    pub choice: Vec<usize>,
    /// Practitioners who worked with the asker before.
    pub worked_with: Vec<usize>,
    /// Practitioners who may not be proposed (MAT-05, REF-08). The first reason given for one counts.
    pub excluded: Vec<Excluded>,
}

/// Why a problem and a need cannot be put together: a mistake of the caller, not of the asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The need names a practitioner at a position that does not exist.
    NoSuchPractitioner(usize),
    /// Two practitioners share this key.
    SharedKey(u64),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPractitioner(position) => write!(f, "there is no practitioner at position {position}"),
            Self::SharedKey(key) => write!(f, "two practitioners share the key {key}"),
        }
    }
}

impl std::error::Error for Fault {}
