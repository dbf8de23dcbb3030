//! `alongside backup` and `alongside restore` (R-BAK-1, R-BAK-6).

use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::backup::container::{Identity, Recipient};
use actions::backup::{self, KEYRING_DAYS, Maker, Plan, Written, shelf};
use actions::chance::Machine;
use actions::desk::{Desk, House};
use actions::restore::{self, KeyringState, Wanted};
use actions::{Gate, Stop};
use clap::Args;

use super::CliError;
use super::folder::{Folder, Opened};
use crate::backups::Settings;
use crate::clock::{Clock, machine};

/// What `alongside backup` is told.
#[derive(Debug, Args)]
pub struct Backup {
    /// The folder to write into, in place of those in backup.conf
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Whom to seal it to, in place of those in backup.conf; may stand several times
    #[arg(long = "recipient", value_name = "AGE1…")]
    recipients: Vec<Recipient>,
    /// Make no backup, but an identity that opens backups, in a new file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["to", "recipients"])]
    new_identity: Option<PathBuf>,
}

/// What `alongside restore` is told.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup of the database
    file: PathBuf,
    /// The file of the identity that opens it
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// The backup of the keyring, without which nobody opens what was said
    #[arg(long, value_name = "FILE")]
    keyring: Option<PathBuf>,
}

fn told<R: Display>(stop: Stop<R>) -> CliError {
    match stop {
        Stop::Denied => CliError::said("The access rules do not allow this here.".to_owned()),
        Stop::Refused(refused) => CliError::said(format!("{refused}.")),
        Stop::Fault(fault) => CliError::said(format!("Nothing was done: {fault}.")),
    }
}

/// What a folder's settings and the command line together mean.
fn plan(folder: &Folder, asked: &Backup) -> Result<Plan, CliError> {
    let settings = Settings::in_folder(folder.path()).map_err(|wrong| CliError::said(wrong.to_string()))?;
    let mut plan = settings.plan(folder.path());
    if let Some(to) = &asked.to {
        // Whoever names a folder wants both there, to carry them away.
        (plan.folder, plan.keyring_folder) = (to.clone(), to.clone());
    }
    if !asked.recipients.is_empty() {
        plan.recipients.clone_from(&asked.recipients);
    }
    Ok(plan)
}

/// Makes a backup beside the program that may be serving, or an identity.
///
/// # Errors
/// A sentence: what is missing, or what said no.
pub async fn make(folder: &Folder, asked: &Backup) -> Result<(), CliError> {
    if let Some(file) = &asked.new_identity {
        return new_identity(file);
    }
    if !folder.is_filled() {
        return Err(CliError::said(format!("There is no college in {} yet.", folder.path().display())));
    }
    let plan = plan(folder, asked)?;
    let Opened { store, gate } = folder.open_beside().await?;
    let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
    let ahead = house.frame().programme.clock_ahead;
    let desk = Desk::new(Arc::clone(&house), Clock::Machine.now(ahead));
    let made = backup::make(&desk, Maker::Command, &plan).await.map_err(told)?;
    house.store.clone().close().await?;
    say("The database", &made.database);
    match &made.keyring {
        Some(keyring) => {
            say("The keyring", keyring);
            println!(
                "Both are needed to read what was said; keep them apart. The keyring's is removed after {KEYRING_DAYS} days, so \
                 make one often."
            );
        }
        None => println!("There is no keyring yet: nobody has made keys."),
    }
    Ok(())
}

fn say(what: &str, written: &Written) {
    println!("{what}: {} ({} kB inside)", written.path.display(), written.bytes.div_ceil(1024));
}

fn new_identity(file: &Path) -> Result<(), CliError> {
    let (text, recipient) = Identity::make(machine());
    let made = shelf::private_file(file).and_then(|mut new| {
        new.write_all(text.as_bytes())?;
        new.sync_all()
    });
    made.map_err(|fault| CliError::file(file, &fault))?;
    println!("{} opens what is sealed to this recipient:\n\n  recipient = {recipient}\n", file.display());
    println!(
        "Write that line into backup.conf in the data folder. Take the file away from this machine and keep it safe, twice:"
    );
    println!("whoever has it reads the backups, and without it nobody does.");
    Ok(())
}

/// Reads the file of an identity.
///
/// # Errors
/// A sentence: it cannot be read, or holds none.
pub fn identity(file: &Path) -> Result<Identity, CliError> {
    let text = std::fs::read_to_string(file).map_err(|fault| CliError::file(file, &fault))?;
    Identity::read(&text).map_err(|not| CliError::said(format!("{}: {not}.", file.display())))
}

/// Brings a backup back into an empty folder, and into an empty PostgreSQL database if one is given.
///
/// # Errors
/// A sentence: what is wrong with the file or the place.
pub async fn bring_back(folder: &Folder, asked: &Restore) -> Result<(), CliError> {
    let identity = identity(&asked.identity)?;
    shelf::private_folder(folder.path()).map_err(|fault| CliError::file(folder.path(), &fault))?;
    let _held = folder.hold()?;
    let gate = Gate::new().map_err(|fault| CliError::said(fault.to_string()))?;
    let (file, keyring) = (asked.file.as_path(), asked.keyring.as_deref());
    let wanted = Wanted { file, keyring, identity, data: folder.path(), url: folder.url() };
    let back = restore::bring_back(&gate, &wanted, (machine(), Arc::new(Machine))).await.map_err(told)?;
    println!(
        "The college is back in {} as it was at {} (UTC).",
        folder.path().display(),
        back.made.strftime("%F %H:%M")
    );
    println!("{}", keyring_words(back.keyring));
    println!(
        "Look it over with `alongside doctor`, then start the program. Mail and backup settings are not in a backup."
    );
    Ok(())
}

const fn keyring_words(state: KeyringState) -> &'static str {
    match state {
        KeyringState::NotNeeded => "No keyring is needed: nobody had made keys.",
        KeyringState::Whole => {
            "The keyring is back too: what was said opens again, with the keys of those who said it."
        }
        KeyringState::Older => {
            "The keyring is back, but lacks keys that the database needs: it is older, or another one. What was said under \
             those keys does not open. If you have a later backup of the keyring, restore again with that one."
        }
        KeyringState::Missing => {
            "The keyring is missing, so nobody can open what was said, not even those who said it. If there is a backup of it, \
             empty this folder and restore again with --keyring."
        }
    }
}
