//! Releases: made by the program on their day, in ranges, for good.

use actions::releases::{self, Told};
use actions::{Stop, required, retention, threads};
use domain::ids::PersonId;
use domain::people::Role;
use domain::releases::Measure;
use domain::staff_file::StaffPerson;
use jiff::Timestamp;
use trial::Cell;

use crate::college::{College, new_college, now, slot, somebody, staff, told};
use crate::refusals::Cast;

/// Twelve more teachers in each of two areas: enough for ranges.
pub async fn large() -> College {
    let mut staff = staff();
    for number in 0..24 {
        let one = somebody(&format!("Teacher Number{number}"), &[Role::Teacher], Some(2));
        staff.people.push(StaffPerson { area: Some(number % 2), ..one });
    }
    College::of(&new_college(), &staff, 7).await
}

/// Hours until a moment.
pub fn until(moment: &str) -> i64 {
    let then: Timestamp = moment.parse().expect("a time");
    then.duration_since(now()).as_hours()
}

/// The spring term of 2027 comes out on 9 April, the summer term on 16 July, the year on 10 September.
pub const SPRING: &str = "2027-04-09T01:00:00Z";
pub const SUMMER: &str = "2027-07-16T01:00:00Z";
pub const YEAR: &str = "2027-09-10T01:00:00Z";

pub async fn make(college: &College, moment: &str) -> bool {
    releases::keep(&college.later(until(moment))).await.expect("made")
}

async fn told_of(college: &College, which: (i16, u8)) -> Vec<Told> {
    let ruth = college.who("Ruth Adeyemi").await;
    let page = releases::see(&college.desk(), &college.facts(ruth).await, Some(which)).await.expect("seen");
    page.shown.expect("a release").1
}

fn of(measures: &[Told], measure: Measure) -> &Told {
    measures.iter().find(|one| one.measure == measure).expect("a measure")
}

/// Somebody asks Priya and is answered with a time.
async fn meets(college: &College, number: usize) -> (PersonId, domain::ids::ThreadId) {
    let teacher = format!("Teacher Number{number}");
    let (who, priya) = (college.who(&teacher).await, college.who("Priya Nair").await);
    let thread = college.ask(who, priya).await;
    let (day, hour) = (25 + number / 4, [9, 11, 13, 15][number % 4]);
    college.meet((priya, who), thread, slot(&format!("2026-11-{day}T{hour:02}:00:00Z"), 45)).await;
    (who, thread)
}

/// R-REL-14 R-REL-20
#[tokio::test]
async fn a_release_comes_out_on_its_day_once_and_is_read_by_leads_and_senior_leaders_alone() {
    let college = large().await;
    let ruth = college.who("Ruth Adeyemi").await;
    let empty = releases::see(&college.desk(), &college.facts(ruth).await, None).await.expect("seen");
    assert!(empty.shown.is_none() && empty.all.is_empty());
    // The program was not in use on the census day of the autumn term.
    assert!(!make(&college, "2027-04-09T00:00:00Z").await || college.tables()["release_cover"].len() == 1);
    make(&college, SPRING).await;
    let once = college.tables();
    assert_eq!(once["release_cover"].len(), 1);
    assert_eq!(once["release_measure"].len(), Measure::ALL.len() + 2, "with how support began");
    let act = Cell::Text("MakeRelease".to_owned());
    let events: Vec<_> = once["event"].iter().filter(|row| row["act"] == act).collect();
    assert_eq!(events.len(), 1, "with its event, by nobody");
    assert_eq!((&events[0]["person"], &events[0]["thread"]), (&Cell::Null, &Cell::Null));
    assert_eq!(once["release_person"].len(), 28, "whoever teaches, practitioners with them");
    assert!(!make(&college, "2027-05-01T09:00:00Z").await);
    assert_eq!(college.tables()["release_measure"], once["release_measure"], "never changed");
    let cast = Cast::of(&college).await;
    for who in cast.all() {
        let facts = college.facts(who).await;
        let seen = told(&releases::see(&college.desk(), &facts, None).await);
        assert_eq!(seen, if who == cast.helen || who == ruth { "done" } else { "denied" });
    }
    let facts = college.facts(ruth).await;
    for none in [(2026, 1), (2026, 0), (2025, 2)] {
        assert!(matches!(releases::see(&college.desk(), &facts, Some(none)).await, Err(Stop::Denied)), "{none:?}");
    }
}

/// R-REL-15 R-REL-16 R-REL-17
#[tokio::test]
async fn what_was_asked_for_is_counted_in_ranges_and_required_support_is_not_in_it() {
    let college = large().await;
    for number in 0..7 {
        meets(&college, number).await;
    }
    let (ann, uma) = (college.who("Ann Price").await, college.who("Uma Roy").await);
    required_of(&college, (ann, uma)).await;
    make(&college, SPRING).await;
    let spring = told_of(&college, (2026, 2)).await;
    let support = of(&spring, Measure::Support);
    let total = support.total.as_ref().expect("a total");
    assert_eq!(total.of, 28);
    assert!(total.band.is_none_or(|band| (band.low, band.high, band.of) == (5, 9, 28)), "{total:?}");
    let names: Vec<&str> = support.areas.iter().map(|line| line.who.as_str()).collect();
    assert_eq!(names, ["Health & Care", "Maths"]);
    assert_eq!(support.areas.iter().map(|line| line.of).sum::<u64>(), 28);
    assert!(support.areas.iter().any(|line| line.band.is_some()), "something is shown");
    for other in [Measure::Session, Measure::Community, Measure::Induction] {
        let total = of(&spring, other).total.as_ref().expect("a total");
        assert!(total.band.is_none_or(|band| band.low == 0), "{other:?}");
    }
}

async fn required_of(college: &College, (manager, teacher): (PersonId, PersonId)) {
    required::start(&college.desk(), manager, (&crate::required::require(teacher), "once")).await.expect("required");
}

/// R-REL-19 R-RET-5
#[tokio::test]
async fn a_year_counts_what_its_terms_counted_though_threads_are_deleted_and_then_forgets_who_it_was() {
    let college = large().await;
    let mut all = Vec::new();
    for number in 0..12 {
        all.push(meets(&college, number).await);
    }
    for (who, thread) in &all {
        threads::end(&college.desk(), college.from(*who, *thread).await).await.expect("ended");
        retention::shred(&college.desk(), *who, (*thread, true)).await.expect("deleted");
    }
    assert_eq!(college.tables()["term_use"].len(), 12);
    make(&college, SPRING).await;
    let spring = told_of(&college, (2026, 2)).await;
    let shown = |measures: &[Told]| {
        let support = of(measures, Measure::Support);
        let lines = support.total.iter().chain(&support.areas);
        lines.map(|line| line.band.map(|band| (band.low, band.high))).collect::<Vec<_>>()
    };
    assert!(shown(&spring).iter().flatten().all(|(low, _)| *low > 0), "marks are counted: {:?}", shown(&spring));
    assert!(shown(&spring).iter().flatten().count() > 0);
    let sealed = format!("{:?}", college.tables()["release_measure"]);
    assert!(!sealed.contains("111111") && !sealed.contains("000000"), "everybody's own values are sealed");
    make(&college, SUMMER).await;
    assert!(college.tables()["release_measure"].iter().all(|row| row["sealed"] != Cell::Null));
    assert!(make(&college, YEAR).await);
    let year = told_of(&college, (2026, 0)).await;
    assert!(shown(&year).iter().flatten().all(|(low, _)| *low > 0), "{:?}", shown(&year));
    let after = college.tables();
    assert!(after["release_person"].is_empty() && after["term_use"].is_empty());
    assert!(after["release_measure"].iter().all(|row| row["sealed"] == Cell::Null));
    let keyring = college.house.store.keyring();
    assert_eq!(keyring.known_year(college.desk().institution(), 2026).expect("read"), None);
    assert!(!make(&college, "2027-10-01T09:00:00Z").await);
}

/// R-REL-12 R-REL-20
#[tokio::test]
async fn a_release_that_was_altered_is_shown_to_nobody_and_nothing_follows_it() {
    if crate::retention::two_on_a_server() {
        return;
    }
    let college = large().await;
    make(&college, SPRING).await;
    let ruth = college.facts(college.who("Ruth Adeyemi").await).await;
    let sql = college.place.sql();
    for (alter, back) in [
        (
            "UPDATE release_cover SET said = replace(said, '\"people\":28', '\"people\":29')",
            "UPDATE release_cover SET said = replace(said, '\"people\":29', '\"people\":28')",
        ),
        (
            "UPDATE release_measure SET said = replace(said, '\"of\":28', '\"of\":29')",
            "UPDATE release_measure SET said = replace(said, '\"of\":29', '\"of\":28')",
        ),
    ] {
        sql.run(alter).expect("altered");
        assert!(matches!(releases::see(&college.desk(), &ruth, None).await, Err(Stop::Fault(_))), "{alter}");
        assert!(releases::keep(&college.later(until(SUMMER))).await.is_err());
        sql.run(back).expect("mended");
        assert!(releases::see(&college.desk(), &ruth, None).await.is_ok());
    }
    assert_eq!(college.tables()["release_cover"].len(), 1);
}

/// R-LIV-2 R-LIV-9
#[tokio::test]
async fn a_year_says_which_model_it_looks_like_or_that_there_is_too_little() {
    let college = large().await;
    make(&college, SPRING).await;
    make(&college, SUMMER).await;
    make(&college, YEAR).await;
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let page = releases::see(&college.desk(), &helen, Some((2026, 0))).await.expect("seen");
    let year = page.cover().and_then(|cover| cover.year.clone()).expect("a year");
    assert_eq!(year.lived.declared, "universal");
    assert_eq!(year.lived.lacking, ["episodes", "staff"]);
    assert!(year.lived.models.is_empty() && year.lived.beside.is_none());
    assert_eq!(year.required.map(|band| (band.low, band.of)), Some((0, 28)));
    assert_eq!(year.required_hours, None);
}
