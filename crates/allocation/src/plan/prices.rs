//! Prices of needs, and the bound that comes of them (R-ALL-4).
//!
//! When each need may be taken by anybody who pays its price, everybody's best bundle is a question of its own, and
//!
//! `bound(u) = Σ_j u_j + Σ_i best bundle of i at the prices u`
//!
//! is never below the value of any plan: a plan pays each price at most once. This is the Lagrangian dual over "at most one
//! practitioner a need"; its least value over `u ≥ 0` is that of the linear programme over whole bundles (Dantzig and Wolfe),
//! which column generation would reach too. It is tighter than the linear programme over doses, since bundles are whole.
//!
//! Prices move by an incremental subgradient: after each practitioner's answer the price of what they take rises and the
//! price of what they could take and leave falls, in steps that shrink. Their running average is what the bound is worked
//! out at. How they come about does not matter for the bound: it is worked out in whole numbers at whatever they are.

use super::asking::lay_out;
use super::bundle::{Answer, Effort, GRID, NEVER, Packer, Rates};
use super::graph::Graph;

/// What a turn of the prices works at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Moving prices, at this practitioner.
    Moving(usize),
    /// Adding up the bound, at this practitioner.
    Adding(usize, i64),
}

/// Prices on their way down to the bound.
#[derive(Debug)]
pub struct Prices {
    /// The lowest bound so far, in points; no plan is worth more.
    pub bound: i64,
    /// The prices of the lowest bound, in grid parts.
    pub best: Vec<i64>,
    /// By practitioner, what time and travel are worth.
    pub rates: Vec<Rates>,
    /// By practitioner, the last best bundle.
    pub bundles: Vec<Vec<(u32, i64)>>,
    /// Points added to what is kept, where changes have a limit; in grid parts.
    pub keep: i64,
    now: Vec<f64>,
    mean: Vec<f64>,
    scale: Vec<f64>,
    asked: Vec<i64>,
    packer: Packer,
    stage: Stage,
    step: f64,
    decay: f64,
    passes: u32,
    level: u32,
    many: bool,
    slack: i64,
    kept: i64,
    limit: Option<i64>,
    /// By practitioner, what the last bound was the sum of, in grid parts.
    pub answers: Vec<i64>,
}

/// Levels of effort in a proof: while prices move, and when a bound is added up.
const ON_THE_WAY: u32 = 1;
const EXACT: u32 = 4;
/// Passes in which bundles are only guessed.
const GUESSES: u32 = 10;
const FIRST_STEP: f64 = 0.3;
/// What steps shrink by from pass to pass …
const SLOW: f64 = 0.92;
/// … and at first on graphs with many edges, where a pass takes long.
const FAST: f64 = 0.86;
/// From so many edges a pass takes long.
pub const MANY: usize = 100_000;
/// Down to this step bundles are only those of the table there, mended: that is good enough to find the way.
const NEAR: f64 = 0.012;
/// Steps shorter than this lead nowhere: longer ones again, and more exact bundles.
const SHORT: f64 = 0.002;

impl Prices {
    /// Everything costs nothing yet; `limit` is the most changes.
    pub fn new(graph: &Graph, needs: usize, limit: Option<usize>) -> Self {
        let mut scale = vec![0.0_f64; needs];
        for edge in &graph.edges {
            let most = edge.gain + (edge.unit * i64::from(edge.most - edge.least)).max(0);
            if let Some(slot) = scale.get_mut(edge.need as usize) {
                *slot = slot.max((most * GRID) as f64);
            }
        }
        let people = graph.means.len();
        Self {
            bound: i64::MAX,
            best: vec![0; needs],
            rates: vec![Rates::default(); people],
            bundles: vec![Vec::new(); people],
            keep: 0,
            now: vec![0.0; needs],
            mean: vec![0.0; needs],
            scale,
            asked: vec![0; needs],
            packer: Packer::default(),
            stage: Stage::Moving(0),
            step: FIRST_STEP,
            decay: if graph.edges.len() >= MANY { FAST } else { SLOW },
            passes: 0,
            level: 0,
            many: graph.edges.len() >= MANY,
            slack: GRID / 4,
            kept: 0,
            answers: Vec::new(),
            limit: limit.and_then(|most| i64::try_from(graph.before.saturating_sub(most)).ok()),
        }
    }

    /// Begins from prices found before, with short steps.
    pub fn from(graph: &Graph, start: &[i64], rates: &[Rates], step: f64) -> Self {
        let mut prices = Self::new(graph, start.len(), None);
        prices.now = start.iter().map(|price| *price as f64).collect();
        prices.mean.clone_from(&prices.now);
        prices.asked = start.to_vec();
        prices.best = start.to_vec();
        prices.rates = rates.to_vec();
        prices.passes = GUESSES + 1;
        prices.level = EXACT;
        prices.step = step;
        prices
    }

    /// What bundles need not be found better than, in points over all practitioners together: a part of what there is to prove.
    pub fn near(&mut self, points: i64) {
        let people = i64::try_from(self.rates.len()).unwrap_or(1).max(1);
        self.slack = (points.saturating_mul(GRID) / (8 * people)).clamp(0, GRID / 4);
    }

    /// From now on bundles are searched for less long: enough to leave out most of what is hopeless.
    pub const fn roughly(&mut self) {
        self.level = ON_THE_WAY + 1;
    }

    /// Moves the prices for one pass; gives the work.
    pub fn pass(&mut self, graph: &Graph) -> u64 {
        self.level = ON_THE_WAY;
        let mut work = 1;
        for who in 0..graph.means.len() {
            work += self.ask(graph, who).work;
            self.shift(graph, who);
        }
        self.step *= 0.93;
        self.mean.iter_mut().zip(&self.now).for_each(|(mean, now)| *mean += (now - *mean) * 0.25);
        self.level = EXACT;
        work
    }

    /// Adds up the bound at the prices' average; gives the work.
    pub fn bound_at_mean(&mut self, graph: &Graph) -> u64 {
        let mean: Vec<i64> = self.mean.iter().map(|mean| *mean as i64).collect();
        self.bound_at(graph, &mean)
    }

    /// Adds up the bound at these prices; gives the work.
    pub fn bound_at(&mut self, graph: &Graph, prices: &[i64]) -> u64 {
        self.asked = prices.to_vec();
        let (mut sum, mut work) = (graph.constant * GRID, 0);
        self.answers.clear();
        for who in 0..graph.means.len() {
            let answer = self.ask(graph, who);
            work += answer.work;
            self.answers.push(answer.bound);
            sum = sum.saturating_add(answer.bound);
        }
        self.conclude(sum);
        self.asked = prices.to_vec();
        work
    }

    /// How often everybody has been asked.
    pub const fn passes(&self) -> u32 {
        self.passes
    }

    /// What to go by: the prices of the lowest bound, or where there is none yet the last ones.
    pub fn guide(&self) -> &[i64] {
        if self.bound < i64::MAX { &self.best } else { &self.asked }
    }

    /// Whether the prices have settled once.
    pub const fn settled(&self) -> bool {
        self.level > 0
    }

    /// Works on for about so much work.
    pub fn advance(&mut self, graph: &Graph, work: u64) -> u64 {
        let mut done = 0;
        while done < work {
            done += 1;
            match self.stage {
                Stage::Moving(who) if who < graph.means.len() => {
                    done += self.ask(graph, who).work;
                    self.shift(graph, who);
                    self.stage = Stage::Moving(who + 1);
                }
                Stage::Moving(_) => self.turn(graph),
                Stage::Adding(who, sum) if who < graph.means.len() => {
                    let answer = self.ask(graph, who);
                    done += answer.work;
                    self.stage = Stage::Adding(who + 1, sum.saturating_add(answer.bound));
                }
                Stage::Adding(_, sum) => self.conclude(sum),
            }
        }
        done
    }

    /// Roughly while prices move; harder when the bound is added up, and harder from level to level.
    fn effort(&self) -> Effort {
        let adding = matches!(self.stage, Stage::Adding(..));
        let rough = self.level == 0 && !adding;
        let steps = 64_u32 << (2 * self.level + if adding { 2 } else { 0 }).min(14);
        let (rates, steps) = match (self.many, adding) {
            _ if self.passes <= GUESSES + 1 => (3, steps),
            (true, true) => (4, steps),
            (true, false) if rough => (2, if self.step > NEAR { 0 } else { steps }),
            _ => (1, steps),
        };
        Effort { rates, steps, again: !rough, slack: if rough { 2 * GRID } else { self.slack }, target: NEVER }
    }

    fn ask(&mut self, graph: &Graph, who: usize) -> Answer {
        self.ask_with(graph, who, None)
    }

    /// Whether the best bundle of one practitioner that takes a given edge, or that does not, is worth more than a target.
    pub fn ask_with(&mut self, graph: &Graph, who: usize, edge: Option<(usize, bool, i64)>) -> Answer {
        let nothing = Answer { value: 0, bound: 0, work: 1 };
        let effort = self.effort();
        let (Some(means), Some(rates), Some(bundle)) =
            (graph.means.get(who), self.rates.get_mut(who), self.bundles.get_mut(who))
        else {
            return nothing;
        };
        let (prices, keep) = (&self.asked, self.keep);
        lay_out(&mut self.packer, graph, who, |edge| {
            let price = prices.get(edge.need as usize).copied().unwrap_or(0);
            Some(if edge.kept { price - keep } else { price })
        });
        if self.passes < GUESSES {
            let answer = self.packer.guess(means, rates);
            bundle.clone_from(&self.packer.best);
            return answer;
        }
        self.packer.hint.clone_from(bundle);
        let Some((edge, take, target)) = edge else {
            let answer = self.packer.solve(means, rates, effort);
            bundle.clone_from(&self.packer.best);
            return answer;
        };
        let position = u32::try_from(edge).unwrap_or(u32::MAX);
        if take {
            self.packer.items.iter_mut().filter(|item| item.edge == position).for_each(|item| item.forced = true);
        } else {
            self.packer.items.retain(|item| item.edge != position);
        }
        let mut rates = rates.clone();
        self.packer.solve(means, &mut rates, Effort { target, slack: 0, ..effort })
    }

    /// What they took becomes dearer, what they could have taken cheaper: together nothing changes where everything is
    /// taken once.
    fn shift(&mut self, graph: &Graph, who: usize) {
        let bundle = self.bundles.get(who).map(Vec::as_slice).unwrap_or_default();
        for (edge, _) in bundle {
            let Some(edge) = graph.edges.get(*edge as usize) else { continue };
            let need = edge.need as usize;
            self.kept += i64::from(edge.kept);
            if let (Some(now), Some(scale)) = (self.now.get_mut(need), self.scale.get(need)) {
                *now += self.step * scale;
            }
        }
        for edge in graph.of(who) {
            let need = edge.need as usize;
            let share = 1.0 / graph.of_need(need).len().max(1) as f64;
            if let (Some(now), Some(scale), Some(asked)) =
                (self.now.get_mut(need), self.scale.get(need), self.asked.get_mut(need))
            {
                *now = (*now - self.step * scale * share).max(0.0);
                *asked = *now as i64;
            }
        }
    }

    /// A pass is over: shorter steps, and now and then the bound.
    fn turn(&mut self, graph: &Graph) {
        self.passes += 1;
        self.stage = Stage::Moving(0);
        if let Some(least) = self.limit {
            let short = (least - self.kept) as f64 / graph.before.max(1) as f64;
            self.keep = ((self.keep as f64 + short * self.step * 3000.0 * GRID as f64) as i64).max(0);
        }
        self.kept = 0;
        if self.passes == GUESSES {
            self.step = FIRST_STEP / 4.0;
        }
        self.step *= if self.passes < GUESSES { 0.9 } else { self.decay };
        for (mean, now) in self.mean.iter_mut().zip(&self.now) {
            *mean += (now - *mean) * if self.passes <= GUESSES { 1.0 } else { 0.2 };
        }
        let short = self.step < SHORT;
        if short {
            self.level += 1;
            self.step = 10.0 * SHORT;
            self.decay = SLOW;
        }
        let due = if self.many {
            short || self.passes.is_multiple_of(8)
        } else {
            self.passes.is_multiple_of(8) || self.passes == GUESSES + 3
        };
        if due && self.passes > GUESSES && (self.settled() || !self.many) {
            self.asked.iter_mut().zip(&self.mean).for_each(|(asked, mean)| *asked = *mean as i64);
            self.stage = Stage::Adding(0, graph.constant * GRID);
        }
    }

    /// The bound has been added up.
    fn conclude(&mut self, sum: i64) {
        let prices: i64 = self.asked.iter().sum();
        let least = self.limit.unwrap_or(0).saturating_mul(self.keep);
        let bound = sum.saturating_add(prices).saturating_sub(least).div_euclid(GRID);
        if bound < self.bound {
            self.bound = bound;
            self.best.clone_from(&self.asked);
        }
        self.asked.iter_mut().zip(&self.now).for_each(|(asked, now)| *asked = *now as i64);
        self.stage = Stage::Moving(0);
    }
}
