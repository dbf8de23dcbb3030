//! A plan while it is being made: bundles by practitioner, who serves each need, and what it is all worth.

use super::graph::{Edge, Graph};

/// Some of a practitioner's edges, by position, each with units.
pub type Bundle = Vec<(u32, i64)>;

/// A plan that can be changed practitioner by practitioner.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// By need: the edge that serves it, and units.
    pub served: Vec<Option<(u32, i64)>>,
    /// By practitioner.
    pub bundles: Vec<Bundle>,
    /// By need: points that its practitioner would lose without it.
    pub loss: Vec<i64>,
    /// Points, all together.
    pub value: i64,
    /// Lines of the plan before that are still there.
    pub kept: i64,
    values: Vec<i64>,
}

/// Points of a bundle: gains and further units, less set-up of each place once, less load.
pub fn worth(graph: &Graph, who: usize, bundle: &[(u32, i64)]) -> i64 {
    worth_without(graph, who, bundle, usize::MAX)
}

fn worth_without(graph: &Graph, who: usize, bundle: &[(u32, i64)], left_out: usize) -> i64 {
    let (mut sum, mut load) = (0, 0);
    let edge = |at: u32| graph.edges.get(at as usize);
    for (at, (position, units)) in bundle.iter().enumerate() {
        let Some(taken) = edge(*position).filter(|_| at != left_out) else { continue };
        sum += taken.gain + taken.unit * (units - i64::from(taken.least));
        load += units;
        let earlier = bundle.iter().take(at).enumerate().filter(|(other, _)| *other != left_out);
        let mut same = earlier.filter_map(|(_, (other, _))| edge(*other)).filter(|other| other.place == taken.place);
        if same.next().is_none() {
            sum -= graph.places.get(taken.place as usize).map_or(0, |place| place.setup);
        }
    }
    let cost = graph.means.get(who).and_then(|means| means.load.get(usize::try_from(load).unwrap_or(0)));
    sum - cost.copied().unwrap_or(0)
}

/// What is left of each of a practitioner's means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Units.
    pub hours: i64,
    /// Units by set of blocks that can run out.
    pub sets: Vec<(u16, i64)>,
    /// Minutes of travel.
    pub travel: i64,
    /// Sites.
    pub sites: i64,
}

/// What is left of somebody's means beside some of their lines; below nought where those want too much.
pub fn left(graph: &Graph, who: usize, lines: &[(u32, i64)]) -> Option<Left> {
    let means = graph.means.get(who)?;
    let mut left = Left { hours: means.hours, sets: means.sets.clone(), travel: means.travel, sites: means.sites };
    let mut places: Vec<u32> = Vec::new();
    for (at, units) in lines {
        let edge = graph.edges.get(*at as usize)?;
        left.hours -= units;
        left.travel -= 2 * i64::from(edge.minutes) * units;
        for (set, room) in &mut left.sets {
            *room -= if edge.compat & !*set == 0 { *units } else { 0 };
        }
        if !places.contains(&edge.place) {
            places.push(edge.place);
            left.sites -= 1;
        }
    }
    Some(left)
}

/// The most units of an edge that fit beside some lines of the same practitioner; nought when its site does not.
pub fn room(graph: &Graph, edge: &Edge, lines: &[(u32, i64)]) -> i64 {
    let Some(left) = left(graph, edge.practitioner as usize, lines) else { return 0 };
    let known =
        lines.iter().any(|(at, _)| graph.edges.get(*at as usize).is_some_and(|other| other.place == edge.place));
    if !known && left.sites < 1 {
        return 0;
    }
    let sets = left.sets.iter().filter(|(set, _)| edge.compat & !set == 0).map(|(_, room)| *room);
    let road = if edge.minutes > 0 { left.travel / (2 * i64::from(edge.minutes)) } else { i64::MAX };
    sets.fold(left.hours.min(road), i64::min).min(i64::from(edge.most))
}

impl Draft {
    /// Nobody serves anything.
    pub fn new(graph: &Graph, needs: usize) -> Self {
        let people = graph.means.len();
        Self {
            served: vec![None; needs],
            bundles: vec![Vec::new(); people],
            loss: vec![0; needs],
            value: graph.constant,
            kept: 0,
            values: vec![0; people],
        }
    }

    /// Who serves a need.
    pub fn server(&self, graph: &Graph, need: usize) -> Option<usize> {
        let (edge, _) = self.served.get(need).copied().flatten()?;
        graph.edges.get(edge as usize).map(|edge| edge.practitioner as usize)
    }

    /// What a practitioner's bundle is worth.
    pub fn value_of(&self, who: usize) -> i64 {
        self.values.get(who).copied().unwrap_or(0)
    }

    /// Gives a practitioner another bundle; needs that somebody else serves are left out of it.
    pub fn put(&mut self, graph: &Graph, who: usize, bundle: &[(u32, i64)]) {
        self.clear(graph, who);
        let free = |(edge, _): &&(u32, i64)| {
            let need = graph.edges.get(*edge as usize).map(|edge| edge.need as usize);
            need.is_some_and(|need| self.served.get(need) == Some(&None))
        };
        let bundle: Bundle = bundle.iter().filter(free).copied().collect();
        let value = worth(graph, who, &bundle);
        for (at, (position, units)) in bundle.iter().enumerate() {
            let Some(edge) = graph.edges.get(*position as usize) else { continue };
            let need = edge.need as usize;
            self.kept += i64::from(edge.kept);
            if let (Some(served), Some(loss)) = (self.served.get_mut(need), self.loss.get_mut(need)) {
                *served = Some((*position, *units));
                *loss = value - worth_without(graph, who, &bundle, at);
            }
        }
        if let (Some(slot), Some(old)) = (self.bundles.get_mut(who), self.values.get_mut(who)) {
            *slot = bundle;
            self.value += value - *old;
            *old = value;
        }
    }

    /// Takes everything from a practitioner, and gives it back.
    pub fn clear(&mut self, graph: &Graph, who: usize) -> Bundle {
        let (Some(bundle), Some(value)) = (self.bundles.get_mut(who), self.values.get_mut(who)) else {
            return Vec::new();
        };
        self.value -= *value;
        *value = 0;
        let bundle = std::mem::take(bundle);
        for (edge, _) in &bundle {
            let Some(edge) = graph.edges.get(*edge as usize) else { continue };
            self.kept -= i64::from(edge.kept);
            if let Some(slot) = self.served.get_mut(edge.need as usize) {
                *slot = None;
            }
        }
        bundle
    }
}
