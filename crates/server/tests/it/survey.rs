//! The survey of staff on the pages: opened by the lead, a ticket taken under one's name, an answer without one, ranges afterwards.

use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use server::logs::{Form, subscriber};
use tracing_subscriber::filter::LevelFilter;
use trial::Blinded;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;

async fn opened() -> College {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/survey").await.form("/programme/survey");
    helen.does(&form.with("first", "2026-11-24").with("last", "2026-12-14")).await.says("A survey is open");
    college
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read(page: &Page) -> Value {
    serde_json::from_slice(&page.bytes).unwrap()
}

/// What the page of somebody known tells a browser: the survey and the modulus of its key.
async fn told(browser: &mut Browser) -> (String, Vec<u8>) {
    let page = browser.get("/survey").await;
    let of = |name: &str| page.attributes_of("section", name).into_iter().find(|value| !value.is_empty()).unwrap();
    (of("data-survey"), URL_SAFE_NO_PAD.decode(of("data-key")).unwrap())
}

/// Takes a ticket as a browser does.
async fn ticket(browser: &mut Browser, token: [u8; 32]) -> Value {
    let (survey, modulus) = told(browser).await;
    let blinded = Blinded::of(&modulus, token).unwrap();
    let hidden = coded(blinded.blinded());
    let page = browser.forge("/survey/ticket", &[("survey", &survey), ("blinded", &hidden)]).await;
    let signed = URL_SAFE_NO_PAD.decode(read(page.is(200))["signed"].as_str().unwrap()).unwrap();
    let signature = coded(&blinded.finish(&signed).unwrap());
    json!({ "survey": survey, "token": coded(&token), "signature": signature, "side": "staff",
            "choices": ["agree", "agree", "neither", "cannot-say", "strongly-agree", "agree", "disagree"], "factors": ["time"] })
}

/// Sends an answer as a page of ours does: from its own address, without cookies.
async fn answer(college: &College, letter: &Value) -> Page {
    from(college, letter, Some("http://college.example")).await
}

async fn from(college: &College, letter: &Value, origin: Option<&str>) -> Page {
    let request = Request::post("/survey/answers").header(header::HOST, "college.example");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let request = match origin {
        Some(origin) => request.header(header::ORIGIN, origin),
        None => request,
    };
    college.browser().request(request, Body::from(letter.to_string())).await
}

/// R-SUR-15 R-SUR-16
#[tokio::test]
async fn the_lead_opens_it_in_words_and_leaders_read_what_is_released_and_nobody_else_does() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("What staff say");
    let page = helen.get("/programme/survey").await;
    page.says("No survey is over yet.");
    let form = page.form("/programme/survey");
    for (first, last, sentence) in [
        ("", "", "Choose a first day from today on."),
        ("2026-11-20", "2026-12-10", "Choose a first day from today on."),
        ("2026-11-24", "2026-11-26", "Choose a last day so that it is open for 7 to 56 days."),
    ] {
        let refused = helen.send(&form.clone().with("first", first).with("last", last)).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/programme/survey").get("last"), Some(last), "nothing typed is lost");
    }
    let ahead = helen.does(&form.clone().with("first", "2026-12-01").with("last", "2026-12-14")).await;
    ahead.says("A survey is planned");
    helen.does(&ahead.form("/cancellation")).await.says("Taken back.");
    helen.does(&form.with("first", "2026-11-24").with("last", "2026-12-14")).await.says("A survey is open");
    helen.get("/programme/survey").await.says("known to nobody until it is over");
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let page = ruth.get("/programme/survey").await;
    page.says("What staff say");
    assert!(!page.has_form("/programme/survey"));
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        browser.get("/programme/survey").await.is(404);
        browser.forge("/programme/survey", &[("first", "2026-12-01"), ("last", "2026-12-10")]).await.is(404);
        browser.forge("/programme/survey/cancellation", &[]).await.is(404);
    }
    ruth.forge("/programme/survey", &[("first", "2026-12-01"), ("last", "2026-12-10")]).await.is(404);
}

/// R-SUR-10 R-SUR-11
#[tokio::test]
async fn teaching_staff_take_one_ticket_and_their_first_pages_are_the_same_before_and_after() {
    let college = College::sample().await;
    college.browser_of(SAM).await.get("/support").await.is_silent_about("Say what it is like");
    college.browser().get("/survey/answers").await.is(404);
    let college = opened().await;
    let mut sam = college.browser_of(SAM).await;
    let before = sam.get("/support").await;
    before.says("Say what it is like");
    college.browser_of(PRIYA).await.get("/week").await.says("Say what it is like");
    let mut marek = college.browser_of(MAREK).await;
    marek.get("/support").await.is_silent_about("Say what it is like");
    marek.get("/survey").await.is(404);
    marek.forge("/survey/ticket", &[("survey", "x"), ("blinded", "x")]).await.is(404);
    ticket(&mut sam, [1; 32]).await;
    assert_eq!(sam.get("/support").await.text(), before.text(), "nobody reads over a shoulder who took one");
    let (survey, modulus) = told(&mut sam).await;
    let other = coded(Blinded::of(&modulus, [2; 32]).unwrap().blinded());
    let again = sam.forge("/survey/ticket", &[("survey", &survey), ("blinded", &other)]).await;
    assert_eq!((again.status, read(&again)["code"].as_str()), (409, Some("taken")));
}

/// R-SUR-10 R-SUR-12 R-SUR-17
#[tokio::test]
async fn an_answer_comes_without_a_session_counts_once_and_is_refused_at_its_field() {
    let college = opened().await;
    let mut sam = college.browser_of(SAM).await;
    let letter = ticket(&mut sam, [3; 32]).await;
    let page = college.browser().get("/survey/answers").await;
    page.is(200).says("have improved teaching, learning and assessment.").says("Cannot say");
    page.says("have helped staff to be more engaged in their work.").says("have strengthened the motivation of staff.");
    assert_eq!(page.header("set-cookie"), None);
    let orders: Vec<Vec<String>> =
        vec![page.texts("label"), college.browser().get("/survey/answers").await.texts("label")];
    assert_ne!(orders[0], orders[1], "factors are in an order from chance");
    for (field, value, at) in [
        ("side", json!("x"), "side"),
        ("choices", json!(["agree", "agree", "x", "agree", "agree", "agree", "agree"]), "S3"),
        ("choices", json!(["agree", "agree", "agree", "agree", "agree"]), "S6"),
        ("factors", json!(["time", "subject", "prompt", "lasting", "chosen", "leaders"]), "factors"),
    ] {
        let mut wrong = letter.clone();
        wrong[field] = value;
        let refused = answer(&college, &wrong).await;
        assert_eq!((refused.status, read(&refused)["field"].as_str()), (422, Some(at)));
    }
    from(&college, &letter, None).await.is(403);
    from(&college, &letter, Some("https://elsewhere.example")).await.is(403);
    answer(&college, &json!({ "survey": 7 })).await.is(400);
    let mut wrong = letter.clone();
    wrong["token"] = json!(coded(&[4; 32]));
    assert_eq!(read(answer(&college, &wrong).await.is(422))["code"], "ticket");
    let counted = answer(&college, &letter).await;
    assert_eq!((counted.status, counted.header("set-cookie")), (200, None));
    assert_eq!(read(answer(&college, &letter).await.is(409))["code"], "used");
    college.clock("2026-12-15T09:00");
    assert_eq!(read(answer(&college, &letter).await.is(422))["code"], "closed");
}

/// R-SUR-12
#[tokio::test]
async fn no_line_of_the_log_and_no_figure_tells_that_an_answer_came() {
    let college = opened().await;
    let mut sam = college.browser_of(SAM).await;
    let letter = ticket(&mut sam, [5; 32]).await;
    let figures = |college: &College| {
        college
            .app
            .0
            .meter
            .text(true)
            .lines()
            .filter(|line| line.contains("http"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let before = figures(&college);
    let kept = Kept::default();
    {
        let _guard = tracing::subscriber::set_default(subscriber(Form::Json, LevelFilter::TRACE, kept.clone()));
        answer(&college, &letter).await.is(200);
        answer(&college, &letter).await.is(409);
        college.browser().get("/survey/answers").await.is(200);
    }
    assert_eq!(String::from_utf8_lossy(&kept.0.lock().unwrap()), "");
    assert_eq!(figures(&college), before);
}

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Kept {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// R-SUR-3 R-SUR-13
#[tokio::test]
async fn when_it_is_over_too_few_are_said_to_be_too_few() {
    let college = opened().await;
    let mut sam = college.browser_of(SAM).await;
    let letter = ticket(&mut sam, [6; 32]).await;
    answer(&college, &letter).await.is(200);
    college.clock("2026-12-15T09:00");
    college.due().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme/survey").await.says("2026/27").says("Fewer than ten answered, so nothing is shown.");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/survey").await.says("No survey is open.");
    sam.get("/support").await.is_silent_about("Say what it is like");
}
