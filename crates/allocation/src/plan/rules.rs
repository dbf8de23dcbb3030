//! Who may serve what: the rules of one practitioner and one need, each one sentence, one function, one test.
//!
//! They are looked at in a fixed order, and the first that says no is the answer (R-ALL-1). The numbers that decided go
//! with it; who may read them is for whoever prints them: a conflict or a block is told to nobody but its keeper.

use super::instance::{Instance, Need, Practitioner};

/// The first rule that says no, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Nobody is sent to their own site (independence: MAT-05).
    Home,
    /// The site is on the practitioner's list of conflicts (MAT-05). Confidential.
    Conflict,
    /// The need does not want this practitioner (REF-08). Confidential.
    Blocked,
    /// The need takes only those on its list (REF-08), and this one is not on it.
    NotListed,
    /// Somebody new in post is not sent into special measures (the survey's §11; BRK-04).
    NewPost,
    /// No skill in the subject or aspect counts anything in the phase (MAT-06).
    Expertise,
    /// The way is longer than the practitioner's longest.
    Distance {
        /// Minutes one way.
        minutes: i64,
        /// The practitioner's longest.
        most: i64,
    },
    /// The half-days that suit both, the hours and the travel leave less than the least useful dose (TIM-08, BRK-03).
    Time {
        /// Units that could be given.
        room: i64,
        /// Units of the least useful dose.
        least: i64,
    },
}

/// What one practitioner is to one need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// Per cent.
    pub quality: i64,
    /// Minutes one way.
    pub minutes: i64,
    /// Which of the practitioner's blocks suit the need, one bit each.
    pub compat: u16,
    /// The most units.
    pub most: i64,
}

/// Whether a practitioner may serve a need, and what they are to it.
///
/// # Errors
/// The first rule that says no. Positions that do not exist have no expertise.
pub fn fit(instance: &Instance, practitioner: usize, need: usize) -> Result<Fit, Unfit> {
    let (Some(who), Some(what)) = (instance.practitioners.get(practitioner), instance.needs.get(need)) else {
        return Err(Unfit::Expertise);
    };
    home(instance, who, what)?;
    conflict(who, what)?;
    blocked(practitioner, what)?;
    listed(practitioner, what)?;
    new_post(instance, who, what)?;
    let quality = expertise(instance, who, what)?;
    let minutes = instance.minutes(who.home, what.site);
    distance(who, minutes)?;
    let (compat, most) = time(who, what, minutes)?;
    Ok(Fit { quality, minutes, compat, most })
}

/// Nobody is sent to their own site, where the programme says so: work outside one's own site is what outreach is.
pub fn home(instance: &Instance, who: &Practitioner, what: &Need) -> Result<(), Unfit> {
    if instance.exclude_home && who.home == what.site { Err(Unfit::Home) } else { Ok(()) }
}

/// Nobody works at a site on their list of conflicts: support stays apart from line management and past quarrels.
pub fn conflict(who: &Practitioner, what: &Need) -> Result<(), Unfit> {
    if who.conflict_sites.binary_search(&what.site).is_ok() { Err(Unfit::Conflict) } else { Ok(()) }
}

/// Nobody serves a need that does not want them: personality decides.
pub fn blocked(practitioner: usize, what: &Need) -> Result<(), Unfit> {
    if what.block.contains(&practitioner) { Err(Unfit::Blocked) } else { Ok(()) }
}

/// A need that is for its list only is served by nobody else.
pub fn listed(practitioner: usize, what: &Need) -> Result<(), Unfit> {
    if what.only && !what.choice.contains(&practitioner) { Err(Unfit::NotListed) } else { Ok(()) }
}

/// Nobody new in post is sent into special measures: expectations there are beyond what a beginner can meet.
pub fn new_post(instance: &Instance, who: &Practitioner, what: &Need) -> Result<(), Unfit> {
    let outcome = instance.sites.get(what.site).map(|site| site.outcome);
    if who.new && outcome == Some(instance.challenging_outcome) { Err(Unfit::NewPost) } else { Ok(()) }
}

/// Somebody serves only what they have expertise in; its quality is the best over their skills, strength × phase.
pub fn expertise(instance: &Instance, who: &Practitioner, what: &Need) -> Result<i64, Unfit> {
    let skills = who.skills.iter().filter(|skill| skill.tag == what.tag);
    let best = skills.map(|skill| quality(instance, skill.strength, skill.phase, what.phase)).max().unwrap_or(0);
    if best > 0 { Ok(best) } else { Err(Unfit::Expertise) }
}

/// Per cent: strength × phase, rounded down.
pub fn quality(instance: &Instance, strength: usize, phase: usize, wanted: usize) -> i64 {
    let strength = instance.strength_quality.get(strength).copied().unwrap_or(0);
    let phase = instance.phase_quality.get(phase).and_then(|row| row.get(wanted)).copied().unwrap_or(0);
    strength * phase / 100
}

/// Nobody travels longer one way than they have said they would.
pub fn distance(who: &Practitioner, minutes: i64) -> Result<(), Unfit> {
    if minutes > who.max_one_way { Err(Unfit::Distance { minutes, most: who.max_one_way }) } else { Ok(()) }
}

/// The half-days that suit both, the hours and the travel must leave room for the least useful dose: less than that
/// helps nobody.
pub fn time(who: &Practitioner, what: &Need, minutes: i64) -> Result<(u16, i64), Unfit> {
    let (mut compat, mut room) = (0_u16, 0);
    for (bit, block) in who.blocks.iter().enumerate() {
        if block.mask & what.mask != 0 {
            compat |= 1 << bit;
            room += block.cap;
        }
    }
    room = room.min(who.cap);
    if minutes > 0 {
        room = room.min(who.travel_minutes / (2 * minutes));
    }
    if room < what.min { Err(Unfit::Time { room, least: what.min }) } else { Ok((compat, room.min(what.max))) }
}
