//! A PostgreSQL server of the tests' own: made in a temporary folder, gone afterwards.

use crate::fault::{Fault, While};
use crate::needs;
use crate::steps::Line;
use std::path::{Path, PathBuf};

/// The tests, which run a second time on PostgreSQL: the same command, so that nothing is built anew.
pub const TESTS: &str = "cargo test --locked --release --workspace --exclude proofs";

/// Runs the store, action and page tests on PostgreSQL.
pub fn tests(root: &Path) -> Result<(), Fault> {
    let server = Server::start()?;
    Line::new(root, TESTS).with("ALONGSIDE_TEST_POSTGRES", &server.url()).run()
}

/// Where the server's programs are: on the path, or where Debian keeps them.
pub fn programs() -> Option<PathBuf> {
    if let Some(found) = needs::on_path("pg_ctl") {
        return found.parent().map(Path::to_path_buf);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut bins: Vec<PathBuf> = versions.filter_map(|one| Some(one.ok()?.path().join("bin"))).collect();
    bins.retain(|bin| bin.join("pg_ctl").is_file() && bin.join("initdb").is_file());
    bins.sort();
    bins.pop()
}

/// A running server.
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
}

impl Server {
    /// Makes and starts one that listens on a socket in its folder only. What it holds need not outlive a crash.
    pub fn start() -> Result<Self, Fault> {
        let programs = programs().ok_or_else(|| Fault("PostgreSQL is missing: install its server".into()))?;
        let folder = std::env::temp_dir().join(format!("alongside-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder).on(folder.display())?;
        let server = Self { folder, programs };
        if is_root() {
            server.line("chown", "postgres").run()?;
        }
        server
            .own("initdb", "--pgdata=data --username=trial --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync")?;
        // Words cannot be quoted on a line, so the settings go into the server's own file.
        let settings = format!(
            "\nlisten_addresses = ''\nunix_socket_directories = '{}'\nmax_connections = 300\nfsync = off\n\
             synchronous_commit = off\nfull_page_writes = off\nmax_wal_size = 128MB\nmin_wal_size = 32MB\n",
            server.folder.display()
        );
        let file = server.folder.join("data/postgresql.conf");
        let before = std::fs::read_to_string(&file).on(file.display())?;
        std::fs::write(&file, before + &settings).on(file.display())?;
        server.own("pg_ctl", "--pgdata=data --wait --log=log start")?;
        Ok(server)
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("postgres://trial@{}/postgres", self.folder.display().to_string().replace('/', "%2F"))
    }

    fn line(&self, program: &str, arguments: &str) -> Line {
        Line::new(&self.folder, &format!("{program} {arguments} {}", self.folder.display()))
    }

    /// Runs one of the server's programs, which refuse to be run by root.
    fn own(&self, program: &str, arguments: &str) -> Result<String, Fault> {
        let program = self.programs.join(program);
        let before = if is_root() { "runuser -u postgres -- " } else { "" };
        Line::new(&self.folder, &format!("{before}{} {arguments}", program.display())).quiet()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = self.own("pg_ctl", "--pgdata=data --wait --mode=immediate stop");
        let removed = std::fs::remove_dir_all(&self.folder);
        if let Err(Fault(why)) = stopped {
            eprintln!("PostgreSQL could not be stopped: {why}");
        }
        if let Err(why) = removed {
            eprintln!("{} could not be removed: {why}", self.folder.display());
        }
    }
}

fn is_root() -> bool {
    Line::new(Path::new("/"), "id -u").output().is_ok_and(|user| user == "0")
}
