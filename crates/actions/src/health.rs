//! Whether the program and its data are in order: each finding a sentence, with what to do. No person, nothing of support.

use domain::people::Role;
use domain::period::{day_words, days_after};
use policies::acts::ExamineFolder;
use policies::facts::Actor;
use store::health::{self, Staffing};
use store::{Fault, Store};

use crate::desk::{Desk, Never, Stop};
use crate::mail::{Failure, MailState};

/// A year that ends within so many days wants its successor.
const SOON_DAYS: i64 = 60;
/// So many seconds of difference are no fault of a clock.
const ASTRAY_SECONDS: i64 = 24 * 3600;

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// In order.
    Well,
    /// Works, but somebody should look at it.
    Look,
    /// Has to be put right.
    Wrong,
}

/// Something that was examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it stands.
    pub standing: Standing,
    /// What was found.
    pub sentence: String,
    /// What to do; empty when there is nothing to do.
    pub remedy: String,
}

impl Finding {
    /// In order.
    pub fn well(sentence: impl Into<String>) -> Self {
        Self { standing: Standing::Well, sentence: sentence.into(), remedy: String::new() }
    }

    /// Works, but somebody should look at it.
    pub fn look(sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { standing: Standing::Look, sentence: sentence.into(), remedy: remedy.into() }
    }

    /// Has to be put right.
    pub fn wrong(sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { standing: Standing::Wrong, sentence: sentence.into(), remedy: remedy.into() }
    }
}

/// Whether the database answers. Reads no row, so no permit is asked for.
///
/// # Errors
/// When it does not.
pub async fn answers(store: &Store) -> Result<(), Fault> {
    health::answers(&store.read()).await
}

/// Examines the data of a college, for whoever runs commands on the machine (R-RUN-3).
///
/// # Errors
/// A fault of the database.
pub async fn examine(desk: &Desk) -> Result<Vec<Finding>, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<ExamineFolder>(&Actor::CommandLine, programme, &())?;
    let db = desk.read();
    let whole = health::whole(&db, &permit).await?;
    let latest = health::latest(&db, &permit).await?;
    let staffing = health::staffing(&db, &permit).await?;
    let mut findings = vec![database(whole), clock(latest.map(|at| at.as_second() - desk.now.as_second()))];
    findings.extend(keys(desk, &staffing)?);
    findings.extend(people(desk, &staffing));
    findings.push(safeguarding(staffing.safeguarded, crate::safeguarding::route(desk).await?.is_some()));
    findings.push(year(desk));
    findings.push(mail(&crate::mail::state(desk).await?));
    Ok(findings)
}

fn database(whole: bool) -> Finding {
    if whole {
        Finding::well("The database is whole.")
    } else {
        Finding::wrong(
            "The database is damaged.",
            "Stop the program, keep the folder as it is, and go back to your last backup (docs/run/backup.md).",
        )
    }
}

/// `ahead`: by how many seconds the last thing that happened lies in the future.
fn clock(ahead: Option<i64>) -> Finding {
    match ahead {
        Some(seconds) if seconds > ASTRAY_SECONDS => Finding::wrong(
            "The machine's clock is behind: something in the database happened later than now.",
            "Set the clock; a time service such as systemd-timesyncd keeps it right.",
        ),
        _ => Finding::well("The machine's clock agrees with what has happened."),
    }
}

/// The keyring, and who can be written to (R-WRD-7).
fn keys(desk: &Desk, staffing: &Staffing) -> Result<Vec<Finding>, Fault> {
    let title = &desk.frame.programme.title.one;
    let mut findings = Vec::new();
    let mut lost = staffing.unknown;
    for person in &staffing.keyed {
        lost |= desk.house.store.keyring().known_pepper(desk.institution(), *person)?.is_none();
    }
    if lost {
        findings.push(Finding::wrong(
            "The keyring is gone or is not the one of this database, so keys do not open.",
            "Put keyring.db back into the data folder from your last backup of it, with the program stopped (docs/run/backup.md).",
        ));
    } else if !staffing.keyed.is_empty() {
        findings
            .push(Finding::well("The keyring is there. Keep a copy of keyring.db apart from that of the database."));
    }
    if staffing.without_keys {
        findings.push(Finding::look(
            format!("Somebody who is a {title} has made no keys yet, so colleagues cannot write to them."),
            "Ask them all to open “Your keys” on their account page and make them.",
        ));
    }
    Ok(findings)
}

fn people(desk: &Desk, staffing: &Staffing) -> Vec<Finding> {
    let title = &desk.frame.programme.title.one;
    let mut findings = Vec::new();
    if !staffing.held.has(Role::Administrator) {
        findings.push(Finding::wrong(
            "Nobody is an administrator.",
            "Give somebody the role in the staff file and bring it in: `alongside import staff.csv`.",
        ));
    }
    if !staffing.held.has(Role::ProgrammeLead) {
        findings.push(Finding::wrong(
            "Nobody is programme lead.",
            "Give somebody the role in the staff file and bring it in: `alongside import staff.csv`.",
        ));
    }
    if !staffing.held.has(Role::Practitioner) {
        findings.push(Finding::look(format!("Nobody is a {title}."), "Add the role in the staff file."));
    }
    if staffing.without_hours {
        findings.push(Finding::look(
            format!("Somebody who is a {title} has published no support hours, so no times can be wished for."),
            "Ask them all to open “My practice” and publish when they can be met.",
        ));
    }
    if staffing.without_account {
        findings.push(Finding::look(
            "Not everybody has chosen a password yet.",
            "`alongside set-up-link ADDRESS` prints a link for one person.",
        ));
    }
    if findings.is_empty() {
        findings
            .push(Finding::well("There is an administrator, a lead and support hours, and everybody has an account."));
    }
    findings
}

/// Whether somebody at risk is heard: by telephone, and by what is passed on in the program (R-SAF-9).
fn safeguarding(keyed: bool, telephone: bool) -> Finding {
    match (telephone, keyed) {
        (false, _) => Finding::look(
            "No telephone number is entered for when somebody is at risk.",
            "The programme lead or an administrator enters it on the page /programme/safeguarding.",
        ),
        (true, false) => Finding::look(
            "No active safeguarding lead has made keys, so nothing can be passed to them in the program.",
            "Ask them to make keys under “Your account”; until then the telephone number stands on the page.",
        ),
        (true, true) => {
            Finding::well("When somebody is at risk, there is a number to call and a lead who can be written to.")
        }
    }
}

fn mail(state: &MailState) -> Finding {
    let remedy = state.failure.map_or("Read docs/run/mail.md.", Failure::words);
    if state.stuck_since.is_some() {
        Finding::look("Mail waits because it could not be delivered.", remedy)
    } else if state.given_up {
        Finding::look("Mail was given up in the last thirty days.", remedy)
    } else {
        Finding::well("No mail is stuck.")
    }
}

fn year(desk: &Desk) -> Finding {
    match desk.frame.calendar.terms.last() {
        None => Finding::wrong("The programme has no terms.", "Add the terms of this year and the next."),
        Some(last) if last.ends < desk.today() => Finding::wrong(
            "The last term that the program knows is over.",
            "Add the terms of this year: without them nothing can be planned.",
        ),
        Some(last) if last.ends < days_after(desk.today(), SOON_DAYS) => {
            let ends = format!("{} {}", day_words(last.ends), last.ends.year());
            Finding::look(format!("The last term that the program knows ends on {ends}."), "Add the next year.")
        }
        Some(last) => {
            Finding::well(format!("The program knows the terms until {} {}.", day_words(last.ends), last.ends.year()))
        }
    }
}
