//! A folder of backups: their names, which hold when they were made, and their days (R-BAK-4). Only files whose name we wrote
//! are ever removed.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// What a file is a backup of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// The database.
    Database,
    /// The keyring.
    Keyring,
}

const STAMP: &str = "%Y-%m-%d-%H%M%S";
const DAY_SECONDS: i64 = 24 * 3600;

impl Sort {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Database => "alongside-",
            Self::Keyring => "keyring-",
        }
    }

    /// The name of a file made at an instant; the time in it is that of Greenwich.
    pub fn name(self, at: Timestamp) -> String {
        format!("{}{}.age", self.prefix(), at.to_zoned(TimeZone::UTC).strftime(STAMP))
    }

    /// When a file of this name was made; nothing if we did not write the name.
    pub fn made(self, name: &str) -> Option<Timestamp> {
        let stamp = name.strip_prefix(self.prefix())?.strip_suffix(".age")?;
        let at = DateTime::strptime(STAMP, stamp).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
        // Other ways to write the same instant are not ours.
        (self.name(at) == name).then_some(at)
    }
}

/// A backup that lies in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lying {
    /// When it was made.
    pub made: Timestamp,
    /// Where it lies.
    pub path: PathBuf,
}

/// Every backup of a sort in a folder, the oldest first; none where there is no folder.
///
/// # Errors
/// A folder that cannot be read.
pub fn lying(folder: &Path, sort: Sort) -> Result<Vec<Lying>> {
    let mut found = named(folder, |name| sort.made(name))?;
    found.sort();
    Ok(found)
}

fn named(folder: &Path, made: impl Fn(&str) -> Option<Timestamp>) -> Result<Vec<Lying>> {
    let entries = match std::fs::read_dir(folder) {
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(made) = name.and_then(&made) {
            found.push(Lying { made, path });
        }
    }
    Ok(found)
}

/// Removes backups of a sort that are older than so many days, and what a program that was killed left half written; says
/// how many backups went.
///
/// # Errors
/// A file that cannot be removed.
pub fn clear(folder: &Path, sort: Sort, (now, days): (Timestamp, i64)) -> Result<usize> {
    let old = |lying: &Lying, days: i64| now.as_second() - lying.made.as_second() > days * DAY_SECONDS;
    for half in named(folder, |name| sort.made(name.strip_suffix(".part")?))?.iter().filter(|half| old(half, 1)) {
        std::fs::remove_file(&half.path)?;
    }
    let past: Vec<Lying> = lying(folder, sort)?.into_iter().filter(|one| old(one, days)).collect();
    past.iter().try_for_each(|one| std::fs::remove_file(&one.path))?;
    Ok(past.len())
}

/// Makes a folder that nobody else on the machine reads, if need be.
///
/// # Errors
/// It cannot be made.
pub fn private_folder(folder: &Path) -> Result<()> {
    let mut make = DirBuilder::new();
    make.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut make, 0o700);
    make.create(folder)
}

/// Makes a file that nobody else on the machine reads; one that is there already is left alone.
///
/// # Errors
/// It is there already, or cannot be made.
pub fn private_file(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Has a backup written, whole or not at all: under another name until it is on the disk.
///
/// # Errors
/// It cannot be written, or one of this second is there already.
pub fn put<T, E: From<Error>>(
    folder: &Path,
    (sort, at): (Sort, Timestamp),
    write: impl FnOnce(&File) -> std::result::Result<T, E>,
) -> std::result::Result<(PathBuf, T), E> {
    private_folder(folder)?;
    let whole = folder.join(sort.name(at));
    if whole.exists() {
        return Err(Error::from(ErrorKind::AlreadyExists).into());
    }
    let part = folder.join(format!("{}.part", sort.name(at)));
    let file = private_file(&part)?;
    let done = write(&file).and_then(|done| {
        file.sync_all()?;
        std::fs::rename(&part, &whole)?;
        settle(folder)?;
        Ok(done)
    });
    if done.is_err() {
        discard(&part);
    }
    done.map(|done| (whole, done))
}

/// Removes a file that is not wanted, if it is there.
pub fn discard(path: &Path) {
    if let Err(fault) = std::fs::remove_file(path)
        && fault.kind() != ErrorKind::NotFound
    {
        tracing::warn!(why = %fault.kind(), "a half-written file could not be removed");
    }
}

/// Has the names in a folder on the disk too.
///
/// # Errors
/// The disk says no.
pub fn settle(folder: &Path) -> Result<()> {
    // Elsewhere a folder cannot be opened, and a name is on the disk when it was given.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// R-BAK-4
    #[test]
    fn only_a_name_that_we_wrote_says_when_it_was_made() {
        let made = at("2026-11-22T01:02:03Z");
        assert_eq!(Sort::Database.name(made), "alongside-2026-11-22-010203.age");
        assert_eq!(Sort::Keyring.made("keyring-2026-11-22-010203.age"), Some(made));
        for other in [
            "alongside-2026-11-22-010203.age",
            "keyring-2026-11-22-010203.age.part",
            "keyring-2026-11-22-10203.age",
            "keyring-2026-13-22-010203.age",
            "keyring-old.age",
            "keyring.db",
            "my-keyring-2026-11-22-010203.age",
        ] {
            assert_eq!(Sort::Keyring.made(other), None, "{other}");
        }
    }

    /// R-BAK-4
    #[test]
    fn a_keyring_goes_after_its_days_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str| std::fs::write(folder.path().join(name), "x").unwrap();
        let kept = [
            "keyring-2026-11-08-120000.age",
            "keyring-2026-11-22-110000.age.part",
            "alongside-2025-01-01-000000.age",
            "keyring-2025-01-01-000000.age.mine",
            "keyring.db",
        ];
        let gone =
            ["keyring-2026-11-08-115959.age", "keyring-2025-01-01-000000.age", "keyring-2026-11-20-110000.age.part"];
        kept.iter().chain(&gone).for_each(|name| put(name));
        assert_eq!(clear(folder.path(), Sort::Keyring, (at("2026-11-22T12:00:00Z"), 14)).unwrap(), 2);
        let there = |name: &&str| folder.path().join(name).exists();
        assert!(kept.iter().all(there) && !gone.iter().any(there));
        assert_eq!(clear(&folder.path().join("nowhere"), Sort::Keyring, (at("2026-11-22T12:00:00Z"), 14)).unwrap(), 0);
    }

    /// R-BAK-1
    #[test]
    fn a_backup_is_there_whole_or_not_at_all_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (shelf, now) = (folder.path().join("backups"), at("2026-11-22T01:02:03Z"));
        let broken: Result<_> = put(&shelf, (Sort::Database, now), |mut file| {
            file.write_all(b"half")?;
            Err::<(), _>(Error::other("no more"))
        });
        assert!(broken.is_err());
        assert_eq!(std::fs::read_dir(&shelf).unwrap().count(), 0);
        let (path, ()) = put(&shelf, (Sort::Database, now), |mut file| file.write_all(b"whole")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert_eq!(lying(&shelf, Sort::Database).unwrap(), [Lying { made: now, path: path.clone() }]);
        let again: Result<_> = put(&shelf, (Sort::Database, now), |mut file| file.write_all(b"other"));
        assert_eq!(again.unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(&shelf)), (0o600, 0o700));
        }
    }
}
