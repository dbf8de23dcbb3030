//! What is over goes, told before; and nobody learns any more who was in it.

use actions::desk::Stop;
use actions::retention::{self, ShredRefused};
use actions::{Care, audit, files, meetings, people, threads, words};
use domain::ids::FileId;
use domain::meetings::State;
use domain::minutes::Minutes;
use store::Store;
use trial::{Cell, Tables};
use uuid::Uuid;

use crate::college::told;
use crate::two::Two;

/// Something of everything in a thread that then ends.
async fn over() -> Two {
    let two = Two::new().await;
    two.granted().await;
    two.say(two.sam, &two.item(&two.sams, (1, 1))).await.expect("said");
    let file = FileId(Uuid::from_u128(2));
    let sealed = two.sams.file(&two.thread.to_string(), (&file.to_string(), 0), 512);
    files::send(&two.college.desk(), (two.sam, two.thread), (file, 0, &sealed)).await.expect("sent");
    threads::withdraw(&two.college.desk(), two.college.from(two.sam, two.thread).await).await.expect("withdrawn");
    two
}

async fn on(two: &Two, days: i64) {
    retention::keep_time(&two.college.later(days * 24)).await.expect("done");
}

fn notices(tables: &Tables) -> usize {
    tables["notice"].len()
}

/// R-RET-1
#[tokio::test]
async fn a_thread_goes_a_year_after_it_ended_and_the_two_are_told_twice_before() {
    let two = over().await;
    let sql = two.college.place.sql();
    let forget_notices = || sql.run("DELETE FROM notice").expect("cleared");
    forget_notices();
    on(&two, 334).await;
    assert_eq!(notices(&two.college.tables()), 0, "not yet");
    on(&two, 335).await;
    assert_eq!(notices(&two.college.tables()), 2, "thirty days before, each of the two");
    forget_notices();
    on(&two, 336).await;
    assert_eq!(notices(&two.college.tables()), 0, "once");
    on(&two, 358).await;
    assert_eq!(notices(&two.college.tables()), 2, "and seven days before");
    on(&two, 364).await;
    assert_eq!(two.college.tables()["thread"].len(), 1);
    on(&two, 365).await;
    let after = two.college.tables();
    for table in
        ["thread", "participant", "sealed_participant", "sealed_item", "sealed_file", "thread_grant", "thread_look"]
    {
        assert!(after[table].is_empty(), "{table}");
    }
    assert!(after["forgotten_thread"].is_empty(), "its key is destroyed");
    let job = Cell::Text("ForgetThreads".to_owned());
    assert_eq!(after["event"].iter().filter(|row| row["act"] == job).count(), 3, "told twice, deleted once");
    let keyring = two.college.house.store.keyring();
    assert_eq!(keyring.known_thread(two.college.desk().institution(), two.thread).expect("read"), None);
    let sams = two.college.facts(two.sam).await;
    assert!(matches!(words::see(&two.college.desk(), &sams, two.thread).await, Err(Stop::Denied)));
}

/// R-RET-1
#[tokio::test]
async fn whoever_is_told_late_still_has_the_whole_week() {
    let two = over().await;
    on(&two, 400).await;
    assert_eq!(two.college.tables()["thread"].len(), 1, "told only now");
    on(&two, 406).await;
    assert_eq!(two.college.tables()["thread"].len(), 1);
    on(&two, 407).await;
    assert!(two.college.tables()["thread"].is_empty());
}

/// R-RET-3 R-RET-5
#[tokio::test]
async fn the_teacher_deletes_what_is_over_and_one_mark_remains_until_the_years_figures() {
    let two = Two::new().await;
    two.granted().await;
    let slot = crate::college::slot("2026-11-24T10:30:00Z", 60);
    two.college.meet((two.priya, two.sam), two.thread, slot).await;
    let shred = async |who, sure| retention::shred(&two.college.desk(), who, (two.thread, sure)).await;
    assert!(matches!(shred(two.sam, true).await, Err(Stop::Refused(ShredRefused::StillOn))));
    threads::end(&two.college.desk(), two.college.from(two.sam, two.thread).await).await.expect("ended");
    assert!(matches!(shred(two.sam, false).await, Err(Stop::Refused(ShredRefused::Unsure))));
    let helen = two.college.who("Helen Marsh").await;
    assert_eq!((told(&shred(two.priya, true).await), told(&shred(helen, true).await)), ("denied", "denied"));
    assert_eq!(two.college.tables()["thread"].len(), 1, "nothing is deleted");
    shred(two.sam, true).await.expect("deleted");
    let after = two.college.tables();
    assert!(after["thread"].is_empty() && after["sealed_participant"].is_empty());
    assert_eq!(after["term_use"].len(), 1, "one mark for the term");
    let mark = format!("{:?}", after["term_use"]);
    assert!(!mark.contains(&two.sam.to_string()) && !mark.contains(&two.thread.to_string()), "{mark}");
    let keyring = two.college.house.store.keyring();
    let institution = two.college.desk().institution();
    assert!(keyring.known_year(institution, 2026).expect("read").is_some());
    let gone = after["event"].iter().find(|row| row["act"] == Cell::Text("ShredThread".to_owned())).expect("an event");
    assert_eq!((&gone["thread"], &gone["person"]), (&Cell::Null, &Cell::Null), "nothing remembers which one it was");
    // The 31st of December after the year is the last day.
    on(&two, 402).await;
    assert_eq!(two.college.tables()["term_use"].len(), 1);
    on(&two, 403).await;
    assert!(two.college.tables()["term_use"].is_empty());
    assert_eq!(keyring.known_year(institution, 2026).expect("read"), None);
}

/// R-RET-2 R-RET-4
#[tokio::test]
async fn fourteen_days_later_no_surviving_copy_opens_it_or_says_who_was_in_it() {
    if two_on_a_server() {
        return;
    }
    let two = over().await;
    let folder = tempfile::tempdir().expect("a folder");
    // A copy of the database from before, as a backup holds it: without the keyring and the working copy.
    let copy = folder.path().join("alongside.db");
    let sql = two.college.place.sql();
    sql.run(&format!("VACUUM INTO '{}'", copy.display())).expect("copied");
    retention::shred(&two.college.desk(), two.sam, (two.thread, true)).await.expect("deleted");
    // The keyring of today is the oldest that survives: earlier ones are gone after fourteen days.
    let keyring = two.college.house.store.keyring().file().to_owned();
    std::fs::copy(keyring, folder.path().join("keyring.db")).expect("copied");
    let store = Store::open(&copy, Care::Sample).await.expect("opened");
    store.close().await.expect("closed");
    let old = trial::Sql::file(&copy).all();
    assert_eq!(old["thread"].len(), 1, "it is in the old copy");
    assert!(old["participant"].is_empty(), "and nobody learns who was in it");
    let within = |wanted: &str| {
        old.iter()
            .filter(|(table, _)| table.contains("thread") || table.contains("sealed") || *table == "audit_entry")
            .any(|(_, rows)| {
                rows.iter().flat_map(|row| row.values()).any(|cell| match cell {
                    Cell::Text(text) => text.contains(wanted),
                    Cell::Bytes(bytes) => Uuid::from_slice(bytes).is_ok_and(|id| id.to_string() == wanted),
                    Cell::Null | Cell::Number(_) => false,
                })
            })
    };
    assert!(within(&two.thread.to_string()), "the search finds what is there");
    for row in old["sealed_item"].iter().chain(&old["sealed_file"]) {
        let Cell::Text(sealed) = &row["sealed"] else { panic!("{row:?}") };
        assert!(sealed.contains("\"aad\":\"\""), "what it was sealed for names its author, and is not kept");
    }
    let kids = [two.sams.kid(), two.priyas.kid()];
    for row in &old["thread_grant"] {
        assert!(!kids.iter().any(|kid| row["kid"] == Cell::Text(kid.clone())), "nor whose key it was for: {row:?}");
        let Cell::Text(wrapped) = &row["wrapped"] else { panic!("{row:?}") };
        assert!(!wrapped.contains("eyJ"), "the outer layer stays on, so that not even their own keys open it");
    }
    for row in &old["audit_entry"] {
        let Cell::Text(content) = &row["content"] else { panic!("{row:?}") };
        assert!(content.contains("sealed") || !content.contains(&two.thread.to_string()), "{content}");
    }
    assert_eq!(
        std::fs::read(two.college.house.store.keyring().file())
            .expect("read")
            .windows(16)
            .filter(|part| *part == two.thread.0.as_bytes())
            .count(),
        0
    );
}

/// R-RET-6
#[tokio::test]
async fn a_thread_ends_four_weeks_after_its_teachers_account_went_off() {
    let two = Two::new().await;
    let slot = crate::college::slot("2026-12-08T10:30:00Z", 60);
    two.college.meet((two.priya, two.sam), two.thread, slot).await;
    let marek = two.college.who("Marek Nowicki").await;
    people::set_active(&two.college.later(24), marek, (two.sam, false)).await.expect("switched off");
    two.college.place.sql().run("DELETE FROM notice").expect("cleared");
    let stands = |tables: &Tables| (tables["thread"][0]["stage"].clone(), tables["meeting"][0]["state"].clone());
    let text = |one: &str, other: &str| (Cell::Text(one.to_owned()), Cell::Text(other.to_owned()));
    on(&two, 28).await;
    assert_eq!(stands(&two.college.tables()), text("open", "booked"), "somebody may come back");
    on(&two, 29).await;
    let after = two.college.tables();
    // The meeting was in between and stands as it was; only what is ahead is called off.
    assert_eq!(stands(&after), text("ended", "booked"));
    assert_eq!(notices(&after), 1, "the practitioner, who is here");
    on(&two, 30).await;
    assert_eq!(two.college.tables()["thread"], after["thread"], "once");
    // From then on it is like any other that is over.
    on(&two, 29 + 360).await;
    on(&two, 29 + 368).await;
    assert!(two.college.tables()["thread"].is_empty());
}

/// R-RET-6
#[tokio::test]
async fn what_waits_for_a_practitioner_goes_with_its_teacher_and_not_with_the_practitioner() {
    for (leaver, ends) in [("Sam Okafor", true), ("Priya Nair", false)] {
        let two = Two::new().await;
        let (marek, who) = (two.college.who("Marek Nowicki").await, two.college.who(leaver).await);
        people::set_active(&two.college.desk(), marek, (who, false)).await.expect("switched off");
        on(&two, 28).await;
        let stage = if ends { "withdrawn" } else { "waiting" };
        assert_eq!(two.college.tables()["thread"][0]["stage"], Cell::Text(stage.to_owned()), "{leaver}");
    }
}

/// R-RET-2 R-RET-4
#[tokio::test]
async fn no_copy_leads_from_a_practitioners_hours_to_a_deleted_thread() {
    if two_on_a_server() {
        return;
    }
    let two = Two::new().await;
    let slot = crate::college::slot("2026-11-24T10:30:00Z", 60);
    let meeting = two.college.meet((two.priya, two.sam), two.thread, slot).await;
    let from = two.college.from(two.priya, two.thread).await;
    meetings::record(&two.college.later(96), from, (meeting, State::Held, Minutes(45))).await.expect("recorded");
    // Another length takes the place of the first.
    let from = two.college.from(two.priya, two.thread).await;
    meetings::record(&two.college.later(97), from, (meeting, State::Held, Minutes(30))).await.expect("recorded");
    threads::end(&two.college.later(98), two.college.from(two.sam, two.thread).await).await.expect("ended");
    let count = |tables: &Tables| ["hours_entry", "sealed_entry", "entry_thread"].map(|table| tables[table].len());
    assert_eq!(count(&two.college.tables()), [1, 1, 1]);
    let folder = tempfile::tempdir().expect("a folder");
    let copy = folder.path().join("alongside.db");
    two.college.place.sql().run(&format!("VACUUM INTO '{}'", copy.display())).expect("copied");
    retention::shred(&two.college.desk(), two.sam, (two.thread, true)).await.expect("deleted");
    assert_eq!(count(&two.college.tables()), [1, 0, 0], "the hours stay");
    std::fs::copy(two.college.house.store.keyring().file(), folder.path().join("keyring.db")).expect("copied");
    Store::open(&copy, Care::Sample).await.expect("opened").close().await.expect("closed");
    let old = trial::Sql::file(&copy).all();
    assert_eq!(count(&old), [1, 1, 0], "what is sealed opens no more");
    let entry = format!("{:?}", old["hours_entry"][0]["id"]);
    for (table, rows) in
        old.iter().filter(|(table, _)| !["hours_entry", "entry_purpose", "entry_theme"].contains(&table.as_str()))
    {
        assert!(!format!("{rows:?}").contains(&entry), "{table} leads to the entry");
    }
}

pub fn two_on_a_server() -> bool {
    std::env::var(trial::SERVER).is_ok()
}

/// R-AUD-1 R-AUD-2 R-AUD-3
#[tokio::test]
async fn what_is_removed_from_the_audit_log_or_altered_in_it_is_found() {
    let two = over().await;
    let (desk, sql) = (two.college.desk(), two.college.place.sql());
    let found = async || audit::verify(&two.college.desk()).await.expect("looked through");
    let entries = two.college.tables()["audit_entry"].len();
    let last = i64::try_from(entries).expect("few");
    assert_eq!(found().await, audit::Found::Whole(last, false));
    audit::keep(&desk).await.expect("anchored");
    assert_eq!(found().await, audit::Found::Whole(last, true));
    assert_eq!(entries, two.college.tables()["event"].len(), "every event stands in it");
    let rows = two.college.tables().remove("audit_entry").unwrap_or_default();
    let texts: Vec<String> = rows.iter().map(|row| format!("{:?}", row["content"])).collect();
    assert!(texts.iter().any(|text| text.contains("sealed")) && !texts.iter().any(|text| text.contains("WriteWords")));
    // Each in a unit of its own that is undone by hand.
    let day = sql.rows::<(String,)>("SELECT day FROM audit_entry WHERE place = 2").remove(0).0;
    sql.run("UPDATE audit_entry SET day = '2020-01-01' WHERE place = 2").expect("altered");
    assert_eq!(found().await, audit::Found::Altered(2));
    sql.run(&format!("UPDATE audit_entry SET day = '{day}' WHERE place = 2")).expect("as it was");
    assert_eq!(found().await, audit::Found::Whole(last, true));
    sql.run(&format!("DELETE FROM audit_entry WHERE place = {last}")).expect("cut off");
    assert_eq!(found().await, audit::Found::Cut(last - 1, last));
    sql.run("DELETE FROM audit_entry WHERE place = 3").expect("removed");
    assert_eq!(found().await, audit::Found::Removed(3));
}
