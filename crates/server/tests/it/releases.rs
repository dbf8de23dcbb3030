//! Releases as leaders read them.

use crate::college::*;

/// R-REL-14 R-REL-18 R-REL-20 R-LIV-9
#[tokio::test]
async fn a_term_comes_out_by_itself_and_leaders_read_it_in_ranges() {
    let college = College::sample().await;
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    ruth.get("/evidence").await.says("Nothing is released yet.").says("comes out on");
    college.clock("2027-04-12T09:00").due().await;
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let page = ruth.get("/evidence").await;
    page.says("Spring term 2027 · came out on").says("never changed since").says("Voluntary one-to-one support");
    page.says("Required support is not in it").says("Why these are ranges");
    let mut helen = college.browser_of(HELEN).await;
    let own = helen.get("/evidence/2026-2").await;
    own.is(200).says("Spring term 2027");
    for none in ["/evidence/2026", "/evidence/2026-0", "/evidence/2025-2", "/evidence/x", "/evidence/2026-2-1"] {
        helen.get(none).await.is(404);
    }
}

/// R-REL-18
#[tokio::test]
async fn nobody_but_leads_and_senior_leaders_finds_the_releases() {
    let college = College::sample().await;
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ["/evidence", "/evidence/2025", "/evidence/2025-1"] {
            browser.get(path).await.is(404);
        }
    }
}
