//! Figures of the crate, one by name: `cargo run --release -p evidence --example figures -- book-300`.

use evidence::book::{Frame, Place, Release, term, year};

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("book-300") => book(300, 12, 3),
        Some("book-3000") => book(3_000, 40, 3),
        _ => println!("figures: book-300, book-3000"),
    }
}

/// Three terms and a year; one person in fifty is in another area in the second term, one in forty left before the third.
fn book(people: u16, areas: u16, roles: u16) {
    let place = |person: u16, term: u8| {
        let moved = u16::from(term > 1 && person % 50 == 7);
        let left = term > 2 && person % 40 == 9;
        (!left).then_some(Place { area: (person + moved) % areas, role: (person / areas) % roles })
    };
    let truth = |term: u8| (0..people).map(|person| (person * 7 + u16::from(term) * 5) % 11 < 4).collect::<Vec<bool>>();
    let mut all: Vec<Release> = Vec::new();
    let mut union = vec![false; usize::from(people)];
    for number in 1..=3 {
        let frame = Frame { places: (0..people).map(|person| place(person, number)).collect() };
        let truth: Vec<bool> =
            truth(number).into_iter().zip(&frame.places).map(|(had, at)| had && at.is_some()).collect();
        union.iter_mut().zip(&truth).for_each(|(any, had)| *any |= had);
        tell(term("support", number, &all, frame, &truth), &mut all);
    }
    tell(year("support", &all, &union), &mut all);
}

fn tell<E: std::fmt::Display>(release: Result<Release, E>, all: &mut Vec<Release>) {
    match release {
        Ok(release) => {
            let withheld = release.shown.iter().filter(|shown| shown.band.is_none()).count();
            println!("{:?}: {} cells, {withheld} not shown", release.period, release.shown.len());
            all.push(release);
        }
        Err(fault) => println!("{fault}"),
    }
}
