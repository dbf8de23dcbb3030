//! The recorded lot: chance decides which areas begin first, in a way that anybody can check afterwards. What is drawn, and how, is
//! the crate `evidence`'s. Rules R-CAU-16 to R-CAU-21 in `docs/rules/cause.md`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::AreaId;
use crate::period::iso;
use crate::text::one_line;

/// A term of an academic year, with what it is called and when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermOf {
    /// The academic year, by the year in which it starts, and the number of the term in it, from one on.
    pub at: (i16, i64),
    /// "Autumn term 2026".
    pub words: String,
    /// First day.
    #[serde(with = "iso")]
    pub starts: Date,
    /// Last day.
    #[serde(with = "iso")]
    pub ends: Date,
}

/// An area as it was called when it was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub id: AreaId,
    /// What it was called.
    pub name: String,
}

/// So many areas begin in a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// In which.
    pub term: TermOf,
    /// How many, from one on.
    pub count: usize,
}

/// What is drawn, closed from the moment at which the lot is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The areas, by name.
    pub areas: Vec<Named>,
    /// The terms in which areas begin, the first one first. Areas that are left over begin later, or never.
    pub steps: Vec<Step>,
}

/// Words to be drawn with have at least so many characters, and so has a reason.
pub const SHORTEST: usize = 3;
/// And at most so many.
pub const LONGEST: usize = 200;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LotRefused {
    /// Fewer than two areas.
    #[error("Choose at least two areas.")]
    Few,
    /// An area that was drawn before.
    #[error(
        "“{0}” was drawn in an earlier lot: an area is drawn once, so that nobody draws until they like what comes."
    )]
    Drawn(String),
    /// No number where one must be.
    #[error("Write a whole number, such as 3, or leave it empty.")]
    Number,
    /// No area begins in any term.
    #[error("Say for at least one coming term how many areas begin.")]
    None,
    /// More begin than there are.
    #[error("More areas begin than are chosen: take some off.")]
    Many,
    /// All at once.
    #[error(
        "All areas would begin at once, so there is nothing to draw: spread them over two terms, or leave some for later."
    )]
    AtOnce,
    /// A term that has begun.
    #[error("Choose terms that have not begun.")]
    Term,
    /// Another lot waits.
    #[error("One lot is waiting to be drawn. It is drawn or given up before the next one is opened.")]
    Waiting,
    /// Too few words, or too many.
    #[error("Write at least {SHORTEST} and at most {LONGEST} characters of your own, on one line.")]
    Words,
    /// Whoever opened it.
    #[error("You opened this lot: somebody else adds the words.")]
    Same,
    /// The first of its terms has begun.
    #[error("The first of its terms has begun, so it cannot be drawn any more. It can be given up.")]
    Late,
    /// No reason.
    #[error("Say why, in at least {SHORTEST} and at most {LONGEST} characters.")]
    Reason,
    /// It does not wait.
    #[error("This lot is not waiting any more.")]
    Over,
}

/// Whether a lot may be opened on a day (R-CAU-16, R-CAU-17).
///
/// # Errors
/// A rule that says no.
pub fn open(plan: &Plan, today: Date, (waiting, drawn): (bool, &[AreaId])) -> Result<(), LotRefused> {
    if waiting {
        return Err(LotRefused::Waiting);
    }
    if plan.areas.len() < 2 {
        return Err(LotRefused::Few);
    }
    if let Some(again) = plan.areas.iter().find(|area| drawn.contains(&area.id)) {
        return Err(LotRefused::Drawn(again.name.clone()));
    }
    if plan.steps.is_empty() || plan.steps.iter().any(|step| step.count == 0) {
        return Err(LotRefused::None);
    }
    if plan.steps.iter().any(|step| step.term.starts <= today) {
        return Err(LotRefused::Term);
    }
    let begin: usize = plan.steps.iter().fold(0, |sum, step| sum.saturating_add(step.count));
    if begin > plan.areas.len() {
        return Err(LotRefused::Many);
    }
    if plan.steps.iter().any(|step| step.count == plan.areas.len()) {
        return Err(LotRefused::AtOnce);
    }
    Ok(())
}

/// One line without what cannot be seen: what stands between words is one space, so that it can be typed again by hand.
fn typeable(text: &str) -> Option<String> {
    let line = one_line(text);
    let length = line.chars().count();
    let seen = !line.chars().any(
        |one| matches!(one, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'),
    );
    (seen && (SHORTEST..=LONGEST).contains(&length)).then_some(line)
}

/// The words that somebody else adds to a lot that waits (R-CAU-18).
///
/// # Errors
/// A rule that says no.
pub fn words(text: &str, plan: &Plan, (waits, opened_it, today): (bool, bool, Date)) -> Result<String, LotRefused> {
    if !waits {
        return Err(LotRefused::Over);
    }
    if opened_it {
        return Err(LotRefused::Same);
    }
    if plan.steps.iter().any(|step| step.term.starts <= today) {
        return Err(LotRefused::Late);
    }
    typeable(text).ok_or(LotRefused::Words)
}

/// Why a lot that waits is given up (R-CAU-20).
///
/// # Errors
/// A rule that says no.
pub fn give_up(reason: &str, waits: bool) -> Result<String, LotRefused> {
    if !waits {
        return Err(LotRefused::Over);
    }
    typeable(reason).ok_or(LotRefused::Reason)
}

impl Plan {
    /// The areas by name, as they are drawn.
    pub fn names(&self) -> Vec<String> {
        self.areas.iter().map(|area| area.name.clone()).collect()
    }

    /// When each area begins after an order was drawn: the first ones in the first term, and so on; none for later or never
    /// (R-CAU-18).
    pub fn begins(&self, order: &[String]) -> Vec<(Named, Option<TermOf>)> {
        let terms = self.steps.iter().flat_map(|step| std::iter::repeat_n(Some(&step.term), step.count));
        let terms = terms.chain(std::iter::repeat(None));
        let found = order.iter().filter_map(|name| self.areas.iter().find(|area| area.name == *name));
        found.cloned().zip(terms.map(Option::<&TermOf>::cloned)).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn area(number: u128, name: &str) -> Named {
        Named { id: AreaId(Uuid::from_u128(number)), name: name.to_owned() }
    }

    fn term(number: i64, starts: Date) -> TermOf {
        TermOf { at: (2026, number), words: format!("Term {number}"), starts, ends: starts }
    }

    fn plan(counts: &[usize]) -> Plan {
        let areas = vec![area(1, "Art"), area(2, "Care"), area(3, "Maths"), area(4, "Sport")];
        let terms = [term(2, date(2027, 1, 4)), term(3, date(2027, 4, 12))];
        let steps = terms.into_iter().zip(counts).map(|(term, count)| Step { term, count: *count }).collect();
        Plan { areas, steps }
    }

    const TODAY: Date = date(2026, 11, 24);

    /// R-CAU-16 R-CAU-17
    #[test]
    fn a_lot_has_something_to_draw_in_terms_to_come_and_one_waits_at_a_time() {
        let open = |plan: &Plan| open(plan, TODAY, (false, &[]));
        assert_eq!(open(&plan(&[2, 1])), Ok(()));
        assert_eq!(open(&plan(&[2, 2])), Ok(()));
        assert_eq!(open(&plan(&[3])), Ok(()), "one left for later");
        for (counts, why) in [
            (vec![4], LotRefused::AtOnce),
            (vec![3, 2], LotRefused::Many),
            (vec![usize::MAX, usize::MAX], LotRefused::Many),
            (vec![], LotRefused::None),
            (vec![0, 1], LotRefused::None),
        ] {
            assert_eq!(open(&plan(&counts)), Err(why));
        }
        let one = Plan { areas: vec![area(1, "Art")], ..plan(&[1]) };
        assert_eq!(open(&one), Err(LotRefused::Few));
        let on_the_day = super::open(&plan(&[1]), date(2027, 1, 4), (false, &[]));
        assert_eq!(on_the_day, Err(LotRefused::Term));
        assert_eq!(super::open(&plan(&[1]), TODAY, (true, &[])), Err(LotRefused::Waiting));
        let again = super::open(&plan(&[1]), TODAY, (false, &[area(3, "").id]));
        assert_eq!(again, Err(LotRefused::Drawn("Maths".to_owned())));
    }

    /// R-CAU-18
    #[test]
    fn words_are_one_line_of_somebody_else_before_the_first_term() {
        let plan = plan(&[2, 1]);
        let said = |text: &str| words(text, &plan, (true, false, TODAY));
        assert_eq!(said("  blue \n\t\u{0} kettle "), Ok("blue kettle".to_owned()));
        for text in ["", "ab", "a\u{0}", "blue\u{202e}kettle", &"x".repeat(201)] {
            assert_eq!(said(text), Err(LotRefused::Words), "{text:?}");
        }
        assert_eq!(words("blue kettle", &plan, (false, false, TODAY)), Err(LotRefused::Over));
        assert_eq!(words("blue kettle", &plan, (true, true, TODAY)), Err(LotRefused::Same));
        assert_eq!(words("blue kettle", &plan, (true, false, date(2027, 1, 4))), Err(LotRefused::Late));
    }

    /// R-CAU-18
    #[test]
    fn the_first_of_the_order_begin_first_and_the_last_later_or_never() {
        let order = ["Sport", "Art", "Maths", "Care"].map(str::to_owned);
        let begins = plan(&[2, 1]).begins(&order);
        let told: Vec<(&str, Option<i64>)> =
            begins.iter().map(|(area, term)| (area.name.as_str(), term.as_ref().map(|term| term.at.1))).collect();
        assert_eq!(told, [("Sport", Some(2)), ("Art", Some(2)), ("Maths", Some(3)), ("Care", None)]);
    }

    /// R-CAU-20
    #[test]
    fn a_lot_that_is_given_up_has_a_reason() {
        assert_eq!(give_up(" no  money ", true), Ok("no money".to_owned()));
        assert_eq!(give_up("no", true), Err(LotRefused::Reason));
        assert_eq!(give_up("no money", false), Err(LotRefused::Over));
    }
}
