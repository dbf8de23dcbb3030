//! Differences in differences for a beginning in steps: Callaway and Sant'Anna (2021), without covariates, every unit with
//! the same weight, and before a group begins each period against the one before it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Control;
use super::panel::Unit;

/// The average effect on one group in one period; before the group begins, what should be near zero.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttGt {
    /// The period in which the group began.
    pub group: i64,
    /// The period.
    pub period: i64,
    /// The difference of differences, in units of the outcome.
    pub att: f64,
    /// Units in the group.
    pub n_treated: usize,
    /// Units it is compared with.
    pub n_control: usize,
}

/// Summaries of the effects, in units of the outcome.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Aggregate {
    /// Mean over groups and their periods from the beginning on, weighted by the size of the group.
    pub simple: f64,
    /// Mean over the periods of each group.
    pub group: BTreeMap<i64, f64>,
    /// Mean of those, weighted by the size of the group.
    pub group_overall: f64,
    /// Mean over groups by periods since the beginning, weighted by the size of the group.
    pub dynamic: BTreeMap<i64, f64>,
    /// Mean of those from the beginning on.
    pub dynamic_overall: f64,
}

/// One comparison: a group, a period, and the period it is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub label: usize,
    pub start: usize,
    pub at: usize,
    base: usize,
    n_treated: usize,
    n_control: usize,
}

impl Cell {
    pub const fn is_after(&self) -> bool {
        self.at >= self.start
    }
}

/// Which groups there are, how large they are, and which comparisons follow. It does not know which unit is in which group,
/// so it is the same for every assignment.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// When each group begins, in order; none, last, for the units that never do. The position is the group's label.
    pub starts: Vec<Option<usize>>,
    pub counts: Vec<usize>,
    pub cells: Vec<Cell>,
    control: Control,
    periods: usize,
}

impl Layout {
    pub fn new(starts: &[Option<usize>], periods: usize, control: Control) -> Self {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        starts.iter().for_each(|start| *sizes.entry(start.unwrap_or(usize::MAX)).or_default() += 1);
        let named = |start: &usize| Some(*start).filter(|start| *start != usize::MAX);
        let (starts, counts) = (sizes.keys().map(named).collect(), sizes.into_values().collect());
        let mut layout = Self { starts, counts, cells: Vec::new(), control, periods };
        let groups: Vec<(usize, usize)> =
            layout.starts.iter().enumerate().filter_map(|(label, start)| Some((label, (*start)?))).collect();
        for (label, start) in groups {
            for at in 1..periods {
                let base = if at >= start { start.checked_sub(1) } else { Some(at - 1) };
                let n_control = layout.controls(label, at).map(|(_, count)| count).sum();
                let n_treated = layout.counts.get(label).copied().unwrap_or_default();
                if let Some(base) = base.filter(|_| n_control > 0) {
                    layout.cells.push(Cell { label, start, at, base, n_treated, n_control });
                }
            }
        }
        layout
    }

    /// Labels and sizes of the groups that a group may be compared with in a period.
    fn controls(&self, label: usize, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let fits = move |(other, start, _): &(usize, Option<usize>, usize)| {
            let yet = self.control == Control::Notyet && start.is_some_and(|start| start > at);
            *other != label && (start.is_none() || yet)
        };
        let all =
            self.starts.iter().zip(&self.counts).enumerate().map(|(other, (start, count))| (other, *start, *count));
        all.filter(fits).map(|(other, _, count)| (other, count))
    }

    /// The fewest units to compare with in any period in which some group has begun, and that period's position.
    pub fn fewest_controls(&self) -> Option<(usize, usize)> {
        let first = self.starts.iter().flatten().min()?;
        let standing = |at: usize| -> usize {
            let still = |start: &Option<usize>| match self.control {
                Control::Never => start.is_none(),
                Control::Notyet => start.is_none_or(|start| start > at),
            };
            self.starts.iter().zip(&self.counts).filter(|(start, _)| still(start)).map(|(_, count)| count).sum()
        };
        (*first..self.periods).map(|at| (standing(at), at)).min()
    }

    /// The group of each unit.
    pub fn labels(&self, starts: &[Option<usize>]) -> Vec<usize> {
        starts.iter().filter_map(|start| self.starts.iter().position(|known| known == start)).collect()
    }

    /// Every statistic here is a sum over cells, and so over units: what a unit adds depends on its own outcomes and its own
    /// group alone. This gives, for each group, the weight of each period.
    pub fn weights(&self, of_cell: impl Fn(&Cell) -> f64) -> Vec<Vec<f64>> {
        let mut weights = vec![vec![0.0; self.periods]; self.starts.len()];
        let mut add = |label: usize, at: usize, weight: f64| {
            if let Some(slot) = weights.get_mut(label).and_then(|row| row.get_mut(at)) {
                *slot += weight;
            }
        };
        for cell in &self.cells {
            let weight = of_cell(cell);
            let (own, other) = (weight / cell.n_treated as f64, weight / cell.n_control as f64);
            add(cell.label, cell.at, own);
            add(cell.label, cell.base, -own);
            for (label, _) in self.controls(cell.label, cell.at) {
                add(label, cell.at, -other);
                add(label, cell.base, other);
            }
        }
        weights
    }

    /// Weights of the simple summary.
    pub fn effect(&self) -> Vec<Vec<f64>> {
        let all: usize = self.cells.iter().filter(|cell| cell.is_after()).map(|cell| cell.n_treated).sum();
        self.weights(|cell| if cell.is_after() { cell.n_treated as f64 / all.max(1) as f64 } else { 0.0 })
    }

    /// Weights of the mean over groups so many periods after the beginning; none where there is no such comparison.
    pub fn after(&self, lag: usize) -> Option<Vec<Vec<f64>>> {
        let fits = |cell: &Cell| cell.at.checked_sub(cell.start) == Some(lag);
        let all: usize = self.cells.iter().filter(|cell| fits(cell)).map(|cell| cell.n_treated).sum();
        (all > 0).then(|| self.weights(|cell| if fits(cell) { cell.n_treated as f64 / all as f64 } else { 0.0 }))
    }

    /// Weights of the mean of all comparisons before the beginning.
    pub fn before(&self) -> Vec<Vec<f64>> {
        let all = self.cells.iter().filter(|cell| !cell.is_after()).count();
        self.weights(|cell| if cell.is_after() { 0.0 } else { 1.0 / all.max(1) as f64 })
    }

    /// One where a unit of this group has begun.
    pub fn begun(&self, label: usize) -> Vec<f64> {
        let start = self.starts.get(label).copied().flatten().unwrap_or(usize::MAX);
        (0..self.periods).map(|at| f64::from(u8::from(at >= start))).collect()
    }

    /// The comparisons with their values. R-CAU-3.
    pub fn att_gt(&self, periods: &[i64], units: &[Unit], labels: &[usize]) -> Vec<AttGt> {
        let mean = |wanted: &dyn Fn(usize) -> bool, cell: &Cell| {
            let members = units.iter().zip(labels).filter(|(_, label)| wanted(**label));
            let changes =
                members.filter_map(|(unit, _)| Some(unit.outcomes.get(cell.at)? - unit.outcomes.get(cell.base)?));
            let (sum, count) = changes.fold((0.0, 0), |(sum, count), change| (sum + change, count + 1));
            sum / f64::from(count)
        };
        let value = |cell: &Cell| {
            let others: Vec<usize> = self.controls(cell.label, cell.at).map(|(label, _)| label).collect();
            let att = mean(&|label| label == cell.label, cell) - mean(&|label| others.contains(&label), cell);
            let (group, period) = (*periods.get(cell.start)?, *periods.get(cell.at)?);
            Some(AttGt { group, period, att, n_treated: cell.n_treated, n_control: cell.n_control })
        };
        self.cells.iter().filter_map(value).collect()
    }
}

/// The mean of weighted values; 0 of none.
fn mean(values: impl Iterator<Item = (f64, usize)>) -> f64 {
    let (sum, weights) =
        values.fold((0.0, 0.0), |(sum, all), (value, weight)| (sum + value * weight as f64, all + weight as f64));
    if weights > 0.0 { sum / weights } else { 0.0 }
}

impl Aggregate {
    /// Sums up the effects. R-CAU-4.
    pub fn of(effects: &[AttGt]) -> Self {
        let after: Vec<&AttGt> = effects.iter().filter(|one| one.period >= one.group).collect();
        let simple = mean(after.iter().map(|one| (one.att, one.n_treated)));
        let (mut by_group, mut by_lag) = (BTreeMap::<i64, Vec<&AttGt>>::new(), BTreeMap::<i64, Vec<&AttGt>>::new());
        after.iter().for_each(|one| by_group.entry(one.group).or_default().push(one));
        effects.iter().for_each(|one| by_lag.entry(one.period - one.group).or_default().push(one));
        let sized = |all: &[&AttGt]| mean(all.iter().map(|one| (one.att, one.n_treated)));
        let group: BTreeMap<i64, f64> = by_group.iter().map(|(key, all)| (*key, sized(all))).collect();
        let sizes = by_group.values().map(|all| all.first().map_or(0, |one| one.n_treated));
        let group_overall = mean(group.values().copied().zip(sizes));
        let dynamic: BTreeMap<i64, f64> = by_lag.iter().map(|(key, all)| (*key, sized(all))).collect();
        let dynamic_overall = mean(dynamic.range(0..).map(|(_, value)| (*value, 1)));
        Self { simple, group, group_overall, dynamic, dynamic_overall }
    }
}

/// The mean of all comparisons before the beginning, each with the same weight.
pub(super) fn pre_mean(effects: &[AttGt]) -> f64 {
    mean(effects.iter().filter(|one| one.period < one.group).map(|one| (one.att, 1)))
}
