//! One feature through all layers: the files that carry its name.

use crate::fault::Fault;
use crate::files::{self, shown};
use std::path::{Component, Path};

/// Prints every file of a feature with its length and its first sentence.
pub fn slice(root: &Path, name: &str) -> Result<(), Fault> {
    let mut count = 0;
    for top in ["crates", "docs/rules", "browser", "demo", "fuzz"] {
        for path in files::walk(&root.join(top))? {
            let told = shown(root, &path);
            if !belongs(Path::new(&told), name) {
                continue;
            }
            count += 1;
            // A file that is not text has neither lines nor a first sentence.
            let text = files::read(&path).unwrap_or_default();
            println!("{told:<56}{:>5}  {}", text.lines().count(), first_sentence(&text));
        }
    }
    if count == 0 { Err(Fault(format!("no file is called {name}"))) } else { Ok(()) }
}

/// Whether a file, or a folder it lies in, is called by the feature's name; `-` and `_` are the same.
fn belongs(path: &Path, name: &str) -> bool {
    let wanted = folded(name);
    path.components().any(|part| match part {
        Component::Normal(part) => {
            let part = part.to_string_lossy();
            folded(part.split('.').next().unwrap_or_default()) == wanted
        }
        _ => false,
    })
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

fn first_sentence(text: &str) -> String {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words = first.trim_start_matches(['/', '!', '#', '*', ' ']);
    words.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_every_file_and_folder_of_its_name() {
        for path in ["crates/domain/src/staff_file.rs", "docs/rules/staff-file.md", "crates/a/src/staff_file/rows.rs"] {
            assert!(belongs(Path::new(path), "staff-file"), "{path}");
        }
        assert!(belongs(Path::new("browser/journeys/staff-file.spec.ts"), "staff_file"));
        assert!(!belongs(Path::new("crates/domain/src/staff_files.rs"), "staff_file"));
    }

    #[test]
    fn the_first_sentence_loses_its_comment_marks() {
        assert_eq!(first_sentence("//! Asking for support.\n//! More."), "Asking for support.");
        assert_eq!(first_sentence("\n# Hours\n"), "Hours");
    }
}
