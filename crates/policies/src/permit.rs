//! The permit: a granted act as a value. Only the gate makes one.

use domain::ids::{InstitutionId, PersonId};

use crate::acts::Act;
use crate::facts::{Actor, Job, On, PersonFacts, With};

/// Who was granted an act; goes into the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// Somebody signed in.
    Person(PersonId),
    /// The program itself.
    Job(Job),
    /// Whoever runs commands on the machine.
    CommandLine,
    /// Whoever sets a college up at the machine.
    SetUp,
}

impl From<Actor<'_>> for By {
    fn from(actor: Actor<'_>) -> Self {
        match actor {
            Actor::Person(person) => Self::Person(person.id),
            Actor::Job(job) => Self::Job(job),
            Actor::CommandLine => Self::CommandLine,
            Actor::SetUp => Self::SetUp,
        }
    }
}

/// The gate allowed the act `A`, by this actor, on this thing, with this person; no other.
///
/// Cannot be copied or made outside this crate, so holding one means that the gate was asked.
#[derive(Debug)]
#[must_use]
pub struct Permit<A: Act> {
    by: By,
    institution: InstitutionId,
    key: <A::On as On>::Key,
    chosen: <A::With as With>::Chosen,
}

impl<A: Act> Permit<A> {
    pub(crate) fn new(actor: Actor<'_>, on: &A::On, with: &A::With) -> Self {
        Self { by: actor.into(), institution: on.institution(), key: on.key(), chosen: with.id() }
    }

    /// Who was granted the act.
    pub const fn by(&self) -> By {
        self.by
    }

    /// The person who was granted the act, unless no person was.
    pub const fn person(&self) -> Option<PersonId> {
        match self.by {
            By::Person(person) => Some(person),
            By::Job(_) | By::CommandLine | By::SetUp => None,
        }
    }

    /// Where the thing belongs.
    pub const fn institution(&self) -> InstitutionId {
        self.institution
    }

    /// The thing itself: what the store looks up.
    pub const fn key(&self) -> <A::On as On>::Key {
        self.key
    }
}

impl<A: Act<With = PersonFacts>> Permit<A> {
    /// The chosen practitioner.
    pub const fn with_person(&self) -> PersonId {
        self.chosen
    }
}
