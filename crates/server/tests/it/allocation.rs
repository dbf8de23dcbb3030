//! The page “Allocation”: as it is, proposed, weighed by hand, accepted; nobody else has it.

use crate::college::*;
use crate::page::{Form, Page};

const PROPOSAL: &str = "/programme/allocation/proposal";

/// The value of the choice in a list whose words begin with a name.
fn choice(page: &Page, list: &str, begins: &str) -> String {
    let words = page.options(list);
    let found = words.iter().find(|(_, words)| words.starts_with(begins));
    found.unwrap_or_else(|| panic!("{begins} is not among {words:?}")).0.clone()
}

/// R-ALL-13, R-ALL-15, R-ALL-16, R-ALL-17
#[tokio::test]
async fn the_lead_has_it_proposed_changes_it_by_hand_sees_what_that_costs_and_accepts() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let page = helen.get("/programme/allocation").await;
    page.says("Allocation, Autumn term").says("One thing has nobody: Sport.").says("How full everybody is");
    let new = page.form("/standing").with("title", "Open classrooms week").with("hours", "8");
    let page = helen.does(&new).await;
    page.says("2 things have nobody: Sport, Open classrooms week.");
    let proposed = helen.send(&page.form(PROPOSAL)).await;
    proposed
        .is(200)
        .says("A proposal, Autumn term")
        .says("It is proved that within these hours none is better than the proposal");
    proposed.says("changes.").is_silent_about("What you chose");
    let form = proposed.form("/programme/allocation");
    let names: Vec<String> = form.fields.iter().map(|(name, _)| name.clone()).collect();
    let standing = names.into_iter().find(|name| name.starts_with("standing-")).expect("standing work");
    let now = form.get(&standing).expect("somebody").to_owned();
    let other = proposed
        .options(&standing)
        .into_iter()
        .find(|(value, words)| *value != now && words.contains("costs ") && words.contains(" h"));
    let (other, words) = other.expect("somebody at a cost");
    assert!(words.contains(" h"), "{words}");
    let weighed = helen.send(&Form { action: PROPOSAL.to_owned(), ..form.with(&standing, &other) }).await;
    weighed.is(200).says("against the proposal.").says("Your choice costs");
    let form = weighed.form("/programme/allocation");
    assert_eq!(form.get(&standing), Some(other.as_str()), "what was chosen stays");
    helen.does(&form).await.says("Accepted. It is so from now on");
    let stale = helen.send(&form).await;
    stale.is(422).says("Something has changed meanwhile");
    assert_eq!(stale.form("/programme/allocation").get(&standing), Some(other.as_str()), "nothing chosen is lost");
    let name = words.split(" · ").next().expect("a name");
    helen.get("/programme/allocation").await.says(&format!("a term · {name}"));
}

/// R-ALL-14
#[tokio::test]
async fn standing_work_is_added_refused_at_its_field_given_and_read_by_whoever_does_it() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/programme/allocation").await.form("/standing");
    for (field, typed, sentence) in [
        ("title", "", "Say what it is, in at most 80 characters."),
        ("hours", "61", "Give whole hours a term, from 1 to 60."),
        ("hours", "six", "Give whole hours a term, from 1 to 60."),
        ("theme", "x", "Choose a theme of the list, or none."),
    ] {
        let sent = form.clone().with("title", "Shelf of ideas").with("hours", "6").with(field, typed);
        let refused = helen.send(&sent).await;
        refused.is(422).says(sentence);
        let kept = if field == "title" { ("hours", "6") } else { ("title", "Shelf of ideas") };
        assert_eq!(refused.form("/standing").get(kept.0), Some(kept.1), "{field}");
    }
    helen.does(&form.with("title", "Shelf of ideas").with("hours", "6")).await.says("Added.").says("Shelf of ideas");
    let page = helen.get("/programme/allocation").await;
    let proposed = helen.send(&page.form(PROPOSAL)).await;
    let list = proposed.labelled("Shelf of ideas");
    let priya = choice(&proposed, &list, "Priya Nair");
    let accepted = proposed.form("/programme/allocation").with(&list, &priya);
    helen.does(&accepted).await.says("Accepted.");
    let mut priya = college.browser_of(PRIYA).await;
    priya.get("/hours/time").await.says("Standing work").says("Shelf of ideas: 6 h a term");
    let mut tom = college.browser_of(TOM).await;
    tom.get("/hours/time").await.is_silent_about("Shelf of ideas");
    let page = helen.get("/programme/allocation").await;
    let action = page.attributes_of("form", "action").into_iter().rfind(|action| action.ends_with("/removal"));
    helen.does(&page.form(&action.expect("a button"))).await.says("Removed.").is_silent_about("Shelf of ideas");
}

/// R-ALL-18
#[tokio::test]
async fn the_lead_asks_what_if_somebody_had_other_hours_and_nothing_changes() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let before = helen.get("/programme/allocation").await;
    let page = helen.get("/programme/allocation/what-if").await;
    let form = page.form("/programme/allocation/what-if");
    let (priya, _) =
        page.options("whose").into_iter().find(|(_, words)| words.starts_with("Priya Nair")).expect("Priya");
    let asked = form.clone().with("whose", &priya).with("hours", "20");
    for (field, typed, sentence) in [
        ("whose", "", "Choose whose hours you think of."),
        ("hours", "0", "Give whole hours, from 1 to 400."),
        ("hours", "-3", "Give whole hours, from 1 to 400."),
        ("hours", "401", "Give whole hours, from 1 to 400."),
        ("hours", "two", "Give whole hours, from 1 to 400."),
    ] {
        let refused = helen.send(&asked.clone().with(field, typed)).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/programme/allocation/what-if").get(field), Some(typed), "what was typed stays");
    }
    let fewer = asked.clone().with("way", "fewer");
    helen.send(&fewer.clone().with("hours", "400")).await.is(422).says("h to give. Take away no more than that.");
    let more = helen.send(&asked).await;
    more.is(200).says("Priya Nair with 20 h more").says("It would");
    helen.send(&fewer.with("hours", "10")).await.is(200).says("Priya Nair with 10 h fewer").says("It would");
    let after = helen.get("/programme/allocation").await;
    before.says("One thing has nobody: Sport.");
    after.says("One thing has nobody: Sport.");
}

/// R-ALL-13
#[tokio::test]
async fn nobody_but_the_lead_has_it() {
    let college = College::sample().await;
    for who in [PRIYA, SAM, ELAINE, NADIA, MINH, MAREK] {
        let mut other = college.browser_of(who).await;
        other.get("/programme/allocation").await.is(404);
        other.get("/programme/allocation/what-if").await.is(404);
    }
}

/// R-IND-4, R-ALL-13
#[tokio::test]
async fn an_induction_begun_without_a_mentor_finds_one() {
    let college = College::sample().await;
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/inductions/new").await.form("/inductions");
    let form = form.with("newcomer-0", SAM).with("kind", "new-to-post").with("into-next", "yes");
    helen.does(&form.with("mentor", "later")).await.says(SAM);
    let page = helen.get("/programme/allocation").await;
    page.says("Inductions without company").says(SAM);
    let proposed = helen.send(&page.form(PROPOSAL)).await;
    let list = proposed.labelled(SAM);
    let joe = choice(&proposed, &list, JOE);
    helen.does(&proposed.form("/programme/allocation").with(&list, &joe)).await.says("Accepted.");
    helen.get("/inductions").await.says("Joe Whittle, mentor");
}
