//! The command line. Its acts go through the gate as "the command line", a principal of its own.

mod allocate;
pub mod audit;
mod backup;
mod doctor;
mod evidence;
mod first_run;
pub mod folder;
mod import;
pub mod lock;
mod move_database;
mod serve;
mod set_up_link;
mod stop;
mod verify;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use actions::Stop;
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::logs::{self, Form};
use folder::Folder;
pub(crate) use serve::sample_day;

use crate::sample::Size;
use serve::Addresses;

/// Why a command was not done, in words for whoever typed it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CliError(String);

impl CliError {
    /// A sentence.
    pub const fn said(sentence: String) -> Self {
        Self(sentence)
    }

    /// A file that could not be used.
    pub fn file(path: &Path, fault: &std::io::Error) -> Self {
        Self(format!("{}: {fault}", path.display()))
    }
}

impl<R: std::fmt::Debug> From<Stop<R>> for CliError {
    fn from(stop: Stop<R>) -> Self {
        match stop {
            Stop::Denied => Self("the access rules do not allow this here".to_owned()),
            Stop::Refused(refused) => Self(format!("{refused:?}")),
            Stop::Fault(fault) => Self(fault.to_string()),
        }
    }
}

impl From<actions::Fault> for CliError {
    fn from(fault: actions::Fault) -> Self {
        Self(fault.to_string())
    }
}

#[derive(Debug, Parser)]
#[command(name = "alongside", version, about = "Runs an advanced-practitioner programme: alongside, not above.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The folder with the data.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A PostgreSQL database instead of the folder's own, such as postgres://user:password@host/name
    #[arg(long, global = true, value_name = "URL", env = "ALONGSIDE_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Where to listen.
    #[arg(long, global = true, value_name = "ADDR", default_value = "127.0.0.1:8417")]
    listen: SocketAddr,
    /// Where to give figures to a Prometheus, such as 127.0.0.1:9417; not given unless asked for
    #[arg(long, global = true, value_name = "ADDR")]
    metrics: Option<SocketAddr>,
    /// How the lines on the standard error look
    #[arg(long, global = true, value_name = "FORM", value_enum, default_value = "text")]
    log: Form,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the college in the data folder (this is also what happens without a command)
    Serve,
    /// Serve a sample college with fictional people
    Demo {
        /// The sample's day, such as 2027-02-03
        #[arg(long, value_name = "DATE")]
        today: Option<Date>,
        /// Write the sample people, with passwords, to this file
        #[arg(long, value_name = "FILE")]
        accounts_json: Option<PathBuf>,
        /// Academic years of activity
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(i16).range(1..=10))]
        years: i16,
        /// How many people at least, to see how a larger college is borne
        #[arg(long, value_name = "N", default_value_t = 0)]
        staff: usize,
    },
    /// Bring in a file: staff into an empty folder as a new college, else any kind of file as changes
    Import(import::Import),
    /// Move the college to PostgreSQL, every row compared
    MoveDatabase {
        /// Where to, such as postgres://user:password@host/name
        to: String,
    },
    /// Examine the data folder and say in plain words what to do
    Doctor {
        /// The file of an identity, to try whether the latest backups open
        #[arg(long, value_name = "FILE")]
        identity: Option<PathBuf>,
    },
    /// Print a link with which somebody chooses a password
    SetUpLink {
        /// Whose, by e-mail address
        email: String,
    },
    /// Write a sealed backup of the database and one of the keyring, beside the program that serves
    Backup(backup::Backup),
    /// Bring a backup back into an empty data folder
    Restore(backup::Restore),
    /// Look into the audit log
    #[command(subcommand)]
    Audit(audit::Audit),
    /// The statistics behind the reports, for analysts: answers from files, no data folder
    #[command(subcommand)]
    Evidence(evidence::Evidence),
    /// Plan practitioners for needs from a file, with a bound on how much better any plan could be
    Allocate(Box<allocate::Allocate>),
    /// Print which scripts this program holds, and compare what a running one serves
    Verify {
        /// Where it runs, such as http://127.0.0.1:8417
        address: Option<String>,
    },
}

/// Reads the command line and does it.
///
/// # Errors
/// A sentence for whoever typed it.
pub async fn run() -> Result<(), CliError> {
    let cli = Cli::parse();
    logs::begin(cli.log).map_err(|fault| CliError(fault.to_string()))?;
    let at = Addresses { pages: cli.listen, metrics: cli.metrics };
    let folder = |usual: &str| {
        Folder::at(cli.data.clone().unwrap_or_else(|| PathBuf::from(usual))).with(cli.database.as_deref())
    };
    match cli.command {
        None | Some(Command::Serve) => serve::college(&folder("alongside-data"), at).await,
        Some(Command::Demo { today, accounts_json, years, staff }) => {
            let size = Size { years, staff };
            serve::demo(&folder("alongside-demo"), at, (today, accounts_json), size).await
        }
        Some(Command::Import(asked)) => import::bring_in(&folder("alongside-data"), &asked).await,
        Some(Command::MoveDatabase { to }) => move_database::to(&folder("alongside-data"), &to).await,
        Some(Command::Doctor { identity }) => doctor::examine(&folder("alongside-data"), identity.as_deref()).await,
        Some(Command::SetUpLink { email }) => set_up_link::print(&folder("alongside-data"), cli.listen, &email).await,
        Some(Command::Backup(asked)) => backup::make(&folder("alongside-data"), &asked).await,
        Some(Command::Restore(asked)) => backup::bring_back(&folder("alongside-data"), &asked).await,
        Some(Command::Audit(audit::Audit::Verify)) => audit::verify(&folder("alongside-data")).await,
        Some(Command::Evidence(asked)) => evidence::answer(&asked),
        Some(Command::Allocate(asked)) => allocate::answer(*asked).await,
        Some(Command::Verify { address }) => verify::compare(address.as_deref()),
    }
}
