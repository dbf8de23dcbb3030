//! What an import or a switched-off account does and says is the same whether or not somebody asked for support.

use actions::desk::{Never, Stop};
use actions::staff::Imported;
use actions::{accounts, board, directory, mail, people, threads};
use domain::people::Role;
use domain::staff_file::Staff;
use domain::support::Party;

use crate::college::{College, slot, staff, told};
use trial::{Cell, Row, Tables};

/// Tables about support; everything else is the same in both colleges, event for event.
const SUPPORT: [&str; 15] = [
    "thread",
    "participant",
    "sealed_participant",
    "sealed_entry",
    // Counts on with every act; nobody but whoever holds the database sees it.
    "audit_entry",
    "thread_theme",
    "meeting",
    "offer",
    "hours_entry",
    "entry_purpose",
    "entry_theme",
    "entry_thread",
    "avoidance",
    "thread_look",
    // For whom something is waiting: the two themselves.
    "notice",
];

pub fn apart_from_support(tables: &Tables) -> Tables {
    let outside = |row: &Row| row.get("number").is_none_or(|number| *number == Cell::Null);
    let mut rest = tables.clone();
    rest.retain(|name, _| !SUPPORT.contains(&name.as_str()));
    if let Some(events) = rest.get_mut("event") {
        events.retain(outside);
    }
    rest
}

/// Two colleges: in the one, Sam asked Priya and they agreed on a time.
pub async fn two() -> [College; 2] {
    let (with, without) = (College::new().await, College::new().await);
    for college in [&with, &without] {
        assert!(board::recompute(&college.desk()).await.expect("computed"));
    }
    let (sam, priya) = (with.who("Sam Okafor").await, with.who("Priya Nair").await);
    let thread = with.ask(sam, priya).await;
    with.meet((priya, sam), thread, slot("2026-11-25T10:00:00Z", 60)).await;
    with.offer(sam, thread, &[slot("2026-11-26T10:00:00Z", 60)]).await;
    // What comes now is made of the same chance.
    for college in [&with, &without] {
        college.chance.restart(99);
    }
    assert_eq!(apart_from_support(&with.tables()), apart_from_support(&without.tables()));
    assert_ne!(with.tables(), without.tables());
    [with, without]
}

async fn imports(staff: &Staff) {
    let colleges = two().await;
    let mut results: Vec<Result<Imported, Stop<Never>>> = Vec::new();
    for college in &colleges {
        results.push(college.import(staff).await);
    }
    let said: Vec<_> = results.iter().map(|result| (told(result), result.as_ref().ok())).collect();
    assert_eq!(said[0], said[1]);
    assert_eq!(apart_from_support(&colleges[0].tables()), apart_from_support(&colleges[1].tables()));
}

/// R-IMP-4
#[tokio::test]
async fn the_same_file_is_imported_the_same_with_and_without_a_request() {
    imports(&staff()).await;
}

/// R-IMP-4
#[tokio::test]
async fn a_practitioner_who_becomes_the_teachers_manager_is_imported_the_same() {
    let mut later = staff();
    later.people[3].manager = Some(5);
    imports(&later).await;
}

/// R-IMP-4
#[tokio::test]
async fn a_practitioner_who_becomes_the_appraiser_or_stops_being_one_is_imported_the_same() {
    let mut later = staff();
    later.people[3].appraiser = Some(5);
    later.people[5].roles = [Role::Teacher].into_iter().collect();
    later.people[5].practice = None;
    later.people[3].area = None;
    imports(&later).await;
}

/// R-IMP-4
#[tokio::test]
async fn a_file_that_fails_fails_the_same() {
    let mut wrong = staff();
    let twice = wrong.people[3].clone();
    wrong.people.push(twice.clone());
    wrong.people[8].email = "new@college.example".to_owned();
    wrong.people.push(twice);
    wrong.people[9].email = "new@college.example".to_owned();
    imports(&wrong).await;
}

#[tokio::test]
async fn accounts_are_switched_off_and_on_the_same_with_and_without_a_request() {
    let colleges = two().await;
    for name in ["Sam Okafor", "Priya Nair", "Uma Roy"] {
        for active in [false, true, false] {
            let mut said = Vec::new();
            for college in &colleges {
                let (marek, who) = (college.who("Marek Nowicki").await, college.who(name).await);
                said.push(told(&people::set_active(&college.desk(), marek, (who, active)).await));
            }
            assert_eq!(said, ["done", "done"], "{name} {active}");
            assert_eq!(apart_from_support(&colleges[0].tables()), apart_from_support(&colleges[1].tables()));
        }
    }
}

#[tokio::test]
async fn lists_of_staff_and_practitioners_read_the_same_until_the_next_week() {
    let colleges = two().await;
    let mut said = Vec::new();
    for college in &colleges {
        assert!(!board::recompute(&college.later(5 * 24)).await.expect("stands"));
        let (marek, uma) = (college.who("Marek Nowicki").await, college.who("Uma Roy").await);
        let (marek, uma) = (college.facts(marek).await, college.facts(uma).await);
        let members = people::see(&college.desk(), &marek).await.expect("a list");
        let practitioners = directory::see(&college.desk(), &uma).await.expect("a directory");
        let suggestions = actions::support::suggest(&college.desk(), &uma, &[]).await.expect("a list");
        let slots: Vec<_> = suggestions.list.iter().map(|one| (one.practitioner.id, one.slots.clone())).collect();
        assert!(slots.iter().all(|(_, slots)| !slots.is_empty()));
        let rooms: Vec<_> = practitioners.iter().map(|one| (one.id, one.has_room)).collect();
        said.push((format!("{members:?}"), slots, rooms));
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn a_practitioner_who_becomes_the_manager_has_lost_the_thread_and_the_teacher_has_not() {
    let [college, _] = two().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let priya_before = college.facts(priya).await;
    let week = "2026-11-24".parse().expect("a day");
    let lines = actions::week::see(&college.desk(), &priya_before, week).await.expect("a week");
    let thread = lines.others.first().expect("a thread").thread;
    let mut later = staff();
    later.people[3].manager = Some(5);
    college.import(&later).await.expect("imported");
    let priya_now = college.facts(priya).await;
    assert_eq!(told(&threads::see(&college.desk(), &priya_now, thread).await), "denied");
    let lines = actions::week::see(&college.desk(), &priya_now, week).await.expect("a week");
    let meetings: usize = lines.days.iter().map(|day| day.meetings.len()).sum();
    assert_eq!((lines.waiting.len(), lines.others.len(), meetings), (0, 0, 0), "gone from her lists too");
    let seen = threads::see(&college.desk(), &college.facts(sam).await, thread).await.expect("seen");
    assert_eq!((seen.party, seen.other_reachable), (Party::Teacher, false));
}

/// R-ACC-11, R-MAI-4
#[tokio::test]
async fn links_and_mail_to_others_are_the_same_with_and_without_a_request() {
    let colleges = two().await;
    let mut said = Vec::new();
    for college in &colleges {
        let (marek, sam) = (college.who("Marek Nowicki").await, college.who("Sam Okafor").await);
        let one = told(&accounts::invite(&college.desk(), marek, sam).await);
        let all = told(&accounts::invite_everybody(&college.desk(), marek).await);
        let asked = told(&accounts::ask_for_link(&college.desk(), "priya.nair@college.example").await);
        assert_eq!(told(&accounts::ask_for_link(&college.desk(), "nobody@college.example").await), "done");
        let marek = college.facts(marek).await;
        let progress = people::progress(&college.desk(), &marek).await.expect("a list");
        said.push((one, all, asked, format!("{progress:?}")));
    }
    assert_eq!(said[0], said[1]);
    assert_eq!((said[0].0, said[0].1, said[0].2), ("done", "done", "done"));
    assert_eq!(apart_from_support(&colleges[0].tables()), apart_from_support(&colleges[1].tables()));
    // What is due the next morning differs by what is waiting for the two, and by nothing else.
    let mut others = Vec::new();
    for college in &colleges {
        college.chance.restart(3);
        mail::write_due(&college.later(24)).await.expect("written");
        let mut to: Vec<_> = college.tables()["outbox"]
            .iter()
            .filter(|row| row["matter"] == Cell::Text("waiting".to_owned()))
            .map(|row| row["email"].clone())
            .collect();
        to.retain(|email| {
            !["sam.okafor", "priya.nair"].iter().any(|two| *email == Cell::Text(format!("{two}@college.example")))
        });
        others.push(to);
    }
    assert_eq!(others[0], others[1]);
}
