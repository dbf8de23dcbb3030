//! For whom something is waiting, how often each wants to hear so, and when mail about it is due (R-MAI-2 to R-MAI-4).

use std::collections::BTreeSet;

use domain::ids::{Ids, InstitutionId, PersonId};
use domain::mail::{Due, Matter, Rhythm, Round, RoundKind};
use domain::people::Role;
use jiff::Timestamp;
use policies::acts::{
    AcceptTime, Act, AgreeRoleTarget, AgreeStatement, AnswerDuty, AnswerOpening, AskForSupport, BeginInduction,
    CallOffMeeting, CallOffTraining, ChallengeTrack, ChangePractitioner, ChangeTraining, ChoosePractitioner,
    DeliverMail, Disclose, EndRoleTarget, EndSupport, EndTrack, EscalateDisclosures, ForgetThreads, MakeRelease,
    NoteHours, OfferOpening, OfferTimes, PassTraining, PlanTraining, ProposeEnd, ProposeRoleTarget, RaiseDuty,
    RecordAttendance, RemindOfTrainings, ReopenSupport, ReturnDisclosureKey, ReviseTrack, SeeOwnAccount,
    SetPreferences, SignalConfident, SignalImproved, SignalSatisfied, StartTrack, TellSubject, WriteWords,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::addresses;
use crate::db::{Db, Fault, id, of, seconds};
use crate::outbox::{Letter, queue};
use crate::row::row;

/// The acts after which something is waiting for the other one (R-MAI-2).
pub trait Causes: Act {}
impl Causes for AcceptTime {}
impl Causes for AskForSupport {}
impl Causes for BeginInduction {}
impl Causes for CallOffMeeting {}
impl Causes for CallOffTraining {}
impl Causes for ChangePractitioner {}
impl Causes for ChangeTraining {}
impl Causes for Disclose {}
impl Causes for EndSupport {}
impl Causes for EscalateDisclosures {}
impl Causes for ForgetThreads {}
impl Causes for MakeRelease {}
impl Causes for NoteHours {}
impl Causes for OfferTimes {}
impl Causes for PassTraining {}
impl Causes for PlanTraining {}
impl Causes for ProposeEnd {}
impl Causes for RecordAttendance {}
impl Causes for RemindOfTrainings {}
impl Causes for ReopenSupport {}
impl Causes for TellSubject {}
impl Causes for ReturnDisclosureKey {}
impl Causes for WriteWords {}
impl Causes for RaiseDuty {}
impl Causes for AnswerDuty {}
impl Causes for ProposeRoleTarget {}
impl Causes for AgreeRoleTarget {}
impl Causes for EndRoleTarget {}
impl Causes for AgreeStatement {}
impl Causes for AnswerOpening {}
impl Causes for ChallengeTrack {}
impl Causes for ChoosePractitioner {}
impl Causes for EndTrack {}
impl Causes for OfferOpening {}
impl Causes for ReviseTrack {}
impl Causes for SignalConfident {}
impl Causes for SignalImproved {}
impl Causes for SignalSatisfied {}
impl Causes for StartTrack {}

/// Notes that something is waiting for somebody, unless that is noted already (R-MAI-2, R-MAI-3).
///
/// # Errors
/// A fault of the database.
pub async fn waiting<A: Causes>(db: &Db, permit: &Permit<A>, person: PersonId, due: Due) -> Result<(), Fault> {
    note(db, (permit.institution(), person), due).await
}

pub(crate) async fn note(db: &Db, (institution, person): (InstitutionId, PersonId), due: Due) -> Result<(), Fault> {
    let sql = "INSERT INTO notice (institution, person, due_at, mailed) \
               SELECT p.institution, p.id, \
                 CASE WHEN c.rhythm = 'at-once' THEN CAST($3 AS bigint) ELSE CAST($4 AS bigint) END, FALSE \
               FROM person p LEFT JOIN mail_choice c ON c.institution = p.institution AND c.person = p.id \
               WHERE p.institution = $1 AND p.id = $2 AND p.active AND COALESCE(c.rhythm, 'daily') IN ('at-once', 'daily') \
               ON CONFLICT (institution, person) DO NOTHING";
    db.run(sql, [of(institution), id(person), seconds(due.at_once), seconds(due.daily)]).await.map(drop)
}

/// Notes once more that something is waiting, whatever was mailed before and however often the person wants mail: nobody has
/// opened what was passed to the safeguarding leads (R-SAF-7).
///
/// # Errors
/// A fault of the database.
pub async fn again(
    db: &Db,
    permit: &Permit<EscalateDisclosures>,
    (person, due): (PersonId, Timestamp),
) -> Result<(), Fault> {
    let sql = "INSERT INTO notice (institution, person, due_at, mailed) \
               SELECT p.institution, p.id, CAST($3 AS bigint), FALSE FROM person p \
               WHERE p.institution = $1 AND p.id = $2 AND p.active \
               ON CONFLICT (institution, person) DO UPDATE SET due_at = excluded.due_at, mailed = FALSE";
    db.run(sql, [of(permit.institution()), id(person), seconds(due)]).await.map(drop)
}

/// Forgets that something was waiting: the person has been in the program since.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn looked(db: &Db, institution: InstitutionId, person: PersonId) -> Result<(), Fault> {
    db.run("DELETE FROM notice WHERE institution = $1 AND person = $2", [of(institution), id(person)]).await.map(drop)
}

row! {
    struct Whom {
        person: Uuid,
    }
}

/// For whom something is waiting and mail about it is due.
///
/// # Errors
/// A fault of the database.
pub async fn due(db: &Db, permit: &Permit<DeliverMail>, now: Timestamp) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT n.person FROM notice n JOIN person p ON p.institution = n.institution AND p.id = n.person \
               WHERE n.institution = $1 AND n.due_at <= $2 AND NOT n.mailed AND p.active ORDER BY n.person";
    let rows = db.all::<Whom, 2>(sql, [of(permit.institution()), seconds(now)]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

/// Writes the mail that something is waiting, and remembers that it was written.
///
/// # Errors
/// A fault of the database.
pub async fn write_waiting(
    db: &Db,
    permit: &Permit<DeliverMail>,
    ids: Ids<'_>,
    (person, now): (PersonId, Timestamp),
) -> Result<(), Fault> {
    let institution = permit.institution();
    let sql = "SELECT DISTINCT person FROM outbox WHERE institution = $1 AND person = $2 AND matter = 'waiting' AND NOT given_up";
    let under_way =
        db.first::<Whom, 2>(sql, [of(institution), id(person)]).await?.is_some_and(|row| row.person == person.0);
    if !under_way && let Some(email) = addresses::for_links(db, institution, person, now).await? {
        let letter = Letter::plain(person, Matter::Waiting, now);
        queue(db, (institution, ids), letter, (&email, now)).await?;
    }
    let sql = "UPDATE notice SET mailed = TRUE WHERE institution = $1 AND person = $2";
    db.run(sql, [of(institution), id(person)]).await.map(drop)
}

/// Whether a round went out already.
///
/// # Errors
/// A fault of the database.
pub async fn round_is_done(db: &Db, permit: &Permit<DeliverMail>, round: Round) -> Result<bool, Fault> {
    let sql = "SELECT kind FROM mail_round WHERE institution = $1 AND kind = $2 AND day = $3";
    let values = [of(permit.institution()), round.kind.code().into(), round.day.to_string().into()];
    Ok(db.first::<KindRow, 3>(sql, values).await?.is_some_and(|row| row.kind == round.kind.code()))
}

row! {
    struct KindRow {
        kind: String,
    }
}

/// Begins a round, once: whose mail is to be written now, by the calendar and the organisation chart alone (R-MAI-4).
///
/// # Errors
/// A fault of the database.
pub async fn begin_round(
    db: &Db,
    permit: &Permit<DeliverMail>,
    (round, now): (Round, Timestamp),
) -> Result<Vec<PersonId>, Fault> {
    let institution = permit.institution();
    let sql = "INSERT INTO mail_round (institution, kind, day) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let values = [of(institution), round.kind.code().into(), round.day.to_string().into()];
    if db.run(sql, values).await? == 0 {
        return Ok(Vec::new());
    }
    let chart = db.chart(institution).await?;
    let wanted = |roles: domain::people::Roles| match round.kind {
        RoundKind::Hours => roles.has(Role::Practitioner),
        RoundKind::Survey => roles.has(Role::Practitioner) || roles.has(Role::Teacher),
        RoundKind::Weekly | RoundKind::Term => true,
    };
    let people = chart.people().iter().filter(|one| one.active && wanted(one.roles)).map(|one| one.id);
    let set_up = holders(db, institution, "SELECT person FROM credential WHERE institution = $1").await?;
    let weekly = "SELECT person FROM mail_choice WHERE institution = $1 AND rhythm = 'weekly'";
    let weekly = holders(db, institution, weekly).await?;
    let people: Vec<PersonId> = people.filter(|person| set_up.contains(person)).collect();
    if round.kind == RoundKind::Weekly {
        return Ok(people.into_iter().filter(|person| weekly.contains(person)).collect());
    }
    for person in people {
        note(db, (institution, person), Due { at_once: now, daily: now }).await?;
    }
    Ok(Vec::new())
}

async fn holders(db: &Db, institution: InstitutionId, sql: &str) -> Result<BTreeSet<PersonId>, Fault> {
    Ok(db.all::<Whom, 1>(sql, [of(institution)]).await?.into_iter().map(|row| PersonId(row.person)).collect())
}

row! {
    struct RhythmRow {
        rhythm: String,
    }
}

/// How often somebody hears that something is waiting.
///
/// # Errors
/// A fault of the database.
pub async fn rhythm(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Rhythm, Fault> {
    let sql = "SELECT rhythm FROM mail_choice WHERE institution = $1 AND person = $2";
    let row = db.first::<RhythmRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.and_then(|row| Rhythm::from_code(&row.rhythm)).unwrap_or_default())
}

/// Chooses how often; what is waiting and not mailed yet goes by the new choice (R-MAI-3).
///
/// # Errors
/// A fault of the database.
pub async fn set_rhythm(
    db: &Db,
    permit: &Permit<SetPreferences>,
    (rhythm, due): (Rhythm, Option<Timestamp>),
) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let sql = "INSERT INTO mail_choice (institution, person, rhythm) VALUES ($1, $2, $3) \
               ON CONFLICT (institution, person) DO UPDATE SET rhythm = excluded.rhythm";
    db.run(sql, [institution.clone(), person.clone(), rhythm.code().into()]).await?;
    match due {
        Some(due) => {
            let sql = "UPDATE notice SET due_at = $3 WHERE institution = $1 AND person = $2 AND NOT mailed";
            db.run(sql, [institution, person, seconds(due)]).await.map(drop)
        }
        None => looked(db, permit.institution(), permit.key()).await,
    }
}
