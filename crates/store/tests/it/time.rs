//! What is planned of practitioners' time, as the store holds it: what was written is read, and one person's only for them.

use domain::cover::{Arrangement, Away, Pence, Per, Training};
use domain::ids::CoverId;
use domain::minutes::Minutes;
use domain::pattern::{Block, CarryState, Half, HalfDay, Pattern};
use domain::planner::{Assumptions, Extras};
use domain::standing::Standing;
use domain::weekly::Weekday;
use policies::acts::{
    AnswerCarry, ArrangeCover, EndCover, ProposeCarry, SayBalance, SeeAllocation, SeeCosts, SeeOwnHours, SeePlanner,
    SetCosts, SetExtras, SetPattern, SetPlanner, SetRemission, SetStanding,
};
use store::cover::{self, Costs, Cover};
use store::{Db, allocation, facts, pattern, planner, standing};

use crate::college::{College, House, today};

fn taken() -> Pattern {
    let (starts, ends) = ("2027-02-01".parse().expect("a day"), "2027-02-12".parse().expect("a day"));
    let half_days = vec![HalfDay { day: Weekday::Tue, half: Half::Afternoon }];
    Pattern { half_days, blocks: vec![Block { starts, ends, time: Minutes::hours(12) }] }
}

fn cover_of(house: &House, college: &College, away: Away) -> Cover {
    let (arrangement, note) = (Arrangement::PartTime, "Handed over on Mondays".to_owned());
    let id: CoverId = house.fresh();
    Cover { id, person: college.practitioner, away, arrangement, note, training: Some(Training::Planned) }
}

fn newsletter(house: &House, college: &College) -> Standing {
    let (title, each_term) = ("Newsletter".to_owned(), Minutes::hours(6));
    Standing { id: house.fresh(), title, each_term, theme: Some(college.theme), person: Some(college.practitioner) }
}

/// Assumptions, extras, half-days, a block, hours to be carried over, a sentence, cover and costs.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let institution = college.facts.institution;
    let lead = house.person(db, institution, college.lead).await;
    let me = house.person(db, institution, college.practitioner).await;
    let own = facts::practice(institution, me.id);
    let set = house.permit::<SetPlanner>(&lead, &college.facts, &());
    planner::set(db, &set, &Assumptions::default()).await.expect("set");
    let extras = Extras { trips: 10, trip: Minutes(30), inductions: 1, outreach: Some(20) };
    let ask = house.permit::<SetExtras>(&lead, &me, &());
    assert!(planner::has_practice(db, &ask).await.expect("readable"));
    planner::set_extras(db, &ask, &Extras::default()).await.expect("set");
    planner::set_extras(db, &ask, &extras).await.expect("again");
    let when = house.permit::<SetPattern>(&lead, &me, &());
    pattern::set(db, &when, &taken()).await.expect("set");
    let propose = house.permit::<ProposeCarry>(&me, &own, &());
    pattern::propose(db, &propose, (2025, Minutes::hours(4))).await.expect("proposed");
    let answer = house.permit::<AnswerCarry>(&lead, &me, &());
    pattern::answer(db, &answer, (2025, CarryState::Agreed)).await.expect("agreed");
    let say = house.permit::<SayBalance>(&me, &own, &());
    pattern::say(db, &say, Some(("Less travel", today()))).await.expect("said");
    let arrange = house.permit::<ArrangeCover>(&me, &me, &());
    let weekly = Away::Weekly("Tue 13:00-16:00".parse().expect("a span"));
    let made = cover_of(house, college, weekly);
    cover::arrange(db, &arrange, &made).await.expect("arranged");
    let stand = house.permit::<SetStanding>(&lead, &college.facts, &());
    let newsletter = newsletter(house, college);
    standing::enter(db, &stand, &newsletter).await.expect("entered");
    standing::enter(db, &stand, &newsletter).await.expect("entered twice");
    let costs = house.permit::<SetCosts>(&lead, &college.facts, &());
    let covers = [(made.id, (Pence(3_150), Per::Hour))].into();
    let uplifts = [(me.id, Pence(224_300))].into();
    cover::set_costs(db, &costs, &Costs { covers, uplifts }).await.expect("set");
}

/// R-TIM-1, R-TIM-5, R-TIM-8, R-TIM-11, R-TIM-12
#[tokio::test]
async fn what_is_planned_is_read_as_it_was_written() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let institution = college.facts.institution;
    let lead = house.person(&db, institution, college.lead).await;
    let me = house.person(&db, institution, college.practitioner).await;
    let see = house.permit::<SeePlanner>(&lead, &college.facts, &());
    let own = house.permit::<SeeOwnHours>(&me, &facts::practice(institution, me.id), &());
    assert_eq!(
        planner::assumptions(&db, &see).await.expect("readable"),
        (Assumptions { required: 25, ..Assumptions::default() }, true)
    );
    let loads = planner::loads(&db, &see, None).await.expect("readable");
    let one = planner::own_load(&db, &own).await.expect("readable").expect("one's own");
    assert_eq!((loads.len(), loads[0].load.clone()), (1, one.load.clone()));
    assert_eq!((one.load.extras.trips, one.load.extras.outreach, one.load.priorities), (10, Some(20), 1));
    assert_eq!(pattern::one(&db, &own).await.expect("readable"), taken());
    assert_eq!(pattern::all(&db, &see).await.expect("readable").remove(&me.id), Some(taken()));
    let carry = pattern::carry(&db, &own, 2025).await.expect("readable").expect("agreed");
    assert_eq!((carry.time, carry.state), (Minutes::hours(4), CarryState::Agreed));
    assert_eq!(pattern::carry(&db, &own, 2024).await.expect("readable"), None);
    assert_eq!(pattern::own_balance(&db, &own).await.expect("readable").expect("said").sentence, "Less travel");
    let all = cover::all(&db, &see).await.expect("readable");
    assert_eq!(all, cover::own(&db, &own).await.expect("readable"));
    assert_eq!(all[0].away.to_string(), "Every Tuesday, 13:00–16:00");
    let costs = cover::costs(&db, &house.permit::<SeeCosts>(&lead, &college.facts, &())).await.expect("readable");
    assert_eq!(costs.covers.get(&all[0].id), Some(&(Pence(3_150), Per::Hour)));
    assert_eq!(costs.uplifts.get(&me.id), Some(&Pence(224_300)));
}

/// R-TIM-11
#[tokio::test]
async fn an_arrangement_for_a_day_is_kept_and_taken_off_with_its_cost() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let institution = college.facts.institution;
    let lead = house.person(&db, institution, college.lead).await;
    let me = house.person(&db, institution, college.practitioner).await;
    let arrange = house.permit::<ArrangeCover>(&lead, &me, &());
    assert!(cover::practises(&db, &arrange).await.expect("readable"));
    let span = "Thu 13:00-16:00".parse().expect("a span");
    let made = cover_of(&house, &college, Away::Once("2026-12-03".parse().expect("a day"), span));
    cover::arrange(&db, &arrange, &made).await.expect("arranged");
    assert_eq!(cover::whose(&db, institution, made.id).await.expect("readable"), Some(me.id));
    let see = house.permit::<SeePlanner>(&lead, &college.facts, &());
    assert_eq!(cover::all(&db, &see).await.expect("readable").last(), Some(&made), "after those of every week");
    let end = house.permit::<EndCover>(&lead, &me, &());
    cover::end(&db, &end, made.id).await.expect("taken off");
    assert_eq!(cover::whose(&db, institution, made.id).await.expect("readable"), None);
    assert_eq!(cover::all(&db, &see).await.expect("readable").len(), 1);
}

/// R-ALL-13, R-ALL-14
#[tokio::test]
async fn standing_work_and_areas_are_read_as_they_were_given() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let institution = college.facts.institution;
    let lead = house.person(&db, institution, college.lead).await;
    let me = house.person(&db, institution, college.practitioner).await;
    let see = house.permit::<SeeAllocation>(&lead, &college.facts, &());
    let set = house.permit::<SetStanding>(&lead, &college.facts, &());
    let own = house.permit::<SeeOwnHours>(&me, &facts::practice(institution, me.id), &());
    let all = standing::all(&db, &see).await.expect("readable");
    let found = Standing { id: all[0].id, ..newsletter(&house, &college) };
    assert_eq!((all.len(), &all[0]), (1, &found), "entered twice, it stands there once");
    assert_eq!(standing::own(&db, &own).await.expect("readable"), all);
    assert_eq!(planner::own_load(&db, &own).await.expect("readable").expect("a year").load.standing, Minutes::hours(6));
    standing::give(&db, &set, (found.id, None)).await.expect("given to nobody");
    assert_eq!(standing::own(&db, &own).await.expect("readable"), []);
    let (candidates, areas) = allocation::chart(&db, &see).await.expect("readable");
    assert_eq!(candidates.iter().map(|one| one.person).collect::<Vec<_>>(), [college.practitioner]);
    let remit = house.permit::<SetRemission>(&lead, &me, &());
    assert!(standing::take_off(&db, &set, found.id).await.expect("taken off"));
    assert!(!standing::take_off(&db, &set, found.id).await.expect("gone"));
    db.commit().await.expect("commit");
    let every: Vec<_> = areas.iter().map(|area| area.area).collect();
    for areas in [Vec::new(), every] {
        let db = house.write().await;
        allocation::nominate(&db, &remit, &areas).await.expect("set");
        db.commit().await.expect("commit");
        let (_, now) = allocation::chart(&house.store.read(), &see).await.expect("readable");
        let own = now.iter().filter(|area| area.nominated == [college.practitioner]).count();
        assert_eq!(own, areas.len(), "{now:?}");
    }
}
