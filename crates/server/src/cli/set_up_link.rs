//! `alongside set-up-link`: prints a link with which somebody chooses a password (R-ACC-5).

use std::net::SocketAddr;
use std::sync::Arc;

use actions::chance::Machine;
use actions::desk::{Desk, House};
use actions::{Never, Stop, accounts};

use super::CliError;
use super::folder::{Folder, Opened};
use crate::clock::Clock;
use crate::post::Settings;

/// Prints a link for an address. One short unit of work, so it may run beside the program that serves.
pub async fn print(folder: &Folder, listen: SocketAddr, email: &str) -> Result<(), CliError> {
    if !folder.is_filled() {
        return Err(CliError::said(format!("There is no college in {} yet.", folder.path().display())));
    }
    let Opened { store, gate } = folder.open_beside().await?;
    let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
    let ahead = house.frame().programme.clock_ahead;
    let desk = Desk::new(house, Clock::Machine.now(ahead));
    let made: Result<Option<String>, Stop<Never>> = accounts::issue_link(&desk, email).await;
    match made? {
        Some(token) => {
            let here = format!("http://{listen}");
            let settings = Settings::in_folder(folder.path()).map_err(|wrong| CliError::said(wrong.to_string()))?;
            println!("{}/set-up/{token}", settings.address.unwrap_or(here));
            println!(
                "It works once, for {} hours. Give it to {email} and to nobody else; an earlier link stops working.",
                accounts::LINK_HOURS
            );
            Ok(())
        }
        None => Err(CliError::said(format!("Nobody here has the address {email}. Check it against your staff file."))),
    }
}
