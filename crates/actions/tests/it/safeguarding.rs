//! What is passed to the safeguarding leads: to whom, what is refused, who is told and when, and its end.

use actions::desk::Stop;
use actions::disclosures::{self, Eye};
use actions::health;
use actions::safeguarding::{self, DisclosureRefused, NewDisclosure, SafeguardingRefused};
use domain::ids::{DisclosureId, PersonId};
use domain::people::Role;
use domain::staff_file::Staff;
use sealing::Refused;
use trial::{Cell, Maker};
use uuid::Uuid;

use crate::college::{College, somebody, staff, told};
use crate::two::{Two, keyed};

/// Sam and Priya, and a safeguarding lead with keys who has nothing to do with either.
pub struct Risk {
    pub two: Two,
    pub bethan: PersonId,
    pub bethans: Maker,
}

pub const TABLES: [&str; 4] = ["disclosure", "disclosure_recipient", "disclosure_grant", "disclosure_decision"];

fn with_lead() -> Staff {
    let mut staff = staff();
    staff.people.push(somebody("Bethan Pryce", &[Role::SafeguardingLead], Some(0)));
    staff
}

pub fn which(number: u128) -> DisclosureId {
    DisclosureId(Uuid::from_u128(number))
}

pub fn sealed_by(by: &Maker, id: DisclosureId) -> String {
    by.note_of("disclosure", &id.to_string(), (&id.to_string(), 1), (0, 512))
}

pub fn for_all(by: &Maker, id: DisclosureId, to: &[&Maker]) -> Vec<String> {
    to.iter().map(|one| by.grant((&id.to_string(), 0), &one.kid())).collect()
}

impl Risk {
    pub async fn new() -> Self {
        let two = Two::new().await;
        assert_eq!(told(&two.college.import(&with_lead()).await), "done");
        let bethan = two.college.who("Bethan Pryce").await;
        let bethans = keyed(&two.college, bethan).await;
        Self { two, bethan, bethans }
    }

    pub fn college(&self) -> &College {
        &self.two.college
    }

    /// What Priya passes on, told at once.
    pub fn open(&self, id: DisclosureId) -> NewDisclosure {
        let by = &self.two.priyas;
        NewDisclosure {
            id,
            category: "learner".to_owned(),
            is_unsafe: false,
            reason: String::new(),
            sealed: sealed_by(by, id),
            grants: for_all(by, id, &[by, &self.bethans, &self.two.sams]),
        }
    }

    /// The same, kept from Sam.
    pub fn kept(&self, id: DisclosureId) -> NewDisclosure {
        let grants = for_all(&self.two.priyas, id, &[&self.two.priyas, &self.bethans]);
        NewDisclosure { is_unsafe: true, reason: "harm".to_owned(), grants, ..self.open(id) }
    }

    pub async fn pass(&self, who: PersonId, new: &NewDisclosure) -> Result<(), DisclosureRefused> {
        match safeguarding::disclose(&self.college().desk(), (who, self.two.thread), new).await {
            Ok(()) => Ok(()),
            Err(Stop::Refused(refused)) => Err(refused),
            Err(other) => panic!("{other:?}"),
        }
    }

    pub async fn passed(&self, new: &NewDisclosure) {
        self.pass(self.two.priya, new).await.expect("passed on");
    }

    pub async fn own(&self, who: PersonId) -> usize {
        safeguarding::own(&self.college().desk(), &self.college().facts(who).await).await.expect("seen").len()
    }

    pub async fn sees(&self, who: PersonId, id: DisclosureId) -> &'static str {
        let (desk, me) = (self.college().desk(), self.college().facts(who).await);
        let (seen, read) = (disclosures::see(&desk, &me, id).await, disclosures::read(&desk, &me, id).await);
        assert_eq!(told(&seen), told(&read), "page and words alike");
        told(&seen)
    }

    pub fn rows(&self) -> Vec<usize> {
        let tables = self.college().tables();
        TABLES.iter().map(|table| tables[*table].len()).collect()
    }

    pub fn waits_for(&self, who: PersonId) -> Option<(i64, bool)> {
        let tables = self.college().tables();
        let row = tables["notice"].iter().find(|row| row["person"] == Cell::Bytes(who.0.as_bytes().to_vec()))?;
        let Cell::Number(due) = row["due_at"] else { panic!("{row:?}") };
        Some((due, row["mailed"] == Cell::Number(1)))
    }
}

/// R-SAF-1 R-SAF-2 R-SAF-3 R-SAF-4
#[tokio::test]
async fn the_leads_and_whom_it_is_about_read_what_was_passed_on_and_nobody_else_does() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    let desk = risk.college().desk();
    let offer = safeguarding::offer(&desk, &risk.college().facts(two.priya).await, two.thread).await.expect("seen");
    let leads: Vec<_> = offer.leads.iter().map(|lead| (lead.0, lead.2.is_some())).collect();
    assert_eq!((leads, offer.above, offer.other.0), (vec![(risk.bethan, true)], false, two.sam));
    let before = risk.college().tables()["event"].len();
    let new = risk.open(id);
    risk.passed(&new).await;
    risk.passed(&new).await;
    assert_eq!(risk.rows(), [1, 1, 3, 0], "once");
    assert_eq!(risk.college().tables()["event"].len(), before + 1, "one event");
    assert!(risk.waits_for(risk.bethan).is_some() && risk.waits_for(two.sam).is_some());
    let lead = disclosures::read(&desk, &risk.college().facts(risk.bethan).await, id).await.expect("read");
    let expected = sealing::Expected {
        thread: &id.to_string(),
        epoch: 0,
        by: &two.priya.to_string(),
        signed: &two.priyas.signing,
    };
    assert_eq!((lead.grants.len(), lead.grants[0].1), (1, two.priya));
    assert_eq!(sealing::Grant::read(&lead.grants[0].0, &expected).expect("as signed").to, risk.bethans.kid());
    assert_eq!((lead.by.0, lead.sealed, lead.tell.is_none()), (two.priya, new.sealed, true));
    for who in [two.sam, two.priya, risk.bethan] {
        assert_eq!(risk.sees(who, id).await, "done");
    }
    let subject = disclosures::see(&desk, &risk.college().facts(two.sam).await, id).await.expect("seen");
    assert_eq!((subject.eye, subject.decisions.len()), (Eye::Subject, 0));
    for name in ["Ann Price", "Ruth Adeyemi", "Helen Marsh", "Marek Nowicki", "Tom Birch", "Uma Roy"] {
        let other = risk.college().who(name).await;
        assert_eq!(risk.sees(other, id).await, "denied", "{name}");
        let facts = risk.college().facts(other).await;
        assert_eq!(told(&safeguarding::offer(&desk, &facts, two.thread).await), "denied", "{name}");
        assert_eq!(told(&safeguarding::disclose(&desk, (other, two.thread), &risk.open(which(2))).await), "denied");
        assert_eq!(told(&safeguarding::inbox(&desk, &facts).await), "denied", "{name}");
    }
    let inbox = safeguarding::inbox(&desk, &risk.college().facts(risk.bethan).await).await.expect("seen");
    assert_eq!((inbox.len(), inbox[0].subject.1.as_str()), (1, "Sam Okafor"));
}

/// R-SAF-1 R-SAF-3 R-SAF-4
#[tokio::test]
async fn what_is_not_sealed_for_exactly_those_who_are_due_is_refused_and_nothing_is_stored() {
    let risk = Risk::new().await;
    let (two, id) = (&risk.two, which(1));
    let (priyas, sams, bethans) = (&two.priyas, &two.sams, &risk.bethans);
    let stranger = Maker::new(&risk.bethan.to_string());
    let (open, kept) = (|| risk.open(id), || risk.kept(id));
    let sealed = DisclosureRefused::Sealed;
    let rule = DisclosureRefused::Rule;
    let all = |grants: Vec<String>| NewDisclosure { grants, ..open() };
    let unsafe_all = |grants: Vec<String>| NewDisclosure { grants, ..kept() };
    let note = priyas.note(&id.to_string(), (&id.to_string(), 1), (0, 512));
    let large = priyas.note_of("disclosure", &id.to_string(), (&id.to_string(), 1), (0, 128 * 1024));
    let thread = which(two.thread.0.as_u128());
    for (new, refused) in [
        (NewDisclosure { category: "gossip".to_owned(), ..open() }, rule(SafeguardingRefused::Category)),
        (NewDisclosure { reason: String::new(), ..kept() }, rule(SafeguardingRefused::Reason)),
        (NewDisclosure { sealed: "in the clear".to_owned(), ..open() }, sealed(Refused::Malformed)),
        (NewDisclosure { sealed: note, ..open() }, sealed(Refused::Context)),
        (NewDisclosure { sealed: sealed_by(priyas, which(2)), ..open() }, sealed(Refused::Context)),
        (NewDisclosure { sealed: sealed_by(sams, id), ..open() }, sealed(Refused::Context)),
        (NewDisclosure { sealed: large, ..open() }, sealed(Refused::Size)),
        (NewDisclosure { id: thread, ..open() }, sealed(Refused::Context)),
        // Nobody left out, nobody more, nobody's old key, and the subject exactly when they are told.
        (all(for_all(priyas, id, &[priyas, sams])), DisclosureRefused::Keys),
        (all(for_all(priyas, id, &[bethans, sams])), DisclosureRefused::Keys),
        (all(for_all(priyas, id, &[priyas, bethans])), DisclosureRefused::Keys),
        (all(for_all(priyas, id, &[priyas, bethans, sams, &stranger])), DisclosureRefused::Keys),
        (all(for_all(priyas, id, &[priyas, &stranger, sams])), DisclosureRefused::Keys),
        (all(for_all(priyas, id, &[priyas, bethans, bethans])), DisclosureRefused::Keys),
        (unsafe_all(for_all(priyas, id, &[priyas, bethans, sams])), DisclosureRefused::Keys),
        (all(Vec::new()), DisclosureRefused::Keys),
        // Grants of another disclosure, of another epoch, or by somebody else.
        (all(for_all(priyas, which(2), &[priyas, bethans, sams])), sealed(Refused::Context)),
        (all(vec![priyas.grant((&id.to_string(), 1), &bethans.kid())]), sealed(Refused::Context)),
        (all(for_all(sams, id, &[priyas, bethans, sams])), sealed(Refused::Signature)),
        (all(vec!["a grant".to_owned()]), sealed(Refused::Malformed)),
    ] {
        assert_eq!(risk.pass(two.priya, &new).await, Err(refused), "{new:?}");
    }
    assert_eq!(risk.rows(), [0, 0, 0, 0], "nothing is stored");
    assert!(risk.waits_for(risk.bethan).is_none(), "and nobody is told");
    let mine =
        NewDisclosure { sealed: sealed_by(sams, id), grants: for_all(sams, id, &[sams, bethans, priyas]), ..open() };
    assert_eq!(risk.pass(two.sam, &mine).await, Ok(()), "the teacher passes something on too");
    assert_eq!(risk.pass(two.priya, &open()).await, Err(sealed(Refused::Context)), "that is somebody else's");
    let rows = risk.college().tables().remove("disclosure_grant").unwrap_or_default();
    assert!(rows.iter().all(|row| !format!("{row:?}").contains("eyJhbGciOiJFUzI1NiI")), "under the outer layer");
}

/// R-SAF-2
#[tokio::test]
async fn a_lead_above_the_teacher_gets_it_only_when_nobody_else_can_open_it() {
    let mut risk = Risk::new().await;
    let mut above = with_lead();
    above.people[2].roles = [Role::HeadOfDepartment, Role::SafeguardingLead].into_iter().collect();
    above.people[4].roles = [Role::Teacher, Role::SafeguardingLead].into_iter().collect();
    assert_eq!(told(&risk.college().import(&above).await), "done");
    let (ann, uma) = (risk.college().who("Ann Price").await, risk.college().who("Uma Roy").await);
    let anns = keyed(risk.college(), ann).await;
    let offer = async |risk: &Risk| {
        let priya = risk.college().facts(risk.two.priya).await;
        let offer = safeguarding::offer(&risk.college().desk(), &priya, risk.two.thread).await.expect("seen");
        (offer.leads.iter().map(|lead| (lead.0, lead.2.is_some())).collect::<Vec<_>>(), offer.above)
    };
    assert_eq!(offer(&risk).await, (vec![(risk.bethan, true), (uma, false)], false), "Sam's manager is left out");
    risk.passed(&risk.open(which(1))).await;
    above.people[8].roles = [Role::Teacher].into_iter().collect();
    assert_eq!(told(&risk.college().import(&above).await), "done");
    assert_eq!(offer(&risk).await, (vec![(ann, true), (uma, false)], true), "and is the only one left");
    assert_eq!(risk.sees(risk.bethan, which(1)).await, "denied", "a lead no more");
    let to_bethan = risk.pass(risk.two.priya, &risk.open(which(2))).await;
    assert_eq!(to_bethan, Err(DisclosureRefused::Keys));
    risk.bethans = anns;
    risk.passed(&risk.open(which(2))).await;
    assert_eq!(risk.sees(ann, which(2)).await, "done");
    assert_eq!(risk.sees(ann, which(1)).await, "denied", "what went to others stays theirs");
}

/// R-SAF-2
#[tokio::test]
async fn without_a_lead_who_has_keys_only_the_telephone_is_left() {
    let two = Two::new().await;
    let college = &two.college;
    assert_eq!(told(&college.import(&with_lead()).await), "done");
    let id = which(1);
    let new = NewDisclosure {
        id,
        category: "duty".to_owned(),
        is_unsafe: false,
        reason: String::new(),
        sealed: sealed_by(&two.priyas, id),
        grants: for_all(&two.priyas, id, &[&two.priyas, &two.sams]),
    };
    let refused = safeguarding::disclose(&college.desk(), (two.priya, two.thread), &new).await;
    let no_lead = DisclosureRefused::Rule(SafeguardingRefused::NoLead);
    assert!(matches!(refused, Err(Stop::Refused(refused)) if refused == no_lead));
    let sentences = |findings: Vec<health::Finding>| findings.into_iter().map(|one| one.sentence).collect::<Vec<_>>();
    let says = async |words: &str| {
        let found = sentences(health::examine(&college.desk()).await.expect("examined"));
        assert!(found.iter().any(|sentence| sentence.contains(words)), "{found:?}");
    };
    says("No telephone number is entered").await;
    let (helen, marek) = (college.who("Helen Marsh").await, college.who("Marek Nowicki").await);
    let set = async |who, number: &'static str| {
        told(&safeguarding::set_route(&college.desk(), who, ("Safeguarding Lead", number)).await)
    };
    assert_eq!((set(two.priya, "01632 960118").await, set(helen, "no number").await), ("denied", "refused"));
    assert_eq!((set(helen, "01632 960118").await, set(marek, "01632 960119").await), ("done", "done"));
    let route = safeguarding::route(&college.desk()).await.expect("readable").expect("entered");
    assert_eq!(route.telephone, "01632 960119");
    says("No active safeguarding lead has made keys").await;
    keyed(college, college.who("Bethan Pryce").await).await;
    says("there is a number to call").await;
}
