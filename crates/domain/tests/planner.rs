//! The planner for forty practitioners, as often as `PLANNER_ROUNDS` says; `cargo xtask figures --planner` times it.

use std::hint::black_box;

use domain::minutes::Minutes;
use domain::planner::{Asked, Assumptions, Extras, Length, Load, LookedAfter, asked};

/// Three areas each, every second one looked after by two.
fn load(n: usize) -> Load {
    let area = |k: usize| LookedAfter {
        name: format!("Area {}", n * 3 + k),
        staff: [12, 19, 23, 34, 41][(n * 7 + k * 5) % 5],
        among: 1 + k % 2,
        place: n % (1 + k % 2),
    };
    let extras = Extras { trips: 12, trip: Minutes(40), inductions: 2, outreach: Some(20) };
    Load { given: Minutes::hours(150), areas: (0..3).map(area).collect(), priorities: 1, standing: Minutes(0), extras }
}

/// R-TIM-1, R-TIM-3
#[test]
fn forty_years_are_worked_out_with_what_would_make_each_fit() {
    let rounds = std::env::var("PLANNER_ROUNDS").ok().and_then(|rounds| rounds.parse::<u32>().ok()).unwrap_or(1);
    let (assumed, length) = (Assumptions::default(), Length { terms: 3, weeks: 38 });
    let loads: Vec<Load> = (0..40).map(load).collect();
    let mut years: Vec<Asked> = Vec::new();
    for _ in 0..rounds {
        years = black_box(&loads).iter().map(|load| asked(&assumed, length, load)).collect();
        let said: usize = years.iter().map(|year| year.remedies(&assumed).len()).sum();
        black_box(said);
    }
    let parts: Minutes = years.iter().flat_map(|year| &year.parts).map(|(_, time)| *time).sum();
    assert_eq!(parts, years.iter().map(Asked::total).sum());
}
