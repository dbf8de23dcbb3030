//! What the whole check needs beside Rust: Node, npm, a Chromium, a PostgreSQL server, and the browser tests' packages.

use crate::fault::{Fault, While};
use crate::files;
use crate::postgres;
use crate::steps::Line;
use std::path::{Path, PathBuf};

/// The oldest Node that has everything the build and the tests use.
const OLDEST_NODE: u32 = 20;

const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Looks for Node, npm, a Chromium and PostgreSQL, and says in one sentence what is missing and cannot be installed here.
pub fn look(root: &Path) -> Result<(), Fault> {
    let node = Line::new(root, "node --version")
        .output()
        .map_err(|_| Fault(format!("Node is missing: install Node {OLDEST_NODE} or newer, with npm")))?;
    if major(&node).is_none_or(|found| found < OLDEST_NODE) {
        return Err(Fault(format!("Node {node} is too old: install Node {OLDEST_NODE} or newer, with npm")));
    }
    if on_path("npm").is_none() {
        return Err(Fault(format!("npm is missing: it comes with Node {OLDEST_NODE}, or as a package of its own")));
    }
    println!("Node {node} and npm are here");
    match chromium() {
        Some(path) => println!("Chromium is here: {}", path.display()),
        None if can_install(root) => println!("Chromium is missing: it will be installed before the browser tests"),
        None => {
            return Err(Fault(
                "Chromium is missing: install it, or set CHROMIUM to the path of a Chromium or Chrome".into(),
            ));
        }
    }
    match postgres::programs() {
        Some(path) => println!("PostgreSQL is here: {}", path.display()),
        None if can_install(root) => println!("PostgreSQL is missing: it will be installed before the tests"),
        None => return Err(Fault("PostgreSQL's server is missing: install it, with initdb and pg_ctl".into())),
    }
    Ok(())
}

/// Installs PostgreSQL's server where it is missing.
pub fn install_postgres(root: &Path) -> Result<(), Fault> {
    if postgres::programs().is_none() {
        println!("installing Debian's PostgreSQL");
        Line::new(root, "apt-get update -qq").run()?;
        Line::new(root, "apt-get install -y -qq --no-install-recommends postgresql")
            .with("DEBIAN_FRONTEND", "noninteractive")
            .run()?;
    }
    Ok(())
}

/// Installs what the browser tests need: Debian's Chromium where one is missing, and the packages of the lock file.
pub fn install(root: &Path) -> Result<(), Fault> {
    if chromium().is_none() {
        println!("installing Debian's Chromium");
        Line::new(root, "apt-get update -qq").run()?;
        Line::new(root, "apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core")
            .with("DEBIAN_FRONTEND", "noninteractive")
            .run()?;
    }
    let browser = root.join("browser");
    let lock = files::read(&browser.join("package-lock.json"))?;
    let stamp = browser.join("node_modules/.alongside-lock");
    // An absent stamp is an ordinary first time.
    if std::fs::read_to_string(&stamp).ok().as_ref() == Some(&lock) {
        println!("browser/node_modules is as the lock file says");
        return Ok(());
    }
    println!("installing the packages of browser/package-lock.json");
    Line::new(&browser, "npm ci --no-audit --no-fund").run()?;
    std::fs::write(&stamp, lock).on(stamp.display())
}

/// The Chromium to test with: `CHROMIUM`, or the first on the path.
pub fn chromium() -> Option<PathBuf> {
    let set = std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()).map(PathBuf::from);
    set.or_else(|| CHROMIUM_NAMES.iter().find_map(|name| on_path(name)))
}

/// Where a program is, when it is on the path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// Debian's package can be installed by root only.
pub fn can_install(root: &Path) -> bool {
    let root_user = Line::new(root, "id -u").output().is_ok_and(|user| user == "0");
    root_user && Path::new("/etc/debian_version").is_file() && on_path("apt-get").is_some()
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nonsense"), None);
    }

    #[test]
    fn programs_are_found_on_the_path_only_by_their_whole_name() {
        assert!(on_path("sh").is_some());
        assert!(on_path("sh-that-is-not-there").is_none());
    }
}
