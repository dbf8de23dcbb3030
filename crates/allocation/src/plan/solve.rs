//! The whole of it: prices and plan by turns, until the plan is as good as the bound or somebody says stop. All chance comes
//! from the seed, and an iteration is an amount of work, so the same seed and iterations give the same plan, on one thread or
//! two (R-ALL-6).

use super::draft::Draft;
use super::exact::Exact;
use super::graph::Graph;
use super::instance::Instance;
use super::prices::{MANY, Prices};
use super::search::Search;
use super::solution::{Assignment, Solution};

/// A piece of work.
pub type Piece<'a> = &'a mut (dyn FnMut() + Send);

/// One after the other.
pub fn in_turn(one: Piece, other: Piece) {
    one();
    other();
}

/// How it is gone about.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// What all chance comes from.
    pub seed: u64,
    /// The most iterations; each is the same amount of work on every machine, about a millisecond.
    pub iterations: u64,
    /// Does the two pieces of an iteration, prices and plan, in any order or at the same time: the plan is the same.
    pub both: fn(Piece, Piece),
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, iterations: u64::MAX, both: in_turn }
    }
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Iterations done.
    pub iterations: u64,
    /// What the best plan is worth; none while there is none that keeps to the limit of changes.
    pub value: Option<i64>,
    /// No plan is worth more; none while nothing is known.
    pub bound: Option<i64>,
}

impl Progress {
    /// Whether the plan is as good as any.
    pub fn optimal(&self) -> bool {
        matches!((self.value, self.bound), (Some(value), Some(bound)) if value >= bound)
    }

    /// By how much of its value the plan could at most be better, in per cent.
    pub fn gap(&self) -> Option<f64> {
        let (value, bound) = (self.value?, self.bound?);
        Some((bound - value) as f64 / (value.abs().max(1)) as f64 * 100.0)
    }
}

/// The best plan found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The plan.
    pub solution: Solution,
    /// What it is worth and what none is worth more than.
    pub progress: Progress,
}

/// Up to so many edges the proof begins early.
const SMALL: usize = 400;
/// The proof of others begins when the gap is less than one part in so many of the value.
const CLOSE: i64 = 2_500;
/// Work of one iteration.
const QUANTUM: u64 = 20_000;

/// Prices and a plan of one instance, on their way to each other.
#[derive(Debug)]
pub struct Engine<'a> {
    graph: &'a Graph,
    prices: Prices,
    search: Search,
    exact: Option<Exact>,
    iterations: u64,
    begun: bool,
    spent: (u64, u64),
    led: Led,
    both: fn(Piece, Piece),
    first: u32,
    limit: Option<usize>,
}

/// The prices that lead the plan, as they were when an iteration began.
#[derive(Debug, Default)]
struct Led {
    bound: i64,
    prices: Vec<i64>,
    keep: i64,
}

impl<'a> Engine<'a> {
    /// Begins; from the plan before, where there is one.
    pub fn new(instance: &Instance, graph: &'a Graph, options: Options) -> Self {
        let draft = super::replan::before(instance, graph);
        let limit = instance.max_changes.filter(|most| *most < graph.before);
        let search = Search::new(graph, draft, limit, options.seed);
        let prices = Prices::new(graph, instance.needs.len(), limit);
        let first = if graph.edges.len() <= SMALL { 20 } else { 40 };
        let (led, both) = (Led::default(), options.both);
        Self { graph, prices, search, exact: None, iterations: 0, begun: false, spent: (0, 0), led, both, first, limit }
    }

    /// Does one iteration.
    pub fn advance(&mut self) -> Progress {
        self.iterations += 1;
        let graph = self.graph;
        if !self.begun {
            self.spent.0 += self.prices.advance(graph, QUANTUM);
            let enough =
                if self.graph.edges.len() >= MANY { self.prices.settled() } else { self.prices.passes() >= self.first };
            if enough && self.prices.bound < i64::MAX {
                self.begun = true;
                self.search.rates.clone_from(&self.prices.rates);
                self.search.construct(graph, (&self.prices.best, self.prices.keep));
            }
            return self.progress();
        }
        self.lead();
        if self.exact.is_some() {
            self.branch();
            if self.iterations.is_multiple_of(4) {
                self.work(0, QUANTUM);
            }
        } else {
            let (asked, sought) = self.spent;
            let part = if self.prices.settled() { 2 } else { 3 };
            let due = ((asked + sought + QUANTUM) * part / 5).saturating_sub(asked).min(QUANTUM);
            self.work(due, QUANTUM - due);
        }
        self.prove();
        self.progress()
    }

    /// Keeps the prices that lead the plan, so that it does not matter which of the two is worked on first.
    fn lead(&mut self) {
        if self.led.prices.is_empty() || self.led.bound != self.prices.bound {
            self.led.prices.clone_from(&self.prices.best);
            self.led.bound = self.prices.bound;
        }
        self.led.keep = self.prices.keep;
    }

    /// Works so much on the prices and so much on the plan.
    fn work(&mut self, ask: u64, seek: u64) {
        let Self { graph, prices, search, led, both, .. } = self;
        let (graph, led): (&Graph, &Led) = (graph, led);
        let (mut asked, mut sought) = (0, 0);
        let mut asking = || asked = prices.advance(graph, ask);
        let mut seeking = || sought = search.advance(graph, (&led.prices, led.keep), seek);
        if ask > 0 && seek > 0 {
            both(&mut asking, &mut seeking);
        } else {
            in_turn(&mut asking, &mut seeking);
        }
        self.spent = (self.spent.0 + asked, self.spent.1 + sought);
    }

    /// Works on the proof.
    fn branch(&mut self) {
        let Some(exact) = self.exact.as_mut() else { return };
        let best = self.search.best().map_or(i64::MIN, |best| best.value);
        let found = exact.advance(best, QUANTUM);
        self.prices.bound = self.prices.bound.min(exact.bound(best));
        if let Some(found) = found {
            self.search.adopt(found.onto(self.graph));
        }
    }

    /// Small ones are tried to be proved once the prices have settled and little is left.
    fn prove(&mut self) {
        let Some(best) = self.search.best().filter(|_| self.exact.is_none()) else { return };
        let close = (self.prices.bound - best.value).saturating_mul(CLOSE) <= best.value.abs();
        let small = self.graph.edges.len() <= SMALL;
        if !(self.prices.settled() && (small || close)) {
            return;
        }
        if self.limit.is_none() && self.graph.edges.len() <= 3_000 && self.prices.bound > best.value {
            self.exact = Some(Exact::new(self.graph, &self.prices.best, self.prices.bound));
        }
    }

    /// Where it stands.
    pub fn progress(&self) -> Progress {
        let value = self.search.best().filter(|_| self.begun).map(|best| best.value);
        let bound = Some(self.prices.bound).filter(|bound| *bound < i64::MAX);
        Progress { iterations: self.iterations, value, bound: bound.map(|bound| bound.max(value.unwrap_or(i64::MIN))) }
    }

    /// The best plan.
    pub fn solution(&self, instance: &Instance) -> Solution {
        let nothing = Draft::default();
        gather(self.graph, &instance.name, self.search.best().unwrap_or(&nothing))
    }
}

/// A plan as it is handed on, by need.
pub fn gather(graph: &Graph, name: &str, draft: &Draft) -> Solution {
    let line = |(edge, units): &(u32, i64)| {
        let edge = graph.edges.get(*edge as usize)?;
        Some(Assignment { need: edge.need as usize, practitioner: edge.practitioner as usize, units: *units })
    };
    let mut assign: Vec<Assignment> = draft.bundles.iter().flatten().filter_map(line).collect();
    assign.sort_unstable();
    Solution { instance: name.to_owned(), assign }
}

/// Plans until `watch` says no, the iterations are used up, or nothing better can be.
pub fn solve(
    instance: &Instance,
    graph: &Graph,
    options: Options,
    mut watch: impl FnMut(&Progress) -> bool,
) -> Outcome {
    let mut engine = Engine::new(instance, graph, options);
    let mut progress = engine.progress();
    while progress.iterations < options.iterations && !progress.optimal() {
        progress = engine.advance();
        if !watch(&progress) {
            break;
        }
    }
    if progress.value.is_none() {
        engine.finish();
        progress = engine.progress();
    }
    Outcome { solution: engine.solution(instance), progress }
}

impl Engine<'_> {
    /// A plan where there is none yet: stopped before the prices were good enough to begin.
    fn finish(&mut self) {
        self.begun = true;
        self.search.construct(self.graph, (self.prices.guide(), self.prices.keep));
    }
}
