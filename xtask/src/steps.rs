//! Running one step after the other, saying what is run and how long it took.

use crate::fault::{Fault, While};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A command line with the folder it runs in.
pub struct Line {
    program: String,
    arguments: Vec<String>,
    folder: PathBuf,
    settings: Vec<(String, String)>,
}

impl Line {
    /// Reads a command line; words are parted at spaces, there is no quoting.
    pub fn new(folder: &Path, line: &str) -> Self {
        let mut words = line.split_whitespace().map(String::from);
        let program = words.next().unwrap_or_default();
        Self { program, arguments: words.collect(), folder: folder.to_path_buf(), settings: Vec::new() }
    }

    /// Sets an environment variable for this command only.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }

    /// Runs it with this terminal's output; an exit other than 0 is a fault.
    pub fn run(&self) -> Result<(), Fault> {
        let status = self.command().status().on(format!("`{}` could not be started", self.program))?;
        if status.success() { Ok(()) } else { Err(Fault(format!("`{self}` ended with {status}"))) }
    }

    /// Runs it without showing what it prints, unless it fails. What it leaves running keeps nothing of ours open.
    pub fn quiet(&self) -> Result<String, Fault> {
        let out = std::env::temp_dir().join(format!("alongside-line-{}", std::process::id()));
        let file = std::fs::File::create(&out).on(out.display())?;
        let also = file.try_clone().on(out.display())?;
        let status = self.command().stdin(Stdio::null()).stdout(file).stderr(also).status();
        let said = std::fs::read_to_string(&out).on(out.display())?;
        std::fs::remove_file(&out).on(out.display())?;
        let status = status.on(format!("`{}` could not be started", self.program))?;
        if status.success() { Ok(said) } else { Err(Fault(format!("`{self}` ended with {status}: {}", said.trim()))) }
    }

    /// Runs it and gives what it printed, trimmed.
    pub fn output(&self) -> Result<String, Fault> {
        let output = self.command().output().on(format!("`{}` could not be started", self.program))?;
        if !output.status.success() {
            return Err(Fault(format!("`{self}` ended with {}", output.status)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        let settings = self.settings.iter().map(|(name, value)| (name, value));
        command.args(&self.arguments).current_dir(&self.folder).envs(settings);
        command
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, value) in &self.settings {
            write!(f, "{name}={value} ")?;
        }
        write!(f, "{}", self.program)?;
        self.arguments.iter().try_for_each(|word| write!(f, " {word}"))
    }
}

/// What a step does.
pub enum Work {
    /// Runs a command.
    Line(Line),
    /// Runs a function of this program, described by the text.
    Here(&'static str, fn(&Path) -> Result<(), Fault>),
}

/// A named step.
pub struct Step {
    /// What is checked.
    pub name: &'static str,
    /// How.
    pub work: Work,
}

/// Runs the steps in order and stops at the first that fails; prints each step's command and how long it took.
pub fn run(root: &Path, steps: &[Step]) -> Result<(), Fault> {
    let count = steps.len();
    let mut taken = Vec::new();
    for (number, step) in (1..).zip(steps) {
        let told = match &step.work {
            Work::Line(line) => line.to_string(),
            Work::Here(told, _) => (*told).to_string(),
        };
        println!("\n== {number}/{count} {}: {told}", step.name);
        let begun = Instant::now();
        let outcome = match &step.work {
            Work::Line(line) => line.run(),
            Work::Here(_, act) => act(root),
        };
        let seconds = in_seconds(begun.elapsed());
        if let Err(Fault(why)) = outcome {
            let name = step.name;
            return Err(Fault(format!("stopped at step {number} of {count}, {name}, after {seconds}: {why}")));
        }
        println!("== {number}/{count} {}: good, {seconds}", step.name);
        taken.push((step.name, seconds));
    }
    println!();
    for (name, seconds) in taken {
        println!("{name:<24}{seconds:>10}");
    }
    Ok(())
}

/// A duration in seconds with one decimal.
pub fn in_seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(_: &Path) -> Result<(), Fault> {
        Err(Fault("the roof leaks".into()))
    }

    fn unreached(_: &Path) -> Result<(), Fault> {
        panic!("a later step ran");
    }

    #[test]
    fn the_first_failing_step_stops_the_rest_and_is_named() {
        let steps = [
            Step { name: "first", work: Work::Line(Line::new(Path::new("."), "true")) },
            Step { name: "roof", work: Work::Here("looks up", broken) },
            Step { name: "later", work: Work::Here("looks down", unreached) },
        ];
        let Err(Fault(message)) = run(Path::new("."), &steps) else { panic!("a failing step passed") };
        assert!(message.starts_with("stopped at step 2 of 3, roof"), "{message}");
        assert!(message.ends_with("the roof leaks"), "{message}");
    }

    #[test]
    fn a_command_that_fails_is_shown_as_it_was_run() {
        let Err(Fault(message)) = Line::new(Path::new("."), "false really").with("A", "1").run() else {
            panic!("false succeeded")
        };
        assert!(message.starts_with("`A=1 false really` ended with"), "{message}");
    }

    #[test]
    fn output_is_trimmed() {
        assert_eq!(Line::new(Path::new("."), "echo one two").output(), Ok("one two".into()));
    }
}
