//! Bringing in files from the command line: the same comparing and saving as in the browser, under its own permit.

use domain::ids::ThemeId;
use domain::people::Role;
use domain::staff_file::plan::{self, Plan};
use domain::staff_file::{CellError, Kind, Known, Matching, Table};
use policies::Permit;
use policies::acts::ImportStaff;
use policies::facts::Actor;
use store::import_files::{self as files, Counts, State};
use store::imports::{self, Compares};
use store::{Db, Fault, events};

use crate::desk::{Desk, Never, Stop};
use crate::imports::{ImportRefused, apply, detail, replaced};

/// What a file would change, for the command line. Nothing is written.
///
/// # Errors
/// A fault of the database.
pub async fn compare(desk: &Desk, (kind, table): (Kind, &Table)) -> Result<Result<Plan, Vec<CellError>>, Stop<Never>> {
    let permit = by_command(desk)?;
    Ok(compared(&desk.read(), &permit, (kind, table)).await?)
}

fn by_command(desk: &Desk) -> Result<Permit<ImportStaff>, policies::Denied> {
    desk.house.gate.permit::<ImportStaff>(&Actor::CommandLine, &desk.frame.programme.facts, &())
}

async fn compared(
    db: &Db,
    permit: &impl Compares,
    (kind, table): (Kind, &Table),
) -> Result<Result<Plan, Vec<CellError>>, Fault> {
    let remembered = files::remembered(db, permit, kind).await?;
    let matching = Matching::guess(table, kind, &remembered);
    let known = imports::known(db, permit).await?;
    let mut plan = plan::plan((table, kind), &matching, &known);
    if let Ok(plan) = &mut plan {
        plan.warnings.extend(replaced(db, permit, plan).await?);
    }
    Ok(plan)
}

/// Brings a file in from the command line, all of it or nothing, unless it would no longer do what `seen` says.
///
/// # Errors
/// A rule that says no.
pub async fn bring_in(
    desk: &Desk,
    (kind, name): (Kind, &str),
    (table, seen): (&Table, &Plan),
) -> Result<Counts, Stop<ImportRefused>> {
    let db = desk.write().await?;
    let permit = by_command(desk)?;
    let plan = compared(&db, &permit, (kind, table)).await?.map_err(|_| Stop::Refused(ImportRefused::Wrong))?;
    if plan.fingerprint() != seen.fingerprint() {
        return Err(Stop::Refused(ImportRefused::Stale));
    }
    let (known, which) = (imports::known(&db, &permit).await?, desk.ids().fresh::<ThemeId>().0);
    let applied = apply(&db, &permit, (desk.ids(), desk.now, desk.today()), (&plan, &known, false)).await?;
    if !imports::has_administrator(&db, &permit).await? && had_administrator(&known) {
        return Err(Stop::Refused(ImportRefused::NoAdministrator));
    }
    files::insert(&db, &permit, (which, kind, &crate::reading::called(name)), (State::Read, desk.now)).await?;
    files::done(&db, &permit, (which, desk.now), (applied.counts, &applied.changes)).await?;
    events::record(&db, &permit, desk.stamp(), &detail(plan.kind, applied.counts)).await?;
    db.commit().await?;
    Ok(applied.counts)
}

fn had_administrator(known: &Known) -> bool {
    known.people.iter().any(|person| person.active && person.roles().has(Role::Administrator))
}
