//! What those who came say of a session: once, in time, counted without a name, shown when it is over.

use actions::desk::Stop;
use actions::{people, training_people, training_said, trainings};
use domain::ids::{PersonId, TrainingId};
use domain::minutes::Minutes;
use domain::people::Role;
use domain::training::TrainingRefused;
use domain::training_said::{Agreed, Choice, Said, SaidRefused, Shown};
use trial::Cell;

use crate::college::{College, new_college, slot, somebody, staff, told};
use crate::trainings::{area, friday, plan, planned};

/// After the session; and when the fourteen days are over: it begins 73.5 hours from now and takes ten minutes.
const AFTER: i64 = 80;
const OVER: i64 = 74 + 14 * 24;

fn all(choice: Choice) -> Said {
    Said::of(|_| Some(choice)).expect("said")
}

/// A college with a session of Priya's to which so many came.
async fn came(many: usize) -> (College, TrainingId, Vec<PersonId>) {
    let mut staff = staff();
    staff.people.extend((0..many).map(|number| somebody(&format!("Teacher {number}"), &[Role::Teacher], Some(2))));
    let college = College::of(&new_college(), &staff, 7).await;
    let made = plan(&college, "Priya Nair", friday()).await.expect("planned");
    let mut people = Vec::new();
    for number in 0..many {
        let who = college.who(&format!("Teacher {number}")).await;
        training_people::sign_up(&college.desk(), (who, made)).await.expect("signed up");
        people.push(who);
    }
    let priya = college.who("Priya Nair").await;
    let after = college.later(AFTER);
    training_people::record(&after, (priya, made), (&people, None)).await.expect("came");
    trainings::record(&after, (priya, made), (Minutes(10), Minutes(0))).await.expect("held");
    (college, made, people)
}

async fn shown(college: &College, hours: i64, (who, training): (&str, TrainingId)) -> Option<Vec<Shown>> {
    let (desk, who) = (college.later(hours), college.facts(college.who(who).await).await);
    let seen = trainings::see(&desk, &who, training).await.expect("seen");
    training_said::shown(&desk, &who, &seen.training).await.expect("read")
}

fn refused(result: Result<(), Stop<SaidRefused>>) -> SaidRefused {
    match result {
        Err(Stop::Refused(refused)) => refused,
        other => panic!("not refused: {other:?}"),
    }
}

/// R-SES-17
#[tokio::test]
async fn it_is_said_once_in_time_by_whoever_came_and_never_by_whoever_ran_it() {
    let (college, made, people) = came(2).await;
    let say = async |who, hours| training_said::say(&college.later(hours), (who, made), &all(Choice::Agree)).await;
    let (priya, sam) = (college.who("Priya Nair").await, college.who("Sam Okafor").await);
    let before = college.tables();
    assert_eq!(told(&say(priya, AFTER).await), "denied", "whoever ran it");
    assert_eq!(refused(say(sam, AFTER).await), SaidRefused::NotThere);
    assert_eq!(refused(say(people[0], OVER).await), SaidRefused::TooLate);
    assert_eq!(college.tables(), before, "what is refused leaves nothing");
    say(people[0], AFTER).await.expect("said");
    let once = college.tables();
    assert_eq!(refused(say(people[0], AFTER + 1).await), SaidRefused::Already);
    assert_eq!(college.tables(), once);
    say(people[1], OVER - 1).await.expect("the last hour");
}

/// R-SES-17
#[tokio::test]
async fn whoever_signed_up_and_was_not_there_and_one_that_was_called_off_have_nothing_to_say() {
    let (college, made, people) = came(2).await;
    let (priya, after) = (college.who("Priya Nair").await, college.later(AFTER));
    training_people::record(&after, (priya, made), (&people[..1], None)).await.expect("corrected");
    let said = training_said::say(&after, (people[1], made), &all(Choice::Partly)).await;
    assert_eq!(refused(said), SaidRefused::NotThere);
    let other = plan(&college, "Priya Nair", slot("2026-11-27T12:30:00Z", 10)).await.expect("planned");
    training_people::sign_up(&college.desk(), (people[1], other)).await.expect("signed up");
    training_people::record(&after, (priya, other), (&people[1..], None)).await.expect("came");
    trainings::call_off(&after, (priya, other), 1).await.expect("off");
    let said = training_said::say(&after, (people[1], other), &all(Choice::Partly)).await;
    assert_eq!(refused(said), SaidRefused::NotThere);
    assert_eq!(shown(&college, OVER + 5, ("Helen Marsh", other)).await, None);
}

/// R-SES-17 R-SES-18
#[tokio::test]
async fn what_was_said_stays_when_the_line_is_corrected_or_taken_out_and_cannot_be_said_again() {
    let (college, made, people) = came(3).await;
    let (priya, after) = (college.who("Priya Nair").await, college.later(AFTER));
    let numbers = || college.tables()["training_said"].clone();
    for who in &people[..2] {
        training_said::say(&after, (*who, made), &all(Choice::Agree)).await.expect("said");
    }
    let said = numbers();
    training_people::record(&after, (priya, made), (&people[1..], None)).await.expect("corrected");
    training_people::take_back(&after, (people[1], made)).await.expect("taken out");
    let (list, _) = training_people::coming(&after, &college.facts(priya).await, made).await.expect("a list");
    assert_eq!(
        list.iter().map(|one| (one.person, one.came)).collect::<Vec<_>>(),
        [(people[0], false), (people[2], true)]
    );
    training_people::record(&after, (priya, made), (&people, Some(people[1]))).await.expect("put back");
    for who in &people[..2] {
        let again = training_said::say(&after, (*who, made), &all(Choice::Disagree)).await;
        assert_eq!(refused(again), SaidRefused::Already);
    }
    assert_eq!(numbers(), said);
}

/// R-SES-18
#[tokio::test]
async fn nothing_that_is_kept_tells_two_people_who_say_different_things_apart() {
    let two = [came(2).await, came(2).await];
    for ((college, made, people), swapped) in two.iter().zip([false, true]) {
        let desk = college.later(AFTER);
        college.chance.restart(5);
        let choices = if swapped { [Choice::Disagree, Choice::Agree] } else { [Choice::Agree, Choice::Disagree] };
        for (who, choice) in people.iter().zip(choices) {
            training_said::say(&desk, (*who, *made), &all(choice)).await.expect("said");
        }
    }
    let [(one, ..), (other, ..)] = two;
    let without_chain = |college: &College| {
        let mut tables = college.tables();
        tables.retain(|name, _| name != "audit_entry" && name != "event");
        tables
    };
    assert_eq!(without_chain(&one)["training_said"], without_chain(&other)["training_said"]);
    assert_eq!(without_chain(&one)["attendance"].len(), without_chain(&other)["attendance"].len());
    for event in &one.tables()["event"] {
        if event["act"] == Cell::Text("AnswerTraining".to_owned()) {
            assert_eq!((&event["person"], &event["thread"]), (&Cell::Null, &Cell::Null), "{event:?}");
        }
    }
}

/// R-SES-19
#[tokio::test]
async fn nothing_is_shown_while_somebody_can_answer_and_then_what_nothing_changes() {
    let (college, made, people) = came(12).await;
    let after = college.later(AFTER);
    let unsaid = college.tables();
    for (number, who) in people.iter().enumerate().take(11) {
        let worth = if number < 8 { Choice::Agree } else { Choice::Partly };
        let said = Said::of(|statement| match statement.code() {
            "worth" => Some(worth),
            "try" => Some(if number == 0 { Choice::CannotSay } else { Choice::Disagree }),
            _ => (number < 9).then_some(Choice::Agree),
        });
        training_said::say(&after, (*who, made), &said.expect("said")).await.expect("said");
    }
    assert_ne!(college.tables(), unsaid);
    for (hours, who) in [(AFTER, "Priya Nair"), (OVER - 1, "Helen Marsh"), (OVER - 1, "Teacher 0")] {
        assert_eq!(shown(&college, hours, (who, made)).await, None, "{who}");
    }
    let first = shown(&college, OVER, ("Sam Okafor", made)).await.expect("shown");
    let seen: Vec<_> = first.iter().map(|one| one.agreed).collect();
    assert_eq!(seen, [Some(Agreed::HalfOrMore), Some(Agreed::FewerThanHalf), None]);
    for who in ["Priya Nair", "Helen Marsh", "Ann Price", "Marek Nowicki", "Teacher 3"] {
        assert_eq!(shown(&college, OVER, (who, made)).await.as_ref(), Some(&first), "{who}");
    }
    // Nobody who leaves, is said not to have come, takes themselves out or comes late changes it.
    let (priya, marek) = (college.who("Priya Nair").await, college.who("Marek Nowicki").await);
    let over = college.later(OVER);
    people::set_active(&over, marek, (people[0], false)).await.expect("off");
    training_people::record(&over, (priya, made), (&people[3..], None)).await.expect("corrected");
    training_people::take_back(&over, (people[2], made)).await.expect("out");
    let late = training_said::say(&over, (people[11], made), &all(Choice::Agree)).await;
    assert_eq!(refused(late), SaidRefused::TooLate);
    assert_eq!(shown(&college, OVER + 1000, ("Sam Okafor", made)).await, Some(first));
}

/// R-SES-19
#[tokio::test]
async fn a_session_that_has_begun_is_not_moved_to_another_day() {
    let (college, _, people) = came(1).await;
    let made = plan(&college, "Priya Nair", slot("2026-11-27T12:30:00Z", 10)).await.expect("planned");
    training_people::sign_up(&college.desk(), (people[0], made)).await.expect("signed up");
    let later = planned(area(&college).await, slot("2026-12-04T12:30:00Z", 10));
    for who in ["Priya Nair", "Helen Marsh"] {
        let who = college.who(who).await;
        let moved = trainings::change(&college.later(AFTER), (who, made), (1, later.clone())).await;
        assert!(matches!(moved, Err(Stop::Refused(TrainingRefused::NotPlanned))), "{moved:?}");
    }
}
