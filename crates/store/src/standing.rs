//! Standing work, and who does it (R-ALL-14). Nothing about support.

use std::collections::BTreeMap;

use domain::ids::{InstitutionId, PersonId, StandingId, ThemeId};
use domain::minutes::Minutes;
use domain::standing::Standing;
use policies::acts::{Act, SeeAllocation, SeeOwnHours, SetStanding};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, maybe_id, of};
use crate::row::row;

/// Acts that read all of it.
pub trait ReadsStanding: Act {}
impl ReadsStanding for SeeAllocation {}
impl ReadsStanding for SetStanding {}

row! {
    struct StandingRow {
        id: Uuid,
        title: String,
        minutes: i64,
        theme: Option<Uuid>,
        person: Option<Uuid>,
    }
}

/// All of it, by title. Who is no practitioner any more does none.
async fn read(db: &Db, institution: InstitutionId) -> Result<Vec<Standing>, Fault> {
    let sql = "SELECT id, title, minutes, theme, person FROM standing WHERE institution = $1 ORDER BY title, id";
    let rows = db.all::<StandingRow, 1>(sql, [of(institution)]).await?;
    let chart = db.chart(institution).await?;
    let standing = |row: StandingRow| Standing {
        id: StandingId(row.id),
        title: row.title,
        each_term: Minutes(row.minutes),
        theme: row.theme.map(ThemeId),
        person: row.person.map(PersonId).filter(|who| chart.practitioners().any(|(one, _)| one.id == *who)),
    };
    Ok(rows.into_iter().map(standing).collect())
}

/// All of it, by title.
///
/// # Errors
/// A fault of the database.
pub async fn all<A: ReadsStanding>(db: &Db, permit: &Permit<A>) -> Result<Vec<Standing>, Fault> {
    read(db, permit.institution()).await
}

/// One's own.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnHours>) -> Result<Vec<Standing>, Fault> {
    let mut all = read(db, permit.institution()).await?;
    all.retain(|one| one.person == Some(permit.key()));
    Ok(all)
}

/// Time of a term by whoever does it.
pub(crate) async fn of_term(db: &Db, institution: InstitutionId) -> Result<BTreeMap<PersonId, Minutes>, Fault> {
    let mut sums = BTreeMap::new();
    for one in read(db, institution).await? {
        if let Some(person) = one.person {
            let sum = sums.entry(person).or_insert(Minutes(0));
            *sum = *sum + one.each_term;
        }
    }
    Ok(sums)
}

/// Enters some; entered twice, it stands there once.
///
/// # Errors
/// A fault of the database.
pub async fn enter(db: &Db, permit: &Permit<SetStanding>, new: &Standing) -> Result<(), Fault> {
    let sql = "INSERT INTO standing (institution, id, title, minutes, theme, person) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (institution, id) DO NOTHING";
    let values = [
        of(permit.institution()),
        id(new.id),
        new.title.as_str().into(),
        new.each_term.0.into(),
        maybe_id(new.theme),
        maybe_id(new.person),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes some off; whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn take_off(db: &Db, permit: &Permit<SetStanding>, which: StandingId) -> Result<bool, Fault> {
    let sql = "DELETE FROM standing WHERE institution = $1 AND id = $2";
    Ok(db.run(sql, [of(permit.institution()), id(which)]).await? > 0)
}

/// Says who does it, or nobody.
///
/// # Errors
/// A fault of the database.
pub async fn give(
    db: &Db,
    permit: &Permit<SetStanding>,
    (which, person): (StandingId, Option<PersonId>),
) -> Result<(), Fault> {
    let sql = "UPDATE standing SET person = $3 WHERE institution = $1 AND id = $2";
    db.run(sql, [of(permit.institution()), id(which), maybe_id(person)]).await.map(drop)
}
