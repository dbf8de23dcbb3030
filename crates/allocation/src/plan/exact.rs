//! Proof for small instances: branch and bound on who serves a need, with the bound of [`super::prices`] at each branch.
//!
//! At each branch prices move a little, and every edge is then asked about once: if the bound with it taken (or left) is no
//! better than the best plan, it is left (or taken) for good in that branch (reduced-cost fixing). What is fixed makes the
//! next bound tighter. A branch ends when its bound is no better than the best plan, or when its bundles want no need twice:
//! then they are a plan themselves. Otherwise it is split: a need that two of them want is served by one of them, or not.
//! After each round of questions a short search among the edges that are left looks for a better plan: there are few, and a
//! better plan settles more of them.

use super::bundle::{GRID, Rates};
use super::draft::{Bundle, Draft};
use super::graph::Graph;
use super::prices::Prices;
use super::search::Search;

/// A part of all plans.
#[derive(Debug, Clone)]
struct Branch {
    /// By edge of the whole graph: may be taken, must be taken.
    edges: Vec<(bool, bool)>,
    prices: Vec<i64>,
    rates: Vec<Rates>,
    bound: i64,
}

/// A branch being looked at.
#[derive(Debug)]
struct Look {
    branch: Branch,
    graph: Graph,
    origin: Vec<usize>,
    prices: Prices,
    left: usize,
    turn: u32,
    stage: Stage,
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    Moving(u32),
    Fixing(usize),
}

/// Branches that are still open.
#[derive(Debug)]
pub struct Exact {
    graph: Graph,
    open: Vec<Branch>,
    look: Option<Box<Look>>,
    work: u64,
    owed: u64,
    turns: u64,
}

/// A plan found on the way: needs, practitioners and units.
#[derive(Debug)]
pub struct Found(Vec<Bundle>);

impl Found {
    /// The plan on the whole graph.
    pub fn onto(&self, graph: &Graph) -> Draft {
        let needs = graph.edges.iter().map(|edge| edge.need as usize + 1).max().unwrap_or(0);
        let mut draft = Draft::new(graph, needs);
        self.0.iter().enumerate().for_each(|(who, bundle)| draft.put(graph, who, bundle));
        draft
    }
}

const PASSES: u32 = 16;
const TURNS: u32 = 6;
/// Work of a search in a branch.
const SEEK: u64 = 25_000;

impl Look {
    fn new(whole: &Graph, mut branch: Branch, turn: u32) -> Self {
        let (graph, origin) = narrowed(whole, &branch.edges);
        // What nobody may take any more costs nothing: its price would only raise the bound.
        let alone = |need: &usize| graph.of_need(*need).is_empty();
        branch.prices.iter_mut().zip(0..).filter(|(_, need)| alone(need)).for_each(|(price, _)| *price = 0);
        let prices = Prices::from(&graph, &branch.prices, &branch.rates, 0.02);
        let left = branch.edges.iter().filter(|(may, must)| *may && !must).count();
        Self { branch, graph, origin, prices, left, turn, stage: Stage::Moving(0) }
    }

    /// Asks about every edge of a practitioner once; gives the work.
    fn fix(&mut self, who: usize, value: i64) -> u64 {
        let answers: i64 = self.prices.answers.iter().sum();
        let sum = answers + self.branch.prices.iter().sum::<i64>() + self.graph.constant * GRID;
        let rest = sum - self.prices.answers.get(who).copied().unwrap_or(0);
        self.prices.roughly();
        let taken = self.prices.bundles.get(who).cloned().unwrap_or_default();
        let mut work = 0;
        for at in self.graph.range(who) {
            if self.graph.edges.get(at).is_none_or(|edge| edge.pinned) {
                continue;
            }
            let inside = taken.iter().any(|(edge, _)| *edge as usize == at);
            let target = (value + 1).saturating_mul(GRID) - rest - 1;
            let answer = self.prices.ask_with(&self.graph, who, Some((at, !inside, target)));
            work += answer.work;
            let hopeless = answer.bound <= target;
            let slot = self.origin.get(at).and_then(|at| self.branch.edges.get_mut(*at));
            if let Some(slot) = slot.filter(|_| hopeless) {
                *slot = if inside { (true, true) } else { (false, false) };
            }
        }
        work
    }
}

impl Exact {
    /// Begins with all plans.
    pub fn new(graph: &Graph, prices: &[i64], bound: i64) -> Self {
        let edges = graph.edges.iter().map(|edge| (true, edge.pinned)).collect();
        let rates = vec![Rates::default(); graph.means.len()];
        let root = Branch { edges, prices: prices.to_vec(), rates, bound };
        Self { graph: graph.clone(), open: vec![root], look: None, work: 0, owed: 0, turns: 0 }
    }

    /// No plan is worth more, if `value` is the best so far.
    pub fn bound(&self, value: i64) -> i64 {
        let open = self.open.iter().map(|branch| branch.bound);
        let now = self.look.iter().map(|look| look.branch.bound);
        open.chain(now).max().unwrap_or(value).max(value)
    }

    /// Works on for about so much work; gives a plan better than `value` where it comes upon one.
    pub fn advance(&mut self, value: i64, work: u64) -> Option<Found> {
        self.owed += work;
        while self.work < self.owed {
            let Some(look) = self.look.take() else {
                let Some(branch) = self.next() else {
                    self.work = self.owed;
                    return None;
                };
                if branch.bound > value {
                    self.look = Some(Box::new(Look::new(&self.graph, branch, 0)));
                }
                continue;
            };
            let found = self.step(look, value);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// By turns the branch with the highest bound and the last one: the one brings the bound down, the other comes upon plans.
    fn next(&mut self) -> Option<Branch> {
        self.turns += 1;
        if self.turns.is_multiple_of(2) {
            return self.open.pop();
        }
        let highest = (0..self.open.len()).max_by_key(|at| self.open.get(*at).map(|branch| branch.bound));
        highest.map(|at| self.open.remove(at))
    }

    /// A small step of looking at a branch.
    fn step(&mut self, mut look: Box<Look>, value: i64) -> Option<Found> {
        let mut found = None;
        look.prices.near(look.branch.bound - value);
        match look.stage {
            Stage::Moving(pass) => {
                self.work += look.prices.pass(&look.graph);
                let mut next = pass + 1;
                if (pass + 1).is_multiple_of(8) {
                    self.work += look.prices.bound_at_mean(&look.graph);
                    // Where moving prices brings next to nothing it is time to ask about edges.
                    let gain = look.branch.bound - look.prices.bound;
                    next = if gain * 10 < look.branch.bound - value { PASSES } else { next };
                    look.branch.bound = look.branch.bound.min(look.prices.bound);
                    found = plan(&look.graph, &look.origin, &look.prices, value);
                    if look.branch.bound <= value {
                        return found;
                    }
                }
                look.stage = Stage::Moving(next);
                if next == PASSES {
                    look.branch.prices.clone_from(&look.prices.best);
                    let best = look.prices.best.clone();
                    self.work += look.prices.bound_at(&look.graph, &best);
                    look.branch.rates.clone_from(&look.prices.rates);
                    look.stage = Stage::Fixing(0);
                }
            }
            Stage::Fixing(who) if who < look.graph.means.len() => {
                self.work += look.fix(who, value);
                look.stage = Stage::Fixing(who + 1);
            }
            Stage::Fixing(_) => return self.fixed(look, value),
        }
        self.look = Some(look);
        found
    }

    /// Everything has been asked about: once more with what is left, or split.
    fn fixed(&mut self, mut look: Box<Look>, value: i64) -> Option<Found> {
        let found = self.seek(&look, value);
        alone(&self.graph, &mut look.branch.edges);
        let left = look.branch.edges.iter().filter(|(may, must)| *may && !must).count();
        if look.turn + 1 < TURNS && left * 10 <= look.left * 9 {
            self.look = Some(Box::new(Look::new(&self.graph, look.branch, look.turn + 1)));
        } else {
            let Look { graph, origin, prices, branch, .. } = *look;
            self.split(&graph, &origin, &prices, branch);
        }
        found
    }

    /// A short search among what is left of a branch, which is little: for a plan better than `value`.
    fn seek(&mut self, look: &Look, value: i64) -> Option<Found> {
        let needs = look.prices.best.len();
        let mut search = Search::new(&look.graph, Draft::new(&look.graph, needs), None, self.turns);
        search.rates.clone_from(&look.prices.rates);
        search.construct(&look.graph, (&look.prices.best, 0));
        self.work += search.advance(&look.graph, (&look.prices.best, 0), SEEK);
        let best = search.best().filter(|best| best.value > value)?;
        Some(Found(best.bundles.iter().map(|bundle| moved(&look.origin, bundle)).collect()))
    }

    /// Puts back two halves: the need most wanted goes to one of those who want it, or not.
    fn split(&mut self, graph: &Graph, origin: &[usize], prices: &Prices, branch: Branch) {
        let mut wanted: Vec<(usize, i64, usize)> = Vec::new();
        let all = prices.bundles.iter().flatten();
        for edge in all.clone().filter_map(|(at, _)| graph.edges.get(*at as usize).map(|edge| (*at as usize, edge))) {
            let same = |other: &&(u32, i64)| graph.edges.get(other.0 as usize).is_some_and(|o| o.need == edge.1.need);
            let count = all.clone().filter(same).count();
            if !edge.1.pinned {
                wanted.push((count, edge.1.gain, edge.0));
            }
        }
        let free = || graph.edges.iter().enumerate().filter(|(_, edge)| !edge.pinned);
        let chosen = wanted.iter().max().copied().filter(|(count, ..)| *count > 1);
        let chosen = chosen.or_else(|| free().map(|(at, edge)| (1, edge.gain, at)).max());
        let Some(edge) = chosen.and_then(|(_, _, at)| origin.get(at).copied()) else {
            self.open.push(branch);
            return;
        };
        let mut without = branch.clone();
        without.edges.iter_mut().skip(edge).take(1).for_each(|slot| *slot = (false, false));
        let mut with = branch;
        with.edges.iter_mut().skip(edge).take(1).for_each(|slot| *slot = (true, true));
        alone(&self.graph, &mut with.edges);
        self.open.push(without);
        self.open.push(with);
    }
}

/// Whoever must serve a need is the only one who may.
fn alone(graph: &Graph, edges: &mut [(bool, bool)]) {
    let musts = graph.edges.iter().zip(edges.iter()).enumerate().filter(|(_, (_, (_, must)))| *must);
    let musts: Vec<(usize, usize)> = musts.map(|(at, (edge, _))| (at, edge.need as usize)).collect();
    for (at, need) in musts {
        for other in graph.of_need(need).iter().filter(|other| **other as usize != at) {
            edges.iter_mut().skip(*other as usize).take(1).for_each(|slot| *slot = (false, false));
        }
    }
}

/// The graph of a branch, and where its edges are on the whole one.
fn narrowed(graph: &Graph, edges: &[(bool, bool)]) -> (Graph, Vec<usize>) {
    let mut origin = Vec::new();
    let narrow = graph.narrowed(|at, _| {
        let (may, must) = edges.get(at).copied()?;
        may.then(|| {
            origin.push(at);
            must
        })
    });
    (narrow, origin)
}

/// The plan that the bundles make when whoever comes first keeps a need, when it is better than `value`.
fn plan(graph: &Graph, origin: &[usize], prices: &Prices, value: i64) -> Option<Found> {
    let needs = prices.best.len();
    let mut draft = Draft::new(graph, needs);
    prices.bundles.iter().enumerate().for_each(|(who, bundle)| draft.put(graph, who, bundle));
    (draft.value > value).then(|| Found(draft.bundles.iter().map(|bundle| moved(origin, bundle)).collect()))
}

/// A bundle of a branch on the whole graph.
fn moved(origin: &[usize], bundle: &Bundle) -> Bundle {
    let at = |edge: u32| origin.get(edge as usize).and_then(|at| u32::try_from(*at).ok());
    bundle.iter().filter_map(|(edge, units)| Some((at(*edge)?, *units))).collect()
}
