//! What is said in a thread, as a browser sends and reads it: sealed texts as JSON, for the two and for nobody else.

use serde_json::{Value, json};
use trial::Maker;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story::{NOTHING, ask};

const NOTE: &str = "6de8980d-152d-48f2-b1b5-00000000000a";

pub fn read(page: &Page) -> Value {
    assert_eq!(page.header("content-type"), Some("application/json"));
    serde_json::from_slice(&page.bytes).expect("JSON")
}

/// Somebody's browser makes keys.
pub async fn keyed(browser: &mut Browser, uid: &str) -> Maker {
    let maker = Maker::new(uid);
    browser.forge("/keys/own", &[("keys", &made(&maker))]).await.is(201);
    maker
}

/// What a browser sends that has made keys.
pub fn made(maker: &Maker) -> String {
    let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let slots = json!([{ "slot": "words", "jwe": value(&maker.slot("words")) }]);
    let keys = json!({
        "kid": maker.kid(), "enc": value(&maker.sealing.text()), "sig": value(&maker.signing.text()),
        "vault": value(&maker.vault()), "slots": slots,
    });
    keys.to_string()
}

/// The two make keys, Sam gives the key of the thread, and each says something.
pub async fn write_to_each_other(college: &College, (sam, priya): (&mut Browser, &mut Browser), place: &str) {
    let sams = keyed(sam, &college.id(SAM)).await;
    let priyas = keyed(priya, &college.id(PRIYA)).await;
    let thread = place.trim_start_matches("/support/");
    let grants: Vec<String> = [sams.kid(), priyas.kid()].iter().map(|kid| sams.grant((thread, 0), kid)).collect();
    sam.forge(&format!("{place}/grants"), &[("epoch", "0"), ("grants", &json!(grants).to_string())]).await.is(201);
    for (browser, maker, note) in [(sam, &sams, NOTE), (priya, &priyas, NOTHING)] {
        let jwe = maker.note(thread, (note, 1), (0, 512));
        let said = [("note", note), ("rev", "1"), ("epoch", "0"), ("kind", "message"), ("jwe", jwe.as_str())];
        browser.forge(&format!("{place}/words"), &said).await.is(201);
    }
}

/// R-WRD-2 R-WRD-4 R-WRD-5
#[tokio::test]
async fn the_two_send_sealed_texts_and_read_them_back_as_they_were() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    let thread = place.trim_start_matches("/support/").to_owned();
    let page = sam.get(&place).await;
    page.says("What is said").says("needs JavaScript");
    let path = format!("{place}/words");
    let empty = read(&sam.get(&path).await);
    assert_eq!((&empty["other"]["keys"], &empty["grants"], &empty["items"]), (&Value::Null, &json!([]), &json!([])));
    assert_eq!((&empty["party"], &empty["may_write"]), (&json!("teacher"), &json!(true)));
    assert_eq!(read(&sam.get("/keys/own").await)["keys"], Value::Null);
    let sams = keyed(&mut sam, &college.id(SAM)).await;
    let priyas = keyed(&mut priya, &college.id(PRIYA)).await;
    let grants: Vec<String> = [sams.kid(), priyas.kid()].iter().map(|kid| sams.grant((&thread, 0), kid)).collect();
    let grants = json!(grants).to_string();
    let give = [("epoch", "0"), ("grants", grants.as_str())];
    sam.forge(&format!("{place}/grants"), &give).await.is(201);
    let again = sam.forge(&format!("{place}/grants"), &give).await;
    assert_eq!((again.status, &read(&again)["code"]), (409, &json!("granted")));
    let jwe = sams.note(&thread, (NOTE, 1), (0, 512));
    let said = [("note", NOTE), ("rev", "1"), ("epoch", "0"), ("kind", "message"), ("jwe", jwe.as_str())];
    sam.forge(&path, &said).await.is(201);
    sam.forge(&path, &said).await.is(200);
    let wrong = [("note", NOTE), ("rev", "2"), ("epoch", "0"), ("kind", "message"), ("jwe", jwe.as_str())];
    let refused = sam.forge(&path, &wrong).await;
    assert_eq!((refused.status, &read(&refused)["code"]), (422, &json!("context")));
    assert!(read(&refused)["sentence"].as_str().is_some_and(|words| words.ends_with('.')));
    let all = read(&priya.get(&path).await);
    assert_eq!(all["items"][0]["jwe"], serde_json::from_str::<Value>(&jwe).expect("JSON"));
    assert_eq!(
        (&all["items"][0]["author"], &all["grants"][0]["by"]),
        (&json!(college.id(SAM)), &json!(college.id(SAM)))
    );
    assert_eq!(all["other"]["keys"]["kid"], json!(sams.kid()));
    // Something is waiting for Priya, and the mail says no more than that.
    college.clock("2026-11-25T09:00").due().await;
}

/// R-WRD-2
#[tokio::test]
async fn to_everybody_else_there_is_nothing_at_these_addresses() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    for who in [NADIA, ELAINE, HELEN, MAREK, DAFYDD, "Ruth Adeyemi", "Bethan Pryce"] {
        let mut other = college.browser_of(who).await;
        let there = other.get(&format!("{place}/words")).await;
        let nowhere = other.get(&format!("/support/{NOTHING}/words")).await;
        assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{who}: the same bytes");
        let fields = [("note", NOTE), ("rev", "1"), ("epoch", "0"), ("kind", "message"), ("jwe", "{}")];
        other.forge(&format!("{place}/words"), &fields).await.is(404);
        other.forge(&format!("{place}/grants"), &[("epoch", "0"), ("grants", "[]")]).await.is(404);
    }
    college.browser().get("/keys/own").await.is(303);
}

/// R-WRD-6
#[tokio::test]
async fn keys_have_a_page_and_what_makes_no_sense_is_refused_in_words() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/account").await.says("Your keys");
    sam.get("/account/keys").await.says("keep a recovery code").says("needs JavaScript");
    let nonsense = sam.forge("/keys/own", &[("keys", "{}")]).await;
    assert_eq!((nonsense.status, &read(&nonsense)["code"]), (422, &json!("malformed")));
    let none = sam.forge("/keys/slots", &[("slot", "words"), ("jwe", "{}")]).await;
    assert_eq!((none.status, &read(&none)["code"]), (422, &json!("none")));
    let maker = keyed(&mut sam, &college.id(SAM)).await;
    let vault = sam.forge("/keys/vault", &[("version", "1"), ("vault", &maker.vault())]).await;
    assert_eq!((vault.status, &read(&vault)["version"]), (200, &json!(2)));
    let stale = sam.forge("/keys/vault", &[("version", "1"), ("vault", &maker.vault())]).await;
    assert_eq!((stale.status, &read(&stale)["code"]), (409, &json!("stale")));
    let recovery = maker.slot("recovery");
    sam.forge("/keys/slots", &[("slot", "recovery"), ("jwe", &recovery)]).await.is(201);
    let own = read(&sam.get("/keys/own").await);
    assert_eq!(own["keys"]["slots"].as_array().map(Vec::len), Some(2));
    sam.forge("/keys/slots/removal", &[("slot", "words")]).await.is(200);
    let last = sam.forge("/keys/slots/removal", &[("slot", "recovery")]).await;
    assert_eq!((last.status, &read(&last)["code"]), (422, &json!("last")));
    let mut uma = college.browser_of(NADIA).await;
    assert_eq!(read(&uma.get("/keys/own").await)["keys"], Value::Null, "nobody else's");
}
