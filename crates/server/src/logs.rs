//! What the program writes down while it runs (R-RUN-6): its own lines only, without names, addresses or anything from a
//! request but how it went and how long it took.

use std::time::Duration;

use axum::http::StatusCode;
use clap::ValueEnum;
use tracing::subscriber::SetGlobalDefaultError;
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry;

use crate::metrics::{Group, Outcome};

/// How lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Text,
    /// One JSON object a line, for programs that gather logs; every answer has its line.
    Json,
}

impl Form {
    /// What is written unless `ALONGSIDE_LOG` says otherwise.
    const fn usual(self) -> LevelFilter {
        match self {
            Self::Text => LevelFilter::WARN,
            Self::Json => LevelFilter::INFO,
        }
    }
}

/// Who writes lines of our own. Libraries know addresses and values, and nobody has read what they write.
const OURS: [&str; 5] = ["alongside", "server", "actions", "store", "policies"];

/// Takes our own lines in a form, down to a level.
pub fn subscriber<W>(form: Form, level: LevelFilter, to: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let ours = Targets::new().with_targets(OURS.map(|from| (from, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(to).with_ansi(false);
    match form {
        Form::Text => Box::new(registry().with(ours).with(lines)),
        Form::Json => Box::new(registry().with(ours).with(lines.json().flatten_event(true))),
    }
}

/// Begins to write lines to the standard error, for as long as the program runs. `ALONGSIDE_LOG` may be off, error, warn,
/// info, debug or trace.
///
/// # Errors
/// When something else has begun already.
pub fn begin(form: Form) -> Result<(), SetGlobalDefaultError> {
    let asked = std::env::var("ALONGSIDE_LOG").ok().and_then(|level| level.parse().ok());
    tracing::subscriber::set_global_default(subscriber(form, asked.unwrap_or(form.usual()), std::io::stderr))
}

/// One line for an answer. Going on after a form and showing a page are one here too: apart they would tell how many forms were
/// sent, and when.
pub fn answered(group: Group, (status, took): (StatusCode, Duration)) {
    if !tracing::enabled!(Level::INFO) {
        return;
    }
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(group = group.code(), outcome = Outcome::of(status).code(), milliseconds, "answered");
}
