//! The decision, cell by cell (R-REL-9, R-REL-10): as which ranges could the cell be told, so that whichever it is, everything
//! is still safe? The true count is looked at only after that, and only to say which of these ranges it is.

use super::people::{Built, Published};
use super::{BookFault, Proven, Shown};
use crate::bands::{Band, WIDTH, bands};
use crate::solve::{Answer, SolverFault, System, Walk, outer};

const SPREAD: i64 = WIDTH as i64 - 1;

/// Decides every cell in its order.
pub fn decide(built: Built, truth: &[bool]) -> Result<(Vec<Shown>, Vec<Proven>), BookFault> {
    let Built { mut system, mut published, next, period, .. } = built;
    let mut walk = point(&system, &[], true)?.ok_or(BookFault::Contradiction)?;
    let mut shown = Vec::new();
    let before = published.len();
    for cell in next {
        let of = cell.people.len() as u64;
        let free = system.limits(cell.row);
        published.push(Published { period, group: cell.group, row: cell.row });
        let outcomes = outcomes(&mut system, &published, cell.row, of, &walk);
        system.limit(cell.row, free.0, free.1);
        let Some(outcomes) = outcomes else {
            published.pop();
            shown.push(Shown { group: cell.group, of, band: None });
            continue;
        };
        let counted =
            cell.people.iter().filter(|person| truth.get(**person).copied().unwrap_or_default()).count() as u64;
        let outcome = outcomes.into_iter().find(|one| (one.low..=one.high).contains(&counted));
        let Outcome { low, high, walk: found } = outcome.ok_or(BookFault::Contradiction)?;
        walk = found;
        system.limit(cell.row, low as i64, high as i64);
        shown.push(Shown { group: cell.group, of, band: Some(Band { low, high, of }) });
    }
    // Where nothing new is shown, what was shown before is proven as it stands.
    if let (true, Some(first)) = (published.len() == before, published.first()) {
        safe(&system, &published, first.row, &mut walk);
    }
    Ok((shown, proven(&published, &walk)))
}

/// What the last safe outcome showed to be possible.
fn proven(published: &[Published], walk: &Walk) -> Vec<Proven> {
    let number = |value: i64| u64::try_from(value).unwrap_or_default();
    let each = published.iter().map(|cell| {
        let (low, high) = walk.seen(cell.row);
        Proven { period: cell.period, group: cell.group, low: number(low), high: number(high) }
    });
    each.collect()
}

/// A range of numbers that a cell could take, with a point in it.
struct Outcome {
    low: u64,
    high: u64,
    walk: Walk,
}

/// What the cell could be told as: every band it could take, joined with its neighbours as far as it takes until each is safe.
/// Nothing where only all of them together would be, which tells nothing (R-REL-10).
fn outcomes(system: &mut System, published: &[Published], row: usize, of: u64, from: &Walk) -> Option<Vec<Outcome>> {
    let mut walk = from.clone();
    let (least, most) = range(system, row, &mut walk);
    let possible = bands(of).into_iter().filter(|band| band.high as i64 >= least && band.low as i64 <= most);
    let mut found: Vec<Outcome> = Vec::new();
    let mut open: Option<(u64, u64)> = None;
    for band in possible {
        let (low, high) = open.map_or((band.low, band.high), |(low, _)| (low, band.high));
        match told_as(system, published, row, (low, high), &mut walk)? {
            Told::Safe(walk) => {
                found.push(Outcome { low, high, walk });
                open = None;
            }
            Told::Unsafe => open = Some((low, high)),
            // Nothing to join: it cannot be.
            Told::Impossible => {}
        }
    }
    // What is left at the upper end joins those below it.
    while let Some((_, high)) = open {
        let below = found.pop()?;
        match told_as(system, published, row, (below.low, high), &mut walk)? {
            Told::Safe(walk) => {
                found.push(Outcome { low: below.low, high, walk });
                open = None;
            }
            Told::Unsafe | Told::Impossible => open = Some((below.low, high)),
        }
    }
    // One range over everything tells nothing, unless it is a band by itself.
    let plain = |one: &Outcome| bands(of).iter().any(|band| (band.low, band.high) == (one.low, one.high));
    Some(found).filter(|found| found.len() > 1 || found.first().is_some_and(plain))
}

/// What telling a range would do.
enum Told {
    Safe(Walk),
    Unsafe,
    Impossible,
}

/// Nothing where the solver gives up.
fn told_as(
    system: &mut System,
    published: &[Published],
    row: usize,
    (low, high): (u64, u64),
    walk: &mut Walk,
) -> Option<Told> {
    let (low, high, free) = (low as i64, high as i64, system.limits(row));
    while walk.sum(row) < low && walk.step_row(system, row, true) {}
    system.limit(row, low, high);
    let inside = (low..=high).contains(&walk.sum(row));
    let start = if inside { Ok(Some(walk.clone())) } else { point(system, &[], true) };
    let told = start.ok().map(|start| match start {
        None => Told::Impossible,
        Some(mut start) => {
            start.forget();
            if safe(system, published, row, &mut start) { Told::Safe(start) } else { Told::Unsafe }
        }
    });
    system.limit(row, free.0, free.1);
    told
}

/// The least and the most a row can be, exactly; leaves the walk at the least.
fn range(system: &System, row: usize, walk: &mut Walk) -> (i64, i64) {
    let (low, high) = outer(system).and_then(|limits| limits.get(row).copied()).unwrap_or((0, 0));
    let mut up = walk.clone();
    while up.sum(row) < high && up.step_row(system, row, true) {}
    while walk.sum(row) > low && walk.step_row(system, row, false) {}
    let exact = |most: bool| point(system, system.terms(row), most);
    // Where the solver gives up, the wider limit stands: a band that cannot be proven safe is not shown.
    let most = if up.sum(row) < high { exact(true).map_or(high, |at| at.map_or(high, |at| at.sum(row))) } else { high };
    let mut least = walk.sum(row);
    if least > low {
        match exact(false) {
            Ok(Some(at)) => {
                least = at.sum(row);
                *walk = at;
            }
            Ok(None) | Err(_) => least = low,
        }
    }
    (least, most)
}

/// A point of the system, with the most or the least of a sum; nothing where there is none.
fn point(system: &System, terms: &[(usize, i64)], most: bool) -> Result<Option<Walk>, SolverFault> {
    let goal: Vec<(usize, f64)> = terms.iter().map(|(variable, times)| (*variable, *times as f64)).collect();
    match system.model().best(&goal, most)? {
        Answer::Best(_, at) => {
            let at = at.into_iter().map(|value| value as i64).collect();
            Walk::begin(system, at).map(Some).ok_or_else(|| SolverFault("a point does not hold".to_owned()))
        }
        Answer::Impossible => Ok(None),
        Answer::Unbounded => Err(SolverFault("a count has no limit".to_owned())),
    }
}

/// Whether every shown cell keeps five values and nobody is certain (R-REL-10). What is seen stays in the walk.
fn safe(system: &System, published: &[Published], next: usize, walk: &mut Walk) -> bool {
    let Some(limits) = outer(system) else { return false };
    let spread = |(low, high): (i64, i64)| high - low;
    if published.iter().any(|cell| limits.get(cell.row).is_none_or(|limits| spread(*limits) < SPREAD)) {
        return false;
    }
    for row in published.iter().map(|cell| cell.row).chain([next]) {
        for up in [true, false, true] {
            while spread(walk.seen(row)) < SPREAD && walk.step_row(system, row, up) {}
        }
        for most in [true, false] {
            if spread(walk.seen(row)) < SPREAD
                && let Ok(Some(at)) = point(system, system.terms(row), most)
            {
                walk.saw(&at);
            }
        }
        if spread(walk.seen(row)) < SPREAD {
            return false;
        }
    }
    for (variable, most) in system.most().iter().enumerate() {
        let certain = |walk: &Walk| (walk.seen_variable(variable).1 == 0, walk.seen_variable(variable).0 == *most);
        for up in [true, false] {
            let stuck = |walk: &Walk| if up { certain(walk).0 } else { certain(walk).1 };
            if stuck(walk) && !walk.step_variable(system, variable, up) {
                if let Ok(Some(at)) = point(system, &[(variable, 1)], up) {
                    walk.saw(&at);
                }
                if stuck(walk) {
                    return false;
                }
            }
        }
    }
    true
}
