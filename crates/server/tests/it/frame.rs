//! The frame of the role: its statement for everybody, time in its own unit, the floor, priorities.

use crate::college::*;
use crate::story::{ask, ask_form};

/// R-FRM-1, R-FRM-2 (GOV-05).
#[tokio::test]
async fn a_statement_is_proposed_published_in_versions_and_one_click_from_every_page_about_asking() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/statement").await.says("has not published a statement yet");
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/frame").await;
    page.says("Nothing is published yet.");
    let form = page.form("/programme/statement");
    assert!(form.get("text").unwrap().contains("Professional Tutors help colleagues at Harbour College"));
    helen.does(&form).await.says("Published.").says("Version 1 is published since 24 Nov 2026");
    sam.get("/statement").await.says("Professional Tutors help colleagues").says("version 1 of 24 Nov 2026");
    let refused = helen.send(&form).await;
    refused.is(422).says("This is what is published already.");
    helen.send(&form.clone().with("text", " ")).await.is(422).says("Write what the role is for");
    let long = "x".repeat(6001);
    let refused = helen.send(&form.clone().with("text", &long)).await;
    refused.is(422).says("Write at most 6000 characters. It has 6001 now.");
    assert_eq!(refused.form("/programme/statement").get("text"), Some(long.as_str()));
    let next = form.with("text", "One thing.\n\n<b>Another</b> thing.");
    helen.does(&next).await.says("Version 2 is published");
    let read = sam.get("/statement").await;
    read.says("One thing. <b>Another</b> thing.").says("Earlier versions").says("Version 1 of 24 Nov 2026");
    for path in ["/support", "/support/new", "/practitioners"] {
        assert!(sam.get(path).await.links().contains("/statement"), "{path}");
    }
    let place = crate::story::ask(&mut sam, &college, PRIYA).await;
    assert!(sam.get(&place).await.links().contains("/statement"));
}

/// R-FRM-3, R-FRM-4, R-FRM-7.
#[tokio::test]
async fn time_is_kept_in_the_unit_in_which_it_was_agreed_with_every_other_beside_it() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let path = format!("/programme/practitioners/{}", college.id(PRIYA));
    let page = helen.get(&path).await;
    page.says("Agreed: 150 hours a year")
        .says("150 h a year = 19.4 % of 773 h = 0.194 FTE")
        .says("this is close to it");
    let form = page.form("/remission").with("amount", "0.194").with("unit", "fte");
    helen.does(&form).await.says("Agreed: 0.194 of full-time (FTE)").says("149 h 58 a year = 19.4 % of 773 h");
    let form = helen.get(&path).await.form("/remission").with("amount", "2").with("unit", "half-days");
    helen.does(&form).await.says("Agreed: 2 half-days a week");
    for (typed, sentence) in [
        ("some", "Give a number with at most four decimal places"),
        ("0", "Remission that is left vague is not kept."),
        ("900", "more than a full-time teacher’s 773 h"),
    ] {
        let form = helen.get(&path).await.form("/remission").with("amount", typed).with("unit", "hours-a-year");
        let refused = helen.send(&form).await;
        refused.is(422).says(&sentence.replace('’', "'"));
        assert_eq!(refused.form("/remission").get("amount"), Some(typed));
    }
}

/// R-FRM-5, R-FRM-6, R-BRD-6 (TIM-06).
#[tokio::test]
async fn whoever_falls_under_the_floor_is_told_to_the_lead_with_one_remedy() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.is_silent_about("practitioners go on teaching here");
    let form = helen.get("/programme/frame").await.form("/programme/frame").with("floor", "700");
    helen.does(&form).await.says("under the floor");
    let board = helen.get("/programme").await;
    board.says("Priya Nair would teach 623 h this year, less than the 700 h").says("Agree at most 73 h of remission");
    for (field, typed, sentence) in [
        ("weeks", "0", "Give between 20 and 52 weeks."),
        ("caseload", "nothing", "Give between 100 and 1,600 hours."),
        ("half_day", "12", "Give between 1 and 6 hours for a half-day."),
        ("floor", "-5", "or leave it empty for no floor."),
    ] {
        let form = helen.get("/programme/frame").await.form("/programme/frame").with(field, typed);
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/programme/frame").get(field), Some(typed), "{field}");
    }
}

/// R-FRM-8, R-BRD-6 GOV-12 GOV-14 MAT-03
#[tokio::test]
async fn a_priority_has_somebody_who_leads_on_it_everywhere_or_the_board_says_so() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/frame").await;
    let theme = page.choice("theme", "Maths in my subject");
    let form = page.form("/programme/priorities").and("theme", &theme);
    helen.does(&form).await.says("Saved.");
    helen.get("/programme").await.says("Nobody leads on Maths in my subject across the college.");
    let (lead, set_by) = (format!("lead-{theme}"), format!("set-by-{theme}"));
    let form = helen.get("/programme/frame").await.form("/programme/priorities").with(&lead, college.id(JOE));
    helen.does(&form.with(&set_by, "ofsted")).await.says("Saved.");
    assert_eq!(helen.get("/programme/frame").await.form("/programme/priorities").get(&set_by), Some("ofsted"));
    let communities = helen.get("/communities").await;
    let one = communities.links().into_iter().find(|link| link.starts_with("/communities/")).expect("a community");
    helen.get(&one).await.says("Priority of the college, set by Ofsted");
    helen.get("/programme").await.is_silent_about("Nobody leads on");
    let mut sam = college.browser_of(SAM).await;
    sam.get(&format!("/practitioners/{}", college.id(JOE)))
        .await
        .says("Leads on Maths in my subject across the college");
    let form = sam.get("/support/new").await.form("/support").and("theme", &theme);
    let again = sam.post("/support/new", &form.fields).await;
    again.says("Leads on maths in my subject across the college");
}

/// R-FRM-9, TIM-09
#[tokio::test]
async fn the_lead_names_a_practitioner_from_a_day_on() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/frame").await.form("/programme/practitioners");
    helen.send(&form.clone().with("whom", "Nobody Here")).await.is(422).says("There is no “Nobody Here” on the list.");
    helen.send(&form).await.is(422).says("Choose a colleague from the list");
    let page = helen.does(&form.with("whom", MINH).with("from", "2026-12-01")).await;
    page.says("Now enter what was agreed.").says("from 1 Dec 2026").says("No time is entered yet.");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/practitioners").await.is_silent_about(MINH);
    college.clock("2026-12-01T00:05").due().await;
    college.browser_of(SAM).await.get("/practitioners").await.says(MINH);
    college.browser_of(HELEN).await.get("/programme").await.says("has no remitted hours entered.");
    college.browser_of(MINH).await.get("/week").await.is(200);
}

#[tokio::test]
async fn nobody_but_a_lead_sees_or_sets_the_frame() {
    let college = College::sample().await;
    let one = format!("/programme/practitioners/{}", college.id(PRIYA));
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ["/programme/frame", &one] {
            browser.get(path).await.is(404);
        }
        for path in ["/programme/frame", "/programme/statement", "/programme/priorities", "/programme/practitioners"] {
            browser.forge(path, &[("text", "Mine")]).await.is(404);
        }
        for act in ["remission", "standing-down"] {
            let fields = [("from", "2026-11-24"), ("amount", "10"), ("caseload", "773")];
            browser.forge(&format!("{one}/{act}"), &fields).await.is(404);
        }
    }
    let mut helen = college.browser_of(HELEN).await;
    helen.get(&format!("/programme/practitioners/{}", college.id(SAM))).await.is(404);
}

/// R-FRM-10 (MAT-06).
#[tokio::test]
async fn a_practitioner_names_subjects_with_phase_and_ages() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/practice").await.form("/practice/profile");
    let form = form.with("name-0", "Chemistry").with("phase-0", "further").with("from-0", "19").with("to-0", "16");
    let refused = priya.send(&form).await;
    refused.is(422).says("Give ages in years from 3 to 99, the younger one first");
    assert_eq!(refused.form("/practice/profile").get("name-0"), Some("Chemistry"));
    priya.does(&form.with("from-0", "16").with("to-0", "19")).await.says("Saved.");
    let mut sam = college.browser_of(SAM).await;
    sam.get(&format!("/practitioners/{}", college.id(PRIYA))).await.says("Chemistry, 16 to 19, ages 16–19");
}

/// R-FRM-11, GOV-02
#[tokio::test]
async fn nothing_ranks_practitioners_above_teachers_and_the_role_is_no_promotion() {
    let college = College::sample().await;
    let page = college.browser_of(SAM).await.get("/practitioners").await;
    page.says("They are not above anybody, and they do not report on anybody.");
    assert_eq!(page.texts("h2"), [JOE, PRIYA, TOM], "in the order of names");
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/frame").await.form("/programme/statement");
    helen.does(&form).await.says("Published.");
    college.browser_of(SAM).await.get("/statement").await.says("The role is no promotion and no step towards one.");
}

/// R-FRM-8, COA-07
#[tokio::test]
async fn whoever_brings_a_priority_into_their_teaching_has_its_lead_and_a_plan_beside_them() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/frame").await;
    let theme = page.choice("theme", "Maths in my subject");
    helen.does(&page.form("/programme/priorities").and("theme", &theme)).await.says("Saved.");
    let form = helen.get("/programme/frame").await.form("/programme/priorities");
    helen.does(&form.with(&format!("lead-{theme}"), college.id(JOE))).await.says("Saved.");
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (JOE, "Maths in my subject")).await.with("why", "new-practice");
    let asked = sam.does(&form).await;
    asked.says("Why now: A new area of practice").says("Maths in my subject").says("The plan");
    let plan = |page: &crate::page::Page| page.attributes_of("section", "data-party");
    assert_eq!(plan(&asked), ["teacher"]);
    let theirs = college.browser_of(JOE).await.get(asked.place()).await;
    assert_eq!(plan(theirs.says("A new area of practice").says("The plan")), ["practitioner"]);
}

/// R-SUP-15, REF-03
#[tokio::test]
async fn anybody_may_encourage_a_colleague_and_learns_nothing_of_whether_they_asked() {
    let college = College::sample().await;
    let mut nadia = college.browser_of(NADIA).await;
    assert!(nadia.get("/practitioners").await.says("Encouraging a colleague to ask").links().contains("/statement"));
    let before = nadia.get("/statement").await;
    before.says("Nothing is sent or noted here.").says("I will not learn whether you asked.");
    let plain = nadia.get("/accessibility").await;
    assert_eq!(before.forms().len(), plain.forms().len(), "nothing can be sent");
    ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    assert_eq!(nadia.get("/statement").await.text(), before.text());
    for who in [SAM, PRIYA, HELEN, MAREK] {
        college.browser_of(who).await.get("/statement").await.says("Encouraging a colleague to ask");
    }
}
