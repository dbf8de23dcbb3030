//! Bringing in files from the browser: a file is chosen and read, its columns are matched, what it would change is looked
//! at, and then it is brought in, all of it or nothing, and can be undone. Rules R-IMP-1 to R-IMP-10.

mod apply;
mod held;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::{PersonId, ThemeId};
use domain::staff_file::plan::{self, Plan};
use domain::staff_file::record::{Change, Field};
use domain::staff_file::{CellError, Kind, Known, Matching, Table, corrected, is_never_let_in, remembered_title};
use policies::acts::{BringIn, PrepareImport, SeeImports, UndoImport};
use policies::facts::PersonFacts;
use store::import_files::{self as files, Whom};
pub use store::import_files::{Counts, File, State};
use store::imports::{self, Compares};
use store::{Db, Fault, events};
use uuid::Uuid;

use crate::desk::{Desk, Never, Stop};
use crate::reading::Unreadable;
pub use crate::reading::{Progress, table as read, table_with as read_with};

pub use apply::{Applied, InTheWay, apply, counts};
pub use domain::staff_file::plan::plan as compare;

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportRefused {
    /// There are lines to put right.
    #[error("There is something to put right in the file, so nothing was brought in.")]
    Wrong,
    /// What the file would do is no longer what was looked at.
    #[error("Something has changed at the college since you looked at this. Look at it again, then bring it in.")]
    Stale,
    /// The file is gone, brought in already, or cannot be read.
    #[error("This file is no longer waiting to be brought in. Choose it again.")]
    Gone,
    /// Nobody could look after accounts any more.
    #[error(
        "Afterwards nobody would be an administrator whose account is on. Give somebody the role in the file first."
    )]
    NoAdministrator,
    /// Columns were chosen to be the same thing.
    #[error("Two columns cannot be the same thing.")]
    Twice(Vec<(usize, &'static str)>),
    /// Something was changed since the file was brought in.
    #[error(
        "Some of what this file changed has been changed again since, so it cannot be given back without losing that."
    )]
    InTheWay(Vec<InTheWay>),
}

/// Files that are being read at this moment, and how far they are; gone with the program.
#[derive(Debug, Default)]
pub struct Readings(Mutex<HashMap<Uuid, Arc<Progress>>>);

impl Readings {
    /// Begins to follow a file.
    pub fn begin(&self, which: Uuid) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(which, Arc::clone(&progress));
        progress
    }

    /// How many lines of a file have been read; nothing when nobody reads it.
    pub fn lines(&self, which: Uuid) -> Option<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&which).map(|progress| progress.lines())
    }

    /// Stops following a file.
    pub fn end(&self, which: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&which);
    }
}

/// A file somebody looks through.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The file.
    pub file: File,
    /// Its lines.
    pub table: Table,
    /// What its columns are taken for.
    pub matching: Matching,
    /// Whether somebody has said so for this file.
    pub chosen: bool,
    /// What it would change, or everything to put right.
    pub plan: Result<Plan, Vec<CellError>>,
}

impl Looked {
    /// A short text that changes when what would be done changes.
    pub fn token(&self) -> String {
        self.plan.as_ref().map_or_else(|_| String::new(), token)
    }
}

fn token(plan: &Plan) -> String {
    crate::chance::digest(&plan.fingerprint()).chars().take(32).collect()
}

/// The files of the last weeks.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn list(desk: &Desk, who: &PersonFacts) -> Result<Vec<File>, Stop<Never>> {
    let permit = desk.permit::<SeeImports>(who, &desk.frame.programme.facts, &())?;
    Ok(files::files(&desk.read(), &permit).await?)
}

/// One file, however far it is.
///
/// # Errors
/// Denied for anybody but an administrator, and where there is no such file.
pub async fn file(desk: &Desk, who: &PersonFacts, which: Uuid) -> Result<File, Stop<Never>> {
    let permit = desk.permit::<SeeImports>(who, &desk.frame.programme.facts, &())?;
    files::one(&desk.read(), &permit, which).await?.ok_or(Stop::Denied)
}

/// Looks through a file that was read: its columns, and what it would change or what is to put right. Nothing is written.
///
/// # Errors
/// Denied for anybody but an administrator, and where no such file waits.
pub async fn look(desk: &Desk, who: &PersonFacts, which: Uuid) -> Result<Looked, Stop<Never>> {
    let permit = desk.permit::<PrepareImport>(who, &desk.frame.programme.facts, &())?;
    looked(&desk.read(), &permit, which).await?.ok_or(Stop::Denied)
}

async fn looked(db: &Db, permit: &impl Compares, which: Uuid) -> Result<Option<Looked>, Fault> {
    let Some(file) = files::one(db, permit, which).await? else { return Ok(None) };
    let Some((cells, codes)) = files::sheet(db, permit, which).await? else { return Ok(None) };
    let (table, known) = (held::read(&cells)?, imports::known(db, permit).await?);
    let chosen = (!codes.is_empty()).then(|| Matching::chosen(&table, file.kind, codes.split('\n')).ok()).flatten();
    let remembered = files::remembered(db, permit, file.kind).await?;
    let is_chosen = chosen.is_some();
    let matching = chosen.unwrap_or_else(|| Matching::guess(&table, file.kind, &remembered));
    let mut plan = plan::plan((&table, file.kind), &matching, &known);
    if let Ok(plan) = &mut plan {
        plan.warnings.extend(replaced(db, permit, plan).await?);
    }
    Ok(Some(Looked { file, table, matching, chosen: is_chosen, plan }))
}

/// A sentence when a timetable would take the place of another file's (R-IMP-7): a person has one teaching week.
pub(crate) async fn replaced(db: &Db, permit: &impl Compares, plan: &Plan) -> Result<Option<String>, Fault> {
    if plan.kind != Kind::Timetable {
        return Ok(None);
    }
    let taught = |entry: &&plan::Entry| entry.changes.iter().any(|change| change.before.is_some());
    let people: Vec<PersonId> = plan.changed().filter(taught).filter_map(|entry| entry.id).map(PersonId).collect();
    Ok(files::last_timetable(db, permit, &people).await?.map(|(file, many)| {
        let of = if many == 1 { "1 person".to_owned() } else { format!("{many} people") };
        format!(
            "The teaching week of {of} came from “{file}”. This file takes its place: a person has one teaching week."
        )
    }))
}

/// Takes a file to be read; its lines follow.
///
/// # Errors
/// Denied for anybody but an administrator.
pub async fn begin(desk: &Desk, who: PersonId, (kind, name): (Kind, &str)) -> Result<Uuid, Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PrepareImport>(&me, &desk.frame.programme.facts, &())?;
    let which = desk.ids().fresh::<ThemeId>().0;
    files::insert(&db, &permit, (which, kind, &crate::reading::called(name)), (State::Reading, desk.now)).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{kind} {which}")).await?;
    db.commit().await?;
    Ok(which)
}

/// Keeps the lines of a file that was read, or why it cannot be.
///
/// # Errors
/// Denied for anybody but an administrator, and where the file is gone meanwhile.
pub async fn keep(
    desk: &Desk,
    who: PersonId,
    (which, read): (Uuid, Result<Table, Unreadable>),
) -> Result<(), Stop<Never>> {
    let read = read.map(|table| held::write(&table));
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PrepareImport>(&me, &desk.frame.programme.facts, &())?;
    if files::one(&db, &permit, which).await?.is_none_or(|file| file.state != State::Reading) {
        return Err(Stop::Denied);
    }
    match read {
        Ok(cells) => {
            files::keep(&db, &permit, which, &cells?).await?;
            files::set_state(&db, &permit, which, (State::Read, "")).await?;
        }
        Err(unreadable) => files::set_state(&db, &permit, which, (State::Unreadable, &unreadable.to_string())).await?,
    }
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Chooses what the columns are, and remembers it for the next file with the same titles (R-IMP-6).
///
/// # Errors
/// Two columns that were chosen to be the same thing; denied for anybody but an administrator.
pub async fn choose(desk: &Desk, who: PersonId, (which, codes): (Uuid, &[String])) -> Result<(), Stop<ImportRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PrepareImport>(&me, &desk.frame.programme.facts, &())?;
    let file = files::one(&db, &permit, which).await?.ok_or(Stop::Denied)?;
    let Some((cells, _)) = files::sheet(&db, &permit, which).await? else {
        return Err(Stop::Refused(ImportRefused::Gone));
    };
    let table = held::read(&cells)?;
    let matching = Matching::chosen(&table, file.kind, codes.iter().map(String::as_str)).map_err(|twice| {
        let twice = twice.into_iter().map(|(index, column)| (index, column.words()));
        Stop::Refused(ImportRefused::Twice(twice.collect()))
    })?;
    let codes: Vec<&str> = matching.codes().collect();
    files::choose(&db, &permit, which, &codes.join("\n")).await?;
    let titles = table.header.iter().enumerate().filter(|(_, title)| !is_never_let_in(title));
    let chosen = titles.map(|(index, title)| (remembered_title(title), matching.column(index)));
    let chosen: Vec<_> = chosen.filter(|(title, _)| !title.is_empty()).collect();
    files::remember(&db, &permit, file.kind, &chosen).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Leaves a file: its lines are forgotten.
///
/// # Errors
/// Denied for anybody but an administrator, and for a file that was brought in.
pub async fn leave(desk: &Desk, who: PersonId, which: Uuid) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<PrepareImport>(&me, &desk.frame.programme.facts, &())?;
    let file = files::one(&db, &permit, which).await?.ok_or(Stop::Denied)?;
    if matches!(file.state, State::Done | State::Undone) {
        return Err(Stop::Denied);
    }
    files::forget(&db, &permit, which).await?;
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}

/// Brings in a file that was looked through, all of it or nothing (R-IMP-1). `seen` is the token of what was looked at.
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn bring_in(
    desk: &Desk,
    who: PersonId,
    (which, seen, switch_off): (Uuid, &str, bool),
) -> Result<Counts, Stop<ImportRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<BringIn>(&me, &desk.frame.programme.facts, &())?;
    let looked = looked(&db, &permit, which).await?.filter(|looked| looked.file.state == State::Read);
    let looked = looked.ok_or(Stop::Refused(ImportRefused::Gone))?;
    let plan = looked.plan.map_err(|_| Stop::Refused(ImportRefused::Wrong))?;
    if token(&plan) != seen {
        return Err(Stop::Refused(ImportRefused::Stale));
    }
    let known = imports::known(&db, &permit).await?;
    let applied = apply(&db, &permit, (desk.ids(), desk.now, desk.today()), (&plan, &known, switch_off)).await?;
    if !imports::has_administrator(&db, &permit).await? {
        return Err(Stop::Refused(ImportRefused::NoAdministrator));
    }
    files::done(&db, &permit, (which, desk.now), (applied.counts, &applied.changes)).await?;
    events::record(&db, &permit, desk.stamp(), &detail(plan.kind, applied.counts)).await?;
    db.commit().await?;
    Ok(applied.counts)
}

/// What an event says of an import: numbers only.
pub(crate) fn detail(kind: Kind, counts: Counts) -> String {
    format!("{kind} new {} changed {} same {} off {}", counts.added, counts.changed, counts.same, counts.ended)
}

/// Undoes a file: what it changed is given back, people whom it brought are switched off, nobody is deleted (R-IMP-10).
/// What has changed since is in the way, unless `leave` says that it is to stay as it is now.
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn undo(desk: &Desk, who: PersonId, (which, leave): (Uuid, bool)) -> Result<(), Stop<ImportRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<UndoImport>(&me, &desk.frame.programme.facts, &())?;
    let file = files::one(&db, &permit, which).await?.ok_or(Stop::Denied)?;
    if file.state != State::Done {
        return Err(Stop::Refused(ImportRefused::Gone));
    }
    let changes = files::changes(&db, &permit, which).await?;
    let known = imports::known(&db, &permit).await?;
    let reversal = apply::reversal(&changes, &known, Some(who));
    if !reversal.stays.is_empty() && !leave {
        return Err(Stop::Refused(ImportRefused::InTheWay(reversal.stays)));
    }
    apply::give_back(&db, &permit, (desk.ids(), desk.now, desk.today()), (&reversal, &known)).await?;
    if !imports::has_administrator(&db, &permit).await? {
        return Err(Stop::Refused(ImportRefused::NoAdministrator));
    }
    files::set_state(&db, &permit, which, (State::Undone, "")).await?;
    let detail = format!("back {} off {} left {}", reversal.back.len(), reversal.off.len(), reversal.stays.len());
    events::record(&db, &permit, desk.stamp(), &detail).await?;
    Ok(db.commit().await?)
}

/// The file to put right: the same lines with a column that says what is wrong.
///
/// # Errors
/// Denied for anybody but an administrator, and where no such file waits.
pub async fn to_put_right(desk: &Desk, who: &PersonFacts, which: Uuid) -> Result<String, Stop<Never>> {
    let looked = look(desk, who, which).await?;
    Ok(corrected::csv(&looked.table, &looked.plan.err().unwrap_or_default()))
}

/// What a file changed, with the names of those it changed.
#[derive(Debug, Clone)]
pub struct Told {
    /// The name of a person or an area.
    pub name: String,
    /// Whether the file brought it.
    pub new: bool,
    /// What changed.
    pub changes: Vec<Change>,
}

/// What a file that was brought in has changed.
///
/// # Errors
/// Denied for anybody but an administrator, and where there is no such file.
pub async fn report(desk: &Desk, who: &PersonFacts, which: Uuid) -> Result<(File, Vec<Told>), Stop<Never>> {
    let permit = desk.permit::<SeeImports>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let file = files::one(&db, &permit, which).await?.ok_or(Stop::Denied)?;
    let changes = files::changes(&db, &permit, which).await?;
    let known = imports::known(&db, &permit).await?;
    Ok((file, told(changes, &known)))
}

fn told(changes: Vec<(Whom, Change)>, known: &Known) -> Vec<Told> {
    let people: HashMap<Uuid, &str> = known.people.iter().map(|person| (person.id, person.name())).collect();
    let area = |id: Uuid| known.areas.iter().find(|area| area.id == id).map(|area| area.name.clone());
    let (mut all, mut last): (Vec<Told>, Option<Whom>) = (Vec::new(), None);
    for (whom, change) in changes {
        if last != Some(whom) {
            let name = match whom {
                Whom::Person(person) => people.get(&person.0).map(|name| (*name).to_owned()),
                Whom::Area(id) => area(id),
            };
            all.push(Told { name: name.unwrap_or_default(), new: false, changes: Vec::new() });
            last = Some(whom);
        }
        if let Some(one) = all.last_mut() {
            one.new |= change.field == Field::Name && change.before.is_none();
            one.changes.push(change);
        }
    }
    all
}
