//! Claims as text: blocks of acts, one sentence of prose, and the rule in Cedar.

use std::collections::BTreeSet;

use cedar_policy::{Effect, PolicySet, RequestEnv};

use crate::Fault;
use crate::house::act;

/// Which acts a block is about.
#[derive(Debug, PartialEq, Eq)]
enum Acts {
    Named(BTreeSet<String>),
    /// All, or all on one kind of thing.
    Every(Option<String>),
    /// Those that no block of the file names, or those of them on one kind of thing.
    Rest(Option<String>),
}

/// A rule and the acts it is about.
#[derive(Debug)]
pub struct Block {
    /// The first line of the prose.
    pub prose: String,
    /// Where its heading is, from 1.
    pub line: usize,
    acts: Acts,
    /// The rule.
    pub rule: PolicySet,
}

impl Block {
    /// Whether the block has this environment in mind; `## every other act` names none.
    pub fn concerns(&self, environment: &RequestEnv) -> bool {
        match &self.acts {
            Acts::Named(names) => names.contains(act(environment)),
            Acts::Every(kind) => kind.as_ref().is_none_or(|kind| environment.resource().to_string() == *kind),
            Acts::Rest(_) => false,
        }
    }

    /// Whether this is the block for what no other names, on this kind of thing or on any.
    fn is_rest(&self, on: Option<&str>) -> bool {
        matches!(&self.acts, Acts::Rest(kind) if kind.as_deref() == on)
    }

    /// The acts named in the heading.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let named = if let Acts::Named(names) = &self.acts { Some(names) } else { None };
        named.into_iter().flatten().map(String::as_str)
    }

    /// The rule without its forbids: what is permitted before the firewall.
    pub fn permits(&self) -> Result<PolicySet, Fault> {
        let permits = self.rule.policies().filter(|policy| policy.effect() == Effect::Permit).cloned();
        PolicySet::from_policies(permits).map_err(|why| Fault::about(&self.prose, why))
    }
}

/// Reads a file of blocks. A heading is one or more lines that begin with `##`; a sentence of prose must follow it.
pub fn read(file: &str, text: &str) -> Result<Vec<Block>, Fault> {
    let mut blocks = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while let Some(from) = lines.iter().skip(at).position(|line| line.starts_with("##")).map(|skipped| at + skipped) {
        let rest = || lines.iter().skip(from);
        let heading = rest().take_while(|line| line.starts_with("##"));
        let words: Vec<&str> = heading.flat_map(|line| line.trim_start_matches('#').split_whitespace()).collect();
        let body = || rest().skip_while(|line| line.starts_with("##")).take_while(|line| !line.starts_with("##"));
        at = from + rest().take_while(|line| line.starts_with("##")).count() + body().count();
        let place = format!("{file}, line {}", from + 1);
        let prose = body().next().and_then(|line| line.strip_prefix("// "));
        let prose = prose.ok_or_else(|| Fault::about(&place, "no sentence of prose stands below the heading"))?;
        let rule = body().copied().collect::<Vec<_>>().join("\n");
        let rule = rule.parse().map_err(|why| Fault::about(&place, why))?;
        blocks.push(Block { prose: prose.to_owned(), line: from + 1, acts: acts(&words), rule });
    }
    Ok(blocks)
}

fn acts(words: &[&str]) -> Acts {
    match words {
        ["every", "act"] => Acts::Every(None),
        ["every", "act", "on", kind] => Acts::Every(Some((*kind).to_owned())),
        ["every", "other", "act"] => Acts::Rest(None),
        ["every", "other", "act", "on", kind] => Acts::Rest(Some((*kind).to_owned())),
        names => Acts::Named(names.iter().map(|name| (*name).to_owned()).collect()),
    }
}

/// The one block of an environment; fails when there is none or more than one.
pub fn only<'a>(file: &str, blocks: &'a [Block], environment: &RequestEnv) -> Result<&'a Block, Fault> {
    let act = act(environment);
    let named: Vec<&Block> = blocks.iter().filter(|block| block.concerns(environment)).collect();
    match named[..] {
        [one] => Ok(one),
        [] => {
            let kind = environment.resource().to_string();
            let rest = |on| blocks.iter().find(|block| block.is_rest(on));
            rest(Some(&kind))
                .or_else(|| rest(None))
                .ok_or_else(|| Fault(format!("{act} has no block in {file}: say there who may do it")))
        }
        _ => Err(Fault(format!("{act} has more than one block in {file}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "// What this is.\n\n## A B\n## C\n// Anybody.\npermit (principal, action, resource);\n\n\
                        ## every other act\n// Nobody.\n";

    #[test]
    fn a_block_has_acts_prose_and_a_rule() {
        let blocks = read("x", TEXT).expect("the text is read");
        assert_eq!(blocks[0].names().collect::<Vec<_>>(), ["A", "B", "C"]);
        assert_eq!((blocks[0].prose.as_str(), blocks[0].line), ("Anybody.", 3));
        assert_eq!((blocks[0].rule.num_of_policies(), blocks[1].rule.num_of_policies()), (1, 0));
    }

    #[test]
    fn what_no_block_names_falls_to_the_rest_of_its_kind_and_then_to_the_rest() {
        let environment = |act: &str, kind: &str| {
            let names = "the names are ones in Cedar";
            let (person, kind) = ("Person".parse().expect(names), kind.parse().expect(names));
            RequestEnv::new(person, format!("Action::\"{act}\"").parse().expect(names), kind)
        };
        let blocks = read("x", &format!("{TEXT}## every other act on Thread\n// Two.\n")).expect("the text is read");
        let prose = |act, kind| only("x", &blocks, &environment(act, kind)).map(|block| block.prose.clone()).ok();
        assert_eq!(prose("A", "Thread").as_deref(), Some("Anybody."));
        assert_eq!(prose("D", "Thread").as_deref(), Some("Two."));
        assert_eq!(prose("D", "Person").as_deref(), Some("Nobody."));
        assert!(only("x", &blocks[..1], &environment("D", "Person")).is_err());
        let twice = read("x", &TEXT.replace("C\n", "C\n// Some.\n## A\n")).expect("the text is read");
        assert!(only("x", &twice, &environment("A", "Person")).is_err());
    }

    #[test]
    fn prose_is_not_left_out_and_cedar_is_read() {
        assert!(read("x", "## A\npermit (principal, action, resource);\n").is_err());
        assert!(read("x", "## A\n// Anybody.\npermit everything;\n").is_err());
    }
}
