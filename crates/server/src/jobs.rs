//! Work the program does by itself, as named actors: the weekly recompute and clearing what is past.

use std::time::Duration;

use actions::{Never, Stop, board, programme};

use crate::routes::App;

/// Does what is due now.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn due(app: &App) -> Result<(), Stop<Never>> {
    let desk = app.desk();
    if board::recompute(&desk).await? {
        tracing::info!("recomputed the week");
    }
    programme::clear_expired(&desk).await
}

/// Looks every minute whether something is due, for as long as the program runs.
pub async fn run(app: App) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        if let Err(stop) = due(&app).await {
            tracing::error!(?stop, "a job failed and will be tried again");
        }
    }
}
