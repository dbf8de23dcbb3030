use jiff::civil::date;
use uuid::Uuid;

use super::*;

fn terms() -> Vec<TermOf> {
    let term = |year: i16, number: i64| {
        let starts =
            [date(year, 9, 7), date(year + 1, 1, 4), date(year + 1, 4, 12)][usize::try_from(number - 1).unwrap()];
        TermOf {
            at: (year, number),
            words: format!("{year} {number}"),
            starts,
            ends: starts.saturating_add(jiff::Span::new().days(70)),
        }
    };
    (2023..2027).flat_map(|year| (1..=3).map(move |number| term(year, number))).collect()
}

fn area(number: u128) -> Named {
    Named { id: AreaId(Uuid::from_u128(number)), name: format!("Area {number:02}") }
}

fn asked() -> Asked {
    let areas = vec![
        (area(3), Begins::In((2025, 2))),
        (area(1), Begins::In((2025, 3))),
        (area(2), Begins::Never),
        (area(4), Begins::Out),
        (area(5), Begins::In((2026, 2))),
    ];
    Asked {
        outcome: Some(Indicator::Attendance),
        from: Some((2023, 1)),
        to: Some((2025, 3)),
        areas,
        agreed: Some(AGREED),
        chosen: Some(false),
        other: Some(false),
    }
}

/// R-CAU-22
#[test]
fn a_question_says_everything_before_its_answer_can_be_seen() {
    let question = ask(&asked(), &terms()).unwrap();
    assert_eq!((question.terms.len(), question.areas.len(), question.agreed), (9, 4, 200));
    assert_eq!(
        question.areas.iter().map(|unit| question.start(unit)).collect::<Vec<_>>(),
        [Some(8), None, Some(7), None]
    );
    assert_eq!((question.first(), question.indicator()), (Some(7), Some(Indicator::Attendance)));
    assert_eq!(question.name(area(1).id), Some("Area 01"));
    for (asked, why) in [
        (Asked { outcome: None, ..asked() }, CauseRefused::Outcome),
        (Asked { outcome: Some(Indicator::Sickness), ..asked() }, CauseRefused::Outcome),
        (Asked { outcome: Some(Indicator::Team), ..asked() }, CauseRefused::Outcome),
        (Asked { from: Some((2020, 1)), ..asked() }, CauseRefused::From),
        (Asked { to: None, ..asked() }, CauseRefused::To),
        (Asked { to: Some((2023, 1)), ..asked() }, CauseRefused::To),
        (Asked { agreed: Some(0), ..asked() }, CauseRefused::Agreed),
        (Asked { agreed: None, ..asked() }, CauseRefused::Agreed),
        (Asked { chosen: None, ..asked() }, CauseRefused::Chosen),
        (Asked { other: None, ..asked() }, CauseRefused::Other),
        (Asked { areas: vec![(area(1), Begins::In((2025, 3)))], ..asked() }, CauseRefused::Areas),
        (
            Asked { areas: vec![(area(1), Begins::Never), (area(2), Begins::In((2026, 1)))], ..asked() },
            CauseRefused::Begins,
        ),
        (
            Asked { areas: vec![(area(1), Begins::Never), (area(2), Begins::In((2023, 2)))], ..asked() },
            CauseRefused::Begins,
        ),
    ] {
        assert_eq!(ask(&asked, &terms()), Err(why));
    }
}

/// R-CAU-22
#[test]
fn an_area_that_had_begun_before_the_first_term_has_nothing_before() {
    let areas = vec![(area(1), Begins::In((2023, 2))), (area(2), Begins::In((2025, 1))), (area(3), Begins::Never)];
    let question = ask(&Asked { from: Some((2024, 1)), areas, ..asked() }, &terms()).unwrap();
    assert_eq!(question.areas.iter().map(|unit| question.start(unit)).collect::<Vec<_>>(), [Some(0), Some(3), None]);
    assert_eq!(question.first(), Some(3));
}

/// R-CAU-23
#[test]
fn the_program_finds_out_itself_whether_every_beginning_is_the_lots() {
    let question = ask(&asked(), &terms()).unwrap();
    let term = |at: (i16, i64)| terms().into_iter().find(|term| term.at == at);
    let lot = vec![
        (area(1), term((2025, 3))),
        (area(2), None),
        (area(3), term((2025, 2))),
        // After the last term of the question: not yet, as it says of this area.
        (area(5), term((2026, 1))),
    ];
    assert!(question.is_drawn_by(&lot));
    assert!(!question.is_drawn_by(&lot[..3]), "an area that was not drawn");
    let more = [lot.clone(), vec![(area(4), None)]].concat();
    assert!(!question.is_drawn_by(&more), "an area of the lot was left out");
    let mut other = lot;
    other[0].1 = term((2025, 2));
    assert!(!question.is_drawn_by(&other), "an area began in another term");
}

/// R-CAU-24 R-CAU-25
#[test]
fn how_small_an_effect_could_be_seen_comes_first_and_the_answer_after_the_last_term() {
    let question = ask(&asked(), &terms()).unwrap();
    let (early, later, after) = (date(2025, 10, 1), date(2026, 2, 1), date(2026, 8, 1));
    assert_eq!(question.may_be_weighed(false, early), Err(CauseRefused::Before));
    assert_eq!(question.may_be_weighed(false, later), Ok(()));
    assert_eq!(question.may_be_weighed(true, later), Err(CauseRefused::Read));
    assert_eq!(question.may_be_read(false, after), Err(CauseRefused::First));
    assert_eq!(question.may_be_read(true, later), Err(CauseRefused::Early));
    assert_eq!(question.may_be_read(true, after), Ok(()));
}
