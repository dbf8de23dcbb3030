use super::*;
use jiff::civil::date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn calendar() -> Calendar {
    Calendar::usual(TimeZone::UTC, &[2026])
}

fn block(from: (i8, i8), to: (i8, i8), hours: i64) -> Block {
    let day = |(month, day): (i8, i8)| date(if month >= 9 { 2026 } else { 2027 }, month, day);
    Block { starts: day(from), ends: day(to), time: Minutes::hours(hours) }
}

fn half(day: Weekday) -> HalfDay {
    HalfDay { day, half: Half::Afternoon }
}

fn check(half_days: &[HalfDay], blocks: &[Block], hours: i64) -> Result<(), PatternRefused> {
    let pattern = Pattern { half_days: half_days.to_vec(), blocks: blocks.to_vec() };
    pattern.check(&calendar(), (Minutes::hours(hours), &Base::default()))
}

/// R-TIM-5
#[test]
fn half_days_and_blocks_are_taken_from_what_was_agreed() {
    let two = [half(Weekday::Tue), half(Weekday::Thu)];
    assert_eq!(check(&two, &[], 266), Ok(()), "two half-days of 3 h 30 in 38 weeks");
    assert!(matches!(check(&two, &[], 265), Err(PatternRefused::TooMuch(..))));
    assert_eq!(check(&two, &[block((2, 1), (2, 12), 34)], 300), Ok(()));
    assert!(matches!(check(&two, &[block((2, 1), (2, 12), 35)], 300), Err(PatternRefused::TooMuch(..))));
    assert_eq!(check(&two, &[], 0), Err(PatternRefused::NothingAgreed));
    assert_eq!(check(&[], &[], 0), Ok(()));
    assert_eq!(check(&[half(Weekday::Sat)], &[], 300), Err(PatternRefused::NoTeaching("Saturday")));
}

/// R-TIM-5
#[test]
fn a_block_lies_in_one_term_and_beside_the_others() {
    let fits = block((2, 1), (2, 12), 30);
    assert_eq!(check(&[], &[fits], 150), Ok(()));
    let refused = |blocks: &[Block]| check(&[], blocks, 150).unwrap_err();
    assert_eq!(refused(&[block((2, 12), (2, 1), 3)]), PatternRefused::Backwards(0));
    assert!(matches!(refused(&[block((12, 7), (1, 15), 3)]), PatternRefused::OutsideTerm(0, ..)));
    assert!(matches!(refused(&[block((8, 3), (8, 7), 3)]), PatternRefused::OutsideTerm(0, ..)));
    assert!(matches!(refused(&[fits, block((2, 12), (2, 12), 3)]), PatternRefused::Overlap(1, _)));
    assert_eq!(refused(&[block((2, 1), (2, 2), 17)]), PatternRefused::Length(0, Minutes::hours(16)));
    assert_eq!(refused(&[block((2, 1), (2, 2), -4)]), PatternRefused::Length(0, Minutes::hours(16)));
    let many: Vec<Block> = (1..=9).map(|day| block((2, day), (2, day), 1)).collect();
    assert_eq!(refused(&many), PatternRefused::ManyBlocks);
}

/// R-TIM-6
#[test]
fn a_block_moves_the_plan_to_its_own_term() {
    let (calendar, year) = (calendar(), Minutes::hours(150));
    let spring = &calendar.terms[1];
    let before = plan_of_term(&calendar, spring, (year, &[]));
    let after = plan_of_term(&calendar, spring, (year, &[block((2, 1), (2, 12), 60)]));
    assert_eq!(before, term_plan(&calendar, spring, year), "without blocks, by teaching weeks");
    assert!(after > before, "{after} {before}");
}

/// R-TIM-7
#[test]
fn the_bank_is_what_was_planned_so_far_and_not_used() {
    let calendar = calendar();
    let year = (Minutes::hours(150), [block((11, 2), (11, 6), 20)]);
    assert_eq!(planned_to(&calendar, date(2026, 9, 1), (year.0, &year.1)), Minutes(0));
    let end = calendar.terms[2].ends;
    assert_eq!(planned_to(&calendar, end, (year.0, &year.1)), Minutes::hours(150));
    let bank =
        |used| Bank { year: year.0, carried: Minutes(0), planned: Minutes::hours(50), used: Minutes::hours(used) };
    assert!(bank(44).says().starts_with("6 h are in the bank"));
    assert!(bank(50).says().starts_with("Nothing is in the bank"));
    assert!(bank(53).says().starts_with("3 h more than planned"));
}

/// R-TIM-8
#[test]
fn no_more_is_carried_over_than_was_left_and_than_the_college_carries() {
    let of = |wanted, left, most, month| {
        let time = (Minutes::hours(left), Minutes::hours(most));
        check_carry(Minutes::hours(wanted), time, date(2026, month, 15))
    };
    assert_eq!(of(10, 12, 10, 9), Ok(()));
    assert_eq!(of(11, 12, 10, 9), Err(BankRefused::TooMuch(Minutes::hours(10))));
    assert_eq!(of(5, 4, 10, 12), Err(BankRefused::TooMuch(Minutes::hours(4))));
    assert_eq!(of(0, 4, 10, 12), Err(BankRefused::TooMuch(Minutes::hours(4))));
    assert_eq!(of(1, 4, 0, 12), Err(BankRefused::Nothing(Minutes::hours(4), Minutes(0))));
    assert_eq!(of(1, -4, 10, 12), Err(BankRefused::Nothing(Minutes(0), Minutes::hours(10))));
    assert_eq!(of(1, 4, 10, 1), Err(BankRefused::TooLate));
}

/// R-TIM-10
#[test]
fn a_sentence_about_the_balance_is_one_line_of_a_length() {
    assert_eq!(sentence(" Too much\r\n away ").as_deref(), Ok("Too much away"));
    assert_eq!(sentence("  "), Err(BankRefused::Sentence));
    assert_eq!(sentence(&"x".repeat(301)), Err(BankRefused::Sentence));
}

prop_compose! {
    fn some_blocks()(parts in prop::collection::vec((0i64..300, 0i64..20, 0i64..3000), 0..6)) -> Vec<Block> {
        let day = |offset| days_after(date(2026, 9, 7), offset);
        parts.into_iter().map(|(from, long, time)| Block { starts: day(from), ends: day(from + long), time: Minutes(time) }).collect()
    }
}

proptest! {
    /// R-TIM-6: whatever the blocks, and even when a later file gave less than they hold.
    #[test]
    fn the_plans_of_the_terms_sum_to_the_year(year in 0i64..30_000, blocks in some_blocks()) {
        let calendar = calendar();
        let all: Minutes =
            calendar.terms.iter().map(|term| plan_of_term(&calendar, term, (Minutes(year), &blocks))).sum();
        prop_assert_eq!(all, Minutes(year));
    }

    /// R-TIM-7
    #[test]
    fn what_was_planned_so_far_never_falls_and_ends_at_the_year(
        year in 0i64..30_000, blocks in some_blocks(), day in 0i64..330,
    ) {
        let (calendar, first) = (calendar(), date(2026, 9, 1));
        let on = |day| planned_to(&calendar, days_after(first, day), (Minutes(year), &blocks));
        prop_assert!(on(day) <= on(day + 1));
        prop_assert!(on(day).0 >= 0 && on(day).0 <= year);
    }
}
