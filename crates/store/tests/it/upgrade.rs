//! A folder of an earlier version is brought up to date, all or nothing; one of a later version is left alone.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use store::{Care, Fault, Store, programme};
use tempfile::TempDir;

/// What the first steps made, before any version was tagged.
const FIRST: &str = include_str!("../files/first.sql");
/// What each tagged version wrote, and how many steps its database had had.
const TAGGED: &[(&str, usize)] = &[(include_str!("../files/v0.1.0.sql"), 15)];

/// An hour that the two of them met, entered from its thread.
const MET: &str = "
INSERT INTO meeting (institution, id, thread, starts_at, length, state) VALUES
  (x'00000000000040008000000000000001', x'00000000000040008000000000000140', x'00000000000040008000000000000130', 1795600800, 60, 'held');
INSERT INTO hours_entry (institution, id, person, day, minutes, noted_at) VALUES
  (x'00000000000040008000000000000001', x'00000000000040008000000000000150', x'00000000000040008000000000000102', '2026-11-25', 60, 1795604400);
INSERT INTO entry_thread (institution, entry, thread, meeting) VALUES
  (x'00000000000040008000000000000001', x'00000000000040008000000000000150', x'00000000000040008000000000000130', x'00000000000040008000000000000140');";

fn written(by: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("alongside.db");
    Connection::open(&file).expect("a file").execute_batch(by).expect("an earlier version's tables");
    (folder, file)
}

fn old() -> (TempDir, PathBuf) {
    written(FIRST)
}

fn files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("a file").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.retain(|name| !["-wal", "-shm", "-journal"].iter().any(|end| name.ends_with(end)));
    names.sort();
    names
}

fn number(file: &Path, sql: &str) -> i64 {
    let connection = Connection::open(file).expect("the file");
    connection.query_row(sql, [], |row| row.get(0)).expect(sql)
}

/// Every column of every table with its kind, and every index.
fn described(file: &Path) -> Vec<String> {
    let sql = "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.pk FROM sqlite_master m, pragma_table_info(m.name) c \
               WHERE m.type = 'table' UNION SELECT name || ' on ' || tbl_name FROM sqlite_master WHERE type = 'index' ORDER BY 1";
    let connection = Connection::open(file).expect("the file");
    let mut statement = connection.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("text")).collect()
}

/// R-RUN-7
#[tokio::test]
async fn a_database_of_each_earlier_version_is_brought_up_to_date_with_everything_that_was_in_it() {
    for (by, steps) in [(FIRST, 2)].iter().chain(TAGGED) {
        brought_up_to_date(by, *steps).await;
    }
}

async fn brought_up_to_date(by: &str, steps: usize) {
    let (folder, file) = written(&format!("{by}{MET}"));
    let store = Store::open(&file, Care::Full).await.expect("brought up to date");
    let programme = programme::find(&store.read()).await.expect("readable").expect("a programme");
    assert_eq!(programme.name, "Harbour College");
    store.close().await.expect("closed");
    let present = folder.path().join("participants.db");
    for (table, count) in [("participant", 2), ("entry_thread", 1)] {
        assert_eq!(number(&present, &format!("SELECT count(*) FROM {table}")), count, "{table}");
    }
    let fresh = folder.path().join("fresh.db");
    Store::open(&fresh, Care::Full).await.expect("made").close().await.expect("closed");
    assert_eq!(described(&file), described(&fresh), "as a fresh one");
    std::fs::remove_file(&fresh).expect("removed");
    for (table, count) in
        [("person", 2), ("sealed_participant", 2), ("sealed_entry", 1), ("thread", 1), ("practice", 1)]
    {
        assert_eq!(number(&file, &format!("SELECT count(*) FROM {table}")), count, "{table}");
    }
    assert_eq!(number(&file, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    // The copy is the database as it was.
    let copy = format!("alongside.db.before-{steps}");
    assert_eq!(files(folder.path()), ["alongside.db", copy.as_str(), "keyring.db", "participants.db"]);
    let before = folder.path().join(copy);
    assert_eq!(number(&before, "SELECT count(*) FROM migration"), i64::try_from(steps).expect("few"));
    assert_eq!(number(&before, "SELECT count(*) FROM person"), 2);
}

/// R-RUN-7
#[tokio::test]
async fn one_copy_is_kept_and_a_database_that_is_up_to_date_is_not_copied() {
    let (folder, file) = old();
    std::fs::write(folder.path().join("alongside.db.before-1"), "an earlier upgrade's").expect("a file");
    for _ in 0..2 {
        Store::open(&file, Care::Full).await.expect("opened").close().await.expect("closed");
        let all = ["alongside.db", "alongside.db.before-2", "keyring.db", "participants.db"];
        assert_eq!(files(folder.path()), all);
    }
    let fresh = tempfile::tempdir().expect("a folder");
    Store::open(&fresh.path().join("college.db"), Care::Full).await.expect("made").close().await.expect("closed");
    assert_eq!(files(fresh.path()), ["college.db", "participants.db"], "nothing was there to be copied");
}

/// R-RUN-7
#[tokio::test]
async fn a_step_that_fails_leaves_the_database_as_it_was() {
    let (folder, file) = old();
    // Something stands where a later step would make a table.
    let sql = Connection::open(&file).expect("the file");
    sql.execute_batch("CREATE TABLE person_look (x text)").expect("in the way");
    drop(sql);
    Store::open(&file, Care::Full).await.expect_err("a table is in the way");
    assert_eq!(number(&file, "SELECT count(*) FROM migration"), 2);
    assert_eq!(number(&file, "SELECT count(*) FROM sqlite_master WHERE name = 'thread_look'"), 0, "all or nothing");
    assert_eq!(files(folder.path()), ["alongside.db", "alongside.db.before-2", "participants.db"]);
}

/// R-RUN-7
#[tokio::test]
async fn a_database_of_a_later_version_is_refused_and_left_alone() {
    let (folder, file) = old();
    let sql = Connection::open(&file).expect("the file");
    sql.execute_batch("INSERT INTO migration (name) VALUES ('m9999_later')").expect("a step of the future");
    drop(sql);
    for opened in [Store::open(&file, Care::Full).await, Store::look(&file, None).await] {
        let fault = opened.expect_err("refused");
        assert!(matches!(fault, Fault::Newer) && fault.to_string().contains("later version"), "{fault}");
    }
    assert_eq!(files(folder.path()), ["alongside.db", "participants.db"]);
    assert_eq!(number(&file, "SELECT count(*) FROM migration"), 3);
}

/// R-RUN-1, R-RUN-7
#[tokio::test]
async fn who_only_looks_brings_nothing_up_to_date() {
    let (folder, file) = old();
    let fault = Store::look(&file, None).await.expect_err("of an earlier version");
    assert!(matches!(fault, Fault::Older), "{fault}");
    assert_eq!(files(folder.path()), ["alongside.db", "participants.db"]);
    Store::open(&file, Care::Full).await.expect("brought up to date").close().await.expect("closed");
    Store::look(&file, None).await.expect("opened as it stands");
}

/// R-RET-2
#[tokio::test]
async fn a_copy_is_gone_after_a_fortnight() {
    let (folder, file) = old();
    let store = Store::open(&file, Care::Full).await.expect("brought up to date");
    let copy = folder.path().join("alongside.db.before-2");
    let made = std::fs::metadata(&copy).and_then(|told| told.modified()).expect("a time");
    let made = jiff::Timestamp::try_from(made).expect("a time");
    store.clear_copies(made).expect("cleared");
    assert!(copy.exists(), "not yet");
    store.clear_copies(made + jiff::SignedDuration::from_secs(1)).expect("cleared");
    assert!(!copy.exists());
    assert!(file.exists() && folder.path().join("keyring.db").exists());
}

/// R-RET-4
#[tokio::test]
async fn who_takes_part_is_known_from_what_is_sealed_and_only_with_the_keyring() {
    let (folder, file) = old();
    Store::open(&file, Care::Full).await.expect("brought up to date").close().await.expect("closed");
    let (present, keyring) = (folder.path().join("participants.db"), folder.path().join("keyring.db"));
    let count = |what: &str| number(&present, &format!("SELECT count(*) FROM {what}"));
    assert_eq!(count("participant"), 2);
    let remove = |file: &Path| {
        for end in ["", "-wal", "-shm"] {
            let mut name = file.as_os_str().to_owned();
            name.push(end);
            drop(std::fs::remove_file(PathBuf::from(name)));
        }
    };
    // The working copy is made anew, also when a break-down of the machine has damaged it.
    remove(&present);
    Store::open(&file, Care::Full).await.expect("opened").close().await.expect("closed");
    assert_eq!(count("participant"), 2);
    let mut inside = std::fs::read(&present).expect("read");
    assert!(inside.len() > 8192, "the rows lie behind the first page");
    inside[4096..].fill(7);
    for damaged in [inside, vec![7; 5000]] {
        std::fs::write(&present, damaged).expect("damaged");
        Store::open(&file, Care::Full).await.expect("opened").close().await.expect("closed");
        assert_eq!(count("participant"), 2);
    }
    // Nothing in the database says it without the keyring.
    remove(&present);
    remove(&keyring);
    Store::open(&file, Care::Full).await.expect("opened").close().await.expect("closed");
    assert_eq!((count("participant"), number(&file, "SELECT count(*) FROM sealed_participant")), (0, 2));
}
