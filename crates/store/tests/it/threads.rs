//! What goes with a thread, and what stays.

use crate::college::House;

#[tokio::test]
async fn deleting_a_thread_takes_everything_of_it_along() {
    let house = House::new().await;
    let college = house.college().await;
    let sql = house.sql().await;
    let thread = format!("x'{}'", college.thread.0.as_simple());
    let parts = ["participant", "thread_theme", "meeting", "offer", "entry_thread", "event"];
    let mut found = Vec::new();
    for column in sql.columns().await.iter().filter(|column| column.name == "thread") {
        let of = format!("SELECT count(*) FROM {} WHERE thread = {thread}", column.table);
        assert!(sql.number(&of).await > 0, "nothing in {}", column.table);
        found.push(of);
    }
    assert_eq!(found.len(), parts.len(), "a table that has threads is new: does it go with its thread?");
    sql.run(&format!("DELETE FROM thread WHERE id = {thread}")).await.expect("deleted");
    for of in found {
        assert_eq!(sql.number(&of).await, 0, "{of}");
    }
    assert_eq!(sql.number("SELECT count(*) FROM meeting").await, 0);
}

/// R-HRS-3
#[tokio::test]
async fn the_practitioners_hours_stay_when_a_thread_goes() {
    let house = House::new().await;
    house.college().await;
    let sql = house.sql().await;
    let hours = "SELECT count(*), sum(minutes) FROM hours_entry";
    let before: Vec<(i64, i64)> = sql.rows(hours).await;
    sql.run("DELETE FROM thread").await.expect("deleted");
    assert_eq!(sql.rows::<(i64, i64)>(hours).await, before);
    assert_eq!(before, [(2, 60)]);
    assert_eq!(sql.number("SELECT count(*) FROM entry_thread").await, 0);
}

#[tokio::test]
async fn somebody_who_takes_part_in_a_thread_cannot_be_deleted() {
    let house = House::new().await;
    let college = house.college().await;
    let sql = house.sql().await;
    let person = format!("DELETE FROM person WHERE id = x'{}'", college.teacher.0.as_simple());
    let refused = sql.run(&person).await.expect_err("the thread would name nobody").to_string();
    assert!(refused.contains("FOREIGN KEY"), "{refused}");
}
