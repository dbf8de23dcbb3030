//! What is proved about the policies, in numbers.

use super::Report;
use crate::fault::{Fault, While};
use crate::proofs;
use crate::steps::{Line, in_seconds};
use std::path::Path;
use std::time::{Duration, Instant};

const OPTION: &str = "--proofs";
const AT_MOST: Duration = Duration::from_secs(180);

/// Runs the proofs and the mutation run once more, built already, and adds what they counted.
pub fn measure(root: &Path, report: &mut Report) -> Result<(), Fault> {
    proofs::install(root)?;
    if !proofs::can_be_tried(root) {
        return Err(Fault(proofs::UNPROVED.into()));
    }
    Line::new(root, "cargo test --locked --release -p proofs --no-run").run()?;
    let counted = std::env::temp_dir().join(format!("alongside-proofs-{}", std::process::id()));
    let begun = Instant::now();
    proofs::line(root, "cargo test --locked --release -p proofs")
        .with("PROOFS_REPORT", &counted.display().to_string())
        .run()?;
    let taken = begun.elapsed();
    let text = std::fs::read_to_string(&counted).on(counted.display())?;
    std::fs::remove_file(&counted).on(counted.display())?;
    let sum = |name: &str| sum(&text, name);
    let claims = format!("{}; {} of a policy never failing", sum("claims"), sum("policies in environments"));
    report.add_told("policies · claims proved, for everybody there could be", claims, "all", false, OPTION);
    let fates = format!(
        "{}: {} refuted by a proof, {} by the schema, {} shown to change nothing",
        sum("mutants"),
        sum("mutants refuted by a proof"),
        sum("mutants refused by the schema"),
        sum("mutants redundant"),
    );
    report.add_told("policies · changes tried on them", fates, "none unnoticed", false, OPTION);
    report.add("policies · proving all that", in_seconds(taken), taken, AT_MOST, OPTION);
    Ok(())
}

/// The numbers of this name, taken together.
fn sum(text: &str, name: &str) -> u64 {
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(known, _)| *known == name).filter_map(|(_, count)| count.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_same_name_are_taken_together() {
        let text = "claims: 2\nclaims: 3\nmutants: 7\nmutants redundant: 1\n";
        assert_eq!((sum(text, "claims"), sum(text, "mutants"), sum(text, "none")), (5, 7, 0));
    }
}
