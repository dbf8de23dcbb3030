//! Says for every line of a book that is not shown which band would give something away, and what, by the audit alone:
//! `cargo run --release -p evidence --example withheld`.

use evidence::audit::{Cell, Findings, Input, Published, Verdict, audit};
use evidence::bands::{Band, bands};
use evidence::book::{Frame, Group, Period, Place, Release, partners, term, year};

/// The same college as in the figure `book-300`.
const PEOPLE: u16 = 300;
const AREAS: u16 = 12;
const ROLES: u16 = 3;

fn place(person: u16, term: u8) -> Option<Place> {
    let moved = u16::from(term > 1 && person % 50 == 7);
    let left = term > 2 && person % 40 == 9;
    (!left).then_some(Place { area: (person + moved) % AREAS, role: (person / AREAS) % ROLES })
}

fn main() {
    match book() {
        Ok(all) => tell(&all),
        Err(fault) => eprintln!("{fault}"),
    }
}

fn book() -> Result<Vec<Release>, evidence::book::BookFault> {
    let mut all: Vec<Release> = Vec::new();
    let mut union = vec![false; usize::from(PEOPLE)];
    for number in 1..=3 {
        let frame = Frame { places: (0..PEOPLE).map(|person| place(person, number)).collect() };
        let had = |person: u16| place(person, number).is_some() && (person * 7 + u16::from(number) * 5) % 11 < 4;
        let truth: Vec<bool> = (0..PEOPLE).map(had).collect();
        union.iter_mut().zip(&truth).for_each(|(any, had)| *any |= had);
        all.push(term("support", number, &all, frame, &truth)?);
    }
    all.push(year("support", &all, &union)?);
    Ok(all)
}

/// For every line, in its order, what the audit makes of each band it could have had there.
fn tell(all: &[Release]) {
    for release in all {
        println!("{:?}", release.period);
        let terms = all.iter().filter(|term| release.period == Period::Year && term.period < Period::Year);
        let mut cells: Vec<Cell> = terms.flat_map(|term| lines(all, term)).flatten().collect();
        for (shown, line) in release.shown.iter().zip(lines(all, release)) {
            if let Some(line) = line {
                println!(
                    "{:?} of {}: shown as {:?}",
                    shown.group,
                    shown.of,
                    shown.band.map(|band| (band.low, band.high))
                );
                cells.push(line);
                continue;
            }
            println!("{:?} of {}: not shown", shown.group, shown.of);
            for band in bands(shown.of) {
                let line = cell(all, release.period, shown.group, band);
                let found = read(cells.iter().cloned().chain([line]).collect());
                println!("  {}-{}: {}", band.low, band.high, found.map_or_else(|fault| fault, |found| says(&found)));
            }
        }
    }
}

fn says(found: &Findings) -> String {
    if found.cells.values().any(|cell| cell.verdict == Verdict::Infeasible) {
        return "cannot be".to_owned();
    }
    let narrow = found.cells.iter().filter(|(_, cell)| cell.verdict != Verdict::Ok);
    let narrow: Vec<String> =
        narrow.map(|(id, cell)| format!("{id} {:?} {:?}-{:?}", cell.verdict, cell.lo, cell.hi)).collect();
    if found.disclosed.is_empty() { "nothing".to_owned() } else { format!("{narrow:?} {:?}", found.people) }
}

fn read(cells: Vec<Cell>) -> Result<Findings, String> {
    let unions = vec![("year".to_owned(), (1..=3).map(|term| format!("{:?}", Period::Term(term))).collect())];
    let bare = Published { cells, unions, ..Published::default() };
    audit(&Input { bare, ..Input::default() }).map_err(|fault| fault.to_string())
}

fn lines(all: &[Release], of: &Release) -> Vec<Option<Cell>> {
    of.shown.iter().map(|shown| shown.band.map(|band| cell(all, of.period, shown.group, band))).collect()
}

fn cell(all: &[Release], period: Period, group: Group, band: Band) -> Cell {
    let first = all.first().and_then(|release| release.frame.as_ref()).map(partners).unwrap_or_default();
    let stands = |place: Place| match group {
        Group::Total => true,
        Group::Area(area) => first.get(&place.area) == Some(&area),
        Group::Role(role) => place.role == role,
    };
    let at = |person: u16| match period {
        Period::Term(number) => place(person, number),
        Period::Year => (1..=3).find_map(|term| place(person, term)),
    };
    let members = (0..PEOPLE).filter(|person| at(*person).is_some_and(stands)).map(|person| person.to_string());
    Cell {
        id: format!("{period:?} {group:?}"),
        lo: Some(band.low as f64),
        hi: Some(band.high as f64),
        members: Some(members.collect()),
        measure: Some(if period == Period::Year { "year".to_owned() } else { format!("{period:?}") }),
        ..Cell::default()
    }
}
