//! On what and with whom an act is done, whatever its facts.

use domain::ids::{AreaId, DisclosureId, EntryId, InductionId, InstitutionId, PersonId, ThreadId, TrackId, TrainingId};

use super::{
    AccountFacts, CommunityFacts, DisclosureFacts, DraftFacts, EntryFacts, InductionFacts, PersonFacts, PracticeFacts,
    ProgrammeFacts, ThreadFacts, TrackFacts, TrainingFacts,
};
use crate::sealed::Sealed;

/// The kinds of thing an act can be done on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// [`ProgrammeFacts`].
    Programme,
    /// [`PersonFacts`].
    Person,
    /// [`AccountFacts`].
    Account,
    /// [`PracticeFacts`].
    Practice,
    /// [`ThreadFacts`].
    Thread,
    /// [`TrackFacts`].
    Track,
    /// [`EntryFacts`].
    HoursEntry,
    /// [`DisclosureFacts`].
    Disclosure,
    /// [`InductionFacts`].
    Induction,
    /// [`DraftFacts`].
    Draft,
    /// [`CommunityFacts`].
    Community,
    /// [`TrainingFacts`].
    Training,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Programme,
        Self::Person,
        Self::Account,
        Self::Practice,
        Self::Thread,
        Self::Track,
        Self::HoursEntry,
        Self::Disclosure,
        Self::Induction,
        Self::Draft,
        Self::Community,
        Self::Training,
    ];

    /// The name in the Cedar schema.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Programme => "Programme",
            Self::Person => "Person",
            Self::Account => "Account",
            Self::Practice => "Practice",
            Self::Thread => "Thread",
            Self::Track => "Track",
            Self::HoursEntry => "HoursEntry",
            Self::Disclosure => "Disclosure",
            Self::Induction => "Induction",
            Self::Draft => "Draft",
            Self::Community => "Community",
            Self::Training => "Training",
        }
    }
}

/// The facts about the one thing an act is done on, whatever its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing<'a> {
    /// A programme.
    Programme(&'a ProgrammeFacts),
    /// A person.
    Person(&'a PersonFacts),
    /// An account.
    Account(&'a AccountFacts),
    /// A practice.
    Practice(&'a PracticeFacts),
    /// A thread.
    Thread(&'a ThreadFacts),
    /// A track.
    Track(&'a TrackFacts),
    /// An entry in a record of hours.
    HoursEntry(&'a EntryFacts),
    /// What was passed to the safeguarding leads.
    Disclosure(&'a DisclosureFacts),
    /// A newcomer's induction.
    Induction(&'a InductionFacts),
    /// A college that is being set up.
    Draft(&'a DraftFacts),
    /// A community of practice.
    Community(&'a CommunityFacts),
    /// A session.
    Training(&'a TrainingFacts),
}

impl Thing<'_> {
    /// Which kind of thing this is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Programme(_) => Kind::Programme,
            Self::Person(_) => Kind::Person,
            Self::Account(_) => Kind::Account,
            Self::Practice(_) => Kind::Practice,
            Self::Thread(_) => Kind::Thread,
            Self::Track(_) => Kind::Track,
            Self::HoursEntry(_) => Kind::HoursEntry,
            Self::Disclosure(_) => Kind::Disclosure,
            Self::Induction(_) => Kind::Induction,
            Self::Draft(_) => Kind::Draft,
            Self::Community(_) => Kind::Community,
            Self::Training(_) => Kind::Training,
        }
    }
}

/// Facts that an act can be done on.
pub trait On: Sealed {
    /// What the store looks the thing up by.
    type Key: Copy + std::fmt::Debug + PartialEq;
    /// Which kind of thing this is.
    const KIND: Kind;
    /// What the store looks this thing up by.
    fn key(&self) -> Self::Key;
    /// Where the thing belongs.
    fn institution(&self) -> InstitutionId;
    /// The same facts, whatever their kind.
    fn thing(&self) -> Thing<'_>;
}

macro_rules! on {
    ($($facts:ident is $kind:ident by $field:ident: $key:ident;)+) => {$(
        impl Sealed for $facts {}
        impl On for $facts {
            type Key = $key;
            const KIND: Kind = Kind::$kind;
            fn key(&self) -> $key {
                self.$field
            }
            fn institution(&self) -> InstitutionId {
                self.institution
            }
            fn thing(&self) -> Thing<'_> {
                Thing::$kind(self)
            }
        }
    )+};
}

on! {
    ProgrammeFacts is Programme by institution: InstitutionId;
    PersonFacts is Person by id: PersonId;
    AccountFacts is Account by owner: PersonId;
    PracticeFacts is Practice by owner: PersonId;
    ThreadFacts is Thread by thread: ThreadId;
    TrackFacts is Track by track: TrackId;
    EntryFacts is HoursEntry by entry: EntryId;
    DisclosureFacts is Disclosure by disclosure: DisclosureId;
    InductionFacts is Induction by induction: InductionId;
    DraftFacts is Draft by institution: InstitutionId;
    CommunityFacts is Community by area: AreaId;
    TrainingFacts is Training by training: TrainingId;
}

/// Whom an act is done with: nobody, or a chosen practitioner.
pub trait With: Sealed {
    /// What the permit keeps of the choice.
    type Chosen: Copy + std::fmt::Debug + PartialEq;
    /// Whether somebody has to be chosen.
    const CHOOSES: bool;
    /// The chosen practitioner, if the act needs one.
    fn chosen(&self) -> Option<&PersonFacts>;
    /// What the permit keeps of the choice.
    fn id(&self) -> Self::Chosen;
}

impl Sealed for () {}
impl With for () {
    type Chosen = ();
    const CHOOSES: bool = false;
    fn chosen(&self) -> Option<&PersonFacts> {
        None
    }
    fn id(&self) {}
}
impl With for PersonFacts {
    type Chosen = PersonId;
    const CHOOSES: bool = true;
    fn chosen(&self) -> Option<&PersonFacts> {
        Some(self)
    }
    fn id(&self) -> PersonId {
        self.id
    }
}
