//! `alongside move-database postgres://…`: from the folder's SQLite to PostgreSQL, every row compared (R-RUN-9).

use actions::desk::Desk;
use actions::{Care, Store, moving};

use super::CliError;
use super::folder::Folder;
use super::serve::house;
use crate::clock::Clock;

/// Moves the college to an empty database and says how to go on.
pub async fn to(folder: &Folder, url: &str) -> Result<(), CliError> {
    if !folder.is_filled() {
        return Err(CliError::said(format!("There is no college in {} yet.", folder.path().display())));
    }
    let _held = folder.hold()?;
    let other = Store::connect(url, folder.path(), Care::Full).await?;
    let house = house(folder).await?;
    let ahead = house.frame().programme.clock_ahead;
    let desk = Desk::new(house, Clock::Machine.now(ahead));
    let moved = moving::to(&desk, &other).await?;
    desk.house.store.clone().close().await?;
    other.close().await?;
    println!("Moved and compared: {} rows of {} tables.", moved.rows, moved.tables);
    println!(
        "From now on start it with --database, or set ALONGSIDE_DATABASE. What is in {} stays as it is; delete it when \
         you are sure.",
        folder.path().display()
    );
    Ok(())
}
