//! Whom the ask form suggests: everybody but oneself, the own line, the appraiser and whom one would rather not ask.

use actions::{directory, support};
use domain::minutes::Minutes;
use domain::staff_file::Staff;

use crate::college::{College, new_college, practitioner, staff};

/// Sam's line goes up through two practitioners, a third appraises her; four others stand outside.
async fn college() -> College {
    let mut staff: Staff = staff();
    let hours = Minutes::hours(150);
    staff.people.push(practitioner("Line Manager", Some(9), hours));
    staff.people.push(practitioner("Managers Manager", Some(0), hours));
    staff.people.push(practitioner("Her Appraiser", Some(0), hours));
    staff.people.push(practitioner("Somebody Avoided", Some(0), hours));
    let mut generalist = practitioner("A Generalist", Some(0), hours);
    if let Some(practice) = &mut generalist.practice {
        practice.expertise = Vec::new();
    }
    staff.people.push(generalist);
    staff.people[3].manager = Some(8);
    staff.people[3].appraiser = Some(10);
    College::of(&new_college(), &staff, 5).await
}

async fn suggested(college: &College, who: &str) -> Vec<String> {
    let who = college.facts(college.who(who).await).await;
    let wanted = [college.theme().await];
    let found = support::suggest(&college.desk(), &who, &wanted).await.expect("a list");
    let mut names: Vec<String> = found.list.into_iter().map(|one| one.practitioner.name).collect();
    names.sort();
    names
}

/// R-MAT-4
#[tokio::test]
async fn line_appraiser_avoided_and_oneself_are_not_suggested_and_everybody_else_is() {
    let college = college().await;
    let (sam, avoided) = (college.who("Sam Okafor").await, college.who("Somebody Avoided").await);
    let with = ["A Generalist", "Priya Nair", "Somebody Avoided", "Tom Birch"];
    assert_eq!(suggested(&college, "Sam Okafor").await, with);
    directory::set_avoided(&college.desk(), sam, avoided, true).await.expect("avoided");
    assert_eq!(suggested(&college, "Sam Okafor").await, ["A Generalist", "Priya Nair", "Tom Birch"]);
    let uma = suggested(&college, "Uma Roy").await;
    assert_eq!(uma.len(), 7, "to others, all of them are: {uma:?}");
    directory::set_avoided(&college.desk(), sam, avoided, false).await.expect("not any more");
    assert_eq!(suggested(&college, "Sam Okafor").await, with);
}

/// R-MAT-4
#[tokio::test]
async fn a_practitioner_is_never_suggested_to_herself() {
    let college = college().await;
    let own = suggested(&college, "Priya Nair").await;
    assert!(!own.contains(&"Priya Nair".to_owned()) && own.contains(&"Tom Birch".to_owned()), "{own:?}");
}

/// R-SUP-1
#[tokio::test]
async fn an_account_that_is_off_is_not_suggested() {
    let college = college().await;
    let (marek, tom) = (college.who("Marek Nowicki").await, college.who("Tom Birch").await);
    actions::people::set_active(&college.desk(), marek, (tom, false)).await.expect("off");
    assert!(!suggested(&college, "Sam Okafor").await.contains(&"Tom Birch".to_owned()));
}

#[tokio::test]
async fn the_order_is_the_same_on_every_look() {
    let college = college().await;
    let uma = college.facts(college.who("Uma Roy").await).await;
    let mut orders = Vec::new();
    for hours in [0, 1, 30, 72] {
        let found = support::suggest(&college.later(hours), &uma, &[]).await.expect("a list");
        orders.push(found.list.into_iter().map(|one| one.practitioner.id).collect::<Vec<_>>());
    }
    assert!(orders.windows(2).all(|two| two[0] == two[1]), "{orders:?}");
}

/// R-SUP-9
#[tokio::test]
async fn nobody_else_learns_whom_somebody_avoids() {
    let college = college().await;
    let (sam, tom) = (college.who("Sam Okafor").await, college.who("Tom Birch").await);
    directory::set_avoided(&college.desk(), sam, tom, true).await.expect("avoided");
    let sam_sees = directory::avoided(&college.desk(), &college.facts(sam).await).await.expect("one's own list");
    assert_eq!(sam_sees, [tom]);
    for name in ["Tom Birch", "Uma Roy", "Helen Marsh", "Line Manager"] {
        let other = college.facts(college.who(name).await).await;
        assert_eq!(directory::avoided(&college.desk(), &other).await.expect("one's own list"), [], "{name}");
    }
}
