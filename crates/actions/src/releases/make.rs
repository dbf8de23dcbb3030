//! Making a release on its day: the frame of its census day, what was entered, the decision, the cover. Done by the program itself
//! and by nobody else.

use std::collections::{BTreeMap, BTreeSet};

use domain::hours::Purpose;
use domain::ids::{AreaId, PersonId};
use domain::period::academic_year;
use domain::relations::State;
use domain::releases::{Due, Measure, Standing, dues, year_out};
use evidence::bands::Band;
use evidence::book::{self, Frame, Place, Release};
use evidence::hours::theme;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use policies::Permit;
use policies::acts::MakeRelease;
use policies::facts::{Actor, Job};
use store::counted::{self, Between, Entry, Mark};
use store::releases::{self, NewMeasure, YEAR};
use store::{Db, Fault, events};

use super::cover::{Cover, Hours, OfYear, Sessions};
use super::lived::{Seen, lived};
use super::{Which, covers, of_measure, year_name};
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

fn between(from: Date, until: Date) -> Between {
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
    let mut measures = Vec::new();
    for measure in Measure::ALL {
        let mut had: BTreeSet<PersonId> = counted::people(&db, permit, *measure, span).await?.into_iter().collect();
        if *measure == Measure::Support {
            // Of deleted threads (R-RET-5).
            had.extend(marks.iter().filter(|mark| counts(mark, due, of_year, out)).map(|mark| mark.person));
        }
        let truth = values(&frame, &numbers, &had);
        let earlier = of_measure(&db, permit, (due.year, *measure)).await?;
        let (frame, number, code) = (frame.clone(), due.number, measure.code());
        let (release, truth) = decided(move || Ok((book::term(code, number, &earlier, frame, &truth)?, truth))).await?;
        measures.push((measure_of(*measure, &release, Some(truth))?, release.hash));
    }
    let cover = Cover {
        name: due.name.clone(),
        out: due.out,
        census: due.census,
        from,
        until: due.out,
        people: frame.places.iter().flatten().count() as u64,
        hours: hours(&counted::hours(&db, permit, span).await?),
        sessions: sessions(&db, permit, span).await?,
        year: None,
        measures: Vec::new(),
        earlier: String::new(),
        hash: String::new(),
    };
    save(desk, permit, (due.year, due.number), (cover, out), (measures, &numbers)).await
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
    let mut measures = Vec::new();
    let (mut staff, mut support, mut reached) = (0, None, 0);
    for measure in Measure::ALL {
        let Some(terms) = releases::values(&db, permit, (year, measure.code())).await? else { return Ok(false) };
        let earlier = of_measure(&db, permit, (year, *measure)).await?;
        let many = terms.iter().map(Vec::len).max().unwrap_or_default();
        let had = |at: usize| terms.iter().any(|term| term.get(at).copied().unwrap_or_default());
        let truth: Vec<bool> = (0..many).map(had).collect();
        let code = measure.code();
        let frames = earlier.iter().filter_map(|one| one.frame.clone()).collect::<Vec<_>>();
        let there = |at: usize| frames.iter().any(|frame| frame.places.get(at).copied().flatten().is_some());
        staff = (0..many).filter(|at| there(*at)).count() as u64;
        let had_it = truth.iter().filter(|had| **had).count();
        let release = decided(move || book::year(code, &earlier, &truth)).await?;
        measures.push((measure_of(*measure, &release, None)?, release.hash.clone()));
        if *measure == Measure::Support {
            reached = had_it;
            support = Some(release);
        }
    }
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
        required: Band::around((people.len() as u64).min(staff), staff),
        required_hours: required_hours(&entries),
        lived: lived(desk.frame.programme.facts.model, &seen)?,
    };
    let cover = Cover {
        name: year_name(year),
        out: day,
        census: first.census,
        from: first.from,
        until: last.until,
        people: staff,
        hours: together(&terms),
        sessions: sessions(&db, permit, span).await?,
        year: Some(of_year),
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

/// Hours for each colleague, of entries for a purpose: an entry for several purposes or themes is divided among them.
fn by_colleague<'a>(entries: &'a [Entry], purpose: Purpose) -> impl Iterator<Item = (PersonId, f64, &'a Entry)> {
    entries.iter().filter(move |entry| entry.purposes.contains(&purpose)).filter_map(|entry| {
        let minutes = i32::try_from(entry.minutes).unwrap_or_default();
        let purposes = u32::try_from(entry.purposes.len()).unwrap_or(1);
        Some((entry.whom?, f64::from(minutes) / 60.0 / f64::from(purposes), entry))
    })
}

/// R-REL-13
fn hours(entries: &[Entry]) -> Hours {
    let mut all: BTreeMap<&str, BTreeMap<PersonId, f64>> = BTreeMap::new();
    for (whom, hours, entry) in by_colleague(entries, Purpose::OneToOne) {
        let each = hours / f64::from(u32::try_from(entry.themes.len().max(1)).unwrap_or(1));
        let themes = entry.themes.iter().map(String::as_str);
        for name in themes.chain(entry.themes.is_empty().then_some("")) {
            *all.entry(name).or_default().entry(whom).or_default() += each;
        }
    }
    let (mut told, mut others) = (Hours::default(), BTreeMap::<PersonId, f64>::new());
    for (name, colleagues) in all {
        let of_each: Vec<f64> = colleagues.values().copied().collect();
        match theme(&of_each) {
            Ok(hours) if !name.is_empty() => told.themes.push((name.to_owned(), hours)),
            _ => colleagues.into_iter().for_each(|(whom, hours)| *others.entry(whom).or_default() += hours),
        }
    }
    by_size(&mut told.themes);
    told.other = theme(&others.into_values().collect::<Vec<f64>>()).ok();
    told
}

/// A year's hours are those that its terms told: what was deleted in between leaves no difference (R-REL-13).
fn together(terms: &[&Cover]) -> Hours {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, hours) in terms.iter().flat_map(|term| &term.hours.themes) {
        *all.entry(name).or_default() += hours;
    }
    let mut themes: Vec<(String, u64)> = all.into_iter().map(|(name, hours)| (name.to_owned(), hours)).collect();
    by_size(&mut themes);
    let others = || terms.iter().filter_map(|term| term.hours.other);
    Hours { themes, other: others().next().map(|_| others().sum()) }
}

fn by_size(themes: &mut [(String, u64)]) {
    themes.sort_by(|(one, more), (other, less)| less.cmp(more).then_with(|| one.cmp(other)));
}

/// Hours of required and of voluntary support, where each may be shown by itself.
fn required_hours(entries: &[Entry]) -> Option<(u64, u64)> {
    let of = |purpose: Purpose| {
        let mut all: BTreeMap<PersonId, f64> = BTreeMap::new();
        by_colleague(entries, purpose).for_each(|(whom, hours, _)| *all.entry(whom).or_default() += hours);
        theme(&all.into_values().collect::<Vec<f64>>()).ok()
    };
    of(Purpose::Required).zip(of(Purpose::OneToOne))
}

async fn save(
    desk: &Desk,
    permit: &Permit<MakeRelease>,
    (year, number): Which,
    (mut cover, out): (Cover, &[(Which, Cover)]),
    (measures, numbers): (Vec<(NewMeasure, String)>, &Numbers),
) -> Result<(), Stop<Never>> {
    cover.earlier = out.last().map(|(_, last)| last.hash.clone()).unwrap_or_default();
    cover.measures = measures.iter().map(|(one, hash)| (one.measure.to_owned(), hash.clone())).collect();
    let cover = cover.hashed()?;
    let said = serde_json::to_string(&cover).map_err(|_| Fault::Unreadable("release"))?;
    let measures: Vec<NewMeasure> = measures.into_iter().map(|(one, _)| one).collect();
    let db = desk.write().await?;
    let kept = releases::Cover { year, number, said };
    releases::keep(&db, permit, &kept, (&measures, &numbers.new_people, &numbers.new_areas)).await?;
    if number == YEAR {
        releases::forget(&db, permit, year).await?;
    }
    events::record(&db, permit, desk.stamp(), &format!("{year} {number}")).await?;
    Ok(db.commit().await?)
}
