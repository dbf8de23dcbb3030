//! Work the program does by itself, as named actors: the weekly recompute and clearing what is past.

use std::time::Duration;

use actions::{Never, Stop, board, programme};

use crate::clock;
use crate::routes::App;

/// Does what is due now.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn due(app: &App) -> Result<(), Stop<Never>> {
    let desk = app.desk();
    let (meter, now) = (&app.0.meter, clock::machine().as_second());
    if board::recompute(&desk).await? {
        tracing::info!("recomputed the week");
    }
    meter.ran("weekly", now);
    programme::clear_expired(&desk).await?;
    meter.ran("tidy", now);
    Ok(())
}

/// Looks every minute whether something is due, for as long as the program runs.
pub async fn run(app: App) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        if let Err(stop) = due(&app).await {
            let fault = match stop {
                Stop::Fault(fault) => fault.to_string(),
                Stop::Denied => "denied".to_owned(),
                Stop::Refused(never) => match never {},
            };
            tracing::error!(fault, "a job failed and will be tried again");
        }
    }
}
