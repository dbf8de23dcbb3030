//! Serving: a college, or the sample, until the program is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use actions::chance::Machine;
use actions::desk::House;
use actions::set_up::{self, Yard};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::folder::{Folder, Opened};
use super::{CliError, first_run, stop};
use crate::backups::Nights;
use crate::clock::{Clock, machine};
use crate::limits::Limits;
use crate::metrics::Meter;
use crate::post::Post;
use crate::routes::{App, Shared, router};
use crate::{health, jobs, sample};

/// Where the program listens.
#[derive(Debug, Clone, Copy)]
pub struct Addresses {
    /// For pages.
    pub pages: SocketAddr,
    /// For figures, if asked for.
    pub metrics: Option<SocketAddr>,
}

/// Opens a folder to work in.
pub async fn house(folder: &Folder) -> Result<Arc<House>, CliError> {
    let Opened { store, gate } = folder.open().await?;
    Ok(Arc::new(House::open(store, gate, Arc::new(Machine)).await?))
}

/// Serves the college in a folder; where none is live yet, the pages on which one is set up.
pub async fn college(folder: &Folder, at: Addresses) -> Result<(), CliError> {
    let _held = folder.hold()?;
    let Opened { store, gate } = folder.open().await?;
    if !set_up::is_live(&store).await? {
        return first_run::serve(folder, at.pages, Yard { store, gate, chance: Arc::new(Machine) }).await;
    }
    let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
    let post = |here: &str| Post::of(folder.path(), here).map_err(|wrong| CliError::said(wrong.to_string()));
    let nights = nights(folder)?;
    listen_and_serve(at, house, (Vec::new(), post, Some(nights)), |base| {
        println!("Alongside is at {base}");
        Ok(())
    })
    .await
}

/// The backups that the program makes by itself.
pub fn nights(folder: &Folder) -> Result<Nights, CliError> {
    Nights::of(folder.path()).map_err(|wrong| CliError::said(wrong.to_string()))
}

/// The day a sample college lives in when none is given: today.
pub(crate) fn sample_day() -> Date {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    zone.to_datetime(machine()).date()
}

/// Serves the sample college, filling the folder first if need be.
pub async fn demo(
    folder: &Folder,
    at: Addresses,
    (today, accounts_json): (Option<Date>, Option<PathBuf>),
    size: sample::Size,
) -> Result<(), CliError> {
    let _held = folder.hold()?;
    if folder.is_fresh() {
        println!("Filling {} with the sample college …", folder.path().display());
        sample::fill(folder, today.unwrap_or_else(sample_day), size).await?;
    }
    let (house, people) = sample::ready(folder).await?;
    if let Some(today) = today {
        sample::set_day(&house, today).await?;
    }
    let listed = people.clone();
    // Whatever is set: nobody in a sample can be written to.
    let post = |here: &str| Ok(Post::files(folder.path(), here));
    listen_and_serve(at, house, (people, post, None), |base| {
        if let Some(file) = &accounts_json {
            let sign_in =
                serde_json::json!({ "path": "/sign-in", "user_field": "email", "password_field": "password" });
            let all = serde_json::json!({ "base": base, "sign_in": sign_in, "people": listed });
            std::fs::write(file, format!("{all:#}\n")).map_err(|fault| CliError::file(file, &fault))?;
        }
        println!("The sample college is at {base}");
        println!("Everybody in it is fictional. Choose somebody on the sign-in page; stop with Ctrl-C.");
        Ok(())
    })
    .await
}

/// Listens on an address.
///
/// # Errors
/// A sentence: the address is taken or cannot be used.
pub async fn listener(at: SocketAddr, option: &str) -> Result<(TcpListener, SocketAddr), CliError> {
    let bound = TcpListener::bind(at).await.map_err(|fault| {
        CliError::said(format!(
            "Cannot listen on {at}: {fault}. Another program may be using it; choose another with {option}."
        ))
    })?;
    let address = bound.local_addr().map_err(|fault| CliError::said(fault.to_string()))?;
    Ok((bound, address))
}

/// Gives figures at an address of their own.
async fn figures(app: &App, at: SocketAddr) -> Result<JoinHandle<()>, CliError> {
    let (listener, address) = listener(at, "--metrics").await?;
    println!("Figures for a Prometheus are at http://{address}/metrics");
    let service = health::figures(app.clone());
    Ok(tokio::spawn(async move {
        if let Err(fault) = axum::serve(listener, service).await {
            tracing::error!(%fault, "no more figures are given");
        }
    }))
}

async fn listen_and_serve(
    at: Addresses,
    house: Arc<House>,
    (people, post, nights): (Vec<sample::SamplePerson>, impl FnOnce(&str) -> Result<Post, CliError>, Option<Nights>),
    ready: impl FnOnce(&str) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let (listener, address) = listener(at.pages, "--listen").await?;
    let store = house.store.clone();
    let post = post(&format!("http://{address}"))?;
    let app = App(Arc::new(Shared {
        house,
        clock: Clock::Machine,
        limits: Limits::default(),
        meter: Meter::default(),
        post,
        sample: people,
        beside_set_up: false,
    }));
    jobs::due(&app).await?;
    let working = tokio::spawn(jobs::run(app.clone()));
    let nights = nights.map(|nights| tokio::spawn(nights.run(app.clone())));
    let figures = match at.metrics {
        Some(at) => Some(figures(&app, at).await?),
        None => None,
    };
    // Heard from here on, so that nobody who was told the address can be too early.
    let asked = stop::asked()?;
    ready(&format!("http://{address}"))?;
    let served = stop::serve(listener, router(app), asked).await;
    figures.iter().for_each(JoinHandle::abort);
    working.abort();
    nights.iter().for_each(JoinHandle::abort);
    // What it had begun is undone: a unit of work that is not committed did not happen.
    if let Err(fault) = working.await
        && !fault.is_cancelled()
    {
        tracing::error!("a job was broken off by a fault");
    }
    store.close().await?;
    served
}
