//! The directory, and whom one would rather not work with.

use crate::college::*;

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
