//! Questions with known answers about evidence: figures, releases, surveys, costs, lots and what may be said about cause.

use super::{Cast, Check};
use crate::acts::{
    AddLotWords, AskCause, EnterFigure, GiveUpLot, KeepMilestone, OpenLot, OpenSurvey, SeeCause, SeeIndicators,
    SeeLots, SeeReleases, SeeSurvey, SeeValue, SetValue, ShowCause, WeighCause,
};
use crate::facts::{Actor, Thing};
use crate::gate::GateError;

/// Who enters and who reads; who opens a lot, who adds words to it, and who reads what came of it.
pub(super) fn run(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let programme = Thing::Programme(&scene.programme);
    check.must_allow::<EnterFigure>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<EnterFigure>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<SeeIndicators>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<KeepMilestone>("an administrator", me(&cast.administrator), programme)?;
    check.must_allow::<SeeReleases>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeReleases>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeReleases>("a practitioner", me(&scene.practitioner), programme)?;
    check.must_allow::<SeeValue>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SetValue>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeValue>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<SeeSurvey>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<OpenSurvey>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<OpenLot>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<OpenLot>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<GiveUpLot>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_allow::<AddLotWords>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<AddLotWords>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<SeeLots>("a practitioner", me(&scene.practitioner), programme)?;
    check.must_allow::<SeeCause>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeCause>("an administrator", me(&cast.administrator), programme)?;
    check.must_deny::<AskCause>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<WeighCause>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<ShowCause>("a senior leader", me(&cast.senior_leader), programme)
}
