use super::*;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// R-SUR-10
#[test]
fn an_answer_has_a_side_a_choice_for_each_statement_and_at_most_five_factors() {
    let all = [Some(Choice::CannotSay); 7];
    assert_eq!(Answer::of(Some(Side::Staff), &[], &[]), Err(SurveyRefused::Statement(0)));
    assert_eq!(Answer::of(None, &all, &[]), Err(SurveyRefused::Side));
    let mut missing = all;
    missing[3] = None;
    assert_eq!(Answer::of(Some(Side::Staff), &missing, &[]), Err(SurveyRefused::Statement(3)));
    assert_eq!(Answer::of(Some(Side::Staff), &all, &Factor::ALL[..6]), Err(SurveyRefused::Factors));
    let twice = [Factor::Time, Factor::Time];
    assert_eq!(Answer::of(Some(Side::Staff), &all, &twice).expect("sound").factors, [Factor::Time]);
    assert_eq!(Factor::ALL.iter().filter(|one| one.of_2017()).count(), 5);
    assert_eq!(Factor::ALL.len(), 12);
}

/// R-SUR-16
#[test]
fn a_year_has_one_survey_open_for_a_week_to_eight_weeks() {
    let today = day("2027-05-10");
    let may = |first: &str, last: &str, years: &[i16]| super::open((Some(day(first)), Some(day(last))), today, years);
    assert!(may("2027-05-10", "2027-05-16", &[2025]).is_ok());
    assert_eq!(may("2027-05-09", "2027-05-20", &[]), Err(SurveyRefused::First));
    assert_eq!(may("2027-05-10", "2027-05-15", &[]), Err(SurveyRefused::Last));
    assert_eq!(may("2027-05-10", "2027-07-05", &[]), Err(SurveyRefused::Last));
    assert_eq!(may("2027-08-20", "2027-09-20", &[]), Err(SurveyRefused::Year));
    assert_eq!(may("2027-05-10", "2027-05-20", &[2026]), Err(SurveyRefused::There));
    assert_eq!(super::open((None, None), today, &[]), Err(SurveyRefused::First));
}

/// R-SUR-14
#[test]
fn everybody_hears_on_the_first_day_and_once_before_the_last() {
    let id = SurveyId(uuid::Uuid::from_u128(1));
    let (first, last, title) = (day("2027-05-10"), day("2027-05-28"), "Coaches".to_owned());
    let survey = Survey { id, year: 2026, first, last, title, asked: Asked::NOW };
    assert_eq!(survey.tells_on(), [day("2027-05-10"), day("2027-05-23")]);
    assert!(survey.is_open(day("2027-05-28")) && !survey.is_over(day("2027-05-28")));
    assert!(!survey.is_open(day("2027-05-29")) && survey.is_over(day("2027-05-29")));
}

/// R-SUR-17
#[test]
fn a_survey_takes_an_answer_to_its_own_statements_and_one_of_before_still_asks_five() {
    let (first, last, title) = (day("2027-05-10"), day("2027-05-28"), "Coaches".to_owned());
    let id = SurveyId(uuid::Uuid::from_u128(1));
    let survey = |asked| Survey { id, year: 2026, first, last, title: title.clone(), asked };
    let answer = |many: usize| Answer::of(Some(Side::Staff), &vec![Some(Choice::Agree); many], &[]).expect("sound");
    assert_eq!(survey(Asked::Five).takes(&answer(5)), Ok(()));
    assert_eq!(survey(Asked::Seven).takes(&answer(7)), Ok(()));
    assert_eq!(survey(Asked::Seven).takes(&answer(5)), Err(SurveyRefused::Statement(5)));
    assert_eq!(survey(Asked::Five).takes(&answer(7)), Err(SurveyRefused::Statement(4)));
    assert_eq!(Asked::Seven.statements()[..5], *Asked::Five.statements());
    let all = [Asked::Five, Asked::Seven];
    assert!(all.into_iter().all(|one| Asked::from_number(one.number()) == Some(one)));
    assert_eq!((Asked::from_number(0), Asked::NOW), (None, Asked::Seven));
}
