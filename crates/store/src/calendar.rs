//! Feeds of busy times, who wants invitations by mail, and of which times whom was told (R-CAL-1 to R-CAL-8).

use domain::calendar::{Invitation, Method};
use domain::ids::{Ids, InstitutionId, InvitationId, MeetingId, PersonId, ThreadId, from_digest};
use domain::mail::{Matter, Rhythm};
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::period::Calendar;
use domain::support::Slot;
use jiff::Timestamp;
use policies::acts::{
    AcceptTime, Act, CallOffMeeting, ChangePractitioner, ChoosePractitioner, CloseCalendarFeed, EndSupport, EndTrack,
    ForgetThreads, OpenCalendarFeed, ReadCalendarFeed, SeeOwnAccount, SetPreferences, SignalConfident, SignalImproved,
    SignalSatisfied,
};
use policies::permit::Permit;
use sealing::Context;
use uuid::Uuid;

use crate::account_lines::{self, Line};
use crate::addresses;
use crate::db::{Db, Fault, id, instant, of, seconds};
use crate::links;
use crate::outbox::{self, Letter};
use crate::participants::{chance, layer};
use crate::row::row;

/// The acts after which a time comes into somebody's calendar, moves or goes (R-CAL-5).
pub trait Invites: Act {}
impl Invites for AcceptTime {}
impl Invites for CallOffMeeting {}
impl Invites for ChangePractitioner {}
impl Invites for EndSupport {}
impl Invites for ForgetThreads {}
impl Invites for ChoosePractitioner {}
impl Invites for EndTrack {}
impl Invites for SignalConfident {}
impl Invites for SignalImproved {}
impl Invites for SignalSatisfied {}

row! {
    struct PersonRow {
        person: Uuid,
    }
}

row! {
    struct SinceRow {
        since: i64,
    }
}

/// Since when one's own feed has its address, if it is on.
///
/// # Errors
/// A fault of the database.
pub async fn since(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT since FROM calendar_feed WHERE institution = $1 AND person = $2";
    let row = db.first::<SinceRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    row.map(|row| instant(row.since)).transpose()
}

/// Gives one's own feed an address, in place of the one it had; the owner is told everywhere they may look (R-CAL-1).
///
/// # Errors
/// A fault of the database.
pub async fn open(
    db: &Db,
    permit: &Permit<OpenCalendarFeed>,
    digest: &str,
    (now, ids): (Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let (institution, person) = (permit.institution(), permit.key());
    let sql = "INSERT INTO calendar_feed (institution, person, token, since) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (institution, person) DO UPDATE SET token = excluded.token, since = excluded.since";
    db.run(sql, [of(institution), id(person), digest.into(), seconds(now)]).await?;
    account_lines::put(db, (institution, person), (Line::FeedOpened, now)).await?;
    links::tell(db, (institution, person), Matter::Account, (now, ids)).await
}

/// Switches one's own feed off.
///
/// # Errors
/// A fault of the database.
pub async fn close(db: &Db, permit: &Permit<CloseCalendarFeed>, now: Timestamp) -> Result<(), Fault> {
    drop_feed(db, permit.institution(), permit.key()).await?;
    account_lines::put(db, (permit.institution(), permit.key()), (Line::FeedClosed, now)).await
}

/// Takes somebody's feed away; its address is gone for good.
pub(crate) async fn drop_feed(db: &Db, institution: InstitutionId, person: PersonId) -> Result<(), Fault> {
    let sql = "DELETE FROM calendar_feed WHERE institution = $1 AND person = $2";
    db.run(sql, [of(institution), id(person)]).await.map(drop)
}

/// Whose feed has this address. Needs no permit: nobody is known before.
///
/// # Errors
/// A fault of the database.
pub async fn owner(db: &Db, institution: InstitutionId, digest: &str) -> Result<Option<PersonId>, Fault> {
    let sql = "SELECT person FROM calendar_feed WHERE institution = $1 AND token = $2";
    let row = db.first::<PersonRow, 2>(sql, [of(institution), digest.into()]).await?;
    Ok(row.map(|row| PersonId(row.person)))
}

row! {
    struct MeetingRow {
        thread: Uuid,
        id: Uuid,
        starts_at: i64,
        length: i64,
    }
}

/// The meetings of whoever reads their feed, of either party, between two instants: booked, or over.
///
/// # Errors
/// A fault of the database.
pub async fn meetings(
    db: &Db,
    permit: &Permit<ReadCalendarFeed>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(ThreadId, MeetingId, Slot)>, Fault> {
    let sql = "SELECT m.thread, m.id, m.starts_at, m.length FROM meeting m CROSS JOIN participant me \
               WHERE m.institution = $1 AND m.starts_at >= $3 AND m.starts_at < $4 AND m.state IN ('booked', 'held', 'missed') \
                 AND me.institution = m.institution AND me.thread = m.thread AND me.number IN (1, 2) AND me.person = $2 \
               ORDER BY m.starts_at, m.length";
    let values = [of(permit.institution()), id(permit.key()), seconds(from), seconds(until)];
    let rows = db.all::<MeetingRow, 4>(sql, values).await?;
    let read = |row: MeetingRow| {
        let slot = Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) };
        Ok((ThreadId(row.thread), MeetingId(row.id), slot))
    };
    rows.into_iter().map(read).collect()
}

async fn chosen(db: &Db, institution: InstitutionId, person: PersonId) -> Result<bool, Fault> {
    let sql = "SELECT person FROM invitation_choice WHERE institution = $1 AND person = $2";
    Ok(db.first::<PersonRow, 2>(sql, [of(institution), id(person)]).await?.is_some_and(|row| row.person == person.0))
}

/// Whether one has chosen invitations by mail.
///
/// # Errors
/// A fault of the database.
pub async fn by_mail(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<bool, Fault> {
    chosen(db, permit.institution(), permit.key()).await
}

/// Chooses invitations by mail, or none from now on.
///
/// # Errors
/// A fault of the database.
pub async fn choose(db: &Db, permit: &Permit<SetPreferences>, by_mail: bool) -> Result<(), Fault> {
    let sql = if by_mail {
        "INSERT INTO invitation_choice (institution, person) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM invitation_choice WHERE institution = $1 AND person = $2"
    };
    db.run(sql, [of(permit.institution()), id(permit.key())]).await.map(drop)
}

/// Whether somebody whose meeting it is has chosen invitations by mail.
///
/// # Errors
/// A fault of the database.
pub async fn wants<A: Invites>(db: &Db, permit: &Permit<A>, person: PersonId) -> Result<bool, Fault> {
    chosen(db, permit.institution(), person).await
}

/// What is kept of a meeting for the calendars of the two, by party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// What each calendar would know it by.
    pub names: [InvitationId; 2],
    /// Whether each was told of it.
    pub told: [bool; 2],
    /// How often it moved.
    pub sequence: i64,
}

impl Kept {
    /// Of a meeting that is new: two names of chance, and nobody was told.
    ///
    /// # Errors
    /// No chance to be had.
    pub fn fresh() -> Result<Self, Fault> {
        let name = || Ok::<_, Fault>(from_digest::<InvitationId>(chance()?));
        Ok(Self { names: [name()?, name()?], told: [false; 2], sequence: 0 })
    }

    fn code(&self) -> String {
        let ([one, other], [first, second]) = (self.names, self.told.map(i32::from));
        format!("{one} {other} {first}{second} {}", self.sequence)
    }

    fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(' ');
        let names = [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
        let mut told = parts.next()?.chars().map(|one| one == '1');
        let told = [told.next()?, told.next()?];
        Some(Self { names, told, sequence: parts.next()?.parse().ok()? })
    }
}

fn place(meeting: Uuid) -> Context {
    Context::of("told").with("meeting", meeting.to_string())
}

/// Keeps what the calendars of the two know of a meeting: sealed under the thread's shred key, and for each meeting alike, so
/// that a copy of the database does not tell which of the two has chosen what (R-CAL-6).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn keep<A: Invites>(
    db: &Db,
    permit: &Permit<A>,
    (thread, meeting): (ThreadId, MeetingId),
    kept: &Kept,
) -> Result<(), Fault> {
    let layer = layer(db.keyring(), permit.institution(), thread)?;
    let sealed = layer.seal(&kept.code(), &place(meeting.0), chance()?).map_err(|_| Fault::Unreadable("meeting"))?;
    let sql = "UPDATE meeting SET told = $4 WHERE institution = $1 AND thread = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(thread), id(meeting), sealed.into()]).await.map(drop)
}

row! {
    struct KeptRow {
        id: Uuid,
        starts_at: i64,
        length: i64,
        told: String,
    }
}

/// What is kept of a thread's meetings that are in a state, in order.
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn kept<A: Invites>(
    db: &Db,
    permit: &Permit<A>,
    (thread, state): (ThreadId, State),
) -> Result<Vec<(MeetingId, Slot, Kept)>, Fault> {
    let sql = "SELECT id, starts_at, length, told FROM meeting \
               WHERE institution = $1 AND thread = $2 AND state = $3 AND told <> '' ORDER BY starts_at, id";
    let values = [of(permit.institution()), id(thread), state.code().into()];
    let layer = layer(db.keyring(), permit.institution(), thread)?;
    let read = |row: KeptRow| {
        let code = layer.open(&row.told, &place(row.id)).ok();
        let kept = code.and_then(|code| Kept::from_code(&code)).ok_or(Fault::Unreadable("meeting"))?;
        let slot = Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) };
        Ok((MeetingId(row.id), slot, kept))
    };
    db.all::<KeptRow, 3>(sql, values).await?.into_iter().map(read).collect()
}

/// Writes the mail that tells one person's calendar of a time, for the next quarter of an hour, in place of what was
/// written of it and not delivered. What their calendar cannot know of yet is not taken out of it (R-CAL-5).
///
/// # Errors
/// A fault of the database or the keyring.
pub async fn write<A: Invites>(
    db: &Db,
    permit: &Permit<A>,
    (person, time): (PersonId, &Invitation),
    (calendar, now, ids): (&Calendar, Timestamp, Ids<'_>),
) -> Result<(), Fault> {
    let institution = permit.institution();
    let unknown = outbox::supersede(db, (institution, person), (time.uid, now)).await?;
    if unknown && time.method == Method::Cancel {
        return Ok(());
    }
    let Some(email) = addresses::for_links(db, institution, person, now).await? else { return Ok(()) };
    let due = Rhythm::AtOnce.due(calendar, now).unwrap_or(now);
    let letter = Letter { time: Some(time), ..Letter::plain(person, Matter::Time, due) };
    outbox::queue(db, (institution, ids), letter, (&email, due)).await
}
