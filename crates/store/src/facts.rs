//! What the gate decides from: ids and relations, never content.

use domain::ids::{AreaId, DisclosureId, EntryId, InductionId, InstitutionId, PersonId, ThreadId, TrackId, TrainingId};
use domain::people::{Role, Roles};
use policies::facts::{
    AccountFacts, CommunityFacts, DisclosureFacts, EntryFacts, InductionFacts, PersonFacts, PracticeFacts,
    ProgrammeFacts, ThreadFacts, TrackFacts, TrainingFacts,
};
use uuid::Uuid;

use crate::ceiling;
use crate::db::{Db, Fault, id, of};
use crate::row::row;

row! {
struct TwoIds {
    one: Uuid,
    other: Option<Uuid>,
}
}

row! {
struct PairRow {
    one: Uuid,
    other: Uuid,
    required: bool,
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
    let sql = "SELECT a.person AS one, b.person AS other, \
                 EXISTS (SELECT 1 FROM track_thread k WHERE k.institution = t.institution AND k.thread = t.id) AS required FROM thread t \
               JOIN participant a ON a.institution = t.institution AND a.thread = t.id AND a.number = 1 \
               JOIN participant b ON b.institution = t.institution AND b.thread = t.id AND b.number = 2 \
               WHERE t.institution = $1 AND t.id = $2 AND t.stage NOT IN ('noted', 'track')";
    let found = db.first::<PairRow, 2>(sql, [of(programme.institution), id(thread)]).await?;
    let Some(PairRow { one, other, required }) = found else { return Ok(None) };
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
        required,
    }))
}

/// A track: who the three are as things stand.
///
/// # Errors
/// A fault of the database.
pub async fn track(db: &Db, programme: &ProgrammeFacts, track: TrackId) -> Result<Option<TrackFacts>, Fault> {
    let barred = barred(db, programme.institution).await?;
    one_track(db, programme, (track, &barred)).await
}

/// Practitioners who are not open to required support.
///
/// # Errors
/// A fault of the database.
pub async fn barred(db: &Db, institution: InstitutionId) -> Result<Vec<PersonId>, Fault> {
    Ok(ceiling::all_barred(db, institution).await?.into_iter().map(|(person, _)| person).collect())
}

/// The same as [`track`] for one of several: who is barred is read once for all of them.
///
/// # Errors
/// A fault of the database.
pub async fn one_track(
    db: &Db,
    programme: &ProgrammeFacts,
    (track, barred): (TrackId, &[PersonId]),
) -> Result<Option<TrackFacts>, Fault> {
    let sql = "SELECT a.person AS one, b.person AS other FROM track k \
               JOIN participant a ON a.institution = k.institution AND a.thread = k.id AND a.number = 1 \
               LEFT JOIN participant b ON b.institution = k.institution AND b.thread = k.id AND b.number = 2 \
               WHERE k.institution = $1 AND k.id = $2";
    let found = db.first::<TwoIds, 2>(sql, [of(programme.institution), id(track)]).await?;
    let Some(TwoIds { one, other }) = found else { return Ok(None) };
    let facts = begun(db, programme, (track, PersonId(one)), barred).await?;
    Ok(facts.map(|facts| TrackFacts { practitioner: other.map(PersonId), ..facts }))
}

/// A track of somebody's, before anybody is chosen: also one that is to be.
///
/// # Errors
/// A fault of the database.
pub async fn track_of(
    db: &Db,
    programme: &ProgrammeFacts,
    of: (TrackId, PersonId),
) -> Result<Option<TrackFacts>, Fault> {
    begun(db, programme, of, &barred(db, programme.institution).await?).await
}

/// The same for several teachers, under the numbers of the teachers: for asking what would be allowed. There are no such tracks.
///
/// # Errors
/// A fault of the database.
pub async fn would_be(db: &Db, programme: &ProgrammeFacts, teachers: &[PersonId]) -> Result<Vec<TrackFacts>, Fault> {
    let barred = barred(db, programme.institution).await?;
    let mut found = Vec::new();
    for teacher in teachers {
        // The same question has the same answer, which the gate then knows already: so no new number.
        found.extend(begun(db, programme, (TrackId(teacher.0), *teacher), &barred).await?);
    }
    Ok(found)
}

async fn begun(
    db: &Db,
    programme: &ProgrammeFacts,
    (track, teacher): (TrackId, PersonId),
    barred: &[PersonId],
) -> Result<Option<TrackFacts>, Fault> {
    let chart = db.chart(programme.institution).await?;
    let Some(one) = chart.person(teacher) else { return Ok(None) };
    Ok(Some(TrackFacts {
        institution: programme.institution,
        track,
        teacher,
        teaches: one.active && (one.roles.has(Role::Teacher) || one.roles.has(Role::Practitioner)),
        practitioner: None,
        manager: one.manager,
        managers_of_teacher: chart.managers(teacher),
        appraiser_of_teacher: one.appraiser,
        barred: barred.to_vec(),
        model: programme.model,
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

row! {
struct InductionRow {
    newcomer: Uuid,
    mentor: Option<Uuid>,
    buddy: Option<Uuid>,
    running: bool,
}
}

/// An induction: whose, who accompanies it, the newcomer's line today, and whether it runs.
///
/// # Errors
/// A fault of the database.
pub async fn induction(
    db: &Db,
    institution: InstitutionId,
    induction: InductionId,
) -> Result<Option<InductionFacts>, Fault> {
    let sql =
        "SELECT newcomer, mentor, buddy, (ended IS NULL) AS running FROM induction WHERE institution = $1 AND id = $2";
    let row = db.first::<InductionRow, 2>(sql, [of(institution), id(induction)]).await?;
    let Some(row) = row else { return Ok(None) };
    let (newcomer, chart) = (PersonId(row.newcomer), db.chart(institution).await?);
    Ok(Some(InductionFacts {
        institution,
        induction,
        newcomer,
        mentor: row.mentor.map(PersonId),
        buddy: row.buddy.map(PersonId),
        managers_of_newcomer: chart.managers(newcomer),
        appraiser_of_newcomer: chart.person(newcomer).and_then(|one| one.appraiser),
        running: row.running,
    }))
}

row! {
struct IdRow {
    id: Uuid,
}
}

/// The community of an area: who looks after it, and who leads it (by their role and area, or by the list of areas).
///
/// # Errors
/// A fault of the database.
pub async fn community(db: &Db, institution: InstitutionId, area: AreaId) -> Result<Option<CommunityFacts>, Fault> {
    let chart = db.chart(institution).await?;
    if !chart.areas().any(|(_, id)| id == area) {
        return Ok(None);
    }
    let looks_after = chart.practitioners().filter(|(_, own)| own.nominated.iter().any(|(one, _)| *one == area));
    let practitioners = looks_after.map(|(one, _)| one.id).collect();
    let sql = "SELECT led_by AS id FROM area_place WHERE institution = $1 AND area = $2 AND led_by IS NOT NULL";
    let listed = db.first::<IdRow, 2>(sql, [of(institution), id(area)]).await?.map(|row| PersonId(row.id));
    let leads = |one: &&crate::chart::Somebody| {
        listed == Some(one.id) || one.roles.has(Role::HeadOfDepartment) && one.areas().any(|own| own == area)
    };
    let heads = chart.people().iter().filter(|one| one.active).filter(leads).map(|one| one.id).collect();
    Ok(Some(CommunityFacts { institution, area, practitioners, heads }))
}

/// A session: who runs it.
///
/// # Errors
/// A fault of the database.
pub async fn training(
    db: &Db,
    institution: InstitutionId,
    training: TrainingId,
) -> Result<Option<TrainingFacts>, Fault> {
    let sql = "SELECT runner AS id FROM training WHERE institution = $1 AND id = $2";
    let row = db.first::<IdRow, 2>(sql, [of(institution), id(training)]).await?;
    Ok(row.map(|row| TrainingFacts { institution, training, runner: PersonId(row.id) }))
}

/// Somebody's own account.
pub fn account(programme: &ProgrammeFacts, owner: PersonId) -> AccountFacts {
    AccountFacts { institution: programme.institution, owner, sample: programme.sample }
}

/// Somebody's own practice.
pub fn practice(institution: InstitutionId, owner: PersonId) -> PracticeFacts {
    PracticeFacts { institution, owner }
}
