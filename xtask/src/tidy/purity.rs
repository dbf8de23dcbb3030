//! The pure crates: no clock, no chance, no threads, no input or output in their code, whatever their manifests say.

use super::functions::{line_of, words};
use super::{Text, Untidy};

const PURE: [&str; 3] = ["crates/domain/src/", "crates/evidence/src/", "crates/allocation/src/"];
const OUTSIDE: [&str; 8] = ["fs", "net", "env", "process", "thread", "io", "Instant", "SystemTime"];

/// Finds `std::fs` and its like, and `async`, in the code of pure crates.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let pure = texts.iter().filter(|text| PURE.iter().any(|folder| text.path.starts_with(folder)));
    pure.flat_map(check_one).collect()
}

fn check_one(text: &Text) -> Vec<Untidy> {
    let Some(rust) = &text.rust else { return Vec::new() };
    let chars: Vec<char> = rust.code.chars().collect();
    let mut found = Vec::new();
    for word in OUTSIDE {
        let from_std = |at: &usize| {
            let line: String = chars.get(..*at).unwrap_or_default().iter().rev().take_while(|c| **c != '\n').collect();
            line.contains("::dts")
        };
        for at in words(&chars, word).into_iter().filter(from_std) {
            found.push(Untidy::new(&text.path, line_of(&chars, at), format!("a pure crate may not use `{word}`")));
        }
    }
    for at in words(&chars, "async") {
        found.push(Untidy::new(&text.path, line_of(&chars, at), "a pure crate is never `async`"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&[Text::new(path, text)]).len()
    }

    #[test]
    fn the_clock_and_files_are_out_of_reach_of_pure_crates_only() {
        assert_eq!(count("crates/domain/src/a.rs", "use std::{fmt, fs};\nuse std::time::Instant;"), 2);
        assert_eq!(count("crates/domain/src/a.rs", "// std::fs\nlet io = 1; let s = \"std::env\";"), 0);
        assert_eq!(count("crates/store/src/a.rs", "use std::fs;"), 0);
    }

    #[test]
    fn pure_code_is_never_async() {
        assert_eq!(count("crates/allocation/src/a.rs", "async fn go() {}"), 1);
    }
}
