//! The command line. Its acts go through the gate as "the command line", a principal of its own.

pub mod folder;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actions::chance::Machine;
use actions::desk::{Desk, House};
use actions::staff::{NewCollege, import};
use actions::{Never, Stop, accounts, reading};
use clap::{Parser, Subcommand};
use domain::ids::Chance;
use domain::period::academic_year;
use domain::programme::{Model, Title};
use domain::staff_file;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::{Clock, machine};
use crate::limits::Limits;
use crate::routes::{App, Shared, router};
use crate::{jobs, sample};
use folder::{Folder, Opened};

/// Why a command was not done, in words for whoever typed it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CliError(String);

impl CliError {
    /// A sentence.
    pub const fn said(sentence: String) -> Self {
        Self(sentence)
    }

    /// A file that could not be used.
    pub fn file(path: &Path, fault: &std::io::Error) -> Self {
        Self(format!("{}: {fault}", path.display()))
    }
}

impl<R: std::fmt::Debug> From<Stop<R>> for CliError {
    fn from(stop: Stop<R>) -> Self {
        match stop {
            Stop::Denied => Self("the access rules do not allow this here".to_owned()),
            Stop::Refused(refused) => Self(format!("{refused:?}")),
            Stop::Fault(fault) => Self(fault.to_string()),
        }
    }
}

impl From<actions::Fault> for CliError {
    fn from(fault: actions::Fault) -> Self {
        Self(fault.to_string())
    }
}

#[derive(Debug, Parser)]
#[command(name = "alongside", version, about = "Runs an advanced-practitioner programme: alongside, not above.")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The folder with the data.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, global = true, value_name = "ADDR", default_value = "127.0.0.1:8417")]
    listen: SocketAddr,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the college in the data folder (this is also what happens without a command)
    Serve,
    /// Serve a sample college with fictional people
    Demo {
        /// The sample's day, such as 2027-02-03
        #[arg(long, value_name = "DATE")]
        today: Option<Date>,
        /// Write the sample people, with passwords, to this file
        #[arg(long, value_name = "FILE")]
        accounts_json: Option<PathBuf>,
    },
    /// Bring in a staff file (.csv or .xlsx): into an empty folder as a new college, else as changes
    Import {
        /// The staff file
        file: PathBuf,
        /// The college's name, for a new one
        #[arg(long, default_value = "Our college")]
        name: String,
        /// What the college calls its practitioners
        #[arg(long, default_value = "Advanced Practitioner")]
        title: String,
        /// deficit, developmental, universal or panOrganisational
        #[arg(long, default_value = "developmental")]
        model: String,
    },
    /// Print a link with which somebody chooses a password
    SetUpLink {
        /// Whose, by e-mail address
        email: String,
    },
}

/// Reads the command line and does it.
///
/// # Errors
/// A sentence for whoever typed it.
pub async fn run() -> Result<(), CliError> {
    let cli = Cli::parse();
    let folder = |usual: &str| Folder::at(cli.data.clone().unwrap_or_else(|| PathBuf::from(usual)));
    match cli.command {
        None | Some(Command::Serve) => serve(&folder("alongside-data"), cli.listen).await,
        Some(Command::Demo { today, accounts_json }) => {
            demo(&folder("alongside-demo"), cli.listen, (today, accounts_json)).await
        }
        Some(Command::Import { file, name, title, model }) => {
            bring_in(&folder("alongside-data"), &file, (name, title, model)).await
        }
        Some(Command::SetUpLink { email }) => set_up_link(&folder("alongside-data"), cli.listen, &email).await,
    }
}

async fn house(folder: &Folder) -> Result<Arc<House>, CliError> {
    let Opened { store, gate } = folder.open().await?;
    Ok(Arc::new(House::open(store, gate, Arc::new(Machine)).await?))
}

async fn serve(folder: &Folder, listen: SocketAddr) -> Result<(), CliError> {
    if !folder.is_filled() {
        return Err(CliError(format!(
            "There is no college in {} yet. Look around with `alongside demo`, or bring your staff in with `alongside import staff.csv`.",
            folder.path().display()
        )));
    }
    let house = house(folder).await?;
    listen_and_serve(listen, house, Vec::new(), |base| {
        println!("Alongside is at {base}");
        Ok(())
    })
    .await
}

/// The day a sample college lives in when none is given: today.
fn sample_day() -> Date {
    let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    zone.to_datetime(machine()).date()
}

async fn demo(
    folder: &Folder,
    listen: SocketAddr,
    (today, accounts_json): (Option<Date>, Option<PathBuf>),
) -> Result<(), CliError> {
    if !folder.is_filled() {
        println!("Filling {} with the sample college …", folder.path().display());
        sample::fill(folder, today.unwrap_or_else(sample_day)).await?;
    }
    let house = house(folder).await?;
    if !house.frame().programme.facts.sample {
        return Err(CliError(format!(
            "{} holds a real college, not a sample. Choose another folder with --data.",
            folder.path().display()
        )));
    }
    if let Some(today) = today {
        sample::set_day(&house, today).await?;
    }
    let title = house.frame().programme.title.one.clone();
    let mut people = folder.read_accounts()?;
    for person in &mut people {
        person.note = sample::badge(person, &title);
    }
    let listed = people.clone();
    listen_and_serve(listen, house, people, |base| {
        if let Some(file) = &accounts_json {
            let sign_in =
                serde_json::json!({ "path": "/sign-in", "user_field": "email", "password_field": "password" });
            let all = serde_json::json!({ "base": base, "sign_in": sign_in, "people": listed });
            std::fs::write(file, format!("{all:#}\n")).map_err(|fault| CliError::file(file, &fault))?;
        }
        println!("The sample college is at {base}");
        println!("Everybody in it is fictional. Choose somebody on the sign-in page; stop with Ctrl-C.");
        Ok(())
    })
    .await
}

async fn listen_and_serve(
    listen: SocketAddr,
    house: Arc<House>,
    people: Vec<sample::SamplePerson>,
    ready: impl FnOnce(&str) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(|fault| {
        CliError(format!(
            "Cannot listen on {listen}: {fault}. Another program may be using it; choose another with --listen."
        ))
    })?;
    let address = listener.local_addr().map_err(|fault| CliError(fault.to_string()))?;
    let app = App(Arc::new(Shared { house, clock: Clock::Machine, limits: Limits::default(), sample: people }));
    jobs::due(&app).await?;
    tokio::spawn(jobs::run(app.clone()));
    ready(&format!("http://{address}"))?;
    let stop = async {
        if let Err(fault) = tokio::signal::ctrl_c().await {
            tracing::error!(%fault, "cannot hear Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(stop).await;
    served.map_err(|fault| CliError(fault.to_string()))
}

async fn bring_in(
    folder: &Folder,
    file: &Path,
    (name, title, model): (String, String, String),
) -> Result<(), CliError> {
    let bytes = read_limited(file)?;
    let called = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let table = reading::table(&called, &bytes).map_err(|unreadable| CliError(unreadable.to_string()))?;
    let reading = match staff_file::read(&table) {
        Ok(reading) => reading,
        Err(wrong) => {
            for one in &wrong {
                eprintln!("line {}, {}: “{}” {}", one.line, one.column, one.value, one.message);
            }
            return Err(CliError(format!(
                "Nothing was brought in: {} to put right in {called}.",
                plural(wrong.len(), "thing")
            )));
        }
    };
    let model: Model = model.parse().map_err(|_| {
        CliError("Choose deficit, developmental, universal or panOrganisational as --model.".to_owned())
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
    let zone = TimeZone::get("Europe/London").map_err(|fault| CliError(fault.to_string()))?;
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
    let Opened { store, gate } = folder.open().await?;
    let chance: Arc<dyn Chance> = Arc::new(Machine);
    let done = import(&store, (&gate, &chance), (&college, &reading.staff), now).await?;
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

async fn set_up_link(folder: &Folder, listen: SocketAddr, email: &str) -> Result<(), CliError> {
    if !folder.is_filled() {
        return Err(CliError(format!("There is no college in {} yet.", folder.path().display())));
    }
    let house = house(folder).await?;
    let ahead = house.frame().programme.clock_ahead;
    let desk = Desk::new(house, Clock::Machine.now(ahead));
    let made: Result<Option<String>, Stop<Never>> = accounts::issue_link(&desk, email).await;
    match made? {
        Some(token) => {
            println!("http://{listen}/set-up/{token}");
            println!(
                "It works once, for {} hours. Give it to {email} and to nobody else; an earlier link stops working.",
                accounts::LINK_HOURS
            );
            Ok(())
        }
        None => Err(CliError(format!("Nobody here has the address {email}. Check it against your staff file."))),
    }
}
