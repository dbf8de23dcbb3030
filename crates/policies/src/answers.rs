//! Answers the gate has given: the same question about the same facts has the same answer, for as long as the program runs.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, PoisonError};

use crate::gate::Question;

/// How many are kept; with more, all are forgotten and found anew.
const MOST: usize = 2048;

/// Answers under everything that was asked: the act, who, on what, with whom, each with all its facts.
#[derive(Debug, Default)]
pub(crate) struct Answers(Mutex<HashMap<Box<[u8]>, bool>>);

impl Answers {
    /// The answer to a question, found now if it was not yet.
    pub(crate) fn get(&self, question: &Question<'_>, find: impl FnOnce() -> bool) -> bool {
        let asked = written(question);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&asked).copied();
        if let Some(answer) = known {
            return answer;
        }
        let answer = find();
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(asked, answer);
        answer
    }
}

/// Everything a question says, not a digest of it: two questions that differ anywhere never share an answer.
fn written(question: &Question<'_>) -> Box<[u8]> {
    let mut bytes = Bytes(Vec::with_capacity(512));
    (question.act.name, question.actor, question.on, question.with).hash(&mut bytes);
    bytes.0.into_boxed_slice()
}

/// Takes down what is to be hashed: each field in turn, lists behind their length, cases behind their number.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::PersonId;
    use uuid::Uuid;

    use super::*;
    use crate::acts::{Act, SeeThread, WithdrawRequest};
    use crate::facts::{Actor, On, PersonFacts, ProgrammeFacts, ThreadFacts};
    use crate::scene::{self, Scene};

    fn scene() -> Scene {
        let model = domain::programme::Model::Universal;
        Scene::under(&ProgrammeFacts { institution: scene::elsewhere(), model, asking_opened: false, sample: false })
    }

    #[test]
    fn a_question_is_decided_once() {
        let (scene, answers) = (scene(), Answers::default());
        let on = scene.thread.thing();
        let question = Question { act: SeeThread::INFO, actor: Actor::Person(&scene.teacher), on, with: None };
        assert!(answers.get(&question, || true));
        assert!(answers.get(&question, || unreachable!()));
        let other = Question { act: WithdrawRequest::INFO, ..question };
        assert!(!answers.get(&other, || false));
        assert!(answers.get(&question, || unreachable!()));
    }

    #[test]
    fn whatever_differs_in_the_facts_is_another_question() {
        let scene = scene();
        let (teacher, thread) = (&scene.teacher, &scene.thread);
        let somebody = PersonId(Uuid::from_u128(77));
        let people = [
            PersonFacts { active: false, ..teacher.clone() },
            PersonFacts { managers: vec![somebody], ..teacher.clone() },
            PersonFacts { managers: vec![], appraiser: Some(somebody), ..teacher.clone() },
            PersonFacts { leads_teachers: true, ..teacher.clone() },
            PersonFacts { id: somebody, ..teacher.clone() },
        ];
        let threads = [
            ThreadFacts { asking_opened: true, ..thread.clone() },
            ThreadFacts { managers_of_teacher: vec![], ..thread.clone() },
            ThreadFacts { managers_of_teacher: vec![somebody], appraiser_of_teacher: None, ..thread.clone() },
            ThreadFacts { practitioner: somebody, ..thread.clone() },
            ThreadFacts { required: true, ..thread.clone() },
        ];
        let asked = |who, on, with| written(&Question { act: SeeThread::INFO, actor: Actor::Person(who), on, with });
        let mut all = vec![asked(teacher, thread.thing(), None), asked(teacher, thread.thing(), Some(teacher))];
        all.push(asked(teacher, teacher.thing(), None));
        all.extend(people.iter().map(|person| asked(person, thread.thing(), None)));
        all.extend(threads.iter().map(|thread| asked(teacher, thread.thing(), None)));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
