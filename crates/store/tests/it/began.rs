//! How voluntary support began, as the teacher says.

use domain::began::Began;
use policies::acts::{ChangePractitioner, SeeOwnSupport};
use policies::facts::PersonFacts;
use store::{began, facts};

use crate::college::House;

/// R-SUP-16
#[tokio::test]
async fn whose_idea_it_was_is_given_to_the_teacher_alone_and_to_the_thread_that_takes_its_place() {
    let house = House::new().await;
    let college = house.college().await;
    let db = house.store.read();
    let institution = college.facts.institution;
    let teacher = house.person(&db, institution, college.teacher).await;
    let practitioner = house.person(&db, institution, college.practitioner).await;
    let own = house.permit::<SeeOwnSupport>(&teacher, &teacher, &());
    assert_eq!(began::own(&db, &own).await.expect("readable"), [(college.thread, Began::Suggested)]);
    let other = house.permit::<SeeOwnSupport>(&practitioner, &practitioner, &());
    assert!(began::own(&db, &other).await.expect("readable").is_empty(), "nothing for the one who was asked");
    let on = facts::thread(&db, &college.facts, college.thread).await.expect("readable").expect("a thread");
    let elsewhere = PersonFacts { id: house.fresh(), ..practitioner.clone() };
    let change = house.permit::<ChangePractitioner>(&teacher, &on, &elsewhere);
    assert_eq!(began::of_left(&db, &change).await.expect("readable"), Some(Began::Suggested));
    house.sql().run("UPDATE thread SET began = NULL").expect("nothing said");
    let db = house.store.read();
    assert!(began::own(&db, &own).await.expect("readable").is_empty());
    assert_eq!(began::of_left(&db, &change).await.expect("readable"), None);
}
