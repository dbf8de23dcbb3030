//! Sessions: what is planned, held and called off, and what stands in a practitioner's way. Who comes is in
//! `training_people`, what there is to read in `materials`. In code a session is a training.

use domain::ids::{AreaId, InstitutionId, PersonId, ThemeId, TrainingId};
use domain::minutes::Minutes;
use domain::support::Slot;
use domain::training::{Format, Part, Planned, State, TrainingRefused};
use domain::weekly::WeeklySpan;
use jiff::Timestamp;
use policies::acts::{
    Act, CallOffTraining, ChangeTraining, PassTraining, PlanTraining, RecordTraining, SeeBoard, SeeTrainings,
};
use policies::facts::TrainingFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, instant, maybe_id, of, seconds};
use crate::row::{Value, row};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Which.
    pub id: TrainingId,
    /// Counts its changes.
    pub version: i64,
    /// What was planned.
    pub planned: Planned,
    /// The theme's name.
    pub theme: Option<String>,
    /// The areas' names, in order.
    pub areas: Vec<String>,
    /// Who runs it.
    pub runner: PersonId,
    /// Their name.
    pub runner_name: String,
    /// Whether whoever runs it is still a practitioner at work here (R-SES-13).
    pub runner_here: bool,
    /// Where it stands.
    pub state: State,
    /// Whether whoever ran it has said who came.
    pub noted: bool,
}

impl Training {
    /// A page that is out of date changes nothing (R-SES-11).
    ///
    /// # Errors
    /// When it has changed since.
    pub fn is_at(&self, version: i64) -> Result<(), TrainingRefused> {
        if self.version == version { Ok(()) } else { Err(TrainingRefused::Stale) }
    }
}

row! {
    struct TrainingRow {
        id: Uuid,
        version: i64,
        title: String,
        theme: Option<Uuid>,
        format: String,
        part: String,
        starts_at: i64,
        length: i64,
        place: String,
        agreed: bool,
        runner: Uuid,
        state: String,
        room_for: Option<i64>,
        noted: bool,
    }
}

row! {
    struct AreaRow {
        training: Uuid,
        area: Uuid,
    }
}

const TRAINING: &str = "SELECT id, version, title, theme, format, part, starts_at, length, place, agreed, runner, state, room_for, noted \
     FROM training WHERE institution = $1";

async fn read(db: &Db, institution: InstitutionId, rows: Vec<TrainingRow>) -> Result<Vec<Training>, Fault> {
    let (Some(first), Some(last)) =
        (rows.iter().map(|row| row.starts_at).min(), rows.iter().map(|row| row.starts_at).max())
    else {
        return Ok(Vec::new());
    };
    let sql = "SELECT a.training, a.area FROM training t JOIN training_area a ON a.institution = t.institution AND a.training = t.id \
               WHERE t.institution = $1 AND t.starts_at >= $2 AND t.starts_at <= $3";
    let areas = db.all::<AreaRow, 3>(sql, [of(institution), first.into(), last.into()]).await?;
    let chart = db.chart(institution).await?;
    let practises = |person: PersonId| chart.practitioners().any(|(one, _)| one.id == person);
    let training = |row: TrainingRow| {
        let own: Vec<(&str, AreaId)> = chart
            .areas()
            .filter(|(_, area)| areas.iter().any(|one| one.training == row.id && one.area == area.0))
            .collect();
        let (runner, theme) = (PersonId(row.runner), row.theme.map(ThemeId));
        Ok(Training {
            id: TrainingId(row.id),
            version: row.version,
            theme: theme.and_then(|theme| chart.theme(theme)).map(str::to_owned),
            areas: own.iter().map(|(name, _)| (*name).to_owned()).collect(),
            runner,
            runner_name: chart.person(runner).map(|one| one.name.clone()).unwrap_or_default(),
            runner_here: practises(runner),
            state: State::from_code(&row.state).ok_or(Fault::Unreadable("training"))?,
            noted: row.noted,
            planned: Planned {
                title: row.title,
                theme,
                format: Format::from_code(&row.format).ok_or(Fault::Unreadable("format"))?,
                part: Part::from_code(&row.part).ok_or(Fault::Unreadable("part"))?,
                slot: Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) },
                place: row.place,
                agreed: row.agreed,
                areas: own.iter().map(|(_, area)| *area).collect(),
                room_for: row.room_for,
            },
        })
    };
    rows.into_iter().map(training).collect()
}

/// Sessions that begin between two instants, in order of time.
///
/// # Errors
/// A fault of the database.
pub async fn between(
    db: &Db,
    permit: &Permit<SeeTrainings>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Training>, Fault> {
    span(db, permit.institution(), (from, until)).await
}

/// The same for the lead's board (R-SES-2, R-SES-13).
///
/// # Errors
/// A fault of the database.
pub async fn for_board(
    db: &Db,
    permit: &Permit<SeeBoard>,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Training>, Fault> {
    span(db, permit.institution(), (from, until)).await
}

async fn span(
    db: &Db,
    institution: InstitutionId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Training>, Fault> {
    let sql = format!("{TRAINING} AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id");
    let rows = db.all::<TrainingRow, 3>(&sql, [of(institution), seconds(from), seconds(until)]).await?;
    read(db, institution, rows).await
}

async fn by_id(db: &Db, institution: InstitutionId, training: TrainingId) -> Result<Training, Fault> {
    let sql = format!("{TRAINING} AND id = $2");
    let rows = db.all::<TrainingRow, 2>(&sql, [of(institution), id(training)]).await?;
    read(db, institution, rows).await?.into_iter().next().ok_or(Fault::Missing("training"))
}

/// One session, for whoever looks.
///
/// # Errors
/// A fault of the database.
pub async fn one(db: &Db, permit: &Permit<SeeTrainings>, training: TrainingId) -> Result<Option<Training>, Fault> {
    match by_id(db, permit.institution(), training).await {
        Ok(found) => Ok(Some(found)),
        Err(Fault::Missing(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// The session of a permit, for whoever changes something about it.
///
/// # Errors
/// A fault of the database.
pub async fn of_permit<A: Act<On = TrainingFacts>>(db: &Db, permit: &Permit<A>) -> Result<Training, Fault> {
    by_id(db, permit.institution(), permit.key()).await
}

/// Sessions that a practitioner runs around a time, with their titles, but for one.
pub(crate) async fn around(
    db: &Db,
    (institution, runner): (InstitutionId, PersonId),
    (slot, but): (&Slot, Option<TrainingId>),
) -> Result<Vec<(Slot, String)>, Fault> {
    let sql = format!("{TRAINING} AND runner = $2 AND state = 'planned' AND starts_at < $3 AND starts_at > $4");
    // None is longer than eight hours.
    let (until, from) = (slot.ends().as_second(), slot.starts.as_second() - 8 * 3600 - 1);
    let rows = db.all::<TrainingRow, 4>(&sql, [of(institution), id(runner), until.into(), from.into()]).await?;
    let others = rows.into_iter().filter(|row| Some(TrainingId(row.id)) != but);
    others.map(|row| Ok((Slot { starts: instant(row.starts_at)?, length: Minutes(row.length) }, row.title))).collect()
}

/// The acts that put a session into somebody's week.
pub trait Plans: Act {}
impl Plans for PlanTraining {}
impl Plans for ChangeTraining {}
impl Plans for PassTraining {}

/// What stands in a practitioner's way around a time: sessions, and for themselves also meetings (R-SES-6).
pub type InTheWay = (Vec<Slot>, Vec<(Slot, String)>, Vec<(WeeklySpan, String)>);

/// Reads it; `own`: the practitioner plans, so that meetings count too.
///
/// # Errors
/// A fault of the database.
pub async fn in_the_way<A: Plans>(
    db: &Db,
    permit: &Permit<A>,
    (runner, own): (PersonId, bool),
    (slot, but): (&Slot, Option<TrainingId>),
) -> Result<InTheWay, Fault> {
    let who = (permit.institution(), runner);
    let meetings = if own { crate::meetings::meetings_around(db, who, (slot, None)).await? } else { Vec::new() };
    let trainings = around(db, who, (slot, but)).await?;
    let teaching = db.chart(permit.institution()).await?.teaching(runner).to_vec();
    Ok((meetings, trainings, teaching))
}

/// Areas and themes that a form named and that exist.
///
/// # Errors
/// A fault of the database.
pub async fn known<A: Plans>(db: &Db, permit: &Permit<A>, planned: &mut Planned) -> Result<(), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let wanted = std::mem::take(&mut planned.areas);
    planned.areas = chart.areas().map(|(_, area)| area).filter(|area| wanted.contains(area)).collect();
    planned.theme = planned.theme.filter(|theme| chart.theme(*theme).is_some());
    Ok(())
}

fn values(institution: InstitutionId, training: TrainingId, planned: &Planned) -> [Value; 11] {
    [
        of(institution),
        id(training),
        (&planned.title).into(),
        maybe_id(planned.theme),
        planned.format.code().into(),
        planned.part.code().into(),
        seconds(planned.slot.starts),
        planned.slot.length.0.into(),
        (&planned.place).into(),
        planned.agreed.into(),
        planned.room_for.into(),
    ]
}

async fn set_areas(
    db: &Db,
    institution: InstitutionId,
    (training, areas): (TrainingId, &[AreaId]),
) -> Result<(), Fault> {
    let sql = "DELETE FROM training_area WHERE institution = $1 AND training = $2";
    db.run(sql, [of(institution), id(training)]).await?;
    let rows = areas.iter().map(|area| vec![of(institution), id(training), id(*area)]).collect();
    db.insert_all("INSERT INTO training_area (institution, training, area) VALUES", rows).await
}

/// Plans a session that the permit's practitioner runs.
///
/// # Errors
/// A fault of the database.
pub async fn plan(
    db: &Db,
    permit: &Permit<PlanTraining>,
    (fresh, planned): (TrainingId, &Planned),
) -> Result<(), Fault> {
    let sql = "INSERT INTO training (institution, id, version, title, theme, format, part, starts_at, length, place, agreed, \
                 room_for, runner, state, reminded, noted) \
               VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'planned', FALSE, FALSE)";
    let mut all = values(permit.institution(), fresh, planned).to_vec();
    all.push(id(permit.with_person()));
    db.execute(sql, &all).await?;
    set_areas(db, permit.institution(), (fresh, &planned.areas)).await
}

/// Changes what was planned.
///
/// # Errors
/// A fault of the database.
pub async fn change(db: &Db, permit: &Permit<ChangeTraining>, planned: &Planned) -> Result<(), Fault> {
    let sql = "UPDATE training SET version = version + 1, title = $3, theme = $4, format = $5, part = $6, starts_at = $7, \
                 length = $8, place = $9, agreed = $10, room_for = $11, reminded = FALSE WHERE institution = $1 AND id = $2";
    db.run(sql, values(permit.institution(), permit.key(), planned)).await?;
    set_areas(db, permit.institution(), (permit.key(), &planned.areas)).await
}

/// Calls it off.
///
/// # Errors
/// A fault of the database.
pub async fn call_off(db: &Db, permit: &Permit<CallOffTraining>) -> Result<(), Fault> {
    set_state(db, (permit.institution(), permit.key()), State::CalledOff).await
}

/// Says that it was held.
///
/// # Errors
/// A fault of the database.
pub async fn held(db: &Db, permit: &Permit<RecordTraining>) -> Result<(), Fault> {
    set_state(db, (permit.institution(), permit.key()), State::Held).await
}

async fn set_state(db: &Db, (institution, training): (InstitutionId, TrainingId), state: State) -> Result<(), Fault> {
    let sql = "UPDATE training SET version = version + 1, state = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(training), state.code().into()]).await.map(drop)
}

/// Passes it on to the chosen practitioner; who runs a session does not come to it.
///
/// # Errors
/// A fault of the database.
pub async fn pass(db: &Db, permit: &Permit<PassTraining>) -> Result<(), Fault> {
    let (institution, training, next) = (of(permit.institution()), id(permit.key()), id(permit.with_person()));
    let sql = "UPDATE training SET version = version + 1, runner = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [institution.clone(), training.clone(), next.clone()]).await?;
    let sql = "DELETE FROM attendance WHERE institution = $1 AND training = $2 AND person = $3";
    db.run(sql, [institution, training, next]).await.map(drop)
}
