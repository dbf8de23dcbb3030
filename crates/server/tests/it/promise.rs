//! Who sees what: the page, and that it holds. Every act and page of others is as if it did not exist.

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story::{NOTHING, agreed, note};

const OTHERS: [&str; 10] =
    [NADIA, ELAINE, HELEN, DAFYDD, MAREK, JOE, MINH, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"];

#[track_caller]
fn never_existed(page: &Page, nowhere: &Page) {
    assert_eq!((page.status, &page.headers, &page.bytes), (404, &nowhere.headers, &nowhere.bytes), "{}", page.path);
}

/// The addresses of everything in a thread, its meeting and an entry.
async fn addresses(priya: &mut Browser, college: &College, place: &str) -> Vec<String> {
    let cancel = priya.get(place).await.form("/cancellation").action;
    let meeting = cancel.trim_end_matches("/cancellation");
    let entry = note(priya, (&college.id(SAM), 15)).await.form("/removal").action;
    let mut all: Vec<String> =
        ["offers", "acceptance", "withdrawal", "end", "end-proposal", "reopening", "kind", "practitioner"]
            .map(|act| format!("{place}/{act}"))
            .to_vec();
    all.extend(["outcome", "cancellation"].map(|act| format!("{meeting}/{act}")));
    all.extend([entry.clone(), entry.replace("/removal", "/name-removal")]);
    all
}

#[tokio::test]
async fn what_others_may_not_see_is_the_same_bytes_as_what_does_not_exist() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut priya = college.browser_of(PRIYA).await;
    let acts = addresses(&mut priya, &college, &place).await;
    for who in OTHERS {
        let mut browser = college.browser_of(who).await;
        let nowhere = browser.get("/nowhere").await;
        never_existed(&browser.get(&place).await, &nowhere);
        never_existed(&browser.get(&format!("/support/{NOTHING}")).await, &nowhere);
        never_existed(&browser.get("/support/nonsense").await, &nowhere);
        let offer = [("version", "2"), ("offer", NOTHING), ("outcome", "held"), ("length", "45")];
        for act in &acts {
            never_existed(&browser.forge(act, &offer).await, &nowhere);
        }
    }
    college.browser_of(SAM).await.get(&place).await.says("You meet");
    priya.get("/hours").await.says("15 min used, 1 h booked");
}

#[tokio::test]
async fn pages_of_other_roles_are_the_same_bytes_as_what_does_not_exist() {
    let college = College::sample().await;
    for (who, own) in [
        (SAM, vec!["/support", "/support/new"]),
        (PRIYA, vec!["/support", "/support/new", "/week", "/hours", "/hours/new", "/practice"]),
        (HELEN, vec!["/support", "/programme"]),
        (MAREK, vec!["/support", "/people"]),
        ("Ruth Adeyemi", vec!["/support"]),
        ("Grace Oyelaran", vec!["/support"]),
    ] {
        let mut browser = college.browser_of(who).await;
        let nowhere = browser.get("/nowhere").await;
        for path in ["/support", "/support/new", "/week", "/hours", "/hours/new", "/practice", "/programme", "/people"]
        {
            let page = browser.get(path).await;
            if own.contains(&path) {
                page.is(200);
            } else {
                never_existed(&page, &nowhere);
            }
        }
    }
}

#[tokio::test]
async fn a_form_without_the_sessions_token_is_turned_away_and_does_nothing() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get(&place).await.form("/end");
    let theirs = college.browser_of(MINH).await.csrf().await;
    for wrong in [form.clone().without("csrf"), form.clone().with("csrf", ""), form.clone().with("csrf", theirs)] {
        sam.send(&wrong).await.is(403).says("Nothing was done.");
    }
    sam.get(&place).await.says("Working together");
}

#[tokio::test]
async fn a_form_from_another_site_is_turned_away_and_does_nothing() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get(&place).await.form("/end");
    let body = format!("csrf={}&version={}", form.get("csrf").unwrap(), form.get("version").unwrap());
    let send = |header: (&'static str, &'static str)| {
        axum::http::Request::post(form.action.as_str())
            .header("host", "college.example")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(header.0, header.1)
    };
    for header in [
        ("origin", "https://elsewhere.example"),
        ("origin", "https://college.example.elsewhere.example"),
        ("origin", "nonsense"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        sam.request(send(header), body.clone().into()).await.is(403).says("Nothing was done.");
    }
    sam.get(&place).await.says("Working together");
    sam.request(send(("origin", "https://college.example")), body.into()).await.is(303);
    sam.get(&place).await.says("Ended");
}

#[tokio::test]
async fn names_from_the_staff_file_are_words_wherever_they_stand() {
    let college = College::sample().await;
    let name = "<script>alert(1)</script> O'Neill & “Sons”";
    let mut them = college.browser_of(name).await;
    let place = crate::story::ask(&mut them, &college, PRIYA).await;
    them.get("/account").await.says(name);
    let mut priya = college.browser_of(PRIYA).await;
    for path in [place.as_str(), "/week", "/hours/new"] {
        priya.get(path).await.says(name).is_silent_about("<script>alert").is_silent_about("<b>Lecturer");
    }
    note(&mut priya, (&college.id(name), 5)).await;
    priya.get("/hours").await.says(name).is_silent_about("<script>alert");
    college.browser_of(MAREK).await.get("/people").await.says(name).is_silent_about("<script>alert");
}

#[tokio::test]
async fn the_promise_and_the_rules_in_force_are_read_by_everybody() {
    let college = College::sample().await;
    for who in OTHERS {
        let page = college.browser_of(who).await.get("/promise").await;
        page.says("Your manager does not learn even that you asked.").says("universal model");
        page.says("Nothing about anybody else’s support.");
        assert_eq!(
            page.texts("summary").iter().filter(|one| one.ends_with("(you)")).count(),
            if [NADIA, ELAINE, DAFYDD, JOE].contains(&who) { 2 } else { 1 }
        );
    }
}

#[tokio::test]
async fn health_and_assets_are_there_for_everybody_and_hold_nothing_of_the_college() {
    let college = College::sample().await;
    let page = college.browser().get("/sign-in").await;
    let styles = page.attributes_of("link", "href");
    let scripts = page.attributes_of("script", "src");
    let mut browser = college.browser().trusting();
    assert_eq!(browser.get("/health").await.bytes, b"ok");
    for path in styles.iter().chain(&scripts).filter(|path| path.starts_with("/assets/")) {
        let asset = browser.get(path).await;
        assert_eq!((asset.status, asset.header("x-content-type-options")), (200, Some("nosniff")), "{path}");
        assert!(asset.header("cache-control").unwrap().contains("immutable"));
    }
    browser.get("/assets/nothing.css").await.is(404);
    browser.get("/assets/..%2Fcollege.db").await.is(404);
    // On PostgreSQL nothing lies in the folder.
    assert_eq!(college.folder().join("college.db").exists(), std::env::var_os(trial::SERVER).is_none());
}
