//! A plan that lies open: what single adjustments by hand would do to it, exactly.

use super::draft::{Bundle, Draft, Left, left, room, worth};
use super::graph::{Edge, Graph};
use super::instance::Instance;
use super::replan::carried;
use super::solution::Solution;

/// A plan and its graph, for questions that move little.
#[derive(Debug)]
pub struct OpenPlan<'a> {
    /// The instance.
    pub instance: &'a Instance,
    /// Its graph.
    pub graph: &'a Graph,
    draft: Draft,
}

impl<'a> OpenPlan<'a> {
    /// Lays a plan out; lines that keep to no rule are left out.
    pub fn new(instance: &'a Instance, graph: &'a Graph, solution: &Solution) -> Self {
        let draft = carried(instance, graph, &solution.assign);
        Self { instance, graph, draft }
    }

    /// What the plan is worth.
    pub const fn value(&self) -> i64 {
        self.draft.value
    }

    /// Who serves a need.
    pub fn server(&self, need: usize) -> Option<usize> {
        self.draft.server(self.graph, need)
    }

    /// With how many units a need is served.
    pub fn units(&self, need: usize) -> Option<i64> {
        self.draft.served.get(need).copied().flatten().map(|(_, units)| units)
    }

    /// What somebody serves.
    pub fn needs_of(&self, practitioner: usize) -> Vec<usize> {
        let edges = self.bundle(practitioner).iter().filter_map(|(at, _)| self.edge(*at));
        edges.map(|edge| edge.need as usize).collect()
    }

    /// Somebody's lines.
    pub fn bundle(&self, practitioner: usize) -> &[(u32, i64)] {
        self.draft.bundles.get(practitioner).map(Vec::as_slice).unwrap_or_default()
    }

    fn edge(&self, at: u32) -> Option<&Edge> {
        self.graph.edges.get(at as usize)
    }

    /// What is left of somebody's means beside all their lines.
    pub fn left(&self, practitioner: usize) -> Option<Left> {
        left(self.graph, practitioner, self.bundle(practitioner))
    }

    /// The best way to put an edge beside some lines: units, and what the bundle is then worth.
    pub fn beside(&self, at: usize, lines: &[(u32, i64)]) -> Option<(i64, i64)> {
        let edge = self.graph.edges.get(at)?;
        let room = room(self.graph, edge, lines);
        let position = u32::try_from(at).ok()?;
        let mut with: Bundle = lines.to_vec();
        with.push((position, 0));
        let value = |units: i64| {
            let mut with = with.clone();
            with.iter_mut().filter(|(at, _)| *at == position).for_each(|line| line.1 = units);
            worth(self.graph, edge.practitioner as usize, &with)
        };
        (i64::from(edge.least)..=room).map(|units| (units, value(units))).max_by_key(|(units, value)| (*value, -units))
    }

    /// What the plan would gain (below nought: lose) if somebody served one need in place of another of theirs, and
    /// everything else stayed; none where there would be no room.
    pub fn exchange(&self, need: usize, practitioner: usize, instead: usize) -> Option<i64> {
        let at = self.graph.between(practitioner, need)?;
        let own: Bundle = self
            .bundle(practitioner)
            .iter()
            .filter(|(at, _)| self.edge(*at).is_some_and(|edge| edge.need as usize != instead))
            .copied()
            .collect();
        let (_, value) = self.beside(at, &own)?;
        let left = match self.server(need) {
            Some(other) if other != practitioner => self.draft.loss.get(need).copied().unwrap_or(0),
            _ => 0,
        };
        Some(value - self.draft.value_of(practitioner) - left)
    }

    /// What the plan loses without a need's line.
    pub fn loss(&self, need: usize) -> i64 {
        if self.server(need).is_some() { self.draft.loss.get(need).copied().unwrap_or(0) } else { 0 }
    }

    /// What somebody's lines are worth together.
    pub fn value_of(&self, practitioner: usize) -> i64 {
        self.draft.value_of(practitioner)
    }
}
