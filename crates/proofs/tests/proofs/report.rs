//! What was proved, in numbers, for whoever asks by `PROOFS_REPORT`.

use std::fs::OpenOptions;
use std::io::Write;

/// Adds lines of a name and a number to the file that `PROOFS_REPORT` names.
pub fn add(counts: &[(String, usize)]) {
    let Some(path) = std::env::var_os("PROOFS_REPORT") else { return };
    let text: String = counts.iter().map(|(name, count)| format!("{name}: {count}\n")).collect();
    let written =
        OpenOptions::new().append(true).create(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    assert!(written.is_ok(), "the report could not be written: {written:?}");
}
