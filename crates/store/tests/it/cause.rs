//! Questions about what came of the programme, and their readings, as the store holds them.

use domain::cause::{Question, Unit};
use domain::lots::TermOf;
use jiff::civil::date;
use policies::acts::{AskCause, SeeCause, SeeLots, ShowCause, WeighCause};
use store::cause::{self, Reading};
use store::{Db, lots};

use crate::college::{College, House};

async fn question(house: &House, db: &Db, college: &College) -> Question {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let see = house.permit::<SeeLots>(&lead, &college.facts, &());
    let lot = lots::all(db, &see).await.expect("readable").first().map(|lot| lot.id);
    let day = date(2027, 1, 4);
    let term = TermOf { at: (2026, 2), words: "Spring term 2027".to_owned(), starts: day, ends: day };
    let areas = lots::areas(db, &see).await.expect("readable");
    let areas = areas.into_iter().map(|area| Unit { area, begins: Some(term.clone()) }).collect();
    Question {
        outcome: "attendance".to_owned(),
        called: "Attendance".to_owned(),
        terms: vec![term],
        areas,
        agreed: 200,
        chosen: false,
        other: true,
        lot,
        by_lot: true,
        exploratory: 1,
        known: 2,
        of: 3,
    }
}

fn reading(house: &House, at: &str) -> Reading {
    let (said, digest) = (r#"{"level":0}"#.to_owned(), "a hash".to_owned());
    Reading { id: house.fresh(), shown_at: at.parse().expect("a time"), said, digest }
}

/// A question that was weighed and shown.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let at = "2026-11-26T09:00:00Z".parse().expect("a time");
    let (id, asked) = (house.fresh(), question(house, db, college).await);
    cause::ask(db, &house.permit::<AskCause>(&lead, &college.facts, &()), (id, at, &asked)).await.expect("asked");
    let weigh = house.permit::<WeighCause>(&lead, &college.facts, &());
    cause::weigh(db, &weigh, (id, at, r#"{"about":1.5}"#)).await.expect("weighed");
    let show = house.permit::<ShowCause>(&lead, &college.facts, &());
    cause::show(db, &show, (id, &reading(house, "2026-11-27T09:00:00Z"))).await.expect("shown");
}

/// R-CAU-22 R-CAU-27
#[tokio::test]
async fn a_question_is_read_as_it_was_asked_and_readings_stand_beside_each_other() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let see = house.permit::<SeeCause>(&lead, &college.facts, &());
    let all = cause::questions(&db, &see).await.expect("readable");
    assert_eq!((all.len(), &all[0].question), (1, &question(&house, &db, &college).await));
    assert_eq!(all[0].smallest.as_ref().map(|(text, _)| text.as_str()), Some(r#"{"about":1.5}"#));
    let show = house.permit::<ShowCause>(&lead, &college.facts, &());
    let later = reading(&house, "2026-12-01T09:00:00Z");
    cause::show(&db, &show, (all[0].id, &later)).await.expect("shown");
    let readings = cause::readings(&db, &see, all[0].id).await.expect("readable");
    assert_eq!((readings.len(), &readings[0]), (2, &later), "the latest first");
    assert_eq!(readings[1].shown_at.to_string(), "2026-11-27T09:00:00Z");
}
