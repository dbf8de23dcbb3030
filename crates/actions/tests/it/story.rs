//! One act after another, each tried twice: first so that its event cannot be saved, then in earnest.

use std::collections::BTreeSet;

use actions::desk::Stop;
use domain::ids::PersonId;

use crate::college::{College, told};
use trial::{Cell, Row, Tables};

/// Who an event says it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A person, outside threads.
    Person(PersonId),
    /// A participant's number in a thread, and no person.
    InThread(i64),
    /// A participant's number, with neither thread nor person.
    Number(i64),
    /// A job or the command line.
    Machine,
}

/// What a test expects to have happened.
pub type Happened = (&'static str, By);

/// A story of acts.
pub struct Story<'a> {
    college: &'a College,
    tables: Tables,
    /// The actions that took part.
    pub told: BTreeSet<String>,
}

fn number(row: &Row, column: &str) -> Option<i64> {
    match row.get(column) {
        Some(Cell::Number(number)) => Some(*number),
        _ => None,
    }
}

fn by(row: &Row) -> By {
    let filled = |column: &str| match row.get(column) {
        Some(Cell::Bytes(id)) => Some(id.clone()),
        _ => None,
    };
    match (filled("person"), filled("thread"), number(row, "number")) {
        (Some(person), None, None) => By::Person(PersonId(uuid::Uuid::from_slice(&person).expect("an id"))),
        (None, Some(_), Some(number)) => By::InThread(number),
        (None, None, Some(number)) => By::Number(number),
        (None, None, None) => By::Machine,
        other => panic!("an event tells who in a thread: {other:?}"),
    }
}

fn act(row: &Row) -> String {
    match row.get("act") {
        Some(Cell::Text(act)) => act.clone(),
        other => panic!("no act: {other:?}"),
    }
}

/// The events of `after` that are not in `before`.
pub fn fresh_events(before: &Tables, after: &Tables) -> Vec<(String, By)> {
    let fresh = after["event"].iter().filter(|row| !before["event"].contains(row));
    fresh.map(|row| (act(row), by(row))).collect()
}

/// What the store keeps as the organisation chart.
const CHART: [&str; 14] = [
    "person",
    "relation",
    "priority",
    "priority_lead",
    "specialism",
    "practice",
    "expertise",
    "nomination",
    "support_hour",
    "teaching",
    "area",
    "site",
    "theme",
    "board_week",
];

/// Whoever changes the chart says so, or everybody would go on by the one that was kept.
fn kept_chart_is_told(action: &str, before: &Tables, after: &Tables) {
    let version = |tables: &Tables| tables["programme"].first().map(|row| row["chart"].clone());
    let changed: Vec<&&str> = CHART.iter().filter(|table| before[**table] != after[**table]).collect();
    // Whether the key notes a conversation is read with the session, not with the chart.
    let told = changed.is_empty() || action == "accounts::set_note_key" || version(before) != version(after);
    assert!(told, "{action} changes {changed:?} and nobody is told");
}

impl<'a> Story<'a> {
    /// Begins a story: an event is saved with the chance that sticks, so that no second one can be.
    pub async fn begin(college: &'a College) -> Self {
        let uma = college.who("Uma Roy").await;
        college.chance.stick(true);
        let done = actions::directory::set_avoided(&college.desk(), uma, college.who("Tom Birch").await, true).await;
        college.chance.stick(false);
        assert_eq!(told(&done), "done");
        Self { college, tables: college.acted(), told: BTreeSet::new() }
    }

    /// Goes on after something else happened.
    pub fn go_on(&mut self) {
        self.tables = self.college.acted();
    }

    /// Tells of an action: without its event it leaves nothing; with it, exactly what is expected happened.
    pub async fn tell<T, R>(
        &mut self,
        action: &str,
        expected: &[Happened],
        run: impl AsyncFn() -> Result<T, Stop<R>>,
    ) -> T {
        self.college.chance.stick(true);
        let stuck = run().await;
        self.college.chance.stick(false);
        assert_eq!(told(&stuck), "fault", "{action}: its event cannot be saved");
        assert_eq!(self.college.acted(), self.tables, "{action} changes something without its event");
        let result = run().await;
        let how = told(&result);
        let Ok(done) = result else { panic!("{action} was {how}") };
        let after = self.college.acted();
        let happened = fresh_events(&self.tables, &after);
        let expected: Vec<(String, By)> = expected.iter().map(|(act, by)| ((*act).to_owned(), *by)).collect();
        assert_eq!(happened, expected, "{action}");
        kept_chart_is_told(action, &self.tables, &after);
        self.tables = after;
        self.told.insert(action.to_owned());
        done
    }
}
