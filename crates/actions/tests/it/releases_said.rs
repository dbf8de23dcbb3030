//! What people said of sessions in releases, and who hears that a release is out.

use actions::releases::{self, Cover, ToldOfSessions};
use actions::{mail, training_people, training_said, trainings};
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::people::Role;
use domain::staff_file::StaffPerson;
use domain::training_said::{Choice, Said, Statement};
use jiff::Timestamp;
use trial::Cell;

use crate::college::{College, new_college, now, practitioner, slot, somebody, staff};
use crate::releases::{SPRING, SUMMER, YEAR, make};
use crate::trainings::{area, planned};

/// Five in the role, and forty who teach.
async fn larger() -> College {
    let mut staff = staff();
    for number in 0..3 {
        staff.people.push(practitioner(&format!("Coach Number{number}"), Some(1), Minutes::hours(150)));
    }
    for number in 0..40 {
        let one = somebody(&format!("Teacher Number{number}"), &[Role::Teacher], Some(2));
        staff.people.push(StaffPerson { area: Some(number % 2), ..one });
    }
    College::of(&new_college(), &staff, 7).await
}

const RUNNERS: [&str; 5] = ["Priya Nair", "Tom Birch", "Coach Number0", "Coach Number1", "Coach Number2"];

/// A session to which these come, and all of them say the same.
async fn session(college: &College, (runner, starts): (&str, &str), (people, said): (&[PersonId], Choice)) {
    let (who, when) = (college.who(runner).await, slot(starts, 10));
    let planned = planned(area(college).await, when);
    let made = trainings::plan(&college.desk(), who, (who, planned), (None, starts)).await.expect("planned");
    for person in people {
        training_people::sign_up(&college.desk(), (*person, made)).await.expect("signed up");
    }
    let begins: Timestamp = starts.parse().expect("a time");
    let after = college.later(begins.duration_since(now()).as_hours() + 2);
    training_people::record(&after, (who, made), (people, None)).await.expect("came");
    trainings::record(&after, (who, made), (Minutes(10), Minutes(0))).await.expect("held");
    for person in people {
        training_said::say(&after, (*person, made), &Said::of(|_| Some(said)).expect("said")).await.expect("counted");
    }
}

/// Five sessions of five practitioners in a month, so many at each, and each of the forty at two of them at most.
async fn sessions(college: &College, month: &str, (many, said): (usize, Choice)) {
    let mut everybody = Vec::new();
    for number in 0..40 {
        everybody.push(college.who(&format!("Teacher Number{number}")).await);
    }
    for (at, runner) in RUNNERS.into_iter().enumerate() {
        let people: Vec<PersonId> = everybody.iter().cycle().skip(at * 8).take(many).copied().collect();
        session(college, (runner, &format!("{month}T{:02}:30:00Z", 10 + at)), (&people, said)).await;
    }
}

async fn cover(college: &College, which: (i16, u8)) -> Cover {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let page = releases::see(&college.desk(), &helen, Some(which)).await.expect("seen");
    page.cover().expect("a cover").clone()
}

fn words(told: &ToldOfSessions) -> Vec<[&'static str; 3]> {
    told.statements.iter().map(|one| one.ranges.map(|range| range.map_or("", |range| range.words()))).collect()
}

/// R-REL-23 R-REL-24 R-REL-26
#[tokio::test]
async fn a_term_tells_in_quarters_what_was_said_of_sessions_and_the_year_says_it_again() {
    let college = larger().await;
    sessions(&college, "2026-11-27", (14, Choice::Agree)).await;
    make(&college, SPRING).await;
    let spring = cover(&college, (2026, 2)).await;
    assert_eq!(spring.said.len(), 1);
    let told = &spring.said[0];
    assert_eq!((told.name.as_str(), told.until, told.statements.len()), ("Spring term 2027", spring.out, 3));
    assert_eq!(words(told), [["three quarters or more", "under a quarter", "under a quarter"]; 3]);
    let text = serde_json::to_string(told).expect("written");
    assert!(!text.contains("70") && !text.contains("14"), "no number of answers: {text}");
    assert!(!text.contains(&college.who(RUNNERS[0]).await.to_string()), "nobody who ran one");
    make(&college, SUMMER).await;
    assert!(cover(&college, (2026, 3)).await.said.is_empty(), "each answer is told once");
    make(&college, YEAR).await;
    assert_eq!(cover(&college, (2026, 0)).await.said, spring.said);
    let rows = college.tables()["training_said"].len();
    assert_eq!(rows, 5 * Statement::ALL.len() * Choice::ALL.len(), "what is kept of a session is as it was");
}

/// R-REL-23 R-REL-25 R-REL-26
#[tokio::test]
async fn answers_that_are_too_few_wait_for_the_next_term_and_are_told_with_what_comes_then() {
    let college = larger().await;
    sessions(&college, "2026-11-27", (5, Choice::Disagree)).await;
    make(&college, SPRING).await;
    let spring = cover(&college, (2026, 2)).await;
    assert!(spring.said.is_empty(), "twenty-five answers are too few");
    sessions(&college, "2027-04-29", (14, Choice::Agree)).await;
    make(&college, SUMMER).await;
    let summer = cover(&college, (2026, 3)).await;
    assert_eq!(summer.said.len(), 1);
    assert_eq!((summer.said[0].from, summer.said[0].until), (spring.from, summer.out));
    // Five sessions say "half or more": the second quarter alone would leave too little of it, so it is told with the third.
    assert_eq!(words(&summer.said[0])[0], ["a quarter to three quarters", "under a quarter", "a quarter or more"]);
}

/// R-REL-26: with one answer each, twenty-eight people would do. That as many came must be known from who came.
#[tokio::test]
async fn nothing_is_told_where_it_is_not_known_already_that_so_many_came() {
    for (many, told) in [(28, 0), (33, 1)] {
        let college = larger().await;
        let mut people = Vec::new();
        for number in 0..many {
            people.push(college.who(&format!("Teacher Number{number}")).await);
        }
        for (at, (runner, own)) in RUNNERS.into_iter().zip(people.chunks(people.len().div_ceil(5))).enumerate() {
            session(&college, (runner, &format!("2026-11-27T{:02}:30:00Z", 10 + at)), (own, Choice::Agree)).await;
        }
        make(&college, SPRING).await;
        assert_eq!(cover(&college, (2026, 2)).await.said.len(), told, "{many}");
    }
}

/// R-REL-12 R-REL-25
#[tokio::test]
async fn what_was_said_is_in_the_hash_of_its_release() {
    if crate::retention::two_on_a_server() {
        return;
    }
    let college = larger().await;
    sessions(&college, "2026-11-27", (14, Choice::Partly)).await;
    make(&college, SPRING).await;
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let sql = college.place.sql();
    sql.run("UPDATE release_cover SET said = replace(said, '{\"low\":3,\"high\":4}', '{\"low\":2,\"high\":3}')")
        .expect("altered");
    assert!(releases::see(&college.desk(), &helen, None).await.is_err());
    sql.run("UPDATE release_cover SET said = replace(said, '{\"low\":2,\"high\":3}', '{\"low\":3,\"high\":4}')")
        .expect("mended");
    assert!(releases::see(&college.desk(), &helen, None).await.is_ok());
}

/// For whom something is waiting.
fn waiting(college: &College) -> Vec<Cell> {
    college.tables()["notice"].iter().map(|row| row["person"].clone()).collect()
}

/// R-REL-27
#[tokio::test]
async fn something_waits_for_whoever_may_read_a_release_once_and_for_nobody_else() {
    let college = larger().await;
    assert!(waiting(&college).is_empty());
    make(&college, SPRING).await;
    let mut readers = Vec::new();
    for name in ["Ruth Adeyemi", "Helen Marsh"] {
        readers.push(Cell::Bytes(college.who(name).await.0.as_bytes().to_vec()));
    }
    let told = waiting(&college);
    assert_eq!(told.len(), 2);
    assert!(
        readers.iter().all(|who| told.contains(who)),
        "leads and senior leaders, and nobody who teaches or manages"
    );
    assert!(!make(&college, "2027-05-01T09:00:00Z").await);
    assert_eq!(waiting(&college), told, "once");
    let later = college.later(crate::releases::until("2027-04-12T09:00:00Z"));
    mail::write_due(&later).await.expect("written");
    let of = |row: &&trial::Row| readers.contains(&row["person"]) && row["matter"] == Cell::Text("waiting".to_owned());
    let tables = college.tables();
    assert_eq!(
        tables["outbox"].iter().filter(of).count(),
        tables["outbox"].iter().filter(|row| row["matter"] == Cell::Text("waiting".to_owned())).count()
    );
}
