use super::*;

/// Five posts of 150 hours with the uplift of the case study.
fn five() -> Year {
    Year {
        posts: 5,
        remitted_minutes_each: Some(150 * 60),
        hour_pence: Some(4_000),
        uplift_pence_each: Some(224_300),
        travel_pence: Some(0),
        ..Year::default()
    }
}

/// R-VAL-1
#[test]
fn time_is_counted_once_as_cover_or_as_an_hour_of_teaching() {
    let plain = account(&five()).unwrap();
    assert_eq!(plain.lines[2], (Cost::Uplift, Pence(1_121_500)));
    assert_eq!((plain.lines[0], plain.total), ((Cost::Remission, Pence(3_000_000)), Pence(4_121_500)));
    assert_eq!((plain.remitted_minutes, plain.not_counted.clone()), (45_000, vec![Cost::Training]));
    let covered = account(&Year { covered_minutes: 45_000, cover_pence: Some(1), ..five() }).unwrap();
    assert_eq!(covered.total, Pence(1_121_501));
    let unpaid = account(&Year { covered_minutes: 60, ..five() }).unwrap();
    assert_eq!(unpaid.not_counted, [Cost::Cover, Cost::Training]);
}

/// R-VAL-2
#[test]
fn without_hours_there_is_no_account_and_numbers_that_cannot_be_are_named() {
    assert_eq!(account(&Year { remitted_minutes_each: None, ..five() }), Err(ValueRefused::NoHours));
    assert_eq!(account(&Year { remitted_minutes_each: Some(0), ..five() }), Err(ValueRefused::NoHours));
    assert_eq!(account(&Year { posts: 0, ..five() }), Err(ValueRefused::NoPosts));
    let said = account(&Year { uplift_pence_each: Some(-1), ..five() }).unwrap_err().to_string();
    assert_eq!(said, "The uplift is -1: give a whole number from 0 to 10000000000.");
    assert!(account(&Year { covered_minutes: 45_001, ..five() }).is_err());
    assert!(account(&Year { used_minutes: Some(10), support_minutes: Some(11), ..five() }).is_err());
    let largest = Year {
        posts: MOST_POSTS,
        hour_pence: Some(MOST_HOUR_PENCE),
        remitted_minutes_each: Some(MOST_MINUTES),
        uplift_pence_each: Some(MOST_PENCE),
        training_pence: Some(MOST_PENCE),
        ..five()
    };
    let found = account(&largest).unwrap();
    assert_eq!(found.not_counted, [], "nothing is dropped because it is large");
    assert_eq!(found.lines[0], (Cost::Remission, Pence(10_000_000_000_000_000)));
}

/// R-VAL-3
#[test]
fn an_hour_and_a_place_bear_their_share_of_the_time_used() {
    let year = Year {
        used_minutes: Some(40_000),
        support_minutes: Some(30_000),
        session_minutes: Some(10_000),
        session_places: Some(200),
        ..five()
    };
    let found = account(&year).unwrap();
    assert_eq!(found.per_support_hour, Some(Pence(6_182)));
    assert_eq!(found.per_session_place, Some(Pence(5_152)));
    let none = account(&Year { support_minutes: Some(0), session_places: Some(0), ..year }).unwrap();
    assert_eq!((none.per_support_hour, none.per_session_place), (None, None));
}

/// R-VAL-4
#[test]
fn a_benefit_has_one_of_five_strengths_and_no_amount() {
    let read = |text: &str| serde_json::from_str::<Benefit>(text);
    let benefit = read(r#"{"what":"More trials of new techniques","strength":"said"}"#).unwrap();
    assert_eq!(benefit.strength.words(), "people say so");
    assert!(read(r#"{"what":"x","strength":"proven"}"#).is_err());
    assert!(read(r#"{"what":"x"}"#).is_err());
    assert!(Strength::Coincides < Strength::Consistent && Strength::Consistent < Strength::Evidence);
    assert!(!serde_json::to_string(&benefit).unwrap().contains("pence"));
}

/// R-VAL-5
#[test]
fn a_scenario_says_the_difference_in_words() {
    let two_more = scenario(&five(), &Change { posts_more: 2, ..Change::default() }).unwrap();
    assert_eq!(
        two_more.words,
        "300 hours more in the year: 1,050 hours in place of 750 hours. £16,486 more: £57,701 in place of £41,215. \
         Not counted, because it is not known: training."
    );
    let change = Change { remitted_minutes_each: Some(120 * 60), ..Change::default() };
    let shorter = scenario(&Year { training_pence: Some(0), ..five() }, &change).unwrap();
    assert_eq!(
        shorter.words,
        "150 hours fewer in the year: 600 hours in place of 750 hours. £6,000 less: £35,215 in place of £41,215."
    );
    assert_eq!(scenario(&five(), &Change { posts_more: -5, ..Change::default() }), Err(ValueRefused::NoPosts));
}

/// R-VAL-6
#[test]
fn sentences_name_what_is_not_counted_and_no_percentage() {
    let said = account(&five()).unwrap().sentences().join(" ");
    assert_eq!(
        said,
        "What is known of the cost is £41,215 in the year, with 750 hours of remission. Not counted, because it is not known: training."
    );
    assert_eq!((Pence(3_250).to_string(), Hours(61).to_string()), ("£32.50".into(), "1 hour 1 minute".into()));
}
