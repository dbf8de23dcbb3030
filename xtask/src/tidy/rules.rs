//! Rule numbers: each `R-XXX-1` is told in `docs/rules`, cited in code and named in a test.

use super::functions::{closing_brace, words};
use super::links::prose;
use super::modules::test_files;
use super::{Text, Untidy};
use std::collections::BTreeMap;

type Places = BTreeMap<String, (String, usize)>;

/// Checks that told, cited and tested rules are the same.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let mut told = Places::new();
    let mut cited = Places::new();
    let mut tested = Places::new();
    let mut mentioned = Places::new();
    let mut found = Vec::new();
    let test_files = test_files(texts);
    for text in texts {
        if text.path.starts_with("docs/rules/") {
            for (rule, line) in defined(&text.text) {
                if told.insert(rule.clone(), (text.path.clone(), line)).is_some() {
                    found.push(Untidy::new(&text.path, line, format!("{rule} is told twice")));
                }
            }
            collect(&text.path, &prose(&text.text).join("\n"), &mut mentioned);
        } else if text.path.starts_with("crates/") || text.path.starts_with("browser/") {
            let is_test = text.path.starts_with("browser/") || test_files.contains(&text.path);
            let (code, tests) = if is_test { (String::new(), text.text.clone()) } else { parted(text) };
            collect(&text.path, &code, &mut cited);
            collect(&text.path, &tests, &mut tested);
        } else if text.is("md") {
            collect(&text.path, &prose(&text.text).join("\n"), &mut mentioned);
        }
    }
    let mut missing = |places: &Places, there: &Places, what: &str| {
        for (rule, (path, line)) in places.iter().filter(|(rule, _)| !there.contains_key(*rule)) {
            found.push(Untidy::new(path, *line, format!("{rule} {what}")));
        }
    };
    let mut used = cited.clone();
    [&tested, &mentioned].into_iter().flatten().for_each(|(rule, place)| {
        used.entry(rule.clone()).or_insert_with(|| place.clone());
    });
    missing(&used, &told, "is not told in docs/rules");
    missing(&told, &cited, "is not cited in code: name it where it is enforced");
    missing(&told, &tested, "is not named in a test");
    found
}

/// Notes where each rule number first stands.
fn collect(path: &str, text: &str, into: &mut Places) {
    for (line, text) in (1..).zip(text.lines()) {
        for rule in numbers(text) {
            into.entry(rule).or_insert_with(|| (path.to_string(), line));
        }
    }
}

/// The rule numbers in a text.
pub fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    parts.filter_map(number).collect()
}

/// `R-XXX-1` at the start of a hyphened word.
fn number(word: &str) -> Option<String> {
    let mut parts = word.split('-');
    let (head, name, count) = (parts.next()?, parts.next()?, parts.next()?);
    let named = (2..=4).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase());
    let counted = !count.is_empty() && count.chars().all(|c| c.is_ascii_digit());
    (head == "R" && named && counted).then(|| format!("R-{name}-{count}"))
}

/// The rules a page tells: those with which a line begins, after any marks of headings, lists, tables or emphasis.
pub fn defined(text: &str) -> Vec<(String, usize)> {
    let begins = |line: &str| {
        number(line.trim_start_matches(['#', '*', '-', '|', ' ']).split([' ', '*', ':', '.', '|']).next()?)
    };
    (1..).zip(text.lines()).filter_map(|(line, text)| Some((begins(text)?, line))).collect()
}

/// A file's own code and its tests, both with the lines of the whole.
pub fn parted(text: &Text) -> (String, String) {
    let Some(rust) = &text.rust else { return (text.text.clone(), String::new()) };
    let chars: Vec<char> = rust.code.chars().collect();
    let mut tests = vec![false; chars.len()];
    for at in words(&chars, "cfg").into_iter().filter(|at| is_test_attribute(&chars, *at)) {
        let end = chars.iter().skip(at).position(|c| *c == '{' || *c == ';').map(|skipped| at + skipped);
        let Some(close) = end.filter(|end| chars.get(*end) == Some(&'{')).and_then(|end| closing_brace(&chars, end))
        else {
            continue;
        };
        tests.iter_mut().take(close).skip(at).for_each(|inside| *inside = true);
    }
    let side = |wanted: bool| {
        let pairs = text.text.chars().zip(&tests);
        pairs.map(|(c, inside)| if *inside == wanted || c == '\n' { c } else { ' ' }).collect()
    };
    (side(false), side(true))
}

fn is_test_attribute(chars: &[char], at: usize) -> bool {
    let after: String = chars.iter().skip(at + 3).filter(|c| !c.is_whitespace()).take(6).collect();
    after == "(test)"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let texts: Vec<Text> = files.iter().map(|(path, text)| Text::new(path, text)).collect();
        check(&texts).into_iter().map(|untidy| format!("{}:{} {}", untidy.file, untidy.line, untidy.what)).collect()
    }

    const PAGE: (&str, &str) = ("docs/rules/hours.md", "# Hours\n\n**R-HRS-1** Once. See R-HRS-1.\n");
    const CODE: &str = "/// R-HRS-1\nfn f() {}\n";

    #[test]
    fn a_rule_needs_a_page_a_place_in_the_code_and_a_test() {
        let tested = format!("{CODE}#[cfg(test)]\nmod tests {{\n    // R-HRS-1\n}}\n");
        assert_eq!(told(&[PAGE, ("crates/domain/src/lib.rs", &tested)]), Vec::<String>::new());
        assert_eq!(
            told(&[PAGE, ("crates/domain/src/lib.rs", CODE)]),
            ["docs/rules/hours.md:3 R-HRS-1 is not named in a test"]
        );
        let only_test = "#[cfg(test)]\nmod tests { /* R-HRS-1 */ }\n";
        let what = "docs/rules/hours.md:3 R-HRS-1 is not cited in code: name it where it is enforced";
        assert_eq!(told(&[PAGE, ("crates/domain/src/lib.rs", only_test)]), [what]);
        assert_eq!(
            told(&[("crates/domain/src/lib.rs", CODE)]),
            ["crates/domain/src/lib.rs:1 R-HRS-1 is not told in docs/rules"]
        );
    }

    #[test]
    fn tests_are_also_files_under_tests_and_browser_journeys() {
        for test in ["crates/domain/tests/hours.rs", "browser/journeys/hours.spec.ts"] {
            assert_eq!(told(&[PAGE, ("crates/domain/src/lib.rs", CODE), (test, "// R-HRS-1")]), Vec::<String>::new());
        }
    }

    #[test]
    fn code_after_a_test_module_is_code_again() {
        let text = "#[cfg(test)]\nmod tests { /* R-HRS-1 \u{e9} */ }\n// R-HRS-1\n";
        assert_eq!(told(&[PAGE, ("crates/domain/src/lib.rs", text)]), Vec::<String>::new());
    }

    #[test]
    fn a_rule_told_twice_or_mentioned_but_never_told_is_untidy() {
        let twice = ("docs/rules/a.md", "- R-HRS-2: x\n### R-HRS-2 y\nSee R-HRS-9.\n");
        let found = told(&[twice]);
        assert!(found.contains(&"docs/rules/a.md:2 R-HRS-2 is told twice".to_string()), "{found:?}");
        assert!(found.contains(&"docs/rules/a.md:3 R-HRS-9 is not told in docs/rules".to_string()), "{found:?}");
    }

    #[test]
    fn requirement_rows_and_ordinary_words_are_not_rule_numbers() {
        assert_eq!(numbers("REF-02 R-2 R-abc-1 PR-HRS-1 R-HRS-x"), Vec::<String>::new());
        assert_eq!(numbers("(R-HRS-12), R-SUP-3."), ["R-HRS-12", "R-SUP-3"]);
    }
}
