//! Communities and sessions in the filled college, and what is kept of who comes.

use domain::ids::{AreaId, MaterialId, NeedId, TrainingId};
use domain::minutes::Minutes;
use domain::support::Slot;
use domain::training::{Format, Material, Part, Planned, Side, Source};
use domain::training_said::{Choice, OPEN, Own, Said, Statement};
use jiff::ToSpan;
use policies::acts::{
    AnswerTraining, EnterNeed, KeepMaterials, MakeRelease, PlanTraining, RecordAttendance, RecordTraining,
    SeeAttendance, SeeOwnTrainings, SeeTrainings, SetCommunities, SignUp, SuggestTheme, TakeSignUpBack,
};
use policies::facts::{Actor, Job};
use store::communities::{self, NewNeed};
use store::hours::NewEntry;
use store::{Db, counted_said, facts, materials, training_people, training_said, trainings};
use trial::Cell;

use crate::college::{College, House, now, today};

/// One of each: a community, a need, a session with something to read, who comes and its entry.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let institution = college.facts.institution;
    let who = async |person| house.person(db, institution, person).await;
    let (lead, practitioner, teacher) =
        (who(college.lead).await, who(college.practitioner).await, who(college.teacher).await);
    let see = house.permit::<SeeTrainings>(&teacher, &college.facts, &());
    let area: AreaId = communities::all(db, &see).await.expect("communities").first().expect("one").area;
    let set = house.permit::<SetCommunities>(&lead, &college.facts, &());
    communities::set_least(db, &set, 2).await.expect("set");
    communities::name(db, &set, (area, college.practitioner)).await.expect("named");
    let community = facts::community(db, institution, area).await.expect("readable").expect("a community");
    let enter = house.permit::<EnterNeed>(&lead, &community, &());
    let day = today();
    let new = |id: NeedId, source| NewNeed { id, theme: college.theme, title: "", source, term: day, shown: day };
    assert!(communities::enter(db, &enter, &new(house.fresh(), Source::Walks), Side::Lead).await.expect("entered"));
    let suggest = house.permit::<SuggestTheme>(&teacher, &college.facts, &());
    for _ in 0..2 {
        communities::suggest(db, &suggest, area, &new(house.fresh(), Source::Staff)).await.expect("suggested");
    }
    assert_eq!(communities::needs(db, &see, day).await.expect("needs").len(), 2, "suggested twice, kept once");
    let made: TrainingId = house.fresh();
    let planned = Planned {
        title: "Wait, then ask".to_owned(),
        theme: Some(college.theme),
        format: Format::Takeaway,
        part: Part::Leads,
        slot: Slot { starts: now(), length: Minutes(10) },
        place: "B104".to_owned(),
        agreed: true,
        areas: vec![area],
        room_for: None,
    };
    let plan = house.permit::<PlanTraining>(&practitioner, &college.facts, &practitioner);
    trainings::plan(db, &plan, (made, &planned)).await.expect("planned");
    let training = facts::training(db, institution, made).await.expect("readable").expect("a session");
    let keep = house.permit::<KeepMaterials>(&practitioner, &training, &());
    let read = Material { title: "Slides".to_owned(), link: "https://college.example".to_owned(), text: String::new() };
    materials::add(db, &keep, (house.fresh::<MaterialId>(), 1, &read)).await.expect("something to read");
    let sign = house.permit::<SignUp>(&teacher, &training, &());
    training_people::sign_up(db, &sign, college.teacher).await.expect("signed up");
    let answer = house.permit::<AnswerTraining>(&teacher, &training, &());
    let said = Said::of(|_| Some(Choice::Agree)).expect("said");
    training_said::say(db, &answer, (college.teacher, &said)).await.expect("counted");
    let record = house.permit::<RecordTraining>(&practitioner, &training, &());
    for _ in 0..2 {
        let entry = NewEntry { id: house.fresh(), day, minutes: Minutes(10), purposes: &[], themes: &[], now: now() };
        training_people::enter(db, &record, (college.practitioner, &entry)).await.expect("entered once");
    }
}

/// R-SES-4, R-SES-8
#[tokio::test]
async fn no_event_of_a_filled_college_says_who_comes_and_no_need_says_who_entered_it() {
    let house = House::new().await;
    house.college().await;
    let columns = house.sql().columns();
    let of_need = columns.iter().filter(|column| column.table == "need" && column.kind.contains("uuid"));
    let names: Vec<&str> = of_need.map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["institution", "id", "area", "theme"]);
}

/// R-SES-18
#[tokio::test]
async fn what_is_said_is_twelve_numbers_in_the_same_order_whoever_says_what() {
    let house = House::new().await;
    house.college().await;
    let columns = house.sql().columns();
    let of_said = columns.iter().filter(|column| column.table == "training_said");
    let names: Vec<&str> = of_said.map(|column| column.name.as_str()).collect();
    assert_eq!(
        names,
        ["institution", "training", "statement", "choice", "times"],
        "no person, no time, no place in an order"
    );
    let all = house.sql().all();
    let times: Vec<&Cell> = all["training_said"].iter().map(|row| &row["times"]).collect();
    assert_eq!(times.len(), Statement::ALL.len() * Choice::ALL.len(), "also of what nobody has said");
    let ones = times.iter().filter(|times| ***times == Cell::Number(1)).count();
    assert_eq!(ones, Statement::ALL.len(), "one for each statement, however often it is filled: {times:?}");
}

/// R-SES-17 R-SES-18 R-SES-19
#[tokio::test]
async fn it_is_read_only_when_it_is_over_and_whoever_takes_themselves_out_cannot_say_it_again() {
    let house = House::new().await;
    let college = house.college().await;
    let institution = college.facts.institution;
    let db = house.store.write().await.expect("a unit of work");
    let who = async |person| house.person(&db, institution, person).await;
    let (practitioner, teacher) = (who(college.practitioner).await, who(college.teacher).await);
    let see = house.permit::<SeeTrainings>(&teacher, &college.facts, &());
    let own = house.permit::<SeeOwnTrainings>(&teacher, &teacher, &());
    let said = training_said::every(&db, &own).await.expect("one's own");
    let (made, mine) = said.into_iter().next().expect("a session");
    assert_eq!(mine, Own { came: false, said: true });
    let ends = now() + 10.minutes();
    let counted = async |before| training_said::counted(&db, &see, (made, before)).await.expect("read");
    let agreed =
        |all: Vec<(Statement, domain::training_said::Counts)>| all.iter().map(|(_, one)| one.agree).sum::<u64>();
    assert_eq!(agreed(counted(ends - 1.second()).await), 0, "nothing before it is over");
    assert_eq!(agreed(counted(ends).await), 3);
    // Taken out: on no list any more, and still once.
    let training = facts::training(&db, institution, made).await.expect("readable").expect("a session");
    let back = house.permit::<TakeSignUpBack>(&teacher, &training, &());
    training_people::take_out(&db, &back, college.teacher).await.expect("out");
    let list = house.permit::<SeeAttendance>(&practitioner, &training, &());
    assert!(training_people::list(&db, &list, college.practitioner).await.expect("a list").is_empty());
    assert!(training_people::own(&db, &own).await.expect("one's own").is_empty());
    let record = house.permit::<RecordAttendance>(&practitioner, &training, &());
    training_people::set_came(&db, &record, (&[college.teacher], jiff::Timestamp::UNIX_EPOCH)).await.expect("said");
    assert!(training_people::own(&db, &own).await.expect("one's own").is_empty(), "an old page puts nobody back");
    assert!(
        training_people::add(&db, &record, (college.practitioner, college.teacher), jiff::Timestamp::UNIX_EPOCH)
            .await
            .expect("added")
    );
    let answer = house.permit::<AnswerTraining>(&teacher, &training, &());
    let mine = training_said::own(&db, &answer, college.teacher).await.expect("one's own");
    assert_eq!(mine, Own { came: true, said: true });
    assert_eq!(agreed(counted(ends).await), 3, "what was said stays said");
}

/// R-REL-23 R-REL-24
#[tokio::test]
async fn what_was_said_of_sessions_is_counted_for_a_release_once_nobody_can_say_anything_any_more() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let make = house.gate.permit::<MakeRelease>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    let over = now().saturating_add((10 * 60 + OPEN).seconds()).expect("a time");
    let before = over.saturating_sub(1.second()).expect("a time");
    let ever = (jiff::Timestamp::UNIX_EPOCH, over);
    let found = counted_said::said(&db, &make, ever).await.expect("readable");
    assert_eq!((found.sessions.len(), found.often.as_slice()), (1, [1].as_slice()));
    let one = &found.sessions[0];
    assert_eq!((one.runner, one.people, one.counts.len()), (college.practitioner, 1, Statement::ALL.len()));
    let answers: u64 = one.counts.iter().map(|(_, of)| of.agree + of.partly + of.disagree + of.cannot_say).sum();
    assert_eq!(answers, u64::try_from(Statement::ALL.len()).expect("few"));
    for none in [(ever.0, before), (over, over.saturating_add(1.hour()).expect("a time"))] {
        let found = counted_said::said(&db, &make, none).await.expect("readable");
        assert!(found.sessions.is_empty() && found.often.is_empty(), "each session is in one time alone");
    }
}
