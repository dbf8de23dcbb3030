//! What those who came say of a session, on the pages: three taps on a phone, and two weeks later whether half agreed.

use crate::browser::Browser;
use crate::college::*;

/// A session of Priya's on the Friday, and who came to it by her word; its page.
async fn held(college: &College, came: &[&str]) -> String {
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/sessions/new").await;
    let form = page.form("/sessions").with("title", "Wait, then ask").with("place", "B104");
    let form = form.and("area", page.choice("area", "Maths & Science")).with("day", "2026-11-27").with("time", "08:30");
    let place = priya.does(&form).await.is(200).place().to_owned();
    for who in came {
        let mut browser = college.browser_of(who).await;
        let form = browser.get(&place).await.form("/sign-up");
        browser.does(&form).await.is(200);
    }
    college.clock("2026-11-27T09:00");
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get(&place).await.form("/attendance");
    let form = came.iter().fold(form.without("came"), |form, who| form.and("came", college.id(who)));
    priya.does(&form).await.is(200).says("Saved.");
    let form = priya.get(&place).await.form("/holding");
    priya.does(&form).await.is(200).says("It was held");
    place
}

async fn say(browser: &mut Browser, place: &str, choice: &str) {
    let form = browser.get(place).await.form("/said");
    let form = form.with("worth", choice).with("try", "partly").with("suited", "cannot-say");
    browser.does(&form).await.is(200).says("Thank you. It is counted, without your name.");
}

const CAME: [&str; 12] = [
    SAM,
    MINH,
    NADIA,
    ELAINE,
    DAFYDD,
    HELEN,
    "Ruth Adeyemi",
    "Farida Chowdhury",
    "Bethan Pryce",
    MAREK,
    "Grace Oyelaran",
    JOE,
];

/// R-SES-17, R-SES-20
#[tokio::test]
async fn whoever_came_says_it_with_three_taps_and_it_is_refused_in_words_when_it_cannot_be() {
    let college = College::sample().await;
    let place = held(&college, &[SAM, MINH]).await;
    let mut sam = college.browser_of(SAM).await;
    let waiting = sam.get("/sessions").await;
    waiting.says("What was it like?").says("It was worth the time").says("Nothing is shown until Fri 11 Dec, 08:40");
    let form = waiting.form("/said");
    sam.send(&form).await.is(422).says("Tap what fits, for one of the statements at least.");
    say(&mut sam, &place, "agree").await;
    sam.get(&place).await.says("You have said it.").is_silent_about("Say it, without my name");
    sam.get("/sessions").await.is_silent_about("What was it like?");
    sam.send(&form.with("worth", "agree")).await.is(422).says("You have said it already.");
    let data = sam.get("/account/data.json").await.body();
    assert!(data.contains(r#""said what it was like":true"#), "{data}");
    let mut priya = college.browser_of(PRIYA).await;
    let csrf = priya.csrf().await;
    let forged = priya.forge(&format!("{place}/said"), &[("csrf", csrf.as_str()), ("worth", "agree")]).await;
    assert_eq!((forged.status, &forged.bytes), (404, &priya.get("/nowhere").await.bytes), "whoever ran it");
    let mut joe = college.browser_of(JOE).await;
    joe.get(&place).await.is_silent_about("What was it like?");
    let csrf = joe.csrf().await;
    let forged = joe.forge(&format!("{place}/said"), &[("csrf", csrf.as_str()), ("worth", "agree")]).await;
    forged.is(422).says("It is not noted that you came");
    college.clock("2026-12-11T08:40");
    let mut minh = college.browser_of(MINH).await;
    minh.get("/sessions").await.is_silent_about("What was it like?");
    minh.get(&place).await.says("Fewer than ten people answered, so nothing is shown.");
    let csrf = minh.csrf().await;
    let late = minh.forge(&format!("{place}/said"), &[("csrf", csrf.as_str()), ("worth", "agree")]).await;
    late.is(422).says("The fourteen days to say what it was like are over.");
}

/// R-SES-19
#[tokio::test]
async fn two_weeks_later_everybody_reads_the_same_without_a_number_and_before_nobody_reads_anything() {
    let college = College::sample().await;
    let place = held(&college, &CAME).await;
    let before = college.browser_of(TOM).await.get(&place).await.text();
    let runs = college.browser_of(PRIYA).await.get(&place).await.text();
    for (number, who) in CAME.iter().enumerate() {
        let mut browser = college.browser_of(who).await;
        say(&mut browser, &place, if number < 7 { "agree" } else { "disagree" }).await;
    }
    assert_eq!(college.browser_of(TOM).await.get(&place).await.text(), before);
    assert_eq!(college.browser_of(PRIYA).await.get(&place).await.text(), runs);
    college.clock("2026-12-11T08:40");
    for who in [TOM, PRIYA, SAM, HELEN, MAREK] {
        let page = college.browser_of(who).await.get(&place).await;
        page.says("What those who came say of it")
            .says("Half or more of those who answered agreed.")
            .says("Fewer than half of those who answered agreed.")
            .says("Fewer than ten people answered, so nothing is shown.");
        // Nor how many came, answered or agreed.
        page.is_silent_about("of 12").is_silent_about("12 tapped").is_silent_about("12 answered").is_silent_about(" %");
    }
}
