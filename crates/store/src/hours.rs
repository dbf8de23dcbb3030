//! A practitioner's own record of hours, and the name a colleague can take out of it again.

use domain::hours::{Purpose, divide};
use domain::ids::{EntryId, InstitutionId, MeetingId, PersonId, ThemeId, ThreadId, TrainingId};
use domain::minutes::Minutes;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{
    FindColleague, NoteHours, RecordMeeting, RemoveNote, RemoveOwnName, SeeOwnAccount, SeeOwnHours, SeeOwnSupport,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Somebody;
use crate::db::{Db, Fault, day, id, of, seconds};
use crate::people::Colleague;
use crate::row::row;
use crate::support::LATELY;
use crate::{entries, mail, participants, retention};

/// An entry to be saved.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// A fresh identifier.
    pub id: EntryId,
    /// The day.
    pub day: Date,
    /// How long.
    pub minutes: Minutes,
    /// What it was for.
    pub purposes: &'a [Purpose],
    /// What it was about.
    pub themes: &'a [ThemeId],
    /// When it was noted.
    pub now: Timestamp,
}

pub(crate) async fn insert(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    entry: &NewEntry<'_>,
) -> Result<(), Fault> {
    let sql =
        "INSERT INTO hours_entry (institution, id, person, day, minutes, noted_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        of(institution),
        id(entry.id),
        id(person),
        entry.day.to_string().into(),
        entry.minutes.0.into(),
        seconds(entry.now),
    ];
    db.run(sql, values).await?;
    let rows = entry.purposes.iter().map(|one| vec![of(institution), id(entry.id), one.code().into()]).collect();
    db.insert_all("INSERT INTO entry_purpose (institution, entry, purpose) VALUES", rows).await?;
    let rows = entry.themes.iter().map(|theme| vec![of(institution), id(entry.id), id(*theme)]).collect();
    db.insert_all("INSERT INTO entry_theme (institution, entry, theme) VALUES", rows).await
}

/// Saves an entry; with a colleague, a noted thread holds who.
///
/// # Errors
/// A fault of the database.
pub async fn note(
    db: &Db,
    permit: &Permit<NoteHours>,
    entry: &NewEntry<'_>,
    named: Option<(ThreadId, PersonId)>,
) -> Result<(), Fault> {
    let institution = permit.institution();
    insert(db, (institution, permit.key()), entry).await?;
    let Some((thread, colleague)) = named else { return Ok(()) };
    let sql = "INSERT INTO thread (institution, id, stage, formality, span, meetings, place, why, end_proposed, asked_at, ended_at, version) \
               VALUES ($1, $2, 'noted', 'informal', 'one-touch', NULL, NULL, NULL, FALSE, $3, $3, 1)";
    db.run(sql, [of(institution), id(thread), seconds(entry.now)]).await?;
    participants::insert(db, (institution, thread), (colleague, permit.key())).await?;
    entries::insert(db, (institution, thread), (entry.id, None)).await
}

/// Enters a held meeting into the practitioner's record, in place of what was entered for it before (R-HRS-4).
///
/// # Errors
/// A fault of the database.
pub async fn enter_meeting(
    db: &Db,
    permit: &Permit<RecordMeeting>,
    meeting: MeetingId,
    entry: Option<&NewEntry<'_>>,
) -> Result<(), Fault> {
    let institution = permit.institution();
    entries::remove_of_meeting(db, (institution, permit.key()), meeting).await?;
    let (Some(entry), Some(person)) = (entry, permit.person()) else { return Ok(()) };
    insert(db, (institution, person), entry).await?;
    entries::insert(db, (institution, permit.key()), (entry.id, Some(meeting))).await
}

row! {
struct IdRow {
    id: Uuid,
}
}

/// Whether an entry comes from a meeting or a session, and so is changed there.
///
/// # Errors
/// A fault of the database.
pub async fn is_of_meeting(db: &Db, permit: &Permit<RemoveNote>) -> Result<bool, Fault> {
    let sql = "SELECT entry AS id FROM entry_thread WHERE institution = $1 AND entry = $2 AND meeting IS NOT NULL";
    let row = db.first::<IdRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let of_meeting = row.is_some_and(|row| row.id == permit.key().0);
    Ok(of_meeting || crate::training_people::is_of_training(db, (permit.institution(), permit.key())).await?)
}

/// Takes an entry back, with the noted thread that held its name.
///
/// # Errors
/// A fault of the database.
pub async fn remove(db: &Db, permit: &Permit<RemoveNote>) -> Result<(), Fault> {
    forget_name(db, permit.institution(), permit.key()).await?;
    let sql = "DELETE FROM hours_entry WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

/// Takes one's own name out of a practitioner's entry. The hours stay; that something waited for whoever was named goes too.
///
/// # Errors
/// A fault of the database.
pub async fn remove_name(db: &Db, permit: &Permit<RemoveOwnName>) -> Result<(), Fault> {
    if let Some(person) = permit.person() {
        mail::looked(db, permit.institution(), person).await?;
    }
    forget_name(db, permit.institution(), permit.key()).await
}

async fn forget_name(db: &Db, institution: InstitutionId, entry: EntryId) -> Result<(), Fault> {
    let sql = "SELECT id FROM thread WHERE institution = $1 AND stage = 'noted' AND id IN \
               (SELECT thread FROM entry_thread WHERE institution = $1 AND entry = $2)";
    for row in db.all::<IdRow, 2>(sql, [of(institution), id(entry)]).await? {
        retention::take_out(db, (institution, ThreadId(row.id))).await?;
    }
    Ok(())
}

/// Says whether an entry of one's own was outreach; `false` when there is no such entry.
///
/// # Errors
/// A fault of the database.
pub async fn set_outreach(
    db: &Db,
    permit: &Permit<NoteHours>,
    (entry, outreach): (EntryId, bool),
) -> Result<bool, Fault> {
    let sql = "SELECT id FROM hours_entry WHERE institution = $1 AND id = $2 AND person = $3";
    let which = [of(permit.institution()), id(entry), id(permit.key())];
    if db.first::<IdRow, 3>(sql, which.clone()).await?.is_none() {
        return Ok(false);
    }
    let [institution, entry, person] = which;
    let sql = "UPDATE hours_entry SET outreach = $4 WHERE institution = $1 AND id = $2 AND person = $3";
    db.run(sql, [institution, entry, person, outreach.into()]).await.map(|_| true)
}

/// An entry as its owner sees it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which.
    pub id: EntryId,
    /// The day.
    pub day: Date,
    /// How long.
    pub minutes: Minutes,
    /// What it was for.
    pub purposes: Vec<Purpose>,
    /// What it was about.
    pub themes: Vec<String>,
    /// The colleague's name, if one is named or it was a meeting.
    pub with: Option<String>,
    /// The thread of the meeting it comes from, where it is changed.
    pub thread: Option<ThreadId>,
    /// The session it comes from, where it is changed.
    pub training: Option<TrainingId>,
    /// Whether it comes from a meeting.
    pub is_meeting: bool,
    /// Whether its owner calls it outreach.
    pub outreach: bool,
}

row! {
struct EntryRow {
    id: Uuid,
    day: String,
    minutes: i64,
    purposes: Option<String>,
    themes: Option<String>,
    other: Option<Uuid>,
    thread: Option<Uuid>,
    meeting: Option<Uuid>,
    outreach: bool,
    training: Option<Uuid>,
}
}

const ENTRY: &str = "SELECT e.id, e.day, e.minutes, e.outreach, l.meeting, \
      (SELECT h.id FROM thread h WHERE h.institution = l.institution AND h.id = l.thread AND h.stage <> 'track') AS thread, t.person AS other, \
      (SELECT s.training FROM training_entry s WHERE s.institution = e.institution AND s.entry = e.id) AS training, \
      (SELECT string_agg(u.purpose, ' ') FROM entry_purpose u WHERE u.institution = e.institution AND u.entry = e.id) AS purposes, \
      (SELECT string_agg(x.name, '\n') FROM entry_theme h JOIN theme x ON x.institution = h.institution AND x.id = h.theme \
       WHERE h.institution = e.institution AND h.entry = e.id) AS themes ";

/// An entry with the other one, unless they are closed to whoever reads.
fn entry(row: EntryRow, other: Option<&Somebody>) -> Result<Entry, Fault> {
    let mut themes: Vec<String> = row.themes.unwrap_or_default().lines().map(str::to_owned).collect();
    themes.sort_unstable();
    let purposes = purposes(row.purposes.as_deref().unwrap_or_default());
    Ok(Entry {
        id: EntryId(row.id),
        day: day(&row.day)?,
        minutes: Minutes(row.minutes),
        purposes,
        themes,
        with: other.map(|one| one.name.clone()),
        thread: row.meeting.and(row.thread).map(ThreadId),
        training: row.training.map(TrainingId),
        is_meeting: row.meeting.is_some(),
        outreach: row.outreach,
    })
}

/// One's own record between two days, newest first: after so many entries, at most so many.
///
/// # Errors
/// A fault of the database.
pub async fn own(
    db: &Db,
    permit: &Permit<SeeOwnHours>,
    days: (Date, Date),
    part: (usize, usize),
) -> Result<Vec<Entry>, Fault> {
    record(db, (permit.institution(), permit.key()), days, part).await
}

/// One's own record of all years, newest first: also of whoever is a practitioner no more (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<Entry>, Fault> {
    record(db, (permit.institution(), permit.key()), (Date::ZERO, Date::MAX), (0, usize::MAX)).await
}

async fn record(
    db: &Db,
    (institution, owner): (InstitutionId, PersonId),
    (first, last): (Date, Date),
    (skip, most): (usize, usize),
) -> Result<Vec<Entry>, Fault> {
    let sql = format!(
        "{ENTRY} FROM hours_entry e \
         LEFT JOIN entry_thread l ON l.institution = e.institution AND l.entry = e.id \
         LEFT JOIN participant t ON t.institution = l.institution AND t.thread = l.thread AND t.number = 1 \
         WHERE e.institution = $1 AND e.person = $2 AND e.day >= $3 AND e.day <= $4 ORDER BY e.day DESC, e.noted_at DESC, e.id LIMIT $5 OFFSET $6"
    );
    let (first, last) = (first.to_string().into(), last.to_string().into());
    let [most, skip] = [most, skip].map(|count| i64::try_from(count).unwrap_or(i64::MAX).into());
    let values = [of(institution), id(owner), first, last, most, skip];
    let chart = db.chart(institution).await?;
    let rows = db.all::<EntryRow, 6>(&sql, values).await?.into_iter();
    let named = |row: EntryRow| {
        // A thread that is closed to them since the organisation chart changed leaves only the hours.
        let closed = row.other.is_some_and(|other| chart.stands_above(owner, PersonId(other)));
        let other = row.other.filter(|_| !closed).and_then(|other| chart.person(PersonId(other)));
        entry(EntryRow { thread: row.thread.filter(|_| !closed), ..row }, other)
    };
    rows.map(named).collect()
}

/// The entries that name somebody, as that person sees them: with the practitioner's name.
///
/// # Errors
/// A fault of the database.
pub async fn naming(db: &Db, permit: &Permit<SeeOwnSupport>) -> Result<Vec<Entry>, Fault> {
    // CROSS JOIN has SQLite begin with the reader's own threads: everybody's notes are without a meeting.
    let sql = format!(
        "{ENTRY} FROM participant me CROSS JOIN entry_thread l \
         JOIN hours_entry e ON e.institution = l.institution AND e.id = l.entry \
         JOIN participant t ON t.institution = l.institution AND t.thread = l.thread AND t.number = 2 \
         WHERE me.institution = $1 AND me.person = $2 AND me.number = 1 \
           AND l.institution = me.institution AND l.thread = me.thread AND l.meeting IS NULL \
         ORDER BY e.day DESC, e.noted_at DESC, e.id"
    );
    let chart = db.chart(permit.institution()).await?;
    let rows = db.all::<EntryRow, 2>(&sql, [of(permit.institution()), id(permit.key())]).await?.into_iter();
    let named = |row: EntryRow| {
        let other = row.other.and_then(|other| chart.person(PersonId(other)));
        entry(row, other)
    };
    rows.map(named).collect()
}

/// Minutes noted and booked between two days.
///
/// # Errors
/// A fault of the database.
pub async fn sums(
    db: &Db,
    permit: &Permit<SeeOwnHours>,
    (first, last): (Date, Date),
    (from, until): (Timestamp, Timestamp),
) -> Result<(Minutes, Minutes), Fault> {
    crate::meetings::taken_minutes(db, (permit.institution(), permit.key()), (first, last), (from, until)).await
}

/// One's own remission and caseload of the year.
///
/// # Errors
/// A fault of the database.
pub async fn remission(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<(Minutes, Minutes), Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.practice(permit.key()).map_or((Minutes(0), Minutes(0)), |practice| (practice.remitted, practice.caseload)))
}

/// Minutes of each purpose between two days: entries that serve several are divided (R-HRS-2).
///
/// # Errors
/// A fault of the database.
pub async fn by_purpose(
    db: &Db,
    permit: &Permit<SeeOwnHours>,
    (first, last): (Date, Date),
) -> Result<Vec<(Purpose, Minutes)>, Fault> {
    let sql = "SELECT x.minutes, x.purposes, CAST(count(*) AS bigint) AS count FROM ( \
                 SELECT e.minutes, (SELECT string_agg(u.purpose, ' ') FROM entry_purpose u \
                   WHERE u.institution = e.institution AND u.entry = e.id) AS purposes \
                 FROM hours_entry e WHERE e.institution = $1 AND e.person = $2 AND e.day >= $3 AND e.day <= $4) x \
               GROUP BY x.minutes, x.purposes";
    let values = [of(permit.institution()), id(permit.key()), first.to_string().into(), last.to_string().into()];
    let mut sums: Vec<(Purpose, Minutes)> = Purpose::ALL.iter().map(|purpose| (*purpose, Minutes(0))).collect();
    for row in db.all::<GroupRow, 4>(sql, values).await? {
        let purposes = purposes(row.purposes.as_deref().unwrap_or_default());
        for (purpose, share) in purposes.iter().zip(divide(Minutes(row.minutes), purposes.len())) {
            if let Some((_, sum)) = sums.iter_mut().find(|(known, _)| known == purpose) {
                *sum = *sum + Minutes(share.0 * row.count);
            }
        }
    }
    Ok(sums)
}

row! {
struct GroupRow {
    minutes: i64,
    purposes: Option<String>,
    count: i64,
}
}

/// Purposes as they are stored together, in the order of the role's functions.
fn purposes(text: &str) -> Vec<Purpose> {
    let mut purposes: Vec<Purpose> = text.split(' ').filter_map(Purpose::from_code).collect();
    purposes.sort_by_key(|purpose| Purpose::ALL.iter().position(|other| other == purpose));
    purposes
}

row! {
struct RecentRow {
    person: Uuid,
}
}

/// The colleagues a practitioner was last in touch with, latest first: in the last hours noted, and in threads that are on
/// or ended in the last four weeks.
///
/// # Errors
/// A fault of the database.
pub async fn recent(
    db: &Db,
    permit: &Permit<FindColleague>,
    (practitioner, now): (PersonId, Timestamp),
) -> Result<Vec<Colleague>, Fault> {
    // Neither half reads a practitioner's threads of all years.
    let sql = format!(
        "SELECT x.person, max(x.latest) AS latest FROM ( \
                 SELECT t.person, e.noted_at AS latest FROM ( \
                   SELECT institution, id, noted_at FROM hours_entry WHERE institution = $1 AND person = $2 ORDER BY day DESC LIMIT 40) e \
                 CROSS JOIN entry_thread l CROSS JOIN participant t \
                 WHERE l.institution = e.institution AND l.entry = e.id \
                   AND t.institution = e.institution AND t.thread = l.thread AND t.number = 1 \
                 UNION ALL \
                 SELECT t.person, h.asked_at AS latest FROM {LATELY} h CROSS JOIN participant me CROSS JOIN participant t \
                 WHERE me.institution = h.institution AND me.thread = h.id AND me.number = 2 AND me.person = $2 \
                   AND t.institution = h.institution AND t.thread = h.id AND t.number = 1) x \
               GROUP BY x.person ORDER BY latest DESC, x.person LIMIT 6"
    );
    let chart = db.chart(permit.institution()).await?;
    let rows = db.all::<RecentRow, 3>(&sql, [of(permit.institution()), id(practitioner), seconds(now)]).await?;
    let known = rows.into_iter().filter_map(|row| chart.person(PersonId(row.person))).filter(|one| one.active);
    let known = known.filter(|one| !chart.stands_above(practitioner, one.id));
    Ok(known.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect())
}
