//! The list of changes to policies that change nothing, each with its reason.

use crate::Fault;
use crate::mutants::Mutant;

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Redundant<'a> {
    /// The policy; nothing where the line is about this change in any policy.
    id: Option<&'a str>,
    change: &'a str,
    /// Why nothing changes.
    pub reason: &'a str,
}

impl Redundant<'_> {
    /// Whether the line is about this mutant.
    pub fn is(&self, mutant: &Mutant) -> bool {
        self.change == mutant.change && self.id.is_none_or(|id| id == mutant.id)
    }
}

/// Reads the list: `policy: change -- reason`, `any` for every policy, lines that begin with `//` for its readers.
pub fn read(text: &str) -> Result<Vec<Redundant<'_>>, Fault> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("//"));
    lines
        .map(|line| {
            let parted = line.split_once(" -- ").and_then(|(what, reason)| Some((what.split_once(": ")?, reason)));
            let ((id, change), reason) = parted.ok_or_else(|| Fault::about("not `policy: change -- reason`", line))?;
            Ok(Redundant { id: (id != "any").then_some(id), change, reason })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_about_one_policy_or_about_any() {
        let list = read("// why\n\nany: deleted -- x\np: not `a: b` -- y\n").expect("the list is read");
        let mutant = |id: &str, change: &str| Mutant { file: "x", id: id.into(), change: change.into(), policy: None };
        let about = |id, change| list.iter().map(|line| line.is(&mutant(id, change))).collect::<Vec<_>>();
        assert_eq!(about("q", "deleted"), [true, false]);
        assert_eq!(about("p", "not `a: b`"), [false, true]);
        assert!(read("p: deleted\n").is_err());
    }
}
