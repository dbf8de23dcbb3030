//! Layers: which crate may use which, read off the manifests. The table is the one of ARCHITECTURE.md.

use super::{Text, Untidy};

/// A crate of ours, and those of ours it may use.
const LAYERS: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("evidence", &[]),
    ("allocation", &[]),
    ("assets", &[]),
    ("sealing", &[]),
    ("policies", &["domain"]),
    ("store", &["domain", "policies", "sealing"]),
    ("actions", &["domain", "policies", "sealing", "store", "allocation", "evidence"]),
    ("documents", &[]),
    ("server", &["domain", "actions", "assets", "documents", "allocation", "evidence"]),
    ("outside", &["domain", "sealing", "actions", "server", "allocation"]),
    ("proofs", &["policies"]),
    ("trial", &["sealing", "store"]),
    ("xtask", &[]),
];

/// The crates that are there for tests only: one looks behind the gate, one behind the store's back, one tries every parser.
const FOR_TESTS: [&str; 3] = ["outside", "proofs", "trial"];

/// The beginning of an outside crate's name, and the only crate of ours that may use such crates.
const HEAVY: [(&str, &str); 14] = [
    ("age", "actions"),
    ("blind-rsa", "sealing"),
    ("cedar-", "policies"),
    ("ring", "sealing"),
    ("rusqlite", "store"),
    ("tokio-postgres", "store"),
    ("deadpool", "store"),
    ("axum", "server"),
    ("lettre", "server"),
    ("maud", "server"),
    ("tower", "server"),
    ("hyper", "server"),
    ("typst", "documents"),
    ("rust_xlsxwriter", "documents"),
];

/// The beginning of the name of an outside crate that opens what is sealed, and the only crate of ours that may use such
/// crates, in its tests alone: the program has nothing that opens (R-WRD-1).
const OPENS: [(&str, &str); 5] =
    [("aes", "sealing"), ("hkdf", "sealing"), ("p256", "sealing"), ("pbkdf2", "sealing"), ("ecdsa", "sealing")];

/// Crates of ours that reach nothing outside the process.
const PURE: [&str; 4] = ["domain", "evidence", "allocation", "sealing"];

/// Outside crates that bring a clock, chance, or input and output.
const IMPURE: [&str; 6] = ["tokio", "rand", "tempfile", "reqwest", "tracing", "futures"];

/// Crates that are not in the workspace, and of which nothing is ever shipped.
const APART: [&str; 2] = ["fuzz/", "xtask/peers/"];

/// Checks the manifest of every crate of ours.
pub fn check(texts: &[Text]) -> Vec<Untidy> {
    let apart = |path: &str| APART.iter().any(|folder| path.starts_with(folder));
    let manifests = texts.iter().filter(|text| text.path.ends_with("/Cargo.toml") && !apart(&text.path));
    manifests.flat_map(check_one).collect()
}

fn check_one(text: &Text) -> Vec<Untidy> {
    let folder = text.path.trim_end_matches("/Cargo.toml").rsplit('/').next().unwrap_or_default();
    let Some((crate_name, may_use)) = LAYERS.iter().find(|(name, _)| *name == folder) else {
        let what = format!("`{folder}` has no place in the house: add it to ARCHITECTURE.md and to xtask's layers");
        return vec![Untidy::new(&text.path, 0, what)];
    };
    let mut found = Vec::new();
    for Dependency { name, line, for_tests } in dependencies(&text.text) {
        let ours = LAYERS.iter().any(|(known, _)| *known == name);
        let keeper = HEAVY.iter().find(|(start, _)| name.starts_with(start)).map(|(_, keeper)| *keeper);
        let opens = OPENS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, keeper)| *keeper);
        let for_tests_only = FOR_TESTS.contains(&name.as_str()) && for_tests;
        if ours && !for_tests_only && !may_use.contains(&name.as_str()) {
            found.push(Untidy::new(&text.path, line, format!("`{crate_name}` may not use `{name}`")));
        } else if *crate_name == "xtask" {
            found.push(Untidy::new(&text.path, line, format!("xtask uses the standard library only, not `{name}`")));
        } else if let Some(keeper) = opens.filter(|keeper| keeper != crate_name || !for_tests) {
            found.push(Untidy::new(&text.path, line, format!("only the tests of `{keeper}` may use `{name}`")));
        } else if let Some(keeper) = keeper.filter(|keeper| keeper != crate_name && !FOR_TESTS.contains(crate_name)) {
            found.push(Untidy::new(&text.path, line, format!("only `{keeper}` may use `{name}`")));
        } else if PURE.contains(crate_name) && !for_tests && IMPURE.contains(&name.as_str()) {
            found.push(Untidy::new(&text.path, line, format!("`{crate_name}` is pure: it may not use `{name}`")));
        }
    }
    found
}

#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    name: String,
    line: usize,
    for_tests: bool,
}

/// Reads the dependencies of all kinds and targets from a manifest, by their package names.
fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut section = String::new();
    for (line, text) in (1..).zip(manifest.lines()) {
        let text = text.split('#').next().unwrap_or_default().trim();
        if let Some(header) = text.strip_prefix('[') {
            section = header.trim_end_matches(']').to_string();
            if let Some((table, name)) = section.rsplit_once('.').filter(|(table, _)| is_table(table)) {
                found.push(Dependency { name: bare(name), line, for_tests: table.contains("dev-") });
            }
            continue;
        }
        let Some((key, value)) = text.split_once('=') else { continue };
        if is_table(&section) {
            let name = package(value).unwrap_or_else(|| bare(key.split('.').next().unwrap_or_default()));
            found.push(Dependency { name, line, for_tests: section.contains("dev-") });
        } else if key.trim() == "package"
            && section.rsplit_once('.').is_some_and(|(table, _)| is_table(table))
            && let Some(last) = found.last_mut()
        {
            last.name = bare(value);
        }
    }
    found
}

fn is_table(section: &str) -> bool {
    let last = section.rsplit('.').next().unwrap_or_default();
    matches!(last, "dependencies" | "dev-dependencies" | "build-dependencies")
}

fn bare(name: &str) -> String {
    name.trim().trim_matches(['"', '\'']).to_string()
}

/// The real name in `other = { package = "name" }`.
fn package(value: &str) -> Option<String> {
    let after = value.split("package").nth(1)?.trim_start().strip_prefix('=')?;
    after.split('"').nth(1).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str) -> Vec<String> {
        check(&[Text::new(path, text)]).into_iter().map(|untidy| untidy.what).collect()
    }

    #[test]
    fn an_arrow_that_is_not_in_the_table_is_refused_in_every_section() {
        for table in ["[dependencies]", "[dev-dependencies]", "[target.'cfg(unix)'.build-dependencies]"] {
            let text = format!("{table}\ndomain.workspace = true\nstore.workspace = true\n");
            assert_eq!(told("crates/policies/Cargo.toml", &text), ["`policies` may not use `store`"]);
        }
        assert_eq!(told("crates/server/Cargo.toml", "[dependencies.store]\npath = \"x\"\n").len(), 1);
    }

    #[test]
    fn a_heavy_crate_has_one_keeper_under_any_name() {
        assert_eq!(
            told("crates/store/Cargo.toml", "[dependencies]\nrusqlite.workspace = true\n"),
            Vec::<String>::new()
        );
        let renamed = "[dependencies]\ndb = { package = \"rusqlite\", version = \"1\" }\n";
        assert_eq!(told("crates/actions/Cargo.toml", renamed), ["only `store` may use `rusqlite`"]);
        let table = "[dependencies.db]\npackage = \"rusqlite\"\n";
        assert_eq!(told("crates/actions/Cargo.toml", table), ["only `store` may use `rusqlite`"]);
    }

    #[test]
    fn what_is_for_tests_only_is_used_by_tests_only() {
        let tests = "[dev-dependencies]\ntrial.workspace = true\n";
        assert_eq!(told("crates/store/Cargo.toml", tests), Vec::<String>::new());
        assert_eq!(told("crates/server/Cargo.toml", "[dependencies]\ntrial.workspace = true\n").len(), 1);
    }

    /// R-WRD-1
    #[test]
    fn what_opens_is_used_by_the_tests_of_one_crate_and_never_by_the_program() {
        let tests = "[dev-dependencies]\np256.workspace = true\naes-gcm.workspace = true\n";
        assert_eq!(told("crates/sealing/Cargo.toml", tests), Vec::<String>::new());
        let program = tests.replace("dev-", "");
        assert_eq!(told("crates/sealing/Cargo.toml", &program).len(), 2);
        for other in ["actions", "server", "store", "trial"] {
            assert_eq!(told(&format!("crates/{other}/Cargo.toml"), tests).len(), 2, "{other}");
        }
    }

    #[test]
    fn pure_crates_reach_nothing_outside_and_xtask_uses_nothing() {
        assert_eq!(told("crates/domain/Cargo.toml", "[dependencies]\ntokio.workspace = true\n").len(), 1);
        assert_eq!(told("crates/domain/Cargo.toml", "[dev-dependencies]\nrand.workspace = true\n").len(), 0);
        assert_eq!(told("xtask/Cargo.toml", "[dependencies]\nserde = \"1\"\n").len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_refused() {
        assert_eq!(told("crates/misc/Cargo.toml", "").len(), 1);
    }
}
