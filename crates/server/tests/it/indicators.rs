//! Figures of the college, as the lead enters and reads them.

use crate::college::*;

/// R-FIG-1 R-FIG-2 R-FIG-4 R-FIG-5
#[tokio::test]
async fn the_lead_enters_figures_of_the_college_and_reads_what_is_about_staff_as_ranges() {
    let college = College::sample().await;
    college.clock("2027-01-11T09:00");
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/programme").await.says("Indicators");
    let page = helen.get("/programme/indicators").await;
    page.says("Never of a person.").says("Nothing is entered yet.");
    let form = page.form("/programme/indicators").with("indicator", "observations").with("term", "2026-1");
    let form = form.with("counted", "31").with("total", "40");
    for (form, sentence) in [
        (form.clone().with("indicator", ""), "Choose what is counted."),
        (form.clone().with("term", "2026-2"), "Choose a term that is over."),
        (form.clone().with("term", "x"), "Choose a term that is over."),
        (form.clone().with("total", "9").with("counted", "4"), "Of fewer than 10 nothing is held"),
        (form.clone().with("counted", "thirty"), "Write a whole number"),
        (form.clone().with("counted", "41"), "This cannot be more than of how many it is."),
    ] {
        let refused = helen.send(&form).await;
        refused.is(422).says(sentence);
        assert!(refused.has_form("/programme/indicators"));
    }
    let area = page.attributes_of("option", "value").into_iter().find(|value| value.len() == 36).expect("an area");
    helen.send(&form.clone().with("area", &area)).await.is(422).says("for the whole college only");
    let done = helen.does(&form).await;
    done.says("30–34 of 40 (75–85 %)").is_silent_about("31").says("Whole college");
    let learners =
        form.with("indicator", "attendance").with("area", &area).with("counted", "915").with("total", "1000");
    helen.does(&learners).await.says("92 % of 1,000");
    let removal = helen.get("/programme/indicators").await.form("/programme/indicators/removal");
    helen.does(&removal).await.says("Taken back.");
}

/// R-FIG-5
#[tokio::test]
async fn nobody_but_a_lead_finds_the_indicators() {
    let college = College::sample().await;
    college.clock("2027-01-11T09:00");
    let form = college.browser_of(HELEN).await.get("/programme/indicators").await.form("/programme/indicators");
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Ruth Adeyemi", "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        browser.get("/programme/indicators").await.is(404);
        for path in [form.action.as_str(), "/programme/indicators/removal"] {
            browser.forge(path, &[("indicator", "attendance"), ("term", "2026-1")]).await.is(404);
        }
    }
}
