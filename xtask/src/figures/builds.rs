//! How long building takes: the first command in a fresh clone, and the rebuild after a page edit.

use super::program::{Folder, Program};
use crate::fault::{Fault, While};
use crate::files;
use crate::steps::Line;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const FIRST_COMMAND_AT_MOST: Duration = Duration::from_secs(3600);
const EDITS: usize = 3;

/// Clones the last commit, runs `cargo run --release -- demo` there, and times it until the first 200. Nothing is built
/// beforehand; cargo's own cache of downloads is left as it is.
pub fn first_command(root: &Path) -> Result<Duration, Fault> {
    let folder = Folder::new("first")?;
    let clone = folder.0.join("clone");
    Line::new(root, &format!("git clone --quiet . {}", clone.display())).run()?;
    let mut command = Command::new("cargo");
    command.args(["run", "--release", "--"]).current_dir(&clone).env_remove("CARGO_TARGET_DIR");
    let program = Program::start(command, &folder.0, FIRST_COMMAND_AT_MOST)?;
    let taken = program.ready_after;
    program.stop()?;
    Ok(taken)
}

/// Adds an empty comment at the top of a page's file, which moves every line of it, and times the rebuild.
pub fn page_edit(root: &Path) -> Result<Vec<Duration>, Fault> {
    let pages = files::walk(&root.join("crates/server/src/pages"))?;
    let page = pages.into_iter().find(|path| files::has_extension(path, &["rs"]));
    let edited = Edited::new(page.ok_or_else(|| Fault("there is no page to edit".into()))?)?;
    let build = Line::new(root, "cargo build --locked --release");
    build.run()?;
    let mut times = Vec::new();
    for edits in 1..=EDITS {
        std::fs::write(&edited.path, "//\n".repeat(edits) + &edited.text).on(edited.path.display())?;
        let begun = Instant::now();
        build.run()?;
        times.push(begun.elapsed());
    }
    Ok(times)
}

/// A file that gets its text back when it is let go.
struct Edited {
    path: PathBuf,
    text: String,
}

impl Edited {
    fn new(path: PathBuf) -> Result<Self, Fault> {
        Ok(Self { text: files::read(&path)?, path })
    }
}

impl Drop for Edited {
    fn drop(&mut self) {
        if let Err(error) = std::fs::write(&self.path, &self.text) {
            eprintln!("{} could not be restored: {error}", self.path.display());
        }
    }
}
