//! PostgreSQL's own tools, run as children: `pg_dump` and `pg_restore` (R-BAK-3). What they need to know goes into their
//! environment: an argument can be read by everybody on the machine, and a line of theirs may quote what is in a row.

use std::io::{Read, Result as Io};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::JoinHandle;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::working_copy;

/// Where Linux keeps the certificates that the machine trusts.
const TRUSTED: &str = "/etc/ssl/certs/ca-certificates.crt";
/// No more of what a tool says is looked at.
const MOST_SAID: u64 = 16 * 1024;

/// Why a tool did not do its work, in words that quote nothing of what it said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ToolFault {
    /// It is not there.
    #[error(
        "{0} is not installed on this machine; it comes with the client tools of PostgreSQL (on Debian: apt-get install postgresql-client)"
    )]
    Missing(&'static str),
    /// It is older than the server.
    #[error(
        "{0} on this machine is older than the server of the database; install the client tools of the server's version"
    )]
    Older(&'static str),
    /// It could not reach the server or was not let in.
    #[error(
        "{0} could not reach the database or was not let in; check its address, and that the server takes passwords from this machine"
    )]
    Away(&'static str),
    /// Something else.
    #[error("{0} could not do its work; run it by hand against this database to see what it says")]
    Broken(&'static str),
}

/// A tool at work, with what it writes.
#[derive(Debug)]
pub struct Tool {
    name: &'static str,
    child: Child,
    said: Option<JoinHandle<String>>,
}

fn environment(config: &Config) -> Vec<(&'static str, String)> {
    let mut all = vec![("PGAPPNAME", "alongside".to_owned()), ("PGCONNECT_TIMEOUT", "10".to_owned())];
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    });
    let ports = config.get_ports().iter().map(u16::to_string);
    all.push(("PGHOST", hosts.collect::<Vec<_>>().join(",")));
    all.push(("PGPORT", ports.collect::<Vec<_>>().join(",")));
    all.push(("PGUSER", config.get_user().unwrap_or_default().to_owned()));
    all.push(("PGDATABASE", database(config)));
    if let Some(password) = config.get_password() {
        all.push(("PGPASSWORD", String::from_utf8_lossy(password).into_owned()));
    }
    match config.get_ssl_mode() {
        SslMode::Disable => all.push(("PGSSLMODE", "disable".to_owned())),
        SslMode::Require if Path::new(TRUSTED).exists() => {
            all.push(("PGSSLMODE", "verify-full".to_owned()));
            all.push(("PGSSLROOTCERT", TRUSTED.to_owned()));
        }
        SslMode::Require => all.push(("PGSSLMODE", "require".to_owned())),
        _ => all.push(("PGSSLMODE", "prefer".to_owned())),
    }
    all.retain(|(_, value)| !value.is_empty());
    all
}

fn database(config: &Config) -> String {
    config.get_dbname().or(config.get_user()).unwrap_or_default().to_owned()
}

fn begin(name: &'static str, config: &Config, arguments: &[String], out: Stdio) -> Result<Tool, ToolFault> {
    let mut command = Command::new(name);
    command.args(["--no-password", "--no-owner", "--no-privileges"]).args(arguments);
    command.envs(environment(config)).env("LC_ALL", "C").stdin(Stdio::null()).stdout(out).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|fault| match fault.kind() {
        std::io::ErrorKind::NotFound => ToolFault::Missing(name),
        _ => ToolFault::Broken(name),
    })?;
    let said = child.stderr.take().map(|stderr| std::thread::spawn(move || heard(stderr)));
    Ok(Tool { name, child, said })
}

/// The beginning of what a tool says; the rest is read too, so that it does not stand still.
fn heard(mut stderr: ChildStderr) -> String {
    let mut said = Vec::new();
    let read = (&mut stderr).take(MOST_SAID).read_to_end(&mut said);
    // What cannot be read says nothing about why; the tool's end still does.
    if read.is_ok() && std::io::copy(&mut stderr, &mut std::io::sink()).is_err() {
        said.clear();
    }
    String::from_utf8_lossy(&said).into_owned()
}

/// Begins to write out a schema, or the whole database where that is the usual one.
pub(crate) fn dump(config: &Config, schema: &str) -> Result<Tool, ToolFault> {
    // The working copy is made anew from what is sealed (R-RET-4).
    let mut arguments = vec!["--format=custom".to_owned()];
    arguments.extend(working_copy::TABLES.map(|table| format!("--exclude-table-data=*.{table}")));
    // Of the usual schema alone, the tool would write a statement that makes it, which stands in every database.
    if schema != "public" {
        arguments.push(format!("--schema=\"{}\"", schema.replace('"', "\"\"")));
    }
    begin("pg_dump", config, &arguments, Stdio::piped())
}

/// Brings a file of `pg_dump` into an empty database: all of it or nothing.
pub(crate) fn put_back(config: &Config, file: &Path) -> Result<(), ToolFault> {
    let mut arguments = vec!["--single-transaction".to_owned(), "--exit-on-error".to_owned()];
    arguments.push(format!("--dbname={}", database(config)));
    arguments.push(file.display().to_string());
    begin("pg_restore", config, &arguments, Stdio::null())?.finish()
}

impl Read for Tool {
    fn read(&mut self, into: &mut [u8]) -> Io<usize> {
        self.child.stdout.as_mut().map_or(Ok(0), |out| out.read(into))
    }
}

impl Tool {
    /// Waits for its end.
    ///
    /// # Errors
    /// Why it did not do its work.
    pub fn finish(mut self) -> Result<(), ToolFault> {
        let ended = self.child.wait();
        let said = self.said.take().and_then(|said| said.join().ok()).unwrap_or_default();
        match ended {
            Ok(status) if status.success() => Ok(()),
            _ if said.contains("server version mismatch") => Err(ToolFault::Older(self.name)),
            _ if said.contains("connection to server") || said.contains("could not connect") => {
                Err(ToolFault::Away(self.name))
            }
            _ => Err(ToolFault::Broken(self.name)),
        }
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        // Already ended: then there is nothing to kill, which is as well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R-BAK-3
    #[test]
    fn a_password_goes_into_the_environment_and_into_no_argument() {
        let config: Config = "postgres://keeper:hush-hush@db.college.example:5433/alongside".parse().unwrap();
        let all = environment(&config);
        for pair in [("PGHOST", "db.college.example"), ("PGPORT", "5433"), ("PGUSER", "keeper")] {
            assert!(all.iter().any(|(name, value)| (*name, value.as_str()) == pair), "{pair:?}");
        }
        assert!(all.contains(&("PGPASSWORD", "hush-hush".to_owned())));
        assert_eq!(database(&config), "alongside");
    }

    /// R-BAK-3
    #[test]
    fn a_tool_that_is_not_there_is_named_with_where_it_comes_from() {
        let config: Config = "postgres://keeper@db.college.example/alongside".parse().unwrap();
        let fault = begin("pg_dump_that_nobody_has", &config, &[], Stdio::null()).map(drop).unwrap_err();
        assert!(fault.to_string().contains("is not installed"), "{fault}");
    }
}
