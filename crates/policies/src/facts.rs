//! What the gate decides from: ids and relations, never content. `store::facts` computes them from our own tables.

use domain::ids::{DisclosureId, EntryId, InstitutionId, PersonId, ThreadId};
use domain::people::Roles;
use domain::programme::Model;

use crate::sealed::Sealed;

/// A person: who asks, who is asked about, or who is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonFacts {
    /// Who.
    pub id: PersonId,
    /// Where this person works.
    pub institution: InstitutionId,
    /// Whether the account is switched on.
    pub active: bool,
    /// The roles held inside the institution.
    pub roles: Roles,
    /// The whole line upwards: the line manager, the manager's manager and so on.
    pub managers: Vec<PersonId>,
    /// Who appraises this person, if known.
    pub appraiser: Option<PersonId>,
    /// Whether teachers report to this person, directly or further down.
    pub leads_teachers: bool,
}

/// The programme of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProgrammeFacts {
    /// Whose programme.
    pub institution: InstitutionId,
    /// The deployment model in force.
    pub model: Model,
    /// Whether the lead opened asking although the model is deficit.
    pub asking_opened: bool,
    /// Whether this is the sample college, where clocks move and visitors sign in as anybody.
    pub sample: bool,
}

/// Somebody's account: signing in, password, preferences.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AccountFacts {
    /// Where the owner works.
    pub institution: InstitutionId,
    /// Whose account.
    pub owner: PersonId,
    /// Whether the account belongs to the sample college.
    pub sample: bool,
}

/// A practitioner's own practice: the week, support hours, profile and record of hours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PracticeFacts {
    /// Where the owner works.
    pub institution: InstitutionId,
    /// Whose practice.
    pub owner: PersonId,
}

/// A thread: everything between one teacher and one practitioner about one request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ThreadFacts {
    /// Where both work.
    pub institution: InstitutionId,
    /// Which thread.
    pub thread: ThreadId,
    /// Who asked.
    pub teacher: PersonId,
    /// Who was asked.
    pub practitioner: PersonId,
    /// The teacher's whole line upwards, as it is today.
    pub managers_of_teacher: Vec<PersonId>,
    /// Who appraises the teacher today, if known.
    pub appraiser_of_teacher: Option<PersonId>,
    /// The deployment model in force today.
    pub model: Model,
    /// Whether the lead opened asking although the model is deficit.
    pub asking_opened: bool,
}

/// An entry in a practitioner's record of hours.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EntryFacts {
    /// Where the owner works.
    pub institution: InstitutionId,
    /// Which entry.
    pub entry: EntryId,
    /// Whose hours.
    pub owner: PersonId,
    /// The colleague named in the entry, if one is.
    pub named: Option<PersonId>,
}

/// What a participant of a thread has passed to the safeguarding leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DisclosureFacts {
    /// Where all of them work.
    pub institution: InstitutionId,
    /// Which.
    pub disclosure: DisclosureId,
    /// Who passed it on.
    pub discloser: PersonId,
    /// Whom it is about: the other one of the thread.
    pub subject: PersonId,
    /// The safeguarding leads it was sealed for.
    pub recipients: Vec<PersonId>,
    /// Whether whom it is about may know of it.
    pub subject_may_know: bool,
}

/// A college that is being set up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DraftFacts {
    /// The institution that it is to be.
    pub institution: InstitutionId,
    /// Whether a college is live in this folder: then nothing is set up any more.
    pub live: bool,
}

/// Work the program does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Job {
    /// Recomputes each Monday who has room and how many wait.
    Weekly,
    /// Clears what is past its date.
    Tidy,
    /// Writes and delivers mail.
    Mail,
    /// Writes backups at night, and removes what is past its days.
    Backup,
}

impl Job {
    /// Every job.
    pub const ALL: [Self; 4] = [Self::Weekly, Self::Tidy, Self::Mail, Self::Backup];

    /// The name in policies and events.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Tidy => "tidy",
            Self::Mail => "mail",
            Self::Backup => "backup",
        }
    }
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor<'a> {
    /// Somebody signed in.
    Person(&'a PersonFacts),
    /// The program itself.
    Job(Job),
    /// Whoever runs commands on the machine.
    CommandLine,
    /// Whoever sets a college up at the machine, until it is live.
    SetUp,
}

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
    /// [`EntryFacts`].
    HoursEntry,
    /// [`DisclosureFacts`].
    Disclosure,
    /// [`DraftFacts`].
    Draft,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Programme,
        Self::Person,
        Self::Account,
        Self::Practice,
        Self::Thread,
        Self::HoursEntry,
        Self::Disclosure,
        Self::Draft,
    ];

    /// The name in the Cedar schema.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Programme => "Programme",
            Self::Person => "Person",
            Self::Account => "Account",
            Self::Practice => "Practice",
            Self::Thread => "Thread",
            Self::HoursEntry => "HoursEntry",
            Self::Disclosure => "Disclosure",
            Self::Draft => "Draft",
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
    /// An entry in a record of hours.
    HoursEntry(&'a EntryFacts),
    /// What was passed to the safeguarding leads.
    Disclosure(&'a DisclosureFacts),
    /// A college that is being set up.
    Draft(&'a DraftFacts),
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
            Self::HoursEntry(_) => Kind::HoursEntry,
            Self::Disclosure(_) => Kind::Disclosure,
            Self::Draft(_) => Kind::Draft,
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
    EntryFacts is HoursEntry by entry: EntryId;
    DisclosureFacts is Disclosure by disclosure: DisclosureId;
    DraftFacts is Draft by institution: InstitutionId;
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
