//! The survey of staff, as the store holds it: tickets by person, used tickets by hash, numbers; and nothing that joins them.

use std::collections::BTreeSet;

use domain::ids::SurveyId;
use domain::survey::{Answer, Asked, Choice, Factor, Side, Survey};
use policies::acts::{OpenSurvey, ReleaseSurvey, SeeSurvey, TakeInAnswer, TakeTicket};
use policies::facts::{Actor, Job};
use store::{Db, survey};
use trial::{Cell, Column};

use crate::college::{College, House};

fn planned(id: SurveyId, year: i16) -> Survey {
    let day = |text: String| text.parse().expect("a day");
    let (first, last) = (day(format!("{}-05-10", year + 1)), day(format!("{}-05-28", year + 1)));
    // What was opened before there were seven statements asks five.
    let asked = if year < 2026 { Asked::Five } else { Asked::NOW };
    Survey { id, year, first, last, title: "Coaches".to_owned(), asked }
}

fn answer(side: Side, choice: Choice) -> Answer {
    Answer { side, choices: vec![choice; 7], factors: vec![Factor::Time, Factor::Subject] }
}

/// One that was released, and one with a ticket and an answer.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let teacher = house.person(db, college.facts.institution, college.teacher).await;
    let open = house.permit::<OpenSurvey>(&lead, &college.facts, &());
    let (earlier, now) = (planned(house.fresh(), 2025), planned(house.fresh(), 2026));
    for one in [&earlier, &now] {
        survey::open(db, &open, one).await.expect("opened");
    }
    let release = house.gate.permit::<ReleaseSurvey>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    survey::release(db, &release, (earlier.id, "{}", "a hash")).await.expect("released");
    let take = house.permit::<TakeTicket>(&teacher, &college.facts, &());
    survey::take(db, &take, (now.id, college.teacher, "what was blinded, hashed")).await.expect("taken");
    let count = house.gate.permit::<TakeInAnswer>(&Actor::Job(Job::Survey), &college.facts, &()).expect("allowed");
    let said = answer(Side::Staff, Choice::Agree);
    assert!(survey::count(db, &count, (&now, "a used ticket, hashed"), &said).await.expect("counted"));
}

/// R-SUR-11 R-SUR-12
#[tokio::test]
async fn a_ticket_counts_once_and_only_numbers_grow() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let see = house.permit::<SeeSurvey>(&lead, &college.facts, &());
    let release = house.gate.permit::<ReleaseSurvey>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    let count = house.gate.permit::<TakeInAnswer>(&Actor::Job(Job::Survey), &college.facts, &()).expect("allowed");
    let all = survey::all(&db, &see).await.expect("read");
    assert_eq!(all.iter().map(|one| one.asked).collect::<Vec<_>>(), [Asked::Seven, Asked::Five]);
    let now = &all[0];
    assert_eq!((now.year, now.title.as_str()), (2026, "Coaches"));
    let again = answer(Side::Practitioner, Choice::Disagree);
    let used = survey::count(&db, &count, (now, "a used ticket, hashed"), &again).await.expect("read");
    assert!(!used, "used once");
    assert!(survey::count(&db, &count, (now, "another"), &again).await.expect("counted"));
    let counted = survey::counted(&db, &release, now.id).await.expect("read");
    assert_eq!(
        counted.iter().map(|one| (one.side, one.sent)).collect::<Vec<_>>(),
        [(Side::Staff, 1), (Side::Practitioner, 1)]
    );
    assert_eq!((counted[0].statements.len(), counted[0].factors.len()), (42, 12));
    let times: i64 = counted[0].statements.iter().filter(|one| one.1 == Choice::Agree).map(|one| one.2).sum();
    assert_eq!(times, 7);
}

/// R-SUR-12 R-SUR-13
#[tokio::test]
async fn no_column_joins_a_person_to_an_answer_and_a_release_leaves_nothing_but_itself() {
    let house = House::new().await;
    let college = house.college().await;
    let columns: BTreeSet<String> =
        house.sql().columns().iter().filter(|one| one.table.starts_with("survey")).map(Column::path).collect();
    let expected = [
        "survey.asked",
        "survey.first",
        "survey.id",
        "survey.institution",
        "survey.last",
        "survey.title",
        "survey.year",
        "survey_count.choice",
        "survey_count.institution",
        "survey_count.question",
        "survey_count.side",
        "survey_count.survey",
        "survey_count.times",
        "survey_release.digest",
        "survey_release.institution",
        "survey_release.survey",
        "survey_release.text",
        "survey_ticket.blinded",
        "survey_ticket.institution",
        "survey_ticket.person",
        "survey_ticket.survey",
        "survey_used.institution",
        "survey_used.survey",
        "survey_used.ticket",
    ];
    assert_eq!(columns.iter().map(String::as_str).collect::<Vec<_>>(), expected, "no time, no order, no answer");
    let all = house.sql().all();
    let person = Cell::Bytes(college.teacher.0.as_bytes().to_vec());
    for table in ["survey_count", "survey_used", "survey_release"] {
        assert!(!all[table].is_empty(), "{table}");
        assert!(all[table].iter().all(|row| row.values().all(|cell| *cell != person)), "{table}");
    }
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let see = house.permit::<SeeSurvey>(&lead, &college.facts, &());
    let release = house.gate.permit::<ReleaseSurvey>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    let now = survey::all(&db, &see).await.expect("read").remove(0);
    survey::release(&db, &release, (now.id, "what it says", "its hash")).await.expect("released");
    let kept = survey::released(&db, &see).await.expect("read");
    assert_eq!((kept.len(), kept[0].text.as_str()), (2, "what it says"));
    db.commit().await.expect("commit");
    let all = house.sql().all();
    for table in ["survey_count", "survey_used", "survey_ticket"] {
        assert!(all[table].is_empty(), "{table}");
    }
}

/// R-SUR-16
#[tokio::test]
async fn one_that_is_taken_back_leaves_nothing() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let open = house.permit::<OpenSurvey>(&lead, &college.facts, &());
    let ahead = planned(house.fresh(), 2027);
    survey::open(&db, &open, &ahead).await.expect("opened");
    assert_eq!(survey::all(&db, &open).await.expect("read").len(), 3);
    survey::take_back(&db, &open, ahead.id).await.expect("taken back");
    assert!(survey::all(&db, &open).await.expect("read").iter().all(|one| one.id != ahead.id));
}
