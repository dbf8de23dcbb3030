//! Required support, seen by its three and by those around them.

use super::*;

/// The relations to a track.
pub(super) fn on_track(deployment: Deployment) -> Vec<Case> {
    let track = |teacher, practitioner: Option<u128>, managers: &[u128]| TrackFacts {
        institution: college(),
        track: Uuid::from_u128(600).into(),
        teacher: id(teacher),
        teaches: true,
        practitioner: practitioner.map(id),
        manager: managers.first().copied().map(id),
        managers_of_teacher: managers.iter().copied().map(id).collect(),
        appraiser_of_teacher: Some(id(APPRAISER)),
        barred: vec![id(BARRED)],
        model: deployment.model,
    };
    let required = || track(ME, Some(OTHER), &[MANAGER]);
    let given = || track(OTHER, Some(ME), &[MANAGER]);
    let below = || track(OTHER, Some(THIRD), &[ME]);
    vec![
        Case::new("the teacher", person(ME), On::Track(required())),
        Case::new("the teacher, nobody chosen", person(ME), On::Track(track(ME, None, &[MANAGER]))),
        Case::new("the teacher, without a line manager", person(ME), On::Track(track(ME, Some(OTHER), &[]))),
        Case::new("the practitioner", person(ME), On::Track(given())),
        Case::new("the practitioner, now the line manager", leading(), On::Track(track(OTHER, Some(ME), &[ME]))),
        Case::new("the practitioner, now further up", leading(), On::Track(track(OTHER, Some(ME), &[MANAGER, ME])))
            .walled(),
        Case::new(
            "the practitioner, now the appraiser",
            person(ME),
            On::Track(TrackFacts { appraiser_of_teacher: Some(id(ME)), ..given() }),
        )
        .walled(),
        Case::new("the line manager of today", leading(), On::Track(below())),
        Case::new(
            "the line manager, who appraises too",
            leading(),
            On::Track(TrackFacts { appraiser_of_teacher: Some(id(ME)), ..below() }),
        ),
        Case::new(
            "the line manager, of somebody who does not teach",
            leading(),
            On::Track(TrackFacts { teaches: false, ..below() }),
        ),
        Case::new("a manager further up", leading(), On::Track(track(OTHER, Some(THIRD), &[MANAGER, ME]))).walled(),
        Case::new(
            "uninvolved, or the line manager of before",
            person(ME),
            On::Track(track(OTHER, Some(THIRD), &[MANAGER])),
        )
        .walled(),
        Case::new("the teacher, switched off", off(person(ME)), On::Track(required())).walled(),
        Case::new("the line manager, switched off", off(leading()), On::Track(below())).walled(),
        Case::new("the practitioner, switched off", off(person(ME)), On::Track(given())).walled(),
        Case::new("the line manager, gone elsewhere", away(leading()), On::Track(below())).walled(),
    ]
}
