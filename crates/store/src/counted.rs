//! What a release counts, between two instants, by when it was entered (R-REL-15, R-REL-17). It leaves only for the program's own
//! job, and nothing but what was decided of it is kept.

use std::collections::BTreeMap;

use domain::began::Began;
use domain::hours::Purpose;
use domain::ids::{AreaId, PersonId};
use domain::releases::Measure;
use jiff::Timestamp;
use policies::acts::MakeRelease;
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::db::{Db, Fault, of, seconds};
use crate::row::row;

/// Days on which a request was agreed to, and instants at which it was noted that two met; of voluntary threads.
pub(crate) const USES: &str = "SELECT e.institution AS institution, e.thread AS thread, e.at AS at FROM event e \
     JOIN thread t ON t.institution = e.institution AND t.id = e.thread \
     WHERE e.institution = $1 AND e.act = 'AcceptTime' AND t.stage IN ('open', 'ended') \
       AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) \
     UNION ALL SELECT x.institution AS institution, x.thread AS thread, h.noted_at AS at FROM entry_thread x \
     JOIN hours_entry h ON h.institution = x.institution AND h.id = x.entry \
     JOIN meeting m ON m.institution = x.institution AND m.id = x.meeting \
     JOIN thread t ON t.institution = x.institution AND t.id = x.thread \
     WHERE x.institution = $1 AND m.state = 'held' AND t.stage <> 'track' \
       AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id)";

/// From one instant on and before another.
pub type Between = (Timestamp, Timestamp);

row! {
    struct PersonRow {
        person: Uuid,
    }
}

/// Who had a measure. What is known of deleted threads is told by [`marked`].
///
/// # Errors
/// A fault of the database.
pub async fn people(
    db: &Db,
    permit: &Permit<MakeRelease>,
    measure: Measure,
    (from, until): Between,
) -> Result<Vec<PersonId>, Fault> {
    let of_trainings = |meeting: &str| {
        format!(
            "SELECT DISTINCT a.person AS person FROM attendance a \
             JOIN training t ON t.institution = a.institution AND t.id = a.training \
             WHERE a.institution = $1 AND a.came AND t.state = 'held' AND t.format {meeting} 'meeting' \
               AND COALESCE(a.came_at, t.starts_at) >= $2 AND COALESCE(a.came_at, t.starts_at) < $3"
        )
    };
    let sql = match measure {
        Measure::Support => format!(
            "SELECT DISTINCT p.person AS person FROM ({USES}) u \
             JOIN participant p ON p.institution = u.institution AND p.thread = u.thread AND p.number = 1 \
             WHERE u.institution = $1 AND u.at >= $2 AND u.at < $3"
        ),
        Measure::Session => of_trainings("<>"),
        Measure::Community => of_trainings("="),
        Measure::Induction => "SELECT DISTINCT newcomer AS person FROM induction \
             WHERE institution = $1 AND mentor IS NOT NULL AND starts < $3 AND until >= $2 AND (ended IS NULL OR ended >= $2)"
            .to_owned(),
    };
    let instants = match measure {
        // Inductions have days.
        Measure::Induction => [day_of(from).into(), day_of(until).into()],
        _ => [seconds(from), seconds(until)],
    };
    let [from, until] = instants;
    let rows = db.all::<PersonRow, 3>(&sql, [of(permit.institution()), from, until]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

fn day_of(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

row! {
    struct MarkRow {
        id: Uuid,
        sealed: String,
    }
}

/// A mark that a deleted thread has left (R-RET-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its teacher.
    pub person: PersonId,
    /// The first day of the term in which it is counted.
    pub term: String,
}

/// The marks of a year that open.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn marked(db: &Db, permit: &Permit<MakeRelease>, year: i16) -> Result<Vec<Mark>, Fault> {
    let Some(secret) = db.keyring().known_year(permit.institution(), year)? else { return Ok(Vec::new()) };
    let layer = Layer::of(&secret).map_err(|_| Fault::Unreadable("key"))?;
    let sql = "SELECT id, sealed FROM term_use WHERE institution = $1 AND year = $2";
    let rows = db.all::<MarkRow, 2>(sql, [of(permit.institution()), i64::from(year).into()]).await?;
    let opened = |row: MarkRow| {
        let place = Context::of("term-use").with("id", row.id.to_string()).with("year", i64::from(year));
        let text = layer.open(&row.sealed, &place).map_err(|_| Fault::Unreadable("mark"))?;
        let (person, term) = text.split_once(' ').ok_or(Fault::Unreadable("mark"))?;
        Ok(Mark { person: person.parse().map_err(|_| Fault::Unreadable("mark"))?, term: term.to_owned() })
    };
    rows.into_iter().map(opened).collect()
}

row! {
    struct RequiredRow {
        person: Uuid,
        reason: String,
    }
}

/// Whose support was required at any time, and for which reason, by its code: a line for each track.
///
/// # Errors
/// A fault of the database.
pub async fn required(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (from, until): Between,
) -> Result<Vec<(PersonId, String)>, Fault> {
    let sql = "SELECT p.person AS person, k.reason AS reason FROM track k \
               JOIN thread t ON t.institution = k.institution AND t.id = k.id \
               JOIN participant p ON p.institution = k.institution AND p.thread = k.id AND p.number = 1 \
               WHERE k.institution = $1 AND t.asked_at < $3 AND (t.ended_at IS NULL OR t.ended_at >= $2)";
    let rows = db.all::<RequiredRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.person), row.reason)).collect())
}

row! {
    struct AskedRow {
        person: Uuid,
        why: Option<String>,
    }
}

/// Who asked and was answered, and why as far as they said, by its code: a line for each thread.
///
/// # Errors
/// A fault of the database.
pub async fn asked(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (from, until): Between,
) -> Result<Vec<(PersonId, Option<String>)>, Fault> {
    let sql = "SELECT p.person AS person, t.why AS why FROM thread t \
               JOIN participant p ON p.institution = t.institution AND p.thread = t.id AND p.number = 1 \
               WHERE t.institution = $1 AND t.stage IN ('open', 'ended') AND t.asked_at >= $2 AND t.asked_at < $3 \
                 AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id)";
    let rows = db.all::<AskedRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await?;
    Ok(rows.into_iter().map(|row| (PersonId(row.person), row.why)).collect())
}

row! {
    struct BeganRow {
        person: Uuid,
        began: String,
    }
}

/// Of whoever used support, how it began, as they said when they asked: a line for each thread of which it was said.
///
/// # Errors
/// A fault of the database.
pub async fn began(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (from, until): Between,
) -> Result<Vec<(PersonId, Began)>, Fault> {
    let sql = format!(
        "SELECT DISTINCT p.person AS person, t.began AS began FROM ({USES}) u \
         JOIN thread t ON t.institution = u.institution AND t.id = u.thread \
         JOIN participant p ON p.institution = u.institution AND p.thread = u.thread AND p.number = 1 \
         WHERE u.institution = $1 AND u.at >= $2 AND u.at < $3 AND t.began IS NOT NULL"
    );
    let rows = db.all::<BeganRow, 3>(&sql, [of(permit.institution()), seconds(from), seconds(until)]).await?;
    let read = |row: BeganRow| {
        let began = Began::from_code(&row.began).ok_or(Fault::Unreadable("began"))?;
        Ok((PersonId(row.person), began))
    };
    rows.into_iter().map(read).collect()
}

row! {
    struct PartRow {
        entry: Uuid,
        owner: Uuid,
        minutes: i64,
        said: String,
        person: Option<Uuid>,
    }
}

row! {
    struct ThemeRow {
        entry: Uuid,
        name: String,
    }
}

/// An entry in somebody's record of hours, as a release counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who noted it.
    pub by: PersonId,
    /// Minutes.
    pub minutes: i64,
    /// For whom, where a thread says so.
    pub whom: Option<PersonId>,
    /// What it was for.
    pub purposes: Vec<Purpose>,
    /// What it was about, by name.
    pub themes: Vec<String>,
}

/// What practitioners have noted.
///
/// # Errors
/// A fault of the database.
pub async fn hours(db: &Db, permit: &Permit<MakeRelease>, (from, until): Between) -> Result<Vec<Entry>, Fault> {
    let values = || [of(permit.institution()), seconds(from), seconds(until)];
    let sql = "SELECT h.id AS entry, h.person AS owner, h.minutes AS minutes, o.purpose AS said, p.person AS person FROM hours_entry h \
               JOIN entry_purpose o ON o.institution = h.institution AND o.entry = h.id \
               LEFT JOIN entry_thread x ON x.institution = h.institution AND x.entry = h.id \
               LEFT JOIN participant p ON p.institution = h.institution AND p.thread = x.thread AND p.number = 1 \
               WHERE h.institution = $1 AND h.noted_at >= $2 AND h.noted_at < $3 ORDER BY h.id, o.purpose";
    let mut all: BTreeMap<Uuid, Entry> = BTreeMap::new();
    for row in db.all::<PartRow, 3>(sql, values()).await? {
        let purpose = Purpose::from_code(&row.said).ok_or(Fault::Unreadable("purpose"))?;
        let whom = row.person.map(PersonId);
        let by = PersonId(row.owner);
        let fresh = || Entry { by, minutes: row.minutes, whom, purposes: Vec::new(), themes: Vec::new() };
        all.entry(row.entry).or_insert_with(fresh).purposes.push(purpose);
    }
    let sql = "SELECT h.id AS entry, n.name AS name FROM hours_entry h \
               JOIN entry_theme t ON t.institution = h.institution AND t.entry = h.id \
               JOIN theme n ON n.institution = t.institution AND n.id = t.theme \
               WHERE h.institution = $1 AND h.noted_at >= $2 AND h.noted_at < $3 ORDER BY h.id, n.position";
    for row in db.all::<ThemeRow, 3>(sql, values()).await? {
        if let Some(entry) = all.get_mut(&row.entry) {
            entry.themes.push(row.name);
        }
    }
    Ok(all.into_values().collect())
}

row! {
    struct HeldRow {
        area: Uuid,
        state: String,
        many: i64,
    }
}

/// Sessions of an area.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sessions {
    /// That took place.
    pub held: i64,
    /// That were planned, held ones with them.
    pub planned: i64,
}

/// Sessions that began between two instants, by area: no people.
///
/// # Errors
/// A fault of the database.
pub async fn sessions(
    db: &Db,
    permit: &Permit<MakeRelease>,
    (from, until): Between,
) -> Result<BTreeMap<AreaId, Sessions>, Fault> {
    let sql = "SELECT a.area AS area, t.state AS state, COUNT(*) AS many FROM training t \
               JOIN training_area a ON a.institution = t.institution AND a.training = t.id \
               WHERE t.institution = $1 AND t.starts_at >= $2 AND t.starts_at < $3 GROUP BY a.area, t.state";
    let mut all: BTreeMap<AreaId, Sessions> = BTreeMap::new();
    for row in db.all::<HeldRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await? {
        let one = all.entry(AreaId(row.area)).or_default();
        one.held += if row.state == "held" { row.many } else { 0 };
        one.planned += row.many;
    }
    Ok(all)
}

row! {
    struct ManyRow {
        many: i64,
    }
}

/// Sessions and meetings of communities that took place, each once: no people.
///
/// # Errors
/// A fault of the database.
pub async fn held(db: &Db, permit: &Permit<MakeRelease>, (from, until): Between) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM training t \
               WHERE t.institution = $1 AND t.state = 'held' AND t.starts_at >= $2 AND t.starts_at < $3";
    let found = db.first::<ManyRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await?;
    Ok(found.map_or(0, |row| row.many))
}

/// Outputs that were noted and entries of the shelf that were added: items of research and good practice.
///
/// # Errors
/// A fault of the database.
pub async fn items(db: &Db, permit: &Permit<MakeRelease>, (from, until): Between) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM ( \
                 SELECT o.id FROM output o WHERE o.institution = $1 AND o.noted_at >= $2 AND o.noted_at < $3 \
                 UNION ALL SELECT s.id FROM shelf_entry s WHERE s.institution = $1 AND s.output IS NULL \
                   AND s.added_at >= $2 AND s.added_at < $3) i";
    let rows = db.first::<ManyRow, 3>(sql, [of(permit.institution()), seconds(from), seconds(until)]).await?;
    Ok(rows.map_or(0, |row| row.many))
}

/// The instant of the first thing that ever happened in the program; nothing is released of what was before.
///
/// # Errors
/// A fault of the database.
pub async fn begun(db: &Db, permit: &Permit<MakeRelease>) -> Result<Option<i64>, Fault> {
    let sql = "SELECT at AS many FROM event WHERE institution = $1 ORDER BY at LIMIT 1";
    Ok(db.first::<ManyRow, 1>(sql, [of(permit.institution())]).await?.map(|row| row.many))
}
