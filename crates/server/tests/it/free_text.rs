//! Every field that takes words is told in docs/rules/free-text.md.

use std::collections::BTreeSet;
use std::path::Path;

use crate::college::*;
use crate::page::Piece;
use crate::story;

/// The names in quotation marks that begin the rows of a table behind a heading.
fn told(heading: &str) -> BTreeSet<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules/free-text.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (_, part) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let name = |line: &str| line.strip_prefix("| `")?.split('`').next().map(str::to_owned);
    part.lines().filter_map(name).collect()
}

/// Fields that take no words: they are chosen, counted or picked.
const NO_WORDS: [&str; 10] =
    ["hidden", "checkbox", "radio", "number", "date", "time", "password", "submit", "button", "file"];

fn typed(attributes: &[(String, String)], tag: &str) -> Option<String> {
    let get = |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    let words = tag == "textarea" || tag == "input" && !NO_WORDS.contains(&get("type").unwrap_or("text"));
    words.then(|| unnumbered(get("name").unwrap_or("a field without a name")).to_owned())
}

/// A field's name without the number of its row.
fn unnumbered(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-')
}

/// R-TXT-1
#[tokio::test]
async fn every_field_that_somebody_can_come_to_is_told() {
    let college = College::sample().await;
    let thread = story::agreed(&college).await;
    let mut found = BTreeSet::new();
    for who in [SAM, PRIYA, HELEN, MAREK, ""] {
        let mut browser = if who.is_empty() { college.browser() } else { college.browser_of(who).await }.trusting();
        let mut open: Vec<String> = ["/", "/sign-in", "/practice", "/sample", &thread].map(str::to_owned).to_vec();
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        while let Some(path) = open.pop() {
            let page = browser.get(&path).await;
            for piece in page.pieces() {
                if let Piece::Tag { name, attributes } = piece {
                    found.extend(typed(&attributes, &name));
                }
            }
            let onward = page.links().into_iter().chain(page.header("location").map(str::to_owned));
            open.extend(onward.filter(|link| !link.starts_with("/week?")).filter(|link| seen.insert(link.clone())));
        }
    }
    let told = told("Fields");
    let untold: Vec<_> = found.difference(&told).collect();
    assert!(untold.is_empty(), "not told in docs/rules/free-text.md: {untold:?}");
    assert!(found.len() >= 6, "{found:?}");
}

/// R-TXT-1
#[test]
fn every_field_written_out_in_a_page_is_told_and_every_told_one_is_there() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    let (mut written, mut all) = (BTreeSet::new(), String::new());
    let files = [pages.clone(), pages.join("set_up")].into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    for file in files.map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        let text = std::fs::read_to_string(file).unwrap();
        for tag in ["input", "textarea"] {
            for (at, _) in text.match_indices(tag) {
                let rest = &text[at + tag.len()..];
                if !rest.starts_with([' ', '.']) {
                    continue;
                }
                let element = rest.split(['{', ';']).next().unwrap_or_default();
                let kind = value(element, "type");
                let words = tag == "textarea" || !NO_WORDS.contains(&kind.unwrap_or("text"));
                written.extend(value(element, "name").filter(|_| words).map(str::to_owned));
            }
        }
        all.push_str(&text);
    }
    let told = told("Fields");
    let untold: Vec<_> = written.difference(&told).collect();
    assert!(untold.is_empty(), "not told in docs/rules/free-text.md: {untold:?}");
    let gone: Vec<_> = told.iter().filter(|name| !all.contains(&format!("\"{name}"))).collect();
    assert!(gone.is_empty(), "told in docs/rules/free-text.md, and nowhere to be found: {gone:?}");
}

/// The value of an attribute that is written out.
fn value<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split_once(&format!(" {name}=\""))?.1.split('"').next()
}
