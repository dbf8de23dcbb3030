//! `alongside import`: brings a file in, as a new college or as changes to the one that is there.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::chance::Machine;
use actions::desk::{Desk, House};
use actions::import_command;
use actions::imports::{self, Counts};
use actions::reading;
use actions::set_up;
use actions::staff::{NewCollege, import};
use clap::Args;
use domain::ids::Chance;
use domain::period::academic_year;
use domain::programme::{Model, Title};
use domain::staff_file::plan::{Plan, told};
use domain::staff_file::{self, CellError, Kind, Known, Matching, Table, corrected, kind_of};
use jiff::tz::TimeZone;

use super::CliError;
use super::folder::{Folder, Opened};
use crate::clock::machine;

/// What `alongside import` is told.
#[derive(Debug, Args)]
pub struct Import {
    /// The file: CSV, .xlsx or a OneRoster package
    file: PathBuf,
    /// What it is about: staff, structure, timetable or hours; without it, what its titles speak of
    #[arg(long)]
    kind: Option<String>,
    /// Say what the file would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Where to write the file to put right, if anything has to be
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The college's name, for a new one
    #[arg(long, default_value = "Our college")]
    name: String,
    /// What the college calls its practitioners, for a new one
    #[arg(long, default_value = "Advanced Practitioner")]
    title: String,
    /// deficit, developmental, universal or panOrganisational, for a new one
    #[arg(long, default_value = "developmental")]
    model: String,
}

/// Brings a file in.
///
/// # Errors
/// A sentence for whoever typed the command.
pub async fn bring_in(folder: &Folder, asked: &Import) -> Result<(), CliError> {
    let bytes = read_limited(&asked.file)?;
    let called = asked.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let table = imports::read(&called, &bytes).map_err(|unreadable| CliError::said(unreadable.to_string()))?;
    let kind = match &asked.kind {
        Some(kind) => {
            kind.parse().map_err(|fault: staff_file::NotAKind| CliError::said(format!("--kind: {fault}.")))?
        }
        None => kind_of(&table.header),
    };
    let _held = if asked.dry_run { None } else { Some(folder.hold()?) };
    if folder.is_filled() {
        let opened = folder.open().await?;
        if set_up::is_live(&opened.store).await? {
            return change(opened, asked, (&table, kind, &called)).await;
        }
        if set_up::is_begun(&opened.store).await? {
            return Err(CliError::said(
                "A college is being set up here. Run `alongside` and go on in the browser; the staff file has a step there."
                    .to_owned(),
            ));
        }
    }
    if kind != Kind::Staff {
        return Err(CliError::said("There is no college in this folder yet: bring the staff in first.".to_owned()));
    }
    found(folder, asked, (&table, &called)).await
}

async fn change(opened: Opened, asked: &Import, (table, kind, called): (&Table, Kind, &str)) -> Result<(), CliError> {
    let Opened { store, gate } = opened;
    let house = Arc::new(House::open(store.clone(), gate, Arc::new(Machine)).await?);
    let desk = Desk::new(house, machine());
    let plan = match import_command::compare(&desk, (kind, table)).await? {
        Ok(plan) => plan,
        Err(errors) => return Err(to_put_right(asked, table, (errors, called))),
    };
    look_at(&plan);
    for entry in plan.changed() {
        for change in &entry.changes {
            let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let (field, before, after) = (change.field.words(), or_none(&change.before), or_none(&change.after));
            println!("line {}, {}, {field}: {before} -> {after}", entry.line, entry.name);
        }
    }
    if asked.dry_run {
        println!("Would bring in: {}. Nothing was written.", counted(imports::counts(&plan), kind));
    } else {
        let counts = import_command::bring_in(&desk, (kind, called), (table, &plan)).await?;
        println!("Brought in: {}. An administrator can undo it at /people/imports.", counted(counts, kind));
    }
    drop(desk);
    Ok(store.close().await?)
}

async fn found(folder: &Folder, asked: &Import, (table, called): (&Table, &str)) -> Result<(), CliError> {
    let matching = Matching::guess(table, Kind::Staff, &[]);
    let plan = match imports::compare((table, Kind::Staff), &matching, &Known::default()) {
        Ok(plan) => plan,
        Err(errors) => return Err(to_put_right(asked, table, (errors, called))),
    };
    let model: Model = asked.model.parse().map_err(|_| {
        CliError::said("Choose deficit, developmental, universal or panOrganisational as --model.".to_owned())
    })?;
    look_at(&plan);
    if asked.dry_run {
        println!("Would make a college: {}. Nothing was written.", counted(imports::counts(&plan), Kind::Staff));
        return Ok(());
    }
    let zone = TimeZone::get("Europe/London").map_err(|fault| CliError::said(fault.to_string()))?;
    let now = machine();
    let year = academic_year(zone.to_datetime(now).date());
    let college = NewCollege {
        name: asked.name.clone(),
        title: Title::from_one(&asked.title),
        model,
        sample: false,
        zone,
        years: vec![year, year + 1],
        clock_ahead: 0,
    };
    let Ok(reading) = staff_file::read(table) else { return Err(CliError::said("The file changed.".to_owned())) };
    let Opened { store, gate, .. } = folder.open().await?;
    let chance: Arc<dyn Chance> = Arc::new(Machine);
    let done = import(&store, (&gate, &chance), (&college, &reading.staff), now).await?;
    store.close().await?;
    println!("Brought in: {} new, {} brought up to date.", plural(done.new, "person"), plural(done.known, "person"));
    println!(
        "Next: `alongside set-up-link somebody@your.college` prints a link with which they choose a password; then `alongside`."
    );
    Ok(())
}

/// Says what was left out and what should be looked at.
fn look_at(plan: &Plan) {
    for told in &plan.warnings {
        println!("Please look at this: {told}");
    }
    for column in &plan.ignored {
        println!("Not read: {column}");
    }
    for column in &plan.dropped {
        println!("Never brought in, because of what it holds: {column}");
    }
}

/// Tells what is wrong, and writes the file to put right where that was asked for.
fn to_put_right(asked: &Import, table: &Table, (errors, called): (Vec<CellError>, &str)) -> CliError {
    let many = errors.len();
    if let Some(out) = &asked.out {
        if let Err(fault) = std::fs::write(out, corrected::csv(table, &errors)) {
            return CliError::file(out, &fault);
        }
        println!("The lines with what to put right beside them are in {}.", out.display());
    }
    let sheet = table.sheet.as_ref().map(|sheet| format!("sheet {sheet}, ")).unwrap_or_default();
    for one in told(errors) {
        eprintln!("{sheet}line {}, {}: “{}” {}", one.line, one.column, one.value, one.message);
    }
    CliError::said(format!("Nothing was brought in: {} to put right in {called}.", plural(many, "thing")))
}

fn counted(counts: Counts, kind: Kind) -> String {
    let what = if kind == Kind::Structure { "area" } else { "person" };
    let number = |count: i64| usize::try_from(count).unwrap_or_default();
    format!(
        "{} new, {} changed, {} as before",
        plural(number(counts.added), what),
        plural(number(counts.changed), what),
        plural(number(counts.same), what)
    )
}

fn plural(count: usize, word: &str) -> String {
    match (count, word) {
        (1, word) => format!("1 {word}"),
        (count, "person") => format!("{count} people"),
        (count, word) => format!("{count} {word}s"),
    }
}

/// Reads a file, but never more than a file to bring in can be.
fn read_limited(file: &Path) -> Result<Vec<u8>, CliError> {
    use std::io::Read;
    let open = std::fs::File::open(file).map_err(|fault| CliError::file(file, &fault))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(reading::MOST_BYTES).unwrap_or(u64::MAX);
    open.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|fault| CliError::file(file, &fault))?;
    Ok(bytes)
}
