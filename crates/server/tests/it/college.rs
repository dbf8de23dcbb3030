//! A small college in a folder of its own: seventeen people of every role, a clock that stands, chance from a seed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Once};

use actions::chance::Seeded;
use actions::desk::{Desk, House};
use actions::staff::{Imported, NewCollege, import};
use actions::{Care, Gate, accounts, reading};
use axum::Router;
use domain::ids::{Chance, PersonId};
use domain::programme::{Model, Title};
use domain::staff_file;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use server::clock::Clock;
use server::limits::Limits;
use server::logs::{Form, subscriber};
use server::metrics::Meter;
use server::post::Post;
use server::routes::{App, Shared, router};
use server::sample::SamplePerson;
use tracing_subscriber::filter::LevelFilter;
use trial::Place;

use crate::browser::Browser;

/// The staff file.
pub const STAFF: &str = include_str!("../files/staff.csv");
/// The teacher of most tests.
pub const SAM: &str = "Sam Okafor";
/// The practitioner she asks.
pub const PRIYA: &str = "Priya Nair";
/// Another one.
pub const JOE: &str = "Joe Whittle";
/// One with a single remitted hour a year, who manages a teacher.
pub const TOM: &str = "Tom Birch";
/// A lead nobody who teaches reports to.
pub const HELEN: &str = "Helen Marsh";
/// A lead in the line of all teaching staff.
pub const DAFYDD: &str = "Dafydd Rees";
/// The teacher's line manager.
pub const NADIA: &str = "Nadia Haddad";
/// The teacher's appraiser.
pub const ELAINE: &str = "Elaine Catterall";
/// A teacher who has nothing to do with it.
pub const MINH: &str = "Nguyễn Thị Minh Khai";
/// The administrator.
pub const MAREK: &str = "Marek Nowicki";
/// A Tuesday in term.
pub const START: &str = "2026-11-24T09:00";

/// A college at work.
pub struct College {
    pub app: App,
    pub router: Router,
    pub chance: Arc<Seeded>,
    pub people: BTreeMap<String, (PersonId, String)>,
    place: Place,
}

/// A wall-clock time at the college, in seconds since 1970.
pub fn instant(local: &str) -> i64 {
    let zone = TimeZone::get("Europe/London").unwrap();
    local.parse::<DateTime>().unwrap().to_zoned(zone).unwrap().timestamp().as_second()
}

/// Reads a staff file as the command line does.
pub fn staff(csv: &str) -> staff_file::Staff {
    let table = reading::table("staff.csv", csv.as_bytes()).unwrap();
    staff_file::read(&table).unwrap().staff
}

impl College {
    /// A sample college: people sign in with one click.
    pub async fn sample() -> Self {
        Self::made(true, Model::Universal, STAFF).await
    }

    /// A real college.
    pub async fn real(model: Model) -> Self {
        Self::made(false, model, STAFF).await
    }

    /// A college from a staff file, at nine o'clock on a Tuesday, its week worked out.
    pub async fn made(sample: bool, model: Model, csv: &str) -> Self {
        Self::make(START, (sample, model), csv, |folder| Post::files(folder, "http://alongside.college.example")).await
    }

    /// A sample college from a staff file that begins at another time.
    pub async fn begun(at: &str, model: Model, csv: &str) -> Self {
        Self::make(at, (true, model), csv, |folder| Post::files(folder, "http://alongside.college.example")).await
    }

    /// A real college whose mail leaves another way.
    pub async fn with_post(post: impl FnOnce(&Path) -> Post) -> Self {
        Self::make(START, (false, Model::Universal), STAFF, post).await
    }

    async fn make(at: &str, (sample, model): (bool, Model), csv: &str, post: impl FnOnce(&Path) -> Post) -> Self {
        lines_are_wanted();
        let place = Place::new();
        let store = place.store(Care::Sample).await;
        let (gate, seeded) = (Gate::new().unwrap(), Arc::new(Seeded::new(1)));
        let chance: Arc<dyn Chance> = seeded.clone();
        let staff = staff(csv);
        let now = instant(at);
        let clock = Clock::Standing(AtomicI64::new(now));
        import(&store, (&gate, &chance), (&new_college(sample, model), &staff), clock.now(0)).await.unwrap();
        let house = Arc::new(House::open(store, gate, chance).await.unwrap());
        let desk = Desk::new(Arc::clone(&house), clock.now(0));
        let mut people = BTreeMap::new();
        for person in &staff.people {
            let id = actions::people::by_email(&desk, &person.email).await.unwrap().unwrap();
            people.insert(person.name.clone(), (id, person.email.clone()));
        }
        let listed = if sample { people.iter().map(listed).collect() } else { Vec::new() };
        let (limits, meter, post) = (Limits::default(), Meter::default(), post(place.folder()));
        let shared = Shared { house, clock, limits, meter, post, sample: listed, beside_set_up: false };
        let app = App(Arc::new(shared));
        let college = Self { router: router(app.clone()), app, chance: seeded, people, place };
        college.due().await;
        college
    }

    /// Sets the clock; sessions that are older than it allows end.
    pub fn clock(&self, local: &str) -> &Self {
        if let Clock::Standing(seconds) = &self.app.0.clock {
            seconds.store(instant(local), Ordering::Relaxed);
        }
        self
    }

    /// Does what is due at this moment.
    pub async fn due(&self) {
        server::jobs::due(&self.app).await.unwrap();
    }

    /// Writes and delivers the mail that is due at this moment.
    pub async fn post(&self) {
        server::jobs::post(&self.app).await.unwrap();
    }

    /// The mail that became files: names and texts.
    pub fn mails(&self) -> Vec<(String, String)> {
        let Ok(folder) = std::fs::read_dir(self.folder().join("mail")) else { return Vec::new() };
        let file = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n");
            (entry.file_name().to_string_lossy().into_owned(), text)
        };
        let mut all: Vec<_> = folder.map(file).collect();
        all.sort();
        all
    }

    /// Somebody's identifier.
    pub fn id(&self, name: &str) -> String {
        self.people[name].0.to_string()
    }

    /// A browser with nobody signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which somebody of a sample college has signed in just now.
    pub async fn browser_of(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let fields = [("person".to_owned(), self.id(name))];
        browser.post("/sign-in/sample", &fields).await.is(303);
        browser
    }

    /// A set-up link's token for somebody, as the command line issues it.
    pub async fn link(&self, name: &str) -> String {
        accounts::issue_link(&self.app.desk(), &self.people[name].1).await.unwrap().unwrap()
    }

    /// A browser in which somebody has signed in with the password "correct horse battery", chosen with a link.
    pub async fn browser_with_password(&self, name: &str) -> Browser {
        let token = self.link(name).await;
        let words = "correct horse battery".to_owned();
        accounts::use_link(&self.app.desk(), &token, (words.clone(), words)).await.unwrap();
        let mut browser = self.browser();
        let form = browser.get("/sign-in").await.form("/sign-in");
        let form = form.with("email", &self.people[name].1).with("password", "correct horse battery");
        browser.send(&form).await.is(303);
        browser
    }

    /// Brings a changed staff file in.
    pub async fn import(&self, csv: &str) -> Imported {
        let house = &self.app.0.house;
        let college = new_college(true, Model::Universal);
        let now = self.app.desk().now;
        import(&house.store, (&house.gate, &house.chance), (&college, &staff(csv)), now).await.unwrap()
    }

    /// Where its files lie.
    pub fn folder(&self) -> &std::path::Path {
        self.place.folder()
    }
}

fn new_college(sample: bool, model: Model) -> NewCollege {
    NewCollege {
        name: "Harbour College".to_owned(),
        title: Title::from_one("Professional Tutor"),
        model,
        sample,
        zone: TimeZone::get("Europe/London").unwrap(),
        years: vec![2026, 2027],
        clock_ahead: 0,
    }
}

fn listed((name, (id, email)): (&String, &(PersonId, String))) -> SamplePerson {
    SamplePerson {
        id: *id,
        name: name.clone(),
        roles: Vec::new(),
        user: email.clone(),
        password: String::new(),
        area: String::new(),
        line_manager: String::new(),
        part: String::new(),
        note: String::new(),
    }
}

/// tracing remembers of each place in the code whether anybody wants its lines, and while one test alone listens it asks the
/// thread that comes there first. With somebody who wants them all from the start, no test is told that nobody does.
fn lines_are_wanted() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let all = subscriber(Form::Json, LevelFilter::TRACE, std::io::sink);
        tracing::subscriber::set_global_default(all).unwrap();
    });
}
