//! Work the program does by itself, as named actors: the weekly recompute, clearing what is past, and mail.

use std::time::Duration;

use actions::{
    Never, Stop, accounts, audit, board, mail, models, person, programme, releases, retention, safeguarding, settling,
    survey_release, testimony, training_people,
};

use jiff::{Timestamp, ToSpan};

use crate::clock;
use crate::routes::App;

/// Does what is due now.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn due(app: &App) -> Result<(), Stop<Never>> {
    let desk = app.desk();
    let (meter, now) = (&app.0.meter, clock::machine().as_second());
    // Who is a practitioner today has to be known before the week is worked out.
    if person::keep_dates(&desk).await? {
        tracing::info!("put dated changes into force");
    }
    let desk = if models::keep(&desk).await? { app.desk() } else { desk };
    if board::recompute(&desk).await? {
        tracing::info!("recomputed the week");
    }
    meter.ran("weekly", now);
    app.0.post.clear(clock::machine());
    desk.house.store.mend().await.map_err(Stop::Fault)?;
    // What was deleted must not live on in a copy that an upgrade has made.
    let fortnight = clock::machine().saturating_sub((14 * 24).hours()).unwrap_or(Timestamp::MIN);
    desk.house.store.clear_copies(fortnight).map_err(Stop::Fault)?;
    safeguarding::watch(&desk).await?;
    settling::tend(&desk).await?;
    training_people::remind(&desk).await?;
    retention::keep_time(&desk).await?;
    programme::clear_expired(&desk).await?;
    survey_release::keep(&desk).await?;
    testimony::keep(&desk).await?;
    audit::keep(&desk).await?;
    // Last: what cannot be released holds up nothing else.
    if releases::keep(&desk).await? {
        tracing::info!("published what the term or the year came to");
    }
    meter.ran("tidy", now);
    Ok(())
}

/// Writes the mail that is due and delivers what waits. After a fault of the way out the rest waits for the next time.
///
/// # Errors
/// A fault; it will be tried again.
pub async fn post(app: &App) -> Result<(), Stop<Never>> {
    let desk = app.desk();
    for email in app.0.post.asked() {
        match accounts::ask_for_link(&desk, &email).await {
            // Denied: an account that is off. Whoever asked learns nothing either way (R-ACC-7).
            Ok(()) | Err(Stop::Denied) => {}
            Err(stop) => return Err(stop),
        }
    }
    mail::write_due(&desk).await?;
    loop {
        let waiting = mail::to_deliver(&desk).await?;
        for one in &waiting {
            let how = app.0.post.deliver(one, &desk.frame.calendar).await;
            mail::tried(&app.desk(), one, how).await?;
            if let Err(failure) = how {
                tracing::warn!(why = failure.words(), "mail could not be delivered");
                if failure.is_of_the_way() {
                    return Ok(());
                }
            }
        }
        if waiting.is_empty() {
            return Ok(());
        }
    }
}

/// Does all of it for as long as the program runs. A mail server that hangs holds up nothing else.
pub async fn run(app: App) {
    // "Who can see this" asks the gate some hundred questions once: not while the first teacher waits for the form.
    let house = std::sync::Arc::clone(&app.0.house);
    let asked = tokio::task::spawn_blocking(move || {
        house.gate.audience(&house.frame().programme.facts);
    });
    if let Err(fault) = asked.await {
        tracing::error!(%fault, "the access rules could not be asked ahead");
    }
    tokio::join!(run_due(&app), run_post(&app));
}

/// What the log says of a job that stopped; never whom it was about.
fn told(stop: Stop<Never>) -> String {
    match stop {
        Stop::Fault(fault) => fault.to_string(),
        Stop::Denied => "denied".to_owned(),
        Stop::Refused(never) => match never {},
    }
}

/// Looks every minute whether something is due.
async fn run_due(app: &App) {
    let mut minute = tokio::time::interval(Duration::from_secs(60));
    loop {
        minute.tick().await;
        if let Err(stop) = due(app).await {
            tracing::error!(fault = told(stop), "a job failed and will be tried again");
        }
    }
}

/// Looks every few seconds after the mail.
async fn run_post(app: &App) {
    let mut often = tokio::time::interval(Duration::from_secs(5));
    often.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        if let Err(stop) = post(app).await {
            tracing::error!(fault = told(stop), "mail could not be looked after and will be tried again");
        }
    }
}
