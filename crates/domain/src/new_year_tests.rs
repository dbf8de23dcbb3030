use jiff::civil::date;

use super::*;
use crate::minutes::Minutes;

fn years(all: &[i16]) -> Vec<Year> {
    all.iter().map(|year| Year::usual(*year)).collect()
}

fn no(_: i16) -> bool {
    false
}

/// R-NEW-1
#[test]
fn the_next_year_is_the_one_after_the_present_one_written_down_or_proposed() {
    let known = Coming::on(date(2027, 7, 5), &years(&[2026, 2027]), no).unwrap();
    assert_eq!((known.last.number(), known.next.number(), known.is_known), (2026, 2027, true));
    let proposed = Coming::on(date(2027, 7, 5), &years(&[2026]), no).unwrap();
    assert_eq!((proposed.next.number(), proposed.is_known), (2027, false));
    assert_eq!(proposed.next.clone().checked(), Ok(proposed.next));
    assert_eq!(
        Coming::on(date(2026, 7, 5), &years(&[2026]), no),
        None,
        "before the first year there is nothing to roll over"
    );
    let long_ago = Coming::on(date(2029, 1, 5), &years(&[2026]), no).unwrap();
    assert_eq!(long_ago.next.number(), 2028, "the year of today, not one that is over");
}

/// R-NEW-1
#[test]
fn a_year_that_has_begun_without_being_started_can_be_started_for_twelve_weeks() {
    let on = |day, is_started: fn(i16) -> bool| Coming::on(day, &years(&[2026, 2027]), is_started).unwrap();
    let late = on(date(2027, 9, 20), no);
    assert_eq!((late.next.number(), late.has_begun(date(2027, 9, 20))), (2027, true));
    assert_eq!(on(date(2027, 9, 20), |year| year == 2027).next.number(), 2028);
    assert_eq!(on(date(2027, 11, 23), no).next.number(), 2027);
    assert_eq!(on(date(2027, 11, 24), no).next.number(), 2028);
}

/// R-NEW-1
#[test]
fn it_opens_sixteen_weeks_before_the_end_and_is_told_eight_weeks_before() {
    let coming = Coming::on(date(2027, 3, 1), &years(&[2026]), no).unwrap();
    assert_eq!(coming.last.ends, date(2027, 8, 31));
    assert!(!coming.is_open(date(2027, 5, 11)) && coming.is_open(date(2027, 5, 12)));
    assert!(!coming.is_told(date(2027, 7, 6)) && coming.is_told(date(2027, 7, 7)));
}

/// R-NEW-2
#[test]
fn the_next_year_has_this_years_terms_on_the_same_days_of_the_week_and_its_own_bank_holidays() {
    let mut this = Year::usual(2026);
    this.holidays.push(Holiday { starts: date(2026, 10, 16), ends: date(2026, 10, 16) });
    this.census = Some(Day(date(2026, 11, 5)));
    let next = this.clone().checked().unwrap().following();
    assert_eq!((next.starts, next.ends), (date(2027, 9, 1), date(2028, 8, 31)));
    assert_eq!(next.terms[0].starts, date(2027, 9, 6));
    assert!(
        this.terms.iter().zip(&next.terms).all(|(a, b)| a.name == b.name && a.starts.weekday() == b.starts.weekday())
    );
    let has = |day| next.holidays.iter().any(|one| one.starts <= day && day <= one.ends);
    assert!(has(date(2027, 10, 15)), "the college's own training day");
    assert!(has(date(2028, 5, 1)) && !has(date(2028, 5, 2)), "the bank holiday of that year, not of the one before");
    assert_eq!(next.census, Some(Day(date(2027, 11, 4))));
    let mut year = this;
    for number in 2027..2060 {
        year = year.following().checked().unwrap();
        assert_eq!(year.number(), number);
    }
}

/// R-NEW-5
#[test]
fn hours_turn_on_the_first_of_september_from_which_they_are_counted() {
    let from = |starts| Year { starts, ..Year::usual(2027) };
    assert_eq!(from(date(2027, 8, 1)).turns(), date(2027, 9, 1));
    assert_eq!(from(date(2027, 9, 6)).turns(), date(2027, 9, 1));
    assert_eq!(from(date(2027, 9, 6)).number(), 2027);
    assert_eq!((from(date(2028, 1, 1)).turns(), from(date(2028, 1, 1)).number()), (date(2028, 1, 1), 2027));
}

fn wish(amount: &str, stops: Option<Date>) -> Wish {
    let person = PersonId(uuid::Uuid::nil());
    Wish { person, amount: Written::of(amount), unit: Unit::HoursAYear, stops: Some(stops), areas: Vec::new() }
}

fn checked(wish: &Wish, has_hours: bool) -> Result<Option<Minutes>, (Part, String)> {
    let known = Known { name: "Ana", since: date(2026, 9, 1), has_hours };
    let days = (date(2027, 7, 5), date(2027, 9, 1));
    let said = wish.check(known, Base::default(), days);
    said.map(|agreed| agreed.map(|one| one.year())).map_err(|(part, no)| (part, no.to_string()))
}

/// R-NEW-3
#[test]
fn what_is_agreed_is_more_than_nothing_and_at_most_full_time_unless_somebody_stops_before_the_year() {
    assert_eq!(checked(&wish("150", None), true), Ok(Some(Minutes::hours(150))));
    assert_eq!(checked(&wish("", None), false), Ok(None), "whoever has none may go on without");
    let (part, said) = checked(&wish("", None), true).unwrap_err();
    assert!(part == Part::Amount && said.contains("Ana"), "{said}");
    for bad in ["0", "900", "many"] {
        assert!(matches!(checked(&wish(bad, None), true), Err((Part::Amount, _))), "{bad}");
    }
    assert_eq!(checked(&wish("many", Some(date(2027, 9, 1))), true), Ok(None), "the hours are for nobody");
    assert_eq!(checked(&wish("150", Some(date(2027, 12, 18))), true), Ok(Some(Minutes::hours(150))));
}

/// R-NEW-3
#[test]
fn somebody_stops_on_a_day_that_can_be_read_from_today_on_and_after_they_began() {
    for bad in [date(2027, 7, 4), date(2035, 1, 1)] {
        assert!(matches!(checked(&wish("150", Some(bad)), true), Err((Part::Stops, _))), "{bad}");
    }
    let unreadable = Wish { stops: None, ..wish("150", None) };
    assert!(matches!(checked(&unreadable, true), Err((Part::Stops, _))));
    let known = Known { name: "Ana", since: date(2027, 9, 1), has_hours: false };
    let days = (date(2027, 7, 5), date(2027, 9, 1));
    let said = wish("", Some(date(2027, 8, 1))).check(known, Base::default(), days).unwrap_err();
    assert_eq!(said.1.to_string(), "Ana is in the role only from Wed 1 Sep 2027 on. Choose a later day.");
}
