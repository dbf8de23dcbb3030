//! An induction, seen by whoever is new, those beside and those above.

use super::*;

/// The relations to an induction.
pub(super) fn on_induction() -> Vec<Case> {
    let induction = |(newcomer, mentor, buddy): (u128, u128, u128), managers: &[u128], running| {
        On::Induction(InductionFacts {
            institution: college(),
            induction: Uuid::from_u128(600).into(),
            newcomer: id(newcomer),
            mentor: Some(id(mentor)),
            buddy: Some(id(buddy)),
            managers_of_newcomer: managers.iter().copied().map(id).collect(),
            appraiser_of_newcomer: Some(id(APPRAISER)),
            running,
        })
    };
    let line = &[MANAGER][..];
    let below = || induction((OTHER, THIRD, 6), &[MANAGER, ME], true);
    let appraised = PersonFacts { id: id(APPRAISER), ..person(ME) };
    vec![
        Case::new("the newcomer", person(ME), induction((ME, OTHER, THIRD), line, true)),
        Case::new("the newcomer, when it is over", person(ME), induction((ME, OTHER, THIRD), line, false)),
        Case::new("the mentor", person(ME), induction((OTHER, ME, THIRD), line, true)),
        Case::new("the mentor, when it is over", person(ME), induction((OTHER, ME, THIRD), line, false)),
        Case::new("the mentor, now above the newcomer", person(ME), induction((OTHER, ME, THIRD), &[ME], true)),
        Case::new("the buddy", person(ME), induction((OTHER, THIRD, ME), line, true)),
        Case::new("the buddy, when it is over", person(ME), induction((OTHER, THIRD, ME), line, false)),
        Case::new("the buddy, now above the newcomer", person(ME), induction((OTHER, THIRD, ME), &[ME], true)),
        Case::new("a manager of the newcomer", leading(), below()),
        Case::new("the newcomer's appraiser", appraised, induction((OTHER, THIRD, 6), line, true)),
        Case::new("somebody else", person(ME), induction((OTHER, THIRD, 6), line, true)),
        Case::new("the newcomer, switched off", off(person(ME)), induction((ME, OTHER, THIRD), line, true)),
        Case::new("the mentor, gone elsewhere", away(person(ME)), induction((OTHER, ME, THIRD), line, true)),
    ]
}
