//! Figures of the college, as the store holds them.

use domain::ids::MilestoneId;
use domain::indicators::{Figure, Group, Indicator, Place};
use domain::milestones::{Kind, Milestone};
use policies::acts::{EnterFigure, KeepMilestone, SeeIndicators};
use store::{Db, indicators, milestones};
use uuid::Uuid;

use crate::college::{College, House, today};

/// The marks of an identifier drawn by chance.
const RANDOM: u128 = 0x4000_8000_0000_0000_0000;

fn figure(indicator: Indicator, counted: i64) -> Figure {
    Figure { place: Place { indicator, term: (2025, 3), area: None, group: None }, counted, of: 40, entered: today() }
}

fn of_women(counted: i64) -> Figure {
    let mut one = figure(Indicator::Success, counted);
    one.place.group = Some(Group::Women);
    one
}

fn milestone(number: u128, words: &str) -> Milestone {
    Milestone {
        id: MilestoneId(Uuid::from_u128(RANDOM | number)),
        day: today(),
        kind: Kind::College,
        words: words.to_owned(),
    }
}

/// One of the whole college, one of an area, one of a group, and a milestone.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let permit = house.permit::<EnterFigure>(&lead, &college.facts, &());
    indicators::enter(db, &permit, &figure(Indicator::Observations, 31)).await.expect("entered");
    let (area, _) = indicators::areas(db, &permit).await.expect("readable").remove(0);
    let mut of_area = figure(Indicator::Attendance, 20);
    of_area.place.area = Some(area);
    indicators::enter(db, &permit, &of_area).await.expect("entered");
    indicators::enter(db, &permit, &of_women(20)).await.expect("entered");
    let permit = house.permit::<KeepMilestone>(&lead, &college.facts, &());
    milestones::keep(db, &permit, &milestone(1, "New timetable")).await.expect("written");
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
    assert_eq!((all.len(), all[1], all[2]), (3, figure(Indicator::Observations, 31), of_women(20)));
    assert!(all[0].place.area.is_some());
    let corrected = figure(Indicator::Observations, 13);
    indicators::enter(&db, &enter, &corrected).await.expect("corrected");
    assert_eq!(indicators::all(&db, &enter).await.expect("readable")[1], corrected);
    indicators::remove(&db, &enter, &corrected.place).await.expect("taken off");
    assert_eq!(indicators::all(&db, &see).await.expect("readable"), [all[0], all[2]]);
}

/// R-FIG-8
#[tokio::test]
async fn a_figure_of_a_group_stands_beside_that_of_everybody() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let enter = house.permit::<EnterFigure>(&lead, &college.facts, &());
    let everybody = figure(Indicator::Success, 33);
    indicators::enter(&db, &enter, &everybody).await.expect("entered");
    indicators::enter(&db, &enter, &of_women(21)).await.expect("corrected");
    let of_success = async || -> Vec<Figure> {
        let all = indicators::all(&db, &enter).await.expect("readable");
        all.into_iter().filter(|one| one.place.indicator == Indicator::Success).collect()
    };
    assert_eq!(of_success().await, [everybody, of_women(21)]);
    indicators::remove(&db, &enter, &everybody.place).await.expect("taken off");
    assert_eq!(of_success().await, [of_women(21)]);
    indicators::remove(&db, &enter, &of_women(21).place).await.expect("taken off");
    assert_eq!(of_success().await, []);
}

/// R-FIG-12
#[tokio::test]
async fn a_milestone_is_written_down_changed_and_removed() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let see = house.permit::<SeeIndicators>(&lead, &college.facts, &());
    let keep = house.permit::<KeepMilestone>(&lead, &college.facts, &());
    let changed = Milestone { kind: Kind::Inspection, ..milestone(1, "good") };
    milestones::keep(&db, &keep, &changed).await.expect("changed");
    milestones::keep(&db, &keep, &milestone(2, "Practitioners began")).await.expect("written");
    assert_eq!(milestones::all(&db, &see).await.expect("readable"), [changed, milestone(2, "Practitioners began")]);
    let first = MilestoneId(Uuid::from_u128(RANDOM | 1));
    assert!(milestones::remove(&db, &keep, first).await.expect("removed"));
    assert!(!milestones::remove(&db, &keep, first).await.expect("nothing to remove"));
    assert_eq!(milestones::all(&db, &keep).await.expect("readable").len(), 1);
    assert!(indicators::begun(&db, &see).await.expect("readable").is_none_or(|at| at.as_second() > 0));
}
