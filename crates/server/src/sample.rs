//! The sample college: made from the files in `demo/`, its months of activity replayed through actions with a fixed seed.

mod cause;
mod figures;
mod replay;
mod reviews;
mod shelf;
mod survey;
mod time;
mod value;

use std::path::Path;
use std::sync::Arc;

use actions::chance::{Machine, Seeded, secret};
use actions::desk::{Desk, House};
use actions::staff::{NewCollege, import};
use actions::{accounts, board, frame, programme, reading, safeguarding};
use domain::frame::proposed;
use domain::ids::{Chance, PersonId};
use domain::people::Role;
use domain::period::academic_year;
use domain::programme::{Model, Title};
use domain::staff_file::{self, Staff, StaffPerson};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::cli::CliError;
use crate::cli::folder::{Folder, Opened};

const STAFF: &[u8] = include_bytes!("../../../demo/staff.csv");
const COLLEGE: &str = include_str!("../../../demo/college.csv");
/// The same college every time.
const SEED: u64 = 150_773;

/// How large a sample is made: as the files say, or stretched to see how the program bears it.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Academic years of activity, this one included.
    pub years: i16,
    /// How many people at least; those who are missing are teachers of made-up names.
    pub staff: usize,
}

impl Default for Size {
    fn default() -> Self {
        Self { years: 1, staff: 0 }
    }
}

/// Somebody whom the sign-in page of a sample college lists.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SamplePerson {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Roles, by their codes.
    pub roles: Vec<String>,
    /// The e-mail address to sign in with.
    pub user: String,
    /// The password; a sample's, written beside the database on purpose.
    pub password: String,
    /// Area.
    pub area: String,
    /// The line manager's name.
    pub line_manager: String,
    /// Which of the sample's people this is.
    #[serde(rename = "note")]
    pub part: String,
    /// What the sign-in page says.
    #[serde(skip_deserializing, default, rename = "words")]
    pub note: String,
}

/// The sample's people on the sign-in page: name in the file, and which part they play.
const CAST: [(&str, &str); 8] = [
    ("Sam Okafor", "teacher with voluntary support"),
    ("Priya Nair", "practitioner who supports Sam Okafor"),
    ("Helen Marsh", "programme lead"),
    ("Joe Whittle", "uninvolved practitioner"),
    ("Farida Chowdhury", "head of department elsewhere"),
    ("Ruth Adeyemi", "senior leader"),
    ("Bethan Pryce", "safeguarding lead"),
    ("Marek Nowicki", "administrator"),
];

/// A setting of `demo/college.csv`.
fn setting(key: &str) -> &'static str {
    COLLEGE
        .lines()
        .filter_map(|line| line.split_once(','))
        .find(|(name, _)| *name == key)
        .map_or("", |(_, value)| value.trim())
}

/// The sample's staff.
fn staff() -> Result<Staff, CliError> {
    let table = reading::table("staff.csv", STAFF).map_err(|unreadable| CliError::said(unreadable.to_string()))?;
    let read = staff_file::read(&table);
    read.map(|reading| reading.staff)
        .map_err(|wrong| CliError::said(wrong.first().map_or(String::new(), |one| one.message.clone())))
}

/// Adds teachers until there are enough: names of two people of the file each, under the same manager.
fn stretch(staff: &mut Staff, to: usize) {
    let model: Vec<StaffPerson> =
        staff.people.iter().filter(|one| one.practice.is_none() && one.area.is_some()).cloned().collect();
    let mut others = model.iter().cycle().skip(17);
    let mut number = 0;
    for one in model.iter().cycle() {
        let (Some(other), true) = (others.next(), staff.people.len() < to) else { return };
        number += 1;
        let first = one.name.split(' ').next().unwrap_or(&one.name);
        let last = other.name.rsplit(' ').next().unwrap_or(&other.name);
        let email = format!("teacher.{number}@college.example");
        staff.people.push(StaffPerson { name: format!("{first} {last}"), email, ..one.clone() });
    }
}

/// Who plays which part, from the staff file: the line manager and a teacher who has not asked are found by the chart.
fn cast(staff: &Staff) -> Vec<(usize, &'static str)> {
    let at = |name: &str| staff.people.iter().position(|person| person.name == name);
    let mut cast: Vec<(usize, &'static str)> =
        CAST.iter().filter_map(|(name, part)| Some((at(name)?, *part))).collect();
    if let Some(manager) = at("Sam Okafor").and_then(|sam| staff.people.get(sam)).and_then(|sam| sam.manager) {
        cast.insert(1.min(cast.len()), (manager, "line manager of Sam Okafor"));
    }
    if let Some(coordinator) = staff.people.iter().position(|person| person.roles.has(Role::NetworkCoordinator)) {
        cast.push((coordinator, "coordinator"));
    }
    let idle = |person: &StaffPerson| {
        person.practice.is_none() && person.roles.has(Role::Teacher) && !person.roles.has(Role::HeadOfDepartment)
    };
    if let Some(last) = staff.people.iter().rposition(idle) {
        cast.push((last, "teacher who has not asked"));
    }
    cast
}

/// Fills an empty folder with the sample college as of a day, nine o'clock. Made apart and moved here when it is
/// whole, so that an interrupted start leaves nothing that looks like a college.
///
/// # Errors
/// A folder or file that cannot be written.
pub async fn fill(folder: &Folder, today: Date, size: Size) -> Result<(), CliError> {
    let workshop = folder.workshop()?;
    make(&workshop, today, size).await?;
    folder.take(&workshop)
}

async fn make(folder: &Folder, today: Date, size: Size) -> Result<(), CliError> {
    let mut staff = staff()?;
    // After those of the file, so that the sample's own people stay who they are.
    stretch(&mut staff, size.staff);
    let zone = TimeZone::get("Europe/London").map_err(|fault| CliError::said(fault.to_string()))?;
    let (year, begun) = (academic_year(today), academic_year(today) - (size.years.clamp(1, 10) - 1));
    let chance: Arc<dyn Chance> = Arc::new(Seeded::new(SEED));
    let Opened { store, gate } = folder.open_fast().await?;
    // A database elsewhere may hold a real college.
    if actions::set_up::is_live(&store).await? {
        return Err(CliError::said("There is a college in that database already. Choose an empty one.".to_owned()));
    }
    let college = NewCollege {
        name: setting("name").to_owned(),
        title: Title::from_one(setting("title")),
        model: setting("model").parse().unwrap_or(Model::Universal),
        sample: true,
        zone: zone.clone(),
        years: (begun - 1..=year + 1).collect(),
        clock_ahead: 0,
    };
    let autumn = |year: i16| {
        let day = Date::constant(year, 9, 1).to_zoned(zone.clone());
        day.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    };
    let first = autumn(begun);
    import(&store, (&gate, &chance), (&college, &staff), autumn(begun - 1)).await?;
    let house = Arc::new(House::open(store, gate, chance).await?);
    replay::year_before(&house, (&staff, begun)).await?;
    let people = accounts_of(&Desk::new(Arc::clone(&house), first), &staff).await?;
    if let Some(lead) = people.iter().find(|person| person.part == "programme lead") {
        reviews::hold(&house, (lead.id, begun, today)).await?;
    }
    publish(&Desk::new(Arc::clone(&house), first), &people).await?;
    if let Some(lead) = people.iter().find(|person| person.part == "programme lead") {
        survey::hold(&house, (&staff, lead.id, begun)).await?;
        time::plan(&Desk::new(Arc::clone(&house), first), lead.id).await?;
    }
    let now = replay::run(&house, (&staff, begun, today)).await?;
    let ahead = now.as_second() - crate::clock::machine().as_second();
    shelf::fill(&house, now, &people).await?;
    reviews::testify(&house, now).await?;
    if let Some(lead) = people.iter().find(|person| person.part == "programme lead") {
        figures::enter(&Desk::new(Arc::clone(&house), now), lead.id).await?;
        value::enter(&Desk::new(Arc::clone(&house), now), lead.id).await?;
        if let Some(leader) = people.iter().find(|person| person.part == "senior leader") {
            cause::fill(&house, &Desk::new(Arc::clone(&house), now), (lead.id, leader.id, year)).await?;
        }
    }
    telephone(&Desk::new(Arc::clone(&house), now), &people).await?;
    programme::start_clock(&Desk::new(Arc::clone(&house), now), ahead).await?;
    board::recompute(&Desk::new(Arc::clone(&house), now)).await?;
    folder.write_accounts(&people)?;
    Ok(house.store.clone().close().await?)
}

/// Gives the people of the sign-in page a password each, through set-up links as anybody else would get one.
async fn accounts_of(desk: &Desk, staff: &Staff) -> Result<Vec<SamplePerson>, CliError> {
    let named = |index: Option<usize>| {
        index.and_then(|index| staff.people.get(index)).map(|one| one.name.clone()).unwrap_or_default()
    };
    let mut people = Vec::new();
    for (index, part) in cast(staff) {
        let Some(person) = staff.people.get(index) else { continue };
        let id = actions::people::by_email(desk, &person.email)
            .await?
            .ok_or_else(|| CliError::said(person.email.clone()))?;
        let password = secret(&Machine).chars().take(20).collect::<String>();
        let token = accounts::issue_link(desk, &person.email).await?.unwrap_or_default();
        let set = accounts::use_link(desk, &token, (password.clone(), password.clone())).await;
        set.map_err(|stop| CliError::said(format!("{stop:?}")))?;
        people.push(SamplePerson {
            id,
            name: person.name.clone(),
            roles: person.roles.iter().map(|role| role.code().to_owned()).collect(),
            user: person.email.clone(),
            password,
            area: person.area.and_then(|area| staff.areas.get(area)).cloned().unwrap_or_default(),
            line_manager: named(person.manager),
            part: part.to_owned(),
            note: String::new(),
        });
    }
    Ok(people)
}

/// Publishes what the role is for, as the lead, in the words proposed to every college.
async fn publish(desk: &Desk, people: &[SamplePerson]) -> Result<(), CliError> {
    let Some(lead) = people.iter().find(|person| person.part == "programme lead") else { return Ok(()) };
    let programme = &desk.frame.programme;
    let published = frame::publish(desk, lead.id, &proposed(&programme.title, &programme.name)).await;
    published.map_err(|stop| CliError::said(format!("{stop:?}")))
}

/// Says whom one telephones when somebody is at risk: a number that is kept for films and plays.
async fn telephone(desk: &Desk, people: &[SamplePerson]) -> Result<(), CliError> {
    let Some(lead) = people.iter().find(|person| person.part == "programme lead") else { return Ok(()) };
    let route = ("Bethan Pryce, Designated Safeguarding Lead", "01632 960118");
    let said = safeguarding::set_route(desk, lead.id, route).await;
    said.map_err(|stop| CliError::said(format!("{stop:?}")))
}

/// What the sign-in page says of somebody: roles and area, as on a name badge.
pub fn badge(person: &SamplePerson, title: &str) -> String {
    let roles: Vec<String> = person
        .roles
        .iter()
        .filter_map(|code| code.parse::<Role>().ok())
        .map(|role| if role == Role::Practitioner { title.to_owned() } else { role.words().to_owned() })
        .collect();
    let area = if person.area.is_empty() { String::new() } else { format!(" · {}", person.area) };
    format!("{}{area}", roles.join(", "))
}

/// A sample college ready to be served, with the people of its sign-in page; its folder is filled first if need be.
///
/// # Errors
/// A folder that cannot be written, or that holds a real college.
pub async fn ready(folder: &Folder) -> Result<(Arc<House>, Vec<SamplePerson>), CliError> {
    if folder.is_fresh() {
        fill(folder, crate::cli::sample_day(), Size::default()).await?;
    }
    let Opened { store, gate } = folder.open().await?;
    let house = Arc::new(House::open(store, gate, Arc::new(Machine)).await?);
    if !house.frame().programme.facts.sample {
        return Err(CliError::said(format!(
            "{} holds a real college, not a sample. Choose another folder with --data.",
            folder.path().display()
        )));
    }
    let title = house.frame().programme.title.one.clone();
    let mut people = folder.read_accounts()?;
    for person in &mut people {
        person.note = badge(person, &title);
    }
    Ok((house, people))
}

/// Moves the sample's clock to nine o'clock of a day, when the program is started with one.
///
/// # Errors
/// A fault of the database.
pub async fn set_day(house: &Arc<House>, today: Date) -> Result<(), CliError> {
    let machine = crate::clock::machine();
    let desk = Desk::new(Arc::clone(house), machine);
    let nine = desk.frame.calendar.instant(today, 9 * 60).map_err(|gap| CliError::said(gap.to_string()))?;
    Ok(programme::start_clock(&desk, nine.as_second() - machine.as_second()).await?)
}

/// The people's file, as it lies in a sample's folder.
pub fn read_accounts(path: &Path) -> Result<Vec<SamplePerson>, CliError> {
    let text = std::fs::read_to_string(path).map_err(|fault| CliError::file(path, &fault))?;
    serde_json::from_str(&text).map_err(|fault| CliError::said(format!("{}: {fault}", path.display())))
}
