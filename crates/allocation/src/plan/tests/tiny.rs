//! Instances small enough to try every plan, out of a seed.

use crate::plan::chance::Chance;
use crate::plan::instance::{Block, Instance, Need, Practitioner, Previous, Site, Skill, State, Travel, Weights};
use crate::plan::solution::{Assignment, Solution};
use crate::plan::{judge, rules};

fn number(chance: &mut Chance, low: i64, high: i64) -> i64 {
    low + i64::try_from(chance.below(usize::try_from(high - low + 1).unwrap())).unwrap()
}

fn some(chance: &mut Chance, of: usize, one_in: usize) -> Vec<usize> {
    (0..of).filter(|_| chance.below(one_in) == 0).collect()
}

fn practitioner(chance: &mut Chance, sites: usize) -> Practitioner {
    let blocks = 1 + chance.below(3);
    let blocks: Vec<Block> = (0..blocks)
        .map(|_| Block { mask: 1 << chance.below(4) | 1 << chance.below(4), cap: number(chance, 0, 5) })
        .collect();
    let skill =
        |chance: &mut Chance| Skill { tag: chance.below(2), phase: chance.below(2), strength: 1 + chance.below(3) };
    Practitioner {
        home: chance.below(sites),
        skills: (0..3).map(|_| skill(chance)).collect(),
        cap: number(chance, 1, 9),
        blocks,
        travel_minutes: number(chance, 0, 400),
        max_one_way: number(chance, 10, 60),
        max_sites: number(chance, 0, 4),
        new: chance.below(4) == 0,
        existing: some(chance, sites, 3),
        conflict_sites: some(chance, sites, 6),
    }
}

fn need(chance: &mut Chance, sites: usize, people: usize) -> Need {
    let min = number(chance, 1, 3);
    let mut choice = some(chance, people, 3);
    chance.shuffle(&mut choice);
    Need {
        site: chance.below(sites),
        tag: chance.below(2),
        phase: chance.below(2),
        min,
        max: min + number(chance, 0, 2),
        vmin: number(chance, 0, 4_000),
        vextra: number(chance, 0, 600),
        mask: u16::try_from(number(chance, 1, 15)).unwrap(),
        only: !choice.is_empty() && chance.below(4) == 0,
        choice,
        block: some(chance, people, 10),
    }
}

/// The instance of a seed: up to three practitioners and five needs; every third seed has a plan before.
pub fn instance(seed: u64) -> Instance {
    let chance = &mut Chance::new(seed);
    let (sites, people, needs) = (1 + chance.below(4), 1 + chance.below(3), 1 + chance.below(5));
    let place = |chance: &mut Chance| Site {
        x: number(chance, 0, 20_000),
        y: number(chance, 0, 20_000),
        authority: number(chance, 0, 1),
        outcome: chance.below(3),
    };
    let mut instance = Instance {
        name: format!("tiny-{seed}"),
        unit: "hour".to_owned(),
        exclude_home: chance.below(2) == 0,
        phase_quality: vec![vec![100, 70], vec![0, 100]],
        strength_quality: vec![0, 65, 85, 100],
        tags: vec!["one".to_owned(), "other".to_owned()],
        outcomes: vec!["good".to_owned(), "weak".to_owned(), "special".to_owned()],
        challenging_outcome: 2,
        travel: Travel {
            base_min: 5,
            detour_num: 13,
            detour_den: 10,
            urban_m: 8_000,
            urban_m_per_min: 467,
            open_m_per_min: 1_000,
        },
        weights: Weights {
            travel_cost: 1,
            continuity: 300,
            choice: vec![400, 200, 100],
            setup: 250,
            cross_authority: 150,
            tier_pct: vec![60, 80, 95],
            tier_cost: vec![20, 60, 150],
            change: [200, 800, 3_000],
        },
        max_changes: None,
        sites: (0..sites).map(|_| place(chance)).collect(),
        practitioners: (0..people).map(|_| practitioner(chance, sites)).collect(),
        needs: (0..needs).map(|_| need(chance, sites, people)).collect(),
        previous: Vec::new(),
    };
    if seed.is_multiple_of(3) {
        previous(chance, &mut instance);
    }
    instance
}

fn previous(chance: &mut Chance, instance: &mut Instance) {
    for need in 0..instance.needs.len() {
        if chance.below(2) == 0 {
            let practitioner = chance.below(instance.practitioners.len());
            let state = [State::Offered, State::Accepted, State::Started][chance.below(3)];
            instance.previous.push(Previous { need, practitioner, dose: Some(instance.needs[need].min), state });
        }
    }
    if crate::plan::pins::consistent(instance).is_err() {
        instance.previous.retain(|line| line.state != State::Started);
    }
    if chance.below(2) == 0 {
        instance.max_changes = Some(chance.below(3));
    }
}

/// The best of all plans; none where none keeps to everything.
pub fn best(instance: &Instance) -> Option<i64> {
    fn go(instance: &Instance, need: usize, lines: &mut Vec<Assignment>, best: &mut Option<i64>) {
        if need == instance.needs.len() {
            let verdict = judge(instance, &Solution { instance: String::new(), assign: lines.clone() });
            if verdict.breaches.is_empty() {
                *best = Some(best.map_or(verdict.parts.total(), |best| best.max(verdict.parts.total())));
            }
            return;
        }
        go(instance, need + 1, lines, best);
        for practitioner in 0..instance.practitioners.len() {
            let Ok(fit) = rules::fit(instance, practitioner, need) else { continue };
            for units in instance.needs[need].min..=fit.most {
                lines.push(Assignment { need, practitioner, units });
                go(instance, need + 1, lines, best);
                lines.pop();
            }
        }
    }
    let mut found = None;
    go(instance, 0, &mut Vec::new(), &mut found);
    found
}
