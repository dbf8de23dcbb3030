//! What if somebody had more hours, or fewer (R-ALL-18).

use domain::ids::PersonId;
use policies::acts::SeeAllocation;
use policies::facts::PersonFacts;
use store::Fault;

use super::picture::Picture;
use super::weighing::{Scales, Weighed};
use super::{AllocationRefused, read};
use crate::desk::{Desk, Stop};

/// More hours than anybody teaches in a term.
const MOST_HOURS: i64 = 400;

/// The proposal, and what would become of it.
#[derive(Debug)]
pub struct Supposed {
    /// The term as it is.
    pub picture: Picture,
    /// Whose hours would be others, by position.
    pub hand: usize,
    /// So many more; below nought: fewer.
    pub more: i64,
    /// Points that it would bring; below nought: cost.
    pub gain: i64,
    /// Points by which the best of each could at most differ from what was found: the gain is sure to within them.
    pub doubt: i64,
    /// The proposal.
    pub before: Weighed,
    /// The proposal then.
    pub then: Weighed,
}

impl Supposed {
    /// Work that somebody else would do, or with other hours, by position.
    pub fn changes(&self) -> Vec<usize> {
        let both = self.before.rows.iter().zip(&self.then.rows).enumerate();
        both.filter(|(_, (before, then))| (before.hand, before.hours) != (then.hand, then.hours))
            .map(|(at, _)| at)
            .collect()
    }
}

/// Supposes that somebody had so many hours more, and proposes anew (R-ALL-18). Nothing is kept.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn suppose(
    desk: &Desk,
    who: &PersonFacts,
    (person, more): (Option<PersonId>, Option<i64>),
) -> Result<Supposed, Stop<AllocationRefused>> {
    let permit = desk.permit::<SeeAllocation>(who, &desk.frame.programme.facts, &())?;
    let picture = read::picture(desk, who, (&desk.read(), &permit)).await?;
    let picture = picture.ok_or(Stop::Refused(AllocationRefused::NoTerm))?;
    let hand = person.and_then(|person| picture.place_of(person)).ok_or(Stop::Refused(AllocationRefused::Whose))?;
    let (name, there) = picture.hands.get(hand).map(|hand| (hand.name.clone(), hand.hours)).unwrap_or_default();
    let more = more.filter(|more| *more != 0 && more.abs() <= MOST_HOURS);
    let more = more.ok_or(Stop::Refused(AllocationRefused::Hours))?;
    if there + more < 0 {
        return Err(Stop::Refused(AllocationRefused::Fewer { name, there }));
    }
    let worked_out = tokio::task::spawn_blocking(move || supposed(picture, (hand, more))).await;
    worked_out.map_err(|_| Stop::Fault(Fault::Missing("allocation")))
}

pub(super) fn supposed(picture: Picture, (hand, more): (usize, i64)) -> Supposed {
    let mut other = picture.clone();
    other.hands.iter_mut().skip(hand).take(1).for_each(|hand| hand.hours += more);
    let (here, there) = (Scales::new(&picture), Scales::new(&other));
    let ((plan, best), (new, then_best)) = (here.best(), there.best());
    let before = here.weigh(&plan);
    let (kept, found) = (there.weigh(&plan), there.weigh(&new));
    // Of two that are worth the same, the one that leaves the proposal as it is.
    let fits = kept.shares.iter().all(|share| share.over == 0);
    let then = if fits && kept.value >= found.value { kept } else { found };
    let open =
        |progress: &allocation::plan::Progress, value: i64| progress.bound.map_or(0, |bound| (bound - value).max(0));
    let doubt = open(&best, before.value).max(open(&then_best, then.value));
    let gain = then.value - before.value;
    Supposed { hand, more, gain, doubt, before, then, picture }
}
