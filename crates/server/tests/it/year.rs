//! The years of a live college: who may change them, and what that changes.

use crate::college::*;

/// R-YEA-5
#[tokio::test]
async fn the_lead_and_the_administrator_keep_the_years_and_nobody_else() {
    let college = College::sample().await;
    for name in [HELEN, MAREK] {
        let page = college.browser_of(name).await.get("/programme/year").await;
        page.is(200)
            .says("The year 2026/27")
            .says("Add 2028/29")
            .says("Autumn term: Mon 7 Sep 2026 to Fri 18 Dec 2026");
    }
    for name in [SAM, PRIYA, NADIA] {
        let mut browser = college.browser_of(name).await;
        let nowhere = browser.get("/nowhere").await;
        let page = browser.get("/programme/year").await;
        assert_eq!((page.status, &page.bytes), (404, &nowhere.bytes), "{name}");
        browser.forge("/programme/year", &[("starts", "2026-09-01")]).await.is(404);
    }
}

/// R-YEA-5
#[tokio::test]
async fn a_year_that_is_changed_changes_the_working_days_at_once() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/sample").await.says("Autumn term, week 11");
    let form = helen.get("/programme/year").await.form("/programme/year");
    let form = form.with("starts", "2026-08-01").with("term-starts-0", "2026-08-31").with("census", "05/11/2026");
    let done = helen.send(&form).await;
    helen.follow(done).await.says("Saved.").says("Autumn term: Mon 31 Aug 2026");
    helen.get("/sample").await.says("Autumn term, week 12");
    let form = helen.get("/programme/year").await.form("/programme/year");
    assert_eq!((form.get("census"), form.get("starts")), (Some("2026-11-05"), Some("2026-08-01")));
    let next = helen.get("/programme/year?year=next").await;
    let form = next.says("Nothing is saved until you save it.").form("/programme/year");
    let done = helen.send(&form).await;
    helen.follow(done).await.says("The year 2028/29").says("Add 2029/30");
}

/// R-YEA-1, R-YEA-5
#[tokio::test]
async fn a_year_that_cannot_be_is_refused_at_its_field_and_nothing_changes() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let form = marek.get("/programme/year").await.form("/programme/year");
    let late = form.clone().with("ends", "2027-09-30");
    marek.send(&late).await.is(422).says("This year overlaps 2027/28.");
    let backwards = form.clone().with("ends", "2026-01-01");
    let page = marek.send(&backwards).await;
    page.is(422).says("The year ends before it starts.");
    assert_eq!(page.form("/programme/year").get("ends"), Some("2026-01-01"));
    marek.send(&form.clone().with("replaces", "2020-09-01")).await.is(404);
    marek.send(&form.without("replaces")).await.is(422).says("This year overlaps 2026/27.");
    marek.get("/programme/year").await.says("Autumn term: Mon 7 Sep 2026");
}
