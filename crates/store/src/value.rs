//! What is entered of a year's costs and of what came of it. Rules R-VAL-7 to R-VAL-9.

use domain::cover::Pence;
use domain::ids::BenefitId;
use domain::minutes::Minutes;
use domain::value::{Benefit, Ground, Stated};
use policies::acts::{Act, SeeValue, SetValue};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, of};
use crate::row::row;

/// The acts that read it.
pub trait ReadsValue: Act {}
impl ReadsValue for SeeValue {}
impl ReadsValue for SetValue {}

row! {
    struct YearRow {
        year: i64,
        posts: i64,
        remitted: i64,
        covered: i64,
        hour: Option<i64>,
        uplift: Option<i64>,
        cover: Option<i64>,
        travel: Option<i64>,
        training: Option<i64>,
        places: Option<i64>,
        asked: String,
        otherwise: String,
    }
}

impl YearRow {
    fn stated(self) -> Result<(i16, Stated), Fault> {
        let year = i16::try_from(self.year).map_err(|_| Fault::Unreadable("year"))?;
        let stated = Stated {
            posts: self.posts,
            remitted_each: Minutes(self.remitted),
            hour: self.hour.map(Pence),
            uplift_each: self.uplift.map(Pence),
            covered: Minutes(self.covered),
            cover: self.cover.map(Pence),
            travel: self.travel.map(Pence),
            training: self.training.map(Pence),
            places: self.places,
            asked: self.asked,
            otherwise: self.otherwise,
        };
        Ok((year, stated))
    }
}

/// Every year of which something is entered, the latest first.
///
/// # Errors
/// A fault of the database.
pub async fn years<A: ReadsValue>(db: &Db, permit: &Permit<A>) -> Result<Vec<(i16, Stated)>, Fault> {
    let sql = "SELECT year, posts, remitted, covered, hour, uplift, cover, travel, training, places, asked, otherwise \
               FROM value_year WHERE institution = $1 ORDER BY year DESC";
    let rows = db.all::<YearRow, 1>(sql, [of(permit.institution())]).await?;
    rows.into_iter().map(YearRow::stated).collect()
}

/// Enters a year, in the place of what was entered before.
///
/// # Errors
/// A fault of the database.
pub async fn set(db: &Db, permit: &Permit<SetValue>, year: i16, stated: &Stated) -> Result<(), Fault> {
    let gone = "DELETE FROM value_year WHERE institution = $1 AND year = $2";
    db.run(gone, [of(permit.institution()), i64::from(year).into()]).await?;
    let sql = "INSERT INTO value_year (institution, year, posts, remitted, covered, hour, uplift, cover, travel, training, \
                 places, asked, otherwise) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let pence = |amount: Option<Pence>| amount.map(|pence| pence.0).into();
    let values = [
        of(permit.institution()),
        i64::from(year).into(),
        stated.posts.into(),
        stated.remitted_each.0.into(),
        stated.covered.0.into(),
        pence(stated.hour),
        pence(stated.uplift_each),
        pence(stated.cover),
        pence(stated.travel),
        pence(stated.training),
        stated.places.into(),
        stated.asked.as_str().into(),
        stated.otherwise.as_str().into(),
    ];
    db.run(sql, values).await.map(drop)
}

row! {
    struct BenefitRow {
        id: Uuid,
        what: String,
        source: String,
        ground: String,
    }
}

/// The benefits of a year, the weakest evidence first.
///
/// # Errors
/// A fault of the database.
pub async fn benefits<A: ReadsValue>(db: &Db, permit: &Permit<A>, year: i16) -> Result<Vec<Benefit>, Fault> {
    let sql =
        "SELECT id, what, source, ground FROM value_benefit WHERE institution = $1 AND year = $2 ORDER BY what, id";
    let rows = db.all::<BenefitRow, 2>(sql, [of(permit.institution()), i64::from(year).into()]).await?;
    let read = |row: BenefitRow| {
        let ground = Ground::from_code(&row.ground).ok_or(Fault::Unreadable("benefit"))?;
        Ok(Benefit { id: BenefitId(row.id), what: row.what, source: row.source, ground })
    };
    let mut all = rows.into_iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    all.sort_by_key(|one| Ground::ALL.iter().position(|ground| *ground == one.ground));
    Ok(all)
}

/// Names a benefit of a year.
///
/// # Errors
/// A fault of the database.
pub async fn name_benefit(db: &Db, permit: &Permit<SetValue>, year: i16, benefit: &Benefit) -> Result<(), Fault> {
    let sql = "INSERT INTO value_benefit (institution, id, year, what, source, ground) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = [
        of(permit.institution()),
        id(benefit.id),
        i64::from(year).into(),
        benefit.what.as_str().into(),
        benefit.source.as_str().into(),
        benefit.ground.code().into(),
    ];
    db.run(sql, values).await.map(drop)
}

/// Takes a benefit off. Says whether it was there.
///
/// # Errors
/// A fault of the database.
pub async fn take_off(db: &Db, permit: &Permit<SetValue>, benefit: BenefitId) -> Result<bool, Fault> {
    let sql = "DELETE FROM value_benefit WHERE institution = $1 AND id = $2";
    Ok(db.run(sql, [of(permit.institution()), id(benefit)]).await? > 0)
}
