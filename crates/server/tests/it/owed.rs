//! What every page owes its reader, checked on every page that any test looks at.

use std::collections::BTreeSet;

use crate::page::{Page, Piece};

/// The headers of every page.
const HEADERS: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-type", "text/html; charset=utf-8"),
];

/// Parts of the policy that no page may lack.
const POLICY: [&str; 7] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
];

/// What is wrong with a page, as sentences; nothing when all is well.
pub fn faults(page: &Page) -> Vec<String> {
    let mut faults = headers(page);
    if page.is_html() && !page.path.starts_with("HEAD ") {
        faults.extend(words(page));
        faults.extend(attributes(page));
        faults.extend(fields(page));
    }
    faults
}

fn headers(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    // A feed is for one person's calendar program, whatever stands in between (R-CAL-1).
    let feed = page.header("content-type").is_some_and(|kind| kind.starts_with("text/calendar"));
    for (name, value) in HEADERS {
        let there = page.header(name);
        let value = if feed && name == "cache-control" { "private, no-store" } else { value };
        if there != Some(value) && (name != "content-type" || page.is_html()) {
            faults.push(format!("header {name} is {there:?}"));
        }
    }
    let policy = page.header("content-security-policy").unwrap_or_default();
    faults.extend(POLICY.iter().filter(|part| !policy.contains(**part)).map(|part| format!("policy lacks {part}")));
    if policy.contains("unsafe") {
        faults.push(format!("policy is {policy}"));
    }
    faults
}

fn words(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let headings = page.texts("h1");
    if headings.len() != 1 || headings[0].is_empty() {
        faults.push(format!("headings of the first level: {headings:?}"));
    }
    let titles: Vec<String> = page.texts("title").into_iter().take(1).collect();
    if titles.iter().all(|title| title.trim_end_matches(" · Alongside").is_empty()) {
        faults.push("no title".to_owned());
    }
    faults.extend(ranks(&page.text()).into_iter().map(|word| format!("a word of rank: {word}")));
    if page.attributes_of("html", "lang") != ["en-GB"] {
        faults.push("no language".to_owned());
    }
    faults
}

/// Words that would put one of the two above the other (R-FRM-11).
const RANKS: [&str; 12] = [
    "expert",
    "experts",
    "superior",
    "superiors",
    "subordinate",
    "subordinates",
    "junior",
    "juniors",
    "mentee",
    "mentees",
    "coachee",
    "coachees",
];

fn ranks(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| RANKS.contains(&word.as_str())).collect()
}

/// R-FRM-11
#[test]
fn a_word_of_rank_is_found_on_whichever_page_it_stands() {
    assert_eq!(ranks("Ask an expert; no Mentee has to."), ["expert", "mentee"]);
    assert_eq!(ranks("Expertise of colleagues, alongside"), Vec::<String>::new());
}

/// Nothing inline, every address our own, every id once, every fragment somewhere.
fn attributes(page: &Page) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let mut wanted = Vec::new();
    let mut script = false;
    for piece in page.pieces() {
        let Piece::Tag { name, attributes } = piece else {
            if script {
                faults.push("a script inside the page".to_owned());
            }
            continue;
        };
        script = name == "script";
        if name == "style" {
            faults.push("a style inside the page".to_owned());
        }
        for (key, value) in attributes {
            if key == "style" || key.starts_with("on") || value.trim_start().starts_with("javascript:") {
                faults.push(format!("{name} has {key}=\"{value}\""));
            }
            if matches!(key.as_str(), "src" | "action" | "formaction")
                && (!value.starts_with('/') || value.starts_with("//"))
            {
                faults.push(format!("{name} leads to {value}"));
            }
            match key.as_str() {
                "id" if !ids.insert(value.clone()) => faults.push(format!("the id {value} comes twice")),
                "href" if value.starts_with('#') => wanted.push(value[1..].to_owned()),
                "aria-describedby" | "aria-labelledby" | "for" => wanted.push(value),
                _ => {}
            }
        }
    }
    faults.extend(wanted.iter().filter(|id| !ids.contains(*id)).map(|id| format!("nothing has the id {id}")));
    faults
}

/// Every field has a label: around it, by its id, or in words of its own.
fn fields(page: &Page) -> Vec<String> {
    let labelled: BTreeSet<String> = page.attributes_of("label", "for").into_iter().collect();
    let mut faults = Vec::new();
    let mut around = 0;
    for piece in page.pieces() {
        let Piece::Tag { name, attributes } = piece else { continue };
        let get = |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
        match name.as_str() {
            "label" => around += 1,
            "/label" => around -= 1,
            "input" | "select" | "textarea" => {
                let silent = matches!(get("type"), Some("hidden" | "submit"));
                let by_id = get("id").is_some_and(|id| labelled.contains(id));
                if !silent && around == 0 && !by_id && get("aria-label").is_none() {
                    faults.push(format!("the field {:?} has no label", get("name")));
                }
            }
            _ => {}
        }
    }
    faults
}
