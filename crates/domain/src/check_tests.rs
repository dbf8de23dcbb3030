use super::*;
use crate::programme::{Model, Title};
use jiff::civil::date;

pub(crate) fn set_up() -> SetUp {
    SetUp {
        today: date(2026, 11, 24),
        title: Title::from_one("Professional Tutor"),
        model: Model::Developmental,
        asking_opened: false,
        ceiling: 20,
        practitioners: 8,
        with_times: 8,
        with_hours: 8,
        fitting: 8,
        in_line: 0,
        has_floor: true,
        teaching: 8,
        themes: 12,
        uncovered: 0,
        statement: Some(date(2025, 9, 1)),
        sponsor: Some("Ruth Adeyemi".to_owned()),
        reviewed: Some(("Review of summer term 2026".to_owned(), date(2026, 7, 1))),
    }
}

fn of(set_up: &SetUp, point: Point) -> Look {
    look(set_up, &[]).into_iter().find(|one| one.point == point).unwrap()
}

/// R-REV-1 EVI-16
#[test]
fn seven_help_and_four_hinder_and_each_says_what_is_seen_or_asks() {
    let all = look(&set_up(), &[]);
    let side = |side| all.iter().filter(|one| one.point.side() == side).count();
    assert_eq!((side(Side::Enabler), side(Side::Barrier)), (7, 4));
    for one in &all {
        assert!(!one.signs.is_empty() && !one.point.about().is_empty());
        for sign in &one.signs {
            assert_eq!(sign.standing == Standing::Unseen, sign.question.is_some(), "{sign:?}");
            assert_eq!(sign.change.is_some(), matches!(sign.standing, Standing::Partly | Standing::NotInPlace));
        }
    }
    let standing: Vec<Standing> = all.iter().map(Look::standing).collect();
    assert_eq!(standing[9], Standing::Unseen, "how they are chosen cannot be seen");
    assert!(standing.iter().enumerate().all(|(at, one)| at == 9 || *one == Standing::InPlace), "{standing:?}");
}

/// R-REV-1 R-REV-2
#[test]
fn what_is_missing_is_said_with_what_to_change_and_where() {
    let poor = SetUp {
        model: Model::Deficit,
        practitioners: 1,
        with_times: 0,
        with_hours: 1,
        fitting: 0,
        in_line: 1,
        has_floor: false,
        teaching: 1,
        uncovered: 2,
        statement: None,
        sponsor: None,
        reviewed: None,
        ..set_up()
    };
    let words = |point: Point| of(&poor, point).standing().words(point.side());
    assert_eq!(words(Point::Fits), "Partly in place");
    assert_eq!(words(Point::Everybody), "Partly in place");
    assert_eq!(words(Point::Clear), "Not in place");
    assert_eq!(words(Point::Leaders), "Not in place");
    assert_eq!(words(Point::Managed), "Partly out of the way");
    let looks = look(&poor, &[]);
    let at: Vec<&str> = looks.iter().flat_map(|one| &one.signs).filter_map(|sign| sign.change.as_ref()?.1).collect();
    assert!(at.contains(&"/programme/frame") && at.contains(&"/programme/planner") && at.contains(&"/model"));
    assert!(of(&poor, Point::Fits).signs[0].says.starts_with("Not even the one Professional Tutor"));
    assert!(of(&set_up(), Point::Fits).signs[0].says.starts_with("All 8 Professional Tutors"));
    let some = SetUp {
        with_times: 6,
        statement: Some(date(2024, 9, 1)),
        reviewed: Some(("Review of spring term 2026".to_owned(), date(2026, 3, 1))),
        ..set_up()
    };
    assert_eq!(of(&some, Point::Fits).standing(), Standing::Partly);
    assert!(of(&some, Point::Clear).signs[0].says.ends_with("more than two years ago."));
    assert!(of(&some, Point::Leaders).signs[1].says.starts_with("The latest is the review of spring term 2026"));
}

/// R-REV-3
#[test]
fn what_cannot_be_seen_is_answered_with_its_day_and_the_answer_counts() {
    let answer = |standing, because: &str| Answer {
        question: Question::Picked,
        standing,
        because: because.to_owned(),
        day: date(2026, 11, 2),
    };
    let chosen =
        |answers: &[Answer]| look(&set_up(), answers).into_iter().find(|one| one.point == Point::Chosen).unwrap();
    let no = chosen(&[answer(Standing::NotInPlace, "Two were asked by the principal.")]);
    assert_eq!((no.standing(), no.is_open()), (Standing::NotInPlace, true));
    assert!(
        no.signs[0].says.ends_with("No. Two were asked by the principal. (answered 2 Nov 2026)"),
        "{:?}",
        no.signs[0]
    );
    assert_eq!(no.signs[0].change, Some((Question::Picked.remedy().to_owned(), None)));
    assert_eq!(chosen(&[answer(Standing::InPlace, "")]).signs[0].change, None);
    assert_eq!(Standing::answer("unseen"), None);
    assert_eq!(because("  two \n lines "), Ok("two lines".to_owned()));
    assert_eq!(because(&"x".repeat(301)), Err(CheckRefused::Long(301)));
}

/// R-REV-2
#[test]
fn several_together_are_partly_so_unless_they_agree() {
    use Standing::{InPlace, NotInPlace, Partly, Unseen};
    for (all, together) in [
        (vec![InPlace, InPlace], InPlace),
        (vec![InPlace, Unseen], InPlace),
        (vec![InPlace, NotInPlace], Partly),
        (vec![NotInPlace, NotInPlace], NotInPlace),
        (vec![Partly, InPlace], Partly),
        (vec![Unseen], Unseen),
    ] {
        assert_eq!(Standing::of_all(all), together);
    }
}

/// R-REV-5
#[test]
fn a_look_is_kept_as_it_stood() {
    let looks = look(&set_up(), &[]);
    let kept: Vec<Stood> = looks.iter().map(Stood::of).collect();
    let text = serde_json::to_string(&kept).unwrap();
    let read: Vec<Stood> = serde_json::from_str(&text).unwrap();
    assert_eq!(read, kept);
    assert_eq!((read[3].point(), read[3].standing), (Some(Point::Time), Standing::InPlace));
}
