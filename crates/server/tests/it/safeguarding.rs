//! Somebody is at risk: what each page says, to whom, and that to everybody else there is nothing.

use serde_json::{Value, json};
use trial::Maker;

use crate::browser::Browser;
use crate::college::*;
use crate::story::{NOTHING, ask};
use crate::words::{keyed, read};

/// The safeguarding lead, who stands above neither of the two.
pub const BETHAN: &str = "Bethan Pryce";

/// Passes something on in a thread; with a reason, it is kept from the other one. Gives what it is called.
pub async fn pass(browser: &mut Browser, (place, reason): (&str, &str), (by, to): (&Maker, &[&Maker])) -> String {
    let offer = read(&browser.get(&format!("{place}/disclosure.json")).await);
    let id = offer["disclosure"].as_str().unwrap().to_owned();
    let jwe = by.note_of("disclosure", &id, (&id, 1), (0, 64 * 1024));
    let grants: Vec<String> = to.iter().map(|one| by.grant((&id, 0), &one.kid())).collect();
    let fields = [
        ("disclosure", id.as_str()),
        ("category", "learner"),
        ("unsafe", if reason.is_empty() { "" } else { "on" }),
        ("reason", reason),
        ("jwe", &jwe),
        ("grants", &json!(grants).to_string()),
    ];
    let answer = browser.forge(&format!("{place}/disclosure"), &fields).await;
    assert_eq!((answer.status, &read(&answer)["to"]), (201, &json!(place)), "{}", answer.text());
    id
}

/// Sam, Priya and the lead at their browsers, with keys, and the thread's address.
struct Story {
    college: College,
    sam: Browser,
    priya: Browser,
    bethan: Browser,
    sams: Maker,
    priyas: Maker,
    bethans: Maker,
    place: String,
}

impl Story {
    async fn new() -> Self {
        let college = College::sample().await;
        let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
        let mut bethan = college.browser_of(BETHAN).await;
        let place = ask(&mut sam, &college, PRIYA).await;
        let sams = keyed(&mut sam, &college.id(SAM)).await;
        let priyas = keyed(&mut priya, &college.id(PRIYA)).await;
        let bethans = keyed(&mut bethan, &college.id(BETHAN)).await;
        Self { college, sam, priya, bethan, sams, priyas, bethans, place }
    }

    async fn open(&mut self) -> String {
        let to = [&self.priyas, &self.bethans, &self.sams];
        pass(&mut self.priya, (&self.place, ""), (&self.priyas, &to)).await
    }

    async fn kept(&mut self) -> String {
        pass(&mut self.priya, (&self.place, "harm"), (&self.priyas, &[&self.priyas, &self.bethans])).await
    }
}

/// R-SAF-5 R-ACC-13
#[tokio::test]
async fn whoever_takes_everything_away_has_what_was_passed_on_as_far_as_they_may_know() {
    let mut story = Story::new().await;
    let before = story.sam.get("/account/data.json").await.text();
    let kept = story.kept().await;
    assert_eq!(story.sam.get("/account/data.json").await.text(), before, "byte for byte");
    let hers = read(&story.priya.get("/account/data.json").await);
    assert_eq!((&hers["passed on"][0]["disclosure"], &hers["passed on"][0]["of"]), (&json!(kept), &json!(SAM)));
    assert_eq!(hers["disclosures"][0]["title"], json!("You passed this on to the safeguarding leads"));
    let open = story.open().await;
    let his = read(&story.sam.get("/account/data.json").await);
    assert_eq!(his["passed on"].as_array().map(Vec::len), Some(1), "one of the two");
    assert_eq!((&his["passed on"][0]["disclosure"], &his["passed on"][0]["to"]), (&json!(open), &json!([BETHAN])));
    assert_eq!(his["passed on"][0]["decided"], json!([]));
    assert_eq!(read(&story.bethan.get("/account/data.json").await)["passed on"], json!([]));
}

/// R-SAF-1 R-SAF-2 R-SAF-4 R-SAF-7
#[tokio::test]
async fn it_is_passed_on_and_each_of_the_three_reads_what_is_theirs_to_know() {
    let mut story = Story::new().await;
    let place = story.place.clone();
    story.priya.get(&place).await.says("Somebody is at risk");
    let form = story.priya.get(&format!("{place}/disclosure")).await;
    form.says("Ring 999").says("Bethan Pryce, safeguarding lead").says("A learner is at risk of harm");
    form.says("Telling Sam could put somebody at risk").says("reception knows it");
    story.sam.get(&format!("{place}/disclosure")).await.says("Telling Priya could put somebody at risk");
    let offer = read(&story.priya.get(&format!("{place}/disclosure.json")).await);
    assert_eq!(
        (&offer["leads"][0]["name"], &offer["leads"][0]["keys"]["kid"]),
        (&json!(BETHAN), &json!(story.bethans.kid()))
    );
    assert_eq!(
        (&offer["other"]["uid"], &offer["mine"]["kid"]),
        (&json!(story.college.id(SAM)), &json!(story.priyas.kid()))
    );
    story.bethan.get("/safeguarding").await.says("Nothing has been passed to you");
    let id = story.open().await;
    let page = format!("/disclosures/{id}");
    story.bethan.get("/").await.is(303);
    let inbox = story.bethan.get("/safeguarding").await;
    inbox.says("A learner is at risk of harm").says(PRIYA).says(SAM).says("New");
    story.bethan.get(&page).await.says("From Priya Nair").says("not yet").says("It has been dealt with");
    let words = read(&story.bethan.get(&format!("{page}/words")).await);
    assert_eq!((&words["disclosure"], &words["by"]["name"], &words["tell"]), (&json!(id), &json!(PRIYA), &Value::Null));
    assert_eq!(words["grants"][0]["by"], json!({ "uid": story.college.id(PRIYA), "keys": words["by"]["keys"] }));
    assert!(words["jwe"]["ciphertext"].is_string() && words["csrf"].is_string());
    let opened = story.bethan.get("/safeguarding").await;
    opened.says("24 Nov 2026, Bethan Pryce");
    assert!(!opened.text().contains("New"));
    story.priya.get(&page).await.says("24 Nov 2026 by Bethan Pryce").says("Sam Okafor can see that it was passed on");
    let thread = story.sam.get(&place).await;
    thread.says("Passed to the safeguarding leads").says("by Priya Nair, 24 Nov 2026, to Bethan Pryce");
    story.sam.get("/support").await.says("by Priya Nair, 24 Nov 2026");
    let subject = story.sam.get(&page).await;
    subject.says("From Priya Nair").says("To Bethan Pryce");
    for hidden in ["Opened", "It has been dealt with", "What was decided"] {
        assert!(!subject.text().contains(hidden), "{hidden}");
    }
    assert_eq!(read(&story.sam.get(&format!("{page}/words")).await)["grants"].as_array().map(Vec::len), Some(1));
}

/// R-SAF-7
#[tokio::test]
async fn to_everybody_else_there_is_nothing_at_these_addresses() {
    let mut story = Story::new().await;
    let id = story.kept().await;
    for who in [SAM, NADIA, ELAINE, HELEN, MAREK, DAFYDD, JOE, "Ruth Adeyemi"] {
        let mut other = story.college.browser_of(who).await;
        for path in ["", "/words"] {
            let there = other.get(&format!("/disclosures/{id}{path}")).await;
            let nowhere = other.get(&format!("/disclosures/{NOTHING}{path}")).await;
            assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{who} {path}");
        }
        for act in ["telling", "returns", "review", "closing"] {
            let to = story.college.id(BETHAN);
            let fields = [("grants", "[]"), ("reason", "harm"), ("sure", "on"), ("plain", "on"), ("to", &to)];
            other.forge(&format!("/disclosures/{id}/{act}"), &fields).await.is(404);
        }
        other.get("/safeguarding").await.is(404);
        if who != SAM {
            let path = format!("{}/disclosure", story.place);
            other.get(&path).await.is(404);
            other.get(&format!("{path}.json")).await.is(404);
            other.forge(&path, &[("disclosure", NOTHING)]).await.is(404);
        }
    }
    story.priya.forge(&format!("/disclosures/{id}/closing"), &[("sure", "on")]).await.is(404);
    story.college.browser().get("/safeguarding").await.is(303);
}

/// R-SAF-10
#[tokio::test]
async fn what_a_lead_can_open_is_not_given_back() {
    let mut story = Story::new().await;
    let id = story.kept().await;
    let words = read(&story.priya.get(&format!("/disclosures/{id}/words")).await);
    let bethan = (&words["others"][0]["name"], &words["others"][0]["holds"]);
    assert_eq!(bethan, (&json!(BETHAN), &json!(true)));
    assert_eq!(words["others"].as_array().map(Vec::len), Some(1), "not herself, and not whom it is about");
    let grants = json!([story.priyas.grant((&id, 0), &story.bethans.kid())]).to_string();
    let fields = [("to", story.college.id(BETHAN)), ("grants", grants)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    story.priya.forge(&format!("/disclosures/{id}/returns"), &fields).await.is(409);
    story.priya.forge(&format!("/disclosures/{id}/returns"), &[("to", "nobody")]).await.is(404);
}

/// R-SAF-4 R-SAF-6 R-SAF-7 R-SAF-8
#[tokio::test]
async fn what_is_kept_back_is_decided_again_told_and_closed() {
    let mut story = Story::new().await;
    let id = story.kept().await;
    let page = format!("/disclosures/{id}");
    let own = story.priya.get(&story.place).await;
    own.says("by you, 24 Nov 2026, to Bethan Pryce").says("Sam Okafor has not been told.");
    let seen = story.priya.get(&page).await;
    seen.says("It could lead to violence or other harm")
        .says("You and the safeguarding leads decide again on 8 Dec 2026");
    assert!(!seen.text().contains("Nobody has opened it yet"));
    let early = story.priya.forge(&format!("{page}/review"), &[("reason", "harm")]).await;
    early.is(422).says("That is not due yet.");
    story.college.clock("2026-11-25T09:00").due().await;
    let mut priya = story.college.browser_of(PRIYA).await;
    priya.get(&page).await.says("Nobody has opened it yet").says("a safeguarding lead");
    story.college.clock("2026-12-08T10:00").due().await;
    let mut bethan = story.college.browser_of(BETHAN).await;
    let due = bethan.get(&page).await;
    let form = due.form("/review");
    bethan.send(&form.clone().with("reason", "")).await.is(422).says("Choose why telling could put somebody at risk.");
    bethan.does(&form.with("reason", "advice")).await.says("Not to tell yet.").says("8 Dec 2026, You");
    let words = read(&bethan.get(&format!("{page}/words")).await);
    assert_eq!(
        (&words["tell"]["uid"], &words["tell"]["keys"]["kid"]),
        (&json!(story.college.id(SAM)), &json!(story.sams.kid()))
    );
    let wrong = bethan.forge(&format!("{page}/telling"), &[("grants", "[]")]).await;
    assert_eq!((wrong.status, &read(&wrong)["code"]), (409, &json!("keys")));
    let grants = json!([story.bethans.grant((&id, 0), &story.sams.kid())]).to_string();
    bethan.forge(&format!("{page}/telling"), &[("grants", &grants)]).await.is(201);
    let mut sam = story.college.browser_of(SAM).await;
    sam.get(&page).await.says("From Priya Nair").says("Told 8 Dec 2026");
    let closing = bethan.get(&page).await.form("/closing");
    bethan.send(&closing).await.is(422).says("Tick that it has been dealt with");
    bethan
        .does(&closing.with("sure", "on"))
        .await
        .says("Closed. All of it is deleted.")
        .says("Nothing has been passed");
    sam.get(&page).await.is(404);
}

/// R-SAF-6
#[tokio::test]
async fn somebody_without_keys_is_told_with_a_plain_form() {
    let college = College::sample().await;
    let (mut minh, mut priya) = (college.browser_of(MINH).await, college.browser_of(PRIYA).await);
    let mut bethan = college.browser_of(BETHAN).await;
    let place = ask(&mut minh, &college, PRIYA).await;
    priya.get(&format!("{place}/disclosure")).await.says("No safeguarding lead can open it here yet.");
    bethan.get("/safeguarding").await.says("You have made no keys yet");
    let priyas = keyed(&mut priya, &college.id(PRIYA)).await;
    let bethans = keyed(&mut bethan, &college.id(BETHAN)).await;
    let id = pass(&mut priya, (&place, "pressure"), (&priyas, &[&priyas, &bethans])).await;
    let page = format!("/disclosures/{id}");
    let form = priya.get(&page).await.form("/telling");
    priya.does(&form).await.says("They have been told that it was passed on.").says("To tell.");
    minh.get(&page).await.says("From Priya Nair");
    priya.send(&form).await.is(409).says("They have been told already.");
}

/// R-SAF-9
#[tokio::test]
async fn the_lead_and_the_administrator_say_whom_one_telephones() {
    let college = College::sample().await;
    let (mut helen, mut marek) = (college.browser_of(HELEN).await, college.browser_of(MAREK).await);
    helen.get("/programme").await.says("When somebody is at risk");
    marek.get("/people").await.says("When somebody is at risk");
    let form = helen.get("/programme/safeguarding").await.form("/programme/safeguarding");
    let wrong = helen.send(&form.clone().with("answers", "Safeguarding Lead").with("telephone", "ask me")).await;
    wrong.is(422).says("Give a telephone number");
    assert_eq!(wrong.form("/programme/safeguarding").get("answers"), Some("Safeguarding Lead"), "what was typed stays");
    helen
        .send(&form.clone().with("answers", "").with("telephone", "01632 960118"))
        .await
        .is(422)
        .says("Say who answers");
    helen.does(&form.with("answers", "Safeguarding Lead").with("telephone", "01632 960118 ext 4")).await.says("Saved.");
    let shown = marek.get("/programme/safeguarding").await.form("/programme/safeguarding");
    assert_eq!(shown.get("telephone"), Some("01632 960118 ext 4"));
    marek.get("/programme/log").await.says("Say whom one telephones when somebody is at risk.");
    let mut sam = college.browser_of(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    let page = sam.get(&format!("{place}/disclosure")).await;
    page.says("Safeguarding Lead, 01632 960118 ext 4");
    assert!(page.attributes_of("a", "href").contains(&"tel:01632960118".to_owned()));
    for who in [SAM, PRIYA, NADIA, BETHAN, "Ruth Adeyemi"] {
        let mut other = college.browser_of(who).await;
        other.get("/programme/safeguarding").await.is(404);
        other.forge("/programme/safeguarding", &[("answers", "Me"), ("telephone", "01632 960000")]).await.is(404);
    }
}

/// R-SAF-2
#[tokio::test]
async fn a_lead_above_the_teacher_is_named_before_anything_goes() {
    let nadia = STAFF.replace(
        "teacher; head of department,,,,,,,,,\nFarida",
        "teacher; head of department; safeguarding lead,,,,,,,,,\nFarida",
    );
    assert_ne!(nadia, STAFF);
    let college = College::made(true, domain::programme::Model::Universal, &nadia).await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    keyed(&mut college.browser_of(NADIA).await, &college.id(NADIA)).await;
    let page = priya.get(&format!("{place}/disclosure")).await;
    page.says("Read this first. It goes to Nadia Haddad").says("Bethan Pryce has no keys yet");
    keyed(&mut college.browser_of(BETHAN).await, &college.id(BETHAN)).await;
    let page = priya.get(&format!("{place}/disclosure")).await;
    page.says("Bethan Pryce, safeguarding lead").is_silent_about("Nadia Haddad").is_silent_about("Read this first");
}
