//! Every column that holds typed words is told in docs/rules/free-text.md; every other column of text is told here.

use std::collections::BTreeSet;
use std::path::Path;

use crate::college::House;

/// Columns of text into which nobody types: what stands in them instead.
const NOT_TYPED: &[(&str, &str)] = &[
    ("import_change.field", "a choice"),
    ("import_file.kind", "a choice"),
    ("import_file.state", "a choice"),
    ("import_file.told", "the program's own sentence"),
    ("import_heading.field", "a choice"),
    ("import_heading.kind", "a choice"),
    ("import_sheet.matching", "choices"),
    ("relation.kind", "a choice"),
    ("relation.role", "a code"),
    ("relation.starts", "a day"),
    ("relation.until", "a day"),
    ("remission.unit", "a choice"),
    ("specialism.kind", "a choice"),
    ("specialism.phase", "a choice"),
    ("academic_year.census", "a day"),
    ("academic_year.ends", "a day"),
    ("academic_year.starts", "a day"),
    ("account_line.what", "a choice"),
    ("board_week.room", "a choice"),
    ("board_week.week", "a day"),
    ("credential.hash", "a hash"),
    ("disclosure.category", "a choice"),
    ("disclosure.opened", "a day"),
    ("disclosure.reason", "a choice"),
    ("disclosure.reminded", "a day"),
    ("disclosure.review", "a day"),
    ("disclosure.told", "a day"),
    ("disclosure_decision.day", "a day"),
    ("disclosure_decision.reason", "a choice"),
    ("disclosure_grant.giver_kid", "a thumbprint"),
    ("disclosure_grant.giver_sealing", "a public key"),
    ("disclosure_grant.giver_signing", "a public key"),
    ("disclosure_grant.kid", "a thumbprint"),
    ("disclosure_grant.wrapped", "a wrapped key"),
    ("entry_purpose.purpose", "a choice"),
    ("event.act", "the name of an act"),
    ("event.detail", "ids and settings"),
    ("holiday.ends", "a day"),
    ("holiday.starts", "a day"),
    ("hours_entry.day", "a day"),
    ("identifier.kind", "a choice"),
    ("key_set.kid", "a thumbprint"),
    ("key_set.sealing", "a public key"),
    ("key_set.signing", "a public key"),
    ("key_set.vault", "sealed keys"),
    ("mail_choice.rhythm", "a choice"),
    ("mail_round.day", "a day"),
    ("mail_round.kind", "a choice"),
    ("meeting.form", "a choice"),
    ("meeting.state", "a choice"),
    ("offer.form", "a choice"),
    ("outbox.failure", "a choice"),
    ("outbox.matter", "a choice"),
    ("outbox.secret", "chance"),
    ("person.roles", "codes"),
    ("person_look.day", "a day"),
    ("person_look.what", "a choice"),
    ("programme.model", "a choice"),
    ("programme.zone", "a choice"),
    ("sealed_item.kind", "a choice"),
    ("session.csrf", "chance"),
    ("session.device", "a choice of words for a kind of browser"),
    ("session.token", "a hash"),
    ("set_up_link.token", "a hash"),
    ("set_up_step.step", "a choice"),
    ("audit_entry.content", "an act and ids; of a thread under its shred key"),
    ("audit_entry.day", "a day"),
    ("audit_entry.hash", "a hash"),
    ("sealed_entry.sealed", "which entry of hours came of a thread, under its shred key"),
    ("sealed_participant.sealed", "who takes part, under the thread's shred key"),
    ("term_use.sealed", "that somebody used support in a term, under the year's key"),
    ("thread_warning.day", "a day"),
    ("term.ends", "a day"),
    ("term.starts", "a day"),
    ("thread.formality", "a choice"),
    ("thread.place", "a choice"),
    ("thread.span", "a choice"),
    ("thread.stage", "a choice"),
    ("thread.why", "a choice"),
    ("thread_grant.kid", "a thumbprint"),
    ("thread_grant.wrapped", "a wrapped key"),
    ("thread_look.day", "a day"),
    ("unlock_slot.slot", "a choice"),
    ("unlock_slot.wrapped", "a wrapped key"),
];

/// R-TXT-1
#[tokio::test]
async fn every_column_that_holds_typed_words_is_told() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules/free-text.md");
    let page = std::fs::read_to_string(file).expect("the page");
    let (_, part) = page.split_once("\n## Columns\n").expect("a heading");
    let part = part.split("\n## ").next().unwrap_or_default();
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned));
    let told: BTreeSet<String> = rows.collect();
    let house = House::new().await;
    let kinds = ["uuid", "int", "bool", "blob", "bytea"];
    let columns = house.sql().columns();
    let texts = columns.into_iter().filter(|column| !kinds.iter().any(|kind| column.kind.contains(kind)));
    let texts: BTreeSet<String> = texts.map(|column| column.path()).collect();
    let others: BTreeSet<String> = NOT_TYPED.iter().map(|(path, _)| (*path).to_owned()).collect();
    let twice: Vec<_> = told.intersection(&others).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let both: BTreeSet<String> = told.union(&others).cloned().collect();
    assert_eq!(
        texts, both,
        "a column of text is new or gone: tell it in docs/rules/free-text.md, or here if nobody types in it"
    );
}
