//! The audit log: anchored by the program, looked through by whoever runs commands on the machine. Rules R-AUD-1 to R-AUD-3.

use policies::acts::{ExamineAudit, KeepAudit};
use policies::facts::{Actor, Job};
use store::audit;
pub use store::audit::Found;

use crate::desk::{Desk, Never, Stop};

/// Anchors the log in the keyring.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn keep(desk: &Desk) -> Result<(), Stop<Never>> {
    let permit = desk.house.gate.permit::<KeepAudit>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    Ok(audit::anchor(&desk.read(), &permit).await?)
}

/// Looks through the whole log.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn verify(desk: &Desk) -> Result<Found, Stop<Never>> {
    let permit = desk.house.gate.permit::<ExamineAudit>(&Actor::CommandLine, &desk.frame.programme.facts, &())?;
    Ok(audit::verify(&desk.read(), &permit).await?)
}
