//! The program killed in the middle of writes, over and over: what it acknowledged is there, and nothing is half there.
#![cfg(unix)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use trial::Sql;

use crate::program::{Serving, filled, run, said};

const CYCLES: u64 = 200;
const PASSWORD: &str = "correct horse battery";

/// One exchange on a connection of its own; nothing when it was cut off before the answer's head was whole.
fn exchange(address: &str, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    // What came before the end is all there is.
    drop(stream.read_to_end(&mut answer));
    let answer = String::from_utf8(answer).ok()?;
    answer.contains("\r\n\r\n").then_some(answer)
}

fn post(address: &str, path: &str, cookie: &str, form: &str) -> Option<String> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        form.len()
    );
    exchange(address, &(head + form))
}

fn get(address: &str, path: &str, cookie: &str) -> Option<String> {
    exchange(
        address,
        &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\r\n"),
    )
}

fn after<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {text}")).1
}

/// A practitioner's session and the token of its forms.
fn session(data: &std::path::Path, serving: &Serving) -> (String, String) {
    let link = run(data, &["set-up-link", "priya.nair@college.example"]);
    let token = after(&said(&link), "/set-up/").split_whitespace().next().unwrap().to_owned();
    let form = format!("new={PASSWORD}&again={PASSWORD}").replace(' ', "+");
    let chosen = post(&serving.address, &format!("/set-up/{token}"), "", &form).unwrap();
    assert!(chosen.starts_with("HTTP/1.1 303"), "{chosen}");
    let form = format!("email=priya.nair@college.example&password={PASSWORD}").replace(' ', "+");
    let begun = post(&serving.address, "/sign-in", "", &form).unwrap();
    let cookie = after(&begun, "set-cookie: ").split(';').next().unwrap().to_owned();
    let page = get(&serving.address, "/hours/new", &cookie).unwrap();
    let csrf = after(&page, "name=\"csrf\" value=\"").split('"').next().unwrap().to_owned();
    (cookie, csrf)
}

/// R-RUN-8
#[test]
fn two_hundred_kills_lose_nothing_that_was_acknowledged_and_leave_nothing_half_done() {
    if std::env::var(trial::SERVER).is_ok() {
        println!("SQLite's own, and done in its run");
        return;
    }
    let folder = filled();
    let data = folder.path().join("data");
    let mut serving = Serving::begin(&data, &["serve"]);
    let (cookie, csrf) = session(&data, &serving);
    let (sent, acknowledged) = (AtomicI64::new(0), AtomicI64::new(0));
    for cycle in 0..CYCLES {
        let address = serving.address.clone();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let once = sent.fetch_add(1, Ordering::Relaxed);
                        let form = format!("csrf={csrf}&once=cut+{once}&minutes=1&purpose=group");
                        let Some(answer) = post(&address, "/hours", &cookie, &form) else { break };
                        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
                        acknowledged.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
            // Three times of four something was acknowledged before, however busy the machine is.
            let before = acknowledged.load(Ordering::Relaxed);
            for _ in 0..5_000 {
                if cycle % 4 == 0 || acknowledged.load(Ordering::Relaxed) > before {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
            // At another moment of the writing each time.
            std::thread::sleep(Duration::from_millis(10 + cycle * 7 % 23));
            serving.signal("KILL");
        });
        serving.end();
        serving = Serving::begin(&data, &["serve"]);
    }
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
    let sql = Sql::file(&data.join("alongside.db"));
    let (sent, acknowledged) = (sent.into_inner(), acknowledged.into_inner());
    let entries = sql.number("SELECT count(*) FROM hours_entry");
    assert!(acknowledged > 100, "only {acknowledged} were acknowledged: the kills left no time to write");
    assert!((acknowledged..=sent).contains(&entries), "{acknowledged} acknowledged, {entries} there, {sent} sent");
    for half in [
        "SELECT count(*) FROM hours_entry e WHERE NOT EXISTS (SELECT 1 FROM entry_purpose p WHERE p.entry = e.id)",
        "SELECT count(*) FROM entry_purpose p WHERE NOT EXISTS (SELECT 1 FROM hours_entry e WHERE e.id = p.entry)",
    ] {
        assert_eq!(sql.number(half), 0, "{half}");
    }
    assert_eq!(sql.number("SELECT count(*) FROM event WHERE act = 'NoteHours'"), entries, "an event for each");
    assert_eq!(sql.rows::<(String,)>("PRAGMA integrity_check"), [("ok".to_owned(),)]);
}
