use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::bands::Band;

const REFERENCE: &str = include_str!("../../../../tests/vectors/evidence/survey/survey_reference.json");

fn answered(file: &str) -> Result<Value, SurveyError> {
    Ok(serde_json::to_value(answer(&serde_json::from_str(file).unwrap())?).unwrap())
}

fn near(ours: &Value, wanted: &Value) -> bool {
    match (ours, wanted) {
        (Value::Number(one), Value::Number(other)) => (one.as_f64().unwrap() - other.as_f64().unwrap()).abs() < 1e-12,
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && other.iter().all(|(key, value)| one.get(key).is_some_and(|own| near(own, value)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| near(one, other))
        }
        _ => ours == wanted,
    }
}

/// R-SUR-4, R-SUR-5, R-SUR-9
#[test]
fn the_reference_comes_out_in_its_own_shape() {
    let ours = answered(REFERENCE).unwrap();
    assert!(near(&ours, &serde_json::from_str(REFERENCE).unwrap()), "{ours:#}");
}

/// R-SUR-1
#[test]
fn the_five_statements_have_the_figures_of_2017_and_engagement_and_motivation_have_none() {
    let figures = [Some(83), Some(75), Some(69), Some(66), Some(66), None, None];
    assert_eq!(Statement::ALL.map(Statement::in_2017), figures);
    let asked = [Statement::Engagement, Statement::Motivation].map(|one| one.words("Tutors"));
    assert!(asked[0].contains("engaged in their work") && asked[1].contains("motivation of staff"));
    let said = Statement::Trying.words("Professional Tutors");
    assert_eq!(said, "In this college, Professional Tutors have given staff more confidence to try new techniques.");
}

/// R-SUR-2
#[test]
fn cannot_say_is_no_answer_and_both_numbers_stand() {
    let given = Answers { disagree: 3, neither: 2, agree: 10, strongly_agree: 5, cannot_say: 7, ..Answers::default() };
    assert_eq!(given.group(), Ok(Group { agreed: 15, answered: 20, said: 27 }));
    assert!(Answers { agree: -1, ..given }.group().is_err());
}

fn shown(agreed: u64, answered: u64) -> Shown {
    publish(&Group { agreed, answered, said: answered }, None).unwrap().unwrap()
}

/// R-SUR-3
#[test]
fn nine_answers_are_not_shown_nor_a_group_that_leaves_nine_others_and_all_agreeing_is_hidden() {
    let group = |answered| Group { agreed: 5, answered, said: answered };
    assert_eq!(publish(&group(9), None), Ok(Err(TooFew::Answers)));
    for (all, hidden) in [(20, false), (21, true), (29, true), (30, false)] {
        assert_eq!(publish(&group(20), Some(all)).unwrap() == Err(TooFew::Others), hidden, "{all}");
    }
    assert!(publish(&group(20), Some(19)).is_err() && publish(&group(4), None).is_err());
    let all = Group { agreed: 20, answered: 20, said: 20 };
    assert_eq!(publish(&all, None).unwrap().unwrap().band, Band { low: 15, high: 20, of: 20 });
}

/// R-SUR-4
#[test]
fn a_reading_needs_thirty_answers_and_the_whole_interval() {
    assert_eq!(read(&shown(0, 29), 83), Reading::TooFewToCompare);
    assert_eq!(read(&shown(0, 30), 83), Reading::Below);
    assert_eq!(read(&shown(290, 300), 83), Reading::Above);
    assert_eq!(read(&shown(250, 300), 83), Reading::NotDistinguishable);
    assert_eq!(serde_json::to_value(Reading::Above).unwrap(), json!("above"));
}

/// R-SUR-5
#[test]
fn the_tipping_number_holds_for_every_count_in_the_band() {
    let tipping: Vec<_> = (40..=44).map(|agreed| shown(agreed, 100).tipping_n(66)).collect();
    assert!(tipping.iter().all(|one| one.is_some() && *one == tipping[0]));
    assert_eq!(tipping[0], tipping_n(Counted::new(44, 100).unwrap(), 66, Z));
    assert_eq!((shown(66, 100).tipping_n(66), shown(0, 29).tipping_n(83)), (None, None));
}

/// R-SUR-6
#[test]
fn two_years_are_compared_for_every_pair_of_counts_that_their_bands_leave() {
    assert_eq!(compare(&shown(20, 100), &shown(60, 100)), Comparison::Higher);
    assert_eq!(compare(&shown(60, 100), &shown(20, 100)), Comparison::Lower);
    assert_eq!(compare(&shown(50, 100), &shown(60, 100)), Comparison::NotDistinguishable);
    assert_eq!(compare(&shown(0, 29), &shown(60, 100)), Comparison::TooFewToCompare);
}

/// R-SUR-7
#[test]
fn how_many_of_the_five_are_among_ours_is_a_range_where_bands_overlap() {
    let factor = |of_2017, counted| Factor { of_2017, band: Band::around(counted, 60).unwrap() };
    let apart: Vec<_> = (0..10).map(|place| factor(place % 2 == 0, 50 - 5 * place)).collect();
    assert_eq!(among_ours(&apart), Ok((3, 3)));
    let level: Vec<_> = (0..12).map(|place| factor(place < 5, 20)).collect();
    assert_eq!(among_ours(&level), Ok((0, 5)));
    assert_eq!(among_ours(&level[..4]), Err(SurveyError::Factors));
    let mixed = [&level[..11], &[Factor { of_2017: false, band: Band::around(20, 61).unwrap() }]].concat();
    assert_eq!(among_ours(&mixed), Err(SurveyError::Mixed));
}

/// R-SUR-8
#[test]
fn the_rate_is_computed_never_taken_from_a_report() {
    let phase = |phase: &str, sent, returned| Returns { phase: phase.into(), sent, returned };
    let both = rate(&[phase("primary", 350, 200), phase("secondary", 1200, 600)]).unwrap();
    assert_eq!(both, Rate { sent: 1550, returned: 800, per_mille: 516 });
    assert!(rate(&[phase("primary", 3, 4)]).is_err() && rate(&[]).is_err() && rate(&[phase("x", -1, -2)]).is_err());
}

/// R-SUR-9
#[test]
fn what_is_left_out_is_as_usual_and_what_cannot_be_is_named() {
    let own = answered(r#"{"published":[{"q":"S2","agree":30,"n":60},{"q":"ours","agree":30,"n":60,"n_all":65}]}"#);
    let own = own.unwrap();
    assert_eq!((&own["published"][0]["benchmark"], &own["z"]), (&json!(75), &json!(Z)));
    assert_eq!(own["published"][1]["reason"], "fewer than 10 other answers");
    let said = |file: &str| answered(file).unwrap_err().to_string();
    assert_eq!(
        said(r#"{"wilson":[{"agree":11,"n":10}]}"#),
        "11 agreed of 10 who answered: give at most as many who agreed as answered."
    );
    assert!(said(r#"{"tipping":[{"agree":1,"n":10,"benchmark":101}]}"#).starts_with("101 is no percentage"));
    assert!(said(r#"{"published":[{"q":"S1","agree":-1,"n":10}]}"#).starts_with("-1 is below nought"));
    assert!(said(r#"{"wilson":[{"agree":0,"n":0}]}"#).starts_with("Nobody"));
    assert!(said(r#"{"wilson_fpc":[{"agree":0,"n":20,"N":10}]}"#).starts_with("20 answers came from 10"));
    assert!(said(r#"{"z":-1.0}"#).starts_with("-1 is no width"));
}

proptest! {
    /// R-SUR-3, R-SUR-4: a count that stays within its band changes nothing that is shown.
    #[test]
    fn nothing_shown_tells_counts_of_one_band_apart(n in 30_u64..400, place in 0.0..1.0_f64, per_cent in 0_u64..=100) {
        let agreed = (place * n as f64) as u64;
        let one = shown(agreed, n);
        prop_assert!(one.interval.lo <= agreed as f64 / n as f64 && agreed as f64 / n as f64 <= one.interval.hi);
        for other in one.band.low..=one.band.high {
            prop_assert_eq!(shown(other, n), one);
            prop_assert_eq!(read(&shown(other, n), per_cent), read(&one, per_cent));
        }
    }

    /// R-SUR-5
    #[test]
    fn one_respondent_fewer_than_the_tipping_number_is_too_few(n in 10_i64..200, place in 0.0..1.0_f64, per_cent in 1_u64..100) {
        let ours = Counted::new((place * n as f64) as i64, n).unwrap();
        if let Some(enough) = tipping_n(ours, per_cent, Z) {
            prop_assert!(interval::apart_at(ours, per_cent, enough, Z));
            prop_assert!(enough == 1 || !interval::apart_at(ours, per_cent, enough - 1, Z));
        }
    }
}
