//! What becomes of a thread that is over, what one takes away, and words that come with a request.

use serde_json::{Value, json};

use crate::college::*;
use crate::page::Page;
use crate::story::ask;
use crate::words::{keyed, write_to_each_other};

fn read(page: &Page) -> Value {
    assert_eq!(page.header("content-type"), Some("application/json"));
    serde_json::from_slice(&page.bytes).expect("JSON")
}

/// R-RET-1 R-RET-3
#[tokio::test]
async fn what_is_over_says_when_it_goes_and_its_teacher_deletes_it_before() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    sam.get(&place).await.is_silent_about("What becomes of this");
    write_to_each_other(&college, (&mut sam, &mut priya), &place).await;
    let form = sam.get(&place).await.form("/withdrawal");
    sam.does(&form).await;
    let page = sam.get(&place).await;
    page.says("What becomes of this").says("24 November 2027").says("Delete it now");
    let hers = priya.get(&place).await;
    hers.says("24 November 2027").is_silent_about("Delete it now");
    assert!(!hers.has_form("/shredding"));
    let unsure = sam.send(&page.form("/shredding").without("sure")).await;
    unsure.is(422).says("Tick that you know");
    priya.forge(&format!("{place}/shredding"), &[("sure", "yes")]).await.is(404);
    sam.does(&page.form("/shredding").with("sure", "yes")).await.says("Deleted, for both of you");
    for browser in [&mut sam, &mut priya] {
        browser.get(&place).await.is(404);
        browser.get(&format!("{place}/words")).await.is(404);
    }
}

/// R-WRD-11
#[tokio::test]
async fn what_is_new_is_marked_in_ones_own_lists_until_it_was_read() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    priya.get("/week").await.is_silent_about("New words");
    write_to_each_other(&college, (&mut sam, &mut priya), &place).await;
    sam.get("/support").await.says("New words");
    priya.get("/week").await.says("New words");
    for browser in [&mut sam, &mut priya] {
        let all = read(&browser.get(&format!("{place}/words")).await);
        assert_eq!((&all["read"], &all["items"][1]["place"], &all["missing"]), (&json!(0), &json!(2), &json!([])));
        browser.forge(&format!("{place}/reading"), &[("place", "2")]).await.is(200);
    }
    sam.get("/support").await.is_silent_about("New words");
    priya.get("/week").await.is_silent_about("New words");
}

/// R-WRD-14
#[tokio::test]
async fn whoever_asks_somebody_new_may_hand_over_what_was_said_before() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let first = ask(&mut sam, &college, PRIYA).await;
    write_to_each_other(&college, (&mut sam, &mut priya), &first).await;
    let form = sam.get(&first).await.form("/withdrawal");
    sam.does(&form).await;
    let second = ask(&mut sam, &college, TOM).await;
    let page = sam.get(&second).await;
    let before = page.attributes_of("section", "data-before");
    assert_eq!(before, [first.trim_start_matches("/support/")]);
    assert_eq!(page.attributes_of("section", "data-before-name"), ["Priya Nair"]);
    let mut tom = college.browser_of(TOM).await;
    let his = tom.get(&second).await;
    assert!(his.attributes_of("section", "data-before").is_empty(), "nobody else is told of it");
    his.is_silent_about("Priya");
    tom.get(&first).await.is(404);
}

/// R-WRD-15
#[tokio::test]
async fn the_ask_form_says_who_can_read_words_and_takes_none_itself() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    keyed(&mut priya, &college.id(PRIYA)).await;
    let page = sam.get("/support/new").await;
    let keys = page.attributes_of("input", "data-keys");
    assert_eq!(keys.iter().filter(|one| *one == "yes").count(), 1, "{keys:?}");
    assert!(keys.len() > 1);
    assert!(page.body().contains("<div id=\"ask-words\"></div>"));
}

/// R-ACC-13
#[tokio::test]
async fn everything_about_oneself_can_be_taken_away() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    sam.get("/account").await.says("Take everything with you");
    sam.get("/account/data").await.is(200).says("opened in your browser");
    let data = read(&sam.get("/account/data.json").await);
    assert_eq!(data["person"]["name"], json!("Sam Okafor"));
    assert_eq!(data["person"]["address"], json!(college.people[SAM].1));
    let history = data["person"]["history"].as_array().expect("a list");
    assert!(history.iter().any(|one| one["what"] == json!("Account on") && one["until"].is_null()), "{history:?}");
    assert_eq!((&data["passed on"], &data["disclosures"]), (&json!([]), &json!([])));
    assert_eq!(data["threads"][0]["thread"], json!(place.trim_start_matches("/support/")));
    assert_eq!((&data["support"][0]["with"], &data["support"][0]["you"]), (&json!("Priya Nair"), &json!("asked")));
    let hers = read(&priya.get("/account/data.json").await);
    assert_eq!(hers["support"][0]["with"], json!("Sam Okafor"));
    let mut helen = college.browser_of(HELEN).await;
    let other = helen.get("/account/data.json").await;
    assert_eq!(read(&other)["threads"], json!([]));
    other.is(200);
    assert!(!other.body().contains("Sam Okafor"));
}
