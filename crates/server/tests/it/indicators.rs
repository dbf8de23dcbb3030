//! Figures of the college, as the lead enters and reads them.

use crate::browser::Browser;
use crate::college::*;
use crate::imports::send_to;
use crate::page::Page;

const TITLES: &str = "Indicator,Term,Area,Group,Counted,Of\n";

async fn send(browser: &mut Browser, name: &str, text: &str) -> Page {
    send_to(browser, "/programme/indicators/file", ("", (name, text.as_bytes()))).await
}

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
    done.says("30–34 of 40 (75–85 %)").is_silent_about("31 of 40").says("Whole college");
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
        browser.get("/programme/indicators/template.csv").await.is(404);
        browser.get("/programme/indicators/file").await.is(404);
        send(&mut browser, "figures.csv", TITLES).await.is(404);
        let others = ["removal", "file/entry", "milestones", "milestones/x", "milestones/x/removal"];
        let others = others.map(|end| format!("/programme/indicators/{end}"));
        for path in [form.action.as_str()].into_iter().chain(others.iter().map(String::as_str)) {
            browser.forge(path, &[("indicator", "attendance"), ("term", "2026-1")]).await.is(404);
        }
    }
}

/// R-FIG-10 R-FIG-11
#[tokio::test]
async fn a_file_is_looked_through_line_by_line_and_entered_whole() {
    let college = College::sample().await;
    college.clock("2027-01-11T09:00");
    let mut helen = college.browser_of(HELEN).await;
    let template = helen.get("/programme/indicators/template.csv").await.body();
    assert!(template.contains("Attendance,Autumn term 2026,,,,"), "{template}");
    for (name, text, sentence) in [
        ("empty.csv", "", "Choose the file to bring in."),
        ("a.csv", "<html></html>", "“a.csv” cannot be read. It is a web page"),
        ("b.csv", "Name,Age\nSam,30\n", "“b.csv” cannot be entered. There is no column “Indicator”."),
        ("c.csv", template.as_str(), "There is no figure in it: fill in Counted and Of"),
    ] {
        let page = send(&mut helen, name, text).await;
        page.is(422).says(sentence).says("Enter a figure");
    }
    let wrong = format!("{TITLES}Attendance,Autumn term 2026,,,915,1000\nSuccess rate,2026-1,Plumbing,,thirty,100\n");
    let page = send(&mut helen, "d.csv", &wrong).await;
    page.is(422).says("1 line to put right").says("Nothing of “d.csv” is entered while a line is wrong.");
    page.says("No area is called “Plumbing”.").says("“thirty” is no whole number").says("92 % of 1,000");
    assert!(!page.has_form("/file/entry"));
    let right = format!(
        "{TITLES}Attendance,Autumn term 2026,,,915,1000\nTeaching staff who stayed,2026-1,,,31,40\n\
         Success rate,2026-1,,Women,96,110\nSuccess rate,2026-1,,Men,74,90\nPunctuality,2026-1,,,,\n"
    );
    let page = send(&mut helen, "e.csv", &right).await;
    page.is(200).says("What this file would enter").says("4 new").says("Lines without numbers were left out: 1.");
    page.says("30–34 of 40 (75–85 %)").says("Autumn term 2026 · Whole college · Women").says("95–99 of 110");
    helen.get("/programme/indicators").await.says("Nothing is entered yet.");
    let entry = page.form("/file/entry");
    helen.send(&entry.clone().with("lines", "1.success")).await.is(422).says("did not arrive whole");
    helen.does(&entry).await.says("Entered. They stand below.").says("Whole college, women").is_silent_about("31 of");
    let later = right.replace("915", "920");
    college.clock("2027-01-12T09:00");
    let mut helen = college.browser_of(HELEN).await;
    send(&mut helen, "e.csv", &later).await.is(422).says("Delete this line.");
    let later = later.replace("Teaching staff who stayed,2026-1,,,31,40\n", "");
    let page = send(&mut helen, "f.csv", &later).await;
    page.says("takes the place of 92 % of 1,000").says("2 as they are");
    let entry = page.form("/file/entry");
    helen.does(&entry).await.says("Entered.");
    helen.send(&entry).await.is(409).says("Something has changed since you looked at this").says("Nothing to enter");
}

/// R-FIG-5 R-FIG-7 R-FIG-8 R-FIG-9 R-FIG-12 EVI-10 EVI-13
#[tokio::test]
async fn senior_leaders_read_teaching_apart_from_results_and_milestones_above_them() {
    let college = College::sample().await;
    college.clock("2027-01-11T09:00");
    let (mut helen, mut ruth) = (college.browser_of(HELEN).await, college.browser_of("Ruth Adeyemi").await);
    ruth.get("/evidence/indicators").await.says("Nothing is entered yet.");
    let name = "Maths & Science";
    let text = format!(
        "{TITLES}Attendance,2026-1,,,915,1000\nAttendance,2025-3,,,901,1000\nAttendance,2026-1,\"{name}\",,88,100\n\
         Teaching staff who stayed,2026-1,,,31,40\nSatisfied learners,2025-2,,,80,100\n\
         Success rate,2026-1,,Women,96,110\nSuccess rate,2026-1,,Men,74,90\n"
    );
    let entry = send(&mut helen, "figures.csv", &text).await.form("/file/entry");
    helen.does(&entry).await;
    let form = helen.get("/programme/indicators").await.form("/milestones");
    for (day, kind, words, sentence) in [
        ("", "college", "New timetable", "Choose the day on which it happened."),
        ("2027-02-01", "college", "New timetable", "still to come"),
        ("2026-09-08", "", "New timetable", "Choose what kind of day it was."),
        ("2026-09-08", "college", "", "Write in a few words what happened."),
        ("2026-09-08", "college", &"x".repeat(61), "This is 61 characters long: shorten it to 60."),
    ] {
        let page = helen.send(&form.clone().with("day", day).with("kind", kind).with("milestone", words)).await;
        page.is(422).says(sentence);
        assert_eq!(page.form("/milestones").get("milestone"), Some(words), "nothing typed is lost");
    }
    let inspection = form.with("day", "2026-09-08").with("kind", "inspection").with("milestone", "good");
    let page = helen.does(&inspection).await;
    let change = page.links().into_iter().find(|link| link.contains("/milestones/")).expect("a way to change it");
    let edit = helen.get(&change).await.form(&change);
    helen.send(&edit.clone().with("milestone", "")).await.is(422).says("Write in a few words");
    helen.does(&edit.with("milestone", "good, outstanding for care")).await.says("good, outstanding for care");

    ruth.get("/evidence").await.says("Indicators · figures of the college, term by term");
    let page = ruth.get("/evidence/indicators").await;
    page.is(200).says("About teaching").says("About results").says("What learners say").says("What staff say");
    page.says("30–34 of 40 (75–85 %)")
        .says("92 % of 1,000")
        .says("8 Sep 2026: Inspection of the whole college: good, outstanding for care");
    page.says("Gaps between groups").says("percentage points").says("Between few learners a gap moves by chance");
    page.is_silent_about("Enter figures").is_silent_about(" 31 ");
    assert!(page.forms().iter().all(|form| !form.action.starts_with("/programme")));
    let body = page.body();
    let (teaching, results) =
        (body.find("id=\"teaching\"").expect("a part"), body.find("id=\"results\"").expect("a part"));
    let at = |code: &str| body.find(&format!("id=\"{code}-h\"")).expect("an indicator");
    assert!(teaching < at("retention") && at("retention") < results && results < at("attendance"));
    let area = page.attributes_of("option", "value").into_iter().find(|value| value.len() == 36).expect("an area");
    let of_area = ruth.get(&format!("/evidence/indicators?area={area}")).await;
    of_area.is(200).says(&format!("Indicators: {name}")).says("88 % of 100").is_silent_about("30–34 of 40");
    for wrong in ["x", "0190b1a0-0000-7000-8000-000000000001"] {
        ruth.get(&format!("/evidence/indicators?area={wrong}")).await.is(404);
    }
    helen.get("/evidence/indicators").await.says("Enter figures");
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        college.browser_of(who).await.get("/evidence/indicators").await.is(404);
    }
    let removal = helen.get(&change).await.form("/removal");
    helen.does(&removal).await.says("Removed.").is_silent_about("outstanding for care");
    helen.get(&change).await.is(404);
}
