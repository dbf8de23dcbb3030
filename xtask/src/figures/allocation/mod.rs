//! Plans of scarce hours: beside their marks, and beside what other solvers make of the same instances in the same time.

mod child;
mod peers;
mod table;

use super::Report;
use super::program::{Folder, Program};
use super::record::median;
use crate::fault::{Fault, While};
use crate::steps::Line;
use child::Used;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use table::Row;

const BUILD: &str = "cargo build --locked --release -p allocation --example peers";
const RUNS: usize = 5;
/// Asked to stop a little early: reading is counted, but writing the plan comes after.
const OF_THE_TIME: f64 = 0.95;
/// By the clock it may go on for so many times as long, on a machine that does other things too.
const BUSY: f64 = 8.0;

/// What is to be reached on an instance.
struct Mark {
    instance: &'static str,
    /// Processor time.
    seconds: f64,
    /// The plan is at most so many per cent below the bound; nought is a proof.
    gap: f64,
    memory_mb: Option<f64>,
    runs: usize,
}

const fn mark(instance: &'static str, seconds: f64, gap: f64) -> Mark {
    Mark { instance, seconds, gap, memory_mb: None, runs: RUNS }
}

const NATION_MB: Option<f64> = Some(150.0);
const MARKS: [Mark; 8] = [
    mark("college-s-1", 0.05, 0.0),
    mark("college-m-1", 2.0, 0.3),
    mark("college-l-1", 5.0, 1.0),
    mark("lea-1", 2.0, 0.15),
    mark("lea-1-replan", 0.5, 0.0),
    Mark { memory_mb: NATION_MB, ..mark("nation-1", 5.0, 2.0) },
    Mark { memory_mb: NATION_MB, ..mark("nation-1", 30.0, 1.0) },
    Mark { memory_mb: Some(1_500.0), runs: 1, ..mark("ten-nations-1", 60.0, 3.0) },
];

/// The instance, how long it is planned before, and milliseconds at most.
const RECOMMENDED: [(&str, f64, f64); 2] = [("college-l-1", 2.0, 1.0), ("nation-1", 5.0, 5.0)];

impl Mark {
    /// As it stands in the table.
    fn told(&self) -> String {
        let reach = if self.gap == 0.0 { "proved".to_string() } else { format!("{} %", self.gap) };
        let memory = self.memory_mb.map_or(String::new(), |memory| format!(", {memory} MB"));
        format!("{reach} in {} s{memory}", self.seconds)
    }

    /// How long it may go on: where a proof is asked for, until it is there, to say how long it took.
    fn stop(&self) -> f64 {
        if self.gap == 0.0 { 10.0 } else { self.seconds * OF_THE_TIME }
    }

    fn missed(&self, row: &Row) -> bool {
        let gap = row.gap().is_none_or(|gap| gap > self.gap);
        let memory = self.memory_mb.is_some_and(|most| row.memory_mb > most);
        gap || memory || row.cpu.as_secs_f64() > self.seconds
    }
}

/// Where everything is.
pub struct Place<'a> {
    root: &'a Path,
    folder: Folder,
    program: PathBuf,
    judge: PathBuf,
}

/// Measures all of it and gives the tables; what is not here is said in its row. Others get `seconds` for each instance.
pub fn measure(root: &Path, seconds: u32, report: &mut Report) -> Result<String, Fault> {
    Line::new(root, BUILD).run()?;
    let program = Program::path(root);
    let judge = program.with_file_name("examples").join("peers");
    let place = Place { root, folder: Folder::new("allocation")?, program, judge };
    let mut rows = Vec::new();
    for mark in &MARKS {
        let mut row = at_mark(&place, mark);
        println!("{row}");
        if let Err(Fault(why)) = &row.reached {
            println!("{}: {why}", mark.instance);
        } else {
            row.missed = mark.missed(&row);
        }
        if row.missed {
            report.missed.push(format!("{} is {row}, to be {}", mark.instance, mark.told()));
        }
        rows.push(row);
    }
    for (instance, seconds, most) in RECOMMENDED {
        recommendations(&place, (instance, seconds), most, report)?;
    }
    let others = peers::measure(&place, seconds)?;
    Ok(format!("{}\n{}", table::marks(&rows, RUNS), table::others(&others, seconds)))
}

/// How long it takes to rank everybody for one need, in a plan that lies open: of all needs the median and the most.
fn recommendations(
    place: &Place,
    (instance, seconds): (&str, f64),
    most: f64,
    report: &mut Report,
) -> Result<(), Fault> {
    ours(place, instance, seconds)?;
    let mut command = Command::new(&place.judge);
    command.arg("recommend").arg(place.instance(instance)?).arg(place.folder.0.join("plan.json"));
    let Used { said, .. } = child::run(&mut command, &place.folder.0, Duration::from_secs(300))?;
    let times: Vec<f64> = said.split(' ').filter_map(|word| word.parse().ok()).collect();
    let [middle, dearest] = times.as_slice() else { return Err(Fault(format!("recommending said: {said}"))) };
    let value = format!("{:.3} ms / {:.3} ms", middle / 1e3, dearest / 1e3);
    let name = format!("allocation · a recommendation, {instance}, median / dearest of all needs");
    report.add_told(&name, value, &format!("median < {most} ms"), *middle >= most * 1e3, "--allocation");
    Ok(())
}

/// Our own plan, as often as asked: medians of time and gap, and the most memory.
fn at_mark(place: &Place, mark: &Mark) -> Row {
    let runs: Result<Vec<Row>, Fault> = (0..mark.runs).map(|_| ours(place, mark.instance, mark.stop())).collect();
    let mut runs = match runs {
        Ok(runs) => runs,
        Err(why) => return Row { mark: mark.told(), ..Row::failed(mark.instance, "Alongside", why) },
    };
    let cpu = median(runs.iter().map(|run| run.cpu).collect());
    let memory_mb = runs.iter().map(|run| run.memory_mb).fold(0.0, f64::max);
    runs.sort_by(|one, other| one.gap().unwrap_or(f64::MAX).total_cmp(&other.gap().unwrap_or(f64::MAX)));
    let middle = runs.get(runs.len() / 2).cloned().unwrap_or_default();
    Row { cpu, memory_mb, mark: mark.told(), ..middle }
}

/// One run of ours with so much processor time; its plan is judged apart from it.
fn ours(place: &Place, instance: &str, seconds: f64) -> Result<Row, Fault> {
    let (file, out) = (place.instance(instance)?, place.folder.0.join("plan.json"));
    let mut command = Command::new(&place.program);
    command.arg("allocate").arg(&file).arg("--out").arg(&out).args(["--seconds", &(seconds * BUSY).to_string()]);
    let limits = (place.patience(seconds * BUSY), Duration::from_secs_f64(seconds));
    let used = child::run_for(&mut command, &place.folder.0, limits)?;
    let number = |name: &str| {
        let mut words = used.said.split_whitespace().skip_while(|word| *word != name).skip(1);
        words.next().and_then(|word| word.parse::<i64>().ok())
    };
    let (value, bound) = (place.judged(&file, &out)?, number("bound"));
    if number("value") != Some(value) {
        return Err(Fault(format!("the judge says {value}, but it said: {}", used.said)));
    }
    Ok(Row::new(instance, "Alongside", &used, value, bound))
}

impl Place<'_> {
    /// The instance's file: from the repository, or made anew from its scale and seed.
    fn instance(&self, name: &str) -> Result<PathBuf, Fault> {
        let file = format!("{name}.json.gz");
        let kept = self.root.join("tests/vectors/allocation").join(&file);
        let made = self.folder.0.join(&file);
        if kept.is_file() || made.is_file() {
            return Ok(if kept.is_file() { kept } else { made });
        }
        let (scale, seed) = name.rsplit_once('-').ok_or_else(|| Fault(format!("`{name}` has no seed")))?;
        let generator = self.root.join("xtask/peers/generate.py");
        let mut command = Command::new("python3");
        command.arg(generator).args([scale, seed]).arg(&made);
        let status = command.status().on("python3, which makes large instances, could not be started")?;
        if status.success() { Ok(made) } else { Err(Fault(format!("{name} could not be made: {status}"))) }
    }

    /// What the judge says a plan is worth; a plan that breaks a rule is none.
    fn judged(&self, instance: &Path, plan: &Path) -> Result<i64, Fault> {
        let mut command = Command::new(&self.judge);
        command.arg("judge").arg(instance).arg(plan);
        let Used { said, .. } = child::run(&mut command, &self.folder.0, Duration::from_secs(60))?;
        said.parse().map_err(|_| Fault(format!("the judge said: {said}")))
    }

    /// How long is waited for something that was asked to stop after so many seconds, on a busy machine too.
    fn patience(&self, seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds * 3.0 + 120.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_missed_by_gap_time_or_memory() {
        let mark = Mark { memory_mb: Some(150.0), ..mark("nation-1", 5.0, 2.0) };
        let used = |seconds: u64, memory_mb| Used { cpu: Duration::from_secs(seconds), memory_mb, said: String::new() };
        let row = |used: &Used, bound| Row::new("nation-1", "Alongside", used, 1_000, Some(bound));
        assert!(!mark.missed(&row(&used(4, 90.0), 1_020)));
        assert!(mark.missed(&row(&used(4, 90.0), 1_021)));
        assert!(mark.missed(&row(&used(6, 90.0), 1_020)));
        assert!(mark.missed(&row(&used(4, 151.0), 1_020)));
        assert_eq!(mark.told(), "2 % in 5 s, 150 MB");
        assert_eq!(MARKS.first().map(Mark::told), Some("proved in 0.05 s".into()));
    }
}
