//! The program itself, as whoever runs the machine starts and stops it.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::college::STAFF;

fn command(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alongside"));
    command.arg("--data").arg(data).args(words).env_remove("ALONGSIDE_LOG");
    command
}

pub fn run(data: &Path, words: &[&str]) -> Output {
    command(data, words).output().unwrap()
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder with a college in it.
pub fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("staff.csv");
    std::fs::write(&file, STAFF).unwrap();
    let output = run(&folder.path().join("data"), &["import", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    folder
}

/// The program while it serves; killed if a test ends without stopping it.
pub struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    pub address: String,
}

impl Serving {
    pub fn begin(data: &Path, words: &[&str]) -> Self {
        let mut child =
            command(data, &[&["--listen", "127.0.0.1:0"], words].concat()).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") || line.contains("/metrics") {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "it ended before it served");
        }
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        Self { child, out, address }
    }

    pub fn ask(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// The exit code, and how long it took to end.
    pub fn end(mut self) -> (Option<i32>, Duration) {
        let began = Instant::now();
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), began.elapsed())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Already ended: then there is nothing to kill, which is as well.
        drop(self.child.kill());
    }
}

/// R-RUN-1, R-RUN-2, R-RUN-3
#[test]
fn one_program_has_a_folder_and_ends_gracefully() {
    let folder = filled();
    let data = folder.path().join("data");
    let first = Serving::begin(&data, &["serve"]);
    assert!(first.ask("/health").starts_with("HTTP/1.1 200"), "{}", first.ask("/health"));

    let holder = format!("Another Alongside (process {})", first.child.id());
    let file = folder.path().join("staff.csv");
    for words in [&["serve"][..], &["import", file.to_str().unwrap()]] {
        let second = run(&data, words);
        assert!(!second.status.success() && said(&second).contains(&holder), "{words:?}: {}", said(&second));
    }
    let link = run(&data, &["set-up-link", "sam.okafor@college.example"]);
    assert!(link.status.success() && said(&link).contains("/set-up/"), "{}", said(&link));
    let doctor = run(&data, &["doctor"]);
    assert!(said(&doctor).contains("The database is whole."), "{}", said(&doctor));
    assert!(!said(&doctor).contains("Sam"), "{}", said(&doctor));

    // Somebody who is connected and asks for nothing does not keep it from ending.
    let _idle = TcpStream::connect(&first.address).unwrap();
    let (data_again, began) = (data.clone(), Instant::now());
    first.signal("TERM");
    let (code, took) = first.end();
    assert_eq!(code, Some(0), "after {took:?} of {:?}", began.elapsed());
    assert!(took < Duration::from_secs(12), "{took:?}");
    let left: Vec<_> = std::fs::read_dir(&data_again).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "the database was not closed: {left:?}");

    let again = Serving::begin(&data, &["serve"]);
    again.signal("INT");
    assert_eq!(again.end().0, Some(0));
}

/// R-RUN-1
#[test]
fn a_folder_whose_program_was_killed_can_be_used_at_once() {
    let folder = filled();
    let data = folder.path().join("data");
    let first = Serving::begin(&data, &["serve"]);
    first.signal("KILL");
    first.end();
    let second = Serving::begin(&data, &["serve"]);
    assert!(second.ask("/sign-in").contains("Sign in"));
    second.signal("TERM");
    assert_eq!(second.end().0, Some(0));
}

/// R-RUN-3
#[test]
fn the_doctor_ends_with_one_when_something_has_to_be_put_right() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = run(folder.path(), &["doctor"]);
    assert!(nothing.status.success() && said(&nothing).contains("no college"), "{}", said(&nothing));
    let folder = filled();
    let data = folder.path().join("data");
    let well = run(&data, &["doctor"]);
    assert!(well.status.success(), "{}", said(&well));
    // A page in the middle of the file turns to nothing, as a failing disk does it.
    let file = data.join("alongside.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let (from, until) = (bytes.len() / 2 / 4096 * 4096, bytes.len() / 2 / 4096 * 4096 + 4096);
    bytes[from..until].fill(0xA5);
    std::fs::write(&file, bytes).unwrap();
    let ill = run(&data, &["doctor"]);
    assert_eq!(ill.status.code(), Some(1), "{}", said(&ill));
    assert!(said(&ill).contains("wrong"), "{}", said(&ill));
}

/// R-RUN-3, R-RUN-9
#[test]
fn on_postgresql_the_same_commands_bring_a_college_in_and_serve_it() {
    let place = trial::Place::new();
    let Some(url) = place.url() else { return println!("tried in the run on PostgreSQL") };
    let (data, file) = (place.folder().join("data"), place.folder().join("staff.csv"));
    std::fs::write(&file, STAFF).unwrap();
    let there = |words: &[&str]| run(&data, &[words, &["--database", &url]].concat());
    let nobody = there(&["set-up-link", "sam.okafor@college.example"]);
    assert!(!nobody.status.success(), "{}", said(&nobody));
    for brought in [there(&["import", file.to_str().unwrap()]), there(&["import", file.to_str().unwrap()])] {
        assert!(brought.status.success(), "{}", said(&brought));
    }
    let link = there(&["set-up-link", "sam.okafor@college.example"]);
    assert!(link.status.success() && said(&link).contains("/set-up/"), "{}", said(&link));
    let doctor = there(&["doctor"]);
    assert!(doctor.status.success() && said(&doctor).contains("The database is whole."), "{}", said(&doctor));
    assert!(!data.join("alongside.db").exists(), "the folder has no database of its own");
    let serving = Serving::begin(&data, &["serve", "--database", &url]);
    let path = said(&link).lines().find_map(|line| line.split_once("/set-up/")).map(|(_, token)| token.to_owned());
    assert!(serving.ask(&format!("/set-up/{}", path.unwrap())).contains("Choose a password"));
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
}

/// R-SET-1
#[test]
fn where_a_college_is_being_set_up_a_file_is_left_to_the_browser() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("staff.csv"));
    std::fs::write(&file, STAFF).unwrap();
    let serving = Serving::begin(&data, &["serve"]);
    serving.signal("TERM");
    assert_eq!(serving.end().0, Some(0));
    let refused = run(&data, &["import", file.to_str().unwrap()]);
    assert!(!refused.status.success(), "{}", said(&refused));
    assert!(said(&refused).contains("go on in the browser"), "{}", said(&refused));
}
