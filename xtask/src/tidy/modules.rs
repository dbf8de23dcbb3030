//! Which Rust files are reached from a crate's roots by `mod` declarations, and which of them are tests.

use super::functions::{identifier, words};
use super::{Text, Untidy};
use std::collections::{BTreeMap, BTreeSet};

/// Names every Rust file that no root reaches.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let reached = reached(texts);
    let dead = texts.iter().filter(|text| text.rust.is_some() && !reached.contains_key(&text.path));
    dead.map(|text| Untidy::new(&text.path, 0, "no `mod` declaration reaches this file: declare or delete it"))
        .collect()
}

/// The Rust files that exist only when testing: under `tests/`, or declared under `#[cfg(test)]`.
pub fn test_files(texts: &[Text]) -> BTreeSet<String> {
    reached(texts).into_iter().filter(|(_, is_test)| *is_test).map(|(path, _)| path).collect()
}

/// Every reached file, and whether it is a test.
fn reached(texts: &[Text]) -> BTreeMap<String, bool> {
    let by_path: BTreeMap<&str, &Text> =
        texts.iter().filter(|text| text.rust.is_some()).map(|text| (text.path.as_str(), text)).collect();
    let named = named_roots(texts);
    let root = |path: &str| is_root(path) || named.contains(path);
    let roots = by_path.keys().filter(|path| root(path));
    let mut waiting: Vec<(String, bool)> = roots.map(|path| (path.to_string(), path.contains("/tests/"))).collect();
    let mut reached: BTreeMap<String, bool> = waiting.iter().cloned().collect();
    while let Some((path, is_test)) = waiting.pop() {
        let Some(text) = by_path.get(path.as_str()) else { continue };
        for module in declared(text) {
            let is_test = is_test || module.for_tests;
            for child in module.files(&path, root(&path)) {
                if by_path.contains_key(child.as_str()) && !reached.contains_key(&child) {
                    reached.insert(child.clone(), is_test);
                    waiting.push((child, is_test));
                }
            }
        }
    }
    reached
}

/// Files that cargo finds by itself, by the names it looks for in a package.
fn is_root(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let end = |count: usize| parts.len().checked_sub(count).and_then(|from| parts.get(from..)).unwrap_or_default();
    let folder = |name: &str| ["tests", "benches", "examples", "fuzz_targets"].contains(&name);
    matches!(end(2), ["src", "lib.rs" | "main.rs"] | ["bin", _])
        || matches!(end(1), ["build.rs"])
        || matches!(end(2), [above, _] if folder(above) && !path.contains("/src/"))
        || matches!(end(3), [above, _, "main.rs"] if (folder(above) && !path.contains("/src/")) || *above == "bin")
}

/// Roots that a manifest names by `path = "….rs"`.
fn named_roots(texts: &[Text]) -> BTreeSet<String> {
    let manifests = texts.iter().filter(|text| text.path.ends_with("Cargo.toml"));
    let rooted = manifests.flat_map(|text| {
        let folder = text.path.trim_end_matches("Cargo.toml");
        let values = text.text.lines().filter_map(|line| line.trim().strip_prefix("path = \""));
        values.filter_map(move |value| value.split('"').next()).map(move |value| format!("{folder}{value}"))
    });
    rooted.filter(|path| path.ends_with(".rs")).collect()
}

/// A module declared without a body.
struct Declared {
    /// From the file's own module: `mod a { mod b; }` gives `a/b`.
    name: String,
    /// The file that `#[path]` names.
    path: Option<String>,
    for_tests: bool,
}

impl Declared {
    /// Where its file may lie.
    fn files(&self, parent: &str, root: bool) -> Vec<String> {
        let (folder, file) = parent.rsplit_once('/').unwrap_or(("", parent));
        if let Some(path) = &self.path {
            return vec![format!("{folder}/{path}")];
        }
        let above = if root || file == "mod.rs" { folder } else { parent.trim_end_matches(".rs") };
        vec![format!("{above}/{}.rs", self.name), format!("{above}/{}/mod.rs", self.name)]
    }
}

fn declared(text: &Text) -> Vec<Declared> {
    let Some(rust) = &text.rust else { return Vec::new() };
    let code: Vec<char> = rust.code.chars().collect();
    let raw: Vec<char> = text.text.chars().collect();
    let mut bodies: BTreeMap<usize, String> = BTreeMap::new();
    let mut found = Vec::new();
    for at in words(&code, "mod") {
        let Some((name, end)) = identifier(&code, at + 3) else { continue };
        let stop = code.iter().skip(end).position(|c| !c.is_whitespace()).map_or(end, |skipped| end + skipped);
        match code.get(stop) {
            Some(';') => found.push((at, name)),
            Some('{') => drop(bodies.insert(stop, name)),
            _ => {}
        }
    }
    let module = |(at, name): (usize, String)| {
        let from = code.iter().take(at).rposition(|c| matches!(c, ';' | '{' | '}')).map_or(0, |before| before + 1);
        let attributes: String = raw.get(from..at).unwrap_or_default().iter().collect();
        let path = attributes.split("#[path = \"").nth(1).and_then(|rest| rest.split('"').next()).map(String::from);
        let for_tests = attributes.contains("#[cfg(test)]");
        Declared { name: within(&code, &bodies, at) + &name, path, for_tests }
    };
    found.into_iter().map(module).collect()
}

/// The inline modules that are open at a place, as a path ending in a slash.
fn within(chars: &[char], bodies: &BTreeMap<usize, String>, place: usize) -> String {
    let mut open: Vec<Option<&String>> = Vec::new();
    for (at, next) in chars.iter().enumerate().take(place) {
        match next {
            '{' => open.push(bodies.get(&at)),
            '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.into_iter().flatten().map(|name| format!("{name}/")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(files: &[(&str, &str)]) -> Vec<Text> {
        files.iter().map(|(path, text)| Text::new(path, text)).collect()
    }

    fn dead(files: &[(&str, &str)]) -> Vec<String> {
        check(&texts(files)).into_iter().map(|untidy| untidy.file).collect()
    }

    #[test]
    fn a_file_nobody_declares_is_dead() {
        let lib = ("crates/a/src/lib.rs", "// mod lost;\npub mod kept;");
        assert_eq!(dead(&[lib, ("crates/a/src/kept.rs", ""), ("crates/a/src/lost.rs", "")]), ["crates/a/src/lost.rs"]);
    }

    #[test]
    fn children_of_files_folders_and_inline_modules_are_reached() {
        let files = [
            ("crates/a/src/main.rs", "mod one; mod two; mod three { mod four; }"),
            ("crates/a/src/one.rs", "mod child;"),
            ("crates/a/src/one/child.rs", ""),
            ("crates/a/src/two/mod.rs", "mod child;"),
            ("crates/a/src/two/child.rs", ""),
            ("crates/a/src/three/four.rs", ""),
        ];
        assert_eq!(dead(&files), Vec::<String>::new());
    }

    #[test]
    fn a_file_declared_only_by_a_dead_file_is_dead_too() {
        let files = [("crates/a/src/lib.rs", ""), ("crates/a/src/b.rs", "mod c;"), ("crates/a/src/b/c.rs", "")];
        assert_eq!(dead(&files), ["crates/a/src/b.rs", "crates/a/src/b/c.rs"]);
    }

    #[test]
    fn tests_build_scripts_and_roots_named_in_the_manifest_are_roots() {
        let files = [
            ("crates/a/Cargo.toml", "[[bin]]\npath = \"src/start.rs\"\n"),
            ("crates/a/src/start.rs", "mod x;"),
            ("crates/a/src/x.rs", ""),
            ("crates/a/build.rs", ""),
            ("crates/a/tests/matrix.rs", ""),
            ("crates/a/tests/it/main.rs", "mod pages;"),
            ("crates/a/tests/it/pages.rs", ""),
        ];
        assert_eq!(dead(&files), Vec::<String>::new());
    }

    #[test]
    fn files_declared_for_tests_and_their_children_are_tests() {
        let files = [
            ("crates/a/src/lib.rs", "mod plain;\n#[cfg(test)]\nmod properties;"),
            ("crates/a/src/plain.rs", "#[cfg(test)]\n#[path = \"plain_tests.rs\"]\nmod tests;"),
            ("crates/a/src/plain_tests.rs", ""),
            ("crates/a/src/properties.rs", "mod more;"),
            ("crates/a/src/properties/more.rs", ""),
        ];
        assert_eq!(dead(&files), Vec::<String>::new());
        let tests: Vec<String> = test_files(&texts(&files)).into_iter().collect();
        let expected = ["plain_tests.rs", "properties.rs", "properties/more.rs"];
        assert_eq!(tests, expected.map(|name| format!("crates/a/src/{name}")));
    }
}
