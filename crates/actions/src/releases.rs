//! The release book: what leaders see of people, term by term, in ranges, for good. Rules R-REL-6 to R-REL-20.

mod began;
mod cover;
mod hours;
mod known;
mod lived;
mod make;
mod said;
mod tell;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::AreaId;
use domain::period::days_after;
use domain::releases::{Measure, NEWS_DAYS, Standing, year_words};
use evidence::bands::Band;
use evidence::book::{Group, Release, verify};
use policies::Permit;
use policies::acts::SeeReleases;
use policies::facts::PersonFacts;
use store::{Db, Fault, releases};

use crate::desk::{Desk, Never, Stop};

pub use began::HowItBegan;
pub use cover::{Cover, Hours, Lived, Noted, OfYear, Sessions};
pub(crate) use known::Checked;
use known::{Known, Measured};
pub use make::keep;
pub use said::{SaidOf, ToldOfSessions};

/// Which release: the academic year, and the term's number in it; 0 is the year itself.
pub type Which = (i16, u8);

/// A line of a release as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who is counted: "Everybody", an area, a role.
    pub who: String,
    /// So many people.
    pub of: u64,
    /// How many of them; nothing where it is not shown.
    pub band: Option<Band>,
    /// The same of the year before, where it was shown.
    pub before: Option<Band>,
}

/// A measure of a release.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which.
    pub measure: Measure,
    /// Everybody.
    pub total: Option<Line>,
    /// By area.
    pub areas: Vec<Line>,
    /// By role.
    pub roles: Vec<Line>,
}

/// A release with its measures, and which others there are.
#[derive(Debug)]
pub struct Page {
    /// Every release, the latest first.
    pub all: Vec<(Which, Cover)>,
    /// Which one this is; nothing while none is out.
    pub shown: Option<(Which, Vec<Told>)>,
    /// When the next one comes out, with its name.
    pub next: Option<(String, jiff::civil::Date)>,
}

impl Page {
    /// The cover of the one that is shown.
    pub fn cover(&self) -> Option<&Cover> {
        let (which, _) = self.shown.as_ref()?;
        self.all.iter().find(|(one, _)| one == which).map(|(_, cover)| cover)
    }

    /// The cover of another year's release of the same kind.
    pub fn before(&self) -> Option<&Cover> {
        let ((year, number), _) = self.shown.as_ref()?;
        self.all.iter().find(|(one, _)| *one == (year.saturating_sub(1), *number)).map(|(_, cover)| cover)
    }
}

/// A measure's releases of a year, oldest first, as they came out.
///
/// # Errors
/// When one was altered: nothing is shown then (R-REL-11).
async fn of_measure<A: releases::ReadsReleases>(
    db: &Db,
    permit: &Permit<A>,
    (year, measure): (i16, Measure),
) -> Result<Vec<Release>, Fault> {
    whole(&releases::measure(db, permit, (year, measure.code())).await?)
}

fn whole(texts: &[String]) -> Result<Vec<Release>, Fault> {
    let read: Result<Vec<Release>, _> = texts.iter().map(|text| serde_json::from_str(text)).collect();
    let all = read.map_err(|_| Fault::Unreadable("release"))?;
    verify(&all).map_err(|_| Fault::Unreadable("release"))?;
    Ok(all)
}

/// The same for reading, from what was found whole before where it is still the same, and only with the hashes that stand on
/// the covers.
///
/// # Errors
/// When one was altered: nothing is shown then (R-REL-11).
async fn known(
    (desk, db): (&Desk, &Db),
    permit: &Permit<SeeReleases>,
    (year, measure, covers): (i16, Measure, &[(Which, Cover)]),
) -> Result<Arc<Measured>, Fault> {
    let texts = releases::measure(db, permit, (year, measure.code())).await?;
    let found = desk.house.releases.read(&texts, whole)?;
    let stands = |one: &Known| {
        let cover = covers.iter().find(|(which, _)| *which == (year, one.number));
        cover.is_some_and(|(_, cover)| {
            cover.measures.iter().any(|(code, hash)| code == measure.code() && *hash == one.hash)
        })
    };
    if found.all.iter().all(stands) { Ok(found) } else { Err(Fault::Unreadable("release")) }
}

/// The covers of all releases, the first one first, once they were found as they came out.
///
/// # Errors
/// When one was altered (R-REL-11).
pub(crate) async fn covers<A: releases::ReadsReleases>(
    db: &Db,
    permit: &Permit<A>,
) -> Result<Vec<(Which, Cover)>, Fault> {
    let kept = releases::covers(db, permit).await?;
    let texts: Vec<&str> = kept.iter().map(|one| one.said.as_str()).collect();
    let read = cover::read(&texts)?;
    Ok(kept.iter().map(|one| (one.year, one.number)).zip(read).collect())
}

/// The names of a year's areas by number; areas counted together are told together (R-REL-6).
type Areas = BTreeMap<u16, (Option<AreaId>, String)>;

fn place(release: &Release) -> u8 {
    match release.period {
        evidence::book::Period::Term(number) => number,
        evidence::book::Period::Year => releases::YEAR,
    }
}

/// What is counted under a number: the area itself and those that were too small.
fn named(partners: &BTreeMap<u16, u16>, areas: &Areas, number: u16) -> String {
    let own = |at: &u16| areas.get(at).map(|(_, name)| name.clone());
    let together = partners.iter().filter(|(_, to)| **to == number).filter_map(|(at, _)| own(at));
    let all: Vec<String> = together.collect();
    if all.is_empty() { own(&number).unwrap_or_default() } else { all.join(" and ") }
}

/// A measure as the page shows it, with the same of the year before beside it.
fn told(
    measure: Measure,
    number: u8,
    (now, areas): (&Measured, &Areas),
    (before, areas_before): (&Measured, &Areas),
    title: &str,
) -> Option<Told> {
    let who = |measured: &Measured, areas: &Areas, group: Group| match group {
        Group::Total => "Everybody".to_owned(),
        Group::Area(area) => named(&measured.partners, areas, area),
        Group::Role(role) => {
            let standing = Standing::ALL.iter().find(|one| one.number() == role);
            standing.map_or(String::new(), |one| match one {
                Standing::Practitioner => title.to_owned(),
                other => other.words().to_owned(),
            })
        }
    };
    let found = now.all.iter().find(|one| one.number == number)?;
    let earlier: BTreeMap<String, Band> = before
        .all
        .iter()
        .find(|one| one.number == number)
        .map(|one| {
            one.shown.iter().filter_map(|line| Some((who(before, areas_before, line.group), line.band?))).collect()
        })
        .unwrap_or_default();
    let mut all = Told { measure, total: None, areas: Vec::new(), roles: Vec::new() };
    for shown in &found.shown {
        let name = who(now, areas, shown.group);
        let line = Line { of: shown.of, band: shown.band, before: earlier.get(&name).copied(), who: name };
        match shown.group {
            Group::Total => all.total = Some(line),
            Group::Area(_) => all.areas.push(line),
            Group::Role(_) => all.roles.push(line),
        }
    }
    all.areas.sort_by(|one, other| one.who.cmp(&other.who));
    Some(all)
}

/// A release: the one asked for, or the latest (R-REL-18).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader, and when there is no such release; a fault when what is kept was
/// altered.
pub async fn see(desk: &Desk, who: &PersonFacts, which: Option<Which>) -> Result<Page, Stop<Never>> {
    let permit = desk.permit::<SeeReleases>(who, &desk.frame.programme.facts, &())?;
    let db = desk.read();
    let mut all = covers(&db, &permit).await?;
    all.reverse();
    let latest = all.first().map(|(which, _)| *which);
    let next = make::next(desk, &all);
    let Some((year, number)) = which.or(latest) else { return Ok(Page { all, shown: None, next }) };
    if !all.iter().any(|(one, _)| *one == (year, number)) {
        return Err(Stop::Denied);
    }
    let measures = measures(desk, (&db, &permit), ((year, number), &all), Measure::ALL).await?;
    Ok(Page { all, shown: Some(((year, number), measures)), next })
}

/// The latest year that is out.
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader; a fault when what is kept was altered.
pub async fn latest_year(desk: &Desk, who: &PersonFacts) -> Result<Option<Which>, Stop<Never>> {
    let permit = desk.permit::<SeeReleases>(who, &desk.frame.programme.facts, &())?;
    let all = covers(&desk.read(), &permit).await?;
    Ok(all.iter().rev().map(|(which, _)| *which).find(|(_, number)| *number == releases::YEAR))
}

/// These measures of a release, with the same of the year before.
pub(crate) async fn measures(
    desk: &Desk,
    (db, permit): (&Db, &Permit<SeeReleases>),
    ((year, number), all): (Which, &[(Which, Cover)]),
    wanted: &[Measure],
) -> Result<Vec<Told>, Stop<Never>> {
    let last_year = year.saturating_sub(1);
    let areas = releases::areas(db, permit, year).await?;
    let areas_before = releases::areas(db, permit, last_year).await?;
    let title = &desk.frame.programme.title.many;
    let mut measures = Vec::new();
    for measure in wanted {
        let now = known((desk, db), permit, (year, *measure, all)).await?;
        let before = known((desk, db), permit, (last_year, *measure, all)).await?;
        measures.extend(told(*measure, number, (&now, &areas), (&before, &areas_before), title));
    }
    Ok(measures)
}

/// The release that came out within the last four weeks, for first pages: which, and what it is called (R-REL-27).
///
/// # Errors
/// Denied for anybody but a programme lead or a senior leader; a fault when what is kept was altered.
pub async fn fresh(desk: &Desk, who: &PersonFacts) -> Result<Option<(Which, Cover)>, Stop<Never>> {
    let permit = desk.permit::<SeeReleases>(who, &desk.frame.programme.facts, &())?;
    let all = covers(&desk.read(), &permit).await?;
    let since = days_after(desk.today(), -NEWS_DAYS);
    Ok(all.into_iter().next_back().filter(|(_, cover)| cover.out > since))
}

/// The key of a model in a release.
pub const fn key(model: domain::programme::Model) -> &'static str {
    lived::model(model).key()
}

/// "Year 2025/26".
fn year_name(year: i16) -> String {
    format!("Year {}", year_words(year))
}
