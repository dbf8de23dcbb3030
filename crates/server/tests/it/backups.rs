//! Backups as whoever runs the machine makes and restores them, at night by themselves, and which script is served.
#![cfg(unix)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use server::backups::Nights;

use crate::college::*;
use crate::program::{Serving, filled, run, said};

fn files(folder: &Path, start: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start)).collect()
}

/// An identity's file, and the line for `backup.conf` that was printed with it.
fn identity(folder: &Path) -> (PathBuf, String) {
    let file = folder.join("identity.txt");
    let made = run(&folder.join("data"), &["backup", "--new-identity", file.to_str().unwrap()]);
    assert!(made.status.success(), "{}", said(&made));
    let line = said(&made).lines().find(|line| line.contains("recipient = age1")).unwrap().trim().to_owned();
    (file, line)
}

/// R-BAK-1, R-BAK-5, R-BAK-6
#[test]
fn a_college_goes_through_a_backup_to_another_machine() {
    let folder = filled();
    let (data, new) = (folder.path().join("data"), folder.path().join("new"));
    let refused = run(&data, &["backup"]);
    assert!(!refused.status.success() && said(&refused).contains("--new-identity"), "{}", said(&refused));
    let (key, line) = identity(folder.path());
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    let again = run(&data, &["backup", "--new-identity", key.to_str().unwrap()]);
    assert!(!again.status.success(), "an identity is never written over");
    std::fs::write(data.join("backup.conf"), format!("{line}\n")).unwrap();
    let doctor = run(&data, &["doctor"]);
    assert!(said(&doctor).contains("There is no backup of the database."), "{}", said(&doctor));

    let serving = Serving::begin(&data, &["serve"]);
    let made = run(&data, &["backup"]);
    assert!(made.status.success() && said(&made).contains("nobody has made keys"), "{}", said(&made));
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
    let found = files(&data.join("backups"), "alongside-");
    assert_eq!(found.len(), 1, "{found:?}");
    let sealed = std::fs::read(&found[0]).unwrap();
    assert!(sealed.starts_with(b"age-encryption.org/v1") && !sealed.windows(11).any(|part| part == b"sam.okafor@"));

    let (file, key) = (found[0].to_str().unwrap(), key.to_str().unwrap());
    let filled = run(&data, &["restore", file, "--identity", key]);
    assert!(!filled.status.success() && said(&filled).contains("holds something already"), "{}", said(&filled));
    let back = run(&new, &["restore", file, "--identity", key]);
    assert!(back.status.success() && said(&back).contains("The college is back"), "{}", said(&back));
    let link = run(&new, &["set-up-link", "sam.okafor@college.example"]);
    assert!(link.status.success() && said(&link).contains("/set-up/"), "{}", said(&link));
    let doctor = run(&data, &["doctor", "--identity", key]);
    assert!(doctor.status.success() && said(&doctor).contains("opens and is whole"), "{}", said(&doctor));
    let wrong = run(&new, &["restore", file, "--identity", file]);
    assert!(!wrong.status.success(), "{}", said(&wrong));
}

/// R-BAK-3
#[test]
fn on_postgresql_a_college_goes_through_a_backup_and_no_tool_is_told_a_password() {
    let place = trial::Place::new();
    let Some(url) = place.url() else { return println!("tried in the run on PostgreSQL") };
    let (data, new, staff) =
        (place.folder().join("data"), place.folder().join("new"), place.folder().join("staff.csv"));
    std::fs::write(&staff, STAFF).unwrap();
    let brought = run(&data, &["import", staff.to_str().unwrap(), "--database", &url]);
    assert!(brought.status.success(), "{}", said(&brought));
    let (key, line) = identity(place.folder());
    std::fs::write(data.join("backup.conf"), format!("{line}\n")).unwrap();
    let made = run(&data, &["backup", "--database", &url]);
    assert!(made.status.success(), "{}", said(&made));
    let found = files(&data.join("backups"), "alongside-");
    let words = ["restore", found[0].to_str().unwrap(), "--identity", key.to_str().unwrap()];
    let here = run(&new, &[&words[..], &["--database", &url]].concat());
    assert!(!here.status.success() && said(&here).contains("holds something already"), "{}", said(&here));
    let other = place.another_database().unwrap();
    let there = run(&new, &[&words[..], &["--database", &other]].concat());
    assert!(there.status.success(), "{}", said(&there));
    let link = run(&new, &["set-up-link", "sam.okafor@college.example", "--database", &other]);
    assert!(link.status.success() && said(&link).contains("/set-up/"), "{}", said(&link));
}

fn settings(college: &College, text: &str) -> Nights {
    std::fs::write(college.folder().join("backup.conf"), text).unwrap();
    Nights::of(college.folder()).unwrap()
}

/// R-BAK-7
#[tokio::test(flavor = "multi_thread")]
async fn the_program_makes_one_backup_a_night_by_itself_and_says_when() {
    let college = College::sample().await;
    let line = actions::backup::container::Identity::make(college.app.desk().now).1;
    let mut nights = settings(&college, &format!("recipient = {line}\nhour = 2\n"));
    let shelf = college.folder().join("backups");
    college.clock("2026-11-25T01:30");
    nights.due(&college.app).await.unwrap();
    assert_eq!(files(&shelf, "alongside-").len(), 1, "there was none yet");
    nights.due(&college.app).await.unwrap();
    assert_eq!(files(&shelf, "alongside-").len(), 1);
    for (time, count) in [("2026-11-25T02:00", 2), ("2026-11-25T23:00", 2), ("2026-11-28T09:00", 3)] {
        college.clock(time);
        nights.due(&college.app).await.unwrap();
        assert_eq!(files(&shelf, "alongside-").len(), count, "{time}");
    }
    assert!(college.app.0.meter.text(true).contains("{job=\"backup\"}"));
    let mut marek = college.browser_of(MAREK).await;
    marek.get("/programme/log").await.is(200).says("Write a backup, sealed to the recipients");
}

/// R-BAK-7
#[tokio::test(flavor = "multi_thread")]
async fn a_night_that_fails_is_tried_again_after_an_hour_and_removes_what_is_past_even_so() {
    let college = College::sample().await;
    let line = actions::backup::container::Identity::make(college.app.desk().now).1;
    let (shelf, keys) = (college.folder().join("taken"), college.folder().join("keys"));
    std::fs::create_dir(&keys).unwrap();
    std::fs::write(keys.join("keyring-2026-10-01-020000.age"), "old").unwrap();
    let folders = format!("folder = {}\nkeyring_folder = {}\n", shelf.join("backups").display(), keys.display());
    let mut nights = settings(&college, &format!("recipient = {line}\nhour = 2\n{folders}"));
    std::fs::write(&shelf, "no folder").unwrap();
    college.clock("2026-11-25T02:30");
    nights.due(&college.app).await.unwrap_err();
    assert!(files(&keys, "keyring-").is_empty(), "its days are over");
    std::fs::remove_file(&shelf).unwrap();
    college.clock("2026-11-25T03:00");
    nights.due(&college.app).await.unwrap();
    assert!(files(&shelf.join("backups"), "alongside-").is_empty(), "too soon");
    college.clock("2026-11-25T03:31");
    nights.due(&college.app).await.unwrap();
    assert_eq!(files(&shelf.join("backups"), "alongside-").len(), 1);
}

/// Passes everything on, but for one thing that is exchanged in what comes back.
fn meddler(to: &str, (from, into): (&'static [u8], &'static [u8])) -> String {
    let (listener, to) = (TcpListener::bind("127.0.0.1:0").unwrap(), to.to_owned());
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut asked) = (stream.unwrap(), Vec::new());
            while !asked.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.push(byte[0]);
            }
            let mut there = TcpStream::connect(&to).unwrap();
            there.write_all(&asked).unwrap();
            let mut answer = Vec::new();
            there.read_to_end(&mut answer).unwrap();
            if let Some(at) = answer.windows(from.len()).position(|part| part == from) {
                answer.splice(at..at + from.len(), into.iter().copied());
            }
            stream.write_all(&answer).unwrap();
        }
    });
    address
}

/// R-BAK-8
#[test]
fn what_is_served_is_compared_with_what_the_program_holds() {
    let folder = filled();
    let data = folder.path().join("data");
    let held = run(&data, &["verify"]);
    assert!(held.status.success(), "{}", said(&held));
    let line = said(&held).lines().find(|line| line.contains("sealed.js")).unwrap().to_owned();
    let digits: Vec<String> =
        line.as_bytes()[..16].chunks(4).map(|four| String::from_utf8_lossy(four).into()).collect();
    let serving = Serving::begin(&data, &["serve"]);
    let foot = format!("Script {}", digits.join(" "));
    for path in ["/sign-in", "/accessibility", "/nowhere"] {
        let page = serving.ask(path);
        assert!(page.contains(&foot) && page.contains("href=\"/promise#script\""), "{path}: {page}");
    }
    let same = run(&data, &["verify", &format!("http://{}", serving.address)]);
    assert!(same.status.success() && said(&same).contains("is what this program holds"), "{}", said(&same));
    // One letter of a script, a script of somebody else's in the page, and one that is gone.
    for (change, tells) in [
        ((&b"AES-GCM"[..], &b"AES-GCN"[..]), "DIFFERS"),
        ((b"<script ", b"<script src=\"/assets/extra.js\"></script><script "), "other   /assets/extra.js"),
        ((b"text/javascript", b"text/javascript\r\nx-y: z"), "is what this program holds"),
    ] {
        let address = meddler(&serving.address, change);
        let other = run(&data, &["verify", &format!("http://{address}")]);
        assert!(said(&other).contains(tells), "{tells}: {}", said(&other));
        assert_eq!(other.status.success(), tells.starts_with("is"), "{}", said(&other));
    }
    let nobody = run(&data, &["verify", "http://127.0.0.1:9"]);
    assert!(!nobody.status.success() && said(&nobody).contains("does not answer"), "{}", said(&nobody));
    let secure = run(&data, &["verify", "https://alongside.college.example"]);
    assert!(!secure.status.success() && said(&secure).contains("curl -s"), "{}", said(&secure));
}

/// R-BAK-8
#[tokio::test]
async fn the_page_of_the_promise_says_what_the_number_at_the_foot_is_for() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    sam.get("/promise").await.is(200).says("Which script you are served").says("alongside verify");
    assert!(sam.get("/support").await.body().contains("href=\"/promise#script\""));
}
