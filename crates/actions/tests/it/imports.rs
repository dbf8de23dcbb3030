//! Bringing in files: what is looked at is what is done, twice is once, what was done can be given back, and none of it
//! depends on who asked for support.

use actions::desk::Desk;
use actions::imports::{self, Counts, ImportRefused, Looked, State};
use actions::{Stop, board, people, programme};
use domain::ids::PersonId;
use domain::people::Role;
use domain::staff_file::record::Field;
use domain::staff_file::{Kind, Table};
use uuid::Uuid;

use crate::college::{College, slot, told};
use trial::{Cell, Row};

/// A file that changes Sam's area, brings somebody, and says nothing of Uma's job.
const LATER: &str = "E-mail,Name,Area,Line manager,Roles,Job title,Salary,Teaching\n\
    sam.okafor@college.example,Sam Okafor,Maths,Ann Price,teacher,Lecturer,31000,Mon 09:00-10:30 Care L2\n\
    uma.roy@college.example,Uma Roy,,,,,32000,\n\
    zoe.new@college.example,Zoë New,Sport,sam.okafor@college.example,,,33000,\n";

fn table(text: &str) -> Table {
    imports::read("later.csv", text.as_bytes()).expect("a table")
}

pub async fn waits(college: &College, (kind, text): (Kind, &str)) -> (PersonId, Uuid) {
    let (marek, desk) = (college.who("Marek Nowicki").await, college.desk());
    let which = imports::begin(&desk, marek, (kind, "later.csv")).await.expect("begun");
    imports::keep(&desk, marek, (which, Ok(table(text)))).await.expect("kept");
    (marek, which)
}

pub async fn looked(college: &College, which: Uuid) -> Looked {
    let marek = college.facts(college.who("Marek Nowicki").await).await;
    imports::look(&college.desk(), &marek, which).await.expect("looked")
}

pub async fn bring(
    college: &College,
    (kind, text): (Kind, &str),
    off: bool,
) -> (Uuid, Result<Counts, Stop<ImportRefused>>) {
    let (marek, which) = waits(college, (kind, text)).await;
    let token = looked(college, which).await.token();
    let done = imports::bring_in(&college.desk(), marek, (which, &token, off)).await;
    (which, done)
}

pub fn refusal<T: std::fmt::Debug>(result: Result<T, Stop<ImportRefused>>) -> ImportRefused {
    match result {
        Err(Stop::Refused(refused)) => refused,
        other => panic!("no refusal: {other:?}"),
    }
}

/// R-IMP-2 R-IMP-3
#[tokio::test]
async fn looking_writes_nothing_of_the_staff_and_pay_is_kept_nowhere() {
    let college = College::new().await;
    let before = college.tables();
    let (_, which) = waits(&college, (Kind::Staff, LATER)).await;
    let looked = looked(&college, which).await;
    let plan = looked.plan.expect("sound");
    assert_eq!((plan.new_entries().count(), plan.changed().count(), plan.same), (1, 1, 1));
    assert_eq!(plan.dropped, ["Salary (G)"]);
    assert_eq!(plan.names.areas, ["Sport"]);
    let fields: Vec<Field> = plan.changed().flat_map(|entry| entry.changes.iter().map(|change| change.field)).collect();
    assert_eq!(fields, [Field::Job, Field::Area, Field::Teaching]);
    let after = college.tables();
    for name in ["person", "area", "teaching", "practice"] {
        assert_eq!(after[name], before[name], "{name}");
    }
    for pay in [&b"31000"[..], b"32000", b"33000"] {
        assert!(!college.place.holds(pay), "pay is in the database");
    }
}

/// R-IMP-1 R-IMP-4 R-IMP-5
#[tokio::test]
async fn a_file_is_brought_in_once_and_the_second_time_there_is_nothing_to_change() {
    let college = College::new().await;
    let (_, done) = bring(&college, (Kind::Staff, LATER), false).await;
    assert_eq!(done.expect("done"), Counts { added: 1, changed: 1, same: 1, ended: 0 });
    let before = college.tables();
    let (_, which) = waits(&college, (Kind::Staff, LATER)).await;
    assert!(looked(&college, which).await.plan.expect("sound").is_empty());
    let (_, again) = bring(&college, (Kind::Staff, LATER), false).await;
    assert_eq!(again.expect("done"), Counts { added: 0, changed: 0, same: 3, ended: 0 });
    let after = college.tables();
    for name in ["person", "area", "teaching", "practice", "expertise", "support_hour"] {
        assert_eq!(after[name], before[name], "{name}");
    }
}

/// R-IMP-10
#[tokio::test]
async fn what_a_file_did_is_given_back_and_nobody_is_deleted() {
    let college = College::new().await;
    let marek = college.who("Marek Nowicki").await;
    let before = college.tables();
    let (which, done) = bring(&college, (Kind::Staff, LATER), true).await;
    assert_eq!(done.expect("done").ended, 5, "everybody who is not in the file, but not whoever does it");
    assert!(!college.facts(college.who("Priya Nair").await).await.active);
    imports::undo(&college.desk(), marek, (which, false)).await.expect("undone");
    let after = college.tables();
    let known = |row: &&Row| row["email"] != Cell::Text("zoe.new@college.example".to_owned());
    let people: Vec<_> = after["person"].iter().filter(known).cloned().collect();
    assert_eq!(people, before["person"]);
    let zoe = after["person"].iter().find(|row| !known(row)).expect("not gone");
    assert_eq!(zoe["active"], Cell::Number(0), "whom it brought is off");
    assert_eq!(refusal(imports::undo(&college.desk(), marek, (which, false)).await), ImportRefused::Gone);
}

/// R-IMP-10
#[tokio::test]
async fn what_was_changed_since_is_in_the_way_of_undoing_until_it_may_stay() {
    let college = College::new().await;
    let marek = college.who("Marek Nowicki").await;
    let (which, done) = bring(&college, (Kind::Staff, LATER), false).await;
    done.expect("done");
    let (_, more) = bring(&college, (Kind::Staff, "E-mail,Area\nsam.okafor@college.example,Art\n"), false).await;
    more.expect("done");
    let ImportRefused::InTheWay(stays) = refusal(imports::undo(&college.desk(), marek, (which, false)).await) else {
        panic!("nothing in the way");
    };
    assert_eq!(stays.len(), 1);
    assert_eq!(
        (stays[0].name.as_str(), stays[0].field, stays[0].now.as_deref()),
        ("Sam Okafor", Field::Area, Some("Art"))
    );
    imports::undo(&college.desk(), marek, (which, true)).await.expect("undone");
    let (_, check) = waits(&college, (Kind::Staff, "E-mail,Area,Job title\nsam.okafor@college.example,Art,-\n")).await;
    assert!(looked(&college, check).await.plan.expect("sound").is_empty(), "the area stayed, the job title is back");
}

/// R-IMP-7
#[tokio::test]
async fn what_would_be_done_is_what_was_looked_at_or_nothing() {
    let college = College::new().await;
    let (marek, which) = waits(&college, (Kind::Staff, LATER)).await;
    let token = looked(&college, which).await.token();
    let (_, between) = bring(&college, (Kind::Staff, "E-mail,Area\nsam.okafor@college.example,Art\n"), false).await;
    between.expect("done");
    let late = imports::bring_in(&college.desk(), marek, (which, &token, false)).await;
    assert_eq!(refusal(late), ImportRefused::Stale);
    let (bad, _) = (waits(&college, (Kind::Staff, "E-mail,Name\nnot an address,Ann\n")).await.1, ());
    assert_eq!(refusal(imports::bring_in(&college.desk(), marek, (bad, "", false)).await), ImportRefused::Wrong);
    imports::leave(&college.desk(), marek, bad).await.expect("left");
    assert_eq!(refusal(imports::bring_in(&college.desk(), marek, (bad, "", false)).await), ImportRefused::Gone);
}

/// R-IMP-7
#[tokio::test]
async fn nobody_can_take_the_last_administrator_away() {
    let college = College::new().await;
    let text = "E-mail,Roles\nmarek.nowicki@college.example,teacher\n";
    let before = college.tables()["person"].clone();
    let (_, done) = bring(&college, (Kind::Staff, text), false).await;
    assert_eq!(refusal(done), ImportRefused::NoAdministrator);
    assert_eq!(college.tables()["person"], before);
}

/// R-IMP-6
#[tokio::test]
async fn a_choice_of_columns_is_remembered_for_the_next_file() {
    let college = College::new().await;
    let text = "Kontakt,Wer,Ort\nsam.okafor@college.example,Sam Okafor,Quay Street\n";
    let (marek, which) = waits(&college, (Kind::Staff, text)).await;
    let codes = |codes: [&str; 3]| codes.map(str::to_owned).to_vec();
    let twice = imports::choose(&college.desk(), marek, (which, &codes(["email", "name", "name"]))).await;
    assert_eq!(refusal(twice), ImportRefused::Twice(vec![(2, "Name")]));
    imports::choose(&college.desk(), marek, (which, &codes(["email", "name", "site"]))).await.expect("chosen");
    let next = waits(&college, (Kind::Staff, text)).await.1;
    let plan = looked(&college, next).await.plan.expect("sound");
    assert_eq!(plan.names.sites, ["Quay Street"]);
}

/// R-IMP-7 R-IMP-4
#[tokio::test]
async fn a_timetable_replaces_the_week_of_those_it_names_and_says_whose_it_was() {
    let college = College::new().await;
    let week = "Teacher,Day,Start,End,Class\nPriya Nair,Tue,10:00,11:00,Maths L2\nPriya Nair,Wed,9.30,1100,Maths L3\n\
                Priya Nair,Wed,9.30,1100,Maths L3\n";
    let (_, which) = waits(&college, (Kind::Timetable, week)).await;
    let plan = looked(&college, which).await.plan.expect("sound");
    assert_eq!(
        plan.changed().next().expect("changed").changes[0].after.as_deref(),
        Some("Tue 10:00-11:00, Maths L2; Wed 09:30-11:00, Maths L3")
    );
    assert!(plan.warnings.iter().any(|told| told.contains("1 line says a lesson")), "{:?}", plan.warnings);
    assert!(plan.warnings.iter().any(|told| told.contains("support hours Tue 10:30-11:30")), "{:?}", plan.warnings);
    bring(&college, (Kind::Timetable, week), false).await.1.expect("done");
    let other = "E-mail,Day,From,To\npriya.nair@college.example,Fri,09:00,10:00\nsam.okafor@college.example,-,-,-\n";
    let (_, which) = waits(&college, (Kind::Timetable, other)).await;
    let plan = looked(&college, which).await.plan.expect("sound");
    assert!(plan.warnings.iter().any(|told| told.contains("came from “later.csv”")), "{:?}", plan.warnings);
    assert_eq!(plan.same, 1, "a hyphen says that Sam teaches nothing, as is so");
    let wrong = "E-mail,Day,From,To\npriya.nair@college.example,01/02/2027,late,10:00\nnobody@college.example,Mon,09:00,10:00\n";
    let (_, which) = waits(&college, (Kind::Timetable, wrong)).await;
    let errors = looked(&college, which).await.plan.expect_err("wrong");
    let told: Vec<String> = errors.iter().map(|one| format!("{} {}", one.line, one.message)).collect();
    assert!(told[0].starts_with("2 This is a date") && told[1].starts_with("2 This is not a time"), "{told:?}");
    assert!(told[2].starts_with("3 Nobody at the college"), "{told:?}");
}

/// R-IMP-4
#[tokio::test]
async fn hours_and_areas_are_brought_in_and_given_back() {
    let college = College::new().await;
    let marek = college.who("Marek Nowicki").await;
    let before = college.tables();
    let hours = "Practitioner,Remitted hours,Support hours,Nominated areas\nPriya Nair,180,Wed 10:00-11:00,-\n";
    let (which, done) = bring(&college, (Kind::Hours, hours), false).await;
    assert_eq!(done.expect("done").changed, 1);
    let nominations = college.tables()["nomination"].len();
    assert_eq!(nominations + 1, before["nomination"].len(), "a hyphen empties");
    imports::undo(&college.desk(), marek, (which, false)).await.expect("undone");
    let after = college.tables();
    assert_eq!((&after["nomination"], &after["practice"]), (&before["nomination"], &before["practice"]));
    for (text, told) in [
        ("Practitioner,Remitted hours\nSam Okafor,10\n", "does not have the role practitioner"),
        ("Practitioner,Remitted hours\nPriya Nair,800\n", "more than the caseload of 773 h"),
        ("Practitioner,Support hours\nPriya Nair,Mon 13:30-14:00\n", "overlaps the person's own teaching"),
        ("Practitioner,Nominated areas\nPriya Nair,Atlantis\n", "no area of the college"),
    ] {
        let (_, which) = waits(&college, (Kind::Hours, text)).await;
        let errors = looked(&college, which).await.plan.expect_err("wrong");
        assert!(errors.len() == 1 && errors[0].message.contains(told), "{errors:?}");
    }
    let areas = "Area,Site,Led by,Part of\nMaths,Harbour Road,Ann Price,Science\nScience,,,\n";
    let (which, done) = bring(&college, (Kind::Structure, areas), false).await;
    let done = done.expect("done");
    assert_eq!((done.added, done.changed), (1, 1));
    imports::undo(&college.desk(), marek, (which, false)).await.expect("undone");
    let place = &college.tables()["area_place"][0];
    assert_eq!((&place["site"], &place["led_by"], &place["part_of"]), (&Cell::Null, &Cell::Null, &Cell::Null));
    for (text, told) in [
        ("Area,Part of\nMaths,Maths\n", "cannot be a part of itself"),
        ("Area,Part of\nMaths,Science\nScience,Maths\n", "round in a circle"),
        ("Area,Part of\nMaths,Atlantis\n", "no area of this file"),
        ("Area,Led by\nMaths,Nobody Known\n", "Nobody at the college has this name"),
        ("Area,Site\nMaths,North\nmaths,South\n", "are about the same area"),
    ] {
        let (_, which) = waits(&college, (Kind::Structure, text)).await;
        let errors = looked(&college, which).await.plan.expect_err("wrong");
        assert!(errors.iter().any(|one| one.message.contains(told)), "{told}: {errors:?}");
    }
}

/// R-IMP-7
#[tokio::test]
async fn a_manager_who_left_and_a_circle_through_the_college_are_told() {
    let college = College::new().await;
    let (marek, ann) = (college.who("Marek Nowicki").await, college.who("Ann Price").await);
    people::set_active(&college.desk(), marek, (ann, false)).await.expect("off");
    let text = "E-mail,Line manager\nhelen.marsh@college.example,Ann Price\n";
    let (_, which) = waits(&college, (Kind::Staff, text)).await;
    let errors = looked(&college, which).await.plan.expect_err("wrong");
    assert!(errors[0].message.contains("The account of Ann Price is off"), "{errors:?}");
    let (_, which) =
        waits(&college, (Kind::Staff, "E-mail,Line manager\nsam.okafor@college.example,Ann Price\n")).await;
    let plan = looked(&college, which).await.plan.expect("as it was");
    assert!(plan.is_empty() && plan.warnings.iter().any(|told| told.contains("an account that is off")), "{plan:?}");
    let text = "E-mail,Line manager\nruth.adeyemi@college.example,Priya Nair\n";
    let (_, which) = waits(&college, (Kind::Staff, text)).await;
    let errors = looked(&college, which).await.plan.expect_err("wrong");
    assert!(errors[0].message.contains("round in a circle"), "{errors:?}");
}

/// R-IMP-3 R-IMP-10
#[tokio::test]
async fn files_are_cleared_after_a_day_and_what_they_changed_after_thirty() {
    let college = College::new().await;
    bring(&college, (Kind::Staff, LATER), false).await.1.expect("done");
    waits(&college, (Kind::Staff, LATER)).await;
    let count = |name: &str| college.tables()[name].len();
    assert_eq!((count("import_file"), count("import_sheet")), (2, 1));
    programme::clear_expired(&college.later(25)).await.expect("tidy");
    assert_eq!((count("import_file"), count("import_sheet")), (1, 0));
    programme::clear_expired(&college.later(31 * 24)).await.expect("tidy");
    assert_eq!((count("import_file"), count("import_change")), (0, 0));
}

/// R-IMP-11
#[tokio::test]
async fn nobody_but_an_administrator_comes_near_a_file() {
    let college = College::new().await;
    let (_, which) = waits(&college, (Kind::Staff, LATER)).await;
    for name in ["Sam Okafor", "Priya Nair", "Helen Marsh", "Ruth Adeyemi", "Ann Price"] {
        let (who, desk) = (college.who(name).await, college.desk());
        let me = college.facts(who).await;
        assert_eq!(told(&imports::list(&desk, &me).await), "denied");
        assert_eq!(told(&imports::look(&desk, &me, which).await), "denied");
        assert_eq!(told(&imports::file(&desk, &me, which).await), "denied");
        assert_eq!(told(&imports::to_put_right(&desk, &me, which).await), "denied");
        assert_eq!(told(&imports::begin(&desk, who, (Kind::Staff, "x")).await), "denied");
        assert_eq!(told(&imports::choose(&desk, who, (which, &[])).await), "denied");
        assert_eq!(told(&imports::leave(&desk, who, which).await), "denied");
        assert_eq!(told(&imports::bring_in(&desk, who, (which, "", false)).await), "denied");
        assert_eq!(told(&imports::undo(&desk, who, (which, false)).await), "denied");
    }
    let marek = college.facts(college.who("Marek Nowicki").await).await;
    let file = imports::file(&college.desk(), &marek, which).await.expect("a file");
    assert_eq!((file.state, file.by.as_str()), (State::Read, "Marek Nowicki"));
}

/// What an administrator reads and does on the way, in words.
async fn way(college: &College, desk: &Desk) -> Vec<String> {
    let (marek, which) = waits(college, (Kind::Staff, LATER)).await;
    let seen = looked(college, which).await;
    let mut said = vec![format!("{:?}", seen.plan), seen.token()];
    said.push(format!("{:?}", imports::bring_in(desk, marek, (which, &seen.token(), true)).await.map_err(|_| "no")));
    let me = college.facts(marek).await;
    let report = imports::report(desk, &me, which).await.map(|(_, told)| format!("{told:?}"));
    said.push(report.expect("a report"));
    said.push(told(&imports::undo(desk, marek, (which, false)).await).to_owned());
    let wrong = LATER.replace("Ann Price", "Priya Nair").replace("zoe.new@", "not an address");
    let (_, which) = waits(college, (Kind::Staff, &wrong)).await;
    said.push(imports::to_put_right(desk, &me, which).await.expect("a file"));
    said
}

/// R-IMP-4 R-IMP-11
#[tokio::test]
async fn files_are_compared_brought_in_and_undone_the_same_with_and_without_a_request() {
    let (with, without) = (College::new().await, College::new().await);
    for college in [&with, &without] {
        assert!(board::recompute(&college.desk()).await.expect("computed"));
        assert!(college.facts(college.who("Priya Nair").await).await.roles.has(Role::Practitioner));
    }
    let (sam, priya) = (with.who("Sam Okafor").await, with.who("Priya Nair").await);
    let thread = with.ask(sam, priya).await;
    with.meet((priya, sam), thread, slot("2026-11-25T10:00:00Z", 60)).await;
    for college in [&with, &without] {
        college.chance.restart(99);
    }
    let (one, other) = (way(&with, &with.desk()).await, way(&without, &without.desk()).await);
    assert_eq!(one, other);
    let (with, without) = (with.tables(), without.tables());
    for name in ["person", "area", "practice", "support_hour", "teaching", "import_file", "import_change", "session"] {
        assert_eq!(with[name], without[name], "{name}");
    }
}
