//! Whether the outcome goes with the hours: one slope, with an effect for each unit and each period.

use serde::Serialize;

use super::assignments::Chance;
use super::panel::Panel;
use super::refusals::{Reason, cells};
use super::sentences::{goes_with, not_shown};
use super::tables::dot;
use super::{Answer, LEVEL, Options, Refused};

/// So few units are refused.
const UNITS: usize = 8;
/// Up to so many units every pattern of signs is gone through.
const SIGNS_UP_TO: usize = 12;
/// More units are drawn for so often.
const DRAWS: usize = 9_999;

/// The answer about hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dose {
    /// The slope: outcome for each further hour for a teacher.
    pub b: f64,
    /// Its standard error, with units as clusters.
    pub se: f64,
    /// Slope over standard error.
    pub t: f64,
    /// Share of the bootstrap worlds without a slope that give as large a t in either direction.
    pub p: f64,
    /// Slopes that are not ruled out at 95 %; none where there is no end.
    pub ci95: [Option<f64>; 2],
    /// Whether every pattern of signs was gone through.
    pub exact: bool,
    /// How many bootstrap worlds there were.
    pub draws: usize,
    /// What may be said, 1 or 3.
    pub level: u8,
    /// How it is said.
    pub sentence: String,
    /// Units left out: a cell of theirs is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// Outcome and hours after the means of unit and period are taken off, one row a unit.
struct Slope {
    y: Vec<Vec<f64>>,
    x: Vec<Vec<f64>>,
    squares: f64,
    factor: f64,
}

/// Two-way fixed effects; restricted wild cluster bootstrap-t (Cameron, Gelbach and Miller 2008; Webb 2023). R-CAU-12.
pub(super) fn answer(panel: Panel, options: &Options) -> Answer {
    let mut reasons = cells(panel.missing, panel.fewest_learners);
    if options.chosen_on_results {
        reasons.push(Reason::Chosen);
    }
    if panel.units.len() < UNITS {
        reasons.push(Reason::Units(panel.units.len()));
    }
    let rows = |of: fn(&super::panel::Unit) -> &Vec<f64>| panel.units.iter().map(|unit| of(unit).clone()).collect();
    let slope = Slope::new(rows(|unit| &unit.outcomes), rows(|unit| &unit.doses), panel.periods.len());
    let Some((slope, b, se)) = slope.filter(|_| reasons.is_empty()).and_then(Slope::with_error) else {
        if reasons.is_empty() {
            reasons.push(Reason::Constant);
        }
        return Answer::Refused(Refused::new(&reasons, None, panel.left_out));
    };
    let (signs, exact) = patterns(panel.units.len(), options.seed);
    let p_of = |effect: f64| slope.share(effect, b, se, &signs, exact);
    let p = p_of(0.0);
    let ends = [end(b, -se, &p_of), end(b, se, &p_of)];
    let (level, sentence) = if p > LEVEL {
        // What a test with this standard error finds in four of five cases.
        (1, not_shown(Some(2.8 * se)))
    } else {
        (3, goes_with(b, ends))
    };
    let (draws, left_out) = (signs.len(), panel.left_out);
    Answer::Dose(Dose { b, se, t: b / se, p, ci95: ends, exact, draws, level, sentence, left_out })
}

impl Slope {
    fn new(mut y: Vec<Vec<f64>>, mut x: Vec<Vec<f64>>, periods: usize) -> Option<Self> {
        let units = y.len() as f64;
        let size = x.iter().flatten().fold(0.0, |sum, dose| sum + dose * dose);
        centre(&mut y, periods);
        centre(&mut x, periods);
        let squares = x.iter().map(|row| dot(row, row)).sum::<f64>();
        let (cells, held) = (units * periods as f64, periods as f64 + 1.0);
        // Effects of units lie within the clusters and are not counted (Cameron and Miller 2015).
        let factor = units / (units - 1.0) * (cells - 1.0) / (cells - held);
        (squares > 1e-12 * size.max(1e-12) && factor.is_finite() && factor > 0.0).then_some(Self {
            y,
            x,
            squares,
            factor,
        })
    }

    /// The slope and its standard error; none when everything lies on the line.
    fn with_error(self) -> Option<(Self, f64, f64)> {
        let b = self.y.iter().zip(&self.x).map(|(y, x)| dot(y, x)).sum::<f64>() / self.squares;
        let scores = self.y.iter().zip(&self.x).map(|(y, x)| dot(y, x) - b * dot(x, x));
        let se = (self.factor * scores.map(|score| score * score).sum::<f64>()).sqrt() / self.squares;
        (se > 1e-12).then_some((self, b, se))
    }

    /// The share of bootstrap worlds in which the slope is `effect` that give at least as large a t.
    fn share(&self, effect: f64, b: f64, se: f64, patterns: &[Vec<f64>], exact: bool) -> f64 {
        let off =
            |(y, x): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> { y.iter().zip(x).map(|(y, x)| y - effect * x).collect() };
        let left: Vec<Vec<f64>> = self.y.iter().zip(&self.x).map(off).collect();
        let own: Vec<f64> = left.iter().zip(&self.x).map(|(left, x)| dot(left, x)).collect();
        let spread: Vec<f64> = self.x.iter().map(|x| dot(x, x)).collect();
        let (real, units) = (((b - effect) / se).abs(), left.len() as f64);
        let periods = left.first().map_or(0, Vec::len);
        let mut means = vec![0.0; periods];
        let mut hits = 0_usize;
        for pattern in patterns {
            means.fill(0.0);
            for (row, sign) in left.iter().zip(pattern) {
                means.iter_mut().zip(row).for_each(|(mean, value)| *mean += sign * value / units);
            }
            let slope = dot(pattern, &own) / self.squares;
            let each = self.x.iter().zip(pattern.iter().zip(own.iter().zip(&spread)));
            let scores = each.map(|(x, (sign, (own, spread)))| sign * own - dot(x, &means) - slope * spread);
            let error = (self.factor * scores.map(|score| score * score).sum::<f64>()).sqrt() / self.squares;
            hits += usize::from(slope.abs() >= real * error * (1.0 - 1e-9));
        }
        let more = usize::from(!exact);
        (hits + more) as f64 / (patterns.len() + more) as f64
    }
}

/// Takes off the means of rows and columns.
pub(super) fn centre(rows: &mut [Vec<f64>], periods: usize) {
    for row in rows.iter_mut() {
        let mean = row.iter().sum::<f64>() / periods.max(1) as f64;
        row.iter_mut().for_each(|value| *value -= mean);
    }
    let count = rows.len().max(1) as f64;
    for at in 0..periods {
        let mean = rows.iter().filter_map(|row| row.get(at)).sum::<f64>() / count;
        rows.iter_mut().filter_map(|row| row.get_mut(at)).for_each(|value| *value -= mean);
    }
}

/// All patterns of signs of few units, or draws of Webb's six weights.
fn patterns(units: usize, seed: u64) -> (Vec<Vec<f64>>, bool) {
    if units <= SIGNS_UP_TO {
        let sign = |pattern: u32, unit: usize| if pattern >> unit & 1 == 0 { 1.0 } else { -1.0 };
        return ((0..1_u32 << units).map(|all| (0..units).map(|unit| sign(all, unit)).collect()).collect(), true);
    }
    let mut chance = Chance::new(seed);
    let mut weight = || {
        let drawn = chance.below(6);
        let size = ((drawn % 3 + 1) as f64 / 2.0).sqrt();
        if drawn < 3 { size } else { -size }
    };
    ((0..DRAWS).map(|_| (0..units).map(|_| weight()).collect()).collect(), false)
}

/// The last slope on one side that is not ruled out, to a thousandth of a standard error.
fn end(b: f64, step: f64, p_of: &impl Fn(f64) -> f64) -> Option<f64> {
    let beyond = (0..7).map(|twice| f64::from(1 << twice)).find(|steps| p_of(step.mul_add(*steps, b)) <= LEVEL)?;
    let (mut inside, mut outside) = (if beyond > 1.0 { beyond / 2.0 } else { 0.0 }, beyond);
    while outside - inside > 1e-3 {
        let middle = f64::midpoint(inside, outside);
        if p_of(step.mul_add(middle, b)) > LEVEL { inside = middle } else { outside = middle }
    }
    Some(step.mul_add(f64::midpoint(inside, outside), b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-CAU-12
    #[test]
    fn the_short_way_through_the_bootstrap_is_the_long_way() {
        let mut chance = Chance::new(3);
        let mut rows = || -> Vec<Vec<f64>> {
            (0..8).map(|_| (0..6).map(|_| chance.below(1_000) as f64 / 100.0).collect()).collect()
        };
        let (y, x) = (rows(), rows());
        let (slope, b, se) = Slope::new(y, x.clone(), 6).and_then(Slope::with_error).unwrap();
        let (signs, exact) = patterns(8, 0);
        for effect in [0.0, 0.7, b - se] {
            let long = |pattern: &Vec<f64>| {
                let world = slope.y.iter().zip(&slope.x).zip(pattern);
                let world = world
                    .map(|((y, x), sign)| y.iter().zip(x).map(|(y, x)| effect * x + sign * (y - effect * x)).collect());
                let (_, b, se) = Slope::new(world.collect(), x.clone(), 6).and_then(Slope::with_error).unwrap();
                (b - effect) / se
            };
            let real = ((b - effect) / se).abs() * (1.0 - 1e-9);
            let hits = signs.iter().map(long).filter(|t| t.abs() >= real).count();
            assert!((slope.share(effect, b, se, &signs, exact) - hits as f64 / 256.0).abs() < 1e-12, "{effect}");
        }
    }
}
