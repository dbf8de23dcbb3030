//! How the programme runs here: everybody reads it, the lead changes it with notice, everybody is told.

use crate::college::*;

/// R-MOD-1, R-MOD-2, R-MOD-3, R-MOD-5, GOV-03
#[tokio::test]
async fn everybody_reads_the_model_and_is_told_on_their_first_page_when_it_is_to_change() {
    let college = College::sample().await;
    let (mut helen, mut sam) = (college.browser_of(HELEN).await, college.browser_of(SAM).await);
    let page = sam.get("/model").await;
    page.is(200).says("follows the universal model").says("A line manager may require support");
    page.is_silent_about("Change the model");
    sam.get("/support").await.is_silent_about("What that means");
    for path in ["/statement", "/support", "/promise"] {
        assert!(sam.get(path).await.links().contains("/model"), "{path}");
    }
    let form = helen.get("/model").await.form("/model");
    let refused = helen.send(&form.clone().with("model", "developmental").with("starts", "2026-11-25")).await;
    refused.is(422).says("choose 1 Dec 2026 or later");
    assert_eq!(refused.form("/model").get("starts"), Some("2026-11-25"), "what was typed stays");
    helen.send(&form.clone().with("starts", "2026-12-07")).await.is(422).says("Choose one of the four.");
    helen.does(&form.with("model", "developmental").with("starts", "2026-12-07")).await.says("Everybody hears of it.");
    sam.get("/support").await.says("From 7 Dec 2026 the programme runs by the developmental model.");
    sam.get("/model").await.says("From 7 Dec 2026: developmental").is_silent_about("Take this back");
    sam.forge("/model/cancellation", &[]).await.is(404);
    college.clock("2026-12-07T08:00").due().await;
    let (mut helen, mut sam) = (college.browser_of(HELEN).await, college.browser_of(SAM).await);
    sam.get("/support").await.says("Since 7 Dec 2026 the programme runs by the developmental model.");
    sam.get("/model")
        .await
        .says("follows the developmental model since 7 Dec 2026")
        .says("No line manager can require");
    let form = helen.get("/model").await.form("/model").with("model", "deficit").with("starts", "2027-01-11");
    helen.does(&form).await.says("From 11 Jan 2027: deficit");
    let back = helen.get("/model").await.form("/model/cancellation");
    helen.does(&back).await.says("the model stays as it is");
    helen.send(&back).await.is(422).says("not planned any more");
    college.clock("2027-01-05T08:00").due().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/support").await.is_silent_about("the programme runs by the");
}
