use jiff::civil::date;

use super::*;

fn usual() -> Year {
    Year::usual(2026)
}

/// The sentences of what is wrong, each behind its place.
fn told(year: Year) -> Vec<String> {
    year.checked()
        .map_or_else(|wrong| wrong.into_iter().map(|(part, no)| format!("{part:?}: {no}")).collect(), |_| Vec::new())
}

fn only(year: Year, part: Part, refused: YearRefused) {
    assert_eq!(year.checked(), Err(vec![(part, refused)]));
}

#[test]
fn the_usual_year_is_sound_for_half_a_century_and_teaches_34_to_38_weeks() {
    for year in 2020..2070 {
        let year = Year::usual(year).checked().expect("sound");
        let weeks: u32 = year.weeks().iter().sum();
        assert!((34..=38).contains(&weeks), "{} has {weeks}", year.words());
    }
    assert_eq!(usual().words(), "2026/27");
    assert_eq!(Year::usual(2099).words(), "2099/00");
}

/// R-YEA-1
#[test]
fn a_year_that_ends_before_it_starts_or_is_no_year_is_refused() {
    only(Year { ends: date(2026, 8, 31), ..usual() }, Part::Ends, YearRefused::Backwards);
    let short = Year { ends: date(2026, 12, 31), terms: usual().terms[..1].to_vec(), holidays: Vec::new(), ..usual() };
    only(short, Part::Ends, YearRefused::Length(122));
    assert!(told(Year { ends: date(2028, 8, 31), ..usual() })[0].contains("731 days"));
}

/// R-YEA-2
#[test]
fn terms_are_named_lie_in_the_year_and_do_not_overlap() {
    let changed = |change: fn(&mut Year)| {
        let mut year = usual();
        change(&mut year);
        told(year)
    };
    assert_eq!(changed(|year| year.terms.clear()), ["Terms: Write at least one term."]);
    assert!(
        changed(|year| year.terms[1].starts = date(2026, 12, 1))[0]
            .starts_with("TermStarts(1): “Autumn term” is not over")
    );
    assert!(
        changed(|year| year.terms[2].ends = date(2027, 4, 1))
            .iter()
            .any(|one| one.contains("This term ends before it starts"))
    );
    assert_eq!(
        changed(|year| year.terms[0].starts = date(2026, 8, 24)),
        ["TermStarts(0): Mon 24 Aug 2026 is outside the year. Choose a day inside it, or change the year."]
    );
    assert!(changed(|year| year.terms[0].name = " ".to_owned())[0].starts_with("TermName(0): Give this term a name"));
    assert!(changed(|year| year.terms[0].name = "x".repeat(41))[0].starts_with("TermName(0)"));
    let weekend = |year: &mut Year| {
        year.terms.push(Term { name: "Open day".to_owned(), starts: date(2027, 7, 24), ends: date(2027, 7, 25) });
    };
    assert!(changed(weekend)[0].starts_with("TermStarts(3): There is no teaching week"));
    let seven = |year: &mut Year| {
        year.terms = (0..7)
            .map(|n| Term { name: format!("Term {n}"), starts: date(2026, 9, 7 + n), ends: date(2026, 9, 7 + n) })
            .collect();
    };
    assert!(changed(seven)[0].starts_with("Terms: A year has at most 6 terms."));
}

/// R-YEA-2
#[test]
fn terms_typed_in_any_order_are_put_in_order() {
    let mut year = usual();
    year.terms.reverse();
    let names: Vec<String> = year.checked().expect("sound").terms.into_iter().map(|term| term.name).collect();
    assert_eq!(names, ["Autumn term", "Spring term", "Summer term"]);
}

/// R-YEA-3
#[test]
fn a_holiday_lies_in_the_year_and_those_that_touch_are_one() {
    let mut year = usual();
    year.holidays = vec![
        Holiday { starts: date(2026, 10, 28), ends: date(2026, 11, 2) },
        Holiday { starts: date(2026, 10, 26), ends: date(2026, 10, 30) },
        Holiday { starts: date(2026, 11, 3), ends: date(2026, 11, 3) },
    ];
    let kept = year.checked().expect("sound").holidays;
    assert_eq!(kept, [Holiday { starts: date(2026, 10, 26), ends: date(2026, 11, 3) }]);
    let with = |starts, ends| Year { holidays: vec![Holiday { starts, ends }], ..usual() };
    only(with(date(2026, 10, 30), date(2026, 10, 26)), Part::HolidayEnds(0), YearRefused::HolidayBackwards);
    let outside = YearRefused::OutsideYear("Wed 1 Sep 2027".to_owned());
    only(with(date(2027, 8, 30), date(2027, 9, 1)), Part::HolidayEnds(0), outside);
    let many = Year { holidays: vec![usual().holidays[0]; 41], ..usual() };
    only(many, Part::Holidays, YearRefused::TooManyHolidays);
}

/// R-YEA-4
#[test]
fn the_census_day_is_a_day_of_teaching() {
    let on = |day| Year { census: Some(Day(day)), ..usual() };
    assert!(on(date(2026, 11, 5)).checked().is_ok());
    only(on(date(2026, 12, 25)), Part::Census, YearRefused::CensusOutsideTerm("Fri 25 Dec 2026".to_owned()));
    only(on(date(2026, 11, 7)), Part::Census, YearRefused::CensusNoTeaching("Sat 7 Nov 2026".to_owned()));
    only(on(date(2026, 10, 27)), Part::Census, YearRefused::CensusNoTeaching("Tue 27 Oct 2026".to_owned()));
}

#[test]
fn bank_holidays_are_those_that_were_announced() {
    // As published for England and Wales; 2022 and 2023 had days declared once, which the rule does not know.
    let of = |year: i16| bank_holidays(Date::constant(year, 1, 1), Date::constant(year, 12, 31));
    let days = |year| of(year).into_iter().map(|(day, _)| (day.month(), day.day())).collect::<Vec<_>>();
    assert_eq!(days(2025), [(1, 1), (4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26)]);
    assert_eq!(days(2026), [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]);
    assert_eq!(days(2027), [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]);
    assert_eq!(days(2028), [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]);
    assert_eq!(of(2022).iter().map(|(day, _)| day.day()).collect::<Vec<_>>()[6..], [26, 27], "Christmas on a Sunday");
}

#[test]
fn a_year_reads_back_as_it_was_written() {
    let year = Year { census: Some(Day(date(2026, 11, 5))), ..usual() };
    let text = serde_json::to_string(&year).expect("written");
    assert!(text.contains("\"starts\":\"2026-09-01\"") && text.contains("\"census\":\"2026-11-05\""), "{text}");
    assert_eq!(serde_json::from_str::<Year>(&text).expect("read"), year);
}

/// R-YEA-5
#[test]
fn two_years_do_not_overlap() {
    let others = [usual(), Year::usual(2028)];
    assert_eq!(Year::usual(2027).beside(&others), Ok(()));
    let early = Year { starts: date(2027, 8, 31), ..Year::usual(2027) };
    assert_eq!(early.beside(&others), Err(YearRefused::YearsOverlap("2026/27".to_owned())));
}

#[test]
fn the_years_of_a_calendar_are_those_written_down_and_those_its_terms_end_in() {
    let two = Calendar::usual(TimeZone::UTC, &[2026, 2027]);
    let census = date(2026, 11, 5);
    let years = years_of(&two, &[(date(2026, 8, 1), date(2027, 7, 31), Some(census))]);
    assert_eq!(years.iter().map(Year::words).collect::<Vec<_>>(), ["2026/27", "2027/28"]);
    assert_eq!((years[0].starts, years[0].census), (date(2026, 8, 1), Some(Day(census))));
    assert_eq!((years[1].starts, years[1].ends), (date(2027, 9, 1), date(2028, 8, 31)));
    assert!(years.iter().all(|year| year.terms.len() == 3 && year.holidays.len() == 3));
    let mut early = Calendar::usual(TimeZone::UTC, &[2026]);
    early.terms[0].starts = date(2026, 8, 24);
    let years = years_of(&early, &[]);
    assert_eq!((years.len(), years[0].terms.len(), years[0].starts), (1, 3, date(2026, 8, 24)));
    assert_eq!(early.terms_of_year(date(2026, 11, 24)).len(), 3, "a term that begins in August is this year's");
}
