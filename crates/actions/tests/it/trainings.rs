//! Communities and sessions: planned, signed up for, held, passed on; who comes is told to nobody else.

use std::collections::{BTreeMap, BTreeSet};

use actions::communities::{self, Entered};
use actions::desk::Stop;
use actions::{board, hours, mail, people, retention, training_people, training_said, trainings, week};
use domain::board::Alert;
use domain::ids::{AreaId, PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::observations::OfferFor;
use domain::support::Slot;
use domain::training::{Format, Material, Part, Planned, Side, Source, State, TrainingRefused};
use domain::training_said::{Choice, Said};
use trial::Cell;

use crate::college::{College, new_college, slot, staff, told};
use crate::story::{By, Story};

/// The college, with a head of Health & Care.
pub async fn college() -> College {
    let mut staff = staff();
    staff.people[2].area = Some(0);
    College::of(&new_college(), &staff, 7).await
}

pub async fn area(college: &College) -> AreaId {
    let sam = college.facts(college.who("Sam Okafor").await).await;
    let grid = communities::grid(&college.desk(), &sam).await.expect("a grid");
    grid.lines.iter().find(|line| line.community.name == "Health & Care").expect("an area").community.area
}

pub fn planned(area: AreaId, slot: Slot) -> Planned {
    Planned {
        title: "Questioning that everyone answers".to_owned(),
        theme: None,
        format: Format::Takeaway,
        part: Part::Leads,
        slot,
        place: "B104".to_owned(),
        agreed: true,
        areas: vec![area],
        room_for: None,
    }
}

pub async fn plan(college: &College, who: &str, slot: Slot) -> Result<TrainingId, Stop<TrainingRefused>> {
    let (who, once) = (college.who(who).await, slot.starts.to_string());
    let planned = planned(area(college).await, slot);
    trainings::plan(&college.desk(), who, (who, planned), (None, &once)).await
}

pub fn friday() -> Slot {
    slot("2026-11-27T10:30:00Z", 10)
}

/// Every act with its event; signing up, taking it back, suggesting and who came name nobody.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let [sam, uma, priya, tom, helen, ann] =
        ["Sam Okafor", "Uma Roy", "Priya Nair", "Tom Birch", "Helen Marsh", "Ann Price"];
    let (sam, uma, priya) = (college.who(sam).await, college.who(uma).await, college.who(priya).await);
    let (tom, helen, ann) = (college.who(tom).await, college.who(helen).await, college.who(ann).await);
    let (desk, area, theme) = (college.desk(), area(college).await, college.theme().await);
    let new = Entered { theme: Some(theme), title: "Wait, then ask".to_owned(), source: Some(Source::View) };
    let enter = async || communities::enter(&desk, priya, (area, &new)).await;
    story.tell("communities::enter", &[("EnterNeed", By::Person(priya))], enter).await;
    let seen = communities::see(&desk, &college.facts(ann).await, area).await.expect("seen");
    let need = seen.needs.first().expect("a need").id;
    let agree = async || communities::agree(&desk, ann, (area, need)).await;
    story.tell("communities::agree", &[("AgreeNeed", By::Person(ann))], agree).await;
    let remove = async || communities::remove(&desk, ann, (area, need)).await;
    story.tell("communities::remove", &[("RemoveNeed", By::Person(ann))], remove).await;
    let suggest = async || communities::suggest(&desk, sam, (area, Some(theme))).await;
    story.tell("communities::suggest", &[("SuggestTheme", By::Number(1))], suggest).await;
    let named = BTreeMap::from([(area, tom)]);
    let set = async || communities::set(&desk, helen, (Some(3), &named)).await;
    story.tell("communities::set", &[("SetCommunities", By::Person(helen))], set).await;

    let own = async || trainings::plan(&desk, priya, (priya, planned(area, friday())), (None, "one")).await;
    let made = story.tell("trainings::plan", &[("PlanTraining", By::Person(priya))], own).await;
    let moved = planned(area, slot("2026-11-27T11:30:00Z", 20));
    let change = async || trainings::change(&desk, (helen, made), (1, moved.clone())).await;
    story.tell("trainings::change", &[("ChangeTraining", By::Person(helen))], change).await;
    let read = Material { title: "Slides".to_owned(), link: "https://college.example".to_owned(), text: String::new() };
    let add = async || trainings::add_material(&desk, (priya, made), (&read, "two")).await;
    story.tell("trainings::add_material", &[("KeepMaterials", By::Person(priya))], add).await;
    let kept = trainings::see(&desk, &college.facts(sam).await, made).await.expect("seen").materials[0].id;
    let away = async || trainings::remove_material(&desk, (priya, made), kept).await;
    story.tell("trainings::remove_material", &[("KeepMaterials", By::Person(priya))], away).await;
    for person in [sam, uma] {
        let sign = async || training_people::sign_up(&desk, (person, made)).await;
        story.tell("training_people::sign_up", &[("SignUp", By::Number(1))], sign).await;
    }
    let back = async || training_people::take_back(&desk, (uma, made)).await;
    story.tell("training_people::take_back", &[("TakeSignUpBack", By::Number(1))], back).await;
    let pass = async || trainings::pass(&desk, (helen, made), (tom, 2)).await;
    story.tell("trainings::pass", &[("PassTraining", By::Person(helen))], pass).await;
    let eve = college.later(50);
    let remind = async || training_people::remind(&eve).await;
    story.tell("training_people::remind", &[("RemindOfTrainings", By::Machine)], remind).await;
    let after = college.later(80);
    let came = async || training_people::record(&after, (tom, made), (&[sam], Some(uma))).await;
    story.tell("training_people::record", &[("RecordAttendance", By::Number(2))], came).await;
    let said = Said::of(|_| Some(Choice::Agree)).expect("said");
    let say = async || training_said::say(&after, (sam, made), &said).await;
    story.tell("training_said::say", &[("AnswerTraining", By::Number(1))], say).await;
    let held = async || trainings::record(&after, (tom, made), (Minutes(20), Minutes(30))).await;
    story.tell("trainings::record", &[("RecordTraining", By::Person(tom))], held).await;
    let other =
        trainings::plan(&desk, priya, (priya, planned(area, friday())), (None, "three")).await.expect("planned");
    story.go_on();
    let off = async || trainings::call_off(&desk, (priya, other), 1).await;
    story.tell("trainings::call_off", &[("CallOffTraining", By::Person(priya))], off).await;
}

/// R-SES-3
#[tokio::test]
async fn a_need_is_agreed_by_the_other_side_and_by_nobody_else() {
    let college = college().await;
    let (area, desk) = (area(&college).await, college.desk());
    let (priya, tom, ann) =
        (college.who("Priya Nair").await, college.who("Tom Birch").await, college.who("Ann Price").await);
    let view = Entered { theme: Some(college.theme().await), title: String::new(), source: Some(Source::View) };
    communities::enter(&desk, priya, (area, &view)).await.expect("entered");
    let again = communities::enter(&desk, priya, (area, &view)).await;
    assert!(matches!(again, Err(Stop::Refused(TrainingRefused::Known))));
    let see = async |who| communities::see(&desk, &college.facts(who).await, area).await.expect("seen");
    let seen = see(ann).await;
    assert_eq!((seen.needs[0].side, seen.needs[0].agreed, seen.line.theme), (Some(Side::Practitioner), false, None));
    let need = seen.needs[0].id;
    for side in [priya, tom] {
        let refused = communities::agree(&desk, side, (area, need)).await;
        assert!(matches!(refused, Err(Stop::Refused(TrainingRefused::NotYours))), "practitioners are one side");
    }
    for other in ["Sam Okafor", "Helen Marsh", "Marek Nowicki"] {
        let who = college.who(other).await;
        assert_eq!(told(&communities::agree(&desk, who, (area, need)).await), "denied", "{other}");
    }
    communities::agree(&desk, ann, (area, need)).await.expect("agreed");
    assert_eq!(see(ann).await.line.theme.as_deref(), Some("Questioning"));
    let helen = college.who("Helen Marsh").await;
    let lead = communities::enter(&desk, helen, (area, &view)).await;
    assert!(matches!(lead, Err(Stop::Refused(TrainingRefused::Source))), "a lead has no side in it");
}

/// R-SES-4
#[tokio::test]
async fn a_suggestion_is_shown_from_monday_on_and_nothing_says_whose_it_was_or_how_many() {
    let (one, two) = (college().await, college().await);
    for (college, people) in [(&one, vec!["Sam Okafor"]), (&two, vec!["Uma Roy", "Sam Okafor", "Ann Price"])] {
        let (area, theme) = (area(college).await, college.theme().await);
        college.chance.restart(5);
        for who in people {
            let who = college.who(who).await;
            communities::suggest(&college.desk(), who, (area, Some(theme))).await.expect("suggested");
        }
        let ann = college.facts(college.who("Ann Price").await).await;
        let seen = communities::see(&college.desk(), &ann, area).await.expect("seen");
        assert!(seen.needs.is_empty(), "not before Monday");
        let seen = communities::see(&college.later(6 * 24), &ann, area).await.expect("seen");
        assert_eq!(seen.needs.len(), 1);
        assert_eq!((seen.needs[0].source, seen.needs[0].side), (Source::Staff, None));
        let removed = communities::remove(&college.desk(), ann.id, (area, seen.needs[0].id)).await;
        assert_eq!(told(&removed), "denied", "a head cannot take what staff say out");
    }
    assert_eq!(one.tables()["need"].len(), two.tables()["need"].len());
    let events = &one.tables()["event"];
    let suggested = events.iter().filter(|row| row["act"] == Cell::Text("SuggestTheme".to_owned()));
    assert!(suggested.clone().count() == 1 && suggested.clone().all(|row| row["person"] == Cell::Null));
}

/// R-SES-6, R-MEE-1
#[tokio::test]
async fn a_practitioner_is_in_one_place_at_a_time_and_a_lead_learns_nothing_of_meetings() {
    let college = college().await;
    let (sam, priya, helen) =
        (college.who("Sam Okafor").await, college.who("Priya Nair").await, college.who("Helen Marsh").await);
    let thread = college.ask(sam, priya).await;
    let taken = slot("2026-11-27T10:00:00Z", 60);
    college.meet((priya, sam), thread, taken).await;
    let refused = plan(&college, "Priya Nair", friday()).await;
    assert!(matches!(refused, Err(Stop::Refused(TrainingRefused::Booked))), "{refused:?}");
    let teaching = plan(&college, "Priya Nair", slot("2026-11-30T13:30:00Z", 10)).await;
    assert!(matches!(teaching, Err(Stop::Refused(TrainingRefused::Teaching(_)))), "{teaching:?}");
    plan(&college, "Priya Nair", slot("2026-11-27T12:00:00Z", 30)).await.expect("planned");
    let another = plan(&college, "Priya Nair", slot("2026-11-27T12:20:00Z", 30)).await;
    assert!(matches!(another, Err(Stop::Refused(TrainingRefused::Another(_)))), "{another:?}");
    // The other way round: no meeting over a session.
    let from = college.from(priya, thread).await;
    let form = OfferFor::More(domain::observations::Form::Talk);
    let offered = actions::threads::offer(&college.desk(), from, (&[slot("2026-11-27T12:15:00Z", 30)], form)).await;
    assert_eq!(told(&offered), "refused");
    // The lead plans over the meeting and is told nothing; over teaching without its label.
    let area = area(&college).await;
    let desk = college.desk();
    let over = trainings::plan(&desk, helen, (priya, planned(area, friday())), (None, "y")).await;
    assert_eq!(told(&over), "done");
    let over =
        trainings::plan(&desk, helen, (priya, planned(area, slot("2026-11-30T13:30:00Z", 10))), (None, "z")).await;
    assert!(matches!(over, Err(Stop::Refused(TrainingRefused::NotFree))));
}

/// R-SES-7 R-SES-8 R-SES-9
#[tokio::test]
async fn who_comes_is_told_to_whoever_runs_it_and_to_each_of_them_alone() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let desk = college.desk();
    let (sam, uma, ann) =
        (college.who("Sam Okafor").await, college.who("Uma Roy").await, college.who("Ann Price").await);
    let (priya, marek) = (college.who("Priya Nair").await, college.who("Marek Nowicki").await);
    assert_eq!(told(&training_people::sign_up(&desk, (priya, made)).await), "denied", "not whoever runs it");
    for who in [sam, sam, uma] {
        training_people::sign_up(&desk, (who, made)).await.expect("signed up");
    }
    let coming = async |who: PersonId| training_people::coming(&desk, &college.facts(who).await, made).await;
    let names = |list: Vec<training_people::Comes>| list.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names(coming(priya).await.expect("her own").0), ["Sam Okafor", "Uma Roy"]);
    for other in ["Helen Marsh", "Ann Price", "Ruth Adeyemi", "Marek Nowicki", "Sam Okafor", "Tom Birch"] {
        assert_eq!(told(&coming(college.who(other).await).await), "denied", "{other}");
    }
    let around = "2026-11-24".parse().expect("a day");
    let own = week::see(&desk, &college.facts(priya).await, around).await.expect("a week");
    let shown: Vec<Option<usize>> = own.days.iter().flat_map(|day| day.trainings.iter().map(|(_, n)| *n)).collect();
    assert_eq!(shown, [Some(2)]);
    // Whoever has left is not there any more.
    people::set_active(&desk, marek, (uma, false)).await.expect("off");
    assert_eq!(names(coming(priya).await.expect("her own").0), ["Sam Okafor"]);
    let early = training_people::record(&desk, (priya, made), (&[sam], None)).await;
    assert!(matches!(early, Err(Stop::Refused(TrainingRefused::NotYet))));
    let after = college.later(80);
    training_people::record(&after, (priya, made), (&[sam], Some(ann))).await.expect("said");
    let of_ann = training_people::own(&after, &college.facts(ann).await).await.expect("her own");
    assert_eq!(of_ann.get(&made), Some(&true));
    training_people::take_back(&after, (ann, made)).await.expect("taken out");
    assert_eq!(names(coming(priya).await.expect("her own").0), ["Sam Okafor"]);
    let late = training_people::sign_up(&after, (ann, made)).await;
    assert!(matches!(late, Err(Stop::Refused(TrainingRefused::TooLate))));
}

/// R-SES-10
#[tokio::test]
async fn a_held_session_enters_its_time_once_and_is_corrected_not_doubled() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let priya = college.who("Priya Nair").await;
    let (facts, after) = (college.facts(priya).await, college.later(80));
    let booked = hours::own_term(&college.desk(), &facts).await.expect("hours").1.booked;
    assert_eq!(booked, Minutes(10), "what is planned is booked");
    for (length, ready) in [(10, 30), (15, 20)] {
        let held = trainings::record(&after, (priya, made), (Minutes(length), Minutes(ready))).await;
        assert_eq!(told(&held), "done");
    }
    let record = hours::own(&after, &facts, 0).await.expect("hours");
    let entries: Vec<_> = record.entries.iter().map(|one| (one.minutes, one.training)).collect();
    assert_eq!(entries, [(Minutes(35), Some(made))]);
    assert_eq!(record.hours.booked, Minutes(0));
    let removed = hours::remove(&after, priya, record.entries[0].id).await;
    assert_eq!(told(&removed), "denied", "it is corrected at the session");
    let long = trainings::record(&after, (priya, made), (Minutes(480), Minutes(60))).await;
    assert!(matches!(long, Err(Stop::Refused(TrainingRefused::TooLong))));
}

/// R-SES-11 R-SES-13, R-BRD-6
#[tokio::test]
async fn a_session_whose_runner_left_is_named_on_the_board_and_passed_on_with_nobody_lost() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let (desk, sam) = (college.desk(), college.who("Sam Okafor").await);
    let (priya, tom, helen) =
        (college.who("Priya Nair").await, college.who("Tom Birch").await, college.who("Helen Marsh").await);
    training_people::sign_up(&desk, (sam, made)).await.expect("signed up");
    training_people::sign_up(&desk, (tom, made)).await.expect("signed up");
    people::set_active(&desk, college.who("Marek Nowicki").await, (priya, false)).await.expect("off");
    let alerts = async || board::see(&desk, &college.facts(helen).await).await.expect("a board").alerts;
    let gone = |alerts: &[Alert]| alerts.iter().any(|one| matches!(one, Alert::RunnerGone { .. }));
    let few = |alerts: &[Alert]| alerts.iter().any(|one| matches!(one, Alert::FewSessions { there: 1, least: 2, .. }));
    let before = alerts().await;
    assert!(gone(&before) && few(&before), "{before:?}");
    let stale = trainings::pass(&desk, (helen, made), (tom, 0)).await;
    assert!(matches!(stale, Err(Stop::Refused(TrainingRefused::Stale))));
    trainings::pass(&desk, (helen, made), (tom, 1)).await.expect("passed on");
    assert!(!gone(&alerts().await));
    let (list, _) = training_people::coming(&desk, &college.facts(tom).await, made).await.expect("his own");
    assert_eq!(
        list.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["Sam Okafor"],
        "who runs it does not come"
    );
    let stale = trainings::call_off(&desk, (helen, made), 1).await;
    assert!(matches!(stale, Err(Stop::Refused(TrainingRefused::Stale))));
    trainings::call_off(&desk, (helen, made), 2).await.expect("called off");
    let seen = trainings::see(&desk, &college.facts(sam).await, made).await.expect("seen");
    assert_eq!(seen.training.state, State::CalledOff);
}

/// R-SES-11
#[tokio::test]
async fn whoever_runs_a_session_hears_that_the_lead_planned_moved_or_passed_it_on() {
    let college = college().await;
    let (priya, tom, helen) =
        (college.who("Priya Nair").await, college.who("Tom Birch").await, college.who("Helen Marsh").await);
    let (desk, area) = (college.desk(), area(&college).await);
    let heard = || college.tables()["notice"].iter().map(|row| row["person"].clone()).collect::<BTreeSet<_>>().len();
    plan(&college, "Priya Nair", friday()).await.expect("her own");
    assert_eq!(heard(), 0, "nobody hears of what they have done");
    let at = slot("2026-11-27T13:30:00Z", 10);
    let made = trainings::plan(&desk, helen, (priya, planned(area, at)), (None, "for her")).await.expect("planned");
    assert_eq!(heard(), 1);
    trainings::pass(&desk, (helen, made), (tom, 1)).await.expect("passed on");
    assert_eq!(heard(), 2);
}

/// R-SES-21
#[tokio::test]
async fn a_year_after_a_session_nobody_can_look_up_who_came() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    training_people::sign_up(&college.desk(), (sam, made)).await.expect("signed up");
    training_people::record(&college.later(80), (priya, made), (&[sam], None)).await.expect("said");
    let kept = || college.tables()["attendance"].len();
    retention::keep_time(&college.later(24 * 360)).await.expect("looked");
    assert_eq!(kept(), 1);
    retention::keep_time(&college.later(24 * 372)).await.expect("looked");
    assert_eq!(kept(), 0);
}

/// R-SES-12
#[tokio::test]
async fn those_who_come_are_reminded_once_the_working_day_before() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", slot("2026-11-30T10:30:00Z", 10)).await.expect("planned");
    let sam = college.who("Sam Okafor").await;
    training_people::sign_up(&college.desk(), (sam, made)).await.expect("signed up");
    let waiting = || college.tables()["notice"].len();
    // Thursday, then Friday: the session is on Monday.
    training_people::remind(&college.later(50)).await.expect("looked");
    assert_eq!(waiting(), 0);
    training_people::remind(&college.later(74)).await.expect("reminded");
    assert_eq!(waiting(), 2, "Sam and whoever runs it");
    let tables = college.tables();
    training_people::remind(&college.later(75)).await.expect("looked");
    assert_eq!(college.tables(), tables, "once");
    mail::write_due(&college.later(100)).await.expect("written");
}

/// R-SES-15
#[tokio::test]
async fn a_session_is_repeated_elsewhere_with_what_there_is_to_read() {
    let college = college().await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let (desk, priya) = (college.desk(), college.who("Priya Nair").await);
    let read = Material { title: "To try".to_owned(), link: String::new(), text: "Wait.".to_owned() };
    trainings::add_material(&desk, (priya, made), (&read, "one")).await.expect("added");
    let area = area(&college).await;
    let again = planned(area, slot("2026-12-01T12:30:00Z", 10));
    let plan = async || trainings::plan(&desk, priya, (priya, again.clone()), (Some(made), "twice")).await;
    let (first, second) = (plan().await.expect("planned"), plan().await.expect("planned"));
    assert_eq!(first, second, "sent twice, planned once");
    let seen = trainings::see(&desk, &college.facts(priya).await, first).await.expect("seen");
    assert_eq!(seen.materials.iter().map(|kept| &kept.material).collect::<Vec<_>>(), [&read]);
}
