//! Who sits where in required support as things stand: whose word a signal or an answer was, what is one's own, and at which
//! opening conversations somebody is. Rules R-REQ-1, R-REQ-6, R-REQ-7.

use domain::ids::{InstitutionId, MeetingId, PersonId, TrackId};
use domain::minutes::Minutes;
use domain::required::{Seat, Signals};
use domain::support::Slot;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{ReadCalendarFeed, SeeOwnTracks};
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::participants::{chance, layer};
use crate::people::Colleague;
use crate::required::{Opening, holder};
use crate::row::row;

/// Where it lies who said something, or who looked on a day.
pub(crate) fn place(track: TrackId, what: &'static str, number: i64) -> Context {
    Context::of(what).with("track", track.to_string()).with("number", number)
}

/// Seals who it was under the track's shred key.
pub(crate) fn seal(
    db: &Db,
    (institution, track): (InstitutionId, TrackId),
    (person, place): (PersonId, &Context),
) -> Result<String, Fault> {
    let layer = layer(db.keyring(), institution, holder(track))?;
    layer.seal(&person.0.to_string(), place, chance()?).map_err(|_| Fault::Unreadable("track"))
}

/// Who it was; nobody that is known, from before it was kept.
pub(crate) fn open(layer: &Layer, sealed: &str, place: &Context) -> Result<Option<PersonId>, Fault> {
    if sealed.is_empty() {
        return Ok(None);
    }
    let text = layer.open(sealed, place).map_err(|_| Fault::Unreadable("track"))?;
    text.parse().map(|person| Some(PersonId(person))).map_err(|_| Fault::Unreadable("track"))
}

/// Who the three are as the chart has it today.
pub(crate) struct Three<'a> {
    pub chart: &'a Chart,
    pub teacher: PersonId,
    pub practitioner: Option<PersonId>,
}

impl Three<'_> {
    /// Whether what was said in a seat is the word of whoever sits there: of the line manager of today, and of a practitioner who does
    /// not stand above the teacher by now nor appraises them (R-REQ-6).
    pub(crate) fn counts(&self, seat: Seat, by: Option<PersonId>) -> bool {
        match seat {
            Seat::Teacher => true,
            Seat::Practitioner => self.practitioner.is_some_and(|one| !self.chart.stands_above(one, self.teacher)),
            Seat::Manager => by.is_some() && by == self.chart.person(self.teacher).and_then(|one| one.manager),
        }
    }
}

/// What one of them said: in which seat, what, and who it was.
pub(crate) type Said<T> = (Seat, T, Option<PersonId>);

/// The signals that count.
pub(crate) fn signals<'a>(said: impl Iterator<Item = &'a Said<Date>>) -> Signals {
    said.fold(Signals::default(), |signals, (seat, day, _)| signals.with(*seat, Some(*day)))
}

/// The opening conversation with what counts of the answers to its time.
pub(crate) fn answered(opening: Opening, answers: &[Said<bool>], three: &Three<'_>) -> Opening {
    let said = |seat: Seat| answers.iter().find(|(own, ..)| *own == seat);
    let counted = |seat: Seat| said(seat).filter(|(_, _, by)| three.counts(seat, *by)).map(|(_, suits, _)| *suits);
    let agreed = [Seat::Teacher, Seat::Manager].into_iter().all(|seat| said(seat).is_some_and(|(_, suits, _)| *suits));
    Opening { teacher: counted(Seat::Teacher), manager: counted(Seat::Manager), was_agreed: agreed, ..opening }
}

/// Colleagues who report to somebody directly and whose account is on, by name.
///
/// # Errors
/// A fault of the database.
pub async fn direct(db: &Db, permit: &Permit<SeeOwnTracks>) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let below = chart.people().iter().filter(|one| one.active && one.manager == Some(permit.key()));
    Ok(below.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect())
}

row! {
    struct OwnRow {
        id: Uuid,
        seat: i64,
        person: Uuid,
        asked_at: i64,
    }
}

row! {
    struct IdRow {
        id: Uuid,
    }
}

/// Every track with one or more of its people. Begins with the tracks, which are few: participants are many.
const TRACKS: &str = "FROM track k CROSS JOIN participant p CROSS JOIN thread t";

/// What ties them together.
const TIED: &str =
    "p.institution = k.institution AND p.thread = k.id AND t.institution = k.institution AND t.id = k.id";

/// The teacher's place in a track, where they report to `$2` directly, by the chart.
const BELOW: &str = "p.number = 1 AND EXISTS (SELECT 1 FROM person x WHERE x.institution = k.institution AND x.id = p.person AND x.manager = $2)";

/// The tracks in which somebody is one of the three as things stand, and which; the latest first for the two, by the teacher's name
/// for a line manager. The gate is asked about each.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnTracks>) -> Result<Vec<(TrackId, Seat)>, Fault> {
    let (institution, me) = (permit.institution(), permit.key());
    let sql = format!(
        "SELECT k.id, p.number AS seat, p.person, t.asked_at {TRACKS} \
         WHERE k.institution = $1 AND {TIED} AND p.person = $2 AND p.number IN (1, 2) \
         UNION ALL SELECT k.id, 3, p.person, t.asked_at {TRACKS} WHERE k.institution = $1 AND {TIED} AND {BELOW}"
    );
    let chart = db.chart(institution).await?;
    let name = |person: Uuid| chart.person(PersonId(person)).map(|one| one.name.clone());
    let mut own = Vec::new();
    for row in db.all::<OwnRow, 2>(&sql, [of(institution), id(me)]).await? {
        let seat = Seat::from_number(row.seat).ok_or(Fault::Unreadable("participant"))?;
        let name = (seat == Seat::Manager).then(|| name(row.person)).flatten();
        own.push((seat, name, std::cmp::Reverse(row.asked_at), TrackId(row.id)));
    }
    own.sort();
    Ok(own.into_iter().map(|(seat, _, _, track)| (track, seat)).collect())
}

/// Whether anything is required of anybody who reports to somebody directly: one cheap question.
///
/// # Errors
/// A fault of the database.
pub async fn is_reported(db: &Db, permit: &Permit<SeeOwnTracks>) -> Result<bool, Fault> {
    let sql = format!("SELECT k.id {TRACKS} WHERE k.institution = $1 AND {TIED} AND {BELOW} LIMIT 1");
    let found = db.first::<IdRow, 2>(&sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(found.map(|row| TrackId(row.id)).is_some())
}

row! {
    struct OpeningRow {
        track: Uuid,
        id: Uuid,
        starts_at: i64,
        length: i64,
        teacher: Uuid,
        seat: i64,
        suits: i64,
        by_teacher: i64,
        said_by: String,
    }
}

/// An opening conversation somebody is at.
#[derive(Debug, Clone, Copy)]
pub struct At {
    /// Of which track.
    pub track: TrackId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// When, how long.
    pub slot: Slot,
    /// In which seat.
    pub seat: Seat,
    /// Whether both who are asked have said that it suits, the line manager of today among them.
    pub agreed: bool,
    /// Whether the line manager of today has not answered.
    pub open: bool,
}

/// The opening conversations in which somebody has one of the three seats, in a span: those that are on or over, with the practitioner of
/// today. Reads meetings and answers, and nothing of scope or statement.
async fn at(
    db: &Db,
    (institution, me): (InstitutionId, PersonId),
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<At>, Fault> {
    // Begins with the meetings of the span. The seat is the one among the two, or 0 for whoever is neither.
    let sql = format!(
        "SELECT m.thread AS track, m.id, m.starts_at, m.length, one.person AS teacher, \
           CASE WHEN one.person = $2 THEN 1 WHEN two.person = $2 THEN 2 ELSE 0 END AS seat, \
           CASE WHEN a.suits THEN 1 WHEN a.suits IS NULL THEN -1 ELSE 0 END AS suits, \
           CASE WHEN b.suits THEN 1 ELSE 0 END AS by_teacher, COALESCE(a.said_by, '') AS said_by \
         FROM meeting m JOIN track k ON k.institution = m.institution AND k.id = m.thread \
         JOIN participant one ON one.institution = k.institution AND one.thread = k.id AND one.number = 1 \
         LEFT JOIN participant two ON two.institution = k.institution AND two.thread = k.id AND two.number = 2 \
         LEFT JOIN track_answer a ON a.institution = k.institution AND a.track = k.id AND a.number = 3 \
         LEFT JOIN track_answer b ON b.institution = k.institution AND b.track = k.id AND b.number = 1 \
         WHERE m.institution = $1 AND m.starts_at >= $3 AND m.starts_at < $4 AND m.state IN ('booked', 'held', 'missed') \
           AND {SINCE_CHOSEN} ORDER BY m.starts_at, m.id"
    );
    let values = [of(institution), id(me), seconds(from), seconds(until)];
    let chart = db.chart(institution).await?;
    let mut found = Vec::new();
    for row in db.all::<OpeningRow, 4>(&sql, values).await? {
        let (track, manager) = (TrackId(row.track), chart.person(PersonId(row.teacher)).and_then(|one| one.manager));
        // One who was chosen and is line manager now is line manager.
        let seat = if manager == Some(me) { Some(Seat::Manager) } else { Seat::from_number(row.seat) };
        let Some(seat) = seat else { continue };
        let key = layer(db.keyring(), institution, holder(track))?;
        let by = open(&key, &row.said_by, &place(track, "track-answer", Seat::Manager.number()))?;
        let said = by.is_some() && by == manager && row.suits >= 0;
        let slot = Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) };
        let agreed = said && row.suits == 1 && row.by_teacher == 1;
        found.push(At { track, meeting: MeetingId(row.id), slot, seat, agreed, open: !said });
    }
    Ok(found)
}

/// A meeting `m` of a track, since the practitioner of today was chosen: what was held with one before is not theirs.
pub(crate) const SINCE_CHOSEN: &str = "m.starts_at > (SELECT max(c.asked_at) FROM track_thread h \
    JOIN thread c ON c.institution = h.institution AND c.id = h.thread WHERE h.institution = m.institution AND h.track = m.thread)";

/// The opening conversations at which whoever reads their feed is, as things stand. The gate is asked about each (R-CAL-3).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn openings(
    db: &Db,
    permit: &Permit<ReadCalendarFeed>,
    (span, now): ((Timestamp, Timestamp), Timestamp),
) -> Result<Vec<At>, Fault> {
    let all = at(db, (permit.institution(), permit.key()), span).await?;
    // What was over before somebody became line manager is not theirs.
    let goes = |one: &At| one.seat != Seat::Manager || !one.open || one.slot.starts > now;
    Ok(all.into_iter().filter(goes).collect())
}

/// The opening conversations that take somebody's time as the line manager of today, once they are agreed (R-REQ-7).
pub(crate) async fn agreed_as_manager(
    db: &Db,
    who: (InstitutionId, PersonId),
    span: (Timestamp, Timestamp),
) -> Result<Vec<(MeetingId, Slot)>, Fault> {
    if db.chart(who.0).await?.people().iter().all(|one| one.manager != Some(who.1)) {
        return Ok(Vec::new());
    }
    let all = at(db, who, span).await?;
    Ok(all
        .into_iter()
        .filter(|one| one.seat == Seat::Manager && one.agreed)
        .map(|one| (one.meeting, one.slot))
        .collect())
}
