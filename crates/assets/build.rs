//! Builds the browser side with Node in `OUT_DIR` and writes the table that `src/lib.rs` includes.
//!
//! Nothing is written into the source tree. `ALONGSIDE_ASSETS_DIR` names a folder made earlier by `node build.mjs` (with
//! its `manifest.tsv`) and needs no Node. Without Node a release build stops; a debug build goes on with an empty table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

/// What is copied next to `node_modules`; a change in any of them builds again.
const SOURCES: [&str; 5] = ["web", "build.mjs", "package.json", "package-lock.json", ".npmrc"];

/// Why there are no assets.
enum Fault {
    /// Node, npm or the packages are not to be had here: a debug build does without.
    Missing(String),
    /// Something is wrong with our own files: every build stops.
    Broken(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Broken(format!("cannot read or write the files of the browser side: {error}"))
    }
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-env-changed=ALONGSIDE_ASSETS_DIR");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let (Some(out), Some(profile)) = (env::var_os("OUT_DIR"), env::var_os("PROFILE")) else {
        println!("cargo::error=OUT_DIR and PROFILE are set by cargo only: build this crate with cargo");
        return ExitCode::FAILURE;
    };
    let out = PathBuf::from(out);
    let built = match env::var_os("ALONGSIDE_ASSETS_DIR") {
        Some(folder) => prebuilt(Path::new(&folder)),
        None => build_with_node(&out),
    };
    let table = match built.and_then(|folder| table(&folder)) {
        Err(Fault::Missing(why)) if profile != "release" => {
            println!("cargo::warning={why}; going on without styles and scripts because this is a debug build");
            // A file that never exists makes cargo look again next time.
            println!("cargo::rerun-if-changed={}", out.join("no-node").display());
            Ok("&[]".to_owned())
        }
        other => other,
    };
    let written = table.and_then(|text| Ok(fs::write(out.join("table.rs"), text)?));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(Fault::Missing(why) | Fault::Broken(why)) => {
            println!("cargo::error={}", why.replace('\n', " | "));
            ExitCode::FAILURE
        }
    }
}

/// A folder somebody built earlier.
fn prebuilt(folder: &Path) -> Result<PathBuf, Fault> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let folder = fs::canonicalize(folder)
        .map_err(|error| Fault::Broken(format!("ALONGSIDE_ASSETS_DIR ({}): {error}", folder.display())))?;
    Ok(folder)
}

/// Copies the sources to `OUT_DIR/work`, fetches the locked packages if the lock changed, and runs `build.mjs`.
fn build_with_node(out: &Path) -> Result<PathBuf, Fault> {
    let work = out.join("work");
    fs::create_dir_all(&work)?;
    remove_folder(&work.join("web"))?;
    for source in SOURCES {
        copy(Path::new(source), &work.join(source))?;
    }
    let lock = fs::read(work.join("package-lock.json"))?;
    let stamp = work.join("installed.lock");
    if fs::read(&stamp).ok().as_ref() != Some(&lock) || !work.join("node_modules").is_dir() {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run(&work, npm, &["ci", "--ignore-scripts"]).map_err(Fault::Missing)?;
        fs::write(stamp, lock)?;
    }
    run(&work, "node", &["--version"]).map_err(Fault::Missing)?;
    run(&work, "node", &["build.mjs"]).map_err(Fault::Broken)?;
    Ok(work.join("dist"))
}

/// Runs one command in `folder`, or says in one sentence what to do about it.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    let command = format!("{program} {}", arguments.join(" "));
    match Command::new(program).args(arguments).current_dir(folder).output() {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(format!(
            "`{command}` failed, so the styles and scripts could not be built; repair it or set ALONGSIDE_ASSETS_DIR to \
             a prebuilt folder: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        )),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(format!(
            "`{program}` was not found, so the styles and scripts could not be built: install Node.js 20 or later with \
             npm, or set ALONGSIDE_ASSETS_DIR to a prebuilt folder"
        )),
        Err(error) => Err(format!("`{command}` could not be started: {error}")),
    }
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let name = entry?.file_name();
        copy(&from.join(&name), &to.join(&name))?;
    }
    Ok(())
}

/// The Rust expression of all assets in a built folder, from its `manifest.tsv`.
fn table(folder: &Path) -> Result<String, Fault> {
    let manifest = folder.join("manifest.tsv");
    let text = fs::read_to_string(&manifest)
        .map_err(|error| Fault::Broken(format!("{} cannot be read: {error}", manifest.display())))?;
    let mut table = String::from("&[\n");
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, file, content_type, integrity, gzip] = *fields.as_slice() else {
            return Err(Fault::Broken(format!("{} has a line without five fields: {line}", manifest.display())));
        };
        let raw = folder.join(file).display().to_string();
        let gzip = if gzip == "gzip" { format!("include_bytes!({:?})", format!("{raw}.gz")) } else { "&[]".to_owned() };
        writeln!(
            table,
            "Asset {{ name: {name:?}, path: {:?}, content_type: {content_type:?}, raw: include_bytes!({raw:?}), \
             gzip: {gzip}, integrity: {integrity:?} }},",
            format!("/assets/{file}")
        )
        .map_err(|error| Fault::Broken(error.to_string()))?;
    }
    table.push(']');
    Ok(table)
}
