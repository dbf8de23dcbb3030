//! What the gate is told: the whole line upwards, who leads teachers, whom an entry names.

use domain::ids::PersonId;
use domain::people::Role::{self, HeadOfDepartment, Practitioner, ProgrammeLead, Teacher};
use domain::relations::{Strand, change};
use policies::acts::{DeactivatePerson, RemoveOwnName};
use policies::facts::{PersonFacts, ProgrammeFacts};
use store::{Care, Db, facts, hours, people, relations};

use crate::college::{House, today};

/// A college with nobody in it.
struct Chart {
    house: House,
    facts: ProgrammeFacts,
}

impl Chart {
    async fn new() -> Self {
        let house = House::new().await;
        let db = house.write().await;
        let facts = house.empty_college(&db).await;
        db.commit().await.expect("commit");
        Self { house, facts }
    }

    /// Ends an import.
    async fn imported(&self, db: Db) {
        people::imported(&db, &self.house.import(&self.facts), today()).await.expect("said");
        db.commit().await.expect("commit");
    }

    async fn add(&self, name: &str, roles: &[Role], manager: Option<PersonId>) -> PersonId {
        let db = self.house.write().await;
        let person = self.house.staff(&db, &self.facts, (name, roles), manager).await;
        self.imported(db).await;
        person
    }

    async fn move_under(&self, person: PersonId, manager: Option<PersonId>) {
        let (db, permit) = (self.house.write().await, self.house.import(&self.facts));
        people::set_line(&db, &permit, person, (manager, None)).await.expect("a line");
        self.imported(db).await;
    }

    async fn person(&self, person: PersonId) -> PersonFacts {
        self.house.person(&self.house.store.read(), self.facts.institution, person).await
    }

    async fn managers(&self, person: PersonId) -> Vec<PersonId> {
        let mut managers = self.person(person).await.managers;
        managers.sort_unstable();
        managers
    }

    async fn leads_teachers(&self, person: PersonId) -> bool {
        self.person(person).await.leads_teachers
    }
}

fn sorted<const N: usize>(mut all: [PersonId; N]) -> Vec<PersonId> {
    all.sort_unstable();
    all.to_vec()
}

#[tokio::test]
async fn the_line_is_everybody_upwards_and_nobody_else() {
    let chart = Chart::new().await;
    let principal = chart.add("Ruth Adeyemi", &[Role::SeniorLeader], None).await;
    let head = chart.add("Ann Price", &[HeadOfDepartment], Some(principal)).await;
    let deputy = chart.add("Bo Lund", &[Teacher], Some(head)).await;
    let teacher = chart.add("Sam Okafor", &[Teacher], Some(deputy)).await;
    let colleague = chart.add("Uma Roy", &[Teacher], Some(deputy)).await;
    assert_eq!(chart.managers(teacher).await, sorted([deputy, head, principal]));
    assert_eq!(chart.managers(colleague).await, sorted([deputy, head, principal]));
    assert_eq!(chart.managers(head).await, [principal]);
    assert_eq!(chart.managers(principal).await, []);
    chart.move_under(deputy, None).await;
    assert_eq!(chart.managers(teacher).await, [deputy]);
}

#[tokio::test]
async fn a_circle_in_the_line_ends() {
    let chart = Chart::new().await;
    let one = chart.add("Ann Price", &[ProgrammeLead], None).await;
    let two = chart.add("Bo Lund", &[ProgrammeLead], Some(one)).await;
    let below = chart.add("Sam Okafor", &[Teacher], Some(two)).await;
    chart.move_under(one, Some(two)).await;
    assert_eq!(chart.managers(below).await, sorted([one, two]));
    assert_eq!(chart.managers(one).await, sorted([one, two]));
    assert!(chart.leads_teachers(one).await && chart.leads_teachers(two).await);
    chart.move_under(below, Some(below)).await;
    assert_eq!(chart.managers(below).await, [below]);
    assert!(!chart.leads_teachers(one).await);
}

/// R-BRD-3
#[tokio::test]
async fn a_lead_leads_teachers_when_one_stands_anywhere_below() {
    let chart = Chart::new().await;
    let lead = chart.add("Helen Marsh", &[ProgrammeLead], None).await;
    assert!(!chart.leads_teachers(lead).await);
    let practitioner = chart.add("Priya Nair", &[Practitioner, Teacher], Some(lead)).await;
    assert!(!chart.leads_teachers(lead).await, "practitioners do not count");
    let administrator = chart.add("Marek Nowicki", &[Role::Administrator], Some(lead)).await;
    assert!(!chart.leads_teachers(lead).await, "nor do those who do not teach");
    let teacher = chart.add("Sam Okafor", &[Teacher], Some(practitioner)).await;
    assert!(chart.leads_teachers(lead).await, "two steps below");
    chart.move_under(teacher, Some(administrator)).await;
    assert!(chart.leads_teachers(lead).await, "whoever stands between");
    chart.move_under(teacher, None).await;
    assert!(!chart.leads_teachers(lead).await);
}

/// R-BRD-3
#[tokio::test]
async fn a_teacher_whose_account_is_off_is_led_by_nobody() {
    let chart = Chart::new().await;
    let lead = chart.add("Helen Marsh", &[ProgrammeLead], None).await;
    let teacher = chart.add("Sam Okafor", &[Teacher], Some(lead)).await;
    let administrator = chart.add("Marek Nowicki", &[Role::Administrator], None).await;
    assert!(chart.leads_teachers(lead).await);
    let (me, other) = (chart.person(administrator).await, chart.person(teacher).await);
    let db = chart.house.write().await;
    let off = chart.house.permit::<DeactivatePerson>(&me, &other, &());
    let history = relations::for_change(&db, &off).await.expect("a history");
    let history = change(&history, Strand::Account, None, today());
    relations::save(&db, &off, &history, today()).await.expect("off");
    db.commit().await.expect("commit");
    assert!(!chart.leads_teachers(lead).await);
}

#[tokio::test]
async fn a_thread_tells_the_teachers_line_and_appraiser_of_today() {
    let house = House::new().await;
    let college = house.college().await;
    let of = async || {
        let db = house.store.read();
        facts::thread(&db, &college.facts, college.thread).await.expect("readable").expect("a thread")
    };
    let before = of().await;
    assert_eq!((before.teacher, before.practitioner), (college.teacher, college.practitioner));
    assert_eq!(before.appraiser_of_teacher, Some(college.manager));
    let mut line = before.managers_of_teacher.clone();
    line.sort_unstable();
    assert_eq!(line, sorted([college.manager, college.lead]));
    let line = (Some(college.practitioner), Some(college.practitioner));
    let (db, permit) = (house.write().await, house.import(&college.facts));
    people::set_line(&db, &permit, college.teacher, line).await.expect("a new line");
    people::imported(&db, &permit, today()).await.expect("said");
    db.commit().await.expect("commit");
    let after = of().await;
    assert!(after.managers_of_teacher.contains(&college.practitioner));
    assert_eq!(after.appraiser_of_teacher, Some(college.practitioner));
}

/// R-HRS-3
#[tokio::test]
async fn an_entry_names_a_colleague_only_when_one_was_named_in_it() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let institution = college.facts.institution;
    let of = async |db: &Db, id| facts::entry(db, institution, id).await.expect("readable").expect("an entry");
    let named = of(&db, college.named).await;
    assert_eq!((named.owner, named.named), (college.practitioner, Some(college.teacher)));
    let held = of(&db, college.held).await;
    assert_eq!((held.owner, held.named), (college.practitioner, None), "a meeting's hours are no note");
    let teacher = house.person(&db, institution, college.teacher).await;
    let permit = house.permit::<RemoveOwnName>(&teacher, &named, &());
    hours::remove_name(&db, &permit).await.expect("forgotten");
    let after = of(&db, college.named).await;
    assert_eq!((after.owner, after.named), (college.practitioner, None));
}

#[tokio::test]
async fn a_noted_conversation_is_no_thread() {
    let house = House::new().await;
    let college = house.college().await;
    let sql = house.sql();
    let noted: Vec<(uuid::Uuid,)> = sql.rows("SELECT id FROM thread WHERE stage = 'noted'");
    let noted = noted.first().expect("a noted conversation").0.into();
    let found = facts::thread(&house.store.read(), &college.facts, noted).await.expect("readable");
    assert_eq!(found, None);
}

#[tokio::test]
async fn a_list_of_staff_is_ordered_by_folded_names() {
    let chart = Chart::new().await;
    let administrator = chart.add("Marek Nowicki", &[Role::Administrator], None).await;
    for name in ["zoë Bell", "Ann Price", "anna Lund", "ÉMILE Roy", "émilie Roy"] {
        chart.add(name, &[Teacher], None).await;
    }
    let (me, db) = (chart.person(administrator).await, chart.house.store.read());
    let members = people::members(&db, &chart.house.permit(&me, &chart.facts, &())).await.expect("a list");
    let names: Vec<&str> = members.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Ann Price", "anna Lund", "Marek Nowicki", "zoë Bell", "ÉMILE Roy", "émilie Roy"]);
}

#[tokio::test]
async fn a_change_made_by_another_process_is_seen_at_the_next_look() {
    let chart = Chart::new().await;
    let lead = chart.add("Helen Marsh", &[ProgrammeLead], None).await;
    let teacher = chart.add("Sam Okafor", &[Teacher], None).await;
    let other = chart.house.place.store(Care::Sample).await;
    let institution = chart.facts.institution;
    let managers = async || {
        let facts = facts::person(&other.read(), institution, teacher).await;
        facts.expect("readable").expect("somebody").managers
    };
    assert_eq!(managers().await, []);
    chart.move_under(teacher, Some(lead)).await;
    assert_eq!(managers().await, [lead]);
}

#[tokio::test]
async fn a_change_that_was_not_committed_is_seen_by_nobody() {
    let chart = Chart::new().await;
    let lead = chart.add("Helen Marsh", &[ProgrammeLead], None).await;
    let teacher = chart.add("Sam Okafor", &[Teacher], None).await;
    let (db, permit) = (chart.house.write().await, chart.house.import(&chart.facts));
    people::set_line(&db, &permit, teacher, (Some(lead), None)).await.expect("a line");
    people::imported(&db, &permit, today()).await.expect("said");
    let inside = chart.house.person(&db, chart.facts.institution, teacher).await;
    assert_eq!(inside.managers, [lead], "who changed it sees it");
    assert_eq!(chart.managers(teacher).await, []);
    drop(db);
    assert_eq!(chart.managers(teacher).await, []);
    // The next change has the number that the dropped one would have had.
    let head = chart.add("Ann Price", &[HeadOfDepartment], None).await;
    assert_eq!((chart.managers(teacher).await, chart.managers(head).await), (vec![], vec![]));
}
