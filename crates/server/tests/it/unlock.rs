//! A session begun after a password was chosen with a link shows nobody whom somebody works with, until it has unlocked the
//! keys or time has passed.

use actions::accounts;
use domain::programme::Model;
use trial::Maker;

use crate::browser::Browser;
use crate::college::*;
use crate::story::ask;
use crate::words::keyed;

const NEW: &str = "a new one of four words";

async fn signed_in(college: &College, password: &str) -> Browser {
    signed_in_as(college, SAM, password).await
}

async fn signed_in_as(college: &College, who: &str, password: &str) -> Browser {
    let mut browser = college.browser();
    let form = browser.get("/sign-in").await.form("/sign-in");
    browser.send(&form.with("email", &college.people[who].1).with("password", password)).await.is(303);
    browser
}

/// Somebody chooses a password with a link, in place of the one there is, and signs in with it.
async fn with_a_link(college: &College) -> Browser {
    link_of(college, SAM).await;
    signed_in(college, NEW).await
}

async fn link_of(college: &College, who: &str) {
    let (desk, token) = (college.app.desk(), college.link(who).await);
    accounts::use_link(&desk, &token, (NEW.to_owned(), NEW.to_owned())).await.expect("chosen");
}

const CLOSED: [&str; 12] = [
    "/support",
    "/support/new",
    "/practitioners",
    "/account/looked",
    "/account/data",
    "/account/data.json",
    "/week",
    "/hours",
    "/programme",
    "/practice",
    "/safeguarding",
    "/disclosures/00000000-0000-4000-8000-000000000001",
];

/// R-ACC-12
#[tokio::test]
async fn after_a_link_the_keys_have_to_be_unlocked_before_anything_of_support_opens() {
    let college = College::real(Model::Universal).await;
    let mut sam = college.browser_with_password(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    let sams = keyed(&mut sam, &college.id(SAM)).await;
    let mut thief = with_a_link(&college).await;
    let words = format!("{place}/words");
    for path in CLOSED.iter().copied().chain([place.as_str(), words.as_str()]) {
        let page = thief.get(path).await;
        page.is(403).says("Unlock first").is_silent_about("Priya");
    }
    let denied = thief.forge(&format!("{place}/withdrawal"), &[("version", "1")]).await;
    denied.is(403).says("Unlock first");
    thief.get("/keys/own").await.is(200);
    let page = thief.get("/support").await;
    let nonce = page.attributes_of("section", "data-nonce").pop().expect("a nonce");
    let other = Maker::new(&college.id(SAM));
    for wrong in [other.proof(&nonce), sams.proof("00"), sams.proof(&format!("{nonce}0")), String::new()] {
        thief.forge("/session/proof", &[("jws", &wrong)]).await.is(422);
    }
    thief.get("/support").await.is(403);
    thief.forge("/session/proof", &[("jws", &sams.proof(&nonce))]).await.is(201);
    thief.get("/support").await.is(200).says("Priya Nair");
    // Another session has its own to prove: what was signed for one is of no use in another.
    let mut second = signed_in(&college, NEW).await;
    second.forge("/session/proof", &[("jws", &sams.proof(&nonce))]).await.is(422);
    second.get("/support").await.is(403);
    // Whoever has unlocked the keys and chooses a password is the owner: from then on nothing is asked.
    let form = thief.get("/account").await.form("/account/password");
    let change = form.with("current", NEW).with("new", "another one of four").with("again", "another one of four");
    thief.send(&change).await.is(303);
    let mut third = signed_in(&college, "another one of four").await;
    third.get("/support").await.is(200);
}

/// R-ACC-12
#[tokio::test]
async fn without_keys_three_days_stand_in_for_them_and_none_can_be_made_meanwhile() {
    let college = College::real(Model::Universal).await;
    let mut sam = college.browser_with_password(SAM).await;
    ask(&mut sam, &college, PRIYA).await;
    let mut thief = with_a_link(&college).await;
    for path in CLOSED {
        thief.get(path).await.is(403).says("three days").is_silent_about("Priya");
    }
    thief.get("/keys/own").await.is(403);
    let maker = Maker::new(&college.id(SAM));
    thief.forge("/keys/own", &[("keys", "{}")]).await.is(403);
    thief.forge("/session/proof", &[("jws", &maker.proof("00"))]).await.is(403);
    college.clock("2026-11-27T12:00");
    let mut sam = signed_in(&college, NEW).await;
    sam.get("/support").await.is(200).says("Priya Nair");
}

/// R-ACC-12
#[tokio::test]
async fn whoever_looks_after_the_list_of_staff_goes_on_without_keys() {
    let college = College::real(Model::Universal).await;
    college.browser_with_password(MAREK).await;
    link_of(&college, MAREK).await;
    let mut marek = signed_in_as(&college, MAREK, NEW).await;
    marek.get("/").await.is(303);
    for path in ["/people", "/people/new", "/people/areas"] {
        marek.get(path).await.is(200).is_silent_about("Unlock first");
    }
    // The gate is asked all the same, and what could name support waits.
    marek.get("/programme/frame").await.is(404);
    marek.get("/programme").await.is(403).says("three days");
    marek.get("/account/looked").await.is(403);
}
