//! A thread over its life: changing to somebody else, the hours of its meetings, and a name that is taken out.

use actions::desk::Stop;
use actions::hours::{self, Note};
use actions::meetings;
use actions::threads::{self, ThreadRefused};
use domain::began::Began;
use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::meetings::State;
use domain::minutes::Minutes;
use domain::support::{Request, Stage, SupportRefused};

use crate::college::{College, now, slot};
use trial::{Cell, Row, Tables};

/// Whether a row holds an identifier, as bytes or as text, in whatever column.
fn holds(row: &Row, id: uuid::Uuid) -> bool {
    let text = id.to_string();
    row.values().any(|value| match value {
        Cell::Bytes(bytes) => bytes == id.as_bytes(),
        Cell::Text(words) => words.contains(&text),
        Cell::Null | Cell::Number(_) => false,
    })
}

/// The tables in which a row holds all of these.
fn tied(tables: &Tables, all: &[uuid::Uuid]) -> Vec<String> {
    let ties = |rows: &[Row]| rows.iter().any(|row| all.iter().all(|id| holds(row, *id)));
    tables.iter().filter(|(_, rows)| ties(rows)).map(|(name, _)| name.clone()).collect()
}

/// R-SUP-9
#[tokio::test]
async fn changing_to_somebody_else_ends_one_thread_and_begins_another_at_once() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let tom = college.who("Tom Birch").await;
    let old = college.ask(sam, priya).await;
    let meeting = college.meet((priya, sam), old, slot("2026-11-25T10:00:00Z", 60)).await;
    college.offer(priya, old, &[slot("2026-11-26T10:00:00Z", 60)]).await;
    let from = college.from(sam, old).await;
    let fresh = threads::change_practitioner(&college.desk(), from, (tom, "once")).await.expect("changed");
    let (before, after) = (college.see(sam, old).await.thread, college.see(sam, fresh).await.thread);
    assert_eq!((before.stage, after.stage), (Stage::Ended, Stage::Waiting));
    assert!(before.offers.is_empty(), "no offer is left to accept");
    let called_off = before.meetings.iter().find(|one| one.id == meeting).map(|one| one.state);
    assert_eq!(called_off, Some(State::CalledOff));
    assert_eq!((after.practitioner.id, &after.themes), (tom, &before.themes));
    assert!(after.meetings.is_empty() && after.offers.is_empty(), "nothing passes over");
    let mut again = from;
    again.version = before.version;
    let same = threads::change_practitioner(&college.desk(), again, (tom, "once")).await.expect("the same form");
    assert_eq!(same, fresh);
    assert_eq!(college.tables()["thread"].len(), 2);
    assert!(!tied(&college.tables(), &[old.0, fresh.0]).contains(&"event".to_owned()));
}

/// R-SUP-16, R-SUP-9
#[tokio::test]
async fn whose_idea_it_was_goes_along_and_stands_in_no_event_mail_or_thread() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let tom = college.who("Tom Birch").await;
    let request = Request { began: Some(Began::Suggested), ..college.request(priya).await };
    let old = actions::support::ask(&college.desk(), sam, (request, "form")).await.expect("asked");
    let from = college.from(sam, old).await;
    let fresh = threads::change_practitioner(&college.desk(), from, (tom, "once")).await.expect("changed");
    let mut said = actions::support::began(&college.desk(), &college.facts(sam).await).await.expect("one's own");
    said.sort_by_key(|(thread, _)| *thread == fresh);
    assert_eq!(said, [(old, Began::Suggested), (fresh, Began::Suggested)]);
    for one in [priya, tom] {
        let said = actions::support::began(&college.desk(), &college.facts(one).await).await.expect("one's own");
        assert!(said.is_empty(), "{said:?}");
    }
    let code = Began::Suggested.code();
    let mut tables = college.tables();
    tables.retain(|_, rows| format!("{rows:?}").contains(&format!("{code:?}")));
    assert_eq!(tables.keys().collect::<Vec<_>>(), ["thread"], "events, mail and the log hold none of it");
    let seen = format!("{:?}{:?}", college.see(tom, fresh).await.thread, college.see(sam, old).await.thread);
    assert!(!seen.to_lowercase().contains(code), "{seen}");
}

/// R-SUP-9, R-SUP-4
#[tokio::test]
async fn a_change_that_is_refused_leaves_the_old_thread_as_it_was() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let tom = college.who("Tom Birch").await;
    let (old, _other) = (college.ask(sam, priya).await, college.ask(sam, tom).await);
    let (from, before) = (college.from(sam, old).await, college.tables());
    let refused = threads::change_practitioner(&college.desk(), from, (tom, "once")).await;
    let already = ThreadRefused::Support(SupportRefused::AlreadyInTouch);
    assert!(matches!(refused, Err(Stop::Refused(ref why)) if *why == already), "{refused:?}");
    assert_eq!(college.tables(), before);
}

fn entries(tables: &Tables) -> Vec<(Cell, usize)> {
    let rows = tables["hours_entry"].iter();
    rows.map(|row| (row["minutes"].clone(), tables["entry_thread"].len())).collect()
}

/// R-HRS-4
#[tokio::test]
async fn the_hours_of_a_held_meeting_are_entered_once_corrected_and_taken_out_when_it_was_missed() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let thread = college.ask(sam, priya).await;
    let meeting = college.meet((priya, sam), thread, slot("2026-11-24T10:30:00Z", 60)).await;
    let afterwards = college.later(4);
    let mut said = Vec::new();
    for (outcome, length) in
        [(State::Held, 60), (State::Held, 45), (State::Missed, 45), (State::Missed, 45), (State::Held, 30)]
    {
        let from = college.from(priya, thread).await;
        meetings::record(&afterwards, from, (meeting, outcome, Minutes(length))).await.expect("recorded");
        let tables = college.tables();
        said.push(entries(&tables));
        let left = tables["entry_purpose"].len() + tables["entry_theme"].len();
        assert_eq!(left, tables["hours_entry"].len() * 2, "purposes and themes go with their entry");
    }
    let one = |minutes| vec![(Cell::Number(minutes), 1)];
    assert_eq!(said, [one(60), one(45), vec![], vec![], one(30)]);
    let record = hours::own(&afterwards, &college.facts(priya).await, 0).await.expect("a record");
    assert_eq!(record.year, (Minutes(30), Minutes(0)), "used, and not booked as well");
}

fn note(with: PersonId, once: &str) -> Note {
    let (day, purposes) = (college_day(), vec![Purpose::OneToOne]);
    Note { minutes: Minutes(20), day, with: Some(with), themes: Vec::new(), purposes, once: once.to_owned() }
}

fn college_day() -> jiff::civil::Date {
    now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// R-HRS-3
#[tokio::test]
async fn a_name_that_is_taken_out_is_nowhere_any_more() {
    let college = College::new().await;
    let (uma, priya) = (college.who("Uma Roy").await, college.who("Priya Nair").await);
    let before = college.tables();
    let entry = hours::note(&college.desk(), priya, note(uma, "one")).await.expect("noted");
    assert_eq!(tied(&college.tables(), &[uma.0]).iter().filter(|name| *name == "participant").count(), 1);
    hours::remove_own_name(&college.desk(), uma, entry).await.expect("taken out");
    let after = college.tables();
    let about = |tables: &Tables| {
        let rows = tables.iter().flat_map(|(name, rows)| rows.iter().map(move |row| (name.clone(), row.clone())));
        rows.filter(|(_, row)| holds(row, uma.0)).collect::<Vec<_>>()
    };
    assert_eq!(about(&after), about(&before), "whatever holds her id held it before");
    assert_eq!(after["thread"], before["thread"]);
    assert_eq!((after["participant"].len(), after["entry_thread"].len()), (0, 0));
    assert_eq!(after["hours_entry"].len(), 1, "the hours stay");
    let removed = after["event"].iter().find(|row| row["act"] == Cell::Text("RemoveOwnName".to_owned()));
    let removed = removed.expect("an event");
    assert_eq!((&removed["person"], &removed["thread"]), (&Cell::Null, &Cell::Null));
    assert_eq!(removed["detail"], Cell::Text(String::new()));
    assert!(!holds(removed, entry.0), "nor which entry it was");
}

#[tokio::test]
async fn support_ties_a_person_to_a_thread_only_in_participant() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let tom = college.who("Tom Birch").await;
    let first = college.ask(sam, priya).await;
    let meeting = college.meet((priya, sam), first, slot("2026-11-24T10:30:00Z", 60)).await;
    let from = college.from(priya, first).await;
    meetings::record(&college.later(3), from, (meeting, State::Held, Minutes(60))).await.expect("recorded");
    let from = college.from(sam, first).await;
    let next = threads::change_practitioner(&college.desk(), from, (tom, "next")).await.expect("changed");
    let tables = college.tables();
    for thread in [first, next] {
        for person in [sam, priya, tom] {
            let found = tied(&tables, &[thread.0, person.0]);
            let takes_part = person == sam || (person == priya) == (thread == first);
            assert_eq!(!found.is_empty(), takes_part);
            assert!(found.iter().all(|table| table == "participant"), "{found:?} tell who asked");
        }
    }
    assert!(tied(&tables, &[sam.0, priya.0]).is_empty(), "no row names both");
}

/// R-HRS-2
#[tokio::test]
async fn the_same_purpose_ticked_twice_is_one_purpose() {
    let college = College::new().await;
    let (uma, priya) = (college.who("Uma Roy").await, college.who("Priya Nair").await);
    let purposes = vec![Purpose::OneToOne, Purpose::Group, Purpose::OneToOne];
    let noted = hours::note(&college.desk(), priya, Note { purposes, ..note(uma, "one") }).await;
    assert!(noted.is_ok(), "{noted:?}");
    assert_eq!(college.tables()["entry_purpose"].len(), 2);
}
