//! Who looked at what is about whom, by the day (R-LOK-1). A look at a thread names nobody: its participant does.

use domain::ids::PersonId;
use domain::looked::Page;
use domain::support::Party;
use jiff::civil::Date;
use policies::acts::{Act, CONFIGURATION, ClearExpired, SeeConfigurationLog, SeeThread, SeeWhoLooked};
use policies::facts::PersonFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of};
use crate::row::row;

/// Notes that a party looked at a thread on a day; once a day, however often.
///
/// # Errors
/// A fault of the database.
pub async fn at_thread(db: &Db, permit: &Permit<SeeThread>, (party, on): (Party, Date)) -> Result<(), Fault> {
    let sql = "INSERT INTO thread_look (institution, thread, number, day) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, thread, number, day) DO NOTHING";
    let number = i64::from(party.number());
    db.run(sql, [of(permit.institution()), id(permit.key()), number.into(), on.to_string().into()]).await.map(drop)
}

/// Notes that somebody looked at a page about a person on a day; once a day, however often.
///
/// # Errors
/// A fault of the database.
pub async fn at_person<A: Act<On = PersonFacts>>(
    db: &Db,
    permit: &Permit<A>,
    (looker, what, on): (PersonId, Page, Date),
) -> Result<(), Fault> {
    let sql = "INSERT INTO person_look (institution, person, looker, what, day) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, person, looker, what, day) DO NOTHING";
    let values = [of(permit.institution()), id(permit.key()), id(looker), what.code().into(), on.to_string().into()];
    db.run(sql, values).await.map(drop)
}

/// Somebody looked at what is about oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// On which day.
    pub day: Date,
    /// Who.
    pub who: String,
    /// At what.
    pub at: Page,
}

row! {
    struct LookRow {
        day: String,
        name: String,
        what: String,
    }
}

/// Who looked at anything about oneself, the latest day first.
///
/// # Errors
/// A fault of the database.
pub async fn mine(db: &Db, permit: &Permit<SeeWhoLooked>) -> Result<Vec<Look>, Fault> {
    let threads = "SELECT DISTINCT l.day, o.name, 'request' AS what FROM participant p \
                   JOIN thread_look l ON l.institution = p.institution AND l.thread = p.thread AND l.number = 2 \
                   JOIN participant b ON b.institution = l.institution AND b.thread = l.thread AND b.number = l.number \
                   JOIN person o ON o.institution = b.institution AND o.id = b.person \
                   WHERE p.institution = $1 AND p.person = $2 AND p.number = 1";
    let pages = "SELECT l.day, o.name, l.what FROM person_look l \
                 JOIN person o ON o.institution = l.institution AND o.id = l.looker \
                 WHERE l.institution = $1 AND l.person = $2";
    let mut looks = Vec::new();
    for sql in [threads, pages] {
        for row in db.all::<LookRow, _>(sql, [of(permit.institution()), id(permit.key())]).await? {
            let at = Page::of(&row.what).ok_or(Fault::Unreadable("look"))?;
            looks.push(Look { day: day(&row.day)?, who: row.name, at });
        }
    }
    looks.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.who.cmp(&other.who)));
    Ok(looks)
}

/// Clears looks before a day (R-LOK-3).
///
/// # Errors
/// A fault of the database.
pub async fn clear(db: &Db, permit: &Permit<ClearExpired>, before: Date) -> Result<u64, Fault> {
    let values = || [of(permit.institution()), before.to_string().into()];
    let gone = db.run("DELETE FROM thread_look WHERE institution = $1 AND day < $2", values()).await?;
    Ok(gone + db.run("DELETE FROM person_look WHERE institution = $1 AND day < $2", values()).await?)
}

/// A change to how the program is set up.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When.
    pub at: jiff::Timestamp,
    /// Which act, in a sentence without a subject.
    pub about: &'static str,
    /// Whose act; nobody's if a command or a job did it.
    pub who: Option<String>,
    /// The person it was done to, if it was done to one.
    pub whom: Option<String>,
}

row! {
    struct EntryRow {
        at: i64,
        person: Option<Uuid>,
        detail: String,
    }
}

/// The latest changes to how the program is set up, at most so many of each kind, the latest first (R-LOK-4).
///
/// # Errors
/// A fault of the database.
pub async fn log(db: &Db, permit: &Permit<SeeConfigurationLog>, most: i64) -> Result<Vec<Entry>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let name = |id: Uuid| chart.person(PersonId(id)).map(|one| one.name.clone());
    let sql = "SELECT at, person, detail FROM event \
               WHERE institution = $1 AND act = $2 AND thread IS NULL AND number IS NULL ORDER BY at DESC LIMIT $3";
    let mut entries = Vec::new();
    for act in CONFIGURATION {
        for row in db.all::<EntryRow, _>(sql, [of(permit.institution()), act.name.into(), most.into()]).await? {
            entries.push(Entry {
                at: instant(row.at)?,
                about: act.about,
                who: row.person.map(|id| name(id).unwrap_or_else(|| "somebody who is gone".to_owned())),
                // The first word says whom it was about, where it was about somebody.
                whom: row.detail.split(' ').next().and_then(|first| first.parse().ok()).and_then(name),
            });
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(entries)
}
