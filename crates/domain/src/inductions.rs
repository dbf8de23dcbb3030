//! A newcomer's first weeks: plans by kind of newcomer, who accompanies them, when it is over, and the slow start of whoever is
//! new in the role. Rules R-IND-1 to R-IND-12 in `docs/rules/inductions.md`.

use jiff::civil::Date;

use crate::ids::PersonId;
use crate::period::{Calendar, academic_year, days_after, monday};
use crate::support::choices;
use crate::text::one_line;

mod proposed;
mod ramp;
#[cfg(test)]
mod tests;

pub use proposed::proposed;
pub use ramp::{Ramp, Settling, WEEKS_OF_HALF_TERM, settled};

choices! {
    /// Who is new (R-IND-1).
    Kind {
        /// New to the college or to the post.
        NewToPost = "new-to-post", "New to the post";
        /// In the first year after qualifying.
        NewlyQualified = "newly-qualified", "Newly qualified";
        /// Training to teach.
        Trainee = "trainee", "Trainee teacher";
        /// Assesses learners.
        Assessor = "assessor", "Assessor";
        /// New in the role of practitioner.
        NewPractitioner = "new-practitioner", "New in the role";
    }
}

choices! {
    /// Who does a step (R-IND-1).
    Company {
        /// The newcomer alone.
        Alone = "alone", "by yourself";
        /// With the mentor.
        Mentor = "mentor", "with your mentor";
        /// With the buddy.
        Buddy = "buddy", "with your buddy";
        /// In a group.
        Group = "group", "in a group";
    }
}

impl Company {
    /// Whether the mentor says that such a step is done (R-IND-6). The newcomer does of every one.
    pub const fn with_mentor(self) -> bool {
        matches!(self, Self::Mentor | Self::Group)
    }

    /// Whether the buddy does.
    pub const fn with_buddy(self) -> bool {
        matches!(self, Self::Buddy | Self::Group)
    }

    /// The words of the form on which a plan is written.
    pub const fn planned(self) -> &'static str {
        match self {
            Self::Alone => "the newcomer alone",
            Self::Mentor => "with the mentor",
            Self::Buddy => "with the buddy",
            Self::Group => "in a group",
        }
    }
}

/// A plan has at most so many steps.
pub const MOST_STEPS: usize = 24;
/// A title has at most so many characters.
pub const LONGEST_TITLE: usize = 100;
/// What a step is for, at most so many characters.
pub const LONGEST_PURPOSE: usize = 300;
/// The last week a step can fall into.
pub const LAST_WEEK: u8 = 39;
/// At most so many newcomers begin together.
pub const MOST_TOGETHER: usize = 30;
/// So many weeks after its last one an induction ends by itself (R-IND-8).
pub const WEEKS_AFTER: i64 = 4;
/// It begins at most so many days back and ahead (R-IND-3).
const DAYS_BACK: i64 = 84;
const DAYS_AHEAD: i64 = 366;
/// No search for a week goes further.
const FAR: usize = 160;

/// A step of an induction plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Into which week it falls, from 1.
    pub week: u8,
    /// Who does it.
    pub company: Company,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InductionRefused {
    /// R-IND-1
    #[error("Keep at least one step.")]
    NoStep,
    /// R-IND-1
    #[error("A plan has at most {MOST_STEPS} steps. Leave some out.")]
    ManySteps,
    /// R-IND-1
    #[error("Step {0}: give it a title of at most {LONGEST_TITLE} characters.")]
    Title(usize),
    /// R-IND-1
    #[error("Step {0}: say what it is for in at most {LONGEST_PURPOSE} characters.")]
    Purpose(usize),
    /// R-IND-1
    #[error("Step {0}: choose a week from 1 to {LAST_WEEK}.")]
    Week(usize),
    /// R-IND-1
    #[error("Somebody has published another version meanwhile. Look at it before you publish yours.")]
    Stale,
    /// R-IND-1
    #[error("This is already what stands there.")]
    SamePlan,
    /// R-IND-2
    #[error("Choose who is new.")]
    NoNewcomer,
    /// R-IND-2
    #[error("Begin with at most {MOST_TOGETHER} people at once.")]
    ManyNewcomers,
    /// R-IND-2
    #[error("Choose what kind of newcomer it is.")]
    NoKind,
    /// R-IND-2
    #[error("{0} has an induction that still runs. It ends first; {0} can say so.")]
    Running(String),
    /// R-IND-10
    #[error("{0} is not in the role, now or from a later day. Name them under “The frame of the role” first.")]
    NotInTheRole(String),
    /// R-IND-3
    #[error("Choose a first day, at most twelve weeks back and a year ahead.")]
    Day,
    /// R-IND-3
    #[error("There is no teaching in that week. Choose a first day in a week with teaching.")]
    NoTeaching,
    /// R-IND-3
    #[error(
        "This plan takes {weeks} weeks, and {left} are left of the academic year. Tick that it may go on into the next year, choose a later day, or shorten the plan."
    )]
    TooLong {
        /// Weeks of the plan.
        weeks: u8,
        /// Weeks with teaching from the first day to the end of the year.
        left: u8,
    },
    /// R-IND-3
    #[error(
        "This plan takes {weeks} weeks, and the calendar knows only {left} from that day on. Enter the next year’s terms first, or shorten the plan."
    )]
    BeyondCalendar {
        /// Weeks of the plan.
        weeks: u8,
        /// Weeks with teaching that are known from the first day on.
        left: u8,
    },
    /// R-IND-4
    #[error("Choose a mentor.")]
    NoMentor,
    /// R-IND-10
    #[error("Choose a buddy who has been in the role for longer.")]
    NoBuddy,
    /// R-IND-4
    #[error(
        "{mentor} cannot be the mentor of {newcomer}: a mentor is in the role, at work here, and neither in the line of whoever is new nor their appraiser."
    )]
    Mentor {
        /// Who was chosen.
        mentor: String,
        /// For whom.
        newcomer: String,
    },
    /// R-IND-4
    #[error(
        "{buddy} cannot be the buddy of {newcomer}: a buddy is at work here, and neither in the line of whoever is new nor their appraiser."
    )]
    Buddy {
        /// Who was chosen.
        buddy: String,
        /// For whom.
        newcomer: String,
    },
    /// R-IND-4
    #[error("Mentor and buddy are two people. Choose another one, or leave one of them out.")]
    SameTwo,
    /// R-IND-11
    #[error("Give four shares from 10 to 100, none less than the one before.")]
    Ramp,
    /// R-IND-8
    #[error("This induction is over.")]
    Over,
}

/// The steps of a plan in order of their weeks, tidied (R-IND-1).
///
/// # Errors
/// The first rule that says no; steps are counted from 1 as typed.
pub fn plan(steps: Vec<Step>) -> Result<Vec<Step>, InductionRefused> {
    let mut tidy = Vec::new();
    for (at, step) in steps.into_iter().enumerate() {
        let (title, purpose) = (one_line(&step.title), one_line(&step.purpose));
        if title.is_empty() || title.chars().count() > LONGEST_TITLE {
            return Err(InductionRefused::Title(at + 1));
        }
        if purpose.chars().count() > LONGEST_PURPOSE {
            return Err(InductionRefused::Purpose(at + 1));
        }
        if !(1..=LAST_WEEK).contains(&step.week) {
            return Err(InductionRefused::Week(at + 1));
        }
        tidy.push(Step { title, purpose, ..step });
    }
    match tidy.len() {
        0 => return Err(InductionRefused::NoStep),
        many if many > MOST_STEPS => return Err(InductionRefused::ManySteps),
        _ => {}
    }
    tidy.sort_by_key(|step| step.week);
    Ok(tidy)
}

/// The last week of a plan.
pub fn weeks(steps: &[Step]) -> u8 {
    steps.iter().map(|step| step.week).max().unwrap_or(1)
}

/// Mondays of weeks with teaching, the one that `from` is in first if it has any.
fn teaching_mondays(calendar: &Calendar, from: Date) -> impl Iterator<Item = Date> + '_ {
    let last = calendar.terms.last().map_or(from, |term| term.ends);
    let all = std::iter::successors(Some(monday(from)), |week| Some(days_after(*week, 7)));
    let teaches = |week: &Date| (0..5).any(|day| calendar.is_working_day(days_after(*week, day)));
    all.take_while(move |week| *week <= last).take(FAR).filter(teaches)
}

/// In which week of an induction a day is: weeks without teaching do not count. 0 before it begins.
pub fn week_of(calendar: &Calendar, starts: Date, day: Date) -> u8 {
    let count = teaching_mondays(calendar, starts).take_while(|week| *week <= day).count();
    u8::try_from(count).unwrap_or(u8::MAX)
}

/// The Monday of a week of an induction, if the calendar reaches so far.
pub fn monday_of(calendar: &Calendar, starts: Date, week: u8) -> Option<Date> {
    teaching_mondays(calendar, starts).nth(usize::from(week.max(1)) - 1)
}

/// The day on which an induction of so many weeks ends by itself: four weeks after the Friday of its last one (R-IND-8).
///
/// # Errors
/// R-IND-3: a first day that cannot be, or too few weeks left.
pub fn until(
    calendar: &Calendar,
    (starts, today): (Date, Date),
    (weeks, into_next): (u8, bool),
) -> Result<Date, InductionRefused> {
    if starts < days_after(today, -DAYS_BACK) || starts > days_after(today, DAYS_AHEAD) {
        return Err(InductionRefused::Day);
    }
    if teaching_mondays(calendar, starts).next() != Some(monday(starts)) {
        return Err(InductionRefused::NoTeaching);
    }
    let year = Date::constant(academic_year(starts) + 1, 8, 31);
    let left = week_of(calendar, starts, year);
    if weeks > left && !into_next {
        return Err(InductionRefused::TooLong { weeks, left });
    }
    let known = u8::try_from(teaching_mondays(calendar, starts).count()).unwrap_or(u8::MAX);
    let last = monday_of(calendar, starts, weeks).ok_or(InductionRefused::BeyondCalendar { weeks, left: known })?;
    Ok(days_after(last, 4 + WEEKS_AFTER * 7))
}

/// Whoever accompanies, as far as the rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Whether the account is on.
    pub active: bool,
    /// Whether they are in the role.
    pub practises: bool,
}

/// Whoever is new, as far as the rules look at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Everybody above them in line, and whoever appraises them.
    pub above: Vec<PersonId>,
}

impl Newcomer {
    /// Whether somebody may be beside them: at work, somebody else, and not above them (R-IND-4).
    pub fn beside(&self, one: &Companion) -> bool {
        one.active && one.id != self.id && !self.above.contains(&one.id)
    }

    /// Whether somebody may be their mentor (R-IND-4).
    pub fn mentored_by(&self, one: &Companion) -> bool {
        one.practises && self.beside(one)
    }

    /// Whether somebody may be their buddy; of whoever is new in the role, only somebody else who is in it (R-IND-4, R-IND-10).
    pub fn accompanied_by(&self, kind: Kind, one: &Companion) -> bool {
        self.beside(one) && (kind != Kind::NewPractitioner || one.practises)
    }
}

/// Who accompanies somebody (R-IND-4).
///
/// # Errors
/// The first rule that says no.
pub fn check_companions(
    kind: Kind,
    newcomer: &Newcomer,
    (mentor, buddy): (Option<&Companion>, Option<&Companion>),
) -> Result<(), InductionRefused> {
    match (kind, mentor, buddy) {
        (Kind::NewPractitioner, _, None) => return Err(InductionRefused::NoBuddy),
        (Kind::NewPractitioner, ..) => {}
        (_, None, _) => return Err(InductionRefused::NoMentor),
        _ => {}
    }
    check_named(kind, newcomer, (mentor, buddy))
}

/// The same of those who are named, while somebody else is still to be found (R-IND-4).
///
/// # Errors
/// The first rule that says no.
pub fn check_named(
    kind: Kind,
    newcomer: &Newcomer,
    (mentor, buddy): (Option<&Companion>, Option<&Companion>),
) -> Result<(), InductionRefused> {
    if let Some(one) = mentor.filter(|one| !newcomer.mentored_by(one)) {
        return Err(InductionRefused::Mentor { mentor: one.name.clone(), newcomer: newcomer.name.clone() });
    }
    if let Some(one) = buddy.filter(|one| !newcomer.accompanied_by(kind, one)) {
        let refused = InductionRefused::Buddy { buddy: one.name.clone(), newcomer: newcomer.name.clone() };
        return Err(if newcomer.beside(one) { InductionRefused::NoBuddy } else { refused });
    }
    if mentor.zip(buddy).is_some_and(|(one, other)| one.id == other.id) {
        return Err(InductionRefused::SameTwo);
    }
    Ok(())
}

/// Who is missing beside a newcomer: "mentor", or for whoever is new in the role "buddy" (R-IND-9).
pub const fn missing(kind: Kind, (mentor, buddy): (bool, bool)) -> Option<&'static str> {
    match kind {
        Kind::NewPractitioner if !buddy => Some("buddy"),
        Kind::NewPractitioner => None,
        _ if !mentor => Some("mentor"),
        _ => None,
    }
}
