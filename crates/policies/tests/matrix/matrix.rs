//! `tests/matrix.txt`: rewritten with `UPDATE_MATRIX=1`, otherwise compared.

use std::collections::BTreeSet;
use std::path::Path;

use domain::people::{Role, Roles};
use policies::acts::{ALL, ActInfo};
use policies::facts::{Actor, Job, Kind, PersonFacts};
use policies::{Gate, Question};

use crate::cases::{Case, DEPLOYMENTS, With, cases};

const HOW_TO_READ: &str = "\
WHO MAY DO WHAT IN ALONGSIDE

This file is written by the program itself, by asking its gate, and a test fails when the two differ. Read it to see what
the policies allow, and read what changed in it whenever a policy changes.

Each block is one act. Each line is a relation between whoever acts and the thing acted on. Each column is somebody who
holds that role and no other: none, teacher, practitioner, programme lead, head of department, senior leader, network
coordinator, safeguarding lead, administrator. Somebody with several roles may do what any of them allows and nothing
more (a test asks about all 255 combinations).

  .        not allowed
  yes      allowed under every deployment model
  letters  allowed only under these models:
           d deficit, asking closed    D deficit, asking opened by the lead
           V developmental    U universal    P pan-organisational

Where a practitioner has to be chosen, it is an active one with no relation to whoever asks, unless the line says
otherwise.

The last line of a block is for those who are no person: the program's weekly, tidying, mailing and backup jobs, whoever
runs its commands on the machine, and whoever sets a college up there. \"The sample college\" is made up; nobody
real works there.
";

const COLUMNS: [&str; 9] = ["none", "teach.", "pract.", "lead", "head", "senior", "netw.", "safeg.", "admin"];
const RELATION_WIDTH: usize = 60;
const CELL_WIDTH: usize = 7;

fn columns() -> impl Iterator<Item = Roles> {
    [Roles::NONE].into_iter().chain(Role::ALL.into_iter().map(|role| Roles::NONE.with(role)))
}

/// One cell from the answers under each deployment.
fn cell(answers: impl Iterator<Item = (char, bool)>) -> String {
    let letters: String = answers.filter_map(|(letter, allowed)| allowed.then_some(letter)).collect();
    match letters.len() {
        0 => ".".to_owned(),
        n if n == DEPLOYMENTS.len() => "yes".to_owned(),
        _ => letters,
    }
}

fn line(words: &str, cells: impl Iterator<Item = String>) -> String {
    assert!(words.len() < RELATION_WIDTH, "too long for the matrix: {words}");
    let mut line = format!("{words:<RELATION_WIDTH$}");
    for cell in cells {
        line += &format!("{cell:<CELL_WIDTH$}");
    }
    line.trim_end().to_owned() + "\n"
}

fn person_lines(gate: &Gate, act: &'static ActInfo) -> String {
    let by_deployment: Vec<Vec<Case>> = DEPLOYMENTS.iter().map(|deployment| cases(act, *deployment)).collect();
    let rows = by_deployment[0].len();
    let ask = |row: usize, roles: Roles| {
        let answers = DEPLOYMENTS.iter().zip(&by_deployment);
        cell(answers.map(|(deployment, cases)| (deployment.letter, cases[row].ask(act, roles, |q| gate.allows(q)))))
    };
    (0..rows)
        .map(|row| line(&format!("  {}", by_deployment[0][row].relation), columns().map(|roles| ask(row, roles))))
        .collect()
}

/// Jobs and the command line have no relation to anything, so one line for each thing that differs in itself.
fn machine_lines(gate: &Gate, act: &'static ActInfo) -> String {
    let actors = [
        ("weekly job", Actor::Job(Job::Weekly)),
        ("tidying job", Actor::Job(Job::Tidy)),
        ("mailing job", Actor::Job(Job::Mail)),
        ("backup job", Actor::Job(Job::Backup)),
        ("survey job", Actor::Job(Job::Survey)),
        ("commands", Actor::CommandLine),
        ("set-up", Actor::SetUp),
    ];
    let mut answers: Vec<(&str, String)> = Vec::new();
    let things = match act.on {
        Kind::Draft => [("", "not live yet"), ("that is live", "live")],
        _ => [("", "any other college"), ("the sample college", "the sample college")],
    };
    for (part, words) in things {
        let cells = actors.map(|(name, actor)| {
            let asked = DEPLOYMENTS.iter().map(|deployment| {
                let cases = cases(act, *deployment);
                let case = cases.iter().find(|case| case.relation.contains(part));
                let allowed = case.is_some_and(|case| {
                    let nobody = PersonFacts { roles: Roles::NONE, ..case.actor.clone() };
                    let with = match &case.with {
                        With::Person(person) => Some(person),
                        With::Nobody | With::Me => None,
                    };
                    gate.allows(&Question { act, actor, on: case.thing(&nobody), with })
                });
                (deployment.letter, allowed)
            });
            format!("{name}: {}", cell(asked))
        });
        answers.push((words, cells.join("    ")));
    }
    match &answers[..] {
        [(_, any), (_, sample)] if any == sample => format!("  {any}\n"),
        _ => answers.iter().map(|(words, cells)| format!("  {cells}    ({words})\n")).collect(),
    }
}

fn matrix(gate: &Gate) -> String {
    let mut text = HOW_TO_READ.to_owned();
    for act in ALL {
        let head = format!("{}, on: {}", act.name, act.on.code());
        let columns = COLUMNS.into_iter().map(str::to_owned);
        text += &format!("\n{}\n{}", act.about, line(&head, columns));
        text += &person_lines(gate, act);
        text += &machine_lines(gate, act);
    }
    text
}

#[test]
fn the_matrix_is_the_one_checked_in() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/matrix.txt");
    let now = matrix(&Gate::new().expect("the gate opens"));
    if std::env::var_os("UPDATE_MATRIX").is_some() {
        std::fs::write(&path, &now).expect("matrix.txt can be written");
    }
    let written = std::fs::read_to_string(&path).expect("matrix.txt is there");
    let changed: Vec<String> = now
        .lines()
        .zip(written.lines())
        .filter(|(now, written)| now != written)
        .take(10)
        .map(|(now, written)| format!("- {written}\n+ {now}"))
        .collect();
    assert!(
        now == written,
        "who may do what has changed; if it should, run with UPDATE_MATRIX=1 and have the change read\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_act_is_in_the_matrix_once_and_allowed_to_somebody() {
    let written = matrix(&Gate::new().expect("the gate opens"));
    let blocks: Vec<&str> = written.split("\n\n").filter(|block| block.contains(", on: ")).collect();
    let names: Vec<&str> = blocks.iter().filter_map(|block| block.lines().nth(1)?.split(", on: ").next()).collect();
    assert_eq!(names, ALL.iter().map(|act| act.name).collect::<Vec<_>>());
    let granted = |block: &&str| {
        let cells: BTreeSet<&str> = block.lines().skip(2).flat_map(str::split_whitespace).collect();
        ["yes", "DVUP", "dDUP", "V"].iter().any(|cell| cells.contains(cell))
    };
    let dead: Vec<&&str> = blocks.iter().filter(|block| !granted(block)).collect();
    assert_eq!(dead, Vec::<&&str>::new());
}
