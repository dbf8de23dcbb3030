use jiff::civil::Date;

use super::*;

fn counted(side: Side, sent: i64, agree: i64) -> Counted {
    let of = |key: &&str| {
        vec![((*key).to_owned(), Choice::Agree, agree), ((*key).to_owned(), Choice::Disagree, sent - agree)]
    };
    let statements = Asked::NOW.statements().iter().flat_map(of).collect();
    let chosen = |at: usize| if at < 3 { sent } else { 0 };
    let factors = Factor::ALL.iter().enumerate().map(|(at, factor)| (*factor, chosen(at))).collect();
    Counted { side, sent, statements, factors }
}

/// R-SUR-3 EVI-03
#[test]
fn fewer_than_ten_are_not_shown_and_of_others_only_bands() {
    let few = of_side(&counted(Side::Practitioner, 9, 9), (14, Asked::NOW));
    assert_eq!((few.returned, few.rate()), (None, None));
    assert!(few.agreed.iter().all(Option::is_none) && few.factors.is_empty());
    let some = of_side(&counted(Side::Practitioner, 10, 10), (14, Asked::NOW));
    assert_eq!(some.returned, Some(10));
    assert_eq!(some.agreed[0], Some(Band { low: 5, high: 10, of: 10 }), "everybody is hidden in the last band");
}

/// R-SUR-3
#[test]
fn who_cannot_say_is_no_answer_and_too_few_others_are_not_shown() {
    let mut one = counted(Side::Staff, 40, 5);
    one.statements.retain(|(key, choice, _)| key != "S2" || *choice == Choice::Agree);
    one.statements.push(("S2".to_owned(), Choice::CannotSay, 35));
    let released = of_side(&one, (200, Asked::NOW));
    assert_eq!((released.agreed[0].map(|band| band.of), released.agreed[1]), (Some(40), None));
}

/// R-SUR-4 R-SUR-5
#[test]
fn only_staff_who_are_not_practitioners_are_read_beside_2017() {
    let staff = of_side(&counted(Side::Staff, 40, 20), (200, Asked::NOW));
    let lines = staff.lines(None);
    assert_eq!(lines[0].beside.map(|(reading, _)| reading), Some(Reading::Below));
    assert!(lines[0].beside.is_some_and(|(_, tipping)| tipping.is_some()));
    assert_eq!(lines[0].earlier, None);
    let practitioners = of_side(&counted(Side::Practitioner, 40, 20), (44, Asked::NOW));
    assert!(practitioners.lines(None).iter().all(|line| line.beside.is_none() && line.shown.is_some()));
}

/// R-SUR-6 R-SUR-7 R-SUR-8
#[test]
fn years_lie_beside_each_other_factors_by_their_bands_and_the_rate_is_worked_out() {
    let (then, now) = (
        of_side(&counted(Side::Staff, 100, 30), (200, Asked::NOW)),
        of_side(&counted(Side::Staff, 100, 80), (200, Asked::NOW)),
    );
    assert!(now.lines(Some(&then)).iter().all(|line| line.earlier == Some(Comparison::Higher)));
    assert!(now.lines(Some(&now)).iter().all(|line| line.earlier == Some(Comparison::NotDistinguishable)));
    assert_eq!(now.among_ours(), Some((3, 5)));
    assert_eq!(now.factors()[0].1.low, now.factors()[2].1.low);
    assert_eq!(now.rate(), Some(500));
    assert_eq!(OfSide { asked: 90, ..now }.rate(), None, "more say so than are");
}

/// R-SUR-13
#[test]
fn a_release_that_was_changed_is_not_shown() {
    let survey = Survey {
        id: domain::ids::SurveyId(uuid::Uuid::from_u128(1)),
        year: 2026,
        first: "2027-05-10".parse().expect("a day"),
        last: "2027-05-28".parse().expect("a day"),
        title: "Coaches".to_owned(),
        asked: Asked::NOW,
    };
    let release = written(&survey, &[counted(Side::Staff, 40, 20)], (200, 14), ("", Model::Developmental));
    let text = serde_json::to_string(&release).expect("written");
    let digest = digest_bytes(text.as_bytes());
    let kept = Released { year: 2026, text: text.clone(), digest };
    assert_eq!(read(&kept).expect("as it was"), release);
    let changed = Released { text: text.replace("\"low\":20", "\"low\":30"), ..kept };
    assert!(read(&changed).is_err());
}

/// R-SUR-17
#[test]
fn what_an_earlier_survey_asked_stays_as_it_was_and_what_it_did_not_ask_is_not_compared() {
    let then = of_side(&counted(Side::Staff, 100, 30), (200, Asked::Five));
    let now = of_side(&counted(Side::Staff, 100, 80), (200, Asked::Seven));
    assert_eq!((then.agreed.len(), then.lines(None).len(), now.lines(None).len()), (5, 5, 7));
    let lines = now.lines(Some(&then));
    assert!(lines[..5].iter().all(|line| line.asked_before && line.earlier == Some(Comparison::Higher)));
    assert!(lines[5..].iter().all(|line| !line.asked_before && line.earlier.is_none() && line.beside.is_none()));
    assert!(lines[5..].iter().all(|line| line.shown.is_some()));
}

/// R-SUR-18
#[test]
fn a_release_says_which_model_was_declared_and_one_of_before_says_nothing_of_it() {
    let (first, last) = (Date::constant(2027, 5, 10), Date::constant(2027, 5, 28));
    let id = domain::ids::SurveyId(uuid::Uuid::from_u128(1));
    let survey = Survey { id, year: 2026, first, last, title: "Coaches".to_owned(), asked: Asked::NOW };
    let release = written(&survey, &[counted(Side::Staff, 40, 20)], (200, 14), ("", Model::PanOrganisational));
    assert_eq!(release.declared(), Some(Model::PanOrganisational));
    let text = serde_json::to_string(&release).expect("written");
    let before = text.replace(&format!("\"model\":\"{}\",", Model::PanOrganisational.code()), "");
    assert_ne!(before, text);
    let kept = Released { year: 2026, digest: digest_bytes(before.as_bytes()), text: before };
    assert_eq!(read(&kept).expect("as it was").declared(), None);
}
