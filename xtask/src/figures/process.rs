//! What a running process has used, read from `/proc`.

use crate::fault::{Fault, While};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// A process and the processor time seen of each of its threads.
pub struct Process {
    folder: PathBuf,
    threads: BTreeMap<String, u64>,
}

impl Process {
    /// Looks at a running process.
    pub fn new(id: u32) -> Self {
        Self { folder: PathBuf::from(format!("/proc/{id}")), threads: BTreeMap::new() }
    }

    /// Processor time used so far in user and system mode by all threads seen, to the nanosecond.
    pub fn cpu(&mut self) -> Result<Duration, Fault> {
        let tasks = self.folder.join("task");
        for entry in std::fs::read_dir(&tasks).on(tasks.display())? {
            let entry = entry.on(tasks.display())?;
            // A thread may end between the listing and the reading; what was seen of it before still counts.
            let Ok(text) = std::fs::read_to_string(entry.path().join("schedstat")) else { continue };
            let spent = text.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
            let spent = spent.ok_or_else(|| Fault(format!("`{text}` is not a thread's account")))?;
            self.threads.insert(entry.file_name().to_string_lossy().into_owned(), spent);
        }
        Ok(Duration::from_nanos(self.threads.values().sum()))
    }

    /// Whether it has ended, while nobody has waited for it yet, and the processor time of all its threads, those that
    /// are gone included, to the hundredth of a second.
    pub fn whole(&self) -> Result<(bool, Duration), Fault> {
        let stat = self.folder.join("stat");
        let text = std::fs::read_to_string(&stat).on(stat.display())?;
        // The program's name stands in brackets and may hold anything; the state is the first word after it.
        let words: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
        let spent = ticks(11).zip(ticks(12)).map(|(user, system)| Duration::from_millis((user + system) * 10));
        let spent = spent.ok_or_else(|| Fault(format!("`{text}` is not a process's account")))?;
        Ok((words.first() == Some(&"Z"), spent))
    }

    /// Memory held now, in megabytes of a million bytes.
    pub fn memory_mb(&self) -> Result<f64, Fault> {
        self.memory("VmRSS:")
    }

    /// The most memory it has held, in megabytes of a million bytes.
    pub fn most_memory_mb(&self) -> Result<f64, Fault> {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> Result<f64, Fault> {
        let status = self.folder.join("status");
        let text = std::fs::read_to_string(&status).on(status.display())?;
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let kib = line.and_then(|line| line.split_whitespace().next()).and_then(|kib| kib.parse::<f64>().ok());
        kib.map(|kib| kib * 1.024 / 1000.0).ok_or_else(|| Fault("the process does not tell its memory".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_uses_time_and_memory() {
        let mut own = Process::new(std::process::id());
        let before = own.cpu().unwrap();
        let mut sum = 1_u64;
        // The kernel counts in ticks: worked until one has passed, however quick the machine is.
        for next in 0..2_000_000_000_u64 {
            sum = std::hint::black_box(sum.wrapping_mul(31) ^ next);
            if next % 1_000_000 == 0 && own.cpu().unwrap() > before {
                break;
            }
        }
        assert!(sum != 0 && own.cpu().unwrap() > before);
        assert!(own.memory_mb().unwrap() > 0.1);
    }
}
