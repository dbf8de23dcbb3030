//! What the rules of inductions say.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;
use crate::ids::{Chance, Ids};
use crate::minutes::Minutes;

struct Numbered(u8);

impl Chance for Numbered {
    fn bytes(&self) -> [u8; 16] {
        [self.0; 16]
    }
}

fn id(number: u8) -> PersonId {
    Ids(&Numbered(number)).fresh()
}

fn calendar(years: &[i16]) -> Calendar {
    Calendar::usual(TimeZone::UTC, years)
}

fn step(week: u8, title: &str) -> Step {
    Step { title: title.to_owned(), purpose: String::new(), week, company: Company::Mentor }
}

/// R-IND-1
#[test]
fn a_plan_is_tidied_and_its_steps_stand_in_order_of_weeks() {
    let tidy = plan(vec![step(4, "  Meet \n again "), step(1, "Meet")]).unwrap();
    assert_eq!(
        tidy.iter().map(|one| (one.week, one.title.as_str())).collect::<Vec<_>>(),
        [(1, "Meet"), (4, "Meet again")]
    );
    let long = "x".repeat(LONGEST_TITLE + 1);
    let purpose = Step { purpose: "y".repeat(LONGEST_PURPOSE + 1), ..step(1, "Meet") };
    for (steps, refused) in [
        (vec![], InductionRefused::NoStep),
        (vec![step(1, "Meet"); MOST_STEPS + 1], InductionRefused::ManySteps),
        (vec![step(1, "Meet"), step(1, " ")], InductionRefused::Title(2)),
        (vec![step(1, &long)], InductionRefused::Title(1)),
        (vec![purpose], InductionRefused::Purpose(1)),
        (vec![step(0, "Meet")], InductionRefused::Week(1)),
        (vec![step(1, "Meet"), step(40, "Meet")], InductionRefused::Week(2)),
    ] {
        assert_eq!(plan(steps), Err(refused));
    }
    assert!(plan(vec![step(39, &"x".repeat(LONGEST_TITLE))]).is_ok());
}

/// R-IND-1
#[test]
fn every_proposed_plan_is_one_that_could_be_published() {
    for kind in Kind::ALL {
        let proposed = proposed(*kind);
        assert_eq!(plan(proposed.clone()).as_ref(), Ok(&proposed), "{kind:?}");
        assert!(proposed.len() >= 8 && weeks(&proposed) >= 10, "{kind:?}");
        assert!(proposed.iter().any(|step| step.company == Company::Group), "{kind:?}: group training");
    }
    assert!(proposed(Kind::NewPractitioner).iter().all(|step| step.company != Company::Mentor), "a buddy is enough");
}

/// R-IND-3
#[test]
fn weeks_without_teaching_do_not_count() {
    let calendar = calendar(&[2026]);
    let starts = date(2026, 10, 12);
    assert_eq!(week_of(&calendar, starts, date(2026, 10, 11)), 0);
    assert_eq!(week_of(&calendar, starts, date(2026, 10, 18)), 1);
    assert_eq!(week_of(&calendar, starts, date(2026, 10, 23)), 2);
    assert_eq!(week_of(&calendar, starts, date(2026, 10, 28)), 2, "the half-term holiday");
    assert_eq!(week_of(&calendar, starts, date(2026, 11, 2)), 3);
    assert_eq!(monday_of(&calendar, starts, 3), Some(date(2026, 11, 2)));
}

/// R-IND-3
#[test]
fn a_plan_that_goes_beyond_the_year_is_refused_unless_it_may() {
    let known = calendar(&[2026, 2027]);
    let today = date(2026, 11, 24);
    let begin = |starts, weeks, into_next| until(&known, (starts, today), (weeks, into_next));
    let over = begin(today, 30, false);
    assert!(matches!(over, Err(InductionRefused::TooLong { weeks: 30, left }) if left < 30), "{over:?}");
    assert!(begin(today, 30, true).unwrap() > date(2027, 9, 1));
    assert!(begin(today, 12, false).unwrap() < date(2027, 4, 15));
    assert_eq!(begin(date(2026, 10, 27), 12, false), Err(InductionRefused::NoTeaching));
    assert_eq!(begin(date(2026, 8, 1), 12, false), Err(InductionRefused::Day));
    assert_eq!(begin(date(2028, 8, 1), 12, false), Err(InductionRefused::Day));
    let beyond = until(&calendar(&[2026]), (today, today), (30, true));
    assert!(matches!(beyond, Err(InductionRefused::BeyondCalendar { weeks: 30, .. })), "{beyond:?}");
}

/// R-IND-8
#[test]
fn it_ends_by_itself_four_weeks_after_its_last_one() {
    let calendar = calendar(&[2026]);
    let day = until(&calendar, (date(2026, 9, 7), date(2026, 9, 7)), (3, false)).unwrap();
    assert_eq!(day, date(2026, 10, 23), "Friday 25 September and four weeks");
}

fn companion(number: u8, practises: bool) -> Companion {
    Companion { id: id(number), name: format!("Companion {number}"), active: true, practises }
}

/// R-IND-4 R-IND-10
#[test]
fn whoever_accompanies_is_at_work_and_not_above_the_newcomer() {
    let newcomer = Newcomer { id: id(1), name: "Ravi".to_owned(), above: vec![id(8), id(9)] };
    let (priya, tom, ann) = (companion(2, true), companion(3, true), companion(4, false));
    let ask = |kind, mentor: Option<&Companion>, buddy: Option<&Companion>| {
        check_companions(kind, &newcomer, (mentor, buddy))
    };
    let post = Kind::NewToPost;
    assert_eq!(ask(post, Some(&priya), None), Ok(()));
    assert_eq!(ask(post, Some(&priya), Some(&ann)), Ok(()));
    assert_eq!(ask(post, None, Some(&ann)), Err(InductionRefused::NoMentor));
    assert_eq!(check_named(post, &newcomer, (None, Some(&ann))), Ok(()), "a mentor is still to be found");
    let refused = check_named(Kind::NewPractitioner, &newcomer, (Some(&companion(8, true)), None));
    assert!(matches!(refused, Err(InductionRefused::Mentor { .. })), "whoever is named is looked at");
    assert_eq!(ask(post, Some(&priya), Some(&priya)), Err(InductionRefused::SameTwo));
    let off = Companion { active: false, ..priya.clone() };
    for wrong in [&ann, &off, &companion(8, true), &companion(9, true), &companion(1, true)] {
        assert!(matches!(ask(post, Some(wrong), None), Err(InductionRefused::Mentor { .. })), "{wrong:?}");
    }
    for wrong in [&off, &companion(8, true), &companion(9, false), &companion(1, true)] {
        assert!(matches!(ask(post, Some(&tom), Some(wrong)), Err(InductionRefused::Buddy { .. })), "{wrong:?}");
    }
    let role = Kind::NewPractitioner;
    assert_eq!(ask(role, None, Some(&priya)), Ok(()));
    assert_eq!(ask(role, Some(&tom), Some(&priya)), Ok(()));
    assert_eq!(ask(role, Some(&tom), None), Err(InductionRefused::NoBuddy));
    assert_eq!(ask(role, None, Some(&ann)), Err(InductionRefused::NoBuddy), "somebody who is in the role");
}

/// R-IND-9
#[test]
fn it_is_told_who_is_missing() {
    assert_eq!(missing(Kind::Trainee, (false, true)), Some("mentor"));
    assert_eq!(missing(Kind::Trainee, (true, false)), None);
    assert_eq!(missing(Kind::NewPractitioner, (true, false)), Some("buddy"));
    assert_eq!(missing(Kind::NewPractitioner, (false, true)), None);
}

/// R-IND-11
#[test]
fn a_slow_start_takes_its_share_of_each_week() {
    assert!(Ramp::PROPOSED.checked().is_ok());
    for wrong in [[5, 50, 75, 100], [25, 50, 75, 101], [50, 25, 75, 100]] {
        assert_eq!(Ramp(wrong).checked(), Err(InductionRefused::Ramp), "{wrong:?}");
    }
    let shares: Vec<u8> = [0, 1, 6, 7, 12, 13, 18, 19, 24, 25].map(|week| Ramp::PROPOSED.share(week)).to_vec();
    assert_eq!(shares, [100, 25, 25, 50, 50, 75, 75, 100, 100, 100]);
}

/// R-IND-11
#[test]
fn the_terms_plan_is_lower_during_a_slow_start_and_the_same_without_one() {
    let calendar = calendar(&[2026]);
    let [autumn, spring, summer] = &calendar.terms[..] else { panic!("three terms") };
    let settling = Settling { starts: autumn.starts, ramp: Ramp::PROPOSED };
    let plan = Minutes(1400);
    // Fourteen weeks: six of 25, six of 50, two of 75 hundredths, of 100 minutes each.
    assert_eq!(settled(&calendar, autumn, plan, Some(&settling)), Minutes(600));
    assert_eq!(settled(&calendar, summer, plan, Some(&settling)), plan);
    assert_eq!(settled(&calendar, autumn, plan, None), plan);
    let later = Settling { starts: spring.starts, ramp: Ramp::PROPOSED };
    assert_eq!(settled(&calendar, autumn, plan, Some(&later)), plan, "what was before stays as it was");
    assert_eq!(settling.share_on(&calendar, autumn.starts), Some(25));
    assert_eq!(settling.share_on(&calendar, summer.ends), None);
}
