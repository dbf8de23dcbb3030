//! Required support on the pages: what each of the three reads and does, and that there is nothing for anybody else.

use domain::programme::Model;

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story::NOTHING;

/// Nadia requires support for Sam: the address of the track.
pub async fn require(browser: &mut Browser, college: &College, reason: &str) -> Page {
    let page = browser.get("/required/new").await;
    let form = page.form("/required").with("teacher", college.id(SAM)).with("reason", reason);
    let form = form.with("scope", "Questions in the new course.");
    if reason == "before-procedure" { browser.send(&form).await } else { browser.does(&form).await }
}

/// Sam chooses Priya: the address of their thread.
pub async fn choose(browser: &mut Browser, college: &College, track: &str) -> String {
    let form = browser.get(track).await.form("/practitioner").with("practitioner", college.id(PRIYA));
    let page = browser.does(&form).await;
    page.is(200).says("Chosen.");
    page.links().into_iter().find(|link| link.starts_with("/support/") && link.len() > 40).expect("a thread")
}

/// R-REQ-2 R-REQ-3 R-REQ-4 R-REQ-5
#[tokio::test]
async fn the_teacher_reads_what_is_reported_before_choosing_and_the_line_manager_reads_no_more() {
    let college = College::sample().await;
    let (mut nadia, mut sam) = (college.browser_of(NADIA).await, college.browser_of(SAM).await);
    let leads = |page: &Page| page.links().iter().any(|link| link == "/required");
    assert!(leads(&nadia.get("/support").await) && !leads(&sam.get("/support").await));
    nadia.get("/required").await.is(200).says("Nothing is required at the moment.");
    sam.get("/support").await.is_silent_about("Required support");
    let page = require(&mut nadia, &college, "new-course").await;
    let track = page.is(200).says("Required.").place().to_owned();
    let page = sam.get(&track).await;
    page.is(200).says("What Nadia is told").says("You did not ask for this").says("Nothing else, ever.");
    page.says("Questions in the new course.").says("It is not sealed").says("Required by Nadia Haddad");
    sam.get("/support").await.says("Read what is reported, then choose").says("Your turn");
    let thread = choose(&mut sam, &college, &track).await;
    sam.get(&thread)
        .await
        .says("This is required support.")
        .is_silent_about("Yours to decide")
        .is_silent_about("Not even that you asked");
    nadia.get(&track).await.says("Sam works with Priya Nair.").is_silent_about("thread");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/week").await.says("Required support").says("Ends when all three of you say so");
    priya.get(&track).await.is(200).says("You and Sam Okafor");
    for who in [HELEN, MAREK, JOE, MINH, ELAINE, DAFYDD] {
        let mut browser = college.browser_of(who).await;
        let nowhere = browser.get(&format!("/required/{NOTHING}")).await;
        let there = browser.get(&track).await;
        assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{who}");
    }
    let nowhere = nadia.get(&format!("/support/{NOTHING}")).await;
    for path in [thread.clone(), format!("{thread}/words"), track.replace("/required/", "/support/")] {
        let there = nadia.get(&path).await;
        assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{path}");
    }
    sam.get("/account/looked").await.says("Nadia Haddad").says("The support that is required of you");
    for who in [&mut nadia, &mut sam, &mut priya] {
        let taken = who.get("/account/data.json").await.body();
        assert!(taken.contains("Questions in the new course."), "{taken}");
    }
}

/// R-REQ-7 R-REQ-8 R-REQ-9 R-REQ-10
#[tokio::test]
async fn the_three_talk_question_and_end_it_together() {
    let college = College::sample().await;
    let (mut nadia, mut sam) = (college.browser_of(NADIA).await, college.browser_of(SAM).await);
    let mut priya = college.browser_of(PRIYA).await;
    let track = require(&mut nadia, &college, "new-course").await.place().to_owned();
    choose(&mut sam, &college, &track).await;
    let form = priya.get(&track).await.form("/opening").with("day", "2026-11-24").with("time", "16:30");
    priya.does(&form).await.says("Proposed.");
    sam.get("/support").await.says("A time for the opening conversation is proposed.").says("Your turn");
    for browser in [&mut sam, &mut nadia] {
        let form = browser.get(&track).await.form("/opening/answer").with("suits", "yes");
        browser.does(&form).await.says("Said.");
    }
    nadia.get(&track).await.says("It suits all three: agreed.");
    priya.get("/week").await.says("Opening conversation");
    sam.get("/support").await.is_silent_about("A time for the opening conversation is proposed.");
    college.clock("2026-11-24T17:20");
    // Hours later everybody signs in again.
    let (mut nadia, mut sam) = (college.browser_of(NADIA).await, college.browser_of(SAM).await);
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/week").await.says("How did it go?").says("Say how the opening conversation went.");
    let form = priya.get(&track).await.form("/opening/outcome").with("outcome", "held");
    priya.does(&form).await.says("It took place.");
    priya.get("/hours").await.says("45 min").says("Required support");
    let form = sam.get(&track).await.form("/challenge");
    sam.send(&form).await.is(422).says("Say what is not reasonable.");
    sam.does(&form.with("what", "time")).await.says("Questioned. The line manager revises it or keeps it.");
    nadia.get(&track).await.says("One of the two questions the time.").is_silent_about("Sam questions");
    let form = nadia.get(&track).await.form("/revision").with("answer", "kept");
    nadia.does(&form).await.says("kept as it was");
    let long = "x".repeat(601);
    let form = sam.get(&track).await.form("/statement");
    sam.send(&form.clone().with("statement", &long)).await.is(422).says("That is 601 characters.");
    sam.does(&form.with("statement", "More of them answer now.")).await.says("Agreed.");
    nadia.get(&track).await.says("More of them answer now.");
    for browser in [&mut nadia, &mut sam] {
        let form = browser.get(&track).await.form("/signal").with("said", "yes");
        browser.does(&form).await.says("You said on");
    }
    nadia.get(&track).await.is_silent_about("is confident · said");
    priya.get(&track).await.says("2 of three have said so").says("Sam is confident · said on");
    let form = priya.get(&track).await.form("/signal").with("said", "yes");
    priya.does(&form).await.says("This ended on");
    nadia.get(&track).await.says("This ended on").says("All three said so.");
    nadia.get("/required").await.says("Ended");
    priya.get("/week").await.says("Required support").says("Ended on").says("Read your thread");
}

/// R-REQ-5 R-REQ-6
#[tokio::test]
async fn what_waits_in_a_required_thread_stands_on_its_card_and_who_was_chosen_before_has_no_way_to_the_track() {
    let college = College::sample().await;
    let (mut nadia, mut sam) = (college.browser_of(NADIA).await, college.browser_of(SAM).await);
    let mut priya = college.browser_of(PRIYA).await;
    let track = require(&mut nadia, &college, "new-course").await.place().to_owned();
    let thread = choose(&mut sam, &college, &track).await;
    priya.get("/week").await.says("No meeting is planned. Offer a time in your thread.").says("Your turn");
    let form = priya.get(&thread).await.form("/offers").with("day", "2026-11-26").with("time", "16:30");
    priya.does(&form).await.is(200);
    sam.get("/support").await.says("Priya offers times. Choose one.").says("Your turn");
    priya.get("/week").await.says("It waits for Sam.");
    let has_way = |page: &Page| page.links().contains(&track);
    assert!(has_way(&priya.get(&thread).await));
    let form = sam.get(&track).await.form("/practitioner").with("practitioner", college.id(TOM));
    sam.does(&form).await.says("Chosen.");
    let page = priya.get(&thread).await;
    assert!(!has_way(page.is(200)), "it would be not found");
    assert!(priya.get("/week").await.links().contains(&thread), "a mail that something is waiting leads there");
}

/// R-REQ-1 R-REQ-11 R-REQ-12
#[tokio::test]
async fn what_comes_last_is_said_kindly_and_where_the_model_does_not_allow_it_there_is_nothing() {
    let college = College::sample().await;
    let mut nadia = college.browser_of(NADIA).await;
    let page = require(&mut nadia, &college, "before-procedure").await;
    page.is(422).says("support helps least when it comes last").says("Questions in the new course.");
    let page = nadia.does(&page.form("/required").with("read", "yes")).await;
    page.is(200).says("Required.");
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/frame").await.form("/ceiling");
    helen.send(&form.clone().with("share", "120")).await.is(422).says("Give a share between 0 and 100 percent");
    helen.does(&form.with("share", "15")).await.says("Saved.");
    college.browser_of(MINH).await.get("/statement").await.says("At most 15 %");
    let own = format!("/programme/practitioners/{}", college.id(PRIYA));
    let form = helen.get(&own).await.form("/required").with("barred", "yes");
    helen.does(&form).await.says("Not open to required support since");
    let college = College::made(true, Model::Developmental, STAFF).await;
    let mut nadia = college.browser_of(NADIA).await;
    assert!(!nadia.get("/support").await.links().iter().any(|link| link == "/required"));
    for path in ["/required", "/required/new"] {
        nadia.get(path).await.is(404);
    }
}
