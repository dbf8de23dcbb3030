//! Changing somebody's place among the staff from a day on: areas, line, roles, leaving and coming back; and what is planned
//! takes effect on its day. Nothing here depends on support. Rules R-PPL-1 to R-PPL-8.

use std::collections::BTreeSet;

use domain::ids::{AreaId, PersonId};
use domain::people::{Role, Roles};
use domain::relations::{Relation, RelationRefused, State, Strand, Tie, change, check_day, take_back};
use jiff::civil::Date;
use policies::acts::{
    CancelChange, ChangeAreas, ChangeLine, ChangeRoles, DeactivatePerson, KeepDates, ReactivatePerson,
};
use policies::facts::{Actor, Job};
use store::relations::{self, ChangesRelations};
use store::{Db, events};

use crate::desk::{Desk, Never, Stop};
use crate::new_year;
use crate::person::{PersonRefused, places};

/// A day as it was typed, read and checked (R-PPL-2).
fn day(desk: &Desk, from: Option<Date>) -> Result<Date, RelationRefused> {
    let from = from.ok_or(RelationRefused::Day)?;
    check_day(from, desk.today())?;
    Ok(from)
}

/// Changes one strand of somebody's history and refuses what changes nothing (R-PPL-2).
fn changed(
    history: &[Relation],
    (strand, to): (Strand, Option<Tie>),
    from: Date,
) -> Result<Vec<Relation>, RelationRefused> {
    let fresh = change(history, strand, to, from);
    if State::on(history, from) == State::on(&fresh, from) {
        return Err(RelationRefused::NoChange);
    }
    Ok(fresh)
}

/// Refuses what would make somebody a colleague's line manager by their own hand, on whatever day: so nobody becomes a reader of required
/// support by it (R-PPL-8).
fn by_another_hand(me: PersonId, (before, after): (&[Relation], &[Relation])) -> Result<(), RelationRefused> {
    let days = before.iter().chain(after).flat_map(|relation| [Some(relation.starts), relation.until]).flatten();
    let manages = |history: &[Relation], day| State::on(history, day).manager == Some(me);
    let begins = |day| manages(after, day) && !manages(before, day);
    if days.into_iter().any(begins) { Err(RelationRefused::OwnHand) } else { Ok(()) }
}

async fn saved(
    desk: &Desk,
    db: &Db,
    permit: &impl ChangesRelations,
    history: &[Relation],
) -> Result<(), Stop<PersonRefused>> {
    Ok(relations::save(db, permit, history, desk.today()).await?)
}

/// What an area is to somebody from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaChange {
    /// The main area; `None` for none.
    Main(Option<AreaId>),
    /// A further area begins.
    Begins(AreaId),
    /// A further area ends.
    Ends(AreaId),
}

/// Changes the areas somebody works in, from a day on (R-PPL-1).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn change_areas(
    desk: &Desk,
    who: PersonId,
    (of, what, from): (PersonId, AreaChange, Option<Date>),
) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<ChangeAreas>(&me, &other, &())?;
    let from = day(desk, from)?;
    let listed = places(desk, &me).await.map_err(Stop::widen_never)?;
    let known = |area: &AreaId| listed.areas.iter().any(|(id, _)| id == area);
    let (strand, to) = match what {
        AreaChange::Main(area) => (Strand::MainArea, area.filter(known).map(Tie::MainArea)),
        AreaChange::Begins(area) | AreaChange::Ends(area) if !known(&area) => return Err(Stop::Denied),
        AreaChange::Begins(area) => (Strand::Area(area), Some(Tie::Area(area))),
        AreaChange::Ends(area) => (Strand::Area(area), None),
    };
    let history = changed(&relations::for_change(&db, &permit).await?, (strand, to), from)?;
    saved(desk, &db, &permit, &history).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    Ok(db.commit().await?)
}

/// Who stands above somebody from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineChange {
    /// The line manager; `None` for none.
    Manager(Option<PersonId>),
    /// The appraiser; `None` for none.
    Appraiser(Option<PersonId>),
}

/// Changes somebody's line manager or appraiser, from a day on, and refuses circles (R-PPL-3).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator.
pub async fn change_line(
    desk: &Desk,
    who: PersonId,
    (of, what, from): (PersonId, LineChange, Option<Date>),
) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<ChangeLine>(&me, &other, &())?;
    let from = day(desk, from)?;
    let (LineChange::Manager(chosen) | LineChange::Appraiser(chosen)) = what;
    let listed = places(desk, &me).await.map_err(Stop::widen_never)?;
    if chosen == Some(of) {
        return Err(RelationRefused::Oneself.into());
    }
    if chosen.is_some_and(|chosen| !listed.people.iter().any(|one| one.id == chosen)) {
        return Err(Stop::Refused(PersonRefused::NotOnTheList));
    }
    let strand = match what {
        LineChange::Manager(manager) => (Strand::Manager, manager.map(Tie::Manager)),
        LineChange::Appraiser(appraiser) => (Strand::Appraiser, appraiser.map(Tie::Appraiser)),
    };
    let before = relations::for_change(&db, &permit).await?;
    let history = changed(&before, strand, from)?;
    by_another_hand(who, (&before, &history))?;
    let mut lines = relations::lines(&db, &permit).await?;
    lines.put(of, &history);
    if let Some(closing) = lines.circle(of, from) {
        let name = listed.names.into_iter().find(|(id, _)| *id == closing).map(|(_, name)| name);
        return Err(RelationRefused::Circle(name.unwrap_or_default()).into());
    }
    saved(desk, &db, &permit, &history).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    Ok(db.commit().await?)
}

/// Gives somebody these roles and no others, from a day on (R-PPL-1).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator, and for the own roles.
pub async fn change_roles(
    desk: &Desk,
    who: PersonId,
    (of, wanted, from): (PersonId, Roles, Option<Date>),
) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<ChangeRoles>(&me, &other, &())?;
    let from = day(desk, from)?;
    if wanted == Roles::NONE {
        return Err(Stop::Refused(PersonRefused::NoRole));
    }
    let mut history = relations::for_change(&db, &permit).await?;
    let before = State::on(&history, from).roles;
    if before == wanted {
        return Err(RelationRefused::NoChange.into());
    }
    for role in Role::ALL.into_iter().filter(|role| before.has(*role) != wanted.has(*role)) {
        history = change(&history, Strand::Role(role), wanted.has(role).then_some(Tie::Role(role)), from);
    }
    saved(desk, &db, &permit, &history).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    Ok(db.commit().await?)
}

/// Switches an account off or on, from a day on: somebody leaves or comes back. Past rows and threads stay (R-PPL-1).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator, and for the own account.
pub async fn switch(
    desk: &Desk,
    who: PersonId,
    (of, on, from): (PersonId, bool, Option<Date>),
) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    if on {
        let permit = desk.permit::<ReactivatePerson>(&me, &other, &())?;
        let from = day(desk, from)?;
        let history = relations::for_change(&db, &permit).await?;
        let history = changed(&history, (Strand::Account, Some(Tie::Account)), from)?;
        saved(desk, &db, &permit, &history).await?;
        events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    } else {
        let permit = desk.permit::<DeactivatePerson>(&me, &other, &())?;
        let from = day(desk, from)?;
        let history = relations::for_change(&db, &permit).await?;
        let history = changed(&history, (Strand::Account, None), from)?;
        saved(desk, &db, &permit, &history).await?;
        events::record(&db, &permit, desk.stamp(), &format!("{of} {from}")).await?;
    }
    Ok(db.commit().await?)
}

/// Takes a change back that has not begun (R-PPL-4).
///
/// # Errors
/// A rule that says no; denied for anybody but an administrator, and for the own place.
pub async fn cancel(
    desk: &Desk,
    who: PersonId,
    (of, strand, on): (PersonId, Strand, Date),
) -> Result<(), Stop<PersonRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let other = desk.person(&db, of).await?;
    let permit = desk.permit::<CancelChange>(&me, &other, &())?;
    let before = relations::for_change(&db, &permit).await?;
    let history = take_back(&before, (strand, on), desk.today())?;
    by_another_hand(who, (&before, &history))?;
    saved(desk, &db, &permit, &history).await?;
    events::record(&db, &permit, desk.stamp(), &format!("{of} {on}")).await?;
    Ok(db.commit().await?)
}

/// Puts dated changes into force whose day has come (R-PPL-6), the next year among them (R-NEW-5). Says whether there were any.
///
/// # Errors
/// A fault of the database.
pub async fn keep_dates(desk: &Desk) -> Result<bool, Stop<Never>> {
    let permit = desk.house.gate.permit::<KeepDates>(&Actor::Job(Job::Tidy), &desk.frame.programme.facts, &())?;
    let reads = desk.read();
    let over = new_year::over(desk, &reads).await?;
    let turns = store::new_year::is_due(&reads, &permit, (over, desk.today())).await?;
    if !turns && !relations::is_due(&reads, &permit, desk.today()).await? {
        return Ok(false);
    }
    drop(reads);
    let db = desk.write().await?;
    // What was agreed in the year that is over is kept before anybody's place changes (R-NEW-6).
    if turns {
        store::new_year::turn(&db, &permit, (over, desk.today())).await?;
    }
    relations::keep(&db, &permit, desk.today()).await?;
    events::record(&db, &permit, desk.stamp(), &desk.today().to_string()).await?;
    db.commit().await?;
    Ok(true)
}

/// The days on which something that is planned begins or ends, with the strand, in order.
pub fn planned(history: &[Relation], today: Date) -> Vec<(Date, Strand)> {
    let mut found: Vec<(Date, Strand)> = Vec::new();
    for relation in history {
        for day in [Some(relation.starts), relation.until].into_iter().flatten().filter(|day| *day > today) {
            let one = (day, relation.tie.strand());
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found.sort_by_key(|(day, _)| *day);
    found
}

/// Areas that somebody works in beside the main one, on a day or later.
pub fn further_areas(history: &[Relation], today: Date) -> BTreeSet<AreaId> {
    let on = history.iter().filter(|relation| !relation.is_over(today));
    on.filter_map(|relation| if let Tie::Area(area) = relation.tie { Some(area) } else { None }).collect()
}
