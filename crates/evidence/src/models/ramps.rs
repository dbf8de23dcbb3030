//! How far a year looks like each model: the mean of ramps.

use super::Model;
use super::indicators::{Indicator, Indicators};

/// A model with an essential item at nought scores at most so much.
const CAPPED: f64 = 0.49;

/// From the first number, where it is 0, to the second, where it is 1; falling when the first is the larger.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ramp {
    /// Of which indicator.
    pub indicator: Indicator,
    nought: f64,
    one: f64,
}

impl Ramp {
    /// From 0 to 1.
    pub fn at(&self, value: f64) -> f64 {
        ((value - self.nought) / (self.one - self.nought)).clamp(0.0, 1.0)
    }
}

/// Rising from `low` to `high`.
const fn up(indicator: Indicator, low: f64, high: f64) -> Ramp {
    Ramp { indicator, nought: low, one: high }
}

/// Falling from `low` to `high`.
const fn down(indicator: Indicator, low: f64, high: f64) -> Ramp {
    Ramp { indicator, nought: high, one: low }
}

use Indicator::{
    AccessRate, AreaEvenness, CoachingHours, CrossCuttingHours, ExternalActive, ManagerInitiated, MandatoryHours,
    ObservationTriggered, PerformanceLinks, ResearchFlow, TeamMeetings,
};

const DEFICIT: &[Ramp] = &[
    up(ManagerInitiated, 0.30, 0.70),
    up(ObservationTriggered, 0.20, 0.60),
    up(MandatoryHours, 0.20, 0.50),
    up(PerformanceLinks, 0.0, 0.75),
    down(AccessRate, 0.15, 0.40),
];
const DEVELOPMENTAL: &[Ramp] = &[
    down(ManagerInitiated, 0.15, 0.50),
    down(MandatoryHours, 0.02, 0.15),
    down(PerformanceLinks, 0.0, 0.50),
    down(ObservationTriggered, 0.15, 0.50),
    up(CoachingHours, 0.30, 0.60),
];
const PAN_ORGANISATIONAL: &[Ramp] = &[
    up(ExternalActive, 0.20, 0.60),
    up(TeamMeetings, 0.40, 0.80),
    up(CrossCuttingHours, 0.05, 0.20),
    up(ResearchFlow, 0.25, 1.0),
    up(CoachingHours, 0.40, 0.70),
    up(AccessRate, 0.25, 0.55),
];
const UNIVERSAL: &[Ramp] = &[
    up(AccessRate, 0.25, 0.55),
    up(AreaEvenness, 0.40, 0.80),
    up(MandatoryHours, 0.02, 0.10),
    down(MandatoryHours, 0.30, 0.50),
    up(CoachingHours, 0.30, 0.60),
    down(PerformanceLinks, 0.25, 1.0),
];

/// A model's items, how many of them must be known, and which are essential (R-LIV-3). All numbers are our design.
pub(super) const fn items(model: Model) -> (&'static [Ramp], usize, &'static [Indicator]) {
    match model {
        Model::Deficit => (DEFICIT, 4, &[ManagerInitiated]),
        Model::Developmental => (DEVELOPMENTAL, 4, &[ManagerInitiated]),
        Model::PanOrganisational => (PAN_ORGANISATIONAL, 5, &[ExternalActive, TeamMeetings]),
        Model::Universal => (UNIVERSAL, 4, &[AccessRate]),
    }
}

/// The mean of the items that are known, from 0 to 1; at most 0.49 when an essential one is at nought; none when too few are
/// known (R-LIV-3).
pub fn score(model: Model, year: &Indicators) -> Option<f64> {
    let (ramps, needs, essential) = items(model);
    let known: Vec<(Indicator, f64)> =
        ramps.iter().filter_map(|ramp| Some((ramp.indicator, ramp.at(year.of(ramp.indicator)?)))).collect();
    if known.len() < needs {
        return None;
    }
    let count = u32::try_from(known.len()).ok()?;
    let mean = known.iter().map(|(_, height)| height).sum::<f64>() / f64::from(count);
    let capped = known.iter().any(|(indicator, height)| essential.contains(indicator) && *height <= 0.0);
    Some(if capped { mean.min(CAPPED) } else { mean })
}

/// Which known indicators lie farthest from what a model looks like: at most three, farthest first, ties by alphabet (R-LIV-6).
pub(super) fn farthest(model: Model, year: &Indicators) -> Vec<Indicator> {
    let (ramps, ..) = items(model);
    let height = |indicator: Indicator| {
        let value = year.of(indicator)?;
        let own = ramps.iter().filter(|ramp| ramp.indicator == indicator).map(|ramp| ramp.at(value));
        own.reduce(f64::min).filter(|lowest| *lowest < 1.0 - 1e-9)
    };
    let mut found: Vec<(Indicator, f64)> =
        Indicator::ALL.into_iter().filter_map(|indicator| Some((indicator, height(indicator)?))).collect();
    // Shares come out of divisions: heights that differ by less than this are a tie.
    let step = |(_, height): &(Indicator, f64)| (height * 1e9).round();
    found.sort_by(|one, other| step(one).total_cmp(&step(other)));
    found.into_iter().take(3).map(|(indicator, _)| indicator).collect()
}
