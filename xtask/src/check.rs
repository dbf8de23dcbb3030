//! The inner loop, and the policy matrix.

use crate::fault::Fault;
use crate::proofs;
use crate::steps::{Line, Step, Work, run};
use crate::tidy;
use std::path::Path;

/// The crates whose tests say what is true and who may do what; they need neither database nor server.
const RULES: [&str; 4] = ["domain", "allocation", "evidence", "policies"];

/// Runs tidy and the rules' tests; with `rules` only those tests; with `proofs` those with
/// their solver; with names only the tests of these packages.
pub fn check(root: &Path, packages: &[&str]) -> Result<(), Fault> {
    let tests = |packages: &[&str]| {
        let chosen: String = packages.iter().map(|package| format!(" -p {package}")).collect();
        Step { name: "tests", work: Work::Line(Line::new(root, &format!("cargo test --release{chosen}"))) }
    };
    match packages {
        [] => run(root, &[Step { name: "tidy", work: Work::Here("cargo xtask tidy", tidy::tidy) }, tests(&RULES)]),
        ["proofs"] => run(root, &proofs_steps()),
        ["rules"] => run(root, &[tests(&RULES)]),
        chosen => run(root, &[tests(chosen)]),
    }
}

/// The proofs about the policies, and the solver they need.
pub fn proofs_steps() -> [Step; 2] {
    [
        Step { name: "proof tools", work: Work::Here("installs the solver where it is missing", proofs::install) },
        Step { name: "proofs", work: Work::Here("what is proved of the policies, and the mutation run", proofs::run) },
    ]
}

/// Writes the policy matrix anew; the difference is to be read before it is committed.
pub fn matrix(root: &Path) -> Result<(), Fault> {
    Line::new(root, "cargo test --release -p policies --test matrix").with("UPDATE_MATRIX", "1").run()?;
    println!("crates/policies/tests/matrix.txt is written: read the difference as you would read prose");
    Ok(())
}
