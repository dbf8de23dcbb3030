//! What those who came say of a session: of the session, never of who ran it, and counted without anybody's name. Rules R-SES-17
//! to R-SES-20 in `docs/rules/sessions.md`.

use jiff::{Timestamp, ToSpan};

use crate::bands::FEWEST;
use crate::support::{Slot, choices};
use crate::training::State;

choices! {
    /// What one can say something of. None of them is about a person.
    Statement {
        /// Whether it was worth coming.
        Worth = "worth", "It was worth the time";
        /// Whether something of it goes on.
        Try = "try", "I will try something from it";
        /// Whether it was well placed.
        Suited = "suited", "Length and time of day suited";
    }
}

choices! {
    /// What one says of a statement. No words.
    Choice {
        /// Yes.
        Agree = "agree", "Agree";
        /// In part.
        Partly = "partly", "Partly";
        /// No.
        Disagree = "disagree", "Disagree";
        /// Neither: it is told apart from an answer.
        CannotSay = "cannot-say", "Cannot say";
    }
}

/// What somebody says: at most one choice for each statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said(Vec<(Statement, Choice)>);

impl Said {
    /// What was tapped, statement by statement (R-SES-17).
    ///
    /// # Errors
    /// Nothing was.
    pub fn of(tapped: impl Fn(Statement) -> Option<Choice>) -> Result<Self, SaidRefused> {
        let all: Vec<_> = Statement::ALL.iter().filter_map(|one| Some((*one, tapped(*one)?))).collect();
        if all.is_empty() { Err(SaidRefused::Nothing) } else { Ok(Self(all)) }
    }

    /// Each statement once, with its choice.
    pub fn choices(&self) -> impl Iterator<Item = (Statement, Choice)> {
        self.0.iter().copied()
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SaidRefused {
    /// R-SES-17.
    #[error("It is not noted that you came, so there is nothing to answer.")]
    NotThere,
    /// R-SES-17.
    #[error("You have said it already. It counts once, and nobody can tell which answers are yours.")]
    Already,
    /// R-SES-17.
    #[error("The fourteen days to say what it was like are over.")]
    TooLate,
    /// R-SES-17.
    #[error("Tap what fits, for one of the statements at least.")]
    Nothing,
}

/// So long after its end one can say what a session was like, in seconds: fourteen days (R-SES-17).
pub const OPEN: i64 = 14 * 24 * 3600;

/// Until when one can say what a session was like: fourteen days after its end (R-SES-17).
pub fn until(slot: &Slot) -> Timestamp {
    slot.ends().saturating_add(OPEN.seconds()).unwrap_or(Timestamp::MAX)
}

/// Whether it is over: from then on nothing about it changes any more, and it is shown (R-SES-19).
pub fn is_over(slot: &Slot, now: Timestamp) -> bool {
    now >= until(slot)
}

/// How somebody stands to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Own {
    /// Whether it is noted that they came.
    pub came: bool,
    /// Whether they have said what it was like.
    pub said: bool,
}

impl Own {
    /// Whether they can say it now (R-SES-17).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn may_say(self, (state, slot): (State, &Slot), now: Timestamp) -> Result<(), SaidRefused> {
        match self {
            Self { said: true, .. } => Err(SaidRefused::Already),
            Self { came: false, .. } => Err(SaidRefused::NotThere),
            _ if state == State::CalledOff => Err(SaidRefused::NotThere),
            _ if is_over(slot, now) || now < slot.starts => Err(SaidRefused::TooLate),
            _ => Ok(()),
        }
    }
}

/// How often each choice was made of a statement, once it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Agree.
    pub agree: u64,
    /// Partly.
    pub partly: u64,
    /// Disagree.
    pub disagree: u64,
    /// Cannot say: no answer.
    pub cannot_say: u64,
}

/// On which side of the middle those stand who agreed. No number goes with it: how many answered would tell how many came. Of ten
/// answers or more each side holds five numbers at least, "nobody" and "everybody" never alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// Fewer than half of those who answered.
    FewerThanHalf,
    /// Half of them or more.
    HalfOrMore,
}

impl Agreed {
    /// The words on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FewerThanHalf => "Fewer than half",
            Self::HalfOrMore => "Half or more",
        }
    }

    /// The side for so many of so many who answered; none where fewer than ten did.
    pub const fn of(agreed: u64, answered: u64) -> Option<Self> {
        if answered < FEWEST || agreed > answered {
            None
        } else if agreed * 2 < answered {
            Some(Self::FewerThanHalf)
        } else {
            Some(Self::HalfOrMore)
        }
    }
}

/// What is shown of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Which.
    pub statement: Statement,
    /// Whether half of those who answered it agreed; nothing where fewer than ten did (R-SES-19).
    pub agreed: Option<Agreed>,
}

impl Counts {
    /// Counts so many of a choice.
    pub const fn add(&mut self, choice: Choice, many: u64) {
        let place = match choice {
            Choice::Agree => &mut self.agree,
            Choice::Partly => &mut self.partly,
            Choice::Disagree => &mut self.disagree,
            Choice::CannotSay => &mut self.cannot_say,
        };
        *place += many;
    }

    /// What is shown of it (R-SES-19).
    pub fn shown(&self, statement: Statement) -> Shown {
        let answered = self.agree + self.partly + self.disagree;
        Shown { statement, agreed: Agreed::of(self.agree, answered) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minutes::Minutes;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn slot() -> Slot {
        Slot { starts: at("2026-11-27T10:30:00Z"), length: Minutes(10) }
    }

    const CAME: Own = Own { came: true, said: false };

    /// R-SES-17
    #[test]
    fn whoever_came_says_it_once_until_fourteen_days_after_the_end() {
        let say = |own: Own, now: &str| own.may_say((State::Held, &slot()), at(now));
        assert_eq!(say(CAME, "2026-11-27T10:30:00Z"), Ok(()));
        assert_eq!(say(CAME, "2026-12-11T10:39:59Z"), Ok(()));
        assert_eq!(say(CAME, "2026-12-11T10:40:00Z"), Err(SaidRefused::TooLate));
        assert_eq!(say(CAME, "2026-11-27T10:29:59Z"), Err(SaidRefused::TooLate), "not before it begins");
        assert_eq!(say(Own { came: false, said: false }, "2026-11-28T10:30:00Z"), Err(SaidRefused::NotThere));
        assert_eq!(say(Own { came: true, said: true }, "2026-11-28T10:30:00Z"), Err(SaidRefused::Already));
        assert_eq!(say(Own { came: false, said: true }, "2026-11-28T10:30:00Z"), Err(SaidRefused::Already));
        let off = CAME.may_say((State::CalledOff, &slot()), at("2026-11-28T10:30:00Z"));
        assert_eq!(off, Err(SaidRefused::NotThere));
    }

    /// R-SES-19
    #[test]
    fn it_is_over_exactly_when_nobody_can_answer_any_more() {
        for now in ["2026-12-11T10:39:59Z", "2026-12-11T10:40:00Z", "2027-01-01T00:00:00Z"] {
            let open = CAME.may_say((State::Planned, &slot()), at(now)).is_ok();
            assert_eq!(open, !is_over(&slot(), at(now)), "{now}");
        }
    }

    /// R-SES-19
    #[test]
    fn cannot_say_is_no_answer_and_under_ten_answers_nothing_is_shown() {
        let mut counts = Counts { agree: 4, partly: 3, disagree: 2, cannot_say: 30 };
        assert_eq!(counts.shown(Statement::Worth), Shown { statement: Statement::Worth, agreed: None });
        counts.add(Choice::CannotSay, 1);
        assert_eq!(counts.shown(Statement::Worth).agreed, None);
        counts.add(Choice::Agree, 1);
        assert_eq!((counts.agree, counts.cannot_say), (5, 31));
        assert_eq!(counts.shown(Statement::Worth).agreed, Some(Agreed::HalfOrMore));
        counts.add(Choice::Partly, 1);
        counts.add(Choice::Disagree, 1);
        assert_eq!(counts.shown(Statement::Try).agreed, Some(Agreed::FewerThanHalf));
    }

    /// R-SES-19
    #[test]
    fn what_is_shown_leaves_five_numbers_possible_to_whoever_knows_how_many_answered() {
        for answered in 0..=400 {
            let sides: Vec<_> = (0..=answered).map(|agreed| Agreed::of(agreed, answered)).collect();
            assert_eq!(sides.iter().all(Option::is_none), answered < FEWEST, "{answered}");
            for side in [Agreed::FewerThanHalf, Agreed::HalfOrMore] {
                let possible = sides.iter().filter(|one| **one == Some(side)).count();
                assert!(answered < FEWEST || possible >= 5, "{side:?} of {answered}: {possible}");
            }
            assert!(sides.is_sorted_by_key(|side| *side == Some(Agreed::HalfOrMore)));
        }
        assert_eq!(Agreed::of(11, 10), None, "more than there are");
    }

    /// R-SES-17
    #[test]
    fn one_choice_for_each_statement_and_none_is_needed_but_one() {
        let said = Said::of(|one| (one != Statement::Try).then_some(Choice::Agree)).unwrap();
        assert_eq!(said.choices().map(|(one, _)| one).collect::<Vec<_>>(), [Statement::Worth, Statement::Suited]);
        assert_eq!(Said::of(|_| None), Err(SaidRefused::Nothing));
    }

    /// R-SES-17
    #[test]
    fn no_statement_is_about_who_ran_it() {
        for statement in Statement::ALL {
            let words = statement.words().to_lowercase();
            assert!(
                !["trainer", "tutor", "practitioner", "they", "led by", "presenter"]
                    .iter()
                    .any(|one| words.contains(one))
            );
        }
    }
}
