//! What is entered of a year's costs and of what came of it, for the business case. Rules R-VAL-7 to R-VAL-10 in
//! `docs/rules/value.md`; what is worked out from it is in the crate `evidence`.

use crate::cover::Pence;
use crate::ids::BenefitId;
use crate::minutes::Minutes;
use crate::support::choices;
use crate::text::one_line;

/// Of fewer practitioners an uplift would tell what one of them is paid (R-VAL-7).
pub const FEWEST_PAID: usize = 5;
/// What is asked for, and what happens otherwise, have at most so many characters: the case is one page.
pub const LONGEST_CASE: usize = 500;
/// A benefit and where it is from have at most so many.
pub const LONGEST_BENEFIT: usize = 160;
/// A year names at most so many benefits: the case is one page.
pub const MOST_BENEFITS: usize = 6;

choices! {
    /// How strong the evidence of a benefit is that somebody enters. What is stronger than that only a comparison says (R-VAL-9).
    Ground {
        /// People say so.
        Said = "said", "People say so";
        /// Work that was done.
        Counted = "counted", "Noted as done";
        /// A figure changed at the same time.
        Coincides = "coincides", "A figure changed at the same time";
    }
}

/// A benefit that somebody enters: words, where they are from, and how strong that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Which.
    pub id: BenefitId,
    /// What came of it.
    pub what: String,
    /// Where that is from.
    pub source: String,
    /// How strong it is.
    pub ground: Ground,
}

/// What is entered of a year (R-VAL-7). What is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stated {
    /// Practitioners.
    pub posts: i64,
    /// Remission for each, in the year.
    pub remitted_each: Minutes,
    /// What an hour of teaching costs.
    pub hour: Option<Pence>,
    /// What each is paid more in the year.
    pub uplift_each: Option<Pence>,
    /// Remission for which cover was paid, all together.
    pub covered: Minutes,
    /// What that cover cost.
    pub cover: Option<Pence>,
    /// Travel.
    pub travel: Option<Pence>,
    /// Training for the role.
    pub training: Option<Pence>,
    /// Places that a session has.
    pub places: Option<i64>,
    /// What the case asks for.
    pub asked: String,
    /// What happens otherwise.
    pub otherwise: String,
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatedRefused {
    /// R-VAL-8.
    #[error("This has {0} characters: write at most {LONGEST_CASE}, so that the case stays one page.")]
    LongAsked(usize),
    /// R-VAL-8.
    #[error("This has {0} characters: write at most {LONGEST_CASE}, so that the case stays one page.")]
    LongOtherwise(usize),
    /// R-VAL-9.
    #[error("This has {0} characters: write at most {LONGEST_BENEFIT}.")]
    LongBenefit(usize),
    /// R-VAL-9.
    #[error("Write what came of it.")]
    NoBenefit,
    /// R-VAL-9.
    #[error("Write where that is from, such as the learner survey of March.")]
    NoSource,
    /// R-VAL-9.
    #[error("Choose how strong that is.")]
    NoGround,
    /// R-VAL-9.
    #[error("A year names at most {MOST_BENEFITS} benefits: take one off first.")]
    TooMany,
    /// R-VAL-7.
    #[error(
        "With fewer than five practitioners an uplift would tell what one of them is paid: leave it empty, and put it into the price of an hour."
    )]
    UpliftOfFew,
    /// R-VAL-7.
    #[error("The places of a session are a whole number from 1 to 500.")]
    Places,
}

impl Stated {
    /// What can be kept of what was entered (R-VAL-7, R-VAL-8). Amounts are checked where they are added up.
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn check(self) -> Result<Self, StatedRefused> {
        let case = |text: &str, long: fn(usize) -> StatedRefused| {
            let text = one_line(text);
            let length = text.chars().count();
            if length > LONGEST_CASE { Err(long(length)) } else { Ok(text) }
        };
        if self.places.is_some_and(|places| !(1..=500).contains(&places)) {
            return Err(StatedRefused::Places);
        }
        if usize::try_from(self.posts).is_ok_and(|posts| (1..FEWEST_PAID).contains(&posts))
            && self.uplift_each.is_some()
        {
            return Err(StatedRefused::UpliftOfFew);
        }
        let asked = case(&self.asked, StatedRefused::LongAsked)?;
        Ok(Self { asked, otherwise: case(&self.otherwise, StatedRefused::LongOtherwise)?, ..self })
    }
}

impl Benefit {
    /// A benefit as it can be kept beside so many others (R-VAL-9).
    ///
    /// # Errors
    /// The first rule that says no.
    pub fn new(
        (id, others): (BenefitId, usize),
        (what, source, ground): (&str, &str, Option<Ground>),
    ) -> Result<Self, StatedRefused> {
        let (what, source) = (one_line(what), one_line(source));
        for text in [&what, &source] {
            let length = text.chars().count();
            if length > LONGEST_BENEFIT {
                return Err(StatedRefused::LongBenefit(length));
            }
        }
        if what.is_empty() {
            return Err(StatedRefused::NoBenefit);
        }
        if source.is_empty() {
            return Err(StatedRefused::NoSource);
        }
        let ground = ground.ok_or(StatedRefused::NoGround)?;
        if others >= MOST_BENEFITS { Err(StatedRefused::TooMany) } else { Ok(Self { id, what, source, ground }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> BenefitId {
        "00000000-0000-4000-8000-000000000001".parse().unwrap()
    }

    /// R-VAL-8
    #[test]
    fn a_case_is_one_page_and_places_are_some() {
        let long = "a ".repeat(LONGEST_CASE);
        let stated = |asked: &str, places| Stated { asked: asked.to_owned(), places, ..Stated::default() };
        assert_eq!(stated(&long, None).check(), Err(StatedRefused::LongAsked(2 * LONGEST_CASE - 1)));
        assert_eq!(stated("", Some(0)).check(), Err(StatedRefused::Places));
        let paid = |posts| Stated { posts, uplift_each: Some(Pence(224_300)), ..Stated::default() };
        assert_eq!(paid(4).check(), Err(StatedRefused::UpliftOfFew));
        assert!(paid(5).check().is_ok());
        assert_eq!(stated(" Keep \n five. ", Some(12)).check().unwrap().asked, "Keep five.");
    }

    /// R-VAL-9
    #[test]
    fn a_benefit_has_words_a_source_and_a_strength_that_no_comparison_is_needed_for() {
        let new = |what: &str, source: &str, ground| Benefit::new((id(), 0), (what, source, ground));
        let said = Some(Ground::Said);
        assert_eq!(new(" ", "x", said), Err(StatedRefused::NoBenefit));
        assert_eq!(new("x", "", said), Err(StatedRefused::NoSource));
        assert_eq!(new("x", "y", None), Err(StatedRefused::NoGround));
        assert_eq!(new(&"x".repeat(161), "y", said), Err(StatedRefused::LongBenefit(161)));
        assert_eq!(Benefit::new((id(), 6), ("x", "y", said)), Err(StatedRefused::TooMany));
        assert_eq!(new("Fewer leave", "personnel", said).unwrap().what, "Fewer leave");
        assert_eq!(Ground::ALL.iter().map(|one| one.code()).collect::<Vec<_>>(), ["said", "counted", "coincides"]);
    }
}
