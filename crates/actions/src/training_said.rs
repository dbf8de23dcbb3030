//! What those who came say of a session: once, without a name, and shown when nobody can answer any more. Rules R-SES-17 to
//! R-SES-20.

use std::collections::BTreeMap;

use domain::ids::{PersonId, TrainingId};
use domain::training::State;
use domain::training_said::{OPEN, Own, Said, SaidRefused, Shown, is_over};
use jiff::ToSpan;
use policies::acts::{AnswerTraining, SeeOwnTrainings, SeeTrainings};
use policies::facts::PersonFacts;
use store::trainings::Training;
use store::{events, facts, training_said, trainings};

use crate::desk::{Desk, Never, Stop};

/// Says what a session was like to which one came, once (R-SES-17). The event says neither who nor which nor what (R-SES-18).
///
/// # Errors
/// A rule that says no; denied for whoever runs it.
pub async fn say(desk: &Desk, (who, training): (PersonId, TrainingId), said: &Said) -> Result<(), Stop<SaidRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let facts = facts::training(&db, desk.institution(), training).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<AnswerTraining>(&me, &facts, &())?;
    let found = trainings::of_permit(&db, &permit).await?;
    let own = training_said::own(&db, &permit, who).await?;
    own.may_say((found.state, &found.planned.slot), desk.now).map_err(Stop::Refused)?;
    training_said::say(&db, &permit, (who, said)).await?;
    events::in_thread(&db, &permit, desk.stamp(), (None, domain::support::Party::Teacher)).await?;
    Ok(db.commit().await?)
}

/// How one stands to the sessions to which one came, or of which one has said something.
///
/// # Errors
/// A fault of the database.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<BTreeMap<TrainingId, Own>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnTrainings>(who, who, &())?;
    Ok(training_said::every(&desk.read(), &permit).await?)
}

/// What was said of a session, without a number, for everybody who sees the session; nothing while somebody can still answer. Of one that
/// was not held there is nothing to say but what was answered (R-SES-19).
///
/// # Errors
/// Denied for anybody outside the institution.
pub async fn shown(desk: &Desk, who: &PersonFacts, training: &Training) -> Result<Option<Vec<Shown>>, Stop<Never>> {
    let permit = desk.permit::<SeeTrainings>(who, &desk.frame.programme.facts, &())?;
    if !is_over(&training.planned.slot, desk.now) {
        return Ok(None);
    }
    let ended_before = desk.now.saturating_sub(OPEN.seconds()).unwrap_or(desk.now);
    let counted = training_said::counted(&desk.read(), &permit, (training.id, ended_before)).await?;
    let all: Vec<Shown> = counted.iter().map(|(statement, counts)| counts.shown(*statement)).collect();
    let any = all.iter().any(|one| one.agreed.is_some());
    Ok((any || training.state == State::Held).then_some(all))
}
