//! Changes of the deployment model: one is planned at a time, and on its day it closes what had been opened.

use domain::mail::Due;
use domain::programme::Model;
use jiff::civil::Date;
use policies::acts::{CancelModelChange, ChangeModel, KeepDates, SetAsking};
use policies::facts::{Actor, Job, PersonFacts};
use store::{Db, models, programme};

use crate::college::{College, House, now};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A change that is planned.
pub async fn plan(house: &House, db: &Db, (college, lead): (&College, &PersonFacts)) {
    let change = house.permit::<ChangeModel>(lead, &college.facts, &());
    models::plan(db, &change, (Model::Developmental, day("2026-12-07")), now()).await.expect("planned");
}

/// R-MOD-3, R-MOD-4
#[tokio::test]
async fn a_planned_change_replaces_the_one_before_and_closes_asking_when_its_day_has_come() {
    let house = House::new().await;
    let college = house.college().await;
    let lead = house.person(&house.store.read(), college.facts.institution, college.lead).await;
    let change = house.permit::<ChangeModel>(&lead, &college.facts, &());
    let db = house.write().await;
    models::plan(&db, &change, (Model::Deficit, day("2027-01-04")), now()).await.expect("planned");
    models::tell_everybody(&db, &change, Due { at_once: now(), daily: now() }).await.expect("told");
    programme::set_asking(&db, &house.permit::<SetAsking>(&lead, &college.facts, &()), true).await.expect("opened");
    db.commit().await.expect("commit");
    let found = async || programme::find(&house.store.read()).await.expect("readable").expect("a programme");
    let before = found().await;
    let planned: Vec<_> = before.changes.iter().map(|one| (one.model, one.starts, one.in_force)).collect();
    assert_eq!(planned, [(Model::Deficit, day("2027-01-04"), false)]);
    assert!(before.facts.asking_opened);
    let job = Actor::Job(Job::Tidy);
    let keep = house.gate.permit::<KeepDates>(&job, &college.facts, &()).expect("allowed");
    let db = house.write().await;
    models::keep(&db, &keep, &before.changes[0]).await.expect("kept");
    db.commit().await.expect("commit");
    let after = found().await;
    assert_eq!((after.facts.model, after.facts.asking_opened), (Model::Deficit, false));
    assert!(after.changes[0].in_force);
    let db = house.write().await;
    let cancel = house.permit::<CancelModelChange>(&lead, &after.facts, &());
    assert!(!models::cancel(&db, &cancel).await.expect("asked"), "what is in force is not planned");
}
