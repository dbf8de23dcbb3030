//! Figures of the college, as the store holds them.

use domain::indicators::{Figure, Indicator, Place};
use policies::acts::{EnterFigure, SeeIndicators};
use store::{Db, indicators};

use crate::college::{College, House, today};

fn figure(indicator: Indicator, counted: i64) -> Figure {
    Figure { place: Place { indicator, term: (2025, 3), area: None }, counted, of: 40, entered: today() }
}

/// One of the whole college, and one of an area.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let permit = house.permit::<EnterFigure>(&lead, &college.facts, &());
    indicators::enter(db, &permit, &figure(Indicator::Observations, 31)).await.expect("entered");
    let (area, _) = indicators::areas(db, &permit).await.expect("readable").remove(0);
    let mut of_area = figure(Indicator::Attendance, 20);
    of_area.place.area = Some(area);
    indicators::enter(db, &permit, &of_area).await.expect("entered");
}

/// R-FIG-1, R-FIG-4
#[tokio::test]
async fn a_figure_is_read_as_it_was_entered_corrected_and_taken_off() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let (see, enter) = (
        house.permit::<SeeIndicators>(&lead, &college.facts, &()),
        house.permit::<EnterFigure>(&lead, &college.facts, &()),
    );
    let all = indicators::all(&db, &see).await.expect("readable");
    assert_eq!((all.len(), all[1]), (2, figure(Indicator::Observations, 31)));
    assert!(all[0].place.area.is_some());
    let corrected = figure(Indicator::Observations, 13);
    indicators::enter(&db, &enter, &corrected).await.expect("corrected");
    assert_eq!(indicators::all(&db, &enter).await.expect("readable")[1], corrected);
    indicators::remove(&db, &enter, &corrected.place).await.expect("taken off");
    assert_eq!(indicators::all(&db, &see).await.expect("readable"), all[..1]);
}
