//! The self-check, reviews, the road and testimony: who does what, what is refused, and what is kept.

use actions::desk::Desk;
use actions::reviews::{NewDecision, Said};
use actions::testimony::NewTestimony;
use actions::{check, people, reviews, road, testimony};
use domain::check::{Point, Question, Standing};
use domain::ids::{PersonId, ReviewId};
use domain::testimony::{Kind, Reach};
use jiff::civil::{Date, date};

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

/// The first day of the autumn term of the small college.
fn term() -> Option<Date> {
    Some(date(2026, 9, 7))
}

fn decision() -> NewDecision {
    let by = Some(date(2026, 12, 18));
    NewDecision { text: "Ask each area.".to_owned(), person: None, who: "The team".to_owned(), by }
}

fn written() -> NewTestimony {
    NewTestimony { kind: Some(Kind::Did), text: "It helped.".to_owned(), reach: Some(Reach::Leaders), agreed: true }
}

async fn open(desk: &Desk, lead: PersonId) -> ReviewId {
    reviews::open(desk, lead, term()).await.expect("opened")
}

/// R-REV-4 R-REV-5 R-REV-6 R-REV-7 R-REV-8
#[tokio::test]
async fn what_is_denied_or_refused_of_reviews_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, helen) = (college.desk(), cast.helen);
    let review = open(&desk, helen).await;
    let still = Still::of(&college);
    let ruth = college.who("Ruth Adeyemi").await;
    for who in cast.all().into_iter().chain([ruth]).filter(|who| *who != helen) {
        still.stays("opening", "denied", reviews::open(&desk, who, term())).await;
        still.stays("writing", "denied", reviews::write(&desk, who, (review, "x"))).await;
        still.stays("deciding", "denied", reviews::decide(&desk, who, (review, &decision()))).await;
        still.stays("ticking", "denied", reviews::tick(&desk, who, (review, 1, Said::NotDone))).await;
        still.stays("closing", "denied", reviews::close(&desk, who, review)).await;
        still.stays("answering", "denied", check::answer(&desk, who, (Question::Soon, None, ""))).await;
        still.stays("the road", "denied", road::set(&desk, who, (term(), None))).await;
        let may = told(&reviews::see(&desk, &college.facts(who).await).await);
        assert_eq!(may, if who == ruth { "done" } else { "denied" });
    }
    still.stays("twice", "refused", reviews::open(&desk, helen, term())).await;
    for day in [None, Some(date(2026, 9, 8)), Some(date(2027, 1, 4))] {
        still.stays("no such term", "refused", reviews::open(&desk, helen, day)).await;
    }
    still.stays("endless", "refused", reviews::write(&desk, helen, (review, &"x".repeat(4_001)))).await;
    for wrong in [
        NewDecision { text: String::new(), ..decision() },
        NewDecision { who: String::new(), ..decision() },
        NewDecision { by: Some(date(2026, 1, 1)), ..decision() },
        NewDecision { person: Some(cast.sam), ..decision() },
    ] {
        still.stays("a decision", "refused", reviews::decide(&desk, helen, (review, &wrong))).await;
    }
    still.stays("nothing written", "refused", reviews::close(&desk, helen, review)).await;
    still.stays("none", "denied", reviews::undecide(&desk, helen, (review, 1))).await;
    still.stays("none", "denied", reviews::tick(&desk, helen, (review, 1, Said::NotDone))).await;
    still.stays("an answer", "refused", check::answer(&desk, helen, (Question::Soon, None, ""))).await;
    still.stays("the road", "refused", road::set(&desk, helen, (None, None))).await;
    still.stays("no sponsor", "refused", road::set(&desk, helen, (term(), Some(cast.sam)))).await;
}

/// R-REV-7 R-REV-8 GOV-09
#[tokio::test]
async fn a_closed_review_keeps_the_programme_as_it_stood_and_only_its_decisions_are_ticked() {
    let college = College::new().await;
    let (helen, ruth) = (college.who("Helen Marsh").await, college.who("Ruth Adeyemi").await);
    let desk = college.desk();
    let review = open(&desk, helen).await;
    reviews::write(&desk, helen, (review, "They stay.")).await.expect("written");
    reviews::decide(&desk, helen, (review, &NewDecision { person: Some(ruth), ..decision() })).await.expect("decided");
    reviews::close(&desk, helen, review).await.expect("closed");
    let stands = async |at: &Desk| {
        let page = reviews::show(at, &college.facts(ruth).await, review).await.expect("read");
        let leaders = page.stood.iter().find(|one| one.point() == Some(Point::Leaders)).expect("a point");
        (leaders.standing, page.review.decisions[0].who.clone(), page.review.decisions[0].done, page.may_keep)
    };
    let before = stands(&desk).await;
    assert_eq!(before, (Standing::NotInPlace, "Ruth Adeyemi".to_owned(), None, false));
    road::set(&desk, helen, (term(), Some(ruth))).await.expect("said");
    let now = check::see(&desk, &college.facts(ruth).await).await.expect("seen");
    let leaders = now.looks.iter().find(|one| one.point == Point::Leaders).expect("a point");
    assert_eq!(
        (leaders.standing(), now.may_answer),
        (Standing::InPlace, false),
        "the sponsor and the review count now"
    );
    assert_eq!(stands(&desk).await, before, "and not in what is closed");
    for changed in [
        told(&reviews::write(&desk, helen, (review, "Others.")).await),
        told(&reviews::decide(&desk, helen, (review, &decision())).await),
        told(&reviews::undecide(&desk, helen, (review, 1)).await),
        told(&reviews::close(&desk, helen, review).await),
    ] {
        assert_eq!(changed, "refused");
    }
    let later = college.later(24 * 7);
    let ahead = Some(date(2027, 6, 1));
    assert_eq!(told(&reviews::tick(&later, helen, (review, 1, Said::Done(ahead))).await), "refused");
    let today = later.today();
    reviews::tick(&later, helen, (review, 1, Said::Done(Some(today)))).await.expect("done");
    assert_eq!(stands(&later).await.2, Some(today));
    let due = reviews::due(&later, &college.facts(ruth).await).await.expect("readable").expect("a line");
    assert!(due.ends_with("all it decided is done."), "{due}");
    assert_eq!(
        reviews::due(&later, &college.facts(college.who("Ann Price").await).await).await.expect("readable"),
        None
    );
}

/// R-TST-1 R-TST-2 R-TST-3 R-TST-4 EVI-14
#[tokio::test]
async fn testimony_is_its_writers_alone_to_give_and_to_withdraw() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let (desk, sam) = (college.desk(), cast.sam);
    let still = Still::of(&college);
    for wrong in [
        NewTestimony { text: " ".to_owned(), ..written() },
        NewTestimony { text: "x".repeat(2_001), ..written() },
        NewTestimony { kind: None, ..written() },
        NewTestimony { reach: None, ..written() },
        NewTestimony { agreed: false, ..written() },
    ] {
        still.stays("testimony", "refused", testimony::give(&desk, sam, &wrong)).await;
    }
    for who in [cast.helen, cast.ann, cast.marek] {
        still.stays("of one who does not teach", "denied", testimony::give(&desk, who, &written())).await;
    }
    still.stays("nothing there", "denied", testimony::withdraw(&desk, sam)).await;
    testimony::give(&desk, sam, &written()).await.expect("given");
    let reads = async |who: PersonId, page: Reach| {
        let read = testimony::read(&desk, &college.facts(who).await, page).await;
        read.map(|all| all.len()).ok()
    };
    let ruth = college.who("Ruth Adeyemi").await;
    assert_eq!((reads(cast.helen, Reach::Leaders).await, reads(ruth, Reach::Leaders).await), (Some(1), Some(1)));
    assert_eq!(reads(ruth, Reach::Governors).await, Some(0), "it may not go so far");
    for who in [cast.ann, cast.priya, cast.marek, sam] {
        assert_eq!(reads(who, Reach::Leaders).await, None);
    }
    let own = testimony::own(&desk, &college.facts(sam).await).await.expect("seen");
    assert!(own.may_give && own.written.is_some());
    let roles: Vec<&str> = own.read_by.iter().map(|role| role.code()).collect();
    assert_eq!(roles, ["programmeLead", "seniorLeader"]);
    people::set_active(&desk, cast.marek, (sam, false)).await.expect("off");
    assert_eq!(reads(ruth, Reach::Leaders).await, Some(0), "an account that is off");
    people::set_active(&desk, cast.marek, (sam, true)).await.expect("on");
    testimony::withdraw(&desk, sam).await.expect("withdrawn");
    assert_eq!(reads(ruth, Reach::Leaders).await, Some(0));
    assert_eq!(college.tables()["testimony"].len(), 0, "and its row is gone");
}

/// R-TST-5 R-TST-6
#[tokio::test]
async fn consent_lapses_after_two_years_and_a_leaver_is_forgotten_after_four_weeks() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    testimony::give(&desk, cast.sam, &written()).await.expect("given");
    testimony::give(&desk, cast.uma, &written()).await.expect("given");
    assert!(!testimony::keep(&desk).await.expect("nothing to do"));
    people::set_active(&college.later(24 * 5), cast.marek, (cast.uma, false)).await.expect("off");
    assert!(!testimony::keep(&college.later(24 * 32)).await.expect("not yet"));
    assert!(testimony::keep(&college.later(24 * 34)).await.expect("forgotten"));
    assert_eq!(college.tables()["testimony"].len(), 1);
    let soon = college.later(24 * 700);
    let sam = college.facts(cast.sam).await;
    assert!(testimony::ends_soon(&desk, &sam).await.expect("readable").is_none());
    assert!(testimony::ends_soon(&soon, &sam).await.expect("readable").is_some());
    let over = college.later(24 * 731);
    assert!(testimony::own(&over, &sam).await.expect("seen").written.is_none(), "before any job has run");
    assert!(testimony::keep(&over).await.expect("lapsed"));
    assert_eq!(college.tables()["testimony"].len(), 0);
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let (helen, sam) = (college.who("Helen Marsh").await, college.who("Sam Okafor").await);
    let desk = college.desk();
    let (keeps, by) = ([("KeepReviews", By::Person(helen))], decision());
    let review = story.tell("reviews::open", &keeps, async || reviews::open(&desk, helen, term()).await).await;
    story.tell("reviews::write", &keeps, async || reviews::write(&desk, helen, (review, "They stay.")).await).await;
    story.tell("reviews::decide", &keeps, async || reviews::decide(&desk, helen, (review, &by)).await).await;
    reviews::decide(&desk, helen, (review, &by)).await.expect("decided");
    story.go_on();
    story.tell("reviews::undecide", &keeps, async || reviews::undecide(&desk, helen, (review, 2)).await).await;
    let tick = async || reviews::tick(&desk, helen, (review, 1, Said::Done(Some(desk.today())))).await;
    story.tell("reviews::tick", &keeps, tick).await;
    story.tell("reviews::close", &keeps, async || reviews::close(&desk, helen, review).await).await;
    let answered = [("AnswerCheck", By::Person(helen))];
    let yes = (Question::Soon, Some(Standing::InPlace), "");
    story.tell("check::answer", &answered, async || check::answer(&desk, helen, yes).await).await;
    let road = [("SetRoad", By::Person(helen))];
    story.tell("road::set", &road, async || road::set(&desk, helen, (term(), None)).await).await;
    let give = async || testimony::give(&desk, sam, &written()).await;
    story.tell("testimony::give", &[("GiveTestimony", By::Person(sam))], give).await;
    let withdraw = async || testimony::withdraw(&desk, sam).await;
    story.tell("testimony::withdraw", &[("WithdrawTestimony", By::Person(sam))], withdraw).await;
    testimony::give(&desk, sam, &written()).await.expect("given");
    story.go_on();
    let later = college.later(24 * 731);
    story.tell("testimony::keep", &[("EndTestimony", By::Machine)], async || testimony::keep(&later).await).await;
}
