//! What was passed to a safeguarding lead, as the store holds it: texts that it does not look into.

use domain::ids::{DisclosureId, PersonId};
use domain::people::Role;
use domain::safeguarding::{Category, Reason, Route};
use policies::acts::{Disclose, EscalateDisclosures, ReadDisclosure, ReviewDisclosure, SeeOwnSupport, SetSafeguarding};
use policies::facts::{Actor, Job, PersonFacts};
use store::disclosures::{self, Grant};
use store::keys::Public;
use store::safeguarding::{self, New};
use store::{Care, Db, facts};

use crate::college::{College, House, now, roles, today};

/// The lead of the test's college, as a safeguarding lead.
async fn lead(house: &House, db: &Db, college: &College) -> PersonFacts {
    let lead = house.person(db, college.facts.institution, college.lead).await;
    PersonFacts { roles: roles(&[Role::SafeguardingLead, Role::ProgrammeLead]), ..lead }
}

/// The practitioner passes something on about the teacher, who may not know; the lead has opened it, and decided.
pub async fn fill(house: &House, db: &Db, college: &College) {
    let institution = college.facts.institution;
    let practitioner = house.person(db, institution, college.practitioner).await;
    let lead = lead(house, db, college).await;
    let route = Route { name: "Lead".to_owned(), telephone: "01632 960118".to_owned() };
    let set = house.permit::<SetSafeguarding>(&lead, &college.facts, &());
    safeguarding::set_route(db, &set, &route).await.expect("a route");
    safeguarding::set_route(db, &set, &route).await.expect("again");
    let on = facts::thread(db, &college.facts, college.thread).await.expect("readable").expect("a thread");
    let disclose = house.permit::<Disclose>(&practitioner, &on, &());
    let which: DisclosureId = house.fresh();
    let new = New {
        id: which,
        subject: college.teacher,
        recipients: vec![college.lead],
        category: Category::Learner,
        kept_back: Some((Reason::Harm, today())),
        made: now(),
        sealed: "sealed".to_owned(),
    };
    safeguarding::insert(db, &disclose, &new).await.expect("passed on");
    let text = |text: &str| text.to_owned();
    let grant = Grant {
        person: college.lead,
        kid: text("kid"),
        giver: college.practitioner,
        giver_keys: Public { kid: text("kid"), sealing: text("{}"), signing: text("{}") },
        wrapped: text("wrapped"),
    };
    disclosures::grant(db, &disclose, (which, &grant)).await.expect("a grant");
    let of = facts::disclosure(db, institution, which).await.expect("readable").expect("there");
    let read = house.permit::<ReadDisclosure>(&lead, &of, &());
    assert!(disclosures::open(db, &read, (college.lead, today())).await.expect("opened"));
    assert!(!disclosures::open(db, &read, (college.lead, today())).await.expect("once"));
    let review = house.permit::<ReviewDisclosure>(&lead, &of, &());
    disclosures::decide(db, &review, (college.lead, today(), Some(Reason::Harm))).await.expect("decided");
    disclosures::keep_back(db, &review, (Reason::Pressure, today())).await.expect("kept back");
}

async fn own(house: &House, db: &Db, college: &College, who: PersonId) -> usize {
    let person = house.person(db, college.facts.institution, who).await;
    let permit = house.permit::<SeeOwnSupport>(&person, &person, &());
    safeguarding::own(db, &permit).await.expect("readable").len()
}

/// R-SAF-5, R-SAF-7
#[tokio::test]
async fn what_is_kept_back_is_read_by_the_lead_and_not_by_whom_it_is_about() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let lead = lead(&house, &db, &college).await;
    let inbox = safeguarding::inbox(&db, &house.permit(&lead, &college.facts, &())).await.expect("readable");
    let [one] = &inbox[..] else { panic!("one is there: {inbox:?}") };
    assert!(one.is_unsafe() && one.kept_back == Some((Reason::Pressure, today())));
    assert_eq!((one.discloser.0, one.subject.0), (college.practitioner, college.teacher));
    assert_eq!(one.opened.as_ref().map(|(_, who)| who.0), Some(college.lead));
    assert!(!one.recipients[0].is_lead, "by the chart she is none");
    assert_eq!(own(&house, &db, &college, college.practitioner).await, 1);
    assert_eq!(own(&house, &db, &college, college.teacher).await, 0, "not while telling is unsafe");
    let of = facts::disclosure(&db, college.facts.institution, one.id).await.expect("readable").expect("there");
    assert_eq!(of, one.facts(college.facts.institution));
    let tell = house.permit(&lead, &of, &());
    disclosures::tell(&db, &tell, today()).await.expect("told");
    assert_eq!(own(&house, &db, &college, college.teacher).await, 1);
    let job = Actor::Job(Job::Tidy);
    let watch = house.gate.permit::<EscalateDisclosures>(&job, &college.facts, &()).expect("allowed");
    assert!(disclosures::watched(&db, &watch).await.expect("readable").is_empty(), "opened and told");
    let close = house.permit(&lead, &of, &());
    disclosures::close(&db, &close, house.fresh()).await.expect("closed");
    db.commit().await.expect("saved");
    for table in ["disclosure", "disclosure_recipient", "disclosure_grant", "disclosure_decision"] {
        assert_eq!(house.sql().number(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}

/// R-SAF-7
#[tokio::test]
async fn one_institutions_disclosures_are_nothing_in_another() {
    let (house, away) = (House::new().await, House::from(1_000_000).await);
    let (one, other) = (house.college().await, away.college().await);
    away.store.clone().close().await.expect("closed");
    house.place.bring_over(&away.place);
    let store = house.place.store(Care::Sample).await;
    let db = store.read();
    let here = lead(&house, &db, &one).await;
    let inbox = safeguarding::inbox(&db, &house.permit(&here, &one.facts, &())).await.expect("readable");
    assert_eq!(inbox.len(), 1);
    let there = facts::disclosure(&db, other.facts.institution, inbox[0].id).await.expect("readable");
    assert_eq!(there, None);
    assert!(facts::disclosure(&db, one.facts.institution, inbox[0].id).await.expect("readable").is_some());
}
