//! OneRoster: a package of lists, or its list of users alone.

use std::io::{Cursor, Read};

use domain::staff_file::Table;
use domain::staff_file::oneroster::{self, Package};
use zip::ZipArchive;

use super::{MOST_BYTES, MOST_UNPACKED, Progress, Why, separated};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The name of a list in the package, wherever it lies there.
fn place(package: &Archive<'_>, list: &str) -> Option<String> {
    let mut names = package.file_names().flatten();
    let found = names.find(|name| name.rsplit('/').next().is_some_and(|last| last.eq_ignore_ascii_case(list)));
    found.map(|name| name.to_string())
}

/// Whether a ZIP file is a OneRoster package.
pub(super) fn is_package(bytes: &[u8]) -> bool {
    ZipArchive::new(Cursor::new(bytes)).is_ok_and(|package| place(&package, "users.csv").is_some())
}

/// Reads a package as a staff file.
pub(super) fn read(bytes: &[u8], progress: &Progress) -> Result<Table, Why> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Why::Damaged)?;
    if archive.decompressed_size().is_none_or(|size| size > u128::from(MOST_UNPACKED)) {
        return Err(Why::Unpacks);
    }
    let quiet = Progress::default();
    let package = Package {
        manifest: list(&mut archive, "manifest.csv", &quiet)?,
        orgs: list(&mut archive, "orgs.csv", &quiet)?,
        roles: list(&mut archive, "roles.csv", &quiet)?,
        users: list(&mut archive, "users.csv", progress)?.ok_or(Why::Damaged)?,
    };
    Ok(oneroster::staff(&package)?)
}

fn list(archive: &mut Archive<'_>, name: &str, progress: &Progress) -> Result<Option<Table>, Why> {
    let Some(place) = place(archive, name) else { return Ok(None) };
    let part = archive.by_name(&place).map_err(|_| Why::Damaged)?;
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    part.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Why::Damaged)?;
    if bytes.len() > MOST_BYTES {
        return Err(Why::TooLarge);
    }
    match separated::read(&bytes, progress) {
        Ok(table) => Ok(Some(table)),
        Err(Why::Empty) => Ok(None),
        Err(why) => Err(why),
    }
}

/// A list of users that came alone becomes a staff file; any other list stays as it is.
pub(super) fn alone(table: Table) -> Result<Table, Why> {
    if !oneroster::is_users(&table.header) {
        return Ok(table);
    }
    Ok(oneroster::staff(&Package { users: table, ..Package::default() })?)
}
