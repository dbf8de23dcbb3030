//! The shelf "What works", and what came of a practitioner's time.

use crate::browser::Browser;
use crate::college::*;
use crate::page::{Form, Page};
use crate::story;

fn filled(page: &Page, title: &str) -> Form {
    let theme = page.choice("theme", "Questioning");
    let form = page.form("/resources").with("title", title).with("says", "Wait, and more of them answer.");
    form.with("kind", "research").with("theme", &theme).with("address", "https://www.example.org/waiting")
}

async fn shelved(browser: &mut Browser, title: &str) -> Page {
    let page = browser.get("/resources/new").await;
    browser.does(&filled(&page, title)).await
}

/// R-RES-1, R-RES-3, R-RES-4.
#[tokio::test]
async fn a_practitioner_adds_to_the_shelf_and_everybody_reads_it() {
    let college = College::sample().await;
    let (mut priya, mut sam) = (college.browser_of(PRIYA).await, college.browser_of(SAM).await);
    sam.get("/resources").await.says("The shelf is empty.").is_silent_about("Add the first");
    priya.get("/resources").await.says("Add the first");
    shelved(&mut priya, "Wait time").await.says("It stands on the shelf.").says("Wait time");
    for who in [SAM, NADIA, HELEN, MAREK, DAFYDD] {
        let page = college.browser_of(who).await.get("/resources").await;
        page.says("Wait time").says("Wait, and more of them answer.").says("Research summary · Questioning");
        page.says("opens example.org in a new tab").is_silent_about(PRIYA);
        assert!(
            page.body().contains(r#"href="https://www.example.org/waiting" target="_blank" rel="noopener noreferrer""#)
        );
    }
    let page = sam.get("/resources").await;
    assert!(page.body().contains("href=\"#theme-"), "a theme is chosen without asking the server");
    assert!(!page.links().iter().any(|link| link.contains("theme")));
    page.is_silent_about("Change or withdraw").is_silent_about("Add to the shelf");
    let list = sam.get("/resources.json").await;
    assert!(list.body().contains(r#""title":"Wait time""#) && list.body().contains("https://www.example.org/waiting"));
}

/// R-RES-1, R-RES-2.
#[tokio::test]
async fn what_is_missing_is_told_at_its_field_and_what_was_typed_is_kept() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let page = priya.get("/resources/new").await;
    let form = filled(&page, "Wait time");
    for (field, typed, sentence) in [
        ("title", String::new(), "Give it a title."),
        ("title", "x".repeat(121), "Keep the title to 120 characters. It has 121 now."),
        ("says", String::new(), "Say in plain words what it says."),
        ("says", "y".repeat(401), "Say it in at most 400 characters. It has 401 now."),
        ("kind", String::new(), "Choose what it is."),
        ("theme", story::NOTHING.to_owned(), "Choose what it is about: one theme to 5."),
        ("address", "http://example.org".to_owned(), "Give the whole address of a page, beginning with https://"),
        ("address", "https://example".to_owned(), "Give the whole address of a page"),
    ] {
        let refused = priya.send(&form.clone().with(field, &typed)).await;
        refused.is(422).says(sentence);
        let again = refused.form("/resources");
        for name in ["title", "says", "address"].into_iter().filter(|name| *name != field) {
            assert_eq!(again.get(name), form.get(name), "{field}: {name} is kept");
        }
    }
    priya.get("/resources").await.says("The shelf is empty.");
    priya.does(&form).await.says("It stands on the shelf.");
    priya.does(&form).await;
    let shelf = priya.get("/resources.json").await.body();
    assert_eq!(shelf.matches("Wait time").count(), 1, "sent twice, added once");
}

/// R-RES-3.
#[tokio::test]
async fn whoever_keeps_the_shelf_changes_withdraws_and_puts_back_and_nobody_else_finds_the_way() {
    let college = College::sample().await;
    let (mut priya, mut helen) = (college.browser_of(PRIYA).await, college.browser_of(HELEN).await);
    shelved(&mut priya, "Wait time").await;
    let page = helen.get("/resources").await;
    let path = page.links().into_iter().find(|link| link.starts_with("/resources/") && link.len() > 20).unwrap();
    let older = priya.get(&path).await.form(&path);
    let form = helen.get(&path).await.form(&path);
    helen.does(&form.clone().with("title", "Waiting after a question")).await.says("Waiting after a question");
    let stale = priya.send(&older.with("title", "Mine")).await;
    stale.is(409).says("Somebody has changed or withdrawn this meanwhile.");
    assert_eq!(stale.form(&path).get("title"), Some("Mine"), "what was typed is kept");
    for who in [SAM, NADIA, MAREK, MINH] {
        let mut browser = college.browser_of(who).await;
        for address in [&path, "/resources/new"] {
            browser.get(address).await.is(404);
        }
        let address = "https://example.org";
        browser.forge("/resources", &[("title", "x"), ("says", "x"), ("address", address)]).await.is(404);
        browser.forge(&path, &[("title", "x"), ("version", "2")]).await.is(404);
        browser.forge(&format!("{path}/withdrawal"), &[]).await.is(404);
        browser.forge(&format!("{path}/return"), &[]).await.is(404);
    }
    let gone = helen.get(&path).await.form("/withdrawal");
    helen.does(&gone).await.says("Withdrawn.").says("Put it back");
    helen.get(&path).await.is(404);
    let mut sam = college.browser_of(SAM).await;
    sam.get("/resources").await.says("The shelf is empty.").is_silent_about("Waiting after");
    assert!(!sam.get("/resources.json").await.body().contains("Waiting after"));
    let back = priya.get("/resources").await.form("/return");
    priya.does(&back).await.says("It stands on the shelf again.");
    sam.get("/resources").await.says("Waiting after a question");
}

/// R-RES-5: nothing about an act in a thread is on the shelf, and a thread's page asks for all of it.
#[tokio::test]
async fn the_list_for_browsers_is_the_same_for_everybody_whatever_they_are_in() {
    let college = College::sample().await;
    shelved(&mut college.browser_of(PRIYA).await, "Wait time").await;
    let before = college.browser_of(NADIA).await.get("/resources.json").await.body();
    story::ask(&mut college.browser_of(SAM).await, &college, PRIYA).await;
    for who in [SAM, PRIYA, NADIA, MAREK] {
        assert_eq!(college.browser_of(who).await.get("/resources.json").await.body(), before);
    }
    college.browser().get("/resources.json").await.is(303);
}

async fn noted(browser: &mut Browser, title: &str, minutes: &str) -> Page {
    let page = browser.get("/outputs/new").await;
    page.says("Without names of colleagues or learners.");
    let form = page.form("/outputs").with("kind", "discussion").with("title", title);
    browser.does(&form.with("minutes", minutes).with("purpose", "group")).await
}

/// R-RES-6, R-RES-7, R-RES-9.
#[tokio::test]
async fn an_output_is_noted_in_one_short_form_and_taken_back_with_its_minutes() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    assert!(priya.get("/hours").await.links().contains("/outputs"));
    assert!(priya.get("/hours/new").await.links().contains("/outputs/new"));
    priya.get("/outputs").await.says("note it in a line");
    let page = noted(&mut priya, "An open lunch about marking", "50").await;
    page.says("Noted. Nobody else sees it.").says("Professional discussion An open lunch about marking 50 min");
    priya.get("/hours").await.says("50 min used").says("Sessions and communities");
    assert!(priya.get("/account/data.json").await.body().contains("An open lunch about marking"));
    for who in [SAM, NADIA, HELEN, MAREK, JOE] {
        let mut other = college.browser_of(who).await;
        other.forge(&page.form("/removal").action, &[]).await.is(404);
        assert!(!other.get("/account/data.json").await.body().contains("An open lunch"));
    }
    for who in [SAM, NADIA, HELEN, MAREK] {
        let mut other = college.browser_of(who).await;
        other.get("/outputs").await.is(404);
        other.get("/outputs/new").await.is(404);
        other.forge("/outputs", &[("kind", "scheme"), ("title", "x")]).await.is(404);
    }
    priya.does(&page.form("/removal")).await.says("Taken back.").is_silent_about("An open lunch");
    priya.get("/hours").await.says("0 min used");
}

/// R-RES-6, R-RES-7.
#[tokio::test]
async fn what_is_wrong_with_an_output_is_told_at_its_field() {
    let college = College::sample().await;
    let mut priya = college.browser_of(PRIYA).await;
    let form = priya.get("/outputs/new").await.form("/outputs").with("kind", "scheme").with("title", "Six weeks");
    for (field, typed, sentence) in [
        ("kind", "", "Choose what came of it."),
        ("title", "", "Give it a title."),
        ("day", "2026-11-25", "Choose today or an earlier day of this academic year."),
        ("minutes", "481", "Note between 1 minute and 8 hours at a time."),
        ("minutes", "20", "Choose what the time was for, or leave the minutes out."),
    ] {
        let refused = priya.send(&form.clone().with(field, typed)).await;
        refused.is(422).says(sentence);
        assert_eq!(refused.form("/outputs").get("once"), form.get("once"));
    }
    priya.does(&form).await.says("Scheme of work Six weeks –");
    priya.does(&form).await;
    assert_eq!(priya.get("/outputs").await.body().matches("/sharing").count(), 1, "sent twice, noted once");
}

/// R-RES-8.
#[tokio::test]
async fn an_output_is_shared_with_a_licence_and_a_name_only_if_its_author_says_so() {
    let college = College::sample().await;
    let (mut priya, mut sam) = (college.browser_of(PRIYA).await, college.browser_of(SAM).await);
    noted(&mut priya, "Cards for cold calling", "").await.is_silent_about("On the shelf");
    let path = priya.get("/outputs").await.links().into_iter().find(|link| link.ends_with("/sharing")).unwrap();
    let page = priya.get(&path).await;
    let theme = page.choice("theme", "Confidence");
    let form = page.form("/sharing").with("says", "One for each learner.").with("theme", &theme);
    assert_eq!(form.get("title"), Some("Cards for cold calling"));
    let form = form.with("address", "https://files.example.org/cards");
    priya.send(&form).await.is(422).says("Choose what others may do with it.");
    priya.does(&form.clone().with("licence", "cc-by-4.0")).await.says("It stands on the shelf.").says("On the shelf");
    let read = sam.get("/resources").await;
    read.says("Cards for cold calling").says("CC BY 4.0: Anybody may use and change it").is_silent_about("Made by");
    let named = form.with("licence", "college").with("named", "1");
    priya.does(&named).await;
    sam.get("/resources").await.says("Made by Priya Nair. College use only").is_silent_about("CC BY 4.0");
    for who in [SAM, JOE, HELEN, MAREK] {
        let mut other = college.browser_of(who).await;
        other.get(&path).await.is(404);
        other.forge(&path, &[("title", "x"), ("licence", "college")]).await.is(404);
        other.forge(&format!("{path}/removal"), &[]).await.is(404);
    }
    let mut helen = college.browser_of(HELEN).await;
    let entry = helen
        .get("/resources")
        .await
        .links()
        .into_iter()
        .find(|link| link.len() > 20 && link.starts_with("/resources/"));
    let own = helen.get(&entry.unwrap()).await;
    own.says("Only they change what it says").is_silent_about("Save");
    assert!(own.has_form("/withdrawal"));
    let stop = priya.get("/outputs").await.form("/sharing/removal");
    priya.does(&stop).await.says("It is off the shelf, and your name with it.");
    sam.get("/resources").await.says("The shelf is empty.").is_silent_about(PRIYA);
    helen.get("/resources").await.is_silent_about("Put it back");
}
