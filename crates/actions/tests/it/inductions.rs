//! Inductions as whole acts: who begins one, what the rules refuse without leaving anything, how they end by themselves.

use actions::desk::{Desk, Never, Stop};
use actions::hours::{self, Slow};
use actions::inductions::{self, Begin, Part};
use actions::{board, frame, induction_plans, person, settling};
use domain::board::Alert;
use domain::hours::{HoursRefused, Purpose};
use domain::ids::{InductionId, PersonId};
use domain::inductions::{InductionRefused, Kind, Ramp, Step, proposed};
use domain::minutes::Minutes;

use crate::college::{College, told};
use crate::story::{By, Story};

pub struct Cast {
    pub helen: PersonId,
    pub ann: PersonId,
    pub sam: PersonId,
    pub uma: PersonId,
    pub priya: PersonId,
    pub tom: PersonId,
}

pub async fn cast(college: &College) -> Cast {
    Cast {
        helen: college.who("Helen Marsh").await,
        ann: college.who("Ann Price").await,
        sam: college.who("Sam Okafor").await,
        uma: college.who("Uma Roy").await,
        priya: college.who("Priya Nair").await,
        tom: college.who("Tom Birch").await,
    }
}

pub fn new(college: &College, (who, kind): (&[PersonId], Kind), mentor: PersonId) -> Begin {
    Begin {
        newcomers: who.to_vec(),
        kind: Some(kind),
        starts: Some(college.desk().today()),
        mentor: Some(mentor),
        once: "one form".to_owned(),
        ..Begin::default()
    }
}

async fn begun(college: &College, cast: &Cast) -> InductionId {
    let begin = new(college, (&[cast.sam], Kind::NewToPost), cast.priya);
    inductions::begin(&college.desk(), cast.helen, &begin).await.expect("begun");
    mine(college, cast.sam).await
}

pub async fn mine(college: &College, who: PersonId) -> InductionId {
    let own = inductions::own(&college.desk(), &college.facts(who).await).await.expect("readable");
    own.mine.expect("an induction").id
}

/// How looking into it ends.
async fn look(desk: &Desk, college: &College, (who, id): (PersonId, InductionId)) -> &'static str {
    told::<_, Never>(&inductions::see(desk, &college.facts(who).await, id).await)
}

/// R-IND-2 R-IND-4
#[tokio::test]
async fn the_lead_begins_a_group_from_the_proposed_plan_and_a_form_sent_twice_begins_once() {
    let college = College::new().await;
    let cast = cast(&college).await;
    let begin = new(&college, (&[cast.sam, cast.uma, cast.sam], Kind::NewToPost), cast.priya);
    for _ in 0..2 {
        inductions::begin(&college.desk(), cast.helen, &begin).await.expect("begun");
    }
    let tables = college.tables();
    assert_eq!(tables["induction"].len(), 2);
    assert_eq!(tables["induction_step"].len(), 2 * proposed(Kind::NewToPost).len());
    let begun = tables["event"].iter().filter(|event| format!("{event:?}").contains("BeginInduction")).count();
    assert_eq!(begun, 2, "one event for each newcomer");
    let other = Begin { once: "another form".to_owned(), ..begin };
    let again = inductions::begin(&college.desk(), cast.helen, &other).await;
    assert!(matches!(again, Err(Stop::Refused(InductionRefused::Running(_)))), "{again:?}");
}

/// R-IND-2 R-IND-3 R-IND-4 R-IND-10
#[tokio::test]
async fn what_is_refused_or_denied_leaves_nothing() {
    let college = College::new().await;
    let cast = cast(&college).await;
    let before = college.acted();
    let base = new(&college, (&[cast.uma, cast.sam], Kind::NewToPost), cast.priya);
    let day = |text: &str| text.parse().ok();
    let refused = [
        (Begin { newcomers: Vec::new(), ..base.clone() }, InductionRefused::NoNewcomer),
        (Begin { kind: None, ..base.clone() }, InductionRefused::NoKind),
        (Begin { starts: None, ..base.clone() }, InductionRefused::Day),
        (Begin { starts: day("2026-12-28"), ..base.clone() }, InductionRefused::NoTeaching),
        (Begin { mentor: None, ..base.clone() }, InductionRefused::NoMentor),
        (Begin { buddy: Some(cast.priya), ..base.clone() }, InductionRefused::SameTwo),
    ];
    for (begin, why) in refused {
        let done = inductions::begin(&college.desk(), cast.helen, &begin).await;
        assert!(matches!(&done, Err(Stop::Refused(refused)) if *refused == why), "{why:?}: {done:?}");
    }
    let long = Begin { kind: Some(Kind::NewlyQualified), ..base.clone() };
    let done = inductions::begin(&college.desk(), cast.helen, &long).await;
    assert!(matches!(done, Err(Stop::Refused(InductionRefused::TooLong { .. }))), "{done:?}");
    for mentor in [cast.ann, cast.uma, college.who("Ruth Adeyemi").await] {
        let done =
            inductions::begin(&college.desk(), cast.helen, &Begin { mentor: Some(mentor), ..base.clone() }).await;
        assert!(matches!(done, Err(Stop::Refused(InductionRefused::Mentor { .. }))), "{done:?}");
    }
    let role = Begin { kind: Some(Kind::NewPractitioner), buddy: Some(cast.tom), ..base.clone() };
    let done = inductions::begin(&college.desk(), cast.helen, &role).await;
    assert!(matches!(done, Err(Stop::Refused(InductionRefused::NotInTheRole(_)))), "{done:?}");
    for who in [cast.sam, cast.priya, college.who("Marek Nowicki").await] {
        assert_eq!(told(&inductions::begin(&college.desk(), who, &base).await), "denied");
    }
    let mixed = Begin { newcomers: vec![cast.sam, cast.tom], ..base };
    assert_eq!(told(&inductions::begin(&college.desk(), cast.ann, &mixed).await), "denied", "Tom is not in her line");
    assert_eq!(college.acted(), before);
}

/// R-IND-2 R-IND-7
#[tokio::test]
async fn whoever_the_newcomer_reports_to_begins_one_and_never_sees_inside() {
    let college = College::new().await;
    let cast = cast(&college).await;
    let begin = new(&college, (&[cast.sam], Kind::Trainee), cast.priya);
    inductions::begin(&college.desk(), cast.ann, &Begin { into_next: true, ..begin }).await.expect("begun");
    let id = mine(&college, cast.sam).await;
    let ruth = college.who("Ruth Adeyemi").await;
    for who in [cast.ann, ruth, cast.helen, cast.uma, cast.tom] {
        assert_eq!(look(&college.desk(), &college, (who, id)).await, "denied");
        assert_eq!(told(&inductions::take(&college.desk(), who, (id, 1, true)).await), "denied");
        assert_eq!(told(&inductions::end(&college.desk(), who, id).await), "denied");
    }
    for who in [cast.ann, ruth, cast.helen] {
        let seen = inductions::overview(&college.desk(), &college.facts(who).await).await.expect("seen");
        assert_eq!(seen.running.len(), 1);
    }
    let uma = inductions::overview(&college.desk(), &college.facts(cast.uma).await).await;
    assert_eq!(told(&uma), "denied");
}

/// R-IND-5 R-IND-6
#[tokio::test]
async fn newcomer_and_mentor_take_steps_and_the_mentor_notes_minutes_once() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    let id = begun(&college, &cast).await;
    let sam = college.facts(cast.sam).await;
    let steps = inductions::see(&desk, &sam, id).await.expect("seen").steps;
    let alone = steps.iter().find(|(_, step, _)| !step.company.with_mentor()).expect("a step alone or with a buddy").0;
    inductions::take(&desk, cast.sam, (id, alone, true)).await.expect("done");
    inductions::take(&desk, cast.priya, (id, 1, true)).await.expect("done together");
    assert_eq!(told(&inductions::take(&desk, cast.priya, (id, alone, false)).await), "denied", "not hers");
    assert_eq!(told(&inductions::take(&desk, cast.sam, (id, 99, true)).await), "denied", "no such step");
    let events = college.tables()["event"].len();
    inductions::take(&desk, cast.sam, (id, 1, true)).await.expect("done already");
    assert_eq!(college.tables()["event"].len(), events, "said twice it counts once");
    inductions::take(&desk, cast.sam, (id, 1, false)).await.expect("taken back");
    let seen = inductions::see(&desk, &college.facts(cast.priya).await, id).await.expect("seen");
    assert_eq!(seen.part, Part::Mentor);
    let done: Vec<i64> = seen.steps.iter().filter(|taken| taken.2.is_some()).map(|taken| taken.0).collect();
    assert_eq!(done, [alone]);
    let today = desk.today();
    for _ in 0..2 {
        inductions::note(&desk, cast.priya, (id, Minutes(30), today, "one note")).await.expect("noted");
    }
    let record = hours::own(&desk, &college.facts(cast.priya).await, 0).await.expect("a record");
    assert_eq!(record.entries.len(), 1);
    assert_eq!((record.entries[0].minutes, &record.entries[0].purposes[..]), (Minutes(30), &[Purpose::Induction][..]));
    assert_eq!(record.entries[0].with, None, "without a name");
    let long = inductions::note(&desk, cast.priya, (id, Minutes(481), today, "another")).await;
    assert!(matches!(long, Err(Stop::Refused(HoursRefused::Length))));
    assert_eq!(told(&inductions::note(&desk, cast.sam, (id, Minutes(30), today, "mine")).await), "denied");
}

/// R-IND-8
#[tokio::test]
async fn the_newcomer_alone_is_enough_to_end_it_and_then_it_is_over_for_whoever_went_along() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    let id = begun(&college, &cast).await;
    inductions::end(&desk, cast.sam, id).await.expect("over");
    assert_eq!(look(&desk, &college, (cast.priya, id)).await, "denied");
    assert_eq!(look(&desk, &college, (cast.sam, id)).await, "done");
    let late = inductions::take(&desk, cast.sam, (id, 1, true)).await;
    assert!(matches!(late, Err(Stop::Refused(InductionRefused::Over))), "{late:?}");
    let seen = inductions::overview(&desk, &college.facts(cast.helen).await).await.expect("seen");
    assert!(seen.running.is_empty());
}

/// R-IND-8 R-IND-12
#[tokio::test]
async fn it_ends_by_itself_and_is_deleted_twelve_months_later() {
    let college = College::new().await;
    let cast = cast(&college).await;
    begun(&college, &cast).await;
    let until =
        inductions::overview(&college.desk(), &college.facts(cast.helen).await).await.expect("seen").running[0].until;
    let days = |day: jiff::civil::Date| i64::from((day - college.desk().today()).get_days());
    let tend = async |day: i64| settling::tend(&college.later(day * 24)).await.expect("tended");
    assert!(!tend(days(until)).await, "still on its last day");
    assert!(tend(days(until) + 1).await);
    let ended = format!("{:?}", college.tables()["induction"]);
    assert!(ended.contains(&until.to_string()), "{ended}");
    assert!(!tend(days(until) + 360).await);
    assert!(tend(days(until) + 370).await);
    let tables = college.tables();
    assert!(tables["induction"].is_empty() && tables["induction_step"].is_empty());
}

/// R-IND-9
#[tokio::test]
async fn a_mentor_who_comes_to_stand_above_the_newcomer_is_parted_and_the_lead_is_told() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    let id = begun(&college, &cast).await;
    let marek = college.who("Marek Nowicki").await;
    let line = person::LineChange::Appraiser(Some(cast.priya));
    person::change_line(&desk, marek, (cast.sam, line, Some(desk.today()))).await.expect("changed");
    assert_eq!(look(&desk, &college, (cast.priya, id)).await, "denied", "at once");
    assert!(settling::tend(&desk).await.expect("tended"));
    assert!(!settling::tend(&desk).await.expect("tended"), "and once");
    board::recompute(&desk).await.expect("computed");
    let seen = board::see(&desk, &college.facts(cast.helen).await).await.expect("a board");
    let told_of = Alert::Unaccompanied { name: "Sam Okafor".to_owned(), missing: "mentor" };
    assert!(seen.alerts.contains(&told_of), "{:?}", seen.alerts);
    let again = inductions::name_companions(&desk, cast.helen, (id, Some(cast.priya), None)).await;
    assert!(matches!(again, Err(Stop::Refused(InductionRefused::Mentor { .. }))), "{again:?}");
    inductions::name_companions(&desk, cast.helen, (id, Some(cast.tom), None)).await.expect("named");
    assert_eq!(look(&desk, &college, (cast.tom, id)).await, "done");
    frame::stand_down(&desk, cast.helen, (cast.tom, Some(desk.today()))).await.expect("gave it up");
    assert_eq!(look(&desk, &college, (cast.tom, id)).await, "denied", "a mentor is in the role");
    assert!(settling::tend(&desk).await.expect("tended"));
    let other = inductions::name_companions(&desk, cast.sam, (id, Some(cast.priya), None)).await;
    assert_eq!(told(&other), "denied", "not by the newcomer");
}

/// R-IND-8
#[tokio::test]
async fn it_ends_when_the_newcomer_leaves() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    begun(&college, &cast).await;
    let marek = college.who("Marek Nowicki").await;
    actions::people::set_active(&desk, marek, (cast.sam, false)).await.expect("off");
    assert!(settling::tend(&desk).await.expect("tended"));
    let seen = inductions::overview(&desk, &college.facts(cast.helen).await).await.expect("seen");
    assert!(seen.running.is_empty());
}

/// R-IND-1
#[tokio::test]
async fn a_published_plan_counts_for_those_who_begin_afterwards() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    let before = begun(&college, &cast).await;
    let steps: Vec<Step> = proposed(Kind::NewToPost).into_iter().take(2).collect();
    let kind = Kind::NewToPost;
    induction_plans::publish(&desk, cast.helen, (kind, 0), steps.clone()).await.expect("published");
    let stale = induction_plans::publish(&desk, cast.helen, (kind, 0), steps.clone()).await;
    assert!(matches!(stale, Err(Stop::Refused(InductionRefused::Stale))), "{stale:?}");
    let same = induction_plans::publish(&desk, cast.helen, (kind, 1), steps.clone()).await;
    assert!(matches!(same, Err(Stop::Refused(InductionRefused::SamePlan))), "{same:?}");
    assert_eq!(told(&induction_plans::publish(&desk, cast.ann, (kind, 1), steps).await), "denied");
    let begin = new(&college, (&[cast.uma], kind), cast.priya);
    inductions::begin(&desk, cast.helen, &begin).await.expect("begun");
    let count = async |who: PersonId, id| {
        inductions::see(&desk, &college.facts(who).await, id).await.expect("seen").steps.len()
    };
    assert_eq!(count(cast.sam, before).await, proposed(kind).len());
    assert_eq!(count(cast.uma, mine(&college, cast.uma).await).await, 2);
}

/// R-IND-10 R-IND-11
#[tokio::test]
async fn somebody_new_in_the_role_is_told_to_the_lead_and_begins_slowly() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    board::recompute(&desk).await.expect("computed");
    let alerts = async |desk: &Desk| board::see(desk, &college.facts(cast.helen).await).await.expect("a board").alerts;
    let is_new = |alert: &Alert| matches!(alert, Alert::NewInTheRole { .. });
    assert!(!alerts(&desk).await.iter().any(is_new), "whoever was there from the start is not new");
    let week = college.later(7 * 24);
    let from = Some(week.today());
    frame::appoint(&week, cast.helen, (cast.uma, from)).await.expect("appointed");
    assert!(
        alerts(&week)
            .await
            .iter()
            .any(|alert| matches!(alert, Alert::NewInTheRole { person, .. } if *person == cast.uma))
    );
    let ramp = Some(Ramp([25, 50, 75, 100]));
    let begin = new(&college, (&[cast.uma], Kind::NewPractitioner), cast.tom);
    let begin = Begin { mentor: None, buddy: Some(cast.tom), ramp, starts: from, ..begin };
    let wrong = Begin { ramp: Some(Ramp([50, 25, 75, 100])), ..begin.clone() };
    let refused = inductions::begin(&week, cast.helen, &wrong).await;
    assert!(matches!(refused, Err(Stop::Refused(InductionRefused::Ramp))), "{refused:?}");
    inductions::begin(&week, cast.helen, &begin).await.expect("begun");
    assert!(!alerts(&week).await.iter().any(is_new));
}

/// R-IND-11
#[tokio::test]
async fn a_slow_start_lowers_the_plan_on_the_board_and_in_ones_own_record_and_can_be_taken_away() {
    let college = College::new().await;
    let (desk, cast) = (college.desk(), cast(&college).await);
    let own = async |desk: &Desk| hours::own_term(desk, &college.facts(cast.priya).await).await.expect("hours").1;
    let whole = own(&desk).await.plan;
    let ramp = Some((Some("2026-09-07".parse().expect("a day")), Ramp([25, 50, 75, 100])));
    assert_eq!(told(&settling::set_ramp(&desk, cast.ann, (cast.priya, ramp)).await), "denied");
    assert_eq!(told(&settling::set_ramp(&desk, cast.helen, (cast.sam, ramp)).await), "denied", "no practitioner");
    let wrong = Some((None, Ramp([25, 50, 75, 100])));
    assert_eq!(told(&settling::set_ramp(&desk, cast.helen, (cast.priya, wrong)).await), "refused");
    settling::set_ramp(&desk, cast.helen, (cast.priya, ramp)).await.expect("set");
    let slow = own(&desk).await;
    assert_eq!(slow.plan, Minutes(whole.0 * 600 / 1400));
    let facts = college.facts(cast.priya).await;
    let told_of = hours::slow_start(&desk, &facts, &slow).await.expect("readable");
    assert_eq!(told_of, Some(Slow { share: 50, below: true }), "nothing is noted yet");
    board::recompute(&desk).await.expect("computed");
    let rows = board::see(&desk, &college.facts(cast.helen).await).await.expect("a board").rows;
    let plan = |who: PersonId| rows.iter().find(|row| row.person == who).expect("a row").hours.plan;
    assert_eq!((plan(cast.priya), plan(cast.tom)), (slow.plan, whole));
    settling::set_ramp(&desk, cast.helen, (cast.priya, None)).await.expect("taken away");
    assert_eq!(own(&desk).await.plan, whole);
    assert_eq!(hours::slow_start(&desk, &facts, &slow).await.expect("readable"), None);
}

/// Every act of an induction with its one event, for `events.rs`.
pub async fn tell(college: &College, story: &mut Story<'_>) {
    let (desk, cast) = (college.desk(), cast(college).await);
    let (lead, mentor, newcomer) = (By::Person(cast.helen), By::Person(cast.priya), By::Person(cast.sam));
    let steps: Vec<Step> = proposed(Kind::NewToPost).into_iter().take(2).collect();
    let publish = async || induction_plans::publish(&desk, cast.helen, (Kind::NewToPost, 0), steps.clone()).await;
    story.tell("induction_plans::publish", &[("SetInductionPlan", lead)], publish).await;
    let begin = new(college, (&[cast.sam], Kind::NewToPost), cast.priya);
    let begin = async || inductions::begin(&desk, cast.helen, &begin).await;
    story.tell("inductions::begin", &[("BeginInduction", lead)], begin).await;
    let id = mine(college, cast.sam).await;
    let name = async || inductions::name_companions(&desk, cast.helen, (id, Some(cast.priya), Some(cast.uma))).await;
    story.tell("inductions::name_companions", &[("NameCompanions", lead)], name).await;
    let take = async || inductions::take(&desk, cast.sam, (id, 1, true)).await;
    story.tell("inductions::take", &[("TakeInductionStep", newcomer)], take).await;
    let note = async || inductions::note(&desk, cast.priya, (id, Minutes(30), desk.today(), "minutes")).await;
    story.tell("inductions::note", &[("NoteInductionTime", mentor)], note).await;
    let over = async || inductions::end(&desk, cast.priya, id).await;
    story.tell("inductions::end", &[("EndInduction", mentor)], over).await;
    let ramp = Some((Some(desk.today()), Ramp::PROPOSED));
    let slow = async || settling::set_ramp(&desk, cast.helen, (cast.priya, ramp)).await;
    story.tell("settling::set_ramp", &[("SetRemission", lead)], slow).await;
    let then = college.later(24 * 400);
    let tend = async || settling::tend(&then).await;
    assert!(story.tell("settling::tend", &[("KeepInductions", By::Machine)], tend).await);
}
