//! What the planner is worked out from: assumptions, extras, areas looked after, priorities. Nothing about support.

use std::collections::BTreeMap;

use domain::ids::{AreaId, InstitutionId, PersonId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::planner::{Assumptions, Extras, Load, LookedAfter};
use jiff::civil::Date;
use policies::acts::{Act, ProposeCarry, SeeOwnHours, SeePlanner, SetExtras, SetPlanner};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::{Chart, Practice};
use crate::db::{Db, Fault, id, of};
use crate::new_year::Agreed;
use crate::row::row;
use crate::{ceiling, communities, standing};

/// The acts for which assumptions are read.
pub trait Plans: Act {}
impl Plans for SeePlanner {}
impl Plans for SeeOwnHours {}
impl Plans for ProposeCarry {}
impl Plans for policies::acts::AnswerCarry {}

row! {
    struct PlannerRow {
        asking: i64,
        each: i64,
        session: i64,
        preparation: i64,
        induction: i64,
        meeting: i64,
        priority: i64,
        carry: i64,
    }
}

/// What is assumed, and whether the lead has set it. Sessions and required support go by what the communities have at least
/// and by the ceiling: each stands in one place.
///
/// # Errors
/// A fault of the database.
pub async fn assumptions<A: Plans>(db: &Db, permit: &Permit<A>) -> Result<(Assumptions, bool), Fault> {
    read(db, permit.institution()).await
}

/// The same, for whoever counts how the programme is set up.
pub(crate) async fn assumed(db: &Db, institution: InstitutionId) -> Result<Assumptions, Fault> {
    Ok(read(db, institution).await?.0)
}

async fn read(db: &Db, institution: InstitutionId) -> Result<(Assumptions, bool), Fault> {
    let sessions = communities::least_of(db, institution).await?;
    let required = ceiling::share(db, institution).await?;
    let proposed = Assumptions { sessions, required, ..Assumptions::default() };
    let sql = "SELECT asking, \"each\", session, preparation, induction, meeting, priority, carry \
               FROM planner WHERE institution = $1";
    let row = db.first::<PlannerRow, 1>(sql, [of(institution)]).await?;
    let set = row.map(|row| Assumptions {
        asking: row.asking,
        each: Minutes(row.each),
        session: Minutes(row.session),
        preparation: Minutes(row.preparation),
        induction: Minutes(row.induction),
        meeting: Minutes(row.meeting),
        priority: Minutes(row.priority),
        carry: Minutes(row.carry),
        ..proposed
    });
    Ok((set.unwrap_or(proposed), set.is_some()))
}

/// Sets what is assumed.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &Permit<SetPlanner>, assumed: &Assumptions) -> Result<(), Fault> {
    let institution = of(permit.institution());
    db.run("DELETE FROM planner WHERE institution = $1", [institution.clone()]).await?;
    let sql = "INSERT INTO planner (institution, asking, \"each\", session, preparation, induction, meeting, priority, carry) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        institution,
        assumed.asking.into(),
        assumed.each.0.into(),
        assumed.session.0.into(),
        assumed.preparation.0.into(),
        assumed.induction.0.into(),
        assumed.meeting.0.into(),
        assumed.priority.0.into(),
        assumed.carry.0.into(),
    ];
    db.run(sql, values).await.map(drop)
}

row! {
    struct ExtraRow {
        person: Uuid,
        trips: i64,
        trip: i64,
        inductions: i64,
        outreach: Option<i64>,
    }
}

async fn extras(db: &Db, institution: InstitutionId) -> Result<BTreeMap<PersonId, Extras>, Fault> {
    let sql = "SELECT person, trips, trip, inductions, outreach FROM extra WHERE institution = $1";
    let rows = db.all::<ExtraRow, 1>(sql, [of(institution)]).await?.into_iter();
    let read = |row: ExtraRow| {
        let ExtraRow { person, trips, trip, inductions, outreach } = row;
        (PersonId(person), Extras { trips, trip: Minutes(trip), inductions, outreach })
    };
    Ok(rows.map(read).collect())
}

/// What is asked beside areas and priorities, and standing work of a term.
type Beside = (BTreeMap<PersonId, Extras>, BTreeMap<PersonId, Minutes>);

async fn beside(db: &Db, institution: InstitutionId) -> Result<Beside, Fault> {
    Ok((extras(db, institution).await?, standing::of_term(db, institution).await?))
}

/// Sets what is asked of a practitioner beside areas and priorities.
///
/// # Errors
/// A fault of the database.
pub async fn set_extras(db: &Db, permit: &Permit<SetExtras>, extras: &Extras) -> Result<(), Fault> {
    let sql = "INSERT INTO extra (institution, person, trips, trip, inductions, outreach) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (institution, person) DO UPDATE SET trips = excluded.trips, trip = excluded.trip, \
                 inductions = excluded.inductions, outreach = excluded.outreach";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        extras.trips.into(),
        extras.trip.0.into(),
        extras.inductions.into(),
        extras.outreach.into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Whether this person has a practice.
///
/// # Errors
/// A fault of the database.
pub async fn has_practice(db: &Db, permit: &Permit<SetExtras>) -> Result<bool, Fault> {
    Ok(db.chart(permit.institution()).await?.practice(permit.key()).is_some())
}

/// A practitioner with what their year holds; `given` is remission without what was carried over.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Their own full teaching of the year; nothing while it is not known.
    pub caseload: Minutes,
    /// What the year is worked out from.
    pub load: Load,
}

/// What the present year of every active practitioner holds, for whoever counts how the programme is set up.
pub(crate) async fn present(db: &Db, institution: InstitutionId) -> Result<Vec<Planned>, Fault> {
    let chart = db.chart(institution).await?;
    Ok(planned(&chart, &beside(db, institution).await?, &[]))
}

/// Every active practitioner with what their year holds, by name; of a year that is set and has not begun, what is set for it.
///
/// # Errors
/// A fault of the database.
pub async fn loads(db: &Db, permit: &Permit<SeePlanner>, ahead: Option<Ahead<'_>>) -> Result<Vec<Planned>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let beside = beside(db, permit.institution()).await?;
    let Some((ahead, turns)) = ahead else { return Ok(planned(&chart, &beside, &[])) };
    let sql = "SELECT person FROM relation WHERE institution = $1 AND kind = 'role' AND role = 'practitioner' \
                 AND starts <= $2 AND (until IS NULL OR until > $2)";
    let there = db.all::<InRoleRow, 2>(sql, [of(permit.institution()), turns.to_string().into()]).await?;
    let all = planned(&chart, &beside, ahead).into_iter();
    Ok(all.filter(|one| there.iter().any(|row| PersonId(row.person) == one.person)).collect())
}

/// What is set for a year, and the day from which it counts.
pub type Ahead<'a> = (&'a [Agreed], Date);

row! {
    struct InRoleRow {
        person: Uuid,
    }
}

/// One's own.
///
/// # Errors
/// A fault of the database.
pub async fn own_load(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<Option<Planned>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let beside = beside(db, permit.institution()).await?;
    Ok(planned(&chart, &beside, &[]).into_iter().find(|one| one.person == permit.key()))
}

/// Staff are counted in their main area only, so that nobody is counted twice; an area is shared among those who look after
/// it in the order of their names (R-TIM-2).
fn planned(chart: &Chart, (extras, standing): &Beside, ahead: &[Agreed]) -> Vec<Planned> {
    let mut staff: BTreeMap<AreaId, i64> = BTreeMap::new();
    let teaches = |one: &&crate::chart::Somebody| {
        one.active && one.roles.has(Role::Teacher) && !one.roles.has(Role::Practitioner)
    };
    for area in chart.people().iter().filter(teaches).filter_map(|one| one.area) {
        *staff.entry(area).or_default() += 1;
    }
    let mut looking: BTreeMap<AreaId, Vec<PersonId>> = BTreeMap::new();
    let year = |person: PersonId, practice: &Practice| match ahead.iter().find(|one| one.person == person) {
        Some(one) => {
            let named = chart.areas().filter(|(_, area)| one.areas.contains(area));
            (one.remitted, named.map(|(name, area)| (area, name.to_owned())).collect())
        }
        None => (practice.remitted, practice.nominated.clone()),
    };
    for (one, practice) in chart.practitioners() {
        let (_, areas): (Minutes, Vec<(AreaId, String)>) = year(one.id, practice);
        for (area, _) in areas {
            looking.entry(area).or_default().push(one.id);
        }
    }
    let of_area = |person: PersonId, (area, name): &(AreaId, String)| {
        let among = looking.get(area).map(Vec::as_slice).unwrap_or_default();
        LookedAfter {
            name: name.clone(),
            staff: staff.get(area).copied().unwrap_or(0),
            among: among.len(),
            place: among.iter().position(|one| *one == person).unwrap_or(0),
        }
    };
    let all = chart.practitioners().map(|(one, practice)| {
        let leads = chart.priorities.iter().filter(|priority| priority.leads.contains(&one.id)).count();
        let (given, areas) = year(one.id, practice);
        Planned {
            person: one.id,
            name: one.name.clone(),
            caseload: practice.caseload,
            load: Load {
                given,
                areas: areas.iter().map(|area| of_area(one.id, area)).collect(),
                priorities: i64::try_from(leads).unwrap_or(0),
                standing: standing.get(&one.id).copied().unwrap_or_default(),
                extras: extras.get(&one.id).copied().unwrap_or_default(),
            },
        }
    });
    all.collect()
}
