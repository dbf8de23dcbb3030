//! What the gate decides from: ids and relations, never content. `store::facts` computes them from our own tables.

use domain::ids::{AreaId, DisclosureId, EntryId, InductionId, InstitutionId, PersonId, ThreadId, TrackId, TrainingId};
use domain::people::Roles;
use domain::programme::Model;

mod thing;

pub use thing::{Kind, On, Thing, With};

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
    /// Whether it belongs to a track of required support, not to a request.
    pub required: bool,
}

/// A track: required support of one teacher, without anything said in its threads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrackFacts {
    /// Where all of them work.
    pub institution: InstitutionId,
    /// Which track.
    pub track: TrackId,
    /// For whom support is required.
    pub teacher: PersonId,
    /// Whether the teacher's account is on and they teach.
    pub teaches: bool,
    /// Whom the teacher has chosen.
    pub practitioner: Option<PersonId>,
    /// The teacher's direct line manager, as it is today.
    pub manager: Option<PersonId>,
    /// The teacher's whole line upwards, as it is today.
    pub managers_of_teacher: Vec<PersonId>,
    /// Who appraises the teacher today, if known.
    pub appraiser_of_teacher: Option<PersonId>,
    /// Practitioners who are not open to required support.
    pub barred: Vec<PersonId>,
    /// The deployment model in force today.
    pub model: Model,
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

/// The community of practice of an area.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CommunityFacts {
    /// Where it is.
    pub institution: InstitutionId,
    /// Whose community.
    pub area: AreaId,
    /// The practitioners who look after the area.
    pub practitioners: Vec<PersonId>,
    /// Who leads the area.
    pub heads: Vec<PersonId>,
}

/// A session: short training for an area or more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TrainingFacts {
    /// Where it is.
    pub institution: InstitutionId,
    /// Which.
    pub training: TrainingId,
    /// The practitioner who runs it.
    pub runner: PersonId,
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

/// A newcomer's induction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct InductionFacts {
    /// Where all of them work.
    pub institution: InstitutionId,
    /// Which.
    pub induction: InductionId,
    /// Who is new.
    pub newcomer: PersonId,
    /// The mentor, if one is named.
    pub mentor: Option<PersonId>,
    /// The buddy, if one is named.
    pub buddy: Option<PersonId>,
    /// The newcomer's whole line upwards, as it is today.
    pub managers_of_newcomer: Vec<PersonId>,
    /// Who appraises the newcomer today, if known.
    pub appraiser_of_newcomer: Option<PersonId>,
    /// Whether it still runs.
    pub running: bool,
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
    /// Takes in answers to a survey, which come without a name.
    Survey,
}

impl Job {
    /// Every job.
    pub const ALL: [Self; 5] = [Self::Weekly, Self::Tidy, Self::Mail, Self::Backup, Self::Survey];

    /// The name in policies and events.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Tidy => "tidy",
            Self::Mail => "mail",
            Self::Backup => "backup",
            Self::Survey => "survey",
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
