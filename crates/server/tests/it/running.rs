//! What whoever runs the machine can read: health, figures, log lines. Nothing of anybody is in them.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use server::health::figures;
use server::logs::{Form, subscriber};
use tower::ServiceExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::college::*;
use crate::story::{self, NOTHING};

async fn text(router: axum::Router, path: &str) -> (u16, String) {
    let response = router.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

/// R-RUN-4
#[tokio::test]
async fn health_says_ok_and_with_the_database_gone_that_it_does_not_answer() {
    let college = College::sample().await;
    assert_eq!(text(college.router.clone(), "/health").await, (200, "ok".to_owned()));
    college.app.0.house.store.clone().close().await.unwrap();
    std::fs::remove_dir_all(college.folder()).unwrap();
    let (status, said) = text(college.router.clone(), "/health").await;
    assert_eq!(status, 503);
    assert!(said.starts_with("The database does not answer."), "{said}");
}

/// What somebody does in a quarter of an hour; `ask`: whether a request is among it.
async fn quarter_of_an_hour(college: &College, ask: bool) {
    let mut sam = college.browser_of(SAM).await;
    let form = story::ask_form(&mut sam, college, (PRIYA, "Questioning")).await;
    if ask {
        sam.does(&form).await.is(200);
    } else {
        // As many pages, and a form that sends nobody anything.
        let form = sam.get("/practitioners").await;
        form.is(200);
        sam.get("/support").await.is(200);
    }
    for who in [NADIA, HELEN, MAREK] {
        college.browser_of(who).await.get("/account").await.is(200);
    }
    college.browser_of(NADIA).await.get(&format!("/support/{NOTHING}")).await.is(404);
}

/// Lines without what differs from run to run: memory, and how long answers took.
fn steady(figures: &str) -> Vec<String> {
    let timed = |line: &str| {
        line.contains("le=\"0") || line.contains("_sum{") || line.contains("le=\"1") || line.contains("le=\"5")
    };
    let lines = figures.lines().filter(|line| !line.starts_with("process_resident") && !timed(line));
    lines.filter(|line| !line.starts_with("alongside_job_last")).map(str::to_owned).collect()
}

/// R-RUN-5
#[tokio::test]
async fn the_figures_of_two_colleges_that_differ_in_one_request_are_the_same() {
    let (plain, other) = (College::sample().await, College::sample().await);
    quarter_of_an_hour(&plain, false).await;
    quarter_of_an_hour(&other, true).await;
    let (_, plain) = text(figures(plain.app.clone()), "/metrics").await;
    let (_, other) = text(figures(other.app.clone()), "/metrics").await;
    let count = |text: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with("alongside_http_seconds_count{group=\"page\",outcome=\"served\"}"));
        line.and_then(|line| line.rsplit(' ').next()).unwrap().parse::<u32>().unwrap()
    };
    assert!(count(&plain) > 5, "{plain}");
    // Asking sends a form and shows a page where the other college shows two pages.
    assert_eq!(steady(&plain), steady(&other));
}

/// R-RUN-5
#[tokio::test]
async fn no_figure_has_a_name_or_a_label_that_is_not_known_here() {
    let college = College::sample().await;
    quarter_of_an_hour(&college, true).await;
    let (status, text) = text(figures(college.app.clone()), "/metrics").await;
    assert_eq!(status, 200);
    let names = [
        "alongside_build_info",
        "alongside_database_up",
        "process_resident_memory_bytes",
        "alongside_job_last_success_timestamp_seconds",
        "alongside_http_seconds_bucket",
        "alongside_http_seconds_sum",
        "alongside_http_seconds_count",
    ];
    let jobs = ["weekly", "tidy", "mail", "dates", "backup"];
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        assert!(names.contains(&name), "{line}");
        let labels = line.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(labels, _)| labels);
        for label in labels.split(',').filter(|label| !label.is_empty()) {
            let (key, value) = label.split_once('=').unwrap();
            let value = value.trim_matches('"');
            let known = match key {
                "version" => value == env!("CARGO_PKG_VERSION"),
                "job" => jobs.contains(&value),
                "group" => ["page", "asset", "health"].contains(&value),
                "outcome" => ["served", "turned_away", "failed"].contains(&value),
                "le" => value == "+Inf" || value.parse::<f64>().is_ok(),
                _ => false,
            };
            assert!(known, "{line}");
        }
    }
    let words = ["support", "ask", "thread", "request", "teacher", "practitioner", "person", "week\"", "hours"];
    assert!(!words.iter().any(|word| text.contains(word)), "{text}");
}

/// R-RUN-5
#[tokio::test]
async fn figures_are_not_among_the_pages() {
    let college = College::sample().await;
    college.browser().get("/metrics").await.is(404);
}

/// What is written to it, for a test to read.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything that people do in a morning, a wrong password, a page that is not there and the jobs among it.
async fn morning(college: &College) -> Vec<String> {
    let thread = story::agreed(college).await;
    college.clock("2026-11-24T11:20");
    let mut priya = college.browser_of(PRIYA).await;
    story::held(&mut priya, &thread, 50).await.says("Noted.");
    story::note(&mut priya, (&college.id(MINH), 10)).await.says("Noted.");
    let mut nadia = college.browser_of(NADIA).await;
    nadia.get(&thread).await.is(404);
    nadia.get("/people?find=sam.okafor").await.is(404);
    let mut browser = college.browser();
    let form = browser.get("/sign-in").await.form("/sign-in");
    browser.send(&form.with("email", &college.people[SAM].1).with("password", "wrong")).await;
    college.browser().get("/account").await.is(303);
    college.import(STAFF).await;
    college.clock("2026-11-30T09:00").due().await;
    vec![story::id_in(&thread, "support")]
}

/// R-RUN-6
#[tokio::test]
async fn no_line_of_the_log_holds_a_name_an_address_or_an_identifier() {
    for form in [Form::Text, Form::Json] {
        let kept = Kept::default();
        let _guard = tracing::subscriber::set_default(subscriber(form, LevelFilter::TRACE, kept.clone()));
        let college = College::sample().await;
        let mut secret = morning(&college).await;
        for (name, (id, email)) in &college.people {
            secret.extend([name.clone(), email.clone(), id.to_string()]);
        }
        secret.extend(["/support".to_owned(), "find=".to_owned(), "wrong".to_owned(), "Questioning".to_owned()]);
        let lines = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        assert!(lines.lines().count() > 20, "{lines}");
        assert!(lines.contains("answered") && lines.contains("turned_away") && lines.contains("served"), "{lines}");
        for word in &secret {
            assert!(!lines.to_lowercase().contains(&word.to_lowercase()), "the log says {word}");
        }
    }
}

/// R-RUN-6
#[tokio::test]
async fn a_line_about_an_answer_has_three_things_and_a_form_that_was_taken_looks_like_a_page() {
    let kept = Kept::default();
    let _guard = tracing::subscriber::set_default(subscriber(Form::Json, LevelFilter::INFO, kept.clone()));
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = story::ask_form(&mut sam, &college, (PRIYA, "Questioning")).await;
    sam.send(&form).await.is(303);
    sam.get("/support").await.is(200);
    let lines = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    let answered = lines.lines().rev().filter(|line| line.contains("answered")).take(2).map(|line| {
        let mut line: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        let mut keys: Vec<String> = line.keys().cloned().collect();
        keys.sort_unstable();
        assert_eq!(keys, ["group", "level", "message", "milliseconds", "outcome", "target", "timestamp"]);
        line.retain(|key, _| !["milliseconds", "timestamp"].contains(&key.as_str()));
        line
    });
    let [page, form] = answered.collect::<Vec<_>>().try_into().unwrap();
    assert_eq!((page["outcome"].as_str(), page["group"].as_str()), (Some("served"), Some("page")));
    assert_eq!(page, form);
}

/// R-RUN-6
#[test]
fn what_a_library_writes_is_not_passed_on() {
    let kept = Kept::default();
    let lines = subscriber(Form::Text, LevelFilter::TRACE, kept.clone());
    tracing::subscriber::with_default(lines, || {
        tracing::error!(target: "hyper::proto", "GET /support/7f4df1a0");
        tracing::warn!(target: "server::jobs", "ours");
    });
    let lines = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    assert!(lines.contains("ours") && !lines.contains("support"), "{lines}");
}

/// R-ACS-1
#[tokio::test]
async fn the_accessibility_statement_is_linked_from_every_page_and_open_to_everybody() {
    let college = College::sample().await;
    let mut nobody = college.browser();
    assert!(nobody.get("/sign-in").await.links().contains("/accessibility"));
    let page = nobody.get("/accessibility").await;
    page.is(200).says("What we try, with every change").says("What is known to be lacking").says("Whom to tell");
    let mut sam = college.browser_of(SAM).await;
    for path in ["/support", "/account", "/practitioners", "/nowhere"] {
        assert!(sam.get(path).await.links().contains("/accessibility"), "{path}");
    }
}
