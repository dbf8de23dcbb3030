//! Other solvers on the same instances, as far as they are here.

use super::table::Row;
use super::{Place, child};
use crate::fault::Fault;
use crate::steps::Line;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const INSTANCES: [&str; 6] = ["college-s-1", "college-m-1", "college-l-1", "lea-1", "lea-1-replan", "nation-1"];
const FOLDER: &str = "xtask/peers";
/// The Python that has the packages, where it is not the machine's own.
const PYTHON: &str = "PEERS_PYTHON";
const SOLVERFORGE: &str = "xtask/peers/solverforge";

/// A solver that was found, or why it was not.
struct Peer {
    name: String,
    start: Result<Vec<String>, Fault>,
    /// Whether it is asked about a nation.
    large: bool,
}

/// Everybody on every instance, we first.
pub fn measure(place: &Place, seconds: u32) -> Result<Vec<Row>, Fault> {
    let peers = found(place);
    let mut rows = Vec::new();
    for instance in INSTANCES {
        let large = instance.starts_with("nation");
        let time = f64::from(if large { 3 * seconds } else { seconds });
        let own = super::ours(place, instance, time * super::OF_THE_TIME);
        rows.push(own.unwrap_or_else(|why| Row::failed(instance, "Alongside", why)));
        for peer in &peers {
            let row = match &peer.start {
                Err(why) => Err(why.clone()),
                Ok(_) if large && !peer.large => Err(Fault("not asked: its programme alone takes gigabytes".into())),
                Ok(start) => planned(place, (&peer.name, start), instance, time),
            };
            rows.push(row.unwrap_or_else(|why| Row::failed(instance, &peer.name, why)));
        }
        rows.iter().filter(|row| row.instance == instance).for_each(|row| println!("{row}"));
    }
    Ok(rows)
}

/// One run of a peer: it gets rows and says its bound; the plan it leaves is judged like ours.
fn planned(place: &Place, (name, start): (&str, &[String]), instance: &str, seconds: f64) -> Result<Row, Fault> {
    let folder = &place.folder.0;
    let (file, rows, out) = (place.instance(instance)?, folder.join("rows"), folder.join("plan.json"));
    child::run(Command::new(&place.judge).arg("rows").arg(&file).arg(&rows), folder, place.patience(60.0))?;
    // What an earlier run left is not this one's plan.
    if out.is_file() {
        std::fs::remove_file(&out).map_err(|error| Fault(error.to_string()))?;
    }
    let Some((program, words)) = start.split_first() else { return Err(Fault("nothing to start".into())) };
    let mut command = Command::new(program);
    command.args(words).arg(&rows).arg(seconds.to_string()).arg(instance).arg(&out);
    let used = child::run(&mut command, folder, place.patience(seconds))?;
    if !out.is_file() {
        return Err(Fault("no plan in this time".into()));
    }
    let value = place.judged(&file, &out)?;
    Ok(Row::new(instance, name, &used, value, used.said.parse().ok()))
}

fn found(place: &Place) -> Vec<Peer> {
    let python = std::env::var(PYTHON).unwrap_or_else(|_| "python3".into());
    let version = |package: &str| said(place, &python, &format!("import {META} as m; print(m.version('{package}'))"));
    let script = |name: &str, package: &str, file: &str| {
        let version = version(package);
        let path = place.root.join(FOLDER).join(file).display().to_string();
        let start = version.clone().map(|_| vec![python.clone(), path]);
        Peer { name: named(name, &version), start, large: false }
    };
    let timefold = version("timefold");
    vec![
        script("HiGHS", "highspy", "highs.py"),
        script("CP-SAT", "ortools", "cpsat.py"),
        Peer { name: named("Timefold", &timefold), start: java(place, &python), large: true },
        Peer { name: named("solverforge", &locked(place.root)), start: solverforge(place.root), large: true },
    ]
}

const META: &str = "importlib.metadata";

fn named(name: &str, version: &Result<String, Fault>) -> String {
    version.as_ref().map_or_else(|_| name.to_string(), |version| format!("{name} {version}"))
}

/// What Python says to a line; that it says nothing means that a package is missing.
fn said(place: &Place, python: &str, line: &str) -> Result<String, Fault> {
    let mut command = Command::new(python);
    command.args(["-c", line]);
    let used = child::run(&mut command, &place.folder.0, Duration::from_secs(60));
    used.map(|used| used.said).map_err(|_| Fault("not installed".into()))
}

/// Timefold's jars lie inside its Python package; the program is compiled first.
fn java(place: &Place, python: &str) -> Result<Vec<String>, Fault> {
    let line = format!(
        "import {META} as m; print(next(str(f.locate().parent) for f in m.files('timefold') if f.suffix == '.jar'))"
    );
    let jars = format!("{}/*", said(place, python, &line)?);
    let classes = place.folder.0.display().to_string();
    let source = place.root.join(FOLDER).join("timefold/Peer.java");
    let mut compile = Command::new("javac");
    compile.args(["-nowarn", "-cp", &jars, "-d", &classes]).arg(source);
    let compiled = child::run(&mut compile, &place.folder.0, Duration::from_secs(300));
    compiled.map_err(|Fault(why)| Fault(format!("not compiled: {why}")))?;
    let class_path = format!("{classes}:{jars}");
    Ok(["java", "-XX:+UseSerialGC", "-cp", &class_path, "Peer"].map(String::from).to_vec())
}

/// Built from its own lock file, apart from the workspace.
fn solverforge(root: &Path) -> Result<Vec<String>, Fault> {
    let folder = root.join(SOLVERFORGE);
    let built = Line::new(&folder, "cargo build --locked --release").run();
    built.map_err(|_| Fault("not built".into()))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| folder.join("target"), PathBuf::from);
    Ok(vec![folder.join(target).join("release/peer-solverforge").display().to_string()])
}

/// The version in its lock file.
fn locked(root: &Path) -> Result<String, Fault> {
    let lock = crate::files::read(&root.join(SOLVERFORGE).join("Cargo.lock"))?;
    let mut lines = lock.lines().skip_while(|line| *line != "name = \"solverforge\"").skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.map(String::from).ok_or_else(|| Fault("no version".into()))
}
