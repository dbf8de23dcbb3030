//! The first method: differences in differences for a beginning in steps, judged by chance alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assignments::{Assignments, Chance};
use super::inversion::{Drawn, interval, share};
use super::panel::{Panel, Unit};
use super::power::mde_ri;
use super::refusals::{Reason, cells, too_little};
use super::sentences::{apart, consistent, evidence, not_shown};
use super::staggered::{Aggregate, AttGt, Layout, pre_mean};
use super::tables::Table;
use super::{Answer, Options, PRE_TREND, Refused, strictness};

/// What chance makes of the simple summary.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The simple summary, in units of the outcome.
    pub stat: f64,
    /// Share of the assignments that give as much or more in either direction, the real one included.
    pub p: f64,
    /// Whether all assignments were gone through.
    pub exact: bool,
    /// How many were gone through, or drawn.
    pub assignments: usize,
    /// Constant effects that are not ruled out at 95 %, or more strictly where the question is exploratory: the lowest and the highest;
    /// none where there is no end.
    pub ci95: [Option<f64>; 2],
    /// About the smallest effect that would be seen in four of five cases; none when none would be.
    pub mde80: Option<f64>,
}

/// What chance makes of the mean before the beginning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreTrend {
    /// The mean of all comparisons before the beginning.
    pub stat: f64,
    /// Share of the assignments that give as much or more in either direction, the real one included.
    pub p: f64,
}

/// Randomisation inference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ri {
    /// Of the effect.
    pub effect: Effect,
    /// By periods since the beginning, from 0 on: constant effects that are not ruled out, each by itself.
    pub dynamic_ci95: BTreeMap<i64, [Option<f64>; 2]>,
    /// Of what was there before.
    pub pre_trend: PreTrend,
}

/// The answer of the first method.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Did {
    /// Every comparison.
    pub att_gt: Vec<AttGt>,
    /// Their summaries.
    pub aggregate: Aggregate,
    /// Mean of all comparisons before the beginning.
    pub pre_mean: f64,
    /// What chance makes of it.
    pub ri: Ri,
    /// What may be said, 1 to 4.
    pub level: u8,
    /// How it is said.
    pub sentence: String,
    /// Units left out: a cell of theirs is missing, or they had begun before the first period.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// R-CAU-3 to R-CAU-11.
pub(super) fn answer(panel: Panel, options: &Options) -> Answer {
    let mut left_out = panel.left_out;
    // Whoever had begun already has nothing before to compare with.
    let (units, early): (Vec<Unit>, Vec<Unit>) = panel.units.into_iter().partition(|unit| unit.start != Some(0));
    left_out.extend(early.into_iter().map(|unit| unit.name));
    let starts: Vec<Option<usize>> = units.iter().map(|unit| unit.start).collect();
    let layout = Layout::new(&starts, panel.periods.len(), options.control);
    let assignments = Assignments::new(&layout.counts);
    let strictness = strictness(options.exploratory);
    let mut reasons = too_little(&layout, &assignments, strictness);
    for reason in &mut reasons {
        if let (Reason::Controls { period, .. }, Some((_, at))) = (reason, layout.fewest_controls()) {
            *period = panel.periods.get(at).copied();
        }
    }
    reasons.extend(cells(panel.missing, panel.fewest_learners));
    let labels = layout.labels(&starts);
    let effects = layout.att_gt(&panel.periods, &units, &labels);
    if reasons.is_empty() && effects.iter().all(|one| one.att.abs() < 1e-12) {
        reasons.push(Reason::Constant);
    }
    if !reasons.is_empty() {
        let possible = u64::try_from(assignments.possible).ok();
        return Answer::Refused(Refused::new(&reasons, possible, left_out));
    }
    let ri = infer(&layout, &assignments, (&units, &labels), (options.seed, strictness));
    let (level, sentence) = say(&ri, options, panel.missing > 0.0);
    let (aggregate, pre_mean) = (Aggregate::of(&effects), pre_mean(&effects));
    Answer::Did(Box::new(Did { att_gt: effects, aggregate, pre_mean, ri, level, sentence, left_out }))
}

/// Lets the same beginnings fall to other units. R-CAU-5, R-CAU-6, R-CAU-7.
fn infer(
    layout: &Layout,
    all: &Assignments,
    (units, labels): (&[Unit], &[usize]),
    (seed, strictness): (u64, f64),
) -> Ri {
    let (after, before) = (layout.effect(), layout.before());
    let lines: Vec<Vec<f64>> = units.iter().map(|unit| unit.outcomes.clone()).collect();
    let begun: Vec<Vec<f64>> = labels.iter().map(|label| layout.begun(*label)).collect();
    let (outcome, unit) = (Table::new(&after, &lines), Table::new(&after, &begun));
    let earlier = Table::new(&before, &lines);
    let (stat, pre_stat) = (outcome.sum(labels), earlier.sum(labels));
    let (mut drawn, mut pre) = (Vec::with_capacity(all.visited), Vec::with_capacity(all.visited));
    all.each(&mut Chance::new(seed), |labels| {
        drawn.push(Drawn { outcome: outcome.sum(labels), unit: unit.sum(labels) });
        pre.push(earlier.sum(labels));
    });
    let p = share(stat, drawn.iter().map(|one| one.outcome), all.exact);
    let ci95 = interval(stat, &drawn, all.exact, strictness);
    let without = |line: &Vec<f64>, begun: &Vec<f64>| line.iter().zip(begun).map(|(y, d)| y - stat * d).collect();
    let null: Vec<Vec<f64>> = lines.iter().zip(&begun).map(|(line, begun)| without(line, begun)).collect();
    let mde80 = mde_ri(layout, &null, all, (seed, strictness));
    let effect = Effect { stat, p, exact: all.exact, assignments: all.visited, ci95, mde80 };
    let dynamic_ci95 = by_lag(layout, all, (&lines, &begun, labels), (seed, strictness));
    Ri { effect, dynamic_ci95, pre_trend: PreTrend { stat: pre_stat, p: share(pre_stat, pre.into_iter(), all.exact) } }
}

/// The same interval for each number of periods since the beginning, by itself.
fn by_lag(
    layout: &Layout,
    all: &Assignments,
    (lines, begun, labels): (&[Vec<f64>], &[Vec<f64>], &[usize]),
    (seed, strictness): (u64, f64),
) -> BTreeMap<i64, [Option<f64>; 2]> {
    let of_lag = |lag: usize| {
        let weights = layout.after(lag)?;
        let (outcome, unit) = (Table::new(&weights, lines), Table::new(&weights, begun));
        let mut drawn = Vec::with_capacity(all.visited);
        all.each(&mut Chance::new(seed), |labels| {
            drawn.push(Drawn { outcome: outcome.sum(labels), unit: unit.sum(labels) });
        });
        Some((i64::try_from(lag).ok()?, interval(outcome.sum(labels), &drawn, all.exact, strictness)))
    };
    (0..).map_while(of_lag).collect()
}

/// Exactly one level, with its reason. R-CAU-10, R-CAU-11.
fn say(ri: &Ri, options: &Options, holes: bool) -> (u8, String) {
    let Effect { stat, p, ci95, mde80, .. } = ri.effect;
    if options.chosen_on_results {
        return (1, apart("they were chosen because of results"));
    }
    if ri.pre_trend.p <= PRE_TREND {
        return (1, apart("they were moving apart before practitioners began"));
    }
    if options.other_change {
        return (1, apart("something else changed there at the same time"));
    }
    if p > strictness(options.exploratory) {
        return (1, not_shown(mde80));
    }
    if options.exploratory > 0 {
        return (3, format!("Exploratory: one question of several. {}", consistent(stat, ci95)));
    }
    if options.lot && !holes { (4, evidence(stat, ci95)) } else { (3, consistent(stat, ci95)) }
}
