//! Who is new, who could accompany them, and who is in the role: what the rules of inductions look at. Nothing about support.

use domain::ids::PersonId;
use domain::inductions::{Companion, Kind, Newcomer};
use domain::people::Role;
use jiff::civil::Date;
use policies::acts::{
    Act, BeginInduction, KeepInductions, NameCompanions, SeeAllocation, SeeDirectory, SeeInductions, SeeOwnInductions,
};
use policies::permit::Permit;
use uuid::Uuid;

use crate::chart::Somebody;
use crate::db::{Db, Fault, id, of};
use crate::people::Colleague;
use crate::row::row;

row! {
    struct PersonRow {
        person: Uuid,
    }
}

/// Whether whoever is to begin is in the role on a day or will be.
///
/// # Errors
/// A fault of the database.
pub async fn is_in_the_role(db: &Db, permit: &Permit<BeginInduction>, today: Date) -> Result<bool, Fault> {
    let sql = "SELECT person FROM relation WHERE institution = $1 AND person = $2 AND kind = 'role' \
                 AND role = 'practitioner' AND (until IS NULL OR until > $3) LIMIT 1";
    let values = [of(permit.institution()), id(permit.key()), today.to_string().into()];
    Ok(db.first::<PersonRow, 3>(sql, values).await?.is_some())
}

/// Who has had an induction for those who are new in the role, so far as one is kept.
///
/// # Errors
/// A fault of the database.
pub async fn settled_in(db: &Db, permit: &Permit<SeeInductions>) -> Result<Vec<PersonId>, Fault> {
    let sql = "SELECT newcomer AS person FROM induction WHERE institution = $1 AND kind = $2";
    let values = [of(permit.institution()), Kind::NewPractitioner.code().into()];
    let rows = db.all::<PersonRow, 2>(sql, values).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.person)).collect())
}

/// Acts that look at who may accompany whom.
pub trait LooksAtStaff: Act {}
impl LooksAtStaff for BeginInduction {}
impl LooksAtStaff for NameCompanions {}
impl LooksAtStaff for KeepInductions {}
impl LooksAtStaff for SeeAllocation {}

/// Somebody as a newcomer, and whether their account is on.
///
/// # Errors
/// A fault of the database.
pub async fn newcomer<A: LooksAtStaff>(
    db: &Db,
    permit: &Permit<A>,
    who: PersonId,
) -> Result<Option<(Newcomer, bool)>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.person(who).map(|one| {
        let above = chart.managers(who).into_iter().chain(one.appraiser).collect();
        (Newcomer { id: who, name: one.name.clone(), above }, one.active)
    }))
}

/// Somebody as a companion.
///
/// # Errors
/// A fault of the database.
pub async fn companion<A: LooksAtStaff>(
    db: &Db,
    permit: &Permit<A>,
    who: PersonId,
) -> Result<Option<Companion>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(chart.person(who).map(|one| Companion {
        id: who,
        name: one.name.clone(),
        active: one.active,
        practises: one.roles.has(Role::Practitioner),
    }))
}

fn colleagues<'a>(all: impl Iterator<Item = &'a Somebody>) -> Vec<Colleague> {
    all.map(|one| Colleague { id: one.id, name: one.name.clone(), area: one.areas_words() }).collect()
}

/// Everybody at work, for the lead to begin with.
///
/// # Errors
/// A fault of the database.
pub async fn everybody(db: &Db, permit: &Permit<SeeInductions>) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    Ok(colleagues(chart.people().iter().filter(|one| one.active)))
}

/// Everybody at work below whoever asks.
///
/// # Errors
/// A fault of the database.
pub async fn below(db: &Db, permit: &Permit<SeeOwnInductions>) -> Result<Vec<Colleague>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let under = |one: &&Somebody| one.active && chart.managers(one.id).contains(&permit.key());
    Ok(colleagues(chart.people().iter().filter(under)))
}

/// Who could accompany somebody: those in the role, and everybody at work.
///
/// # Errors
/// A fault of the database.
pub async fn to_choose(db: &Db, permit: &Permit<SeeDirectory>) -> Result<(Vec<Colleague>, Vec<Colleague>), Fault> {
    let chart = db.chart(permit.institution()).await?;
    let practitioners = colleagues(chart.practitioners().map(|(one, _)| one));
    Ok((practitioners, colleagues(chart.people().iter().filter(|one| one.active))))
}
