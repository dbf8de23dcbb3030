//! Curriculum areas as the administrator sees them: where each is, what it is a part of, who leads and who looks after it.

use std::collections::HashSet;

use domain::ids::{AreaId, InstitutionId};
use policies::acts::SeePeople;
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::{Chart, Practice, Somebody};
use crate::db::{Db, Fault, of};
use crate::row::row;

/// An area.
#[derive(Debug, Clone)]
pub struct Area {
    /// Which.
    pub id: AreaId,
    /// Its name.
    pub name: String,
    /// Its campus.
    pub site: Option<String>,
    /// The area that it is a part of.
    pub part_of: Option<String>,
    /// Who leads it.
    pub led_by: Option<String>,
    /// The practitioners who look after it, by name.
    pub nominated: Vec<String>,
}

row! {
    struct AreaRow {
        id: Uuid,
        name: String,
        site: Option<String>,
        part_of: Option<String>,
        leader: Option<String>,
        leader_email: Option<String>,
    }
}

/// All areas, by name, each with the e-mail address of whoever leads it.
pub(crate) async fn load(db: &Db, institution: InstitutionId) -> Result<Vec<(Area, Option<String>)>, Fault> {
    let sql = "SELECT a.id, a.name, s.name AS site, u.name AS part_of, p.name AS leader, p.email AS leader_email FROM area a \
               LEFT JOIN area_place l ON l.institution = a.institution AND l.area = a.id \
               LEFT JOIN site s ON s.institution = l.institution AND s.id = l.site \
               LEFT JOIN area u ON u.institution = l.institution AND u.id = l.part_of \
               LEFT JOIN person p ON p.institution = l.institution AND p.id = l.led_by \
               WHERE a.institution = $1 ORDER BY a.name, a.id";
    let rows: Vec<AreaRow> = db.all(sql, [of(institution)]).await?;
    let chart = db.chart(institution).await?;
    let looks_after = |id: AreaId| {
        let nominated = |practice: &Practice| practice.nominated.iter().any(|(area, _)| *area == id);
        let all = chart.practitioners().filter(|(_, practice)| nominated(practice));
        all.map(|(one, _)| one.name.clone()).collect()
    };
    let area = |row: AreaRow| {
        let (id, AreaRow { name, site, part_of, leader: led_by, leader_email, .. }) = (AreaId(row.id), row);
        (Area { id, name, site, part_of, led_by, nominated: looks_after(id) }, leader_email)
    };
    Ok(rows.into_iter().map(area).collect())
}

/// All areas, by name.
///
/// # Errors
/// A fault of the database.
pub async fn all(db: &Db, permit: &Permit<SeePeople>) -> Result<Vec<Area>, Fault> {
    let areas = load(db, permit.institution()).await?;
    Ok(areas.into_iter().map(|(area, _)| area).collect())
}

/// Areas with people that no active practitioner looks after (R-BRD-4).
pub(crate) fn uncovered(chart: &Chart) -> Vec<String> {
    let covered: HashSet<AreaId> =
        chart.practitioners().flat_map(|(_, practice)| practice.nominated.iter().map(|(area, _)| *area)).collect();
    let peopled: HashSet<AreaId> = chart.people().iter().filter(|one| one.active).flat_map(Somebody::areas).collect();
    let bare = chart.areas().filter(|(_, id)| peopled.contains(id) && !covered.contains(id));
    bare.map(|(name, _)| name.to_owned()).collect()
}
