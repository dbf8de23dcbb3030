//! The sample college reads without an error and has the shape that `demo/README.md` tells.

use std::collections::BTreeSet;

use domain::minutes::Minutes;
use domain::people::Role;
use domain::staff_file::{self, Practice, Staff, StaffPerson};

use super::table;

const CSV: &[u8] = include_bytes!("../../../../demo/staff.csv");
const XLSX: &[u8] = include_bytes!("../../../../demo/staff.xlsx");

fn staff(file: &str, bytes: &[u8]) -> Staff {
    let reading = staff_file::read(&table(file, bytes).unwrap()).unwrap();
    assert_eq!((reading.warnings, reading.ignored, reading.dropped), (vec![], vec![], vec![]));
    reading.staff
}

fn sample() -> Staff {
    staff("staff.csv", CSV)
}

fn practitioners(staff: &Staff) -> Vec<(&StaffPerson, &Practice)> {
    staff.people.iter().filter_map(|person| Some((person, person.practice.as_ref()?))).collect()
}

fn named<'a>(staff: &'a Staff, name: &str) -> &'a StaffPerson {
    let found: Vec<_> = staff.people.iter().filter(|person| person.name == name).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

#[test]
fn the_csv_and_the_workbook_hold_the_same_college() {
    assert_eq!(staff("staff.xlsx", XLSX), sample());
}

#[test]
fn the_sample_has_the_size_of_the_case_study() {
    let staff = sample();
    let of = |role| staff.people.iter().filter(|person| person.roles.has(role)).count();
    assert_eq!((staff.people.len(), of(Role::Teacher), of(Role::Practitioner)), (361, 352, 5));
    assert_eq!((of(Role::HeadOfDepartment), of(Role::SeniorLeader), of(Role::ProgrammeLead)), (12, 5, 1));
    assert_eq!((staff.areas.len(), staff.sites.len(), staff.themes.len()), (12, 2, 12));
    assert!(staff.people.iter().any(|person| person.name.chars().count() == 84));
    assert_eq!(staff.people.iter().filter(|person| person.name == "David Jones").count(), 2);
}

#[test]
fn five_practitioners_have_their_hours_and_two_managers_each() {
    let staff = sample();
    let lead = staff.people.iter().position(|person| person.name == "Helen Marsh").unwrap();
    let all = practitioners(&staff);
    let names: Vec<&str> = all.iter().map(|(person, _)| person.name.as_str()).collect();
    assert_eq!(names, ["Priya Nair", "Tom Birch", "Aisha Rahman", "Joe Whittle", "Carys Evans"]);
    assert_eq!(all.iter().map(|(_, practice)| practice.remitted).sum::<Minutes>(), Minutes::hours(750));
    assert_eq!(all.iter().map(|(person, _)| person.area).collect::<BTreeSet<_>>().len(), 5);
    for (person, practice) in &all {
        assert_eq!((practice.remitted, practice.caseload), (Minutes::hours(150), Minutes::hours(773)));
        assert_eq!(person.manager, Some(lead));
        let appraiser = &staff.people[person.appraiser.unwrap()];
        assert!(appraiser.roles.has(Role::HeadOfDepartment) && appraiser.area == person.area);
        assert!((3..=4).contains(&practice.support_hours.len()), "{}", person.name);
        let taught: Minutes = person.teaching.iter().map(|lesson| lesson.span.length()).sum();
        assert!((Minutes::hours(16)..=Minutes::hours(18)).contains(&taught), "{} {taught}", person.name);
    }
    let days = all.iter().flat_map(|(_, practice)| &practice.support_hours).map(|span| span.weekday());
    assert_eq!(days.collect::<BTreeSet<_>>().len(), 5);
    let leads: BTreeSet<usize> =
        all.iter().flat_map(|(_, p)| &p.expertise).filter(|theme| theme.leads).map(|theme| theme.theme).collect();
    assert_eq!(leads.len(), staff.themes.len(), "somebody leads on every theme");
}

#[test]
fn the_college_says_its_name_its_title_and_its_model() {
    let college = table("college.csv", include_bytes!("../../../../demo/college.csv")).unwrap();
    let values: Vec<String> = college.rows.iter().map(|row| row.cells[1].as_written()).collect();
    assert_eq!(values[..2], ["Harbourside College (sample)", "Professional Tutor"]);
    assert_eq!(values[2].parse(), Ok(domain::programme::Model::Universal));
}

#[test]
fn one_area_is_nominated_to_nobody() {
    let staff = sample();
    let nominated: BTreeSet<usize> =
        practitioners(&staff).iter().flat_map(|(_, practice)| &practice.nominated).copied().collect();
    let open = (0..staff.areas.len()).filter(|area| !nominated.contains(area));
    let open: Vec<&str> = open.map(|area| staff.areas[area].as_str()).collect();
    assert_eq!(open, ["Sport & Public Services"]);
}

#[test]
fn management_is_of_the_shape_that_is_told() {
    let staff = sample();
    assert_eq!(staff.people.iter().filter(|person| person.manager.is_none()).count(), 1);
    let manager = |person: &StaffPerson| &staff.people[person.manager.unwrap()];
    let heads = staff.people.iter().filter(|person| person.roles.has(Role::HeadOfDepartment));
    let above: BTreeSet<&str> = heads.map(|head| manager(head).name.as_str()).collect();
    assert_eq!(above.len(), 3);
    let appraised =
        staff.people.iter().filter(|person| person.appraiser.is_some_and(|one| staff.people[one].name == "Tom Birch"));
    assert_eq!(appraised.count(), 2);
    for person in staff.people.iter().filter(|person| person.roles.has(Role::Teacher) && person.practice.is_none()) {
        assert!(person.area.is_some());
        assert!(person.roles.has(Role::HeadOfDepartment) || manager(person).area == person.area, "{}", person.name);
    }
}

#[test]
fn the_people_of_the_tour_are_there() {
    let staff = sample();
    let area = |name: &str| staff.areas[named(&staff, name).area.unwrap()].as_str();
    assert_eq!(area("Sam Okafor"), "Health & Care");
    assert_eq!(area("Tom Birch"), "Construction");
    assert_eq!(area("Priya Nair"), "Maths & Science");
    assert_eq!(named(&staff, "Priya Nair").teaches.as_deref(), Some("Maths, Level 2-5"));
    let led = |(_, practice): &(&StaffPerson, &Practice)| {
        let themes =
            practice.expertise.iter().filter(|theme| theme.leads).map(|theme| staff.themes[theme.theme].as_str());
        themes.collect::<Vec<_>>().join("; ")
    };
    assert_eq!(practitioners(&staff).first().map(led).as_deref(), Some("Questioning; Maths in my subject"));
}
