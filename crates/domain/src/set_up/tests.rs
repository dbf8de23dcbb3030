use super::*;
use crate::minutes::Minutes;
use crate::people::Roles;
use crate::staff_file::{Practice, StaffPerson};

fn person(name: &str, email: &str, roles: &[Role]) -> StaffPerson {
    let roles: Roles = roles.iter().copied().collect();
    let practice = roles.has(Role::Practitioner).then(|| Practice {
        remitted: Minutes::hours(100),
        caseload: Minutes::hours(700),
        ..Practice::default()
    });
    StaffPerson { name: name.to_owned(), email: email.to_owned(), roles, practice, ..StaffPerson::default() }
}

fn staff() -> Staff {
    Staff {
        people: vec![
            person("Priya Nair", "priya@college.example", &[Role::Practitioner]),
            person("Þórdís Kolbrún", "thordis@college.example", &[Role::Teacher]),
            person("Ng", "ng@college.example", &[Role::Teacher]),
            person("Sam Okafor", "sam@college.example", &[Role::Teacher]),
            person("Sam Okafor", "sam.o@college.example", &[Role::Teacher]),
        ],
        areas: vec!["Health & Care".to_owned()],
        ..Staff::default()
    }
}

fn draft() -> Draft {
    Draft {
        college: CollegeStep::read("Harbour College", "10000001").ok(),
        role: RoleStep::read("Teaching Skills Coach", "", "universal").ok(),
        year: Some(Year::usual(2026)),
        staff: Some(StaffStep {
            file: "staff.csv".to_owned(),
            staff: staff(),
            ignored: Vec::new(),
            dropped: Vec::new(),
        }),
        runners: RunnersStep::read("Ng", "Marek Nowicki <Marek@college.example>", &staff()).ok(),
        ..Draft::default()
    }
}

fn typed(email: &str, is_one: bool, caseload: &str, remitted: &str) -> Typed {
    Typed { email: email.to_owned(), is_one, caseload: caseload.to_owned(), remitted: remitted.to_owned() }
}

#[test]
fn every_step_has_a_code_of_its_own_and_leads_to_the_next() {
    for step in Step::ALL {
        assert_eq!(Step::from_code(step.code()), Some(step));
    }
    let mut step = Step::College;
    let mut steps = 1;
    while let Some(next) = step.next() {
        (step, steps) = (next, steps + 1);
    }
    assert_eq!((step, steps), (Step::Runners, 7));
}

/// R-SET-2
#[test]
fn a_college_has_a_name_and_perhaps_a_ukprn_of_eight_digits() {
    let step = CollegeStep::read("  Harbour   College ", " 1000 0001 ").expect("sound");
    assert_eq!((step.name.as_str(), step.ukprn.as_deref()), ("Harbour College", Some("10000001")));
    assert_eq!(CollegeStep::read("Ng", "").map(|step| step.ukprn), Ok(None));
    for number in ["1000001", "100000011", "20000001", "1000000a", "１００００００１"] {
        let told = CollegeStep::read("", number).expect_err(number);
        assert_eq!(told.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["name", "ukprn"], "{number}");
        assert!(told[1].1.starts_with("A UKPRN has eight digits"));
    }
    assert!(CollegeStep::read(&"x".repeat(121), "").is_err());
}

#[test]
fn the_role_has_a_title_of_the_colleges_own_and_a_model() {
    let step = RoleStep::read("Teaching Deputy", "", "pan-organisational").expect("sound");
    assert_eq!((step.many.as_str(), step.model.as_str()), ("Teaching Deputies", "panOrganisational"));
    assert_eq!(
        RoleStep::read("Coach", "Coaching team", "deficit").map(|step| step.many),
        Ok("Coaching team".to_owned())
    );
    let told = RoleStep::read(" ", "", "none").expect_err("empty");
    assert_eq!(told.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["one", "model"]);
}

/// R-SET-3
#[test]
fn sites_and_areas_are_lists_without_doubles() {
    let step = PlacesStep::read("Harbour Road\n\n Quayside \n", "Maths").expect("sound");
    assert_eq!(step.sites, ["Harbour Road", "Quayside"]);
    let told =
        PlacesStep::read("Quayside\nHarbour Road\nquayside", "Health & Care\nhealth and care").expect_err("twice");
    assert_eq!(told[0].1, "“quayside” stands twice, on lines 1 and 3: delete one of them.");
    assert_eq!(told[1].0, "areas");
    let many: String = (0..=MOST_PLACES).map(|n| format!("Site {n}\n")).collect();
    assert!(PlacesStep::read(&many, "").is_err());
    assert!(PlacesStep::read(&"x".repeat(81), "").expect_err("long")[0].1.starts_with("Line 1: "));
}

/// R-SET-3: looking each line up in all before it took minutes.
#[test]
fn a_form_full_of_short_lines_is_refused_at_once() {
    let many: String = (0..16_000).map(|number| format!("{number:x}\n")).collect();
    let told = PlacesStep::read(&many, "Art").unwrap_err();
    assert_eq!(told[0].1, "These are 16000 lines: 200 is the most.");
    let again = PlacesStep::read(&format!("{many}3E7f"), "Art").unwrap_err();
    assert_eq!(again[0].1, "“3E7f” stands twice, on lines 16000 and 16001: delete one of them.");
}

/// R-SET-5
#[test]
fn practitioners_have_hours_and_no_more_than_they_teach() {
    let lines = [typed("priya@college.example", true, "773", "150")];
    let step = PractitionersStep::read(&lines, "thordis@college.example", &staff()).expect("sound");
    assert_eq!(step.list[1].remitted, USUAL_REMISSION);
    let wrong = |caseload, remitted, add| {
        let lines =
            [typed("ng@college.example", false, "", ""), typed("priya@college.example", true, caseload, remitted)];
        PractitionersStep::read(&lines, add, &staff()).expect_err("wrong")
    };
    for (caseload, remitted, add, field, sentence) in [
        ("773", "0", "", "remitted-1", "Nobody can help in none"),
        ("100", "150", "", "remitted-1", "more than the 100 h of teaching"),
        ("many", "150", "", "caseload-1", "not a number"),
        ("773", "-1", "", "remitted-1", "negative"),
        ("773", "150", "Priya Nair", "add", "in the list already"),
        ("773", "150", "Sam Okafor", "add", "Several people"),
        ("773", "150", "Nobody Here", "add", "not in the staff file"),
    ] {
        let told = wrong(caseload, remitted, add);
        assert!(told.len() == 1 && told[0].0 == field && told[0].1.contains(sentence), "{told:?}");
    }
}

#[test]
fn who_runs_it_is_in_the_file_or_new() {
    let step =
        RunnersStep::read("priya nair\nsam.o@college.example", "Marek Nowicki <Marek@college.example>", &staff());
    let step = step.expect("sound");
    assert_eq!(
        step.leads.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(),
        ["priya@college.example", "sam.o@college.example"]
    );
    assert_eq!(step.administrators[0].email, "marek@college.example");
    for (typed, sentence) in [
        ("Sam Okafor", "Several people are called Sam Okafor"),
        ("Marek Nowicki", "is written as Name <name@your.college>"),
        ("marek@college.example", "is written as Name <name@your.college>"),
        ("Marek <marek>", "This is not an e-mail address"),
        ("42 <marek@college.example>", "There are no letters in this name"),
    ] {
        let told = RunnersStep::read(typed, "", &staff()).expect_err(typed);
        assert!(told[0].0 == "leads" && told[0].1.contains(sentence), "{told:?}");
    }
}

/// R-SET-4
#[test]
fn a_college_goes_live_only_with_name_role_year_lead_and_administrator() {
    assert_eq!(Draft::default().missing().len(), 5);
    assert!(draft().complete().is_ok());
    let without = |take: fn(&mut Draft)| {
        let mut draft = draft();
        take(&mut draft);
        draft.complete().expect_err("incomplete").into_iter().map(|one| one.step).collect::<Vec<_>>()
    };
    assert_eq!(without(|draft| draft.college = None), [Step::College]);
    assert_eq!(without(|draft| draft.role = None), [Step::Role]);
    assert_eq!(without(|draft| draft.year = None), [Step::Year]);
    assert_eq!(without(|draft| draft.runners = None), [Step::Runners, Step::Runners]);
    let mut changed = draft();
    let lines = [typed("priya@college.example", true, "773", "150")];
    changed.practitioners = PractitionersStep::read(&lines, "", &staff()).ok();
    changed.staff.as_mut().expect("a file").staff.people.remove(0);
    let told = changed.complete().expect_err("a stranger");
    assert!(told[0].step == Step::Practitioners && told[0].sentence.contains("priya@college.example"));
}

#[test]
fn the_steps_change_what_the_file_says() {
    let mut draft = draft();
    draft.places = PlacesStep::read("Quayside", "health and care\nMaths").ok();
    let lines = [typed("priya@college.example", false, "", ""), typed("ng@college.example", true, "700", "77.5")];
    draft.practitioners = PractitionersStep::read(&lines, "", &staff()).ok();
    let people = draft.people();
    assert_eq!((people.areas.len(), people.sites.len(), people.people.len()), (2, 1, 6));
    assert!(people.people[0].practice.is_none() && people.people[0].roles == Roles::NONE.with(Role::Teacher));
    assert_eq!(people.people[2].practice.as_ref().map(|practice| practice.remitted), Some(Minutes(4650)));
    assert_eq!(people.people[2].roles.to_string(), "teacher, practitioner, programme lead");
    assert_eq!(draft.holders(Role::Administrator)[0].name, "Marek Nowicki");
    let notes: Vec<String> = draft.notes().into_iter().map(|(_, sentence)| sentence).collect();
    assert!(notes.contains(&"Nobody is in the area “Maths” yet.".to_owned()), "{notes:?}");
}

#[test]
fn a_draft_reads_back_as_it_was_written() {
    let step = draft().staff.expect("a file");
    let text = serde_json::to_string(&step).expect("written");
    assert_eq!(serde_json::from_str::<StaffStep>(&text).expect("read"), step);
}
