//! What if: another hour, another person, another need, another rule. The difference, its price, and the smallest change
//! that would serve a need (R-ALL-11).

use super::explain::{Means, WhyNot, why_not};
use super::graph::Graph;
use super::instance::Instance;
use super::open_plan::OpenPlan;
use super::replan::{Change, difference};
use super::rules::{self, Unfit};
use super::solve::{Options, Outcome, Progress, solve};

/// What becomes of a plan when the instance changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The plan for the changed instance.
    pub outcome: Outcome,
    /// Points more than before; below nought for less.
    pub gain: i64,
    /// Points that the two could at most differ from the best of each by: what `gain` is sure to within.
    pub doubt: i64,
    /// Needs whose lines differ.
    pub changes: Vec<Change>,
}

/// Changes an instance in any way, plans both, and says what is different. Needs and practitioners that are added go to the
/// end, so that positions stay. Planning stops when `watch` says no.
pub fn what_if(
    instance: &Instance,
    before: &Outcome,
    (options, watch): (Options, impl FnMut(&Progress) -> bool),
    change: impl FnOnce(&mut Instance),
) -> Difference {
    let mut other = instance.clone();
    change(&mut other);
    let graph = Graph::new(&other);
    let outcome = solve(&other, &graph, options, watch);
    let value = |outcome: &Outcome| outcome.progress.value.unwrap_or(0);
    let open = |outcome: &Outcome| outcome.progress.bound.unwrap_or(i64::MAX / 4) - value(outcome);
    Difference {
        gain: value(&outcome) - value(before),
        doubt: open(&outcome).max(open(before)),
        changes: difference(&before.solution, &outcome.solution),
        outcome,
    }
}

/// Points that one more hour of somebody's would bring as things are: of a unit more of what they do, or of a need that an
/// hour more would have room for. Nought when hours are not what they lack.
pub fn hour(laid: &OpenPlan, practitioner: usize) -> i64 {
    let mut best = 0;
    let mut more = laid.graph.means.get(practitioner).cloned();
    let Some(means) = more.as_mut() else { return 0 };
    let last = means.load.last().copied().unwrap_or(0);
    let steep = last - means.load.iter().rev().nth(1).copied().unwrap_or(last);
    let Some(left) = laid.left(practitioner) else { return 0 };
    if left.hours > 0 {
        return 0;
    }
    for (at, units) in laid.bundle(practitioner) {
        let Some(edge) = laid.graph.edges.get(*at as usize) else { continue };
        let blocked = left.sets.iter().any(|(set, room)| edge.compat & !set == 0 && *room < 1);
        if *units < i64::from(edge.most) && left.travel >= 2 * i64::from(edge.minutes) && !blocked {
            best = best.max(edge.unit - steep);
        }
    }
    for edge in laid.graph.of(practitioner).iter().filter(|edge| laid.server(edge.need as usize).is_none()) {
        let blocked = left.sets.iter().any(|(set, room)| edge.compat & !set == 0 && *room < 1);
        let known =
            laid.needs_of(practitioner).into_iter().any(|own| same_site(laid.instance, own, edge.need as usize));
        let setup = laid.graph.places.get(edge.place as usize).map_or(0, |place| place.setup);
        let fits =
            edge.least == 1 && left.travel >= 2 * i64::from(edge.minutes) && !blocked && (known || left.sites > 0);
        if fits {
            best = best.max(edge.gain - steep - if known { 0 } else { setup });
        }
    }
    best
}

fn same_site(instance: &Instance, one: usize, other: usize) -> bool {
    let site = |need: usize| instance.needs.get(need).map(|need| need.site);
    site(one) == site(other)
}

/// A change that would let somebody serve a need with its least dose, and nobody lose anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smallest {
    /// Who.
    pub practitioner: usize,
    /// What has to change, each as little as it can.
    pub steps: Vec<Step>,
}

/// One such thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// So many units more.
    Hours(i64),
    /// So many units more in these blocks.
    Blocks(u16, i64),
    /// So many minutes of travel more.
    Travel(i64),
    /// One site more.
    Site,
    /// A longest way of so many minutes more.
    OneWay(i64),
    /// A dose smaller by so many units.
    Dose(i64),
}

/// The smallest changes that would serve a need, the smallest first: of whoever may serve it but lacks something, or for
/// whom it is only too far. Conflicts, blocks, lists and expertise are not bargained with.
pub fn smallest(laid: &OpenPlan, need: usize) -> Vec<Smallest> {
    let instance = laid.instance;
    let Some(what) = instance.needs.get(need) else { return Vec::new() };
    let mut found = Vec::new();
    for (practitioner, who) in instance.practitioners.iter().enumerate() {
        let steps = match why_not(laid, need, practitioner) {
            WhyNot::Unfit(Unfit::Distance { minutes, most }) => vec![Step::OneWay(minutes - most)],
            WhyNot::Unfit(Unfit::Time { room, least }) if room > 0 => vec![Step::Dose(least - room)],
            WhyNot::Full { short, left, .. } if !short.is_empty() => {
                let minutes = instance.minutes(who.home, what.site);
                let step = |means: &Means| match means {
                    Means::Hours => Step::Hours(what.min - left.hours),
                    Means::Blocks(set) => {
                        let room = left.sets.iter().find(|(other, _)| other == set).map_or(0, |(_, room)| *room);
                        Step::Blocks(*set, what.min - room)
                    }
                    Means::Travel => Step::Travel(2 * minutes * what.min - left.travel),
                    Means::Sites => Step::Site,
                };
                short.iter().map(step).collect()
            }
            _ => continue,
        };
        found.push(Smallest { practitioner, steps });
    }
    found.sort_by_key(|change| (change.steps.len(), change.steps.clone(), change.practitioner));
    found
}

/// The instance with more hours for somebody, or fewer, in all their blocks alike: what [`what_if`] is most often asked.
pub fn more_hours(instance: &mut Instance, practitioner: usize, units: i64) {
    if let Some(who) = instance.practitioners.get_mut(practitioner) {
        let travel = if who.cap > 0 { who.travel_minutes * units / who.cap } else { 60 * units };
        who.cap = (who.cap + units).max(0);
        who.travel_minutes = (who.travel_minutes + travel).max(0);
        who.blocks.iter_mut().for_each(|block| block.cap = (block.cap + units).max(0));
    }
}

/// Whether anybody may serve a need at all, by rule alone.
pub fn anybody(instance: &Instance, need: usize) -> bool {
    (0..instance.practitioners.len()).any(|who| rules::fit(instance, who, need).is_ok())
}

/// The plan as a solution with one line set by hand: what it is worth then, exactly, with nothing else moved. None where it
/// does not fit.
pub fn by_hand(laid: &OpenPlan, need: usize, practitioner: Option<usize>) -> Option<i64> {
    let loss = laid.loss(need);
    let Some(practitioner) = practitioner else { return Some(laid.value() - loss) };
    let at = laid.graph.between(practitioner, need)?;
    let position = u32::try_from(at).ok()?;
    let own: Vec<(u32, i64)> = laid.bundle(practitioner).iter().filter(|(at, _)| *at != position).copied().collect();
    let (_, value) = laid.beside(at, &own)?;
    let elsewhere = if laid.server(need) == Some(practitioner) { 0 } else { loss };
    Some(laid.value() - elsewhere - laid.value_of(practitioner) + value)
}
