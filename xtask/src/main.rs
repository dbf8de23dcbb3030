//! The repository's tasks, run as `cargo xtask NAME`. Standard library only, so that it builds in seconds.

mod check;
mod fault;
mod figures;
mod files;
mod json;
mod needs;
mod postgres;
mod proofs;
mod requirements;
mod slice;
mod steps;
mod tidy;
mod whole;

use crate::fault::Fault;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask test                 every test there is, in order of cost; installs what it needs
cargo xtask check                tidy and the rules: the inner loop
cargo xtask check rules          tests of domain, allocation, evidence and policies
cargo xtask check PACKAGE…       tests of these packages
cargo xtask check proofs         what is proved of the policies; installs the solver
cargo xtask postgres             the store, action and page tests on PostgreSQL
cargo xtask tidy                 layers, sizes, names, rule numbers, rows, links and words
cargo xtask slice NAME           every file of a feature
cargo xtask matrix               write the policy matrix anew, to be reviewed
cargo xtask requirements         write docs/requirements.md anew: each row with the tests that show it
cargo xtask figures              measure and write docs/figures.md
    --first-command              also the first command in a fresh clone (takes minutes)
    --edit                       also the rebuild after a page edit
    --allocation                 also plans of scarce hours, and other solvers on them, as far as they are here
    --allocation-long            the same with a minute for each solver on each instance
    --load                       also 400 staff and five years under load, on both databases
    --proofs                     also what is proved of the policies
    --sealing                    also what sealing costs, in Chromium and on the server";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault(message)) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<(), Fault> {
    if let [] | ["help" | "--help" | "-h"] = words {
        println!("{USAGE}");
        return Ok(());
    }
    let root = files::root()?;
    match words {
        ["test"] => whole::test(&root),
        ["check", packages @ ..] => check::check(&root, packages),
        ["tidy"] => tidy::tidy(&root),
        ["slice", name] => slice::slice(&root, name),
        ["postgres"] => postgres::tests(&root),
        ["requirements"] => requirements::requirements(&root),
        ["matrix"] => check::matrix(&root),
        ["figures", options @ ..] => figures::figures(&root, options),
        _ => Err(Fault(format!("`{}` is not a task. These are:\n{USAGE}", words.join(" ")))),
    }
}
