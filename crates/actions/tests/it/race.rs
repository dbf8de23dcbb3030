//! Two at once: of two who want the same last hour, or the same time, one gets it and the other is told kindly.

use std::sync::Arc;

use actions::desk::Stop;
use actions::threads::{self, ThreadRefused};
use actions::{board, directory, hours};
use domain::ids::{PersonId, ThreadId};
use domain::meetings::MeetingRefused;
use domain::minutes::Minutes;
use domain::people::Role;
use domain::staff_file::Staff;
use domain::support::Slot;
use tokio::sync::Barrier;

use crate::college::{College, new_college, now, practitioner, slot, somebody, staff};
use trial::Cell;

const ROUNDS: usize = 50;

/// The small college with as many practitioners more as there are rounds, each with so many minutes of remission.
async fn crowd(remitted: Minutes) -> (Arc<College>, Vec<PersonId>) {
    let mut staff: Staff = staff();
    let names: Vec<String> = (0..ROUNDS).map(|round| format!("Practitioner {round}")).collect();
    staff.people.extend(names.iter().map(|name| practitioner(name, Some(1), remitted)));
    staff.people.push(somebody("Third Teacher", &[Role::Teacher], Some(2)));
    let college = College::of(&new_college(), &staff, 11).await;
    let mut all = Vec::new();
    for name in &names {
        all.push(college.who(name).await);
    }
    (Arc::new(college), all)
}

type Ended = Result<(), Stop<ThreadRefused>>;

/// Accepts in both threads at the same moment; in each the offer is there already.
async fn both(college: &Arc<College>, pages: [(PersonId, ThreadId); 2]) -> [Ended; 2] {
    let start = Arc::new(Barrier::new(2));
    let mut tasks = Vec::new();
    for (who, thread) in pages {
        let (college, start) = (Arc::clone(college), Arc::clone(&start));
        let (from, seen) = (college.from(who, thread).await, college.see(who, thread).await.thread);
        let offer = seen.offers.first().expect("an offer").id;
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            threads::accept(&college.desk(), from, offer).await
        }));
    }
    let (one, other) = (tasks.remove(0).await, tasks.remove(0).await);
    [one.expect("no task fails"), other.expect("no task fails")]
}

/// Two teachers ask the same practitioner; the one side offers a time in each thread, the other side accepts both.
async fn round(
    college: &Arc<College>,
    practitioner: PersonId,
    (slots, practitioner_accepts): ([Slot; 2], bool),
) -> [Ended; 2] {
    let teachers = [college.who("Sam Okafor").await, college.who("Uma Roy").await];
    let mut pages = Vec::new();
    for (teacher, slot) in teachers.into_iter().zip(slots) {
        let thread = college.ask(teacher, practitioner).await;
        let (offers, accepts) = if practitioner_accepts { (teacher, practitioner) } else { (practitioner, teacher) };
        college.offer(offers, thread, &[slot]).await;
        pages.push((accepts, thread));
    }
    both(college, [pages[0], pages[1]]).await
}

/// What the one who came too late was told, when exactly one did.
fn loser(ended: [Ended; 2]) -> MeetingRefused {
    match ended {
        [Ok(()), Err(Stop::Refused(ThreadRefused::Meeting(refused)))]
        | [Err(Stop::Refused(ThreadRefused::Meeting(refused))), Ok(())] => refused,
        other => panic!("not one winner and one who is told the rule: {other:?}"),
    }
}

fn meetings(college: &College) -> usize {
    let tables = college.tables();
    let booked = Cell::Text("booked".to_owned());
    tables["meeting"].iter().filter(|row| row.get("state") == Some(&booked)).count()
}

/// R-MEE-2
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_want_the_last_hour_one_gets_it_and_the_other_is_told() {
    let (college, practitioners) = crowd(Minutes(60)).await;
    let slots = [slot("2026-11-25T10:00:00Z", 60), slot("2026-11-26T10:00:00Z", 60)];
    for (at, practitioner) in practitioners.iter().enumerate() {
        let practitioner_accepts = at % 2 == 0;
        let told = loser(round(&college, *practitioner, (slots, practitioner_accepts)).await);
        let expected = if practitioner_accepts {
            MeetingRefused::NoHoursLeft { left: Minutes(0), year: Minutes(60) }
        } else {
            MeetingRefused::JustGone
        };
        assert_eq!(told, expected, "round {at}");
        let record = hours::own(&college.desk(), &college.facts(*practitioner).await, 0).await.expect("a record");
        assert_eq!((record.remitted, record.year), (Minutes(60), (Minutes(0), Minutes(60))), "round {at}");
        assert_eq!(meetings(&college), at + 1);
    }
}

/// R-MEE-1
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_want_the_same_time_one_gets_it_and_the_other_is_told() {
    let (college, practitioners) = crowd(Minutes::hours(150)).await;
    // The second begins while the first is under way.
    let slots = [slot("2026-11-25T10:00:00Z", 60), slot("2026-11-25T10:30:00Z", 60)];
    for (at, practitioner) in practitioners.iter().enumerate() {
        let practitioner_accepts = at % 2 == 0;
        let told = loser(round(&college, *practitioner, (slots, practitioner_accepts)).await);
        let expected = if practitioner_accepts { MeetingRefused::Booked } else { MeetingRefused::JustGone };
        assert_eq!(told, expected, "round {at}");
        assert_eq!(meetings(&college), at + 1);
    }
}

/// R-MEE-1
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_times_that_only_touch_are_both_booked() {
    let (college, practitioners) = crowd(Minutes::hours(150)).await;
    let slots = [slot("2026-11-25T10:00:00Z", 60), slot("2026-11-25T11:00:00Z", 60)];
    for (at, practitioner) in practitioners.iter().take(10).enumerate() {
        let ended = round(&college, *practitioner, (slots, at % 2 == 0)).await;
        assert!(ended.iter().all(Result::is_ok), "round {at}: {ended:?}");
    }
    assert_eq!(meetings(&college), 20);
}

/// R-SUP-6, R-SUP-11
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_on_accept_books_once() {
    let (college, practitioners) = crowd(Minutes::hours(150)).await;
    let sam = college.who("Sam Okafor").await;
    for (at, practitioner) in practitioners.iter().take(10).enumerate() {
        let thread = college.ask(sam, *practitioner).await;
        college.offer(*practitioner, thread, &[slot("2026-11-25T10:00:00Z", 60)]).await;
        let ended = both(&college, [(sam, thread), (sam, thread)]).await;
        assert_eq!(ended.iter().filter(|one| one.is_ok()).count(), 1, "round {at}");
        assert!(ended.iter().any(|one| matches!(one, Err(Stop::Refused(ThreadRefused::Support(_))))), "round {at}");
        assert_eq!(meetings(&college), at + 1);
    }
}

/// R-SUP-4
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_form_sent_twice_at_once_asks_once() {
    let (college, practitioners) = crowd(Minutes::hours(150)).await;
    let uma = college.who("Uma Roy").await;
    for (at, practitioner) in practitioners.iter().take(20).enumerate() {
        let start = Arc::new(Barrier::new(2));
        let mut tasks = Vec::new();
        for _ in 0..2 {
            let (college, start) = (Arc::clone(&college), Arc::clone(&start));
            let (request, once) = (college.request(*practitioner).await, format!("form {at}"));
            tasks.push(tokio::spawn(async move {
                start.wait().await;
                actions::support::ask(&college.desk(), uma, (request, &once)).await.expect("the same thread")
            }));
        }
        let (one, other) = (tasks.remove(0).await, tasks.remove(0).await);
        assert_eq!(one.expect("no task fails"), other.expect("no task fails"));
        assert_eq!(college.tables()["thread"].len(), at + 1);
    }
}

/// R-BRD-1
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_recomputes_at_once_freeze_one_week() {
    let (college, practitioners) = crowd(Minutes::hours(150)).await;
    let start = Arc::new(Barrier::new(2));
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let (college, start) = (Arc::clone(&college), Arc::clone(&start));
        tasks.push(tokio::spawn(async move {
            start.wait().await;
            board::recompute(&college.desk()).await.expect("no fault")
        }));
    }
    for task in tasks {
        task.await.expect("no task fails");
    }
    let rows = &college.tables()["board_week"];
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let known = directory::see(&college.desk(), &helen).await.expect("a directory");
    assert_eq!((rows.len(), known.len()), (practitioners.len() + 2, practitioners.len() + 2));
    let events =
        college.tables()["event"].iter().filter(|row| row["act"] == Cell::Text("RecomputeWeek".to_owned())).count();
    assert_eq!(events, 1, "at {}", now());
}
