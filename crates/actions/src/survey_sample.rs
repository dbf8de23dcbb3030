//! Answers to a survey of the sample college, whose people have no browser: each takes a ticket and answers with it, as a browser
//! would. In a real college the gate denies it.

use domain::ids::PersonId;
use domain::survey::{Answer, SurveyRefused};
use policies::acts::FillSample;
use policies::facts::Actor;
use sealing::Blinded;
use store::Fault;

use crate::chance::secret_bytes;
use crate::desk::{Desk, Stop};
use crate::survey::{Ticket, answer, take, to_answer};

/// Answers for one of the sample's people.
///
/// # Errors
/// No survey is open, or a ticket was taken; denied in a real college.
pub async fn replay(desk: &Desk, who: PersonId, said: &Answer) -> Result<(), Stop<SurveyRefused>> {
    desk.house.gate.permit::<FillSample>(&Actor::CommandLine, &desk.frame.programme.facts, &()).map(drop)?;
    let open = to_answer(desk).await.map_err(Stop::widen_never)?.ok_or(Stop::Refused(SurveyRefused::Closed))?;
    let unreadable = |_| Fault::Unreadable("ticket");
    let token = secret_bytes(desk.house.chance.as_ref());
    let blinded = Blinded::of(&open.modulus, token).map_err(unreadable)?;
    let signed = take(desk, who, (open.survey.id, blinded.blinded())).await?;
    let signature = blinded.finish(&signed).map_err(unreadable)?;
    answer(desk, Ticket { survey: open.survey.id, token: &token, signature: &signature }, said).await
}
