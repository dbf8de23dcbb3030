//! PostgreSQL that goes away and comes back; moving a college there.
#![cfg(unix)]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use policies::acts::MoveDatabase;
use policies::facts::Actor;
use store::transfer::{self, NotMoved};
use store::{Care, Fault, Store, programme};
use trial::Place;

use crate::college::House;

/// A line to the server that can be cut.
struct Wire {
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<(TcpStream, UnixStream)>>>,
}

fn pump(mut from: impl Read, mut to: impl Write) {
    let mut bytes = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
}

impl Wire {
    fn to(socket: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let (cut, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (is_cut, opened) = (Arc::clone(&cut), Arc::clone(&open));
        std::thread::spawn(move || {
            for here in listener.incoming() {
                let here = here.expect("a visitor");
                if is_cut.load(Ordering::Relaxed) {
                    continue;
                }
                let there = UnixStream::connect(&socket).expect("the server");
                let (here_too, there_too) = (here.try_clone().expect("one"), there.try_clone().expect("two"));
                opened
                    .lock()
                    .expect("alone")
                    .push((here.try_clone().expect("three"), there.try_clone().expect("four")));
                std::thread::spawn(move || pump(here_too, there));
                std::thread::spawn(move || pump(there_too, here));
            }
        });
        Self { port, cut, open }
    }

    fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::Relaxed);
        for (here, there) in self.open.lock().expect("alone").drain(..).filter(|_| cut) {
            here.shutdown(Shutdown::Both).expect("cut");
            there.shutdown(Shutdown::Both).expect("cut");
        }
    }
}

/// R-RUN-10
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_and_comes_back_is_used_again() {
    let place = Place::new();
    let Some(url) = place.url() else { return };
    let (user_at, rest) = url.split_once("@").expect("user@socket/name");
    let (socket, rest) = rest.split_once('/').expect("a name");
    let wire = Wire::to(format!("{}/.s.PGSQL.5432", socket.replace("%2F", "/")));
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::connect(&format!("{user_at}@127.0.0.1:{}/{rest}", wire.port), folder.path(), Care::Full)
        .await
        .expect("connected");
    let found = async |store: &Store| programme::find(&store.read()).await.map(|found| found.is_some());
    assert!(matches!(found(&store).await, Ok(false)));
    let unit = store.write().await.expect("a unit of work");
    wire.cut(true);
    assert!(matches!(found(&store).await, Err(Fault::Away)), "{:?}", found(&store).await);
    assert!(matches!(unit.commit().await, Err(Fault::Away)));
    assert!(matches!(store.write().await.err(), Some(Fault::Away)));
    wire.cut(false);
    assert!(matches!(found(&store).await, Ok(false)), "nothing has to be restarted");
    store.write().await.expect("and written again").commit().await.expect("committed");
}

/// R-RUN-9
#[tokio::test]
async fn a_college_is_moved_row_by_row_and_only_into_an_empty_database() {
    let house = House::new().await;
    let college = house.college().await;
    let other = Place::new();
    let target = other.store(store::Care::Sample).await;
    let permit = house.gate.permit::<MoveDatabase>(&Actor::CommandLine, &college.facts, &()).expect("allowed");
    let moved = transfer::copy(&house.store, &target, &permit).await.expect("moved");
    // The working copy is made anew, with the keyring of the folder.
    let lasting = |place: &Place| {
        let mut tables = place.tables();
        tables.retain(|table, _| !["participant", "entry_thread"].contains(&table.as_str()));
        tables
    };
    let (left, arrived) = (lasting(&house.place), lasting(&other));
    assert_eq!(arrived, left);
    assert_eq!(moved.rows, left.values().map(Vec::len).sum::<usize>());
    let again = transfer::copy(&house.store, &target, &permit).await;
    assert!(matches!(again, Err(NotMoved::NotEmpty)), "{again:?}");
    assert_eq!(lasting(&other), left);
}

/// R-RUN-9
#[tokio::test]
async fn a_college_moves_from_sqlite_to_postgresql_and_nothing_of_it_changes() {
    let place = Place::new();
    let Some(url) = place.url() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("college.db");
    let house = House::on(Store::open(&file, store::Care::Full).await.expect("SQLite")).await;
    let college = house.college().await;
    let target = Store::connect(&url, folder.path(), Care::Full).await.expect("PostgreSQL");
    let permit = house.gate.permit::<MoveDatabase>(&Actor::CommandLine, &college.facts, &()).expect("allowed");
    transfer::copy(&house.store, &target, &permit).await.expect("moved");
    target.mend().await.expect("made anew");
    assert_eq!(trial::Sql::server(&url).all(), trial::Sql::file(&file).all());
}
