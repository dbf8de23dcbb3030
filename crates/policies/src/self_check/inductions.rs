//! Questions with known answers about inductions.

use super::{Cast, Check};
use crate::acts::{
    BeginInduction, EndInduction, KeepInductions, NoteInductionTime, SeeInductionSteps, SeeInductions,
    SeeOwnInductions, TakeInductionStep,
};
use crate::facts::{Actor, Job, Thing};
use crate::gate::GateError;

/// Who learns what of an induction.
pub(super) fn run(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let runs = Thing::Induction(&scene.induction);
    let (managed, ended) = (Thing::Induction(&cast.managed_induction), Thing::Induction(&cast.ended_induction));
    check.must_allow::<SeeInductionSteps>("the newcomer", me(&scene.teacher), runs)?;
    check.must_allow::<SeeInductionSteps>("the newcomer, when it is over", me(&scene.teacher), ended)?;
    check.must_allow::<SeeInductionSteps>("the mentor", me(&scene.practitioner), runs)?;
    check.must_deny::<SeeInductionSteps>("the mentor, when it is over", me(&scene.practitioner), ended)?;
    check.must_deny::<SeeInductionSteps>("the mentor, now a manager", me(&scene.practitioner), managed)?;
    check.must_deny::<SeeInductionSteps>("a manager of the newcomer", me(&cast.mighty_manager), runs)?;
    check.must_deny::<SeeInductionSteps>("the newcomer's appraiser", me(&cast.mighty_appraiser), runs)?;
    check.must_deny::<SeeInductionSteps>("somebody with every role", me(&cast.mighty_stranger), runs)?;
    check.must_deny::<SeeInductionSteps>("the programme lead", me(&cast.lead), runs)?;
    check.must_deny::<TakeInductionStep>("a manager of the newcomer", me(&cast.mighty_manager), runs)?;
    check.must_deny::<NoteInductionTime>("the newcomer", me(&scene.teacher), runs)?;
    check.must_deny::<EndInduction>("a manager of the newcomer", me(&cast.mighty_manager), runs)?;
    let (teacher, programme) = (Thing::Person(&scene.teacher), Thing::Programme(&scene.programme));
    check.must_allow::<BeginInduction>("the programme lead", me(&cast.lead), teacher)?;
    check.must_allow::<BeginInduction>("a manager of the newcomer", me(&scene.manager), teacher)?;
    check.must_deny::<BeginInduction>("another practitioner", me(&scene.colleague), teacher)?;
    check.must_allow::<SeeInductions>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<SeeInductions>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeOwnInductions>("a manager about the teacher", me(&cast.mighty_manager), teacher)?;
    check.must_deny::<KeepInductions>("the weekly job", Actor::Job(Job::Weekly), programme)
}
