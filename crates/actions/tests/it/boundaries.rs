//! Work outside the role and role targets: what each act leaves, and for whom something waits.

use actions::duties::{self, NewDuty};
use actions::role_targets;
use domain::duties::{Answer, DutyKind};
use domain::ids::{DutyId, PersonId, RoleTargetId};
use domain::minutes::Minutes;
use jiff::civil::Date;
use uuid::Uuid;

use crate::college::{College, told};
use crate::events::OF_BOUNDARIES;
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};
use trial::Cell;

fn duty(minutes: Option<i64>, raise: bool, once: &str) -> NewDuty {
    let day = "2026-11-23".parse().ok();
    let (kind, once) = (Some(DutyKind::Cover), once.to_owned());
    NewDuty { kind, day, took: minutes.map(Minutes), raise, once }
}

fn until(text: &str) -> Option<Date> {
    text.parse().ok()
}

async fn only(college: &College, who: PersonId) -> DutyId {
    let own = duties::own(&college.desk(), &college.facts(who).await).await.expect("one's own");
    own.all.first().expect("a duty").id
}

async fn target(college: &College, of: PersonId) -> RoleTargetId {
    let seen = role_targets::see(&college.desk(), &college.facts(of).await, of).await.expect("seen");
    seen.current.first().expect("a target").id
}

/// R-BOU-2, R-BOU-3, R-BOU-4, R-BOU-5
#[tokio::test]
async fn every_act_at_the_edges_of_the_role_writes_its_event() {
    let college = College::new().await;
    let (priya, helen) = (college.who("Priya Nair").await, college.who("Helen Marsh").await);
    let (me, lead, desk) = (By::Person(priya), By::Person(helen), college.desk());
    let mut story = Story::begin(&college).await;
    let note = async || duties::note(&desk, priya, &duty(Some(60), false, "one")).await;
    story.tell("duties::note", &[("NoteDuty", me)], note).await;
    let which = only(&college, priya).await;
    let raise = async || duties::raise(&desk, priya, (which, true)).await;
    story.tell("duties::raise", &[("RaiseDuty", me)], raise).await;
    let answer = async || duties::answer(&desk, helen, (which, Some(Answer::Outside))).await;
    story.tell("duties::answer", &[("AnswerDuty", lead)], answer).await;
    let remove = async || duties::remove(&desk, priya, which).await;
    story.tell("duties::remove", &[("RemoveDuty", me)], remove).await;
    let new = ("Two communities that meet", until("2027-07-01"), "one");
    let propose = async || role_targets::propose(&desk, (helen, priya), new).await;
    story.tell("role_targets::propose", &[("ProposeRoleTarget", lead)], propose).await;
    let which = target(&college, priya).await;
    let agree = async || role_targets::agree(&desk, (priya, priya), which).await;
    story.tell("role_targets::agree", &[("AgreeRoleTarget", me)], agree).await;
    let end = async || role_targets::end(&desk, (priya, priya), which).await;
    story.tell("role_targets::end", &[("EndRoleTarget", me)], end).await;
    assert_eq!(story.told, OF_BOUNDARIES.map(str::to_owned).into());
}

/// R-BOU-2, R-BOU-3, R-BOU-4
#[tokio::test]
async fn a_duty_is_its_owners_and_what_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    duties::note(&desk, cast.priya, &duty(Some(60), false, "one")).await.expect("noted");
    let which = only(&college, cast.priya).await;
    let still = Still::of(&college);
    for who in [cast.sam, cast.ann, cast.helen, cast.marek] {
        still.stays("noting", "denied", duties::note(&desk, who, &duty(Some(5), true, "two"))).await;
    }
    for who in cast.all().into_iter().filter(|who| *who != cast.priya) {
        still.stays("taking out", "denied", duties::remove(&desk, who, which)).await;
        assert_ne!(told(&duties::raise(&desk, who, (which, true)).await), "done");
    }
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("answering", "denied", duties::answer(&desk, who, (which, Some(Answer::Once)))).await;
        assert_eq!(told(&duties::raised(&desk, &college.facts(who).await).await), "denied");
    }
    let (helen, once) = (cast.helen, Some(Answer::Once));
    still.stays("not raised", "refused", duties::answer(&desk, helen, (which, once))).await;
    still.stays("no answer", "refused", duties::answer(&desk, helen, (which, None))).await;
    still.stays("nothing there", "refused", duties::answer(&desk, helen, (DutyId(Uuid::nil()), once))).await;
    still.stays("too long", "refused", duties::note(&desk, cast.priya, &duty(Some(481), false, "x"))).await;
    let vague = NewDuty { kind: None, ..duty(None, false, "x") };
    still.stays("no kind", "refused", duties::note(&desk, cast.priya, &vague)).await;
    let tomorrow = NewDuty { day: until("2026-11-25"), ..duty(None, false, "x") };
    still.stays("tomorrow", "refused", duties::note(&desk, cast.priya, &tomorrow)).await;
    still.stays("sent twice", "done", duties::note(&desk, cast.priya, &duty(Some(60), false, "one"))).await;
}

/// R-BOU-3, R-BOU-4: what is raised waits for the leads, what is answered for whoever raised it, and for nobody else.
#[tokio::test]
async fn raising_waits_for_the_lead_and_the_answer_for_the_practitioner() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let waiting = || -> Vec<Cell> { college.tables()["notice"].iter().map(|row| row["person"].clone()).collect() };
    duties::note(&desk, cast.priya, &duty(None, false, "one")).await.expect("noted");
    assert!(waiting().is_empty(), "what is one's own waits for nobody");
    duties::note(&desk, cast.priya, &duty(Some(60), true, "two")).await.expect("raised");
    assert_eq!(waiting().len(), 1);
    let raised = duties::raised(&desk, &college.facts(cast.helen).await).await.expect("seen");
    assert_eq!(raised.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Priya Nair"]);
    let which = raised.first().expect("one").duty.id;
    duties::answer(&desk, cast.helen, (which, Some(Answer::Outside))).await.expect("answered");
    assert_eq!(waiting().len(), 2);
}

/// R-BOU-5, R-BOU-6, R-BOU-7
#[tokio::test]
async fn a_role_target_is_agreed_by_the_other_one_and_only_then_reaches_the_appraiser() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, priya, helen) = (college.desk(), cast.priya, cast.helen);
    let marek = cast.marek;
    let change = actions::person::LineChange::Appraiser(Some(cast.ann));
    actions::person::change_line(&desk, marek, (priya, change, Some(desk.today()))).await.expect("appraised");
    let ann = college.facts(cast.ann).await;
    let new = |text: &'static str| (text, until("2027-07-01"), text);
    for who in cast.all().into_iter().filter(|who| ![priya, helen].contains(who)) {
        let theirs = role_targets::propose(&desk, (who, priya), new("Theirs")).await;
        assert_eq!(told(&theirs), "denied");
        assert_eq!(told(&role_targets::see(&desk, &college.facts(who).await, priya).await), "denied");
    }
    role_targets::propose(&desk, (helen, priya), new("Two communities")).await.expect("proposed");
    let which = target(&college, priya).await;
    let received = async || {
        let all = role_targets::received(&desk, &ann).await.expect("received");
        all.into_iter().map(|(name, targets)| (name, targets.len())).collect::<Vec<_>>()
    };
    assert_eq!(received().await, [("Priya Nair".to_owned(), 0)], "what is proposed reaches nobody else");
    assert_eq!(told(&role_targets::agree(&desk, (helen, priya), which).await), "refused", "her own");
    role_targets::agree(&desk, (priya, priya), which).await.expect("agreed");
    assert_eq!(told(&role_targets::agree(&desk, (priya, priya), which).await), "refused", "once");
    assert_eq!(received().await, [("Priya Nair".to_owned(), 1)]);
    assert!(role_targets::received(&desk, &college.facts(cast.sam).await).await.expect("nothing").is_empty());
    role_targets::end(&desk, (helen, priya), which).await.expect("over");
    assert_eq!(received().await, [("Priya Nair".to_owned(), 0)]);
    assert_eq!(told(&role_targets::end(&desk, (helen, priya), which).await), "refused", "it is over");
    for number in 0..6 {
        let text = format!("Number {number}");
        let new = (text.as_str(), until("2027-07-01"), text.as_str());
        role_targets::propose(&desk, (priya, priya), new).await.expect("proposed");
    }
    let still = Still::of(&college);
    still.stays("a seventh", "refused", role_targets::propose(&desk, (priya, priya), new("More"))).await;
    still.stays("no day", "refused", role_targets::propose(&desk, (helen, priya), ("Text", None, "x"))).await;
    let on = college.later(24 * 250);
    let over = role_targets::see(&on, &college.facts(priya).await, priya).await.expect("seen");
    assert!(over.current.is_empty(), "their day has passed");
}
