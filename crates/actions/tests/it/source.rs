//! Which functions of this crate change something, read off its source.

use std::collections::BTreeSet;
use std::path::Path;

/// The text of a function of a module, from its first line to its last.
pub fn function(module: &str, name: &str) -> String {
    let text = module_text(module);
    let start = text.find(&format!("pub async fn {name}")).expect(name);
    let rest = text.get(start..).unwrap_or_default();
    rest.split_once("\n}\n").map_or(rest, |(body, _)| body).to_owned()
}

fn module_text(module: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(format!("{module}.rs"));
    std::fs::read_to_string(file).expect(module)
}

/// `module::function` of every public function that begins a unit of work.
pub fn writing() -> BTreeSet<String> {
    let lib = module_text("lib");
    let modules = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut found = BTreeSet::new();
    // The desk hands out units of work and does nothing in them.
    for module in modules.filter(|module| *module != "desk") {
        let text = module_text(module);
        for function in text.split("\npub async fn ").skip(1) {
            let name = function.split(['(', '<']).next().unwrap_or_default();
            let body = function.split_once("\n}\n").map_or(function, |(body, _)| body);
            if body.contains(".write()") || body.contains("change::<") {
                found.insert(format!("{module}::{name}"));
            }
        }
    }
    found
}

#[test]
fn a_permit_to_change_is_asked_for_only_where_a_unit_of_work_begins() {
    let writing = writing();
    assert!(writing.len() > 25, "{writing:?}");
    let lib = module_text("lib");
    for module in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')) {
        for function in module_text(module).split("\npub async fn ").skip(1) {
            let name = format!("{module}::{}", function.split(['(', '<']).next().unwrap_or_default());
            let body = function.split_once("\n}\n").map_or(function, |(body, _)| body);
            assert!(!body.contains("events::") || writing.contains(&name), "{name} records outside a unit of work");
        }
    }
}
