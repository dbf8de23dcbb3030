//! What is set for a year to come is read as it was written, takes effect once, and what was agreed before is kept.

use domain::minutes::Minutes;
use domain::remission::{Amount, Base, Remission, Unit};
use jiff::civil::{Date, date};
use policies::acts::{KeepDates, SeeFrame, SeePlanner, SeeYears, StartYear};
use policies::facts::{Actor, Job, PersonFacts};
use store::new_year::{self, Agreed, Started};
use store::{Db, frame, new_year_chart, past_years, planner};

use crate::college::{College, House, now, today};

const TURNS: Date = date(2027, 9, 1);

fn started(house: &House) -> Started {
    Started { year: 2027, id: house.fresh(), by: String::new(), at: now(), turns: TURNS, done: false }
}

async fn agreed(house: &House, db: &Db, (college, lead): (&College, &PersonFacts)) -> Agreed {
    let see = house.permit::<SeeFrame>(lead, &college.facts, &());
    let areas = frame::areas(db, &see).await.expect("areas").into_iter().map(|(id, _)| id).take(1).collect();
    let (amount, base) = (Amount::read("0.25").expect("a number"), Base::default());
    let remission = Remission { amount, unit: Unit::Fte, base };
    let (caseload, remitted) = (Minutes::hours(773), remission.year());
    Agreed { person: college.practitioner, caseload, remitted, agreed: Some(remission), areas }
}

/// The next year, set and not begun.
pub async fn fill(house: &House, db: &Db, (college, lead): (&College, &PersonFacts)) {
    let permit = house.permit::<StartYear>(lead, &college.facts, &());
    let one = agreed(house, db, (college, lead)).await;
    new_year::set(db, &permit, (lead.id, &started(house)), &[one]).await.expect("set");
}

/// R-NEW-5, R-NEW-6
#[tokio::test]
async fn a_year_that_is_set_counts_from_its_day_and_the_one_before_is_kept() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let institution = college.facts.institution;
    let lead = house.person(&db, institution, college.lead).await;
    let me = college.practitioner;
    let permit = house.permit::<StartYear>(&lead, &college.facts, &());
    let planner_permit = house.permit::<SeePlanner>(&lead, &college.facts, &());
    let years = house.permit::<SeeYears>(&lead, &college.facts, &());
    let see = house.permit::<SeeFrame>(&lead, &college.facts, &());
    let wanted = agreed(&house, &db, (&college, &lead)).await;
    assert_eq!(new_year::set_for(&db, &permit, 2027).await.expect("readable"), Some(vec![wanted.clone()]));
    assert_eq!(new_year::set_for(&db, &permit, 2026).await.expect("readable"), None);
    let ahead = [wanted.clone()];
    let load = planner::loads(&db, &planner_permit, Some((&ahead, TURNS))).await.expect("readable").remove(0).load;
    assert_eq!((load.given, load.areas.len()), (wanted.remitted, 1));
    let before = frame::given(&db, &see, today()).await.expect("readable").remove(0);
    assert_eq!(before.remitted, Minutes::hours(150), "until its day nothing changes");

    let job = Actor::Job(Job::Tidy);
    let dates = house.gate.permit::<KeepDates>(&job, &college.facts, &()).expect("allowed");
    let over = Some((2026, date(2026, 9, 1), date(2027, 8, 31)));
    assert!(!new_year::is_due(&db, &dates, (None, date(2027, 8, 31))).await.expect("readable"));
    assert!(new_year::is_due(&db, &dates, (over, TURNS)).await.expect("readable"));
    new_year::turn(&db, &dates, (over, TURNS)).await.expect("turned");
    assert!(!new_year::is_due(&db, &dates, (over, TURNS)).await.expect("readable"), "once");
    db.commit().await.expect("committed");
    let db = house.write().await;

    let after = frame::given(&db, &see, today()).await.expect("readable").remove(0);
    assert_eq!((after.remitted, after.agreed, after.nominated.len()), (wanted.remitted, wanted.agreed, 1));
    let kept = new_year::kept(&db, &years, 2026).await.expect("readable");
    let own = kept.iter().find(|one| one.person == me).expect("kept");
    assert_eq!((own.remitted, own.areas.len()), (Minutes::hours(150), before.nominated.len()));
    assert_eq!(new_year::set_for(&db, &permit, 2027).await.expect("readable"), None, "it is in force");
    let all = new_year::started(&db, &permit).await.expect("readable");
    assert!(all.iter().any(|one| one.year == 2027 && one.done && !one.by.is_empty()));
    let there = past_years::in_role(&db, &years, (date(2026, 9, 1), date(2027, 8, 31))).await.expect("readable");
    assert!(there.iter().any(|one| one.person == me && !one.name.is_empty()));
    assert!(past_years::present(&db, &years).await.expect("readable").contains(&wanted));
    assert!(!past_years::areas(&db, &years).await.expect("readable").is_empty());
}

/// R-NEW-4
#[tokio::test]
async fn the_chart_says_whose_line_is_open_and_never_who_asks() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let permit = house.permit::<StartYear>(&lead, &college.facts, &());
    let lines = new_year_chart::lines(&db, &permit, (date(2026, 9, 1), today())).await.expect("readable");
    let words = format!("{lines:?}");
    assert!(!words.contains("thread") && lines.left.is_empty(), "{words}");
}
