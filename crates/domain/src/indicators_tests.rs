use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn term() -> Term {
    Term { name: "Autumn term".into(), starts: day("2026-09-07"), ends: day("2026-12-18") }
}

fn figure(indicator: Indicator, (counted, of): (i64, i64)) -> Figure {
    Figure {
        place: Place { indicator, term: (2026, 1), area: None, group: None },
        counted,
        of,
        entered: day("2027-01-11"),
    }
}

fn entered(figure: &Figure, earlier: Option<&Figure>, today: &str) -> Result<(), FigureRefused> {
    enter(figure, (earlier, &term()), day(today))
}

/// R-FIG-1
#[test]
fn every_indicator_says_of_what_it_is_counted_and_where_it_comes_from() {
    for one in Indicator::ALL {
        assert!(one.definition().contains(", of all ") && one.definition().contains(" From "), "{one:?}");
        assert_eq!(Indicator::from_code(one.code()), Some(*one));
    }
}

/// R-FIG-2
#[test]
fn what_is_about_staff_is_of_the_whole_college_and_of_ten_or_more_and_is_a_range() {
    let few = figure(Indicator::Observations, (4, 9));
    assert_eq!(entered(&few, None, "2027-01-11"), Err(FigureRefused::Few));
    let mut one = figure(Indicator::Sickness, (12, 26));
    one.place.area = Some("0190b1a0-0000-7000-8000-000000000001".parse().unwrap());
    assert_eq!(entered(&one, None, "2027-01-11"), Err(FigureRefused::WholeCollege));
    one.place.area = None;
    assert_eq!(entered(&one, None, "2027-01-11"), Ok(()));
    assert_eq!(Shown::of(&one).unwrap().words(), "10–14 of 26 (38–54 %)");
    for counted in 10..15 {
        assert_eq!(Shown::of(&figure(Indicator::Retention, (counted, 26))), Shown::of(&one));
    }
    let many = Shown::of(&figure(Indicator::Retention, (1_787, 1_986))).unwrap();
    assert_eq!((many.words().as_str(), many.is_range()), ("1,785–1,789 of 1,986 (90 %)", true));
    assert_eq!(Shown::of(&few), None);
    assert_eq!(Shown::of(&figure(Indicator::Observations, (26, 26))).unwrap().words(), "20–26 of 26 (77–100 %)");
}

/// R-FIG-3
#[test]
fn what_is_about_learners_is_a_whole_per_cent_of_ten_or_more() {
    let one = figure(Indicator::Attendance, (9_131, 10_000));
    assert_eq!(entered(&one, None, "2027-01-11"), Ok(()));
    assert_eq!(Shown::of(&one).unwrap().words(), "91 % of 10,000");
    assert_eq!(Shown::of(&one).unwrap().per_cent(), (91, 91));
    for (of, words) in [(10, "10"), (999, "999"), (1_000, "1,000"), (9_999_999, "9,999,999")] {
        assert_eq!(Shown::of(&figure(Indicator::Attendance, (of, of))).unwrap().words(), format!("100 % of {words}"));
    }
    assert_eq!(entered(&figure(Indicator::Success, (3, 9)), None, "2027-01-11"), Err(FigureRefused::Few));
}

/// R-FIG-6
#[test]
fn meetings_are_counted_for_the_whole_college_however_few_they_are() {
    let mut one = figure(Indicator::Team, (5, 6));
    assert_eq!(entered(&one, None, "2027-01-11"), Ok(()));
    assert_eq!(Shown::of(&one).unwrap().words(), "83 % of 6");
    assert_eq!(entered(&figure(Indicator::Outside, (0, 0)), None, "2027-01-11"), Err(FigureRefused::Number));
    assert_eq!(Shown::of(&figure(Indicator::Outside, (0, 0))), None);
    one.place.area = Some("0190b1a0-0000-7000-8000-000000000001".parse().unwrap());
    assert_eq!(entered(&one, None, "2027-01-11"), Err(FigureRefused::WholeCollege));
}

/// R-FIG-4
#[test]
fn only_a_term_that_is_over_has_figures_and_what_is_about_staff_stands_from_the_next_day_on() {
    let one = figure(Indicator::Observations, (20, 40));
    assert_eq!(entered(&one, None, "2026-12-18"), Err(FigureRefused::Term));
    assert_eq!(entered(&one, Some(&one), "2027-01-11"), Ok(()), "on the same day");
    assert_eq!(entered(&one, Some(&one), "2027-01-12"), Err(FigureRefused::Stands));
    let learners = figure(Indicator::Attendance, (20, 40));
    assert_eq!(entered(&learners, Some(&learners), "2027-01-12"), Ok(()));
    assert_eq!(entered(&figure(Indicator::Success, (41, 40)), None, "2027-01-12"), Err(FigureRefused::More));
    assert_eq!(entered(&figure(Indicator::Success, (-1, 40)), None, "2027-01-12"), Err(FigureRefused::Number));
    assert_eq!(entered(&figure(Indicator::Success, (1, -1)), None, "2027-01-12"), Err(FigureRefused::Number));
}

/// R-FIG-8
#[test]
fn a_group_is_of_ten_or_more_where_learners_are_counted_one_by_one_and_is_a_range() {
    let of_women = |indicator, counts| {
        let mut one = figure(indicator, counts);
        one.place.group = Some(Group::Women);
        one
    };
    for indicator in Indicator::ALL {
        let said = entered(&of_women(*indicator, (12, 26)), None, "2027-01-11");
        assert_eq!(said, if indicator.of_groups() { Ok(()) } else { Err(FigureRefused::Group) }, "{indicator:?}");
    }
    assert_eq!(entered(&of_women(Indicator::Success, (4, 9)), None, "2027-01-11"), Err(FigureRefused::Few));
    assert_eq!(Shown::of(&of_women(Indicator::Success, (12, 26))).unwrap().words(), "10–14 of 26 (38–54 %)");
    assert!(Indicator::ALL.iter().all(|one| !(one.of_groups() && (one.of_staff() || one.of_meetings()))));
}

/// R-FIG-9 EVI-10
#[test]
fn what_is_about_teaching_stands_apart_from_what_is_about_results() {
    let of = |part| Indicator::ALL.iter().filter(|one| one.part() == part).map(|one| one.code()).collect::<Vec<_>>();
    assert_eq!(of(Part::Teaching), ["observations", "retention", "sickness", "feedback", "team", "outside"]);
    assert_eq!(of(Part::Results), ["attendance", "punctuality", "predicted", "achievement", "success"]);
    assert_eq!(of(Part::Said), ["satisfaction"]);
}
