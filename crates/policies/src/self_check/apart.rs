//! Questions with known answers about required support, disclosures and sessions.

use super::{Cast, Check};
use crate::acts::{
    Act, AgreeStatement, AnswerTraining, ChoosePractitioner, CloseDisclosure, Disclose, OfferTimes, ReadDisclosure,
    ReadWords, RecordAttendance, ReturnDisclosureKey, SeeAttendance, SeeDisclosures, SeeOwnTrainings, SeeReported,
    SeeThread, SeeTrack, SignUp, SignalSatisfied, StartTrack, TellSubject,
};
use crate::facts::{Actor, Job, Thing};
use crate::gate::{GateError, Question};

/// Who learns what of required support.
pub(super) fn required(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let (frozen, thread) = (Thing::Track(&scene.track), Thing::Thread(&cast.required_thread));
    let track = Thing::Track(&cast.track);
    check.must_allow::<SeeTrack>("the practitioner of the track", me(&scene.practitioner), track)?;
    check.must_allow::<SeeReported>("the line manager of today", me(&scene.manager), track)?;
    check.must_allow::<StartTrack>("the line manager of today", me(&scene.manager), track)?;
    check.must_deny::<StartTrack>("under the developmental model", me(&cast.mighty_manager), frozen)?;
    check.must_deny::<SignalSatisfied>("under the developmental model", me(&cast.mighty_manager), frozen)?;
    check.must_deny::<OfferTimes>("under the developmental model, in required support", me(&scene.teacher), thread)?;
    check.must_deny::<StartTrack>("somebody with every role", me(&cast.mighty_stranger), track)?;
    check.must_deny::<SeeTrack>("the line manager", me(&cast.mighty_manager), track)?;
    check.must_deny::<AgreeStatement>("the line manager", me(&cast.mighty_manager), track)?;
    check.must_deny::<SeeReported>("the programme lead", me(&cast.lead), track)?;
    check.must_deny::<SeeReported>("an administrator", me(&cast.administrator), track)?;
    check.must_deny::<SeeReported>(
        "a manager further up",
        me(&cast.mighty_manager),
        Thing::Track(&cast.track_further_down),
    )?;
    check.must_deny::<SeeTrack>("the appraiser of the teacher", me(&cast.mighty_appraiser), track)?;
    check.must_deny::<SeeThread>("the line manager, of required support", me(&cast.mighty_manager), thread)?;
    check.must_deny::<ReadWords>("the line manager, of required support", me(&cast.mighty_manager), thread)?;
    check.must_allow::<ReadWords>("the teacher, of required support", me(&scene.teacher), thread)?;
    let choose =
        |with| Question { act: ChoosePractitioner::INFO, actor: me(&scene.teacher), on: track, with: Some(with) };
    check.must::<ChoosePractitioner>(false, "the line manager", choose(&cast.mighty_manager))?;
    check.must::<ChoosePractitioner>(false, "somebody who is barred", choose(&scene.colleague))
}

/// Who learns what of a disclosure.
pub(super) fn disclosures(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let (thread, kept, told) =
        (Thing::Thread(&scene.thread), Thing::Disclosure(&scene.disclosure), Thing::Disclosure(&cast.told));
    check.must_allow::<Disclose>("the practitioner of the thread", me(&scene.practitioner), thread)?;
    check.must_allow::<Disclose>("the teacher of the thread", me(&scene.teacher), thread)?;
    check.must_deny::<Disclose>("somebody with every role", me(&cast.mighty_stranger), thread)?;
    check.must_allow::<ReadDisclosure>("a lead it was sealed for", me(&scene.safeguards), kept)?;
    check.must_allow::<ReadDisclosure>("who passed it on", me(&scene.practitioner), kept)?;
    check.must_deny::<ReadDisclosure>("whom it is about, while unsafe", me(&scene.teacher), kept)?;
    check.must_deny::<ReadDisclosure>("the same with every role", me(&cast.safeguarding_teacher), kept)?;
    check.must_allow::<ReadDisclosure>("whom it is about, once told", me(&scene.teacher), told)?;
    check.must_deny::<ReadDisclosure>("another lead, with every role", me(&cast.mighty_stranger), told)?;
    check.must_deny::<ReadDisclosure>("a lead who is lead no more", me(&cast.former_lead), told)?;
    check.must_deny::<ReadDisclosure>("a manager of whom it is about", me(&cast.mighty_manager), told)?;
    check.must_deny::<ReadDisclosure>("an administrator", me(&cast.administrator), told)?;
    check.must_deny::<TellSubject>("whom it is about", me(&cast.safeguarding_teacher), told)?;
    check.must_allow::<ReturnDisclosureKey>("who passed it on", me(&scene.practitioner), kept)?;
    check.must_deny::<ReturnDisclosureKey>("whom it is about", me(&cast.safeguarding_teacher), told)?;
    check.must_allow::<CloseDisclosure>("a lead it was sealed for", me(&scene.safeguards), kept)?;
    check.must_deny::<CloseDisclosure>("who passed it on", me(&scene.practitioner), kept)?;
    let programme = Thing::Programme(&scene.programme);
    check.must_allow::<SeeDisclosures>("a safeguarding lead", me(&scene.safeguards), programme)?;
    check.must_deny::<SeeDisclosures>("an administrator", me(&cast.administrator), programme)
}

/// Who learns what of a session.
pub(super) fn trainings(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let (training, teacher) = (Thing::Training(&scene.training), Thing::Person(&scene.teacher));
    check.must_allow::<SeeAttendance>("who runs the session", me(&scene.practitioner), training)?;
    check.must_deny::<SeeAttendance>("the programme lead", me(&cast.lead), training)?;
    check.must_deny::<SeeAttendance>("somebody with every role", me(&cast.mighty_stranger), training)?;
    check.must_deny::<RecordAttendance>("a manager of a teacher", me(&cast.mighty_manager), training)?;
    check.must_deny::<SeeAttendance>("a job", Actor::Job(Job::Tidy), training)?;
    check.must_allow::<SignUp>("a teacher", me(&scene.teacher), training)?;
    check.must_allow::<AnswerTraining>("a teacher", me(&scene.teacher), training)?;
    check.must_deny::<AnswerTraining>("who runs the session", me(&scene.practitioner), training)?;
    check.must_allow::<SeeOwnTrainings>("oneself", me(&scene.teacher), teacher)?;
    check.must_deny::<SeeOwnTrainings>("a manager about the teacher", me(&cast.mighty_manager), teacher)?;
    check.must_deny::<SeeOwnTrainings>("somebody with every role", me(&cast.mighty_stranger), teacher)
}
