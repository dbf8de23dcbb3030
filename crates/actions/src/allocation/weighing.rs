//! What an allocation is worth, who would do each piece of work, and what every other choice would cost (R-ALL-15, R-ALL-16).

use allocation::plan::instance::{Block, Instance, Need, Practitioner, Previous, Site, Skill, State, Travel, Weights};
use allocation::plan::{Graph, Options, Progress, objective, solve};

use super::picture::{Picture, Which};

/// Points of one hour of looking after an area: what costs are told in.
pub const HOUR: i64 = 120 * AREA;
const AREA: i64 = 8;
const INDUCTION: i64 = 9;
const STANDING: i64 = 6;
/// Some tenths of a second, where it is not proved before: enough for a college to be within a tenth of an hour of the best.
const ITERATIONS: u64 = 400;
/// All half-days of the week: when work is done is agreed with whoever it is for.
const ANY_TIME: u16 = (1 << 10) - 1;

/// Everything is in one house.
const NEAR: Travel =
    Travel { base_min: 0, detour_num: 1, detour_den: 1, urban_m: 1, urban_m_per_min: 1, open_m_per_min: 1 };

/// The usual weights, without travel and wishes.
fn weights() -> Weights {
    Weights {
        travel_cost: 0,
        continuity: 300,
        choice: Vec::new(),
        setup: 250,
        cross_authority: 0,
        tier_pct: vec![60, 80, 95],
        tier_cost: vec![20, 60, 150],
        change: [200, 800, 3000],
    }
}

/// The problem of a term, for the engine. Hours are whole; no travel, no lists, no limit of changes.
pub fn instance(picture: &Picture) -> Instance {
    let house = picture.places.saturating_sub(1);
    let site = Site { x: 0, y: 0, authority: 0, outcome: 0 };
    let hand = |(at, hand): (usize, &super::picture::Hand)| {
        // A subject for each piece of work; the strength is how well it suits.
        let skill =
            |(tag, strength): (usize, i64)| Skill { tag, phase: 0, strength: usize::try_from(strength).unwrap_or(0) };
        let suits = picture.work.iter().enumerate();
        let suits = suits.filter_map(|(tag, work)| Some((tag, work.suits.get(at).copied().flatten()?)));
        Practitioner {
            home: house,
            skills: suits.map(skill).collect(),
            blocks: vec![Block { mask: ANY_TIME, cap: hand.hours }],
            cap: hand.hours,
            travel_minutes: 0,
            max_one_way: 0,
            max_sites: i64::try_from(picture.places).unwrap_or(0),
            new: false,
            existing: hand.knows.clone(),
            conflict_sites: Vec::new(),
        }
    };
    let need = |(tag, work): (usize, &super::picture::Work)| {
        let weight = match work.which {
            Which::Area(_) => AREA,
            Which::Induction(_) => INDUCTION,
            Which::Standing(_) => STANDING,
        };
        Need {
            site: work.place,
            tag,
            phase: 0,
            min: work.least,
            max: work.most,
            vmin: weight * (200 + 200 * work.least),
            vextra: 120 * weight,
            mask: ANY_TIME,
            choice: Vec::new(),
            only: false,
            block: Vec::new(),
        }
    };
    let before = picture.work.iter().enumerate().filter_map(|(need, work)| Some((need, work.now?)));
    Instance {
        name: String::new(),
        unit: "hour".to_owned(),
        exclude_home: false,
        phase_quality: vec![vec![100]],
        strength_quality: (0..=100).collect(),
        tags: picture.work.iter().map(|work| work.title.clone()).collect(),
        outcomes: vec![String::new()],
        challenging_outcome: 1,
        travel: NEAR,
        weights: weights(),
        max_changes: None,
        sites: vec![site; picture.places],
        practitioners: picture.hands.iter().enumerate().map(hand).collect(),
        needs: picture.work.iter().enumerate().map(need).collect(),
        previous: before
            .map(|(need, practitioner)| Previous { need, practitioner, dose: None, state: State::Accepted })
            .collect(),
    }
}

/// What somebody's work comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// Points.
    pub points: i64,
    /// Work with its hours, by position.
    pub hours: Vec<(usize, i64)>,
    /// Hours in all.
    pub sum: i64,
    /// Hours more than there are.
    pub over: i64,
}

/// Another choice for a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Who, by position; nobody.
    pub hand: Option<usize>,
    /// Points that the allocation would be worth less; below nought: more.
    pub cost: i64,
    /// Hours by which they would have too few.
    pub over: i64,
}

/// A piece of work in an allocation.
#[derive(Debug, Clone)]
pub struct Row {
    /// Who does it.
    pub hand: Option<usize>,
    /// With so many hours of the term.
    pub hours: i64,
    /// Everybody who may, those with hours first and the cheapest of them before the others, and nobody at the end; whoever
    /// does it stands there at no cost.
    pub choices: Vec<Choice>,
    /// Where nobody has room: who could with the fewest hours more, and how many.
    pub could: Option<(usize, i64)>,
}

/// An allocation, weighed.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// Points.
    pub value: i64,
    /// By work.
    pub rows: Vec<Row>,
    /// By practitioner: hours given, hours too many.
    pub shares: Vec<Share>,
}

/// A term with its problem.
#[derive(Debug)]
pub struct Scales<'a> {
    picture: &'a Picture,
    instance: Instance,
    graph: Graph,
}

impl<'a> Scales<'a> {
    /// Sets them up.
    pub fn new(picture: &'a Picture) -> Self {
        let instance = instance(picture);
        let graph = Graph::new(&instance);
        Self { picture, instance, graph }
    }

    /// The best allocation found, by position of the work, with its proof.
    pub fn best(&self) -> (Vec<Option<usize>>, Progress) {
        let outcome =
            solve(&self.instance, &self.graph, Options { iterations: ITERATIONS, ..Options::default() }, |_| true);
        let mut all = vec![None; self.picture.work.len()];
        for line in &outcome.solution.assign {
            all.iter_mut().skip(line.need).take(1).for_each(|slot| *slot = Some(line.practitioner));
        }
        (all, outcome.progress)
    }

    fn suits(&self, hand: usize, work: usize) -> Option<i64> {
        self.picture.work.get(work)?.suits.get(hand).copied().flatten()
    }

    /// Whether somebody may do it: they stand above nobody there (MAT-05).
    pub fn may(&self, hand: usize, work: usize) -> bool {
        self.suits(hand, work).is_some()
    }

    /// What somebody's work comes to: the least of each, then hour by hour where it does most good. Hours that are not there
    /// are told beside it and have no price.
    pub fn share(&self, hand: usize, work: &[usize]) -> Share {
        let Some(who) = self.instance.practitioners.get(hand) else { return Share::default() };
        let mut share = Share::default();
        let mut room: Vec<(i64, usize, i64)> = Vec::new();
        let mut places: Vec<usize> = Vec::new();
        for at in work {
            let (Some(need), Some(quality)) = (self.instance.needs.get(*at), self.suits(hand, *at)) else { continue };
            let known = who.existing.binary_search(&need.site).is_ok();
            let kept = self.picture.work.get(*at).is_some_and(|work| work.now == Some(hand));
            share.points += quality * need.vmin / 100;
            share.points += if known { self.instance.weights.continuity } else { 0 };
            share.points += if kept { self.instance.weights.change(State::Accepted) } else { 0 };
            share.hours.push((*at, need.min));
            share.sum += need.min;
            room.push((quality * need.vextra / 100, share.hours.len() - 1, need.max - need.min));
            places.push(need.site);
        }
        places.sort_unstable();
        places.dedup();
        share.points -= places.iter().map(|place| objective::setup(&self.instance, who, *place)).sum::<i64>();
        let load = |hours: i64| objective::load(&self.instance, who, hours);
        room.sort_by_key(|(unit, at, _)| (-unit, *at));
        for (unit, at, mut left) in room {
            while left > 0 && share.sum < who.cap && unit > load(share.sum + 1) - load(share.sum) {
                share.points += unit;
                share.sum += 1;
                left -= 1;
                share.hours.iter_mut().skip(at).take(1).for_each(|(_, hours)| *hours += 1);
            }
        }
        share.over = (share.sum - who.cap).max(0);
        share.points -= load(share.sum);
        share
    }

    fn of(all: &[Option<usize>], hand: usize) -> Vec<usize> {
        all.iter().enumerate().filter(|(_, who)| **who == Some(hand)).map(|(work, _)| work).collect()
    }

    /// What everybody's work comes to.
    pub fn shares(&self, all: &[Option<usize>]) -> Vec<Share> {
        (0..self.picture.hands.len()).map(|hand| self.share(hand, &Self::of(all, hand))).collect()
    }

    /// Weighs an allocation. What somebody may not do counts as done by nobody.
    pub fn weigh(&self, all: &[Option<usize>]) -> Weighed {
        let hands = self.picture.hands.len();
        let own: Vec<Vec<usize>> = (0..hands).map(|hand| Self::of(all, hand)).collect();
        let shares: Vec<Share> = own.iter().enumerate().map(|(hand, work)| self.share(hand, work)).collect();
        let value = self.graph.constant + shares.iter().map(|share| share.points).sum::<i64>();
        let row = |work: usize| {
            let hand = all.get(work).copied().flatten().filter(|hand| self.may(*hand, work));
            let hours = hand.and_then(|hand| shares.get(hand)?.hours.iter().find(|(at, _)| *at == work));
            let choices = self.choices((work, hand), (&own, &shares));
            let others = choices.iter().filter_map(|one| Some((one.hand?, one.over)));
            let nearest = others.min_by_key(|(hand, over)| (*over, *hand)).filter(|(_, over)| *over > 0);
            let could = nearest.filter(|_| hand.is_none());
            Row { hand, hours: hours.map_or(0, |(_, hours)| *hours), choices, could }
        };
        let rows = (0..self.picture.work.len()).map(row).collect();
        Weighed { value, rows, shares }
    }

    /// Everybody who may do a piece of work, with what the allocation would be worth less: exactly, nothing else moved but
    /// the hours of the two.
    fn choices(&self, (work, now): (usize, Option<usize>), (own, shares): (&[Vec<usize>], &[Share])) -> Vec<Choice> {
        let points = |hand: usize| shares.get(hand).map_or(0, |share| share.points);
        let left = now.map_or(0, |hand| {
            let others: Vec<usize> =
                own.get(hand).into_iter().flatten().filter(|other| **other != work).copied().collect();
            points(hand) - self.share(hand, &others).points
        });
        let choice = |hand: usize| {
            if now == Some(hand) {
                let over = shares.get(hand).map_or(0, |share| share.over);
                return Choice { hand: Some(hand), cost: 0, over };
            }
            let mut with = own.get(hand).cloned().unwrap_or_default();
            with.push(work);
            let share = self.share(hand, &with);
            Choice { hand: Some(hand), cost: left - (share.points - points(hand)), over: share.over }
        };
        let may = (0..self.picture.hands.len()).filter(|hand| self.may(*hand, work));
        let mut all: Vec<Choice> = may.map(choice).collect();
        all.sort_by_key(|one| (one.over, one.cost, one.hand));
        all.push(Choice { hand: None, cost: left, over: 0 });
        all
    }
}
