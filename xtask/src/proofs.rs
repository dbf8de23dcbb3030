//! The proofs about the policies: the solver they need, and a run with it.

use crate::fault::{Fault, While};
use crate::needs;
use crate::steps::Line;
use std::path::{Path, PathBuf};

/// The solver as a Python package: its library, for which a short script stands in as the program.
const PACKAGE: &str = "cvc5==1.4.2";

/// Said where there is no solver.
pub const UNPROVED: &str =
    "NOTHING WAS PROVED about the policies: install Python 3 with pip, or set CVC5 to the path of the solver cvc5";

/// Installs the solver into a folder of its own where there is none and it can be.
pub fn install(root: &Path) -> Result<(), Fault> {
    if set_outside() || folder(root).is_dir() {
        println!("the solver is here");
        return Ok(());
    }
    if !has_pip(root) && needs::can_install(root) {
        println!("installing Debian's pip");
        Line::new(root, "apt-get update -qq").run()?;
        Line::new(root, "apt-get install -y -qq --no-install-recommends python3-pip")
            .with("DEBIAN_FRONTEND", "noninteractive")
            .run()?;
    }
    if !has_pip(root) {
        println!("{UNPROVED}");
        return Ok(());
    }
    println!("installing {PACKAGE}");
    let (folder, unfinished) = (folder(root), root.join("target/cvc5-unfinished"));
    Line::new(root, &format!("python3 -m pip install --quiet --upgrade --target {} {PACKAGE}", unfinished.display()))
        .quiet()?;
    std::fs::rename(&unfinished, &folder).on(folder.display())
}

/// Whether the proofs can be tried; `cargo xtask test` says so at its end when they cannot.
pub fn can_be_tried(root: &Path) -> bool {
    set_outside() || folder(root).is_dir()
}

/// Runs the proofs. With a solver that was installed here they may not be skipped.
pub fn run(root: &Path) -> Result<(), Fault> {
    line(root, "cargo test --locked --release -p proofs").run()
}

/// A command that finds the solver.
pub fn line(root: &Path, words: &str) -> Line {
    let line = Line::new(root, words);
    let line = if can_be_tried(root) { line.with("PROOFS_REQUIRED", "1") } else { line };
    if set_outside() || !can_be_tried(root) {
        return line;
    }
    let stand_in = root.join("crates/proofs/cvc5-stdin");
    line.with("CVC5", &stand_in.display().to_string()).with("PYTHONPATH", &folder(root).display().to_string())
}

fn set_outside() -> bool {
    std::env::var_os("CVC5").is_some_and(|value| !value.is_empty())
}

fn folder(root: &Path) -> PathBuf {
    root.join("target").join(PACKAGE.replace("==", "-"))
}

fn has_pip(root: &Path) -> bool {
    Line::new(root, "python3 -m pip --version").output().is_ok()
}
