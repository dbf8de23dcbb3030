//! Making a plan better: take a few practitioners' needs away and share them out anew (ruin and recreate), each with the
//! exact best bundle of what is free, led by the prices.
//!
//! Two moves. A *group* of practitioners who compete for the same needs is emptied and filled again in any order: whoever
//! comes before the last pays a share of the prices, so that they leave what others of the group can use better. In a *bid*
//! one practitioner may take from others at a share of what those would lose, and those then fill up with what is free.
//! A move that makes the plan worse is taken back. Values are exact, so what is better is really better.

use super::asking::lay_out;
use super::bundle::{Effort, GRID, NEVER, Packer, Rates};
use super::chance::Chance;
use super::draft::{Bundle, Draft};
use super::graph::Graph;
use std::collections::VecDeque;

/// What leaving one line too many counts while a plan with a limit of changes is sought: more than any need is worth.
const TOO_MANY: i64 = 100_000_000;
const EFFORT: Effort = Effort { rates: 1, steps: 100, again: false, slack: GRID, target: NEVER };

/// A plan that gets better.
#[derive(Debug)]
pub struct Search {
    /// The plan.
    pub draft: Draft,
    /// By practitioner, what time and travel are worth.
    pub rates: Vec<Rates>,
    /// Lines of the plan before that must stay.
    pub must_keep: i64,
    /// By practitioner: whether they may be touched.
    free: Option<Vec<bool>>,
    people: Vec<usize>,
    packer: Packer,
    chance: Chance,
    queue: VecDeque<usize>,
    waiting: Vec<bool>,
    best: Option<Draft>,
    warmth: Warmth,
    work: u64,
    turns: u64,
    undo: Vec<(usize, Bundle)>,
}

/// How much worse a move may make the plan: nothing at first, then in rounds a little that shrinks to nothing, from the best
/// plan each (threshold accepting). On large graphs always nothing: there is enough to be bettered.
#[derive(Debug, Clone, Copy)]
struct Warmth {
    most: i64,
    turns: i64,
    now: i64,
    round: i64,
}

impl Warmth {
    fn new(graph: &Graph) -> Self {
        let people = i64::try_from(graph.means.len()).unwrap_or(i64::MAX).max(1);
        Self { most: if people > 300 { 0 } else { WARM }, turns: people * TURNS, now: 0, round: 0 }
    }

    const fn cold(&self) -> bool {
        self.most == 0
    }

    /// Points that may be lost; `part` of 1024.
    const fn allowed(&self, part: i64) -> i64 {
        if self.round == 0 {
            return 0;
        }
        let hot = self.most * (self.turns - self.now) / self.turns;
        hot * part / 1024 * part / 1024
    }

    /// One move more; whether a round has ended.
    const fn turn(&mut self) -> bool {
        self.now += 1;
        if self.now < self.turns {
            return false;
        }
        self.now = 0;
        self.round += 1;
        self.most > 0
    }
}

/// Points that may be lost at the beginning of a round.
const WARM: i64 = 1_000;
/// Moves of a round, for each practitioner.
const TURNS: i64 = 25;

impl Search {
    /// Begins with a plan; `limit` is the most changes.
    pub fn new(graph: &Graph, draft: Draft, limit: Option<usize>, seed: u64) -> Self {
        let people = graph.means.len();
        let must_keep = limit.and_then(|most| i64::try_from(graph.before.saturating_sub(most)).ok()).unwrap_or(0);
        Self {
            draft,
            rates: vec![Rates::default(); people],
            must_keep,
            free: None,
            people: (0..people).filter(|who| !graph.of(*who).is_empty()).collect(),
            packer: Packer::default(),
            chance: Chance::new(seed),
            queue: VecDeque::new(),
            waiting: vec![false; people],
            best: None,
            warmth: Warmth::new(graph),
            work: 0,
            turns: 0,
            undo: Vec::new(),
        }
    }

    /// The best plan so far that keeps to the limit of changes.
    pub fn best(&self) -> Option<&Draft> {
        self.best.as_ref().or(Some(&self.draft).filter(|_| self.feasible() && self.warmth.cold()))
    }

    /// Goes on from a better plan found elsewhere.
    pub fn adopt(&mut self, draft: Draft) {
        self.draft = draft;
        self.note();
    }

    /// Notes the plan where it is the best so far. While it never gets worse it is its own note.
    fn note(&mut self) {
        let better = self.best.as_ref().is_none_or(|best| self.draft.value > best.value);
        if !self.warmth.cold() && self.feasible() && better {
            self.best = Some(self.draft.clone());
        }
    }

    /// Leaves everybody but these as they are.
    pub fn only(&mut self, people: &[usize]) {
        let mut free = vec![false; self.waiting.len()];
        people.iter().for_each(|who| free.iter_mut().skip(*who).take(1).for_each(|slot| *slot = true));
        self.people = people.to_vec();
        self.free = Some(free);
    }

    fn may(&self, who: usize) -> bool {
        self.free.as_ref().is_none_or(|free| free.get(who).copied().unwrap_or(false))
    }

    /// What counts: the value, as long as enough of the plan before is kept.
    pub const fn score(&self) -> i64 {
        let short = self.must_keep - self.draft.kept;
        self.draft.value - if short > 0 { short * TOO_MANY } else { 0 }
    }

    /// Whether the plan keeps to the limit of changes.
    pub const fn feasible(&self) -> bool {
        self.draft.kept >= self.must_keep
    }

    fn extra(&self, keep: i64) -> i64 {
        if self.must_keep == 0 {
            return 0;
        }
        keep + if self.feasible() { 0 } else { 4_000 * GRID }
    }

    /// Gives one practitioner the best bundle of what is free, at a share (per cent) of the prices.
    fn refill(&mut self, graph: &Graph, who: usize, (prices, keep): (&[i64], i64), share: i64, hint: &[(u32, i64)]) {
        let (Some(means), true) = (graph.means.get(who), self.may(who)) else { return };
        self.packer.hint.clear();
        self.packer.hint.extend_from_slice(hint);
        let extra = self.extra(keep);
        let draft = &self.draft;
        lay_out(&mut self.packer, graph, who, |edge| {
            let need = edge.need as usize;
            if draft.server(graph, need).is_some_and(|other| other != who) {
                return None;
            }
            let price = if share == 0 { 0 } else { prices.get(need).copied().unwrap_or(0) * share / 100 };
            Some(if edge.kept { price - extra } else { price })
        });
        let Some(rates) = self.rates.get_mut(who) else { return };
        let answer = self.packer.solve(means, rates, EFFORT);
        self.work += answer.work;
        if answer.value > NEVER {
            let best = std::mem::take(&mut self.packer.best);
            self.draft.put(graph, who, &best);
            self.packer.best = best;
        }
    }

    /// A first plan: everybody in turn at the prices, then everybody again with what is left.
    pub fn construct(&mut self, graph: &Graph, prices: (&[i64], i64)) {
        let mut order = self.people.clone();
        self.chance.shuffle(&mut order);
        for share in [100, 0] {
            for who in &order {
                let hint = self.draft.bundles.get(*who).cloned().unwrap_or_default();
                self.refill(graph, *who, prices, share, &hint);
            }
        }
        self.queue.extend(order);
        self.waiting.fill(true);
        self.note();
    }

    /// Works on for about so much work; gives how much it was.
    pub fn advance(&mut self, graph: &Graph, prices: (&[i64], i64), work: u64) -> u64 {
        let before = self.work;
        while self.work - before < work && !self.people.is_empty() {
            self.work += 4;
            self.turns += 1;
            let turn = usize::try_from(self.turns % 64).unwrap_or(0);
            if let Some(who) = self.queue.pop_front() {
                self.waiting.iter_mut().skip(who).take(1).for_each(|slot| *slot = false);
                self.bid(graph, prices, who, 70 + 5 * (turn % 7));
            } else if self.warmth.cold() && turn % 8 == 7 {
                if let Some(who) = self.chance.pick(&self.people) {
                    self.bid(graph, prices, who, 50 + 10 * (turn % 7));
                }
            } else {
                self.group(graph, prices, 2 + turn % 3);
            }
            if self.warmth.turn()
                && let Some(best) = self.best.as_ref()
            {
                self.draft.clone_from(best);
            }
        }
        self.work - before
    }

    /// Lets these bid first.
    pub fn wake(&mut self, people: &[usize]) {
        people.iter().for_each(|who| self.wait(*who));
    }

    fn wait(&mut self, who: usize) {
        if let Some(slot) = self.waiting.get_mut(who).filter(|slot| !**slot) {
            *slot = true;
            self.queue.push_back(who);
        }
    }

    /// Takes the move back where it made things worse; otherwise whoever is concerned may bid again.
    fn settle(&mut self, graph: &Graph, before: i64) {
        let undo = std::mem::take(&mut self.undo);
        let now = self.score();
        let part = i64::try_from(self.chance.below(1 << 10)).unwrap_or(0);
        if now < before - self.warmth.allowed(part) {
            undo.iter().for_each(|(who, _)| drop(self.draft.clear(graph, *who)));
            undo.iter().for_each(|(who, bundle)| self.draft.put(graph, *who, bundle));
        } else if now > before {
            if self.warmth.cold() {
                undo.iter().for_each(|(who, _)| self.wait(*who));
            }
            self.note();
        }
        self.undo = undo;
    }

    /// Empties a group and fills it again.
    fn group(&mut self, graph: &Graph, prices: (&[i64], i64), size: usize) {
        let before = self.score();
        let mut group = self.rivals(graph, size);
        self.undo.clear();
        for who in &group {
            let bundle = self.draft.clear(graph, *who);
            self.undo.push((*who, bundle));
        }
        let undo = std::mem::take(&mut self.undo);
        let old =
            |who: usize| undo.iter().find(|(other, _)| *other == who).map_or(&[][..], |(_, bundle)| bundle.as_slice());
        self.chance.shuffle(&mut group);
        let share = 60 + i64::try_from(self.chance.below(50)).unwrap_or(0);
        let last = group.len().saturating_sub(1);
        for (at, who) in group.iter().enumerate() {
            self.refill(graph, *who, prices, if at == last { 0 } else { share }, old(*who));
        }
        for who in group.iter().take(last) {
            let hint = self.draft.bundles.get(*who).cloned().unwrap_or_default();
            self.refill(graph, *who, prices, 0, &hint);
        }
        self.undo = undo;
        self.settle(graph, before);
    }

    /// One practitioner and others who serve, or could serve, needs in common with them.
    fn rivals(&mut self, graph: &Graph, size: usize) -> Vec<usize> {
        let Some(first) = self.chance.pick(&self.people) else { return Vec::new() };
        let mut group = vec![first];
        for _ in 0..size * 6 {
            if group.len() >= size {
                break;
            }
            let from = self.chance.pick(&group).unwrap_or(first);
            let own = self.draft.bundles.get(from).map(Vec::as_slice).unwrap_or_default();
            let found = if self.chance.below(2) == 0 && !own.is_empty() {
                let need =
                    self.chance.pick(own).and_then(|(edge, _)| graph.edges.get(edge as usize)).map(|edge| edge.need);
                let edges = graph.of_need(need.unwrap_or(0) as usize);
                self.chance.pick(edges).and_then(|edge| graph.edges.get(edge as usize)).map(|e| e.practitioner as usize)
            } else {
                let edges = graph.of(from);
                let edge = edges.get(self.chance.below(edges.len()));
                edge.and_then(|edge| self.draft.server(graph, edge.need as usize))
            };
            if let Some(other) = found.filter(|other| !group.contains(other) && self.may(*other)) {
                group.push(other);
            }
        }
        group
    }

    /// One practitioner may take from others, at a share (per cent) of what those would lose.
    fn bid(&mut self, graph: &Graph, prices: (&[i64], i64), who: usize, share: usize) {
        let before = self.score();
        let share = i64::try_from(share).unwrap_or(100);
        let Some(means) = graph.means.get(who) else { return };
        let own = self.draft.bundles.get(who).cloned().unwrap_or_default();
        self.packer.hint.clone_from(&own);
        let extra = self.extra(prices.1);
        let (draft, free) = (&self.draft, &self.free);
        lay_out(&mut self.packer, graph, who, |edge| {
            let need = edge.need as usize;
            let extra = if edge.kept { extra } else { 0 };
            let Some((other, _)) = draft.served.get(need).copied().flatten() else { return Some(-extra) };
            let other = graph.edges.get(other as usize)?;
            let owner = other.practitioner as usize;
            if owner == who {
                return Some(-extra);
            }
            let may = free.as_ref().is_none_or(|free| free.get(owner).copied().unwrap_or(false));
            (may && !other.pinned).then(|| draft.loss.get(need).copied().unwrap_or(0) * share * GRID / 100 - extra)
        });
        let Some(rates) = self.rates.get_mut(who) else { return };
        let answer = self.packer.solve(means, rates, EFFORT);
        self.work += answer.work;
        let (mut new, mut same) = (self.packer.best.clone(), own.clone());
        new.sort_unstable();
        same.sort_unstable();
        if new == same || answer.value <= NEVER {
            return;
        }
        self.take(graph, prices, (who, own), &new);
        self.settle(graph, before);
    }

    /// Gives somebody a bundle, takes its needs from whoever had them, and lets those fill up.
    fn take(&mut self, graph: &Graph, prices: (&[i64], i64), (who, own): (usize, Bundle), new: &[(u32, i64)]) {
        let need = |edge: u32| graph.edges.get(edge as usize).map_or(usize::MAX, |edge| edge.need as usize);
        let mut owners: Vec<usize> = new.iter().filter_map(|(edge, _)| self.draft.server(graph, need(*edge))).collect();
        owners.sort_unstable();
        owners.dedup();
        owners.retain(|owner| *owner != who);
        self.undo.clear();
        self.undo.push((who, own));
        for owner in &owners {
            let bundle = self.draft.clear(graph, *owner);
            self.undo.push((*owner, bundle));
        }
        self.draft.put(graph, who, new);
        let undo = std::mem::take(&mut self.undo);
        undo.iter().skip(1).for_each(|(owner, bundle)| self.draft.put(graph, *owner, bundle));
        for owner in &owners {
            let hint = self.draft.bundles.get(*owner).cloned().unwrap_or_default();
            self.refill(graph, *owner, prices, 0, &hint);
        }
        self.undo = undo;
    }
}
