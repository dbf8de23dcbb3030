//! What is said in a thread: taken as the two sealed it, refused otherwise, and nobody else's.

use std::sync::Arc;

use actions::desk::{Desk, House, Stop};
use actions::grants;
use actions::health::{self, Finding};
use actions::keys::{self, KeysRefused, NewKeys};
use actions::threads;
use actions::words::{self, NewItem, WordsRefused};
use actions::{Care, Gate};
use domain::ids::{PersonId, ThreadId};
use domain::support::{Party, SupportRefused};
use sealing::Refused;
use trial::Maker;
use uuid::Uuid;

use crate::college::{College, now, told};
use crate::two::{Two, new_keys};

/// R-WRD-2 R-WRD-4 R-WRD-5
#[tokio::test]
async fn the_two_say_things_and_read_them_and_sending_twice_says_it_once() {
    let two = Two::new().await;
    let before = words::see(&two.college.desk(), &two.college.facts(two.priya).await, two.thread).await.expect("seen");
    assert!(before.grants.is_empty() && before.may_write);
    let early = two.item(&two.sams, (1, 1));
    assert_eq!(two.say(two.sam, &early).await, Err(WordsRefused::Keys), "no key was given yet");
    two.granted().await;
    assert_eq!(two.say(two.sam, &early).await, Ok(true));
    assert_eq!(two.say(two.sam, &early).await, Ok(false), "the same bytes once more");
    assert_eq!(two.say(two.priya, &two.item(&two.priyas, (2, 1))).await, Ok(true));
    assert_eq!(two.say(two.sam, &two.item(&two.sams, (1, 2))).await, Ok(true), "a later revision");
    let seen = words::see(&two.college.desk(), &two.college.facts(two.priya).await, two.thread).await.expect("seen");
    let said: Vec<_> = seen.items.iter().map(|(item, by)| (item.id.0.as_u128(), item.rev, *by)).collect();
    assert_eq!(said, [(1, 1, two.sam), (2, 1, two.priya), (1, 2, two.sam)]);
    assert_eq!((seen.party, seen.grants.len(), seen.grants[0].0.by), (Party::Practitioner, 1, Party::Teacher));
    let read = sealing::Expected {
        thread: &two.thread.to_string(),
        epoch: 0,
        by: &two.sam.to_string(),
        signed: &two.sams.signing,
    };
    assert_eq!(sealing::Grant::read(&seen.grants[0].1, &read).expect("as it was signed").to, two.priyas.kid());
    for event in &two.college.tables()["event"] {
        assert!(event["detail"] == trial::Cell::Text(String::new()) || event["thread"] == trial::Cell::Null);
    }
}

/// R-WRD-1 R-WRD-3 R-WRD-4
#[tokio::test]
async fn what_is_not_sealed_for_its_place_is_refused_and_nothing_is_stored() {
    let two = Two::new().await;
    two.granted().await;
    assert_eq!(two.say(two.sam, &two.item(&two.sams, (1, 1))).await, Ok(true));
    let rows = two.college.tables()["sealed_item"].len();
    let sound = || two.item(&two.sams, (7, 1));
    let other = ThreadId(Uuid::from_u128(99));
    let elsewhere = two.sams.note(&other.to_string(), (&sound().id.to_string(), 1), (0, 512));
    let by_priya = two.priyas.note(&two.thread.to_string(), (&sound().id.to_string(), 1), (0, 512));
    let bare = trial::item(trial::BY_KEY, &sealing::Context::of("note"), 512);
    let foreign = sound().sealed.replace(&part(&sound().sealed), "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0");
    let large = two.sams.note(&two.thread.to_string(), (&sound().id.to_string(), 1), (0, 64 * 1024));
    for (new, refused) in [
        (NewItem { sealed: elsewhere, ..sound() }, Refused::Context),
        (NewItem { sealed: by_priya, ..sound() }, Refused::Context),
        (NewItem { sealed: bare, ..sound() }, Refused::Context),
        (NewItem { rev: 2, ..sound() }, Refused::Context),
        (NewItem { sealed: foreign, ..sound() }, Refused::Algorithm),
        (NewItem { sealed: large, ..sound() }, Refused::Size),
        (NewItem { sealed: "a message in the clear".to_owned(), ..sound() }, Refused::Malformed),
    ] {
        assert_eq!(two.say(two.sam, &new).await, Err(WordsRefused::Sealed(refused)), "{new:?}");
    }
    for new in [two.item(&two.sams, (1, 1)), two.item(&two.sams, (1, 3)), two.item(&two.sams, (8, 2))] {
        assert_eq!(two.say(two.sam, &new).await, Err(WordsRefused::Revision), "there already, or one left out");
    }
    assert_eq!(two.say(two.priya, &two.item(&two.priyas, (1, 2))).await, Err(WordsRefused::Revision), "not hers");
    assert_eq!(two.college.tables()["sealed_item"].len(), rows, "nothing is stored");
}

/// The protected header of an item.
fn part(sealed: &str) -> String {
    sealed.split('"').nth(3).unwrap_or_default().to_owned()
}

/// R-WRD-5
#[tokio::test]
async fn a_key_is_given_to_both_once_and_only_as_the_teacher_signed_it() {
    let two = Two::new().await;
    let desk = two.college.desk();
    let give =
        async |who: PersonId, grants: Vec<String>| match grants::grant(&desk, (who, two.thread), (0, &grants)).await {
            Ok(()) => "given".to_owned(),
            Err(Stop::Denied) => "denied".to_owned(),
            Err(Stop::Refused(refused)) => refused.code().to_owned(),
            Err(Stop::Fault(fault)) => panic!("{fault}"),
        };
    let thread = two.thread.to_string();
    let by_priya = [two.sams.kid(), two.priyas.kid()].iter().map(|kid| two.priyas.grant((&thread, 0), kid)).collect();
    assert_eq!(give(two.priya, by_priya).await, "denied", "the teacher gives it");
    let forged = vec![two.sams.grant((&thread, 0), &two.sams.kid()), two.priyas.grant((&thread, 0), &two.priyas.kid())];
    assert_eq!(give(two.sam, forged).await, "signature");
    assert_eq!(give(two.sam, two.grants().split_off(1)).await, "keys", "both or neither");
    let stranger = vec![two.sams.grant((&thread, 0), &two.sams.kid()), two.sams.grant((&thread, 0), "somebody-else")];
    assert_eq!(give(two.sam, stranger).await, "keys");
    assert!(two.college.tables()["thread_grant"].is_empty(), "nothing is stored");
    assert_eq!(give(two.sam, two.grants()).await, "given");
    assert_eq!(give(two.sam, two.grants()).await, "granted", "once");
    // What lies in the database is under the outer layer.
    let rows = two.college.tables().remove("thread_grant").unwrap_or_default();
    assert!(rows.len() == 2 && rows.iter().all(|row| !format!("{row:?}").contains("eyJhbGciOiJFUzI1NiI")));
}

/// R-WRD-2
#[tokio::test]
async fn nobody_else_reads_or_writes_and_nothing_is_written_when_it_is_over() {
    let two = Two::new().await;
    two.granted().await;
    two.say(two.sam, &two.item(&two.sams, (1, 1))).await.expect("said");
    for name in ["Ann Price", "Helen Marsh", "Marek Nowicki", "Tom Birch", "Uma Roy"] {
        let other = two.college.who(name).await;
        let facts = two.college.facts(other).await;
        assert!(matches!(words::see(&two.college.desk(), &facts, two.thread).await, Err(Stop::Denied)), "{name}");
        let said = words::say(&two.college.desk(), (other, two.thread), &two.item(&two.sams, (2, 1))).await;
        assert_eq!(told(&said), "denied", "{name}");
    }
    let nothing = ThreadId(Uuid::from_u128(404));
    let sams = two.college.facts(two.sam).await;
    assert!(matches!(words::see(&two.college.desk(), &sams, nothing).await, Err(Stop::Denied)), "the same");
    threads::withdraw(&two.college.desk(), two.college.from(two.sam, two.thread).await).await.expect("withdrawn");
    let late = two.say(two.sam, &two.item(&two.sams, (3, 1))).await;
    assert_eq!(late, Err(WordsRefused::Support(SupportRefused::NotOpen)));
    let seen = words::see(&two.college.desk(), &sams, two.thread).await.expect("still to be read");
    assert!(!seen.may_write && seen.items.len() == 1);
}

/// R-WRD-6 R-WRD-7
#[tokio::test]
async fn keys_are_made_once_and_the_last_way_to_unlock_them_stays() {
    let college = College::new().await;
    let (desk, sam) = (college.desk(), college.who("Sam Okafor").await);
    let maker = Maker::new(&sam.to_string());
    assert!(keys::see(&desk, sam).await.expect("seen").is_none());
    let refusal = |result: Result<(), Stop<KeysRefused>>| match result {
        Err(Stop::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    let other = Maker::new(&college.who("Uma Roy").await.to_string());
    let sealed = |refused| KeysRefused::Sealed(refused);
    for (new, refused) in [
        (NewKeys { vault: other.vault(), ..new_keys(&maker, &["words"]) }, sealed(Refused::Context)),
        (NewKeys { kid: other.kid(), ..new_keys(&maker, &["words"]) }, sealed(Refused::Key)),
        (NewKeys { sealing: "{}".to_owned(), ..new_keys(&maker, &["words"]) }, sealed(Refused::Key)),
        (new_keys(&maker, &["passkey"]), sealed(Refused::Malformed)),
        (new_keys(&maker, &[]), KeysRefused::Last),
        (
            NewKeys { slots: vec![("words".to_owned(), maker.slot("recovery"))], ..new_keys(&maker, &[]) },
            sealed(Refused::Algorithm),
        ),
    ] {
        assert_eq!(refusal(keys::make(&desk, sam, &new).await), refused);
    }
    assert!(college.tables()["key_set"].is_empty(), "nothing is stored");
    let device = "device:6de8980d-152d-48f2-b1b5-000000000001";
    keys::make(&desk, sam, &new_keys(&maker, &[device])).await.expect("made");
    assert_eq!(refusal(keys::make(&desk, sam, &new_keys(&maker, &["words"])).await), KeysRefused::There);
    assert_eq!(refusal(keys::remove_slot(&desk, sam, device).await), KeysRefused::Last);
    keys::put_slot(&desk, sam, ("recovery", &maker.slot("recovery"))).await.expect("added");
    keys::remove_slot(&desk, sam, device).await.expect("another one is left");
    assert_eq!(keys::set_vault(&desk, sam, (1, &maker.vault())).await.expect("changed"), 2);
    let stale = keys::set_vault(&desk, sam, (1, &maker.vault())).await;
    assert!(matches!(stale, Err(Stop::Refused(KeysRefused::Stale))), "{stale:?}");
    let own = keys::see(&desk, sam).await.expect("seen").expect("made");
    assert_eq!((own.set.version, own.slots.len(), own.slots[0].0.as_str()), (2, 1, "recovery"));
    assert!(own.slots[0].1.contains("ciphertext"), "without the outer layer");
    let well = health::examine(&desk).await.expect("examined");
    assert!(well.iter().any(|one| one.sentence.starts_with("The keyring is there")), "{well:?}");
    // Without the keyring nothing comes off.
    std::fs::remove_file(college.place.keyring().file()).expect("a keyring");
    let (store, chance) = (college.place.store(Care::Sample).await, Arc::clone(&college.house.chance));
    let house = House::open(store, Gate::new().expect("a gate"), chance).await.expect("a house");
    let lost = Desk::new(Arc::new(house), now());
    let own = keys::see(&lost, sam).await.expect("seen").expect("made");
    assert!(own.slots.is_empty(), "the outer layer stays on");
    let told = |findings: Vec<Finding>| findings.into_iter().any(|one| one.sentence.starts_with("The keyring is gone"));
    assert!(told(health::examine(&lost).await.expect("examined")), "the doctor says why");
    assert!(!college.place.keyring().file().exists(), "and looking makes no new one");
}
