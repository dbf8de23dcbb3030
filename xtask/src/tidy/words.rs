//! Words: nothing unfinished, no silenced lints, and British spelling where people read.

use super::functions::{line_of, words};
use super::links::prose;
use super::modules::test_files;
use super::{Text, Untidy};

/// This folder holds the lists themselves.
const THE_LISTS: &str = "xtask/src/tidy/";

const UNFINISHED: [&str; 4] = ["TODO", "FIXME", "coming soon", "Coming soon"];
const UNFINISHED_MACROS: [&str; 2] = ["todo", "unimplemented"];

/// American beginnings of words and what is written here; a word is looked up by its beginning.
const SPELLINGS: [(&str, &str); 33] = [
    ("analyz", "analys"),
    ("apologiz", "apologis"),
    ("authoriz", "authoris"),
    ("behavior", "behaviour"),
    ("canceled", "cancelled"),
    ("canceling", "cancelling"),
    ("catalog ", "catalogue"),
    ("center", "centre"),
    ("color", "colour"),
    ("customiz", "customis"),
    ("defense", "defence"),
    ("emphasiz", "emphasis"),
    ("enrollment", "enrolment"),
    ("favor", "favour"),
    ("finaliz", "finalis"),
    ("fulfill ", "fulfil"),
    ("gray", "grey"),
    ("honor", "honour"),
    ("initializ", "initialis"),
    ("labeled", "labelled"),
    ("math ", "maths"),
    ("maximiz", "maximis"),
    ("minimiz", "minimis"),
    ("modeling", "modelling"),
    ("neighbor", "neighbour"),
    ("normaliz", "normalis"),
    ("organiz", "organis"),
    ("personaliz", "personalis"),
    ("prioritiz", "prioritis"),
    ("realiz", "realis"),
    ("recogniz", "recognis"),
    ("summariz", "summaris"),
    ("utiliz", "use"),
];

/// Checks every text.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let tests = test_files(texts);
    let ours = texts.iter().filter(|text| !text.path.starts_with(THE_LISTS));
    let all = |text: &Text| {
        let read = text.path.starts_with("crates/") && !tests.contains(&text.path);
        unfinished(text).into_iter().chain(silenced(text)).chain(american(text, read)).collect::<Vec<_>>()
    };
    ours.flat_map(all).collect()
}

fn unfinished(text: &Text) -> Vec<Untidy> {
    let lines = if text.is("md") { prose(&text.text) } else { text.text.lines().map(String::from).collect() };
    let mut found = Vec::new();
    for (line, content) in (1..).zip(&lines) {
        for word in UNFINISHED.iter().filter(|word| stands_alone(content, word)) {
            found.push(Untidy::new(&text.path, line, format!("`{word}`: finish it or leave it out")));
        }
    }
    found
}

fn stands_alone(line: &str, word: &str) -> bool {
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    line.match_indices(word).any(|(at, found)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        outside(before) && outside(line.get(at + found.len()..).and_then(|after| after.chars().next()))
    })
}

/// `#[allow(…)]`, and the macros of unfinished work.
fn silenced(text: &Text) -> Vec<Untidy> {
    let Some(rust) = &text.rust else { return Vec::new() };
    let chars: Vec<char> = rust.code.chars().collect();
    let mut found = Vec::new();
    for at in words(&chars, "allow") {
        let before: String = chars.iter().take(at).rev().filter(|c| !c.is_whitespace()).take(2).collect();
        let opens = chars.iter().skip(at + 5).find(|c| !c.is_whitespace()) == Some(&'(');
        if opens && ["[#", "[!"].contains(&before.as_str()) {
            let what = "`#[allow]` hides for ever: use `#[expect(lint, reason = \"…\")]`";
            found.push(Untidy::new(&text.path, line_of(&chars, at), what));
        }
    }
    for word in UNFINISHED_MACROS {
        let called = |at: &usize| chars.get(at + word.len()) == Some(&'!');
        for at in words(&chars, word).into_iter().filter(called) {
            found.push(Untidy::new(&text.path, line_of(&chars, at), format!("`{word}!`: finish it")));
        }
    }
    found
}

/// American spellings in pages of documentation and in the sentences of the program.
fn american(text: &Text, read_by_people: bool) -> Vec<Untidy> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    if text.is("md") {
        lines.extend((1..).zip(prose(&text.text)));
    }
    if let Some(rust) = text.rust.as_ref().filter(|_| read_by_people) {
        // A literal of one word is an attribute, a column or a key.
        let sentences = rust.literals.iter().filter(|literal| literal.text.contains(' '));
        lines.extend(sentences.map(|literal| (literal.line, literal.text.clone())));
    }
    let mut found = Vec::new();
    for (line, content) in lines {
        for (american, british) in spelt(&content) {
            found.push(Untidy::new(&text.path, line, format!("`{american}…` is written `{british}…` here")));
        }
    }
    found
}

/// The American words in a sentence; parts of addresses, names of files and hyphened technical names are left alone.
fn spelt(sentence: &str) -> Vec<(&'static str, &'static str)> {
    let technical = |word: &str| word.contains(['-', '_', '/', '\\', '<', '>', '=', '{', '}']) || word.contains("::");
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase() + " ";
    let words = sentence.split_whitespace().filter(|word| !technical(word)).map(plain);
    words.filter_map(|word| SPELLINGS.iter().find(|(start, _)| word.starts_with(start)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        check(&[Text::new(path, text)]).into_iter().map(|untidy| format!("{}: {}", untidy.line, untidy.what)).collect()
    }

    #[test]
    fn unfinished_work_is_found_in_every_kind_of_file() {
        assert_eq!(told("crates/a/src/lib.rs", "// TODO later"), ["1: `TODO`: finish it or leave it out"]);
        assert_eq!(told("browser/a.ts", "x // FIXME"), ["1: `FIXME`: finish it or leave it out"]);
        assert_eq!(told("README.md", "Reports: coming soon."), ["1: `coming soon`: finish it or leave it out"]);
        assert_eq!(told("crates/a/src/lib.rs", "fn f() { todo!() }\nfn g() { unimplemented!(\"x\") }").len(), 2);
        assert_eq!(told("docs/style.md", "No `TODO` stays."), Vec::<String>::new());
    }

    #[test]
    fn silenced_lints_are_found_and_expected_ones_are_not() {
        assert_eq!(
            told("crates/a/src/lib.rs", "#![allow(dead_code)]\n# [ allow(x)]\n#[expect(x, reason = \"y\")]").len(),
            2
        );
        assert_eq!(
            told("crates/a/src/lib.rs", "gate.allow(x); // #[allow(x)]\nlet s = \"#[allow(x)]\";"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn american_spelling_is_found_where_people_read() {
        assert_eq!(told("docs/a.md", "Our Behavior."), ["1: `behavior…` is written `behaviour…` here"]);
        let text = "p { \"Organized by your center\" }";
        assert_eq!(told("crates/server/src/pages/a.rs", text).len(), 2);
    }

    #[test]
    fn technical_names_are_left_alone() {
        assert_eq!(
            told("docs/a.md", "Set `color`, color-scheme and /center/x; the centre, mathematics."),
            Vec::<String>::new()
        );
        assert_eq!(
            told("crates/server/src/a.rs", "meta name=\"color-scheme\" content=\"light dark\" fill=\"color\""),
            Vec::<String>::new()
        );
        assert_eq!(told("crates/server/src/a.rs", "fn center() { /* color */ }"), Vec::<String>::new());
    }
}
