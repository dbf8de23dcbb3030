//! Whether a plan keeps to everything, and what it is worth: worked out from the instance alone, sharing nothing with the
//! search but the rules of one practitioner and one need.
//!
//! Each hard constraint is one function, with one sentence and one reason; a plan that breaks one is not a plan (R-ALL-2).

use super::graph::units;
use super::instance::{Instance, State};
use super::objective::{self, Parts};
use super::rules::{self, Fit, Unfit};
use super::solution::{Assignment, Solution};

/// What a plan breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breach {
    /// A line names a need or a practitioner that does not exist.
    Unknown(Assignment),
    /// A need is served twice.
    Twice {
        /// The need.
        need: usize,
    },
    /// A rule of the two says no.
    Unfit(Assignment, Unfit),
    /// The dose is too small to help, or larger than what is asked for.
    Dose(Assignment),
    /// More units than somebody has.
    Hours {
        /// Who.
        practitioner: usize,
        /// Units given.
        given: i64,
        /// Units there are.
        most: i64,
    },
    /// More units in a set of weekly blocks than it has.
    Blocks {
        /// Who.
        practitioner: usize,
        /// The set, one bit a block.
        set: u16,
        /// Units that only these blocks can take.
        given: i64,
        /// Units they have.
        most: i64,
    },
    /// More travel than somebody has minutes for.
    Travel {
        /// Who.
        practitioner: usize,
        /// Minutes.
        given: i64,
        /// Minutes there are.
        most: i64,
    },
    /// More sites than somebody works at.
    Sites {
        /// Who.
        practitioner: usize,
        /// Sites.
        given: usize,
        /// Sites at most.
        most: i64,
    },
    /// What has begun was moved although it could stay.
    Pin {
        /// The need.
        need: usize,
        /// Who had begun.
        practitioner: usize,
    },
    /// More changes than the limit.
    Changes {
        /// Changes.
        made: usize,
        /// At most.
        most: usize,
    },
}

/// What a plan is worth and what it breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The value, part by part; of a plan that breaks something it means little.
    pub parts: Parts,
    /// Empty for a plan that keeps to everything.
    pub breaches: Vec<Breach>,
    /// Lines of the plan before that are not there any more.
    pub changes: usize,
}

/// One practitioner's lines, each with what the two are to each other.
type Lines = Vec<(Assignment, Fit)>;

/// Judges a plan.
pub fn judge(instance: &Instance, solution: &Solution) -> Verdict {
    let mut verdict = Verdict::default();
    let mut lines: Vec<Lines> = vec![Vec::new(); instance.practitioners.len()];
    for line in served_once(instance, &solution.assign, &mut verdict.breaches) {
        match rules::fit(instance, line.practitioner, line.need) {
            Err(unfit) => verdict.breaches.push(Breach::Unfit(line, unfit)),
            Ok(fit) => {
                verdict.breaches.extend(useful_dose(instance, line));
                verdict.parts += objective::dose(instance, line.practitioner, line.need, &fit, line.units);
                lines.iter_mut().skip(line.practitioner).take(1).for_each(|own| own.push((line, fit)));
            }
        }
    }
    for (practitioner, own) in lines.iter().enumerate() {
        let means = [hours, travel, sites];
        verdict.breaches.extend(means.iter().filter_map(|rule| rule(instance, practitioner, own)));
        verdict.breaches.extend(blocks(instance, practitioner, own));
        verdict.parts += charges(instance, practitioner, own);
    }
    verdict.changes = changes(instance, solution, &mut verdict);
    verdict
}

/// One practitioner a need: whoever is helped knows by whom, and no hour is given twice.
fn served_once(instance: &Instance, lines: &[Assignment], breaches: &mut Vec<Breach>) -> Vec<Assignment> {
    let mut seen = vec![false; instance.needs.len()];
    let mut kept = Vec::with_capacity(lines.len());
    for line in lines {
        let slot = seen.get_mut(line.need).filter(|_| line.practitioner < instance.practitioners.len());
        match slot {
            None => breaches.push(Breach::Unknown(*line)),
            Some(true) => breaches.push(Breach::Twice { need: line.need }),
            Some(seen) => {
                *seen = true;
                kept.push(*line);
            }
        }
    }
    kept
}

/// Nothing or enough: less than the least useful dose helps nobody (the survey's §11), more than is asked for is wasted.
fn useful_dose(instance: &Instance, line: Assignment) -> Option<Breach> {
    let need = instance.needs.get(line.need)?;
    (!(need.min..=need.max).contains(&line.units)).then_some(Breach::Dose(line))
}

/// Nobody gives more units than their remitted share (TIM-07), in which the slow start of somebody new is counted already.
fn hours(instance: &Instance, practitioner: usize, lines: &Lines) -> Option<Breach> {
    let most = instance.practitioners.get(practitioner)?.cap;
    let given = lines.iter().map(|(line, _)| line.units).sum();
    (given > most).then_some(Breach::Hours { practitioner, given, most })
}

/// What only some weekly blocks can take fits into these blocks, for every set of them (TIM-08). By Hall's theorem a
/// calendar that keeps to the blocks then always exists: each need's units can be laid into blocks that suit it.
fn blocks(instance: &Instance, practitioner: usize, lines: &Lines) -> Vec<Breach> {
    let Some(who) = instance.practitioners.get(practitioner) else { return Vec::new() };
    let check = |set: u16| {
        let given = lines.iter().filter(|(_, fit)| fit.compat & !set == 0).map(|(line, _)| line.units).sum();
        let most = units(who, set);
        (given > most).then_some(Breach::Blocks { practitioner, set, given, most })
    };
    (1..1_u16 << who.blocks.len()).filter_map(check).collect()
}

/// Nobody is on the road for more minutes than they have for it: time on the road is time not spent helping (BRK-14).
fn travel(instance: &Instance, practitioner: usize, lines: &Lines) -> Option<Breach> {
    let most = instance.practitioners.get(practitioner)?.travel_minutes;
    let given = lines.iter().map(|(line, fit)| 2 * fit.minutes * line.units).sum();
    (given > most).then_some(Breach::Travel { practitioner, given, most })
}

/// Nobody works at more sites than they can be known at: relationships are what the work lives on.
fn sites(instance: &Instance, practitioner: usize, lines: &Lines) -> Option<Breach> {
    let most = instance.practitioners.get(practitioner)?.max_sites;
    let given = places(instance, lines).len();
    (i64::try_from(given).unwrap_or(i64::MAX) > most).then_some(Breach::Sites { practitioner, given, most })
}

fn places(instance: &Instance, lines: &Lines) -> Vec<usize> {
    let mut sites: Vec<usize> =
        lines.iter().filter_map(|(line, _)| instance.needs.get(line.need)).map(|need| need.site).collect();
    sites.sort_unstable();
    sites.dedup();
    sites
}

/// Set-up of each site once, and load.
fn charges(instance: &Instance, practitioner: usize, lines: &Lines) -> Parts {
    let Some(who) = instance.practitioners.get(practitioner) else { return Parts::default() };
    let setup: i64 = places(instance, lines).iter().map(|site| objective::setup(instance, who, *site)).sum();
    let load = objective::load(instance, who, lines.iter().map(|(line, _)| line.units).sum());
    Parts { setup: -setup, load: -load, ..Parts::default() }
}

/// What has begun stays while it may: nobody is left in the middle. And no more lines change than the limit says: a plan
/// that people have arranged themselves around is worth something as it is.
fn changes(instance: &Instance, solution: &Solution, verdict: &mut Verdict) -> usize {
    let mut now = vec![None; instance.needs.len()];
    for line in &solution.assign {
        now.iter_mut().skip(line.need).take(1).for_each(|slot| *slot = Some(line.practitioner));
    }
    let mut made = 0;
    for line in &instance.previous {
        if now.get(line.need).copied().flatten() == Some(line.practitioner) {
            continue;
        }
        made += 1;
        verdict.parts.change -= instance.weights.change(line.state);
        if line.state == State::Started && rules::fit(instance, line.practitioner, line.need).is_ok() {
            verdict.breaches.push(Breach::Pin { need: line.need, practitioner: line.practitioner });
        }
    }
    if let Some(most) = instance.max_changes.filter(|most| made > *most) {
        verdict.breaches.push(Breach::Changes { made, most });
    }
    made
}
