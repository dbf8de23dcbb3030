//! The self-check, reviews, the road and testimony, as leads, senior leaders and writers read them.

use crate::college::*;

const RUTH: &str = "Ruth Adeyemi";

/// R-REV-1 R-REV-2 R-REV-3 EVI-16
#[tokio::test]
async fn the_self_check_says_how_it_stands_and_what_to_change_and_the_lead_answers_the_rest() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/check").await;
    assert_eq!((page.texts("h2").len(), page.texts("h3").len()), (2, 11), "{:?}", page.texts("h3"));
    page.says("Not in place").says("What the role is for is not published.").says("To change:");
    page.says("Out of the way").says("Cannot be seen from here");
    assert!(page.links().contains("/programme/frame"));
    let form = page.form("/programme/check/picked");
    let long = "x".repeat(301);
    for (form, sentence) in [
        (form.clone(), "Choose how it stands: yes, partly or no."),
        (form.clone().with("standing", "in").with("because", &long), "Write at most 300 characters. It has 301 now."),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert_eq!(
            refused.form("/programme/check/picked").get("because"),
            form.get("because"),
            "nothing typed is lost"
        );
    }
    let answered = helen.does(&form.with("standing", "partly").with("because", "Only since last year.")).await;
    answered.says("Partly. Only since last year. (answered 24 Nov 2026)").says("Partly out of the way");
    helen.forge("/programme/check/nothing", &[("standing", "in")]).await.is(404);
    let mut ruth = college.browser_of(RUTH).await;
    let read = ruth.get("/programme/check").await;
    read.says("Partly. Only since last year.").says("The programme lead answers this.");
    assert!(!read.has_form("/programme/check/picked") && !read.links().contains("/programme/frame"));
}

/// R-REV-1
#[tokio::test]
async fn whether_somebody_asks_changes_nothing_of_the_self_check() {
    let college = College::sample().await;
    let mut ruth = college.browser_of(RUTH).await;
    let before = ruth.get("/programme/check").await.text();
    crate::story::agreed(&college).await;
    assert_eq!(ruth.get("/programme/check").await.text(), before);
}

/// R-REV-4 R-REV-5 R-REV-6 R-REV-7 R-REV-8 GOV-09
#[tokio::test]
async fn the_lead_keeps_the_review_of_the_term_and_senior_leaders_read_it() {
    let college = College::sample().await;
    let (mut helen, mut ruth) = (college.browser_of(HELEN).await, college.browser_of(RUTH).await);
    let line = "The review of autumn term 2026 is due by the end of term";
    helen.get("/programme").await.says(line);
    ruth.get("/evidence").await.says(line);
    let list = helen.get("/programme/reviews").await;
    list.says("No review yet.").says("Open the review of autumn term 2026");
    let form = list.form("/programme/reviews");
    helen.send(&form.clone().with("term", "2027-01-04")).await.is(422).says("Choose a term that has begun");
    let page = helen.does(&form).await;
    page.says("Review of autumn term 2026").says("Open since 24 Nov 2026").says("No release was out yet.");
    helen.send(&page.form("/closing")).await.is(422).says("Write what becomes of the priorities first");
    let long = page.form("/priorities").with("priorities", "x".repeat(4_001));
    let refused = helen.send(&long).await;
    refused.is(422).says("It has 4001 now.");
    helen.does(&page.form("/priorities").with("priorities", "Feedback stays.\n\nDigital goes.")).await.says("Saved.");
    let form = page.form("/decisions").with("decision", "Ask each area.").with("who", "").with("by", "2026-12-18");
    for (form, sentence) in [
        (form.clone().with("decision", " "), "Write what is decided, in a sentence."),
        (form.clone(), "Say who does it"),
        (form.clone().with("who", "The team").with("by", "2026-01-01"), "Give the day by which it is done"),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/decisions").get("by"), form.get("by"), "nothing typed is lost");
    }
    helen.does(&form.clone().with("who", "The team")).await.says("The team").says("by 18 Dec 2026");
    let page = helen.does(&form.with("decision", "Tell the governors.").with("person", college.id(RUTH))).await;
    page.says("Tell the governors.").says("Ruth Adeyemi");
    let closed = helen.does(&page.form("/closing")).await;
    closed.says("closed on 24 Nov 2026").says("Feedback stays.").says("Digital goes.");
    assert!(!closed.has_form("/priorities") && !closed.has_form("/decisions") && !closed.has_form("/removal"));
    let done = closed.form("/decisions/1/done");
    helen.send(&done.clone().with("day", "2026-11-25")).await.is(422).says("and not ahead.");
    helen.does(&done).await.says("done on 24 Nov 2026");
    let path = closed.form("/decisions/2/done").action.replace("/decisions/2/done", "");
    let read = ruth.get(&path).await;
    read.says("Tell the governors.").says("done on 24 Nov 2026").says("What was looked at");
    assert_eq!(read.forms().iter().filter(|form| form.action.contains("/reviews/")).count(), 0);
    ruth.get("/evidence").await.says("one decision is still to be done.");
    ruth.get("/programme/reviews").await.says("Still to do: Tell the governors.").is_silent_about("Ask each area.");
}

/// R-REV-9 R-REV-10 GOV-11
#[tokio::test]
async fn the_road_says_where_the_programme_stands_and_what_not_to_expect_yet() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/road").await;
    page.says("Say when it began, and this page says where it stands.").says("Not to be expected yet:");
    assert_eq!(page.texts("desc").len(), 1);
    let form = page.form("/programme/road").with("began", "2024-09-02");
    helen.send(&form.clone().with("began", "")).await.is(422).says("Give the day on which the programme began");
    for nobody in [college.id(SAM), "x".to_owned()] {
        helen.send(&form.clone().with("sponsor", nobody)).await.is(422).says("Choose a senior leader from the list");
    }
    let said = helen.does(&form.with("sponsor", college.id(RUTH))).await;
    said.says("Year 3 of about five: becoming usual.").says("Ruth Adeyemi sponsors it.").says("You are here");
    let mut ruth = college.browser_of(RUTH).await;
    let read = ruth.get("/programme/road").await;
    read.says("Year 3 of about five: becoming usual.");
    assert!(!read.has_form("/programme/road"));
    ruth.get("/programme/check").await.says("Ruth Adeyemi sponsors the programme.");
}

/// R-REV-11 R-TST-3
#[tokio::test]
async fn nobody_but_leads_and_senior_leaders_finds_any_of_it() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/reviews").await.form("/programme/reviews");
    let review = helen.does(&form).await.form("/closing").action.replace("/closing", "");
    let of = |rest: &str| format!("{review}{rest}");
    let posts = [
        "/programme/reviews".to_owned(),
        of("/priorities"),
        of("/decisions"),
        of("/decisions/1/removal"),
        of("/decisions/1/done"),
        of("/closing"),
        "/programme/check/soon".to_owned(),
        "/programme/road".to_owned(),
    ];
    let reads = [
        "/programme/check",
        "/programme/reviews",
        &review,
        "/programme/road",
        "/programme/testimony",
        "/programme/testimony/governors",
    ];
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in reads {
            browser.get(path).await.is(404);
        }
    }
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, RUTH] {
        let mut browser = college.browser_of(who).await;
        for path in &posts {
            browser.forge(path, &[("term", "2026-09-07"), ("standing", "in"), ("began", "2024-09-02")]).await.is(404);
        }
    }
    helen.get("/programme/reviews/nothing").await.is(404);
    helen.get("/programme/testimony/leaders").await.is(404);
}

/// R-TST-1 R-TST-2 R-TST-3 R-TST-4 R-TST-6 EVI-14
#[tokio::test]
async fn somebody_writes_for_leaders_says_how_far_it_goes_and_withdraws_it() {
    let college = College::sample().await;
    let (mut sam, mut helen) = (college.browser_of(SAM).await, college.browser_of(HELEN).await);
    helen.get("/programme/testimony").await.says("Nothing is here. That says nothing about anybody.");
    let page = sam.get("/testimony").await;
    page.says("Who can see this")
        .says("reads it")
        .says("it is not sealed")
        .says("It tells them that you used support.");
    page.is_silent_about("onfidential");
    let form = page.form("/testimony").with("testimony", "I begin with the mistake now.").with("kind", "did");
    let form = form.with("reach", "leaders").with("agreed", "yes");
    for (form, sentence) in [
        (form.clone().with("testimony", " "), "Write something first"),
        (form.clone().with("testimony", "x".repeat(2_001)), "It has 2001 now."),
        (form.clone().without("kind"), "Choose what it is."),
        (form.clone().without("reach"), "Choose how far it may go."),
        (form.clone().without("agreed"), "Tick that you agree, if you do."),
    ] {
        let refused = sam.send(&form).await;
        refused.is(422).says(sentence);
        let kept = |form: &crate::page::Form| form.get("testimony").unwrap_or_default().trim().to_owned();
        assert_eq!(kept(&refused.form("/testimony")), kept(&form), "nothing typed is lost");
    }
    sam.does(&form).await.says("What leaders read now").says("24 Nov 2028");
    for who in [HELEN, RUTH] {
        let mut reader = college.browser_of(who).await;
        reader.get("/programme/testimony").await.says("I begin with the mistake now.").says(SAM);
        reader.get("/programme/testimony/governors").await.is_silent_about("mistake").says("Nobody has said");
    }
    sam.does(&form.clone().with("reach", "governors")).await.says("Leaders and governors");
    helen.get("/programme/testimony/governors").await.says("I begin with the mistake now.");
    helen.get("/programme/testimony/outside").await.is_silent_about("mistake");
    assert!(sam.get("/account/data.json").await.body().contains("I begin with the mistake now."));
    let withdrawal = sam.get("/testimony").await.form("/testimony/withdrawal");
    let withdrawn = sam.does(&withdrawal).await;
    withdrawn.says("Withdrawn.").is_silent_about("mistake");
    helen.get("/programme/testimony").await.is_silent_about("mistake").is_silent_about(SAM);
    assert!(!sam.get("/account/data.json").await.body().contains("mistake"));
    for who in [MAREK, RUTH] {
        college.browser_of(who).await.get("/testimony").await.is(404);
    }
}

/// R-TST-5
#[tokio::test]
async fn a_note_comes_before_consent_lapses_and_then_it_is_gone() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get("/testimony").await.form("/testimony").with("testimony", "I begin with the mistake now.");
    sam.does(&form.with("kind", "study").with("reach", "outside").with("agreed", "yes")).await;
    sam.get("/support").await.is_silent_about("is deleted on");
    college.clock("2028-10-02T09:00");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/support").await.says("What you wrote for leaders about the programme is deleted on 24 Nov 2028");
    college.clock("2028-11-24T09:00");
    college.due().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme/testimony").await.is_silent_about("mistake");
    let mut sam = college.browser_of(SAM).await;
    sam.get("/testimony").await.is_silent_about("mistake");
    sam.get("/support").await.is_silent_about("is deleted on");
}
