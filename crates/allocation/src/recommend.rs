//! Ranks everybody for one new need; nothing else moves.

use std::cmp::Reverse;

use crate::draw::draw;
use crate::problem::{
    Block, Excluded, Fault, HalfDays, Need, Phase, Practitioner, Problem, Room, Skill, Strength, Tag,
};
use crate::weights;

/// Why points were given or taken. Sentences are made of these where they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Has expertise in an asked theme.
    Expertise {
        /// The theme.
        tag: Tag,
        /// How much of it.
        strength: Strength,
    },
    /// Has no expertise in an asked theme that counts for more than being a generalist (MAT-01).
    Generalist {
        /// The theme.
        tag: Tag,
    },
    /// Leads on an asked theme in every area, so that areas do not count (MAT-03).
    Everywhere {
        /// The theme.
        tag: Tag,
    },
    /// Comes from outside the asker's own area (MAT-04).
    Outside,
    /// Is nominated for the asker's area (MAT-02).
    Nominated,
    /// Has worked with the asker before.
    WorkedTogether,
    /// Has published time that suits the asker (REF-09).
    Time {
        /// The half-days that suit both.
        mask: HalfDays,
    },
    /// Is one of the asker's choices (REF-08).
    Choice {
        /// 0 for the first choice.
        rank: usize,
    },
    /// How full the practitioner is; always among the parts, even at no points.
    Room(Room),
}

/// One part of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    /// Why.
    pub reason: Reason,
    /// How many points; below zero for a charge.
    pub points: i64,
}

/// A practitioner proposed for a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Position of the practitioner in the problem.
    pub practitioner: usize,
    /// The sum of the points of the parts, exactly.
    pub score: i64,
    /// What the score is made of: the themes, best first, then the rest in the order of [`Reason`].
    pub parts: Vec<Part>,
}

/// Everybody, once: proposed or excluded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Best first.
    pub proposals: Vec<Proposal>,
    /// In the order of the problem.
    pub excluded: Vec<Excluded>,
}

/// Ranks every practitioner who is not excluded for one need, by exact score and then by [`draw`].
///
/// # Errors
/// A [`Fault`] when the need names a practitioner who does not exist or two practitioners share a key.
pub fn recommend(problem: &Problem, need: &Need) -> Result<Recommendation, Fault> {
    check(problem, need)?;
    let mut excluded = Vec::new();
    let mut ranked = Vec::with_capacity(problem.practitioners.len());
    for (position, practitioner) in problem.practitioners.iter().enumerate() {
        if let Some(found) = need.excluded.iter().find(|excluded| excluded.practitioner == position) {
            excluded.push(*found);
            continue;
        }
        let parts = parts(problem, need, position, practitioner);
        let score = parts.iter().map(|part| part.points).sum();
        let lot = draw(need.key, practitioner.key);
        ranked.push((Reverse(score), lot, Proposal { practitioner: position, score, parts }));
    }
    // No two lots are equal, so the order is total and an unstable sort is enough.
    ranked.sort_unstable_by_key(|&(score, lot, _)| (score, lot));
    Ok(Recommendation { proposals: ranked.into_iter().map(|(.., proposal)| proposal).collect(), excluded })
}

/// A wrong position must not pass: it could let somebody be proposed who is excluded.
fn check(problem: &Problem, need: &Need) -> Result<(), Fault> {
    let excluded = need.excluded.iter().map(|excluded| excluded.practitioner);
    let mut named = need.choice.iter().chain(&need.worked_with).copied().chain(excluded);
    if let Some(position) = named.find(|position| *position >= problem.practitioners.len()) {
        return Err(Fault::NoSuchPractitioner(position));
    }
    let mut keys: Vec<u64> = problem.practitioners.iter().map(|practitioner| practitioner.key).collect();
    keys.sort_unstable();
    let mut pairs = keys.iter().zip(keys.iter().skip(1));
    pairs.find(|(one, next)| one == next).map_or(Ok(()), |(key, _)| Err(Fault::SharedKey(*key)))
}

fn parts(problem: &Problem, need: &Need, position: usize, practitioner: &Practitioner) -> Vec<Part> {
    let mut parts = Vec::with_capacity(need.tags.len() + 6);
    themes(problem, need, practitioner, &mut parts);
    let mut give = |reason, points| parts.push(Part { reason, points });
    if let Some(tag) = everywhere(need, practitioner) {
        give(Reason::Everywhere { tag }, weights::EVERYWHERE);
    } else {
        if practitioner.home != need.site {
            give(Reason::Outside, weights::OUTSIDE);
        }
        if practitioner.existing.contains(&need.site) {
            give(Reason::Nominated, weights::NOMINATED);
        }
    }
    if need.worked_with.contains(&position) {
        give(Reason::WorkedTogether, weights::WORKED_TOGETHER);
    }
    if let Some(mask) = shared_time(need, practitioner) {
        give(Reason::Time { mask }, weights::TIME);
    }
    if let Some(rank) = need.choice.iter().position(|chosen| *chosen == position) {
        give(Reason::Choice { rank }, weights::CHOICE.get(rank).copied().unwrap_or(0));
    }
    give(Reason::Room(practitioner.room), weights::room(practitioner.room));
    parts
}

/// The first asked theme on which the practitioner leads in every area.
fn everywhere(need: &Need, practitioner: &Practitioner) -> Option<Tag> {
    let leads = |tag: &&Tag| {
        practitioner.skills.iter().any(|skill| skill.tag == **tag && skill.strength == Strength::Everywhere)
    };
    need.tags.iter().find(leads).copied()
}

/// One part for each asked theme, best first, until the cap on expertise is used up.
fn themes(problem: &Problem, need: &Need, practitioner: &Practitioner, parts: &mut Vec<Part>) {
    parts.extend(need.tags.iter().map(|tag| theme(problem, need.phase, practitioner, *tag)));
    parts.sort_by_key(|part| Reverse(part.points));
    let mut left = weights::EXPERTISE_AT_MOST;
    for part in parts {
        let above = (part.points - BASE).min(left);
        part.points = BASE + above;
        left -= above;
    }
}

/// Points of a theme without expertise.
const BASE: i64 = weights::THEME * weights::GENERALIST;

fn theme(problem: &Problem, wanted: Phase, practitioner: &Practitioner, tag: Tag) -> Part {
    let skills = practitioner.skills.iter().filter(|skill| skill.tag == tag);
    let best = skills.map(|skill| (quality(problem, wanted, skill), skill.strength)).max();
    match best {
        Some((quality, strength)) if quality > weights::GENERALIST => {
            Part { reason: Reason::Expertise { tag, strength }, points: weights::THEME * quality }
        }
        _ => Part { reason: Reason::Generalist { tag }, points: BASE },
    }
}

/// Per cent: what the strength is worth, times what its phase is worth in the wanted one.
fn quality(problem: &Problem, wanted: Phase, skill: &Skill) -> i64 {
    let table = problem.phase_quality.get(usize::from(skill.phase.0)).and_then(|row| row.get(usize::from(wanted.0)));
    let phase = table.copied().unwrap_or(if skill.phase == wanted { 100 } else { 0 });
    weights::quality(skill.strength) * i64::from(phase.min(100)) / 100
}

/// The half-days that suit both, when together they offer the least useful dose.
fn shared_time(need: &Need, practitioner: &Practitioner) -> Option<HalfDays> {
    let wished = need.mask?;
    let suits = |block: &&Block| block.cap > 0 && !block.mask.and(wished).is_empty();
    let (mut mask, mut units) = (HalfDays::default(), 0);
    for block in practitioner.blocks.iter().filter(suits) {
        mask = mask.or(block.mask.and(wished));
        units += u64::from(block.cap);
    }
    (!mask.is_empty() && units >= u64::from(need.min)).then_some(mask)
}
