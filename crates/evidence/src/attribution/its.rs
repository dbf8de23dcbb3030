//! A whole college at once: its line, with a trend, a step and another slope from the beginning on.

use serde::Serialize;

use super::error::AttributionError as Error;
use super::panel::Panel;
use super::refusals::{Reason, cells};
use super::sentences::{apart, coincides, not_shown};
use super::students::{quantile, two_sided};
use super::tables::dot;
use super::{Answer, LEVEL, Options, Refused};

/// So many periods are needed.
const BEFORE: usize = 8;
const AFTER: usize = 4;
/// Errors so many periods apart may go together.
const LAG: usize = 2;
const COLUMNS: [&str; 4] = ["const", "trend", "step", "slope_change"];

/// The answer for a whole college at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Its {
    /// What the numbers below belong to: the line at the first period, its trend for each period, the step in the period of
    /// the beginning, and by how much the trend differs from there on.
    pub columns: Vec<String>,
    /// Coefficients, in units of the outcome (for each period).
    pub coef: Vec<f64>,
    /// Their standard errors, robust to errors that go together over two periods.
    pub hac_se: Vec<f64>,
    /// Their 95 % intervals.
    pub hac_ci95: Vec<[f64; 2]>,
    /// How often chance alone gives as large a step.
    pub p: f64,
    /// What may be said, 1 or 2.
    pub level: u8,
    /// How it is said.
    pub sentence: String,
    /// Units left out: a cell of theirs is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// Segmented regression of the mean of all units; Newey and West (1987) with factor n/(n−4), t with n−4 degrees. R-CAU-13.
pub(super) fn answer(panel: Panel, options: &Options) -> Result<Answer, Error> {
    let start = panel.units.first().and_then(|unit| unit.start);
    if panel.units.iter().any(|unit| unit.start != start) {
        return Err(Error::NotAtOnce);
    }
    let periods = panel.periods.len();
    let before = start.unwrap_or(periods);
    let mut reasons = cells(panel.missing, panel.fewest_learners);
    if before < BEFORE {
        reasons.push(Reason::Before(before));
    }
    if periods - before.min(periods) < AFTER {
        reasons.push(Reason::After(periods - before.min(periods)));
    }
    let count = panel.units.len().max(1) as f64;
    let mean = |at: usize| panel.units.iter().filter_map(|unit| unit.outcomes.get(at)).sum::<f64>() / count;
    let line: Vec<f64> = (0..periods).map(mean).collect();
    let fitted = fit(&line, before).filter(|(_, se)| se.iter().all(|se| *se > 1e-12));
    let Some((coef, se)) = fitted.filter(|_| reasons.is_empty()) else {
        if reasons.is_empty() {
            reasons.push(Reason::Constant);
        }
        return Ok(Answer::Refused(Refused::new(&reasons, None, panel.left_out)));
    };
    let degrees = periods as f64 - 4.0;
    let reach = quantile(LEVEL, degrees);
    let hac_ci95: Vec<[f64; 2]> = coef.iter().zip(se).map(|(b, se)| [b - reach * se, b + reach * se]).collect();
    let [_, _, step, _] = coef;
    let [_, _, step_se, _] = se;
    let p = two_sided(step / step_se, degrees);
    let ends = [Some(step - reach * step_se), Some(step + reach * step_se)];
    let (level, sentence) = if options.chosen_on_results {
        (1, apart("the beginning was chosen because of results"))
    } else if p > LEVEL {
        (1, not_shown(Some((reach + quantile(0.4, degrees)) * step_se)))
    } else {
        (2, coincides(step, ends))
    };
    let columns = COLUMNS.map(String::from).to_vec();
    let (coef, hac_se, left_out) = (coef.to_vec(), se.to_vec(), panel.left_out);
    Ok(Answer::Its(Its { columns, coef, hac_se, hac_ci95, p, level, sentence, left_out }))
}

/// Coefficients and standard errors.
fn fit(line: &[f64], start: usize) -> Option<([f64; 4], [f64; 4])> {
    let row = |at: usize| {
        let (time, since) = (at as f64, at as f64 - start as f64);
        if at < start { [1.0, time, 0.0, 0.0] } else { [1.0, time, 1.0, since] }
    };
    let rows: Vec<[f64; 4]> = (0..line.len()).map(row).collect();
    let bread = inverse(gram(&rows, &rows))?;
    let moments = rows.iter().zip(line).fold([0.0; 4], |sum, (row, y)| add(sum, row.map(|x| x * y)));
    let coef = bread.map(|row| dot(&row, &moments));
    let scores: Vec<[f64; 4]> = rows.iter().zip(line).map(|(row, y)| row.map(|x| x * (y - dot(row, &coef)))).collect();
    let mut meat = gram(&scores, &scores);
    for lag in 1..=LAG {
        let weight = 1.0 - lag as f64 / (LAG as f64 + 1.0);
        let (now, earlier) = (scores.get(lag..)?, scores.get(..scores.len() - lag)?);
        for (row, more) in meat.iter_mut().zip(gram(now, earlier).into_iter().zip(gram(earlier, now))) {
            *row = add(*row, add(more.0, more.1).map(|value| weight * value));
        }
    }
    let factor = line.len() as f64 / (line.len() as f64 - 4.0);
    // The bread is symmetric, so its rows are its columns.
    let variance = bread.map(|row| factor * dot(&row, &meat.map(|of_meat| dot(&of_meat, &row))));
    Some((coef, variance.map(|variance| variance.max(0.0).sqrt())))
}

fn add(one: [f64; 4], other: [f64; 4]) -> [f64; 4] {
    std::array::from_fn(|at| one.get(at).copied().unwrap_or_default() + other.get(at).copied().unwrap_or_default())
}

/// The sum of outer products.
fn gram(left: &[[f64; 4]], right: &[[f64; 4]]) -> [[f64; 4]; 4] {
    left.iter().zip(right).fold([[0.0; 4]; 4], |sum, (left, right)| {
        let mut sum = sum;
        sum.iter_mut().zip(left).for_each(|(row, x)| *row = add(*row, right.map(|y| x * y)));
        sum
    })
}

/// By Gauss and Jordan, with the largest pivot first.
fn inverse(matrix: [[f64; 4]; 4]) -> Option<[[f64; 4]; 4]> {
    let identity: [[f64; 4]; 4] = std::array::from_fn(|row| std::array::from_fn(|at| f64::from(u8::from(row == at))));
    let mut rows: Vec<([f64; 4], [f64; 4])> = matrix.into_iter().zip(identity).collect();
    for at in 0..4 {
        let size = |row: &([f64; 4], [f64; 4])| row.0.get(at).map_or(0.0, |value| value.abs());
        let best = (at..4)
            .max_by(|one, other| rows.get(*one).map_or(0.0, size).total_cmp(&rows.get(*other).map_or(0.0, size)))?;
        rows.swap(at, best);
        let (left, right) = *rows.get(at)?;
        let pivot = *left.get(at)?;
        if pivot.abs() < 1e-12 {
            return None;
        }
        let own = (left.map(|value| value / pivot), right.map(|value| value / pivot));
        for (row, other) in rows.iter_mut().enumerate() {
            let by = if row == at { 0.0 } else { -*other.0.get(at)? };
            *other = if row == at {
                own
            } else {
                (add(other.0, own.0.map(|v| by * v)), add(other.1, own.1.map(|v| by * v)))
            };
        }
    }
    let inverted: Vec<[f64; 4]> = rows.into_iter().map(|(_, right)| right).collect();
    inverted.try_into().ok()
}
