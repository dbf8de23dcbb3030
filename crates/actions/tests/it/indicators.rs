//! Figures of the college: entered by the lead alone, refused in words, and what is about staff stands from the next day on.

use actions::desk::{Desk, Stop};
use actions::indicator_files::{self, Looked, NotEntered};
use actions::{indicator_lines, indicators, milestones, reading};
use domain::ids::PersonId;
use domain::indicators::{Group, Indicator, Pair, Place};
use domain::milestones::Kind;

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// Hours until the autumn term is over.
const JANUARY: i64 = 24 * 48;

fn last_term(indicator: Indicator) -> Place {
    Place { indicator, term: (2026, 1), area: None, group: None }
}

async fn set(desk: &Desk, who: PersonId, place: Place, counts: Option<(i64, i64)>) -> &'static str {
    told(&indicators::set(desk, who, (place, counts)).await)
}

/// R-FIG-2 R-FIG-3 R-FIG-4 R-FIG-5
#[tokio::test]
async fn figures_that_are_denied_or_refused_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.later(JANUARY));
    let place = last_term(Indicator::Observations);
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("a figure", "denied", indicators::set(&desk, who, (place, Some((20, 40))))).await;
        assert_eq!(told(&indicators::see(&desk, &college.facts(who).await).await), "denied");
    }
    let helen = cast.helen;
    for (what, counts) in [("few", (4, 9)), ("more", (41, 40)), ("none", (-1, 40))] {
        still.stays(what, "refused", indicators::set(&desk, helen, (place, Some(counts)))).await;
    }
    let ahead = Place { term: (2026, 2), ..place };
    still.stays("a term that goes on", "refused", indicators::set(&desk, helen, (ahead, Some((20, 40))))).await;
    let seen = indicators::see(&desk, &college.facts(helen).await).await.expect("seen");
    let area = Place { area: Some(seen.areas[0].0), ..place };
    still.stays("staff of an area", "refused", indicators::set(&desk, helen, (area, Some((20, 40))))).await;
    still.stays("nothing to take off", "refused", indicators::set(&desk, helen, (place, None))).await;
}

/// R-FIG-1 R-FIG-2 R-FIG-4
#[tokio::test]
async fn what_is_about_staff_is_a_range_and_stands_from_the_next_day_on() {
    let college = College::new().await;
    let helen = college.who("Helen Marsh").await;
    let (desk, place) = (college.later(JANUARY), last_term(Indicator::Observations));
    assert_eq!(set(&desk, helen, place, Some((3, 40))).await, "done");
    assert_eq!(set(&desk, helen, place, Some((31, 40))).await, "done", "corrected on the same day");
    let attendance = last_term(Indicator::Attendance);
    assert_eq!(set(&desk, helen, attendance, Some((910, 1_000))).await, "done");
    let seen = indicators::see(&desk, &college.facts(helen).await).await.expect("seen");
    let words: Vec<(String, bool)> = seen.lines.iter().map(|(_, all)| (all[0].shown.words(), all[0].open)).collect();
    assert_eq!(words, [("30–34 of 40 (75–85 %)".to_owned(), true), ("91 % of 1,000".to_owned(), true)]);
    let later = college.later(JANUARY + 24);
    assert_eq!(set(&later, helen, place, Some((32, 40))).await, "refused");
    assert_eq!(set(&later, helen, place, None).await, "refused");
    assert_eq!(set(&later, helen, attendance, Some((911, 1_000))).await, "done");
    assert_eq!(set(&later, helen, attendance, None).await, "done");
    let seen = indicators::see(&later, &college.facts(helen).await).await.expect("seen");
    let terms: Vec<&str> = seen.terms.iter().map(|over| over.words.as_str()).collect();
    assert_eq!(terms[..2], ["Autumn term 2026", "Summer term 2026"]);
    assert_eq!((terms.len(), terms[9]), (10, "Autumn term 2023"));
    assert_eq!((seen.lines.len(), seen.lines[0].1[0].open), (1, false));
}

async fn looked(desk: &Desk, college: &College, who: PersonId, text: &str) -> Result<Looked, &'static str> {
    let table = reading::table("figures.csv", text.as_bytes()).expect("a table");
    let found = indicator_files::look(desk, &college.facts(who).await, &table).await;
    let how = told(&found);
    found.map_err(|_| how)
}

const TITLES: &str = "Indicator,Term,Area,Group,Counted,Of\n";

/// R-FIG-10 R-FIG-11
#[tokio::test]
async fn a_file_is_entered_whole_or_not_at_all() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, helen) = (college.later(JANUARY), cast.helen);
    assert_eq!(set(&desk, helen, last_term(Indicator::Attendance), Some((900, 1_000))).await, "done");
    let still = Still::of(&college);
    let wrong = format!("{TITLES}Attendance,2026-1,,,915,1000\nSuccess rate,2026-1,,,105,100\n");
    let found = looked(&desk, &college, helen, &wrong).await.expect("looked at");
    assert!(found.written.is_empty() && found.lines.all[0].found.is_ok() && found.lines.all[1].found.is_err());
    let bring = async |who, (written, seen): (&str, &str)| indicator_files::bring_in(&desk, who, (written, seen)).await;
    still.stays("a file that is wrong", "refused", bring(helen, (&found.written, &found.token))).await;
    let text = format!("{TITLES}Attendance,2026-1,,,915,1000\nSuccess rate,2026-1,,,90,100\nAttendance,2025-3,,,9,\n");
    assert!(looked(&desk, &college, helen, &text).await.expect("looked at").written.is_empty());
    let text = text.replace("9,\n", "9,10\n");
    let found = looked(&desk, &college, helen, &text).await.expect("looked at");
    for who in cast.all().into_iter().filter(|who| *who != helen) {
        assert_eq!(looked(&desk, &college, who, &text).await.err(), Some("denied"));
        still.stays("a file", "denied", bring(who, (&found.written, &found.token))).await;
    }
    still.stays("what nobody looked at", "refused", bring(helen, (&found.written, "x"))).await;
    still.stays("no lines", "refused", bring(helen, ("x", &found.token))).await;
    let entered = bring(helen, (&found.written, &found.token)).await.expect("entered");
    assert_eq!((entered.new, entered.replaced), (2, 1));
    // Sent once more, it would do something else by now: nothing.
    let Err(Stop::Refused(NotEntered::Stale(again))) = bring(helen, (&found.written, &found.token)).await else {
        panic!("looked at again")
    };
    let entered = bring(helen, (&again.written, &again.token)).await.expect("entered");
    assert_eq!((entered.new, entered.replaced), (0, 0));
}

/// R-FIG-4 R-FIG-10
#[tokio::test]
async fn a_figure_of_staff_that_stands_stops_a_file_and_cannot_be_found_by_trying() {
    let college = College::new().await;
    let helen = college.who("Helen Marsh").await;
    let (desk, later) = (college.later(JANUARY), college.later(JANUARY + 24));
    let line = |counted: i64| format!("{TITLES}Teaching staff who stayed,2026-1,,,{counted},40\n");
    assert_eq!(set(&desk, helen, last_term(Indicator::Retention), Some((31, 40))).await, "done");
    let (same, other) =
        (looked(&desk, &college, helen, &line(31)).await, looked(&desk, &college, helen, &line(33)).await);
    let shown = |found: Result<Looked, &str>| format!("{:?}", found.expect("looked at").lines.all[0].shown());
    assert_eq!(shown(same), shown(other));
    for counted in [31, 33] {
        let found = looked(&later, &college, helen, &line(counted)).await.expect("looked at").lines.all;
        assert!(found[0].found.clone().unwrap_err()[0].contains("stands"), "{found:?}");
    }
}

/// R-FIG-5 R-FIG-7 R-FIG-8 R-FIG-9 R-FIG-12 R-FIG-13 EVI-04 EVI-05
#[tokio::test]
async fn leads_and_senior_leaders_read_figures_gaps_and_milestones_and_nobody_else_does() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, helen) = (college.later(JANUARY), cast.helen);
    let of = |group| Place { group, ..last_term(Indicator::Success) };
    for (group, counts) in [(None, (170, 200)), (Some(Group::Women), (96, 110)), (Some(Group::Men), (74, 90))] {
        assert_eq!(set(&desk, helen, of(group), Some(counts)).await, "done");
    }
    let words = |words| milestones::Typed { day: "2026-09-08".parse().ok(), kind: Some(Kind::Inspection), words };
    milestones::keep(&desk, helen, (None, words("good"))).await.expect("written");
    for who in cast.all().into_iter().filter(|who| *who != helen) {
        assert_eq!(told(&indicator_lines::see(&desk, &college.facts(who).await, None).await), "denied");
    }
    let ruth = college.facts(college.who("Ruth Adeyemi").await).await;
    assert_eq!(told(&indicators::see(&desk, &ruth).await), "denied");
    let read = indicator_lines::see(&desk, &ruth, None).await.expect("a senior leader reads");
    let one = &read.drawn[0];
    assert_eq!((read.drawn.len(), one.points.len(), one.points[0].shown.words()), (1, 1, "85 % of 200".to_owned()));
    assert_eq!((one.gaps.len(), one.gaps[0].pair, one.gaps[0].gap.low < one.gaps[0].gap.high), (1, Pair::Gender, true));
    let marks: Vec<&str> = read.marks.iter().map(|mark| mark.words.as_str()).collect();
    assert!(marks.contains(&"Inspection of the whole college: good"), "{marks:?}");
    assert!(marks.iter().any(|mark| mark.starts_with("Alongside begins; the declared model is ")), "{marks:?}");
    assert!(read.time.is_empty(), "nothing is released yet");
    // A gap needs both groups.
    assert_eq!(set(&desk, helen, of(Some(Group::Men)), None).await, "done");
    let read = indicator_lines::see(&desk, &ruth, None).await.expect("read");
    assert!(read.drawn[0].gaps.is_empty());
    let area = indicators::see(&desk, &college.facts(helen).await).await.expect("seen").areas[0].0;
    let read = indicator_lines::see(&desk, &ruth, Some(area)).await.expect("read");
    assert!(read.drawn.is_empty() && read.area.is_some());
    let nowhere = uuid::Uuid::from_u128(5).into();
    assert_eq!(told(&indicator_lines::see(&desk, &ruth, Some(nowhere)).await), "denied");
}

/// R-FIG-12
#[tokio::test]
async fn milestones_that_are_denied_or_refused_leave_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let typed = |words| milestones::Typed { day: "2026-09-08".parse().ok(), kind: Some(Kind::Programme), words };
    milestones::keep(&desk, cast.helen, (None, typed("New timetable"))).await.expect("written");
    let which = indicators::see(&desk, &college.facts(cast.helen).await).await.expect("seen").milestones[0].id;
    let still = Still::of(&college);
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("a milestone", "denied", milestones::keep(&desk, who, (None, typed("x")))).await;
        still.stays("removing one", "denied", milestones::remove(&desk, who, which)).await;
        assert_eq!(told(&milestones::one(&desk, &college.facts(who).await, which).await), "denied");
    }
    let keep = async |which, typed| milestones::keep(&desk, cast.helen, (which, typed)).await;
    still.stays("no words", "refused", keep(Some(which), typed(" "))).await;
    let nowhere = uuid::Uuid::from_u128(5).into();
    still.stays("one that is gone", "refused", keep(Some(nowhere), typed("x"))).await;
    still.stays("removing nothing", "refused", milestones::remove(&desk, cast.helen, nowhere)).await;
    assert_eq!(told(&keep(Some(which), typed("Another timetable")).await), "done");
    let all = indicators::see(&desk, &college.facts(cast.helen).await).await.expect("seen").milestones;
    assert_eq!((all.len(), all[0].words.as_str()), (1, "Another timetable"));
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let (desk, place) = (college.later(JANUARY), last_term(Indicator::Attendance));
    let enter = async || indicators::set(&desk, helen, (place, Some((90, 100)))).await;
    story.tell("indicators::set", &[("EnterFigure", By::Person(helen))], enter).await;
    let found =
        looked(&desk, college, helen, &format!("{TITLES}Success rate,2026-1,,,90,100\n")).await.expect("looked at");
    let bring = async || indicator_files::bring_in(&desk, helen, (&found.written, &found.token)).await;
    story.tell("indicator_files::bring_in", &[("EnterFigure", By::Person(helen))], bring).await;
    let typed = milestones::Typed { day: "2026-09-08".parse().ok(), kind: Some(Kind::Programme), words: "Begun" };
    let keep = async || milestones::keep(&desk, helen, (None, typed)).await;
    story.tell("milestones::keep", &[("KeepMilestone", By::Person(helen))], keep).await;
    let which = indicators::see(&desk, &college.facts(helen).await).await.expect("seen").milestones[0].id;
    let remove = async || milestones::remove(&desk, helen, which).await;
    story.tell("milestones::remove", &[("KeepMilestone", By::Person(helen))], remove).await;
}
