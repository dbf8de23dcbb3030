//! What areas and inductions are allocated by: the chart alone. Nothing about support, and nobody's list of whom they avoid.

use domain::ids::{AreaId, PersonId, ThemeId};
use domain::people::Role;
use policies::acts::{SeeAllocation, SetRemission};
use policies::permit::Permit;

use crate::chart::{self, Somebody};
use crate::db::{Db, Fault, id, of};

/// A practitioner, as far as an allocation looks at them.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Areas they work in.
    pub own: Vec<AreaId>,
    /// Themes they know about, and whether they lead on each.
    pub knows: Vec<(ThemeId, bool)>,
    /// Areas in which somebody who teaches stands below them or is appraised by them: these they do not look after (MAT-05).
    pub above: Vec<AreaId>,
}

/// An area that somebody works in.
#[derive(Debug, Clone)]
pub struct Peopled {
    /// Which.
    pub area: AreaId,
    /// Its name.
    pub name: String,
    /// How many teach there in the main, practitioners left out.
    pub staff: i64,
    /// Who looks after it, by name.
    pub nominated: Vec<PersonId>,
}

/// Practitioners and areas, each by name.
///
/// # Errors
/// A fault of the database.
pub async fn chart(db: &Db, permit: &Permit<SeeAllocation>) -> Result<(Vec<Candidate>, Vec<Peopled>), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let teaches = |one: &&Somebody| one.active && one.roles.has(Role::Teacher) && !one.roles.has(Role::Practitioner);
    let candidate = |(one, practice): (&Somebody, &chart::Practice)| {
        let below = chart.people().iter().filter(teaches).filter(|other| chart.stands_above(one.id, other.id));
        let mut above: Vec<AreaId> = below.filter_map(|other| other.area).collect();
        above.sort_unstable();
        above.dedup();
        Candidate {
            person: one.id,
            name: one.name.clone(),
            own: one.areas().collect(),
            knows: practice.expertise.iter().map(|known| (known.theme, known.leads)).collect(),
            above,
        }
    };
    let peopled = |(name, area): (&str, AreaId)| {
        let nominated = chart.practitioners().filter(|(_, own)| own.nominated.iter().any(|(one, _)| *one == area));
        Peopled {
            area,
            name: name.to_owned(),
            staff: i64::try_from(chart.people().iter().filter(teaches).filter(|one| one.area == Some(area)).count())
                .unwrap_or(0),
            nominated: nominated.map(|(one, _)| one.id).collect(),
        }
    };
    let areas = chart.areas().map(peopled).filter(|one| one.staff > 0 || !one.nominated.is_empty()).collect();
    Ok((chart.practitioners().map(candidate).collect(), areas))
}

/// Where a newcomer works in the main.
///
/// # Errors
/// A fault of the database.
pub async fn area_of(db: &Db, permit: &Permit<SeeAllocation>, who: PersonId) -> Result<Option<AreaId>, Fault> {
    Ok(db.chart(permit.institution()).await?.person(who).and_then(|one| one.area))
}

/// Sets the areas that a practitioner looks after, and nothing else.
///
/// # Errors
/// A fault of the database.
pub async fn nominate(db: &Db, permit: &Permit<SetRemission>, areas: &[AreaId]) -> Result<(), Fault> {
    let (institution, person) = (of(permit.institution()), id(permit.key()));
    let sql = "DELETE FROM nomination WHERE institution = $1 AND person = $2";
    db.run(sql, [institution.clone(), person.clone()]).await?;
    let rows = areas.iter().map(|area| vec![institution.clone(), id(*area), person.clone()]).collect();
    db.insert_all("INSERT INTO nomination (institution, area, person) VALUES", rows).await?;
    chart::changed(db, permit.institution()).await
}
