//! Accounts: what is kept of passwords and tokens, and what a stranger learns at the door.

use actions::accounts::{self, AccountRefused, Visitor};
use actions::desk::Stop;
use actions::hours::Note;
use actions::mail::Matter;
use actions::person::LineChange;
use actions::{hours, mail, people, person};
use domain::hours::Purpose;
use domain::minutes::Minutes;
use domain::people::{Role, Roles};
use jiff::ToSpan;

use crate::college::{College, told};
use crate::source;
use trial::Cell;

const MAIL: &str = "sam.okafor@college.example";
const PASSWORD: &str = "correct horse battery";

/// A college in which Sam has a password.
async fn college() -> College {
    let college = College::new().await;
    let link = accounts::issue_link(&college.desk(), MAIL).await.expect("issued").expect("a link");
    let both = (PASSWORD.to_owned(), PASSWORD.to_owned());
    accounts::use_link(&college.desk(), &link, both).await.expect("chosen");
    college
}

async fn visitor(college: &College, hours: i64, token: &str) -> Option<Visitor> {
    accounts::visitor(&college.later(hours), token).await.expect("readable")
}

/// R-ACC-2, R-ACC-4, R-ACC-5
#[tokio::test]
async fn neither_password_nor_token_nor_link_stands_in_the_database() {
    let college = College::new().await;
    let link = accounts::issue_link(&college.desk(), MAIL).await.expect("issued").expect("a link");
    assert!(!college.place.holds(link.as_bytes()));
    let both = (PASSWORD.to_owned(), PASSWORD.to_owned());
    accounts::use_link(&college.desk(), &link, both).await.expect("chosen");
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in");
    let csrf = visitor(&college, 0, &begun.token).await.expect("signed in").session.csrf;
    assert!(college.place.holds(csrf.as_bytes()), "this test can see what is there");
    for secret in [PASSWORD.as_bytes(), begun.token.as_bytes(), link.as_bytes()] {
        assert!(!college.place.holds(secret));
    }
    let raw: Vec<u8> = (0..begun.token.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&begun.token[at..at + 2], 16).expect("hexadecimal"))
        .collect();
    assert!(!college.place.holds(&raw), "nor its bytes");
    assert_ne!(begun.token, csrf);
}

/// R-ACC-4
#[tokio::test]
async fn passwords_are_kept_as_argon2id_hashes_with_salt_of_their_own() {
    let college = college().await;
    let second = accounts::issue_link(&college.desk(), "uma.roy@college.example").await.expect("issued");
    let both = (PASSWORD.to_owned(), PASSWORD.to_owned());
    accounts::use_link(&college.desk(), &second.expect("a link"), both).await.expect("chosen");
    let tables = college.tables();
    let hashes: Vec<String> = tables["credential"]
        .iter()
        .map(|row| match &row["hash"] {
            Cell::Text(hash) => hash.clone(),
            other => panic!("no hash: {other:?}"),
        })
        .collect();
    assert_eq!(hashes.len(), 2);
    assert_ne!(hashes[0], hashes[1], "the same password, another salt");
    for hash in hashes {
        let parts: Vec<&str> = hash.split('$').collect();
        assert_eq!((parts[1], parts[2]), ("argon2id", "v=19"), "{hash}");
        let cost = |name: &str| {
            let found = parts[3].split(',').find_map(|part| part.strip_prefix(name)).expect("a cost");
            found.parse::<u32>().expect("a number")
        };
        // What OWASP asks for at least: 19 MiB, twice.
        assert!(cost("m=") >= 19 * 1024 && cost("t=") >= 2 && cost("p=") >= 1, "{hash}");
    }
}

/// R-ACC-1
#[tokio::test]
async fn whoever_does_not_get_in_reads_the_same_words_and_leaves_nothing() {
    let college = college().await;
    let (marek, uma) = (college.who("Marek Nowicki").await, college.who("Uma Roy").await);
    let off = accounts::issue_link(&college.desk(), "uma.roy@college.example").await.expect("issued").expect("a link");
    let both = (PASSWORD.to_owned(), PASSWORD.to_owned());
    accounts::use_link(&college.desk(), &off, both).await.expect("chosen");
    people::set_active(&college.desk(), marek, (uma, false)).await.expect("off");
    let before = college.tables();
    let long = "x".repeat(100_000);
    for (mail, password) in [
        (MAIL, "wrong horse battery"),
        (MAIL, ""),
        (MAIL, long.as_str()),
        ("nobody@college.example", PASSWORD),
        ("tom.birch@college.example", PASSWORD),
        ("uma.roy@college.example", PASSWORD),
        ("", PASSWORD),
    ] {
        let refused = accounts::sign_in(&college.desk(), mail, password.to_owned(), "").await;
        assert!(matches!(refused, Err(Stop::Refused(AccountRefused::NotTogether))), "{mail}: {}", told(&refused));
    }
    assert_eq!(college.tables(), before);
    let mail = format!(" {} ", MAIL.to_uppercase());
    assert_eq!(told(&accounts::sign_in(&college.desk(), &mail, PASSWORD.to_owned(), "").await), "done");
}

/// R-ACC-1
#[test]
fn every_way_through_the_door_hashes_a_password_once() {
    let text = source::function("accounts", "sign_in(");
    let (before, after) = text.split_once("matches(password, stored).await").expect("the password is hashed");
    assert!(!after.contains("matches("), "once");
    // Until then the only way out is a fault of the database, and nothing is chosen by who it is but what is compared.
    assert_eq!(before.matches('?').count(), 1, "{before}");
    assert!(before.contains("accounts::credential(") && !before.contains("return"), "{before}");
    assert!(after.trim_start().starts_with(';'), "hashed before anything is decided: {after}");
    let text = source::function("passwords", "matches(");
    let (before, after) = text.split_once("spawn_blocking(").expect("the password is hashed");
    assert!(before.contains("stored.unwrap_or_else(|| NOBODY.clone())"), "{before}");
    assert!(!before.contains("return") && !before.contains('?') && after.contains("&& known"), "{text}");
}

/// R-ACC-2
#[tokio::test]
async fn a_session_ends_after_two_idle_hours_and_after_twelve_in_any_case() {
    let college = college().await;
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in");
    assert!(visitor(&college, 3, &begun.token).await.is_none(), "three hours unused");
    for hours in 1..=12 {
        assert!(visitor(&college, hours, &begun.token).await.is_some(), "used every hour: {hours}");
    }
    assert!(visitor(&college, 13, &begun.token).await.is_none(), "twelve hours in any case");
    assert!(visitor(&college, 0, "another token").await.is_none());
}

/// R-ACC-2
#[tokio::test]
async fn a_session_ends_at_once_when_the_account_is_switched_off() {
    let college = college().await;
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in");
    let (marek, sam) = (college.who("Marek Nowicki").await, college.who("Sam Okafor").await);
    people::set_active(&college.desk(), marek, (sam, false)).await.expect("off");
    assert!(visitor(&college, 0, &begun.token).await.is_none());
    people::set_active(&college.desk(), marek, (sam, true)).await.expect("on");
    assert!(visitor(&college, 0, &begun.token).await.is_none(), "and does not come back");
}

/// R-ACC-4, R-ACC-5
#[tokio::test]
async fn a_new_password_ends_the_other_sessions_and_a_link_ends_all() {
    let college = college().await;
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in").token);
    }
    let me = visitor(&college, 0, &tokens[0]).await.expect("signed in");
    let new = "another horse battery".to_owned();
    let typed = (PASSWORD.to_owned(), new.clone(), new.clone());
    accounts::change_password(&college.desk(), &me, typed).await.expect("changed");
    assert!(visitor(&college, 0, &tokens[0]).await.is_some());
    assert!(visitor(&college, 0, &tokens[1]).await.is_none() && visitor(&college, 0, &tokens[2]).await.is_none());
    let (old, now) = (PASSWORD.to_owned(), new.clone());
    assert_eq!(told(&accounts::sign_in(&college.desk(), MAIL, old, "").await), "refused");
    assert_eq!(told(&accounts::sign_in(&college.desk(), MAIL, now, "").await), "done");
    let link = accounts::issue_link(&college.desk(), MAIL).await.expect("issued").expect("a link");
    accounts::use_link(&college.desk(), &link, (new.clone(), new)).await.expect("chosen");
    assert!(visitor(&college, 0, &tokens[0]).await.is_none());
    assert!(college.tables()["session"].is_empty());
}

/// R-ACC-5
#[tokio::test]
async fn a_link_works_once_for_three_days_and_a_new_one_ends_it() {
    let college = College::new().await;
    let both = || (PASSWORD.to_owned(), PASSWORD.to_owned());
    let first = accounts::issue_link(&college.desk(), MAIL).await.expect("issued").expect("a link");
    let second = accounts::issue_link(&college.desk(), MAIL).await.expect("issued").expect("a link");
    assert_eq!(told(&accounts::use_link(&college.desk(), &first, both()).await), "refused");
    assert!(accounts::link_works(&college.later(71), &second).await.expect("readable"));
    assert!(!accounts::link_works(&college.later(72), &second).await.expect("readable"));
    assert_eq!(told(&accounts::use_link(&college.later(73), &second, both()).await), "refused");
    assert_eq!(told(&accounts::use_link(&college.later(71), &second, both()).await), "done");
    assert_eq!(told(&accounts::use_link(&college.later(71), &second, both()).await), "refused");
}

/// R-ACC-2
#[tokio::test]
async fn signing_out_ends_this_session_and_everywhere_ends_the_others() {
    let college = college().await;
    let mut tokens = Vec::new();
    for _ in 0..3 {
        tokens.push(accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in").token);
    }
    accounts::sign_out(&college.desk(), &tokens[0]).await.expect("out");
    assert!(visitor(&college, 0, &tokens[0]).await.is_none());
    let me = visitor(&college, 0, &tokens[1]).await.expect("signed in");
    accounts::sign_out_everywhere(&college.desk(), &me).await.expect("out");
    assert!(visitor(&college, 0, &tokens[1]).await.is_some());
    assert!(visitor(&college, 0, &tokens[2]).await.is_none());
}

/// What is in the outbox for an address, with the secrets.
async fn mailed(college: &College, hours: i64, to: &str) -> Vec<(Matter, String)> {
    let all = mail::to_deliver(&college.later(hours)).await.expect("readable");
    all.into_iter().filter(|one| one.email == to).map(|one| (one.matter, one.secret)).collect()
}

fn link_of(mails: &[(Matter, String)]) -> String {
    mails.iter().map(|(_, secret)| secret).find(|secret| !secret.is_empty()).expect("a link").clone()
}

/// R-ACC-7, R-ACC-8
#[tokio::test]
async fn whoever_forgot_gets_a_link_by_mail_for_two_hours_and_is_told_of_the_change() {
    let college = college().await;
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), "").await.expect("signed in");
    accounts::ask_for_link(&college.desk(), &MAIL.to_uppercase()).await.expect("asked");
    let mails = mailed(&college, 0, MAIL).await;
    assert_eq!(mails.iter().map(|mail| mail.0).collect::<Vec<_>>(), [Matter::Reset]);
    let first = link_of(&mails);
    accounts::ask_for_link(&college.desk(), MAIL).await.expect("asked");
    let mails = mailed(&college, 0, MAIL).await;
    assert_eq!(mails.len(), 1, "the earlier one is taken back");
    let link = link_of(&mails);
    assert!(!accounts::link_works(&college.desk(), &first).await.expect("readable"), "the newest only");
    assert!(accounts::link_works(&college.later(1), &link).await.expect("readable"));
    assert!(!accounts::link_works(&college.later(2), &link).await.expect("readable"));
    let new = ("another horse battery".to_owned(), "another horse battery".to_owned());
    accounts::use_link(&college.desk(), &link, new.clone()).await.expect("chosen");
    assert_eq!(told(&accounts::use_link(&college.desk(), &link, new).await), "refused", "once");
    assert!(visitor(&college, 0, &begun.token).await.is_none(), "every session ends");
    let mails = mailed(&college, 0, MAIL).await;
    assert_eq!(mails, [(Matter::Password, String::new())], "told, and no link is left");
    let begun = accounts::sign_in(&college.desk(), MAIL, "another horse battery".to_owned(), "").await;
    let me = visitor(&college, 0, &begun.expect("signed in").token).await.expect("signed in");
    let lines = accounts::overview(&college.desk(), &me).await.expect("one's own").lines;
    let lines: Vec<accounts::Line> = lines.into_iter().map(|(_, line)| line).collect();
    for line in [accounts::Line::Asked, accounts::Line::Reset, accounts::Line::SetUp] {
        assert!(lines.contains(&line), "{lines:?}");
    }
}

/// R-ACC-7
#[tokio::test]
async fn an_address_nobody_has_leaves_nothing() {
    let college = college().await;
    let before = college.tables();
    for email in ["nobody@college.example", "", "@", "sam.okafor@college.example.org"] {
        assert_eq!(told(&accounts::ask_for_link(&college.desk(), email).await), "done");
    }
    assert_eq!(college.tables(), before);
}

/// R-ACC-9
#[tokio::test]
async fn sessions_are_listed_and_each_can_be_ended_by_its_owner_alone() {
    let college = college().await;
    let mut tokens = Vec::new();
    for device in ["Firefox on Windows", "Safari on an iPhone"] {
        let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned(), device).await;
        tokens.push(begun.expect("signed in").token);
    }
    let me = visitor(&college, 0, &tokens[0]).await.expect("signed in");
    let sessions = accounts::overview(&college.desk(), &me).await.expect("one's own").sessions;
    let mut devices: Vec<(&str, bool)> = sessions.iter().map(|one| (one.device.as_str(), one.is_this)).collect();
    devices.sort_unstable();
    assert_eq!(devices, [("Firefox on Windows", true), ("Safari on an iPhone", false)]);
    let other = sessions.iter().find(|one| !one.is_this).expect("another").key.clone();
    let uma = college.who("Uma Roy").await;
    let begun = accounts::sign_in_as_sample(&college.desk(), uma, "").await.expect("signed in");
    let stranger = visitor(&college, 0, &begun.token).await.expect("signed in");
    assert_eq!(told(&accounts::end_session(&college.desk(), &stranger, &other).await), "denied");
    assert!(visitor(&college, 0, &tokens[1]).await.is_some());
    accounts::end_session(&college.desk(), &me, &other).await.expect("ended");
    assert!(visitor(&college, 0, &tokens[1]).await.is_none());
    assert!(visitor(&college, 0, &tokens[0]).await.is_some());
    assert!(!college.place.holds(other.as_bytes()), "what names a session in a form is not kept");
}

/// R-ACC-11
#[tokio::test]
async fn an_administrator_has_links_mailed_and_never_holds_one() {
    let college = college().await;
    let (marek, sam, uma) =
        (college.who("Marek Nowicki").await, college.who("Sam Okafor").await, college.who("Uma Roy").await);
    let set_up = accounts::invite(&college.desk(), marek, sam).await;
    assert!(matches!(set_up, Err(Stop::Refused(accounts::InviteRefused::SetUpAlready))));
    let () = accounts::invite(&college.desk(), marek, uma).await.expect("nothing is handed back");
    let mails = mailed(&college, 0, "uma.roy@college.example").await;
    assert_eq!(mails.iter().map(|mail| mail.0).collect::<Vec<_>>(), [Matter::SetUp]);
    assert!(accounts::link_works(&college.later(71), &link_of(&mails)).await.expect("readable"));
    for who in ["Sam Okafor", "Helen Marsh", "Ruth Adeyemi"] {
        let who = college.who(who).await;
        assert_eq!(told(&accounts::invite(&college.desk(), who, uma).await), "denied");
        assert_eq!(told(&accounts::invite_everybody(&college.desk(), who).await), "denied");
    }
    accounts::invite_everybody(&college.desk(), marek).await.expect("invited");
    let all = mail::to_deliver(&college.desk()).await.expect("readable");
    assert_eq!(all.len(), 7, "everybody but Sam, each once");
}

/// R-ACC-13: a planned end is nobody's history yet, and hours stay one's own when the role is over.
#[tokio::test]
async fn ones_own_record_holds_what_was_and_the_hours_of_a_role_that_is_over() {
    let college = College::new().await;
    let desk = college.later(48);
    let (priya, marek) = (college.who("Priya Nair").await, college.who("Marek Nowicki").await);
    let note = Note {
        minutes: Minutes(45),
        day: desk.today(),
        with: None,
        themes: Vec::new(),
        purposes: vec![Purpose::OneToOne],
        once: "noted".to_owned(),
    };
    hours::note(&desk, priya, note).await.expect("noted");
    let teacher: Roles = [Role::Teacher].into_iter().collect();
    person::change_roles(&desk, marek, (priya, teacher, Some(desk.today()))).await.expect("given up");
    let next_week = desk.today().saturating_add(7.days());
    let ann = college.who("Ann Price").await;
    let change = (priya, LineChange::Manager(Some(ann)), Some(next_week));
    person::change_line(&desk, marek, change).await.expect("planned");
    let facts = college.facts(priya).await;
    assert!(!facts.roles.has(Role::Practitioner));
    let kept = hours::every(&desk, &facts).await.expect("readable");
    assert_eq!(kept.iter().map(|one| one.minutes).collect::<Vec<_>>(), [Minutes(45)]);
    let entry = accounts::own_entry(&desk, &facts).await.expect("readable");
    let of = |what: &str| entry.history.iter().filter(|one| one.0.starts_with(what)).collect::<Vec<_>>();
    assert_eq!(of("Line manager").len(), 1, "what is only planned is left out");
    assert_eq!((&*of("Line manager")[0].0, of("Line manager")[0].2), ("Line manager Helen Marsh", None));
    assert_eq!(of("Role practitioner").first().and_then(|one| one.2), Some(desk.today()), "{:?}", entry.history);
    let lessons: Vec<String> = entry.teaching.iter().map(|(span, label)| format!("{span} {label}")).collect();
    assert_eq!(lessons, ["Mon 13:00 Maths L3"]);
}
