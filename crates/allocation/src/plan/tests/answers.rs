//! Reasons, repairs, recommendations and what-ifs beside plans worked out anew.

use super::*;
use crate::plan::explain::{Unserved, Why, WhyNot, forced, why, why_not};
use crate::plan::rules::fit;
use crate::plan::what_if::{Step, by_hand, more_hours, smallest, what_if};

fn value(instance: &Instance, solution: &Solution) -> i64 {
    let verdict = judge(instance, solution);
    assert!(verdict.breaches.is_empty(), "{:?}", verdict.breaches);
    verdict.parts.total()
}

/// R-ALL-8
#[test]
fn the_difference_of_a_recommendation_is_that_of_the_plan_with_it() {
    for seed in 0..400 {
        let instance = tiny::instance(seed * 3 + 1);
        let graph = Graph::new(&instance);
        let plan = planned(&instance, 20).solution;
        for need in 0..instance.needs.len() {
            let mut without = plan.clone();
            without.assign.retain(|line| line.need != need);
            let laid = OpenPlan::new(&instance, &graph, &without);
            assert_eq!(laid.value(), value(&instance, &without));
            let offers = recommend(&laid, need);
            assert!(offers.iter().zip(offers.iter().skip(1)).all(|(one, next)| one.gain >= next.gain));
            for offer in offers {
                let mut with = without.clone();
                with.assign.push(Assignment { need, practitioner: offer.practitioner, units: offer.units });
                assert_eq!(value(&instance, &with) - value(&instance, &without), offer.gain, "{seed}");
                assert_eq!(by_hand(&laid, need, Some(offer.practitioner)), Some(value(&instance, &with)));
            }
        }
    }
}

/// R-ALL-10
#[test]
fn every_need_has_a_reason_and_its_numbers_are_those_of_the_plan() {
    let (mut served, mut displaced) = (0, 0);
    for seed in 0..400 {
        let instance = tiny::instance(seed);
        let graph = Graph::new(&instance);
        let outcome = planned(&instance, 60);
        let plan = outcome.solution;
        let laid = OpenPlan::new(&instance, &graph, &plan);
        for need in 0..instance.needs.len() {
            match why(&laid, need) {
                Why::Served(reason) => {
                    let mut without = plan.clone();
                    without.assign.retain(|line| line.need != need);
                    if judge(&instance, &without).breaches.is_empty() {
                        assert_eq!(
                            reason.parts.total(),
                            value(&instance, &plan) - value(&instance, &without),
                            "{seed}"
                        );
                        served += 1;
                    }
                }
                Why::Unserved(Unserved::Full { practitioner, displaced: way }) => {
                    let mut with = plan.clone();
                    with.assign.retain(|line| !way.needs.contains(&line.need));
                    with.assign.push(Assignment { need, practitioner, units: way.units });
                    if judge(&instance, &with).breaches.is_empty() {
                        assert_eq!(value(&instance, &with) - laid.value(), way.gain, "{seed}");
                        assert!(!outcome.progress.optimal() || way.gain <= 0, "{seed}");
                        displaced += 1;
                    }
                }
                Why::Unserved(Unserved::NotWorth(offer)) => {
                    assert!(offer.gain <= 0 || !outcome.progress.optimal(), "{seed} {offer:?}");
                }
                Why::Unserved(Unserved::Nobody(rules)) => {
                    let people: usize = rules.iter().map(|(_, count)| count).sum();
                    assert_eq!(people, instance.practitioners.len());
                }
                Why::Unserved(Unserved::Pinned) => {}
            }
        }
    }
    assert!(served > 100 && displaced > 10, "{served} {displaced}");
}

/// R-ALL-10
#[test]
fn why_not_gives_the_first_rule_or_what_is_short() {
    for seed in 0..300 {
        let instance = tiny::instance(seed);
        let graph = Graph::new(&instance);
        let plan = planned(&instance, 20).solution;
        let laid = OpenPlan::new(&instance, &graph, &plan);
        for need in 0..instance.needs.len() {
            for who in 0..instance.practitioners.len() {
                match why_not(&laid, need, who) {
                    WhyNot::Serves => assert_eq!(laid.server(need), Some(who)),
                    WhyNot::Unfit(unfit) => assert_eq!(fit(&instance, who, need), Err(unfit)),
                    WhyNot::WorthLess { .. } => assert!(by_hand(&laid, need, Some(who)).is_some()),
                    WhyNot::Full { .. } => assert_eq!(by_hand(&laid, need, Some(who)), None),
                }
            }
        }
    }
}

/// R-ALL-10
#[test]
fn a_forced_line_costs_what_the_best_plan_with_it_is_worth_less() {
    let instance = read(&public("college-s-1.json.gz")).unwrap();
    let graph = Graph::new(&instance);
    let plan = planned(&instance, 300).solution;
    let laid = OpenPlan::new(&instance, &graph, &plan);
    let (need, who) = (0..50)
        .flat_map(|need| (0..5).map(move |who| (need, who)))
        .find(|(need, who)| laid.server(*need) != Some(*who) && graph.between(*who, *need).is_some())
        .unwrap();
    let (worth, with) = forced(&laid, need, who, Options { iterations: 100, ..Options::default() }).unwrap();
    assert_eq!(worth, value(&instance, &with));
    assert!(with.assign.iter().any(|line| line.need == need && line.practitioner == who));
    assert!(worth <= 247_886);
}

/// R-ALL-7
#[test]
fn a_repair_leaves_everybody_else_alone() {
    let mut instance = read(&public("lea-1.json.gz")).unwrap();
    let plan: Solution = serde_json::from_slice(&public("lea-1.best.json.gz")).unwrap();
    let ill = plan.assign[0].practitioner;
    let lost: Vec<usize> = plan.assign.iter().filter(|line| line.practitioner == ill).map(|line| line.need).collect();
    instance.practitioners[ill].cap = 0;
    let graph = Graph::new(&instance);
    let mended = repair(&instance, &graph, &plan, &lost, 20, 1);
    let mut left = plan.clone();
    left.assign.retain(|line| line.practitioner != ill);
    assert!(value(&instance, &mended) >= value(&instance, &left));
    let near = |who: usize| who == ill || lost.iter().any(|need| graph.between(who, *need).is_some());
    for change in difference(&plan, &mended) {
        let people = [change.before, change.now].into_iter().flatten();
        assert!(people.clone().all(|(who, _)| near(who)), "{change:?}");
    }
    assert_eq!(difference(&plan, &plan), []);
}

/// R-ALL-11
#[test]
fn more_hours_are_never_worth_less_and_the_smallest_change_serves_the_need() {
    let mut tried = 0;
    for seed in 0..150 {
        let instance = tiny::instance(seed * 3 + 2);
        let before = planned(&instance, 100);
        let options = Options { iterations: 100, ..Options::default() };
        let more = what_if(&instance, &before, (options, |_| true), |other| more_hours(other, 0, 2));
        assert!(more.gain >= -more.doubt, "{seed} {more:?}");
        let graph = Graph::new(&instance);
        let laid = OpenPlan::new(&instance, &graph, &before.solution);
        for need in (0..instance.needs.len()).filter(|need| laid.server(*need).is_none()) {
            let Some(change) = smallest(&laid, need).into_iter().next() else { continue };
            let mut other = instance.clone();
            let who = &mut other.practitioners[change.practitioner];
            for step in &change.steps {
                match *step {
                    Step::Hours(units) => who.cap += units,
                    Step::Blocks(set, units) => {
                        let bit = usize::try_from(set.trailing_zeros()).unwrap();
                        who.blocks[bit].cap += units;
                    }
                    Step::Travel(minutes) => who.travel_minutes += minutes,
                    Step::Site => who.max_sites += 1,
                    Step::OneWay(_) | Step::Dose(_) => {}
                }
            }
            if change.steps.iter().any(|step| matches!(step, Step::OneWay(_) | Step::Dose(_))) {
                continue;
            }
            let graph = Graph::new(&other);
            let laid = OpenPlan::new(&other, &graph, &before.solution);
            let hours_of_blocks: i64 =
                other.practitioners[change.practitioner].blocks.iter().map(|block| block.cap).sum();
            if hours_of_blocks >= other.practitioners[change.practitioner].cap {
                assert!(by_hand(&laid, need, Some(change.practitioner)).is_some(), "{seed} {change:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 10, "{tried}");
}

/// R-ALL-9
#[test]
fn whoever_was_wanted_more_and_serves_something_lighter_is_reported_with_the_cost() {
    let instance = read(&public("college-m-1.json.gz")).unwrap();
    let graph = Graph::new(&instance);
    let outcome = planned(&instance, 100);
    let report = report(&instance, &graph, &outcome.solution, &outcome.progress);
    assert!(report.feasible);
    assert_eq!(report.value, outcome.progress.value.unwrap());
    assert_eq!(report.tiers.iter().map(|tier| tier.served).sum::<usize>(), outcome.solution.assign.len());
    let laid = OpenPlan::new(&instance, &graph, &outcome.solution);
    assert!(!report.justified_envy.is_empty());
    for envy in report.justified_envy {
        let gain = laid.exchange(envy.need, envy.practitioner, envy.instead).unwrap();
        assert_eq!(envy.cost, -gain);
        assert_eq!(laid.server(envy.instead), Some(envy.practitioner));
    }
}
