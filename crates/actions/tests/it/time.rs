//! Planning practitioners' time, the bank, and cover: what is refused leaves nothing, nothing is counted twice, and only the
//! lead sees what it costs.

use actions::cover::{Costs, NewCover};
use actions::desk::Desk;
use actions::hours::Note;
use actions::{board, cover, frame, hours, pattern, planner};
use domain::cover::{Arrangement, Pence, Per, Training, Typed};
use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::minutes::Minutes;
use domain::pattern::{Block, CarryState, Half, HalfDay, Pattern};
use domain::planner::{Assumptions, Extras, Part};
use domain::remission::{Amount, Unit};
use domain::weekly::Weekday;
use jiff::civil::Date;

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub fn arrangement(once: &str) -> NewCover {
    let away = Typed { weekday: Some(Weekday::Tue), day: None, starts: Some(780), ends: Some(960) };
    let (arrangement, note) = (Some(Arrangement::PartTime), "Handed over on Mondays.".to_owned());
    NewCover { away, arrangement, note, training: Some(Training::Planned), once: once.to_owned() }
}

fn block(from: &str, to: &str, hours: i64) -> Block {
    Block { starts: day(from), ends: day(to), time: Minutes::hours(hours) }
}

fn spring() -> Pattern {
    let half_days = vec![HalfDay { day: Weekday::Tue, half: Half::Afternoon }];
    Pattern { half_days, blocks: Vec::new() }
}

fn noted(minutes: i64, once: &str) -> Note {
    let (themes, purposes) = (Vec::new(), vec![Purpose::OneToOne]);
    Note { minutes: Minutes(minutes), day: day("2026-11-24"), with: None, themes, purposes, once: once.to_owned() }
}

async fn year_of(college: &College, desk: &Desk, who: PersonId) -> planner::Row {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    let seen = planner::see(desk, &helen, false).await.expect("a planner");
    seen.rows.into_iter().find(|row| row.person == who).expect("a practitioner")
}

/// R-TIM-4, R-TIM-5, R-TIM-8, R-TIM-9, R-TIM-10, R-TIM-11, R-TIM-12
#[tokio::test]
async fn time_that_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (still, desk, so) = (Still::of(&college), college.desk(), Assumptions::default());
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        still.stays("assuming", "denied", planner::set(&desk, who, &so)).await;
        still.stays("extras", "denied", planner::set_extras(&desk, who, (cast.priya, &Extras::default()))).await;
        still.stays("a pattern", "denied", pattern::set(&desk, who, (cast.priya, &spring()))).await;
        still.stays("an answer", "denied", pattern::answer_carry(&desk, who, (cast.priya, true))).await;
        still.stays("costs", "denied", cover::set_costs(&desk, who, &Costs::default())).await;
        if who != cast.tom {
            still.stays("cover for Tom", "denied", cover::arrange(&desk, who, (cast.tom, &arrangement("a")))).await;
        }
    }
    let (helen, priya) = (cast.helen, cast.priya);
    let wrong = Assumptions { asking: 101, ..so };
    still.stays("too many", "refused", planner::set(&desk, helen, &wrong)).await;
    let far = Extras { trips: -1, ..Extras::default() };
    still.stays("fewer than no journeys", "refused", planner::set_extras(&desk, helen, (priya, &far))).await;
    still.stays("a teacher's extras", "denied", planner::set_extras(&desk, helen, (cast.sam, &far))).await;
    still.stays("a teacher's week", "denied", pattern::set(&desk, helen, (cast.sam, &spring()))).await;
    let outside = Pattern { half_days: Vec::new(), blocks: vec![block("2026-12-28", "2026-12-30", 5)] };
    still.stays("a block in a holiday", "refused", pattern::set(&desk, helen, (priya, &outside))).await;
    let more = Pattern { half_days: vec![], blocks: vec![block("2027-01-18", "2027-03-19", 151)] };
    still.stays("more than the year", "refused", pattern::set(&desk, helen, (priya, &more))).await;
    still.stays("nothing to answer", "denied", pattern::answer_carry(&desk, helen, (priya, true))).await;
    still.stays("nothing left", "refused", pattern::propose_carry(&desk, priya, Minutes::hours(1))).await;
    still.stays("nothing said", "refused", pattern::say_balance(&desk, priya, Some(" "))).await;
    still.stays("the lead's own", "denied", pattern::say_balance(&desk, helen, Some("Mine"))).await;
    let nobody = NewCover { arrangement: None, ..arrangement("b") };
    still.stays("nobody takes it", "refused", cover::arrange(&desk, priya, (priya, &nobody))).await;
    let sunday = NewCover { away: Typed { weekday: Some(Weekday::Sun), ..nobody.away }, ..arrangement("c") };
    still.stays("on a Sunday", "refused", cover::arrange(&desk, priya, (priya, &sunday))).await;
    still.stays("for a teacher", "refused", cover::arrange(&desk, helen, (cast.sam, &arrangement("d")))).await;
    let dear = Costs { uplifts: [(priya, Pence(10_000_001))].into(), ..Costs::default() };
    still.stays("too dear", "refused", cover::set_costs(&desk, helen, &dear)).await;
    assert_eq!(still.tried.get(), 49);
}

/// R-TIM-1, R-TIM-2, R-TIM-3
#[tokio::test]
async fn a_year_that_does_not_fit_fits_once_the_lead_gives_more_hours() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let bold = Assumptions { asking: 100, each: Minutes::hours(40), ..Assumptions::default() };
    planner::set(&desk, cast.helen, &bold).await.expect("set");
    let priya = year_of(&college, &desk, cast.priya).await;
    let tom = year_of(&college, &desk, cast.tom).await;
    // Two teach in the area; Priya and Tom look after it together.
    assert_eq!(priya.asked.part(Part::OneToOne) + tom.asked.part(Part::OneToOne), Minutes::hours(80));
    let wanted = priya.asked.remedies(&bold);
    assert!(priya.asked.over().is_none() && wanted.is_empty(), "{:?}", priya.asked);
    let bolder = Assumptions { meeting: Minutes(600), ..bold };
    planner::set(&desk, cast.helen, &bolder).await.expect("set");
    let priya = year_of(&college, &desk, cast.priya).await;
    let domain::planner::Remedy::Hours(enough) = priya.asked.remedies(&bolder)[0].clone() else {
        panic!("hours come first")
    };
    let agreed = frame::Agreement {
        amount: Amount::read(&(enough.0 / 60).to_string()),
        unit: Some(Unit::HoursAYear),
        caseload: Some(Minutes::hours(773)),
        nominated: vec![frame::see(&desk, &college.facts(cast.helen).await).await.expect("a frame").areas[0].0],
    };
    frame::set_remission(&desk, cast.helen, (cast.priya, &agreed)).await.expect("given");
    assert_eq!(year_of(&college, &desk, cast.priya).await.asked.over(), None);
    let own = planner::own(&desk, &college.facts(cast.priya).await).await.expect("own").expect("a year");
    assert_eq!(own.1, year_of(&college, &desk, cast.priya).await.asked, "what the lead sees is what she sees");
}

/// R-TIM-5, R-TIM-6, R-TIM-7
#[tokio::test]
async fn a_block_moves_the_plan_of_the_term_and_stands_in_the_week() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, priya) = (college.desk(), college.facts(cast.priya).await);
    let (_, before) = hours::own_term(&desk, &priya).await.expect("hours");
    let taken = Pattern { blocks: vec![block("2027-01-18", "2027-01-29", 30)], half_days: spring().half_days };
    let refused = told(&pattern::set(&desk, cast.helen, (cast.priya, &taken)).await);
    assert_eq!(refused, "refused", "a half-day and 30 hours are more than 150 hours");
    let taken = Pattern { blocks: vec![block("2027-01-18", "2027-01-29", 15)], half_days: spring().half_days };
    pattern::set(&desk, cast.helen, (cast.priya, &taken)).await.expect("set");
    let (_, after) = hours::own_term(&desk, &priya).await.expect("hours");
    assert!(after.plan < before.plan, "hours of a block in spring are not planned in autumn");
    let week = actions::week::see(&desk, &priya, day("2026-11-24")).await.expect("a week");
    let protected: Vec<_> = week.days.iter().map(|one| one.protected.clone()).collect();
    assert_eq!(protected, [vec![], vec![Half::Afternoon], vec![], vec![], vec![]]);
    let later = actions::week::see(&desk, &priya, day("2027-01-20")).await.expect("a week");
    assert!(later.days.iter().all(|one| one.in_block));
    hours::note(&desk, cast.priya, noted(90, "one")).await.expect("noted");
    let own = pattern::own(&desk, &priya).await.expect("own");
    assert_eq!(own.bank.used, Minutes(90));
    assert!(own.bank.planned > Minutes(0) && own.bank.planned < own.bank.year);
}

/// R-TIM-8
#[tokio::test]
async fn hours_are_carried_over_once_up_to_the_ceiling_and_only_when_both_agree() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let now = college.desk();
    assert!(board::recompute(&now).await.expect("computed"));
    hours::note(&now, cast.priya, noted(60, "one")).await.expect("noted");
    let assumed = Assumptions { carry: Minutes::hours(10), ..Assumptions::default() };
    planner::set(&now, cast.helen, &assumed).await.expect("set");
    let autumn = college.later(24 * 320);
    let priya = college.facts(cast.priya).await;
    let last = pattern::own(&autumn, &priya).await.expect("own").last.expect("a year before");
    let (_, plan) = hours::own_term(&now, &priya).await.expect("hours");
    assert_eq!(last.left, plan.plan - Minutes(60), "what was planned on the board less what was noted");
    let ask = |hours| pattern::propose_carry(&autumn, cast.priya, Minutes::hours(hours));
    assert_eq!(told(&ask(11).await), "refused", "more than the ceiling");
    ask(8).await.expect("proposed");
    let given = year_of(&college, &autumn, cast.priya).await.load.given;
    assert_eq!(given, Minutes::hours(150), "never by itself");
    pattern::answer_carry(&autumn, cast.helen, (cast.priya, true)).await.expect("agreed");
    let row = year_of(&college, &autumn, cast.priya).await;
    assert_eq!((row.load.given, row.carry.map(|one| one.state)), (Minutes::hours(158), Some(CarryState::Agreed)));
    assert_eq!(told(&ask(2).await), "refused", "agreed already");
    assert_eq!(told(&pattern::answer_carry(&autumn, cast.helen, (cast.priya, true)).await), "denied");
    let bank = pattern::own(&autumn, &priya).await.expect("own").bank;
    assert_eq!((bank.year, bank.carried), (Minutes::hours(158), Minutes::hours(8)));
    let plans = hours::own(&autumn, &priya, 0).await.expect("hours").remitted;
    assert_eq!(plans, Minutes::hours(158), "once");
}

/// R-TIM-9, R-TIM-10
#[tokio::test]
async fn outreach_is_what_its_owner_calls_so_and_the_lead_reads_one_sentence() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, priya) = (college.desk(), college.facts(cast.priya).await);
    let entry = hours::note(&desk, cast.priya, noted(30, "one")).await.expect("noted");
    hours::note(&desk, cast.priya, noted(60, "two")).await.expect("noted");
    assert_eq!(told(&hours::set_outreach(&desk, cast.tom, (entry, true)).await), "denied", "somebody else's");
    hours::set_outreach(&desk, cast.priya, (entry, true)).await.expect("said");
    let own = pattern::own(&desk, &priya).await.expect("own");
    assert_eq!((own.bank.used, own.outreach), (Minutes(90), Minutes(30)));
    pattern::say_balance(&desk, cast.priya, Some("Less travel, please.")).await.expect("said");
    let said = year_of(&college, &desk, cast.priya).await.balance.expect("a sentence");
    assert_eq!(said.sentence, "Less travel, please.");
    pattern::say_balance(&desk, cast.priya, None).await.expect("taken back");
    assert_eq!(year_of(&college, &desk, cast.priya).await.balance, None);
}

/// R-TIM-11, R-TIM-12, R-TIM-13
#[tokio::test]
async fn cover_is_arranged_once_and_what_it_costs_is_summed_to_the_penny() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    let one = cover::arrange(&desk, cast.priya, (cast.priya, &arrangement("once"))).await.expect("arranged");
    let again = cover::arrange(&desk, cast.priya, (cast.priya, &arrangement("once"))).await.expect("arranged");
    assert_eq!(one, again, "sent twice, arranged once");
    let plain = NewCover { arrangement: Some(Arrangement::Floating), ..arrangement("two") };
    let two = cover::arrange(&desk, cast.helen, (cast.tom, &plain)).await.expect("arranged");
    let own = cover::own(&desk, &college.facts(cast.priya).await).await.expect("own");
    assert_eq!(own.iter().map(|one| one.training).collect::<Vec<_>>(), [Some(Training::Planned)]);
    let all = cover::all(&desk, &college.facts(cast.helen).await).await.expect("all");
    let of_tom = all.iter().find(|one| one.person == cast.tom).expect("Tom");
    assert_eq!(of_tom.covers[0].training, None, "only a part-time post has somebody to train");
    let covers = [(one, (Pence(3_333), Per::Hour)), (two, (Pence(100_000), Per::Year))].into();
    let costs = Costs { covers, uplifts: [(cast.priya, Pence(224_300))].into() };
    cover::set_costs(&desk, cast.helen, &costs).await.expect("set");
    let kept = cover::costs(&desk, &college.facts(cast.helen).await).await.expect("costs");
    assert_eq!(kept, costs);
    assert_eq!(cover::together(&all, &kept, 35), Pence(3_333 * 3 * 35 + 100_000 + 224_300));
    for who in [cast.priya, cast.tom, cast.marek, cast.ann, cast.sam] {
        assert_eq!(told(&cover::costs(&desk, &college.facts(who).await).await), "denied");
    }
    assert_eq!(told(&cover::end(&desk, cast.priya, two).await), "denied", "Tom's");
    cover::end(&desk, cast.tom, two).await.expect("his own");
    assert_eq!(told(&cover::end(&desk, cast.tom, two).await), "denied", "gone");
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let (helen, priya) = (college.who("Helen Marsh").await, college.who("Priya Nair").await);
    let (desk, lead, me) = (college.desk(), By::Person(helen), By::Person(priya));
    let assumed = Assumptions { carry: Minutes::hours(10), ..Assumptions::default() };
    let set = async || planner::set(&desk, helen, &assumed).await;
    story.tell("planner::set", &[("SetPlanner", lead)], set).await;
    let extras = Extras { trips: 10, trip: Minutes(30), inductions: 1, outreach: Some(20) };
    let ask = async || planner::set_extras(&desk, helen, (priya, &extras)).await;
    story.tell("planner::set_extras", &[("SetExtras", lead)], ask).await;
    let pattern = spring();
    let when = async || pattern::set(&desk, helen, (priya, &pattern)).await;
    story.tell("pattern::set", &[("SetPattern", lead)], when).await;
    let new = arrangement("story");
    let arrange = async || cover::arrange(&desk, priya, (priya, &new)).await;
    let made = story.tell("cover::arrange", &[("ArrangeCover", me)], arrange).await;
    let costs = Costs { uplifts: [(priya, Pence(224_300))].into(), ..Costs::default() };
    let cost = async || cover::set_costs(&desk, helen, &costs).await;
    story.tell("cover::set_costs", &[("SetCosts", lead)], cost).await;
    let end = async || cover::end(&desk, priya, made).await;
    story.tell("cover::end", &[("EndCover", me)], end).await;
    let say = async || pattern::say_balance(&desk, priya, Some("Less travel, please.")).await;
    story.tell("pattern::say_balance", &[("SayBalance", me)], say).await;
    let entry = hours::note(&desk, priya, noted(30, "outreach")).await.expect("noted");
    story.go_on();
    let out = async || hours::set_outreach(&desk, priya, (entry, true)).await;
    story.tell("hours::set_outreach", &[("NoteHours", me)], out).await;
    let later = college.later(24 * 320);
    let propose = async || pattern::propose_carry(&later, priya, Minutes::hours(2)).await;
    story.tell("pattern::propose_carry", &[("ProposeCarry", me)], propose).await;
    let answer = async || pattern::answer_carry(&later, helen, (priya, false)).await;
    story.tell("pattern::answer_carry", &[("AnswerCarry", lead)], answer).await;
}
