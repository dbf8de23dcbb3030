//! The real program, started for measuring and stopped again.

use super::http::Client;
use crate::fault::{Fault, While};
use crate::steps::Line;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The sample college's clock while measuring, so that the same pages are measured every day.
const TODAY: &str = "2026-11-24";

/// A running program.
pub struct Program {
    child: Child,
    /// Host and port.
    pub address: String,
    /// Its accounts file.
    pub accounts: PathBuf,
    /// From being started until it first answered with 200.
    pub ready_after: Duration,
}

impl Program {
    /// Starts the built program on a folder, fresh or filled, and waits for the first 200.
    pub fn demo(root: &Path, folder: &Path) -> Result<Self, Fault> {
        Self::start(Command::new(Self::path(root)), folder, Duration::from_secs(60))
    }

    /// The built program.
    pub fn path(root: &Path) -> PathBuf {
        let built = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(target) => root.join(target),
            None => root.join("target"),
        };
        built.join("release/alongside")
    }

    /// Starts it with more words than usual, on a sample that takes long to fill.
    pub fn large(root: &Path, folder: &Path, words: &[String]) -> Result<Self, Fault> {
        Self::begin(Command::new(Self::path(root)), (folder, words), Duration::from_secs(600))
    }

    /// Starts a command that takes the program's own words from `demo` on, and waits for the first 200.
    pub fn start(command: Command, folder: &Path, patience: Duration) -> Result<Self, Fault> {
        Self::begin(command, (folder, &[]), patience)
    }

    fn begin(mut command: Command, (folder, words): (&Path, &[String]), patience: Duration) -> Result<Self, Fault> {
        let address = free_address().on("looking for a free port")?;
        let accounts = folder.join("accounts.json");
        command.args(["demo", "--listen", &address, "--today", TODAY]).args(words);
        command.arg("--data").arg(folder.join("data")).arg("--accounts-json").arg(&accounts);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let begun = Instant::now();
        let child = command.spawn().on(format!("starting {command:?}"))?;
        let mut program = Self { child, address, accounts, ready_after: Duration::ZERO };
        while begun.elapsed() < patience {
            // Refused connections are what waiting looks like.
            if Client::new(&program.address).follow("/").is_ok_and(|answer| answer.status == 200) {
                program.ready_after = begun.elapsed();
                return Ok(program);
            }
            if let Some(status) = program.child.try_wait().on("waiting for the program")? {
                return Err(Fault(format!("the program ended with {status} before it answered")));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Err(Fault(format!("the program did not answer within {} s", patience.as_secs())))
    }

    /// The process's number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, as an operator would, and waits.
    pub fn stop(mut self) -> Result<(), Fault> {
        Line::new(Path::new("/"), &format!("kill -TERM {}", self.id())).run()?;
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(10) {
            if self.child.try_wait().on("stopping the program")?.is_some() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err(Fault("the program did not stop within 10 s".into()))
    }
}

impl Drop for Program {
    /// Ends it by force when measuring was broken off.
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let ended = self.child.kill().and_then(|()| self.child.wait());
            if let Err(error) = ended {
                eprintln!("the program could not be ended: {error}");
            }
        }
    }
}

fn free_address() -> std::io::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// A new empty folder that is removed when it is let go.
pub struct Folder(pub PathBuf);

impl Folder {
    /// Makes one among the system's temporary files.
    pub fn new(name: &str) -> Result<Self, Fault> {
        let path = std::env::temp_dir().join(format!("alongside-figures-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).on(path.display())?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} could not be removed: {error}", self.0.display());
        }
    }
}
