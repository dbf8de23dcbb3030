//! What the role asks of a practitioner in a year, against the hours given for it. Rules R-TIM-1 to R-TIM-4 and R-TIM-9 in
//! `docs/rules/time.md`.

use crate::hours::{Purpose, divide};
use crate::minutes::Minutes;
use crate::required::SHARE;
use crate::support::choices;
use crate::training::LEAST;

choices! {
    /// What a year's time is asked for.
    Part {
        /// One-to-one support expected from the areas looked after.
        OneToOne = "one-to-one", "One-to-one support";
        /// Between sites, and to whoever assesses away from them.
        Travel = "travel", "Travel";
        /// Sessions and communities, with their preparation.
        Sessions = "sessions", "Sessions and communities";
        /// Support that is required, up to its ceiling.
        Required = "required", "Required support, at most";
        /// Inductions.
        Inductions = "inductions", "Inductions";
        /// The college's priorities on which somebody leads.
        Priorities = "priorities", "College priorities";
        /// The practitioners' weekly meeting.
        Meetings = "meetings", "Team meetings";
        /// What comes back every term beside all that.
        Standing = "standing", "Standing work";
    }
}

impl Part {
    /// The purpose under which such time is noted; travel is noted with what it is for (R-TIM-15).
    pub const fn purpose(self) -> Option<Purpose> {
        match self {
            Self::OneToOne => Some(Purpose::OneToOne),
            Self::Travel => None,
            Self::Sessions => Some(Purpose::Group),
            Self::Required => Some(Purpose::Required),
            Self::Inductions => Some(Purpose::Induction),
            Self::Priorities | Self::Standing => Some(Purpose::Strategic),
            Self::Meetings => Some(Purpose::Team),
        }
    }
}

/// What the lead assumes of a year, for everybody alike (R-TIM-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assumptions {
    /// Of a hundred staff in an area, so many are expected to want support.
    pub asking: i64,
    /// Time for each of them.
    pub each: Minutes,
    /// Sessions for each area and term, at least: what the communities have (R-SES-2).
    pub sessions: i64,
    /// How long one lasts.
    pub session: Minutes,
    /// How long its preparation takes.
    pub preparation: Minutes,
    /// How long an induction takes.
    pub induction: Minutes,
    /// Team meetings of a week.
    pub meeting: Minutes,
    /// Required support takes at most so many hundredths of somebody's remission: its ceiling (R-REQ-12).
    pub required: i64,
    /// Time of a year for each priority on which somebody leads.
    pub priority: Minutes,
    /// At most so much may be carried into the next year (R-TIM-8).
    pub carry: Minutes,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            asking: 20,
            each: Minutes::hours(5),
            sessions: LEAST,
            session: Minutes(30),
            preparation: Minutes(45),
            induction: Minutes::hours(4),
            meeting: Minutes(45),
            required: SHARE,
            priority: Minutes::hours(10),
            carry: Minutes(0),
        }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlannerRefused {
    /// R-TIM-4.
    #[error("Give a whole number from 0 to 100.")]
    Asking,
    /// R-TIM-4.
    #[error("Give hours from 0 to 40.")]
    Each,
    /// R-TIM-4.
    #[error("Give whole minutes from 15 to 480.")]
    Session,
    /// R-TIM-4.
    #[error("Give whole minutes from 0 to 480.")]
    Preparation,
    /// R-TIM-4.
    #[error("Give hours from 0 to 40.")]
    Induction,
    /// R-TIM-4.
    #[error("Give whole minutes from 0 to 600.")]
    Meeting,
    /// R-TIM-4.
    #[error("Give hours from 0 to 200.")]
    Priority,
    /// R-TIM-4.
    #[error("Give hours from 0 to 100; with 0 nothing is carried over.")]
    Carry,
    /// R-TIM-4.
    #[error("Give a whole number of journeys from 0 to 400.")]
    Trips,
    /// R-TIM-4.
    #[error("Give whole minutes from 0 to 480 for a journey there and back.")]
    Trip,
    /// R-TIM-4.
    #[error("Give a whole number of inductions from 0 to 60.")]
    Inductions,
    /// R-TIM-9.
    #[error("Give a whole number from 0 to 100, or leave it empty while nothing is agreed.")]
    Outreach,
}

impl Assumptions {
    /// Checks what a lead entered (R-TIM-4).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(&self) -> Result<(), PlannerRefused> {
        let within = |time: Minutes, most: i64| (0..=most).contains(&time.0);
        let all = [
            ((0..=100).contains(&self.asking), PlannerRefused::Asking),
            (within(self.each, 40 * 60), PlannerRefused::Each),
            ((15..=480).contains(&self.session.0), PlannerRefused::Session),
            (within(self.preparation, 480), PlannerRefused::Preparation),
            (within(self.induction, 40 * 60), PlannerRefused::Induction),
            (within(self.meeting, 600), PlannerRefused::Meeting),
            (within(self.priority, 200 * 60), PlannerRefused::Priority),
            (within(self.carry, 100 * 60), PlannerRefused::Carry),
        ];
        all.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, refused)| Err(refused))
    }
}

/// What is asked of one practitioner beside areas and priorities, and the agreed share of outreach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extras {
    /// Journeys of a year, between sites or to whoever assesses away from them.
    pub trips: i64,
    /// How long one takes, there and back.
    pub trip: Minutes,
    /// Inductions of a year.
    pub inductions: i64,
    /// Of a hundred dedicated hours, so many for colleagues beyond their own area (R-TIM-9).
    pub outreach: Option<i64>,
}

impl Extras {
    /// Checks what a lead entered (R-TIM-4, R-TIM-9).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(&self) -> Result<(), PlannerRefused> {
        let all = [
            ((0..=400).contains(&self.trips), PlannerRefused::Trips),
            ((0..=480).contains(&self.trip.0), PlannerRefused::Trip),
            ((0..=60).contains(&self.inductions), PlannerRefused::Inductions),
            (self.outreach.is_none_or(|share| (0..=100).contains(&share)), PlannerRefused::Outreach),
        ];
        all.into_iter().find(|(holds, _)| !holds).map_or(Ok(()), |(_, refused)| Err(refused))
    }
}

/// An area that a practitioner looks after, as the organisation chart has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAfter {
    /// Its name.
    pub name: String,
    /// How many teach there, practitioners left out.
    pub staff: i64,
    /// How many practitioners look after it.
    pub among: usize,
    /// Which of them this one is, from 0.
    pub place: usize,
}

/// The year as the calendar has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// Its terms.
    pub terms: i64,
    /// Its teaching weeks.
    pub weeks: i64,
}

/// What a practitioner has in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Remission of the year, with what was carried into it.
    pub given: Minutes,
    /// Areas looked after.
    pub areas: Vec<LookedAfter>,
    /// On how many priorities they lead.
    pub priorities: i64,
    /// Standing work of one term.
    pub standing: Minutes,
    /// The rest.
    pub extras: Extras,
}

/// What is asked of a practitioner, part by part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Every part, in the order of [`Part::ALL`].
    pub parts: Vec<(Part, Minutes)>,
    /// What each area comes to, one-to-one support and sessions together.
    pub areas: Vec<(String, Minutes)>,
    /// Remission of the year.
    pub given: Minutes,
}

/// One's own part of what several look after, to the minute (R-TIM-2).
fn own_part(whole: Minutes, area: &LookedAfter) -> Minutes {
    divide(whole, area.among.max(1)).get(area.place).copied().unwrap_or_default()
}

/// What the role asks of a practitioner in a year (R-TIM-1).
pub fn asked(assumed: &Assumptions, length: Length, load: &Load) -> Asked {
    let one_to_one = |area: &LookedAfter| own_part(Minutes(area.staff * assumed.asking * assumed.each.0 / 100), area);
    let each_session = assumed.session + assumed.preparation;
    let sessions = |area: &LookedAfter| own_part(Minutes(assumed.sessions * length.terms * each_session.0), area);
    let of = |part: Part| match part {
        Part::OneToOne => load.areas.iter().map(one_to_one).sum(),
        Part::Travel => Minutes(load.extras.trips * load.extras.trip.0),
        Part::Sessions => load.areas.iter().map(sessions).sum(),
        Part::Required => Minutes(load.given.0 * assumed.required / 100),
        Part::Inductions => Minutes(load.extras.inductions * assumed.induction.0),
        Part::Priorities => Minutes(load.priorities * assumed.priority.0),
        Part::Meetings => Minutes(length.weeks * assumed.meeting.0),
        Part::Standing => Minutes(length.terms * load.standing.0),
    };
    Asked {
        parts: Part::ALL.iter().map(|part| (*part, of(*part))).collect(),
        areas: load.areas.iter().map(|area| (area.name.clone(), one_to_one(area) + sessions(area))).collect(),
        given: load.given,
    }
}

/// Something that would make a year fit. It is said, and done by nobody but people (R-TIM-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// So many whole hours of the year.
    Hours(Minutes),
    /// Somebody else for this area, which comes to so much.
    Area(String, Minutes),
    /// No area alone is enough: this one comes to most.
    Areas(String, Minutes),
    /// So many sessions for each area and term.
    Sessions(i64),
}

impl Remedy {
    /// What to agree with somebody: "Agree 172 h of the year with Priya, in place of 150 h."
    pub fn words(&self, name: &str, asked: &Asked) -> String {
        match self {
            Self::Hours(to) => format!("More hours: {to} of the year in place of {}.", asked.given),
            Self::Area(area, time) => {
                format!("Fewer areas: without {area}, which comes to {time}. Ask who else would like to look after it.")
            }
            Self::Areas(area, time) => format!(
                "Fewer areas: no one area is enough. {area} comes to {time}; agree with {name} on more than that one."
            ),
            Self::Sessions(0) => "Fewer sessions: none in each area and term.".to_owned(),
            Self::Sessions(to) => format!("Fewer sessions: {to} in each area and term."),
        }
    }
}

impl Asked {
    /// All of it.
    pub fn total(&self) -> Minutes {
        self.parts.iter().map(|(_, time)| *time).sum()
    }

    /// One part.
    pub fn part(&self, part: Part) -> Minutes {
        self.parts.iter().filter(|(one, _)| *one == part).map(|(_, time)| *time).sum()
    }

    /// What does not fit, if anything.
    pub fn over(&self) -> Option<Minutes> {
        Some(self.total() - self.given).filter(|over| over.0 > 0)
    }

    /// "168 h asked of 150 h. 18 h do not fit." (R-TIM-3)
    pub fn says(&self, name: &str) -> String {
        let (total, given) = (self.total(), self.given);
        match self.over() {
            Some(over) => format!("{name}: {total} asked of {given}. {over} do not fit."),
            None if total == given => format!("{name}: {total} asked of {given}. It fits exactly."),
            None => format!("{name}: {total} asked of {given}. {} are left.", given - total),
        }
    }

    /// What would make it fit: more hours, fewer areas, fewer sessions, each by itself (R-TIM-3).
    pub fn remedies(&self, assumed: &Assumptions) -> Vec<Remedy> {
        let Some(over) = self.over() else { return Vec::new() };
        let mut all = vec![Remedy::Hours(self.enough(assumed))];
        let smallest = self.areas.iter().filter(|(_, time)| *time >= over).min_by_key(|(_, time)| *time);
        let largest = self.areas.iter().filter(|(_, time)| time.0 > 0).max_by_key(|(_, time)| *time);
        match (smallest, largest) {
            (Some((name, time)), _) => all.push(Remedy::Area(name.clone(), *time)),
            (None, Some((name, time))) => all.push(Remedy::Areas(name.clone(), *time)),
            (None, None) => {}
        }
        let sessions = self.part(Part::Sessions);
        if assumed.sessions > 0 && sessions >= over {
            // As many as still fit: sessions are whole, and each takes the same part.
            let left = (sessions - over).0 * assumed.sessions / sessions.0.max(1);
            all.push(Remedy::Sessions(left));
        }
        all
    }

    /// The whole hours of a year that are enough, with the share of required support that grows with them.
    fn enough(&self, assumed: &Assumptions) -> Minutes {
        let fixed = self.total() - self.part(Part::Required);
        let free = (100 - assumed.required).max(1);
        // Rounded up twice, to a minute and to an hour, so that it never falls short.
        let minutes = (fixed.0 * 100 + free - 1).div_euclid(free);
        Minutes::hours((minutes + 59).div_euclid(60))
    }
}

#[cfg(test)]
#[path = "planner_tests.rs"]
mod tests;
