//! `alongside audit verify`: whether an entry of the audit log was removed or altered (R-AUD-3).

use std::sync::Arc;

use actions::audit::{self, Found};
use actions::chance::Machine;
use actions::desk::{Desk, House};
use clap::Subcommand;

use super::CliError;
use super::folder::{Folder, Opened};
use crate::clock::Clock;

/// What is done with the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Look through the whole log for entries that were removed or altered
    Verify,
}

/// Looks through the log and says what it found; beside a program that may be at work.
///
/// # Errors
/// A sentence: where something was removed or altered.
pub async fn verify(folder: &Folder) -> Result<(), CliError> {
    if !folder.is_filled() {
        return Err(CliError::said(format!("There is no college in {} yet.", folder.path().display())));
    }
    let Opened { store, gate } = folder.open_beside().await?;
    let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
    let ahead = house.frame().programme.clock_ahead;
    let found = audit::verify(&Desk::new(house, Clock::Machine.now(ahead))).await?;
    match found {
        Found::Whole(entries, true) => {
            println!(
                "The audit log is whole: each of {entries} entries follows from the one before, to where the keyring has anchored it."
            );
            Ok(())
        }
        Found::Whole(entries, false) => {
            println!(
                "Each of {entries} entries follows from the one before. The keyring has no anchor, so an end that was cut off would not show."
            );
            Ok(())
        }
        Found::Altered(place) => Err(CliError::said(format!(
            "Entry {place} of the audit log, or the one before it, was altered after it was written. Keep the folder as it is, and tell whoever answers for data protection."
        ))),
        Found::Removed(place) => Err(CliError::said(format!(
            "Entry {place} of the audit log was removed. Keep the folder as it is, and tell whoever answers for data protection."
        ))),
        Found::Cut(last, until) => Err(CliError::said(format!(
            "The audit log ends with entry {last}, but the keyring knows that it went on to {until}: its end was cut off, or an older database lies here. Keep the folder as it is, and tell whoever answers for data protection."
        ))),
    }
}
