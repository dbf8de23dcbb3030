//! When a practitioner takes their remission: every week, on protected half-days, in blocks; and the bank of the year, with
//! what is carried into the next. Rules R-TIM-5 to R-TIM-8 and R-TIM-10 in `docs/rules/time.md`.

use jiff::civil::Date;

use crate::hours::term_plan;
use crate::minutes::Minutes;
use crate::period::{Calendar, Term, academic_year, day_words, days_after};
use crate::remission::Base;
use crate::support::choices;
use crate::text::one_line;
use crate::weekly::Weekday;

/// At most so many blocks at a time.
pub const MOST_BLOCKS: usize = 8;
/// A sentence about the balance has at most so many characters.
pub const LONGEST_SENTENCE: usize = 300;

choices! {
    /// Half of a day.
    Half {
        /// Before noon.
        Morning = "am", "morning";
        /// After noon.
        Afternoon = "pm", "afternoon";
    }
}

choices! {
    /// What became of a proposal to carry hours over.
    CarryState {
        /// Waits for the lead.
        Proposed = "proposed", "Waits for the programme lead";
        /// Counts in the new year.
        Agreed = "agreed", "Agreed";
        /// Does not.
        Declined = "declined", "Not agreed";
    }
}

/// A half-day of every teaching week that is kept free for the role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfDay {
    /// The day.
    pub day: Weekday,
    /// Which half.
    pub half: Half,
}

impl HalfDay {
    /// "Tuesday afternoon".
    pub fn words(self) -> String {
        format!("{} {}", self.day.words(), self.half.words())
    }
}

/// So much of a year's remission, taken between two days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First day.
    pub starts: Date,
    /// Last day.
    pub ends: Date,
    /// How much of the remission.
    pub time: Minutes,
}

impl Block {
    /// "Mon 1 Feb to Fri 12 Feb".
    pub fn words(&self) -> String {
        if self.starts == self.ends {
            return day_words(self.starts);
        }
        format!("{} to {}", day_words(self.starts), day_words(self.ends))
    }
}

/// When somebody's remission is taken; what is in no block is taken week by week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// Protected half-days of each teaching week.
    pub half_days: Vec<HalfDay>,
    /// Blocks, in order of time.
    pub blocks: Vec<Block>,
}

/// A rule that says no, with the place of the block it is about. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternRefused {
    /// R-TIM-5.
    #[error("There is no teaching on {0}s. Choose a half-day of the teaching week.")]
    NoTeaching(&'static str),
    /// R-TIM-5.
    #[error(
        "These half-days come to {0} of the year, with the blocks {1}: more than the {2} that were agreed. Take fewer, or agree more time first."
    )]
    TooMuch(Minutes, Minutes, Minutes),
    /// R-TIM-5.
    #[error("Enter what was agreed for the year first; half-days and blocks are taken from it.")]
    NothingAgreed,
    /// R-TIM-5.
    #[error("Give the first day, the last day and the hours of a block, or leave all three empty.")]
    Unfinished(usize),
    /// R-TIM-5.
    #[error("This block ends before it starts. Change one of the two days.")]
    Backwards(usize),
    /// R-TIM-5.
    #[error("A block lies inside one term. {1} to {2} does not: choose days of one term, or make it two blocks.")]
    OutsideTerm(usize, String, String),
    /// R-TIM-5.
    #[error("Give hours from a quarter of an hour to {1}: eight hours for each day of teaching in the block.")]
    Length(usize, Minutes),
    /// R-TIM-5.
    #[error("This block overlaps another one, {1}. Change one of the two.")]
    Overlap(usize, String),
    /// R-TIM-5.
    #[error("At most {MOST_BLOCKS} blocks can be kept. Put two together.")]
    ManyBlocks,
}

impl Pattern {
    /// Checks what a lead entered against the year's remission and what half-days are counted against (R-TIM-5).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(&self, calendar: &Calendar, (year, base): (Minutes, &Base)) -> Result<(), PatternRefused> {
        if self.half_days.is_empty() && self.blocks.is_empty() {
            return Ok(());
        }
        if year.0 <= 0 {
            return Err(PatternRefused::NothingAgreed);
        }
        if let Some(one) = self.half_days.iter().find(|one| matches!(one.day, Weekday::Sat | Weekday::Sun)) {
            return Err(PatternRefused::NoTeaching(one.day.words()));
        }
        if self.blocks.len() > MOST_BLOCKS {
            return Err(PatternRefused::ManyBlocks);
        }
        for (at, block) in self.blocks.iter().enumerate() {
            self.check_block(calendar, (at, block))?;
        }
        let weekly = i64::try_from(self.half_days.len()).unwrap_or(i64::MAX);
        let weekly = Minutes(weekly.saturating_mul(base.half_day.0).saturating_mul(base.weeks));
        for block in &self.blocks {
            let of = academic_year(block.starts);
            let blocks = self.blocks.iter().filter(|other| academic_year(other.starts) == of);
            let together = weekly + blocks.map(|other| other.time).sum();
            if together > year {
                return Err(PatternRefused::TooMuch(weekly, together, year));
            }
        }
        if weekly > year { Err(PatternRefused::TooMuch(weekly, weekly, year)) } else { Ok(()) }
    }

    fn check_block(&self, calendar: &Calendar, (at, block): (usize, &Block)) -> Result<(), PatternRefused> {
        if block.ends < block.starts {
            return Err(PatternRefused::Backwards(at));
        }
        let inside = calendar.term(block.starts).is_some_and(|term| block.ends <= term.ends);
        if !inside {
            return Err(PatternRefused::OutsideTerm(at, day_words(block.starts), day_words(block.ends)));
        }
        let days = calendar.working_days_between(days_after(block.starts, -1), block.ends);
        let most = Minutes::hours(8 * i64::from(days));
        if block.time < Minutes(15) || block.time > most {
            return Err(PatternRefused::Length(at, most));
        }
        let mut before = self.blocks.iter().take(at);
        match before.find(|other| other.starts <= block.ends && block.starts <= other.ends) {
            Some(other) => Err(PatternRefused::Overlap(at, other.words())),
            None => Ok(()),
        }
    }
}

/// The blocks of the year of a term, each with what of it the year's remission still covers: a staff file may have given less.
fn counted(calendar: &Calendar, term: &Term, (year, blocks): (Minutes, &[Block])) -> Vec<Block> {
    let terms = calendar.terms_of_year(term.starts);
    let mut own: Vec<Block> = blocks
        .iter()
        .filter(|block| terms.iter().any(|term| term.starts <= block.starts && block.starts <= term.ends))
        .copied()
        .collect();
    own.sort_by_key(|block| block.starts);
    let mut left = year.or_none();
    for block in &mut own {
        block.time = Minutes(block.time.0.clamp(0, left.0));
        left = left - block.time;
    }
    own
}

/// The part of a year's remission that falls to a term: its blocks, and its share of the rest by teaching weeks (R-TIM-6).
/// The parts of a year's terms sum to the year.
pub fn plan_of_term(calendar: &Calendar, term: &Term, (year, blocks): (Minutes, &[Block])) -> Minutes {
    let own = counted(calendar, term, (year, blocks));
    let in_blocks: Minutes = own.iter().map(|block| block.time).sum();
    let here = own.iter().filter(|block| term.starts <= block.starts && block.starts <= term.ends);
    term_plan(calendar, term, year - in_blocks) + here.map(|block| block.time).sum()
}

/// What of a year's remission was planned for the days up to and including `today` (R-TIM-7): blocks that are over, and of the
/// rest as much as teaching weeks are gone.
pub fn planned_to(calendar: &Calendar, today: Date, (year, blocks): (Minutes, &[Block])) -> Minutes {
    let Some(term) = calendar.terms_of_year(today).first().copied().cloned() else { return Minutes(0) };
    let own = counted(calendar, &term, (year, blocks));
    let weekly = year - own.iter().map(|block| block.time).sum();
    let over: Minutes = own.iter().filter(|block| block.ends <= today).map(|block| block.time).sum();
    let of_terms = calendar.terms_of_year(today).into_iter().map(|term| {
        let share = term_plan(calendar, term, weekly);
        if term.ends <= today {
            return share;
        }
        let (gone, all) = (calendar.teaching_weeks(term, today), calendar.teaching_weeks(term, term.ends));
        Minutes(share.0 * i64::from(gone) / i64::from(all.max(1)))
    });
    over + of_terms.sum()
}

/// The bank of a year (R-TIM-7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bank {
    /// Remission of the year, with what was carried into it.
    pub year: Minutes,
    /// Of that, carried into it.
    pub carried: Minutes,
    /// Planned up to today.
    pub planned: Minutes,
    /// Used up to today.
    pub used: Minutes,
}

impl Bank {
    /// "6 h are in the bank", or what was taken ahead.
    pub fn says(&self) -> String {
        let bank = self.planned - self.used;
        match bank.0 {
            0 => "Nothing is in the bank: what was planned so far is used.".to_owned(),
            1.. => format!("{bank} are in the bank: planned so far and not used. They stay yours until the year ends."),
            _ => format!("{} more than planned so far are used. They come off the rest of the year.", Minutes(-bank.0)),
        }
    }
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BankRefused {
    /// R-TIM-8.
    #[error("Hours of last year can be proposed until 31 December.")]
    TooLate,
    /// R-TIM-8.
    #[error("Give more than nothing, and at most {0}: what was left last year, up to what the college carries over.")]
    TooMuch(Minutes),
    /// R-TIM-8.
    #[error("Nothing can be carried over: {0} were left last year, and the college carries over at most {1}.")]
    Nothing(Minutes, Minutes),
    /// R-TIM-8.
    #[error("This was agreed already. It counts in this year.")]
    Agreed,
    /// R-TIM-10.
    #[error("Write what does not suit you, in at most {LONGEST_SENTENCE} characters.")]
    Sentence,
}

/// Whether so much may be carried over (R-TIM-8): `left` is what last year left, `most` what the college carries.
///
/// # Errors
/// The first rule that says no.
pub fn check_carry(wanted: Minutes, (left, most): (Minutes, Minutes), today: Date) -> Result<(), BankRefused> {
    if !(9..=12).contains(&today.month()) {
        return Err(BankRefused::TooLate);
    }
    let most_now = Minutes(left.or_none().0.min(most.0));
    if most_now.0 <= 0 {
        return Err(BankRefused::Nothing(left.or_none(), most));
    }
    if wanted.0 <= 0 || wanted > most_now { Err(BankRefused::TooMuch(most_now)) } else { Ok(()) }
}

/// A sentence to the lead about the balance of home and outreach, as it is kept (R-TIM-10).
///
/// # Errors
/// Nothing written, or too much.
pub fn sentence(text: &str) -> Result<String, BankRefused> {
    let text = one_line(text);
    if text.is_empty() || text.chars().count() > LONGEST_SENTENCE { Err(BankRefused::Sentence) } else { Ok(text) }
}

#[cfg(test)]
#[path = "pattern_tests.rs"]
mod tests;
