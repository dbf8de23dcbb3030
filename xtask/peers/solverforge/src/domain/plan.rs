//! A plan and its worth, kept up to date change by change, as Timefold's calculator beside it does.

use std::sync::Arc;

use solverforge::prelude::*;
use solverforge::{ConstraintRef, IncrementalConstraint, SingleConstraint, SolverConfig};

use super::Need;
use crate::problem::{Problem, Way};

/// A plan.
#[planning_solution(constraints = "constraints", config = "limited", solver_toml = "../../solver.toml")]
pub struct Plan {
    /// What may be served.
    #[planning_entity_collection]
    pub needs: Vec<Need>,
    /// What it is worth, and by how much it breaks rules.
    #[planning_score]
    pub score: Option<HardSoftScore>,
    /// What never changes.
    pub problem: Arc<Problem>,
    /// When to stop.
    pub seconds: u64,
}

fn limited(plan: &Plan, config: SolverConfig) -> SolverConfig {
    config.with_termination_seconds(plan.seconds)
}

fn constraints() -> impl ConstraintSet<Plan, HardSoftScore> {
    (Worth::new(),)
}

/// What is used up of one practitioner's means.
#[derive(Default, Clone)]
struct Used {
    hours: i64,
    travel: i64,
    sites: i64,
    sets: Vec<i64>,
}

/// The whole of hard rules and value: loads, sets of blocks, travel, sites and set-up belong together.
pub struct Worth {
    named: ConstraintRef,
    used: Vec<Used>,
    lines: Vec<i64>,
    kept: i64,
    counted: Vec<Option<usize>>,
}

impl Worth {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let named = ConstraintRef::new("", "worth");
        Self { named, used: Vec::new(), lines: Vec::new(), kept: 0, counted: Vec::new() }
    }

    fn empty(&mut self, problem: &Problem, needs: usize) {
        let used = |means: &crate::problem::Means| Used { sets: vec![0; means.sets.len()], ..Used::default() };
        self.used = problem.means.iter().map(used).collect();
        self.lines = vec![0; problem.setup.len()];
        self.counted = vec![None; needs];
        self.kept = 0;
    }

    /// What was there before anything was served.
    fn nothing(problem: &Problem) -> HardSoftScore {
        HardSoftScore::of(-problem.least_kept.max(0) - PINNED * problem.pinned, problem.constant)
    }

    /// Puts a way in (`by` 1) or takes it out (-1).
    fn change(&mut self, problem: &Problem, way: &Way, by: i64) -> HardSoftScore {
        let edge = &problem.edges[way.edge];
        let means = &problem.means[edge.practitioner];
        let used = &mut self.used[edge.practitioner];
        let units = by * way.units;
        let (mut hard, mut soft) = (0, by * way.worth);
        soft += means.load(used.hours) - means.load(used.hours + units);
        hard += grown(&mut used.hours, units, means.hours);
        hard += grown(&mut used.travel, 2 * edge.minutes * units, means.travel);
        for ((bits, most), given) in means.sets.iter().zip(&mut used.sets) {
            if edge.compat & !bits == 0 {
                hard += grown(given, units, *most);
            }
        }
        let lines = &mut self.lines[edge.place];
        if *lines == i64::from(by < 0) {
            soft -= by * problem.setup[edge.place];
            hard += 10 * grown(&mut used.sites, by, means.sites);
        }
        *lines += by;
        if edge.pinned {
            hard -= by * PINNED;
        }
        if edge.kept {
            hard += (problem.least_kept - self.kept - by).max(0) - (problem.least_kept - self.kept).max(0);
            self.kept += by;
        }
        HardSoftScore::of(-hard, soft)
    }
}

/// What leaving out something that has begun counts.
const PINNED: i64 = 1_000;

/// Adds to a sum: by how much more it then goes beyond what there is.
fn grown(sum: &mut i64, by: i64, most: i64) -> i64 {
    let before = (*sum - most).max(0);
    *sum += by;
    (*sum - most).max(0) - before
}

impl SingleConstraint for Worth {}

impl IncrementalConstraint<Plan, HardSoftScore> for Worth {
    fn evaluate(&self, plan: &Plan) -> HardSoftScore {
        Self::new().initialize(plan)
    }

    fn match_count(&self, plan: &Plan) -> usize {
        plan.needs.iter().filter(|need| need.way.is_some()).count()
    }

    fn initialize(&mut self, plan: &Plan) -> HardSoftScore {
        self.empty(&plan.problem, plan.needs.len());
        (0..plan.needs.len()).fold(Self::nothing(&plan.problem), |sum, need| sum + self.on_insert(plan, need, 0))
    }

    fn on_insert(&mut self, plan: &Plan, need: usize, _: usize) -> HardSoftScore {
        let Some(way) = plan.needs[need].way.filter(|_| self.counted[need].is_none()) else {
            return HardSoftScore::ZERO;
        };
        self.counted[need] = Some(way);
        self.change(&plan.problem, &plan.problem.ways[way], 1)
    }

    fn on_retract(&mut self, plan: &Plan, need: usize, _: usize) -> HardSoftScore {
        match self.counted[need].take() {
            Some(way) => self.change(&plan.problem, &plan.problem.ways[way], -1),
            None => HardSoftScore::ZERO,
        }
    }

    fn reset(&mut self) {
        self.used.clear();
        self.lines.clear();
        self.counted.clear();
    }

    fn constraint_ref(&self) -> &ConstraintRef {
        &self.named
    }
}
