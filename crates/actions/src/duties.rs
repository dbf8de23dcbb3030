//! Work outside the role: noting it, raising it with the programme lead, and what the lead answers. Rules R-BOU-2 to R-BOU-4.

use domain::duties::{Answer, DutyKind, DutyRefused, by_kind, check};
use domain::ids::{DutyId, PersonId};
use domain::minutes::Minutes;
use jiff::civil::Date;
use policies::acts::{AnswerDuty, NoteDuty, RaiseDuty, RemoveDuty, SeeOwnAccount, SeeOwnHours, SeeRaisedDuties};
use policies::facts::PersonFacts;
use store::duties;
pub use store::duties::{Duty, Raised};
use store::{events, facts, programme};

use crate::desk::{Desk, Never, Stop};
use crate::mail;
use crate::threads::year_span;

/// A duty as it is typed.
#[derive(Debug, Clone)]
pub struct NewDuty {
    /// What was asked.
    pub kind: Option<DutyKind>,
    /// The day.
    pub day: Option<Date>,
    /// How long it took; `None` when it was refused.
    pub took: Option<Minutes>,
    /// Whether to raise it with the programme lead.
    pub raise: bool,
    /// The form's token: sent twice, noted once.
    pub once: String,
}

/// One's own duties of the academic year.
#[derive(Debug)]
pub struct Own {
    /// Newest first.
    pub all: Vec<Duty>,
    /// Minutes by kind, the longest first.
    pub by_kind: Vec<(DutyKind, Minutes)>,
}

/// Looks at one's own duties of the academic year (R-BOU-2).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Own, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    let year = year_span(desk, desk.today())?;
    let all = duties::own(&desk.read(), &permit, (year.first, year.last)).await?;
    let by_kind = by_kind(all.iter().filter_map(|one| Some((one.kind, one.took?))));
    Ok(Own { all, by_kind })
}

/// One's own of all years (R-ACC-13).
///
/// # Errors
/// A fault of the database.
pub async fn every(desk: &Desk, who: &PersonFacts) -> Result<Vec<Duty>, Stop<Never>> {
    let account = facts::account(&desk.frame.programme.facts, who.id);
    Ok(duties::every(&desk.read(), &desk.permit::<SeeOwnAccount>(who, &account, &())?).await?)
}

/// Notes a duty, and raises it if so wished (R-BOU-2, R-BOU-3).
///
/// # Errors
/// A rule that says no; denied for anybody but a practitioner.
pub async fn note(desk: &Desk, who: PersonId, new: &NewDuty) -> Result<(), Stop<DutyRefused>> {
    let id: DutyId = desk.once(who, &new.once);
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let practice = facts::practice(desk.institution(), who);
    let permit = desk.permit::<NoteDuty>(&me, &practice, &())?;
    if duties::is_noted(&db, &permit, id).await? {
        return Ok(());
    }
    let kind = new.kind.ok_or(Stop::Refused(DutyRefused::Kind))?;
    let day = new.day.ok_or(Stop::Refused(DutyRefused::Day))?;
    check(new.took, day, desk.today()).map_err(Stop::Refused)?;
    let duty = Duty { id, day, kind, took: new.took, raised: new.raise, answer: None };
    duties::note(&db, &permit, &duty, desk.now).await?;
    if new.raise {
        let raise = desk.permit::<RaiseDuty>(&me, &practice, &())?;
        for lead in programme::active_leads(&db, &raise).await? {
            mail::waits(desk, &db, &raise, lead).await?;
        }
    }
    events::record(&db, &permit, desk.stamp(), kind.code()).await?;
    Ok(db.commit().await?)
}

/// Takes a duty of one's own out (R-BOU-3).
///
/// # Errors
/// Denied for what is not one's own.
pub async fn remove(desk: &Desk, who: PersonId, duty: DutyId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<RemoveDuty>(&me, &facts::practice(desk.institution(), who), &())?;
    if !duties::remove(&db, &permit, duty).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), "").await?;
    Ok(db.commit().await?)
}

/// Raises a duty with the leads, or takes that back while nobody has answered (R-BOU-3).
///
/// # Errors
/// Refused once it is answered or as it is already.
pub async fn raise(desk: &Desk, who: PersonId, (duty, up): (DutyId, bool)) -> Result<(), Stop<DutyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<RaiseDuty>(&me, &facts::practice(desk.institution(), who), &())?;
    if !duties::raise(&db, &permit, (duty, up.then_some(desk.now))).await? {
        return Err(Stop::Refused(DutyRefused::Answered));
    }
    if up {
        for lead in programme::active_leads(&db, &permit).await? {
            mail::waits(desk, &db, &permit, lead).await?;
        }
    }
    events::record(&db, &permit, desk.stamp(), if up { "raised" } else { "taken back" }).await?;
    Ok(db.commit().await?)
}

/// What was raised with the programme leads (R-BOU-3).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn raised(desk: &Desk, who: &PersonFacts) -> Result<Vec<Raised>, Stop<Never>> {
    let permit = desk.permit::<SeeRaisedDuties>(who, &desk.frame.programme.facts, &())?;
    Ok(duties::raised(&desk.read(), &permit).await?)
}

/// Answers what was raised (R-BOU-4).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn answer(
    desk: &Desk,
    who: PersonId,
    (duty, said): (DutyId, Option<Answer>),
) -> Result<(), Stop<DutyRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<AnswerDuty>(&me, &desk.frame.programme.facts, &())?;
    let said = said.ok_or(Stop::Refused(DutyRefused::Answer))?;
    let whose = duties::answer(&db, &permit, (duty, said)).await?;
    let whose = whose.ok_or(Stop::Refused(DutyRefused::Answered))?;
    mail::waits(desk, &db, &permit, whose).await?;
    events::record(&db, &permit, desk.stamp(), said.code()).await?;
    Ok(db.commit().await?)
}
