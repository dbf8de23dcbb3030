//! Who was in the role in a year, and what is agreed at present; for reading what was agreed in each year (R-NEW-6).

use std::collections::BTreeMap;

use domain::ids::{AreaId, PersonId};
use jiff::civil::Date;
use policies::acts::SeeYears;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, of};
use crate::new_year::Agreed;
use crate::row::row;

/// Somebody who was in the role between two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InRole {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// The first day.
    pub since: Date,
    /// The first day on which they no longer were, if there is one.
    pub until: Option<Date>,
}

row! {
    struct InRoleRow {
        person: Uuid,
        name: String,
        starts: String,
        until: Option<String>,
    }
}

/// Everybody who was in the role at some time between two days, by name; the latest time counts.
///
/// # Errors
/// A fault of the database.
pub async fn in_role(db: &Db, permit: &Permit<SeeYears>, (first, last): (Date, Date)) -> Result<Vec<InRole>, Fault> {
    let sql = "SELECT r.person, p.name, r.starts, r.until FROM relation r \
               JOIN person p ON p.institution = r.institution AND p.id = r.person \
               WHERE r.institution = $1 AND r.kind = 'role' AND r.role = 'practitioner' AND r.starts <= $3 \
                 AND (r.until IS NULL OR r.until > $2) ORDER BY p.folded, p.id, r.starts";
    let values = [of(permit.institution()), first.to_string().into(), last.to_string().into()];
    let mut all: Vec<InRole> = Vec::new();
    for row in db.all::<InRoleRow, 3>(sql, values).await? {
        let until = row.until.as_deref().map(day).transpose()?;
        let one = InRole { person: PersonId(row.person), name: row.name, since: day(&row.starts)?, until };
        match all.last_mut() {
            Some(before) if before.person == one.person => before.until = one.until,
            _ => all.push(one),
        }
    }
    Ok(all)
}

/// What is agreed with everybody who is, was or will be in the role, as it stands.
///
/// # Errors
/// A fault of the database.
pub async fn present(db: &Db, permit: &Permit<SeeYears>) -> Result<Vec<Agreed>, Fault> {
    let given = crate::frame::agreed(db, permit.institution()).await?;
    let chart = db.chart(permit.institution()).await?;
    let all = chart.people().iter().filter_map(|one| {
        let practice = chart.practice(one.id)?;
        let agreed = given.get(&one.id).filter(|agreed| agreed.year() == practice.remitted).copied();
        let areas = practice.nominated.iter().map(|(area, _)| *area).collect();
        Some(Agreed { person: one.id, caseload: practice.caseload, remitted: practice.remitted, agreed, areas })
    });
    Ok(all.collect())
}

/// Areas by their names.
///
/// # Errors
/// A fault of the database.
pub async fn areas(db: &Db, permit: &Permit<SeeYears>) -> Result<BTreeMap<AreaId, String>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.areas().map(|(name, id)| (id, name.to_owned())).collect())
}
