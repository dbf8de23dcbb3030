//! The survey of staff: when it is open, what can be answered, and how a release is written down. What may be said of it is the
//! crate `evidence`'s. Rules R-SUR-1 to R-SUR-16 in `docs/rules/survey.md`.

use jiff::civil::Date;

use crate::ids::SurveyId;
use crate::period::{academic_year, days_after};
use crate::support::choices;

/// Which statements a survey asks. What an earlier one asked stays as it was, so that it means what it meant (R-SUR-17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// The five of which there is a figure of 2017.
    Five,
    /// These, and engagement and motivation.
    Seven,
}

impl Asked {
    /// What a survey asks that is opened today.
    pub const NOW: Self = Self::Seven;

    /// The keys of the statements, in their order.
    pub const fn statements(self) -> &'static [&'static str] {
        match self {
            Self::Five => &["S1", "S2", "S3", "S4", "S5"],
            Self::Seven => &["S1", "S2", "S3", "S4", "S5", "S6", "S7"],
        }
    }

    /// The number in the database.
    pub const fn number(self) -> i64 {
        match self {
            Self::Five => 1,
            Self::Seven => 2,
        }
    }

    /// Reads the number.
    pub fn from_number(number: i64) -> Option<Self> {
        [Self::Five, Self::Seven].into_iter().find(|one| one.number() == number)
    }
}

/// So many factors can be chosen at most.
pub const MOST_FACTORS: usize = 5;
/// Open for so many days at least, both ends included: nobody has to answer within an hour of taking a ticket.
pub const FEWEST_DAYS: i64 = 7;
/// And at most.
pub const MOST_DAYS: i64 = 56;
/// The reminder goes to everybody alike so many days before the last.
const REMIND_BEFORE: i64 = 5;

choices! {
    /// What somebody chooses for a statement.
    Choice {
        /// No, clearly.
        StronglyDisagree = "strongly-disagree", "Strongly disagree";
        /// No.
        Disagree = "disagree", "Disagree";
        /// Neither.
        Neither = "neither", "Neither agree nor disagree";
        /// Yes.
        Agree = "agree", "Agree";
        /// Yes, clearly.
        StronglyAgree = "strongly-agree", "Strongly agree";
        /// No answer, said in words.
        CannotSay = "cannot-say", "Cannot say";
    }
}

choices! {
    /// From which side somebody answers, as they say themselves (R-SUR-10). The two are published apart, and never together.
    Side {
        /// Staff who are not practitioners.
        Staff = "staff", "No";
        /// Practitioners.
        Practitioner = "practitioner", "Yes";
    }
}

choices! {
    /// What makes the role work: the five of 2017 first, then seven of our own (R-SUR-7).
    Factor {
        /// 2017.
        Developmental = "developmental", "It helps people develop and does not judge them";
        /// 2017.
        Convenient = "convenient", "Times and places suit";
        /// 2017.
        Confidential = "confidential", "It is confidential";
        /// 2017.
        Realistic = "realistic", "Targets are realistic";
        /// 2017.
        EvidenceBased = "evidence-based", "It rests on evidence of what works";
        /// Ours.
        Chosen = "chosen", "Teachers choose whom they work with";
        /// Ours.
        Credible = "credible", "They teach themselves and know the classroom";
        /// Ours.
        Subject = "subject", "They know the subject";
        /// Ours.
        Prompt = "prompt", "Help comes soon after it is asked for";
        /// Ours.
        Time = "time", "They have time set aside for it";
        /// Ours.
        Leaders = "leaders", "Leaders stand behind it";
        /// Ours.
        Lasting = "lasting", "It goes on long enough to change something";
    }
}

impl Factor {
    /// Whether it is one of the five of 2017.
    pub const fn of_2017(self) -> bool {
        matches!(
            self,
            Self::Developmental | Self::Convenient | Self::Confidential | Self::Realistic | Self::EvidenceBased
        )
    }
}

/// What somebody answers: a side, a choice for each statement, and up to five factors. No words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// From which side.
    pub side: Side,
    /// In the order of the statements.
    pub choices: Vec<Choice>,
    /// Each once.
    pub factors: Vec<Factor>,
}

impl Answer {
    /// What was tapped (R-SUR-10).
    ///
    /// # Errors
    /// A side or a statement without a choice, or too many factors; each with the field at which to say so.
    pub fn of(side: Option<Side>, choices: &[Option<Choice>], factors: &[Factor]) -> Result<Self, SurveyRefused> {
        let side = side.ok_or(SurveyRefused::Side)?;
        let all: Option<Vec<Choice>> = choices.iter().copied().collect();
        let Some(all) = all.filter(|all| !all.is_empty()) else {
            return Err(SurveyRefused::Statement(choices.iter().position(Option::is_none).unwrap_or_default()));
        };
        let mut once: Vec<Factor> = Vec::new();
        for factor in factors {
            if !once.contains(factor) {
                once.push(*factor);
            }
        }
        if once.len() > MOST_FACTORS {
            return Err(SurveyRefused::Factors);
        }
        Ok(Self { side, choices: all, factors: once })
    }
}

/// A survey of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Which.
    pub id: SurveyId,
    /// The academic year, by the calendar year in which it starts.
    pub year: i16,
    /// The first day on which it can be answered.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// What practitioners are called in its statements, in the plural.
    pub title: String,
    /// Which statements it asks.
    pub asked: Asked,
}

impl Survey {
    /// Whether an answer has a choice for each of its statements, no more and no fewer (R-SUR-17).
    ///
    /// # Errors
    /// The first statement without a choice, or the last where there are choices too many.
    pub fn takes(&self, answer: &Answer) -> Result<(), SurveyRefused> {
        let (asked, given) = (self.asked.statements().len(), answer.choices.len());
        if asked == given { Ok(()) } else { Err(SurveyRefused::Statement(given.min(asked.saturating_sub(1)))) }
    }

    /// Whether it can be answered on a day.
    pub fn is_open(&self, today: Date) -> bool {
        (self.first..=self.last).contains(&today)
    }

    /// Whether nobody can answer any more.
    pub fn is_over(&self, today: Date) -> bool {
        self.last < today
    }

    /// The days on which everybody hears of it: the first, and one shortly before the last (R-SUR-14). Whether somebody has
    /// answered has no part in it.
    pub fn tells_on(&self) -> [Date; 2] {
        [self.first, days_after(self.last, -REMIND_BEFORE)]
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SurveyRefused {
    /// No first day, or one that is over.
    #[error("Choose a first day from today on.")]
    First,
    /// Too short or too long.
    #[error("Choose a last day so that it is open for {FEWEST_DAYS} to {MOST_DAYS} days.")]
    Last,
    /// Into two years.
    #[error("Choose two days of one academic year.")]
    Year,
    /// There is one.
    #[error("This academic year has its survey: two would show who answered only one of them.")]
    There,
    /// It has begun.
    #[error("It can be taken back before its first day only.")]
    Begun,
    /// It is not open.
    #[error("The survey is not open.")]
    Closed,
    /// A ticket was taken.
    #[error("You have taken your ticket: it lies in the browser with which you took it.")]
    Taken,
    /// No ticket of ours.
    #[error("This ticket is not one of this survey. Take one on the page about the survey.")]
    Ticket,
    /// The ticket was used.
    #[error("This ticket has been used: its answer is counted.")]
    Used,
    /// No side.
    #[error("Say whether you are in the role.")]
    Side,
    /// A statement without a choice, by its place.
    #[error("Choose one for each statement: “Cannot say” is an answer too.")]
    Statement(usize),
    /// More than five.
    #[error("Choose at most five.")]
    Factors,
}

impl SurveyRefused {
    /// A word for a browser to tell them apart by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Closed => "closed",
            Self::Taken => "taken",
            Self::Ticket => "ticket",
            _ => "form",
        }
    }
}

/// Whether a survey may be opened from a day to a day (R-SUR-16). `years` are those that have theirs.
///
/// # Errors
/// A rule that says no.
pub fn open(
    (first, last): (Option<Date>, Option<Date>),
    today: Date,
    years: &[i16],
) -> Result<(Date, Date), SurveyRefused> {
    let first = first.filter(|first| *first >= today).ok_or(SurveyRefused::First)?;
    let fits = |last: &Date| (days_after(first, FEWEST_DAYS - 1)..=days_after(first, MOST_DAYS - 1)).contains(last);
    let last = last.filter(fits).ok_or(SurveyRefused::Last)?;
    if academic_year(first) != academic_year(last) {
        return Err(SurveyRefused::Year);
    }
    if years.contains(&academic_year(first)) {
        return Err(SurveyRefused::There);
    }
    Ok((first, last))
}

#[cfg(test)]
#[path = "survey_tests.rs"]
mod tests;
