//! A practitioner's own profile and support hours.

use crate::college::*;
use crate::story::{agreed, ask};

/// R-DIR-2.
#[tokio::test]
async fn a_practitioner_writes_the_own_profile_and_everybody_reads_it() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/practice").await;
    let form = page.form("/profile");
    assert_eq!((form.get("teaches"), form.get("room")), (Some("Maths, Level 2-5"), Some("B104")));
    let label = page.attributes_of("label", "for").into_iter().zip(page.texts("label"));
    let inclusion = label.filter(|(_, words)| words == "Inclusion").map(|(id, _)| id).next().unwrap();
    let form = form.with("about", "<b>Bold</b> & \"quoted\"").with("room", "C1").with(&inclusion, "leads");
    priya.does(&form).await.says("Saved.");
    let mut sam = college.browser_of(SAM).await;
    let profile = sam.get(&format!("/practitioners/{}", college.id(PRIYA))).await;
    profile.says("<b>Bold</b> & \"quoted\"").is_silent_about("<b>Bold").says("room C1").says("Leads on Inclusion");
    let most = actions::directory::LONGEST_TEXT;
    let long = "ä".repeat(most + 1);
    let refused = priya.send(&form.clone().with("teaches", &long)).await;
    refused.is(422).says(&format!("Write at most {most} characters here."));
    assert_eq!(refused.form("/profile").get("teaches"), Some(long.as_str()));
    priya.does(&form.with("teaches", "ä".repeat(most))).await.says("Saved.");
    for who in [SAM, HELEN, MAREK, NADIA] {
        let mut browser = college.browser_of(who).await;
        browser.get("/practice").await.is(404);
        browser.forge("/practice/profile", &[("about", "x")]).await.is(404);
        browser.forge("/practice/support-hours", &[("hours", "")]).await.is(404);
    }
}

/// R-DIR-3.
#[tokio::test]
async fn support_hours_are_published_and_refused_when_they_overlap_or_one_teaches() {
    let college = College::sample().await;
    agreed(&college).await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/practice").await.form("/support-hours");
    assert_eq!(form.get("hours"), Some("Tue 10:30-11:30\nWed 09:00-10:00\nFri 12:15-13:15"));
    let twenty_one: Vec<String> = (0..21)
        .map(|n| format!("Fri {:02}:{:02}-{:02}:{:02}", 6 + n / 4, n % 4 * 15, 6 + (n + 1) / 4, (n + 1) % 4 * 15))
        .collect();
    for (hours, sentence) in [
        ("Mon 09:00-10:00\nMon 09:30-11:00", "Two of these times overlap: Mon 09:00-10:00 and Mon 09:30-11:00."),
        ("Tue 14:00-15:00", "You teach then: Tue 13:00-14:30 Maths L3. Choose another time."),
        ("Mon 9 to late", "“Mon 9 to late”:"),
        ("Mon 05:00-06:00", "“Mon 05:00-06:00”:"),
        ("Mon 11:00-10:00", "“Mon 11:00-10:00”:"),
        (&twenty_one.join("\n"), "Publish at most 20 times a week."),
    ] {
        let refused = priya.send(&form.clone().with("hours", hours)).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/support-hours").get("hours"), Some(hours), "what was typed is kept");
    }
    priya.does(&form.with("hours", "Thu 11:00-12:00\r\nMon 09:00-09:45")).await.says("Saved.");
    let mut sam = college.browser_of(SAM).await;
    let profile = sam.get(&format!("/practitioners/{}", college.id(PRIYA))).await;
    profile.says("Mon 09:00-09:45 · Thu 11:00-12:00").says("The next is on Thu 26 Nov, 11:00.");
    sam.get("/support").await.says("You meet on Tue 24 Nov, 10:30");
}

#[tokio::test]
async fn published_hours_can_be_taken_back_altogether() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/practice").await.form("/support-hours").with("hours", "");
    priya.does(&form).await.says("Saved.");
    let mut sam = college.browser_of(SAM).await;
    sam.get(&format!("/practitioners/{}", college.id(PRIYA))).await.says("No weekly hours are published.");
    let place = ask(&mut sam, &college, PRIYA).await;
    college.browser_of(PRIYA).await.get(&place).await.says("A time").is_silent_about("Tap up to three");
}
