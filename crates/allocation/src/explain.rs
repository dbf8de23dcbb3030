//! Why one proposal comes before another.

use crate::problem::Tag;
use crate::recommend::{Part, Proposal, Reason};

/// One thing in which two proposals differ. At least one side has a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The part on the first side.
    pub first: Option<Part>,
    /// The part on the second side.
    pub second: Option<Part>,
    /// Points by which the first is ahead in this; below zero where it is behind. Never zero.
    pub points: i64,
}

/// How two proposals for the same need compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Points by which the first is ahead: the sum of the differences. At zero the draw decided.
    pub points: i64,
    /// What decides, the weightiest first. Equal parts are left out.
    pub differences: Vec<Difference>,
}

/// Sets two proposals for the same need side by side, part by part.
pub fn explain_difference(first: &Proposal, second: &Proposal) -> Comparison {
    let of_first = first.parts.iter().map(|part| (Some(*part), about(second, part.reason)));
    let only_second = second.parts.iter().filter(|part| about(first, part.reason).is_none());
    let of_second = only_second.map(|part| (None, Some(*part)));
    let points = |part: Option<Part>| part.map_or(0, |part| part.points);
    let mut differences: Vec<Difference> = of_first
        .chain(of_second)
        .map(|(one, other)| Difference { first: one, second: other, points: points(one) - points(other) })
        .filter(|difference| difference.points != 0)
        .collect();
    differences.sort_by_key(|difference| std::cmp::Reverse(difference.points.abs()));
    Comparison { points: first.score - second.score, differences }
}

fn about(proposal: &Proposal, reason: Reason) -> Option<Part> {
    proposal.parts.iter().copied().find(|part| aspect(part.reason) == aspect(reason))
}

#[derive(PartialEq, Eq)]
enum Aspect {
    Theme(Tag),
    Everywhere,
    Outside,
    Nominated,
    WorkedTogether,
    Time,
    Choice,
    Room,
}

/// What a reason is about, whichever way it went.
const fn aspect(reason: Reason) -> Aspect {
    match reason {
        Reason::Expertise { tag, .. } | Reason::Generalist { tag } => Aspect::Theme(tag),
        Reason::Everywhere { .. } => Aspect::Everywhere,
        Reason::Outside => Aspect::Outside,
        Reason::Nominated => Aspect::Nominated,
        Reason::WorkedTogether => Aspect::WorkedTogether,
        Reason::Time { .. } => Aspect::Time,
        Reason::Choice { .. } => Aspect::Choice,
        Reason::Room(_) => Aspect::Room,
    }
}
