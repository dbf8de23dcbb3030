//! Measures what the program promises and writes `docs/figures.md`.

mod accounts;
mod allocation;
mod builds;
mod evidence;
mod http;
mod load;
mod page;
mod pages;
mod planner;
mod process;
mod program;
mod proofs;
mod record;
mod sealing;

use crate::fault::{Fault, While};
use crate::postgres;
use crate::steps::{Line, in_seconds};
use accounts::Accounts;
use http::Client;
use pages::{Cost, Write};
use process::Process;
use program::{Folder, Program};
use record::{Circumstances, Figure, median, milliseconds};
use std::path::Path;
use std::time::Duration;

const COMMAND: &str = "cargo xtask figures";
const OPTIONS: [&str; 9] = [
    "--first-command",
    "--edit",
    "--allocation",
    "--allocation-long",
    "--evidence",
    "--load",
    "--planner",
    "--proofs",
    "--sealing",
];
const STARTS: usize = 5;
const FRESH_STARTS: usize = 3;

/// Acts whose cost is measured: each can be done over and over.
const WRITES: [Write; 1] =
    [Write { who: "practitioner", page: "/hours/new", action: "/hours", fields: &[("minutes", "15")], times: 360 }];

/// Builds, measures, writes the page; fails when a target is missed, after writing it.
pub fn figures(root: &Path, options: &[&str]) -> Result<(), Fault> {
    if let Some(unknown) = options.iter().find(|option| !OPTIONS.contains(option)) {
        return Err(Fault(format!("`{unknown}` is not an option: there are {}", OPTIONS.join(", "))));
    }
    Line::new(root, "cargo build --locked --release").run()?;
    let mut report = Report::default();
    if options.contains(&"--first-command") {
        let taken = builds::first_command(root)?;
        let name = "first command, from a fresh clone to the first page, downloads already cached";
        report.add(name, in_seconds(taken), taken, Duration::from_secs(600), "--first-command");
    }
    if options.contains(&"--edit") {
        let taken = median(builds::page_edit(root)?);
        report.add("rebuild after a page edit", in_seconds(taken), taken, Duration::from_secs(10), "--edit");
        Line::new(root, "cargo build --locked --release").run()?;
    }
    starts(root, &mut report)?;
    let costs = running(root, &mut report)?;
    if options.contains(&"--load") {
        under_load(root, &mut report)?;
    }
    let mut allocation = None;
    for (option, seconds) in [("--allocation", 10), ("--allocation-long", 60)] {
        if options.contains(&option) {
            allocation = Some((option, allocation::measure(root, seconds, &mut report)?));
        }
    }
    if options.contains(&"--evidence") {
        evidence::measure(root, &mut report)?;
    }
    if options.contains(&"--planner") {
        planner::measure(root, &mut report)?;
    }
    if options.contains(&"--proofs") {
        proofs::measure(root, &mut report)?;
    }
    if options.contains(&"--sealing") {
        sealing::measure(root, &mut report)?;
    }
    let path = root.join("docs/figures.md");
    // Before the first time there is no page.
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let allocation = allocation.as_ref().map(|(option, tables)| (*option, tables.as_str()));
    let text = record::page(&report.figures, (allocation, &costs), &Circumstances::now(root)?, &before);
    std::fs::write(&path, &text).on(path.display())?;
    println!("{text}");
    match report.missed.as_slice() {
        [] => Ok(()),
        missed => Err(Fault(format!("missed: {}", missed.join("; ")))),
    }
}

/// The large college under load, on SQLite and then on PostgreSQL.
fn under_load(root: &Path, report: &mut Report) -> Result<(), Fault> {
    report.figures.extend(load::measure(root, &load::On { name: "SQLite", url: None })?);
    let server = postgres::Server::start()?;
    report.figures.extend(load::measure(root, &load::On { name: "PostgreSQL", url: Some(server.url()) })?);
    Ok(())
}

#[derive(Default)]
struct Report {
    figures: Vec<Figure>,
    missed: Vec<String>,
}

impl Report {
    fn add(&mut self, name: &str, value: String, taken: Duration, target: Duration, option: &str) {
        let target_told =
            if target < Duration::from_secs(1) { milliseconds(target) } else { format!("{} s", target.as_secs()) };
        self.add_told(name, value, &format!("< {target_told}"), taken >= target, option);
    }

    fn add_told(&mut self, name: &str, value: String, target: &str, missed: bool, option: &str) {
        println!("{name}: {value} ({target})");
        if missed {
            self.missed.push(format!("{name} is {value}, to be {target}"));
        }
        let command = format!("{COMMAND} {option}").trim().to_string();
        self.figures.push(Figure { name: name.into(), value, target: target.into(), command });
    }
}

/// From being started to the first 200: on fresh folders, then on a filled one.
fn starts(root: &Path, report: &mut Report) -> Result<(), Fault> {
    let mut fresh = Vec::new();
    let mut cold = Vec::new();
    for number in 0..FRESH_STARTS {
        let folder = Folder::new(&format!("fresh-{number}"))?;
        let program = Program::demo(root, &folder.0)?;
        fresh.push(program.ready_after);
        program.stop()?;
        let again = if number == 0 { STARTS } else { 0 };
        for _ in 0..again {
            let program = Program::demo(root, &folder.0)?;
            cold.push(program.ready_after);
            program.stop()?;
        }
    }
    let (cold, fresh) = (median(cold), median(fresh));
    report.add(&format!("cold start, median of {STARTS}"), milliseconds(cold), cold, Duration::from_millis(150), "");
    report.add(
        &format!("sample ready, median of {FRESH_STARTS}"),
        in_seconds(fresh),
        fresh,
        Duration::from_secs(3),
        "",
    );
    Ok(())
}

/// What the running program uses: memory after opening every page, then the cost of each.
fn running(root: &Path, report: &mut Report) -> Result<Vec<Cost>, Fault> {
    let folder = Folder::new("running")?;
    let program = Program::demo(root, &folder.0)?;
    let accounts = Accounts::read(&program.accounts)?;
    let mut process = Process::new(program.id());
    let mut costs = vec![pages::read(&mut Client::new(&program.address), &mut process, &accounts.path, "nobody")?];
    let mut browsers = Vec::new();
    for person in pages::one_of_each(&accounts.people) {
        let mut client = accounts.sign_in(&program.address, person)?;
        let found = pages::crawl(&mut client)?;
        browsers.push((person, client, found));
    }
    let opened: usize = browsers.iter().map(|(_, _, found)| found.len()).sum();
    let memory = process.memory_mb()?;
    let value = format!("{memory:.0} MB ({opened} pages)");
    report.add_told("memory after opening every page", value, "< 80 MB", memory >= 80.0, "");
    for (person, client, found) in &mut browsers {
        for path in found {
            costs.push(pages::read(client, &mut process, path, &person.roles)?);
        }
    }
    let reads = worst(&costs);
    report.add("processor time of a page, the dearest", milliseconds(reads), reads, Duration::from_millis(1), "");
    let mut writes = Vec::new();
    for write in &WRITES {
        writes.push(pages::write(&accounts, &program.address, &mut process, write)?);
    }
    let dearest = worst(&writes);
    report.add("processor time of a write, the dearest", milliseconds(dearest), dearest, Duration::from_millis(2), "");
    program.stop()?;
    costs.extend(writes);
    Ok(costs)
}

fn worst_of(times: &[Duration]) -> Duration {
    times.iter().copied().max().unwrap_or_default()
}

fn worst(costs: &[Cost]) -> Duration {
    costs.iter().map(|cost| cost.cpu).max().unwrap_or_default()
}
