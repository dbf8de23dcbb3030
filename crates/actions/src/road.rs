//! The five-year road: when the programme began, who sponsors it, and where it stands. Rules R-REV-9 and R-REV-10.

use domain::check::Look;
use domain::ids::PersonId;
use domain::road::{RoadRefused, began};
use jiff::civil::Date;
use policies::acts::{SeeReviews, SetRoad};
use policies::facts::PersonFacts;
use store::reviews::Leader;
use store::{events, reviews};

use crate::check;
use crate::desk::{Desk, Never, Stop};

/// The road as the page shows it.
#[derive(Debug)]
pub struct Road {
    /// When the programme began, once it is said.
    pub began: Option<Date>,
    /// Who sponsors it: a senior leader whose account is on.
    pub sponsor: Option<Leader>,
    /// Every point of the self-check as it stands.
    pub looks: Vec<Look>,
    /// Senior leaders to choose from; nobody for those who do not choose.
    pub seniors: Vec<Leader>,
    /// Whether the visitor keeps it.
    pub may_set: bool,
}

/// Looks at the road.
///
/// # Errors
/// Denied for anybody but programme leads and senior leaders.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Road, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeReviews>(who, programme, &())?;
    let may_set = desk.permit::<SetRoad>(who, programme, &()).is_ok();
    let db = desk.read();
    let mut seniors = reviews::leaders(&db, &permit).await?;
    seniors.retain(|one| one.senior);
    let set = reviews::road(&db, &permit).await?;
    let sponsor = set.and_then(|(_, sponsor)| sponsor);
    let sponsor = seniors.iter().find(|one| Some(one.person) == sponsor).cloned();
    let looks = check::looks(desk, who, (&db, &permit)).await?;
    Ok(Road { began: set.map(|(began, _)| began), sponsor, looks, seniors, may_set })
}

/// Says when the programme began and who sponsors it, in place of what was said before (R-REV-9).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn set(
    desk: &Desk,
    who: PersonId,
    (day, sponsor): (Option<Date>, Option<PersonId>),
) -> Result<(), Stop<RoadRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetRoad>(&me, &desk.frame.programme.facts, &())?;
    let began = began(day, desk.today()).map_err(Stop::Refused)?;
    let seniors = reviews::leaders(&db, &permit).await?;
    if sponsor.is_some_and(|sponsor| !seniors.iter().any(|one| one.senior && one.person == sponsor)) {
        return Err(Stop::Refused(RoadRefused::Sponsor));
    }
    reviews::set_road(&db, &permit, (began, sponsor)).await?;
    let words = sponsor.map_or_else(|| began.to_string(), |sponsor| format!("{began} {sponsor}"));
    events::record(&db, &permit, desk.stamp(), &words).await?;
    Ok(db.commit().await?)
}
