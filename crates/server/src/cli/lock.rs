//! One program for each data folder (R-RUN-1): a file in it that the one that writes keeps locked.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use super::CliError;

/// The folder is ours until this is dropped; the machine lets go of it too when the program ends in any way.
#[derive(Debug)]
#[must_use]
pub struct Held(#[expect(dead_code, reason = "kept open, because closing it gives the folder free")] File);

/// Takes a folder for this program alone.
///
/// # Errors
/// A sentence: who holds it and what to do, or that the folder cannot be used.
pub fn hold(folder: &Path) -> Result<Held, CliError> {
    std::fs::create_dir_all(folder).map_err(|fault| CliError::file(folder, &fault))?;
    let path = folder.join("alongside.lock");
    let opened = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
    let mut file = opened.map_err(|fault| CliError::file(&path, &fault))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(taken(folder, &mut file)),
        Err(TryLockError::Error(fault)) => {
            return Err(CliError::said(format!(
                "{} cannot be locked ({fault}). Keep the data folder on a disk of this machine, not on a network drive.",
                path.display()
            )));
        }
    }
    let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
    noted.map_err(|fault| CliError::file(&path, &fault))?;
    Ok(Held(file))
}

fn taken(folder: &Path, file: &mut File) -> CliError {
    let mut text = String::new();
    // Only who it is depends on it: where a locked file cannot be read, the sentence does without.
    let who = match file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse::<u32>().ok()) {
        Some(process) => format!("Another Alongside (process {process})"),
        None => "Another Alongside".to_owned(),
    };
    CliError::said(format!(
        "{who} is at work in {}. Stop it first, or choose another folder with --data.",
        folder.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-RUN-1.
    #[test]
    fn a_folder_has_one_program_and_a_second_one_is_told_which() {
        let folder = tempfile::tempdir().unwrap();
        let held = hold(folder.path()).unwrap();
        let refused = hold(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
        assert!(refused.contains("Stop it first"), "{refused}");
        drop(held);
        let _again = hold(folder.path()).unwrap();
    }

    /// R-RUN-1.
    #[test]
    fn what_a_program_that_was_killed_left_behind_stops_nobody() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("alongside.lock"), "4294967\n").unwrap();
        let _held = hold(folder.path()).unwrap();
        let text = std::fs::read_to_string(folder.path().join("alongside.lock")).unwrap();
        assert_eq!(text.trim(), std::process::id().to_string());
    }
}
