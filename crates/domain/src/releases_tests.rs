use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;

fn usual() -> Calendar {
    Calendar::usual(TimeZone::UTC, &[2025, 2026])
}

fn term(name: &str, starts: Date, ends: Date) -> Term {
    Term { name: name.to_owned(), starts, ends }
}

/// R-REL-14
#[test]
fn a_term_comes_out_a_fortnight_after_it_and_the_year_eight_weeks_later() {
    let all = dues(&usual(), 2025, &[]);
    let names: Vec<&str> = all.iter().map(|due| due.name.as_str()).collect();
    assert_eq!(names, ["Autumn term 2025", "Spring term 2026", "Summer term 2026"]);
    assert_eq!(all.iter().map(|due| due.number).collect::<Vec<_>>(), [1, 2, 3]);
    for (due, term) in all.iter().zip(&usual().terms) {
        assert_eq!(due.out, days_after(term.ends, 14));
    }
    let last = all.last().unwrap();
    assert_eq!(year_out(&all), Some(days_after(last.out, 56)));
    assert!(all.windows(2).all(|two| days_after(two[0].out, 56) <= two[1].out));
    assert_eq!(dues(&usual(), 2031, &[]), []);
    assert_eq!(year_out(&[]), None);
}

/// R-REL-14
#[test]
fn six_short_terms_are_counted_two_by_two() {
    let starts = [(2025, 9, 1), (2025, 11, 3), (2026, 1, 5), (2026, 2, 23), (2026, 4, 13), (2026, 6, 1)];
    let ends = [(2025, 10, 24), (2025, 12, 19), (2026, 2, 13), (2026, 3, 27), (2026, 5, 22), (2026, 7, 10)];
    let day = |(year, month, day): (i16, i8, i8)| date(year, month, day);
    let terms =
        (1..).zip(starts.iter().zip(&ends)).map(|(n, (from, to))| term(&format!("Term {n}"), day(*from), day(*to)));
    let calendar = Calendar { zone: TimeZone::UTC, terms: terms.collect(), holidays: Vec::new() };
    let all = dues(&calendar, 2025, &[]);
    assert_eq!(all.last().unwrap().out, date(2026, 7, 24), "the year ends with a release");
    assert!(all.windows(2).all(|two| days_after(two[0].out, 56) <= two[1].out), "{all:?}");
    assert!(all.iter().any(|due| due.name == "Term 5 2026 and Term 6 2026"), "{all:?}");
    let named: usize = all.iter().map(|due| due.name.matches("Term").count()).sum();
    assert_eq!(named, 6, "each term is counted once");
}

/// R-REL-15
#[test]
fn what_is_entered_in_a_holiday_counts_in_the_next_term_that_comes_out() {
    let (calendar, all) = (usual(), dues(&usual(), 2025, &[]));
    let first = &all[0];
    assert_eq!(counted_in(&calendar, days_after(first.out, -1)).as_ref(), Some(first));
    assert_eq!(counted_in(&calendar, first.out).as_ref(), Some(&all[1]));
    let summer = counted_in(&calendar, all[2].out).unwrap();
    assert_eq!((summer.year, summer.number), (2026, 1));
    assert_eq!(counted_in(&calendar, date(2031, 1, 1)), None);
}

/// R-REL-16
#[test]
fn the_colleges_own_census_day_counts_where_it_lies_in_the_term() {
    let own = date(2025, 11, 1);
    let all = dues(&usual(), 2025, &[own]);
    assert_eq!(all[0].census, own);
    assert_eq!(all[1].census, days_after(all[1].starts, 42));
}

/// R-REL-16
#[test]
fn everybody_who_teaches_is_counted_once() {
    let roles = |all: &[Role]| Roles::from_iter(all.iter().copied());
    assert_eq!(Standing::of(roles(&[Role::Teacher])), Some(Standing::Teacher));
    assert_eq!(Standing::of(roles(&[Role::Teacher, Role::HeadOfDepartment])), Some(Standing::Head));
    assert_eq!(Standing::of(roles(&[Role::Teacher, Role::Practitioner])), Some(Standing::Practitioner));
    assert_eq!(Standing::of(roles(&[Role::Practitioner, Role::HeadOfDepartment])), Some(Standing::Practitioner));
    for other in [Role::SeniorLeader, Role::ProgrammeLead, Role::Administrator, Role::HeadOfDepartment] {
        assert_eq!(Standing::of(roles(&[other])), None);
    }
    let numbers: Vec<u16> = Standing::ALL.iter().map(|one| one.number()).collect();
    assert_eq!(numbers, [0, 1, 2]);
}

/// R-REL-17
#[test]
fn measures_are_read_back_by_their_codes() {
    for one in Measure::ALL {
        assert_eq!(Measure::from_code(one.code()), Some(*one));
        assert!(!one.definition().is_empty());
    }
}

#[test]
fn a_year_is_called_by_its_two_calendar_years() {
    assert_eq!(year_words(2025), "2025/26");
    assert_eq!(year_words(1999), "1999/00");
}
