//! Figures of the college: entered by the lead alone, refused in words, and what is about staff stands from the next day on.

use actions::desk::Desk;
use actions::indicators;
use domain::ids::PersonId;
use domain::indicators::{Indicator, Place};

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// Hours until the autumn term is over.
const JANUARY: i64 = 24 * 48;

fn last_term(indicator: Indicator) -> Place {
    Place { indicator, term: (2026, 1), area: None }
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

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let (desk, place) = (college.later(JANUARY), last_term(Indicator::Attendance));
    let enter = async || indicators::set(&desk, helen, (place, Some((90, 100)))).await;
    story.tell("indicators::set", &[("EnterFigure", By::Person(helen))], enter).await;
}
