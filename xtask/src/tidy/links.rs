//! Relative links in Markdown pages lead to files and headings that exist.

use super::{Text, Untidy};
use std::collections::BTreeSet;

/// Checks every page; `paths` are all files of the repository.
pub fn check(texts: &[Text], paths: &[String]) -> Vec<Untidy> {
    let known = paths.iter().flat_map(|path| with_folders(path)).collect::<BTreeSet<String>>();
    let mut found = Vec::new();
    for page in texts.iter().filter(|text| text.is("md")) {
        for (line, target) in links(&page.text) {
            if target.contains(':') || target.starts_with("//") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target.as_str(), ""));
            let path = if file.is_empty() { Some(page.path.clone()) } else { joined(&page.path, file) };
            let Some(path) = path.filter(|path| known.contains(path)) else {
                found.push(Untidy::new(&page.path, line, format!("the link to `{target}` leads nowhere")));
                continue;
            };
            let other = texts.iter().find(|text| text.path == path && text.is("md"));
            if !heading.is_empty() && other.is_some_and(|other| !headings(&other.text).contains(heading)) {
                found.push(Untidy::new(&page.path, line, format!("`{path}` has no heading `#{heading}`")));
            }
        }
    }
    found
}

fn with_folders(path: &str) -> Vec<String> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.filter_map(|end| path.get(..end).map(String::from)).chain([String::new()]).collect()
}

/// Markdown text with fenced blocks and code spans blanked, line by line.
pub fn prose(text: &str) -> Vec<String> {
    let mut fenced = false;
    text.lines()
        .map(|line| {
            let fence = line.trim_start().starts_with("```");
            fenced ^= fence;
            if fenced || fence {
                return String::new();
            }
            line.split('`').enumerate().map(|(part, text)| if part % 2 == 0 { text } else { "" }).collect()
        })
        .collect()
}

/// The targets of `[text](target)`, images and `[name]: target`, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in (1..).zip(prose(text)) {
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
        found.extend(inline.map(|target| (line, target.to_string())));
        if let Some((_, target)) = text.split_once("]: ").filter(|_| text.starts_with('[')) {
            found.push((line, target.split(' ').next().unwrap_or_default().to_string()));
        }
    }
    found
}

/// The path a relative link leads to; none when it leaves the repository.
fn joined(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The headings of a page as link targets: lower case, spaces as hyphens, other marks left out.
fn headings(text: &str) -> BTreeSet<String> {
    let heads = text.lines().filter(|line| line.starts_with('#'));
    let target = |line: &str| {
        let kept = line.trim_start_matches('#').trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    heads.map(target).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> Vec<String> {
        let texts = [Text::new("docs/run/install.md", page), Text::new("README.md", "# Two commands, no more\n")];
        let paths = ["docs/run/install.md", "README.md", "docs/a.png"].map(String::from);
        check(&texts, &paths).into_iter().map(|untidy| untidy.what).collect()
    }

    #[test]
    fn links_to_files_folders_pictures_and_headings_are_followed() {
        let page = "[a](../../README.md#two-commands-no-more) ![b](../a.png \"x\") [c](../run/) [d](https://x.org)\n[e]: ../a.png";
        assert_eq!(told(page), Vec::<String>::new());
    }

    #[test]
    fn links_to_nothing_are_named() {
        assert_eq!(told("[a](gone.md)"), ["the link to `gone.md` leads nowhere"]);
        assert_eq!(told("[a](../../../x.md)"), ["the link to `../../../x.md` leads nowhere"]);
        assert_eq!(told("[a](../../README.md#gone)"), ["`README.md` has no heading `#gone`"]);
    }

    #[test]
    fn code_is_not_read_for_links() {
        assert_eq!(told("`[a](gone.md)`\n```\n[a](gone.md)\n```\n"), Vec::<String>::new());
    }
}
