//! `alongside allocate …`: plans of practitioners for needs, from files, for whoever plans a network or tries a change. Pure
//! functions of files: no data folder is opened.

mod what_if;
mod why;

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use allocation::plan::{self, Graph, Instance, Options, Outcome, Piece, Progress, Solution};
use clap::{ArgGroup, Args, Subcommand};
use flate2::read::GzDecoder;

use super::CliError;
use what_if::Otherwise;

/// What is planned, and how long for.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Allocate {
    #[command(subcommand)]
    question: Option<Question>,
    /// The instance, as JSON of the format alongside-alloc/1, plain or packed (.gz)
    #[arg(required = true)]
    instance: Option<PathBuf>,
    /// Where the plan is written
    #[arg(long, value_name = "FILE", required = true)]
    out: Option<PathBuf>,
    /// Stop after so many seconds; without this and without iterations, after 10
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// Stop after so many iterations: the same plan on every machine
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// Plan on so many threads: the same plan on one and on two; each two more plan from another seed, and the best is kept
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    threads: u8,
    /// The seed of all chance
    #[arg(long, value_name = "K", default_value_t = 1)]
    seed: u64,
    /// Where figures about the plan are written, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// Say why a need is served by whom it is, why not by somebody else, or why it is not served
    Explain {
        /// The instance
        instance: PathBuf,
        /// The plan
        solution: PathBuf,
        /// The need, by its position
        #[arg(long, value_name = "J")]
        need: usize,
        /// Why not this practitioner, by position
        #[arg(long, value_name = "I")]
        practitioner: Option<usize>,
    },
    /// Say what would become of the plan if something were otherwise: both are planned and compared
    WhatIf(WhatIf),
}

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("otherwise").required(true).args(["units", "changed"])))]
struct WhatIf {
    /// The instance
    instance: PathBuf,
    /// This practitioner, by position …
    #[arg(long, value_name = "I", requires = "units")]
    practitioner: Option<usize>,
    /// … had so many units more; -3 for fewer
    #[arg(long, value_name = "N", requires = "practitioner", allow_hyphen_values = true)]
    units: Option<i64>,
    /// Everything were as in this instance: people, needs, rules
    #[arg(long, value_name = "INSTANCE")]
    changed: Option<PathBuf>,
    /// Stop after so many seconds; without this and without iterations, after 10
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// Stop each of the two after so many iterations
    #[arg(long, value_name = "N")]
    iterations: Option<u64>,
    /// The seed of all chance
    #[arg(long, value_name = "K", default_value_t = 1)]
    seed: u64,
}

/// More than any instance: what a packed file may unpack to.
const MOST_BYTES: u64 = 2_000_000_000;

fn bytes(file: &Path) -> Result<Vec<u8>, CliError> {
    let packed = std::fs::read(file).map_err(|fault| CliError::file(file, &fault))?;
    if !packed.starts_with(&[0x1F, 0x8B]) {
        return Ok(packed);
    }
    let mut plain = Vec::new();
    let read = GzDecoder::new(&packed[..]).take(MOST_BYTES).read_to_end(&mut plain);
    read.map_err(|fault| CliError::said(format!("{}: the packed file is damaged: {fault}", file.display())))?;
    Ok(plain)
}

fn instance(file: &Path) -> Result<Instance, CliError> {
    plan::read(&bytes(file)?).map_err(|fault| CliError::said(format!("{}: {fault}", file.display())))
}

fn write(file: &Path, what: &impl serde::Serialize) -> Result<(), CliError> {
    let text = serde_json::to_vec(what).map_err(|fault| CliError::said(fault.to_string()))?;
    std::fs::write(file, text).map_err(|fault| CliError::file(file, &fault))
}

/// Plans, or answers a question about a plan.
///
/// # Errors
/// A sentence naming the file and the field.
pub async fn answer(asked: Allocate) -> Result<(), CliError> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    let listening = tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            heard.store(true, Ordering::Relaxed);
        }
    });
    let done = tokio::task::spawn_blocking(move || act(&asked, &stop)).await;
    listening.abort();
    done.map_err(|fault| CliError::said(fault.to_string()))?
}

fn act(asked: &Allocate, stop: &AtomicBool) -> Result<(), CliError> {
    match &asked.question {
        Some(Question::Explain { instance: file, solution, need, practitioner }) => {
            return why::explain(&instance(file)?, &plan_in(solution)?, *need, *practitioner);
        }
        Some(Question::WhatIf(asked)) => return what_if(asked, stop),
        None => {}
    }
    let (Some(file), Some(out)) = (&asked.instance, &asked.out) else {
        return Err(CliError::said("name an instance and, with --out, where the plan goes".to_owned()));
    };
    let begun = Instant::now();
    let read = instance(file)?;
    let graph = Graph::new(&read);
    let until = time(asked.seconds, asked.iterations);
    let watch = Watch { begun, until, stop, shown: std::io::stderr().is_terminal() };
    let outcome = side_by_side(asked, &read, &graph, &watch)?;
    if outcome.progress.value.is_none() {
        let sentence = "no plan was found that keeps to params.max_changes; allow more changes or more time";
        return Err(CliError::said(format!("{}: {sentence}", file.display())));
    }
    write(out, &outcome.solution)?;
    if let Some(report) = &asked.report {
        write(report, &plan::report(&read, &graph, &outcome.solution, &outcome.progress))?;
    }
    println!("{}", line(&outcome.progress, begun.elapsed()));
    Ok(())
}

/// How long planning may take.
fn time(seconds: Option<f64>, iterations: Option<u64>) -> Duration {
    let usual = if iterations.is_some() { f64::MAX } else { 10.0 };
    Duration::from_secs_f64(seconds.unwrap_or(usual).clamp(0.0, 1e9))
}

fn what_if(asked: &WhatIf, stop: &AtomicBool) -> Result<(), CliError> {
    let read = instance(&asked.instance)?;
    let otherwise = match (&asked.changed, asked.practitioner, asked.units) {
        (Some(changed), _, _) => Otherwise::Instance(Box::new(instance(changed)?)),
        (None, Some(who), Some(units)) => Otherwise::Hours(who, units),
        _ => return Err(CliError::said("say what is otherwise: --practitioner and --units, or --changed".to_owned())),
    };
    let options = Options { seed: asked.seed, iterations: asked.iterations.unwrap_or(u64::MAX), ..Options::default() };
    what_if::compare(&read, otherwise, options, (time(asked.seconds, asked.iterations), stop))
}

fn plan_in(file: &Path) -> Result<Solution, CliError> {
    serde_json::from_slice(&bytes(file)?).map_err(|fault| CliError::said(format!("{}: {fault}", file.display())))
}

/// When to stop and what to show meanwhile.
struct Watch<'a> {
    begun: Instant,
    until: Duration,
    stop: &'a AtomicBool,
    shown: bool,
}

impl Watch<'_> {
    /// Whether to go on; on a terminal it shows where it stands twice a second.
    fn go_on(&self, progress: &Progress, next: &mut Duration) -> bool {
        let now = self.begun.elapsed();
        if self.shown && now >= *next {
            eprintln!("{}", line(progress, now));
            *next = now + Duration::from_millis(500);
        }
        now < self.until && !self.stop.load(Ordering::Relaxed)
    }
}

fn line(progress: &Progress, now: Duration) -> String {
    let number = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let gap = match progress.gap() {
        _ if progress.optimal() => "proved: none is better".to_owned(),
        Some(gap) => format!("at most {gap:.3} % below the best"),
        None => "-".to_owned(),
    };
    let seconds = now.as_secs_f64();
    format!("value {}  bound {}  {gap}  {seconds:.2} s", number(progress.value), number(progress.bound))
}

/// Two pieces of work on two threads.
fn at_once(one: Piece, other: Piece) {
    std::thread::scope(|scope| {
        scope.spawn(one);
        other();
    });
}

/// A plan for each two threads, at the same time, each from a seed of its own; the best of them, with the lowest bound of all.
fn side_by_side(asked: &Allocate, instance: &Instance, graph: &Graph, watch: &Watch) -> Result<Outcome, CliError> {
    let options = |extra: u8| Options {
        seed: asked.seed.wrapping_add(u64::from(extra)),
        iterations: asked.iterations.unwrap_or(u64::MAX),
        both: if asked.threads > 2 * extra + 1 { at_once } else { plan::in_turn },
    };
    let plan = |extra: u8, shown: bool| {
        let mut next = if shown { Duration::ZERO } else { Duration::MAX };
        plan::solve(instance, graph, options(extra), |progress| watch.go_on(progress, &mut next))
    };
    let plan = &plan;
    std::thread::scope(|scope| {
        let plans = asked.threads.div_ceil(2);
        let running: Vec<_> = (1..plans).map(|extra| scope.spawn(move || plan(extra, false))).collect();
        let mut best = plan(0, true);
        for one in running {
            let stopped = || CliError::said("one of the plans that are made side by side stopped short".to_owned());
            let other = one.join().map_err(|_| stopped())?;
            let bound = best.progress.bound.into_iter().chain(other.progress.bound).min();
            if other.progress.value > best.progress.value {
                best = other;
            }
            best.progress.bound = bound;
        }
        Ok(best)
    })
}
