//! Cost and benefit, as the lead enters them and senior leaders read them.

use crate::college::*;

/// R-VAL-7 R-VAL-8 R-VAL-9 R-VAL-10
#[tokio::test]
async fn the_lead_enters_what_a_year_cost_and_everybody_who_decides_reads_the_case() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/evidence").await.says("What it costs, and what came of it");
    let page = helen.get("/evidence/value").await;
    page.says("Nothing is entered of what 2026/27 cost.").says("put them right for the year");
    let form = page.form("/evidence/value").with("posts", "5").with("remitted", "150").with("hour", "40");
    let form = form.with("uplift", "2,243").with("covered", "0").with("cover", "").with("asked", "Keep five posts.");
    for (form, sentence) in [
        (form.clone().with("posts", "0"), "There is no practitioner"),
        (form.clone().with("remitted", ""), "The hours are missing"),
        (form.clone().with("hour", "forty"), "Write pounds, such as"),
        (form.clone().with("covered", "many"), "Write hours, such as"),
        (form.clone().with("covered", "751").with("cover", "1"), "The covered time is more than the remission"),
        (form.clone().with("places", "0"), "The places of a session are a whole number"),
        (form.clone().with("otherwise", "a".repeat(501)), "write at most 500"),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence).says("Keep five posts.");
    }
    helen.does(&form).await.says("The programme cost £41,215 in 2026/27").says("Not counted, because it is not known");
    let benefit = helen.get("/evidence/value").await.form("/evidence/value/benefits").with("what", "Fewer left.");
    let refused = helen.send(&benefit).await;
    refused.is(422).says("Write where that is from");
    assert!(refused.attributes_of("input", "value").contains(&"Fewer left.".to_owned()), "what was typed is kept");
    let benefit = benefit.with("source", "Personnel").with("ground", "coincides");
    helen.does(&benefit).await.says("Fewer left.").says("Changed at the same time; other causes are not ruled out");
    let changed = helen.get("/evidence/value?year=2026&more=2&each=120").await;
    changed.says("90 hours more in the year").says("This year’s plan asks");
    helen.get("/evidence/value?year=2026&more=-5").await.is(422).says("There is no practitioner");
    helen.get("/evidence/value?year=2026&more=x").await.is(422).says("Write a whole number, such as 2");
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let case = ruth.get("/evidence/value/case?year=2026").await;
    case.says("Keep five posts.")
        .says("£41,215")
        .says("Two more practitioners")
        .says("Fewer left")
        .says("There is no return on investment");
    let read = ruth.get("/evidence/value").await;
    assert!(!read.has_form("/evidence/value") && !read.has_form("/evidence/value/benefits"));
    let removal = helen.get("/evidence/value").await;
    let action = removal.attributes_of("form", "action").into_iter().find(|action| action.ends_with("/removal"));
    let off = removal.form(&action.expect("a button"));
    helen.does(&off).await.is_silent_about("Fewer left.");
}

/// R-VAL-7
#[tokio::test]
async fn nobody_but_the_lead_and_senior_leaders_finds_what_it_costs() {
    let college = College::sample().await;
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran", "Ruth Adeyemi"] {
        let mut browser = college.browser_of(who).await;
        if who != "Ruth Adeyemi" {
            browser.get("/evidence/value").await.is(404);
            browser.get("/evidence/value/case?year=2026").await.is(404);
        }
        let fields = [("year", "2026"), ("posts", "5"), ("remitted", "150")];
        browser.forge("/evidence/value", &fields).await.is(404);
        browser
            .forge("/evidence/value/benefits", &[("year", "2026"), ("what", "a"), ("source", "b"), ("ground", "said")])
            .await
            .is(404);
        browser
            .forge("/evidence/value/benefits/00000000-0000-4000-8000-000000000001/removal", &[("year", "2026")])
            .await
            .is(404);
    }
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    ruth.get("/evidence/value/case?year=2026").await.is(404);
    ruth.get("/evidence/value?year=1999").await.is(404);
}
