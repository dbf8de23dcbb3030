//! A store with a college in it that has a row in every table, made through the store's own functions and permits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::began::Began;
use domain::hours::{Purpose, TermHours};
use domain::ids::{AreaId, Chance, EntryId, Ids, InstitutionId, MeetingId, OfferId, PersonId, ThemeId, ThreadId};
use domain::looked::Page;
use domain::mail::{Matter, Rhythm, Round, RoundKind};
use domain::minutes::Minutes;
use domain::observations::Form;
use domain::people::{Role, Roles};
use domain::period::Calendar;
use domain::programme::{Model, Title};

use domain::staff_file::record::{Change, Field};
use domain::staff_file::{Column, Kind};
use domain::support::{Manner, Party, Request, Slot};
use domain::year::Year;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use policies::acts::*;
use policies::facts::{Actor, DraftFacts, Job, PersonFacts, ProgrammeFacts};
use policies::{Gate, Permit};
use store::account_lines::Line;
use store::accounts::{self, NewSession};
use store::hours::{self, NewEntry};
use store::import_files::{self, Counts, State, Whom};
use store::links::{self, Mailed};
use store::people::{self, Entry, Named, PracticeEntry};
use store::programme::{self, Programme};
use store::threads::{self, Offer};
use store::{
    Care, Db, Store, addresses, board, calendar, directory, events, facts, imports, looked, mail, meetings, set_up,
    support, year,
};
use trial::{Place, Sql};

mod inducted;

/// Chance that a test can foresee.
pub struct Counted(AtomicU64);

impl Chance for Counted {
    fn bytes(&self) -> [u8; 16] {
        let next = u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1);
        next.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes()
    }
}

impl Counted {
    /// Begins so far into it that two houses have nothing in common.
    pub fn from(start: u64) -> Self {
        Self(AtomicU64::new(start))
    }
}

/// A fresh folder with its store.
pub struct House {
    pub store: Store,
    pub gate: Arc<Gate>,
    pub chance: Counted,
    pub place: Place,
}

/// A college in it, and who and what is there.
pub struct College {
    pub facts: ProgrammeFacts,
    pub lead: PersonId,
    pub manager: PersonId,
    pub teacher: PersonId,
    pub practitioner: PersonId,
    pub theme: ThemeId,
    pub thread: ThreadId,
    pub meeting: MeetingId,
    /// An hour noted with the teacher's name.
    pub named: EntryId,
    /// The hour of the meeting.
    pub held: EntryId,
}

/// A Tuesday in term.
pub fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().expect("a time")
}

/// The same day.
pub fn today() -> Date {
    "2026-11-24".parse().expect("a day")
}

pub fn roles(all: &[Role]) -> Roles {
    all.iter().copied().collect()
}

impl House {
    pub async fn new() -> Self {
        Self::from(0).await
    }

    /// A house whose chance begins so far in.
    pub async fn from(start: u64) -> Self {
        let place = Place::new();
        let store = place.store(Care::Sample).await;
        Self { store, gate: Arc::new(Gate::new().expect("a gate")), chance: Counted::from(start), place }
    }

    /// A house on a store that stands elsewhere.
    pub async fn on(store: Store) -> Self {
        let place = Place::new();
        Self { store, gate: Arc::new(Gate::new().expect("a gate")), chance: Counted::from(0), place }
    }

    pub fn sql(&self) -> Sql {
        self.place.sql()
    }

    pub async fn write(&self) -> Db {
        self.store.write().await.expect("the lock")
    }

    pub fn fresh<T: From<uuid::Uuid>>(&self) -> T {
        Ids(&self.chance).fresh()
    }

    /// Asks the gate for what everybody in these tests may do.
    pub fn permit<A: Act>(&self, who: &PersonFacts, on: &A::On, with: &A::With) -> Permit<A> {
        self.gate.permit(&Actor::Person(who), on, with).expect("allowed")
    }

    pub fn import(&self, facts: &ProgrammeFacts) -> Permit<ImportStaff> {
        self.gate.permit(&Actor::CommandLine, facts, &()).expect("allowed")
    }

    pub async fn person(&self, db: &Db, college: InstitutionId, person: PersonId) -> PersonFacts {
        facts::person(db, college, person).await.expect("readable").expect("somebody")
    }

    fn stamp(&self) -> events::Stamp {
        events::Stamp { id: self.fresh(), at: now() }
    }

    /// Somebody with these roles and this manager.
    pub async fn staff(
        &self,
        db: &Db,
        facts: &ProgrammeFacts,
        (name, all): (&str, &[Role]),
        manager: Option<PersonId>,
    ) -> PersonId {
        let (id, email) = (self.fresh(), format!("{}@college.example", name.to_lowercase().replace(' ', ".")));
        let folded = name.to_lowercase();
        let (roles, permit) = (roles(all), self.import(facts));
        let entry = Entry { id, name, folded: &folded, email: &email, job: "", roles, area: None, site: None };
        people::put(db, &permit, &entry).await.expect("put");
        people::set_line(db, &permit, id, (manager, None)).await.expect("line");
        id
    }

    /// A college with its programme and nobody in it.
    pub async fn empty_college(&self, db: &Db) -> ProgrammeFacts {
        let model = Model::Universal;
        let facts = ProgrammeFacts { institution: self.fresh(), model, asking_opened: false, sample: true };
        let zone = TimeZone::get("Europe/London").expect("a zone");
        let calendar = Calendar::usual(zone.clone(), &[2026]);
        let terms: Vec<_> = calendar.terms.iter().map(|_| self.fresh()).collect();
        let (name, title) = ("Sample College".to_owned(), Title::from_one("Tutor"));
        let programme = Programme { facts: facts.clone(), name, title, zone, changes: Vec::new(), clock_ahead: 0 };
        programme::insert(db, &self.import(&facts), &programme, (&calendar, &terms)).await.expect("a programme");
        self.set_up(db, &facts).await;
        facts
    }

    /// What setting a college up leaves, and a step of one that is not live.
    async fn set_up(&self, db: &Db, facts: &ProgrammeFacts) {
        let import = self.import(facts);
        year::write(db, &import, &Year::usual(2026)).await.expect("a year");
        set_up::identify(db, &import, ("ukprn", "10000001")).await.expect("a number");
        let draft = DraftFacts { institution: facts.institution, live: false };
        let save = self.gate.permit::<SaveSetUp>(&Actor::SetUp, &draft, &()).expect("allowed");
        set_up::save(db, &save, ("college", "{}"), now()).await.expect("a step");
    }

    /// A college with a row in every table.
    pub async fn college(&self) -> College {
        let db = self.write().await;
        let facts = self.empty_college(&db).await;
        let lead = self.staff(&db, &facts, ("Helen Marsh", &[Role::ProgrammeLead]), None).await;
        let heads = [Role::HeadOfDepartment, Role::Teacher];
        let manager = self.staff(&db, &facts, ("Ann Price", &heads), Some(lead)).await;
        let teacher = self.staff(&db, &facts, ("Sam Okafor", &[Role::Teacher]), Some(manager)).await;
        let practises = [Role::Practitioner, Role::Teacher];
        let practitioner = self.staff(&db, &facts, ("Priya Nair", &practises), Some(lead)).await;
        let theme = self.staffing(&db, &facts, (teacher, practitioner, manager)).await;
        people::imported(&db, &self.import(&facts), today()).await.expect("said");
        db.commit().await.expect("commit");
        let (thread, meeting) = (self.fresh(), self.fresh());
        let (named, held) = (self.fresh(), self.fresh());
        let college = College { lead, manager, teacher, practitioner, theme, thread, meeting, named, held, facts };
        let db = self.write().await;
        self.accounts(&db, &college).await;
        self.support(&db, &college).await;
        crate::said::fill(self, &db, &college).await;
        crate::disclosed::fill(self, &db, &college).await;
        crate::required::fill(self, &db, &college).await;
        self.hours(&db, &college).await;
        crate::resources::fill(self, &db, &college).await;
        self.files(&db, &college).await;
        self.frame(&db, &college).await;
        self.induction(&db, &college).await;
        crate::time::fill(self, &db, &college).await;
        crate::indicators::fill(self, &db, &college).await;
        crate::value::fill(self, &db, &college).await;
        crate::releases::fill(self, &db, &college).await;
        crate::trainings::fill(self, &db, &college).await;
        crate::survey::fill(self, &db, &college).await;
        crate::lots::fill(self, &db, &college).await;
        crate::cause::fill(self, &db, &college).await;
        crate::reviews::fill(self, &db, &college).await;
        db.commit().await.expect("commit");
        college
    }

    async fn staffing(
        &self,
        db: &Db,
        facts: &ProgrammeFacts,
        (teacher, practitioner, appraiser): (PersonId, PersonId, PersonId),
    ) -> ThemeId {
        let permit = self.import(facts);
        let (site, area, theme) = (self.fresh(), self.fresh(), self.fresh());
        for (what, id, name) in
            [(Named::Site, site, "Harbour Road"), (Named::Area, area, "Care"), (Named::Theme, theme, "Questioning")]
        {
            people::add(db, &permit, what, (id, name, 1)).await.expect("a name");
        }
        let (area, theme) = (AreaId(area), ThemeId(theme));
        let (email, folded) = ("sam.okafor@college.example", "sam okafor");
        let (roles, site) = (roles(&[Role::Teacher]), Some(site.into()));
        let entry =
            Entry { id: teacher, name: "Sam Okafor", folded, email, job: "Lecturer", roles, area: Some(area), site };
        people::put(db, &permit, &entry).await.expect("again");
        people::set_line(db, &permit, teacher, (Some(appraiser), Some(appraiser))).await.expect("an appraiser");
        let entry = PracticeEntry {
            person: practitioner,
            words: ("", "Maths", "A1"),
            minutes: (773 * 60, 150 * 60),
            expertise: vec![(theme, true)],
            nominated: vec![area],
            support_hours: vec![(self.fresh(), "Tue 10:30-11:30".parse().expect("a span"))],
        };
        people::put_practice(db, &permit, &entry).await.expect("a practice");
        let week = [(self.fresh::<ThemeId>().0, "Mon 09:00-10:30".parse().expect("a span"), "Maths L3")];
        people::put_teaching(db, &permit, practitioner, &week).await.expect("teaching");
        theme
    }

    /// A file that waits, and one that was brought in.
    async fn files(&self, db: &Db, college: &College) {
        let lead = self.person(db, college.facts.institution, college.lead).await;
        let who = PersonFacts { roles: roles(&[Role::Administrator]), ..lead };
        let prepare = self.permit::<PrepareImport>(&who, &college.facts, &());
        let bring = self.permit::<BringIn>(&who, &college.facts, &());
        let (waits, done) = (self.fresh::<ThemeId>().0, self.fresh::<ThemeId>().0);
        for which in [waits, done] {
            let file = (which, Kind::Staff, "staff.csv");
            import_files::insert(db, &prepare, file, (State::Read, now())).await.expect("a file");
        }
        import_files::keep(db, &prepare, waits, "[]").await.expect("its lines");
        let heading = [("kontakt".to_owned(), Some(Column::Email))];
        import_files::remember(db, &prepare, Kind::Staff, &heading).await.expect("a heading");
        let first = async |what: Named| {
            let all = people::named(db, &bring, what).await.expect("names");
            all.first().expect("a name").1
        };
        let (site, area) = (first(Named::Site).await, first(Named::Area).await);
        let place = (Some(site.into()), Some(AreaId(area)), Some(college.lead));
        imports::place_area(db, &bring, AreaId(area), place).await.expect("a place");
        let change = |field| Change { field, before: None, after: Some("North".to_owned()) };
        let changes =
            [(Whom::Person(college.teacher), change(Field::Site)), (Whom::Area(area), change(Field::AreaSite))];
        import_files::done(db, &bring, (done, now()), (Counts::default(), &changes)).await.expect("brought in");
    }

    async fn accounts(&self, db: &Db, college: &College) {
        let teacher = self.person(db, college.facts.institution, college.teacher).await;
        let account = facts::account(&college.facts, college.teacher);
        let link = self.gate.permit::<IssueSetUpLink>(&Actor::CommandLine, &account, &()).expect("allowed");
        let set_up = self.permit::<UseSetUpLink>(&teacher, &account, &());
        let ids = Ids(&self.chance);
        links::set_up(db, &set_up, "a hash", (now(), ids)).await.expect("a password");
        let digest = format!("link {}", college.teacher);
        links::issue(db, &link, &digest, now()).await.expect("a link");
        let session = self.permit::<SignIn>(&teacher, &account, &());
        let token = format!("session {}", college.teacher);
        let new = NewSession { token: &token, csrf: "csrf", device: "Firefox on Windows", now: now() };
        accounts::sign_in(db, &session, new).await.expect("a session");
        events::record(db, &session, self.stamp(), "").await.expect("an event");
        let ask = self.permit::<AskForLink>(&teacher, &account, &());
        let mailed =
            Mailed { token: "secret", digest: &digest, matter: Matter::Reset, until: now(), line: Line::Asked };
        links::mail(db, &ask, (college.teacher, mailed), (now(), ids)).await.expect("a mail");
        let choice = self.permit::<SetPreferences>(&teacher, &account, &());
        mail::set_rhythm(db, &choice, (Rhythm::AtOnce, Some(now()))).await.expect("a choice");
        calendar::choose(db, &choice, true).await.expect("a choice");
        let open = self.permit::<OpenCalendarFeed>(&teacher, &account, &());
        calendar::open(db, &open, &format!("feed {}", college.teacher), (now(), ids)).await.expect("a feed");
        let other = (college.manager, "ann.jones@college.example");
        let changed = addresses::change(db, &self.import(&college.facts), other, (now(), ids)).await;
        assert!(changed.expect("another address"));
        let round = Round { kind: RoundKind::Term, day: "2026-09-07".parse().expect("a day") };
        mail::begin_round(db, &self.mailing(&college.facts), (round, now())).await.expect("a round");
    }

    /// What the job that looks after mail may do.
    pub fn mailing(&self, facts: &ProgrammeFacts) -> Permit<DeliverMail> {
        self.gate.permit(&Actor::Job(Job::Mail), facts, &()).expect("allowed")
    }

    async fn support(&self, db: &Db, college: &College) {
        let institution = college.facts.institution;
        let teacher = self.person(db, institution, college.teacher).await;
        let practitioner = self.person(db, institution, college.practitioner).await;
        let avoid = self.permit::<AvoidPractitioner>(&teacher, &teacher, &practitioner);
        directory::avoid(db, &avoid).await.expect("avoided");
        let ask = self.permit::<AskForSupport>(&teacher, &college.facts, &practitioner);
        let (practitioner_id, themes) = (college.practitioner, vec![college.theme]);
        let (why, manner, place, wish, began) = (None, Manner::default(), None, None, Some(Began::Suggested));
        let request = Request { practitioner: practitioner_id, themes, why, manner, place, wish, began };
        support::insert(db, &ask, college.thread, (&request, now())).await.expect("a request");
        let slot = Slot { starts: "2026-11-23T10:30:00Z".parse().expect("a time"), length: Minutes(60) };
        threads::wish(db, &ask, college.thread, (self.fresh(), slot)).await.expect("a wish");
        let on = facts::thread(db, &college.facts, college.thread).await.expect("readable").expect("a thread");
        let accept = self.permit::<AcceptTime>(&practitioner, &on, &());
        meetings::book(db, &accept, college.meeting, (&slot, Form::TeachersLesson)).await.expect("a meeting");
        let kept = calendar::Kept::fresh().expect("chance");
        calendar::keep(db, &accept, (college.thread, college.meeting), &kept).await.expect("kept");
        let offers = self.permit::<OfferTimes>(&practitioner, &on, &());
        let id: OfferId = self.fresh();
        let offer =
            Offer { id, by: Party::Practitioner, slot, replaces: Some(college.meeting), form: Form::TeachersLesson };
        threads::offer(db, &offers, &offer).await.expect("an offer");
        let stamp = self.stamp();
        events::in_thread(db, &accept, stamp, (Some(college.thread), Party::Practitioner)).await.expect("an event");
        let (sees, today) = (self.permit::<SeeThread>(&practitioner, &on, &()), "2026-11-24".parse().expect("a day"));
        looked::at_thread(db, &sees, (Party::Practitioner, today)).await.expect("a look");
        let own = self.permit::<SeeOwnSupport>(&teacher, &teacher, &());
        looked::at_person(db, &own, (college.manager, Page::Staff, today)).await.expect("another look");
        let record = self.permit::<RecordMeeting>(&practitioner, &on, &());
        let entry = self.entry(college.held, &[]);
        hours::enter_meeting(db, &record, college.meeting, Some(&entry)).await.expect("hours of the meeting");
    }

    pub fn entry<'a>(&self, id: EntryId, themes: &'a [ThemeId]) -> NewEntry<'a> {
        let day = "2026-11-23".parse().expect("a day");
        NewEntry { id, day, minutes: Minutes(30), purposes: &[Purpose::OneToOne], themes, now: now() }
    }

    async fn hours(&self, db: &Db, college: &College) {
        let practitioner = self.person(db, college.facts.institution, college.practitioner).await;
        let practice = facts::practice(college.facts.institution, college.practitioner);
        let note = self.permit::<NoteHours>(&practitioner, &practice, &());
        let themes = [college.theme];
        let entry = self.entry(college.named, &themes);
        hours::note(db, &note, &entry, Some((self.fresh(), college.teacher))).await.expect("a note");
        let weekly = Actor::Job(Job::Weekly);
        let week = self.gate.permit::<RecomputeWeek>(&weekly, &college.facts, &()).expect("allowed");
        let none = Minutes(0);
        let hours = TermHours { plan: none, used: none, booked: none, forecast: none };
        let monday = "2026-11-23".parse().expect("a day");
        board::freeze(db, &week, (college.practitioner, monday), (hours, 0, 0)).await.expect("a row");
    }
}
