//! One thread, as its two participants see it, and how it changes.

use domain::ids::{InstitutionId, MeetingId, OfferId, PersonId, ThemeId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::observations::Form;
use domain::support::{Formality, Manner, Party, Place, Slot, Span, Stage, WhyNow};
use jiff::Timestamp;
use policies::acts::{
    AcceptTime, Act, CallOffMeeting, ChangePractitioner, EndSupport, OfferTimes, ProposeEnd, RecordMeeting,
    ReopenSupport, SeeThread, SetSupportKind, WithdrawRequest,
};
use policies::facts::ThreadFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, maybe_id, of, seconds};
use crate::meetings;
use crate::row::row;
use crate::support::Asks;

/// The acts that change a thread; a permit for one of them changes that one thread and no other.
pub trait ChangesThread: Act<On = ThreadFacts> {}
impl ChangesThread for AcceptTime {}
impl ChangesThread for CallOffMeeting {}
impl ChangesThread for ChangePractitioner {}
impl ChangesThread for EndSupport {}
impl ChangesThread for OfferTimes {}
impl ChangesThread for ProposeEnd {}
impl ChangesThread for RecordMeeting {}
impl ChangesThread for ReopenSupport {}
impl ChangesThread for SetSupportKind {}
impl ChangesThread for WithdrawRequest {}

/// One of the two.
#[derive(Debug, Clone)]
pub struct Participant {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Area.
    pub area: String,
    /// Whether the account is on.
    pub active: bool,
}

/// A time that one offers to the other.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which.
    pub id: OfferId,
    /// Who offers it.
    pub by: Party,
    /// When, how long.
    pub slot: Slot,
    /// The meeting that it would take the place of.
    pub replaces: Option<MeetingId>,
    /// What the two would do then.
    pub form: Form,
}

/// A meeting.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// Which.
    pub id: MeetingId,
    /// When, how long.
    pub slot: Slot,
    /// What became of it.
    pub state: State,
    /// What the two do at it.
    pub form: Form,
}

/// A thread.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Which.
    pub id: ThreadId,
    /// Where it stands.
    pub stage: Stage,
    /// What kind of support.
    pub manner: Manner,
    /// Where the two meet.
    pub place: Option<Place>,
    /// Why now.
    pub why: Option<WhyNow>,
    /// Whether the practitioner proposed an end.
    pub end_proposed: bool,
    /// When it was asked.
    pub asked: Timestamp,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// Grows with every change.
    pub version: i64,
    /// The one who asked.
    pub teacher: Participant,
    /// The one who was asked.
    pub practitioner: Participant,
    /// Themes.
    pub themes: Vec<(ThemeId, String)>,
    /// Times on offer, in order.
    pub offers: Vec<Offer>,
    /// Meetings, in order.
    pub meetings: Vec<Meeting>,
    /// The track it belongs to, when support is required.
    pub track: Option<TrackId>,
}

row! {
struct ThreadRow {
    track: Option<Uuid>,
    stage: String,
    formality: String,
    span: String,
    meetings: Option<i64>,
    place: Option<String>,
    why: Option<String>,
    end_proposed: bool,
    asked_at: i64,
    ended_at: Option<i64>,
    version: i64,
}
}

row! {
struct PartRow {
    kind: i64,
    id: Uuid,
    number: i64,
    starts_at: i64,
    length: i64,
    state: String,
    replaces: Option<Uuid>,
    form: String,
}
}

/// A party by the number of its participant.
pub(crate) fn party(number: i64) -> Result<Party, Fault> {
    i32::try_from(number).ok().and_then(Party::from_number).ok_or(Fault::Unreadable("participant"))
}

/// The thread for looking at.
///
/// # Errors
/// A fault of the database.
pub async fn see(db: &Db, permit: &Permit<SeeThread>) -> Result<Thread, Fault> {
    load(db, permit.institution(), permit.key()).await
}

/// The thread as it stands inside the unit of work that changes it.
///
/// # Errors
/// A fault of the database.
pub async fn for_change<A: ChangesThread>(db: &Db, permit: &Permit<A>) -> Result<Thread, Fault> {
    load(db, permit.institution(), permit.key()).await
}

async fn load(db: &Db, institution: InstitutionId, thread: ThreadId) -> Result<Thread, Fault> {
    let sql = "SELECT stage, formality, span, meetings, place, why, end_proposed, asked_at, ended_at, version, \
                 (SELECT k.track FROM track_thread k WHERE k.institution = thread.institution AND k.thread = thread.id) AS track \
               FROM thread WHERE institution = $1 AND id = $2";
    let row = db.first::<ThreadRow, 2>(sql, [of(institution), id(thread)]).await?.ok_or(Fault::Missing("thread"))?;
    let parts = parts(db, institution, thread).await?;
    Ok(Thread {
        id: thread,
        stage: Stage::from_code(&row.stage).ok_or(Fault::Unreadable("stage"))?,
        manner: Manner {
            formality: Formality::from_code(&row.formality).ok_or(Fault::Unreadable("formality"))?,
            span: Span::from_code(&row.span).ok_or(Fault::Unreadable("span"))?,
            meetings: row.meetings.and_then(|count| u8::try_from(count).ok()),
        },
        place: row.place.as_deref().and_then(Place::from_code),
        why: row.why.as_deref().and_then(WhyNow::from_code),
        end_proposed: row.end_proposed,
        asked: instant(row.asked_at)?,
        ended: row.ended_at.map(instant).transpose()?,
        version: row.version,
        teacher: parts.teacher.ok_or(Fault::Missing("participant"))?,
        practitioner: parts.practitioner.ok_or(Fault::Missing("participant"))?,
        themes: parts.themes,
        offers: parts.offers,
        meetings: parts.meetings,
        track: row.track.map(TrackId),
    })
}

/// What belongs to a thread.
#[derive(Default)]
struct Parts {
    teacher: Option<Participant>,
    practitioner: Option<Participant>,
    themes: Vec<(ThemeId, String)>,
    offers: Vec<Offer>,
    meetings: Vec<Meeting>,
}

/// Participants (1), themes (2), offers (3) and meetings (4) in one statement: each costs a change of thread.
async fn parts(db: &Db, institution: InstitutionId, thread: ThreadId) -> Result<Parts, Fault> {
    let sql = "SELECT 1 AS kind, person AS id, number, 0 AS starts_at, 0 AS length, '' AS state, CAST(NULL AS uuid) AS replaces, '' AS form \
                 FROM participant WHERE institution = $1 AND thread = $2 \
               UNION ALL SELECT 2, theme, 0, 0, 0, '', CAST(NULL AS uuid), '' FROM thread_theme WHERE institution = $1 AND thread = $2 \
               UNION ALL SELECT 3, id, number, starts_at, length, '', replaces, form FROM offer WHERE institution = $1 AND thread = $2 \
               UNION ALL SELECT 4, id, 0, starts_at, length, state, CAST(NULL AS uuid), form FROM meeting WHERE institution = $1 AND thread = $2 \
               ORDER BY kind, starts_at, id";
    let chart = db.chart(institution).await?;
    let mut parts = Parts::default();
    for row in db.all::<PartRow, 2>(sql, [of(institution), id(thread)]).await? {
        let form = || Form::from_code(&row.form).ok_or(Fault::Unreadable("form"));
        let slot =
            || -> Result<Slot, Fault> { Ok(Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) }) };
        match row.kind {
            1 => {
                let one = chart.person(PersonId(row.id)).ok_or(Fault::Missing("participant"))?;
                let (name, area) = (one.name.clone(), one.area_name.clone());
                let one = Participant { id: one.id, name, area, active: one.active };
                match party(row.number)? {
                    Party::Teacher => parts.teacher = Some(one),
                    Party::Practitioner => parts.practitioner = Some(one),
                }
            }
            2 => {
                let theme = ThemeId(row.id);
                parts.themes.push((theme, chart.theme(theme).unwrap_or_default().to_owned()));
            }
            3 => {
                let (id, replaces) = (OfferId(row.id), row.replaces.map(MeetingId));
                parts.offers.push(Offer { id, by: party(row.number)?, slot: slot()?, replaces, form: form()? });
            }
            _ => {
                let state = State::from_code(&row.state).ok_or(Fault::Unreadable("meeting"))?;
                parts.meetings.push(Meeting { id: MeetingId(row.id), slot: slot()?, state, form: form()? });
            }
        }
    }
    parts.themes.sort_by_key(|(theme, _)| chart.themes.iter().position(|known| known.id == *theme));
    Ok(parts)
}

/// Moves a thread to another stage, and its version on.
///
/// # Errors
/// A fault of the database.
pub async fn set_stage<A: ChangesThread>(
    db: &Db,
    permit: &Permit<A>,
    stage: Stage,
    now: Timestamp,
) -> Result<(), Fault> {
    move_on(db, (permit.institution(), permit.key()), stage, now).await
}

async fn move_on(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    stage: Stage,
    now: Timestamp,
) -> Result<(), Fault> {
    let ended = matches!(stage, Stage::Ended | Stage::Withdrawn).then(|| now.as_second());
    let sql = "UPDATE thread SET stage = $3, ended_at = $4, end_proposed = FALSE, version = version + 1 \
               WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(thread), stage.code().into(), ended.into()]).await?;
    // What ends again is warned of again.
    let sql = "DELETE FROM thread_warning WHERE institution = $1 AND thread = $2";
    db.run(sql, [of(institution), id(thread)]).await.map(drop)
}

/// Closes a thread: what was offered is taken back, meetings ahead are called off.
pub(crate) async fn close_one(
    db: &Db,
    (institution, thread): (InstitutionId, ThreadId),
    stage: Stage,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "DELETE FROM offer WHERE institution = $1 AND thread = $2";
    db.run(sql, [of(institution), id(thread)]).await?;
    meetings::call_off(db, (institution, thread), now).await?;
    move_on(db, (institution, thread), stage, now).await
}

/// Closes a thread: what was offered is taken back, meetings ahead are called off.
///
/// # Errors
/// A fault of the database.
pub async fn close<A: ChangesThread>(db: &Db, permit: &Permit<A>, stage: Stage, now: Timestamp) -> Result<(), Fault> {
    close_one(db, (permit.institution(), permit.key()), stage, now).await
}

/// Moves a thread's version on.
///
/// # Errors
/// A fault of the database.
pub async fn touch<A: ChangesThread>(db: &Db, permit: &Permit<A>) -> Result<(), Fault> {
    let sql = "UPDATE thread SET version = version + 1 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

/// Takes a proposed end back, because the two go on; and moves the version on.
///
/// # Errors
/// A fault of the database.
pub async fn go_on(db: &Db, permit: &Permit<OfferTimes>) -> Result<(), Fault> {
    let sql = "UPDATE thread SET end_proposed = FALSE, version = version + 1 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

/// Notes that the practitioner proposes an end.
///
/// # Errors
/// A fault of the database.
pub async fn propose_end(db: &Db, permit: &Permit<ProposeEnd>) -> Result<(), Fault> {
    let sql = "UPDATE thread SET end_proposed = TRUE, version = version + 1 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

/// Sets the kind of support and the place.
///
/// # Errors
/// A fault of the database.
pub async fn set_kind(
    db: &Db,
    permit: &Permit<SetSupportKind>,
    manner: Manner,
    place: Option<Place>,
) -> Result<(), Fault> {
    let sql = "UPDATE thread SET formality = $3, span = $4, meetings = $5, place = $6, version = version + 1 \
               WHERE institution = $1 AND id = $2";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        manner.formality.code().into(),
        manner.span.code().into(),
        manner.meetings.map(i64::from).into(),
        place.map(|place| place.code().to_owned()).into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes all offers of a thread back.
///
/// # Errors
/// A fault of the database.
pub async fn clear_offers<A: ChangesThread>(db: &Db, permit: &Permit<A>) -> Result<(), Fault> {
    let sql = "DELETE FROM offer WHERE institution = $1 AND thread = $2";
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

async fn insert_offer(db: &Db, (institution, thread): (InstitutionId, ThreadId), offer: &Offer) -> Result<(), Fault> {
    let sql = "INSERT INTO offer (institution, id, thread, number, starts_at, length, replaces, form) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        of(institution),
        id(offer.id),
        id(thread),
        i64::from(offer.by.number()).into(),
        seconds(offer.slot.starts),
        offer.slot.length.0.into(),
        maybe_id(offer.replaces),
        offer.form.code().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Offers a time.
///
/// # Errors
/// A fault of the database.
pub async fn offer(db: &Db, permit: &Permit<OfferTimes>, offer: &Offer) -> Result<(), Fault> {
    insert_offer(db, (permit.institution(), permit.key()), offer).await
}

/// Saves the time that a new request would like: for a talk (R-OBS-1).
///
/// # Errors
/// A fault of the database.
pub async fn wish(db: &Db, permit: &impl Asks, thread: ThreadId, (fresh, slot): (OfferId, Slot)) -> Result<(), Fault> {
    let (institution, ..) = permit.pair();
    let offer = Offer { id: fresh, by: Party::Teacher, slot, replaces: None, form: Form::Talk };
    insert_offer(db, (institution, thread), &offer).await
}
