//! Requests: sending one, one's own threads, what waits for a practitioner.

use domain::ids::{InstitutionId, PersonId, ThemeId, ThreadId, TrackId};
use domain::observations::Form;
use domain::people::Role;
use domain::support::{Request, Stage};
use jiff::Timestamp;
use policies::acts::{AskForSupport, ChangePractitioner, ChoosePractitioner, SeeOwnSupport, SeeOwnTracks, SeeOwnWeek};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::participants;
use crate::row::row;

row! {
struct IdRow {
    id: Uuid,
}
}

/// Whether there is a thread with this identifier: whether a form was sent before.
///
/// # Errors
/// A fault of the database.
pub async fn exists(db: &Db, institution: InstitutionId, thread: ThreadId) -> Result<bool, Fault> {
    let sql = "SELECT id FROM thread WHERE institution = $1 AND id = $2";
    Ok(db.first::<IdRow, 2>(sql, [of(institution), id(thread)]).await?.is_some())
}

/// A permit with which a request may be sent: by asking, or by changing to somebody else.
pub trait Asks {
    /// Who asks whom, where.
    fn pair(&self) -> (InstitutionId, Option<PersonId>, PersonId);
}

impl Asks for Permit<AskForSupport> {
    fn pair(&self) -> (InstitutionId, Option<PersonId>, PersonId) {
        (self.institution(), self.person(), self.with_person())
    }
}

impl Asks for Permit<ChangePractitioner> {
    fn pair(&self) -> (InstitutionId, Option<PersonId>, PersonId) {
        (self.institution(), self.person(), self.with_person())
    }
}

impl Asks for Permit<ChoosePractitioner> {
    fn pair(&self) -> (InstitutionId, Option<PersonId>, PersonId) {
        (self.institution(), self.person(), self.with_person())
    }
}

/// The thread in which the two are already in touch, this way round (R-SUP-4); what is
/// required is another matter (R-REQ-5).
///
/// # Errors
/// A fault of the database.
pub async fn in_touch(db: &Db, permit: &impl Asks) -> Result<Option<ThreadId>, Fault> {
    let (institution, Some(teacher), practitioner) = permit.pair() else { return Err(Fault::Missing("person")) };
    let sql = "SELECT t.id FROM thread t \
               JOIN participant a ON a.institution = t.institution AND a.thread = t.id AND a.number = 1 \
               JOIN participant b ON b.institution = t.institution AND b.thread = t.id AND b.number = 2 \
               WHERE t.institution = $1 AND a.person = $2 AND b.person = $3 AND t.stage IN ('waiting', 'open') \
                 AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id)";
    let row = db.first::<IdRow, 3>(sql, [of(institution), id(teacher), id(practitioner)]).await?;
    Ok(row.map(|row| ThreadId(row.id)))
}

/// Saves a request: the thread, its two participants, its themes. The wished time is an offer, saved apart.
///
/// # Errors
/// A fault of the database.
pub async fn insert(
    db: &Db,
    permit: &impl Asks,
    thread: ThreadId,
    (request, now): (&Request, Timestamp),
) -> Result<(), Fault> {
    let (institution, Some(teacher), practitioner) = permit.pair() else { return Err(Fault::Missing("person")) };
    let sql = "INSERT INTO thread (institution, id, stage, formality, span, meetings, place, why, end_proposed, asked_at, ended_at, version, began) \
               VALUES ($1, $2, 'waiting', $3, $4, $5, $6, $7, FALSE, $8, NULL, 1, $9)";
    let values = [
        of(institution),
        id(thread),
        request.manner.formality.code().into(),
        request.manner.span.code().into(),
        request.manner.meetings.map(i64::from).into(),
        request.place.map(|place| place.code().to_owned()).into(),
        request.why.map(|why| why.code().to_owned()).into(),
        seconds(now),
        request.began.map(|began| began.code().to_owned()).into(),
    ];
    db.run(sql, values).await?;
    participants::insert(db, (institution, thread), (teacher, practitioner)).await?;
    let rows = request.themes.iter().map(|theme| vec![of(institution), id(thread), id(*theme)]).collect();
    db.insert_all("INSERT INTO thread_theme (institution, thread, theme) VALUES", rows).await
}

/// Whether every theme exists.
///
/// # Errors
/// A fault of the database.
pub async fn themes_exist(db: &Db, permit: &impl Asks, themes: &[ThemeId]) -> Result<bool, Fault> {
    let (institution, ..) = permit.pair();
    let chart = db.chart(institution).await?;
    Ok(themes.iter().all(|theme| chart.theme(*theme).is_some()))
}

/// A thread in a list of one's own.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which.
    pub thread: ThreadId,
    /// Where it stands.
    pub stage: Stage,
    /// The other one's name.
    pub with: String,
    /// The other one's area.
    pub area: String,
    /// Themes, in words.
    pub themes: Vec<String>,
    /// When it was asked.
    pub asked: Timestamp,
    /// When the next agreed meeting begins.
    pub next: Option<Timestamp>,
    /// What the two do at it.
    pub next_form: Option<Form>,
    /// The time the teacher would like, or the first one offered by the other side.
    pub offered: Option<Timestamp>,
    /// Who offers times now: the participant's number.
    pub offered_by: Option<i64>,
    /// Whether the practitioner proposed an end.
    pub end_proposed: bool,
    /// Whether the other one has said something that one has not read yet (R-WRD-11).
    pub unread: bool,
    /// The track it belongs to, when it is required support.
    pub track: Option<TrackId>,
}

row! {
struct LineRow {
    id: Uuid,
    stage: String,
    other: Uuid,
    themes: Option<String>,
    asked_at: i64,
    next_at: Option<i64>,
    next_form: Option<String>,
    // The first time on offer and who offers it, in one number: the participant's number is under four.
    offered: Option<i64>,
    end_proposed: bool,
    unread: bool,
    number: i64,
    track: Option<Uuid>,
}
}

/// What a list of one's own says of a thread; `me` and `other` are its two participants.
const LINE: &str = "SELECT t.id, t.stage, other.person AS other, t.asked_at, t.end_proposed, me.number AS number, \
    (SELECT q.track FROM track_thread q WHERE q.institution = t.institution AND q.thread = t.id) AS track, \
    (SELECT string_agg(x.name, '\n') FROM thread_theme h JOIN theme x ON x.institution = h.institution AND x.id = h.theme \
     WHERE h.institution = t.institution AND h.thread = t.id) AS themes, \
    (SELECT min(m.starts_at) FROM meeting m WHERE m.institution = t.institution AND m.thread = t.id \
     AND m.state = 'booked' AND m.starts_at + m.length * 60 > $3) AS next_at, \
    (SELECT m.form FROM meeting m WHERE m.institution = t.institution AND m.thread = t.id \
     AND m.state = 'booked' AND m.starts_at + m.length * 60 > $3 ORDER BY m.starts_at, m.id LIMIT 1) AS next_form, \
    (SELECT min(o.starts_at * 4 + o.number) FROM offer o WHERE o.institution = t.institution AND o.thread = t.id \
     AND o.starts_at > $3) AS offered, \
    EXISTS (SELECT 1 FROM sealed_item i WHERE i.institution = t.institution AND i.thread = t.id AND i.number <> me.number \
     AND i.place > COALESCE((SELECT r.place FROM thread_reading r WHERE r.institution = t.institution AND r.thread = t.id \
     AND r.number = me.number), 0)) AS unread ";

/// The threads that are on, and what ended in the last four weeks before `$3`: each half by an index of its own.
pub(crate) const LATELY: &str = "(SELECT institution, id, stage, asked_at, end_proposed FROM thread \
      WHERE institution = $1 AND stage IN ('waiting', 'open') UNION ALL \
      SELECT institution, id, stage, asked_at, end_proposed FROM thread \
      WHERE institution = $1 AND ended_at > $3 - 2419200 AND stage NOT IN ('waiting', 'open', 'noted', 'track'))";

/// A practitioner's threads: those that are on, and what ended in the last four weeks.
async fn practised(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    now: Timestamp,
) -> Result<Vec<Line>, Fault> {
    // Begins with what is on in the institution: a practitioner's own of all the years are many more.
    let sql = format!(
        "{LINE}FROM {LATELY} t CROSS JOIN participant me CROSS JOIN participant other \
         WHERE me.institution = t.institution AND me.thread = t.id AND me.number = 2 AND me.person = $2 \
           AND other.institution = t.institution AND other.thread = t.id AND other.number = 1 \
           AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) \
         ORDER BY t.asked_at DESC, t.id"
    );
    let chart = db.chart(institution).await?;
    let rows = db.all::<LineRow, 3>(&sql, [of(institution), id(person), seconds(now)]).await?;
    // When the organisation chart changed and a practitioner now stands above the teacher, the thread is closed to
    // them; so it must be gone from their lists too.
    let open = |row: &LineRow| !chart.stands_above(person, PersonId(row.other));
    rows.into_iter().filter(open).map(|row| line(&chart, row)).collect()
}

fn line(chart: &Chart, row: LineRow) -> Result<Line, Fault> {
    let other = chart.person(PersonId(row.other)).ok_or(Fault::Missing("participant"))?;
    let mut themes: Vec<String> = row.themes.unwrap_or_default().lines().map(str::to_owned).collect();
    themes.sort_unstable();
    Ok(Line {
        thread: ThreadId(row.id),
        stage: Stage::from_code(&row.stage).ok_or(Fault::Unreadable("stage"))?,
        with: other.name.clone(),
        area: other.area_name.clone(),
        themes,
        asked: instant(row.asked_at)?,
        next: row.next_at.map(instant).transpose()?,
        next_form: row.next_form.as_deref().and_then(Form::from_code),
        offered: row.offered.map(|both| instant(both / 4)).transpose()?,
        offered_by: row.offered.map(|both| both % 4),
        unread: row.unread,
        track: row.track.map(TrackId),
        end_proposed: row.end_proposed,
    })
}

/// One's own threads as the one who asked, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn asked(db: &Db, permit: &Permit<SeeOwnSupport>, now: Timestamp) -> Result<Vec<Line>, Fault> {
    let sql = format!(
        "{LINE}FROM participant me \
         JOIN thread t ON t.institution = me.institution AND t.id = me.thread \
         JOIN participant other ON other.institution = t.institution AND other.thread = t.id AND other.number = 2 \
         WHERE me.institution = $1 AND me.person = $2 AND me.number = 1 AND t.stage NOT IN ('noted', 'track') \
           AND NOT EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) \
         ORDER BY t.asked_at DESC, t.id"
    );
    let chart = db.chart(permit.institution()).await?;
    let values = [of(permit.institution()), id(permit.key()), seconds(now)];
    let rows = db.all::<LineRow, 3>(&sql, values).await?;
    rows.into_iter().map(|row| line(&chart, row)).collect()
}

/// A practitioner's threads, newest first: those that are on, and what ended in the last four weeks.
///
/// # Errors
/// A fault of the database.
pub async fn answered(db: &Db, permit: &Permit<SeeOwnWeek>, now: Timestamp) -> Result<Vec<Line>, Fault> {
    practised(db, (permit.institution(), permit.key()), now).await
}

/// The threads that were still on when somebody gave the role of practitioner up: theirs to read (R-SUP-2).
///
/// # Errors
/// A fault of the database.
pub async fn given_up(db: &Db, permit: &Permit<SeeOwnSupport>, now: Timestamp) -> Result<Vec<Line>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let practises = chart.person(permit.key()).is_some_and(|one| one.roles.has(Role::Practitioner));
    if practises || chart.practice(permit.key()).is_none() {
        return Ok(Vec::new());
    }
    let lines = practised(db, (permit.institution(), permit.key()), now).await?;
    Ok(lines.into_iter().filter(|line| matches!(line.stage, Stage::Waiting | Stage::Open)).collect())
}

/// One's own threads of required support, on either side: those that are on, and what ended in the last four weeks. They stand in a card
/// of their own and in no list of what was asked for (R-REQ-5).
///
/// # Errors
/// A fault of the database.
pub async fn of_tracks(db: &Db, permit: &Permit<SeeOwnTracks>, now: Timestamp) -> Result<Vec<Line>, Fault> {
    let sql = format!(
        "{LINE}FROM {LATELY} t JOIN track_thread k ON k.institution = t.institution AND k.thread = t.id \
         CROSS JOIN participant me CROSS JOIN participant other \
         WHERE me.institution = t.institution AND me.thread = t.id AND me.number IN (1, 2) AND me.person = $2 \
           AND other.institution = t.institution AND other.thread = t.id AND other.number = 3 - me.number \
         ORDER BY t.asked_at DESC, t.id"
    );
    let (institution, me) = (permit.institution(), permit.key());
    let chart = db.chart(institution).await?;
    let rows = db.all::<LineRow, 3>(&sql, [of(institution), id(me), seconds(now)]).await?;
    // Closed to a practitioner who stands above the teacher by now.
    let open = |row: &LineRow| row.number == 1 || !chart.stands_above(me, PersonId(row.other));
    rows.into_iter().filter(open).map(|row| line(&chart, row)).collect()
}

/// Every thread of one's own that began with a request, on either side, newest first.
///
/// # Errors
/// A fault of the database.
pub async fn every_thread(db: &Db, permit: &Permit<SeeOwnSupport>) -> Result<Vec<ThreadId>, Fault> {
    let sql = "SELECT t.id FROM participant me JOIN thread t ON t.institution = me.institution AND t.id = me.thread \
               WHERE me.institution = $1 AND me.person = $2 AND t.stage NOT IN ('noted', 'track') ORDER BY t.asked_at DESC, t.id";
    let rows = db.all::<IdRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(rows.into_iter().map(|row| ThreadId(row.id)).collect())
}
