//! The page itself, in Markdown.

use super::rows::{Row, Rows};
use super::shown::Shown;
use super::told::Told;
use std::collections::BTreeSet;

/// Rules named in one cell, and tests; the rest are counted.
const RULES: usize = 4;
const TESTS: usize = 2;

const BEGINS: &str = "\
# Requirements

What the product must carry, row by row: the rules that carry it out, and the tests that show it. Of the rules and tests of a
row the most telling are named and the others counted: those that name the row, then journeys in a browser, pages, acts, and rules by
themselves.

Written by `cargo xtask requirements` from [requirements.txt](requirements.txt), where the words stand, from [the rules](rules),
which name their rows, and from the tests, which name rules. `cargo xtask tidy` fails when it is out of date.
";

const HEAD: &str = "| row | what it asks | rules | shown by |\n|---|---|---|---|";
const NOT_SHOWN: &str = "## Not shown yet";

/// The whole page, and how many rows are shown.
pub fn page(rows: &Rows, told: &[Told], tests: &[Shown]) -> (String, usize) {
    let mut parts = vec![String::from(BEGINS)];
    let mut shown = 0;
    let mut waiting = Vec::new();
    for family in &rows.0 {
        let mut lines = Vec::new();
        for row in &family.rows {
            match line(row, told, tests) {
                Some(line) => lines.push(line),
                None => waiting.push(row),
            }
        }
        shown += lines.len();
        if !lines.is_empty() {
            parts.push(format!("## {}\n\n{HEAD}\n{}\n", family.name, lines.join("\n")));
        }
    }
    parts.push(not_shown(&waiting));
    (parts.join("\n"), shown)
}

/// The rows that nothing shows, and what there is of them.
fn not_shown(waiting: &[&Row]) -> String {
    if waiting.is_empty() {
        return format!("{NOT_SHOWN}\n\nEvery row is shown.\n");
    }
    let line =
        |row: &&Row| format!("| {} | {} | {} |\n", row.id, row.words, row.missing.as_deref().unwrap_or_default());
    let lines: String = waiting.iter().map(line).collect();
    let why = "No rule carries these out so far, or no test shows it.";
    format!("{NOT_SHOWN}\n\n{why}\n\n| row | what it asks | so far |\n|---|---|---|\n{lines}")
}

/// A row with its rules and tests; none when no test shows it.
fn line(row: &Row, told: &[Told], tests: &[Shown]) -> Option<String> {
    let rules: Vec<&Told> = told.iter().filter(|told| told.rows.contains(&row.id)).collect();
    let numbers: BTreeSet<&str> = rules.iter().map(|told| told.rule.as_str()).collect();
    let mut showing: Vec<&Shown> = tests.iter().filter(|test| names(test, row, &numbers)).collect();
    if showing.is_empty() {
        return None;
    }
    showing.sort_by_key(|test| {
        let own = test.rules.iter().filter(|rule| numbers.contains(rule.as_str())).count();
        (!test.rows.contains(&row.id), test.kind, test.rules.len() - own, &test.path, &test.sentence)
    });
    let link = |told: &&Told| format!("[{}]({})", told.rule, from_docs(&told.page));
    let rules = capped(rules.iter().map(link).collect(), RULES, ", ");
    let link = |test: &&Shown| format!("{}: [{}]({})", test.kind.name(), safe(&test.sentence), from_docs(&test.path));
    let showing = capped(showing.iter().map(link).collect(), TESTS, "; ");
    let missing = row.missing.iter().map(|missing| format!(" *Not yet: {missing}*")).collect::<String>();
    Some(format!("| {} | {}{missing} | {rules} | {showing} |", row.id, row.words))
}

fn names(test: &Shown, row: &Row, numbers: &BTreeSet<&str>) -> bool {
    test.rows.contains(&row.id) || test.rules.iter().any(|rule| numbers.contains(rule.as_str()))
}

fn capped(all: Vec<String>, most: usize, between: &str) -> String {
    let named = all.iter().take(most).cloned().collect::<Vec<_>>().join(between);
    match all.len().saturating_sub(most) {
        0 => named,
        others => format!("{named}{between}{others} more"),
    }
}

/// A path from the root as a link of a page in `docs`.
fn from_docs(path: &str) -> String {
    path.strip_prefix("docs/").map_or_else(|| format!("../{path}"), String::from)
}

/// A sentence that stands in a link in a table.
fn safe(sentence: &str) -> String {
    let parted = |c| if "|[]`\\".contains(c) { ' ' } else { c };
    sentence.chars().map(parted).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::read;
    use super::super::shown::Kind;
    use super::*;

    fn set(words: &str) -> BTreeSet<String> {
        words.split_whitespace().map(String::from).collect()
    }

    fn test(kind: Kind, sentence: &str, rules: &str, rows: &str) -> Shown {
        let path = "crates/a/tests/t.rs".into();
        Shown { kind, path, sentence: sentence.into(), rules: set(rules), rows: set(rows) }
    }

    fn rule(rule: &str, rows: &str) -> Told {
        Told { rule: rule.into(), page: "docs/rules/a.md".into(), rows: set(rows) }
    }

    #[test]
    fn a_row_is_shown_by_the_tests_of_its_rules_nearest_to_a_person_first() {
        let rows = read("# Asking\nREF-01 | Everybody asks\nREF-02 | Nobody approves | no test\n").unwrap();
        let told = [rule("R-AAA-1", "REF-01"), rule("R-AAA-2", "REF-02")];
        let tests = [
            test(Kind::Rule, "by itself", "R-AAA-1", ""),
            test(Kind::Page, "a [page]", "R-AAA-1", ""),
            test(Kind::Journey, "in a browser", "R-AAA-1", ""),
            test(Kind::Page, "the row's own page", "", "REF-01"),
        ];
        let (page, shown) = page(&rows, &told, &tests);
        assert_eq!(shown, 1);
        let at = "(../crates/a/tests/t.rs)";
        let line = format!(
            "| REF-01 | Everybody asks | [R-AAA-1](rules/a.md) | page: [the row's own page]{at}; journey: [in a browser]{at}; 2 more |"
        );
        assert!(page.contains(&line), "{page}");
        assert!(page.ends_with("| REF-02 | Nobody approves | no test |\n"), "{page}");
    }

    #[test]
    fn when_every_row_is_shown_the_page_says_so() {
        let rows = read("# Asking\nREF-01 | Everybody asks\n").unwrap();
        let (page, _) = page(&rows, &[rule("R-AAA-1", "REF-01")], &[test(Kind::Page, "a | page", "R-AAA-1", "")]);
        assert!(page.ends_with("Every row is shown.\n"), "{page}");
        assert!(page.contains("page: [a   page]"), "{page}");
    }
}
