//! Required support: why, how much, what each of the three says, and what ends it. Rules R-REQ-1 to R-REQ-14 in
//! `docs/rules/required.md`.

use jiff::civil::Date;

use crate::meetings::{LENGTHS, MeetingRefused};
use crate::minutes::Minutes;
use crate::support::{SupportRefused, choices};

/// A scope and a completion statement have at most so many characters (R-REQ-3, R-REQ-10).
pub const LONGEST: usize = 600;
/// So many meetings are planned at most.
pub const MOST_MEETINGS: i64 = 40;
/// The share of all practitioners' remission that required support may take, in percent, while the lead has set none (R-REQ-12).
pub const SHARE: i64 = 20;
/// A second time within so many days comes late, and the line manager reads so (R-REQ-11).
pub const AGAIN_DAYS: i32 = 365;

choices! {
    /// Why support is required. No reason blames anybody (R-REQ-2).
    Reason {
        /// Something new to teach.
        NewCourse = "new-course", "A new course or level";
        /// After a formal observation. Nothing flows back to it (OBS-08).
        AfterObservation = "after-observation", "After a formal observation";
        /// What a course's learners achieved or said.
        Course = "course", "Results or feedback of a course";
        /// After a time away.
        ComingBack = "coming-back", "Coming back to teaching";
        /// At a review the two agreed on it.
        Agreed = "agreed", "Agreed at a review";
        /// The last thing before a formal procedure.
        BeforeProcedure = "before-procedure", "Before a formal procedure";
    }
}

choices! {
    /// What is not reasonable, as one of the two says (R-REQ-8).
    Questioned {
        /// What it is to cover.
        Scope = "scope", "The scope";
        /// How many meetings, how long.
        Time = "time", "The time";
        /// Both.
        Both = "both", "The scope and the time";
    }
}

choices! {
    /// What the line manager answers (R-REQ-8).
    Answer {
        /// It stays as it was.
        Kept = "kept", "Kept as it was";
        /// There is a new version.
        Revised = "revised", "Revised";
    }
}

choices! {
    /// What ended a track (R-REQ-9, R-REQ-13, R-REQ-14).
    Ending {
        /// All three have said so.
        Signals = "signals", "All three said so";
        /// The teacher, where the college requires no support any more.
        Teacher = "teacher", "Ended by the teacher, since the college requires no support any more";
        /// The teacher's account has been off for four weeks.
        Left = "left", "The teacher has left";
    }
}

/// Who of the three. Rows name people only by this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Seat {
    /// For whom it is required.
    Teacher,
    /// Whom the teacher has chosen.
    Practitioner,
    /// The direct line manager of today; in the table `participant`, whoever required it.
    Manager,
}

impl Seat {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Teacher, Self::Practitioner, Self::Manager];

    /// The number in the tables.
    pub const fn number(self) -> i64 {
        match self {
            Self::Teacher => 1,
            Self::Practitioner => 2,
            Self::Manager => 3,
        }
    }

    /// Whose number it is.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|seat| seat.number() == number)
    }
}

/// How many meetings, and how long each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many.
    pub meetings: i64,
    /// How long each of them.
    pub length: Minutes,
}

impl Plan {
    /// The planned time altogether.
    pub const fn whole(&self) -> Minutes {
        Minutes(self.meetings * self.length.0)
    }

    /// R-REQ-3.
    ///
    /// # Errors
    /// A number or a length that is no plan.
    pub fn check(&self) -> Result<(), RequiredRefused> {
        let fits = (1..=MOST_MEETINGS).contains(&self.meetings) && LENGTHS.contains(&self.length.0);
        if fits { Ok(()) } else { Err(RequiredRefused::Plan) }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequiredRefused {
    /// R-REQ-2.
    #[error("Choose the colleague from the list.")]
    NoTeacher,
    /// R-REQ-2.
    #[error("Choose a reason.")]
    NoReason,
    /// R-REQ-3.
    #[error("Say in a few sentences what it is to cover.")]
    EmptyScope,
    /// R-REQ-10.
    #[error("Write at least a sentence.")]
    EmptyStatement,
    /// R-REQ-3, R-REQ-10.
    #[error("That is {0} characters. Up to {LONGEST} fit.")]
    Long(usize),
    /// R-REQ-3.
    #[error("Plan 1 to {MOST_MEETINGS} meetings of 5 minutes to 8 hours each.")]
    Plan,
    /// R-REQ-2.
    #[error("Support is already required for this colleague. Go on there.")]
    AlreadyOn,
    /// R-REQ-11.
    #[error("Please read the note above the button first, and tick that you have.")]
    LastResort,
    /// R-REQ-12.
    #[error(
        "That is more time than your college has set aside for required support this year. Plan fewer or shorter meetings, or speak with the programme lead."
    )]
    OverCeiling,
    /// R-REQ-12.
    #[error("Give a share between 0 and 100 percent, without a fraction.")]
    Share,
    /// R-REQ-9.
    #[error("This has ended, so nothing more changes here.")]
    Over,
    /// R-REQ-5.
    #[error("Choose somebody from the list.")]
    NobodyChosen,
    /// R-REQ-5.
    #[error("You are working with this colleague on it already.")]
    SameOne,
    /// R-REQ-5: the chosen one has left, gave the role up or came into the line.
    #[error("This cannot go on with you at the moment. Your colleague reads so and chooses again.")]
    Unreachable,
    /// R-REQ-7.
    #[error("That time is not proposed any more. Look at the page again.")]
    NoOpening,
    /// R-REQ-7.
    #[error("Your colleague and the line manager have not both said that this time suits them.")]
    NotAgreed,
    /// R-REQ-7.
    #[error("You have held the opening conversation already.")]
    Held,
    /// R-REQ-8.
    #[error("Say what is not reasonable.")]
    NothingChosen,
    /// R-REQ-8.
    #[error("That is questioned already, and waits for an answer.")]
    AlreadyQuestioned,
    /// R-REQ-8.
    #[error("Nothing is questioned at the moment.")]
    NothingQuestioned,
    /// R-REQ-3: another page was quicker.
    #[error("This page was out of date: there is a newer version. Here is how it stands now.")]
    Stale,
    /// R-REQ-7.
    #[error(transparent)]
    Meeting(#[from] MeetingRefused),
    /// R-REQ-5, R-REQ-7.
    #[error(transparent)]
    Support(#[from] SupportRefused),
}

/// A scope or a statement as it is kept: without spaces around it, lines as typed.
///
/// # Errors
/// Nothing is written, or more than [`LONGEST`] characters are.
pub fn text(typed: &str, empty: RequiredRefused) -> Result<String, RequiredRefused> {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    match text.chars().count() {
        0 => Err(empty),
        count if count > LONGEST => Err(RequiredRefused::Long(count)),
        _ => Ok(text),
    }
}

/// Whether what is about to be required comes last: before a formal procedure, or for the second time within a year. Known from
/// tracks alone, never from what somebody asked for (R-REQ-11).
pub fn comes_last(reason: Reason, earlier: Option<Date>, today: Date) -> bool {
    let again = earlier.and_then(|began| today.since(began).ok()).is_some_and(|span| span.get_days() <= AGAIN_DAYS);
    reason == Reason::BeforeProcedure || again
}

/// Whether so much more fits below the ceiling: a share, in percent, of all practitioners' remission of the year. What is counted
/// is what was planned, never hours that somebody gave (R-REQ-12).
///
/// # Errors
/// When it does not.
pub fn below_ceiling(
    share: i64,
    (remitted, planned): (Minutes, Minutes),
    more: Minutes,
) -> Result<(), RequiredRefused> {
    if (planned + more).0 * 100 > remitted.0 * share { Err(RequiredRefused::OverCeiling) } else { Ok(()) }
}

/// A share as the lead typed it (R-REQ-12).
///
/// # Errors
/// Not a whole number from 0 to 100.
pub fn share(typed: &str) -> Result<i64, RequiredRefused> {
    let number = typed.trim().trim_end_matches('%').trim_end().parse::<i64>().ok();
    number.filter(|share| (0..=100).contains(share)).ok_or(RequiredRefused::Share)
}

/// What each of the three has said, and on which day (R-REQ-9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signals {
    /// The teacher is confident.
    pub teacher: Option<Date>,
    /// The practitioner sees a distinct improvement.
    pub practitioner: Option<Date>,
    /// The line manager is satisfied.
    pub manager: Option<Date>,
}

impl Signals {
    /// What one of them has said.
    pub const fn of(&self, seat: Seat) -> Option<Date> {
        match seat {
            Seat::Teacher => self.teacher,
            Seat::Practitioner => self.practitioner,
            Seat::Manager => self.manager,
        }
    }

    /// The same with what one of them says now.
    #[must_use]
    pub const fn with(mut self, seat: Seat, said: Option<Date>) -> Self {
        match seat {
            Seat::Teacher => self.teacher = said,
            Seat::Practitioner => self.practitioner = said,
            Seat::Manager => self.manager = said,
        }
        self
    }

    /// Whether all three have said so: then it ends.
    pub const fn all(&self) -> bool {
        self.teacher.is_some() && self.practitioner.is_some() && self.manager.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// R-REQ-3, R-REQ-10
    #[test]
    fn what_is_written_is_neither_empty_nor_longer_than_fits() {
        assert_eq!(text(" \r\n ", RequiredRefused::EmptyScope), Err(RequiredRefused::EmptyScope));
        assert_eq!(text(" Two\r\nlines ", RequiredRefused::EmptyScope).unwrap(), "Two\nlines");
        assert!(text(&"é".repeat(LONGEST), RequiredRefused::EmptyStatement).is_ok());
        assert_eq!(text(&"é".repeat(601), RequiredRefused::EmptyStatement), Err(RequiredRefused::Long(601)));
    }

    /// R-REQ-3
    #[test]
    fn a_plan_has_meetings_of_a_length() {
        let plan = |meetings, length| Plan { meetings, length: Minutes(length) };
        assert_eq!(plan(6, 45).whole(), Minutes(270));
        assert!(plan(1, 5).check().is_ok() && plan(40, 480).check().is_ok());
        for wrong in [plan(0, 45), plan(41, 45), plan(3, 4), plan(3, 481)] {
            assert_eq!(wrong.check(), Err(RequiredRefused::Plan));
        }
    }

    /// R-REQ-11
    #[test]
    fn what_comes_before_a_procedure_or_again_within_a_year_comes_last() {
        let today = day("2026-11-24");
        assert!(comes_last(Reason::BeforeProcedure, None, today));
        assert!(!comes_last(Reason::NewCourse, None, today));
        assert!(comes_last(Reason::NewCourse, Some(day("2025-11-24")), today));
        assert!(!comes_last(Reason::NewCourse, Some(day("2025-11-23")), today));
    }

    /// R-REQ-12
    #[test]
    fn what_is_planned_stays_below_a_share_of_all_remission() {
        let year = (Minutes::hours(300), Minutes::hours(50));
        assert_eq!(below_ceiling(SHARE, year, Minutes::hours(10)), Ok(()));
        assert_eq!(below_ceiling(SHARE, year, Minutes(601)), Err(RequiredRefused::OverCeiling));
        assert_eq!(below_ceiling(0, (Minutes::hours(300), Minutes(0)), Minutes(1)), Err(RequiredRefused::OverCeiling));
        assert_eq!((share("25 %"), share("100"), share("0")), (Ok(25), Ok(100), Ok(0)));
        for wrong in ["", "101", "-1", "12.5", "a fifth"] {
            assert_eq!(share(wrong), Err(RequiredRefused::Share));
        }
    }

    /// R-REQ-9
    #[test]
    fn the_third_signal_ends_it_in_whatever_order_they_come() {
        let said = Some(day("2026-11-24"));
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let [one, other, third] = order.map(|n| Seat::ALL[n]);
            let two = Signals::default().with(one, said).with(other, said);
            assert!(!two.all() && two.with(third, said).all());
            assert!(!two.with(one, None).with(third, said).all(), "what was taken back does not count");
        }
    }

    /// R-REQ-2
    #[test]
    fn seats_and_choices_are_read_back_as_they_were_stored() {
        for seat in Seat::ALL {
            assert_eq!(Seat::from_number(seat.number()), Some(seat));
        }
        assert_eq!(Seat::from_number(4), None);
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
        }
    }
}
