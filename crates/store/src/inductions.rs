//! Inductions: what runs for whom and with whom, their steps, and their end. Nothing about support. Rules R-IND-2 to R-IND-9.

use domain::ids::{InductionId, InstitutionId, PersonId};
use domain::inductions::{Company, Kind, Step};
use jiff::civil::Date;
use policies::acts::{
    Act, BeginInduction, EndInduction, KeepInductions, NameCompanions, NoteInductionTime, SeeInductionSteps,
    SeeInductions, SeeOwnAccount, SeeOwnInductions, TakeInductionStep,
};
use policies::facts::InductionFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Chart;
use crate::db::{Db, Fault, day, id, maybe_id, of};
use crate::induction_plans::step;
use crate::row::row;

/// Somebody by name.
pub type Named = (PersonId, String);

/// An induction as it stands, without what happens inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Induction {
    /// Which.
    pub id: InductionId,
    /// Who is new.
    pub newcomer: Named,
    /// What kind of newcomer.
    pub kind: Kind,
    /// Its first day.
    pub starts: Date,
    /// Weeks of its plan.
    pub weeks: u8,
    /// The day on which it ends by itself.
    pub until: Date,
    /// The mentor, if one is named.
    pub mentor: Option<Named>,
    /// The buddy, if one is named.
    pub buddy: Option<Named>,
    /// The day on which it ended.
    pub ended: Option<Date>,
}

row! {
    struct InductionRow {
        id: Uuid,
        newcomer: Uuid,
        kind: String,
        starts: String,
        weeks: i64,
        until: String,
        mentor: Option<Uuid>,
        buddy: Option<Uuid>,
        ended: Option<String>,
    }
}

const COLUMNS: &str = "id, newcomer, kind, starts, weeks, until, mentor, buddy, ended";

fn induction(row: &InductionRow, chart: &Chart) -> Result<Induction, Fault> {
    let named = |id: Uuid| {
        let id = PersonId(id);
        (id, chart.person(id).map(|one| one.name.clone()).unwrap_or_default())
    };
    Ok(Induction {
        id: InductionId(row.id),
        newcomer: named(row.newcomer),
        kind: Kind::from_code(&row.kind).ok_or(Fault::Unreadable("kind of newcomer"))?,
        starts: day(&row.starts)?,
        weeks: u8::try_from(row.weeks).map_err(|_| Fault::Unreadable("weeks of an induction"))?,
        until: day(&row.until)?,
        mentor: row.mentor.map(named),
        buddy: row.buddy.map(named),
        ended: row.ended.as_deref().map(day).transpose()?,
    })
}

/// Those that run, by first day and name.
async fn running(db: &Db, institution: InstitutionId) -> Result<Vec<Induction>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM induction WHERE institution = $1 AND ended IS NULL");
    let rows = db.all::<InductionRow, 1>(&sql, [of(institution)]).await?;
    let chart = db.chart(institution).await?;
    let mut all = rows.iter().map(|row| induction(row, &chart)).collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|one, other| (one.starts, &one.newcomer.1, one.id).cmp(&(other.starts, &other.newcomer.1, other.id)));
    Ok(all)
}

/// Every one that runs, for the lead.
///
/// # Errors
/// A fault of the database.
pub async fn all_running(db: &Db, permit: &Permit<SeeInductions>) -> Result<Vec<Induction>, Fault> {
    running(db, permit.institution()).await
}

/// The same, for the job that ends them.
///
/// # Errors
/// A fault of the database.
pub async fn to_tend(db: &Db, permit: &Permit<KeepInductions>) -> Result<Vec<Induction>, Fault> {
    running(db, permit.institution()).await
}

/// Those that run for somebody below whoever asks.
///
/// # Errors
/// A fault of the database.
pub async fn in_line(db: &Db, permit: &Permit<SeeOwnInductions>) -> Result<Vec<Induction>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let mut all = running(db, permit.institution()).await?;
    all.retain(|one| chart.managers(one.newcomer.0).contains(&permit.key()));
    Ok(all)
}

/// One's own and those one accompanies, whether or not they still run, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnInductions>) -> Result<Vec<Induction>, Fault> {
    with(db, (permit.institution(), permit.key())).await
}

/// The same, to take away (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<Induction>, Fault> {
    with(db, (permit.institution(), permit.key())).await
}

async fn with(db: &Db, (institution, person): (InstitutionId, PersonId)) -> Result<Vec<Induction>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} FROM induction WHERE institution = $1 AND (newcomer = $2 OR mentor = $2 OR buddy = $2) ORDER BY starts DESC, id"
    );
    let rows = db.all::<InductionRow, 2>(&sql, [of(institution), id(person)]).await?;
    let chart = db.chart(institution).await?;
    rows.iter().map(|row| induction(row, &chart)).collect()
}

/// Acts on one induction that look at it as it stands.
pub trait OnInduction: Act<On = InductionFacts> {}
impl OnInduction for SeeInductionSteps {}
impl OnInduction for TakeInductionStep {}
impl OnInduction for NoteInductionTime {}
impl OnInduction for EndInduction {}
impl OnInduction for NameCompanions {}

/// One induction as it stands.
///
/// # Errors
/// A fault of the database.
pub async fn one<A: OnInduction>(db: &Db, permit: &Permit<A>) -> Result<Induction, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM induction WHERE institution = $1 AND id = $2");
    let row = db.first::<InductionRow, 2>(&sql, [of(permit.institution()), id(permit.key())]).await?;
    let chart = db.chart(permit.institution()).await?;
    induction(&row.ok_or(Fault::Missing("induction"))?, &chart)
}

row! {
    struct StepRow {
        number: i64,
        title: String,
        purpose: String,
        week: i64,
        company: String,
        done: Option<String>,
    }
}

/// A step with its number and the day on which somebody said that it is done.
pub type Taken = (i64, Step, Option<Date>);

/// The steps, in order of weeks.
///
/// # Errors
/// A fault of the database.
pub async fn steps(db: &Db, permit: &Permit<SeeInductionSteps>) -> Result<Vec<Taken>, Fault> {
    let sql = "SELECT number, title, purpose, week, company, done FROM induction_step \
               WHERE institution = $1 AND induction = $2 ORDER BY number";
    let rows = db.all::<StepRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    let taken = |row: StepRow| {
        let done = row.done.as_deref().map(day).transpose()?;
        Ok((row.number, step(row.title, row.purpose, (row.week, &row.company))?, done))
    };
    rows.into_iter().map(taken).collect()
}

/// An induction that begins.
#[derive(Debug)]
pub struct NewInduction<'a> {
    /// Its identifier.
    pub id: InductionId,
    /// What kind of newcomer.
    pub kind: Kind,
    /// Its first day, and the day on which it ends by itself.
    pub days: (Date, Date),
    /// Mentor and buddy.
    pub companions: (Option<PersonId>, Option<PersonId>),
    /// The plan as it stands.
    pub steps: &'a [Step],
}

/// Begins an induction with its own copy of the plan.
///
/// # Errors
/// A fault of the database.
pub async fn insert(db: &Db, permit: &Permit<BeginInduction>, new: &NewInduction<'_>) -> Result<(), Fault> {
    let institution = of(permit.institution());
    let sql = "INSERT INTO induction (institution, id, newcomer, kind, starts, weeks, until, mentor, buddy, ended) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, NULL)";
    let values = [
        institution.clone(),
        id(new.id),
        id(permit.key()),
        new.kind.code().into(),
        new.days.0.to_string().into(),
        domain::inductions::weeks(new.steps).into(),
        new.days.1.to_string().into(),
        maybe_id(new.companions.0),
        maybe_id(new.companions.1),
    ];
    db.run(sql, values).await?;
    let row = |(number, step): (i64, &Step)| {
        vec![
            institution.clone(),
            id(new.id),
            number.into(),
            (&step.title).into(),
            (&step.purpose).into(),
            step.week.into(),
            step.company.code().into(),
        ]
    };
    let rows = (1..).zip(new.steps).map(row).collect();
    let sql = "INSERT INTO induction_step (institution, induction, number, title, purpose, week, company) VALUES";
    db.insert_all(sql, rows).await
}

row! {
    struct CompanyRow {
        company: String,
    }
}

/// Who does a step, if there is one of this number.
///
/// # Errors
/// A fault of the database.
pub async fn company(db: &Db, permit: &Permit<TakeInductionStep>, number: i64) -> Result<Option<Company>, Fault> {
    let sql = "SELECT company FROM induction_step WHERE institution = $1 AND induction = $2 AND number = $3";
    let row = db.first::<CompanyRow, 3>(sql, [of(permit.institution()), id(permit.key()), number.into()]).await?;
    row.map(|row| Company::from_code(&row.company).ok_or(Fault::Unreadable("company of a step"))).transpose()
}

/// Says that a step is done on a day, or with `None` that it is not. Says whether it stood otherwise.
///
/// # Errors
/// A fault of the database.
pub async fn take(
    db: &Db,
    permit: &Permit<TakeInductionStep>,
    (number, done): (i64, Option<Date>),
) -> Result<bool, Fault> {
    let sql = "UPDATE induction_step SET done = $4 WHERE institution = $1 AND induction = $2 AND number = $3 \
               AND (done IS NULL) = $5";
    let day = done.map(|day| day.to_string());
    let values = [of(permit.institution()), id(permit.key()), number.into(), day.into(), done.is_some().into()];
    Ok(db.run(sql, values).await? > 0)
}

/// Ends an induction on a day.
///
/// # Errors
/// A fault of the database.
pub async fn end(db: &Db, permit: &Permit<EndInduction>, on: Date) -> Result<(), Fault> {
    ended(db, (permit.institution(), permit.key()), on).await
}

/// The same, by itself.
///
/// # Errors
/// A fault of the database.
pub async fn end_by_itself(db: &Db, permit: &Permit<KeepInductions>, it: InductionId, on: Date) -> Result<(), Fault> {
    ended(db, (permit.institution(), it), on).await
}

async fn ended(db: &Db, (institution, it): (InstitutionId, InductionId), on: Date) -> Result<(), Fault> {
    let sql = "UPDATE induction SET ended = $3 WHERE institution = $1 AND id = $2 AND ended IS NULL";
    db.run(sql, [of(institution), id(it), on.to_string().into()]).await.map(drop)
}

/// Mentor and buddy.
pub type Companions = (Option<PersonId>, Option<PersonId>);

/// Names who accompanies an induction, in place of whoever did.
///
/// # Errors
/// A fault of the database.
pub async fn accompany(db: &Db, permit: &Permit<NameCompanions>, companions: Companions) -> Result<(), Fault> {
    accompanied(db, (permit.institution(), permit.key()), companions).await
}

/// Keeps of the companions those who may still be so (R-IND-9).
///
/// # Errors
/// A fault of the database.
pub async fn part(db: &Db, permit: &Permit<KeepInductions>, it: InductionId, left: Companions) -> Result<(), Fault> {
    accompanied(db, (permit.institution(), it), left).await
}

async fn accompanied(
    db: &Db,
    (institution, it): (InstitutionId, InductionId),
    (mentor, buddy): Companions,
) -> Result<(), Fault> {
    let sql = "UPDATE induction SET mentor = $3, buddy = $4 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(institution), id(it), maybe_id(mentor), maybe_id(buddy)]).await.map(drop)
}

/// Deletes what ended before a day, and slow starts that began before it (R-IND-12).
///
/// # Errors
/// A fault of the database.
pub async fn forget(db: &Db, permit: &Permit<KeepInductions>, before: Date) -> Result<u64, Fault> {
    let values = || [of(permit.institution()), before.to_string().into()];
    // Steps go with their induction; on every database in one statement each.
    let gone = db.run("DELETE FROM induction WHERE institution = $1 AND ended < $2", values()).await?;
    Ok(gone + db.run("DELETE FROM ramp WHERE institution = $1 AND starts < $2", values()).await?)
}

row! {
    struct IdRow {
        id: Uuid,
    }
}

/// Whether one runs for whoever is to begin.
///
/// # Errors
/// A fault of the database.
pub async fn runs(db: &Db, permit: &Permit<BeginInduction>) -> Result<bool, Fault> {
    let sql = "SELECT id FROM induction WHERE institution = $1 AND newcomer = $2 AND ended IS NULL";
    let row = db.first::<IdRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(row.is_some_and(|row| !row.id.is_nil()))
}

/// Whether there is one with this identifier: a form that was sent twice.
///
/// # Errors
/// A fault of the database.
pub async fn is_there(db: &Db, permit: &Permit<BeginInduction>, it: InductionId) -> Result<bool, Fault> {
    let sql = "SELECT id FROM induction WHERE institution = $1 AND id = $2";
    Ok(db.first::<IdRow, 2>(sql, [of(permit.institution()), id(it)]).await?.is_some())
}
