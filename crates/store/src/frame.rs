//! The frame of the role: its statement in versions, what remission is counted against, remission in its own unit,
//! priorities and who leads on them. Nothing about support.

use std::collections::BTreeMap;

use domain::frame::SetBy;
use domain::ids::{AreaId, InstitutionId, PersonId, ThemeId};
use domain::minutes::Minutes;
use domain::remission::{Amount, Base, Remission, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{
    AppointPractitioner, PublishStatement, SeeFrame, SeeStatement, SetFrame, SetPriorities, SetRemission,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, instant, of, seconds};
use crate::people::Colleague;
use crate::row::row;
use crate::{allocation, chart};

/// A version of the statement (R-FRM-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// 1 for the first.
    pub version: i64,
    /// When it was published.
    pub published: Timestamp,
    /// The text.
    pub text: String,
}

row! {
    struct StatementRow {
        version: i64,
        published_at: i64,
        text: String,
    }
}

/// Every version, the newest first.
///
/// # Errors
/// A fault of the database.
pub async fn statements(db: &Db, permit: &Permit<SeeStatement>) -> Result<Vec<Statement>, Fault> {
    let sql = "SELECT version, published_at, text FROM statement WHERE institution = $1 ORDER BY version DESC";
    let rows = db.all::<StatementRow, 1>(sql, [of(permit.institution())]).await?;
    let read = |row: StatementRow| {
        Ok(Statement { version: row.version, published: instant(row.published_at)?, text: row.text })
    };
    rows.into_iter().map(read).collect()
}

/// What is published now, for whoever publishes the next one.
///
/// # Errors
/// A fault of the database.
pub async fn published(db: &Db, permit: &Permit<PublishStatement>) -> Result<Option<(i64, String)>, Fault> {
    let sql = "SELECT version, published_at, text FROM statement WHERE institution = $1 ORDER BY version DESC LIMIT 1";
    let row = db.first::<StatementRow, 1>(sql, [of(permit.institution())]).await?;
    Ok(row.map(|row| (row.version, row.text)))
}

/// Publishes a version.
///
/// # Errors
/// A fault of the database.
pub async fn publish(
    db: &Db,
    permit: &Permit<PublishStatement>,
    (version, text): (i64, &str),
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO statement (institution, version, published_at, text) VALUES ($1, $2, $3, $4)";
    db.run(sql, [of(permit.institution()), version.into(), seconds(now), text.into()]).await.map(drop)
}

row! {
    struct FrameRow {
        caseload: i64,
        weeks: i64,
        half_day: i64,
        floor: Option<i64>,
    }
}

/// What the lead has set; `None` while nothing is.
///
/// # Errors
/// A fault of the database.
pub async fn set_so_far(db: &Db, permit: &Permit<SeeFrame>) -> Result<Option<(Base, Option<Minutes>)>, Fault> {
    of_institution(db, permit.institution()).await
}

/// The same, for whoever gives remission.
///
/// # Errors
/// A fault of the database.
pub async fn base(db: &Db, permit: &Permit<SetRemission>) -> Result<Option<Base>, Fault> {
    Ok(of_institution(db, permit.institution()).await?.map(|(base, _)| base))
}

/// The same, for whoever counts how the programme is set up.
pub(crate) async fn of_institution(
    db: &Db,
    institution: InstitutionId,
) -> Result<Option<(Base, Option<Minutes>)>, Fault> {
    let sql = "SELECT caseload, weeks, half_day, floor FROM frame WHERE institution = $1";
    let row = db.first::<FrameRow, 1>(sql, [of(institution)]).await?;
    Ok(row.map(|row| {
        let base = Base { caseload: Minutes(row.caseload), weeks: row.weeks, half_day: Minutes(row.half_day) };
        (base, row.floor.map(Minutes))
    }))
}

/// Sets what remission is counted against from now on, and the floor.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &Permit<SetFrame>, base: &Base, floor: Option<Minutes>) -> Result<(), Fault> {
    let sql = "INSERT INTO frame (institution, caseload, weeks, half_day, floor) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (institution) DO UPDATE SET caseload = excluded.caseload, weeks = excluded.weeks, \
                 half_day = excluded.half_day, floor = excluded.floor";
    let floor = floor.map(|floor| floor.0).into();
    let values = [of(permit.institution()), base.caseload.0.into(), base.weeks.into(), base.half_day.0.into(), floor];
    db.run(sql, values).await.map(drop)
}

/// A practitioner, now or soon, with what they have been given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Areas.
    pub area: String,
    /// Since when or from when they are a practitioner.
    pub since: Date,
    /// Until when, if an end is known.
    pub until: Option<Date>,
    /// Whether the account is on today.
    pub active: bool,
    /// Their own full teaching of the year; nothing while it is not known.
    pub caseload: Minutes,
    /// Minutes remitted a year.
    pub remitted: Minutes,
    /// The same as it was agreed; `None` when it came with a staff file, in hours of the year.
    pub agreed: Option<Remission>,
    /// The areas they look after.
    pub nominated: Vec<(AreaId, String)>,
    /// Themes they know about.
    pub knows: Vec<ThemeId>,
}

row! {
    struct SinceRow {
        person: Uuid,
        starts: String,
        until: Option<String>,
    }
}

row! {
    struct RemissionRow {
        person: Uuid,
        amount: i64,
        unit: String,
        caseload: i64,
        weeks: i64,
        half_day: i64,
    }
}

/// Everybody who is a practitioner on `today` or will be, by name.
///
/// # Errors
/// A fault of the database.
pub async fn given(db: &Db, permit: &Permit<SeeFrame>, today: Date) -> Result<Vec<Given>, Fault> {
    let institution = permit.institution();
    let sql = "SELECT person, starts, until FROM relation WHERE institution = $1 AND kind = 'role' \
                 AND role = 'practitioner' AND (until IS NULL OR until > $2) ORDER BY starts DESC";
    let mut days: BTreeMap<PersonId, (Date, Option<Date>)> = BTreeMap::new();
    for row in db.all::<SinceRow, 2>(sql, [of(institution), today.to_string().into()]).await? {
        // The earliest is read last and stays.
        days.insert(PersonId(row.person), (day(&row.starts)?, row.until.as_deref().map(day).transpose()?));
    }
    let agreed = agreed(db, institution).await?;
    let chart = db.chart(institution).await?;
    let mut all = Vec::new();
    for one in chart.people() {
        let (Some((since, until)), Some(practice)) = (days.get(&one.id), chart.practice(one.id)) else { continue };
        // A later staff file that says something else counts.
        let agreed = agreed.get(&one.id).filter(|agreed| agreed.year() == practice.remitted);
        all.push(Given {
            person: one.id,
            name: one.name.clone(),
            area: one.areas_words(),
            since: *since,
            until: *until,
            active: one.active,
            caseload: practice.caseload,
            remitted: practice.remitted,
            agreed: agreed.copied(),
            nominated: practice.nominated.clone(),
            knows: practice.expertise.iter().map(|known| known.theme).collect(),
        });
    }
    Ok(all)
}

/// Everybody's remission as it was agreed.
pub(crate) async fn agreed(db: &Db, institution: InstitutionId) -> Result<BTreeMap<PersonId, Remission>, Fault> {
    let sql = "SELECT person, amount, unit, caseload, weeks, half_day FROM remission WHERE institution = $1";
    let mut all = BTreeMap::new();
    for row in db.all::<RemissionRow, 1>(sql, [of(institution)]).await? {
        let unit = Unit::from_code(&row.unit).ok_or(Fault::Unreadable("unit"))?;
        let base = Base { caseload: Minutes(row.caseload), weeks: row.weeks, half_day: Minutes(row.half_day) };
        all.insert(PersonId(row.person), Remission { amount: Amount(row.amount), unit, base });
    }
    Ok(all)
}

/// Sets a practitioner's remission in its own unit, their own full teaching and the areas they look after.
///
/// # Errors
/// A fault of the database.
pub async fn set_remission(
    db: &Db,
    permit: &Permit<SetRemission>,
    (remission, caseload): (&Remission, Minutes),
    nominated: &[AreaId],
) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let sql = "UPDATE practice SET caseload = $3, remitted = $4 WHERE institution = $1 AND person = $2";
    let (year, caseload) = (remission.year().0.into(), caseload.0.into());
    db.run(sql, [institution.clone(), person.clone(), caseload, year]).await?;
    write_agreed(db, (permit.institution(), permit.key()), remission).await?;
    allocation::nominate(db, permit, nominated).await
}

/// Writes remission as it was agreed, in place of what was agreed before.
pub(crate) async fn write_agreed(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    remission: &Remission,
) -> Result<(), Fault> {
    let sql = "INSERT INTO remission (institution, person, amount, unit, caseload, weeks, half_day) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (institution, person) DO UPDATE SET \
                 amount = excluded.amount, unit = excluded.unit, caseload = excluded.caseload, weeks = excluded.weeks, \
                 half_day = excluded.half_day";
    let Base { caseload, weeks, half_day } = remission.base;
    let values = [
        of(institution),
        id(person),
        remission.amount.0.into(),
        remission.unit.code().into(),
        caseload.0.into(),
        weeks.into(),
        half_day.0.into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Whether this person has a practice: is, was or will be a practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn has_practice(db: &Db, permit: &Permit<SetRemission>) -> Result<bool, Fault> {
    Ok(db.chart(permit.institution()).await?.practice(permit.key()).is_some())
}

/// Areas by name, to be looked after.
///
/// # Errors
/// A fault of the database.
pub async fn areas(db: &Db, permit: &Permit<SeeFrame>) -> Result<Vec<(AreaId, String)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.areas().map(|(name, id)| (id, name.to_owned())).collect())
}

/// Areas that a form named and that exist.
///
/// # Errors
/// A fault of the database.
pub async fn known_areas(db: &Db, permit: &Permit<SetRemission>, named: &[AreaId]) -> Result<Vec<AreaId>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let mut known: Vec<AreaId> = chart.areas().map(|(_, id)| id).filter(|id| named.contains(id)).collect();
    known.dedup();
    Ok(known)
}

/// Active colleagues who are not practitioners, to be made one.
///
/// # Errors
/// A fault of the database.
pub async fn candidates(db: &Db, permit: &Permit<SeeFrame>) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let others = chart.people().iter().filter(|one| one.active && !one.roles.has(domain::people::Role::Practitioner));
    Ok(others.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect())
}

/// Whether somebody's account is on, for whoever makes them a practitioner.
///
/// # Errors
/// A fault of the database.
pub async fn is_active(db: &Db, permit: &Permit<AppointPractitioner>) -> Result<bool, Fault> {
    Ok(db.chart(permit.institution()).await?.person(permit.key()).is_some_and(|one| one.active))
}

/// A priority of the college (GOV-12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// Which theme.
    pub theme: ThemeId,
    /// Who set it, if the lead has said so (GOV-14).
    pub set_by: Option<SetBy>,
    /// Who leads on it in every area (MAT-03).
    pub leads: Vec<PersonId>,
}

/// The priorities with who leads on each.
///
/// # Errors
/// A fault of the database.
pub async fn priorities(db: &Db, permit: &Permit<SeeFrame>) -> Result<Vec<Priority>, Fault> {
    Ok(db.chart(permit.institution()).await?.priorities.clone())
}

/// The themes and practitioners that a form may name.
///
/// # Errors
/// A fault of the database.
pub async fn may_lead(db: &Db, permit: &Permit<SetPriorities>, wanted: &[Priority]) -> Result<bool, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let practises = |person: &PersonId| chart.practitioners().any(|(one, _)| one.id == *person);
    Ok(wanted.iter().all(|one| chart.theme(one.theme).is_some() && one.leads.iter().all(practises)))
}

/// Puts these priorities in the place of the earlier ones.
///
/// # Errors
/// A fault of the database.
pub async fn set_priorities(db: &Db, permit: &Permit<SetPriorities>, all: &[Priority]) -> Result<(), Fault> {
    let institution = of(permit.institution());
    db.run("DELETE FROM priority_lead WHERE institution = $1", [institution.clone()]).await?;
    db.run("DELETE FROM priority WHERE institution = $1", [institution.clone()]).await?;
    let set_by = |one: &Priority| one.set_by.map(|set_by| set_by.code().to_owned());
    let themes = all.iter().map(|one| vec![institution.clone(), id(one.theme), set_by(one).into()]).collect();
    db.insert_all("INSERT INTO priority (institution, theme, set_by) VALUES", themes).await?;
    let leads = all.iter().flat_map(|one| {
        one.leads.iter().map(|lead| vec![institution.clone(), id(one.theme), id(*lead)]).collect::<Vec<_>>()
    });
    db.insert_all("INSERT INTO priority_lead (institution, theme, person) VALUES", leads.collect()).await?;
    chart::changed(db, permit.institution()).await
}
