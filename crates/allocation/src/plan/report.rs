//! What a plan comes to, in figures: reported, never planned for.

use super::graph::Graph;
use super::instance::{Instance, State};
use super::judge::judge;
use super::objective::Parts;
use super::rules;
use super::solution::{Assignment, Solution};
use super::solve::Progress;
use serde::Serialize;

/// Needs of one inspection outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The outcome's name.
    pub outcome: String,
    /// Needs at sites with it.
    pub needs: usize,
    /// Of these, served.
    pub served: usize,
    /// Units given to them.
    pub units: i64,
}

/// Somebody was wanted more than whoever came, and serves something less weighty instead (R-ALL-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Envy {
    /// The need that ranks them higher than what it got.
    pub need: usize,
    /// Whom it wanted.
    pub practitioner: usize,
    /// The less weighty need they serve; without it there would be room.
    pub instead: usize,
    /// Points that the plan as a whole would lose by serving the one in place of the other: why it is as it is. Below nought
    /// would be a plan that can be bettered.
    pub cost: i64,
}

/// How much of the capacity is used.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Utilisation {
    /// Units of everybody.
    pub capacity: i64,
    /// Units given.
    pub given: i64,
    /// The least used tenth of practitioners uses at most this share.
    pub tenth: f64,
    /// The most used one uses this share.
    pub most: f64,
}

/// The figures of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The instance.
    pub instance: String,
    /// Points.
    pub value: i64,
    /// No plan is worth more.
    pub bound: Option<i64>,
    /// By how many per cent of the value it could at most be better.
    pub gap_per_cent: Option<f64>,
    /// Whether it is proved that none is better.
    pub optimal: bool,
    /// Whether it keeps to everything.
    pub feasible: bool,
    /// The value, part by part.
    pub parts: Parts,
    /// Needs.
    pub needs: usize,
    /// Needs served.
    pub served: usize,
    /// By inspection outcome.
    pub tiers: Vec<Tier>,
    /// How much is used.
    pub utilisation: Utilisation,
    /// Minutes one way, over units.
    pub mean_minutes: f64,
    /// Sites where somebody begins.
    pub new_relationships: usize,
    /// Lines of the plan before that are not there any more.
    pub changes: usize,
    /// Of these, offered, accepted and started ones.
    pub changed_states: [usize; 3],
    /// Wanted more, and serving something less weighty.
    pub justified_envy: Vec<Envy>,
    /// Iterations done.
    pub iterations: u64,
}

/// Works out the figures.
pub fn report(instance: &Instance, graph: &Graph, solution: &Solution, progress: &Progress) -> Report {
    let verdict = judge(instance, solution);
    let (mean_minutes, new_relationships) = ways(instance, solution);
    Report {
        instance: instance.name.clone(),
        value: verdict.parts.total(),
        bound: progress.bound,
        gap_per_cent: progress.gap(),
        optimal: progress.optimal() && verdict.breaches.is_empty(),
        feasible: verdict.breaches.is_empty(),
        parts: verdict.parts,
        needs: instance.needs.len(),
        served: solution.assign.len(),
        tiers: tiers(instance, solution),
        utilisation: utilisation(instance, solution),
        mean_minutes,
        new_relationships,
        changes: verdict.changes,
        changed_states: changed(instance, solution),
        justified_envy: envy(instance, graph, solution),
        iterations: progress.iterations,
    }
}

fn tiers(instance: &Instance, solution: &Solution) -> Vec<Tier> {
    let count = instance.outcomes.len().max(1);
    let name = |at: usize| instance.outcomes.get(at).cloned().unwrap_or_default();
    let mut tiers: Vec<Tier> = (0..count).map(|at| Tier { outcome: name(at), needs: 0, served: 0, units: 0 }).collect();
    let outcome = |need: usize| {
        let site = instance.needs.get(need).map_or(usize::MAX, |need| need.site);
        instance.sites.get(site).map_or(usize::MAX, |site| site.outcome)
    };
    for need in 0..instance.needs.len() {
        tiers.iter_mut().skip(outcome(need)).take(1).for_each(|tier| tier.needs += 1);
    }
    for line in &solution.assign {
        if let Some(tier) = tiers.get_mut(outcome(line.need)) {
            tier.served += 1;
            tier.units += line.units;
        }
    }
    tiers
}

fn utilisation(instance: &Instance, solution: &Solution) -> Utilisation {
    let mut given = vec![0_i64; instance.practitioners.len()];
    for line in &solution.assign {
        given.iter_mut().skip(line.practitioner).take(1).for_each(|units| *units += line.units);
    }
    let people = instance.practitioners.iter().zip(&given).filter(|(who, _)| who.cap > 0);
    let mut shares: Vec<f64> = people.map(|(who, given)| *given as f64 / who.cap as f64).collect();
    shares.sort_by(f64::total_cmp);
    Utilisation {
        capacity: instance.practitioners.iter().map(|who| who.cap).sum(),
        given: given.iter().sum(),
        tenth: shares.get(shares.len() / 10).copied().unwrap_or(0.0),
        most: shares.last().copied().unwrap_or(0.0),
    }
}

fn ways(instance: &Instance, solution: &Solution) -> (f64, usize) {
    let (mut minutes, mut units) = (0, 0);
    let mut begun: Vec<(usize, usize)> = Vec::new();
    for line in &solution.assign {
        let (Some(who), Some(what)) = (instance.practitioners.get(line.practitioner), instance.needs.get(line.need))
        else {
            continue;
        };
        minutes += instance.minutes(who.home, what.site) * line.units;
        units += line.units;
        if who.existing.binary_search(&what.site).is_err() {
            begun.push((line.practitioner, what.site));
        }
    }
    begun.sort_unstable();
    begun.dedup();
    (minutes as f64 / (units.max(1)) as f64, begun.len())
}

fn changed(instance: &Instance, solution: &Solution) -> [usize; 3] {
    let mut counts = [0; 3];
    let [offered, accepted, started] = &mut counts;
    for line in &instance.previous {
        let same = |now: &Assignment| now.need == line.need && now.practitioner == line.practitioner;
        if !solution.assign.iter().any(same) {
            match line.state {
                State::Offered => *offered += 1,
                State::Accepted => *accepted += 1,
                State::Started => *started += 1,
            }
        }
    }
    counts
}

/// Every need that wanted somebody more than whoever it got, when that somebody serves a less weighty one in whose place
/// there would be room (R-ALL-9).
fn envy(instance: &Instance, graph: &Graph, solution: &Solution) -> Vec<Envy> {
    let plan = super::open_plan::OpenPlan::new(instance, graph, solution);
    let mut found = Vec::new();
    for (need, what) in instance.needs.iter().enumerate().filter(|(_, what)| !what.choice.is_empty()) {
        let got = plan.server(need);
        let rank = got.and_then(|got| what.choice.iter().position(|who| *who == got)).unwrap_or(what.choice.len());
        for practitioner in what.choice.iter().take(rank) {
            if rules::fit(instance, *practitioner, need).is_err() {
                continue;
            }
            let lesser = |other: &usize| instance.needs.get(*other).is_some_and(|other| weight(other) < weight(what));
            for instead in plan.needs_of(*practitioner).into_iter().filter(lesser) {
                if let Some(gain) = plan.exchange(need, *practitioner, instead) {
                    found.push(Envy { need, practitioner: *practitioner, instead, cost: -gain });
                    break;
                }
            }
        }
    }
    found
}

/// How weighty a need is: points a unit beyond the least, which rise with the priority alone.
const fn weight(need: &super::instance::Need) -> i64 {
    need.vextra
}
