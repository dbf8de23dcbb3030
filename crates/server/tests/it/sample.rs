//! The sample college's clock.

use crate::college::*;
use crate::story::ask;

#[tokio::test]
async fn the_sample_clock_moves_on_and_what_is_due_is_done() {
    let college = College::sample().await;
    ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("as of Mon 23 Nov");
    let page = helen.get("/sample").await;
    page.says("it is Tue 24 Nov, 09:00, Autumn term, week 11");
    let week = page.form("/sample/clock").with("by", "week");
    helen.send(&week).await.is(303);
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/sample").await.says("it is Tue 1 Dec, 09:00, Autumn term, week 12");
    helen.get("/programme").await.says("as of Mon 30 Nov").says("longest 5 working days");
}

#[tokio::test]
async fn the_sample_clock_never_goes_back_nor_beyond_its_two_years() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get("/sample").await.form("/sample/clock");
    for (to, sentence) in [
        ("2026-11-23", "Choose a later day: the sample clock only moves on."),
        ("2026-11-24", "Choose a later day"),
        ("2029-01-01", "Choose a day within the sample college's two years."),
        ("9999-12-31", "Choose a day within"),
        ("0001-01-01", "Choose a later day"),
        ("tomorrow", "Choose a day."),
        ("", "Choose a day."),
    ] {
        sam.send(&form.clone().with("to", to)).await.is(422).says(sentence);
    }
    sam.send(&form.with("to", "2026-11-25")).await.is(303);
    college.browser_of(SAM).await.get("/sample").await.says("Wed 25 Nov, 09:00");
}
