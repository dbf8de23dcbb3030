//! What is taken out of the program: reports, and figures as files.

use std::io::Cursor;

use calamine::{Reader, Xlsx};

use domain::programme::Model;

use crate::college::*;

/// Every document and file of evidence, once a year is out.
const ALL: [&str; 15] = [
    "/evidence/2026-2/report.pdf",
    "/evidence/2026-2/figures.xlsx",
    "/evidence/2026-2/figures.csv",
    "/evidence/2026/report.pdf",
    "/evidence/2026/figures.csv",
    "/evidence/governors",
    "/evidence/governors.pdf",
    "/evidence/value/case?year=2026",
    "/evidence/value/case.pdf?year=2026",
    "/evidence/value/figures.xlsx?year=2026",
    "/evidence/value/figures.csv?year=2026",
    "/evidence/indicators/figures.xlsx",
    "/evidence/indicators/figures.csv",
    "/programme/survey/figures.xlsx",
    "/programme/survey/figures.csv",
];

/// A year is out, and what it cost is entered.
async fn after_a_year() -> College {
    let college = College::begun("2026-09-01T09:00", Model::Universal, STAFF).await;
    for released in ["2027-01-04T09:00", "2027-04-19T09:00", "2027-07-20T09:00", "2027-09-20T09:00"] {
        college.clock(released).due().await;
    }
    let mut helen = college.browser_of(HELEN).await;
    let form = helen.get("/evidence/value?year=2026").await.form("/evidence/value");
    let form = form.with("posts", 5).with("remitted", 150).with("hour", "").with("uplift", "2,243").with("covered", 0);
    helen.does(&form.with("cover", "")).await.says("The programme cost £11,215 in 2026/27, as far as is known");
    college
}

/// R-DOC-1 R-DOC-3
#[tokio::test]
async fn a_release_is_taken_along_with_the_ranges_of_its_page() {
    let college = after_a_year().await;
    let mut helen = college.browser_of(HELEN).await;
    helen.get("/evidence/2026-2").await.says("Take it elsewhere").says("PDF").says("XLSX").says("CSV");
    let csv = helen.get("/evidence/2026-2/figures.csv").await;
    assert_eq!(csv.header("content-disposition"), Some("attachment; filename=\"spring-term-2027.csv\""));
    let text = String::from_utf8(csv.bytes.clone()).unwrap();
    let everybody =
        text.lines().find(|line| line.starts_with("Voluntary one-to-one support,Everybody,people,,")).unwrap();
    let cells: Vec<&str> = everybody.split(',').collect();
    let page = helen.get("/evidence/2026-2").await;
    page.says(&format!("{}–{} of {}", cells[4], cells[5], cells[6]));
    let xlsx = helen.get("/evidence/2026-2/figures.xlsx").await;
    let mut book = Xlsx::new(Cursor::new(xlsx.bytes.clone())).unwrap();
    let rows = book.worksheet_range("Figures").unwrap();
    assert_eq!(rows.height(), text.lines().count(), "the same lines in both");
    let first = helen.get("/evidence/2026-2/report.pdf").await;
    assert!(first.bytes.starts_with(b"%PDF-1.7"), "{:?}", first.status);
    for paper in ["/evidence/2026-2/report.pdf", "/evidence/governors.pdf", "/evidence/value/case.pdf?year=2026"] {
        let made = String::from_utf8_lossy(&helen.get(paper).await.bytes).into_owned();
        assert!(made.contains("pdfuaid"), "{paper} is not called PDF/UA");
    }
    college.clock("2027-09-21T09:00");
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let again = ruth.get("/evidence/2026-2/report.pdf").await;
    assert_eq!(first.bytes, again.bytes, "a report never changes, whoever takes it");
    assert_eq!(xlsx.bytes, ruth.get("/evidence/2026-2/figures.xlsx").await.bytes);
}

/// R-DOC-1
#[tokio::test]
async fn nobody_but_leads_and_senior_leaders_takes_anything_along() {
    let college = after_a_year().await;
    let mut helen = college.browser_of(HELEN).await;
    for path in ALL {
        helen.get(path).await.is(200);
    }
    for none in ["/evidence/2025/report.pdf", "/evidence/x/figures.csv", "/evidence/value/case.pdf?year=1999"] {
        helen.get(none).await.is(404);
    }
    for who in [SAM, PRIYA, NADIA, ELAINE, MAREK, "Bethan Pryce", "Grace Oyelaran"] {
        let mut browser = college.browser_of(who).await;
        for path in ALL {
            browser.get(path).await.is(404);
        }
    }
}

/// R-DOC-6 R-VAL-1
#[tokio::test]
async fn governors_read_what_is_not_counted_and_one_voice_that_may_go_so_far() {
    let college = after_a_year().await;
    let mut sam = college.browser_of(SAM).await;
    let form = sam.get("/testimony").await.form("/testimony");
    let form = form.with("kind", "did").with("testimony", "We tried one thing each week.").with("reach", "governors");
    sam.does(&form.with("agreed", "yes")).await;
    let mut ruth = college.browser_of("Ruth Adeyemi").await;
    let page = ruth.get("/evidence/governors").await;
    page.says("for governors").says("Whom it reached").says("We tried one thing each week.").says(SAM);
    page.says("What is known of the cost is £11,215").says("Not counted, because it is not known: remitted time");
    page.is_silent_about("A year before");
}

/// R-DOC-7
#[tokio::test]
async fn several_at_once_get_the_same_and_nothing_is_left_behind() {
    let college = after_a_year().await;
    let files = || {
        let mut all: Vec<_> =
            std::fs::read_dir(college.folder()).unwrap().map(|one| one.unwrap().file_name()).collect();
        all.sort();
        all
    };
    let (mut helen, mut ruth, mut dafydd) =
        (college.browser_of(HELEN).await, college.browser_of("Ruth Adeyemi").await, college.browser_of(DAFYDD).await);
    let before = files();
    let report = "/evidence/2026-2/report.pdf";
    let (one, two, three) = tokio::join!(helen.get(report), ruth.get(report), dafydd.get(report));
    assert!(one.bytes.len() > 10_000 && one.bytes == two.bytes && two.bytes == three.bytes);
    assert_eq!(files(), before);
}
