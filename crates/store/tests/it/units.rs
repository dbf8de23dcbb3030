//! Units of work: all or nothing, one after another; and migrations.

use std::sync::Arc;

use policies::acts::FillSample;
use policies::facts::Actor;
use store::{Care, programme};

use crate::college::House;
use trial::Sql;

async fn counts(sql: &Sql) -> Vec<(String, i64)> {
    let mut counts = Vec::new();
    for table in sql.tables() {
        let count = sql.number(&format!("SELECT count(*) FROM {table}"));
        counts.push((table, count));
    }
    counts
}

#[tokio::test]
async fn a_unit_of_work_dropped_without_commit_leaves_nothing() {
    let house = House::new().await;
    house.college().await;
    let sql = house.sql();
    let before = counts(&sql).await;
    let db = house.store.write().await.expect("the lock");
    house.empty_college(&db).await;
    assert_eq!(counts(&sql).await, before, "others do not see what is not committed");
    drop(db);
    assert_eq!(counts(&sql).await, before);
    let db = house.store.write().await.expect("the lock is free again");
    house.empty_college(&db).await;
    db.commit().await.expect("commit");
    assert_ne!(counts(&sql).await, before);
}

#[tokio::test]
async fn migrations_run_twice_harmlessly() {
    let house = House::new().await;
    house.college().await;
    let before = house.place.tables();
    let shape = |sql: &Sql| {
        let keys: Vec<_> = sql.tables().iter().map(|table| sql.keys(table)).collect();
        format!("{:?} {keys:?} {:?}", sql.columns(), sql.foreign_keys())
    };
    let made = shape(&house.sql());
    house.store.clone().close().await.expect("closed");
    let again = house.place.store(Care::Full).await;
    again.close().await.expect("closed");
    assert_eq!(house.place.tables(), before);
    assert_eq!(shape(&house.sql()), made);
}

#[tokio::test]
async fn the_store_refuses_a_row_that_points_nowhere() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.write().await;
    let nobody = (Some(house.fresh()), None);
    let refused = store::people::set_line(&db, &house.import(&college.facts), college.teacher, nobody).await;
    assert!(refused.expect_err("a manager who does not exist").to_string().contains("FOREIGN KEY"));
}

const TASKS: i64 = 8;
const UNITS: i64 = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_in_parallel_never_fail_and_lose_nothing() {
    let house = House::new().await;
    let db = house.store.write().await.expect("the lock");
    let facts = house.empty_college(&db).await;
    db.commit().await.expect("commit");
    let mut tasks = Vec::new();
    for _ in 0..TASKS {
        let (store, gate, facts) = (house.store.clone(), Arc::clone(&house.gate), facts.clone());
        tasks.push(tokio::spawn(async move {
            let permit = gate.permit::<FillSample>(&Actor::CommandLine, &facts, &()).expect("allowed");
            for _ in 0..UNITS {
                let db = store.write().await.expect("the lock");
                let ahead = programme::find(&db).await.expect("read").expect("a programme").clock_ahead;
                // Whoever wrote in between would be overwritten.
                tokio::task::yield_now().await;
                programme::start_clock(&db, &permit, ahead + 1).await.expect("written");
                db.commit().await.expect("commit");
            }
        }));
    }
    for task in tasks {
        task.await.expect("no task fails");
    }
    let ahead = programme::find(&house.store.read()).await.expect("read").expect("a programme").clock_ahead;
    assert_eq!(ahead, TASKS * UNITS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reading_goes_on_while_somebody_writes() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.write().await.expect("the lock");
    house.empty_college(&db).await;
    let found = store::facts::person(&house.store.read(), college.facts.institution, college.teacher).await;
    assert!(found.expect("read at once").is_some());
}

#[tokio::test]
async fn every_identifier_in_a_filled_college_is_random() {
    let house = House::new().await;
    house.college().await;
    let sql = house.sql();
    let mut seen = 0;
    for column in sql.columns().into_iter().filter(|column| column.kind.contains("uuid")) {
        let of = format!("SELECT {0} FROM {1} WHERE {0} IS NOT NULL", column.name, column.table);
        let ids: Vec<(uuid::Uuid,)> = sql.rows(&of);
        assert!(!ids.is_empty(), "nothing in {}", column.path());
        for (id,) in ids {
            assert_eq!(id.get_version_num(), 4, "{} {id}", column.path());
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen}");
}
