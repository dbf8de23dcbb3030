//! Figures for whoever watches the machine (R-RUN-5), in the text format of Prometheus. Every name and label stands in this
//! file or is a word in the code: none comes from a request, an address or a person, so none can count support.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;

/// What was asked for, as roughly as that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A page or a form, whichever.
    Page,
    /// A font, style or script.
    Asset,
    /// Whether the program is well.
    Health,
}

impl Group {
    const ALL: [Self; 3] = [Self::Page, Self::Asset, Self::Health];

    /// Which group an address belongs to; no page is told from another.
    pub fn of(path: &str) -> Self {
        match path {
            "/health" => Self::Health,
            path if path.starts_with("/assets/") => Self::Asset,
            _ => Self::Page,
        }
    }

    /// The label.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Asset => "asset",
            Self::Health => "health",
        }
    }
}

/// How it went. Going on after a form and showing a page are one: apart they would tell how many forms were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A page was shown, or a form was taken.
    Served,
    /// Not found, or not as it was sent.
    TurnedAway,
    /// A fault of the program.
    Failed,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Served, Self::TurnedAway, Self::Failed];

    /// How an answer of this status went.
    pub fn of(status: StatusCode) -> Self {
        if status.is_server_error() {
            Self::Failed
        } else if status.is_client_error() {
            Self::TurnedAway
        } else {
            Self::Served
        }
    }

    /// The label.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Served => "served",
            Self::TurnedAway => "turned_away",
            Self::Failed => "failed",
        }
    }
}

/// Upper ends in microseconds, with how Prometheus writes them in seconds.
const STEPS: [(u64, &str); 8] = [
    (1_000, "0.001"),
    (5_000, "0.005"),
    (10_000, "0.01"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (5_000_000, "5"),
];

#[derive(Debug, Default)]
struct Cell {
    within: [AtomicU64; STEPS.len()],
    count: AtomicU64,
    micros: AtomicU64,
}

/// What is counted while the program runs; nothing of it is kept when it ends.
#[derive(Debug, Default)]
pub struct Meter {
    cells: [[Cell; Outcome::ALL.len()]; Group::ALL.len()],
    jobs: Mutex<BTreeMap<&'static str, i64>>,
}

impl Meter {
    /// Counts an answer.
    pub fn answered(&self, group: Group, status: StatusCode, took: Duration) {
        let outcome = Outcome::of(status);
        let cell = self.cells.get(group as usize).and_then(|row| row.get(outcome as usize));
        let Some(cell) = cell else { return };
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        for ((most, _), within) in STEPS.iter().zip(&cell.within) {
            if micros <= *most {
                within.fetch_add(1, Ordering::Relaxed);
            }
        }
        cell.count.fetch_add(1, Ordering::Relaxed);
        cell.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// Notes that a job went through, at a second since 1970 of the machine's clock.
    pub fn ran(&self, job: &'static str, at: i64) {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).insert(job, at);
    }

    /// All of it as text. `database`: whether it answers.
    pub fn text(&self, database: bool) -> String {
        let mut text = String::new();
        // Writing into a text cannot fail.
        if self.write(&mut text, database).is_err() {
            text.clear();
        }
        text
    }

    fn write(&self, text: &mut String, database: bool) -> std::fmt::Result {
        head(text, ("alongside_build_info", "gauge", "The version that runs."))?;
        writeln!(text, "alongside_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION"))?;
        head(text, ("alongside_database_up", "gauge", "1 if the database answers."))?;
        writeln!(text, "alongside_database_up {}", u8::from(database))?;
        if let Some(bytes) = resident_bytes() {
            head(text, ("process_resident_memory_bytes", "gauge", "Memory in use."))?;
            writeln!(text, "process_resident_memory_bytes {bytes}")?;
        }
        let job = "alongside_job_last_success_timestamp_seconds";
        head(text, (job, "gauge", "When each job last went through."))?;
        for (name, at) in self.jobs.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            writeln!(text, "{job}{{job=\"{name}\"}} {at}")?;
        }
        let http = "alongside_http_seconds";
        head(text, (http, "histogram", "How long answers took: all pages and forms are one group."))?;
        for (group, row) in Group::ALL.iter().zip(&self.cells) {
            for (outcome, cell) in Outcome::ALL.iter().zip(row) {
                cell.write(text, http, &format!("group=\"{}\",outcome=\"{}\"", group.code(), outcome.code()))?;
            }
        }
        Ok(())
    }
}

impl Cell {
    fn write(&self, text: &mut String, name: &str, labels: &str) -> std::fmt::Result {
        let count = self.count.load(Ordering::Relaxed);
        for ((_, end), within) in STEPS.iter().zip(&self.within) {
            writeln!(text, "{name}_bucket{{{labels},le=\"{end}\"}} {}", within.load(Ordering::Relaxed).min(count))?;
        }
        writeln!(text, "{name}_bucket{{{labels},le=\"+Inf\"}} {count}")?;
        let micros = self.micros.load(Ordering::Relaxed);
        writeln!(text, "{name}_sum{{{labels}}} {}.{:06}", micros / 1_000_000, micros % 1_000_000)?;
        writeln!(text, "{name}_count{{{labels}}} {count}")
    }
}

fn head(text: &mut String, (name, kind, help): (&str, &str, &str)) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")
}

/// The memory of this program that lies in the machine's, where the machine tells it.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-RUN-5.
    #[test]
    fn answers_are_counted_by_group_and_outcome_and_in_growing_steps() {
        let meter = Meter::default();
        for micros in [500, 7_000, 9_000_000] {
            meter.answered(Group::of("/support/new"), StatusCode::OK, Duration::from_micros(micros));
        }
        meter.answered(Group::of("/nowhere"), StatusCode::NOT_FOUND, Duration::from_micros(10));
        meter.ran("tidy", 1_800_000_000);
        let text = meter.text(true);
        let page = "alongside_http_seconds_bucket{group=\"page\",outcome=\"served\"";
        for (le, count) in [("0.001", 1), ("0.005", 1), ("0.01", 2), ("5", 2), ("+Inf", 3)] {
            let line = format!("{page},le=\"{le}\"}} {count}");
            assert!(text.contains(&line), "{line} is not in\n{text}");
        }
        assert!(text.contains("alongside_http_seconds_sum{group=\"page\",outcome=\"served\"} 9.007500"), "{text}");
        assert!(text.contains("alongside_http_seconds_count{group=\"page\",outcome=\"turned_away\"} 1"), "{text}");
        assert!(text.contains("alongside_job_last_success_timestamp_seconds{job=\"tidy\"} 1800000000"), "{text}");
        assert!(text.contains("alongside_database_up 1"), "{text}");
    }

    /// R-RUN-5.
    #[test]
    fn a_form_that_was_taken_looks_like_a_page_that_was_shown() {
        let (one, other) = (Meter::default(), Meter::default());
        one.answered(Group::Page, StatusCode::SEE_OTHER, Duration::from_micros(10));
        other.answered(Group::Page, StatusCode::OK, Duration::from_micros(10));
        let without_memory = |meter: &Meter| {
            let text = meter.text(true);
            let lines = text.lines().filter(|line| !line.starts_with("process_resident"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(without_memory(&one), without_memory(&other));
    }
}
