//! The smallest effect that would be seen: known before the outcome is opened.

use serde::{Deserialize, Serialize};

use super::assignments::{Assignments, Chance};
use super::dose::centre;
use super::error::AttributionError as Error;
use super::inversion::{Drawn, interval};
use super::refusals::{Reason, too_little};
use super::sentences::smallest;
use super::staggered::Layout;
use super::tables::{Table, dot};
use super::{Control, strictness};

/// A world must show the effect in so many cases.
const POWER: f64 = 0.8;
/// At most so many assignments to compare a world with, and at most so many worlds.
const INNER: usize = 2_000;
const WORLDS: usize = 300;
/// So many times lines are made up for a plan.
const MADE_UP: u32 = 3;
/// Sums over units that are spent at most.
const BUDGET: usize = 300_000_000;

/// One unit of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedUnit {
    /// Its name.
    pub unit: String,
    /// Its outcome in the periods before anybody begins, in order.
    pub before: Vec<f64>,
    /// The period in which it is to begin, counted from 1 over all periods, those before included; 0 for never.
    pub first_treat: usize,
}

/// What is planned, before anybody begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The units.
    pub units: Vec<PlannedUnit>,
    /// All periods, those before included.
    pub periods: usize,
    /// What those who have begun will be compared with.
    #[serde(default)]
    pub control: Control,
    /// Seed of the draws.
    #[serde(default)]
    pub seed: u64,
    /// 0 for the one outcome that was named beforehand, else the how-manieth exploratory question it is.
    #[serde(default)]
    pub exploratory: u32,
}

/// What a plan could show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mde {
    /// The smallest effect that would be seen in four of five cases, in units of the outcome; uncertain itself. None when no
    /// effect would be.
    pub mde80: Option<f64>,
    /// Assignments that were gone through, or drawn.
    pub assignments: usize,
    /// Whether those are all there are.
    pub exact: bool,
    /// Why it would be refused; empty when it would not be.
    pub reasons: Vec<String>,
    /// What to print.
    pub sentence: String,
}

/// The smallest effect that a plan could show. The periods to come are not known, so lines are made up from what each unit
/// did before; where lines drift from year to year the truth is larger. R-CAU-8.
pub fn mde(plan: &Plan) -> Result<Mde, Error> {
    let before = plan.units.first().ok_or(Error::Empty)?.before.len();
    let wrong = |unit: &&PlannedUnit| {
        let known = unit.before.iter().all(|outcome| outcome.is_finite());
        let ahead = unit.first_treat == 0 || unit.first_treat > unit.before.len();
        unit.before.len() != before || !known || !ahead
    };
    if let Some(unit) = plan.units.iter().find(wrong) {
        return Err(Error::Plan { unit: unit.unit.clone() });
    }
    let position = |unit: &PlannedUnit| unit.first_treat.checked_sub(1).filter(|start| *start < plan.periods);
    let starts: Vec<Option<usize>> = plan.units.iter().map(position).collect();
    let layout = Layout::new(&starts, plan.periods, plan.control);
    let assignments = Assignments::new(&layout.counts);
    let strictness = strictness(plan.exploratory);
    let reasons = too_little(&layout, &assignments, strictness);
    if !reasons.is_empty() || before < 2 {
        let reasons = if before < 2 { [reasons, vec![Reason::PrePeriods]].concat() } else { reasons };
        let sentence = super::sentences::refused(&reasons);
        let reasons = reasons.iter().map(Reason::code).collect();
        let (assignments, exact) = (assignments.visited, assignments.exact);
        return Ok(Mde { mde80: None, assignments, exact, reasons, sentence });
    }
    let mut chance = Chance::new(plan.seed);
    let mut once = || {
        let lines = make_up(&plan.units, plan.periods, &mut chance);
        mde_ri(&layout, &lines, &assignments, (plan.seed, strictness))
    };
    let found: Option<Vec<f64>> = (0..MADE_UP).map(|_| once()).collect();
    let mde80 = found.map(|found| found.iter().sum::<f64>() / f64::from(MADE_UP)).filter(|mde| *mde > 0.0);
    let (assignments, exact) = (assignments.visited, assignments.exact);
    Ok(Mde { mde80, assignments, exact, reasons: Vec::new(), sentence: smallest(mde80) })
}

/// Made-up lines as restless as those before: each point is drawn from the unit's own, after the means of unit and period
/// are taken off, and made larger by what taking off two means made them smaller.
fn make_up(units: &[PlannedUnit], periods: usize, chance: &mut Chance) -> Vec<Vec<f64>> {
    let mut rest: Vec<Vec<f64>> = units.iter().map(|unit| unit.before.clone()).collect();
    let before = rest.first().map_or(0, Vec::len);
    centre(&mut rest, before);
    let larger = |count: usize| count as f64 / count.saturating_sub(1).max(1) as f64;
    let larger = (larger(before) * larger(rest.len())).sqrt();
    let mut draw = |row: &Vec<f64>| larger * row.get(chance.below(before)).copied().unwrap_or_default();
    rest.iter().map(|row| (0..periods).map(|_| draw(row)).collect()).collect()
}

/// The smallest constant effect that the test itself finds in four of five worlds, a world being another assignment of the
/// same lines, which hold no effect. In each world the interval of the test says which effects it would find.
pub(super) fn mde_ri(
    layout: &Layout,
    outcomes: &[Vec<f64>],
    all: &Assignments,
    (seed, strictness): (u64, f64),
) -> Option<f64> {
    let mut chance = Chance::new(seed ^ 0x004D_4445);
    let weights = layout.effect();
    let table = Table::new(&weights, outcomes);
    let room = (BUDGET / (outcomes.len().max(1) * WORLDS)).clamp(500, INNER);
    let (mut seen, mut kept) = (0, Vec::with_capacity(room));
    let mut pick = Chance::new(!seed);
    all.each(&mut chance, |labels| {
        let wanted = room.saturating_sub(kept.len());
        if pick.below(all.visited.saturating_sub(seen)) < wanted {
            kept.push(labels.to_vec());
        }
        seen += 1;
    });
    let complete = all.exact && kept.len() == all.visited;
    let sums: Vec<f64> = kept.iter().map(|labels| table.sum(labels)).collect();
    let begun: Vec<Vec<f64>> = (0..layout.starts.len()).map(|label| layout.begun(label)).collect();
    let shares: Vec<Vec<f64>> = weights.iter().map(|row| begun.iter().map(|begun| dot(row, begun)).collect()).collect();
    let mut worlds: Vec<usize> = (0..kept.len()).collect();
    pick.shuffle(&mut worlds);
    let mut found = Vec::with_capacity(2 * WORLDS);
    for (world, real) in worlds.iter().take(WORLDS).filter_map(|at| Some((kept.get(*at)?, *sums.get(*at)?))) {
        let of_world: Vec<Vec<f64>> = world.iter().map(|label| column(&shares, *label)).collect();
        let unit = Table::of(of_world);
        let drawn: Vec<Drawn> =
            kept.iter().zip(&sums).map(|(labels, sum)| Drawn { outcome: *sum, unit: unit.sum(labels) }).collect();
        let [low, high] = interval(real, &drawn, complete, strictness);
        found.push(low.map_or(f64::INFINITY, |low| -low));
        found.push(high.unwrap_or(f64::INFINITY));
    }
    found.sort_by(f64::total_cmp);
    let at = ((found.len() as f64 * POWER).ceil() as usize).checked_sub(1)?;
    found.get(at).copied().filter(|effect| effect.is_finite())
}

fn column(rows: &[Vec<f64>], at: usize) -> Vec<f64> {
    rows.iter().map(|row| row.get(at).copied().unwrap_or_default()).collect()
}
