//! Dated relations: what ties people to the college, from a day and until a day. The row of a person says what holds today;
//! these rows say why, what was and what is planned. Nothing about support.

use std::collections::BTreeMap;

use domain::ids::{AreaId, InstitutionId, PersonId};
use domain::people::Role;
use domain::relations::{Lines, Relation, State, Tie, follow};
use jiff::civil::Date;
use policies::acts::{
    AddPerson, AppointPractitioner, CancelChange, ChangeAreas, ChangeLine, ChangeRoles, DeactivatePerson, KeepDates,
    ReactivatePerson, SeeOwnAccount, SeePerson, StandDownPractitioner,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart;
use crate::db::{Db, Fault, day, id, maybe_id, of};
use crate::facts::{roles, roles_text};
use crate::imports::Imports;
use crate::row::{Value, row};

row! {
    struct RelationRow {
        person: Uuid,
        kind: String,
        area: Option<Uuid>,
        other: Option<Uuid>,
        role: Option<String>,
        starts: String,
        until: Option<String>,
    }
}

row! {
    struct NowRow {
        id: Uuid,
        roles: String,
        active: bool,
        area: Option<Uuid>,
        manager: Option<Uuid>,
        appraiser: Option<Uuid>,
    }
}

row! {
    struct IdRow {
        id: Uuid,
    }
}

/// A permit with which somebody's relations may be changed.
pub trait ChangesRelations {
    /// Where, and whose.
    fn whose(&self) -> (InstitutionId, PersonId);
}

macro_rules! changes {
    ($($act:ident),+) => {$(
        impl ChangesRelations for Permit<$act> {
            fn whose(&self) -> (InstitutionId, PersonId) {
                (self.institution(), self.key())
            }
        }
    )+};
}
changes!(
    ChangeAreas,
    ChangeLine,
    ChangeRoles,
    CancelChange,
    DeactivatePerson,
    ReactivatePerson,
    AppointPractitioner,
    StandDownPractitioner
);

/// Everybody's relations, or those of one person.
type All = BTreeMap<PersonId, Vec<Relation>>;

fn relation(row: &RelationRow) -> Result<Relation, Fault> {
    let fault = || Fault::Unreadable("relation");
    let tie = match row.kind.as_str() {
        "account" => Tie::Account,
        "main-area" => Tie::MainArea(AreaId(row.area.ok_or_else(fault)?)),
        "area" => Tie::Area(AreaId(row.area.ok_or_else(fault)?)),
        "manager" => Tie::Manager(PersonId(row.other.ok_or_else(fault)?)),
        "appraiser" => Tie::Appraiser(PersonId(row.other.ok_or_else(fault)?)),
        "role" => Tie::Role(row.role.as_deref().and_then(|code| code.parse::<Role>().ok()).ok_or_else(fault)?),
        _ => return Err(fault()),
    };
    Ok(Relation { tie, starts: day(&row.starts)?, until: row.until.as_deref().map(day).transpose()? })
}

fn gathered(rows: &[RelationRow]) -> Result<All, Fault> {
    let mut all = All::new();
    for row in rows {
        all.entry(PersonId(row.person)).or_default().push(relation(row)?);
    }
    Ok(all)
}

pub(crate) async fn of_everybody(db: &Db, institution: InstitutionId) -> Result<All, Fault> {
    let sql = "SELECT person, kind, area, other, role, starts, until FROM relation \
               WHERE institution = $1 ORDER BY person, number";
    gathered(&db.all::<RelationRow, _>(sql, [of(institution)]).await?)
}

async fn of_one(db: &Db, institution: InstitutionId, person: PersonId) -> Result<Vec<Relation>, Fault> {
    let sql = "SELECT person, kind, area, other, role, starts, until FROM relation \
               WHERE institution = $1 AND person = $2 ORDER BY number";
    let rows = db.all::<RelationRow, _>(sql, [of(institution), id(person)]).await?;
    rows.iter().map(relation).collect()
}

/// Somebody's whole history, for whoever may see it.
///
/// # Errors
/// A fault of the database.
pub async fn history(db: &Db, permit: &Permit<SeePerson>) -> Result<Vec<Relation>, Fault> {
    of_one(db, permit.institution(), permit.key()).await
}

/// One's own whole history (PRO-09).
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<Relation>, Fault> {
    of_one(db, permit.institution(), permit.key()).await
}

/// Somebody's whole history, to be changed.
///
/// # Errors
/// A fault of the database.
pub async fn for_change(db: &Db, permit: &impl ChangesRelations) -> Result<Vec<Relation>, Fault> {
    let (institution, person) = permit.whose();
    of_one(db, institution, person).await
}

/// Everybody's managers over time (R-PPL-3).
///
/// # Errors
/// A fault of the database.
pub async fn lines(db: &Db, permit: &Permit<ChangeLine>) -> Result<Lines, Fault> {
    let sql = "SELECT person, kind, area, other, role, starts, until FROM relation \
               WHERE institution = $1 AND kind = 'manager' ORDER BY person, number";
    let all = gathered(&db.all::<RelationRow, _>(sql, [of(permit.institution())]).await?)?;
    let mut lines = Lines::default();
    for (person, history) in &all {
        lines.put(*person, history);
    }
    Ok(lines)
}

/// Puts a changed history in the place of the old one, and what holds today into the person's row.
///
/// # Errors
/// A fault of the database.
pub async fn save(db: &Db, permit: &impl ChangesRelations, history: &[Relation], today: Date) -> Result<(), Fault> {
    let (institution, person) = permit.whose();
    put(db, (institution, person), history, today).await?;
    effect(db, (institution, person), &State::on(history, today)).await?;
    practice(db, (institution, person), history).await?;
    chart::changed(db, institution).await
}

/// The relations of somebody who is new.
///
/// # Errors
/// A fault of the database.
pub async fn begin(
    db: &Db,
    permit: &Permit<AddPerson>,
    person: PersonId,
    (history, today): (&[Relation], Date),
) -> Result<(), Fault> {
    let institution = permit.institution();
    put(db, (institution, person), history, today).await?;
    effect(db, (institution, person), &State::on(history, today)).await?;
    practice(db, (institution, person), history).await?;
    chart::changed(db, institution).await
}

fn values(institution: InstitutionId, person: PersonId, (number, one): (i64, &Relation), today: Date) -> Vec<Value> {
    let (kind, area, other, role) = match one.tie {
        Tie::Account => ("account", None, None, None),
        Tie::MainArea(area) => ("main-area", Some(area), None, None),
        Tie::Area(area) => ("area", Some(area), None, None),
        Tie::Manager(other) => ("manager", None, Some(other), None),
        Tie::Appraiser(other) => ("appraiser", None, Some(other), None),
        Tie::Role(role) => ("role", None, None, Some(role.code().to_owned())),
    };
    vec![
        of(institution),
        id(person),
        number.into(),
        kind.into(),
        maybe_id(area),
        maybe_id(other),
        role.into(),
        one.starts.to_string().into(),
        one.until.map(|until| until.to_string()).into(),
        one.holds(today).into(),
    ]
}

const INSERT: &str =
    "INSERT INTO relation (institution, person, number, kind, area, other, role, starts, until, holds) VALUES";

async fn put(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    history: &[Relation],
    today: Date,
) -> Result<(), Fault> {
    db.run("DELETE FROM relation WHERE institution = $1 AND person = $2", [of(institution), id(person)]).await?;
    let rows = (0..).zip(history).map(|numbered| values(institution, person, numbered, today)).collect();
    db.insert_all(INSERT, rows).await
}

/// What holds today, into the person's row; sessions and links end with the account.
async fn effect(db: &Db, (institution, person): (InstitutionId, PersonId), now: &State) -> Result<(), Fault> {
    let sql = "UPDATE person SET active = $3, roles = $4, area = $5, manager = $6, appraiser = $7 \
               WHERE institution = $1 AND id = $2";
    let values = [
        of(institution),
        id(person),
        now.active.into(),
        roles_text(now.roles).into(),
        maybe_id(now.area),
        maybe_id(now.manager),
        maybe_id(now.appraiser),
    ];
    db.run(sql, values).await?;
    if !now.active {
        crate::people::sign_out(db, institution, person).await?;
    }
    Ok(())
}

/// Whoever is, was or will be a practitioner has a practice, with no hours until the lead gives some.
async fn practice(
    db: &Db,
    (institution, person): (InstitutionId, PersonId),
    history: &[Relation],
) -> Result<(), Fault> {
    if !history.iter().any(|relation| relation.tie == Tie::Role(Role::Practitioner)) {
        return Ok(());
    }
    let sql = "INSERT INTO practice (institution, person, about, teaches, room, caseload, remitted) \
               VALUES ($1, $2, '', '', '', 0, 0) ON CONFLICT DO NOTHING";
    db.run(sql, [of(institution), id(person)]).await.map(drop)
}

/// Whether something dated begins or ends that the people's rows do not show yet.
///
/// # Errors
/// A fault of the database.
pub async fn is_due(db: &Db, permit: &Permit<KeepDates>, today: Date) -> Result<bool, Fault> {
    Ok(!due(db, permit.institution(), today).await?.is_empty() || untold(db, permit.institution()).await?)
}

async fn due(db: &Db, institution: InstitutionId, today: Date) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT DISTINCT person AS id FROM relation WHERE institution = $1 AND ( \
                 (holds AND (starts > $2 OR until <= $2)) \
                 OR (NOT holds AND starts <= $2 AND (until IS NULL OR until > $2)))";
    let rows = db.all::<IdRow, _>(sql, [of(institution), today.to_string().into()]).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}

/// Whether somebody has an account that no relation tells of: people from before relations were dated.
async fn untold(db: &Db, institution: InstitutionId) -> Result<bool, Fault> {
    let sql = "SELECT p.id FROM person p WHERE p.institution = $1 AND p.active AND NOT EXISTS \
                 (SELECT 1 FROM relation r WHERE r.institution = p.institution AND r.person = p.id) LIMIT 1";
    Ok(db.first::<IdRow, _>(sql, [of(institution)]).await?.is_some())
}

/// Puts into force what begins or ends by today (R-PPL-6), and dates what is not dated yet. Gives how many people it was.
///
/// # Errors
/// A fault of the database.
pub async fn keep(db: &Db, permit: &Permit<KeepDates>, today: Date) -> Result<usize, Fault> {
    let institution = permit.institution();
    if untold(db, institution).await? {
        settle(db, institution, today).await?;
    }
    let people = due(db, institution, today).await?;
    for person in &people {
        let history = of_one(db, institution, *person).await?;
        put(db, (institution, *person), &history, today).await?;
        effect(db, (institution, *person), &State::on(&history, today)).await?;
    }
    chart::changed(db, institution).await?;
    Ok(people.len())
}

/// Dates what an import has changed: what no longer holds ends today, what is new begins today (R-PPL-5).
///
/// # Errors
/// A fault of the database.
pub async fn imported(db: &Db, permit: &impl Imports, today: Date) -> Result<(), Fault> {
    settle(db, permit.college(), today).await
}

/// Brings everybody's history into line with their rows.
async fn settle(db: &Db, institution: InstitutionId, today: Date) -> Result<(), Fault> {
    let mut all = of_everybody(db, institution).await?;
    let sql = "SELECT id, roles, active, area, manager, appraiser FROM person WHERE institution = $1 ORDER BY id";
    let mut fresh = Vec::new();
    for row in db.all::<NowRow, _>(sql, [of(institution)]).await? {
        let person = PersonId(row.id);
        let known = all.remove(&person);
        let history = known.clone().unwrap_or_default();
        let now = State {
            active: row.active,
            area: row.area.map(AreaId),
            also: State::on(&history, today).also,
            manager: row.manager.map(PersonId),
            appraiser: row.appraiser.map(PersonId),
            roles: roles(&row.roles),
        };
        let followed = follow(&history, &now, today);
        if followed == history {
            continue;
        }
        match known {
            Some(_) => put(db, (institution, person), &followed, today).await?,
            None => fresh.extend((0..).zip(&followed).map(|numbered| values(institution, person, numbered, today))),
        }
    }
    db.insert_all(INSERT, fresh).await
}
