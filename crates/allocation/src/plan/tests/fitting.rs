//! Each rule of one practitioner and one need by itself, and their order.

use super::*;
use crate::plan::instance::Block;
use crate::plan::rules::{Fit, Unfit, fit};

/// One practitioner at site 0 who may serve the one need, at site 1.
fn pair() -> Instance {
    let mut instance = tiny::instance(1);
    instance.sites.resize(2, instance.sites[0]);
    (instance.sites[0].x, instance.sites[0].y, instance.sites[1].x, instance.sites[1].y) = (0, 0, 3_000, 4_000);
    instance.sites[1].outcome = 2;
    instance.exclude_home = true;
    instance.practitioners.truncate(1);
    instance.needs.truncate(1);
    instance.previous.clear();
    let who = &mut instance.practitioners[0];
    (who.home, who.new, who.cap, who.travel_minutes, who.max_one_way) = (0, false, 6, 400, 60);
    who.skills[0] = crate::plan::instance::Skill { tag: 0, phase: 0, strength: 2 };
    who.skills.truncate(1);
    (who.existing, who.conflict_sites) = (vec![], vec![]);
    who.blocks = vec![Block { mask: 0b01, cap: 3 }, Block { mask: 0b10, cap: 5 }];
    let what = &mut instance.needs[0];
    (what.site, what.tag, what.phase, what.mask, what.min, what.max) = (1, 0, 0, 0b10, 2, 9);
    (what.choice, what.block, what.only) = (vec![], vec![], false);
    instance
}

fn with(change: impl FnOnce(&mut Instance)) -> Result<Fit, Unfit> {
    let mut instance = pair();
    change(&mut instance);
    fit(&instance, 0, 0)
}

/// R-ALL-1
#[test]
fn who_fits_does_so_with_quality_minutes_blocks_and_room() {
    // 5,000 m are 6,500 on the road: 5 + 14 minutes.
    assert_eq!(with(|_| {}), Ok(Fit { quality: 85, minutes: 19, compat: 0b10, most: 5 }));
    assert_eq!(with(|one| one.practitioners[0].travel_minutes = 120).map(|fit| fit.most), Ok(3));
    assert_eq!(with(|one| one.practitioners[0].cap = 4).map(|fit| fit.most), Ok(4));
    assert_eq!(with(|one| one.needs[0].phase = 1).map(|fit| fit.quality), Ok(59));
}

/// R-ALL-1
#[test]
fn each_rule_says_no_by_itself() {
    assert_eq!(with(|one| one.needs[0].site = 0), Err(Unfit::Home));
    assert_eq!(with(|one| one.practitioners[0].conflict_sites = vec![1]), Err(Unfit::Conflict));
    assert_eq!(with(|one| one.needs[0].block = vec![0]), Err(Unfit::Blocked));
    assert_eq!(with(|one| one.needs[0].only = true), Err(Unfit::NotListed));
    assert_eq!(with(|one| one.practitioners[0].new = true), Err(Unfit::NewPost));
    assert_eq!(with(|one| one.needs[0].tag = 1), Err(Unfit::Expertise));
    assert_eq!(with(|one| one.practitioners[0].max_one_way = 18), Err(Unfit::Distance { minutes: 19, most: 18 }));
    assert_eq!(with(|one| one.needs[0].min = 6), Err(Unfit::Time { room: 5, least: 6 }));
    assert_eq!(with(|one| one.needs[0].mask = 0b100), Err(Unfit::Time { room: 0, least: 2 }));
}

/// R-ALL-1
#[test]
fn the_first_rule_that_says_no_is_the_answer() {
    let mut instance = pair();
    instance.needs[0].min = 6;
    instance.practitioners[0].max_one_way = 18;
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::Distance { minutes: 19, most: 18 }));
    instance.needs[0].tag = 1;
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::Expertise));
    instance.practitioners[0].new = true;
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::NewPost));
    instance.needs[0].only = true;
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::NotListed));
    instance.needs[0].block = vec![0];
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::Blocked));
    instance.practitioners[0].conflict_sites = vec![1];
    assert_eq!(fit(&instance, 0, 0), Err(Unfit::Conflict));
}

/// R-ALL-2
#[test]
fn each_hard_constraint_is_told_when_it_is_broken() {
    let instance = pair();
    let broken = |lines: &[(usize, usize, i64)], change: &dyn Fn(&mut Instance)| {
        let mut instance = instance.clone();
        change(&mut instance);
        let assign = lines.iter().copied().map(Assignment::from).collect();
        judge(&instance, &Solution { instance: String::new(), assign }).breaches
    };
    let line = |units| Assignment { need: 0, practitioner: 0, units };
    assert_eq!(broken(&[(0, 0, 2)], &|_| {}), []);
    assert_eq!(broken(&[(1, 0, 2)], &|_| {}), [Breach::Unknown(Assignment { need: 1, practitioner: 0, units: 2 })]);
    assert_eq!(broken(&[(0, 0, 2), (0, 0, 2)], &|_| {}), [Breach::Twice { need: 0 }]);
    assert_eq!(broken(&[(0, 0, 1)], &|_| {}), [Breach::Dose(line(1))]);
    assert_eq!(
        broken(&[(0, 0, 5)], &|one| one.practitioners[0].cap = 4),
        [Breach::Hours { practitioner: 0, given: 5, most: 4 }]
    );
    let blocks = [Breach::Blocks { practitioner: 0, set: 2, given: 6, most: 5 }];
    assert_eq!(broken(&[(0, 0, 6)], &|_| {}), blocks);
    let travel = [Breach::Travel { practitioner: 0, given: 190, most: 189 }];
    assert_eq!(broken(&[(0, 0, 5)], &|one| one.practitioners[0].travel_minutes = 189), travel);
    let sites = [Breach::Sites { practitioner: 0, given: 1, most: 0 }];
    assert_eq!(broken(&[(0, 0, 2)], &|one| one.practitioners[0].max_sites = 0), sites);
    let begun = |one: &mut Instance| {
        let state = State::Started;
        one.previous = vec![crate::plan::instance::Previous { need: 0, practitioner: 0, dose: Some(2), state }];
        one.max_changes = Some(0);
    };
    assert_eq!(broken(&[(0, 0, 3)], &begun), []);
    assert_eq!(broken(&[], &begun), [Breach::Pin { need: 0, practitioner: 0 }, Breach::Changes { made: 1, most: 0 }]);
}
