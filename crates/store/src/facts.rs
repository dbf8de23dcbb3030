//! What the gate decides from: ids and relations, never content.

use domain::ids::{DisclosureId, EntryId, InstitutionId, PersonId, ThreadId};
use domain::people::{Role, Roles};
use policies::facts::{
    AccountFacts, DisclosureFacts, EntryFacts, PersonFacts, PracticeFacts, ProgrammeFacts, ThreadFacts,
};
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::row::row;

row! {
struct TwoIds {
    one: Uuid,
    other: Option<Uuid>,
}
}

/// Reads roles as they are stored: codes with spaces between.
pub(crate) fn roles(text: &str) -> Roles {
    text.split_whitespace().filter_map(|code| code.parse::<Role>().ok()).collect()
}

/// Writes roles as they are stored.
pub(crate) fn roles_text(roles: Roles) -> String {
    roles.iter().map(Role::code).collect::<Vec<_>>().join(" ")
}

/// A person: roles, whole line upwards, appraiser.
///
/// # Errors
/// A fault of the database.
pub async fn person(db: &Db, institution: InstitutionId, person: PersonId) -> Result<Option<PersonFacts>, Fault> {
    let chart = db.chart(institution).await?;
    Ok(chart.person(person).map(|one| PersonFacts {
        id: person,
        institution,
        active: one.active,
        roles: one.roles,
        managers: chart.managers(person),
        appraiser: one.appraiser,
        // Only the lead's board asks for it.
        leads_teachers: one.roles.has(Role::ProgrammeLead) && chart.leads_teachers(person),
    }))
}

/// A thread that began with a request: who takes part, and the teacher's line today.
///
/// # Errors
/// A fault of the database.
pub async fn thread(db: &Db, programme: &ProgrammeFacts, thread: ThreadId) -> Result<Option<ThreadFacts>, Fault> {
    let sql = "SELECT a.person AS one, b.person AS other FROM thread t \
               JOIN participant a ON a.institution = t.institution AND a.thread = t.id AND a.number = 1 \
               JOIN participant b ON b.institution = t.institution AND b.thread = t.id AND b.number = 2 \
               WHERE t.institution = $1 AND t.id = $2 AND t.stage <> 'noted'";
    let found = db.first::<TwoIds, 2>(sql, [of(programme.institution), id(thread)]).await?;
    let Some(TwoIds { one, other: Some(other) }) = found else { return Ok(None) };
    let (teacher, chart) = (PersonId(one), db.chart(programme.institution).await?);
    Ok(Some(ThreadFacts {
        institution: programme.institution,
        thread,
        teacher,
        practitioner: PersonId(other),
        managers_of_teacher: chart.managers(teacher),
        appraiser_of_teacher: chart.person(teacher).and_then(|one| one.appraiser),
        model: programme.model,
        asking_opened: programme.asking_opened,
    }))
}

/// An entry in a record of hours: whose, and the colleague it names.
///
/// # Errors
/// A fault of the database.
pub async fn entry(db: &Db, institution: InstitutionId, entry: EntryId) -> Result<Option<EntryFacts>, Fault> {
    let sql = "SELECT e.person AS one, p.person AS other FROM hours_entry e \
               LEFT JOIN entry_thread l ON l.institution = e.institution AND l.entry = e.id AND l.meeting IS NULL \
               LEFT JOIN participant p ON p.institution = l.institution AND p.thread = l.thread AND p.number = 1 \
               WHERE e.institution = $1 AND e.id = $2";
    let row = db.first::<TwoIds, 2>(sql, [of(institution), id(entry)]).await?;
    Ok(row.map(|row| EntryFacts { institution, entry, owner: PersonId(row.one), named: row.other.map(PersonId) }))
}

row! {
struct DisclosureRow {
    discloser: Uuid,
    subject: Uuid,
    may_know: bool,
}
}

row! {
struct RecipientRow {
    person: Uuid,
}
}

/// What was passed to the safeguarding leads: by whom, about whom, to whom, and whether the subject may know.
///
/// # Errors
/// A fault of the database.
pub async fn disclosure(
    db: &Db,
    institution: InstitutionId,
    disclosure: DisclosureId,
) -> Result<Option<DisclosureFacts>, Fault> {
    let sql = "SELECT discloser, subject, (reason IS NULL OR told IS NOT NULL) AS may_know FROM disclosure \
               WHERE institution = $1 AND id = $2";
    let row = db.first::<DisclosureRow, 2>(sql, [of(institution), id(disclosure)]).await?;
    let Some(row) = row else { return Ok(None) };
    let sql = "SELECT person FROM disclosure_recipient WHERE institution = $1 AND disclosure = $2 ORDER BY person";
    let recipients = db.all::<RecipientRow, 2>(sql, [of(institution), id(disclosure)]).await?;
    Ok(Some(DisclosureFacts {
        institution,
        disclosure,
        discloser: PersonId(row.discloser),
        subject: PersonId(row.subject),
        recipients: recipients.into_iter().map(|row| PersonId(row.person)).collect(),
        subject_may_know: row.may_know,
    }))
}

/// Somebody's own account.
pub fn account(programme: &ProgrammeFacts, owner: PersonId) -> AccountFacts {
    AccountFacts { institution: programme.institution, owner, sample: programme.sample }
}

/// Somebody's own practice.
pub fn practice(institution: InstitutionId, owner: PersonId) -> PracticeFacts {
    PracticeFacts { institution, owner }
}
