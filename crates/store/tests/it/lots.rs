//! Recorded lots, as the store holds them: drawn once or given up once, never taken back.

use domain::lots::{Plan, Step, TermOf};
use domain::people::Role;
use jiff::civil::date;
use policies::acts::{AddLotWords, GiveUpLot, OpenLot, SeeLots};
use policies::facts::PersonFacts;
use store::lots::{self, Draw, Fate, Lot};
use store::{Db, Fault};

use crate::college::{College, House};

/// Somebody who is a senior leader besides.
async fn leader(house: &House, db: &Db, college: &College) -> PersonFacts {
    let manager = house.person(db, college.facts.institution, college.manager).await;
    PersonFacts { roles: manager.roles.with(Role::SeniorLeader), ..manager }
}

async fn waiting(house: &House, db: &Db, college: &College) -> Lot {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let open = house.permit::<OpenLot>(&lead, &college.facts, &());
    let areas = lots::areas(db, &open).await.expect("readable");
    let day = date(2027, 1, 4);
    let term = TermOf { at: (2026, 2), words: "Spring term 2027".to_owned(), starts: day, ends: day };
    let plan = Plan { areas, steps: vec![Step { term, count: 1 }] };
    let (seed, commitment) = ("a seed".to_owned(), "its hash".to_owned());
    let at = "2026-11-24T09:00:00Z".parse().expect("a time");
    Lot { id: house.fresh(), opened_at: at, opened_by: college.lead, plan, seed, commitment, fate: Fate::Waits }
}

fn drawn() -> Draw {
    let order = vec!["Maths".to_owned(), "Art".to_owned()];
    Draw { at: "2026-11-25T09:00:00Z".parse().expect("a time"), words: "blue kettle".to_owned(), order }
}

/// One that was drawn, and one that was given up.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    let leader = leader(house, db, college).await;
    let open = house.permit::<OpenLot>(&lead, &college.facts, &());
    let add = house.permit::<AddLotWords>(&leader, &college.facts, &());
    let (one, other) = (waiting(house, db, college).await, waiting(house, db, college).await);
    for lot in [&one, &other] {
        lots::open(db, &open, lot).await.expect("opened");
    }
    lots::draw(db, &add, (one.id, &drawn())).await.expect("drawn");
    let give_up = house.permit::<GiveUpLot>(&lead, &college.facts, &());
    lots::give_up(db, &give_up, (other.id, date(2026, 11, 26), "for the test")).await.expect("given up");
}

/// R-CAU-18 R-CAU-20
#[tokio::test]
async fn a_lot_is_drawn_or_given_up_once_and_read_as_it_was_kept() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = house.person(&db, college.facts.institution, college.lead).await;
    let leader = leader(&house, &db, &college).await;
    let see = house.permit::<SeeLots>(&lead, &college.facts, &());
    let (open, add, give_up) = (
        house.permit::<OpenLot>(&lead, &college.facts, &()),
        house.permit::<AddLotWords>(&leader, &college.facts, &()),
        house.permit::<GiveUpLot>(&lead, &college.facts, &()),
    );
    let lot = waiting(&house, &db, &college).await;
    lots::open(&db, &open, &lot).await.expect("opened");
    let find = async || {
        let all = lots::all(&db, &see).await.expect("readable");
        assert_eq!(all.len(), 3);
        all.into_iter().find(|one| one.id == lot.id).expect("there")
    };
    assert_eq!(find().await, lot);
    lots::draw(&db, &add, (lot.id, &drawn())).await.expect("drawn");
    assert_eq!(find().await, Lot { fate: Fate::Drawn(drawn()), ..lot.clone() });
    let again = Draw { words: "red kettle".to_owned(), ..drawn() };
    assert!(matches!(lots::draw(&db, &add, (lot.id, &again)).await, Err(Fault::Missing(_))));
    let late = lots::give_up(&db, &give_up, (lot.id, date(2026, 11, 27), "too late")).await;
    assert!(matches!(late, Err(Fault::Missing(_))));
    assert_eq!(find().await.draw(), Some(&drawn()), "as it was");
}
