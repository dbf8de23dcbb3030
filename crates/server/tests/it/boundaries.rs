//! The edges of the role: work outside it, and role targets.

use crate::college::*;

/// R-BOU-1, R-BOU-2, R-BOU-3, R-BOU-4, GOV-06
#[tokio::test]
async fn work_outside_the_role_is_noted_kept_raised_and_answered() {
    let college = College::sample().await;
    let (mut priya, mut helen) = (college.browser_of(PRIYA).await, college.browser_of(HELEN).await);
    assert!(priya.get("/hours").await.links().contains("/hours/duties"));
    let page = priya.get("/hours/duties").await;
    page.says("none of the functions of the role").says("Nothing yet.");
    let form = page.form("/hours/duties");
    priya.send(&form.clone().with("minutes", "30")).await.is(422).says("Choose what was asked.");
    let bad = form.clone().with("kind", "cover").with("minutes", "ninety").with("raise", "yes");
    let refused = priya.send(&bad).await;
    refused.is(422).says("Say how long it took");
    assert_eq!(refused.form("/hours/duties").get("minutes"), Some("ninety"), "what was typed stays");
    priya.does(&form.clone().with("kind", "cover").with("minutes", "50")).await.says("It is yours alone.");
    let mine = priya.get("/hours/duties").await;
    mine.says("Covering a class").says("50 min").says("yours alone");
    helen.get("/programme/duties").await.says("Nothing waits for an answer.").is_silent_about(PRIYA);
    let used = priya.get("/hours").await.text();
    priya.does(&mine.form("/raising")).await.says("Raised.").says("raised, not answered yet");
    assert_eq!(priya.get("/hours").await.text(), used, "it never counts as hours");
    assert!(helen.get("/programme").await.links().contains("/programme/duties"));
    let seen = helen.get("/programme/duties").await;
    seen.says(PRIYA).says("Covering a class").says("50 min");
    helen.send(&seen.form("/answer")).await.is(422).says("Choose what you answer.");
    helen.does(&seen.form("/answer").with("answer", "outside")).await.says("Answered.");
    helen.send(&seen.form("/answer").with("answer", "once")).await.is(422).says("answered or taken back meanwhile");
    priya.get("/hours/duties").await.says("It is not part of the role. I will see to it.").is_silent_about("Take back");
    let fresh = priya.get("/hours/duties").await.form("/hours/duties").with("kind", "data").with("how", "refused");
    priya.does(&fresh).await.says("refused");
    for who in [SAM, HELEN, MAREK, MINH] {
        let mut other = college.browser_of(who).await;
        other.get("/hours/duties").await.is(404);
        other.forge("/hours/duties", &[("kind", "data")]).await.is(404);
    }
    for who in [SAM, PRIYA, MAREK] {
        college.browser_of(who).await.get("/programme/duties").await.is(404);
    }
}

/// R-BOU-5, R-BOU-6, R-BOU-7
#[tokio::test]
async fn role_targets_are_agreed_by_two_and_reach_the_appraiser_alone() {
    let college = College::sample().await;
    let (mut priya, mut helen) = (college.browser_of(PRIYA).await, college.browser_of(HELEN).await);
    let path = format!("/practitioners/{}/targets", college.id(PRIYA));
    assert!(priya.get("/hours").await.links().contains(&path));
    let form = helen.get(&path).await.form(&path);
    helen.send(&form.clone().with("until", "2027-07-01")).await.is(422).says("Write what it is to be.");
    let refused = helen.send(&form.clone().with("text", "Two communities").with("until", "2020-01-01")).await;
    refused.is(422).says("Choose a day after today");
    assert_eq!(refused.form(&path).get("text"), Some("Two communities"));
    let new = form.with("text", "Two communities that meet").with("until", "2027-07-01");
    helen.does(&new).await.says("The other one agrees to it or not.").is_silent_about("Agree to");
    let agree = priya.get(&path).await;
    agree.says("proposed to you");
    priya.does(&agree.form("/agreement")).await.says("agreed on 24 Nov 2026");
    for who in [SAM, MAREK, TOM] {
        let mut other = college.browser_of(who).await;
        other.get(&path).await.is(404);
        other.forge(&path, &[("text", "Mine"), ("until", "2027-07-01")]).await.is(404);
        other.get("/targets").await.is(404);
    }
    let end = helen.get(&path).await.form("/end");
    helen.does(&end).await.says("None yet.").says("Over");
    helen.send(&end).await.is(422).says("changed meanwhile");
}
