//! Starting the next year of the programme: what is proposed, what the lead agrees, all of it in one unit of work.
//! Rules R-NEW-1 to R-NEW-9 in `docs/rules/new-year.md`.

use std::collections::BTreeMap;

use domain::ids::{AreaId, PersonId};
use domain::inductions::Settling;
use domain::minutes::Minutes;
use domain::new_year::{Coming, Known, LATE_DAYS, NewYearRefused, Part, Wish};
use domain::people::Role;
use domain::period::days_after;
use domain::relations::{Strand, Tie, change};
use domain::remission::{Base, Remission};
use domain::year::{self, Year, YearRefused};
use jiff::civil::Date;
use policies::Permit;
use policies::acts::{AppointPractitioner, SeeBoard, SeeFrame, SetYear, StandDownPractitioner, StartYear};
use policies::facts::PersonFacts;
use store::frame::Given;
pub use store::new_year::{Agreed, Started};
pub use store::new_year_chart::Lines;
use store::{Db, Fault, events, frame, new_year, new_year_chart, ramps, relations};
use uuid::Uuid;

use crate::desk::{Desk, Never, Stop};
use crate::frame::with_weeks;
use crate::year::all as years;

/// A practitioner, with what is proposed for the next year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// This year.
    pub given: Given,
    /// The hours of the next one; `None` for none.
    pub agreed: Option<Remission>,
    /// The areas of the next one.
    pub areas: Vec<AreaId>,
    /// Whether they are new in the role, with less expected at first.
    pub settling: Option<Settling>,
}

/// The next year as the lead finds it.
#[derive(Debug)]
pub struct NewYear {
    /// Which.
    pub coming: Coming,
    /// Whether and by whom it was started.
    pub started: Option<Started>,
    /// What shares and weeks of the next year are counted against.
    pub base: Base,
    /// One for each practitioner whose account is on, by name.
    pub each: Vec<One>,
    /// Areas by name.
    pub areas: Vec<(AreaId, String)>,
    /// Areas that somebody looks after this year and nobody in the next, as it is set.
    pub bare: Vec<String>,
    /// What the chart says.
    pub lines: Lines,
    /// Changes when something changes that this page shows.
    pub version: String,
}

/// What is read again when the year is started, inside the unit of work.
struct Read {
    coming: Coming,
    started: Vec<Started>,
    base: Base,
    each: Vec<One>,
    areas: Vec<(AreaId, String)>,
    years: Vec<Year>,
    version: String,
}

/// What somebody read and wrote.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which year, by its number.
    pub number: i16,
    /// Its days, terms and holidays; `None` when they cannot be read.
    pub year: Option<Year>,
    /// One for each practitioner.
    pub each: Vec<Wish>,
    /// Whether the chart is right.
    pub chart: bool,
    /// The page's version.
    pub version: String,
    /// The form's token: sent twice, started once.
    pub once: String,
}

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// In the year.
    Year(year::Part),
    /// With one practitioner.
    Person(PersonId, Part),
    /// The confirmation of the chart.
    Chart,
}

/// A rule that says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartRefused {
    /// Each with its place.
    #[error("Please look at this.")]
    Wrong(Vec<(At, String)>),
    /// R-NEW-7.
    #[error(
        "Something has changed since you opened this page. What you wrote is still here: look through it once more and send it again."
    )]
    Stale,
    /// R-NEW-7.
    #[error("{0} has started this year meanwhile. What stands below is what you wrote; it is not saved.")]
    Meanwhile(String),
}

/// The year that is over, as long as what was agreed in it can still be kept (R-NEW-6).
pub(crate) async fn over(desk: &Desk, db: &Db) -> Result<Option<new_year::Over>, Fault> {
    let all = years(desk, db).await?;
    let today = desk.today();
    let Some(present) = all.iter().rposition(|year| year.turns() <= today) else { return Ok(None) };
    let new = all.get(present).is_some_and(|year| today < days_after(year.turns(), LATE_DAYS));
    let before = present.checked_sub(1).and_then(|at| all.get(at)).filter(|_| new);
    Ok(before.map(|year| (year.number(), year.starts, year.ends)))
}

async fn read(
    desk: &Desk,
    db: &Db,
    (permit, frame_permit): (&Permit<StartYear>, &Permit<SeeFrame>),
) -> Result<Option<Read>, Fault> {
    let today = desk.today();
    let years = years(desk, db).await?;
    let started = new_year::started(db, permit).await?;
    let is_started = |number| started.iter().any(|one| one.year == number);
    let Some(coming) = Coming::on(today, &years, is_started) else { return Ok(None) };
    let base = frame::set_so_far(db, frame_permit).await?.map(|(base, _)| base);
    let base = base.unwrap_or_else(|| with_weeks(coming.next.weeks().iter().sum()));
    let set = new_year::set_for(db, permit, coming.next.number()).await?;
    let settling = ramps::of_frame(db, frame_permit).await?;
    let given = frame::given(db, frame_permit, today).await?;
    // What a year asks is settled by its days, its people and what was set; somebody's profile is no part of it.
    let shown = given
        .iter()
        .map(|one| (one.person, one.since, one.until, one.active, one.remitted, one.agreed, &one.nominated));
    let shown = format!("{:?}", (&coming, shown.collect::<Vec<_>>(), &set, &base));
    let each = given.into_iter().filter(|one| one.active).map(|given| proposed(given, (&set, &settling, base)));
    let (each, areas) = (each.collect(), frame::areas(db, frame_permit).await?);
    let version = crate::chance::digest(&shown);
    Ok(Some(Read { coming, started, base, each, areas, years, version }))
}

/// What was set for the next year, or else this year's (R-NEW-3).
fn proposed(given: Given, (set, settling, base): (&Option<Vec<Agreed>>, &BTreeMap<PersonId, Settling>, Base)) -> One {
    let own = set.iter().flatten().find(|one| one.person == given.person);
    let hours = |remitted: Minutes| (remitted > Minutes(0)).then(|| Remission::of_year(remitted, base));
    let (agreed, areas) = match own {
        Some(one) => (one.agreed.or_else(|| hours(one.remitted)), one.areas.clone()),
        None => {
            (given.agreed.or_else(|| hours(given.remitted)), given.nominated.iter().map(|(area, _)| *area).collect())
        }
    };
    One { agreed, areas, settling: settling.get(&given.person).copied(), given }
}

/// Looks at the next year; `None` where none has begun that could be rolled over.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub async fn see(desk: &Desk, who: &PersonFacts) -> Result<Option<NewYear>, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<StartYear>(who, programme, &())?;
    let frame_permit = desk.permit::<SeeFrame>(who, programme, &())?;
    let db = desk.read();
    let Some(found) = read(desk, &db, (&permit, &frame_permit)).await? else { return Ok(None) };
    let lines = new_year_chart::lines(&db, &permit, (found.coming.last.starts, desk.today())).await?;
    let started = found.started.into_iter().find(|one| one.year == found.coming.next.number());
    let (each, turns) = (found.each, found.coming.next.turns());
    let kept = |area: &AreaId| each.iter().any(|one| one.areas.contains(area) && !stops(one, turns));
    let now = |area: &AreaId| each.iter().any(|one| one.given.nominated.iter().any(|(known, _)| known == area));
    let bare = found.areas.iter().filter(|(area, _)| now(area) && !kept(area)).map(|(_, name)| name.clone()).collect();
    let (coming, base, areas, version) = (found.coming, found.base, found.areas, found.version);
    Ok(Some(NewYear { coming, started, base, each, areas, bare, lines, version }))
}

/// Whether somebody is in the role no more when the year turns.
fn stops(one: &One, turns: Date) -> bool {
    one.given.until.is_some_and(|until| until <= turns)
}

/// What waits to be started, for the lead's board: the year's words, and whether it has begun (R-NEW-1).
pub(crate) async fn to_tell(desk: &Desk, db: &Db, permit: &Permit<SeeBoard>) -> Result<Option<(String, bool)>, Fault> {
    let started = new_year::started(db, permit).await?;
    let is_started = |number| started.iter().any(|one| one.year == number);
    let coming = Coming::on(desk.today(), &years(desk, db).await?, is_started);
    let waits = coming.filter(|one| one.is_told(desk.today()) && !is_started(one.next.number()));
    Ok(waits.map(|one| (one.next.words(), one.has_begun(desk.today()))))
}

/// Starts the next year: its days, what is agreed with each practitioner, who stops; all of it or nothing (R-NEW-7).
///
/// # Errors
/// A rule that says no; denied for anybody but a programme lead, and while the year cannot be started yet.
pub async fn start(desk: &Desk, who: PersonId, wanted: &Wanted) -> Result<(), Stop<StartRefused>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let programme = &desk.frame.programme.facts;
    let permit = desk.permit::<StartYear>(&me, programme, &())?;
    let frame_permit = desk.permit::<SeeFrame>(&me, programme, &())?;
    let set_year = desk.permit::<SetYear>(&me, programme, &())?;
    let found = read(desk, &db, (&permit, &frame_permit)).await?.ok_or(Stop::Denied)?;
    let form: Uuid = desk.once(who, &wanted.once);
    if found.started.iter().any(|one| one.id == form) {
        return Ok(());
    }
    up_to_date(&found, wanted, desk.today())?;
    let (new, agreed) = checked(&found, wanted, desk.today())?;
    let old = found.years.iter().find(|year| found.coming.is_known && year.starts == found.coming.next.starts);
    if old != Some(&new) {
        let terms: Vec<_> = new.terms.iter().map(|_| desk.ids().fresh()).collect();
        store::year::set(&db, &set_year, old, (&new, &terms)).await?;
    }
    for one in &found.each {
        let wish = wanted.each.iter().find(|wish| wish.person == one.given.person);
        let until = wish.and_then(|wish| wish.stops).ok_or(Stop::Refused(StartRefused::Stale))?;
        set_end(desk, &db, &me, (&one.given, until)).await?;
    }
    let year =
        Started { year: new.number(), id: form, by: String::new(), at: desk.now, turns: new.turns(), done: false };
    new_year::set(&db, &permit, (who, &year), &agreed).await?;
    if new.turns() <= desk.today() {
        let last = &found.coming.last;
        let over = Some((last.number(), last.starts, last.ends));
        new_year::turn(&db, &permit, (over, desk.today())).await?;
    }
    events::record(&db, &permit, desk.stamp(), &new.number().to_string()).await?;
    db.commit().await?;
    Ok(desk.house.refresh().await?)
}

/// Whether the page that was sent shows how things stand (R-NEW-7).
fn up_to_date(found: &Read, wanted: &Wanted, today: Date) -> Result<(), Stop<StartRefused>> {
    let by = found.started.iter().find(|one| one.year == wanted.number).map(|one| one.by.clone());
    let changed = found.coming.next.number() != wanted.number || found.version != wanted.version;
    match (changed, by) {
        (true, Some(by)) => Err(Stop::Refused(StartRefused::Meanwhile(by))),
        (true, None) => Err(Stop::Refused(StartRefused::Stale)),
        (false, _) if !found.coming.is_open(today) => Err(Stop::Denied),
        (false, _) => Ok(()),
    }
}

/// Everything that is wrong, or the year with what is agreed for it (R-NEW-2, R-NEW-3, R-NEW-4).
fn checked(found: &Read, wanted: &Wanted, today: Date) -> Result<(Year, Vec<Agreed>), Stop<StartRefused>> {
    let mut wrong: Vec<(At, String)> = Vec::new();
    let (mut agreed, next) = (Vec::new(), &found.coming.next);
    for one in &found.each {
        let given = &one.given;
        let wish = wanted.each.iter().find(|wish| wish.person == given.person);
        let wish = wish.ok_or(Stop::Refused(StartRefused::Stale))?;
        let known = Known { name: &given.name, since: given.since, has_hours: given.remitted > Minutes(0) };
        match wish.check(known, found.base, (today, next.turns())) {
            Err((part, no)) => wrong.push((At::Person(given.person, part), no.to_string())),
            Ok(remission) => {
                let goes_on = !wish.has_stopped(next.turns());
                let known =
                    found.areas.iter().map(|(area, _)| *area).filter(|area| goes_on && wish.areas.contains(area));
                let remitted = remission.map_or(Minutes(0), |one| one.year());
                let (person, caseload) = (given.person, given.caseload);
                agreed.push(Agreed { person, caseload, remitted, agreed: remission, areas: known.collect() });
            }
        }
    }
    if !wanted.chart {
        wrong.push((At::Chart, NewYearRefused::Chart.to_string()));
    }
    let others: Vec<Year> =
        found.years.iter().filter(|year| !found.coming.is_known || year.starts != next.starts).cloned().collect();
    if let Some(new) = &wanted.year {
        let overlaps = new.beside(&others).err().map(|no: YearRefused| no.to_string());
        let elsewhere = (new.number() != next.number()).then(|| {
            format!("This is not the year {}. Choose a first day near {}.", next.words(), year::full_words(next.starts))
        });
        wrong.extend(overlaps.or(elsewhere).map(|no| (At::Year(year::Part::Starts), no)));
    }
    match &wanted.year {
        Some(new) if wrong.is_empty() => Ok((new.clone(), agreed)),
        _ => Err(Stop::Refused(StartRefused::Wrong(wrong))),
    }
}

/// Sets the day from which somebody is in the role no more, or takes it away (R-NEW-3).
async fn set_end(
    desk: &Desk,
    db: &Db,
    me: &PersonFacts,
    (given, until): (&Given, Option<Date>),
) -> Result<(), Stop<StartRefused>> {
    if until == given.until {
        return Ok(());
    }
    let other = desk.person(db, given.person).await?;
    let role = Tie::Role(Role::Practitioner);
    if let Some(before) = given.until {
        let permit = desk.permit::<AppointPractitioner>(me, &other, &())?;
        let history = change(&relations::for_change(db, &permit).await?, role.strand(), Some(role), before);
        relations::save(db, &permit, &history, desk.today()).await?;
    }
    if let Some(day) = until {
        let permit = desk.permit::<StandDownPractitioner>(me, &other, &())?;
        let history = relations::for_change(db, &permit).await?;
        let history = change(&history, Strand::Role(Role::Practitioner), None, day);
        relations::save(db, &permit, &history, desk.today()).await?;
    }
    Ok(())
}
