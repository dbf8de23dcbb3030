//! Allocation: what is refused leaves nothing, all of it changes or none, and nothing of support ever shows in it.

use actions::allocation::{self, AllocationRefused, Entered, Which};
use actions::desk::Desk;
use actions::frame::{self, Agreement};
use actions::inductions::{self, Begin};
use actions::{Stop, board, directory, hours};
use domain::hours::Purpose;
use domain::ids::PersonId;
use domain::inductions::Kind;
use domain::minutes::Minutes;
use domain::planner::Part;
use domain::remission::{Amount, Unit};
use domain::standing::StandingRefused;

use crate::college::{College, told};
use crate::refusals::{Cast, Still};
use crate::story::{By, Story};

async fn seen(college: &College, desk: &Desk) -> actions::allocation::Seen {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    allocation::see(desk, &helen).await.expect("an allocation")
}

async fn proposal(
    college: &College,
    desk: &Desk,
    chosen: Option<&allocation::Chosen>,
) -> actions::allocation::Proposal {
    let helen = college.facts(college.who("Helen Marsh").await).await;
    allocation::propose(desk, &helen, chosen).await.expect("a proposal")
}

/// Health & Care is Priya's alone; Tom has nothing.
async fn apart(college: &College, cast: &Cast) {
    let own = Agreement {
        amount: Some(Amount::read("150").expect("an amount")),
        unit: Some(Unit::HoursAYear),
        caseload: Some(Minutes::hours(773)),
        nominated: Vec::new(),
    };
    frame::set_remission(&college.desk(), cast.helen, (cast.tom, &own)).await.expect("set");
}

fn newsletter(once: &str) -> Entered {
    Entered { title: "Newsletter".to_owned(), hours: Some(6), theme: None, once: once.to_owned() }
}

async fn induction(college: &College, cast: &Cast) {
    let begin = Begin {
        newcomers: vec![cast.sam],
        kind: Some(Kind::NewToPost),
        starts: Some(college.desk().today()),
        into_next: true,
        later: true,
        once: "form".to_owned(),
        ..Begin::default()
    };
    inductions::begin(&college.desk(), cast.helen, &begin).await.expect("begun");
}

/// Who does what, with names.
fn who_does(seen: &actions::allocation::Seen) -> Vec<(String, Option<String>)> {
    let (picture, _) = seen.term.as_ref().expect("a term");
    let name = |hand: usize| picture.hands[hand].name.clone();
    picture.work.iter().map(|work| (work.title.clone(), work.now.map(name))).collect()
}

/// R-ALL-13, R-ALL-14, R-ALL-17
#[tokio::test]
async fn an_allocation_that_is_denied_or_refused_leaves_nothing() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    apart(&college, &cast).await;
    allocation::enter(&college.desk(), cast.helen, &newsletter("first")).await.expect("entered");
    let (still, desk) = (Still::of(&college), college.desk());
    let mark = seen(&college, &desk).await.term.expect("a term").0.mark();
    let one = seen(&college, &desk).await.standing[0].id;
    for who in cast.all().into_iter().filter(|who| *who != cast.helen) {
        let facts = college.facts(who).await;
        still.stays("looking", "denied", allocation::see(&desk, &facts)).await;
        still.stays("proposing", "denied", allocation::propose(&desk, &facts, None)).await;
        still.stays("accepting", "denied", allocation::accept(&desk, who, (&[], &mark))).await;
        still.stays("entering", "denied", allocation::enter(&desk, who, &newsletter("a"))).await;
        still.stays("taking off", "denied", allocation::take_off(&desk, who, one)).await;
    }
    let helen = cast.helen;
    still
        .stays(
            "no title",
            "refused",
            allocation::enter(&desk, helen, &Entered { title: " ".to_owned(), ..newsletter("b") }),
        )
        .await;
    still
        .stays("no hours", "refused", allocation::enter(&desk, helen, &Entered { hours: None, ..newsletter("c") }))
        .await;
    still.stays("an old look", "refused", allocation::accept(&desk, helen, (&[], "0123456789abcdef"))).await;
    still.stays("nothing there", "denied", allocation::take_off(&desk, helen, desk.ids().fresh())).await;
    allocation::enter(&desk, helen, &newsletter("first")).await.expect("sent twice");
    assert_eq!(seen(&college, &desk).await.standing.len(), 1, "entered once");
}

/// R-ALL-14, R-ALL-17
#[tokio::test]
async fn what_is_accepted_holds_for_areas_inductions_and_standing_work() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    let desk = college.desk();
    assert_eq!(seen(&college, &desk).await.term.expect("a term").0.shared[0].hands.len(), 2, "two look after it");
    apart(&college, &cast).await;
    induction(&college, &cast).await;
    allocation::enter(&desk, cast.helen, &newsletter("one")).await.expect("entered");
    let before = seen(&college, &desk).await;
    let expected = [("Health & Care", Some("Priya Nair")), ("Sam Okafor", None), ("Newsletter", None)];
    let expected = expected.map(|(title, who)| (title.to_owned(), who.map(str::to_owned)));
    assert_eq!(who_does(&before), expected);
    let proposal = proposal(&college, &desk, None).await;
    assert!(proposal.best.optimal(), "a college of two practitioners is proved");
    assert!(proposal.proposed.iter().all(Option::is_some), "everything has somebody");
    assert_eq!(proposal.laid.value, proposal.best.value.expect("a plan"));
    assert!(proposal.now < proposal.laid.value);
    let work = |at: usize| proposal.picture.work[at].which;
    let chosen = [(work(0), Some(cast.tom)), (work(1), Some(cast.priya)), (work(2), Some(cast.tom))];
    let weighed = self::proposal(&college, &desk, Some(&chosen)).await;
    assert!(weighed.laid.value <= proposal.laid.value);
    let mark = proposal.picture.mark();
    assert_eq!(allocation::accept(&desk, cast.helen, (&chosen, &mark)).await.expect("accepted"), 3);
    let after = seen(&college, &desk).await;
    let expected = [("Health & Care", Some("Tom Birch")), ("Newsletter", Some("Tom Birch"))];
    let expected = expected.map(|(title, who)| (title.to_owned(), who.map(str::to_owned)));
    assert_eq!(who_does(&after), expected, "an induction with company is no work to give");
    let own =
        inductions::own(&desk, &college.facts(cast.sam).await).await.expect("readable").mine.expect("an induction");
    assert_eq!(own.mentor.map(|(mentor, _)| mentor), Some(cast.priya));
    let tom = college.facts(cast.tom).await;
    assert_eq!(allocation::own(&desk, &tom).await.expect("his own")[0].title, "Newsletter");
    let (_, asked) = actions::planner::own(&desk, &tom).await.expect("readable").expect("a year");
    assert_eq!(asked.part(Part::Standing), Minutes::hours(18), "six hours in each of three terms");
    let again = allocation::accept(&desk, cast.helen, (&chosen, &mark)).await;
    assert!(matches!(again, Err(Stop::Refused(AllocationRefused::Stale))), "{again:?}");
}

/// R-ALL-13 MAT-05: Ann is Sam's manager.
#[tokio::test]
async fn nobody_is_given_what_they_stand_above() {
    let mut staff = crate::college::staff();
    staff.people[2] = crate::college::practitioner("Ann Price", Some(0), Minutes::hours(150));
    staff.people[2].practice.as_mut().expect("a practice").nominated = Vec::new();
    let college = College::of(&crate::college::new_college(), &staff, 7).await;
    let cast = Cast::of(&college).await;
    apart(&college, &cast).await;
    induction(&college, &cast).await;
    let desk = college.desk();
    let proposal = proposal(&college, &desk, None).await;
    let ann = proposal.picture.place_of(cast.ann).expect("a practitioner");
    for at in [0, 1] {
        assert!(proposal.laid.rows[at].choices.iter().all(|choice| choice.hand != Some(ann)), "{at}");
        let which = proposal.picture.work[at].which;
        let refused =
            allocation::accept(&desk, cast.helen, (&[(which, Some(cast.ann))], &proposal.picture.mark())).await;
        let Err(Stop::Refused(AllocationRefused::Above { name, .. })) = refused else { panic!("{refused:?}") };
        assert_eq!(name, "Ann Price");
    }
}

/// What of a proposal could be looked at.
async fn everything(college: &College) -> String {
    let proposal = proposal(college, &college.desk(), None).await;
    let rows: Vec<_> = proposal.laid.rows.iter().map(|row| (row.hand, row.hours, row.choices.clone())).collect();
    format!("{} {rows:?} {:?} {:?}", proposal.picture.mark(), proposal.laid.shares, proposal.picture.work)
}

/// R-ALL-13 CON-03: asking, hours noted, "full" and lists of whom somebody avoids change nothing in it.
#[tokio::test]
async fn nothing_of_support_shows_in_an_allocation() {
    let college = College::new().await;
    let cast = Cast::of(&college).await;
    apart(&college, &cast).await;
    induction(&college, &cast).await;
    let before = everything(&college).await;
    let desk = college.desk();
    directory::set_avoided(&desk, cast.sam, cast.priya, true).await.expect("avoided");
    college.ask(cast.sam, cast.tom).await;
    college.ask(cast.uma, cast.priya).await;
    let note = hours::Note {
        minutes: Minutes::hours(8),
        day: desk.today(),
        with: Some(cast.uma),
        themes: Vec::new(),
        purposes: vec![Purpose::OneToOne],
        once: "note".to_owned(),
    };
    hours::note(&desk, cast.priya, note).await.expect("noted");
    board::recompute(&desk).await.expect("who has room is told anew");
    assert_eq!(everything(&college).await, before);
}

/// R-ALL-14
#[tokio::test]
async fn a_programme_has_so_much_standing_work_at_most() {
    let college = College::new().await;
    let helen = college.who("Helen Marsh").await;
    for at in 0..domain::standing::MOST {
        allocation::enter(&college.desk(), helen, &newsletter(&format!("form {at}"))).await.expect("entered");
    }
    let more = allocation::enter(&college.desk(), helen, &newsletter("one more")).await;
    assert!(matches!(more, Err(Stop::Refused(StandingRefused::Many))), "{more:?}");
    let unknown = Entered { theme: Some(college.desk().ids().fresh()), ..newsletter("theme") };
    assert_eq!(told(&allocation::enter(&college.desk(), helen, &unknown).await), "refused");
}

/// Every act of this feature with its event.
pub async fn story(college: &College, story: &mut Story<'_>) {
    let helen = college.who("Helen Marsh").await;
    let (desk, lead) = (college.desk(), By::Person(helen));
    let enter = async || allocation::enter(&desk, helen, &newsletter("story")).await;
    story.tell("allocation::enter", &[("SetStanding", lead)], enter).await;
    let seen = seen(college, &desk).await;
    let (picture, _) = seen.term.expect("a term");
    let work = picture.work.iter().find(|work| matches!(work.which, Which::Standing(_))).expect("standing work");
    let who: PersonId = picture.hands[0].person;
    let (chosen, mark) = ([(work.which, Some(who))], picture.mark());
    let accept = async || allocation::accept(&desk, helen, (&chosen, &mark)).await;
    story.tell("allocation::accept", &[("SetStanding", lead)], accept).await;
    let take = async || allocation::take_off(&desk, helen, seen.standing[0].id).await;
    story.tell("allocation::take_off", &[("SetStanding", lead)], take).await;
}
