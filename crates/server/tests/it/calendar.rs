//! The page on which one chooses, the feed as a calendar program fetches it, and mail with a time in it.

use axum::http::header::CACHE_CONTROL;
use server::metrics::Group;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story;

/// Switches the feed on, or makes a new address; gives what stands behind the program's own address.
async fn switched_on(browser: &mut Browser) -> (Page, String) {
    let form = browser.get("/account/calendar").await.form("/account/calendar");
    let page = browser.send(&form).await;
    page.is(200).says("Copy this address now");
    let body = page.body();
    let at = body.find("http://alongside.college.example/calendar/").unwrap();
    let address: String = body[at..].chars().take_while(|letter| *letter != '"').collect();
    let path = address.strip_prefix("http://alongside.college.example").unwrap().to_owned();
    (page, path)
}

fn whole(page: &Page) -> (String, Vec<Option<String>>) {
    let names =
        ["cache-control", "content-type", "content-length", "content-security-policy", "set-cookie", "location"];
    (page.body(), names.map(|name| page.header(name).map(str::to_owned)).to_vec())
}

/// R-CAL-1, R-CAL-2
#[tokio::test]
async fn a_feed_is_switched_on_read_without_signing_in_renewed_and_switched_off() {
    let college = College::sample().await;
    story::agreed(&college).await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/account").await.is(200).says("Your own calendar");
    sam.get("/account/calendar").await.is(200).says("You get a private address");
    let (_, first) = switched_on(&mut sam).await;
    let again = sam.get("/account/calendar").await;
    again.is(200).says("On since Tue 24 Nov, 09:00").is_silent_about("Copy this address now");
    assert!(!again.body().contains(&first), "shown this once");
    let mut nobody = college.browser();
    let feed = nobody.get(&first).await;
    feed.is(200);
    assert_eq!(feed.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(feed.header(CACHE_CONTROL.as_str()), Some("private, no-store"));
    assert!(feed.header("set-cookie").is_none());
    assert!(feed.body().contains("DTSTART:20261124T103000Z\r\n") && feed.body().contains("SUMMARY:Busy\r\n"));
    let (_, second) = switched_on(&mut sam).await;
    nobody.get(&first).await.is(404);
    nobody.get(&second).await.is(200);
    let form = sam.get("/account/calendar").await.form("/removal");
    sam.does(&form).await.is(200).says("Switched off. The address shows nothing any more.");
    nobody.get(&second).await.is(404);
    sam.get("/account").await.is(200).says("Your calendar feed was switched off");
}

/// R-CAL-1
#[tokio::test]
async fn an_address_that_is_none_was_one_or_is_of_an_account_that_is_off_is_nothing_byte_for_byte() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let (_, old) = switched_on(&mut priya).await;
    let (_, of_one_who_left) = switched_on(&mut priya).await;
    let mut nobody = college.browser().trusting();
    nobody.get(&of_one_who_left).await.is(200);
    let marek = college.people[MAREK].0;
    let id = college.people[PRIYA].0;
    actions::people::set_active(&college.app.desk(), marek, (id, false)).await.unwrap();
    let nothing = whole(nobody.get("/nowhere").await.is(404));
    let plain = "0".repeat(64);
    let bare = of_one_who_left.trim_end_matches(".ics").to_owned();
    for path in [
        old,
        of_one_who_left,
        bare,
        format!("/calendar/{plain}.ics"),
        "/calendar/.ics".to_owned(),
        "/calendar/%FF.ics".to_owned(),
        "/calendar/".to_owned(),
    ] {
        assert_eq!(whole(nobody.get(&path).await.is(404)), nothing, "{path}");
    }
}

/// R-CAL-1
#[tokio::test]
async fn everybody_can_have_a_feed_and_nothing_of_its_address_is_counted_or_logged() {
    let college = College::sample().await;
    for who in [NADIA, HELEN, MAREK, JOE] {
        let (_, path) = switched_on(&mut college.browser_of(who).await).await;
        college.browser().get(&path).await.is(200);
        // A log line and a figure hold the group and nothing else of an address (R-RUN-6).
        assert_eq!(Group::of(&path), Group::Page);
        assert_eq!(Group::of(&path).code(), "page");
    }
}

/// R-CAL-8
#[tokio::test]
async fn what_one_takes_along_says_since_when_there_is_a_feed_and_not_its_address() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let taken = sam.get("/account/data.json").await.body();
    assert!(taken.contains(r#""own calendar":{"feed since":null,"invitations by mail":false}"#), "{taken}");
    let (_, path) = switched_on(&mut sam).await;
    let taken = sam.get("/account/data.json").await.body();
    assert!(taken.contains(r#""feed since":"2026-11-24T09:00:00Z""#), "{taken}");
    let token = path.trim_start_matches("/calendar/").trim_end_matches(".ics");
    assert!(!taken.contains(token));
}

async fn choose(browser: &mut Browser, what: &str) -> Page {
    let form = browser.get("/account/calendar").await.form("/invitations");
    browser.does(&form.with("invitations", what)).await
}

/// R-CAL-5
#[tokio::test]
async fn invitations_are_chosen_and_another_choice_is_a_sentence() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    assert_eq!(sam.get("/account/calendar").await.form("/invitations").get("invitations"), Some("none"));
    choose(&mut sam, "mail").await.is(200).says("Saved.");
    assert_eq!(sam.get("/account/calendar").await.form("/invitations").get("invitations"), Some("mail"));
    let form = sam.get("/account/calendar").await.form("/invitations");
    sam.send(&form.with("invitations", "")).await.is(422).says("Choose whether times come by mail.");
    choose(&mut sam, "none").await.is(200).says("Saved.");
    assert_eq!(sam.get("/account/calendar").await.form("/invitations").get("invitations"), Some("none"));
}

/// R-CAL-5, R-CAL-6
#[tokio::test]
async fn no_mail_and_no_feed_names_anybody_a_theme_a_place_or_a_thread() {
    let college = College::sample().await;
    let mut feeds = Vec::new();
    for who in [SAM, PRIYA] {
        let mut browser = college.browser_of(who).await;
        choose(&mut browser, "mail").await.is(200);
        feeds.push(switched_on(&mut browser).await.1);
    }
    let thread = story::agreed(&college).await;
    college.clock("2026-11-24T09:15").post().await;
    let mails = college.mails();
    let mut texts: Vec<String> = mails.iter().map(|(_, text)| text.clone()).collect();
    texts.retain(|text| text.contains("A time in your calendar"));
    assert_eq!(texts.len(), 2, "one to each");
    assert!(texts.iter().all(|text| text.contains("METHOD:REQUEST") && text.contains("DTSTART:20261124T103000Z")));
    for path in &feeds {
        texts.push(college.browser().get(path).await.body());
    }
    let meeting = story::id_in(&thread, "support");
    for text in &texts {
        let own = ["sam.okafor@college.example", "priya.nair@college.example"].iter().find(|own| text.contains(**own));
        let text = own.map_or(text.clone(), |own| text.replace("\n ", "").replace(own, ""));
        for told in [
            "sam",
            "okafor",
            "priya",
            "nair",
            "questioning",
            "harbour",
            "tutor",
            "support",
            "lesson",
            "meeting",
            "thread",
            "college.example/support",
            meeting.as_str(),
            college.id(SAM).as_str(),
            college.id(PRIYA).as_str(),
        ] {
            assert!(!text.to_lowercase().contains(told), "{told}: {text}");
        }
    }
    // Each of the two was mailed alone.
    let to = |who: &str| texts.iter().filter(|text| text.contains(&format!("To: {who}@college.example"))).count();
    assert_eq!((to("sam.okafor"), to("priya.nair")), (1, 1));
    assert!(texts.iter().all(|text| !(text.contains("sam.okafor@") && text.contains("priya.nair@"))));
}
