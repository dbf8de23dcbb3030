//! The whole journey of the three people who matter, as one story.

use crate::college::*;
use crate::story::{agree, ask, held, note, offer};

#[tokio::test]
async fn a_teacher_asks_a_practitioner_answers_and_a_lead_keeps_the_hours() {
    let college = College::sample().await;
    let place = ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    {
        let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
        offer(&mut priya, &place, ("2026-11-26", "14:00")).await.says("It waits for Sam.");
        offer(&mut sam, &place, ("2026-11-26", "15:00")).await.says("It waits for Priya.");
        agree(&mut priya, &place).await.says("Thu 26 Nov, 15:00 45 min, in 2 days");
        let moves = priya.get(&place).await.form("/offers").with("day", "2026-11-25").with("time", "15:00");
        priya.does(&moves).await.says("It waits for Sam.");
        agree(&mut sam, &place).await.says("Wed 25 Nov, 15:00 45 min, tomorrow").says("Moved");
    }
    college.clock("2026-11-25T16:00");
    let mut priya = college.browser_of(PRIYA).await;
    held(&mut priya, &place, 60).await.says("1 h · Held");
    note(&mut priya, (&college.id(SAM), 60)).await.says("Noted.");
    let propose = priya.get(&place).await.form("/end-proposal");
    priya.does(&propose).await.says("Suggested.");
    let mut sam = college.browser_of(SAM).await;
    let end = sam.get(&place).await.form("/end");
    sam.does(&end).await.says("Ended.");
    let reopen = sam.get(&place).await.form("/reopening");
    sam.does(&reopen).await.says("Open again.").is_silent_about("suggests that you are done");
    let end = sam.get(&place).await.form("/end");
    sam.does(&end).await.says("Ended.");
    college.clock("2026-11-30T09:00").due().await;
    let board = college.browser_of(HELEN).await.get("/programme").await;
    let rows = board.texts("tr");
    let row = rows.iter().find(|row| row.contains(PRIYA)).unwrap();
    assert!(row.contains("2 h used, 0 min booked") && row.ends_with("none"), "{row}");
    board.is_silent_about(SAM);
    let theirs = college.browser_of(SAM).await.get("/support").await;
    theirs.says("With Priya Nair · Ended").says("1 h with Priya Nair · Questioning");
}
