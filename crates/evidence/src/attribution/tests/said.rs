//! Which level, and how it is said.

use proptest::prelude::*;

use super::*;

const THIRDS: [usize; 12] = [0, 4, 6, 0, 4, 6, 0, 4, 6, 0, 4, 6];

fn small(unit: usize, period: usize) -> f64 {
    noise((unit * 100 + period) as u64)
}

fn since(unit: usize, period: usize) -> f64 {
    let start = THIRDS[unit % 12];
    if start > 0 && period >= start { (period - start + 1) as f64 } else { 0.0 }
}

/// R-CAU-10, R-CAU-11
#[test]
fn an_effect_is_evidence_with_a_lot_and_consistent_with_one_without() {
    let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + 3.0 * since(unit, period).min(1.0));
    let by_lot = did(&text, &Options { lot: true, ..Options::default() });
    assert_eq!(by_lot.level, 4);
    assert!(by_lot.sentence.starts_with("There is evidence of an effect of "), "{}", by_lot.sentence);
    let other = did(&text, &Options::default());
    assert_eq!((other.level, &other.ri), (3, &by_lot.ri));
    assert!(other.sentence.ends_with(" than in areas without practitioners; consistent with an effect; not proof."));
    let [low, high] = other.ri.effect.ci95.map(Option::unwrap);
    assert!(low < 3.0 && 3.0 < high && low > 0.0, "{low} {high}");
    let less = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) - 3.0 * since(unit, period).min(1.0));
    assert!(did(&less, &Options::default()).sentence.contains(" less ("));
    let holed: String =
        text.lines().filter(|line| !line.starts_with("area01,3,")).map(|line| format!("{line}\n")).collect();
    assert_eq!(did(&holed, &Options { lot: true, ..Options::default() }).level, 3, "a lot with units left out");
}

/// R-CAU-7, R-CAU-10
#[test]
fn areas_that_were_rising_already_or_were_chosen_take_the_claim_away() {
    let rising = |unit: usize, period: usize| if THIRDS[unit] > 0 { 1.5 * period as f64 } else { 0.0 };
    let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + rising(unit, period));
    let before = did(&text, &Options { lot: true, ..Options::default() });
    assert!(before.ri.pre_trend.p <= 0.1 && before.ri.effect.p <= 0.05);
    assert_eq!(before.level, 1);
    let quiet = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + 3.0 * since(unit, period).min(1.0));
    for options in [
        Options { chosen_on_results: true, ..Options::default() },
        Options { other_change: true, ..Options::default() },
    ] {
        let answer = did(&quiet, &options);
        assert_eq!(answer.level, 1);
        let start = "Areas already differed before; the difference cannot be put down to practitioners (";
        assert!(answer.sentence.starts_with(start) && before.sentence.starts_with(start), "{}", answer.sentence);
    }
}

/// R-CAU-11
#[test]
fn what_is_not_shown_is_never_called_nothing() {
    let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period));
    let answer = did(&text, &Options { lot: true, ..Options::default() });
    assert!(answer.ri.effect.p > 0.05);
    assert_eq!(answer.level, 1);
    let start = "No difference could be shown; effects smaller than about ";
    assert!(answer.sentence.starts_with(start), "{}", answer.sentence);
}

/// R-CAU-4, R-CAU-5
#[test]
fn many_courses_with_growing_unequal_effects_are_drawn_for_and_summed_up_rightly() {
    let starts: Vec<usize> = (0..60).map(|unit| [0, 4, 6, 0, 8][unit % 5]).collect();
    let grown = |unit: usize, period: usize| {
        let (start, speed) = (starts[unit], [0.0, 1.0, 0.5, 0.0, 2.0][unit % 5]);
        if start > 0 && period >= start { speed * (period - start + 1) as f64 } else { 0.0 }
    };
    let text = file(&starts, 10, |unit, period| 50.0 + unit as f64 + grown(unit, period) + 0.2 * small(unit, period));
    let answer = did(&text, &Options::default());
    assert!(!answer.ri.effect.exact && answer.ri.effect.p <= 0.001 && answer.level == 3, "{:?}", answer.ri);
    for (group, expected) in [(4, 4.0), (6, 1.5), (8, 4.0)] {
        assert!((answer.aggregate.group[&group] - expected).abs() < 0.15, "{group}: {:?}", answer.aggregate.group);
    }
    assert!((answer.aggregate.simple - (28.0 + 7.5 + 12.0) / 15.0).abs() < 0.1, "{}", answer.aggregate.simple);
    assert_eq!(answer, did(&text, &Options::default()), "the same seed");
}

/// R-CAU-8
#[test]
fn the_smallest_effect_is_known_before_anybody_begins() {
    let unit = |at: usize, size: f64| PlannedUnit {
        unit: format!("area{at:02}"),
        before: (1..=5).map(|period| 60.0 + size * small(at, period)).collect(),
        first_treat: [0, 6, 8][at % 3],
    };
    let plan = |size: f64| Plan {
        units: (0..12).map(|at| unit(at, size)).collect(),
        periods: 10,
        control: Control::Notyet,
        seed: 1,
        exploratory: 0,
    };
    let (once, twice) = (mde(&plan(1.0)).unwrap(), mde(&plan(2.0)).unwrap());
    let (small, large) = (once.mde80.unwrap(), twice.mde80.unwrap());
    assert!(small > 0.3 && small < 3.0, "{small}");
    assert!((large / small - 2.0).abs() < 1e-6, "twice the noise, twice the effect: {small} {large}");
    assert!(once.sentence.starts_with("The smallest effect that would be seen in four of five cases is about "));
    let few = Plan { units: plan(1.0).units.into_iter().take(6).collect(), ..plan(1.0) };
    let few = mde(&few).unwrap();
    assert_eq!((few.mde80, few.reasons[0].as_str()), (None, "units<8"));
    let mut begun = plan(1.0);
    begun.units[1].first_treat = 5;
    assert_eq!(mde(&begun), Err(AttributionError::Plan { unit: "area01".into() }));
}

/// R-CAU-28
#[test]
fn an_exploratory_question_is_judged_more_strictly_the_later_it_is_asked_and_never_reaches_level_4() {
    let all: f64 = (1..10_000).map(strictness).sum();
    assert!(all < LEVEL && all > 0.999 * LEVEL, "together no more than one: {all}");
    let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + 3.0 * since(unit, period).min(1.0));
    let asked = |exploratory| did(&text, &Options { lot: true, exploratory, ..Options::default() });
    let (primary, first, fifth) = (asked(0), asked(1), asked(5));
    assert_eq!((primary.level, first.level), (4, 3));
    assert!(first.sentence.starts_with("Exploratory: one question of several. The outcome rose by about "));
    let wide = |did: &Did| did.ri.effect.ci95[1].unwrap() - did.ri.effect.ci95[0].unwrap();
    assert!(wide(&primary) < wide(&first) && wide(&first) < wide(&fifth), "the interval says it too");
    assert!(primary.ri.effect.mde80 < fifth.ri.effect.mde80, "and the smallest effect");
    // An effect so faint that one question would show it, and the fifth would not.
    let faint = |size: f64| {
        let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + size * since(unit, period).min(1.0));
        move |exploratory| did(&text, &Options { exploratory, ..Options::default() })
    };
    let sizes = [1.6, 1.8, 2.0, 2.2, 2.4];
    let asked = sizes.map(faint).into_iter().find(|asked| asked(0).ri.effect.p <= LEVEL).unwrap();
    assert!(asked(0).ri.effect.p > LEVEL / 30.0, "{}", asked(0).ri.effect.p);
    assert_eq!((asked(0).level, asked(5).level), (3, 1));
    assert!(asked(5).sentence.starts_with("No difference could be shown"));
    let few = file(&[0, 0, 0, 0, 0, 5, 5, 5], 8, |unit, period| 60.0 + small(unit, period));
    let reasons = |exploratory| match attribute(&few, &Options { exploratory, ..Options::default() }).unwrap() {
        Answer::Refused(refused) => refused.reasons,
        _ => Vec::new(),
    };
    assert_eq!((reasons(0), reasons(2)), (vec![], vec!["smallest_possible_p=1/56>1/120".to_owned()]));
}

/// R-CAU-29
#[test]
fn effects_by_terms_since_the_beginning_have_intervals_of_their_own() {
    let text = file(&THIRDS, 9, |unit, period| 60.0 + small(unit, period) + 3.0 * since(unit, period).min(1.0));
    let answer = did(&text, &Options::default());
    let after: Vec<i64> = answer.aggregate.dynamic.range(0..).map(|(lag, _)| *lag).collect();
    assert_eq!(answer.ri.dynamic_ci95.keys().copied().collect::<Vec<_>>(), after);
    for (lag, [low, high]) in &answer.ri.dynamic_ci95 {
        let about = answer.aggregate.dynamic[lag];
        assert!(low.unwrap() < about && about < high.unwrap(), "{lag}: {low:?} {about} {high:?}");
    }
}

fn doses(slope: f64, units: usize) -> String {
    let mut text = String::from("unit,period,outcome,first_treat,dose\n");
    for unit in 0..units {
        for period in 1..=8 {
            let dose = (2.0 + 2.0 * noise((unit * 31 + period * 7 + 5_000) as u64)).max(0.0);
            let outcome = 60.0 + unit as f64 + slope * dose + small(unit, period);
            text += &format!("area{unit:02},{period},{outcome},0,{dose}\n");
        }
    }
    text
}

/// R-CAU-12
#[test]
fn hours_go_with_the_outcome_at_level_three_at_most() {
    let ask = Options { method: Method::Dose, lot: true, ..Options::default() };
    for (units, exact, draws) in [(10, true, 1_024), (20, false, 9_999)] {
        let Ok(Answer::Dose(dose)) = attribute(&doses(1.0, units), &ask) else { panic!() };
        let [low, high] = dose.ci95.map(Option::unwrap);
        assert!(low < 1.0 && 1.0 < high && low > 0.0 && (low..high).contains(&dose.b), "{dose:?}");
        assert_eq!((dose.level, dose.exact, dose.draws), (3, exact, draws));
        assert!(dose.p <= 0.05 && dose.sentence.contains("an association"));
        let Ok(Answer::Dose(nothing)) = attribute(&doses(0.0, units), &ask) else { panic!() };
        assert!(nothing.p > 0.05 && nothing.level == 1, "{nothing:?}");
    }
    let chosen = refused(&doses(1.0, 10), &Options { chosen_on_results: true, ..ask });
    assert_eq!(chosen.reasons, ["chosen_on_results"]);
    assert_eq!(refused(&doses(1.0, 7), &ask).reasons, ["units<8"]);
    let without = AttributionError::Column { column: "dose" };
    assert_eq!(attribute(&file(&THIRDS, 9, small), &ask), Err(without));
}

const LINE: [f64; 16] =
    [70.1, 70.9, 70.4, 71.6, 71.2, 72.3, 72.0, 72.4, 73.1, 72.9, 76.4, 77.1, 77.9, 78.0, 79.3, 79.2];

/// R-CAU-13
#[test]
fn a_whole_college_at_once_gives_the_numbers_worked_out_in_fractions_and_level_two_at_most() {
    let ask = Options { method: Method::Its, lot: true, ..Options::default() };
    let college = |start| file(&[start], 16, |_, period| LINE[period - 1]);
    let Ok(Answer::Its(its)) = attribute(&college(11), &ask) else { panic!() };
    let coef = [70.247_272_727_272_73, 0.320_606_060_606_060_6, 3.051_428_571_428_571_6, 0.270_822_510_822_510_8];
    let errors = [0.109_103_909_339_692, 0.015_533_071_464_184_573, 0.078_626_299_170_524_34, 0.040_219_192_659_325_16];
    assert!(its.coef.iter().zip(coef).all(|(ours, expected)| (ours - expected).abs() < 1e-9), "{:?}", its.coef);
    assert!(its.hac_se.iter().zip(errors).all(|(ours, expected)| (ours - expected).abs() < 1e-9), "{:?}", its.hac_se);
    // 2.17881 is the printed quantile of t with 12 degrees.
    assert!((its.hac_ci95[2][1] - coef[2] - 2.178_81 * errors[2]).abs() < 1e-5);
    assert_eq!((its.level, its.columns.len()), (2, 4));
    assert!(
        its.sentence.starts_with("The outcome changed by about 3.1 ") && its.sentence.ends_with("are not ruled out.")
    );
    assert_eq!(refused(&college(8), &ask).reasons, ["periods_before<8"]);
    assert_eq!(refused(&college(14), &ask).reasons, ["periods_after<4"]);
    assert_eq!(refused(&college(0), &ask).reasons, ["periods_after<4"]);
    let several = file(&[11, 11, 0], 16, |_, period| LINE[period - 1]);
    assert_eq!(attribute(&several, &ask), Err(AttributionError::NotAtOnce));
    let flat = file(&[11], 16, |_, period| small(1, period));
    let Ok(Answer::Its(flat)) = attribute(&flat, &ask) else { panic!() };
    assert_eq!(flat.level, 1);
    assert!(flat.sentence.starts_with("No difference could be shown"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// R-CAU-3, R-CAU-5
    #[test]
    fn what_a_unit_or_a_period_brings_of_its_own_changes_nothing_and_a_larger_unit_of_measure_no_p(
        own in prop::collection::vec(-50.0..50.0_f64, 8),
        shared in prop::collection::vec(-50.0..50.0_f64, 7),
        salt in 0..1_000_usize,
    ) {
        let starts = [4, 4, 4, 5, 0, 0, 0, 0];
        let plain = did(&file(&starts, 7, |unit, period| small(unit + salt, period)), &Options::default());
        let moved = |unit: usize, period: usize| small(unit + salt, period) + own[unit] + shared[period - 1];
        let moved = did(&file(&starts, 7, moved), &Options::default());
        prop_assert!((plain.aggregate.simple - moved.aggregate.simple).abs() < 1e-9);
        prop_assert!((plain.pre_mean - moved.pre_mean).abs() < 1e-9);
        prop_assert_eq!((plain.ri.effect.p, plain.ri.pre_trend.p), (moved.ri.effect.p, moved.ri.pre_trend.p));
        let larger = did(&file(&starts, 7, |unit, period| 10.0 * small(unit + salt, period)), &Options::default());
        prop_assert_eq!((plain.ri.effect.p, plain.level), (larger.ri.effect.p, larger.level));
        prop_assert!((10.0 * plain.aggregate.simple - larger.aggregate.simple).abs() < 1e-9);
        let [low, high] = plain.ri.effect.ci95.map(|end| end.unwrap_or(f64::NAN));
        prop_assert!(low <= plain.aggregate.simple && plain.aggregate.simple <= high);
        // The interval leaves out zero only where the test does.
        prop_assert!(plain.ri.effect.p <= 0.05 || (low <= 0.0 && 0.0 <= high));
    }
}
