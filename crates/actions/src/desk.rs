//! The desk at which every action is done: store, gate, clock, chance. Nothing is global; the clock and chance are passed in.

use std::sync::{Arc, PoisonError, RwLock};

use domain::ids::{Chance, Ids, InstitutionId, PersonId};
use domain::period::Calendar;
use jiff::Timestamp;
use policies::acts::Act;
use policies::facts::{Actor, PersonFacts};
use policies::{Denied, Gate, Permit};
use store::programme::Programme;
use store::{Chart, Db, Fault, Store, events, facts};

use crate::imports::Readings;
use crate::looked::Noted;
use crate::releases::Checked;

/// Why an action was not done.
#[derive(Debug)]
pub enum Stop<R> {
    /// The gate said no. People are told that it was not found.
    Denied,
    /// A rule said no; its sentence is for the person.
    Refused(R),
    /// Something broke.
    Fault(Fault),
}

impl<R> From<Denied> for Stop<R> {
    fn from(_: Denied) -> Self {
        Self::Denied
    }
}

impl<R> From<Fault> for Stop<R> {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<R> Stop<R> {
    /// The same, with the refusal as part of a wider one.
    pub fn widen<W: From<R>>(self) -> Stop<W> {
        match self {
            Self::Denied => Stop::Denied,
            Self::Refused(refused) => Stop::Refused(refused.into()),
            Self::Fault(fault) => Stop::Fault(fault),
        }
    }
}

/// No rule can say no to this action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("never")]
pub enum Never {}

impl Stop<Never> {
    /// The same among refusals of another action.
    pub fn widen_never<R>(self) -> Stop<R> {
        match self {
            Self::Denied => Stop::Denied,
            Self::Refused(never) => match never {},
            Self::Fault(fault) => Stop::Fault(fault),
        }
    }
}

/// The programme with its calendar, read once and again after a change.
#[derive(Debug)]
pub struct Frame {
    /// Name, title, model, clock.
    pub programme: Programme,
    /// Terms and holidays.
    pub calendar: Calendar,
}

/// What all desks of a running program share.
pub struct House {
    /// The database.
    pub store: Store,
    /// The gate.
    pub gate: Gate,
    /// Where identifiers come from.
    pub chance: Arc<dyn Chance>,
    /// The looks of today that are noted already.
    pub noted: Noted,
    /// Files that are being read at this moment.
    pub readings: Readings,
    pub(crate) releases: Checked,
    frame: RwLock<Arc<Frame>>,
}

impl House {
    /// Opens a house over a store that holds a programme.
    ///
    /// # Errors
    /// A fault of the database, or no programme in it.
    pub async fn open(store: Store, gate: Gate, chance: Arc<dyn Chance>) -> Result<Self, Fault> {
        let frame = RwLock::new(Arc::new(read_frame(&store).await?));
        Ok(Self {
            store,
            gate,
            chance,
            noted: Noted::default(),
            readings: Readings::default(),
            releases: Checked::default(),
            frame,
        })
    }

    /// The programme as last read.
    pub fn frame(&self) -> Arc<Frame> {
        Arc::clone(&self.frame.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the programme again after it changed.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn refresh(&self) -> Result<(), Fault> {
        let fresh = Arc::new(read_frame(&self.store).await?);
        *self.frame.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }
}

async fn read_frame(store: &Store) -> Result<Frame, Fault> {
    let db = store.read();
    let programme = store::programme::find(&db).await?.ok_or(Fault::Missing("programme"))?;
    let calendar = store::programme::calendar(&db, &programme).await?;
    Ok(Frame { programme, calendar })
}

/// One piece of work at one moment.
#[derive(Clone)]
pub struct Desk {
    /// What is shared.
    pub house: Arc<House>,
    /// The programme at this moment.
    pub frame: Arc<Frame>,
    /// Now, to the second.
    pub now: Timestamp,
    /// The organisation chart as found with the visitor's session; reads of this request go by it.
    pub chart: Option<Arc<Chart>>,
}

impl Desk {
    /// A desk at this moment.
    pub fn new(house: Arc<House>, now: Timestamp) -> Self {
        let frame = house.frame();
        // Databases keep seconds; what is compared later must be what was stored.
        let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self { house, frame, now, chart: None }
    }

    /// Where the programme belongs.
    pub fn institution(&self) -> InstitutionId {
        self.frame.programme.facts.institution
    }

    /// Makes identifiers.
    pub fn ids(&self) -> Ids<'_> {
        Ids(self.house.chance.as_ref())
    }

    /// Reads as things stand.
    pub fn read(&self) -> Db {
        self.chart.as_ref().map_or_else(|| self.house.store.read(), |chart| self.house.store.read_with(chart))
    }

    /// Begins a unit of work.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn write(&self) -> Result<Db, Fault> {
        self.house.store.write().await
    }

    /// Today at the college.
    pub fn today(&self) -> jiff::civil::Date {
        self.frame.calendar.day(self.now)
    }

    /// The facts about a person inside `db`.
    ///
    /// # Errors
    /// Denied when there is no such person.
    pub async fn person<R>(&self, db: &Db, person: PersonId) -> Result<PersonFacts, Stop<R>> {
        facts::person(db, self.institution(), person).await?.ok_or(Stop::Denied)
    }

    /// Asks the gate for a person.
    ///
    /// # Errors
    /// When it says no.
    pub fn permit<A: Act>(&self, who: &PersonFacts, on: &A::On, with: &A::With) -> Result<Permit<A>, Denied> {
        self.house.gate.permit(&Actor::Person(who), on, with)
    }

    /// The identifier of what somebody's form makes: sent twice, it makes one thing. Without a token, a fresh one.
    pub fn once<T: From<uuid::Uuid>>(&self, who: PersonId, token: &str) -> T {
        if token.is_empty() {
            return self.ids().fresh();
        }
        domain::ids::from_digest(crate::chance::short_digest(&format!("{who} {token}")))
    }

    /// A stamp for an event.
    pub fn stamp(&self) -> events::Stamp {
        events::Stamp { id: self.ids().fresh(), at: self.now }
    }
}
