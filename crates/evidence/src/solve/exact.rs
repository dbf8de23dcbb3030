//! The least or most of a sum over all whole (or real) points of a linear system. Branch and bound is `microlp`'s; every
//! whole point it finds is checked again in whole numbers, so a limit we report is one that is really reached.

use super::SolverFault;
use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolutionStatus, SolveOptions, Variable};
use std::collections::BTreeMap;

/// Numbers from here on count as no limit at all.
const FAR: f64 = 1e9;
/// Branches looked at before the solver gives up: a number of steps and not of seconds, so that every machine says the same.
const MOST_BRANCHES: u64 = 20_000;
/// How far a real solution may be off.
const NEAR: f64 = 1e-6;

/// `low <= sum of terms <= high`; either limit may be infinite.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Variables and what each counts.
    pub terms: Vec<(usize, f64)>,
    /// The sum is at least this.
    pub low: f64,
    /// The sum is at most this.
    pub high: f64,
}

/// A linear system.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The limits of each variable.
    pub limits: Vec<(f64, f64)>,
    /// The sums.
    pub lines: Vec<Line>,
    /// Whether variables are whole numbers.
    pub whole: bool,
    /// Branches looked at before the solver gives up; nought stands for very many.
    pub branches: u64,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The extreme value, and a point that reaches it.
    Best(f64, Vec<f64>),
    /// It goes on for ever.
    Unbounded,
    /// No point satisfies the system.
    Impossible,
}

/// Terms with every variable once.
pub fn gathered(terms: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for (variable, times) in terms {
        *sums.entry(*variable).or_default() += times;
    }
    sums.into_iter().filter(|(_, times)| *times != 0.0).collect()
}

/// The sum of terms at a point.
pub fn sum(terms: &[(usize, f64)], at: &[f64]) -> f64 {
    terms.iter().map(|(variable, times)| times * at.get(*variable).copied().unwrap_or_default()).sum()
}

impl Model {
    /// The least, or the most, that a sum can be.
    ///
    /// # Errors
    /// When the solver fails, stops early, or gives a point that does not hold.
    pub fn best(&self, goal: &[(usize, f64)], most: bool) -> Result<Answer, SolverFault> {
        let first = self.attempt(goal, most, true);
        if first.is_err() && self.branches == 0 { self.attempt(goal, most, false) } else { first }
    }

    fn attempt(&self, goal: &[(usize, f64)], most: bool, presolve: bool) -> Result<Answer, SolverFault> {
        let Some((problem, variables)) = self.problem(goal, most)? else { return Ok(Answer::Impossible) };
        let mut options = SolveOptions::default();
        (options.node_limit, options.presolve, options.dual_fixing) =
            (Some(if self.branches == 0 { MOST_BRANCHES } else { self.branches }), presolve, false);
        let solution = match problem.solve_with(options).map(microlp::SolveOutcome::into_solution) {
            Ok(Ok(solution)) if solution.status() == SolutionStatus::Optimal => solution,
            Ok(_) => return Err(SolverFault("too many possibilities".to_owned())),
            Err(Error::Infeasible) => return Ok(Answer::Impossible),
            Err(Error::Unbounded) => return Ok(Answer::Unbounded),
            Err(error) => return Err(SolverFault(error.to_string())),
        };
        let exactly = |value: f64| if self.whole { value.round() } else { value };
        let at: Vec<f64> = variables.iter().map(|variable| exactly(solution.var_value(*variable))).collect();
        if !self.holds(&at) {
            return Err(SolverFault("a solution was not exact".to_owned()));
        }
        let best = sum(goal, &at);
        Ok(if best.abs() >= FAR { Answer::Unbounded } else { Answer::Best(best, at) })
    }

    /// The problem for the solver; nothing where a limit contradicts itself.
    fn problem(&self, goal: &[(usize, f64)], most: bool) -> Result<Option<(Problem, Vec<Variable>)>, SolverFault> {
        let direction = if most { OptimizationDirection::Maximize } else { OptimizationDirection::Minimize };
        let goal: BTreeMap<usize, f64> = gathered(goal).into_iter().collect();
        let mut problem = Problem::new(direction);
        let mut variables = Vec::new();
        for (number, (low, high)) in self.limits.iter().copied().enumerate() {
            let (low, high) = if self.whole { (low.ceil(), high.floor()) } else { (low, high) };
            if low > high {
                return Ok(None);
            }
            if (low.is_finite() && low.abs() >= FAR) || (high.is_finite() && high.abs() >= FAR) {
                return Err(SolverFault("a number is a thousand million or more".to_owned()));
            }
            let times = goal.get(&number).copied().unwrap_or_default();
            variables.push(if self.whole {
                problem.add_integer_var(times, (low as i32, high as i32))
            } else {
                problem.add_var(times, (low, high))
            });
        }
        for line in &self.lines {
            let terms: Vec<(Variable, f64)> = gathered(&line.terms)
                .into_iter()
                .filter_map(|(number, times)| variables.get(number).map(|variable| (*variable, times)))
                .collect();
            if line.low > line.high || (terms.is_empty() && (line.low > NEAR || line.high < -NEAR)) {
                return Ok(None);
            }
            if terms.is_empty() {
                continue;
            }
            if line.low == line.high {
                problem.add_constraint(terms, ComparisonOp::Eq, line.low);
                continue;
            }
            if line.low.is_finite() {
                problem.add_constraint(terms.as_slice(), ComparisonOp::Ge, line.low);
            }
            if line.high.is_finite() {
                problem.add_constraint(terms.as_slice(), ComparisonOp::Le, line.high);
            }
        }
        Ok(Some((problem, variables)))
    }

    /// Whether a point satisfies every limit and sum: exactly where numbers are whole.
    fn holds(&self, at: &[f64]) -> bool {
        let near = |low: f64, value: f64, high: f64| {
            let slack = if self.whole { 0.0 } else { NEAR * (1.0 + value.abs()) };
            low - slack <= value && value <= high + slack
        };
        at.len() == self.limits.len()
            && self.limits.iter().zip(at).all(|((low, high), value)| near(*low, *value, *high))
            && self.lines.iter().all(|line| near(line.low, sum(&line.terms, at), line.high))
    }
}
