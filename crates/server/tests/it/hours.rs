//! Noting a conversation in seconds, one's own record, and the name a colleague can take out.

use crate::college::*;
use crate::story::{agreed, held, id_in, note};

#[tokio::test]
async fn a_conversation_is_noted_with_three_taps_and_taken_back_with_one() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/hours/new").await;
    let untouched = page.form("/hours");
    assert_eq!(
        (untouched.get("with"), untouched.get("minutes"), untouched.get("day")),
        (Some(""), Some("15"), Some("2026-11-24"))
    );
    let noted = note(&mut priya, ("", 10)).await;
    noted.says("Noted. It is in your hours.").says("Your hours: 10 min used");
    priya.get("/hours").await.says("Tue 24 Nov – Questioning 10 min");
    priya.does(&noted.form("/removal")).await.says("Taken back.").says("0 min used").is_silent_about("10 min");
}

/// R-HRS-3.
#[tokio::test]
async fn the_named_colleague_sees_the_entry_and_takes_the_name_out_while_the_hours_stay() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    note(&mut priya, (&college.id(SAM), 30)).await;
    priya.get("/hours").await.says("Sam Okafor Questioning 30 min");
    priya.get("/hours/new").await.says("Sam Okafor");
    let own = sam.get("/support").await;
    own.says("Noted conversations").says("Tue 24 Nov · 30 min with Priya Nair · Questioning");
    let form = own.form("/name-removal");
    priya.forge(&form.action, &[]).await.is(404);
    for who in [NADIA, MAREK, HELEN, JOE] {
        college.browser_of(who).await.forge(&form.action, &[]).await.is(404);
    }
    sam.does(&form).await.says("Your name is gone from that note. Nobody is told.").is_silent_about("30 min with");
    priya.get("/hours").await.says("Tue 24 Nov – Questioning 30 min").says("30 min used");
    sam.send(&form).await.is(404);
    assert!(!priya.get("/hours/new").await.text().split("Somebody else").next().unwrap().contains(SAM));
}

/// R-HRS-3.
#[tokio::test]
async fn only_an_active_colleague_can_be_named_and_not_oneself() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/hours/new").await.form("/hours").with("minutes", 45);
    let refused = priya.send(&form.clone().with("with", college.id(PRIYA))).await;
    refused.is(422).says("That is you. Choose a colleague, or leave the name out.");
    assert_eq!(refused.form("/hours").get("minutes"), Some("45"));
    for with in [crate::story::NOTHING, "Sam", "00000000-0000-0000-0000-000000000000"] {
        let refused = priya.send(&form.clone().with("with", with)).await;
        refused.is(422).says("Choose a colleague from the list, or leave the name out.");
    }
    let mut marek = college.browser_of(MAREK).await;
    let off = marek.get("/people").await.form(&format!("{}/account", college.id(SAM)));
    marek.does(&off).await.says("The account is off.");
    priya.send(&form.with("with", college.id(SAM))).await.is(422).says("Choose a colleague from the list");
    priya.get("/hours").await.says("0 min used");
}

/// R-HRS-1.
#[tokio::test]
async fn a_note_is_a_minute_to_eight_hours_long_and_of_a_day_of_this_year_so_far() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/hours/new").await.form("/hours");
    let lengths = ["0", "-15", "481", "99999999999999999999", "ten", "1.5", "１５"];
    for minutes in lengths {
        let refused = priya.send(&form.clone().with("other-minutes", minutes)).await;
        refused.is(422).says("Note between 1 minute and 8 hours at a time.");
        assert_eq!(refused.form("/hours").get("other-minutes"), Some(minutes), "what was typed is kept");
    }
    for day in ["2026-11-25", "2026-08-31", "yesterday", "2026-02-30", "-9999-01-01", "9999-12-31", "0000-00-00"] {
        let refused = priya.send(&form.clone().with("day", day)).await;
        refused.is(422).says("Choose today or an earlier day of this academic year.");
        assert_eq!(refused.form("/hours").get("day"), Some(day), "what was typed is kept");
    }
    let first_day = form.with("day", "2026-09-01").with("other-minutes", "480");
    priya.does(&first_day).await.says("Noted.");
    priya.get("/hours").await.says("Tue 1 Sep").says("8 h");
}

/// R-HRS-2.
#[tokio::test]
async fn minutes_that_serve_several_purposes_are_divided_and_count_once() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/hours/new").await.form("/hours").with("other-minutes", 50);
    let three = form.with("purpose", "one-to-one").and("purpose", "group").and("purpose", "team");
    priya.does(&three).await.says("Noted.");
    let record = priya.get("/hours").await;
    record.says("One-to-one support 17 min").says("Sessions and communities 17 min");
    record.says("Team and own development 16 min").says("Together 50 min").says("50 min used");
}

/// R-HRS-2.
#[tokio::test]
async fn a_purpose_or_theme_that_is_sent_twice_or_unknown_counts_once_or_not_at_all() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/hours/new").await;
    let theme = page.choice("theme", "Confidence");
    let form = page.form("/hours").with("purpose", "group").and("purpose", "team").and("purpose", "group");
    let form = form.and("purpose", "holiday").and("theme", &theme).and("theme", &theme);
    priya.does(&form.and("theme", crate::story::NOTHING).and("theme", "x")).await.says("Noted.");
    priya.get("/hours").await.says("Confidence 15 min").says("Sessions and communities 8 min").says("Together 15 min");
}

/// R-HRS-4.
#[tokio::test]
async fn a_meeting_that_took_place_enters_the_record_once_with_the_minutes_it_took() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    college.clock("2026-11-24T11:45");
    let mut priya = college.browser_of(PRIYA).await;
    held(&mut priya, &place, 50).await.says("Noted.");
    priya.get("/hours").await.says("50 min used, 0 min booked").says("Sam Okafor Questioning 50 min Meeting");
    held(&mut priya, &place, 35).await.says("35 min · Held");
    let record = priya.get("/hours").await;
    record.says("35 min used").says("Together 35 min").is_silent_about("50 min used");
    assert!(!record.has_form("/removal"), "a meeting is corrected in its thread");
    note(&mut priya, (&college.id(SAM), 5)).await;
    priya.get("/hours").await.says("40 min used");
}

#[tokio::test]
async fn an_entry_is_taken_back_by_its_owner_alone() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = note(&mut priya, (&college.id(SAM), 30)).await.form("/removal");
    for who in [SAM, JOE, HELEN, MAREK] {
        college.browser_of(who).await.forge(&form.action, &[]).await.is(404);
    }
    priya.get("/hours").await.says("30 min used");
    priya.does(&form).await.says("Taken back.");
    priya.send(&form).await.is(404);
    college.browser_of(SAM).await.get("/support").await.is_silent_about("Noted conversations");
    assert_eq!(id_in(&form.action, "hours").len(), 36);
}

#[tokio::test]
async fn the_record_is_read_in_pages_of_twenty() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    for minutes in 1..=21 {
        note(&mut priya, (&college.id(MINH), minutes)).await.says("Noted.");
    }
    let latest = priya.get("/hours").await;
    latest.says("21 min").says("Earlier");
    assert!(latest.links().contains("/hours?page=2"));
    assert_eq!(latest.body().matches("/removal").count(), 20);
    let first = priya.get("/hours?page=2").await;
    assert_eq!(first.body().matches("/removal").count(), 1);
    assert!(first.links().contains("/hours?page=1") && !first.links().contains("/hours?page=3"));
    for page in ["0", "-1", "x", "99999999999999999999"] {
        priya.get(&format!("/hours?page={page}")).await.is(200);
    }
}

#[tokio::test]
async fn the_record_tells_the_term_and_the_year() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let record = priya.get("/hours").await;
    record.says("Autumn term").says("taken off a teaching caseload of 773 h").says("of 150 h");
    record.says("Your own record.").says("What you note and the meetings you hold will be here.");
    for who in [SAM, NADIA, HELEN, MAREK, DAFYDD] {
        let mut browser = college.browser_of(who).await;
        browser.get("/hours").await.is(404);
        browser.get("/hours/new").await.is(404);
        browser.forge("/hours", &[("minutes", "15"), ("once", "x")]).await.is(404);
    }
}
