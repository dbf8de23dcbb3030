//! Sessions and the communities of practice they belong to: planning, signing up, holding. Rules R-SES-1 to R-SES-16 in
//! `docs/rules/sessions.md`. In code a session is a training; a session is who is signed in.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::ids::{AreaId, PersonId, ThemeId};
use crate::minutes::Minutes;
use crate::period::{Calendar, days_after, monday};
use crate::support::{Slot, choices};
use crate::text::one_line;

choices! {
    /// What kind of session it is (CPD-04, CPD-07).
    Format {
        /// Ten minutes, one thing to try.
        Takeaway = "takeaway", "Ten-minute takeaway";
        /// Half an hour.
        HalfHour = "half-hour", "Half hour";
        /// An hour.
        Workshop = "workshop", "Hour workshop";
        /// Part of a meeting of the area.
        Meeting = "meeting", "Meeting";
        /// A training day of the college.
        TrainingDay = "training-day", "Training day";
    }
}

impl Format {
    /// How long it usually is.
    pub const fn usual(self) -> Minutes {
        match self {
            Self::Takeaway => Minutes(10),
            Self::HalfHour => Minutes(30),
            Self::Workshop | Self::Meeting => Minutes(60),
            Self::TrainingDay => Minutes(360),
        }
    }
}

choices! {
    /// What the practitioner does in it (CPD-07).
    Part {
        /// Leads it.
        Leads = "leads", "Leads it";
        /// Advises whoever leads it.
        Advises = "advises", "Advises whoever leads it";
    }
}

choices! {
    /// Where a session stands.
    State {
        /// Ahead, or not yet said.
        Planned = "planned", "Planned";
        /// It took place.
        Held = "held", "Held";
        /// Called off.
        CalledOff = "called-off", "Called off";
    }
}

choices! {
    /// Where a need comes from, without names and numbers (CPD-03, CPD-10, GOV-14).
    Source {
        /// Who leads the area and its practitioner, agreed between the two.
        View = "view", "Head of area and practitioner";
        /// Looks into many lessons.
        Walks = "walks", "Learning walks";
        /// What feedback on observed lessons had in common.
        Feedback = "feedback", "Observation feedback";
        /// Results and gaps between groups of learners.
        Results = "results", "Results and attainment gaps";
        /// What learners say.
        Learners = "learners", "Learner surveys";
        /// What performance reviews had in common.
        Reviews = "reviews", "Performance reviews, taken together";
        /// Staff of the area themselves.
        Staff = "staff", "Some staff suggested";
    }
}

choices! {
    /// Who entered a need.
    Side {
        /// Who leads the area.
        Head = "head", "head of area";
        /// The area's practitioner.
        Practitioner = "practitioner", "practitioner";
        /// The programme lead.
        Lead = "lead", "programme lead";
    }
}

/// Titles and places have at most so many characters (R-SES-5).
pub const LONGEST_TITLE: usize = 80;
/// A text with a session has at most so many characters (R-SES-14).
pub const LONGEST_TEXT: usize = 600;
/// A session has at most so many things to read (R-SES-14).
pub const MOST_MATERIALS: usize = 12;
/// An area has at least so many sessions a term, unless the lead says otherwise (R-SES-2).
pub const LEAST: i64 = 2;
/// What the lead may set.
pub const LEASTS: std::ops::RangeInclusive<i64> = 0..=6;
/// A session may last so long, in minutes (R-SES-5).
pub const LENGTHS: std::ops::RangeInclusive<i64> = 5..=480;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainingRefused {
    /// R-SES-5.
    #[error("Give the session a title of at most 80 characters.")]
    Title,
    /// R-SES-5.
    #[error("Say where it is, in at most 80 characters.")]
    Place,
    /// R-SES-5.
    #[error("Choose at least one area it is for.")]
    NoArea,
    /// R-SES-5.
    #[error("A session lasts between 5 minutes and 8 hours.")]
    Length,
    /// R-SES-5.
    #[error("Choose a day and a time.")]
    Time,
    /// R-SES-5.
    #[error("That day lies in no term. Choose a day in term.")]
    NotInTerm,
    /// R-SES-5.
    #[error("That time has passed. Choose one that is ahead.")]
    Past,
    /// R-SES-5.
    #[error("Say room for how many there is, from 2 to 500, or leave it empty.")]
    Room,
    /// R-SES-6.
    #[error("You have a meeting then. Choose another time.")]
    Booked,
    /// R-SES-6.
    #[error("You teach then ({0}). Choose another time.")]
    Teaching(String),
    /// R-SES-6, to the lead: says nothing of a timetable.
    #[error("They teach or run another session then. Choose another time, or somebody else.")]
    NotFree,
    /// R-SES-6.
    #[error("You run another session then: {0}. Choose another time.")]
    Another(String),
    /// R-SES-7.
    #[error("It has begun or is not on any more. You can no longer sign up for it.")]
    TooLate,
    /// R-SES-9, R-SES-10.
    #[error("It has not begun yet. You can say who came and that it was held once it has.")]
    NotYet,
    /// R-SES-11.
    #[error("It has begun or is not planned any more.")]
    NotPlanned,
    /// R-SES-9.
    #[error("Choose a colleague from the list.")]
    UnknownColleague,
    /// R-SES-10.
    #[error("The session and getting it ready make at most 8 hours here. Note the rest under “Note it”.")]
    TooLong,
    /// R-SES-14.
    #[error("Give it a title, and a link that begins with https:// or a text of at most 600 characters.")]
    Material,
    /// R-SES-14.
    #[error("A session has at most 12 things to read. Take one away first.")]
    ManyMaterials,
    /// R-SES-11.
    #[error("Somebody has changed this session meanwhile. Look at it as it is now, then change it again.")]
    Stale,
    /// R-SES-3.
    #[error("Choose a theme from the list.")]
    Theme,
    /// R-SES-3.
    #[error("Choose where it comes from.")]
    Source,
    /// R-SES-3.
    #[error("It is already in the register for this term.")]
    Known,
    /// R-SES-3.
    #[error("It waits for the other one of you two to agree.")]
    NotYours,
    /// R-SES-2.
    #[error("Choose a number from 0 to 6.")]
    Least,
}

/// What a session is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its title.
    pub title: String,
    /// What it is about, from the college's themes.
    pub theme: Option<ThemeId>,
    /// What kind.
    pub format: Format,
    /// What the practitioner does in it.
    pub part: Part,
    /// When, and how long.
    pub slot: Slot,
    /// Where.
    pub place: String,
    /// Whether day and time are agreed with whoever leads the area (CPD-06).
    pub agreed: bool,
    /// For which areas.
    pub areas: Vec<AreaId>,
    /// Room for about so many, if that is known. Nobody is turned away by it.
    pub room_for: Option<i64>,
}

impl Planned {
    /// Puts a session in order and checks it (R-SES-5).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(mut self, calendar: &Calendar, now: Timestamp) -> Result<Self, TrainingRefused> {
        self.title = one_line(&self.title);
        self.place = one_line(&self.place);
        if !is_title(&self.title) {
            return Err(TrainingRefused::Title);
        }
        if !is_title(&self.place) {
            return Err(TrainingRefused::Place);
        }
        if self.areas.is_empty() {
            return Err(TrainingRefused::NoArea);
        }
        if !LENGTHS.contains(&self.slot.length.0) {
            return Err(TrainingRefused::Length);
        }
        if self.room_for.is_some_and(|room| !(2..=500).contains(&room)) {
            return Err(TrainingRefused::Room);
        }
        if calendar.term(calendar.day(self.slot.starts)).is_none() {
            return Err(TrainingRefused::NotInTerm);
        }
        if self.slot.starts <= now { Err(TrainingRefused::Past) } else { Ok(self) }
    }
}

fn is_title(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_TITLE
}

/// What stands in a practitioner's way around a time.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Meetings that are booked; nothing where it is the lead who plans (R-SES-6).
    pub meetings: Vec<Slot>,
    /// Other sessions they run, with their titles.
    pub trainings: Vec<(Slot, String)>,
    /// Their teaching that day, with its label.
    pub teaching: Vec<(Slot, String)>,
}

impl Around {
    /// Whether a session fits (R-SES-6). `own`: the practitioner plans; a lead is told less.
    ///
    /// # Errors
    /// What is in the way.
    pub fn fits(&self, slot: &Slot, own: bool) -> Result<(), TrainingRefused> {
        let in_the_way =
            |all: &[(Slot, String)]| all.iter().find(|(one, _)| one.overlaps(slot)).map(|(_, of)| of.clone());
        let refused = if self.meetings.iter().any(|one| one.overlaps(slot)) {
            Some(TrainingRefused::Booked)
        } else if let Some(label) = in_the_way(&self.teaching) {
            Some(TrainingRefused::Teaching(label))
        } else {
            in_the_way(&self.trainings).map(TrainingRefused::Another)
        };
        match refused {
            None => Ok(()),
            Some(refused) if own => Err(refused),
            Some(_) => Err(TrainingRefused::NotFree),
        }
    }
}

impl State {
    /// Whether somebody can sign up (R-SES-7).
    ///
    /// # Errors
    /// Too late.
    pub fn sign_up(self, slot: &Slot, now: Timestamp) -> Result<(), TrainingRefused> {
        if self == Self::Planned && now < slot.starts { Ok(()) } else { Err(TrainingRefused::TooLate) }
    }

    /// Whether it can be said who came and that it was held (R-SES-9, R-SES-10); may be corrected later.
    ///
    /// # Errors
    /// Too early, or called off.
    pub fn hold(self, slot: &Slot, now: Timestamp) -> Result<Self, TrainingRefused> {
        match self {
            Self::CalledOff => Err(TrainingRefused::NotPlanned),
            _ if now < slot.starts => Err(TrainingRefused::NotYet),
            _ => Ok(Self::Held),
        }
    }

    /// R-SES-11: what is planned can be changed, passed on and called off.
    ///
    /// # Errors
    /// It is held or called off.
    pub fn still_planned(self) -> Result<(), TrainingRefused> {
        if self == Self::Planned { Ok(()) } else { Err(TrainingRefused::NotPlanned) }
    }
}

/// The sessions of an area in a term (R-SES-2): they count sessions, never people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dots {
    /// Held.
    pub held: usize,
    /// Planned.
    pub planned: usize,
    /// Neither held nor planned, of those there are at least.
    pub missing: usize,
}

impl Dots {
    /// Of the states of an area's sessions.
    pub fn of(states: impl Iterator<Item = State>, least: i64) -> Self {
        let mut dots = Self::default();
        for state in states {
            match state {
                State::Held => dots.held += 1,
                State::Planned => dots.planned += 1,
                State::CalledOff => {}
            }
        }
        let least = usize::try_from(least).unwrap_or_default();
        Self { missing: least.saturating_sub(dots.held + dots.planned), ..dots }
    }

    /// "1 held, 1 planned, none missing".
    pub fn words(&self) -> String {
        let missing = if self.missing == 0 { "none missing".to_owned() } else { format!("{} missing", self.missing) };
        format!("{} held, {} planned, {missing}", self.held, self.planned)
    }
}

/// From which day on a suggestion stands in the register: the next Monday, with all others of the week (R-SES-4).
pub fn shown_from(today: Date) -> Date {
    days_after(monday(today), 7)
}

/// The working day before a session, on which its people are reminded (R-SES-12).
pub fn reminder_day(calendar: &Calendar, day: Date) -> Date {
    let before = (1..=10).map(|back| days_after(day, -back));
    before.into_iter().find(|one| calendar.is_working_day(*one)).unwrap_or_else(|| days_after(day, -1))
}

/// The practitioner of a community: whom the lead has named while they look after the area, else the first who does (R-SES-1).
pub fn practitioner_of(named: Option<PersonId>, looks_after: &[PersonId]) -> Option<PersonId> {
    named.filter(|one| looks_after.contains(one)).or_else(|| looks_after.first().copied())
}

/// Something to read with a session.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Material {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub link: String,
    /// Or what it says.
    pub text: String,
}

impl Material {
    /// Puts it in order and checks it (R-SES-14).
    ///
    /// # Errors
    /// A rule that says no.
    pub fn check(&self) -> Result<Self, TrainingRefused> {
        let (title, link, text) = (one_line(&self.title), self.link.trim().to_owned(), self.text.trim().to_owned());
        let host = link.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        let whole =
            !link.chars().any(|letter| letter.is_whitespace() || letter.is_control()) && link.chars().count() <= 500;
        let good_link = whole && host.is_some_and(|host| host.contains('.') && !host.contains('@'));
        let linked = good_link || link.is_empty();
        let said = !text.is_empty() || !link.is_empty();
        if is_title(&title) && linked && said && text.chars().count() <= LONGEST_TEXT {
            Ok(Self { title, link, text })
        } else {
            Err(TrainingRefused::Material)
        }
    }
}

#[cfg(test)]
#[path = "training_tests.rs"]
mod tests;
