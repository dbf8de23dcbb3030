//! What goes with a thread, and what stays.

use domain::observations::Form;
use policies::acts::{ForgetThreads, SeeThread, WriteWords};
use policies::facts::{Actor, Job};
use store::{facts, retention, threads, words};

use crate::college::House;

/// R-RET-2
#[tokio::test]
async fn deleting_a_thread_takes_everything_of_it_along() {
    let house = House::new().await;
    let college = house.college().await;
    let sql = house.sql();
    let thread = sql.id(college.thread.0);
    let parts = [
        "participant",
        "sealed_participant",
        "sealed_entry",
        "thread_theme",
        "meeting",
        "offer",
        "entry_thread",
        "event",
        "thread_look",
        "thread_grant",
        "sealed_item",
        "sealed_file",
        "thread_reading",
        "thread_warning",
    ];
    let mut found = Vec::new();
    let of_threads = |column: &&trial::Column| {
        column.name == "thread" && !["forgotten_thread", "track_thread"].contains(&column.table.as_str())
    };
    for column in sql.columns().iter().filter(of_threads) {
        let of = format!("SELECT count(*) FROM {} WHERE thread = {thread}", column.table);
        assert!(sql.number(&of) > 0, "nothing in {}", column.table);
        found.push(of);
    }
    assert_eq!(found.len(), parts.len(), "a table that has threads is new: does it go with its thread?");
    let db = house.store.write().await.expect("a unit of work");
    let permit = house.gate.permit::<ForgetThreads>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    retention::forget(&db, &permit, college.thread).await.expect("deleted");
    db.commit().await.expect("saved");
    for of in found {
        assert_eq!(sql.number(&of), 0, "{of}");
    }
    assert_eq!(sql.number("SELECT count(*) FROM meeting"), 0);
    let (keyring, institution) = (house.store.keyring(), college.facts.institution);
    assert!(keyring.known_thread(institution, college.thread).expect("read").is_some(), "until it is saved");
    retention::destroy(&house.store, institution).await.expect("destroyed");
    assert_eq!(keyring.known_thread(institution, college.thread).expect("read"), None);
    assert_eq!(sql.number("SELECT count(*) FROM forgotten_thread"), 0);
}

/// R-OBS-1 R-OBS-2
#[tokio::test]
async fn what_the_two_do_is_kept_with_an_offer_and_with_a_meeting() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.read();
    let practitioner = house.person(&db, college.facts.institution, college.practitioner).await;
    let on = facts::thread(&db, &college.facts, college.thread).await.expect("readable").expect("a thread");
    let permit = house.permit::<SeeThread>(&practitioner, &on, &());
    let thread = threads::see(&db, &permit).await.expect("a thread");
    let forms: Vec<Form> = thread.meetings.iter().map(|meeting| meeting.form).collect();
    assert_eq!(forms, [Form::TeachersLesson]);
    let mut offers: Vec<(bool, Form)> = thread.offers.iter().map(|one| (one.replaces.is_some(), one.form)).collect();
    offers.sort_by_key(|(moves, _)| *moves);
    assert_eq!(offers, [(false, Form::Talk), (true, Form::TeachersLesson)], "a wish is for a talk");
    let write = house.permit::<WriteWords>(&practitioner, &on, &());
    assert_eq!(words::agreed(&db, &write).await.expect("forms"), [Form::TeachersLesson]);
}

/// R-HRS-3
#[tokio::test]
async fn the_practitioners_hours_stay_when_a_thread_goes() {
    let house = House::new().await;
    house.college().await;
    let sql = house.sql();
    let hours = "SELECT count(*), CAST(sum(minutes) AS bigint) FROM hours_entry";
    let before: Vec<(i64, i64)> = sql.rows(hours);
    sql.run("DELETE FROM thread").expect("deleted");
    assert_eq!(sql.rows::<(i64, i64)>(hours), before);
    assert_eq!(before, [(4, 100)]);
    assert_eq!(sql.number("SELECT count(*) FROM sealed_entry"), 0);
}

#[tokio::test]
async fn somebody_who_takes_part_in_a_thread_cannot_be_deleted() {
    let house = House::new().await;
    let college = house.college().await;
    let sql = house.sql();
    let person = format!("DELETE FROM person WHERE id = {}", sql.id(college.teacher.0));
    let refused = sql.run(&person).expect_err("the thread would name nobody").to_string();
    assert!(refused.contains("FOREIGN KEY"), "{refused}");
}
