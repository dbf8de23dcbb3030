//! The gate: the one place where an act is allowed or denied.

use crate::acts::{Act, ActInfo};
use crate::answers::Answers;
use crate::audience::Audience;
use crate::facts::{Actor, On, PersonFacts, ProgrammeFacts, Thing, With};
use crate::memo::Memo;
use crate::permit::Permit;
use crate::rules::{Rules, RulesError};
use crate::scene::Scene;
use crate::self_check;
use crate::table::{self, RoleRow};

/// The gate cannot be built, so nothing may be served.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The policies or their schema are wrong.
    #[error(transparent)]
    Rules(#[from] RulesError),
    /// A question with a known answer was answered otherwise.
    #[error("self-check: {act} should {}: {asked}", if *.should { "be allowed" } else { "be denied" })]
    SelfCheck {
        /// The act asked about.
        act: &'static str,
        /// Who and on what, in words.
        asked: &'static str,
        /// Whether it should have been allowed.
        should: bool,
    },
}

/// The gate said no. Says no more than the act's name, so that a refusal tells nothing about the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{act} is not allowed")]
pub struct Denied {
    /// The act's name.
    pub act: &'static str,
}

/// A question to the gate about an act known only when running.
///
/// The answer is a plain yes or no for pages and tests; only [`Gate::permit`] gives a permit.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Which act.
    pub act: &'static ActInfo,
    /// Who would act.
    pub actor: Actor<'a>,
    /// On what.
    pub on: Thing<'a>,
    /// With whom, if the act needs a chosen practitioner.
    pub with: Option<&'a PersonFacts>,
}

/// Decides every act by the embedded policies.
#[derive(Debug)]
pub struct Gate {
    rules: Rules,
    audiences: Memo<Audience>,
    tables: Memo<Vec<RoleRow>>,
    answers: Answers,
}

impl Gate {
    /// Reads and validates the embedded policies and asks them questions with known answers.
    ///
    /// # Errors
    /// If a policy does not parse or validate, or the self-check finds a wrong answer: nothing may be served then.
    pub fn new() -> Result<Self, GateError> {
        let rules = Rules::embedded()?;
        self_check::run(&rules)?;
        Ok(Self { rules, audiences: Memo::new(), tables: Memo::new(), answers: Answers::default() })
    }

    /// Asks for a permit.
    ///
    /// # Errors
    /// [`Denied`] if the policies do not allow it or cannot decide.
    pub fn permit<A: Act>(&self, actor: &Actor<'_>, on: &A::On, with: &A::With) -> Result<Permit<A>, Denied> {
        let question = Question { act: A::INFO, actor: *actor, on: on.thing(), with: with.chosen() };
        if self.allows(&question) { Ok(Permit::new(*actor, on, with)) } else { Err(Denied { act: A::NAME }) }
    }

    /// Whether an act would be allowed, by the policies or as they decided the same question before: for pages that say who can see what, and for tests.
    pub fn allows(&self, question: &Question<'_>) -> bool {
        self.answers.get(question, || self.rules.allow(question))
    }

    /// Who would learn what about a request for support in a programme like this one.
    pub fn audience(&self, programme: &ProgrammeFacts) -> &Audience {
        self.audiences.get(programme, || Audience::of(&self.rules, &Scene::under(programme)))
    }

    /// What each role alone allows in a programme like this one: one row for each role, in the order of the register.
    pub fn role_table(&self, programme: &ProgrammeFacts) -> &[RoleRow] {
        self.tables.get(programme, || table::of(&self.rules, &Scene::under(programme)))
    }
}

#[cfg(test)]
mod tests {
    use domain::programme::Model;

    use super::*;
    use crate::acts::{AskForSupport, RecomputeWeek, SeeThread};
    use crate::facts::Job;
    use crate::permit::By;
    use crate::scene;

    fn programme() -> ProgrammeFacts {
        let model = Model::Developmental;
        ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false }
    }

    #[test]
    fn a_permit_says_who_on_what_and_with_whom() {
        let (gate, scene) = (Gate::new().expect("a gate"), Scene::under(&programme()));
        let teacher = Actor::Person(&scene.teacher);
        let permit = gate.permit::<AskForSupport>(&teacher, &scene.programme, &scene.colleague).expect("allowed");
        assert_eq!((permit.by(), permit.person()), (By::Person(scene.teacher.id), Some(scene.teacher.id)));
        assert_eq!((permit.key(), permit.institution()), (scene.programme.institution, scene.teacher.institution));
        assert_eq!(permit.with_person(), scene.colleague.id);
        let thread = gate.permit::<SeeThread>(&teacher, &scene.thread, &()).expect("allowed");
        assert_eq!(thread.key(), scene.thread.thread);
        let weekly = Actor::Job(Job::Weekly);
        let week = gate.permit::<RecomputeWeek>(&weekly, &scene.programme, &()).expect("allowed");
        assert_eq!((week.by(), week.person()), (By::Job(Job::Weekly), None));
    }

    #[test]
    fn a_denial_says_no_more_than_the_name_of_the_act() {
        let (gate, scene) = (Gate::new().expect("a gate"), Scene::under(&programme()));
        let denied = gate.permit::<SeeThread>(&Actor::Person(&scene.manager), &scene.thread, &()).expect_err("denied");
        assert_eq!(denied, Denied { act: "SeeThread" });
        assert_eq!(denied.to_string(), "SeeThread is not allowed");
    }

    #[test]
    fn a_question_that_does_not_fit_its_act_is_denied() {
        let (gate, scene) = (Gate::new().expect("a gate"), Scene::under(&programme()));
        let question = Question {
            act: SeeThread::INFO,
            actor: Actor::Person(&scene.teacher),
            on: Thing::Thread(&scene.thread),
            with: None,
        };
        assert!(gate.allows(&question));
        assert!(!gate.allows(&Question { with: Some(&scene.colleague), ..question }));
        assert!(!gate.allows(&Question { on: Thing::Person(&scene.teacher), ..question }));
        assert!(!gate.allows(&Question { actor: Actor::CommandLine, ..question }));
    }

    #[test]
    fn what_a_page_says_is_found_once_for_each_model() {
        let gate = Gate::new().expect("a gate");
        assert!(std::ptr::eq(gate.audience(&programme()), gate.audience(&programme())));
        let universal = ProgrammeFacts { model: Model::Universal, ..programme() };
        assert!(!std::ptr::eq(gate.audience(&programme()), gate.audience(&universal)));
    }
}
