//! Pins: what has begun stays, so all of it together must be possible.

use super::graph::units;
use super::instance::{Instance, State};
use super::rules::{self, Fit};
use super::validity::{InstanceError, wrong};

/// Whether everything that has begun and may go on fits together at its least dose, and the limit of changes can be kept
/// where what can no longer go on must change.
///
/// # Errors
/// An [`InstanceError`] that names the line of the plan before, or the limit.
pub fn consistent(instance: &Instance) -> Result<(), InstanceError> {
    let mut pinned: Vec<Vec<(usize, Fit)>> = vec![Vec::new(); instance.practitioners.len()];
    let mut lost = 0;
    for (row, line) in instance.previous.iter().enumerate() {
        match rules::fit(instance, line.practitioner, line.need) {
            Err(_) => lost += 1,
            Ok(fit) if line.state == State::Started => {
                pinned.iter_mut().skip(line.practitioner).take(1).for_each(|own| own.push((line.need, fit)));
                if let Some(what) =
                    pinned.get(line.practitioner).and_then(|own| beyond(instance, line.practitioner, own))
                {
                    return Err(wrong(
                        format!("previous.state[{row}]"),
                        format!("what practitioner {} has begun does not fit together: {what}", line.practitioner),
                    ));
                }
            }
            Ok(_) => {}
        }
    }
    match instance.max_changes {
        Some(most) if lost > most => {
            Err(wrong("params.max_changes", format!("{most}, but {lost} lines of the plan before can no longer go on")))
        }
        _ => Ok(()),
    }
}

/// What there is too little of.
fn beyond(instance: &Instance, practitioner: usize, own: &[(usize, Fit)]) -> Option<&'static str> {
    let who = instance.practitioners.get(practitioner)?;
    let least = |need: usize| instance.needs.get(need).map_or(0, |need| need.min);
    let sum = |of: &dyn Fn(&Fit) -> i64| own.iter().map(|(need, fit)| of(fit) * least(*need)).sum::<i64>();
    let mut sites: Vec<usize> = own.iter().filter_map(|(need, _)| instance.needs.get(*need)).map(|n| n.site).collect();
    sites.sort_unstable();
    sites.dedup();
    let crowded = |set: u16| sum(&|fit| i64::from(fit.compat & !set == 0)) > units(who, set);
    if sum(&|_| 1) > who.cap {
        return Some("more units than there are");
    }
    if sum(&|fit| 2 * fit.minutes) > who.travel_minutes {
        return Some("more travel than there is time for");
    }
    if i64::try_from(sites.len()).unwrap_or(i64::MAX) > who.max_sites {
        return Some("more sites than allowed");
    }
    (1..1_u16 << who.blocks.len()).any(crowded).then_some("more units than its weekly blocks hold")
}
