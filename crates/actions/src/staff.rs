//! Bringing in the staff: a college out of a file that was read to the end, in one unit of work. Rules R-IMP-1 to R-IMP-4.

use std::sync::Arc;

use domain::ids::{Chance, Ids, InstitutionId, TermId, ThemeId};
use domain::period::Calendar;
use domain::programme::{Model, Title};
use domain::staff_file::{Staff, plan};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use policies::acts::ImportStaff;
use policies::facts::{Actor, ProgrammeFacts};
use policies::{Gate, Permit};
use store::people::{self, Named};
use store::programme::{self, Programme};
use store::{Db, Store, events, imports};

use crate::desk::{Never, Stop};
use crate::imports::{apply, detail};

/// The themes every college begins with: the case study's topics (CPD-05) and the usual ones. "Something else" is last.
pub const THEMES: [&str; 13] = [
    "Questioning",
    "Behaviour management",
    "Assessment for learning",
    "Growth mindset",
    "Positivity",
    "Body language",
    "Gendered attainment gaps",
    "Digital tools",
    "Maths in my subject",
    "English in my subject",
    "Confidence",
    "Inclusion",
    SOMETHING_ELSE,
];

/// The theme for whatever has no name yet.
pub const SOMETHING_ELSE: &str = "Something else";

/// A college that is to be, when the folder is still empty.
#[derive(Debug, Clone)]
pub struct NewCollege {
    /// Its name.
    pub name: String,
    /// What it calls its practitioners.
    pub title: Title,
    /// Its deployment model.
    pub model: Model,
    /// Whether it is a sample.
    pub sample: bool,
    /// Its time zone.
    pub zone: TimeZone,
    /// The academic years whose usual terms it starts with.
    pub years: Vec<i16>,
    /// Seconds by which a sample's clock is ahead.
    pub clock_ahead: i64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// People who were not there before.
    pub new: usize,
    /// People who were, brought up to date.
    pub known: usize,
}

/// Brings a staff list in: into an empty folder with `college`, into a college as changes. All of it or nothing (R-IMP-1).
/// Nobody is removed: who is missing from a later file stays as they are (R-IMP-4).
///
/// # Errors
/// A fault of the database; denied never, as the command line may import.
pub async fn import(
    store: &Store,
    (gate, chance): (&Gate, &Arc<dyn Chance>),
    (college, staff): (&NewCollege, &Staff),
    now: Timestamp,
) -> Result<Imported, Stop<Never>> {
    let ids = Ids(chance.as_ref());
    let db = store.write().await?;
    let there = programme::find(&db).await?.map(|programme| programme.facts);
    let is_new = there.is_none();
    // A college that was begun in the browser goes on under the same identifier, and its draft is cleared away.
    let begun = store::set_up::draft(&db).await?.map(|draft| draft.institution);
    let today = college.zone.to_datetime(now).date();
    let facts = there.unwrap_or_else(|| ProgrammeFacts {
        institution: begun.unwrap_or_else(|| ids.fresh::<InstitutionId>()),
        model: college.model,
        asking_opened: false,
        sample: college.sample,
    });
    let permit = gate.permit::<ImportStaff>(&Actor::CommandLine, &facts, &())?;
    if is_new {
        let calendar = Calendar::usual(college.zone.clone(), &college.years);
        let terms: Vec<TermId> = calendar.terms.iter().map(|_| ids.fresh()).collect();
        let programme = Programme {
            facts,
            name: college.name.clone(),
            title: college.title.clone(),
            zone: college.zone.clone(),
            changes: Vec::new(),
            clock_ahead: college.clock_ahead,
        };
        found(&db, &permit, (&programme, &calendar, &terms), ids).await?;
        store::set_up::clear(&db, &permit).await?;
    }
    let (imported, what) = bring(&db, &permit, (ids, now, today), staff).await?;
    let stamp = events::Stamp { id: ids.fresh(), at: now };
    events::record(&db, &permit, stamp, &what).await?;
    db.commit().await?;
    Ok(imported)
}

/// Puts a programme with its calendar and the usual themes into an empty folder.
pub(crate) async fn found(
    db: &Db,
    permit: &Permit<ImportStaff>,
    (programme, calendar, terms): (&Programme, &Calendar, &[TermId]),
    ids: Ids<'_>,
) -> Result<(), Stop<Never>> {
    programme::insert(db, permit, programme, (calendar, terms)).await?;
    for (position, theme) in (0..).zip(THEMES) {
        // What has no name yet comes last, whatever the college adds.
        let position = if theme == SOMETHING_ELSE { i64::from(u16::MAX) } else { position };
        people::add(db, permit, Named::Theme, (ids.fresh::<ThemeId>().0, theme, position)).await?;
    }
    Ok(())
}

/// Brings everybody of a staff list in; also what the event tells of it.
pub(crate) async fn bring(
    db: &Db,
    permit: &Permit<ImportStaff>,
    (ids, now, today): (Ids<'_>, Timestamp, Date),
    staff: &Staff,
) -> Result<(Imported, String), Stop<Never>> {
    let known = imports::known(db, permit).await?;
    let plan = plan::of_staff(staff, &known);
    let applied = apply(db, permit, (ids, now, today), (&plan, &known, false)).await?;
    let new = plan.new_entries().count();
    Ok((Imported { new, known: staff.people.len() - new }, detail(plan.kind, applied.counts)))
}
