//! Tests with the rules and rows they name: in the comment above them, or within.

use super::rows::ids;
use crate::tidy::Text;
use crate::tidy::modules::test_files;
use crate::tidy::rules::{numbers, parted};
use std::collections::BTreeSet;

/// What a test looks at, nearest to a person first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// People in browsers.
    Journey,
    /// Pages as they are read.
    Page,
    /// An act as a whole.
    Action,
    /// A rule by itself.
    Rule,
    /// Who may do what.
    Policy,
    /// Scripts of the browser.
    Script,
    /// Anything else.
    Other,
}

impl Kind {
    fn of(path: &str) -> Self {
        let kinds = [
            ("browser/", Self::Journey),
            ("crates/server/tests/", Self::Page),
            ("crates/actions/", Self::Action),
            ("crates/domain/", Self::Rule),
            ("crates/allocation/", Self::Rule),
            ("crates/policies/", Self::Policy),
            ("crates/proofs/", Self::Policy),
            ("crates/assets/", Self::Script),
        ];
        kinds.iter().find(|(folder, _)| path.starts_with(folder)).map_or(Self::Other, |(_, kind)| *kind)
    }

    /// As the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Journey => "journey",
            Self::Page => "page",
            Self::Action => "act",
            Self::Rule => "rule",
            Self::Policy => "policy",
            Self::Script => "script",
            Self::Other => "within",
        }
    }
}

/// A test that names a rule or a row.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it looks at.
    pub kind: Kind,
    /// Its file, from the root.
    pub path: String,
    /// Its name as a sentence.
    pub sentence: String,
    /// The rules it names.
    pub rules: BTreeSet<String>,
    /// The rows it names itself.
    pub rows: BTreeSet<String>,
}

/// Every test that names a rule or a row.
pub fn tests(texts: &[Text]) -> Vec<Shown> {
    let only_tests = test_files(texts);
    let ours = texts.iter().filter(|text| text.path.starts_with("crates/") || text.path.starts_with("browser/"));
    let found = ours.flat_map(|text| match &text.rust {
        Some(_) if only_tests.contains(&text.path) => within(text, &text.text, rust_name, "}"),
        Some(_) => within(text, &parted(text).1, rust_name, "}"),
        None if text.is("ts") || text.is("mjs") => within(text, &text.text, script_name, "});"),
        None => Vec::new(),
    });
    found.filter(|test| !test.rules.is_empty() || !test.rows.is_empty()).collect()
}

/// How a line begins a test: its name, when it does; `above` holds comments and attributes just above.
type Name = fn(line: &str, above: &str) -> Option<String>;

/// The tests of a file; one ends with the first line that is `end` at the depth of its first line.
fn within(text: &Text, lines: &str, name: Name, end: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut above = String::new();
    let mut open: Option<(usize, usize)> = None;
    let mut group: Option<(usize, String)> = None;
    for line in lines.lines() {
        let depth = line.len() - line.trim_start().len();
        let trimmed = line.trim();
        if let Some(test) = open.and_then(|(at, _)| found.get_mut(at)) {
            note(test, line);
            if trimmed == end && open.is_some_and(|(_, begun)| begun == depth) {
                open = None;
            }
            continue;
        }
        if group.as_ref().is_some_and(|(begun, _)| trimmed == "});" && *begun == depth) {
            group = None;
        } else if let Some(title) = trimmed.strip_prefix("test.describe(").and_then(quoted) {
            group = Some((depth, title));
        }
        if ["//", "/*", "*", "#["].iter().any(|mark| trimmed.starts_with(mark)) {
            above.push_str(line);
            above.push('\n');
            continue;
        }
        if let Some(sentence) = name(trimmed, &above) {
            let sentence = group.iter().map(|(_, title)| format!("{title} ")).chain([sentence]).collect();
            let empty = BTreeSet::new;
            let mut test =
                Shown { kind: Kind::of(&text.path), path: text.path.clone(), sentence, rules: empty(), rows: empty() };
            note(&mut test, &above);
            note(&mut test, line);
            open = (!trimmed.ends_with(end)).then_some((found.len(), depth));
            found.push(test);
        }
        above.clear();
    }
    found
}

fn note(test: &mut Shown, text: &str) {
    test.rules.extend(numbers(text));
    test.rows.extend(ids(text).map(String::from));
}

/// `fn a_name(` below an attribute that ends in `test`.
fn rust_name(line: &str, above: &str) -> Option<String> {
    let attributes = above.lines().map(str::trim).filter(|line| line.starts_with("#["));
    let tests = attributes.filter(|line| line.ends_with("test]") || line.contains("::test("));
    let name = line.trim_start_matches("async ").strip_prefix("fn ")?.split(['(', '<']).next()?;
    (tests.count() > 0).then(|| name.replace('_', " "))
}

/// `test("a sentence", …`.
fn script_name(line: &str, _: &str) -> Option<String> {
    let title = line.strip_prefix("test(").and_then(quoted)?;
    // What stands for several names is left open.
    let parts = title.split("${").enumerate();
    Some(
        parts
            .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) })
            .collect::<Vec<_>>()
            .join("…"),
    )
}

/// The text a line begins with in quotes.
fn quoted(rest: &str) -> Option<String> {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    rest.get(1..)?.split(quote).next().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(String, String)> {
        let all = tests(&[Text::new("crates/a/src/lib.rs", "mod b;"), Text::new(path, text)]);
        let named = |test: &Shown| test.rules.iter().chain(&test.rows).cloned().collect::<Vec<_>>().join(" ");
        all.iter().map(|test| (test.sentence.clone(), named(test))).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(sentence, named)| (sentence.to_string(), named.to_string())).collect()
    }

    #[test]
    fn a_test_names_what_stands_above_it_and_within() {
        let text = "/// R-AAA-1, CON-06\n#[tokio::test]\nasync fn it_holds() {\n    // R-AAA-2\n    if x {\n    }\n}\n\n// R-AAA-3\nfn helper() {}\n\n#[test]\nfn it_names_nothing() {}\n";
        assert_eq!(found("crates/a/tests/t.rs", text), pairs(&[("it holds", "R-AAA-1 R-AAA-2 CON-06")]));
    }

    #[test]
    fn tests_beside_the_code_count_and_the_code_does_not() {
        let text = "/// R-AAA-1\npub fn own() {}\n#[cfg(test)]\nmod tests {\n    /// R-AAA-2\n    #[test]\n    fn it_is_so() {\n    }\n    /// R-AAA-3\n    #[test]\n    fn so_is_this() {}\n}\n";
        let wanted = [("it is so", "R-AAA-2"), ("so is this", "R-AAA-3")];
        assert_eq!(found("crates/a/src/b.rs", text), pairs(&wanted));
    }

    #[test]
    fn a_journey_is_named_with_its_group() {
        let text = "/** R-AAA-1 */\ntest(\"one asks\", async ({\n  as,\n}) => {\n  // R-AAA-2\n});\n\n// R-AAA-9\nconst x = 1;\n\ntest.describe(\"without scripts\", () => {\n  // R-AAA-3\n  test(\"it works\", async () => {\n  });\n});\n\n// R-AAA-4\ntest(\"last\", () => {\n});\n";
        let wanted = [("one asks", "R-AAA-1 R-AAA-2"), ("without scripts it works", "R-AAA-3"), ("last", "R-AAA-4")];
        assert_eq!(found("browser/journeys/a.spec.ts", text), pairs(&wanted));
    }

    #[test]
    fn a_journey_told_of_several_leaves_their_names_open() {
        let text = "/** R-AAA-1 */\ntest(`keys of the ${whose} come`, async () => {\n});\n";
        assert_eq!(found("browser/journeys/a.spec.ts", text), pairs(&[("keys of the … come", "R-AAA-1")]));
    }

    #[test]
    fn kinds_go_from_a_person_to_the_machine() {
        assert!(Kind::of("browser/journeys/a.spec.ts") < Kind::of("crates/server/tests/it/a.rs"));
        assert!(Kind::of("crates/server/tests/it/a.rs") < Kind::of("crates/actions/tests/it/a.rs"));
        assert_eq!(Kind::of("crates/server/src/pages/a.rs"), Kind::Other);
    }
}
