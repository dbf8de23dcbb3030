//! Reviews with their decisions, answers, the road and testimony, as the store holds them.

use domain::check::{Answer, Question, Standing};
use domain::ids::PersonId;
use domain::people::Role;
use domain::planner::Length;
use domain::programme::Model;
use domain::testimony::{Kind, Reach, Testimony};
use jiff::civil::date;
use policies::acts::{
    AnswerCheck, EndTestimony, GiveTestimony, KeepReviews, ReadTestimony, SeeOwnTestimony, SeeReviews, SetRoad,
    WithdrawTestimony,
};
use policies::facts::{Actor, Job, PersonFacts};
use store::reviews::{Closed, Review, Who};
use store::{Db, check, facts, reviews, testimony};

use crate::college::{College, House, today};

async fn lead(house: &House, db: &Db, college: &College) -> PersonFacts {
    house.person(db, college.facts.institution, college.lead).await
}

fn review(house: &House) -> Review {
    let title = "Review of summer term 2026".to_owned();
    Review {
        id: house.fresh(),
        term: date(2026, 4, 13),
        title,
        priorities: String::new(),
        opened: date(2026, 6, 24),
        closed: None,
        decisions: Vec::new(),
    }
}

fn written() -> Testimony {
    Testimony { kind: Kind::Did, text: "It helped.".to_owned(), reach: Reach::Governors, given: today() }
}

/// A review that is closed with two decisions, an answer, the road with its sponsor, and a testimony.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let lead = lead(house, db, college).await;
    let keep = house.permit::<KeepReviews>(&lead, &college.facts, &());
    let answered = house.permit::<AnswerCheck>(&lead, &college.facts, &());
    let road = house.permit::<SetRoad>(&lead, &college.facts, &());
    let new = review(house);
    reviews::open(db, &keep, &new).await.expect("opened");
    reviews::write(db, &keep, (new.id, "They stay.")).await.expect("written");
    let due = date(2026, 12, 18);
    reviews::decide(db, &keep, &new, ("Ask.", &Who::Person(college.lead), due)).await.expect("decided");
    let one = reviews::all(db, &keep).await.expect("readable").remove(0);
    reviews::decide(db, &keep, &one, ("Tell.", &Who::Words("the team".to_owned()), due)).await.expect("decided");
    let closed = Closed { day: date(2026, 7, 1), stood: "[]".to_owned(), latest: Some("Spring term 2026".to_owned()) };
    reviews::close(db, &keep, (new.id, &closed)).await.expect("closed");
    reviews::done(db, &keep, (new.id, 1, Some(date(2026, 9, 1)))).await.expect("done");
    let answer = Answer {
        question: Question::Soon,
        standing: Standing::Partly,
        because: "Not in June.".to_owned(),
        day: today(),
    };
    check::answer(db, &answered, &answer).await.expect("answered");
    reviews::set_road(db, &road, (date(2024, 9, 2), Some(college.lead))).await.expect("said");
    let teacher = house.person(db, college.facts.institution, college.teacher).await;
    let give = house.permit::<GiveTestimony>(&teacher, &facts::account(&college.facts, college.teacher), &());
    testimony::give(db, &give, &written()).await.expect("given");
}

/// R-REV-5 R-REV-6 R-REV-7 R-REV-8 GOV-09
#[tokio::test]
async fn a_review_is_read_as_it_was_kept_and_once_closed_only_its_decisions_are_ticked() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = lead(&house, &db, &college).await;
    let keep = house.permit::<KeepReviews>(&lead, &college.facts, &());
    let see = house.permit::<SeeReviews>(&lead, &college.facts, &());
    let all = reviews::all(&db, &see).await.expect("readable");
    assert_eq!((all.len(), all[0].decisions.len()), (1, 2));
    let (first, second) = (&all[0].decisions[0], &all[0].decisions[1]);
    assert_eq!((first.who.as_str(), first.done), ("Helen Marsh", Some(date(2026, 9, 1))));
    assert_eq!((second.who.as_str(), second.number, second.done), ("the team", 2, None));
    assert_eq!(all[0].closed.as_ref().and_then(|closed| closed.latest.as_deref()), Some("Spring term 2026"));
    // Not even a slip of ours writes into what is closed.
    reviews::write(&db, &keep, (all[0].id, "Others.")).await.expect("nothing");
    let again = Closed { day: today(), stood: String::new(), latest: None };
    reviews::close(&db, &keep, (all[0].id, &again)).await.expect("nothing");
    assert_eq!(reviews::all(&db, &keep).await.expect("readable"), all);
    reviews::done(&db, &keep, (all[0].id, 1, None)).await.expect("not done");
    reviews::undecide(&db, &keep, (all[0].id, 2)).await.expect("taken out");
    let left = reviews::all(&db, &see).await.expect("readable").remove(0).decisions;
    assert_eq!((left.len(), left[0].done), (1, None));
}

/// R-REV-1 R-REV-3 R-REV-9
#[tokio::test]
async fn how_the_programme_is_set_up_comes_as_counts_without_a_name() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = lead(&house, &db, &college).await;
    let see = house.permit::<SeeReviews>(&lead, &college.facts, &());
    let answered = house.permit::<AnswerCheck>(&lead, &college.facts, &());
    let year = (2026, Length { terms: 3, weeks: 36 }, Model::Universal);
    let counts = check::counts(&db, &see, year).await.expect("counted");
    assert_eq!((counts.with_times, counts.with_hours, counts.uncovered), (1, 1, 0), "{counts:?}");
    assert!(counts.practitioners >= 1 && counts.themes >= 1 && counts.teaching >= 1 && counts.in_line == 0);
    let before = check::answers(&db, &see).await.expect("readable");
    assert_eq!((before.len(), before[0].standing, before[0].because.as_str()), (1, Standing::Partly, "Not in June."));
    let better = Answer { standing: Standing::InPlace, because: String::new(), ..before[0].clone() };
    check::answer(&db, &answered, &better).await.expect("answered again");
    assert_eq!(check::answers(&db, &see).await.expect("readable"), [better]);
    assert_eq!(reviews::road(&db, &see).await.expect("readable"), Some((date(2024, 9, 2), Some(college.lead))));
    let road = house.permit::<SetRoad>(&lead, &college.facts, &());
    reviews::set_road(&db, &road, (date(2023, 9, 4), None)).await.expect("said");
    assert_eq!(reviews::road(&db, &see).await.expect("readable"), Some((date(2023, 9, 4), None)));
    let leaders = reviews::leaders(&db, &see).await.expect("readable");
    assert!(leaders.iter().any(|one| one.person == college.lead && !one.senior));
}

async fn own(house: &House, db: &Db, (college, who): (&College, PersonId)) -> Option<Testimony> {
    let person = house.person(db, college.facts.institution, who).await;
    let permit = house.permit::<SeeOwnTestimony>(&person, &facts::account(&college.facts, who), &());
    testimony::own(db, &permit).await.expect("readable")
}

/// R-TST-4 R-TST-5 R-TST-6 EVI-14
#[tokio::test]
async fn testimony_is_there_until_it_is_withdrawn_or_its_consent_lapses() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = lead(&house, &db, &college).await;
    let read = house.permit::<ReadTestimony>(&lead, &college.facts, &());
    let all = testimony::all(&db, &read, today()).await.expect("readable");
    assert_eq!((all.len(), all[0].name.as_str(), &all[0].testimony), (1, "Sam Okafor", &written()));
    assert_eq!(testimony::all(&db, &read, written().lapses()).await.expect("readable"), []);
    let end = house.gate.permit::<EndTestimony>(&Actor::Job(Job::Tidy), &college.facts, &()).expect("allowed");
    let before = domain::period::days_after(today(), -1);
    assert!(!testimony::end(&db, &end, (before, before)).await.expect("nothing yet"));
    assert_eq!(own(&house, &db, (&college, college.teacher)).await, Some(written()));
    let teacher = house.person(&db, college.facts.institution, college.teacher).await;
    let account = facts::account(&college.facts, college.teacher);
    let give = house.permit::<GiveTestimony>(&teacher, &account, &());
    let wider = Testimony { reach: Reach::Outside, ..written() };
    testimony::give(&db, &give, &wider).await.expect("given again");
    assert_eq!(own(&house, &db, (&college, college.teacher)).await, Some(wider));
    let withdraw = house.permit::<WithdrawTestimony>(&teacher, &account, &());
    assert!(testimony::withdraw(&db, &withdraw).await.expect("withdrawn"));
    assert!(!testimony::withdraw(&db, &withdraw).await.expect("nothing left"));
    assert_eq!(testimony::all(&db, &read, today()).await.expect("readable"), []);
    testimony::give(&db, &give, &written()).await.expect("given");
    assert!(testimony::end(&db, &end, (today(), before)).await.expect("lapsed"));
    assert_eq!(own(&house, &db, (&college, college.teacher)).await, None);
    assert!(facts::person(&db, college.facts.institution, college.teacher).await.expect("readable").is_some());
    assert!(teacher.roles.has(Role::Teacher));
}
