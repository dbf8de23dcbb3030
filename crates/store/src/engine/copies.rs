//! Copies of a database file that are put beside it before an upgrade (R-RUN-7).

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::db::Fault;

fn named(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn fault(fault: &std::io::Error) -> Fault {
    match fault.kind() {
        ErrorKind::StorageFull => Fault::Full,
        kind => Fault::Database(format!("the copy before the upgrade could not be kept: {kind}")),
    }
}

/// Has a copy made, under another name until it is whole.
pub(crate) fn keep(file: &Path, steps: usize, make: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<(), Fault> {
    let (part, whole) = (named(file, ".copying"), named(file, &format!(".before-{steps}")));
    match std::fs::remove_file(&part) {
        Err(gone) if gone.kind() != ErrorKind::NotFound => return Err(fault(&gone)),
        _ => {}
    }
    make(&part)?;
    std::fs::rename(&part, &whole).map_err(|not| fault(&not))
}

/// Removes copies that were made before an instant: what was deleted since stands in them (R-RET-2).
pub(crate) fn drop_older(file: &Path, before: Timestamp) -> Result<(), Fault> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    let start = format!("{}.before-", name.to_string_lossy());
    for entry in std::fs::read_dir(folder).map_err(|not| fault(&not))? {
        let entry = entry.map_err(|not| fault(&not))?;
        let made = entry.metadata().and_then(|told| told.modified()).map_err(|not| fault(&not))?;
        let old = Timestamp::try_from(made).is_ok_and(|made| made < before);
        if old && entry.file_name().to_string_lossy().starts_with(&start) {
            std::fs::remove_file(entry.path()).map_err(|not| fault(&not))?;
        }
    }
    Ok(())
}

/// Removes the copies of other upgrades than the one from so many steps.
pub(crate) fn drop_others(file: &Path, steps: usize) -> Result<(), Fault> {
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else { return Ok(()) };
    let (start, kept) = (format!("{}.before-", name.to_string_lossy()), named(file, &format!(".before-{steps}")));
    for entry in std::fs::read_dir(folder).map_err(|not| fault(&not))? {
        let path = entry.map_err(|not| fault(&not))?.path();
        let copy = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&start));
        if copy && path != kept {
            std::fs::remove_file(&path).map_err(|not| fault(&not))?;
        }
    }
    Ok(())
}
