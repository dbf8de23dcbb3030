//! The practitioner's week.

use crate::college::*;
use crate::story::{agreed, ask};

#[tokio::test]
async fn the_week_shows_teaching_support_hours_meetings_and_who_waits() {
    let college = College::sample().await;
    agreed(&college).await;
    ask(&mut college.browser_of(MINH).await, &college, PRIYA).await;
    let mut priya = college.browser_of(PRIYA).await;
    let week = priya.get("/week").await;
    week.says("Week of 23 November").says("Autumn term, week 11").says("One colleague is waiting to hear from you.");
    week.says("Tue 24 10:30 Sam Okafor Meeting 13:00 Teaching · Maths L3").says("Wed 25 09:00 Support hour");
    week.says("Nguyễn Thị Minh Khai · Maths & Science").says("0 min used, 1 h booked of");
    week.says("Sam Okafor · Tue 24 Nov, 10:30").is_silent_about("10:30 Support hour");
}

#[tokio::test]
async fn weeks_lead_on_and_back_and_holidays_are_empty() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let week = priya.get("/week").await;
    assert!(week.links().contains("/week?of=2026-11-16") && week.links().contains("/week?of=2026-11-30"));
    priya.get("/week?of=2026-11-16").await.says("Week of 16 November");
    priya.get("/week?of=2026-12-28").await.says("Outside term time").says("No teaching").is_silent_about("Maths L3");
    for nonsense in ["x", "2026-02-30", "9999-12-31", "-9999-01-01", ""] {
        priya.get(&format!("/week?of={nonsense}")).await.is(200).says("Week of 23 November");
    }
}

#[tokio::test]
async fn on_a_weekend_the_coming_week_is_shown() {
    let college = College::sample().await;
    college.clock("2026-11-28T10:00");
    college.browser_of(PRIYA).await.get("/week").await.says("Week of 30 November");
}

#[tokio::test]
async fn a_meeting_that_has_begun_asks_how_it_went() {
    let college = College::sample().await;
    agreed(&college).await;
    college.clock("2026-11-24T10:30");
    college.browser_of(PRIYA).await.get("/week").await.says("10:30 Sam Okafor How did it go?");
}

#[tokio::test]
async fn nobody_but_a_practitioner_has_a_week() {
    let college = College::sample().await;
    for who in [SAM, NADIA, HELEN, MAREK, DAFYDD, "Ruth Adeyemi"] {
        college.browser_of(who).await.get("/week").await.is(404);
    }
}
