//! Why a need is served by whom it is, why not by somebody else, and why it is not served: numbers, no sentences (R-ALL-10).
//!
//! Who may read which number is for whoever prints them. [`Unfit::Conflict`] and [`Unfit::Blocked`] are told to nobody but
//! their keepers: print "not available". A teacher is never shown another's need.

use super::draft::Left;
use super::graph::Graph;
use super::objective::{self, Parts};
use super::open_plan::OpenPlan;
use super::recommend::{Offer, recommend};
use super::rules::{self, Unfit};
use super::solution::{Assignment, Solution};
use super::solve::{Options, solve};
use super::what_if;

/// Which of somebody's means is too short for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Units.
    Hours,
    /// Units in these weekly blocks.
    Blocks(u16),
    /// Minutes of travel.
    Travel,
    /// Sites.
    Sites,
}

/// What it would take to serve a need with somebody by moving one or more of their others out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displaced {
    /// The needs that would lose them.
    pub needs: Vec<usize>,
    /// Points that the plan would change by, all told; at most nought for a plan that cannot be bettered so.
    pub gain: i64,
    /// With so many units.
    pub units: i64,
}

/// Why somebody serves a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Who.
    pub practitioner: usize,
    /// With so many units.
    pub units: i64,
    /// What the line is worth to the plan, part by part; set-up and load are what they would be without it less what they
    /// are with it.
    pub parts: Parts,
    /// The next best as things are, and the points they would bring.
    pub runner_up: Option<Offer>,
    /// Points that an hour more of this practitioner's would bring now: the price of their hours.
    pub hour: i64,
}

/// Why somebody does not serve a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// They do.
    Serves,
    /// They may not, or cannot.
    Unfit(Unfit),
    /// They have room, and it would bring so many points less than now (or less than nothing).
    WorthLess {
        /// Points that they would bring.
        gain: i64,
        /// Points that whoever serves it brings now; nought where nobody does.
        now: i64,
    },
    /// They have no room.
    Full {
        /// What is too short.
        short: Vec<Means>,
        /// What is left of their means.
        left: Left,
        /// The cheapest way to make room among their own needs, where there is one.
        displaced: Option<Displaced>,
    },
}

/// Why nobody serves a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unserved {
    /// Nobody may: how often each rule was the first to say no. Expertise and distance are a signal for recruiting.
    Nobody(Vec<(Unfit, usize)>),
    /// Somebody has room, but it would cost more than it brings.
    NotWorth(Offer),
    /// All who may are full; the cheapest way, and whom it asks.
    Full {
        /// Who could serve it most cheaply.
        practitioner: usize,
        /// By leaving these.
        displaced: Displaced,
    },
    /// All who may are full of what has begun.
    Pinned,
}

/// The answer about a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is served.
    Served(Served),
    /// It is not.
    Unserved(Unserved),
}

/// Why a need is served by whom it is, or is not served.
pub fn why(laid: &OpenPlan, need: usize) -> Why {
    match laid.server(need) {
        Some(practitioner) => Why::Served(served(laid, need, practitioner)),
        None => Why::Unserved(unserved(laid, need)),
    }
}

fn served(laid: &OpenPlan, need: usize, practitioner: usize) -> Served {
    let units = laid.units(need).unwrap_or(0);
    let instance = laid.instance;
    let mut parts = rules::fit(instance, practitioner, need)
        .map(|fit| objective::dose(instance, practitioner, need, &fit, units))
        .unwrap_or_default();
    let kept = laid.graph.between(practitioner, need).and_then(|at| laid.graph.edges.get(at)).is_some_and(|e| e.kept);
    let line = instance.previous.iter().find(|line| line.need == need && kept);
    parts.change = line.map_or(0, |line| instance.weights.change(line.state));
    if let (Some(who), Some(what)) = (instance.practitioners.get(practitioner), instance.needs.get(need)) {
        let load: i64 = laid.bundle(practitioner).iter().map(|(_, units)| units).sum();
        parts.load = objective::load(instance, who, load - units) - objective::load(instance, who, load);
        let others = laid.needs_of(practitioner).into_iter().filter(|other| *other != need);
        let shared = others.filter_map(|other| instance.needs.get(other)).any(|other| other.site == what.site);
        parts.setup = if shared { 0 } else { -objective::setup(instance, who, what.site) };
    }
    let runner_up = recommend(laid, need).into_iter().find(|offer| offer.practitioner != practitioner);
    Served { practitioner, units, parts, runner_up, hour: what_if::hour(laid, practitioner) }
}

fn unserved(laid: &OpenPlan, need: usize) -> Unserved {
    let graph = laid.graph;
    if graph.of_need(need).is_empty() {
        let mut first: Vec<(Unfit, usize)> = Vec::new();
        for who in 0..laid.instance.practitioners.len() {
            let Err(unfit) = rules::fit(laid.instance, who, need) else { continue };
            match first.iter_mut().find(|(known, _)| std::mem::discriminant(known) == std::mem::discriminant(&unfit)) {
                Some((_, count)) => *count += 1,
                None => first.push((unfit, 1)),
            }
        }
        first.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        return Unserved::Nobody(first);
    }
    if let Some(offer) = recommend(laid, need).into_iter().next() {
        return Unserved::NotWorth(offer);
    }
    let people =
        graph.of_need(need).iter().filter_map(|at| graph.edges.get(*at as usize)).map(|e| e.practitioner as usize);
    let ways = people.filter_map(|who| displaced(laid, need, who).map(|way| (who, way)));
    match ways.max_by_key(|(who, way)| (way.gain, std::cmp::Reverse(*who))) {
        Some((practitioner, displaced)) => Unserved::Full { practitioner, displaced },
        None => Unserved::Pinned,
    }
}

/// Why somebody does not serve a need.
pub fn why_not(laid: &OpenPlan, need: usize, practitioner: usize) -> WhyNot {
    if laid.server(need) == Some(practitioner) {
        return WhyNot::Serves;
    }
    if let Err(unfit) = rules::fit(laid.instance, practitioner, need) {
        return WhyNot::Unfit(unfit);
    }
    let Some(at) = laid.graph.between(practitioner, need) else {
        // Somebody has begun there: the need is theirs.
        let left = laid.left(practitioner).unwrap_or(Left { hours: 0, sets: Vec::new(), travel: 0, sites: 0 });
        return WhyNot::Full { short: Vec::new(), left, displaced: None };
    };
    if let Some((_, value)) = laid.beside(at, laid.bundle(practitioner)) {
        return WhyNot::WorthLess { gain: value - laid.value_of(practitioner), now: laid.loss(need) };
    }
    let left = laid.left(practitioner).unwrap_or(Left { hours: 0, sets: Vec::new(), travel: 0, sites: 0 });
    WhyNot::Full { short: short(laid.graph, at, &left), left, displaced: displaced(laid, need, practitioner) }
}

fn short(graph: &Graph, at: usize, left: &Left) -> Vec<Means> {
    let Some(edge) = graph.edges.get(at) else { return Vec::new() };
    let least = i64::from(edge.least);
    let mut short = Vec::new();
    if left.hours < least {
        short.push(Means::Hours);
    }
    let sets = left.sets.iter().filter(|(set, room)| edge.compat & !set == 0 && *room < least);
    short.extend(sets.map(|(set, _)| Means::Blocks(*set)));
    if left.travel < 2 * i64::from(edge.minutes) * least {
        short.push(Means::Travel);
    }
    if left.sites < 1 {
        short.push(Means::Sites);
    }
    short
}

/// The cheapest needs of somebody's own to leave so that another fits: of all single ones and pairs, and, where those are
/// not enough, of the least worth one after the other. Exact for what it names; everything else stays.
pub fn displaced(laid: &OpenPlan, need: usize, practitioner: usize) -> Option<Displaced> {
    let at = laid.graph.between(practitioner, need)?;
    let pinned = |at: u32| laid.graph.edges.get(at as usize).is_some_and(|edge| edge.pinned);
    let own = laid.bundle(practitioner);
    let loose: Vec<u32> = own.iter().map(|(at, _)| *at).filter(|at| !pinned(*at)).collect();
    let mut sets: Vec<Vec<u32>> = loose.iter().map(|one| vec![*one]).collect();
    for (rank, one) in loose.iter().enumerate() {
        sets.extend(loose.iter().skip(rank + 1).map(|other| vec![*one, *other]));
    }
    let mut cheap = loose.clone();
    let need_of = |at: u32| laid.graph.edges.get(at as usize).map_or(usize::MAX, |edge| edge.need as usize);
    cheap.sort_by_key(|at| laid.loss(need_of(*at)));
    sets.extend((3..=cheap.len()).map(|count| cheap.iter().take(count).copied().collect()));
    let moved = |out: &Vec<u32>| {
        let rest: Vec<(u32, i64)> = own.iter().filter(|(at, _)| !out.contains(at)).copied().collect();
        let (units, value) = laid.beside(at, &rest)?;
        let gain = value - laid.value_of(practitioner) - laid.loss(need);
        Some((gain, std::cmp::Reverse(out.len()), units, out.iter().map(|at| need_of(*at)).collect::<Vec<usize>>()))
    };
    let (gain, _, units, needs) = sets.iter().filter_map(moved).max()?;
    Some(Displaced { needs, gain, units })
}

/// The plan re-solved with a need given to somebody: what it would be worth at best, found within some iterations, and how
/// the plans differ. None where the two do not fit.
pub fn forced(laid: &OpenPlan, need: usize, practitioner: usize, options: Options) -> Option<(i64, Solution)> {
    laid.graph.between(practitioner, need)?;
    let graph = laid.graph.narrowed(|_, edge| {
        let mine = edge.practitioner as usize == practitioner;
        (edge.need as usize != need || mine).then_some(edge.pinned || (edge.need as usize == need && mine))
    });
    let outcome = solve(laid.instance, &graph, options, |_| true);
    let line = |line: &Assignment| line.need == need && line.practitioner == practitioner;
    outcome.solution.assign.iter().any(line).then_some(())?;
    Some((outcome.progress.value?, outcome.solution))
}
