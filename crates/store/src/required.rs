//! Required support: a track as its three see it, each as much as is theirs. Rules R-REQ-1 to R-REQ-14; how it changes is in
//! [`crate::tracks`].

use domain::ids::{InstitutionId, MeetingId, PersonId, ThemeId, ThreadId, TrackId};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::required::{Answer, Ending, Plan, Questioned, Reason, Seat, Signals};
use domain::support::Slot;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{Act, SeeReported, SeeTrack};
use policies::facts::TrackFacts;
use policies::permit::Permit;
use sealing::{Context, Layer};
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, day, id, instant, of};
use crate::participants::layer;
use crate::row::row;
use crate::seats::{self, Said, Three, answered};
use crate::threads::Participant;

/// Acts on a track; a permit for one of them is for that one track.
pub trait OnTrack: Act<On = TrackFacts> {}
impl<A: Act<On = TrackFacts>> OnTrack for A {}

/// A version of scope and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// 1 for the first.
    pub number: i64,
    /// Of which day.
    pub day: Date,
    /// How many meetings, how long.
    pub plan: Plan,
    /// What it is to cover.
    pub text: String,
}

/// That one of the two questions scope or time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// 1 for the first.
    pub number: i64,
    /// What.
    pub what: Questioned,
    /// On which day.
    pub raised: Date,
    /// What the line manager answered, and when.
    pub answered: Option<(Answer, Date)>,
}

/// The opening conversation of the three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Which meeting.
    pub meeting: MeetingId,
    /// When, how long.
    pub slot: Slot,
    /// What became of it.
    pub state: State,
    /// Whether it suits the teacher.
    pub teacher: Option<bool>,
    /// Whether it suits the line manager of today.
    pub manager: Option<bool>,
    /// Whether both said that it suits, whoever was line manager then.
    pub was_agreed: bool,
}

impl Opening {
    /// Whether both have said that it suits.
    pub fn is_agreed(&self) -> bool {
        self.teacher == Some(true) && self.manager == Some(true)
    }

    /// Whether it can be said how it went: it has begun, and was agreed.
    pub fn can_be_recorded(&self, now: Timestamp) -> bool {
        let over = matches!(self.state, State::Held | State::Missed);
        self.slot.starts <= now && (over || self.was_agreed)
    }
}

/// What all three read.
#[derive(Debug, Clone)]
pub struct Common {
    /// Which.
    pub id: TrackId,
    /// For whom it is required.
    pub teacher: Participant,
    /// Whom the teacher has chosen.
    pub practitioner: Option<Participant>,
    /// Who required it.
    pub required_by: String,
    /// The teacher's line manager of today.
    pub manager: Option<String>,
    /// Why.
    pub reason: Reason,
    /// When it began.
    pub began: Timestamp,
    /// When and how it ended.
    pub ended: Option<(Timestamp, Ending)>,
    /// Themes.
    pub themes: Vec<(ThemeId, String)>,
    /// Versions of scope and time, the newest first.
    pub scopes: Vec<Scope>,
    /// What was questioned, the newest first.
    pub challenges: Vec<Challenge>,
    /// The opening conversation with the practitioner of today, once a time was proposed.
    pub opening: Option<Opening>,
    /// Whom the time proposed last does not suit: it was called off.
    pub declined: Option<Seat>,
    /// When an opening conversation took place with a practitioner before.
    pub opened_before: Option<Timestamp>,
    /// Meetings that are over: when, and whether they took place.
    pub meetings: Vec<(Timestamp, bool)>,
    /// The statement that the teacher has agreed, and when.
    pub statement: Option<(Date, String)>,
}

impl Common {
    /// Scope and time as they stand.
    pub fn scope(&self) -> Option<&Scope> {
        self.scopes.first()
    }

    /// What is questioned and not answered yet.
    pub fn questioned(&self) -> Option<&Challenge> {
        self.challenges.first().filter(|one| one.answered.is_none())
    }
}

/// A track as teacher and practitioner see it.
#[derive(Debug, Clone)]
pub struct Track {
    /// What all three read.
    pub common: Common,
    /// What each of the three has said; while it is on, those of today. What somebody said who is line manager no more, or who came to
    /// stand above the teacher, counts no more (R-REQ-6).
    pub signals: Signals,
    /// What the line manager of today has said.
    pub satisfied: Option<Date>,
    /// The thread in which the two work, and whether it is on.
    pub thread: Option<(ThreadId, bool)>,
}

/// A track as the line manager sees it: what is reported, and no more.
#[derive(Debug, Clone)]
pub struct Reported {
    /// What all three read.
    pub common: Common,
    /// Since when the line manager is satisfied.
    pub satisfied: Option<Date>,
}

row! {
    struct TrackRow {
        reason: String,
        ending: Option<String>,
        asked_at: i64,
        ended_at: Option<i64>,
    }
}

row! {
    struct PartRow {
        kind: i64,
        id: Option<Uuid>,
        number: i64,
        one: i64,
        other: i64,
        what: String,
        day: String,
        answer: Option<String>,
        answered: Option<String>,
    }
}

/// What belongs to a track.
#[derive(Default)]
struct Parts {
    people: Vec<(i64, PersonId)>,
    themes: Vec<ThemeId>,
    scopes: Vec<Scope>,
    challenges: Vec<Challenge>,
    openings: Vec<Opening>,
    answers: Vec<Said<bool>>,
    meetings: Vec<(Timestamp, bool)>,
    threads: Vec<(ThreadId, bool, Timestamp)>,
    signals: Vec<Said<Date>>,
    statement: Option<(Date, String)>,
}

/// People (1), themes (2), scopes (3), challenges (4), the opening conversation (5), answers (6), meetings (7), signals (8),
/// the statement (9), threads (10).
const PARTS: &str = "SELECT 1 AS kind, person AS id, number, 0 AS one, 0 AS other, '' AS what, '' AS day, CAST(NULL AS text) AS answer, CAST(NULL AS text) AS answered \
       FROM participant WHERE institution = $1 AND thread = $2 \
     UNION ALL SELECT 2, theme, 0, 0, 0, '', '', NULL, NULL FROM thread_theme WHERE institution = $1 AND thread = $2 \
     UNION ALL SELECT 3, CAST(NULL AS uuid), number, meetings, length, sealed, day, NULL, NULL FROM track_scope WHERE institution = $1 AND track = $2 \
     UNION ALL SELECT 4, CAST(NULL AS uuid), number, 0, 0, what, raised, answer, answered FROM track_challenge WHERE institution = $1 AND track = $2 \
     UNION ALL SELECT 5, id, 0, starts_at, length, state, '', NULL, NULL FROM meeting \
       WHERE institution = $1 AND thread = $2 AND state IN ('booked', 'held', 'missed') \
     UNION ALL SELECT 6, CAST(NULL AS uuid), number, CASE WHEN suits THEN 1 ELSE 0 END, 0, said_by, '', NULL, NULL FROM track_answer WHERE institution = $1 AND track = $2 \
     UNION ALL SELECT 7, CAST(NULL AS uuid), 0, m.starts_at, 0, m.state, '', NULL, NULL FROM track_thread k \
       JOIN meeting m ON m.institution = k.institution AND m.thread = k.thread \
       WHERE k.institution = $1 AND k.track = $2 AND m.state IN ('held', 'missed') \
     UNION ALL SELECT 8, CAST(NULL AS uuid), number, 0, 0, said_by, day, NULL, NULL FROM track_signal WHERE institution = $1 AND track = $2 \
     UNION ALL SELECT 9, CAST(NULL AS uuid), 0, 0, 0, sealed, day, NULL, NULL FROM track_statement WHERE institution = $1 AND track = $2 \
     UNION ALL SELECT 10, t.id, 0, t.asked_at, 0, t.stage, '', NULL, NULL FROM track_thread k \
       JOIN thread t ON t.institution = k.institution AND t.id = k.thread WHERE k.institution = $1 AND k.track = $2 \
     ORDER BY kind, number, one, id";

/// Where a typed text of a track lies.
pub(crate) fn place(track: TrackId, what: &'static str, number: i64) -> Context {
    Context::of(what).with("track", track.to_string()).with("number", number)
}

/// What a track's rows hang on: a thread of its own, which is nobody's to open.
pub(crate) const fn holder(track: TrackId) -> ThreadId {
    ThreadId(track.0)
}

fn opened(layer: &Layer, sealed: &str, place: &Context) -> Result<String, Fault> {
    layer.open(sealed, place).map_err(|_| Fault::Unreadable("track"))
}

async fn parts(db: &Db, institution: InstitutionId, track: TrackId) -> Result<Parts, Fault> {
    let key = layer(db.keyring(), institution, holder(track))?;
    let mut parts = Parts::default();
    for row in db.all::<PartRow, 2>(PARTS, [of(institution), id(track)]).await? {
        let own = row.id.ok_or(Fault::Missing("track"));
        match row.kind {
            1 => parts.people.push((row.number, PersonId(own?))),
            2 => parts.themes.push(ThemeId(own?)),
            3 => parts.scopes.push(Scope {
                number: row.number,
                day: day(&row.day)?,
                plan: Plan { meetings: row.one, length: Minutes(row.other) },
                text: opened(&key, &row.what, &place(track, "track-scope", row.number))?,
            }),
            4 => {
                let answer =
                    row.answer.as_deref().map(|code| Answer::from_code(code).ok_or(Fault::Unreadable("answer")));
                let answered = row.answered.as_deref().map(day).transpose()?;
                parts.challenges.push(Challenge {
                    number: row.number,
                    what: Questioned::from_code(&row.what).ok_or(Fault::Unreadable("challenge"))?,
                    raised: day(&row.day)?,
                    answered: answer.transpose()?.zip(answered),
                });
            }
            5 => {
                let state = State::from_code(&row.what).ok_or(Fault::Unreadable("meeting"))?;
                let slot = Slot { starts: instant(row.one)?, length: Minutes(row.other) };
                let (teacher, manager, was_agreed) = (None, None, false);
                parts.openings.push(Opening { meeting: MeetingId(own?), slot, state, teacher, manager, was_agreed });
            }
            6 => {
                let seat = Seat::from_number(row.number).ok_or(Fault::Unreadable("answer"))?;
                let by = seats::open(&key, &row.what, &seats::place(track, "track-answer", row.number))?;
                parts.answers.push((seat, row.one == 1, by));
            }
            7 => parts.meetings.push((instant(row.one)?, row.what == State::Held.code())),
            8 => {
                let seat = Seat::from_number(row.number).ok_or(Fault::Unreadable("signal"))?;
                let by = seats::open(&key, &row.what, &seats::place(track, "track-signal", row.number))?;
                parts.signals.push((seat, day(&row.day)?, by));
            }
            9 => {
                parts.statement = Some((day(&row.day)?, opened(&key, &row.what, &place(track, "track-statement", 0))?))
            }
            _ => {
                let on = matches!(row.what.as_str(), "waiting" | "open");
                parts.threads.push((ThreadId(own?), on, instant(row.one)?));
            }
        }
    }
    Ok(parts)
}

impl Parts {
    /// The opening conversation with the practitioner of today, and when the latest one was held with one before.
    fn opened(&self) -> (Option<Opening>, Option<Timestamp>) {
        let chosen = self.threads.iter().map(|(_, _, at)| *at).max();
        let (now, before): (Vec<&Opening>, Vec<&Opening>) =
            self.openings.iter().partition(|one| chosen.is_some_and(|chosen| one.slot.starts > chosen));
        // What is ahead before what was held, and that before what did not happen; else the latest.
        let weight = |one: &&&Opening| (one.state == State::Booked, one.state == State::Held, one.slot.starts);
        let held = before.iter().filter(|one| one.state == State::Held).map(|one| one.slot.starts).max();
        (now.iter().max_by_key(weight).map(|one| (*one).clone()), held)
    }
}

fn participant(chart: &Chart, person: PersonId) -> Result<Participant, Fault> {
    let one = chart.person(person).ok_or(Fault::Missing("participant"))?;
    Ok(Participant { id: one.id, name: one.name.clone(), area: one.area_name.clone(), active: one.active })
}

pub(crate) async fn load(db: &Db, institution: InstitutionId, track: TrackId) -> Result<Track, Fault> {
    let sql = "SELECT k.reason, k.ending, t.asked_at, t.ended_at FROM track k \
               JOIN thread t ON t.institution = k.institution AND t.id = k.id WHERE k.institution = $1 AND k.id = $2";
    let row = db.first::<TrackRow, 2>(sql, [of(institution), id(track)]).await?.ok_or(Fault::Missing("track"))?;
    let (mut parts, chart) = (parts(db, institution, track).await?, db.chart(institution).await?);
    let who = |seat: Seat| parts.people.iter().find(|(number, _)| *number == seat.number()).map(|(_, person)| *person);
    let teacher = participant(&chart, who(Seat::Teacher).ok_or(Fault::Missing("participant"))?)?;
    let named = |person: Option<PersonId>| person.and_then(|one| chart.person(one)).map(|one| one.name.clone());
    let ended = row.ended_at.map(instant).transpose()?;
    let ending = row.ending.as_deref().and_then(Ending::from_code);
    let three = Three { chart: &chart, teacher: teacher.id, practitioner: who(Seat::Practitioner) };
    let (opening, opened_before) = parts.opened();
    let opening = opening.map(|opening| answered(opening, &parts.answers, &three));
    let counts = |(seat, _, by): &&Said<Date>| three.counts(*seat, *by);
    let satisfied = seats::signals(parts.signals.iter().filter(counts)).manager;
    // What ended it stays said.
    let signals = seats::signals(parts.signals.iter().filter(|one| ended.is_some() || counts(one)));
    let no = parts.answers.iter().find(|(seat, suits, by)| !suits && three.counts(*seat, *by));
    let declined =
        no.filter(|_| !opening.as_ref().is_some_and(|one| one.state == State::Booked)).map(|(seat, ..)| *seat);
    parts.themes.sort_by_key(|theme| chart.themes.iter().position(|known| known.id == *theme));
    let themes =
        parts.themes.iter().map(|theme| (*theme, chart.theme(*theme).unwrap_or_default().to_owned())).collect();
    parts.scopes.reverse();
    parts.challenges.reverse();
    let common = Common {
        id: track,
        practitioner: who(Seat::Practitioner).map(|person| participant(&chart, person)).transpose()?,
        required_by: named(who(Seat::Manager)).unwrap_or_default(),
        manager: named(chart.person(teacher.id).and_then(|one| one.manager)),
        teacher,
        reason: Reason::from_code(&row.reason).ok_or(Fault::Unreadable("reason"))?,
        began: instant(row.asked_at)?,
        ended: ended.zip(ending),
        themes,
        scopes: parts.scopes,
        challenges: parts.challenges,
        opening,
        declined,
        opened_before,
        meetings: parts.meetings,
        statement: parts.statement,
    };
    // The one that is on; when it is over, the latest.
    let on = parts.threads.iter().find(|(_, on, _)| *on).or(parts.threads.last());
    Ok(Track { common, signals, satisfied, thread: on.map(|(thread, on, _)| (*thread, *on)) })
}

/// A track as teacher and practitioner see it.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn see(db: &Db, permit: &Permit<SeeTrack>) -> Result<Track, Fault> {
    load(db, permit.institution(), permit.key()).await
}

/// What is reported of a track: what the other two have said, their thread and what is ahead in it stay out (R-REQ-4).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn reported(db: &Db, permit: &Permit<SeeReported>) -> Result<Reported, Fault> {
    let track = load(db, permit.institution(), permit.key()).await?;
    Ok(Reported { common: track.common, satisfied: track.satisfied })
}
