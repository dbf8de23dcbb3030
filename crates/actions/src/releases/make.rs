//! Making a release on its day: the frame of its census day, what was entered, the decision, the cover. Done by the program itself
//! and by nobody else.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{AreaId, PersonId};
use domain::period::academic_year;
use domain::relations::State;
use domain::releases::{Due, Measure, Standing, dues, year_out};
use evidence::bands::Band;
use evidence::book::{self, Frame, Place, Release};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use policies::Permit;
use policies::acts::MakeRelease;
use policies::facts::{Actor, Job};
use store::counted::{self, Between, Mark};
use store::releases::{self, Kept, NewMeasure, YEAR};
use store::{Db, Fault, events};

use super::began::{began, how_it_began, in_any_term};
use super::cover::{Cover, OfYear, Sessions};
use super::hours;
use super::lived::{Seen, lived};
use super::tell::tell;
use super::{Which, covers, of_measure, said, year_name};
use crate::desk::{Desk, Never, Stop};

/// Whoever has no area is counted under this number.
const NO_AREA: u16 = u16::MAX;

/// Numbers of a year: of people, and of areas with their names; and which of them are new.
struct Numbers {
    people: BTreeMap<PersonId, usize>,
    areas: BTreeMap<u16, (Option<AreaId>, String)>,
    new_people: Vec<(usize, PersonId)>,
    new_areas: Vec<(u16, Option<AreaId>, String)>,
}

impl Numbers {
    fn person(&mut self, person: PersonId) -> usize {
        if let Some(number) = self.people.get(&person) {
            return *number;
        }
        let number = self.people.len();
        self.people.insert(person, number);
        self.new_people.push((number, person));
        number
    }

    fn area(&mut self, area: Option<AreaId>, names: &BTreeMap<AreaId, String>) -> u16 {
        if let Some((number, _)) = self.areas.iter().find(|(_, (known, _))| *known == area) {
            return *number;
        }
        let next =
            self.areas.keys().filter(|number| **number != NO_AREA).max().map_or(0, |last| last.saturating_add(1));
        let number = if area.is_none() { NO_AREA } else { next };
        let name = area.and_then(|area| names.get(&area).cloned()).unwrap_or_else(|| "No area".to_owned());
        self.areas.insert(number, (area, name.clone()));
        self.new_areas.push((number, area, name));
        number
    }
}

/// Midnight of a day, as everywhere alike: releases do not depend on where the college's clocks are.
fn midnight(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// From midnight to midnight.
pub(super) fn between(from: Date, until: Date) -> Between {
    (midnight(from), midnight(until))
}

/// What comes out next, after those that are out.
pub fn next(desk: &Desk, all: &[(Which, Cover)]) -> Option<(String, Date)> {
    let year = academic_year(desk.today());
    let mut ahead: Vec<(Date, String)> = Vec::new();
    for year in [year.saturating_sub(1), year] {
        let of_year = dues(&desk.frame.calendar, year, &[]);
        let out = |number: u8| all.iter().any(|(which, _)| *which == (year, number));
        ahead.extend(of_year.iter().filter(|due| !out(due.number)).map(|due| (due.out, due.name.clone())));
        ahead.extend(year_out(&of_year).filter(|_| !out(YEAR)).map(|day| (day, year_name(year))));
    }
    ahead.sort();
    ahead.into_iter().find(|(day, _)| *day >= desk.today()).map(|(day, name)| (name, day))
}

/// Makes every release whose day has come, in their order (R-REL-14). Says whether there was one.
///
/// # Errors
/// A fault, or records that do not fit what is out: then nothing comes out, and it is tried again (R-REL-11).
pub async fn keep(desk: &Desk) -> Result<bool, Stop<Never>> {
    let programme = &desk.frame.programme.facts;
    let permit = desk.house.gate.permit::<MakeRelease>(&Actor::Job(Job::Tidy), programme, &())?;
    let mut made = false;
    let this = academic_year(desk.today());
    // Nothing is told of what was before the program was used.
    let begun = counted::begun(&desk.read(), &permit).await?;
    let Some(begun) = begun.and_then(|at| Timestamp::from_second(at).ok()) else { return Ok(false) };
    let begun = desk.frame.calendar.day(begun);
    for year in [this.saturating_sub(1), this] {
        let db = desk.read();
        let census = releases::census(&db, &permit).await?;
        let of_year = dues(&desk.frame.calendar, year, &census);
        let mut out = covers(&db, &permit).await?;
        for due in &of_year {
            let is_out = out.iter().any(|(which, _)| *which == (year, due.number));
            let overtaken =
                out.iter().any(|((one, number), _)| *one == year && (*number > due.number || *number == YEAR));
            if is_out || overtaken || midnight(due.out) > desk.now || begun > due.census {
                continue;
            }
            term(desk, &permit, (due, &of_year, since(begun, &out)), &out).await?;
            out = covers(&db, &permit).await?;
            made = true;
        }
        let day = year_out(&of_year).filter(|day| midnight(*day) <= desk.now);
        let terms = out.iter().any(|((one, number), _)| *one == year && *number != YEAR);
        let is_out = out.iter().any(|(which, _)| *which == (year, YEAR));
        if let (Some(day), true, false) = (day, terms, is_out) {
            made |= whole(desk, &permit, (year, day, &of_year), &out).await?;
        }
        // Once it is saved that the year is out, nothing of it opens any more (R-REL-19).
        let keyring = desk.house.store.keyring();
        let is_out = covers(&desk.read(), &permit).await?.iter().any(|(which, _)| *which == (year, YEAR));
        if is_out && keyring.known_year(desk.institution(), year)?.is_some() {
            keyring.forget_year(desk.institution(), year)?;
        }
    }
    Ok(made)
}

/// From when on a release counts: since the one before it, or since the program was first used (R-REL-15).
fn since(begun: Date, out: &[(Which, Cover)]) -> Date {
    out.iter().rev().find(|((_, number), _)| *number != YEAR).map_or(begun, |(_, last)| last.until)
}

/// Whether a mark of a deleted thread counts in a term: in its own, or in the first that came out after it.
fn counts(mark: &Mark, due: &Due, of_year: &[Due], out: &[(Which, Cover)]) -> bool {
    let is_out = |one: &&Due| out.iter().any(|(which, _)| *which == (one.year, one.number));
    let last =
        of_year.iter().filter(|one| one.number < due.number).filter(is_out).map(|one| one.starts.to_string()).max();
    mark.term <= due.starts.to_string() && last.is_none_or(|last| mark.term > last)
}

/// The frame of a census day: everybody who teaches and whose account was on (R-REL-16).
async fn frame(db: &Db, permit: &Permit<MakeRelease>, (year, census): (i16, Date)) -> Result<(Frame, Numbers), Fault> {
    let mut numbers = Numbers {
        people: releases::numbers(db, permit, year).await?,
        areas: releases::areas(db, permit, year).await?,
        new_people: Vec::new(),
        new_areas: Vec::new(),
    };
    let names: BTreeMap<AreaId, String> = releases::known_areas(db, permit).await?.into_iter().collect();
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for (person, history) in releases::histories(db, permit).await? {
        let state = State::on(&history, census);
        let Some(standing) = Standing::of(state.roles).filter(|_| state.active) else { continue };
        let area = numbers.area(state.area, &names);
        places.insert(numbers.person(person), Place { area, role: standing.number() });
    }
    let places = (0..numbers.people.len()).map(|number| places.get(&number).copied()).collect();
    Ok((Frame { places }, numbers))
}

/// Everybody's own value by number; whoever is not in the frame has none.
fn values(frame: &Frame, numbers: &Numbers, had: &BTreeSet<PersonId>) -> Vec<bool> {
    let mut all = vec![false; frame.places.len()];
    for (person, number) in &numbers.people {
        let there = frame.places.get(*number).is_some_and(Option::is_some);
        if let Some(value) = all.get_mut(*number) {
            *value = there && had.contains(person);
        }
    }
    all
}

async fn decided<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, book::BookFault> + Send + 'static,
) -> Result<T, Fault> {
    // Seconds of arithmetic in a large college: not on a thread that answers visitors.
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Missing("release"))?;
    done.map_err(|fault| {
        tracing::error!(%fault, "nothing was released");
        Fault::Unreadable("release")
    })
}

fn measure_of(measure: Measure, release: &Release, values: Option<Vec<bool>>) -> Result<NewMeasure, Fault> {
    let said = serde_json::to_string(release).map_err(|_| Fault::Unreadable("release"))?;
    Ok(NewMeasure { measure: measure.code(), said, values })
}

async fn term(
    desk: &Desk,
    permit: &Permit<MakeRelease>,
    (due, of_year, from): (&Due, &[Due], Date),
    out: &[(Which, Cover)],
) -> Result<(), Stop<Never>> {
    let db = desk.read();
    let span = between(from, due.out);
    let (frame, numbers) = frame(&db, permit, (due.year, due.census)).await?;
    let marks = counted::marked(&db, permit, due.year).await?;
    let (mut measures, mut came) = (Vec::new(), Vec::new());
    for measure in Measure::ALL {
        let mut had: BTreeSet<PersonId> = counted::people(&db, permit, *measure, span).await?.into_iter().collect();
        if *measure == Measure::Support {
            // Of deleted threads (R-RET-5).
            had.extend(marks.iter().filter(|mark| counts(mark, due, of_year, out)).map(|mark| mark.person));
        }
        let truth = values(&frame, &numbers, &had);
        let earlier = of_measure(&db, permit, (due.year, *measure)).await?;
        let (frame, number, code) = (frame.clone(), due.number, measure.code());
        if matches!(measure, Measure::Session | Measure::Community) {
            came.extend(earlier.iter().cloned());
        }
        let (release, truth) = decided(move || Ok((book::term(code, number, &earlier, frame, &truth)?, truth))).await?;
        measures.push((measure_of(*measure, &release, Some(truth))?, release.hash.clone()));
        if matches!(measure, Measure::Session | Measure::Community) {
            came.push(release);
        }
    }
    for (code, had) in began(&db, permit, span).await? {
        // Their values alone: they are told of the year.
        let values = Some(values(&frame, &numbers, &had));
        measures.push((NewMeasure { measure: code, said: String::new(), values }, String::new()));
    }
    let cover = Cover {
        name: due.name.clone(),
        out: due.out,
        census: due.census,
        from,
        until: due.out,
        people: frame.places.iter().flatten().count() as u64,
        hours: hours::by_theme(&counted::hours(&db, permit, span).await?),
        sessions: sessions(&db, permit, span).await?,
        year: None,
        said: said::of_term(&db, permit, (due, from), (&came, out)).await?,
        measures: Vec::new(),
        earlier: String::new(),
        hash: String::new(),
    };
    save(desk, permit, (due.year, due.number), (cover, out), (measures, &numbers)).await
}

/// The measures of a year, so many staff, and so many of them who had voluntary support.
struct Whole {
    measures: Vec<(NewMeasure, String)>,
    staff: u64,
    support: Option<Release>,
    reached: usize,
}

async fn measures_of_year(db: &Db, permit: &Permit<MakeRelease>, year: i16) -> Result<Option<Whole>, Fault> {
    let mut whole = Whole { measures: Vec::new(), staff: 0, support: None, reached: 0 };
    for measure in Measure::ALL {
        let code = measure.code();
        let Some(truth) = in_any_term(db, permit, (year, code)).await? else { return Ok(None) };
        let earlier = of_measure(db, permit, (year, *measure)).await?;
        let frames = earlier.iter().filter_map(|one| one.frame.clone()).collect::<Vec<_>>();
        let there = |at: usize| frames.iter().any(|frame| frame.places.get(at).copied().flatten().is_some());
        whole.staff = (0..truth.len()).filter(|at| there(*at)).count() as u64;
        let had_it = truth.iter().filter(|had| **had).count();
        let release = decided(move || book::year(code, &earlier, &truth)).await?;
        whole.measures.push((measure_of(*measure, &release, None)?, release.hash.clone()));
        if *measure == Measure::Support {
            (whole.reached, whole.support) = (had_it, Some(release));
        }
    }
    Ok(Some(whole))
}

/// The year: whoever had a measure in any of its terms, as they were counted. Says whether it came out; where the values are gone,
/// it never does (R-REL-19).
async fn whole(
    desk: &Desk,
    permit: &Permit<MakeRelease>,
    (year, day, of_year): (i16, Date, &[Due]),
    out: &[(Which, Cover)],
) -> Result<bool, Stop<Never>> {
    let db = desk.read();
    let Some(whole) = measures_of_year(&db, permit, year).await? else { return Ok(false) };
    let Whole { measures, staff, support, reached } = whole;
    let terms: Vec<&Cover> = out.iter().filter(|((one, _), _)| *one == year).map(|(_, cover)| cover).collect();
    let (Some(first), Some(last)) = (terms.first(), terms.last()) else { return Ok(false) };
    let span = between(first.from, last.until);
    let entries = counted::hours(&db, permit, span).await?;
    let required = counted::required(&db, permit, span).await?;
    let asked = counted::asked(&db, permit, span).await?;
    let released: BTreeSet<u8> =
        out.iter().filter(|((one, _), _)| *one == year).map(|((_, number), _)| *number).collect();
    let ends = |due: &&Due| released.contains(&due.number);
    let reasons: Vec<String> = required.iter().map(|(_, reason)| reason.clone()).collect();
    let whys: Vec<Option<String>> = asked.into_iter().map(|(_, why)| why).collect();
    let mut figures = store::indicators::all(&db, permit).await?;
    figures.retain(|figure| figure.place.term.0 == year);
    let seen = Seen {
        required: &reasons,
        asked: &whys,
        reached,
        entries: &entries,
        support: support.as_ref(),
        staff,
        weeks: weeks(desk, of_year.iter().filter(ends)),
        practitioners: releases::practitioners(&db, permit).await?,
        items: counted::items(&db, permit, span).await?,
        figures: &figures,
    };
    let people: BTreeSet<PersonId> = required.into_iter().map(|(person, _)| person).collect();
    let of_year = OfYear {
        began: how_it_began(&db, permit, year, support.as_ref()).await?,
        required: Band::around((people.len() as u64).min(staff), staff),
        required_hours: hours::required(&entries, &hours::together(&terms)),
        lived: lived(desk.frame.programme.facts.model, &seen)?,
        noted: hours::noted(&entries, counted::held(&db, permit, span).await?),
    };
    let cover = Cover {
        name: year_name(year),
        out: day,
        census: first.census,
        from: first.from,
        until: last.until,
        people: staff,
        hours: hours::together(&terms),
        sessions: sessions(&db, permit, span).await?,
        year: Some(of_year),
        // What its terms told, and nothing more: or the difference would tell it.
        said: terms.iter().flat_map(|term| term.said.iter().cloned()).collect(),
        measures: Vec::new(),
        earlier: String::new(),
        hash: String::new(),
    };
    let numbers =
        Numbers { people: BTreeMap::new(), areas: BTreeMap::new(), new_people: Vec::new(), new_areas: Vec::new() };
    save(desk, permit, (year, YEAR), (cover, out), (measures, &numbers)).await?;
    Ok(true)
}

fn weeks<'a>(desk: &Desk, released: impl Iterator<Item = &'a Due>) -> i64 {
    let calendar = &desk.frame.calendar;
    let spans: Vec<(Date, Date)> = released.map(|due| (due.starts, due.out)).collect();
    let inside = |day: Date| spans.iter().any(|(from, until)| (*from..*until).contains(&day));
    let terms = calendar.terms.iter().filter(|term| inside(term.ends));
    terms.map(|term| i64::from(calendar.teaching_weeks(term, term.ends))).sum()
}

async fn sessions(db: &Db, permit: &Permit<MakeRelease>, span: Between) -> Result<Vec<Sessions>, Fault> {
    let found = counted::sessions(db, permit, span).await?;
    let areas = releases::known_areas(db, permit).await?;
    let told = areas.into_iter().filter_map(|(area, name)| {
        let one = found.get(&area)?;
        Some(Sessions { area: name, held: one.held, planned: one.planned })
    });
    Ok(told.collect())
}

async fn save(
    desk: &Desk,
    permit: &Permit<MakeRelease>,
    (year, number): Which,
    (mut cover, out): (Cover, &[(Which, Cover)]),
    (measures, numbers): (Vec<(NewMeasure, String)>, &Numbers),
) -> Result<(), Stop<Never>> {
    cover.earlier = out.last().map(|(_, last)| last.hash.clone()).unwrap_or_default();
    cover.measures = measures
        .iter()
        .filter(|(_, hash)| !hash.is_empty())
        .map(|(one, hash)| (one.measure.to_owned(), hash.clone()))
        .collect();
    let cover = cover.hashed()?;
    let said = serde_json::to_string(&cover).map_err(|_| Fault::Unreadable("release"))?;
    let measures: Vec<NewMeasure> = measures.into_iter().map(|(one, _)| one).collect();
    let db = desk.write().await?;
    let kept = releases::Cover { year, number, said };
    let with = Kept { measures: &measures, people: &numbers.new_people, areas: &numbers.new_areas };
    releases::keep(&db, permit, &kept, with).await?;
    if number == YEAR {
        releases::forget(&db, permit, year).await?;
    }
    tell(desk, &db, permit).await?;
    events::record(&db, permit, desk.stamp(), &format!("{year} {number}")).await?;
    Ok(db.commit().await?)
}
