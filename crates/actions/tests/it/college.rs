//! A small college made by a real import, with a clock and chance that a test can set.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actions::chance::Seeded;
use actions::desk::{Desk, House, Never, Stop};
use actions::staff::{Imported, NewCollege, import};
use actions::threads::{Change, Seen};
use actions::{Care, Gate, directory, people, threads};
use domain::ids::{Chance, PersonId, ThemeId, ThreadId};
use domain::minutes::Minutes;
use domain::observations::{Form, OfferFor};
use domain::people::Role;
use domain::programme::{Model, Title};
use domain::staff_file::{Expertise, Lesson, Practice, Staff, StaffPerson};
use domain::support::{Manner, Request, Slot};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use policies::facts::PersonFacts;

use trial::{Place, Tables};

/// Chance from a seed, which can be made to stick: whatever was saved with it once cannot be saved a second time.
pub struct Rigged {
    seeded: Seeded,
    stuck: AtomicBool,
}

impl Rigged {
    pub fn new(seed: u64) -> Self {
        Self { seeded: Seeded::new(seed), stuck: AtomicBool::new(false) }
    }

    pub fn stick(&self, stuck: bool) {
        self.stuck.store(stuck, Ordering::SeqCst);
    }

    pub fn restart(&self, seed: u64) {
        self.seeded.restart(seed);
    }
}

impl Chance for Rigged {
    fn bytes(&self) -> [u8; 16] {
        if self.stuck.load(Ordering::SeqCst) { [0xC5; 16] } else { self.seeded.bytes() }
    }
}

/// A college in its folder.
pub struct College {
    pub house: Arc<House>,
    pub chance: Arc<Rigged>,
    pub new: NewCollege,
    pub place: Place,
}

/// A Tuesday in term, nine o'clock.
pub fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().expect("a time")
}

pub fn slot(starts: &str, minutes: i64) -> Slot {
    Slot { starts: starts.parse().expect("a time"), length: Minutes(minutes) }
}

pub fn somebody(name: &str, roles: &[Role], manager: Option<usize>) -> StaffPerson {
    let email = format!("{}@college.example", name.to_lowercase().replace(' ', "."));
    let roles = roles.iter().copied().collect();
    StaffPerson { name: name.to_owned(), email, roles, manager, ..StaffPerson::default() }
}

pub fn practitioner(name: &str, manager: Option<usize>, remitted: Minutes) -> StaffPerson {
    let expertise = vec![Expertise { theme: 0, leads: true }];
    let support_hours = vec!["Tue 10:30-11:30".parse().expect("a span")];
    let (caseload, nominated) = (Minutes::hours(773), vec![0]);
    let practice = Practice { remitted, caseload, expertise, nominated, support_hours };
    let lesson = Lesson { span: "Mon 13:00-14:30".parse().expect("a span"), label: "Maths L3".to_owned() };
    let person = somebody(name, &[Role::Practitioner, Role::Teacher], manager);
    StaffPerson { practice: Some(practice), teaching: vec![lesson], area: Some(1), site: Some(0), ..person }
}

/// Eight people: a teacher, her manager, appraiser and colleague; two practitioners under the lead; an administrator.
pub fn staff() -> Staff {
    let sam = somebody("Sam Okafor", &[Role::Teacher], Some(2));
    let people = vec![
        somebody("Ruth Adeyemi", &[Role::SeniorLeader], None),
        somebody("Helen Marsh", &[Role::ProgrammeLead], Some(0)),
        somebody("Ann Price", &[Role::HeadOfDepartment], Some(0)),
        StaffPerson { area: Some(0), site: Some(0), appraiser: Some(0), ..sam },
        StaffPerson { area: Some(0), ..somebody("Uma Roy", &[Role::Teacher], Some(2)) },
        practitioner("Priya Nair", Some(1), Minutes::hours(150)),
        practitioner("Tom Birch", Some(1), Minutes::hours(150)),
        somebody("Marek Nowicki", &[Role::Administrator], Some(0)),
    ];
    let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect();
    let (areas, sites) = (names(&["Health & Care", "Maths"]), names(&["Harbour Road"]));
    Staff { people, areas, sites, themes: names(&["Questioning", "Excel"]) }
}

pub fn new_college() -> NewCollege {
    NewCollege {
        name: "Sample College".to_owned(),
        title: Title::from_one("Tutor"),
        model: Model::Universal,
        sample: true,
        zone: TimeZone::get("Europe/London").expect("a zone"),
        years: vec![2026, 2027],
        clock_ahead: 0,
    }
}

impl College {
    pub async fn new() -> Self {
        Self::of(&new_college(), &staff(), 7).await
    }

    pub async fn of(new: &NewCollege, staff: &Staff, seed: u64) -> Self {
        let place = Place::new();
        let store = place.store(Care::Sample).await;
        let gate = Gate::new().expect("a gate");
        let chance = Arc::new(Rigged::new(seed));
        let dynamic: Arc<dyn Chance> = Arc::<Rigged>::clone(&chance);
        import(&store, (&gate, &dynamic), (new, staff), now()).await.expect("imported");
        let house = Arc::new(House::open(store, gate, dynamic).await.expect("a house"));
        Self { house, chance, new: new.clone(), place }
    }

    /// Every table but the looks: opening a page changes nothing else (R-LOK-1).
    pub fn acted(&self) -> Tables {
        let mut tables = self.tables();
        tables.retain(|name, _| !["thread_look", "track_look", "person_look"].contains(&name.as_str()));
        tables
    }

    pub fn tables(&self) -> Tables {
        self.place.tables()
    }

    pub fn desk(&self) -> Desk {
        Desk::new(Arc::clone(&self.house), now())
    }

    /// A desk so many hours later.
    pub fn later(&self, hours: i64) -> Desk {
        Desk::new(Arc::clone(&self.house), now().saturating_add(hours.hours()).expect("a time"))
    }

    pub async fn import(&self, staff: &Staff) -> Result<Imported, Stop<Never>> {
        let (house, chance) = (&self.house, &self.house.chance);
        import(&house.store, (&house.gate, chance), (&self.new, staff), now()).await
    }

    pub async fn who(&self, name: &str) -> PersonId {
        let email = format!("{}@college.example", name.to_lowercase().replace(' ', "."));
        people::by_email(&self.desk(), &email).await.expect("readable").expect(name)
    }

    pub async fn facts(&self, person: PersonId) -> PersonFacts {
        let desk = self.desk();
        desk.person::<Never>(&desk.read(), person).await.expect("somebody")
    }

    pub async fn theme(&self) -> ThemeId {
        let sam = self.facts(self.who("Sam Okafor").await).await;
        directory::themes(&self.desk(), &sam).await.expect("themes").first().expect("a theme").id
    }

    pub async fn request(&self, to: PersonId) -> Request {
        let (themes, manner) = (vec![self.theme().await], Manner::default());
        Request { practitioner: to, themes, why: None, manner, place: None, wish: None, began: None }
    }

    /// A request that was sent.
    pub async fn ask(&self, from: PersonId, to: PersonId) -> ThreadId {
        let (request, once) = (self.request(to).await, format!("form {from} {to}"));
        actions::support::ask(&self.desk(), from, (request, &once)).await.expect("asked")
    }

    pub async fn see(&self, who: PersonId, thread: ThreadId) -> Seen {
        threads::see(&self.desk(), &self.facts(who).await, thread).await.expect("seen")
    }

    /// A change from a page that was opened just now.
    pub async fn from(&self, who: PersonId, thread: ThreadId) -> Change {
        Change { who, thread, version: self.see(who, thread).await.thread.version }
    }

    /// Times that were offered, and the first of the offers.
    pub async fn offer(&self, by: PersonId, thread: ThreadId, slots: &[Slot]) -> domain::ids::OfferId {
        let from = self.from(by, thread).await;
        threads::offer(&self.desk(), from, (slots, OfferFor::More(Form::Talk))).await.expect("offered");
        self.see(by, thread).await.thread.offers.first().expect("an offer").id
    }

    /// A meeting to which both agreed, offered by one and accepted by the other.
    pub async fn meet(
        &self,
        (by, other): (PersonId, PersonId),
        thread: ThreadId,
        slot: Slot,
    ) -> domain::ids::MeetingId {
        let offer = self.offer(by, thread, &[slot]).await;
        threads::accept(&self.desk(), self.from(other, thread).await, offer).await.expect("accepted");
        let seen = self.see(by, thread).await;
        seen.thread.meetings.iter().find(|one| one.slot == slot).expect("a meeting").id
    }
}

/// How an action ended, in a word.
pub fn told<T, R>(result: &Result<T, Stop<R>>) -> &'static str {
    match result {
        Ok(_) => "done",
        Err(Stop::Denied) => "denied",
        Err(Stop::Refused(_)) => "refused",
        Err(Stop::Fault(_)) => "fault",
    }
}
