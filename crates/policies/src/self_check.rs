//! Questions with known answers, asked before anything is served: a policy that silently does not apply is found here.

use domain::people::{Role, Roles};
use domain::programme::Model;

use crate::acts::{
    Act, AddToShelf, AppointPractitioner, ArrangeCover, AskForSupport, BackUp, BringIn, ChangeModel, ChangePassword,
    ChangePractitioner, ChangeRoles, ClearExpired, DeactivatePerson, DeliverMail, EndOwnSession, ExamineFolder,
    FillSample, GoLive, GrantKey, ImportStaff, InvitePerson, KeepOwnKeys, MoveClock, NoteOutput, OpenCalendarFeed,
    PublishStatement, ReadCalendarFeed, ReadWords, RecomputeWeek, ReleaseSurvey, RemoveOwnName, RestoreBackup,
    SeeAgreedRoleTargets, SeeAllocation, SeeAvoided, SeeBoard, SeeConfigurationLog, SeeCosts, SeeNote, SeeOwnHours,
    SeeOwnKeys, SeeOwnOutputs, SeeOwnSupport, SeeOwnWeek, SeePeople, SeePerson, SeePlanner, SeeRaisedDuties, SeeSetUp,
    SeeShelf, SeeThread, SeeWaitingExactly, SeeWhoLooked, SeeYears, SetPattern, SetStanding, SetYear, ShareOutput,
    SignInAsSample, StartYear, TakeInAnswer, UndoImport, WithdrawFromShelf, WriteWords,
};
use crate::facts::{
    Actor, DisclosureFacts, DraftFacts, InductionFacts, Job, PersonFacts, ProgrammeFacts, Thing, ThreadFacts,
    TrackFacts,
};
use crate::gate::{GateError, Question};
use crate::rules::Rules;
use crate::scene::{self, Scene};

mod apart;
mod evidence;
mod inductions;
mod reviews;

/// Asks every question; stops at the first wrong answer.
pub(crate) fn run(rules: &Rules) -> Result<(), GateError> {
    let programme = ProgrammeFacts {
        institution: scene::elsewhere(),
        model: Model::Developmental,
        asking_opened: false,
        sample: false,
    };
    let scene = Scene::under(&programme);
    let cast = Cast::of(&scene);
    let check = Check { rules, scene: &scene };
    firewall(&check, &cast)?;
    apart::required(&check, &cast)?;
    apart::disclosures(&check, &cast)?;
    apart::trainings(&check, &cast)?;
    joining(&check, &cast)?;
    own_things(&check, &cast)?;
    offices(&check, &cast)?;
    evidence::run(&check, &cast)?;
    inductions::run(&check, &cast)?;
    reviews::run(&check, &cast)?;
    machines(&check, &cast)?;
    set_up(&check, &cast)
}

/// People beside those of the scene.
struct Cast {
    /// Holds every role at once and manages the teacher.
    mighty_manager: PersonFacts,
    /// Holds every role at once and appraises the teacher.
    mighty_appraiser: PersonFacts,
    /// Holds every role at once and has nothing to do with the thread.
    mighty_stranger: PersonFacts,
    teacher: PersonFacts,
    senior_leader: PersonFacts,
    administrator: PersonFacts,
    lead: PersonFacts,
    lead_with_teachers: PersonFacts,
    /// The thread's teacher, switched off.
    inactive_teacher: PersonFacts,
    /// The thread's practitioner, gone to another institution.
    moved_practitioner: PersonFacts,
    /// The thread after its practitioner became the teacher's manager.
    managed_thread: ThreadFacts,
    /// The thread after its practitioner became the teacher's appraiser.
    appraised_thread: ThreadFacts,
    /// The thread, when it belongs to a track.
    required_thread: ThreadFacts,
    /// The track where support can be required; the colleague is barred from it.
    track: TrackFacts,
    /// The track when the manager stands further up.
    track_further_down: TrackFacts,
    sample: ProgrammeFacts,
    /// What was passed on, once the teacher may know.
    told: DisclosureFacts,
    /// A lead it was sealed for, when they are lead no more but hold every other role.
    former_lead: PersonFacts,
    /// The teacher, who is a safeguarding lead too.
    safeguarding_teacher: PersonFacts,
    /// The induction after its mentor came to stand above the newcomer.
    managed_induction: InductionFacts,
    /// The induction when it is over.
    ended_induction: InductionFacts,
    /// A folder in which a college is live.
    live: DraftFacts,
}

impl Cast {
    fn of(scene: &Scene) -> Self {
        let every = Roles::from_bits(u8::MAX);
        let only = |role| scene::with_roles(&scene.stranger, Roles::NONE.with(role));
        let lead = only(Role::ProgrammeLead);
        Self {
            mighty_manager: scene::with_roles(&scene.manager, every),
            mighty_appraiser: scene::with_roles(&scene.appraiser, every),
            mighty_stranger: scene::with_roles(&scene.stranger, every),
            teacher: only(Role::Teacher),
            senior_leader: only(Role::SeniorLeader),
            administrator: only(Role::Administrator),
            lead_with_teachers: PersonFacts { leads_teachers: true, ..lead.clone() },
            lead,
            inactive_teacher: PersonFacts { active: false, ..scene.teacher.clone() },
            moved_practitioner: PersonFacts { institution: scene::elsewhere(), ..scene.practitioner.clone() },
            managed_thread: ThreadFacts {
                managers_of_teacher: vec![scene.manager.id, scene.practitioner.id],
                ..scene.thread.clone()
            },
            appraised_thread: ThreadFacts { appraiser_of_teacher: Some(scene.practitioner.id), ..scene.thread.clone() },
            required_thread: ThreadFacts { required: true, ..scene.thread.clone() },
            track: TrackFacts { model: Model::Universal, barred: vec![scene.colleague.id], ..scene.track.clone() },
            track_further_down: TrackFacts {
                manager: Some(scene.stranger.id),
                managers_of_teacher: vec![scene.stranger.id, scene.manager.id],
                ..scene.track.clone()
            },
            sample: ProgrammeFacts { sample: true, ..scene.programme.clone() },
            told: DisclosureFacts { subject_may_know: true, ..scene.disclosure.clone() },
            former_lead: scene::with_roles(&scene.safeguards, every.without(Role::SafeguardingLead)),
            safeguarding_teacher: scene::with_roles(&scene.teacher, every),
            managed_induction: InductionFacts {
                managers_of_newcomer: vec![scene.manager.id, scene.practitioner.id],
                ..scene.induction.clone()
            },
            ended_induction: InductionFacts { running: false, ..scene.induction.clone() },
            live: DraftFacts { live: true, ..scene.draft.clone() },
        }
    }
}

struct Check<'a> {
    rules: &'a Rules,
    scene: &'a Scene,
}

impl<'a> Check<'a> {
    fn must_allow<A: Act>(&self, asked: &'static str, actor: Actor<'a>, on: Thing<'a>) -> Result<(), GateError> {
        self.must::<A>(true, asked, Question { act: A::INFO, actor, on, with: None })
    }

    fn must_deny<A: Act>(&self, asked: &'static str, actor: Actor<'a>, on: Thing<'a>) -> Result<(), GateError> {
        self.must::<A>(false, asked, Question { act: A::INFO, actor, on, with: None })
    }

    fn must<A: Act>(&self, should: bool, asked: &'static str, question: Question<'_>) -> Result<(), GateError> {
        if self.rules.allow(&question) == should {
            Ok(())
        } else {
            Err(GateError::SelfCheck { act: A::NAME, asked, should })
        }
    }
}

fn firewall(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let thread = Thing::Thread(&scene.thread);
    let me = Actor::Person;
    check.must_allow::<SeeThread>("the teacher of the thread", me(&scene.teacher), thread)?;
    check.must_allow::<SeeThread>("the practitioner of the thread", me(&scene.practitioner), thread)?;
    check.must_deny::<SeeThread>("a manager of the teacher", me(&cast.mighty_manager), thread)?;
    check.must_allow::<ReadWords>("the practitioner of the thread", me(&scene.practitioner), thread)?;
    check.must_deny::<ReadWords>("a manager of the teacher", me(&cast.mighty_manager), thread)?;
    check.must_deny::<ReadWords>("an administrator", me(&cast.administrator), thread)?;
    check.must_deny::<WriteWords>("somebody with every role", me(&cast.mighty_stranger), thread)?;
    check.must_deny::<GrantKey>("the practitioner of the thread", me(&scene.practitioner), thread)?;
    check.must_deny::<SeeThread>("the appraiser of the teacher", me(&cast.mighty_appraiser), thread)?;
    check.must_deny::<SeeThread>("somebody with every role", me(&cast.mighty_stranger), thread)?;
    check.must_deny::<SeeThread>("a senior leader", me(&cast.senior_leader), thread)?;
    check.must_deny::<SeeThread>("an administrator", me(&cast.administrator), thread)?;
    check.must_deny::<SeeThread>("the programme lead", me(&cast.lead), thread)?;
    check.must_deny::<SeeThread>("another teacher", me(&cast.teacher), thread)?;
    check.must_deny::<SeeThread>("another practitioner", me(&scene.colleague), thread)?;
    check.must_deny::<SeeThread>("its teacher, switched off", me(&cast.inactive_teacher), thread)?;
    check.must_deny::<SeeThread>("its practitioner, of another institution", me(&cast.moved_practitioner), thread)?;
    let managed = Thing::Thread(&cast.managed_thread);
    check.must_deny::<SeeThread>("its practitioner, now a manager", me(&scene.practitioner), managed)?;
    let appraised = Thing::Thread(&cast.appraised_thread);
    check.must_deny::<SeeThread>("its practitioner, now the appraiser", me(&scene.practitioner), appraised)
}

fn joining(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let teacher = Actor::Person(&scene.teacher);
    let ask = |with| Question {
        act: AskForSupport::INFO,
        actor: teacher,
        on: Thing::Programme(&scene.programme),
        with: Some(with),
    };
    check.must::<AskForSupport>(true, "a practitioner", ask(&scene.colleague))?;
    check.must::<AskForSupport>(false, "one's own manager", ask(&cast.mighty_manager))?;
    check.must::<AskForSupport>(false, "one's own appraiser", ask(&cast.mighty_appraiser))?;
    check.must::<AskForSupport>(false, "oneself", ask(&scene.teacher))?;
    check.must::<AskForSupport>(false, "a practitioner of another institution", ask(&cast.moved_practitioner))?;
    let change = |with| Question {
        act: ChangePractitioner::INFO,
        actor: teacher,
        on: Thing::Thread(&scene.thread),
        with: Some(with),
    };
    check.must::<ChangePractitioner>(true, "to another practitioner", change(&scene.colleague))?;
    check.must::<ChangePractitioner>(false, "to the teacher's manager", change(&cast.mighty_manager))?;
    check.must::<ChangePractitioner>(false, "to the teacher's appraiser", change(&cast.mighty_appraiser))
}

fn own_things(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let me = Actor::Person;
    let teacher = Thing::Person(&scene.teacher);
    let practice = Thing::Practice(&scene.practice);
    let entry = Thing::HoursEntry(&scene.entry);
    check.must_allow::<SeeOwnSupport>("oneself", me(&scene.teacher), teacher)?;
    check.must_deny::<SeeOwnSupport>("a manager about the teacher", me(&cast.mighty_manager), teacher)?;
    check.must_allow::<SeeWhoLooked>("oneself", me(&scene.teacher), teacher)?;
    check.must_deny::<SeeWhoLooked>("a manager about the teacher", me(&cast.mighty_manager), teacher)?;
    check.must_deny::<SeeAvoided>("somebody with every role", me(&cast.mighty_stranger), teacher)?;
    check.must_allow::<SeeOwnWeek>("the practitioner", me(&scene.practitioner), practice)?;
    check.must_deny::<SeeOwnWeek>("an administrator", me(&cast.administrator), practice)?;
    check.must_deny::<SeeOwnHours>("somebody with every role", me(&cast.mighty_stranger), practice)?;
    check.must_allow::<SeeNote>("the colleague named", me(&scene.teacher), entry)?;
    check.must_deny::<SeeNote>("a manager of the colleague named", me(&cast.mighty_manager), entry)?;
    check.must_deny::<RemoveOwnName>("who wrote the entry", me(&scene.practitioner), entry)?;
    check.must_allow::<NoteOutput>("the practitioner", me(&scene.practitioner), practice)?;
    check.must_deny::<SeeOwnOutputs>("somebody with every role", me(&cast.mighty_stranger), practice)?;
    check.must_deny::<ShareOutput>("the programme lead", me(&cast.lead), practice)?;
    let account = Thing::Account(&scene.account);
    check.must_deny::<ChangePassword>("an administrator, somebody else's", me(&cast.administrator), account)?;
    check.must_deny::<SeeOwnKeys>("an administrator, somebody else's", me(&cast.administrator), account)?;
    check.must_deny::<KeepOwnKeys>("an administrator, somebody else's", me(&cast.administrator), account)?;
    check.must_deny::<EndOwnSession>("an administrator, somebody else's", me(&cast.administrator), account)?;
    check.must_allow::<ReadCalendarFeed>("oneself", me(&scene.teacher), account)?;
    check.must_deny::<ReadCalendarFeed>("a manager about the teacher", me(&cast.mighty_manager), account)?;
    check.must_deny::<ReadCalendarFeed>("an account that is off", me(&cast.inactive_teacher), account)?;
    check.must_deny::<OpenCalendarFeed>("an administrator, somebody else's", me(&cast.administrator), account)?;
    check.must_deny::<SignInAsSample>("outside the sample college", me(&scene.teacher), account)
}

fn offices(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let me = Actor::Person;
    let programme = Thing::Programme(&scene.programme);
    check.must_allow::<SeeBoard>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<SeeBoard>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<SeeWaitingExactly>("a lead without teachers", me(&cast.lead), programme)?;
    check.must_deny::<SeeWaitingExactly>("a lead with teachers", me(&cast.lead_with_teachers), programme)?;
    check.must_allow::<SeePlanner>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<SeePlanner>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<SeeAllocation>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<SeeAllocation>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SetStanding>("a practitioner", me(&scene.practitioner), programme)?;
    check.must_allow::<StartYear>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<StartYear>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeYears>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeCosts>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeCosts>("a practitioner", me(&scene.practitioner), programme)?;
    let tutor = Thing::Person(&scene.practitioner);
    check.must_allow::<ArrangeCover>("a practitioner, her own", me(&scene.practitioner), tutor)?;
    check.must_deny::<ArrangeCover>("another practitioner", me(&scene.colleague), tutor)?;
    check.must_deny::<SetPattern>("the practitioner", me(&scene.practitioner), tutor)?;
    check.must_allow::<SeeShelf>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<AddToShelf>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<AddToShelf>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<WithdrawFromShelf>("an administrator", me(&cast.administrator), programme)?;
    check.must_allow::<SeePeople>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeePeople>("the programme lead", me(&cast.lead), programme)?;
    check.must_allow::<SeeConfigurationLog>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeConfigurationLog>("a senior leader", me(&cast.senior_leader), programme)?;
    let teacher = Thing::Person(&scene.teacher);
    check.must_allow::<DeactivatePerson>("an administrator", me(&cast.administrator), teacher)?;
    check.must_deny::<DeactivatePerson>("a senior leader", me(&cast.senior_leader), teacher)?;
    check.must_allow::<InvitePerson>("an administrator", me(&cast.administrator), teacher)?;
    check.must_deny::<InvitePerson>("the programme lead", me(&cast.lead), teacher)?;
    check.must_allow::<BringIn>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<BringIn>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<UndoImport>("a senior leader", me(&cast.senior_leader), programme)?;
    let oneself = Thing::Person(&cast.administrator);
    check.must_deny::<DeactivatePerson>("an administrator, oneself", me(&cast.administrator), oneself)?;
    check.must_deny::<ChangeRoles>("an administrator, oneself", me(&cast.administrator), oneself)?;
    check.must_deny::<ChangeRoles>("the programme lead", me(&cast.lead), teacher)?;
    check.must_deny::<SeePerson>("a manager about the teacher", me(&scene.manager), teacher)?;
    check.must_deny::<AppointPractitioner>("an administrator", me(&cast.administrator), teacher)?;
    check.must_deny::<PublishStatement>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<ChangeModel>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeRaisedDuties>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeAgreedRoleTargets>("an administrator", me(&cast.administrator), teacher)?;
    check.must_allow::<MoveClock>("in the sample college", me(&cast.teacher), Thing::Programme(&cast.sample))?;
    check.must_deny::<MoveClock>("outside the sample college", me(&cast.mighty_stranger), programme)
}

fn machines(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let programme = Thing::Programme(&scene.programme);
    let person = Actor::Person(&cast.mighty_stranger);
    let (weekly, tidy) = (Actor::Job(Job::Weekly), Actor::Job(Job::Tidy));
    check.must_allow::<RecomputeWeek>("the weekly job", weekly, programme)?;
    check.must_deny::<RecomputeWeek>("a person", person, programme)?;
    check.must_deny::<RecomputeWeek>("the tidying job", tidy, programme)?;
    check.must_allow::<ClearExpired>("the tidying job", tidy, programme)?;
    check.must_deny::<ClearExpired>("the command line", Actor::CommandLine, programme)?;
    check.must_allow::<DeliverMail>("the mailing job", Actor::Job(Job::Mail), programme)?;
    check.must_deny::<DeliverMail>("a person", person, programme)?;
    check.must_allow::<ImportStaff>("the command line", Actor::CommandLine, programme)?;
    check.must_deny::<ImportStaff>("a person", person, programme)?;
    check.must_allow::<ExamineFolder>("the command line", Actor::CommandLine, programme)?;
    check.must_deny::<FillSample>("a college that is not the sample", Actor::CommandLine, programme)?;
    let thread = Thing::Thread(&scene.thread);
    check.must_deny::<SeeThread>("the command line", Actor::CommandLine, thread)?;
    check.must_deny::<SeeThread>("a job", weekly, thread)?;
    check.must_deny::<SeeThread>("the mailing job", Actor::Job(Job::Mail), thread)?;
    check.must_allow::<BackUp>("the command line", Actor::CommandLine, programme)?;
    check.must_allow::<BackUp>("the job of backups", Actor::Job(Job::Backup), programme)?;
    check.must_deny::<BackUp>("the tidying job", tidy, programme)?;
    check.must_deny::<TakeInAnswer>("a person", person, programme)?;
    check.must_deny::<ReleaseSurvey>("a person", person, programme)?;
    check.must_allow::<RestoreBackup>("the command line", Actor::CommandLine, Thing::Draft(&scene.draft))?;
    check.must_deny::<RestoreBackup>("over a college", Actor::CommandLine, Thing::Draft(&cast.live))?;
    check.must_deny::<SeeThread>("the job of backups", Actor::Job(Job::Backup), thread)
}

fn set_up(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let scene = check.scene;
    let (draft, live) = (Thing::Draft(&scene.draft), Thing::Draft(&cast.live));
    check.must_allow::<GoLive>("at the machine, before anything is live", Actor::SetUp, draft)?;
    check.must_deny::<GoLive>("at the machine, when a college is live", Actor::SetUp, live)?;
    check.must_deny::<SeeSetUp>("at the machine, when a college is live", Actor::SetUp, live)?;
    check.must_deny::<GoLive>("somebody with every role", Actor::Person(&cast.mighty_stranger), draft)?;
    check.must_deny::<SeeThread>("whoever sets a college up", Actor::SetUp, Thing::Thread(&scene.thread))?;
    check.must_deny::<SeePeople>("whoever sets a college up", Actor::SetUp, Thing::Programme(&scene.programme))?;
    check.must_deny::<SetYear>("a teacher", Actor::Person(&cast.teacher), Thing::Programme(&scene.programme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{FILES, SCHEMA};

    fn checked(files: &[(&str, &str)]) -> Result<(), GateError> {
        run(&Rules::read(SCHEMA, files).expect("valid policies"))
    }

    fn found(files: &[(&str, &str)]) -> (&'static str, bool) {
        match checked(files) {
            Err(GateError::SelfCheck { act, should, .. }) => (act, should),
            other => panic!("the self-check should have failed, got {other:?}"),
        }
    }

    const PERMIT_ALL: (&str, &str) = ("extra.cedar", "@id(\"everything\") permit (principal, action, resource);");

    #[test]
    fn the_self_check_passes_with_the_policies_as_they_are() {
        checked(FILES).expect("no wrong answer");
    }

    #[test]
    fn the_self_check_finds_a_missing_firewall_behind_a_careless_permit() {
        let mut files: Vec<_> = FILES.iter().copied().filter(|(file, _)| *file != "firewall.cedar").collect();
        files.push(PERMIT_ALL);
        assert_eq!(found(&files), ("SeeThread", false));
    }

    #[test]
    fn the_self_check_finds_a_careless_permit_that_the_firewall_does_not_stop() {
        let files = [FILES, &[PERMIT_ALL]].concat();
        assert_eq!(found(&files), ("SeePeople", false));
    }

    #[test]
    fn the_self_check_does_not_pass_because_nothing_is_allowed() {
        let firewall: Vec<_> = FILES.iter().copied().filter(|(file, _)| *file == "firewall.cedar").collect();
        assert_eq!(found(&firewall), ("SeeThread", true));
    }

    #[test]
    fn the_firewall_holds_every_confidential_question_against_a_permit_for_everything() {
        let rules = Rules::read(SCHEMA, &[FILES, &[PERMIT_ALL]].concat()).expect("valid policies");
        let programme = ProgrammeFacts {
            institution: scene::elsewhere(),
            model: Model::Developmental,
            asking_opened: false,
            sample: false,
        };
        let scene = Scene::under(&programme);
        let cast = Cast::of(&scene);
        let check = Check { rules: &rules, scene: &scene };
        firewall(&check, &cast).expect("held by forbids alone");
        apart::disclosures(&check, &cast).expect("held by forbids alone");
        apart::trainings(&check, &cast).expect("held by forbids alone");
    }
}
