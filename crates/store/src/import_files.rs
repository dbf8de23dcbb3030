//! Files that were chosen to be brought in: their lines while somebody looks at them, what they changed, and what their
//! titles were matched with.

use std::collections::{BTreeMap, HashMap};

use domain::ids::PersonId;
use domain::staff_file::record::{Change, Field};
use domain::staff_file::{Column, Kind, Remembered};
use jiff::Timestamp;
use policies::acts::{ClearExpired, PrepareImport, SeeImports};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, maybe_id, of, seconds};
use crate::imports::{Compares, Imports};
use crate::row::{Value, row};

/// How far a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its lines are being read.
    Reading,
    /// It cannot be read.
    Unreadable,
    /// It can be looked through.
    Read,
    /// It was brought in.
    Done,
    /// What it changed was given back.
    Undone,
}

impl State {
    const ALL: [Self; 5] = [Self::Reading, Self::Unreadable, Self::Read, Self::Done, Self::Undone];

    const fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Unreadable => "unreadable",
            Self::Read => "read",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }
}

/// A file that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Which.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// What it was called.
    pub name: String,
    /// How far it is.
    pub state: State,
    /// Why it cannot be read.
    pub told: String,
    /// Who chose it, by name; empty for the command line.
    pub by: String,
    /// When it was chosen, or brought in.
    pub at: Timestamp,
    /// How many were new, changed, left as they were, and switched off.
    pub counts: Counts,
}

/// What a file did, in numbers of people or areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// New.
    pub added: i64,
    /// Changed.
    pub changed: i64,
    /// Left as they were.
    pub same: i64,
    /// Accounts switched off.
    pub ended: i64,
}

row! {
    struct FileRow {
        id: Uuid,
        kind: String,
        file: String,
        state: String,
        told: String,
        name: Option<String>,
        at: i64,
        added: i64,
        changed: i64,
        same: i64,
        ended: i64,
    }
}

fn file(row: FileRow) -> Result<File, Fault> {
    let state = State::ALL.into_iter().find(|state| state.code() == row.state);
    Ok(File {
        id: row.id,
        kind: row.kind.parse().map_err(|_| Fault::Unreadable("kind of file"))?,
        name: row.file,
        state: state.ok_or(Fault::Unreadable("state of a file"))?,
        told: row.told,
        by: row.name.unwrap_or_default(),
        at: instant(row.at)?,
        counts: Counts { added: row.added, changed: row.changed, same: row.same, ended: row.ended },
    })
}

const FILES: &str = "SELECT f.id, f.kind, f.file, f.state, f.told, p.name, f.at, f.added, f.changed, f.same, f.ended \
                     FROM import_file f LEFT JOIN person p ON p.institution = f.institution AND p.id = f.person \
                     WHERE f.institution = $1";

/// The files of the last weeks, latest first.
///
/// # Errors
/// A fault of the database.
pub async fn files(db: &Db, permit: &Permit<SeeImports>) -> Result<Vec<File>, Fault> {
    let sql = format!("{FILES} ORDER BY f.at DESC, f.id LIMIT 100");
    db.all(&sql, [of(permit.institution())]).await?.into_iter().map(file).collect()
}

/// One file.
///
/// # Errors
/// A fault of the database.
pub async fn one(db: &Db, permit: &impl Compares, which: Uuid) -> Result<Option<File>, Fault> {
    let sql = format!("{FILES} AND f.id = $2");
    db.first(&sql, [of(permit.college()), id(which)]).await?.map(file).transpose()
}

/// Adds a file; its lines may still be on their way.
///
/// # Errors
/// A fault of the database.
pub async fn insert(
    db: &Db,
    permit: &impl Compares,
    (which, kind, name): (Uuid, Kind, &str),
    (state, now): (State, Timestamp),
) -> Result<(), Fault> {
    let sql = "INSERT INTO import_file (institution, id, kind, file, state, told, person, at, added, changed, same, ended) \
               VALUES ($1, $2, $3, $4, $5, '', $6, $7, 0, 0, 0, 0)";
    let values = [
        of(permit.college()),
        id(which),
        kind.code().into(),
        name.into(),
        state.code().into(),
        maybe_id(permit.who()),
        seconds(now),
    ];
    db.run(sql, values).await.map(drop)
}

/// Says how far a file is, and why it cannot be read if it cannot.
///
/// # Errors
/// A fault of the database.
pub async fn set_state(
    db: &Db,
    permit: &impl Compares,
    which: Uuid,
    (state, told): (State, &str),
) -> Result<(), Fault> {
    let sql = "UPDATE import_file SET state = $3, told = $4 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.college()), id(which), state.code().into(), told.into()]).await.map(drop)
}

row! {
    struct SheetRow {
        cells: String,
        matching: String,
    }
}

/// The lines of a file, and the codes of what its columns were chosen to be, with a line for each; empty while nobody chose.
///
/// # Errors
/// A fault of the database.
pub async fn sheet(db: &Db, permit: &impl Compares, which: Uuid) -> Result<Option<(String, String)>, Fault> {
    let sql = "SELECT cells, matching FROM import_sheet WHERE institution = $1 AND file = $2";
    let row: Option<SheetRow> = db.first(sql, [of(permit.college()), id(which)]).await?;
    Ok(row.map(|row| (row.cells, row.matching)))
}

/// Keeps the lines of a file while somebody looks through it.
///
/// # Errors
/// A fault of the database.
pub async fn keep(db: &Db, permit: &Permit<PrepareImport>, which: Uuid, cells: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO import_sheet (institution, file, cells, matching) VALUES ($1, $2, $3, '')";
    db.run(sql, [of(permit.institution()), id(which), cells.into()]).await.map(drop)
}

/// Keeps what the columns were chosen to be.
///
/// # Errors
/// A fault of the database.
pub async fn choose(db: &Db, permit: &Permit<PrepareImport>, which: Uuid, matching: &str) -> Result<(), Fault> {
    let sql = "UPDATE import_sheet SET matching = $3 WHERE institution = $1 AND file = $2";
    db.run(sql, [of(permit.institution()), id(which), matching.into()]).await.map(drop)
}

/// Forgets a file that is not to be brought in.
///
/// # Errors
/// A fault of the database.
pub async fn forget(db: &Db, permit: &Permit<PrepareImport>, which: Uuid) -> Result<(), Fault> {
    db.run("DELETE FROM import_file WHERE institution = $1 AND id = $2", [of(permit.institution()), id(which)])
        .await
        .map(drop)
}

row! {
    struct HeadingRow {
        heading: String,
        field: String,
    }
}

/// What titles were last chosen to be in files of this kind.
///
/// # Errors
/// A fault of the database.
pub async fn remembered(db: &Db, permit: &impl Compares, kind: Kind) -> Result<Vec<Remembered>, Fault> {
    let sql = "SELECT heading, field FROM import_heading WHERE institution = $1 AND kind = $2";
    let rows: Vec<HeadingRow> = db.all(sql, [of(permit.college()), kind.code().into()]).await?;
    Ok(rows.into_iter().map(|row| (row.heading, Column::from_code(&row.field))).collect())
}

/// Remembers what titles were chosen to be.
///
/// # Errors
/// A fault of the database.
pub async fn remember(db: &Db, permit: &Permit<PrepareImport>, kind: Kind, chosen: &[Remembered]) -> Result<(), Fault> {
    let sql = "INSERT INTO import_heading (institution, kind, heading, field) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, kind, heading) DO UPDATE SET field = excluded.field";
    for (heading, column) in chosen {
        let field = column.map_or("", Column::code);
        db.run(sql, [of(permit.institution()), kind.code().into(), heading.into(), field.into()]).await?;
    }
    Ok(())
}

/// Whom or what a file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whom {
    /// A person.
    Person(PersonId),
    /// An area.
    Area(Uuid),
}

/// Says that a file is brought in: its lines are gone, what it changed is kept for undoing.
///
/// # Errors
/// A fault of the database.
pub async fn done(
    db: &Db,
    permit: &impl Imports,
    (which, now): (Uuid, Timestamp),
    (counts, changes): (Counts, &[(Whom, Change)]),
) -> Result<(), Fault> {
    let key = || [of(permit.college()), id(which)];
    db.run("DELETE FROM import_sheet WHERE institution = $1 AND file = $2", key()).await?;
    let sql = "UPDATE import_file SET state = 'done', at = $3, added = $4, changed = $5, same = $6, ended = $7 \
               WHERE institution = $1 AND id = $2";
    let Counts { added, changed, same, ended } = counts;
    let [college, file] = key();
    db.run(sql, [college, file, seconds(now), added.into(), changed.into(), same.into(), ended.into()]).await?;
    let rows = (1_i64..).zip(changes).map(|(number, (whom, change))| {
        let (person, area) = match whom {
            Whom::Person(person) => (id(*person), Value::Null),
            Whom::Area(area) => (Value::Null, Value::from(*area)),
        };
        let [college, file] = key();
        let (was, became) = (change.before.clone().into(), change.after.clone().into());
        vec![college, file, number.into(), person, area, change.field.code().into(), was, became]
    });
    let sql = "INSERT INTO import_change (institution, file, number, person, area, field, was, became) VALUES";
    db.insert_all(sql, rows.collect()).await
}

row! {
    struct ChangeRow {
        person: Option<Uuid>,
        area: Option<Uuid>,
        field: String,
        was: Option<String>,
        became: Option<String>,
    }
}

/// What a file changed, in the order in which it did.
///
/// # Errors
/// A fault of the database.
pub async fn changes(db: &Db, permit: &impl Compares, which: Uuid) -> Result<Vec<(Whom, Change)>, Fault> {
    let sql = "SELECT person, area, field, was, became FROM import_change WHERE institution = $1 AND file = $2 ORDER BY number";
    let rows: Vec<ChangeRow> = db.all(sql, [of(permit.college()), id(which)]).await?;
    let change = |row: ChangeRow| {
        let whom = row.person.map(|person| Whom::Person(PersonId(person))).or(row.area.map(Whom::Area));
        let field = Field::from_code(&row.field);
        let (whom, field) = whom.zip(field).ok_or(Fault::Unreadable("change of an import"))?;
        Ok((whom, Change { field, before: row.was, after: row.became }))
    };
    rows.into_iter().map(change).collect()
}

row! {
    struct LastRow {
        person: Uuid,
        file: String,
    }
}

/// The timetable that last gave most of these people their teaching week, and to how many of them.
///
/// # Errors
/// A fault of the database.
pub async fn last_timetable(
    db: &Db,
    permit: &impl Compares,
    people: &[PersonId],
) -> Result<Option<(String, usize)>, Fault> {
    let sql = "SELECT c.person, f.file FROM import_change c \
               JOIN import_file f ON f.institution = c.institution AND f.id = c.file \
               WHERE c.institution = $1 AND f.kind = 'timetable' AND f.state = 'done' AND c.person IS NOT NULL ORDER BY f.at";
    let rows: Vec<LastRow> = db.all(sql, [of(permit.college())]).await?;
    let last: HashMap<Uuid, String> = rows.into_iter().map(|row| (row.person, row.file)).collect();
    let mut files: BTreeMap<&String, usize> = BTreeMap::new();
    for file in people.iter().filter_map(|person| last.get(&person.0)) {
        *files.entry(file).or_default() += 1;
    }
    Ok(files.into_iter().max_by_key(|(_, many)| *many).map(|(file, many)| (file.clone(), many)))
}

/// Clears files that nobody brought in for a day, and after some weeks what was kept of those that were.
///
/// # Errors
/// A fault of the database.
pub async fn clear_expired(
    db: &Db,
    permit: &Permit<ClearExpired>,
    (looked_at, brought_in): (Timestamp, Timestamp),
) -> Result<u64, Fault> {
    let sql = "DELETE FROM import_file WHERE institution = $1 AND \
               ((state IN ('reading', 'unreadable', 'read') AND at < $2) OR at < $3)";
    db.run(sql, [of(permit.institution()), seconds(looked_at), seconds(brought_in)]).await
}
