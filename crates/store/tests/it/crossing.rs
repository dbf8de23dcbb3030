//! A row never points into another institution.

use store::{Care, facts};
use trial::Sql;

use crate::college::{College, House};

/// Two colleges in one database: one that grew there, and another whose rows were brought over.
async fn two_colleges() -> (House, [College; 2]) {
    let (house, away) = (House::new().await, House::from(1_000_000).await);
    let (one, other) = (house.college().await, away.college().await);
    away.store.clone().close().await.expect("closed");
    house.place.bring_over(&away.place);
    (house, [one, other])
}

fn ids(sql: &Sql, colleges: &[College; 2]) -> [String; 2] {
    colleges.each_ref().map(|college| sql.id(college.facts.institution.0))
}

#[tokio::test]
async fn both_colleges_have_a_row_in_every_table() {
    let (house, colleges) = two_colleges().await;
    let sql = house.sql();
    let both = ids(&sql, &colleges);
    for table in sql.tables() {
        for college in &both {
            let count = sql.number(&format!("SELECT count(*) FROM {table} WHERE institution = {college}"));
            assert!(count > 0, "{table}: what is not there cannot be tried crosswise");
        }
    }
}

#[tokio::test]
async fn no_foreign_key_can_be_pointed_at_a_row_of_another_institution() {
    let (house, colleges) = two_colleges().await;
    let sql = house.sql();
    let [one, other] = ids(&sql, &colleges);
    let (row, mut tried) = (sql.row(), 0);
    for key in sql.foreign_keys() {
        let (table, column) = (&key.table, &key.columns.last().expect("a column").0);
        let theirs =
            format!("SELECT {column} FROM {table} WHERE institution = {other} AND {column} IS NOT NULL LIMIT 1");
        let mine = format!("SELECT {row} FROM {table} WHERE institution = {one} AND {column} IS NOT NULL LIMIT 1");
        let count = sql.number(&format!("SELECT count(*) FROM ({theirs}) AS a, ({mine}) AS b"));
        assert_eq!(count, 1, "{table}.{column} is filled in both");
        let refused = sql.run(&format!("UPDATE {table} SET {column} = ({theirs}) WHERE {row} = ({mine})"));
        let refused = refused.expect_err(&format!("{table}.{column} points into another institution")).to_string();
        assert!(refused.contains("FOREIGN KEY"), "{table}.{column}: {refused}");
        // The other way round: the row itself moves and leaves what it points to behind.
        let moved = sql.run(&format!("UPDATE {table} SET institution = {other} WHERE {row} = ({mine})"));
        let refused = moved.expect_err(&format!("a row of {table} moves to another institution")).to_string();
        assert!(refused.contains("FOREIGN KEY") || refused.contains("UNIQUE"), "{table}: {refused}");
        tried += 1;
    }
    assert!(tried >= 32, "only {tried} tried");
}

#[tokio::test]
async fn two_institutions_may_use_the_same_names_and_addresses() {
    let (house, colleges) = two_colleges().await;
    let sql = house.sql();
    let both = ids(&sql, &colleges);
    for college in both {
        let address = format!(
            "SELECT count(*) FROM person WHERE institution = {college} AND email = 'sam.okafor@college.example'"
        );
        assert_eq!(sql.number(&address), 1);
    }
}

#[tokio::test]
async fn facts_of_one_institution_are_not_found_in_another() {
    let (house, [one, other]) = two_colleges().await;
    let store = house.place.store(Care::Sample).await;
    let (db, here, there) = (store.read(), one.facts.institution, other.facts.institution);
    assert!(facts::person(&db, here, one.teacher).await.expect("readable").is_some());
    assert!(facts::person(&db, there, other.teacher).await.expect("readable").is_some());
    assert!(facts::thread(&db, &one.facts, one.thread).await.expect("readable").is_some());
    assert_eq!(facts::person(&db, there, one.teacher).await.expect("readable"), None);
    assert_eq!(facts::person(&db, here, other.teacher).await.expect("readable"), None);
    assert_eq!(facts::thread(&db, &other.facts, one.thread).await.expect("readable"), None);
    assert_eq!(facts::entry(&db, there, one.named).await.expect("readable"), None);
}

#[tokio::test]
async fn a_list_of_staff_holds_nobody_of_another_institution() {
    let (house, colleges) = two_colleges().await;
    let store = house.place.store(Care::Sample).await;
    for college in &colleges {
        let lead = house.person(&store.read(), college.facts.institution, college.lead).await;
        let see = house.permit(&lead, &college.facts, &());
        let found = store::directory::practitioners(&store.read(), &see).await.expect("a directory");
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [college.practitioner]);
        let themes = store::directory::themes(&store.read(), &see).await.expect("themes");
        assert_eq!(themes.iter().map(|one| one.id).collect::<Vec<_>>(), [college.theme]);
    }
}
