//! The board is frozen once a week, whatever happens in between.

use actions::board::{self, Waiting};
use domain::minutes::Minutes;

use crate::college::{College, slot};

/// R-BRD-1
#[tokio::test]
async fn a_second_recompute_in_the_same_week_changes_nothing() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    assert!(board::recompute(&college.desk()).await.expect("computed"));
    let thread = college.ask(sam, priya).await;
    college.meet((priya, sam), thread, slot("2026-11-25T10:00:00Z", 60)).await;
    let before = college.tables();
    // Tuesday to Sunday of the same week.
    for hours in [0, 1, 24, 4 * 24, 5 * 24] {
        assert!(!board::recompute(&college.later(hours)).await.expect("stands"), "{hours} h later");
    }
    assert_eq!(college.tables(), before);
    assert!(board::recompute(&college.later(6 * 24)).await.expect("computed"), "on Monday");
    assert_eq!(college.tables()["board_week"].len(), before["board_week"].len() * 2);
}

/// R-BRD-1, R-BRD-2
#[tokio::test]
async fn the_board_shows_last_weeks_requests_and_never_a_practitioners_own() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let (tom, helen) = (college.who("Tom Birch").await, college.facts(college.who("Helen Marsh").await).await);
    board::recompute(&college.desk()).await.expect("computed");
    college.ask(sam, priya).await;
    college.ask(priya, tom).await;
    let waiting = async |hours| {
        let board = board::see(&college.later(hours), &helen).await.expect("a board");
        board.rows.into_iter().map(|row| (row.name, row.waiting)).collect::<Vec<_>>()
    };
    let none = Waiting::Exactly(0, 0);
    assert_eq!(waiting(1).await, [("Priya Nair".to_owned(), none), ("Tom Birch".to_owned(), none)]);
    board::recompute(&college.later(6 * 24)).await.expect("computed");
    let one = Waiting::Exactly(1, 4);
    assert_eq!(waiting(6 * 24).await, [("Priya Nair".to_owned(), one), ("Tom Birch".to_owned(), none)]);
}

/// R-BRD-1
#[tokio::test]
async fn booked_hours_enter_the_board_on_the_next_monday() {
    let college = College::new().await;
    let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let thread = college.ask(sam, priya).await;
    college.meet((priya, sam), thread, slot("2026-12-02T10:00:00Z", 60)).await;
    board::recompute(&college.later(6 * 24)).await.expect("computed");
    let board = board::see(&college.later(6 * 24), &helen).await.expect("a board");
    let booked: Vec<Minutes> = board.rows.iter().map(|row| row.hours.booked).collect();
    assert_eq!(booked, [Minutes(60), Minutes(0)]);
}
