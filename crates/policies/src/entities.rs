//! Draws a question as Cedar entities: only those the policies can look into.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, ParseErrors, RestrictedExpression as Value};
use domain::ids::{InstitutionId, PersonId};
use domain::programme::Model;

use crate::facts::{Actor, Kind, On, PersonFacts, Thing, TrackFacts};
use crate::gate::Question;

/// A question as Cedar takes it.
pub(crate) struct Drawn {
    pub(crate) principal: EntityUid,
    pub(crate) action: EntityUid,
    pub(crate) resource: EntityUid,
    pub(crate) practitioner: Option<EntityUid>,
    pub(crate) entities: Vec<Entity>,
}

type Attributes = HashMap<String, Value>;

/// The type names of the schema, parsed once.
#[derive(Debug)]
pub(crate) struct Names {
    action: EntityTypeName,
    role: EntityTypeName,
    model: EntityTypeName,
    job: EntityTypeName,
    command_line: EntityTypeName,
    set_up: EntityTypeName,
    institution: EntityTypeName,
    programme: EntityTypeName,
    person: EntityTypeName,
    account: EntityTypeName,
    practice: EntityTypeName,
    thread: EntityTypeName,
    track: EntityTypeName,
    hours_entry: EntityTypeName,
    disclosure: EntityTypeName,
    induction: EntityTypeName,
    draft: EntityTypeName,
    community: EntityTypeName,
    training: EntityTypeName,
}

impl Names {
    /// Fails, saying why, only if a name below is not one in Cedar.
    pub(crate) fn new() -> Result<Self, String> {
        let name = |text: &str| text.parse().map_err(|error: ParseErrors| error.to_string());
        Ok(Self {
            action: name("Action")?,
            role: name("Role")?,
            model: name("Model")?,
            job: name("Job")?,
            command_line: name("CommandLine")?,
            set_up: name("SetUp")?,
            institution: name("Institution")?,
            programme: name(Kind::Programme.code())?,
            person: name(Kind::Person.code())?,
            account: name(Kind::Account.code())?,
            practice: name(Kind::Practice.code())?,
            thread: name(Kind::Thread.code())?,
            track: name(Kind::Track.code())?,
            hours_entry: name(Kind::HoursEntry.code())?,
            disclosure: name(Kind::Disclosure.code())?,
            induction: name(Kind::Induction.code())?,
            draft: name(Kind::Draft.code())?,
            community: name(Kind::Community.code())?,
            training: name(Kind::Training.code())?,
        })
    }

    /// Nothing if the facts do not fit the act or contradict each other.
    pub(crate) fn draw(&self, question: &Question<'_>) -> Option<Drawn> {
        if question.on.kind() != question.act.on || question.with.is_some() != question.act.chooses {
            return None;
        }
        let (mut drawn, mut entities) = (Vec::with_capacity(3), Vec::with_capacity(3));
        let principal = match question.actor {
            Actor::Person(person) => {
                self.draw_once(person, &mut drawn, &mut entities)?;
                self.person(person.id)
            }
            Actor::Job(job) => named(&self.job, job.code()),
            Actor::CommandLine => named(&self.command_line, "operator"),
            Actor::SetUp => named(&self.set_up, "machine"),
        };
        let resource = self.thing(question.on);
        if let Thing::Person(person) = question.on {
            self.draw_once(person, &mut drawn, &mut entities)?;
        } else {
            entities.push(self.draw_thing(question.on, resource.clone())?);
        }
        if let Some(person) = question.with {
            self.draw_once(person, &mut drawn, &mut entities)?;
        }
        let practitioner = question.with.map(|person| self.person(person.id));
        Some(Drawn { principal, action: named(&self.action, question.act.name), resource, practitioner, entities })
    }

    /// One person may stand in several places of a question, but with the same facts everywhere.
    fn draw_once<'a>(
        &self,
        person: &'a PersonFacts,
        drawn: &mut Vec<&'a PersonFacts>,
        entities: &mut Vec<Entity>,
    ) -> Option<()> {
        match drawn.iter().find(|other| other.id == person.id) {
            Some(same) => (*same == person).then_some(()),
            None => {
                entities.push(self.draw_person(person)?);
                drawn.push(person);
                Some(())
            }
        }
    }

    fn draw_person(&self, facts: &PersonFacts) -> Option<Entity> {
        let mut attributes = Attributes::with_capacity(5);
        attributes.insert("institution".to_owned(), self.institution(facts.institution));
        attributes.insert("active".to_owned(), Value::new_bool(facts.active));
        attributes.insert("managers".to_owned(), self.people(&facts.managers));
        attributes.insert("leadsTeachers".to_owned(), Value::new_bool(facts.leads_teachers));
        self.insert_person(&mut attributes, "appraiser", facts.appraiser);
        let roles: HashSet<EntityUid> = facts.roles.iter().map(|role| named(&self.role, role.code())).collect();
        Entity::new(self.person(facts.id), attributes, roles).ok()
    }

    fn draw_thing(&self, thing: Thing<'_>, uid: EntityUid) -> Option<Entity> {
        let mut attributes = Attributes::with_capacity(8);
        match thing {
            Thing::Person(facts) => return self.draw_person(facts),
            Thing::Programme(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("model".to_owned(), self.model(facts.model));
                attributes.insert("askingOpened".to_owned(), Value::new_bool(facts.asking_opened));
                attributes.insert("sample".to_owned(), Value::new_bool(facts.sample));
            }
            Thing::Account(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("sample".to_owned(), Value::new_bool(facts.sample));
                self.insert_person(&mut attributes, "owner", Some(facts.owner));
            }
            Thing::Practice(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                self.insert_person(&mut attributes, "owner", Some(facts.owner));
            }
            Thing::Thread(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("model".to_owned(), self.model(facts.model));
                attributes.insert("askingOpened".to_owned(), Value::new_bool(facts.asking_opened));
                attributes.insert("managersOfTeacher".to_owned(), self.people(&facts.managers_of_teacher));
                self.insert_person(&mut attributes, "teacher", Some(facts.teacher));
                self.insert_person(&mut attributes, "practitioner", Some(facts.practitioner));
                self.insert_person(&mut attributes, "appraiserOfTeacher", facts.appraiser_of_teacher);
                attributes.insert("required".to_owned(), Value::new_bool(facts.required));
            }
            Thing::Track(facts) => self.insert_track(&mut attributes, facts),
            Thing::HoursEntry(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                self.insert_person(&mut attributes, "owner", Some(facts.owner));
                self.insert_person(&mut attributes, "named", facts.named);
            }
            Thing::Disclosure(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("recipients".to_owned(), self.people(&facts.recipients));
                attributes.insert("subjectMayKnow".to_owned(), Value::new_bool(facts.subject_may_know));
                self.insert_person(&mut attributes, "discloser", Some(facts.discloser));
                self.insert_person(&mut attributes, "subject", Some(facts.subject));
            }
            Thing::Induction(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("managersOfNewcomer".to_owned(), self.people(&facts.managers_of_newcomer));
                attributes.insert("running".to_owned(), Value::new_bool(facts.running));
                self.insert_person(&mut attributes, "newcomer", Some(facts.newcomer));
                self.insert_person(&mut attributes, "mentor", facts.mentor);
                self.insert_person(&mut attributes, "buddy", facts.buddy);
                self.insert_person(&mut attributes, "appraiserOfNewcomer", facts.appraiser_of_newcomer);
            }
            Thing::Draft(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("live".to_owned(), Value::new_bool(facts.live));
            }
            Thing::Community(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                attributes.insert("practitioners".to_owned(), self.people(&facts.practitioners));
                attributes.insert("heads".to_owned(), self.people(&facts.heads));
            }
            Thing::Training(facts) => {
                attributes.insert("institution".to_owned(), self.institution(facts.institution));
                self.insert_person(&mut attributes, "runner", Some(facts.runner));
            }
        }
        Entity::new(uid, attributes, HashSet::new()).ok()
    }

    fn insert_track(&self, attributes: &mut Attributes, facts: &TrackFacts) {
        attributes.insert("institution".to_owned(), self.institution(facts.institution));
        attributes.insert("model".to_owned(), self.model(facts.model));
        attributes.insert("teaches".to_owned(), Value::new_bool(facts.teaches));
        attributes.insert("managersOfTeacher".to_owned(), self.people(&facts.managers_of_teacher));
        attributes.insert("barred".to_owned(), self.people(&facts.barred));
        self.insert_person(attributes, "teacher", Some(facts.teacher));
        self.insert_person(attributes, "practitioner", facts.practitioner);
        self.insert_person(attributes, "manager", facts.manager);
        self.insert_person(attributes, "appraiserOfTeacher", facts.appraiser_of_teacher);
    }

    fn thing(&self, thing: Thing<'_>) -> EntityUid {
        match thing {
            Thing::Programme(facts) => named(&self.programme, facts.key()),
            Thing::Person(facts) => named(&self.person, facts.key()),
            Thing::Account(facts) => named(&self.account, facts.key()),
            Thing::Practice(facts) => named(&self.practice, facts.key()),
            Thing::Thread(facts) => named(&self.thread, facts.key()),
            Thing::Track(facts) => named(&self.track, facts.key()),
            Thing::HoursEntry(facts) => named(&self.hours_entry, facts.key()),
            Thing::Disclosure(facts) => named(&self.disclosure, facts.key()),
            Thing::Induction(facts) => named(&self.induction, facts.key()),
            Thing::Draft(facts) => named(&self.draft, facts.key()),
            Thing::Community(facts) => named(&self.community, facts.key()),
            Thing::Training(facts) => named(&self.training, facts.key()),
        }
    }

    fn person(&self, id: PersonId) -> EntityUid {
        named(&self.person, id)
    }

    fn insert_person(&self, attributes: &mut Attributes, name: &str, person: Option<PersonId>) {
        if let Some(id) = person {
            attributes.insert(name.to_owned(), Value::new_entity_uid(self.person(id)));
        }
    }

    fn people(&self, ids: &[PersonId]) -> Value {
        Value::new_set(ids.iter().map(|id| Value::new_entity_uid(self.person(*id))))
    }

    fn institution(&self, id: InstitutionId) -> Value {
        Value::new_entity_uid(named(&self.institution, id))
    }

    fn model(&self, model: Model) -> Value {
        Value::new_entity_uid(named(&self.model, model.code()))
    }
}

fn named(kind: &EntityTypeName, id: impl Display) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id.to_string()))
}
