//! Plans from files, on the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn instance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/allocation/college-s-1.json.gz")
}

fn run(words: &[&str], files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alongside")).arg("allocate").args(words).args(files).output().unwrap()
}

fn planned(folder: &Path, name: &str, threads: &str) -> (Vec<u8>, Value) {
    let (out, report) = (folder.join(format!("{name}.json")), folder.join(format!("{name}.figures.json")));
    let words = [
        "--iterations",
        "100",
        "--threads",
        threads,
        "--seed",
        "3",
        "--out",
        out.to_str().unwrap(),
        "--report",
        report.to_str().unwrap(),
    ];
    let done = run(&words, &[&instance()]);
    assert!(done.status.success(), "{done:?}");
    (std::fs::read(out).unwrap(), serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap())
}

/// R-ALL-4 R-ALL-6
#[test]
fn a_plan_comes_with_its_bound_and_is_the_same_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, figures) = planned(folder.path(), "one", "1");
    let number = |name: &str| figures[name].as_i64().unwrap();
    assert!(number("value") > 200_000 && number("bound") >= number("value"), "{figures}");
    assert_eq!(figures["optimal"], Value::Bool(number("bound") == number("value")));
    assert_eq!(planned(folder.path(), "two", "1").0, plan);
    assert_eq!(planned(folder.path(), "three", "2").0, plan, "on two threads too");
}

/// R-ALL-10
#[test]
fn every_need_of_a_plan_has_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    planned(folder.path(), "one", "1");
    let plan = folder.path().join("one.json");
    for need in ["0", "7", "49"] {
        let said = run(&["explain", "--need", need], &[&instance(), &plan]);
        assert!(said.status.success() && said.stdout.len() > 30, "{said:?}");
        let other = run(&["explain", "--need", need, "--practitioner", "2"], &[&instance(), &plan]);
        assert!(other.status.success() && !other.stdout.is_empty(), "{other:?}");
    }
    let none = run(&["explain", "--need", "5000"], &[&instance(), &plan]);
    assert!(!none.status.success() && !none.stderr.is_empty(), "{none:?}");
}

/// R-ALL-12
#[test]
fn what_is_wrong_with_a_file_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (wrong, out) = (folder.path().join("wrong.json"), folder.path().join("plan.json"));
    let whole = std::fs::read(instance()).unwrap();
    let cut = whole.get(..whole.len() / 2).unwrap();
    let spoilt = b"{\"format\":\"alongside-alloc/1\",\"name\":7}".as_slice();
    for (text, told) in [(cut, "damaged"), (spoilt, "name"), (b"".as_slice(), "wrong.json")] {
        std::fs::write(&wrong, text).unwrap();
        let done = run(&["--out", out.to_str().unwrap()], &[&wrong]);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains(told) && said.contains("wrong.json"), "{said}");
        assert!(!out.exists());
    }
}

/// R-ALL-11
#[test]
fn what_if_tells_what_another_hour_or_another_instance_is_worth() {
    let what_if = |words: &[&str]| run(&[&["what-if", "--iterations", "100"], words].concat(), &[&instance()]);
    let more = what_if(&["--practitioner", "0", "--units", "6"]);
    let said = String::from_utf8_lossy(&more.stdout).into_owned();
    assert!(more.status.success() && said.contains("points more") && said.contains("need "), "{more:?}");
    let fewer = what_if(&["--practitioner", "0", "--units", "-6"]);
    assert!(String::from_utf8_lossy(&fewer.stdout).contains("points less"), "{fewer:?}");
    let file = instance();
    let same = what_if(&["--changed", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&same.stdout).into_owned();
    assert!(said.contains("0 points more") && said.contains("Nothing would change."), "{same:?}");
    for wrong in [
        &["--practitioner", "5000", "--units", "1"][..],
        &["--practitioner", "0", "--units", "-5000"],
        &["--practitioner", "0", "--units", "9223372036854775807"],
        &["--practitioner", "0"],
        &[],
    ] {
        let refused = what_if(wrong);
        assert!(!refused.status.success() && !refused.stderr.is_empty() && refused.stdout.is_empty(), "{refused:?}");
    }
}
