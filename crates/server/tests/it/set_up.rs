//! A folder without a college: who may set one up, the seven steps, and what is left of them when it is live.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use actions::chance::Seeded;
use actions::set_up::Yard;
use actions::{Care, Gate};
use axum::Extension;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use server::clock::Clock;
use server::first_run::{FirstRun, router};
use server::post::Post;
use trial::Place;

use crate::browser::Browser;
use crate::college::{STAFF, START, instant};
use crate::page::Page;

const WORDS: &str = "correct horse battery";

/// The program in a folder without a college.
struct Fresh {
    first: FirstRun,
    router: Router,
    place: Place,
}

impl Fresh {
    async fn new() -> Self {
        Self::started(Place::new(), 3).await
    }

    async fn started(place: Place, seed: u64) -> Self {
        let store = place.store(Care::Sample).await;
        let yard = Yard { store, gate: Gate::new().unwrap(), chance: Arc::new(Seeded::new(seed)) };
        let clock = Clock::Standing(AtomicI64::new(instant(START)));
        let here = "http://127.0.0.1:8417".to_owned();
        let post = Post::files(place.folder(), &here);
        let first = FirstRun::begin(yard, clock, (place.folder().join("sample"), post, here)).await.unwrap();
        Self { router: router(first.clone()), first, place }
    }

    /// The same folder after the program was stopped and started.
    async fn again(self) -> Self {
        let Self { place, .. } = self;
        Self::started(place, 4).await
    }

    fn from(&self, peer: &str) -> Browser {
        let peer: SocketAddr = peer.parse().unwrap();
        Browser::new(self.router.clone().layer(Extension(ConnectInfo(peer))))
    }

    /// A browser on the machine itself.
    fn here(&self) -> Browser {
        self.from("127.0.0.1:50000")
    }

    /// A browser on another machine.
    fn far(&self) -> Browser {
        self.from("192.168.1.20:50000")
    }

    /// Takes all steps but going live.
    async fn all_steps(&self, browser: &mut Browser) {
        step(browser, "college", &[("name", "Harbour College"), ("ukprn", "10000001")]).await;
        step(browser, "role", &[("one", "Professional Tutor"), ("model", "universal")]).await;
        step(browser, "year", &[("census", "2026-11-05")]).await;
        upload(browser, ("staff.csv", STAFF)).await.is(303);
        step(browser, "places", &[("sites", "West"), ("areas", "Construction")]).await;
        step(browser, "practitioners", &[("add", "Sam Okafor")]).await;
        step(browser, "people", &[("administrators", "Ng <ng@college.example>")]).await;
    }
}

/// Fills a step in and saves it.
async fn step(browser: &mut Browser, code: &str, fields: &[(&str, &str)]) {
    let page = sent(browser, code, fields).await;
    page.is(303);
}

async fn sent(browser: &mut Browser, code: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("/begin/{code}");
    let form = browser.get(&path).await.is(200).form(&path);
    let form = fields.iter().fold(form, |form, (name, value)| form.with(name, value));
    browser.send(&form).await
}

/// Sends a staff file.
async fn upload(browser: &mut Browser, (name, text): (&str, &str)) -> Page {
    let form = browser.get("/begin/staff").await.form("/begin/staff");
    let csrf = form.get("csrf").unwrap();
    let body = format!(
        "--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--x1\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--x1--\r\n"
    );
    let request = Request::post("/begin/staff").header("content-type", "multipart/form-data; boundary=x1");
    browser.request(request, Body::from(body)).await
}

/// R-SET-1
#[tokio::test]
async fn from_another_machine_nothing_is_shown_without_the_code() {
    let fresh = Fresh::new().await;
    let mut far = fresh.far();
    for path in ["/", "/begin/college", "/begin/year", "/begin/staff", "/begin/review"] {
        let page = far.get(path).await;
        assert_eq!((page.status, page.header("location")), (303, Some("/begin")), "{path}");
    }
    far.post("/begin/college", &[("name".to_owned(), "Mine".to_owned())]).await.is(303);
    let door = far.get("/begin").await;
    door.is(200).says("This Alongside is not set up yet").is_silent_about("Harbour").is_silent_about("csrf");
    let form = door.form("/begin/code");
    far.send(&form.clone().with("code", "ABCDE-FGHJK")).await.is(422).says("That is not the code.");
    let code = fresh.first.0.door.code();
    far.send(&form.clone().with("code", &code)).await.is(303);
    far.get("/begin").await.says("There are two ways to begin.");
    step(&mut far, "college", &[("name", "Harbour College")]).await;
    fresh.far().send(&form.with("code", &code)).await.is(422).says("a code works once");
}

/// R-SET-1
#[tokio::test]
async fn codes_are_not_guessed_for_long() {
    let fresh = Fresh::new().await;
    let mut far = fresh.far();
    let form = far.get("/begin").await.form("/begin/code");
    for _ in 0..10 {
        far.send(&form.clone().with("code", "wrong")).await.is(422);
    }
    let right = form.with("code", fresh.first.0.door.code());
    fresh.from("192.168.1.21:50000").send(&right).await.is(429).says("Wait a quarter of an hour");
    fresh.here().get("/begin").await.says("There are two ways to begin.");
}

/// R-SET-1
#[tokio::test]
async fn a_name_that_somebody_pointed_here_and_a_proxy_do_not_count_as_the_machine() {
    let fresh = Fresh::new().await;
    for (name, value) in [("host", "evil.example"), ("x-forwarded-for", "127.0.0.1")] {
        let request = Request::get("/begin/college").header(name, value);
        fresh.here().request(request, Body::empty()).await.is(303);
    }
    fresh.here().request(Request::get("/begin/college").header("host", "localhost:8417"), Body::empty()).await.is(200);
}

/// R-SET-6, R-SET-7
#[tokio::test]
async fn a_college_is_set_up_in_seven_steps_and_goes_live_in_one() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    fresh.all_steps(&mut browser).await;
    let page = browser.get("/begin/review").await;
    for words in [
        "Harbour College, UKPRN 10000001",
        "Professional Tutor, Professional Tutors",
        "Universal model",
        "Census day: Thu 5 Nov 2026",
        "17 people, 4 areas, 2 sites, 3 practitioners, from staff.csv",
        "Sites: North, South, West",
        "Sam Okafor: 150 h of 773 h a year",
        "Administrator: Marek Nowicki, Ng",
        "Nobody is in the area “Construction” yet.",
    ] {
        page.says(words);
    }
    let form = page.form("/begin/live").with("new", WORDS).with("again", WORDS);
    browser.send(&form).await.is(422).says("Choose who you are");
    let short = form.clone().with("who", "ng@college.example").with("new", "short");
    browser.send(&short).await.is(422).says("Choose at least 12 characters.");
    browser.send(&form.clone().with("who", "sam.okafor@college.example")).await.is(422).says("Choose who you are");
    let done = browser.send(&form.clone().with("who", "ng@college.example")).await;
    assert_eq!(done.header("location"), Some("/people"));
    browser.get("/people").await.says("Your college is live").says("18 of 18 people").says("Sam Okafor");
    let nowhere = browser.get("/nowhere").await;
    for path in ["/begin", "/begin/college", "/begin/review", "/begin/staff"] {
        let page = browser.get(path).await;
        assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes), "{path}");
    }
    browser.send(&form.with("who", "ng@college.example")).await.is(404);
    let year = browser.get("/programme/year").await;
    assert_eq!(year.form("/programme/year").get("census"), Some("2026-11-05"));
    let mut others = fresh.far();
    let page = others.get("/begin").await;
    assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes));
}

/// R-SET-6
#[tokio::test]
async fn steps_are_kept_when_the_program_is_started_again_and_open_pages_stay_good() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    step(&mut browser, "people", &[("leads", "Ng <ng@college.example>")]).await;
    let open = browser.get("/begin/college").await.form("/begin/college").with("name", "Harbour College");
    let fresh = fresh.again().await;
    let mut browser = fresh.here();
    browser.get("/begin").await.says("Go on setting up").says("Lead and administrator ✓ (saved)");
    browser.send(&open).await.is(303);
    let college = browser.get("/begin/college").await.form("/begin/college");
    assert_eq!(college.get("name"), Some("Harbour College"));
    let people = browser.get("/begin/people").await.form("/begin/people");
    assert_eq!(people.get("leads"), Some("Ng <ng@college.example>"));
}

/// R-SET-4
#[tokio::test]
async fn what_is_missing_is_said_with_a_link_and_nothing_goes_live() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    let page = browser.get("/begin/review").await;
    for words in ["Your college has no name yet.", "The year has no terms yet.", "Nobody is programme lead yet."] {
        page.says(words);
    }
    assert!(!page.has_form("/begin/live"));
    assert!(page.links().contains("/begin/year"));
    let csrf = ("csrf".to_owned(), fresh.first.0.csrf.clone());
    let fields = [csrf, ("new".to_owned(), WORDS.to_owned()), ("again".to_owned(), WORDS.to_owned())];
    browser.post("/begin/live", &fields).await.is(422).says("Something is still missing");
    browser.get("/sign-in").await.is(404);
}

/// R-SET-2, R-SET-3, R-SET-5, R-YEA-1, R-YEA-2, R-YEA-3, R-YEA-4
#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_stays() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    upload(&mut browser, ("staff.csv", STAFF)).await.is(303);
    for (code, field, typed, sentence) in [
        ("college", "ukprn", "1234", "A UKPRN has eight digits"),
        ("college", "name", "", "Write the name of your college."),
        ("role", "one", "", "Write what you call the role"),
        ("role", "model", "none", "Choose the one that comes closest."),
        ("places", "sites", "West\nwest", "“west” stands twice, on lines 1 and 2"),
        ("places", "areas", "Health & Care\nHealth and care", "stands twice"),
        ("year", "ends", "2026-08-31", "The year ends before it starts."),
        ("year", "starts", "someday", "This is not a day"),
        ("year", "term-starts-1", "2026-12-01", "“Autumn term” is not over by then"),
        ("year", "term-ends-0", "", "Choose a day."),
        ("year", "holiday-starts-8", "2028-01-01", "Sat 1 Jan 2028 is outside the year"),
        ("year", "census", "2026-12-25", "Fri 25 Dec 2026 is not in a term"),
        ("practitioners", "remitted-0", "800", "more than the 773 h of teaching"),
        ("practitioners", "remitted-0", "0", "Nobody can help in none"),
        ("practitioners", "caseload-1", "many", "not a number of hours"),
        ("practitioners", "add", "Nobody Here", "“Nobody Here” is not in the staff file"),
        ("people", "leads", "Nobody Here", "is written as Name <name@your.college>"),
        ("people", "administrators", "Ng <ng>", "This is not an e-mail address"),
    ] {
        let page = sent(&mut browser, code, &[("name", "Ng"), ("one", "Coach"), (field, typed)]).await;
        page.is(422).says(sentence);
        let error = format!("{field}-error");
        let ids = [page.attributes_of("p", "id"), page.attributes_of("div", "id")].concat();
        assert!(ids.contains(&error), "{code}: no {error} among {ids:?}");
        if !["model", "term-ends-0"].contains(&field) {
            assert_eq!(page.form(&format!("/begin/{code}")).get(field), Some(typed), "{code} {field} is kept");
        }
    }
    browser.get("/begin").await.says("Staff ✓").is_silent_about("Sites and areas</a> ✓");
}

#[tokio::test]
async fn a_staff_file_is_taken_whole_or_told_cell_by_cell() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    upload(&mut browser, ("staff.csv", "")).await.is(422).says("Choose a file");
    upload(&mut browser, ("staff.pdf", "%PDF-1.7")).await.is(422).says("It is a PDF");
    let bad =
        "Name,E-mail,Area,Line manager,Roles,Salary\nNg,ng,Maths,Nobody,wizard,30000\nSam,sam@college.example,,,,\n";
    let page = upload(&mut browser, ("list.csv", bad)).await;
    page.is(422).says("Nothing of “list.csv” was taken: 3 things to put right");
    page.says("E-mail (B)").says("“wizard” is not a role").is_silent_about("30000");
    browser.get("/begin").await.is_silent_about("✓");
    let good = "Name,E-mail,Area,Line manager,Roles,Salary\nNg,ng@college.example,Maths,,,30000\n";
    upload(&mut browser, ("list.csv", good)).await.is(303);
    let page = browser.get("/begin/staff").await;
    page.says("Read: list.csv").says("1 person, 1 area, 0 sites, 0 practitioners.");
    page.says("Never brought in, because of what it holds: Salary (F).").is_silent_about("30000");
    assert!(!fresh.place.holds(b"30000"), "what is dropped at the door is never written");
}

#[tokio::test]
async fn a_form_from_elsewhere_or_without_its_token_does_nothing() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    let fields = [("name".to_owned(), "Harbour College".to_owned())];
    browser.post("/begin/college", &fields).await.is(403);
    let body = format!("csrf={}&name=Mine", fresh.first.0.csrf);
    let request = Request::post("/begin/college").header("sec-fetch-site", "cross-site");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    browser.request(request, Body::from(body)).await.is(403);
    browser.get("/begin").await.is_silent_about("✓");
}

#[tokio::test]
async fn the_sample_is_looked_at_beside_and_leaves_the_college_to_be_set_up() {
    let fresh = Fresh::new().await;
    let mut browser = fresh.here();
    browser.get("/sign-in").await.is(404);
    let form = browser.get("/begin").await.form("/begin/sample");
    let page = browser.send(&form).await;
    assert_eq!(page.header("location"), Some("/sign-in"));
    let page = browser.get("/sign-in").await;
    page.says("Sam Okafor").says("Leave the sample and set up your own college");
    let somebody = page.form("/sign-in/sample");
    browser.send(&somebody).await.is(303);
    browser.get("/practitioners").await.is(200);
    browser.get("/begin").await.says("Back to the sample college");
    fresh.all_steps(&mut browser).await;
    let live = browser.get("/begin/review").await.form("/begin/live");
    let live = live.with("who", "helen.marsh@college.example").with("new", WORDS).with("again", WORDS);
    let page = browser.send(&live).await;
    assert_eq!(page.header("location"), Some("/programme"));
    browser.get("/programme").await.says("Your college is live").says("Priya Nair");
    browser.get("/sign-in").await.is_silent_about("Look around").says("Harbour College");
}
