//! Recorded lots: opened by the lead, drawn with words of a senior leader, never taken back.

use actions::desk::{Desk, Stop};
use actions::lots::{self, Shown, State, Wanted};
use domain::ids::{LotId, PersonId};
use domain::lots::LotRefused;
use domain::people::Role;
use domain::staff_file::StaffPerson;
use evidence::attribution::lot;

use crate::college::{College, new_college, somebody, staff, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// Hours until the spring term has begun.
const JANUARY: i64 = 24 * 50;

/// A college of ten areas.
pub async fn college() -> College {
    let mut staff = staff();
    for number in 1..=8 {
        staff.areas.push(format!("Area {number}"));
        let teacher = somebody(&format!("Teacher {number}"), &[Role::Teacher], Some(2));
        staff.people.push(StaffPerson { area: Some(1 + number), ..teacher });
    }
    College::of(&new_college(), &staff, 7).await
}

/// Everything but the first of the areas, three in the next term and three in the one after it.
pub async fn wanted(college: &College, desk: &Desk) -> Wanted {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let opening = lots::see(desk, &helen).await.expect("seen").opening.expect("nothing waits");
    assert_eq!((opening.areas.len(), opening.terms[0].at), (10, (2026, 2)));
    let steps = opening.terms.iter().take(2).map(|term| (term.at, Some(3))).collect();
    Wanted { areas: opening.areas.iter().skip(1).map(|area| area.id).collect(), steps, once: "form".to_owned() }
}

async fn seen(college: &College, desk: &Desk, who: PersonId) -> Shown {
    lots::see(desk, &college.facts(who).await).await.expect("seen").all.remove(0)
}

fn why<T: std::fmt::Debug>(result: Result<T, Stop<LotRefused>>) -> LotRefused {
    match result {
        Err(Stop::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

/// R-CAU-16 R-CAU-17 R-CAU-18
#[tokio::test]
async fn the_lead_opens_a_lot_and_a_senior_leader_who_does_not_know_the_seed_draws_it() {
    let college = college().await;
    let (desk, cast) = (college.desk(), Cast::of(&college).await);
    let ruth = college.who("Ruth Adeyemi").await;
    let wanted = wanted(&college, &desk).await;
    let id = lots::open(&desk, cast.helen, &wanted).await.expect("opened");
    assert_eq!(lots::open(&desk, cast.helen, &wanted).await.expect("once"), id, "a form opens one lot");
    let waiting = seen(&college, &desk, cast.helen).await;
    assert!(matches!(waiting.state, State::Waits) && waiting.may_give_up && !waiting.may_add);
    let other = Wanted { once: String::new(), ..wanted.clone() };
    assert_eq!(why(lots::open(&desk, cast.helen, &other).await), LotRefused::Waiting);
    assert!(seen(&college, &desk, ruth).await.may_add);
    lots::add_words(&desk, ruth, (id, " blue \n kettle")).await.expect("drawn");
    let after = seen(&college, &desk, ruth).await;
    let State::Drawn(drawn) = after.state else { panic!("not drawn") };
    assert_eq!((drawn.words.as_str(), drawn.holds, drawn.begins.len()), ("blue kettle", true, 9));
    assert_eq!(lot::commitment(&drawn.seed).expect("a seed"), waiting.commitment, "the seed that was committed to");
    let names: Vec<String> = drawn.begins.iter().map(|(area, _)| area.name.clone()).collect();
    let seed = format!("{} blue kettle", drawn.seed);
    assert_eq!(names, lot::draw_order(&waiting.plan.names(), &seed).expect("an order"));
    let terms: Vec<Option<i64>> = drawn.begins.iter().map(|(_, term)| term.as_ref().map(|term| term.at.1)).collect();
    assert_eq!(terms, [vec![Some(2); 3], vec![Some(3); 3], vec![None; 3]].concat());
    assert_eq!(why(lots::add_words(&desk, ruth, (id, "once more")).await), LotRefused::Over);
    assert_eq!(why(lots::give_up(&desk, cast.helen, (id, "not as hoped")).await), LotRefused::Over, "never taken back");
    let again = Wanted { once: "another".to_owned(), ..wanted };
    assert!(matches!(why(lots::open(&desk, cast.helen, &again).await), LotRefused::Drawn(_)), "an area is drawn once");
}

/// R-CAU-20 R-CAU-21
#[tokio::test]
async fn a_lot_that_is_given_up_stays_with_day_and_reason_and_its_seed_is_shown_to_nobody() {
    let college = college().await;
    let (desk, helen, ruth) = (college.desk(), college.who("Helen Marsh").await, college.who("Ruth Adeyemi").await);
    let wanted = wanted(&college, &desk).await;
    let id = lots::open(&desk, helen, &wanted).await.expect("opened");
    let late = college.later(JANUARY);
    assert_eq!(why(lots::add_words(&late, ruth, (id, "blue kettle")).await), LotRefused::Late);
    assert!(!seen(&college, &late, ruth).await.may_add);
    lots::give_up(&late, helen, (id, "the term had begun")).await.expect("given up");
    let kept = seen(&college, &late, ruth).await;
    let State::GivenUp(on, reason) = &kept.state else { panic!("not given up") };
    assert_eq!((on.to_string().as_str(), reason.as_str()), ("2027-01-13", "the term had begun"));
    let seed = trial_seed(&college);
    assert!(seed.len() == 64 && !format!("{kept:?}").contains(&seed));
    assert!(lots::see(&desk, &college.facts(helen).await).await.expect("seen").opening.is_some());
}

fn trial_seed(college: &College) -> String {
    let text = format!("{:?}", college.tables()["lot"]);
    let (_, seed) = text.split_once(r#""seed": Text(""#).expect("a seed");
    seed.chars().take_while(char::is_ascii_hexdigit).collect()
}

/// R-CAU-16 R-CAU-18 R-CAU-21
#[tokio::test]
async fn what_is_denied_or_refused_leaves_every_lot_as_it_was() {
    let college = college().await;
    let (desk, cast) = (college.desk(), Cast::of(&college).await);
    let ruth = college.who("Ruth Adeyemi").await;
    let wanted = wanted(&college, &desk).await;
    let still = Still::of(&college);
    for who in cast.all().into_iter().chain([ruth]).filter(|who| *who != cast.helen) {
        still.stays("a lot", "denied", lots::open(&desk, who, &wanted)).await;
        if who != ruth {
            assert_eq!(told(&lots::see(&desk, &college.facts(who).await).await), "denied");
        }
    }
    let unknown = Wanted { areas: vec![desk.ids().fresh(), desk.ids().fresh()], ..wanted.clone() };
    still.stays("an area of nobody", "denied", lots::open(&desk, cast.helen, &unknown)).await;
    for (what, steps) in [
        ("no number", vec![((2026, 2), None)]),
        ("too many", vec![((2026, 2), Some(10))]),
        ("none", vec![((2026, 2), Some(0))]),
        ("a term that has begun", vec![((2026, 1), Some(3))]),
        ("no such term", vec![((2040, 1), Some(3))]),
    ] {
        let wanted = Wanted { steps, ..wanted.clone() };
        still.stays(what, "refused", lots::open(&desk, cast.helen, &wanted)).await;
    }
    let none: LotId = desk.ids().fresh();
    still.stays("no such lot", "denied", lots::add_words(&desk, ruth, (none, "blue kettle"))).await;
    still.stays("no such lot", "denied", lots::give_up(&desk, cast.helen, (none, "blue kettle"))).await;
    let id = lots::open(&desk, cast.helen, &wanted).await.expect("opened");
    let still = Still::of(&college);
    for who in cast.all() {
        still.stays("words", "denied", lots::add_words(&desk, who, (id, "blue kettle"))).await;
        if who != cast.helen {
            still.stays("giving up", "denied", lots::give_up(&desk, who, (id, "blue kettle"))).await;
        }
    }
    still.stays("giving up", "denied", lots::give_up(&desk, ruth, (id, "blue kettle"))).await;
    still.stays("no words", "refused", lots::add_words(&desk, ruth, (id, "x"))).await;
    still.stays("no reason", "refused", lots::give_up(&desk, cast.helen, (id, ""))).await;
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let (helen, ruth) = (college.who("Helen Marsh").await, college.who("Ruth Adeyemi").await);
    let desk = college.desk();
    let opening = lots::see(&desk, &college.facts(helen).await).await.expect("seen").opening.expect("nothing waits");
    let areas = opening.areas.iter().map(|area| area.id).collect();
    let wanted = Wanted { areas, steps: vec![(opening.terms[0].at, Some(1))], once: String::new() };
    let open = async || lots::open(&desk, helen, &wanted).await;
    story.tell("lots::open", &[("OpenLot", By::Person(helen))], open).await;
    let waits = async || seen(college, &desk, helen).await.id;
    let id = waits().await;
    let give_up = async || lots::give_up(&desk, helen, (id, "for the test")).await;
    story.tell("lots::give_up", &[("GiveUpLot", By::Person(helen))], give_up).await;
    let next = lots::open(&college.later(1), helen, &wanted).await.expect("opened");
    story.go_on();
    let add = async || lots::add_words(&college.later(1), ruth, (next, "blue kettle")).await;
    story.tell("lots::add_words", &[("AddLotWords", By::Person(ruth))], add).await;
}
