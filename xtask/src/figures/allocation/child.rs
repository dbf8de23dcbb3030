//! A program that is run to its end, with what it used: processor time and the most memory it held.

use super::super::process::Process;
use crate::fault::{Fault, While};
use crate::steps::Line;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a program used and said.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// User and system time of all its threads.
    pub cpu: Duration,
    /// Megabytes of a million bytes, at most.
    pub memory_mb: f64,
    /// What it printed last.
    pub said: String,
}

/// Runs it; what it says goes through files in `folder`. One that goes on for longer than `patience` is ended.
pub fn run(command: &mut Command, folder: &Path, patience: Duration) -> Result<Used, Fault> {
    run_for(command, folder, (patience, Duration::MAX))
}

/// The same, asked to stop as by Ctrl-C once it has used so much processor time: a busy machine then takes longer, and
/// what is measured is the same.
pub fn run_for(command: &mut Command, folder: &Path, (patience, cpu): (Duration, Duration)) -> Result<Used, Fault> {
    let (out, error) = (folder.join("out"), folder.join("error"));
    command.stdin(Stdio::null());
    command.stdout(File::create(&out).on(out.display())?).stderr(File::create(&error).on(error.display())?);
    let mut child = command.spawn().on(format!("starting {}", command.get_program().display()))?;
    let watched = watch(&mut child, patience, cpu);
    let status = child.wait().on("waiting for a program")?;
    let mut used = watched?;
    let last = |path: &Path| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_string()
    };
    used.said = last(&out);
    if status.success() { Ok(used) } else { Err(Fault(format!("{status}: {}", last(&error)))) }
}

/// Looks often until it has ended but is not yet waited for, while the kernel still tells its times.
fn watch(child: &mut Child, patience: Duration, cpu: Duration) -> Result<Used, Fault> {
    let mut asked = false;
    let begun = Instant::now();
    let mut process = Process::new(child.id());
    let mut used = Used::default();
    loop {
        used.cpu = used.cpu.max(process.cpu()?);
        used.memory_mb = used.memory_mb.max(process.most_memory_mb().unwrap_or(0.0));
        let (ended, whole) = process.whole()?;
        if ended {
            // Threads that came and went between two looks are in the whole, which counts in hundredths.
            used.cpu = used.cpu.max(whole);
            return Ok(used);
        }
        if used.cpu >= cpu && !asked {
            Line::new(Path::new("/"), &format!("kill -INT {}", child.id())).run()?;
            asked = true;
        }
        if begun.elapsed() > patience {
            child.kill().on("ending a program")?;
            return Err(Fault(format!("not done after {} s", patience.as_secs())));
        }
        let short = begun.elapsed() < Duration::from_millis(300);
        std::thread::sleep(if short { Duration::from_micros(500) } else { Duration::from_millis(10) });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::program::Folder;
    use super::*;

    #[test]
    fn a_program_is_measured_to_its_end() {
        let folder = Folder::new("child-test").unwrap();
        let work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo first; echo done; echo";
        let used = run(Command::new("sh").args(["-c", work]), &folder.0, Duration::from_secs(60)).unwrap();
        assert_eq!(used.said, "done");
        assert!(used.cpu > Duration::from_millis(5) && used.memory_mb > 0.1, "{used:?}");
        let failed = run(Command::new("sh").args(["-c", "echo why >&2; exit 3"]), &folder.0, Duration::from_secs(60));
        assert!(failed.unwrap_err().0.ends_with("why"));
        let trap = "trap 'echo asked; exit' INT; while :; do :; done";
        let limits = (Duration::from_secs(60), Duration::from_millis(50));
        let stopped = run_for(Command::new("sh").args(["-c", trap]), &folder.0, limits).unwrap();
        assert!(stopped.said == "asked" && stopped.cpu >= limits.1, "{stopped:?}");
        let late = run(Command::new("sleep").arg("20"), &folder.0, Duration::from_millis(50));
        assert!(late.unwrap_err().0.starts_with("not done"));
    }
}
