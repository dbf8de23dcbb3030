//! The outbox, what is waiting for whom, and addresses that change.

use std::collections::BTreeSet;

use domain::ids::{Ids, PersonId};
use domain::mail::{Due, Failure, Matter, Rhythm, Round, RoundKind, next_try};
use jiff::{Timestamp, ToSpan};
use policies::acts::{ClearExpired, NoteHours, SeeMailState, SetPreferences};
use policies::facts::{Actor, Job};
use store::mail;
use store::outbox::{self, MailState, Waiting};
use store::{Db, addresses, facts};

use crate::college::{College, House, now};

fn later(hours: i64) -> Timestamp {
    now().saturating_add(hours.hours()).expect("a time")
}

async fn all(house: &House, college: &College, when: Timestamp) -> Vec<Waiting> {
    let permit = house.mailing(&college.facts);
    outbox::to_deliver(&house.store.read(), &permit, (when, 100)).await.expect("readable")
}

async fn matters(house: &House, college: &College, email: &str) -> Vec<Matter> {
    all(house, college, now()).await.into_iter().filter(|mail| mail.email == email).map(|mail| mail.matter).collect()
}

/// Notes that something is waiting, as a practitioner who noted an hour with somebody.
async fn note(house: &House, college: &College, db: &Db, person: PersonId) {
    let practitioner = house.person(db, college.facts.institution, college.practitioner).await;
    let practice = facts::practice(college.facts.institution, college.practitioner);
    let permit = house.permit::<NoteHours>(&practitioner, &practice, &());
    mail::waiting(db, &permit, person, Due { at_once: later(1), daily: later(20) }).await.expect("noted");
}

async fn choose(house: &House, college: &College, db: &Db, (person, rhythm): (PersonId, Rhythm)) {
    let who = house.person(db, college.facts.institution, person).await;
    let permit = house.permit::<SetPreferences>(&who, &facts::account(&college.facts, person), &());
    let due = (rhythm != Rhythm::Never).then(|| later(1));
    mail::set_rhythm(db, &permit, (rhythm, due)).await.expect("chosen");
}

/// R-MAI-3.
#[tokio::test]
async fn what_is_waiting_is_due_in_each_persons_rhythm_and_once() {
    let house = House::new().await;
    let college = house.college().await;
    let permit = house.mailing(&college.facts);
    let due = async |db: &Db, hours| {
        mail::due(db, &permit, later(hours)).await.expect("readable").into_iter().collect::<BTreeSet<_>>()
    };
    let db = house.write().await;
    // The teacher has looked, and wants it at once from now on; the lead has chosen nothing.
    choose(&house, &college, &db, (college.teacher, Rhythm::Never)).await;
    choose(&house, &college, &db, (college.teacher, Rhythm::AtOnce)).await;
    for person in [college.teacher, college.lead, college.teacher] {
        note(&house, &college, &db, person).await;
    }
    assert!(due(&db, 0).await.is_empty());
    assert_eq!(due(&db, 1).await, BTreeSet::from([college.teacher]));
    assert_eq!(due(&db, 20).await, BTreeSet::from([college.teacher, college.lead]));
    mail::write_waiting(&db, &permit, Ids(&house.chance), (college.teacher, now())).await.expect("written");
    assert_eq!(due(&db, 20).await, BTreeSet::from([college.lead]));
    note(&house, &college, &db, college.teacher).await;
    assert_eq!(due(&db, 99).await, BTreeSet::from([college.lead]), "told once until they have looked");
    for rhythm in [Rhythm::Weekly, Rhythm::Never] {
        choose(&house, &college, &db, (college.practitioner, rhythm)).await;
        note(&house, &college, &db, college.practitioner).await;
        assert!(!due(&db, 999).await.contains(&college.practitioner), "{rhythm:?}");
    }
}

/// R-MAI-4.
#[tokio::test]
async fn a_round_goes_once_to_those_it_is_for() {
    let house = House::new().await;
    let college = house.college().await;
    let permit = house.mailing(&college.facts);
    let db = house.write().await;
    let day = "2026-11-23".parse().expect("a day");
    let round = |kind| Round { kind, day };
    assert!(!mail::round_is_done(&db, &permit, round(RoundKind::Weekly)).await.expect("readable"));
    choose(&house, &college, &db, (college.teacher, Rhythm::Weekly)).await;
    // Without a password nobody is reminded of anything.
    choose(&house, &college, &db, (college.lead, Rhythm::Weekly)).await;
    let begin = async |kind| mail::begin_round(&db, &permit, (round(kind), now())).await.expect("begun");
    assert_eq!(begin(RoundKind::Weekly).await, [college.teacher]);
    assert!(begin(RoundKind::Weekly).await.is_empty(), "once");
    assert!(mail::round_is_done(&db, &permit, round(RoundKind::Weekly)).await.expect("readable"));
    assert!(begin(RoundKind::Hours).await.is_empty());
}

/// R-MAI-6, R-MAI-7.
#[tokio::test]
async fn a_mail_stays_the_same_until_it_is_delivered_and_then_it_is_gone() {
    let house = House::new().await;
    let college = house.college().await;
    let (permit, db) = (house.mailing(&college.facts), house.store.read());
    let before = all(&house, &college, now()).await;
    let one = before.iter().find(|mail| mail.email.starts_with("ann.")).expect("told of the address").clone();
    let next = next_try(1, now());
    outbox::failed(&db, &permit, one.id, (Failure::TooSlow, Some(next))).await.expect("noted");
    assert!(!all(&house, &college, now()).await.iter().any(|mail| mail.id == one.id), "not yet");
    let again = all(&house, &college, next).await.into_iter().find(|mail| mail.id == one.id).expect("again");
    assert_eq!(again, Waiting { tries: 1, ..one.clone() });
    outbox::delivered(&db, &permit, one.id).await.expect("gone");
    assert!(!all(&house, &college, later(60)).await.iter().any(|mail| mail.id == one.id));
}

/// R-MAI-7.
#[tokio::test]
async fn what_is_stuck_is_told_without_whose_or_how_many() {
    let house = House::new().await;
    let college = house.college().await;
    let (permit, db) = (house.mailing(&college.facts), house.store.read());
    let command: policies::Permit<SeeMailState> =
        house.gate.permit(&Actor::CommandLine, &college.facts, &()).expect("allowed");
    let state = async || outbox::state(&db, &command).await.expect("readable");
    assert_eq!(state().await, MailState::default(), "what waits without a fault is nobody's business");
    let waiting = all(&house, &college, now()).await;
    outbox::failed(&db, &permit, waiting[0].id, (Failure::Unreachable, Some(later(1)))).await.expect("noted");
    let stuck = MailState { stuck_since: Some(now()), failure: Some(Failure::Unreachable), given_up: false };
    assert_eq!(state().await, stuck);
    assert!(outbox::give_up(&db, &permit, later(72)).await.expect("given up"));
    assert!(!outbox::give_up(&db, &permit, later(72)).await.expect("given up"), "once");
    assert!(all(&house, &college, later(72)).await.is_empty());
    assert_eq!(state().await, MailState { stuck_since: None, given_up: true, ..stuck });
    let tidy: policies::Permit<ClearExpired> =
        house.gate.permit(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    outbox::clear(&db, &tidy, later(72 + 31 * 24)).await.expect("cleared");
    assert_eq!(state().await, MailState::default());
}

/// R-ACC-10.
#[tokio::test]
async fn for_three_days_links_go_to_the_address_that_stood_before_however_often_it_changes() {
    let house = House::new().await;
    let college = house.college().await;
    let institution = college.facts.institution;
    let permit = house.import(&college.facts);
    let ids = Ids(&house.chance);
    let db = house.write().await;
    let (true_one, second, third) = ("priya.nair@college.example", "second@college.example", "third@college.example");
    for (email, changes) in [(true_one, false), (second, true), (third, true)] {
        let changed = addresses::change(&db, &permit, (college.practitioner, email), (now(), ids)).await;
        assert_eq!(changed.expect("changed"), changes, "{email}");
    }
    for (email, hours, owns) in [(true_one, 0, true), (true_one, 71, true), (true_one, 72, false), (third, 72, true)] {
        let owner = addresses::owner(&db, institution, email, later(hours)).await.expect("readable");
        assert_eq!(owner == Some(college.practitioner), owns, "{email} {hours}");
    }
    mail::write_waiting(&db, &house.mailing(&college.facts), ids, (college.practitioner, later(1))).await.expect("one");
    db.commit().await.expect("committed");
    let told = async |email| matters(&house, &college, email).await;
    // The address that stood before hears of both changes; each new one hears that it is the one now.
    assert_eq!(told(true_one).await.iter().filter(|matter| **matter == Matter::AddressBefore).count(), 2);
    assert!(told(second).await.contains(&Matter::AddressNow) && told(second).await.contains(&Matter::AddressBefore));
    assert_eq!(told(third).await, [Matter::AddressNow]);
    let waiting = all(&house, &college, later(1)).await;
    let to = waiting.iter().find(|mail| mail.matter == Matter::Waiting).map(|mail| mail.email.clone());
    assert_eq!(to.as_deref(), Some(true_one));
}
