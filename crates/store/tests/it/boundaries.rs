//! Work outside the role and role targets: whose they are, and who reads what.

use domain::duties::{Answer, DutyKind};
use domain::ids::{DutyId, RoleTargetId};
use domain::minutes::Minutes;
use jiff::civil::Date;
use policies::acts::{
    AgreeRoleTarget, AnswerDuty, EndRoleTarget, NoteDuty, ProposeRoleTarget, RaiseDuty, RemoveDuty, SeeOwnHours,
    SeeRaisedDuties, SeeRoleTargets,
};
use policies::facts::PersonFacts;
use store::duties::Duty;
use store::role_targets::RoleTarget;
use store::{Db, duties, facts, role_targets};
use uuid::Uuid;

use crate::college::{College, House, now, today};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn duty(id: Uuid) -> Duty {
    let (took, kind) = (Some(Minutes(60)), DutyKind::Cover);
    Duty { id: DutyId(id), day: today(), kind, took, raised: false, answer: None }
}

fn target(id: Uuid) -> RoleTarget {
    let text = "Two communities that meet".to_owned();
    RoleTarget { id: RoleTargetId(id), text, until: day("2027-07-01"), by_lead: true, agreed: None, ended: None }
}

/// One of each.
pub async fn fill(house: &House, db: &Db, (college, lead, practitioner): (&College, &PersonFacts, &PersonFacts)) {
    let own = facts::practice(college.facts.institution, practitioner.id);
    let note = house.permit::<NoteDuty>(practitioner, &own, &());
    duties::note(db, &note, &duty(house.fresh()), now()).await.expect("noted");
    let propose = house.permit::<ProposeRoleTarget>(lead, practitioner, &());
    role_targets::propose(db, &propose, &target(house.fresh()), now()).await.expect("proposed");
}

/// R-BOU-3, R-BOU-4
#[tokio::test]
async fn a_duty_is_read_by_a_lead_only_while_it_is_raised_and_answered_once() {
    let house = House::new().await;
    let college = house.college().await;
    let read = house.store.read();
    let lead = house.person(&read, college.facts.institution, college.lead).await;
    let practitioner = house.person(&read, college.facts.institution, college.practitioner).await;
    let own = facts::practice(college.facts.institution, college.practitioner);
    let see = house.permit::<SeeOwnHours>(&practitioner, &own, &());
    let mine = async || duties::own(&house.store.read(), &see, (Date::ZERO, Date::MAX)).await.expect("readable");
    let raised = house.permit::<SeeRaisedDuties>(&lead, &college.facts, &());
    let seen = async || duties::raised(&house.store.read(), &raised).await.expect("readable").len();
    let which = mine().await.first().expect("a duty").id;
    assert_eq!(seen().await, 0, "what is not raised is seen by nobody");
    let raise = house.permit::<RaiseDuty>(&practitioner, &own, &());
    let change = async |when| {
        let db = house.write().await;
        let done = duties::raise(&db, &raise, (which, when)).await.expect("done");
        db.commit().await.expect("commit");
        done
    };
    assert!(change(Some(now())).await);
    assert!(!change(Some(now())).await, "once");
    assert_eq!(seen().await, 1);
    assert!(change(None).await, "taken back");
    assert_eq!(seen().await, 0);
    assert!(change(Some(now())).await);
    let answer = house.permit::<AnswerDuty>(&lead, &college.facts, &());
    let db = house.write().await;
    let whose = duties::answer(&db, &answer, (which, Answer::Outside)).await.expect("answered");
    assert_eq!(whose, Some(college.practitioner));
    assert_eq!(duties::answer(&db, &answer, (which, Answer::Once)).await.expect("asked"), None, "once");
    db.commit().await.expect("commit");
    assert!(!change(None).await, "what was answered stays");
    assert_eq!(mine().await.first().and_then(|one| one.answer), Some(Answer::Outside));
    let remove = house.permit::<RemoveDuty>(&practitioner, &own, &());
    let db = house.write().await;
    assert!(duties::remove(&db, &remove, which).await.expect("removed"));
    assert!(!duties::remove(&db, &remove, which).await.expect("asked"));
    db.commit().await.expect("commit");
    assert_eq!((mine().await.len(), seen().await), (0, 0));
}

/// R-BOU-5, R-BOU-7
#[tokio::test]
async fn a_proposal_that_is_ended_is_gone_and_what_was_agreed_stays_readable() {
    let house = House::new().await;
    let college = house.college().await;
    let read = house.store.read();
    let lead = house.person(&read, college.facts.institution, college.lead).await;
    let practitioner = house.person(&read, college.facts.institution, college.practitioner).await;
    let see = house.permit::<SeeRoleTargets>(&practitioner, &practitioner, &());
    let all = async || role_targets::see(&house.store.read(), &see).await.expect("readable");
    let first = all().await.remove(0);
    let db = house.write().await;
    let end = house.permit::<EndRoleTarget>(&lead, &practitioner, &());
    role_targets::end(&db, &end, &first, today()).await.expect("ended");
    let second = target(house.fresh());
    let propose = house.permit::<ProposeRoleTarget>(&lead, &practitioner, &());
    role_targets::propose(&db, &propose, &second, now()).await.expect("proposed");
    let agree = house.permit::<AgreeRoleTarget>(&practitioner, &practitioner, &());
    role_targets::agree(&db, &agree, second.id, today()).await.expect("agreed");
    db.commit().await.expect("commit");
    let agreed = all().await.remove(0);
    assert_eq!((agreed.id, agreed.agreed, agreed.is_over(today())), (second.id, Some(today()), false));
    assert!(agreed.is_over(day("2027-07-02")), "its day has passed");
    let db = house.write().await;
    role_targets::end(&db, &end, &agreed, today()).await.expect("ended");
    db.commit().await.expect("commit");
    let left: Vec<_> = all().await.into_iter().map(|one| (one.id, one.ended)).collect();
    assert_eq!(left, [(second.id, Some(today()))]);
}
