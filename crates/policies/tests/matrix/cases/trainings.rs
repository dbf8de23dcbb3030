//! Who relates how to a community and to a session.

use super::*;

/// The relations to the community of an area.
pub(super) fn on_community() -> Vec<Case> {
    let community = |practitioner: u128, head: u128| {
        let area = Uuid::from_u128(600).into();
        let (practitioners, heads) = (vec![id(practitioner)], vec![id(head)]);
        On::Community(CommunityFacts { institution: college(), area, practitioners, heads })
    };
    vec![
        Case::new("the practitioner who looks after the area", person(ME), community(ME, OTHER)),
        Case::new("who leads the area", person(ME), community(OTHER, ME)),
        Case::new("somebody else", person(ME), community(OTHER, THIRD)),
        Case::new("a manager of both", leading(), community(OTHER, THIRD)),
        Case::new("the practitioner who looks after it, switched off", off(person(ME)), community(ME, OTHER)),
        Case::new("who leads the area, gone to another institution", away(person(ME)), community(OTHER, ME)),
    ]
}

/// The relations to a session.
pub(super) fn on_training() -> Vec<Case> {
    let training = |runner: u128| {
        let training = Uuid::from_u128(700).into();
        On::Training(TrainingFacts { institution: college(), training, runner: id(runner) })
    };
    vec![
        Case::new("run by another", person(ME), training(OTHER)),
        Case::new("who runs it", person(ME), training(ME)),
        Case::new("a manager of whoever runs it", leading(), training(OTHER)),
        Case::new("who runs it, switched off", off(person(ME)), training(ME)),
        Case::new("somebody else, switched off", off(person(ME)), training(OTHER)),
        Case::new("who runs it, gone to another institution", away(person(ME)), training(ME)),
        Case::new("of another institution", away(person(ME)), training(OTHER)),
    ]
}
