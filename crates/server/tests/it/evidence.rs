//! The command line for analysts.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

fn vector(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/evidence").join(name)
}

fn run(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_alongside")).arg("evidence").args(words).output().unwrap()
}

fn with(command: &str, file: &Path, more: &[&str]) -> Output {
    run(&[&[command, file.to_str().unwrap()], more].concat())
}

fn printed(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// R-REL-1
#[test]
fn bands_are_printed_for_a_number_of_people() {
    let output = run(&["bands", "26"]);
    assert_eq!(printed(&output), json!([[0, 4], [5, 9], [10, 14], [15, 19], [20, 26]]));
    assert!(output.status.success());
}

/// R-REL-3
#[test]
fn a_release_that_gives_too_much_away_ends_with_one_and_a_safe_one_does_not() {
    let unsafe_one = with("audit", &vector("disclosure/01_published_sdctable_unsafe.json"), &[]);
    assert_eq!(unsafe_one.status.code(), Some(1));
    assert_ne!(printed(&unsafe_one)["disclosed"], json!([]));
    let safe = with("audit", &vector("disclosure/02_published_sdctable_safe.json"), &[]);
    assert_eq!(printed(&safe)["disclosed"], json!([]));
    assert!(safe.status.success());
}

/// R-CAU-1
#[test]
fn a_panel_is_answered_with_what_may_be_said_and_a_small_one_is_refused_in_words() {
    let college = with("attribute", &vector("attribution/college_a.csv"), &["--lot", "--seed", "3"]);
    assert_eq!(printed(&college)["level"], json!(4), "{college:?}");
    let refused = with("attribute", &vector("attribution/college_e_refuse.csv"), &[]);
    assert_eq!((&printed(&refused)["level"], &printed(&refused)["refused"]), (&json!(0), &json!(true)));
    let chosen = with("attribute", &vector("attribution/college_a.csv"), &["--chosen-on-results"]);
    assert_eq!(printed(&chosen)["level"], json!(1));
}

/// R-SUR-9, R-LIV-8
#[test]
fn surveys_and_models_are_printed_in_the_shape_in_which_they_were_given() {
    for (command, name) in [("survey", "survey/survey_reference.json"), ("model", "models/model_cases.json")] {
        let output = with(command, &vector(name), &[]);
        let given: Value = serde_json::from_str(&std::fs::read_to_string(vector(name)).unwrap()).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&printed(&output)), keys(&given), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_the_file() {
    let missing = with("model", Path::new("nowhere.json"), &[]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.json"));
    let wrong = with("audit", &vector("attribution/college_a.csv"), &[]);
    assert_eq!((wrong.status.code(), wrong.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("college_a.csv"));
}
