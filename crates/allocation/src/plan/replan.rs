//! From the plan before to the next one: what goes on, what is repaired, and what changed.

use super::draft::{Bundle, Draft, room};
use super::graph::Graph;
use super::instance::Instance;
use super::search::Search;
use super::solution::{Assignment, Solution};
use super::solve::gather;

/// What of a plan can go on: what has begun first, then the rest in order of worth, as far as it fits.
pub fn before(instance: &Instance, graph: &Graph) -> Draft {
    let lines: Vec<Assignment> = instance
        .previous
        .iter()
        .map(|line| Assignment { need: line.need, practitioner: line.practitioner, units: line.dose.unwrap_or(1) })
        .collect();
    carried(instance, graph, &lines)
}

/// The same for any plan.
pub fn carried(instance: &Instance, graph: &Graph, lines: &[Assignment]) -> Draft {
    let mut wanted: Vec<Bundle> = vec![Vec::new(); graph.means.len()];
    for line in lines {
        let Some(edge) = graph.between(line.practitioner, line.need) else { continue };
        let position = u32::try_from(edge).unwrap_or(u32::MAX);
        wanted.iter_mut().skip(line.practitioner).take(1).for_each(|own| own.push((position, line.units)));
    }
    let mut draft = Draft::new(graph, instance.needs.len());
    for (who, bundle) in wanted.iter_mut().enumerate() {
        let edge = |at: u32| graph.edges.get(at as usize);
        bundle.sort_unstable_by_key(|(at, _)| edge(*at).map(|edge| (!edge.pinned, -edge.gain, edge.need)));
        let mut fits: Bundle = Vec::with_capacity(bundle.len());
        for (at, units) in bundle.iter() {
            let Some(edge) = edge(*at) else { continue };
            let units = room(graph, edge, &fits).min((*units).max(i64::from(edge.least)));
            if units >= i64::from(edge.least) {
                fits.push((*at, units));
            }
        }
        draft.put(graph, who, &fits);
    }
    draft
}

/// A need, who served it before and who serves it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The need.
    pub need: usize,
    /// Before: who, and with how many units.
    pub before: Option<(usize, i64)>,
    /// Now.
    pub now: Option<(usize, i64)>,
}

/// How two plans differ, by need; the same practitioner with other units counts too.
pub fn difference(before: &Solution, now: &Solution) -> Vec<Change> {
    let by_need = |solution: &Solution| -> std::collections::BTreeMap<usize, (usize, i64)> {
        solution.assign.iter().map(|line| (line.need, (line.practitioner, line.units))).collect()
    };
    let (old, new) = (by_need(before), by_need(now));
    let needs: std::collections::BTreeSet<usize> = old.keys().chain(new.keys()).copied().collect();
    let change = |need: usize| Change { need, before: old.get(&need).copied(), now: new.get(&need).copied() };
    needs.into_iter().map(change).filter(|change| change.before != change.now).collect()
}

/// The plan before, repaired: needs that lost their practitioner and needs that are new are placed among those who could
/// serve them; nobody else is touched (R-ALL-7). `needs` are those to look at; `iterations` of search at most, none for the
/// least movement.
pub fn repair(
    instance: &Instance,
    graph: &Graph,
    plan: &Solution,
    needs: &[usize],
    iterations: u64,
    seed: u64,
) -> Solution {
    let draft = carried(instance, graph, &plan.assign);
    let mut near: Vec<usize> = Vec::new();
    for need in needs {
        near.extend(
            graph.of_need(*need).iter().filter_map(|at| graph.edges.get(*at as usize)).map(|e| e.practitioner as usize),
        );
    }
    for (who, bundle) in draft.bundles.iter().enumerate() {
        let was = plan.assign.iter().filter(|line| line.practitioner == who).count();
        if was > bundle.len() {
            near.push(who);
        }
    }
    near.sort_unstable();
    near.dedup();
    let mut search = Search::new(graph, draft, None, seed);
    search.only(&near);
    let prices = vec![0; instance.needs.len()];
    search.wake(&near);
    for _ in 0..=iterations {
        search.advance(graph, (&prices, 0), 2_000);
    }
    gather(graph, &instance.name, &search.draft)
}
