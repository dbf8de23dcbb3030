//! Bringing in files, page by page: choosing, matching, putting right, looking, bringing in, undoing.

use std::io::{Cursor, Write};

use axum::body::Body;
use axum::http::{Request, header};

use crate::browser::Browser;
use crate::college::*;
use crate::page::Page;

const MARK: &str = "xMARKx";

/// A form with a file, as a browser sends it.
fn form(csrf: &str, kind: &str, (name, bytes): (&str, &[u8])) -> Vec<u8> {
    let field = |name: &str, value: &str| {
        format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!(
        "--{MARK}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    );
    [
        field("csrf", csrf).as_bytes(),
        field("kind", kind).as_bytes(),
        file.as_bytes(),
        bytes,
        format!("\r\n--{MARK}--\r\n").as_bytes(),
    ]
    .concat()
}

async fn send(browser: &mut Browser, kind: &str, file: (&str, &[u8])) -> Page {
    send_to(browser, "/people/imports", (kind, file)).await
}

/// Sends a file to an address.
pub async fn send_to(browser: &mut Browser, path: &str, (kind, file): (&str, (&str, &[u8]))) -> Page {
    let csrf = browser.csrf().await;
    let request = Request::post(path).header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"));
    browser.request(request, Body::from(form(&csrf, kind, file))).await
}

/// Chooses a file and looks at the page it leads to.
async fn choose(browser: &mut Browser, kind: &str, text: &str) -> Page {
    let answer = send(browser, kind, ("later.csv", text.as_bytes())).await;
    browser.follow(answer).await
}

/// R-IMP-3 R-IMP-10
#[tokio::test]
async fn a_later_file_is_looked_through_brought_in_and_undone() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    marek.get("/people").await.says("Bring in a file");
    marek.get("/people/imports").await.says("Nothing yet.").says("Practitioners’ hours");
    let text = "E-mail,Name,Job title,Salary\nsam.okafor@college.example,Sam Okafor,Senior Lecturer,31999\n\
                zoe.newcombe@college.example,Zoë Newcombe,Lecturer,32000\n";
    let page = choose(&mut marek, "staff", text).await;
    page.says("What this file would change").says("1 new").says("1 changed").says("Senior Lecturer").says("Salary (D)");
    page.is_silent_about("31999");
    marek.get("/people").await.is_silent_about("Zoë Newcombe");
    let done = marek.does(&page.form("/application")).await;
    done.says("Brought in. You can undo it below.").says("1 new, 1 changed, 0 as they were");
    marek.get("/people").await.says("Zoë Newcombe");
    marek.get("/people/imports").await.says("later.csv").says("1 new, 1 changed, 0 as they were").says(MAREK);
    let again = choose(&mut marek, "staff", text).await;
    again.says("Nothing to change").says("2 as they are");
    let undone = marek.does(&done.form("/reversal")).await;
    undone.says("Undone. Nobody was deleted.");
    let list = marek.get("/people").await;
    assert!(
        list.texts("tr").iter().any(|row| row.contains("Zoë Newcombe") && row.contains("Switch on")),
        "off, not gone"
    );
}

/// R-IMP-9
#[tokio::test]
async fn what_is_wrong_is_told_cell_by_cell_and_in_a_file_to_put_right() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let text = "E-mail,Name,Line manager,Salary\nsam.okafor@college.example,Sam Okafor,Nobody Known,31999\n\
                not an address,=1+1,,32000\n";
    let page = choose(&mut marek, "staff", text).await;
    page.says("2 lines were read, 2 of them need you.").says("Line manager (C)").says("Nobody Known");
    page.says("This is not an e-mail address").says("This cell holds a formula");
    assert!(!page.has_form("/application"), "nothing to bring in yet");
    let place = page.form("/removal").action.replace("/removal", "/corrected.csv");
    let file = marek.get(&place).await;
    file.is(200);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"put-right.csv\""));
    let body = file.body();
    assert!(body.contains("What to put right") && !body.contains("31999") && !body.contains("Salary"), "{body}");
    let mended = body.replace("Nobody Known", "").replace("not an address,", "new.one@college.example,New One");
    let page = choose(&mut marek, "staff", &mended).await;
    page.says("What this file would change").says("1 new").says("1 as they are").is_silent_about("What to put right (");
    let gone = marek.does(&page.form("/removal")).await;
    gone.says("Forgotten. Its lines are gone.");
    marek.get(&place.replace("/corrected.csv", "")).await.is(200);
}

#[tokio::test]
async fn areas_are_shown_with_where_they_are_and_who_leads_and_looks_after_them() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let before = marek.get("/people/areas").await;
    before.says("Looked after by").says("Priya Nair");
    let page = choose(&mut marek, "structure", "Area,Site,Led by,Part of\nFiligree,Harbour Road,Nadia Haddad,\n").await;
    marek.does(&page.form("/application")).await;
    let rows = marek.get("/people/areas").await.texts("tr");
    let row = rows.iter().find(|row| row.contains("Filigree")).expect("the new area");
    assert!(row.contains("Harbour Road") && row.contains("Nadia Haddad") && row.contains("no "), "{row}");
}

/// R-IMP-6
#[tokio::test]
async fn columns_that_nobody_knows_are_matched_by_hand_and_remembered() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let text = "Kontakt,Wer,Posten\nx,Sam Okafor,Senior Lecturer\n";
    let page = choose(&mut marek, "staff", text).await;
    page.says("Which column is which?").says("There is no column E-mail").says("Senior Lecturer");
    let form = page.form("/columns");
    let twice = marek.send(&form.clone().with("c0", "email").with("c1", "email")).await;
    twice.is(422).says("Column B is E-mail too.");
    let page = marek.does(&form.with("c0", "email").with("c1", "name").with("c2", "job")).await;
    page.says("Saved. They are remembered for the next file.").says("This is not an e-mail address");
    let next = choose(&mut marek, "staff", &text.replace("\nx,", "\nsam.okafor@college.example,")).await;
    next.says("What this file would change").says("1 changed");
    let place = next.form("/removal").action.replace("/removal", "/columns");
    marek.get(&place).await.says("as last time");
}

/// R-IMP-12
#[tokio::test]
async fn files_that_cannot_be_read_are_refused_with_a_sentence() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    send(&mut marek, "staff", ("", b"")).await.is(422).says("Choose the file to bring in.");
    let large = vec![b'x'; 25 * 1024 * 1024];
    send(&mut marek, "staff", ("big.csv", &large)).await.is(422).says("It is larger than 20 MB");
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).unwrap();
    bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1024 * 1024];
    for _ in 0..210 {
        bomb.write_all(&zeros).unwrap();
    }
    let bomb = bomb.finish().unwrap().into_inner();
    for (name, bytes, told) in [
        ("bomb.xlsx", &bomb[..], "It would unpack to more than 200 MB"),
        ("list.pdf", b"%PDF-1.7", "It is a PDF"),
        ("old.xls", b"\xD0\xCF\x11\xE0rest", "old Excel file"),
        ("page.csv", b"<html>", "It is a web page"),
    ] {
        let answer = send(&mut marek, "staff", (name, bytes)).await;
        let page = marek.follow(answer).await;
        page.is(200).says("This file cannot be read").says(told).says(name);
    }
}

/// R-IMP-11
#[tokio::test]
async fn to_everybody_else_there_is_nothing_here() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await;
    let page = choose(&mut marek, "staff", "E-mail,Name\nzoe.newcombe@college.example,Zoë\n").await;
    let place = page.form("/removal").action.replace("/removal", "");
    for who in [SAM, PRIYA, NADIA, HELEN, DAFYDD, "Ruth Adeyemi"] {
        let mut browser = college.browser_of(who).await;
        for path in
            ["/people/imports".to_owned(), place.clone(), format!("{place}/columns"), format!("{place}/corrected.csv")]
        {
            browser.get(&path).await.is(404);
        }
        send(&mut browser, "staff", ("x.csv", b"E-mail\n")).await.is(404);
        for end in ["columns", "application", "removal", "reversal"] {
            browser.forge(&format!("{place}/{end}"), &[]).await.is(404);
        }
    }
    marek.get(&format!("/people/imports/{}", crate::story::NOTHING)).await.is(404);
    marek.get("/people/imports/nonsense").await.is(404);
    let foreign =
        Request::post("/people/imports").header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"));
    marek.request(foreign, Body::from(form("guessed", "staff", ("x.csv", b"E-mail\n")))).await.is(403);
}

/// R-IMP-12
#[tokio::test]
async fn ten_thousand_lines_with_two_hundred_bad_ones_are_told_in_seconds() {
    let college = College::sample().await;
    let mut marek = college.browser_of(MAREK).await.trusting();
    let line = |number: usize| {
        let address = if number % 50 == 7 { "nowhere".to_owned() } else { format!("p{number}@college.example") };
        format!("{address},Person Number{},Area {},sam.okafor@college.example\n", number, number % 40)
    };
    let lines: String = (0..10_000).map(line).collect();
    let text = format!("E-mail,Name,Area,Line manager\n{lines}");
    let began = std::time::Instant::now();
    let mut page = choose(&mut marek, "staff", &text).await;
    while page.header("refresh").is_some() {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        let place = page.place().to_owned();
        page = marek.get(&place).await;
    }
    page.says("200 things to put right").says("10000 lines were read, 200 of them need you.");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    let page = choose(&mut marek, "staff", &text.replace("nowhere", "p7@college.example")).await;
    page.says("have the same e-mail address");
}
