//! The strategic review of a term: what was looked at, what becomes of the priorities, what is decided, who does it by when. Rules
//! R-REV-5 to R-REV-8 in `docs/rules/review.md`.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::period::{Calendar, Term, academic_year, date_words, days_after};
use crate::text::one_line;

/// What is written about priorities has at most so many characters (R-REV-5).
pub const LONGEST_PRIORITIES: usize = 4_000;
/// A decision has at most so many (R-REV-6).
pub const LONGEST_DECISION: usize = 500;
/// Who does it, where nobody is chosen from the list, has at most so many.
pub const LONGEST_WHO: usize = 100;
/// A review has at most so many decisions: more are not kept in mind.
pub const MOST_DECISIONS: usize = 20;
/// A term's review can be opened while it is the latest that has begun, or the one before.
const TERMS_OPEN: usize = 2;

/// A term's name inside a sentence, with its year: "autumn term 2026".
pub fn term_words(term: &Term) -> String {
    let mut letters = term.name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    format!("{} {}", first.chain(letters).collect::<String>(), term.ends.year())
}

/// "Review of autumn term 2026" (R-REV-4).
pub fn title(term: &Term) -> String {
    format!("Review of {}", term_words(term))
}

/// The terms that have begun and of which a review can be opened, the latest first. Where the calendar does not reach back so far, the
/// usual ones stand in.
pub fn recent(calendar: &Calendar, today: Date) -> Vec<Term> {
    let this = academic_year(today);
    let written = |year: &i16| calendar.terms.iter().any(|term| academic_year(term.ends) == *year);
    let missing: Vec<i16> = (this - 1..=this).filter(|year| !written(year)).collect();
    let zone: TimeZone = calendar.zone.clone();
    let mut terms = Calendar::usual(zone, &missing).terms;
    terms.extend(calendar.terms.iter().cloned());
    terms.retain(|term| term.starts <= today);
    terms.sort_by_key(|term| term.starts);
    terms.into_iter().rev().take(TERMS_OPEN).collect()
}

/// What becomes of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its place in the review, from one; it keeps it.
    pub number: i64,
    /// What is decided.
    pub text: String,
    /// Who does it, by name or in words.
    pub who: String,
    /// By which day.
    pub by: Date,
    /// The day on which it was done.
    pub done: Option<Date>,
}

impl Decision {
    /// "done on 3 Nov 2026", "by 18 Dec 2026", "was to be done by 1 Oct 2026".
    pub fn stands(&self, today: Date) -> String {
        match self.done {
            Some(day) => format!("done on {}", date_words(day)),
            None if self.by < today => format!("was to be done by {}", date_words(self.by)),
            None => format!("by {}", date_words(self.by)),
        }
    }
}

/// How it stands with the review of the latest term (R-REV-4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nobody has opened it.
    NotOpened,
    /// It is open.
    Open,
    /// It was closed on a day, with so many decisions that are not done.
    Closed(Date, usize),
}

impl Due {
    /// One line, for the lead's board and for senior leaders.
    pub fn words(&self, term: &Term, today: Date) -> String {
        let name = term_words(term);
        match self {
            Self::NotOpened if term.ends < today => {
                format!("The review of {name} has not been opened yet. It is not too late.")
            }
            Self::NotOpened => format!("The review of {name} is due by the end of term, {}.", date_words(term.ends)),
            Self::Open => format!("The review of {name} is open."),
            Self::Closed(day, 0) => {
                format!("The review of {name} was closed on {}; all it decided is done.", date_words(*day))
            }
            Self::Closed(day, 1) => {
                format!("The review of {name} was closed on {}; one decision is still to be done.", date_words(*day))
            }
            Self::Closed(day, many) => {
                format!(
                    "The review of {name} was closed on {}; {many} decisions are still to be done.",
                    date_words(*day)
                )
            }
        }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReviewRefused {
    /// R-REV-4.
    #[error("Choose a term that has begun: the latest, or the one before.")]
    Term,
    /// R-REV-4.
    #[error("This term has its review already. Open it below.")]
    There,
    /// R-REV-5.
    #[error("Write at most {LONGEST_PRIORITIES} characters. It has {0} now.")]
    LongPriorities(usize),
    /// R-REV-6.
    #[error("Write what is decided, in a sentence.")]
    NoDecision,
    /// R-REV-6.
    #[error("Write at most {LONGEST_DECISION} characters for one decision. It has {0} now.")]
    LongDecision(usize),
    /// R-REV-6.
    #[error("Say who does it: choose somebody, or write it in the field beside.")]
    Who,
    /// R-REV-6.
    #[error("Write at most {LONGEST_WHO} characters. It has {0} now.")]
    LongWho(usize),
    /// R-REV-6.
    #[error("Give the day by which it is done: today or later.")]
    By,
    /// R-REV-6.
    #[error("A review has at most {MOST_DECISIONS} decisions. Take one out, or join two.")]
    Many,
    /// R-REV-7.
    #[error("Write what becomes of the priorities first, even if they stay as they are.")]
    NothingToClose,
    /// R-REV-7.
    #[error("This review is closed. Nothing of it changes any more but whether its decisions are done.")]
    Closed,
    /// R-REV-8.
    #[error("Give the day on which it was done: not before the review was opened, and not ahead.")]
    Done,
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// What is written about priorities, as it is kept; may be empty until the review is closed (R-REV-5).
///
/// # Errors
/// A rule that says no.
pub fn priorities(text: &str) -> Result<String, ReviewRefused> {
    let text = lines(text);
    match text.chars().count() {
        long if long > LONGEST_PRIORITIES => Err(ReviewRefused::LongPriorities(long)),
        _ => Ok(text),
    }
}

/// A decision's sentence as it is kept (R-REV-6).
///
/// # Errors
/// A rule that says no.
pub fn decision(text: &str) -> Result<String, ReviewRefused> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Err(ReviewRefused::NoDecision),
        long if long > LONGEST_DECISION => Err(ReviewRefused::LongDecision(long)),
        _ => Ok(text),
    }
}

/// Who does it, in words (R-REV-6).
///
/// # Errors
/// A rule that says no.
pub fn who(text: &str) -> Result<String, ReviewRefused> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Err(ReviewRefused::Who),
        long if long > LONGEST_WHO => Err(ReviewRefused::LongWho(long)),
        _ => Ok(text),
    }
}

/// The day by which it is to be done: within five years (R-REV-6).
///
/// # Errors
/// A rule that says no.
pub fn by(day: Option<Date>, today: Date) -> Result<Date, ReviewRefused> {
    let last = days_after(today, 5 * 366);
    day.filter(|day| (today..=last).contains(day)).ok_or(ReviewRefused::By)
}

/// The day on which it was done (R-REV-8).
///
/// # Errors
/// A rule that says no.
pub fn done(day: Option<Date>, (opened, today): (Date, Date)) -> Result<Date, ReviewRefused> {
    day.filter(|day| (opened..=today).contains(day)).ok_or(ReviewRefused::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn calendar() -> Calendar {
        Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026])
    }

    /// R-REV-4 GOV-09
    #[test]
    fn a_review_is_of_the_latest_term_that_has_begun_or_of_the_one_before() {
        let titles = |today| recent(&calendar(), today).iter().map(title).collect::<Vec<_>>();
        assert_eq!(titles(date(2026, 11, 24)), ["Review of autumn term 2026", "Review of summer term 2026"]);
        assert_eq!(titles(date(2026, 12, 28)), ["Review of autumn term 2026", "Review of summer term 2026"]);
        assert_eq!(titles(date(2027, 5, 3)), ["Review of summer term 2027", "Review of spring term 2027"]);
        assert_eq!(titles(date(2026, 8, 20)), ["Review of summer term 2026", "Review of spring term 2026"]);
    }

    /// R-REV-4 GOV-09
    #[test]
    fn one_line_says_kindly_how_it_stands_with_the_review_of_the_term() {
        let term = recent(&calendar(), date(2026, 11, 24)).remove(0);
        let says = |due: Due, today| due.words(&term, today);
        assert_eq!(
            says(Due::NotOpened, date(2026, 11, 24)),
            "The review of autumn term 2026 is due by the end of term, 18 Dec 2026."
        );
        assert!(says(Due::NotOpened, date(2026, 12, 28)).ends_with("It is not too late."));
        assert_eq!(says(Due::Open, date(2026, 12, 1)), "The review of autumn term 2026 is open.");
        for (left, end) in [
            (0, "all it decided is done."),
            (1, "one decision is still to be done."),
            (2, "2 decisions are still to be done."),
        ] {
            assert!(says(Due::Closed(date(2026, 12, 1), left), date(2026, 12, 2)).ends_with(end));
        }
    }

    /// R-REV-5 R-REV-6 R-REV-8
    #[test]
    fn what_is_typed_has_a_length_and_days_have_an_order() {
        let today = date(2026, 11, 24);
        assert_eq!(priorities(" Stay.\r\nFor now. "), Ok("Stay.\nFor now.".to_owned()));
        assert_eq!(priorities(&"x".repeat(4_001)), Err(ReviewRefused::LongPriorities(4_001)));
        assert_eq!(decision(" \n"), Err(ReviewRefused::NoDecision));
        assert_eq!(decision("Ask  the areas."), Ok("Ask the areas.".to_owned()));
        assert_eq!(decision(&"x".repeat(501)), Err(ReviewRefused::LongDecision(501)));
        assert_eq!((who(""), who(&"x".repeat(101))), (Err(ReviewRefused::Who), Err(ReviewRefused::LongWho(101))));
        assert_eq!(by(Some(today), today), Ok(today));
        for day in [None, Some(date(2026, 11, 23)), Some(date(2036, 1, 1))] {
            assert_eq!(by(day, today), Err(ReviewRefused::By));
        }
        let days = (date(2026, 11, 2), today);
        assert_eq!(done(Some(date(2026, 11, 2)), days), Ok(date(2026, 11, 2)));
        for day in [None, Some(date(2026, 11, 1)), Some(date(2026, 11, 25))] {
            assert_eq!(done(day, days), Err(ReviewRefused::Done));
        }
        let one = Decision { number: 1, text: String::new(), who: String::new(), by: today, done: None };
        assert_eq!(one.stands(today), "by 24 Nov 2026");
        assert_eq!(one.stands(date(2026, 11, 25)), "was to be done by 24 Nov 2026");
        assert_eq!(Decision { done: Some(today), ..one }.stands(today), "done on 24 Nov 2026");
    }
}
