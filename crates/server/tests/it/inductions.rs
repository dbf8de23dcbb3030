//! A newcomer's first weeks, as everybody concerned reads them and as nobody else does.

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;
use crate::story::{NOTHING, id_in};

const TODAY: &str = "2026-11-24";

/// The lead begins an induction for these people, from the proposed plan, with a mentor.
async fn begin(college: &College, (who, kind): (&[&str], &str), mentor: &str) -> Page {
    let mut helen = college.browser_of(HELEN).await;
    let mut form = helen.get("/inductions/new").await.form("/inductions").with("kind", kind).with("starts", TODAY);
    for (at, name) in who.iter().enumerate() {
        form = form.with(&format!("newcomer-{at}"), name);
    }
    helen.does(&form.with("mentor", college.id(mentor))).await
}

async fn place_of(mentor: &mut Browser) -> String {
    let week = mentor.get("/week").await;
    let places: Vec<String> = week.links().into_iter().filter(|link| link.starts_with("/inductions/")).collect();
    places.first().expect("an induction in the week").clone()
}

/// R-IND-2 R-IND-5 R-IND-6
#[tokio::test]
async fn a_newcomer_does_the_first_step_in_one_tap_and_takes_it_back() {
    let college = College::sample().await;
    begin(&college, (&[SAM, MINH], "new-to-post"), PRIYA).await.says("Begun.").says(SAM).says(MINH).says("1 of 12");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/support").await.says("Your first term").says("Week 1 of 12").says("with Priya Nair beside you");
    let page = sam.get("/induction").await;
    page.says("Next · week 1")
        .says("Meet your mentor")
        .says("With your mentor")
        .says("Nothing here is a condition of anything.");
    let done = sam.does(&page.form("/steps")).await;
    done.says("Done.").says("Done on Tue 24 Nov");
    assert_eq!(done.place(), "/induction");
    let undo = done.forms().into_iter().find(|form| form.get("done") == Some("no")).expect("a way back");
    sam.does(&undo).await.says("Taken back.").is_silent_about("Done on");
    let link = format!("/support/new?with={}", college.id(PRIYA));
    assert!(page.links().contains(&link), "ordinary support beside it");
    college.browser_of(MINH).await.get("/induction").await.is(200).is_silent_about(SAM);
}

/// R-IND-6
#[tokio::test]
async fn the_mentor_finds_it_in_the_week_ticks_what_they_do_together_and_notes_minutes() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/inductions/new").await.form("/inductions").with("kind", "trainee").with("starts", TODAY);
    let form = form.with("newcomer-0", SAM).with("mentor", college.id(PRIYA)).with("buddy", MINH);
    let refused = helen.send(&form).await;
    refused.is(422).says("This plan takes 30 weeks, and 25 are left of the academic year.");
    assert_eq!(refused.form("/inductions").get("newcomer-0"), Some(SAM), "what was typed is kept");
    helen.does(&refused.form("/inductions").with("into-next", "yes")).await.says("Begun.");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/week").await.says("Sam Okafor · Induction · Week 1 of 30");
    let place = place_of(&mut priya).await;
    let page = priya.get(&place).await;
    page.says("Sam’s first term").says("This is tracked apart from assessment.").says("never how far it is");
    let alone = page.forms().iter().filter(|form| form.action.ends_with("/steps")).count();
    assert!(alone < page.text().matches("Week ").count() + 10, "not every step is the mentor's");
    priya.does(&page.form("/steps")).await.says("Done.");
    let wrong = page.form("/minutes").with("minutes", "500");
    priya.send(&wrong).await.is(422).says("Note between 1 minute and 8 hours at a time.");
    let minutes = page.form("/minutes").with("minutes", "30");
    for _ in 0..2 {
        priya.does(&minutes).await.says("Its minutes are in your hours.");
    }
    let hours = priya.get("/hours").await;
    hours.says("Inductions 30 min").is_silent_about(SAM);
    let mut minh = college.browser_of(MINH).await;
    minh.get("/support").await.says("You go with somebody new").says(SAM);
    let page = minh.get(&place).await;
    page.is(200);
    assert!(!page.has_form("/minutes") && !page.has_form("/end"), "a buddy who is not in the role");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/account/looked").await.says("Your induction").says(PRIYA);
}

/// R-IND-7
#[tokio::test]
async fn what_lead_and_line_read_is_the_same_byte_for_byte_whatever_happens_inside() {
    let college = College::sample().await;
    begin(&college, (&[SAM], "new-to-post"), PRIYA).await.says("Begun.");
    let mut priya = college.browser_of(PRIYA).await;
    let place = place_of(&mut priya).await;
    let onlookers = [HELEN, DAFYDD, NADIA, ELAINE, MAREK, "Ruth Adeyemi", JOE, MINH];
    let mut browsers = Vec::new();
    for who in onlookers {
        browsers.push(college.browser_of(who).await);
    }
    let paths = [
        "/inductions",
        "/programme",
        "/programme/frame",
        "/support",
        "/people",
        "/programme/log",
        "/induction",
        &place,
    ];
    let read = async |browsers: &mut [Browser]| {
        let mut pages = Vec::new();
        for browser in browsers {
            for path in paths {
                let page = browser.get(path).await;
                pages.push((page.path, page.status, page.bytes));
            }
        }
        pages
    };
    let before = read(&mut browsers).await;
    let inside = |path: &str| before.iter().filter(|(of, status, _)| of.ends_with(path) && *status == 200).count();
    assert_eq!((inside(&place), inside("/induction")), (0, 0));
    assert_eq!(inside("/inductions"), 5, "two leads, the manager and the principal, and a head with a line of her own");
    // The names to choose from stand in a list behind the fields.
    assert!(!browsers[3].get("/inductions").await.text().contains(SAM), "not of her line");
    let mut sam = college.browser_of(SAM).await;
    for _ in 0..3 {
        let form = sam.get("/induction").await.form("/steps");
        sam.does(&form).await.says("Done.");
    }
    let minutes = priya.get(&place).await.form("/minutes");
    priya.does(&minutes).await.says("Its minutes are in your hours.");
    assert!(read(&mut browsers).await == before, "somebody reads what happened inside");
    let form = sam.get("/induction").await.form("/end");
    sam.does(&form).await.says("Over.").says("Over since Tue 24 Nov");
    assert!(!browsers[0].get("/inductions").await.text().contains(SAM), "it is over");
    priya.get(&place).await.is(404);
    priya.get("/week").await.is_silent_about("Induction");
}

/// R-IND-2 R-IND-4 R-IND-9
#[tokio::test]
async fn a_manager_begins_one_in_their_own_line_and_names_another_mentor() {
    let college = College::sample().await;
    let mut nadia = college.browser_of(NADIA).await;
    nadia.get("/support").await.says("Somebody new in your line?");
    nadia.get("/inductions").await.says("Inductions that run will be here.").is_silent_about("The plans");
    let page = nadia.get("/inductions/new").await;
    let form =
        page.form("/inductions").with("kind", "new-to-post").with("starts", TODAY).with("mentor", college.id(JOE));
    nadia
        .send(&form.clone().with("newcomer-0", MINH))
        .await
        .is(422)
        .says("There is no “Nguyễn Thị Minh Khai” on the list.");
    nadia.send(&form).await.is(422).says("Choose who is new.");
    let forged = [("kind", "new-to-post"), ("starts", TODAY), ("newcomer-0", "Nobody Here")];
    college.browser_of(MINH).await.forge("/inductions", &forged).await.is(404);
    nadia.does(&form.with("newcomer-0", SAM)).await.says("Begun.").says("Joe Whittle, mentor");
    let page = nadia.get("/inductions").await;
    let other = page.form("/companions").with("mentor", college.id(PRIYA));
    nadia.does(&other).await.says("Saved.").says("Priya Nair, mentor");
    let above = page.form("/companions").with("mentor", college.id(JOE)).with("buddy", ELAINE);
    nadia.send(&above).await.is(422).says("Elaine Catterall cannot be the buddy of Sam Okafor");
    for plan in ["/inductions/plans/new-to-post", "/inductions/plans/nothing"] {
        nadia.get(plan).await.is(404);
    }
}

/// R-IND-1
#[tokio::test]
async fn the_lead_makes_a_plan_their_own() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/inductions/plans/assessor").await;
    page.says("This is proposed.").says("Step 1");
    let form = page.form("/assessor");
    let refused = helen.send(&form.clone().with("week-1", "40")).await;
    refused.is(422).says("Step 2: choose a week from 1 to 39.");
    let mine = form.clone().with("step-0", "Coffee with your mentor");
    helen.does(&mine).await.says("Published.").says("Your own plan, version 1.");
    helen.send(&form).await.is(409).says("Somebody has published another version meanwhile.");
    begin(&college, (&[SAM], "assessor"), PRIYA).await.says("Begun.");
    college.browser_of(SAM).await.get("/induction").await.says("Coffee with your mentor");
}

/// R-IND-10 R-IND-11
#[tokio::test]
async fn somebody_new_in_the_role_begins_with_a_buddy_and_slowly() {
    let college = College::sample().await;
    college.clock("2026-12-01T09:00");
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/frame").await.form("/programme/practitioners");
    helen.does(&form.with("whom", MINH).with("from", "2026-12-01")).await.says("Slow start").says("None is set");
    let agreed = helen.get(&format!("/programme/practitioners/{}", college.id(MINH))).await.form("/remission");
    helen.does(&agreed.with("amount", "150").with("unit", "hours-a-year").with("caseload", "773")).await.says("Saved.");
    let board = helen.get("/programme").await;
    board.says("Nguyễn Thị Minh Khai is new in the role.").says("Begin an induction, with a buddy and a slow start.");
    let link = board.links().into_iter().find(|link| link.contains("kind=new-practitioner")).expect("one tap");
    let form = helen.get(&link).await.form("/inductions");
    assert_eq!((form.get("newcomer-0"), form.get("share-0")), (Some(MINH), Some("25")));
    helen.send(&form).await.is(422).says("Choose a buddy who has been in the role for longer.");
    helen.does(&form.with("buddy", PRIYA)).await.says("Begun.").says("New Professional Tutor");
    helen.get("/programme").await.is_silent_about("is new in the role");
    helen
        .get(&format!("/programme/practitioners/{}", college.id(MINH)))
        .await
        .says("at the moment 25 % of the time is expected");
    let mut minh = college.browser_of(MINH).await;
    minh.get("/induction").await.says("Meet your buddy");
    minh.get("/week").await.says("Slow start: 25 % is expected at the moment.");
    minh.get("/hours").await.says("25 % of your time is expected this half term").says("So far it goes more slowly");
    let ramp = helen.get(&format!("/programme/practitioners/{}", college.id(MINH))).await.form("/ramp");
    helen.send(&ramp.clone().with("share-1", "5")).await.is(422).says("Give four shares from 10 to 100");
    helen.does(&ramp.with("act", "none")).await.says("None is set");
    minh.get("/week").await.is_silent_about("Slow start");
}

/// R-IND-12
#[tokio::test]
async fn what_is_kept_of_it_can_be_taken_away() {
    let college = College::sample().await;
    begin(&college, (&[SAM], "new-to-post"), PRIYA).await.says("Begun.");
    let own = college.browser_of(SAM).await.get("/account/data.json").await.body();
    assert!(own.contains("Meet your mentor") && own.contains("\"mentor\":\"Priya Nair\""), "{own}");
    let hers = college.browser_of(PRIYA).await.get("/account/data.json").await.body();
    assert!(hers.contains("\"of\":\"Sam Okafor\"") && !hers.contains("Meet your mentor"), "{hers}");
}

/// R-IND-7
#[tokio::test]
async fn what_there_is_not_is_not_found() {
    let college = College::sample().await;
    begin(&college, (&[SAM], "new-to-post"), PRIYA).await.says("Begun.");
    let mut priya = college.browser_of(PRIYA).await;
    let id = id_in(&place_of(&mut priya).await, "inductions");
    let mut minh = college.browser_of(MINH).await;
    let nothing = minh.get(&format!("/inductions/{NOTHING}")).await;
    for path in [format!("/inductions/{id}"), "/inductions/mine".to_owned(), "/induction".to_owned()] {
        let page = minh.get(&path).await;
        assert_eq!((page.status, &page.bytes), (404, &nothing.bytes), "{path}");
    }
    for act in ["steps", "minutes", "end", "companions"] {
        let fields = [("number", "1"), ("done", "yes"), ("minutes", "30"), ("once", "x")];
        minh.forge(&format!("/inductions/{id}/{act}"), &fields).await.is(404);
    }
    priya.forge(&format!("/inductions/{id}/steps"), &[("number", "99"), ("done", "yes")]).await.is(404);
}
