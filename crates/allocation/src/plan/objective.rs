//! What a plan is worth, in points: whole numbers, so that everybody who works it out gets the same
//! (R-ALL-3).

use super::instance::{Instance, Practitioner};
use super::rules::Fit;
use serde::Serialize;
use std::ops::{Add, AddAssign, Neg, Sub};

/// The parts of a value; their sum is the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Parts {
    /// How much good the doses do: quality × value.
    pub matching: i64,
    /// What travelling costs; below nought.
    pub travel: i64,
    /// For sites where the practitioner works already.
    pub continuity: i64,
    /// For practitioners wished for.
    pub choice: i64,
    /// What first work at sites costs; below nought.
    pub setup: i64,
    /// What high loads cost; below nought.
    pub load: i64,
    /// What leaving the plan before costs; below nought.
    pub change: i64,
}

impl Parts {
    /// The value.
    pub const fn total(&self) -> i64 {
        self.matching + self.travel + self.continuity + self.choice + self.setup + self.load + self.change
    }
}

impl Add for Parts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            matching: self.matching + other.matching,
            travel: self.travel + other.travel,
            continuity: self.continuity + other.continuity,
            choice: self.choice + other.choice,
            setup: self.setup + other.setup,
            load: self.load + other.load,
            change: self.change + other.change,
        }
    }
}

impl Neg for Parts {
    type Output = Self;
    fn neg(self) -> Self {
        Self {
            matching: -self.matching,
            travel: -self.travel,
            continuity: -self.continuity,
            choice: -self.choice,
            setup: -self.setup,
            load: -self.load,
            change: -self.change,
        }
    }
}

impl Sub for Parts {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl AddAssign for Parts {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// What one dose gives by itself, load, set-up and change left out: `⌊q·vmin/100⌋ + ⌊q·vextra/100⌋·(x − m)`, less
/// `c·2t·x`, with continuity and choice.
pub fn dose(instance: &Instance, practitioner: usize, need: usize, fit: &Fit, units: i64) -> Parts {
    let (Some(what), Some(who)) = (instance.needs.get(need), instance.practitioners.get(practitioner)) else {
        return Parts::default();
    };
    let known = who.existing.binary_search(&what.site).is_ok();
    let rank = what.choice.iter().position(|chosen| *chosen == practitioner);
    Parts {
        matching: fit.quality * what.vmin / 100 + fit.quality * what.vextra / 100 * (units - what.min),
        travel: -instance.weights.travel_cost * 2 * fit.minutes * units,
        continuity: if known { instance.weights.continuity } else { 0 },
        choice: rank.and_then(|rank| instance.weights.choice.get(rank)).copied().unwrap_or(0),
        ..Parts::default()
    }
}

/// Points of the least dose.
pub fn gain(instance: &Instance, practitioner: usize, need: usize, fit: &Fit) -> i64 {
    let least = instance.needs.get(need).map_or(0, |need| need.min);
    dose(instance, practitioner, need, fit, least).total()
}

/// Points of each unit above the least dose.
pub fn unit(instance: &Instance, need: usize, fit: &Fit) -> i64 {
    let extra = instance.needs.get(need).map_or(0, |need| need.vextra);
    fit.quality * extra / 100 - instance.weights.travel_cost * 2 * fit.minutes
}

/// Points that first work at a site costs; nought where the practitioner works already.
pub fn setup(instance: &Instance, who: &Practitioner, site: usize) -> i64 {
    if who.existing.binary_search(&site).is_ok() {
        return 0;
    }
    let authority = |site: usize| instance.sites.get(site).map(|site| site.authority);
    let across = if authority(site) == authority(who.home) { 0 } else { instance.weights.cross_authority };
    instance.weights.setup + across
}

/// Points that so many units cost: those above each step of the capacity cost more than those below.
pub fn load(instance: &Instance, who: &Practitioner, units: i64) -> i64 {
    let weights = &instance.weights;
    let step = |per_cent: &i64| who.cap * per_cent / 100;
    let ends = weights.tier_pct.iter().skip(1).map(step).chain([who.cap]);
    let steps = weights.tier_pct.iter().map(step).zip(ends).zip(&weights.tier_cost);
    steps.map(|((from, to), cost)| cost * (units.min(to) - from).max(0)).sum()
}
