//! What the chart says before a new year: lines that are open or will be, who has left, and when the last staff file came.
//! Rule R-NEW-4. Nothing about support.

use domain::ids::PersonId;
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::StartYear;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, instant, of};
use crate::row::row;

/// What is worth a look in the chart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Whose line manager's account is off, or who has none though somebody manages everybody else: names.
    pub without: Vec<String>,
    /// Line managers who leave, with their day.
    pub leaving: Vec<(String, Date)>,
    /// Who has left since a day, with their own.
    pub left: Vec<(String, Date)>,
    /// When a staff file last came.
    pub file: Option<Timestamp>,
}

row! {
    struct EndRow {
        person: Uuid,
        until: String,
    }
}

row! {
    struct LastRow {
        at: Option<i64>,
    }
}

/// Looks at the chart as it stands.
///
/// # Errors
/// A fault of the database.
pub async fn lines(db: &Db, permit: &Permit<StartYear>, (since, today): (Date, Date)) -> Result<Lines, Fault> {
    let institution = permit.institution();
    let chart = db.chart(institution).await?;
    let on = |person: PersonId| chart.person(person).is_some_and(|one| one.active);
    let open = chart.people().iter().filter(|one| one.active && !one.manager.is_some_and(on));
    let manages = |person: PersonId| chart.people().iter().any(|one| one.active && one.manager == Some(person));
    // Whoever stands at the top of the college has no line manager and needs none.
    let without = open.filter(|one| one.manager.is_some() || !manages(one.id)).map(|one| one.name.clone()).collect();
    let sql = "SELECT person, until FROM relation WHERE institution = $1 AND kind = 'account' AND until > $2 \
               ORDER BY until, person";
    let mut lines = Lines { without, ..Lines::default() };
    for row in db.all::<EndRow, 2>(sql, [of(institution), since.to_string().into()]).await? {
        let (person, until) = (PersonId(row.person), day(&row.until)?);
        let Some(one) = chart.person(person) else { continue };
        if !one.active && until <= today {
            lines.left.push((one.name.clone(), until));
        } else if one.active && until > today && manages(person) {
            lines.leaving.push((one.name.clone(), until));
        }
    }
    lines.file = last_file(db, permit).await?;
    Ok(lines)
}

/// A file that was brought in by hand, by the command line or with the college itself.
async fn last_file(db: &Db, permit: &Permit<StartYear>) -> Result<Option<Timestamp>, Fault> {
    let mut latest = None;
    for sql in [
        "SELECT max(at) AS at FROM import_file WHERE institution = $1 AND kind = 'staff' AND state = 'done'",
        "SELECT max(at) AS at FROM event WHERE institution = $1 AND act IN ('ImportStaff', 'GoLive')",
    ] {
        let row = db.first::<LastRow, 1>(sql, [of(permit.institution())]).await?;
        latest = latest.max(row.and_then(|row| row.at));
    }
    latest.map(instant).transpose()
}
