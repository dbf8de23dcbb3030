//! Imagined people at an imagined college, for the questions the gate asks itself. No fact about anybody real.

use domain::ids::{Chance, Ids, InstitutionId, PersonId};
use domain::people::{Role, Roles};
use domain::programme::Model;

use crate::facts::{
    AccountFacts, CommunityFacts, DisclosureFacts, DraftFacts, EntryFacts, InductionFacts, Kind, PersonFacts,
    PracticeFacts, ProgrammeFacts, Thing, ThreadFacts, TrackFacts, TrainingFacts,
};

/// Foreseeable ids: nobody's.
struct Numbered(u8);

impl Chance for Numbered {
    fn bytes(&self) -> [u8; 16] {
        [self.0; 16]
    }
}

const TEACHER: u8 = 1;
const PRACTITIONER: u8 = 2;
const MANAGER: u8 = 3;
const APPRAISER: u8 = 4;
const STRANGER: u8 = 5;
const COLLEAGUE: u8 = 6;
const SAFEGUARDS: u8 = 7;

/// One teacher, one practitioner and the thread between them, seen by people around them.
pub(crate) struct Scene {
    pub(crate) programme: ProgrammeFacts,
    pub(crate) teacher: PersonFacts,
    pub(crate) practitioner: PersonFacts,
    pub(crate) manager: PersonFacts,
    pub(crate) appraiser: PersonFacts,
    /// Has nothing to do with the thread.
    pub(crate) stranger: PersonFacts,
    /// A practitioner who has nothing to do with the thread.
    pub(crate) colleague: PersonFacts,
    pub(crate) thread: ThreadFacts,
    /// Required support of the same teacher with the same practitioner: another matter.
    pub(crate) track: TrackFacts,
    /// A safeguarding lead to whom the practitioner has passed something on; the teacher may not know yet.
    pub(crate) safeguards: PersonFacts,
    pub(crate) disclosure: DisclosureFacts,
    /// The teacher's induction, with the practitioner as mentor.
    pub(crate) induction: InductionFacts,
    pub(crate) entry: EntryFacts,
    pub(crate) practice: PracticeFacts,
    pub(crate) account: AccountFacts,
    pub(crate) draft: DraftFacts,
    /// The practitioner looks after it.
    pub(crate) community: CommunityFacts,
    /// The practitioner runs it.
    pub(crate) training: TrainingFacts,
}

/// Required support of the teacher's, with the practitioner.
fn track_of((teacher, practitioner): (&PersonFacts, &PersonFacts), manager: PersonId, model: Model) -> TrackFacts {
    TrackFacts {
        institution: college(),
        track: Ids(&Numbered(TEACHER)).fresh(),
        teacher: teacher.id,
        teaches: true,
        practitioner: Some(practitioner.id),
        manager: Some(manager),
        managers_of_teacher: teacher.managers.clone(),
        appraiser_of_teacher: teacher.appraiser,
        barred: Vec::new(),
        model,
    }
}

impl Scene {
    /// The scene under the deployment model of a programme, whose institution does not matter.
    pub(crate) fn under(programme: &ProgrammeFacts) -> Self {
        let programme = ProgrammeFacts { institution: college(), ..programme.clone() };
        let mut teacher = person(TEACHER, Roles::NONE.with(Role::Teacher));
        teacher.managers = vec![id(MANAGER)];
        teacher.appraiser = Some(id(APPRAISER));
        let practitioner = person(PRACTITIONER, Roles::NONE.with(Role::Practitioner));
        let manager = PersonFacts { leads_teachers: true, ..person(MANAGER, Roles::NONE) };
        let thread = ThreadFacts {
            institution: college(),
            thread: Ids(&Numbered(TEACHER)).fresh(),
            teacher: teacher.id,
            practitioner: practitioner.id,
            managers_of_teacher: teacher.managers.clone(),
            appraiser_of_teacher: teacher.appraiser,
            model: programme.model,
            asking_opened: programme.asking_opened,
            required: false,
        };
        let track = track_of((&teacher, &practitioner), manager.id, programme.model);
        let entry = EntryFacts {
            institution: college(),
            entry: Ids(&Numbered(TEACHER)).fresh(),
            owner: practitioner.id,
            named: Some(teacher.id),
        };
        let safeguards = person(SAFEGUARDS, Roles::NONE.with(Role::SafeguardingLead));
        let disclosure = DisclosureFacts {
            institution: college(),
            disclosure: Ids(&Numbered(TEACHER)).fresh(),
            discloser: practitioner.id,
            subject: teacher.id,
            recipients: vec![safeguards.id],
            subject_may_know: false,
        };
        let induction = InductionFacts {
            institution: college(),
            induction: Ids(&Numbered(TEACHER)).fresh(),
            newcomer: teacher.id,
            mentor: Some(practitioner.id),
            buddy: None,
            managers_of_newcomer: teacher.managers.clone(),
            appraiser_of_newcomer: teacher.appraiser,
            running: true,
        };
        Self {
            practice: practice_of(&practitioner),
            account: account_of(&teacher, &programme),
            draft: DraftFacts { institution: college(), live: false },
            community: CommunityFacts {
                institution: college(),
                area: Ids(&Numbered(TEACHER)).fresh(),
                practitioners: vec![practitioner.id],
                heads: vec![manager.id],
            },
            training: training_of(&practitioner),
            appraiser: person(APPRAISER, Roles::NONE),
            stranger: person(STRANGER, Roles::NONE),
            colleague: person(COLLEAGUE, Roles::NONE.with(Role::Practitioner)),
            programme,
            teacher,
            practitioner,
            manager,
            thread,
            track,
            safeguards,
            disclosure,
            induction,
            entry,
        }
    }

    /// The thing of the teacher's or the practitioner's that an act of this kind would be done on.
    pub(crate) fn thing(&self, kind: Kind) -> Thing<'_> {
        match kind {
            Kind::Programme => Thing::Programme(&self.programme),
            Kind::Person => Thing::Person(&self.teacher),
            Kind::Account => Thing::Account(&self.account),
            Kind::Practice => Thing::Practice(&self.practice),
            Kind::Thread => Thing::Thread(&self.thread),
            Kind::Track => Thing::Track(&self.track),
            Kind::HoursEntry => Thing::HoursEntry(&self.entry),
            Kind::Disclosure => Thing::Disclosure(&self.disclosure),
            Kind::Induction => Thing::Induction(&self.induction),
            Kind::Draft => Thing::Draft(&self.draft),
            Kind::Community => Thing::Community(&self.community),
            Kind::Training => Thing::Training(&self.training),
        }
    }
}

/// The same person with other roles.
pub(crate) fn with_roles(person: &PersonFacts, roles: Roles) -> PersonFacts {
    PersonFacts { roles, ..person.clone() }
}

/// The practice of whoever it is.
pub(crate) fn practice_of(owner: &PersonFacts) -> PracticeFacts {
    PracticeFacts { institution: owner.institution, owner: owner.id }
}

/// A session that somebody runs.
pub(crate) fn training_of(runner: &PersonFacts) -> TrainingFacts {
    TrainingFacts { institution: runner.institution, training: Ids(&Numbered(TEACHER)).fresh(), runner: runner.id }
}

/// The account of whoever it is.
pub(crate) fn account_of(owner: &PersonFacts, programme: &ProgrammeFacts) -> AccountFacts {
    AccountFacts { institution: owner.institution, owner: owner.id, sample: programme.sample }
}

/// Another college than the scene's.
pub(crate) fn elsewhere() -> InstitutionId {
    Ids(&Numbered(200)).fresh()
}

fn college() -> InstitutionId {
    Ids(&Numbered(100)).fresh()
}

fn id(number: u8) -> PersonId {
    Ids(&Numbered(number)).fresh()
}

fn person(number: u8, roles: Roles) -> PersonFacts {
    PersonFacts {
        id: id(number),
        institution: college(),
        active: true,
        roles,
        managers: Vec::new(),
        appraiser: None,
        leads_teachers: false,
    }
}
