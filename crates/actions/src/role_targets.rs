//! Role targets: agreed by the programme lead and the practitioner, read by whoever appraises the practitioner. Rules R-BOU-5 to
//! R-BOU-7.

use domain::ids::{PersonId, RoleTargetId};
use domain::people::Role;
use domain::role_targets::{MOST_AT_ONCE, RoleTargetRefused, check};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{
    AgreeRoleTarget, EndRoleTarget, ProposeRoleTarget, SeeAgreedRoleTargets, SeeOwnAccount, SeeRoleTargets,
};
use policies::facts::PersonFacts;
use store::role_targets::ChangesRoleTargets;
pub use store::role_targets::RoleTarget;
use store::{Db, events, facts, programme, role_targets};

use crate::desk::{Desk, Never, Stop};
use crate::mail;

/// A practitioner's role targets as one of the two sees them.
#[derive(Debug)]
pub struct Seen {
    /// Not over: proposed and agreed.
    pub current: Vec<RoleTarget>,
    /// Over.
    pub past: Vec<RoleTarget>,
    /// Who reads the agreed ones, by name, if the chart names somebody.
    pub appraiser: Option<String>,
}

/// Looks at a practitioner's role targets (R-BOU-5).
///
/// # Errors
/// Denied for anybody but the practitioner and the programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts, of: PersonId) -> Result<Seen, Stop<Never>> {
    let db = desk.read();
    let other = desk.person::<Never>(&db, of).await?;
    let permit = desk.permit::<SeeRoleTargets>(who, &other, &())?;
    let all = role_targets::see(&db, &permit).await?;
    let (past, current) = all.into_iter().partition(|one| one.is_over(desk.today()));
    let appraiser = role_targets::appraiser(&db, &permit).await?;
    Ok(Seen { current, past, appraiser })
}

/// One's own, all of them (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(desk: &Desk, who: &PersonFacts) -> Result<Vec<RoleTarget>, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    Ok(role_targets::every(&desk.read(), &desk.permit::<SeeOwnAccount>(who, &account, &())?).await?)
}

/// Practitioners whom somebody appraises, with the role targets that are agreed: nothing else (R-BOU-6).
///
/// # Errors
/// A fault of the database.
pub async fn received(desk: &Desk, who: &PersonFacts) -> Result<Vec<(String, Vec<RoleTarget>)>, Stop<Never>> {
    let db = desk.read();
    let mut all = Vec::new();
    for (of, name) in role_targets::appraised(&db, desk.institution(), who.id).await? {
        let other = desk.person::<Never>(&db, of).await?;
        // Whom the gate keeps out receives nothing, whatever the chart says.
        if let Ok(permit) = desk.permit::<SeeAgreedRoleTargets>(who, &other, &()) {
            all.push((name, role_targets::agreed(&db, &permit, desk.today()).await?));
        }
    }
    Ok(all)
}

/// A change under way.
struct Under<A: ChangesRoleTargets> {
    db: Db,
    permit: Permit<A>,
    all: Vec<RoleTarget>,
    by_lead: bool,
}

async fn change<A>(desk: &Desk, (who, of): (PersonId, PersonId)) -> Result<Under<A>, Stop<RoleTargetRefused>>
where
    A: ChangesRoleTargets<With = ()>,
{
    let db = desk.write().await?;
    let (me, other) = (desk.person(&db, who).await?, desk.person(&db, of).await?);
    let permit = desk.permit::<A>(&me, &other, &())?;
    let all = role_targets::for_change(&db, &permit).await?;
    // Whoever holds both roles speaks for themselves, and another lead agrees.
    let by_lead = who != of && me.roles.has(Role::ProgrammeLead);
    Ok(Under { db, permit, all, by_lead })
}

impl<A: ChangesRoleTargets + store::mail::Causes> Under<A> {
    /// The other one hears, the event is written, the unit of work ends.
    async fn done(self, desk: &Desk, (of, detail): (PersonId, &str)) -> Result<(), Stop<RoleTargetRefused>> {
        let hear = if self.by_lead { vec![of] } else { programme::active_leads(&self.db, &self.permit).await? };
        for one in hear {
            mail::waits(desk, &self.db, &self.permit, one).await?;
        }
        events::record(&self.db, &self.permit, desk.stamp(), detail).await?;
        Ok(self.db.commit().await?)
    }
}

/// Proposes a role target (R-BOU-5).
///
/// # Errors
/// A rule that says no; denied for anybody but the practitioner and the programme lead.
pub async fn propose(
    desk: &Desk,
    (who, of): (PersonId, PersonId),
    (text, until, once): (&str, Option<Date>, &str),
) -> Result<(), Stop<RoleTargetRefused>> {
    let under = change::<ProposeRoleTarget>(desk, (who, of)).await?;
    let id: RoleTargetId = desk.once(who, once);
    if under.all.iter().any(|one| one.id == id) {
        return Ok(());
    }
    let until = until.ok_or(Stop::Refused(RoleTargetRefused::Day))?;
    let text = check(text, until, desk.today()).map_err(Stop::Refused)?;
    if under.all.iter().filter(|one| !one.is_over(desk.today())).count() >= MOST_AT_ONCE {
        return Err(Stop::Refused(RoleTargetRefused::Many));
    }
    let target = RoleTarget { id, text, until, by_lead: under.by_lead, agreed: None, ended: None };
    role_targets::propose(&under.db, &under.permit, &target, desk.now).await?;
    under.done(desk, (of, &id.to_string())).await
}

/// Agrees to what the other one proposed (R-BOU-5).
///
/// # Errors
/// A rule that says no; denied for anybody but the practitioner and the programme lead.
pub async fn agree(
    desk: &Desk,
    (who, of): (PersonId, PersonId),
    which: RoleTargetId,
) -> Result<(), Stop<RoleTargetRefused>> {
    let under = change::<AgreeRoleTarget>(desk, (who, of)).await?;
    let open = under.all.iter().find(|one| one.id == which && one.agreed.is_none() && !one.is_over(desk.today()));
    let target = open.ok_or(Stop::Refused(RoleTargetRefused::Stale))?;
    if target.by_lead == under.by_lead {
        return Err(Stop::Refused(RoleTargetRefused::Own));
    }
    role_targets::agree(&under.db, &under.permit, which, desk.today()).await?;
    under.done(desk, (of, &which.to_string())).await
}

/// Ends a role target, or takes a proposal back or turns it down (R-BOU-5, R-BOU-7).
///
/// # Errors
/// Refused when it is over already; denied for anybody but the practitioner and the programme lead.
pub async fn end(
    desk: &Desk,
    (who, of): (PersonId, PersonId),
    which: RoleTargetId,
) -> Result<(), Stop<RoleTargetRefused>> {
    let under = change::<EndRoleTarget>(desk, (who, of)).await?;
    let open = under.all.iter().find(|one| one.id == which && !one.is_over(desk.today()));
    let target = open.ok_or(Stop::Refused(RoleTargetRefused::Stale))?;
    role_targets::end(&under.db, &under.permit, target, desk.today()).await?;
    under.done(desk, (of, &which.to_string())).await
}
