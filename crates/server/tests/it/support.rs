//! Asking for support: the form, the suggestions, whom one may ask.

use domain::programme::Model;

use crate::browser::Browser;
use crate::college::*;
use crate::page::{Form, Page};
use crate::story::{agree, agreed, ask, ask_for, ask_form};

/// The topics of the case study: every college begins with them (CPD-05).
const TOPICS: [&str; 7] = [
    "Questioning",
    "Behaviour management",
    "Growth mindset",
    "Positivity",
    "Body language",
    "Assessment for learning",
    "Gendered attainment gaps",
];

/// The names on the ask form, in its order.
fn suggested(page: &Page) -> Vec<String> {
    page.attributes_of("label", "data-name")
}

/// The order that the script of the form would get for these themes.
async fn order(browser: &mut Browser, college: &College, themes: &[&str]) -> Vec<(String, Vec<String>)> {
    let page = browser.get("/support/new").await;
    let csrf = page.form("/support").get("csrf").unwrap().to_owned();
    let mut form = Form { action: "/support/suggestions".to_owned(), fields: vec![("csrf".to_owned(), csrf)] };
    for theme in themes {
        form = form.and("theme", page.choice("theme", theme));
    }
    let answer = browser.send(&form).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let json: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let name = |id: &str| college.people.iter().find(|(_, (own, _))| own.to_string() == id).unwrap().0.clone();
    let one = |one: &serde_json::Value| {
        let whys = one["why"].as_array().unwrap().iter().map(|why| text(&why["text"])).collect();
        (name(one["person"].as_str().unwrap()), whys)
    };
    json["order"].as_array().unwrap().iter().map(one).collect()
}

/// R-SUP-1, REF-01, REF-02
#[tokio::test]
async fn a_teacher_asks_without_anybodys_approval_and_sees_where_it_stands() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/support").await.says("Your requests and meetings will be here.");
    let place = ask(&mut sam, &college, PRIYA).await;
    sam.get(&place).await.says("You and Priya Nair").says("It waits for Priya.").says("Questioning");
    sam.get("/support").await.says("You and Priya Nair").says("Asked on Tue 24 Nov. It waits for Priya.");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/week").await.says("Sam Okafor · Health & Care").says("Left the time open.").says("Asked today.");
    priya.get(&place).await.says("Sam left the time open.");
}

/// R-SUP-16
#[tokio::test]
async fn whose_idea_it_was_can_be_said_is_not_lost_and_is_shown_to_nobody() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let page = sam.get("/support/new").await;
    page.says("Whose idea was it to ask?").says("It is shown to nobody, not even to the one you ask");
    let form = page.form("/support").with("practitioner", college.id(PRIYA));
    assert_eq!(form.get("began"), Some(""), "left open unless somebody says");
    let form = form.with("began", "suggested");
    let early = sam.send(&form).await;
    early.is(422).says("Choose at least one theme.");
    let early = early.form("/support");
    assert_eq!(early.get("began"), Some("suggested"), "what was chosen is kept");
    let mut again = early.clone();
    again.action = "/support/new".to_owned();
    assert_eq!(sam.send(&again).await.is(200).form("/support").get("began"), Some("suggested"));
    let form = early.and("theme", page.choice("theme", "Questioning"));
    let place = sam.does(&form).await.is(200).place().to_owned();
    for path in [place.as_str(), "/support", "/account", "/week"] {
        for browser in [&mut sam, &mut priya] {
            browser.get(path).await.is_silent_about("suggested it").is_silent_about("Whose idea");
        }
    }
    let taken = sam.get("/account/data.json").await.body();
    assert!(taken.contains(r#""whose idea":"Somebody suggested it""#), "it goes with whoever said it");
    let hers = priya.get("/account/data.json").await.body();
    assert!(
        hers.contains(r#""whose idea":null"#) && !hers.contains("suggested it"),
        "the other one's file is as without it"
    );
}

/// R-SUP-16, R-SUP-3
#[tokio::test]
async fn an_answer_that_is_none_of_the_choices_counts_as_nothing_said() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await.with("began", "my manager");
    sam.does(&form).await.is(200).says("Sent.");
    let taken = sam.get("/account/data.json").await.body();
    assert!(taken.contains(r#""whose idea":null"#) && !taken.contains("my manager"));
}

/// R-SUP-5.
#[tokio::test]
async fn a_teacher_wishes_for_a_published_time_and_the_practitioner_agrees_with_one_click() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let place = ask_for(&mut sam, &college, (PRIYA, "Wed 25 Nov 09:00")).await;
    sam.get("/support").await.says("Asked on Tue 24 Nov, for Wed 25 Nov, 09:00.");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/week").await.says("Would like Wed 25 Nov, 09:00");
    agree(&mut priya, &place).await.says("You meet").says("Wed 25 Nov, 09:00");
    sam.get("/support").await.says("You meet on Wed 25 Nov, 09:00, tomorrow.").says("Working together");
    priya.get("/week").await.says("09:00 Sam Okafor Meeting").says("Nobody is waiting to hear from you.");
}

/// R-MAT-1, R-MAT-3
#[tokio::test]
async fn suggestions_come_best_first_with_reasons_and_leave_nobody_out() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let for_voice = order(&mut sam, &college, &["Positivity"]).await;
    assert_eq!((for_voice.len(), for_voice[0].0.as_str()), (3, JOE));
    assert_eq!(for_voice[0].1[0], "Leads on positivity");
    assert!(for_voice[0].1.contains(&"Outside your area: fresh ideas".to_owned()), "{for_voice:?}");
    let for_questions = order(&mut sam, &college, &["Questioning", "Growth mindset"]).await;
    assert_eq!(for_questions[0].0, PRIYA);
    assert!(for_questions[0].1.contains(&"Looks after your area".to_owned()), "{for_questions:?}");
    assert!(for_questions.iter().all(|(_, why)| why.contains(&"Has room".to_owned())));
    let page = sam.get("/support/new").await;
    let mut form = page.form("/support").and("theme", page.choice("theme", "Positivity"));
    form.action = "/support/new".to_owned();
    let again = sam.send(&form).await;
    assert_eq!(suggested(again.is(200)), for_voice.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_worked_together_before_reads_so_and_nobody_else_does() {
    let college = College::sample().await;
    let place = agreed(&college).await;
    let mut sam = college.browser_of(SAM).await;
    let end = sam.get(&place).await.form("/end");
    sam.does(&end).await.says("Ended.");
    let words = "You have worked together".to_owned();
    let own = order(&mut sam, &college, &["Questioning"]).await;
    assert!(own.iter().any(|(name, why)| name == PRIYA && why.contains(&words)), "{own:?}");
    let others = order(&mut college.browser_of(MINH).await, &college, &["Questioning"]).await;
    assert!(others.iter().all(|(_, why)| !why.contains(&words)), "{others:?}");
}

/// R-SUP-1, R-MAT-4, MAT-05
#[tokio::test]
async fn nobody_is_offered_or_can_ask_their_line_or_their_appraiser() {
    let line = "nadia.haddad@college.example,elaine.catterall@college.example";
    let changed = STAFF.replace(line, "joe.whittle@college.example,priya.nair@college.example");
    assert_ne!(changed, STAFF);
    let college = College::sample().await;
    college.import(&changed).await;
    let mut sam = college.browser_of(SAM).await;
    assert_eq!(suggested(&sam.get("/support/new").await), [TOM]);
    for who in [JOE, PRIYA, SAM, NADIA] {
        let form = ask_form(&mut sam, &college, (who, "Questioning")).await;
        sam.send(&form).await.is(404);
    }
    sam.get("/support").await.says("Your requests and meetings will be here.");
}

#[tokio::test]
async fn practitioners_ask_like_everybody_else_but_not_themselves() {
    let college = College::sample().await;
    let mut joe = college.browser_of(JOE).await;
    assert!(!suggested(&joe.get("/support/new").await).contains(&JOE.to_owned()));
    let place = ask_for(&mut joe, &college, (PRIYA, "Fri 27 Nov 12:15")).await;
    agree(&mut college.browser_of(PRIYA).await, &place).await;
    joe.get("/week").await.says("12:15 Priya Nair Support for you");
    let own = ask_form(&mut joe, &college, (JOE, "Questioning")).await;
    joe.send(&own).await.is(404);
}

/// R-SUP-4.
#[tokio::test]
async fn two_people_are_in_touch_once_at_a_time_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    ask(&mut sam, &college, PRIYA).await;
    let form = ask_form(&mut sam, &college, (PRIYA, "Positivity")).await;
    let again = sam.send(&form.with("why", "confidence").with("place", "neutral")).await;
    again.is(422).says("You are already in touch with this colleague.");
    let kept = again.form("/support");
    assert_eq!((kept.get("why"), kept.get("place")), (Some("confidence"), Some("neutral")));
    assert_eq!(kept.get("theme"), Some(again.choice("theme", "Positivity").as_str()));
    let priya = ask(&mut college.browser_of(PRIYA).await, &college, JOE).await;
    assert!(priya.starts_with("/support/"));
}

/// R-SUP-3, CPD-05
#[tokio::test]
async fn a_request_has_one_to_five_themes() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let none = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await.without("theme");
    sam.send(&none).await.is(422).says("Choose at least one theme.");
    let nobody = ask_form(&mut sam, &college, (PRIYA, "Questioning")).await.without("practitioner");
    sam.send(&nobody).await.is(422).says("Choose who you would like to work with.");
    let offered: Vec<String> =
        sam.get("/support/new").await.choices("theme").into_iter().map(|(_, name)| name).collect();
    for topic in TOPICS {
        assert!(offered.iter().any(|name| name.trim() == topic), "{topic}: {offered:?}");
    }
    let mut many = none.clone();
    for (theme, _) in sam.get("/support/new").await.choices("theme").into_iter().take(6) {
        many = many.and("theme", theme);
    }
    sam.send(&many).await.is(422).says("Choose at most 5 themes");
    many.fields.pop();
    let twice = many.fields.last().unwrap().1.clone();
    sam.does(&many.and("theme", twice)).await.says("Sent.");
}

/// R-SUP-1.
#[tokio::test]
async fn under_the_deficit_model_asking_is_closed_until_the_lead_opens_it() {
    let college = College::made(true, Model::Deficit, STAFF).await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/support/new").await.is(200).says("Asking is closed at the moment");
    let themes = [("practitioner", college.id(PRIYA)), ("theme", college.id(PRIYA)), ("once", "x".to_owned())];
    let fields: Vec<(&str, &str)> = themes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    sam.forge("/support", &fields).await.is(404);
    sam.forge("/support/suggestions", &fields).await.is(404);
    let mut helen = college.browser_of(HELEN).await;
    let board = helen.get("/programme").await;
    board.says("At the moment it is closed.").says("this does not work: people stay away");
    helen.does(&board.form("/asking")).await.says("Saved. It is in force now.").says("it is open");
    let place = ask(&mut sam, &college, PRIYA).await;
    let board = helen.get("/programme").await;
    helen.does(&board.form("/asking")).await.says("it is closed");
    sam.get(&place).await.is(200).says("It waits for Priya.");
    sam.get("/support/new").await.says("Asking is closed at the moment");
    for who in [SAM, NADIA, MAREK, PRIYA] {
        college.browser_of(who).await.forge("/programme/asking", &[("open", "yes")]).await.is(404);
    }
}

/// CON-02
#[tokio::test]
async fn who_can_see_this_stands_beside_the_form_the_profile_and_the_thread() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let place = ask(&mut sam, &college, PRIYA).await;
    for path in [
        "/support/new".to_owned(),
        format!("/practitioners/{}", college.id(PRIYA)),
        place.clone(),
        "/promise".to_owned(),
    ] {
        let page = sam.get(&path).await;
        page.says("Who can see this").says("Not even that you asked.").says("Programme lead 1 line");
        page.says("Administrator nothing");
        if path != place {
            page.says("must tell the safeguarding lead");
        }
    }
}

/// R-SUP-14, R-BRD-2 CON-04
#[tokio::test]
async fn practitioners_have_a_safe_space_of_their_own_in_which_no_teacher_is_named() {
    let college = College::sample().await;
    let words = "Speak of what you see in lessons without naming a teacher.";
    let mut joe = college.browser_of(JOE).await;
    joe.get("/support/new").await.says(words);
    college.browser_of(MINH).await.get("/support/new").await.is_silent_about(words);
    let place = ask(&mut joe, &college, PRIYA).await;
    joe.get(&place).await.says(words);
    let mut priya = college.browser_of(PRIYA).await;
    priya.get(&place).await.says("You and Joe Whittle").is_silent_about(words);
    for who in [HELEN, DAFYDD, ELAINE, NADIA, TOM, MAREK, MINH] {
        college.browser_of(who).await.get(&place).await.is(404);
    }
    college.clock("2026-11-30T08:00").due().await;
    let board = college.browser_of(HELEN).await.get("/programme").await;
    let row = board.texts("tr").into_iter().find(|row| row.contains(PRIYA)).unwrap();
    assert!(row.ends_with("none"), "what a practitioner asks stands on no board: {row}");
}
