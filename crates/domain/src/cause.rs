//! A comparison of areas: one question, asked before its answer can be seen. What may be said of it is the crate `evidence`'s. Rules
//! R-CAU-22 to R-CAU-30 in `docs/rules/cause.md`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{AreaId, LotId};
use crate::indicators::Indicator;
use crate::lots::{Named, TermOf};

/// So many hours of practitioners for each teacher in a term, in hundredths, unless something else is agreed.
pub const AGREED: i64 = 200;
/// And at most so many.
const MOST_AGREED: i64 = 10_000;
/// Fewer terms before the first beginning show nothing of what was there before.
const FEWEST_BEFORE: usize = 2;

/// What is asked of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begins {
    /// It is no part of the comparison.
    Out,
    /// It did not begin, or will not in these terms.
    Never,
    /// It began in this term: an academic year, and the number in it.
    In((i16, i64)),
}

/// A question as it is asked.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What may have changed.
    pub outcome: Option<Indicator>,
    /// The first term that is looked at.
    pub from: Option<(i16, i64)>,
    /// The last one.
    pub to: Option<(i16, i64)>,
    /// Each area, and when it began.
    pub areas: Vec<(Named, Begins)>,
    /// Hours of practitioners for each teacher in a term from which an area has begun, in hundredths.
    pub agreed: Option<i64>,
    /// Whether areas were chosen because of their results.
    pub chosen: Option<bool>,
    /// Whether something else changed in all of them at the same time.
    pub other: Option<bool>,
}

/// An area of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Which.
    pub area: Named,
    /// When it began; none when it had not by the last term.
    pub begins: Option<TermOf>,
}

/// A question as it stands from the moment at which it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What may have changed, by its code.
    pub outcome: String,
    /// What that was called.
    pub called: String,
    /// The terms, the first one first.
    pub terms: Vec<TermOf>,
    /// The areas by name.
    pub areas: Vec<Unit>,
    /// Hours of practitioners for each teacher in a term from which an area has begun, in hundredths.
    pub agreed: i64,
    /// Areas were chosen because of their results.
    pub chosen: bool,
    /// Something else changed in all of them at the same time.
    pub other: bool,
    /// The lot from which the beginnings were taken.
    pub lot: Option<LotId>,
    /// Every area of that lot is here, and each begins when the lot says: found out by the program.
    pub by_lot: bool,
    /// 0 for the first question of its lot, or of no lot; else the how-manieth after it.
    pub exploratory: u32,
    /// So many of the figures from the first beginning on were entered already when it was asked …
    pub known: usize,
    /// … of so many.
    pub of: usize,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CauseRefused {
    /// No outcome that is held by area.
    #[error("Choose what may have changed.")]
    Outcome,
    /// No first term.
    #[error("Choose the first term.")]
    From,
    /// No last term after it.
    #[error("Choose a last term that comes after the first.")]
    To,
    /// Fewer than two areas.
    #[error("Leave at least two areas in the comparison.")]
    Areas,
    /// Nobody begins in these terms.
    #[error("Say of at least one area that it began in one of these terms, after the first two.")]
    Begins,
    /// Not hours.
    #[error("Write hours, such as 2.")]
    Agreed,
    /// Not said.
    #[error("Say yes or no.")]
    Chosen,
    /// Not said.
    #[error("Say yes or no.")]
    Other,
    /// The terms before are not over.
    #[error("The terms before the first beginning are not over yet.")]
    Before,
    /// The smallest effect is not worked out.
    #[error("Work out first how small an effect could be seen.")]
    First,
    /// The last term is not over.
    #[error("The last of its terms is not over yet: who looks earlier and again is misled by chance.")]
    Early,
    /// Nothing has changed since.
    #[error("The figures are those of the last reading.")]
    Unchanged,
    /// It was read already.
    #[error("It has been read: how small an effect could be seen stays as it was worked out before.")]
    Read,
}

/// Whether an indicator is held by area, so that areas can be compared.
pub const fn by_area(indicator: Indicator) -> bool {
    !indicator.of_staff() && !indicator.of_meetings()
}

/// A question that may be asked, with its terms and areas (R-CAU-22, R-CAU-23). What the program finds out itself (the lot, the
/// how-manieth it is, what was entered already) is for the caller to fill in.
///
/// # Errors
/// A rule that says no.
pub fn ask(asked: &Asked, all: &[TermOf]) -> Result<Question, CauseRefused> {
    let outcome = asked.outcome.filter(|one| by_area(*one)).ok_or(CauseRefused::Outcome)?;
    let at = |wanted: Option<(i16, i64)>| all.iter().position(|term| Some(term.at) == wanted);
    let from = at(asked.from).ok_or(CauseRefused::From)?;
    let to = at(asked.to).filter(|to| *to > from).ok_or(CauseRefused::To)?;
    let terms = all.get(from..=to).unwrap_or_default().to_vec();
    let agreed = asked.agreed.filter(|agreed| (1..=MOST_AGREED).contains(agreed)).ok_or(CauseRefused::Agreed)?;
    let chosen = asked.chosen.ok_or(CauseRefused::Chosen)?;
    let other = asked.other.ok_or(CauseRefused::Other)?;
    let unit = |(area, begins): &(Named, Begins)| {
        let begins = match begins {
            Begins::Out => return None,
            Begins::Never => None,
            Begins::In(term) => all.iter().find(|one| one.at == *term).cloned(),
        };
        Some(Unit { area: area.clone(), begins })
    };
    let mut areas: Vec<Unit> = asked.areas.iter().filter_map(unit).collect();
    areas.sort_by(|one, other| one.area.name.cmp(&other.area.name));
    if areas.len() < 2 {
        return Err(CauseRefused::Areas);
    }
    let (code, called) = (outcome.code().to_owned(), outcome.words().to_owned());
    let (lot, by_lot, exploratory, known, of) = (None, false, 0, 0, 0);
    let question =
        Question { outcome: code, called, terms, areas, agreed, chosen, other, lot, by_lot, exploratory, known, of };
    question.first().filter(|first| *first >= FEWEST_BEFORE).ok_or(CauseRefused::Begins)?;
    Ok(question)
}

impl Question {
    /// What may have changed.
    pub fn indicator(&self) -> Option<Indicator> {
        Indicator::from_code(&self.outcome)
    }

    /// The place among the terms in which an area began; none when it had not by the last of them. Whoever had begun before
    /// the first term began in it, as far as can be seen.
    pub fn start(&self, unit: &Unit) -> Option<usize> {
        let begins = unit.begins.as_ref()?;
        self.terms.iter().position(|term| term.starts >= begins.starts)
    }

    /// The place of the first beginning that has something before it.
    pub fn first(&self) -> Option<usize> {
        self.areas.iter().filter_map(|unit| self.start(unit)).filter(|start| *start > 0).min()
    }

    /// Whether each beginning is the one that a lot gave, and nobody of the lot is missing (R-CAU-23).
    pub fn is_drawn_by(&self, drawn: &[(Named, Option<TermOf>)]) -> bool {
        let at = |term: Option<&TermOf>| term.map(|term| term.at);
        let last = self.terms.last();
        // A lot's term after the last one here is not yet.
        let within =
            |term: Option<&TermOf>| at(term.filter(|term| last.is_some_and(|last| term.starts <= last.starts)));
        let same = |unit: &Unit| {
            let own = within(unit.begins.as_ref());
            drawn.iter().any(|(area, term)| area.id == unit.area.id && within(term.as_ref()) == own)
        };
        self.areas.len() == drawn.len() && self.areas.iter().all(same)
    }

    /// Whether its answer may be shown on a day (R-CAU-25): the smallest effect is worked out, and the last term is over.
    ///
    /// # Errors
    /// A rule that says no.
    pub fn may_be_read(&self, smallest: bool, today: Date) -> Result<(), CauseRefused> {
        if !smallest {
            return Err(CauseRefused::First);
        }
        if self.terms.last().is_none_or(|last| last.ends >= today) { Err(CauseRefused::Early) } else { Ok(()) }
    }

    /// Whether the smallest effect may be worked out on a day (R-CAU-24): from terms that are over, before anything is read.
    ///
    /// # Errors
    /// A rule that says no.
    pub fn may_be_weighed(&self, read: bool, today: Date) -> Result<(), CauseRefused> {
        if read {
            return Err(CauseRefused::Read);
        }
        let before = self.first().and_then(|first| self.terms.get(first.checked_sub(1)?));
        if before.is_none_or(|before| before.ends >= today) { Err(CauseRefused::Before) } else { Ok(()) }
    }

    /// How many areas it is about, by their names.
    pub fn name(&self, area: AreaId) -> Option<&str> {
        self.areas.iter().find(|unit| unit.area.id == area).map(|unit| unit.area.name.as_str())
    }
}

#[cfg(test)]
#[path = "cause_tests.rs"]
mod tests;
