//! Communities and sessions on the pages: planned, signed up for, held, on the grid; and who comes shown to nobody else.

use crate::browser::Browser;
use crate::college::*;
use crate::page::{Form, Page};

const TITLE: &str = "Wait, then ask";

/// The form for a session of an area, filled in.
async fn planned(priya: &mut Browser, (day, time): (&str, &str)) -> Form {
    let page = priya.get("/sessions/new").await;
    let form = page.form("/sessions").with("title", TITLE).with("place", "B104");
    let form = form.and("area", page.choice("area", "Maths & Science")).and("agreed", "yes");
    form.with("day", day).with("time", time)
}

/// Priya plans a session; the page it leads to.
async fn plan(priya: &mut Browser, when: (&str, &str)) -> Page {
    let form = planned(priya, when).await;
    priya.does(&form).await
}

/// She tries to.
async fn refused(priya: &mut Browser, when: (&str, &str)) -> Page {
    let form = planned(priya, when).await;
    priya.send(&form).await
}

async fn sign_up(browser: &mut Browser, place: &str) {
    let form = browser.get(place).await.form("/sign-up");
    browser.does(&form).await.is(200).says("You are coming. Whoever runs it sees it, and nobody else.");
}

/// R-SES-2 R-SES-5 R-SES-7 R-SES-9 R-SES-10
#[tokio::test]
async fn a_session_is_planned_signed_up_for_held_and_stands_on_the_grid() {
    let college = College::sample().await;
    let (mut priya, mut sam) = (college.browser_of(PRIYA).await, college.browser_of(SAM).await);
    sam.get("/communities").await.is(200).says("Maths & Science").says("At least 2 a term.");
    let made = plan(&mut priya, ("2026-11-27", "08:30")).await;
    let place = made.is(200).says("Planned. Everybody can see it now.").says("0 coming").place().to_owned();
    let seen = sam.get("/sessions").await;
    seen.says("For other areas: you are welcome").says("Fri 27 Nov, 08:30, 10 min");
    sign_up(&mut sam, &place).await;
    sam.get("/sessions").await.says("You are coming");
    sam.get(&place).await.is_silent_about("Who came?").says("Who can see that you come").says("nothing");
    priya.get(&place).await.says("1 coming").says("Sam Okafor");
    priya.get("/week").await.says("08:30 Wait, then ask 10 min, 1 coming");
    college.clock("2026-11-27T09:00");
    let (mut priya, mut helen) = (college.browser_of(PRIYA).await, college.browser_of(HELEN).await);
    let form = priya.get(&place).await.form("/attendance").with("whom", MINH);
    priya.does(&form).await.is(200).says("Saved. Each of them sees their own line");
    let form = priya.get(&place).await.form("/holding").with("ready", 20);
    priya.does(&form).await.is(200).says("Noted. Its time is in your hours.").says("It was held");
    priya.get("/hours").await.says("30 min").says("Sessions and communities");
    let grid = helen.get("/communities").await;
    assert!(grid.attributes_of("span", "aria-label").iter().any(|words| words == "1 held, 0 planned, 1 missing"));
    let mut minh = college.browser_of(MINH).await;
    let form = minh.get("/sessions").await.says("Where you have been").form("/removal");
    minh.does(&form).await.says("Taken out. Nobody is told.");
    priya.get(&place).await.is_silent_about("Nguyễn Thị Minh Khai · ");
}

/// R-SES-8
#[tokio::test]
async fn who_comes_is_on_no_page_of_a_lead_a_head_or_an_administrator() {
    let college = College::sample().await;
    let place = plan(&mut college.browser_of(PRIYA).await, ("2026-11-27", "08:30")).await.place().to_owned();
    let mut before = Vec::new();
    for who in [HELEN, DAFYDD, NADIA, MAREK, JOE] {
        before.push(college.browser_of(who).await.get(&place).await.text());
    }
    sign_up(&mut college.browser_of(SAM).await, &place).await;
    for (who, before) in [HELEN, DAFYDD, NADIA, MAREK, JOE].into_iter().zip(before) {
        let mut browser = college.browser_of(who).await;
        let page = browser.get(&place).await;
        assert_eq!(page.text(), before, "{who}");
        let csrf = browser.csrf().await;
        let forged = browser.forge(&format!("{place}/attendance"), &[("csrf", csrf.as_str())]).await;
        assert_eq!((forged.status, &forged.bytes), (404, &browser.get("/nowhere").await.bytes), "{who}");
        let held = browser.forge(&format!("{place}/holding"), &[("csrf", csrf.as_str()), ("length", "10")]).await;
        assert_eq!(held.status, 404, "{who}");
    }
}

/// R-SES-5 R-SES-6 R-SES-11
#[tokio::test]
async fn what_cannot_be_is_told_at_its_field_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let holiday = refused(&mut priya, ("2026-12-29", "10:30")).await;
    holiday.is(422).says("That day lies in no term. Choose a day in term.");
    assert_eq!(holiday.form("/sessions").get("title"), Some(TITLE));
    refused(&mut priya, ("", "")).await.is(422).says("Choose a day and a time.");
    let place = plan(&mut priya, ("2026-11-27", "08:30")).await.place().to_owned();
    refused(&mut priya, ("2026-11-27", "08:35")).await.is(422).says("You run another session then: Wait, then ask.");
    let edit = priya.get(&format!("{place}/edit")).await;
    let id = place.rsplit('/').next().unwrap();
    let form = edit.form(id).with("time", "09:00");
    priya.does(&form).await.is(200).says("Fri 27 Nov, 09:00");
    priya.send(&form).await.is(409).says("Somebody has changed this session meanwhile.");
    let mut joe = college.browser_of(JOE).await;
    assert_eq!(joe.get(&format!("{place}/edit")).await.bytes, joe.get("/nowhere").await.bytes);
    college.browser_of(SAM).await.get("/sessions/new").await.is(404);
}

/// R-SES-3 R-SES-4 R-SES-1
#[tokio::test]
async fn a_need_is_agreed_in_one_tap_and_a_suggestion_is_read_from_monday_on() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let grid = priya.get("/communities").await;
    let area = priya.get("/sessions/new").await.choice("area", "Maths & Science");
    let place = format!("/communities/{area}");
    assert!(grid.links().contains(&place));
    let form = priya.get(&place).await.form("/needs").with("title", "Questions for all").with("source", "view");
    priya.does(&form).await.is(200).says("the head of area has not agreed yet");
    let mut farida = college.browser_of("Farida Chowdhury").await;
    let form = farida.get(&place).await.form("/agreement");
    farida.does(&form).await.is(200).says("Agreed, by both of you.");
    college.browser_of(HELEN).await.get("/communities").await.says("Questions for all");
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get("/sessions").await.form("/suggestions").with("area", &area);
    sam.does(&form).await.is(200).says("without a name");
    farida.get(&place).await.is_silent_about("Some staff suggested");
    college.clock("2026-11-30T08:00");
    college.browser_of("Farida Chowdhury").await.get(&place).await.says("Some staff suggested");
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/communities").await.form("/communities").with("least", 9);
    helen.send(&form).await.is(422).says("Choose a number from 0 to 6.");
}

/// R-SES-14 R-SES-15 R-SES-16
#[tokio::test]
async fn a_session_has_things_to_read_is_repeated_elsewhere_and_leads_to_support() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/sessions/new").await;
    let theme = priya.get("/support/new").await.choice("theme", "Questioning");
    let form = page.form("/sessions").with("title", TITLE).with("place", "B104").with("theme", theme);
    let form = form.and("area", page.choice("area", "Maths & Science")).with("day", "2026-11-27").with("time", "08:30");
    let place = priya.does(&form).await.place().to_owned();
    let form = priya.get(&place).await.form("/materials").with("title", "Slides");
    priya.send(&form.clone().with("link", "http://x.example")).await.is(422).says("begins with https://");
    priya.does(&form.with("link", "https://x.example/slides")).await.is(200).says("Slides");
    let mut sam = college.browser_of(SAM).await;
    let tap = sam.get(&place).await.form("/support/new");
    let asked = sam.send(&tap).await;
    asked.is(200).says("Ask for support");
    let id = place.rsplit('/').next().unwrap();
    let again = priya.get(&format!("/sessions/new?like={id}")).await;
    assert_eq!(again.form("/sessions").get("title"), Some(TITLE));
    let form = again.form("/sessions").and("area", again.choice("area", "Sport")).with("place", "Gym");
    let made = priya.does(&form.with("day", "2026-12-01").with("time", "08:15")).await;
    made.is(200).says("Sport").says("Slides");
}
