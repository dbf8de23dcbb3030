//! Who looked: the teacher reads that the one who was asked opened it; nobody else reads anything of it.

use domain::programme::Model;

use crate::college::*;
use crate::story::{self, NOTHING};

/// R-LOK-1, R-LOK-2
#[tokio::test]
async fn a_teacher_reads_that_the_one_who_was_asked_opened_the_request_once_a_day() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/account/looked").await.is(200).says("Nobody has opened a page about you.");
    let thread = story::ask(&mut sam, &college, PRIYA).await;
    sam.get("/account/looked").await.is(200).says("Nobody has opened a page about you.");
    let mut priya = college.browser_of(PRIYA).await;
    for _ in 0..2 {
        priya.get(&thread).await.is(200);
    }
    let page = sam.get("/account/looked").await;
    page.is(200).says("Tue 24 Nov 2026 Priya Nair What you asked for");
    assert_eq!(page.texts("tr").len(), 2, "{:?}", page.texts("tr"));
    college.clock("2026-11-25T09:30");
    college.browser_of(PRIYA).await.get(&thread).await.is(200);
    let page = college.browser_of(SAM).await.get("/account/looked").await;
    let rows = page.texts("tr");
    assert!(rows.len() == 3 && rows[1].contains("Wed 25 Nov") && rows[2].contains("Tue 24 Nov"), "{rows:?}");
}

/// R-LOK-2
#[tokio::test]
async fn nobody_but_the_teacher_reads_of_it_not_even_the_one_who_looked() {
    let college = College::sample().await;
    let thread = story::agreed(&college).await;
    college.browser_of(PRIYA).await.get(&thread).await.is(200);
    college.browser_of(SAM).await.get("/account/looked").await.says(PRIYA);
    for who in [PRIYA, NADIA, ELAINE, HELEN, DAFYDD, MAREK, JOE, MINH] {
        let page = college.browser_of(who).await.get("/account/looked").await;
        page.is(200).says("Nobody has opened a page about you.");
    }
    college.browser().get("/account/looked").await.is(303);
}

/// R-LOK-1
#[tokio::test]
async fn who_may_not_see_a_thread_leaves_no_line_by_trying() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let thread = story::ask(&mut sam, &college, PRIYA).await;
    for who in [NADIA, HELEN, MAREK, JOE] {
        college.browser_of(who).await.get(&thread).await.is(404);
    }
    sam.get(&thread).await.is(200);
    sam.get("/account/looked").await.says("Nobody has opened a page about you.");
}

/// R-LOK-3
#[tokio::test]
async fn a_line_is_cleared_after_a_year() {
    let college = College::sample().await;
    let thread = story::ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    college.browser_of(PRIYA).await.get(&thread).await.is(200);
    for (day, says) in [("2027-11-24T09:00", "Tue 24 Nov 2026"), ("2027-11-25T09:00", "Nobody has opened")] {
        college.clock(day).due().await;
        college.browser_of(SAM).await.get("/account/looked").await.says(says);
    }
}

/// R-LOK-4
#[tokio::test]
async fn an_administrator_reads_what_was_changed_and_nothing_of_support() {
    let college = College::sample().await;
    story::agreed(&college).await;
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get("/people").await.form(&format!("/people/{}/account", college.id(JOE)));
    marek.does(&form).await.says("The account is off.");
    let page = marek.get("/programme/log").await;
    page.is(200).says("Bring in the list of staff.").says("A command on the machine");
    page.says("Switch somebody's account off. Joe Whittle Marek Nowicki");
    for word in ["Ask for support", "Accept", SAM, PRIYA, "Sign in"] {
        assert!(!page.texts("tr").iter().any(|row| row.contains(word)), "{word}: {}", page.text());
    }
}

/// R-LOK-4
#[tokio::test]
async fn the_log_of_changes_is_not_there_for_anybody_else() {
    let college = College::real(Model::Universal).await;
    for who in [SAM, PRIYA, HELEN, DAFYDD, "Ruth Adeyemi"] {
        let mut browser = college.browser_with_password(who).await;
        let (page, nothing) = (browser.get("/programme/log").await, browser.get(&format!("/support/{NOTHING}")).await);
        page.is(404);
        assert_eq!(page.bytes, nothing.bytes);
    }
}
