//! Tidiness as a test: the promises of the architecture page that a machine can read off the files.

mod functions;
mod layers;
mod links;
mod mask;
pub mod modules;
mod purity;
mod requirements;
pub mod rules;
mod sizes;
mod words;

use crate::fault::Fault;
use crate::files::{self, has_extension, shown};
use mask::Masked;
use std::path::Path;

/// Something untidy, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Untidy {
    /// Path from the root.
    pub file: String,
    /// Line, from 1; 0 when it concerns the whole file.
    pub line: usize,
    /// What is wrong and what to do, in a sentence.
    pub what: String,
}

impl Untidy {
    fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.into(), line, what: what.into() }
    }
}

/// A text file of the repository.
pub struct Text {
    /// Path from the root, with forward slashes.
    pub path: String,
    /// All of it.
    pub text: String,
    /// For Rust: code and string literals apart.
    pub rust: Option<Masked>,
}

impl Text {
    /// A file as it would be read from disk.
    pub fn new(path: &str, text: &str) -> Self {
        let rust = path.ends_with(".rs").then(|| mask::mask(text));
        Self { path: path.into(), text: text.into(), rust }
    }

    /// Whether the name ends so.
    pub fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, own)| own == extension)
    }
}

const READ: [&str; 11] = ["rs", "md", "toml", "cedar", "cedarschema", "ts", "js", "mjs", "css", "html", "txt"];

/// Every text file of ours, and the paths of all files.
pub fn read(root: &Path) -> Result<(Vec<Text>, Vec<String>), Fault> {
    let mut texts = Vec::new();
    let mut paths = Vec::new();
    for path in files::walk(root)? {
        let told = shown(root, &path);
        if has_extension(&path, &READ) {
            texts.push(Text::new(&told, &files::read(&path)?));
        }
        paths.push(told);
    }
    Ok((texts, paths))
}

/// Reads every file of ours and fails when anything is untidy.
pub fn tidy(root: &Path) -> Result<(), Fault> {
    let (texts, paths) = read(root)?;
    let mut found = all(&texts, &paths);
    found.sort();
    for Untidy { file, line, what } in &found {
        if *line == 0 { println!("{file}: {what}") } else { println!("{file}:{line}: {what}") }
    }
    match found.len() {
        0 => {
            println!("tidy: {} files read, all tidy", texts.len());
            Ok(())
        }
        1 => Err(Fault("one thing is untidy".into())),
        count => Err(Fault(format!("{count} things are untidy"))),
    }
}

/// All checks; `paths` also names files that are not text, for links.
fn all(texts: &[Text], paths: &[String]) -> Vec<Untidy> {
    let mut found = layers::check(texts);
    found.extend(sizes::check(texts));
    found.extend(modules::check(texts));
    found.extend(purity::check(texts));
    found.extend(rules::check(texts));
    found.extend(requirements::check(texts));
    found.extend(links::check(texts, paths));
    found.extend(words::check(texts));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_tidy_repository_passes_every_check() {
        let texts = [
            Text::new(
                "crates/domain/Cargo.toml",
                "[package]\nname = \"domain\"\n[dependencies]\njiff.workspace = true\n",
            ),
            Text::new("crates/domain/src/lib.rs", "//! True things.\npub mod hours;\n"),
            Text::new(
                "crates/domain/src/hours.rs",
                "/// R-HRS-1\npub fn left() {}\n#[cfg(test)]\nmod tests {\n    // R-HRS-1\n}\n",
            ),
            Text::new(
                "docs/rules/hours.md",
                "# Hours\n\n**R-HRS-1** Hours are counted once. See [home](../../README.md).\n",
            ),
            Text::new("README.md", "# Home\n"),
        ];
        let paths: Vec<String> = texts.iter().map(|text| text.path.clone()).collect();
        assert_eq!(all(&texts, &paths), []);
    }
}
