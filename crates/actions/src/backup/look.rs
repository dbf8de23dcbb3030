//! Whether backups are there, fresh and can be opened: findings for whoever runs the machine (R-BAK-5). No person, nothing of
//! support.

use std::fs::File;
use std::io::{BufReader, sink};

use jiff::Timestamp;
use policies::Permit;
use policies::acts::ExamineFolder;
use policies::facts::Actor;

use super::Plan;
use super::container::{self, Content, Identity};
use super::shelf::{self, Lying, Sort};
use crate::desk::{Desk, Never, Stop};
use crate::health::{Finding, Standing};

const HOUR: i64 = 3600;
/// A backup of every night is never older than this.
const FRESH_HOURS: i64 = 26;
/// Later than this, nights were missed that should not be.
const STALE_HOURS: i64 = 3 * 24;

const LOST: &str =
    "If keyring.db were lost now, nobody could open what was said ever again, not even with a backup of the database.";

/// Examines the backups. `planned`: whether the settings name a recipient, so that backups are expected.
///
/// # Errors
/// Denied for anybody but the command line.
pub async fn examine(desk: &Desk, plan: &Plan, identity: Option<Identity>) -> Result<Vec<Finding>, Stop<Never>> {
    let permit = desk.house.gate.permit::<ExamineFolder>(&Actor::CommandLine, &desk.frame.programme.facts, &())?;
    let (plan, now, keyed) = (plan.clone(), desk.now, desk.house.store.keyring().file().exists());
    let looked = tokio::task::spawn_blocking(move || look(&permit, &plan, (now, keyed), identity.as_ref())).await;
    Ok(looked.unwrap_or_else(|_| vec![Finding::wrong("The backups could not be looked at.", "Try it again.")]))
}

fn look(
    _permit: &Permit<ExamineFolder>,
    plan: &Plan,
    (now, keyed): (Timestamp, bool),
    identity: Option<&Identity>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if plan.recipients.is_empty() {
        findings.push(Finding::look(
            "No recipient of backups is named in backup.conf, so none is made at night.",
            "Read docs/run/backup.md: an identity is made in a minute.",
        ));
    }
    let sorts = [(Sort::Database, "database", &plan.folder), (Sort::Keyring, "keyring", &plan.keyring_folder)];
    for (sort, of, folder) in sorts {
        if sort == Sort::Keyring && !keyed {
            findings.push(Finding::well("There is no keyring yet, so there is nothing of it to back up."));
            continue;
        }
        let lying = match shelf::lying(folder, sort) {
            Ok(lying) => lying,
            Err(fault) => {
                let sentence = format!("The folder with backups of the {of} cannot be read ({}).", fault.kind());
                findings.push(Finding::wrong(sentence, "Give it to the account that runs Alongside."));
                continue;
            }
        };
        let Some(latest) = lying.last() else {
            findings.push(missing(of, (sort, !plan.recipients.is_empty())));
            continue;
        };
        findings.push(fresh(of, now.as_second() - latest.made.as_second()));
        findings.push(sealed((latest, sort), (of, plan), identity));
    }
    findings
}

fn missing(of: &str, (sort, planned): (Sort, bool)) -> Finding {
    let why = if sort == Sort::Keyring { format!(" {LOST}") } else { String::new() };
    Finding {
        standing: if planned { Standing::Wrong } else { Standing::Look },
        sentence: format!("There is no backup of the {of}.{why}"),
        remedy: "Run `alongside backup`; docs/run/backup.md says how to have one every night.".to_owned(),
    }
}

fn fresh(of: &str, seconds: i64) -> Finding {
    let hours = seconds.max(0) / HOUR;
    let age = match hours {
        0 => "less than an hour".to_owned(),
        1 => "an hour".to_owned(),
        2..48 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    };
    let sentence = format!("The latest backup of the {of} is {age} old.");
    let remedy = "See whether the program runs at night and what its log says, or run `alongside backup`.";
    if hours <= FRESH_HOURS {
        Finding::well(sentence)
    } else if hours <= STALE_HOURS {
        Finding::look(sentence, remedy)
    } else {
        Finding::wrong(sentence, remedy)
    }
}

/// Whether the latest one opens, or without an identity what can be told from outside.
fn sealed((latest, sort): (&Lying, Sort), (of, plan): (&str, &Plan), identity: Option<&Identity>) -> Finding {
    let remedy = "Keep the file for a look into it, and run `alongside backup` at once.";
    let file = match File::open(&latest.path) {
        Ok(file) => BufReader::new(file),
        Err(fault) => {
            return Finding::wrong(format!("The backup of the {of} cannot be read ({}).", fault.kind()), remedy);
        }
    };
    if let Some(identity) = identity {
        let opened = container::open(file, identity).and_then(|opened| {
            let right = matches!((opened.manifest.content, sort), (Content::Keyring, Sort::Keyring))
                || (opened.manifest.content != Content::Keyring && sort == Sort::Database);
            opened.pour(&mut sink()).map(|_| right)
        });
        return match opened {
            Ok(true) => Finding::well(format!("The backup of the {of} opens and is whole.")),
            Ok(false) => Finding::wrong(format!("The backup of the {of} holds something else."), remedy),
            Err(not) => Finding::wrong(format!("The backup of the {of} does not open: {not}."), remedy),
        };
    }
    match container::addressed(file) {
        None => Finding::wrong(format!("The backup of the {of} is not sealed with age."), remedy),
        Some(count) if !plan.recipients.is_empty() && count != plan.recipients.len() => Finding::look(
            format!("The backup of the {of} is sealed to more or fewer recipients than backup.conf names."),
            "If you have just changed them, the next backup has the new ones.",
        ),
        Some(_) => Finding::well(format!(
            "The backup of the {of} is sealed with age. Whether it opens was not tried; with --identity it is."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BAK-5
    #[test]
    fn a_backup_is_fresh_for_a_night_and_missed_after_three_days() {
        let of = |hours: i64| fresh("database", hours * HOUR).standing;
        assert_eq!([0, 26].map(of), [Standing::Well; 2]);
        assert_eq!([27, 72].map(of), [Standing::Look; 2]);
        assert_eq!(of(73), Standing::Wrong);
        assert!(fresh("database", -5).sentence.contains("less than an hour"));
    }

    /// R-BAK-5
    #[test]
    fn what_a_lost_keyring_means_is_said_before_it_happens() {
        let found = missing("keyring", (Sort::Keyring, false));
        assert!(found.sentence.contains("nobody could open what was said"), "{}", found.sentence);
        assert_eq!(found.standing, Standing::Look);
        assert_eq!(missing("database", (Sort::Database, true)).standing, Standing::Wrong);
    }
}
