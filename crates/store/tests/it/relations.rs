//! Dated relations in the database: what was stays, what is planned takes effect on its day, an import dates what it changes.

use domain::people::Role;
use domain::relations::{Relation, State, Strand, Tie, change};
use jiff::civil::Date;
use policies::acts::{ChangeAreas, ChangeRoles, DeactivatePerson, KeepDates, SeeDirectory, SeePerson};
use policies::facts::{Actor, Job, PersonFacts};
use store::{directory, people, relations};

use crate::college::{College, House, today};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// An administrator beside the people of the college.
async fn administrator(house: &House, college: &College) -> PersonFacts {
    let db = house.write().await;
    let id = house.staff(&db, &college.facts, ("Marek Nowicki", &[Role::Administrator]), None).await;
    people::imported(&db, &house.import(&college.facts), today()).await.expect("said");
    db.commit().await.expect("commit");
    house.person(&house.store.read(), college.facts.institution, id).await
}

async fn history(house: &House, college: &College, marek: &PersonFacts) -> Vec<Relation> {
    let db = house.store.read();
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    relations::history(&db, &house.permit::<SeePerson>(marek, &teacher, &())).await.expect("a history")
}

async fn keep(house: &House, college: &College, today: Date) -> (bool, usize) {
    let job = Actor::Job(Job::Tidy);
    let permit = house.gate.permit::<KeepDates>(&job, &college.facts, &()).expect("allowed");
    let due = relations::is_due(&house.store.read(), &permit, today).await.expect("readable");
    let db = house.write().await;
    let kept = relations::keep(&db, &permit, today).await.expect("kept");
    db.commit().await.expect("commit");
    (due, kept)
}

/// R-PPL-5.
#[tokio::test]
async fn an_import_dates_what_it_changes_and_what_was_stays() {
    let house = House::new().await;
    let college = house.college().await;
    let marek = administrator(&house, &college).await;
    let before = history(&house, &college, &marek).await;
    assert!(before.iter().all(|one| one.starts == today() && one.until.is_none()), "{before:?}");
    assert!(before.contains(&Relation { tie: Tie::Manager(college.manager), starts: today(), until: None }));
    let (db, later) = (house.write().await, day("2027-01-04"));
    let import = house.import(&college.facts);
    people::set_line(&db, &import, college.teacher, (Some(college.lead), None)).await.expect("a line");
    people::imported(&db, &import, later).await.expect("said");
    db.commit().await.expect("commit");
    let after = history(&house, &college, &marek).await;
    assert!(after.contains(&Relation { tie: Tie::Manager(college.manager), starts: today(), until: Some(later) }));
    assert!(after.contains(&Relation { tie: Tie::Manager(college.lead), starts: later, until: None }));
    assert_eq!(State::on(&after, later).appraiser, None);
}

/// R-PPL-6.
#[tokio::test]
async fn a_planned_leaving_takes_effect_on_its_day_and_ends_sessions() {
    let house = House::new().await;
    let college = house.college().await;
    let marek = administrator(&house, &college).await;
    let leaves = day("2026-12-18");
    let db = house.write().await;
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    let permit = house.permit::<DeactivatePerson>(&marek, &teacher, &());
    let history = relations::for_change(&db, &permit).await.expect("a history");
    let history = change(&history, Strand::Account, None, leaves);
    relations::save(&db, &permit, &history, today()).await.expect("saved");
    db.commit().await.expect("commit");
    let on = async || house.person(&house.store.read(), college.facts.institution, college.teacher).await.active;
    assert!(on().await, "not before its day");
    assert_eq!(keep(&house, &college, day("2026-12-17")).await, (false, 0));
    assert_eq!(keep(&house, &college, leaves).await, (true, 1));
    assert!(!on().await, "the chart in memory knows at once");
    assert_eq!(house.sql().number("SELECT count(*) FROM session"), 0);
    assert_eq!(keep(&house, &college, leaves).await, (false, 0));
}

/// R-PPL-1.
#[tokio::test]
async fn somebody_works_in_several_areas_and_is_listed_with_all_of_them() {
    let house = House::new().await;
    let college = house.college().await;
    let marek = administrator(&house, &college).await;
    let db = house.write().await;
    let practitioner = house.person(&db, college.facts.institution, college.practitioner).await;
    let seen = house.permit::<SeePerson>(&marek, &practitioner, &());
    let main = relations::history(&db, &seen).await.expect("a history");
    let permit = house.permit::<ChangeAreas>(&marek, &practitioner, &());
    let nominated = directory::practitioners(&db, &house.permit::<SeeDirectory>(&marek, &college.facts, &())).await;
    assert_eq!(nominated.expect("a list").len(), 1);
    let areas = store::person::places(&db, &house.permit(&marek, &college.facts, &())).await.expect("places").areas;
    let (area, name) = areas.first().expect("an area");
    let also = change(&main, Strand::Area(*area), Some(Tie::Area(*area)), today());
    relations::save(&db, &permit, &also, today()).await.expect("saved");
    db.commit().await.expect("commit");
    let db = house.store.read();
    let all = directory::practitioners(&db, &house.permit::<SeeDirectory>(&marek, &college.facts, &())).await;
    let all = all.expect("a list");
    assert_eq!((all[0].also.as_slice(), &all[0].area_name), ([*area].as_slice(), name));
}

/// R-FRM-9.
#[tokio::test]
async fn whoever_becomes_a_practitioner_has_a_practice_from_then_on() {
    let house = House::new().await;
    let college = house.college().await;
    let marek = administrator(&house, &college).await;
    let db = house.write().await;
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    let permit = house.permit::<ChangeRoles>(&marek, &teacher, &());
    let role = Tie::Role(Role::Practitioner);
    let soon = day("2027-01-04");
    let history =
        change(&relations::for_change(&db, &permit).await.expect("a history"), role.strand(), Some(role), soon);
    relations::save(&db, &permit, &history, today()).await.expect("saved");
    db.commit().await.expect("commit");
    let listed = async || {
        let permit = house.permit::<SeeDirectory>(&marek, &college.facts, &());
        directory::practitioners(&house.store.read(), &permit).await.expect("a list").len()
    };
    assert_eq!(listed().await, 1);
    keep(&house, &college, soon).await;
    assert_eq!(listed().await, 2);
}
