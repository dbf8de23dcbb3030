use proptest::prelude::*;
use serde_json::Value;

use super::*;

const CASES: &str = include_str!("../../../../tests/vectors/evidence/models/model_cases.json");

fn near(ours: &Value, wanted: &Value) -> bool {
    match (ours, wanted) {
        (Value::Number(one), Value::Number(other)) => (one.as_f64().unwrap() - other.as_f64().unwrap()).abs() <= 0.001,
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

/// R-LIV-3, R-LIV-5, R-LIV-8
#[test]
fn the_cases_of_the_vectors_come_out_in_their_own_shape() {
    let ours = serde_json::to_value(answer(&serde_json::from_str(CASES).unwrap()).unwrap()).unwrap();
    let wanted: Value = serde_json::from_str(CASES).unwrap();
    assert!(near(&ours, &wanted), "{ours:#}");
}

fn year() -> Year {
    let indicators = Indicators {
        manager_initiated: Some(0.1),
        observation_triggered: Some(0.1),
        mandatory_hours: Some(0.0),
        performance_links: Some(0.0),
        access_rate: Some(0.1),
        coaching_hours: Some(0.6),
        ..Indicators::default()
    };
    Year { episodes: 20, staff: 30, weeks: 10, indicators }
}

fn reads(year: &Year, declared: Model) -> Read {
    match read(year, Some(declared), &Minimum::default()).unwrap() {
        Outcome::Read(read) => read,
        Outcome::TooLittleData(what) => panic!("{what:?}"),
    }
}

/// R-LIV-1
#[test]
fn a_share_over_one_or_below_nought_is_named() {
    let wrong = |value| Indicators { access_rate: Some(value), ..year().indicators };
    assert_eq!(
        wrong(1.2).check().unwrap_err().to_string(),
        "access_rate is 1.2: give a share from 0 to 1, or leave it out."
    );
    assert!(wrong(-0.1).check().is_err() && wrong(f64::NAN).check().is_err() && wrong(1.0).check().is_ok());
    let flow = |value| Indicators { research_flow: Some(value), ..year().indicators };
    assert!(flow(3.0).check().is_ok() && flow(-1.0).check().is_err() && flow(f64::INFINITY).check().is_err());
    let file = r#"{"cases":[{"name":"a","input":{"episodes":-1}}]}"#;
    let said = answer(&serde_json::from_str(file).unwrap()).unwrap_err().to_string();
    assert_eq!(said, "In the case a: episodes is -1: give a whole number from 0 on.");
}

/// R-LIV-2
#[test]
fn the_least_that_is_read_is_twenty_cases_thirty_staff_and_ten_weeks() {
    assert!(matches!(read(&year(), None, &Minimum::default()), Ok(Outcome::Read(_))));
    let little = Year { episodes: 19, weeks: 9, staff: 29, ..year() };
    let lacking = Outcome::TooLittleData(vec!["episodes", "staff", "weeks"]);
    assert_eq!(read(&little, None, &Minimum::default()), Ok(lacking));
    let empty = Year { indicators: Indicators::default(), ..year() };
    assert_eq!(read(&empty, None, &Minimum::default()), Ok(Outcome::TooLittleData(vec!["indicators"])));
}

/// R-LIV-3, R-LIV-4
#[test]
fn a_model_needs_its_items_and_is_capped_without_its_essential_one() {
    let found = reads(&year(), Model::Developmental);
    assert_eq!((found.reading, found.match_with), (Reading::Model(Model::Developmental), Some(Match::Match)));
    assert_eq!(found.scores[&Model::PanOrganisational], None);
    let sent = Indicators { manager_initiated: Some(0.9), ..year().indicators };
    assert_eq!(score(Model::Developmental, &sent), Some(0.49));
    let between = reads(&Year { indicators: sent, ..year() }, Model::Developmental);
    assert_eq!((between.reading, between.match_with), (Reading::NoClearModel, Some(Match::Differs)));
}

/// R-LIV-4, R-LIV-5, R-LIV-6
#[test]
fn a_model_is_clear_from_eleven_twentieths_on_and_a_near_second_is_read_with_it() {
    let with = |coaching_hours, observation_triggered| {
        let indicators = Indicators {
            performance_links: Some(0.5),
            observation_triggered: Some(observation_triggered),
            coaching_hours: Some(coaching_hours),
            ..year().indicators
        };
        reads(&Year { indicators, ..year() }, Model::Deficit)
    };
    let near = with(0.525, 0.5);
    assert_eq!(near.reading, Reading::Between(Model::Deficit, Model::Developmental), "{:?}", near.scores);
    assert_eq!(near.match_with, Some(Match::Partly));
    assert_eq!(with(0.52, 0.5).reading, Reading::NoClearModel);
    assert_eq!(with(0.6, 0.15).reading, Reading::Model(Model::Developmental));
}

/// R-LIV-6
#[test]
fn what_lies_farthest_is_told_at_most_three_ties_by_alphabet() {
    let found = reads(&year(), Model::Universal);
    assert_eq!(found.match_with, Some(Match::Differs));
    assert_eq!(found.farthest, [Indicator::AccessRate, Indicator::MandatoryHours]);
}

/// R-LIV-7
#[test]
fn counts_of_people_enter_as_the_middle_of_their_band_and_scores_are_shown_in_steps() {
    let counts = |counted| Counts { access: Some(Share { counted, of: 26 }), ..Counts::default() };
    let entered: Vec<_> = (10..=14).map(|counted| counts(counted).enter(Indicators::default()).unwrap()).collect();
    assert!(entered.iter().all(|one| one == &entered[0] && one.access_rate == Some(12.0 / 26.0)));
    assert_eq!(Share { counted: 3, of: 5 }.middle(), Ok(None));
    assert!(Share { counted: 6, of: 5 }.middle().is_err());
    let areas = vec![Share { counted: 0, of: 10 }, Share { counted: 12, of: 26 }, Share { counted: 1, of: 4 }];
    let with_areas = Counts { areas, ..counts(23) }.enter(Indicators::default()).unwrap();
    assert_eq!(with_areas.area_evenness, Some(0.5));
    let mut found = reads(&year(), Model::Universal);
    for (score, shown) in [(0.0, 0), (0.0249, 0), (0.025, 5), (0.49, 50), (0.7369, 75), (1.0, 100)] {
        found.scores.insert(Model::Deficit, Some(score));
        assert_eq!(found.shown(Model::Deficit), Some(shown), "{score}");
    }
}

/// R-LIV-8
#[test]
fn every_outcome_has_a_sentence_that_does_not_grade() {
    let readings = [
        Reading::Model(Model::Universal),
        Reading::Between(Model::PanOrganisational, Model::Universal),
        Reading::NoClearModel,
        Reading::TooLittleData,
    ];
    let mut said: Vec<String> = readings.iter().map(|reading| reading.sentence()).collect();
    said.extend([Match::Match, Match::Partly, Match::Differs].map(|one| one.sentence().to_string()));
    said.extend(Indicator::ALL.map(|one| one.words().to_string()));
    assert_eq!(said[1], "This year reads as between pan-organisational and universal. Models overlap.");
    for word in ["good", "poor", "should", "better", "worse", "fail"] {
        assert!(said.iter().all(|sentence| !sentence.contains(word)), "{word}");
    }
}

fn share() -> impl Strategy<Value = Option<f64>> {
    proptest::option::weighted(0.9, 0.0..=1.0)
}

proptest! {
    /// R-LIV-3
    #[test]
    fn scores_lie_between_nought_and_one_and_more_sending_never_makes_a_year_more_developmental(
        one in share(), two in share(), three in share(), four in share(), low in 0.0..=1.0, more in 0.0..=1.0
    ) {
        let base = Indicators {
            access_rate: one, mandatory_hours: two, coaching_hours: three, performance_links: four,
            observation_triggered: Some(0.3), manager_initiated: Some(low), ..Indicators::default()
        };
        let sent = Indicators { manager_initiated: Some(f64::min(1.0, low + more)), ..base };
        for model in Model::ALL {
            prop_assert!(score(model, &base).is_none_or(|score| (0.0..=1.0).contains(&score)));
        }
        prop_assert!(score(Model::Developmental, &sent) <= score(Model::Developmental, &base));
        prop_assert!(score(Model::Deficit, &sent) >= score(Model::Deficit, &base));
    }
}
