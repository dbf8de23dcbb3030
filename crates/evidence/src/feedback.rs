//! What those who came said of sessions, all sessions together: in quarters of the answers. What is kept are answers, not people:
//! one person may stand behind several. So a range is told only where it could be moved by as many answers as five people gave at
//! most, where more than twenty people and five practitioners are behind it, and where nothing more is learned of any one session
//! than what everybody reads there. Rules R-REL-23 to R-REL-25 in `docs/rules/releases.md`.

mod audit;

use serde::{Deserialize, Serialize};

use crate::bands::WIDTH;
use crate::hours;
use audit::Told;

/// What can be said of a statement: agree, partly, disagree. "Cannot say" is no answer.
pub const ANSWERS: usize = 3;
/// A whole is told in so many parts.
const PARTS: u64 = 4;
/// Whoever is told something knows that more than twenty people answered; at most that it were twenty-eight. Nothing is learned of who
/// came where it is known already that so many did.
pub const KNOWN_TO_HAVE_COME: u64 = 30;
/// A part holds so many numbers less than a quarter of the answers at most: what the other two parts take from its ends.
const SLACK: u64 = 2;

/// From one quarter of the answers to another: 0 to 1 is the lowest, 3 to 4 the highest. A number that is exactly a quarter, a half or
/// three quarters of all belongs to the upper one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// So many quarters at least.
    pub low: u64,
    /// Under so many quarters; four is everybody.
    pub high: u64,
}

impl Range {
    /// As a page says it.
    pub const fn words(&self) -> &'static str {
        match (self.low, self.high) {
            (0, 1) => "under a quarter",
            (0, 2) => "under half",
            (0, 3) => "under three quarters",
            (1, 2) => "a quarter to half",
            (1, 3) => "a quarter to three quarters",
            (1, 4) => "a quarter or more",
            (2, 3) => "half to three quarters",
            (2, 4) => "half or more",
            (3, 4) => "three quarters or more",
            _ => "not shown",
        }
    }

    /// Both ends in per cent of the answers.
    pub const fn per_cent(&self) -> (u64, u64) {
        (self.low * 100 / PARTS, self.high * 100 / PARTS)
    }

    /// The least and the most it can be of so many answers.
    const fn of(self, answers: u64) -> (u64, u64) {
        let low = (self.low * answers).div_ceil(PARTS);
        if self.high >= PARTS { (low, answers) } else { (low, (self.high * answers).div_ceil(PARTS).saturating_sub(1)) }
    }
}

/// The answers to a statement at one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// How many answered, "cannot say" not counted.
    pub answers: u64,
    /// How many of them agreed, at least and at most, as everybody reads at the session; from none to all where nothing is shown.
    pub agreed: (u64, u64),
}

/// Why nothing is told of a statement. It depends on who answered and never on what they said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTold {
    /// Too few, or a few who answered often.
    #[error("too few answers for how often the same people gave them")]
    TooFew,
    /// It would be about who ran the sessions.
    #[error("too few practitioners, or one of them ran most of it")]
    Runners,
    /// The numbers do not fit each other: nothing may be told of them.
    #[error("the numbers of answers do not fit each other")]
    Contradiction,
}

/// What is told of a statement. `people` is how many sessions each person answered of, `runners` how many answers the sessions of each
/// practitioner have, `counted` how many agreed, partly agreed and disagreed. A range that would tell too much is joined with its
/// neighbour before it is looked which one is true; where only one range over everything is left, it is not told.
///
/// # Errors
/// Why nothing is told.
pub fn tell(
    sessions: &[Session],
    (people, runners): (&[u64], &[u64]),
    counted: [u64; ANSWERS],
) -> Result<[Option<Range>; ANSWERS], NotTold> {
    let all: u64 = sessions.iter().map(|one| one.answers).sum();
    let mut often: Vec<u64> = people.iter().copied().filter(|times| *times > 0).collect();
    often.sort_unstable_by(|one, other| other.cmp(one));
    let fits = sessions.iter().all(|one| one.agreed.0 <= one.agreed.1 && one.agreed.1 <= one.answers);
    let least: u64 = sessions.iter().map(|one| one.agreed.0).sum();
    let most: u64 = sessions.iter().map(|one| one.agreed.1).sum();
    let [agreed, ..] = counted;
    // Everybody who answered a statement is somebody who said something of the session.
    let behind: u64 = often.iter().sum();
    if !fits || counted.iter().sum::<u64>() != all || !(least..=most).contains(&agreed) || behind < all {
        return Err(NotTold::Contradiction);
    }
    let five: u64 = often.iter().take(usize::try_from(WIDTH).unwrap_or(usize::MAX)).sum();
    let width = five.max(WIDTH);
    if all < PARTS * (width + SLACK) {
        return Err(NotTold::TooFew);
    }
    let of_each: Vec<f64> =
        runners.iter().map(|answers| f64::from(u32::try_from(*answers).unwrap_or(u32::MAX))).collect();
    if runners.iter().sum::<u64>() != all {
        return Err(NotTold::Contradiction);
    }
    hours::theme(&of_each).map_err(|_| NotTold::Runners)?;
    let mut told = Told::nothing(sessions);
    let mut ranges = [None; ANSWERS];
    for (at, (range, counted)) in ranges.iter_mut().zip(counted).enumerate() {
        let joined = joined(&told, at, width);
        let found = joined.iter().find(|one| {
            let (low, high) = one.of(all);
            (low..=high).contains(&counted)
        });
        *range = found.copied().filter(|_| joined.len() > 1);
        if let Some(range) = range {
            told.tell(at, range.of(all));
        }
    }
    Ok(ranges)
}

/// The ranges as which a number can be told beside what is told already, whatever it is.
fn joined(told: &Told<'_>, at: usize, width: u64) -> Vec<Range> {
    let mut all: Vec<Range> = (0..PARTS).map(|low| Range { low, high: low + 1 }).collect();
    let safe = |range: &Range| {
        let mut then = told.clone();
        then.tell(at, range.of(told.answers()));
        !then.is_possible() || then.is_safe(width)
    };
    while let Some(bad) = all.iter().position(|range| !safe(range)) {
        // With the next one; the last with the one before it.
        let upper = if bad + 1 < all.len() { bad + 1 } else { bad };
        if upper == 0 {
            break;
        }
        let gone = all.remove(upper);
        if let Some(range) = all.get_mut(upper - 1) {
            range.high = gone.high;
        }
    }
    all
}

#[cfg(test)]
mod tests;
