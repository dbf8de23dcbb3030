//! The whole check: every test there is, cheapest first, all in the release profile so that everything is built once.

use crate::fault::{Fault, While};
use crate::steps::{Line, Step, Work, run};
use crate::{check, files, json, needs, postgres, proofs, tidy};
use std::path::Path;

/// Runs every step, stopping at the first that fails.
pub fn test(root: &Path) -> Result<(), Fault> {
    run(root, &steps(root)?)?;
    if !proofs::can_be_tried(root) {
        println!("\n{}", proofs::UNPROVED);
    }
    Ok(())
}

fn steps(root: &Path) -> Result<Vec<Step>, Fault> {
    let line = |name, line: &str| Step { name, work: Work::Line(Line::new(root, line)) };
    let within = |name, folder: &str, line: &str| Step { name, work: Work::Line(Line::new(&root.join(folder), line)) };
    let here = |name, told, act| Step { name, work: Work::Here(told, act) };
    let mut steps = vec![
        here("tools", "looks for Node, npm, Chromium and PostgreSQL", needs::look),
        line("format", "cargo fmt --all --check"),
        here("tidy", "cargo xtask tidy", tidy::tidy),
    ];
    if has_test_script(&root.join("crates/assets/package.json"))? {
        steps.push(within(
            "browser packages",
            "crates/assets",
            "npm ci --ignore-scripts --silent --no-audit --no-fund",
        ));
        steps.push(within("browser modules", "crates/assets", "npm test --silent"));
    }
    steps.extend([
        here("browser tools", "installs what the browser tests need", needs::install),
        within("browser types", "browser", "npm run --silent types"),
        // Clippy checks dependencies without building them; only build scripts and macros are shared with the build.
        line("clippy", "cargo clippy --locked --release --workspace --all-targets -- -D warnings"),
        // The solver's crate switches on more of Cedar and tokio; apart from it, what is tested is what is shipped.
        line("build", "cargo build --locked --release --workspace --exclude proofs --all-targets"),
        line("tests", postgres::TESTS),
    ]);
    steps.extend(check::proofs_steps());
    steps.extend([
        here("database tools", "installs PostgreSQL where it is missing", needs::install_postgres),
        here("tests on PostgreSQL", "the store, action and page tests once more", postgres::tests),
        here("journeys", "npm test in browser/", journeys),
    ]);
    Ok(steps)
}

fn journeys(root: &Path) -> Result<(), Fault> {
    let chromium = needs::chromium().ok_or_else(|| Fault("Chromium was not found after installing it".into()))?;
    let chromium = chromium.to_str().ok_or_else(|| Fault("the path of Chromium is not readable text".into()))?;
    Line::new(&root.join("browser"), "npm test --silent").with("CHROMIUM", chromium).run()
}

/// Whether the package has a script called `test`.
fn has_test_script(package: &Path) -> Result<bool, Fault> {
    if !package.is_file() {
        return Ok(false);
    }
    let text = files::read(package)?;
    let value = json::read(&text).on(package.display())?;
    Ok(value.get("scripts").and_then(|scripts| scripts.get("test")).is_some())
}
