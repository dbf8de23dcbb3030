//! Who looked at what is about whom, by the day (R-LOK-1). A look at a thread names nobody: its participant does. A look at a track
//! names its person under the track's shred key.

use domain::ids::{InstitutionId, PersonId, TrackId};
use domain::looked::Page;
use domain::support::Party;
use jiff::civil::Date;
use policies::acts::{
    Act, CONFIGURATION, ClearExpired, SeeConfigurationLog, SeeInductionSteps, SeeThread, SeeWhoLooked,
};
use policies::facts::PersonFacts;
use policies::permit::Permit;
use sealing::Context;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of};
use crate::participants::layer;
use crate::required::{OnTrack, holder};
use crate::row::row;
use crate::seats;

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

row! {
    struct SealedRow {
        track: Uuid,
        day: String,
        number: i64,
        sealed: String,
    }
}

/// Where it lies who looked at a track: on which day, and which look of that day.
fn place(track: TrackId, (day, number): (&str, i64)) -> Context {
    seats::place(track, "track-look", number).with("day", day)
}

/// Notes that practitioner or line manager looked at a track on a day; once a day, however often. Who it was lies under the track's
/// shred key: another one may have their place tomorrow.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn at_track<A: OnTrack>(db: &Db, permit: &Permit<A>, (looker, on): (PersonId, Date)) -> Result<(), Fault> {
    let (institution, track, day) = (permit.institution(), permit.key(), on.to_string());
    let sql = "SELECT track, day, number, sealed FROM track_look WHERE institution = $1 AND track = $2 AND day = $3 ORDER BY number";
    let known = db.all::<SealedRow, 3>(sql, [of(institution), id(track), day.clone().into()]).await?;
    let key = layer(db.keyring(), institution, holder(track))?;
    for row in &known {
        if seats::open(&key, &row.sealed, &place(track, (&row.day, row.number)))? == Some(looker) {
            return Ok(());
        }
    }
    let number = known.last().map_or(1, |last| last.number + 1);
    let sealed = seats::seal(db, (institution, track), (looker, &place(track, (&day, number))))?;
    let sql = "INSERT INTO track_look (institution, track, day, number, sealed) VALUES ($1, $2, $3, $4, $5)";
    db.run(sql, [of(institution), id(track), day.into(), number.into(), sealed.into()]).await.map(drop)
}

/// Notes that somebody looked at a page about a person on a day; once a day, however often.
///
/// # Errors
/// A fault of the database.
pub async fn at_person<A: Act<On = PersonFacts>>(
    db: &Db,
    permit: &Permit<A>,
    look: (PersonId, Page, Date),
) -> Result<(), Fault> {
    note(db, (permit.institution(), permit.key()), look).await
}

/// Notes that whoever accompanies an induction opened its page.
///
/// # Errors
/// A fault of the database.
pub async fn at_induction(
    db: &Db,
    permit: &Permit<SeeInductionSteps>,
    (newcomer, looker, on): (PersonId, PersonId, Date),
) -> Result<(), Fault> {
    note(db, (permit.institution(), newcomer), (looker, Page::Induction, on)).await
}

async fn note(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    (looker, what, on): (PersonId, Page, Date),
) -> Result<(), Fault> {
    let sql = "INSERT INTO person_look (institution, person, looker, what, day) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, person, looker, what, day) DO NOTHING";
    let values = [of(institution), id(person), id(looker), what.code().into(), on.to_string().into()];
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
    // What was required was not asked for.
    let threads = "SELECT DISTINCT l.day, o.name, CASE WHEN EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = p.institution \
                   AND k.thread = p.thread) THEN 'required' ELSE 'request' END AS what FROM participant p \
                   JOIN thread_look l ON l.institution = p.institution AND l.thread = p.thread AND l.number = 2 \
                   JOIN participant b ON b.institution = l.institution AND b.thread = l.thread AND b.number = l.number \
                   JOIN person o ON o.institution = b.institution AND o.id = b.person \
                   WHERE p.institution = $1 AND p.person = $2 AND p.number = 1 \
                     AND NOT EXISTS (SELECT 1 FROM track k WHERE k.institution = p.institution AND k.id = p.thread)";
    let pages = "SELECT l.day, o.name, l.what FROM person_look l \
                 JOIN person o ON o.institution = l.institution AND o.id = l.looker \
                 WHERE l.institution = $1 AND l.person = $2";
    let mut looks = at_tracks(db, permit).await?;
    for sql in [threads, pages] {
        for row in db.all::<LookRow, _>(sql, [of(permit.institution()), id(permit.key())]).await? {
            let at = Page::of(&row.what).ok_or(Fault::Unreadable("look"))?;
            looks.push(Look { day: day(&row.day)?, who: row.name, at });
        }
    }
    looks.sort_by(|one, other| other.day.cmp(&one.day).then_with(|| one.who.cmp(&other.who)));
    // A track and its thread are one matter.
    looks.dedup();
    Ok(looks)
}

/// Who looked at what is required of oneself: by the name of whoever it was, whoever has their place now.
async fn at_tracks(db: &Db, permit: &Permit<SeeWhoLooked>) -> Result<Vec<Look>, Fault> {
    let institution = permit.institution();
    let sql = "SELECT l.track, l.day, l.number, l.sealed FROM participant p \
               JOIN track_look l ON l.institution = p.institution AND l.track = p.thread \
               WHERE p.institution = $1 AND p.person = $2 AND p.number = 1";
    let chart = db.chart(institution).await?;
    let mut looks = Vec::new();
    for row in db.all::<SealedRow, 2>(sql, [of(institution), id(permit.key())]).await? {
        let track = TrackId(row.track);
        let key = layer(db.keyring(), institution, holder(track))?;
        let who = seats::open(&key, &row.sealed, &place(track, (&row.day, row.number)))?;
        let name = who.and_then(|who| chart.person(who)).map(|one| one.name.clone()).unwrap_or_default();
        looks.push(Look { day: day(&row.day)?, who: name, at: Page::Required });
    }
    Ok(looks)
}

/// Clears looks before a day (R-LOK-3).
///
/// # Errors
/// A fault of the database.
pub async fn clear(db: &Db, permit: &Permit<ClearExpired>, before: Date) -> Result<u64, Fault> {
    let values = || [of(permit.institution()), before.to_string().into()];
    let mut gone = db.run("DELETE FROM thread_look WHERE institution = $1 AND day < $2", values()).await?;
    gone += db.run("DELETE FROM track_look WHERE institution = $1 AND day < $2", values()).await?;
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
