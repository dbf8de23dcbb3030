use super::*;
use domain::ids::{AreaId, PersonId};
use domain::period::Term;
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

fn term() -> Term {
    Term { name: "Autumn".to_owned(), starts: date(2026, 9, 1), ends: date(2026, 12, 18) }
}

fn hand(at: usize, hours: i64, knows: Vec<usize>) -> Hand {
    Hand { person: PersonId(Uuid::from_u128(at as u128)), name: format!("P{at}"), hours, knows }
}

fn area(at: usize, (least, most): (i64, i64), now: Option<usize>, suits: Vec<Option<i64>>) -> Work {
    let which = Which::Area(AreaId(Uuid::from_u128(1000 + at as u128)));
    Work { which, title: format!("A{at}"), least, most, now, suits, place: at }
}

fn picture(hands: Vec<Hand>, work: Vec<Work>) -> Picture {
    let places = work.len() + 1;
    let hands = hands.into_iter().map(|mut hand| {
        hand.knows.push(places - 1);
        hand
    });
    Picture { term: term(), hands: hands.collect(), work, shared: Vec::new(), places }
}

prop_compose! {
    fn some_picture()(
        hours in prop::collection::vec(0i64..40, 1..5),
        work in prop::collection::vec((1i64..8, 0i64..12, 0usize..6, prop::collection::vec(0i64..4, 5)), 1..8),
    ) -> Picture {
        let count = hours.len();
        let all: Vec<Work> = work.into_iter().enumerate().map(|(at, (least, more, now, suits))| {
            let suits = suits.into_iter().take(count).map(|one| [None, Some(65), Some(85), Some(100)][one as usize]).collect();
            area(at, (least, least + more), Some(now).filter(|now| *now < count), suits)
        }).collect();
        let knows = |at: usize| all.iter().filter(|work| work.now == Some(at)).map(|work| work.place).collect();
        let hands = hours.into_iter().enumerate().map(|(at, hours)| hand(at, hours, knows(at))).collect();
        picture(hands, all)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    /// R-ALL-15: what the page weighs is what the engine plans for, so its bound holds for what is chosen by hand.
    #[test]
    fn no_choice_within_the_hours_is_worth_more_than_the_bound(picture in some_picture(), picks in prop::collection::vec(0usize..6, 8)) {
        let scales = Scales::new(&picture);
        let (best, progress) = scales.best();
        let weighed = scales.weigh(&best);
        prop_assert!(weighed.shares.iter().all(|share| share.over == 0));
        prop_assert!(weighed.value >= progress.value.unwrap());
        prop_assert!(weighed.value <= progress.bound.unwrap());
        let by_hand: Vec<Option<usize>> =
            picks.iter().take(picture.work.len()).map(|pick| Some(*pick).filter(|pick| *pick < picture.hands.len())).collect();
        let weighed = scales.weigh(&by_hand);
        if weighed.shares.iter().all(|share| share.over == 0) {
            prop_assert!(weighed.value <= progress.bound.unwrap());
        }
    }

    /// R-ALL-16: the cost beside a choice is exactly what the allocation loses by it.
    #[test]
    fn what_a_choice_costs_is_what_is_lost(picture in some_picture()) {
        let scales = Scales::new(&picture);
        let (best, _) = scales.best();
        let weighed = scales.weigh(&best);
        for (work, row) in weighed.rows.iter().enumerate() {
            for choice in &row.choices {
                let mut other = best.clone();
                other[work] = choice.hand;
                let after = scales.weigh(&other);
                prop_assert_eq!(weighed.value - after.value, choice.cost);
                let over = choice.hand.map_or(0, |hand| after.shares[hand].over);
                prop_assert_eq!(over, choice.over);
            }
        }
    }
}

/// R-ALL-13
#[test]
fn nobody_looks_after_an_area_in_which_they_stand_above_somebody() {
    let work = vec![area(0, (2, 6), Some(0), vec![None, Some(100)]), area(1, (2, 6), None, vec![None, None])];
    let picture = picture(vec![hand(0, 30, vec![0]), hand(1, 30, vec![])], work);
    let scales = Scales::new(&picture);
    let (best, progress) = scales.best();
    assert!(progress.optimal());
    assert_eq!(best, [Some(1), None]);
    let weighed = scales.weigh(&picture.now());
    assert_eq!(weighed.rows[0].hand, None, "as it is counts as done by nobody");
    assert_eq!(weighed.rows[1].choices, [Choice { hand: None, cost: 0, over: 0 }]);
    assert_eq!(weighed.rows[1].could, None);
}

/// R-ALL-15
#[test]
fn work_for_which_nobody_has_hours_says_who_could_with_the_fewest_more() {
    let whole = vec![Some(100), Some(100)];
    let work = vec![
        area(0, (10, 10), Some(0), whole.clone()),
        area(1, (10, 10), Some(1), whole.clone()),
        area(2, (8, 8), None, whole),
    ];
    let picture = picture(vec![hand(0, 12, vec![0]), hand(1, 15, vec![1])], work);
    let scales = Scales::new(&picture);
    let (best, _) = scales.best();
    assert_eq!(best, [Some(0), Some(1), None]);
    let weighed = scales.weigh(&best);
    assert_eq!(weighed.rows[2].could, Some((1, 3)), "15 h less 10 h leave 5 h of 8 h");
    let full = scales.weigh(&[Some(0), Some(1), Some(1)]);
    assert_eq!(full.shares[1].over, 3);
    let choices: Vec<(Option<usize>, i64)> = weighed.rows[2].choices.iter().map(|one| (one.hand, one.over)).collect();
    assert_eq!(choices, [(Some(1), 3), (Some(0), 6), (None, 0)], "the fewest hours too many first");
}

/// R-ALL-18
#[test]
fn more_hours_are_worth_what_they_make_possible_and_nothing_where_hours_are_not_lacking() {
    let whole = vec![Some(100), Some(100)];
    let work = vec![area(0, (10, 10), Some(0), whole.clone()), area(1, (8, 8), None, whole)];
    let base = || picture(vec![hand(0, 12, vec![0]), hand(1, 3, vec![])], work.clone());
    let answer = what_if::supposed(base(), (0, 10));
    assert_eq!(answer.changes(), [1]);
    assert_eq!((answer.before.rows[1].hand, answer.then.rows[1].hand), (None, Some(0)));
    assert_eq!(answer.then.rows[1].hours, 8);
    assert!(answer.gain > 0 && answer.doubt == 0, "{answer:?}");
    let fewer = what_if::supposed(base(), (0, -5));
    assert!(fewer.gain < 0, "{fewer:?}");
    let none = what_if::supposed(base(), (1, 1));
    assert_eq!((none.gain, none.changes()), (0, vec![]));
    let back = what_if::supposed(picture(vec![hand(0, 22, vec![0]), hand(1, 3, vec![])], work.clone()), (0, -10));
    assert_eq!(back.gain, -answer.gain, "what they bring is what it costs to lose them");
}

/// R-ALL-16
#[test]
fn who_does_it_now_goes_on_unless_somebody_else_is_worth_the_change() {
    let whole = vec![Some(100), Some(100)];
    let one = picture(vec![hand(0, 20, vec![0]), hand(1, 20, vec![])], vec![area(0, (2, 6), Some(0), whole.clone())]);
    let scales = Scales::new(&one);
    assert_eq!(scales.best().0, [Some(0)]);
    let cost = scales.weigh(&[Some(0)]).rows[0].choices[1].cost;
    assert_eq!(cost, 800 + 300 + 250, "the change, what both know of each other, and beginning anew");
    let full = picture(vec![hand(0, 1, vec![0]), hand(1, 20, vec![])], vec![area(0, (2, 6), Some(0), whole)]);
    assert_eq!(Scales::new(&full).best().0, [Some(1)]);
}

/// R-ALL-17
#[test]
fn a_mark_changes_with_whatever_is_looked_at() {
    let base = || picture(vec![hand(0, 20, vec![0])], vec![area(0, (2, 6), Some(0), vec![Some(100)])]);
    let mark = base().mark();
    assert_eq!(mark, base().mark());
    let mut other = base();
    other.hands[0].hours = 21;
    assert_ne!(other.mark(), mark);
    let mut other = base();
    other.work[0].now = None;
    assert_ne!(other.mark(), mark);
    let mut other = base();
    other.work[0].suits = vec![None];
    assert_ne!(other.mark(), mark);
}
