//! `alongside import`: brings a staff file in.

use std::path::Path;
use std::sync::Arc;

use actions::chance::Machine;
use actions::reading;
use actions::staff::{NewCollege, import};
use domain::ids::Chance;
use domain::period::academic_year;
use domain::programme::{Model, Title};
use domain::staff_file;
use jiff::tz::TimeZone;

use super::CliError;
use super::folder::{Folder, Opened};
use crate::clock::machine;

/// Brings a staff file in, as a new college or as changes.
pub async fn bring_in(
    folder: &Folder,
    file: &Path,
    (name, title, model): (String, String, String),
) -> Result<(), CliError> {
    let bytes = read_limited(file)?;
    let called = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let table = reading::table(&called, &bytes).map_err(|unreadable| CliError::said(unreadable.to_string()))?;
    let reading = match staff_file::read(&table) {
        Ok(reading) => reading,
        Err(wrong) => {
            for one in &wrong {
                eprintln!("line {}, {}: “{}” {}", one.line, one.column, one.value, one.message);
            }
            return Err(CliError::said(format!(
                "Nothing was brought in: {} to put right in {called}.",
                plural(wrong.len(), "thing")
            )));
        }
    };
    let model: Model = model.parse().map_err(|_| {
        CliError::said("Choose deficit, developmental, universal or panOrganisational as --model.".to_owned())
    })?;
    for told in reading.warnings.iter().map(String::as_str) {
        println!("Please look at this: {told}");
    }
    for column in &reading.ignored {
        println!("Not read: {column}");
    }
    for column in &reading.dropped {
        println!("Never brought in, because of what it holds: {column}");
    }
    let zone = TimeZone::get("Europe/London").map_err(|fault| CliError::said(fault.to_string()))?;
    let now = machine();
    let year = academic_year(zone.to_datetime(now).date());
    let college = NewCollege {
        name,
        title: Title::from_one(&title),
        model,
        sample: false,
        zone,
        years: vec![year, year + 1],
        clock_ahead: 0,
    };
    let _held = folder.hold()?;
    let Opened { store, gate } = folder.open().await?;
    let chance: Arc<dyn Chance> = Arc::new(Machine);
    let done = import(&store, (&gate, &chance), (&college, &reading.staff), now).await?;
    store.close().await?;
    println!("Brought in: {} new, {} brought up to date.", plural(done.new, "person"), plural(done.known, "person"));
    println!(
        "Next: `alongside set-up-link somebody@your.college` prints a link with which they choose a password; then `alongside`."
    );
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    match (count, word) {
        (1, word) => format!("1 {word}"),
        (count, "person") => format!("{count} people"),
        (count, word) => format!("{count} {word}s"),
    }
}

/// Reads a file, but never more than a staff file can be.
fn read_limited(file: &Path) -> Result<Vec<u8>, CliError> {
    use std::io::Read;
    let open = std::fs::File::open(file).map_err(|fault| CliError::file(file, &fault))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(reading::MOST_BYTES).unwrap_or(u64::MAX);
    open.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|fault| CliError::file(file, &fault))?;
    Ok(bytes)
}
