//! Who looks after which area, accompanies which induction and does which standing work in a term: as it is, as it would be
//! best, by hand, and accepted. Rules R-ALL-13 to R-ALL-18 in `docs/rules/allocation.md`.

use allocation::plan::Progress;
use domain::ids::{AreaId, InductionId, PersonId, StandingId, ThemeId};
use domain::inductions::{InductionRefused, Kind, check_companions};
pub use domain::standing::Standing;
use domain::standing::{MOST, StandingRefused, check};
use policies::acts::{NameCompanions, SeeAllocation, SeeDirectory, SeeOwnHours, SetRemission, SetStanding};
use policies::facts::PersonFacts;
use store::directory::Theme;
use store::{Db, Fault, events, facts, induction_people, inductions, standing};

use crate::desk::{Desk, Never, Stop};

mod picture;
mod read;
#[cfg(test)]
mod tests;
mod weighing;
mod what_if;

pub use picture::{Hand, Picture, Shared, Which, Work};
pub use weighing::{Choice, HOUR, Row, Scales, Share, Weighed};
pub use what_if::{Supposed, suppose};

/// The page as it stands.
#[derive(Debug)]
pub struct Seen {
    /// The term with what everybody's work comes to as it is; nothing while no term is known.
    pub term: Option<(Picture, Vec<Share>)>,
    /// Standing work, by title.
    pub standing: Vec<Standing>,
    /// Themes to choose from.
    pub themes: Vec<Theme>,
}

/// What is proposed, or what somebody made of it.
#[derive(Debug)]
pub struct Proposal {
    /// The term.
    pub picture: Picture,
    /// As it is now, in points.
    pub now: i64,
    /// The best that was found, in points, with its proof.
    pub best: Progress,
    /// What lies on the table.
    pub laid: Weighed,
    /// What is proposed, by position of the work.
    pub proposed: Vec<Option<usize>>,
}

/// Looks at the term as it is (R-ALL-13).
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Seen, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SeeAllocation>(who, programme, &())?;
    let directory = desk.permit::<SeeDirectory>(who, programme, &())?;
    let db = desk.read();
    let picture = read::picture(desk, who, (&db, &permit)).await?;
    Ok(Seen {
        term: picture.map(|picture| {
            let shares = Scales::new(&picture).shares(&picture.now());
            (picture, shares)
        }),
        standing: standing::all(&db, &permit).await?,
        themes: store::directory::themes(&db, &directory).await?,
    })
}

/// Standing work of one's own (R-ALL-14).
///
/// # Errors
/// Denied for anybody but a practitioner.
pub async fn own(desk: &Desk, who: &PersonFacts) -> Result<Vec<Standing>, Stop<Never>> {
    let permit = desk.permit::<SeeOwnHours>(who, &facts::practice(desk.institution(), who.id), &())?;
    Ok(standing::own(&desk.read(), &permit).await?)
}

/// A rule that says no. The texts go to the person as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllocationRefused {
    /// R-ALL-17.
    #[error("No term is known. Enter the terms of the year first.")]
    NoTerm,
    /// R-ALL-17.
    #[error(
        "Something has changed meanwhile: areas, hours, inductions or standing work. Below it is worked out anew with your choices. Look at it and accept again."
    )]
    Stale,
    /// R-ALL-17.
    #[error("{name} cannot do that: somebody there stands below them or is appraised by them. Choose somebody else.")]
    Above {
        /// Who was chosen.
        name: String,
        /// For which work.
        which: Which,
    },
    /// R-ALL-18.
    #[error("Choose whose hours you think of.")]
    Whose,
    /// R-ALL-18.
    #[error("Give whole hours, from 1 to 400.")]
    Hours,
    /// R-ALL-18.
    #[error("{name} has {there} h to give. Take away no more than that.")]
    Fewer {
        /// Whose.
        name: String,
        /// Hours there are.
        there: i64,
    },
}

/// Who is to do what, as a form gives it.
pub type Chosen = [(Which, Option<PersonId>)];

/// Proposes the best there is, or weighs what somebody chose instead (R-ALL-15, R-ALL-16). Nothing is kept.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn propose(
    desk: &Desk,
    who: &PersonFacts,
    chosen: Option<&Chosen>,
) -> Result<Proposal, Stop<AllocationRefused>> {
    let permit = desk.permit::<SeeAllocation>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let picture = read::picture(desk, who, (&db, &permit)).await?.ok_or(Stop::Refused(AllocationRefused::NoTerm))?;
    let chosen = chosen.map(|chosen| placed(&picture, chosen));
    // Working it out takes some tenths of a second, in which nobody else is kept waiting.
    let worked_out = tokio::task::spawn_blocking(move || weighed(picture, chosen)).await;
    worked_out.map_err(|_| Stop::Fault(Fault::Missing("allocation")))
}

fn weighed(picture: Picture, chosen: Option<Vec<Option<usize>>>) -> Proposal {
    let scales = Scales::new(&picture);
    let (proposed, best) = scales.best();
    let now = scales.weigh(&picture.now()).value;
    let laid = scales.weigh(chosen.as_deref().unwrap_or(&proposed));
    Proposal { now, best, laid, proposed, picture }
}

/// A choice by position; work that is not named stays with whoever does it.
fn placed(picture: &Picture, chosen: &Chosen) -> Vec<Option<usize>> {
    let of = |work: &Work| match chosen.iter().find(|(which, _)| *which == work.which) {
        Some((_, person)) => person.and_then(|person| picture.place_of(person)),
        None => work.now,
    };
    picture.work.iter().map(of).collect()
}

/// Takes a choice over: areas, inductions and standing work change, all or nothing (R-ALL-17). Says for how much work somebody
/// else is responsible from now on.
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn accept(
    desk: &Desk,
    who: PersonId,
    (chosen, mark): (&Chosen, &str),
) -> Result<usize, Stop<AllocationRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SeeAllocation>(&me, &desk.frame.programme.facts, &())?;
    let picture = read::picture(desk, &me, (&db, &permit)).await?.ok_or(Stop::Refused(AllocationRefused::NoTerm))?;
    if picture.mark() != mark {
        return Err(Stop::Refused(AllocationRefused::Stale));
    }
    let all = placed(&picture, chosen);
    for (work, hand) in picture.work.iter().zip(&all) {
        if let Some(hand) = hand.filter(|hand| work.suits.get(*hand).copied().flatten().is_none()) {
            let name = picture.hands.get(hand).map(|hand| hand.name.clone()).unwrap_or_default();
            return Err(Stop::Refused(AllocationRefused::Above { name, which: work.which }));
        }
    }
    nominate(desk, (&db, &me), &picture, &all).await?;
    for (work, hand) in picture.work.iter().zip(&all).filter(|(work, hand)| work.now != **hand) {
        let person = hand.and_then(|hand| picture.hands.get(hand)).map(|hand| hand.person);
        match work.which {
            Which::Area(_) => {}
            Which::Induction(induction) => accompany(desk, (&db, &me), (induction, person)).await?,
            Which::Standing(one) => {
                let permit = desk.permit::<SetStanding>(&me, &desk.frame.programme.facts, &())?;
                standing::give(&db, &permit, (one, person)).await?;
                events::record(&db, &permit, desk.stamp(), &one.to_string()).await?;
            }
        }
    }
    db.commit().await?;
    Ok(picture.work.iter().zip(&all).filter(|(work, hand)| work.now != **hand).count())
}

/// Sets the areas of everybody whose areas change, and nothing else of theirs.
async fn nominate(
    desk: &Desk,
    (db, me): (&Db, &PersonFacts),
    picture: &Picture,
    all: &[Option<usize>],
) -> Result<(), Stop<AllocationRefused>> {
    for (at, hand) in picture.hands.iter().enumerate() {
        let areas = |who: &[Option<usize>]| -> Vec<AreaId> {
            let own = picture.work.iter().zip(who).filter(|(_, who)| **who == Some(at));
            own.filter_map(|(work, _)| if let Which::Area(area) = work.which { Some(area) } else { None }).collect()
        };
        let after = areas(all);
        if after == areas(&picture.now()) {
            continue;
        }
        let shared = picture.shared.iter().filter(|shared| shared.hands.contains(&at)).map(|shared| shared.area);
        let other = desk.person(db, hand.person).await?;
        let permit = desk.permit::<SetRemission>(me, &other, &())?;
        store::allocation::nominate(db, &permit, &after.into_iter().chain(shared).collect::<Vec<_>>()).await?;
        events::record(db, &permit, desk.stamp(), &hand.person.to_string()).await?;
    }
    Ok(())
}

/// Names whoever accompanies an induction, beside whoever does already (R-IND-4).
async fn accompany(
    desk: &Desk,
    (db, me): (&Db, &PersonFacts),
    (induction, person): (InductionId, Option<PersonId>),
) -> Result<(), Stop<AllocationRefused>> {
    let Some(person) = person else { return Ok(()) };
    let facts = facts::induction(db, desk.institution(), induction).await?.ok_or(Stop::Denied)?;
    let permit = desk.permit::<NameCompanions>(me, &facts, &())?;
    let one = inductions::one(db, &permit).await?;
    let (newcomer, _) = induction_people::newcomer(db, &permit, facts.newcomer).await?.ok_or(Stop::Denied)?;
    let found = induction_people::companion(db, &permit, person).await?.ok_or(Stop::Denied)?;
    let beside = if one.kind == Kind::NewPractitioner { &one.mentor } else { &one.buddy };
    let other = match beside {
        Some((other, _)) => induction_people::companion(db, &permit, *other).await?,
        None => None,
    };
    let two = if one.kind == Kind::NewPractitioner { (other, Some(found)) } else { (Some(found), other) };
    let named = |_: InductionRefused| {
        let name = [&two.0, &two.1].into_iter().flatten().find(|one| one.id == person).map(|one| one.name.clone());
        Stop::Refused(AllocationRefused::Above { name: name.unwrap_or_default(), which: Which::Induction(induction) })
    };
    check_companions(one.kind, &newcomer, (two.0.as_ref(), two.1.as_ref())).map_err(named)?;
    inductions::accompany(db, &permit, (two.0.as_ref().map(|one| one.id), two.1.as_ref().map(|one| one.id))).await?;
    events::record(db, &permit, desk.stamp(), &induction.to_string()).await?;
    Ok(())
}

/// Standing work as a form gives it.
#[derive(Debug, Clone, Default)]
pub struct Entered {
    /// What it is.
    pub title: String,
    /// Hours of a term; nothing when it cannot be read.
    pub hours: Option<i64>,
    /// Its theme, if one was chosen.
    pub theme: Option<ThemeId>,
    /// The form's token: sent twice, entered once.
    pub once: String,
}

/// Enters standing work (R-ALL-14).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead.
pub async fn enter(desk: &Desk, who: PersonId, new: &Entered) -> Result<(), Stop<StandingRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<SetStanding>(&me, programme, &())?;
    let (title, each_term) = check(&new.title, new.hours).map_err(Stop::Refused)?;
    let directory = desk.permit::<SeeDirectory>(&me, programme, &())?;
    let known = store::directory::themes(&db, &directory).await?;
    if new.theme.is_some_and(|theme| known.iter().all(|one| one.id != theme)) {
        return Err(Stop::Refused(StandingRefused::Theme));
    }
    let id: StandingId = desk.once(who, &new.once);
    let all = standing::all(&db, &permit).await?;
    if all.iter().any(|one| one.id == id) {
        return Ok(());
    }
    if all.len() >= MOST {
        return Err(Stop::Refused(StandingRefused::Many));
    }
    standing::enter(&db, &permit, &Standing { id, title, each_term, theme: new.theme, person: None }).await?;
    events::record(&db, &permit, desk.stamp(), &id.to_string()).await?;
    Ok(db.commit().await?)
}

/// Takes standing work off (R-ALL-14).
///
/// # Errors
/// Denied for anybody but a programme lead, and for some that is not there.
pub async fn take_off(desk: &Desk, who: PersonId, which: StandingId) -> Result<(), Stop<Never>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<SetStanding>(&me, &desk.frame.programme.facts, &())?;
    if !standing::take_off(&db, &permit, which).await? {
        return Err(Stop::Denied);
    }
    events::record(&db, &permit, desk.stamp(), &which.to_string()).await?;
    Ok(db.commit().await?)
}
