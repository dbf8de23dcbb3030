//! What a reader can work out from a release (R-REL-3, R-REL-4, R-REL-5): the least and the most every protected cell can be,
//! and whose attributes are certain, over every whole point that fits all that is published and known.

mod build;
mod input;

pub use input::{Cell, Input, Knowledge, KnownPerson, Published, ReaderModel, Relation, Rule, Target};

use crate::solve::{Answer, SolverFault};
use build::{Attack, Goal};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What an interval leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Verdict {
    /// One value.
    Exact,
    /// Everybody, for certain.
    All,
    /// Nobody, for certain.
    None,
    /// Fewer values than the rule asks for.
    Narrow,
    /// Enough values.
    Ok,
    /// Nothing fits: a fault, or edited history.
    Infeasible,
}

/// A limit: whole where it is a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Limit {
    /// A whole number.
    Whole(i64),
    /// Any other.
    Real(f64),
}

impl From<f64> for Limit {
    fn from(value: f64) -> Self {
        if (value - value.round()).abs() < 1e-6 { Self::Whole(value.round() as i64) } else { Self::Real(value) }
    }
}

/// What is possible for one cell or target.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The least; none where there is no limit or nothing fits.
    pub lo: Option<Limit>,
    /// The most; none where there is no limit or nothing fits.
    pub hi: Option<Limit>,
    /// What that means.
    pub verdict: Verdict,
}

/// What the audit found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Findings {
    /// Every protected cell and target by its name.
    pub cells: BTreeMap<String, Finding>,
    /// Every person of whom something is certain that was not known before, by measure.
    pub people: BTreeMap<String, BTreeMap<String, u8>>,
    /// The names of cells, targets and people that are not protected.
    pub disclosed: Vec<String>,
}

/// Why nothing could be audited.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AuditFault {
    /// There is nothing in the file.
    #[error("the file has no cells: give a release with its cells")]
    NoCells,
    /// Two cells of one name, or a cell without one.
    #[error("the cell name {0:?} is empty or stands twice: give every cell its own name")]
    Name(String),
    /// A name that no cell has.
    #[error("{0:?} is named but is no cell: correct the name or add the cell")]
    Unknown(String),
    /// A cell that is neither published nor left out.
    #[error("the cell {0:?} has no value, no band and is not marked as suppressed: say which it is")]
    Unsaid(String),
    /// Values that are no numbers or not whole.
    #[error("{0:?} has a number that is not whole, or too large: correct it, or set integer to false")]
    Number(String),
    /// A status other than 0 or 1, or of no measure.
    #[error("what is known of {0:?} must be 0 or 1 for a measure of the release: correct it")]
    Known(String),
    /// Somebody is known, but the reader looks at cells and not at people.
    #[error("{0:?} is known, but some cells have no members: give every cell its members, or leave out what is known")]
    Alone(String),
    /// A union with parts that are tied otherwise too.
    #[error("the union {0:?} has parts that stand in another union or implication: leave one of them out")]
    Tied(String),
    /// The solver failed.
    #[error(transparent)]
    Solver(#[from] SolverFault),
}

/// Works out what a reader can (R-REL-3, R-REL-4; the attacker's problem of Fischetti and Salazar, 2001, over all releases).
///
/// # Errors
/// When the input contradicts itself in form, or the solver gives no answer that can be checked.
pub fn audit(input: &Input) -> Result<Findings, AuditFault> {
    let release = input.release.as_ref().unwrap_or(&input.bare);
    let attack = build::attack(release, input.model)?;
    let first = match attack.model.best(&[], true)? {
        Answer::Best(_, at) => at,
        Answer::Impossible | Answer::Unbounded => return Ok(contradiction(release)),
    };
    let mut seen = Seen { attack: &attack, points: vec![first] };
    let mut findings = Findings::default();
    let mut disclosed = BTreeSet::new();
    for goal in &attack.goals {
        let (lo, hi) = (seen.extreme(&goal.terms, goal.low, false)?, seen.extreme(&goal.terms, goal.high, true)?);
        let verdict = verdict(goal, lo, hi, attack.model.whole);
        if verdict != Verdict::Ok {
            disclosed.insert(goal.id.clone());
        }
        findings.cells.insert(goal.id.clone(), Finding { lo: lo.map(Limit::from), hi: hi.map(Limit::from), verdict });
    }
    for status in &attack.statuses {
        let terms = [(status.variable, 1.0)];
        let certain = if seen.extreme(&terms, Some(0.0), false)?.is_some_and(|least| least > status.people - 0.5) {
            1
        } else if seen.extreme(&terms, Some(status.people), true)?.is_some_and(|most| most < 0.5) {
            0
        } else {
            continue;
        };
        for name in &status.names {
            disclosed.insert(name.clone());
            findings.people.entry(name.clone()).or_default().insert(status.measure.clone(), certain);
        }
    }
    findings.disclosed = disclosed.into_iter().collect();
    Ok(findings)
}

/// Points found so far: most questions are answered by one of them.
struct Seen<'a> {
    attack: &'a Attack,
    points: Vec<Vec<f64>>,
}

impl Seen<'_> {
    /// The extreme of a sum; `limit` is one it cannot pass, so that reaching it ends the search.
    fn extreme(&mut self, terms: &[(usize, f64)], limit: Option<f64>, most: bool) -> Result<Option<f64>, SolverFault> {
        let reached = |at: &Vec<f64>| limit.is_some_and(|limit| (crate::solve::sum(terms, at) - limit).abs() < 1e-9);
        if self.points.iter().any(reached) {
            return Ok(limit);
        }
        match self.attack.model.best(terms, most)? {
            Answer::Best(value, at) => {
                self.points.push(at);
                Ok(Some(value))
            }
            Answer::Unbounded => Ok(None),
            Answer::Impossible => Err(SolverFault("what was possible is impossible".to_owned())),
        }
    }
}

/// The verdict on an interval (R-REL-5).
fn verdict(goal: &Goal, lo: Option<f64>, hi: Option<f64>, whole: bool) -> Verdict {
    let (Some(lo), Some(hi)) = (lo, hi) else { return Verdict::Ok };
    let near = if whole { 0.0 } else { 1e-6 };
    if hi - lo <= near {
        Verdict::Exact
    } else if goal.people.is_some_and(|people| lo >= people) {
        Verdict::All
    } else if goal.people.is_some() && hi <= 0.0 {
        Verdict::None
    } else if (hi + near).floor() - (lo - near).ceil() + 1.0 < goal.min_values {
        Verdict::Narrow
    } else {
        Verdict::Ok
    }
}

/// Nothing fits: every cell is shown so, protected or not (R-REL-11).
fn contradiction(release: &Published) -> Findings {
    let names = release.cells.iter().map(|cell| &cell.id).chain(release.targets.iter().map(|target| &target.id));
    let finding = Finding { lo: None, hi: None, verdict: Verdict::Infeasible };
    let cells: BTreeMap<String, Finding> = names.map(|id| (id.clone(), finding.clone())).collect();
    Findings { disclosed: cells.keys().cloned().collect(), cells, people: BTreeMap::new() }
}

#[cfg(test)]
mod tests;
