//! Everything a plan can be made of: one [`Edge`] for each practitioner and need that fit, found through a uniform grid.
//!
//! Two networks of the same density have edges in proportion to their size: a practitioner looks only at the cells within
//! reach. Edges lie by practitioner, then by site, then by need; a [`Place`] is one practitioner's edges at one site and
//! carries the set-up charge.

use super::instance::{Instance, Practitioner, Previous, State};
use super::objective;
use super::rules;
use std::ops::Range;

/// One practitioner who may serve one need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The need's position.
    pub need: u32,
    /// The practitioner's position.
    pub practitioner: u32,
    /// Position in [`Graph::places`].
    pub place: u32,
    /// Units of the least dose.
    pub least: u16,
    /// The most units this practitioner could give.
    pub most: u16,
    /// Minutes one way.
    pub minutes: u16,
    /// Which of the practitioner's blocks suit.
    pub compat: u16,
    /// It has begun and stays.
    pub pinned: bool,
    /// Part of the plan before.
    pub kept: bool,
    /// Points of the least dose, the charge saved by keeping it included.
    pub gain: i64,
    /// Points of each unit above.
    pub unit: i64,
}

/// One practitioner at one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The site's position.
    pub site: u32,
    /// Points that beginning there costs; nought where they work already.
    pub setup: i64,
}

/// What one practitioner has to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Means {
    /// Units in all: capacity, or all blocks together where that is less.
    pub hours: i64,
    /// Sets of blocks that can run out before the hours do, each with its units.
    pub sets: Vec<(u16, i64)>,
    /// Minutes of travel.
    pub travel: i64,
    /// The most sites.
    pub sites: i64,
    /// Points by units given, from nought to [`Means::hours`].
    pub load: Vec<i64>,
}

/// All edges of an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// By practitioner, site, need.
    pub edges: Vec<Edge>,
    /// By practitioner and site.
    pub places: Vec<Place>,
    /// By practitioner.
    pub means: Vec<Means>,
    /// Points that every plan has: charges of leaving the whole plan before, which keeping gives back.
    pub constant: i64,
    /// Lines of the plan before.
    pub before: usize,
    starts: Vec<u32>,
    by_need: Vec<u32>,
    need_starts: Vec<u32>,
}

fn small(number: i64) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Graph {
    /// Finds every edge.
    pub fn new(instance: &Instance) -> Self {
        let before = pinned(instance);
        let constant = instance.previous.iter().map(|line| -instance.weights.change(line.state)).sum();
        let grid = Grid::new(instance);
        let mut graph = Self {
            edges: Vec::new(),
            places: Vec::new(),
            means: Vec::with_capacity(instance.practitioners.len()),
            constant,
            before: instance.previous.len(),
            starts: vec![0],
            by_need: Vec::new(),
            need_starts: Vec::new(),
        };
        for (row, who) in instance.practitioners.iter().enumerate() {
            let first = graph.edges.len();
            if who.cap > 0 {
                grid.near(instance, who, |site| graph.at_site(instance, &grid, &before, (row, who), site));
            }
            graph.means.push(means(instance, who, graph.edges.get(first..).unwrap_or_default()));
            graph.starts.push(short(graph.edges.len()));
        }
        graph.index(instance.needs.len());
        graph
    }

    fn at_site(
        &mut self,
        instance: &Instance,
        grid: &Grid,
        before: &[Option<Previous>],
        (row, who): (usize, &Practitioner),
        site: usize,
    ) {
        let mut place = None;
        for need in grid.needs(site) {
            let line = before.get(*need).copied().flatten();
            if line.is_some_and(|line| line.state == State::Started && line.practitioner != row) {
                continue;
            }
            let Ok(fit) = rules::fit(instance, row, *need) else { continue };
            let place = *place.get_or_insert_with(|| {
                self.places.push(Place { site: short(site), setup: objective::setup(instance, who, site) });
                short(self.places.len() - 1)
            });
            let line = line.filter(|line| line.practitioner == row);
            let keep = line.map_or(0, |line| instance.weights.change(line.state));
            self.edges.push(Edge {
                need: short(*need),
                practitioner: short(row),
                place,
                least: small(instance.needs.get(*need).map_or(1, |need| need.min)),
                most: small(fit.most),
                minutes: small(fit.minutes),
                compat: fit.compat,
                pinned: line.is_some_and(|line| line.state == State::Started),
                kept: line.is_some(),
                gain: objective::gain(instance, row, *need, &fit) + keep,
                unit: objective::unit(instance, *need, &fit),
            });
        }
    }

    fn index(&mut self, needs: usize) {
        let mut starts = vec![0_u32; needs + 1];
        for edge in &self.edges {
            if let Some(count) = starts.get_mut(edge.need as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut starts {
            sum += *count;
            *count = sum;
        }
        let mut next = starts.clone();
        self.by_need = vec![0; self.edges.len()];
        for (row, edge) in self.edges.iter().enumerate() {
            let Some(at) = next.get_mut(edge.need as usize) else { continue };
            if let Some(slot) = self.by_need.get_mut(*at as usize) {
                *slot = short(row);
            }
            *at += 1;
        }
        self.need_starts = starts;
    }

    /// The same with fewer edges, and more of them pinned: what a branch of [`super::exact`] looks at.
    pub fn narrowed(&self, mut keep: impl FnMut(usize, &Edge) -> Option<bool>) -> Self {
        let mut graph = Self { edges: Vec::new(), starts: vec![0], ..self.clone() };
        for who in 0..self.means.len() {
            for (at, edge) in self.range(who).zip(self.of(who)) {
                if let Some(pinned) = keep(at, edge) {
                    graph.edges.push(Edge { pinned, ..*edge });
                }
            }
            graph.starts.push(short(graph.edges.len()));
        }
        graph.index(self.need_starts.len().saturating_sub(1));
        graph
    }

    /// The positions of a practitioner's edges.
    pub fn range(&self, practitioner: usize) -> Range<usize> {
        let start = |row: usize| self.starts.get(row).map_or(self.edges.len(), |start| *start as usize);
        start(practitioner)..start(practitioner + 1)
    }

    /// A practitioner's edges.
    pub fn of(&self, practitioner: usize) -> &[Edge] {
        self.edges.get(self.range(practitioner)).unwrap_or_default()
    }

    /// The positions of the edges of a need, by practitioner.
    pub fn of_need(&self, need: usize) -> &[u32] {
        let start = |row: usize| self.need_starts.get(row).map_or(self.by_need.len(), |start| *start as usize);
        self.by_need.get(start(need)..start(need + 1)).unwrap_or_default()
    }

    /// The edge between a practitioner and a need, where they fit.
    pub fn between(&self, practitioner: usize, need: usize) -> Option<usize> {
        let edge = |at: &&u32| self.edges.get(**at as usize).is_some_and(|e| e.practitioner as usize == practitioner);
        self.of_need(need).iter().find(edge).map(|at| *at as usize)
    }
}

/// The plan before, by need.
pub fn lines(instance: &Instance) -> Vec<Option<Previous>> {
    let mut lines = vec![None; instance.needs.len()];
    for line in &instance.previous {
        if let Some(slot) = lines.get_mut(line.need) {
            *slot = Some(*line);
        }
    }
    lines
}

/// The plan before, by need; what has begun and can no longer go on counts as no more than offered, for it pins nothing.
fn pinned(instance: &Instance) -> Vec<Option<Previous>> {
    let mut lines = lines(instance);
    for line in lines.iter_mut().flatten() {
        if line.state == State::Started && rules::fit(instance, line.practitioner, line.need).is_err() {
            line.state = State::Offered;
        }
    }
    lines
}

fn means(instance: &Instance, who: &Practitioner, edges: &[Edge]) -> Means {
    let all: i64 = who.blocks.iter().map(|block| block.cap).sum();
    let hours = all.min(who.cap);
    let mut classes: Vec<(u16, i64)> = Vec::new();
    for edge in edges {
        match classes.iter_mut().find(|(class, _)| *class == edge.compat) {
            Some((_, asked)) => *asked += i64::from(edge.most),
            None => classes.push((edge.compat, i64::from(edge.most))),
        }
    }
    let mut sets = Vec::new();
    for set in 1..1_u16 << who.blocks.len() {
        let within = || classes.iter().filter(|(class, _)| class & !set == 0);
        let cap = units(who, set);
        let exact = within().fold(0, |union, (class, _)| union | class) == set;
        if exact && cap < hours && within().map(|(_, asked)| asked).sum::<i64>() > cap {
            sets.push((set, cap));
        }
    }
    let load = (0..=hours).map(|units| objective::load(instance, who, units)).collect();
    Means { hours, sets, travel: who.travel_minutes, sites: who.max_sites, load }
}

/// The units of a set of blocks.
pub fn units(who: &Practitioner, set: u16) -> i64 {
    let inside = |(bit, _): &(usize, &super::instance::Block)| set >> bit & 1 == 1;
    who.blocks.iter().enumerate().filter(inside).map(|(_, block)| block.cap).sum()
}

/// Sites by square cells, and needs by site.
struct Grid {
    cell: i64,
    west: i64,
    south: i64,
    columns: i64,
    rows: i64,
    farthest: i64,
    starts: Vec<u32>,
    sites: Vec<u32>,
    need_starts: Vec<u32>,
    needs: Vec<usize>,
}

/// Sorted by counting: where each key begins, and the positions in order of key.
fn counted(keys: &[usize], of: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; of + 1];
    keys.iter().for_each(|key| starts.iter_mut().skip(key + 1).take(1).for_each(|count| *count += 1));
    let mut sum = 0;
    starts.iter_mut().for_each(|count| {
        sum += *count;
        *count = sum;
    });
    let mut order: Vec<u32> = (0..short(keys.len())).collect();
    order.sort_by_key(|row| keys.get(*row as usize).copied());
    (starts, order)
}

impl Grid {
    fn new(instance: &Instance) -> Self {
        let bounds = |numbers: fn(&super::instance::Site) -> i64| {
            let all = || instance.sites.iter().map(numbers);
            (all().min().unwrap_or(0), all().max().unwrap_or(0))
        };
        let ((west, east), (south, north)) = (bounds(|site| site.x), bounds(|site| site.y));
        let (wide, high) = (east - west + 1, north - south + 1);
        let most = 4 * i64::try_from(instance.sites.len()).unwrap_or(i64::MAX).clamp(1, 1_000_000);
        let mut cell = 2_000;
        while (wide / cell + 1) * (high / cell + 1) > most {
            cell *= 2;
        }
        let (columns, rows) = (wide / cell + 1, high / cell + 1);
        let key = |site: &super::instance::Site| (site.y - south) / cell * columns + (site.x - west) / cell;
        let keys: Vec<usize> = instance.sites.iter().map(|site| usize::try_from(key(site)).unwrap_or(0)).collect();
        let (starts, sites) = counted(&keys, usize::try_from(columns * rows).unwrap_or(0));
        let at: Vec<usize> = instance.needs.iter().map(|need| need.site).collect();
        let (need_starts, needs) = counted(&at, instance.sites.len());
        let needs = needs.into_iter().map(|need| need as usize).collect();
        let farthest = (wide * wide + high * high).isqrt() + 1;
        Self { cell, west, south, columns, rows, farthest, starts, sites, need_starts, needs }
    }

    fn needs(&self, site: usize) -> &[usize] {
        let start = |site: usize| self.need_starts.get(site).map_or(0, |start| *start as usize);
        self.needs.get(start(site)..start(site + 1)).unwrap_or_default()
    }

    /// Every site within somebody's longest way and with a need, in order.
    fn near(&self, instance: &Instance, who: &Practitioner, mut then: impl FnMut(usize)) {
        let Some(home) = instance.sites.get(who.home) else { return };
        let reach = instance.travel.reach(who.max_one_way, self.farthest);
        let low = |at: i64, from: i64| ((at - reach - from).max(0)) / self.cell;
        let high = |at: i64, from: i64, most: i64| ((at + reach - from) / self.cell).min(most - 1);
        let mut found = vec![who.home];
        for row in low(home.y, self.south)..=high(home.y, self.south, self.rows) {
            let first = row * self.columns + low(home.x, self.west);
            let last = row * self.columns + high(home.x, self.west, self.columns);
            let start = |cell: i64| {
                usize::try_from(cell).ok().and_then(|cell| self.starts.get(cell)).map_or(0, |start| *start as usize)
            };
            for site in self.sites.get(start(first)..start(last + 1)).unwrap_or_default() {
                let Some(there) = instance.sites.get(*site as usize) else { continue };
                let (dx, dy) = (there.x - home.x, there.y - home.y);
                if dx * dx + dy * dy <= reach * reach && *site as usize != who.home {
                    found.push(*site as usize);
                }
            }
        }
        found.sort_unstable();
        found.into_iter().for_each(&mut then);
    }
}
