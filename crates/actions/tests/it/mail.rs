//! What makes something wait for whom, and what is mailed because of it.

use actions::desk::Desk;
use actions::hours::{self, Note};
use actions::mail::{self, Failure, Matter, Rhythm};
use actions::staff::import;
use actions::{accounts, meetings, people, support, threads};
use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::observations::OfferFor;
use domain::support::Manner;

use trial::Cell;

use crate::college::{College, slot, staff, told};

/// For whom something is waiting now; forgotten with the look.
async fn waiting(college: &College) -> Vec<&'static str> {
    let names = ["Sam Okafor", "Priya Nair", "Tom Birch", "Uma Roy", "Ann Price", "Helen Marsh", "Ruth Adeyemi"];
    let tables = college.tables();
    let mut found = Vec::new();
    for name in names {
        let id = college.who(name).await;
        if tables["notice"].iter().any(|row| row["person"] == Cell::Bytes(id.0.as_bytes().to_vec())) {
            found.push(name);
        }
        // Coming in is looking.
        accounts::sign_in_as_sample(&college.desk(), id, "").await.expect("signed in");
    }
    found
}

async fn two(college: &College) -> (PersonId, PersonId) {
    (college.who("Sam Okafor").await, college.who("Priya Nair").await)
}

fn noted(with: Option<PersonId>) -> Note {
    let day = "2026-11-24".parse().expect("a day");
    let (minutes, purposes) = (Minutes(30), vec![Purpose::OneToOne]);
    Note { minutes, day, with, themes: Vec::new(), purposes, once: String::new() }
}

/// R-MAI-2
#[tokio::test]
async fn what_one_party_does_waits_for_the_other_and_for_nobody_else() {
    let college = College::new().await;
    let ((sam, priya), desk) = (two(&college).await, college.desk());
    let thread = college.ask(sam, priya).await;
    assert_eq!(waiting(&college).await, ["Priya Nair"], "asked");
    let offer = college.offer(priya, thread, &[slot("2026-11-24T10:30:00Z", 60)]).await;
    assert_eq!(waiting(&college).await, ["Sam Okafor"], "offered");
    threads::accept(&desk, college.from(sam, thread).await, offer).await.expect("accepted");
    assert_eq!(waiting(&college).await, ["Priya Nair"], "accepted");
    let meeting = college.see(sam, thread).await.thread.meetings[0].id;
    let later = slot("2026-11-25T10:30:00Z", 60);
    threads::offer(&desk, college.from(priya, thread).await, (&[later], OfferFor::InPlaceOf(meeting)))
        .await
        .expect("moved");
    assert_eq!(waiting(&college).await, ["Sam Okafor"], "moved");
    threads::set_kind(&desk, college.from(priya, thread).await, (Manner::default(), None)).await.expect("set");
    assert!(waiting(&college).await.is_empty(), "the kind of support waits for nobody");
    meetings::call_off(&desk, college.from(priya, thread).await, meeting).await.expect("called off");
    assert_eq!(waiting(&college).await, ["Sam Okafor"], "called off");
    threads::propose_end(&desk, college.from(priya, thread).await).await.expect("proposed");
    assert_eq!(waiting(&college).await, ["Sam Okafor"], "an end proposed");
    threads::end(&desk, college.from(sam, thread).await).await.expect("ended");
    assert_eq!(waiting(&college).await, ["Priya Nair"], "ended");
    threads::reopen(&desk, college.from(sam, thread).await).await.expect("reopened");
    assert_eq!(waiting(&college).await, ["Priya Nair"], "opened again");
    let tom = college.who("Tom Birch").await;
    let from = college.from(sam, thread).await;
    let next = threads::change_practitioner(&desk, from, (tom, "")).await.expect("changed");
    assert_eq!(waiting(&college).await, ["Priya Nair", "Tom Birch"], "changed");
    threads::withdraw(&desk, college.from(sam, next).await).await.expect("withdrawn");
    assert!(waiting(&college).await.is_empty(), "nothing is left to look at");
}

/// R-MAI-2
#[tokio::test]
async fn a_colleague_named_in_a_note_hears_of_it_and_nobody_else_does() {
    let college = College::new().await;
    let ((_, priya), uma) = (two(&college).await, college.who("Uma Roy").await);
    hours::note(&college.desk(), priya, noted(None)).await.expect("noted");
    assert!(waiting(&college).await.is_empty());
    hours::note(&college.desk(), priya, noted(Some(uma))).await.expect("noted");
    assert_eq!(waiting(&college).await, ["Uma Roy"]);
}

/// R-MAI-2
#[tokio::test]
async fn whom_the_gate_keeps_out_hears_nothing() {
    let college = College::new().await;
    let (sam, priya) = two(&college).await;
    let thread = college.ask(sam, priya).await;
    college.meet((priya, sam), thread, slot("2026-11-24T10:30:00Z", 60)).await;
    waiting(&college).await;
    let mut above = staff();
    above.people[3].manager = Some(5);
    let (house, chance) = (&college.house, &college.house.chance);
    let done = import(&house.store, (&house.gate, chance), (&college.new, &above), college.desk().now).await;
    assert_eq!(told(&done), "done");
    threads::end(&college.desk(), college.from(sam, thread).await).await.expect("ended");
    assert!(waiting(&college).await.is_empty(), "she manages the teacher now");
}

/// R-MAI-3
#[tokio::test]
async fn an_account_that_is_off_gets_no_mail_and_what_was_written_is_taken_back() {
    let college = College::new().await;
    let ((sam, priya), marek) = (two(&college).await, college.who("Marek Nowicki").await);
    college.ask(sam, priya).await;
    accounts::invite(&college.desk(), marek, priya).await.expect("invited");
    people::set_active(&college.desk(), marek, (priya, false)).await.expect("off");
    let tables = college.tables();
    assert!(tables["notice"].is_empty() && tables["outbox"].is_empty());
    assert_eq!(told(&accounts::ask_for_link(&college.desk(), "priya.nair@college.example").await), "denied");
    assert_eq!(told(&accounts::invite(&college.desk(), marek, priya).await), "denied");
}

async fn mailed(desk: &Desk) -> Vec<(String, Matter)> {
    mail::write_due(desk).await.expect("written");
    let waiting = mail::to_deliver(desk).await.expect("readable");
    waiting.into_iter().map(|mail| (mail.email, mail.matter)).collect()
}

/// R-MAI-3
#[tokio::test]
async fn a_mail_goes_in_the_morning_once_until_the_person_has_looked() {
    let college = College::new().await;
    let (sam, priya) = two(&college).await;
    let expected = vec![("priya.nair@college.example".to_owned(), Matter::Waiting)];
    let thread = college.ask(sam, priya).await;
    assert!(mailed(&college.later(1)).await.is_empty(), "not before the morning");
    assert_eq!(mailed(&college.later(22)).await, expected);
    let mail = mail::to_deliver(&college.later(22)).await.expect("readable");
    mail::tried(&college.later(22), &mail[0], Ok(())).await.expect("delivered");
    threads::withdraw(&college.desk(), college.from(sam, thread).await).await.expect("withdrawn");
    let request = college.request(priya).await;
    support::ask(&college.desk(), sam, (request, "again")).await.expect("asked again");
    assert!(mailed(&college.later(70)).await.is_empty(), "told already");
}

/// R-MAI-3
#[tokio::test]
async fn whoever_wants_it_weekly_gets_it_each_monday_with_or_without_a_reason() {
    let college = College::new().await;
    let sam = college.who("Sam Okafor").await;
    let link = accounts::issue_link(&college.desk(), "sam.okafor@college.example").await.expect("issued");
    let words = ("correct horse battery".to_owned(), "correct horse battery".to_owned());
    accounts::use_link(&college.desk(), &link.expect("a link"), words).await.expect("chosen");
    let begun = accounts::sign_in_as_sample(&college.desk(), sam, "").await.expect("signed in");
    let me = accounts::visitor(&college.desk(), &begun.token).await.expect("readable").expect("signed in");
    assert!(mailed(&college.desk()).await.is_empty());
    mail::set_rhythm(&college.desk(), &me, Rhythm::Weekly).await.expect("chosen");
    let monday = 6 * 24;
    assert!(mailed(&college.later(monday - 3)).await.is_empty());
    let expected = vec![("sam.okafor@college.example".to_owned(), Matter::Waiting)];
    assert_eq!(mailed(&college.later(monday)).await, expected);
    assert_eq!(mailed(&college.later(monday + 1)).await, expected, "one");
}

/// R-MAI-7
#[tokio::test]
async fn what_no_server_wants_is_given_up_and_told_without_a_name() {
    let college = College::new().await;
    let (sam, priya) = two(&college).await;
    college.ask(sam, priya).await;
    mail::write_due(&college.later(22)).await.expect("written");
    let desk = college.later(22);
    let mail = mail::to_deliver(&desk).await.expect("readable");
    mail::tried(&desk, &mail[0], Err(Failure::TooSlow)).await.expect("noted");
    assert!(mail::to_deliver(&desk).await.expect("readable").is_empty(), "it waits");
    let state = mail::state(&desk).await.expect("readable");
    assert_eq!((state.failure, state.given_up, state.stuck_since.is_some()), (Some(Failure::TooSlow), false, true));
    let later = mail::to_deliver(&college.later(23)).await.expect("readable");
    assert_eq!((later[0].id, later[0].tries, later[0].written), (mail[0].id, 1, mail[0].written));
    mail::tried(&college.later(23), &later[0], Err(Failure::Refused)).await.expect("noted");
    assert!(mail::to_deliver(&college.later(90)).await.expect("readable").is_empty());
    assert!(mail::state(&desk).await.expect("readable").given_up);
}
