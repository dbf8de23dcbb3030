//! What came of it: asked by the lead before it can be seen, weighed, and shown once and for good.

use actions::desk::{Desk, Stop};
use actions::{cause, indicators, lots};
use domain::cause::{AGREED, Asked, Begins, CauseRefused};
use domain::ids::{LotId, PersonId, QuestionId};
use domain::indicators::{Indicator, Place};
use domain::lots::{Named, TermOf};

use crate::college::{College, told};
use crate::lots::{college, wanted};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

const DAY: i64 = 24;
/// The autumn term is over.
const JANUARY: i64 = 40 * DAY;
/// The summer term is over.
const AUGUST: i64 = 260 * DAY;

type Drawn = Vec<(Named, Option<TermOf>)>;

/// A lot of nine areas, drawn.
async fn drawn(college: &College) -> (LotId, Drawn) {
    let desk = college.desk();
    let (helen, ruth) = (college.who("Helen Marsh").await, college.who("Ruth Adeyemi").await);
    let lot = lots::open(&desk, helen, &wanted(college, &desk).await).await.expect("opened");
    lots::add_words(&desk, ruth, (lot, "blue kettle")).await.expect("drawn");
    let seen = cause::asking(&desk, &college.facts(helen).await, Some(lot)).await.expect("seen");
    (lot, seen.drawn.expect("a lot"))
}

fn asked(drawn: &Drawn) -> Asked {
    let begins = |(area, term): &(Named, Option<TermOf>)| {
        (area.clone(), term.as_ref().map_or(Begins::Never, |term| Begins::In(term.at)))
    };
    Asked {
        outcome: Some(Indicator::Attendance),
        from: Some((2024, 1)),
        to: Some((2026, 3)),
        areas: drawn.iter().map(begins).collect(),
        agreed: Some(AGREED),
        chosen: Some(false),
        other: Some(false),
    }
}

/// Attendance of every area and term, with so many points more from the beginning on.
async fn figures(college: &College, drawn: &Drawn, gained: i64) {
    let (desk, helen) = (college.later(AUGUST), college.who("Helen Marsh").await);
    let terms = (2024..2027).flat_map(|year| (1..=3).map(move |number| (year, number)));
    for (at, term) in terms.enumerate() {
        for (unit, (area, begins)) in drawn.iter().enumerate() {
            let begun = begins.as_ref().is_some_and(|begins| begins.at <= term);
            let noise = i64::try_from((unit * 7 + at * 5 + unit * at * 3) % 11).expect("small") - 5;
            let counted = 8_500 + 10 * noise + if begun { 100 * gained } else { 0 };
            let place = Place { indicator: Indicator::Attendance, term, area: Some(area.id), group: None };
            indicators::set(&desk, helen, (place, Some((counted, 10_000)))).await.expect("entered");
        }
    }
}

async fn page(college: &College, desk: &Desk, id: QuestionId) -> cause::Page {
    let ruth = college.facts(college.who("Ruth Adeyemi").await).await;
    cause::one(desk, &ruth, id).await.expect("seen")
}

fn why<T: std::fmt::Debug>(result: Result<T, Stop<CauseRefused>>) -> CauseRefused {
    match result {
        Err(Stop::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

/// R-CAU-22 R-CAU-23 R-CAU-24 R-CAU-25 R-CAU-26 R-CAU-27
#[tokio::test]
async fn a_question_is_asked_weighed_and_shown_in_this_order_and_never_changes() {
    let college = college().await;
    let (lot, drawn) = drawn(&college).await;
    let (desk, helen) = (college.desk(), college.who("Helen Marsh").await);
    let id = cause::ask(&desk, helen, (&asked(&drawn), Some(lot), "form")).await.expect("asked");
    assert_eq!(cause::ask(&desk, helen, (&asked(&drawn), Some(lot), "form")).await.expect("once"), id);
    let first = page(&college, &desk, id).await;
    assert!(first.question.by_lot && first.question.exploratory == 0 && !first.may_show);
    assert_eq!((first.question.known, first.question.of), (0, 18), "nothing was known when it was asked");
    assert_eq!(why(cause::weigh(&desk, helen, id).await), CauseRefused::Before);
    assert_eq!(why(cause::show(&college.later(AUGUST), helen, id).await), CauseRefused::First);
    figures(&college, &drawn, 4).await;
    let january = college.later(JANUARY);
    cause::weigh(&january, helen, id).await.expect("weighed");
    let weighed = page(&college, &january, id).await.smallest.expect("weighed").0;
    assert!(weighed.about.is_some_and(|about| (0.1..3.0).contains(&about)), "{weighed:?}");
    assert_eq!((weighed.areas, weighed.of, weighed.refused), (9, 9, false));
    assert_eq!(why(cause::show(&january, helen, id).await), CauseRefused::Early);
    let august = college.later(AUGUST);
    cause::show(&august, helen, id).await.expect("shown");
    let shown = page(&college, &august, id).await;
    let said = shown.readings[0].1.clone();
    assert_eq!((said.level, said.left_out), (4, 0), "{}", said.sentence);
    let effect = said.effect.as_ref().expect("an effect");
    assert!((effect.about - 4.0).abs() < 1.0 && effect.exact && effect.ways == 1_680, "{effect:?}");
    assert_eq!(said.lines.each_ref().map(|line| (line.areas, line.means.len())), [(6, 9), (3, 9)]);
    assert_eq!(why(cause::show(&august, helen, id).await), CauseRefused::Unchanged);
    assert_eq!(why(cause::weigh(&august, helen, id).await), CauseRefused::Read);
    figures(&college, &drawn, 0).await;
    assert_eq!(
        page(&college, &august, id).await.readings[0].1,
        said,
        "what was shown does not change with the figures"
    );
    let later = college.later(AUGUST + DAY);
    cause::show(&later, helen, id).await.expect("shown again");
    let again = page(&college, &later, id).await;
    assert_eq!((again.readings.len(), again.readings[1].1.clone(), again.readings[0].1.level), (2, said, 1));
    assert_eq!(again.question, first.question);
}

/// R-CAU-23 R-CAU-28
#[tokio::test]
async fn by_lot_is_found_out_by_the_program_and_a_second_question_is_exploratory() {
    let college = college().await;
    let (lot, drawn) = drawn(&college).await;
    let (desk, helen) = (college.desk(), college.who("Helen Marsh").await);
    let ask = async |asked: &Asked, lot| {
        let id = cause::ask(&desk, helen, (asked, lot, "")).await.expect("asked");
        page(&college, &desk, id).await.question
    };
    let mut other = asked(&drawn);
    other.areas[0].1 = Begins::Never;
    assert!(!ask(&other, Some(lot)).await.by_lot, "an area that did not begin as it was drawn");
    let second = ask(&asked(&drawn), Some(lot)).await;
    assert_eq!((second.by_lot, second.exploratory), (true, 1));
    let by_hand = ask(&asked(&drawn), None).await;
    assert_eq!((by_hand.by_lot, by_hand.exploratory, by_hand.lot), (false, 0, None));
    assert_eq!(ask(&Asked { outcome: Some(Indicator::Punctuality), ..asked(&drawn) }, None).await.exploratory, 1);
}

/// R-CAU-27 R-CAU-30
#[tokio::test]
async fn where_it_is_refused_there_are_lines_and_no_number() {
    let college = college().await;
    let (lot, drawn) = drawn(&college).await;
    let (desk, helen) = (college.desk(), college.who("Helen Marsh").await);
    let mut few = asked(&drawn);
    few.areas.truncate(7);
    let id = cause::ask(&desk, helen, (&few, Some(lot), "")).await.expect("asked");
    figures(&college, &drawn, 4).await;
    let august = college.later(AUGUST);
    cause::weigh(&august, helen, id).await.expect("weighed");
    cause::show(&august, helen, id).await.expect("shown");
    let shown = page(&college, &august, id).await;
    assert!(shown.smallest.expect("weighed").0.refused);
    let said = &shown.readings[0].1;
    assert_eq!((said.level, &said.effect), (0, &None));
    assert!(said.sentence.starts_with("Too little data to compare. Here are the lines. Why: there are 7 areas"));
    assert_eq!(
        said.lines.each_ref().map(|line| (line.areas, line.means.len())),
        [(6, 9), (1, 0)],
        "no area's own line"
    );
}

/// R-CAU-30
#[tokio::test]
async fn what_is_denied_or_refused_leaves_every_question_as_it_was() {
    let college = college().await;
    let (lot, drawn) = drawn(&college).await;
    let (desk, cast) = (college.desk(), Cast::of(&college).await);
    let ruth = college.who("Ruth Adeyemi").await;
    let asked = asked(&drawn);
    let id = cause::ask(&desk, cast.helen, (&asked, Some(lot), "")).await.expect("asked");
    let still = Still::of(&college);
    for who in cast.all().into_iter().chain([ruth]).filter(|who: &PersonId| *who != cast.helen) {
        still.stays("asking", "denied", cause::ask(&desk, who, (&asked, None, ""))).await;
        still.stays("weighing", "denied", cause::weigh(&desk, who, id)).await;
        still.stays("showing", "denied", cause::show(&desk, who, id)).await;
        let me = college.facts(who).await;
        assert_eq!(told(&cause::asking(&desk, &me, None).await), "denied");
        if who != ruth {
            assert_eq!(told(&cause::see(&desk, &me).await), "denied");
            assert_eq!(told(&cause::one(&desk, &me, id).await), "denied");
        }
    }
    let (no_lot, no_question): (LotId, QuestionId) = (desk.ids().fresh(), desk.ids().fresh());
    still.stays("no lot", "denied", cause::ask(&desk, cast.helen, (&asked, Some(no_lot), ""))).await;
    still.stays("no question", "denied", cause::weigh(&desk, cast.helen, no_question)).await;
    still.stays("no question", "denied", cause::show(&desk, cast.helen, no_question)).await;
    let staff = Asked { outcome: Some(Indicator::Sickness), ..asked.clone() };
    still.stays("figures of staff", "refused", cause::ask(&desk, cast.helen, (&staff, None, ""))).await;
    let mut strange = asked;
    strange.areas[0].0.id = desk.ids().fresh();
    still.stays("an area of nobody", "denied", cause::ask(&desk, cast.helen, (&strange, None, ""))).await;
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let (desk, helen) = (college.desk(), college.who("Helen Marsh").await);
    let seen = cause::asking(&desk, &college.facts(helen).await, None).await.expect("seen");
    let areas = seen.areas.iter().map(|area| (area.clone(), Begins::In((2026, 2)))).collect();
    let asked = Asked { areas, ..asked(&Vec::new()) };
    let id = desk.once(helen, "cause");
    let ask = async || cause::ask(&desk, helen, (&asked, None, "cause")).await;
    story.tell("cause::ask", &[("AskCause", By::Person(helen))], ask).await;
    let august = college.later(AUGUST);
    let weigh = async || cause::weigh(&august, helen, id).await;
    story.tell("cause::weigh", &[("WeighCause", By::Person(helen))], weigh).await;
    let show = async || cause::show(&august, helen, id).await;
    story.tell("cause::show", &[("ShowCause", By::Person(helen))], show).await;
}
