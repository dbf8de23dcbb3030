//! "Who can see this": who would learn what about one request for support. Found by asking the gate about imagined
//! people, never written by hand, so that what a page says cannot drift from what is enforced.

use domain::people::{Role, Roles};

use crate::acts::{
    ALL, Act, ActInfo, AgreeRoleTarget, AnswerCarry, AppointPractitioner, ArrangeCover, BarFromTracks, BeginInduction,
    CancelChange, ChangeAreas, ChangeLine, ChangeRoles, DeactivatePerson, EditPerson, EndCover, EndRoleTarget,
    InvitePerson, ProposeRoleTarget, ReactivatePerson, SeeAgreedRoleTargets, SeeBoard, SeeOwnInductions, SeePerson,
    SeeRoleTargets, SeeWaitingExactly, SetExtras, SetPattern, SetRemission, StandDownPractitioner,
};
use crate::facts::{Actor, Job, Kind, PersonFacts, Thing, ThreadFacts};
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

/// Acts on a person that are about the organisation chart, hours, role targets and inductions alone.
const OF_THE_STAFF: &[&str] = &[
    InvitePerson::NAME,
    DeactivatePerson::NAME,
    ReactivatePerson::NAME,
    SeePerson::NAME,
    EditPerson::NAME,
    ChangeAreas::NAME,
    ChangeLine::NAME,
    ChangeRoles::NAME,
    CancelChange::NAME,
    AppointPractitioner::NAME,
    StandDownPractitioner::NAME,
    SetRemission::NAME,
    SeeRoleTargets::NAME,
    ProposeRoleTarget::NAME,
    AgreeRoleTarget::NAME,
    EndRoleTarget::NAME,
    SeeAgreedRoleTargets::NAME,
    BeginInduction::NAME,
    SeeOwnInductions::NAME,
    SetExtras::NAME,
    SetPattern::NAME,
    AnswerCarry::NAME,
    ArrangeCover::NAME,
    EndCover::NAME,
    BarFromTracks::NAME,
];

/// What an act shows to whoever may do it on the teacher's or the practitioner's things.
fn shown_by(act: &ActInfo) -> Sees {
    match act.on {
        Kind::Thread | Kind::Practice | Kind::HoursEntry => Sees::Everything,
        // A place among the staff is seen and changed the same way whether or not its owner asked for anything.
        Kind::Person if OF_THE_STAFF.contains(&act.name) => Sees::Nothing,
        Kind::Person => Sees::Everything,
        Kind::Programme if act.name == SeeWaitingExactly::NAME => Sees::WaitingRow { exactly: true },
        Kind::Programme if act.name == SeeBoard::NAME => Sees::WaitingRow { exactly: false },
        // Nothing of a request, but what one of the two has passed on: whoever does reads on the page who gets it.
        Kind::Disclosure => Sees::Nothing,
        // An induction is begun by the college and has nothing to do with asking.
        Kind::Induction => Sees::Nothing,
        // Required support is another matter: nothing of a request is in it.
        Kind::Track => Sees::Nothing,
        // Sessions are public in the college and have nothing to do with a request.
        Kind::Community | Kind::Training => Sees::Nothing,
        Kind::Programme | Kind::Account | Kind::Draft => Sees::Nothing,
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
        let on = Thing::Thread(&thread);
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

#[cfg(test)]
mod tests {
    use domain::programme::Model;

    use super::*;
    use crate::facts::ProgrammeFacts;
    use crate::gate::Gate;
    use crate::scene;

    fn audience(model: Model) -> Audience {
        let programme = ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false };
        Gate::new().expect("a gate").audience(&programme).clone()
    }

    #[test]
    fn under_every_model_the_two_people_see_everything_and_those_above_the_teacher_never_do() {
        for model in Model::ALL {
            let audience = audience(model);
            for sight in audience.sights() {
                let inside = matches!(sight.who, Onlooker::Teacher | Onlooker::Practitioner);
                assert_eq!(sight.sees == Sees::Everything, inside, "{sight:?}");
                assert_eq!(sight.acts.is_empty(), sight.sees == Sees::Nothing, "{sight:?}");
            }
        }
    }

    #[test]
    fn only_a_programme_lead_sees_the_waiting_row_and_exactly_only_without_teachers() {
        let audience = audience(Model::Universal);
        let lead = |leads_teachers| Onlooker::Uninvolved { role: Role::ProgrammeLead, leads_teachers };
        assert_eq!(audience.sees(lead(false)), Sees::WaitingRow { exactly: true });
        assert_eq!(audience.sees(lead(true)), Sees::WaitingRow { exactly: false });
        let manager = Onlooker::LineManager(Roles::NONE.with(Role::ProgrammeLead));
        assert_eq!(audience.sees(manager), Sees::WaitingRow { exactly: false });
        let others = audience.seeing().filter(|sight| match sight.who {
            Onlooker::Teacher | Onlooker::Practitioner => false,
            Onlooker::Uninvolved { role, .. } => role != Role::ProgrammeLead,
            Onlooker::LineManager(roles) | Onlooker::Appraiser(roles) => !roles.has(Role::ProgrammeLead),
            Onlooker::PractitionerNowManager | Onlooker::Job(_) | Onlooker::CommandLine => true,
        });
        assert_eq!(others.collect::<Vec<_>>(), Vec::<&Sight>::new());
    }

    #[test]
    fn an_onlooker_nobody_asked_about_is_not_claimed_to_see_nothing() {
        let roles = Roles::NONE.with(Role::Teacher).with(Role::ProgrammeLead);
        assert_eq!(audience(Model::Deficit).sees(Onlooker::LineManager(roles)), Sees::Everything);
    }

    #[test]
    fn every_act_on_the_programme_is_known_to_show_or_not_to_show_who_waits() {
        let hidden = |act: &&ActInfo| act.on == Kind::Programme && shown_by(act) == Sees::Nothing;
        let names: Vec<&str> = ALL.iter().filter(hidden).map(|act| act.name).collect();
        let known = "SeeDirectory FindColleague SeePeople ImportStaff SeeImports PrepareImport BringIn \
                     UndoImport InviteEverybody AddPerson KeepDates SetAsking ChangeModel CancelModelChange \
                     SeeStatement PublishStatement SeeFrame SetFrame SetPriorities SeePlanner SetPlanner \
                     SeeAllocation SetStanding \
                     RecomputeWeek ForgetThreads KeepAudit ExamineAudit ClearExpired \
                     SeeRaisedDuties AnswerDuty SetYear StartYear SeeYears SeeConfigurationLog ExamineFolder DeliverMail \
                     SeeMailState FillSample MoveDatabase BackUp MoveClock SeeSuggestions AskForSupport \
                     SeeDisclosures SetSafeguarding EscalateDisclosures SetCeiling SeeInductions \
                     SetInductionPlan KeepInductions SeeShelf AddToShelf ChangeOnShelf WithdrawFromShelf PutBackOnShelf SeeTrainings SuggestTheme SetCommunities PlanTraining RemindOfTrainings \
                     SeeCosts SetCosts SeeIndicators EnterFigure MakeRelease SeeValue SetValue SeeReleases \
                     SeeSurvey OpenSurvey TakeTicket TakeInAnswer ReleaseSurvey SeeLots OpenLot AddLotWords \
                     GiveUpLot SeeCause AskCause WeighCause ShowCause KeepMilestone SeeReviews AnswerCheck \
                     KeepReviews SetRoad ReadTestimony EndTestimony";
        assert_eq!(names.join(" "), known);
    }
}
