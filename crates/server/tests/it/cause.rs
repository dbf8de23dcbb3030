//! Lots and what may be said about cause, on their pages.

use crate::college::*;

const RUTH: &str = "Ruth Adeyemi";

/// A lot of the first three areas: one begins next term, one in the term after it.
async fn opened(college: &College) -> String {
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/evidence/lots").await;
    page.says("No lot was opened yet.");
    let form = page.form("/evidence/lots");
    let areas = page.attributes_of("input", "value").into_iter().filter(|value| value.len() == 36);
    let areas: Vec<String> = areas.take(3).collect();
    helen.send(&form).await.is(422).says("Choose at least two areas.");
    let form = areas.iter().fold(form, |form, area| form.and("area", area));
    for (count, sentence) in [
        ("", "Say for at least one coming term"),
        ("two", "Write a whole number"),
        ("3", "All areas would begin at once"),
        ("4", "More areas begin than are chosen"),
    ] {
        let refused = helen.send(&form.clone().with("begin-2026-2", count)).await;
        refused.is(422).says(sentence);
        assert!(refused.body().contains(&format!("value=\"{}\" checked", areas[0])), "nothing chosen is lost");
    }
    let form = form.with("begin-2026-2", "1").with("begin-2026-3", "1");
    let done = helen.does(&form).await;
    done.says("A lot waits to be drawn").says("1 area begins in Spring term 2027, 1 in Summer term 2027");
    done.says("the others later or never").says("Nobody sees the seed before.");
    assert!(
        !done.has_form("/words") && !done.has_form("/evidence/lots"),
        "the lead adds no words and opens no second lot"
    );
    done.form("/surrender").action.replace("/surrender", "")
}

/// R-CAU-16 R-CAU-18 R-CAU-19 R-CAU-21
#[tokio::test]
async fn a_lot_is_opened_by_the_lead_and_drawn_with_words_of_a_senior_leader() {
    let college = College::sample().await;
    let lot = opened(&college).await;
    let mut ruth = college.browser_of(RUTH).await;
    let page = ruth.get("/evidence/lots").await;
    let committed = page.texts("code").remove(0);
    assert!(!page.has_form("/surrender") && !page.has_form("/evidence/lots"));
    let form = page.form("/words");
    ruth.send(&form.clone().with("words", "x")).await.is(422).says("Write at least 3 and at most 200 characters");
    let done = ruth.does(&form.clone().with("words", "the cook's blue kettle")).await;
    done.says("Checked just now: the order is the one that was committed to.").says("the cook's blue kettle");
    done.says(&committed).says("sha256sum").says(r"'the cook'\''s blue kettle'").says("later or never");
    ruth.send(&form.with("words", "another time")).await.is(422).says("This lot is not waiting any more.");
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/evidence/lots").await.says("Checked just now");
    helen.forge(&format!("{lot}/surrender"), &[("reason", "not as hoped")]).await.is(422);
}

/// R-CAU-20
#[tokio::test]
async fn a_lot_that_is_given_up_stays_in_the_list_with_its_reason() {
    let college = College::sample().await;
    opened(&college).await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/evidence/lots").await.form("/surrender");
    helen.send(&form.clone().with("reason", "")).await.is(422).says("Say why, in at least 3");
    let done = helen.does(&form.with("reason", "One area was missing")).await;
    done.says("A lot was given up").says("given up on 24 Nov 2026 before it was drawn: One area was missing");
    assert!(done.has_form("/evidence/lots"), "another can be opened");
    college.browser_of(RUTH).await.get("/evidence/lots").await.says("One area was missing");
}

/// R-CAU-22 R-CAU-23 R-CAU-24 R-CAU-25 R-CAU-26 R-CAU-27 EVI-06
#[tokio::test]
async fn the_lead_asks_before_looking_and_reads_a_level_with_its_reason() {
    let college = College::sample().await;
    opened(&college).await;
    let mut ruth = college.browser_of(RUTH).await;
    let words = ruth.get("/evidence/lots").await.form("/words");
    ruth.does(&words.with("words", "blue kettle")).await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/evidence/cause").await.says("Nothing was asked yet.");
    let page = helen.get("/evidence/cause/new").await;
    page.says("Were areas drawn by lot?");
    let of_lot = page.links().into_iter().find(|link| link.starts_with("/evidence/cause/new/")).expect("the lot");
    let form = helen.get(&of_lot).await.form("/evidence/cause");
    for (name, value, sentence) in [
        ("outcome", "", "Choose what may have changed."),
        ("outcome", "sickness", "Choose what may have changed."),
        ("to", "2023-1", "Choose a last term that comes after the first."),
        ("agreed", "some", "Write hours, such as 2."),
        ("chosen", "", "Say yes or no."),
        ("other", "", "Say yes or no."),
    ] {
        let whole =
            form.clone().with("outcome", "attendance").with("to", "2026-3").with("chosen", "no").with("other", "no");
        helen.send(&whole.with(name, value)).await.is(422).says(sentence).says("Where an area began in another term");
    }
    let form = form.with("outcome", "attendance").with("to", "2026-3").with("chosen", "no").with("other", "no");
    let asked = helen.does(&form).await;
    asked.says("Attendance, Autumn term 2023 to Summer term 2027").says("Named beforehand").says("By lot");
    asked.says("nothing: no figure from the first beginning on was entered when it was asked");
    asked.says("The terms before the first beginning are not over yet.");
    let (smallest, readings) = (format!("{}/smallest", asked.place()), format!("{}/readings", asked.place()));
    helen.forge(&smallest, &[]).await.is(422).says("The terms before the first beginning are not over yet.");
    college.clock("2027-08-09T09:00");
    let mut helen = college.browser_of(HELEN).await;
    helen.forge(&readings, &[]).await.is(422).says("Work out first how small an effect could be seen.");
    let weighed = helen.get(asked.place()).await.form("/smallest");
    helen.does(&weighed).await.says("No area has all its figures from before the first beginning");
    let show = helen.get(asked.place()).await.form("/readings");
    let shown = helen.does(&show).await;
    shown.says("Level 0, too little data").says("Too little data to compare. Here are the lines.");
    shown.says("No line is drawn: one of fewer than three areas would be one area’s own.");
    helen.send(&show).await.is(422).says("The figures are those of the last reading.");
    let mut ruth = college.browser_of(RUTH).await;
    ruth.get("/evidence/cause").await.says("Level 0, too little data").is_silent_about("Ask a question");
    let read = ruth.get(asked.place()).await;
    read.says("Too little data");
    assert!(!read.has_form("/readings") && !read.has_form("/smallest"));
}

/// R-CAU-21 R-CAU-30
#[tokio::test]
async fn nobody_but_leads_and_senior_leaders_finds_lots_and_questions() {
    let college = College::sample().await;
    let lot = opened(&college).await;
    let strange = "/evidence/cause/00000000-0000-4000-8000-000000000000";
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ["/evidence/lots", "/evidence/cause", "/evidence/cause/new", strange] {
            browser.get(path).await.is(404);
        }
        for path in
            [format!("{lot}/words"), format!("{lot}/surrender"), "/evidence/lots".into(), "/evidence/cause".into()]
        {
            browser.forge(&path, &[("words", "blue kettle"), ("reason", "blue kettle")]).await.is(404);
        }
    }
    let mut ruth = college.browser_of(RUTH).await;
    ruth.get("/evidence/cause/new").await.is(404);
    for path in ["/evidence/lots", "/evidence/cause"] {
        ruth.get(path).await.is(200);
        ruth.forge(path, &[]).await.is(404);
    }
    for end in ["smallest", "readings"] {
        ruth.forge(&format!("{strange}/{end}"), &[]).await.is(404);
    }
    let mut helen = college.browser_of(HELEN).await;
    helen.get(strange).await.is(404);
    helen.get("/evidence/cause/x").await.is(404);
    helen.forge(&format!("{lot}/words"), &[("words", "blue kettle")]).await.is(404);
}

/// R-CAU-18
#[tokio::test]
async fn a_senior_leader_who_opened_a_lot_as_lead_does_not_draw_it() {
    let college = College::sample().await;
    let mut dafydd = college.browser_of(DAFYDD).await;
    let page = dafydd.get("/evidence/lots").await;
    let areas = page.attributes_of("input", "value").into_iter().filter(|value| value.len() == 36);
    let form = areas.take(2).fold(page.form("/evidence/lots"), |form, area| form.and("area", area));
    let done = dafydd.does(&form.with("begin-2026-2", "1")).await;
    assert!(!done.has_form("/words"));
    let lot = done.form("/surrender").action.replace("/surrender", "");
    dafydd
        .forge(&format!("{lot}/words"), &[("words", "blue kettle")])
        .await
        .is(422)
        .says("somebody else adds the words");
}
