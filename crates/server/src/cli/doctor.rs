//! `alongside doctor`: examines the folder and what is in it, and says in plain words what to do (R-RUN-3).

use std::path::Path;
use std::sync::Arc;

use actions::backup::container::Identity;
use actions::backup::look;
use actions::chance::Machine;
use actions::desk::{Desk, House};
use actions::health::{self, Finding, Standing};
use actions::{Gate, Stop};

use super::folder::Folder;
use super::{CliError, backup};
use crate::backups::Settings;
use crate::clock::{Clock, machine};

/// Less free space than this, and the next days are in danger.
const SHORT_BYTES: u64 = 200 << 20;
/// Less than this, and somebody should make room.
const SCARCE_BYTES: u64 = 1 << 30;
/// No clock that is set right shows a time before 2025, when there was no Alongside.
const WRITTEN: i64 = 1_735_689_600;

/// Examines a folder and prints what was found.
///
/// # Errors
/// How many things have to be put right.
pub async fn examine(folder: &Folder, identity: Option<&Path>) -> Result<(), CliError> {
    let identity = identity.map(backup::identity).transpose()?;
    println!("Alongside {} looks at {}.\n", env!("CARGO_PKG_VERSION"), folder.path().display());
    if !folder.is_filled() {
        println!("There is no college in this folder, so there is nothing to look at.");
        println!("To begin, run `alongside`; to look into another folder, give it with --data.");
        return Ok(());
    }
    let mut findings = vec![writable(folder.path()), space(folder.path()), now(), held(folder)];
    findings.extend(inside(folder, identity).await);
    for finding in &findings {
        let mark = match finding.standing {
            Standing::Well => "well ",
            Standing::Look => "look ",
            Standing::Wrong => "wrong",
        };
        println!("{mark}  {}", finding.sentence);
        if !finding.remedy.is_empty() {
            println!("       → {}", finding.remedy);
        }
    }
    let count = |standing| findings.iter().filter(|finding| finding.standing == standing).count();
    match (count(Standing::Wrong), count(Standing::Look)) {
        (0, 0) => println!("\nAll is well."),
        (0, 1) => println!("\nNothing is wrong; one thing is worth a look."),
        (0, more) => println!("\nNothing is wrong; {more} things are worth a look."),
        (1, _) => return Err(CliError::said("\nOne thing has to be put right.".to_owned())),
        (more, _) => return Err(CliError::said(format!("\n{more} things have to be put right."))),
    }
    Ok(())
}

fn writable(folder: &Path) -> Finding {
    let file = folder.join("alongside.doctor");
    match std::fs::write(&file, "x").and_then(|()| std::fs::remove_file(&file)) {
        Ok(()) => Finding::well("The folder can be written to."),
        Err(fault) => Finding::wrong(
            format!("The folder cannot be written to ({fault})."),
            "Give it to the account that runs Alongside, and see that its disk is not read-only.",
        ),
    }
}

fn space(folder: &Path) -> Finding {
    match fs4::available_space(folder) {
        Ok(free) if free < SHORT_BYTES => Finding::wrong(
            format!("Only {} MB are free on the folder's disk.", free >> 20),
            "Make room now: when the disk is full, nothing more can be saved.",
        ),
        Ok(free) if free < SCARCE_BYTES => {
            Finding::look(format!("{} MB are free on the folder's disk.", free >> 20), "Make room before long.")
        }
        Ok(free) => Finding::well(format!("{} GB are free on the folder's disk.", free >> 30)),
        Err(fault) => Finding::look(
            format!("How much space is free could not be found out ({fault})."),
            "Look at it with the tools of the machine.",
        ),
    }
}

fn now() -> Finding {
    if machine().as_second() < WRITTEN {
        Finding::wrong(
            "The machine's clock is behind: it shows a time before there was an Alongside.",
            "Set the clock.",
        )
    } else {
        Finding::well("The machine's clock shows a time that can be.")
    }
}

fn held(folder: &Folder) -> Finding {
    match folder.hold() {
        Ok(held) => {
            drop(held);
            Finding::look("No program serves this folder at the moment.", "To serve it, run `alongside`.")
        }
        Err(_) => Finding::well("A program is at work in this folder."),
    }
}

/// What can be said only after the database was opened. Nothing is brought up to date on the way.
async fn inside(folder: &Folder, identity: Option<Identity>) -> Vec<Finding> {
    let gate = match Gate::new() {
        Ok(gate) => gate,
        Err(fault) => {
            return vec![Finding::wrong(
                format!("The access rules did not pass their own check: {fault}."),
                "Nothing is served like this. Install the program again from where you have it.",
            )];
        }
    };
    let mut findings = vec![Finding::well("The access rules passed their own check.")];
    let opened = async {
        let store = folder.as_it_stands().await?;
        let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
        let ahead = house.frame().programme.clock_ahead;
        let desk = Desk::new(Arc::clone(&house), Clock::Machine.now(ahead));
        let mut found = health::examine(&desk).await?;
        match Settings::in_folder(folder.path()) {
            Ok(settings) => found.extend(look::examine(&desk, &settings.plan(folder.path()), identity).await?),
            Err(wrong) => found.push(Finding::wrong(format!("{wrong}."), "Put the line right (docs/run/backup.md).")),
        }
        house.store.clone().close().await?;
        Ok(found)
    };
    match opened.await {
        Ok(found) => findings.extend(found),
        Err(Stop::Fault(actions::Fault::Missing("programme"))) => findings.push(Finding::look(
            "No college is live in this folder yet.",
            "Go on setting it up: run `alongside` and open the address it prints.",
        )),
        Err(Stop::Fault(fault)) => findings.push(Finding::wrong(
            format!("The database could not be read: {fault}."),
            "If it says that it is damaged, keep the folder as it is and go back to your last backup (docs/run/backup.md).",
        )),
        Err(_) => findings.push(Finding::wrong(
            "The access rules do not let this command look into the database.",
            "Install the program again from where you have it.",
        )),
    }
    findings
}
