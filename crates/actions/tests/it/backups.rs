//! Backups of a college at work, and what comes back from them; on whichever database the run is on.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actions::backup::container::{Identity, Recipient};
use actions::backup::shelf::{Sort, lying};
use actions::backup::{BackupRefused, KEYRING_DAYS, Made, Maker, Plan, look, make};
use actions::chance::Seeded;
use actions::desk::Desk;
use actions::health::Standing;
use actions::restore::{Back, KeyringState, RestoreRefused, Wanted, bring_back};
use actions::{Gate, Stop, programme};
use domain::ids::{PersonId, ThreadId};
use jiff::{Timestamp, ToSpan};
use trial::Sql;
use uuid::Uuid;

use crate::college::{College, now};
use crate::two::Two;

/// Somewhere in a folder, sealed to an identity of its own.
pub fn plan(folder: &Path) -> (Plan, String) {
    let (identity, recipient) = Identity::make(now());
    (plan_for(folder, vec![recipient]), identity)
}

fn plan_for(folder: &Path, recipients: Vec<Recipient>) -> Plan {
    let (data, folder, keyring_folder) = (folder.to_owned(), folder.join("backups"), folder.join("keys"));
    Plan { data, folder, keyring_folder, recipients, keep_days: None }
}

fn key(text: &str) -> Identity {
    Identity::read(text).unwrap()
}

fn at(desk: &Desk, now: Timestamp) -> Desk {
    Desk { now, ..desk.clone() }
}

/// A place to restore into: a folder, and on PostgreSQL a database.
struct Empty {
    folder: tempfile::TempDir,
    url: Option<String>,
}

impl Empty {
    fn beside(college: &College) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), url: college.place.another_database() }
    }

    fn sql(&self) -> Sql {
        self.url.as_ref().map_or_else(|| Sql::file(&self.folder.path().join("alongside.db")), |url| Sql::server(url))
    }

    async fn take(&self, made: &Made, identity: &str, with_keyring: bool) -> Result<Back, Stop<RestoreRefused>> {
        let keyring = made.keyring.as_ref().filter(|_| with_keyring).map(|keyring| keyring.path.as_path());
        self.take_file((&made.database.path, keyring), identity).await
    }

    async fn take_file(
        &self,
        (file, keyring): (&Path, Option<&Path>),
        identity: &str,
    ) -> Result<Back, Stop<RestoreRefused>> {
        let (identity, data, url) = (key(identity), self.folder.path(), self.url.as_deref());
        let wanted = Wanted { file, keyring, identity, data, url };
        bring_back(&Gate::new().unwrap(), &wanted, (now(), Arc::new(Seeded::new(5)))).await
    }

    /// Whether nothing at all is here.
    fn is_untouched(&self) -> bool {
        let none = std::fs::read_dir(self.folder.path()).unwrap().next().is_none();
        none && self.url.as_ref().is_none_or(|url| Sql::server(url).tables().is_empty())
    }
}

/// R-BAK-1, R-BAK-2, R-BAK-6
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_write_is_of_one_moment() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let sam = college.who("Sam Okafor").await;
    let going = Arc::new(AtomicBool::new(true));
    let (still, desk) = (Arc::clone(&going), college.desk());
    // Each moves the clock by a second and writes an event: a moment has as many of the one as of the other.
    let writing = tokio::spawn(async move {
        let mut count = 0;
        while still.load(Ordering::Relaxed) {
            programme::move_clock(&desk, sam, 1).await.expect("moved");
            count += 1;
        }
        count
    });
    let (mut taken, mut least) = (Vec::new(), 0);
    let moves = "SELECT count(*) FROM event WHERE act = 'MoveClock'";
    for round in 0..3 {
        while college.place.sql().number(moves) <= least {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let before = college.place.sql().number(moves);
        let desk = at(&college.desk(), now() + round.seconds());
        let made = make(&desk, Maker::Command, &plan).await.unwrap_or_else(|stop| panic!("{stop:?}"));
        least = college.place.sql().number(moves);
        taken.push((made, before, least));
    }
    going.store(false, Ordering::Relaxed);
    let written: i64 = writing.await.unwrap();
    assert!(written >= least && least > 0);
    for (made, before, after) in &taken {
        let empty = Empty::beside(&college);
        let back = empty.take(made, &identity, true).await.unwrap_or_else(|stop| panic!("{stop:?}"));
        assert_eq!(back.keyring, KeyringState::NotNeeded);
        let sql = empty.sql();
        let moved = sql.number(moves);
        assert_eq!(sql.number("SELECT clock_ahead FROM programme"), moved, "half of something is in it");
        assert!((*before..=*after).contains(&moved), "{before} {moved} {after}");
        assert_eq!(sql.number("SELECT count(*) FROM event WHERE act = 'RestoreBackup'"), 1);
    }
    assert_eq!(college.place.sql().number("SELECT count(*) FROM event WHERE act = 'BackUp'"), 3);
}

/// R-BAK-1
#[tokio::test]
async fn everything_comes_back_as_it_was_and_nothing_is_left_lying_about() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let mut before = college.tables();
    let made = make(&college.desk(), Maker::Job, &plan).await.unwrap();
    assert!(made.keyring.is_none(), "nobody has made keys");
    let left = |folder: &Path| {
        let names = std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("backing-up") || name.ends_with(".part")).collect::<Vec<_>>()
    };
    assert_eq!(left(college.place.folder()), Vec::<String>::new());
    let empty = Empty::beside(&college);
    let back = empty.take(&made, &identity, false).await.unwrap();
    assert_eq!(back.made, now());
    let mut after = empty.sql().all();
    let events = after.get_mut("event").unwrap();
    events.retain(|event| event["act"] != trial::Cell::Text("RestoreBackup".to_owned()));
    let said = |row: &trial::Row| format!("{:?}", row["content"]).contains("RestoreBackup");
    after.get_mut("audit_entry").unwrap().retain(|entry| !said(entry));
    // The working copy is made anew when the college is served.
    for tables in [&mut before, &mut after] {
        tables.retain(|table, _| !["participant", "entry_thread"].contains(&table.as_str()));
    }
    assert_eq!(after, before);
    let names =
        std::fs::read_dir(empty.folder.path()).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap());
    let wanted: &[&str] = if empty.url.is_some() { &[] } else { &["alongside.db"] };
    assert_eq!(names.collect::<Vec<_>>(), wanted);
    // A second time there is something to lose.
    let refused = empty.take(&made, &identity, false).await;
    assert!(
        matches!(refused, Err(Stop::Refused(RestoreRefused::Filled(_) | RestoreRefused::FilledDatabase))),
        "{refused:?}"
    );
}

/// R-BAK-6
#[tokio::test]
async fn a_file_that_is_not_right_changes_nothing() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let secret = [9; 32];
    college.house.store.keyring().thread(college.desk().institution(), ThreadId(Uuid::from_u128(3)), secret).unwrap();
    let made = make(&college.desk(), Maker::Command, &plan).await.unwrap();
    let (file, keyring) = (made.database.path.clone(), made.keyring.clone().unwrap().path);
    let bytes = std::fs::read(&file).unwrap();
    let other = |name: &str, bytes: &[u8]| {
        let path = college.place.folder().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut altered = bytes.clone();
    altered[bytes.len() / 2] ^= 1;
    let (cut, altered) = (other("cut", &bytes[..bytes.len() - 100]), other("altered", &altered));
    let foreign = other("foreign", b"SQLite format 3\0 and so on");
    let stranger = Identity::make(now()).0;
    let empty = Empty::beside(&college);
    for ((file, keys), key, said) in [
        ((&cut, None), &identity, "damaged"),
        ((&altered, None), &identity, "damaged"),
        ((&foreign, None), &identity, "no backup of Alongside"),
        ((&file, None), &stranger, "sealed to other recipients"),
        ((&keyring, None), &identity, "is a backup of the keyring"),
        ((&file, Some(&file)), &identity, "no backup of a keyring"),
        ((&file, Some(&cut)), &identity, "damaged"),
    ] {
        let refused = empty.take_file((file, keys.map(|path| path.as_path())), key).await;
        let Err(Stop::Refused(refused)) = refused else { panic!("{said}: {refused:?}") };
        assert!(refused.to_string().contains(said), "{refused}");
        assert!(empty.is_untouched(), "{said}");
    }
}

/// R-BAK-6: the last check is in the database itself.
#[tokio::test]
async fn a_backup_of_the_other_kind_of_database_says_where_it_belongs() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let made = make(&college.desk(), Maker::Command, &plan).await.unwrap();
    let mut empty = Empty::beside(&college);
    empty.url = if empty.url.is_some() { None } else { Some("postgres://nobody@127.0.0.1:1/none".to_owned()) };
    let Err(Stop::Refused(refused)) = empty.take(&made, &identity, false).await else { panic!("restored") };
    assert!(refused.to_string().contains("--database"), "{refused}");
    assert!(std::fs::read_dir(empty.folder.path()).unwrap().next().is_none());
}

/// R-BAK-4
#[tokio::test]
async fn a_keyring_goes_with_every_backup_of_its_own_and_lives_fourteen_days() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let (desk, sam) = (college.desk(), college.who("Sam Okafor").await);
    college.house.store.keyring().pepper(desk.institution(), sam, [7; 32]).unwrap();
    let first = make(&desk, Maker::Command, &plan).await.unwrap();
    let keyring = first.keyring.unwrap().path;
    assert!(keyring.starts_with(&plan.keyring_folder) && first.database.path.starts_with(&plan.folder));
    let sealed = [std::fs::read(&keyring).unwrap(), std::fs::read(&first.database.path).unwrap()].concat();
    assert!(!sealed.windows(32).any(|part| part == [7; 32]), "a key can be read");
    let opened = actions::backup::container::open(std::fs::File::open(&first.database.path).unwrap(), &key(&identity));
    let mut inside = Vec::new();
    opened.unwrap().pour(&mut inside).unwrap();
    assert!(!inside.windows(32).any(|part| part == [7; 32]), "the database's backup holds the keyring");
    for (days, left) in [(KEYRING_DAYS, 2), (KEYRING_DAYS + 1, 2)] {
        make(&at(&desk, now() + (24 * days).hours()), Maker::Job, &plan).await.unwrap();
        assert_eq!(lying(&plan.keyring_folder, Sort::Keyring).unwrap().len(), left, "{days}");
    }
    assert!(!keyring.exists());
    assert_eq!(lying(&plan.folder, Sort::Database).unwrap().len(), 3, "the database's are kept");
}

/// R-BAK-1
#[tokio::test]
async fn without_a_recipient_or_room_nothing_is_made_and_nothing_is_told_as_done() {
    let college = College::new().await;
    let plan = plan_for(college.place.folder(), Vec::new());
    let refused = make(&college.desk(), Maker::Command, &plan).await;
    let Err(Stop::Refused(refused @ BackupRefused::NoRecipient)) = refused else { panic!("{refused:?}") };
    assert!(refused.to_string().contains("--new-identity"), "{refused}");
    let (mut blocked, _) = self::plan(college.place.folder());
    std::fs::write(college.place.folder().join("taken"), "a file").unwrap();
    blocked.folder = college.place.folder().join("taken");
    let refused = make(&college.desk(), Maker::Command, &blocked).await;
    assert!(matches!(refused, Err(Stop::Refused(BackupRefused::File(_)))), "{refused:?}");
    assert_eq!(college.place.sql().number("SELECT count(*) FROM event WHERE act = 'BackUp'"), 0);
    assert!(!college.place.folder().join("alongside.db.backing-up").exists());
}

/// R-BAK-5
#[tokio::test]
async fn the_doctor_says_how_backups_stand_and_what_a_lost_keyring_means() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let desk = college.desk();
    let look = async |desk: &Desk, plan: &Plan, identity: Option<&str>| {
        let findings = look::examine(desk, plan, identity.map(key)).await.unwrap();
        let worst = findings.iter().map(|finding| finding.standing).max().unwrap();
        let said: Vec<String> = findings.into_iter().map(|finding| finding.sentence).collect();
        (worst, said.join("\n"))
    };
    let (worst, said) = look(&desk, &plan_for(college.place.folder(), Vec::new()), None).await;
    assert!(worst == Standing::Look && said.contains("No recipient") && !said.contains("keyring.db"), "{said}");
    college.house.store.keyring().pepper(desk.institution(), PersonId(Uuid::from_u128(4)), [7; 32]).unwrap();
    let (worst, said) = look(&desk, &plan, None).await;
    assert!(worst == Standing::Wrong && said.contains("nobody could open what was said ever again"), "{said}");
    let made = make(&desk, Maker::Command, &plan).await.unwrap();
    let (worst, said) = look(&desk, &plan, None).await;
    assert!(worst == Standing::Well && said.contains("was not tried"), "{said}");
    let (worst, said) = look(&desk, &plan, Some(&identity)).await;
    assert!(worst == Standing::Well && said.contains("keyring opens and is whole"), "{said}");
    let (worst, said) = look(&desk, &plan, Some(&Identity::make(now()).0)).await;
    assert!(worst == Standing::Wrong && said.contains("does not open"), "{said}");
    for (hours, standing) in [(27, Standing::Look), (73, Standing::Wrong)] {
        assert_eq!(look(&at(&desk, now() + hours.hours()), &plan, None).await.0, standing);
    }
    let mut bytes = std::fs::read(&made.database.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&made.database.path, bytes).unwrap();
    let (worst, said) = look(&desk, &plan, Some(&identity)).await;
    assert!(worst == Standing::Wrong && said.contains("damaged"), "{said}");
}

/// R-BAK-6: what is missing is said.
#[tokio::test]
async fn a_keyring_that_is_missing_or_older_than_the_database_is_told() {
    let two = Two::new().await;
    let (plan, identity) = plan(two.college.place.folder());
    let desk = two.college.desk();
    two.granted().await;
    let early = make(&desk, Maker::Command, &plan).await.unwrap();
    // Another thread, and with it another key.
    let uma = two.college.who("Uma Roy").await;
    two.college.ask(uma, two.priya).await;
    let late = make(&at(&desk, now() + 60.seconds()), Maker::Command, &plan).await.unwrap();
    let mixed = Made { database: late.database.clone(), keyring: early.keyring.clone() };
    for (made, with_keyring, state) in [
        (&early, true, KeyringState::Whole),
        (&late, true, KeyringState::Whole),
        (&late, false, KeyringState::Missing),
        (&mixed, true, KeyringState::Older),
    ] {
        let empty = Empty::beside(&two.college);
        let back = empty.take(made, &identity, with_keyring).await.unwrap();
        assert_eq!(back.keyring, state);
        assert_eq!(empty.folder.path().join("keyring.db").exists(), with_keyring);
    }
}

/// R-BAK-1: stopping, or being killed, in the middle.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_broken_off_leaves_no_half_and_one_that_was_killed_is_cleared_away() {
    let college = College::new().await;
    let (plan, identity) = plan(college.place.folder());
    let left = || {
        let folders = [&plan.data, &plan.folder];
        let entries = folders.into_iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.ends_with(".part") || name.contains("backing-up")).collect::<Vec<_>>()
    };
    for round in 0..8 {
        let (desk, plan) = (at(&college.desk(), now() + round.seconds()), plan.clone());
        let making = tokio::spawn(async move { make(&desk, Maker::Job, &plan).await.map(drop) });
        tokio::time::sleep(std::time::Duration::from_millis(3 * round as u64)).await;
        making.abort();
        if let Ok(Err(stop)) = making.await {
            assert!(matches!(stop, Stop::Refused(BackupRefused::Busy)), "{stop:?}");
        }
    }
    for _ in 0..100 {
        if left().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(left(), Vec::<String>::new());
    for path in lying(&plan.folder, Sort::Database).unwrap() {
        let opened = actions::backup::container::open(std::fs::File::open(path.path).unwrap(), &key(&identity));
        opened.unwrap().pour(&mut std::io::sink()).expect("whole or not at all");
    }
    std::fs::write(plan.data.join("alongside.db.backing-up"), "left by a program that was killed").unwrap();
    actions::backup::clear(&college.desk(), &plan).await.unwrap();
    assert_eq!(left(), Vec::<String>::new());
}
