//! Remission in every unit: the sources' numbers, exact reading, there and back.

use proptest::prelude::*;

use super::*;

fn remission(amount: &str, unit: Unit, base: Base) -> Remission {
    Remission { amount: Amount::read(amount).unwrap(), unit, base }
}

/// R-FRM-4: the case study's numbers (TIM-01, TIM-02).
#[test]
fn a_hundred_and_fifty_hours_are_19_4_per_cent_and_0_194_fte() {
    let hours = remission("150", Unit::HoursAYear, Base::default());
    assert_eq!(hours.year(), Minutes::hours(150));
    assert_eq!(
        hours.conversions(),
        "150 h a year = 19.4 % of 773 h = 0.194 FTE = 3.95 h a week = 1.13 half-days a week"
    );
    assert_eq!(hours.base_words(), "38 teaching weeks, half-days of 3 h 30");
    let five = remission("750", Unit::HoursAYear, Base::default());
    assert_eq!(five.base.in_unit(five.year(), Unit::Fte, 2).to_string(), "0.97");
}

/// R-FRM-4: the range of the research (TIM-03).
#[test]
fn the_ranges_of_the_research_come_out_as_it_has_them() {
    let hours = |amount, unit, weeks| remission(amount, unit, Base { weeks, ..Base::default() }).year();
    assert_eq!(hours("0.2", Unit::Fte, 38), Minutes(154 * 60 + 36));
    assert_eq!(hours("0.4", Unit::Fte, 38), Minutes(309 * 60 + 12));
    assert_eq!(
        (hours("2", Unit::HoursAWeek, 36), hours("2", Unit::HoursAWeek, 39)),
        (Minutes::hours(72), Minutes::hours(78))
    );
    assert_eq!(hours("2", Unit::HalfDays, 38), Minutes(2 * 210 * 38));
}

/// R-FRM-7.
#[test]
fn what_is_just_under_the_usual_range_is_not_called_wrong() {
    let words = |amount| remission(amount, Unit::Fte, Base::default()).beside_others();
    assert!(words("0.194").contains("close to it"));
    assert!(words("0.2").contains("among them") && words("0.4").contains("among them"));
    for amount in ["0.05", "0.194", "0.3", "0.45", "0.9"] {
        for never in ["too ", "wrong", "should", "must", "low for"] {
            assert!(!words(amount).contains(never), "{amount}: {}", words(amount));
        }
    }
}

/// R-FRM-3.
#[test]
fn numbers_are_read_exactly_or_not_at_all() {
    for (text, said) in [("150", "150"), (" 2,5 ", "2.5"), ("0.194", "0.194"), ("19.4 %", "0.194"), (".5", "0.5")] {
        assert_eq!(Amount::read(text).map(|amount| amount.to_string()).as_deref(), Some(said), "{text}");
    }
    for text in ["", ".", "-3", "1e3", "0.12345", "19.405 %", "two", "1.2.3", "99999999"] {
        assert_eq!(Amount::read(text), None, "{text}");
    }
}

/// R-FRM-3.
#[test]
fn nothing_and_more_than_a_whole_teacher_are_refused() {
    assert_eq!(remission("0", Unit::Fte, Base::default()).check(), Err(RemissionRefused::Nothing));
    assert_eq!(remission("1", Unit::Fte, Base::default()).check(), Ok(()));
    let much = remission("150", Unit::HoursAWeek, Base::default()).check();
    assert_eq!(much, Err(RemissionRefused::TooMuch(Minutes::hours(5700), Minutes::hours(773))));
}

/// R-FRM-5.
#[test]
fn a_base_that_cannot_be_is_refused() {
    let base = Base::default();
    assert_eq!(base.check(), Ok(()));
    assert_eq!(Base { caseload: Minutes::hours(7), ..base }.check(), Err(RemissionRefused::Caseload));
    assert_eq!(Base { weeks: 0, ..base }.check(), Err(RemissionRefused::Weeks));
    assert_eq!(Base { half_day: Minutes(10), ..base }.check(), Err(RemissionRefused::HalfDay));
}

/// R-FRM-6.
#[test]
fn teaching_under_the_floor_is_found_and_at_the_floor_is_not() {
    let floor = Some(Minutes::hours(600));
    let full = Minutes::hours(773);
    assert_eq!(Teaching::of(full, Minutes::hours(173), floor).short, None);
    assert_eq!(Teaching::of(full, Minutes::hours(200), floor).short, Some(Minutes::hours(27)));
    assert_eq!(Teaching::of(full, Minutes::hours(800), None), Teaching { left: Minutes(0), short: None });
}

fn any_base() -> impl Strategy<Value = Base> {
    (100_i64..1600, 20_i64..53, 60_i64..361).prop_map(|(hours, weeks, half)| Base {
        caseload: Minutes::hours(hours),
        weeks,
        half_day: Minutes(half),
    })
}

fn any_unit() -> impl Strategy<Value = Unit> {
    (0..Unit::ALL.len()).prop_map(|n| Unit::ALL[n])
}

proptest! {
    /// R-FRM-3: a number is written as it was read.
    #[test]
    fn an_amount_reads_back_as_it_is_written(parts in 0_i64..20_000_000) {
        let amount = Amount(parts);
        prop_assert_eq!(Amount::read(&amount.to_string()), Some(amount));
    }

    /// R-FRM-4: there and back, in every unit, is the same minute, but for what four places cannot say.
    #[test]
    fn a_year_in_any_unit_and_back_is_the_same_time(base in any_base(), unit in any_unit(), minutes in 1_i64..96_000) {
        let amount = base.in_unit(Minutes(minutes), unit, 4);
        let back = Remission { amount, unit, base }.year();
        // Half a step of the last place, in minutes, and half a minute of rounding.
        let slack = base.one(unit) / 20_000 + 1;
        prop_assert!((back.0 - minutes).abs() <= slack, "{} {}", back.0, minutes);
    }

    /// R-FRM-4: minutes of a whole number of minutes are exact as hours of the year where sixty divides them.
    #[test]
    fn whole_hours_stay_whole_hours(base in any_base(), hours in 1_i64..1600) {
        let remission = Remission::of_year(Minutes::hours(hours), base);
        prop_assert_eq!(remission.amount.to_string(), hours.to_string());
        prop_assert_eq!(remission.year(), Minutes::hours(hours));
    }

    /// R-FRM-4: more of a unit is never less time.
    #[test]
    fn more_is_never_less(base in any_base(), unit in any_unit(), one in 0_i64..500_000, two in 0_i64..500_000) {
        let year = |parts| Remission { amount: Amount(parts), unit, base }.year();
        prop_assert!(year(one.min(two)) <= year(one.max(two)));
    }
}
