//! The directory, one's own profile and support hours, and whom one would rather not work with.

use crate::college::*;
use crate::story::{agreed, ask};

#[tokio::test]
async fn everybody_finds_the_practitioners_with_what_they_do_and_how_to_reach_them() {
    let college = College::sample().await;
    for who in [SAM, JOE, HELEN, MAREK, "Ruth Adeyemi", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        browser.get("/practitioners").await.says("Professional Tutors").says("Leads on Questioning").says(TOM);
        let profile = browser.get(&format!("/practitioners/{}", college.id(PRIYA))).await;
        profile.says("Teaches Maths, Level 2-5").says("Looks after Health & Care, Maths & Science");
        profile
            .says("priya.nair@college.example, room B104")
            .says("Tue 10:30-11:30 · Wed 09:00-10:00 · Fri 12:15-13:15");
        profile.says("The next is on Tue 24 Nov, 10:30.");
        for nobody in [college.id(SAM), crate::story::NOTHING.to_owned(), "x".to_owned()] {
            browser.get(&format!("/practitioners/{nobody}")).await.is(404);
        }
    }
}

/// R-SUP-9.
#[tokio::test]
async fn whom_one_avoids_is_left_out_and_nobody_else_can_tell() {
    let college = College::sample().await;
    let joe = format!("/practitioners/{}", college.id(JOE));
    let mut watchers = Vec::new();
    for who in [JOE, PRIYA, NADIA, HELEN, MAREK, MINH] {
        watchers.push(college.browser_of(who).await);
    }
    let mut seen = Vec::new();
    for round in 0..2 {
        for browser in &mut watchers {
            for path in ["/week", "/practitioners", "/support/new", "/people", "/programme", "/hours", &joe] {
                college.chance.restart(78);
                seen.push(browser.get(path).await);
            }
        }
        if round == 0 {
            college.chance.restart(79);
            let mut sam = college.browser_of(SAM).await;
            sam.get("/support/new").await.says("Joe Whittle");
            let form = sam.get(&joe).await.form("/avoidance");
            sam.does(&form).await.says("They will not be suggested to you. Nobody is told, and no reason is kept.");
            let page = sam.get("/support/new").await;
            page.says("Left out because you would rather not work with them: Joe Whittle.");
            assert!(!page.attributes_of("label", "data-name").contains(&JOE.to_owned()));
        }
    }
    college.chance.restart(80);
    let (before, after) = seen.split_at(seen.len() / 2);
    assert_eq!(before, after);
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get(&joe).await.form("/avoidance");
    sam.does(&form).await.says("They can be suggested to you again.");
    assert!(sam.get("/support/new").await.attributes_of("label", "data-name").contains(&JOE.to_owned()));
}

#[tokio::test]
async fn only_teaching_staff_keep_such_a_list_and_only_of_practitioners() {
    let college = College::sample().await;
    let path = |who: &str| format!("/practitioners/{}/avoidance", college.id(who));
    let mut sam = college.browser_of(SAM).await;
    for who in [SAM, NADIA] {
        sam.forge(&path(who), &[("on", "yes")]).await.is(404);
    }
    college.browser_of(PRIYA).await.forge(&path(PRIYA), &[("on", "yes")]).await.is(404);
    for who in [MAREK, HELEN, "Ruth Adeyemi"] {
        college.browser_of(who).await.forge(&path(PRIYA), &[("on", "yes")]).await.is(404);
    }
}

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
