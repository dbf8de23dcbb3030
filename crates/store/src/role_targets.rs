//! What practitioners work towards in the role, agreed with the programme lead (R-BOU-5 to R-BOU-7).

use domain::ids::{InstitutionId, PersonId, RoleTargetId};
use jiff::Timestamp;
use jiff::civil::Date;
use policies::acts::{
    Act, AgreeRoleTarget, EndRoleTarget, ProposeRoleTarget, SeeAgreedRoleTargets, SeeOwnAccount, SeeRoleTargets,
};
use policies::facts::PersonFacts;
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, day, id, of, seconds};
use crate::row::row;

/// A role target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleTarget {
    /// Which.
    pub id: RoleTargetId,
    /// What it is.
    pub text: String,
    /// Until when.
    pub until: Date,
    /// Whether the programme lead proposed it; else the practitioner did.
    pub by_lead: bool,
    /// The day on which the other one agreed.
    pub agreed: Option<Date>,
    /// The day on which either said that it is over.
    pub ended: Option<Date>,
}

impl RoleTarget {
    /// Whether it is over: said so, or its day has passed (R-BOU-7).
    pub fn is_over(&self, today: Date) -> bool {
        self.ended.is_some() || self.until < today
    }
}

row! {
    struct RoleTargetRow {
        id: Uuid,
        text: String,
        until: String,
        by_lead: bool,
        agreed: Option<String>,
        ended: Option<String>,
    }
}

/// The acts that change a practitioner's role targets.
pub trait ChangesRoleTargets: Act<On = PersonFacts> {}
impl ChangesRoleTargets for ProposeRoleTarget {}
impl ChangesRoleTargets for AgreeRoleTarget {}
impl ChangesRoleTargets for EndRoleTarget {}

async fn all(db: &Db, institution: InstitutionId, person: PersonId) -> Result<Vec<RoleTarget>, Fault> {
    let sql = "SELECT id, text, until, by_lead, agreed, ended FROM role_target WHERE institution = $1 AND person = $2 \
               ORDER BY until, proposed_at, id";
    let read = |row: RoleTargetRow| {
        Ok(RoleTarget {
            id: RoleTargetId(row.id),
            text: row.text,
            until: day(&row.until)?,
            by_lead: row.by_lead,
            agreed: row.agreed.as_deref().map(day).transpose()?,
            ended: row.ended.as_deref().map(day).transpose()?,
        })
    };
    db.all::<RoleTargetRow, 2>(sql, [of(institution), id(person)]).await?.into_iter().map(read).collect()
}

/// All of a practitioner's, for the two who agree them.
///
/// # Errors
/// A fault of the database.
pub async fn see(db: &Db, permit: &Permit<SeeRoleTargets>) -> Result<Vec<RoleTarget>, Fault> {
    all(db, permit.institution(), permit.key()).await
}

/// All of one's own: also of whoever is a practitioner no more (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(db: &Db, permit: &Permit<SeeOwnAccount>) -> Result<Vec<RoleTarget>, Fault> {
    all(db, permit.institution(), permit.key()).await
}

/// Whoever appraises the practitioner by the chart of today, by name (R-BOU-6).
///
/// # Errors
/// A fault of the database.
pub async fn appraiser(db: &Db, permit: &Permit<SeeRoleTargets>) -> Result<Option<String>, Fault> {
    let chart = db.chart(permit.institution()).await?;
    let appraiser = chart.person(permit.key()).and_then(|one| one.appraiser);
    Ok(appraiser.and_then(|one| chart.person(one)).map(|one| one.name.clone()))
}

/// The practitioners whom somebody appraises by the chart of today, by name: no more than the chart says.
///
/// # Errors
/// A fault of the database.
pub async fn appraised(
    db: &Db,
    institution: InstitutionId,
    appraiser: PersonId,
) -> Result<Vec<(PersonId, String)>, Fault> {
    let chart = db.chart(institution).await?;
    let own = chart.practitioners().filter(|(one, _)| one.appraiser == Some(appraiser));
    Ok(own.map(|(one, _)| (one.id, one.name.clone())).collect())
}

/// Those that are agreed and not over, for whoever appraises the practitioner: nothing else (R-BOU-6).
///
/// # Errors
/// A fault of the database.
pub async fn agreed(db: &Db, permit: &Permit<SeeAgreedRoleTargets>, today: Date) -> Result<Vec<RoleTarget>, Fault> {
    let mut agreed = all(db, permit.institution(), permit.key()).await?;
    agreed.retain(|one| one.agreed.is_some() && !one.is_over(today));
    Ok(agreed)
}

/// All of them as they stand inside the unit of work that changes one.
///
/// # Errors
/// A fault of the database.
pub async fn for_change<A: ChangesRoleTargets>(db: &Db, permit: &Permit<A>) -> Result<Vec<RoleTarget>, Fault> {
    all(db, permit.institution(), permit.key()).await
}

/// Proposes one.
///
/// # Errors
/// A fault of the database.
pub async fn propose(
    db: &Db,
    permit: &Permit<ProposeRoleTarget>,
    target: &RoleTarget,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO role_target (institution, id, person, text, until, by_lead, proposed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        of(permit.institution()),
        id(target.id),
        id(permit.key()),
        target.text.as_str().into(),
        target.until.to_string().into(),
        target.by_lead.into(),
        seconds(now),
    ];
    db.run(sql, values).await.map(drop)
}

/// Agrees to one.
///
/// # Errors
/// A fault of the database.
pub async fn agree(db: &Db, permit: &Permit<AgreeRoleTarget>, which: RoleTargetId, on: Date) -> Result<(), Fault> {
    let sql = "UPDATE role_target SET agreed = $4 WHERE institution = $1 AND person = $2 AND id = $3";
    db.run(sql, [of(permit.institution()), id(permit.key()), id(which), on.to_string().into()]).await.map(drop)
}

/// Ends one that was agreed; one that was only proposed is gone (R-BOU-5, R-BOU-7).
///
/// # Errors
/// A fault of the database.
pub async fn end(db: &Db, permit: &Permit<EndRoleTarget>, target: &RoleTarget, on: Date) -> Result<(), Fault> {
    let (institution, person, which) = (of(permit.institution()), id(permit.key()), id(target.id));
    if target.agreed.is_none() {
        let sql = "DELETE FROM role_target WHERE institution = $1 AND person = $2 AND id = $3";
        return db.run(sql, [institution, person, which]).await.map(drop);
    }
    let sql = "UPDATE role_target SET ended = $4 WHERE institution = $1 AND person = $2 AND id = $3";
    db.run(sql, [institution, person, which, on.to_string().into()]).await.map(drop)
}
