//! `alongside evidence …`: the statistics behind the reports, for analysts. Pure functions of files: no data folder is opened.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use evidence::attribution::{self, Options};
use evidence::audit::{self, Findings};
use evidence::{bands, models, survey};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::CliError;

/// What an analyst asks.
#[derive(Debug, Subcommand)]
pub enum Evidence {
    /// Work out what a reader of a release could find out; ends with 1 where that is too much
    Audit {
        /// Cells, bands, relations and members, as JSON
        release: PathBuf,
    },
    /// Print the bands in which a count of so many people is shown
    Bands {
        /// Of so many people
        people: u64,
    },
    /// Say what may be said about cause, from areas or courses over periods
    Attribute(Attribute),
    /// Read surveys: shares, intervals, and how they stand beside the figures of 2017
    Survey {
        /// Surveys, as JSON
        file: PathBuf,
    },
    /// Read which model a year was nearest to
    Model {
        /// Years, as JSON
        file: PathBuf,
    },
}

/// From where cause is asked, and what was said beforehand.
#[derive(Debug, Args)]
pub struct Attribute {
    /// Columns unit, period, outcome, first_treat and, where there is one, dose, as CSV
    file: PathBuf,
    /// Staggered differences, dose and response, or one whole college over time
    #[arg(long, value_enum, default_value = "did")]
    method: Method,
    /// Whom those who began are compared with
    #[arg(long, value_enum, default_value = "notyet")]
    control: Control,
    /// Who began when was drawn by a recorded lot
    #[arg(long)]
    lot: bool,
    /// Who began was chosen because of results
    #[arg(long)]
    chosen_on_results: bool,
    /// The seed of all draws
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Method {
    Did,
    Dose,
    Its,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Control {
    Notyet,
    Never,
}

impl Attribute {
    fn options(&self) -> Options {
        Options {
            method: match self.method {
                Method::Did => attribution::Method::Did,
                Method::Dose => attribution::Method::Dose,
                Method::Its => attribution::Method::Its,
            },
            control: match self.control {
                Control::Notyet => attribution::Control::Notyet,
                Control::Never => attribution::Control::Never,
            },
            lot: self.lot,
            chosen_on_results: self.chosen_on_results,
            seed: self.seed,
            ..Options::default()
        }
    }
}

fn text(file: &Path) -> Result<String, CliError> {
    std::fs::read_to_string(file).map_err(|fault| CliError::file(file, &fault))
}

fn read<T: DeserializeOwned>(file: &Path) -> Result<T, CliError> {
    let wrong = |fault: serde_json::Error| CliError::said(format!("{}: {fault}", file.display()));
    serde_json::from_str(&text(file)?).map_err(wrong)
}

fn print(answer: &impl Serialize) -> Result<(), CliError> {
    let written = serde_json::to_string_pretty(answer).map_err(|fault| CliError::said(fault.to_string()))?;
    println!("{written}");
    Ok(())
}

/// A file and what is wrong with what stands in it.
fn wrong<'a, E: std::fmt::Display>(file: &'a Path) -> impl Fn(E) -> CliError + 'a {
    move |fault| CliError::said(format!("{}: {fault}", file.display()))
}

fn protected(findings: &Findings) -> Result<(), CliError> {
    if findings.disclosed.is_empty() {
        return Ok(());
    }
    Err(CliError::said(format!("Too much could be worked out of: {}", findings.disclosed.join(", "))))
}

/// Answers what is asked (R-REL-4, R-CAU-1, R-SUR-9, R-LIV-8).
///
/// # Errors
/// A sentence: a file that cannot be read, or a release that gives too much away.
pub fn answer(asked: &Evidence) -> Result<(), CliError> {
    match asked {
        Evidence::Audit { release } => {
            let findings = audit::audit(&read(release)?).map_err(wrong(release))?;
            print(&findings)?;
            protected(&findings)
        }
        Evidence::Bands { people } => {
            let all: Vec<(u64, u64)> = bands::bands(*people).iter().map(|band| (band.low, band.high)).collect();
            let written = serde_json::to_string(&all).map_err(|fault| CliError::said(fault.to_string()))?;
            println!("{written}");
            Ok(())
        }
        Evidence::Attribute(asked) => {
            let answer = attribution::attribute(&text(&asked.file)?, &asked.options());
            print(&answer.map_err(wrong(&asked.file))?)
        }
        Evidence::Survey { file } => print(&survey::answer(&read(file)?).map_err(wrong(file))?),
        Evidence::Model { file } => print(&models::answer(&read(file)?).map_err(wrong(file))?),
    }
}
