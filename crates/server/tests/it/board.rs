//! The lead's board: worked out each Monday, no name of anybody who asks.

use crate::browser::Browser;
use crate::college::*;
use crate::story::{agreed, ask, ask_for, held, note};

async fn row(browser: &mut Browser, practitioner: &str) -> String {
    let board = browser.get("/programme").await;
    board.is(200);
    board.texts("tr").into_iter().find(|row| row.contains(practitioner)).unwrap()
}

/// R-BRD-1.
#[tokio::test]
async fn the_board_stands_still_until_the_next_monday() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    ask(&mut college.browser_of(MINH).await, &college, PRIYA).await;
    let mut helen = college.browser_of(HELEN).await;
    let before = helen.get("/programme").await;
    before.says("as of Mon 23 Nov").says("3 Professional Tutors · universal model");
    assert!(row(&mut helen, PRIYA).await.ends_with("none"));
    college.clock("2026-11-24T11:45");
    let mut priya = college.browser_of(PRIYA).await;
    held(&mut priya, &place, 60).await.says("Noted.");
    note(&mut priya, ("", 120)).await;
    college.clock("2026-11-29T23:59").due().await;
    let mut helen = college.browser_of(HELEN).await;
    assert_eq!(helen.get("/programme").await.text(), before.text());
    college.clock("2026-11-30T00:01").due().await;
    helen.get("/programme").await.says("as of Mon 30 Nov");
    let after = row(&mut helen, PRIYA).await;
    assert!(after.contains("3 h used, 0 min booked"), "{after}");
    assert!(after.ends_with("1, longest 4 working days"), "{after}");
    helen.get("/programme").await.is_silent_about(SAM).is_silent_about("Minh Khai").is_silent_about("Questioning");
}

/// R-BRD-3, CON-08
#[tokio::test]
async fn a_lead_above_teachers_sees_only_none_some_or_many() {
    let college = College::sample().await;
    for who in [SAM, NADIA, "Farida Chowdhury", MINH, "ليلى حداد"] {
        ask(&mut college.browser_of(who).await, &college, JOE).await;
    }
    ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    college.clock("2026-11-30T08:00").due().await;
    let (mut helen, mut dafydd) = (college.browser_of(HELEN).await, college.browser_of(DAFYDD).await);
    for (practitioner, exactly, about) in [
        (JOE, "5, longest 4 working days", "many"),
        (PRIYA, "1, longest 4 working days", "some"),
        (TOM, "none", "none"),
    ] {
        assert!(row(&mut helen, practitioner).await.ends_with(exactly));
        let seen = row(&mut dafydd, practitioner).await;
        assert!(seen.ends_with(about) && !seen.contains("longest"), "{seen}");
    }
}

/// R-BRD-2.
#[tokio::test]
async fn what_practitioners_ask_themselves_is_not_counted() {
    let college = College::sample().await;
    ask_for(&mut college.browser_of(JOE).await, &college, (PRIYA, "Fri 27 Nov 12:15")).await;
    ask(&mut college.browser_of(TOM).await, &college, PRIYA).await;
    college.clock("2026-11-30T08:00").due().await;
    assert!(row(&mut college.browser_of(HELEN).await, PRIYA).await.ends_with("none"));
    assert!(row(&mut college.browser_of(DAFYDD).await, PRIYA).await.ends_with("none"));
}

/// R-BRD-4, R-BRD-5, R-BOU-8, MAT-02, GOV-07, CON-05
#[tokio::test]
async fn the_board_names_uncovered_areas_and_conflicts_of_the_chart() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let board = helen.get("/programme").await;
    board.says("Areas that nobody looks after Nobody looks after Sport. Ask ");
    board.says("Tom Birch manages or appraises Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley");
    board.says("can ask 2 others. Nothing has to change.");
    let mut marek = college.browser_of(MAREK).await;
    let off = marek.get("/people").await.form(&format!("{}/account", college.id(JOE)));
    marek.does(&off).await.says("The account is off.");
    let board = helen.get("/programme").await;
    board.says("Nobody looks after Business & Law.").says("Nobody looks after Sport.");
    let off = marek.get("/people").await.form(&format!("{}/account", college.id(TOM)));
    marek.does(&off).await.is(200);
    helen.get("/programme").await.says("No practitioner manages or appraises a teacher.");
}

/// R-BRD-1.
#[tokio::test]
async fn a_week_is_worked_out_once_and_a_missed_monday_is_made_up_for() {
    let college = College::sample().await;
    college.clock("2026-12-02T08:00").due().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("as of Mon 30 Nov");
    ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    college.due().await;
    assert!(row(&mut helen, PRIYA).await.ends_with("none"));
}

/// R-HRS-7.
#[tokio::test]
async fn room_follows_the_week_that_was_worked_out() {
    let college = College::sample().await;
    note(&mut college.browser_of(TOM).await, ("", 60)).await;
    let mut sam = college.browser_of(SAM).await;
    let near = |page: &crate::page::Page| page.texts("label").into_iter().find(|one| one.contains("Birch")).unwrap();
    assert!(near(&sam.get("/support/new").await).contains("Has room"));
    college.clock("2026-11-30T08:00").due().await;
    let mut sam = college.browser_of(SAM).await;
    assert!(near(&sam.get("/support/new").await).contains("Full this term"));
}

#[tokio::test]
async fn nobody_but_a_lead_sees_the_board() {
    let college = College::sample().await;
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        college.browser_of(who).await.get("/programme").await.is(404);
    }
}
