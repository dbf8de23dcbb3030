//! What a year cost and what came of it: entered by the lead alone, read by her and senior leaders, refused in words.

use actions::value::{self, Ground, NewBenefit, Stated};
use domain::cover::Pence;
use domain::minutes::Minutes;
use evidence::value::Strength;

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

const YEAR: i16 = 2026;

fn stated() -> Stated {
    Stated {
        posts: 5,
        remitted_each: Minutes(150 * 60),
        hour: Some(Pence(4_000)),
        uplift_each: Some(Pence(224_300)),
        ..Stated::default()
    }
}

fn new(what: &str) -> NewBenefit<'_> {
    NewBenefit { what, source: "The registers", ground: Some(Ground::Coincides), once: "one" }
}

/// R-VAL-7 R-VAL-8 R-VAL-9
#[tokio::test]
async fn a_year_that_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk) = (Still::of(&college), college.desk());
    let ruth = college.who("Ruth Adeyemi").await;
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("a year", "denied", value::set(&desk, who, (YEAR, stated()))).await;
        still.stays("a benefit", "denied", value::name_benefit(&desk, who, (YEAR, new("Fewer left.")))).await;
        still.stays("taking off", "denied", value::take_off(&desk, who, desk.ids().fresh())).await;
        let sees = if who == ruth { "done" } else { "denied" };
        assert_eq!(told(&value::see(&desk, &college.facts(who).await, None).await), sees);
    }
    let helen = cast.helen;
    let long = "a".repeat(501);
    for (what, wrong) in [
        ("nobody", Stated { posts: 0, ..stated() }),
        ("no hours", Stated { remitted_each: Minutes(0), ..stated() }),
        ("more covered than remitted", Stated { covered: Minutes(45_001), ..stated() }),
        ("too much", Stated { travel: Some(Pence(10_000_000_001)), ..stated() }),
        ("places", Stated { places: Some(0), ..stated() }),
        ("a long case", Stated { asked: long, ..stated() }),
    ] {
        still.stays(what, "refused", value::set(&desk, helen, (YEAR, wrong))).await;
    }
    still.stays("another year", "refused", value::set(&desk, helen, (2019, stated()))).await;
    still.stays("no words", "refused", value::name_benefit(&desk, helen, (YEAR, new(" ")))).await;
    still.stays("not there", "denied", value::take_off(&desk, helen, desk.ids().fresh())).await;
    let who = college.facts(helen).await;
    assert_eq!(told(&value::what_if(&desk, &who, (YEAR, 2, None)).await), "denied", "nothing is entered yet");
}

/// R-VAL-7 R-VAL-9 R-VAL-10
#[tokio::test]
async fn a_year_adds_up_and_a_change_is_told_beside_the_plan() {
    let college = College::new().await;
    let helen = college.who("Helen Marsh").await;
    let desk = college.desk();
    let lead = college.facts(helen).await;
    let before = value::see(&desk, &lead, None).await.expect("seen");
    assert_eq!((before.year, before.stated.is_some(), before.account.is_some()), (YEAR, false, false));
    let proposed = before.proposed.expect("proposed");
    assert!(proposed.posts > 0 && proposed.remitted_each.0 > 0, "{proposed:?}");
    value::set(&desk, helen, (YEAR, stated())).await.expect("entered");
    value::name_benefit(&desk, helen, (YEAR, new("Fewer left."))).await.expect("named");
    value::name_benefit(&desk, helen, (YEAR, new("Fewer left."))).await.expect("sent twice, named once");
    let seen = value::see(&desk, &lead, Some(YEAR)).await.expect("seen");
    let account = seen.account.expect("an account");
    assert_eq!(account.total.to_string(), "£41,215", "£11,215 of uplift and 750 hours at £40");
    assert_eq!(account.per_support_hour, None, "no release tells the hours");
    assert_eq!((seen.came.len(), seen.came[0].strength), (1, Strength::Coincides));
    let found = value::what_if(&desk, &lead, (YEAR, 2, Some(Minutes(120 * 60)))).await.expect("worked out");
    assert!(found.scenario.words.starts_with("90 hours more in the year"), "{}", found.scenario.words);
    assert!(found.asked.is_some());
    let ruth = college.facts(college.who("Ruth Adeyemi").await).await;
    let hers = value::see(&desk, &ruth, Some(YEAR)).await.expect("seen");
    assert!(hers.proposed.is_none() && hers.account.is_some());
    let asked = value::what_if(&desk, &ruth, (YEAR, -2, None)).await.expect("worked out").asked;
    assert_eq!(asked, None, "the plan is the lead's");
    assert_eq!(told(&value::what_if(&desk, &lead, (YEAR, -5, None)).await), "refused", "nobody is left");
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let desk = college.desk();
    let set = async || value::set(&desk, helen, (YEAR, stated())).await;
    story.tell("value::set", &[("SetValue", By::Person(helen))], set).await;
    let name = async || value::name_benefit(&desk, helen, (YEAR, new("Fewer left."))).await;
    story.tell("value::name_benefit", &[("SetValue", By::Person(helen))], name).await;
    let lead = college.facts(helen).await;
    let seen = value::see(&desk, &lead, Some(YEAR)).await.expect("seen");
    let own = seen.came.iter().find_map(|one| one.own).expect("a benefit");
    let off = async || value::take_off(&desk, helen, own).await;
    story.tell("value::take_off", &[("SetValue", By::Person(helen))], off).await;
}
