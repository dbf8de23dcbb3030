use jiff::civil::date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::*;

fn calendar() -> Calendar {
    Calendar::usual(TimeZone::get("Europe/London").unwrap(), &[2026])
}

fn slot(text: &str, minutes: i64) -> Slot {
    Slot { starts: text.parse().unwrap(), length: Minutes(minutes) }
}

fn planned() -> Planned {
    Planned {
        title: " Questioning  that everyone answers ".to_owned(),
        theme: None,
        format: Format::Takeaway,
        part: Part::Leads,
        slot: slot("2026-11-27T10:30:00Z", 10),
        place: "B104".to_owned(),
        agreed: true,
        areas: vec![AreaId(Uuid::from_u128(1))],
        room_for: None,
    }
}

fn now() -> Timestamp {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

/// R-SES-5
#[test]
fn a_session_has_a_title_a_place_an_area_and_a_time_ahead_in_term() {
    let check = |change: &dyn Fn(&mut Planned)| {
        let mut one = planned();
        change(&mut one);
        one.check(&calendar(), now())
    };
    assert_eq!(check(&|_| ()).unwrap().title, "Questioning that everyone answers");
    assert_eq!(check(&|one| one.title = " ".to_owned()), Err(TrainingRefused::Title));
    assert_eq!(check(&|one| one.title = "x".repeat(81)), Err(TrainingRefused::Title));
    assert_eq!(check(&|one| one.place = String::new()), Err(TrainingRefused::Place));
    assert_eq!(check(&|one| one.areas.clear()), Err(TrainingRefused::NoArea));
    assert_eq!(check(&|one| one.slot.length = Minutes(4)), Err(TrainingRefused::Length));
    assert_eq!(check(&|one| one.room_for = Some(1)), Err(TrainingRefused::Room));
    assert_eq!(check(&|one| one.slot = slot("2026-12-29T10:30:00Z", 10)), Err(TrainingRefused::NotInTerm));
    assert_eq!(check(&|one| one.slot = slot("2026-11-24T09:00:00Z", 10)), Err(TrainingRefused::Past));
}

/// R-SES-6
#[test]
fn nobody_runs_a_session_while_they_teach_meet_or_run_another_and_a_lead_is_told_less() {
    let taken = |text: &str| slot(text, 60);
    let named = |text: &str, label: &str| vec![(taken(text), label.to_owned())];
    let around = Around {
        meetings: vec![taken("2026-11-27T10:00:00Z")],
        trainings: named("2026-11-27T12:00:00Z", "Feedback"),
        teaching: named("2026-11-27T14:00:00Z", "Maths L3"),
    };
    let fits = |text: &str, own| around.fits(&slot(text, 10), own);
    assert_eq!(fits("2026-11-27T10:30:00Z", true), Err(TrainingRefused::Booked));
    assert_eq!(fits("2026-11-27T12:30:00Z", true), Err(TrainingRefused::Another("Feedback".to_owned())));
    assert_eq!(fits("2026-11-27T14:30:00Z", true), Err(TrainingRefused::Teaching("Maths L3".to_owned())));
    assert_eq!(fits("2026-11-27T14:30:00Z", false), Err(TrainingRefused::NotFree));
    assert_eq!(fits("2026-11-27T11:00:00Z", true), Ok(()));
}

/// R-SES-7 R-SES-9 R-SES-11
#[test]
fn one_signs_up_before_it_begins_and_it_is_held_once_it_has() {
    let at = slot("2026-11-24T10:00:00Z", 30);
    let later = at.ends();
    assert_eq!(State::Planned.sign_up(&at, now()), Ok(()));
    assert_eq!(State::Planned.sign_up(&at, at.starts), Err(TrainingRefused::TooLate));
    assert_eq!(State::CalledOff.sign_up(&at, now()), Err(TrainingRefused::TooLate));
    assert_eq!(State::Planned.hold(&at, now()), Err(TrainingRefused::NotYet));
    assert_eq!(State::Held.hold(&at, later), Ok(State::Held), "to correct it");
    assert_eq!(State::CalledOff.hold(&at, later), Err(TrainingRefused::NotPlanned));
    assert_eq!(State::Held.still_planned(), Err(TrainingRefused::NotPlanned));
}

/// R-SES-2
#[test]
fn the_dots_of_a_term_are_held_planned_and_missing() {
    let dots = |states: &[State], least| Dots::of(states.iter().copied(), least).words();
    assert_eq!(dots(&[], 2), "0 held, 0 planned, 2 missing");
    assert_eq!(dots(&[State::Held, State::Planned], 2), "1 held, 1 planned, none missing");
    assert_eq!(dots(&[State::CalledOff, State::Planned], 2), "0 held, 1 planned, 1 missing");
    assert_eq!(dots(&[State::Held, State::Held, State::Held], 2), "3 held, 0 planned, none missing");
}

/// R-SES-4 R-SES-12
#[test]
fn suggestions_are_shown_from_the_next_monday_and_reminders_go_the_working_day_before() {
    assert_eq!(shown_from(date(2026, 11, 24)), date(2026, 11, 30));
    assert_eq!(shown_from(date(2026, 11, 30)), date(2026, 12, 7), "not on the Monday itself");
    assert_eq!(reminder_day(&calendar(), date(2026, 11, 30)), date(2026, 11, 27));
    assert_eq!(reminder_day(&calendar(), date(2026, 11, 2)), date(2026, 10, 23), "half-term lies between");
}

/// R-SES-1
#[test]
fn a_community_has_whom_the_lead_named_while_they_look_after_the_area_else_the_first() {
    let [one, two, other] = [1, 2, 3].map(|id| PersonId(Uuid::from_u128(id)));
    assert_eq!(practitioner_of(None, &[one, two]), Some(one));
    assert_eq!(practitioner_of(Some(two), &[one, two]), Some(two));
    assert_eq!(practitioner_of(Some(other), &[one, two]), Some(one));
    assert_eq!(practitioner_of(None, &[]), None);
}

/// R-SES-14
#[test]
fn materials_are_a_safe_link_or_a_short_text_with_a_title() {
    let check = |title: &str, link: &str, text: &str| {
        Material { title: title.to_owned(), link: link.to_owned(), text: text.to_owned() }.check().is_ok()
    };
    assert!(check("Slides", "https://college.example/slides", ""));
    assert!(check("One thing to try", "", "Ask, wait, then ask somebody else."));
    for link in
        ["http://college.example", "javascript:alert(1)", "https://", "https://a@b.example", "https://a.example/ b"]
    {
        assert!(!check("Slides", link, ""), "{link}");
    }
    assert!(!check("", "https://college.example", ""));
    assert!(!check("Nothing", "", " "));
    assert!(!check("Much", "", &"x".repeat(601)));
}

/// R-SES-5
#[test]
fn each_format_has_its_usual_length() {
    let lengths: Vec<i64> = Format::ALL.iter().map(|one| one.usual().0).collect();
    assert_eq!(lengths, [10, 30, 60, 60, 360]);
    assert!(lengths.iter().all(|one| LENGTHS.contains(one)));
}
