//! How required support changes: requiring it, choosing, the opening conversation, scope and time, signals, the statement, the
//! end. Rules R-REQ-1 to R-REQ-14.

use domain::ids::{MeetingId, PersonId, ThemeId, ThreadId, TrackId};
use domain::meetings::State;
use domain::observations::Form;
use domain::required::{Answer, Ending, Plan, Questioned, Reason, Seat, Signals as Said};
use domain::support::{Slot, Stage};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{
    Act, AgreeStatement, AnswerOpening, ChallengeTrack, ChoosePractitioner, EndTrack, ForgetThreads, OfferOpening,
    RecordOpening, ReviseTrack, SignalConfident, SignalImproved, SignalSatisfied, StartTrack,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::calendar::Invites;
use crate::db::{Db, Fault, id, of, seconds};
use crate::hours::{self, NewEntry};
use crate::participants::{self, chance, layer};
use crate::required::{OnTrack, Track, holder, load, place};
use crate::row::row;
use crate::{entries, meetings, seats, threads};

/// The acts that change a track; a permit for one of them changes that one and no other.
pub trait ChangesTrack: OnTrack {
    /// Whether it is done after the end too.
    const AFTER_THE_END: bool = false;
}
impl ChangesTrack for AgreeStatement {}
impl ChangesTrack for AnswerOpening {}
impl ChangesTrack for ChallengeTrack {}
impl ChangesTrack for ChoosePractitioner {}
impl ChangesTrack for EndTrack {}
impl ChangesTrack for OfferOpening {}
impl ChangesTrack for RecordOpening {
    // What was agreed and has begun may have taken place (R-REQ-7).
    const AFTER_THE_END: bool = true;
}
impl ChangesTrack for ReviseTrack {}
impl ChangesTrack for SignalConfident {}
impl ChangesTrack for SignalImproved {}
impl ChangesTrack for SignalSatisfied {}

/// The acts by which one of the three says that it may end.
pub trait Signals: ChangesTrack {
    /// Who says so by this act.
    const SEAT: Seat;
}
impl Signals for SignalConfident {
    const SEAT: Seat = Seat::Teacher;
}
impl Signals for SignalImproved {
    const SEAT: Seat = Seat::Practitioner;
}
impl Signals for SignalSatisfied {
    const SEAT: Seat = Seat::Manager;
}

/// The track as it stands inside the unit of work that changes it.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn for_change<A: ChangesTrack>(db: &Db, permit: &Permit<A>) -> Result<Track, Fault> {
    load(db, permit.institution(), permit.key()).await
}

/// Support that is to be required.
#[derive(Debug, Clone)]
pub struct New<'a> {
    /// For whom.
    pub teacher: PersonId,
    /// Why.
    pub reason: Reason,
    /// Themes, if any.
    pub themes: &'a [ThemeId],
    /// How many meetings, how long.
    pub plan: Plan,
    /// What it is to cover.
    pub text: &'a str,
    /// When.
    pub now: Timestamp,
    /// On which day.
    pub today: Date,
}

/// Requires support: the rows that it hangs on, its first scope, and who the three are so far.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn start(db: &Db, permit: &Permit<StartTrack>, new: &New<'_>) -> Result<(), Fault> {
    let (institution, track) = (permit.institution(), permit.key());
    let manager = permit.person().ok_or(Fault::Missing("person"))?;
    let sql = "INSERT INTO thread (institution, id, stage, formality, span, meetings, place, why, end_proposed, asked_at, ended_at, version) \
               VALUES ($1, $2, 'track', 'formal', 'ongoing', NULL, NULL, NULL, FALSE, $3, NULL, 1)";
    db.run(sql, [of(institution), id(track), seconds(new.now)]).await?;
    let people = [(Seat::Teacher.number(), new.teacher), (Seat::Manager.number(), manager)];
    participants::insert_some(db, (institution, holder(track)), &people).await?;
    let sql = "INSERT INTO track (institution, id, reason, ending) VALUES ($1, $2, $3, NULL)";
    db.run(sql, [of(institution), id(track), new.reason.code().into()]).await?;
    let rows = new.themes.iter().map(|theme| vec![of(institution), id(track), id(*theme)]).collect();
    db.insert_all("INSERT INTO thread_theme (institution, thread, theme) VALUES", rows).await?;
    scope(db, permit, (1, new.today), (new.plan, new.text)).await
}

async fn scope<A: OnTrack>(
    db: &Db,
    permit: &Permit<A>,
    (number, today): (i64, Date),
    (plan, text): (Plan, &str),
) -> Result<(), Fault> {
    let sealed = sealed(db, permit, text, ("track-scope", number))?;
    let sql = "INSERT INTO track_scope (institution, track, number, day, meetings, length, sealed) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        number.into(),
        today.to_string().into(),
        plan.meetings.into(),
        plan.length.0.into(),
        sealed.into(),
    ];
    db.run(sql, values).await.map(drop)
}

fn sealed<A: OnTrack>(
    db: &Db,
    permit: &Permit<A>,
    text: &str,
    (what, number): (&'static str, i64),
) -> Result<String, Fault> {
    let key = layer(db.keyring(), permit.institution(), holder(permit.key()))?;
    key.seal(text, &place(permit.key(), what, number), chance()?).map_err(|_| Fault::Unreadable("track"))
}

/// Those of some themes that there are, each once.
///
/// # Errors
/// A fault of the database.
pub async fn known_themes(db: &Db, permit: &Permit<StartTrack>, wanted: &[ThemeId]) -> Result<Vec<ThemeId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.themes.iter().map(|theme| theme.id).filter(|theme| wanted.contains(theme)).collect())
}

/// Puts the chosen practitioner in their place: the thread belongs to the track, what the one before has said no longer counts,
/// and a time proposed for the opening conversation goes with them.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn choose(db: &Db, permit: &Permit<ChoosePractitioner>, thread: ThreadId) -> Result<(), Fault> {
    let (institution, track) = (permit.institution(), permit.key());
    let sql = "INSERT INTO track_thread (institution, thread, track) VALUES ($1, $2, $3)";
    db.run(sql, [of(institution), id(thread), id(track)]).await?;
    participants::remove_one(db, (institution, holder(track)), Seat::Practitioner.number()).await?;
    let chosen = [(Seat::Practitioner.number(), permit.with_person())];
    participants::insert_some(db, (institution, holder(track)), &chosen).await?;
    let sql = "DELETE FROM track_signal WHERE institution = $1 AND track = $2 AND number = $3";
    db.run(sql, [of(institution), id(track), Seat::Practitioner.number().into()]).await?;
    let sql = "DELETE FROM track_answer WHERE institution = $1 AND track = $2";
    db.run(sql, [of(institution), id(track)]).await?;
    meetings::call_off_all(db, (institution, holder(track))).await
}

/// Proposes a time for the opening conversation, in the place of an earlier one: it is held in the practitioner's diary from now
/// on, so that nobody's answer depends on what else they have agreed (R-REQ-7).
///
/// # Errors
/// A fault of the database.
pub async fn offer_opening(
    db: &Db,
    permit: &Permit<OfferOpening>,
    (fresh, slot): (MeetingId, &Slot),
) -> Result<(), Fault> {
    let (institution, track) = (permit.institution(), permit.key());
    meetings::call_off_all(db, (institution, holder(track))).await?;
    let sql = "DELETE FROM track_answer WHERE institution = $1 AND track = $2";
    db.run(sql, [of(institution), id(track)]).await?;
    let sql = "INSERT INTO meeting (institution, id, thread, starts_at, length, state, form) \
               VALUES ($1, $2, $3, $4, $5, 'booked', $6)";
    let (starts, length) = (seconds(slot.starts), slot.length.0.into());
    let values = [of(institution), id(fresh), id(track), starts, length, Form::Talk.code().into()];
    db.run(sql, values).await.map(drop)
}

/// Says whether the proposed time suits one of the two who are asked, and who says so. A no calls it off: the time is free again.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn answer_opening(db: &Db, permit: &Permit<AnswerOpening>, (seat, suits): (Seat, bool)) -> Result<(), Fault> {
    let (institution, track, number) = (permit.institution(), permit.key(), seat.number());
    let said_by = said_by(db, permit, ("track-answer", number))?;
    let sql = "INSERT INTO track_answer (institution, track, number, suits, said_by) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, track, number) DO UPDATE SET suits = excluded.suits, said_by = excluded.said_by";
    db.run(sql, [of(institution), id(track), number.into(), suits.into(), said_by.into()]).await?;
    if suits { Ok(()) } else { meetings::call_off_all(db, (institution, holder(track))).await }
}

/// Who says something, sealed under the track's shred key.
fn said_by<A: OnTrack>(db: &Db, permit: &Permit<A>, (what, number): (&'static str, i64)) -> Result<String, Fault> {
    let person = permit.person().ok_or(Fault::Missing("person"))?;
    seats::seal(db, (permit.institution(), permit.key()), (person, &seats::place(permit.key(), what, number)))
}

/// Says how the opening conversation went, with its hours if it took place.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn record_opening(
    db: &Db,
    permit: &Permit<RecordOpening>,
    (meeting, state): (MeetingId, State),
    entry: Option<&NewEntry<'_>>,
) -> Result<(), Fault> {
    let (institution, thread) = (permit.institution(), holder(permit.key()));
    let sql = "UPDATE meeting SET state = $4 WHERE institution = $1 AND thread = $2 AND id = $3";
    db.run(sql, [of(institution), id(thread), id(meeting), state.code().into()]).await?;
    entries::remove_of_meeting(db, (institution, thread), meeting).await?;
    let (Some(entry), Some(person)) = (entry, permit.person()) else { return Ok(()) };
    hours::insert(db, (institution, person), entry).await?;
    entries::insert(db, (institution, thread), (entry.id, Some(meeting))).await
}

/// Notes that one of the two questions scope or time; not which of them.
///
/// # Errors
/// A fault of the database.
pub async fn challenge(
    db: &Db,
    permit: &Permit<ChallengeTrack>,
    (number, what, today): (i64, Questioned, Date),
) -> Result<(), Fault> {
    let sql = "INSERT INTO track_challenge (institution, track, number, what, raised, answer, answered) \
               VALUES ($1, $2, $3, $4, $5, NULL, NULL)";
    let values =
        [of(permit.institution()), id(permit.key()), number.into(), what.code().into(), today.to_string().into()];
    db.run(sql, values).await.map(drop)
}

/// Answers what is questioned, if anything is.
///
/// # Errors
/// A fault of the database.
pub async fn answer(db: &Db, permit: &Permit<ReviseTrack>, (answer, today): (Answer, Date)) -> Result<(), Fault> {
    let sql = "UPDATE track_challenge SET answer = $3, answered = $4 \
               WHERE institution = $1 AND track = $2 AND answer IS NULL";
    let values = [of(permit.institution()), id(permit.key()), answer.code().into(), today.to_string().into()];
    db.run(sql, values).await.map(drop)
}

/// A new version of scope and time.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn revise(db: &Db, permit: &Permit<ReviseTrack>, at: (i64, Date), what: (Plan, &str)) -> Result<(), Fault> {
    scope(db, permit, at, what).await
}

/// Says, or takes back, that it may end. `now` is what counts from now on: what does not count any more goes, so that it cannot come to
/// count again by a change of the chart alone (R-REQ-6).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn signal<A: Signals>(db: &Db, permit: &Permit<A>, now: &Said) -> Result<(), Fault> {
    let (institution, track, number) = (permit.institution(), permit.key(), A::SEAT.number());
    for seat in Seat::ALL.into_iter().filter(|seat| now.of(*seat).is_none()) {
        let sql = "DELETE FROM track_signal WHERE institution = $1 AND track = $2 AND number = $3";
        db.run(sql, [of(institution), id(track), seat.number().into()]).await?;
    }
    let Some(day) = now.of(A::SEAT) else { return Ok(()) };
    let said_by = said_by(db, permit, ("track-signal", number))?;
    let sql = "INSERT INTO track_signal (institution, track, number, day, said_by) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution, track, number) DO UPDATE SET day = excluded.day, said_by = excluded.said_by";
    let values = [of(institution), id(track), number.into(), day.to_string().into(), said_by.into()];
    db.run(sql, values).await.map(drop)
}

/// The statement that the teacher agrees, in place of an earlier one.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn agree(db: &Db, permit: &Permit<AgreeStatement>, (text, today): (&str, Date)) -> Result<(), Fault> {
    let sealed = sealed(db, permit, text, ("track-statement", 0))?;
    let sql = "INSERT INTO track_statement (institution, track, day, sealed) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, track) DO UPDATE SET day = excluded.day, sealed = excluded.sealed";
    let values = [of(permit.institution()), id(permit.key()), today.to_string().into(), sealed.into()];
    db.run(sql, values).await.map(drop)
}

/// The acts in whose unit of work a track can end.
pub trait Ends: Invites {}
impl Ends for EndTrack {}
impl Ends for ForgetThreads {}
impl Ends for SignalConfident {}
impl Ends for SignalImproved {}
impl Ends for SignalSatisfied {}

/// Ends a track: a time proposed for the opening conversation goes with it, unless it was agreed and has begun: how that went can
/// still be said (R-REQ-7). Gives back its threads that were on.
///
/// # Errors
/// A fault of the database.
pub async fn end<A: Ends>(
    db: &Db,
    permit: &Permit<A>,
    (track, ending): (TrackId, Ending),
    now: Timestamp,
) -> Result<Vec<ThreadId>, Fault> {
    let institution = permit.institution();
    let closed = close_threads(db, permit, track, now).await?;
    let sql = "UPDATE meeting SET state = 'called-off' WHERE institution = $1 AND thread = $2 AND state = 'booked' \
               AND (starts_at > $3 OR (SELECT count(*) FROM track_answer a WHERE a.institution = $1 AND a.track = $2 AND a.suits) < 2)";
    db.run(sql, [of(institution), id(track), seconds(now)]).await?;
    let sql = "UPDATE track SET ending = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(track), ending.code().into()]).await?;
    let sql = "UPDATE thread SET ended_at = $3, version = version + 1 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(track), seconds(now)]).await?;
    Ok(closed)
}

row! {
    struct OpenRow {
        id: Uuid,
        stage: String,
    }
}

/// Closes the threads of a track that are on, and says which.
async fn close_threads<A: Act>(
    db: &Db,
    permit: &Permit<A>,
    track: TrackId,
    now: Timestamp,
) -> Result<Vec<ThreadId>, Fault> {
    let (institution, mut closed) = (permit.institution(), Vec::new());
    let sql = "SELECT t.id, t.stage FROM track_thread k JOIN thread t ON t.institution = k.institution AND t.id = k.thread \
               WHERE k.institution = $1 AND k.track = $2 AND t.stage IN ('waiting', 'open') ORDER BY t.id";
    for row in db.all::<OpenRow, 2>(sql, [of(institution), id(track)]).await? {
        let stage = Stage::from_code(&row.stage).ok_or(Fault::Unreadable("stage"))?;
        // Whatever its stage, one of the two holds.
        let Some(over) = stage.end().or_else(|_| stage.withdraw()).ok() else { continue };
        threads::close_one(db, (institution, ThreadId(row.id)), over, now).await?;
        closed.push(ThreadId(row.id));
    }
    Ok(closed)
}

/// Closes the thread with the practitioner before, when another one is chosen, and gives it back.
///
/// # Errors
/// A fault of the database.
pub async fn leave(db: &Db, permit: &Permit<ChoosePractitioner>, now: Timestamp) -> Result<Vec<ThreadId>, Fault> {
    close_threads(db, permit, permit.key(), now).await
}

row! {
    struct LeftRow {
        id: Uuid,
    }
}

/// Tracks that are on and whose teacher's account has been off since a day or earlier (R-REQ-14).
///
/// # Errors
/// A fault of the database.
pub async fn left(db: &Db, permit: &Permit<ForgetThreads>, since: Date) -> Result<Vec<TrackId>, Fault> {
    let sql = "SELECT t.id FROM thread t \
               JOIN participant p ON p.institution = t.institution AND p.thread = t.id AND p.number = 1 \
               JOIN person x ON x.institution = p.institution AND x.id = p.person \
               WHERE t.institution = $1 AND t.stage = 'track' AND t.ended_at IS NULL AND NOT x.active AND NOT EXISTS ( \
                 SELECT 1 FROM relation r WHERE r.institution = p.institution AND r.person = p.person \
                 AND r.kind = 'account' AND (r.until IS NULL OR r.until > $2)) ORDER BY t.id";
    let rows = db.all::<LeftRow, 2>(sql, [of(permit.institution()), since.to_string().into()]).await?;
    Ok(rows.into_iter().map(|row| TrackId(row.id)).collect())
}
