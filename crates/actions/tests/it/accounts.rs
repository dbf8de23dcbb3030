//! Accounts: what is kept of passwords and tokens, and what a stranger learns at the door.

use actions::accounts::{self, AccountRefused, Visitor};
use actions::desk::Stop;
use actions::people;

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
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned()).await.expect("signed in");
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
        let refused = accounts::sign_in(&college.desk(), mail, password.to_owned()).await;
        assert!(matches!(refused, Err(Stop::Refused(AccountRefused::NotTogether))), "{mail}: {}", told(&refused));
    }
    assert_eq!(college.tables(), before);
    let mail = format!(" {} ", MAIL.to_uppercase());
    assert_eq!(told(&accounts::sign_in(&college.desk(), &mail, PASSWORD.to_owned()).await), "done");
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
    assert!(before.contains("known.clone().unwrap_or_else(|| NOBODY.clone())"), "{before}");
    assert!(after.trim_start().starts_with("&& known.is_some()"), "hashed before anything is decided: {after}");
}

/// R-ACC-2
#[tokio::test]
async fn a_session_ends_after_two_idle_hours_and_after_twelve_in_any_case() {
    let college = college().await;
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned()).await.expect("signed in");
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
    let begun = accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned()).await.expect("signed in");
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
        tokens.push(accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned()).await.expect("signed in").token);
    }
    let me = visitor(&college, 0, &tokens[0]).await.expect("signed in");
    let new = "another horse battery".to_owned();
    let typed = (PASSWORD.to_owned(), new.clone(), new.clone());
    accounts::change_password(&college.desk(), &me, typed).await.expect("changed");
    assert!(visitor(&college, 0, &tokens[0]).await.is_some());
    assert!(visitor(&college, 0, &tokens[1]).await.is_none() && visitor(&college, 0, &tokens[2]).await.is_none());
    let (old, now) = (PASSWORD.to_owned(), new.clone());
    assert_eq!(told(&accounts::sign_in(&college.desk(), MAIL, old).await), "refused");
    assert_eq!(told(&accounts::sign_in(&college.desk(), MAIL, now).await), "done");
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
        tokens.push(accounts::sign_in(&college.desk(), MAIL, PASSWORD.to_owned()).await.expect("signed in").token);
    }
    accounts::sign_out(&college.desk(), &tokens[0]).await.expect("out");
    assert!(visitor(&college, 0, &tokens[0]).await.is_none());
    let me = visitor(&college, 0, &tokens[1]).await.expect("signed in");
    accounts::sign_out_everywhere(&college.desk(), &me).await.expect("out");
    assert!(visitor(&college, 0, &tokens[1]).await.is_some());
    assert!(visitor(&college, 0, &tokens[2]).await.is_none());
}
