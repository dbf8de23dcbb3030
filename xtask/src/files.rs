//! Finding and reading the repository's own files.

use crate::fault::{Fault, While};
use std::path::{Path, PathBuf};

/// Folders that hold what was built, installed or filled, never what was written.
const NOT_OURS: [&str; 6] = ["target", ".git", "node_modules", "alongside-data", "test-results", "screenshots"];

/// The repository's root: the nearest folder upwards that holds `xtask/Cargo.toml`.
pub fn root() -> Result<PathBuf, Fault> {
    let here = std::env::current_dir().on("finding the current folder")?;
    here.ancestors()
        .find(|folder| folder.join("xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| Fault("run this inside the repository".into()))
}

/// Every file of ours under `folder`, sorted; an absent folder has none.
pub fn walk(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&next).on(next.display())? {
            let path = entry.on(next.display())?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if path.is_symlink() || NOT_OURS.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}

/// A file's text.
pub fn read(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).on(path.display())
}

/// Whether the file's name ends in one of these extensions.
pub fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|wanted| own == *wanted))
}

/// The path as people write it: from the root, with forward slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
