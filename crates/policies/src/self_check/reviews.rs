//! Questions with known answers about reviews and testimony.

use super::{Cast, Check};
use crate::acts::{
    AnswerCheck, GiveTestimony, KeepReviews, ReadTestimony, SeeOwnTestimony, SeeReviews, SetRoad, WithdrawTestimony,
};
use crate::facts::{Actor, Thing};
use crate::gate::GateError;

/// Who keeps reviews, who reads them, and who gives and reads testimony.
pub(super) fn run(check: &Check<'_>, cast: &Cast) -> Result<(), GateError> {
    let (scene, me) = (check.scene, Actor::Person);
    let (programme, account) = (Thing::Programme(&scene.programme), Thing::Account(&scene.account));
    check.must_allow::<SeeReviews>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SeeReviews>("a teacher", me(&cast.teacher), programme)?;
    check.must_allow::<KeepReviews>("the programme lead", me(&cast.lead), programme)?;
    check.must_deny::<KeepReviews>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<AnswerCheck>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<SetRoad>("an administrator", me(&cast.administrator), programme)?;
    check.must_allow::<ReadTestimony>("a senior leader", me(&cast.senior_leader), programme)?;
    check.must_deny::<ReadTestimony>("the manager of its writer", me(&scene.manager), programme)?;
    check.must_deny::<ReadTestimony>("an administrator", me(&cast.administrator), programme)?;
    check.must_allow::<GiveTestimony>("oneself", me(&scene.teacher), account)?;
    check.must_deny::<GiveTestimony>("a manager, for the teacher", me(&cast.mighty_manager), account)?;
    check.must_deny::<SeeOwnTestimony>("somebody with every role", me(&cast.mighty_stranger), account)?;
    check.must_deny::<WithdrawTestimony>("the programme lead", me(&cast.lead), account)
}
