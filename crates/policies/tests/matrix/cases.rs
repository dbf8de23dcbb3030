//! The relations that matter for each kind of thing, as people and things made up for the test.

use domain::ids::{InstitutionId, PersonId};
use domain::people::{Role, Roles};
use domain::programme::Model;
use policies::Question;
use policies::acts::ActInfo;
use policies::facts::{
    AccountFacts, Actor, CommunityFacts, DisclosureFacts, DraftFacts, EntryFacts, InductionFacts, Kind, PersonFacts,
    PracticeFacts, ProgrammeFacts, Thing, ThreadFacts, TrackFacts, TrainingFacts,
};
use uuid::Uuid;

mod inductions;
mod tracks;
mod trainings;

/// A deployment model, with asking opened or not where that matters, and its letter in the matrix.
#[derive(Clone, Copy)]
pub struct Deployment {
    pub letter: char,
    pub model: Model,
    pub asking_opened: bool,
}

pub const DEPLOYMENTS: [Deployment; 5] = [
    Deployment { letter: 'd', model: Model::Deficit, asking_opened: false },
    Deployment { letter: 'D', model: Model::Deficit, asking_opened: true },
    Deployment { letter: 'V', model: Model::Developmental, asking_opened: false },
    Deployment { letter: 'U', model: Model::Universal, asking_opened: false },
    Deployment { letter: 'P', model: Model::PanOrganisational, asking_opened: false },
];

/// What an act is done on; `Me` where it is the actor.
#[derive(Clone)]
pub enum On {
    Programme(ProgrammeFacts),
    Me,
    Person(PersonFacts),
    Account(AccountFacts),
    Practice(PracticeFacts),
    Thread(ThreadFacts),
    Track(TrackFacts),
    HoursEntry(EntryFacts),
    Disclosure(DisclosureFacts),
    Induction(InductionFacts),
    Draft(DraftFacts),
    Community(CommunityFacts),
    Training(TrainingFacts),
}

/// Whom it is done with.
#[derive(Clone)]
pub enum With {
    Nobody,
    Me,
    Person(PersonFacts),
}

/// One row of the matrix: an actor, whose roles the column says, and a relation.
pub struct Case {
    pub relation: String,
    pub actor: PersonFacts,
    pub on: On,
    pub with: With,
    /// Never allowed on a thread, whatever the roles.
    pub walled: bool,
}

impl Case {
    fn new(relation: &str, actor: PersonFacts, on: On) -> Self {
        Self { relation: relation.to_owned(), actor, on, with: With::Nobody, walled: false }
    }

    fn walled(self) -> Self {
        Self { walled: true, ..self }
    }

    /// Asks about the actor with these roles.
    pub fn ask<T>(&self, act: &'static ActInfo, roles: Roles, gate: impl FnOnce(&Question<'_>) -> T) -> T {
        let actor = PersonFacts { roles, ..self.actor.clone() };
        let with = match &self.with {
            With::Nobody => None,
            With::Me => Some(&actor),
            With::Person(person) => Some(person),
        };
        gate(&Question { act, actor: Actor::Person(&actor), on: self.thing(&actor), with })
    }

    pub fn thing<'a>(&'a self, actor: &'a PersonFacts) -> Thing<'a> {
        match &self.on {
            On::Me => Thing::Person(actor),
            On::Programme(facts) => Thing::Programme(facts),
            On::Person(facts) => Thing::Person(facts),
            On::Account(facts) => Thing::Account(facts),
            On::Practice(facts) => Thing::Practice(facts),
            On::Thread(facts) => Thing::Thread(facts),
            On::Track(facts) => Thing::Track(facts),
            On::HoursEntry(facts) => Thing::HoursEntry(facts),
            On::Disclosure(facts) => Thing::Disclosure(facts),
            On::Induction(facts) => Thing::Induction(facts),
            On::Draft(facts) => Thing::Draft(facts),
            On::Community(facts) => Thing::Community(facts),
            On::Training(facts) => Thing::Training(facts),
        }
    }
}

const ME: u128 = 1;
const OTHER: u128 = 2;
const MANAGER: u128 = 3;
const APPRAISER: u128 = 4;
const THIRD: u128 = 5;
const BARRED: u128 = 6;

fn college() -> InstitutionId {
    Uuid::from_u128(100).into()
}

fn elsewhere() -> InstitutionId {
    Uuid::from_u128(200).into()
}

fn id(number: u128) -> PersonId {
    Uuid::from_u128(number).into()
}

fn person(number: u128) -> PersonFacts {
    PersonFacts {
        id: id(number),
        institution: college(),
        active: true,
        roles: Roles::NONE,
        managers: vec![id(MANAGER)],
        appraiser: Some(id(APPRAISER)),
        leads_teachers: false,
    }
}

fn practitioner(number: u128) -> PersonFacts {
    PersonFacts { roles: Roles::NONE.with(Role::Practitioner), ..person(number) }
}

fn off(person: PersonFacts) -> PersonFacts {
    PersonFacts { active: false, ..person }
}

fn away(person: PersonFacts) -> PersonFacts {
    PersonFacts { institution: elsewhere(), ..person }
}

/// Every row for an act.
pub fn cases(act: &ActInfo, deployment: Deployment) -> Vec<Case> {
    let rows = match act.on {
        Kind::Programme => on_programme(deployment),
        Kind::Person => on_person(),
        Kind::Account => on_account(),
        Kind::Practice => on_practice(),
        Kind::Thread => on_thread(deployment),
        Kind::Track => tracks::on_track(deployment),
        Kind::HoursEntry => on_entry(),
        Kind::Disclosure => on_disclosure(),
        Kind::Induction => inductions::on_induction(),
        Kind::Draft => on_draft(),
        Kind::Community => trainings::on_community(),
        Kind::Training => trainings::on_training(),
    };
    if !act.chooses {
        return rows;
    }
    // The first relation meets every choice; the others meet the one nothing is wrong with.
    let mut chosen = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let meets = if number == 0 { choices(act.on) } else { choices(act.on).into_iter().take(1).collect() };
        for (words, with) in meets {
            let relation = format!("{}{words}", row.relation);
            chosen.push(Case { relation, actor: row.actor.clone(), on: row.on.clone(), with, walled: row.walled });
        }
    }
    chosen
}

/// Whom to choose, and what that adds to the words for a relation.
fn choices(on: Kind) -> Vec<(&'static str, With)> {
    let mut choices = vec![
        ("", With::Person(practitioner(THIRD))),
        ("; chosen: oneself", With::Me),
        ("; chosen: one's manager, a practitioner", With::Person(practitioner(MANAGER))),
        ("; chosen: one's appraiser, a practitioner", With::Person(practitioner(APPRAISER))),
        (
            "; chosen: not a practitioner",
            With::Person(PersonFacts { roles: Roles::NONE.with(Role::Teacher), ..person(THIRD) }),
        ),
        ("; chosen: a practitioner switched off", With::Person(off(practitioner(THIRD)))),
        ("; chosen: a practitioner elsewhere", With::Person(away(practitioner(THIRD)))),
    ];
    if on == Kind::Track {
        choices.push(("; chosen: a practitioner who is barred", With::Person(practitioner(BARRED))));
    }
    if on == Kind::Thread {
        choices.push(("; chosen: the practitioner of the thread", With::Person(practitioner(OTHER))));
    }
    choices
}

fn on_programme(deployment: Deployment) -> Vec<Case> {
    let Deployment { model, asking_opened, .. } = deployment;
    let real = || On::Programme(ProgrammeFacts { institution: college(), model, asking_opened, sample: false });
    let sample = || On::Programme(ProgrammeFacts { institution: college(), model, asking_opened, sample: true });
    let leading = PersonFacts { leads_teachers: true, ..person(ME) };
    vec![
        Case::new("own institution", person(ME), real()),
        Case::new("own institution, teachers report to one", leading, real()),
        Case::new("own institution, the sample college", person(ME), sample()),
        Case::new("own institution, switched off", off(person(ME)), real()),
        Case::new("the sample college, switched off", off(person(ME)), sample()),
        Case::new("another institution", away(person(ME)), real()),
        Case::new("another institution, the sample college", away(person(ME)), sample()),
    ]
}

fn on_person() -> Vec<Case> {
    let below = |managers: &[u128], appraiser: u128| {
        let managers = managers.iter().copied().map(id).collect();
        On::Person(PersonFacts { managers, appraiser: Some(id(appraiser)), ..person(OTHER) })
    };
    vec![
        Case::new("oneself", person(ME), On::Me),
        Case::new("a colleague", person(ME), On::Person(person(OTHER))),
        Case::new("somebody one manages", person(ME), below(&[ME], APPRAISER)),
        Case::new("somebody one appraises", person(ME), below(&[MANAGER], ME)),
        Case::new("a practitioner", person(ME), On::Person(practises(person(OTHER)))),
        Case::new(
            "a practitioner one appraises",
            person(ME),
            On::Person(PersonFacts { appraiser: Some(id(ME)), ..practises(person(OTHER)) }),
        ),
        Case::new("a colleague switched off", person(ME), On::Person(off(person(OTHER)))),
        Case::new("oneself, switched off", off(person(ME)), On::Me),
        Case::new("a colleague, when switched off oneself", off(person(ME)), On::Person(person(OTHER))),
        Case::new("somebody of another institution", person(ME), On::Person(away(person(OTHER)))),
    ]
}

fn practises(person: PersonFacts) -> PersonFacts {
    PersonFacts { roles: [Role::Practitioner].into_iter().collect(), ..person }
}

fn on_account() -> Vec<Case> {
    let account = |owner, sample| On::Account(AccountFacts { institution: college(), owner: id(owner), sample });
    vec![
        Case::new("one's own", person(ME), account(ME, false)),
        Case::new("one's own, in the sample college", person(ME), account(ME, true)),
        Case::new("somebody else's", person(ME), account(OTHER, false)),
        Case::new("somebody else's, in the sample college", person(ME), account(OTHER, true)),
        Case::new("one's own, switched off", off(person(ME)), account(ME, false)),
        Case::new("one's own, switched off, in the sample college", off(person(ME)), account(ME, true)),
        Case::new("of another institution", away(person(ME)), account(OTHER, false)),
        Case::new("one's own, left behind in another institution", away(person(ME)), account(ME, true)),
    ]
}

fn on_practice() -> Vec<Case> {
    let practice = |owner| On::Practice(PracticeFacts { institution: college(), owner: id(owner) });
    vec![
        Case::new("one's own", person(ME), practice(ME)),
        Case::new("somebody else's", person(ME), practice(OTHER)),
        Case::new("of somebody one manages", PersonFacts { leads_teachers: true, ..person(MANAGER) }, practice(ME)),
        Case::new("one's own, switched off", off(person(ME)), practice(ME)),
        Case::new("one's own, left behind in another institution", away(person(ME)), practice(ME)),
    ]
}

fn on_thread(deployment: Deployment) -> Vec<Case> {
    let thread = |teacher, practitioner, managers: &[u128], appraiser: Option<u128>| {
        On::Thread(ThreadFacts {
            institution: college(),
            thread: Uuid::from_u128(300).into(),
            teacher: id(teacher),
            practitioner: id(practitioner),
            managers_of_teacher: managers.iter().copied().map(id).collect(),
            appraiser_of_teacher: appraiser.map(id),
            model: deployment.model,
            asking_opened: deployment.asking_opened,
            required: false,
        })
    };
    let required = |on| match on {
        On::Thread(facts) => On::Thread(ThreadFacts { required: true, ..facts }),
        other => other,
    };
    let asked = || thread(ME, OTHER, &[MANAGER], Some(APPRAISER));
    let answered = || thread(OTHER, ME, &[MANAGER], Some(APPRAISER));
    let between_others = |managers: &[u128], appraiser| thread(OTHER, THIRD, managers, appraiser);
    vec![
        Case::new("the teacher", person(ME), asked()),
        Case::new("the teacher, manager and appraiser unknown", person(ME), thread(ME, OTHER, &[], None)),
        Case::new("the practitioner", person(ME), answered()),
        Case::new("the teacher, of required support", person(ME), required(asked())),
        Case::new("the practitioner, of required support", person(ME), required(answered())),
        Case::new("the line manager, of required support", leading(), required(between_others(&[ME], None))).walled(),
        Case::new("the practitioner, to whom other teachers report", leading(), answered()),
        Case::new(
            "the practitioner and now a manager of the teacher",
            leading(),
            thread(OTHER, ME, &[MANAGER, ME], None),
        )
        .walled(),
        Case::new("the practitioner and now the teacher's appraiser", person(ME), thread(OTHER, ME, &[], Some(ME)))
            .walled(),
        Case::new("a manager of the teacher", leading(), between_others(&[ME], None)).walled(),
        Case::new("a manager further up", leading(), between_others(&[MANAGER, ME], None)).walled(),
        Case::new("the teacher's appraiser", person(ME), between_others(&[MANAGER], Some(ME))).walled(),
        Case::new("uninvolved", person(ME), between_others(&[MANAGER], Some(APPRAISER))).walled(),
        Case::new("uninvolved, of another institution", away(person(ME)), between_others(&[MANAGER], None)).walled(),
        Case::new("the teacher, switched off", off(person(ME)), asked()).walled(),
        Case::new("the practitioner, switched off", off(person(ME)), answered()).walled(),
        Case::new("the teacher, gone to another institution", away(person(ME)), asked()).walled(),
        Case::new("the practitioner, gone to another institution", away(person(ME)), answered()).walled(),
    ]
}

fn leading() -> PersonFacts {
    PersonFacts { leads_teachers: true, ..person(ME) }
}

fn on_entry() -> Vec<Case> {
    let entry = |owner: u128, named: Option<u128>| {
        let entry = Uuid::from_u128(400).into();
        On::HoursEntry(EntryFacts { institution: college(), entry, owner: id(owner), named: named.map(id) })
    };
    vec![
        Case::new("who wrote it", person(ME), entry(ME, Some(OTHER))),
        Case::new("who wrote it, naming nobody", person(ME), entry(ME, None)),
        Case::new("the colleague named", person(ME), entry(OTHER, Some(ME))),
        Case::new("somebody else", person(ME), entry(OTHER, Some(THIRD))),
        Case::new("somebody else, nobody named", person(ME), entry(OTHER, None)),
        Case::new("a manager of both", PersonFacts { leads_teachers: true, ..person(MANAGER) }, entry(OTHER, Some(ME))),
        Case::new("who wrote it, switched off", off(person(ME)), entry(ME, Some(OTHER))),
        Case::new("the colleague named, switched off", off(person(ME)), entry(OTHER, Some(ME))),
        Case::new("who wrote it, gone to another institution", away(person(ME)), entry(ME, Some(OTHER))),
        Case::new("the colleague named, gone to another institution", away(person(ME)), entry(OTHER, Some(ME))),
    ]
}

fn on_disclosure() -> Vec<Case> {
    let disclosure = |(discloser, subject, lead): (u128, u128, u128), subject_may_know| {
        On::Disclosure(DisclosureFacts {
            institution: college(),
            disclosure: Uuid::from_u128(500).into(),
            discloser: id(discloser),
            subject: id(subject),
            recipients: vec![id(lead)],
            subject_may_know,
        })
    };
    let below = || disclosure((THIRD, OTHER, APPRAISER), true);
    vec![
        Case::new("a lead it was sealed for", person(ME), disclosure((THIRD, OTHER, ME), false)),
        Case::new("a lead it was sealed for, once told", person(ME), disclosure((THIRD, OTHER, ME), true)),
        Case::new("who passed it on", person(ME), disclosure((ME, OTHER, THIRD), false)),
        Case::new("who passed it on, once told", person(ME), disclosure((ME, OTHER, THIRD), true)),
        Case::new("whom it is about, while unsafe", person(ME), disclosure((OTHER, ME, THIRD), false)).walled(),
        Case::new("the same, put among those it was sealed for", person(ME), disclosure((OTHER, ME, ME), false))
            .walled(),
        Case::new("whom it is about, once told", person(ME), disclosure((OTHER, ME, THIRD), true)),
        Case::new("a manager of whom it is about", leading(), below()).walled(),
        Case::new("somebody else", person(ME), disclosure((THIRD, OTHER, APPRAISER), false)).walled(),
        Case::new("a lead it was sealed for, switched off", off(person(ME)), disclosure((THIRD, OTHER, ME), true))
            .walled(),
        Case::new("a lead it was sealed for, gone elsewhere", away(person(ME)), disclosure((THIRD, OTHER, ME), true))
            .walled(),
        Case::new("who passed it on, gone elsewhere", away(person(ME)), disclosure((ME, OTHER, THIRD), true)).walled(),
    ]
}

fn on_draft() -> Vec<Case> {
    let draft = |live| On::Draft(DraftFacts { institution: college(), live });
    vec![
        Case::new("a college that is not live yet", person(ME), draft(false)),
        Case::new("a college that is live", person(ME), draft(true)),
        Case::new("of another institution", away(person(ME)), draft(false)),
    ]
}
