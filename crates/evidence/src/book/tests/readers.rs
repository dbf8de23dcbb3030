//! The book read by others: by the audit, which knows nothing of how the book decides, and by a reader who tries everything.

use super::super::*;
use super::years::{Year, members, years};
use crate::audit::{self, Cell, Findings, Input, Limit, Published, Verdict};
use crate::bands::bands;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn name(period: Period) -> String {
    if let Period::Term(number) = period { format!("term{number}") } else { "year".to_owned() }
}

/// All lines of a book, of each release apart. Lines that are not shown are protected as well.
fn told(all: &[Release]) -> Vec<Vec<Cell>> {
    let cell = |release: &Release, shown: &Shown, people: Vec<usize>| {
        assert_eq!(shown.of, people.len() as u64);
        Cell {
            id: format!("{} {:?}", name(release.period), shown.group),
            lo: shown.band.map(|band| band.low as f64),
            hi: shown.band.map(|band| band.high as f64),
            suppressed: shown.band.is_none(),
            members: Some(people.iter().map(|person| format!("p{person}")).collect()),
            measure: Some(name(release.period)),
            ..Cell::default()
        }
    };
    let lines = all.iter().zip(members(all));
    lines
        .map(|(of, people)| of.shown.iter().zip(people).map(|(shown, people)| cell(of, shown, people)).collect())
        .collect()
}

/// What somebody who knows everybody's place makes of it.
fn read(cells: Vec<Cell>, terms: u8) -> Findings {
    let unions = vec![("year".to_owned(), (1..=terms).map(|number| name(Period::Term(number))).collect())];
    audit::audit(&Input { bare: Published { cells, unions, ..Published::default() }, ..Input::default() }).unwrap()
}

/// Whether a line, in one of the bands it could have, would give away something of what is shown before it or of somebody.
fn would_tell(before: &[Cell], line: &Cell, of: u64) -> bool {
    bands(of).into_iter().any(|band| {
        let (lo, hi) = (Some(band.low as f64), Some(band.high as f64));
        let line = Cell { lo, hi, suppressed: false, ..line.clone() };
        let found = read(before.iter().cloned().chain([line]).collect(), 3);
        let possible = found.cells.values().all(|cell| cell.verdict != Verdict::Infeasible);
        possible && !found.disclosed.is_empty()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// R-REL-10
    #[test]
    fn the_audit_finds_nothing_in_a_book(year in years(20..=60, 2..=5, 2..=3, 3)) {
        let all = year.book();
        let found = read(told(&all).concat(), 3);
        prop_assert_eq!(&found.disclosed, &Vec::<String>::new(), "{:?} {:?}", found.cells, all);
        prop_assert!(found.cells.values().all(|cell| cell.verdict == Verdict::Ok));
        for proven in &all[3].proven {
            let cell = &found.cells[&format!("{} {:?}", name(proven.period), proven.group)];
            let (Some(Limit::Whole(low)), Some(Limit::Whole(high))) = (cell.lo, cell.hi) else { unreachable!() };
            let (least, most) = (proven.low as i64, proven.high as i64);
            prop_assert!(low <= least && most <= high && most - least >= 4, "{:?} {:?}", proven, cell);
        }
        let shown = all.iter().flat_map(|release| &release.shown).filter(|shown| shown.band.is_some()).count();
        prop_assert_eq!(all[3].proven.len(), shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// R-REL-10: nothing is held back without a danger that the audit finds too.
    #[test]
    fn what_is_not_shown_could_have_given_something_away(year in years(20..=60, 2..=5, 2..=3, 3)) {
        let all = year.book();
        let told = told(&all);
        let shown = |lines: &[Cell]| lines.iter().filter(|line| !line.suppressed).cloned().collect::<Vec<_>>();
        for (release, lines) in all.iter().zip(&told) {
            let mut before = if release.period == Period::Year { shown(&told[..3].concat()) } else { Vec::new() };
            for (shown, line) in release.shown.iter().zip(lines) {
                if line.suppressed {
                    prop_assert!(would_tell(&before, line, shown.of), "{} {:?}", line.id, all);
                } else {
                    before.push(line.clone());
                }
            }
        }
    }
}

/// Everything that is possible for each line and for each person, tried one by one. Values are masks, a bit for each person.
struct Possible {
    lines: Vec<Vec<BTreeSet<u32>>>,
    /// Masks of people who can, and who need not, have the measure.
    people: Vec<(u32, u32, u32)>,
}

/// Tries every value of everybody in every term.
fn try_all(year: &Year, all: &[Release]) -> Possible {
    let bits = |people: &Vec<usize>| people.iter().fold(0_u32, |mask, person| mask | 1 << person);
    let lines: Vec<Vec<u32>> = members(all).iter().map(|lines| lines.iter().map(bits).collect()).collect();
    let every = 1_u32 << year.frames[0].places.len();
    let fits = |number: usize, value: u32| {
        all[number].shown.iter().zip(&lines[number]).all(|(shown, line)| {
            let count = u64::from((value & line).count_ones());
            shown.band.is_none_or(|band| (band.low..=band.high).contains(&count))
        })
    };
    let there: Vec<u32> = (0..all.len())
        .map(|number| {
            let place = |person: usize| {
                let at = |frame: &Frame| frame.places[person].is_some();
                all[number].frame.as_ref().map_or_else(|| year.frames.iter().any(at), at)
            };
            (0..year.frames[0].places.len()).filter(|person| place(*person)).fold(0, |mask, person| mask | 1 << person)
        })
        .collect();
    let fitting = |number: usize| -> Vec<u32> {
        (0..every).filter(|value| value & !there[number] == 0 && fits(number, *value)).collect()
    };
    let last = all.len() - 1;
    let in_year: Vec<bool> = (0..every).map(|value| fits(last, value)).collect();
    let mut seen = vec![vec![false; every as usize]; all.len()];
    let terms: Vec<Vec<u32>> = (0..3).map(|number| if number < last { fitting(number) } else { vec![0] }).collect();
    for a in &terms[0] {
        for b in &terms[1] {
            for c in &terms[2] {
                let any = (a | b | c) as usize;
                if in_year[any] {
                    seen[last][any] = true;
                    [a, b, c].iter().take(last).zip(&mut seen).for_each(|(at, seen)| seen[**at as usize] = true);
                }
            }
        }
    }
    let values = |number: usize| (0..every).filter(|value| seen[number][*value as usize]).collect::<Vec<u32>>();
    let counts = |number: usize, line: u32| values(number).iter().map(|value| (value & line).count_ones()).collect();
    let people = |number: usize| {
        let all = values(number);
        let can = all.iter().fold(0, |mask, value| mask | value);
        (can, all.iter().fold(0, |mask, value| mask | !value), there[number])
    };
    Possible {
        lines: (0..all.len()).map(|number| lines[number].iter().map(|line| counts(number, *line)).collect()).collect(),
        people: (0..all.len()).map(people).collect(),
    }
}

fn nothing_is_found(year: &Year) -> Result<(), TestCaseError> {
    let all = year.book();
    let possible = try_all(year, &all);
    for (release, lines) in all.iter().zip(&possible.lines) {
        for (shown, values) in release.shown.iter().zip(lines) {
            prop_assert!(values.len() >= 5, "{shown:?} can only be {values:?}: {all:?}");
        }
    }
    for (can, need_not, there) in &possible.people {
        prop_assert_eq!(can & there, *there, "somebody certainly has not: {:?}", all);
        prop_assert_eq!(need_not & there, *there, "somebody certainly has: {:?}", all);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// R-REL-10
    #[test]
    fn who_tries_everything_finds_nothing_in_two_terms(year in years(10..=12, 1..=2, 1..=2, 2)) {
        nothing_is_found(&year)?;
    }

    /// R-REL-10
    #[test]
    fn who_tries_everything_finds_nothing_in_one_term(year in years(10..=14, 1..=2, 1..=2, 1)) {
        nothing_is_found(&year)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// R-REL-10
    #[test]
    fn who_tries_everything_finds_nothing_in_three_terms(year in years(10..=10, 1..=2, 1..=2, 3)) {
        nothing_is_found(&year)?;
    }
}
