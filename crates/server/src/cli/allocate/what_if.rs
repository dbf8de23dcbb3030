//! What would become of the plan of an instance if something in it were otherwise (R-ALL-11).

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use allocation::plan::validity::MOST_UNITS;
use allocation::plan::what_if::{Difference, more_hours, what_if};
use allocation::plan::{self, Change, Graph, Instance, Options};

use super::CliError;

/// What is otherwise.
#[derive(Debug)]
pub enum Otherwise {
    /// A practitioner has so many units more.
    Hours(usize, i64),
    /// Everything is as in another instance.
    Instance(Box<Instance>),
}

/// Plans both, each for at most half the time, and prints the difference.
///
/// # Errors
/// When the practitioner does not exist, or there would be fewer units than none.
pub fn compare(
    instance: &Instance,
    otherwise: Otherwise,
    options: Options,
    (time, stop): (Duration, &AtomicBool),
) -> Result<(), CliError> {
    if let Otherwise::Hours(who, units) = otherwise {
        let there = instance.practitioners.get(who).map(|who| who.cap);
        let there = there.ok_or_else(|| CliError::said(format!("there is no practitioner {who}")))?;
        if there.checked_add(units).is_none_or(|sum| !(0..=MOST_UNITS).contains(&sum)) {
            return Err(CliError::said(format!("practitioner {who} has {there} units: {units} more cannot be")));
        }
    }
    let watch = || {
        let begun = Instant::now();
        move |_: &plan::Progress| begun.elapsed() < time / 2 && !stop.load(Ordering::Relaxed)
    };
    let before = plan::solve(instance, &Graph::new(instance), options, watch());
    let difference = what_if(instance, &before, (options, watch()), |other| match otherwise {
        Otherwise::Hours(who, units) => more_hours(other, who, units),
        Otherwise::Instance(changed) => *other = *changed,
    });
    told(&difference).iter().for_each(|line| println!("{line}"));
    Ok(())
}

fn told(difference: &Difference) -> Vec<String> {
    let Difference { gain, doubt, .. } = difference;
    let worth = if *gain < 0 { format!("{} points less", -gain) } else { format!("{gain} points more") };
    let sure = if *doubt == 0 { "exactly".to_owned() } else { format!("sure to within {doubt}") };
    let mut lines = vec![format!("The plan would be worth {worth}, {sure}.")];
    lines.extend(difference.changes.iter().map(line));
    if difference.changes.is_empty() {
        lines.push("Nothing would change.".to_owned());
    }
    lines
}

fn line(change: &Change) -> String {
    let side = |side: Option<(usize, i64)>| match side {
        Some((who, units)) => format!("practitioner {who} with {units} units"),
        None => "nobody".to_owned(),
    };
    format!("  need {}: {}, then {}", change.need, side(change.before), side(change.now))
}
