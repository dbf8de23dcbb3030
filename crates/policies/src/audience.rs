//! "Who can see this": who would learn what about one request for support. Found by asking the gate about imagined
//! people, never written by hand, so that what a page says cannot drift from what is enforced.

use domain::people::{Role, Roles};

use crate::acts::{ALL, Act, ActInfo, DeactivatePerson, ReactivatePerson, SeeBoard, SeeWaitingExactly};
use crate::facts::{Actor, Job, Kind, PersonFacts, ThreadFacts};
use crate::gate::Question;
use crate::rules::Rules;
use crate::scene::{Scene, with_roles};

/// Somebody who might look at a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onlooker {
    /// Who asked.
    Teacher,
    /// Who was asked.
    Practitioner,
    /// Who was asked, after becoming a manager of the teacher.
    PractitionerNowManager,
    /// A manager of the teacher, with these roles.
    LineManager(Roles),
    /// Who appraises the teacher, with these roles.
    Appraiser(Roles),
    /// Somebody who has nothing to do with the request.
    Uninvolved {
        /// The only role held.
        role: Role,
        /// Whether teachers report to this person; not the one who asked.
        leads_teachers: bool,
    },
    /// The program itself.
    Job(Job),
    /// Whoever runs commands on the machine, through this program.
    CommandLine,
}

/// What an onlooker learns about a request; the later, the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    /// Nothing, not even that there is one.
    Nothing,
    /// The weekly row of how many wait for a practitioner, without names.
    WaitingRow {
        /// Whether the number is exact rather than rough.
        exactly: bool,
    },
    /// The request and everything about it.
    Everything,
}

/// What one onlooker learns, and through which acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Who looks.
    pub who: Onlooker,
    /// What this onlooker learns at most.
    pub sees: Sees,
    /// The allowed acts that show it.
    pub acts: Vec<&'static ActInfo>,
}

/// What every onlooker learns about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    sights: Vec<Sight>,
}

impl Audience {
    pub(crate) fn of(rules: &Rules, scene: &Scene) -> Self {
        let mut sights = vec![
            sight(rules, scene, Onlooker::Teacher, Actor::Person(&scene.teacher)),
            sight(rules, scene, Onlooker::Practitioner, Actor::Person(&scene.practitioner)),
            practitioner_now_manager(rules, scene),
        ];
        for roles in each_role_and_all() {
            let manager = with_roles(&scene.manager, roles);
            sights.push(sight(rules, scene, Onlooker::LineManager(roles), Actor::Person(&manager)));
        }
        for roles in each_role_and_all() {
            let appraiser = with_roles(&scene.appraiser, roles);
            sights.push(sight(rules, scene, Onlooker::Appraiser(roles), Actor::Person(&appraiser)));
        }
        for role in Role::ALL {
            for leads_teachers in [false, true] {
                let stranger = with_roles(&scene.stranger, Roles::NONE.with(role));
                let stranger = PersonFacts { leads_teachers, ..stranger };
                let who = Onlooker::Uninvolved { role, leads_teachers };
                sights.push(sight(rules, scene, who, Actor::Person(&stranger)));
            }
        }
        for job in Job::ALL {
            sights.push(sight(rules, scene, Onlooker::Job(job), Actor::Job(job)));
        }
        sights.push(sight(rules, scene, Onlooker::CommandLine, Actor::CommandLine));
        Self { sights }
    }

    /// Every onlooker: the two people first, then those above the teacher, then everybody else.
    pub fn sights(&self) -> &[Sight] {
        &self.sights
    }

    /// What one onlooker learns at most.
    pub fn sees(&self, who: Onlooker) -> Sees {
        // Somebody who is not on the list was not asked about, so nothing may be claimed to be hidden from them.
        self.sights.iter().find(|sight| sight.who == who).map_or(Sees::Everything, |sight| sight.sees)
    }

    /// Those who learn more than nothing.
    pub fn seeing(&self) -> impl Iterator<Item = &Sight> {
        self.sights.iter().filter(|sight| sight.sees > Sees::Nothing)
    }
}

/// What an act shows to whoever may do it on the teacher's or the practitioner's things.
fn shown_by(act: &ActInfo) -> Sees {
    match act.on {
        Kind::Thread | Kind::Practice | Kind::HoursEntry => Sees::Everything,
        // Switching an account off or on works the same whether or not its owner asked for anything.
        Kind::Person if [DeactivatePerson::NAME, ReactivatePerson::NAME].contains(&act.name) => Sees::Nothing,
        Kind::Person => Sees::Everything,
        Kind::Programme if act.name == SeeWaitingExactly::NAME => Sees::WaitingRow { exactly: true },
        Kind::Programme if act.name == SeeBoard::NAME => Sees::WaitingRow { exactly: false },
        Kind::Programme | Kind::Account => Sees::Nothing,
    }
}

fn sight(rules: &Rules, scene: &Scene, who: Onlooker, actor: Actor<'_>) -> Sight {
    let mut found = Sight { who, sees: Sees::Nothing, acts: Vec::new() };
    for act in ALL {
        let shown = shown_by(act);
        let with = act.chooses.then_some(&scene.colleague);
        if shown > Sees::Nothing && rules.allow(&Question { act, actor, on: scene.thing(act.on), with }) {
            found.acts.push(act);
            found.sees = found.sees.max(shown);
        }
    }
    found
}

/// The thread alone: a practitioner's own week and hours stay her own whoever she manages.
fn practitioner_now_manager(rules: &Rules, scene: &Scene) -> Sight {
    let thread = ThreadFacts { managers_of_teacher: vec![scene.practitioner.id], ..scene.thread.clone() };
    let actor = Actor::Person(&scene.practitioner);
    let allowed = |act: &&'static ActInfo| {
        let on = crate::facts::Thing::Thread(&thread);
        let with = act.chooses.then_some(&scene.colleague);
        rules.allow(&Question { act, actor, on, with })
    };
    let acts: Vec<&'static ActInfo> = ALL.iter().filter(|act| act.on == Kind::Thread).filter(allowed).collect();
    let sees = acts.iter().map(|act| shown_by(act)).max().unwrap_or(Sees::Nothing);
    Sight { who: Onlooker::PractitionerNowManager, sees, acts }
}

fn each_role_and_all() -> impl Iterator<Item = Roles> {
    Role::ALL.into_iter().map(|role| Roles::NONE.with(role)).chain([Roles::from_bits(u8::MAX)])
}
