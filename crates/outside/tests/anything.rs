//! Every parser of what comes from outside gets its seeds, seeds that were spoilt, and any bytes; each comes back and keeps
//! its promises. A few seconds here, hours in `fuzz/`. `TRIES=20000` tries longer.
#![expect(clippy::expect_used, reason = "a seed that is missing is a failure")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use outside::{NoTarget, TARGETS, Target};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// So long at most for one target, however slow the machine.
const AT_MOST: Duration = Duration::from_millis(900);

fn seeds(target: &Target) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target.name);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a seed")).collect()
}

fn tries(target: &Target) -> u32 {
    let told = std::env::var("TRIES").ok().and_then(|tries| tries.parse().ok());
    told.unwrap_or(if target.slow { 60 } else { 1000 })
}

/// What becomes of a seed: bytes turned over, cut out, doubled or put in.
fn spoilt(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0_u8..6);
    (prop::sample::select(seeds), prop::collection::vec(change, 0..8)).prop_map(|(seed, changes)| {
        changes.into_iter().fold(seed, |mut bytes, (at, byte, how)| {
            let at = at.index(bytes.len() + 1);
            let end = bytes.len().min(at + usize::from(byte));
            match how {
                0 if at < bytes.len() => bytes[at] ^= byte | 1,
                1 => bytes.insert(at, byte),
                2 => bytes.truncate(at),
                3 => drop(bytes.drain(at..end)),
                4 => bytes.extend_from_within(at..end),
                _ => drop(bytes.splice(at..at, b"99999999999999999999".iter().copied())),
            }
            bytes
        })
    })
}

fn run(target: &Target, anything: impl Strategy<Value = Vec<u8>>) {
    let begun = Instant::now();
    let longer = std::env::var_os("TRIES").is_some();
    let config = Config { cases: tries(target), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, proptest::test_runner::TestRng::deterministic_rng(RNG));
    let outcome = runner.run(&anything, |bytes| {
        if longer || begun.elapsed() < AT_MOST {
            (target.run)(&bytes);
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{}: {outcome:?}", target.name);
}

const RNG: proptest::test_runner::RngAlgorithm = proptest::test_runner::RngAlgorithm::ChaCha;

fn of(names: &str) -> impl Iterator<Item = &'static Target> {
    TARGETS.iter().filter(move |target| target.name.starts_with(names))
}

fn try_all(names: &str) {
    for target in of(names) {
        let seeds = seeds(target);
        seeds.iter().for_each(|seed| (target.run)(seed));
        run(target, spoilt(seeds));
        run(target, prop::collection::vec(any::<u8>(), 0..400));
    }
}

#[test]
fn what_is_sealed_and_signed() {
    try_all("sealed-");
}

#[test]
fn forms() {
    try_all("form-");
}

#[test]
fn staff_files() {
    try_all("staff-");
}

#[test]
fn texts() {
    try_all("text-");
}

#[test]
fn backups() {
    try_all("backup-");
}

/// R-ALL-12
#[test]
fn plans() {
    try_all("plan-");
}

#[test]
fn every_target_is_tried_and_has_a_fuzz_target_of_its_name() {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("the manifest");
    for target in TARGETS {
        assert!(manifest.contains(&format!("name = \"{}\"", target.name)), "{}", target.name);
        let tried = ["sealed-", "form-", "staff-", "text-", "backup-", "plan-"];
        assert!(tried.iter().any(|names| target.name.starts_with(names)), "{}", target.name);
    }
    assert_eq!(outside::run("nothing", b""), Err(NoTarget));
}
