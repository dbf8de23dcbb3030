//! Prints what a report of a year takes to be set, fonts and all: `cargo run --release -p documents --example figures`.

use std::time::Instant;

use documents::{Cell, Column, Document, Part, Set, pdf};
use jiff::civil::date;

/// Four measures of a hundred lines each, as in a large college.
fn report() -> Document {
    let measure = |name: &str| {
        let row = |at: u64| {
            let range = Cell::Range { ends: Some((at % 60, at % 60 + 15)) };
            vec![Cell::words(format!("Area {at}")), range, Cell::words("30–44 of 300"), Cell::words("10–15 %")]
        };
        let columns = vec![
            Column::new("Who", Set::Words),
            Column::new("From 0 to 100 per cent", Set::Drawn),
            Column::new("How many", Set::Numbers),
            Column::new("Per cent", Set::Numbers),
        ];
        [Part::heading(name), Part::Table { columns, rows: (0..100).map(row).collect(), sum: false }]
    };
    Document {
        title: "Year 2025/26".to_owned(),
        of: "A large college".to_owned(),
        day: date(2026, 9, 4),
        dated: "4 Sep 2026".to_owned(),
        one_page: false,
        parts: ["Support", "Sessions", "Communities", "Inductions"].into_iter().flat_map(measure).collect(),
    }
}

fn main() {
    let document = report();
    let begun = Instant::now();
    match pdf(&document) {
        Ok(made) => println!("a report of a year, {} bytes: {} ms", made.len(), begun.elapsed().as_millis()),
        Err(unset) => eprintln!("{unset}"),
    }
}
