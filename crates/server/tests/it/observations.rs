//! Lessons that are watched, on the pages: offered, agreed, shown to the two and to nobody else; and no grade anywhere.

use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::college::*;
use crate::story::{NOTHING, agree, ask};

/// Sam offers one more meeting for this.
async fn offer_for(browser: &mut Browser, place: &str, (form, day): (&str, &str)) {
    let page = browser.get(place).await.form("/offers");
    let form = page.with("form", form).with("replaces", "").with("day", day).with("time", "16:30");
    browser.does(&form).await.says("Sent.");
}

/// R-OBS-1 R-OBS-4
#[tokio::test]
async fn a_lesson_is_watched_because_the_other_one_agreed_and_only_the_two_read_of_it() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    let page = sam.get(&place).await;
    page.says("What will you do then?").says("It happens only if Priya agrees. A lesson is never graded.");
    let choices: Vec<String> = page.choices("form").into_iter().map(|(_, words)| words).collect();
    let all =
        ["You talk", "Priya watches a lesson of yours", "You watch a lesson of Priya’s", "You teach a lesson together"];
    assert_eq!(choices, all);
    offer_for(&mut sam, &place, ("teachers-lesson", "2026-11-26")).await;
    sam.get(&place)
        .await
        .says("Priya watches a lesson of yours, if Priya agrees")
        .is_silent_about("Lessons What you write");
    priya.get(&place).await.says("You watch a lesson of Sam’s, if you agree.");
    let page = agree(&mut priya, &place).await;
    page.says("You watch a lesson of Sam’s Thu 26 Nov, 16:30 45 min");
    page.says("Nobody is graded, and it goes nowhere else.");
    priya.get("/week").await.says("16:30 Sam Okafor You watch a lesson of Sam’s");
    sam.get("/support").await.says("Priya watches a lesson of yours: Thu 26 Nov, 16:30, in 2 days.");
    let taken = sam.get("/account/data.json").await.body();
    assert!(taken.contains("The practitioner watches a lesson of the teacher’s"), "{taken}");
    for (who, path) in [(HELEN, "/programme"), (MAREK, "/people"), (NADIA, "/support"), (HELEN, "/support")] {
        college.browser_of(who).await.get(path).await.is(200).is_silent_about("watches a lesson");
    }
    priya.get("/hours").await.is_silent_about("lesson of Sam");
}

/// R-OBS-5
#[tokio::test]
async fn the_notepad_is_there_for_whoever_watches_and_for_nobody_else() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    offer_for(&mut sam, &place, ("teachers-lesson", "2026-11-26")).await;
    let page = agree(&mut priya, &place).await;
    let pads = page.attributes_of("article", "data-notepad");
    let pad = pads.first().expect("a lesson").clone();
    priya.get(&pad).await.is(200).says("You watch a lesson of Sam’s · Thu 26 Nov, 16:30").says("needs JavaScript");
    let nowhere = sam.get("/nowhere").await;
    for who in [SAM, HELEN, NADIA, MAREK, MINH] {
        let mut browser = college.browser_of(who).await;
        let there = browser.get(&pad).await;
        let nowhere = browser.get("/nowhere").await;
        assert_eq!((there.status, &there.bytes), (404, &nowhere.bytes), "{who}");
    }
    let other = format!("{place}/meetings/{NOTHING}/notepad");
    assert_eq!(sam.get(&other).await.bytes, nowhere.bytes);
    // A talk has no notepad, whoever asks for it.
    offer_for(&mut sam, &place, ("talk", "2026-11-27")).await;
    let page = agree(&mut priya, &place).await;
    assert_eq!(page.attributes_of("article", "data-notepad"), pads);
    // What nobody can choose is a talk.
    offer_for(&mut sam, &place, ("inspection", "2026-12-01")).await;
    priya.get(&place).await.is_silent_about("if you agree");
}

/// R-OBS-7
#[tokio::test]
async fn what_is_shown_of_a_lesson_offers_nothing_to_count_or_to_choose() {
    let college = College::sample().await;
    let (mut sam, mut priya) = (college.browser_of(SAM).await, college.browser_of(PRIYA).await);
    let place = ask(&mut sam, &college, PRIYA).await;
    offer_for(&mut sam, &place, ("together", "2026-11-26")).await;
    let pads = agree(&mut priya, &place).await.attributes_of("article", "data-notepad");
    let pad = priya.get(pads.first().expect("a lesson")).await;
    let (inputs, selects) = (pad.attributes_of("input", "type"), pad.attributes_of("select", "name"));
    assert!(inputs.iter().all(|kind| kind == "hidden") && selects.is_empty(), "{inputs:?} {selects:?}");
}

fn files(folder: &Path, ends: &[&str], found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, ends, found);
        } else if path.extension().is_some_and(|end| ends.iter().any(|one| end == *one)) {
            found.push(path);
        }
    }
}

/// Whether a text speaks of a grade and the like without saying that there is none.
fn graded(paragraph: &str) -> bool {
    let text = paragraph.to_lowercase();
    let words = || text.split(|letter: char| !letter.is_alphanumeric());
    let stems =
        ["grade", "grades", "graded", "grading", "score", "scores", "scored", "rating", "ratings", "band", "bands"];
    let denied = ["no", "not", "never", "nobody", "nothing", "none", "dropped", "absent", "released", "without"];
    words().any(|word| stems.contains(&word)) && !words().any(|word| denied.contains(&word))
}

/// R-OBS-8, OBS-01, OBS-02. The tables are searched in `crates/store/tests/it/schema.rs`.
#[test]
fn no_policy_page_script_or_document_speaks_of_a_grade_but_to_say_that_there_is_none() {
    assert!(graded("Give it a grade.") && !graded("Nobody gets a grade.") && !graded("Upgrade it."));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for (folder, ends) in [
        ("crates/policies/cedar", &["cedar", "cedarschema", "txt"][..]),
        ("crates/server/src/pages", &["rs"]),
        ("crates/assets/web/js", &["js"]),
        ("docs", &["md"]),
    ] {
        files(&root.join(folder), ends, &mut found);
    }
    assert!(found.len() > 150, "{}", found.len());
    // The score of a suggestion ranks practitioners for one request and is shown to nobody; the words list is a dictionary; how
    // many agreed with a statement, or had support, is a range of people, and about nobody (R-SUR-3, R-REL-1).
    let elsewhere = [
        "matching.md",
        "word-list.js",
        "pages/survey.rs",
        "pages/survey_tests.rs",
        "pages/evidence.rs",
        "pages/evidence_view.rs",
        "papers/governors.rs",
        "papers/lists.rs",
        "papers/look.rs",
        "papers/release.rs",
    ];
    // A band is a range of people there (R-REL-1), and nobody is put into one.
    let of_people = [
        "rules/releases.md",
        "rules/survey.md",
        "rules/model-reading.md",
        "run/evidence.md",
        "decisions/0029-what-a-release-holds-back.md",
        "decisions/0030-ranges-are-joined-beforehand.md",
    ];
    let speaks: Vec<String> = found
        .iter()
        .filter(|path| !elsewhere.iter().any(|name| path.ends_with(name)))
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("text");
            let ranges = of_people.iter().any(|name| path.ends_with(name));
            let text = if ranges { text.replace("band", "range") } else { text };
            let paragraphs: Vec<String> = text.split("\n\n").filter(|part| graded(part)).map(str::to_owned).collect();
            paragraphs.into_iter().map(|part| format!("{}: {part}", path.display()))
        })
        .collect();
    assert!(speaks.is_empty(), "{speaks:#?}");
}
