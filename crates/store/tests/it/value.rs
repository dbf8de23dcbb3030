//! What a year cost and what came of it, as the store holds it.

use domain::cover::Pence;
use domain::minutes::Minutes;
use domain::value::{Benefit, Ground, Stated};
use policies::acts::{SeeValue, SetValue};
use store::{Db, value};

use crate::college::{College, House};

fn stated() -> Stated {
    Stated {
        posts: 5,
        remitted_each: Minutes(9_000),
        hour: Some(Pence(4_150)),
        places: Some(12),
        asked: "Keep five posts.".into(),
        ..Stated::default()
    }
}

fn benefit(house: &House, ground: Ground) -> Benefit {
    Benefit { id: house.fresh(), what: "Attendance rose.".into(), source: "The registers".into(), ground }
}

/// A year with a benefit.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let permit = house.permit::<SetValue>(&lead, &college.facts, &());
    let whole = Stated {
        uplift_each: Some(Pence(1)),
        cover: Some(Pence(1)),
        travel: Some(Pence(1)),
        training: Some(Pence(1)),
        ..stated()
    };
    value::set(db, &permit, 2024, &whole).await.expect("entered");
    value::name_benefit(db, &permit, 2024, &benefit(house, Ground::Said)).await.expect("named");
}

/// R-VAL-7 R-VAL-9
#[tokio::test]
async fn a_year_is_read_as_it_was_entered_and_entered_again_in_its_place() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let (see, set) =
        (house.permit::<SeeValue>(&lead, &college.facts, &()), house.permit::<SetValue>(&lead, &college.facts, &()));
    value::set(&db, &set, 2025, &stated()).await.expect("entered");
    let fewer = Stated { posts: 4, hour: None, ..stated() };
    value::set(&db, &set, 2025, &fewer).await.expect("entered again");
    let years = value::years(&db, &see).await.expect("readable");
    assert_eq!(years.iter().map(|(year, _)| *year).collect::<Vec<_>>(), [2025, 2024]);
    assert_eq!((&years[0].1, years[1].1.posts), (&fewer, 5));
    let all = [benefit(&house, Ground::Coincides), benefit(&house, Ground::Said)];
    for one in &all {
        value::name_benefit(&db, &set, 2025, one).await.expect("named");
    }
    let read = value::benefits(&db, &see, 2025).await.expect("readable");
    assert_eq!(read, [all[1].clone(), all[0].clone()], "the weakest first");
    assert!(value::take_off(&db, &set, all[1].id).await.expect("taken off"));
    assert!(!value::take_off(&db, &set, all[1].id).await.expect("not there"));
    assert_eq!(value::benefits(&db, &set, 2025).await.expect("readable"), all[..1]);
}
