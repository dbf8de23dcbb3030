//! Mail as it leaves: files in the folder, a mail server that works, refuses or hangs, and the same message after a crash.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actions::mail::Failure;
use domain::programme::Model;
use server::post::Post;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::college::*;
use crate::story;

/// What a mail server of these tests does.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Works,
    Refuses,
    Busy,
    Hangs,
}

/// A mail server of a few lines: what it was sent.
struct Talker {
    port: u16,
    sent: Arc<Mutex<Vec<String>>>,
}

impl Talker {
    async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sent: Arc<Mutex<Vec<String>>> = Arc::default();
        let into = Arc::clone(&sent);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, manner, Arc::clone(&into)));
            }
        });
        Self { port, sent }
    }

    fn sent(&self) -> Vec<String> {
        self.sent.lock().unwrap().clone()
    }
}

async fn talk(mut stream: TcpStream, manner: Manner, sent: Arc<Mutex<Vec<String>>>) {
    if manner == Manner::Hangs {
        // Says nothing and keeps the line.
        tokio::time::sleep(Duration::from_secs(60)).await;
        return;
    }
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.college.example\r\n").await.unwrap();
    let mut message: Option<String> = None;
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some(text) = &mut message {
            if line != "." {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            sent.lock().unwrap().push(message.take().unwrap());
        } else if line.starts_with("DATA") {
            message = Some(String::new());
            write.write_all(b"354 go on\r\n").await.unwrap();
            continue;
        }
        let answer: &[u8] = match manner {
            Manner::Refuses if line.starts_with("RCPT") => b"550 sam.okafor@college.example is not known here\r\n",
            Manner::Busy if line.starts_with("MAIL") => b"451 later please\r\n",
            _ => b"250 fine\r\n",
        };
        if write.write_all(answer).await.is_err() {
            return;
        }
    }
}

/// A college whose mail goes to that server.
async fn college(talker: &Talker) -> College {
    let settings = format!(
        "address = https://alongside.college.example\nfrom = alongside@college.example\nserver = 127.0.0.1\nport = {}\nsecurity = none\n",
        talker.port
    );
    let college = College::with_post(|folder| {
        std::fs::write(folder.join("mail.conf"), settings).unwrap();
        Post::of(folder, "http://here").unwrap().within(Duration::from_millis(400))
    });
    college.await
}

async fn ask(college: &College, email: &str) {
    let mut browser = college.browser();
    let form = browser.get("/forgotten").await.form("/forgotten");
    browser.does(&form.with("email", email)).await.says("Look into your mail");
    college.post().await;
}

const MAIL: &str = "sam.okafor@college.example";

async fn failure(college: &College) -> Option<Failure> {
    actions::mail::state(&college.app.desk()).await.unwrap().failure
}

/// R-MAI-5.
#[tokio::test]
async fn without_settings_mail_becomes_a_file_whose_name_tells_nothing() {
    let college = College::real(Model::Universal).await;
    ask(&college, MAIL).await;
    let mails = college.mails();
    assert_eq!(mails.len(), 1);
    let (name, text) = &mails[0];
    assert_eq!(name.len(), "00000000-0000-4000-8000-000000000000.eml".len(), "{name}");
    assert!(text.contains("To: sam.okafor@college.example") && text.contains("/set-up/"), "{text}");
    assert!(text.contains("http://alongside.college.example/set-up/"), "never what a browser says: {text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: std::path::PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(college.folder().join("mail")), 0o700);
        assert_eq!(mode(college.folder().join("mail").join(name)), 0o600);
    }
    college.post().await;
    assert_eq!(college.mails().len(), 1, "once");
}

/// R-MAI-1, R-MAI-2, R-MAI-3.
#[tokio::test]
async fn mail_about_support_says_nothing_and_is_the_same_for_a_request_and_a_reminder() {
    let college = College::sample().await;
    let mut sam = college.browser_of(SAM).await;
    story::ask(&mut sam, &college, PRIYA).await;
    college.post().await;
    assert!(college.mails().is_empty(), "not before the morning");
    college.clock("2026-11-25T07:00").post().await;
    let asked = college.mails();
    assert_eq!(asked.len(), 1);
    let text = &asked[0].1;
    assert!(text.contains("To: priya.nair@college.example"), "{text}");
    for secret in ["Sam", "Okafor", "Priya", "Nair", "Questioning", "support", "request", "asked", "/support", "thread"]
    {
        assert!(!text.replace("To: priya.nair@college.example", "").contains(secret), "{secret}: {text}");
    }
    // A practitioner's reminder on Friday is the same mail.
    let college = College::sample().await;
    college.browser_with_password(PRIYA).await;
    college.clock("2026-11-27T07:00").post().await;
    let reminded = college.mails();
    assert_eq!(reminded.len(), 1);
    let plain = |(name, text): &(String, String)| {
        let id = name.trim_end_matches(".eml");
        let lines = text.lines().filter(|line| !line.starts_with("Date: "));
        lines.collect::<Vec<_>>().join("\n").replace(id, "")
    };
    assert_eq!(plain(&asked[0]), plain(&reminded[0]));
}

/// R-MAI-6, R-MAI-8.
#[tokio::test]
async fn a_mail_server_gets_the_message_once_and_the_same_one_after_a_crash() {
    let talker = Talker::open(Manner::Works).await;
    let college = college(&talker).await;
    let desk = college.app.desk();
    actions::accounts::ask_for_link(&desk, MAIL).await.unwrap();
    // Delivered, and then the program is gone before it can say so.
    let waiting = actions::mail::to_deliver(&desk).await.unwrap();
    college.app.0.post.deliver(&waiting[0], &desk.frame.calendar).await.unwrap();
    college.post().await;
    college.post().await;
    let sent = talker.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1], "the same message, so that the reader's side can tell");
    assert!(sent[0].contains(&format!("Message-ID: <{}@college.example>", waiting[0].id)), "{}", sent[0]);
    assert!(sent[0].contains("https://alongside.college.example/set-up/"));
    assert_eq!(failure(&college).await, None);
}

/// R-MAI-7.
#[tokio::test]
async fn a_mail_server_that_hangs_is_cut_off_and_holds_up_nothing() {
    let talker = Talker::open(Manner::Hangs).await;
    let college = college(&talker).await;
    let asking = ask(&college, MAIL);
    let mut sam = college.browser_with_password(PRIYA).await;
    let pages = async {
        for _ in 0..5 {
            sam.get("/week").await.is(200);
        }
    };
    let began = std::time::Instant::now();
    tokio::join!(asking, pages);
    assert!(began.elapsed() < Duration::from_secs(10));
    assert_eq!(failure(&college).await, Some(Failure::TooSlow));
    let before = talker.sent().len();
    college.post().await;
    assert_eq!(talker.sent().len(), before, "it waits before the next try");
}

/// R-MAI-7.
#[tokio::test]
async fn a_mail_server_that_is_away_or_busy_is_tried_again_and_one_that_refuses_is_not() {
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Talker { port: listener.local_addr().unwrap().port(), sent: Arc::default() }
    };
    for (talker, why, again) in [
        (closed, Failure::Unreachable, true),
        (Talker::open(Manner::Busy).await, Failure::NotNow, true),
        (Talker::open(Manner::Refuses).await, Failure::Refused, false),
    ] {
        let college = college(&talker).await;
        ask(&college, MAIL).await;
        assert_eq!(failure(&college).await, Some(why));
        college.clock("2026-11-24T09:02");
        let waiting = actions::mail::to_deliver(&college.app.desk()).await.unwrap();
        assert_eq!(!waiting.is_empty(), again, "{why:?}");
        assert_eq!(actions::mail::state(&college.app.desk()).await.unwrap().given_up, !again);
    }
}

/// R-MAI-7.
#[tokio::test]
async fn a_link_is_not_sent_when_it_is_too_old_to_work() {
    let talker = Talker::open(Manner::Works).await;
    let college = college(&talker).await;
    actions::accounts::ask_for_link(&college.app.desk(), MAIL).await.unwrap();
    // Somebody without a password yet gets a set-up link, which works for three days.
    college.clock("2026-11-27T09:00:01").post().await;
    assert!(talker.sent().iter().all(|text| !text.contains("/set-up/")), "{:?}", talker.sent());
    assert!(actions::mail::state(&college.app.desk()).await.unwrap().given_up);
}
