//! Testimony: at most one of each person, gone when they withdraw it (R-TST-1, R-TST-4). Nothing says who has written none.

use domain::ids::PersonId;
use domain::testimony::{Kind, Reach, Testimony};
use jiff::civil::Date;
use policies::acts::{EndTestimony, GiveTestimony, ReadTestimony, SeeOwnTestimony, WithdrawTestimony};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of};
use crate::row::row;

row! {
    struct TestimonyRow {
        person: Uuid,
        kind: String,
        text: String,
        reach: String,
        given: String,
    }
}

impl TestimonyRow {
    fn testimony(self) -> Result<Testimony, Fault> {
        let kind = Kind::from_code(&self.kind).ok_or(Fault::Unreadable("kind"))?;
        let reach = Reach::from_code(&self.reach).ok_or(Fault::Unreadable("reach"))?;
        Ok(Testimony { kind, text: self.text, reach, given: day(&self.given)? })
    }
}

const COLUMNS: &str = "person, kind, text, reach, given";

/// One's own.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<SeeOwnTestimony>) -> Result<Option<Testimony>, Fault> {
    let sql = format!("SELECT {COLUMNS} FROM testimony WHERE institution = $1 AND person = $2");
    let row = db.first::<TestimonyRow, 2>(&sql, [of(permit.institution()), id(permit.key())]).await?;
    row.map(TestimonyRow::testimony).transpose()
}

/// Keeps one's own, in the place of what was there.
///
/// # Errors
/// A fault of the database.
pub async fn give(db: &Db, permit: &Permit<GiveTestimony>, testimony: &Testimony) -> Result<(), Fault> {
    let sql = "INSERT INTO testimony (institution, person, kind, text, reach, given) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (institution, person) DO UPDATE SET kind = excluded.kind, text = excluded.text, \
                 reach = excluded.reach, given = excluded.given";
    let values = [
        of(permit.institution()),
        id(permit.key()),
        testimony.kind.code().into(),
        testimony.text.as_str().into(),
        testimony.reach.code().into(),
        testimony.given.to_string().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Deletes one's own; says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn withdraw(db: &Db, permit: &Permit<WithdrawTestimony>) -> Result<bool, Fault> {
    let sql = "DELETE FROM testimony WHERE institution = $1 AND person = $2";
    Ok(db.run(sql, [of(permit.institution()), id(permit.key())]).await? > 0)
}

/// What is written, with its writer's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who wrote it.
    pub name: String,
    /// What.
    pub testimony: Testimony,
}

/// Everything whose consent holds on a day and whose writer's account is on, by name.
///
/// # Errors
/// A fault of the database.
pub async fn all(db: &Db, permit: &Permit<ReadTestimony>, today: Date) -> Result<Vec<Signed>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let sql = format!("SELECT {COLUMNS} FROM testimony WHERE institution = $1");
    let mut all = Vec::new();
    for row in db.all::<TestimonyRow, 1>(&sql, [of(permit.institution())]).await? {
        let writer = chart.person(PersonId(row.person)).filter(|one| one.active);
        let Some(name) = writer.map(|one| one.name.clone()) else { continue };
        let testimony = row.testimony()?;
        if testimony.holds(today) {
            all.push(Signed { name, testimony });
        }
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Deletes what was consented to on `given` or before, and what is of somebody whose account has been off since `left` or earlier; says
/// whether anything was there.
///
/// # Errors
/// A fault of the database.
pub async fn end(db: &Db, permit: &Permit<EndTestimony>, (given, left): (Date, Date)) -> Result<bool, Fault> {
    let institution = of(permit.institution());
    let sql = "DELETE FROM testimony WHERE institution = $1 AND given <= $2";
    let lapsed = db.run(sql, [institution.clone(), given.to_string().into()]).await?;
    let sql = "DELETE FROM testimony WHERE institution = $1 AND person IN ( \
                 SELECT p.id FROM person p WHERE p.institution = $1 AND NOT p.active AND NOT EXISTS ( \
                   SELECT 1 FROM relation r WHERE r.institution = p.institution AND r.person = p.id \
                   AND r.kind = 'account' AND (r.until IS NULL OR r.until > $2)))";
    let gone = db.run(sql, [institution, left.to_string().into()]).await?;
    Ok(lapsed + gone > 0)
}
