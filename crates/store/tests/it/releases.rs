//! Releases, as the store holds them.

use domain::releases::Measure;
use policies::acts::{MakeRelease, SeeReleases};
use policies::facts::{Actor, Job};
use policies::permit::Permit;
use store::releases::{Cover, Kept, NewMeasure, YEAR};
use store::{Db, counted, releases};

use crate::college::{College, House};

fn permit(house: &House, college: &College) -> Permit<MakeRelease> {
    house.gate.permit(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed")
}

fn cover(number: u8) -> Cover {
    Cover { year: 2025, number, said: format!("{{\"number\":{number}}}") }
}

fn measure(values: Option<&[bool]>) -> NewMeasure {
    NewMeasure { measure: "support", said: "{}".to_owned(), values: values.map(<[bool]>::to_vec) }
}

fn alone(measures: &[NewMeasure]) -> Kept<'_> {
    Kept { measures, people: &[], areas: &[] }
}

/// A term with two people.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let permit = permit(house, college);
    let (area, _) = releases::known_areas(db, &permit).await.expect("readable").remove(0);
    let areas = [(0, Some(area), "An area".to_owned()), (u16::MAX, None, "No area".to_owned())];
    let people = [(0, college.teacher), (1, college.practitioner)];
    let kept = Kept { measures: &[measure(Some(&[true, false]))], people: &people, areas: &areas };
    releases::keep(db, &permit, &cover(1), kept).await.expect("kept");
}

/// R-REL-12 R-REL-19
#[tokio::test]
async fn a_release_is_kept_once_its_values_sealed_and_forgotten_when_the_year_is_out() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let (make, lead) = (permit(&house, &college), house.person(&db, college.facts.institution, college.lead).await);
    let see = house.permit::<SeeReleases>(&lead, &college.facts, &());
    assert_eq!(releases::covers(&db, &see).await.expect("readable"), [cover(1)]);
    let values = releases::values(&db, &make, (2025, "support")).await.expect("readable");
    assert_eq!(values, Some(vec![vec![true, false]]));
    assert_eq!(releases::numbers(&db, &make, 2025).await.expect("readable")[&college.practitioner], 1);
    assert_eq!(releases::areas(&db, &see, 2025).await.expect("readable")[&u16::MAX].1, "No area");
    releases::keep(&db, &make, &cover(2), alone(&[measure(Some(&[false, true]))])).await.expect("kept");
    releases::keep(&db, &make, &cover(YEAR), alone(&[measure(None)])).await.expect("kept");
    let all = releases::covers(&db, &see).await.expect("readable");
    assert_eq!(all, [cover(1), cover(2), cover(YEAR)], "the year comes last");
    assert_eq!(releases::measure(&db, &see, (2025, "support")).await.expect("readable").len(), 3);
    releases::forget(&db, &make, 2025).await.expect("forgotten");
    assert!(releases::numbers(&db, &make, 2025).await.expect("readable").is_empty());
    db.commit().await.expect("commit");
    house.store.keyring().forget_year(college.facts.institution, 2025).expect("forgotten");
    let db = house.write().await;
    assert_eq!(releases::values(&db, &make, (2025, "support")).await.expect("readable"), None);
    let again = releases::keep(&db, &make, &cover(1), alone(&[measure(None)])).await;
    assert!(again.is_err(), "what is out is never put in another's place");
}

/// R-REL-15 R-REL-17
#[tokio::test]
async fn what_is_counted_is_read_on_every_database() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let make = permit(&house, &college);
    let ever = (jiff::Timestamp::UNIX_EPOCH, "2040-01-01T00:00:00Z".parse().expect("a time"));
    for measure in Measure::ALL {
        let people = counted::people(&db, &make, *measure, ever).await.expect("readable");
        assert!(people.iter().all(|who| [college.teacher, college.practitioner, college.manager].contains(who)));
        let none = counted::people(&db, &make, *measure, (ever.1, ever.1)).await.expect("readable");
        assert!(people.len() <= 3 && none.is_empty(), "{measure:?}: {people:?}");
    }
    assert!(counted::required(&db, &make, ever).await.is_ok_and(|all| !all.is_empty()));
    assert!(counted::asked(&db, &make, ever).await.is_ok_and(|all| all.iter().all(|(who, _)| *who == college.teacher)));
    assert!(counted::hours(&db, &make, ever).await.is_ok_and(|all| !all.is_empty()));
    assert!(counted::began(&db, &make, ever).await.is_ok());
    assert!(counted::sessions(&db, &make, ever).await.is_ok_and(|all| !all.is_empty()));
    assert!(counted::items(&db, &make, ever).await.is_ok_and(|all| all > 0));
    assert!(counted::marked(&db, &make, 2025).await.is_ok());
    assert!(counted::begun(&db, &make).await.is_ok_and(|at| at.is_some()));
    assert!(releases::histories(&db, &make).await.is_ok_and(|all| all.contains_key(&college.teacher)));
    assert!(releases::census(&db, &make).await.is_ok());
    assert!(releases::practitioners(&db, &make).await.is_ok_and(|(all, _)| all > 0));
}
