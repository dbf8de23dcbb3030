//! The sample college's survey of last summer: made up, as everything in it, and released, so that there is something to read.

use std::sync::Arc;

use actions::desk::{Desk, House};
use actions::{people, survey, survey_release, survey_sample};
use domain::ids::PersonId;
use domain::people::Role;
use domain::staff_file::Staff;
use domain::survey::{Answer, Choice, Factor, Side};
use jiff::civil::Date;

use super::replay::Dice;
use crate::cli::CliError;

/// One in so many of those who teach answers.
const ONE_IN: usize = 3;
/// Out of a hundred who agree, statement by statement: made up, neither praise nor its opposite.
const AGREE: [usize; 7] = [78, 71, 74, 58, 49, 62, 57];

fn roll(dice: &mut Dice, side: Side) -> Option<Answer> {
    let mut choice = |agree: usize| {
        let more = if side == Side::Practitioner { 12 } else { 0 };
        let (rolled, strongly) = (dice.roll(100), dice.roll(3) == 0);
        match rolled {
            0..4 => Choice::CannotSay,
            rolled if rolled < 4 + agree + more => {
                if strongly {
                    Choice::StronglyAgree
                } else {
                    Choice::Agree
                }
            }
            rolled if rolled % 2 == 0 => Choice::Neither,
            _ if strongly => Choice::StronglyDisagree,
            _ => Choice::Disagree,
        }
    };
    let choices = AGREE.map(|agree| Some(choice(agree)));
    let likely = |factor: &&Factor| dice.roll(10) < if factor.of_2017() { 5 } else { 3 };
    let factors: Vec<Factor> = Factor::ALL.iter().filter(likely).copied().take(5).collect();
    Answer::of(Some(side), &choices, &factors).ok()
}

/// Opens it in June of the year before, has some answer, and releases it. Nothing is open afterwards.
///
/// # Errors
/// A rule that says no, or a fault of the database.
pub(super) async fn hold(house: &Arc<House>, (staff, lead, begun): (&Staff, PersonId, i16)) -> Result<(), CliError> {
    let calendar = &house.frame().calendar;
    let at = |day: Date| {
        let now = calendar.instant(day, 10 * 60).map_err(|gap| CliError::said(gap.to_string()))?;
        Ok::<Desk, CliError>(Desk::new(Arc::clone(house), now))
    };
    let (first, last) = (Date::constant(begun, 6, 8), Date::constant(begun, 6, 26));
    let desk = at(first)?;
    survey::open(&desk, lead, (Some(first), Some(last))).await?;
    let mut dice = Dice(2017);
    for person in &staff.people {
        let side = if person.practice.is_some() { Side::Practitioner } else { Side::Staff };
        let teaches = side == Side::Practitioner || person.roles.has(Role::Teacher);
        let answers = teaches && (side == Side::Practitioner || dice.roll(ONE_IN) == 0);
        let Some(said) = roll(&mut dice, side).filter(|_| answers) else { continue };
        let who = people::by_email(&desk, &person.email).await?;
        if let Some(who) = who {
            survey_sample::replay(&desk, who, &said).await?;
        }
    }
    survey_release::keep(&at(Date::constant(begun, 6, 27))?).await?;
    Ok(())
}
